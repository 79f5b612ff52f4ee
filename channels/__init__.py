"""The web channel: the way in for students."""
