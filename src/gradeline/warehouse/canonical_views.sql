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

-- events --
-- Something a learner did, or `count` of the same at one instant.
WITH "t13" AS (
  SELECT
    "t7"."name" AS "slice",
    "t7"."source" AS "source_name",
    "t8"."position",
    "t8"."stray",
    "t8"."uuid",
    "t8"."event_type",
    "t8"."event_time",
    "t8"."user_id",
    "t8"."session_id",
    "t8"."email",
    "t8"."course_id",
    "t8"."item_id",
    "t8"."correct",
    "t8"."score",
    "t8"."duration_s",
    "t8"."hints",
    "t8"."event_properties"
  FROM "amplitude_events_web" AS "t8"
  LEFT OUTER JOIN "slices" AS "t7"
    ON "t8"."slice_id" = "t7"."slice_id"
), "t14" AS (
  SELECT
    "t7"."name" AS "slice",
    "t7"."source" AS "source_name",
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
  FROM "amplitude_events_mobile" AS "t9"
  LEFT OUTER JOIN "slices" AS "t7"
    ON "t9"."slice_id" = "t7"."slice_id"
)
SELECT
  *
FROM (
  SELECT
    "t51"."event_id",
    "t51"."learner_id",
    "t51"."course_id",
    "t51"."group_id",
    "t51"."type",
    "t51"."session_id",
    "t51"."count",
    "t51"."at",
    "t51"."properties"
  FROM (
    SELECT
      "t48"."slice",
      "t48"."source_name",
      "t48"."position",
      CASE
        WHEN "t48"."event_id" IS NULL
        THEN SHA256("t48"."slice" || ':' || CAST("t48"."position" AS VARCHAR))
        ELSE "t48"."source" || ':' || "t48"."event_id"
      END AS "event_id",
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
        "t43"."slice",
        "t43"."source_name",
        "t43"."position",
        "t43"."event_id",
        "t43"."learner_id",
        "t43"."course_id",
        "t43"."source" || ':' || "t43"."group_id" AS "group_id",
        "t43"."type",
        "t43"."session_id",
        "t43"."count",
        "t43"."at",
        "t43"."properties",
        "t43"."source"
      FROM (
        SELECT
          "t42"."slice",
          "t42"."source_name",
          "t42"."position",
          "t42"."event_id",
          "t42"."learner_id",
          "t42"."course_id",
          "t42"."group_id",
          "t42"."type",
          "t42"."session_id",
          "t42"."count",
          "t42"."at",
          "t42"."properties",
          "t42"."source"
        FROM (
          SELECT
            "t35"."slice",
            "t35"."source_name",
            "t35"."position",
            "t35"."event_id",
            COALESCE("t35"."linked", "t35"."source" || ':' || "t35"."learner_id") AS "learner_id",
            "t35"."course_id",
            "t35"."group_id",
            "t35"."type",
            "t35"."session_id",
            "t35"."count",
            "t35"."at",
            "t35"."properties",
            "t35"."source",
            "t35"."link_source",
            "t35"."link_external",
            "t35"."linked"
          FROM (
            SELECT
              "t22"."slice",
              "t22"."source_name",
              "t22"."position",
              "t22"."event_id",
              "t22"."learner_id",
              "t22"."course_id",
              "t22"."group_id",
              "t22"."type",
              "t22"."session_id",
              "t22"."count",
              "t22"."at",
              "t22"."properties",
              "t22"."source",
              "t32"."link_source",
              "t32"."link_external",
              "t32"."linked"
            FROM (
              SELECT
                "t15"."slice",
                "t15"."source_name",
                "t15"."position",
                "t15"."event_id",
                "t15"."learner_id",
                "t15"."course_id",
                "t15"."group_id",
                "t15"."type",
                "t15"."session_id",
                "t15"."count",
                "t15"."at",
                "t15"."properties",
                "t15"."source_name" AS "source"
              FROM (
                SELECT
                  "t7"."name" AS "slice",
                  "t7"."source" AS "source_name",
                  "t10"."position",
                  "t10"."event_id",
                  "t10"."learner_id",
                  "t10"."course_id",
                  "t10"."group_id",
                  "t10"."type",
                  "t10"."session_id",
                  "t10"."count",
                  "t10"."at",
                  "t10"."properties"
                FROM "files_events" AS "t10"
                LEFT OUTER JOIN "slices" AS "t7"
                  ON "t10"."slice_id" = "t7"."slice_id"
              ) AS "t15"
            ) AS "t22"
            LEFT OUTER JOIN (
              SELECT
                "t23"."source" AS "link_source",
                "t23"."external_id" AS "link_external",
                "t23"."linked"
              FROM (
                SELECT
                  "t16"."source",
                  "t16"."external_id",
                  MAX("t16"."learner_id") AS "linked"
                FROM (
                  SELECT
                    "t7"."name" AS "slice",
                    "t11"."source" AS "source_name",
                    "t11"."position",
                    "t11"."source",
                    "t11"."external_id",
                    "t11"."learner_id"
                  FROM "files_learner_links" AS "t11"
                  LEFT OUTER JOIN "slices" AS "t7"
                    ON "t11"."slice_id" = "t7"."slice_id"
                ) AS "t16"
                GROUP BY
                  1,
                  2
              ) AS "t23"
            ) AS "t32"
              ON "t22"."source" = "t32"."link_source"
              AND "t22"."learner_id" = "t32"."link_external"
          ) AS "t35"
        ) AS "t42"
      ) AS "t43"
    ) AS "t48"
  ) AS "t51"
) AS "t53"
UNION ALL
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST(CAST("t49"."source_name" || ':' || "t49"."uuid" AS VARCHAR) AS VARCHAR) AS "event_id",
      CAST(CAST("t49"."source_name" || ':' || "t49"."user_id" AS VARCHAR) AS VARCHAR) AS "learner_id",
      "t49"."course_id",
      CAST(NULL AS VARCHAR) AS "group_id",
      CAST(CAST("t49"."event_type" AS VARCHAR) AS VARCHAR) AS "type",
      CASE
        WHEN "t49"."session_id" = -1
        THEN CAST(NULL AS VARCHAR)
        ELSE CAST("t49"."session_id" AS VARCHAR)
      END AS "session_id",
      CAST(CAST(1 AS BIGINT) AS BIGINT) AS "count",
      CAST(CAST("t49"."event_time" AS TIMESTAMPTZ(6)) AS TIMESTAMPTZ(6)) AS "at",
      "t49"."event_properties" AS "properties"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            *
          FROM "t13" AS "t17"
          WHERE
            NOT (
              "t17"."stray"
            )
        ) AS "t24"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "t40"."slice",
            "t40"."source_name",
            "t40"."position",
            "t40"."stray",
            "t40"."uuid",
            "t40"."event_type",
            "t40"."event_time",
            "t40"."user_id",
            "t40"."session_id",
            "t40"."email",
            "t40"."course_id",
            "t40"."item_id",
            "t40"."correct",
            "t40"."score",
            "t40"."duration_s",
            "t40"."hints",
            "t40"."event_properties"
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
              "t36"."event_properties"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t20"."slice",
                  "t20"."source_name",
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
                  ROW_NUMBER() OVER (
                    PARTITION BY "t20"."uuid"
                    ORDER BY "t20"."slice" ASC, "t20"."position" ASC
                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                  ) - 1 AS "_place"
                FROM (
                  SELECT
                    *
                  FROM "t13" AS "t17"
                  WHERE
                    "t17"."stray"
                ) AS "t20"
              ) AS "t33"
              WHERE
                "t33"."_place" = 0
            ) AS "t36"
          ) AS "t40"
          WHERE
            NOT EXISTS(
              SELECT
                1
              FROM (
                SELECT
                  "t17"."uuid"
                FROM "t13" AS "t17"
                WHERE
                  NOT (
                    "t17"."stray"
                  )
              ) AS "t29"
              WHERE
                "t40"."uuid" = "t29"."uuid"
            )
        ) AS "t44"
      ) AS "t46"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            *
          FROM "t14" AS "t18"
          WHERE
            NOT (
              "t18"."stray"
            )
        ) AS "t26"
        UNION ALL
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
            "t41"."event_properties"
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
              "t37"."event_properties"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t21"."slice",
                  "t21"."source_name",
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
                  ROW_NUMBER() OVER (
                    PARTITION BY "t21"."uuid"
                    ORDER BY "t21"."slice" ASC, "t21"."position" ASC
                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                  ) - 1 AS "_place"
                FROM (
                  SELECT
                    *
                  FROM "t14" AS "t18"
                  WHERE
                    "t18"."stray"
                ) AS "t21"
              ) AS "t34"
              WHERE
                "t34"."_place" = 0
            ) AS "t37"
          ) AS "t41"
          WHERE
            NOT EXISTS(
              SELECT
                1
              FROM (
                SELECT
                  "t18"."uuid"
                FROM "t14" AS "t18"
                WHERE
                  NOT (
                    "t18"."stray"
                  )
              ) AS "t30"
              WHERE
                "t41"."uuid" = "t30"."uuid"
            )
        ) AS "t45"
      ) AS "t47"
    ) AS "t49"
    WHERE
      "t49"."user_id" IS NOT NULL AND "t49"."user_id" <> ''
  ) AS "t50"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      CAST(CAST("t12"."source_name" || ':' || "t12"."uuid" AS VARCHAR) AS VARCHAR) AS "event_id",
      CAST(CAST("t12"."source_name" || ':' || "t12"."profile_id" AS VARCHAR) AS VARCHAR) AS "learner_id",
      "t12"."course_id",
      CAST(NULL AS VARCHAR) AS "group_id",
      CAST(CAST("t12"."event_name" AS VARCHAR) AS VARCHAR) AS "type",
      "t12"."session_id",
      CAST(CAST(1 AS BIGINT) AS BIGINT) AS "count",
      CAST(CAST("t12"."event_at" AS TIMESTAMPTZ(6)) AS TIMESTAMPTZ(6)) AS "at",
      "t12"."event_json" AS "properties"
    FROM (
      SELECT
        "t7"."name" AS "slice",
        "t7"."source" AS "source_name",
        "t6"."position",
        "t6"."uuid",
        "t6"."event_at",
        "t6"."event_datetime",
        "t6"."event_json",
        "t6"."event_name",
        "t6"."event_receive_datetime",
        "t6"."event_receive_timestamp",
        "t6"."event_timestamp",
        "t6"."session_id",
        "t6"."installation_id",
        "t6"."appmetrica_device_id",
        "t6"."city",
        "t6"."connection_type",
        "t6"."country_iso_code",
        "t6"."device_ipv6",
        "t6"."device_locale",
        "t6"."device_manufacturer",
        "t6"."device_model",
        "t6"."device_type",
        "t6"."google_aid",
        "t6"."ios_ifa",
        "t6"."ios_ifv",
        "t6"."mcc",
        "t6"."mnc",
        "t6"."operator_name",
        "t6"."original_device_model",
        "t6"."os_name",
        "t6"."os_version",
        "t6"."profile_id",
        "t6"."windows_aid",
        "t6"."app_build_number",
        "t6"."app_package_name",
        "t6"."app_version_name",
        "t6"."application_id",
        "t6"."event_properties",
        "t6"."ehr_id",
        "t6"."email",
        "t6"."course_id",
        "t6"."item_id",
        "t6"."correct",
        "t6"."score",
        "t6"."duration_s",
        "t6"."hints"
      FROM "appmetrica_events" AS "t6"
      LEFT OUTER JOIN "slices" AS "t7"
        ON "t6"."slice_id" = "t7"."slice_id"
    ) AS "t12"
    WHERE
      "t12"."profile_id" IS NOT NULL
  ) AS "t28"
) AS "t52"

-- attempts --
-- One try of one learner at one item; score is 0..1.
WITH "t22" AS (
  SELECT
    "t11"."name" AS "slice",
    "t11"."source" AS "source_name",
    "t13"."position",
    "t13"."stray",
    "t13"."uuid",
    "t13"."event_type",
    "t13"."event_time",
    "t13"."user_id",
    "t13"."session_id",
    "t13"."email",
    "t13"."course_id",
    "t13"."item_id",
    "t13"."correct",
    "t13"."score",
    "t13"."duration_s",
    "t13"."hints",
    "t13"."event_properties"
  FROM "amplitude_events_web" AS "t13"
  LEFT OUTER JOIN "slices" AS "t11"
    ON "t13"."slice_id" = "t11"."slice_id"
), "t23" AS (
  SELECT
    "t11"."name" AS "slice",
    "t11"."source" AS "source_name",
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
  FROM "amplitude_events_mobile" AS "t14"
  LEFT OUTER JOIN "slices" AS "t11"
    ON "t14"."slice_id" = "t11"."slice_id"
)
SELECT
  *
