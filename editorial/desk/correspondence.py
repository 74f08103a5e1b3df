"""What there is to match against: letters of all volumes, who they went to, what came back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from editorial.desk.office import Desk, loaded
from editorial.desk.papers import MESSAGE
from editorial.errors import EditorialError
from editorial.model.clues import Sent, token_of
from editorial.model.labels import LetterState
from editorial.model.letters import Letter, letter_state
from editorial.model.names import nearest
from editorial.model.people import Editor, Unit
from editorial.model.returns import Return
from editorial.store.registers import load_letters, load_returns
from editorial.store.workspace import volume_ids
from editorial.values import dataclass

if TYPE_CHECKING:
    from editorial.read.reply_form import ReturnedPaper

OUT = (LetterState.APPROVED, LetterState.SENT, LetterState.REPLIED, LetterState.CLOSED)
_ID = re.compile(rb"^Message-ID:\s*(<[^<>\s]+>)", re.I | re.M)


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Units of a volume by id, and those who work on it."""

    units: dict[str, Unit]
    staff: tuple[Editor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Letters that went out and papers that came back, of every volume of the workspace;
    `unsent` are the letters not out, or withdrawn."""

    sent: tuple[Sent, ...]
    returns: tuple[tuple[str, Return], ...]
    unsent: tuple[Sent, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Went:
    """A Word paper of a letter as it was sent; `place` is where it lies in the volume."""

    place: str
    paper: ReturnedPaper


def people_of(desk: Desk) -> dict[str, People]:
    """Of every volume that can be read; read once, for a hundred mails."""
    found = {}
    for volume_id in volume_ids(desk.workspace.files):
        with suppress(EditorialError):  # what is wrong in a volume is told when it is opened
            volume = loaded(at_volume(desk, volume_id)).volume
            units = {unit.id: unit for unit in volume.units}
            found[volume_id] = People(units=units, staff=volume.staff)
    return found


def returns(desk: Desk) -> tuple[Return, ...]:
    return load_returns(desk.workspace.files, desk.volume_id)


def find_return(desk: Desk, return_id: str) -> Return:
    """By folder (0003) or by its digits (3)."""
    known = returns(desk)
    for paper in known:
        same = return_id.isdecimal() and paper.id.isdecimal() and int(return_id) == int(paper.id)
        if same or (return_id and return_id == paper.id):
            return paper
    near = nearest(return_id, [paper.id for paper in known])
    raise EditorialError(f"没有来件“{return_id}”", hint=f"现有：{near}")


def at_volume(desk: Desk, volume_id: str) -> Desk:
    return Desk(workspace=desk.workspace, volume_id=volume_id, by=desk.by)


def ground_of(desk: Desk, people: dict[str, People]) -> Ground:
    letters: list[Sent] = []
    returns: list[tuple[str, Return]] = []
    for volume_id, known in people.items():
        papers = load_returns(desk.workspace.files, volume_id)
        returns += [(volume_id, each) for each in papers]
        for letter in load_letters(desk.workspace.files, volume_id):
            ids = _message_ids(desk, volume_id, letter, papers)
            unit = known.units.get(letter.unit)
            letters.append(Sent(volume=volume_id, letter=letter, unit=unit, ids=ids))
    out = tuple(each for each in letters if letter_state(each.letter) in OUT)
    unsent = tuple(each for each in letters if letter_state(each.letter) not in OUT)
    return Ground(sent=out, returns=tuple(returns), unsent=unsent)


def _message_ids(
    desk: Desk, volume_id: str, letter: Letter, papers: Iterable[Return]
) -> frozenset[str]:
    """Mails of this matter: those the letter went out in, and those that answered it."""
    went = {each.message_id for each in letter.deliveries if each.message_id}
    if not went and any(paper.name == MESSAGE for paper in letter.papers):
        path = f"volumes/{volume_id}/letters/{letter.id}/{MESSAGE}"
        found = _ID.search((desk.workspace.files.read(path) or b"")[:8192])
        went = {found[1].decode("utf-8", "replace")} if found else set()
    came = {each.message_id for each in papers if each.letter == letter.id and each.message_id}
    return frozenset(went | came)


def sent_as(ground: Ground, token: str) -> Sent | None:
    return next((each for each in ground.sent if token_of(each) == token), None)


def word_papers(desk: Desk, sent: Sent) -> tuple[Went, ...]:
    """The Word papers that went out with a letter, as far as they are kept."""
    from editorial.read.reply_form import read_returned

    letter = f"letters/{sent.letter.id}"
    found = []
    for paper in sent.letter.papers:
        place = f"{letter}/{paper.name}"
        data = desk.workspace.files.read(f"volumes/{sent.volume}/{place}")
        if paper.name.endswith(".docx") and data is not None:
            read = read_returned(data, sent.letter.due)
            found += [Went(place=place, paper=read)] if read is not None else []
    return tuple(found)


def first_day(ground: Ground) -> date | None:
    """The day the first letter went out, None before there was one."""
    days = [
        step.at.date()
        for each in ground.sent
        for step in each.letter.history
        if step.to == LetterState.SENT.value
    ]
    return min(days, default=None)
