"""On which pages Word will put things: reckoned from the finished paragraphs, not laid out.

The page numbers in 目录, lists and index are Word's to work out; until it does, these stand
there. Every line is as high as its style says and as full as its characters are wide, so a
number may be off by a page where a paragraph just misses a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from math import ceil
from typing import NamedTuple

from editorial.model.numerals import folio
from editorial.render.docx.looks import WordStyle
from editorial.render.docx.wordml import TWIPS
from editorial.values import dataclass

SECTION = "<w:sectPr>"
FIRST = '<w:pgNumType w:start="1"/>'
PARAGRAPH = re.compile(r"<w:p>.*?</w:p>", re.DOTALL)
ROW = re.compile(r"<w:tr>.*?</w:tr>", re.DOTALL)
CELL = re.compile(r"<w:tc>.*?</w:tc>", re.DOTALL)
STYLE = re.compile(r'<w:pStyle w:val="(\w+)"/>')
WORDS = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
NAME = re.compile(r'<w:bookmarkStart w:id="\d+" w:name="(_(?:Toc|ed_)\w+)"/>')
NOTE = re.compile(r'<w:footnoteReference w:id="(\d+)"/>')
PICTURE = re.compile(r'<wp:extent cx="\d+" cy="(\d+)"/>')
WIDTH = re.compile(r'<w:tcW w:w="(\d+)"')
GAP = re.compile("[\u2e80-\u9fff][0-9A-Za-z]|[0-9A-Za-z%][\u2e80-\u9fff]")
ENTITY = re.compile("&[a-z]+;")
# Ems: of what is not Han, of the gap between it and Han, and what a full line leaves free.
NARROW, BETWEEN, LOST = 0.5, 0.25, 0.35
EMU = 12700
ROW_PAD, CELL_PAD = 3.0, 8.0
RULE_ABOVE_NOTES = 10.0


@dataclass(frozen=True, slots=True)
class Measure:
    """A style in points: its line, the space around, its type; first line and left indent."""

    line: float = 0
    before: float = 0
    after: float = 0
    size: float = 10.5
    first: float = 0
    left: float = 0
    together: bool = False
    on_grid: bool = True


@dataclass(frozen=True, slots=True)
class Area:
    """Where a section's text stands, in points. `begins` as in its sectPr; `first`: it begins
    with page 1."""

    depth: float
    column: float
    columns: int
    pitch: float
    begins: str
    first: bool = False


class Item(NamedTuple):
    """Something to be placed: its height as lines or rows, of which `least` stay together at
    either end; `hangs`: it stays with the next. `notes` are heights."""

    heights: Sequence[float]
    before: float
    after: float
    names: Sequence[str]
    notes: Sequence[float]
    least: int = 2
    head: float = 0
    hangs: bool = False


def measures_of(styles: Sequence[WordStyle]) -> dict[str, Measure]:
    """What styles.xml says of each paragraph style."""
    return {style.id: _measure(style.look) for style in styles if style.kind == "paragraph"}


def _measure(look: str) -> Measure:
    def points(name: str) -> float:
        found = re.search(rf' w:{name}="(-?\d+)"', look)
        return int(found[1]) / TWIPS if found else 0.0

    size = re.search(r'<w:sz w:val="(\d+)"/>', look)
    hanging = points("hanging")
    return Measure(
        line=0.0 if 'lineRule="auto"' in look else points("line"),
        before=points("before"),
        after=points("after"),
        size=int(size[1]) / 2 if size else 10.5,
        first=points("firstLine") - hanging,
        left=points("left"),
        together="<w:keepNext/>" in look,
        on_grid='<w:snapToGrid w:val="0"/>' not in look,
    )


def reckoned(
    pieces: Sequence[str], notes: Sequence[str], measures: Mapping[str, Measure]
) -> tuple[dict[str, str], int]:
    """The number of the page each bookmark stands on, and how many pages there are.

    `pieces` are all blocks of the document in order, `notes` the contents of its footnotes.
    """
    note = measures.get("FootnoteText", Measure(line=13))
    pages = _Pages(notes=[_words(text) for text in notes], note=note)
    for blocks, area in _sections(pieces):
        pages.begin(area)
        items = [item for block in blocks for item in _items(block, area, measures, pages)]
        pages.place(items)
    front = pages.front
    return {name: folio(page, front) for name, page in pages.found.items()}, pages.number


def _sections(pieces: Sequence[str]) -> Iterator[tuple[list[str], Area]]:
    """Blocks of each section with what the sectPr in its last paragraph says."""
    blocks: list[str] = []
    for piece in pieces:
        blocks.append(piece)
        if SECTION in piece:
            yield blocks, _area(piece)
            blocks = []


def _area(piece: str) -> Area:
    xml = piece[piece.rindex(SECTION) :]

    def points(name: str) -> float:
        found = re.search(rf' w:{name}="(\d+)"', xml)
        return int(found[1]) / TWIPS if found else 0.0

    columns = round(points("num") * TWIPS) or 1
    across = points("w") - points("left") - points("right")
    begins = re.search(r'<w:type w:val="(\w+)"/>', xml)
    return Area(
        depth=points("h") - points("top") - points("bottom"),
        column=(across - (columns - 1) * points("space")) / columns,
        columns=columns,
        pitch=points("linePitch"),
        begins=begins[1] if begins else "nextPage",
        first=FIRST in xml,
    )


# Heights


def _items(
    block: str, area: Area, measures: Mapping[str, Measure], pages: _Pages
) -> Iterator[Item]:
    at = 0
    while (table := block.find("<w:tbl>", at)) >= 0:
        yield from _paragraphs(block[at:table], area, measures, pages)
        at = block.index("</w:tbl>", table)
        yield _table(block[table:at], measures, pages)
    yield from _paragraphs(block[at:] if at else block, area, measures, pages)


def _paragraphs(
    text: str, area: Area, measures: Mapping[str, Measure], pages: _Pages
) -> Iterator[Item]:
    for found in PARAGRAPH.finditer(text):
        xml = found[0]
        if "<w:framePr" in xml:
            continue
        named = STYLE.search(xml)
        look = measures.get(named[1] if named else "Normal", Measure(line=area.pitch))
        picture = PICTURE.search(xml)
        if picture:
            heights = [int(picture[1]) / EMU]
        elif 'w:lineRule="exact"' in xml:
            heights = [1.0]
        else:
            line = ceil(look.line / area.pitch - 0.01) * area.pitch if look.on_grid else look.line
            heights = [line] * _lines(_words(xml), look, area.column)
        yield Item(
            heights,
            look.before,
            look.after,
            NAME.findall(xml),
            pages.called(xml, area.column),
            hangs=look.together,
        )


def _words(xml: str) -> str:
    words = "".join(WORDS.findall(xml))
    return ENTITY.sub("&", words) if "&" in words else words


def _ems(words: str) -> float:
    narrow = len(words.encode("ascii", "ignore"))
    return len(words) - narrow * (1 - NARROW) + BETWEEN * len(GAP.findall(words))


def _lines(words: str, look: Measure, room: float) -> int:
    if not words:
        return 1
    em = look.size
    full = max((room - look.left) / em, 1.0)
    wanted = _ems(words) + look.first / em
    if wanted <= full:
        return 1
    return max(1, ceil(wanted / (full - LOST) - 0.02))


def _table(xml: str, measures: Mapping[str, Measure], pages: _Pages) -> Item:
    """Rows; a repeated head counts again on every page."""
    heights, head = [], 0.0
    for found in ROW.finditer(xml):
        row = found[0]
        heights.append(max((_cell(cell[0], measures) for cell in CELL.finditer(row)), default=0.0))
        if "<w:tblHeader/>" in row:
            head += heights[-1]
    whole = all("<w:keepNext/>" in row[0] for row in list(ROW.finditer(xml))[:-1])
    return Item(
        heights,
        0,
        0,
        NAME.findall(xml),
        pages.called(xml, 0),
        least=len(heights) if whole else 3,
        head=head,
    )


def _cell(xml: str, measures: Mapping[str, Measure]) -> float:
    width = WIDTH.search(xml)
    room = (int(width[1]) / TWIPS if width else 60.0) - CELL_PAD
    height = ROW_PAD
    for found in PARAGRAPH.finditer(xml):
        named = STYLE.search(found[0])
        look = measures.get(named[1] if named else "Normal", Measure(line=12.5))
        height += look.before + look.after + look.line * _lines(_words(found[0]), look, room)
    return height


# Pages


@dataclass(slots=True)
class _Pages:
    """Pages being filled: `y` points of the strip that is `columns` times the page's room.
    `front` of them are numbered by themselves."""

    notes: Sequence[str]
    note: Measure
    number: int = 0
    front: int = 0
    y: float = 0.0
    used: float = 0.0
    top: float = 0.0
    area: Area = Area(1, 1, 1, 1, "nextPage")
    found: dict[str, int] = field(default_factory=dict)

    def called(self, xml: str, room: float) -> list[float]:
        """Heights of the notes called for."""
        width = room or self.area.column
        return [
            self.note.line * _lines(self.notes[int(number) - 1] + "①　", self.note, width)
            for number in NOTE.findall(xml)
            if int(number) <= len(self.notes)
        ]

    def begin(self, area: Area) -> None:
        if area.begins == "continuous" and self.number:
            self.top += self.y / self.area.columns  # columns are made even
        else:
            self.number += 1
            if area.begins == "oddPage" and self.number % 2 == 0:
                self.number += 1
            if area.first:
                self.front = self.number - 1
            self.top = self.used = 0.0
        self.area, self.y = area, 0.0

    @property
    def room(self) -> float:
        """Points left on the page, all columns of it."""
        return (self.area.depth - self.top - self.used) * self.area.columns - self.y

    def turn(self) -> None:
        self.number += 1
        self.top = self.used = self.y = 0.0

    def place(self, items: Sequence[Item]) -> None:
        for index, item in enumerate(items):
            self._put(item, _chained(items, index))

    def _put(self, item: Item, chain: float) -> None:
        heights = list(item.heights)
        notes = sum(item.notes) + (RULE_ABOVE_NOTES if item.notes and not self.used else 0)
        least = min(item.least, len(heights))
        first = item.before + sum(heights[:least])
        if self.room < first + chain + notes and self.y + self.top > 0:
            self.turn()
            notes += RULE_ABOVE_NOTES if item.notes and not self.used else 0
        self.found.update((name, self.number) for name in item.names if name not in self.found)
        self.y += item.before if self.y else 0.0
        self.used += notes
        for place, height in enumerate(heights):
            pair = len(heights) - place == 2 == item.least
            needed = sum(heights[-2:]) if pair else height
            if self.room < needed and self.y:
                self.turn()
                self.y += item.head
            self.y += height
        self.y += item.after


def _chained(items: Sequence[Item], index: int) -> float:
    """What must follow on the same page: the head of what this stays with."""
    needed = 0.0
    while items[index].hangs and index + 1 < len(items):
        index += 1
        item = items[index]
        needed += item.before + sum(item.heights[: item.least])
        if not item.hangs:
            break
    return needed
