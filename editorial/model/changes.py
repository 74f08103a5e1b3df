"""改动清单: every difference between two texts as one line, with the place it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from editorial.model.book import Book, Part
from editorial.model.document import (
    Block,
    Comment,
    Entry,
    Figure,
    Heading,
    Note,
    Table,
    plain,
)
from editorial.model.likeness import words_of
from editorial.model.redline import BlockChange, Change, Redline, Stretches
from editorial.values import dataclass

AROUND = 10  # characters shown on either side of a change
FIELDS = {"title": "标题", "unit": "单位", "credit": "摄影", "number": "编号", "text": "署名"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Who, as the redline names them, and when."""

    author: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """`old` became `new`; empty for what was put in or taken out. `text_before` and `text_after`
    are the whole texts it stands in, at [start, stop) and [start2, stop2). `kind` is 改 增 删 移;
    `entry` the title of the entry or heading above. `there`: where what was moved stands now."""

    section: str
    entry: str
    kind: str
    what: str
    old: str
    new: str
    text_before: str
    text_after: str
    span: tuple[int, int]
    span2: tuple[int, int]
    hands: tuple[Hand, ...]
    there: str = ""


def differences(book: Book) -> tuple[Difference, ...]:
    """Of a book with its redline, in reading order. A paragraph that was moved counts once."""
    redline = book.redline
    assert redline is not None
    froms = _left(book, redline)
    found: list[Difference] = []
    last: Part | None = None
    for part in book.parts:
        heading = redline.parts.get(part.id)
        if heading is not None:
            found += _of_heading(part, heading, last)
        found += _of_part(part, redline, froms)
        last = last if _is_gone(heading) else part
    return tuple(found)


def _left(book: Book, redline: Redline) -> dict[str, Part]:
    """The part each moved block stood in, by the name of its move."""
    parts = {part.id: part for part in book.parts}
    return {
        each.change.move: parts[section]
        for (section, _), each in redline.blocks.items()
        if each.change is not None and each.change.move and each.change.kind == "delete"
    }


def _of_part(part: Part, redline: Redline, froms: Mapping[str, Part]) -> Iterator[Difference]:
    heading = redline.parts.get(part.id)
    entry = above = ""
    for index, block in enumerate(part.blocks):
        entry = _entry(block) or entry
        found = redline.blocks.get((part.id, index))
        if found is not None and not _gone_with(heading):
            there = _now_at(above, part, found.change, froms)
            named = "" if isinstance(block, Note) else entry  # notes stand last in their part
            yield from _of_block(part.id, named, block, found, there)
        if not isinstance(block, Comment) and not _is_gone(found):
            above = _named(block)


def _is_gone(found: BlockChange | None) -> bool:
    return found is not None and found.change is not None and found.change.kind == "delete"


def _now_at(above: str, part: Part, change: Change | None, froms: Mapping[str, Part]) -> str:
    """移到【机场】之后; of what came from another section also from which."""
    if change is None or not change.move:
        return ""
    left = froms.get(change.move, part)
    away = f"从“{left.title}”" if left.id != part.id else ""
    return f"{away}移到{above}之后" if above else f"{away}移到本分目最前"


def _named(block: Block) -> str:
    if isinstance(block, Entry) and block.title:
        return f"【{block.title}】"
    if isinstance(block, Table | Figure) and block.title:
        return f"{_called(block)}“{block.title}”"
    words = _words(block)
    return f"“{words[:AROUND]}{'…' if len(words) > AROUND else ''}”"


def _gone_with(heading: BlockChange | None) -> bool:
    """What comes, goes or moves with its whole section is told once, at the heading."""
    return heading is not None and heading.change is not None


def _entry(block: Block) -> str:
    if isinstance(block, Entry):
        return block.title
    if isinstance(block, Heading):
        return plain(block.runs)
    return block.title if isinstance(block, Table) else ""


def _of_heading(part: Part, heading: BlockChange, last: Part | None) -> Iterator[Difference]:
    if heading.change is not None:
        text = part.title + "".join(map(_words, part.blocks))
        there = f"移到“{last.title}”之后" if last else "移到最前"
        there = there if heading.change.move else ""
        yield from _whole(part.id, "", "整个分目", text, heading.change, there)
        return
    for stretches in heading.texts.values():
        yield from _of_stretches(part.id, "", "篇目标题", stretches)


