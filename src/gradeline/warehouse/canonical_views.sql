-- Views of the canonical tables. Written by `make docs` (docs/build_canonical_views.py).

-- learners --
-- A person who learns, as one source knows them.
WITH "t26" AS (
  SELECT
    "t12"."name" AS "slice",
    "t12"."source" AS "source_name",
    "t16"."position",
    "t16"."stray",
    "t16"."uuid",
    "t16"."event_type",
    "t16"."event_time",
    "t16"."user_id",
    "t16"."session_id",
    "t16"."email",
    "t16"."course_id",
    "t16"."item_id",
    "t16"."correct",
    "t16"."score",
    "t16"."duration_s",
    "t16"."hints",
    "t16"."event_properties",
    "t16"."response"
  FROM "amplitude_events_web" AS "t16"
  LEFT OUTER JOIN "slices" AS "t12"
    ON "t16"."slice_id" = "t12"."slice_id"
), "t27" AS (
  SELECT
    "t12"."name" AS "slice",
    "t12"."source" AS "source_name",
    "t17"."position",
    "t17"."stray",
    "t17"."uuid",
    "t17"."event_type",
    "t17"."event_time",
    "t17"."user_id",
    "t17"."session_id",
    "t17"."email",
    "t17"."course_id",
    "t17"."item_id",
    "t17"."correct",
    "t17"."score",
    "t17"."duration_s",
    "t17"."hints",
    "t17"."event_properties",
    "t17"."response"
  FROM "amplitude_events_mobile" AS "t17"
  LEFT OUTER JOIN "slices" AS "t12"
    ON "t17"."slice_id" = "t12"."slice_id"
)
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        CAST(CAST("t100"."learner_id" AS VARCHAR) AS VARCHAR) AS "learner_id",
        "t100"."name",
        "t100"."email",
        CAST(CAST("t100"."source" AS VARCHAR) AS VARCHAR) AS "source"
      FROM (
        SELECT
          "t99"."slice",
          "t99"."source_name",
          "t99"."position",
          "t99"."course",
          "t99"."course_id",
          "t99"."user_id",
          "t99"."email",
          "t99"."username",
          "t99"."role",
          "t99"."suspended",
          "t99"."created_at",
          "t99"."last_login_at",
          "t99"."enrolled_at",
          "t99"."enrolled_on",
          "t99"."expires_on",
          "t99"."groups",
          "t99"."source",
          "t99"."learner_id",
          "t99"."name"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t93"."slice",
              "t93"."source_name",
              "t93"."position",
              "t93"."course",
              "t93"."course_id",
              "t93"."user_id",
              "t93"."email",
              "t93"."username",
              "t93"."role",
              "t93"."suspended",
              "t93"."created_at",
              "t93"."last_login_at",
              "t93"."enrolled_at",
              "t93"."enrolled_on",
              "t93"."expires_on",
              "t93"."groups",
              "t93"."source",
              "t93"."learner_id",
              "t93"."name",
              ROW_NUMBER() OVER (
                PARTITION BY "t93"."learner_id"
                ORDER BY "t93"."slice" DESC NULLS LAST, "t93"."position" DESC NULLS LAST
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
              ) - 1 AS "_place"
            FROM (
              SELECT
                "t89"."slice",
                "t89"."source_name",
                "t89"."position",
                "t89"."course",
                "t89"."course_id",
                "t89"."user_id",
                "t89"."email",
                "t89"."username",
                "t89"."role",
                "t89"."suspended",
                "t89"."created_at",
                "t89"."last_login_at",
                "t89"."enrolled_at",
                "t89"."enrolled_on",
                "t89"."expires_on",
                "t89"."groups",
                "t89"."source_name" AS "source",
                "t89"."source_name" || ':' || "t89"."user_id" AS "learner_id",
                "t89"."username" AS "name"
              FROM (
                SELECT
                  "t88"."slice",
                  "t88"."source_name",
                  "t88"."position",
                  "t88"."course",
                  "t88"."course_id",
                  "t88"."user_id",
                  "t88"."email",
                  "t88"."username",
                  "t88"."role",
                  "t88"."suspended",
                  "t88"."created_at",
                  "t88"."last_login_at",
                  "t88"."enrolled_at",
                  "t88"."enrolled_on",
                  "t88"."expires_on",
                  "t88"."groups"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t74"."slice",
                      "t74"."source_name",
                      "t74"."position",
                      "t74"."course",
                      "t74"."course_id",
                      "t74"."user_id",
                      "t74"."email",
                      "t74"."username",
                      "t74"."role",
                      "t74"."suspended",
                      "t74"."created_at",
                      "t74"."last_login_at",
                      "t74"."enrolled_at",
                      "t74"."enrolled_on",
                      "t74"."expires_on",
                      "t74"."groups",
                      ROW_NUMBER() OVER (
                        PARTITION BY "t74"."user_id", "t74"."course_id"
                        ORDER BY "t74"."slice" DESC NULLS LAST, "t74"."position" DESC NULLS LAST
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                      ) - 1 AS "_place"
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t62"."slice",
                            "t62"."source_name",
                            "t62"."position",
                            "t62"."course",
                            "t62"."course_id",
                            "t62"."user_id",
                            "t62"."email",
                            "t62"."username",
                            "t62"."role",
                            "t62"."suspended",
                            "t62"."created_at",
                            "t62"."last_login_at",
                            "t62"."enrolled_at",
                            "t62"."enrolled_on",
                            "t62"."expires_on",
                            "t62"."groups"
                          FROM (
                            SELECT
                              *
                            FROM (
                              SELECT
                                "t12"."name" AS "slice",
                                "t12"."source" AS "source_name",
                                "t19"."position",
                                "t19"."course",
                                "t19"."course_id",
                                "t19"."user_id",
                                "t19"."email",
                                "t19"."username",
                                "t19"."role",
                                "t19"."suspended",
                                "t19"."created_at",
                                "t19"."last_login_at",
                                "t19"."enrolled_at",
                                "t19"."enrolled_on",
                                "t19"."expires_on",
                                "t19"."groups",
                                "t39"."now_course",
                                "t39"."now_id"
                              FROM "learnworlds_users" AS "t19"
                              LEFT OUTER JOIN "slices" AS "t12"
                                ON "t19"."slice_id" = "t12"."slice_id"
                              LEFT OUTER JOIN (
                                SELECT DISTINCT
                                  "t29"."course" AS "now_course",
                                  "t29"."course_id" AS "now_id"
                                FROM (
                                  SELECT
                                    "t12"."name" AS "slice",
                                    "t12"."source" AS "source_name",
                                    "t21"."position",
                                    "t21"."course",
                                    "t21"."course_id",
                                    "t21"."category",
                                    "t21"."title",
                                    "t21"."access",
                                    "t21"."starts_on",
                                    "t21"."ends_on",
                                    "t21"."created_at"
                                  FROM "learnworlds_courses" AS "t21"
                                  LEFT OUTER JOIN "slices" AS "t12"
                                    ON "t21"."slice_id" = "t12"."slice_id"
                                ) AS "t29"
                              ) AS "t39"
                                ON "t19"."course" = "t39"."now_course"
                            ) AS "t51"
                            WHERE
                              (
                                "t51"."now_id" IS NULL
                              ) OR (
                                "t51"."now_id" = "t51"."course_id"
                              )
                          ) AS "t62"
                        ) AS "t66"
                      ) AS "t72"
                      UNION ALL
                      SELECT
                        *
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t63"."slice",
                            "t63"."source_name",
                            "t63"."position",
                            "t63"."course",
                            "t63"."course_id",
                            "t63"."user_id",
                            "t63"."email",
                            "t63"."username",
                            "t63"."role",
                            "t63"."suspended",
                            "t63"."created_at",
                            "t63"."last_login_at",
                            "t63"."enrolled_at",
                            "t63"."enrolled_on",
                            "t63"."expires_on",
                            "t63"."groups"
                          FROM (
                            SELECT
                              *
                            FROM (
                              SELECT
                                "t12"."name" AS "slice",
                                "t12"."source" AS "source_name",
                                "t20"."position",
                                "t20"."course",
                                "t20"."course_id",
                                "t20"."user_id",
                                "t20"."email",
                                "t20"."username",
                                "t20"."role",
                                "t20"."suspended",
                                "t20"."created_at",
                                "t20"."last_login_at",
                                "t20"."enrolled_at",
                                "t20"."enrolled_on",
                                "t20"."expires_on",
                                "t20"."groups",
                                "t39"."now_course",
                                "t39"."now_id"
                              FROM "learnworlds_suspended" AS "t20"
                              LEFT OUTER JOIN "slices" AS "t12"
                                ON "t20"."slice_id" = "t12"."slice_id"
                              LEFT OUTER JOIN (
                                SELECT DISTINCT
                                  "t29"."course" AS "now_course",
                                  "t29"."course_id" AS "now_id"
                                FROM (
                                  SELECT
                                    "t12"."name" AS "slice",
                                    "t12"."source" AS "source_name",
                                    "t21"."position",
                                    "t21"."course",
                                    "t21"."course_id",
                                    "t21"."category",
                                    "t21"."title",
                                    "t21"."access",
                                    "t21"."starts_on",
                                    "t21"."ends_on",
                                    "t21"."created_at"
                                  FROM "learnworlds_courses" AS "t21"
                                  LEFT OUTER JOIN "slices" AS "t12"
                                    ON "t21"."slice_id" = "t12"."slice_id"
                                ) AS "t29"
                              ) AS "t39"
                                ON "t20"."course" = "t39"."now_course"
                            ) AS "t52"
                            WHERE
                              (
                                "t52"."now_id" IS NULL
                              ) OR (
                                "t52"."now_id" = "t52"."course_id"
                              )
                          ) AS "t63"
                        ) AS "t67"
                      ) AS "t73"
                    ) AS "t74"
                  ) AS "t83"
                  WHERE
                    "t83"."_place" = 0
                ) AS "t88"
              ) AS "t89"
            ) AS "t93"
          ) AS "t96"
          WHERE
            "t96"."_place" = 0
        ) AS "t99"
      ) AS "t100"
    ) AS "t101"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        CAST(CAST("t75"."learner_id" AS VARCHAR) AS VARCHAR) AS "learner_id",
        CAST(NULL AS VARCHAR) AS "name",
        CAST(NULL AS VARCHAR) AS "email",
        CAST(CAST("t75"."source" AS VARCHAR) AS VARCHAR) AS "source"
      FROM (
        SELECT
          "t70"."learner_id",
          MIN("t70"."source") AS "source"
        FROM (
          SELECT
            "t56"."slice",
            "t56"."source_name",
            "t56"."position",
            "t56"."uuid",
            "t56"."event_type",
            "t56"."event_time",
            "t56"."user_id",
            "t56"."ehr_id",
            "t56"."session_id",
            "t56"."course_id",
            "t56"."item_id",
            "t56"."correct",
            "t56"."score",
            "t56"."duration_s",
            "t56"."hints",
            "t56"."response",
            "t56"."source_name" || ':' || COALESCE(NULLIF("t56"."user_id", ''), NULLIF("t56"."ehr_id", '')) AS "learner_id",
            "t56"."source_name" AS "source",
            "t56"."event_time" AS "at"
          FROM (
            SELECT
              "t53"."slice",
              "t53"."source_name",
              "t53"."position",
              "t53"."uuid",
              "t53"."event_type",
              "t53"."event_time",
              "t53"."user_id",
              "t53"."ehr_id",
              "t53"."session_id",
              "t53"."course_id",
              "t53"."item_id",
              "t53"."correct",
              "t53"."score",
              "t53"."duration_s",
              "t53"."hints",
              "t53"."response"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t23"."slice",
                  "t23"."source_name",
                  "t23"."position",
                  "t23"."uuid",
                  "t23"."event_type",
                  "t23"."event_time",
                  "t23"."user_id",
                  "t23"."ehr_id",
                  "t23"."session_id",
                  "t23"."course_id",
                  "t23"."item_id",
                  "t23"."correct",
                  "t23"."score",
                  "t23"."duration_s",
                  "t23"."hints",
                  "t23"."response",
                  ROW_NUMBER() OVER (
                    PARTITION BY "t23"."uuid"
                    ORDER BY "t23"."slice" DESC NULLS LAST, "t23"."position" DESC NULLS LAST
                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                  ) - 1 AS "_place"
                FROM (
                  SELECT
                    "t12"."name" AS "slice",
                    "t12"."source" AS "source_name",
                    "t13"."position",
                    "t13"."uuid",
                    "t13"."event_type",
                    "t13"."event_time",
                    "t13"."user_id",
                    "t13"."ehr_id",
                    "t13"."session_id",
                    "t13"."course_id",
                    "t13"."item_id",
                    "t13"."correct",
                    "t13"."score",
                    "t13"."duration_s",
                    "t13"."hints",
                    "t13"."response"
                  FROM "posted_events" AS "t13"
                  LEFT OUTER JOIN "slices" AS "t12"
                    ON "t13"."slice_id" = "t12"."slice_id"
                ) AS "t23"
              ) AS "t44"
              WHERE
                "t44"."_place" = 0
            ) AS "t53"
          ) AS "t56"
          WHERE
            COALESCE(NULLIF("t56"."user_id", ''), NULLIF("t56"."ehr_id", '')) IS NOT NULL
        ) AS "t70"
        GROUP BY
          1
      ) AS "t75"
    ) AS "t84"
  ) AS "t102"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          CAST(CAST("t94"."learner_id" AS VARCHAR) AS VARCHAR) AS "learner_id",
          CAST(NULL AS VARCHAR) AS "name",
          "t94"."email",
          CAST(CAST("t94"."source" AS VARCHAR) AS VARCHAR) AS "source"
        FROM (
          SELECT
            "t91"."learner_id",
            MIN("t91"."source") AS "source",
            MAX("t91"."email") AS "email"
          FROM (
            SELECT
              "t86"."learner_id",
              "t86"."source",
              MAX("t86"."email") AS "email"
            FROM (
              SELECT
                "t81"."slice",
                "t81"."source_name",
                "t81"."position",
                "t81"."stray",
                "t81"."uuid",
                "t81"."event_type",
                "t81"."event_time",
                "t81"."user_id",
                "t81"."session_id",
                "t81"."email",
                "t81"."course_id",
                "t81"."item_id",
                "t81"."correct",
                "t81"."score",
                "t81"."duration_s",
                "t81"."hints",
                "t81"."event_properties",
                "t81"."response",
                "t81"."source_name" AS "source",
                "t81"."source_name" || ':' || "t81"."user_id" AS "learner_id",
                "t81"."event_time" AS "at"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      *
                    FROM "t26" AS "t30"
                    WHERE
                      NOT (
                        "t30"."stray"
                      )
                  ) AS "t40"
                  UNION ALL
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t68"."slice",
                      "t68"."source_name",
                      "t68"."position",
                      "t68"."stray",
                      "t68"."uuid",
                      "t68"."event_type",
                      "t68"."event_time",
                      "t68"."user_id",
                      "t68"."session_id",
                      "t68"."email",
                      "t68"."course_id",
                      "t68"."item_id",
                      "t68"."correct",
                      "t68"."score",
                      "t68"."duration_s",
                      "t68"."hints",
                      "t68"."event_properties",
                      "t68"."response"
                    FROM (
                      SELECT
                        "t60"."slice",
                        "t60"."source_name",
                        "t60"."position",
                        "t60"."stray",
                        "t60"."uuid",
                        "t60"."event_type",
                        "t60"."event_time",
                        "t60"."user_id",
                        "t60"."session_id",
                        "t60"."email",
                        "t60"."course_id",
                        "t60"."item_id",
                        "t60"."correct",
                        "t60"."score",
                        "t60"."duration_s",
                        "t60"."hints",
                        "t60"."event_properties",
                        "t60"."response"
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t36"."slice",
                            "t36"."source_name",
                            "t36"."position",
                            "t36"."stray",
                            "t36"."uuid",
                            "t36"."event_type",
                            "t36"."event_time",
                            "t36"."user_id",
                            "t36"."session_id",
                            "t36"."email",
                            "t36"."course_id",
                            "t36"."item_id",
                            "t36"."correct",
                            "t36"."score",
                            "t36"."duration_s",
                            "t36"."hints",
                            "t36"."event_properties",
                            "t36"."response",
                            ROW_NUMBER() OVER (
                              PARTITION BY "t36"."uuid"
                              ORDER BY "t36"."slice" ASC, "t36"."position" ASC
                              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                            ) - 1 AS "_place"
                          FROM (
                            SELECT
                              *
                            FROM "t26" AS "t30"
                            WHERE
                              "t30"."stray"
                          ) AS "t36"
                        ) AS "t54"
                        WHERE
                          "t54"."_place" = 0
                      ) AS "t60"
                    ) AS "t68"
                    WHERE
                      NOT EXISTS(
                        SELECT
                          1
                        FROM (
                          SELECT
                            "t30"."uuid"
                          FROM "t26" AS "t30"
                          WHERE
                            NOT (
                              "t30"."stray"
                            )
                        ) AS "t45"
                        WHERE
                          "t68"."uuid" = "t45"."uuid"
                      )
                  ) AS "t76"
                ) AS "t79"
                UNION ALL
                SELECT
                  *
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      *
                    FROM "t27" AS "t31"
                    WHERE
                      NOT (
                        "t31"."stray"
                      )
                  ) AS "t42"
                  UNION ALL
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t69"."slice",
                      "t69"."source_name",
                      "t69"."position",
                      "t69"."stray",
                      "t69"."uuid",
                      "t69"."event_type",
                      "t69"."event_time",
                      "t69"."user_id",
                      "t69"."session_id",
                      "t69"."email",
                      "t69"."course_id",
                      "t69"."item_id",
                      "t69"."correct",
                      "t69"."score",
                      "t69"."duration_s",
                      "t69"."hints",
                      "t69"."event_properties",
                      "t69"."response"
                    FROM (
                      SELECT
                        "t61"."slice",
                        "t61"."source_name",
                        "t61"."position",
                        "t61"."stray",
                        "t61"."uuid",
                        "t61"."event_type",
                        "t61"."event_time",
                        "t61"."user_id",
                        "t61"."session_id",
                        "t61"."email",
                        "t61"."course_id",
                        "t61"."item_id",
                        "t61"."correct",
                        "t61"."score",
                        "t61"."duration_s",
                        "t61"."hints",
                        "t61"."event_properties",
                        "t61"."response"
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t37"."slice",
                            "t37"."source_name",
                            "t37"."position",
                            "t37"."stray",
                            "t37"."uuid",
                            "t37"."event_type",
                            "t37"."event_time",
                            "t37"."user_id",
                            "t37"."session_id",
                            "t37"."email",
                            "t37"."course_id",
                            "t37"."item_id",
                            "t37"."correct",
                            "t37"."score",
                            "t37"."duration_s",
                            "t37"."hints",
                            "t37"."event_properties",
                            "t37"."response",
                            ROW_NUMBER() OVER (
                              PARTITION BY "t37"."uuid"
                              ORDER BY "t37"."slice" ASC, "t37"."position" ASC
                              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                            ) - 1 AS "_place"
                          FROM (
                            SELECT
                              *
                            FROM "t27" AS "t31"
                            WHERE
                              "t31"."stray"
                          ) AS "t37"
                        ) AS "t55"
                        WHERE
                          "t55"."_place" = 0
                      ) AS "t61"
                    ) AS "t69"
                    WHERE
                      NOT EXISTS(
                        SELECT
                          1
                        FROM (
                          SELECT
                            "t31"."uuid"
                          FROM "t27" AS "t31"
                          WHERE
                            NOT (
                              "t31"."stray"
                            )
                        ) AS "t46"
                        WHERE
                          "t69"."uuid" = "t46"."uuid"
                      )
                  ) AS "t77"
                ) AS "t80"
              ) AS "t81"
              WHERE
                "t81"."user_id" IS NOT NULL AND "t81"."user_id" <> ''
            ) AS "t86"
            GROUP BY
              1,
              2
          ) AS "t91"
          GROUP BY
            1
        ) AS "t94"
      ) AS "t95"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          CAST(CAST("t48"."learner_id" AS VARCHAR) AS VARCHAR) AS "learner_id",
          CAST(NULL AS VARCHAR) AS "name",
          "t48"."email",
          CAST(CAST("t48"."source" AS VARCHAR) AS VARCHAR) AS "source"
        FROM (
          SELECT
            "t34"."learner_id",
            MIN("t34"."source") AS "source",
            MAX("t34"."email") AS "email"
          FROM (
            SELECT
              "t22"."slice",
              "t22"."source_name",
              "t22"."position",
              "t22"."uuid",
              "t22"."event_at",
              "t22"."event_datetime",
              "t22"."event_json",
              "t22"."event_name",
              "t22"."event_receive_datetime",
              "t22"."event_receive_timestamp",
              "t22"."event_timestamp",
              "t22"."session_id",
              "t22"."installation_id",
              "t22"."appmetrica_device_id",
              "t22"."city",
              "t22"."connection_type",
              "t22"."country_iso_code",
              "t22"."device_ipv6",
              "t22"."device_locale",
              "t22"."device_manufacturer",
              "t22"."device_model",
              "t22"."device_type",
              "t22"."google_aid",
              "t22"."ios_ifa",
              "t22"."ios_ifv",
              "t22"."mcc",
              "t22"."mnc",
              "t22"."operator_name",
              "t22"."original_device_model",
              "t22"."os_name",
              "t22"."os_version",
              "t22"."profile_id",
              "t22"."windows_aid",
              "t22"."app_build_number",
              "t22"."app_package_name",
              "t22"."app_version_name",
              "t22"."application_id",
              "t22"."event_properties",
              "t22"."ehr_id",
              "t22"."email",
              "t22"."course_id",
              "t22"."item_id",
              "t22"."correct",
              "t22"."score",
              "t22"."duration_s",
              "t22"."hints",
              "t22"."response",
              "t22"."source_name" AS "source",
              "t22"."source_name" || ':' || "t22"."profile_id" AS "learner_id"
            FROM (
              SELECT
                "t12"."name" AS "slice",
                "t12"."source" AS "source_name",
                "t11"."position",
                "t11"."uuid",
                "t11"."event_at",
                "t11"."event_datetime",
                "t11"."event_json",
                "t11"."event_name",
                "t11"."event_receive_datetime",
                "t11"."event_receive_timestamp",
                "t11"."event_timestamp",
                "t11"."session_id",
                "t11"."installation_id",
                "t11"."appmetrica_device_id",
                "t11"."city",
                "t11"."connection_type",
                "t11"."country_iso_code",
                "t11"."device_ipv6",
                "t11"."device_locale",
                "t11"."device_manufacturer",
                "t11"."device_model",
                "t11"."device_type",
                "t11"."google_aid",
                "t11"."ios_ifa",
                "t11"."ios_ifv",
                "t11"."mcc",
                "t11"."mnc",
                "t11"."operator_name",
                "t11"."original_device_model",
                "t11"."os_name",
                "t11"."os_version",
                "t11"."profile_id",
                "t11"."windows_aid",
                "t11"."app_build_number",
                "t11"."app_package_name",
                "t11"."app_version_name",
                "t11"."application_id",
                "t11"."event_properties",
                "t11"."ehr_id",
                "t11"."email",
                "t11"."course_id",
                "t11"."item_id",
                "t11"."correct",
                "t11"."score",
                "t11"."duration_s",
                "t11"."hints",
                "t11"."response"
              FROM "appmetrica_events" AS "t11"
              LEFT OUTER JOIN "slices" AS "t12"
                ON "t11"."slice_id" = "t12"."slice_id"
            ) AS "t22"
            WHERE
              "t22"."profile_id" IS NOT NULL
          ) AS "t34"
          GROUP BY
            1
        ) AS "t48"
      ) AS "t57"
    ) AS "t97"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t82"."learner_id",
          "t82"."name",
          "t82"."email",
          "t82"."source"
        FROM (
          SELECT
            "t71"."slice",
            "t71"."source_name",
            "t71"."position",
            "t71"."learner_id",
            "t71"."name",
            "t71"."email",
            "t71"."source",
            ROW_NUMBER() OVER (
              PARTITION BY "t71"."learner_id", "t71"."source_name"
              ORDER BY "t71"."slice" DESC NULLS LAST, "t71"."position" DESC NULLS LAST
              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            ) - 1 AS "_place"
          FROM (
            SELECT
              "t58"."slice",
              "t58"."source_name",
              "t58"."position",
              COALESCE("t58"."linked", "t58"."source" || ':' || "t58"."learner_id") AS "learner_id",
              "t58"."name",
              "t58"."email",
              "t58"."source"
            FROM (
              SELECT
                "t35"."slice",
                "t35"."source_name",
                "t35"."position",
                "t35"."learner_id",
                "t35"."name",
                "t35"."email",
                "t35"."source",
                "t50"."link_source",
                "t50"."link_external",
                "t50"."linked"
              FROM (
                SELECT
                  "t25"."slice",
                  "t25"."source_name",
                  "t25"."position",
                  "t25"."learner_id",
                  "t25"."name",
                  "t25"."email",
                  "t25"."source_name" AS "source"
                FROM (
                  SELECT
                    "t15"."name" AS "slice",
                    "t12"."source" AS "source_name",
                    "t15"."position",
                    "t15"."learner_id",
                    "t15"."name",
                    "t15"."email"
                  FROM "files_learners" AS "t15"
                  LEFT OUTER JOIN "slices" AS "t12"
                    ON "t15"."slice_id" = "t12"."slice_id"
                ) AS "t25"
              ) AS "t35"
              LEFT OUTER JOIN (
                SELECT
                  "t38"."source" AS "link_source",
                  "t38"."external_id" AS "link_external",
                  "t38"."linked"
                FROM (
                  SELECT
                    "t28"."source",
                    "t28"."external_id",
                    MAX("t28"."learner_id") AS "linked"
                  FROM (
                    SELECT
                      "t12"."name" AS "slice",
                      "t18"."source" AS "source_name",
                      "t18"."position",
                      "t18"."source",
                      "t18"."external_id",
                      "t18"."learner_id"
                    FROM "files_learner_links" AS "t18"
                    LEFT OUTER JOIN "slices" AS "t12"
                      ON "t18"."slice_id" = "t12"."slice_id"
                  ) AS "t28"
                  GROUP BY
                    1,
                    2
                ) AS "t38"
              ) AS "t50"
                ON "t35"."source" = "t50"."link_source"
                AND "t35"."learner_id" = "t50"."link_external"
            ) AS "t58"
          ) AS "t71"
        ) AS "t82"
        WHERE
          "t82"."_place" = 0
      ) AS "t87"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          CAST(CAST("t85"."learner_id" AS VARCHAR) AS VARCHAR) AS "learner_id",
          CAST(NULL AS VARCHAR) AS "name",
          CAST(NULL AS VARCHAR) AS "email",
          CAST(CAST("t85"."source" AS VARCHAR) AS VARCHAR) AS "source"
        FROM (
          SELECT DISTINCT
            "t78"."source" || ':' || "t78"."learner_id" AS "learner_id",
            "t78"."source"
          FROM (
            SELECT
              "t59"."slice",
              "t59"."source_name",
              "t59"."position",
              "t59"."user_id",
              "t59"."oauth_consumer_key",
              "t59"."lis_result_sourcedid",
              "t59"."lis_outcome_service_url",
              "t59"."is_correct",
              "t59"."attempt_type",
              "t59"."created_at",
              "t59"."source",
              "t59"."learner_id",
              "t59"."at",
              "t59"."sourcedid",
              "t59"."category",
              "t59"."course",
              "t59"."item_id",
              "t59"."source" || ':' || SHA256(
                "t59"."user_id" || ' ' || CAST(EPOCH_US("t59"."at") AS VARCHAR) || ' ' || "t59"."attempt_type" || ' ' || COALESCE("t59"."lis_result_sourcedid", '')
              ) AS "attempt_id",
              "t59"."category" || '/' || "t59"."course" AS "course_id",
              CASE WHEN "t59"."attempt_type" = 'submit' THEN 'answer' ELSE 'run' END AS "kind",
              "t59"."is_correct" AS "correct",
              CASE
                WHEN "t59"."is_correct"
                THEN 1
                WHEN NOT (
                  "t59"."is_correct"
                )
                THEN 0
                ELSE CAST(NULL AS BIGINT)
              END AS "score"
            FROM (
              SELECT
                "t49"."slice",
                "t49"."source_name",
                "t49"."position",
                "t49"."user_id",
                "t49"."oauth_consumer_key",
                "t49"."lis_result_sourcedid",
                "t49"."lis_outcome_service_url",
                "t49"."is_correct",
                "t49"."attempt_type",
                "t49"."created_at",
                "t49"."source",
                "t49"."learner_id",
                "t49"."at",
                "t49"."sourcedid",
                CASE
                  WHEN "t49"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                  THEN CASE
                    WHEN "t49"."sourcedid" ~ (
                      '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                    THEN (
                      REGEXP_MATCH(
                        "t49"."sourcedid",
                        '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                      )
                    )[2]
                    ELSE NULL
                  END
                  WHEN "t49"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                  THEN CASE
                    WHEN "t49"."sourcedid" ~ (
                      '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                    THEN (
                      REGEXP_MATCH(
                        "t49"."sourcedid",
                        '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                      )
                    )[2]
                    ELSE NULL
                  END
                  ELSE CAST(NULL AS VARCHAR)
                END AS "category",
                CASE
                  WHEN "t49"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                  THEN CASE
                    WHEN "t49"."sourcedid" ~ (
                      '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                    THEN (
                      REGEXP_MATCH(
                        "t49"."sourcedid",
                        '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                      )
                    )[3]
                    ELSE NULL
                  END
                  WHEN "t49"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                  THEN CASE
                    WHEN "t49"."sourcedid" ~ (
                      '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                    THEN (
                      REGEXP_MATCH(
                        "t49"."sourcedid",
                        '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                      )
                    )[3]
                    ELSE NULL
                  END || '+' || CASE
                    WHEN "t49"."sourcedid" ~ (
                      '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                    THEN (
                      REGEXP_MATCH(
                        "t49"."sourcedid",
                        '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                      )
                    )[4]
                    ELSE NULL
                  END
                  ELSE CAST(NULL AS VARCHAR)
                END AS "course",
                CASE
                  WHEN "t49"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                  THEN CASE
                    WHEN "t49"."sourcedid" ~ (
                      '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                    THEN (
                      REGEXP_MATCH(
                        "t49"."sourcedid",
                        '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                      )
                    )[5]
                    ELSE NULL
                  END
                  WHEN "t49"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                  THEN CASE
                    WHEN "t49"."sourcedid" ~ (
                      '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                    THEN (
                      REGEXP_MATCH(
                        "t49"."sourcedid",
                        '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                      )
                    )[5]
                    ELSE NULL
                  END
                  ELSE CAST(NULL AS VARCHAR)
                END AS "item_id"
              FROM (
                SELECT
                  "t24"."slice",
                  "t24"."source_name",
                  "t24"."position",
                  "t24"."user_id",
                  "t24"."oauth_consumer_key",
                  "t24"."lis_result_sourcedid",
                  "t24"."lis_outcome_service_url",
                  "t24"."is_correct",
                  "t24"."attempt_type",
                  "t24"."created_at",
                  "t24"."source_name" AS "source",
                  "t24"."user_id" AS "learner_id",
                  TIMEZONE('UTC', "t24"."created_at") AS "at",
                  REPLACE(
                    REPLACE(REPLACE(REPLACE("t24"."lis_result_sourcedid", '%3A', ':'), '%2B', '+'), '%2F', '/'),
                    '%40',
                    '@'
                  ) AS "sourcedid"
                FROM (
                  SELECT
                    "t12"."name" AS "slice",
                    "t12"."source" AS "source_name",
                    "t14"."position",
                    "t14"."user_id",
                    "t14"."oauth_consumer_key",
                    "t14"."lis_result_sourcedid",
                    "t14"."lis_outcome_service_url",
                    "t14"."is_correct",
                    "t14"."attempt_type",
                    "t14"."created_at"
                  FROM "grader_attempts" AS "t14"
                  LEFT OUTER JOIN "slices" AS "t12"
                    ON "t14"."slice_id" = "t12"."slice_id"
                ) AS "t24"
              ) AS "t49"
            ) AS "t59"
          ) AS "t78"
        ) AS "t85"
      ) AS "t90"
    ) AS "t92"
  ) AS "t98"
) AS "t103"

-- events --
-- Something a learner did, or `count` of the same at one instant.
WITH "t19" AS (
  SELECT
    "t9"."name" AS "slice",
    "t9"."source" AS "source_name",
    "t11"."position",
    "t11"."stray",
    "t11"."uuid",
    "t11"."event_type",
    "t11"."event_time",
    "t11"."user_id",
    "t11"."session_id",
    "t11"."email",
    "t11"."course_id",
    "t11"."item_id",
    "t11"."correct",
    "t11"."score",
    "t11"."duration_s",
    "t11"."hints",
    "t11"."event_properties",
    "t11"."response"
  FROM "amplitude_events_web" AS "t11"
  LEFT OUTER JOIN "slices" AS "t9"
    ON "t11"."slice_id" = "t9"."slice_id"
), "t20" AS (
  SELECT
    "t9"."name" AS "slice",
    "t9"."source" AS "source_name",
    "t12"."position",
    "t12"."stray",
    "t12"."uuid",
    "t12"."event_type",
    "t12"."event_time",
    "t12"."user_id",
    "t12"."session_id",
    "t12"."email",
    "t12"."course_id",
    "t12"."item_id",
    "t12"."correct",
    "t12"."score",
    "t12"."duration_s",
    "t12"."hints",
    "t12"."event_properties",
    "t12"."response"
  FROM "amplitude_events_mobile" AS "t12"
  LEFT OUTER JOIN "slices" AS "t9"
    ON "t12"."slice_id" = "t9"."slice_id"
)
SELECT
  "t77"."event_id",
  "t77"."learner_id",
  "t77"."course_id",
  "t77"."group_id",
  "t77"."type",
  "t77"."session_id",
  "t77"."count",
  "t77"."at",
  "t77"."properties"
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t71"."event_id",
        "t71"."learner_id",
        COALESCE("t71"."joined_id", "t71"."course_id") AS "course_id",
        "t71"."group_id",
        "t71"."type",
        "t71"."session_id",
        "t71"."count",
        "t71"."at",
        "t71"."properties",
        "t71"."source_name",
        "t71"."joined_id" IS NULL AS "own"
      FROM (
        SELECT
          "t67"."event_id",
          "t67"."learner_id",
          "t67"."course_id",
          "t67"."group_id",
          "t67"."type",
          "t67"."session_id",
          "t67"."count",
          "t67"."at",
          "t67"."properties",
          "t67"."source_name",
          "t16"."link_source",
          "t16"."link_course",
          "t16"."joined_id"
        FROM (
          SELECT
            CAST("t63"."source_name" || ':' || "t63"."uuid" AS VARCHAR) AS "event_id",
            CAST("t63"."source_name" || ':' || "t63"."user_id" AS VARCHAR) AS "learner_id",
            "t63"."course_id",
            CAST(NULL AS VARCHAR) AS "group_id",
            CAST("t63"."event_type" AS VARCHAR) AS "type",
            CASE
              WHEN "t63"."session_id" = -1
              THEN CAST(NULL AS VARCHAR)
              ELSE CAST("t63"."session_id" AS VARCHAR)
            END AS "session_id",
            CAST(1 AS BIGINT) AS "count",
            CAST("t63"."event_time" AS TIMESTAMPTZ(6)) AS "at",
            "t63"."event_properties" AS "properties",
            "t63"."source_name"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  *
                FROM "t19" AS "t23"
                WHERE
                  NOT (
                    "t23"."stray"
                  )
              ) AS "t31"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  "t52"."slice",
                  "t52"."source_name",
                  "t52"."position",
                  "t52"."stray",
                  "t52"."uuid",
                  "t52"."event_type",
                  "t52"."event_time",
                  "t52"."user_id",
                  "t52"."session_id",
                  "t52"."email",
                  "t52"."course_id",
                  "t52"."item_id",
                  "t52"."correct",
                  "t52"."score",
                  "t52"."duration_s",
                  "t52"."hints",
                  "t52"."event_properties",
                  "t52"."response"
                FROM (
                  SELECT
                    "t47"."slice",
                    "t47"."source_name",
                    "t47"."position",
                    "t47"."stray",
                    "t47"."uuid",
                    "t47"."event_type",
                    "t47"."event_time",
                    "t47"."user_id",
                    "t47"."session_id",
                    "t47"."email",
                    "t47"."course_id",
                    "t47"."item_id",
                    "t47"."correct",
                    "t47"."score",
                    "t47"."duration_s",
                    "t47"."hints",
                    "t47"."event_properties",
                    "t47"."response"
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t26"."slice",
                        "t26"."source_name",
                        "t26"."position",
                        "t26"."stray",
                        "t26"."uuid",
                        "t26"."event_type",
                        "t26"."event_time",
                        "t26"."user_id",
                        "t26"."session_id",
                        "t26"."email",
                        "t26"."course_id",
                        "t26"."item_id",
                        "t26"."correct",
                        "t26"."score",
                        "t26"."duration_s",
                        "t26"."hints",
                        "t26"."event_properties",
                        "t26"."response",
                        ROW_NUMBER() OVER (
                          PARTITION BY "t26"."uuid"
                          ORDER BY "t26"."slice" ASC, "t26"."position" ASC
                          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                        ) - 1 AS "_place"
                      FROM (
                        SELECT
                          *
                        FROM "t19" AS "t23"
                        WHERE
                          "t23"."stray"
                      ) AS "t26"
                    ) AS "t42"
                    WHERE
                      "t42"."_place" = 0
                  ) AS "t47"
                ) AS "t52"
                WHERE
                  NOT EXISTS(
                    SELECT
                      1
                    FROM (
                      SELECT
                        "t23"."uuid"
                      FROM "t19" AS "t23"
                      WHERE
                        NOT (
                          "t23"."stray"
                        )
                    ) AS "t37"
                    WHERE
                      "t52"."uuid" = "t37"."uuid"
                  )
              ) AS "t58"
            ) AS "t60"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  *
                FROM "t20" AS "t24"
                WHERE
                  NOT (
                    "t24"."stray"
                  )
              ) AS "t33"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  "t53"."slice",
                  "t53"."source_name",
                  "t53"."position",
                  "t53"."stray",
                  "t53"."uuid",
                  "t53"."event_type",
                  "t53"."event_time",
                  "t53"."user_id",
                  "t53"."session_id",
                  "t53"."email",
                  "t53"."course_id",
                  "t53"."item_id",
                  "t53"."correct",
                  "t53"."score",
                  "t53"."duration_s",
                  "t53"."hints",
                  "t53"."event_properties",
                  "t53"."response"
                FROM (
                  SELECT
                    "t48"."slice",
                    "t48"."source_name",
                    "t48"."position",
                    "t48"."stray",
                    "t48"."uuid",
                    "t48"."event_type",
                    "t48"."event_time",
                    "t48"."user_id",
                    "t48"."session_id",
                    "t48"."email",
                    "t48"."course_id",
                    "t48"."item_id",
                    "t48"."correct",
                    "t48"."score",
                    "t48"."duration_s",
                    "t48"."hints",
                    "t48"."event_properties",
                    "t48"."response"
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t27"."slice",
                        "t27"."source_name",
                        "t27"."position",
                        "t27"."stray",
                        "t27"."uuid",
                        "t27"."event_type",
                        "t27"."event_time",
                        "t27"."user_id",
                        "t27"."session_id",
                        "t27"."email",
                        "t27"."course_id",
                        "t27"."item_id",
                        "t27"."correct",
                        "t27"."score",
                        "t27"."duration_s",
                        "t27"."hints",
                        "t27"."event_properties",
                        "t27"."response",
                        ROW_NUMBER() OVER (
                          PARTITION BY "t27"."uuid"
                          ORDER BY "t27"."slice" ASC, "t27"."position" ASC
                          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                        ) - 1 AS "_place"
                      FROM (
                        SELECT
                          *
                        FROM "t20" AS "t24"
                        WHERE
                          "t24"."stray"
                      ) AS "t27"
                    ) AS "t43"
                    WHERE
                      "t43"."_place" = 0
                  ) AS "t48"
                ) AS "t53"
                WHERE
                  NOT EXISTS(
                    SELECT
                      1
                    FROM (
                      SELECT
                        "t24"."uuid"
                      FROM "t20" AS "t24"
                      WHERE
                        NOT (
                          "t24"."stray"
                        )
                    ) AS "t38"
                    WHERE
                      "t53"."uuid" = "t38"."uuid"
                  )
              ) AS "t59"
            ) AS "t61"
          ) AS "t63"
          WHERE
            "t63"."user_id" IS NOT NULL AND "t63"."user_id" <> ''
        ) AS "t67"
        LEFT OUTER JOIN (
          SELECT
            "t0"."source" AS "link_source",
            "t0"."external_id" AS "link_course",
            "t0"."course_id" AS "joined_id"
          FROM "course_links" AS "t0"
        ) AS "t16"
          ON "t67"."source_name" = "t16"."link_source"
          AND "t67"."course_id" = "t16"."link_course"
      ) AS "t71"
    ) AS "t72"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t44"."event_id",
        "t44"."learner_id",
        COALESCE("t44"."joined_id", "t44"."course_id") AS "course_id",
        "t44"."group_id",
        "t44"."type",
        "t44"."session_id",
        "t44"."count",
        "t44"."at",
        "t44"."properties",
        "t44"."source_name",
        "t44"."joined_id" IS NULL AS "own"
      FROM (
        SELECT
          "t35"."event_id",
          "t35"."learner_id",
          "t35"."course_id",
          "t35"."group_id",
          "t35"."type",
          "t35"."session_id",
          "t35"."count",
          "t35"."at",
          "t35"."properties",
          "t35"."source_name",
          "t16"."link_source",
          "t16"."link_course",
          "t16"."joined_id"
        FROM (
          SELECT
            CAST("t17"."source_name" || ':' || "t17"."uuid" AS VARCHAR) AS "event_id",
            CAST("t17"."source_name" || ':' || "t17"."profile_id" AS VARCHAR) AS "learner_id",
            "t17"."course_id",
            CAST(NULL AS VARCHAR) AS "group_id",
            CAST("t17"."event_name" AS VARCHAR) AS "type",
            "t17"."session_id",
            CAST(1 AS BIGINT) AS "count",
            CAST("t17"."event_at" AS TIMESTAMPTZ(6)) AS "at",
            "t17"."event_json" AS "properties",
            "t17"."source_name"
          FROM (
            SELECT
              "t9"."name" AS "slice",
              "t9"."source" AS "source_name",
              "t8"."position",
              "t8"."uuid",
              "t8"."event_at",
              "t8"."event_datetime",
              "t8"."event_json",
              "t8"."event_name",
              "t8"."event_receive_datetime",
              "t8"."event_receive_timestamp",
              "t8"."event_timestamp",
              "t8"."session_id",
              "t8"."installation_id",
              "t8"."appmetrica_device_id",
              "t8"."city",
              "t8"."connection_type",
              "t8"."country_iso_code",
              "t8"."device_ipv6",
              "t8"."device_locale",
              "t8"."device_manufacturer",
              "t8"."device_model",
              "t8"."device_type",
              "t8"."google_aid",
              "t8"."ios_ifa",
              "t8"."ios_ifv",
              "t8"."mcc",
              "t8"."mnc",
              "t8"."operator_name",
              "t8"."original_device_model",
              "t8"."os_name",
              "t8"."os_version",
              "t8"."profile_id",
              "t8"."windows_aid",
              "t8"."app_build_number",
              "t8"."app_package_name",
              "t8"."app_version_name",
              "t8"."application_id",
              "t8"."event_properties",
              "t8"."ehr_id",
              "t8"."email",
              "t8"."course_id",
              "t8"."item_id",
              "t8"."correct",
              "t8"."score",
              "t8"."duration_s",
              "t8"."hints",
              "t8"."response"
            FROM "appmetrica_events" AS "t8"
            LEFT OUTER JOIN "slices" AS "t9"
              ON "t8"."slice_id" = "t9"."slice_id"
          ) AS "t17"
          WHERE
            "t17"."profile_id" IS NOT NULL
        ) AS "t35"
        LEFT OUTER JOIN (
          SELECT
            "t0"."source" AS "link_source",
            "t0"."external_id" AS "link_course",
            "t0"."course_id" AS "joined_id"
          FROM "course_links" AS "t0"
        ) AS "t16"
          ON "t35"."source_name" = "t16"."link_source"
          AND "t35"."course_id" = "t16"."link_course"
      ) AS "t44"
    ) AS "t49"
  ) AS "t74"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t73"."event_id",
        "t73"."learner_id",
        COALESCE("t73"."joined_id", "t73"."course_id") AS "course_id",
        "t73"."group_id",
        "t73"."type",
        "t73"."session_id",
        "t73"."count",
        "t73"."at",
        "t73"."properties",
        "t73"."source_name",
        "t73"."joined_id" IS NULL AS "own"
      FROM (
        SELECT
          "t70"."event_id",
          "t70"."learner_id",
          "t70"."course_id",
          "t70"."group_id",
          "t70"."type",
          "t70"."session_id",
          "t70"."count",
          "t70"."at",
          "t70"."properties",
          "t70"."source_name",
          "t16"."link_source",
          "t16"."link_course",
          "t16"."joined_id"
        FROM (
          SELECT
            "t68"."event_id",
            "t68"."learner_id",
            "t68"."course_id",
            "t68"."group_id",
            "t68"."type",
            "t68"."session_id",
            "t68"."count",
            "t68"."at",
            "t68"."properties",
            "t68"."source_name"
          FROM (
            SELECT
              "t62"."slice",
              "t62"."source_name",
              "t62"."position",
              CASE
                WHEN "t62"."event_id" IS NULL
                THEN SHA256("t62"."slice" || ':' || CAST("t62"."position" AS VARCHAR))
                ELSE "t62"."source" || ':' || "t62"."event_id"
              END AS "event_id",
              "t62"."learner_id",
              "t62"."course_id",
              "t62"."group_id",
              "t62"."type",
              "t62"."session_id",
              "t62"."count",
              "t62"."at",
              "t62"."properties",
              "t62"."source"
            FROM (
              SELECT
                "t56"."slice",
                "t56"."source_name",
                "t56"."position",
                "t56"."event_id",
                "t56"."learner_id",
                "t56"."course_id",
                "t56"."source" || ':' || "t56"."group_id" AS "group_id",
                "t56"."type",
                "t56"."session_id",
                "t56"."count",
                "t56"."at",
                "t56"."properties",
                "t56"."source"
              FROM (
                SELECT
                  "t54"."slice",
                  "t54"."source_name",
                  "t54"."position",
                  "t54"."event_id",
                  "t54"."learner_id",
                  "t54"."course_id",
                  "t54"."group_id",
                  "t54"."type",
                  "t54"."session_id",
                  "t54"."count",
                  "t54"."at",
                  "t54"."properties",
                  "t54"."source"
                FROM (
                  SELECT
                    "t46"."slice",
                    "t46"."source_name",
                    "t46"."position",
                    "t46"."event_id",
                    COALESCE("t46"."linked", "t46"."source" || ':' || "t46"."learner_id") AS "learner_id",
                    "t46"."course_id",
                    "t46"."group_id",
                    "t46"."type",
                    "t46"."session_id",
                    "t46"."count",
                    "t46"."at",
                    "t46"."properties",
                    "t46"."source",
                    "t46"."link_source",
                    "t46"."link_external",
                    "t46"."linked"
                  FROM (
                    SELECT
                      "t28"."slice",
                      "t28"."source_name",
                      "t28"."position",
                      "t28"."event_id",
                      "t28"."learner_id",
                      "t28"."course_id",
                      "t28"."group_id",
                      "t28"."type",
                      "t28"."session_id",
                      "t28"."count",
                      "t28"."at",
                      "t28"."properties",
                      "t28"."source",
                      "t40"."link_source",
                      "t40"."link_external",
                      "t40"."linked"
                    FROM (
                      SELECT
                        "t21"."slice",
                        "t21"."source_name",
                        "t21"."position",
                        "t21"."event_id",
                        "t21"."learner_id",
                        "t21"."course_id",
                        "t21"."group_id",
                        "t21"."type",
                        "t21"."session_id",
                        "t21"."count",
                        "t21"."at",
                        "t21"."properties",
                        "t21"."source_name" AS "source"
                      FROM (
                        SELECT
                          "t9"."name" AS "slice",
                          "t9"."source" AS "source_name",
                          "t13"."position",
                          "t13"."event_id",
                          "t13"."learner_id",
                          "t13"."course_id",
                          "t13"."group_id",
                          "t13"."type",
                          "t13"."session_id",
                          "t13"."count",
                          "t13"."at",
                          "t13"."properties"
                        FROM "files_events" AS "t13"
                        LEFT OUTER JOIN "slices" AS "t9"
                          ON "t13"."slice_id" = "t9"."slice_id"
                      ) AS "t21"
                    ) AS "t28"
                    LEFT OUTER JOIN (
                      SELECT
                        "t29"."source" AS "link_source",
                        "t29"."external_id" AS "link_external",
                        "t29"."linked"
                      FROM (
                        SELECT
                          "t22"."source",
                          "t22"."external_id",
                          MAX("t22"."learner_id") AS "linked"
                        FROM (
                          SELECT
                            "t9"."name" AS "slice",
                            "t14"."source" AS "source_name",
                            "t14"."position",
                            "t14"."source",
                            "t14"."external_id",
                            "t14"."learner_id"
                          FROM "files_learner_links" AS "t14"
                          LEFT OUTER JOIN "slices" AS "t9"
                            ON "t14"."slice_id" = "t9"."slice_id"
                        ) AS "t22"
                        GROUP BY
                          1,
                          2
                      ) AS "t29"
                    ) AS "t40"
                      ON "t28"."source" = "t40"."link_source"
                      AND "t28"."learner_id" = "t40"."link_external"
                  ) AS "t46"
                ) AS "t54"
              ) AS "t56"
            ) AS "t62"
          ) AS "t68"
        ) AS "t70"
        LEFT OUTER JOIN (
          SELECT
            "t0"."source" AS "link_source",
            "t0"."external_id" AS "link_course",
            "t0"."course_id" AS "joined_id"
          FROM "course_links" AS "t0"
        ) AS "t16"
          ON "t70"."source_name" = "t16"."link_source"
          AND "t70"."course_id" = "t16"."link_course"
      ) AS "t73"
    ) AS "t75"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t64"."event_id",
        "t64"."learner_id",
        COALESCE("t64"."joined_id", "t64"."course_id") AS "course_id",
        "t64"."group_id",
        "t64"."type",
        "t64"."session_id",
        "t64"."count",
        "t64"."at",
        "t64"."properties",
        "t64"."source_name",
        "t64"."joined_id" IS NULL AS "own"
      FROM (
        SELECT
          "t57"."event_id",
          "t57"."learner_id",
          "t57"."course_id",
          "t57"."group_id",
          "t57"."type",
          "t57"."session_id",
          "t57"."count",
          "t57"."at",
          "t57"."properties",
          "t57"."source_name",
          "t16"."link_source",
          "t16"."link_course",
          "t16"."joined_id"
        FROM (
          SELECT
            CAST("t45"."source_name" || ':' || "t45"."uuid" AS VARCHAR) AS "event_id",
            CAST("t45"."source_name" || ':' || COALESCE(NULLIF("t45"."user_id", ''), NULLIF("t45"."ehr_id", '')) AS VARCHAR) AS "learner_id",
            "t45"."course_id",
            CAST(NULL AS VARCHAR) AS "group_id",
            CAST("t45"."event_type" AS VARCHAR) AS "type",
            CASE
              WHEN "t45"."session_id" = -1
              THEN CAST(NULL AS VARCHAR)
              ELSE CAST("t45"."session_id" AS VARCHAR)
            END AS "session_id",
            CAST(1 AS BIGINT) AS "count",
            CAST("t45"."event_time" AS TIMESTAMPTZ(6)) AS "at",
            CAST(NULL AS VARCHAR) AS "properties",
            "t45"."source_name"
          FROM (
            SELECT
              "t41"."slice",
              "t41"."source_name",
              "t41"."position",
              "t41"."uuid",
              "t41"."event_type",
              "t41"."event_time",
              "t41"."user_id",
              "t41"."ehr_id",
              "t41"."session_id",
              "t41"."course_id",
              "t41"."item_id",
              "t41"."correct",
              "t41"."score",
              "t41"."duration_s",
              "t41"."hints",
              "t41"."response"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t18"."slice",
                  "t18"."source_name",
                  "t18"."position",
                  "t18"."uuid",
                  "t18"."event_type",
                  "t18"."event_time",
                  "t18"."user_id",
                  "t18"."ehr_id",
                  "t18"."session_id",
                  "t18"."course_id",
                  "t18"."item_id",
                  "t18"."correct",
                  "t18"."score",
                  "t18"."duration_s",
                  "t18"."hints",
                  "t18"."response",
                  ROW_NUMBER() OVER (
                    PARTITION BY "t18"."uuid"
                    ORDER BY "t18"."slice" DESC NULLS LAST, "t18"."position" DESC NULLS LAST
                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                  ) - 1 AS "_place"
                FROM (
                  SELECT
                    "t9"."name" AS "slice",
                    "t9"."source" AS "source_name",
                    "t10"."position",
                    "t10"."uuid",
                    "t10"."event_type",
                    "t10"."event_time",
                    "t10"."user_id",
                    "t10"."ehr_id",
                    "t10"."session_id",
                    "t10"."course_id",
                    "t10"."item_id",
                    "t10"."correct",
                    "t10"."score",
                    "t10"."duration_s",
                    "t10"."hints",
                    "t10"."response"
                  FROM "posted_events" AS "t10"
                  LEFT OUTER JOIN "slices" AS "t9"
                    ON "t10"."slice_id" = "t9"."slice_id"
                ) AS "t18"
              ) AS "t36"
              WHERE
                "t36"."_place" = 0
            ) AS "t41"
          ) AS "t45"
          WHERE
            COALESCE(NULLIF("t45"."user_id", ''), NULLIF("t45"."ehr_id", '')) IS NOT NULL
        ) AS "t57"
        LEFT OUTER JOIN (
          SELECT
            "t0"."source" AS "link_source",
            "t0"."external_id" AS "link_course",
            "t0"."course_id" AS "joined_id"
          FROM "course_links" AS "t0"
        ) AS "t16"
          ON "t57"."source_name" = "t16"."link_source"
          AND "t57"."course_id" = "t16"."link_course"
      ) AS "t64"
    ) AS "t65"
  ) AS "t76"
) AS "t77"

