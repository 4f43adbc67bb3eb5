-- Views of the canonical tables. Written by `make docs` (docs/build_canonical_views.py).

-- learners --
-- A person who learns, as one source knows them.
WITH "t24" AS (
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
    "t17"."event_properties"
  FROM "amplitude_events_web" AS "t17"
  LEFT OUTER JOIN "slices" AS "t12"
    ON "t17"."slice_id" = "t12"."slice_id"
), "t25" AS (
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
    "t18"."event_properties"
  FROM "amplitude_events_mobile" AS "t18"
  LEFT OUTER JOIN "slices" AS "t12"
    ON "t18"."slice_id" = "t12"."slice_id"
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
        "t74"."learner_id",
        "t74"."name",
        "t74"."email",
        "t74"."source"
      FROM (
        SELECT
          "t64"."slice",
          "t64"."source_name",
          "t64"."position",
          "t64"."learner_id",
          "t64"."name",
          "t64"."email",
          "t64"."source",
          ROW_NUMBER() OVER (
            PARTITION BY "t64"."learner_id"
            ORDER BY "t64"."slice" DESC NULLS LAST, "t64"."position" DESC NULLS LAST
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) - 1 AS "_place"
        FROM (
          SELECT
            "t52"."slice",
            "t52"."source_name",
            "t52"."position",
            COALESCE("t52"."linked", "t52"."source" || ':' || "t52"."learner_id") AS "learner_id",
            "t52"."name",
            "t52"."email",
            "t52"."source"
          FROM (
            SELECT
              "t32"."slice",
              "t32"."source_name",
              "t32"."position",
              "t32"."learner_id",
              "t32"."name",
              "t32"."email",
              "t32"."source",
              "t46"."link_source",
              "t46"."link_external",
              "t46"."linked"
            FROM (
              SELECT
                "t22"."slice",
                "t22"."source_name",
                "t22"."position",
                "t22"."learner_id",
                "t22"."name",
                "t22"."email",
                "t22"."source_name" AS "source"
              FROM (
                SELECT
                  "t13"."name" AS "slice",
                  "t12"."source" AS "source_name",
                  "t13"."position",
                  "t13"."learner_id",
                  "t13"."name",
                  "t13"."email"
                FROM "files_learners" AS "t13"
                LEFT OUTER JOIN "slices" AS "t12"
                  ON "t13"."slice_id" = "t12"."slice_id"
              ) AS "t22"
            ) AS "t32"
            LEFT OUTER JOIN (
              SELECT
                "t33"."source" AS "link_source",
                "t33"."external_id" AS "link_external",
                "t33"."linked"
              FROM (
                SELECT
                  "t23"."source",
                  "t23"."external_id",
                  MAX("t23"."learner_id") AS "linked"
                FROM (
                  SELECT
                    "t12"."name" AS "slice",
                    "t14"."source" AS "source_name",
                    "t14"."position",
                    "t14"."source",
                    "t14"."external_id",
                    "t14"."learner_id"
                  FROM "files_learner_links" AS "t14"
                  LEFT OUTER JOIN "slices" AS "t12"
                    ON "t14"."slice_id" = "t12"."slice_id"
                ) AS "t23"
                GROUP BY
                  1,
                  2
              ) AS "t33"
            ) AS "t46"
              ON "t32"."source" = "t46"."link_source"
              AND "t32"."learner_id" = "t46"."link_external"
          ) AS "t52"
        ) AS "t64"
      ) AS "t74"
      WHERE
        "t74"."_place" = 0
    ) AS "t77"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        CAST(CAST("t76"."learner_id" AS VARCHAR) AS VARCHAR) AS "learner_id",
        CAST(NULL AS VARCHAR) AS "name",
        CAST(NULL AS VARCHAR) AS "email",
        CAST(CAST("t76"."source" AS VARCHAR) AS VARCHAR) AS "source"
      FROM (
        SELECT DISTINCT
          "t70"."source" || ':' || "t70"."learner_id" AS "learner_id",
          "t70"."source"
        FROM (
          SELECT
            "t53"."slice",
            "t53"."source_name",
            "t53"."position",
            "t53"."user_id",
            "t53"."oauth_consumer_key",
            "t53"."lis_result_sourcedid",
            "t53"."lis_outcome_service_url",
            "t53"."is_correct",
            "t53"."attempt_type",
            "t53"."created_at",
            "t53"."source",
            "t53"."learner_id",
            "t53"."at",
            "t53"."sourcedid",
            "t53"."category",
            "t53"."course",
            "t53"."item_id",
            "t53"."source" || ':' || SHA256(
              "t53"."user_id" || ' ' || CAST(EPOCH_US("t53"."at") AS VARCHAR) || ' ' || "t53"."attempt_type" || ' ' || COALESCE("t53"."lis_result_sourcedid", '')
            ) AS "attempt_id",
            "t53"."category" || '/' || "t53"."course" AS "course_id",
            CASE WHEN "t53"."attempt_type" = 'submit' THEN 'answer' ELSE 'run' END AS "kind",
            "t53"."is_correct" AS "correct",
            CASE
              WHEN "t53"."is_correct"
              THEN 1
              WHEN NOT (
                "t53"."is_correct"
              )
              THEN 0
              ELSE CAST(NULL AS BIGINT)
            END AS "score"
          FROM (
            SELECT
              "t45"."slice",
              "t45"."source_name",
              "t45"."position",
              "t45"."user_id",
              "t45"."oauth_consumer_key",
              "t45"."lis_result_sourcedid",
              "t45"."lis_outcome_service_url",
              "t45"."is_correct",
              "t45"."attempt_type",
              "t45"."created_at",
              "t45"."source",
              "t45"."learner_id",
              "t45"."at",
              "t45"."sourcedid",
              CASE
                WHEN "t45"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                THEN CASE
                  WHEN "t45"."sourcedid" ~ (
                    '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                  )
                  THEN (
                    REGEXP_MATCH(
                      "t45"."sourcedid",
                      '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                  )[2]
                  ELSE NULL
                END
                WHEN "t45"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                THEN CASE
                  WHEN "t45"."sourcedid" ~ (
                    '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                  )
                  THEN (
                    REGEXP_MATCH(
                      "t45"."sourcedid",
                      '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                  )[2]
                  ELSE NULL
                END
                ELSE CAST(NULL AS VARCHAR)
              END AS "category",
              CASE
                WHEN "t45"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                THEN CASE
                  WHEN "t45"."sourcedid" ~ (
                    '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                  )
                  THEN (
                    REGEXP_MATCH(
                      "t45"."sourcedid",
                      '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                  )[3]
                  ELSE NULL
                END
                WHEN "t45"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                THEN CASE
                  WHEN "t45"."sourcedid" ~ (
                    '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                  )
                  THEN (
                    REGEXP_MATCH(
                      "t45"."sourcedid",
                      '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                  )[3]
                  ELSE NULL
                END || '+' || CASE
                  WHEN "t45"."sourcedid" ~ (
                    '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                  )
                  THEN (
                    REGEXP_MATCH(
                      "t45"."sourcedid",
                      '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                  )[4]
                  ELSE NULL
                END
                ELSE CAST(NULL AS VARCHAR)
              END AS "course",
              CASE
                WHEN "t45"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                THEN CASE
                  WHEN "t45"."sourcedid" ~ (
                    '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                  )
                  THEN (
                    REGEXP_MATCH(
                      "t45"."sourcedid",
                      '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                  )[5]
                  ELSE NULL
                END
                WHEN "t45"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                THEN CASE
                  WHEN "t45"."sourcedid" ~ (
                    '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                  )
                  THEN (
                    REGEXP_MATCH(
                      "t45"."sourcedid",
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
                  "t12"."name" AS "slice",
                  "t12"."source" AS "source_name",
                  "t11"."position",
                  "t11"."user_id",
                  "t11"."oauth_consumer_key",
                  "t11"."lis_result_sourcedid",
                  "t11"."lis_outcome_service_url",
                  "t11"."is_correct",
                  "t11"."attempt_type",
                  "t11"."created_at"
                FROM "grader_attempts" AS "t11"
                LEFT OUTER JOIN "slices" AS "t12"
                  ON "t11"."slice_id" = "t12"."slice_id"
              ) AS "t21"
            ) AS "t45"
          ) AS "t53"
        ) AS "t70"
      ) AS "t76"
    ) AS "t80"
  ) AS "t82"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        CAST(CAST("t84"."learner_id" AS VARCHAR) AS VARCHAR) AS "learner_id",
        "t84"."name",
        "t84"."email",
        CAST(CAST("t84"."source" AS VARCHAR) AS VARCHAR) AS "source"
      FROM (
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
          "t83"."source",
          "t83"."learner_id",
          "t83"."name"
        FROM (
          SELECT
            *
          FROM (
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
              "t73"."source",
              "t73"."learner_id",
              "t73"."name",
              ROW_NUMBER() OVER (
                PARTITION BY "t73"."learner_id"
                ORDER BY "t73"."slice" DESC NULLS LAST, "t73"."position" DESC NULLS LAST
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
              ) - 1 AS "_place"
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
                "t67"."source_name" AS "source",
                "t67"."source_name" || ':' || "t67"."user_id" AS "learner_id",
                "t67"."username" AS "name"
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
                      "t56"."expires_on"
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          "t12"."name" AS "slice",
                          "t12"."source" AS "source_name",
                          "t15"."position",
                          "t15"."course",
                          "t15"."course_id",
                          "t15"."user_id",
                          "t15"."email",
                          "t15"."username",
                          "t15"."role",
                          "t15"."suspended",
                          "t15"."created_at",
                          "t15"."last_login_at",
                          "t15"."enrolled_at",
                          "t15"."enrolled_on",
                          "t15"."expires_on",
                          "t36"."now_course",
                          "t36"."now_id"
                        FROM "learnworlds_users" AS "t15"
                        LEFT OUTER JOIN "slices" AS "t12"
                          ON "t15"."slice_id" = "t12"."slice_id"
                        LEFT OUTER JOIN (
                          SELECT DISTINCT
                            "t26"."course" AS "now_course",
                            "t26"."course_id" AS "now_id"
                          FROM (
                            SELECT
                              "t12"."name" AS "slice",
                              "t12"."source" AS "source_name",
                              "t19"."position",
                              "t19"."course",
                              "t19"."course_id",
                              "t19"."category",
                              "t19"."title",
                              "t19"."access",
                              "t19"."starts_on",
                              "t19"."ends_on",
                              "t19"."created_at"
                            FROM "learnworlds_courses" AS "t19"
                            LEFT OUTER JOIN "slices" AS "t12"
                              ON "t19"."slice_id" = "t12"."slice_id"
                          ) AS "t26"
                        ) AS "t36"
                          ON "t15"."course" = "t36"."now_course"
                      ) AS "t47"
                      WHERE
                        (
                          "t47"."now_id" IS NULL
                        ) OR (
                          "t47"."now_id" = "t47"."course_id"
                        )
                    ) AS "t56"
                  ) AS "t60"
                ) AS "t65"
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
                      "t57"."expires_on"
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
                          "t36"."now_course",
                          "t36"."now_id"
                        FROM "learnworlds_suspended" AS "t16"
                        LEFT OUTER JOIN "slices" AS "t12"
                          ON "t16"."slice_id" = "t12"."slice_id"
                        LEFT OUTER JOIN (
                          SELECT DISTINCT
                            "t26"."course" AS "now_course",
                            "t26"."course_id" AS "now_id"
                          FROM (
                            SELECT
                              "t12"."name" AS "slice",
                              "t12"."source" AS "source_name",
                              "t19"."position",
                              "t19"."course",
                              "t19"."course_id",
                              "t19"."category",
                              "t19"."title",
                              "t19"."access",
                              "t19"."starts_on",
                              "t19"."ends_on",
                              "t19"."created_at"
                            FROM "learnworlds_courses" AS "t19"
                            LEFT OUTER JOIN "slices" AS "t12"
                              ON "t19"."slice_id" = "t12"."slice_id"
                          ) AS "t26"
                        ) AS "t36"
                          ON "t16"."course" = "t36"."now_course"
                      ) AS "t48"
                      WHERE
                        (
                          "t48"."now_id" IS NULL
                        ) OR (
                          "t48"."now_id" = "t48"."course_id"
                        )
                    ) AS "t57"
                  ) AS "t61"
                ) AS "t66"
              ) AS "t67"
            ) AS "t73"
          ) AS "t79"
          WHERE
            "t79"."_place" = 0
        ) AS "t83"
      ) AS "t84"
    ) AS "t86"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          CAST(CAST("t85"."learner_id" AS VARCHAR) AS VARCHAR) AS "learner_id",
          CAST(NULL AS VARCHAR) AS "name",
          "t85"."email",
          CAST(CAST("t85"."source" AS VARCHAR) AS VARCHAR) AS "source"
        FROM (
          SELECT
            "t81"."learner_id",
            MIN("t81"."source") AS "source",
            MAX("t81"."email") AS "email"
          FROM (
            SELECT
              "t78"."learner_id",
              "t78"."source",
              MAX("t78"."email") AS "email"
            FROM (
              SELECT
                "t75"."slice",
                "t75"."source_name",
                "t75"."position",
                "t75"."stray",
                "t75"."uuid",
                "t75"."event_type",
                "t75"."event_time",
                "t75"."user_id",
                "t75"."session_id",
                "t75"."email",
                "t75"."course_id",
                "t75"."item_id",
                "t75"."correct",
                "t75"."score",
                "t75"."duration_s",
                "t75"."hints",
                "t75"."event_properties",
                "t75"."source_name" AS "source",
                "t75"."source_name" || ':' || "t75"."user_id" AS "learner_id",
                "t75"."event_time" AS "at"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      *
                    FROM "t24" AS "t27"
                    WHERE
                      NOT (
                        "t27"."stray"
                      )
                  ) AS "t37"
                  UNION ALL
                  SELECT
                    *
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
                      "t62"."event_properties"
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
                        "t54"."event_properties"
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t34"."slice",
                            "t34"."source_name",
                            "t34"."position",
                            "t34"."stray",
                            "t34"."uuid",
                            "t34"."event_type",
                            "t34"."event_time",
                            "t34"."user_id",
                            "t34"."session_id",
                            "t34"."email",
                            "t34"."course_id",
                            "t34"."item_id",
                            "t34"."correct",
                            "t34"."score",
                            "t34"."duration_s",
                            "t34"."hints",
                            "t34"."event_properties",
                            ROW_NUMBER() OVER (
                              PARTITION BY "t34"."uuid"
                              ORDER BY "t34"."slice" ASC, "t34"."position" ASC
                              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                            ) - 1 AS "_place"
                          FROM (
                            SELECT
                              *
                            FROM "t24" AS "t27"
                            WHERE
                              "t27"."stray"
                          ) AS "t34"
                        ) AS "t49"
                        WHERE
                          "t49"."_place" = 0
                      ) AS "t54"
                    ) AS "t62"
                    WHERE
                      NOT EXISTS(
                        SELECT
                          1
                        FROM (
                          SELECT
                            "t27"."uuid"
                          FROM "t24" AS "t27"
                          WHERE
                            NOT (
                              "t27"."stray"
                            )
                        ) AS "t42"
                        WHERE
                          "t62"."uuid" = "t42"."uuid"
                      )
                  ) AS "t68"
                ) AS "t71"
                UNION ALL
                SELECT
                  *
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      *
                    FROM "t25" AS "t28"
                    WHERE
                      NOT (
                        "t28"."stray"
                      )
                  ) AS "t39"
                  UNION ALL
                  SELECT
                    *
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
                      "t63"."event_properties"
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
                        "t55"."event_properties"
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t35"."slice",
                            "t35"."source_name",
                            "t35"."position",
                            "t35"."stray",
                            "t35"."uuid",
                            "t35"."event_type",
                            "t35"."event_time",
                            "t35"."user_id",
                            "t35"."session_id",
                            "t35"."email",
                            "t35"."course_id",
                            "t35"."item_id",
                            "t35"."correct",
                            "t35"."score",
                            "t35"."duration_s",
                            "t35"."hints",
                            "t35"."event_properties",
                            ROW_NUMBER() OVER (
                              PARTITION BY "t35"."uuid"
                              ORDER BY "t35"."slice" ASC, "t35"."position" ASC
                              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                            ) - 1 AS "_place"
                          FROM (
                            SELECT
                              *
                            FROM "t25" AS "t28"
                            WHERE
                              "t28"."stray"
                          ) AS "t35"
                        ) AS "t50"
                        WHERE
                          "t50"."_place" = 0
                      ) AS "t55"
                    ) AS "t63"
                    WHERE
                      NOT EXISTS(
                        SELECT
                          1
                        FROM (
                          SELECT
                            "t28"."uuid"
                          FROM "t25" AS "t28"
                          WHERE
                            NOT (
                              "t28"."stray"
                            )
                        ) AS "t43"
                        WHERE
                          "t63"."uuid" = "t43"."uuid"
                      )
                  ) AS "t69"
                ) AS "t72"
              ) AS "t75"
              WHERE
                "t75"."user_id" IS NOT NULL AND "t75"."user_id" <> ''
            ) AS "t78"
            GROUP BY
              1,
              2
          ) AS "t81"
          GROUP BY
            1
        ) AS "t85"
      ) AS "t87"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          CAST(CAST("t44"."learner_id" AS VARCHAR) AS VARCHAR) AS "learner_id",
          CAST(NULL AS VARCHAR) AS "name",
          "t44"."email",
          CAST(CAST("t44"."source" AS VARCHAR) AS VARCHAR) AS "source"
        FROM (
          SELECT
            "t31"."learner_id",
            MIN("t31"."source") AS "source",
            MAX("t31"."email") AS "email"
          FROM (
            SELECT
              "t20"."slice",
              "t20"."source_name",
              "t20"."position",
              "t20"."uuid",
              "t20"."event_at",
              "t20"."event_datetime",
              "t20"."event_json",
              "t20"."event_name",
              "t20"."event_receive_datetime",
              "t20"."event_receive_timestamp",
              "t20"."event_timestamp",
              "t20"."session_id",
              "t20"."installation_id",
              "t20"."appmetrica_device_id",
              "t20"."city",
              "t20"."connection_type",
              "t20"."country_iso_code",
              "t20"."device_ipv6",
              "t20"."device_locale",
              "t20"."device_manufacturer",
              "t20"."device_model",
              "t20"."device_type",
              "t20"."google_aid",
              "t20"."ios_ifa",
              "t20"."ios_ifv",
              "t20"."mcc",
              "t20"."mnc",
              "t20"."operator_name",
              "t20"."original_device_model",
              "t20"."os_name",
              "t20"."os_version",
              "t20"."profile_id",
              "t20"."windows_aid",
              "t20"."app_build_number",
              "t20"."app_package_name",
              "t20"."app_version_name",
              "t20"."application_id",
              "t20"."event_properties",
              "t20"."ehr_id",
              "t20"."email",
              "t20"."course_id",
              "t20"."item_id",
              "t20"."correct",
              "t20"."score",
              "t20"."duration_s",
              "t20"."hints",
              "t20"."source_name" AS "source",
              "t20"."source_name" || ':' || "t20"."profile_id" AS "learner_id"
            FROM (
              SELECT
                "t12"."name" AS "slice",
                "t12"."source" AS "source_name",
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
                "t10"."hints"
              FROM "appmetrica_events" AS "t10"
              LEFT OUTER JOIN "slices" AS "t12"
                ON "t10"."slice_id" = "t12"."slice_id"
            ) AS "t20"
            WHERE
              "t20"."profile_id" IS NOT NULL
          ) AS "t31"
          GROUP BY
            1
        ) AS "t44"
      ) AS "t51"
    ) AS "t88"
  ) AS "t89"
) AS "t90"