def _of_block(
    section: str, entry: str, block: Block, found: BlockChange, there: str
) -> Iterator[Difference]:
    if found.change is not None and not found.change.move:
        yield from _whole(section, entry, _called(block), _words(block), found.change)
        return
    if found.change is not None and found.change.kind == "insert":
        yield from _whole(section, entry, _called(block), _words(block), found.change, there)
    for name, stretches in found.texts.items():
        yield from _of_stretches(section, entry, _field(block, name), stretches)
    if isinstance(block, Table):
        yield from _of_rows(section, entry, block, found)


def _words(block: Block) -> str:
    title = f"【{block.title}】" if isinstance(block, Entry) else ""
    return title + words_of(block).removeprefix(block.title if isinstance(block, Entry) else "")


def _called(block: Block) -> str:
    return {"Table": "表", "Figure": "图", "Note": "脚注", "Heading": "标题"}.get(
        type(block).__name__, "段"
    )


def _field(block: Block, name: str) -> str:
    if isinstance(block, Table) and name[:1].isdecimal():
        row, column = (int(each) + 1 for each in name.split(","))
        return f"表第{row}行第{column}列"
    return "脚注" if isinstance(block, Note) else FIELDS.get(name, "")


def _whole(
    section: str, entry: str, what: str, text: str, change: Change, there: str = ""
) -> Iterator[Difference]:
    if not text.strip():
        return
    came = change.kind == "insert"
    kind = "移" if change.move else "增" if came else "删"
    yield Difference(
        section=section,
        entry=entry,
        kind=kind,
        what=what,
        old=text if change.move or not came else "",
        new=text if came else "",
        text_before="" if came and not change.move else text,
        text_after=text if came else "",
        span=(0, 0 if came and not change.move else len(text)),
        span2=(0, len(text) if came else 0),
        hands=(Hand(author=change.author, at=change.at),),
        there=there,
    )


def _of_rows(section: str, entry: str, table: Table, found: BlockChange) -> Iterator[Difference]:
    for row, change in found.rows.items():
        cells = [plain(cell.runs) for cell in table.rows[row] if cell is not None]
        yield from _whole(section, entry, f"表第{row + 1}行", " ".join(cells), change)


def _of_stretches(
    section: str, entry: str, what: str, stretches: Stretches
) -> Iterator[Difference]:
    """Changes that follow on each other are one: a deletion and what replaces it."""
    before = "".join(s.run.text for s in stretches if not (s.change and s.change.kind == "insert"))
    after = "".join(s.run.text for s in stretches if not (s.change and s.change.kind == "delete"))
    at = at2 = 0
    for changed, own in groupby(stretches, lambda s: s.change is not None and not s.change.move):
        run = tuple(own)
        old = "".join(s.run.text for s in run if not (s.change and s.change.kind == "insert"))
        new = "".join(s.run.text for s in run if not (s.change and s.change.kind == "delete"))
        if changed and (old or new):
            hands = dict.fromkeys(
                Hand(author=s.change.author, at=s.change.at) for s in run if s.change
            )
            yield Difference(
                section=section,
                entry=entry,
                kind="改" if old and new else "删" if old else "增",
                what=what,
                old=old,
                new=new,
                text_before=before,
                text_after=after,
                span=(at, at + len(old)),
                span2=(at2, at2 + len(new)),
                hands=tuple(hands),
            )
        at, at2 = at + len(old), at2 + len(new)


def shown_old(found: Difference) -> str:
    """The old words in their surroundings: …增长［12.7%］，其中…"""
    start, stop = found.span
    head = found.text_before[max(0, start - AROUND) : start]
    tail = found.text_before[stop : stop + AROUND]
    if not head and not tail:
        return found.old
    left = "…" if start > AROUND else ""
    right = "…" if stop + AROUND < len(found.text_before) else ""
    return f"{left}{head}［{found.old}］{tail}{right}"


def latest(hands: Sequence[Hand]) -> Hand:
    return max(hands, key=lambda hand: hand.at)
