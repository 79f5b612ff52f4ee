"""What the number of careers costs: training, start, memory, a turn."""