-- attempts --
-- One try of one learner at one item; score is 0..1, response the answer's beginning.
WITH "t37" AS (
  SELECT
    "t17"."name" AS "slice",
    "t17"."source" AS "source_name",
    "t21"."position",
    "t21"."stray",
    "t21"."uuid",
    "t21"."event_type",
    "t21"."event_time",
    "t21"."user_id",
    "t21"."session_id",
    "t21"."email",
    "t21"."course_id",
    "t21"."item_id",
    "t21"."correct",
    "t21"."score",
    "t21"."duration_s",
    "t21"."hints",
    "t21"."event_properties",
    "t21"."response"
  FROM "amplitude_events_web" AS "t21"
  LEFT OUTER JOIN "slices" AS "t17"
    ON "t21"."slice_id" = "t17"."slice_id"
), "t38" AS (
  SELECT
    "t17"."name" AS "slice",
    "t17"."source" AS "source_name",
    "t22"."position",
    "t22"."stray",
    "t22"."uuid",
    "t22"."event_type",
    "t22"."event_time",
    "t22"."user_id",
    "t22"."session_id",
    "t22"."email",
    "t22"."course_id",
    "t22"."item_id",
    "t22"."correct",
    "t22"."score",
    "t22"."duration_s",
    "t22"."hints",
    "t22"."event_properties",
    "t22"."response"
  FROM "amplitude_events_mobile" AS "t22"
  LEFT OUTER JOIN "slices" AS "t17"
    ON "t22"."slice_id" = "t17"."slice_id"
), "t144" AS (
  SELECT
    "t136"."slice",
    "t136"."source_name",
    "t136"."position",
    "t136"."course",
    "t136"."course_id",
    "t136"."user_id",
    "t136"."email",
    "t136"."username",
    "t136"."role",
    "t136"."suspended",
    "t136"."created_at",
    "t136"."last_login_at",
    "t136"."enrolled_at",
    "t136"."enrolled_on",
    "t136"."expires_on",
    "t136"."groups",
    "t136"."source",
    "t136"."learner_id",
    "t136"."name",
    UNNEST(STRING_TO_ARRAY("t136"."groups", '
')) AS "group"
  FROM (
    SELECT
      "t129"."slice",
      "t129"."source_name",
      "t129"."position",
      "t129"."course",
      "t129"."course_id",
      "t129"."user_id",
      "t129"."email",
      "t129"."username",
      "t129"."role",
      "t129"."suspended",
      "t129"."created_at",
      "t129"."last_login_at",
      "t129"."enrolled_at",
      "t129"."enrolled_on",
      "t129"."expires_on",
      "t129"."groups",
      "t129"."source_name" AS "source",
      "t129"."user_id" AS "learner_id",
      "t129"."username" AS "name"
    FROM (
      SELECT
        "t126"."slice",
        "t126"."source_name",
        "t126"."position",
        "t126"."course",
        "t126"."course_id",
        "t126"."user_id",
        "t126"."email",
        "t126"."username",
        "t126"."role",
        "t126"."suspended",
        "t126"."created_at",
        "t126"."last_login_at",
        "t126"."enrolled_at",
        "t126"."enrolled_on",
        "t126"."expires_on",
        "t126"."groups"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t104"."slice",
            "t104"."source_name",
            "t104"."position",
            "t104"."course",
            "t104"."course_id",
            "t104"."user_id",
            "t104"."email",
            "t104"."username",
            "t104"."role",
            "t104"."suspended",
            "t104"."created_at",
            "t104"."last_login_at",
            "t104"."enrolled_at",
            "t104"."enrolled_on",
            "t104"."expires_on",
            "t104"."groups",
            ROW_NUMBER() OVER (
              PARTITION BY "t104"."user_id", "t104"."course_id"
              ORDER BY "t104"."slice" DESC NULLS LAST, "t104"."position" DESC NULLS LAST
              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            ) - 1 AS "_place"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t86"."slice",
                  "t86"."source_name",
                  "t86"."position",
                  "t86"."course",
                  "t86"."course_id",
                  "t86"."user_id",
                  "t86"."email",
                  "t86"."username",
                  "t86"."role",
                  "t86"."suspended",
                  "t86"."created_at",
                  "t86"."last_login_at",
                  "t86"."enrolled_at",
                  "t86"."enrolled_on",
                  "t86"."expires_on",
                  "t86"."groups"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t17"."name" AS "slice",
                      "t17"."source" AS "source_name",
                      "t29"."position",
                      "t29"."course",
                      "t29"."course_id",
                      "t29"."user_id",
                      "t29"."email",
                      "t29"."username",
                      "t29"."role",
                      "t29"."suspended",
                      "t29"."created_at",
                      "t29"."last_login_at",
                      "t29"."enrolled_at",
                      "t29"."enrolled_on",
                      "t29"."expires_on",
                      "t29"."groups",
                      "t54"."now_course",
                      "t54"."now_id"
                    FROM "learnworlds_users" AS "t29"
                    LEFT OUTER JOIN "slices" AS "t17"
                      ON "t29"."slice_id" = "t17"."slice_id"
                    LEFT OUTER JOIN (
                      SELECT DISTINCT
                        "t42"."course" AS "now_course",
                        "t42"."course_id" AS "now_id"
                      FROM (
                        SELECT
                          "t17"."name" AS "slice",
                          "t17"."source" AS "source_name",
                          "t28"."position",
                          "t28"."course",
                          "t28"."course_id",
                          "t28"."category",
                          "t28"."title",
                          "t28"."access",
                          "t28"."starts_on",
                          "t28"."ends_on",
                          "t28"."created_at"
                        FROM "learnworlds_courses" AS "t28"
                        LEFT OUTER JOIN "slices" AS "t17"
                          ON "t28"."slice_id" = "t17"."slice_id"
                      ) AS "t42"
                    ) AS "t54"
                      ON "t29"."course" = "t54"."now_course"
                  ) AS "t70"
                  WHERE
                    (
                      "t70"."now_id" IS NULL
                    ) OR (
                      "t70"."now_id" = "t70"."course_id"
                    )
                ) AS "t86"
              ) AS "t92"
            ) AS "t99"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t87"."slice",
                  "t87"."source_name",
                  "t87"."position",
                  "t87"."course",
                  "t87"."course_id",
                  "t87"."user_id",
                  "t87"."email",
                  "t87"."username",
                  "t87"."role",
                  "t87"."suspended",
                  "t87"."created_at",
                  "t87"."last_login_at",
                  "t87"."enrolled_at",
                  "t87"."enrolled_on",
                  "t87"."expires_on",
                  "t87"."groups"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t17"."name" AS "slice",
                      "t17"."source" AS "source_name",
                      "t30"."position",
                      "t30"."course",
                      "t30"."course_id",
                      "t30"."user_id",
                      "t30"."email",
                      "t30"."username",
                      "t30"."role",
                      "t30"."suspended",
                      "t30"."created_at",
                      "t30"."last_login_at",
                      "t30"."enrolled_at",
                      "t30"."enrolled_on",
                      "t30"."expires_on",
                      "t30"."groups",
                      "t54"."now_course",
                      "t54"."now_id"
                    FROM "learnworlds_suspended" AS "t30"
                    LEFT OUTER JOIN "slices" AS "t17"
                      ON "t30"."slice_id" = "t17"."slice_id"
                    LEFT OUTER JOIN (
                      SELECT DISTINCT
                        "t42"."course" AS "now_course",
                        "t42"."course_id" AS "now_id"
                      FROM (
                        SELECT
                          "t17"."name" AS "slice",
                          "t17"."source" AS "source_name",
                          "t28"."position",
                          "t28"."course",
                          "t28"."course_id",
                          "t28"."category",
                          "t28"."title",
                          "t28"."access",
                          "t28"."starts_on",
                          "t28"."ends_on",
                          "t28"."created_at"
                        FROM "learnworlds_courses" AS "t28"
                        LEFT OUTER JOIN "slices" AS "t17"
                          ON "t28"."slice_id" = "t17"."slice_id"
                      ) AS "t42"
                    ) AS "t54"
                      ON "t30"."course" = "t54"."now_course"
                  ) AS "t71"
                  WHERE
                    (
                      "t71"."now_id" IS NULL
                    ) OR (
                      "t71"."now_id" = "t71"."course_id"
                    )
                ) AS "t87"
              ) AS "t93"
            ) AS "t100"
          ) AS "t104"
        ) AS "t120"
        WHERE
          "t120"."_place" = 0
      ) AS "t126"
    ) AS "t129"
    WHERE
      "t129"."groups" IS NOT NULL
  ) AS "t136"
)
SELECT
  "t187"."attempt_id",
  "t187"."learner_id",
  "t187"."course_id",
  CASE
    WHEN COALESCE(
      (
        "t187"."placed" IS NOT NULL
      )
      AND NOT (
        STARTS_WITH("t187"."group_id", 'groups:')
      ),
      FALSE
    )
    THEN NULL
    ELSE "t187"."group_id"
  END AS "group_id",
  "t187"."item_id",
  "t187"."topic_id",
  "t187"."level_id",
  "t187"."kind",
  "t187"."correct",
  "t187"."score",
  "t187"."hints",
  "t187"."duration_s",
  "t187"."at",
  "t187"."source",
  "t187"."response"
