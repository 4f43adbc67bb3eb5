-- Views of the canonical tables. Written by `make docs` (docs/build_canonical_views.py).

-- learners --
-- A person who learns, as one source knows them.
WITH "t27" AS (
  SELECT
    "t13"."name" AS "slice",
    "t13"."source" AS "source_name",
    "t17"."position",
    "t17"."uuid",
    "t17"."event_type",
    "t17"."event_time",
    "t17"."user_id",
    "t17"."ehr_id",
    "t17"."session_id",
    "t17"."course_id",
    "t17"."item_id",
    "t17"."correct",
    "t17"."score",
    "t17"."duration_s",
    "t17"."hints",
    "t17"."response"
  FROM "posted_events" AS "t17"
  LEFT OUTER JOIN "slices" AS "t13"
    ON "t17"."slice_id" = "t13"."slice_id"
), "t29" AS (
  SELECT
    "t13"."name" AS "slice",
    "t13"."source" AS "source_name",
    "t19"."position",
    "t19"."stray",
    "t19"."uuid",
    "t19"."event_type",
    "t19"."event_time",
    "t19"."user_id",
    "t19"."session_id",
    "t19"."email",
    "t19"."course_id",
    "t19"."item_id",
    "t19"."correct",
    "t19"."score",
    "t19"."duration_s",
    "t19"."hints",
    "t19"."event_properties",
    "t19"."response"
  FROM "amplitude_events_web" AS "t19"
  LEFT OUTER JOIN "slices" AS "t13"
    ON "t19"."slice_id" = "t13"."slice_id"
), "t30" AS (
  SELECT
    "t13"."name" AS "slice",
    "t13"."source" AS "source_name",
    "t20"."position",
    "t20"."stray",
    "t20"."uuid",
    "t20"."event_type",
    "t20"."event_time",
    "t20"."user_id",
    "t20"."session_id",
    "t20"."email",
    "t20"."course_id",
    "t20"."item_id",
    "t20"."correct",
    "t20"."score",
    "t20"."duration_s",
    "t20"."hints",
    "t20"."event_properties",
    "t20"."response"
  FROM "amplitude_events_mobile" AS "t20"
  LEFT OUTER JOIN "slices" AS "t13"
    ON "t20"."slice_id" = "t13"."slice_id"
), "t39" AS (
  SELECT
    "t32"."uuid"
  FROM "t27" AS "t32"
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
        CAST(CAST("t54"."learner_id" AS VARCHAR) AS VARCHAR) AS "learner_id",
        "t54"."name",
        CAST(NULL AS VARCHAR) AS "email",
        CAST(CAST("t54"."source" AS VARCHAR) AS VARCHAR) AS "source"
      FROM (
        SELECT
          "t37"."learner_id",
          "t37"."source",
          MAX("t37"."name") AS "name"
        FROM (
          SELECT
            "t24"."slice",
            "t24"."source_name",
            "t24"."position",
            "t24"."client_id",
            "t24"."name",
            "t24"."group_id",
            "t24"."group_name",
            "t24"."joined_on",
            "t24"."source_name" AS "source",
            "t24"."source_name" || ':' || "t24"."client_id" AS "learner_id"
          FROM (
            SELECT
              "t12"."name" AS "slice",
              "t13"."source" AS "source_name",
              "t12"."position",
              "t12"."client_id",
              "t12"."name",
              "t12"."group_id",
              "t12"."group_name",
              "t12"."joined_on"
            FROM "vocabulary_learners" AS "t12"
            LEFT OUTER JOIN "slices" AS "t13"
              ON "t12"."slice_id" = "t13"."slice_id"
          ) AS "t24"
        ) AS "t37"
        GROUP BY
          1,
          2
      ) AS "t54"
    ) AS "t64"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          CAST(CAST("t108"."learner_id" AS VARCHAR) AS VARCHAR) AS "learner_id",
          CAST(NULL AS VARCHAR) AS "name",
          "t108"."email",
          CAST(CAST("t108"."source" AS VARCHAR) AS VARCHAR) AS "source"
        FROM (
          SELECT
            "t106"."learner_id",
            MIN("t106"."source") AS "source",
            MAX("t106"."email") AS "email"
          FROM (
            SELECT
              "t104"."learner_id",
              "t104"."source",
              MAX("t104"."email") AS "email"
            FROM (
              SELECT
                "t100"."slice",
                "t100"."source_name",
                "t100"."position",
                "t100"."stray",
                "t100"."uuid",
                "t100"."event_type",
                "t100"."event_time",
                "t100"."user_id",
                "t100"."session_id",
                "t100"."email",
                "t100"."course_id",
                "t100"."item_id",
                "t100"."correct",
                "t100"."score",
                "t100"."duration_s",
                "t100"."hints",
                "t100"."event_properties",
                "t100"."response",
                "t100"."source_name" AS "source",
                "t100"."source_name" || ':' || "t100"."user_id" AS "learner_id",
                "t100"."event_time" AS "at"
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
                  "t94"."response"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        *
                      FROM "t29" AS "t33"
                      WHERE
                        NOT (
                          "t33"."stray"
                        )
                    ) AS "t45"
                    UNION ALL
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t77"."slice",
                        "t77"."source_name",
                        "t77"."position",
                        "t77"."stray",
                        "t77"."uuid",
                        "t77"."event_type",
                        "t77"."event_time",
                        "t77"."user_id",
                        "t77"."session_id",
                        "t77"."email",
                        "t77"."course_id",
                        "t77"."item_id",
                        "t77"."correct",
                        "t77"."score",
                        "t77"."duration_s",
                        "t77"."hints",
                        "t77"."event_properties",
                        "t77"."response"
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
                              "t41"."slice",
                              "t41"."source_name",
                              "t41"."position",
                              "t41"."stray",
                              "t41"."uuid",
                              "t41"."event_type",
                              "t41"."event_time",
                              "t41"."user_id",
                              "t41"."session_id",
                              "t41"."email",
                              "t41"."course_id",
                              "t41"."item_id",
                              "t41"."correct",
                              "t41"."score",
                              "t41"."duration_s",
                              "t41"."hints",
                              "t41"."event_properties",
                              "t41"."response",
                              ROW_NUMBER() OVER (
                                PARTITION BY "t41"."uuid"
                                ORDER BY "t41"."slice" ASC, "t41"."position" ASC
                                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                              ) - 1 AS "_place"
                            FROM (
                              SELECT
                                *
                              FROM "t29" AS "t33"
                              WHERE
                                "t33"."stray"
                            ) AS "t41"
                          ) AS "t60"
                          WHERE
                            "t60"."_place" = 0
                        ) AS "t68"
                      ) AS "t77"
                      WHERE
                        NOT EXISTS(
                          SELECT
                            1
                          FROM (
                            SELECT
                              "t33"."uuid"
                            FROM "t29" AS "t33"
                            WHERE
                              NOT (
                                "t33"."stray"
                              )
                          ) AS "t52"
                          WHERE
                            "t77"."uuid" = "t52"."uuid"
                        )
                    ) AS "t85"
                  ) AS "t89"
                  UNION ALL
                  SELECT
                    *
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        *
                      FROM "t30" AS "t34"
                      WHERE
                        NOT (
                          "t34"."stray"
                        )
                    ) AS "t47"
                    UNION ALL
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t78"."slice",
                        "t78"."source_name",
                        "t78"."position",
                        "t78"."stray",
                        "t78"."uuid",
                        "t78"."event_type",
                        "t78"."event_time",
                        "t78"."user_id",
                        "t78"."session_id",
                        "t78"."email",
                        "t78"."course_id",
                        "t78"."item_id",
                        "t78"."correct",
                        "t78"."score",
                        "t78"."duration_s",
                        "t78"."hints",
                        "t78"."event_properties",
                        "t78"."response"
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
                            *
                          FROM (
                            SELECT
                              "t42"."slice",
                              "t42"."source_name",
                              "t42"."position",
                              "t42"."stray",
                              "t42"."uuid",
                              "t42"."event_type",
                              "t42"."event_time",
                              "t42"."user_id",
                              "t42"."session_id",
                              "t42"."email",
                              "t42"."course_id",
                              "t42"."item_id",
                              "t42"."correct",
                              "t42"."score",
                              "t42"."duration_s",
                              "t42"."hints",
                              "t42"."event_properties",
                              "t42"."response",
                              ROW_NUMBER() OVER (
                                PARTITION BY "t42"."uuid"
                                ORDER BY "t42"."slice" ASC, "t42"."position" ASC
                                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                              ) - 1 AS "_place"
                            FROM (
                              SELECT
                                *
                              FROM "t30" AS "t34"
                              WHERE
                                "t34"."stray"
                            ) AS "t42"
                          ) AS "t61"
                          WHERE
                            "t61"."_place" = 0
                        ) AS "t69"
                      ) AS "t78"
                      WHERE
                        NOT EXISTS(
                          SELECT
                            1
                          FROM (
                            SELECT
                              "t34"."uuid"
                            FROM "t30" AS "t34"
                            WHERE
                              NOT (
                                "t34"."stray"
                              )
                          ) AS "t53"
                          WHERE
                            "t78"."uuid" = "t53"."uuid"
                        )
                    ) AS "t86"
                  ) AS "t90"
                ) AS "t94"
                WHERE
                  NOT EXISTS(
                    SELECT
                      1
                    FROM "t39" AS "t50"
                    WHERE
                      "t94"."uuid" = "t50"."uuid"
                  )
              ) AS "t100"
              WHERE
                "t100"."user_id" IS NOT NULL AND "t100"."user_id" <> ''
            ) AS "t104"
            GROUP BY
              1,
              2
          ) AS "t106"
          GROUP BY
            1
        ) AS "t108"
      ) AS "t111"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          CAST(CAST("t83"."learner_id" AS VARCHAR) AS VARCHAR) AS "learner_id",
          CAST(NULL AS VARCHAR) AS "name",
          "t83"."email",
          CAST(CAST("t83"."source" AS VARCHAR) AS VARCHAR) AS "source"
        FROM (
          SELECT
            "t72"."learner_id",
            MIN("t72"."source") AS "source",
            MAX("t72"."email") AS "email"
          FROM (
            SELECT
              "t63"."slice",
              "t63"."source_name",
              "t63"."position",
              "t63"."uuid",
              "t63"."event_at",
              "t63"."event_datetime",
              "t63"."event_json",
              "t63"."event_name",
              "t63"."event_receive_datetime",
              "t63"."event_receive_timestamp",
              "t63"."event_timestamp",
              "t63"."session_id",
              "t63"."installation_id",
              "t63"."appmetrica_device_id",
              "t63"."city",
              "t63"."connection_type",
              "t63"."country_iso_code",
              "t63"."device_ipv6",
              "t63"."device_locale",
              "t63"."device_manufacturer",
              "t63"."device_model",
              "t63"."device_type",
              "t63"."google_aid",
              "t63"."ios_ifa",
              "t63"."ios_ifv",
              "t63"."mcc",
              "t63"."mnc",
              "t63"."operator_name",
              "t63"."original_device_model",
              "t63"."os_name",
              "t63"."os_version",
              "t63"."profile_id",
              "t63"."windows_aid",
              "t63"."app_build_number",
              "t63"."app_package_name",
              "t63"."app_version_name",
              "t63"."application_id",
              "t63"."event_properties",
              "t63"."ehr_id",
              "t63"."email",
              "t63"."course_id",
              "t63"."item_id",
              "t63"."correct",
              "t63"."score",
              "t63"."duration_s",
              "t63"."hints",
              "t63"."response",
              "t63"."source_name" AS "source",
              "t63"."source_name" || ':' || "t63"."profile_id" AS "learner_id"
            FROM (
              SELECT
                "t13"."name" AS "slice",
                "t13"."source" AS "source_name",
                "t14"."position",
                "t14"."uuid",
                "t14"."event_at",
                "t14"."event_datetime",
                "t14"."event_json",
                "t14"."event_name",
                "t14"."event_receive_datetime",
                "t14"."event_receive_timestamp",
                "t14"."event_timestamp",
                "t14"."session_id",
                "t14"."installation_id",
                "t14"."appmetrica_device_id",
                "t14"."city",
                "t14"."connection_type",
                "t14"."country_iso_code",
                "t14"."device_ipv6",
                "t14"."device_locale",
                "t14"."device_manufacturer",
                "t14"."device_model",
                "t14"."device_type",
                "t14"."google_aid",
                "t14"."ios_ifa",
                "t14"."ios_ifv",
                "t14"."mcc",
                "t14"."mnc",
                "t14"."operator_name",
                "t14"."original_device_model",
                "t14"."os_name",
                "t14"."os_version",
                "t14"."profile_id",
                "t14"."windows_aid",
                "t14"."app_build_number",
                "t14"."app_package_name",
                "t14"."app_version_name",
                "t14"."application_id",
                "t14"."event_properties",
                "t14"."ehr_id",
                "t14"."email",
                "t14"."course_id",
                "t14"."item_id",
                "t14"."correct",
                "t14"."score",
                "t14"."duration_s",
                "t14"."hints",
                "t14"."response"
              FROM "appmetrica_events" AS "t14"
              LEFT OUTER JOIN "slices" AS "t13"
                ON "t14"."slice_id" = "t13"."slice_id"
              WHERE
                NOT EXISTS(
                  SELECT
                    1
                  FROM "t39" AS "t49"
                  WHERE
                    "t14"."uuid" = "t49"."uuid"
                )
            ) AS "t63"
            WHERE
              "t63"."profile_id" IS NOT NULL
          ) AS "t72"
          GROUP BY
            1
        ) AS "t83"
      ) AS "t91"
    ) AS "t112"
  ) AS "t113"
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
          "t92"."learner_id",
          "t92"."name",
          "t92"."email",
          "t92"."source"
        FROM (
          SELECT
            "t79"."slice",
            "t79"."source_name",
            "t79"."position",
            "t79"."learner_id",
            "t79"."name",
            "t79"."email",
            "t79"."source",
            ROW_NUMBER() OVER (
              PARTITION BY "t79"."learner_id", "t79"."source_name"
              ORDER BY "t79"."slice" DESC NULLS LAST, "t79"."position" DESC NULLS LAST
              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            ) - 1 AS "_place"
          FROM (
            SELECT
              "t66"."slice",
              "t66"."source_name",
              "t66"."position",
              COALESCE("t66"."linked", "t66"."source" || ':' || "t66"."learner_id") AS "learner_id",
              "t66"."name",
              "t66"."email",
              "t66"."source"
            FROM (
              SELECT
                "t38"."slice",
                "t38"."source_name",
                "t38"."position",
                "t38"."learner_id",
                "t38"."name",
                "t38"."email",
                "t38"."source",
                "t57"."link_source",
                "t57"."link_external",
                "t57"."linked"
              FROM (
                SELECT
                  "t26"."slice",
                  "t26"."source_name",
                  "t26"."position",
                  "t26"."learner_id",
                  "t26"."name",
                  "t26"."email",
                  "t26"."source_name" AS "source"
                FROM (
                  SELECT
                    "t16"."name" AS "slice",
                    "t13"."source" AS "source_name",
                    "t16"."position",
                    "t16"."learner_id",
                    "t16"."name",
                    "t16"."email"
                  FROM "files_learners" AS "t16"
                  LEFT OUTER JOIN "slices" AS "t13"
                    ON "t16"."slice_id" = "t13"."slice_id"
                ) AS "t26"
              ) AS "t38"
              LEFT OUTER JOIN (
                SELECT
                  "t40"."source" AS "link_source",
                  "t40"."external_id" AS "link_external",
                  "t40"."linked"
                FROM (
                  SELECT
                    "t28"."source",
                    "t28"."external_id",
                    MAX("t28"."learner_id") AS "linked"
                  FROM (
                    SELECT
                      "t13"."name" AS "slice",
                      "t18"."source" AS "source_name",
                      "t18"."position",
                      "t18"."source",
                      "t18"."external_id",
                      "t18"."learner_id"
                    FROM "files_learner_links" AS "t18"
                    LEFT OUTER JOIN "slices" AS "t13"
                      ON "t18"."slice_id" = "t13"."slice_id"
                  ) AS "t28"
                  GROUP BY
                    1,
                    2
                ) AS "t40"
              ) AS "t57"
                ON "t38"."source" = "t57"."link_source"
                AND "t38"."learner_id" = "t57"."link_external"
            ) AS "t66"
          ) AS "t79"
        ) AS "t92"
        WHERE
          "t92"."_place" = 0
      ) AS "t98"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          CAST(CAST("t96"."learner_id" AS VARCHAR) AS VARCHAR) AS "learner_id",
          CAST(NULL AS VARCHAR) AS "name",
          CAST(NULL AS VARCHAR) AS "email",
          CAST(CAST("t96"."source" AS VARCHAR) AS VARCHAR) AS "source"
        FROM (
          SELECT DISTINCT
            "t87"."source" || ':' || "t87"."learner_id" AS "learner_id",
            "t87"."source"
          FROM (
            SELECT
              "t67"."slice",
              "t67"."source_name",
              "t67"."position",
              "t67"."user_id",
              "t67"."oauth_consumer_key",
              "t67"."lis_result_sourcedid",
              "t67"."lis_outcome_service_url",
              "t67"."is_correct",
              "t67"."attempt_type",
              "t67"."created_at",
              "t67"."source",
              "t67"."learner_id",
              "t67"."at",
              "t67"."sourcedid",
              "t67"."category",
              "t67"."course",
              "t67"."item_id",
              "t67"."source" || ':' || SHA256(
                "t67"."user_id" || ' ' || CAST(EPOCH_US("t67"."at") AS VARCHAR) || ' ' || "t67"."attempt_type" || ' ' || COALESCE("t67"."lis_result_sourcedid", '')
              ) AS "attempt_id",
              "t67"."category" || '/' || "t67"."course" AS "course_id",
              CASE WHEN "t67"."attempt_type" = 'submit' THEN 'answer' ELSE 'run' END AS "kind",
              "t67"."is_correct" AS "correct",
              CASE
                WHEN "t67"."is_correct"
                THEN 1
                WHEN NOT (
                  "t67"."is_correct"
                )
                THEN 0
                ELSE CAST(NULL AS BIGINT)
              END AS "score"
            FROM (
              SELECT
                "t55"."slice",
                "t55"."source_name",
                "t55"."position",
                "t55"."user_id",
                "t55"."oauth_consumer_key",
                "t55"."lis_result_sourcedid",
                "t55"."lis_outcome_service_url",
                "t55"."is_correct",
                "t55"."attempt_type",
                "t55"."created_at",
                "t55"."source",
                "t55"."learner_id",
                "t55"."at",
                "t55"."sourcedid",
                CASE
                  WHEN "t55"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                  THEN CASE
                    WHEN "t55"."sourcedid" ~ (
                      '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                    THEN (
                      REGEXP_MATCH(
                        "t55"."sourcedid",
                        '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                      )
                    )[2]
                    ELSE NULL
                  END
                  WHEN "t55"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                  THEN CASE
                    WHEN "t55"."sourcedid" ~ (
                      '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                    THEN (
                      REGEXP_MATCH(
                        "t55"."sourcedid",
                        '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                      )
                    )[2]
                    ELSE NULL
                  END
                  ELSE CAST(NULL AS VARCHAR)
                END AS "category",
                CASE
                  WHEN "t55"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                  THEN CASE
                    WHEN "t55"."sourcedid" ~ (
                      '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                    THEN (
                      REGEXP_MATCH(
                        "t55"."sourcedid",
                        '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                      )
                    )[3]
                    ELSE NULL
                  END
                  WHEN "t55"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                  THEN CASE
                    WHEN "t55"."sourcedid" ~ (
                      '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                    THEN (
                      REGEXP_MATCH(
                        "t55"."sourcedid",
                        '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                      )
                    )[3]
                    ELSE NULL
                  END || '+' || CASE
                    WHEN "t55"."sourcedid" ~ (
                      '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                    THEN (
                      REGEXP_MATCH(
                        "t55"."sourcedid",
                        '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                      )
                    )[4]
                    ELSE NULL
                  END
                  ELSE CAST(NULL AS VARCHAR)
                END AS "course",
                CASE
                  WHEN "t55"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                  THEN CASE
                    WHEN "t55"."sourcedid" ~ (
                      '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                    THEN (
                      REGEXP_MATCH(
                        "t55"."sourcedid",
                        '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                      )
                    )[5]
                    ELSE NULL
                  END
                  WHEN "t55"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                  THEN CASE
                    WHEN "t55"."sourcedid" ~ (
                      '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                    THEN (
                      REGEXP_MATCH(
                        "t55"."sourcedid",
                        '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                      )
                    )[5]
                    ELSE NULL
                  END
                  ELSE CAST(NULL AS VARCHAR)
                END AS "item_id"
              FROM (
                SELECT
                  "t25"."slice",
                  "t25"."source_name",
                  "t25"."position",
                  "t25"."user_id",
                  "t25"."oauth_consumer_key",
                  "t25"."lis_result_sourcedid",
                  "t25"."lis_outcome_service_url",
                  "t25"."is_correct",
                  "t25"."attempt_type",
                  "t25"."created_at",
                  "t25"."source_name" AS "source",
                  "t25"."user_id" AS "learner_id",
                  TIMEZONE('UTC', "t25"."created_at") AS "at",
                  REPLACE(
                    REPLACE(REPLACE(REPLACE("t25"."lis_result_sourcedid", '%3A', ':'), '%2B', '+'), '%2F', '/'),
                    '%40',
                    '@'
                  ) AS "sourcedid"
                FROM (
                  SELECT
                    "t13"."name" AS "slice",
                    "t13"."source" AS "source_name",
                    "t15"."position",
                    "t15"."user_id",
                    "t15"."oauth_consumer_key",
                    "t15"."lis_result_sourcedid",
                    "t15"."lis_outcome_service_url",
                    "t15"."is_correct",
                    "t15"."attempt_type",
                    "t15"."created_at"
                  FROM "grader_attempts" AS "t15"
                  LEFT OUTER JOIN "slices" AS "t13"
                    ON "t15"."slice_id" = "t13"."slice_id"
                ) AS "t25"
              ) AS "t55"
            ) AS "t67"
          ) AS "t87"
        ) AS "t96"
      ) AS "t102"
    ) AS "t103"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          CAST(CAST("t110"."learner_id" AS VARCHAR) AS VARCHAR) AS "learner_id",
          "t110"."name",
          "t110"."email",
          CAST(CAST("t110"."source" AS VARCHAR) AS VARCHAR) AS "source"
        FROM (
          SELECT
            "t109"."slice",
            "t109"."source_name",
            "t109"."position",
            "t109"."course",
            "t109"."course_id",
            "t109"."user_id",
            "t109"."email",
            "t109"."username",
            "t109"."role",
            "t109"."suspended",
            "t109"."created_at",
            "t109"."last_login_at",
            "t109"."enrolled_at",
            "t109"."enrolled_on",
            "t109"."expires_on",
            "t109"."groups",
            "t109"."source",
            "t109"."learner_id",
            "t109"."name"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t105"."slice",
                "t105"."source_name",
                "t105"."position",
                "t105"."course",
                "t105"."course_id",
                "t105"."user_id",
                "t105"."email",
                "t105"."username",
                "t105"."role",
                "t105"."suspended",
                "t105"."created_at",
                "t105"."last_login_at",
                "t105"."enrolled_at",
                "t105"."enrolled_on",
                "t105"."expires_on",
                "t105"."groups",
                "t105"."source",
                "t105"."learner_id",
                "t105"."name",
                ROW_NUMBER() OVER (
                  PARTITION BY "t105"."learner_id"
                  ORDER BY "t105"."slice" DESC NULLS LAST, "t105"."position" DESC NULLS LAST
                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                ) - 1 AS "_place"
              FROM (
                SELECT
                  "t101"."slice",
                  "t101"."source_name",
                  "t101"."position",
                  "t101"."course",
                  "t101"."course_id",
                  "t101"."user_id",
                  "t101"."email",
                  "t101"."username",
                  "t101"."role",
                  "t101"."suspended",
                  "t101"."created_at",
                  "t101"."last_login_at",
                  "t101"."enrolled_at",
                  "t101"."enrolled_on",
                  "t101"."expires_on",
                  "t101"."groups",
                  "t101"."source_name" AS "source",
                  "t101"."source_name" || ':' || "t101"."user_id" AS "learner_id",
                  "t101"."username" AS "name"
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
                    "t99"."groups"
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
                        "t84"."user_id",
                        "t84"."email",
                        "t84"."username",
                        "t84"."role",
                        "t84"."suspended",
                        "t84"."created_at",
                        "t84"."last_login_at",
                        "t84"."enrolled_at",
                        "t84"."enrolled_on",
                        "t84"."expires_on",
                        "t84"."groups",
                        ROW_NUMBER() OVER (
                          PARTITION BY "t84"."user_id", "t84"."course_id"
                          ORDER BY "t84"."slice" DESC NULLS LAST, "t84"."position" DESC NULLS LAST
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
                              "t70"."slice",
                              "t70"."source_name",
                              "t70"."position",
                              "t70"."course",
                              "t70"."course_id",
                              "t70"."user_id",
                              "t70"."email",
                              "t70"."username",
                              "t70"."role",
                              "t70"."suspended",
                              "t70"."created_at",
                              "t70"."last_login_at",
                              "t70"."enrolled_at",
                              "t70"."enrolled_on",
                              "t70"."expires_on",
                              "t70"."groups"
                            FROM (
                              SELECT
                                *
                              FROM (
                                SELECT
                                  "t13"."name" AS "slice",
                                  "t13"."source" AS "source_name",
                                  "t21"."position",
                                  "t21"."course",
                                  "t21"."course_id",
                                  "t21"."user_id",
                                  "t21"."email",
                                  "t21"."username",
                                  "t21"."role",
                                  "t21"."suspended",
                                  "t21"."created_at",
                                  "t21"."last_login_at",
                                  "t21"."enrolled_at",
                                  "t21"."enrolled_on",
                                  "t21"."expires_on",
                                  "t21"."groups",
                                  "t43"."now_course",
                                  "t43"."now_id"
                                FROM "learnworlds_users" AS "t21"
                                LEFT OUTER JOIN "slices" AS "t13"
                                  ON "t21"."slice_id" = "t13"."slice_id"
                                LEFT OUTER JOIN (
                                  SELECT DISTINCT
                                    "t31"."course" AS "now_course",
                                    "t31"."course_id" AS "now_id"
                                  FROM (
                                    SELECT
                                      "t13"."name" AS "slice",
                                      "t13"."source" AS "source_name",
                                      "t23"."position",
                                      "t23"."course",
                                      "t23"."course_id",
                                      "t23"."category",
                                      "t23"."title",
                                      "t23"."access",
                                      "t23"."starts_on",
                                      "t23"."ends_on",
                                      "t23"."created_at"
                                    FROM "learnworlds_courses" AS "t23"
                                    LEFT OUTER JOIN "slices" AS "t13"
                                      ON "t23"."slice_id" = "t13"."slice_id"
                                  ) AS "t31"
                                ) AS "t43"
                                  ON "t21"."course" = "t43"."now_course"
                              ) AS "t58"
                              WHERE
                                (
                                  "t58"."now_id" IS NULL
                                ) OR (
                                  "t58"."now_id" = "t58"."course_id"
                                )
                            ) AS "t70"
                          ) AS "t75"
                        ) AS "t80"
                        UNION ALL
                        SELECT
                          *
                        FROM (
                          SELECT
                            *
                          FROM (
                            SELECT
                              "t71"."slice",
                              "t71"."source_name",
                              "t71"."position",
                              "t71"."course",
                              "t71"."course_id",
                              "t71"."user_id",
                              "t71"."email",
                              "t71"."username",
                              "t71"."role",
                              "t71"."suspended",
                              "t71"."created_at",
                              "t71"."last_login_at",
                              "t71"."enrolled_at",
                              "t71"."enrolled_on",
                              "t71"."expires_on",
                              "t71"."groups"
                            FROM (
                              SELECT
                                *
                              FROM (
                                SELECT
                                  "t13"."name" AS "slice",
                                  "t13"."source" AS "source_name",
                                  "t22"."position",
                                  "t22"."course",
                                  "t22"."course_id",
                                  "t22"."user_id",
                                  "t22"."email",
                                  "t22"."username",
                                  "t22"."role",
                                  "t22"."suspended",
                                  "t22"."created_at",
                                  "t22"."last_login_at",
                                  "t22"."enrolled_at",
                                  "t22"."enrolled_on",
                                  "t22"."expires_on",
                                  "t22"."groups",
                                  "t43"."now_course",
                                  "t43"."now_id"
                                FROM "learnworlds_suspended" AS "t22"
                                LEFT OUTER JOIN "slices" AS "t13"
                                  ON "t22"."slice_id" = "t13"."slice_id"
                                LEFT OUTER JOIN (
                                  SELECT DISTINCT
                                    "t31"."course" AS "now_course",
                                    "t31"."course_id" AS "now_id"
                                  FROM (
                                    SELECT
                                      "t13"."name" AS "slice",
                                      "t13"."source" AS "source_name",
                                      "t23"."position",
                                      "t23"."course",
                                      "t23"."course_id",
                                      "t23"."category",
                                      "t23"."title",
                                      "t23"."access",
                                      "t23"."starts_on",
                                      "t23"."ends_on",
                                      "t23"."created_at"
                                    FROM "learnworlds_courses" AS "t23"
                                    LEFT OUTER JOIN "slices" AS "t13"
                                      ON "t23"."slice_id" = "t13"."slice_id"
                                  ) AS "t31"
                                ) AS "t43"
                                  ON "t22"."course" = "t43"."now_course"
                              ) AS "t59"
                              WHERE
                                (
                                  "t59"."now_id" IS NULL
                                ) OR (
                                  "t59"."now_id" = "t59"."course_id"
                                )
                            ) AS "t71"
                          ) AS "t76"
                        ) AS "t81"
                      ) AS "t84"
                    ) AS "t95"
                    WHERE
                      "t95"."_place" = 0
                  ) AS "t99"
                ) AS "t101"
              ) AS "t105"
            ) AS "t107"
            WHERE
              "t107"."_place" = 0
          ) AS "t109"
        ) AS "t110"
      ) AS "t114"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          CAST(CAST("t88"."learner_id" AS VARCHAR) AS VARCHAR) AS "learner_id",
          CAST(NULL AS VARCHAR) AS "name",
          CAST(NULL AS VARCHAR) AS "email",
          CAST(CAST("t88"."source" AS VARCHAR) AS VARCHAR) AS "source"
        FROM (
          SELECT
            "t82"."learner_id",
            MIN("t82"."source") AS "source"
          FROM (
            SELECT
              "t65"."slice",
              "t65"."source_name",
              "t65"."position",
              "t65"."uuid",
              "t65"."event_type",
              "t65"."event_time",
              "t65"."user_id",
              "t65"."ehr_id",
              "t65"."session_id",
              "t65"."course_id",
              "t65"."item_id",
              "t65"."correct",
              "t65"."score",
              "t65"."duration_s",
              "t65"."hints",
              "t65"."response",
              "t65"."source_name" || ':' || COALESCE(NULLIF("t65"."user_id", ''), NULLIF("t65"."ehr_id", '')) AS "learner_id",
              "t65"."source_name" AS "source",
              "t65"."event_time" AS "at"
            FROM (
              SELECT
                "t62"."slice",
                "t62"."source_name",
                "t62"."position",
                "t62"."uuid",
                "t62"."event_type",
                "t62"."event_time",
                "t62"."user_id",
                "t62"."ehr_id",
                "t62"."session_id",
                "t62"."course_id",
                "t62"."item_id",
                "t62"."correct",
                "t62"."score",
                "t62"."duration_s",
                "t62"."hints",
                "t62"."response"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t32"."slice",
                    "t32"."source_name",
                    "t32"."position",
                    "t32"."uuid",
                    "t32"."event_type",
                    "t32"."event_time",
                    "t32"."user_id",
                    "t32"."ehr_id",
                    "t32"."session_id",
                    "t32"."course_id",
                    "t32"."item_id",
                    "t32"."correct",
                    "t32"."score",
                    "t32"."duration_s",
                    "t32"."hints",
                    "t32"."response",
                    ROW_NUMBER() OVER (
                      PARTITION BY "t32"."uuid"
                      ORDER BY "t32"."slice" DESC NULLS LAST, "t32"."position" DESC NULLS LAST
                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                    ) - 1 AS "_place"
                  FROM "t27" AS "t32"
                ) AS "t56"
                WHERE
                  "t56"."_place" = 0
              ) AS "t62"
            ) AS "t65"
            WHERE
              COALESCE(NULLIF("t65"."user_id", ''), NULLIF("t65"."ehr_id", '')) IS NOT NULL
          ) AS "t82"
          GROUP BY
            1
        ) AS "t88"
      ) AS "t97"
    ) AS "t115"
  ) AS "t116"
) AS "t117"

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
WITH "t37" AS (
  SELECT
    "t20"."name" AS "slice",
    "t20"."source" AS "source_name",
    "t18"."position",
    "t18"."client_id",
    "t18"."activity_id",
    "t18"."number",
    "t18"."course",
    "t18"."course_title",
    "t18"."level",
    "t18"."weight",
    "t18"."word_id",
    "t18"."word_title",
    "t18"."category",
    "t18"."answered_at",
    "t18"."answered_on",
    "t18"."correct",
    "t18"."hints",
    "t18"."duration_s",
    "t18"."response"
  FROM "vocabulary_answers" AS "t18"
  LEFT OUTER JOIN "slices" AS "t20"
    ON "t18"."slice_id" = "t20"."slice_id"
), "t40" AS (
  SELECT
    "t20"."name" AS "slice",
    "t20"."source" AS "source_name",
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
    "t23"."response"
  FROM "posted_events" AS "t23"
  LEFT OUTER JOIN "slices" AS "t20"
    ON "t23"."slice_id" = "t20"."slice_id"
), "t41" AS (
  SELECT
    "t20"."name" AS "slice",
    "t20"."source" AS "source_name",
    "t24"."position",
    "t24"."stray",
    "t24"."uuid",
    "t24"."event_type",
    "t24"."event_time",
    "t24"."user_id",
    "t24"."session_id",
    "t24"."email",
    "t24"."course_id",
    "t24"."item_id",
    "t24"."correct",
    "t24"."score",
    "t24"."duration_s",
    "t24"."hints",
    "t24"."event_properties",
    "t24"."response"
  FROM "amplitude_events_web" AS "t24"
  LEFT OUTER JOIN "slices" AS "t20"
    ON "t24"."slice_id" = "t20"."slice_id"
), "t42" AS (
  SELECT
    "t20"."name" AS "slice",
    "t20"."source" AS "source_name",
    "t25"."position",
    "t25"."stray",
    "t25"."uuid",
    "t25"."event_type",
    "t25"."event_time",
    "t25"."user_id",
    "t25"."session_id",
    "t25"."email",
    "t25"."course_id",
    "t25"."item_id",
    "t25"."correct",
    "t25"."score",
    "t25"."duration_s",
    "t25"."hints",
    "t25"."event_properties",
    "t25"."response"
  FROM "amplitude_events_mobile" AS "t25"
  LEFT OUTER JOIN "slices" AS "t20"
    ON "t25"."slice_id" = "t20"."slice_id"
), "t56" AS (
  SELECT
    "t49"."uuid"
  FROM "t40" AS "t49"
), "t79" AS (
  SELECT
    "t61"."source_name",
    "t61"."learner_id",
    "t61"."group_id",
    MIN("t61"."joined_on") AS "joined_on"
  FROM (
    SELECT
      "t45"."slice",
      "t45"."source_name",
      "t45"."position",
      "t45"."client_id",
      "t45"."name",
      "t45"."group_id",
      "t45"."group_name",
      "t45"."joined_on",
      "t45"."source_name" AS "source",
      "t45"."source_name" || ':' || "t45"."client_id" AS "learner_id"
    FROM (
      SELECT
        "t29"."name" AS "slice",
        "t20"."source" AS "source_name",
        "t29"."position",
        "t29"."client_id",
        "t29"."name",
        "t29"."group_id",
        "t29"."group_name",
        "t29"."joined_on"
      FROM "vocabulary_learners" AS "t29"
      LEFT OUTER JOIN "slices" AS "t20"
        ON "t29"."slice_id" = "t20"."slice_id"
    ) AS "t45"
    WHERE
      "t45"."group_id" IS NOT NULL
  ) AS "t61"
  GROUP BY
    1,
    2,
    3
), "t178" AS (
  SELECT
    "t168"."slice",
    "t168"."source_name",
    "t168"."position",
    "t168"."course",
    "t168"."course_id",
    "t168"."user_id",
    "t168"."email",
    "t168"."username",
    "t168"."role",
    "t168"."suspended",
    "t168"."created_at",
    "t168"."last_login_at",
    "t168"."enrolled_at",
    "t168"."enrolled_on",
    "t168"."expires_on",
    "t168"."groups",
    "t168"."source",
    "t168"."learner_id",
    "t168"."name",
    UNNEST(STRING_TO_ARRAY("t168"."groups", '
')) AS "group"
  FROM (
    SELECT
      "t162"."slice",
      "t162"."source_name",
      "t162"."position",
      "t162"."course",
      "t162"."course_id",
      "t162"."user_id",
      "t162"."email",
      "t162"."username",
      "t162"."role",
      "t162"."suspended",
      "t162"."created_at",
      "t162"."last_login_at",
      "t162"."enrolled_at",
      "t162"."enrolled_on",
      "t162"."expires_on",
      "t162"."groups",
      "t162"."source_name" AS "source",
      "t162"."user_id" AS "learner_id",
      "t162"."username" AS "name"
    FROM (
      SELECT
        "t156"."slice",
        "t156"."source_name",
        "t156"."position",
        "t156"."course",
        "t156"."course_id",
        "t156"."user_id",
        "t156"."email",
        "t156"."username",
        "t156"."role",
        "t156"."suspended",
        "t156"."created_at",
        "t156"."last_login_at",
        "t156"."enrolled_at",
        "t156"."enrolled_on",
        "t156"."expires_on",
        "t156"."groups"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t128"."slice",
            "t128"."source_name",
            "t128"."position",
            "t128"."course",
            "t128"."course_id",
            "t128"."user_id",
            "t128"."email",
            "t128"."username",
            "t128"."role",
            "t128"."suspended",
            "t128"."created_at",
            "t128"."last_login_at",
            "t128"."enrolled_at",
            "t128"."enrolled_on",
            "t128"."expires_on",
            "t128"."groups",
            ROW_NUMBER() OVER (
              PARTITION BY "t128"."user_id", "t128"."course_id"
              ORDER BY "t128"."slice" DESC NULLS LAST, "t128"."position" DESC NULLS LAST
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
                  "t107"."slice",
                  "t107"."source_name",
                  "t107"."position",
                  "t107"."course",
                  "t107"."course_id",
                  "t107"."user_id",
                  "t107"."email",
                  "t107"."username",
                  "t107"."role",
                  "t107"."suspended",
                  "t107"."created_at",
                  "t107"."last_login_at",
                  "t107"."enrolled_at",
                  "t107"."enrolled_on",
                  "t107"."expires_on",
                  "t107"."groups"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t20"."name" AS "slice",
                      "t20"."source" AS "source_name",
                      "t33"."position",
                      "t33"."course",
                      "t33"."course_id",
                      "t33"."user_id",
                      "t33"."email",
                      "t33"."username",
                      "t33"."role",
                      "t33"."suspended",
                      "t33"."created_at",
                      "t33"."last_login_at",
                      "t33"."enrolled_at",
                      "t33"."enrolled_on",
                      "t33"."expires_on",
                      "t33"."groups",
                      "t63"."now_course",
                      "t63"."now_id"
                    FROM "learnworlds_users" AS "t33"
                    LEFT OUTER JOIN "slices" AS "t20"
                      ON "t33"."slice_id" = "t20"."slice_id"
                    LEFT OUTER JOIN (
                      SELECT DISTINCT
                        "t47"."course" AS "now_course",
                        "t47"."course_id" AS "now_id"
                      FROM (
                        SELECT
                          "t20"."name" AS "slice",
                          "t20"."source" AS "source_name",
                          "t32"."position",
                          "t32"."course",
                          "t32"."course_id",
                          "t32"."category",
                          "t32"."title",
                          "t32"."access",
                          "t32"."starts_on",
                          "t32"."ends_on",
                          "t32"."created_at"
                        FROM "learnworlds_courses" AS "t32"
                        LEFT OUTER JOIN "slices" AS "t20"
                          ON "t32"."slice_id" = "t20"."slice_id"
                      ) AS "t47"
                    ) AS "t63"
                      ON "t33"."course" = "t63"."now_course"
                  ) AS "t85"
                  WHERE
                    (
                      "t85"."now_id" IS NULL
                    ) OR (
                      "t85"."now_id" = "t85"."course_id"
                    )
                ) AS "t107"
              ) AS "t113"
            ) AS "t122"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t108"."slice",
                  "t108"."source_name",
                  "t108"."position",
                  "t108"."course",
                  "t108"."course_id",
                  "t108"."user_id",
                  "t108"."email",
                  "t108"."username",
                  "t108"."role",
                  "t108"."suspended",
                  "t108"."created_at",
                  "t108"."last_login_at",
                  "t108"."enrolled_at",
                  "t108"."enrolled_on",
                  "t108"."expires_on",
                  "t108"."groups"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t20"."name" AS "slice",
                      "t20"."source" AS "source_name",
                      "t34"."position",
                      "t34"."course",
                      "t34"."course_id",
                      "t34"."user_id",
                      "t34"."email",
                      "t34"."username",
                      "t34"."role",
                      "t34"."suspended",
                      "t34"."created_at",
                      "t34"."last_login_at",
                      "t34"."enrolled_at",
                      "t34"."enrolled_on",
                      "t34"."expires_on",
                      "t34"."groups",
                      "t63"."now_course",
                      "t63"."now_id"
                    FROM "learnworlds_suspended" AS "t34"
                    LEFT OUTER JOIN "slices" AS "t20"
                      ON "t34"."slice_id" = "t20"."slice_id"
                    LEFT OUTER JOIN (
                      SELECT DISTINCT
                        "t47"."course" AS "now_course",
                        "t47"."course_id" AS "now_id"
                      FROM (
                        SELECT
                          "t20"."name" AS "slice",
                          "t20"."source" AS "source_name",
                          "t32"."position",
                          "t32"."course",
                          "t32"."course_id",
                          "t32"."category",
                          "t32"."title",
                          "t32"."access",
                          "t32"."starts_on",
                          "t32"."ends_on",
                          "t32"."created_at"
                        FROM "learnworlds_courses" AS "t32"
                        LEFT OUTER JOIN "slices" AS "t20"
                          ON "t32"."slice_id" = "t20"."slice_id"
                      ) AS "t47"
                    ) AS "t63"
                      ON "t34"."course" = "t63"."now_course"
                  ) AS "t86"
                  WHERE
                    (
                      "t86"."now_id" IS NULL
                    ) OR (
                      "t86"."now_id" = "t86"."course_id"
                    )
                ) AS "t108"
              ) AS "t114"
            ) AS "t123"
          ) AS "t128"
        ) AS "t148"
        WHERE
          "t148"."_place" = 0
      ) AS "t156"
    ) AS "t162"
    WHERE
      "t162"."groups" IS NOT NULL
  ) AS "t168"
)
SELECT
  "t225"."attempt_id",
  "t225"."learner_id",
  "t225"."course_id",
  CASE
    WHEN COALESCE(
      (
        "t225"."placed" IS NOT NULL
      )
      AND NOT (
        STARTS_WITH("t225"."group_id", 'groups:')
      ),
      FALSE
    )
    THEN NULL
    ELSE "t225"."group_id"
  END AS "group_id",
  "t225"."item_id",
  "t225"."topic_id",
  "t225"."level_id",
  "t225"."kind",
  "t225"."correct",
  "t225"."score",
  "t225"."hints",
  "t225"."duration_s",
  "t225"."at",
  "t225"."source",
  "t225"."response"
