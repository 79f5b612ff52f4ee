"""The assistant's own parts of Rasa's graph: they read and write Rasa's types, no more."""
