-- Views of the canonical tables. Written by `make docs` (docs/build_canonical_views.py).

-- learners --
-- A person who learns, as one source knows them.
WITH "t23" AS (
  SELECT
    "t12"."name" AS "slice",
    "t12"."source" AS "source_name",
    "t14"."position",
    "t14"."uuid",
    "t14"."event_type",
    "t14"."event_time",
    "t14"."user_id",
    "t14"."ehr_id",
    "t14"."session_id",
    "t14"."course_id",
    "t14"."item_id",
    "t14"."correct",
    "t14"."score",
    "t14"."duration_s",
    "t14"."hints",
    "t14"."response"
  FROM "posted_events" AS "t14"
  LEFT OUTER JOIN "slices" AS "t12"
    ON "t14"."slice_id" = "t12"."slice_id"
), "t26" AS (
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
  FROM "amplitude_events_web" AS "t17"
  LEFT OUTER JOIN "slices" AS "t12"
    ON "t17"."slice_id" = "t12"."slice_id"
), "t27" AS (
  SELECT
    "t12"."name" AS "slice",
    "t12"."source" AS "source_name",
    "t18"."position",
    "t18"."stray",
    "t18"."uuid",
    "t18"."event_type",
    "t18"."event_time",
    "t18"."user_id",
    "t18"."session_id",
    "t18"."email",
    "t18"."course_id",
    "t18"."item_id",
    "t18"."correct",
    "t18"."score",
    "t18"."duration_s",
    "t18"."hints",
    "t18"."event_properties",
    "t18"."response"
  FROM "amplitude_events_mobile" AS "t18"
  LEFT OUTER JOIN "slices" AS "t12"
    ON "t18"."slice_id" = "t12"."slice_id"
), "t34" AS (
  SELECT
    "t29"."uuid"
  FROM "t23" AS "t29"
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
        CAST(CAST("t104"."learner_id" AS VARCHAR) AS VARCHAR) AS "learner_id",
        "t104"."name",
        "t104"."email",
        CAST(CAST("t104"."source" AS VARCHAR) AS VARCHAR) AS "source"
      FROM (
        SELECT
          "t103"."slice",
          "t103"."source_name",
          "t103"."position",
          "t103"."course",
          "t103"."course_id",
          "t103"."user_id",
          "t103"."email",
          "t103"."username",
          "t103"."role",
          "t103"."suspended",
          "t103"."created_at",
          "t103"."last_login_at",
          "t103"."enrolled_at",
          "t103"."enrolled_on",
          "t103"."expires_on",
          "t103"."groups",
          "t103"."source",
          "t103"."learner_id",
          "t103"."name"
        FROM (
          SELECT
            *
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
              "t99"."name",
              ROW_NUMBER() OVER (
                PARTITION BY "t99"."learner_id"
                ORDER BY "t99"."slice" DESC NULLS LAST, "t99"."position" DESC NULLS LAST
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
              ) - 1 AS "_place"
            FROM (
              SELECT
                "t95"."slice",
                "t95"."source_name",
                "t95"."position",
                "t95"."course",
                "t95"."course_id",
                "t95"."user_id",
                "t95"."email",
                "t95"."username",
                "t95"."role",
                "t95"."suspended",
                "t95"."created_at",
                "t95"."last_login_at",
                "t95"."enrolled_at",
                "t95"."enrolled_on",
                "t95"."expires_on",
                "t95"."groups",
                "t95"."source_name" AS "source",
                "t95"."source_name" || ':' || "t95"."user_id" AS "learner_id",
                "t95"."username" AS "name"
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
                  "t93"."groups"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t78"."slice",
                      "t78"."source_name",
                      "t78"."position",
                      "t78"."course",
                      "t78"."course_id",
                      "t78"."user_id",
                      "t78"."email",
                      "t78"."username",
                      "t78"."role",
                      "t78"."suspended",
                      "t78"."created_at",
                      "t78"."last_login_at",
                      "t78"."enrolled_at",
                      "t78"."enrolled_on",
                      "t78"."expires_on",
                      "t78"."groups",
                      ROW_NUMBER() OVER (
                        PARTITION BY "t78"."user_id", "t78"."course_id"
                        ORDER BY "t78"."slice" DESC NULLS LAST, "t78"."position" DESC NULLS LAST
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
                            "t64"."slice",
                            "t64"."source_name",
                            "t64"."position",
                            "t64"."course",
                            "t64"."course_id",
                            "t64"."user_id",
                            "t64"."email",
                            "t64"."username",
                            "t64"."role",
                            "t64"."suspended",
                            "t64"."created_at",
                            "t64"."last_login_at",
                            "t64"."enrolled_at",
                            "t64"."enrolled_on",
                            "t64"."expires_on",
                            "t64"."groups"
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
                                  "t28"."course" AS "now_course",
                                  "t28"."course_id" AS "now_id"
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
                                ) AS "t28"
                              ) AS "t39"
                                ON "t19"."course" = "t39"."now_course"
                            ) AS "t53"
                            WHERE
                              (
                                "t53"."now_id" IS NULL
                              ) OR (
                                "t53"."now_id" = "t53"."course_id"
                              )
                          ) AS "t64"
                        ) AS "t69"
                      ) AS "t74"
                      UNION ALL
                      SELECT
                        *
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t65"."slice",
                            "t65"."source_name",
                            "t65"."position",
                            "t65"."course",
                            "t65"."course_id",
                            "t65"."user_id",
                            "t65"."email",
                            "t65"."username",
                            "t65"."role",
                            "t65"."suspended",
                            "t65"."created_at",
                            "t65"."last_login_at",
                            "t65"."enrolled_at",
                            "t65"."enrolled_on",
                            "t65"."expires_on",
                            "t65"."groups"
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
                                  "t28"."course" AS "now_course",
                                  "t28"."course_id" AS "now_id"
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
                                ) AS "t28"
                              ) AS "t39"
                                ON "t20"."course" = "t39"."now_course"
                            ) AS "t54"
                            WHERE
                              (
                                "t54"."now_id" IS NULL
                              ) OR (
                                "t54"."now_id" = "t54"."course_id"
                              )
                          ) AS "t65"
                        ) AS "t70"
                      ) AS "t75"
                    ) AS "t78"
                  ) AS "t89"
                  WHERE
                    "t89"."_place" = 0
                ) AS "t93"
              ) AS "t95"
            ) AS "t99"
          ) AS "t101"
          WHERE
            "t101"."_place" = 0
        ) AS "t103"
      ) AS "t104"
    ) AS "t108"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        CAST(CAST("t82"."learner_id" AS VARCHAR) AS VARCHAR) AS "learner_id",
        CAST(NULL AS VARCHAR) AS "name",
        CAST(NULL AS VARCHAR) AS "email",
        CAST(CAST("t82"."source" AS VARCHAR) AS VARCHAR) AS "source"
      FROM (
        SELECT
          "t76"."learner_id",
          MIN("t76"."source") AS "source"
        FROM (
          SELECT
            "t59"."slice",
            "t59"."source_name",
            "t59"."position",
            "t59"."uuid",
            "t59"."event_type",
            "t59"."event_time",
            "t59"."user_id",
            "t59"."ehr_id",
            "t59"."session_id",
            "t59"."course_id",
            "t59"."item_id",
            "t59"."correct",
            "t59"."score",
            "t59"."duration_s",
            "t59"."hints",
            "t59"."response",
            "t59"."source_name" || ':' || COALESCE(NULLIF("t59"."user_id", ''), NULLIF("t59"."ehr_id", '')) AS "learner_id",
            "t59"."source_name" AS "source",
            "t59"."event_time" AS "at"
          FROM (
            SELECT
              "t57"."slice",
              "t57"."source_name",
              "t57"."position",
              "t57"."uuid",
              "t57"."event_type",
              "t57"."event_time",
              "t57"."user_id",
              "t57"."ehr_id",
              "t57"."session_id",
              "t57"."course_id",
              "t57"."item_id",
              "t57"."correct",
              "t57"."score",
              "t57"."duration_s",
              "t57"."hints",
              "t57"."response"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t29"."slice",
                  "t29"."source_name",
                  "t29"."position",
                  "t29"."uuid",
                  "t29"."event_type",
                  "t29"."event_time",
                  "t29"."user_id",
                  "t29"."ehr_id",
                  "t29"."session_id",
                  "t29"."course_id",
                  "t29"."item_id",
                  "t29"."correct",
                  "t29"."score",
                  "t29"."duration_s",
                  "t29"."hints",
                  "t29"."response",
                  ROW_NUMBER() OVER (
                    PARTITION BY "t29"."uuid"
                    ORDER BY "t29"."slice" DESC NULLS LAST, "t29"."position" DESC NULLS LAST
                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                  ) - 1 AS "_place"
                FROM "t23" AS "t29"
              ) AS "t51"
              WHERE
                "t51"."_place" = 0
            ) AS "t57"
          ) AS "t59"
          WHERE
            COALESCE(NULLIF("t59"."user_id", ''), NULLIF("t59"."ehr_id", '')) IS NOT NULL
        ) AS "t76"
        GROUP BY
          1
      ) AS "t82"
    ) AS "t91"
  ) AS "t109"
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
          CAST(CAST("t102"."learner_id" AS VARCHAR) AS VARCHAR) AS "learner_id",
          CAST(NULL AS VARCHAR) AS "name",
          "t102"."email",
          CAST(CAST("t102"."source" AS VARCHAR) AS VARCHAR) AS "source"
        FROM (
          SELECT
            "t100"."learner_id",
            MIN("t100"."source") AS "source",
            MAX("t100"."email") AS "email"
          FROM (
            SELECT
              "t98"."learner_id",
              "t98"."source",
              MAX("t98"."email") AS "email"
            FROM (
              SELECT
                "t94"."slice",
                "t94"."source_name",
                "t94"."position",
                "t94"."stray",
                "t94"."uuid",
                "t94"."event_type",
                "t94"."event_time",
                "t94"."user_id",
                "t94"."session_id",
                "t94"."email",
                "t94"."course_id",
                "t94"."item_id",
                "t94"."correct",
                "t94"."score",
                "t94"."duration_s",
                "t94"."hints",
                "t94"."event_properties",
                "t94"."response",
                "t94"."source_name" AS "source",
                "t94"."source_name" || ':' || "t94"."user_id" AS "learner_id",
                "t94"."event_time" AS "at"
              FROM (
                SELECT
                  "t88"."slice",
                  "t88"."source_name",
                  "t88"."position",
                  "t88"."stray",
                  "t88"."uuid",
                  "t88"."event_type",
                  "t88"."event_time",
                  "t88"."user_id",
                  "t88"."session_id",
                  "t88"."email",
                  "t88"."course_id",
                  "t88"."item_id",
                  "t88"."correct",
                  "t88"."score",
                  "t88"."duration_s",
                  "t88"."hints",
                  "t88"."event_properties",
                  "t88"."response"
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
                    ) AS "t41"
                    UNION ALL
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t71"."slice",
                        "t71"."source_name",
                        "t71"."position",
                        "t71"."stray",
                        "t71"."uuid",
                        "t71"."event_type",
                        "t71"."event_time",
                        "t71"."user_id",
                        "t71"."session_id",
                        "t71"."email",
                        "t71"."course_id",
                        "t71"."item_id",
                        "t71"."correct",
                        "t71"."score",
                        "t71"."duration_s",
                        "t71"."hints",
                        "t71"."event_properties",
                        "t71"."response"
                      FROM (
                        SELECT
                          "t62"."slice",
                          "t62"."source_name",
                          "t62"."position",
                          "t62"."stray",
                          "t62"."uuid",
                          "t62"."event_type",
                          "t62"."event_time",
                          "t62"."user_id",
                          "t62"."session_id",
                          "t62"."email",
                          "t62"."course_id",
                          "t62"."item_id",
                          "t62"."correct",
                          "t62"."score",
                          "t62"."duration_s",
                          "t62"."hints",
                          "t62"."event_properties",
                          "t62"."response"
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
                              FROM "t26" AS "t30"
                              WHERE
                                "t30"."stray"
                            ) AS "t37"
                          ) AS "t55"
                          WHERE
                            "t55"."_place" = 0
                        ) AS "t62"
                      ) AS "t71"
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
                          ) AS "t48"
                          WHERE
                            "t71"."uuid" = "t48"."uuid"
                        )
                    ) AS "t79"
                  ) AS "t83"
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
                    ) AS "t43"
                    UNION ALL
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t72"."slice",
                        "t72"."source_name",
                        "t72"."position",
                        "t72"."stray",
                        "t72"."uuid",
                        "t72"."event_type",
                        "t72"."event_time",
                        "t72"."user_id",
                        "t72"."session_id",
                        "t72"."email",
                        "t72"."course_id",
                        "t72"."item_id",
                        "t72"."correct",
                        "t72"."score",
                        "t72"."duration_s",
                        "t72"."hints",
                        "t72"."event_properties",
                        "t72"."response"
                      FROM (
                        SELECT
                          "t63"."slice",
                          "t63"."source_name",
                          "t63"."position",
                          "t63"."stray",
                          "t63"."uuid",
                          "t63"."event_type",
                          "t63"."event_time",
                          "t63"."user_id",
                          "t63"."session_id",
                          "t63"."email",
                          "t63"."course_id",
                          "t63"."item_id",
                          "t63"."correct",
                          "t63"."score",
                          "t63"."duration_s",
                          "t63"."hints",
                          "t63"."event_properties",
                          "t63"."response"
                        FROM (
                          SELECT
                            *
                          FROM (
                            SELECT
                              "t38"."slice",
                              "t38"."source_name",
                              "t38"."position",
                              "t38"."stray",
                              "t38"."uuid",
                              "t38"."event_type",
                              "t38"."event_time",
                              "t38"."user_id",
                              "t38"."session_id",
                              "t38"."email",
                              "t38"."course_id",
                              "t38"."item_id",
                              "t38"."correct",
                              "t38"."score",
                              "t38"."duration_s",
                              "t38"."hints",
                              "t38"."event_properties",
                              "t38"."response",
                              ROW_NUMBER() OVER (
                                PARTITION BY "t38"."uuid"
                                ORDER BY "t38"."slice" ASC, "t38"."position" ASC
                                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                              ) - 1 AS "_place"
                            FROM (
                              SELECT
                                *
                              FROM "t27" AS "t31"
                              WHERE
                                "t31"."stray"
                            ) AS "t38"
                          ) AS "t56"
                          WHERE
                            "t56"."_place" = 0
                        ) AS "t63"
                      ) AS "t72"
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
                          ) AS "t49"
                          WHERE
                            "t72"."uuid" = "t49"."uuid"
                        )
                    ) AS "t80"
                  ) AS "t84"
                ) AS "t88"
                WHERE
                  NOT EXISTS(
                    SELECT
                      1
                    FROM "t34" AS "t46"
                    WHERE
                      "t88"."uuid" = "t46"."uuid"
                  )
              ) AS "t94"
              WHERE
                "t94"."user_id" IS NOT NULL AND "t94"."user_id" <> ''
            ) AS "t98"
            GROUP BY
              1,
              2
          ) AS "t100"
          GROUP BY
            1
        ) AS "t102"
      ) AS "t105"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          CAST(CAST("t77"."learner_id" AS VARCHAR) AS VARCHAR) AS "learner_id",
          CAST(NULL AS VARCHAR) AS "name",
          "t77"."email",
          CAST(CAST("t77"."source" AS VARCHAR) AS VARCHAR) AS "source"
        FROM (
          SELECT
            "t66"."learner_id",
            MIN("t66"."source") AS "source",
            MAX("t66"."email") AS "email"
          FROM (
            SELECT
              "t58"."slice",
              "t58"."source_name",
              "t58"."position",
              "t58"."uuid",
              "t58"."event_at",
              "t58"."event_datetime",
              "t58"."event_json",
              "t58"."event_name",
              "t58"."event_receive_datetime",
              "t58"."event_receive_timestamp",
              "t58"."event_timestamp",
              "t58"."session_id",
              "t58"."installation_id",
              "t58"."appmetrica_device_id",
              "t58"."city",
              "t58"."connection_type",
              "t58"."country_iso_code",
              "t58"."device_ipv6",
              "t58"."device_locale",
              "t58"."device_manufacturer",
              "t58"."device_model",
              "t58"."device_type",
              "t58"."google_aid",
              "t58"."ios_ifa",
              "t58"."ios_ifv",
              "t58"."mcc",
              "t58"."mnc",
              "t58"."operator_name",
              "t58"."original_device_model",
              "t58"."os_name",
              "t58"."os_version",
              "t58"."profile_id",
              "t58"."windows_aid",
              "t58"."app_build_number",
              "t58"."app_package_name",
              "t58"."app_version_name",
              "t58"."application_id",
              "t58"."event_properties",
              "t58"."ehr_id",
              "t58"."email",
              "t58"."course_id",
              "t58"."item_id",
              "t58"."correct",
              "t58"."score",
              "t58"."duration_s",
              "t58"."hints",
              "t58"."response",
              "t58"."source_name" AS "source",
              "t58"."source_name" || ':' || "t58"."profile_id" AS "learner_id"
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
              WHERE
                NOT EXISTS(
                  SELECT
                    1
                  FROM "t34" AS "t45"
                  WHERE
                    "t11"."uuid" = "t45"."uuid"
                )
            ) AS "t58"
            WHERE
              "t58"."profile_id" IS NOT NULL
          ) AS "t66"
          GROUP BY
            1
        ) AS "t77"
      ) AS "t85"
    ) AS "t106"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t86"."learner_id",
          "t86"."name",
          "t86"."email",
          "t86"."source"
        FROM (
          SELECT
            "t73"."slice",
            "t73"."source_name",
            "t73"."position",
            "t73"."learner_id",
            "t73"."name",
            "t73"."email",
            "t73"."source",
            ROW_NUMBER() OVER (
              PARTITION BY "t73"."learner_id", "t73"."source_name"
              ORDER BY "t73"."slice" DESC NULLS LAST, "t73"."position" DESC NULLS LAST
              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            ) - 1 AS "_place"
          FROM (
            SELECT
              "t60"."slice",
              "t60"."source_name",
              "t60"."position",
              COALESCE("t60"."linked", "t60"."source" || ':' || "t60"."learner_id") AS "learner_id",
              "t60"."name",
              "t60"."email",
              "t60"."source"
            FROM (
              SELECT
                "t35"."slice",
                "t35"."source_name",
                "t35"."position",
                "t35"."learner_id",
                "t35"."name",
                "t35"."email",
                "t35"."source",
                "t52"."link_source",
                "t52"."link_external",
                "t52"."linked"
              FROM (
                SELECT
                  "t24"."slice",
                  "t24"."source_name",
                  "t24"."position",
                  "t24"."learner_id",
                  "t24"."name",
                  "t24"."email",
                  "t24"."source_name" AS "source"
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
                ) AS "t24"
              ) AS "t35"
              LEFT OUTER JOIN (
                SELECT
                  "t36"."source" AS "link_source",
                  "t36"."external_id" AS "link_external",
                  "t36"."linked"
                FROM (
                  SELECT
                    "t25"."source",
                    "t25"."external_id",
                    MAX("t25"."learner_id") AS "linked"
                  FROM (
                    SELECT
                      "t12"."name" AS "slice",
                      "t16"."source" AS "source_name",
                      "t16"."position",
                      "t16"."source",
                      "t16"."external_id",
                      "t16"."learner_id"
                    FROM "files_learner_links" AS "t16"
                    LEFT OUTER JOIN "slices" AS "t12"
                      ON "t16"."slice_id" = "t12"."slice_id"
                  ) AS "t25"
                  GROUP BY
                    1,
                    2
                ) AS "t36"
              ) AS "t52"
                ON "t35"."source" = "t52"."link_source"
                AND "t35"."learner_id" = "t52"."link_external"
            ) AS "t60"
          ) AS "t73"
        ) AS "t86"
        WHERE
          "t86"."_place" = 0
      ) AS "t92"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          CAST(CAST("t90"."learner_id" AS VARCHAR) AS VARCHAR) AS "learner_id",
          CAST(NULL AS VARCHAR) AS "name",
          CAST(NULL AS VARCHAR) AS "email",
          CAST(CAST("t90"."source" AS VARCHAR) AS VARCHAR) AS "source"
        FROM (
          SELECT DISTINCT
            "t81"."source" || ':' || "t81"."learner_id" AS "learner_id",
            "t81"."source"
          FROM (
            SELECT
              "t61"."slice",
              "t61"."source_name",
              "t61"."position",
              "t61"."user_id",
              "t61"."oauth_consumer_key",
              "t61"."lis_result_sourcedid",
              "t61"."lis_outcome_service_url",
              "t61"."is_correct",
              "t61"."attempt_type",
              "t61"."created_at",
              "t61"."source",
              "t61"."learner_id",
              "t61"."at",
              "t61"."sourcedid",
              "t61"."category",
              "t61"."course",
              "t61"."item_id",
              "t61"."source" || ':' || SHA256(
                "t61"."user_id" || ' ' || CAST(EPOCH_US("t61"."at") AS VARCHAR) || ' ' || "t61"."attempt_type" || ' ' || COALESCE("t61"."lis_result_sourcedid", '')
              ) AS "attempt_id",
              "t61"."category" || '/' || "t61"."course" AS "course_id",
              CASE WHEN "t61"."attempt_type" = 'submit' THEN 'answer' ELSE 'run' END AS "kind",
              "t61"."is_correct" AS "correct",
              CASE
                WHEN "t61"."is_correct"
                THEN 1
                WHEN NOT (
                  "t61"."is_correct"
                )
                THEN 0
                ELSE CAST(NULL AS BIGINT)
              END AS "score"
            FROM (
              SELECT
                "t50"."slice",
                "t50"."source_name",
                "t50"."position",
                "t50"."user_id",
                "t50"."oauth_consumer_key",
                "t50"."lis_result_sourcedid",
                "t50"."lis_outcome_service_url",
                "t50"."is_correct",
                "t50"."attempt_type",
                "t50"."created_at",
                "t50"."source",
                "t50"."learner_id",
                "t50"."at",
                "t50"."sourcedid",
                CASE
                  WHEN "t50"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                  THEN CASE
                    WHEN "t50"."sourcedid" ~ (
                      '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                    THEN (
                      REGEXP_MATCH(
                        "t50"."sourcedid",
                        '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                      )
                    )[2]
                    ELSE NULL
                  END
                  WHEN "t50"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                  THEN CASE
                    WHEN "t50"."sourcedid" ~ (
                      '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                    THEN (
                      REGEXP_MATCH(
                        "t50"."sourcedid",
                        '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                      )
                    )[2]
                    ELSE NULL
                  END
                  ELSE CAST(NULL AS VARCHAR)
                END AS "category",
                CASE
                  WHEN "t50"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                  THEN CASE
                    WHEN "t50"."sourcedid" ~ (
                      '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                    THEN (
                      REGEXP_MATCH(
                        "t50"."sourcedid",
                        '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                      )
                    )[3]
                    ELSE NULL
                  END
                  WHEN "t50"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                  THEN CASE
                    WHEN "t50"."sourcedid" ~ (
                      '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                    THEN (
                      REGEXP_MATCH(
                        "t50"."sourcedid",
                        '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                      )
                    )[3]
                    ELSE NULL
                  END || '+' || CASE
                    WHEN "t50"."sourcedid" ~ (
                      '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                    THEN (
                      REGEXP_MATCH(
                        "t50"."sourcedid",
                        '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                      )
                    )[4]
                    ELSE NULL
                  END
                  ELSE CAST(NULL AS VARCHAR)
                END AS "course",
                CASE
                  WHEN "t50"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                  THEN CASE
                    WHEN "t50"."sourcedid" ~ (
                      '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                    THEN (
                      REGEXP_MATCH(
                        "t50"."sourcedid",
                        '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                      )
                    )[5]
                    ELSE NULL
                  END
                  WHEN "t50"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                  THEN CASE
                    WHEN "t50"."sourcedid" ~ (
                      '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                    THEN (
                      REGEXP_MATCH(
                        "t50"."sourcedid",
                        '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                      )
                    )[5]
                    ELSE NULL
                  END
                  ELSE CAST(NULL AS VARCHAR)
                END AS "item_id"
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
                  "t22"."source_name" AS "source",
                  "t22"."user_id" AS "learner_id",
                  TIMEZONE('UTC', "t22"."created_at") AS "at",
                  REPLACE(
                    REPLACE(REPLACE(REPLACE("t22"."lis_result_sourcedid", '%3A', ':'), '%2B', '+'), '%2F', '/'),
                    '%40',
                    '@'
                  ) AS "sourcedid"
                FROM (
                  SELECT
                    "t12"."name" AS "slice",
                    "t12"."source" AS "source_name",
                    "t13"."position",
                    "t13"."user_id",
                    "t13"."oauth_consumer_key",
                    "t13"."lis_result_sourcedid",
                    "t13"."lis_outcome_service_url",
                    "t13"."is_correct",
                    "t13"."attempt_type",
                    "t13"."created_at"
                  FROM "grader_attempts" AS "t13"
                  LEFT OUTER JOIN "slices" AS "t12"
                    ON "t13"."slice_id" = "t12"."slice_id"
                ) AS "t22"
              ) AS "t50"
            ) AS "t61"
          ) AS "t81"
        ) AS "t90"
      ) AS "t96"
    ) AS "t97"
  ) AS "t107"
) AS "t110"

-- events --
-- Something a learner did, or `count` of the same at one instant.
WITH "t17" AS (
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
), "t18" AS (
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
), "t19" AS (
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
), "t26" AS (
  SELECT
    "t22"."uuid"
  FROM "t17" AS "t22"
)
SELECT
  "t84"."event_id",
  "t84"."learner_id",
  "t84"."course_id",
  "t84"."group_id",
  "t84"."type",
  "t84"."session_id",
  "t84"."count",
  "t84"."at",
  "t84"."properties"
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t79"."event_id",
        "t79"."learner_id",
        COALESCE("t79"."joined_id", "t79"."course_id") AS "course_id",
        "t79"."group_id",
        "t79"."type",
        "t79"."session_id",
        "t79"."count",
        "t79"."at",
        "t79"."properties",
        "t79"."source_name",
        "t79"."joined_id" IS NULL AS "own"
      FROM (
        SELECT
          "t77"."event_id",
          "t77"."learner_id",
          "t77"."course_id",
          "t77"."group_id",
          "t77"."type",
          "t77"."session_id",
          "t77"."count",
          "t77"."at",
          "t77"."properties",
          "t77"."source_name",
          "t16"."link_source",
          "t16"."link_course",
          "t16"."joined_id"
        FROM (
          SELECT
            CAST("t72"."source_name" || ':' || "t72"."uuid" AS VARCHAR) AS "event_id",
            CAST("t72"."source_name" || ':' || "t72"."user_id" AS VARCHAR) AS "learner_id",
            "t72"."course_id",
            CAST(NULL AS VARCHAR) AS "group_id",
            CAST("t72"."event_type" AS VARCHAR) AS "type",
            CASE
              WHEN "t72"."session_id" = -1
              THEN CAST(NULL AS VARCHAR)
              ELSE CAST("t72"."session_id" AS VARCHAR)
            END AS "session_id",
            CAST(1 AS BIGINT) AS "count",
            CAST("t72"."event_time" AS TIMESTAMPTZ(6)) AS "at",
            "t72"."event_properties" AS "properties",
            "t72"."source_name"
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
                *
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    *
                  FROM "t18" AS "t23"
                  WHERE
                    NOT (
                      "t23"."stray"
                    )
                ) AS "t32"
                UNION ALL
                SELECT
                  *
                FROM (
                  SELECT
                    "t54"."slice",
                    "t54"."source_name",
                    "t54"."position",
                    "t54"."stray",
                    "t54"."uuid",
                    "t54"."event_type",
                    "t54"."event_time",
                    "t54"."user_id",
                    "t54"."session_id",
                    "t54"."email",
                    "t54"."course_id",
                    "t54"."item_id",
                    "t54"."correct",
                    "t54"."score",
                    "t54"."duration_s",
                    "t54"."hints",
                    "t54"."event_properties",
                    "t54"."response"
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
                      "t49"."response"
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
                          FROM "t18" AS "t23"
                          WHERE
                            "t23"."stray"
                        ) AS "t27"
                      ) AS "t43"
                      WHERE
                        "t43"."_place" = 0
                    ) AS "t49"
                  ) AS "t54"
                  WHERE
                    NOT EXISTS(
                      SELECT
                        1
                      FROM (
                        SELECT
                          "t23"."uuid"
                        FROM "t18" AS "t23"
                        WHERE
                          NOT (
                            "t23"."stray"
                          )
                      ) AS "t38"
                      WHERE
                        "t54"."uuid" = "t38"."uuid"
                    )
                ) AS "t61"
              ) AS "t64"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    *
                  FROM "t19" AS "t24"
                  WHERE
                    NOT (
                      "t24"."stray"
                    )
                ) AS "t34"
                UNION ALL
                SELECT
                  *
                FROM (
                  SELECT
                    "t55"."slice",
                    "t55"."source_name",
                    "t55"."position",
                    "t55"."stray",
                    "t55"."uuid",
                    "t55"."event_type",
                    "t55"."event_time",
                    "t55"."user_id",
                    "t55"."session_id",
                    "t55"."email",
                    "t55"."course_id",
                    "t55"."item_id",
                    "t55"."correct",
                    "t55"."score",
                    "t55"."duration_s",
                    "t55"."hints",
                    "t55"."event_properties",
                    "t55"."response"
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
                      "t50"."response"
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          "t28"."slice",
                          "t28"."source_name",
                          "t28"."position",
                          "t28"."stray",
                          "t28"."uuid",
                          "t28"."event_type",
                          "t28"."event_time",
                          "t28"."user_id",
                          "t28"."session_id",
                          "t28"."email",
                          "t28"."course_id",
                          "t28"."item_id",
                          "t28"."correct",
                          "t28"."score",
                          "t28"."duration_s",
                          "t28"."hints",
                          "t28"."event_properties",
                          "t28"."response",
                          ROW_NUMBER() OVER (
                            PARTITION BY "t28"."uuid"
                            ORDER BY "t28"."slice" ASC, "t28"."position" ASC
                            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                          ) - 1 AS "_place"
                        FROM (
                          SELECT
                            *
                          FROM "t19" AS "t24"
                          WHERE
                            "t24"."stray"
                        ) AS "t28"
                      ) AS "t44"
                      WHERE
                        "t44"."_place" = 0
                    ) AS "t50"
                  ) AS "t55"
                  WHERE
                    NOT EXISTS(
                      SELECT
                        1
                      FROM (
                        SELECT
                          "t24"."uuid"
                        FROM "t19" AS "t24"
                        WHERE
                          NOT (
                            "t24"."stray"
                          )
                      ) AS "t39"
                      WHERE
                        "t55"."uuid" = "t39"."uuid"
                    )
                ) AS "t62"
              ) AS "t65"
            ) AS "t68"
            WHERE
              NOT EXISTS(
                SELECT
                  1
                FROM "t26" AS "t36"
                WHERE
                  "t68"."uuid" = "t36"."uuid"
              )
          ) AS "t72"
          WHERE
            "t72"."user_id" IS NOT NULL AND "t72"."user_id" <> ''
        ) AS "t77"
        LEFT OUTER JOIN (
          SELECT
            "t0"."source" AS "link_source",
            "t0"."external_id" AS "link_course",
            "t0"."course_id" AS "joined_id"
          FROM "course_links" AS "t0"
        ) AS "t16"
          ON "t77"."source_name" = "t16"."link_source"
          AND "t77"."course_id" = "t16"."link_course"
      ) AS "t79"
    ) AS "t82"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t63"."event_id",
        "t63"."learner_id",
        COALESCE("t63"."joined_id", "t63"."course_id") AS "course_id",
        "t63"."group_id",
        "t63"."type",
        "t63"."session_id",
        "t63"."count",
        "t63"."at",
        "t63"."properties",
        "t63"."source_name",
        "t63"."joined_id" IS NULL AS "own"
      FROM (
        SELECT
          "t56"."event_id",
          "t56"."learner_id",
          "t56"."course_id",
          "t56"."group_id",
          "t56"."type",
          "t56"."session_id",
          "t56"."count",
          "t56"."at",
          "t56"."properties",
          "t56"."source_name",
          "t16"."link_source",
          "t16"."link_course",
          "t16"."joined_id"
        FROM (
          SELECT
            CAST("t46"."source_name" || ':' || "t46"."uuid" AS VARCHAR) AS "event_id",
            CAST("t46"."source_name" || ':' || "t46"."profile_id" AS VARCHAR) AS "learner_id",
            "t46"."course_id",
            CAST(NULL AS VARCHAR) AS "group_id",
            CAST("t46"."event_name" AS VARCHAR) AS "type",
            "t46"."session_id",
            CAST(1 AS BIGINT) AS "count",
            CAST("t46"."event_at" AS TIMESTAMPTZ(6)) AS "at",
            "t46"."event_json" AS "properties",
            "t46"."source_name"
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
            WHERE
              NOT EXISTS(
                SELECT
                  1
                FROM "t26" AS "t37"
                WHERE
                  "t8"."uuid" = "t37"."uuid"
              )
          ) AS "t46"
          WHERE
            "t46"."profile_id" IS NOT NULL
        ) AS "t56"
        LEFT OUTER JOIN (
          SELECT
            "t0"."source" AS "link_source",
            "t0"."external_id" AS "link_course",
            "t0"."course_id" AS "joined_id"
          FROM "course_links" AS "t0"
        ) AS "t16"
          ON "t56"."source_name" = "t16"."link_source"
          AND "t56"."course_id" = "t16"."link_course"
      ) AS "t63"
    ) AS "t70"
  ) AS "t83"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t78"."event_id",
        "t78"."learner_id",
        COALESCE("t78"."joined_id", "t78"."course_id") AS "course_id",
        "t78"."group_id",
        "t78"."type",
        "t78"."session_id",
        "t78"."count",
        "t78"."at",
        "t78"."properties",
        "t78"."source_name",
        "t78"."joined_id" IS NULL AS "own"
      FROM (
        SELECT
          "t75"."event_id",
          "t75"."learner_id",
          "t75"."course_id",
          "t75"."group_id",
          "t75"."type",
          "t75"."session_id",
          "t75"."count",
          "t75"."at",
          "t75"."properties",
          "t75"."source_name",
          "t16"."link_source",
          "t16"."link_course",
          "t16"."joined_id"
        FROM (
          SELECT
            "t73"."event_id",
            "t73"."learner_id",
            "t73"."course_id",
            "t73"."group_id",
            "t73"."type",
            "t73"."session_id",
            "t73"."count",
            "t73"."at",
            "t73"."properties",
            "t73"."source_name"
          FROM (
            SELECT
              "t66"."slice",
              "t66"."source_name",
              "t66"."position",
              CASE
                WHEN "t66"."event_id" IS NULL
                THEN SHA256("t66"."slice" || ':' || CAST("t66"."position" AS VARCHAR))
                ELSE "t66"."source" || ':' || "t66"."event_id"
              END AS "event_id",
              "t66"."learner_id",
              "t66"."course_id",
              "t66"."group_id",
              "t66"."type",
              "t66"."session_id",
              "t66"."count",
              "t66"."at",
              "t66"."properties",
              "t66"."source"
            FROM (
              SELECT
                "t58"."slice",
                "t58"."source_name",
                "t58"."position",
                "t58"."event_id",
                "t58"."learner_id",
                "t58"."course_id",
                "t58"."source" || ':' || "t58"."group_id" AS "group_id",
                "t58"."type",
                "t58"."session_id",
                "t58"."count",
                "t58"."at",
                "t58"."properties",
                "t58"."source"
              FROM (
                SELECT
                  "t57"."slice",
                  "t57"."source_name",
                  "t57"."position",
                  "t57"."event_id",
                  "t57"."learner_id",
                  "t57"."course_id",
                  "t57"."group_id",
                  "t57"."type",
                  "t57"."session_id",
                  "t57"."count",
                  "t57"."at",
                  "t57"."properties",
                  "t57"."source"
                FROM (
                  SELECT
                    "t48"."slice",
                    "t48"."source_name",
                    "t48"."position",
                    "t48"."event_id",
                    COALESCE("t48"."linked", "t48"."source" || ':' || "t48"."learner_id") AS "learner_id",
                    "t48"."course_id",
                    "t48"."group_id",
                    "t48"."type",
                    "t48"."session_id",
                    "t48"."count",
                    "t48"."at",
                    "t48"."properties",
                    "t48"."source",
                    "t48"."link_source",
                    "t48"."link_external",
                    "t48"."linked"
                  FROM (
                    SELECT
                      "t29"."slice",
                      "t29"."source_name",
                      "t29"."position",
                      "t29"."event_id",
                      "t29"."learner_id",
                      "t29"."course_id",
                      "t29"."group_id",
                      "t29"."type",
                      "t29"."session_id",
                      "t29"."count",
                      "t29"."at",
                      "t29"."properties",
                      "t29"."source",
                      "t42"."link_source",
                      "t42"."link_external",
                      "t42"."linked"
                    FROM (
                      SELECT
                        "t20"."slice",
                        "t20"."source_name",
                        "t20"."position",
                        "t20"."event_id",
                        "t20"."learner_id",
                        "t20"."course_id",
                        "t20"."group_id",
                        "t20"."type",
                        "t20"."session_id",
                        "t20"."count",
                        "t20"."at",
                        "t20"."properties",
                        "t20"."source_name" AS "source"
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
                      ) AS "t20"
                    ) AS "t29"
                    LEFT OUTER JOIN (
                      SELECT
                        "t30"."source" AS "link_source",
                        "t30"."external_id" AS "link_external",
                        "t30"."linked"
                      FROM (
                        SELECT
                          "t21"."source",
                          "t21"."external_id",
                          MAX("t21"."learner_id") AS "linked"
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
                        ) AS "t21"
                        GROUP BY
                          1,
                          2
                      ) AS "t30"
                    ) AS "t42"
                      ON "t29"."source" = "t42"."link_source"
                      AND "t29"."learner_id" = "t42"."link_external"
                  ) AS "t48"
                ) AS "t57"
              ) AS "t58"
            ) AS "t66"
          ) AS "t73"
        ) AS "t75"
        LEFT OUTER JOIN (
          SELECT
            "t0"."source" AS "link_source",
            "t0"."external_id" AS "link_course",
            "t0"."course_id" AS "joined_id"
          FROM "course_links" AS "t0"
        ) AS "t16"
          ON "t75"."source_name" = "t16"."link_source"
          AND "t75"."course_id" = "t16"."link_course"
      ) AS "t78"
    ) AS "t80"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t69"."event_id",
        "t69"."learner_id",
        COALESCE("t69"."joined_id", "t69"."course_id") AS "course_id",
        "t69"."group_id",
        "t69"."type",
        "t69"."session_id",
        "t69"."count",
        "t69"."at",
        "t69"."properties",
        "t69"."source_name",
        "t69"."joined_id" IS NULL AS "own"
      FROM (
        SELECT
          "t60"."event_id",
          "t60"."learner_id",
          "t60"."course_id",
          "t60"."group_id",
          "t60"."type",
          "t60"."session_id",
          "t60"."count",
          "t60"."at",
          "t60"."properties",
          "t60"."source_name",
          "t16"."link_source",
          "t16"."link_course",
          "t16"."joined_id"
        FROM (
          SELECT
            CAST("t47"."source_name" || ':' || "t47"."uuid" AS VARCHAR) AS "event_id",
            CAST("t47"."source_name" || ':' || COALESCE(NULLIF("t47"."user_id", ''), NULLIF("t47"."ehr_id", '')) AS VARCHAR) AS "learner_id",
            "t47"."course_id",
            CAST(NULL AS VARCHAR) AS "group_id",
            CAST("t47"."event_type" AS VARCHAR) AS "type",
            CASE
              WHEN "t47"."session_id" = -1
              THEN CAST(NULL AS VARCHAR)
              ELSE CAST("t47"."session_id" AS VARCHAR)
            END AS "session_id",
            CAST(1 AS BIGINT) AS "count",
            CAST("t47"."event_time" AS TIMESTAMPTZ(6)) AS "at",
            CAST(NULL AS VARCHAR) AS "properties",
            "t47"."source_name"
          FROM (
            SELECT
              "t45"."slice",
              "t45"."source_name",
              "t45"."position",
              "t45"."uuid",
              "t45"."event_type",
              "t45"."event_time",
              "t45"."user_id",
              "t45"."ehr_id",
              "t45"."session_id",
              "t45"."course_id",
              "t45"."item_id",
              "t45"."correct",
              "t45"."score",
              "t45"."duration_s",
              "t45"."hints",
              "t45"."response"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t22"."slice",
                  "t22"."source_name",
                  "t22"."position",
                  "t22"."uuid",
                  "t22"."event_type",
                  "t22"."event_time",
                  "t22"."user_id",
                  "t22"."ehr_id",
                  "t22"."session_id",
                  "t22"."course_id",
                  "t22"."item_id",
                  "t22"."correct",
                  "t22"."score",
                  "t22"."duration_s",
                  "t22"."hints",
                  "t22"."response",
                  ROW_NUMBER() OVER (
                    PARTITION BY "t22"."uuid"
                    ORDER BY "t22"."slice" DESC NULLS LAST, "t22"."position" DESC NULLS LAST
                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                  ) - 1 AS "_place"
                FROM "t17" AS "t22"
              ) AS "t41"
              WHERE
                "t41"."_place" = 0
            ) AS "t45"
          ) AS "t47"
          WHERE
            COALESCE(NULLIF("t47"."user_id", ''), NULLIF("t47"."ehr_id", '')) IS NOT NULL
        ) AS "t60"
        LEFT OUTER JOIN (
          SELECT
            "t0"."source" AS "link_source",
            "t0"."external_id" AS "link_course",
            "t0"."course_id" AS "joined_id"
          FROM "course_links" AS "t0"
        ) AS "t16"
          ON "t60"."source_name" = "t16"."link_source"
          AND "t60"."course_id" = "t16"."link_course"
      ) AS "t69"
    ) AS "t71"
  ) AS "t81"
) AS "t84"

