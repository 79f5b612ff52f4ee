"""What a message means: words, times, grades, careers and terms. No Rasa in here."""
