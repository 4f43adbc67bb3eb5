"""The migration pages name every command, setting, table, file and log of the earlier systems."""

from __future__ import annotations

from pathlib import Path

import pytest

HOW_TO = Path(__file__).parents[2] / "docs/how-to"

GRADER = """
    etl_script.py DB_HOST DB_PORT DB_NAME DB_USER DB_PASSWORD DATABASE_URL
    EMAIL_ENABLED SMTP_SERVER SMTP_PORT SENDER_EMAIL SENDER_PASSWORD RECIPIENT_EMAIL
    GRADER_API_URL GRADER_CLIENT GRADER_CLIENT_KEY GOOGLE_SHEETS_ID credentials.json
    LOG_RETENTION_DAYS LOG_DIR SCHOOL_TIMEZONE logs/etl_YYYY-MM-DD.log crontab postgresql-x64-12
    grader_attempts id user_id oauth_consumer_key lis_result_sourcedid lis_outcome_service_url
    is_correct attempt_type created_at loaded_at passback_params
    daily_statistics day attempts successful failed runs unique_users success_rate
    requirements.txt psql
""".split()
BATCH = """
    batch_process.py get_all_courses.py descarga_procesa_datos.py analisis.py
    upload_folder_to_gcs.py setup_environment.py StorageClient read_csv write_csv read_json
    write_json --category --course --download-only --analysis-only --upload-only --no-upload
    STORAGE_BACKEND CLIENT_ID SCHOOL_DOMAIN ACCESS_TOKEN CLIENT_SECRET GCP_PROJECT_ID
    GCP_BUCKET_NAME REGION GOOGLE_SERVICE_ACCOUNT_KEY GOOGLE_SHARED_DRIVE_ID
    GOOGLE_DRIVE_FOLDER_ID SLACK_BOT_TOKEN SLACK_CHANNEL GRADE_ZERO_THRESHOLD
    TIME_MAX_THRESHOLD_MINUTES IGNORED_USERS DEBUG SCHEDULE_BATCH
    users.json grades.json assessments.json users.csv grades.csv assessments.csv
    course_report.pdf course_report.xlsx metrics/kpi planification cursos.yml courses_raw.json
    lecciones.csv date;assessment_id;assessment_name;status
    attendance_rate average_grade completion_rate response_rate
    storage.objectAdmin secretmanager.secretAccessor run.invoker logging.logWriter
    monitoring.metricWriter 512Mi 3600
""".split()


@pytest.mark.parametrize(
    ("page", "names"),
    [("migrate-from-the-grader-etl.md", GRADER), ("migrate-from-batch-processing.md", BATCH)],
)
def test_a_migration_page_names_everything_its_system_had(page, names):
    """Who looks for a name of the earlier system finds it."""
    text = (HOW_TO / page).read_text(encoding="utf-8")
    assert [name for name in names if not any(one in text for one in name.split("|"))] == []