-- attempts --
-- One try of one learner at one item; score is 0..1, response the answer's beginning.
WITH "t34" AS (
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
), "t36" AS (
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
), "t37" AS (
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
), "t49" AS (
  SELECT
    "t42"."uuid"
  FROM "t34" AS "t42"
), "t150" AS (
  SELECT
    "t141"."slice",
    "t141"."source_name",
    "t141"."position",
    "t141"."course",
    "t141"."course_id",
    "t141"."user_id",
    "t141"."email",
    "t141"."username",
    "t141"."role",
    "t141"."suspended",
    "t141"."created_at",
    "t141"."last_login_at",
    "t141"."enrolled_at",
    "t141"."enrolled_on",
    "t141"."expires_on",
    "t141"."groups",
    "t141"."source",
    "t141"."learner_id",
    "t141"."name",
    UNNEST(STRING_TO_ARRAY("t141"."groups", '
')) AS "group"
  FROM (
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
      "t136"."source_name" AS "source",
      "t136"."user_id" AS "learner_id",
      "t136"."username" AS "name"
    FROM (
      SELECT
        "t131"."slice",
        "t131"."source_name",
        "t131"."position",
        "t131"."course",
        "t131"."course_id",
        "t131"."user_id",
        "t131"."email",
        "t131"."username",
        "t131"."role",
        "t131"."suspended",
        "t131"."created_at",
        "t131"."last_login_at",
        "t131"."enrolled_at",
        "t131"."enrolled_on",
        "t131"."expires_on",
        "t131"."groups"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t106"."slice",
            "t106"."source_name",
            "t106"."position",
            "t106"."course",
            "t106"."course_id",
            "t106"."user_id",
            "t106"."email",
            "t106"."username",
            "t106"."role",
            "t106"."suspended",
            "t106"."created_at",
            "t106"."last_login_at",
            "t106"."enrolled_at",
            "t106"."enrolled_on",
            "t106"."expires_on",
            "t106"."groups",
            ROW_NUMBER() OVER (
              PARTITION BY "t106"."user_id", "t106"."course_id"
              ORDER BY "t106"."slice" DESC NULLS LAST, "t106"."position" DESC NULLS LAST
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
                      "t55"."now_course",
                      "t55"."now_id"
                    FROM "learnworlds_users" AS "t29"
                    LEFT OUTER JOIN "slices" AS "t17"
                      ON "t29"."slice_id" = "t17"."slice_id"
                    LEFT OUTER JOIN (
                      SELECT DISTINCT
                        "t41"."course" AS "now_course",
                        "t41"."course_id" AS "now_id"
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
                      ) AS "t41"
                    ) AS "t55"
                      ON "t29"."course" = "t55"."now_course"
                  ) AS "t72"
                  WHERE
                    (
                      "t72"."now_id" IS NULL
                    ) OR (
                      "t72"."now_id" = "t72"."course_id"
                    )
                ) AS "t88"
              ) AS "t94"
            ) AS "t101"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                *
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
                  "t89"."groups"
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
                      "t55"."now_course",
                      "t55"."now_id"
                    FROM "learnworlds_suspended" AS "t30"
                    LEFT OUTER JOIN "slices" AS "t17"
                      ON "t30"."slice_id" = "t17"."slice_id"
                    LEFT OUTER JOIN (
                      SELECT DISTINCT
                        "t41"."course" AS "now_course",
                        "t41"."course_id" AS "now_id"
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
                      ) AS "t41"
                    ) AS "t55"
                      ON "t30"."course" = "t55"."now_course"
                  ) AS "t73"
                  WHERE
                    (
                      "t73"."now_id" IS NULL
                    ) OR (
                      "t73"."now_id" = "t73"."course_id"
                    )
                ) AS "t89"
              ) AS "t95"
            ) AS "t102"
          ) AS "t106"
        ) AS "t124"
        WHERE
          "t124"."_place" = 0
      ) AS "t131"
    ) AS "t136"
    WHERE
      "t136"."groups" IS NOT NULL
  ) AS "t141"
)
SELECT
  "t194"."attempt_id",
  "t194"."learner_id",
  "t194"."course_id",
  CASE
    WHEN COALESCE(
      (
        "t194"."placed" IS NOT NULL
      )
      AND NOT (
        STARTS_WITH("t194"."group_id", 'groups:')
      ),
      FALSE
    )
    THEN NULL
    ELSE "t194"."group_id"
  END AS "group_id",
  "t194"."item_id",
  "t194"."topic_id",
  "t194"."level_id",
  "t194"."kind",
  "t194"."correct",
  "t194"."score",
  "t194"."hints",
  "t194"."duration_s",
  "t194"."at",
  "t194"."source",
  "t194"."response"
