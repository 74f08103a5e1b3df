"""主题索引 on pages: narrow columns, letters, titles with the pages and columns they stand at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import ceil
from typing import TypeAlias

from editorial.model.style import TextRole, role_of
from editorial.render.pdf.anchors import block_anchor, part_anchor
from editorial.render.pdf.canvas import MM
from editorial.render.pdf.columns import set_columns
from editorial.render.pdf.flow import Flow, Passage, fresh, room
from editorial.render.pdf.frame import HAIR, Columns, Frame, columns_of
from editorial.render.pdf.inline import Setting, plain_passage
from editorial.render.pdf.items import Jump, PagesOf
from editorial.render.pdf.pages import pour, turn
from editorial.render.pdf.paint import NUMERAL, Place
from editorial.render.pdf.paragraph import MIDDLE
from editorial.render.subject_index import PART, IndexEntry, IndexGroup
from editorial.values import dataclass

Places: TypeAlias = tuple[tuple[str, str], ...]

COLUMN_EMS = 17
MOST_COLUMNS = 3
SINGLE_EMS = 4.6  # with two dots before it
# Shares of them that titles are set closer by, to leave room for one.
CLOSER = (0.25, 0.5, 0.75, 1.0)
HANG = 1.0
LEADER_GAP = 3.0
KEEP = 2
# What share of a line a letter at the top of a column may take up of the first title's.
CLOSE = 0.25
# Lines of places that stay with their title.
MOST_BELOW = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A letter, or a title with the anchors it leads to; `narrower` is the title set closer and
    closer, if its last line leaves no room for a place: at last any line does."""

    text: Passage
    look: TextRole
    names: tuple[str, ...] = ()
    title: str = ""
    narrower: tuple[Passage, ...] = ()


def set_index(
    flow: Flow, setting: Setting, groups: Sequence[IndexGroup], where: Mapping[str, Place]
) -> None:
    """The index below what stands on the page begun; `where` are the places it names."""
    look = role_of(setting.style, "index_entry")
    columns = index_columns(flow.frame, look, setting.style.column_gap * MM)
    asked = [*_rows(setting, groups, columns.width)]
    rows = [_roomy(setting, row, columns.width) for row in asked]

    def set_row(index: int, _: int) -> None:
        row = rows[index]
        if not row.names:
            after = _titled(flow, rows[index + 1], where) if index + 1 < len(rows) else None
            _set_letter(flow, row, look.leading, after.height if after else 0.0)
        elif row.text.lines.count:
            _set_title(flow, row, _titled(flow, row, where))

    with flow.tags.inside("Index"):
        set_columns(flow, columns, 0, len(rows), set_row)


def index_columns(frame: Frame, look: TextRole, gap: float) -> Columns:
    """As many as leave each some 17 characters, three at most."""
    count = int((frame.measure + gap) / (COLUMN_EMS * look.size + gap))
    return columns_of(frame.measure, max(1, min(count, MOST_COLUMNS)), gap)


def _rows(setting: Setting, groups: Sequence[IndexGroup], width: float) -> Iterator[Row]:
    letter, entry = (role_of(setting.style, name) for name in ("index_letter", "index_entry"))
    for group in groups:
        yield Row(text=plain_passage(setting, group.letter, letter, width), look=letter)
        for each in group.entries:
            yield _row(setting, each, entry, width)


def _row(setting: Setting, entry: IndexEntry, look: TextRole, width: float) -> Row:
    names = tuple(
        part_anchor(name) if place == PART else block_anchor(name, place)
        for name, place in entry.anchors
    )
    text = _hung(setting, entry.title, look, width)
    return Row(text=text, look=look, names=names, title=entry.title)


def _hung(setting: Setting, title: str, look: TextRole, width: float) -> Passage:
    hung = replace(look, align="left", indent=-HANG)
    return plain_passage(setting, title, hung, width - HANG * look.size)


def _roomy(setting: Setting, row: Row, width: float) -> Row:
    """With room for a place. All rows are asked for before any is read, and so are all these:
    they are set together."""
    look, kept = row.look, SINGLE_EMS * row.look.size
    if not row.names or _end(row.text, HANG * look.size) + kept <= width:
        return row
    narrower = tuple(_hung(setting, row.title, look, width - kept * share) for share in CLOSER)
    return replace(row, narrower=narrower)