FROM (
  SELECT
    "t175"."attempt_id",
    "t175"."learner_id",
    "t175"."course_id",
    "t175"."group_id",
    "t175"."item_id",
    "t175"."topic_id",
    "t175"."level_id",
    "t175"."kind",
    "t175"."correct",
    "t175"."score",
    "t175"."hints",
    "t175"."duration_s",
    "t175"."at",
    "t175"."source",
    "t175"."response",
    "t186"."learner_id" AS "learner_id_right",
    "t186"."course_id" AS "course_id_right",
    "t186"."placed"
  FROM (
    SELECT
      "t172"."attempt_id",
      "t172"."learner_id",
      "t172"."course_id",
      "t172"."group_id",
      "t172"."item_id",
      "t172"."topic_id",
      "t172"."level_id",
      "t172"."kind",
      "t172"."correct",
      "t172"."score",
      "t172"."hints",
      "t172"."duration_s",
      "t172"."at",
      "t172"."source",
      "t172"."response"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t167"."attempt_id",
            "t167"."learner_id",
            COALESCE("t167"."joined_id", "t167"."course_id") AS "course_id",
            "t167"."group_id",
            "t167"."item_id",
            "t167"."topic_id",
            "t167"."level_id",
            "t167"."kind",
            "t167"."correct",
            "t167"."score",
            "t167"."hints",
            "t167"."duration_s",
            "t167"."at",
            "t167"."source",
            "t167"."response",
            "t167"."source_name",
            "t167"."joined_id" IS NULL AS "own"
          FROM (
            SELECT
              "t163"."attempt_id",
              "t163"."learner_id",
              "t163"."course_id",
              "t163"."group_id",
              "t163"."item_id",
              "t163"."topic_id",
              "t163"."level_id",
              "t163"."kind",
              "t163"."correct",
              "t163"."score",
              "t163"."hints",
              "t163"."duration_s",
              "t163"."at",
              "t163"."source",
              "t163"."response",
              "t163"."source_name",
              "t32"."link_source",
              "t32"."link_course",
              "t32"."joined_id"
            FROM (
              SELECT
                CAST("t158"."attempt_id" AS VARCHAR) AS "attempt_id",
                CAST("t158"."learner_id" AS VARCHAR) AS "learner_id",
                "t158"."course_id",
                CAST(NULL AS VARCHAR) AS "group_id",
                "t158"."item_id",
                CAST(NULL AS VARCHAR) AS "topic_id",
                CAST(NULL AS VARCHAR) AS "level_id",
                CAST("t158"."kind" AS VARCHAR) AS "kind",
                "t158"."correct",
                "t158"."score",
                CAST(NULL AS INT) AS "hints",
                CAST(NULL AS DECIMAL(12, 3)) AS "duration_s",
                CAST("t158"."at" AS TIMESTAMPTZ(6)) AS "at",
                CAST("t158"."source" AS VARCHAR) AS "source",
                "t158"."response",
                "t158"."source_name"
              FROM (
                SELECT
                  "t156"."slice",
                  "t156"."position",
                  "t156"."source_name",
                  "t156"."course_id",
                  "t156"."score",
                  "t156"."source",
                  "t156"."attempt_id",
                  "t156"."learner_id",
                  "t156"."item_id",
                  "t156"."kind",
                  "t156"."correct",
                  "t156"."response",
                  "t156"."at"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t138"."slice",
                      "t138"."position",
                      "t138"."source_name",
                      "t138"."course_id",
                      "t138"."score",
                      "t138"."source",
                      "t138"."attempt_id",
                      "t138"."learner_id",
                      "t138"."item_id",
                      "t138"."kind",
                      "t138"."correct",
                      "t138"."response",
                      "t138"."at",
                      ROW_NUMBER() OVER (
                        PARTITION BY "t138"."attempt_id"
                        ORDER BY "t138"."slice" DESC NULLS LAST, "t138"."position" DESC NULLS LAST
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                      ) - 1 AS "_place"
                    FROM (
                      SELECT
                        "t131"."slice",
                        "t131"."position",
                        "t131"."source_name",
                        "t131"."course_id",
                        "t131"."score",
                        "t131"."source",
                        "t131"."attempt_id",
                        "t131"."source" || ':' || "t131"."learner_id" AS "learner_id",
                        "t131"."item_id",
                        "t131"."kind",
                        "t131"."correct",
                        "t131"."response",
                        "t131"."at"
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t90"."slice",
                            "t90"."position",
                            "t90"."source_name",
                            "t90"."course_id",
                            "t90"."score",
                            "t90"."source_name" AS "source",
                            "t90"."source_name" || ':' || "t90"."response_id" AS "attempt_id",
                            "t90"."user_id" AS "learner_id",
                            "t90"."unit_id" AS "item_id",
                            'answer' AS "kind",
                            "t90"."passed" AS "correct",
                            "t90"."answer" AS "response",
                            COALESCE("t90"."submitted_at", "t90"."modified_at", "t90"."created_at") AS "at"
                          FROM (
                            SELECT
                              "t84"."slice",
                              "t84"."source_name",
                              "t84"."position",
                              "t84"."course",
                              "t84"."course_id",
                              "t84"."response_id",
                              "t84"."user_id",
                              "t84"."email",
                              "t84"."unit_id",
                              "t84"."grade",
                              "t84"."score",
                              "t84"."created_at",
                              "t84"."modified_at",
                              "t84"."submitted_at",
                              "t84"."passed",
                              "t84"."blocks",
                              "t84"."points",
                              "t84"."max_points",
                              "t84"."answer"
                            FROM (
                              SELECT
                                *
                              FROM (
                                SELECT
                                  "t17"."name" AS "slice",
                                  "t17"."source" AS "source_name",
                                  "t23"."position",
                                  "t23"."course",
                                  "t23"."course_id",
                                  "t23"."response_id",
                                  "t23"."user_id",
                                  "t23"."email",
                                  "t23"."unit_id",
                                  "t23"."grade",
                                  "t23"."score",
                                  "t23"."created_at",
                                  "t23"."modified_at",
                                  "t23"."submitted_at",
                                  "t23"."passed",
                                  "t23"."blocks",
                                  "t23"."points",
                                  "t23"."max_points",
                                  "t23"."answer",
                                  "t54"."now_course",
                                  "t54"."now_id"
                                FROM "learnworlds_responses" AS "t23"
                                LEFT OUTER JOIN "slices" AS "t17"
                                  ON "t23"."slice_id" = "t17"."slice_id"
                                LEFT OUTER JOIN (
                                  SELECT DISTINCT
                                    "t42"."course" AS "now_course",
                                    "t42"."course_id" AS "now_id"
                                  FROM (
                                    SELECT
                                      "t17"."name" AS "slice",
                                      "t17"."source" AS "source_name",
                                      "t28"."position",
                                      "t28"."course",
                                      "t28"."course_id",
                                      "t28"."category",
                                      "t28"."title",
                                      "t28"."access",
                                      "t28"."starts_on",
                                      "t28"."ends_on",
                                      "t28"."created_at"
                                    FROM "learnworlds_courses" AS "t28"
                                    LEFT OUTER JOIN "slices" AS "t17"
                                      ON "t28"."slice_id" = "t17"."slice_id"
                                  ) AS "t42"
                                ) AS "t54"
                                  ON "t23"."course" = "t54"."now_course"
                              ) AS "t68"
                              WHERE
                                (
                                  "t68"."now_id" IS NULL
                                ) OR (
                                  "t68"."now_id" = "t68"."course_id"
                                )
                            ) AS "t84"
                          ) AS "t90"
                          WHERE
                            (
                              (
                                "t90"."submitted_at" IS NOT NULL
                              ) OR (
                                "t90"."grade" IS NOT NULL
                              )
                            )
                            AND COALESCE("t90"."submitted_at", "t90"."modified_at", "t90"."created_at") IS NOT NULL
                        ) AS "t106"
                        UNION ALL
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t121"."slice",
                            "t121"."position",
                            "t121"."source_name",
                            "t121"."course_id",
                            "t121"."score",
                            "t121"."source_name" AS "source",
                            "t121"."source_name" || ':' || "t121"."grade_id" AS "attempt_id",
                            "t121"."user_id" AS "learner_id",
                            "t121"."unit_id" AS "item_id",
                            'answer' AS "kind",
                            CAST(NULL AS BOOLEAN) AS "correct",
                            CAST(NULL AS VARCHAR) AS "response",
                            COALESCE("t121"."submitted_at", "t121"."modified_at", "t121"."created_at") AS "at"
                          FROM (
                            SELECT
                              "t112"."slice",
                              "t112"."source_name",
                              "t112"."position",
                              "t112"."course",
                              "t112"."course_id",
                              "t112"."grade_id",
                              "t112"."unit_type",
                              "t112"."user_id",
                              "t112"."email",
                              "t112"."unit_id",
                              "t112"."grade",
                              "t112"."score",
                              "t112"."created_at",
                              "t112"."modified_at",
                              "t112"."submitted_at"
                            FROM (
                              SELECT
                                *
                              FROM (
                                SELECT
                                  "t85"."slice",
                                  "t85"."source_name",
                                  "t85"."position",
                                  "t85"."course",
                                  "t85"."course_id",
                                  "t85"."grade_id",
                                  "t85"."unit_type",
                                  "t85"."user_id",
                                  "t85"."email",
                                  "t85"."unit_id",
                                  "t85"."grade",
                                  "t85"."score",
                                  "t85"."created_at",
                                  "t85"."modified_at",
                                  "t85"."submitted_at"
                                FROM (
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      "t17"."name" AS "slice",
                                      "t17"."source" AS "source_name",
                                      "t26"."position",
                                      "t26"."course",
                                      "t26"."course_id",
                                      "t26"."grade_id",
                                      "t26"."unit_type",
                                      "t26"."user_id",
                                      "t26"."email",
                                      "t26"."unit_id",
                                      "t26"."grade",
                                      "t26"."score",
                                      "t26"."created_at",
                                      "t26"."modified_at",
                                      "t26"."submitted_at",
                                      "t54"."now_course",
                                      "t54"."now_id"
                                    FROM "learnworlds_grades" AS "t26"
                                    LEFT OUTER JOIN "slices" AS "t17"
                                      ON "t26"."slice_id" = "t17"."slice_id"
                                    LEFT OUTER JOIN (
                                      SELECT DISTINCT
                                        "t42"."course" AS "now_course",
                                        "t42"."course_id" AS "now_id"
                                      FROM (
                                        SELECT
                                          "t17"."name" AS "slice",
                                          "t17"."source" AS "source_name",
                                          "t28"."position",
                                          "t28"."course",
                                          "t28"."course_id",
                                          "t28"."category",
                                          "t28"."title",
                                          "t28"."access",
                                          "t28"."starts_on",
                                          "t28"."ends_on",
                                          "t28"."created_at"
                                        FROM "learnworlds_courses" AS "t28"
                                        LEFT OUTER JOIN "slices" AS "t17"
                                          ON "t28"."slice_id" = "t17"."slice_id"
                                      ) AS "t42"
                                    ) AS "t54"
                                      ON "t26"."course" = "t54"."now_course"
                                  ) AS "t69"
                                  WHERE
                                    (
                                      "t69"."now_id" IS NULL
                                    ) OR (
                                      "t69"."now_id" = "t69"."course_id"
                                    )
                                ) AS "t85"
                              ) AS "t91"
                              WHERE
                                "t91"."grade" IS NOT NULL
                                AND COALESCE("t91"."submitted_at", "t91"."modified_at", "t91"."created_at") IS NOT NULL
                            ) AS "t112"
                            WHERE
                              NOT EXISTS(
                                SELECT
                                  1
                                FROM (
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      "t84"."slice",
                                      "t84"."source_name",
                                      "t84"."position",
                                      "t84"."course",
                                      "t84"."course_id",
                                      "t84"."response_id",
                                      "t84"."user_id",
                                      "t84"."email",
                                      "t84"."unit_id",
                                      "t84"."grade",
                                      "t84"."score",
                                      "t84"."created_at",
                                      "t84"."modified_at",
                                      "t84"."submitted_at",
                                      "t84"."passed",
                                      "t84"."blocks",
                                      "t84"."points",
                                      "t84"."max_points",
                                      "t84"."answer"
                                    FROM (
                                      SELECT
                                        *
                                      FROM (
                                        SELECT
                                          "t17"."name" AS "slice",
                                          "t17"."source" AS "source_name",
                                          "t23"."position",
                                          "t23"."course",
                                          "t23"."course_id",
                                          "t23"."response_id",
                                          "t23"."user_id",
                                          "t23"."email",
                                          "t23"."unit_id",
                                          "t23"."grade",
                                          "t23"."score",
                                          "t23"."created_at",
                                          "t23"."modified_at",
                                          "t23"."submitted_at",
                                          "t23"."passed",
                                          "t23"."blocks",
                                          "t23"."points",
                                          "t23"."max_points",
                                          "t23"."answer",
                                          "t54"."now_course",
                                          "t54"."now_id"
                                        FROM "learnworlds_responses" AS "t23"
                                        LEFT OUTER JOIN "slices" AS "t17"
                                          ON "t23"."slice_id" = "t17"."slice_id"
                                        LEFT OUTER JOIN (
                                          SELECT DISTINCT
                                            "t42"."course" AS "now_course",
                                            "t42"."course_id" AS "now_id"
                                          FROM (
                                            SELECT
                                              "t17"."name" AS "slice",
                                              "t17"."source" AS "source_name",
                                              "t28"."position",
                                              "t28"."course",
                                              "t28"."course_id",
                                              "t28"."category",
                                              "t28"."title",
                                              "t28"."access",
                                              "t28"."starts_on",
                                              "t28"."ends_on",
                                              "t28"."created_at"
                                            FROM "learnworlds_courses" AS "t28"
                                            LEFT OUTER JOIN "slices" AS "t17"
                                              ON "t28"."slice_id" = "t17"."slice_id"
                                          ) AS "t42"
                                        ) AS "t54"
                                          ON "t23"."course" = "t54"."now_course"
                                      ) AS "t68"
                                      WHERE
                                        (
                                          "t68"."now_id" IS NULL
                                        ) OR (
                                          "t68"."now_id" = "t68"."course_id"
                                        )
                                    ) AS "t84"
                                  ) AS "t90"
                                  WHERE
                                    (
                                      (
                                        "t90"."submitted_at" IS NOT NULL
                                      ) OR (
                                        "t90"."grade" IS NOT NULL
                                      )
                                    )
                                    AND COALESCE("t90"."submitted_at", "t90"."modified_at", "t90"."created_at") IS NOT NULL
                                ) AS "t111"
                                WHERE
                                  "t112"."course_id" = "t111"."course_id"
                                  AND "t112"."user_id" = "t111"."user_id"
                                  AND "t112"."unit_id" = "t111"."unit_id"
                              )
                          ) AS "t121"
                        ) AS "t128"
                      ) AS "t131"
                    ) AS "t138"
                  ) AS "t149"
                  WHERE
                    "t149"."_place" = 0
                ) AS "t156"
              ) AS "t158"
            ) AS "t163"
            LEFT OUTER JOIN (
              SELECT
                "t0"."source" AS "link_source",
                "t0"."external_id" AS "link_course",
                "t0"."course_id" AS "joined_id"
              FROM "course_links" AS "t0"
            ) AS "t32"
              ON "t163"."source_name" = "t32"."link_source"
              AND "t163"."course_id" = "t32"."link_course"
          ) AS "t167"
        ) AS "t170"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "t119"."attempt_id",
            "t119"."learner_id",
            COALESCE("t119"."joined_id", "t119"."course_id") AS "course_id",
            "t119"."group_id",
            "t119"."item_id",
            "t119"."topic_id",
            "t119"."level_id",
            "t119"."kind",
            "t119"."correct",
            "t119"."score",
            "t119"."hints",
            "t119"."duration_s",
            "t119"."at",
            "t119"."source",
            "t119"."response",
            "t119"."source_name",
            "t119"."joined_id" IS NULL AS "own"
          FROM (
            SELECT
              "t105"."attempt_id",
              "t105"."learner_id",
              "t105"."course_id",
              "t105"."group_id",
              "t105"."item_id",
              "t105"."topic_id",
              "t105"."level_id",
              "t105"."kind",
              "t105"."correct",
              "t105"."score",
              "t105"."hints",
              "t105"."duration_s",
              "t105"."at",
              "t105"."source",
              "t105"."response",
              "t105"."source_name",
              "t32"."link_source",
              "t32"."link_course",
              "t32"."joined_id"
            FROM (
              SELECT
                CAST("t76"."source_name" || ':' || "t76"."uuid" AS VARCHAR) AS "attempt_id",
                CAST("t76"."source_name" || ':' || COALESCE(NULLIF("t76"."user_id", ''), NULLIF("t76"."ehr_id", '')) AS VARCHAR) AS "learner_id",
                "t76"."course_id",
                CAST(NULL AS VARCHAR) AS "group_id",
                "t76"."item_id",
                CAST(NULL AS VARCHAR) AS "topic_id",
                CAST(NULL AS VARCHAR) AS "level_id",
                CAST('answer' AS VARCHAR) AS "kind",
                "t76"."correct",
                COALESCE(
                  "t76"."score",
                  CASE
                    WHEN "t76"."correct" IS NULL
                    THEN NULL
                    ELSE CAST(CASE WHEN "t76"."correct" THEN 1 ELSE 0 END AS DECIMAL(9, 6))
                  END
                ) AS "score",
                "t76"."hints",
                "t76"."duration_s",
                CAST("t76"."event_time" AS TIMESTAMPTZ(6)) AS "at",
                CAST("t76"."source_name" AS VARCHAR) AS "source",
                "t76"."response",
                "t76"."source_name"
              FROM (
                SELECT
                  "t73"."slice",
                  "t73"."source_name",
                  "t73"."position",
                  "t73"."uuid",
                  "t73"."event_type",
                  "t73"."event_time",
                  "t73"."user_id",
                  "t73"."ehr_id",
                  "t73"."session_id",
                  "t73"."course_id",
                  "t73"."item_id",
                  "t73"."correct",
                  "t73"."score",
                  "t73"."duration_s",
                  "t73"."hints",
                  "t73"."response"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t35"."slice",
                      "t35"."source_name",
                      "t35"."position",
                      "t35"."uuid",
                      "t35"."event_type",
                      "t35"."event_time",
                      "t35"."user_id",
                      "t35"."ehr_id",
                      "t35"."session_id",
                      "t35"."course_id",
                      "t35"."item_id",
                      "t35"."correct",
                      "t35"."score",
                      "t35"."duration_s",
                      "t35"."hints",
                      "t35"."response",
                      ROW_NUMBER() OVER (
                        PARTITION BY "t35"."uuid"
                        ORDER BY "t35"."slice" DESC NULLS LAST, "t35"."position" DESC NULLS LAST
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                      ) - 1 AS "_place"
                    FROM (
                      SELECT
                        "t17"."name" AS "slice",
                        "t17"."source" AS "source_name",
                        "t19"."position",
                        "t19"."uuid",
                        "t19"."event_type",
                        "t19"."event_time",
                        "t19"."user_id",
                        "t19"."ehr_id",
                        "t19"."session_id",
                        "t19"."course_id",
                        "t19"."item_id",
                        "t19"."correct",
                        "t19"."score",
                        "t19"."duration_s",
                        "t19"."hints",
                        "t19"."response"
                      FROM "posted_events" AS "t19"
                      LEFT OUTER JOIN "slices" AS "t17"
                        ON "t19"."slice_id" = "t17"."slice_id"
                    ) AS "t35"
                  ) AS "t61"
                  WHERE
                    "t61"."_place" = 0
                ) AS "t73"
              ) AS "t76"
              WHERE
                COALESCE(NULLIF("t76"."user_id", ''), NULLIF("t76"."ehr_id", '')) IS NOT NULL
                AND "t76"."item_id" IS NOT NULL
            ) AS "t105"
            LEFT OUTER JOIN (
              SELECT
                "t0"."source" AS "link_source",
                "t0"."external_id" AS "link_course",
                "t0"."course_id" AS "joined_id"
              FROM "course_links" AS "t0"
            ) AS "t32"
              ON "t105"."source_name" = "t32"."link_source"
              AND "t105"."course_id" = "t32"."link_course"
          ) AS "t119"
        ) AS "t123"
      ) AS "t171"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t142"."attempt_id",
              "t142"."learner_id",
              COALESCE("t142"."joined_id", "t142"."course_id") AS "course_id",
              "t142"."group_id",
              "t142"."item_id",
              "t142"."topic_id",
              "t142"."level_id",
              "t142"."kind",
              "t142"."correct",
              "t142"."score",
              "t142"."hints",
              "t142"."duration_s",
              "t142"."at",
              "t142"."source",
              "t142"."response",
              "t142"."source_name",
              "t142"."joined_id" IS NULL AS "own"
            FROM (
              SELECT
                "t132"."attempt_id",
                "t132"."learner_id",
                "t132"."course_id",
                "t132"."group_id",
                "t132"."item_id",
                "t132"."topic_id",
                "t132"."level_id",
                "t132"."kind",
                "t132"."correct",
                "t132"."score",
                "t132"."hints",
                "t132"."duration_s",
                "t132"."at",
                "t132"."source",
                "t132"."response",
                "t132"."source_name",
                "t32"."link_source",
                "t32"."link_course",
                "t32"."joined_id"
              FROM (
                SELECT
                  CAST("t118"."source_name" || ':' || "t118"."uuid" AS VARCHAR) AS "attempt_id",
                  CAST("t118"."source_name" || ':' || "t118"."user_id" AS VARCHAR) AS "learner_id",
                  "t118"."course_id",
                  CAST(NULL AS VARCHAR) AS "group_id",
                  "t118"."item_id",
                  CAST(NULL AS VARCHAR) AS "topic_id",
                  CAST(NULL AS VARCHAR) AS "level_id",
                  CAST('answer' AS VARCHAR) AS "kind",
                  "t118"."correct",
                  COALESCE(
                    "t118"."score",
                    CASE
                      WHEN "t118"."correct" IS NULL
                      THEN NULL
                      ELSE CAST(CASE WHEN "t118"."correct" THEN 1 ELSE 0 END AS DECIMAL(9, 6))
                    END
                  ) AS "score",
                  "t118"."hints",
                  "t118"."duration_s",
                  CAST("t118"."event_time" AS TIMESTAMPTZ(6)) AS "at",
                  CAST("t118"."source_name" AS VARCHAR) AS "source",
                  "t118"."response",
                  "t118"."source_name"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        *
                      FROM "t37" AS "t43"
                      WHERE
                        NOT (
                          "t43"."stray"
                        )
                    ) AS "t56"
                    UNION ALL
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t95"."slice",
                        "t95"."source_name",
                        "t95"."position",
                        "t95"."stray",
                        "t95"."uuid",
                        "t95"."event_type",
                        "t95"."event_time",
                        "t95"."user_id",
                        "t95"."session_id",
                        "t95"."email",
                        "t95"."course_id",
                        "t95"."item_id",
                        "t95"."correct",
                        "t95"."score",
                        "t95"."duration_s",
                        "t95"."hints",
                        "t95"."event_properties",
                        "t95"."response"
                      FROM (
                        SELECT
                          "t82"."slice",
                          "t82"."source_name",
                          "t82"."position",
                          "t82"."stray",
                          "t82"."uuid",
                          "t82"."event_type",
                          "t82"."event_time",
                          "t82"."user_id",
                          "t82"."session_id",
                          "t82"."email",
                          "t82"."course_id",
                          "t82"."item_id",
                          "t82"."correct",
                          "t82"."score",
                          "t82"."duration_s",
                          "t82"."hints",
                          "t82"."event_properties",
                          "t82"."response"
                        FROM (
                          SELECT
                            *
                          FROM (
                            SELECT
                              "t49"."slice",
                              "t49"."source_name",
                              "t49"."position",
                              "t49"."stray",
                              "t49"."uuid",
                              "t49"."event_type",
                              "t49"."event_time",
                              "t49"."user_id",
                              "t49"."session_id",
                              "t49"."email",
                              "t49"."course_id",
                              "t49"."item_id",
                              "t49"."correct",
                              "t49"."score",
                              "t49"."duration_s",
                              "t49"."hints",
                              "t49"."event_properties",
                              "t49"."response",
                              ROW_NUMBER() OVER (
                                PARTITION BY "t49"."uuid"
                                ORDER BY "t49"."slice" ASC, "t49"."position" ASC
                                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                              ) - 1 AS "_place"
                            FROM (
                              SELECT
                                *
                              FROM "t37" AS "t43"
                              WHERE
                                "t43"."stray"
                            ) AS "t49"
                          ) AS "t74"
                          WHERE
                            "t74"."_place" = 0
                        ) AS "t82"
                      ) AS "t95"
                      WHERE
                        NOT EXISTS(
                          SELECT
                            1
                          FROM (
                            SELECT
                              "t43"."uuid"
                            FROM "t37" AS "t43"
                            WHERE
                              NOT (
                                "t43"."stray"
                              )
                          ) AS "t62"
                          WHERE
                            "t95"."uuid" = "t62"."uuid"
                        )
                    ) AS "t109"
                  ) AS "t114"
                  UNION ALL
                  SELECT
                    *
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        *
                      FROM "t38" AS "t44"
                      WHERE
                        NOT (
                          "t44"."stray"
                        )
                    ) AS "t58"
                    UNION ALL
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t96"."slice",
                        "t96"."source_name",
                        "t96"."position",
                        "t96"."stray",
                        "t96"."uuid",
                        "t96"."event_type",
                        "t96"."event_time",
                        "t96"."user_id",
                        "t96"."session_id",
                        "t96"."email",
                        "t96"."course_id",
                        "t96"."item_id",
                        "t96"."correct",
                        "t96"."score",
                        "t96"."duration_s",
                        "t96"."hints",
                        "t96"."event_properties",
                        "t96"."response"
                      FROM (
                        SELECT
                          "t83"."slice",
                          "t83"."source_name",
                          "t83"."position",
                          "t83"."stray",
                          "t83"."uuid",
                          "t83"."event_type",
                          "t83"."event_time",
                          "t83"."user_id",
                          "t83"."session_id",
                          "t83"."email",
                          "t83"."course_id",
                          "t83"."item_id",
                          "t83"."correct",
                          "t83"."score",
                          "t83"."duration_s",
                          "t83"."hints",
                          "t83"."event_properties",
                          "t83"."response"
                        FROM (
                          SELECT
                            *
                          FROM (
                            SELECT
                              "t50"."slice",
                              "t50"."source_name",
                              "t50"."position",
                              "t50"."stray",
                              "t50"."uuid",
                              "t50"."event_type",
                              "t50"."event_time",
                              "t50"."user_id",
                              "t50"."session_id",
                              "t50"."email",
                              "t50"."course_id",
                              "t50"."item_id",
                              "t50"."correct",
                              "t50"."score",
                              "t50"."duration_s",
                              "t50"."hints",
                              "t50"."event_properties",
                              "t50"."response",
                              ROW_NUMBER() OVER (
                                PARTITION BY "t50"."uuid"
                                ORDER BY "t50"."slice" ASC, "t50"."position" ASC
                                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                              ) - 1 AS "_place"
                            FROM (
                              SELECT
                                *
                              FROM "t38" AS "t44"
                              WHERE
                                "t44"."stray"
                            ) AS "t50"
                          ) AS "t75"
                          WHERE
                            "t75"."_place" = 0
                        ) AS "t83"
                      ) AS "t96"
                      WHERE
                        NOT EXISTS(
                          SELECT
                            1
                          FROM (
                            SELECT
                              "t44"."uuid"
                            FROM "t38" AS "t44"
                            WHERE
                              NOT (
                                "t44"."stray"
                              )
                          ) AS "t63"
                          WHERE
                            "t96"."uuid" = "t63"."uuid"
                        )
                    ) AS "t110"
                  ) AS "t115"
                ) AS "t118"
                WHERE
                  "t118"."user_id" IS NOT NULL
                  AND "t118"."user_id" <> ''
                  AND "t118"."item_id" IS NOT NULL
              ) AS "t132"
              LEFT OUTER JOIN (
                SELECT
                  "t0"."source" AS "link_source",
                  "t0"."external_id" AS "link_course",
                  "t0"."course_id" AS "joined_id"
                FROM "course_links" AS "t0"
              ) AS "t32"
                ON "t132"."source_name" = "t32"."link_source"
                AND "t132"."course_id" = "t32"."link_course"
            ) AS "t142"
          ) AS "t147"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "t77"."attempt_id",
              "t77"."learner_id",
              COALESCE("t77"."joined_id", "t77"."course_id") AS "course_id",
              "t77"."group_id",
              "t77"."item_id",
              "t77"."topic_id",
              "t77"."level_id",
              "t77"."kind",
              "t77"."correct",
              "t77"."score",
              "t77"."hints",
              "t77"."duration_s",
              "t77"."at",
              "t77"."source",
              "t77"."response",
              "t77"."source_name",
              "t77"."joined_id" IS NULL AS "own"
            FROM (
              SELECT
                "t65"."attempt_id",
                "t65"."learner_id",
                "t65"."course_id",
                "t65"."group_id",
                "t65"."item_id",
                "t65"."topic_id",
                "t65"."level_id",
                "t65"."kind",
                "t65"."correct",
                "t65"."score",
                "t65"."hints",
                "t65"."duration_s",
                "t65"."at",
                "t65"."source",
                "t65"."response",
                "t65"."source_name",
                "t32"."link_source",
                "t32"."link_course",
                "t32"."joined_id"
              FROM (
                SELECT
                  CAST("t33"."source_name" || ':' || "t33"."uuid" AS VARCHAR) AS "attempt_id",
                  CAST("t33"."source_name" || ':' || "t33"."profile_id" AS VARCHAR) AS "learner_id",
                  "t33"."course_id",
                  CAST(NULL AS VARCHAR) AS "group_id",
                  "t33"."item_id",
                  CAST(NULL AS VARCHAR) AS "topic_id",
                  CAST(NULL AS VARCHAR) AS "level_id",
                  CAST('answer' AS VARCHAR) AS "kind",
                  "t33"."correct",
                  COALESCE("t33"."score", CAST(CAST("t33"."correct" AS INT) AS DECIMAL(9, 6))) AS "score",
                  "t33"."hints",
                  "t33"."duration_s",
                  CAST("t33"."event_at" AS TIMESTAMPTZ(6)) AS "at",
                  CAST("t33"."source_name" AS VARCHAR) AS "source",
                  "t33"."response",
                  "t33"."source_name"
                FROM (
                  SELECT
                    "t17"."name" AS "slice",
                    "t17"."source" AS "source_name",
                    "t16"."position",
                    "t16"."uuid",
                    "t16"."event_at",
                    "t16"."event_datetime",
                    "t16"."event_json",
                    "t16"."event_name",
                    "t16"."event_receive_datetime",
                    "t16"."event_receive_timestamp",
                    "t16"."event_timestamp",
                    "t16"."session_id",
                    "t16"."installation_id",
                    "t16"."appmetrica_device_id",
                    "t16"."city",
                    "t16"."connection_type",
                    "t16"."country_iso_code",
                    "t16"."device_ipv6",
                    "t16"."device_locale",
                    "t16"."device_manufacturer",
                    "t16"."device_model",
                    "t16"."device_type",
                    "t16"."google_aid",
                    "t16"."ios_ifa",
                    "t16"."ios_ifv",
                    "t16"."mcc",
                    "t16"."mnc",
                    "t16"."operator_name",
                    "t16"."original_device_model",
                    "t16"."os_name",
                    "t16"."os_version",
                    "t16"."profile_id",
                    "t16"."windows_aid",
                    "t16"."app_build_number",
                    "t16"."app_package_name",
                    "t16"."app_version_name",
                    "t16"."application_id",
                    "t16"."event_properties",
                    "t16"."ehr_id",
                    "t16"."email",
                    "t16"."course_id",
                    "t16"."item_id",
                    "t16"."correct",
                    "t16"."score",
                    "t16"."duration_s",
                    "t16"."hints",
                    "t16"."response"
                  FROM "appmetrica_events" AS "t16"
                  LEFT OUTER JOIN "slices" AS "t17"
                    ON "t16"."slice_id" = "t17"."slice_id"
                ) AS "t33"
                WHERE
                  "t33"."profile_id" IS NOT NULL AND "t33"."item_id" IS NOT NULL
              ) AS "t65"
              LEFT OUTER JOIN (
                SELECT
                  "t0"."source" AS "link_source",
                  "t0"."external_id" AS "link_course",
                  "t0"."course_id" AS "joined_id"
                FROM "course_links" AS "t0"
              ) AS "t32"
                ON "t65"."source_name" = "t32"."link_source"
                AND "t65"."course_id" = "t32"."link_course"
            ) AS "t77"
          ) AS "t94"
        ) AS "t150"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t157"."attempt_id",
              "t157"."learner_id",
              COALESCE("t157"."joined_id", "t157"."course_id") AS "course_id",
              "t157"."group_id",
              "t157"."item_id",
              "t157"."topic_id",
              "t157"."level_id",
              "t157"."kind",
              "t157"."correct",
              "t157"."score",
              "t157"."hints",
              "t157"."duration_s",
              "t157"."at",
              "t157"."source",
              "t157"."response",
              "t157"."source_name",
              "t157"."joined_id" IS NULL AS "own"
            FROM (
              SELECT
                "t148"."attempt_id",
                "t148"."learner_id",
                "t148"."course_id",
                "t148"."group_id",
                "t148"."item_id",
                "t148"."topic_id",
                "t148"."level_id",
                "t148"."kind",
                "t148"."correct",
                "t148"."score",
                "t148"."hints",
                "t148"."duration_s",
                "t148"."at",
                "t148"."source",
                "t148"."response",
                "t148"."source_name",
                "t32"."link_source",
                "t32"."link_course",
                "t32"."joined_id"
              FROM (
                SELECT
                  "t140"."attempt_id",
                  "t140"."learner_id",
                  "t140"."course_id",
                  "t140"."group_id",
                  "t140"."item_id",
                  "t140"."topic_id",
                  "t140"."level_id",
                  "t140"."kind",
                  "t140"."correct",
                  "t140"."score",
                  "t140"."hints",
                  "t140"."duration_s",
                  "t140"."at",
                  "t140"."source",
                  "t140"."response",
                  "t140"."source_name"
                FROM (
                  SELECT
                    "t127"."slice",
                    "t127"."source_name",
                    "t127"."position",
                    "t127"."attempt_id",
                    "t127"."learner_id",
                    "t127"."course_id",
                    "t127"."group_id",
                    "t127"."item_id",
                    "t127"."topic_id",
                    "t127"."level_id",
                    "t127"."kind",
                    "t127"."correct",
                    "t127"."score",
                    "t127"."hints",
                    "t127"."duration_s",
                    "t127"."at",
                    "t127"."response",
                    "t127"."source",
                    ROW_NUMBER() OVER (
                      PARTITION BY "t127"."attempt_id"
                      ORDER BY "t127"."slice" DESC NULLS LAST, "t127"."position" DESC NULLS LAST
                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                    ) - 1 AS "_place"
                  FROM (
                    SELECT
                      "t116"."slice",
                      "t116"."source_name",
                      "t116"."position",
                      CASE
                        WHEN "t116"."attempt_id" IS NULL
                        THEN SHA256("t116"."slice" || ':' || CAST("t116"."position" AS VARCHAR))
                        ELSE "t116"."source" || ':' || "t116"."attempt_id"
                      END AS "attempt_id",
                      "t116"."learner_id",
                      "t116"."course_id",
                      "t116"."group_id",
                      "t116"."item_id",
                      "t116"."topic_id",
                      "t116"."level_id",
                      "t116"."kind",
                      "t116"."correct",
                      "t116"."score",
                      "t116"."hints",
                      "t116"."duration_s",
                      "t116"."at",
                      "t116"."response",
                      "t116"."source"
                    FROM (
                      SELECT
                        "t102"."slice",
                        "t102"."source_name",
                        "t102"."position",
                        "t102"."attempt_id",
                        "t102"."learner_id",
                        "t102"."course_id",
                        "t102"."source" || ':' || "t102"."group_id" AS "group_id",
                        "t102"."item_id",
                        "t102"."topic_id",
                        "t102"."level_id",
                        "t102"."kind",
                        "t102"."correct",
                        "t102"."score",
                        "t102"."hints",
                        "t102"."duration_s",
                        "t102"."at",
                        "t102"."response",
                        "t102"."source"
                      FROM (
                        SELECT
                          "t97"."slice",
                          "t97"."source_name",
                          "t97"."position",
                          "t97"."attempt_id",
                          "t97"."learner_id",
                          "t97"."course_id",
                          "t97"."group_id",
                          "t97"."item_id",
                          "t97"."topic_id",
                          "t97"."level_id",
                          "t97"."kind",
                          "t97"."correct",
                          "t97"."score",
                          "t97"."hints",
                          "t97"."duration_s",
                          "t97"."at",
                          "t97"."response",
                          "t97"."source"
                        FROM (
                          SELECT
                            "t78"."slice",
                            "t78"."source_name",
                            "t78"."position",
                            "t78"."attempt_id",
                            COALESCE("t78"."linked", "t78"."source" || ':' || "t78"."learner_id") AS "learner_id",
                            "t78"."course_id",
                            "t78"."group_id",
                            "t78"."item_id",
                            "t78"."topic_id",
                            "t78"."level_id",
                            "t78"."kind",
                            "t78"."correct",
                            "t78"."score",
                            "t78"."hints",
                            "t78"."duration_s",
                            "t78"."at",
                            "t78"."response",
                            "t78"."source",
                            "t78"."link_source",
                            "t78"."link_external",
                            "t78"."linked"
                          FROM (
                            SELECT
                              "t51"."slice",
                              "t51"."source_name",
                              "t51"."position",
                              "t51"."attempt_id",
                              "t51"."learner_id",
                              "t51"."course_id",
                              "t51"."group_id",
                              "t51"."item_id",
                              "t51"."topic_id",
                              "t51"."level_id",
                              "t51"."kind",
                              "t51"."correct",
                              "t51"."score",
                              "t51"."hints",
                              "t51"."duration_s",
                              "t51"."at",
                              "t51"."response",
                              "t51"."source",
                              "t67"."link_source",
                              "t67"."link_external",
                              "t67"."linked"
                            FROM (
                              SELECT
                                "t39"."slice",
                                "t39"."source_name",
                                "t39"."position",
                                "t39"."attempt_id",
                                "t39"."learner_id",
                                "t39"."course_id",
                                "t39"."group_id",
                                "t39"."item_id",
                                "t39"."topic_id",
                                "t39"."level_id",
                                "t39"."kind",
                                "t39"."correct",
                                "t39"."score",
                                "t39"."hints",
                                "t39"."duration_s",
                                "t39"."at",
                                "t39"."response",
                                "t39"."source_name" AS "source"
                              FROM (
                                SELECT
                                  "t17"."name" AS "slice",
                                  "t17"."source" AS "source_name",
                                  "t24"."position",
                                  "t24"."attempt_id",
                                  "t24"."learner_id",
                                  "t24"."course_id",
                                  "t24"."group_id",
                                  "t24"."item_id",
                                  "t24"."topic_id",
                                  "t24"."level_id",
                                  "t24"."kind",
                                  "t24"."correct",
                                  "t24"."score",
                                  "t24"."hints",
                                  "t24"."duration_s",
                                  "t24"."at",
                                  "t24"."response"
                                FROM "files_attempts" AS "t24"
                                LEFT OUTER JOIN "slices" AS "t17"
                                  ON "t24"."slice_id" = "t17"."slice_id"
                              ) AS "t39"
                            ) AS "t51"
                            LEFT OUTER JOIN (
                              SELECT
                                "t53"."source" AS "link_source",
                                "t53"."external_id" AS "link_external",
                                "t53"."linked"
                              FROM (
                                SELECT
                                  "t41"."source",
                                  "t41"."external_id",
                                  MAX("t41"."learner_id") AS "linked"
                                FROM (
                                  SELECT
                                    "t17"."name" AS "slice",
                                    "t27"."source" AS "source_name",
                                    "t27"."position",
                                    "t27"."source",
                                    "t27"."external_id",
                                    "t27"."learner_id"
                                  FROM "files_learner_links" AS "t27"
                                  LEFT OUTER JOIN "slices" AS "t17"
                                    ON "t27"."slice_id" = "t17"."slice_id"
                                ) AS "t41"
                                GROUP BY
                                  1,
                                  2
                              ) AS "t53"
                            ) AS "t67"
                              ON "t51"."source" = "t67"."link_source"
                              AND "t51"."learner_id" = "t67"."link_external"
                          ) AS "t78"
                        ) AS "t97"
                      ) AS "t102"
                    ) AS "t116"
                  ) AS "t127"
                ) AS "t140"
                WHERE
                  "t140"."_place" = 0
              ) AS "t148"
              LEFT OUTER JOIN (
                SELECT
                  "t0"."source" AS "link_source",
                  "t0"."external_id" AS "link_course",
                  "t0"."course_id" AS "joined_id"
                FROM "course_links" AS "t0"
              ) AS "t32"
                ON "t148"."source_name" = "t32"."link_source"
                AND "t148"."course_id" = "t32"."link_course"
            ) AS "t157"
          ) AS "t160"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "t134"."attempt_id",
              "t134"."learner_id",
              COALESCE("t134"."joined_id", "t134"."course_id") AS "course_id",
              "t134"."group_id",
              "t134"."item_id",
              "t134"."topic_id",
              "t134"."level_id",
              "t134"."kind",
              "t134"."correct",
              "t134"."score",
              "t134"."hints",
              "t134"."duration_s",
              "t134"."at",
              "t134"."source",
              "t134"."response",
              "t134"."source_name",
              "t134"."joined_id" IS NULL AS "own"
            FROM (
              SELECT
                "t124"."attempt_id",
                "t124"."learner_id",
                "t124"."course_id",
                "t124"."group_id",
                "t124"."item_id",
                "t124"."topic_id",
                "t124"."level_id",
                "t124"."kind",
                "t124"."correct",
                "t124"."score",
                "t124"."hints",
                "t124"."duration_s",
                "t124"."at",
                "t124"."source",
                "t124"."response",
                "t124"."source_name",
                "t32"."link_source",
                "t32"."link_course",
                "t32"."joined_id"
              FROM (
                SELECT
                  CAST("t113"."attempt_id" AS VARCHAR) AS "attempt_id",
                  CAST("t113"."source" || ':' || "t113"."learner_id" AS VARCHAR) AS "learner_id",
                  "t113"."course_id",
                  CAST(NULL AS VARCHAR) AS "group_id",
                  "t113"."item_id",
                  CAST(NULL AS VARCHAR) AS "topic_id",
                  CAST(NULL AS VARCHAR) AS "level_id",
                  CAST("t113"."kind" AS VARCHAR) AS "kind",
                  "t113"."correct",
                  CAST("t113"."score" AS DECIMAL(9, 6)) AS "score",
                  CAST(NULL AS INT) AS "hints",
                  CAST(NULL AS DECIMAL(12, 3)) AS "duration_s",
                  CAST("t113"."at" AS TIMESTAMPTZ(6)) AS "at",
                  CAST("t113"."source" AS VARCHAR) AS "source",
                  CAST(NULL AS VARCHAR) AS "response",
                  "t113"."source_name"
                FROM (
                  SELECT
                    "t81"."slice",
                    "t81"."source_name",
                    "t81"."position",
                    "t81"."user_id",
                    "t81"."oauth_consumer_key",
                    "t81"."lis_result_sourcedid",
                    "t81"."lis_outcome_service_url",
                    "t81"."is_correct",
                    "t81"."attempt_type",
                    "t81"."created_at",
                    "t81"."source",
                    "t81"."learner_id",
                    "t81"."at",
                    "t81"."sourcedid",
                    "t81"."category",
                    "t81"."course",
                    "t81"."item_id",
                    "t81"."source" || ':' || SHA256(
                      "t81"."user_id" || ' ' || CAST(EPOCH_US("t81"."at") AS VARCHAR) || ' ' || "t81"."attempt_type" || ' ' || COALESCE("t81"."lis_result_sourcedid", '')
                    ) AS "attempt_id",
                    "t81"."category" || '/' || "t81"."course" AS "course_id",
                    CASE WHEN "t81"."attempt_type" = 'submit' THEN 'answer' ELSE 'run' END AS "kind",
                    "t81"."is_correct" AS "correct",
                    CASE
                      WHEN "t81"."is_correct"
                      THEN 1
                      WHEN NOT (
                        "t81"."is_correct"
                      )
                      THEN 0
                      ELSE CAST(NULL AS BIGINT)
                    END AS "score"
                  FROM (
                    SELECT
                      "t66"."slice",
                      "t66"."source_name",
                      "t66"."position",
                      "t66"."user_id",
                      "t66"."oauth_consumer_key",
                      "t66"."lis_result_sourcedid",
                      "t66"."lis_outcome_service_url",
                      "t66"."is_correct",
                      "t66"."attempt_type",
                      "t66"."created_at",
                      "t66"."source",
                      "t66"."learner_id",
                      "t66"."at",
                      "t66"."sourcedid",
                      CASE
                        WHEN "t66"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                        THEN CASE
                          WHEN "t66"."sourcedid" ~ (
                            '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                          THEN (
                            REGEXP_MATCH(
                              "t66"."sourcedid",
                              '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                            )
                          )[2]
                          ELSE NULL
                        END
                        WHEN "t66"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                        THEN CASE
                          WHEN "t66"."sourcedid" ~ (
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                          THEN (
                            REGEXP_MATCH(
                              "t66"."sourcedid",
                              '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                            )
                          )[2]
                          ELSE NULL
                        END
                        ELSE CAST(NULL AS VARCHAR)
                      END AS "category",
                      CASE
                        WHEN "t66"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                        THEN CASE
                          WHEN "t66"."sourcedid" ~ (
                            '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                          THEN (
                            REGEXP_MATCH(
                              "t66"."sourcedid",
                              '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                            )
                          )[3]
                          ELSE NULL
                        END
                        WHEN "t66"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                        THEN CASE
                          WHEN "t66"."sourcedid" ~ (
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                          THEN (
                            REGEXP_MATCH(
                              "t66"."sourcedid",
                              '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                            )
                          )[3]
                          ELSE NULL
                        END || '+' || CASE
                          WHEN "t66"."sourcedid" ~ (
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                          THEN (
                            REGEXP_MATCH(
                              "t66"."sourcedid",
                              '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                            )
                          )[4]
                          ELSE NULL
                        END
                        ELSE CAST(NULL AS VARCHAR)
                      END AS "course",
                      CASE
                        WHEN "t66"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                        THEN CASE
                          WHEN "t66"."sourcedid" ~ (
                            '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                          THEN (
                            REGEXP_MATCH(
                              "t66"."sourcedid",
                              '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                            )
                          )[5]
                          ELSE NULL
                        END
                        WHEN "t66"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                        THEN CASE
                          WHEN "t66"."sourcedid" ~ (
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                          THEN (
                            REGEXP_MATCH(
                              "t66"."sourcedid",
                              '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                            )
                          )[5]
                          ELSE NULL
                        END
                        ELSE CAST(NULL AS VARCHAR)
                      END AS "item_id"
                    FROM (
                      SELECT
                        "t36"."slice",
                        "t36"."source_name",
                        "t36"."position",
                        "t36"."user_id",
                        "t36"."oauth_consumer_key",
                        "t36"."lis_result_sourcedid",
                        "t36"."lis_outcome_service_url",
                        "t36"."is_correct",
                        "t36"."attempt_type",
                        "t36"."created_at",
                        "t36"."source_name" AS "source",
                        "t36"."user_id" AS "learner_id",
                        TIMEZONE('UTC', "t36"."created_at") AS "at",
                        REPLACE(
                          REPLACE(REPLACE(REPLACE("t36"."lis_result_sourcedid", '%3A', ':'), '%2B', '+'), '%2F', '/'),
                          '%40',
                          '@'
                        ) AS "sourcedid"
                      FROM (
                        SELECT
                          "t17"."name" AS "slice",
                          "t17"."source" AS "source_name",
                          "t20"."position",
                          "t20"."user_id",
                          "t20"."oauth_consumer_key",
                          "t20"."lis_result_sourcedid",
                          "t20"."lis_outcome_service_url",
                          "t20"."is_correct",
                          "t20"."attempt_type",
                          "t20"."created_at"
                        FROM "grader_attempts" AS "t20"
                        LEFT OUTER JOIN "slices" AS "t17"
                          ON "t20"."slice_id" = "t17"."slice_id"
                      ) AS "t36"
                    ) AS "t66"
                  ) AS "t81"
                ) AS "t113"
              ) AS "t124"
              LEFT OUTER JOIN (
                SELECT
                  "t0"."source" AS "link_source",
                  "t0"."external_id" AS "link_course",
                  "t0"."course_id" AS "joined_id"
                FROM "course_links" AS "t0"
              ) AS "t32"
                ON "t124"."source_name" = "t32"."link_source"
                AND "t124"."course_id" = "t32"."link_course"
            ) AS "t134"
          ) AS "t141"
        ) AS "t162"
      ) AS "t164"
    ) AS "t172"
  ) AS "t175"
  LEFT OUTER JOIN (
    SELECT
      "t184"."learner_id",
      "t184"."course_id",
      TRUE AS "placed"
    FROM (
      SELECT DISTINCT
        "t183"."learner_id",
        "t183"."course_id"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t181"."learner_id",
            "t181"."group_id",
            COALESCE("t181"."joined_id", "t181"."course_id") AS "course_id",
            "t181"."role",
            "t181"."starts_on",
            "t181"."ends_on",
            "t181"."outcome",
            "t181"."source_name",
            "t181"."joined_id" IS NULL AS "own"
          FROM (
            SELECT
              "t180"."learner_id",
              "t180"."group_id",
              "t180"."course_id",
              "t180"."role",
              "t180"."starts_on",
              "t180"."ends_on",
              "t180"."outcome",
              "t180"."source_name",
              "t32"."link_source",
              "t32"."link_course",
              "t32"."joined_id"
            FROM (
              SELECT
                CAST("t178"."learner_id" AS VARCHAR) AS "learner_id",
                "t178"."group_id",
                CAST("t178"."course_id" AS VARCHAR) AS "course_id",
                CAST("t178"."role" AS VARCHAR) AS "role",
                "t178"."starts_on",
                "t178"."ends_on",
                CAST(NULL AS VARCHAR) AS "outcome",
                "t178"."source_name"
              FROM (
                SELECT
                  "t177"."slice",
                  "t177"."source_name",
                  "t177"."position",
                  "t177"."course",
                  "t177"."course_id",
                  "t177"."user_id",
                  "t177"."email",
                  "t177"."username",
                  "t177"."role",
                  "t177"."suspended",
                  "t177"."created_at",
                  "t177"."last_login_at",
                  "t177"."enrolled_at",
                  "t177"."enrolled_on",
                  "t177"."expires_on",
                  "t177"."groups",
                  "t177"."source",
                  "t177"."learner_id",
                  "t177"."name",
                  "t177"."group_id",
                  "t177"."starts_on",
                  "t177"."ends_on"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t173"."slice",
                      "t173"."source_name",
                      "t173"."position",
                      "t173"."course",
                      "t173"."course_id",
                      "t173"."user_id",
                      "t173"."email",
                      "t173"."username",
                      "t173"."role",
                      "t173"."suspended",
                      "t173"."created_at",
                      "t173"."last_login_at",
                      "t173"."enrolled_at",
                      "t173"."enrolled_on",
                      "t173"."expires_on",
                      "t173"."groups",
                      "t173"."source",
                      "t173"."learner_id",
                      "t173"."name",
                      "t173"."group_id",
                      "t173"."starts_on",
                      "t173"."ends_on",
                      ROW_NUMBER() OVER (
                        PARTITION BY "t173"."learner_id", "t173"."group_id", "t173"."course_id", "t173"."role"
                        ORDER BY "t173"."slice" DESC NULLS LAST, "t173"."position" DESC NULLS LAST
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                      ) - 1 AS "_place"
                    FROM (
                      SELECT
                        "t169"."slice",
                        "t169"."source_name",
                        "t169"."position",
                        "t169"."course",
                        "t169"."course_id",
                        "t169"."user_id",
                        "t169"."email",
                        "t169"."username",
                        "t169"."role",
                        "t169"."suspended",
                        "t169"."created_at",
                        "t169"."last_login_at",
                        "t169"."enrolled_at",
                        "t169"."enrolled_on",
                        "t169"."expires_on",
                        "t169"."groups",
                        "t169"."source",
                        "t169"."source" || ':' || "t169"."learner_id" AS "learner_id",
                        "t169"."name",
                        "t169"."group_id",
                        "t169"."enrolled_on" AS "starts_on",
                        "t169"."expires_on" AS "ends_on"
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            *
                          FROM (
                            SELECT
                              "t165"."slice",
                              "t165"."source_name",
                              "t165"."position",
                              "t165"."course",
                              "t165"."course_id",
                              "t165"."user_id",
                              "t165"."email",
                              "t165"."username",
                              "t165"."role",
                              "t165"."suspended",
                              "t165"."created_at",
                              "t165"."last_login_at",
                              "t165"."enrolled_at",
                              "t165"."enrolled_on",
                              "t165"."expires_on",
                              "t165"."groups",
                              "t165"."source",
                              "t165"."learner_id",
                              "t165"."name",
                              "t165"."group_id"
                            FROM (
                              SELECT
                                "t159"."slice",
                                "t159"."source_name",
                                "t159"."position",
                                "t159"."course",
                                "t159"."course_id",
                                "t159"."user_id",
                                "t159"."email",
                                "t159"."username",
                                "t159"."role",
                                "t159"."suspended",
                                "t159"."created_at",
                                "t159"."last_login_at",
                                "t159"."enrolled_at",
                                "t159"."enrolled_on",
                                "t159"."expires_on",
                                "t159"."groups",
                                "t159"."source",
                                "t159"."learner_id",
                                "t159"."name",
                                "t159"."with_groups",
                                CASE
                                  WHEN "t159"."with_groups" IS NULL
                                  THEN 'learnworlds:' || "t159"."course_id"
                                  ELSE NULL
                                END AS "group_id"
                              FROM (
                                SELECT
                                  "t139"."slice",
                                  "t139"."source_name",
                                  "t139"."position",
                                  "t139"."course",
                                  "t139"."course_id",
                                  "t139"."user_id",
                                  "t139"."email",
                                  "t139"."username",
                                  "t139"."role",
                                  "t139"."suspended",
                                  "t139"."created_at",
                                  "t139"."last_login_at",
                                  "t139"."enrolled_at",
                                  "t139"."enrolled_on",
                                  "t139"."expires_on",
                                  "t139"."groups",
                                  "t139"."source",
                                  "t139"."learner_id",
                                  "t139"."name",
                                  "t154"."with_groups"
                                FROM (
                                  SELECT
                                    "t129"."slice",
                                    "t129"."source_name",
                                    "t129"."position",
                                    "t129"."course",
                                    "t129"."course_id",
                                    "t129"."user_id",
                                    "t129"."email",
                                    "t129"."username",
                                    "t129"."role",
                                    "t129"."suspended",
                                    "t129"."created_at",
                                    "t129"."last_login_at",
                                    "t129"."enrolled_at",
                                    "t129"."enrolled_on",
                                    "t129"."expires_on",
                                    "t129"."groups",
                                    "t129"."source_name" AS "source",
                                    "t129"."user_id" AS "learner_id",
                                    "t129"."username" AS "name"
                                  FROM (
                                    SELECT
                                      "t126"."slice",
                                      "t126"."source_name",
                                      "t126"."position",
                                      "t126"."course",
                                      "t126"."course_id",
                                      "t126"."user_id",
                                      "t126"."email",
                                      "t126"."username",
                                      "t126"."role",
                                      "t126"."suspended",
                                      "t126"."created_at",
                                      "t126"."last_login_at",
                                      "t126"."enrolled_at",
                                      "t126"."enrolled_on",
                                      "t126"."expires_on",
                                      "t126"."groups"
                                    FROM (
                                      SELECT
                                        *
                                      FROM (
                                        SELECT
                                          "t104"."slice",
                                          "t104"."source_name",
                                          "t104"."position",
                                          "t104"."course",
                                          "t104"."course_id",
                                          "t104"."user_id",
                                          "t104"."email",
                                          "t104"."username",
                                          "t104"."role",
                                          "t104"."suspended",
                                          "t104"."created_at",
                                          "t104"."last_login_at",
                                          "t104"."enrolled_at",
                                          "t104"."enrolled_on",
                                          "t104"."expires_on",
                                          "t104"."groups",
                                          ROW_NUMBER() OVER (
                                            PARTITION BY "t104"."user_id", "t104"."course_id"
                                            ORDER BY "t104"."slice" DESC NULLS LAST, "t104"."position" DESC NULLS LAST
                                            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                          ) - 1 AS "_place"
                                        FROM (
                                          SELECT
                                            *
                                          FROM (
                                            SELECT
                                              *
                                            FROM (
                                              SELECT
                                                "t86"."slice",
                                                "t86"."source_name",
                                                "t86"."position",
                                                "t86"."course",
                                                "t86"."course_id",
                                                "t86"."user_id",
                                                "t86"."email",
                                                "t86"."username",
                                                "t86"."role",
                                                "t86"."suspended",
                                                "t86"."created_at",
                                                "t86"."last_login_at",
                                                "t86"."enrolled_at",
                                                "t86"."enrolled_on",
                                                "t86"."expires_on",
                                                "t86"."groups"
                                              FROM (
                                                SELECT
                                                  *
                                                FROM (
                                                  SELECT
                                                    "t17"."name" AS "slice",
                                                    "t17"."source" AS "source_name",
                                                    "t29"."position",
                                                    "t29"."course",
                                                    "t29"."course_id",
                                                    "t29"."user_id",
                                                    "t29"."email",
                                                    "t29"."username",
                                                    "t29"."role",
                                                    "t29"."suspended",
                                                    "t29"."created_at",
                                                    "t29"."last_login_at",
                                                    "t29"."enrolled_at",
                                                    "t29"."enrolled_on",
                                                    "t29"."expires_on",
                                                    "t29"."groups",
                                                    "t54"."now_course",
                                                    "t54"."now_id"
                                                  FROM "learnworlds_users" AS "t29"
                                                  LEFT OUTER JOIN "slices" AS "t17"
                                                    ON "t29"."slice_id" = "t17"."slice_id"
                                                  LEFT OUTER JOIN (
                                                    SELECT DISTINCT
                                                      "t42"."course" AS "now_course",
                                                      "t42"."course_id" AS "now_id"
                                                    FROM (
                                                      SELECT
                                                        "t17"."name" AS "slice",
                                                        "t17"."source" AS "source_name",
                                                        "t28"."position",
                                                        "t28"."course",
                                                        "t28"."course_id",
                                                        "t28"."category",
                                                        "t28"."title",
                                                        "t28"."access",
                                                        "t28"."starts_on",
                                                        "t28"."ends_on",
                                                        "t28"."created_at"
                                                      FROM "learnworlds_courses" AS "t28"
                                                      LEFT OUTER JOIN "slices" AS "t17"
                                                        ON "t28"."slice_id" = "t17"."slice_id"
                                                    ) AS "t42"
                                                  ) AS "t54"
                                                    ON "t29"."course" = "t54"."now_course"
                                                ) AS "t70"
                                                WHERE
                                                  (
                                                    "t70"."now_id" IS NULL
                                                  ) OR (
                                                    "t70"."now_id" = "t70"."course_id"
                                                  )
                                              ) AS "t86"
                                            ) AS "t92"
                                          ) AS "t99"
                                          UNION ALL
                                          SELECT
                                            *
                                          FROM (
                                            SELECT
                                              *
                                            FROM (
                                              SELECT
                                                "t87"."slice",
                                                "t87"."source_name",
                                                "t87"."position",
                                                "t87"."course",
                                                "t87"."course_id",
                                                "t87"."user_id",
                                                "t87"."email",
                                                "t87"."username",
                                                "t87"."role",
                                                "t87"."suspended",
                                                "t87"."created_at",
                                                "t87"."last_login_at",
                                                "t87"."enrolled_at",
                                                "t87"."enrolled_on",
                                                "t87"."expires_on",
                                                "t87"."groups"
                                              FROM (
                                                SELECT
                                                  *
                                                FROM (
                                                  SELECT
                                                    "t17"."name" AS "slice",
                                                    "t17"."source" AS "source_name",
                                                    "t30"."position",
                                                    "t30"."course",
                                                    "t30"."course_id",
                                                    "t30"."user_id",
                                                    "t30"."email",
                                                    "t30"."username",
                                                    "t30"."role",
                                                    "t30"."suspended",
                                                    "t30"."created_at",
                                                    "t30"."last_login_at",
                                                    "t30"."enrolled_at",
                                                    "t30"."enrolled_on",
                                                    "t30"."expires_on",
                                                    "t30"."groups",
                                                    "t54"."now_course",
                                                    "t54"."now_id"
                                                  FROM "learnworlds_suspended" AS "t30"
                                                  LEFT OUTER JOIN "slices" AS "t17"
                                                    ON "t30"."slice_id" = "t17"."slice_id"
                                                  LEFT OUTER JOIN (
                                                    SELECT DISTINCT
                                                      "t42"."course" AS "now_course",
                                                      "t42"."course_id" AS "now_id"
                                                    FROM (
                                                      SELECT
                                                        "t17"."name" AS "slice",
                                                        "t17"."source" AS "source_name",
                                                        "t28"."position",
                                                        "t28"."course",
                                                        "t28"."course_id",
                                                        "t28"."category",
                                                        "t28"."title",
                                                        "t28"."access",
                                                        "t28"."starts_on",
                                                        "t28"."ends_on",
                                                        "t28"."created_at"
                                                      FROM "learnworlds_courses" AS "t28"
                                                      LEFT OUTER JOIN "slices" AS "t17"
                                                        ON "t28"."slice_id" = "t17"."slice_id"
                                                    ) AS "t42"
                                                  ) AS "t54"
                                                    ON "t30"."course" = "t54"."now_course"
                                                ) AS "t71"
                                                WHERE
                                                  (
                                                    "t71"."now_id" IS NULL
                                                  ) OR (
                                                    "t71"."now_id" = "t71"."course_id"
                                                  )
                                              ) AS "t87"
                                            ) AS "t93"
                                          ) AS "t100"
                                        ) AS "t104"
                                      ) AS "t120"
                                      WHERE
                                        "t120"."_place" = 0
                                    ) AS "t126"
                                  ) AS "t129"
                                  WHERE
                                    "t129"."groups" IS NULL
                                ) AS "t139"
                                LEFT OUTER JOIN (
                                  SELECT DISTINCT
                                    "t146"."course_id" AS "with_groups"
                                  FROM "t144" AS "t146"
                                ) AS "t154"
                                  ON "t139"."course_id" = "t154"."with_groups"
                              ) AS "t159"
                            ) AS "t165"
                          ) AS "t166"
                        ) AS "t168"
                        UNION ALL
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t146"."slice",
                            "t146"."source_name",
                            "t146"."position",
                            "t146"."course",
                            "t146"."course_id",
                            "t146"."user_id",
                            "t146"."email",
                            "t146"."username",
                            "t146"."role",
                            "t146"."suspended",
                            "t146"."created_at",
                            "t146"."last_login_at",
                            "t146"."enrolled_at",
                            "t146"."enrolled_on",
                            "t146"."expires_on",
                            "t146"."groups",
                            "t146"."source",
                            "t146"."learner_id",
                            "t146"."name",
                            'learnworlds:' || "t146"."group" AS "group_id"
                          FROM "t144" AS "t146"
                        ) AS "t155"
                      ) AS "t169"
                    ) AS "t173"
                  ) AS "t176"
                  WHERE
                    "t176"."_place" = 0
                ) AS "t177"
              ) AS "t178"
            ) AS "t180"
            LEFT OUTER JOIN (
              SELECT
                "t0"."source" AS "link_source",
                "t0"."external_id" AS "link_course",
                "t0"."course_id" AS "joined_id"
              FROM "course_links" AS "t0"
            ) AS "t32"
              ON "t180"."source_name" = "t32"."link_source"
              AND "t180"."course_id" = "t32"."link_course"
          ) AS "t181"
        ) AS "t182"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t143"."learner_id",
              "t143"."group_id",
              COALESCE("t143"."joined_id", "t143"."course_id") AS "course_id",
              "t143"."role",
              "t143"."starts_on",
              "t143"."ends_on",
              "t143"."outcome",
              "t143"."source_name",
              "t143"."joined_id" IS NULL AS "own"
            FROM (
              SELECT
                "t135"."learner_id",
                "t135"."group_id",
                "t135"."course_id",
                "t135"."role",
                "t135"."starts_on",
                "t135"."ends_on",
                "t135"."outcome",
                "t135"."source_name",
                "t32"."link_source",
                "t32"."link_course",
                "t32"."joined_id"
              FROM (
                SELECT
                  "t125"."learner_id",
                  "t125"."group_id",
                  "t125"."course_id",
                  "t125"."role",
                  "t125"."starts_on",
                  "t125"."ends_on",
                  "t125"."outcome",
                  "t125"."source_name"
                FROM (
                  SELECT
                    "t117"."slice",
                    "t117"."source_name",
                    "t117"."position",
                    "t117"."learner_id",
                    "t117"."group_id",
                    "t117"."course_id",
                    "t117"."role",
                    "t117"."starts_on",
                    "t117"."ends_on",
                    "t117"."outcome",
                    "t117"."source",
                    ROW_NUMBER() OVER (
                      PARTITION BY "t117"."learner_id", "t117"."group_id", "t117"."course_id", "t117"."role", "t117"."starts_on", "t117"."source_name"
                      ORDER BY "t117"."slice" DESC NULLS LAST, "t117"."position" DESC NULLS LAST
                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                    ) - 1 AS "_place"
                  FROM (
                    SELECT
                      "t103"."slice",
                      "t103"."source_name",
                      "t103"."position",
                      "t103"."learner_id",
                      "t103"."source" || ':' || "t103"."group_id" AS "group_id",
                      "t103"."course_id",
                      "t103"."role",
                      "t103"."starts_on",
                      "t103"."ends_on",
                      "t103"."outcome",
                      "t103"."source"
                    FROM (
                      SELECT
                        "t98"."slice",
                        "t98"."source_name",
                        "t98"."position",
                        "t98"."learner_id",
                        "t98"."group_id",
                        "t98"."course_id",
                        "t98"."role",
                        "t98"."starts_on",
                        "t98"."ends_on",
                        "t98"."outcome",
                        "t98"."source"
                      FROM (
                        SELECT
                          "t79"."slice",
                          "t79"."source_name",
                          "t79"."position",
                          COALESCE("t79"."linked", "t79"."source" || ':' || "t79"."learner_id") AS "learner_id",
                          "t79"."group_id",
                          "t79"."course_id",
                          "t79"."role",
                          "t79"."starts_on",
                          "t79"."ends_on",
                          "t79"."outcome",
                          "t79"."source",
                          "t79"."link_source",
                          "t79"."link_external",
                          "t79"."linked"
                        FROM (
                          SELECT
                            "t52"."slice",
                            "t52"."source_name",
                            "t52"."position",
                            "t52"."learner_id",
                            "t52"."group_id",
                            "t52"."course_id",
                            "t52"."role",
                            "t52"."starts_on",
                            "t52"."ends_on",
                            "t52"."outcome",
                            "t52"."source",
                            "t67"."link_source",
                            "t67"."link_external",
                            "t67"."linked"
                          FROM (
                            SELECT
                              "t40"."slice",
                              "t40"."source_name",
                              "t40"."position",
                              "t40"."learner_id",
                              "t40"."group_id",
                              "t40"."course_id",
                              "t40"."role",
                              "t40"."starts_on",
                              "t40"."ends_on",
                              "t40"."outcome",
                              "t40"."source_name" AS "source"
                            FROM (
                              SELECT
                                "t17"."name" AS "slice",
                                "t17"."source" AS "source_name",
                                "t25"."position",
                                "t25"."learner_id",
                                "t25"."group_id",
                                "t25"."course_id",
                                "t25"."role",
                                "t25"."starts_on",
                                "t25"."ends_on",
                                "t25"."outcome"
                              FROM "files_memberships" AS "t25"
                              LEFT OUTER JOIN "slices" AS "t17"
                                ON "t25"."slice_id" = "t17"."slice_id"
                            ) AS "t40"
                          ) AS "t52"
                          LEFT OUTER JOIN (
                            SELECT
                              "t53"."source" AS "link_source",
                              "t53"."external_id" AS "link_external",
                              "t53"."linked"
                            FROM (
                              SELECT
                                "t41"."source",
                                "t41"."external_id",
                                MAX("t41"."learner_id") AS "linked"
                              FROM (
                                SELECT
                                  "t17"."name" AS "slice",
                                  "t27"."source" AS "source_name",
                                  "t27"."position",
                                  "t27"."source",
                                  "t27"."external_id",
                                  "t27"."learner_id"
                                FROM "files_learner_links" AS "t27"
                                LEFT OUTER JOIN "slices" AS "t17"
                                  ON "t27"."slice_id" = "t17"."slice_id"
                              ) AS "t41"
                              GROUP BY
                                1,
                                2
                            ) AS "t53"
                          ) AS "t67"
                            ON "t52"."source" = "t67"."link_source"
                            AND "t52"."learner_id" = "t67"."link_external"
                        ) AS "t79"
                      ) AS "t98"
                    ) AS "t103"
                  ) AS "t117"
                ) AS "t125"
                WHERE
                  "t125"."_place" = 0
              ) AS "t135"
              LEFT OUTER JOIN (
                SELECT
                  "t0"."source" AS "link_source",
                  "t0"."external_id" AS "link_course",
                  "t0"."course_id" AS "joined_id"
                FROM "course_links" AS "t0"
              ) AS "t32"
                ON "t135"."source_name" = "t32"."link_source"
                AND "t135"."course_id" = "t32"."link_course"
            ) AS "t143"
          ) AS "t151"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "t72"."learner_id",
              "t72"."group_id",
              COALESCE("t72"."joined_id", "t72"."course_id") AS "course_id",
              "t72"."role",
              "t72"."starts_on",
              "t72"."ends_on",
              "t72"."outcome",
              "t72"."source_name",
              "t72"."joined_id" IS NULL AS "own"
            FROM (
              SELECT
                "t55"."learner_id",
                "t55"."group_id",
                "t55"."course_id",
                "t55"."role",
                "t55"."starts_on",
                "t55"."ends_on",
                "t55"."outcome",
                "t55"."source_name",
                "t32"."link_source",
                "t32"."link_course",
                "t32"."joined_id"
              FROM (
                SELECT
                  CAST("t34"."learner_id" AS VARCHAR) AS "learner_id",
                  "t34"."group_id",
                  CAST("t34"."course_id" AS VARCHAR) AS "course_id",
                  CAST("t34"."role" AS VARCHAR) AS "role",
                  "t34"."starts_on",
                  "t34"."ends_on",
                  CAST(NULL AS VARCHAR) AS "outcome",
                  "t34"."source_name"
                FROM (
                  SELECT
                    "t18"."name" AS "slice",
                    "t17"."source" AS "source_name",
                    "t18"."position",
                    "t18"."learner_id",
                    "t18"."group_id",
                    "t18"."course_id",
                    "t18"."name",
                    "t18"."rolling",
                    "t18"."role",
                    "t18"."starts_on",
                    "t18"."ends_on"
                  FROM "groups_members" AS "t18"
                  LEFT OUTER JOIN "slices" AS "t17"
                    ON "t18"."slice_id" = "t17"."slice_id"
                ) AS "t34"
              ) AS "t55"
              LEFT OUTER JOIN (
                SELECT
                  "t0"."source" AS "link_source",
                  "t0"."external_id" AS "link_course",
                  "t0"."course_id" AS "joined_id"
                FROM "course_links" AS "t0"
              ) AS "t32"
                ON "t55"."source_name" = "t32"."link_source"
                AND "t55"."course_id" = "t32"."link_course"
            ) AS "t72"
          ) AS "t80"
        ) AS "t153"
      ) AS "t183"
      WHERE
        COALESCE(STARTS_WITH("t183"."group_id", 'groups:'), FALSE)
        AND "t183"."role" = 'learner'
    ) AS "t184"
  ) AS "t186"
    ON "t175"."learner_id" = "t186"."learner_id"
    AND "t175"."course_id" = "t186"."course_id"
) AS "t187"

