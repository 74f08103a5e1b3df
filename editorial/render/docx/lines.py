"""Lines made of a block's words and of words setting adds, as stretches of a 花脸稿."""

from __future__ import annotations

from editorial.model.document import (
    Entry,
    Figure,
    Runs,
    Signature,
    Table,
    plain,
    title_marks,
    title_of,
    unit_of,
)
from editorial.model.redline import BlockChange, Change, Stretches
from editorial.render.docx.sides import (
    NEW,
    OLD,
    Side,
    field_stretches,
    has,
    on_side,
    row_change,
    set_words,
    text_stretches,
    words_as,
)
from editorial.render.titles import printed_credit

SPACES = ("　", " ")


def spaced(runs: Runs) -> bool:
    """Whether a full space must be set between 【条目标题】 and these runs."""
    first = next((run for run in runs if run.text or run.kind == "note"), None)
    return first is not None and not first.text.startswith(SPACES)


def entry_title(change: BlockChange, entry: Entry) -> Stretches:
    title = field_stretches(change, "title", title_of(entry))
    return (*words_as(change.change, "【"), *title, *words_as(change.change, "】"))


def entry_words(change: BlockChange, entry: Entry) -> Stretches:
    """The text, a full space before it, and before that the marks of notes on the title."""
    runs = field_stretches(change, "runs", entry.runs)
    begins = {side: _text_begins(runs, side) for side in (OLD, NEW)}
    words: Stretches = ()
    start = 0
    for at in sorted(set(begins.values())):
        sides = [side for side in begins if begins[side] == at]
        told = [side for side in sides if spaced(on_side(runs[at:], side))]
        gap = set_words("　", runs, old=OLD in told, new=NEW in told)
        words, start = (*words, *runs[start:at], *gap), at
    return (*words, *runs[start:])


def _text_begins(runs: Stretches, side: Side) -> int:
    """Behind the marks both texts begin with, or all those this one begins with."""
    both = title_marks(each.run for each in runs)
    own = [at for at, each in enumerate(runs) if has(each.change, side)]
    text = (*own, len(runs))[title_marks(on_side(runs, side))]
    marked = any(has(each.change, side) and each.run.kind == "note" for each in runs[both:text])
    return text if marked else both


def signature_line(change: BlockChange, signature: Signature) -> Stretches:
    words = text_stretches(change, "text", signature.text)
    return (*words_as(change.change, "（"), *words, *words_as(change.change, "）"))


def table_title(change: BlockChange, number: str, table: Table) -> Stretches:
    """表3-1　投资情况表"""
    return _captioned(change, number, title_of(table))


def figure_title(change: BlockChange, number: str, figure: Figure) -> Stretches:
    """图3-1　示例走廊"""
    return _captioned(change, number, title_of(figure))


def figure_credit(change: BlockChange, figure: Figure) -> Stretches:
    """（某某　摄）, empty when neither text has a credit."""
    credit = text_stretches(change, "credit", printed_credit(figure.credit))
    return (*_added("（", credit), *credit, *_added("）", credit))


def _captioned(change: BlockChange, number: str, title: Runs) -> Stretches:
    words, numbers = (
        field_stretches(change, "title", title),
        text_stretches(change, "number", number),
    )
    return (*numbers, *(_added("　", words) if numbers else ()), *words)


def unit_line(change: BlockChange, table: Table) -> Stretches:
    """单位：亿元; empty when neither text has a unit."""
    unit = field_stretches(change, "unit", unit_of(table))
    return (*_added("单位：", unit), *unit)


def _added(words: str, beside: Stretches) -> Stretches:
    """Words that are set only where there is something beside them."""
    old, new = (bool(plain(on_side(beside, side))) for side in (OLD, NEW))
    return set_words(words, beside, old=old, new=new)


def line_change(stretches: Stretches) -> Change | None:
    """The change of a line only one text has: that of its first words, if none are in both."""
    if not stretches or all(each.change is None for each in stretches):
        return None
    in_old, in_new = (bool(on_side(stretches, side)) for side in (OLD, NEW))
    return None if in_old and in_new else stretches[0].change


def grid_change(change: BlockChange, table: Table) -> Change | None:
    """The change of a whole grid: its rows all came or all went."""
    rows = [row_change(change, row) for row in range(len(table.rows))]
    old, new = (any(has(each, side) for each in rows) for side in (OLD, NEW))
    return None if old and new else next(iter(rows), None)