def _places(names: Sequence[str], where: Mapping[str, Place], columns: int) -> Places:
    """Each place as it is said, once, in the order of pages, with the first anchor there."""
    letters = "ab" if columns > 1 else ("", "")
    said: dict[str, str] = {}
    for place, name in sorted((where[name], name) for name in names if name in where):
        said.setdefault(f"{place.number}{letters[place.column if columns > 1 else 0]}", name)
    return tuple(said.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Titled:
    """A title as it is set: where its last line ends, the places on that line and those below,
    line by line; `height` is what must stay together."""

    text: Passage
    end: float
    beside: Places
    below: Sequence[Places]
    height: float


def _titled(flow: Flow, row: Row, where: Mapping[str, Place]) -> Titled:
    hang, size = HANG * row.look.size, row.look.size
    text = row.text
    roomy = [
        each for each in row.narrower if _end(each, hang) + SINGLE_EMS * size <= flow.measure + HAIR
    ]
    text = min(roomy, key=lambda each: each.lines.count) if roomy else row.text
    end = _end(text, hang)
    places = _places(row.names, where, flow.style.columns)
    beside, *below = _in_lines(places, flow.measure - end - LEADER_GAP, flow.measure - hang, size)
    kept = text.lines.count + min(len(below), MOST_BELOW)
    return Titled(text=text, end=end, beside=beside, below=below, height=kept * row.look.leading)


def _set_title(flow: Flow, row: Row, title: Titled) -> None:
    """A title on one page; it hangs by its first line, and its places begin on its last."""
    hang, leading, below = HANG * row.look.size, row.look.leading, title.below
    if title.height > room(flow) + HAIR and not fresh(flow):
        turn(flow)
    with flow.tags.inside("P"):
        with flow.tags.inside("Link") as tag:
            pour(flow, title.text, x=hang)
        first, left = flow.y - leading, title.end + LEADER_GAP
        if title.beside:
            _set_jump(flow, row, title.beside[0][1], first, tag)
        _set_places(flow, row, title.beside, first, left, tag, more=bool(below))
        flow.whole = True  # what goes on overleaf is not taken up there again
        for number, line in enumerate(below, 1):
            if leading > room(flow) + HAIR and not fresh(flow):
                turn(flow)
            tag, more = flow.tags.add("Link"), number < len(below)
            if len(line) == 1:
                _set_jump(flow, row, line[0][1], flow.y, tag)
            _set_places(flow, row, line, flow.y, flow.measure, tag, more=more)
            flow.y += leading


def _end(text: Passage, hang: float) -> float:
    """Where the last line of a title ends in its column."""
    lines = text.lines
    return lines.width_of(lines.count - 1) + (hang if lines.count > 1 else 0)


def _in_lines(places: Places, beside: float, below: float, size: float) -> list[Places]:
    """As many as there is room for `beside` the title, one at least, and the rest `below`."""
    lines: list[Places] = [()]
    space = beside
    for place in places:
        width = (len(place[0]) * NUMERAL + 1) * size
        if lines[-1] and width > space:
            lines.append(())
            space = below
        lines[-1] += (place,)
        space -= width
    return lines


def _set_places(
    flow: Flow,
    row: Row,
    places: Places,
    top: float,
    start: float,
    tag: int,
    *,
    more: bool,
) -> None:
    """Flush right, with dots from `start`."""
    if not places:
        return
    flow.pages[-1].items.append(
        PagesOf(
            places=places,
            start=flow.left + start,
            right=flow.left + flow.measure,
            top=top,
            role="index_entry",
            more=more,
            tag=tag,
        )
    )


def _set_jump(flow: Flow, row: Row, name: str, top: float, tag: int) -> None:
    """A link as wide as the column, under those of several places."""
    height = row.look.leading
    box = Jump(name=name, x=flow.left, top=top, width=flow.measure, height=height, tag=tag)
    flow.pages[-1].items.append(box)


def _set_letter(flow: Flow, row: Row, line: float, after: float) -> None:
    """A letter and the first title under it, `after` high; titles stand level in all columns, and
    so does what begins them."""
    look = row.look
    height = row.text.lines.height + look.after
    kept = max(KEEP * look.leading, after + line)
    if look.before + height + kept > room(flow) and not fresh(flow):
        turn(flow)
    if flow.y > flow.top:
        depth = ceil((flow.y - flow.top + look.before + height) / line - HAIR) * line
        flow.y = flow.top + depth - height
    else:
        small = role_of(flow.style, "index_entry")
        rise = (look.leading - line) / 2 + MIDDLE * (look.size - small.size)
        depth = max(1, ceil((height - rise) / line - CLOSE)) * line
        flow.y = flow.top - rise
    with flow.tags.inside("H2"):
        pour(flow, row.text)
    flow.y = flow.top + depth
