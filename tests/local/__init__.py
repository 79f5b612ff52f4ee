"""Sixty local answers of a made-up school, and questions to it: entered nowhere, judged by tests."""
