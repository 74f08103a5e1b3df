"""What a PDF shows of itself: printed page numbers, the contents, the headings, running heads."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf
from typing import NamedTuple

from editorial.desk.toc_folios import FOLIO, label_of, value_of
from editorial.read.proof_pdf import ProofPage, TextLine

MARGIN = 0.13  # head and foot of a page as shares of its height
LARGER = 0.6  # points by which a heading is larger than the text
LIST_SHARE = 0.6
WIDE = 0.6  # of the way to the page number: a title that goes on below
OWN_SHARE = 0.25  # of the lines of a page that goes on: those with a number of their own
UPWARDS = 0.7  # of its numbers: those no smaller than the one before
TITLE_ROWS = 4
TURNED, MOST = 4.5, 16  # how far up, in sizes, a turned title goes on, and its most pieces
SAME_ROW = 3.0
SAME_EDGE = 15.0
FEW = 3

_CONTENTS = re.compile(
    "(?:总|简|要|细|分|表|附表|表格|图|插图|图片|图表|彩图)?目[录次]|总目|简目|要目|细目|contents",
    re.I,
)
_LEADER = r"[\s.·•⋯・‧∙_—–─-]"
_LEADERS = re.compile(rf"(?:{_LEADER}|[…．﹒‥])+$")
_NUMBERED = re.compile(
    rf"(?P<title>.*?)(?P<gap>{_LEADER}*)(?P<mark>[(]?)(?P<number>\d{{1,4}}|[ivx]+|[IVX]+)[)]?"
)
_NUMBERED_ROW = re.compile(r"\w.*?[\s\W]*(\d{1,4}|[ivxIVX]+)\s*页?[)）]?\s*[—–-]?$")
_DRESSED = (  # 第12页, /12, P.12, —12—: told as (12)
    re.compile(r"第\s*(\d{1,4}|[ivxIVX]+)\s*页$"),
    re.compile(r"/\s*(\d{1,4})$"),
    re.compile(r"(?<![A-Za-z])[Pp]\.?\s*(\d{1,4})$"),
    re.compile(r"[—–-]\s*(\d{1,4})\s*[—–-]$"),
)
_CAPTION_NUMBER = re.compile(r"[表图]\d+(?:[-—–.]\d+)+")  # 图1-3 is on no page 3
_NOTE_MARKS = re.compile("[①-⓿㉑-㉟㊱-㊿*＊※†]+$")


def key_of(text: str) -> str:
    """What two spellings of one title have in common: no spaces, brackets or note marks."""
    bare = _NOTE_MARKS.sub("", re.sub(r"[\s【】]", "", text))
    return unicodedata.normalize("NFKC", bare)


class Row(NamedTuple):
    """One line of the contents. `title` may go on from a line before, `own` does not.

    `reach` is how far it begins before the edge the numbers stand at: less when indented;
    `begins` the same of `title`.
    """

    sheet: int
    title: str
    own: str
    number: str
    reach: float
    size: float
    begins: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """One list: 目录, 表目录 … with the sheets it stands on."""

    name: str
    sheets: tuple[int, ...]
    rows: tuple[Row, ...]


def set_apart(
    pages: tuple[ProofPage, ...],
) -> tuple[tuple[ProofPage, ...], tuple[tuple[TextLine, ...], ...]]:
    """The pages without running heads, folios and line numbers; and the first two by page.

    They are the first or last on the page, in the margin, no larger than the text, at heights
    where most texts come again in the book, but for their digits: outside the contents, where
    a heading at the top of a page does. On a page of contents only what comes again at the
    edge of another page.
    """
    pages = tuple(map(_without_line_numbers, pages))
    size = body_size(pages)
    outer = [tuple(_outermost(page, size)) for page in pages]
    shown = (
        lines if _listing(page) else page.lines for page, lines in zip(pages, outer, strict=True)
    )
    often = Counter(_digitless(line.text) for lines in shown for line in lines)
    heights: dict[int, list[bool]] = {}
    for line in (line for lines in outer for line in lines):
        heights.setdefault(round(line.y), []).append(often[_digitless(line.text)] > 1)
    running = {height for height, again in heights.items() if 2 * sum(again) > len(again)}
    edges = Counter(place for lines in outer for place in set(map(_edge, _levels(lines))))
    apart = tuple(
        tuple(x for x in _spared(page, lines, edges) if round(x.y) in running)
        for page, lines in zip(pages, outer, strict=True)
    )
    inner = tuple(
        replace(page, lines=tuple(x for x in page.lines if x not in lines)) if lines else page
        for page, lines in zip(pages, apart, strict=True)
    )
    return inner, apart


def _without_line_numbers(page: ProofPage) -> ProofPage:
    """Without the 5, 10, 15 … that count lines beside the text."""
    edges: dict[tuple[str, int], list[TextLine]] = {}
    for line in page.lines:
        if line.text.isdecimal():
            edges.setdefault(("left", round(line.x)), []).append(line)
            edges.setdefault(("right", round(line.right)), []).append(line)
    counts = set()
    for lines in edges.values():
        values = [int(line.text) for line in sorted(lines, key=lambda line: line.y)]
        step = values[0]
        if step > 1 and len(values) >= FEW and values == _multiples(step, len(values)):
            counts.update(lines)
    return replace(page, lines=tuple(x for x in page.lines if x not in counts)) if counts else page


def _multiples(step: int, count: int) -> list[int]:
    return [step * each for each in range(1, count + 1)]


def _outermost(page: ProofPage, size: float) -> Iterator[TextLine]:
    """The lines at the very top and the very bottom, where these lie in the margins."""
    heights = [line.y for line in page.lines]
    top, bottom = min(heights, default=0.0), max(heights, default=0.0)
    for line in page.lines:
        above = line.y - top < SAME_ROW and line.y < MARGIN * page.height
        below = bottom - line.y < SAME_ROW and line.y > (1 - MARGIN) * page.height
        if (above or below) and line.size < size + LARGER:
            yield line


def _listing(page: ProofPage) -> bool:
    """Whether most of its lines end in a number, like those of contents."""
    rows = [_joined(level) for level in _levels(page.lines)]
    listed = sum(_NUMBERED_ROW.search(row) is not None for row in rows)
    return listed >= max(FEW, LIST_SHARE * len(rows))


def _edge(level: Sequence[TextLine]) -> tuple[str, int]:
    """A running line and its height: a row of the contents reads like one, elsewhere."""
    return _digitless(_joined(level)), round(level[0].y)


def _spared(
    page: ProofPage, outer: Sequence[TextLine], edges: Counter[tuple[str, int]]
) -> Iterator[TextLine]:
    """On a page of contents without its first and last lines, which also stand at the edge."""
    if not _listing(page):
        yield from outer
        return
    for level in _levels(outer):
        row = _joined(level)
        if edges[_edge(level)] > 1 or FOLIO.fullmatch(re.sub(r"\s", "", row)):
            yield from level


def _joined(level: Iterable[TextLine]) -> str:
    return " ".join(line.text for line in level)


def _digitless(text: str) -> str:
    return re.sub(r"\d|\s", "", text)


def body_size(pages: Iterable[ProofPage]) -> float:
    """The size most characters are set in."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.text)
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def read_contents(pages: tuple[ProofPage, ...], numbers: tuple[str, ...]) -> tuple[Contents, ...]:
    """Every list of contents, from a page with such a title on to the last page of such lines."""
    highest = max((int(n) for n in numbers if n.isdecimal()), default=len(pages))
    found: list[Contents] = []
    for page in pages:
        title = _title(page)
        name = key_of(_joined(title))
        goes_on = bool(found) and found[-1].sheets[-1] == page.sheet - 1
        if not name and not goes_on:
            continue
        lines = [line for line in page.lines if line not in title]
        rows, share = _rows(page.sheet, lines, max(highest, len(pages)) + FEW)
        if share < LIST_SHARE or not (name or _lists(rows, len(_levels(lines)))):
            continue
        if name and not (goes_on and name == found[-1].name):
            found.append(Contents(name=name, sheets=(page.sheet,), rows=rows))
        elif goes_on:
            last = found.pop()
            sheets, all_rows = (*last.sheets, page.sheet), (*last.rows, *rows)
            found.append(Contents(name=last.name, sheets=sheets, rows=all_rows))
    return tuple(found)


