"""Pages of a PDF without what stands in their margins: running heads, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from editorial.desk.toc_folios import FOLIO
from editorial.read.proof_pdf import ProofPage, TextLine

MARGIN = 0.13  # head and foot of a page as shares of its height
LARGER = 0.6  # points by which a heading is larger than the text
LIST_SHARE = 0.6
EVERYWHERE = 0.2  # of the pages: a line at one height
SAME_ROW = 3.0
FEW = 3
SMALL = 0.75  # of the text, and beside it: what counts lines, be there ever so few
_NUMBER_LAST = re.compile(r"(\d{1,4}|[ivxIVX]+)\s*页?[)）]?\s*[—–·•・‧∙-]?$")


def set_apart(
    pages: tuple[ProofPage, ...],
) -> tuple[tuple[ProofPage, ...], tuple[tuple[TextLine, ...], ...]]:
    """The pages without running heads, folios and line numbers; and the first two by page.

    They are the first or last on the page, in the margin, no larger than the text (but for
    page numbers, and what stands in one place all through the book), at heights where most
    texts come again, but for their digits: outside the contents, where a heading at the top of
    a page does. On a page of contents only what comes again at the edge of another page.
    """
    size = body_size(pages)
    pages = tuple(_without_line_numbers(page, size) for page in pages)
    outermost = [tuple(_outermost(page)) for page in pages]
    places = Counter(_place(line) for lines in outermost for line in lines)
    fixed = {place for place, count in places.items() if count >= max(FEW, EVERYWHERE * len(pages))}
    outer = [tuple(_small(lines, size, fixed)) for lines in outermost]
    shown = (
        lines if _listing(page) else page.lines for page, lines in zip(pages, outer, strict=True)
    )
    often = Counter(_again(line.text) for lines in shown for line in lines)
    heights: dict[int, list[bool]] = {}
    for line in (line for lines in outer for line in lines):
        heights.setdefault(round(line.y), []).append(often[_again(line.text)] > 1)
    running = {height for height, again in heights.items() if 2 * sum(again) > len(again)}
    edges = Counter(
        place
        for page, lines in zip(pages, outer, strict=True)
        for place in {each for level in levels_of(lines) for each in _edges_of(page.sheet, level)}
    )
    apart = tuple(
        tuple(x for x in _spared(page, lines, edges) if round(x.y) in running)
        for page, lines in zip(pages, outer, strict=True)
    )
    inner = tuple(
        replace(page, lines=tuple(x for x in page.lines if x not in lines)) if lines else page
        for page, lines in zip(pages, apart, strict=True)
    )
    return inner, apart


def _without_line_numbers(page: ProofPage, size: float) -> ProofPage:
    """Without the 5, 10, 15 … that count lines beside the text of this size."""
    edges: dict[tuple[str, int], list[TextLine]] = {}
    for line in page.lines:
        if line.text.isdecimal():
            edges.setdefault(("left", round(line.x)), []).append(line)
            edges.setdefault(("right", round(line.right)), []).append(line)
    counts = set()
    for lines in edges.values():
        values = [int(line.text) for line in sorted(lines, key=lambda line: line.y)]
        step = values[0]
        enough = len(values) >= FEW or _are_beside(page, lines, SMALL * size)
        if step > 1 and enough and values == _multiples(step, len(values)):
            counts.update(lines)
    return replace(page, lines=tuple(x for x in page.lines if x not in counts)) if counts else page


def _are_beside(page: ProofPage, numbers: Sequence[TextLine], small: float) -> bool:
    """Whether numbers are small and stand outside all that is larger."""
    text = [line for line in page.lines if line.size >= small]
    left = min((line.x for line in text), default=0.0)
    right = max((line.right for line in text), default=0.0)
    return all(x.size < small and (x.right <= left or x.x >= right) for x in numbers)


def _multiples(step: int, count: int) -> list[int]:
    return [step * each for each in range(1, count + 1)]


def _place(line: TextLine) -> tuple[str, int]:
    return line.text, round(line.y)


def _outermost(page: ProofPage) -> Iterator[TextLine]:
    """The lines at the very top and the very bottom, where these lie in the margins."""
    heights = [line.y for line in page.lines]
    top, bottom = min(heights, default=0.0), max(heights, default=0.0)
    for line in page.lines:
        above = line.y - top < SAME_ROW and line.y < MARGIN * page.height
        below = bottom - line.y < SAME_ROW and line.y > (1 - MARGIN) * page.height
        if above or below:
            yield line


def _small(
    lines: Sequence[TextLine], size: float, fixed: set[tuple[str, int]]
) -> Iterator[TextLine]:
    """Those no larger than the text or found all through the book; and page numbers, but not
    those beside a large title."""
    for level in levels_of(lines):
        large = [x for x in level if x.size >= size + LARGER and _place(x) not in fixed]
        numbers = all(FOLIO.fullmatch(re.sub(r"\s", "", line.text)) for line in large)
        yield from (line for line in level if numbers or line not in large)


def _listing(page: ProofPage) -> bool:
    """Whether most of its lines end in a number, like those of contents."""
    rows = [joined(level) for level in levels_of(page.lines)]
    listed = sum(map(_numbered, rows))
    return listed >= max(FEW, LIST_SHARE * len(rows)) or 0 < listed == len(rows)


def _numbered(row: str) -> bool:
    """Whether it ends in a number, and begins with something else."""
    number = _NUMBER_LAST.search(row)
    if number is None:
        return False
    return len(number[1]) > 1 or re.search(r"\w", row[: number.start()]) is not None


def _edges_of(sheet: int, level: Sequence[TextLine]) -> set[tuple[str, int, int]]:
    """What a running line says and its height, word for word or with a number that counts the
    pages: a row of the contents comes again too (概况 … 8), with any number."""
    text, height = re.sub(r"\s", "", joined(level)), round(level[0].y)
    counts = {int(number) - sheet for number in re.findall(r"\d{1,4}", text)}
    return {(text, 0, height)} | {(_digitless(text), count, height) for count in counts}


def _spared(
    page: ProofPage, outer: Sequence[TextLine], edges: Counter[tuple[str, int, int]]
) -> Iterator[TextLine]:
    """On a page of contents without its first and last lines, which also stand at the edge."""
    if not _listing(page):
        yield from outer
        return
    for level in levels_of(outer):
        row = joined(level)
        again = any(edges[each] > 1 for each in _edges_of(page.sheet, level))
        if again or FOLIO.fullmatch(re.sub(r"\s", "", row)):
            yield from level


def joined(level: Iterable[TextLine]) -> str:
    return " ".join(line.text for line in level)


def _digitless(text: str) -> str:
    return re.sub(r"\d|\s", "", text)


def _again(text: str) -> str:
    """What the running lines of several pages have in common: iv and 12 are numbers alike."""
    bare = re.sub(r"\s", "", text)
    return "" if FOLIO.fullmatch(bare) else _digitless(bare)


def levels_of(lines: Iterable[TextLine]) -> list[list[TextLine]]:
    """Lines on one baseline together, from the top down, each from left to right."""
    levels: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda line: line.y):
        if levels and line.y - levels[-1][0].y <= SAME_ROW:
            levels[-1].append(line)
        else:
            levels.append([line])
    return [sorted(level) for level in levels]


def body_size(pages: Iterable[ProofPage]) -> float:
    """The size most characters are set in."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.text)
    return max(sizes, key=lambda size: sizes[size], default=0.0)
