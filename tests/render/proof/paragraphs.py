"""The running text of a book: the columns it stands in, and lines joined to paragraphs.

A tagged file says which lines are one paragraph. Otherwise lines beginning at the left
edge of a column carry on the paragraph that a line with an indent has begun.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tests.render.proof.lines import Line
from tests.render.proof.reading import Box, Leaf
from tests.render.proof.tags import NOTES

CLOSE = 0.6
NEAR = 0.45
INDENT = 2.0
SHARE, WIDER, FLUSH = 0.05, 0.3, 0.2
LEAST_EMS = 10
NOTE_RULE = 0.34
HEAD_DEPTH = 8.0
TEXT_ROLES = NOTES | {"P", "BlockQuote", "LI"}
Place = tuple[int, float]


@dataclass(frozen=True, slots=True)
class Column:
    """Left and right edge of a column of text on pages of one parity."""

    odd: int
    left: float
    right: float

    def holds(self, line: Line) -> bool:
        return self.left - CLOSE <= line.left and line.right <= self.right + line.size


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Where running text stands: its columns, sizes of type, lowest and highest baseline,
    and the pages that have a line from edge to edge."""

    columns: tuple[Column, ...]
    sizes: frozenset[float]
    size: float
    pages: frozenset[int] = field(repr=False)
    lower: float
    upper: float

    def column_of(self, line: Line) -> Column | None:
        """The narrowest column around a line, or the one it begins in and sticks out of."""
        here = [each for each in self.columns if each.odd == line.page % 2]
        begun = (
            each for each in here
            for ems in (0, INDENT) if abs(line.left - each.left - ems * line.size) < CLOSE
        )  # fmt: skip
        return next((each for each in here if each.holds(line)), next(begun, None))


@dataclass(slots=True, kw_only=True)
class Paragraph:
    """Lines with the column of each; `begun` is how its first line stands."""

    lines: list[Line] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    begun: str = ""


def ground_of(lines: Sequence[Line]) -> Ground:
    """Columns are the edges that very many lines of the commonest size share; smaller text
    (notes) is running text too if it is set to the same columns."""
    characters: Counter[float] = Counter()
    for line in lines:
        characters[line.size] += len(line.text)
    long = [line for line in lines if line.right - line.left > LEAST_EMS * line.size]
    size = max(characters, key=lambda size: characters[size], default=0.0)
    narrow = list(_columns([line for line in lines if line.size == size], size))
    columns = (*narrow, *_across(narrow))
    full = [line for line in long if _reaches(line, columns)]
    body = [line.y for line in full if line.size == size]
    step = _step(lines, size)
    return Ground(
        columns=columns,
        sizes=frozenset({size, *(line.size for line in full)}),
        size=size,
        pages=frozenset(line.page for line in full),
        lower=min(min(body, default=0) - 1.05 * step, _foot(lines)),
        upper=max(max(body, default=0) + 1.05 * step, _head(lines, size)),
    )


def _columns(lines: Sequence[Line], size: float) -> Iterator[Column]:
    """Pairs of edges met often; of those with one left edge, the widest."""
    begun = Counter((line.page % 2, _quarter(line.left)) for line in lines)

    def left_edge(line: Line) -> float:
        """Of the column: a first line's indent is taken off if other lines begin there."""
        left, flush = _quarter(line.left), _quarter(line.left - INDENT * size)
        odd = line.page % 2
        return flush if begun[odd, flush] > FLUSH * begun[odd, left] else left

    long = [line for line in lines if line.right - line.left > LEAST_EMS * size]
    count = Counter((line.page % 2, left_edge(line), _quarter(line.right)) for line in long)
    most = max(count.values(), default=0)
    often = [edges for edges, times in count.most_common() if times >= max(2, SHARE * most)]
    taken: list[Column] = []
    for odd, left, right in often:
        alike = [
            x for *begin, x in often if begin == [odd, left] and count[odd, left, x] > WIDER * most
        ]
        column = Column(odd, left, max(alike, default=right))
        if not any(odd == each.odd and left < each.right and right > each.left for each in taken):
            taken.append(column)
            yield column


def _across(columns: Sequence[Column]) -> Iterator[Column]:
    """All columns of a page as one: front matter is set across them."""
    for odd in sorted({column.odd for column in columns}):
        here = [column for column in columns if column.odd == odd]
        if len(here) > 1:
            yield Column(odd, min(c.left for c in here), max(c.right for c in here))


def _quarter(x: float) -> float:
    return round(x * 4) / 4


