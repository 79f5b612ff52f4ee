"""Return codes: three words and a number, by which a student goes on at another device.

Three of 4,096 words are 36 bits, a number from 100 to 999 is 9.8 more: 45.8 bits, or 6.2e13 codes.
All who guess share `GUESSES`, 86,400 a day after the first, so that with 1,000 codes in force
somebody hits one in 2,000 years. Each process counts for itself: ten replicas still take 200.

A code lives a day and works once. Of it the database has a digest, made with the key that signs
sessions: who has the database alone cannot try codes on it, and who has the key needs none.
"""

from __future__ import annotations

import re
import secrets
from functools import cache
from pathlib import Path

from channels.limits import Rate
from channels.messages import Refused

FILE = Path(__file__).parent / "return_words.txt"
WORDS, LEAST, MOST = 3, 100, 999
"""Words of a code, and the ends of its number."""
LONGEST = 100
"""Characters that may be typed for one, gaps and all."""
PARTS = re.compile(r"[^\W\d_]+|\d+")

GUESSES = Rate(300, 1)
"""Codes that are tried by all together."""
GUESSES_OF_ADDRESS = Rate(60, 0.1)
"""Codes that are tried from one address: a class that changes its room tries them at once."""

NO_CODE = Refused(404, "no_code", "That code leads nowhere: it was used, is too old, or is wrong.")
NOT_KEPT = Refused(409, "not_kept", "Nothing is kept here, so there is nothing to come back to.")
NOTHING_SAID = Refused(409, "nothing_said", "There is nothing to come back to yet.")


@cache
def known_words() -> frozenset[str]:
    """The words that codes are made of."""
    return frozenset(FILE.read_text(encoding="ascii").split())


def new_code() -> str:
    """A code: `lizard copper garden 482`."""
    listed = sorted(known_words())
    words = [secrets.choice(listed) for _ in range(WORDS)]
    return " ".join([*words, str(LEAST + secrets.randbelow(MOST - LEAST + 1))])


def read_code(given: object) -> str:
    """A code as it was made, however it was typed: capitals, hyphens, commas and gaps.

    Raises:
        Refused: 400 if it is not three of the words and a number.
    """
    if not isinstance(given, str) or len(given) > LONGEST:
        raise Refused(400, "bad_code", 'Send "code" as three words and a number.')
    *words, number = PARTS.findall(given.lower()) or [""]
    if len(words) != WORDS or not re.fullmatch(r"[1-9][0-9]{2}", number):
        raise Refused(400, "bad_code", 'Send "code" as three words and a number.')
    if not known_words().issuperset(words):
        raise Refused(400, "misspelt", "One of the words is in no code: look at the spelling.")
    return " ".join([*words, number])
