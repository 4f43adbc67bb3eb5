"""One library, few rooms: a library is known only where it is the room's business."""

import ast
import sys
from pathlib import Path

import pytest

#: library → the places under src/gradeline that may import it
ROOMS = {
    "psycopg": ["warehouse", "sources/postgres", "jobs"],
    "procrastinate": ["jobs/postgres.py"],
    "psycopg_pool": ["warehouse/connect"],
    "pgpq": ["warehouse"],
    "filelock": ["warehouse", "engine/spill.py", "sources", "flows/storage/objects.py"],
    "pandas": ["entrypoints/storage_client.py"],
    "psutil": ["embedded", "warehouse", "flows/upkeep/diagnose.py"],
    "obstore": ["lake"],
    "fsspec": ["lake", "engine"],  # the engine reads through the file system that the lake gives
    "duckdb": ["engine", "sources", "lake/facts.py"],
    # flows hand expressions from sources and metrics to the engine, and to PostgreSQL as views
    "ibis": ["engine", "metrics", "sources", "records/streams.py", "flows"],
    "isal": ["sources"],
    "chardet": ["sources/encodings"],
    "h11": ["sandbox"],
    "aiosmtpd": ["sandbox/smtp"],
    "cryptography": ["sandbox/google/twin.py", "sandbox/jwks", "sandbox/smtp/certificate.py"],
    "aiosmtplib": ["delivery"],
    "httpx2": [
        *("sources/web", "delivery", "access/json_client.py"),
        "access/yandex_code_flow.py",
    ],
    "authlib": ["access/yandex_code_flow.py"],
    "jwt": ["access/bearer_tokens.py", "access/keys.py", "sandbox/jwks"],
    "slack_sdk": ["delivery/slack.py"],
    "google": ["delivery/google.py"],
    "googleapiclient": ["delivery/google.py", "delivery/drive.py"],
    "google_auth_httplib2": ["delivery/google.py"],
    "httplib2": ["delivery/google.py"],  # whose errors Google's client hands on
    "aiogram": ["delivery/bot_api.py", "entrypoints/bot"],
    "aiohttp": [
        "delivery/bot_api.py",
        "entrypoints/bot/sending.py",
    ],  # whose errors aiogram hands on
    "httpcore2": ["sources/web"],
    "tenacity": ["sources/web", "sources/postgres/retries.py", "flows/collect/retry.py"],
    "typst": ["reports"],
    "altair": ["reports"],
    "vl_convert": ["reports"],
    "xlsxwriter": ["reports", "sources/files/erase_xlsx.py"],
    "jinja2": ["reports/messages", "entrypoints/dashboard/rendering.py"],
    "cronsim": ["jobs"],
    "fsrs": ["vocabulary/memory.py"],
    "python_multipart": ["entrypoints/web/uploads.py"],
    "fastapi": ["entrypoints/api", "entrypoints/dashboard", "entrypoints/cli/serve.py"],
    "starlette": [
        *("entrypoints/api", "entrypoints/cli/serve.py", "entrypoints/dashboard"),
        *("entrypoints/web", "entrypoints/bot/webhook.py", "entrypoints/bot/process.py"),
    ],
    "uvicorn": ["entrypoints/cli/serve.py", "entrypoints/web"],
    "prometheus_client": ["entrypoints/api", "entrypoints/web"],
    "typer": ["entrypoints"],
    "rich": ["entrypoints"],
    "pydantic": ["settings", "entrypoints/api", "entrypoints/bot/webhook.py"],
    "pydantic_settings": ["settings"],
    "dotenv": ["settings"],
    "babel": ["base"],
    "certifi": ["base/hosts.py"],
    "yaml": [
        "flows/courses/cursos_yml.py",
        "flows/courses/cursos_yml_edit.py",
        "sources/product_events/field_mappings.py",
    ],
    "msgspec": [
        "records",
        "jobs",
        "sources",
        "lake",
        "warehouse",
        "metrics",
        "reports",
        "flows",
        "entrypoints",
    ],
    # Arrow is how tables go from room to room
    "pyarrow": [
        *("records", "sources", "lake", "warehouse", "engine", "metrics", "reports", "flows"),
        "wiring/arrow.py",  # says how it holds memory
        "sandbox/school/exports.py",  # the clicks ship as Parquet
    ],
}


def imported(tree: ast.Module) -> set[str]:
    """The outermost packages a module imports, its own relatives left out."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add((node.module or "").partition(".")[0])
    return names - set(sys.stdlib_module_names) - {"gradeline"}


@pytest.fixture(scope="module")
def uses(product, root) -> set[tuple[str, str]]:
    """Every (library, file under src/gradeline)."""
    home = root / "src" / "gradeline"
    return {
        (library, Path(path).relative_to(home).as_posix())
        for path, tree in product.items()
        for library in imported(tree)
    }


def test_every_library_stays_in_its_rooms(uses):
    """No file imports a library outside the rooms given for it here."""
    strays = [
        f"{library} in {file}"
        for library, file in sorted(uses)
        if not any(file.startswith(room) for room in ROOMS.get(library, []))
    ]
    assert strays == []


def test_the_list_names_no_library_that_nobody_uses(uses):
    """A library that is no longer imported leaves the list and pyproject.toml."""
    assert sorted(set(ROOMS) - {library for library, _ in uses}) == []
