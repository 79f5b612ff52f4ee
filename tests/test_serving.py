"""Start-up checks: each fault is one line that says what to do, and nothing slow starts before."""

from __future__ import annotations

from pathlib import Path

import pytest

from serving import checks, model
from serving.checks import faults_of_files

ROOT = Path(__file__).parent.parent


def test_the_shipped_files_are_valid() -> None:
    """Guides, school, config, endpoints, credentials and domain load."""
    assert faults_of_files() == []


def test_the_model_belongs_to_its_data(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The digest changes with guides, data, config and domain, and with nothing else."""
    (copy / "requirements.lock").write_text("")
    monkeypatch.setattr(model, "ROOT", copy)
    before = model.digest()
    (copy / "README.md").write_text("changed")
    assert model.digest() == before
    for name in (
        "config.yml",
        "domain.yml",
        "guides/mlops-engineer.yml",
        "guides/phrases/mlops-engineer.yml",
        "data/rules.yml",
        "data/nlu/day.yml",
    ):
        path = copy / name
        path.write_text(path.read_text() + "\n# changed\n")
        assert model.digest() != before, name
        before = model.digest()


def test_telemetry_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even an environment that asks for telemetry does not get it."""
    monkeypatch.setenv("RASA_TELEMETRY_ENABLED", "true")
    assert model.environment()["RASA_TELEMETRY_ENABLED"] == "false"


def test_an_empty_domain_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rasa goes on with an empty domain; the start does not."""
    (tmp_path / "domain.yml").write_text('version: "3.1"\nintents: []\n')
    assert "intents" in checks._faults_of_domain(tmp_path / "domain.yml")[0]


def test_thresholds_are_read_from_what_training_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`make train` prints the lines on the thresholds and nothing else of the log."""
    log = tmp_path / "train.log"
    monkeypatch.setattr(model, "LOG", log)
    assert model.thresholds() == ""
    said = "Intent classifier: hybrid, answers from 0.3\n  answer from  answered\n  0.300  90 %"
    log.write_text(f"a warning\n{said}\nYour Rasa model is trained\n")
    assert model.thresholds() == said
