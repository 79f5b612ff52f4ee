"""Blank what a student types of themselves: addresses, numbers, names and handles.

`redact` runs before anything is understood, kept or said back. It works by form, without a list
of names: a name is known by the words before it. Understanding reads on without the placeholders
(`without_placeholders`), so that what is asked beside a name is still answered.
"""

from __future__ import annotations

import re

from understanding.spelling import general_words

EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)*"
    r"|(?<![\w.+%-])[\w.+%-]+\s?(?:@|\(at\)|\bat\b)\s?[\w-]+\s?(?:\.|\bdot\b)\s?(?:com|net|org|edu|io|us)\b",
    re.IGNORECASE,
)
CARD = re.compile(r"(?<!\d)(?:\d{4}([ -])\d{4}\1\d{4}\1\d{4}|\d{4}([ -])\d{6}\2\d{5})(?!\d)")
SSN = re.compile(r"(?<![\d-])\d{3}([ -])\d{2}\1\d{4}(?![\d-])")
PHONE = re.compile(
    r"(?<![\w.,$+])(?:\+\d(?:[\s().-]{0,2}\d){6,13}"
    r"|(?:1[\s.-]?)?(?:\(\d{3}\)\s?|\d{3}[\s.-]?)\d{3}[\s.-]?\d{4}"
    r"|0\d{2,4}[\s/-]\d{3,4}[\s-]?\d{3,4})(?![\d,])(?!\.\d)"
)
LOCAL_PHONE = re.compile(
    r"\b((?:call|text|phone|cell|mobile|number|digits)(?: me)?(?: (?:at|on|is))?:? )\d{3}[\s-]\d{4}\b",
    re.IGNORECASE,
)
LONG_NUMBER = re.compile(r"(?<![\w.,$+])(?!\d{1,3}0{4,}\b)[A-Za-z]{0,2}\d{7,}(?![\d,])(?!\.\d)")
NAMED_NUMBER = re.compile(
    r"\b((?:student |school |lunch |my )(?:id|pin|ssn|account|card|number)(?: (?:number|no|num))?"
    r"(?: is|'s|s|:| #)? ?#?)[A-Za-z]{0,2}\d{4,}\b",
    re.IGNORECASE,
)

NO_STREET = (
    r"(?:a|an|and|at|by|down|for|from|hours?|in|is|of|off|on|or|out|people|per|steps?|than|that|"
    r"the|to|up|with|years?|yrs?|days?|weeks?|months?|miles?|minutes?)\b"
)
STREET = (
    r"(?:(?i:street|avenue|ave|boulevard|blvd|lane|road|rd)|St|ST|st(?=\.?$|[,.] )"
    r"|Drive|(?<!hard )(?<!usb )(?<!flash )(?<!test )drive|Dr|Ct|Court|Place|Way|Circle)"
)
ADDRESS = re.compile(
    rf"\b\d{{1,5}} (?:(?!{NO_STREET})[\w'.-]+ ){{1,3}}{STREET}\b"
    r"(?: (?:apt|apartment|unit|#) ?\w+)?"
)

SITES = (
    r"snap(?:chat)?|sc|insta(?:gram)?|ig|finsta|tik ?tok|discord|twitter|gamer ?tag|psn|xbox|roblox|"
    r"telegram|whatsapp|facebook|fb|steam|github|linkedin|username|handle"
)
AT_HANDLE = re.compile(
    r"(?<![\w@.])@(?!(?:work|home|school|college|noon|night|midnight|lunch|the|a|all|least)\b)"
    r"[A-Za-z_][\w.]{0,28}\w"
    r"|\b(?:instagram|tiktok|twitter|snapchat|facebook|github|linkedin)\.com/\S+"
)
OWN_HANDLE = re.compile(
    rf"\b((?:my|our) (?:{SITES})(?: (?:user ?name|user|handle|name|tag|account|id))?"
    rf"(?: is|'s|:| -| =) ?|(?:^|(?<=[,.;!?] ))(?:{SITES}) ?[:=] ?|(?:add|follow|find|hit) me (?:up )?on (?:{SITES})(?: at|:)? )"
    r"(@?[\w.#-]*\w)",
    re.IGNORECASE,
)

