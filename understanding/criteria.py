"""By what a student wants things chosen: cheapest, fastest, without a degree, compare."""

from __future__ import annotations

import re
from collections.abc import Iterator

from understanding.entity import Entity

NO_DEGREE = (
    r"(?:without|w/o(?:ut)?|no|skip(?:ping)?|(?:not?|never) (?:go|going) to|don'?t (?:go|want to go|wanna go|have|want|need)(?: to)?|"
    r"instead of|other than|avoid(?:ing)?)[\s-]+(?:(?:a|any|the|going to|getting|doing|having)\s+)*"
    r"(?:4[- ]year |four[- ]year |college |university |bachelor'?s? )?"
    r"(?:degrees?|college|uni|university|bachelor'?s?)|degree[- ]free"
)
CRITERIA = (
    (
        "cheapest",
        r"cheap(?:est|er|ly)?|che+p(?:est|er)|cheep|(?:least|less|not (?:so|too|that|as)) (?:expensive|costly|pricey)|inexpensive|low(?:est)?[- ]cost|"
        r"lowest price|most affordable|affordable|least money|costs? (?:the )?(?:least|less)|budget|(?:can'?t|cannot) afford|for free|"
        r"free (?:option|route|way|path)|save money",
    ),
    (
        "most_expensive",
        r"(?:most|more|the) (?:expensive|costly|pricey)|pric(?:e|i)est|costliest|costs? (?:the )?most|dearest",
    ),
    (
        "fastest",
        r"fast(?:est|er)?|quick(?:est|er|ly)?|short(?:est|er)|least (?:amount of )?time|(?:takes?|in) less time|fewest (?:years|months|weeks)|"
        r"soonest|takes? (?:the )?least|asap|speedi?est",
    ),
    ("slowest", r"slow(?:est)?|longest|takes? (?:the )?(?:longest|most time)"),
    (
        "most_common",
        r"(?:most )?(?:common|popular)(?:est)?|usual|most (?:people|of them|students)|normal(?:ly)?|typical(?:ly)?|majority|standard",
    ),
    (
        "least_common",
        r"least (?:common|popular|usual)|most (?:rare|unusual|unpopular)|uncommon|unusual|unpopular|rarest|least taken|"
        r"fewest(?! (?:years|months|weeks))(?: (?:people|students))?",
    ),
    (
        "lowest",
        r"lowest|least (?:important|used|needed)|weakest|smallest|bottom|matters? (?:the )?least",
    ),
    (
        "highest",
        r"highest|strongest|biggest|number one|no\.? ?1|#1|matters? (?:the )?most|"
        r"(?:most (?:important|used|needed)|top(?! (?:\d+|two|three|four|five|ten)\b)|main|key|best)(?!\s+(?:\w+\s+)?(?:sk[il]+l?s|things|ones|abilities)\b)",
    ),
    (
        "compare",
        r"compar(?:e|es|ed|ing|ison)|versus|vs\.?|differences? between|side by side|which is better|better|or",
    ),
    ("without_degree", NO_DEGREE),
    (
        "degree_needed",
        r"(?:need|require[ds]?|have to|must|gotta|necessary|mandatory|possible|required)\b.{0,80}\b(?:degree|college|university|uni|bachelor'?s?)|"
        r"(?:degree|college|university|uni|bachelor'?s?)\b.{0,80}\b(?:needed?|necessary|required?|must|mandatory|optional|worth)",
    ),
)
PATTERNS = tuple((name, re.compile(rf"\b(?:{words})(?!\w)")) for name, words in CRITERIA)


def find_criteria(text: str) -> Iterator[Entity]:
    """Criteria in a folded text; "least common" is not also "common"."""
    found = [
        Entity("criterion", name, place.start(), place.end())
        for name, pattern in PATTERNS
        for place in pattern.finditer(text)
    ]
    for entity in found:
        inside = any(
            other is not entity
            and other.start <= entity.start
            and entity.end <= other.end
            and other.end - other.start > entity.end - entity.start
            and other.value not in ("degree_needed", "without_degree")
            for other in found
        )
        if not inside:
            yield entity
