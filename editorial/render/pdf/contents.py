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
from editorial.render.pdf.tags import Inside, Tags
from editorial.render.titles import listed_level
from editorial.values import dataclass

NUMBER_EMS = 3.5
LABEL_EMS = 4.5
LEADER_GAP = 6.0
# The rest of a long title stands in an em, and is of some characters.
HANG, LEAST_REST = 1.0, 3.0
DEEPEST = 0.4  # of the width: however deep a title stands, there is room for it
# Lines set closer, rather than a few of them on a page of their own.
SHORT, TIGHTER, SPACES = 0.25, (0.98, 0.96, 0.94, 0.92), 6
UNTITLED = "（无题）"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the contents; depth 0 is a 篇目. `entry`: it stands for a 条目; `label` is the
    表3-1 before the title."""

    depth: int
    title: str
    anchor: str
    entry: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLine:
    """A line with its texts composed; `x` is where the title stands in its column, `hang` how far
    its first line stands out, `largest` the size of the largest numbers in its list."""

    line: Line
    title: Passage
    label: Passage
    role: str
    look: TextRole
    indent: float
    x: float
    hang: float
    largest: float

    @property
    def height(self) -> float:
        return self.look.before + self.title.lines.height

    @property
    def end(self) -> float:
        """Where the title ends in its column."""
        lines = self.title.lines
        if not lines.count:
            return self.x
        return self.x + lines.width_of(lines.count - 1) - (self.hang if lines.count == 1 else 0)


def listed(book: Book, style: DraftStyle) -> tuple[Line, ...]:
    """篇目 and 分目 always, 次分目 and 条目 when `toc_levels` reaches 3."""
    return tuple(_listed(book.parts, style.toc_levels))


def _listed(parts: tuple[Part, ...], levels: int) -> Iterator[Line]:
    for part in parts:
        if part.title:  # a 花脸稿 may have one taken out from above a text that stays
            yield Line(depth=part.level - 1, title=part.title, anchor=part_anchor(part.id))
        if levels >= 3:
            yield from _inside(part)


def _inside(part: Part) -> Iterator[Line]:
    for place, block in enumerate(part.blocks):
        if isinstance(block, Entry | Heading):
            title = block.title if isinstance(block, Entry) else plain(block.runs)
            yield Line(
                depth=listed_level(part, place) - 1,
                title=title,
                anchor=block_anchor(part.id, place),
                entry=isinstance(block, Entry),
            )


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
    return "toc_entry" if line.entry else "toc_section"


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
    planned = _evened(setting, planned)
    kept, items = _kept(planned), _items(flow.tags, [line.depth for line in lines])
    set_columns(
        flow,
        columns,
        0,
        len(planned),
        lambda index, _: _set_line(flow, planned[index], kept[index], items[index]),
    )


def _items(tags: Tags, depths: Sequence[int]) -> list[int]:
    """An element for every line, those below another in a table of contents of their own."""
    items: list[int] = []
    opened, tables = len(tags.open), list[int]()
    for depth in depths:
        while len(tables) > 1 and depth <= tables[-2]:
            tables.pop()
            del tags.open[-2:]
        if len(tables) > 1:  # a level was left out: 1 after 2 stands where that does
            tables[-1] = min(tables[-1], depth)
        if not tables or depth > tables[-1]:
            tags.open += [items[-1]] if items else []
            tags.open.append(tags.add("TOC"))
            tables.append(depth)
        items.append(tags.add("TOCI"))
    del tags.open[opened:]
    return items


def _scaled(look: TextRole, scale: float) -> TextRole:
    """What stands between the groups gives way first."""
    return replace(look, leading=look.leading * scale, before=look.before * scale**SPACES)


def _planned(
    setting: Setting, line: Line, role: str, look: TextRole, largest: float, width: float
) -> PlannedLine:
    em = role_of(setting.style, "toc_section").size  # the same at each depth, whatever stands there
    indent = min(look.indent * em * line.depth, DEEPEST * width)
    hang = 0.0 if line.label else HANG * look.size
    x = indent + hang + (LABEL_EMS * look.size if line.label else 0)
    flush = replace(look, indent=0, align="left")
    return PlannedLine(
        line=line,
        title=_title(setting, line, look, hang, width - x - NUMBER_EMS * look.size),
        label=plain_passage(setting, line.label, flush, LABEL_EMS * look.size),
        role=role,
        look=look,
        indent=indent,
        x=x,
        hang=hang,
        largest=largest,
    )


def _title(setting: Setting, line: Line, look: TextRole, hang: float, width: float) -> Passage:
    """The title, its first line standing out by `hang` of what is `width` points below it."""
    hung = replace(look, indent=-hang / look.size, align="left")
    return plain_passage(setting, line.title if line.title.strip() else UNTITLED, hung, width)


def _evened(setting: Setting, planned: Sequence[PlannedLine]) -> list[PlannedLine]:
    """Titles with their lines a little shorter, where that leaves the last one more than a word.
    All are asked for before any is read: they are set together."""
    shorter = [_shorter(setting, each) for each in planned]
    return [
        replace(each, title=title)
        if title and title.lines.count == each.title.lines.count
        else each
        for each, title in zip(planned, shorter, strict=True)
    ]


def _shorter(setting: Setting, planned: PlannedLine) -> Passage | None:
    lines, least = planned.title.lines, LEAST_REST * planned.look.size
    before = [lines.width_of(number) for number in range(lines.count - 1)]
    if not before or lines.width_of(len(before)) >= least:
        return None
    widest = max(before[0] - planned.hang, *before[1:], 0)
    narrow = widest + lines.width_of(len(before)) - least
    if narrow < least:
        return None
    return _title(setting, planned.line, planned.look, planned.hang, narrow)


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


def _set_line(flow: Flow, planned: PlannedLine, kept: float, item: int) -> None:
    look, lines = planned.look, planned.title.lines
    settle(flow, planned.height + kept)
    skip(flow, look.before)
    tags = flow.tags
    with Inside(tags, item):
        label = planned.label.lines
        if label.count:
            x, tag = flow.left + planned.indent, tags.add("Lbl")
            flow.pages[-1].items.append(Text(lines=label, x=x, top=flow.y, stop=1, tag=tag))
        with tags.inside("Reference"), tags.inside("Link") as tag:
            pour(flow, planned.title, x=planned.x)
    own = role_of(flow.style, planned.role).leading
    top, right = flow.y - (look.leading + own) / 2, flow.left + flow.measure
    flow.pages[-1].items += [
        PageOf(
            name=planned.line.anchor,
            start=flow.left + planned.end + LEADER_GAP,
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
