"""What administrators copy: closed by default, and in step with the code."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.served import FILES, FOLDERS

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
    assert "$http_x_guidepost_session" in site and "^/ready" in site
    assert "X-Guidepost-Session" in (ROOT / "web/src/server.ts").read_text()


def test_the_image_runs_as_nobody() -> None:
    """A user without rights, no telemetry."""
    steps = (DEPLOY / "Containerfile").read_text()
    assert re.search(r"^USER \d{5}", steps, re.MULTILINE) and "TELEMETRY_ENABLED=false" in steps


def test_no_secret_is_in_an_image() -> None:
    """What goes in is listed, and the list has what runs and trains, and nothing of deploy/."""
    rules = (ROOT / ".dockerignore").read_text().splitlines()[1:]
    listed = {rule[1:] for rule in rules if rule.startswith("!")}
    text = {"LICENSE", "NOTICE", "README.md", "pyproject.toml"}
    set_up = {"Makefile", "requirements.lock", ".python-version"}
    assert rules[0] == "*" and listed == {*FILES, *FOLDERS, *text, *set_up}
    assert not [rule for rule in rules[1 : len(listed) + 1] if not rule.startswith("!")]
    assert {"**/.env*", "**/*.key", "**/*.pem", "**/*.db"} <= set(rules[len(listed) + 1 :])


@pytest.mark.parametrize(
    "secret",
    [
        "deploy/.env",
        ".env",
        "deploy/.env.old",
        "deploy/certificates/site.pem",
        "deploy/certificates/site.key",
        "certificates/site.crt",
        ".keys/sessions",
        ".guidepost/sessions.key",
        "data/sessions.key",
        ".guidepost/conversations.db",
    ],
)
def test_no_secret_is_in_a_commit(tmp_path: Path, secret: str) -> None:
    """Git leaves it out, and takes the example that is copied."""
    shutil.copy(ROOT / ".gitignore", tmp_path)
    for file in (secret, "deploy/example.env"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()
    git = ["git", "-C", str(tmp_path)]
    subprocess.run([*git, "init", "-q"], check=True)
    listing = [*git, "ls-files", "--others", "--exclude-standard"]
    listed = subprocess.run(listing, capture_output=True, text=True, check=True)
    assert listed.stdout.split() == [".gitignore", "deploy/example.env"]


def test_a_python_that_is_fetched_stays_in_the_project(tmp_path: Path) -> None:
    """Where no unit hides it."""
    (tmp_path / ".python-version").write_text("3.10")
    uv = tmp_path / ".tools/bin/uv"
    uv.parent.mkdir(parents=True)
    uv.write_text('#!/bin/sh\necho "$UV_PYTHON_INSTALL_DIR" > told\n')
    uv.chmod(0o755)
    subprocess.run(["bash", str(ROOT / "serving/setup.sh"), "1"], cwd=tmp_path, check=True)
    assert (tmp_path / "told").read_text().strip() == str(tmp_path / ".tools/python")


def test_every_variable_is_explained() -> None:
    """docs/deploy.md names each variable that the code reads."""
    told = (ROOT / "docs/deploy.md").read_text()
    code = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("channels", "conversations", "desk", "guides", "serving")
        for path in (ROOT / folder).glob("*.py")
    )
    read = set(re.findall(r"\"(GUIDEPOST_[A-Z_]+|METRICS_PORT|HOST|PORT)\"", code))
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


def test_the_unit_is_closed() -> None:
    """By systemd's own judgement, at most 2 of 10."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd is not installed")
    judge = ["systemd-analyze", "security", "--offline=true", "--threshold=20"]
    done = subprocess.run(
        [*judge, str(DEPLOY / "guidepost.service")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-200:] + done.stderr


def test_the_test_plan_names_tests_that_exist() -> None:
    """Each test and file that docs/test-plan.md names is there."""
    plan = (ROOT / "docs/test-plan.md").read_text()
    tests = "".join(path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))
    for name in re.findall(r"\btest_[a-z_]+\b(?!\.py)", plan):
        assert f"def {name}(" in tests, name
    for file in re.findall(r"`((?:\w+/)?test_\w+\.py)`", plan):
        assert (ROOT / "tests" / file).exists(), file


LINK = re.compile(r"\]\((?!https?:)([^)#]*[./][^)#]*)\)")


@pytest.mark.parametrize(
    "page",
    ["README.md", "CONTRIBUTING.md", *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md"))],
)
def test_what_a_page_leads_to_is_there(page: str) -> None:
    """Every link of the documentation, and every file that CONTRIBUTING names.

    What tests write into `results/` is not there in a fresh clone.
    """
    path = ROOT / page
    text = path.read_text(encoding="utf-8")
    named = [path.parent / link for link in LINK.findall(text)]
    if page == "CONTRIBUTING.md":
        named += [
            ROOT / each
            for each in re.findall(r"`([a-z_]+(?:/[a-z_]+)+\.(?:py|yml|txt))`", text)
            if not each.startswith("results/")
        ]
    missing = [str(each) for each in named if not each.exists()]
    assert not missing, f"{page}: {missing}"


def test_the_readme_is_short() -> None:
    """It is for newcomers; the rest is in docs/ and CONTRIBUTING."""
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) < 50