-- items --
-- Something a learner answers or hands in: a task, a quiz, an assessment.
WITH "t50" AS (
  SELECT DISTINCT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t42"."source_name",
        "t42"."course_id",
        "t42"."unit_id"
      FROM (
        SELECT
          "t39"."slice",
          "t39"."source_name",
          "t39"."position",
          "t39"."course",
          "t39"."course_id",
          "t39"."grade_id",
          "t39"."unit_type",
          "t39"."user_id",
          "t39"."email",
          "t39"."unit_id",
          "t39"."grade",
          "t39"."score",
          "t39"."created_at",
          "t39"."modified_at",
          "t39"."submitted_at"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t10"."name" AS "slice",
              "t10"."source" AS "source_name",
              "t14"."position",
              "t14"."course",
              "t14"."course_id",
              "t14"."grade_id",
              "t14"."unit_type",
              "t14"."user_id",
              "t14"."email",
              "t14"."unit_id",
              "t14"."grade",
              "t14"."score",
              "t14"."created_at",
              "t14"."modified_at",
              "t14"."submitted_at",
              "t26"."now_course",
              "t26"."now_id"
            FROM "learnworlds_grades" AS "t14"
            LEFT OUTER JOIN "slices" AS "t10"
              ON "t14"."slice_id" = "t10"."slice_id"
            LEFT OUTER JOIN (
              SELECT DISTINCT
                "t22"."course" AS "now_course",
                "t22"."course_id" AS "now_id"
              FROM (
                SELECT
                  "t10"."name" AS "slice",
                  "t10"."source" AS "source_name",
                  "t16"."position",
                  "t16"."course",
                  "t16"."course_id",
                  "t16"."category",
                  "t16"."title",
                  "t16"."access",
                  "t16"."starts_on",
                  "t16"."ends_on",
                  "t16"."created_at"
                FROM "learnworlds_courses" AS "t16"
                LEFT OUTER JOIN "slices" AS "t10"
                  ON "t16"."slice_id" = "t10"."slice_id"
              ) AS "t22"
            ) AS "t26"
              ON "t14"."course" = "t26"."now_course"
          ) AS "t32"
          WHERE
            (
              "t32"."now_id" IS NULL
            ) OR (
              "t32"."now_id" = "t32"."course_id"
            )
        ) AS "t39"
      ) AS "t42"
    ) AS "t45"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t43"."source_name",
        "t43"."course_id",
        "t43"."unit_id"
      FROM (
        SELECT
          "t40"."slice",
          "t40"."source_name",
          "t40"."position",
          "t40"."course",
          "t40"."course_id",
          "t40"."response_id",
          "t40"."user_id",
          "t40"."email",
          "t40"."unit_id",
          "t40"."grade",
          "t40"."score",
          "t40"."created_at",
          "t40"."modified_at",
          "t40"."submitted_at",
          "t40"."passed",
          "t40"."blocks",
          "t40"."points",
          "t40"."max_points",
          "t40"."answer"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t10"."name" AS "slice",
              "t10"."source" AS "source_name",
              "t15"."position",
              "t15"."course",
              "t15"."course_id",
              "t15"."response_id",
              "t15"."user_id",
              "t15"."email",
              "t15"."unit_id",
              "t15"."grade",
              "t15"."score",
              "t15"."created_at",
              "t15"."modified_at",
              "t15"."submitted_at",
              "t15"."passed",
              "t15"."blocks",
              "t15"."points",
              "t15"."max_points",
              "t15"."answer",
              "t26"."now_course",
              "t26"."now_id"
            FROM "learnworlds_responses" AS "t15"
            LEFT OUTER JOIN "slices" AS "t10"
              ON "t15"."slice_id" = "t10"."slice_id"
            LEFT OUTER JOIN (
              SELECT DISTINCT
                "t22"."course" AS "now_course",
                "t22"."course_id" AS "now_id"
              FROM (
                SELECT
                  "t10"."name" AS "slice",
                  "t10"."source" AS "source_name",
                  "t16"."position",
                  "t16"."course",
                  "t16"."course_id",
                  "t16"."category",
                  "t16"."title",
                  "t16"."access",
                  "t16"."starts_on",
                  "t16"."ends_on",
                  "t16"."created_at"
                FROM "learnworlds_courses" AS "t16"
                LEFT OUTER JOIN "slices" AS "t10"
                  ON "t16"."slice_id" = "t10"."slice_id"
              ) AS "t22"
            ) AS "t26"
              ON "t15"."course" = "t26"."now_course"
          ) AS "t33"
          WHERE
            (
              "t33"."now_id" IS NULL
            ) OR (
              "t33"."now_id" = "t33"."course_id"
            )
        ) AS "t40"
      ) AS "t43"
    ) AS "t46"
  ) AS "t49"
)
SELECT
  "t84"."item_id",
  "t84"."course_id",
  "t84"."title",
  "t84"."topic_id",
  "t84"."level_id",
  "t84"."kind",
  "t84"."max_score",
  "t84"."weight",
  "t84"."due_on",
  "t84"."active"
