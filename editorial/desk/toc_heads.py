"""What stands larger than the text, in the order it is read, in one column or two."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from math import inf
from statistics import median_low
from typing import NamedTuple

from editorial.desk.toc_apart import FEW, LARGER
from editorial.read.proof_pdf import ProofPage, TextLine

FULL = 2.0  # sizes: how far from the edge a full line may end


class Columns(NamedTuple):
    """From where on lines are of the second column, inf when there is but one; and the heights of
    the lines across both, which are read before what stands below them."""

    second: float
    across: tuple[float, ...]

    def place(self, x: float, y: float) -> tuple[int, int, float]:
        """What sorts the lines of the page as they are read."""
        if self.second == inf:
            return 0, 0, y
        return bisect_left(self.across, y) + bisect_right(self.across, y), int(x >= self.second), y


class Head(NamedTuple):
    """A line larger than the text, from `x` to `right`. `order` sorts heads as they are read;
    `full`: it goes up to the right edge of its column, so that the next line may be the rest."""

    sheet: int
    text: str
    size: float
    y: float
    order: tuple[float, ...]
    full: bool
    x: float
    right: float


def read_heads(pages: tuple[ProofPage, ...], size: float) -> tuple[Head, ...]:
    """Lines larger than `size` as they are read."""
    heads = []
    usual = usual_column(pages, size)
    for page in pages:
        large = [line for line in page.lines if line.size >= size + LARGER]
        columns = columns_of(page, size, usual) if large else Columns(inf, ())
        edges: dict[bool, float] = {}
        for line in page.lines if large else ():
            right = line.x >= columns.second
            edges[right] = max(edges.get(right, 0.0), line.right)
        for line in large:
            order = (page.sheet, *columns.place(line.x, line.y))
            full = line.right > edges[line.x >= columns.second] - FULL * line.size
            heads.append(
                Head(page.sheet, line.text, line.size, line.y, order, full, line.x, line.right)
            )
    return tuple(sorted(heads, key=lambda head: head.order))


def columns_of(page: ProofPage, size: float, usual: float) -> Columns:
    """`usual` tells of pages with hardly any text, as those full of pictures."""
    second = second_column(page, size) if _tells(page, size) else usual
    across = (line.y for line in page.lines if line.x < second - size < second + size < line.right)
    # A bracket at the beginning of a line stands somewhat before the edge.
    return Columns(second - size, tuple(sorted(across)) if second < inf else ())


def usual_column(pages: Sequence[ProofPage], size: float) -> float:
    """Where the second column begins on most pages; nowhere (inf) where most have but one."""
    known = [second_column(page, size) for page in pages if _tells(page, size)]
    return median_low(known) if known else inf


def second_column(page: ProofPage, size: float) -> float:
    """Where the second column begins; nowhere (inf) when there is but one."""
    body = _body(page, size)
    if not _tells(page, size):
        return inf
    left, right = min(line.x for line in body), max(line.right for line in body)
    middle = (left + right) / 2
    across = sum(line.x < middle - size and line.right > middle + size for line in body)
    return middle if across * 10 < len(body) else inf


def _tells(page: ProofPage, size: float) -> bool:
    return len(_body(page, size)) >= 2 * FEW


def _body(page: ProofPage, size: float) -> list[TextLine]:
    return [line for line in page.lines if abs(line.size - size) < LARGER]