def _lists(rows: Sequence[Row], levels: int) -> bool:
    """Whether a page without a title is one of contents, not text with a figure here and there."""
    if len(rows) >= LIST_SHARE * levels:
        return True
    numbers = [int(row.number) for row in rows if row.number.isdecimal()]
    up = sum(one <= other for one, other in pairwise(numbers))
    return len(rows) >= OWN_SHARE * levels and up >= UPWARDS * (len(numbers) - 1)


def _title(page: ProofPage) -> tuple[TextLine, ...]:
    """The line 目录, whole or letter by letter, when it is the title of the page."""
    top = _levels(page.lines)[:TITLE_ROWS]
    for level in top:
        for line in level:
            if _CONTENTS.fullmatch(key_of(line.text)):
                return (line,)
        if _CONTENTS.fullmatch(key_of(_joined(level))):
            return tuple(level)
    return ()


def _rows(sheet: int, lines: list[TextLine], highest: int) -> tuple[tuple[Row, ...], float]:
    """The lines that name a page, column by column, and their share of all lines."""
    edges = _edges(lines, highest)
    rows: list[Row] = []
    told = 0
    count = len(
        _levels([line for line in lines if line.right - line.size > max(edges, default=0.0)])
    )
    for index, edge in enumerate(edges):
        left = edges[index - 1] if index else -inf
        column = [line for line in lines if left < line.right - line.size <= edge]
        levels = _levels(column)
        count += len(levels)
        for row, deep in _column_rows(sheet, edge, levels, highest):
            rows.append(row)
            told += deep
    return tuple(rows), told / count if count else 0.0


