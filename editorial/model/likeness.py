"""What of a block is compared: its fields as tokens, its frame, and how alike two blocks are."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import TypeAlias

from editorial.model.compare import Score, alike, tokens
from editorial.model.document import (
    Block,
    Entry,
    Figure,
    Heading,
    Note,
    Paragraph,
    RunKind,
    Runs,
    Signature,
    Table,
    plain,
    title_of,
    unit_of,
)
from editorial.model.settling import runs_in

# A word of plain text, or one with the kind and target of its run.
Token: TypeAlias = str | tuple[RunKind, str, str]
Fields: TypeAlias = dict[str, list[Token]]
Rows: TypeAlias = tuple[int, int]
SAME_TITLE = 0.6
SAME_TABLE = 0.9


def tokens_of(runs: Runs) -> list[Token]:
    """Words of plain text as they are, others with the kind and target of their run."""
    found: list[Token] = []
    for run in runs:
        if run.kind == "text":
            found += tokens(run.text)
        elif run.kind == "note":
            found.append((run.kind, run.target, ""))
        else:
            found += [(run.kind, run.target, word) for word in tokens(run.text)]
    return found


@lru_cache(maxsize=512)
def fields_of(block: Block) -> Fields:
    """Everything in a block whose words may change, by the names `BlockChange` has for them.

    Asked for several times while a block is compared; nobody changes what comes out.
    """
    match block:
        case Heading(runs=runs) | Paragraph(runs=runs) | Note(runs=runs):
            return {"runs": tokens_of(runs)}
        case Entry(runs=runs):
            return {"title": tokens_of(title_of(block)), "runs": tokens_of(runs)}
        case Signature(text=text):
            return {"text": [*tokens(text)]}
        case Figure(credit=credit):
            return {"title": tokens_of(title_of(block)), "credit": [*tokens(credit)]}
        case Table(rows=rows):
            cells = {
                f"{at},{column}": tokens_of(cell.runs)
                for at, row in enumerate(rows)
                for column, cell in enumerate(row)
                if cell
            }
            title, unit = tokens_of(title_of(block)), tokens_of(unit_of(block))
            return {"title": title, "unit": unit, **cells}
        case _:
            return {}


def frame_of(block: Block) -> Hashable:
    """What two blocks must have in common to be one block whose words changed."""
    match block:
        case Heading(level=level):
            return "heading", level
        case Figure(src=src):
            return "figure", src
        case Note(label=label):
            return "note", label
        case Table():
            return "table", columns_of(block)
        case _:
            return type(block).__name__


def columns_of(table: Table) -> int:
    """The number of columns; -1 when rows cannot be put in or taken out one by one."""
    return -1 if bands_of(table) is None else len(table.rows[0]) if table.rows else 0


def bands_of(table: Table) -> list[Rows] | None:
    """Rows that cells spanning several of them hold together, as [start, stop); None when the
    grid is not sound or a cell reaches from the head into the body."""
    rows, head = table.rows, table.header_rows
    if head > len(rows) or any(len(row) != len(rows[0]) for row in rows):
        return None
    cuts = set(range(len(rows) + 1))
    for at, row in enumerate(rows):
        for cell in row:
            if cell and cell.down > 1:
                cuts -= set(range(at + 1, at + cell.down))
                if at + cell.down > len(rows):
                    return None
    return list(pairwise(sorted(cuts))) if head in cuts and len(rows) in cuts else None


def spans_of(table: Table, band: Rows) -> Hashable:
    rows = table.rows[band[0] : band[1]]
    return tuple(tuple(cell and (cell.across, cell.down) for cell in row) for row in rows)


def words_of(block: Block) -> str:
    """All that is compared of a block in one line."""
    match block:
        case Entry(title=title):
            before = title
        case Figure(title=title, credit=credit):
            before = title + credit
        case Table(title=title, unit=unit):
            before = title + unit
        case Signature(text=text):
            before = text
        case _:
            before = ""
    return before + "".join(plain(runs) for runs in runs_in(block))


def likeness(old: Sequence[Block], new: Sequence[Block]) -> Score:
    """How alike a block of the one is to a block of the other."""

    @cache
    def words(side: int, at: int) -> str:
        return words_of((old, new)[side][at])

    names = {_name(each) for each in old} - {""}, {_name(each) for each in new} - {""}

    def score(i: int, j: int, least: float) -> float:
        one, other = old[i], new[j]
        name, called = _name(one), _name(other)
        if name != called and (name in names[1] or called in names[0]):
            return 0.0  # one of them stands elsewhere by its name
        if type(one) is not type(other) or (frame := frame_of(one)) != frame_of(other):
            return 0.0
        if frame == ("table", -1):
            return float(one == other)
        sure = _sure(one, other)
        return max(sure, alike(words(0, i), words(1, j), least)) if sure < 1 else sure

    return score


def _name(block: Block) -> str:
    """What an entry is called; the id of a table tells as much already."""
    return block.title if isinstance(block, Entry) else ""


def _sure(one: Block, other: Block) -> float:
    """What its name says of a block, whatever its text."""
    match one, other:
        case Entry(), Entry():
            return SAME_TITLE if one.title == other.title else 0.0
        case Table(), Table():
            named = one.id and one.id == other.id
            return SAME_TABLE if named or (one.title and one.title == other.title) else 0.0
        case Figure(), Figure():
            return 1.0
        case _:
            return float(one == other)
