"""Custom actions: read the tracker, let the answers pick, let a response word it."""
