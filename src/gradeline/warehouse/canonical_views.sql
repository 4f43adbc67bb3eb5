-- Views of the canonical tables. Written by `make docs` (docs/build_canonical_views.py).

-- learners --
-- A person who learns, as one source knows them.
WITH "t24" AS (
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
    "t15"."event_properties",
    "t15"."response"
  FROM "amplitude_events_web" AS "t15"
  LEFT OUTER JOIN "slices" AS "t12"
    ON "t15"."slice_id" = "t12"."slice_id"
), "t25" AS (
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
  FROM "amplitude_events_mobile" AS "t16"
  LEFT OUTER JOIN "slices" AS "t12"
    ON "t16"."slice_id" = "t12"."slice_id"
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
        "t73"."learner_id",
        "t73"."name",
        "t73"."email",
        "t73"."source"
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
            PARTITION BY "t64"."learner_id", "t64"."source_name"
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
      ) AS "t73"
      WHERE
        "t73"."_place" = 0
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
    ) AS "t81"
  ) AS "t83"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        CAST(CAST("t90"."learner_id" AS VARCHAR) AS VARCHAR) AS "learner_id",
        "t90"."name",
        "t90"."email",
        CAST(CAST("t90"."source" AS VARCHAR) AS VARCHAR) AS "source"
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
          "t89"."source",
          "t89"."learner_id",
          "t89"."name"
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
              "t84"."source",
              "t84"."learner_id",
              "t84"."name",
              ROW_NUMBER() OVER (
                PARTITION BY "t84"."learner_id"
                ORDER BY "t84"."slice" DESC NULLS LAST, "t84"."position" DESC NULLS LAST
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
              ) - 1 AS "_place"
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
                "t80"."source_name" AS "source",
                "t80"."source_name" || ':' || "t80"."user_id" AS "learner_id",
                "t80"."username" AS "name"
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
                      ROW_NUMBER() OVER (
                        PARTITION BY "t67"."user_id", "t67"."course_id"
                        ORDER BY "t67"."slice" DESC NULLS LAST, "t67"."position" DESC NULLS LAST
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
                                "t36"."now_course",
                                "t36"."now_id"
                              FROM "learnworlds_users" AS "t17"
                              LEFT OUTER JOIN "slices" AS "t12"
                                ON "t17"."slice_id" = "t12"."slice_id"
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
                                ON "t17"."course" = "t36"."now_course"
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
                                "t36"."now_course",
                                "t36"."now_id"
                              FROM "learnworlds_suspended" AS "t18"
                              LEFT OUTER JOIN "slices" AS "t12"
                                ON "t18"."slice_id" = "t12"."slice_id"
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
                                ON "t18"."course" = "t36"."now_course"
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
                  ) AS "t75"
                  WHERE
                    "t75"."_place" = 0
                ) AS "t79"
              ) AS "t80"
            ) AS "t84"
          ) AS "t87"
          WHERE
            "t87"."_place" = 0
        ) AS "t89"
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
          CAST(CAST("t85"."learner_id" AS VARCHAR) AS VARCHAR) AS "learner_id",
          CAST(NULL AS VARCHAR) AS "name",
          "t85"."email",
          CAST(CAST("t85"."source" AS VARCHAR) AS VARCHAR) AS "source"
        FROM (
          SELECT
            "t82"."learner_id",
            MIN("t82"."source") AS "source",
            MAX("t82"."email") AS "email"
          FROM (
            SELECT
              "t78"."learner_id",
              "t78"."source",
              MAX("t78"."email") AS "email"
            FROM (
              SELECT
                "t74"."slice",
                "t74"."source_name",
                "t74"."position",
                "t74"."stray",
                "t74"."uuid",
                "t74"."event_type",
                "t74"."event_time",
                "t74"."user_id",
                "t74"."session_id",
                "t74"."email",
                "t74"."course_id",
                "t74"."item_id",
                "t74"."correct",
                "t74"."score",
                "t74"."duration_s",
                "t74"."hints",
                "t74"."event_properties",
                "t74"."response",
                "t74"."source_name" AS "source",
                "t74"."source_name" || ':' || "t74"."user_id" AS "learner_id",
                "t74"."event_time" AS "at"
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
                      "t62"."event_properties",
                      "t62"."response"
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
                            "t34"."response",
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
                      "t63"."event_properties",
                      "t63"."response"
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
                            "t35"."response",
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
              ) AS "t74"
              WHERE
                "t74"."user_id" IS NOT NULL AND "t74"."user_id" <> ''
            ) AS "t78"
            GROUP BY
              1,
              2
          ) AS "t82"
          GROUP BY
            1
        ) AS "t85"
      ) AS "t86"
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
              "t20"."response",
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
                "t10"."hints",
                "t10"."response"
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
  ) AS "t92"
) AS "t93"

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
    "t9"."event_properties",
    "t9"."response"
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
    "t10"."event_properties",
    "t10"."response"
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
                  "t46"."event_properties",
                  "t46"."response"
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
                    "t41"."response"
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
                        "t23"."response",
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
                  "t47"."event_properties",
                  "t47"."response"
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
                    "t42"."response"
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
                        "t24"."response",
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
              "t7"."hints",
              "t7"."response"
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
-- One try of one learner at one item; score is 0..1, response the answer's beginning.
WITH "t34" AS (
  SELECT
    "t16"."name" AS "slice",
    "t16"."source" AS "source_name",
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
  LEFT OUTER JOIN "slices" AS "t16"
    ON "t19"."slice_id" = "t16"."slice_id"
), "t35" AS (
  SELECT
    "t16"."name" AS "slice",
    "t16"."source" AS "source_name",
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
  LEFT OUTER JOIN "slices" AS "t16"
    ON "t20"."slice_id" = "t16"."slice_id"
), "t134" AS (
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
    "t126"."groups",
    "t126"."source",
    "t126"."learner_id",
    "t126"."name",
    UNNEST(STRING_TO_ARRAY("t126"."groups", '
')) AS "group"
  FROM (
    SELECT
      "t119"."slice",
      "t119"."source_name",
      "t119"."position",
      "t119"."course",
      "t119"."course_id",
      "t119"."user_id",
      "t119"."email",
      "t119"."username",
      "t119"."role",
      "t119"."suspended",
      "t119"."created_at",
      "t119"."last_login_at",
      "t119"."enrolled_at",
      "t119"."enrolled_on",
      "t119"."expires_on",
      "t119"."groups",
      "t119"."source_name" AS "source",
      "t119"."user_id" AS "learner_id",
      "t119"."username" AS "name"
    FROM (
      SELECT
        "t116"."slice",
        "t116"."source_name",
        "t116"."position",
        "t116"."course",
        "t116"."course_id",
        "t116"."user_id",
        "t116"."email",
        "t116"."username",
        "t116"."role",
        "t116"."suspended",
        "t116"."created_at",
        "t116"."last_login_at",
        "t116"."enrolled_at",
        "t116"."enrolled_on",
        "t116"."expires_on",
        "t116"."groups"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t97"."slice",
            "t97"."source_name",
            "t97"."position",
            "t97"."course",
            "t97"."course_id",
            "t97"."user_id",
            "t97"."email",
            "t97"."username",
            "t97"."role",
            "t97"."suspended",
            "t97"."created_at",
            "t97"."last_login_at",
            "t97"."enrolled_at",
            "t97"."enrolled_on",
            "t97"."expires_on",
            "t97"."groups",
            ROW_NUMBER() OVER (
              PARTITION BY "t97"."user_id", "t97"."course_id"
              ORDER BY "t97"."slice" DESC NULLS LAST, "t97"."position" DESC NULLS LAST
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
                  "t80"."groups"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t16"."name" AS "slice",
                      "t16"."source" AS "source_name",
                      "t27"."position",
                      "t27"."course",
                      "t27"."course_id",
                      "t27"."user_id",
                      "t27"."email",
                      "t27"."username",
                      "t27"."role",
                      "t27"."suspended",
                      "t27"."created_at",
                      "t27"."last_login_at",
                      "t27"."enrolled_at",
                      "t27"."enrolled_on",
                      "t27"."expires_on",
                      "t27"."groups",
                      "t51"."now_course",
                      "t51"."now_id"
                    FROM "learnworlds_users" AS "t27"
                    LEFT OUTER JOIN "slices" AS "t16"
                      ON "t27"."slice_id" = "t16"."slice_id"
                    LEFT OUTER JOIN (
                      SELECT DISTINCT
                        "t39"."course" AS "now_course",
                        "t39"."course_id" AS "now_id"
                      FROM (
                        SELECT
                          "t16"."name" AS "slice",
                          "t16"."source" AS "source_name",
                          "t26"."position",
                          "t26"."course",
                          "t26"."course_id",
                          "t26"."category",
                          "t26"."title",
                          "t26"."access",
                          "t26"."starts_on",
                          "t26"."ends_on",
                          "t26"."created_at"
                        FROM "learnworlds_courses" AS "t26"
                        LEFT OUTER JOIN "slices" AS "t16"
                          ON "t26"."slice_id" = "t16"."slice_id"
                      ) AS "t39"
                    ) AS "t51"
                      ON "t27"."course" = "t51"."now_course"
                  ) AS "t66"
                  WHERE
                    (
                      "t66"."now_id" IS NULL
                    ) OR (
                      "t66"."now_id" = "t66"."course_id"
                    )
                ) AS "t80"
              ) AS "t86"
            ) AS "t93"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                *
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
                  "t81"."groups"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t16"."name" AS "slice",
                      "t16"."source" AS "source_name",
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
                      "t28"."expires_on",
                      "t28"."groups",
                      "t51"."now_course",
                      "t51"."now_id"
                    FROM "learnworlds_suspended" AS "t28"
                    LEFT OUTER JOIN "slices" AS "t16"
                      ON "t28"."slice_id" = "t16"."slice_id"
                    LEFT OUTER JOIN (
                      SELECT DISTINCT
                        "t39"."course" AS "now_course",
                        "t39"."course_id" AS "now_id"
                      FROM (
                        SELECT
                          "t16"."name" AS "slice",
                          "t16"."source" AS "source_name",
                          "t26"."position",
                          "t26"."course",
                          "t26"."course_id",
                          "t26"."category",
                          "t26"."title",
                          "t26"."access",
                          "t26"."starts_on",
                          "t26"."ends_on",
                          "t26"."created_at"
                        FROM "learnworlds_courses" AS "t26"
                        LEFT OUTER JOIN "slices" AS "t16"
                          ON "t26"."slice_id" = "t16"."slice_id"
                      ) AS "t39"
                    ) AS "t51"
                      ON "t28"."course" = "t51"."now_course"
                  ) AS "t67"
                  WHERE
                    (
                      "t67"."now_id" IS NULL
                    ) OR (
                      "t67"."now_id" = "t67"."course_id"
                    )
                ) AS "t81"
              ) AS "t87"
            ) AS "t94"
          ) AS "t97"
        ) AS "t111"
        WHERE
          "t111"."_place" = 0
      ) AS "t116"
    ) AS "t119"
    WHERE
      "t119"."groups" IS NOT NULL
  ) AS "t126"
)
SELECT
  "t176"."attempt_id",
  "t176"."learner_id",
  "t176"."course_id",
  CASE
    WHEN COALESCE(
      (
        "t176"."placed" IS NOT NULL
      )
      AND NOT (
        STARTS_WITH("t176"."group_id", 'groups:')
      ),
      FALSE
    )
    THEN NULL
    ELSE "t176"."group_id"
  END AS "group_id",
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
  "t176"."response"
