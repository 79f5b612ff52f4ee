"""Blank what a student types of themselves: addresses, numbers, names and handles.

`Personal.redact` runs before anything is understood, kept or said back. Two find what is personal:
patterns, for what has a form of its own or is private by law (its words: data/personal.yml), and a
tagger that learnt from data/personal/ (`understanding.personal_model`). Understanding reads on without the placeholders (`without_placeholders`), so
that what is asked beside a name is still answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from guides.documents import read
from understanding.personal_model import PersonalModel, Span
from understanding.spelling import general_words
from understanding.text import fold, name_form

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
    r"|0\d{2,4}[\s/-]\d{3,4}[\s-]?\d{3,4})(?!\d)(?![.,]\d)"
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
    r"|\bi(?:'?m| am) called|\bi (?:just |usually |mostly )?go by|\bmy nam is|\bmines|\bme llamo|\bmi nombre es"
    r"|(?:\b(?:can|just|please|friends|everyone|everybody|people|they) |^)calls? me)"
)
A_NAME = r"[^\W\d_][\w'-]*"
NAME = re.compile(rf"({LEAD} )(?!{NO_NAME}){A_NAME}((?: {A_NAME}){{0,2}})")

NO_SURNAME = re.compile(
    r"a|and|are|but|can|do|does|from|how|i|i'm|im|in|is|so|the|they|u|what|where|who|you",
    re.IGNORECASE,
)
CLAUSE_ENDS = re.compile(r"\s*(?:$|[,.!?;)]|(?:and|but)\b)", re.IGNORECASE)

LEAST = 0.4
"""Probability from which a word is taken for personal; found on blind messages."""
MARK_OF = {
    "name": "[name]",
    "address": "[address]",
    "date": "[date]",
    "phone": "[phone]",
    "email": "[e-mail]",
    "handle": "[handle]",
    "number": "[number]",
    "school": "[school]",
    "private": "[private]",
}
"""What is left of a piece of personal data, by its type."""
OF_FIGURES = ("address", "date", "phone", "number", "handle")
"""Types that may be without a letter."""
PAY = re.compile(r",\d{3}|k\b| ?(?:-|to) ?\$| (?:dollars|a year|a month|an hour)\b")
"""What follows an amount of money."""
BLANKED = "|".join(re.escape(mark) for kind, mark in MARK_OF.items() if kind != "private")
"""What is left of a name, an address and the like."""
MARKED = re.compile("|".join(map(re.escape, MARK_OF.values())))
PRIVATE_MARK, PRIVATE_WORD = MARK_OF["private"], "privateaside"
"""What is left of a private trait, and the word by which understanding learns that there was one."""
PLACEHOLDER = re.compile(
    r"(?:\b(?:hi|hello|hey)?,? ?\b(?:my|his|her|their|our|me|mi)\b[\w' ]{0,24}?(?:is|'s|s|es|:|me|llamo) "
    r"|\bi(?:'?m| am)? (?:called |go by )?|\b(?:this is|mrs?\.?|ms\.?) )?"
    rf"(?:{BLANKED})(?: (?:speaking|here))?"
)
"""A placeholder as `redact` leaves it, with the words that led up to it."""

LISTS = read(Path(__file__).parent.parent / "data" / "personal" / "words.yml")


def _private() -> re.Pattern[str]:
    """What tells of status, orientation, health, faith or record."""
    of = LISTS["private"]
    trait = "|".join(of[name] for name in ("status", "orientation", "health", "faith", "record"))
    more = rf"(?:(?:,| and| or| but|/|&)+ ?{of['very']}(?:{trait}|{of['condition']})\b)*"
    return re.compile(
        rf"\b(?:{of['am']}|as|being|lives?|coming out|came out|identify) {of['very']}(?:{trait})\b{more}"
        rf"|\b{of['have']} {of['very']}(?:{of['condition']})\b{more}",
        re.IGNORECASE,
    )


PRIVATE = _private()
STRONG = re.compile(
    rf"\b(?:{LISTS['private']['strong']})(?!\w)(?! (?:awareness|month|studies|research|detection|friendly))",
    re.IGNORECASE,
)
OF_PEOPLE = re.compile(
    r"\b(?:i|i'm|im|i've|my|me|we|our|us|tengo|soy|mi|mis|llegamos|estoy|yo|he|she|as an?)\b",
    re.IGNORECASE,
)
DATE = (
    r"(?:\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?"
    r"|\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:,? \d{4})?"
    r"|\d{1,2} de [a-z]+(?: de(?:l)? \d{4})?|\d{6,8}|(?:19|20)\d{2})"
)
BIRTH = re.compile(
    r"\b((?:birth ?days?|b-?days?|dob|d\.o\.b\.?|date of birth|birthdate|born|turn(?:ed|ing|s)? 1\d|cumplea\u00f1os|cumple|nac[i\u00ed])"
    rf"\b[^.!?\d]{{0,20}}?){DATE}",
    re.IGNORECASE,
)
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
FULL_BIRTH = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{MONTH}|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?),? 20(?:0[4-9]|1[0-6])\b",
    re.IGNORECASE,
)
BIRTH_YEAR = re.compile(r"(?<![\d/])\d{1,2}[/.-]\d{1,2}[/.-](?:20)?(?:0[4-9]|1[0-6])(?![\d/])")
PO_BOX = re.compile(
    r"\b(?:p\.? ?o\.? ?box #? ?[\w-]+(?:,? [a-z]+)?|rr \d+,? box \d+|apartado(?: postal)? \d+)",
    re.IGNORECASE,
)
SAID_NUMBER = re.compile(
    r"\b(?:(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)[ -]?\b){5,}", re.IGNORECASE
)
SPELLED = re.compile(r"\b(spelled |spelt |deletreado )(?:[a-z][ -]){2,}[a-z]\b", re.IGNORECASE)
STATE_ZIP = re.compile(r"\b[A-Z]{2},? \d{5}(?:-\d{4})?\b")
HOMES = re.compile(
    r"\b(?:[A-Z][\w'-]+ ){1,3}(?:Apartments|Apts|Homes|Towers|Estates|Manor)\b(?: (?:unit|apt|#) ?\w+)?"
)
NEAR_SECRET = re.compile(
    r"pass?word|pasword|passcode|login|log in|\bcode\b|\bpin\b|\bid\b|\bid#|clave|contrase|verification|account",
    re.IGNORECASE,
)
SECRET_WORD = re.compile(
    r"(?<![\w$.,-])(?=[\w#@!-]*\d)(?:(?=[\w#@!-]*[A-Za-z])[A-Za-z0-9][\w#@!-]{5,}|\d{3}-\d{4}|\d{6,})(?![\w%])"
)
ZIP = re.compile(r"\b(zip(?: ?code)?(?: is|'s|s|:)? ?)\d{5}(?:-\d{4})?\b", re.IGNORECASE)
LIVES = re.compile(
    r"\b((?:(?:live|lives|living|stay|stays|staying|vivo)(?: at| on| in| over| en){1,2}"
    r"|(?:address|house|home|apartment|apt|direcci[o\u00f3]n)(?: is|'s| es|:)(?: at| on)?) )"
    r"\d[\w-]*(?! (?:hours?|minutes?|mins?|miles?|blocks?|years?|people|bedrooms?|weeks?|days?)\b)"
    r"(?: (?!(?:and|but|so|what|how|is|can|do|does|with|if|because|bc|y|pero)\b)[\w'.#-]+){1,5}",
    re.IGNORECASE,
)
SECRET = re.compile(
    r"\b((?:password|passwd|passcode|pass ?word|contrase\u00f1a|clave|pw|pin|login|log in|wi-?fi|(?:locker |door |gate |entry |lock )?(?:code|combo|combination))"
    r"(?: (?:for|to|on) (?:my |the )?\w+)?(?: ?(?:is|:|=|'s|es|was) ?|s? (?=\d{3,}|\S*\d\S*[-!@#$%]|\S*[a-z]\S*\d)))"
    r"(?=\S*[\d!@#$%])(?!\d{1,2}\b(?! ?-))\S*\w[\w!@#$%-]*(?:[ -]\d{1,2}[ -]\d{1,2})?",
    re.IGNORECASE,
)
NAMED_SECRET = re.compile(
    r"\b((?:my|our|the) (?:\w+ )?(?:password|passcode|contrase\u00f1a)(?: (?:for|to) (?:my |the )?\w+)? (?:is|=|was) )\S+",
    re.IGNORECASE,
)


class Personal:
    """Blanks personal data: what has a form of its own, and what a model finds by the words."""

    def __init__(
        self, model: PersonalModel | None = None, careers: frozenset[str] = frozenset()
    ) -> None:
        """Take the names of careers, which are no secret, in the form of `name_form`.

        Without a model only what has a form of its own is blanked.
        """
        self._model = model
        self._careers = careers

    def redact(self, text: str) -> str:
        """The text with personal data blanked; all else stays letter by letter."""
        return _without_forms(self._without_spans(text))

    def _without_spans(self, text: str) -> str:
        left, end = "", 0
        for span in self._spans(text):
            left += text[end : span.start] + MARK_OF[span.type]
            end = span.end
        return left + text[end:]

    def _spans(self, text: str) -> Iterator[Span]:
        if self._model is None:
            return
        marks = [found.span() for found in MARKED.finditer(text)]
        for span in self._model.spans(text, LEAST):
            fresh = all(span.end <= start or end <= span.start for start, end in marks)
            if fresh and _can_be(span, text) and not self._is_career(span, text):
                yield span

    def _is_career(self, span: Span, text: str) -> bool:
        """Whether what looks private is a career: "as a pharmacist", not "ms. baker"."""
        piece = re.sub(r"^(?:as |in |an? |the )+", "", fold(text[span.start : span.end]))
        return span.type == "private" and name_form(piece) in self._careers


def _can_be(span: Span, text: str) -> bool:
    """Whether a piece has the form of its type: names have letters, and pay is no secret."""
    if any(sign.isalpha() for sign in text[span.start : span.end]):
        return True
    pay = text[: span.start].endswith("$") or PAY.match(text, span.end)
    return span.type in OF_FIGURES and not pay


def _without_forms(text: str) -> str:
    """The text less what has a form of its own, or stands behind words such as "my name is"."""
    for pattern, mark in (
        (EMAIL, "[e-mail]"),
        (AT_HANDLE, "[handle]"),
        (CARD, "[number]"),
        (SSN, "[number]"),
        (PHONE, "[phone]"),
        (PO_BOX, "[address]"),
        (SAID_NUMBER, "[number] "),
        (STATE_ZIP, "[address]"),
        (HOMES, "[address]"),
        (FULL_BIRTH, "[date]"),
        (BIRTH_YEAR, "[date]"),
        (ADDRESS, "[address]"),
    ):
        text = pattern.sub(mark, text)
    for pattern, mark in (
        (LOCAL_PHONE, "[phone]"),
        (SPELLED, "[name]"),
        (BIRTH, "[date]"),
        (ZIP, "[number]"),
        (NAMED_SECRET, "[number]"),
        (NAMED_NUMBER, "[number]"),
        (SECRET, "[number]"),
        (LIVES, "[address]"),
    ):
        text = pattern.sub(rf"\1{mark}", text)
    text = LONG_NUMBER.sub("[number]", text)
    if NEAR_SECRET.search(text):
        text = SECRET_WORD.sub("[number]", text)
    text = NAME.sub(_without_name, OWN_HANDLE.sub(_without_handle, text))
    return _without_traits(text)


def _without_traits(text: str) -> str:
    """The text less what is private by law, where it is said of somebody."""
    text = PRIVATE.sub(PRIVATE_MARK, text)
    return STRONG.sub(PRIVATE_MARK, text) if OF_PEOPLE.search(text) else text


TRAIT_SAID = re.compile(
    r"(?:,? ?\b(?:if|since|because|for|as|and|but|being|with|so) )?"
    r"(?:\b(?:i|we|he|she|they|my \w+)(?: ?'?(?:m|am|ve|re|s)| are| is| have| has| had| was| got| takes?| uses?| wears?| needs?)* )?"
    r"(?:an? |on |the |from |in )?\[private\]"
    r"(?: (?:girl|boy|kid|student|teen|teenager|woman|man|person|guy|family|one))?[ ,.;:!]*"
)
"""A private trait as `redact` leaves it, with the words around it that add nothing else."""


def without_traits(folded: str) -> str:
    """A folded text as if no trait had been told, so that everyone hears the same facts."""
    rest = re.sub(r"\s+", " ", TRAIT_SAID.sub(" ", folded)).strip()
    return rest if re.search(r"\w", rest) else folded


def without_placeholders(folded: str) -> str:
    """A folded text as understanding reads it; one that is nothing else stays as it is.

    Of a private trait one word is left: whether it is an aside is for `understanding.asides`.
    """
    folded = _without_traits(folded).replace(PRIVATE_MARK, PRIVATE_WORD)
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