-- events --
-- Something a learner did, or `count` of the same at one instant.
WITH "t16" AS (
  SELECT
    "t8"."name" AS "slice",
    "t8"."source" AS "source_name",
    "t9"."position",
    "t9"."stray",
    "t9"."uuid",
    "t9"."event_type",
    "t9"."event_time",
    "t9"."user_id",
    "t9"."session_id",
    "t9"."email",
    "t9"."course_id",
    "t9"."item_id",
    "t9"."correct",
    "t9"."score",
    "t9"."duration_s",
    "t9"."hints",
    "t9"."event_properties"
  FROM "amplitude_events_web" AS "t9"
  LEFT OUTER JOIN "slices" AS "t8"
    ON "t9"."slice_id" = "t8"."slice_id"
), "t17" AS (
  SELECT
    "t8"."name" AS "slice",
    "t8"."source" AS "source_name",
    "t10"."position",
    "t10"."stray",
    "t10"."uuid",
    "t10"."event_type",
    "t10"."event_time",
    "t10"."user_id",
    "t10"."session_id",
    "t10"."email",
    "t10"."course_id",
    "t10"."item_id",
    "t10"."correct",
    "t10"."score",
    "t10"."duration_s",
    "t10"."hints",
    "t10"."event_properties"
  FROM "amplitude_events_mobile" AS "t10"
  LEFT OUTER JOIN "slices" AS "t8"
    ON "t10"."slice_id" = "t8"."slice_id"
)
SELECT
  "t66"."event_id",
  "t66"."learner_id",
  "t66"."course_id",
  "t66"."group_id",
  "t66"."type",
  "t66"."session_id",
  "t66"."count",
  "t66"."at",
  "t66"."properties"
