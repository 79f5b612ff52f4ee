"""What a turn costs: the assistant against Rasa's default recipe, in one run."""
