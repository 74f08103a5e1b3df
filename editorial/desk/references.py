"""What records name and the book has not: a section renamed by hand cuts its letters off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from editorial.desk.office import Desk
from editorial.errors import Problem
from editorial.model.labels import RoundState
from editorial.model.letters import Letter, is_open
from editorial.model.names import nearest
from editorial.model.reviews import Round, round_state, waiting
from editorial.model.volume import Volume
from editorial.store.reader import Reader
from editorial.store.registers import load_letters, load_rounds
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mention:
    """A section as a record names it; `keys` lead to the place. `open_` while there is still
    something to be done about it."""

    path: str
    keys: tuple[str | int, ...]
    section: str
    open_: bool


def astray(desk: Desk, volume: Volume) -> tuple[Problem, ...]:
    """Letters, opinions and rounds that name a section which is not in the book, as long as
    anything is open there; and letters to a unit, or of a contact, that is not known."""
    files, faults = desk.workspace.files, list[Problem]()
    letters = load_letters(files, desk.volume_id, faults)
    rounds = load_rounds(files, desk.volume_id, faults)
    reader = Reader(files)
    here = {volume.id, *(x.id for x in volume.chapters), *(x.id for x in volume.sections)}
    named = (*_in_letters(letters), *_in_rounds(rounds))
    lost = [each for each in named if each.section and each.section not in here]
    live = {each.section for each in lost if each.open_}
    for each in lost:
        if each.section in live:
            reader.blame(each.path, each.keys, _words(volume, each.section))
    _strangers(reader, volume, letters)
    return reader.told()


def _words(volume: Volume, section: str) -> str:
    near = nearest(section, [each.id for each in volume.sections])
    return (
        f"书里没有分目“{section}”，函件、意见与它断开了：分目改了编号的，这里也改成新编号；"
        f"分目删去了的，先恢复它，办结了再删。现有：{near}"
    )


def _in_letters(letters: Sequence[Letter]) -> Iterator[_Mention]:
    for letter in letters:
        for at, item in enumerate(letter.items):
            if letter.source:
                keys = ("items", at, "section")
                yield _Mention(
                    path=letter.source.path, keys=keys, section=item.section, open_=is_open(letter)
                )


def _in_rounds(rounds: Sequence[Round]) -> Iterator[_Mention]:
    for each in rounds:
        live = round_state(each) is not RoundState.CLOSED
        for at, section in enumerate(each.sections):
            if each.source:
                yield _Mention(
                    path=each.source.path, keys=("sections", at), section=section, open_=live
                )
        unanswered = {opinion.id for opinion in waiting(each)}
        for opinion in each.opinions:
            if opinion.source:
                yield _Mention(
                    path=opinion.source.path,
                    keys=("section",),
                    section=opinion.section,
                    open_=opinion.id in unanswered,
                )


def _strangers(reader: Reader, volume: Volume, letters: Sequence[Letter]) -> None:
    """As the sections of a book are asked for their units and editors."""
    units = {unit.id for unit in volume.units}
    staff = {name for editor in volume.staff for name in (editor.id, editor.name)}
    for letter in letters:
        if letter.source is None:
            continue
        path = letter.source.path
        for key, unit in (("unit", letter.unit), ("about", letter.about)):
            if unit and unit not in units:
                reader.blame(path, (key,), f"units.yaml 里没有单位“{unit}”")
        if is_open(letter) and letter.contact not in staff:
            reader.blame(path, ("contact",), f"staff.yaml 里没有人员“{letter.contact}”")
        if letter.follows and letter.follows not in {each.id for each in letters}:
            reader.blame(path, ("follows",), f"没有函件“{letter.follows}”")