FROM (
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
        "t14"."link_source",
        "t14"."link_course",
        "t14"."joined_id"
      FROM (
        SELECT
          "t58"."event_id",
          "t58"."learner_id",
          "t58"."course_id",
          "t58"."group_id",
          "t58"."type",
          "t58"."session_id",
          "t58"."count",
          "t58"."at",
          "t58"."properties",
          "t58"."source_name"
        FROM (
          SELECT
            "t54"."slice",
            "t54"."source_name",
            "t54"."position",
            CASE
              WHEN "t54"."event_id" IS NULL
              THEN SHA256("t54"."slice" || ':' || CAST("t54"."position" AS VARCHAR))
              ELSE "t54"."source" || ':' || "t54"."event_id"
            END AS "event_id",
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
              "t49"."slice",
              "t49"."source_name",
              "t49"."position",
              "t49"."event_id",
              "t49"."learner_id",
              "t49"."course_id",
              "t49"."source" || ':' || "t49"."group_id" AS "group_id",
              "t49"."type",
              "t49"."session_id",
              "t49"."count",
              "t49"."at",
              "t49"."properties",
              "t49"."source"
            FROM (
              SELECT
                "t48"."slice",
                "t48"."source_name",
                "t48"."position",
                "t48"."event_id",
                "t48"."learner_id",
                "t48"."course_id",
                "t48"."group_id",
                "t48"."type",
                "t48"."session_id",
                "t48"."count",
                "t48"."at",
                "t48"."properties",
                "t48"."source"
              FROM (
                SELECT
                  "t40"."slice",
                  "t40"."source_name",
                  "t40"."position",
                  "t40"."event_id",
                  COALESCE("t40"."linked", "t40"."source" || ':' || "t40"."learner_id") AS "learner_id",
                  "t40"."course_id",
                  "t40"."group_id",
                  "t40"."type",
                  "t40"."session_id",
                  "t40"."count",
                  "t40"."at",
                  "t40"."properties",
                  "t40"."source",
                  "t40"."link_source",
                  "t40"."link_external",
                  "t40"."linked"
                FROM (
                  SELECT
                    "t25"."slice",
                    "t25"."source_name",
                    "t25"."position",
                    "t25"."event_id",
                    "t25"."learner_id",
                    "t25"."course_id",
                    "t25"."group_id",
                    "t25"."type",
                    "t25"."session_id",
                    "t25"."count",
                    "t25"."at",
                    "t25"."properties",
                    "t25"."source",
                    "t36"."link_source",
                    "t36"."link_external",
                    "t36"."linked"
                  FROM (
                    SELECT
                      "t18"."slice",
                      "t18"."source_name",
                      "t18"."position",
                      "t18"."event_id",
                      "t18"."learner_id",
                      "t18"."course_id",
                      "t18"."group_id",
                      "t18"."type",
                      "t18"."session_id",
                      "t18"."count",
                      "t18"."at",
                      "t18"."properties",
                      "t18"."source_name" AS "source"
                    FROM (
                      SELECT
                        "t8"."name" AS "slice",
                        "t8"."source" AS "source_name",
                        "t11"."position",
                        "t11"."event_id",
                        "t11"."learner_id",
                        "t11"."course_id",
                        "t11"."group_id",
                        "t11"."type",
                        "t11"."session_id",
                        "t11"."count",
                        "t11"."at",
                        "t11"."properties"
                      FROM "files_events" AS "t11"
                      LEFT OUTER JOIN "slices" AS "t8"
                        ON "t11"."slice_id" = "t8"."slice_id"
                    ) AS "t18"
                  ) AS "t25"
                  LEFT OUTER JOIN (
                    SELECT
                      "t26"."source" AS "link_source",
                      "t26"."external_id" AS "link_external",
                      "t26"."linked"
                    FROM (
                      SELECT
                        "t19"."source",
                        "t19"."external_id",
                        MAX("t19"."learner_id") AS "linked"
                      FROM (
                        SELECT
                          "t8"."name" AS "slice",
                          "t12"."source" AS "source_name",
                          "t12"."position",
                          "t12"."source",
                          "t12"."external_id",
                          "t12"."learner_id"
                        FROM "files_learner_links" AS "t12"
                        LEFT OUTER JOIN "slices" AS "t8"
                          ON "t12"."slice_id" = "t8"."slice_id"
                      ) AS "t19"
                      GROUP BY
                        1,
                        2
                    ) AS "t26"
                  ) AS "t36"
                    ON "t25"."source" = "t36"."link_source"
                    AND "t25"."learner_id" = "t36"."link_external"
                ) AS "t40"
              ) AS "t48"
            ) AS "t49"
          ) AS "t54"
        ) AS "t58"
      ) AS "t60"
      LEFT OUTER JOIN (
        SELECT
          "t0"."source" AS "link_source",
          "t0"."external_id" AS "link_course",
          "t0"."course_id" AS "joined_id"
        FROM "course_links" AS "t0"
      ) AS "t14"
        ON "t60"."source_name" = "t14"."link_source"
        AND "t60"."course_id" = "t14"."link_course"
    ) AS "t63"
  ) AS "t65"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t61"."event_id",
        "t61"."learner_id",
        COALESCE("t61"."joined_id", "t61"."course_id") AS "course_id",
        "t61"."group_id",
        "t61"."type",
        "t61"."session_id",
        "t61"."count",
        "t61"."at",
        "t61"."properties",
        "t61"."source_name",
        "t61"."joined_id" IS NULL AS "own"
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
          "t14"."link_source",
          "t14"."link_course",
          "t14"."joined_id"
        FROM (
          SELECT
            CAST("t55"."source_name" || ':' || "t55"."uuid" AS VARCHAR) AS "event_id",
            CAST("t55"."source_name" || ':' || "t55"."user_id" AS VARCHAR) AS "learner_id",
            "t55"."course_id",
            CAST(NULL AS VARCHAR) AS "group_id",
            CAST("t55"."event_type" AS VARCHAR) AS "type",
            CASE
              WHEN "t55"."session_id" = -1
              THEN CAST(NULL AS VARCHAR)
              ELSE CAST("t55"."session_id" AS VARCHAR)
            END AS "session_id",
            CAST(1 AS BIGINT) AS "count",
            CAST("t55"."event_time" AS TIMESTAMPTZ(6)) AS "at",
            "t55"."event_properties" AS "properties",
            "t55"."source_name"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  *
                FROM "t16" AS "t20"
                WHERE
                  NOT (
                    "t20"."stray"
                  )
              ) AS "t28"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  "t46"."slice",
                  "t46"."source_name",
                  "t46"."position",
                  "t46"."stray",
                  "t46"."uuid",
                  "t46"."event_type",
                  "t46"."event_time",
                  "t46"."user_id",
                  "t46"."session_id",
                  "t46"."email",
                  "t46"."course_id",
                  "t46"."item_id",
                  "t46"."correct",
                  "t46"."score",
                  "t46"."duration_s",
                  "t46"."hints",
                  "t46"."event_properties"
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
                    "t41"."event_properties"
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t23"."slice",
                        "t23"."source_name",
                        "t23"."position",
                        "t23"."stray",
                        "t23"."uuid",
                        "t23"."event_type",
                        "t23"."event_time",
                        "t23"."user_id",
                        "t23"."session_id",
                        "t23"."email",
                        "t23"."course_id",
                        "t23"."item_id",
                        "t23"."correct",
                        "t23"."score",
                        "t23"."duration_s",
                        "t23"."hints",
                        "t23"."event_properties",
                        ROW_NUMBER() OVER (
                          PARTITION BY "t23"."uuid"
                          ORDER BY "t23"."slice" ASC, "t23"."position" ASC
                          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                        ) - 1 AS "_place"
                      FROM (
                        SELECT
                          *
                        FROM "t16" AS "t20"
                        WHERE
                          "t20"."stray"
                      ) AS "t23"
                    ) AS "t37"
                    WHERE
                      "t37"."_place" = 0
                  ) AS "t41"
                ) AS "t46"
                WHERE
                  NOT EXISTS(
                    SELECT
                      1
                    FROM (
                      SELECT
                        "t20"."uuid"
                      FROM "t16" AS "t20"
                      WHERE
                        NOT (
                          "t20"."stray"
                        )
                    ) AS "t33"
                    WHERE
                      "t46"."uuid" = "t33"."uuid"
                  )
              ) AS "t50"
            ) AS "t52"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  *
                FROM "t17" AS "t21"
                WHERE
                  NOT (
                    "t21"."stray"
                  )
              ) AS "t30"
              UNION ALL
              SELECT
                *
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
                  "t47"."event_properties"
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
                    "t42"."event_properties"
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t24"."slice",
                        "t24"."source_name",
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
                        ROW_NUMBER() OVER (
                          PARTITION BY "t24"."uuid"
                          ORDER BY "t24"."slice" ASC, "t24"."position" ASC
                          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                        ) - 1 AS "_place"
                      FROM (
                        SELECT
                          *
                        FROM "t17" AS "t21"
                        WHERE
                          "t21"."stray"
                      ) AS "t24"
                    ) AS "t38"
                    WHERE
                      "t38"."_place" = 0
                  ) AS "t42"
                ) AS "t47"
                WHERE
                  NOT EXISTS(
                    SELECT
                      1
                    FROM (
                      SELECT
                        "t21"."uuid"
                      FROM "t17" AS "t21"
                      WHERE
                        NOT (
                          "t21"."stray"
                        )
                    ) AS "t34"
                    WHERE
                      "t47"."uuid" = "t34"."uuid"
                  )
              ) AS "t51"
            ) AS "t53"
          ) AS "t55"
          WHERE
            "t55"."user_id" IS NOT NULL AND "t55"."user_id" <> ''
        ) AS "t57"
        LEFT OUTER JOIN (
          SELECT
            "t0"."source" AS "link_source",
            "t0"."external_id" AS "link_course",
            "t0"."course_id" AS "joined_id"
          FROM "course_links" AS "t0"
        ) AS "t14"
          ON "t57"."source_name" = "t14"."link_source"
          AND "t57"."course_id" = "t14"."link_course"
      ) AS "t61"
    ) AS "t62"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t39"."event_id",
        "t39"."learner_id",
        COALESCE("t39"."joined_id", "t39"."course_id") AS "course_id",
        "t39"."group_id",
        "t39"."type",
        "t39"."session_id",
        "t39"."count",
        "t39"."at",
        "t39"."properties",
        "t39"."source_name",
        "t39"."joined_id" IS NULL AS "own"
      FROM (
        SELECT
          "t32"."event_id",
          "t32"."learner_id",
          "t32"."course_id",
          "t32"."group_id",
          "t32"."type",
          "t32"."session_id",
          "t32"."count",
          "t32"."at",
          "t32"."properties",
          "t32"."source_name",
          "t14"."link_source",
          "t14"."link_course",
          "t14"."joined_id"
        FROM (
          SELECT
            CAST("t15"."source_name" || ':' || "t15"."uuid" AS VARCHAR) AS "event_id",
            CAST("t15"."source_name" || ':' || "t15"."profile_id" AS VARCHAR) AS "learner_id",
            "t15"."course_id",
            CAST(NULL AS VARCHAR) AS "group_id",
            CAST("t15"."event_name" AS VARCHAR) AS "type",
            "t15"."session_id",
            CAST(1 AS BIGINT) AS "count",
            CAST("t15"."event_at" AS TIMESTAMPTZ(6)) AS "at",
            "t15"."event_json" AS "properties",
            "t15"."source_name"
          FROM (
            SELECT
              "t8"."name" AS "slice",
              "t8"."source" AS "source_name",
              "t7"."position",
              "t7"."uuid",
              "t7"."event_at",
              "t7"."event_datetime",
              "t7"."event_json",
              "t7"."event_name",
              "t7"."event_receive_datetime",
              "t7"."event_receive_timestamp",
              "t7"."event_timestamp",
              "t7"."session_id",
              "t7"."installation_id",
              "t7"."appmetrica_device_id",
              "t7"."city",
              "t7"."connection_type",
              "t7"."country_iso_code",
              "t7"."device_ipv6",
              "t7"."device_locale",
              "t7"."device_manufacturer",
              "t7"."device_model",
              "t7"."device_type",
              "t7"."google_aid",
              "t7"."ios_ifa",
              "t7"."ios_ifv",
              "t7"."mcc",
              "t7"."mnc",
              "t7"."operator_name",
              "t7"."original_device_model",
              "t7"."os_name",
              "t7"."os_version",
              "t7"."profile_id",
              "t7"."windows_aid",
              "t7"."app_build_number",
              "t7"."app_package_name",
              "t7"."app_version_name",
              "t7"."application_id",
              "t7"."event_properties",
              "t7"."ehr_id",
              "t7"."email",
              "t7"."course_id",
              "t7"."item_id",
              "t7"."correct",
              "t7"."score",
              "t7"."duration_s",
              "t7"."hints"
            FROM "appmetrica_events" AS "t7"
            LEFT OUTER JOIN "slices" AS "t8"
              ON "t7"."slice_id" = "t8"."slice_id"
          ) AS "t15"
          WHERE
            "t15"."profile_id" IS NOT NULL
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
      ) AS "t39"
    ) AS "t43"
  ) AS "t64"
) AS "t66"