FROM (
  SELECT
    "t83"."course_id",
    "t83"."item_id",
    (
      ARRAY_AGG("t83"."title" ORDER BY "t83"."own" DESC NULLS LAST, "t83"."source_name" ASC) FILTER(WHERE
        "t83"."title" IS NOT NULL AND "t83"."title" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t83"."title" ORDER BY "t83"."own" DESC NULLS LAST, "t83"."source_name" ASC) FILTER(WHERE
          "t83"."title" IS NOT NULL AND "t83"."title" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "title",
    (
      ARRAY_AGG("t83"."topic_id" ORDER BY "t83"."own" DESC NULLS LAST, "t83"."source_name" ASC) FILTER(WHERE
        "t83"."topic_id" IS NOT NULL AND "t83"."topic_id" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t83"."topic_id" ORDER BY "t83"."own" DESC NULLS LAST, "t83"."source_name" ASC) FILTER(WHERE
          "t83"."topic_id" IS NOT NULL AND "t83"."topic_id" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "topic_id",
    (
      ARRAY_AGG("t83"."level_id" ORDER BY "t83"."own" DESC NULLS LAST, "t83"."source_name" ASC) FILTER(WHERE
        "t83"."level_id" IS NOT NULL AND "t83"."level_id" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t83"."level_id" ORDER BY "t83"."own" DESC NULLS LAST, "t83"."source_name" ASC) FILTER(WHERE
          "t83"."level_id" IS NOT NULL AND "t83"."level_id" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "level_id",
    (
      ARRAY_AGG("t83"."kind" ORDER BY "t83"."own" DESC NULLS LAST, "t83"."source_name" ASC) FILTER(WHERE
        "t83"."kind" IS NOT NULL AND "t83"."kind" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t83"."kind" ORDER BY "t83"."own" DESC NULLS LAST, "t83"."source_name" ASC) FILTER(WHERE
          "t83"."kind" IS NOT NULL AND "t83"."kind" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "kind",
    (
      ARRAY_AGG("t83"."max_score" ORDER BY "t83"."own" DESC NULLS LAST, "t83"."source_name" ASC) FILTER(WHERE
        "t83"."max_score" IS NOT NULL AND "t83"."max_score" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t83"."max_score" ORDER BY "t83"."own" DESC NULLS LAST, "t83"."source_name" ASC) FILTER(WHERE
          "t83"."max_score" IS NOT NULL AND "t83"."max_score" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "max_score",
    (
      ARRAY_AGG("t83"."weight" ORDER BY "t83"."own" DESC NULLS LAST, "t83"."source_name" ASC) FILTER(WHERE
        "t83"."weight" IS NOT NULL AND "t83"."weight" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t83"."weight" ORDER BY "t83"."own" DESC NULLS LAST, "t83"."source_name" ASC) FILTER(WHERE
          "t83"."weight" IS NOT NULL AND "t83"."weight" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "weight",
    (
      ARRAY_AGG("t83"."due_on" ORDER BY "t83"."own" DESC NULLS LAST, "t83"."source_name" ASC) FILTER(WHERE
        "t83"."due_on" IS NOT NULL AND "t83"."due_on" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t83"."due_on" ORDER BY "t83"."own" DESC NULLS LAST, "t83"."source_name" ASC) FILTER(WHERE
          "t83"."due_on" IS NOT NULL AND "t83"."due_on" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "due_on",
    (
      ARRAY_AGG("t83"."active" ORDER BY "t83"."own" DESC NULLS LAST, "t83"."source_name" ASC) FILTER(WHERE
        "t83"."active" IS NOT NULL AND "t83"."active" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t83"."active" ORDER BY "t83"."own" DESC NULLS LAST, "t83"."source_name" ASC) FILTER(WHERE
          "t83"."active" IS NOT NULL AND "t83"."active" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "active"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t35"."item_id",
          COALESCE("t35"."joined_id", "t35"."course_id") AS "course_id",
          "t35"."title",
          "t35"."topic_id",
          "t35"."level_id",
          "t35"."kind",
          "t35"."max_score",
          "t35"."weight",
          "t35"."due_on",
          "t35"."active",
          "t35"."source_name",
          "t35"."joined_id" IS NULL AS "own"
        FROM (
          SELECT
            "t29"."item_id",
            "t29"."course_id",
            "t29"."title",
            "t29"."topic_id",
            "t29"."level_id",
            "t29"."kind",
            "t29"."max_score",
            "t29"."weight",
            "t29"."due_on",
            "t29"."active",
            "t29"."source_name",
            "t18"."link_source",
            "t18"."link_course",
            "t18"."joined_id"
          FROM (
            SELECT
              CAST("t25"."item_id" AS VARCHAR) AS "item_id",
              CAST("t25"."course_id" AS VARCHAR) AS "course_id",
              CAST(NULL AS VARCHAR) AS "title",
              CAST(NULL AS VARCHAR) AS "topic_id",
              CAST(NULL AS VARCHAR) AS "level_id",
              'task' AS "kind",
              CAST(NULL AS DECIMAL(9, 6)) AS "max_score",
              CAST(NULL AS DECIMAL(12, 6)) AS "weight",
              CAST(NULL AS DATE) AS "due_on",
              CAST(TRUE AS BOOLEAN) AS "active",
              "t25"."source_name"
            FROM (
              SELECT DISTINCT
                "t19"."source_name",
                "t19"."course_id",
                "t19"."item_id"
              FROM (
                SELECT
                  "t10"."name" AS "slice",
                  "t10"."source" AS "source_name",
                  "t9"."position",
                  "t9"."uuid",
                  "t9"."event_at",
                  "t9"."event_datetime",
                  "t9"."event_json",
                  "t9"."event_name",
                  "t9"."event_receive_datetime",
                  "t9"."event_receive_timestamp",
                  "t9"."event_timestamp",
                  "t9"."session_id",
                  "t9"."installation_id",
                  "t9"."appmetrica_device_id",
                  "t9"."city",
                  "t9"."connection_type",
                  "t9"."country_iso_code",
                  "t9"."device_ipv6",
                  "t9"."device_locale",
                  "t9"."device_manufacturer",
                  "t9"."device_model",
                  "t9"."device_type",
                  "t9"."google_aid",
                  "t9"."ios_ifa",
                  "t9"."ios_ifv",
                  "t9"."mcc",
                  "t9"."mnc",
                  "t9"."operator_name",
                  "t9"."original_device_model",
                  "t9"."os_name",
                  "t9"."os_version",
                  "t9"."profile_id",
                  "t9"."windows_aid",
                  "t9"."app_build_number",
                  "t9"."app_package_name",
                  "t9"."app_version_name",
                  "t9"."application_id",
                  "t9"."event_properties",
                  "t9"."ehr_id",
                  "t9"."email",
                  "t9"."course_id",
                  "t9"."item_id",
                  "t9"."correct",
                  "t9"."score",
                  "t9"."duration_s",
                  "t9"."hints",
                  "t9"."response"
                FROM "appmetrica_events" AS "t9"
                LEFT OUTER JOIN "slices" AS "t10"
                  ON "t9"."slice_id" = "t10"."slice_id"
              ) AS "t19"
              WHERE
                "t19"."profile_id" IS NOT NULL
                AND "t19"."item_id" IS NOT NULL
                AND "t19"."course_id" IS NOT NULL
            ) AS "t25"
          ) AS "t29"
          LEFT OUTER JOIN (
            SELECT
              "t0"."source" AS "link_source",
              "t0"."external_id" AS "link_course",
              "t0"."course_id" AS "joined_id"
            FROM "course_links" AS "t0"
          ) AS "t18"
            ON "t29"."source_name" = "t18"."link_source"
            AND "t29"."course_id" = "t18"."link_course"
        ) AS "t35"
      ) AS "t44"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t47"."item_id",
          COALESCE("t47"."joined_id", "t47"."course_id") AS "course_id",
          "t47"."title",
          "t47"."topic_id",
          "t47"."level_id",
          "t47"."kind",
          "t47"."max_score",
          "t47"."weight",
          "t47"."due_on",
          "t47"."active",
          "t47"."source_name",
          "t47"."joined_id" IS NULL AS "own"
        FROM (
          SELECT
            "t36"."item_id",
            "t36"."course_id",
            "t36"."title",
            "t36"."topic_id",
            "t36"."level_id",
            "t36"."kind",
            "t36"."max_score",
            "t36"."weight",
            "t36"."due_on",
            "t36"."active",
            "t36"."source_name",
            "t18"."link_source",
            "t18"."link_course",
            "t18"."joined_id"
          FROM (
            SELECT
              "t30"."item_id",
              "t30"."course_id",
              "t30"."title",
              "t30"."topic_id",
              "t30"."level_id",
              "t30"."kind",
              "t30"."max_score",
              "t30"."weight",
              "t30"."due_on",
              "t30"."active",
              "t30"."source_name"
            FROM (
              SELECT
                "t23"."slice",
                "t23"."source_name",
                "t23"."position",
                "t23"."item_id",
                "t23"."course_id",
                "t23"."title",
                "t23"."topic_id",
                "t23"."level_id",
                "t23"."kind",
                "t23"."max_score",
                "t23"."weight",
                "t23"."due_on",
                "t23"."active",
                "t23"."source",
                ROW_NUMBER() OVER (
                  PARTITION BY "t23"."course_id", "t23"."item_id", "t23"."source_name"
                  ORDER BY "t23"."slice" DESC NULLS LAST, "t23"."position" DESC NULLS LAST
                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                ) - 1 AS "_place"
              FROM (
                SELECT
                  "t20"."slice",
                  "t20"."source_name",
                  "t20"."position",
                  "t20"."item_id",
                  "t20"."course_id",
                  "t20"."title",
                  "t20"."topic_id",
                  "t20"."level_id",
                  "t20"."kind",
                  "t20"."max_score",
                  "t20"."weight",
                  "t20"."due_on",
                  "t20"."active",
                  "t20"."source_name" AS "source"
                FROM (
                  SELECT
                    "t10"."name" AS "slice",
                    "t10"."source" AS "source_name",
                    "t11"."position",
                    "t11"."item_id",
                    "t11"."course_id",
                    "t11"."title",
                    "t11"."topic_id",
                    "t11"."level_id",
                    "t11"."kind",
                    "t11"."max_score",
                    "t11"."weight",
                    "t11"."due_on",
                    "t11"."active"
                  FROM "files_items" AS "t11"
                  LEFT OUTER JOIN "slices" AS "t10"
                    ON "t11"."slice_id" = "t10"."slice_id"
                ) AS "t20"
              ) AS "t23"
            ) AS "t30"
            WHERE
              "t30"."_place" = 0
          ) AS "t36"
          LEFT OUTER JOIN (
            SELECT
              "t0"."source" AS "link_source",
              "t0"."external_id" AS "link_course",
              "t0"."course_id" AS "joined_id"
            FROM "course_links" AS "t0"
          ) AS "t18"
            ON "t36"."source_name" = "t18"."link_source"
            AND "t36"."course_id" = "t18"."link_course"
        ) AS "t47"
      ) AS "t51"
    ) AS "t54"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t66"."item_id",
          COALESCE("t66"."joined_id", "t66"."course_id") AS "course_id",
          "t66"."title",
          "t66"."topic_id",
          "t66"."level_id",
          "t66"."kind",
          "t66"."max_score",
          "t66"."weight",
          "t66"."due_on",
          "t66"."active",
          "t66"."source_name",
          "t66"."joined_id" IS NULL AS "own"
        FROM (
          SELECT
            "t62"."item_id",
            "t62"."course_id",
            "t62"."title",
            "t62"."topic_id",
            "t62"."level_id",
            "t62"."kind",
            "t62"."max_score",
            "t62"."weight",
            "t62"."due_on",
            "t62"."active",
            "t62"."source_name",
            "t18"."link_source",
            "t18"."link_course",
            "t18"."joined_id"
          FROM (
            SELECT
              CAST("t58"."item_id" AS VARCHAR) AS "item_id",
              CAST("t58"."course_id" AS VARCHAR) AS "course_id",
              CAST(NULL AS VARCHAR) AS "title",
              CAST(NULL AS VARCHAR) AS "topic_id",
              CAST(NULL AS VARCHAR) AS "level_id",
              'task' AS "kind",
              CAST(NULL AS DECIMAL(9, 6)) AS "max_score",
              CAST(NULL AS DECIMAL(12, 6)) AS "weight",
              CAST(NULL AS DATE) AS "due_on",
              CAST(TRUE AS BOOLEAN) AS "active",
              "t58"."source_name"
            FROM (
              SELECT DISTINCT
                "t52"."source_name",
                "t52"."course_id",
                "t52"."item_id"
              FROM (
                SELECT
                  "t37"."slice",
                  "t37"."source_name",
                  "t37"."position",
                  "t37"."user_id",
                  "t37"."oauth_consumer_key",
                  "t37"."lis_result_sourcedid",
                  "t37"."lis_outcome_service_url",
                  "t37"."is_correct",
                  "t37"."attempt_type",
                  "t37"."created_at",
                  "t37"."source",
                  "t37"."learner_id",
                  "t37"."at",
                  "t37"."sourcedid",
                  "t37"."category",
                  "t37"."course",
                  "t37"."item_id",
                  "t37"."source" || ':' || SHA256(
                    "t37"."user_id" || ' ' || CAST(EPOCH_US("t37"."at") AS VARCHAR) || ' ' || "t37"."attempt_type" || ' ' || COALESCE("t37"."lis_result_sourcedid", '')
                  ) AS "attempt_id",
                  "t37"."category" || '/' || "t37"."course" AS "course_id",
                  CASE WHEN "t37"."attempt_type" = 'submit' THEN 'answer' ELSE 'run' END AS "kind",
                  "t37"."is_correct" AS "correct",
                  CASE
                    WHEN "t37"."is_correct"
                    THEN 1
                    WHEN NOT (
                      "t37"."is_correct"
                    )
                    THEN 0
                    ELSE CAST(NULL AS BIGINT)
                  END AS "score"
                FROM (
                  SELECT
                    "t28"."slice",
                    "t28"."source_name",
                    "t28"."position",
                    "t28"."user_id",
                    "t28"."oauth_consumer_key",
                    "t28"."lis_result_sourcedid",
                    "t28"."lis_outcome_service_url",
                    "t28"."is_correct",
                    "t28"."attempt_type",
                    "t28"."created_at",
                    "t28"."source",
                    "t28"."learner_id",
                    "t28"."at",
                    "t28"."sourcedid",
                    CASE
                      WHEN "t28"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t28"."sourcedid" ~ (
                          '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t28"."sourcedid",
                            '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[2]
                        ELSE NULL
                      END
                      WHEN "t28"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t28"."sourcedid" ~ (
                          '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t28"."sourcedid",
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[2]
                        ELSE NULL
                      END
                      ELSE CAST(NULL AS VARCHAR)
                    END AS "category",
                    CASE
                      WHEN "t28"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t28"."sourcedid" ~ (
                          '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t28"."sourcedid",
                            '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[3]
                        ELSE NULL
                      END
                      WHEN "t28"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t28"."sourcedid" ~ (
                          '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t28"."sourcedid",
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[3]
                        ELSE NULL
                      END || '+' || CASE
                        WHEN "t28"."sourcedid" ~ (
                          '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t28"."sourcedid",
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[4]
                        ELSE NULL
                      END
                      ELSE CAST(NULL AS VARCHAR)
                    END AS "course",
                    CASE
                      WHEN "t28"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t28"."sourcedid" ~ (
                          '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t28"."sourcedid",
                            '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[5]
                        ELSE NULL
                      END
                      WHEN "t28"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t28"."sourcedid" ~ (
                          '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t28"."sourcedid",
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[5]
                        ELSE NULL
                      END
                      ELSE CAST(NULL AS VARCHAR)
                    END AS "item_id"
                  FROM (
                    SELECT
                      "t21"."slice",
                      "t21"."source_name",
                      "t21"."position",
                      "t21"."user_id",
                      "t21"."oauth_consumer_key",
                      "t21"."lis_result_sourcedid",
                      "t21"."lis_outcome_service_url",
                      "t21"."is_correct",
                      "t21"."attempt_type",
                      "t21"."created_at",
                      "t21"."source_name" AS "source",
                      "t21"."user_id" AS "learner_id",
                      TIMEZONE('UTC', "t21"."created_at") AS "at",
                      REPLACE(
                        REPLACE(REPLACE(REPLACE("t21"."lis_result_sourcedid", '%3A', ':'), '%2B', '+'), '%2F', '/'),
                        '%40',
                        '@'
                      ) AS "sourcedid"
                    FROM (
                      SELECT
                        "t10"."name" AS "slice",
                        "t10"."source" AS "source_name",
                        "t12"."position",
                        "t12"."user_id",
                        "t12"."oauth_consumer_key",
                        "t12"."lis_result_sourcedid",
                        "t12"."lis_outcome_service_url",
                        "t12"."is_correct",
                        "t12"."attempt_type",
                        "t12"."created_at"
                      FROM "grader_attempts" AS "t12"
                      LEFT OUTER JOIN "slices" AS "t10"
                        ON "t12"."slice_id" = "t10"."slice_id"
                    ) AS "t21"
                  ) AS "t28"
                ) AS "t37"
              ) AS "t52"
              WHERE
                "t52"."course_id" IS NOT NULL AND "t52"."item_id" IS NOT NULL
            ) AS "t58"
          ) AS "t62"
          LEFT OUTER JOIN (
            SELECT
              "t0"."source" AS "link_source",
              "t0"."external_id" AS "link_course",
              "t0"."course_id" AS "joined_id"
            FROM "course_links" AS "t0"
          ) AS "t18"
            ON "t62"."source_name" = "t18"."link_source"
            AND "t62"."course_id" = "t18"."link_course"
        ) AS "t66"
      ) AS "t71"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t80"."item_id",
          COALESCE("t80"."joined_id", "t80"."course_id") AS "course_id",
          "t80"."title",
          "t80"."topic_id",
          "t80"."level_id",
          "t80"."kind",
          "t80"."max_score",
          "t80"."weight",
          "t80"."due_on",
          "t80"."active",
          "t80"."source_name",
          "t80"."joined_id" IS NULL AS "own"
        FROM (
          SELECT
            "t79"."item_id",
            "t79"."course_id",
            "t79"."title",
            "t79"."topic_id",
            "t79"."level_id",
            "t79"."kind",
            "t79"."max_score",
            "t79"."weight",
            "t79"."due_on",
            "t79"."active",
            "t79"."source_name",
            "t18"."link_source",
            "t18"."link_course",
            "t18"."joined_id"
          FROM (
            SELECT
              CAST("t77"."item_id" AS VARCHAR) AS "item_id",
              CAST("t77"."course_id" AS VARCHAR) AS "course_id",
              "t77"."title",
              "t77"."topic_id",
              CAST(NULL AS VARCHAR) AS "level_id",
              "t77"."kind",
              CAST(100 AS DECIMAL(9, 6)) AS "max_score",
              CAST(NULL AS DECIMAL(12, 6)) AS "weight",
              CAST(NULL AS DATE) AS "due_on",
              CAST("t77"."active" AS BOOLEAN) AS "active",
              "t77"."source_name"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t63"."source_name",
                    "t63"."course_id",
                    "t63"."unit_id" AS "item_id",
                    "t63"."unit_title" AS "title",
                    "t63"."section_id" AS "topic_id",
                    "t63"."unit_type" AS "kind",
                    TRUE AS "active"
                  FROM (
                    SELECT
                      "t59"."slice",
                      "t59"."source_name",
                      "t59"."position",
                      "t59"."course",
                      "t59"."course_id",
                      "t59"."category",
                      "t59"."course_title",
                      "t59"."section_id",
                      "t59"."section_title",
                      "t59"."unit_id",
                      "t59"."unit_type",
                      "t59"."unit_title",
                      "t59"."graded"
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          "t48"."slice",
                          "t48"."source_name",
                          "t48"."position",
                          "t48"."course",
                          "t48"."course_id",
                          "t48"."category",
                          "t48"."course_title",
                          "t48"."section_id",
                          "t48"."section_title",
                          "t48"."unit_id",
                          "t48"."unit_type",
                          "t48"."unit_title",
                          "t48"."graded",
                          ROW_NUMBER() OVER (
                            PARTITION BY "t48"."source_name", "t48"."course_id", "t48"."unit_id"
                            ORDER BY "t48"."slice" DESC NULLS LAST, "t48"."position" DESC NULLS LAST
                            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                          ) - 1 AS "_place"
                        FROM (
                          SELECT
                            *
                          FROM (
                            SELECT
                              "t38"."slice",
                              "t38"."source_name",
                              "t38"."position",
                              "t38"."course",
                              "t38"."course_id",
                              "t38"."category",
                              "t38"."course_title",
                              "t38"."section_id",
                              "t38"."section_title",
                              "t38"."unit_id",
                              "t38"."unit_type",
                              "t38"."unit_title",
                              "t38"."graded"
                            FROM (
                              SELECT
                                *
                              FROM (
                                SELECT
                                  "t10"."name" AS "slice",
                                  "t10"."source" AS "source_name",
                                  "t13"."position",
                                  "t13"."course",
                                  "t13"."course_id",
                                  "t13"."category",
                                  "t13"."course_title",
                                  "t13"."section_id",
                                  "t13"."section_title",
                                  "t13"."unit_id",
                                  "t13"."unit_type",
                                  "t13"."unit_title",
                                  "t13"."graded",
                                  "t26"."now_course",
                                  "t26"."now_id"
                                FROM "learnworlds_contents" AS "t13"
                                LEFT OUTER JOIN "slices" AS "t10"
                                  ON "t13"."slice_id" = "t10"."slice_id"
                                LEFT OUTER JOIN (
                                  SELECT DISTINCT
                                    "t22"."course" AS "now_course",
                                    "t22"."course_id" AS "now_id"
                                  FROM (
                                    SELECT
                                      "t10"."name" AS "slice",
                                      "t10"."source" AS "source_name",
                                      "t16"."position",
                                      "t16"."course",
                                      "t16"."course_id",
                                      "t16"."category",
                                      "t16"."title",
                                      "t16"."access",
                                      "t16"."starts_on",
                                      "t16"."ends_on",
                                      "t16"."created_at"
                                    FROM "learnworlds_courses" AS "t16"
                                    LEFT OUTER JOIN "slices" AS "t10"
                                      ON "t16"."slice_id" = "t10"."slice_id"
                                  ) AS "t22"
                                ) AS "t26"
                                  ON "t13"."course" = "t26"."now_course"
                              ) AS "t31"
                              WHERE
                                (
                                  "t31"."now_id" IS NULL
                                ) OR (
                                  "t31"."now_id" = "t31"."course_id"
                                )
                            ) AS "t38"
                          ) AS "t41"
                          WHERE
                            "t41"."unit_id" IS NOT NULL
                        ) AS "t48"
                      ) AS "t57"
                      WHERE
                        "t57"."_place" = 0
                    ) AS "t59"
                  ) AS "t63"
                  WHERE
                    EXISTS(
                      SELECT
                        1
                      FROM (
                        SELECT DISTINCT
                          *
                        FROM (
                          SELECT
                            *
                          FROM (
                            SELECT
                              "t61"."source_name",
                              "t61"."course_id",
                              "t61"."unit_id"
                            FROM (
                              SELECT
                                "t59"."slice",
                                "t59"."source_name",
                                "t59"."position",
                                "t59"."course",
                                "t59"."course_id",
                                "t59"."category",
                                "t59"."course_title",
                                "t59"."section_id",
                                "t59"."section_title",
                                "t59"."unit_id",
                                "t59"."unit_type",
                                "t59"."unit_title",
                                "t59"."graded"
                              FROM (
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    "t48"."slice",
                                    "t48"."source_name",
                                    "t48"."position",
                                    "t48"."course",
                                    "t48"."course_id",
                                    "t48"."category",
                                    "t48"."course_title",
                                    "t48"."section_id",
                                    "t48"."section_title",
                                    "t48"."unit_id",
                                    "t48"."unit_type",
                                    "t48"."unit_title",
                                    "t48"."graded",
                                    ROW_NUMBER() OVER (
                                      PARTITION BY "t48"."source_name", "t48"."course_id", "t48"."unit_id"
                                      ORDER BY "t48"."slice" DESC NULLS LAST, "t48"."position" DESC NULLS LAST
                                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                    ) - 1 AS "_place"
                                  FROM (
                                    SELECT
                                      *
                                    FROM (
                                      SELECT
                                        "t38"."slice",
                                        "t38"."source_name",
                                        "t38"."position",
                                        "t38"."course",
                                        "t38"."course_id",
                                        "t38"."category",
                                        "t38"."course_title",
                                        "t38"."section_id",
                                        "t38"."section_title",
                                        "t38"."unit_id",
                                        "t38"."unit_type",
                                        "t38"."unit_title",
                                        "t38"."graded"
                                      FROM (
                                        SELECT
                                          *
                                        FROM (
                                          SELECT
                                            "t10"."name" AS "slice",
                                            "t10"."source" AS "source_name",
                                            "t13"."position",
                                            "t13"."course",
                                            "t13"."course_id",
                                            "t13"."category",
                                            "t13"."course_title",
                                            "t13"."section_id",
                                            "t13"."section_title",
                                            "t13"."unit_id",
                                            "t13"."unit_type",
                                            "t13"."unit_title",
                                            "t13"."graded",
                                            "t26"."now_course",
                                            "t26"."now_id"
                                          FROM "learnworlds_contents" AS "t13"
                                          LEFT OUTER JOIN "slices" AS "t10"
                                            ON "t13"."slice_id" = "t10"."slice_id"
                                          LEFT OUTER JOIN (
                                            SELECT DISTINCT
                                              "t22"."course" AS "now_course",
                                              "t22"."course_id" AS "now_id"
                                            FROM (
                                              SELECT
                                                "t10"."name" AS "slice",
                                                "t10"."source" AS "source_name",
                                                "t16"."position",
                                                "t16"."course",
                                                "t16"."course_id",
                                                "t16"."category",
                                                "t16"."title",
                                                "t16"."access",
                                                "t16"."starts_on",
                                                "t16"."ends_on",
                                                "t16"."created_at"
                                              FROM "learnworlds_courses" AS "t16"
                                              LEFT OUTER JOIN "slices" AS "t10"
                                                ON "t16"."slice_id" = "t10"."slice_id"
                                            ) AS "t22"
                                          ) AS "t26"
                                            ON "t13"."course" = "t26"."now_course"
                                        ) AS "t31"
                                        WHERE
                                          (
                                            "t31"."now_id" IS NULL
                                          ) OR (
                                            "t31"."now_id" = "t31"."course_id"
                                          )
                                      ) AS "t38"
                                    ) AS "t41"
                                    WHERE
                                      "t41"."unit_id" IS NOT NULL
                                  ) AS "t48"
                                ) AS "t57"
                                WHERE
                                  "t57"."_place" = 0
                              ) AS "t59"
                            ) AS "t61"
                            WHERE
                              "t61"."graded"
                          ) AS "t65"
                          UNION ALL
                          SELECT
                            *
                          FROM (
                            SELECT
                              *
                            FROM (
                              SELECT
                                "t63"."source_name",
                                "t63"."course_id",
                                "t63"."unit_id"
                              FROM (
                                SELECT
                                  "t59"."slice",
                                  "t59"."source_name",
                                  "t59"."position",
                                  "t59"."course",
                                  "t59"."course_id",
                                  "t59"."category",
                                  "t59"."course_title",
                                  "t59"."section_id",
                                  "t59"."section_title",
                                  "t59"."unit_id",
                                  "t59"."unit_type",
                                  "t59"."unit_title",
                                  "t59"."graded"
                                FROM (
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      "t48"."slice",
                                      "t48"."source_name",
                                      "t48"."position",
                                      "t48"."course",
                                      "t48"."course_id",
                                      "t48"."category",
                                      "t48"."course_title",
                                      "t48"."section_id",
                                      "t48"."section_title",
                                      "t48"."unit_id",
                                      "t48"."unit_type",
                                      "t48"."unit_title",
                                      "t48"."graded",
                                      ROW_NUMBER() OVER (
                                        PARTITION BY "t48"."source_name", "t48"."course_id", "t48"."unit_id"
                                        ORDER BY "t48"."slice" DESC NULLS LAST, "t48"."position" DESC NULLS LAST
                                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                      ) - 1 AS "_place"
                                    FROM (
                                      SELECT
                                        *
                                      FROM (
                                        SELECT
                                          "t38"."slice",
                                          "t38"."source_name",
                                          "t38"."position",
                                          "t38"."course",
                                          "t38"."course_id",
                                          "t38"."category",
                                          "t38"."course_title",
                                          "t38"."section_id",
                                          "t38"."section_title",
                                          "t38"."unit_id",
                                          "t38"."unit_type",
                                          "t38"."unit_title",
                                          "t38"."graded"
                                        FROM (
                                          SELECT
                                            *
                                          FROM (
                                            SELECT
                                              "t10"."name" AS "slice",
                                              "t10"."source" AS "source_name",
                                              "t13"."position",
                                              "t13"."course",
                                              "t13"."course_id",
                                              "t13"."category",
                                              "t13"."course_title",
                                              "t13"."section_id",
                                              "t13"."section_title",
                                              "t13"."unit_id",
                                              "t13"."unit_type",
                                              "t13"."unit_title",
                                              "t13"."graded",
                                              "t26"."now_course",
                                              "t26"."now_id"
                                            FROM "learnworlds_contents" AS "t13"
                                            LEFT OUTER JOIN "slices" AS "t10"
                                              ON "t13"."slice_id" = "t10"."slice_id"
                                            LEFT OUTER JOIN (
                                              SELECT DISTINCT
                                                "t22"."course" AS "now_course",
                                                "t22"."course_id" AS "now_id"
                                              FROM (
                                                SELECT
                                                  "t10"."name" AS "slice",
                                                  "t10"."source" AS "source_name",
                                                  "t16"."position",
                                                  "t16"."course",
                                                  "t16"."course_id",
                                                  "t16"."category",
                                                  "t16"."title",
                                                  "t16"."access",
                                                  "t16"."starts_on",
                                                  "t16"."ends_on",
                                                  "t16"."created_at"
                                                FROM "learnworlds_courses" AS "t16"
                                                LEFT OUTER JOIN "slices" AS "t10"
                                                  ON "t16"."slice_id" = "t10"."slice_id"
                                              ) AS "t22"
                                            ) AS "t26"
                                              ON "t13"."course" = "t26"."now_course"
                                          ) AS "t31"
                                          WHERE
                                            (
                                              "t31"."now_id" IS NULL
                                            ) OR (
                                              "t31"."now_id" = "t31"."course_id"
                                            )
                                        ) AS "t38"
                                      ) AS "t41"
                                      WHERE
                                        "t41"."unit_id" IS NOT NULL
                                    ) AS "t48"
                                  ) AS "t57"
                                  WHERE
                                    "t57"."_place" = 0
                                ) AS "t59"
                              ) AS "t63"
                              WHERE
                                EXISTS(
                                  SELECT
                                    1
                                  FROM "t50" AS "t56"
                                  WHERE
                                    "t63"."source_name" = "t56"."source_name"
                                    AND "t63"."course_id" = "t56"."course_id"
                                    AND "t63"."unit_id" = "t56"."unit_id"
                                )
                            ) AS "t67"
                          ) AS "t69"
                        ) AS "t72"
                      ) AS "t74"
                      WHERE
                        "t63"."source_name" = "t74"."source_name"
                        AND "t63"."course_id" = "t74"."course_id"
                        AND "t63"."unit_id" = "t74"."unit_id"
                    )
                ) AS "t75"
              ) AS "t76"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t55"."source_name",
                    "t55"."course_id",
                    "t55"."unit_id" AS "item_id",
                    CAST(NULL AS VARCHAR) AS "title",
                    CAST(NULL AS VARCHAR) AS "topic_id",
                    CAST(NULL AS VARCHAR) AS "kind",
                    FALSE AS "active"
                  FROM "t50" AS "t55"
                  WHERE
                    NOT EXISTS(
                      SELECT
                        1
                      FROM (
                        SELECT
                          "t59"."slice",
                          "t59"."source_name",
                          "t59"."position",
                          "t59"."course",
                          "t59"."course_id",
                          "t59"."category",
                          "t59"."course_title",
                          "t59"."section_id",
                          "t59"."section_title",
                          "t59"."unit_id",
                          "t59"."unit_type",
                          "t59"."unit_title",
                          "t59"."graded"
                        FROM (
                          SELECT
                            *
                          FROM (
                            SELECT
                              "t48"."slice",
                              "t48"."source_name",
                              "t48"."position",
                              "t48"."course",
                              "t48"."course_id",
                              "t48"."category",
                              "t48"."course_title",
                              "t48"."section_id",
                              "t48"."section_title",
                              "t48"."unit_id",
                              "t48"."unit_type",
                              "t48"."unit_title",
                              "t48"."graded",
                              ROW_NUMBER() OVER (
                                PARTITION BY "t48"."source_name", "t48"."course_id", "t48"."unit_id"
                                ORDER BY "t48"."slice" DESC NULLS LAST, "t48"."position" DESC NULLS LAST
                                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                              ) - 1 AS "_place"
                            FROM (
                              SELECT
                                *
                              FROM (
                                SELECT
                                  "t38"."slice",
                                  "t38"."source_name",
                                  "t38"."position",
                                  "t38"."course",
                                  "t38"."course_id",
                                  "t38"."category",
                                  "t38"."course_title",
                                  "t38"."section_id",
                                  "t38"."section_title",
                                  "t38"."unit_id",
                                  "t38"."unit_type",
                                  "t38"."unit_title",
                                  "t38"."graded"
                                FROM (
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      "t10"."name" AS "slice",
                                      "t10"."source" AS "source_name",
                                      "t13"."position",
                                      "t13"."course",
                                      "t13"."course_id",
                                      "t13"."category",
                                      "t13"."course_title",
                                      "t13"."section_id",
                                      "t13"."section_title",
                                      "t13"."unit_id",
                                      "t13"."unit_type",
                                      "t13"."unit_title",
                                      "t13"."graded",
                                      "t26"."now_course",
                                      "t26"."now_id"
                                    FROM "learnworlds_contents" AS "t13"
                                    LEFT OUTER JOIN "slices" AS "t10"
                                      ON "t13"."slice_id" = "t10"."slice_id"
                                    LEFT OUTER JOIN (
                                      SELECT DISTINCT
                                        "t22"."course" AS "now_course",
                                        "t22"."course_id" AS "now_id"
                                      FROM (
                                        SELECT
                                          "t10"."name" AS "slice",
                                          "t10"."source" AS "source_name",
                                          "t16"."position",
                                          "t16"."course",
                                          "t16"."course_id",
                                          "t16"."category",
                                          "t16"."title",
                                          "t16"."access",
                                          "t16"."starts_on",
                                          "t16"."ends_on",
                                          "t16"."created_at"
                                        FROM "learnworlds_courses" AS "t16"
                                        LEFT OUTER JOIN "slices" AS "t10"
                                          ON "t16"."slice_id" = "t10"."slice_id"
                                      ) AS "t22"
                                    ) AS "t26"
                                      ON "t13"."course" = "t26"."now_course"
                                  ) AS "t31"
                                  WHERE
                                    (
                                      "t31"."now_id" IS NULL
                                    ) OR (
                                      "t31"."now_id" = "t31"."course_id"
                                    )
                                ) AS "t38"
                              ) AS "t41"
                              WHERE
                                "t41"."unit_id" IS NOT NULL
                            ) AS "t48"
                          ) AS "t57"
                          WHERE
                            "t57"."_place" = 0
                        ) AS "t59"
                      ) AS "t64"
                      WHERE
                        "t55"."source_name" = "t64"."source_name"
                        AND "t55"."course_id" = "t64"."course_id"
                        AND "t55"."unit_id" = "t64"."unit_id"
                    )
                ) AS "t68"
              ) AS "t70"
            ) AS "t77"
          ) AS "t79"
          LEFT OUTER JOIN (
            SELECT
              "t0"."source" AS "link_source",
              "t0"."external_id" AS "link_course",
              "t0"."course_id" AS "joined_id"
            FROM "course_links" AS "t0"
          ) AS "t18"
            ON "t79"."source_name" = "t18"."link_source"
            AND "t79"."course_id" = "t18"."link_course"
        ) AS "t80"
      ) AS "t81"
    ) AS "t82"
  ) AS "t83"
  GROUP BY
    1,
    2
) AS "t84"