NO_NAME = (
    r"(?i:not|on|in|at|a|an|the|to|too|so|hard|easy|private|secret|irrelevant|none|my|your|what|why|"
    r"spelled|pronounced|important|saved|asked|anonymous|public|about|for|out|into|by|upon|back|"
    r"later|maybe|when|if|now|tomorrow|today|stupid|dumb|crazy|lazy|weird|smart|slow|fat|ugly|"
    r"bus|car|train|it|that|this|and|or|but|names?|nerd|old|gay|never|always|only|because|bc|ideas?)\b"
)
LEAD = (
    r"(?i:\b(?:my|his|her|their|our)(?: (?!job|career|company|project|team)[\w']+){0,2}"
    r" name(?:'s| is|s| was| =)"
    r"|(?:^|(?<=[,.!;] )|(?<=\bhi )|(?<=\bhello )|(?<=\bhey ))name(?: is|:|'s)"
    r"|\bi(?:'?m| am) called|\bi go by|\bme llamo|\bmi nombre es"
    r"|(?:\b(?:can|just|please|friends|everyone|everybody|people|they) |^)calls? me)"
)
A_NAME = r"[^\W\d_][\w'-]*"
NAME = re.compile(rf"({LEAD} )(?!{NO_NAME}){A_NAME}((?: {A_NAME}){{0,2}})")
SPEAKING = re.compile(
    rf"\b((?i:this is) )(?!{NO_NAME})(?:[A-Z][\w'-]+(?: [A-Z][\w'-]+)?(?= here\b)"
    rf"|{A_NAME}(?: {A_NAME})?(?= speaking(?:$|[,.!?]| and\b)))"
)
TITLED = re.compile(r"\b((?:[Mm]rs?|Ms)\.? )[A-Z][a-z][\w'-]*")

NO_SURNAME = re.compile(
    r"a|and|are|but|can|do|does|from|how|i|i'm|im|in|is|so|the|they|u|what|where|who|you",
    re.IGNORECASE,
)
CLAUSE_ENDS = re.compile(r"\s*(?:$|[,.!?;)]|(?:and|but)\b)", re.IGNORECASE)

PLACEHOLDER = re.compile(
    r"(?:\b(?:hi|hello|hey)?,? ?\b(?:my|his|her|their|our|me|mi)\b[\w' ]{0,24}?(?:is|'s|s|es|:|me|llamo) "
    r"|\bi(?:'?m| am)? (?:called|go by) |\b(?:this is|mrs?\.?|ms\.?) )?"
    r"\[(?:e-mail|phone|number|name|handle|address)\](?: speaking)?"
)
"""A placeholder as `redact` leaves it, with the words that led up to it."""


def redact(text: str) -> str:
    """The text with personal data blanked; what is no personal data stays letter by letter."""
    for pattern, mark in (
        (EMAIL, "[e-mail]"),
        (AT_HANDLE, "[handle]"),
        (CARD, "[number]"),
        (SSN, "[number]"),
        (PHONE, "[phone]"),
        (LONG_NUMBER, "[number]"),
        (ADDRESS, "[address]"),
    ):
        text = pattern.sub(mark, text)
    for pattern, mark in (
        (LOCAL_PHONE, "[phone]"),
        (NAMED_NUMBER, "[number]"),
        (SPEAKING, "[name]"),
        (TITLED, "[name]"),
    ):
        text = pattern.sub(rf"\1{mark}", text)
    return NAME.sub(_without_name, OWN_HANDLE.sub(_without_handle, text))


def without_placeholders(folded: str) -> str:
    """A folded text as understanding reads it; one that is nothing else stays as it is."""
    rest = re.sub(r"\s+", " ", PLACEHOLDER.sub(" ", folded)).strip(" ,.;:-")
    return rest if re.search(r"\w", rest) else folded


def _without_handle(found: re.Match[str]) -> str:
    """A word of general English says what the account is like: "my github is empty"."""
    return found[0] if found[2].lower() in general_words() else f"{found[1]}[handle]"


def _without_name(found: re.Match[str]) -> str:
    """The first word is a name; so are capitalised ones after it, and one that ends the clause."""
    rest = found[2].split()
    likely = [not NO_SURNAME.fullmatch(word) for word in rest]
    taken = 0
    while taken < len(rest) and likely[taken] and rest[taken][0].isupper():
        taken += 1
    if likely == [True] and CLAUSE_ENDS.match(found.string, found.end()):
        taken = 1
    return " ".join([f"{found[1]}[name]", *rest[taken:]])