-- attempts --
-- One try of one learner at one item; score is 0..1.
WITH "t25" AS (
  SELECT
    "t12"."name" AS "slice",
    "t12"."source" AS "source_name",
    "t14"."position",
    "t14"."stray",
    "t14"."uuid",
    "t14"."event_type",
    "t14"."event_time",
    "t14"."user_id",
    "t14"."session_id",
    "t14"."email",
    "t14"."course_id",
    "t14"."item_id",
    "t14"."correct",
    "t14"."score",
    "t14"."duration_s",
    "t14"."hints",
    "t14"."event_properties"
  FROM "amplitude_events_web" AS "t14"
  LEFT OUTER JOIN "slices" AS "t12"
    ON "t14"."slice_id" = "t12"."slice_id"
), "t26" AS (
  SELECT
    "t12"."name" AS "slice",
    "t12"."source" AS "source_name",
    "t15"."position",
    "t15"."stray",
    "t15"."uuid",
    "t15"."event_type",
    "t15"."event_time",
    "t15"."user_id",
    "t15"."session_id",
    "t15"."email",
    "t15"."course_id",
    "t15"."item_id",
    "t15"."correct",
    "t15"."score",
    "t15"."duration_s",
    "t15"."hints",
    "t15"."event_properties"
  FROM "amplitude_events_mobile" AS "t15"
  LEFT OUTER JOIN "slices" AS "t12"
    ON "t15"."slice_id" = "t12"."slice_id"
)
SELECT
  "t110"."attempt_id",
  "t110"."learner_id",
  "t110"."course_id",
  "t110"."group_id",
  "t110"."item_id",
  "t110"."topic_id",
  "t110"."level_id",
  "t110"."kind",
  "t110"."correct",
  "t110"."score",
  "t110"."hints",
  "t110"."duration_s",
  "t110"."at",
  "t110"."source"
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t101"."attempt_id",
        "t101"."learner_id",
        COALESCE("t101"."joined_id", "t101"."course_id") AS "course_id",
        "t101"."group_id",
        "t101"."item_id",
        "t101"."topic_id",
        "t101"."level_id",
        "t101"."kind",
        "t101"."correct",
        "t101"."score",
        "t101"."hints",
        "t101"."duration_s",
        "t101"."at",
        "t101"."source",
        "t101"."source_name",
        "t101"."joined_id" IS NULL AS "own"
      FROM (
        SELECT
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
          "t97"."source",
          "t97"."source_name",
          "t22"."link_source",
          "t22"."link_course",
          "t22"."joined_id"
        FROM (
          SELECT
            "t92"."attempt_id",
            "t92"."learner_id",
            "t92"."course_id",
            "t92"."group_id",
            "t92"."item_id",
            "t92"."topic_id",
            "t92"."level_id",
            "t92"."kind",
            "t92"."correct",
            "t92"."score",
            "t92"."hints",
            "t92"."duration_s",
            "t92"."at",
            "t92"."source",
            "t92"."source_name"
          FROM (
            SELECT
              "t85"."slice",
              "t85"."source_name",
              "t85"."position",
              "t85"."attempt_id",
              "t85"."learner_id",
              "t85"."course_id",
              "t85"."group_id",
              "t85"."item_id",
              "t85"."topic_id",
              "t85"."level_id",
              "t85"."kind",
              "t85"."correct",
              "t85"."score",
              "t85"."hints",
              "t85"."duration_s",
              "t85"."at",
              "t85"."source",
              ROW_NUMBER() OVER (
                PARTITION BY "t85"."attempt_id"
                ORDER BY "t85"."slice" DESC NULLS LAST, "t85"."position" DESC NULLS LAST
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
              ) - 1 AS "_place"
            FROM (
              SELECT
                "t80"."slice",
                "t80"."source_name",
                "t80"."position",
                CASE
                  WHEN "t80"."attempt_id" IS NULL
                  THEN SHA256("t80"."slice" || ':' || CAST("t80"."position" AS VARCHAR))
                  ELSE "t80"."source" || ':' || "t80"."attempt_id"
                END AS "attempt_id",
                "t80"."learner_id",
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
                "t80"."source"
              FROM (
                SELECT
                  "t69"."slice",
                  "t69"."source_name",
                  "t69"."position",
                  "t69"."attempt_id",
                  "t69"."learner_id",
                  "t69"."course_id",
                  "t69"."source" || ':' || "t69"."group_id" AS "group_id",
                  "t69"."item_id",
                  "t69"."topic_id",
                  "t69"."level_id",
                  "t69"."kind",
                  "t69"."correct",
                  "t69"."score",
                  "t69"."hints",
                  "t69"."duration_s",
                  "t69"."at",
                  "t69"."source"
                FROM (
                  SELECT
                    "t68"."slice",
                    "t68"."source_name",
                    "t68"."position",
                    "t68"."attempt_id",
                    "t68"."learner_id",
                    "t68"."course_id",
                    "t68"."group_id",
                    "t68"."item_id",
                    "t68"."topic_id",
                    "t68"."level_id",
                    "t68"."kind",
                    "t68"."correct",
                    "t68"."score",
                    "t68"."hints",
                    "t68"."duration_s",
                    "t68"."at",
                    "t68"."source"
                  FROM (
                    SELECT
                      "t55"."slice",
                      "t55"."source_name",
                      "t55"."position",
                      "t55"."attempt_id",
                      COALESCE("t55"."linked", "t55"."source" || ':' || "t55"."learner_id") AS "learner_id",
                      "t55"."course_id",
                      "t55"."group_id",
                      "t55"."item_id",
                      "t55"."topic_id",
                      "t55"."level_id",
                      "t55"."kind",
                      "t55"."correct",
                      "t55"."score",
                      "t55"."hints",
                      "t55"."duration_s",
                      "t55"."at",
                      "t55"."source",
                      "t55"."link_source",
                      "t55"."link_external",
                      "t55"."linked"
                    FROM (
                      SELECT
                        "t36"."slice",
                        "t36"."source_name",
                        "t36"."position",
                        "t36"."attempt_id",
                        "t36"."learner_id",
                        "t36"."course_id",
                        "t36"."group_id",
                        "t36"."item_id",
                        "t36"."topic_id",
                        "t36"."level_id",
                        "t36"."kind",
                        "t36"."correct",
                        "t36"."score",
                        "t36"."hints",
                        "t36"."duration_s",
                        "t36"."at",
                        "t36"."source",
                        "t49"."link_source",
                        "t49"."link_external",
                        "t49"."linked"
                      FROM (
                        SELECT
                          "t27"."slice",
                          "t27"."source_name",
                          "t27"."position",
                          "t27"."attempt_id",
                          "t27"."learner_id",
                          "t27"."course_id",
                          "t27"."group_id",
                          "t27"."item_id",
                          "t27"."topic_id",
                          "t27"."level_id",
                          "t27"."kind",
                          "t27"."correct",
                          "t27"."score",
                          "t27"."hints",
                          "t27"."duration_s",
                          "t27"."at",
                          "t27"."source_name" AS "source"
                        FROM (
                          SELECT
                            "t12"."name" AS "slice",
                            "t12"."source" AS "source_name",
                            "t16"."position",
                            "t16"."attempt_id",
                            "t16"."learner_id",
                            "t16"."course_id",
                            "t16"."group_id",
                            "t16"."item_id",
                            "t16"."topic_id",
                            "t16"."level_id",
                            "t16"."kind",
                            "t16"."correct",
                            "t16"."score",
                            "t16"."hints",
                            "t16"."duration_s",
                            "t16"."at"
                          FROM "files_attempts" AS "t16"
                          LEFT OUTER JOIN "slices" AS "t12"
                            ON "t16"."slice_id" = "t12"."slice_id"
                        ) AS "t27"
                      ) AS "t36"
                      LEFT OUTER JOIN (
                        SELECT
                          "t37"."source" AS "link_source",
                          "t37"."external_id" AS "link_external",
                          "t37"."linked"
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
                        ) AS "t37"
                      ) AS "t49"
                        ON "t36"."source" = "t49"."link_source"
                        AND "t36"."learner_id" = "t49"."link_external"
                    ) AS "t55"
                  ) AS "t68"
                ) AS "t69"
              ) AS "t80"
            ) AS "t85"
          ) AS "t92"
          WHERE
            "t92"."_place" = 0
        ) AS "t97"
        LEFT OUTER JOIN (
          SELECT
            "t0"."source" AS "link_source",
            "t0"."external_id" AS "link_course",
            "t0"."course_id" AS "joined_id"
          FROM "course_links" AS "t0"
        ) AS "t22"
          ON "t97"."source_name" = "t22"."link_source"
          AND "t97"."course_id" = "t22"."link_course"
      ) AS "t101"
    ) AS "t103"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t90"."attempt_id",
        "t90"."learner_id",
        COALESCE("t90"."joined_id", "t90"."course_id") AS "course_id",
        "t90"."group_id",
        "t90"."item_id",
        "t90"."topic_id",
        "t90"."level_id",
        "t90"."kind",
        "t90"."correct",
        "t90"."score",
        "t90"."hints",
        "t90"."duration_s",
        "t90"."at",
        "t90"."source",
        "t90"."source_name",
        "t90"."joined_id" IS NULL AS "own"
      FROM (
        SELECT
          "t84"."attempt_id",
          "t84"."learner_id",
          "t84"."course_id",
          "t84"."group_id",
          "t84"."item_id",
          "t84"."topic_id",
          "t84"."level_id",
          "t84"."kind",
          "t84"."correct",
          "t84"."score",
          "t84"."hints",
          "t84"."duration_s",
          "t84"."at",
          "t84"."source",
          "t84"."source_name",
          "t22"."link_source",
          "t22"."link_course",
          "t22"."joined_id"
        FROM (
          SELECT
            CAST("t77"."attempt_id" AS VARCHAR) AS "attempt_id",
            CAST("t77"."source" || ':' || "t77"."learner_id" AS VARCHAR) AS "learner_id",
            "t77"."course_id",
            CAST(NULL AS VARCHAR) AS "group_id",
            "t77"."item_id",
            CAST(NULL AS VARCHAR) AS "topic_id",
            CAST(NULL AS VARCHAR) AS "level_id",
            CAST("t77"."kind" AS VARCHAR) AS "kind",
            "t77"."correct",
            CAST("t77"."score" AS DECIMAL(9, 6)) AS "score",
            CAST(NULL AS INT) AS "hints",
            CAST(NULL AS DECIMAL(12, 3)) AS "duration_s",
            CAST("t77"."at" AS TIMESTAMPTZ(6)) AS "at",
            CAST("t77"."source" AS VARCHAR) AS "source",
            "t77"."source_name"
          FROM (
            SELECT
              "t56"."slice",
              "t56"."source_name",
              "t56"."position",
              "t56"."user_id",
              "t56"."oauth_consumer_key",
              "t56"."lis_result_sourcedid",
              "t56"."lis_outcome_service_url",
              "t56"."is_correct",
              "t56"."attempt_type",
              "t56"."created_at",
              "t56"."source",
              "t56"."learner_id",
              "t56"."at",
              "t56"."sourcedid",
              "t56"."category",
              "t56"."course",
              "t56"."item_id",
              "t56"."source" || ':' || SHA256(
                "t56"."user_id" || ' ' || CAST(EPOCH_US("t56"."at") AS VARCHAR) || ' ' || "t56"."attempt_type" || ' ' || COALESCE("t56"."lis_result_sourcedid", '')
              ) AS "attempt_id",
              "t56"."category" || '/' || "t56"."course" AS "course_id",
              CASE WHEN "t56"."attempt_type" = 'submit' THEN 'answer' ELSE 'run' END AS "kind",
              "t56"."is_correct" AS "correct",
              CASE
                WHEN "t56"."is_correct"
                THEN 1
                WHEN NOT (
                  "t56"."is_correct"
                )
                THEN 0
                ELSE CAST(NULL AS BIGINT)
              END AS "score"
            FROM (
              SELECT
                "t48"."slice",
                "t48"."source_name",
                "t48"."position",
                "t48"."user_id",
                "t48"."oauth_consumer_key",
                "t48"."lis_result_sourcedid",
                "t48"."lis_outcome_service_url",
                "t48"."is_correct",
                "t48"."attempt_type",
                "t48"."created_at",
                "t48"."source",
                "t48"."learner_id",
                "t48"."at",
                "t48"."sourcedid",
                CASE
                  WHEN "t48"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                  THEN CASE
                    WHEN "t48"."sourcedid" ~ (
                      '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                    THEN (
                      REGEXP_MATCH(
                        "t48"."sourcedid",
                        '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                      )
                    )[2]
                    ELSE NULL
                  END
                  WHEN "t48"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                  THEN CASE
                    WHEN "t48"."sourcedid" ~ (
                      '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                    THEN (
                      REGEXP_MATCH(
                        "t48"."sourcedid",
                        '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                      )
                    )[2]
                    ELSE NULL
                  END
                  ELSE CAST(NULL AS VARCHAR)
                END AS "category",
                CASE
                  WHEN "t48"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                  THEN CASE
                    WHEN "t48"."sourcedid" ~ (
                      '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                    THEN (
                      REGEXP_MATCH(
                        "t48"."sourcedid",
                        '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                      )
                    )[3]
                    ELSE NULL
                  END
                  WHEN "t48"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                  THEN CASE
                    WHEN "t48"."sourcedid" ~ (
                      '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                    THEN (
                      REGEXP_MATCH(
                        "t48"."sourcedid",
                        '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                      )
                    )[3]
                    ELSE NULL
                  END || '+' || CASE
                    WHEN "t48"."sourcedid" ~ (
                      '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                    THEN (
                      REGEXP_MATCH(
                        "t48"."sourcedid",
                        '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                      )
                    )[4]
                    ELSE NULL
                  END
                  ELSE CAST(NULL AS VARCHAR)
                END AS "course",
                CASE
                  WHEN "t48"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                  THEN CASE
                    WHEN "t48"."sourcedid" ~ (
                      '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                    THEN (
                      REGEXP_MATCH(
                        "t48"."sourcedid",
                        '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                      )
                    )[5]
                    ELSE NULL
                  END
                  WHEN "t48"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                  THEN CASE
                    WHEN "t48"."sourcedid" ~ (
                      '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                    )
                    THEN (
                      REGEXP_MATCH(
                        "t48"."sourcedid",
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
                ) AS "t24"
              ) AS "t48"
            ) AS "t56"
          ) AS "t77"
        ) AS "t84"
        LEFT OUTER JOIN (
          SELECT
            "t0"."source" AS "link_source",
            "t0"."external_id" AS "link_course",
            "t0"."course_id" AS "joined_id"
          FROM "course_links" AS "t0"
        ) AS "t22"
          ON "t84"."source_name" = "t22"."link_source"
          AND "t84"."course_id" = "t22"."link_course"
      ) AS "t90"
    ) AS "t93"
  ) AS "t105"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t107"."attempt_id",
        "t107"."learner_id",
        COALESCE("t107"."joined_id", "t107"."course_id") AS "course_id",
        "t107"."group_id",
        "t107"."item_id",
        "t107"."topic_id",
        "t107"."level_id",
        "t107"."kind",
        "t107"."correct",
        "t107"."score",
        "t107"."hints",
        "t107"."duration_s",
        "t107"."at",
        "t107"."source",
        "t107"."source_name",
        "t107"."joined_id" IS NULL AS "own"
      FROM (
        SELECT
          "t106"."attempt_id",
          "t106"."learner_id",
          "t106"."course_id",
          "t106"."group_id",
          "t106"."item_id",
          "t106"."topic_id",
          "t106"."level_id",
          "t106"."kind",
          "t106"."correct",
          "t106"."score",
          "t106"."hints",
          "t106"."duration_s",
          "t106"."at",
          "t106"."source",
          "t106"."source_name",
          "t22"."link_source",
          "t22"."link_course",
          "t22"."joined_id"
        FROM (
          SELECT
            CAST("t102"."attempt_id" AS VARCHAR) AS "attempt_id",
            CAST("t102"."learner_id" AS VARCHAR) AS "learner_id",
            "t102"."course_id",
            CAST(NULL AS VARCHAR) AS "group_id",
            "t102"."item_id",
            CAST(NULL AS VARCHAR) AS "topic_id",
            CAST(NULL AS VARCHAR) AS "level_id",
            CAST("t102"."kind" AS VARCHAR) AS "kind",
            "t102"."correct",
            "t102"."score",
            CAST(NULL AS INT) AS "hints",
            CAST(NULL AS DECIMAL(12, 3)) AS "duration_s",
            CAST("t102"."at" AS TIMESTAMPTZ(6)) AS "at",
            CAST("t102"."source" AS VARCHAR) AS "source",
            "t102"."source_name"
          FROM (
            SELECT
              "t100"."slice",
              "t100"."position",
              "t100"."source_name",
              "t100"."course_id",
              "t100"."score",
              "t100"."source",
              "t100"."attempt_id",
              "t100"."learner_id",
              "t100"."item_id",
              "t100"."kind",
              "t100"."correct",
              "t100"."at"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t91"."slice",
                  "t91"."position",
                  "t91"."source_name",
                  "t91"."course_id",
                  "t91"."score",
                  "t91"."source",
                  "t91"."attempt_id",
                  "t91"."learner_id",
                  "t91"."item_id",
                  "t91"."kind",
                  "t91"."correct",
                  "t91"."at",
                  ROW_NUMBER() OVER (
                    PARTITION BY "t91"."attempt_id"
                    ORDER BY "t91"."slice" DESC NULLS LAST, "t91"."position" DESC NULLS LAST
                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                  ) - 1 AS "_place"
                FROM (
                  SELECT
                    "t88"."slice",
                    "t88"."position",
                    "t88"."source_name",
                    "t88"."course_id",
                    "t88"."score",
                    "t88"."source",
                    "t88"."attempt_id",
                    "t88"."source" || ':' || "t88"."learner_id" AS "learner_id",
                    "t88"."item_id",
                    "t88"."kind",
                    "t88"."correct",
                    "t88"."at"
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t63"."slice",
                        "t63"."position",
                        "t63"."source_name",
                        "t63"."course_id",
                        "t63"."score",
                        "t63"."source_name" AS "source",
                        "t63"."source_name" || ':' || "t63"."response_id" AS "attempt_id",
                        "t63"."user_id" AS "learner_id",
                        "t63"."unit_id" AS "item_id",
                        'answer' AS "kind",
                        "t63"."passed" AS "correct",
                        COALESCE("t63"."submitted_at", "t63"."modified_at", "t63"."created_at") AS "at"
                      FROM (
                        SELECT
                          "t59"."slice",
                          "t59"."source_name",
                          "t59"."position",
                          "t59"."course",
                          "t59"."course_id",
                          "t59"."response_id",
                          "t59"."user_id",
                          "t59"."email",
                          "t59"."unit_id",
                          "t59"."grade",
                          "t59"."score",
                          "t59"."created_at",
                          "t59"."modified_at",
                          "t59"."submitted_at",
                          "t59"."passed",
                          "t59"."blocks",
                          "t59"."points",
                          "t59"."max_points"
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
                              "t38"."now_course",
                              "t38"."now_id"
                            FROM "learnworlds_responses" AS "t17"
                            LEFT OUTER JOIN "slices" AS "t12"
                              ON "t17"."slice_id" = "t12"."slice_id"
                            LEFT OUTER JOIN (
                              SELECT DISTINCT
                                "t29"."course" AS "now_course",
                                "t29"."course_id" AS "now_id"
                              FROM (
                                SELECT
                                  "t12"."name" AS "slice",
                                  "t12"."source" AS "source_name",
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
                                LEFT OUTER JOIN "slices" AS "t12"
                                  ON "t20"."slice_id" = "t12"."slice_id"
                              ) AS "t29"
                            ) AS "t38"
                              ON "t17"."course" = "t38"."now_course"
                          ) AS "t50"
                          WHERE
                            (
                              "t50"."now_id" IS NULL
                            ) OR (
                              "t50"."now_id" = "t50"."course_id"
                            )
                        ) AS "t59"
                      ) AS "t63"
                      WHERE
                        (
                          (
                            "t63"."submitted_at" IS NOT NULL
                          ) OR (
                            "t63"."grade" IS NOT NULL
                          )
                        )
                        AND COALESCE("t63"."submitted_at", "t63"."modified_at", "t63"."created_at") IS NOT NULL
                    ) AS "t70"
                    UNION ALL
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t82"."slice",
                        "t82"."position",
                        "t82"."source_name",
                        "t82"."course_id",
                        "t82"."score",
                        "t82"."source_name" AS "source",
                        "t82"."source_name" || ':' || "t82"."grade_id" AS "attempt_id",
                        "t82"."user_id" AS "learner_id",
                        "t82"."unit_id" AS "item_id",
                        'answer' AS "kind",
                        CAST(NULL AS BOOLEAN) AS "correct",
                        COALESCE("t82"."submitted_at", "t82"."modified_at", "t82"."created_at") AS "at"
                      FROM (
                        SELECT
                          "t76"."slice",
                          "t76"."source_name",
                          "t76"."position",
                          "t76"."course",
                          "t76"."course_id",
                          "t76"."grade_id",
                          "t76"."unit_type",
                          "t76"."user_id",
                          "t76"."email",
                          "t76"."unit_id",
                          "t76"."grade",
                          "t76"."score",
                          "t76"."created_at",
                          "t76"."modified_at",
                          "t76"."submitted_at"
                        FROM (
                          SELECT
                            *
                          FROM (
                            SELECT
                              "t60"."slice",
                              "t60"."source_name",
                              "t60"."position",
                              "t60"."course",
                              "t60"."course_id",
                              "t60"."grade_id",
                              "t60"."unit_type",
                              "t60"."user_id",
                              "t60"."email",
                              "t60"."unit_id",
                              "t60"."grade",
                              "t60"."score",
                              "t60"."created_at",
                              "t60"."modified_at",
                              "t60"."submitted_at"
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
                                  "t19"."grade_id",
                                  "t19"."unit_type",
                                  "t19"."user_id",
                                  "t19"."email",
                                  "t19"."unit_id",
                                  "t19"."grade",
                                  "t19"."score",
                                  "t19"."created_at",
                                  "t19"."modified_at",
                                  "t19"."submitted_at",
                                  "t38"."now_course",
                                  "t38"."now_id"
                                FROM "learnworlds_grades" AS "t19"
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
                                    LEFT OUTER JOIN "slices" AS "t12"
                                      ON "t20"."slice_id" = "t12"."slice_id"
                                  ) AS "t29"
                                ) AS "t38"
                                  ON "t19"."course" = "t38"."now_course"
                              ) AS "t51"
                              WHERE
                                (
                                  "t51"."now_id" IS NULL
                                ) OR (
                                  "t51"."now_id" = "t51"."course_id"
                                )
                            ) AS "t60"
                          ) AS "t64"
                          WHERE
                            "t64"."grade" IS NOT NULL
                            AND COALESCE("t64"."submitted_at", "t64"."modified_at", "t64"."created_at") IS NOT NULL
                        ) AS "t76"
                        WHERE
                          NOT EXISTS(
                            SELECT
                              1
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
                                  "t59"."response_id",
                                  "t59"."user_id",
                                  "t59"."email",
                                  "t59"."unit_id",
                                  "t59"."grade",
                                  "t59"."score",
                                  "t59"."created_at",
                                  "t59"."modified_at",
                                  "t59"."submitted_at",
                                  "t59"."passed",
                                  "t59"."blocks",
                                  "t59"."points",
                                  "t59"."max_points"
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
                                      "t38"."now_course",
                                      "t38"."now_id"
                                    FROM "learnworlds_responses" AS "t17"
                                    LEFT OUTER JOIN "slices" AS "t12"
                                      ON "t17"."slice_id" = "t12"."slice_id"
                                    LEFT OUTER JOIN (
                                      SELECT DISTINCT
                                        "t29"."course" AS "now_course",
                                        "t29"."course_id" AS "now_id"
                                      FROM (
                                        SELECT
                                          "t12"."name" AS "slice",
                                          "t12"."source" AS "source_name",
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
                                        LEFT OUTER JOIN "slices" AS "t12"
                                          ON "t20"."slice_id" = "t12"."slice_id"
                                      ) AS "t29"
                                    ) AS "t38"
                                      ON "t17"."course" = "t38"."now_course"
                                  ) AS "t50"
                                  WHERE
                                    (
                                      "t50"."now_id" IS NULL
                                    ) OR (
                                      "t50"."now_id" = "t50"."course_id"
                                    )
                                ) AS "t59"
                              ) AS "t63"
                              WHERE
                                (
                                  (
                                    "t63"."submitted_at" IS NOT NULL
                                  ) OR (
                                    "t63"."grade" IS NOT NULL
                                  )
                                )
                                AND COALESCE("t63"."submitted_at", "t63"."modified_at", "t63"."created_at") IS NOT NULL
                            ) AS "t75"
                            WHERE
                              "t76"."course_id" = "t75"."course_id"
                              AND "t76"."user_id" = "t75"."user_id"
                              AND "t76"."unit_id" = "t75"."unit_id"
                          )
                      ) AS "t82"
                    ) AS "t86"
                  ) AS "t88"
                ) AS "t91"
              ) AS "t98"
              WHERE
                "t98"."_place" = 0
            ) AS "t100"
          ) AS "t102"
        ) AS "t106"
        LEFT OUTER JOIN (
          SELECT
            "t0"."source" AS "link_source",
            "t0"."external_id" AS "link_course",
            "t0"."course_id" AS "joined_id"
          FROM "course_links" AS "t0"
        ) AS "t22"
          ON "t106"."source_name" = "t22"."link_source"
          AND "t106"."course_id" = "t22"."link_course"
      ) AS "t107"
    ) AS "t108"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t94"."attempt_id",
          "t94"."learner_id",
          COALESCE("t94"."joined_id", "t94"."course_id") AS "course_id",
          "t94"."group_id",
          "t94"."item_id",
          "t94"."topic_id",
          "t94"."level_id",
          "t94"."kind",
          "t94"."correct",
          "t94"."score",
          "t94"."hints",
          "t94"."duration_s",
          "t94"."at",
          "t94"."source",
          "t94"."source_name",
          "t94"."joined_id" IS NULL AS "own"
        FROM (
          SELECT
            "t89"."attempt_id",
            "t89"."learner_id",
            "t89"."course_id",
            "t89"."group_id",
            "t89"."item_id",
            "t89"."topic_id",
            "t89"."level_id",
            "t89"."kind",
            "t89"."correct",
            "t89"."score",
            "t89"."hints",
            "t89"."duration_s",
            "t89"."at",
            "t89"."source",
            "t89"."source_name",
            "t22"."link_source",
            "t22"."link_course",
            "t22"."joined_id"
          FROM (
            SELECT
              CAST("t81"."source_name" || ':' || "t81"."uuid" AS VARCHAR) AS "attempt_id",
              CAST("t81"."source_name" || ':' || "t81"."user_id" AS VARCHAR) AS "learner_id",
              "t81"."course_id",
              CAST(NULL AS VARCHAR) AS "group_id",
              "t81"."item_id",
              CAST(NULL AS VARCHAR) AS "topic_id",
              CAST(NULL AS VARCHAR) AS "level_id",
              CAST('answer' AS VARCHAR) AS "kind",
              "t81"."correct",
              COALESCE(
                "t81"."score",
                CASE
                  WHEN "t81"."correct" IS NULL
                  THEN NULL
                  ELSE CAST(CASE WHEN "t81"."correct" THEN 1 ELSE 0 END AS DECIMAL(9, 6))
                END
              ) AS "score",
              "t81"."hints",
              "t81"."duration_s",
              CAST("t81"."event_time" AS TIMESTAMPTZ(6)) AS "at",
              CAST("t81"."source_name" AS VARCHAR) AS "source",
              "t81"."source_name"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    *
                  FROM "t25" AS "t30"
                  WHERE
                    NOT (
                      "t30"."stray"
                    )
                ) AS "t39"
                UNION ALL
                SELECT
                  *
                FROM (
                  SELECT
                    "t66"."slice",
                    "t66"."source_name",
                    "t66"."position",
                    "t66"."stray",
                    "t66"."uuid",
                    "t66"."event_type",
                    "t66"."event_time",
                    "t66"."user_id",
                    "t66"."session_id",
                    "t66"."email",
                    "t66"."course_id",
                    "t66"."item_id",
                    "t66"."correct",
                    "t66"."score",
                    "t66"."duration_s",
                    "t66"."hints",
                    "t66"."event_properties"
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
                      "t57"."event_properties"
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          "t34"."slice",
                          "t34"."source_name",
                          "t34"."position",
                          "t34"."stray",
                          "t34"."uuid",
                          "t34"."event_type",
                          "t34"."event_time",
                          "t34"."user_id",
                          "t34"."session_id",
                          "t34"."email",
                          "t34"."course_id",
                          "t34"."item_id",
                          "t34"."correct",
                          "t34"."score",
                          "t34"."duration_s",
                          "t34"."hints",
                          "t34"."event_properties",
                          ROW_NUMBER() OVER (
                            PARTITION BY "t34"."uuid"
                            ORDER BY "t34"."slice" ASC, "t34"."position" ASC
                            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                          ) - 1 AS "_place"
                        FROM (
                          SELECT
                            *
                          FROM "t25" AS "t30"
                          WHERE
                            "t30"."stray"
                        ) AS "t34"
                      ) AS "t52"
                      WHERE
                        "t52"."_place" = 0
                    ) AS "t57"
                  ) AS "t66"
                  WHERE
                    NOT EXISTS(
                      SELECT
                        1
                      FROM (
                        SELECT
                          "t30"."uuid"
                        FROM "t25" AS "t30"
                        WHERE
                          NOT (
                            "t30"."stray"
                          )
                      ) AS "t44"
                      WHERE
                        "t66"."uuid" = "t44"."uuid"
                    )
                ) AS "t73"
              ) AS "t78"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    *
                  FROM "t26" AS "t31"
                  WHERE
                    NOT (
                      "t31"."stray"
                    )
                ) AS "t41"
                UNION ALL
                SELECT
                  *
                FROM (
                  SELECT
                    "t67"."slice",
                    "t67"."source_name",
                    "t67"."position",
                    "t67"."stray",
                    "t67"."uuid",
                    "t67"."event_type",
                    "t67"."event_time",
                    "t67"."user_id",
                    "t67"."session_id",
                    "t67"."email",
                    "t67"."course_id",
                    "t67"."item_id",
                    "t67"."correct",
                    "t67"."score",
                    "t67"."duration_s",
                    "t67"."hints",
                    "t67"."event_properties"
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
                      "t58"."event_properties"
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          "t35"."slice",
                          "t35"."source_name",
                          "t35"."position",
                          "t35"."stray",
                          "t35"."uuid",
                          "t35"."event_type",
                          "t35"."event_time",
                          "t35"."user_id",
                          "t35"."session_id",
                          "t35"."email",
                          "t35"."course_id",
                          "t35"."item_id",
                          "t35"."correct",
                          "t35"."score",
                          "t35"."duration_s",
                          "t35"."hints",
                          "t35"."event_properties",
                          ROW_NUMBER() OVER (
                            PARTITION BY "t35"."uuid"
                            ORDER BY "t35"."slice" ASC, "t35"."position" ASC
                            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                          ) - 1 AS "_place"
                        FROM (
                          SELECT
                            *
                          FROM "t26" AS "t31"
                          WHERE
                            "t31"."stray"
                        ) AS "t35"
                      ) AS "t53"
                      WHERE
                        "t53"."_place" = 0
                    ) AS "t58"
                  ) AS "t67"
                  WHERE
                    NOT EXISTS(
                      SELECT
                        1
                      FROM (
                        SELECT
                          "t31"."uuid"
                        FROM "t26" AS "t31"
                        WHERE
                          NOT (
                            "t31"."stray"
                          )
                      ) AS "t45"
                      WHERE
                        "t67"."uuid" = "t45"."uuid"
                    )
                ) AS "t74"
              ) AS "t79"
            ) AS "t81"
            WHERE
              "t81"."user_id" IS NOT NULL
              AND "t81"."user_id" <> ''
              AND "t81"."item_id" IS NOT NULL
          ) AS "t89"
          LEFT OUTER JOIN (
            SELECT
              "t0"."source" AS "link_source",
              "t0"."external_id" AS "link_course",
              "t0"."course_id" AS "joined_id"
            FROM "course_links" AS "t0"
          ) AS "t22"
            ON "t89"."source_name" = "t22"."link_source"
            AND "t89"."course_id" = "t22"."link_course"
        ) AS "t94"
      ) AS "t96"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t54"."attempt_id",
          "t54"."learner_id",
          COALESCE("t54"."joined_id", "t54"."course_id") AS "course_id",
          "t54"."group_id",
          "t54"."item_id",
          "t54"."topic_id",
          "t54"."level_id",
          "t54"."kind",
          "t54"."correct",
          "t54"."score",
          "t54"."hints",
          "t54"."duration_s",
          "t54"."at",
          "t54"."source",
          "t54"."source_name",
          "t54"."joined_id" IS NULL AS "own"
        FROM (
          SELECT
            "t47"."attempt_id",
            "t47"."learner_id",
            "t47"."course_id",
            "t47"."group_id",
            "t47"."item_id",
            "t47"."topic_id",
            "t47"."level_id",
            "t47"."kind",
            "t47"."correct",
            "t47"."score",
            "t47"."hints",
            "t47"."duration_s",
            "t47"."at",
            "t47"."source",
            "t47"."source_name",
            "t22"."link_source",
            "t22"."link_course",
            "t22"."joined_id"
          FROM (
            SELECT
              CAST("t23"."source_name" || ':' || "t23"."uuid" AS VARCHAR) AS "attempt_id",
              CAST("t23"."source_name" || ':' || "t23"."profile_id" AS VARCHAR) AS "learner_id",
              "t23"."course_id",
              CAST(NULL AS VARCHAR) AS "group_id",
              "t23"."item_id",
              CAST(NULL AS VARCHAR) AS "topic_id",
              CAST(NULL AS VARCHAR) AS "level_id",
              CAST('answer' AS VARCHAR) AS "kind",
              "t23"."correct",
              COALESCE("t23"."score", CAST(CAST("t23"."correct" AS INT) AS DECIMAL(9, 6))) AS "score",
              "t23"."hints",
              "t23"."duration_s",
              CAST("t23"."event_at" AS TIMESTAMPTZ(6)) AS "at",
              CAST("t23"."source_name" AS VARCHAR) AS "source",
              "t23"."source_name"
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
                "t11"."hints"
              FROM "appmetrica_events" AS "t11"
              LEFT OUTER JOIN "slices" AS "t12"
                ON "t11"."slice_id" = "t12"."slice_id"
            ) AS "t23"
            WHERE
              "t23"."profile_id" IS NOT NULL AND "t23"."item_id" IS NOT NULL
          ) AS "t47"
          LEFT OUTER JOIN (
            SELECT
              "t0"."source" AS "link_source",
              "t0"."external_id" AS "link_course",
              "t0"."course_id" AS "joined_id"
            FROM "course_links" AS "t0"
          ) AS "t22"
            ON "t47"."source_name" = "t22"."link_source"
            AND "t47"."course_id" = "t22"."link_course"
        ) AS "t54"
      ) AS "t65"
    ) AS "t99"
  ) AS "t109"
) AS "t110"

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
          "t40"."max_points"
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
                  "t9"."hints"
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
WITH "t12" AS (
  SELECT
    "t6"."name" AS "slice",
    "t6"."source" AS "source_name",
    "t7"."position",
    "t7"."course",
    "t7"."course_id",
    "t7"."category",
    "t7"."title",
    "t7"."access",
    "t7"."starts_on",
    "t7"."ends_on",
    "t7"."created_at"
  FROM "learnworlds_courses" AS "t7"
  LEFT OUTER JOIN "slices" AS "t6"
    ON "t7"."slice_id" = "t6"."slice_id"
)
SELECT
  *