FROM (
  SELECT
    "t182"."attempt_id",
    "t182"."learner_id",
    "t182"."course_id",
    "t182"."group_id",
    "t182"."item_id",
    "t182"."topic_id",
    "t182"."level_id",
    "t182"."kind",
    "t182"."correct",
    "t182"."score",
    "t182"."hints",
    "t182"."duration_s",
    "t182"."at",
    "t182"."source",
    "t182"."response",
    "t193"."learner_id" AS "learner_id_right",
    "t193"."course_id" AS "course_id_right",
    "t193"."placed"
  FROM (
    SELECT
      "t179"."attempt_id",
      "t179"."learner_id",
      "t179"."course_id",
      "t179"."group_id",
      "t179"."item_id",
      "t179"."topic_id",
      "t179"."level_id",
      "t179"."kind",
      "t179"."correct",
      "t179"."score",
      "t179"."hints",
      "t179"."duration_s",
      "t179"."at",
      "t179"."source",
      "t179"."response"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t174"."attempt_id",
            "t174"."learner_id",
            COALESCE("t174"."joined_id", "t174"."course_id") AS "course_id",
            "t174"."group_id",
            "t174"."item_id",
            "t174"."topic_id",
            "t174"."level_id",
            "t174"."kind",
            "t174"."correct",
            "t174"."score",
            "t174"."hints",
            "t174"."duration_s",
            "t174"."at",
            "t174"."source",
            "t174"."response",
            "t174"."source_name",
            "t174"."joined_id" IS NULL AS "own"
          FROM (
            SELECT
              "t170"."attempt_id",
              "t170"."learner_id",
              "t170"."course_id",
              "t170"."group_id",
              "t170"."item_id",
              "t170"."topic_id",
              "t170"."level_id",
              "t170"."kind",
              "t170"."correct",
              "t170"."score",
              "t170"."hints",
              "t170"."duration_s",
              "t170"."at",
              "t170"."source",
              "t170"."response",
              "t170"."source_name",
              "t32"."link_source",
              "t32"."link_course",
              "t32"."joined_id"
            FROM (
              SELECT
                CAST("t163"."attempt_id" AS VARCHAR) AS "attempt_id",
                CAST("t163"."learner_id" AS VARCHAR) AS "learner_id",
                "t163"."course_id",
                CAST(NULL AS VARCHAR) AS "group_id",
                "t163"."item_id",
                CAST(NULL AS VARCHAR) AS "topic_id",
                CAST(NULL AS VARCHAR) AS "level_id",
                CAST("t163"."kind" AS VARCHAR) AS "kind",
                "t163"."correct",
                "t163"."score",
                CAST(NULL AS INT) AS "hints",
                CAST(NULL AS DECIMAL(12, 3)) AS "duration_s",
                CAST("t163"."at" AS TIMESTAMPTZ(6)) AS "at",
                CAST("t163"."source" AS VARCHAR) AS "source",
                "t163"."response",
                "t163"."source_name"
              FROM (
                SELECT
                  "t161"."slice",
                  "t161"."position",
                  "t161"."source_name",
                  "t161"."course_id",
                  "t161"."score",
                  "t161"."source",
                  "t161"."attempt_id",
                  "t161"."learner_id",
                  "t161"."item_id",
                  "t161"."kind",
                  "t161"."correct",
                  "t161"."response",
                  "t161"."at"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t143"."slice",
                      "t143"."position",
                      "t143"."source_name",
                      "t143"."course_id",
                      "t143"."score",
                      "t143"."source",
                      "t143"."attempt_id",
                      "t143"."learner_id",
                      "t143"."item_id",
                      "t143"."kind",
                      "t143"."correct",
                      "t143"."response",
                      "t143"."at",
                      ROW_NUMBER() OVER (
                        PARTITION BY "t143"."attempt_id"
                        ORDER BY "t143"."slice" DESC NULLS LAST, "t143"."position" DESC NULLS LAST
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                      ) - 1 AS "_place"
                    FROM (
                      SELECT
                        "t137"."slice",
                        "t137"."position",
                        "t137"."source_name",
                        "t137"."course_id",
                        "t137"."score",
                        "t137"."source",
                        "t137"."attempt_id",
                        "t137"."source" || ':' || "t137"."learner_id" AS "learner_id",
                        "t137"."item_id",
                        "t137"."kind",
                        "t137"."correct",
                        "t137"."response",
                        "t137"."at"
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t92"."slice",
                            "t92"."position",
                            "t92"."source_name",
                            "t92"."course_id",
                            "t92"."score",
                            "t92"."source_name" AS "source",
                            "t92"."source_name" || ':' || "t92"."response_id" AS "attempt_id",
                            "t92"."user_id" AS "learner_id",
                            "t92"."unit_id" AS "item_id",
                            'answer' AS "kind",
                            "t92"."passed" AS "correct",
                            "t92"."answer" AS "response",
                            COALESCE("t92"."submitted_at", "t92"."modified_at", "t92"."created_at") AS "at"
                          FROM (
                            SELECT
                              "t86"."slice",
                              "t86"."source_name",
                              "t86"."position",
                              "t86"."course",
                              "t86"."course_id",
                              "t86"."response_id",
                              "t86"."user_id",
                              "t86"."email",
                              "t86"."unit_id",
                              "t86"."grade",
                              "t86"."score",
                              "t86"."created_at",
                              "t86"."modified_at",
                              "t86"."submitted_at",
                              "t86"."passed",
                              "t86"."blocks",
                              "t86"."points",
                              "t86"."max_points",
                              "t86"."answer"
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
                                  "t55"."now_course",
                                  "t55"."now_id"
                                FROM "learnworlds_responses" AS "t23"
                                LEFT OUTER JOIN "slices" AS "t17"
                                  ON "t23"."slice_id" = "t17"."slice_id"
                                LEFT OUTER JOIN (
                                  SELECT DISTINCT
                                    "t41"."course" AS "now_course",
                                    "t41"."course_id" AS "now_id"
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
                                  ) AS "t41"
                                ) AS "t55"
                                  ON "t23"."course" = "t55"."now_course"
                              ) AS "t70"
                              WHERE
                                (
                                  "t70"."now_id" IS NULL
                                ) OR (
                                  "t70"."now_id" = "t70"."course_id"
                                )
                            ) AS "t86"
                          ) AS "t92"
                          WHERE
                            (
                              (
                                "t92"."submitted_at" IS NOT NULL
                              ) OR (
                                "t92"."grade" IS NOT NULL
                              )
                            )
                            AND COALESCE("t92"."submitted_at", "t92"."modified_at", "t92"."created_at") IS NOT NULL
                        ) AS "t108"
                        UNION ALL
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t126"."slice",
                            "t126"."position",
                            "t126"."source_name",
                            "t126"."course_id",
                            "t126"."score",
                            "t126"."source_name" AS "source",
                            "t126"."source_name" || ':' || "t126"."grade_id" AS "attempt_id",
                            "t126"."user_id" AS "learner_id",
                            "t126"."unit_id" AS "item_id",
                            'answer' AS "kind",
                            CAST(NULL AS BOOLEAN) AS "correct",
                            CAST(NULL AS VARCHAR) AS "response",
                            COALESCE("t126"."submitted_at", "t126"."modified_at", "t126"."created_at") AS "at"
                          FROM (
                            SELECT
                              "t115"."slice",
                              "t115"."source_name",
                              "t115"."position",
                              "t115"."course",
                              "t115"."course_id",
                              "t115"."grade_id",
                              "t115"."unit_type",
                              "t115"."user_id",
                              "t115"."email",
                              "t115"."unit_id",
                              "t115"."grade",
                              "t115"."score",
                              "t115"."created_at",
                              "t115"."modified_at",
                              "t115"."submitted_at"
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
                                  "t87"."grade_id",
                                  "t87"."unit_type",
                                  "t87"."user_id",
                                  "t87"."email",
                                  "t87"."unit_id",
                                  "t87"."grade",
                                  "t87"."score",
                                  "t87"."created_at",
                                  "t87"."modified_at",
                                  "t87"."submitted_at"
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
                                      "t55"."now_course",
                                      "t55"."now_id"
                                    FROM "learnworlds_grades" AS "t26"
                                    LEFT OUTER JOIN "slices" AS "t17"
                                      ON "t26"."slice_id" = "t17"."slice_id"
                                    LEFT OUTER JOIN (
                                      SELECT DISTINCT
                                        "t41"."course" AS "now_course",
                                        "t41"."course_id" AS "now_id"
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
                                      ) AS "t41"
                                    ) AS "t55"
                                      ON "t26"."course" = "t55"."now_course"
                                  ) AS "t71"
                                  WHERE
                                    (
                                      "t71"."now_id" IS NULL
                                    ) OR (
                                      "t71"."now_id" = "t71"."course_id"
                                    )
                                ) AS "t87"
                              ) AS "t93"
                              WHERE
                                "t93"."grade" IS NOT NULL
                                AND COALESCE("t93"."submitted_at", "t93"."modified_at", "t93"."created_at") IS NOT NULL
                            ) AS "t115"
                            WHERE
                              NOT EXISTS(
                                SELECT
                                  1
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
                                      "t86"."response_id",
                                      "t86"."user_id",
                                      "t86"."email",
                                      "t86"."unit_id",
                                      "t86"."grade",
                                      "t86"."score",
                                      "t86"."created_at",
                                      "t86"."modified_at",
                                      "t86"."submitted_at",
                                      "t86"."passed",
                                      "t86"."blocks",
                                      "t86"."points",
                                      "t86"."max_points",
                                      "t86"."answer"
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
                                          "t55"."now_course",
                                          "t55"."now_id"
                                        FROM "learnworlds_responses" AS "t23"
                                        LEFT OUTER JOIN "slices" AS "t17"
                                          ON "t23"."slice_id" = "t17"."slice_id"
                                        LEFT OUTER JOIN (
                                          SELECT DISTINCT
                                            "t41"."course" AS "now_course",
                                            "t41"."course_id" AS "now_id"
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
                                          ) AS "t41"
                                        ) AS "t55"
                                          ON "t23"."course" = "t55"."now_course"
                                      ) AS "t70"
                                      WHERE
                                        (
                                          "t70"."now_id" IS NULL
                                        ) OR (
                                          "t70"."now_id" = "t70"."course_id"
                                        )
                                    ) AS "t86"
                                  ) AS "t92"
                                  WHERE
                                    (
                                      (
                                        "t92"."submitted_at" IS NOT NULL
                                      ) OR (
                                        "t92"."grade" IS NOT NULL
                                      )
                                    )
                                    AND COALESCE("t92"."submitted_at", "t92"."modified_at", "t92"."created_at") IS NOT NULL
                                ) AS "t114"
                                WHERE
                                  "t115"."course_id" = "t114"."course_id"
                                  AND "t115"."user_id" = "t114"."user_id"
                                  AND "t115"."unit_id" = "t114"."unit_id"
                              )
                          ) AS "t126"
                        ) AS "t135"
                      ) AS "t137"
                    ) AS "t143"
                  ) AS "t154"
                  WHERE
                    "t154"."_place" = 0
                ) AS "t161"
              ) AS "t163"
            ) AS "t170"
            LEFT OUTER JOIN (
              SELECT
                "t0"."source" AS "link_source",
                "t0"."external_id" AS "link_course",
                "t0"."course_id" AS "joined_id"
              FROM "course_links" AS "t0"
            ) AS "t32"
              ON "t170"."source_name" = "t32"."link_source"
              AND "t170"."course_id" = "t32"."link_course"
          ) AS "t174"
        ) AS "t177"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "t125"."attempt_id",
            "t125"."learner_id",
            COALESCE("t125"."joined_id", "t125"."course_id") AS "course_id",
            "t125"."group_id",
            "t125"."item_id",
            "t125"."topic_id",
            "t125"."level_id",
            "t125"."kind",
            "t125"."correct",
            "t125"."score",
            "t125"."hints",
            "t125"."duration_s",
            "t125"."at",
            "t125"."source",
            "t125"."response",
            "t125"."source_name",
            "t125"."joined_id" IS NULL AS "own"
          FROM (
            SELECT
              "t111"."attempt_id",
              "t111"."learner_id",
              "t111"."course_id",
              "t111"."group_id",
              "t111"."item_id",
              "t111"."topic_id",
              "t111"."level_id",
              "t111"."kind",
              "t111"."correct",
              "t111"."score",
              "t111"."hints",
              "t111"."duration_s",
              "t111"."at",
              "t111"."source",
              "t111"."response",
              "t111"."source_name",
              "t32"."link_source",
              "t32"."link_course",
              "t32"."joined_id"
            FROM (
              SELECT
                CAST("t79"."source_name" || ':' || "t79"."uuid" AS VARCHAR) AS "attempt_id",
                CAST("t79"."source_name" || ':' || COALESCE(NULLIF("t79"."user_id", ''), NULLIF("t79"."ehr_id", '')) AS VARCHAR) AS "learner_id",
                "t79"."course_id",
                CAST(NULL AS VARCHAR) AS "group_id",
                "t79"."item_id",
                CAST(NULL AS VARCHAR) AS "topic_id",
                CAST(NULL AS VARCHAR) AS "level_id",
                CAST('answer' AS VARCHAR) AS "kind",
                "t79"."correct",
                COALESCE(
                  "t79"."score",
                  CASE
                    WHEN "t79"."correct" IS NULL
                    THEN NULL
                    ELSE CAST(CASE WHEN "t79"."correct" THEN 1 ELSE 0 END AS DECIMAL(9, 6))
                  END
                ) AS "score",
                "t79"."hints",
                "t79"."duration_s",
                CAST("t79"."event_time" AS TIMESTAMPTZ(6)) AS "at",
                CAST("t79"."source_name" AS VARCHAR) AS "source",
                "t79"."response",
                "t79"."source_name"
              FROM (
                SELECT
                  "t77"."slice",
                  "t77"."source_name",
                  "t77"."position",
                  "t77"."uuid",
                  "t77"."event_type",
                  "t77"."event_time",
                  "t77"."user_id",
                  "t77"."ehr_id",
                  "t77"."session_id",
                  "t77"."course_id",
                  "t77"."item_id",
                  "t77"."correct",
                  "t77"."score",
                  "t77"."duration_s",
                  "t77"."hints",
                  "t77"."response"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t42"."slice",
                      "t42"."source_name",
                      "t42"."position",
                      "t42"."uuid",
                      "t42"."event_type",
                      "t42"."event_time",
                      "t42"."user_id",
                      "t42"."ehr_id",
                      "t42"."session_id",
                      "t42"."course_id",
                      "t42"."item_id",
                      "t42"."correct",
                      "t42"."score",
                      "t42"."duration_s",
                      "t42"."hints",
                      "t42"."response",
                      ROW_NUMBER() OVER (
                        PARTITION BY "t42"."uuid"
                        ORDER BY "t42"."slice" DESC NULLS LAST, "t42"."position" DESC NULLS LAST
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                      ) - 1 AS "_place"
                    FROM "t34" AS "t42"
                  ) AS "t67"
                  WHERE
                    "t67"."_place" = 0
                ) AS "t77"
              ) AS "t79"
              WHERE
                COALESCE(NULLIF("t79"."user_id", ''), NULLIF("t79"."ehr_id", '')) IS NOT NULL
                AND "t79"."item_id" IS NOT NULL
            ) AS "t111"
            LEFT OUTER JOIN (
              SELECT
                "t0"."source" AS "link_source",
                "t0"."external_id" AS "link_course",
                "t0"."course_id" AS "joined_id"
              FROM "course_links" AS "t0"
            ) AS "t32"
              ON "t111"."source_name" = "t32"."link_source"
              AND "t111"."course_id" = "t32"."link_course"
          ) AS "t125"
        ) AS "t132"
      ) AS "t178"
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
                  CAST("t133"."source_name" || ':' || "t133"."uuid" AS VARCHAR) AS "attempt_id",
                  CAST("t133"."source_name" || ':' || "t133"."user_id" AS VARCHAR) AS "learner_id",
                  "t133"."course_id",
                  CAST(NULL AS VARCHAR) AS "group_id",
                  "t133"."item_id",
                  CAST(NULL AS VARCHAR) AS "topic_id",
                  CAST(NULL AS VARCHAR) AS "level_id",
                  CAST('answer' AS VARCHAR) AS "kind",
                  "t133"."correct",
                  COALESCE(
                    "t133"."score",
                    CASE
                      WHEN "t133"."correct" IS NULL
                      THEN NULL
                      ELSE CAST(CASE WHEN "t133"."correct" THEN 1 ELSE 0 END AS DECIMAL(9, 6))
                    END
                  ) AS "score",
                  "t133"."hints",
                  "t133"."duration_s",
                  CAST("t133"."event_time" AS TIMESTAMPTZ(6)) AS "at",
                  CAST("t133"."source_name" AS VARCHAR) AS "source",
                  "t133"."response",
                  "t133"."source_name"
                FROM (
                  SELECT
                    "t123"."slice",
                    "t123"."source_name",
                    "t123"."position",
                    "t123"."stray",
                    "t123"."uuid",
                    "t123"."event_type",
                    "t123"."event_time",
                    "t123"."user_id",
                    "t123"."session_id",
                    "t123"."email",
                    "t123"."course_id",
                    "t123"."item_id",
                    "t123"."correct",
                    "t123"."score",
                    "t123"."duration_s",
                    "t123"."hints",
                    "t123"."event_properties",
                    "t123"."response"
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          *
                        FROM "t36" AS "t43"
                        WHERE
                          NOT (
                            "t43"."stray"
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
                            "t84"."slice",
                            "t84"."source_name",
                            "t84"."position",
                            "t84"."stray",
                            "t84"."uuid",
                            "t84"."event_type",
                            "t84"."event_time",
                            "t84"."user_id",
                            "t84"."session_id",
                            "t84"."email",
                            "t84"."course_id",
                            "t84"."item_id",
                            "t84"."correct",
                            "t84"."score",
                            "t84"."duration_s",
                            "t84"."hints",
                            "t84"."event_properties",
                            "t84"."response"
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
                                FROM "t36" AS "t43"
                                WHERE
                                  "t43"."stray"
                              ) AS "t50"
                            ) AS "t75"
                            WHERE
                              "t75"."_place" = 0
                          ) AS "t84"
                        ) AS "t96"
                        WHERE
                          NOT EXISTS(
                            SELECT
                              1
                            FROM (
                              SELECT
                                "t43"."uuid"
                              FROM "t36" AS "t43"
                              WHERE
                                NOT (
                                  "t43"."stray"
                                )
                            ) AS "t64"
                            WHERE
                              "t96"."uuid" = "t64"."uuid"
                          )
                      ) AS "t112"
                    ) AS "t117"
                    UNION ALL
                    SELECT
                      *
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          *
                        FROM "t37" AS "t44"
                        WHERE
                          NOT (
                            "t44"."stray"
                          )
                      ) AS "t60"
                      UNION ALL
                      SELECT
                        *
                      FROM (
                        SELECT
                          "t97"."slice",
                          "t97"."source_name",
                          "t97"."position",
                          "t97"."stray",
                          "t97"."uuid",
                          "t97"."event_type",
                          "t97"."event_time",
                          "t97"."user_id",
                          "t97"."session_id",
                          "t97"."email",
                          "t97"."course_id",
                          "t97"."item_id",
                          "t97"."correct",
                          "t97"."score",
                          "t97"."duration_s",
                          "t97"."hints",
                          "t97"."event_properties",
                          "t97"."response"
                        FROM (
                          SELECT
                            "t85"."slice",
                            "t85"."source_name",
                            "t85"."position",
                            "t85"."stray",
                            "t85"."uuid",
                            "t85"."event_type",
                            "t85"."event_time",
                            "t85"."user_id",
                            "t85"."session_id",
                            "t85"."email",
                            "t85"."course_id",
                            "t85"."item_id",
                            "t85"."correct",
                            "t85"."score",
                            "t85"."duration_s",
                            "t85"."hints",
                            "t85"."event_properties",
                            "t85"."response"
                          FROM (
                            SELECT
                              *
                            FROM (
                              SELECT
                                "t51"."slice",
                                "t51"."source_name",
                                "t51"."position",
                                "t51"."stray",
                                "t51"."uuid",
                                "t51"."event_type",
                                "t51"."event_time",
                                "t51"."user_id",
                                "t51"."session_id",
                                "t51"."email",
                                "t51"."course_id",
                                "t51"."item_id",
                                "t51"."correct",
                                "t51"."score",
                                "t51"."duration_s",
                                "t51"."hints",
                                "t51"."event_properties",
                                "t51"."response",
                                ROW_NUMBER() OVER (
                                  PARTITION BY "t51"."uuid"
                                  ORDER BY "t51"."slice" ASC, "t51"."position" ASC
                                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                ) - 1 AS "_place"
                              FROM (
                                SELECT
                                  *
                                FROM "t37" AS "t44"
                                WHERE
                                  "t44"."stray"
                              ) AS "t51"
                            ) AS "t76"
                            WHERE
                              "t76"."_place" = 0
                          ) AS "t85"
                        ) AS "t97"
                        WHERE
                          NOT EXISTS(
                            SELECT
                              1
                            FROM (
                              SELECT
                                "t44"."uuid"
                              FROM "t37" AS "t44"
                              WHERE
                                NOT (
                                  "t44"."stray"
                                )
                            ) AS "t65"
                            WHERE
                              "t97"."uuid" = "t65"."uuid"
                          )
                      ) AS "t113"
                    ) AS "t118"
                  ) AS "t123"
                  WHERE
                    NOT EXISTS(
                      SELECT
                        1
                      FROM "t49" AS "t62"
                      WHERE
                        "t123"."uuid" = "t62"."uuid"
                    )
                ) AS "t133"
                WHERE
                  "t133"."user_id" IS NOT NULL
                  AND "t133"."user_id" <> ''
                  AND "t133"."item_id" IS NOT NULL
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
          ) AS "t164"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "t121"."attempt_id",
              "t121"."learner_id",
              COALESCE("t121"."joined_id", "t121"."course_id") AS "course_id",
              "t121"."group_id",
              "t121"."item_id",
              "t121"."topic_id",
              "t121"."level_id",
              "t121"."kind",
              "t121"."correct",
              "t121"."score",
              "t121"."hints",
              "t121"."duration_s",
              "t121"."at",
              "t121"."source",
              "t121"."response",
              "t121"."source_name",
              "t121"."joined_id" IS NULL AS "own"
            FROM (
              SELECT
                "t103"."attempt_id",
                "t103"."learner_id",
                "t103"."course_id",
                "t103"."group_id",
                "t103"."item_id",
                "t103"."topic_id",
                "t103"."level_id",
                "t103"."kind",
                "t103"."correct",
                "t103"."score",
                "t103"."hints",
                "t103"."duration_s",
                "t103"."at",
                "t103"."source",
                "t103"."response",
                "t103"."source_name",
                "t32"."link_source",
                "t32"."link_course",
                "t32"."joined_id"
              FROM (
                SELECT
                  CAST("t78"."source_name" || ':' || "t78"."uuid" AS VARCHAR) AS "attempt_id",
                  CAST("t78"."source_name" || ':' || "t78"."profile_id" AS VARCHAR) AS "learner_id",
                  "t78"."course_id",
                  CAST(NULL AS VARCHAR) AS "group_id",
                  "t78"."item_id",
                  CAST(NULL AS VARCHAR) AS "topic_id",
                  CAST(NULL AS VARCHAR) AS "level_id",
                  CAST('answer' AS VARCHAR) AS "kind",
                  "t78"."correct",
                  COALESCE("t78"."score", CAST(CAST("t78"."correct" AS INT) AS DECIMAL(9, 6))) AS "score",
                  "t78"."hints",
                  "t78"."duration_s",
                  CAST("t78"."event_at" AS TIMESTAMPTZ(6)) AS "at",
                  CAST("t78"."source_name" AS VARCHAR) AS "source",
                  "t78"."response",
                  "t78"."source_name"
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
                  WHERE
                    NOT EXISTS(
                      SELECT
                        1
                      FROM "t49" AS "t63"
                      WHERE
                        "t16"."uuid" = "t63"."uuid"
                    )
                ) AS "t78"
                WHERE
                  "t78"."profile_id" IS NOT NULL AND "t78"."item_id" IS NOT NULL
              ) AS "t103"
              LEFT OUTER JOIN (
                SELECT
                  "t0"."source" AS "link_source",
                  "t0"."external_id" AS "link_course",
                  "t0"."course_id" AS "joined_id"
                FROM "course_links" AS "t0"
              ) AS "t32"
                ON "t103"."source_name" = "t32"."link_source"
                AND "t103"."course_id" = "t32"."link_course"
            ) AS "t121"
          ) AS "t127"
        ) AS "t165"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t162"."attempt_id",
              "t162"."learner_id",
              COALESCE("t162"."joined_id", "t162"."course_id") AS "course_id",
              "t162"."group_id",
              "t162"."item_id",
              "t162"."topic_id",
              "t162"."level_id",
              "t162"."kind",
              "t162"."correct",
              "t162"."score",
              "t162"."hints",
              "t162"."duration_s",
              "t162"."at",
              "t162"."source",
              "t162"."response",
              "t162"."source_name",
              "t162"."joined_id" IS NULL AS "own"
            FROM (
              SELECT
                "t153"."attempt_id",
                "t153"."learner_id",
                "t153"."course_id",
                "t153"."group_id",
                "t153"."item_id",
                "t153"."topic_id",
                "t153"."level_id",
                "t153"."kind",
                "t153"."correct",
                "t153"."score",
                "t153"."hints",
                "t153"."duration_s",
                "t153"."at",
                "t153"."source",
                "t153"."response",
                "t153"."source_name",
                "t32"."link_source",
                "t32"."link_course",
                "t32"."joined_id"
              FROM (
                SELECT
                  "t145"."attempt_id",
                  "t145"."learner_id",
                  "t145"."course_id",
                  "t145"."group_id",
                  "t145"."item_id",
                  "t145"."topic_id",
                  "t145"."level_id",
                  "t145"."kind",
                  "t145"."correct",
                  "t145"."score",
                  "t145"."hints",
                  "t145"."duration_s",
                  "t145"."at",
                  "t145"."source",
                  "t145"."response",
                  "t145"."source_name"
                FROM (
                  SELECT
                    "t134"."slice",
                    "t134"."source_name",
                    "t134"."position",
                    "t134"."attempt_id",
                    "t134"."learner_id",
                    "t134"."course_id",
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
                    "t134"."response",
                    "t134"."source",
                    ROW_NUMBER() OVER (
                      PARTITION BY "t134"."attempt_id"
                      ORDER BY "t134"."slice" DESC NULLS LAST, "t134"."position" DESC NULLS LAST
                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                    ) - 1 AS "_place"
                  FROM (
                    SELECT
                      "t119"."slice",
                      "t119"."source_name",
                      "t119"."position",
                      CASE
                        WHEN "t119"."attempt_id" IS NULL
                        THEN SHA256("t119"."slice" || ':' || CAST("t119"."position" AS VARCHAR))
                        ELSE "t119"."source" || ':' || "t119"."attempt_id"
                      END AS "attempt_id",
                      "t119"."learner_id",
                      "t119"."course_id",
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
                      "t119"."response",
                      "t119"."source"
                    FROM (
                      SELECT
                        "t104"."slice",
                        "t104"."source_name",
                        "t104"."position",
                        "t104"."attempt_id",
                        "t104"."learner_id",
                        "t104"."course_id",
                        "t104"."source" || ':' || "t104"."group_id" AS "group_id",
                        "t104"."item_id",
                        "t104"."topic_id",
                        "t104"."level_id",
                        "t104"."kind",
                        "t104"."correct",
                        "t104"."score",
                        "t104"."hints",
                        "t104"."duration_s",
                        "t104"."at",
                        "t104"."response",
                        "t104"."source"
                      FROM (
                        SELECT
                          "t99"."slice",
                          "t99"."source_name",
                          "t99"."position",
                          "t99"."attempt_id",
                          "t99"."learner_id",
                          "t99"."course_id",
                          "t99"."group_id",
                          "t99"."item_id",
                          "t99"."topic_id",
                          "t99"."level_id",
                          "t99"."kind",
                          "t99"."correct",
                          "t99"."score",
                          "t99"."hints",
                          "t99"."duration_s",
                          "t99"."at",
                          "t99"."response",
                          "t99"."source"
                        FROM (
                          SELECT
                            "t80"."slice",
                            "t80"."source_name",
                            "t80"."position",
                            "t80"."attempt_id",
                            COALESCE("t80"."linked", "t80"."source" || ':' || "t80"."learner_id") AS "learner_id",
                            "t80"."course_id",
                            "t80"."group_id",
                            "t80"."item_id",
                            "t80"."topic_id",
                            "t80"."level_id",
                            "t80"."kind",
                            "t80"."correct",
                            "t80"."score",
                            "t80"."hints",
                            "t80"."duration_s",
                            "t80"."at",
                            "t80"."response",
                            "t80"."source",
                            "t80"."link_source",
                            "t80"."link_external",
                            "t80"."linked"
                          FROM (
                            SELECT
                              "t52"."slice",
                              "t52"."source_name",
                              "t52"."position",
                              "t52"."attempt_id",
                              "t52"."learner_id",
                              "t52"."course_id",
                              "t52"."group_id",
                              "t52"."item_id",
                              "t52"."topic_id",
                              "t52"."level_id",
                              "t52"."kind",
                              "t52"."correct",
                              "t52"."score",
                              "t52"."hints",
                              "t52"."duration_s",
                              "t52"."at",
                              "t52"."response",
                              "t52"."source",
                              "t69"."link_source",
                              "t69"."link_external",
                              "t69"."linked"
                            FROM (
                              SELECT
                                "t38"."slice",
                                "t38"."source_name",
                                "t38"."position",
                                "t38"."attempt_id",
                                "t38"."learner_id",
                                "t38"."course_id",
                                "t38"."group_id",
                                "t38"."item_id",
                                "t38"."topic_id",
                                "t38"."level_id",
                                "t38"."kind",
                                "t38"."correct",
                                "t38"."score",
                                "t38"."hints",
                                "t38"."duration_s",
                                "t38"."at",
                                "t38"."response",
                                "t38"."source_name" AS "source"
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
                              ) AS "t38"
                            ) AS "t52"
                            LEFT OUTER JOIN (
                              SELECT
                                "t54"."source" AS "link_source",
                                "t54"."external_id" AS "link_external",
                                "t54"."linked"
                              FROM (
                                SELECT
                                  "t40"."source",
                                  "t40"."external_id",
                                  MAX("t40"."learner_id") AS "linked"
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
                                ) AS "t40"
                                GROUP BY
                                  1,
                                  2
                              ) AS "t54"
                            ) AS "t69"
                              ON "t52"."source" = "t69"."link_source"
                              AND "t52"."learner_id" = "t69"."link_external"
                          ) AS "t80"
                        ) AS "t99"
                      ) AS "t104"
                    ) AS "t119"
                  ) AS "t134"
                ) AS "t145"
                WHERE
                  "t145"."_place" = 0
              ) AS "t153"
              LEFT OUTER JOIN (
                SELECT
                  "t0"."source" AS "link_source",
                  "t0"."external_id" AS "link_course",
                  "t0"."course_id" AS "joined_id"
                FROM "course_links" AS "t0"
              ) AS "t32"
                ON "t153"."source_name" = "t32"."link_source"
                AND "t153"."course_id" = "t32"."link_course"
            ) AS "t162"
          ) AS "t167"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "t139"."attempt_id",
              "t139"."learner_id",
              COALESCE("t139"."joined_id", "t139"."course_id") AS "course_id",
              "t139"."group_id",
              "t139"."item_id",
              "t139"."topic_id",
              "t139"."level_id",
              "t139"."kind",
              "t139"."correct",
              "t139"."score",
              "t139"."hints",
              "t139"."duration_s",
              "t139"."at",
              "t139"."source",
              "t139"."response",
              "t139"."source_name",
              "t139"."joined_id" IS NULL AS "own"
            FROM (
              SELECT
                "t129"."attempt_id",
                "t129"."learner_id",
                "t129"."course_id",
                "t129"."group_id",
                "t129"."item_id",
                "t129"."topic_id",
                "t129"."level_id",
                "t129"."kind",
                "t129"."correct",
                "t129"."score",
                "t129"."hints",
                "t129"."duration_s",
                "t129"."at",
                "t129"."source",
                "t129"."response",
                "t129"."source_name",
                "t32"."link_source",
                "t32"."link_course",
                "t32"."joined_id"
              FROM (
                SELECT
                  CAST("t116"."attempt_id" AS VARCHAR) AS "attempt_id",
                  CAST("t116"."source" || ':' || "t116"."learner_id" AS VARCHAR) AS "learner_id",
                  "t116"."course_id",
                  CAST(NULL AS VARCHAR) AS "group_id",
                  "t116"."item_id",
                  CAST(NULL AS VARCHAR) AS "topic_id",
                  CAST(NULL AS VARCHAR) AS "level_id",
                  CAST("t116"."kind" AS VARCHAR) AS "kind",
                  "t116"."correct",
                  CAST("t116"."score" AS DECIMAL(9, 6)) AS "score",
                  CAST(NULL AS INT) AS "hints",
                  CAST(NULL AS DECIMAL(12, 3)) AS "duration_s",
                  CAST("t116"."at" AS TIMESTAMPTZ(6)) AS "at",
                  CAST("t116"."source" AS VARCHAR) AS "source",
                  CAST(NULL AS VARCHAR) AS "response",
                  "t116"."source_name"
                FROM (
                  SELECT
                    "t83"."slice",
                    "t83"."source_name",
                    "t83"."position",
                    "t83"."user_id",
                    "t83"."oauth_consumer_key",
                    "t83"."lis_result_sourcedid",
                    "t83"."lis_outcome_service_url",
                    "t83"."is_correct",
                    "t83"."attempt_type",
                    "t83"."created_at",
                    "t83"."source",
                    "t83"."learner_id",
                    "t83"."at",
                    "t83"."sourcedid",
                    "t83"."category",
                    "t83"."course",
                    "t83"."item_id",
                    "t83"."source" || ':' || SHA256(
                      "t83"."user_id" || ' ' || CAST(EPOCH_US("t83"."at") AS VARCHAR) || ' ' || "t83"."attempt_type" || ' ' || COALESCE("t83"."lis_result_sourcedid", '')
                    ) AS "attempt_id",
                    "t83"."category" || '/' || "t83"."course" AS "course_id",
                    CASE WHEN "t83"."attempt_type" = 'submit' THEN 'answer' ELSE 'run' END AS "kind",
                    "t83"."is_correct" AS "correct",
                    CASE
                      WHEN "t83"."is_correct"
                      THEN 1
                      WHEN NOT (
                        "t83"."is_correct"
                      )
                      THEN 0
                      ELSE CAST(NULL AS BIGINT)
                    END AS "score"
                  FROM (
                    SELECT
                      "t68"."slice",
                      "t68"."source_name",
                      "t68"."position",
                      "t68"."user_id",
                      "t68"."oauth_consumer_key",
                      "t68"."lis_result_sourcedid",
                      "t68"."lis_outcome_service_url",
                      "t68"."is_correct",
                      "t68"."attempt_type",
                      "t68"."created_at",
                      "t68"."source",
                      "t68"."learner_id",
                      "t68"."at",
                      "t68"."sourcedid",
                      CASE
                        WHEN "t68"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                        THEN CASE
                          WHEN "t68"."sourcedid" ~ (
                            '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                          THEN (
                            REGEXP_MATCH(
                              "t68"."sourcedid",
                              '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                            )
                          )[2]
                          ELSE NULL
                        END
                        WHEN "t68"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                        THEN CASE
                          WHEN "t68"."sourcedid" ~ (
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                          THEN (
                            REGEXP_MATCH(
                              "t68"."sourcedid",
                              '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                            )
                          )[2]
                          ELSE NULL
                        END
                        ELSE CAST(NULL AS VARCHAR)
                      END AS "category",
                      CASE
                        WHEN "t68"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                        THEN CASE
                          WHEN "t68"."sourcedid" ~ (
                            '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                          THEN (
                            REGEXP_MATCH(
                              "t68"."sourcedid",
                              '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                            )
                          )[3]
                          ELSE NULL
                        END
                        WHEN "t68"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                        THEN CASE
                          WHEN "t68"."sourcedid" ~ (
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                          THEN (
                            REGEXP_MATCH(
                              "t68"."sourcedid",
                              '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                            )
                          )[3]
                          ELSE NULL
                        END || '+' || CASE
                          WHEN "t68"."sourcedid" ~ (
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                          THEN (
                            REGEXP_MATCH(
                              "t68"."sourcedid",
                              '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                            )
                          )[4]
                          ELSE NULL
                        END
                        ELSE CAST(NULL AS VARCHAR)
                      END AS "course",
                      CASE
                        WHEN "t68"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                        THEN CASE
                          WHEN "t68"."sourcedid" ~ (
                            '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                          THEN (
                            REGEXP_MATCH(
                              "t68"."sourcedid",
                              '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                            )
                          )[5]
                          ELSE NULL
                        END
                        WHEN "t68"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                        THEN CASE
                          WHEN "t68"."sourcedid" ~ (
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                          THEN (
                            REGEXP_MATCH(
                              "t68"."sourcedid",
                              '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                            )
                          )[5]
                          ELSE NULL
                        END
                        ELSE CAST(NULL AS VARCHAR)
                      END AS "item_id"
                    FROM (
                      SELECT
                        "t35"."slice",
                        "t35"."source_name",
                        "t35"."position",
                        "t35"."user_id",
                        "t35"."oauth_consumer_key",
                        "t35"."lis_result_sourcedid",
                        "t35"."lis_outcome_service_url",
                        "t35"."is_correct",
                        "t35"."attempt_type",
                        "t35"."created_at",
                        "t35"."source_name" AS "source",
                        "t35"."user_id" AS "learner_id",
                        TIMEZONE('UTC', "t35"."created_at") AS "at",
                        REPLACE(
                          REPLACE(REPLACE(REPLACE("t35"."lis_result_sourcedid", '%3A', ':'), '%2B', '+'), '%2F', '/'),
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
                      ) AS "t35"
                    ) AS "t68"
                  ) AS "t83"
                ) AS "t116"
              ) AS "t129"
              LEFT OUTER JOIN (
                SELECT
                  "t0"."source" AS "link_source",
                  "t0"."external_id" AS "link_course",
                  "t0"."course_id" AS "joined_id"
                FROM "course_links" AS "t0"
              ) AS "t32"
                ON "t129"."source_name" = "t32"."link_source"
                AND "t129"."course_id" = "t32"."link_course"
            ) AS "t139"
          ) AS "t146"
        ) AS "t169"
      ) AS "t171"
    ) AS "t179"
  ) AS "t182"
  LEFT OUTER JOIN (
    SELECT
      "t191"."learner_id",
      "t191"."course_id",
      TRUE AS "placed"
    FROM (
      SELECT DISTINCT
        "t190"."learner_id",
        "t190"."course_id"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t188"."learner_id",
            "t188"."group_id",
            COALESCE("t188"."joined_id", "t188"."course_id") AS "course_id",
            "t188"."role",
            "t188"."starts_on",
            "t188"."ends_on",
            "t188"."outcome",
            "t188"."source_name",
            "t188"."joined_id" IS NULL AS "own"
          FROM (
            SELECT
              "t187"."learner_id",
              "t187"."group_id",
              "t187"."course_id",
              "t187"."role",
              "t187"."starts_on",
              "t187"."ends_on",
              "t187"."outcome",
              "t187"."source_name",
              "t32"."link_source",
              "t32"."link_course",
              "t32"."joined_id"
            FROM (
              SELECT
                CAST("t185"."learner_id" AS VARCHAR) AS "learner_id",
                "t185"."group_id",
                CAST("t185"."course_id" AS VARCHAR) AS "course_id",
                CAST("t185"."role" AS VARCHAR) AS "role",
                "t185"."starts_on",
                "t185"."ends_on",
                CAST(NULL AS VARCHAR) AS "outcome",
                "t185"."source_name"
              FROM (
                SELECT
                  "t184"."slice",
                  "t184"."source_name",
                  "t184"."position",
                  "t184"."course",
                  "t184"."course_id",
                  "t184"."user_id",
                  "t184"."email",
                  "t184"."username",
                  "t184"."role",
                  "t184"."suspended",
                  "t184"."created_at",
                  "t184"."last_login_at",
                  "t184"."enrolled_at",
                  "t184"."enrolled_on",
                  "t184"."expires_on",
                  "t184"."groups",
                  "t184"."source",
                  "t184"."learner_id",
                  "t184"."name",
                  "t184"."group_id",
                  "t184"."starts_on",
                  "t184"."ends_on"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t180"."slice",
                      "t180"."source_name",
                      "t180"."position",
                      "t180"."course",
                      "t180"."course_id",
                      "t180"."user_id",
                      "t180"."email",
                      "t180"."username",
                      "t180"."role",
                      "t180"."suspended",
                      "t180"."created_at",
                      "t180"."last_login_at",
                      "t180"."enrolled_at",
                      "t180"."enrolled_on",
                      "t180"."expires_on",
                      "t180"."groups",
                      "t180"."source",
                      "t180"."learner_id",
                      "t180"."name",
                      "t180"."group_id",
                      "t180"."starts_on",
                      "t180"."ends_on",
                      ROW_NUMBER() OVER (
                        PARTITION BY "t180"."learner_id", "t180"."group_id", "t180"."course_id", "t180"."role"
                        ORDER BY "t180"."slice" DESC NULLS LAST, "t180"."position" DESC NULLS LAST
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                      ) - 1 AS "_place"
                    FROM (
                      SELECT
                        "t176"."slice",
                        "t176"."source_name",
                        "t176"."position",
                        "t176"."course",
                        "t176"."course_id",
                        "t176"."user_id",
                        "t176"."email",
                        "t176"."username",
                        "t176"."role",
                        "t176"."suspended",
                        "t176"."created_at",
                        "t176"."last_login_at",
                        "t176"."enrolled_at",
                        "t176"."enrolled_on",
                        "t176"."expires_on",
                        "t176"."groups",
                        "t176"."source",
                        "t176"."source" || ':' || "t176"."learner_id" AS "learner_id",
                        "t176"."name",
                        "t176"."group_id",
                        "t176"."enrolled_on" AS "starts_on",
                        "t176"."expires_on" AS "ends_on"
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            *
                          FROM (
                            SELECT
                              "t172"."slice",
                              "t172"."source_name",
                              "t172"."position",
                              "t172"."course",
                              "t172"."course_id",
                              "t172"."user_id",
                              "t172"."email",
                              "t172"."username",
                              "t172"."role",
                              "t172"."suspended",
                              "t172"."created_at",
                              "t172"."last_login_at",
                              "t172"."enrolled_at",
                              "t172"."enrolled_on",
                              "t172"."expires_on",
                              "t172"."groups",
                              "t172"."source",
                              "t172"."learner_id",
                              "t172"."name",
                              "t172"."group_id"
                            FROM (
                              SELECT
                                "t166"."slice",
                                "t166"."source_name",
                                "t166"."position",
                                "t166"."course",
                                "t166"."course_id",
                                "t166"."user_id",
                                "t166"."email",
                                "t166"."username",
                                "t166"."role",
                                "t166"."suspended",
                                "t166"."created_at",
                                "t166"."last_login_at",
                                "t166"."enrolled_at",
                                "t166"."enrolled_on",
                                "t166"."expires_on",
                                "t166"."groups",
                                "t166"."source",
                                "t166"."learner_id",
                                "t166"."name",
                                "t166"."with_groups",
                                CASE
                                  WHEN "t166"."with_groups" IS NULL
                                  THEN 'learnworlds:' || "t166"."course_id"
                                  ELSE NULL
                                END AS "group_id"
                              FROM (
                                SELECT
                                  "t144"."slice",
                                  "t144"."source_name",
                                  "t144"."position",
                                  "t144"."course",
                                  "t144"."course_id",
                                  "t144"."user_id",
                                  "t144"."email",
                                  "t144"."username",
                                  "t144"."role",
                                  "t144"."suspended",
                                  "t144"."created_at",
                                  "t144"."last_login_at",
                                  "t144"."enrolled_at",
                                  "t144"."enrolled_on",
                                  "t144"."expires_on",
                                  "t144"."groups",
                                  "t144"."source",
                                  "t144"."learner_id",
                                  "t144"."name",
                                  "t159"."with_groups"
                                FROM (
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
                                    "t136"."source_name" AS "source",
                                    "t136"."user_id" AS "learner_id",
                                    "t136"."username" AS "name"
                                  FROM (
                                    SELECT
                                      "t131"."slice",
                                      "t131"."source_name",
                                      "t131"."position",
                                      "t131"."course",
                                      "t131"."course_id",
                                      "t131"."user_id",
                                      "t131"."email",
                                      "t131"."username",
                                      "t131"."role",
                                      "t131"."suspended",
                                      "t131"."created_at",
                                      "t131"."last_login_at",
                                      "t131"."enrolled_at",
                                      "t131"."enrolled_on",
                                      "t131"."expires_on",
                                      "t131"."groups"
                                    FROM (
                                      SELECT
                                        *
                                      FROM (
                                        SELECT
                                          "t106"."slice",
                                          "t106"."source_name",
                                          "t106"."position",
                                          "t106"."course",
                                          "t106"."course_id",
                                          "t106"."user_id",
                                          "t106"."email",
                                          "t106"."username",
                                          "t106"."role",
                                          "t106"."suspended",
                                          "t106"."created_at",
                                          "t106"."last_login_at",
                                          "t106"."enrolled_at",
                                          "t106"."enrolled_on",
                                          "t106"."expires_on",
                                          "t106"."groups",
                                          ROW_NUMBER() OVER (
                                            PARTITION BY "t106"."user_id", "t106"."course_id"
                                            ORDER BY "t106"."slice" DESC NULLS LAST, "t106"."position" DESC NULLS LAST
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
                                                    "t55"."now_course",
                                                    "t55"."now_id"
                                                  FROM "learnworlds_users" AS "t29"
                                                  LEFT OUTER JOIN "slices" AS "t17"
                                                    ON "t29"."slice_id" = "t17"."slice_id"
                                                  LEFT OUTER JOIN (
                                                    SELECT DISTINCT
                                                      "t41"."course" AS "now_course",
                                                      "t41"."course_id" AS "now_id"
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
                                                    ) AS "t41"
                                                  ) AS "t55"
                                                    ON "t29"."course" = "t55"."now_course"
                                                ) AS "t72"
                                                WHERE
                                                  (
                                                    "t72"."now_id" IS NULL
                                                  ) OR (
                                                    "t72"."now_id" = "t72"."course_id"
                                                  )
                                              ) AS "t88"
                                            ) AS "t94"
                                          ) AS "t101"
                                          UNION ALL
                                          SELECT
                                            *
                                          FROM (
                                            SELECT
                                              *
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
                                                "t89"."groups"
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
                                                    "t55"."now_course",
                                                    "t55"."now_id"
                                                  FROM "learnworlds_suspended" AS "t30"
                                                  LEFT OUTER JOIN "slices" AS "t17"
                                                    ON "t30"."slice_id" = "t17"."slice_id"
                                                  LEFT OUTER JOIN (
                                                    SELECT DISTINCT
                                                      "t41"."course" AS "now_course",
                                                      "t41"."course_id" AS "now_id"
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
                                                    ) AS "t41"
                                                  ) AS "t55"
                                                    ON "t30"."course" = "t55"."now_course"
                                                ) AS "t73"
                                                WHERE
                                                  (
                                                    "t73"."now_id" IS NULL
                                                  ) OR (
                                                    "t73"."now_id" = "t73"."course_id"
                                                  )
                                              ) AS "t89"
                                            ) AS "t95"
                                          ) AS "t102"
                                        ) AS "t106"
                                      ) AS "t124"
                                      WHERE
                                        "t124"."_place" = 0
                                    ) AS "t131"
                                  ) AS "t136"
                                  WHERE
                                    "t136"."groups" IS NULL
                                ) AS "t144"
                                LEFT OUTER JOIN (
                                  SELECT DISTINCT
                                    "t152"."course_id" AS "with_groups"
                                  FROM "t150" AS "t152"
                                ) AS "t159"
                                  ON "t144"."course_id" = "t159"."with_groups"
                              ) AS "t166"
                            ) AS "t172"
                          ) AS "t173"
                        ) AS "t175"
                        UNION ALL
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t152"."slice",
                            "t152"."source_name",
                            "t152"."position",
                            "t152"."course",
                            "t152"."course_id",
                            "t152"."user_id",
                            "t152"."email",
                            "t152"."username",
                            "t152"."role",
                            "t152"."suspended",
                            "t152"."created_at",
                            "t152"."last_login_at",
                            "t152"."enrolled_at",
                            "t152"."enrolled_on",
                            "t152"."expires_on",
                            "t152"."groups",
                            "t152"."source",
                            "t152"."learner_id",
                            "t152"."name",
                            'learnworlds:' || "t152"."group" AS "group_id"
                          FROM "t150" AS "t152"
                        ) AS "t160"
                      ) AS "t176"
                    ) AS "t180"
                  ) AS "t183"
                  WHERE
                    "t183"."_place" = 0
                ) AS "t184"
              ) AS "t185"
            ) AS "t187"
            LEFT OUTER JOIN (
              SELECT
                "t0"."source" AS "link_source",
                "t0"."external_id" AS "link_course",
                "t0"."course_id" AS "joined_id"
              FROM "course_links" AS "t0"
            ) AS "t32"
              ON "t187"."source_name" = "t32"."link_source"
              AND "t187"."course_id" = "t32"."link_course"
          ) AS "t188"
        ) AS "t189"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t149"."learner_id",
              "t149"."group_id",
              COALESCE("t149"."joined_id", "t149"."course_id") AS "course_id",
              "t149"."role",
              "t149"."starts_on",
              "t149"."ends_on",
              "t149"."outcome",
              "t149"."source_name",
              "t149"."joined_id" IS NULL AS "own"
            FROM (
              SELECT
                "t140"."learner_id",
                "t140"."group_id",
                "t140"."course_id",
                "t140"."role",
                "t140"."starts_on",
                "t140"."ends_on",
                "t140"."outcome",
                "t140"."source_name",
                "t32"."link_source",
                "t32"."link_course",
                "t32"."joined_id"
              FROM (
                SELECT
                  "t130"."learner_id",
                  "t130"."group_id",
                  "t130"."course_id",
                  "t130"."role",
                  "t130"."starts_on",
                  "t130"."ends_on",
                  "t130"."outcome",
                  "t130"."source_name"
                FROM (
                  SELECT
                    "t120"."slice",
                    "t120"."source_name",
                    "t120"."position",
                    "t120"."learner_id",
                    "t120"."group_id",
                    "t120"."course_id",
                    "t120"."role",
                    "t120"."starts_on",
                    "t120"."ends_on",
                    "t120"."outcome",
                    "t120"."source",
                    ROW_NUMBER() OVER (
                      PARTITION BY "t120"."learner_id", "t120"."group_id", "t120"."course_id", "t120"."role", "t120"."starts_on", "t120"."source_name"
                      ORDER BY "t120"."slice" DESC NULLS LAST, "t120"."position" DESC NULLS LAST
                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                    ) - 1 AS "_place"
                  FROM (
                    SELECT
                      "t105"."slice",
                      "t105"."source_name",
                      "t105"."position",
                      "t105"."learner_id",
                      "t105"."source" || ':' || "t105"."group_id" AS "group_id",
                      "t105"."course_id",
                      "t105"."role",
                      "t105"."starts_on",
                      "t105"."ends_on",
                      "t105"."outcome",
                      "t105"."source"
                    FROM (
                      SELECT
                        "t100"."slice",
                        "t100"."source_name",
                        "t100"."position",
                        "t100"."learner_id",
                        "t100"."group_id",
                        "t100"."course_id",
                        "t100"."role",
                        "t100"."starts_on",
                        "t100"."ends_on",
                        "t100"."outcome",
                        "t100"."source"
                      FROM (
                        SELECT
                          "t81"."slice",
                          "t81"."source_name",
                          "t81"."position",
                          COALESCE("t81"."linked", "t81"."source" || ':' || "t81"."learner_id") AS "learner_id",
                          "t81"."group_id",
                          "t81"."course_id",
                          "t81"."role",
                          "t81"."starts_on",
                          "t81"."ends_on",
                          "t81"."outcome",
                          "t81"."source",
                          "t81"."link_source",
                          "t81"."link_external",
                          "t81"."linked"
                        FROM (
                          SELECT
                            "t53"."slice",
                            "t53"."source_name",
                            "t53"."position",
                            "t53"."learner_id",
                            "t53"."group_id",
                            "t53"."course_id",
                            "t53"."role",
                            "t53"."starts_on",
                            "t53"."ends_on",
                            "t53"."outcome",
                            "t53"."source",
                            "t69"."link_source",
                            "t69"."link_external",
                            "t69"."linked"
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
                              "t39"."source_name" AS "source"
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
                            ) AS "t39"
                          ) AS "t53"
                          LEFT OUTER JOIN (
                            SELECT
                              "t54"."source" AS "link_source",
                              "t54"."external_id" AS "link_external",
                              "t54"."linked"
                            FROM (
                              SELECT
                                "t40"."source",
                                "t40"."external_id",
                                MAX("t40"."learner_id") AS "linked"
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
                              ) AS "t40"
                              GROUP BY
                                1,
                                2
                            ) AS "t54"
                          ) AS "t69"
                            ON "t53"."source" = "t69"."link_source"
                            AND "t53"."learner_id" = "t69"."link_external"
                        ) AS "t81"
                      ) AS "t100"
                    ) AS "t105"
                  ) AS "t120"
                ) AS "t130"
                WHERE
                  "t130"."_place" = 0
              ) AS "t140"
              LEFT OUTER JOIN (
                SELECT
                  "t0"."source" AS "link_source",
                  "t0"."external_id" AS "link_course",
                  "t0"."course_id" AS "joined_id"
                FROM "course_links" AS "t0"
              ) AS "t32"
                ON "t140"."source_name" = "t32"."link_source"
                AND "t140"."course_id" = "t32"."link_course"
            ) AS "t149"
          ) AS "t155"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "t74"."learner_id",
              "t74"."group_id",
              COALESCE("t74"."joined_id", "t74"."course_id") AS "course_id",
              "t74"."role",
              "t74"."starts_on",
              "t74"."ends_on",
              "t74"."outcome",
              "t74"."source_name",
              "t74"."joined_id" IS NULL AS "own"
            FROM (
              SELECT
                "t56"."learner_id",
                "t56"."group_id",
                "t56"."course_id",
                "t56"."role",
                "t56"."starts_on",
                "t56"."ends_on",
                "t56"."outcome",
                "t56"."source_name",
                "t32"."link_source",
                "t32"."link_course",
                "t32"."joined_id"
              FROM (
                SELECT
                  CAST("t33"."learner_id" AS VARCHAR) AS "learner_id",
                  "t33"."group_id",
                  CAST("t33"."course_id" AS VARCHAR) AS "course_id",
                  CAST("t33"."role" AS VARCHAR) AS "role",
                  "t33"."starts_on",
                  "t33"."ends_on",
                  CAST(NULL AS VARCHAR) AS "outcome",
                  "t33"."source_name"
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
                ) AS "t33"
              ) AS "t56"
              LEFT OUTER JOIN (
                SELECT
                  "t0"."source" AS "link_source",
                  "t0"."external_id" AS "link_course",
                  "t0"."course_id" AS "joined_id"
                FROM "course_links" AS "t0"
              ) AS "t32"
                ON "t56"."source_name" = "t32"."link_source"
                AND "t56"."course_id" = "t32"."link_course"
            ) AS "t74"
          ) AS "t82"
        ) AS "t158"
      ) AS "t190"
      WHERE
        COALESCE(STARTS_WITH("t190"."group_id", 'groups:'), FALSE)
        AND "t190"."role" = 'learner'
    ) AS "t191"
  ) AS "t193"
    ON "t182"."learner_id" = "t193"."learner_id"
    AND "t182"."course_id" = "t193"."course_id"
) AS "t194"

