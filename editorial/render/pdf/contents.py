"""目录, 表目录, 图目录: what they list, and their lines with leaders, numbers and links.

Numbers are asked for when the page is painted, so these pages can be filled before those
they point to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from editorial.model.book import Book, Part
from editorial.model.document import Entry, Heading, plain
from editorial.model.style import DraftStyle, TextRole, role_of
from editorial.render.listings import Listed
from editorial.render.pdf.columns import set_columns
from editorial.render.pdf.flow import Flow, Passage, skip
from editorial.render.pdf.frame import Columns
from editorial.render.pdf.inline import Setting, plain_passage
from editorial.render.pdf.items import Jump, PageOf, Text
from editorial.render.pdf.pages import pour, settle
from editorial.render.pdf.parts import block_anchor, part_anchor
from editorial.values import dataclass

NUMBER_EMS = 3.5
LABEL_EMS = 4.5
LEADER_GAP = 4.0
KEEP = 3
UNTITLED = "（无题）"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the contents; depth 0 is a 篇目. `part` unless it stands for a block;
    `label` is the 表3-1 before the title."""

    depth: int
    title: str
    anchor: str
    part: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLine:
    """A line with its texts composed; `x` is where the title begins in its column."""

    line: Line
    title: Passage
    label: Passage
    role: str
    look: TextRole
    indent: float
    x: float
    keep: bool


def listed(book: Book, style: DraftStyle) -> tuple[Line, ...]:
    """篇目 and 分目 always, 次分目 and 条目 when `toc_levels` reaches 3."""
    return tuple(_listed(book.parts, style.toc_levels))


def _listed(parts: tuple[Part, ...], levels: int) -> Iterator[Line]:
    for part in parts:
        depth = part.level - 1
        yield Line(depth=depth, title=part.title, anchor=part_anchor(part.id), part=True)
        if levels < 3:
            continue
        for place, block in enumerate(part.blocks):
            match block:
                case Entry(title=title):
                    yield Line(depth=depth + 1, title=title, anchor=block_anchor(part.id, place))
                case Heading(runs=runs):
                    title = plain(runs)
                    yield Line(depth=depth + 1, title=title, anchor=block_anchor(part.id, place))


def list_lines(listed: Iterable[Listed]) -> tuple[Line, ...]:
    """The lines of 表目录 or 图目录."""
    return tuple(
        Line(depth=0, title=each.title, anchor=block_anchor(*each.anchor), label=each.number)
        for each in listed
    )


def set_contents(flow: Flow, setting: Setting, lines: Sequence[Line]) -> None:
    """Contents below what stands on the page begun, in as many columns as the text.

    A 篇目 keeps lines of its own below it.
    """
    columns = flow.frame.columns
    _set_lines(
        flow, setting, lines, columns, lambda line: "toc_section" if line.depth else "toc_chapter"
    )


def set_list(flow: Flow, setting: Setting, lines: Sequence[Line]) -> None:
    """Tables or figures below what stands on the page begun; their long titles need the whole
    width."""
    _set_lines(flow, setting, lines, flow.frame.whole, lambda _: "list_entry")


def _set_lines(
    flow: Flow,
    setting: Setting,
    lines: Sequence[Line],
    columns: Columns,
    role: Callable[[Line], str],
) -> None:
    planned = [
        _planned(setting, line, role(line), columns.width, keep=bool(lines[index + 1 :]))
        for index, line in enumerate(lines)
    ]
    with flow.tags.inside("TOC"):
        set_columns(
            flow, columns, 0, len(planned), lambda index, _: _set_line(flow, planned[index])
        )


def _planned(setting: Setting, line: Line, role: str, width: float, *, keep: bool) -> PlannedLine:
    look = role_of(setting.style, role)
    indent = look.indent * look.size * line.depth
    x = indent + (LABEL_EMS * look.size if line.label else 0)
    flush = replace(look, indent=0, align="left")
    title = line.title if line.title.strip() else UNTITLED
    return PlannedLine(
        line=line,
        title=plain_passage(setting, title, flush, width - x - NUMBER_EMS * look.size),
        label=plain_passage(setting, line.label, flush, LABEL_EMS * look.size),
        role=role,
        look=look,
        indent=indent,
        x=x,
        keep=keep and line.part and line.depth == 0,
    )


def _set_line(flow: Flow, planned: PlannedLine) -> None:
    look, lines = planned.look, planned.title.lines
    settle(flow, look.before + lines.height + ((KEEP - 1) * look.leading if planned.keep else 0))
    skip(flow, look.before)
    with flow.tags.inside("TOCI") as tag:
        label = planned.label.lines
        if label.count:
            x = flow.left + planned.indent
            flow.pages[-1].items.append(Text(lines=label, x=x, top=flow.y, stop=1, tag=tag))
        pour(flow, planned.title, x=planned.x)
    top, right = flow.y - look.leading, flow.left + flow.measure
    end = lines.width_of(lines.count - 1) if lines.count else 0
    flow.pages[-1].items += [
        PageOf(
            name=planned.line.anchor,
            start=flow.left + planned.x + end + LEADER_GAP,
            right=right,
            top=top,
            role=planned.role,
            tag=tag,
        ),
        Jump(
            name=planned.line.anchor,
            x=flow.left,
            top=flow.y - lines.height,
            width=flow.measure,
            height=lines.height,
            tag=tag,
        ),
    ]
