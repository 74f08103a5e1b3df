"""A 花脸稿 settled one way or the other: all its changes accepted, or all rejected."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Literal, TypeAlias

from editorial.model.book import Book, Part
from editorial.model.document import (
    Block,
    Cell,
    Comment,
    Entry,
    Figure,
    Heading,
    Note,
    Paragraph,
    Runs,
    Signature,
    Table,
    Titled,
    fused,
    title_of,
    titled,
    unit_of,
    with_unit,
)
from editorial.model.redline import Before, BlockChange, Change, Redline, Stretches

Dropped: TypeAlias = Literal["insert", "delete"]
NOTHING = BlockChange()


def accepted(book: Book) -> Book:
    """The new book, in the form `printed` gives it; its numbers are those of its own parts."""
    return _settled(book, "delete")


def rejected(book: Book) -> Book:
    """The old book in that form, but for imprint and editorial notes: they are the new ones."""
    return _settled(book, "insert")


def headings_on(book: Book, redline: Redline, dropped: Dropped) -> Iterator[Part]:
    """The parts of one of the two texts as it heads them, by the ids of the merged book."""
    for part in book.parts:
        change = redline.parts.get(part.id, NOTHING)
        if _is(change.change, dropped):
            continue
        blocks = tuple(
            block
            for index, block in enumerate(part.blocks)
            if not _is(redline.blocks.get((part.id, index), NOTHING).change, dropped)
        )
        made = replace(part, title=_text(change.texts, "title", part.title, dropped), blocks=blocks)
        before = change.before if dropped == "insert" else None
        yield _headed(made, before) if before else made


def standing(book: Book) -> Book:
    """A 花脸稿 without what was taken out, every block left where it is counted."""
    redline = book.redline
    if redline is None:
        return book
    gone = {id for id, each in redline.parts.items() if _is(each.change, "delete")}
    parts = (_standing(part, redline) for part in book.parts if part.id not in gone)
    return replace(book, parts=tuple(parts))


def _standing(part: Part, redline: Redline) -> Part:
    changes = (redline.blocks.get((part.id, index), NOTHING) for index in range(len(part.blocks)))
    blocks = (
        Comment(text="") if _is(change.change, "delete") else _block(block, change, "delete")
        for block, change in zip(part.blocks, changes, strict=True)
    )
    title = _text(redline.parts.get(part.id, NOTHING).texts, "title", part.title, "delete")
    return replace(part, title=title and part.title, blocks=tuple(blocks))


def printed(book: Book) -> Book:
    """The book in one form of all that print the same: no comments, neighbouring runs of one kind
    made one, notes last in their part as they are called for. Part ids keep their numbers."""
    parts: list[Part] = []
    numbers: dict[tuple[str, int], str] = {}
    for part in book.parts:
        order = printed_order(part.blocks)
        blocks = tuple(_tidy(part.blocks[index]) for index in order)
        parts.append(replace(part, blocks=blocks))
        numbers |= {
            (part.id, place): book.numbers[part.id, index]
            for place, index in enumerate(order)
            if (part.id, index) in book.numbers
        }
    return replace(book, parts=tuple(parts), numbers=numbers)


def settled_blocks(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Blocks in the form `printed` gives them."""
    return tuple(_tidy(blocks[index]) for index in printed_order(blocks))


def printed_order(blocks: tuple[Block, ...]) -> list[int]:
    """Indexes of the blocks that print: notes after all others, in the order of their marks in
    the text, those no mark calls for last, by label."""
    body = [i for i, block in enumerate(blocks) if not isinstance(block, Note | Comment)]
    notes = {i: block.label for i, block in enumerate(blocks) if isinstance(block, Note)}
    if not notes:
        return body
    called: dict[str, int] = {}
    pieces = (piece for i in body for runs in runs_in(blocks[i]) for piece in runs)
    for piece in pieces:
        if piece.kind == "note":
            called.setdefault(piece.target, len(called))
    last = len(called)
    return [*body, *sorted(notes, key=lambda i: (called.get(notes[i], last), notes[i], i))]


def runs_in(block: Block) -> Iterator[Runs]:
    match block:
        case Heading(runs=runs) | Entry(runs=runs) | Paragraph(runs=runs) | Note(runs=runs):
            yield runs
        case Table(rows=rows):
            yield from (cell.runs for row in rows for cell in row if cell)


def with_runs(block: Block, made: Callable[[Runs], Runs]) -> Block:
    """The block with all its runs made anew."""
    match block:
        case Heading() | Entry() | Paragraph() | Note():
            return replace(block, runs=made(block.runs))
        case Table(rows=rows):
            return replace(block, rows=tuple(tuple(_made(c, made) for c in row) for row in rows))
        case _:
            return block


def _made(cell: Cell | None, made: Callable[[Runs], Runs]) -> Cell | None:
    return replace(cell, runs=made(cell.runs)) if cell else None


def _tidy(block: Block) -> Block:
    if all(_is_tidy(runs) for runs in runs_in(block)):
        return block
    return with_runs(block, fused)