def _reaches(line: Line, columns: Sequence[Column]) -> bool:
    """Whether a line fills a column, with or without a first line's indent."""
    return any(
        column.odd == line.page % 2
        and abs(line.right - column.right) < CLOSE
        and min(abs(line.left - column.left - ems * line.size) for ems in (0, INDENT)) < CLOSE
        for column in columns
    )


def _foot(lines: Sequence[Line]) -> float:
    """Just above the baseline on which most pages have a number for their lowest line."""
    lowest: dict[int, Line] = {}
    for line in lines:
        if line.page not in lowest or line.y < lowest[line.page].y:
            lowest[line.page] = line
    y = _shared([line for line in lowest.values() if re.search(r"\d", line.text)], len(lowest))
    return 1e9 if y is None else y + 1.5


def _head(lines: Sequence[Line], size: float) -> float:
    """Below the baseline on which most pages have a running head, not of body size, and below
    the rule under it."""
    highest: dict[int, Line] = {}
    for line in lines:
        if line.page not in highest or line.y > highest[line.page].y:
            highest[line.page] = line
    y = _shared([line for line in highest.values() if line.size != size], len(highest))
    return -1e9 if y is None else y - HEAD_DEPTH


def _shared(lines: Sequence[Line], pages: int) -> float | None:
    """The baseline of more than half of the pages."""
    count = Counter(round(line.y) for line in lines)
    y, times = max(count.items(), key=lambda item: item[1], default=(0, 0))
    return y if 2 * times > pages else None


def _step(lines: Sequence[Line], size: float) -> float:
    """The usual distance between baselines of that size."""
    body = [line for line in lines if line.size == size]
    steps = Counter(round(a.y - b.y, 1) for a, b in pairwise(body) if a.page == b.page)
    return max((step for step in steps if step > size), key=lambda s: steps[s], default=1.5 * size)


# A page without running text: all of it is looked at.
ANYWHERE = Ground(columns=(), sizes=frozenset(), size=0, pages=frozenset(), lower=-1e9, upper=1e9)


# Which lines are running text


def tables_of(leaf: Leaf, lines: Sequence[Line], ground: Ground) -> list[Box]:
    """Boxes of the tables on a page: level strokes of one width, or of parts of it, with no
    line of running text between them."""
    level = [box for box in leaf.strokes if box[2] - box[0] > 20 and box[3] - box[1] < 1.5]
    led = [link.box for link in leaf.links]
    level = [box for box in level if not any(_covers(link, box) for link in led)]
    rules = [rule for rule in _whole(level) if _in_table(rule, leaf.number, ground)]
    text = [line for line in lines if line.size == ground.size and _reaches(line, ground.columns)]
    boxes: list[Box] = []
    for x0, y0, x1, y1 in rules:
        at = next((n for n, box in enumerate(boxes) if _over(box, (x0, y0, x1, y1))), None)
        apart = [line for line in text if line.left < x1 and line.right > x0 and line.y > y1]
        if at is not None and not any(line.y < boxes[at][1] for line in apart):
            left, _, right, upper = boxes[at]
            boxes[at] = (min(left, x0), y0, max(right, x1), upper)
        else:
            boxes.insert(0, (x0, y0, x1, y1))
    return [box for box in reversed(boxes) if box[3] - box[1] > 3]


def _covers(link: Box, box: Box) -> bool:
    """Leaders of the contents are strokes too."""
    return link[0] <= box[0] and box[2] <= link[2] and link[1] <= box[1] and box[3] <= link[3]


def _in_table(rule: Box, page: int, ground: Ground) -> bool:
    """Not the rule under a running head, nor the short one above notes."""
    if not ground.lower < rule[1] < ground.upper:
        return False
    return not any(
        each.odd == page % 2
        and abs(rule[0] - each.left) < 1
        and rule[2] - rule[0] < NOTE_RULE * (each.right - each.left)
        for each in ground.columns
    )


def _over(box: Box, rule: Box) -> bool:
    """One lies within the width of the other."""
    inner, outer = (rule, box) if rule[2] - rule[0] < box[2] - box[0] else (box, rule)
    return outer[0] - 2 < inner[0] and inner[2] < outer[2] + 2


def _whole(level: list[Box]) -> Iterator[Box]:
    """Pieces of one rule, drawn cell by cell, put together, from the top down."""
    row: list[Box] = []
    for box in sorted(level, key=lambda box: -box[1]):
        if row and row[0][1] - box[1] > 1:
            yield from _joined(row)
            row = []
        row.append(box)
    yield from _joined(row)


