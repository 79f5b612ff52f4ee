"""The intent classifier beside Rasa's own, on this project's questions and on public ones."""
