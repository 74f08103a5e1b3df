"""目录: what it lists, and its lines with leaders, numbers and links.

Numbers are asked for when the page is painted, so the pages of the contents can be
filled before those they point to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from editorial.model.book import Book, Part
from editorial.model.document import Entry, Heading, plain
from editorial.model.style import DraftStyle
from editorial.render.pdf.inline import Setting, plain_passage
from editorial.render.pdf.items import Jump, PageOf
from editorial.render.pdf.pages import Flow, fresh, pour, room, skip, turn
from editorial.render.pdf.parts import block_anchor, part_anchor

NUMBER_EMS = 3.5
LEADER_GAP = 4.0
KEEP = 3
UNTITLED = "（无题）"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the contents; depth 0 is a 篇目. `part` unless it stands for a block."""

    depth: int
    title: str
    anchor: str
    part: bool = False


def listed(book: Book, style: DraftStyle) -> tuple[Line, ...]:
    """篇目 and 分目 always, 次分目 and 条目 when `toc_levels` reaches 3."""
    return tuple(_listed(book.parts, style.toc_levels))


def _listed(parts: tuple[Part, ...], levels: int) -> Iterator[Line]:
    for index, part in enumerate(parts):
        depth = part.level - 1
        yield Line(depth=depth, title=part.title, anchor=part_anchor(index), part=True)
        if levels < 3:
            continue
        for place, block in enumerate(part.blocks):
            match block:
                case Entry(title=title):
                    yield Line(depth=depth + 1, title=title, anchor=block_anchor(index, place))
                case Heading(runs=runs):
                    title = plain(runs)
                    yield Line(depth=depth + 1, title=title, anchor=block_anchor(index, place))


def set_contents(flow: Flow, setting: Setting, lines: tuple[Line, ...]) -> None:
    """The pages of the contents, from the page begun; a 篇目 keeps lines of its own below it."""
    for index, line in enumerate(lines):
        following = lines[index + 1 : index + KEEP]
        _set_line(flow, setting, line, keep=line.depth == 0 and bool(following))


def _set_line(flow: Flow, setting: Setting, line: Line, *, keep: bool) -> None:
    role = "toc_chapter" if line.depth == 0 else "toc_section"
    text_look = setting.style.roles[role]
    indent = text_look.indent * text_look.size * max(line.depth, 0)
    measure = flow.frame.measure
    width = measure - indent - NUMBER_EMS * text_look.size
    flush = replace(text_look, indent=0, align="left")
    title = plain_passage(setting, line.title, flush, width)
    if not title.lines.count:
        title = plain_passage(setting, UNTITLED, flush, width)
    height = title.lines.height + (2 * text_look.leading if keep else 0)
    skip(flow, text_look.before)
    if height > room(flow) and not fresh(flow):
        turn(flow)
    pour(flow, title, x=indent)
    lines = title.lines
    top = flow.y - lines.leading
    flow.pages[-1].items += [
        PageOf(
            name=line.anchor,
            start=indent + lines.width_of(lines.count - 1) + LEADER_GAP,
            right=measure,
            top=top,
            role=role,
        ),
        Jump(name=line.anchor, x=0, top=top, width=measure, height=lines.leading),
    ]