FROM (
  SELECT
    "t164"."attempt_id",
    "t164"."learner_id",
    "t164"."course_id",
    "t164"."group_id",
    "t164"."item_id",
    "t164"."topic_id",
    "t164"."level_id",
    "t164"."kind",
    "t164"."correct",
    "t164"."score",
    "t164"."hints",
    "t164"."duration_s",
    "t164"."at",
    "t164"."source",
    "t164"."response",
    "t175"."learner_id" AS "learner_id_right",
    "t175"."course_id" AS "course_id_right",
    "t175"."placed"
  FROM (
    SELECT
      "t161"."attempt_id",
      "t161"."learner_id",
      "t161"."course_id",
      "t161"."group_id",
      "t161"."item_id",
      "t161"."topic_id",
      "t161"."level_id",
      "t161"."kind",
      "t161"."correct",
      "t161"."score",
      "t161"."hints",
      "t161"."duration_s",
      "t161"."at",
      "t161"."source",
      "t161"."response"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t147"."attempt_id",
            "t147"."learner_id",
            COALESCE("t147"."joined_id", "t147"."course_id") AS "course_id",
            "t147"."group_id",
            "t147"."item_id",
            "t147"."topic_id",
            "t147"."level_id",
            "t147"."kind",
            "t147"."correct",
            "t147"."score",
            "t147"."hints",
            "t147"."duration_s",
            "t147"."at",
            "t147"."source",
            "t147"."response",
            "t147"."source_name",
            "t147"."joined_id" IS NULL AS "own"
          FROM (
            SELECT
              "t138"."attempt_id",
              "t138"."learner_id",
              "t138"."course_id",
              "t138"."group_id",
              "t138"."item_id",
              "t138"."topic_id",
              "t138"."level_id",
              "t138"."kind",
              "t138"."correct",
              "t138"."score",
              "t138"."hints",
              "t138"."duration_s",
              "t138"."at",
              "t138"."source",
              "t138"."response",
              "t138"."source_name",
              "t30"."link_source",
              "t30"."link_course",
              "t30"."joined_id"
            FROM (
              SELECT
                "t130"."attempt_id",
                "t130"."learner_id",
                "t130"."course_id",
                "t130"."group_id",
                "t130"."item_id",
                "t130"."topic_id",
                "t130"."level_id",
                "t130"."kind",
                "t130"."correct",
                "t130"."score",
                "t130"."hints",
                "t130"."duration_s",
                "t130"."at",
                "t130"."source",
                "t130"."response",
                "t130"."source_name"
              FROM (
                SELECT
                  "t117"."slice",
                  "t117"."source_name",
                  "t117"."position",
                  "t117"."attempt_id",
                  "t117"."learner_id",
                  "t117"."course_id",
                  "t117"."group_id",
                  "t117"."item_id",
                  "t117"."topic_id",
                  "t117"."level_id",
                  "t117"."kind",
                  "t117"."correct",
                  "t117"."score",
                  "t117"."hints",
                  "t117"."duration_s",
                  "t117"."at",
                  "t117"."response",
                  "t117"."source",
                  ROW_NUMBER() OVER (
                    PARTITION BY "t117"."attempt_id"
                    ORDER BY "t117"."slice" DESC NULLS LAST, "t117"."position" DESC NULLS LAST
                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                  ) - 1 AS "_place"
                FROM (
                  SELECT
                    "t108"."slice",
                    "t108"."source_name",
                    "t108"."position",
                    CASE
                      WHEN "t108"."attempt_id" IS NULL
                      THEN SHA256("t108"."slice" || ':' || CAST("t108"."position" AS VARCHAR))
                      ELSE "t108"."source" || ':' || "t108"."attempt_id"
                    END AS "attempt_id",
                    "t108"."learner_id",
                    "t108"."course_id",
                    "t108"."group_id",
                    "t108"."item_id",
                    "t108"."topic_id",
                    "t108"."level_id",
                    "t108"."kind",
                    "t108"."correct",
                    "t108"."score",
                    "t108"."hints",
                    "t108"."duration_s",
                    "t108"."at",
                    "t108"."response",
                    "t108"."source"
                  FROM (
                    SELECT
                      "t95"."slice",
                      "t95"."source_name",
                      "t95"."position",
                      "t95"."attempt_id",
                      "t95"."learner_id",
                      "t95"."course_id",
                      "t95"."source" || ':' || "t95"."group_id" AS "group_id",
                      "t95"."item_id",
                      "t95"."topic_id",
                      "t95"."level_id",
                      "t95"."kind",
                      "t95"."correct",
                      "t95"."score",
                      "t95"."hints",
                      "t95"."duration_s",
                      "t95"."at",
                      "t95"."response",
                      "t95"."source"
                    FROM (
                      SELECT
                        "t91"."slice",
                        "t91"."source_name",
                        "t91"."position",
                        "t91"."attempt_id",
                        "t91"."learner_id",
                        "t91"."course_id",
                        "t91"."group_id",
                        "t91"."item_id",
                        "t91"."topic_id",
                        "t91"."level_id",
                        "t91"."kind",
                        "t91"."correct",
                        "t91"."score",
                        "t91"."hints",
                        "t91"."duration_s",
                        "t91"."at",
                        "t91"."response",
                        "t91"."source"
                      FROM (
                        SELECT
                          "t72"."slice",
                          "t72"."source_name",
                          "t72"."position",
                          "t72"."attempt_id",
                          COALESCE("t72"."linked", "t72"."source" || ':' || "t72"."learner_id") AS "learner_id",
                          "t72"."course_id",
                          "t72"."group_id",
                          "t72"."item_id",
                          "t72"."topic_id",
                          "t72"."level_id",
                          "t72"."kind",
                          "t72"."correct",
                          "t72"."score",
                          "t72"."hints",
                          "t72"."duration_s",
                          "t72"."at",
                          "t72"."response",
                          "t72"."source",
                          "t72"."link_source",
                          "t72"."link_external",
                          "t72"."linked"
                        FROM (
                          SELECT
                            "t48"."slice",
                            "t48"."source_name",
                            "t48"."position",
                            "t48"."attempt_id",
                            "t48"."learner_id",
                            "t48"."course_id",
                            "t48"."group_id",
                            "t48"."item_id",
                            "t48"."topic_id",
                            "t48"."level_id",
                            "t48"."kind",
                            "t48"."correct",
                            "t48"."score",
                            "t48"."hints",
                            "t48"."duration_s",
                            "t48"."at",
                            "t48"."response",
                            "t48"."source",
                            "t63"."link_source",
                            "t63"."link_external",
                            "t63"."linked"
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
                              "t36"."response",
                              "t36"."source_name" AS "source"
                            FROM (
                              SELECT
                                "t16"."name" AS "slice",
                                "t16"."source" AS "source_name",
                                "t21"."position",
                                "t21"."attempt_id",
                                "t21"."learner_id",
                                "t21"."course_id",
                                "t21"."group_id",
                                "t21"."item_id",
                                "t21"."topic_id",
                                "t21"."level_id",
                                "t21"."kind",
                                "t21"."correct",
                                "t21"."score",
                                "t21"."hints",
                                "t21"."duration_s",
                                "t21"."at",
                                "t21"."response"
                              FROM "files_attempts" AS "t21"
                              LEFT OUTER JOIN "slices" AS "t16"
                                ON "t21"."slice_id" = "t16"."slice_id"
                            ) AS "t36"
                          ) AS "t48"
                          LEFT OUTER JOIN (
                            SELECT
                              "t50"."source" AS "link_source",
                              "t50"."external_id" AS "link_external",
                              "t50"."linked"
                            FROM (
                              SELECT
                                "t38"."source",
                                "t38"."external_id",
                                MAX("t38"."learner_id") AS "linked"
                              FROM (
                                SELECT
                                  "t16"."name" AS "slice",
                                  "t24"."source" AS "source_name",
                                  "t24"."position",
                                  "t24"."source",
                                  "t24"."external_id",
                                  "t24"."learner_id"
                                FROM "files_learner_links" AS "t24"
                                LEFT OUTER JOIN "slices" AS "t16"
                                  ON "t24"."slice_id" = "t16"."slice_id"
                              ) AS "t38"
                              GROUP BY
                                1,
                                2
                            ) AS "t50"
                          ) AS "t63"
                            ON "t48"."source" = "t63"."link_source"
                            AND "t48"."learner_id" = "t63"."link_external"
                        ) AS "t72"
                      ) AS "t91"
                    ) AS "t95"
                  ) AS "t108"
                ) AS "t117"
              ) AS "t130"
              WHERE
                "t130"."_place" = 0
            ) AS "t138"
            LEFT OUTER JOIN (
              SELECT
                "t0"."source" AS "link_source",
                "t0"."external_id" AS "link_course",
                "t0"."course_id" AS "joined_id"
              FROM "course_links" AS "t0"
            ) AS "t30"
              ON "t138"."source_name" = "t30"."link_source"
              AND "t138"."course_id" = "t30"."link_course"
          ) AS "t147"
        ) AS "t150"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "t124"."attempt_id",
            "t124"."learner_id",
            COALESCE("t124"."joined_id", "t124"."course_id") AS "course_id",
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
            "t124"."joined_id" IS NULL AS "own"
          FROM (
            SELECT
              "t114"."attempt_id",
              "t114"."learner_id",
              "t114"."course_id",
              "t114"."group_id",
              "t114"."item_id",
              "t114"."topic_id",
              "t114"."level_id",
              "t114"."kind",
              "t114"."correct",
              "t114"."score",
              "t114"."hints",
              "t114"."duration_s",
              "t114"."at",
              "t114"."source",
              "t114"."response",
              "t114"."source_name",
              "t30"."link_source",
              "t30"."link_course",
              "t30"."joined_id"
            FROM (
              SELECT
                CAST("t105"."attempt_id" AS VARCHAR) AS "attempt_id",
                CAST("t105"."source" || ':' || "t105"."learner_id" AS VARCHAR) AS "learner_id",
                "t105"."course_id",
                CAST(NULL AS VARCHAR) AS "group_id",
                "t105"."item_id",
                CAST(NULL AS VARCHAR) AS "topic_id",
                CAST(NULL AS VARCHAR) AS "level_id",
                CAST("t105"."kind" AS VARCHAR) AS "kind",
                "t105"."correct",
                CAST("t105"."score" AS DECIMAL(9, 6)) AS "score",
                CAST(NULL AS INT) AS "hints",
                CAST(NULL AS DECIMAL(12, 3)) AS "duration_s",
                CAST("t105"."at" AS TIMESTAMPTZ(6)) AS "at",
                CAST("t105"."source" AS VARCHAR) AS "source",
                CAST(NULL AS VARCHAR) AS "response",
                "t105"."source_name"
              FROM (
                SELECT
                  "t75"."slice",
                  "t75"."source_name",
                  "t75"."position",
                  "t75"."user_id",
                  "t75"."oauth_consumer_key",
                  "t75"."lis_result_sourcedid",
                  "t75"."lis_outcome_service_url",
                  "t75"."is_correct",
                  "t75"."attempt_type",
                  "t75"."created_at",
                  "t75"."source",
                  "t75"."learner_id",
                  "t75"."at",
                  "t75"."sourcedid",
                  "t75"."category",
                  "t75"."course",
                  "t75"."item_id",
                  "t75"."source" || ':' || SHA256(
                    "t75"."user_id" || ' ' || CAST(EPOCH_US("t75"."at") AS VARCHAR) || ' ' || "t75"."attempt_type" || ' ' || COALESCE("t75"."lis_result_sourcedid", '')
                  ) AS "attempt_id",
                  "t75"."category" || '/' || "t75"."course" AS "course_id",
                  CASE WHEN "t75"."attempt_type" = 'submit' THEN 'answer' ELSE 'run' END AS "kind",
                  "t75"."is_correct" AS "correct",
                  CASE
                    WHEN "t75"."is_correct"
                    THEN 1
                    WHEN NOT (
                      "t75"."is_correct"
                    )
                    THEN 0
                    ELSE CAST(NULL AS BIGINT)
                  END AS "score"
                FROM (
                  SELECT
                    "t62"."slice",
                    "t62"."source_name",
                    "t62"."position",
                    "t62"."user_id",
                    "t62"."oauth_consumer_key",
                    "t62"."lis_result_sourcedid",
                    "t62"."lis_outcome_service_url",
                    "t62"."is_correct",
                    "t62"."attempt_type",
                    "t62"."created_at",
                    "t62"."source",
                    "t62"."learner_id",
                    "t62"."at",
                    "t62"."sourcedid",
                    CASE
                      WHEN "t62"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t62"."sourcedid" ~ (
                          '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t62"."sourcedid",
                            '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[2]
                        ELSE NULL
                      END
                      WHEN "t62"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t62"."sourcedid" ~ (
                          '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t62"."sourcedid",
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[2]
                        ELSE NULL
                      END
                      ELSE CAST(NULL AS VARCHAR)
                    END AS "category",
                    CASE
                      WHEN "t62"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t62"."sourcedid" ~ (
                          '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t62"."sourcedid",
                            '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[3]
                        ELSE NULL
                      END
                      WHEN "t62"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t62"."sourcedid" ~ (
                          '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t62"."sourcedid",
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[3]
                        ELSE NULL
                      END || '+' || CASE
                        WHEN "t62"."sourcedid" ~ (
                          '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t62"."sourcedid",
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[4]
                        ELSE NULL
                      END
                      ELSE CAST(NULL AS VARCHAR)
                    END AS "course",
                    CASE
                      WHEN "t62"."sourcedid" ~ '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t62"."sourcedid" ~ (
                          '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t62"."sourcedid",
                            '(' || '^course-v1:([^:/+[:space:]]+)[+]([^:/+[:space:]]+([+][^:/+[:space:]]+)?):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[5]
                        ELSE NULL
                      END
                      WHEN "t62"."sourcedid" ~ '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$'
                      THEN CASE
                        WHEN "t62"."sourcedid" ~ (
                          '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                        )
                        THEN (
                          REGEXP_MATCH(
                            "t62"."sourcedid",
                            '(' || '^([^:/+[:space:]]+)/([^:/+[:space:]]+)/([^:/+[:space:]]+):[^:]+-([0-9a-f]{32}):[^:]*$' || ')'
                          )
                        )[5]
                        ELSE NULL
                      END
                      ELSE CAST(NULL AS VARCHAR)
                    END AS "item_id"
                  FROM (
                    SELECT
                      "t33"."slice",
                      "t33"."source_name",
                      "t33"."position",
                      "t33"."user_id",
                      "t33"."oauth_consumer_key",
                      "t33"."lis_result_sourcedid",
                      "t33"."lis_outcome_service_url",
                      "t33"."is_correct",
                      "t33"."attempt_type",
                      "t33"."created_at",
                      "t33"."source_name" AS "source",
                      "t33"."user_id" AS "learner_id",
                      TIMEZONE('UTC', "t33"."created_at") AS "at",
                      REPLACE(
                        REPLACE(REPLACE(REPLACE("t33"."lis_result_sourcedid", '%3A', ':'), '%2B', '+'), '%2F', '/'),
                        '%40',
                        '@'
                      ) AS "sourcedid"
                    FROM (
                      SELECT
                        "t16"."name" AS "slice",
                        "t16"."source" AS "source_name",
                        "t18"."position",
                        "t18"."user_id",
                        "t18"."oauth_consumer_key",
                        "t18"."lis_result_sourcedid",
                        "t18"."lis_outcome_service_url",
                        "t18"."is_correct",
                        "t18"."attempt_type",
                        "t18"."created_at"
                      FROM "grader_attempts" AS "t18"
                      LEFT OUTER JOIN "slices" AS "t16"
                        ON "t18"."slice_id" = "t16"."slice_id"
                    ) AS "t33"
                  ) AS "t62"
                ) AS "t75"
              ) AS "t105"
            ) AS "t114"
            LEFT OUTER JOIN (
              SELECT
                "t0"."source" AS "link_source",
                "t0"."external_id" AS "link_course",
                "t0"."course_id" AS "joined_id"
              FROM "course_links" AS "t0"
            ) AS "t30"
              ON "t114"."source_name" = "t30"."link_source"
              AND "t114"."course_id" = "t30"."link_course"
          ) AS "t124"
        ) AS "t131"
      ) AS "t152"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t156"."attempt_id",
            "t156"."learner_id",
            COALESCE("t156"."joined_id", "t156"."course_id") AS "course_id",
            "t156"."group_id",
            "t156"."item_id",
            "t156"."topic_id",
            "t156"."level_id",
            "t156"."kind",
            "t156"."correct",
            "t156"."score",
            "t156"."hints",
            "t156"."duration_s",
            "t156"."at",
            "t156"."source",
            "t156"."response",
            "t156"."source_name",
            "t156"."joined_id" IS NULL AS "own"
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
              "t30"."link_source",
              "t30"."link_course",
              "t30"."joined_id"
            FROM (
              SELECT
                CAST("t148"."attempt_id" AS VARCHAR) AS "attempt_id",
                CAST("t148"."learner_id" AS VARCHAR) AS "learner_id",
                "t148"."course_id",
                CAST(NULL AS VARCHAR) AS "group_id",
                "t148"."item_id",
                CAST(NULL AS VARCHAR) AS "topic_id",
                CAST(NULL AS VARCHAR) AS "level_id",
                CAST("t148"."kind" AS VARCHAR) AS "kind",
                "t148"."correct",
                "t148"."score",
                CAST(NULL AS INT) AS "hints",
                CAST(NULL AS DECIMAL(12, 3)) AS "duration_s",
                CAST("t148"."at" AS TIMESTAMPTZ(6)) AS "at",
                CAST("t148"."source" AS VARCHAR) AS "source",
                "t148"."response",
                "t148"."source_name"
              FROM (
                SELECT
                  "t146"."slice",
                  "t146"."position",
                  "t146"."source_name",
                  "t146"."course_id",
                  "t146"."score",
                  "t146"."source",
                  "t146"."attempt_id",
                  "t146"."learner_id",
                  "t146"."item_id",
                  "t146"."kind",
                  "t146"."correct",
                  "t146"."response",
                  "t146"."at"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t128"."slice",
                      "t128"."position",
                      "t128"."source_name",
                      "t128"."course_id",
                      "t128"."score",
                      "t128"."source",
                      "t128"."attempt_id",
                      "t128"."learner_id",
                      "t128"."item_id",
                      "t128"."kind",
                      "t128"."correct",
                      "t128"."response",
                      "t128"."at",
                      ROW_NUMBER() OVER (
                        PARTITION BY "t128"."attempt_id"
                        ORDER BY "t128"."slice" DESC NULLS LAST, "t128"."position" DESC NULLS LAST
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                      ) - 1 AS "_place"
                    FROM (
                      SELECT
                        "t121"."slice",
                        "t121"."position",
                        "t121"."source_name",
                        "t121"."course_id",
                        "t121"."score",
                        "t121"."source",
                        "t121"."attempt_id",
                        "t121"."source" || ':' || "t121"."learner_id" AS "learner_id",
                        "t121"."item_id",
                        "t121"."kind",
                        "t121"."correct",
                        "t121"."response",
                        "t121"."at"
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t84"."slice",
                            "t84"."position",
                            "t84"."source_name",
                            "t84"."course_id",
                            "t84"."score",
                            "t84"."source_name" AS "source",
                            "t84"."source_name" || ':' || "t84"."response_id" AS "attempt_id",
                            "t84"."user_id" AS "learner_id",
                            "t84"."unit_id" AS "item_id",
                            'answer' AS "kind",
                            "t84"."passed" AS "correct",
                            "t84"."answer" AS "response",
                            COALESCE("t84"."submitted_at", "t84"."modified_at", "t84"."created_at") AS "at"
                          FROM (
                            SELECT
                              "t78"."slice",
                              "t78"."source_name",
                              "t78"."position",
                              "t78"."course",
                              "t78"."course_id",
                              "t78"."response_id",
                              "t78"."user_id",
                              "t78"."email",
                              "t78"."unit_id",
                              "t78"."grade",
                              "t78"."score",
                              "t78"."created_at",
                              "t78"."modified_at",
                              "t78"."submitted_at",
                              "t78"."passed",
                              "t78"."blocks",
                              "t78"."points",
                              "t78"."max_points",
                              "t78"."answer"
                            FROM (
                              SELECT
                                *
                              FROM (
                                SELECT
                                  "t16"."name" AS "slice",
                                  "t16"."source" AS "source_name",
                                  "t22"."position",
                                  "t22"."course",
                                  "t22"."course_id",
                                  "t22"."response_id",
                                  "t22"."user_id",
                                  "t22"."email",
                                  "t22"."unit_id",
                                  "t22"."grade",
                                  "t22"."score",
                                  "t22"."created_at",
                                  "t22"."modified_at",
                                  "t22"."submitted_at",
                                  "t22"."passed",
                                  "t22"."blocks",
                                  "t22"."points",
                                  "t22"."max_points",
                                  "t22"."answer",
                                  "t51"."now_course",
                                  "t51"."now_id"
                                FROM "learnworlds_responses" AS "t22"
                                LEFT OUTER JOIN "slices" AS "t16"
                                  ON "t22"."slice_id" = "t16"."slice_id"
                                LEFT OUTER JOIN (
                                  SELECT DISTINCT
                                    "t39"."course" AS "now_course",
                                    "t39"."course_id" AS "now_id"
                                  FROM (
                                    SELECT
                                      "t16"."name" AS "slice",
                                      "t16"."source" AS "source_name",
                                      "t26"."position",
                                      "t26"."course",
                                      "t26"."course_id",
                                      "t26"."category",
                                      "t26"."title",
                                      "t26"."access",
                                      "t26"."starts_on",
                                      "t26"."ends_on",
                                      "t26"."created_at"
                                    FROM "learnworlds_courses" AS "t26"
                                    LEFT OUTER JOIN "slices" AS "t16"
                                      ON "t26"."slice_id" = "t16"."slice_id"
                                  ) AS "t39"
                                ) AS "t51"
                                  ON "t22"."course" = "t51"."now_course"
                              ) AS "t64"
                              WHERE
                                (
                                  "t64"."now_id" IS NULL
                                ) OR (
                                  "t64"."now_id" = "t64"."course_id"
                                )
                            ) AS "t78"
                          ) AS "t84"
                          WHERE
                            (
                              (
                                "t84"."submitted_at" IS NOT NULL
                              ) OR (
                                "t84"."grade" IS NOT NULL
                              )
                            )
                            AND COALESCE("t84"."submitted_at", "t84"."modified_at", "t84"."created_at") IS NOT NULL
                        ) AS "t98"
                        UNION ALL
                        SELECT
                          *
                        FROM (
                          SELECT
                            "t112"."slice",
                            "t112"."position",
                            "t112"."source_name",
                            "t112"."course_id",
                            "t112"."score",
                            "t112"."source_name" AS "source",
                            "t112"."source_name" || ':' || "t112"."grade_id" AS "attempt_id",
                            "t112"."user_id" AS "learner_id",
                            "t112"."unit_id" AS "item_id",
                            'answer' AS "kind",
                            CAST(NULL AS BOOLEAN) AS "correct",
                            CAST(NULL AS VARCHAR) AS "response",
                            COALESCE("t112"."submitted_at", "t112"."modified_at", "t112"."created_at") AS "at"
                          FROM (
                            SELECT
                              "t104"."slice",
                              "t104"."source_name",
                              "t104"."position",
                              "t104"."course",
                              "t104"."course_id",
                              "t104"."grade_id",
                              "t104"."unit_type",
                              "t104"."user_id",
                              "t104"."email",
                              "t104"."unit_id",
                              "t104"."grade",
                              "t104"."score",
                              "t104"."created_at",
                              "t104"."modified_at",
                              "t104"."submitted_at"
                            FROM (
                              SELECT
                                *
                              FROM (
                                SELECT
                                  "t79"."slice",
                                  "t79"."source_name",
                                  "t79"."position",
                                  "t79"."course",
                                  "t79"."course_id",
                                  "t79"."grade_id",
                                  "t79"."unit_type",
                                  "t79"."user_id",
                                  "t79"."email",
                                  "t79"."unit_id",
                                  "t79"."grade",
                                  "t79"."score",
                                  "t79"."created_at",
                                  "t79"."modified_at",
                                  "t79"."submitted_at"
                                FROM (
                                  SELECT
                                    *
                                  FROM (
                                    SELECT
                                      "t16"."name" AS "slice",
                                      "t16"."source" AS "source_name",
                                      "t25"."position",
                                      "t25"."course",
                                      "t25"."course_id",
                                      "t25"."grade_id",
                                      "t25"."unit_type",
                                      "t25"."user_id",
                                      "t25"."email",
                                      "t25"."unit_id",
                                      "t25"."grade",
                                      "t25"."score",
                                      "t25"."created_at",
                                      "t25"."modified_at",
                                      "t25"."submitted_at",
                                      "t51"."now_course",
                                      "t51"."now_id"
                                    FROM "learnworlds_grades" AS "t25"
                                    LEFT OUTER JOIN "slices" AS "t16"
                                      ON "t25"."slice_id" = "t16"."slice_id"
                                    LEFT OUTER JOIN (
                                      SELECT DISTINCT
                                        "t39"."course" AS "now_course",
                                        "t39"."course_id" AS "now_id"
                                      FROM (
                                        SELECT
                                          "t16"."name" AS "slice",
                                          "t16"."source" AS "source_name",
                                          "t26"."position",
                                          "t26"."course",
                                          "t26"."course_id",
                                          "t26"."category",
                                          "t26"."title",
                                          "t26"."access",
                                          "t26"."starts_on",
                                          "t26"."ends_on",
                                          "t26"."created_at"
                                        FROM "learnworlds_courses" AS "t26"
                                        LEFT OUTER JOIN "slices" AS "t16"
                                          ON "t26"."slice_id" = "t16"."slice_id"
                                      ) AS "t39"
                                    ) AS "t51"
                                      ON "t25"."course" = "t51"."now_course"
                                  ) AS "t65"
                                  WHERE
                                    (
                                      "t65"."now_id" IS NULL
                                    ) OR (
                                      "t65"."now_id" = "t65"."course_id"
                                    )
                                ) AS "t79"
                              ) AS "t85"
                              WHERE
                                "t85"."grade" IS NOT NULL
                                AND COALESCE("t85"."submitted_at", "t85"."modified_at", "t85"."created_at") IS NOT NULL
                            ) AS "t104"
                            WHERE
                              NOT EXISTS(
                                SELECT
                                  1
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
                                      "t78"."response_id",
                                      "t78"."user_id",
                                      "t78"."email",
                                      "t78"."unit_id",
                                      "t78"."grade",
                                      "t78"."score",
                                      "t78"."created_at",
                                      "t78"."modified_at",
                                      "t78"."submitted_at",
                                      "t78"."passed",
                                      "t78"."blocks",
                                      "t78"."points",
                                      "t78"."max_points",
                                      "t78"."answer"
                                    FROM (
                                      SELECT
                                        *
                                      FROM (
                                        SELECT
                                          "t16"."name" AS "slice",
                                          "t16"."source" AS "source_name",
                                          "t22"."position",
                                          "t22"."course",
                                          "t22"."course_id",
                                          "t22"."response_id",
                                          "t22"."user_id",
                                          "t22"."email",
                                          "t22"."unit_id",
                                          "t22"."grade",
                                          "t22"."score",
                                          "t22"."created_at",
                                          "t22"."modified_at",
                                          "t22"."submitted_at",
                                          "t22"."passed",
                                          "t22"."blocks",
                                          "t22"."points",
                                          "t22"."max_points",
                                          "t22"."answer",
                                          "t51"."now_course",
                                          "t51"."now_id"
                                        FROM "learnworlds_responses" AS "t22"
                                        LEFT OUTER JOIN "slices" AS "t16"
                                          ON "t22"."slice_id" = "t16"."slice_id"
                                        LEFT OUTER JOIN (
                                          SELECT DISTINCT
                                            "t39"."course" AS "now_course",
                                            "t39"."course_id" AS "now_id"
                                          FROM (
                                            SELECT
                                              "t16"."name" AS "slice",
                                              "t16"."source" AS "source_name",
                                              "t26"."position",
                                              "t26"."course",
                                              "t26"."course_id",
                                              "t26"."category",
                                              "t26"."title",
                                              "t26"."access",
                                              "t26"."starts_on",
                                              "t26"."ends_on",
                                              "t26"."created_at"
                                            FROM "learnworlds_courses" AS "t26"
                                            LEFT OUTER JOIN "slices" AS "t16"
                                              ON "t26"."slice_id" = "t16"."slice_id"
                                          ) AS "t39"
                                        ) AS "t51"
                                          ON "t22"."course" = "t51"."now_course"
                                      ) AS "t64"
                                      WHERE
                                        (
                                          "t64"."now_id" IS NULL
                                        ) OR (
                                          "t64"."now_id" = "t64"."course_id"
                                        )
                                    ) AS "t78"
                                  ) AS "t84"
                                  WHERE
                                    (
                                      (
                                        "t84"."submitted_at" IS NOT NULL
                                      ) OR (
                                        "t84"."grade" IS NOT NULL
                                      )
                                    )
                                    AND COALESCE("t84"."submitted_at", "t84"."modified_at", "t84"."created_at") IS NOT NULL
                                ) AS "t103"
                                WHERE
                                  "t104"."course_id" = "t103"."course_id"
                                  AND "t104"."user_id" = "t103"."user_id"
                                  AND "t104"."unit_id" = "t103"."unit_id"
                              )
                          ) AS "t112"
                        ) AS "t118"
                      ) AS "t121"
                    ) AS "t128"
                  ) AS "t139"
                  WHERE
                    "t139"."_place" = 0
                ) AS "t146"
              ) AS "t148"
            ) AS "t153"
            LEFT OUTER JOIN (
              SELECT
                "t0"."source" AS "link_source",
                "t0"."external_id" AS "link_course",
                "t0"."course_id" AS "joined_id"
              FROM "course_links" AS "t0"
            ) AS "t30"
              ON "t153"."source_name" = "t30"."link_source"
              AND "t153"."course_id" = "t30"."link_course"
          ) AS "t156"
        ) AS "t159"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t132"."attempt_id",
              "t132"."learner_id",
              COALESCE("t132"."joined_id", "t132"."course_id") AS "course_id",
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
              "t132"."joined_id" IS NULL AS "own"
            FROM (
              SELECT
                "t122"."attempt_id",
                "t122"."learner_id",
                "t122"."course_id",
                "t122"."group_id",
                "t122"."item_id",
                "t122"."topic_id",
                "t122"."level_id",
                "t122"."kind",
                "t122"."correct",
                "t122"."score",
                "t122"."hints",
                "t122"."duration_s",
                "t122"."at",
                "t122"."source",
                "t122"."response",
                "t122"."source_name",
                "t30"."link_source",
                "t30"."link_course",
                "t30"."joined_id"
              FROM (
                SELECT
                  CAST("t110"."source_name" || ':' || "t110"."uuid" AS VARCHAR) AS "attempt_id",
                  CAST("t110"."source_name" || ':' || "t110"."user_id" AS VARCHAR) AS "learner_id",
                  "t110"."course_id",
                  CAST(NULL AS VARCHAR) AS "group_id",
                  "t110"."item_id",
                  CAST(NULL AS VARCHAR) AS "topic_id",
                  CAST(NULL AS VARCHAR) AS "level_id",
                  CAST('answer' AS VARCHAR) AS "kind",
                  "t110"."correct",
                  COALESCE(
                    "t110"."score",
                    CASE
                      WHEN "t110"."correct" IS NULL
                      THEN NULL
                      ELSE CAST(CASE WHEN "t110"."correct" THEN 1 ELSE 0 END AS DECIMAL(9, 6))
                    END
                  ) AS "score",
                  "t110"."hints",
                  "t110"."duration_s",
                  CAST("t110"."event_time" AS TIMESTAMPTZ(6)) AS "at",
                  CAST("t110"."source_name" AS VARCHAR) AS "source",
                  "t110"."response",
                  "t110"."source_name"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        *
                      FROM "t34" AS "t40"
                      WHERE
                        NOT (
                          "t40"."stray"
                        )
                    ) AS "t53"
                    UNION ALL
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t89"."slice",
                        "t89"."source_name",
                        "t89"."position",
                        "t89"."stray",
                        "t89"."uuid",
                        "t89"."event_type",
                        "t89"."event_time",
                        "t89"."user_id",
                        "t89"."session_id",
                        "t89"."email",
                        "t89"."course_id",
                        "t89"."item_id",
                        "t89"."correct",
                        "t89"."score",
                        "t89"."duration_s",
                        "t89"."hints",
                        "t89"."event_properties",
                        "t89"."response"
                      FROM (
                        SELECT
                          "t76"."slice",
                          "t76"."source_name",
                          "t76"."position",
                          "t76"."stray",
                          "t76"."uuid",
                          "t76"."event_type",
                          "t76"."event_time",
                          "t76"."user_id",
                          "t76"."session_id",
                          "t76"."email",
                          "t76"."course_id",
                          "t76"."item_id",
                          "t76"."correct",
                          "t76"."score",
                          "t76"."duration_s",
                          "t76"."hints",
                          "t76"."event_properties",
                          "t76"."response"
                        FROM (
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
                              "t46"."event_properties",
                              "t46"."response",
                              ROW_NUMBER() OVER (
                                PARTITION BY "t46"."uuid"
                                ORDER BY "t46"."slice" ASC, "t46"."position" ASC
                                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                              ) - 1 AS "_place"
                            FROM (
                              SELECT
                                *
                              FROM "t34" AS "t40"
                              WHERE
                                "t40"."stray"
                            ) AS "t46"
                          ) AS "t69"
                          WHERE
                            "t69"."_place" = 0
                        ) AS "t76"
                      ) AS "t89"
                      WHERE
                        NOT EXISTS(
                          SELECT
                            1
                          FROM (
                            SELECT
                              "t40"."uuid"
                            FROM "t34" AS "t40"
                            WHERE
                              NOT (
                                "t40"."stray"
                              )
                          ) AS "t58"
                          WHERE
                            "t89"."uuid" = "t58"."uuid"
                        )
                    ) AS "t101"
                  ) AS "t106"
                  UNION ALL
                  SELECT
                    *
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        *
                      FROM "t35" AS "t41"
                      WHERE
                        NOT (
                          "t41"."stray"
                        )
                    ) AS "t55"
                    UNION ALL
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t90"."slice",
                        "t90"."source_name",
                        "t90"."position",
                        "t90"."stray",
                        "t90"."uuid",
                        "t90"."event_type",
                        "t90"."event_time",
                        "t90"."user_id",
                        "t90"."session_id",
                        "t90"."email",
                        "t90"."course_id",
                        "t90"."item_id",
                        "t90"."correct",
                        "t90"."score",
                        "t90"."duration_s",
                        "t90"."hints",
                        "t90"."event_properties",
                        "t90"."response"
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
                              "t47"."event_properties",
                              "t47"."response",
                              ROW_NUMBER() OVER (
                                PARTITION BY "t47"."uuid"
                                ORDER BY "t47"."slice" ASC, "t47"."position" ASC
                                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                              ) - 1 AS "_place"
                            FROM (
                              SELECT
                                *
                              FROM "t35" AS "t41"
                              WHERE
                                "t41"."stray"
                            ) AS "t47"
                          ) AS "t70"
                          WHERE
                            "t70"."_place" = 0
                        ) AS "t77"
                      ) AS "t90"
                      WHERE
                        NOT EXISTS(
                          SELECT
                            1
                          FROM (
                            SELECT
                              "t41"."uuid"
                            FROM "t35" AS "t41"
                            WHERE
                              NOT (
                                "t41"."stray"
                              )
                          ) AS "t59"
                          WHERE
                            "t90"."uuid" = "t59"."uuid"
                        )
                    ) AS "t102"
                  ) AS "t107"
                ) AS "t110"
                WHERE
                  "t110"."user_id" IS NOT NULL
                  AND "t110"."user_id" <> ''
                  AND "t110"."item_id" IS NOT NULL
              ) AS "t122"
              LEFT OUTER JOIN (
                SELECT
                  "t0"."source" AS "link_source",
                  "t0"."external_id" AS "link_course",
                  "t0"."course_id" AS "joined_id"
                FROM "course_links" AS "t0"
              ) AS "t30"
                ON "t122"."source_name" = "t30"."link_source"
                AND "t122"."course_id" = "t30"."link_course"
            ) AS "t132"
          ) AS "t137"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "t71"."attempt_id",
              "t71"."learner_id",
              COALESCE("t71"."joined_id", "t71"."course_id") AS "course_id",
              "t71"."group_id",
              "t71"."item_id",
              "t71"."topic_id",
              "t71"."level_id",
              "t71"."kind",
              "t71"."correct",
              "t71"."score",
              "t71"."hints",
              "t71"."duration_s",
              "t71"."at",
              "t71"."source",
              "t71"."response",
              "t71"."source_name",
              "t71"."joined_id" IS NULL AS "own"
            FROM (
              SELECT
                "t61"."attempt_id",
                "t61"."learner_id",
                "t61"."course_id",
                "t61"."group_id",
                "t61"."item_id",
                "t61"."topic_id",
                "t61"."level_id",
                "t61"."kind",
                "t61"."correct",
                "t61"."score",
                "t61"."hints",
                "t61"."duration_s",
                "t61"."at",
                "t61"."source",
                "t61"."response",
                "t61"."source_name",
                "t30"."link_source",
                "t30"."link_course",
                "t30"."joined_id"
              FROM (
                SELECT
                  CAST("t31"."source_name" || ':' || "t31"."uuid" AS VARCHAR) AS "attempt_id",
                  CAST("t31"."source_name" || ':' || "t31"."profile_id" AS VARCHAR) AS "learner_id",
                  "t31"."course_id",
                  CAST(NULL AS VARCHAR) AS "group_id",
                  "t31"."item_id",
                  CAST(NULL AS VARCHAR) AS "topic_id",
                  CAST(NULL AS VARCHAR) AS "level_id",
                  CAST('answer' AS VARCHAR) AS "kind",
                  "t31"."correct",
                  COALESCE("t31"."score", CAST(CAST("t31"."correct" AS INT) AS DECIMAL(9, 6))) AS "score",
                  "t31"."hints",
                  "t31"."duration_s",
                  CAST("t31"."event_at" AS TIMESTAMPTZ(6)) AS "at",
                  CAST("t31"."source_name" AS VARCHAR) AS "source",
                  "t31"."response",
                  "t31"."source_name"
                FROM (
                  SELECT
                    "t16"."name" AS "slice",
                    "t16"."source" AS "source_name",
                    "t15"."position",
                    "t15"."uuid",
                    "t15"."event_at",
                    "t15"."event_datetime",
                    "t15"."event_json",
                    "t15"."event_name",
                    "t15"."event_receive_datetime",
                    "t15"."event_receive_timestamp",
                    "t15"."event_timestamp",
                    "t15"."session_id",
                    "t15"."installation_id",
                    "t15"."appmetrica_device_id",
                    "t15"."city",
                    "t15"."connection_type",
                    "t15"."country_iso_code",
                    "t15"."device_ipv6",
                    "t15"."device_locale",
                    "t15"."device_manufacturer",
                    "t15"."device_model",
                    "t15"."device_type",
                    "t15"."google_aid",
                    "t15"."ios_ifa",
                    "t15"."ios_ifv",
                    "t15"."mcc",
                    "t15"."mnc",
                    "t15"."operator_name",
                    "t15"."original_device_model",
                    "t15"."os_name",
                    "t15"."os_version",
                    "t15"."profile_id",
                    "t15"."windows_aid",
                    "t15"."app_build_number",
                    "t15"."app_package_name",
                    "t15"."app_version_name",
                    "t15"."application_id",
                    "t15"."event_properties",
                    "t15"."ehr_id",
                    "t15"."email",
                    "t15"."course_id",
                    "t15"."item_id",
                    "t15"."correct",
                    "t15"."score",
                    "t15"."duration_s",
                    "t15"."hints",
                    "t15"."response"
                  FROM "appmetrica_events" AS "t15"
                  LEFT OUTER JOIN "slices" AS "t16"
                    ON "t15"."slice_id" = "t16"."slice_id"
                ) AS "t31"
                WHERE
                  "t31"."profile_id" IS NOT NULL AND "t31"."item_id" IS NOT NULL
              ) AS "t61"
              LEFT OUTER JOIN (
                SELECT
                  "t0"."source" AS "link_source",
                  "t0"."external_id" AS "link_course",
                  "t0"."course_id" AS "joined_id"
                FROM "course_links" AS "t0"
              ) AS "t30"
                ON "t61"."source_name" = "t30"."link_source"
                AND "t61"."course_id" = "t30"."link_course"
            ) AS "t71"
          ) AS "t88"
        ) AS "t140"
      ) AS "t160"
    ) AS "t161"
  ) AS "t164"
  LEFT OUTER JOIN (
    SELECT
      "t173"."learner_id",
      "t173"."course_id",
      TRUE AS "placed"
    FROM (
      SELECT DISTINCT
        "t172"."learner_id",
        "t172"."course_id"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t170"."learner_id",
            "t170"."group_id",
            COALESCE("t170"."joined_id", "t170"."course_id") AS "course_id",
            "t170"."role",
            "t170"."starts_on",
            "t170"."ends_on",
            "t170"."outcome",
            "t170"."source_name",
            "t170"."joined_id" IS NULL AS "own"
          FROM (
            SELECT
              "t169"."learner_id",
              "t169"."group_id",
              "t169"."course_id",
              "t169"."role",
              "t169"."starts_on",
              "t169"."ends_on",
              "t169"."outcome",
              "t169"."source_name",
              "t30"."link_source",
              "t30"."link_course",
              "t30"."joined_id"
            FROM (
              SELECT
                CAST("t167"."learner_id" AS VARCHAR) AS "learner_id",
                "t167"."group_id",
                CAST("t167"."course_id" AS VARCHAR) AS "course_id",
                CAST("t167"."role" AS VARCHAR) AS "role",
                "t167"."starts_on",
                "t167"."ends_on",
                CAST(NULL AS VARCHAR) AS "outcome",
                "t167"."source_name"
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
                  "t166"."group_id",
                  "t166"."starts_on",
                  "t166"."ends_on"
                FROM (
                  SELECT
                    *
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
                      "t162"."source",
                      "t162"."learner_id",
                      "t162"."name",
                      "t162"."group_id",
                      "t162"."starts_on",
                      "t162"."ends_on",
                      ROW_NUMBER() OVER (
                        PARTITION BY "t162"."learner_id", "t162"."group_id", "t162"."course_id", "t162"."role"
                        ORDER BY "t162"."slice" DESC NULLS LAST, "t162"."position" DESC NULLS LAST
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                      ) - 1 AS "_place"
                    FROM (
                      SELECT
                        "t158"."slice",
                        "t158"."source_name",
                        "t158"."position",
                        "t158"."course",
                        "t158"."course_id",
                        "t158"."user_id",
                        "t158"."email",
                        "t158"."username",
                        "t158"."role",
                        "t158"."suspended",
                        "t158"."created_at",
                        "t158"."last_login_at",
                        "t158"."enrolled_at",
                        "t158"."enrolled_on",
                        "t158"."expires_on",
                        "t158"."groups",
                        "t158"."source",
                        "t158"."source" || ':' || "t158"."learner_id" AS "learner_id",
                        "t158"."name",
                        "t158"."group_id",
                        "t158"."enrolled_on" AS "starts_on",
                        "t158"."expires_on" AS "ends_on"
                      FROM (
                        SELECT
                          *
                        FROM (
                          SELECT
                            *
                          FROM (
                            SELECT
                              "t154"."slice",
                              "t154"."source_name",
                              "t154"."position",
                              "t154"."course",
                              "t154"."course_id",
                              "t154"."user_id",
                              "t154"."email",
                              "t154"."username",
                              "t154"."role",
                              "t154"."suspended",
                              "t154"."created_at",
                              "t154"."last_login_at",
                              "t154"."enrolled_at",
                              "t154"."enrolled_on",
                              "t154"."expires_on",
                              "t154"."groups",
                              "t154"."source",
                              "t154"."learner_id",
                              "t154"."name",
                              "t154"."group_id"
                            FROM (
                              SELECT
                                "t149"."slice",
                                "t149"."source_name",
                                "t149"."position",
                                "t149"."course",
                                "t149"."course_id",
                                "t149"."user_id",
                                "t149"."email",
                                "t149"."username",
                                "t149"."role",
                                "t149"."suspended",
                                "t149"."created_at",
                                "t149"."last_login_at",
                                "t149"."enrolled_at",
                                "t149"."enrolled_on",
                                "t149"."expires_on",
                                "t149"."groups",
                                "t149"."source",
                                "t149"."learner_id",
                                "t149"."name",
                                "t149"."with_groups",
                                CASE
                                  WHEN "t149"."with_groups" IS NULL
                                  THEN 'learnworlds:' || "t149"."course_id"
                                  ELSE NULL
                                END AS "group_id"
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
                                  "t129"."source",
                                  "t129"."learner_id",
                                  "t129"."name",
                                  "t144"."with_groups"
                                FROM (
                                  SELECT
                                    "t119"."slice",
                                    "t119"."source_name",
                                    "t119"."position",
                                    "t119"."course",
                                    "t119"."course_id",
                                    "t119"."user_id",
                                    "t119"."email",
                                    "t119"."username",
                                    "t119"."role",
                                    "t119"."suspended",
                                    "t119"."created_at",
                                    "t119"."last_login_at",
                                    "t119"."enrolled_at",
                                    "t119"."enrolled_on",
                                    "t119"."expires_on",
                                    "t119"."groups",
                                    "t119"."source_name" AS "source",
                                    "t119"."user_id" AS "learner_id",
                                    "t119"."username" AS "name"
                                  FROM (
                                    SELECT
                                      "t116"."slice",
                                      "t116"."source_name",
                                      "t116"."position",
                                      "t116"."course",
                                      "t116"."course_id",
                                      "t116"."user_id",
                                      "t116"."email",
                                      "t116"."username",
                                      "t116"."role",
                                      "t116"."suspended",
                                      "t116"."created_at",
                                      "t116"."last_login_at",
                                      "t116"."enrolled_at",
                                      "t116"."enrolled_on",
                                      "t116"."expires_on",
                                      "t116"."groups"
                                    FROM (
                                      SELECT
                                        *
                                      FROM (
                                        SELECT
                                          "t97"."slice",
                                          "t97"."source_name",
                                          "t97"."position",
                                          "t97"."course",
                                          "t97"."course_id",
                                          "t97"."user_id",
                                          "t97"."email",
                                          "t97"."username",
                                          "t97"."role",
                                          "t97"."suspended",
                                          "t97"."created_at",
                                          "t97"."last_login_at",
                                          "t97"."enrolled_at",
                                          "t97"."enrolled_on",
                                          "t97"."expires_on",
                                          "t97"."groups",
                                          ROW_NUMBER() OVER (
                                            PARTITION BY "t97"."user_id", "t97"."course_id"
                                            ORDER BY "t97"."slice" DESC NULLS LAST, "t97"."position" DESC NULLS LAST
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
                                                "t80"."groups"
                                              FROM (
                                                SELECT
                                                  *
                                                FROM (
                                                  SELECT
                                                    "t16"."name" AS "slice",
                                                    "t16"."source" AS "source_name",
                                                    "t27"."position",
                                                    "t27"."course",
                                                    "t27"."course_id",
                                                    "t27"."user_id",
                                                    "t27"."email",
                                                    "t27"."username",
                                                    "t27"."role",
                                                    "t27"."suspended",
                                                    "t27"."created_at",
                                                    "t27"."last_login_at",
                                                    "t27"."enrolled_at",
                                                    "t27"."enrolled_on",
                                                    "t27"."expires_on",
                                                    "t27"."groups",
                                                    "t51"."now_course",
                                                    "t51"."now_id"
                                                  FROM "learnworlds_users" AS "t27"
                                                  LEFT OUTER JOIN "slices" AS "t16"
                                                    ON "t27"."slice_id" = "t16"."slice_id"
                                                  LEFT OUTER JOIN (
                                                    SELECT DISTINCT
                                                      "t39"."course" AS "now_course",
                                                      "t39"."course_id" AS "now_id"
                                                    FROM (
                                                      SELECT
                                                        "t16"."name" AS "slice",
                                                        "t16"."source" AS "source_name",
                                                        "t26"."position",
                                                        "t26"."course",
                                                        "t26"."course_id",
                                                        "t26"."category",
                                                        "t26"."title",
                                                        "t26"."access",
                                                        "t26"."starts_on",
                                                        "t26"."ends_on",
                                                        "t26"."created_at"
                                                      FROM "learnworlds_courses" AS "t26"
                                                      LEFT OUTER JOIN "slices" AS "t16"
                                                        ON "t26"."slice_id" = "t16"."slice_id"
                                                    ) AS "t39"
                                                  ) AS "t51"
                                                    ON "t27"."course" = "t51"."now_course"
                                                ) AS "t66"
                                                WHERE
                                                  (
                                                    "t66"."now_id" IS NULL
                                                  ) OR (
                                                    "t66"."now_id" = "t66"."course_id"
                                                  )
                                              ) AS "t80"
                                            ) AS "t86"
                                          ) AS "t93"
                                          UNION ALL
                                          SELECT
                                            *
                                          FROM (
                                            SELECT
                                              *
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
                                                "t81"."groups"
                                              FROM (
                                                SELECT
                                                  *
                                                FROM (
                                                  SELECT
                                                    "t16"."name" AS "slice",
                                                    "t16"."source" AS "source_name",
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
                                                    "t28"."expires_on",
                                                    "t28"."groups",
                                                    "t51"."now_course",
                                                    "t51"."now_id"
                                                  FROM "learnworlds_suspended" AS "t28"
                                                  LEFT OUTER JOIN "slices" AS "t16"
                                                    ON "t28"."slice_id" = "t16"."slice_id"
                                                  LEFT OUTER JOIN (
                                                    SELECT DISTINCT
                                                      "t39"."course" AS "now_course",
                                                      "t39"."course_id" AS "now_id"
                                                    FROM (
                                                      SELECT
                                                        "t16"."name" AS "slice",
                                                        "t16"."source" AS "source_name",
                                                        "t26"."position",
                                                        "t26"."course",
                                                        "t26"."course_id",
                                                        "t26"."category",
                                                        "t26"."title",
                                                        "t26"."access",
                                                        "t26"."starts_on",
                                                        "t26"."ends_on",
                                                        "t26"."created_at"
                                                      FROM "learnworlds_courses" AS "t26"
                                                      LEFT OUTER JOIN "slices" AS "t16"
                                                        ON "t26"."slice_id" = "t16"."slice_id"
                                                    ) AS "t39"
                                                  ) AS "t51"
                                                    ON "t28"."course" = "t51"."now_course"
                                                ) AS "t67"
                                                WHERE
                                                  (
                                                    "t67"."now_id" IS NULL
                                                  ) OR (
                                                    "t67"."now_id" = "t67"."course_id"
                                                  )
                                              ) AS "t81"
                                            ) AS "t87"
                                          ) AS "t94"
                                        ) AS "t97"
                                      ) AS "t111"
                                      WHERE
                                        "t111"."_place" = 0
                                    ) AS "t116"
                                  ) AS "t119"
                                  WHERE
                                    "t119"."groups" IS NULL
                                ) AS "t129"
                                LEFT OUTER JOIN (
                                  SELECT DISTINCT
                                    "t136"."course_id" AS "with_groups"
                                  FROM "t134" AS "t136"
                                ) AS "t144"
                                  ON "t129"."course_id" = "t144"."with_groups"
                              ) AS "t149"
                            ) AS "t154"
                          ) AS "t155"
                        ) AS "t157"
                        UNION ALL
                        SELECT
                          *
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
                            "t136"."source",
                            "t136"."learner_id",
                            "t136"."name",
                            'learnworlds:' || "t136"."group" AS "group_id"
                          FROM "t134" AS "t136"
                        ) AS "t145"
                      ) AS "t158"
                    ) AS "t162"
                  ) AS "t165"
                  WHERE
                    "t165"."_place" = 0
                ) AS "t166"
              ) AS "t167"
            ) AS "t169"
            LEFT OUTER JOIN (
              SELECT
                "t0"."source" AS "link_source",
                "t0"."external_id" AS "link_course",
                "t0"."course_id" AS "joined_id"
              FROM "course_links" AS "t0"
            ) AS "t30"
              ON "t169"."source_name" = "t30"."link_source"
              AND "t169"."course_id" = "t30"."link_course"
          ) AS "t170"
        ) AS "t171"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t133"."learner_id",
              "t133"."group_id",
              COALESCE("t133"."joined_id", "t133"."course_id") AS "course_id",
              "t133"."role",
              "t133"."starts_on",
              "t133"."ends_on",
              "t133"."outcome",
              "t133"."source_name",
              "t133"."joined_id" IS NULL AS "own"
            FROM (
              SELECT
                "t125"."learner_id",
                "t125"."group_id",
                "t125"."course_id",
                "t125"."role",
                "t125"."starts_on",
                "t125"."ends_on",
                "t125"."outcome",
                "t125"."source_name",
                "t30"."link_source",
                "t30"."link_course",
                "t30"."joined_id"
              FROM (
                SELECT
                  "t115"."learner_id",
                  "t115"."group_id",
                  "t115"."course_id",
                  "t115"."role",
                  "t115"."starts_on",
                  "t115"."ends_on",
                  "t115"."outcome",
                  "t115"."source_name"
                FROM (
                  SELECT
                    "t109"."slice",
                    "t109"."source_name",
                    "t109"."position",
                    "t109"."learner_id",
                    "t109"."group_id",
                    "t109"."course_id",
                    "t109"."role",
                    "t109"."starts_on",
                    "t109"."ends_on",
                    "t109"."outcome",
                    "t109"."source",
                    ROW_NUMBER() OVER (
                      PARTITION BY "t109"."learner_id", "t109"."group_id", "t109"."course_id", "t109"."role", "t109"."starts_on", "t109"."source_name"
                      ORDER BY "t109"."slice" DESC NULLS LAST, "t109"."position" DESC NULLS LAST
                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                    ) - 1 AS "_place"
                  FROM (
                    SELECT
                      "t96"."slice",
                      "t96"."source_name",
                      "t96"."position",
                      "t96"."learner_id",
                      "t96"."source" || ':' || "t96"."group_id" AS "group_id",
                      "t96"."course_id",
                      "t96"."role",
                      "t96"."starts_on",
                      "t96"."ends_on",
                      "t96"."outcome",
                      "t96"."source"
                    FROM (
                      SELECT
                        "t92"."slice",
                        "t92"."source_name",
                        "t92"."position",
                        "t92"."learner_id",
                        "t92"."group_id",
                        "t92"."course_id",
                        "t92"."role",
                        "t92"."starts_on",
                        "t92"."ends_on",
                        "t92"."outcome",
                        "t92"."source"
                      FROM (
                        SELECT
                          "t73"."slice",
                          "t73"."source_name",
                          "t73"."position",
                          COALESCE("t73"."linked", "t73"."source" || ':' || "t73"."learner_id") AS "learner_id",
                          "t73"."group_id",
                          "t73"."course_id",
                          "t73"."role",
                          "t73"."starts_on",
                          "t73"."ends_on",
                          "t73"."outcome",
                          "t73"."source",
                          "t73"."link_source",
                          "t73"."link_external",
                          "t73"."linked"
                        FROM (
                          SELECT
                            "t49"."slice",
                            "t49"."source_name",
                            "t49"."position",
                            "t49"."learner_id",
                            "t49"."group_id",
                            "t49"."course_id",
                            "t49"."role",
                            "t49"."starts_on",
                            "t49"."ends_on",
                            "t49"."outcome",
                            "t49"."source",
                            "t63"."link_source",
                            "t63"."link_external",
                            "t63"."linked"
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
                              "t37"."source_name" AS "source"
                            FROM (
                              SELECT
                                "t16"."name" AS "slice",
                                "t16"."source" AS "source_name",
                                "t23"."position",
                                "t23"."learner_id",
                                "t23"."group_id",
                                "t23"."course_id",
                                "t23"."role",
                                "t23"."starts_on",
                                "t23"."ends_on",
                                "t23"."outcome"
                              FROM "files_memberships" AS "t23"
                              LEFT OUTER JOIN "slices" AS "t16"
                                ON "t23"."slice_id" = "t16"."slice_id"
                            ) AS "t37"
                          ) AS "t49"
                          LEFT OUTER JOIN (
                            SELECT
                              "t50"."source" AS "link_source",
                              "t50"."external_id" AS "link_external",
                              "t50"."linked"
                            FROM (
                              SELECT
                                "t38"."source",
                                "t38"."external_id",
                                MAX("t38"."learner_id") AS "linked"
                              FROM (
                                SELECT
                                  "t16"."name" AS "slice",
                                  "t24"."source" AS "source_name",
                                  "t24"."position",
                                  "t24"."source",
                                  "t24"."external_id",
                                  "t24"."learner_id"
                                FROM "files_learner_links" AS "t24"
                                LEFT OUTER JOIN "slices" AS "t16"
                                  ON "t24"."slice_id" = "t16"."slice_id"
                              ) AS "t38"
                              GROUP BY
                                1,
                                2
                            ) AS "t50"
                          ) AS "t63"
                            ON "t49"."source" = "t63"."link_source"
                            AND "t49"."learner_id" = "t63"."link_external"
                        ) AS "t73"
                      ) AS "t92"
                    ) AS "t96"
                  ) AS "t109"
                ) AS "t115"
                WHERE
                  "t115"."_place" = 0
              ) AS "t125"
              LEFT OUTER JOIN (
                SELECT
                  "t0"."source" AS "link_source",
                  "t0"."external_id" AS "link_course",
                  "t0"."course_id" AS "joined_id"
                FROM "course_links" AS "t0"
              ) AS "t30"
                ON "t125"."source_name" = "t30"."link_source"
                AND "t125"."course_id" = "t30"."link_course"
            ) AS "t133"
          ) AS "t141"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "t68"."learner_id",
              "t68"."group_id",
              COALESCE("t68"."joined_id", "t68"."course_id") AS "course_id",
              "t68"."role",
              "t68"."starts_on",
              "t68"."ends_on",
              "t68"."outcome",
              "t68"."source_name",
              "t68"."joined_id" IS NULL AS "own"
            FROM (
              SELECT
                "t52"."learner_id",
                "t52"."group_id",
                "t52"."course_id",
                "t52"."role",
                "t52"."starts_on",
                "t52"."ends_on",
                "t52"."outcome",
                "t52"."source_name",
                "t30"."link_source",
                "t30"."link_course",
                "t30"."joined_id"
              FROM (
                SELECT
                  CAST("t32"."learner_id" AS VARCHAR) AS "learner_id",
                  "t32"."group_id",
                  CAST("t32"."course_id" AS VARCHAR) AS "course_id",
                  CAST("t32"."role" AS VARCHAR) AS "role",
                  "t32"."starts_on",
                  "t32"."ends_on",
                  CAST(NULL AS VARCHAR) AS "outcome",
                  "t32"."source_name"
                FROM (
                  SELECT
                    "t17"."name" AS "slice",
                    "t16"."source" AS "source_name",
                    "t17"."position",
                    "t17"."learner_id",
                    "t17"."group_id",
                    "t17"."course_id",
                    "t17"."name",
                    "t17"."rolling",
                    "t17"."role",
                    "t17"."starts_on",
                    "t17"."ends_on"
                  FROM "groups_members" AS "t17"
                  LEFT OUTER JOIN "slices" AS "t16"
                    ON "t17"."slice_id" = "t16"."slice_id"
                ) AS "t32"
              ) AS "t52"
              LEFT OUTER JOIN (
                SELECT
                  "t0"."source" AS "link_source",
                  "t0"."external_id" AS "link_course",
                  "t0"."course_id" AS "joined_id"
                FROM "course_links" AS "t0"
              ) AS "t30"
                ON "t52"."source_name" = "t30"."link_source"
                AND "t52"."course_id" = "t30"."link_course"
            ) AS "t68"
          ) AS "t74"
        ) AS "t143"
      ) AS "t172"
      WHERE
        COALESCE(STARTS_WITH("t172"."group_id", 'groups:'), FALSE)
        AND "t172"."role" = 'learner'
    ) AS "t173"
  ) AS "t175"
    ON "t164"."learner_id" = "t175"."learner_id"
    AND "t164"."course_id" = "t175"."course_id"
) AS "t176"

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