-- courses --
-- A course: one run of a subject that learners are enrolled in.
WITH "t13" AS (
  SELECT
    "t8"."name" AS "slice",
    "t8"."source" AS "source_name",
    "t6"."position",
    "t6"."course",
    "t6"."course_id",
    "t6"."category",
    "t6"."title",
    "t6"."access",
    "t6"."starts_on",
    "t6"."ends_on",
    "t6"."created_at"
  FROM "learnworlds_courses" AS "t6"
  LEFT OUTER JOIN "slices" AS "t8"
    ON "t6"."slice_id" = "t8"."slice_id"
)
SELECT
  *
FROM (
  SELECT
    "t48"."course_id",
    (
      ARRAY_AGG("t48"."category" ORDER BY "t48"."own" DESC NULLS LAST, "t48"."source_name" ASC) FILTER(WHERE
        "t48"."category" IS NOT NULL AND "t48"."category" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t48"."category" ORDER BY "t48"."own" DESC NULLS LAST, "t48"."source_name" ASC) FILTER(WHERE
          "t48"."category" IS NOT NULL AND "t48"."category" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "category",
    (
      ARRAY_AGG("t48"."course" ORDER BY "t48"."own" DESC NULLS LAST, "t48"."source_name" ASC) FILTER(WHERE
        "t48"."course" IS NOT NULL AND "t48"."course" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t48"."course" ORDER BY "t48"."own" DESC NULLS LAST, "t48"."source_name" ASC) FILTER(WHERE
          "t48"."course" IS NOT NULL AND "t48"."course" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "course",
    (
      ARRAY_AGG("t48"."title" ORDER BY "t48"."own" DESC NULLS LAST, "t48"."source_name" ASC) FILTER(WHERE
        "t48"."title" IS NOT NULL AND "t48"."title" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t48"."title" ORDER BY "t48"."own" DESC NULLS LAST, "t48"."source_name" ASC) FILTER(WHERE
          "t48"."title" IS NOT NULL AND "t48"."title" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "title",
    (
      ARRAY_AGG("t48"."starts_on" ORDER BY "t48"."own" DESC NULLS LAST, "t48"."source_name" ASC) FILTER(WHERE
        "t48"."starts_on" IS NOT NULL AND "t48"."starts_on" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t48"."starts_on" ORDER BY "t48"."own" DESC NULLS LAST, "t48"."source_name" ASC) FILTER(WHERE
          "t48"."starts_on" IS NOT NULL AND "t48"."starts_on" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "starts_on",
    (
      ARRAY_AGG("t48"."ends_on" ORDER BY "t48"."own" DESC NULLS LAST, "t48"."source_name" ASC) FILTER(WHERE
        "t48"."ends_on" IS NOT NULL AND "t48"."ends_on" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t48"."ends_on" ORDER BY "t48"."own" DESC NULLS LAST, "t48"."source_name" ASC) FILTER(WHERE
          "t48"."ends_on" IS NOT NULL AND "t48"."ends_on" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "ends_on"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        COALESCE("t44"."joined_id", "t44"."course_id") AS "course_id",
        COALESCE(
          CASE
            WHEN (
              POSITION('/' IN "t44"."joined_id") - 1
            ) < 0
            THEN ''
            ELSE SUBSTRING("t44"."joined_id" FROM CASE WHEN (
              0 + 1
            ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t44"."joined_id") END FOR GREATEST(POSITION('/' IN "t44"."joined_id") - 1, 0))
          END,
          "t44"."category"
        ) AS "category",
        COALESCE(
          SUBSTRING("t44"."joined_id" FROM CASE
            WHEN (
              (
                POSITION('/' IN "t44"."joined_id") - 1
              ) + 1 + 1
            ) >= 1
            THEN (
              POSITION('/' IN "t44"."joined_id") - 1
            ) + 1 + 1
            ELSE (
              POSITION('/' IN "t44"."joined_id") - 1
            ) + 1 + 1 + LENGTH("t44"."joined_id")
          END),
          "t44"."course"
        ) AS "course",
        "t44"."title",
        "t44"."starts_on",
        "t44"."ends_on",
        "t44"."source_name",
        "t44"."joined_id" IS NULL AS "own"
      FROM (
        SELECT
          "t43"."course_id",
          "t43"."category",
          "t43"."course",
          "t43"."title",
          "t43"."starts_on",
          "t43"."ends_on",
          "t43"."source_name",
          "t12"."link_source",
          "t12"."link_course",
          "t12"."joined_id"
        FROM (
          SELECT
            CAST("t38"."course_id" AS VARCHAR) AS "course_id",
            CAST("t38"."category" AS VARCHAR) AS "category",
            CAST(SUBSTRING("t38"."course_id" FROM CASE
              WHEN (
                LENGTH("t38"."category") + 1 + 1
              ) >= 1
              THEN LENGTH("t38"."category") + 1 + 1
              ELSE LENGTH("t38"."category") + 1 + 1 + LENGTH("t38"."course_id")
            END) AS VARCHAR) AS "course",
            "t38"."title",
            "t38"."starts_on",
            "t38"."ends_on",
            "t38"."source_name"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t16"."source_name",
                "t16"."course_id",
                "t16"."category",
                "t16"."title",
                "t16"."starts_on",
                "t16"."ends_on"
              FROM "t13" AS "t16"
            ) AS "t19"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                "t34"."source_name",
                "t34"."course_id",
                "t34"."category",
                "t34"."title",
                CAST(NULL AS DATE) AS "starts_on",
                CAST(NULL AS DATE) AS "ends_on"
              FROM (
                SELECT
                  "t32"."source_name",
                  "t32"."course_id",
                  "t32"."category",
                  MAX("t32"."course_title") AS "title"
                FROM (
                  SELECT
                    "t30"."slice",
                    "t30"."source_name",
                    "t30"."position",
                    "t30"."course",
                    "t30"."course_id",
                    "t30"."category",
                    "t30"."course_title",
                    "t30"."section_id",
                    "t30"."section_title",
                    "t30"."unit_id",
                    "t30"."unit_type",
                    "t30"."unit_title",
                    "t30"."graded"
                  FROM (
                    SELECT
                      "t28"."slice",
                      "t28"."source_name",
                      "t28"."position",
                      "t28"."course",
                      "t28"."course_id",
                      "t28"."category",
                      "t28"."course_title",
                      "t28"."section_id",
                      "t28"."section_title",
                      "t28"."unit_id",
                      "t28"."unit_type",
                      "t28"."unit_title",
                      "t28"."graded"
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          "t8"."name" AS "slice",
                          "t8"."source" AS "source_name",
                          "t10"."position",
                          "t10"."course",
                          "t10"."course_id",
                          "t10"."category",
                          "t10"."course_title",
                          "t10"."section_id",
                          "t10"."section_title",
                          "t10"."unit_id",
                          "t10"."unit_type",
                          "t10"."unit_title",
                          "t10"."graded",
                          "t21"."now_course",
                          "t21"."now_id"
                        FROM "learnworlds_contents" AS "t10"
                        LEFT OUTER JOIN "slices" AS "t8"
                          ON "t10"."slice_id" = "t8"."slice_id"
                        LEFT OUTER JOIN (
                          SELECT DISTINCT
                            "t16"."course" AS "now_course",
                            "t16"."course_id" AS "now_id"
                          FROM "t13" AS "t16"
                        ) AS "t21"
                          ON "t10"."course" = "t21"."now_course"
                      ) AS "t24"
                      WHERE
                        (
                          "t24"."now_id" IS NULL
                        ) OR (
                          "t24"."now_id" = "t24"."course_id"
                        )
                    ) AS "t28"
                  ) AS "t30"
                  WHERE
                    NOT EXISTS(
                      SELECT
                        1
                      FROM "t13" AS "t17"
                      WHERE
                        "t30"."course" = "t17"."course"
                    )
                ) AS "t32"
                GROUP BY
                  1,
                  2,
                  3
              ) AS "t34"
            ) AS "t36"
          ) AS "t38"
        ) AS "t43"
        LEFT OUTER JOIN (
          SELECT
            "t0"."source" AS "link_source",
            "t0"."external_id" AS "link_course",
            "t0"."course_id" AS "joined_id"
          FROM "course_links" AS "t0"
        ) AS "t12"
          ON "t43"."source_name" = "t12"."link_source"
          AND "t43"."course_id" = "t12"."link_course"
      ) AS "t44"
    ) AS "t47"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          COALESCE("t31"."joined_id", "t31"."course_id") AS "course_id",
          COALESCE(
            CASE
              WHEN (
                POSITION('/' IN "t31"."joined_id") - 1
              ) < 0
              THEN ''
              ELSE SUBSTRING("t31"."joined_id" FROM CASE WHEN (
                0 + 1
              ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t31"."joined_id") END FOR GREATEST(POSITION('/' IN "t31"."joined_id") - 1, 0))
            END,
            "t31"."category"
          ) AS "category",
          COALESCE(
            SUBSTRING("t31"."joined_id" FROM CASE
              WHEN (
                (
                  POSITION('/' IN "t31"."joined_id") - 1
                ) + 1 + 1
              ) >= 1
              THEN (
                POSITION('/' IN "t31"."joined_id") - 1
              ) + 1 + 1
              ELSE (
                POSITION('/' IN "t31"."joined_id") - 1
              ) + 1 + 1 + LENGTH("t31"."joined_id")
            END),
            "t31"."course"
          ) AS "course",
          "t31"."title",
          "t31"."starts_on",
          "t31"."ends_on",
          "t31"."source_name",
          "t31"."joined_id" IS NULL AS "own"
        FROM (
          SELECT
            "t26"."course_id",
            "t26"."category",
            "t26"."course",
            "t26"."title",
            "t26"."starts_on",
            "t26"."ends_on",
            "t26"."source_name",
            "t12"."link_source",
            "t12"."link_course",
            "t12"."joined_id"
          FROM (
            SELECT
              "t23"."course_id",
              "t23"."category",
              "t23"."course",
              "t23"."title",
              "t23"."starts_on",
              "t23"."ends_on",
              "t23"."source_name"
            FROM (
              SELECT
                "t18"."slice",
                "t18"."source_name",
                "t18"."position",
                "t18"."course_id",
                "t18"."category",
                "t18"."course",
                "t18"."title",
                "t18"."starts_on",
                "t18"."ends_on",
                "t18"."source",
                ROW_NUMBER() OVER (
                  PARTITION BY "t18"."course_id", "t18"."source_name"
                  ORDER BY "t18"."slice" DESC NULLS LAST, "t18"."position" DESC NULLS LAST
                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                ) - 1 AS "_place"
              FROM (
                SELECT
                  "t14"."slice",
                  "t14"."source_name",
                  "t14"."position",
                  "t14"."course_id",
                  "t14"."category",
                  "t14"."course",
                  "t14"."title",
                  "t14"."starts_on",
                  "t14"."ends_on",
                  "t14"."source_name" AS "source"
                FROM (
                  SELECT
                    "t8"."name" AS "slice",
                    "t8"."source" AS "source_name",
                    "t7"."position",
                    "t7"."course_id",
                    "t7"."category",
                    "t7"."course",
                    "t7"."title",
                    "t7"."starts_on",
                    "t7"."ends_on"
                  FROM "files_courses" AS "t7"
                  LEFT OUTER JOIN "slices" AS "t8"
                    ON "t7"."slice_id" = "t8"."slice_id"
                ) AS "t14"
              ) AS "t18"
            ) AS "t23"
            WHERE
              "t23"."_place" = 0
          ) AS "t26"
          LEFT OUTER JOIN (
            SELECT
              "t0"."source" AS "link_source",
              "t0"."external_id" AS "link_course",
              "t0"."course_id" AS "joined_id"
            FROM "course_links" AS "t0"
          ) AS "t12"
            ON "t26"."source_name" = "t12"."link_source"
            AND "t26"."course_id" = "t12"."link_course"
        ) AS "t31"
      ) AS "t37"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          COALESCE("t41"."joined_id", "t41"."course_id") AS "course_id",
          COALESCE(
            CASE
              WHEN (
                POSITION('/' IN "t41"."joined_id") - 1
              ) < 0
              THEN ''
              ELSE SUBSTRING("t41"."joined_id" FROM CASE WHEN (
                0 + 1
              ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t41"."joined_id") END FOR GREATEST(POSITION('/' IN "t41"."joined_id") - 1, 0))
            END,
            "t41"."category"
          ) AS "category",
          COALESCE(
            SUBSTRING("t41"."joined_id" FROM CASE
              WHEN (
                (
                  POSITION('/' IN "t41"."joined_id") - 1
                ) + 1 + 1
              ) >= 1
              THEN (
                POSITION('/' IN "t41"."joined_id") - 1
              ) + 1 + 1
              ELSE (
                POSITION('/' IN "t41"."joined_id") - 1
              ) + 1 + 1 + LENGTH("t41"."joined_id")
            END),
            "t41"."course"
          ) AS "course",
          "t41"."title",
          "t41"."starts_on",
          "t41"."ends_on",
          "t41"."source_name",
          "t41"."joined_id" IS NULL AS "own"
        FROM (
          SELECT
            "t40"."course_id",
            "t40"."category",
            "t40"."course",
            "t40"."title",
            "t40"."starts_on",
            "t40"."ends_on",
            "t40"."source_name",
            "t12"."link_source",
            "t12"."link_course",
            "t12"."joined_id"
          FROM (
            SELECT
              CAST("t35"."course_id" AS VARCHAR) AS "course_id",
              CAST("t35"."category" AS VARCHAR) AS "category",
              CAST("t35"."course" AS VARCHAR) AS "course",
              CAST(NULL AS VARCHAR) AS "title",
              CAST(NULL AS DATE) AS "starts_on",
              CAST(NULL AS DATE) AS "ends_on",
              "t35"."source_name"
            FROM (
              SELECT DISTINCT
                "t33"."source_name",
                "t33"."course_id",
                "t33"."category",
                "t33"."course"
              FROM (
                SELECT
                  "t27"."slice",
                  "t27"."source_name",
                  "t27"."position",
                  "t27"."user_id",
                  "t27"."oauth_consumer_key",
                  "t27"."lis_result_sourcedid",
                  "t27"."lis_outcome_service_url",
                  "t27"."is_correct",
                  "t27"."attempt_type",
                  "t27"."created_at",
                  "t27"."source",
                  "t27"."learner_id",
                  "t27"."at",
                  "t27"."sourcedid",
                  "t27"."category",
                  "t27"."course",
                  "t27"."item_id",
                  "t27"."source" || ':' || SHA256(
                    "t27"."user_id" || ' ' || CAST(EPOCH_US("t27"."at") AS VARCHAR) || ' ' || "t27"."attempt_type" || ' ' || COALESCE("t27"."lis_result_sourcedid", '')
                  ) AS "attempt_id",
                  "t27"."category" || '/' || "t27"."course" AS "course_id",
                  CASE WHEN "t27"."attempt_type" = 'submit' THEN 'answer' ELSE 'run' END AS "kind",
                  "t27"."is_correct" AS "correct",
                  CASE
                    WHEN "t27"."is_correct"
                    THEN 1
                    WHEN NOT (
                      "t27"."is_correct"
                    )
                    THEN 0
                    ELSE CAST(NULL AS BIGINT)
                  END AS "score"
                FROM (
                  SELECT
                    "t22"."slice",
                    "t22"."source_name",
                    "t22"."position",
                    "t22"."user_id",
                    "t22"."oauth_consumer_key",
                    "t22"."lis_result_sourcedid",
                    "t22"."lis_outcome_service_url",
                    "t22"."is_correct",
                    "t22"."attempt_type",
                    "t22"."created_at",
                    "t22"."source",
                    "t22"."learner_id",
                    "t22"."at",
                    "t22"."sourcedid",
                    CASE
                      WHEN "t22"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t22"."sourcedid" ~ (
                          '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t22"."sourcedid",
                            '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[2]
                        ELSE NULL
                      END
                      WHEN "t22"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t22"."sourcedid" ~ (
                          '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t22"."sourcedid",
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[2]
                        ELSE NULL
                      END
                      ELSE CAST(NULL AS VARCHAR)
                    END AS "category",
                    CASE
                      WHEN "t22"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t22"."sourcedid" ~ (
                          '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t22"."sourcedid",
                            '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[3]
                        ELSE NULL
                      END
                      WHEN "t22"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t22"."sourcedid" ~ (
                          '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t22"."sourcedid",
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[3]
                        ELSE NULL
                      END || '+' || CASE
                        WHEN "t22"."sourcedid" ~ (
                          '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t22"."sourcedid",
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[4]
                        ELSE NULL
                      END
                      ELSE CAST(NULL AS VARCHAR)
                    END AS "course",
                    CASE
                      WHEN "t22"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t22"."sourcedid" ~ (
                          '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t22"."sourcedid",
                            '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[5]
                        ELSE NULL
                      END
                      WHEN "t22"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t22"."sourcedid" ~ (
                          '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t22"."sourcedid",
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[5]
                        ELSE NULL
                      END
                      ELSE CAST(NULL AS VARCHAR)
                    END AS "item_id"
                  FROM (
                    SELECT
                      "t15"."slice",
                      "t15"."source_name",
                      "t15"."position",
                      "t15"."user_id",
                      "t15"."oauth_consumer_key",
                      "t15"."lis_result_sourcedid",
                      "t15"."lis_outcome_service_url",
                      "t15"."is_correct",
                      "t15"."attempt_type",
                      "t15"."created_at",
                      "t15"."source_name" AS "source",
                      "t15"."user_id" AS "learner_id",
                      TIMEZONE('UTC', "t15"."created_at") AS "at",
                      REPLACE(
                        REPLACE(REPLACE(REPLACE("t15"."lis_result_sourcedid", '%3A', ':'), '%2B', '+'), '%2F', '/'),
                        '%40',
                        '@'
                      ) AS "sourcedid"
                    FROM (
                      SELECT
                        "t8"."name" AS "slice",
                        "t8"."source" AS "source_name",
                        "t9"."position",
                        "t9"."user_id",
                        "t9"."oauth_consumer_key",
                        "t9"."lis_result_sourcedid",
                        "t9"."lis_outcome_service_url",
                        "t9"."is_correct",
                        "t9"."attempt_type",
                        "t9"."created_at"
                      FROM "grader_attempts" AS "t9"
                      LEFT OUTER JOIN "slices" AS "t8"
                        ON "t9"."slice_id" = "t8"."slice_id"
                    ) AS "t15"
                  ) AS "t22"
                ) AS "t27"
              ) AS "t33"
              WHERE
                "t33"."course_id" IS NOT NULL
            ) AS "t35"
          ) AS "t40"
          LEFT OUTER JOIN (
            SELECT
              "t0"."source" AS "link_source",
              "t0"."external_id" AS "link_course",
              "t0"."course_id" AS "joined_id"
            FROM "course_links" AS "t0"
          ) AS "t12"
            ON "t40"."source_name" = "t12"."link_source"
            AND "t40"."course_id" = "t12"."link_course"
        ) AS "t41"
      ) AS "t45"
    ) AS "t46"
  ) AS "t48"
  GROUP BY
    1
) AS "t49"

-- groups --
-- A group of a course that a curator looks after; it has a row for each of its courses.
WITH "t19" AS (
  SELECT
    "t10"."name" AS "slice",
    "t10"."source" AS "source_name",
    "t11"."position",
    "t11"."course",
    "t11"."course_id",
    "t11"."category",
    "t11"."title",
    "t11"."access",
    "t11"."starts_on",
    "t11"."ends_on",
    "t11"."created_at"
  FROM "learnworlds_courses" AS "t11"
  LEFT OUTER JOIN "slices" AS "t10"
    ON "t11"."slice_id" = "t10"."slice_id"
), "t60" AS (
  SELECT
    "t57"."slice",
    "t57"."source_name",
    "t57"."position",
    "t57"."course",
    "t57"."course_id",
    "t57"."user_id",
    "t57"."email",
    "t57"."username",
    "t57"."role",
    "t57"."suspended",
    "t57"."created_at",
    "t57"."last_login_at",
    "t57"."enrolled_at",
    "t57"."enrolled_on",
    "t57"."expires_on",
    "t57"."groups",
    "t57"."source",
    "t57"."learner_id",
    "t57"."name",
    UNNEST(STRING_TO_ARRAY("t57"."groups", '
')) AS "group"
  FROM (
    SELECT
      "t56"."slice",
      "t56"."source_name",
      "t56"."position",
      "t56"."course",
      "t56"."course_id",
      "t56"."user_id",
      "t56"."email",
      "t56"."username",
      "t56"."role",
      "t56"."suspended",
      "t56"."created_at",
      "t56"."last_login_at",
      "t56"."enrolled_at",
      "t56"."enrolled_on",
      "t56"."expires_on",
      "t56"."groups",
      "t56"."source_name" AS "source",
      "t56"."user_id" AS "learner_id",
      "t56"."username" AS "name"
    FROM (
      SELECT
        "t55"."slice",
        "t55"."source_name",
        "t55"."position",
        "t55"."course",
        "t55"."course_id",
        "t55"."user_id",
        "t55"."email",
        "t55"."username",
        "t55"."role",
        "t55"."suspended",
        "t55"."created_at",
        "t55"."last_login_at",
        "t55"."enrolled_at",
        "t55"."enrolled_on",
        "t55"."expires_on",
        "t55"."groups"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t47"."slice",
            "t47"."source_name",
            "t47"."position",
            "t47"."course",
            "t47"."course_id",
            "t47"."user_id",
            "t47"."email",
            "t47"."username",
            "t47"."role",
            "t47"."suspended",
            "t47"."created_at",
            "t47"."last_login_at",
            "t47"."enrolled_at",
            "t47"."enrolled_on",
            "t47"."expires_on",
            "t47"."groups",
            ROW_NUMBER() OVER (
              PARTITION BY "t47"."user_id", "t47"."course_id"
              ORDER BY "t47"."slice" DESC NULLS LAST, "t47"."position" DESC NULLS LAST
              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            ) - 1 AS "_place"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t37"."slice",
                  "t37"."source_name",
                  "t37"."position",
                  "t37"."course",
                  "t37"."course_id",
                  "t37"."user_id",
                  "t37"."email",
                  "t37"."username",
                  "t37"."role",
                  "t37"."suspended",
                  "t37"."created_at",
                  "t37"."last_login_at",
                  "t37"."enrolled_at",
                  "t37"."enrolled_on",
                  "t37"."expires_on",
                  "t37"."groups"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t10"."name" AS "slice",
                      "t10"."source" AS "source_name",
                      "t13"."position",
                      "t13"."course",
                      "t13"."course_id",
                      "t13"."user_id",
                      "t13"."email",
                      "t13"."username",
                      "t13"."role",
                      "t13"."suspended",
                      "t13"."created_at",
                      "t13"."last_login_at",
                      "t13"."enrolled_at",
                      "t13"."enrolled_on",
                      "t13"."expires_on",
                      "t13"."groups",
                      "t26"."now_course",
                      "t26"."now_id"
                    FROM "learnworlds_users" AS "t13"
                    LEFT OUTER JOIN "slices" AS "t10"
                      ON "t13"."slice_id" = "t10"."slice_id"
                    LEFT OUTER JOIN (
                      SELECT DISTINCT
                        "t20"."course" AS "now_course",
                        "t20"."course_id" AS "now_id"
                      FROM "t19" AS "t20"
                    ) AS "t26"
                      ON "t13"."course" = "t26"."now_course"
                  ) AS "t31"
                  WHERE
                    (
                      "t31"."now_id" IS NULL
                    ) OR (
                      "t31"."now_id" = "t31"."course_id"
                    )
                ) AS "t37"
              ) AS "t40"
            ) AS "t44"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t38"."slice",
                  "t38"."source_name",
                  "t38"."position",
                  "t38"."course",
                  "t38"."course_id",
                  "t38"."user_id",
                  "t38"."email",
                  "t38"."username",
                  "t38"."role",
                  "t38"."suspended",
                  "t38"."created_at",
                  "t38"."last_login_at",
                  "t38"."enrolled_at",
                  "t38"."enrolled_on",
                  "t38"."expires_on",
                  "t38"."groups"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t10"."name" AS "slice",
                      "t10"."source" AS "source_name",
                      "t14"."position",
                      "t14"."course",
                      "t14"."course_id",
                      "t14"."user_id",
                      "t14"."email",
                      "t14"."username",
                      "t14"."role",
                      "t14"."suspended",
                      "t14"."created_at",
                      "t14"."last_login_at",
                      "t14"."enrolled_at",
                      "t14"."enrolled_on",
                      "t14"."expires_on",
                      "t14"."groups",
                      "t26"."now_course",
                      "t26"."now_id"
                    FROM "learnworlds_suspended" AS "t14"
                    LEFT OUTER JOIN "slices" AS "t10"
                      ON "t14"."slice_id" = "t10"."slice_id"
                    LEFT OUTER JOIN (
                      SELECT DISTINCT
                        "t20"."course" AS "now_course",
                        "t20"."course_id" AS "now_id"
                      FROM "t19" AS "t20"
                    ) AS "t26"
                      ON "t14"."course" = "t26"."now_course"
                  ) AS "t32"
                  WHERE
                    (
                      "t32"."now_id" IS NULL
                    ) OR (
                      "t32"."now_id" = "t32"."course_id"
                    )
                ) AS "t38"
              ) AS "t41"
            ) AS "t45"
          ) AS "t47"
        ) AS "t52"
        WHERE
          "t52"."_place" = 0
      ) AS "t55"
    ) AS "t56"
    WHERE
      "t56"."groups" IS NOT NULL
  ) AS "t57"
)
SELECT
  *
