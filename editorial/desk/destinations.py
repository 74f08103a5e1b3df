"""去往: everything one can go to by its name, found by Chinese or pinyin initials."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from editorial.desk.office import Desk, people
from editorial.model.board import Board
from editorial.model.initials import finder, ranker
from editorial.model.letters import letter_state
from editorial.model.people import Unit, all_names
from editorial.model.proofs import proof_state
from editorial.model.reviews import Round, disposition
from editorial.store.registers import load_letters, load_proofs, load_returns, load_rounds
from editorial.values import dataclass

WORDS = 60  # of an opinion are searched
WHOLE = 10  # the words typed stand in several names of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """`node` is what opens it; `names` what it may be sought by, its title first."""

    sort: str
    node: str
    names: tuple[str, ...]
    told: str = ""


def destinations(desk: Desk, board: Board) -> tuple[Destination, ...]:
    """Chapters and sections, units, letters, rounds and returns, the newest papers first."""
    units = people(desk)[0]
    return (
        *_nodes(board),
        *map(_unit, units),
        *_letters(desk, {unit.id: unit for unit in units}),
        *_rounds(load_rounds(desk.workspace.files, desk.volume_id)),
        *_proofs(desk),
        *_returns(desk),
    )


def _nodes(board: Board) -> Iterator[Destination]:
    for chapter in board.volume.rows:
        yield Destination(
            sort="篇目", node=chapter.id, names=(chapter.title, chapter.id), told=chapter.id
        )
        for row in chapter.rows:
            told = f"{chapter.title}　{row.editing.label}"
            yield Destination(sort="分目", node=row.id, names=(row.title, row.id), told=told)


def _unit(unit: Unit) -> Destination:
    names = (unit.short or unit.name, unit.id, *all_names(unit))
    return Destination(sort="单位", node=f"units/{unit.id}", names=names, told=unit.name)


def _letters(desk: Desk, units: dict[str, Unit]) -> Iterator[Destination]:
    for letter in reversed(load_letters(desk.workspace.files, desk.volume_id)):
        unit = units.get(letter.unit)
        called = (unit.short or unit.name) if unit else letter.unit
        names = (letter.number or f"（{letter.id}）", letter.id, letter.title, called)
        told = f"{called}　{letter.kind.label}　{letter_state(letter).label}"
        kind = letter.kind.label
        yield Destination(sort="函件", node=f"letters/{letter.id}", names=(*names, kind), told=told)


def _rounds(rounds: Sequence[Round]) -> Iterator[Destination]:
    """The rounds, then their opinions by number, words, and who put them."""
    for each in reversed(rounds):
        told = f"{each.kind.label}　意见{len(each.opinions)}条"
        yield Destination(
            sort="评议", node=f"rounds/{each.id}", names=(each.title, each.id), told=told
        )
    for each in reversed(rounds):
        for opinion in each.opinions:
            names = (opinion.id, opinion.text[:WORDS], opinion.original[:WORDS], opinion.by)
            told = f"{disposition(opinion).label}　{opinion.text[:WORDS]}"
            yield Destination(sort="意见", node=f"opinions/{opinion.id}", names=names, told=told)


def _proofs(desk: Desk) -> Iterator[Destination]:
    for each in reversed(load_proofs(desk.workspace.files, desk.volume_id)):
        told = f"{proof_state(each).label}　改动{len(each.corrections)}处"
        yield Destination(
            sort="校对", node=f"proofs/{each.id}", names=(each.label, each.id), told=told
        )


def _returns(desk: Desk) -> Iterator[Destination]:
    for each in reversed(load_returns(desk.workspace.files, desk.volume_id)):
        title = each.subject or (each.papers[0].name if each.papers else each.id)
        told = f"{each.at:%Y-%m-%d}　{each.channel.label}"
        names = (title, each.id, each.sender)
        yield Destination(sort="收件", node=f"returns/{each.id}", names=names, told=told)


def rank_names(typed: str, names: Sequence[str]) -> int:
    """How well any of the names answers, the title before the others; -1 when none does."""
    rank = ranker(typed)
    found = [rank(name) + 5 * (at > 0) for at, name in enumerate(names) if rank(name) >= 0]
    if found:
        return min(found)
    words = [finder(word) for word in typed.split()]
    return WHOLE if all(any(has(name) for name in names) for has in words) else -1