FROM (
  SELECT
    *
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
      "t84"."source"
    FROM (
      SELECT
        "t78"."slice",
        "t78"."source_name",
        "t78"."position",
        "t78"."attempt_id",
        "t78"."learner_id",
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
        "t78"."source",
        ROW_NUMBER() OVER (
          PARTITION BY "t78"."attempt_id"
          ORDER BY "t78"."slice" DESC NULLS LAST, "t78"."position" DESC NULLS LAST
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1 AS "_place"
      FROM (
        SELECT
          "t74"."slice",
          "t74"."source_name",
          "t74"."position",
          CASE
            WHEN "t74"."attempt_id" IS NULL
            THEN SHA256("t74"."slice" || ':' || CAST("t74"."position" AS VARCHAR))
            ELSE "t74"."source" || ':' || "t74"."attempt_id"
          END AS "attempt_id",
          "t74"."learner_id",
          "t74"."course_id",
          "t74"."group_id",
          "t74"."item_id",
          "t74"."topic_id",
          "t74"."level_id",
          "t74"."kind",
          "t74"."correct",
          "t74"."score",
          "t74"."hints",
          "t74"."duration_s",
          "t74"."at",
          "t74"."source"
        FROM (
          SELECT
            "t63"."slice",
            "t63"."source_name",
            "t63"."position",
            "t63"."attempt_id",
            "t63"."learner_id",
            "t63"."course_id",
            "t63"."source" || ':' || "t63"."group_id" AS "group_id",
            "t63"."item_id",
            "t63"."topic_id",
            "t63"."level_id",
            "t63"."kind",
            "t63"."correct",
            "t63"."score",
            "t63"."hints",
            "t63"."duration_s",
            "t63"."at",
            "t63"."source"
          FROM (
            SELECT
              "t62"."slice",
              "t62"."source_name",
              "t62"."position",
              "t62"."attempt_id",
              "t62"."learner_id",
              "t62"."course_id",
              "t62"."group_id",
              "t62"."item_id",
              "t62"."topic_id",
              "t62"."level_id",
              "t62"."kind",
              "t62"."correct",
              "t62"."score",
              "t62"."hints",
              "t62"."duration_s",
              "t62"."at",
              "t62"."source"
            FROM (
              SELECT
                "t50"."slice",
                "t50"."source_name",
                "t50"."position",
                "t50"."attempt_id",
                COALESCE("t50"."linked", "t50"."source" || ':' || "t50"."learner_id") AS "learner_id",
                "t50"."course_id",
                "t50"."group_id",
                "t50"."item_id",
                "t50"."topic_id",
                "t50"."level_id",
                "t50"."kind",
                "t50"."correct",
                "t50"."score",
                "t50"."hints",
                "t50"."duration_s",
                "t50"."at",
                "t50"."source",
                "t50"."link_source",
                "t50"."link_external",
                "t50"."linked"
              FROM (
                SELECT
                  "t33"."slice",
                  "t33"."source_name",
                  "t33"."position",
                  "t33"."attempt_id",
                  "t33"."learner_id",
                  "t33"."course_id",
                  "t33"."group_id",
                  "t33"."item_id",
                  "t33"."topic_id",
                  "t33"."level_id",
                  "t33"."kind",
                  "t33"."correct",
                  "t33"."score",
                  "t33"."hints",
                  "t33"."duration_s",
                  "t33"."at",
                  "t33"."source",
                  "t45"."link_source",
                  "t45"."link_external",
                  "t45"."linked"
                FROM (
                  SELECT
                    "t24"."slice",
                    "t24"."source_name",
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
                    "t24"."source_name" AS "source"
                  FROM (
                    SELECT
                      "t11"."name" AS "slice",
                      "t11"."source" AS "source_name",
                      "t15"."position",
                      "t15"."attempt_id",
                      "t15"."learner_id",
                      "t15"."course_id",
                      "t15"."group_id",
                      "t15"."item_id",
                      "t15"."topic_id",
                      "t15"."level_id",
                      "t15"."kind",
                      "t15"."correct",
                      "t15"."score",
                      "t15"."hints",
                      "t15"."duration_s",
                      "t15"."at"
                    FROM "files_attempts" AS "t15"
                    LEFT OUTER JOIN "slices" AS "t11"
                      ON "t15"."slice_id" = "t11"."slice_id"
                  ) AS "t24"
                ) AS "t33"
                LEFT OUTER JOIN (
                  SELECT
                    "t34"."source" AS "link_source",
                    "t34"."external_id" AS "link_external",
                    "t34"."linked"
                  FROM (
                    SELECT
                      "t25"."source",
                      "t25"."external_id",
                      MAX("t25"."learner_id") AS "linked"
                    FROM (
                      SELECT
                        "t11"."name" AS "slice",
                        "t17"."source" AS "source_name",
                        "t17"."position",
                        "t17"."source",
                        "t17"."external_id",
                        "t17"."learner_id"
                      FROM "files_learner_links" AS "t17"
                      LEFT OUTER JOIN "slices" AS "t11"
                        ON "t17"."slice_id" = "t11"."slice_id"
                    ) AS "t25"
                    GROUP BY
                      1,
                      2
                  ) AS "t34"
                ) AS "t45"
                  ON "t33"."source" = "t45"."link_source"
                  AND "t33"."learner_id" = "t45"."link_external"
              ) AS "t50"
            ) AS "t62"
          ) AS "t63"
        ) AS "t74"
      ) AS "t78"
    ) AS "t84"
    WHERE
      "t84"."_place" = 0
  ) AS "t85"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      CAST(CAST("t71"."attempt_id" AS VARCHAR) AS VARCHAR) AS "attempt_id",
      CAST(CAST("t71"."source" || ':' || "t71"."learner_id" AS VARCHAR) AS VARCHAR) AS "learner_id",
      "t71"."course_id",
      CAST(NULL AS VARCHAR) AS "group_id",
      "t71"."item_id",
      CAST(NULL AS VARCHAR) AS "topic_id",
      CAST(NULL AS VARCHAR) AS "level_id",
      CAST(CAST("t71"."kind" AS VARCHAR) AS VARCHAR) AS "kind",
      "t71"."correct",
      CAST("t71"."score" AS DECIMAL(9, 6)) AS "score",
      CAST(NULL AS INT) AS "hints",
      CAST(NULL AS DECIMAL(12, 3)) AS "duration_s",
      CAST(CAST("t71"."at" AS TIMESTAMPTZ(6)) AS TIMESTAMPTZ(6)) AS "at",
      CAST(CAST("t71"."source" AS VARCHAR) AS VARCHAR) AS "source"
    FROM (
      SELECT
        "t51"."slice",
        "t51"."source_name",
        "t51"."position",
        "t51"."user_id",
        "t51"."oauth_consumer_key",
        "t51"."lis_result_sourcedid",
        "t51"."lis_outcome_service_url",
        "t51"."is_correct",
        "t51"."attempt_type",
        "t51"."created_at",
        "t51"."source",
        "t51"."learner_id",
        "t51"."at",
        "t51"."sourcedid",
        "t51"."category",
        "t51"."course",
        "t51"."item_id",
        "t51"."source" || ':' || SHA256(
          "t51"."user_id" || ' ' || CAST(EPOCH_US("t51"."at") AS VARCHAR) || ' ' || "t51"."attempt_type" || ' ' || COALESCE("t51"."lis_result_sourcedid", '')
        ) AS "attempt_id",
        "t51"."category" || '/' || "t51"."course" AS "course_id",
        CASE WHEN "t51"."attempt_type" = 'submit' THEN 'answer' ELSE 'run' END AS "kind",
        "t51"."is_correct" AS "correct",
        CASE
          WHEN "t51"."is_correct"
          THEN 1
          WHEN NOT (
            "t51"."is_correct"
          )
          THEN 0
          ELSE CAST(NULL AS BIGINT)
        END AS "score"
      FROM (
        SELECT
          "t44"."slice",
          "t44"."source_name",
          "t44"."position",
          "t44"."user_id",
          "t44"."oauth_consumer_key",
          "t44"."lis_result_sourcedid",
          "t44"."lis_outcome_service_url",
          "t44"."is_correct",
          "t44"."attempt_type",
          "t44"."created_at",
          "t44"."source",
          "t44"."learner_id",
          "t44"."at",
          "t44"."sourcedid",
          CASE
            WHEN "t44"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
            THEN CASE
              WHEN "t44"."sourcedid" ~ (
                '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
              )
              THEN (
                REGEXP_MATCH(
                  "t44"."sourcedid",
                  '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                )
              )[2]
              ELSE NULL
            END
            WHEN "t44"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
            THEN CASE
              WHEN "t44"."sourcedid" ~ (
                '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
              )
              THEN (
                REGEXP_MATCH(
                  "t44"."sourcedid",
                  '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                )
              )[2]
              ELSE NULL
            END
            ELSE CAST(NULL AS VARCHAR)
          END AS "category",
          CASE
            WHEN "t44"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
            THEN CASE
              WHEN "t44"."sourcedid" ~ (
                '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
              )
              THEN (
                REGEXP_MATCH(
                  "t44"."sourcedid",
                  '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                )
              )[3]
              ELSE NULL
            END
            WHEN "t44"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
            THEN CASE
              WHEN "t44"."sourcedid" ~ (
                '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
              )
              THEN (
                REGEXP_MATCH(
                  "t44"."sourcedid",
                  '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                )
              )[3]
              ELSE NULL
            END || '+' || CASE
              WHEN "t44"."sourcedid" ~ (
                '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
              )
              THEN (
                REGEXP_MATCH(
                  "t44"."sourcedid",
                  '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                )
              )[4]
              ELSE NULL
            END
            ELSE CAST(NULL AS VARCHAR)
          END AS "course",
          CASE
            WHEN "t44"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
            THEN CASE
              WHEN "t44"."sourcedid" ~ (
                '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
              )
              THEN (
                REGEXP_MATCH(
                  "t44"."sourcedid",
                  '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                )
              )[5]
              ELSE NULL
            END
            WHEN "t44"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
            THEN CASE
              WHEN "t44"."sourcedid" ~ (
                '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
              )
              THEN (
                REGEXP_MATCH(
                  "t44"."sourcedid",
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
              "t11"."name" AS "slice",
              "t11"."source" AS "source_name",
              "t12"."position",
              "t12"."user_id",
              "t12"."oauth_consumer_key",
              "t12"."lis_result_sourcedid",
              "t12"."lis_outcome_service_url",
              "t12"."is_correct",
              "t12"."attempt_type",
              "t12"."created_at"
            FROM "grader_attempts" AS "t12"
            LEFT OUTER JOIN "slices" AS "t11"
              ON "t12"."slice_id" = "t11"."slice_id"
          ) AS "t21"
        ) AS "t44"
      ) AS "t51"
    ) AS "t71"
  ) AS "t77"
) AS "t86"
UNION ALL
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST(CAST("t89"."attempt_id" AS VARCHAR) AS VARCHAR) AS "attempt_id",
      CAST(CAST("t89"."learner_id" AS VARCHAR) AS VARCHAR) AS "learner_id",
      "t89"."course_id",
      CAST(NULL AS VARCHAR) AS "group_id",
      "t89"."item_id",
      CAST(NULL AS VARCHAR) AS "topic_id",
      CAST(NULL AS VARCHAR) AS "level_id",
      CAST(CAST("t89"."kind" AS VARCHAR) AS VARCHAR) AS "kind",
      "t89"."correct",
      "t89"."score",
      CAST(NULL AS INT) AS "hints",
      CAST(NULL AS DECIMAL(12, 3)) AS "duration_s",
      CAST(CAST("t89"."at" AS TIMESTAMPTZ(6)) AS TIMESTAMPTZ(6)) AS "at",
      CAST(CAST("t89"."source" AS VARCHAR) AS VARCHAR) AS "source"
    FROM (
      SELECT
        "t88"."slice",
        "t88"."position",
        "t88"."course_id",
        "t88"."score",
        "t88"."source",
        "t88"."attempt_id",
        "t88"."learner_id",
        "t88"."item_id",
        "t88"."kind",
        "t88"."correct",
        "t88"."at"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t83"."slice",
            "t83"."position",
            "t83"."course_id",
            "t83"."score",
            "t83"."source",
            "t83"."attempt_id",
            "t83"."learner_id",
            "t83"."item_id",
            "t83"."kind",
            "t83"."correct",
            "t83"."at",
            ROW_NUMBER() OVER (
              PARTITION BY "t83"."attempt_id"
              ORDER BY "t83"."slice" DESC NULLS LAST, "t83"."position" DESC NULLS LAST
              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            ) - 1 AS "_place"
          FROM (
            SELECT
              "t81"."slice",
              "t81"."position",
              "t81"."course_id",
              "t81"."score",
              "t81"."source",
              "t81"."attempt_id",
              "t81"."source" || ':' || "t81"."learner_id" AS "learner_id",
              "t81"."item_id",
              "t81"."kind",
              "t81"."correct",
              "t81"."at"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t58"."slice",
                  "t58"."position",
                  "t58"."course_id",
                  "t58"."score",
                  "t58"."source_name" AS "source",
                  "t58"."source_name" || ':' || "t58"."response_id" AS "attempt_id",
                  "t58"."user_id" AS "learner_id",
                  "t58"."unit_id" AS "item_id",
                  'answer' AS "kind",
                  "t58"."passed" AS "correct",
                  COALESCE("t58"."submitted_at", "t58"."modified_at", "t58"."created_at") AS "at"
                FROM (
                  SELECT
                    "t54"."slice",
                    "t54"."source_name",
                    "t54"."position",
                    "t54"."course",
                    "t54"."course_id",
                    "t54"."response_id",
                    "t54"."user_id",
                    "t54"."email",
                    "t54"."unit_id",
                    "t54"."grade",
                    "t54"."score",
                    "t54"."created_at",
                    "t54"."modified_at",
                    "t54"."submitted_at",
                    "t54"."passed",
                    "t54"."blocks",
                    "t54"."points",
                    "t54"."max_points"
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
                        "t16"."response_id",
                        "t16"."user_id",
                        "t16"."email",
                        "t16"."unit_id",
                        "t16"."grade",
                        "t16"."score",
                        "t16"."created_at",
                        "t16"."modified_at",
                        "t16"."submitted_at",
                        "t16"."passed",
                        "t16"."blocks",
                        "t16"."points",
                        "t16"."max_points",
                        "t35"."now_course",
                        "t35"."now_id"
                      FROM "learnworlds_responses" AS "t16"
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
                          LEFT OUTER JOIN "slices" AS "t11"
                            ON "t19"."slice_id" = "t11"."slice_id"
                        ) AS "t26"
                      ) AS "t35"
                        ON "t16"."course" = "t35"."now_course"
                    ) AS "t46"
                    WHERE
                      (
                        "t46"."now_id" IS NULL
                      ) OR (
                        "t46"."now_id" = "t46"."course_id"
                      )
                  ) AS "t54"
                ) AS "t58"
                WHERE
                  (
                    (
                      "t58"."submitted_at" IS NOT NULL
                    ) OR (
                      "t58"."grade" IS NOT NULL
                    )
                  )
                  AND COALESCE("t58"."submitted_at", "t58"."modified_at", "t58"."created_at") IS NOT NULL
              ) AS "t64"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  "t76"."slice",
                  "t76"."position",
                  "t76"."course_id",
                  "t76"."score",
                  "t76"."source_name" AS "source",
                  "t76"."source_name" || ':' || "t76"."grade_id" AS "attempt_id",
                  "t76"."user_id" AS "learner_id",
                  "t76"."unit_id" AS "item_id",
                  'answer' AS "kind",
                  CAST(NULL AS BOOLEAN) AS "correct",
                  COALESCE("t76"."submitted_at", "t76"."modified_at", "t76"."created_at") AS "at"
                FROM (
                  SELECT
                    "t70"."slice",
                    "t70"."source_name",
                    "t70"."position",
                    "t70"."course",
                    "t70"."course_id",
                    "t70"."grade_id",
                    "t70"."unit_type",
                    "t70"."user_id",
                    "t70"."email",
                    "t70"."unit_id",
                    "t70"."grade",
                    "t70"."score",
                    "t70"."created_at",
                    "t70"."modified_at",
                    "t70"."submitted_at"
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t55"."slice",
                        "t55"."source_name",
                        "t55"."position",
                        "t55"."course",
                        "t55"."course_id",
                        "t55"."grade_id",
                        "t55"."unit_type",
                        "t55"."user_id",
                        "t55"."email",
                        "t55"."unit_id",
                        "t55"."grade",
                        "t55"."score",
                        "t55"."created_at",
                        "t55"."modified_at",
                        "t55"."submitted_at"
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t11"."name" AS "slice",
                            "t11"."source" AS "source_name",
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
                            "t35"."now_course",
                            "t35"."now_id"
                          FROM "learnworlds_grades" AS "t18"
                          LEFT OUTER JOIN "slices" AS "t11"
                            ON "t18"."slice_id" = "t11"."slice_id"
                          LEFT OUTER JOIN (
                            SELECT DISTINCT
                              "t26"."course" AS "now_course",
                              "t26"."course_id" AS "now_id"
                            FROM (
                              SELECT
                                "t11"."name" AS "slice",
                                "t11"."source" AS "source_name",
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
                              LEFT OUTER JOIN "slices" AS "t11"
                                ON "t19"."slice_id" = "t11"."slice_id"
                            ) AS "t26"
                          ) AS "t35"
                            ON "t18"."course" = "t35"."now_course"
                        ) AS "t47"
                        WHERE
                          (
                            "t47"."now_id" IS NULL
                          ) OR (
                            "t47"."now_id" = "t47"."course_id"
                          )
                      ) AS "t55"
                    ) AS "t59"
                    WHERE
                      "t59"."grade" IS NOT NULL
                      AND COALESCE("t59"."submitted_at", "t59"."modified_at", "t59"."created_at") IS NOT NULL
                  ) AS "t70"
                  WHERE
                    NOT EXISTS(
                      SELECT
                        1
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t54"."slice",
                            "t54"."source_name",
                            "t54"."position",
                            "t54"."course",
                            "t54"."course_id",
                            "t54"."response_id",
                            "t54"."user_id",
                            "t54"."email",
                            "t54"."unit_id",
                            "t54"."grade",
                            "t54"."score",
                            "t54"."created_at",
                            "t54"."modified_at",
                            "t54"."submitted_at",
                            "t54"."passed",
                            "t54"."blocks",
                            "t54"."points",
                            "t54"."max_points"
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
                                "t16"."response_id",
                                "t16"."user_id",
                                "t16"."email",
                                "t16"."unit_id",
                                "t16"."grade",
                                "t16"."score",
                                "t16"."created_at",
                                "t16"."modified_at",
                                "t16"."submitted_at",
                                "t16"."passed",
                                "t16"."blocks",
                                "t16"."points",
                                "t16"."max_points",
                                "t35"."now_course",
                                "t35"."now_id"
                              FROM "learnworlds_responses" AS "t16"
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
                                  LEFT OUTER JOIN "slices" AS "t11"
                                    ON "t19"."slice_id" = "t11"."slice_id"
                                ) AS "t26"
                              ) AS "t35"
                                ON "t16"."course" = "t35"."now_course"
                            ) AS "t46"
                            WHERE
                              (
                                "t46"."now_id" IS NULL
                              ) OR (
                                "t46"."now_id" = "t46"."course_id"
                              )
                          ) AS "t54"
                        ) AS "t58"
                        WHERE
                          (
                            (
                              "t58"."submitted_at" IS NOT NULL
                            ) OR (
                              "t58"."grade" IS NOT NULL
                            )
                          )
                          AND COALESCE("t58"."submitted_at", "t58"."modified_at", "t58"."created_at") IS NOT NULL
                      ) AS "t69"
                      WHERE
                        "t70"."course_id" = "t69"."course_id"
                        AND "t70"."user_id" = "t69"."user_id"
                        AND "t70"."unit_id" = "t69"."unit_id"
                    )
                ) AS "t76"
              ) AS "t79"
            ) AS "t81"
          ) AS "t83"
        ) AS "t87"
        WHERE
          "t87"."_place" = 0
      ) AS "t88"
    ) AS "t89"
  ) AS "t90"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        CAST(CAST("t75"."source_name" || ':' || "t75"."uuid" AS VARCHAR) AS VARCHAR) AS "attempt_id",
        CAST(CAST("t75"."source_name" || ':' || "t75"."user_id" AS VARCHAR) AS VARCHAR) AS "learner_id",
        "t75"."course_id",
        CAST(NULL AS VARCHAR) AS "group_id",
        "t75"."item_id",
        CAST(NULL AS VARCHAR) AS "topic_id",
        CAST(NULL AS VARCHAR) AS "level_id",
        CAST(CAST('answer' AS VARCHAR) AS VARCHAR) AS "kind",
        "t75"."correct",
        COALESCE(
          "t75"."score",
          CASE
            WHEN "t75"."correct" IS NULL
            THEN NULL
            ELSE CAST(CASE WHEN "t75"."correct" THEN 1 ELSE 0 END AS DECIMAL(9, 6))
          END
        ) AS "score",
        "t75"."hints",
        "t75"."duration_s",
        CAST(CAST("t75"."event_time" AS TIMESTAMPTZ(6)) AS TIMESTAMPTZ(6)) AS "at",
        CAST(CAST("t75"."source_name" AS VARCHAR) AS VARCHAR) AS "source"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              *
            FROM "t22" AS "t27"
            WHERE
              NOT (
                "t27"."stray"
              )
          ) AS "t36"
          UNION ALL
          SELECT
            *
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
              "t60"."event_properties"
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
                "t52"."event_properties"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t31"."slice",
                    "t31"."source_name",
                    "t31"."position",
                    "t31"."stray",
                    "t31"."uuid",
                    "t31"."event_type",
                    "t31"."event_time",
                    "t31"."user_id",
                    "t31"."session_id",
                    "t31"."email",
                    "t31"."course_id",
                    "t31"."item_id",
                    "t31"."correct",
                    "t31"."score",
                    "t31"."duration_s",
                    "t31"."hints",
                    "t31"."event_properties",
                    ROW_NUMBER() OVER (
                      PARTITION BY "t31"."uuid"
                      ORDER BY "t31"."slice" ASC, "t31"."position" ASC
                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                    ) - 1 AS "_place"
                  FROM (
                    SELECT
                      *
                    FROM "t22" AS "t27"
                    WHERE
                      "t27"."stray"
                  ) AS "t31"
                ) AS "t48"
                WHERE
                  "t48"."_place" = 0
              ) AS "t52"
            ) AS "t60"
            WHERE
              NOT EXISTS(
                SELECT
                  1
                FROM (
                  SELECT
                    "t27"."uuid"
                  FROM "t22" AS "t27"
                  WHERE
                    NOT (
                      "t27"."stray"
                    )
                ) AS "t41"
                WHERE
                  "t60"."uuid" = "t41"."uuid"
              )
          ) AS "t67"
        ) AS "t72"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              *
            FROM "t23" AS "t28"
            WHERE
              NOT (
                "t28"."stray"
              )
          ) AS "t38"
          UNION ALL
          SELECT
            *
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
              "t61"."event_properties"
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
                "t53"."event_properties"
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    "t32"."slice",
                    "t32"."source_name",
                    "t32"."position",
                    "t32"."stray",
                    "t32"."uuid",
                    "t32"."event_type",
                    "t32"."event_time",
                    "t32"."user_id",
                    "t32"."session_id",
                    "t32"."email",
                    "t32"."course_id",
                    "t32"."item_id",
                    "t32"."correct",
                    "t32"."score",
                    "t32"."duration_s",
                    "t32"."hints",
                    "t32"."event_properties",
                    ROW_NUMBER() OVER (
                      PARTITION BY "t32"."uuid"
                      ORDER BY "t32"."slice" ASC, "t32"."position" ASC
                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                    ) - 1 AS "_place"
                  FROM (
                    SELECT
                      *
                    FROM "t23" AS "t28"
                    WHERE
                      "t28"."stray"
                  ) AS "t32"
                ) AS "t49"
                WHERE
                  "t49"."_place" = 0
              ) AS "t53"
            ) AS "t61"
            WHERE
              NOT EXISTS(
                SELECT
                  1
                FROM (
                  SELECT
                    "t28"."uuid"
                  FROM "t23" AS "t28"
                  WHERE
                    NOT (
                      "t28"."stray"
                    )
                ) AS "t42"
                WHERE
                  "t61"."uuid" = "t42"."uuid"
              )
          ) AS "t68"
        ) AS "t73"
      ) AS "t75"
      WHERE
        "t75"."user_id" IS NOT NULL
        AND "t75"."user_id" <> ''
        AND "t75"."item_id" IS NOT NULL
    ) AS "t80"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        CAST(CAST("t20"."source_name" || ':' || "t20"."uuid" AS VARCHAR) AS VARCHAR) AS "attempt_id",
        CAST(CAST("t20"."source_name" || ':' || "t20"."profile_id" AS VARCHAR) AS VARCHAR) AS "learner_id",
        "t20"."course_id",
        CAST(NULL AS VARCHAR) AS "group_id",
        "t20"."item_id",
        CAST(NULL AS VARCHAR) AS "topic_id",
        CAST(NULL AS VARCHAR) AS "level_id",
        CAST(CAST('answer' AS VARCHAR) AS VARCHAR) AS "kind",
        "t20"."correct",
        COALESCE("t20"."score", CAST(CAST("t20"."correct" AS INT) AS DECIMAL(9, 6))) AS "score",
        "t20"."hints",
        "t20"."duration_s",
        CAST(CAST("t20"."event_at" AS TIMESTAMPTZ(6)) AS TIMESTAMPTZ(6)) AS "at",
        CAST(CAST("t20"."source_name" AS VARCHAR) AS VARCHAR) AS "source"
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
          "t10"."hints"
        FROM "appmetrica_events" AS "t10"
        LEFT OUTER JOIN "slices" AS "t11"
          ON "t10"."slice_id" = "t11"."slice_id"
      ) AS "t20"
      WHERE
        "t20"."profile_id" IS NOT NULL AND "t20"."item_id" IS NOT NULL
    ) AS "t40"
  ) AS "t82"
) AS "t91"

