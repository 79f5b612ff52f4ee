"""What a counselor does with local answers: write, try, renew and delete them, import and export."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from typing import TypeVar

from answers.in_force import InForce
from answers.taking import Asked, Taken, of_guides
from channels.limits import Allowance, Rate
from components.sentence_encoder import find_encoder
from desk.answer_pages import (
    ADD,
    ANSWERS,
    COPY,
    DELETE,
    EDIT,
    EXPORT,
    NEW,
    RENEW,
    Told,
    broken,
    broken_page,
    changed,
    confirm,
    copies_page,
    delete_page,
    form_page,
    list_page,
    said,
    takes,
)
from desk.door import Answer, Desk, File, Go, Visit
from desk.drafts import Draft, Faulty, blank, draft_of, entry_of, name_for, read_draft, renewed
from desk.drawing import alert, bullets
from desk.forms import Denied
from desk.words import word
from guides.documents import DocumentError
from guides.local import SCHOOL, LocalAnswer, Locals, path_of
from guides.local_file import LocalFile, stamp
from guides.writing import Changed, Unwritable, fingerprint
from understanding.encoder import Encoder

KEPT = 20_000
"""Vectors that are kept: those of guides' questions, and of drafts."""
TRIES = Rate(30, 0.5)
"""Questions of one counselor to the assistant."""
LONGEST_QUESTION = 500
"""Characters."""

Result = TypeVar("Result")


def add_answers(desk: Desk) -> None:
    """Register the pages."""
    editor = Editor(desk)
    desk.page(ANSWERS, section="answers")(editor.listed)
    desk.page(NEW)(editor.begun)
    desk.page(EDIT)(editor.opened)
    desk.form(EDIT)(editor.sent)
    desk.form(RENEW)(editor.renewed)
    desk.form(DELETE)(editor.deleted)
    desk.page(COPY)(editor.copies)
    desk.form(COPY, files=True)(editor.copied)
    desk.page(EXPORT)(editor.exported)


class Taking(Exception):
    """A draft that takes questions from guides; `bearable`: so few that a counselor may want it."""

    def __init__(self, lost: list[Asked], bearable: bool) -> None:
        self.lost, self.bearable = lost, bearable
        super().__init__(f"{len(lost)} questions")


