"""Starts the assistant: checks, trains where needed, and serves."""