FROM (
  SELECT
    "t212"."attempt_id",
    "t212"."learner_id",
    "t212"."course_id",
    "t212"."group_id",
    "t212"."item_id",
    "t212"."topic_id",
    "t212"."level_id",
    "t212"."kind",
    "t212"."correct",
    "t212"."score",
    "t212"."hints",
    "t212"."duration_s",
    "t212"."at",
    "t212"."source",
    "t212"."response",
    "t224"."learner_id" AS "learner_id_right",
    "t224"."course_id" AS "course_id_right",
    "t224"."placed"
  FROM (
    SELECT
      "t210"."attempt_id",
      "t210"."learner_id",
      "t210"."course_id",
      "t210"."group_id",
      "t210"."item_id",
      "t210"."topic_id",
      "t210"."level_id",
      "t210"."kind",
      "t210"."correct",
      "t210"."score",
      "t210"."hints",
      "t210"."duration_s",
      "t210"."at",
      "t210"."source",
      "t210"."response"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t99"."attempt_id",
            "t99"."learner_id",
            COALESCE("t99"."joined_id", "t99"."course_id") AS "course_id",
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
            "t99"."source",
            "t99"."response",
            "t99"."source_name",
            "t99"."joined_id" IS NULL AS "own"
          FROM (
            SELECT
              "t81"."attempt_id",
              "t81"."learner_id",
              "t81"."course_id",
              "t81"."group_id",
              "t81"."item_id",
              "t81"."topic_id",
              "t81"."level_id",
              "t81"."kind",
              "t81"."correct",
              "t81"."score",
              "t81"."hints",
              "t81"."duration_s",
              "t81"."at",
              "t81"."source",
              "t81"."response",
              "t81"."source_name",
              "t36"."link_source",
              "t36"."link_course",
              "t36"."joined_id"
            FROM (
              SELECT
                CAST("t48"."source_name" || ':' || CAST("t48"."activity_id" AS VARCHAR) || '-' || CAST("t48"."number" AS VARCHAR) AS VARCHAR) AS "attempt_id",
                CAST("t48"."source_name" || ':' || "t48"."client_id" AS VARCHAR) AS "learner_id",
                'vocabulary/' || "t48"."course" AS "course_id",
                CAST(NULL AS VARCHAR) AS "group_id",
                "t48"."word_id" AS "item_id",
                "t48"."category" AS "topic_id",
                "t48"."level" AS "level_id",
                CAST('answer' AS VARCHAR) AS "kind",
                "t48"."correct",
                CAST(CASE WHEN "t48"."correct" THEN 1 ELSE 0 END AS DECIMAL(9, 6)) AS "score",
                "t48"."hints",
                "t48"."duration_s",
                CAST("t48"."answered_at" AS TIMESTAMPTZ(6)) AS "at",
                CAST("t48"."source_name" AS VARCHAR) AS "source",
                "t48"."response",
                "t48"."source_name"
              FROM "t37" AS "t48"
            ) AS "t81"
            LEFT OUTER JOIN (
              SELECT
                "t0"."source" AS "link_source",
                "t0"."external_id" AS "link_course",
                "t0"."course_id" AS "joined_id"
              FROM "course_links" AS "t0"
            ) AS "t36"
              ON "t81"."source_name" = "t36"."link_source"
              AND "t81"."course_id" = "t36"."link_course"
          ) AS "t99"
        ) AS "t118"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t186"."attempt_id",
              "t186"."learner_id",
              COALESCE("t186"."joined_id", "t186"."course_id") AS "course_id",
              "t186"."group_id",
              "t186"."item_id",
              "t186"."topic_id",
              "t186"."level_id",
              "t186"."kind",
              "t186"."correct",
              "t186"."score",
              "t186"."hints",
              "t186"."duration_s",
              "t186"."at",
              "t186"."source",
              "t186"."response",
              "t186"."source_name",
              "t186"."joined_id" IS NULL AS "own"
            FROM (
              SELECT
                "t176"."attempt_id",
                "t176"."learner_id",
                "t176"."course_id",
                "t176"."group_id",
                "t176"."item_id",
                "t176"."topic_id",
                "t176"."level_id",
                "t176"."kind",
                "t176"."correct",
                "t176"."score",
                "t176"."hints",
                "t176"."duration_s",
                "t176"."at",
                "t176"."source",
                "t176"."response",
                "t176"."source_name",
                "t36"."link_source",
                "t36"."link_course",
                "t36"."joined_id"
              FROM (
                SELECT
                  CAST("t158"."source_name" || ':' || "t158"."uuid" AS VARCHAR) AS "attempt_id",
                  CAST("t158"."source_name" || ':' || "t158"."user_id" AS VARCHAR) AS "learner_id",
                  "t158"."course_id",
                  CAST(NULL AS VARCHAR) AS "group_id",
                  "t158"."item_id",
                  CAST(NULL AS VARCHAR) AS "topic_id",
                  CAST(NULL AS VARCHAR) AS "level_id",
                  CAST('answer' AS VARCHAR) AS "kind",
                  "t158"."correct",
                  COALESCE(
                    "t158"."score",
                    CASE
                      WHEN "t158"."correct" IS NULL
                      THEN NULL
                      ELSE CAST(CASE WHEN "t158"."correct" THEN 1 ELSE 0 END AS DECIMAL(9, 6))
                    END
                  ) AS "score",
                  "t158"."hints",
                  "t158"."duration_s",
                  CAST("t158"."event_time" AS TIMESTAMPTZ(6)) AS "at",
                  CAST("t158"."source_name" AS VARCHAR) AS "source",
                  "t158"."response",
                  "t158"."source_name"
                FROM (
                  SELECT
                    "t146"."slice",
                    "t146"."source_name",
                    "t146"."position",
                    "t146"."stray",
                    "t146"."uuid",
                    "t146"."event_type",
                    "t146"."event_time",
                    "t146"."user_id",
                    "t146"."session_id",
                    "t146"."email",
                    "t146"."course_id",
                    "t146"."item_id",
                    "t146"."correct",
                    "t146"."score",
                    "t146"."duration_s",
                    "t146"."hints",
                    "t146"."event_properties",
                    "t146"."response"
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          *
                        FROM "t41" AS "t50"
                        WHERE
                          NOT (
                            "t50"."stray"
                          )
                      ) AS "t66"
                      UNION ALL
                      SELECT
                        *
                      FROM (
                        SELECT
                          "t116"."slice",
                          "t116"."source_name",
                          "t116"."position",
                          "t116"."stray",
                          "t116"."uuid",
                          "t116"."event_type",
                          "t116"."event_time",
                          "t116"."user_id",
                          "t116"."session_id",
                          "t116"."email",
                          "t116"."course_id",
                          "t116"."item_id",
                          "t116"."correct",
                          "t116"."score",
                          "t116"."duration_s",
                          "t116"."hints",
                          "t116"."event_properties",
                          "t116"."response"
                        FROM (
                          SELECT
                            "t102"."slice",
                            "t102"."source_name",
                            "t102"."position",
                            "t102"."stray",
                            "t102"."uuid",
                            "t102"."event_type",
                            "t102"."event_time",
                            "t102"."user_id",
                            "t102"."session_id",
                            "t102"."email",
                            "t102"."course_id",
                            "t102"."item_id",
                            "t102"."correct",
                            "t102"."score",
                            "t102"."duration_s",
                            "t102"."hints",
                            "t102"."event_properties",
                            "t102"."response"
                          FROM (
                            SELECT
                              *
                            FROM (
                              SELECT
                                "t57"."slice",
                                "t57"."source_name",
                                "t57"."position",
                                "t57"."stray",
                                "t57"."uuid",
                                "t57"."event_type",
                                "t57"."event_time",
                                "t57"."user_id",
                                "t57"."session_id",
                                "t57"."email",
                                "t57"."course_id",
                                "t57"."item_id",
                                "t57"."correct",
                                "t57"."score",
                                "t57"."duration_s",
                                "t57"."hints",
                                "t57"."event_properties",
                                "t57"."response",
                                ROW_NUMBER() OVER (
                                  PARTITION BY "t57"."uuid"
                                  ORDER BY "t57"."slice" ASC, "t57"."position" ASC
                                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                ) - 1 AS "_place"
                              FROM (
                                SELECT
                                  *
                                FROM "t41" AS "t50"
                                WHERE
                                  "t50"."stray"
                              ) AS "t57"
                            ) AS "t89"
                            WHERE
                              "t89"."_place" = 0
                          ) AS "t102"
                        ) AS "t116"
                        WHERE
                          NOT EXISTS(
                            SELECT
                              1
                            FROM (
                              SELECT
                                "t50"."uuid"
                              FROM "t41" AS "t50"
                              WHERE
                                NOT (
                                  "t50"."stray"
                                )
                            ) AS "t73"
                            WHERE
                              "t116"."uuid" = "t73"."uuid"
                          )
                      ) AS "t135"
                    ) AS "t140"
                    UNION ALL
                    SELECT
                      *
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          *
                        FROM "t42" AS "t51"
                        WHERE
                          NOT (
                            "t51"."stray"
                          )
                      ) AS "t68"
                      UNION ALL
                      SELECT
                        *
                      FROM (
                        SELECT
                          "t117"."slice",
                          "t117"."source_name",
                          "t117"."position",
                          "t117"."stray",
                          "t117"."uuid",
                          "t117"."event_type",
                          "t117"."event_time",
                          "t117"."user_id",
                          "t117"."session_id",
                          "t117"."email",
                          "t117"."course_id",
                          "t117"."item_id",
                          "t117"."correct",
                          "t117"."score",
                          "t117"."duration_s",
                          "t117"."hints",
                          "t117"."event_properties",
                          "t117"."response"
                        FROM (
                          SELECT
                            "t103"."slice",
                            "t103"."source_name",
                            "t103"."position",
                            "t103"."stray",
                            "t103"."uuid",
                            "t103"."event_type",
                            "t103"."event_time",
                            "t103"."user_id",
                            "t103"."session_id",
                            "t103"."email",
                            "t103"."course_id",
                            "t103"."item_id",
                            "t103"."correct",
                            "t103"."score",
                            "t103"."duration_s",
                            "t103"."hints",
                            "t103"."event_properties",
                            "t103"."response"
                          FROM (
                            SELECT
                              *
                            FROM (
                              SELECT
                                "t58"."slice",
                                "t58"."source_name",
                                "t58"."position",
                                "t58"."stray",
                                "t58"."uuid",
                                "t58"."event_type",
                                "t58"."event_time",
                                "t58"."user_id",
                                "t58"."session_id",
                                "t58"."email",
                                "t58"."course_id",
                                "t58"."item_id",
                                "t58"."correct",
                                "t58"."score",
                                "t58"."duration_s",
                                "t58"."hints",
                                "t58"."event_properties",
                                "t58"."response",
                                ROW_NUMBER() OVER (
                                  PARTITION BY "t58"."uuid"
                                  ORDER BY "t58"."slice" ASC, "t58"."position" ASC
                                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                ) - 1 AS "_place"
                              FROM (
                                SELECT
                                  *
                                FROM "t42" AS "t51"
                                WHERE
                                  "t51"."stray"
                              ) AS "t58"
                            ) AS "t90"
                            WHERE
                              "t90"."_place" = 0
                          ) AS "t103"
                        ) AS "t117"
                        WHERE
                          NOT EXISTS(
                            SELECT
                              1
                            FROM (
                              SELECT
                                "t51"."uuid"
                              FROM "t42" AS "t51"
                              WHERE
                                NOT (
                                  "t51"."stray"
                                )
                            ) AS "t74"
                            WHERE
                              "t117"."uuid" = "t74"."uuid"
                          )
                      ) AS "t136"
                    ) AS "t141"
                  ) AS "t146"
                  WHERE
                    NOT EXISTS(
                      SELECT
                        1
                      FROM "t56" AS "t71"
                      WHERE
                        "t146"."uuid" = "t71"."uuid"
                    )
                ) AS "t158"
                WHERE
                  "t158"."user_id" IS NOT NULL
                  AND "t158"."user_id" <> ''
                  AND "t158"."item_id" IS NOT NULL
              ) AS "t176"
              LEFT OUTER JOIN (
                SELECT
                  "t0"."source" AS "link_source",
                  "t0"."external_id" AS "link_course",
                  "t0"."course_id" AS "joined_id"
                FROM "course_links" AS "t0"
              ) AS "t36"
                ON "t176"."source_name" = "t36"."link_source"
                AND "t176"."course_id" = "t36"."link_course"
            ) AS "t186"
          ) AS "t193"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "t144"."attempt_id",
              "t144"."learner_id",
              COALESCE("t144"."joined_id", "t144"."course_id") AS "course_id",
              "t144"."group_id",
              "t144"."item_id",
              "t144"."topic_id",
              "t144"."level_id",
              "t144"."kind",
              "t144"."correct",
              "t144"."score",
              "t144"."hints",
              "t144"."duration_s",
              "t144"."at",
              "t144"."source",
              "t144"."response",
              "t144"."source_name",
              "t144"."joined_id" IS NULL AS "own"
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
                "t36"."link_source",
                "t36"."link_course",
                "t36"."joined_id"
              FROM (
                SELECT
                  CAST("t94"."source_name" || ':' || "t94"."uuid" AS VARCHAR) AS "attempt_id",
                  CAST("t94"."source_name" || ':' || "t94"."profile_id" AS VARCHAR) AS "learner_id",
                  "t94"."course_id",
                  CAST(NULL AS VARCHAR) AS "group_id",
                  "t94"."item_id",
                  CAST(NULL AS VARCHAR) AS "topic_id",
                  CAST(NULL AS VARCHAR) AS "level_id",
                  CAST('answer' AS VARCHAR) AS "kind",
                  "t94"."correct",
                  COALESCE("t94"."score", CAST(CAST("t94"."correct" AS INT) AS DECIMAL(9, 6))) AS "score",
                  "t94"."hints",
                  "t94"."duration_s",
                  CAST("t94"."event_at" AS TIMESTAMPTZ(6)) AS "at",
                  CAST("t94"."source_name" AS VARCHAR) AS "source",
                  "t94"."response",
                  "t94"."source_name"
                FROM (
                  SELECT
                    "t20"."name" AS "slice",
                    "t20"."source" AS "source_name",
                    "t19"."position",
                    "t19"."uuid",
                    "t19"."event_at",
                    "t19"."event_datetime",
                    "t19"."event_json",
                    "t19"."event_name",
                    "t19"."event_receive_datetime",
                    "t19"."event_receive_timestamp",
                    "t19"."event_timestamp",
                    "t19"."session_id",
                    "t19"."installation_id",
                    "t19"."appmetrica_device_id",
                    "t19"."city",
                    "t19"."connection_type",
                    "t19"."country_iso_code",
                    "t19"."device_ipv6",
                    "t19"."device_locale",
                    "t19"."device_manufacturer",
                    "t19"."device_model",
                    "t19"."device_type",
                    "t19"."google_aid",
                    "t19"."ios_ifa",
                    "t19"."ios_ifv",
                    "t19"."mcc",
                    "t19"."mnc",
                    "t19"."operator_name",
                    "t19"."original_device_model",
                    "t19"."os_name",
                    "t19"."os_version",
                    "t19"."profile_id",
                    "t19"."windows_aid",
                    "t19"."app_build_number",
                    "t19"."app_package_name",
                    "t19"."app_version_name",
                    "t19"."application_id",
                    "t19"."event_properties",
                    "t19"."ehr_id",
                    "t19"."email",
                    "t19"."course_id",
                    "t19"."item_id",
                    "t19"."correct",
                    "t19"."score",
                    "t19"."duration_s",
                    "t19"."hints",
                    "t19"."response"
                  FROM "appmetrica_events" AS "t19"
                  LEFT OUTER JOIN "slices" AS "t20"
                    ON "t19"."slice_id" = "t20"."slice_id"
                  WHERE
                    NOT EXISTS(
                      SELECT
                        1
                      FROM "t56" AS "t72"
                      WHERE
                        "t19"."uuid" = "t72"."uuid"
                    )
                ) AS "t94"
                WHERE
                  "t94"."profile_id" IS NOT NULL AND "t94"."item_id" IS NOT NULL
              ) AS "t124"
              LEFT OUTER JOIN (
                SELECT
                  "t0"."source" AS "link_source",
                  "t0"."external_id" AS "link_course",
                  "t0"."course_id" AS "joined_id"
                FROM "course_links" AS "t0"
              ) AS "t36"
                ON "t124"."source_name" = "t36"."link_source"
                AND "t124"."course_id" = "t36"."link_course"
            ) AS "t144"
          ) AS "t153"
        ) AS "t194"
      ) AS "t196"
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
              "t191"."attempt_id",
              "t191"."learner_id",
              COALESCE("t191"."joined_id", "t191"."course_id") AS "course_id",
              "t191"."group_id",
              "t191"."item_id",
              "t191"."topic_id",
              "t191"."level_id",
              "t191"."kind",
              "t191"."correct",
              "t191"."score",
              "t191"."hints",
              "t191"."duration_s",
              "t191"."at",
              "t191"."source",
              "t191"."response",
              "t191"."source_name",
              "t191"."joined_id" IS NULL AS "own"
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
                "t182"."source_name",
                "t36"."link_source",
                "t36"."link_course",
                "t36"."joined_id"
              FROM (
                SELECT
                  "t173"."attempt_id",
                  "t173"."learner_id",
                  "t173"."course_id",
                  "t173"."group_id",
                  "t173"."item_id",
                  "t173"."topic_id",
                  "t173"."level_id",
                  "t173"."kind",
                  "t173"."correct",
                  "t173"."score",
                  "t173"."hints",
                  "t173"."duration_s",
                  "t173"."at",
                  "t173"."source",
                  "t173"."response",
                  "t173"."source_name"
                FROM (
                  SELECT
                    "t160"."slice",
                    "t160"."source_name",
                    "t160"."position",
                    "t160"."attempt_id",
                    "t160"."learner_id",
                    "t160"."course_id",
                    "t160"."group_id",
                    "t160"."item_id",
                    "t160"."topic_id",
                    "t160"."level_id",
                    "t160"."kind",
                    "t160"."correct",
                    "t160"."score",
                    "t160"."hints",
                    "t160"."duration_s",
                    "t160"."at",
                    "t160"."response",
                    "t160"."source",
                    ROW_NUMBER() OVER (
                      PARTITION BY "t160"."attempt_id"
                      ORDER BY "t160"."slice" DESC NULLS LAST, "t160"."position" DESC NULLS LAST
                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                    ) - 1 AS "_place"
                  FROM (
                    SELECT
                      "t142"."slice",
                      "t142"."source_name",
                      "t142"."position",
                      CASE
                        WHEN "t142"."attempt_id" IS NULL
                        THEN SHA256("t142"."slice" || ':' || CAST("t142"."position" AS VARCHAR))
                        ELSE "t142"."source" || ':' || "t142"."attempt_id"
                      END AS "attempt_id",
                      "t142"."learner_id",
                      "t142"."course_id",
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
                      "t142"."response",
                      "t142"."source"
                    FROM (
                      SELECT
                        "t126"."slice",
                        "t126"."source_name",
                        "t126"."position",
                        "t126"."attempt_id",
                        "t126"."learner_id",
                        "t126"."course_id",
                        "t126"."source" || ':' || "t126"."group_id" AS "group_id",
                        "t126"."item_id",
                        "t126"."topic_id",
                        "t126"."level_id",
                        "t126"."kind",
                        "t126"."correct",
                        "t126"."score",
                        "t126"."hints",
                        "t126"."duration_s",
                        "t126"."at",
                        "t126"."response",
                        "t126"."source"
                      FROM (
                        SELECT
                          "t120"."slice",
                          "t120"."source_name",
                          "t120"."position",
                          "t120"."attempt_id",
                          "t120"."learner_id",
                          "t120"."course_id",
                          "t120"."group_id",
                          "t120"."item_id",
                          "t120"."topic_id",
                          "t120"."level_id",
                          "t120"."kind",
                          "t120"."correct",
                          "t120"."score",
                          "t120"."hints",
                          "t120"."duration_s",
                          "t120"."at",
                          "t120"."response",
                          "t120"."source"
                        FROM (
                          SELECT
                            "t97"."slice",
                            "t97"."source_name",
                            "t97"."position",
                            "t97"."attempt_id",
                            COALESCE("t97"."linked", "t97"."source" || ':' || "t97"."learner_id") AS "learner_id",
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
                            "t97"."source",
                            "t97"."link_source",
                            "t97"."link_external",
                            "t97"."linked"
                          FROM (
                            SELECT
                              "t59"."slice",
                              "t59"."source_name",
                              "t59"."position",
                              "t59"."attempt_id",
                              "t59"."learner_id",
                              "t59"."course_id",
                              "t59"."group_id",
                              "t59"."item_id",
                              "t59"."topic_id",
                              "t59"."level_id",
                              "t59"."kind",
                              "t59"."correct",
                              "t59"."score",
                              "t59"."hints",
                              "t59"."duration_s",
                              "t59"."at",
                              "t59"."response",
                              "t59"."source",
                              "t80"."link_source",
                              "t80"."link_external",
                              "t80"."linked"
                            FROM (
                              SELECT
                                "t43"."slice",
                                "t43"."source_name",
                                "t43"."position",
                                "t43"."attempt_id",
                                "t43"."learner_id",
                                "t43"."course_id",
                                "t43"."group_id",
                                "t43"."item_id",
                                "t43"."topic_id",
                                "t43"."level_id",
                                "t43"."kind",
                                "t43"."correct",
                                "t43"."score",
                                "t43"."hints",
                                "t43"."duration_s",
                                "t43"."at",
                                "t43"."response",
                                "t43"."source_name" AS "source"
                              FROM (
                                SELECT
                                  "t20"."name" AS "slice",
                                  "t20"."source" AS "source_name",
                                  "t26"."position",
                                  "t26"."attempt_id",
                                  "t26"."learner_id",
                                  "t26"."course_id",
                                  "t26"."group_id",
                                  "t26"."item_id",
                                  "t26"."topic_id",
                                  "t26"."level_id",
                                  "t26"."kind",
                                  "t26"."correct",
                                  "t26"."score",
                                  "t26"."hints",
                                  "t26"."duration_s",
                                  "t26"."at",
                                  "t26"."response"
                                FROM "files_attempts" AS "t26"
                                LEFT OUTER JOIN "slices" AS "t20"
                                  ON "t26"."slice_id" = "t20"."slice_id"
                              ) AS "t43"
                            ) AS "t59"
                            LEFT OUTER JOIN (
                              SELECT
                                "t62"."source" AS "link_source",
                                "t62"."external_id" AS "link_external",
                                "t62"."linked"
                              FROM (
                                SELECT
                                  "t46"."source",
                                  "t46"."external_id",
                                  MAX("t46"."learner_id") AS "linked"
                                FROM (
                                  SELECT
                                    "t20"."name" AS "slice",
                                    "t30"."source" AS "source_name",
                                    "t30"."position",
                                    "t30"."source",
                                    "t30"."external_id",
                                    "t30"."learner_id"
                                  FROM "files_learner_links" AS "t30"
                                  LEFT OUTER JOIN "slices" AS "t20"
                                    ON "t30"."slice_id" = "t20"."slice_id"
                                ) AS "t46"
                                GROUP BY
                                  1,
                                  2
                              ) AS "t62"
                            ) AS "t80"
                              ON "t59"."source" = "t80"."link_source"
                              AND "t59"."learner_id" = "t80"."link_external"
                          ) AS "t97"
                        ) AS "t120"
                      ) AS "t126"
                    ) AS "t142"
                  ) AS "t160"
                ) AS "t173"
                WHERE
                  "t173"."_place" = 0
              ) AS "t182"
              LEFT OUTER JOIN (
                SELECT
                  "t0"."source" AS "link_source",
                  "t0"."external_id" AS "link_course",
                  "t0"."course_id" AS "joined_id"
                FROM "course_links" AS "t0"
              ) AS "t36"
                ON "t182"."source_name" = "t36"."link_source"
                AND "t182"."course_id" = "t36"."link_course"
            ) AS "t191"
          ) AS "t197"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "t166"."attempt_id",
              "t166"."learner_id",
              COALESCE("t166"."joined_id", "t166"."course_id") AS "course_id",
              "t166"."group_id",
              "t166"."item_id",
              "t166"."topic_id",
              "t166"."level_id",
              "t166"."kind",
              "t166"."correct",
              "t166"."score",
              "t166"."hints",
              "t166"."duration_s",
              "t166"."at",
              "t166"."source",
              "t166"."response",
              "t166"."source_name",
              "t166"."joined_id" IS NULL AS "own"
            FROM (
              SELECT
                "t154"."attempt_id",
                "t154"."learner_id",
                "t154"."course_id",
                "t154"."group_id",
                "t154"."item_id",
                "t154"."topic_id",
                "t154"."level_id",
                "t154"."kind",
                "t154"."correct",
                "t154"."score",
                "t154"."hints",
                "t154"."duration_s",
                "t154"."at",
                "t154"."source",
                "t154"."response",
                "t154"."source_name",
                "t36"."link_source",
                "t36"."link_course",
                "t36"."joined_id"
              FROM (
                SELECT
                  CAST("t139"."attempt_id" AS VARCHAR) AS "attempt_id",
                  CAST("t139"."source" || ':' || "t139"."learner_id" AS VARCHAR) AS "learner_id",
                  "t139"."course_id",
                  CAST(NULL AS VARCHAR) AS "group_id",
                  "t139"."item_id",
                  CAST(NULL AS VARCHAR) AS "topic_id",
                  CAST(NULL AS VARCHAR) AS "level_id",
                  CAST("t139"."kind" AS VARCHAR) AS "kind",
                  "t139"."correct",
                  CAST("t139"."score" AS DECIMAL(9, 6)) AS "score",
                  CAST(NULL AS INT) AS "hints",
                  CAST(NULL AS DECIMAL(12, 3)) AS "duration_s",
                  CAST("t139"."at" AS TIMESTAMPTZ(6)) AS "at",
                  CAST("t139"."source" AS VARCHAR) AS "source",
                  CAST(NULL AS VARCHAR) AS "response",
                  "t139"."source_name"
                FROM (
                  SELECT
                    "t101"."slice",
                    "t101"."source_name",
                    "t101"."position",
                    "t101"."user_id",
                    "t101"."oauth_consumer_key",
                    "t101"."lis_result_sourcedid",
                    "t101"."lis_outcome_service_url",
                    "t101"."is_correct",
                    "t101"."attempt_type",
                    "t101"."created_at",
                    "t101"."source",
                    "t101"."learner_id",
                    "t101"."at",
                    "t101"."sourcedid",
                    "t101"."category",
                    "t101"."course",
                    "t101"."item_id",
                    "t101"."source" || ':' || SHA256(
                      "t101"."user_id" || ' ' || CAST(EPOCH_US("t101"."at") AS VARCHAR) || ' ' || "t101"."attempt_type" || ' ' || COALESCE("t101"."lis_result_sourcedid", '')
                    ) AS "attempt_id",
                    "t101"."category" || '/' || "t101"."course" AS "course_id",
                    CASE WHEN "t101"."attempt_type" = 'submit' THEN 'answer' ELSE 'run' END AS "kind",
                    "t101"."is_correct" AS "correct",
                    CASE
                      WHEN "t101"."is_correct"
                      THEN 1
                      WHEN NOT (
                        "t101"."is_correct"
                      )
                      THEN 0
                      ELSE CAST(NULL AS BIGINT)
                    END AS "score"
                  FROM (
                    SELECT
                      "t77"."slice",
                      "t77"."source_name",
                      "t77"."position",
                      "t77"."user_id",
                      "t77"."oauth_consumer_key",
                      "t77"."lis_result_sourcedid",
                      "t77"."lis_outcome_service_url",
                      "t77"."is_correct",
                      "t77"."attempt_type",
                      "t77"."created_at",
                      "t77"."source",
                      "t77"."learner_id",
                      "t77"."at",
                      "t77"."sourcedid",
                      CASE
                        WHEN "t77"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                        THEN CASE
                          WHEN "t77"."sourcedid" ~ (
                            '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                          THEN (
                            REGEXP_MATCH(
                              "t77"."sourcedid",
                              '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                            )
                          )[2]
                          ELSE NULL
                        END
                        WHEN "t77"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                        THEN CASE
                          WHEN "t77"."sourcedid" ~ (
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                          THEN (
                            REGEXP_MATCH(
                              "t77"."sourcedid",
                              '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                            )
                          )[2]
                          ELSE NULL
                        END
                        ELSE CAST(NULL AS VARCHAR)
                      END AS "category",
                      CASE
                        WHEN "t77"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                        THEN CASE
                          WHEN "t77"."sourcedid" ~ (
                            '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                          THEN (
                            REGEXP_MATCH(
                              "t77"."sourcedid",
                              '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                            )
                          )[3]
                          ELSE NULL
                        END
                        WHEN "t77"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                        THEN CASE
                          WHEN "t77"."sourcedid" ~ (
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                          THEN (
                            REGEXP_MATCH(
                              "t77"."sourcedid",
                              '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                            )
                          )[3]
                          ELSE NULL
                        END || '+' || CASE
                          WHEN "t77"."sourcedid" ~ (
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                          THEN (
                            REGEXP_MATCH(
                              "t77"."sourcedid",
                              '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                            )
                          )[4]
                          ELSE NULL
                        END
                        ELSE CAST(NULL AS VARCHAR)
                      END AS "course",
                      CASE
                        WHEN "t77"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                        THEN CASE
                          WHEN "t77"."sourcedid" ~ (
                            '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                          THEN (
                            REGEXP_MATCH(
                              "t77"."sourcedid",
                              '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                            )
                          )[5]
                          ELSE NULL
                        END
                        WHEN "t77"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                        THEN CASE
                          WHEN "t77"."sourcedid" ~ (
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                          THEN (
                            REGEXP_MATCH(
                              "t77"."sourcedid",
                              '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                            )
                          )[5]
                          ELSE NULL
                        END
                        ELSE CAST(NULL AS VARCHAR)
                      END AS "item_id"
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
                        "t39"."source_name" AS "source",
                        "t39"."user_id" AS "learner_id",
                        TIMEZONE('UTC', "t39"."created_at") AS "at",
                        REPLACE(
                          REPLACE(REPLACE(REPLACE("t39"."lis_result_sourcedid", '%3A', ':'), '%2B', '+'), '%2F', '/'),
                          '%40',
                          '@'
                        ) AS "sourcedid"
                      FROM (
                        SELECT
                          "t20"."name" AS "slice",
                          "t20"."source" AS "source_name",
                          "t22"."position",
                          "t22"."user_id",
                          "t22"."oauth_consumer_key",
                          "t22"."lis_result_sourcedid",
                          "t22"."lis_outcome_service_url",
                          "t22"."is_correct",
                          "t22"."attempt_type",
                          "t22"."created_at"
                        FROM "grader_attempts" AS "t22"
                        LEFT OUTER JOIN "slices" AS "t20"
                          ON "t22"."slice_id" = "t20"."slice_id"
                      ) AS "t39"
                    ) AS "t77"
                  ) AS "t101"
                ) AS "t139"
              ) AS "t154"
              LEFT OUTER JOIN (
                SELECT
                  "t0"."source" AS "link_source",
                  "t0"."external_id" AS "link_course",
                  "t0"."course_id" AS "joined_id"
                FROM "course_links" AS "t0"
              ) AS "t36"
                ON "t154"."source_name" = "t36"."link_source"
                AND "t154"."course_id" = "t36"."link_course"
            ) AS "t166"
          ) AS "t174"
        ) AS "t199"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t203"."attempt_id",
              "t203"."learner_id",
              COALESCE("t203"."joined_id", "t203"."course_id") AS "course_id",
              "t203"."group_id",
              "t203"."item_id",
              "t203"."topic_id",
              "t203"."level_id",
              "t203"."kind",
              "t203"."correct",
              "t203"."score",
              "t203"."hints",
              "t203"."duration_s",
              "t203"."at",
              "t203"."source",
              "t203"."response",
              "t203"."source_name",
              "t203"."joined_id" IS NULL AS "own"
            FROM (
              SELECT
                "t200"."attempt_id",
                "t200"."learner_id",
                "t200"."course_id",
                "t200"."group_id",
                "t200"."item_id",
                "t200"."topic_id",
                "t200"."level_id",
                "t200"."kind",
                "t200"."correct",
                "t200"."score",
                "t200"."hints",
                "t200"."duration_s",
                "t200"."at",
                "t200"."source",
                "t200"."response",
                "t200"."source_name",
                "t36"."link_source",
                "t36"."link_course",
                "t36"."joined_id"
              FROM (
                SELECT
                  CAST("t192"."attempt_id" AS VARCHAR) AS "attempt_id",
                  CAST("t192"."learner_id" AS VARCHAR) AS "learner_id",
                  "t192"."course_id",
                  CAST(NULL AS VARCHAR) AS "group_id",
                  "t192"."item_id",
                  CAST(NULL AS VARCHAR) AS "topic_id",
                  CAST(NULL AS VARCHAR) AS "level_id",
                  CAST("t192"."kind" AS VARCHAR) AS "kind",
                  "t192"."correct",
                  "t192"."score",
                  CAST(NULL AS INT) AS "hints",
                  CAST(NULL AS DECIMAL(12, 3)) AS "duration_s",
                  CAST("t192"."at" AS TIMESTAMPTZ(6)) AS "at",
                  CAST("t192"."source" AS VARCHAR) AS "source",
                  "t192"."response",
                  "t192"."source_name"
                FROM (
                  SELECT
                    "t190"."slice",
                    "t190"."position",
                    "t190"."source_name",
                    "t190"."course_id",
                    "t190"."score",
                    "t190"."source",
                    "t190"."attempt_id",
                    "t190"."learner_id",
                    "t190"."item_id",
                    "t190"."kind",
                    "t190"."correct",
                    "t190"."response",
                    "t190"."at"
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t170"."slice",
                        "t170"."position",
                        "t170"."source_name",
                        "t170"."course_id",
                        "t170"."score",
                        "t170"."source",
                        "t170"."attempt_id",
                        "t170"."learner_id",
                        "t170"."item_id",
                        "t170"."kind",
                        "t170"."correct",
                        "t170"."response",
                        "t170"."at",
                        ROW_NUMBER() OVER (
                          PARTITION BY "t170"."attempt_id"
                          ORDER BY "t170"."slice" DESC NULLS LAST, "t170"."position" DESC NULLS LAST
                          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                        ) - 1 AS "_place"
                      FROM (
                        SELECT
                          "t164"."slice",
                          "t164"."position",
                          "t164"."source_name",
                          "t164"."course_id",
                          "t164"."score",
                          "t164"."source",
                          "t164"."attempt_id",
                          "t164"."source" || ':' || "t164"."learner_id" AS "learner_id",
                          "t164"."item_id",
                          "t164"."kind",
                          "t164"."correct",
                          "t164"."response",
                          "t164"."at"
                        FROM (
                          SELECT
                            *
                          FROM (
                            SELECT
                              "t111"."slice",
                              "t111"."position",
                              "t111"."source_name",
                              "t111"."course_id",
                              "t111"."score",
                              "t111"."source_name" AS "source",
                              "t111"."source_name" || ':' || "t111"."response_id" AS "attempt_id",
                              "t111"."user_id" AS "learner_id",
                              "t111"."unit_id" AS "item_id",
                              'answer' AS "kind",
                              "t111"."passed" AS "correct",
                              "t111"."answer" AS "response",
                              COALESCE("t111"."submitted_at", "t111"."modified_at", "t111"."created_at") AS "at"
                            FROM (
                              SELECT
                                "t105"."slice",
                                "t105"."source_name",
                                "t105"."position",
                                "t105"."course",
                                "t105"."course_id",
                                "t105"."response_id",
                                "t105"."user_id",
                                "t105"."email",
                                "t105"."unit_id",
                                "t105"."grade",
                                "t105"."score",
                                "t105"."created_at",
                                "t105"."modified_at",
                                "t105"."submitted_at",
                                "t105"."passed",
                                "t105"."blocks",
                                "t105"."points",
                                "t105"."max_points",
                                "t105"."answer"
                              FROM (
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    "t20"."name" AS "slice",
                                    "t20"."source" AS "source_name",
                                    "t27"."position",
                                    "t27"."course",
                                    "t27"."course_id",
                                    "t27"."response_id",
                                    "t27"."user_id",
                                    "t27"."email",
                                    "t27"."unit_id",
                                    "t27"."grade",
                                    "t27"."score",
                                    "t27"."created_at",
                                    "t27"."modified_at",
                                    "t27"."submitted_at",
                                    "t27"."passed",
                                    "t27"."blocks",
                                    "t27"."points",
                                    "t27"."max_points",
                                    "t27"."answer",
                                    "t63"."now_course",
                                    "t63"."now_id"
                                  FROM "learnworlds_responses" AS "t27"
                                  LEFT OUTER JOIN "slices" AS "t20"
                                    ON "t27"."slice_id" = "t20"."slice_id"
                                  LEFT OUTER JOIN (
                                    SELECT DISTINCT
                                      "t47"."course" AS "now_course",
                                      "t47"."course_id" AS "now_id"
                                    FROM (
                                      SELECT
                                        "t20"."name" AS "slice",
                                        "t20"."source" AS "source_name",
                                        "t32"."position",
                                        "t32"."course",
                                        "t32"."course_id",
                                        "t32"."category",
                                        "t32"."title",
                                        "t32"."access",
                                        "t32"."starts_on",
                                        "t32"."ends_on",
                                        "t32"."created_at"
                                      FROM "learnworlds_courses" AS "t32"
                                      LEFT OUTER JOIN "slices" AS "t20"
                                        ON "t32"."slice_id" = "t20"."slice_id"
                                    ) AS "t47"
                                  ) AS "t63"
                                    ON "t27"."course" = "t63"."now_course"
                                ) AS "t83"
                                WHERE
                                  (
                                    "t83"."now_id" IS NULL
                                  ) OR (
                                    "t83"."now_id" = "t83"."course_id"
                                  )
                              ) AS "t105"
                            ) AS "t111"
                            WHERE
                              (
                                (
                                  "t111"."submitted_at" IS NOT NULL
                                ) OR (
                                  "t111"."grade" IS NOT NULL
                                )
                              )
                              AND COALESCE("t111"."submitted_at", "t111"."modified_at", "t111"."created_at") IS NOT NULL
                          ) AS "t131"
                          UNION ALL
                          SELECT
                            *
                          FROM (
                            SELECT
                              "t151"."slice",
                              "t151"."position",
                              "t151"."source_name",
                              "t151"."course_id",
                              "t151"."score",
                              "t151"."source_name" AS "source",
                              "t151"."source_name" || ':' || "t151"."grade_id" AS "attempt_id",
                              "t151"."user_id" AS "learner_id",
                              "t151"."unit_id" AS "item_id",
                              'answer' AS "kind",
                              CAST(NULL AS BOOLEAN) AS "correct",
                              CAST(NULL AS VARCHAR) AS "response",
                              COALESCE("t151"."submitted_at", "t151"."modified_at", "t151"."created_at") AS "at"
                            FROM (
                              SELECT
                                "t138"."slice",
                                "t138"."source_name",
                                "t138"."position",
                                "t138"."course",
                                "t138"."course_id",
                                "t138"."grade_id",
                                "t138"."unit_type",
                                "t138"."user_id",
                                "t138"."email",
                                "t138"."unit_id",
                                "t138"."grade",
                                "t138"."score",
                                "t138"."created_at",
                                "t138"."modified_at",
                                "t138"."submitted_at"
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
                                    "t106"."grade_id",
                                    "t106"."unit_type",
                                    "t106"."user_id",
                                    "t106"."email",
                                    "t106"."unit_id",
                                    "t106"."grade",
                                    "t106"."score",
                                    "t106"."created_at",
                                    "t106"."modified_at",
                                    "t106"."submitted_at"
                                  FROM (
                                    SELECT
                                      *
                                    FROM (
                                      SELECT
                                        "t20"."name" AS "slice",
                                        "t20"."source" AS "source_name",
                                        "t31"."position",
                                        "t31"."course",
                                        "t31"."course_id",
                                        "t31"."grade_id",
                                        "t31"."unit_type",
                                        "t31"."user_id",
                                        "t31"."email",
                                        "t31"."unit_id",
                                        "t31"."grade",
                                        "t31"."score",
                                        "t31"."created_at",
                                        "t31"."modified_at",
                                        "t31"."submitted_at",
                                        "t63"."now_course",
                                        "t63"."now_id"
                                      FROM "learnworlds_grades" AS "t31"
                                      LEFT OUTER JOIN "slices" AS "t20"
                                        ON "t31"."slice_id" = "t20"."slice_id"
                                      LEFT OUTER JOIN (
                                        SELECT DISTINCT
                                          "t47"."course" AS "now_course",
                                          "t47"."course_id" AS "now_id"
                                        FROM (
                                          SELECT
                                            "t20"."name" AS "slice",
                                            "t20"."source" AS "source_name",
                                            "t32"."position",
                                            "t32"."course",
                                            "t32"."course_id",
                                            "t32"."category",
                                            "t32"."title",
                                            "t32"."access",
                                            "t32"."starts_on",
                                            "t32"."ends_on",
                                            "t32"."created_at"
                                          FROM "learnworlds_courses" AS "t32"
                                          LEFT OUTER JOIN "slices" AS "t20"
                                            ON "t32"."slice_id" = "t20"."slice_id"
                                        ) AS "t47"
                                      ) AS "t63"
                                        ON "t31"."course" = "t63"."now_course"
                                    ) AS "t84"
                                    WHERE
                                      (
                                        "t84"."now_id" IS NULL
                                      ) OR (
                                        "t84"."now_id" = "t84"."course_id"
                                      )
                                  ) AS "t106"
                                ) AS "t112"
                                WHERE
                                  "t112"."grade" IS NOT NULL
                                  AND COALESCE("t112"."submitted_at", "t112"."modified_at", "t112"."created_at") IS NOT NULL
                              ) AS "t138"
                              WHERE
                                NOT EXISTS(
                                  SELECT
                                    1
                                  FROM (
                                    SELECT
                                      *
                                    FROM (
                                      SELECT
                                        "t105"."slice",
                                        "t105"."source_name",
                                        "t105"."position",
                                        "t105"."course",
                                        "t105"."course_id",
                                        "t105"."response_id",
                                        "t105"."user_id",
                                        "t105"."email",
                                        "t105"."unit_id",
                                        "t105"."grade",
                                        "t105"."score",
                                        "t105"."created_at",
                                        "t105"."modified_at",
                                        "t105"."submitted_at",
                                        "t105"."passed",
                                        "t105"."blocks",
                                        "t105"."points",
                                        "t105"."max_points",
                                        "t105"."answer"
                                      FROM (
                                        SELECT
                                          *
                                        FROM (
                                          SELECT
                                            "t20"."name" AS "slice",
                                            "t20"."source" AS "source_name",
                                            "t27"."position",
                                            "t27"."course",
                                            "t27"."course_id",
                                            "t27"."response_id",
                                            "t27"."user_id",
                                            "t27"."email",
                                            "t27"."unit_id",
                                            "t27"."grade",
                                            "t27"."score",
                                            "t27"."created_at",
                                            "t27"."modified_at",
                                            "t27"."submitted_at",
                                            "t27"."passed",
                                            "t27"."blocks",
                                            "t27"."points",
                                            "t27"."max_points",
                                            "t27"."answer",
                                            "t63"."now_course",
                                            "t63"."now_id"
                                          FROM "learnworlds_responses" AS "t27"
                                          LEFT OUTER JOIN "slices" AS "t20"
                                            ON "t27"."slice_id" = "t20"."slice_id"
                                          LEFT OUTER JOIN (
                                            SELECT DISTINCT
                                              "t47"."course" AS "now_course",
                                              "t47"."course_id" AS "now_id"
                                            FROM (
                                              SELECT
                                                "t20"."name" AS "slice",
                                                "t20"."source" AS "source_name",
                                                "t32"."position",
                                                "t32"."course",
                                                "t32"."course_id",
                                                "t32"."category",
                                                "t32"."title",
                                                "t32"."access",
                                                "t32"."starts_on",
                                                "t32"."ends_on",
                                                "t32"."created_at"
                                              FROM "learnworlds_courses" AS "t32"
                                              LEFT OUTER JOIN "slices" AS "t20"
                                                ON "t32"."slice_id" = "t20"."slice_id"
                                            ) AS "t47"
                                          ) AS "t63"
                                            ON "t27"."course" = "t63"."now_course"
                                        ) AS "t83"
                                        WHERE
                                          (
                                            "t83"."now_id" IS NULL
                                          ) OR (
                                            "t83"."now_id" = "t83"."course_id"
                                          )
                                      ) AS "t105"
                                    ) AS "t111"
                                    WHERE
                                      (
                                        (
                                          "t111"."submitted_at" IS NOT NULL
                                        ) OR (
                                          "t111"."grade" IS NOT NULL
                                        )
                                      )
                                      AND COALESCE("t111"."submitted_at", "t111"."modified_at", "t111"."created_at") IS NOT NULL
                                  ) AS "t137"
                                  WHERE
                                    "t138"."course_id" = "t137"."course_id"
                                    AND "t138"."user_id" = "t137"."user_id"
                                    AND "t138"."unit_id" = "t137"."unit_id"
                                )
                            ) AS "t151"
                          ) AS "t161"
                        ) AS "t164"
                      ) AS "t170"
                    ) AS "t183"
                    WHERE
                      "t183"."_place" = 0
                  ) AS "t190"
                ) AS "t192"
              ) AS "t200"
              LEFT OUTER JOIN (
                SELECT
                  "t0"."source" AS "link_source",
                  "t0"."external_id" AS "link_course",
                  "t0"."course_id" AS "joined_id"
                FROM "course_links" AS "t0"
              ) AS "t36"
                ON "t200"."source_name" = "t36"."link_source"
                AND "t200"."course_id" = "t36"."link_course"
            ) AS "t203"
          ) AS "t206"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "t149"."attempt_id",
              "t149"."learner_id",
              COALESCE("t149"."joined_id", "t149"."course_id") AS "course_id",
              "t149"."group_id",
              "t149"."item_id",
              "t149"."topic_id",
              "t149"."level_id",
              "t149"."kind",
              "t149"."correct",
              "t149"."score",
              "t149"."hints",
              "t149"."duration_s",
              "t149"."at",
              "t149"."source",
              "t149"."response",
              "t149"."source_name",
              "t149"."joined_id" IS NULL AS "own"
            FROM (
              SELECT
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
                "t134"."source",
                "t134"."response",
                "t134"."source_name",
                "t36"."link_source",
                "t36"."link_course",
                "t36"."joined_id"
              FROM (
                SELECT
                  CAST("t95"."source_name" || ':' || "t95"."uuid" AS VARCHAR) AS "attempt_id",
                  CAST("t95"."source_name" || ':' || COALESCE(NULLIF("t95"."user_id", ''), NULLIF("t95"."ehr_id", '')) AS VARCHAR) AS "learner_id",
                  "t95"."course_id",
                  CAST(NULL AS VARCHAR) AS "group_id",
                  "t95"."item_id",
                  CAST(NULL AS VARCHAR) AS "topic_id",
                  CAST(NULL AS VARCHAR) AS "level_id",
                  CAST('answer' AS VARCHAR) AS "kind",
                  "t95"."correct",
                  COALESCE(
                    "t95"."score",
                    CASE
                      WHEN "t95"."correct" IS NULL
                      THEN NULL
                      ELSE CAST(CASE WHEN "t95"."correct" THEN 1 ELSE 0 END AS DECIMAL(9, 6))
                    END
                  ) AS "score",
                  "t95"."hints",
                  "t95"."duration_s",
                  CAST("t95"."event_time" AS TIMESTAMPTZ(6)) AS "at",
                  CAST("t95"."source_name" AS VARCHAR) AS "source",
                  "t95"."response",
                  "t95"."source_name"
                FROM (
                  SELECT
                    "t93"."slice",
                    "t93"."source_name",
                    "t93"."position",
                    "t93"."uuid",
                    "t93"."event_type",
                    "t93"."event_time",
                    "t93"."user_id",
                    "t93"."ehr_id",
                    "t93"."session_id",
                    "t93"."course_id",
                    "t93"."item_id",
                    "t93"."correct",
                    "t93"."score",
                    "t93"."duration_s",
                    "t93"."hints",
                    "t93"."response"
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t49"."slice",
                        "t49"."source_name",
                        "t49"."position",
                        "t49"."uuid",
                        "t49"."event_type",
                        "t49"."event_time",
                        "t49"."user_id",
                        "t49"."ehr_id",
                        "t49"."session_id",
                        "t49"."course_id",
                        "t49"."item_id",
                        "t49"."correct",
                        "t49"."score",
                        "t49"."duration_s",
                        "t49"."hints",
                        "t49"."response",
                        ROW_NUMBER() OVER (
                          PARTITION BY "t49"."uuid"
                          ORDER BY "t49"."slice" DESC NULLS LAST, "t49"."position" DESC NULLS LAST
                          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                        ) - 1 AS "_place"
                      FROM "t40" AS "t49"
                    ) AS "t78"
                    WHERE
                      "t78"."_place" = 0
                  ) AS "t93"
                ) AS "t95"
                WHERE
                  COALESCE(NULLIF("t95"."user_id", ''), NULLIF("t95"."ehr_id", '')) IS NOT NULL
                  AND "t95"."item_id" IS NOT NULL
              ) AS "t134"
              LEFT OUTER JOIN (
                SELECT
                  "t0"."source" AS "link_source",
                  "t0"."external_id" AS "link_course",
                  "t0"."course_id" AS "joined_id"
                FROM "course_links" AS "t0"
              ) AS "t36"
                ON "t134"."source_name" = "t36"."link_source"
                AND "t134"."course_id" = "t36"."link_course"
            ) AS "t149"
          ) AS "t157"
        ) AS "t207"
      ) AS "t208"
    ) AS "t210"
  ) AS "t212"
  LEFT OUTER JOIN (
    SELECT
      "t222"."learner_id",
      "t222"."course_id",
      TRUE AS "placed"
    FROM (
      SELECT DISTINCT
        "t221"."learner_id",
        "t221"."course_id"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t177"."learner_id",
              "t177"."group_id",
              COALESCE("t177"."joined_id", "t177"."course_id") AS "course_id",
              "t177"."role",
              "t177"."starts_on",
              "t177"."ends_on",
              "t177"."outcome",
              "t177"."source_name",
              "t177"."joined_id" IS NULL AS "own"
            FROM (
              SELECT
                "t167"."learner_id",
                "t167"."group_id",
                "t167"."course_id",
                "t167"."role",
                "t167"."starts_on",
                "t167"."ends_on",
                "t167"."outcome",
                "t167"."source_name",
                "t36"."link_source",
                "t36"."link_course",
                "t36"."joined_id"
              FROM (
                SELECT
                  "t155"."learner_id",
                  "t155"."group_id",
                  "t155"."course_id",
                  "t155"."role",
                  "t155"."starts_on",
                  "t155"."ends_on",
                  "t155"."outcome",
                  "t155"."source_name"
                FROM (
                  SELECT
                    "t143"."slice",
                    "t143"."source_name",
                    "t143"."position",
                    "t143"."learner_id",
                    "t143"."group_id",
                    "t143"."course_id",
                    "t143"."role",
                    "t143"."starts_on",
                    "t143"."ends_on",
                    "t143"."outcome",
                    "t143"."source",
                    ROW_NUMBER() OVER (
                      PARTITION BY "t143"."learner_id", "t143"."group_id", "t143"."course_id", "t143"."role", "t143"."starts_on", "t143"."source_name"
                      ORDER BY "t143"."slice" DESC NULLS LAST, "t143"."position" DESC NULLS LAST
                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                    ) - 1 AS "_place"
                  FROM (
                    SELECT
                      "t127"."slice",
                      "t127"."source_name",
                      "t127"."position",
                      "t127"."learner_id",
                      "t127"."source" || ':' || "t127"."group_id" AS "group_id",
                      "t127"."course_id",
                      "t127"."role",
                      "t127"."starts_on",
                      "t127"."ends_on",
                      "t127"."outcome",
                      "t127"."source"
                    FROM (
                      SELECT
                        "t121"."slice",
                        "t121"."source_name",
                        "t121"."position",
                        "t121"."learner_id",
                        "t121"."group_id",
                        "t121"."course_id",
                        "t121"."role",
                        "t121"."starts_on",
                        "t121"."ends_on",
                        "t121"."outcome",
                        "t121"."source"
                      FROM (
                        SELECT
                          "t98"."slice",
                          "t98"."source_name",
                          "t98"."position",
                          COALESCE("t98"."linked", "t98"."source" || ':' || "t98"."learner_id") AS "learner_id",
                          "t98"."group_id",
                          "t98"."course_id",
                          "t98"."role",
                          "t98"."starts_on",
                          "t98"."ends_on",
                          "t98"."outcome",
                          "t98"."source",
                          "t98"."link_source",
                          "t98"."link_external",
                          "t98"."linked"
                        FROM (
                          SELECT
                            "t60"."slice",
                            "t60"."source_name",
                            "t60"."position",
                            "t60"."learner_id",
                            "t60"."group_id",
                            "t60"."course_id",
                            "t60"."role",
                            "t60"."starts_on",
                            "t60"."ends_on",
                            "t60"."outcome",
                            "t60"."source",
                            "t80"."link_source",
                            "t80"."link_external",
                            "t80"."linked"
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
                              "t44"."source_name" AS "source"
                            FROM (
                              SELECT
                                "t20"."name" AS "slice",
                                "t20"."source" AS "source_name",
                                "t28"."position",
                                "t28"."learner_id",
                                "t28"."group_id",
                                "t28"."course_id",
                                "t28"."role",
                                "t28"."starts_on",
                                "t28"."ends_on",
                                "t28"."outcome"
                              FROM "files_memberships" AS "t28"
                              LEFT OUTER JOIN "slices" AS "t20"
                                ON "t28"."slice_id" = "t20"."slice_id"
                            ) AS "t44"
                          ) AS "t60"
                          LEFT OUTER JOIN (
                            SELECT
                              "t62"."source" AS "link_source",
                              "t62"."external_id" AS "link_external",
                              "t62"."linked"
                            FROM (
                              SELECT
                                "t46"."source",
                                "t46"."external_id",
                                MAX("t46"."learner_id") AS "linked"
                              FROM (
                                SELECT
                                  "t20"."name" AS "slice",
                                  "t30"."source" AS "source_name",
                                  "t30"."position",
                                  "t30"."source",
                                  "t30"."external_id",
                                  "t30"."learner_id"
                                FROM "files_learner_links" AS "t30"
                                LEFT OUTER JOIN "slices" AS "t20"
                                  ON "t30"."slice_id" = "t20"."slice_id"
                              ) AS "t46"
                              GROUP BY
                                1,
                                2
                            ) AS "t62"
                          ) AS "t80"
                            ON "t60"."source" = "t80"."link_source"
                            AND "t60"."learner_id" = "t80"."link_external"
                        ) AS "t98"
                      ) AS "t121"
                    ) AS "t127"
                  ) AS "t143"
                ) AS "t155"
                WHERE
                  "t155"."_place" = 0
              ) AS "t167"
              LEFT OUTER JOIN (
                SELECT
                  "t0"."source" AS "link_source",
                  "t0"."external_id" AS "link_course",
                  "t0"."course_id" AS "joined_id"
                FROM "course_links" AS "t0"
              ) AS "t36"
                ON "t167"."source_name" = "t36"."link_source"
                AND "t167"."course_id" = "t36"."link_course"
            ) AS "t177"
          ) AS "t184"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "t88"."learner_id",
              "t88"."group_id",
              COALESCE("t88"."joined_id", "t88"."course_id") AS "course_id",
              "t88"."role",
              "t88"."starts_on",
              "t88"."ends_on",
              "t88"."outcome",
              "t88"."source_name",
              "t88"."joined_id" IS NULL AS "own"
            FROM (
              SELECT
                "t64"."learner_id",
                "t64"."group_id",
                "t64"."course_id",
                "t64"."role",
                "t64"."starts_on",
                "t64"."ends_on",
                "t64"."outcome",
                "t64"."source_name",
                "t36"."link_source",
                "t36"."link_course",
                "t36"."joined_id"
              FROM (
                SELECT
                  CAST("t38"."learner_id" AS VARCHAR) AS "learner_id",
                  "t38"."group_id",
                  CAST("t38"."course_id" AS VARCHAR) AS "course_id",
                  CAST("t38"."role" AS VARCHAR) AS "role",
                  "t38"."starts_on",
                  "t38"."ends_on",
                  CAST(NULL AS VARCHAR) AS "outcome",
                  "t38"."source_name"
                FROM (
                  SELECT
                    "t21"."name" AS "slice",
                    "t20"."source" AS "source_name",
                    "t21"."position",
                    "t21"."learner_id",
                    "t21"."group_id",
                    "t21"."course_id",
                    "t21"."name",
                    "t21"."rolling",
                    "t21"."role",
                    "t21"."starts_on",
                    "t21"."ends_on"
                  FROM "groups_members" AS "t21"
                  LEFT OUTER JOIN "slices" AS "t20"
                    ON "t21"."slice_id" = "t20"."slice_id"
                ) AS "t38"
              ) AS "t64"
              LEFT OUTER JOIN (
                SELECT
                  "t0"."source" AS "link_source",
                  "t0"."external_id" AS "link_course",
                  "t0"."course_id" AS "joined_id"
                FROM "course_links" AS "t0"
              ) AS "t36"
                ON "t64"."source_name" = "t36"."link_source"
                AND "t64"."course_id" = "t36"."link_course"
            ) AS "t88"
          ) AS "t100"
        ) AS "t187"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t218"."learner_id",
              "t218"."group_id",
              COALESCE("t218"."joined_id", "t218"."course_id") AS "course_id",
              "t218"."role",
              "t218"."starts_on",
              "t218"."ends_on",
              "t218"."outcome",
              "t218"."source_name",
              "t218"."joined_id" IS NULL AS "own"
            FROM (
              SELECT
                "t217"."learner_id",
                "t217"."group_id",
                "t217"."course_id",
                "t217"."role",
                "t217"."starts_on",
                "t217"."ends_on",
                "t217"."outcome",
                "t217"."source_name",
                "t36"."link_source",
                "t36"."link_course",
                "t36"."joined_id"
              FROM (
                SELECT
                  CAST("t215"."learner_id" AS VARCHAR) AS "learner_id",
                  "t215"."group_id",
                  CAST("t215"."course_id" AS VARCHAR) AS "course_id",
                  CAST("t215"."role" AS VARCHAR) AS "role",
                  "t215"."starts_on",
                  "t215"."ends_on",
                  CAST(NULL AS VARCHAR) AS "outcome",
                  "t215"."source_name"
                FROM (
                  SELECT
                    "t214"."slice",
                    "t214"."source_name",
                    "t214"."position",
                    "t214"."course",
                    "t214"."course_id",
                    "t214"."user_id",
                    "t214"."email",
                    "t214"."username",
                    "t214"."role",
                    "t214"."suspended",
                    "t214"."created_at",
                    "t214"."last_login_at",
                    "t214"."enrolled_at",
                    "t214"."enrolled_on",
                    "t214"."expires_on",
                    "t214"."groups",
                    "t214"."source",
                    "t214"."learner_id",
                    "t214"."name",
                    "t214"."group_id",
                    "t214"."starts_on",
                    "t214"."ends_on"
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t209"."slice",
                        "t209"."source_name",
                        "t209"."position",
                        "t209"."course",
                        "t209"."course_id",
                        "t209"."user_id",
                        "t209"."email",
                        "t209"."username",
                        "t209"."role",
                        "t209"."suspended",
                        "t209"."created_at",
                        "t209"."last_login_at",
                        "t209"."enrolled_at",
                        "t209"."enrolled_on",
                        "t209"."expires_on",
                        "t209"."groups",
                        "t209"."source",
                        "t209"."learner_id",
                        "t209"."name",
                        "t209"."group_id",
                        "t209"."starts_on",
                        "t209"."ends_on",
                        ROW_NUMBER() OVER (
                          PARTITION BY "t209"."learner_id", "t209"."group_id", "t209"."course_id", "t209"."role"
                          ORDER BY "t209"."slice" DESC NULLS LAST, "t209"."position" DESC NULLS LAST
                          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                        ) - 1 AS "_place"
                      FROM (
                        SELECT
                          "t205"."slice",
                          "t205"."source_name",
                          "t205"."position",
                          "t205"."course",
                          "t205"."course_id",
                          "t205"."user_id",
                          "t205"."email",
                          "t205"."username",
                          "t205"."role",
                          "t205"."suspended",
                          "t205"."created_at",
                          "t205"."last_login_at",
                          "t205"."enrolled_at",
                          "t205"."enrolled_on",
                          "t205"."expires_on",
                          "t205"."groups",
                          "t205"."source",
                          "t205"."source" || ':' || "t205"."learner_id" AS "learner_id",
                          "t205"."name",
                          "t205"."group_id",
                          "t205"."enrolled_on" AS "starts_on",
                          "t205"."expires_on" AS "ends_on"
                        FROM (
                          SELECT
                            *
                          FROM (
                            SELECT
                              *
                            FROM (
                              SELECT
                                "t201"."slice",
                                "t201"."source_name",
                                "t201"."position",
                                "t201"."course",
                                "t201"."course_id",
                                "t201"."user_id",
                                "t201"."email",
                                "t201"."username",
                                "t201"."role",
                                "t201"."suspended",
                                "t201"."created_at",
                                "t201"."last_login_at",
                                "t201"."enrolled_at",
                                "t201"."enrolled_on",
                                "t201"."expires_on",
                                "t201"."groups",
                                "t201"."source",
                                "t201"."learner_id",
                                "t201"."name",
                                "t201"."group_id"
                              FROM (
                                SELECT
                                  "t195"."slice",
                                  "t195"."source_name",
                                  "t195"."position",
                                  "t195"."course",
                                  "t195"."course_id",
                                  "t195"."user_id",
                                  "t195"."email",
                                  "t195"."username",
                                  "t195"."role",
                                  "t195"."suspended",
                                  "t195"."created_at",
                                  "t195"."last_login_at",
                                  "t195"."enrolled_at",
                                  "t195"."enrolled_on",
                                  "t195"."expires_on",
                                  "t195"."groups",
                                  "t195"."source",
                                  "t195"."learner_id",
                                  "t195"."name",
                                  "t195"."with_groups",
                                  CASE
                                    WHEN "t195"."with_groups" IS NULL
                                    THEN 'learnworlds:' || "t195"."course_id"
                                    ELSE NULL
                                  END AS "group_id"
                                FROM (
                                  SELECT
                                    "t171"."slice",
                                    "t171"."source_name",
                                    "t171"."position",
                                    "t171"."course",
                                    "t171"."course_id",
                                    "t171"."user_id",
                                    "t171"."email",
                                    "t171"."username",
                                    "t171"."role",
                                    "t171"."suspended",
                                    "t171"."created_at",
                                    "t171"."last_login_at",
                                    "t171"."enrolled_at",
                                    "t171"."enrolled_on",
                                    "t171"."expires_on",
                                    "t171"."groups",
                                    "t171"."source",
                                    "t171"."learner_id",
                                    "t171"."name",
                                    "t188"."with_groups"
                                  FROM (
                                    SELECT
                                      "t162"."slice",
                                      "t162"."source_name",
                                      "t162"."position",
                                      "t162"."course",
                                      "t162"."course_id",
                                      "t162"."user_id",
                                      "t162"."email",
                                      "t162"."username",
                                      "t162"."role",
                                      "t162"."suspended",
                                      "t162"."created_at",
                                      "t162"."last_login_at",
                                      "t162"."enrolled_at",
                                      "t162"."enrolled_on",
                                      "t162"."expires_on",
                                      "t162"."groups",
                                      "t162"."source_name" AS "source",
                                      "t162"."user_id" AS "learner_id",
                                      "t162"."username" AS "name"
                                    FROM (
                                      SELECT
                                        "t156"."slice",
                                        "t156"."source_name",
                                        "t156"."position",
                                        "t156"."course",
                                        "t156"."course_id",
                                        "t156"."user_id",
                                        "t156"."email",
                                        "t156"."username",
                                        "t156"."role",
                                        "t156"."suspended",
                                        "t156"."created_at",
                                        "t156"."last_login_at",
                                        "t156"."enrolled_at",
                                        "t156"."enrolled_on",
                                        "t156"."expires_on",
                                        "t156"."groups"
                                      FROM (
                                        SELECT
                                          *
                                        FROM (
                                          SELECT
                                            "t128"."slice",
                                            "t128"."source_name",
                                            "t128"."position",
                                            "t128"."course",
                                            "t128"."course_id",
                                            "t128"."user_id",
                                            "t128"."email",
                                            "t128"."username",
                                            "t128"."role",
                                            "t128"."suspended",
                                            "t128"."created_at",
                                            "t128"."last_login_at",
                                            "t128"."enrolled_at",
                                            "t128"."enrolled_on",
                                            "t128"."expires_on",
                                            "t128"."groups",
                                            ROW_NUMBER() OVER (
                                              PARTITION BY "t128"."user_id", "t128"."course_id"
                                              ORDER BY "t128"."slice" DESC NULLS LAST, "t128"."position" DESC NULLS LAST
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
                                                  "t107"."slice",
                                                  "t107"."source_name",
                                                  "t107"."position",
                                                  "t107"."course",
                                                  "t107"."course_id",
                                                  "t107"."user_id",
                                                  "t107"."email",
                                                  "t107"."username",
                                                  "t107"."role",
                                                  "t107"."suspended",
                                                  "t107"."created_at",
                                                  "t107"."last_login_at",
                                                  "t107"."enrolled_at",
                                                  "t107"."enrolled_on",
                                                  "t107"."expires_on",
                                                  "t107"."groups"
                                                FROM (
                                                  SELECT
                                                    *
                                                  FROM (
                                                    SELECT
                                                      "t20"."name" AS "slice",
                                                      "t20"."source" AS "source_name",
                                                      "t33"."position",
                                                      "t33"."course",
                                                      "t33"."course_id",
                                                      "t33"."user_id",
                                                      "t33"."email",
                                                      "t33"."username",
                                                      "t33"."role",
                                                      "t33"."suspended",
                                                      "t33"."created_at",
                                                      "t33"."last_login_at",
                                                      "t33"."enrolled_at",
                                                      "t33"."enrolled_on",
                                                      "t33"."expires_on",
                                                      "t33"."groups",
                                                      "t63"."now_course",
                                                      "t63"."now_id"
                                                    FROM "learnworlds_users" AS "t33"
                                                    LEFT OUTER JOIN "slices" AS "t20"
                                                      ON "t33"."slice_id" = "t20"."slice_id"
                                                    LEFT OUTER JOIN (
                                                      SELECT DISTINCT
                                                        "t47"."course" AS "now_course",
                                                        "t47"."course_id" AS "now_id"
                                                      FROM (
                                                        SELECT
                                                          "t20"."name" AS "slice",
                                                          "t20"."source" AS "source_name",
                                                          "t32"."position",
                                                          "t32"."course",
                                                          "t32"."course_id",
                                                          "t32"."category",
                                                          "t32"."title",
                                                          "t32"."access",
                                                          "t32"."starts_on",
                                                          "t32"."ends_on",
                                                          "t32"."created_at"
                                                        FROM "learnworlds_courses" AS "t32"
                                                        LEFT OUTER JOIN "slices" AS "t20"
                                                          ON "t32"."slice_id" = "t20"."slice_id"
                                                      ) AS "t47"
                                                    ) AS "t63"
                                                      ON "t33"."course" = "t63"."now_course"
                                                  ) AS "t85"
                                                  WHERE
                                                    (
                                                      "t85"."now_id" IS NULL
                                                    ) OR (
                                                      "t85"."now_id" = "t85"."course_id"
                                                    )
                                                ) AS "t107"
                                              ) AS "t113"
                                            ) AS "t122"
                                            UNION ALL
                                            SELECT
                                              *
                                            FROM (
                                              SELECT
                                                *
                                              FROM (
                                                SELECT
                                                  "t108"."slice",
                                                  "t108"."source_name",
                                                  "t108"."position",
                                                  "t108"."course",
                                                  "t108"."course_id",
                                                  "t108"."user_id",
                                                  "t108"."email",
                                                  "t108"."username",
                                                  "t108"."role",
                                                  "t108"."suspended",
                                                  "t108"."created_at",
                                                  "t108"."last_login_at",
                                                  "t108"."enrolled_at",
                                                  "t108"."enrolled_on",
                                                  "t108"."expires_on",
                                                  "t108"."groups"
                                                FROM (
                                                  SELECT
                                                    *
                                                  FROM (
                                                    SELECT
                                                      "t20"."name" AS "slice",
                                                      "t20"."source" AS "source_name",
                                                      "t34"."position",
                                                      "t34"."course",
                                                      "t34"."course_id",
                                                      "t34"."user_id",
                                                      "t34"."email",
                                                      "t34"."username",
                                                      "t34"."role",
                                                      "t34"."suspended",
                                                      "t34"."created_at",
                                                      "t34"."last_login_at",
                                                      "t34"."enrolled_at",
                                                      "t34"."enrolled_on",
                                                      "t34"."expires_on",
                                                      "t34"."groups",
                                                      "t63"."now_course",
                                                      "t63"."now_id"
                                                    FROM "learnworlds_suspended" AS "t34"
                                                    LEFT OUTER JOIN "slices" AS "t20"
                                                      ON "t34"."slice_id" = "t20"."slice_id"
                                                    LEFT OUTER JOIN (
                                                      SELECT DISTINCT
                                                        "t47"."course" AS "now_course",
                                                        "t47"."course_id" AS "now_id"
                                                      FROM (
                                                        SELECT
                                                          "t20"."name" AS "slice",
                                                          "t20"."source" AS "source_name",
                                                          "t32"."position",
                                                          "t32"."course",
                                                          "t32"."course_id",
                                                          "t32"."category",
                                                          "t32"."title",
                                                          "t32"."access",
                                                          "t32"."starts_on",
                                                          "t32"."ends_on",
                                                          "t32"."created_at"
                                                        FROM "learnworlds_courses" AS "t32"
                                                        LEFT OUTER JOIN "slices" AS "t20"
                                                          ON "t32"."slice_id" = "t20"."slice_id"
                                                      ) AS "t47"
                                                    ) AS "t63"
                                                      ON "t34"."course" = "t63"."now_course"
                                                  ) AS "t86"
                                                  WHERE
                                                    (
                                                      "t86"."now_id" IS NULL
                                                    ) OR (
                                                      "t86"."now_id" = "t86"."course_id"
                                                    )
                                                ) AS "t108"
                                              ) AS "t114"
                                            ) AS "t123"
                                          ) AS "t128"
                                        ) AS "t148"
                                        WHERE
                                          "t148"."_place" = 0
                                      ) AS "t156"
                                    ) AS "t162"
                                    WHERE
                                      "t162"."groups" IS NULL
                                  ) AS "t171"
                                  LEFT OUTER JOIN (
                                    SELECT DISTINCT
                                      "t181"."course_id" AS "with_groups"
                                    FROM "t178" AS "t181"
                                  ) AS "t188"
                                    ON "t171"."course_id" = "t188"."with_groups"
                                ) AS "t195"
                              ) AS "t201"
                            ) AS "t202"
                          ) AS "t204"
                          UNION ALL
                          SELECT
                            *
                          FROM (
                            SELECT
                              "t181"."slice",
                              "t181"."source_name",
                              "t181"."position",
                              "t181"."course",
                              "t181"."course_id",
                              "t181"."user_id",
                              "t181"."email",
                              "t181"."username",
                              "t181"."role",
                              "t181"."suspended",
                              "t181"."created_at",
                              "t181"."last_login_at",
                              "t181"."enrolled_at",
                              "t181"."enrolled_on",
                              "t181"."expires_on",
                              "t181"."groups",
                              "t181"."source",
                              "t181"."learner_id",
                              "t181"."name",
                              'learnworlds:' || "t181"."group" AS "group_id"
                            FROM "t178" AS "t181"
                          ) AS "t189"
                        ) AS "t205"
                      ) AS "t209"
                    ) AS "t213"
                    WHERE
                      "t213"."_place" = 0
                  ) AS "t214"
                ) AS "t215"
              ) AS "t217"
              LEFT OUTER JOIN (
                SELECT
                  "t0"."source" AS "link_source",
                  "t0"."external_id" AS "link_course",
                  "t0"."course_id" AS "joined_id"
                FROM "course_links" AS "t0"
              ) AS "t36"
                ON "t217"."source_name" = "t36"."link_source"
                AND "t217"."course_id" = "t36"."link_course"
            ) AS "t218"
          ) AS "t219"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "t172"."learner_id",
              "t172"."group_id",
              COALESCE("t172"."joined_id", "t172"."course_id") AS "course_id",
              "t172"."role",
              "t172"."starts_on",
              "t172"."ends_on",
              "t172"."outcome",
              "t172"."source_name",
              "t172"."joined_id" IS NULL AS "own"
            FROM (
              SELECT
                "t163"."learner_id",
                "t163"."group_id",
                "t163"."course_id",
                "t163"."role",
                "t163"."starts_on",
                "t163"."ends_on",
                "t163"."outcome",
                "t163"."source_name",
                "t36"."link_source",
                "t36"."link_course",
                "t36"."joined_id"
              FROM (
                SELECT
                  CAST("t150"."learner_id" AS VARCHAR) AS "learner_id",
                  "t150"."group_id",
                  CAST("t150"."course_id" AS VARCHAR) AS "course_id",
                  CAST('learner' AS VARCHAR) AS "role",
                  "t150"."starts_on",
                  "t150"."ends_on",
                  CAST(NULL AS VARCHAR) AS "outcome",
                  "t150"."source_name"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t115"."source_name",
                      "t115"."learner_id",
                      "t115"."group_id",
                      "t115"."course_id",
                      GREATEST("t115"."first_on", "t115"."joined_on") AS "starts_on",
                      CAST(NULL AS DATE) AS "ends_on"
                    FROM (
                      SELECT
                        "t92"."source_name",
                        "t92"."learner_id",
                        "t92"."course_id",
                        "t92"."first_on",
                        "t91"."group_id",
                        "t91"."joined_on"
                      FROM (
                        SELECT
                          "t70"."source_name",
                          "t70"."learner_id",
                          "t70"."course_id",
                          MIN("t70"."answered_on") AS "first_on"
                        FROM (
                          SELECT
                            "t48"."slice",
                            "t48"."source_name",
                            "t48"."position",
                            "t48"."client_id",
                            "t48"."activity_id",
                            "t48"."number",
                            "t48"."course",
                            "t48"."course_title",
                            "t48"."level",
                            "t48"."weight",
                            "t48"."word_id",
                            "t48"."word_title",
                            "t48"."category",
                            "t48"."answered_at",
                            "t48"."answered_on",
                            "t48"."correct",
                            "t48"."hints",
                            "t48"."duration_s",
                            "t48"."response",
                            "t48"."source_name" AS "source",
                            "t48"."source_name" || ':' || "t48"."client_id" AS "learner_id",
                            'vocabulary/' || "t48"."course" AS "course_id",
                            "t48"."source_name" || ':' || CAST("t48"."activity_id" AS VARCHAR) || '-' || CAST("t48"."number" AS VARCHAR) AS "attempt_id",
                            "t48"."word_id" AS "item_id",
                            "t48"."category" AS "topic_id",
                            "t48"."level" AS "level_id",
                            'answer' AS "kind",
                            CASE WHEN "t48"."correct" THEN 1 ELSE 0 END AS "score",
                            "t48"."answered_at" AS "at"
                          FROM "t37" AS "t48"
                        ) AS "t70"
                        GROUP BY
                          1,
                          2,
                          3
                      ) AS "t92"
                      INNER JOIN "t79" AS "t91"
                        ON "t92"."source_name" = "t91"."source_name"
                        AND "t92"."learner_id" = "t91"."learner_id"
                    ) AS "t115"
                  ) AS "t129"
                  UNION ALL
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t125"."source_name",
                      "t125"."learner_id",
                      CAST(NULL AS VARCHAR) AS "group_id",
                      "t125"."course_id",
                      "t125"."first_on" AS "starts_on",
                      CAST(CAST("t125"."joined_on" AS TIMESTAMP) - INTERVAL '1 DAY' AS DATE) AS "ends_on"
                    FROM (
                      SELECT
                        "t92"."source_name",
                        "t92"."learner_id",
                        "t92"."course_id",
                        "t92"."first_on",
                        "t104"."source_name" AS "source_name_right",
                        "t104"."learner_id" AS "learner_id_right",
                        "t104"."joined_on"
                      FROM (
                        SELECT
                          "t70"."source_name",
                          "t70"."learner_id",
                          "t70"."course_id",
                          MIN("t70"."answered_on") AS "first_on"
                        FROM (
                          SELECT
                            "t48"."slice",
                            "t48"."source_name",
                            "t48"."position",
                            "t48"."client_id",
                            "t48"."activity_id",
                            "t48"."number",
                            "t48"."course",
                            "t48"."course_title",
                            "t48"."level",
                            "t48"."weight",
                            "t48"."word_id",
                            "t48"."word_title",
                            "t48"."category",
                            "t48"."answered_at",
                            "t48"."answered_on",
                            "t48"."correct",
                            "t48"."hints",
                            "t48"."duration_s",
                            "t48"."response",
                            "t48"."source_name" AS "source",
                            "t48"."source_name" || ':' || "t48"."client_id" AS "learner_id",
                            'vocabulary/' || "t48"."course" AS "course_id",
                            "t48"."source_name" || ':' || CAST("t48"."activity_id" AS VARCHAR) || '-' || CAST("t48"."number" AS VARCHAR) AS "attempt_id",
                            "t48"."word_id" AS "item_id",
                            "t48"."category" AS "topic_id",
                            "t48"."level" AS "level_id",
                            'answer' AS "kind",
                            CASE WHEN "t48"."correct" THEN 1 ELSE 0 END AS "score",
                            "t48"."answered_at" AS "at"
                          FROM "t37" AS "t48"
                        ) AS "t70"
                        GROUP BY
                          1,
                          2,
                          3
                      ) AS "t92"
                      LEFT OUTER JOIN (
                        SELECT
                          "t82"."source_name",
                          "t82"."learner_id",
                          MIN("t82"."joined_on") AS "joined_on"
                        FROM "t79" AS "t82"
                        GROUP BY
                          1,
                          2
                      ) AS "t104"
                        ON "t92"."source_name" = "t104"."source_name"
                        AND "t92"."learner_id" = "t104"."learner_id"
                    ) AS "t125"
                    WHERE
                      (
                        "t125"."joined_on" IS NULL
                      ) OR (
                        "t125"."first_on" < "t125"."joined_on"
                      )
                  ) AS "t147"
                ) AS "t150"
              ) AS "t163"
              LEFT OUTER JOIN (
                SELECT
                  "t0"."source" AS "link_source",
                  "t0"."external_id" AS "link_course",
                  "t0"."course_id" AS "joined_id"
                FROM "course_links" AS "t0"
              ) AS "t36"
                ON "t163"."source_name" = "t36"."link_source"
                AND "t163"."course_id" = "t36"."link_course"
            ) AS "t172"
          ) AS "t179"
        ) AS "t220"
      ) AS "t221"
      WHERE
        COALESCE(STARTS_WITH("t221"."group_id", 'groups:'), FALSE)
        AND "t221"."role" = 'learner'
    ) AS "t222"
  ) AS "t224"
    ON "t212"."learner_id" = "t224"."learner_id"
    AND "t212"."course_id" = "t224"."course_id"
) AS "t225"

