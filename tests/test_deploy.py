"""What administrators copy: closed by default, and in step with the code."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    composed = yaml.safe_load((DEPLOY / "compose.yml").read_text(encoding="utf-8"))
    return dict(composed["services"])


def test_replicas_are_closed(services: dict[str, Any]) -> None:
    """Read-only, without rights, without a way out, at most 2 GiB, one key for all."""
    replicas = [service for name, service in services.items() if name.startswith("replica-")]
    assert len(replicas) == 3 and all(each == replicas[0] for each in replicas)
    (first, *_) = replicas
    assert first["read_only"] and first["cap_drop"] == ["ALL"] and first["mem_limit"] == "2g"
    assert first["networks"] == ["inside"] and "ports" not in first
    assert {"GUIDEPOST_KEY", "GUIDEPOST_DATABASE", "GUIDEPOST_REDIS"} <= set(first["environment"])
    opened = [name for name, service in services.items() if "ports" in service]
    assert opened == ["proxy"]


def test_the_proxy_knows_the_replicas(services: dict[str, Any]) -> None:
    """Its list and the composition name the same; it sends a session to one, and hides /ready."""
    listed = re.findall(r"server (replica-\d):5005", (DEPLOY / "nginx/replicas.conf").read_text())
    assert listed == [name for name in services if name.startswith("replica-")]
    site = (DEPLOY / "nginx/guidepost.conf").read_text()
    assert "$http_x_guidepost_session" in site and "location = /ready" in site
    assert "X-Guidepost-Session" in (ROOT / "web/src/server.ts").read_text()


def test_the_image_runs_as_nobody() -> None:
    """A user without rights, no telemetry, no files of a developer in it."""
    steps = (DEPLOY / "Containerfile").read_text()
    assert re.search(r"^USER \d{5}", steps, re.MULTILINE) and "TELEMETRY_ENABLED=false" in steps
    assert {".git", ".venv", ".guidepost", ".keys", "models"} <= set(
        (ROOT / ".dockerignore").read_text().split()
    )


def test_every_variable_is_explained() -> None:
    """docs/deploy.md names each variable that the code reads."""
    told = (ROOT / "docs/deploy.md").read_text()
    code = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("channels", "conversations", "guides", "serving")
        for path in (ROOT / folder).glob("*.py")
    )
    read = set(re.findall(r"\"(GUIDEPOST_[A-Z]+|METRICS_PORT|HOST|PORT)\"", code))
    assert len(read) >= 7 and all(f"`{name}`" in told for name in read), read


def test_the_unit_is_well_formed(tmp_path: Path) -> None:
    """As systemd reads it, where there is a systemd to read it."""
    unit = (DEPLOY / "guidepost.service").read_text()
    assert "IPAddressDeny=any" in unit and "DynamicUser=yes" in unit
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd is not installed")
    copied = tmp_path / "guidepost.service"
    copied.write_text(unit.replace("/opt/guidepost/.venv/bin/python", "/bin/true"))
    done = subprocess.run(
        ["systemd-analyze", "verify", str(copied)], capture_output=True, text=True, check=False
    )
    said = [line for line in done.stderr.splitlines() if "guidepost.service" in line]
    assert not said, said


def test_the_test_plan_names_tests_that_exist() -> None:
    """Each test and file that docs/test-plan.md names is there."""
    plan = (ROOT / "docs/test-plan.md").read_text()
    tests = "".join(path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))
    for name in re.findall(r"\btest_[a-z_]+\b(?!\.py)", plan):
        assert f"def {name}(" in tests, name
    for file in re.findall(r"`((?:\w+/)?test_\w+\.py)`", plan):
        assert (ROOT / "tests" / file).exists(), file