FROM (
  SELECT
    "t71"."group_id",
    "t71"."course_id",
    (
      ARRAY_AGG("t71"."name" ORDER BY "t71"."own" DESC NULLS LAST, "t71"."source_name" ASC) FILTER(WHERE
        "t71"."name" IS NOT NULL AND "t71"."name" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t71"."name" ORDER BY "t71"."own" DESC NULLS LAST, "t71"."source_name" ASC) FILTER(WHERE
          "t71"."name" IS NOT NULL AND "t71"."name" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "name",
    (
      ARRAY_AGG("t71"."rolling" ORDER BY "t71"."own" DESC NULLS LAST, "t71"."source_name" ASC) FILTER(WHERE
        "t71"."rolling" IS NOT NULL AND "t71"."rolling" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t71"."rolling" ORDER BY "t71"."own" DESC NULLS LAST, "t71"."source_name" ASC) FILTER(WHERE
          "t71"."rolling" IS NOT NULL AND "t71"."rolling" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "rolling"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t69"."group_id",
        COALESCE("t69"."joined_id", "t69"."course_id") AS "course_id",
        "t69"."name",
        "t69"."rolling",
        "t69"."source_name",
        "t69"."joined_id" IS NULL AS "own"
      FROM (
        SELECT
          "t68"."group_id",
          "t68"."course_id",
          "t68"."name",
          "t68"."rolling",
          "t68"."source_name",
          "t16"."link_source",
          "t16"."link_course",
          "t16"."joined_id"
        FROM (
          SELECT
            CAST("t66"."group_id" AS VARCHAR) AS "group_id",
            CAST("t66"."course_id" AS VARCHAR) AS "course_id",
            "t66"."name",
            CAST("t66"."rolling" AS BOOLEAN) AS "rolling",
            "t66"."source_name"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t59"."source_name",
                  "t59"."course_id",
                  'learnworlds:' || "t59"."course_id" AS "group_id",
                  "t59"."title" AS "name",
                  FALSE AS "rolling"
                FROM (
                  SELECT
                    "t54"."source_name",
                    "t54"."course_id",
                    "t54"."category",
                    "t54"."title",
                    "t54"."starts_on",
                    "t54"."ends_on",
                    SUBSTRING("t54"."course_id" FROM CASE
                      WHEN (
                        LENGTH("t54"."category") + 1 + 1
                      ) >= 1
                      THEN LENGTH("t54"."category") + 1 + 1
                      ELSE LENGTH("t54"."category") + 1 + 1 + LENGTH("t54"."course_id")
                    END) AS "course"
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t20"."source_name",
                        "t20"."course_id",
                        "t20"."category",
                        "t20"."title",
                        "t20"."starts_on",
                        "t20"."ends_on"
                      FROM "t19" AS "t20"
                    ) AS "t24"
                    UNION ALL
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t51"."source_name",
                        "t51"."course_id",
                        "t51"."category",
                        "t51"."title",
                        CAST(NULL AS DATE) AS "starts_on",
                        CAST(NULL AS DATE) AS "ends_on"
                      FROM (
                        SELECT
                          "t48"."source_name",
                          "t48"."course_id",
                          "t48"."category",
                          MAX("t48"."course_title") AS "title"
                        FROM (
                          SELECT
                            "t43"."slice",
                            "t43"."source_name",
                            "t43"."position",
                            "t43"."course",
                            "t43"."course_id",
                            "t43"."category",
                            "t43"."course_title",
                            "t43"."section_id",
                            "t43"."section_title",
                            "t43"."unit_id",
                            "t43"."unit_type",
                            "t43"."unit_title",
                            "t43"."graded"
                          FROM (
                            SELECT
                              "t36"."slice",
                              "t36"."source_name",
                              "t36"."position",
                              "t36"."course",
                              "t36"."course_id",
                              "t36"."category",
                              "t36"."course_title",
                              "t36"."section_id",
                              "t36"."section_title",
                              "t36"."unit_id",
                              "t36"."unit_type",
                              "t36"."unit_title",
                              "t36"."graded"
                            FROM (
                              SELECT
                                *
                              FROM (
                                SELECT
                                  "t10"."name" AS "slice",
                                  "t10"."source" AS "source_name",
                                  "t12"."position",
                                  "t12"."course",
                                  "t12"."course_id",
                                  "t12"."category",
                                  "t12"."course_title",
                                  "t12"."section_id",
                                  "t12"."section_title",
                                  "t12"."unit_id",
                                  "t12"."unit_type",
                                  "t12"."unit_title",
                                  "t12"."graded",
                                  "t26"."now_course",
                                  "t26"."now_id"
                                FROM "learnworlds_contents" AS "t12"
                                LEFT OUTER JOIN "slices" AS "t10"
                                  ON "t12"."slice_id" = "t10"."slice_id"
                                LEFT OUTER JOIN (
                                  SELECT DISTINCT
                                    "t20"."course" AS "now_course",
                                    "t20"."course_id" AS "now_id"
                                  FROM "t19" AS "t20"
                                ) AS "t26"
                                  ON "t12"."course" = "t26"."now_course"
                              ) AS "t30"
                              WHERE
                                (
                                  "t30"."now_id" IS NULL
                                ) OR (
                                  "t30"."now_id" = "t30"."course_id"
                                )
                            ) AS "t36"
                          ) AS "t43"
                          WHERE
                            NOT EXISTS(
                              SELECT
                                1
                              FROM "t19" AS "t21"
                              WHERE
                                "t43"."course" = "t21"."course"
                            )
                        ) AS "t48"
                        GROUP BY
                          1,
                          2,
                          3
                      ) AS "t51"
                    ) AS "t53"
                  ) AS "t54"
                ) AS "t59"
                WHERE
                  NOT EXISTS(
                    SELECT
                      1
                    FROM "t60" AS "t62"
                    WHERE
                      "t59"."course_id" = "t62"."course_id"
                  )
              ) AS "t64"
            ) AS "t65"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT DISTINCT
                "t61"."source_name",
                "t61"."course_id",
                'learnworlds:' || "t61"."group" AS "group_id",
                "t61"."group" AS "name",
                FALSE AS "rolling"
              FROM "t60" AS "t61"
            ) AS "t63"
          ) AS "t66"
        ) AS "t68"
        LEFT OUTER JOIN (
          SELECT
            "t0"."source" AS "link_source",
            "t0"."external_id" AS "link_course",
            "t0"."course_id" AS "joined_id"
          FROM "course_links" AS "t0"
        ) AS "t16"
          ON "t68"."source_name" = "t16"."link_source"
          AND "t68"."course_id" = "t16"."link_course"
      ) AS "t69"
    ) AS "t70"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t46"."group_id",
          COALESCE("t46"."joined_id", "t46"."course_id") AS "course_id",
          "t46"."name",
          "t46"."rolling",
          "t46"."source_name",
          "t46"."joined_id" IS NULL AS "own"
        FROM (
          SELECT
            "t35"."group_id",
            "t35"."course_id",
            "t35"."name",
            "t35"."rolling",
            "t35"."source_name",
            "t16"."link_source",
            "t16"."link_course",
            "t16"."joined_id"
          FROM (
            SELECT
              "t29"."group_id",
              "t29"."course_id",
              "t29"."name",
              "t29"."rolling",
              "t29"."source_name"
            FROM (
              SELECT
                "t23"."slice",
                "t23"."source_name",
                "t23"."position",
                "t23"."group_id",
                "t23"."course_id",
                "t23"."name",
                "t23"."rolling",
                "t23"."source",
                ROW_NUMBER() OVER (
                  PARTITION BY "t23"."group_id", "t23"."course_id", "t23"."source_name"
                  ORDER BY "t23"."slice" DESC NULLS LAST, "t23"."position" DESC NULLS LAST
                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                ) - 1 AS "_place"
              FROM (
                SELECT
                  "t18"."slice",
                  "t18"."source_name",
                  "t18"."position",
                  "t18"."source_name" || ':' || "t18"."group_id" AS "group_id",
                  "t18"."course_id",
                  "t18"."name",
                  "t18"."rolling",
                  "t18"."source_name" AS "source"
                FROM (
                  SELECT
                    "t9"."name" AS "slice",
                    "t10"."source" AS "source_name",
                    "t9"."position",
                    "t9"."group_id",
                    "t9"."course_id",
                    "t9"."name",
                    "t9"."rolling"
                  FROM "files_groups" AS "t9"
                  LEFT OUTER JOIN "slices" AS "t10"
                    ON "t9"."slice_id" = "t10"."slice_id"
                ) AS "t18"
              ) AS "t23"
            ) AS "t29"
            WHERE
              "t29"."_place" = 0
          ) AS "t35"
          LEFT OUTER JOIN (
            SELECT
              "t0"."source" AS "link_source",
              "t0"."external_id" AS "link_course",
              "t0"."course_id" AS "joined_id"
            FROM "course_links" AS "t0"
          ) AS "t16"
            ON "t35"."source_name" = "t16"."link_source"
            AND "t35"."course_id" = "t16"."link_course"
        ) AS "t46"
      ) AS "t49"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t33"."group_id",
          COALESCE("t33"."joined_id", "t33"."course_id") AS "course_id",
          "t33"."name",
          "t33"."rolling",
          "t33"."source_name",
          "t33"."joined_id" IS NULL AS "own"
        FROM (
          SELECT
            "t28"."group_id",
            "t28"."course_id",
            "t28"."name",
            "t28"."rolling",
            "t28"."source_name",
            "t16"."link_source",
            "t16"."link_course",
            "t16"."joined_id"
          FROM (
            SELECT
              CAST("t22"."group_id" AS VARCHAR) AS "group_id",
              CAST("t22"."course_id" AS VARCHAR) AS "course_id",
              "t22"."name",
              CAST("t22"."rolling" AS BOOLEAN) AS "rolling",
              "t22"."source_name"
            FROM (
              SELECT
                "t17"."source_name",
                "t17"."group_id",
                "t17"."course_id",
                MIN("t17"."name") AS "name",
                BOOL_OR("t17"."rolling") AS "rolling"
              FROM (
                SELECT
                  "t8"."name" AS "slice",
                  "t10"."source" AS "source_name",
                  "t8"."position",
                  "t8"."learner_id",
                  "t8"."group_id",
                  "t8"."course_id",
                  "t8"."name",
                  "t8"."rolling",
                  "t8"."role",
                  "t8"."starts_on",
                  "t8"."ends_on"
                FROM "groups_members" AS "t8"
                LEFT OUTER JOIN "slices" AS "t10"
                  ON "t8"."slice_id" = "t10"."slice_id"
              ) AS "t17"
              GROUP BY
                1,
                2,
                3
            ) AS "t22"
          ) AS "t28"
          LEFT OUTER JOIN (
            SELECT
              "t0"."source" AS "link_source",
              "t0"."external_id" AS "link_course",
              "t0"."course_id" AS "joined_id"
            FROM "course_links" AS "t0"
          ) AS "t16"
            ON "t28"."source_name" = "t16"."link_source"
            AND "t28"."course_id" = "t16"."link_course"
        ) AS "t33"
      ) AS "t42"
    ) AS "t50"
  ) AS "t71"
  GROUP BY
    1,
    2
) AS "t72"