FROM (
  SELECT
    "t36"."group_id",
    "t36"."course_id",
    (
      ARRAY_AGG("t36"."name" ORDER BY "t36"."own" DESC NULLS LAST, "t36"."source_name" ASC) FILTER(WHERE
        "t36"."name" IS NOT NULL AND "t36"."name" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t36"."name" ORDER BY "t36"."own" DESC NULLS LAST, "t36"."source_name" ASC) FILTER(WHERE
          "t36"."name" IS NOT NULL AND "t36"."name" IS NOT NULL)
      ) + (
        0 + 1
      )
      ELSE 0 + 1
    END] AS "name",
    (
      ARRAY_AGG("t36"."rolling" ORDER BY "t36"."own" DESC NULLS LAST, "t36"."source_name" ASC) FILTER(WHERE
        "t36"."rolling" IS NOT NULL AND "t36"."rolling" IS NOT NULL)
    )[CASE
      WHEN 0 < 0
      THEN CARDINALITY(
        ARRAY_AGG("t36"."rolling" ORDER BY "t36"."own" DESC NULLS LAST, "t36"."source_name" ASC) FILTER(WHERE
          "t36"."rolling" IS NOT NULL AND "t36"."rolling" IS NOT NULL)
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
        "t26"."group_id",
        COALESCE("t26"."joined_id", "t26"."course_id") AS "course_id",
        "t26"."name",
        "t26"."rolling",
        "t26"."source_name",
        "t26"."joined_id" IS NULL AS "own"
      FROM (
        SELECT
          "t22"."group_id",
          "t22"."course_id",
          "t22"."name",
          "t22"."rolling",
          "t22"."source_name",
          "t10"."link_source",
          "t10"."link_course",
          "t10"."joined_id"
        FROM (
          SELECT
            "t19"."group_id",
            "t19"."course_id",
            "t19"."name",
            "t19"."rolling",
            "t19"."source_name"
          FROM (
            SELECT
              "t15"."slice",
              "t15"."source_name",
              "t15"."position",
              "t15"."group_id",
              "t15"."course_id",
              "t15"."name",
              "t15"."rolling",
              "t15"."source",
              ROW_NUMBER() OVER (
                PARTITION BY "t15"."group_id", "t15"."course_id", "t15"."source_name"
                ORDER BY "t15"."slice" DESC NULLS LAST, "t15"."position" DESC NULLS LAST
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
              ) - 1 AS "_place"
            FROM (
              SELECT
                "t11"."slice",
                "t11"."source_name",
                "t11"."position",
                "t11"."source_name" || ':' || "t11"."group_id" AS "group_id",
                "t11"."course_id",
                "t11"."name",
                "t11"."rolling",
                "t11"."source_name" AS "source"
              FROM (
                SELECT
                  "t5"."name" AS "slice",
                  "t6"."source" AS "source_name",
                  "t5"."position",
                  "t5"."group_id",
                  "t5"."course_id",
                  "t5"."name",
                  "t5"."rolling"
                FROM "files_groups" AS "t5"
                LEFT OUTER JOIN "slices" AS "t6"
                  ON "t5"."slice_id" = "t6"."slice_id"
              ) AS "t11"
            ) AS "t15"
          ) AS "t19"
          WHERE
            "t19"."_place" = 0
        ) AS "t22"
        LEFT OUTER JOIN (
          SELECT
            "t0"."source" AS "link_source",
            "t0"."external_id" AS "link_course",
            "t0"."course_id" AS "joined_id"
          FROM "course_links" AS "t0"
        ) AS "t10"
          ON "t22"."source_name" = "t10"."link_source"
          AND "t22"."course_id" = "t10"."link_course"
      ) AS "t26"
    ) AS "t28"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t34"."group_id",
        COALESCE("t34"."joined_id", "t34"."course_id") AS "course_id",
        "t34"."name",
        "t34"."rolling",
        "t34"."source_name",
        "t34"."joined_id" IS NULL AS "own"
      FROM (
        SELECT
          "t33"."group_id",
          "t33"."course_id",
          "t33"."name",
          "t33"."rolling",
          "t33"."source_name",
          "t10"."link_source",
          "t10"."link_course",
          "t10"."joined_id"
        FROM (
          SELECT
            CAST('learnworlds:' || "t31"."course_id" AS VARCHAR) AS "group_id",
            CAST("t31"."course_id" AS VARCHAR) AS "course_id",
            "t31"."title" AS "name",
            CAST(FALSE AS BOOLEAN) AS "rolling",
            "t31"."source_name"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t13"."source_name",
                "t13"."course_id",
                "t13"."category",
                "t13"."title",
                "t13"."starts_on",
                "t13"."ends_on"
              FROM "t12" AS "t13"
            ) AS "t16"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                "t29"."source_name",
                "t29"."course_id",
                "t29"."category",
                "t29"."title",
                CAST(NULL AS DATE) AS "starts_on",
                CAST(NULL AS DATE) AS "ends_on"
              FROM (
                SELECT
                  "t27"."source_name",
                  "t27"."course_id",
                  "t27"."category",
                  MAX("t27"."course_title") AS "title"
                FROM (
                  SELECT
                    "t25"."slice",
                    "t25"."source_name",
                    "t25"."position",
                    "t25"."course",
                    "t25"."course_id",
                    "t25"."category",
                    "t25"."course_title",
                    "t25"."section_id",
                    "t25"."section_title",
                    "t25"."unit_id",
                    "t25"."unit_type",
                    "t25"."unit_title",
                    "t25"."graded"
                  FROM (
                    SELECT
                      "t23"."slice",
                      "t23"."source_name",
                      "t23"."position",
                      "t23"."course",
                      "t23"."course_id",
                      "t23"."category",
                      "t23"."course_title",
                      "t23"."section_id",
                      "t23"."section_title",
                      "t23"."unit_id",
                      "t23"."unit_type",
                      "t23"."unit_title",
                      "t23"."graded"
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          "t6"."name" AS "slice",
                          "t6"."source" AS "source_name",
                          "t8"."position",
                          "t8"."course",
                          "t8"."course_id",
                          "t8"."category",
                          "t8"."course_title",
                          "t8"."section_id",
                          "t8"."section_title",
                          "t8"."unit_id",
                          "t8"."unit_type",
                          "t8"."unit_title",
                          "t8"."graded",
                          "t18"."now_course",
                          "t18"."now_id"
                        FROM "learnworlds_contents" AS "t8"
                        LEFT OUTER JOIN "slices" AS "t6"
                          ON "t8"."slice_id" = "t6"."slice_id"
                        LEFT OUTER JOIN (
                          SELECT DISTINCT
                            "t13"."course" AS "now_course",
                            "t13"."course_id" AS "now_id"
                          FROM "t12" AS "t13"
                        ) AS "t18"
                          ON "t8"."course" = "t18"."now_course"
                      ) AS "t20"
                      WHERE
                        (
                          "t20"."now_id" IS NULL
                        ) OR (
                          "t20"."now_id" = "t20"."course_id"
                        )
                    ) AS "t23"
                  ) AS "t25"
                  WHERE
                    NOT EXISTS(
                      SELECT
                        1
                      FROM "t12" AS "t14"
                      WHERE
                        "t25"."course" = "t14"."course"
                    )
                ) AS "t27"
                GROUP BY
                  1,
                  2,
                  3
              ) AS "t29"
            ) AS "t30"
          ) AS "t31"
        ) AS "t33"
        LEFT OUTER JOIN (
          SELECT
            "t0"."source" AS "link_source",
            "t0"."external_id" AS "link_course",
            "t0"."course_id" AS "joined_id"
          FROM "course_links" AS "t0"
        ) AS "t10"
          ON "t33"."source_name" = "t10"."link_source"
          AND "t33"."course_id" = "t10"."link_course"
      ) AS "t34"
    ) AS "t35"
  ) AS "t36"
  GROUP BY
    1,
    2
) AS "t37"

