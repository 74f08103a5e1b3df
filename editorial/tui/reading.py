"""The text of a section as one reads it: tables laid out, notes numbered, open points seen.

In the margin stand the line numbers of its source, which findings and editing speak of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from editorial.model.document import (
    Block,
    Break,
    Comment,
    Document,
    Entry,
    Figure,
    Form,
    Heading,
    Note,
    Paragraph,
    Run,
    Runs,
    Signature,
    Table,
    title_of,
    unit_of,
)
from editorial.tui.grid import Grid
from editorial.tui.prose import Para
from editorial.values import dataclass

if TYPE_CHECKING:
    import re

RAISED = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
LOWERED = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
KINDS = {"emphasis": "bold", "link": "underline", "note": "bold"}
APART = (Entry, Heading, Table, Figure)  # have a blank line before them
INDENT = "　　"
# How far paragraphs of a form of their own stand in.
INDENTS: Mapping[Form, str] = {
    "signed": INDENT * 6,
    "dated": INDENT * 6,
    "quote": INDENT * 2,
    "verse": INDENT * 4,
    "verse_title": INDENT * 4,
    "verse_author": INDENT * 4,
    "head": INDENT * 4,
    "aside": INDENT * 4,
    "salutation": "",
    "annexed": "　" * 5,
    "right": INDENT * 6,
    "center": INDENT * 4,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How notes are numbered, and what finds an open point."""

    numbers: dict[str, int]
    opens: re.Pattern[str] | None


def readable(text: str, document: Document, opens: re.Pattern[str] | None) -> list[Para | Grid]:
    """`document` is what was read from `text`."""
    reading = Reading(numbers=_numbers(document), opens=opens)
    shown: list[Para | Grid] = []
    before: Block | None = None
    for block in document.blocks:
        if before is not None and (isinstance(block, APART) or isinstance(before, Table)):
            shown.append(Para())
        line = text.count("\n", 0, block.span.start) + 1
        shown += _shown(block, f"{line:>4} ", reading)
        before = block
    return shown


def _numbers(document: Document) -> dict[str, int]:
    """Notes by the order of their marks; those without a mark behind them."""
    marks = [run.target for block in document.blocks for run in _runs(block) if run.kind == "note"]
    notes = [block.label for block in document.blocks if isinstance(block, Note)]
    return {label: number for number, label in enumerate(dict.fromkeys([*marks, *notes]), 1)}


def _runs(block: Block) -> Iterator[Run]:
    match block:
        case Heading(runs=runs) | Paragraph(runs=runs) | Entry(runs=runs) | Note(runs=runs):
            yield from runs
        case Table(rows=rows):
            for cell in (cell for row in rows for cell in row if cell):
                yield from cell.runs


def _shown(block: Block, lead: str, reading: Reading) -> list[Para | Grid]:
    match block:
        case Entry(title=title, runs=runs):
            named = (Run(text="【"), *title_of(block), Run(text="】　"))
            return [_para((*named, *runs), lead, reading, strong=len(title) + 2)]
        case Heading(runs=runs):
            para = _para(runs, lead, reading)
            return [replace(para, strong=len(para.text))]
        case Paragraph(runs=runs, form=form):
            return [_para(runs, lead, reading, before=INDENTS.get(form, INDENT))]
        case Note(label=label, runs=runs):
            return [_para(runs, lead, reading, before=f"[{reading.numbers[label]}] ")]
        case Table():
            return _table(block, lead, reading)
        case Figure(credit=credit):
            title = _shown_runs(title_of(block), reading) or "没有图题"
            told = f"〔图〕{title}" + (f"（{credit}）" if credit else "")
            return [Para(text=told, lead=lead, strong=3)]
        case Signature(text=text):
            return [Para(text=f"{INDENT * 4}（{text}）", lead=lead)]
        case Comment(text=text):
            return [Para(text=f"编者注（不印）：{text}", lead=lead, style="dim")]
        case Break():
            return [Para()]


def _table(table: Table, lead: str, reading: Reading) -> list[Para | Grid]:
    """Its title with its unit and how many rows it has, and below it the table."""
    rows = len(table.rows) - table.header_rows
    title, unit = (_shown_runs(runs, reading) for runs in (title_of(table), unit_of(table)))
    parts = [f"〔表〕{title or '没有表题'}", f"单位：{unit}" if unit else ""]
    told = "　".join([*filter(None, parts), f"{rows}行"])
    head = Para(text=told, lead=lead, strong=len(parts[0]))
    return [head, Grid(table=table, lead=" " * len(lead))]


def _shown_runs(runs: Runs, reading: Reading) -> str:
    return "".join(_told(run, reading) for run in runs)


def _para(runs: Runs, lead: str, reading: Reading, *, before: str = "", strong: int = 0) -> Para:
    text, spans = before, []
    for run in runs:
        told = _told(run, reading)
        if run.kind in KINDS:
            spans.append((len(text), len(text) + len(told), KINDS[run.kind]))
        text += told
    return Para(text=text, lead=lead, strong=strong, spans=(*spans, *_open(text, reading, strong)))


def _told(run: Run, reading: Reading) -> str:
    match run.kind:
        case "note":
            return f"[{reading.numbers.get(run.target, '?')}]"
        case "superscript":
            return run.text.translate(RAISED)
        case "subscript":
            return run.text.translate(LOWERED)
        case _:
            return run.text


def _open(text: str, reading: Reading, strong: int) -> Sequence[tuple[int, int, str]]:
    """【待补】, 【存疑】 in reverse, so that they are seen without colour."""
    if reading.opens is None:
        return ()
    found = (match.span() for match in reading.opens.finditer(text, strong))
    return [(first, last, "bold reverse") for first, last in found]