-- items --
-- Something a learner answers or hands in: a task, a quiz, an assessment.
WITH "t43" AS (
  SELECT DISTINCT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t37"."course_id",
        "t37"."unit_id"
      FROM (
        SELECT
          "t34"."slice",
          "t34"."source_name",
          "t34"."position",
          "t34"."course",
          "t34"."course_id",
          "t34"."grade_id",
          "t34"."unit_type",
          "t34"."user_id",
          "t34"."email",
          "t34"."unit_id",
          "t34"."grade",
          "t34"."score",
          "t34"."created_at",
          "t34"."modified_at",
          "t34"."submitted_at"
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
              "t13"."grade_id",
              "t13"."unit_type",
              "t13"."user_id",
              "t13"."email",
              "t13"."unit_id",
              "t13"."grade",
              "t13"."score",
              "t13"."created_at",
              "t13"."modified_at",
              "t13"."submitted_at",
              "t23"."now_course",
              "t23"."now_id"
            FROM "learnworlds_grades" AS "t13"
            LEFT OUTER JOIN "slices" AS "t9"
              ON "t13"."slice_id" = "t9"."slice_id"
            LEFT OUTER JOIN (
              SELECT DISTINCT
                "t19"."course" AS "now_course",
                "t19"."course_id" AS "now_id"
              FROM (
                SELECT
                  "t9"."name" AS "slice",
                  "t9"."source" AS "source_name",
                  "t15"."position",
                  "t15"."course",
                  "t15"."course_id",
                  "t15"."category",
                  "t15"."title",
                  "t15"."access",
                  "t15"."starts_on",
                  "t15"."ends_on",
                  "t15"."created_at"
                FROM "learnworlds_courses" AS "t15"
                LEFT OUTER JOIN "slices" AS "t9"
                  ON "t15"."slice_id" = "t9"."slice_id"
              ) AS "t19"
            ) AS "t23"
              ON "t13"."course" = "t23"."now_course"
          ) AS "t28"
          WHERE
            (
              "t28"."now_id" IS NULL
            ) OR (
              "t28"."now_id" = "t28"."course_id"
            )
        ) AS "t34"
      ) AS "t37"
    ) AS "t39"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t38"."course_id",
        "t38"."unit_id"
      FROM (
        SELECT
          "t35"."slice",
          "t35"."source_name",
          "t35"."position",
          "t35"."course",
          "t35"."course_id",
          "t35"."response_id",
          "t35"."user_id",
          "t35"."email",
          "t35"."unit_id",
          "t35"."grade",
          "t35"."score",
          "t35"."created_at",
          "t35"."modified_at",
          "t35"."submitted_at",
          "t35"."passed",
          "t35"."blocks",
          "t35"."points",
          "t35"."max_points"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t9"."name" AS "slice",
              "t9"."source" AS "source_name",
              "t14"."position",
              "t14"."course",
              "t14"."course_id",
              "t14"."response_id",
              "t14"."user_id",
              "t14"."email",
              "t14"."unit_id",
              "t14"."grade",
              "t14"."score",
              "t14"."created_at",
              "t14"."modified_at",
              "t14"."submitted_at",
              "t14"."passed",
              "t14"."blocks",
              "t14"."points",
              "t14"."max_points",
              "t23"."now_course",
              "t23"."now_id"
            FROM "learnworlds_responses" AS "t14"
            LEFT OUTER JOIN "slices" AS "t9"
              ON "t14"."slice_id" = "t9"."slice_id"
            LEFT OUTER JOIN (
              SELECT DISTINCT
                "t19"."course" AS "now_course",
                "t19"."course_id" AS "now_id"
              FROM (
                SELECT
                  "t9"."name" AS "slice",
                  "t9"."source" AS "source_name",
                  "t15"."position",
                  "t15"."course",
                  "t15"."course_id",
                  "t15"."category",
                  "t15"."title",
                  "t15"."access",
                  "t15"."starts_on",
                  "t15"."ends_on",
                  "t15"."created_at"
                FROM "learnworlds_courses" AS "t15"
                LEFT OUTER JOIN "slices" AS "t9"
                  ON "t15"."slice_id" = "t9"."slice_id"
              ) AS "t19"
            ) AS "t23"
              ON "t14"."course" = "t23"."now_course"
          ) AS "t29"
          WHERE
            (
              "t29"."now_id" IS NULL
            ) OR (
              "t29"."now_id" = "t29"."course_id"
            )
        ) AS "t35"
      ) AS "t38"
    ) AS "t40"
  ) AS "t42"
)
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST(CAST("t22"."item_id" AS VARCHAR) AS VARCHAR) AS "item_id",
      CAST(CAST("t22"."course_id" AS VARCHAR) AS VARCHAR) AS "course_id",
      CAST(NULL AS VARCHAR) AS "title",
      CAST(NULL AS VARCHAR) AS "topic_id",
      CAST(NULL AS VARCHAR) AS "level_id",
      'task' AS "kind",
      CAST(NULL AS DECIMAL(9, 6)) AS "max_score",
      CAST(NULL AS DECIMAL(12, 6)) AS "weight",
      CAST(NULL AS DATE) AS "due_on",
      CAST(CAST(TRUE AS BOOLEAN) AS BOOLEAN) AS "active"
    FROM (
      SELECT DISTINCT
        "t16"."course_id",
        "t16"."item_id"
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
          "t8"."hints"
        FROM "appmetrica_events" AS "t8"
        LEFT OUTER JOIN "slices" AS "t9"
          ON "t8"."slice_id" = "t9"."slice_id"
      ) AS "t16"
      WHERE
        "t16"."profile_id" IS NOT NULL
        AND "t16"."item_id" IS NOT NULL
        AND "t16"."course_id" IS NOT NULL
    ) AS "t22"
  ) AS "t25"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t26"."item_id",
      "t26"."course_id",
      "t26"."title",
      "t26"."topic_id",
      "t26"."level_id",
      "t26"."kind",
      "t26"."max_score",
      "t26"."weight",
      "t26"."due_on",
      "t26"."active"
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
        "t20"."source",
        ROW_NUMBER() OVER (
          PARTITION BY "t20"."course_id", "t20"."item_id"
          ORDER BY "t20"."slice" DESC NULLS LAST, "t20"."position" DESC NULLS LAST
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1 AS "_place"
      FROM (
        SELECT
          "t17"."slice",
          "t17"."source_name",
          "t17"."position",
          "t17"."item_id",
          "t17"."course_id",
          "t17"."title",
          "t17"."topic_id",
          "t17"."level_id",
          "t17"."kind",
          "t17"."max_score",
          "t17"."weight",
          "t17"."due_on",
          "t17"."active",
          "t17"."source_name" AS "source"
        FROM (
          SELECT
            "t9"."name" AS "slice",
            "t9"."source" AS "source_name",
            "t10"."position",
            "t10"."item_id",
            "t10"."course_id",
            "t10"."title",
            "t10"."topic_id",
            "t10"."level_id",
            "t10"."kind",
            "t10"."max_score",
            "t10"."weight",
            "t10"."due_on",
            "t10"."active"
          FROM "files_items" AS "t10"
          LEFT OUTER JOIN "slices" AS "t9"
            ON "t10"."slice_id" = "t9"."slice_id"
        ) AS "t17"
      ) AS "t20"
    ) AS "t26"
    WHERE
      "t26"."_place" = 0
  ) AS "t30"
) AS "t31"
UNION ALL
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      CAST(CAST("t49"."item_id" AS VARCHAR) AS VARCHAR) AS "item_id",
      CAST(CAST("t49"."course_id" AS VARCHAR) AS VARCHAR) AS "course_id",
      CAST(NULL AS VARCHAR) AS "title",
      CAST(NULL AS VARCHAR) AS "topic_id",
      CAST(NULL AS VARCHAR) AS "level_id",
      'task' AS "kind",
      CAST(NULL AS DECIMAL(9, 6)) AS "max_score",
      CAST(NULL AS DECIMAL(12, 6)) AS "weight",
      CAST(NULL AS DATE) AS "due_on",
      CAST(CAST(TRUE AS BOOLEAN) AS BOOLEAN) AS "active"
    FROM (
      SELECT DISTINCT
        "t44"."course_id",
        "t44"."item_id"
      FROM (
        SELECT
          "t32"."slice",
          "t32"."source_name",
          "t32"."position",
          "t32"."user_id",
          "t32"."oauth_consumer_key",
          "t32"."lis_result_sourcedid",
          "t32"."lis_outcome_service_url",
          "t32"."is_correct",
          "t32"."attempt_type",
          "t32"."created_at",
          "t32"."source",
          "t32"."learner_id",
          "t32"."at",
          "t32"."sourcedid",
          "t32"."category",
          "t32"."course",
          "t32"."item_id",
          "t32"."source" || ':' || SHA256(
            "t32"."user_id" || ' ' || CAST(EPOCH_US("t32"."at") AS VARCHAR) || ' ' || "t32"."attempt_type" || ' ' || COALESCE("t32"."lis_result_sourcedid", '')
          ) AS "attempt_id",
          "t32"."category" || '/' || "t32"."course" AS "course_id",
          CASE WHEN "t32"."attempt_type" = 'submit' THEN 'answer' ELSE 'run' END AS "kind",
          "t32"."is_correct" AS "correct",
          CASE
            WHEN "t32"."is_correct"
            THEN 1
            WHEN NOT (
              "t32"."is_correct"
            )
            THEN 0
            ELSE CAST(NULL AS BIGINT)
          END AS "score"
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
            "t24"."source",
            "t24"."learner_id",
            "t24"."at",
            "t24"."sourcedid",
            CASE
              WHEN "t24"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
              THEN CASE
                WHEN "t24"."sourcedid" ~ (
                  '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                )
                THEN (
                  REGEXP_MATCH(
                    "t24"."sourcedid",
                    '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                  )
                )[2]
                ELSE NULL
              END
              WHEN "t24"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
              THEN CASE
                WHEN "t24"."sourcedid" ~ (
                  '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                )
                THEN (
                  REGEXP_MATCH(
                    "t24"."sourcedid",
                    '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                  )
                )[2]
                ELSE NULL
              END
              ELSE CAST(NULL AS VARCHAR)
            END AS "category",
            CASE
              WHEN "t24"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
              THEN CASE
                WHEN "t24"."sourcedid" ~ (
                  '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                )
                THEN (
                  REGEXP_MATCH(
                    "t24"."sourcedid",
                    '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                  )
                )[3]
                ELSE NULL
              END
              WHEN "t24"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
              THEN CASE
                WHEN "t24"."sourcedid" ~ (
                  '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                )
                THEN (
                  REGEXP_MATCH(
                    "t24"."sourcedid",
                    '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                  )
                )[3]
                ELSE NULL
              END || '+' || CASE
                WHEN "t24"."sourcedid" ~ (
                  '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                )
                THEN (
                  REGEXP_MATCH(
                    "t24"."sourcedid",
                    '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                  )
                )[4]
                ELSE NULL
              END
              ELSE CAST(NULL AS VARCHAR)
            END AS "course",
            CASE
              WHEN "t24"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
              THEN CASE
                WHEN "t24"."sourcedid" ~ (
                  '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                )
                THEN (
                  REGEXP_MATCH(
                    "t24"."sourcedid",
                    '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                  )
                )[5]
                ELSE NULL
              END
              WHEN "t24"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
              THEN CASE
                WHEN "t24"."sourcedid" ~ (
                  '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                )
                THEN (
                  REGEXP_MATCH(
                    "t24"."sourcedid",
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
          ) AS "t24"
        ) AS "t32"
      ) AS "t44"
      WHERE
        "t44"."course_id" IS NOT NULL AND "t44"."item_id" IS NOT NULL
    ) AS "t49"
  ) AS "t52"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      CAST(CAST("t65"."item_id" AS VARCHAR) AS VARCHAR) AS "item_id",
      CAST(CAST("t65"."course_id" AS VARCHAR) AS VARCHAR) AS "course_id",
      "t65"."title",
      "t65"."topic_id",
      CAST(NULL AS VARCHAR) AS "level_id",
      "t65"."kind",
      CAST(100 AS DECIMAL(9, 6)) AS "max_score",
      CAST(NULL AS DECIMAL(12, 6)) AS "weight",
      CAST(NULL AS DATE) AS "due_on",
      CAST(CAST("t65"."active" AS BOOLEAN) AS BOOLEAN) AS "active"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t53"."course_id",
            "t53"."unit_id" AS "item_id",
            "t53"."unit_title" AS "title",
            "t53"."section_id" AS "topic_id",
            "t53"."unit_type" AS "kind",
            TRUE AS "active"
          FROM (
            SELECT
              "t50"."slice",
              "t50"."source_name",
              "t50"."position",
              "t50"."course",
              "t50"."course_id",
              "t50"."category",
              "t50"."course_title",
              "t50"."section_id",
              "t50"."section_title",
              "t50"."unit_id",
              "t50"."unit_type",
              "t50"."unit_title",
              "t50"."graded"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t41"."slice",
                  "t41"."source_name",
                  "t41"."position",
                  "t41"."course",
                  "t41"."course_id",
                  "t41"."category",
                  "t41"."course_title",
                  "t41"."section_id",
                  "t41"."section_title",
                  "t41"."unit_id",
                  "t41"."unit_type",
                  "t41"."unit_title",
                  "t41"."graded",
                  ROW_NUMBER() OVER (
                    PARTITION BY "t41"."course_id", "t41"."unit_id"
                    ORDER BY "t41"."slice" DESC NULLS LAST, "t41"."position" DESC NULLS LAST
                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                  ) - 1 AS "_place"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t33"."slice",
                      "t33"."source_name",
                      "t33"."position",
                      "t33"."course",
                      "t33"."course_id",
                      "t33"."category",
                      "t33"."course_title",
                      "t33"."section_id",
                      "t33"."section_title",
                      "t33"."unit_id",
                      "t33"."unit_type",
                      "t33"."unit_title",
                      "t33"."graded"
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
                          "t23"."now_course",
                          "t23"."now_id"
                        FROM "learnworlds_contents" AS "t12"
                        LEFT OUTER JOIN "slices" AS "t9"
                          ON "t12"."slice_id" = "t9"."slice_id"
                        LEFT OUTER JOIN (
                          SELECT DISTINCT
                            "t19"."course" AS "now_course",
                            "t19"."course_id" AS "now_id"
                          FROM (
                            SELECT
                              "t9"."name" AS "slice",
                              "t9"."source" AS "source_name",
                              "t15"."position",
                              "t15"."course",
                              "t15"."course_id",
                              "t15"."category",
                              "t15"."title",
                              "t15"."access",
                              "t15"."starts_on",
                              "t15"."ends_on",
                              "t15"."created_at"
                            FROM "learnworlds_courses" AS "t15"
                            LEFT OUTER JOIN "slices" AS "t9"
                              ON "t15"."slice_id" = "t9"."slice_id"
                          ) AS "t19"
                        ) AS "t23"
                          ON "t12"."course" = "t23"."now_course"
                      ) AS "t27"
                      WHERE
                        (
                          "t27"."now_id" IS NULL
                        ) OR (
                          "t27"."now_id" = "t27"."course_id"
                        )
                    ) AS "t33"
                  ) AS "t36"
                  WHERE
                    "t36"."unit_id" IS NOT NULL
                ) AS "t41"
              ) AS "t48"
              WHERE
                "t48"."_place" = 0
            ) AS "t50"
          ) AS "t53"
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
                      "t51"."course_id",
                      "t51"."unit_id"
                    FROM (
                      SELECT
                        "t50"."slice",
                        "t50"."source_name",
                        "t50"."position",
                        "t50"."course",
                        "t50"."course_id",
                        "t50"."category",
                        "t50"."course_title",
                        "t50"."section_id",
                        "t50"."section_title",
                        "t50"."unit_id",
                        "t50"."unit_type",
                        "t50"."unit_title",
                        "t50"."graded"
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t41"."slice",
                            "t41"."source_name",
                            "t41"."position",
                            "t41"."course",
                            "t41"."course_id",
                            "t41"."category",
                            "t41"."course_title",
                            "t41"."section_id",
                            "t41"."section_title",
                            "t41"."unit_id",
                            "t41"."unit_type",
                            "t41"."unit_title",
                            "t41"."graded",
                            ROW_NUMBER() OVER (
                              PARTITION BY "t41"."course_id", "t41"."unit_id"
                              ORDER BY "t41"."slice" DESC NULLS LAST, "t41"."position" DESC NULLS LAST
                              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                            ) - 1 AS "_place"
                          FROM (
                            SELECT
                              *
                            FROM (
                              SELECT
                                "t33"."slice",
                                "t33"."source_name",
                                "t33"."position",
                                "t33"."course",
                                "t33"."course_id",
                                "t33"."category",
                                "t33"."course_title",
                                "t33"."section_id",
                                "t33"."section_title",
                                "t33"."unit_id",
                                "t33"."unit_type",
                                "t33"."unit_title",
                                "t33"."graded"
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
                                    "t23"."now_course",
                                    "t23"."now_id"
                                  FROM "learnworlds_contents" AS "t12"
                                  LEFT OUTER JOIN "slices" AS "t9"
                                    ON "t12"."slice_id" = "t9"."slice_id"
                                  LEFT OUTER JOIN (
                                    SELECT DISTINCT
                                      "t19"."course" AS "now_course",
                                      "t19"."course_id" AS "now_id"
                                    FROM (
                                      SELECT
                                        "t9"."name" AS "slice",
                                        "t9"."source" AS "source_name",
                                        "t15"."position",
                                        "t15"."course",
                                        "t15"."course_id",
                                        "t15"."category",
                                        "t15"."title",
                                        "t15"."access",
                                        "t15"."starts_on",
                                        "t15"."ends_on",
                                        "t15"."created_at"
                                      FROM "learnworlds_courses" AS "t15"
                                      LEFT OUTER JOIN "slices" AS "t9"
                                        ON "t15"."slice_id" = "t9"."slice_id"
                                    ) AS "t19"
                                  ) AS "t23"
                                    ON "t12"."course" = "t23"."now_course"
                                ) AS "t27"
                                WHERE
                                  (
                                    "t27"."now_id" IS NULL
                                  ) OR (
                                    "t27"."now_id" = "t27"."course_id"
                                  )
                              ) AS "t33"
                            ) AS "t36"
                            WHERE
                              "t36"."unit_id" IS NOT NULL
                          ) AS "t41"
                        ) AS "t48"
                        WHERE
                          "t48"."_place" = 0
                      ) AS "t50"
                    ) AS "t51"
                    WHERE
                      "t51"."graded"
                  ) AS "t55"
                  UNION ALL
                  SELECT
                    *
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t53"."course_id",
                        "t53"."unit_id"
                      FROM (
                        SELECT
                          "t50"."slice",
                          "t50"."source_name",
                          "t50"."position",
                          "t50"."course",
                          "t50"."course_id",
                          "t50"."category",
                          "t50"."course_title",
                          "t50"."section_id",
                          "t50"."section_title",
                          "t50"."unit_id",
                          "t50"."unit_type",
                          "t50"."unit_title",
                          "t50"."graded"
                        FROM (
                          SELECT
                            *
                          FROM (
                            SELECT
                              "t41"."slice",
                              "t41"."source_name",
                              "t41"."position",
                              "t41"."course",
                              "t41"."course_id",
                              "t41"."category",
                              "t41"."course_title",
                              "t41"."section_id",
                              "t41"."section_title",
                              "t41"."unit_id",
                              "t41"."unit_type",
                              "t41"."unit_title",
                              "t41"."graded",
                              ROW_NUMBER() OVER (
                                PARTITION BY "t41"."course_id", "t41"."unit_id"
                                ORDER BY "t41"."slice" DESC NULLS LAST, "t41"."position" DESC NULLS LAST
                                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                              ) - 1 AS "_place"
                            FROM (
                              SELECT
                                *
                              FROM (
                                SELECT
                                  "t33"."slice",
                                  "t33"."source_name",
                                  "t33"."position",
                                  "t33"."course",
                                  "t33"."course_id",
                                  "t33"."category",
                                  "t33"."course_title",
                                  "t33"."section_id",
                                  "t33"."section_title",
                                  "t33"."unit_id",
                                  "t33"."unit_type",
                                  "t33"."unit_title",
                                  "t33"."graded"
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
                                      "t23"."now_course",
                                      "t23"."now_id"
                                    FROM "learnworlds_contents" AS "t12"
                                    LEFT OUTER JOIN "slices" AS "t9"
                                      ON "t12"."slice_id" = "t9"."slice_id"
                                    LEFT OUTER JOIN (
                                      SELECT DISTINCT
                                        "t19"."course" AS "now_course",
                                        "t19"."course_id" AS "now_id"
                                      FROM (
                                        SELECT
                                          "t9"."name" AS "slice",
                                          "t9"."source" AS "source_name",
                                          "t15"."position",
                                          "t15"."course",
                                          "t15"."course_id",
                                          "t15"."category",
                                          "t15"."title",
                                          "t15"."access",
                                          "t15"."starts_on",
                                          "t15"."ends_on",
                                          "t15"."created_at"
                                        FROM "learnworlds_courses" AS "t15"
                                        LEFT OUTER JOIN "slices" AS "t9"
                                          ON "t15"."slice_id" = "t9"."slice_id"
                                      ) AS "t19"
                                    ) AS "t23"
                                      ON "t12"."course" = "t23"."now_course"
                                  ) AS "t27"
                                  WHERE
                                    (
                                      "t27"."now_id" IS NULL
                                    ) OR (
                                      "t27"."now_id" = "t27"."course_id"
                                    )
                                ) AS "t33"
                              ) AS "t36"
                              WHERE
                                "t36"."unit_id" IS NOT NULL
                            ) AS "t41"
                          ) AS "t48"
                          WHERE
                            "t48"."_place" = 0
                        ) AS "t50"
                      ) AS "t53"
                      WHERE
                        EXISTS(
                          SELECT
                            1
                          FROM "t43" AS "t47"
                          WHERE
                            "t53"."course_id" = "t47"."course_id" AND "t53"."unit_id" = "t47"."unit_id"
                        )
                    ) AS "t56"
                  ) AS "t58"
                ) AS "t60"
              ) AS "t62"
              WHERE
                "t53"."course_id" = "t62"."course_id" AND "t53"."unit_id" = "t62"."unit_id"
            )
        ) AS "t63"
      ) AS "t64"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t46"."course_id",
            "t46"."unit_id" AS "item_id",
            CAST(NULL AS VARCHAR) AS "title",
            CAST(NULL AS VARCHAR) AS "topic_id",
            CAST(NULL AS VARCHAR) AS "kind",
            FALSE AS "active"
          FROM "t43" AS "t46"
          WHERE
            NOT EXISTS(
              SELECT
                1
              FROM (
                SELECT
                  "t50"."slice",
                  "t50"."source_name",
                  "t50"."position",
                  "t50"."course",
                  "t50"."course_id",
                  "t50"."category",
                  "t50"."course_title",
                  "t50"."section_id",
                  "t50"."section_title",
                  "t50"."unit_id",
                  "t50"."unit_type",
                  "t50"."unit_title",
                  "t50"."graded"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t41"."slice",
                      "t41"."source_name",
                      "t41"."position",
                      "t41"."course",
                      "t41"."course_id",
                      "t41"."category",
                      "t41"."course_title",
                      "t41"."section_id",
                      "t41"."section_title",
                      "t41"."unit_id",
                      "t41"."unit_type",
                      "t41"."unit_title",
                      "t41"."graded",
                      ROW_NUMBER() OVER (
                        PARTITION BY "t41"."course_id", "t41"."unit_id"
                        ORDER BY "t41"."slice" DESC NULLS LAST, "t41"."position" DESC NULLS LAST
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                      ) - 1 AS "_place"
                    FROM (
                      SELECT
                        *
                      FROM (
                        SELECT
                          "t33"."slice",
                          "t33"."source_name",
                          "t33"."position",
                          "t33"."course",
                          "t33"."course_id",
                          "t33"."category",
                          "t33"."course_title",
                          "t33"."section_id",
                          "t33"."section_title",
                          "t33"."unit_id",
                          "t33"."unit_type",
                          "t33"."unit_title",
                          "t33"."graded"
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
                              "t23"."now_course",
                              "t23"."now_id"
                            FROM "learnworlds_contents" AS "t12"
                            LEFT OUTER JOIN "slices" AS "t9"
                              ON "t12"."slice_id" = "t9"."slice_id"
                            LEFT OUTER JOIN (
                              SELECT DISTINCT
                                "t19"."course" AS "now_course",
                                "t19"."course_id" AS "now_id"
                              FROM (
                                SELECT
                                  "t9"."name" AS "slice",
                                  "t9"."source" AS "source_name",
                                  "t15"."position",
                                  "t15"."course",
                                  "t15"."course_id",
                                  "t15"."category",
                                  "t15"."title",
                                  "t15"."access",
                                  "t15"."starts_on",
                                  "t15"."ends_on",
                                  "t15"."created_at"
                                FROM "learnworlds_courses" AS "t15"
                                LEFT OUTER JOIN "slices" AS "t9"
                                  ON "t15"."slice_id" = "t9"."slice_id"
                              ) AS "t19"
                            ) AS "t23"
                              ON "t12"."course" = "t23"."now_course"
                          ) AS "t27"
                          WHERE
                            (
                              "t27"."now_id" IS NULL
                            ) OR (
                              "t27"."now_id" = "t27"."course_id"
                            )
                        ) AS "t33"
                      ) AS "t36"
                      WHERE
                        "t36"."unit_id" IS NOT NULL
                    ) AS "t41"
                  ) AS "t48"
                  WHERE
                    "t48"."_place" = 0
                ) AS "t50"
              ) AS "t54"
              WHERE
                "t46"."course_id" = "t54"."course_id" AND "t46"."unit_id" = "t54"."unit_id"
            )
        ) AS "t57"
      ) AS "t59"
    ) AS "t65"
  ) AS "t66"
) AS "t67"

