"""读校目录: what is wrong with a list of contents, line by line, and in their order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from editorial.desk.toc_match import CODE, Ground, Match, listed_as, page_name, tidy
from editorial.desk.toc_pages import Contents, Row, key_of
from editorial.model.finding import Finding

_CAPTION = re.compile(r"(?P<kind>[表图])(?P<numbers>\d+(?:[-—–.]\d+)*)(?=\D|$)")


def faults_of(ground: Ground, contents: Contents, matches: tuple[Match, ...]) -> Iterator[Finding]:
    """Every line whose heading is missing, elsewhere or worded differently; then the order."""
    name = contents.name
    seen: dict[tuple[str, str], Row] = {}
    for match in matches:
        row = match.row
        again = seen.setdefault((key_of(row.title), row.number), row) is not row
        for message in _row_faults(ground, match, again=again):
            told = f"{name}“{listed_as(match)}”{message}"
            yield Finding(code=CODE, line=row.sheet, message=told)
    yield from _order_faults(name, matches)


def _row_faults(ground: Ground, match: Match, *, again: bool) -> Iterator[str]:
    row, spot = match.row, match.spot
    if spot is None:
        if again:
            yield f"（第{row.number}页）列了两次"
        elif row.number not in ground.sheets:
            yield f"作第{row.number}页，书中没有这个标题，也没有这一页"
        else:
            yield f"（第{row.number}页）在书中没有标题"
        return
    if match.alike:
        yield f"（第{row.number}页），书中标题作“{tidy(spot.text)}”"
    if spot.sheet not in ground.sheets.get(row.number, ()):
        yield f"作第{row.number}页，标题在{page_name(ground.numbers, spot.sheet)}"


def _order_faults(name: str, matches: tuple[Match, ...]) -> Iterator[Finding]:
    """The fewest lines that must move for the contents to follow the book."""
    placed = [match for match in matches if match.spot]
    orders = _orders(placed)
    kept = _rising(orders)
    before = ""
    for index, match in enumerate(placed):
        if index in kept:
            before = listed_as(match)
        else:
            after = f"列在“{before}”之后" if before else "列在最前"
            message = f"{name}“{listed_as(match)}”{after}，与书中次序不同"
            yield Finding(code=CODE, line=match.row.sheet, message=message)


def _orders(placed: Sequence[Match]) -> list[tuple[float, ...]]:
    """What sorts the places as they are read. Captions of one kind are sorted within a page by
    their numbers: pictures side by side, or at the foot of a column, have no other order."""
    labels = [_CAPTION.match(match.row.title) for match in placed]
    kinds = {label and label["kind"] for label in labels}
    if len(kinds) > 1 or None in kinds:
        return [match.spot.order for match in placed if match.spot]
    return [
        (match.spot.sheet, *map(float, re.findall(r"\d+", label["numbers"])))
        for match, label in zip(placed, labels, strict=True)
        if match.spot and label
    ]


def _rising(orders: Sequence[tuple[float, ...]]) -> frozenset[int]:
    """Indices of a longest run of `orders` that never goes down (patience sorting)."""
    tops: list[tuple[float, ...]] = []
    ends: list[int] = []
    back: list[int] = []
    for index, order in enumerate(orders):
        place = bisect_right(tops, order)
        back.append(ends[place - 1] if place else -1)
        tops[place : place + 1] = [order]
        ends[place : place + 1] = [index]
    kept: set[int] = set()
    index = ends[-1] if ends else -1
    while index >= 0:
        kept.add(index)
        index = back[index]
    return frozenset(kept)