-- memberships --
-- A person's place in a course, and in a group of it if any, from a day to a day.
WITH "t55" AS (
  SELECT
    "t51"."slice",
    "t51"."source_name",
    "t51"."position",
    "t51"."course",
    "t51"."course_id",
    "t51"."user_id",
    "t51"."email",
    "t51"."username",
    "t51"."role",
    "t51"."suspended",
    "t51"."created_at",
    "t51"."last_login_at",
    "t51"."enrolled_at",
    "t51"."enrolled_on",
    "t51"."expires_on",
    "t51"."groups",
    "t51"."source",
    "t51"."learner_id",
    "t51"."name",
    UNNEST(STRING_TO_ARRAY("t51"."groups", '
')) AS "group"
  FROM (
    SELECT
      "t48"."slice",
      "t48"."source_name",
      "t48"."position",
      "t48"."course",
      "t48"."course_id",
      "t48"."user_id",
      "t48"."email",
      "t48"."username",
      "t48"."role",
      "t48"."suspended",
      "t48"."created_at",
      "t48"."last_login_at",
      "t48"."enrolled_at",
      "t48"."enrolled_on",
      "t48"."expires_on",
      "t48"."groups",
      "t48"."source_name" AS "source",
      "t48"."user_id" AS "learner_id",
      "t48"."username" AS "name"
    FROM (
      SELECT
        "t47"."slice",
        "t47"."source_name",
        "t47"."position",
        "t47"."course",
        "t47"."course_id",
        "t47"."user_id",
        "t47"."email",
        "t47"."username",
        "t47"."role",
        "t47"."suspended",
        "t47"."created_at",
        "t47"."last_login_at",
        "t47"."enrolled_at",
        "t47"."enrolled_on",
        "t47"."expires_on",
        "t47"."groups"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t43"."slice",
            "t43"."source_name",
            "t43"."position",
            "t43"."course",
            "t43"."course_id",
            "t43"."user_id",
            "t43"."email",
            "t43"."username",
            "t43"."role",
            "t43"."suspended",
            "t43"."created_at",
            "t43"."last_login_at",
            "t43"."enrolled_at",
            "t43"."enrolled_on",
            "t43"."expires_on",
            "t43"."groups",
            ROW_NUMBER() OVER (
              PARTITION BY "t43"."user_id", "t43"."course_id"
              ORDER BY "t43"."slice" DESC NULLS LAST, "t43"."position" DESC NULLS LAST
              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            ) - 1 AS "_place"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t35"."slice",
                  "t35"."source_name",
                  "t35"."position",
                  "t35"."course",
                  "t35"."course_id",
                  "t35"."user_id",
                  "t35"."email",
                  "t35"."username",
                  "t35"."role",
                  "t35"."suspended",
                  "t35"."created_at",
                  "t35"."last_login_at",
                  "t35"."enrolled_at",
                  "t35"."enrolled_on",
                  "t35"."expires_on",
                  "t35"."groups"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t9"."name" AS "slice",
                      "t9"."source" AS "source_name",
                      "t12"."position",
                      "t12"."course",
                      "t12"."course_id",
                      "t12"."user_id",
                      "t12"."email",
                      "t12"."username",
                      "t12"."role",
                      "t12"."suspended",
                      "t12"."created_at",
                      "t12"."last_login_at",
                      "t12"."enrolled_at",
                      "t12"."enrolled_on",
                      "t12"."expires_on",
                      "t12"."groups",
                      "t26"."now_course",
                      "t26"."now_id"
                    FROM "learnworlds_users" AS "t12"
                    LEFT OUTER JOIN "slices" AS "t9"
                      ON "t12"."slice_id" = "t9"."slice_id"
                    LEFT OUTER JOIN (
                      SELECT DISTINCT
                        "t20"."course" AS "now_course",
                        "t20"."course_id" AS "now_id"
                      FROM (
                        SELECT
                          "t9"."name" AS "slice",
                          "t9"."source" AS "source_name",
                          "t14"."position",
                          "t14"."course",
                          "t14"."course_id",
                          "t14"."category",
                          "t14"."title",
                          "t14"."access",
                          "t14"."starts_on",
                          "t14"."ends_on",
                          "t14"."created_at"
                        FROM "learnworlds_courses" AS "t14"
                        LEFT OUTER JOIN "slices" AS "t9"
                          ON "t14"."slice_id" = "t9"."slice_id"
                      ) AS "t20"
                    ) AS "t26"
                      ON "t12"."course" = "t26"."now_course"
                  ) AS "t30"
                  WHERE
                    (
                      "t30"."now_id" IS NULL
                    ) OR (
                      "t30"."now_id" = "t30"."course_id"
                    )
                ) AS "t35"
              ) AS "t37"
            ) AS "t40"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t36"."slice",
                  "t36"."source_name",
                  "t36"."position",
                  "t36"."course",
                  "t36"."course_id",
                  "t36"."user_id",
                  "t36"."email",
                  "t36"."username",
                  "t36"."role",
                  "t36"."suspended",
                  "t36"."created_at",
                  "t36"."last_login_at",
                  "t36"."enrolled_at",
                  "t36"."enrolled_on",
                  "t36"."expires_on",
                  "t36"."groups"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t9"."name" AS "slice",
                      "t9"."source" AS "source_name",
                      "t13"."position",
                      "t13"."course",
                      "t13"."course_id",
                      "t13"."user_id",
                      "t13"."email",
                      "t13"."username",
                      "t13"."role",
                      "t13"."suspended",
                      "t13"."created_at",
                      "t13"."last_login_at",
                      "t13"."enrolled_at",
                      "t13"."enrolled_on",
                      "t13"."expires_on",
                      "t13"."groups",
                      "t26"."now_course",
                      "t26"."now_id"
                    FROM "learnworlds_suspended" AS "t13"
                    LEFT OUTER JOIN "slices" AS "t9"
                      ON "t13"."slice_id" = "t9"."slice_id"
                    LEFT OUTER JOIN (
                      SELECT DISTINCT
                        "t20"."course" AS "now_course",
                        "t20"."course_id" AS "now_id"
                      FROM (
                        SELECT
                          "t9"."name" AS "slice",
                          "t9"."source" AS "source_name",
                          "t14"."position",
                          "t14"."course",
                          "t14"."course_id",
                          "t14"."category",
                          "t14"."title",
                          "t14"."access",
                          "t14"."starts_on",
                          "t14"."ends_on",
                          "t14"."created_at"
                        FROM "learnworlds_courses" AS "t14"
                        LEFT OUTER JOIN "slices" AS "t9"
                          ON "t14"."slice_id" = "t9"."slice_id"
                      ) AS "t20"
                    ) AS "t26"
                      ON "t13"."course" = "t26"."now_course"
                  ) AS "t31"
                  WHERE
                    (
                      "t31"."now_id" IS NULL
                    ) OR (
                      "t31"."now_id" = "t31"."course_id"
                    )
                ) AS "t36"
              ) AS "t38"
            ) AS "t41"
          ) AS "t43"
        ) AS "t45"
        WHERE
          "t45"."_place" = 0
      ) AS "t47"
    ) AS "t48"
    WHERE
      "t48"."groups" IS NOT NULL
  ) AS "t51"
), "t75" AS (
  SELECT
    *
  FROM (
    SELECT
      "t73"."learner_id",
      "t73"."group_id",
      COALESCE("t73"."joined_id", "t73"."course_id") AS "course_id",
      "t73"."role",
      "t73"."starts_on",
      "t73"."ends_on",
      "t73"."outcome",
      "t73"."source_name",
      "t73"."joined_id" IS NULL AS "own"
    FROM (
      SELECT
        "t72"."learner_id",
        "t72"."group_id",
        "t72"."course_id",
        "t72"."role",
        "t72"."starts_on",
        "t72"."ends_on",
        "t72"."outcome",
        "t72"."source_name",
        "t16"."link_source",
        "t16"."link_course",
        "t16"."joined_id"
      FROM (
        SELECT
          CAST("t70"."learner_id" AS VARCHAR) AS "learner_id",
          "t70"."group_id",
          CAST("t70"."course_id" AS VARCHAR) AS "course_id",
          CAST("t70"."role" AS VARCHAR) AS "role",
          "t70"."starts_on",
          "t70"."ends_on",
          CAST(NULL AS VARCHAR) AS "outcome",
          "t70"."source_name"
        FROM (
          SELECT
            "t69"."slice",
            "t69"."source_name",
            "t69"."position",
            "t69"."course",
            "t69"."course_id",
            "t69"."user_id",
            "t69"."email",
            "t69"."username",
            "t69"."role",
            "t69"."suspended",
            "t69"."created_at",
            "t69"."last_login_at",
            "t69"."enrolled_at",
            "t69"."enrolled_on",
            "t69"."expires_on",
            "t69"."groups",
            "t69"."source",
            "t69"."learner_id",
            "t69"."name",
            "t69"."group_id",
            "t69"."starts_on",
            "t69"."ends_on"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t67"."slice",
                "t67"."source_name",
                "t67"."position",
                "t67"."course",
                "t67"."course_id",
                "t67"."user_id",
                "t67"."email",
                "t67"."username",
                "t67"."role",
                "t67"."suspended",
                "t67"."created_at",
                "t67"."last_login_at",
                "t67"."enrolled_at",
                "t67"."enrolled_on",
                "t67"."expires_on",
                "t67"."groups",
                "t67"."source",
                "t67"."learner_id",
                "t67"."name",
                "t67"."group_id",
                "t67"."starts_on",
                "t67"."ends_on",
                ROW_NUMBER() OVER (
                  PARTITION BY "t67"."learner_id", "t67"."group_id", "t67"."course_id", "t67"."role"
                  ORDER BY "t67"."slice" DESC NULLS LAST, "t67"."position" DESC NULLS LAST
                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                ) - 1 AS "_place"
              FROM (
                SELECT
                  "t66"."slice",
                  "t66"."source_name",
                  "t66"."position",
                  "t66"."course",
                  "t66"."course_id",
                  "t66"."user_id",
                  "t66"."email",
                  "t66"."username",
                  "t66"."role",
                  "t66"."suspended",
                  "t66"."created_at",
                  "t66"."last_login_at",
                  "t66"."enrolled_at",
                  "t66"."enrolled_on",
                  "t66"."expires_on",
                  "t66"."groups",
                  "t66"."source",
                  "t66"."source" || ':' || "t66"."learner_id" AS "learner_id",
                  "t66"."name",
                  "t66"."group_id",
                  "t66"."enrolled_on" AS "starts_on",
                  "t66"."expires_on" AS "ends_on"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t63"."slice",
                        "t63"."source_name",
                        "t63"."position",
                        "t63"."course",
                        "t63"."course_id",
                        "t63"."user_id",
                        "t63"."email",
                        "t63"."username",
                        "t63"."role",
                        "t63"."suspended",
                        "t63"."created_at",
                        "t63"."last_login_at",
                        "t63"."enrolled_at",
                        "t63"."enrolled_on",
                        "t63"."expires_on",
                        "t63"."groups",
                        "t63"."source",
                        "t63"."learner_id",
                        "t63"."name",
                        "t63"."group_id"
                      FROM (
                        SELECT
                          "t62"."slice",
                          "t62"."source_name",
                          "t62"."position",
                          "t62"."course",
                          "t62"."course_id",
                          "t62"."user_id",
                          "t62"."email",
                          "t62"."username",
                          "t62"."role",
                          "t62"."suspended",
                          "t62"."created_at",
                          "t62"."last_login_at",
                          "t62"."enrolled_at",
                          "t62"."enrolled_on",
                          "t62"."expires_on",
                          "t62"."groups",
                          "t62"."source",
                          "t62"."learner_id",
                          "t62"."name",
                          "t62"."with_groups",
                          CASE
                            WHEN "t62"."with_groups" IS NULL
                            THEN 'learnworlds:' || "t62"."course_id"
                            ELSE NULL
                          END AS "group_id"
                        FROM (
                          SELECT
                            "t53"."slice",
                            "t53"."source_name",
                            "t53"."position",
                            "t53"."course",
                            "t53"."course_id",
                            "t53"."user_id",
                            "t53"."email",
                            "t53"."username",
                            "t53"."role",
                            "t53"."suspended",
                            "t53"."created_at",
                            "t53"."last_login_at",
                            "t53"."enrolled_at",
                            "t53"."enrolled_on",
                            "t53"."expires_on",
                            "t53"."groups",
                            "t53"."source",
                            "t53"."learner_id",
                            "t53"."name",
                            "t60"."with_groups"
                          FROM (
                            SELECT
                              "t48"."slice",
                              "t48"."source_name",
                              "t48"."position",
                              "t48"."course",
                              "t48"."course_id",
                              "t48"."user_id",
                              "t48"."email",
                              "t48"."username",
                              "t48"."role",
                              "t48"."suspended",
                              "t48"."created_at",
                              "t48"."last_login_at",
                              "t48"."enrolled_at",
                              "t48"."enrolled_on",
                              "t48"."expires_on",
                              "t48"."groups",
                              "t48"."source_name" AS "source",
                              "t48"."user_id" AS "learner_id",
                              "t48"."username" AS "name"
                            FROM (
                              SELECT
                                "t47"."slice",
                                "t47"."source_name",
                                "t47"."position",
                                "t47"."course",
                                "t47"."course_id",
                                "t47"."user_id",
                                "t47"."email",
                                "t47"."username",
                                "t47"."role",
                                "t47"."suspended",
                                "t47"."created_at",
                                "t47"."last_login_at",
                                "t47"."enrolled_at",
                                "t47"."enrolled_on",
                                "t47"."expires_on",
                                "t47"."groups"
                              FROM (
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    "t43"."slice",
                                    "t43"."source_name",
                                    "t43"."position",
                                    "t43"."course",
                                    "t43"."course_id",
                                    "t43"."user_id",
                                    "t43"."email",
                                    "t43"."username",
                                    "t43"."role",
                                    "t43"."suspended",
                                    "t43"."created_at",
                                    "t43"."last_login_at",
                                    "t43"."enrolled_at",
                                    "t43"."enrolled_on",
                                    "t43"."expires_on",
                                    "t43"."groups",
                                    ROW_NUMBER() OVER (
                                      PARTITION BY "t43"."user_id", "t43"."course_id"
                                      ORDER BY "t43"."slice" DESC NULLS LAST, "t43"."position" DESC NULLS LAST
                                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                    ) - 1 AS "_place"
                                  FROM (
                                    SELECT
                                      *
                                    FROM (
                                      SELECT
                                        *
                                      FROM (
                                        SELECT
                                          "t35"."slice",
                                          "t35"."source_name",
                                          "t35"."position",
                                          "t35"."course",
                                          "t35"."course_id",
                                          "t35"."user_id",
                                          "t35"."email",
                                          "t35"."username",
                                          "t35"."role",
                                          "t35"."suspended",
                                          "t35"."created_at",
                                          "t35"."last_login_at",
                                          "t35"."enrolled_at",
                                          "t35"."enrolled_on",
                                          "t35"."expires_on",
                                          "t35"."groups"
                                        FROM (
                                          SELECT
                                            *
                                          FROM (
                                            SELECT
                                              "t9"."name" AS "slice",
                                              "t9"."source" AS "source_name",
                                              "t12"."position",
                                              "t12"."course",
                                              "t12"."course_id",
                                              "t12"."user_id",
                                              "t12"."email",
                                              "t12"."username",
                                              "t12"."role",
                                              "t12"."suspended",
                                              "t12"."created_at",
                                              "t12"."last_login_at",
                                              "t12"."enrolled_at",
                                              "t12"."enrolled_on",
                                              "t12"."expires_on",
                                              "t12"."groups",
                                              "t26"."now_course",
                                              "t26"."now_id"
                                            FROM "learnworlds_users" AS "t12"
                                            LEFT OUTER JOIN "slices" AS "t9"
                                              ON "t12"."slice_id" = "t9"."slice_id"
                                            LEFT OUTER JOIN (
                                              SELECT DISTINCT
                                                "t20"."course" AS "now_course",
                                                "t20"."course_id" AS "now_id"
                                              FROM (
                                                SELECT
                                                  "t9"."name" AS "slice",
                                                  "t9"."source" AS "source_name",
                                                  "t14"."position",
                                                  "t14"."course",
                                                  "t14"."course_id",
                                                  "t14"."category",
                                                  "t14"."title",
                                                  "t14"."access",
                                                  "t14"."starts_on",
                                                  "t14"."ends_on",
                                                  "t14"."created_at"
                                                FROM "learnworlds_courses" AS "t14"
                                                LEFT OUTER JOIN "slices" AS "t9"
                                                  ON "t14"."slice_id" = "t9"."slice_id"
                                              ) AS "t20"
                                            ) AS "t26"
                                              ON "t12"."course" = "t26"."now_course"
                                          ) AS "t30"
                                          WHERE
                                            (
                                              "t30"."now_id" IS NULL
                                            ) OR (
                                              "t30"."now_id" = "t30"."course_id"
                                            )
                                        ) AS "t35"
                                      ) AS "t37"
                                    ) AS "t40"
                                    UNION ALL
                                    SELECT
                                      *
                                    FROM (
                                      SELECT
                                        *
                                      FROM (
                                        SELECT
                                          "t36"."slice",
                                          "t36"."source_name",
                                          "t36"."position",
                                          "t36"."course",
                                          "t36"."course_id",
                                          "t36"."user_id",
                                          "t36"."email",
                                          "t36"."username",
                                          "t36"."role",
                                          "t36"."suspended",
                                          "t36"."created_at",
                                          "t36"."last_login_at",
                                          "t36"."enrolled_at",
                                          "t36"."enrolled_on",
                                          "t36"."expires_on",
                                          "t36"."groups"
                                        FROM (
                                          SELECT
                                            *
                                          FROM (
                                            SELECT
                                              "t9"."name" AS "slice",
                                              "t9"."source" AS "source_name",
                                              "t13"."position",
                                              "t13"."course",
                                              "t13"."course_id",
                                              "t13"."user_id",
                                              "t13"."email",
                                              "t13"."username",
                                              "t13"."role",
                                              "t13"."suspended",
                                              "t13"."created_at",
                                              "t13"."last_login_at",
                                              "t13"."enrolled_at",
                                              "t13"."enrolled_on",
                                              "t13"."expires_on",
                                              "t13"."groups",
                                              "t26"."now_course",
                                              "t26"."now_id"
                                            FROM "learnworlds_suspended" AS "t13"
                                            LEFT OUTER JOIN "slices" AS "t9"
                                              ON "t13"."slice_id" = "t9"."slice_id"
                                            LEFT OUTER JOIN (
                                              SELECT DISTINCT
                                                "t20"."course" AS "now_course",
                                                "t20"."course_id" AS "now_id"
                                              FROM (
                                                SELECT
                                                  "t9"."name" AS "slice",
                                                  "t9"."source" AS "source_name",
                                                  "t14"."position",
                                                  "t14"."course",
                                                  "t14"."course_id",
                                                  "t14"."category",
                                                  "t14"."title",
                                                  "t14"."access",
                                                  "t14"."starts_on",
                                                  "t14"."ends_on",
                                                  "t14"."created_at"
                                                FROM "learnworlds_courses" AS "t14"
                                                LEFT OUTER JOIN "slices" AS "t9"
                                                  ON "t14"."slice_id" = "t9"."slice_id"
                                              ) AS "t20"
                                            ) AS "t26"
                                              ON "t13"."course" = "t26"."now_course"
                                          ) AS "t31"
                                          WHERE
                                            (
                                              "t31"."now_id" IS NULL
                                            ) OR (
                                              "t31"."now_id" = "t31"."course_id"
                                            )
                                        ) AS "t36"
                                      ) AS "t38"
                                    ) AS "t41"
                                  ) AS "t43"
                                ) AS "t45"
                                WHERE
                                  "t45"."_place" = 0
                              ) AS "t47"
                            ) AS "t48"
                            WHERE
                              "t48"."groups" IS NULL
                          ) AS "t53"
                          LEFT OUTER JOIN (
                            SELECT DISTINCT
                              "t56"."course_id" AS "with_groups"
                            FROM "t55" AS "t56"
                          ) AS "t60"
                            ON "t53"."course_id" = "t60"."with_groups"
                        ) AS "t62"
                      ) AS "t63"
                    ) AS "t64"
                  ) AS "t65"
                  UNION ALL
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t56"."slice",
                      "t56"."source_name",
                      "t56"."position",
                      "t56"."course",
                      "t56"."course_id",
                      "t56"."user_id",
                      "t56"."email",
                      "t56"."username",
                      "t56"."role",
                      "t56"."suspended",
                      "t56"."created_at",
                      "t56"."last_login_at",
                      "t56"."enrolled_at",
                      "t56"."enrolled_on",
                      "t56"."expires_on",
                      "t56"."groups",
                      "t56"."source",
                      "t56"."learner_id",
                      "t56"."name",
                      'learnworlds:' || "t56"."group" AS "group_id"
                    FROM "t55" AS "t56"
                  ) AS "t61"
                ) AS "t66"
              ) AS "t67"
            ) AS "t68"
            WHERE
              "t68"."_place" = 0
          ) AS "t69"
        ) AS "t70"
      ) AS "t72"
      LEFT OUTER JOIN (
        SELECT
          "t0"."source" AS "link_source",
          "t0"."external_id" AS "link_course",
          "t0"."course_id" AS "joined_id"
        FROM "course_links" AS "t0"
      ) AS "t16"
        ON "t72"."source_name" = "t16"."link_source"
        AND "t72"."course_id" = "t16"."link_course"
    ) AS "t73"
  ) AS "t74"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t54"."learner_id",
        "t54"."group_id",
        COALESCE("t54"."joined_id", "t54"."course_id") AS "course_id",
        "t54"."role",
        "t54"."starts_on",
        "t54"."ends_on",
        "t54"."outcome",
        "t54"."source_name",
        "t54"."joined_id" IS NULL AS "own"
      FROM (
        SELECT
          "t50"."learner_id",
          "t50"."group_id",
          "t50"."course_id",
          "t50"."role",
          "t50"."starts_on",
          "t50"."ends_on",
          "t50"."outcome",
          "t50"."source_name",
          "t16"."link_source",
          "t16"."link_course",
          "t16"."joined_id"
        FROM (
          SELECT
            "t46"."learner_id",
            "t46"."group_id",
            "t46"."course_id",
            "t46"."role",
            "t46"."starts_on",
            "t46"."ends_on",
            "t46"."outcome",
            "t46"."source_name"
          FROM (
            SELECT
              "t44"."slice",
              "t44"."source_name",
              "t44"."position",
              "t44"."learner_id",
              "t44"."group_id",
              "t44"."course_id",
              "t44"."role",
              "t44"."starts_on",
              "t44"."ends_on",
              "t44"."outcome",
              "t44"."source",
              ROW_NUMBER() OVER (
                PARTITION BY "t44"."learner_id", "t44"."group_id", "t44"."course_id", "t44"."role", "t44"."starts_on", "t44"."source_name"
                ORDER BY "t44"."slice" DESC NULLS LAST, "t44"."position" DESC NULLS LAST
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
              ) - 1 AS "_place"
            FROM (
              SELECT
                "t42"."slice",
                "t42"."source_name",
                "t42"."position",
                "t42"."learner_id",
                "t42"."source" || ':' || "t42"."group_id" AS "group_id",
                "t42"."course_id",
                "t42"."role",
                "t42"."starts_on",
                "t42"."ends_on",
                "t42"."outcome",
                "t42"."source"
              FROM (
                SELECT
                  "t39"."slice",
                  "t39"."source_name",
                  "t39"."position",
                  "t39"."learner_id",
                  "t39"."group_id",
                  "t39"."course_id",
                  "t39"."role",
                  "t39"."starts_on",
                  "t39"."ends_on",
                  "t39"."outcome",
                  "t39"."source"
                FROM (
                  SELECT
                    "t33"."slice",
                    "t33"."source_name",
                    "t33"."position",
                    COALESCE("t33"."linked", "t33"."source" || ':' || "t33"."learner_id") AS "learner_id",
                    "t33"."group_id",
                    "t33"."course_id",
                    "t33"."role",
                    "t33"."starts_on",
                    "t33"."ends_on",
                    "t33"."outcome",
                    "t33"."source",
                    "t33"."link_source",
                    "t33"."link_external",
                    "t33"."linked"
                  FROM (
                    SELECT
                      "t24"."slice",
                      "t24"."source_name",
                      "t24"."position",
                      "t24"."learner_id",
                      "t24"."group_id",
                      "t24"."course_id",
                      "t24"."role",
                      "t24"."starts_on",
                      "t24"."ends_on",
                      "t24"."outcome",
                      "t24"."source",
                      "t29"."link_source",
                      "t29"."link_external",
                      "t29"."linked"
                    FROM (
                      SELECT
                        "t18"."slice",
                        "t18"."source_name",
                        "t18"."position",
                        "t18"."learner_id",
                        "t18"."group_id",
                        "t18"."course_id",
                        "t18"."role",
                        "t18"."starts_on",
                        "t18"."ends_on",
                        "t18"."outcome",
                        "t18"."source_name" AS "source"
                      FROM (
                        SELECT
                          "t9"."name" AS "slice",
                          "t9"."source" AS "source_name",
                          "t10"."position",
                          "t10"."learner_id",
                          "t10"."group_id",
                          "t10"."course_id",
                          "t10"."role",
                          "t10"."starts_on",
                          "t10"."ends_on",
                          "t10"."outcome"
                        FROM "files_memberships" AS "t10"
                        LEFT OUTER JOIN "slices" AS "t9"
                          ON "t10"."slice_id" = "t9"."slice_id"
                      ) AS "t18"
                    ) AS "t24"
                    LEFT OUTER JOIN (
                      SELECT
                        "t25"."source" AS "link_source",
                        "t25"."external_id" AS "link_external",
                        "t25"."linked"
                      FROM (
                        SELECT
                          "t19"."source",
                          "t19"."external_id",
                          MAX("t19"."learner_id") AS "linked"
                        FROM (
                          SELECT
                            "t9"."name" AS "slice",
                            "t11"."source" AS "source_name",
                            "t11"."position",
                            "t11"."source",
                            "t11"."external_id",
                            "t11"."learner_id"
                          FROM "files_learner_links" AS "t11"
                          LEFT OUTER JOIN "slices" AS "t9"
                            ON "t11"."slice_id" = "t9"."slice_id"
                        ) AS "t19"
                        GROUP BY
                          1,
                          2
                      ) AS "t25"
                    ) AS "t29"
                      ON "t24"."source" = "t29"."link_source"
                      AND "t24"."learner_id" = "t29"."link_external"
                  ) AS "t33"
                ) AS "t39"
              ) AS "t42"
            ) AS "t44"
          ) AS "t46"
          WHERE
            "t46"."_place" = 0
        ) AS "t50"
        LEFT OUTER JOIN (
          SELECT
            "t0"."source" AS "link_source",
            "t0"."external_id" AS "link_course",
            "t0"."course_id" AS "joined_id"
          FROM "course_links" AS "t0"
        ) AS "t16"
          ON "t50"."source_name" = "t16"."link_source"
          AND "t50"."course_id" = "t16"."link_course"
      ) AS "t54"
    ) AS "t57"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t32"."learner_id",
        "t32"."group_id",
        COALESCE("t32"."joined_id", "t32"."course_id") AS "course_id",
        "t32"."role",
        "t32"."starts_on",
        "t32"."ends_on",
        "t32"."outcome",
        "t32"."source_name",
        "t32"."joined_id" IS NULL AS "own"
      FROM (
        SELECT
          "t27"."learner_id",
          "t27"."group_id",
          "t27"."course_id",
          "t27"."role",
          "t27"."starts_on",
          "t27"."ends_on",
          "t27"."outcome",
          "t27"."source_name",
          "t16"."link_source",
          "t16"."link_course",
          "t16"."joined_id"
        FROM (
          SELECT
            CAST("t17"."learner_id" AS VARCHAR) AS "learner_id",
            "t17"."group_id",
            CAST("t17"."course_id" AS VARCHAR) AS "course_id",
            CAST("t17"."role" AS VARCHAR) AS "role",
            "t17"."starts_on",
            "t17"."ends_on",
            CAST(NULL AS VARCHAR) AS "outcome",
            "t17"."source_name"
          FROM (
            SELECT
              "t8"."name" AS "slice",
              "t9"."source" AS "source_name",
              "t8"."position",
              "t8"."learner_id",
              "t8"."group_id",
              "t8"."course_id",
              "t8"."name",
              "t8"."rolling",
              "t8"."role",
              "t8"."starts_on",
              "t8"."ends_on"
            FROM "groups_members" AS "t8"
            LEFT OUTER JOIN "slices" AS "t9"
              ON "t8"."slice_id" = "t9"."slice_id"
          ) AS "t17"
        ) AS "t27"
        LEFT OUTER JOIN (
          SELECT
            "t0"."source" AS "link_source",
            "t0"."external_id" AS "link_course",
            "t0"."course_id" AS "joined_id"
          FROM "course_links" AS "t0"
        ) AS "t16"
          ON "t27"."source_name" = "t16"."link_source"
          AND "t27"."course_id" = "t16"."link_course"
      ) AS "t32"
    ) AS "t34"
  ) AS "t59"
)
SELECT
  "t82"."learner_id",
  CASE
    WHEN COALESCE(
      (
        "t82"."placed" IS NOT NULL
      )
      AND NOT (
        STARTS_WITH("t82"."group_id", 'groups:')
      ),
      FALSE
    )
    THEN NULL
    ELSE "t82"."group_id"
  END AS "group_id",
  "t82"."course_id",
  "t82"."role",
  "t82"."starts_on",
  "t82"."ends_on",
  "t82"."outcome"
FROM (
  SELECT
    "t78"."learner_id",
    "t78"."group_id",
    "t78"."course_id",
    "t78"."role",
    "t78"."starts_on",
    "t78"."ends_on",
    "t78"."outcome",
    "t81"."learner_id" AS "learner_id_right",
    "t81"."course_id" AS "course_id_right",
    "t81"."placed"
  FROM (
    SELECT
      "t76"."learner_id",
      "t76"."group_id",
      "t76"."course_id",
      "t76"."role",
      "t76"."starts_on",
      "t76"."ends_on",
      "t76"."outcome"
    FROM "t75" AS "t76"
  ) AS "t78"
  LEFT OUTER JOIN (
    SELECT
      "t79"."learner_id",
      "t79"."course_id",
      TRUE AS "placed"
    FROM (
      SELECT DISTINCT
        "t76"."learner_id",
        "t76"."course_id"
      FROM "t75" AS "t76"
      WHERE
        COALESCE(STARTS_WITH("t76"."group_id", 'groups:'), FALSE)
        AND "t76"."role" = 'learner'
    ) AS "t79"
  ) AS "t81"
    ON "t78"."learner_id" = "t81"."learner_id" AND "t78"."course_id" = "t81"."course_id"
) AS "t82"

-- plan --
-- An item that a course expects done by a day.
WITH "t9" AS (
  SELECT
    "t5"."name" AS "slice",
    "t5"."source" AS "source_name",
    "t4"."position",
    "t4"."course_id",
    "t4"."item_id",
    "t4"."title",
    "t4"."due_on",
    "t4"."status"
  FROM "planification_plan" AS "t4"
  LEFT OUTER JOIN "slices" AS "t5"
    ON "t4"."slice_id" = "t5"."slice_id"
)
SELECT
  *
FROM (
  SELECT
    "t24"."course_id",
    "t24"."item_id",
    (
      ARRAY_AGG("t24"."due_on" ORDER BY "t24"."own" DESC NULLS LAST, "t24"."source_name" ASC) FILTER(WHERE
        "t24"."due_on" IS NOT NULL AND "t24"."due_on" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t24"."due_on" ORDER BY "t24"."own" DESC NULLS LAST, "t24"."source_name" ASC) FILTER(WHERE
          "t24"."due_on" IS NOT NULL AND "t24"."due_on" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "due_on",
    (
      ARRAY_AGG("t24"."status" ORDER BY "t24"."own" DESC NULLS LAST, "t24"."source_name" ASC) FILTER(WHERE
        "t24"."status" IS NOT NULL AND "t24"."status" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t24"."status" ORDER BY "t24"."own" DESC NULLS LAST, "t24"."source_name" ASC) FILTER(WHERE
          "t24"."status" IS NOT NULL AND "t24"."status" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "status"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t21"."course_id",
          "t21"."item_id",
          "t21"."due_on",
          "t21"."status",
          "t21"."source_name",
          "t21"."own"
        FROM (
          SELECT
            COALESCE("t19"."joined_id", "t19"."course_id") AS "course_id",
            "t19"."item_id",
            "t19"."due_on",
            "t19"."status",
            "t19"."source_name",
            "t19"."joined_id" IS NULL AS "own"
          FROM (
            SELECT
              "t18"."course_id",
              "t18"."item_id",
              "t18"."due_on",
              "t18"."status",
              "t18"."source_name",
              "t8"."link_source",
              "t8"."link_course",
              "t8"."joined_id"
            FROM (
              SELECT
                "t16"."course_id",
                "t16"."item_id",
                "t16"."due_on",
                "t16"."status",
                "t16"."source_name"
              FROM (
                SELECT
                  "t12"."slice",
                  "t12"."source_name",
                  "t12"."position",
                  "t12"."course_id",
                  "t12"."item_id",
                  "t12"."due_on",
                  "t12"."status",
                  "t12"."source",
                  ROW_NUMBER() OVER (
                    PARTITION BY "t12"."course_id", "t12"."item_id", "t12"."source_name"
                    ORDER BY "t12"."slice" DESC NULLS LAST, "t12"."position" DESC NULLS LAST
                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                  ) - 1 AS "_place"
                FROM (
                  SELECT
                    "t10"."slice",
                    "t10"."source_name",
                    "t10"."position",
                    "t10"."course_id",
                    "t10"."item_id",
                    "t10"."due_on",
                    "t10"."status",
                    "t10"."source_name" AS "source"
                  FROM (
                    SELECT
                      "t5"."name" AS "slice",
                      "t5"."source" AS "source_name",
                      "t6"."position",
                      "t6"."course_id",
                      "t6"."item_id",
                      "t6"."due_on",
                      "t6"."status"
                    FROM "files_plan" AS "t6"
                    LEFT OUTER JOIN "slices" AS "t5"
                      ON "t6"."slice_id" = "t5"."slice_id"
                  ) AS "t10"
                ) AS "t12"
              ) AS "t16"
              WHERE
                "t16"."_place" = 0
            ) AS "t18"
            LEFT OUTER JOIN (
              SELECT
                "t2"."source" AS "link_source",
                "t2"."external_id" AS "link_course",
                "t2"."course_id" AS "joined_id"
              FROM "course_links" AS "t2"
            ) AS "t8"
              ON "t18"."source_name" = "t8"."link_source"
              AND "t18"."course_id" = "t8"."link_course"
          ) AS "t19"
        ) AS "t21"
        WHERE
          NOT EXISTS(
            SELECT
              1
            FROM (
              SELECT
                CAST("t11"."course_id" AS VARCHAR) AS "course_id",
                CAST("t11"."item_id" AS VARCHAR) AS "item_id",
                CAST("t11"."due_on" AS DATE) AS "due_on",
                CAST("t11"."status" AS VARCHAR) AS "status",
                "t11"."source_name",
                TRUE AS "own"
              FROM "t9" AS "t11"
            ) AS "t15"
            WHERE
              "t21"."course_id" = "t15"."course_id"
          )
      ) AS "t22"
    ) AS "t23"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        CAST(CAST("t11"."course_id" AS VARCHAR) AS VARCHAR) AS "course_id",
        CAST(CAST("t11"."item_id" AS VARCHAR) AS VARCHAR) AS "item_id",
        CAST(CAST("t11"."due_on" AS DATE) AS DATE) AS "due_on",
        CAST(CAST("t11"."status" AS VARCHAR) AS VARCHAR) AS "status",
        "t11"."source_name",
        TRUE AS "own"
      FROM "t9" AS "t11"
    ) AS "t14"
  ) AS "t24"
  GROUP BY
    1,
    2
) AS "t25"

-- event_days --
-- What a learner did in a course on one school day: events summed by type.
SELECT
  "t23"."learner_id",
  COALESCE("t23"."joined_id", "t23"."course_id") AS "course_id",
  "t23"."group_id",
  "t23"."type",
  "t23"."day",
  "t23"."events",
  "t23"."count"
FROM (
  SELECT
    "t22"."learner_id",
    "t22"."course_id",
    "t22"."group_id",
    "t22"."type",
    "t22"."day",
    "t22"."events",
    "t22"."count",
    "t22"."source_name",
    "t8"."link_source",
    "t8"."link_course",
    "t8"."joined_id"
  FROM (
    SELECT
      "t20"."learner_id",
      "t20"."course_id",
      "t20"."group_id",
      "t20"."type",
      "t20"."day",
      "t20"."events",
      "t20"."count",
      "t20"."source_name"
    FROM (
      SELECT
        "t19"."learner_id",
        "t19"."course_id",
        "t19"."group_id",
        "t19"."type",
        "t19"."day",
        "t19"."source_name",
        SUM("t19"."events") AS "events",
        SUM("t19"."count") AS "count"
      FROM (
        SELECT
          "t18"."slice",
          "t18"."source_name",
          "t18"."position",
          "t18"."learner_id",
          "t18"."course_id",
          "t18"."source" || ':' || "t18"."group_id" AS "group_id",
          "t18"."type",
          "t18"."day",
          "t18"."events",
          "t18"."count",
          "t18"."source"
        FROM (
          SELECT
            "t17"."slice",
            "t17"."source_name",
            "t17"."position",
            "t17"."learner_id",
            "t17"."course_id",
            "t17"."group_id",
            "t17"."type",
            "t17"."day",
            "t17"."events",
            "t17"."count",
            "t17"."source"
          FROM (
            SELECT
              "t16"."slice",
              "t16"."source_name",
              "t16"."position",
              COALESCE("t16"."linked", "t16"."source" || ':' || "t16"."learner_id") AS "learner_id",
              "t16"."course_id",
              "t16"."group_id",
              "t16"."type",
              "t16"."day",
              "t16"."events",
              "t16"."count",
              "t16"."source",
              "t16"."link_source",
              "t16"."link_external",
              "t16"."linked"
            FROM (
              SELECT
                "t12"."slice",
                "t12"."source_name",
                "t12"."position",
                "t12"."learner_id",
                "t12"."course_id",
                "t12"."group_id",
                "t12"."type",
                "t12"."day",
                "t12"."events",
                "t12"."count",
                "t12"."source",
                "t15"."link_source",
                "t15"."link_external",
                "t15"."linked"
              FROM (
                SELECT
                  "t9"."slice",
                  "t9"."source_name",
                  "t9"."position",
                  "t9"."learner_id",
                  "t9"."course_id",
                  "t9"."group_id",
                  "t9"."type",
                  "t9"."day",
                  "t9"."events",
                  "t9"."count",
                  "t9"."source_name" AS "source"
                FROM (
                  SELECT
                    "t5"."name" AS "slice",
                    "t5"."source" AS "source_name",
                    "t4"."position",
                    "t4"."learner_id",
                    "t4"."course_id",
                    "t4"."group_id",
                    "t4"."type",
                    "t4"."day",
                    "t4"."events",
                    "t4"."count"
                  FROM "files_event_days" AS "t4"
                  LEFT OUTER JOIN "slices" AS "t5"
                    ON "t4"."slice_id" = "t5"."slice_id"
                ) AS "t9"
              ) AS "t12"
              LEFT OUTER JOIN (
                SELECT
                  "t13"."source" AS "link_source",
                  "t13"."external_id" AS "link_external",
                  "t13"."linked"
                FROM (
                  SELECT
                    "t10"."source",
                    "t10"."external_id",
                    MAX("t10"."learner_id") AS "linked"
                  FROM (
                    SELECT
                      "t5"."name" AS "slice",
                      "t6"."source" AS "source_name",
                      "t6"."position",
                      "t6"."source",
                      "t6"."external_id",
                      "t6"."learner_id"
                    FROM "files_learner_links" AS "t6"
                    LEFT OUTER JOIN "slices" AS "t5"
                      ON "t6"."slice_id" = "t5"."slice_id"
                  ) AS "t10"
                  GROUP BY
                    1,
                    2
                ) AS "t13"
              ) AS "t15"
                ON "t12"."source" = "t15"."link_source"
                AND "t12"."learner_id" = "t15"."link_external"
            ) AS "t16"
          ) AS "t17"
        ) AS "t18"
      ) AS "t19"
      GROUP BY
        1,
        2,
        3,
        4,
        5,
        6
    ) AS "t20"
  ) AS "t22"
  LEFT OUTER JOIN (
    SELECT
      "t0"."source" AS "link_source",
      "t0"."external_id" AS "link_course",
      "t0"."course_id" AS "joined_id"
    FROM "course_links" AS "t0"
  ) AS "t8"
    ON "t22"."source_name" = "t8"."link_source"
    AND "t22"."course_id" = "t8"."link_course"
) AS "t23"