-- courses --
-- A course: one run of a subject that learners are enrolled in.
WITH "t10" AS (
  SELECT
    "t7"."name" AS "slice",
    "t7"."source" AS "source_name",
    "t5"."position",
    "t5"."course",
    "t5"."course_id",
    "t5"."category",
    "t5"."title",
    "t5"."access",
    "t5"."starts_on",
    "t5"."ends_on",
    "t5"."created_at"
  FROM "learnworlds_courses" AS "t5"
  LEFT OUTER JOIN "slices" AS "t7"
    ON "t5"."slice_id" = "t7"."slice_id"
)
SELECT
  *
FROM (
  SELECT
    CAST(CAST("t32"."course_id" AS VARCHAR) AS VARCHAR) AS "course_id",
    CAST(CAST("t32"."category" AS VARCHAR) AS VARCHAR) AS "category",
    CAST(CAST(SUBSTRING("t32"."course_id" FROM CASE
      WHEN (
        LENGTH("t32"."category") + 1 + 1
      ) >= 1
      THEN LENGTH("t32"."category") + 1 + 1
      ELSE LENGTH("t32"."category") + 1 + 1 + LENGTH("t32"."course_id")
    END) AS VARCHAR) AS VARCHAR) AS "course",
    "t32"."title",
    "t32"."starts_on",
    "t32"."ends_on"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t13"."course_id",
        "t13"."category",
        "t13"."title",
        "t13"."starts_on",
        "t13"."ends_on"
      FROM "t10" AS "t13"
    ) AS "t16"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t29"."course_id",
        "t29"."category",
        "t29"."title",
        CAST(NULL AS DATE) AS "starts_on",
        CAST(NULL AS DATE) AS "ends_on"
      FROM (
        SELECT
          "t27"."course_id",
          "t27"."category",
          MAX("t27"."course_title") AS "title"
        FROM (
          SELECT
            "t26"."slice",
            "t26"."source_name",
            "t26"."position",
            "t26"."course",
            "t26"."course_id",
            "t26"."category",
            "t26"."course_title",
            "t26"."section_id",
            "t26"."section_title",
            "t26"."unit_id",
            "t26"."unit_type",
            "t26"."unit_title",
            "t26"."graded"
          FROM (
            SELECT
              "t24"."slice",
              "t24"."source_name",
              "t24"."position",
              "t24"."course",
              "t24"."course_id",
              "t24"."category",
              "t24"."course_title",
              "t24"."section_id",
              "t24"."section_title",
              "t24"."unit_id",
              "t24"."unit_type",
              "t24"."unit_title",
              "t24"."graded"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t7"."name" AS "slice",
                  "t7"."source" AS "source_name",
                  "t9"."position",
                  "t9"."course",
                  "t9"."course_id",
                  "t9"."category",
                  "t9"."course_title",
                  "t9"."section_id",
                  "t9"."section_title",
                  "t9"."unit_id",
                  "t9"."unit_type",
                  "t9"."unit_title",
                  "t9"."graded",
                  "t18"."now_course",
                  "t18"."now_id"
                FROM "learnworlds_contents" AS "t9"
                LEFT OUTER JOIN "slices" AS "t7"
                  ON "t9"."slice_id" = "t7"."slice_id"
                LEFT OUTER JOIN (
                  SELECT DISTINCT
                    "t13"."course" AS "now_course",
                    "t13"."course_id" AS "now_id"
                  FROM "t10" AS "t13"
                ) AS "t18"
                  ON "t9"."course" = "t18"."now_course"
              ) AS "t21"
              WHERE
                (
                  "t21"."now_id" IS NULL
                ) OR (
                  "t21"."now_id" = "t21"."course_id"
                )
            ) AS "t24"
          ) AS "t26"
          WHERE
            NOT EXISTS(
              SELECT
                1
              FROM "t10" AS "t14"
              WHERE
                "t26"."course" = "t14"."course"
            )
        ) AS "t27"
        GROUP BY
          1,
          2
      ) AS "t29"
    ) AS "t31"
  ) AS "t32"
) AS "t35"
UNION ALL
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t20"."course_id",
      "t20"."category",
      "t20"."course",
      "t20"."title",
      "t20"."starts_on",
      "t20"."ends_on"
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
        "t15"."source",
        ROW_NUMBER() OVER (
          PARTITION BY "t15"."course_id"
          ORDER BY "t15"."slice" DESC NULLS LAST, "t15"."position" DESC NULLS LAST
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1 AS "_place"
      FROM (
        SELECT
          "t11"."slice",
          "t11"."source_name",
          "t11"."position",
          "t11"."course_id",
          "t11"."category",
          "t11"."course",
          "t11"."title",
          "t11"."starts_on",
          "t11"."ends_on",
          "t11"."source_name" AS "source"
        FROM (
          SELECT
            "t7"."name" AS "slice",
            "t7"."source" AS "source_name",
            "t6"."position",
            "t6"."course_id",
            "t6"."category",
            "t6"."course",
            "t6"."title",
            "t6"."starts_on",
            "t6"."ends_on"
          FROM "files_courses" AS "t6"
          LEFT OUTER JOIN "slices" AS "t7"
            ON "t6"."slice_id" = "t7"."slice_id"
        ) AS "t11"
      ) AS "t15"
    ) AS "t20"
    WHERE
      "t20"."_place" = 0
  ) AS "t22"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      CAST(CAST("t30"."course_id" AS VARCHAR) AS VARCHAR) AS "course_id",
      CAST(CAST("t30"."category" AS VARCHAR) AS VARCHAR) AS "category",
      CAST(CAST("t30"."course" AS VARCHAR) AS VARCHAR) AS "course",
      CAST(NULL AS VARCHAR) AS "title",
      CAST(NULL AS DATE) AS "starts_on",
      CAST(NULL AS DATE) AS "ends_on"
    FROM (
      SELECT DISTINCT
        "t28"."course_id",
        "t28"."category",
        "t28"."course"
      FROM (
        SELECT
          "t23"."slice",
          "t23"."source_name",
          "t23"."position",
          "t23"."user_id",
          "t23"."oauth_consumer_key",
          "t23"."lis_result_sourcedid",
          "t23"."lis_outcome_service_url",
          "t23"."is_correct",
          "t23"."attempt_type",
          "t23"."created_at",
          "t23"."source",
          "t23"."learner_id",
          "t23"."at",
          "t23"."sourcedid",
          "t23"."category",
          "t23"."course",
          "t23"."item_id",
          "t23"."source" || ':' || SHA256(
            "t23"."user_id" || ' ' || CAST(EPOCH_US("t23"."at") AS VARCHAR) || ' ' || "t23"."attempt_type" || ' ' || COALESCE("t23"."lis_result_sourcedid", '')
          ) AS "attempt_id",
          "t23"."category" || '/' || "t23"."course" AS "course_id",
          CASE WHEN "t23"."attempt_type" = 'submit' THEN 'answer' ELSE 'run' END AS "kind",
          "t23"."is_correct" AS "correct",
          CASE
            WHEN "t23"."is_correct"
            THEN 1
            WHEN NOT (
              "t23"."is_correct"
            )
            THEN 0
            ELSE CAST(NULL AS BIGINT)
          END AS "score"
        FROM (
          SELECT
            "t19"."slice",
            "t19"."source_name",
            "t19"."position",
            "t19"."user_id",
            "t19"."oauth_consumer_key",
            "t19"."lis_result_sourcedid",
            "t19"."lis_outcome_service_url",
            "t19"."is_correct",
            "t19"."attempt_type",
            "t19"."created_at",
            "t19"."source",
            "t19"."learner_id",
            "t19"."at",
            "t19"."sourcedid",
            CASE
              WHEN "t19"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
              THEN CASE
                WHEN "t19"."sourcedid" ~ (
                  '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                )
                THEN (
                  REGEXP_MATCH(
                    "t19"."sourcedid",
                    '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                  )
                )[2]
                ELSE NULL
              END
              WHEN "t19"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
              THEN CASE
                WHEN "t19"."sourcedid" ~ (
                  '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                )
                THEN (
                  REGEXP_MATCH(
                    "t19"."sourcedid",
                    '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                  )
                )[2]
                ELSE NULL
              END
              ELSE CAST(NULL AS VARCHAR)
            END AS "category",
            CASE
              WHEN "t19"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
              THEN CASE
                WHEN "t19"."sourcedid" ~ (
                  '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                )
                THEN (
                  REGEXP_MATCH(
                    "t19"."sourcedid",
                    '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                  )
                )[3]
                ELSE NULL
              END
              WHEN "t19"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
              THEN CASE
                WHEN "t19"."sourcedid" ~ (
                  '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                )
                THEN (
                  REGEXP_MATCH(
                    "t19"."sourcedid",
                    '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                  )
                )[3]
                ELSE NULL
              END || '+' || CASE
                WHEN "t19"."sourcedid" ~ (
                  '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                )
                THEN (
                  REGEXP_MATCH(
                    "t19"."sourcedid",
                    '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                  )
                )[4]
                ELSE NULL
              END
              ELSE CAST(NULL AS VARCHAR)
            END AS "course",
            CASE
              WHEN "t19"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
              THEN CASE
                WHEN "t19"."sourcedid" ~ (
                  '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                )
                THEN (
                  REGEXP_MATCH(
                    "t19"."sourcedid",
                    '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                  )
                )[5]
                ELSE NULL
              END
              WHEN "t19"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
              THEN CASE
                WHEN "t19"."sourcedid" ~ (
                  '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                )
                THEN (
                  REGEXP_MATCH(
                    "t19"."sourcedid",
                    '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                  )
                )[5]
                ELSE NULL
              END
              ELSE CAST(NULL AS VARCHAR)
            END AS "item_id"
          FROM (
            SELECT
              "t12"."slice",
              "t12"."source_name",
              "t12"."position",
              "t12"."user_id",
              "t12"."oauth_consumer_key",
              "t12"."lis_result_sourcedid",
              "t12"."lis_outcome_service_url",
              "t12"."is_correct",
              "t12"."attempt_type",
              "t12"."created_at",
              "t12"."source_name" AS "source",
              "t12"."user_id" AS "learner_id",
              TIMEZONE('UTC', "t12"."created_at") AS "at",
              REPLACE(
                REPLACE(REPLACE(REPLACE("t12"."lis_result_sourcedid", '%3A', ':'), '%2B', '+'), '%2F', '/'),
                '%40',
                '@'
              ) AS "sourcedid"
            FROM (
              SELECT
                "t7"."name" AS "slice",
                "t7"."source" AS "source_name",
                "t8"."position",
                "t8"."user_id",
                "t8"."oauth_consumer_key",
                "t8"."lis_result_sourcedid",
                "t8"."lis_outcome_service_url",
                "t8"."is_correct",
                "t8"."attempt_type",
                "t8"."created_at"
              FROM "grader_attempts" AS "t8"
              LEFT OUTER JOIN "slices" AS "t7"
                ON "t8"."slice_id" = "t7"."slice_id"
            ) AS "t12"
          ) AS "t19"
        ) AS "t23"
      ) AS "t28"
      WHERE
        "t28"."course_id" IS NOT NULL
    ) AS "t30"
  ) AS "t33"
) AS "t34"

-- groups --
-- A group of a course that a curator looks after; it has a row for each of its courses.
WITH "t9" AS (
  SELECT
    "t5"."name" AS "slice",
    "t5"."source" AS "source_name",
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
  LEFT OUTER JOIN "slices" AS "t5"
    ON "t6"."slice_id" = "t5"."slice_id"
)
SELECT
  *
FROM (
  SELECT
    "t16"."group_id",
    "t16"."course_id",
    "t16"."name",
    "t16"."rolling"
  FROM (
    SELECT
      "t12"."slice",
      "t12"."source_name",
      "t12"."position",
      "t12"."group_id",
      "t12"."course_id",
      "t12"."name",
      "t12"."rolling",
      "t12"."source",
      ROW_NUMBER() OVER (
        PARTITION BY "t12"."group_id", "t12"."course_id"
        ORDER BY "t12"."slice" DESC NULLS LAST, "t12"."position" DESC NULLS LAST
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) - 1 AS "_place"
    FROM (
      SELECT
        "t8"."slice",
        "t8"."source_name",
        "t8"."position",
        "t8"."source_name" || ':' || "t8"."group_id" AS "group_id",
        "t8"."course_id",
        "t8"."name",
        "t8"."rolling",
        "t8"."source_name" AS "source"
      FROM (
        SELECT
          "t4"."name" AS "slice",
          "t5"."source" AS "source_name",
          "t4"."position",
          "t4"."group_id",
          "t4"."course_id",
          "t4"."name",
          "t4"."rolling"
        FROM "files_groups" AS "t4"
        LEFT OUTER JOIN "slices" AS "t5"
          ON "t4"."slice_id" = "t5"."slice_id"
      ) AS "t8"
    ) AS "t12"
  ) AS "t16"
  WHERE
    "t16"."_place" = 0
) AS "t18"
UNION ALL
SELECT
  *
FROM (
  SELECT
    CAST(CAST('learnworlds:' || "t25"."course_id" AS VARCHAR) AS VARCHAR) AS "group_id",
    CAST(CAST("t25"."course_id" AS VARCHAR) AS VARCHAR) AS "course_id",
    "t25"."title" AS "name",
    CAST(CAST(FALSE AS BOOLEAN) AS BOOLEAN) AS "rolling"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t10"."course_id",
        "t10"."category",
        "t10"."title",
        "t10"."starts_on",
        "t10"."ends_on"
      FROM "t9" AS "t10"
    ) AS "t13"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t23"."course_id",
        "t23"."category",
        "t23"."title",
        CAST(NULL AS DATE) AS "starts_on",
        CAST(NULL AS DATE) AS "ends_on"
      FROM (
        SELECT
          "t22"."course_id",
          "t22"."category",
          MAX("t22"."course_title") AS "title"
        FROM (
          SELECT
            "t21"."slice",
            "t21"."source_name",
            "t21"."position",
            "t21"."course",
            "t21"."course_id",
            "t21"."category",
            "t21"."course_title",
            "t21"."section_id",
            "t21"."section_title",
            "t21"."unit_id",
            "t21"."unit_type",
            "t21"."unit_title",
            "t21"."graded"
          FROM (
            SELECT
              "t19"."slice",
              "t19"."source_name",
              "t19"."position",
              "t19"."course",
              "t19"."course_id",
              "t19"."category",
              "t19"."course_title",
              "t19"."section_id",
              "t19"."section_title",
              "t19"."unit_id",
              "t19"."unit_type",
              "t19"."unit_title",
              "t19"."graded"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t5"."name" AS "slice",
                  "t5"."source" AS "source_name",
                  "t7"."position",
                  "t7"."course",
                  "t7"."course_id",
                  "t7"."category",
                  "t7"."course_title",
                  "t7"."section_id",
                  "t7"."section_title",
                  "t7"."unit_id",
                  "t7"."unit_type",
                  "t7"."unit_title",
                  "t7"."graded",
                  "t15"."now_course",
                  "t15"."now_id"
                FROM "learnworlds_contents" AS "t7"
                LEFT OUTER JOIN "slices" AS "t5"
                  ON "t7"."slice_id" = "t5"."slice_id"
                LEFT OUTER JOIN (
                  SELECT DISTINCT
                    "t10"."course" AS "now_course",
                    "t10"."course_id" AS "now_id"
                  FROM "t9" AS "t10"
                ) AS "t15"
                  ON "t7"."course" = "t15"."now_course"
              ) AS "t17"
              WHERE
                (
                  "t17"."now_id" IS NULL
                ) OR (
                  "t17"."now_id" = "t17"."course_id"
                )
            ) AS "t19"
          ) AS "t21"
          WHERE
            NOT EXISTS(
              SELECT
                1
              FROM "t9" AS "t11"
              WHERE
                "t21"."course" = "t11"."course"
            )
        ) AS "t22"
        GROUP BY
          1,
          2
      ) AS "t23"
    ) AS "t24"
  ) AS "t25"
) AS "t26"

-- memberships --
-- A person's place in a course, and in a group of it if any, from a day to a day.
SELECT
  *
FROM (
  SELECT
    "t36"."learner_id",
    "t36"."group_id",
    "t36"."course_id",
    "t36"."role",
    "t36"."starts_on",
    "t36"."ends_on",
    "t36"."outcome"
  FROM (
    SELECT
      "t34"."slice",
      "t34"."source_name",
      "t34"."position",
      "t34"."learner_id",
      "t34"."group_id",
      "t34"."course_id",
      "t34"."role",
      "t34"."starts_on",
      "t34"."ends_on",
      "t34"."outcome",
      "t34"."source",
      ROW_NUMBER() OVER (
        PARTITION BY "t34"."learner_id", "t34"."group_id", "t34"."course_id", "t34"."role", "t34"."starts_on"
        ORDER BY "t34"."slice" DESC NULLS LAST, "t34"."position" DESC NULLS LAST
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) - 1 AS "_place"
    FROM (
      SELECT
        "t32"."slice",
        "t32"."source_name",
        "t32"."position",
        "t32"."learner_id",
        "t32"."source" || ':' || "t32"."group_id" AS "group_id",
        "t32"."course_id",
        "t32"."role",
        "t32"."starts_on",
        "t32"."ends_on",
        "t32"."outcome",
        "t32"."source"
      FROM (
        SELECT
          "t29"."slice",
          "t29"."source_name",
          "t29"."position",
          "t29"."learner_id",
          "t29"."group_id",
          "t29"."course_id",
          "t29"."role",
          "t29"."starts_on",
          "t29"."ends_on",
          "t29"."outcome",
          "t29"."source"
        FROM (
          SELECT
            "t24"."slice",
            "t24"."source_name",
            "t24"."position",
            COALESCE("t24"."linked", "t24"."source" || ':' || "t24"."learner_id") AS "learner_id",
            "t24"."group_id",
            "t24"."course_id",
            "t24"."role",
            "t24"."starts_on",
            "t24"."ends_on",
            "t24"."outcome",
            "t24"."source",
            "t24"."link_source",
            "t24"."link_external",
            "t24"."linked"
          FROM (
            SELECT
              "t17"."slice",
              "t17"."source_name",
              "t17"."position",
              "t17"."learner_id",
              "t17"."group_id",
              "t17"."course_id",
              "t17"."role",
              "t17"."starts_on",
              "t17"."ends_on",
              "t17"."outcome",
              "t17"."source",
              "t21"."link_source",
              "t21"."link_external",
              "t21"."linked"
            FROM (
              SELECT
                "t12"."slice",
                "t12"."source_name",
                "t12"."position",
                "t12"."learner_id",
                "t12"."group_id",
                "t12"."course_id",
                "t12"."role",
                "t12"."starts_on",
                "t12"."ends_on",
                "t12"."outcome",
                "t12"."source_name" AS "source"
              FROM (
                SELECT
                  "t7"."name" AS "slice",
                  "t7"."source" AS "source_name",
                  "t6"."position",
                  "t6"."learner_id",
                  "t6"."group_id",
                  "t6"."course_id",
                  "t6"."role",
                  "t6"."starts_on",
                  "t6"."ends_on",
                  "t6"."outcome"
                FROM "files_memberships" AS "t6"
                LEFT OUTER JOIN "slices" AS "t7"
                  ON "t6"."slice_id" = "t7"."slice_id"
              ) AS "t12"
            ) AS "t17"
            LEFT OUTER JOIN (
              SELECT
                "t18"."source" AS "link_source",
                "t18"."external_id" AS "link_external",
                "t18"."linked"
              FROM (
                SELECT
                  "t13"."source",
                  "t13"."external_id",
                  MAX("t13"."learner_id") AS "linked"
                FROM (
                  SELECT
                    "t7"."name" AS "slice",
                    "t10"."source" AS "source_name",
                    "t10"."position",
                    "t10"."source",
                    "t10"."external_id",
                    "t10"."learner_id"
                  FROM "files_learner_links" AS "t10"
                  LEFT OUTER JOIN "slices" AS "t7"
                    ON "t10"."slice_id" = "t7"."slice_id"
                ) AS "t13"
                GROUP BY
                  1,
                  2
              ) AS "t18"
            ) AS "t21"
              ON "t17"."source" = "t21"."link_source"
              AND "t17"."learner_id" = "t21"."link_external"
          ) AS "t24"
        ) AS "t29"
      ) AS "t32"
    ) AS "t34"
  ) AS "t36"
  WHERE
    "t36"."_place" = 0
) AS "t38"
UNION ALL
SELECT
  *
FROM (
  SELECT
    CAST(CAST("t40"."learner_id" AS VARCHAR) AS VARCHAR) AS "learner_id",
    "t40"."group_id",
    CAST(CAST("t40"."course_id" AS VARCHAR) AS VARCHAR) AS "course_id",
    CAST(CAST("t40"."role" AS VARCHAR) AS VARCHAR) AS "role",
    "t40"."starts_on",
    "t40"."ends_on",
    CAST(NULL AS VARCHAR) AS "outcome"
  FROM (
    SELECT
      "t39"."slice",
      "t39"."source_name",
      "t39"."position",
      "t39"."course",
      "t39"."course_id",
      "t39"."user_id",
      "t39"."email",
      "t39"."username",
      "t39"."role",
      "t39"."suspended",
      "t39"."created_at",
      "t39"."last_login_at",
      "t39"."enrolled_at",
      "t39"."enrolled_on",
      "t39"."expires_on",
      "t39"."source",
      "t39"."learner_id",
      "t39"."name",
      "t39"."group_id",
      "t39"."starts_on",
      "t39"."ends_on"
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
          "t35"."source",
          "t35"."learner_id",
          "t35"."name",
          "t35"."group_id",
          "t35"."starts_on",
          "t35"."ends_on",
          ROW_NUMBER() OVER (
            PARTITION BY "t35"."learner_id", "t35"."group_id", "t35"."role"
            ORDER BY "t35"."slice" DESC NULLS LAST, "t35"."position" DESC NULLS LAST
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) - 1 AS "_place"
        FROM (
          SELECT
            "t33"."slice",
            "t33"."source_name",
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
            "t33"."source_name" AS "source",
            "t33"."source_name" || ':' || "t33"."user_id" AS "learner_id",
            "t33"."username" AS "name",
            'learnworlds:' || "t33"."course_id" AS "group_id",
            "t33"."enrolled_on" AS "starts_on",
            "t33"."expires_on" AS "ends_on"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t25"."slice",
                  "t25"."source_name",
                  "t25"."position",
                  "t25"."course",
                  "t25"."course_id",
                  "t25"."user_id",
                  "t25"."email",
                  "t25"."username",
                  "t25"."role",
                  "t25"."suspended",
                  "t25"."created_at",
                  "t25"."last_login_at",
                  "t25"."enrolled_at",
                  "t25"."enrolled_on",
                  "t25"."expires_on"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t7"."name" AS "slice",
                      "t7"."source" AS "source_name",
                      "t8"."position",
                      "t8"."course",
                      "t8"."course_id",
                      "t8"."user_id",
                      "t8"."email",
                      "t8"."username",
                      "t8"."role",
                      "t8"."suspended",
                      "t8"."created_at",
                      "t8"."last_login_at",
                      "t8"."enrolled_at",
                      "t8"."enrolled_on",
                      "t8"."expires_on",
                      "t19"."now_course",
                      "t19"."now_id"
                    FROM "learnworlds_users" AS "t8"
                    LEFT OUTER JOIN "slices" AS "t7"
                      ON "t8"."slice_id" = "t7"."slice_id"
                    LEFT OUTER JOIN (
                      SELECT DISTINCT
                        "t14"."course" AS "now_course",
                        "t14"."course_id" AS "now_id"
                      FROM (
                        SELECT
                          "t7"."name" AS "slice",
                          "t7"."source" AS "source_name",
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
                        LEFT OUTER JOIN "slices" AS "t7"
                          ON "t11"."slice_id" = "t7"."slice_id"
                      ) AS "t14"
                    ) AS "t19"
                      ON "t8"."course" = "t19"."now_course"
                  ) AS "t22"
                  WHERE
                    (
                      "t22"."now_id" IS NULL
                    ) OR (
                      "t22"."now_id" = "t22"."course_id"
                    )
                ) AS "t25"
              ) AS "t27"
            ) AS "t30"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t26"."slice",
                  "t26"."source_name",
                  "t26"."position",
                  "t26"."course",
                  "t26"."course_id",
                  "t26"."user_id",
                  "t26"."email",
                  "t26"."username",
                  "t26"."role",
                  "t26"."suspended",
                  "t26"."created_at",
                  "t26"."last_login_at",
                  "t26"."enrolled_at",
                  "t26"."enrolled_on",
                  "t26"."expires_on"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t7"."name" AS "slice",
                      "t7"."source" AS "source_name",
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
                      "t19"."now_course",
                      "t19"."now_id"
                    FROM "learnworlds_suspended" AS "t9"
                    LEFT OUTER JOIN "slices" AS "t7"
                      ON "t9"."slice_id" = "t7"."slice_id"
                    LEFT OUTER JOIN (
                      SELECT DISTINCT
                        "t14"."course" AS "now_course",
                        "t14"."course_id" AS "now_id"
                      FROM (
                        SELECT
                          "t7"."name" AS "slice",
                          "t7"."source" AS "source_name",
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
                        LEFT OUTER JOIN "slices" AS "t7"
                          ON "t11"."slice_id" = "t7"."slice_id"
                      ) AS "t14"
                    ) AS "t19"
                      ON "t9"."course" = "t19"."now_course"
                  ) AS "t23"
                  WHERE
                    (
                      "t23"."now_id" IS NULL
                    ) OR (
                      "t23"."now_id" = "t23"."course_id"
                    )
                ) AS "t26"
              ) AS "t28"
            ) AS "t31"
          ) AS "t33"
        ) AS "t35"
      ) AS "t37"
      WHERE
        "t37"."_place" = 0
    ) AS "t39"
  ) AS "t40"
) AS "t41"

