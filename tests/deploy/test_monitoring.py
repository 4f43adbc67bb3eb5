"""What deploy/ holds for Prometheus, Grafana and Compose fits what Gradeline has."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from prometheus_client.registry import CollectorRegistry

from gradeline.entrypoints.web.installation import Installation
from gradeline.entrypoints.web.meter import HttpMeasures
from gradeline.settings import settings_rows
from gradeline.warehouse.connect.database import PoolUse
from gradeline.warehouse.operation import Figure

DEPLOY = Path(__file__).parents[2] / "deploy"
PROMETHEUS = DEPLOY / "prometheus"
#: Words of PromQL and names of labels, which look like names of metrics.
_NAME = re.compile(r"\b(?:gradeline|http|reporting|analytics|export|exports)_[a-z_]+\b")
_SUFFIX = re.compile(r"_(?:bucket|count|sum)$")


def rule_queries() -> Iterator[str]:
    """Every query of a rule."""
    for group in _yaml(PROMETHEUS / "rules.yml")["groups"]:
        yield from (rule["expr"] for rule in group["rules"])


def metric_names(expression: str) -> set[str]:
    """The names of series that a query asks for."""
    return set(_NAME.findall(expression))


def panel_queries() -> Iterator[str]:
    """Every query of a panel and of Grafana's alert."""
    board = json.loads((DEPLOY / "grafana/dashboards/gradeline.json").read_text(encoding="utf-8"))
    for panel in board["panels"]:
        yield from (target["expr"] for target in panel["targets"])
    for group in _yaml(DEPLOY / "grafana/provisioning/alerting/gradeline.yml")["groups"]:
        for rule in group["rules"]:
            yield from (each["model"]["expr"] for each in rule["data"] if "expr" in each["model"])


def _yaml(path: Path) -> dict:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def names_that_are_there() -> set[str]:
    """The metrics of an API whose database has nothing yet."""
    registry = HttpMeasures().registry
    registry.register(
        Installation(
            figures=[Figure(name="", labels=(), value=0)], pool=PoolUse(lent=0, free=0, waiting=0)
        )
    )
    return _names(registry)


def _names(registry: CollectorRegistry) -> set[str]:
    return {
        f"{family.name}_total" if family.type == "counter" else family.name
        for family in registry.collect()
    }


def test_every_query_asks_for_metrics_that_are_there() -> None:
    """A metric that was renamed is renamed in rules and panels too."""
    asked = {
        _SUFFIX.sub("", name)
        for each in (*rule_queries(), *panel_queries())
        for name in metric_names(each)
    }
    assert len(asked) > 10
    assert asked - names_that_are_there() == set()


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not installed")
@pytest.mark.parametrize(
    "command", ["check rules rules.yml", "test rules rules_test.yml", "check config prometheus.yml"]
)
def test_rules_do_in_virtual_time_what_they_say(command, tmp_path) -> None:
    """Prometheus' own tool finds them right; each alert fires, and none where all is well."""
    folder = shutil.copytree(PROMETHEUS, tmp_path / "prometheus")
    (folder / "metrics_token").write_text("token", encoding="utf-8")
    told = subprocess.run(
        ["promtool", *command.split()], cwd=folder, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout + told.stderr


def test_every_alert_is_tested() -> None:
    """Its name or its series stand in the tests of the rules."""
    rules = [rule for group in _yaml(PROMETHEUS / "rules.yml")["groups"] for rule in group["rules"]]
    tests = (PROMETHEUS / "rules_test.yml").read_text(encoding="utf-8")
    untested = [
        rule["alert"]
        for rule in rules
        if rule["alert"] not in tests
        and not all(name in tests for name in _NAME.findall(rule["expr"]))
    ]
    assert untested == []


def test_compose_names_settings_files_and_services_that_exist() -> None:
    """Its services depend on its services, mount files of deploy/, and set settings of ours."""
    compose = _yaml(DEPLOY / "compose.yaml")
    services = compose["services"]
    settings = {row.name for row in settings_rows()}
    assert set(services["app"]["environment"]) <= settings
    for service in services.values():
        assert set(service.get("depends_on", ())) <= set(services)
        for source in (volume.split(":")[0] for volume in service.get("volumes", ())):
            assert (
                (DEPLOY / source).exists()
                if source.startswith(".")
                else source in compose["volumes"]
            )


def test_no_secret_stands_in_what_is_deployed() -> None:
    """They come from `.env`; without one Compose says which is missing."""
    environment = {
        name: value
        for service in _yaml(DEPLOY / "compose.yaml")["services"].values()
        for name, value in service.get("environment", {}).items()
        if value is not None  # passed on from `.env`, if it is there
    }
    secrets = [name for name in environment if re.search("PASSWORD|SECRET|TOKEN", name)]
    assert len(secrets) > 5
    assert all(re.search(r"\$\{\w+:\?\}", environment[name]) for name in secrets)
