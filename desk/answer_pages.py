"""How the desk shows local answers: the list, the form of one, what it would take, import and export."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from textwrap import shorten
from typing import Any
from urllib.parse import urlencode

from answers.local import LOCAL
from answers.taking import Asked
from channels.markup import Markup, inside, link, tag
from desk.drafts import Draft, career_name
from desk.drawing import (
    ROOT,
    Page,
    alert,
    bullets,
    button,
    card,
    choice,
    field,
    form,
    hidden,
    table,
    ways,
)
from desk.words import word
from guides.documents import DocumentError
from guides.loading import Guides
from guides.local import NOTED, LocalAnswer, Locals
from guides.local_file import stamp
from understanding.topics import TOPICS

ANSWERS = f"{ROOT}/answers"
NEW, EDIT, DELETE = f"{ANSWERS}/new", f"{ANSWERS}/edit", f"{ANSWERS}/delete"
RENEW, COPY, EXPORT = f"{ANSWERS}/renew", f"{ANSWERS}/file", f"{ANSWERS}/export"
RESULT = "result"
"""Where the browser goes after a draft was sent."""
ADD = "add:"
"""What the button says that makes a note of a draft; the topic follows."""
SOON = timedelta(days=30)
"""How long before its last day an answer is to be checked again."""
SHOWN = 5
"""Questions that are shown of those that an answer would take."""
SHORT = 90
"""Characters of an answer in the list."""


def list_page(answers: Locals, guides: Guides, today: date, token: str) -> Page:
    """All answers, those first that are to be checked again."""
    again = {name: entry for name, entry in answers.items() if entry.until < today + SOON}
    others = {name: entry for name, entry in answers.items() if name not in again}
    main = [tag("p", word("answers", "lead")), ways((NEW, word("answer", "new")))]
    if again:
        listed = _again(again, today, token)
        main.append(card(word("answers", "again"), tag("p", word("answers", "again_hint")), listed))
    if others:
        named = word("answers", "others" if again else "all")
        main.append(card(named, _others(others, guides)))
    if not answers:
        main.append(tag("p", word("answers", "none")))
    return Page(word("answers", "title"), [*main, _to_copies()])


def broken_page(error: DocumentError) -> Page:
    """That the file of the answers cannot be read, and why."""
    return Page(word("answers", "title"), [broken(error), _to_copies()])


def broken(error: DocumentError) -> Markup:
    """What is wrong with the file."""
    return alert(word("answers", "broken"), bullets(error.faults))


def _to_copies() -> Markup:
    return ways((COPY, word("copies", "title")), (EXPORT, word("copies", "export")))


def _again(answers: Locals, today: date, token: str) -> Markup:
    soonest = sorted(answers.items(), key=lambda each: each[1].until)
    columns = [word("answers", name) for name in ("answer", "until", "what")]
    return table(
        columns,
        (
            (_told(name, entry), _until(entry, today), _still(name, entry, token))
            for name, entry in soonest
        ),
    )


def _until(entry: LocalAnswer, today: date) -> Markup:
    over = f" {word('answers', 'over')}" if entry.is_old(today) else ""
    return inside(_day(entry.until), over)


def _day(day: date) -> Markup:
    """A day, which no line break cuts."""
    return tag("time", tag("span", str(day)))


def _still(name: str, entry: LocalAnswer, token: str) -> Markup:
    """What renews an answer in one click."""
    named = word("answers", "still_of", answer=heading(entry))
    press = button(word("answers", "still"), "plain", aria_label=named)
    return form(RENEW, token, hidden("name", name), hidden("seen", stamp(entry)), press)


def _others(answers: Locals, guides: Guides) -> Markup:
    columns = [word("answers", name) for name in ("answer", "whom", "until")]
    return table(
        columns,
        (
            (_told(name, entry), whom(entry, guides), _day(entry.until))
            for name, entry in answers.items()
        ),
    )


def _told(name: str, entry: LocalAnswer) -> Markup:
    """What an answer is to, with the way to change it, and how it begins."""
    to = link(f"{EDIT}?{urlencode({'name': name})}", heading(entry))
    return inside(to, tag("p", shorten(entry.answer, SHORT, placeholder="…"), class_="soft"))


def heading(entry: LocalAnswer) -> str:
    """What an answer is to: the first way to ask for it, or the topic that it is a note on."""
    if entry.asked:
        return entry.asked[0]
    return word("answers", "note", topic=TOPICS[str(entry.topic)].title)


def whom(entry: LocalAnswer, guides: Guides) -> str:
    """The careers that an answer is for."""
    names = [career_name(guides, slug) for slug in entry.careers]
    return ", ".join(names) or word("answers", "everybody")


@dataclass(frozen=True)
class Told:
    """What is said of a draft, beside its fields."""

    faults: Mapping[str, str] | None = None
    """By field."""
    above: Sequence[str] = ()
    result: Sequence[str] = ()
    """What came of it, within the form."""
    question: str = ""
    status: int = 200


def form_page(draft: Draft, token: str, told: Told) -> Page:
    """A draft with its fields, the trial of it, and what deletes the answer."""
    faults = told.faults or {}
    trial = (
        tag("h2", word("answer", "trial")),
        field(
            "question",
            word("answer", "question"),
            told.question,
            hint=word("answer", "question_hint"),
            maxlength="500",
        ),
        button(word("answer", "try"), "plain", name="do", value="try"),
    )
    fields = (
        hidden("name", draft.name),
        hidden("seen", draft.seen),
        *_fields(draft, faults),
        tag("div", *trial, class_="trial"),
        *([tag("div", *told.result, id=RESULT, class_="trial")] if told.result else []),
        button(word("answer", "save"), name="do", value="save"),
    )
    main = [*([alert(word("answer", "faulty"))] if faults else []), *told.above]
    main.append(form(f"{EDIT}#{RESULT}", token, *fields))
    if draft.seen:
        main.append(_delete(draft, token))
    return Page(word("answer", "edit" if draft.seen else "new"), main, told.status)


def _fields(draft: Draft, faults: Mapping[str, str]) -> Iterable[Markup]:
    def one(name: str, lines: int = 1, kind: str = "text", **more: str | None) -> Markup:
        value, hint, fault = getattr(draft, name), word("answer_hints", name), faults.get(name, "")
        said = word("answer", name)
        return field(name, said, value, hint=hint, fault=fault, lines=lines, kind=kind, **more)

    yield one("asked", lines=5)
    yield one("answer", lines=4, maxlength="700")
    yield one("link_url", kind="url")
    yield one("link_words")
    yield one("careers", lines=2)
    yield choice(
        "topic",
        word("answer", "topic"),
        [("", word("answer", "no_topic")), *((name, TOPICS[name].title) for name in NOTED)],
        draft.topic,
        word("answer_hints", "topic"),
        faults.get("topic", ""),
    )
    yield one("until", kind="date")


def _delete(draft: Draft, token: str) -> Markup:
    kept = (hidden("name", draft.name), hidden("seen", draft.seen))
    return form(DELETE, token, *kept, button(word("answer", "delete"), "danger"))


def delete_page(name: str, entry: LocalAnswer, token: str) -> Page:
    """Whether an answer is really to go."""
    kept = (hidden("name", name), hidden("seen", stamp(entry)), hidden("sure", "yes"))
    main = [
        card(heading(entry), tag("p", entry.answer)),
        form(DELETE, token, *kept, button(word("answer", "delete_sure"), "danger")),
        ways((ANSWERS, word("answer", "keep"))),
    ]
    return Page(word("answer", "delete_title"), main)


def changed(theirs: LocalAnswer | None, guides: Guides) -> Markup:
    """What somebody else made of an answer meanwhile."""
    if theirs is None:
        return alert(word("answer", "gone"))
    link_ = [theirs.link.words, theirs.link.url] if theirs.link else []
    topic = [TOPICS[theirs.topic].title] if theirs.topic else []
    told = [*theirs.asked, theirs.answer, *link_, *topic, whom(theirs, guides), str(theirs.until)]
    return alert(word("answer", "changed"), bullets(told))


def said(question: str, replies: Sequence[Mapping[str, Any]]) -> Markup:
    """What the assistant says to a question with a draft in force."""
    own = any((reply.get("custom") or {}).get("kind") == LOCAL for reply in replies)
    lines = [line for reply in replies for line in str(reply["text"]).splitlines() if line.strip()]
    return inside(
        tag("h3", word("answer", "said", question=question)),
        tag("p", word("answer", "own" if own else "not_own"), class_="soft"),
        tag("blockquote", *(tag("p", line) for line in lines)),
    )


def takes(lost: Sequence[Asked]) -> Markup:
    """The questions that a draft would take from guides."""
    if not lost:
        return tag("p", word("answer", "takes_none"))
    shown = [word("answer", "taken", **_titled(each)) for each in lost[:SHOWN]]
    return inside(tag("p", word("answer", "takes", count=len(lost))), bullets(shown))


def _titled(asked: Asked) -> dict[str, str]:
    return {"question": asked.text, "topic": TOPICS[asked.topic].title}


def confirm(lost: Sequence[Asked], bearable: bool) -> list[Markup]:
    """The same, with what can be done: add it to the topic, reword it, or save it if it is little."""
    topics = list(dict.fromkeys(each.topic for each in lost))
    adding = [
        button(
            word("answer", "add", topic=TOPICS[topic].title), "plain", name="do", value=ADD + topic
        )
        for topic in topics[:SHOWN]
    ]
    hint = tag("p", word("answer", "takes_little" if bearable else "takes_much"))
    same = button(word("answer", "all_the_same"), "plain", name="do", value="all_the_same")
    buttons = tag("div", *adding, *([same] if bearable else []), class_="ways")
    return [tag("h2", word("answer", "taking")), takes(lost), hint, buttons]


def copies_page(seen: str, token: str, text: str = "", above: Sequence[str] = ()) -> Page:
    """All answers as a file: to keep, and to bring back."""
    fields = (
        hidden("seen", seen),
        field("file", word("copies", "file"), kind="file", accept=".yml,.yaml"),
        field("text", word("copies", "text"), text, hint=word("copies", "text_hint"), lines=12),
        button(word("copies", "import")),
    )
    kept = (tag("p", word("copies", "export_hint")), ways((EXPORT, word("copies", "export"))))
    brought = (tag("p", word("copies", "import_hint")), form(COPY, token, *fields, files=True))
    main = [
        *above,
        card(word("copies", "export"), *kept),
        card(word("copies", "import_title"), *brought),
    ]
    return Page(word("copies", "title"), main, 422 if above else 200)