-- items --
-- Something a learner answers or hands in: a task, a quiz, an assessment.
WITH "t61" AS (
  SELECT DISTINCT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t51"."source_name",
        "t51"."course_id",
        "t51"."unit_id"
      FROM (
        SELECT
          "t48"."slice",
          "t48"."source_name",
          "t48"."position",
          "t48"."course",
          "t48"."course_id",
          "t48"."grade_id",
          "t48"."unit_type",
          "t48"."user_id",
          "t48"."email",
          "t48"."unit_id",
          "t48"."grade",
          "t48"."score",
          "t48"."created_at",
          "t48"."modified_at",
          "t48"."submitted_at"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t13"."name" AS "slice",
              "t13"."source" AS "source_name",
              "t18"."position",
              "t18"."course",
              "t18"."course_id",
              "t18"."grade_id",
              "t18"."unit_type",
              "t18"."user_id",
              "t18"."email",
              "t18"."unit_id",
              "t18"."grade",
              "t18"."score",
              "t18"."created_at",
              "t18"."modified_at",
              "t18"."submitted_at",
              "t32"."now_course",
              "t32"."now_id"
            FROM "learnworlds_grades" AS "t18"
            LEFT OUTER JOIN "slices" AS "t13"
              ON "t18"."slice_id" = "t13"."slice_id"
            LEFT OUTER JOIN (
              SELECT DISTINCT
                "t27"."course" AS "now_course",
                "t27"."course_id" AS "now_id"
              FROM (
                SELECT
                  "t13"."name" AS "slice",
                  "t13"."source" AS "source_name",
                  "t20"."position",
                  "t20"."course",
                  "t20"."course_id",
                  "t20"."category",
                  "t20"."title",
                  "t20"."access",
                  "t20"."starts_on",
                  "t20"."ends_on",
                  "t20"."created_at"
                FROM "learnworlds_courses" AS "t20"
                LEFT OUTER JOIN "slices" AS "t13"
                  ON "t20"."slice_id" = "t13"."slice_id"
              ) AS "t27"
            ) AS "t32"
              ON "t18"."course" = "t32"."now_course"
          ) AS "t39"
          WHERE
            (
              "t39"."now_id" IS NULL
            ) OR (
              "t39"."now_id" = "t39"."course_id"
            )
        ) AS "t48"
      ) AS "t51"
    ) AS "t55"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t52"."source_name",
        "t52"."course_id",
        "t52"."unit_id"
      FROM (
        SELECT
          "t49"."slice",
          "t49"."source_name",
          "t49"."position",
          "t49"."course",
          "t49"."course_id",
          "t49"."response_id",
          "t49"."user_id",
          "t49"."email",
          "t49"."unit_id",
          "t49"."grade",
          "t49"."score",
          "t49"."created_at",
          "t49"."modified_at",
          "t49"."submitted_at",
          "t49"."passed",
          "t49"."blocks",
          "t49"."points",
          "t49"."max_points",
          "t49"."answer"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t13"."name" AS "slice",
              "t13"."source" AS "source_name",
              "t19"."position",
              "t19"."course",
              "t19"."course_id",
              "t19"."response_id",
              "t19"."user_id",
              "t19"."email",
              "t19"."unit_id",
              "t19"."grade",
              "t19"."score",
              "t19"."created_at",
              "t19"."modified_at",
              "t19"."submitted_at",
              "t19"."passed",
              "t19"."blocks",
              "t19"."points",
              "t19"."max_points",
              "t19"."answer",
              "t32"."now_course",
              "t32"."now_id"
            FROM "learnworlds_responses" AS "t19"
            LEFT OUTER JOIN "slices" AS "t13"
              ON "t19"."slice_id" = "t13"."slice_id"
            LEFT OUTER JOIN (
              SELECT DISTINCT
                "t27"."course" AS "now_course",
                "t27"."course_id" AS "now_id"
              FROM (
                SELECT
                  "t13"."name" AS "slice",
                  "t13"."source" AS "source_name",
                  "t20"."position",
                  "t20"."course",
                  "t20"."course_id",
                  "t20"."category",
                  "t20"."title",
                  "t20"."access",
                  "t20"."starts_on",
                  "t20"."ends_on",
                  "t20"."created_at"
                FROM "learnworlds_courses" AS "t20"
                LEFT OUTER JOIN "slices" AS "t13"
                  ON "t20"."slice_id" = "t13"."slice_id"
              ) AS "t27"
            ) AS "t32"
              ON "t19"."course" = "t32"."now_course"
          ) AS "t40"
          WHERE
            (
              "t40"."now_id" IS NULL
            ) OR (
              "t40"."now_id" = "t40"."course_id"
            )
        ) AS "t49"
      ) AS "t52"
    ) AS "t56"
  ) AS "t60"
)
SELECT
  "t99"."item_id",
  "t99"."course_id",
  "t99"."title",
  "t99"."topic_id",
  "t99"."level_id",
  "t99"."kind",
  "t99"."max_score",
  "t99"."weight",
  "t99"."due_on",
  "t99"."active"