class Editor:
    """Reads, tries and writes local answers in a thread of its own, beside the turns that go on."""

    def __init__(self, desk: Desk) -> None:
        self._assistant = desk.assistant
        self._guides = desk.sites.schools.guides
        self._thread = ThreadPoolExecutor(1, "desk_answers")
        self._tries = Allowance(TRIES)

    @cached_property
    def _encoder(self) -> Encoder | None:
        encoder = find_encoder({"encoder": "auto"})
        return encoder.remembering(KEPT) if encoder else None

    async def _off(self, work: Callable[[], Result]) -> Result:
        """What some work returns, while the event loop goes on."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _file(self, visit: Visit) -> LocalFile:
        return LocalFile(path_of(visit.school.slug or SCHOOL), self._guides)

    async def _answers(self, visit: Visit) -> Locals:
        return await self._off(self._file(visit).answers)

    async def listed(self, visit: Visit) -> Answer:
        """The list."""
        try:
            answers = await self._answers(visit)
        except DocumentError as error:
            return broken_page(error)
        return list_page(answers, self._guides, date.today(), visit.token)

    async def begun(self, visit: Visit) -> Answer:
        """The form of a new answer, to what students asked."""
        self._thread.submit(of_guides)  # while the counselor writes
        return form_page(blank(visit.query.get("asked", ""), date.today()), visit.token, Told())

    async def opened(self, visit: Visit) -> Answer:
        """The form of an answer that is there."""
        name = visit.query.get("name", "")
        if not name:
            return await self.begun(visit)
        try:
            entry = (await self._answers(visit)).get(name)
        except DocumentError as error:
            return broken_page(error)
        if entry is None:
            raise Denied(404, "no_answer")
        self._thread.submit(of_guides)
        return form_page(draft_of(name, entry, self._guides), visit.token, Told())

    async def sent(self, visit: Visit) -> Answer:
        """Try a draft, or save it; what stands in its way is said above it or below."""
        draft, do = read_draft(visit.form), visit.form.get("do", "")
        if do.startswith(ADD):
            draft = draft.as_note(do.removeprefix(ADD))
        try:
            entry = entry_of(draft, self._guides, date.today())
            await self._check_ways(entry)
            if do == "try":
                return await self._tried(visit, draft, entry)
            return await self._saved(visit, draft, entry, all_the_same=do == "all_the_same")
        except Faulty as faulty:
            told = Told(faulty.faults, status=422)
        except Taking as taking:
            told = Told(result=confirm(taking.lost, taking.bearable), status=422)
        except DocumentError as error:
            told = Told(above=[broken(error)], status=422)
        except Unwritable:
            told = Told(above=[alert(word("denied", "unwritable"))], status=503)
        except Changed:
            theirs = (await self._answers(visit)).get(draft.name)
            told = Told(above=[changed(theirs, self._guides)], status=409)
            draft = replace(draft, seen=stamp(theirs))  # to save again is meant
        return form_page(draft, visit.token, told)

    async def _check_ways(self, entry: LocalAnswer) -> None:
        """Refuse ways to ask that help comes before.

        Raises:
            Faulty: one of them reads as distress.
        """
        for way in entry.asked:
            if await self._assistant.is_urgent(way):
                raise Faulty({"asked": word("answer_faults", "distress", way=way)})

    async def _saved(
        self, visit: Visit, draft: Draft, entry: LocalAnswer, all_the_same: bool
    ) -> Answer:
        name = draft.name or name_for(draft, await self._answers(visit))
        if lost := (await self._taken({name: entry})).get(name):
            bearable = not of_guides().too_many(lost)
            if not (bearable and all_the_same):
                raise Taking(lost, bearable)
        await self._off(partial(self._file(visit).put, name, entry, draft.seen))
        await visit.log("answer_saved", name)
        return Go(ANSWERS, "answer_saved")

    async def _taken(self, drafts: Locals) -> Taken:
        """What drafts would take from guides; without an encoder no local answer is found."""
        if self._encoder is None:
            return {}
        encoder = self._encoder
        return await self._off(lambda: of_guides().taken_by(drafts, encoder))

    async def _tried(self, visit: Visit, draft: Draft, entry: LocalAnswer) -> Answer:
        """What the assistant says with a draft in force, and what that takes."""
        if wait := self._tries.take(visit.account.id):
            raise Denied(429, "too_many", wait)
        first = entry.asked[0] if entry.asked else ""
        question = visit.form.get("question", "")[:LONGEST_QUESTION] or first
        others = await self._answers(visit)
        name = draft.name or name_for(draft, others)
        tried = {**others, name: entry}
        in_force = await self._off(lambda: InForce.of(tried, self._encoder))
        lost = (await self._taken({name: entry})).get(name, [])
        replies = []
        if question:
            replies = [
                said(question, await self._assistant.tried(visit.school, question, in_force))
            ]
        told = Told(result=[*replies, takes(lost)], question=question)
        return form_page(draft, visit.token, told)

    async def renewed(self, visit: Visit) -> Answer:
        """Make sure of an answer again, in one click."""
        name, entry = await self._meant(visit)
        again = renewed(entry, date.today())
        return await self._put(visit, name, again, "answer_renewed")

    async def deleted(self, visit: Visit) -> Answer:
        """Delete an answer, once it is asked whether it is meant."""
        name, entry = await self._meant(visit)
        if visit.form.get("sure") != "yes":
            return delete_page(name, entry, visit.token)
        return await self._put(visit, name, None, "answer_deleted")

    async def _meant(self, visit: Visit) -> tuple[str, LocalAnswer]:
        """The answer that a form names."""
        name = visit.form.get("name", "")
        try:
            entry = (await self._answers(visit)).get(name)
        except DocumentError as error:
            raise Denied(409, "broken_answers") from error
        if entry is None:
            raise Denied(404, "no_answer")
        return name, entry

    async def _put(self, visit: Visit, name: str, entry: LocalAnswer | None, did: str) -> Answer:
        seen = visit.form.get("seen", "")
        try:
            await self._off(partial(self._file(visit).put, name, entry, seen))
        except Changed as error:
            raise Denied(409, "changed") from error
        except DocumentError as error:
            raise Denied(409, "broken_answers") from error
        await visit.log(did, name)
        return Go(ANSWERS, did)

    async def copies(self, visit: Visit) -> Answer:
        """The page of import and export."""
        return copies_page(fingerprint(self._file(visit).path), visit.token)

    async def exported(self, visit: Visit) -> Answer:
        """The file as it stands; while there is none, a line that says so."""
        file = self._file(visit)
        try:
            text = await self._off(file.text)
        except DocumentError as error:
            return broken_page(error)
        return File(file.path.name, "application/yaml", text or f"# {word('copies', 'empty')}\n")

    async def copied(self, visit: Visit) -> Answer:
        """Take a whole file in place of the one there is, or nothing of it."""
        file, seen = self._file(visit), visit.form.get("seen", "")
        try:
            text = _text(visit)
            found = await self._off(partial(file.tried, text))
            if faults := await self._against(visit, found):
                raise DocumentError(faults)
            await self._off(partial(file.replace, text, seen))
        except DocumentError as error:
            faults = [fault.removeprefix(f"{file.name}: ") for fault in error.faults]
            told = alert(word("copies", "faulty"), bullets(faults))
            return copies_page(seen, visit.token, visit.form.get("text", ""), [told])
        except Changed as error:
            raise Denied(409, "changed") from error
        await visit.log("answers_imported", str(len(found)))
        return Go(ANSWERS, "answers_imported")

    async def _against(self, visit: Visit, found: Locals) -> list[str]:
        """What speaks against answers that are brought, by their names; none against those in force."""
        try:
            before = await self._answers(visit)
        except DocumentError:
            before = {}
        new = {name: entry for name, entry in found.items() if before.get(name) != entry}
        faulty, lost = await asyncio.gather(self._distressing(new), self._taken(new))
        wide = {name: some for name, some in lost.items() if of_guides().too_many(some)}
        return [
            *faulty,
            *(
                f"{name}: {word('copies', 'takes', question=some[0].text)}"
                for name, some in wide.items()
            ),
        ]

    async def _distressing(self, answers: Locals) -> list[str]:
        """What is wrong with ways to ask that help comes before."""
        faults: list[str] = []
        for name, entry in answers.items():
            try:
                await self._check_ways(entry)
            except Faulty as faulty:
                faults += [f"{name}: {fault}" for fault in faulty.faults.values()]
        return faults


def _text(visit: Visit) -> str:
    """The YAML of a form: that of the file if one was chosen.

    Raises:
        DocumentError: it is not UTF-8.
    """
    try:
        return visit.files.get("file", b"").decode("utf-8-sig") or visit.form.get("text", "")
    except UnicodeDecodeError as error:
        raise DocumentError([word("copies", "letters")]) from error
