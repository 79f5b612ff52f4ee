"""Careers from the publishers' tables: `python -m guides.tables FROM` writes guides/careers/."""