-- plan --
-- An item that a course expects done by a day.
WITH "t6" AS (
  SELECT
    "t4"."name" AS "slice",
    "t4"."source" AS "source_name",
    "t3"."position",
    "t3"."course_id",
    "t3"."item_id",
    "t3"."title",
    "t3"."due_on",
    "t3"."status"
  FROM "planification_plan" AS "t3"
  LEFT OUTER JOIN "slices" AS "t4"
    ON "t3"."slice_id" = "t4"."slice_id"
)
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t15"."course_id",
      "t15"."item_id",
      "t15"."due_on",
      "t15"."status"
    FROM (
      SELECT
        "t13"."course_id",
        "t13"."item_id",
        "t13"."due_on",
        "t13"."status"
      FROM (
        SELECT
          "t9"."slice",
          "t9"."source_name",
          "t9"."position",
          "t9"."course_id",
          "t9"."item_id",
          "t9"."due_on",
          "t9"."status",
          "t9"."source",
          ROW_NUMBER() OVER (
            PARTITION BY "t9"."course_id", "t9"."item_id"
            ORDER BY "t9"."slice" DESC NULLS LAST, "t9"."position" DESC NULLS LAST
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
          ) - 1 AS "_place"
        FROM (
          SELECT
            "t7"."slice",
            "t7"."source_name",
            "t7"."position",
            "t7"."course_id",
            "t7"."item_id",
            "t7"."due_on",
            "t7"."status",
            "t7"."source_name" AS "source"
          FROM (
            SELECT
              "t4"."name" AS "slice",
              "t4"."source" AS "source_name",
              "t5"."position",
              "t5"."course_id",
              "t5"."item_id",
              "t5"."due_on",
              "t5"."status"
            FROM "files_plan" AS "t5"
            LEFT OUTER JOIN "slices" AS "t4"
              ON "t5"."slice_id" = "t4"."slice_id"
          ) AS "t7"
        ) AS "t9"
      ) AS "t13"
      WHERE
        "t13"."_place" = 0
    ) AS "t15"
    WHERE
      NOT EXISTS(
        SELECT
          1
        FROM (
          SELECT
            CAST("t8"."course_id" AS VARCHAR) AS "course_id",
            CAST("t8"."item_id" AS VARCHAR) AS "item_id",
            CAST("t8"."due_on" AS DATE) AS "due_on",
            CAST("t8"."status" AS VARCHAR) AS "status"
          FROM "t6" AS "t8"
        ) AS "t12"
        WHERE
          "t15"."course_id" = "t12"."course_id"
      )
  ) AS "t16"
) AS "t17"
UNION ALL
SELECT
  *
