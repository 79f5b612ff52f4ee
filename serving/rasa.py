"""Rasa's command line, without the libraries that this project never uses."""

from __future__ import annotations

from components.models import ROOT
from serving.lean import leave_out_unused

if __name__ == "__main__":
    leave_out_unused(ROOT / "config.yml")
    from rasa.__main__ import main

    main()
