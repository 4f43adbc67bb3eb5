"""The declarations: name, type, default and one line for every setting.

A setting is written in `.env` as the field's name in capitals. Names that the five earlier
systems used keep their meaning, so their `.env` works as it is.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, PrivateAttr
from pydantic_settings import BaseSettings, SettingsConfigDict

from gradeline.settings.values import (
    Address,
    Count,
    CronLine,
    CronLineOrNever,
    Days,
    Folder,
    Group,
    Names,
    Percent,
    Port,
    Positive,
    Secret,
    ServerUrl,
    Speed,
    StoreUrl,
    Text,
    Zone,
)

HOME = Group(title="Home and logs", package="wiring")
DATABASE = Group(title="Database", package="warehouse")
STORAGE = Group(title="Storage", package="lake")
BACKUP = Group(title="Backup", package="flows")
PROCESSING = Group(title="Processing", package="flows")
SCHEDULE = Group(title="Schedule", package="entrypoints")
GRADER = Group(title="Grader", package="sources")
LEARNWORLDS = Group(title="LearnWorlds", package="sources")
ANALYTICS = Group(title="Amplitude and AppMetrica", package="sources")
RIGHTS = Group(title="Rights", package="access")
MAIL = Group(title="Mail", package="delivery")
CHANNELS = Group(title="Google, Slack, Telegram", package="delivery")
BOT = Group(title="Vocabulary bot", package="entrypoints")
REPORTING = Group(title="Reporting", package="entrypoints")


class Declarations(BaseSettings):
    """Every setting with its type, default and description; a value that cannot work is refused."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        env_ignore_empty=True,
        env_file_encoding="utf-8-sig",
        hide_input_in_errors=True,
        validate_default=False,
    )

    #: name in lower case → where its value came from: `environment`, the env file, `command`
    _origins: dict[str, str] = PrivateAttr(default_factory=dict)

    gradeline_home: Folder = HOME.setting(
        Path("./data"), "Folder that holds everything: lake, database, reports, logs"
    )
    gradeline_lang: Literal["en", "es", "ru"] = HOME.setting(
        "en", "Language of reports: en, es or ru"
    )
    reports_group: Text = HOME.setting(
        None, "System group that may read reports/ in the home; unset: its owner alone"
    )
    school_timezone: Zone = HOME.setting(
        "UTC", "Time zone that decides which school day an instant falls on"
    )
    debug: bool = HOME.setting(False, "Write more to the log")
    log_format: Literal["text", "json"] = HOME.setting(
        "text", "Form of a line of the log: text or json"
    )
    log_dir: Folder | None = HOME.setting(None, "Folder of the logs; unset: logs/ in the home")
    log_retention_days: Days = HOME.setting(3, "Days after which a log file is deleted")
    metrics_push_url: Secret = HOME.setting(
        None, "Pushgateway that gets each run's figures, as http://host:9091; unset: none does"
    )

    database_url: ServerUrl | None = DATABASE.setting(
        None,
        "PostgreSQL as postgresql://user:password@host:port/name; wins over DB_HOST and the rest",
    )
    db_host: Text = DATABASE.setting(
        None, "Host of your PostgreSQL server; unset: the embedded one in the home"
    )
    db_port: Port = DATABASE.setting(5432, "Port of that server")
    db_name: str = DATABASE.setting("grader_db", "Database on that server")
    db_user: str = DATABASE.setting(
        "postgres", "Login that migrates the database and creates our roles"
    )
    db_password: Secret = DATABASE.setting(None, "Password of that login")
    db_sslmode: (
        Literal["disable", "allow", "prefer", "require", "verify-ca", "verify-full"] | None
    ) = DATABASE.setting(
        None, "TLS to DB_HOST; unset: verify-full on the Internet, prefer on networks of your own"
    )
    db_sslrootcert: Folder | None = DATABASE.setting(
        None, "File of the authority that vouches for DB_HOST; unset: those this machine trusts"
    )
    db_app_password: Secret = DATABASE.setting(
        None, "Password of the login gradeline_app; unset: made once, kept in the home"
    )
    db_reader_password: Secret = DATABASE.setting(
        None, "Password of the login gradeline_reader; unset: made once, kept in the home"
    )
    gradeline_db_port: Port | None = DATABASE.setting(
        None, "Port on 127.0.0.1 where the embedded server listens; unset: socket only"
    )
    gradeline_db_in_bucket: bool = DATABASE.setting(
        False,
        "Keep the embedded database in the bucket between runs, where the lake is one: for a job "
        "whose disk does not stay",
    )

    storage_backend: Literal["local", "gcp", "s3", "azure", "hybrid"] = STORAGE.setting(
        "local", "Where the lake is: local, gcp, s3, azure, or hybrid (local, copied to one cloud)"
    )
    lake_url: StoreUrl | None = STORAGE.setting(
        None, "Full address of the lake: file:path, s3://bucket/prefix or gs://bucket/prefix; wins"
    )
    object_storage_bucket: Text = STORAGE.setting(
        None, "S3 bucket; alone it means STORAGE_BACKEND=s3"
    )
    object_storage_endpoint: Address | None = STORAGE.setting(
        None, "Address of an S3-compatible server; unset: Amazon's"
    )
    object_storage_allow_http: bool = STORAGE.setting(
        False, "Send keys and data unencrypted to that server though it is not on your network"
    )
    object_storage_region: Text = STORAGE.setting(None, "Region of the S3 bucket")
    object_storage_access_key_id: Text = STORAGE.setting(None, "Id of the S3 access key")
    object_storage_secret_access_key: Secret = STORAGE.setting(None, "S3 access key")
    object_storage_prefix: Text = STORAGE.setting(None, "Prefix before data/ in the S3 bucket")
    gcp_bucket_name: Text = STORAGE.setting(None, "Google Cloud Storage bucket")
    google_service_account_key: Secret = STORAGE.setting(
        None, "Google service account: JSON, base64 or a path; unset: credentials.json if there"
    )
    gcp_project_id: Text = STORAGE.setting(
        None, "Google Cloud project, for the commands of `gradeline doctor --cloud`"
    )
    region: Text = STORAGE.setting(
        None, "Google Cloud region, for the commands of `gradeline doctor --cloud`"
    )
    azure_storage_account: Text = STORAGE.setting(None, "Azure storage account")
    azure_storage_key: Secret = STORAGE.setting(None, "Key of the Azure storage account")
    azure_storage_container: Text = STORAGE.setting(None, "Azure container")

    backup_url: StoreUrl | None = BACKUP.setting(
        None,
        "Where backups go: file:path, s3://bucket/prefix, gs:// or az://; unset: backup/ beside the"
        " lake, in the bucket if there is one",
    )
    backup_secret: Secret = BACKUP.setting(
        None,
        "Secret that signs backups, 32 bytes or more; unset: a key made once, kept in the home",
    )
    backup_keep_days: Annotated[int, Field(ge=0, le=36_500)] = BACKUP.setting(
        7, "Days of each of which the newest backup is kept"
    )
    backup_keep_weeks: Annotated[int, Field(ge=0, le=5_000)] = BACKUP.setting(
        4, "Weeks of each of which the newest backup is kept"
    )
    backup_keep_months: Annotated[int, Field(ge=0, le=1_200)] = BACKUP.setting(
        0, "Months of each of which the newest backup is kept"
    )

    files_datasets: str = PROCESSING.setting(
        "", "Your own files as name=mapping@data; separate several with ;"
    )
    files_encodings: str = PROCESSING.setting(
        "",
        "Encodings of text files as name=encoding or name/file=encoding; separate several with ;",
    )
    postgres_tables: Secret = PROCESSING.setting(
        None,
        "Tables of other databases as name=mapping@postgresql://…#schema.table?cursor=column; "
        "separate several with ;",
    )
    pass_mark: Percent = PROCESSING.setting(
        Decimal(40),
        "Lowest score in percent that counts as a correct answer where only the score is known",
    )
    grade_zero_threshold: Percent = PROCESSING.setting(
        Decimal(0), "A grade up to this percent is not completed work"
    )
    time_max_threshold_minutes: Positive = PROCESSING.setting(
        Decimal(60), "A longer duration is cut to this many minutes"
    )
    ignored_users: Names = PROCESSING.setting(
        (), "Learners left out of every number: IDs or emails, separated by commas"
    )
    stats_detail_days: Count = PROCESSING.setting(
        400,
        "Days of each course, back from today or its end, whose graded attempts are kept one by "
        "one for figures with filters",
    )
    group_reports: Literal["needed", "all"] = PROCESSING.setting(
        "needed",
        "Groups that get documents: needed (those that staff looks after or a recipient gets), all",
    )
    quarantine_hold_percent: Percent = PROCESSING.setting(
        Decimal(5), "Percentage of broken records above which a slice of 100 or more is put on hold"
    )
    gradeline_engine: Literal["duckdb"] = PROCESSING.planned(
        "duckdb", "Where metrics are computed: duckdb"
    )
    gradeline_engine_memory_mb: Count = PROCESSING.setting(
        272, "Megabytes of memory for computing metrics; beyond that it uses the disk"
    )
    raw_retention_days: Days | None = PROCESSING.setting(
        None,
        "Days after which `gradeline sweep` deletes original files that are loaded; unset: never",
    )
    audit_retention_days: Days = PROCESSING.setting(
        365, "Days after which `gradeline sweep` deletes rows of the audit"
    )
    sandbox_url: Address | None = PROCESSING.setting(
        None, "Send requests to the sandbox at this address instead of to the real systems"
    )
    sandbox_speed: Speed = PROCESSING.setting(
        Decimal(1), "How many times faster than real time the sandbox runs"
    )

    schedule_collect: CronLine = SCHEDULE.setting(
        "0 2 * * *",
        "When the worker collects and delivers daily figures: a cron line in school time",
    )
    schedule_batch: CronLine = SCHEDULE.setting(
        "0 8 * * *",
        "When the worker also delivers reports and all else: a cron line in school time",
    )
    schedule_backup: CronLineOrNever = SCHEDULE.setting(
        "30 3 * * *", "When the worker makes a backup: a cron line in school time, or never"
    )
    schedule_bot_backup: CronLine = SCHEDULE.setting(
        "0 4 * * *",
        "When the worker writes the backup of the bot's tables: a cron line in school time",
    )
    schedule_levels: CronLine = SCHEDULE.setting(
        "30 0 * * *",
        "When the worker updates the levels of the bot's learners: a cron line in school time",
    )

    grader_api_url: Address | None = GRADER.setting(
        None, "Address of the grader's API, https://host/api/statistics"
    )
    grader_client: Text = GRADER.setting(
        None, "Client name at the grader; set it to read the grader"
    )
    grader_client_key: Secret = GRADER.setting(None, "Client key at the grader")

    client_id: Text = LEARNWORLDS.setting(None, "LearnWorlds client ID; set it to read LearnWorlds")
    school_domain: Text = LEARNWORLDS.setting(
        None, "The school's domain at LearnWorlds, school.learnworlds.com or its own"
    )
    access_token: Secret = LEARNWORLDS.setting(
        None, "LearnWorlds access token; enough without CLIENT_SECRET"
    )
    client_secret: Secret = LEARNWORLDS.setting(
        None, "LearnWorlds client secret; with it Gradeline gets access tokens by itself"
    )
    learnworlds_group_tags: Text = LEARNWORLDS.setting(
        None,
        "How LearnWorlds tags of users begin that are groups, e.g. group: for the tag"
        " group:Evening A; separate several with ;",
    )
    courses_sync: bool = LEARNWORLDS.setting(
        True, "Whether a run that reads LearnWorlds adds its new courses to cursos.yml first"
    )
    learnworlds_poll_secs: Count | None = LEARNWORLDS.setting(
        None, "Seconds between two polls of LearnWorlds by the worker; unset: it does not poll"
    )

    amplitude_web_api_key: Text = ANALYTICS.setting(None, "API key of the Amplitude web project")
    amplitude_web_secret_key: Secret = ANALYTICS.setting(
        None, "Secret key of the Amplitude web project"
    )
    amplitude_mobile_api_key: Text = ANALYTICS.setting(
        None, "API key of the Amplitude mobile project"
    )
    amplitude_mobile_secret_key: Secret = ANALYTICS.setting(
        None, "Secret key of the Amplitude mobile project"
    )
    amplitude_region: Literal["us", "eu"] = ANALYTICS.setting(
        "us", "Where Amplitude keeps the projects: us or eu"
    )
    appmetrica_token: Secret = ANALYTICS.setting(
        None, "OAuth token for AppMetrica, scope appmetrica:read; set it to read AppMetrica"
    )
    appmetrica_application_id: Text = ANALYTICS.setting(
        None, "Number of the application at AppMetrica, from its settings page"
    )

    yandex_client_id: Text = RIGHTS.setting(None, "Client ID of the Yandex ID application")
    yandex_client_secret: Secret = RIGHTS.setting(
        None, "Client secret of that application; with it people sign in on the page by Yandex"
    )
    auth_read_access: Names = RIGHTS.setting(
        (), "Yandex logins that may read the warehouse, separated by commas"
    )
    auth_write_access: Names = RIGHTS.setting(
        (), "Yandex logins that may write and read, separated by commas"
    )
    jwt_secret: Secret = RIGHTS.setting(
        None, "Secret that signs the school's JWTs, 32 bytes or more"
    )
    jwt_jwks_url: Address | None = RIGHTS.setting(
        None, "Where the public keys of the school's JWTs are"
    )
    jwt_audience: Text = RIGHTS.setting(
        None, "Audience that a JWT must name; unset: it may name none"
    )
    jwt_issuer: Text = RIGHTS.setting(None, "Issuer that a JWT must name; unset: any")
    signing_secret: Secret = RIGHTS.setting(
        None,
        "Secret that signs webhooks and links; unset: no webhooks, and a key made once signs links",
    )
    allowed_hosts: Names = RIGHTS.setting(
        (),
        "Names and addresses besides PUBLIC_URL's under which `gradeline serve` answers, separated"
        " by commas",
    )
    metrics_token: Secret = RIGHTS.setting(
        None,
        "Token with which monitoring reads /metrics; unset: only this machine may, and only while"
        " PUBLIC_URL is of loopback",
    )
    public_url: Address = RIGHTS.setting(
        "http://127.0.0.1:8000", "Address under which people reach the dashboard and links"
    )

    email_enabled: bool = MAIL.setting(False, "Send email")
    smtp_server: str = MAIL.setting("smtp.gmail.com", "Mail server")
    smtp_port: Port = MAIL.setting(587, "Its port: 465 with TLS, any other with STARTTLS")
    smtp_ca_file: Folder | None = MAIL.setting(
        None, "File of the authority to trust for a mail server of your own; unset: the system's"
    )
    sender_email: Text = MAIL.setting(None, "Sender's address and login")
    sender_password: Secret = MAIL.setting(
        None, "Password of that login (for Gmail an app password)"
    )
    recipient_email: Names = MAIL.setting((), "Recipients, separated by commas")

    google_sheets_id: Text = CHANNELS.setting(None, "Google Sheet to write figures to")
    google_shared_drive_id: Text = CHANNELS.setting(None, "Google shared drive for reports")
    google_drive_folder_id: Text = CHANNELS.setting(None, "Google Drive folder for reports")
    delivery_resend_unknown: bool = CHANNELS.setting(
        False, "Send again what a service may have taken: an email or a Telegram message"
    )
    slack_bot_token: Secret = CHANNELS.setting(None, "Slack bot token")
    slack_channel: str = CHANNELS.setting("#reports", "Slack channel: name or ID")
    telegram_bot_token: Secret = CHANNELS.setting(None, "Telegram bot token")
    telegram_chat_id: Text = CHANNELS.setting(None, "Telegram chat for notices")

    bot_webhook_url: Address | None = BOT.setting(
        None,
        "Address under which Telegram reaches `gradeline bot`, https://…; unset: the bot asks"
        " Telegram for updates",
    )
    bot_quiz_words: Count = BOT.setting(10, "Questions of a quiz")
    bot_consent_age: Count = BOT.setting(
        18, "Age from which learners consent themselves; for younger ones a curator confirms"
    )
    bot_weekly: CronLine = BOT.setting(
        "0 18 * * 0", "When learners are told of their week: a cron line in school time"
    )

    reporting_worker_interval_secs: Count = REPORTING.setting(
        3600, "Seconds between two refreshes by the worker"
    )
    reporting_enable_live_updates: bool = REPORTING.setting(
        False, "Refresh as soon as data was loaded, not only by that interval"
    )
    reporting_export_ttl_hours: Count = REPORTING.setting(
        24, "Hours after which the file of an export is deleted"
    )
    reporting_export_rate_limit_per_hour: Count = REPORTING.setting(
        5, "Exports that one person may request in an hour"
    )
    reporting_signed_url_ttl_hours: Annotated[int, Field(ge=1, le=168)] = REPORTING.setting(
        24, "Hours until the link to the file of an export expires, at most 168"
    )
    reporting_export_retention_days: Count = REPORTING.setting(
        90, "Days after which it is forgotten who requested which export and used which link"
    )
    delivery_retention_days: Count = REPORTING.setting(
        365, "Days after which it is forgotten what messages said"
    )