-- items --
-- Something a learner answers or hands in: a task, a quiz, an assessment.
WITH "t53" AS (
  SELECT DISTINCT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t44"."source_name",
        "t44"."course_id",
        "t44"."unit_id"
      FROM (
        SELECT
          "t41"."slice",
          "t41"."source_name",
          "t41"."position",
          "t41"."course",
          "t41"."course_id",
          "t41"."grade_id",
          "t41"."unit_type",
          "t41"."user_id",
          "t41"."email",
          "t41"."unit_id",
          "t41"."grade",
          "t41"."score",
          "t41"."created_at",
          "t41"."modified_at",
          "t41"."submitted_at"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t11"."name" AS "slice",
              "t11"."source" AS "source_name",
              "t16"."position",
              "t16"."course",
              "t16"."course_id",
              "t16"."grade_id",
              "t16"."unit_type",
              "t16"."user_id",
              "t16"."email",
              "t16"."unit_id",
              "t16"."grade",
              "t16"."score",
              "t16"."created_at",
              "t16"."modified_at",
              "t16"."submitted_at",
              "t29"."now_course",
              "t29"."now_id"
            FROM "learnworlds_grades" AS "t16"
            LEFT OUTER JOIN "slices" AS "t11"
              ON "t16"."slice_id" = "t11"."slice_id"
            LEFT OUTER JOIN (
              SELECT DISTINCT
                "t24"."course" AS "now_course",
                "t24"."course_id" AS "now_id"
              FROM (
                SELECT
                  "t11"."name" AS "slice",
                  "t11"."source" AS "source_name",
                  "t18"."position",
                  "t18"."course",
                  "t18"."course_id",
                  "t18"."category",
                  "t18"."title",
                  "t18"."access",
                  "t18"."starts_on",
                  "t18"."ends_on",
                  "t18"."created_at"
                FROM "learnworlds_courses" AS "t18"
                LEFT OUTER JOIN "slices" AS "t11"
                  ON "t18"."slice_id" = "t11"."slice_id"
              ) AS "t24"
            ) AS "t29"
              ON "t16"."course" = "t29"."now_course"
          ) AS "t34"
          WHERE
            (
              "t34"."now_id" IS NULL
            ) OR (
              "t34"."now_id" = "t34"."course_id"
            )
        ) AS "t41"
      ) AS "t44"
    ) AS "t48"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t45"."source_name",
        "t45"."course_id",
        "t45"."unit_id"
      FROM (
        SELECT
          "t42"."slice",
          "t42"."source_name",
          "t42"."position",
          "t42"."course",
          "t42"."course_id",
          "t42"."response_id",
          "t42"."user_id",
          "t42"."email",
          "t42"."unit_id",
          "t42"."grade",
          "t42"."score",
          "t42"."created_at",
          "t42"."modified_at",
          "t42"."submitted_at",
          "t42"."passed",
          "t42"."blocks",
          "t42"."points",
          "t42"."max_points",
          "t42"."answer"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t11"."name" AS "slice",
              "t11"."source" AS "source_name",
              "t17"."position",
              "t17"."course",
              "t17"."course_id",
              "t17"."response_id",
              "t17"."user_id",
              "t17"."email",
              "t17"."unit_id",
              "t17"."grade",
              "t17"."score",
              "t17"."created_at",
              "t17"."modified_at",
              "t17"."submitted_at",
              "t17"."passed",
              "t17"."blocks",
              "t17"."points",
              "t17"."max_points",
              "t17"."answer",
              "t29"."now_course",
              "t29"."now_id"
            FROM "learnworlds_responses" AS "t17"
            LEFT OUTER JOIN "slices" AS "t11"
              ON "t17"."slice_id" = "t11"."slice_id"
            LEFT OUTER JOIN (
              SELECT DISTINCT
                "t24"."course" AS "now_course",
                "t24"."course_id" AS "now_id"
              FROM (
                SELECT
                  "t11"."name" AS "slice",
                  "t11"."source" AS "source_name",
                  "t18"."position",
                  "t18"."course",
                  "t18"."course_id",
                  "t18"."category",
                  "t18"."title",
                  "t18"."access",
                  "t18"."starts_on",
                  "t18"."ends_on",
                  "t18"."created_at"
                FROM "learnworlds_courses" AS "t18"
                LEFT OUTER JOIN "slices" AS "t11"
                  ON "t18"."slice_id" = "t11"."slice_id"
              ) AS "t24"
            ) AS "t29"
              ON "t17"."course" = "t29"."now_course"
          ) AS "t35"
          WHERE
            (
              "t35"."now_id" IS NULL
            ) OR (
              "t35"."now_id" = "t35"."course_id"
            )
        ) AS "t42"
      ) AS "t45"
    ) AS "t49"
  ) AS "t52"
)
SELECT
  "t89"."item_id",
  "t89"."course_id",
  "t89"."title",
  "t89"."topic_id",
  "t89"."level_id",
  "t89"."kind",
  "t89"."max_score",
  "t89"."weight",
  "t89"."due_on",
  "t89"."active"