FROM (
  SELECT
    "t98"."course_id",
    "t98"."item_id",
    (
      ARRAY_AGG("t98"."title" ORDER BY "t98"."own" DESC NULLS LAST, "t98"."source_name" ASC) FILTER(WHERE
        "t98"."title" IS NOT NULL AND "t98"."title" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t98"."title" ORDER BY "t98"."own" DESC NULLS LAST, "t98"."source_name" ASC) FILTER(WHERE
          "t98"."title" IS NOT NULL AND "t98"."title" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "title",
    (
      ARRAY_AGG("t98"."topic_id" ORDER BY "t98"."own" DESC NULLS LAST, "t98"."source_name" ASC) FILTER(WHERE
        "t98"."topic_id" IS NOT NULL AND "t98"."topic_id" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t98"."topic_id" ORDER BY "t98"."own" DESC NULLS LAST, "t98"."source_name" ASC) FILTER(WHERE
          "t98"."topic_id" IS NOT NULL AND "t98"."topic_id" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "topic_id",
    (
      ARRAY_AGG("t98"."level_id" ORDER BY "t98"."own" DESC NULLS LAST, "t98"."source_name" ASC) FILTER(WHERE
        "t98"."level_id" IS NOT NULL AND "t98"."level_id" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t98"."level_id" ORDER BY "t98"."own" DESC NULLS LAST, "t98"."source_name" ASC) FILTER(WHERE
          "t98"."level_id" IS NOT NULL AND "t98"."level_id" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "level_id",
    (
      ARRAY_AGG("t98"."kind" ORDER BY "t98"."own" DESC NULLS LAST, "t98"."source_name" ASC) FILTER(WHERE
        "t98"."kind" IS NOT NULL AND "t98"."kind" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t98"."kind" ORDER BY "t98"."own" DESC NULLS LAST, "t98"."source_name" ASC) FILTER(WHERE
          "t98"."kind" IS NOT NULL AND "t98"."kind" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "kind",
    (
      ARRAY_AGG("t98"."max_score" ORDER BY "t98"."own" DESC NULLS LAST, "t98"."source_name" ASC) FILTER(WHERE
        "t98"."max_score" IS NOT NULL AND "t98"."max_score" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t98"."max_score" ORDER BY "t98"."own" DESC NULLS LAST, "t98"."source_name" ASC) FILTER(WHERE
          "t98"."max_score" IS NOT NULL AND "t98"."max_score" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "max_score",
    (
      ARRAY_AGG("t98"."weight" ORDER BY "t98"."own" DESC NULLS LAST, "t98"."source_name" ASC) FILTER(WHERE
        "t98"."weight" IS NOT NULL AND "t98"."weight" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t98"."weight" ORDER BY "t98"."own" DESC NULLS LAST, "t98"."source_name" ASC) FILTER(WHERE
          "t98"."weight" IS NOT NULL AND "t98"."weight" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "weight",
    (
      ARRAY_AGG("t98"."due_on" ORDER BY "t98"."own" DESC NULLS LAST, "t98"."source_name" ASC) FILTER(WHERE
        "t98"."due_on" IS NOT NULL AND "t98"."due_on" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t98"."due_on" ORDER BY "t98"."own" DESC NULLS LAST, "t98"."source_name" ASC) FILTER(WHERE
          "t98"."due_on" IS NOT NULL AND "t98"."due_on" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "due_on",
    (
      ARRAY_AGG("t98"."active" ORDER BY "t98"."own" DESC NULLS LAST, "t98"."source_name" ASC) FILTER(WHERE
        "t98"."active" IS NOT NULL AND "t98"."active" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t98"."active" ORDER BY "t98"."own" DESC NULLS LAST, "t98"."source_name" ASC) FILTER(WHERE
          "t98"."active" IS NOT NULL AND "t98"."active" IS NOT NULL)
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
          "t81"."item_id",
          COALESCE("t81"."joined_id", "t81"."course_id") AS "course_id",
          "t81"."title",
          "t81"."topic_id",
          "t81"."level_id",
          "t81"."kind",
          "t81"."max_score",
          "t81"."weight",
          "t81"."due_on",
          "t81"."active",
          "t81"."source_name",
          "t81"."joined_id" IS NULL AS "own"
        FROM (
          SELECT
            "t77"."item_id",
            "t77"."course_id",
            "t77"."title",
            "t77"."topic_id",
            "t77"."level_id",
            "t77"."kind",
            "t77"."max_score",
            "t77"."weight",
            "t77"."due_on",
            "t77"."active",
            "t77"."source_name",
            "t22"."link_source",
            "t22"."link_course",
            "t22"."joined_id"
          FROM (
            SELECT
              CAST("t70"."item_id" AS VARCHAR) AS "item_id",
              CAST("t70"."course_id" AS VARCHAR) AS "course_id",
              CAST(NULL AS VARCHAR) AS "title",
              CAST(NULL AS VARCHAR) AS "topic_id",
              CAST(NULL AS VARCHAR) AS "level_id",
              'task' AS "kind",
              CAST(NULL AS DECIMAL(9, 6)) AS "max_score",
              CAST(NULL AS DECIMAL(12, 6)) AS "weight",
              CAST(NULL AS DATE) AS "due_on",
              CAST(TRUE AS BOOLEAN) AS "active",
              "t70"."source_name"
            FROM (
              SELECT DISTINCT
                "t64"."source_name",
                "t64"."course_id",
                "t64"."item_id"
              FROM (
                SELECT
                  "t46"."slice",
                  "t46"."source_name",
                  "t46"."position",
                  "t46"."user_id",
                  "t46"."oauth_consumer_key",
                  "t46"."lis_result_sourcedid",
                  "t46"."lis_outcome_service_url",
                  "t46"."is_correct",
                  "t46"."attempt_type",
                  "t46"."created_at",
                  "t46"."source",
                  "t46"."learner_id",
                  "t46"."at",
                  "t46"."sourcedid",
                  "t46"."category",
                  "t46"."course",
                  "t46"."item_id",
                  "t46"."source" || ':' || SHA256(
                    "t46"."user_id" || ' ' || CAST(EPOCH_US("t46"."at") AS VARCHAR) || ' ' || "t46"."attempt_type" || ' ' || COALESCE("t46"."lis_result_sourcedid", '')
                  ) AS "attempt_id",
                  "t46"."category" || '/' || "t46"."course" AS "course_id",
                  CASE WHEN "t46"."attempt_type" = 'submit' THEN 'answer' ELSE 'run' END AS "kind",
                  "t46"."is_correct" AS "correct",
                  CASE
                    WHEN "t46"."is_correct"
                    THEN 1
                    WHEN NOT (
                      "t46"."is_correct"
                    )
                    THEN 0
                    ELSE CAST(NULL AS BIGINT)
                  END AS "score"
                FROM (
                  SELECT
                    "t34"."slice",
                    "t34"."source_name",
                    "t34"."position",
                    "t34"."user_id",
                    "t34"."oauth_consumer_key",
                    "t34"."lis_result_sourcedid",
                    "t34"."lis_outcome_service_url",
                    "t34"."is_correct",
                    "t34"."attempt_type",
                    "t34"."created_at",
                    "t34"."source",
                    "t34"."learner_id",
                    "t34"."at",
                    "t34"."sourcedid",
                    CASE
                      WHEN "t34"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t34"."sourcedid" ~ (
                          '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t34"."sourcedid",
                            '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[2]
                        ELSE NULL
                      END
                      WHEN "t34"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t34"."sourcedid" ~ (
                          '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t34"."sourcedid",
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[2]
                        ELSE NULL
                      END
                      ELSE CAST(NULL AS VARCHAR)
                    END AS "category",
                    CASE
                      WHEN "t34"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t34"."sourcedid" ~ (
                          '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t34"."sourcedid",
                            '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[3]
                        ELSE NULL
                      END
                      WHEN "t34"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t34"."sourcedid" ~ (
                          '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t34"."sourcedid",
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[3]
                        ELSE NULL
                      END || '+' || CASE
                        WHEN "t34"."sourcedid" ~ (
                          '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t34"."sourcedid",
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[4]
                        ELSE NULL
                      END
                      ELSE CAST(NULL AS VARCHAR)
                    END AS "course",
                    CASE
                      WHEN "t34"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t34"."sourcedid" ~ (
                          '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t34"."sourcedid",
                            '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[5]
                        ELSE NULL
                      END
                      WHEN "t34"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t34"."sourcedid" ~ (
                          '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t34"."sourcedid",
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[5]
                        ELSE NULL
                      END
                      ELSE CAST(NULL AS VARCHAR)
                    END AS "item_id"
                  FROM (
                    SELECT
                      "t25"."slice",
                      "t25"."source_name",
                      "t25"."position",
                      "t25"."user_id",
                      "t25"."oauth_consumer_key",
                      "t25"."lis_result_sourcedid",
                      "t25"."lis_outcome_service_url",
                      "t25"."is_correct",
                      "t25"."attempt_type",
                      "t25"."created_at",
                      "t25"."source_name" AS "source",
                      "t25"."user_id" AS "learner_id",
                      TIMEZONE('UTC', "t25"."created_at") AS "at",
                      REPLACE(
                        REPLACE(REPLACE(REPLACE("t25"."lis_result_sourcedid", '%3A', ':'), '%2B', '+'), '%2F', '/'),
                        '%40',
                        '@'
                      ) AS "sourcedid"
                    FROM (
                      SELECT
                        "t13"."name" AS "slice",
                        "t13"."source" AS "source_name",
                        "t15"."position",
                        "t15"."user_id",
                        "t15"."oauth_consumer_key",
                        "t15"."lis_result_sourcedid",
                        "t15"."lis_outcome_service_url",
                        "t15"."is_correct",
                        "t15"."attempt_type",
                        "t15"."created_at"
                      FROM "grader_attempts" AS "t15"
                      LEFT OUTER JOIN "slices" AS "t13"
                        ON "t15"."slice_id" = "t13"."slice_id"
                    ) AS "t25"
                  ) AS "t34"
                ) AS "t46"
              ) AS "t64"
              WHERE
                "t64"."course_id" IS NOT NULL AND "t64"."item_id" IS NOT NULL
            ) AS "t70"
          ) AS "t77"
          LEFT OUTER JOIN (
            SELECT
              "t0"."source" AS "link_source",
              "t0"."external_id" AS "link_course",
              "t0"."course_id" AS "joined_id"
            FROM "course_links" AS "t0"
          ) AS "t22"
            ON "t77"."source_name" = "t22"."link_source"
            AND "t77"."course_id" = "t22"."link_course"
        ) AS "t81"
      ) AS "t86"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t95"."item_id",
          COALESCE("t95"."joined_id", "t95"."course_id") AS "course_id",
          "t95"."title",
          "t95"."topic_id",
          "t95"."level_id",
          "t95"."kind",
          "t95"."max_score",
          "t95"."weight",
          "t95"."due_on",
          "t95"."active",
          "t95"."source_name",
          "t95"."joined_id" IS NULL AS "own"
        FROM (
          SELECT
            "t94"."item_id",
            "t94"."course_id",
            "t94"."title",
            "t94"."topic_id",
            "t94"."level_id",
            "t94"."kind",
            "t94"."max_score",
            "t94"."weight",
            "t94"."due_on",
            "t94"."active",
            "t94"."source_name",
            "t22"."link_source",
            "t22"."link_course",
            "t22"."joined_id"
          FROM (
            SELECT
              CAST("t92"."item_id" AS VARCHAR) AS "item_id",
              CAST("t92"."course_id" AS VARCHAR) AS "course_id",
              "t92"."title",
              "t92"."topic_id",
              CAST(NULL AS VARCHAR) AS "level_id",
              "t92"."kind",
              CAST(100 AS DECIMAL(9, 6)) AS "max_score",
              CAST(NULL AS DECIMAL(12, 6)) AS "weight",
              CAST(NULL AS DATE) AS "due_on",
              CAST("t92"."active" AS BOOLEAN) AS "active",
              "t92"."source_name"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t78"."source_name",
                    "t78"."course_id",
                    "t78"."unit_id" AS "item_id",
                    "t78"."unit_title" AS "title",
                    "t78"."section_id" AS "topic_id",
                    "t78"."unit_type" AS "kind",
                    TRUE AS "active"
                  FROM (
                    SELECT
                      "t74"."slice",
                      "t74"."source_name",
                      "t74"."position",
                      "t74"."course",
                      "t74"."course_id",
                      "t74"."category",
                      "t74"."course_title",
                      "t74"."section_id",
                      "t74"."section_title",
                      "t74"."unit_id",
                      "t74"."unit_type",
                      "t74"."unit_title",
                      "t74"."graded"
                    FROM (
                      SELECT
                        *
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
                          "t59"."graded",
                          ROW_NUMBER() OVER (
                            PARTITION BY "t59"."source_name", "t59"."course_id", "t59"."unit_id"
                            ORDER BY "t59"."slice" DESC NULLS LAST, "t59"."position" DESC NULLS LAST
                            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                          ) - 1 AS "_place"
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
                              "t47"."category",
                              "t47"."course_title",
                              "t47"."section_id",
                              "t47"."section_title",
                              "t47"."unit_id",
                              "t47"."unit_type",
                              "t47"."unit_title",
                              "t47"."graded"
                            FROM (
                              SELECT
                                *
                              FROM (
                                SELECT
                                  "t13"."name" AS "slice",
                                  "t13"."source" AS "source_name",
                                  "t17"."position",
                                  "t17"."course",
                                  "t17"."course_id",
                                  "t17"."category",
                                  "t17"."course_title",
                                  "t17"."section_id",
                                  "t17"."section_title",
                                  "t17"."unit_id",
                                  "t17"."unit_type",
                                  "t17"."unit_title",
                                  "t17"."graded",
                                  "t32"."now_course",
                                  "t32"."now_id"
                                FROM "learnworlds_contents" AS "t17"
                                LEFT OUTER JOIN "slices" AS "t13"
                                  ON "t17"."slice_id" = "t13"."slice_id"
                                LEFT OUTER JOIN (
                                  SELECT DISTINCT
                                    "t27"."course" AS "now_course",
                                    "t27"."course_id" AS "now_id"
                                  FROM (
                                    SELECT
                                      "t13"."name" AS "slice",
                                      "t13"."source" AS "source_name",
                                      "t20"."position",
                                      "t20"."course",
                                      "t20"."course_id",
                                      "t20"."category",
                                      "t20"."title",
                                      "t20"."access",
                                      "t20"."starts_on",
                                      "t20"."ends_on",
                                      "t20"."created_at"
                                    FROM "learnworlds_courses" AS "t20"
                                    LEFT OUTER JOIN "slices" AS "t13"
                                      ON "t20"."slice_id" = "t13"."slice_id"
                                  ) AS "t27"
                                ) AS "t32"
                                  ON "t17"."course" = "t32"."now_course"
                              ) AS "t38"
                              WHERE
                                (
                                  "t38"."now_id" IS NULL
                                ) OR (
                                  "t38"."now_id" = "t38"."course_id"
                                )
                            ) AS "t47"
                          ) AS "t50"
                          WHERE
                            "t50"."unit_id" IS NOT NULL
                        ) AS "t59"
                      ) AS "t69"
                      WHERE
                        "t69"."_place" = 0
                    ) AS "t74"
                  ) AS "t78"
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
                              "t76"."source_name",
                              "t76"."course_id",
                              "t76"."unit_id"
                            FROM (
                              SELECT
                                "t74"."slice",
                                "t74"."source_name",
                                "t74"."position",
                                "t74"."course",
                                "t74"."course_id",
                                "t74"."category",
                                "t74"."course_title",
                                "t74"."section_id",
                                "t74"."section_title",
                                "t74"."unit_id",
                                "t74"."unit_type",
                                "t74"."unit_title",
                                "t74"."graded"
                              FROM (
                                SELECT
                                  *
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
                                    "t59"."graded",
                                    ROW_NUMBER() OVER (
                                      PARTITION BY "t59"."source_name", "t59"."course_id", "t59"."unit_id"
                                      ORDER BY "t59"."slice" DESC NULLS LAST, "t59"."position" DESC NULLS LAST
                                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                    ) - 1 AS "_place"
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
                                        "t47"."category",
                                        "t47"."course_title",
                                        "t47"."section_id",
                                        "t47"."section_title",
                                        "t47"."unit_id",
                                        "t47"."unit_type",
                                        "t47"."unit_title",
                                        "t47"."graded"
                                      FROM (
                                        SELECT
                                          *
                                        FROM (
                                          SELECT
                                            "t13"."name" AS "slice",
                                            "t13"."source" AS "source_name",
                                            "t17"."position",
                                            "t17"."course",
                                            "t17"."course_id",
                                            "t17"."category",
                                            "t17"."course_title",
                                            "t17"."section_id",
                                            "t17"."section_title",
                                            "t17"."unit_id",
                                            "t17"."unit_type",
                                            "t17"."unit_title",
                                            "t17"."graded",
                                            "t32"."now_course",
                                            "t32"."now_id"
                                          FROM "learnworlds_contents" AS "t17"
                                          LEFT OUTER JOIN "slices" AS "t13"
                                            ON "t17"."slice_id" = "t13"."slice_id"
                                          LEFT OUTER JOIN (
                                            SELECT DISTINCT
                                              "t27"."course" AS "now_course",
                                              "t27"."course_id" AS "now_id"
                                            FROM (
                                              SELECT
                                                "t13"."name" AS "slice",
                                                "t13"."source" AS "source_name",
                                                "t20"."position",
                                                "t20"."course",
                                                "t20"."course_id",
                                                "t20"."category",
                                                "t20"."title",
                                                "t20"."access",
                                                "t20"."starts_on",
                                                "t20"."ends_on",
                                                "t20"."created_at"
                                              FROM "learnworlds_courses" AS "t20"
                                              LEFT OUTER JOIN "slices" AS "t13"
                                                ON "t20"."slice_id" = "t13"."slice_id"
                                            ) AS "t27"
                                          ) AS "t32"
                                            ON "t17"."course" = "t32"."now_course"
                                        ) AS "t38"
                                        WHERE
                                          (
                                            "t38"."now_id" IS NULL
                                          ) OR (
                                            "t38"."now_id" = "t38"."course_id"
                                          )
                                      ) AS "t47"
                                    ) AS "t50"
                                    WHERE
                                      "t50"."unit_id" IS NOT NULL
                                  ) AS "t59"
                                ) AS "t69"
                                WHERE
                                  "t69"."_place" = 0
                              ) AS "t74"
                            ) AS "t76"
                            WHERE
                              "t76"."graded"
                          ) AS "t80"
                          UNION ALL
                          SELECT
                            *
                          FROM (
                            SELECT
                              *
                            FROM (
                              SELECT
                                "t78"."source_name",
                                "t78"."course_id",
                                "t78"."unit_id"
                              FROM (
                                SELECT
                                  "t74"."slice",
                                  "t74"."source_name",
                                  "t74"."position",
                                  "t74"."course",
                                  "t74"."course_id",
                                  "t74"."category",
                                  "t74"."course_title",
                                  "t74"."section_id",
                                  "t74"."section_title",
                                  "t74"."unit_id",
                                  "t74"."unit_type",
                                  "t74"."unit_title",
                                  "t74"."graded"
                                FROM (
                                  SELECT
                                    *
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
                                      "t59"."graded",
                                      ROW_NUMBER() OVER (
                                        PARTITION BY "t59"."source_name", "t59"."course_id", "t59"."unit_id"
                                        ORDER BY "t59"."slice" DESC NULLS LAST, "t59"."position" DESC NULLS LAST
                                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                      ) - 1 AS "_place"
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
                                          "t47"."category",
                                          "t47"."course_title",
                                          "t47"."section_id",
                                          "t47"."section_title",
                                          "t47"."unit_id",
                                          "t47"."unit_type",
                                          "t47"."unit_title",
                                          "t47"."graded"
                                        FROM (
                                          SELECT
                                            *
                                          FROM (
                                            SELECT
                                              "t13"."name" AS "slice",
                                              "t13"."source" AS "source_name",
                                              "t17"."position",
                                              "t17"."course",
                                              "t17"."course_id",
                                              "t17"."category",
                                              "t17"."course_title",
                                              "t17"."section_id",
                                              "t17"."section_title",
                                              "t17"."unit_id",
                                              "t17"."unit_type",
                                              "t17"."unit_title",
                                              "t17"."graded",
                                              "t32"."now_course",
                                              "t32"."now_id"
                                            FROM "learnworlds_contents" AS "t17"
                                            LEFT OUTER JOIN "slices" AS "t13"
                                              ON "t17"."slice_id" = "t13"."slice_id"
                                            LEFT OUTER JOIN (
                                              SELECT DISTINCT
                                                "t27"."course" AS "now_course",
                                                "t27"."course_id" AS "now_id"
                                              FROM (
                                                SELECT
                                                  "t13"."name" AS "slice",
                                                  "t13"."source" AS "source_name",
                                                  "t20"."position",
                                                  "t20"."course",
                                                  "t20"."course_id",
                                                  "t20"."category",
                                                  "t20"."title",
                                                  "t20"."access",
                                                  "t20"."starts_on",
                                                  "t20"."ends_on",
                                                  "t20"."created_at"
                                                FROM "learnworlds_courses" AS "t20"
                                                LEFT OUTER JOIN "slices" AS "t13"
                                                  ON "t20"."slice_id" = "t13"."slice_id"
                                              ) AS "t27"
                                            ) AS "t32"
                                              ON "t17"."course" = "t32"."now_course"
                                          ) AS "t38"
                                          WHERE
                                            (
                                              "t38"."now_id" IS NULL
                                            ) OR (
                                              "t38"."now_id" = "t38"."course_id"
                                            )
                                        ) AS "t47"
                                      ) AS "t50"
                                      WHERE
                                        "t50"."unit_id" IS NOT NULL
                                    ) AS "t59"
                                  ) AS "t69"
                                  WHERE
                                    "t69"."_place" = 0
                                ) AS "t74"
                              ) AS "t78"
                              WHERE
                                EXISTS(
                                  SELECT
                                    1
                                  FROM "t61" AS "t68"
                                  WHERE
                                    "t78"."source_name" = "t68"."source_name"
                                    AND "t78"."course_id" = "t68"."course_id"
                                    AND "t78"."unit_id" = "t68"."unit_id"
                                )
                            ) AS "t82"
                          ) AS "t84"
                        ) AS "t87"
                      ) AS "t89"
                      WHERE
                        "t78"."source_name" = "t89"."source_name"
                        AND "t78"."course_id" = "t89"."course_id"
                        AND "t78"."unit_id" = "t89"."unit_id"
                    )
                ) AS "t90"
              ) AS "t91"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t67"."source_name",
                    "t67"."course_id",
                    "t67"."unit_id" AS "item_id",
                    CAST(NULL AS VARCHAR) AS "title",
                    CAST(NULL AS VARCHAR) AS "topic_id",
                    CAST(NULL AS VARCHAR) AS "kind",
                    FALSE AS "active"
                  FROM "t61" AS "t67"
                  WHERE
                    NOT EXISTS(
                      SELECT
                        1
                      FROM (
                        SELECT
                          "t74"."slice",
                          "t74"."source_name",
                          "t74"."position",
                          "t74"."course",
                          "t74"."course_id",
                          "t74"."category",
                          "t74"."course_title",
                          "t74"."section_id",
                          "t74"."section_title",
                          "t74"."unit_id",
                          "t74"."unit_type",
                          "t74"."unit_title",
                          "t74"."graded"
                        FROM (
                          SELECT
                            *
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
                              "t59"."graded",
                              ROW_NUMBER() OVER (
                                PARTITION BY "t59"."source_name", "t59"."course_id", "t59"."unit_id"
                                ORDER BY "t59"."slice" DESC NULLS LAST, "t59"."position" DESC NULLS LAST
                                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                              ) - 1 AS "_place"
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
                                  "t47"."category",
                                  "t47"."course_title",
                                  "t47"."section_id",
                                  "t47"."section_title",
                                  "t47"."unit_id",
                                  "t47"."unit_type",
                                  "t47"."unit_title",
                                  "t47"."graded"
                                FROM (
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      "t13"."name" AS "slice",
                                      "t13"."source" AS "source_name",
                                      "t17"."position",
                                      "t17"."course",
                                      "t17"."course_id",
                                      "t17"."category",
                                      "t17"."course_title",
                                      "t17"."section_id",
                                      "t17"."section_title",
                                      "t17"."unit_id",
                                      "t17"."unit_type",
                                      "t17"."unit_title",
                                      "t17"."graded",
                                      "t32"."now_course",
                                      "t32"."now_id"
                                    FROM "learnworlds_contents" AS "t17"
                                    LEFT OUTER JOIN "slices" AS "t13"
                                      ON "t17"."slice_id" = "t13"."slice_id"
                                    LEFT OUTER JOIN (
                                      SELECT DISTINCT
                                        "t27"."course" AS "now_course",
                                        "t27"."course_id" AS "now_id"
                                      FROM (
                                        SELECT
                                          "t13"."name" AS "slice",
                                          "t13"."source" AS "source_name",
                                          "t20"."position",
                                          "t20"."course",
                                          "t20"."course_id",
                                          "t20"."category",
                                          "t20"."title",
                                          "t20"."access",
                                          "t20"."starts_on",
                                          "t20"."ends_on",
                                          "t20"."created_at"
                                        FROM "learnworlds_courses" AS "t20"
                                        LEFT OUTER JOIN "slices" AS "t13"
                                          ON "t20"."slice_id" = "t13"."slice_id"
                                      ) AS "t27"
                                    ) AS "t32"
                                      ON "t17"."course" = "t32"."now_course"
                                  ) AS "t38"
                                  WHERE
                                    (
                                      "t38"."now_id" IS NULL
                                    ) OR (
                                      "t38"."now_id" = "t38"."course_id"
                                    )
                                ) AS "t47"
                              ) AS "t50"
                              WHERE
                                "t50"."unit_id" IS NOT NULL
                            ) AS "t59"
                          ) AS "t69"
                          WHERE
                            "t69"."_place" = 0
                        ) AS "t74"
                      ) AS "t79"
                      WHERE
                        "t67"."source_name" = "t79"."source_name"
                        AND "t67"."course_id" = "t79"."course_id"
                        AND "t67"."unit_id" = "t79"."unit_id"
                    )
                ) AS "t83"
              ) AS "t85"
            ) AS "t92"
          ) AS "t94"
          LEFT OUTER JOIN (
            SELECT
              "t0"."source" AS "link_source",
              "t0"."external_id" AS "link_course",
              "t0"."course_id" AS "joined_id"
            FROM "course_links" AS "t0"
          ) AS "t22"
            ON "t94"."source_name" = "t22"."link_source"
            AND "t94"."course_id" = "t22"."link_course"
        ) AS "t95"
      ) AS "t96"
    ) AS "t97"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t57"."item_id",
          COALESCE("t57"."joined_id", "t57"."course_id") AS "course_id",
          "t57"."title",
          "t57"."topic_id",
          "t57"."level_id",
          "t57"."kind",
          "t57"."max_score",
          "t57"."weight",
          "t57"."due_on",
          "t57"."active",
          "t57"."source_name",
          "t57"."joined_id" IS NULL AS "own"
        FROM (
          SELECT
            "t44"."item_id",
            "t44"."course_id",
            "t44"."title",
            "t44"."topic_id",
            "t44"."level_id",
            "t44"."kind",
            "t44"."max_score",
            "t44"."weight",
            "t44"."due_on",
            "t44"."active",
            "t44"."source_name",
            "t22"."link_source",
            "t22"."link_course",
            "t22"."joined_id"
          FROM (
            SELECT
              CAST("t35"."item_id" AS VARCHAR) AS "item_id",
              CAST("t35"."course_id" AS VARCHAR) AS "course_id",
              "t35"."title",
              "t35"."topic_id",
              "t35"."level_id",
              'word' AS "kind",
              CAST(NULL AS DECIMAL(9, 6)) AS "max_score",
              CAST("t35"."weight" AS DECIMAL(12, 6)) AS "weight",
              CAST(NULL AS DATE) AS "due_on",
              CAST(TRUE AS BOOLEAN) AS "active",
              "t35"."source_name"
            FROM (
              SELECT
                "t33"."source_name",
                "t33"."course_id",
                "t33"."item_id",
                MAX("t33"."word_title") AS "title",
                MAX("t33"."topic_id") AS "topic_id",
                MAX("t33"."level_id") AS "level_id",
                MAX("t33"."weight") AS "weight"
              FROM (
                SELECT
                  "t23"."slice",
                  "t23"."source_name",
                  "t23"."position",
                  "t23"."client_id",
                  "t23"."activity_id",
                  "t23"."number",
                  "t23"."course",
                  "t23"."course_title",
                  "t23"."level",
                  "t23"."weight",
                  "t23"."word_id",
                  "t23"."word_title",
                  "t23"."category",
                  "t23"."answered_at",
                  "t23"."answered_on",
                  "t23"."correct",
                  "t23"."hints",
                  "t23"."duration_s",
                  "t23"."response",
                  "t23"."source_name" AS "source",
                  "t23"."source_name" || ':' || "t23"."client_id" AS "learner_id",
                  'vocabulary/' || "t23"."course" AS "course_id",
                  "t23"."source_name" || ':' || CAST("t23"."activity_id" AS VARCHAR) || '-' || CAST("t23"."number" AS VARCHAR) AS "attempt_id",
                  "t23"."word_id" AS "item_id",
                  "t23"."category" AS "topic_id",
                  "t23"."level" AS "level_id",
                  'answer' AS "kind",
                  CASE WHEN "t23"."correct" THEN 1 ELSE 0 END AS "score",
                  "t23"."answered_at" AS "at"
                FROM (
                  SELECT
                    "t13"."name" AS "slice",
                    "t13"."source" AS "source_name",
                    "t11"."position",
                    "t11"."client_id",
                    "t11"."activity_id",
                    "t11"."number",
                    "t11"."course",
                    "t11"."course_title",
                    "t11"."level",
                    "t11"."weight",
                    "t11"."word_id",
                    "t11"."word_title",
                    "t11"."category",
                    "t11"."answered_at",
                    "t11"."answered_on",
                    "t11"."correct",
                    "t11"."hints",
                    "t11"."duration_s",
                    "t11"."response"
                  FROM "vocabulary_answers" AS "t11"
                  LEFT OUTER JOIN "slices" AS "t13"
                    ON "t11"."slice_id" = "t13"."slice_id"
                ) AS "t23"
              ) AS "t33"
              GROUP BY
                1,
                2,
                3
            ) AS "t35"
          ) AS "t44"
          LEFT OUTER JOIN (
            SELECT
              "t0"."source" AS "link_source",
              "t0"."external_id" AS "link_course",
              "t0"."course_id" AS "joined_id"
            FROM "course_links" AS "t0"
          ) AS "t22"
            ON "t44"."source_name" = "t22"."link_source"
            AND "t44"."course_id" = "t22"."link_course"
        ) AS "t57"
      ) AS "t62"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t65"."item_id",
            COALESCE("t65"."joined_id", "t65"."course_id") AS "course_id",
            "t65"."title",
            "t65"."topic_id",
            "t65"."level_id",
            "t65"."kind",
            "t65"."max_score",
            "t65"."weight",
            "t65"."due_on",
            "t65"."active",
            "t65"."source_name",
            "t65"."joined_id" IS NULL AS "own"
          FROM (
            SELECT
              "t54"."item_id",
              "t54"."course_id",
              "t54"."title",
              "t54"."topic_id",
              "t54"."level_id",
              "t54"."kind",
              "t54"."max_score",
              "t54"."weight",
              "t54"."due_on",
              "t54"."active",
              "t54"."source_name",
              "t22"."link_source",
              "t22"."link_course",
              "t22"."joined_id"
            FROM (
              SELECT
                CAST("t43"."item_id" AS VARCHAR) AS "item_id",
                CAST("t43"."course_id" AS VARCHAR) AS "course_id",
                CAST(NULL AS VARCHAR) AS "title",
                CAST(NULL AS VARCHAR) AS "topic_id",
                CAST(NULL AS VARCHAR) AS "level_id",
                'task' AS "kind",
                CAST(NULL AS DECIMAL(9, 6)) AS "max_score",
                CAST(NULL AS DECIMAL(12, 6)) AS "weight",
                CAST(NULL AS DATE) AS "due_on",
                CAST(TRUE AS BOOLEAN) AS "active",
                "t43"."source_name"
              FROM (
                SELECT DISTINCT
                  "t37"."source_name",
                  "t37"."course_id",
                  "t37"."item_id"
                FROM (
                  SELECT
                    "t13"."name" AS "slice",
                    "t13"."source" AS "source_name",
                    "t12"."position",
                    "t12"."uuid",
                    "t12"."event_at",
                    "t12"."event_datetime",
                    "t12"."event_json",
                    "t12"."event_name",
                    "t12"."event_receive_datetime",
                    "t12"."event_receive_timestamp",
                    "t12"."event_timestamp",
                    "t12"."session_id",
                    "t12"."installation_id",
                    "t12"."appmetrica_device_id",
                    "t12"."city",
                    "t12"."connection_type",
                    "t12"."country_iso_code",
                    "t12"."device_ipv6",
                    "t12"."device_locale",
                    "t12"."device_manufacturer",
                    "t12"."device_model",
                    "t12"."device_type",
                    "t12"."google_aid",
                    "t12"."ios_ifa",
                    "t12"."ios_ifv",
                    "t12"."mcc",
                    "t12"."mnc",
                    "t12"."operator_name",
                    "t12"."original_device_model",
                    "t12"."os_name",
                    "t12"."os_version",
                    "t12"."profile_id",
                    "t12"."windows_aid",
                    "t12"."app_build_number",
                    "t12"."app_package_name",
                    "t12"."app_version_name",
                    "t12"."application_id",
                    "t12"."event_properties",
                    "t12"."ehr_id",
                    "t12"."email",
                    "t12"."course_id",
                    "t12"."item_id",
                    "t12"."correct",
                    "t12"."score",
                    "t12"."duration_s",
                    "t12"."hints",
                    "t12"."response"
                  FROM "appmetrica_events" AS "t12"
                  LEFT OUTER JOIN "slices" AS "t13"
                    ON "t12"."slice_id" = "t13"."slice_id"
                  WHERE
                    NOT EXISTS(
                      SELECT
                        1
                      FROM (
                        SELECT
                          "t26"."uuid"
                        FROM (
                          SELECT
                            "t13"."name" AS "slice",
                            "t13"."source" AS "source_name",
                            "t16"."position",
                            "t16"."uuid",
                            "t16"."event_type",
                            "t16"."event_time",
                            "t16"."user_id",
                            "t16"."ehr_id",
                            "t16"."session_id",
                            "t16"."course_id",
                            "t16"."item_id",
                            "t16"."correct",
                            "t16"."score",
                            "t16"."duration_s",
                            "t16"."hints",
                            "t16"."response"
                          FROM "posted_events" AS "t16"
                          LEFT OUTER JOIN "slices" AS "t13"
                            ON "t16"."slice_id" = "t13"."slice_id"
                        ) AS "t26"
                      ) AS "t31"
                      WHERE
                        "t12"."uuid" = "t31"."uuid"
                    )
                ) AS "t37"
                WHERE
                  "t37"."profile_id" IS NOT NULL
                  AND "t37"."item_id" IS NOT NULL
                  AND "t37"."course_id" IS NOT NULL
              ) AS "t43"
            ) AS "t54"
            LEFT OUTER JOIN (
              SELECT
                "t0"."source" AS "link_source",
                "t0"."external_id" AS "link_course",
                "t0"."course_id" AS "joined_id"
              FROM "course_links" AS "t0"
            ) AS "t22"
              ON "t54"."source_name" = "t22"."link_source"
              AND "t54"."course_id" = "t22"."link_course"
          ) AS "t65"
        ) AS "t71"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "t58"."item_id",
            COALESCE("t58"."joined_id", "t58"."course_id") AS "course_id",
            "t58"."title",
            "t58"."topic_id",
            "t58"."level_id",
            "t58"."kind",
            "t58"."max_score",
            "t58"."weight",
            "t58"."due_on",
            "t58"."active",
            "t58"."source_name",
            "t58"."joined_id" IS NULL AS "own"
          FROM (
            SELECT
              "t45"."item_id",
              "t45"."course_id",
              "t45"."title",
              "t45"."topic_id",
              "t45"."level_id",
              "t45"."kind",
              "t45"."max_score",
              "t45"."weight",
              "t45"."due_on",
              "t45"."active",
              "t45"."source_name",
              "t22"."link_source",
              "t22"."link_course",
              "t22"."joined_id"
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
                "t36"."source_name"
              FROM (
                SELECT
                  "t28"."slice",
                  "t28"."source_name",
                  "t28"."position",
                  "t28"."item_id",
                  "t28"."course_id",
                  "t28"."title",
                  "t28"."topic_id",
                  "t28"."level_id",
                  "t28"."kind",
                  "t28"."max_score",
                  "t28"."weight",
                  "t28"."due_on",
                  "t28"."active",
                  "t28"."source",
                  ROW_NUMBER() OVER (
                    PARTITION BY "t28"."course_id", "t28"."item_id", "t28"."source_name"
                    ORDER BY "t28"."slice" DESC NULLS LAST, "t28"."position" DESC NULLS LAST
                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                  ) - 1 AS "_place"
                FROM (
                  SELECT
                    "t24"."slice",
                    "t24"."source_name",
                    "t24"."position",
                    "t24"."item_id",
                    "t24"."course_id",
                    "t24"."title",
                    "t24"."topic_id",
                    "t24"."level_id",
                    "t24"."kind",
                    "t24"."max_score",
                    "t24"."weight",
                    "t24"."due_on",
                    "t24"."active",
                    "t24"."source_name" AS "source"
                  FROM (
                    SELECT
                      "t13"."name" AS "slice",
                      "t13"."source" AS "source_name",
                      "t14"."position",
                      "t14"."item_id",
                      "t14"."course_id",
                      "t14"."title",
                      "t14"."topic_id",
                      "t14"."level_id",
                      "t14"."kind",
                      "t14"."max_score",
                      "t14"."weight",
                      "t14"."due_on",
                      "t14"."active"
                    FROM "files_items" AS "t14"
                    LEFT OUTER JOIN "slices" AS "t13"
                      ON "t14"."slice_id" = "t13"."slice_id"
                  ) AS "t24"
                ) AS "t28"
              ) AS "t36"
              WHERE
                "t36"."_place" = 0
            ) AS "t45"
            LEFT OUTER JOIN (
              SELECT
                "t0"."source" AS "link_source",
                "t0"."external_id" AS "link_course",
                "t0"."course_id" AS "joined_id"
              FROM "course_links" AS "t0"
            ) AS "t22"
              ON "t45"."source_name" = "t22"."link_source"
              AND "t45"."course_id" = "t22"."link_course"
          ) AS "t58"
        ) AS "t63"
      ) AS "t72"
    ) AS "t73"
  ) AS "t98"
  GROUP BY
    1,
    2
) AS "t99"

