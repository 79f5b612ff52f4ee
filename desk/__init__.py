"""The counselor's desk: coming in, and the pages that only counselors see."""
