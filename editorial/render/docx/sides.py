"""The two texts of a 花脸稿: which words and which notes each of them has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Literal, TypeAlias

from editorial.model.book import Part
from editorial.model.document import (
    Block,
    Entry,
    Heading,
    Note,
    Paragraph,
    Run,
    Runs,
    Table,
)
from editorial.model.redline import BlockChange, Change, Redline, Stretch, Stretches, within
from editorial.values import dataclass

# A side is called by the change only it shows: the old text what was deleted.
Side: TypeAlias = Literal["delete", "insert"]
OLD: Side = "delete"
NEW: Side = "insert"
SAME = BlockChange()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedNote:
    """A note, its index among the blocks, and how it differs."""

    index: int
    note: Note
    change: BlockChange


@dataclass(frozen=True, slots=True, kw_only=True)
class Loose:
    """A note no mark calls for: in the old text, the new or both; `why` when in one only."""

    placed: PlacedNote
    why: Change | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The notes of one part by label, as each text knows them, and what is never called.

    `labels` (label in the merged part → in the old text) are those that changed, `changes` all
    there are in the part.
    """

    notes: Mapping[Side, Mapping[str, PlacedNote]]
    loose: tuple[Loose, ...]
    labels: Mapping[str, str]
    changes: tuple[Change, ...]


def has(change: Change | None, side: Side) -> bool:
    return change is None or change.kind == side


def on_side(stretches: Stretches, side: Side) -> Runs:
    return tuple(each.run for each in stretches if has(each.change, side))


def all_as(change: Change | None, runs: Runs) -> Stretches:
    return tuple(Stretch(run=run, change=change) for run in runs)


def words_as(change: Change | None, text: str) -> Stretches:
    return (Stretch(run=Run(text=text), change=change),) if text else ()


def part_change(redline: Redline | None, part: str) -> BlockChange:
    return redline.parts.get(part, SAME) if redline else SAME


def change_at(redline: Redline, part: str, index: int) -> BlockChange | None:
    """How a block differs; those of a part put in or taken out go with it."""
    known = redline.blocks.get((part, index))
    whole = redline.parts.get(part, SAME).change
    return known or (BlockChange(change=whole) if whole else None)


def stays(redline: Redline, part: str, index: int) -> bool:
    """Whether the new text has the block."""
    return has((change_at(redline, part, index) or SAME).change, NEW)


def field_stretches(change: BlockChange, name: str, runs: Runs) -> Stretches:
    """The words of a field; those without a change of their own share that of the block."""
    return within(change.change, change.texts.get(name) or all_as(None, runs))


def text_stretches(change: BlockChange, name: str, text: str) -> Stretches:
    return within(change.change, change.texts.get(name) or words_as(None, text))


def row_change(change: BlockChange, row: int) -> Change | None:
    return change.change or change.rows.get(row)


def cell_stretches(change: BlockChange, row: int, column: int, runs: Runs) -> Stretches:
    words = change.texts.get(f"{row},{column}") or all_as(None, runs)
    return within(row_change(change, row), words)


def changes_in(stretches: Iterable[Stretch]) -> Iterator[Change]:
    return (each.change for each in stretches if each.change)


def as_kind(side: Side, changes: Iterable[Change]) -> Change | None:
    """The first change of a kind; else the first at all, turned round."""
    listed = list(changes)
    fitting = next((change for change in listed if change.kind == side), None)
    return fitting or (replace(listed[0], kind=side, move="") if listed else None)


def set_words(words: str, near: Stretches, *, old: bool, new: bool) -> Stretches:
    """Words that setting adds (brackets, spaces) in the old text, the new or both.

    In one only, they share the author of the text `near`.
    """
    if old and new:
        return words_as(as_kind(NEW, ()), words)
    return words_as(as_kind(OLD if old else NEW, changes_in(near)), words) if old or new else ()


def sides_of(part: Part, redline: Redline) -> Sides:
    listed = [
        PlacedNote(index=index, note=block, change=change_at(redline, part.id, index) or SAME)
        for index, block in enumerate(part.blocks)
        if isinstance(block, Note)
    ]
    notes: dict[Side, dict[str, PlacedNote]] = {OLD: {}, NEW: {}}
    for side, known in notes.items():
        for each in listed:
            if has(each.change.change, side):
                known.setdefault(each.note.label, each)  # of equal labels the first counts
    loose = sorted(
        _loose(part, redline, listed, notes),
        key=lambda each: (each.placed.note.label, each.placed.index),
    )
    before = part_change(redline, part.id).before
    return Sides(
        notes=notes,
        loose=tuple(loose),
        labels=before.labels if before else {},
        changes=tuple(_all_changes(part, redline)) if listed else (),
    )


def label_words(sides: Sides, label: str, change: Change | None) -> Stretches:
    """A label that prints, as either text has it."""
    was = sides.labels.get(label, label)
    if change or was == label or not sides.changes:
        return words_as(change, was if change and change.kind == OLD else label)
    out, in_ = (as_kind(side, sides.changes) for side in (OLD, NEW))
    return (*words_as(out, was), *words_as(in_, label))


def _loose(
    part: Part,
    redline: Redline,
    listed: list[PlacedNote],
    notes: Mapping[Side, Mapping[str, PlacedNote]],
) -> Iterator[Loose]:
    called = {side: _called(part, redline, side) for side in notes} if listed else {}
    for each in listed:
        sides = [
            side
            for side in called
            if has(each.change.change, side)
            and (each.note.label not in called[side] or notes[side][each.note.label] != each)
        ]
        if len(sides) == 1:
            near = [each.change.change] if each.change.change else _all_changes(part, redline)
            yield Loose(placed=each, why=as_kind(sides[0], near))
        elif sides:
            yield Loose(placed=each, why=None)


def _all_changes(part: Part, redline: Redline) -> Iterator[Change]:
    for index in range(len(part.blocks)):
        known = change_at(redline, part.id, index) or SAME
        yield from (known.change,) if known.change else ()
        yield from known.rows.values()
        for stretches in known.texts.values():
            yield from changes_in(stretches)


def _called(part: Part, redline: Redline, side: Side) -> set[str]:
    """Labels of the marks in the running text of one side."""
    return {
        piece.target
        for index, block in enumerate(part.blocks)
        for piece in _runs_on(block, change_at(redline, part.id, index) or SAME, side)
        if piece.kind == "note"
    }


def _runs_on(block: Block, change: BlockChange, side: Side) -> Iterator[Run]:
    if not has(change.change, side):
        return
    match block:
        case Paragraph(runs=runs) | Entry(runs=runs) | Heading(runs=runs):
            yield from on_side(field_stretches(change, "runs", runs), side)
        case Table(rows=rows):
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if cell:
                        yield from on_side(cell_stretches(change, row, column, cell.runs), side)
        case _:
            return