-- memberships --
-- A person's place in a course, and in a group of it if any, from a day to a day.
SELECT
  "t51"."learner_id",
  "t51"."group_id",
  "t51"."course_id",
  "t51"."role",
  "t51"."starts_on",
  "t51"."ends_on",
  "t51"."outcome"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t46"."learner_id",
      "t46"."group_id",
      COALESCE("t46"."joined_id", "t46"."course_id") AS "course_id",
      "t46"."role",
      "t46"."starts_on",
      "t46"."ends_on",
      "t46"."outcome",
      "t46"."source_name",
      "t46"."joined_id" IS NULL AS "own"
    FROM (
      SELECT
        "t43"."learner_id",
        "t43"."group_id",
        "t43"."course_id",
        "t43"."role",
        "t43"."starts_on",
        "t43"."ends_on",
        "t43"."outcome",
        "t43"."source_name",
        "t14"."link_source",
        "t14"."link_course",
        "t14"."joined_id"
      FROM (
        SELECT
          "t39"."learner_id",
          "t39"."group_id",
          "t39"."course_id",
          "t39"."role",
          "t39"."starts_on",
          "t39"."ends_on",
          "t39"."outcome",
          "t39"."source_name"
        FROM (
          SELECT
            "t37"."slice",
            "t37"."source_name",
            "t37"."position",
            "t37"."learner_id",
            "t37"."group_id",
            "t37"."course_id",
            "t37"."role",
            "t37"."starts_on",
            "t37"."ends_on",
            "t37"."outcome",
            "t37"."source",
            ROW_NUMBER() OVER (
              PARTITION BY "t37"."learner_id", "t37"."group_id", "t37"."course_id", "t37"."role", "t37"."starts_on", "t37"."source_name"
              ORDER BY "t37"."slice" DESC NULLS LAST, "t37"."position" DESC NULLS LAST
              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            ) - 1 AS "_place"
          FROM (
            SELECT
              "t35"."slice",
              "t35"."source_name",
              "t35"."position",
              "t35"."learner_id",
              "t35"."source" || ':' || "t35"."group_id" AS "group_id",
              "t35"."course_id",
              "t35"."role",
              "t35"."starts_on",
              "t35"."ends_on",
              "t35"."outcome",
              "t35"."source"
            FROM (
              SELECT
                "t32"."slice",
                "t32"."source_name",
                "t32"."position",
                "t32"."learner_id",
                "t32"."group_id",
                "t32"."course_id",
                "t32"."role",
                "t32"."starts_on",
                "t32"."ends_on",
                "t32"."outcome",
                "t32"."source"
              FROM (
                SELECT
                  "t27"."slice",
                  "t27"."source_name",
                  "t27"."position",
                  COALESCE("t27"."linked", "t27"."source" || ':' || "t27"."learner_id") AS "learner_id",
                  "t27"."group_id",
                  "t27"."course_id",
                  "t27"."role",
                  "t27"."starts_on",
                  "t27"."ends_on",
                  "t27"."outcome",
                  "t27"."source",
                  "t27"."link_source",
                  "t27"."link_external",
                  "t27"."linked"
                FROM (
                  SELECT
                    "t20"."slice",
                    "t20"."source_name",
                    "t20"."position",
                    "t20"."learner_id",
                    "t20"."group_id",
                    "t20"."course_id",
                    "t20"."role",
                    "t20"."starts_on",
                    "t20"."ends_on",
                    "t20"."outcome",
                    "t20"."source",
                    "t24"."link_source",
                    "t24"."link_external",
                    "t24"."linked"
                  FROM (
                    SELECT
                      "t15"."slice",
                      "t15"."source_name",
                      "t15"."position",
                      "t15"."learner_id",
                      "t15"."group_id",
                      "t15"."course_id",
                      "t15"."role",
                      "t15"."starts_on",
                      "t15"."ends_on",
                      "t15"."outcome",
                      "t15"."source_name" AS "source"
                    FROM (
                      SELECT
                        "t8"."name" AS "slice",
                        "t8"."source" AS "source_name",
                        "t7"."position",
                        "t7"."learner_id",
                        "t7"."group_id",
                        "t7"."course_id",
                        "t7"."role",
                        "t7"."starts_on",
                        "t7"."ends_on",
                        "t7"."outcome"
                      FROM "files_memberships" AS "t7"
                      LEFT OUTER JOIN "slices" AS "t8"
                        ON "t7"."slice_id" = "t8"."slice_id"
                    ) AS "t15"
                  ) AS "t20"
                  LEFT OUTER JOIN (
                    SELECT
                      "t21"."source" AS "link_source",
                      "t21"."external_id" AS "link_external",
                      "t21"."linked"
                    FROM (
                      SELECT
                        "t16"."source",
                        "t16"."external_id",
                        MAX("t16"."learner_id") AS "linked"
                      FROM (
                        SELECT
                          "t8"."name" AS "slice",
                          "t11"."source" AS "source_name",
                          "t11"."position",
                          "t11"."source",
                          "t11"."external_id",
                          "t11"."learner_id"
                        FROM "files_learner_links" AS "t11"
                        LEFT OUTER JOIN "slices" AS "t8"
                          ON "t11"."slice_id" = "t8"."slice_id"
                      ) AS "t16"
                      GROUP BY
                        1,
                        2
                    ) AS "t21"
                  ) AS "t24"
                    ON "t20"."source" = "t24"."link_source"
                    AND "t20"."learner_id" = "t24"."link_external"
                ) AS "t27"
              ) AS "t32"
            ) AS "t35"
          ) AS "t37"
        ) AS "t39"
        WHERE
          "t39"."_place" = 0
      ) AS "t43"
      LEFT OUTER JOIN (
        SELECT
          "t0"."source" AS "link_source",
          "t0"."external_id" AS "link_course",
          "t0"."course_id" AS "joined_id"
        FROM "course_links" AS "t0"
      ) AS "t14"
        ON "t43"."source_name" = "t14"."link_source"
        AND "t43"."course_id" = "t14"."link_course"
    ) AS "t46"
  ) AS "t48"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t49"."learner_id",
      "t49"."group_id",
      COALESCE("t49"."joined_id", "t49"."course_id") AS "course_id",
      "t49"."role",
      "t49"."starts_on",
      "t49"."ends_on",
      "t49"."outcome",
      "t49"."source_name",
      "t49"."joined_id" IS NULL AS "own"
    FROM (
      SELECT
        "t47"."learner_id",
        "t47"."group_id",
        "t47"."course_id",
        "t47"."role",
        "t47"."starts_on",
        "t47"."ends_on",
        "t47"."outcome",
        "t47"."source_name",
        "t14"."link_source",
        "t14"."link_course",
        "t14"."joined_id"
      FROM (
        SELECT
          CAST("t44"."learner_id" AS VARCHAR) AS "learner_id",
          "t44"."group_id",
          CAST("t44"."course_id" AS VARCHAR) AS "course_id",
          CAST("t44"."role" AS VARCHAR) AS "role",
          "t44"."starts_on",
          "t44"."ends_on",
          CAST(NULL AS VARCHAR) AS "outcome",
          "t44"."source_name"
        FROM (
          SELECT
            "t42"."slice",
            "t42"."source_name",
            "t42"."position",
            "t42"."course",
            "t42"."course_id",
            "t42"."user_id",
            "t42"."email",
            "t42"."username",
            "t42"."role",
            "t42"."suspended",
            "t42"."created_at",
            "t42"."last_login_at",
            "t42"."enrolled_at",
            "t42"."enrolled_on",
            "t42"."expires_on",
            "t42"."source",
            "t42"."learner_id",
            "t42"."name",
            "t42"."group_id",
            "t42"."starts_on",
            "t42"."ends_on"
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
                "t38"."source",
                "t38"."learner_id",
                "t38"."name",
                "t38"."group_id",
                "t38"."starts_on",
                "t38"."ends_on",
                ROW_NUMBER() OVER (
                  PARTITION BY "t38"."learner_id", "t38"."group_id", "t38"."role"
                  ORDER BY "t38"."slice" DESC NULLS LAST, "t38"."position" DESC NULLS LAST
                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                ) - 1 AS "_place"
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
                  "t36"."source_name" AS "source",
                  "t36"."source_name" || ':' || "t36"."user_id" AS "learner_id",
                  "t36"."username" AS "name",
                  'learnworlds:' || "t36"."course_id" AS "group_id",
                  "t36"."enrolled_on" AS "starts_on",
                  "t36"."expires_on" AS "ends_on"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t28"."slice",
                        "t28"."source_name",
                        "t28"."position",
                        "t28"."course",
                        "t28"."course_id",
                        "t28"."user_id",
                        "t28"."email",
                        "t28"."username",
                        "t28"."role",
                        "t28"."suspended",
                        "t28"."created_at",
                        "t28"."last_login_at",
                        "t28"."enrolled_at",
                        "t28"."enrolled_on",
                        "t28"."expires_on"
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t8"."name" AS "slice",
                            "t8"."source" AS "source_name",
                            "t9"."position",
                            "t9"."course",
                            "t9"."course_id",
                            "t9"."user_id",
                            "t9"."email",
                            "t9"."username",
                            "t9"."role",
                            "t9"."suspended",
                            "t9"."created_at",
                            "t9"."last_login_at",
                            "t9"."enrolled_at",
                            "t9"."enrolled_on",
                            "t9"."expires_on",
                            "t22"."now_course",
                            "t22"."now_id"
                          FROM "learnworlds_users" AS "t9"
                          LEFT OUTER JOIN "slices" AS "t8"
                            ON "t9"."slice_id" = "t8"."slice_id"
                          LEFT OUTER JOIN (
                            SELECT DISTINCT
                              "t17"."course" AS "now_course",
                              "t17"."course_id" AS "now_id"
                            FROM (
                              SELECT
                                "t8"."name" AS "slice",
                                "t8"."source" AS "source_name",
                                "t12"."position",
                                "t12"."course",
                                "t12"."course_id",
                                "t12"."category",
                                "t12"."title",
                                "t12"."access",
                                "t12"."starts_on",
                                "t12"."ends_on",
                                "t12"."created_at"
                              FROM "learnworlds_courses" AS "t12"
                              LEFT OUTER JOIN "slices" AS "t8"
                                ON "t12"."slice_id" = "t8"."slice_id"
                            ) AS "t17"
                          ) AS "t22"
                            ON "t9"."course" = "t22"."now_course"
                        ) AS "t25"
                        WHERE
                          (
                            "t25"."now_id" IS NULL
                          ) OR (
                            "t25"."now_id" = "t25"."course_id"
                          )
                      ) AS "t28"
                    ) AS "t30"
                  ) AS "t33"
                  UNION ALL
                  SELECT
                    *
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t29"."slice",
                        "t29"."source_name",
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
                        "t29"."expires_on"
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
                            "t10"."user_id",
                            "t10"."email",
                            "t10"."username",
                            "t10"."role",
                            "t10"."suspended",
                            "t10"."created_at",
                            "t10"."last_login_at",
                            "t10"."enrolled_at",
                            "t10"."enrolled_on",
                            "t10"."expires_on",
                            "t22"."now_course",
                            "t22"."now_id"
                          FROM "learnworlds_suspended" AS "t10"
                          LEFT OUTER JOIN "slices" AS "t8"
                            ON "t10"."slice_id" = "t8"."slice_id"
                          LEFT OUTER JOIN (
                            SELECT DISTINCT
                              "t17"."course" AS "now_course",
                              "t17"."course_id" AS "now_id"
                            FROM (
                              SELECT
                                "t8"."name" AS "slice",
                                "t8"."source" AS "source_name",
                                "t12"."position",
                                "t12"."course",
                                "t12"."course_id",
                                "t12"."category",
                                "t12"."title",
                                "t12"."access",
                                "t12"."starts_on",
                                "t12"."ends_on",
                                "t12"."created_at"
                              FROM "learnworlds_courses" AS "t12"
                              LEFT OUTER JOIN "slices" AS "t8"
                                ON "t12"."slice_id" = "t8"."slice_id"
                            ) AS "t17"
                          ) AS "t22"
                            ON "t10"."course" = "t22"."now_course"
                        ) AS "t26"
                        WHERE
                          (
                            "t26"."now_id" IS NULL
                          ) OR (
                            "t26"."now_id" = "t26"."course_id"
                          )
                      ) AS "t29"
                    ) AS "t31"
                  ) AS "t34"
                ) AS "t36"
              ) AS "t38"
            ) AS "t40"
            WHERE
              "t40"."_place" = 0
          ) AS "t42"
        ) AS "t44"
      ) AS "t47"
      LEFT OUTER JOIN (
        SELECT
          "t0"."source" AS "link_source",
          "t0"."external_id" AS "link_course",
          "t0"."course_id" AS "joined_id"
        FROM "course_links" AS "t0"
      ) AS "t14"
        ON "t47"."source_name" = "t14"."link_source"
        AND "t47"."course_id" = "t14"."link_course"
    ) AS "t49"
  ) AS "t50"
) AS "t51"

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