FROM (
  SELECT
    "t88"."course_id",
    "t88"."item_id",
    (
      ARRAY_AGG("t88"."title" ORDER BY "t88"."own" DESC NULLS LAST, "t88"."source_name" ASC) FILTER(WHERE
        "t88"."title" IS NOT NULL AND "t88"."title" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t88"."title" ORDER BY "t88"."own" DESC NULLS LAST, "t88"."source_name" ASC) FILTER(WHERE
          "t88"."title" IS NOT NULL AND "t88"."title" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "title",
    (
      ARRAY_AGG("t88"."topic_id" ORDER BY "t88"."own" DESC NULLS LAST, "t88"."source_name" ASC) FILTER(WHERE
        "t88"."topic_id" IS NOT NULL AND "t88"."topic_id" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t88"."topic_id" ORDER BY "t88"."own" DESC NULLS LAST, "t88"."source_name" ASC) FILTER(WHERE
          "t88"."topic_id" IS NOT NULL AND "t88"."topic_id" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "topic_id",
    (
      ARRAY_AGG("t88"."level_id" ORDER BY "t88"."own" DESC NULLS LAST, "t88"."source_name" ASC) FILTER(WHERE
        "t88"."level_id" IS NOT NULL AND "t88"."level_id" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t88"."level_id" ORDER BY "t88"."own" DESC NULLS LAST, "t88"."source_name" ASC) FILTER(WHERE
          "t88"."level_id" IS NOT NULL AND "t88"."level_id" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "level_id",
    (
      ARRAY_AGG("t88"."kind" ORDER BY "t88"."own" DESC NULLS LAST, "t88"."source_name" ASC) FILTER(WHERE
        "t88"."kind" IS NOT NULL AND "t88"."kind" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t88"."kind" ORDER BY "t88"."own" DESC NULLS LAST, "t88"."source_name" ASC) FILTER(WHERE
          "t88"."kind" IS NOT NULL AND "t88"."kind" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "kind",
    (
      ARRAY_AGG("t88"."max_score" ORDER BY "t88"."own" DESC NULLS LAST, "t88"."source_name" ASC) FILTER(WHERE
        "t88"."max_score" IS NOT NULL AND "t88"."max_score" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t88"."max_score" ORDER BY "t88"."own" DESC NULLS LAST, "t88"."source_name" ASC) FILTER(WHERE
          "t88"."max_score" IS NOT NULL AND "t88"."max_score" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "max_score",
    (
      ARRAY_AGG("t88"."weight" ORDER BY "t88"."own" DESC NULLS LAST, "t88"."source_name" ASC) FILTER(WHERE
        "t88"."weight" IS NOT NULL AND "t88"."weight" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t88"."weight" ORDER BY "t88"."own" DESC NULLS LAST, "t88"."source_name" ASC) FILTER(WHERE
          "t88"."weight" IS NOT NULL AND "t88"."weight" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "weight",
    (
      ARRAY_AGG("t88"."due_on" ORDER BY "t88"."own" DESC NULLS LAST, "t88"."source_name" ASC) FILTER(WHERE
        "t88"."due_on" IS NOT NULL AND "t88"."due_on" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t88"."due_on" ORDER BY "t88"."own" DESC NULLS LAST, "t88"."source_name" ASC) FILTER(WHERE
          "t88"."due_on" IS NOT NULL AND "t88"."due_on" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "due_on",
    (
      ARRAY_AGG("t88"."active" ORDER BY "t88"."own" DESC NULLS LAST, "t88"."source_name" ASC) FILTER(WHERE
        "t88"."active" IS NOT NULL AND "t88"."active" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t88"."active" ORDER BY "t88"."own" DESC NULLS LAST, "t88"."source_name" ASC) FILTER(WHERE
          "t88"."active" IS NOT NULL AND "t88"."active" IS NOT NULL)
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
          "t56"."item_id",
          COALESCE("t56"."joined_id", "t56"."course_id") AS "course_id",
          "t56"."title",
          "t56"."topic_id",
          "t56"."level_id",
          "t56"."kind",
          "t56"."max_score",
          "t56"."weight",
          "t56"."due_on",
          "t56"."active",
          "t56"."source_name",
          "t56"."joined_id" IS NULL AS "own"
        FROM (
          SELECT
            "t47"."item_id",
            "t47"."course_id",
            "t47"."title",
            "t47"."topic_id",
            "t47"."level_id",
            "t47"."kind",
            "t47"."max_score",
            "t47"."weight",
            "t47"."due_on",
            "t47"."active",
            "t47"."source_name",
            "t20"."link_source",
            "t20"."link_course",
            "t20"."joined_id"
          FROM (
            SELECT
              CAST("t37"."item_id" AS VARCHAR) AS "item_id",
              CAST("t37"."course_id" AS VARCHAR) AS "course_id",
              CAST(NULL AS VARCHAR) AS "title",
              CAST(NULL AS VARCHAR) AS "topic_id",
              CAST(NULL AS VARCHAR) AS "level_id",
              'task' AS "kind",
              CAST(NULL AS DECIMAL(9, 6)) AS "max_score",
              CAST(NULL AS DECIMAL(12, 6)) AS "weight",
              CAST(NULL AS DATE) AS "due_on",
              CAST(TRUE AS BOOLEAN) AS "active",
              "t37"."source_name"
            FROM (
              SELECT DISTINCT
                "t32"."source_name",
                "t32"."course_id",
                "t32"."item_id"
              FROM (
                SELECT
                  "t11"."name" AS "slice",
                  "t11"."source" AS "source_name",
                  "t10"."position",
                  "t10"."uuid",
                  "t10"."event_at",
                  "t10"."event_datetime",
                  "t10"."event_json",
                  "t10"."event_name",
                  "t10"."event_receive_datetime",
                  "t10"."event_receive_timestamp",
                  "t10"."event_timestamp",
                  "t10"."session_id",
                  "t10"."installation_id",
                  "t10"."appmetrica_device_id",
                  "t10"."city",
                  "t10"."connection_type",
                  "t10"."country_iso_code",
                  "t10"."device_ipv6",
                  "t10"."device_locale",
                  "t10"."device_manufacturer",
                  "t10"."device_model",
                  "t10"."device_type",
                  "t10"."google_aid",
                  "t10"."ios_ifa",
                  "t10"."ios_ifv",
                  "t10"."mcc",
                  "t10"."mnc",
                  "t10"."operator_name",
                  "t10"."original_device_model",
                  "t10"."os_name",
                  "t10"."os_version",
                  "t10"."profile_id",
                  "t10"."windows_aid",
                  "t10"."app_build_number",
                  "t10"."app_package_name",
                  "t10"."app_version_name",
                  "t10"."application_id",
                  "t10"."event_properties",
                  "t10"."ehr_id",
                  "t10"."email",
                  "t10"."course_id",
                  "t10"."item_id",
                  "t10"."correct",
                  "t10"."score",
                  "t10"."duration_s",
                  "t10"."hints",
                  "t10"."response"
                FROM "appmetrica_events" AS "t10"
                LEFT OUTER JOIN "slices" AS "t11"
                  ON "t10"."slice_id" = "t11"."slice_id"
                WHERE
                  NOT EXISTS(
                    SELECT
                      1
                    FROM (
                      SELECT
                        "t23"."uuid"
                      FROM (
                        SELECT
                          "t11"."name" AS "slice",
                          "t11"."source" AS "source_name",
                          "t14"."position",
                          "t14"."uuid",
                          "t14"."event_type",
                          "t14"."event_time",
                          "t14"."user_id",
                          "t14"."ehr_id",
                          "t14"."session_id",
                          "t14"."course_id",
                          "t14"."item_id",
                          "t14"."correct",
                          "t14"."score",
                          "t14"."duration_s",
                          "t14"."hints",
                          "t14"."response"
                        FROM "posted_events" AS "t14"
                        LEFT OUTER JOIN "slices" AS "t11"
                          ON "t14"."slice_id" = "t11"."slice_id"
                      ) AS "t23"
                    ) AS "t28"
                    WHERE
                      "t10"."uuid" = "t28"."uuid"
                  )
              ) AS "t32"
              WHERE
                "t32"."profile_id" IS NOT NULL
                AND "t32"."item_id" IS NOT NULL
                AND "t32"."course_id" IS NOT NULL
            ) AS "t37"
          ) AS "t47"
          LEFT OUTER JOIN (
            SELECT
              "t0"."source" AS "link_source",
              "t0"."external_id" AS "link_course",
              "t0"."course_id" AS "joined_id"
            FROM "course_links" AS "t0"
          ) AS "t20"
            ON "t47"."source_name" = "t20"."link_source"
            AND "t47"."course_id" = "t20"."link_course"
        ) AS "t56"
      ) AS "t62"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t50"."item_id",
          COALESCE("t50"."joined_id", "t50"."course_id") AS "course_id",
          "t50"."title",
          "t50"."topic_id",
          "t50"."level_id",
          "t50"."kind",
          "t50"."max_score",
          "t50"."weight",
          "t50"."due_on",
          "t50"."active",
          "t50"."source_name",
          "t50"."joined_id" IS NULL AS "own"
        FROM (
          SELECT
            "t38"."item_id",
            "t38"."course_id",
            "t38"."title",
            "t38"."topic_id",
            "t38"."level_id",
            "t38"."kind",
            "t38"."max_score",
            "t38"."weight",
            "t38"."due_on",
            "t38"."active",
            "t38"."source_name",
            "t20"."link_source",
            "t20"."link_course",
            "t20"."joined_id"
          FROM (
            SELECT
              "t31"."item_id",
              "t31"."course_id",
              "t31"."title",
              "t31"."topic_id",
              "t31"."level_id",
              "t31"."kind",
              "t31"."max_score",
              "t31"."weight",
              "t31"."due_on",
              "t31"."active",
              "t31"."source_name"
            FROM (
              SELECT
                "t25"."slice",
                "t25"."source_name",
                "t25"."position",
                "t25"."item_id",
                "t25"."course_id",
                "t25"."title",
                "t25"."topic_id",
                "t25"."level_id",
                "t25"."kind",
                "t25"."max_score",
                "t25"."weight",
                "t25"."due_on",
                "t25"."active",
                "t25"."source",
                ROW_NUMBER() OVER (
                  PARTITION BY "t25"."course_id", "t25"."item_id", "t25"."source_name"
                  ORDER BY "t25"."slice" DESC NULLS LAST, "t25"."position" DESC NULLS LAST
                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                ) - 1 AS "_place"
              FROM (
                SELECT
                  "t21"."slice",
                  "t21"."source_name",
                  "t21"."position",
                  "t21"."item_id",
                  "t21"."course_id",
                  "t21"."title",
                  "t21"."topic_id",
                  "t21"."level_id",
                  "t21"."kind",
                  "t21"."max_score",
                  "t21"."weight",
                  "t21"."due_on",
                  "t21"."active",
                  "t21"."source_name" AS "source"
                FROM (
                  SELECT
                    "t11"."name" AS "slice",
                    "t11"."source" AS "source_name",
                    "t12"."position",
                    "t12"."item_id",
                    "t12"."course_id",
                    "t12"."title",
                    "t12"."topic_id",
                    "t12"."level_id",
                    "t12"."kind",
                    "t12"."max_score",
                    "t12"."weight",
                    "t12"."due_on",
                    "t12"."active"
                  FROM "files_items" AS "t12"
                  LEFT OUTER JOIN "slices" AS "t11"
                    ON "t12"."slice_id" = "t11"."slice_id"
                ) AS "t21"
              ) AS "t25"
            ) AS "t31"
            WHERE
              "t31"."_place" = 0
          ) AS "t38"
          LEFT OUTER JOIN (
            SELECT
              "t0"."source" AS "link_source",
              "t0"."external_id" AS "link_course",
              "t0"."course_id" AS "joined_id"
            FROM "course_links" AS "t0"
          ) AS "t20"
            ON "t38"."source_name" = "t20"."link_source"
            AND "t38"."course_id" = "t20"."link_course"
        ) AS "t50"
      ) AS "t54"
    ) AS "t63"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t71"."item_id",
          COALESCE("t71"."joined_id", "t71"."course_id") AS "course_id",
          "t71"."title",
          "t71"."topic_id",
          "t71"."level_id",
          "t71"."kind",
          "t71"."max_score",
          "t71"."weight",
          "t71"."due_on",
          "t71"."active",
          "t71"."source_name",
          "t71"."joined_id" IS NULL AS "own"
        FROM (
          SELECT
            "t67"."item_id",
            "t67"."course_id",
            "t67"."title",
            "t67"."topic_id",
            "t67"."level_id",
            "t67"."kind",
            "t67"."max_score",
            "t67"."weight",
            "t67"."due_on",
            "t67"."active",
            "t67"."source_name",
            "t20"."link_source",
            "t20"."link_course",
            "t20"."joined_id"
          FROM (
            SELECT
              CAST("t61"."item_id" AS VARCHAR) AS "item_id",
              CAST("t61"."course_id" AS VARCHAR) AS "course_id",
              CAST(NULL AS VARCHAR) AS "title",
              CAST(NULL AS VARCHAR) AS "topic_id",
              CAST(NULL AS VARCHAR) AS "level_id",
              'task' AS "kind",
              CAST(NULL AS DECIMAL(9, 6)) AS "max_score",
              CAST(NULL AS DECIMAL(12, 6)) AS "weight",
              CAST(NULL AS DATE) AS "due_on",
              CAST(TRUE AS BOOLEAN) AS "active",
              "t61"."source_name"
            FROM (
              SELECT DISTINCT
                "t55"."source_name",
                "t55"."course_id",
                "t55"."item_id"
              FROM (
                SELECT
                  "t39"."slice",
                  "t39"."source_name",
                  "t39"."position",
                  "t39"."user_id",
                  "t39"."oauth_consumer_key",
                  "t39"."lis_result_sourcedid",
                  "t39"."lis_outcome_service_url",
                  "t39"."is_correct",
                  "t39"."attempt_type",
                  "t39"."created_at",
                  "t39"."source",
                  "t39"."learner_id",
                  "t39"."at",
                  "t39"."sourcedid",
                  "t39"."category",
                  "t39"."course",
                  "t39"."item_id",
                  "t39"."source" || ':' || SHA256(
                    "t39"."user_id" || ' ' || CAST(EPOCH_US("t39"."at") AS VARCHAR) || ' ' || "t39"."attempt_type" || ' ' || COALESCE("t39"."lis_result_sourcedid", '')
                  ) AS "attempt_id",
                  "t39"."category" || '/' || "t39"."course" AS "course_id",
                  CASE WHEN "t39"."attempt_type" = 'submit' THEN 'answer' ELSE 'run' END AS "kind",
                  "t39"."is_correct" AS "correct",
                  CASE
                    WHEN "t39"."is_correct"
                    THEN 1
                    WHEN NOT (
                      "t39"."is_correct"
                    )
                    THEN 0
                    ELSE CAST(NULL AS BIGINT)
                  END AS "score"
                FROM (
                  SELECT
                    "t30"."slice",
                    "t30"."source_name",
                    "t30"."position",
                    "t30"."user_id",
                    "t30"."oauth_consumer_key",
                    "t30"."lis_result_sourcedid",
                    "t30"."lis_outcome_service_url",
                    "t30"."is_correct",
                    "t30"."attempt_type",
                    "t30"."created_at",
                    "t30"."source",
                    "t30"."learner_id",
                    "t30"."at",
                    "t30"."sourcedid",
                    CASE
                      WHEN "t30"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t30"."sourcedid" ~ (
                          '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t30"."sourcedid",
                            '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[2]
                        ELSE NULL
                      END
                      WHEN "t30"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t30"."sourcedid" ~ (
                          '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t30"."sourcedid",
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[2]
                        ELSE NULL
                      END
                      ELSE CAST(NULL AS VARCHAR)
                    END AS "category",
                    CASE
                      WHEN "t30"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t30"."sourcedid" ~ (
                          '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t30"."sourcedid",
                            '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[3]
                        ELSE NULL
                      END
                      WHEN "t30"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t30"."sourcedid" ~ (
                          '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t30"."sourcedid",
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[3]
                        ELSE NULL
                      END || '+' || CASE
                        WHEN "t30"."sourcedid" ~ (
                          '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t30"."sourcedid",
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[4]
                        ELSE NULL
                      END
                      ELSE CAST(NULL AS VARCHAR)
                    END AS "course",
                    CASE
                      WHEN "t30"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t30"."sourcedid" ~ (
                          '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t30"."sourcedid",
                            '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[5]
                        ELSE NULL
                      END
                      WHEN "t30"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t30"."sourcedid" ~ (
                          '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t30"."sourcedid",
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[5]
                        ELSE NULL
                      END
                      ELSE CAST(NULL AS VARCHAR)
                    END AS "item_id"
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
                      "t22"."source_name" AS "source",
                      "t22"."user_id" AS "learner_id",
                      TIMEZONE('UTC', "t22"."created_at") AS "at",
                      REPLACE(
                        REPLACE(REPLACE(REPLACE("t22"."lis_result_sourcedid", '%3A', ':'), '%2B', '+'), '%2F', '/'),
                        '%40',
                        '@'
                      ) AS "sourcedid"
                    FROM (
                      SELECT
                        "t11"."name" AS "slice",
                        "t11"."source" AS "source_name",
                        "t13"."position",
                        "t13"."user_id",
                        "t13"."oauth_consumer_key",
                        "t13"."lis_result_sourcedid",
                        "t13"."lis_outcome_service_url",
                        "t13"."is_correct",
                        "t13"."attempt_type",
                        "t13"."created_at"
                      FROM "grader_attempts" AS "t13"
                      LEFT OUTER JOIN "slices" AS "t11"
                        ON "t13"."slice_id" = "t11"."slice_id"
                    ) AS "t22"
                  ) AS "t30"
                ) AS "t39"
              ) AS "t55"
              WHERE
                "t55"."course_id" IS NOT NULL AND "t55"."item_id" IS NOT NULL
            ) AS "t61"
          ) AS "t67"
          LEFT OUTER JOIN (
            SELECT
              "t0"."source" AS "link_source",
              "t0"."external_id" AS "link_course",
              "t0"."course_id" AS "joined_id"
            FROM "course_links" AS "t0"
          ) AS "t20"
            ON "t67"."source_name" = "t20"."link_source"
            AND "t67"."course_id" = "t20"."link_course"
        ) AS "t71"
      ) AS "t76"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t85"."item_id",
          COALESCE("t85"."joined_id", "t85"."course_id") AS "course_id",
          "t85"."title",
          "t85"."topic_id",
          "t85"."level_id",
          "t85"."kind",
          "t85"."max_score",
          "t85"."weight",
          "t85"."due_on",
          "t85"."active",
          "t85"."source_name",
          "t85"."joined_id" IS NULL AS "own"
        FROM (
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
            "t84"."active",
            "t84"."source_name",
            "t20"."link_source",
            "t20"."link_course",
            "t20"."joined_id"
          FROM (
            SELECT
              CAST("t82"."item_id" AS VARCHAR) AS "item_id",
              CAST("t82"."course_id" AS VARCHAR) AS "course_id",
              "t82"."title",
              "t82"."topic_id",
              CAST(NULL AS VARCHAR) AS "level_id",
              "t82"."kind",
              CAST(100 AS DECIMAL(9, 6)) AS "max_score",
              CAST(NULL AS DECIMAL(12, 6)) AS "weight",
              CAST(NULL AS DATE) AS "due_on",
              CAST("t82"."active" AS BOOLEAN) AS "active",
              "t82"."source_name"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t68"."source_name",
                    "t68"."course_id",
                    "t68"."unit_id" AS "item_id",
                    "t68"."unit_title" AS "title",
                    "t68"."section_id" AS "topic_id",
                    "t68"."unit_type" AS "kind",
                    TRUE AS "active"
                  FROM (
                    SELECT
                      "t64"."slice",
                      "t64"."source_name",
                      "t64"."position",
                      "t64"."course",
                      "t64"."course_id",
                      "t64"."category",
                      "t64"."course_title",
                      "t64"."section_id",
                      "t64"."section_title",
                      "t64"."unit_id",
                      "t64"."unit_type",
                      "t64"."unit_title",
                      "t64"."graded"
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          "t51"."slice",
                          "t51"."source_name",
                          "t51"."position",
                          "t51"."course",
                          "t51"."course_id",
                          "t51"."category",
                          "t51"."course_title",
                          "t51"."section_id",
                          "t51"."section_title",
                          "t51"."unit_id",
                          "t51"."unit_type",
                          "t51"."unit_title",
                          "t51"."graded",
                          ROW_NUMBER() OVER (
                            PARTITION BY "t51"."source_name", "t51"."course_id", "t51"."unit_id"
                            ORDER BY "t51"."slice" DESC NULLS LAST, "t51"."position" DESC NULLS LAST
                            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                          ) - 1 AS "_place"
                        FROM (
                          SELECT
                            *
                          FROM (
                            SELECT
                              "t40"."slice",
                              "t40"."source_name",
                              "t40"."position",
                              "t40"."course",
                              "t40"."course_id",
                              "t40"."category",
                              "t40"."course_title",
                              "t40"."section_id",
                              "t40"."section_title",
                              "t40"."unit_id",
                              "t40"."unit_type",
                              "t40"."unit_title",
                              "t40"."graded"
                            FROM (
                              SELECT
                                *
                              FROM (
                                SELECT
                                  "t11"."name" AS "slice",
                                  "t11"."source" AS "source_name",
                                  "t15"."position",
                                  "t15"."course",
                                  "t15"."course_id",
                                  "t15"."category",
                                  "t15"."course_title",
                                  "t15"."section_id",
                                  "t15"."section_title",
                                  "t15"."unit_id",
                                  "t15"."unit_type",
                                  "t15"."unit_title",
                                  "t15"."graded",
                                  "t29"."now_course",
                                  "t29"."now_id"
                                FROM "learnworlds_contents" AS "t15"
                                LEFT OUTER JOIN "slices" AS "t11"
                                  ON "t15"."slice_id" = "t11"."slice_id"
                                LEFT OUTER JOIN (
                                  SELECT DISTINCT
                                    "t24"."course" AS "now_course",
                                    "t24"."course_id" AS "now_id"
                                  FROM (
                                    SELECT
                                      "t11"."name" AS "slice",
                                      "t11"."source" AS "source_name",
                                      "t18"."position",
                                      "t18"."course",
                                      "t18"."course_id",
                                      "t18"."category",
                                      "t18"."title",
                                      "t18"."access",
                                      "t18"."starts_on",
                                      "t18"."ends_on",
                                      "t18"."created_at"
                                    FROM "learnworlds_courses" AS "t18"
                                    LEFT OUTER JOIN "slices" AS "t11"
                                      ON "t18"."slice_id" = "t11"."slice_id"
                                  ) AS "t24"
                                ) AS "t29"
                                  ON "t15"."course" = "t29"."now_course"
                              ) AS "t33"
                              WHERE
                                (
                                  "t33"."now_id" IS NULL
                                ) OR (
                                  "t33"."now_id" = "t33"."course_id"
                                )
                            ) AS "t40"
                          ) AS "t43"
                          WHERE
                            "t43"."unit_id" IS NOT NULL
                        ) AS "t51"
                      ) AS "t60"
                      WHERE
                        "t60"."_place" = 0
                    ) AS "t64"
                  ) AS "t68"
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
                              "t66"."source_name",
                              "t66"."course_id",
                              "t66"."unit_id"
                            FROM (
                              SELECT
                                "t64"."slice",
                                "t64"."source_name",
                                "t64"."position",
                                "t64"."course",
                                "t64"."course_id",
                                "t64"."category",
                                "t64"."course_title",
                                "t64"."section_id",
                                "t64"."section_title",
                                "t64"."unit_id",
                                "t64"."unit_type",
                                "t64"."unit_title",
                                "t64"."graded"
                              FROM (
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    "t51"."slice",
                                    "t51"."source_name",
                                    "t51"."position",
                                    "t51"."course",
                                    "t51"."course_id",
                                    "t51"."category",
                                    "t51"."course_title",
                                    "t51"."section_id",
                                    "t51"."section_title",
                                    "t51"."unit_id",
                                    "t51"."unit_type",
                                    "t51"."unit_title",
                                    "t51"."graded",
                                    ROW_NUMBER() OVER (
                                      PARTITION BY "t51"."source_name", "t51"."course_id", "t51"."unit_id"
                                      ORDER BY "t51"."slice" DESC NULLS LAST, "t51"."position" DESC NULLS LAST
                                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                    ) - 1 AS "_place"
                                  FROM (
                                    SELECT
                                      *
                                    FROM (
                                      SELECT
                                        "t40"."slice",
                                        "t40"."source_name",
                                        "t40"."position",
                                        "t40"."course",
                                        "t40"."course_id",
                                        "t40"."category",
                                        "t40"."course_title",
                                        "t40"."section_id",
                                        "t40"."section_title",
                                        "t40"."unit_id",
                                        "t40"."unit_type",
                                        "t40"."unit_title",
                                        "t40"."graded"
                                      FROM (
                                        SELECT
                                          *
                                        FROM (
                                          SELECT
                                            "t11"."name" AS "slice",
                                            "t11"."source" AS "source_name",
                                            "t15"."position",
                                            "t15"."course",
                                            "t15"."course_id",
                                            "t15"."category",
                                            "t15"."course_title",
                                            "t15"."section_id",
                                            "t15"."section_title",
                                            "t15"."unit_id",
                                            "t15"."unit_type",
                                            "t15"."unit_title",
                                            "t15"."graded",
                                            "t29"."now_course",
                                            "t29"."now_id"
                                          FROM "learnworlds_contents" AS "t15"
                                          LEFT OUTER JOIN "slices" AS "t11"
                                            ON "t15"."slice_id" = "t11"."slice_id"
                                          LEFT OUTER JOIN (
                                            SELECT DISTINCT
                                              "t24"."course" AS "now_course",
                                              "t24"."course_id" AS "now_id"
                                            FROM (
                                              SELECT
                                                "t11"."name" AS "slice",
                                                "t11"."source" AS "source_name",
                                                "t18"."position",
                                                "t18"."course",
                                                "t18"."course_id",
                                                "t18"."category",
                                                "t18"."title",
                                                "t18"."access",
                                                "t18"."starts_on",
                                                "t18"."ends_on",
                                                "t18"."created_at"
                                              FROM "learnworlds_courses" AS "t18"
                                              LEFT OUTER JOIN "slices" AS "t11"
                                                ON "t18"."slice_id" = "t11"."slice_id"
                                            ) AS "t24"
                                          ) AS "t29"
                                            ON "t15"."course" = "t29"."now_course"
                                        ) AS "t33"
                                        WHERE
                                          (
                                            "t33"."now_id" IS NULL
                                          ) OR (
                                            "t33"."now_id" = "t33"."course_id"
                                          )
                                      ) AS "t40"
                                    ) AS "t43"
                                    WHERE
                                      "t43"."unit_id" IS NOT NULL
                                  ) AS "t51"
                                ) AS "t60"
                                WHERE
                                  "t60"."_place" = 0
                              ) AS "t64"
                            ) AS "t66"
                            WHERE
                              "t66"."graded"
                          ) AS "t70"
                          UNION ALL
                          SELECT
                            *
                          FROM (
                            SELECT
                              *
                            FROM (
                              SELECT
                                "t68"."source_name",
                                "t68"."course_id",
                                "t68"."unit_id"
                              FROM (
                                SELECT
                                  "t64"."slice",
                                  "t64"."source_name",
                                  "t64"."position",
                                  "t64"."course",
                                  "t64"."course_id",
                                  "t64"."category",
                                  "t64"."course_title",
                                  "t64"."section_id",
                                  "t64"."section_title",
                                  "t64"."unit_id",
                                  "t64"."unit_type",
                                  "t64"."unit_title",
                                  "t64"."graded"
                                FROM (
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      "t51"."slice",
                                      "t51"."source_name",
                                      "t51"."position",
                                      "t51"."course",
                                      "t51"."course_id",
                                      "t51"."category",
                                      "t51"."course_title",
                                      "t51"."section_id",
                                      "t51"."section_title",
                                      "t51"."unit_id",
                                      "t51"."unit_type",
                                      "t51"."unit_title",
                                      "t51"."graded",
                                      ROW_NUMBER() OVER (
                                        PARTITION BY "t51"."source_name", "t51"."course_id", "t51"."unit_id"
                                        ORDER BY "t51"."slice" DESC NULLS LAST, "t51"."position" DESC NULLS LAST
                                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                      ) - 1 AS "_place"
                                    FROM (
                                      SELECT
                                        *
                                      FROM (
                                        SELECT
                                          "t40"."slice",
                                          "t40"."source_name",
                                          "t40"."position",
                                          "t40"."course",
                                          "t40"."course_id",
                                          "t40"."category",
                                          "t40"."course_title",
                                          "t40"."section_id",
                                          "t40"."section_title",
                                          "t40"."unit_id",
                                          "t40"."unit_type",
                                          "t40"."unit_title",
                                          "t40"."graded"
                                        FROM (
                                          SELECT
                                            *
                                          FROM (
                                            SELECT
                                              "t11"."name" AS "slice",
                                              "t11"."source" AS "source_name",
                                              "t15"."position",
                                              "t15"."course",
                                              "t15"."course_id",
                                              "t15"."category",
                                              "t15"."course_title",
                                              "t15"."section_id",
                                              "t15"."section_title",
                                              "t15"."unit_id",
                                              "t15"."unit_type",
                                              "t15"."unit_title",
                                              "t15"."graded",
                                              "t29"."now_course",
                                              "t29"."now_id"
                                            FROM "learnworlds_contents" AS "t15"
                                            LEFT OUTER JOIN "slices" AS "t11"
                                              ON "t15"."slice_id" = "t11"."slice_id"
                                            LEFT OUTER JOIN (
                                              SELECT DISTINCT
                                                "t24"."course" AS "now_course",
                                                "t24"."course_id" AS "now_id"
                                              FROM (
                                                SELECT
                                                  "t11"."name" AS "slice",
                                                  "t11"."source" AS "source_name",
                                                  "t18"."position",
                                                  "t18"."course",
                                                  "t18"."course_id",
                                                  "t18"."category",
                                                  "t18"."title",
                                                  "t18"."access",
                                                  "t18"."starts_on",
                                                  "t18"."ends_on",
                                                  "t18"."created_at"
                                                FROM "learnworlds_courses" AS "t18"
                                                LEFT OUTER JOIN "slices" AS "t11"
                                                  ON "t18"."slice_id" = "t11"."slice_id"
                                              ) AS "t24"
                                            ) AS "t29"
                                              ON "t15"."course" = "t29"."now_course"
                                          ) AS "t33"
                                          WHERE
                                            (
                                              "t33"."now_id" IS NULL
                                            ) OR (
                                              "t33"."now_id" = "t33"."course_id"
                                            )
                                        ) AS "t40"
                                      ) AS "t43"
                                      WHERE
                                        "t43"."unit_id" IS NOT NULL
                                    ) AS "t51"
                                  ) AS "t60"
                                  WHERE
                                    "t60"."_place" = 0
                                ) AS "t64"
                              ) AS "t68"
                              WHERE
                                EXISTS(
                                  SELECT
                                    1
                                  FROM "t53" AS "t59"
                                  WHERE
                                    "t68"."source_name" = "t59"."source_name"
                                    AND "t68"."course_id" = "t59"."course_id"
                                    AND "t68"."unit_id" = "t59"."unit_id"
                                )
                            ) AS "t72"
                          ) AS "t74"
                        ) AS "t77"
                      ) AS "t79"
                      WHERE
                        "t68"."source_name" = "t79"."source_name"
                        AND "t68"."course_id" = "t79"."course_id"
                        AND "t68"."unit_id" = "t79"."unit_id"
                    )
                ) AS "t80"
              ) AS "t81"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t58"."source_name",
                    "t58"."course_id",
                    "t58"."unit_id" AS "item_id",
                    CAST(NULL AS VARCHAR) AS "title",
                    CAST(NULL AS VARCHAR) AS "topic_id",
                    CAST(NULL AS VARCHAR) AS "kind",
                    FALSE AS "active"
                  FROM "t53" AS "t58"
                  WHERE
                    NOT EXISTS(
                      SELECT
                        1
                      FROM (
                        SELECT
                          "t64"."slice",
                          "t64"."source_name",
                          "t64"."position",
                          "t64"."course",
                          "t64"."course_id",
                          "t64"."category",
                          "t64"."course_title",
                          "t64"."section_id",
                          "t64"."section_title",
                          "t64"."unit_id",
                          "t64"."unit_type",
                          "t64"."unit_title",
                          "t64"."graded"
                        FROM (
                          SELECT
                            *
                          FROM (
                            SELECT
                              "t51"."slice",
                              "t51"."source_name",
                              "t51"."position",
                              "t51"."course",
                              "t51"."course_id",
                              "t51"."category",
                              "t51"."course_title",
                              "t51"."section_id",
                              "t51"."section_title",
                              "t51"."unit_id",
                              "t51"."unit_type",
                              "t51"."unit_title",
                              "t51"."graded",
                              ROW_NUMBER() OVER (
                                PARTITION BY "t51"."source_name", "t51"."course_id", "t51"."unit_id"
                                ORDER BY "t51"."slice" DESC NULLS LAST, "t51"."position" DESC NULLS LAST
                                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                              ) - 1 AS "_place"
                            FROM (
                              SELECT
                                *
                              FROM (
                                SELECT
                                  "t40"."slice",
                                  "t40"."source_name",
                                  "t40"."position",
                                  "t40"."course",
                                  "t40"."course_id",
                                  "t40"."category",
                                  "t40"."course_title",
                                  "t40"."section_id",
                                  "t40"."section_title",
                                  "t40"."unit_id",
                                  "t40"."unit_type",
                                  "t40"."unit_title",
                                  "t40"."graded"
                                FROM (
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      "t11"."name" AS "slice",
                                      "t11"."source" AS "source_name",
                                      "t15"."position",
                                      "t15"."course",
                                      "t15"."course_id",
                                      "t15"."category",
                                      "t15"."course_title",
                                      "t15"."section_id",
                                      "t15"."section_title",
                                      "t15"."unit_id",
                                      "t15"."unit_type",
                                      "t15"."unit_title",
                                      "t15"."graded",
                                      "t29"."now_course",
                                      "t29"."now_id"
                                    FROM "learnworlds_contents" AS "t15"
                                    LEFT OUTER JOIN "slices" AS "t11"
                                      ON "t15"."slice_id" = "t11"."slice_id"
                                    LEFT OUTER JOIN (
                                      SELECT DISTINCT
                                        "t24"."course" AS "now_course",
                                        "t24"."course_id" AS "now_id"
                                      FROM (
                                        SELECT
                                          "t11"."name" AS "slice",
                                          "t11"."source" AS "source_name",
                                          "t18"."position",
                                          "t18"."course",
                                          "t18"."course_id",
                                          "t18"."category",
                                          "t18"."title",
                                          "t18"."access",
                                          "t18"."starts_on",
                                          "t18"."ends_on",
                                          "t18"."created_at"
                                        FROM "learnworlds_courses" AS "t18"
                                        LEFT OUTER JOIN "slices" AS "t11"
                                          ON "t18"."slice_id" = "t11"."slice_id"
                                      ) AS "t24"
                                    ) AS "t29"
                                      ON "t15"."course" = "t29"."now_course"
                                  ) AS "t33"
                                  WHERE
                                    (
                                      "t33"."now_id" IS NULL
                                    ) OR (
                                      "t33"."now_id" = "t33"."course_id"
                                    )
                                ) AS "t40"
                              ) AS "t43"
                              WHERE
                                "t43"."unit_id" IS NOT NULL
                            ) AS "t51"
                          ) AS "t60"
                          WHERE
                            "t60"."_place" = 0
                        ) AS "t64"
                      ) AS "t69"
                      WHERE
                        "t58"."source_name" = "t69"."source_name"
                        AND "t58"."course_id" = "t69"."course_id"
                        AND "t58"."unit_id" = "t69"."unit_id"
                    )
                ) AS "t73"
              ) AS "t75"
            ) AS "t82"
          ) AS "t84"
          LEFT OUTER JOIN (
            SELECT
              "t0"."source" AS "link_source",
              "t0"."external_id" AS "link_course",
              "t0"."course_id" AS "joined_id"
            FROM "course_links" AS "t0"
          ) AS "t20"
            ON "t84"."source_name" = "t20"."link_source"
            AND "t84"."course_id" = "t20"."link_course"
        ) AS "t85"
      ) AS "t86"
    ) AS "t87"
  ) AS "t88"
  GROUP BY
    1,
    2
) AS "t89"

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
