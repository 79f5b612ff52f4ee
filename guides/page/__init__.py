"""Turns a career page, copied as text, into a guide and a list of what was not understood."""
