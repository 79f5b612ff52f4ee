"""The words of the desk's pages: words.yml."""

from __future__ import annotations

from pathlib import Path

from answers.labels import Words

WORDS = Words(Path(__file__).parent / "words.yml")
word = WORDS.label