def _joined(row: list[Box]) -> Iterator[Box]:
    whole: Box | None = None
    for box in sorted(row):
        if whole and box[0] <= whole[2] + 1:
            whole = (whole[0], min(whole[1], box[1]), max(whole[2], box[2]), whole[3])
        else:
            if whole:
                yield whole
            whole = box
    if whole:
        yield whole


def is_text(line: Line, leaf: Leaf, tables: Sequence[Box], ground: Ground) -> bool:
    """Whether a line is of running text, by its element or by where it stands."""
    middle = line.y + line.size / 3
    if any(box[0] - 1 < line.left < box[2] and box[1] < middle < box[3] for box in tables):
        return False
    if line.block:
        return line.block.role in TEXT_ROLES
    if line.size not in ground.sizes or not ground.lower <= line.y <= ground.upper:
        return False
    return not any(
        link.box[1] < middle < link.box[3] and link.box[2] - link.box[0] > LEAST_EMS * line.size
        for link in leaf.links
    )


# Paragraphs


def standing(line: Line, column: Column) -> str:
    """How a line begins: flush, indent, centre, right, or askew."""
    em, at = line.size, line.left - column.left
    short = column.right - line.right
    if abs(at) <= CLOSE:
        return "flush"
    if abs(at - INDENT * em) <= CLOSE:
        return "indent"
    if abs(at - short) <= 2 * CLOSE and at > em:
        return "centre"
    if abs(short) <= CLOSE and at > (INDENT + 0.5) * em:
        return "right"
    untrimmed = em / 2 if line.kinds[0] == "o" else 0
    for name, wanted in (("flush", 0.0), ("indent", INDENT * em)):
        if wanted - NEAR * em <= at <= wanted + untrimmed + NEAR * em:
            return name
    return "askew"


def paragraphs_of(
    lines: Sequence[Line], ground: Ground, is_running: Callable[[Line], bool]
) -> Iterator[Paragraph]:
    """Paragraphs of the lines that `is_running` lets pass, given in reading order."""
    tagged: dict[int, Paragraph] = {}
    open_: dict[float, Paragraph] = {}
    placed = [(line, ground.column_of(line)) for line in lines if is_running(line)]
    known = [
        (line, column, standing(line, column) if _judged(line, ground) else "loose")
        for line, column in placed
        if column
    ]
    for (line, column, how), after in zip(known, [*known[1:], None], strict=False):
        begun = _begun(line, how, after)
        if line.block:
            paragraph = tagged.setdefault(line.block.number, Paragraph(begun=begun))
        elif begun == "flush" and line.size in open_ and _same_face(open_[line.size], line):
            paragraph = open_[line.size]
        elif begun in RUNNING:
            if line.size in open_:
                yield open_[line.size]
            paragraph = open_[line.size] = Paragraph(begun=begun)
        else:
            paragraph = Paragraph(begun=begun)
        paragraph.lines.append(line)
        paragraph.columns.append(column)
        if begun not in RUNNING and not line.block:
            yield paragraph
    yield from tagged.values()
    yield from open_.values()


RUNNING = ("flush", "indent")


def _judged(line: Line, ground: Ground) -> bool:
    """Covers and forms are set freely."""
    return line.size in ground.sizes and line.page in ground.pages


def _begun(line: Line, how: str, after: tuple[Line, Column, str] | None) -> str:
    """A line set right or askew, with a line of text right under it, is an indent gone wrong."""
    if how in RUNNING or after is None:
        return how
    below, _, stands = after
    near = below.page == line.page and 0.5 < (line.y - below.y) / line.size < 2.5
    same = below.size == line.size and below.block == line.block
    return "indent" if near and same and stands == "flush" else how


def _same_face(paragraph: Paragraph, line: Line) -> bool:
    """A heading flush left does not carry on the text above it."""
    above, faces = _faces(paragraph.lines[-1]), _faces(line)
    return not above or not faces or bool(above & faces)


def _faces(line: Line) -> set[str]:
    return {family for family, kind in zip(line.families, line.kinds, strict=True) if kind == "h"}


def reading_order(lines: Sequence[Line], ground: Ground) -> list[Line]:
    """Lines of one page, column after column."""

    def key(line: Line) -> tuple[float, float, float]:
        column = ground.column_of(line)
        return (column.left if column else 0.0, -line.y, line.left)

    return sorted(lines, key=key)