-- courses --
-- A course: one run of a subject that learners are enrolled in.
WITH "t17" AS (
  SELECT
    "t9"."name" AS "slice",
    "t9"."source" AS "source_name",
    "t10"."position",
    "t10"."course",
    "t10"."course_id",
    "t10"."category",
    "t10"."title",
    "t10"."access",
    "t10"."starts_on",
    "t10"."ends_on",
    "t10"."created_at"
  FROM "learnworlds_courses" AS "t10"
  LEFT OUTER JOIN "slices" AS "t9"
    ON "t10"."slice_id" = "t9"."slice_id"
)
SELECT
  *
FROM (
  SELECT
    "t58"."course_id",
    (
      ARRAY_AGG("t58"."category" ORDER BY "t58"."own" DESC NULLS LAST, "t58"."source_name" ASC) FILTER(WHERE
        "t58"."category" IS NOT NULL AND "t58"."category" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t58"."category" ORDER BY "t58"."own" DESC NULLS LAST, "t58"."source_name" ASC) FILTER(WHERE
          "t58"."category" IS NOT NULL AND "t58"."category" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "category",
    (
      ARRAY_AGG("t58"."course" ORDER BY "t58"."own" DESC NULLS LAST, "t58"."source_name" ASC) FILTER(WHERE
        "t58"."course" IS NOT NULL AND "t58"."course" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t58"."course" ORDER BY "t58"."own" DESC NULLS LAST, "t58"."source_name" ASC) FILTER(WHERE
          "t58"."course" IS NOT NULL AND "t58"."course" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "course",
    (
      ARRAY_AGG("t58"."title" ORDER BY "t58"."own" DESC NULLS LAST, "t58"."source_name" ASC) FILTER(WHERE
        "t58"."title" IS NOT NULL AND "t58"."title" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t58"."title" ORDER BY "t58"."own" DESC NULLS LAST, "t58"."source_name" ASC) FILTER(WHERE
          "t58"."title" IS NOT NULL AND "t58"."title" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "title",
    (
      ARRAY_AGG("t58"."starts_on" ORDER BY "t58"."own" DESC NULLS LAST, "t58"."source_name" ASC) FILTER(WHERE
        "t58"."starts_on" IS NOT NULL AND "t58"."starts_on" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t58"."starts_on" ORDER BY "t58"."own" DESC NULLS LAST, "t58"."source_name" ASC) FILTER(WHERE
          "t58"."starts_on" IS NOT NULL AND "t58"."starts_on" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "starts_on",
    (
      ARRAY_AGG("t58"."ends_on" ORDER BY "t58"."own" DESC NULLS LAST, "t58"."source_name" ASC) FILTER(WHERE
        "t58"."ends_on" IS NOT NULL AND "t58"."ends_on" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t58"."ends_on" ORDER BY "t58"."own" DESC NULLS LAST, "t58"."source_name" ASC) FILTER(WHERE
          "t58"."ends_on" IS NOT NULL AND "t58"."ends_on" IS NOT NULL)
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
        *
      FROM (
        SELECT
          COALESCE("t38"."joined_id", "t38"."course_id") AS "course_id",
          COALESCE(
            CASE
              WHEN (
                POSITION('/' IN "t38"."joined_id") - 1
              ) < 0
              THEN ''
              ELSE SUBSTRING("t38"."joined_id" FROM CASE WHEN (
                0 + 1
              ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t38"."joined_id") END FOR GREATEST(POSITION('/' IN "t38"."joined_id") - 1, 0))
            END,
            "t38"."category"
          ) AS "category",
          COALESCE(
            SUBSTRING("t38"."joined_id" FROM CASE
              WHEN (
                (
                  POSITION('/' IN "t38"."joined_id") - 1
                ) + 1 + 1
              ) >= 1
              THEN (
                POSITION('/' IN "t38"."joined_id") - 1
              ) + 1 + 1
              ELSE (
                POSITION('/' IN "t38"."joined_id") - 1
              ) + 1 + 1 + LENGTH("t38"."joined_id")
            END),
            "t38"."course"
          ) AS "course",
          "t38"."title",
          "t38"."starts_on",
          "t38"."ends_on",
          "t38"."source_name",
          "t38"."joined_id" IS NULL AS "own"
        FROM (
          SELECT
            "t32"."course_id",
            "t32"."category",
            "t32"."course",
            "t32"."title",
            "t32"."starts_on",
            "t32"."ends_on",
            "t32"."source_name",
            "t14"."link_source",
            "t14"."link_course",
            "t14"."joined_id"
          FROM (
            SELECT
              "t27"."course_id",
              "t27"."category",
              "t27"."course",
              "t27"."title",
              "t27"."starts_on",
              "t27"."ends_on",
              "t27"."source_name"
            FROM (
              SELECT
                "t20"."slice",
                "t20"."source_name",
                "t20"."position",
                "t20"."course_id",
                "t20"."category",
                "t20"."course",
                "t20"."title",
                "t20"."starts_on",
                "t20"."ends_on",
                "t20"."source",
                ROW_NUMBER() OVER (
                  PARTITION BY "t20"."course_id", "t20"."source_name"
                  ORDER BY "t20"."slice" DESC NULLS LAST, "t20"."position" DESC NULLS LAST
                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                ) - 1 AS "_place"
              FROM (
                SELECT
                  "t15"."slice",
                  "t15"."source_name",
                  "t15"."position",
                  "t15"."course_id",
                  "t15"."category",
                  "t15"."course",
                  "t15"."title",
                  "t15"."starts_on",
                  "t15"."ends_on",
                  "t15"."source_name" AS "source"
                FROM (
                  SELECT
                    "t9"."name" AS "slice",
                    "t9"."source" AS "source_name",
                    "t7"."position",
                    "t7"."course_id",
                    "t7"."category",
                    "t7"."course",
                    "t7"."title",
                    "t7"."starts_on",
                    "t7"."ends_on"
                  FROM "files_courses" AS "t7"
                  LEFT OUTER JOIN "slices" AS "t9"
                    ON "t7"."slice_id" = "t9"."slice_id"
                ) AS "t15"
              ) AS "t20"
            ) AS "t27"
            WHERE
              "t27"."_place" = 0
          ) AS "t32"
          LEFT OUTER JOIN (
            SELECT
              "t0"."source" AS "link_source",
              "t0"."external_id" AS "link_course",
              "t0"."course_id" AS "joined_id"
            FROM "course_links" AS "t0"
          ) AS "t14"
            ON "t32"."source_name" = "t14"."link_source"
            AND "t32"."course_id" = "t14"."link_course"
        ) AS "t38"
      ) AS "t44"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          COALESCE("t50"."joined_id", "t50"."course_id") AS "course_id",
          COALESCE(
            CASE
              WHEN (
                POSITION('/' IN "t50"."joined_id") - 1
              ) < 0
              THEN ''
              ELSE SUBSTRING("t50"."joined_id" FROM CASE WHEN (
                0 + 1
              ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t50"."joined_id") END FOR GREATEST(POSITION('/' IN "t50"."joined_id") - 1, 0))
            END,
            "t50"."category"
          ) AS "category",
          COALESCE(
            SUBSTRING("t50"."joined_id" FROM CASE
              WHEN (
                (
                  POSITION('/' IN "t50"."joined_id") - 1
                ) + 1 + 1
              ) >= 1
              THEN (
                POSITION('/' IN "t50"."joined_id") - 1
              ) + 1 + 1
              ELSE (
                POSITION('/' IN "t50"."joined_id") - 1
              ) + 1 + 1 + LENGTH("t50"."joined_id")
            END),
            "t50"."course"
          ) AS "course",
          "t50"."title",
          "t50"."starts_on",
          "t50"."ends_on",
          "t50"."source_name",
          "t50"."joined_id" IS NULL AS "own"
        FROM (
          SELECT
            "t49"."course_id",
            "t49"."category",
            "t49"."course",
            "t49"."title",
            "t49"."starts_on",
            "t49"."ends_on",
            "t49"."source_name",
            "t14"."link_source",
            "t14"."link_course",
            "t14"."joined_id"
          FROM (
            SELECT
              CAST("t43"."course_id" AS VARCHAR) AS "course_id",
              CAST("t43"."category" AS VARCHAR) AS "category",
              CAST("t43"."course" AS VARCHAR) AS "course",
              CAST(NULL AS VARCHAR) AS "title",
              CAST(NULL AS DATE) AS "starts_on",
              CAST(NULL AS DATE) AS "ends_on",
              "t43"."source_name"
            FROM (
              SELECT DISTINCT
                "t41"."source_name",
                "t41"."course_id",
                "t41"."category",
                "t41"."course"
              FROM (
                SELECT
                  "t34"."slice",
                  "t34"."source_name",
                  "t34"."position",
                  "t34"."user_id",
                  "t34"."oauth_consumer_key",
                  "t34"."lis_result_sourcedid",
                  "t34"."lis_outcome_service_url",
                  "t34"."is_correct",
                  "t34"."attempt_type",
                  "t34"."created_at",
                  "t34"."source",
                  "t34"."learner_id",
                  "t34"."at",
                  "t34"."sourcedid",
                  "t34"."category",
                  "t34"."course",
                  "t34"."item_id",
                  "t34"."source" || ':' || SHA256(
                    "t34"."user_id" || ' ' || CAST(EPOCH_US("t34"."at") AS VARCHAR) || ' ' || "t34"."attempt_type" || ' ' || COALESCE("t34"."lis_result_sourcedid", '')
                  ) AS "attempt_id",
                  "t34"."category" || '/' || "t34"."course" AS "course_id",
                  CASE WHEN "t34"."attempt_type" = 'submit' THEN 'answer' ELSE 'run' END AS "kind",
                  "t34"."is_correct" AS "correct",
                  CASE
                    WHEN "t34"."is_correct"
                    THEN 1
                    WHEN NOT (
                      "t34"."is_correct"
                    )
                    THEN 0
                    ELSE CAST(NULL AS BIGINT)
                  END AS "score"
                FROM (
                  SELECT
                    "t26"."slice",
                    "t26"."source_name",
                    "t26"."position",
                    "t26"."user_id",
                    "t26"."oauth_consumer_key",
                    "t26"."lis_result_sourcedid",
                    "t26"."lis_outcome_service_url",
                    "t26"."is_correct",
                    "t26"."attempt_type",
                    "t26"."created_at",
                    "t26"."source",
                    "t26"."learner_id",
                    "t26"."at",
                    "t26"."sourcedid",
                    CASE
                      WHEN "t26"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t26"."sourcedid" ~ (
                          '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t26"."sourcedid",
                            '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[2]
                        ELSE NULL
                      END
                      WHEN "t26"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t26"."sourcedid" ~ (
                          '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t26"."sourcedid",
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[2]
                        ELSE NULL
                      END
                      ELSE CAST(NULL AS VARCHAR)
                    END AS "category",
                    CASE
                      WHEN "t26"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t26"."sourcedid" ~ (
                          '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t26"."sourcedid",
                            '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[3]
                        ELSE NULL
                      END
                      WHEN "t26"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t26"."sourcedid" ~ (
                          '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t26"."sourcedid",
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[3]
                        ELSE NULL
                      END || '+' || CASE
                        WHEN "t26"."sourcedid" ~ (
                          '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t26"."sourcedid",
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[4]
                        ELSE NULL
                      END
                      ELSE CAST(NULL AS VARCHAR)
                    END AS "course",
                    CASE
                      WHEN "t26"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t26"."sourcedid" ~ (
                          '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t26"."sourcedid",
                            '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[5]
                        ELSE NULL
                      END
                      WHEN "t26"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t26"."sourcedid" ~ (
                          '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t26"."sourcedid",
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[5]
                        ELSE NULL
                      END
                      ELSE CAST(NULL AS VARCHAR)
                    END AS "item_id"
                  FROM (
                    SELECT
                      "t18"."slice",
                      "t18"."source_name",
                      "t18"."position",
                      "t18"."user_id",
                      "t18"."oauth_consumer_key",
                      "t18"."lis_result_sourcedid",
                      "t18"."lis_outcome_service_url",
                      "t18"."is_correct",
                      "t18"."attempt_type",
                      "t18"."created_at",
                      "t18"."source_name" AS "source",
                      "t18"."user_id" AS "learner_id",
                      TIMEZONE('UTC', "t18"."created_at") AS "at",
                      REPLACE(
                        REPLACE(REPLACE(REPLACE("t18"."lis_result_sourcedid", '%3A', ':'), '%2B', '+'), '%2F', '/'),
                        '%40',
                        '@'
                      ) AS "sourcedid"
                    FROM (
                      SELECT
                        "t9"."name" AS "slice",
                        "t9"."source" AS "source_name",
                        "t11"."position",
                        "t11"."user_id",
                        "t11"."oauth_consumer_key",
                        "t11"."lis_result_sourcedid",
                        "t11"."lis_outcome_service_url",
                        "t11"."is_correct",
                        "t11"."attempt_type",
                        "t11"."created_at"
                      FROM "grader_attempts" AS "t11"
                      LEFT OUTER JOIN "slices" AS "t9"
                        ON "t11"."slice_id" = "t9"."slice_id"
                    ) AS "t18"
                  ) AS "t26"
                ) AS "t34"
              ) AS "t41"
              WHERE
                "t41"."course_id" IS NOT NULL
            ) AS "t43"
          ) AS "t49"
          LEFT OUTER JOIN (
            SELECT
              "t0"."source" AS "link_source",
              "t0"."external_id" AS "link_course",
              "t0"."course_id" AS "joined_id"
            FROM "course_links" AS "t0"
          ) AS "t14"
            ON "t49"."source_name" = "t14"."link_source"
            AND "t49"."course_id" = "t14"."link_course"
        ) AS "t50"
      ) AS "t54"
    ) AS "t55"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          COALESCE("t53"."joined_id", "t53"."course_id") AS "course_id",
          COALESCE(
            CASE
              WHEN (
                POSITION('/' IN "t53"."joined_id") - 1
              ) < 0
              THEN ''
              ELSE SUBSTRING("t53"."joined_id" FROM CASE WHEN (
                0 + 1
              ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t53"."joined_id") END FOR GREATEST(POSITION('/' IN "t53"."joined_id") - 1, 0))
            END,
            "t53"."category"
          ) AS "category",
          COALESCE(
            SUBSTRING("t53"."joined_id" FROM CASE
              WHEN (
                (
                  POSITION('/' IN "t53"."joined_id") - 1
                ) + 1 + 1
              ) >= 1
              THEN (
                POSITION('/' IN "t53"."joined_id") - 1
              ) + 1 + 1
              ELSE (
                POSITION('/' IN "t53"."joined_id") - 1
              ) + 1 + 1 + LENGTH("t53"."joined_id")
            END),
            "t53"."course"
          ) AS "course",
          "t53"."title",
          "t53"."starts_on",
          "t53"."ends_on",
          "t53"."source_name",
          "t53"."joined_id" IS NULL AS "own"
        FROM (
          SELECT
            "t52"."course_id",
            "t52"."category",
            "t52"."course",
            "t52"."title",
            "t52"."starts_on",
            "t52"."ends_on",
            "t52"."source_name",
            "t14"."link_source",
            "t14"."link_course",
            "t14"."joined_id"
          FROM (
            SELECT
              CAST("t47"."course_id" AS VARCHAR) AS "course_id",
              CAST("t47"."category" AS VARCHAR) AS "category",
              CAST(SUBSTRING("t47"."course_id" FROM CASE
                WHEN (
                  LENGTH("t47"."category") + 1 + 1
                ) >= 1
                THEN LENGTH("t47"."category") + 1 + 1
                ELSE LENGTH("t47"."category") + 1 + 1 + LENGTH("t47"."course_id")
              END) AS VARCHAR) AS "course",
              "t47"."title",
              "t47"."starts_on",
              "t47"."ends_on",
              "t47"."source_name"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t19"."source_name",
                  "t19"."course_id",
                  "t19"."category",
                  "t19"."title",
                  "t19"."starts_on",
                  "t19"."ends_on"
                FROM "t17" AS "t19"
              ) AS "t22"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  "t42"."source_name",
                  "t42"."course_id",
                  "t42"."category",
                  "t42"."title",
                  CAST(NULL AS DATE) AS "starts_on",
                  CAST(NULL AS DATE) AS "ends_on"
                FROM (
                  SELECT
                    "t40"."source_name",
                    "t40"."course_id",
                    "t40"."category",
                    MAX("t40"."course_title") AS "title"
                  FROM (
                    SELECT
                      "t37"."slice",
                      "t37"."source_name",
                      "t37"."position",
                      "t37"."course",
                      "t37"."course_id",
                      "t37"."category",
                      "t37"."course_title",
                      "t37"."section_id",
                      "t37"."section_title",
                      "t37"."unit_id",
                      "t37"."unit_type",
                      "t37"."unit_title",
                      "t37"."graded"
                    FROM (
                      SELECT
                        "t35"."slice",
                        "t35"."source_name",
                        "t35"."position",
                        "t35"."course",
                        "t35"."course_id",
                        "t35"."category",
                        "t35"."course_title",
                        "t35"."section_id",
                        "t35"."section_title",
                        "t35"."unit_id",
                        "t35"."unit_type",
                        "t35"."unit_title",
                        "t35"."graded"
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
                            "t12"."category",
                            "t12"."course_title",
                            "t12"."section_id",
                            "t12"."section_title",
                            "t12"."unit_id",
                            "t12"."unit_type",
                            "t12"."unit_title",
                            "t12"."graded",
                            "t25"."now_course",
                            "t25"."now_id"
                          FROM "learnworlds_contents" AS "t12"
                          LEFT OUTER JOIN "slices" AS "t9"
                            ON "t12"."slice_id" = "t9"."slice_id"
                          LEFT OUTER JOIN (
                            SELECT DISTINCT
                              "t19"."course" AS "now_course",
                              "t19"."course_id" AS "now_id"
                            FROM "t17" AS "t19"
                          ) AS "t25"
                            ON "t12"."course" = "t25"."now_course"
                        ) AS "t29"
                        WHERE
                          (
                            "t29"."now_id" IS NULL
                          ) OR (
                            "t29"."now_id" = "t29"."course_id"
                          )
                      ) AS "t35"
                    ) AS "t37"
                    WHERE
                      NOT EXISTS(
                        SELECT
                          1
                        FROM "t17" AS "t21"
                        WHERE
                          "t37"."course" = "t21"."course"
                      )
                  ) AS "t40"
                  GROUP BY
                    1,
                    2,
                    3
                ) AS "t42"
              ) AS "t46"
            ) AS "t47"
          ) AS "t52"
          LEFT OUTER JOIN (
            SELECT
              "t0"."source" AS "link_source",
              "t0"."external_id" AS "link_course",
              "t0"."course_id" AS "joined_id"
            FROM "course_links" AS "t0"
          ) AS "t14"
            ON "t52"."source_name" = "t14"."link_source"
            AND "t52"."course_id" = "t14"."link_course"
        ) AS "t53"
      ) AS "t56"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          COALESCE("t39"."joined_id", "t39"."course_id") AS "course_id",
          COALESCE(
            CASE
              WHEN (
                POSITION('/' IN "t39"."joined_id") - 1
              ) < 0
              THEN ''
              ELSE SUBSTRING("t39"."joined_id" FROM CASE WHEN (
                0 + 1
              ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t39"."joined_id") END FOR GREATEST(POSITION('/' IN "t39"."joined_id") - 1, 0))
            END,
            "t39"."category"
          ) AS "category",
          COALESCE(
            SUBSTRING("t39"."joined_id" FROM CASE
              WHEN (
                (
                  POSITION('/' IN "t39"."joined_id") - 1
                ) + 1 + 1
              ) >= 1
              THEN (
                POSITION('/' IN "t39"."joined_id") - 1
              ) + 1 + 1
              ELSE (
                POSITION('/' IN "t39"."joined_id") - 1
              ) + 1 + 1 + LENGTH("t39"."joined_id")
            END),
            "t39"."course"
          ) AS "course",
          "t39"."title",
          "t39"."starts_on",
          "t39"."ends_on",
          "t39"."source_name",
          "t39"."joined_id" IS NULL AS "own"
        FROM (
          SELECT
            "t33"."course_id",
            "t33"."category",
            "t33"."course",
            "t33"."title",
            "t33"."starts_on",
            "t33"."ends_on",
            "t33"."source_name",
            "t14"."link_source",
            "t14"."link_course",
            "t14"."joined_id"
          FROM (
            SELECT
              CAST("t28"."course_id" AS VARCHAR) AS "course_id",
              CAST('vocabulary' AS VARCHAR) AS "category",
              CAST("t28"."course" AS VARCHAR) AS "course",
              "t28"."title",
              CAST(NULL AS DATE) AS "starts_on",
              CAST(NULL AS DATE) AS "ends_on",
              "t28"."source_name"
            FROM (
              SELECT
                "t24"."source_name",
                "t24"."course_id",
                "t24"."course",
                MAX("t24"."course_title") AS "title"
              FROM (
                SELECT
                  "t16"."slice",
                  "t16"."source_name",
                  "t16"."position",
                  "t16"."client_id",
                  "t16"."activity_id",
                  "t16"."number",
                  "t16"."course",
                  "t16"."course_title",
                  "t16"."level",
                  "t16"."weight",
                  "t16"."word_id",
                  "t16"."word_title",
                  "t16"."category",
                  "t16"."answered_at",
                  "t16"."answered_on",
                  "t16"."correct",
                  "t16"."hints",
                  "t16"."duration_s",
                  "t16"."response",
                  "t16"."source_name" AS "source",
                  "t16"."source_name" || ':' || "t16"."client_id" AS "learner_id",
                  'vocabulary/' || "t16"."course" AS "course_id",
                  "t16"."source_name" || ':' || CAST("t16"."activity_id" AS VARCHAR) || '-' || CAST("t16"."number" AS VARCHAR) AS "attempt_id",
                  "t16"."word_id" AS "item_id",
                  "t16"."category" AS "topic_id",
                  "t16"."level" AS "level_id",
                  'answer' AS "kind",
                  CASE WHEN "t16"."correct" THEN 1 ELSE 0 END AS "score",
                  "t16"."answered_at" AS "at"
                FROM (
                  SELECT
                    "t9"."name" AS "slice",
                    "t9"."source" AS "source_name",
                    "t8"."position",
                    "t8"."client_id",
                    "t8"."activity_id",
                    "t8"."number",
                    "t8"."course",
                    "t8"."course_title",
                    "t8"."level",
                    "t8"."weight",
                    "t8"."word_id",
                    "t8"."word_title",
                    "t8"."category",
                    "t8"."answered_at",
                    "t8"."answered_on",
                    "t8"."correct",
                    "t8"."hints",
                    "t8"."duration_s",
                    "t8"."response"
                  FROM "vocabulary_answers" AS "t8"
                  LEFT OUTER JOIN "slices" AS "t9"
                    ON "t8"."slice_id" = "t9"."slice_id"
                ) AS "t16"
              ) AS "t24"
              GROUP BY
                1,
                2,
                3
            ) AS "t28"
          ) AS "t33"
          LEFT OUTER JOIN (
            SELECT
              "t0"."source" AS "link_source",
              "t0"."external_id" AS "link_course",
              "t0"."course_id" AS "joined_id"
            FROM "course_links" AS "t0"
          ) AS "t14"
            ON "t33"."source_name" = "t14"."link_source"
            AND "t33"."course_id" = "t14"."link_course"
        ) AS "t39"
      ) AS "t45"
    ) AS "t57"
  ) AS "t58"
  GROUP BY
    1
) AS "t59"

-- groups --
-- A group of a course that a curator looks after; it has a row for each of its courses.
WITH "t23" AS (
  SELECT
    "t13"."name" AS "slice",
    "t12"."source" AS "source_name",
    "t13"."position",
    "t13"."client_id",
    "t13"."name",
    "t13"."group_id",
    "t13"."group_name",
    "t13"."joined_on"
  FROM "vocabulary_learners" AS "t13"
  LEFT OUTER JOIN "slices" AS "t12"
    ON "t13"."slice_id" = "t12"."slice_id"
), "t24" AS (
  SELECT
    "t12"."name" AS "slice",
    "t12"."source" AS "source_name",
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
  LEFT OUTER JOIN "slices" AS "t12"
    ON "t14"."slice_id" = "t12"."slice_id"
), "t40" AS (
  SELECT
    "t34"."source_name",
    "t34"."learner_id",
    "t34"."group_id",
    MIN("t34"."joined_on") AS "joined_on"
  FROM (
    SELECT
      "t26"."slice",
      "t26"."source_name",
      "t26"."position",
      "t26"."client_id",
      "t26"."name",
      "t26"."group_id",
      "t26"."group_name",
      "t26"."joined_on",
      "t26"."source_name" AS "source",
      "t26"."source_name" || ':' || "t26"."client_id" AS "learner_id"
    FROM "t23" AS "t26"
    WHERE
      "t26"."group_id" IS NOT NULL
  ) AS "t34"
  GROUP BY
    1,
    2,
    3
), "t87" AS (
  SELECT
    "t83"."slice",
    "t83"."source_name",
    "t83"."position",
    "t83"."course",
    "t83"."course_id",
    "t83"."user_id",
    "t83"."email",
    "t83"."username",
    "t83"."role",
    "t83"."suspended",
    "t83"."created_at",
    "t83"."last_login_at",
    "t83"."enrolled_at",
    "t83"."enrolled_on",
    "t83"."expires_on",
    "t83"."groups",
    "t83"."source",
    "t83"."learner_id",
    "t83"."name",
    UNNEST(STRING_TO_ARRAY("t83"."groups", '
')) AS "group"
  FROM (
    SELECT
      "t81"."slice",
      "t81"."source_name",
      "t81"."position",
      "t81"."course",
      "t81"."course_id",
      "t81"."user_id",
      "t81"."email",
      "t81"."username",
      "t81"."role",
      "t81"."suspended",
      "t81"."created_at",
      "t81"."last_login_at",
      "t81"."enrolled_at",
      "t81"."enrolled_on",
      "t81"."expires_on",
      "t81"."groups",
      "t81"."source_name" AS "source",
      "t81"."user_id" AS "learner_id",
      "t81"."username" AS "name"
    FROM (
      SELECT
        "t79"."slice",
        "t79"."source_name",
        "t79"."position",
        "t79"."course",
        "t79"."course_id",
        "t79"."user_id",
        "t79"."email",
        "t79"."username",
        "t79"."role",
        "t79"."suspended",
        "t79"."created_at",
        "t79"."last_login_at",
        "t79"."enrolled_at",
        "t79"."enrolled_on",
        "t79"."expires_on",
        "t79"."groups"
      FROM (
        SELECT
          *
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
            ROW_NUMBER() OVER (
              PARTITION BY "t69"."user_id", "t69"."course_id"
              ORDER BY "t69"."slice" DESC NULLS LAST, "t69"."position" DESC NULLS LAST
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
                  "t56"."groups"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t12"."name" AS "slice",
                      "t12"."source" AS "source_name",
                      "t17"."position",
                      "t17"."course",
                      "t17"."course_id",
                      "t17"."user_id",
                      "t17"."email",
                      "t17"."username",
                      "t17"."role",
                      "t17"."suspended",
                      "t17"."created_at",
                      "t17"."last_login_at",
                      "t17"."enrolled_at",
                      "t17"."enrolled_on",
                      "t17"."expires_on",
                      "t17"."groups",
                      "t35"."now_course",
                      "t35"."now_id"
                    FROM "learnworlds_users" AS "t17"
                    LEFT OUTER JOIN "slices" AS "t12"
                      ON "t17"."slice_id" = "t12"."slice_id"
                    LEFT OUTER JOIN (
                      SELECT DISTINCT
                        "t27"."course" AS "now_course",
                        "t27"."course_id" AS "now_id"
                      FROM "t24" AS "t27"
                    ) AS "t35"
                      ON "t17"."course" = "t35"."now_course"
                  ) AS "t46"
                  WHERE
                    (
                      "t46"."now_id" IS NULL
                    ) OR (
                      "t46"."now_id" = "t46"."course_id"
                    )
                ) AS "t56"
              ) AS "t60"
            ) AS "t64"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                *
              FROM (
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
                  "t57"."groups"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t12"."name" AS "slice",
                      "t12"."source" AS "source_name",
                      "t18"."position",
                      "t18"."course",
                      "t18"."course_id",
                      "t18"."user_id",
                      "t18"."email",
                      "t18"."username",
                      "t18"."role",
                      "t18"."suspended",
                      "t18"."created_at",
                      "t18"."last_login_at",
                      "t18"."enrolled_at",
                      "t18"."enrolled_on",
                      "t18"."expires_on",
                      "t18"."groups",
                      "t35"."now_course",
                      "t35"."now_id"
                    FROM "learnworlds_suspended" AS "t18"
                    LEFT OUTER JOIN "slices" AS "t12"
                      ON "t18"."slice_id" = "t12"."slice_id"
                    LEFT OUTER JOIN (
                      SELECT DISTINCT
                        "t27"."course" AS "now_course",
                        "t27"."course_id" AS "now_id"
                      FROM "t24" AS "t27"
                    ) AS "t35"
                      ON "t18"."course" = "t35"."now_course"
                  ) AS "t47"
                  WHERE
                    (
                      "t47"."now_id" IS NULL
                    ) OR (
                      "t47"."now_id" = "t47"."course_id"
                    )
                ) AS "t57"
              ) AS "t61"
            ) AS "t65"
          ) AS "t69"
        ) AS "t75"
        WHERE
          "t75"."_place" = 0
      ) AS "t79"
    ) AS "t81"
    WHERE
      "t81"."groups" IS NOT NULL
  ) AS "t83"
)
SELECT
  *
FROM (
  SELECT
    "t103"."group_id",
    "t103"."course_id",
    (
      ARRAY_AGG("t103"."name" ORDER BY "t103"."own" DESC NULLS LAST, "t103"."source_name" ASC) FILTER(WHERE
        "t103"."name" IS NOT NULL AND "t103"."name" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t103"."name" ORDER BY "t103"."own" DESC NULLS LAST, "t103"."source_name" ASC) FILTER(WHERE
          "t103"."name" IS NOT NULL AND "t103"."name" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "name",
    (
      ARRAY_AGG("t103"."rolling" ORDER BY "t103"."own" DESC NULLS LAST, "t103"."source_name" ASC) FILTER(WHERE
        "t103"."rolling" IS NOT NULL AND "t103"."rolling" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t103"."rolling" ORDER BY "t103"."own" DESC NULLS LAST, "t103"."source_name" ASC) FILTER(WHERE
          "t103"."rolling" IS NOT NULL AND "t103"."rolling" IS NOT NULL)
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
        *
      FROM (
        SELECT
          "t66"."group_id",
          COALESCE("t66"."joined_id", "t66"."course_id") AS "course_id",
          "t66"."name",
          "t66"."rolling",
          "t66"."source_name",
          "t66"."joined_id" IS NULL AS "own"
        FROM (
          SELECT
            "t53"."group_id",
            "t53"."course_id",
            "t53"."name",
            "t53"."rolling",
            "t53"."source_name",
            "t20"."link_source",
            "t20"."link_course",
            "t20"."joined_id"
          FROM (
            SELECT
              "t42"."group_id",
              "t42"."course_id",
              "t42"."name",
              "t42"."rolling",
              "t42"."source_name"
            FROM (
              SELECT
                "t30"."slice",
                "t30"."source_name",
                "t30"."position",
                "t30"."group_id",
                "t30"."course_id",
                "t30"."name",
                "t30"."rolling",
                "t30"."source",
                ROW_NUMBER() OVER (
                  PARTITION BY "t30"."group_id", "t30"."course_id", "t30"."source_name"
                  ORDER BY "t30"."slice" DESC NULLS LAST, "t30"."position" DESC NULLS LAST
                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                ) - 1 AS "_place"
              FROM (
                SELECT
                  "t22"."slice",
                  "t22"."source_name",
                  "t22"."position",
                  "t22"."source_name" || ':' || "t22"."group_id" AS "group_id",
                  "t22"."course_id",
                  "t22"."name",
                  "t22"."rolling",
                  "t22"."source_name" AS "source"
                FROM (
                  SELECT
                    "t11"."name" AS "slice",
                    "t12"."source" AS "source_name",
                    "t11"."position",
                    "t11"."group_id",
                    "t11"."course_id",
                    "t11"."name",
                    "t11"."rolling"
                  FROM "files_groups" AS "t11"
                  LEFT OUTER JOIN "slices" AS "t12"
                    ON "t11"."slice_id" = "t12"."slice_id"
                ) AS "t22"
              ) AS "t30"
            ) AS "t42"
            WHERE
              "t42"."_place" = 0
          ) AS "t53"
          LEFT OUTER JOIN (
            SELECT
              "t0"."source" AS "link_source",
              "t0"."external_id" AS "link_course",
              "t0"."course_id" AS "joined_id"
            FROM "course_links" AS "t0"
          ) AS "t20"
            ON "t53"."source_name" = "t20"."link_source"
            AND "t53"."course_id" = "t20"."link_course"
        ) AS "t66"
      ) AS "t71"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t50"."group_id",
          COALESCE("t50"."joined_id", "t50"."course_id") AS "course_id",
          "t50"."name",
          "t50"."rolling",
          "t50"."source_name",
          "t50"."joined_id" IS NULL AS "own"
        FROM (
          SELECT
            "t38"."group_id",
            "t38"."course_id",
            "t38"."name",
            "t38"."rolling",
            "t38"."source_name",
            "t20"."link_source",
            "t20"."link_course",
            "t20"."joined_id"
          FROM (
            SELECT
              CAST("t29"."group_id" AS VARCHAR) AS "group_id",
              CAST("t29"."course_id" AS VARCHAR) AS "course_id",
              "t29"."name",
              CAST("t29"."rolling" AS BOOLEAN) AS "rolling",
              "t29"."source_name"
            FROM (
              SELECT
                "t21"."source_name",
                "t21"."group_id",
                "t21"."course_id",
                MIN("t21"."name") AS "name",
                BOOL_OR("t21"."rolling") AS "rolling"
              FROM (
                SELECT
                  "t10"."name" AS "slice",
                  "t12"."source" AS "source_name",
                  "t10"."position",
                  "t10"."learner_id",
                  "t10"."group_id",
                  "t10"."course_id",
                  "t10"."name",
                  "t10"."rolling",
                  "t10"."role",
                  "t10"."starts_on",
                  "t10"."ends_on"
                FROM "groups_members" AS "t10"
                LEFT OUTER JOIN "slices" AS "t12"
                  ON "t10"."slice_id" = "t12"."slice_id"
              ) AS "t21"
              GROUP BY
                1,
                2,
                3
            ) AS "t29"
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
      ) AS "t62"
    ) AS "t72"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t100"."group_id",
          COALESCE("t100"."joined_id", "t100"."course_id") AS "course_id",
          "t100"."name",
          "t100"."rolling",
          "t100"."source_name",
          "t100"."joined_id" IS NULL AS "own"
        FROM (
          SELECT
            "t99"."group_id",
            "t99"."course_id",
            "t99"."name",
            "t99"."rolling",
            "t99"."source_name",
            "t20"."link_source",
            "t20"."link_course",
            "t20"."joined_id"
          FROM (
            SELECT
              CAST("t97"."group_id" AS VARCHAR) AS "group_id",
              CAST("t97"."course_id" AS VARCHAR) AS "course_id",
              "t97"."name",
              CAST("t97"."rolling" AS BOOLEAN) AS "rolling",
              "t97"."source_name"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t86"."source_name",
                    "t86"."course_id",
                    'learnworlds:' || "t86"."course_id" AS "group_id",
                    "t86"."title" AS "name",
                    FALSE AS "rolling"
                  FROM (
                    SELECT
                      "t78"."source_name",
                      "t78"."course_id",
                      "t78"."category",
                      "t78"."title",
                      "t78"."starts_on",
                      "t78"."ends_on",
                      SUBSTRING("t78"."course_id" FROM CASE
                        WHEN (
                          LENGTH("t78"."category") + 1 + 1
                        ) >= 1
                        THEN LENGTH("t78"."category") + 1 + 1
                        ELSE LENGTH("t78"."category") + 1 + 1 + LENGTH("t78"."course_id")
                      END) AS "course"
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          "t27"."source_name",
                          "t27"."course_id",
                          "t27"."category",
                          "t27"."title",
                          "t27"."starts_on",
                          "t27"."ends_on"
                        FROM "t24" AS "t27"
                      ) AS "t31"
                      UNION ALL
                      SELECT
                        *
                      FROM (
                        SELECT
                          "t74"."source_name",
                          "t74"."course_id",
                          "t74"."category",
                          "t74"."title",
                          CAST(NULL AS DATE) AS "starts_on",
                          CAST(NULL AS DATE) AS "ends_on"
                        FROM (
                          SELECT
                            "t70"."source_name",
                            "t70"."course_id",
                            "t70"."category",
                            MAX("t70"."course_title") AS "title"
                          FROM (
                            SELECT
                              "t63"."slice",
                              "t63"."source_name",
                              "t63"."position",
                              "t63"."course",
                              "t63"."course_id",
                              "t63"."category",
                              "t63"."course_title",
                              "t63"."section_id",
                              "t63"."section_title",
                              "t63"."unit_id",
                              "t63"."unit_type",
                              "t63"."unit_title",
                              "t63"."graded"
                            FROM (
                              SELECT
                                "t55"."slice",
                                "t55"."source_name",
                                "t55"."position",
                                "t55"."course",
                                "t55"."course_id",
                                "t55"."category",
                                "t55"."course_title",
                                "t55"."section_id",
                                "t55"."section_title",
                                "t55"."unit_id",
                                "t55"."unit_type",
                                "t55"."unit_title",
                                "t55"."graded"
                              FROM (
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    "t12"."name" AS "slice",
                                    "t12"."source" AS "source_name",
                                    "t16"."position",
                                    "t16"."course",
                                    "t16"."course_id",
                                    "t16"."category",
                                    "t16"."course_title",
                                    "t16"."section_id",
                                    "t16"."section_title",
                                    "t16"."unit_id",
                                    "t16"."unit_type",
                                    "t16"."unit_title",
                                    "t16"."graded",
                                    "t35"."now_course",
                                    "t35"."now_id"
                                  FROM "learnworlds_contents" AS "t16"
                                  LEFT OUTER JOIN "slices" AS "t12"
                                    ON "t16"."slice_id" = "t12"."slice_id"
                                  LEFT OUTER JOIN (
                                    SELECT DISTINCT
                                      "t27"."course" AS "now_course",
                                      "t27"."course_id" AS "now_id"
                                    FROM "t24" AS "t27"
                                  ) AS "t35"
                                    ON "t16"."course" = "t35"."now_course"
                                ) AS "t45"
                                WHERE
                                  (
                                    "t45"."now_id" IS NULL
                                  ) OR (
                                    "t45"."now_id" = "t45"."course_id"
                                  )
                              ) AS "t55"
                            ) AS "t63"
                            WHERE
                              NOT EXISTS(
                                SELECT
                                  1
                                FROM "t24" AS "t28"
                                WHERE
                                  "t63"."course" = "t28"."course"
                              )
                          ) AS "t70"
                          GROUP BY
                            1,
                            2,
                            3
                        ) AS "t74"
                      ) AS "t77"
                    ) AS "t78"
                  ) AS "t86"
                  WHERE
                    NOT EXISTS(
                      SELECT
                        1
                      FROM "t87" AS "t91"
                      WHERE
                        "t86"."course_id" = "t91"."course_id"
                    )
                ) AS "t94"
              ) AS "t95"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT DISTINCT
                  "t89"."source_name",
                  "t89"."course_id",
                  'learnworlds:' || "t89"."group" AS "group_id",
                  "t89"."group" AS "name",
                  FALSE AS "rolling"
                FROM "t87" AS "t89"
              ) AS "t92"
            ) AS "t97"
          ) AS "t99"
          LEFT OUTER JOIN (
            SELECT
              "t0"."source" AS "link_source",
              "t0"."external_id" AS "link_course",
              "t0"."course_id" AS "joined_id"
            FROM "course_links" AS "t0"
          ) AS "t20"
            ON "t99"."source_name" = "t20"."link_source"
            AND "t99"."course_id" = "t20"."link_course"
        ) AS "t100"
      ) AS "t101"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t93"."group_id",
          COALESCE("t93"."joined_id", "t93"."course_id") AS "course_id",
          "t93"."name",
          "t93"."rolling",
          "t93"."source_name",
          "t93"."joined_id" IS NULL AS "own"
        FROM (
          SELECT
            "t90"."group_id",
            "t90"."course_id",
            "t90"."name",
            "t90"."rolling",
            "t90"."source_name",
            "t20"."link_source",
            "t20"."link_course",
            "t20"."joined_id"
          FROM (
            SELECT
              CAST("t85"."group_id" AS VARCHAR) AS "group_id",
              CAST("t85"."course_id" AS VARCHAR) AS "course_id",
              "t85"."name",
              CAST(FALSE AS BOOLEAN) AS "rolling",
              "t85"."source_name"
            FROM (
              SELECT
                "t82"."source_name",
                "t82"."group_id",
                "t82"."course_id",
                "t43"."name"
              FROM (
                SELECT DISTINCT
                  "t76"."source_name",
                  "t76"."group_id",
                  "t76"."course_id"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t58"."source_name",
                      "t58"."learner_id",
                      "t58"."group_id",
                      "t58"."course_id",
                      GREATEST("t58"."first_on", "t58"."joined_on") AS "starts_on",
                      CAST(NULL AS DATE) AS "ends_on"
                    FROM (
                      SELECT
                        "t48"."source_name",
                        "t48"."learner_id",
                        "t48"."course_id",
                        "t48"."first_on",
                        "t49"."group_id",
                        "t49"."joined_on"
                      FROM (
                        SELECT
                          "t36"."source_name",
                          "t36"."learner_id",
                          "t36"."course_id",
                          MIN("t36"."answered_on") AS "first_on"
                        FROM (
                          SELECT
                            "t25"."slice",
                            "t25"."source_name",
                            "t25"."position",
                            "t25"."client_id",
                            "t25"."activity_id",
                            "t25"."number",
                            "t25"."course",
                            "t25"."course_title",
                            "t25"."level",
                            "t25"."weight",
                            "t25"."word_id",
                            "t25"."word_title",
                            "t25"."category",
                            "t25"."answered_at",
                            "t25"."answered_on",
                            "t25"."correct",
                            "t25"."hints",
                            "t25"."duration_s",
                            "t25"."response",
                            "t25"."source_name" AS "source",
                            "t25"."source_name" || ':' || "t25"."client_id" AS "learner_id",
                            'vocabulary/' || "t25"."course" AS "course_id",
                            "t25"."source_name" || ':' || CAST("t25"."activity_id" AS VARCHAR) || '-' || CAST("t25"."number" AS VARCHAR) AS "attempt_id",
                            "t25"."word_id" AS "item_id",
                            "t25"."category" AS "topic_id",
                            "t25"."level" AS "level_id",
                            'answer' AS "kind",
                            CASE WHEN "t25"."correct" THEN 1 ELSE 0 END AS "score",
                            "t25"."answered_at" AS "at"
                          FROM (
                            SELECT
                              "t12"."name" AS "slice",
                              "t12"."source" AS "source_name",
                              "t15"."position",
                              "t15"."client_id",
                              "t15"."activity_id",
                              "t15"."number",
                              "t15"."course",
                              "t15"."course_title",
                              "t15"."level",
                              "t15"."weight",
                              "t15"."word_id",
                              "t15"."word_title",
                              "t15"."category",
                              "t15"."answered_at",
                              "t15"."answered_on",
                              "t15"."correct",
                              "t15"."hints",
                              "t15"."duration_s",
                              "t15"."response"
                            FROM "vocabulary_answers" AS "t15"
                            LEFT OUTER JOIN "slices" AS "t12"
                              ON "t15"."slice_id" = "t12"."slice_id"
                          ) AS "t25"
                        ) AS "t36"
                        GROUP BY
                          1,
                          2,
                          3
                      ) AS "t48"
                      INNER JOIN "t40" AS "t49"
                        ON "t48"."source_name" = "t49"."source_name"
                        AND "t48"."learner_id" = "t49"."learner_id"
                    ) AS "t58"
                  ) AS "t67"
                  UNION ALL
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t68"."source_name",
                      "t68"."learner_id",
                      CAST(NULL AS VARCHAR) AS "group_id",
                      "t68"."course_id",
                      "t68"."first_on" AS "starts_on",
                      CAST(CAST("t68"."joined_on" AS TIMESTAMP) - INTERVAL '1 DAY' AS DATE) AS "ends_on"
                    FROM (
                      SELECT
                        "t48"."source_name",
                        "t48"."learner_id",
                        "t48"."course_id",
                        "t48"."first_on",
                        "t54"."source_name" AS "source_name_right",
                        "t54"."learner_id" AS "learner_id_right",
                        "t54"."joined_on"
                      FROM (
                        SELECT
                          "t36"."source_name",
                          "t36"."learner_id",
                          "t36"."course_id",
                          MIN("t36"."answered_on") AS "first_on"
                        FROM (
                          SELECT
                            "t25"."slice",
                            "t25"."source_name",
                            "t25"."position",
                            "t25"."client_id",
                            "t25"."activity_id",
                            "t25"."number",
                            "t25"."course",
                            "t25"."course_title",
                            "t25"."level",
                            "t25"."weight",
                            "t25"."word_id",
                            "t25"."word_title",
                            "t25"."category",
                            "t25"."answered_at",
                            "t25"."answered_on",
                            "t25"."correct",
                            "t25"."hints",
                            "t25"."duration_s",
                            "t25"."response",
                            "t25"."source_name" AS "source",
                            "t25"."source_name" || ':' || "t25"."client_id" AS "learner_id",
                            'vocabulary/' || "t25"."course" AS "course_id",
                            "t25"."source_name" || ':' || CAST("t25"."activity_id" AS VARCHAR) || '-' || CAST("t25"."number" AS VARCHAR) AS "attempt_id",
                            "t25"."word_id" AS "item_id",
                            "t25"."category" AS "topic_id",
                            "t25"."level" AS "level_id",
                            'answer' AS "kind",
                            CASE WHEN "t25"."correct" THEN 1 ELSE 0 END AS "score",
                            "t25"."answered_at" AS "at"
                          FROM (
                            SELECT
                              "t12"."name" AS "slice",
                              "t12"."source" AS "source_name",
                              "t15"."position",
                              "t15"."client_id",
                              "t15"."activity_id",
                              "t15"."number",
                              "t15"."course",
                              "t15"."course_title",
                              "t15"."level",
                              "t15"."weight",
                              "t15"."word_id",
                              "t15"."word_title",
                              "t15"."category",
                              "t15"."answered_at",
                              "t15"."answered_on",
                              "t15"."correct",
                              "t15"."hints",
                              "t15"."duration_s",
                              "t15"."response"
                            FROM "vocabulary_answers" AS "t15"
                            LEFT OUTER JOIN "slices" AS "t12"
                              ON "t15"."slice_id" = "t12"."slice_id"
                          ) AS "t25"
                        ) AS "t36"
                        GROUP BY
                          1,
                          2,
                          3
                      ) AS "t48"
                      LEFT OUTER JOIN (
                        SELECT
                          "t44"."source_name",
                          "t44"."learner_id",
                          MIN("t44"."joined_on") AS "joined_on"
                        FROM "t40" AS "t44"
                        GROUP BY
                          1,
                          2
                      ) AS "t54"
                        ON "t48"."source_name" = "t54"."source_name"
                        AND "t48"."learner_id" = "t54"."learner_id"
                    ) AS "t68"
                    WHERE
                      (
                        "t68"."joined_on" IS NULL
                      ) OR (
                        "t68"."first_on" < "t68"."joined_on"
                      )
                  ) AS "t73"
                ) AS "t76"
                WHERE
                  "t76"."group_id" IS NOT NULL
              ) AS "t82"
              INNER JOIN (
                SELECT
                  "t33"."source_name",
                  "t33"."group_id",
                  MAX("t33"."group_name") AS "name"
                FROM (
                  SELECT
                    "t26"."slice",
                    "t26"."source_name",
                    "t26"."position",
                    "t26"."client_id",
                    "t26"."name",
                    "t26"."group_id",
                    "t26"."group_name",
                    "t26"."joined_on",
                    "t26"."source_name" AS "source",
                    "t26"."source_name" || ':' || "t26"."client_id" AS "learner_id"
                  FROM "t23" AS "t26"
                ) AS "t33"
                GROUP BY
                  1,
                  2
              ) AS "t43"
                ON "t82"."source_name" = "t43"."source_name" AND "t82"."group_id" = "t43"."group_id"
            ) AS "t85"
          ) AS "t90"
          LEFT OUTER JOIN (
            SELECT
              "t0"."source" AS "link_source",
              "t0"."external_id" AS "link_course",
              "t0"."course_id" AS "joined_id"
            FROM "course_links" AS "t0"
          ) AS "t20"
            ON "t90"."source_name" = "t20"."link_source"
            AND "t90"."course_id" = "t20"."link_course"
        ) AS "t93"
      ) AS "t96"
    ) AS "t102"
  ) AS "t103"
  GROUP BY
    1,
    2
) AS "t104"