def _edges(lines: list[TextLine], highest: int) -> list[float]:
    """Right edges at which page numbers stand, one for each column.

    A few lines that end elsewhere are of the column they begin in, where numbers follow titles
    at once; or of a last column that is hardly filled.
    """
    numbered = [line for line in lines if _ending(line.text, highest)]
    groups: list[list[TextLine]] = []
    for line in sorted(numbered, key=lambda line: line.right):
        if groups and line.right - groups[-1][-1].right <= SAME_EDGE:
            groups[-1].append(line)
        else:
            groups.append([line])
    kept = [group[-1].right for group in groups if len(group) * 5 >= len(numbered)]
    few = [line for group in groups if len(group) * 5 < len(numbered) for line in group]
    for line in few:
        ending = _ending(line.text, highest)
        if not (ending and kept):
            continue
        if not ending[0] and not any(kept[-1] < each.x < each.right <= line.x for each in lines):
            continue
        if line.x > kept[-1]:
            kept.append(line.right)
        else:
            place = next(n for n, edge in enumerate(kept) if line.x <= edge)
            after = kept[place + 1] if place + 1 < len(kept) else inf
            if line.right < after:
                kept[place] = max(kept[place], line.right)
    return kept


def _levels(lines: Iterable[TextLine]) -> list[list[TextLine]]:
    """Lines on one baseline together, from the top down, each from left to right."""
    levels: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda line: line.y):
        if levels and line.y - levels[-1][0].y <= SAME_ROW:
            levels[-1].append(line)
        else:
            levels.append([line])
    return [sorted(level) for level in levels]


def _column_rows(
    sheet: int, edge: float, levels: list[list[TextLine]], highest: int
) -> Iterator[tuple[Row, int]]:
    """Rows with the number of levels they take: a title may begin on the level above."""
    held: list[_Piece] = []
    for level in levels:
        own: list[_Piece] = []
        first = level[0]
        turned = bool(held) and first.y - held[-1].y < TURNED * first.size
        held = held[-MOST:] if turned else []
        endings = [_ending(line.text, highest) for line in level]
        for line, ending, after in zip(level, endings, (*endings[1:], None), strict=True):
            if after and not after[0]:
                ending = None  # 概况（2） 584: the number is the last one
            title = _LEADERS.sub("", ending[0] if ending else line.text)
            if title:
                wide = line.right - first.x > WIDE * (edge - first.x)
                own.append(_Piece(title, first.y, first.x, wide))
            if ending and (own or held):
                whole = (*held, *own)
                start = len(held) if own else 0
                while start and held[start - 1].wide:
                    start -= 1
                begin = whole[start].x if start < len(held) else first.x
                title, words = (" ".join(x.words for x in some) for some in (whole, whole[start:]))
                sizes = edge - begin, first.size, edge - whole[0].x
                yield Row(sheet, title, words, ending[1], *sizes), 1 + len({x.y for x in held})
                held, own = [], []
        held += own


class _Piece(NamedTuple):
    """Part of a title. `wide`: it fills its line, so that the next one is the rest of it."""

    words: str
    y: float
    x: float
    wide: bool


def _ending(text: str, highest: int) -> tuple[str, str] | None:
    """(title, number) of text that ends in a page number set apart from it."""
    plain = unicodedata.normalize("NFKC", text).strip()
    for dressed in _DRESSED:
        plain = dressed.sub(r"(\1)", plain)
    match = _NUMBERED.fullmatch(plain)
    if match is None or _CAPTION_NUMBER.fullmatch(plain):
        return None
    title, gap, number = match["title"], match["gap"], match["number"]
    likely = number.isdecimal() and 0 < int(number) <= highest
    apart = len(gap.strip()) > 1 or (likely and (gap or match["mark"]))
    return (title, label_of(*value_of(number))) if not title or apart else None
