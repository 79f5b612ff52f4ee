"""Benchmarks: what the project's choices are measured with."""