-- memberships --
-- A person's place in a course, and in a group of it if any, from a day to a day.
WITH "t37" AS (
  SELECT
    "t31"."source_name",
    "t31"."learner_id",
    "t31"."group_id",
    MIN("t31"."joined_on") AS "joined_on"
  FROM (
    SELECT
      "t24"."slice",
      "t24"."source_name",
      "t24"."position",
      "t24"."client_id",
      "t24"."name",
      "t24"."group_id",
      "t24"."group_name",
      "t24"."joined_on",
      "t24"."source_name" AS "source",
      "t24"."source_name" || ':' || "t24"."client_id" AS "learner_id"
    FROM (
      SELECT
        "t14"."name" AS "slice",
        "t11"."source" AS "source_name",
        "t14"."position",
        "t14"."client_id",
        "t14"."name",
        "t14"."group_id",
        "t14"."group_name",
        "t14"."joined_on"
      FROM "vocabulary_learners" AS "t14"
      LEFT OUTER JOIN "slices" AS "t11"
        ON "t14"."slice_id" = "t11"."slice_id"
    ) AS "t24"
    WHERE
      "t24"."group_id" IS NOT NULL
  ) AS "t31"
  GROUP BY
    1,
    2,
    3
), "t78" AS (
  SELECT
    "t73"."slice",
    "t73"."source_name",
    "t73"."position",
    "t73"."course",
    "t73"."course_id",
    "t73"."user_id",
    "t73"."email",
    "t73"."username",
    "t73"."role",
    "t73"."suspended",
    "t73"."created_at",
    "t73"."last_login_at",
    "t73"."enrolled_at",
    "t73"."enrolled_on",
    "t73"."expires_on",
    "t73"."groups",
    "t73"."source",
    "t73"."learner_id",
    "t73"."name",
    UNNEST(STRING_TO_ARRAY("t73"."groups", '
')) AS "group"
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
      "t69"."source_name" AS "source",
      "t69"."user_id" AS "learner_id",
      "t69"."username" AS "name"
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
        "t67"."groups"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t61"."slice",
            "t61"."source_name",
            "t61"."position",
            "t61"."course",
            "t61"."course_id",
            "t61"."user_id",
            "t61"."email",
            "t61"."username",
            "t61"."role",
            "t61"."suspended",
            "t61"."created_at",
            "t61"."last_login_at",
            "t61"."enrolled_at",
            "t61"."enrolled_on",
            "t61"."expires_on",
            "t61"."groups",
            ROW_NUMBER() OVER (
              PARTITION BY "t61"."user_id", "t61"."course_id"
              ORDER BY "t61"."slice" DESC NULLS LAST, "t61"."position" DESC NULLS LAST
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
                  "t50"."slice",
                  "t50"."source_name",
                  "t50"."position",
                  "t50"."course",
                  "t50"."course_id",
                  "t50"."user_id",
                  "t50"."email",
                  "t50"."username",
                  "t50"."role",
                  "t50"."suspended",
                  "t50"."created_at",
                  "t50"."last_login_at",
                  "t50"."enrolled_at",
                  "t50"."enrolled_on",
                  "t50"."expires_on",
                  "t50"."groups"
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
                      "t16"."user_id",
                      "t16"."email",
                      "t16"."username",
                      "t16"."role",
                      "t16"."suspended",
                      "t16"."created_at",
                      "t16"."last_login_at",
                      "t16"."enrolled_at",
                      "t16"."enrolled_on",
                      "t16"."expires_on",
                      "t16"."groups",
                      "t33"."now_course",
                      "t33"."now_id"
                    FROM "learnworlds_users" AS "t16"
                    LEFT OUTER JOIN "slices" AS "t11"
                      ON "t16"."slice_id" = "t11"."slice_id"
                    LEFT OUTER JOIN (
                      SELECT DISTINCT
                        "t26"."course" AS "now_course",
                        "t26"."course_id" AS "now_id"
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
                      ) AS "t26"
                    ) AS "t33"
                      ON "t16"."course" = "t33"."now_course"
                  ) AS "t41"
                  WHERE
                    (
                      "t41"."now_id" IS NULL
                    ) OR (
                      "t41"."now_id" = "t41"."course_id"
                    )
                ) AS "t50"
              ) AS "t53"
            ) AS "t56"
            UNION ALL
            SELECT
              *
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
                  "t51"."groups"
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
                      "t17"."user_id",
                      "t17"."email",
                      "t17"."username",
                      "t17"."role",
                      "t17"."suspended",
                      "t17"."created_at",
                      "t17"."last_login_at",
                      "t17"."enrolled_at",
                      "t17"."enrolled_on",
                      "t17"."expires_on",
                      "t17"."groups",
                      "t33"."now_course",
                      "t33"."now_id"
                    FROM "learnworlds_suspended" AS "t17"
                    LEFT OUTER JOIN "slices" AS "t11"
                      ON "t17"."slice_id" = "t11"."slice_id"
                    LEFT OUTER JOIN (
                      SELECT DISTINCT
                        "t26"."course" AS "now_course",
                        "t26"."course_id" AS "now_id"
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
                      ) AS "t26"
                    ) AS "t33"
                      ON "t17"."course" = "t33"."now_course"
                  ) AS "t42"
                  WHERE
                    (
                      "t42"."now_id" IS NULL
                    ) OR (
                      "t42"."now_id" = "t42"."course_id"
                    )
                ) AS "t51"
              ) AS "t54"
            ) AS "t57"
          ) AS "t61"
        ) AS "t64"
        WHERE
          "t64"."_place" = 0
      ) AS "t67"
    ) AS "t69"
    WHERE
      "t69"."groups" IS NOT NULL
  ) AS "t73"
), "t100" AS (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t77"."learner_id",
        "t77"."group_id",
        COALESCE("t77"."joined_id", "t77"."course_id") AS "course_id",
        "t77"."role",
        "t77"."starts_on",
        "t77"."ends_on",
        "t77"."outcome",
        "t77"."source_name",
        "t77"."joined_id" IS NULL AS "own"
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
          "t20"."link_source",
          "t20"."link_course",
          "t20"."joined_id"
        FROM (
          SELECT
            "t66"."learner_id",
            "t66"."group_id",
            "t66"."course_id",
            "t66"."role",
            "t66"."starts_on",
            "t66"."ends_on",
            "t66"."outcome",
            "t66"."source_name"
          FROM (
            SELECT
              "t62"."slice",
              "t62"."source_name",
              "t62"."position",
              "t62"."learner_id",
              "t62"."group_id",
              "t62"."course_id",
              "t62"."role",
              "t62"."starts_on",
              "t62"."ends_on",
              "t62"."outcome",
              "t62"."source",
              ROW_NUMBER() OVER (
                PARTITION BY "t62"."learner_id", "t62"."group_id", "t62"."course_id", "t62"."role", "t62"."starts_on", "t62"."source_name"
                ORDER BY "t62"."slice" DESC NULLS LAST, "t62"."position" DESC NULLS LAST
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
              ) - 1 AS "_place"
            FROM (
              SELECT
                "t60"."slice",
                "t60"."source_name",
                "t60"."position",
                "t60"."learner_id",
                "t60"."source" || ':' || "t60"."group_id" AS "group_id",
                "t60"."course_id",
                "t60"."role",
                "t60"."starts_on",
                "t60"."ends_on",
                "t60"."outcome",
                "t60"."source"
              FROM (
                SELECT
                  "t55"."slice",
                  "t55"."source_name",
                  "t55"."position",
                  "t55"."learner_id",
                  "t55"."group_id",
                  "t55"."course_id",
                  "t55"."role",
                  "t55"."starts_on",
                  "t55"."ends_on",
                  "t55"."outcome",
                  "t55"."source"
                FROM (
                  SELECT
                    "t47"."slice",
                    "t47"."source_name",
                    "t47"."position",
                    COALESCE("t47"."linked", "t47"."source" || ':' || "t47"."learner_id") AS "learner_id",
                    "t47"."group_id",
                    "t47"."course_id",
                    "t47"."role",
                    "t47"."starts_on",
                    "t47"."ends_on",
                    "t47"."outcome",
                    "t47"."source",
                    "t47"."link_source",
                    "t47"."link_external",
                    "t47"."linked"
                  FROM (
                    SELECT
                      "t30"."slice",
                      "t30"."source_name",
                      "t30"."position",
                      "t30"."learner_id",
                      "t30"."group_id",
                      "t30"."course_id",
                      "t30"."role",
                      "t30"."starts_on",
                      "t30"."ends_on",
                      "t30"."outcome",
                      "t30"."source",
                      "t38"."link_source",
                      "t38"."link_external",
                      "t38"."linked"
                    FROM (
                      SELECT
                        "t23"."slice",
                        "t23"."source_name",
                        "t23"."position",
                        "t23"."learner_id",
                        "t23"."group_id",
                        "t23"."course_id",
                        "t23"."role",
                        "t23"."starts_on",
                        "t23"."ends_on",
                        "t23"."outcome",
                        "t23"."source_name" AS "source"
                      FROM (
                        SELECT
                          "t11"."name" AS "slice",
                          "t11"."source" AS "source_name",
                          "t13"."position",
                          "t13"."learner_id",
                          "t13"."group_id",
                          "t13"."course_id",
                          "t13"."role",
                          "t13"."starts_on",
                          "t13"."ends_on",
                          "t13"."outcome"
                        FROM "files_memberships" AS "t13"
                        LEFT OUTER JOIN "slices" AS "t11"
                          ON "t13"."slice_id" = "t11"."slice_id"
                      ) AS "t23"
                    ) AS "t30"
                    LEFT OUTER JOIN (
                      SELECT
                        "t32"."source" AS "link_source",
                        "t32"."external_id" AS "link_external",
                        "t32"."linked"
                      FROM (
                        SELECT
                          "t25"."source",
                          "t25"."external_id",
                          MAX("t25"."learner_id") AS "linked"
                        FROM (
                          SELECT
                            "t11"."name" AS "slice",
                            "t15"."source" AS "source_name",
                            "t15"."position",
                            "t15"."source",
                            "t15"."external_id",
                            "t15"."learner_id"
                          FROM "files_learner_links" AS "t15"
                          LEFT OUTER JOIN "slices" AS "t11"
                            ON "t15"."slice_id" = "t11"."slice_id"
                        ) AS "t25"
                        GROUP BY
                          1,
                          2
                      ) AS "t32"
                    ) AS "t38"
                      ON "t30"."source" = "t38"."link_source"
                      AND "t30"."learner_id" = "t38"."link_external"
                  ) AS "t47"
                ) AS "t55"
              ) AS "t60"
            ) AS "t62"
          ) AS "t66"
          WHERE
            "t66"."_place" = 0
        ) AS "t72"
        LEFT OUTER JOIN (
          SELECT
            "t0"."source" AS "link_source",
            "t0"."external_id" AS "link_course",
            "t0"."course_id" AS "joined_id"
          FROM "course_links" AS "t0"
        ) AS "t20"
          ON "t72"."source_name" = "t20"."link_source"
          AND "t72"."course_id" = "t20"."link_course"
      ) AS "t77"
    ) AS "t81"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t43"."learner_id",
        "t43"."group_id",
        COALESCE("t43"."joined_id", "t43"."course_id") AS "course_id",
        "t43"."role",
        "t43"."starts_on",
        "t43"."ends_on",
        "t43"."outcome",
        "t43"."source_name",
        "t43"."joined_id" IS NULL AS "own"
      FROM (
        SELECT
          "t34"."learner_id",
          "t34"."group_id",
          "t34"."course_id",
          "t34"."role",
          "t34"."starts_on",
          "t34"."ends_on",
          "t34"."outcome",
          "t34"."source_name",
          "t20"."link_source",
          "t20"."link_course",
          "t20"."joined_id"
        FROM (
          SELECT
            CAST("t21"."learner_id" AS VARCHAR) AS "learner_id",
            "t21"."group_id",
            CAST("t21"."course_id" AS VARCHAR) AS "course_id",
            CAST("t21"."role" AS VARCHAR) AS "role",
            "t21"."starts_on",
            "t21"."ends_on",
            CAST(NULL AS VARCHAR) AS "outcome",
            "t21"."source_name"
          FROM (
            SELECT
              "t10"."name" AS "slice",
              "t11"."source" AS "source_name",
              "t10"."position",
              "t10"."learner_id",
              "t10"."group_id",
              "t10"."course_id",
              "t10"."name",
              "t10"."rolling",
              "t10"."role",
              "t10"."starts_on",
              "t10"."ends_on"
            FROM "groups_members" AS "t10"
            LEFT OUTER JOIN "slices" AS "t11"
              ON "t10"."slice_id" = "t11"."slice_id"
          ) AS "t21"
        ) AS "t34"
        LEFT OUTER JOIN (
          SELECT
            "t0"."source" AS "link_source",
            "t0"."external_id" AS "link_course",
            "t0"."course_id" AS "joined_id"
          FROM "course_links" AS "t0"
        ) AS "t20"
          ON "t34"."source_name" = "t20"."link_source"
          AND "t34"."course_id" = "t20"."link_course"
      ) AS "t43"
    ) AS "t48"
  ) AS "t83"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t97"."learner_id",
        "t97"."group_id",
        COALESCE("t97"."joined_id", "t97"."course_id") AS "course_id",
        "t97"."role",
        "t97"."starts_on",
        "t97"."ends_on",
        "t97"."outcome",
        "t97"."source_name",
        "t97"."joined_id" IS NULL AS "own"
      FROM (
        SELECT
          "t96"."learner_id",
          "t96"."group_id",
          "t96"."course_id",
          "t96"."role",
          "t96"."starts_on",
          "t96"."ends_on",
          "t96"."outcome",
          "t96"."source_name",
          "t20"."link_source",
          "t20"."link_course",
          "t20"."joined_id"
        FROM (
          SELECT
            CAST("t94"."learner_id" AS VARCHAR) AS "learner_id",
            "t94"."group_id",
            CAST("t94"."course_id" AS VARCHAR) AS "course_id",
            CAST("t94"."role" AS VARCHAR) AS "role",
            "t94"."starts_on",
            "t94"."ends_on",
            CAST(NULL AS VARCHAR) AS "outcome",
            "t94"."source_name"
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
              "t93"."group_id",
              "t93"."starts_on",
              "t93"."ends_on"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t91"."slice",
                  "t91"."source_name",
                  "t91"."position",
                  "t91"."course",
                  "t91"."course_id",
                  "t91"."user_id",
                  "t91"."email",
                  "t91"."username",
                  "t91"."role",
                  "t91"."suspended",
                  "t91"."created_at",
                  "t91"."last_login_at",
                  "t91"."enrolled_at",
                  "t91"."enrolled_on",
                  "t91"."expires_on",
                  "t91"."groups",
                  "t91"."source",
                  "t91"."learner_id",
                  "t91"."name",
                  "t91"."group_id",
                  "t91"."starts_on",
                  "t91"."ends_on",
                  ROW_NUMBER() OVER (
                    PARTITION BY "t91"."learner_id", "t91"."group_id", "t91"."course_id", "t91"."role"
                    ORDER BY "t91"."slice" DESC NULLS LAST, "t91"."position" DESC NULLS LAST
                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                  ) - 1 AS "_place"
                FROM (
                  SELECT
                    "t90"."slice",
                    "t90"."source_name",
                    "t90"."position",
                    "t90"."course",
                    "t90"."course_id",
                    "t90"."user_id",
                    "t90"."email",
                    "t90"."username",
                    "t90"."role",
                    "t90"."suspended",
                    "t90"."created_at",
                    "t90"."last_login_at",
                    "t90"."enrolled_at",
                    "t90"."enrolled_on",
                    "t90"."expires_on",
                    "t90"."groups",
                    "t90"."source",
                    "t90"."source" || ':' || "t90"."learner_id" AS "learner_id",
                    "t90"."name",
                    "t90"."group_id",
                    "t90"."enrolled_on" AS "starts_on",
                    "t90"."expires_on" AS "ends_on"
                  FROM (
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
                          "t87"."groups",
                          "t87"."source",
                          "t87"."learner_id",
                          "t87"."name",
                          "t87"."group_id"
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
                            "t86"."groups",
                            "t86"."source",
                            "t86"."learner_id",
                            "t86"."name",
                            "t86"."with_groups",
                            CASE
                              WHEN "t86"."with_groups" IS NULL
                              THEN 'learnworlds:' || "t86"."course_id"
                              ELSE NULL
                            END AS "group_id"
                          FROM (
                            SELECT
                              "t75"."slice",
                              "t75"."source_name",
                              "t75"."position",
                              "t75"."course",
                              "t75"."course_id",
                              "t75"."user_id",
                              "t75"."email",
                              "t75"."username",
                              "t75"."role",
                              "t75"."suspended",
                              "t75"."created_at",
                              "t75"."last_login_at",
                              "t75"."enrolled_at",
                              "t75"."enrolled_on",
                              "t75"."expires_on",
                              "t75"."groups",
                              "t75"."source",
                              "t75"."learner_id",
                              "t75"."name",
                              "t84"."with_groups"
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
                                "t69"."source_name" AS "source",
                                "t69"."user_id" AS "learner_id",
                                "t69"."username" AS "name"
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
                                  "t67"."groups"
                                FROM (
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      "t61"."slice",
                                      "t61"."source_name",
                                      "t61"."position",
                                      "t61"."course",
                                      "t61"."course_id",
                                      "t61"."user_id",
                                      "t61"."email",
                                      "t61"."username",
                                      "t61"."role",
                                      "t61"."suspended",
                                      "t61"."created_at",
                                      "t61"."last_login_at",
                                      "t61"."enrolled_at",
                                      "t61"."enrolled_on",
                                      "t61"."expires_on",
                                      "t61"."groups",
                                      ROW_NUMBER() OVER (
                                        PARTITION BY "t61"."user_id", "t61"."course_id"
                                        ORDER BY "t61"."slice" DESC NULLS LAST, "t61"."position" DESC NULLS LAST
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
                                            "t50"."slice",
                                            "t50"."source_name",
                                            "t50"."position",
                                            "t50"."course",
                                            "t50"."course_id",
                                            "t50"."user_id",
                                            "t50"."email",
                                            "t50"."username",
                                            "t50"."role",
                                            "t50"."suspended",
                                            "t50"."created_at",
                                            "t50"."last_login_at",
                                            "t50"."enrolled_at",
                                            "t50"."enrolled_on",
                                            "t50"."expires_on",
                                            "t50"."groups"
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
                                                "t16"."user_id",
                                                "t16"."email",
                                                "t16"."username",
                                                "t16"."role",
                                                "t16"."suspended",
                                                "t16"."created_at",
                                                "t16"."last_login_at",
                                                "t16"."enrolled_at",
                                                "t16"."enrolled_on",
                                                "t16"."expires_on",
                                                "t16"."groups",
                                                "t33"."now_course",
                                                "t33"."now_id"
                                              FROM "learnworlds_users" AS "t16"
                                              LEFT OUTER JOIN "slices" AS "t11"
                                                ON "t16"."slice_id" = "t11"."slice_id"
                                              LEFT OUTER JOIN (
                                                SELECT DISTINCT
                                                  "t26"."course" AS "now_course",
                                                  "t26"."course_id" AS "now_id"
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
                                                ) AS "t26"
                                              ) AS "t33"
                                                ON "t16"."course" = "t33"."now_course"
                                            ) AS "t41"
                                            WHERE
                                              (
                                                "t41"."now_id" IS NULL
                                              ) OR (
                                                "t41"."now_id" = "t41"."course_id"
                                              )
                                          ) AS "t50"
                                        ) AS "t53"
                                      ) AS "t56"
                                      UNION ALL
                                      SELECT
                                        *
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
                                            "t51"."groups"
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
                                                "t17"."user_id",
                                                "t17"."email",
                                                "t17"."username",
                                                "t17"."role",
                                                "t17"."suspended",
                                                "t17"."created_at",
                                                "t17"."last_login_at",
                                                "t17"."enrolled_at",
                                                "t17"."enrolled_on",
                                                "t17"."expires_on",
                                                "t17"."groups",
                                                "t33"."now_course",
                                                "t33"."now_id"
                                              FROM "learnworlds_suspended" AS "t17"
                                              LEFT OUTER JOIN "slices" AS "t11"
                                                ON "t17"."slice_id" = "t11"."slice_id"
                                              LEFT OUTER JOIN (
                                                SELECT DISTINCT
                                                  "t26"."course" AS "now_course",
                                                  "t26"."course_id" AS "now_id"
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
                                                ) AS "t26"
                                              ) AS "t33"
                                                ON "t17"."course" = "t33"."now_course"
                                            ) AS "t42"
                                            WHERE
                                              (
                                                "t42"."now_id" IS NULL
                                              ) OR (
                                                "t42"."now_id" = "t42"."course_id"
                                              )
                                          ) AS "t51"
                                        ) AS "t54"
                                      ) AS "t57"
                                    ) AS "t61"
                                  ) AS "t64"
                                  WHERE
                                    "t64"."_place" = 0
                                ) AS "t67"
                              ) AS "t69"
                              WHERE
                                "t69"."groups" IS NULL
                            ) AS "t75"
                            LEFT OUTER JOIN (
                              SELECT DISTINCT
                                "t80"."course_id" AS "with_groups"
                              FROM "t78" AS "t80"
                            ) AS "t84"
                              ON "t75"."course_id" = "t84"."with_groups"
                          ) AS "t86"
                        ) AS "t87"
                      ) AS "t88"
                    ) AS "t89"
                    UNION ALL
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t80"."slice",
                        "t80"."source_name",
                        "t80"."position",
                        "t80"."course",
                        "t80"."course_id",
                        "t80"."user_id",
                        "t80"."email",
                        "t80"."username",
                        "t80"."role",
                        "t80"."suspended",
                        "t80"."created_at",
                        "t80"."last_login_at",
                        "t80"."enrolled_at",
                        "t80"."enrolled_on",
                        "t80"."expires_on",
                        "t80"."groups",
                        "t80"."source",
                        "t80"."learner_id",
                        "t80"."name",
                        'learnworlds:' || "t80"."group" AS "group_id"
                      FROM "t78" AS "t80"
                    ) AS "t85"
                  ) AS "t90"
                ) AS "t91"
              ) AS "t92"
              WHERE
                "t92"."_place" = 0
            ) AS "t93"
          ) AS "t94"
        ) AS "t96"
        LEFT OUTER JOIN (
          SELECT
            "t0"."source" AS "link_source",
            "t0"."external_id" AS "link_course",
            "t0"."course_id" AS "joined_id"
          FROM "course_links" AS "t0"
        ) AS "t20"
          ON "t96"."source_name" = "t20"."link_source"
          AND "t96"."course_id" = "t20"."link_course"
      ) AS "t97"
    ) AS "t98"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t76"."learner_id",
        "t76"."group_id",
        COALESCE("t76"."joined_id", "t76"."course_id") AS "course_id",
        "t76"."role",
        "t76"."starts_on",
        "t76"."ends_on",
        "t76"."outcome",
        "t76"."source_name",
        "t76"."joined_id" IS NULL AS "own"
      FROM (
        SELECT
          "t70"."learner_id",
          "t70"."group_id",
          "t70"."course_id",
          "t70"."role",
          "t70"."starts_on",
          "t70"."ends_on",
          "t70"."outcome",
          "t70"."source_name",
          "t20"."link_source",
          "t20"."link_course",
          "t20"."joined_id"
        FROM (
          SELECT
            CAST("t65"."learner_id" AS VARCHAR) AS "learner_id",
            "t65"."group_id",
            CAST("t65"."course_id" AS VARCHAR) AS "course_id",
            CAST('learner' AS VARCHAR) AS "role",
            "t65"."starts_on",
            "t65"."ends_on",
            CAST(NULL AS VARCHAR) AS "outcome",
            "t65"."source_name"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t52"."source_name",
                "t52"."learner_id",
                "t52"."group_id",
                "t52"."course_id",
                GREATEST("t52"."first_on", "t52"."joined_on") AS "starts_on",
                CAST(NULL AS DATE) AS "ends_on"
              FROM (
                SELECT
                  "t44"."source_name",
                  "t44"."learner_id",
                  "t44"."course_id",
                  "t44"."first_on",
                  "t45"."group_id",
                  "t45"."joined_on"
                FROM (
                  SELECT
                    "t35"."source_name",
                    "t35"."learner_id",
                    "t35"."course_id",
                    MIN("t35"."answered_on") AS "first_on"
                  FROM (
                    SELECT
                      "t22"."slice",
                      "t22"."source_name",
                      "t22"."position",
                      "t22"."client_id",
                      "t22"."activity_id",
                      "t22"."number",
                      "t22"."course",
                      "t22"."course_title",
                      "t22"."level",
                      "t22"."weight",
                      "t22"."word_id",
                      "t22"."word_title",
                      "t22"."category",
                      "t22"."answered_at",
                      "t22"."answered_on",
                      "t22"."correct",
                      "t22"."hints",
                      "t22"."duration_s",
                      "t22"."response",
                      "t22"."source_name" AS "source",
                      "t22"."source_name" || ':' || "t22"."client_id" AS "learner_id",
                      'vocabulary/' || "t22"."course" AS "course_id",
                      "t22"."source_name" || ':' || CAST("t22"."activity_id" AS VARCHAR) || '-' || CAST("t22"."number" AS VARCHAR) AS "attempt_id",
                      "t22"."word_id" AS "item_id",
                      "t22"."category" AS "topic_id",
                      "t22"."level" AS "level_id",
                      'answer' AS "kind",
                      CASE WHEN "t22"."correct" THEN 1 ELSE 0 END AS "score",
                      "t22"."answered_at" AS "at"
                    FROM (
                      SELECT
                        "t11"."name" AS "slice",
                        "t11"."source" AS "source_name",
                        "t12"."position",
                        "t12"."client_id",
                        "t12"."activity_id",
                        "t12"."number",
                        "t12"."course",
                        "t12"."course_title",
                        "t12"."level",
                        "t12"."weight",
                        "t12"."word_id",
                        "t12"."word_title",
                        "t12"."category",
                        "t12"."answered_at",
                        "t12"."answered_on",
                        "t12"."correct",
                        "t12"."hints",
                        "t12"."duration_s",
                        "t12"."response"
                      FROM "vocabulary_answers" AS "t12"
                      LEFT OUTER JOIN "slices" AS "t11"
                        ON "t12"."slice_id" = "t11"."slice_id"
                    ) AS "t22"
                  ) AS "t35"
                  GROUP BY
                    1,
                    2,
                    3
                ) AS "t44"
                INNER JOIN "t37" AS "t45"
                  ON "t44"."source_name" = "t45"."source_name"
                  AND "t44"."learner_id" = "t45"."learner_id"
              ) AS "t52"
            ) AS "t58"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                "t59"."source_name",
                "t59"."learner_id",
                CAST(NULL AS VARCHAR) AS "group_id",
                "t59"."course_id",
                "t59"."first_on" AS "starts_on",
                CAST(CAST("t59"."joined_on" AS TIMESTAMP) - INTERVAL '1 DAY' AS DATE) AS "ends_on"
              FROM (
                SELECT
                  "t44"."source_name",
                  "t44"."learner_id",
                  "t44"."course_id",
                  "t44"."first_on",
                  "t49"."source_name" AS "source_name_right",
                  "t49"."learner_id" AS "learner_id_right",
                  "t49"."joined_on"
                FROM (
                  SELECT
                    "t35"."source_name",
                    "t35"."learner_id",
                    "t35"."course_id",
                    MIN("t35"."answered_on") AS "first_on"
                  FROM (
                    SELECT
                      "t22"."slice",
                      "t22"."source_name",
                      "t22"."position",
                      "t22"."client_id",
                      "t22"."activity_id",
                      "t22"."number",
                      "t22"."course",
                      "t22"."course_title",
                      "t22"."level",
                      "t22"."weight",
                      "t22"."word_id",
                      "t22"."word_title",
                      "t22"."category",
                      "t22"."answered_at",
                      "t22"."answered_on",
                      "t22"."correct",
                      "t22"."hints",
                      "t22"."duration_s",
                      "t22"."response",
                      "t22"."source_name" AS "source",
                      "t22"."source_name" || ':' || "t22"."client_id" AS "learner_id",
                      'vocabulary/' || "t22"."course" AS "course_id",
                      "t22"."source_name" || ':' || CAST("t22"."activity_id" AS VARCHAR) || '-' || CAST("t22"."number" AS VARCHAR) AS "attempt_id",
                      "t22"."word_id" AS "item_id",
                      "t22"."category" AS "topic_id",
                      "t22"."level" AS "level_id",
                      'answer' AS "kind",
                      CASE WHEN "t22"."correct" THEN 1 ELSE 0 END AS "score",
                      "t22"."answered_at" AS "at"
                    FROM (
                      SELECT
                        "t11"."name" AS "slice",
                        "t11"."source" AS "source_name",
                        "t12"."position",
                        "t12"."client_id",
                        "t12"."activity_id",
                        "t12"."number",
                        "t12"."course",
                        "t12"."course_title",
                        "t12"."level",
                        "t12"."weight",
                        "t12"."word_id",
                        "t12"."word_title",
                        "t12"."category",
                        "t12"."answered_at",
                        "t12"."answered_on",
                        "t12"."correct",
                        "t12"."hints",
                        "t12"."duration_s",
                        "t12"."response"
                      FROM "vocabulary_answers" AS "t12"
                      LEFT OUTER JOIN "slices" AS "t11"
                        ON "t12"."slice_id" = "t11"."slice_id"
                    ) AS "t22"
                  ) AS "t35"
                  GROUP BY
                    1,
                    2,
                    3
                ) AS "t44"
                LEFT OUTER JOIN (
                  SELECT
                    "t40"."source_name",
                    "t40"."learner_id",
                    MIN("t40"."joined_on") AS "joined_on"
                  FROM "t37" AS "t40"
                  GROUP BY
                    1,
                    2
                ) AS "t49"
                  ON "t44"."source_name" = "t49"."source_name"
                  AND "t44"."learner_id" = "t49"."learner_id"
              ) AS "t59"
              WHERE
                (
                  "t59"."joined_on" IS NULL
                ) OR (
                  "t59"."first_on" < "t59"."joined_on"
                )
            ) AS "t63"
          ) AS "t65"
        ) AS "t70"
        LEFT OUTER JOIN (
          SELECT
            "t0"."source" AS "link_source",
            "t0"."external_id" AS "link_course",
            "t0"."course_id" AS "joined_id"
          FROM "course_links" AS "t0"
        ) AS "t20"
          ON "t70"."source_name" = "t20"."link_source"
          AND "t70"."course_id" = "t20"."link_course"
      ) AS "t76"
    ) AS "t79"
  ) AS "t99"
)
SELECT
  "t107"."learner_id",
  CASE
    WHEN COALESCE(
      (
        "t107"."placed" IS NOT NULL
      )
      AND NOT (
        STARTS_WITH("t107"."group_id", 'groups:')
      ),
      FALSE
    )
    THEN NULL
    ELSE "t107"."group_id"
  END AS "group_id",
  "t107"."course_id",
  "t107"."role",
  "t107"."starts_on",
  "t107"."ends_on",
  "t107"."outcome"
FROM (
  SELECT
    "t103"."learner_id",
    "t103"."group_id",
    "t103"."course_id",
    "t103"."role",
    "t103"."starts_on",
    "t103"."ends_on",
    "t103"."outcome",
    "t106"."learner_id" AS "learner_id_right",
    "t106"."course_id" AS "course_id_right",
    "t106"."placed"
  FROM (
    SELECT
      "t101"."learner_id",
      "t101"."group_id",
      "t101"."course_id",
      "t101"."role",
      "t101"."starts_on",
      "t101"."ends_on",
      "t101"."outcome"
    FROM "t100" AS "t101"
  ) AS "t103"
  LEFT OUTER JOIN (
    SELECT
      "t104"."learner_id",
      "t104"."course_id",
      TRUE AS "placed"
    FROM (
      SELECT DISTINCT
        "t101"."learner_id",
        "t101"."course_id"
      FROM "t100" AS "t101"
      WHERE
        COALESCE(STARTS_WITH("t101"."group_id", 'groups:'), FALSE)
        AND "t101"."role" = 'learner'
    ) AS "t104"
  ) AS "t106"
    ON "t103"."learner_id" = "t106"."learner_id"
    AND "t103"."course_id" = "t106"."course_id"
) AS "t107"

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
