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
from editorial.render.pdf.anchors import block_anchor, part_anchor
from editorial.render.pdf.columns import mark, restore, set_columns
from editorial.render.pdf.flow import Flow, Passage, skip
from editorial.render.pdf.frame import Columns
from editorial.render.pdf.inline import Setting, plain_passage
from editorial.render.pdf.items import Jump, PageOf, Text
from editorial.render.pdf.pages import pour, settle
from editorial.values import dataclass

NUMBER_EMS = 3.5
LABEL_EMS = 4.5
LEADER_GAP = 6.0
# Lines set closer, rather than a few of them on a page of their own.
SHORT, TIGHTER, SPACES = 0.25, (0.98, 0.96, 0.94, 0.92), 6
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
    """A line with its texts composed; `x` is where the title begins in its column, `largest` the
    size of the largest numbers in its list."""

    line: Line
    title: Passage
    label: Passage
    role: str
    look: TextRole
    indent: float
    x: float
    largest: float

    @property
    def height(self) -> float:
        return self.look.before + self.title.lines.height


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
    """Contents below what stands on the page begun, in as many columns as the text."""
    _set_lines(flow, setting, lines, flow.frame.columns, _role)


def _role(line: Line) -> str:
    if not line.depth:
        return "toc_chapter"
    return "toc_section" if line.part else "toc_entry"


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
    """A little closer, if that saves a page of a few lines."""
    roles, begun = [role(line) for line in lines], mark(flow)
    _pour_lines(flow, setting, lines, roles, columns)
    count = len(flow.pages)
    if count == begun.pages or flow.y > SHORT * flow.frame.depth:
        return
    for scale in TIGHTER:
        restore(flow, begun)
        _pour_lines(flow, setting, lines, roles, columns, scale)
        if len(flow.pages) < count:
            return
    restore(flow, begun)
    _pour_lines(flow, setting, lines, roles, columns)


def _pour_lines(
    flow: Flow,
    setting: Setting,
    lines: Sequence[Line],
    roles: Sequence[str],
    columns: Columns,
    scale: float = 1.0,
) -> None:
    looks = {name: _scaled(role_of(setting.style, name), scale) for name in roles}
    largest = max((look.size for look in looks.values()), default=0.0)
    planned = [
        _planned(setting, line, role, looks[role], largest, columns.width)
        for line, role in zip(lines, roles, strict=True)
    ]
    kept = _kept(planned)
    with flow.tags.inside("TOC"):
        set_columns(
            flow,
            columns,
            0,
            len(planned),
            lambda index, _: _set_line(flow, planned[index], kept[index]),
        )


def _scaled(look: TextRole, scale: float) -> TextRole:
    """What stands between the groups gives way first."""
    return replace(look, leading=look.leading * scale, before=look.before * scale**SPACES)


def _planned(
    setting: Setting, line: Line, role: str, look: TextRole, largest: float, width: float
) -> PlannedLine:
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
        largest=largest,
    )


def _kept(planned: Sequence[PlannedLine]) -> list[float]:
    """Points each line must find below it, for those it may not be parted from."""
    depths = [each.line.depth for each in planned]
    kept = [0.0] * len(planned)
    for index in range(len(planned) - 2, -1, -1):
        if _are_one(depths, index):
            kept[index] = planned[index + 1].height + kept[index + 1]
    return kept


def _are_one(depths: Sequence[int], index: int) -> bool:
    """Whether a line and the next stay together: none of its kind is left alone, neither under
    what it belongs to nor above what follows."""
    here, below = depths[index], depths[index + 1]
    if below != here:
        return below > here
    opens = index > 0 and depths[index - 1] < here
    closes = index + 2 == len(depths) or depths[index + 2] < here
    return opens or closes


def _set_line(flow: Flow, planned: PlannedLine, kept: float) -> None:
    look, lines = planned.look, planned.title.lines
    settle(flow, planned.height + kept)
    skip(flow, look.before)
    tags = flow.tags
    with tags.inside("TOCI"), tags.inside("Reference"), tags.inside("Link") as tag:
        label = planned.label.lines
        if label.count:
            x = flow.left + planned.indent
            flow.pages[-1].items.append(Text(lines=label, x=x, top=flow.y, stop=1, tag=tag))
        pour(flow, planned.title, x=planned.x)
    own = role_of(flow.style, planned.role).leading
    top, right = flow.y - (look.leading + own) / 2, flow.left + flow.measure
    end = lines.width_of(lines.count - 1) if lines.count else 0
    flow.pages[-1].items += [
        PageOf(
            name=planned.line.anchor,
            start=flow.left + planned.x + end + LEADER_GAP,
            right=right,
            top=top,
            role=planned.role,
            size=planned.largest,
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