def _is_tidy(runs: Runs) -> bool:
    return not runs or (len(runs) == 1 and bool(runs[0].text or runs[0].kind == "note"))


def _settled(book: Book, dropped: Dropped) -> Book:
    redline = book.redline or Redline(since="")
    parts: list[Part] = []
    numbers: dict[tuple[str, int], str] = {}
    for part in book.parts:
        change = redline.parts.get(part.id, NOTHING)
        if not _is(change.change, dropped):
            made, own = _part(book, part, redline, dropped)
            parts.append(made)
            numbers |= {(made.id, index): number for index, number in own.items()}
    return printed(replace(book, parts=tuple(parts), numbers=numbers, redline=None))


def _part(
    book: Book, part: Part, redline: Redline, dropped: Dropped
) -> tuple[Part, dict[int, str]]:
    change = redline.parts.get(part.id, NOTHING)
    blocks: list[Block] = []
    numbers: dict[int, str] = {}
    for index, block in enumerate(part.blocks):
        own = redline.blocks.get((part.id, index), NOTHING)
        if _is(own.change, dropped):
            continue
        number = _text(own.texts, "number", book.numbers.get((part.id, index), ""), dropped)
        if number:
            numbers[len(blocks)] = number
        blocks.append(_block(block, own, dropped))
    made = replace(part, title=_text(change.texts, "title", part.title, dropped))
    before = change.before if dropped == "insert" else None
    return _as_before(replace(made, blocks=tuple(blocks)), before), numbers


def _as_before(part: Part, before: Before | None) -> Part:
    if before is None:
        return part
    blocks = part.blocks
    if before.labels:
        blocks = tuple(relabelled(block, before.labels) for block in blocks)
    known = part.id if before.id is None else before.id
    return replace(_headed(part, before), id=known, blocks=blocks)


def _headed(part: Part, before: Before) -> Part:
    """The part under the heading it had."""
    level = part.level if before.level is None else before.level
    untitled = before.heading.kind == "insert" if before.heading else part.untitled
    return replace(part, level=level, untitled=untitled)


def relabelled(block: Block, labels: Mapping[str, str]) -> Block:
    """The block with the labels of notes exchanged, in the notes and in their marks."""

    def marks(runs: Runs) -> Runs:
        return tuple(
            replace(run, target=labels.get(run.target, run.target)) if run.kind == "note" else run
            for run in runs
        )

    if isinstance(block, Note):
        block = replace(block, label=labels.get(block.label, block.label))
    if any(run.kind == "note" for runs in runs_in(block) for run in runs):
        return with_runs(block, marks)
    return block


def _is(change: Change | None, kind: Dropped) -> bool:
    return change is not None and change.kind == kind


def _text(texts: Mapping[str, Stretches], field: str, text: str, dropped: Dropped) -> str:
    if field not in texts:
        return text
    return "".join(run.text for run in _runs(texts[field], dropped))


def _runs(stretches: Stretches, dropped: Dropped) -> Runs:
    return tuple(each.run for each in stretches if not _is(each.change, dropped))


def _block(block: Block, change: BlockChange, dropped: Dropped) -> Block:
    texts = change.texts
    if not texts and not change.rows and not change.before:
        return block
    before = change.before.id if change.before and dropped == "insert" else None
    match block:
        case Heading() | Paragraph() | Note():
            return replace(block, runs=_field(texts, "runs", block.runs, dropped))
        case Entry():
            runs = _field(texts, "runs", block.runs, dropped)
            return replace(_titled(block, texts, dropped), runs=runs)
        case Signature():
            return replace(block, text=_text(texts, "text", block.text, dropped))
        case Figure():
            credit = _text(texts, "credit", block.credit, dropped)
            made = _titled(block, texts, dropped)
            return replace(made, id=_or(before, block.id), credit=credit)
        case Table():
            return replace(_table(block, change, dropped), id=_or(before, block.id))
        case _:
            return block


def _titled(block: Titled, texts: Mapping[str, Stretches], dropped: Dropped) -> Titled:
    return titled(block, fused(_field(texts, "title", title_of(block), dropped)))


def _or(before: str | None, now: str) -> str:
    return now if before is None else before


def _field(texts: Mapping[str, Stretches], field: str, runs: Runs, dropped: Dropped) -> Runs:
    return _runs(texts[field], dropped) if field in texts else runs


def _table(table: Table, change: BlockChange, dropped: Dropped) -> Table:
    gone = {row for row, each in change.rows.items() if each.kind == dropped}
    rows = tuple(
        tuple(
            cell and replace(cell, runs=_field(change.texts, f"{at},{column}", cell.runs, dropped))
            for column, cell in enumerate(row)
        )
        for at, row in enumerate(table.rows)
        if at not in gone
    )
    unit = fused(_field(change.texts, "unit", unit_of(table), dropped))
    return replace(
        with_unit(_titled(table, change.texts, dropped), unit),
        rows=rows,
        header_rows=table.header_rows - sum(row < table.header_rows for row in gone),
    )