FROM (
  SELECT
    CAST(CAST("t8"."course_id" AS VARCHAR) AS VARCHAR) AS "course_id",
    CAST(CAST("t8"."item_id" AS VARCHAR) AS VARCHAR) AS "item_id",
    CAST(CAST("t8"."due_on" AS DATE) AS DATE) AS "due_on",
    CAST(CAST("t8"."status" AS VARCHAR) AS VARCHAR) AS "status"
  FROM "t6" AS "t8"
) AS "t11"

-- event_days --
-- What a learner did in a course on one school day: events summed by type.
SELECT
  *
FROM (
  SELECT
    "t16"."learner_id",
    "t16"."course_id",
    "t16"."group_id",
    "t16"."type",
    "t16"."day",
    SUM("t16"."events") AS "events",
    SUM("t16"."count") AS "count"
  FROM (
    SELECT
      "t15"."slice",
      "t15"."source_name",
      "t15"."position",
      "t15"."learner_id",
      "t15"."course_id",
      "t15"."source" || ':' || "t15"."group_id" AS "group_id",
      "t15"."type",
      "t15"."day",
      "t15"."events",
      "t15"."count",
      "t15"."source"
    FROM (
      SELECT
        "t14"."slice",
        "t14"."source_name",
        "t14"."position",
        "t14"."learner_id",
        "t14"."course_id",
        "t14"."group_id",
        "t14"."type",
        "t14"."day",
        "t14"."events",
        "t14"."count",
        "t14"."source"
      FROM (
        SELECT
          "t13"."slice",
          "t13"."source_name",
          "t13"."position",
          COALESCE("t13"."linked", "t13"."source" || ':' || "t13"."learner_id") AS "learner_id",
          "t13"."course_id",
          "t13"."group_id",
          "t13"."type",
          "t13"."day",
          "t13"."events",
          "t13"."count",
          "t13"."source",
          "t13"."link_source",
          "t13"."link_external",
          "t13"."linked"
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
            "t9"."source",
            "t12"."link_source",
            "t12"."link_external",
            "t12"."linked"
          FROM (
            SELECT
              "t6"."slice",
              "t6"."source_name",
              "t6"."position",
              "t6"."learner_id",
              "t6"."course_id",
              "t6"."group_id",
              "t6"."type",
              "t6"."day",
              "t6"."events",
              "t6"."count",
              "t6"."source_name" AS "source"
            FROM (
              SELECT
                "t4"."name" AS "slice",
                "t4"."source" AS "source_name",
                "t3"."position",
                "t3"."learner_id",
                "t3"."course_id",
                "t3"."group_id",
                "t3"."type",
                "t3"."day",
                "t3"."events",
                "t3"."count"
              FROM "files_event_days" AS "t3"
              LEFT OUTER JOIN "slices" AS "t4"
                ON "t3"."slice_id" = "t4"."slice_id"
            ) AS "t6"
          ) AS "t9"
          LEFT OUTER JOIN (
            SELECT
              "t10"."source" AS "link_source",
              "t10"."external_id" AS "link_external",
              "t10"."linked"
            FROM (
              SELECT
                "t7"."source",
                "t7"."external_id",
                MAX("t7"."learner_id") AS "linked"
              FROM (
                SELECT
                  "t4"."name" AS "slice",
                  "t5"."source" AS "source_name",
                  "t5"."position",
                  "t5"."source",
                  "t5"."external_id",
                  "t5"."learner_id"
                FROM "files_learner_links" AS "t5"
                LEFT OUTER JOIN "slices" AS "t4"
                  ON "t5"."slice_id" = "t4"."slice_id"
              ) AS "t7"
              GROUP BY
                1,
                2
            ) AS "t10"
          ) AS "t12"
            ON "t9"."source" = "t12"."link_source" AND "t9"."learner_id" = "t12"."link_external"
        ) AS "t13"
      ) AS "t14"
    ) AS "t15"
  ) AS "t16"
  GROUP BY
    1,
    2,
    3,
    4,
    5
) AS "t17"
