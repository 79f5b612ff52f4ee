"""Answers picked and computed from a guide; the words stand in data files. No Rasa here.

Importing the package registers every answering function.
"""

from answers import assistant, career, day, education, fit, high_school, lesson, work

__all__ = ["assistant", "career", "day", "education", "fit", "high_school", "lesson", "work"]
