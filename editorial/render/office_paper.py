"""The measures of an office's paper, the same for PDF and Word; millimetres and points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from editorial.model.office_paper import Line, Look, OfficePaper
from editorial.model.style import A4, TextRole

TOP, BOTTOM, FOLIO = 20.0, 18.0, 10.0
SIDE_WIDE, SIDE = 15.0, 22.0
PAD = 1.1
RULE = 0.5
TINT = "F2F2F2"
TITLE = TextRole(font="xbs", size=18, leading=28, align="center", after=4)
UNDER = TextRole(font="song", size=9.5, leading=16, align="left")
FOOT = TextRole(font="song", size=8.5, leading=13, align="left")
CELL = TextRole(font="song", size=9, leading=12.5, align="left")
HEAD = TextRole(font="hei", size=9, leading=12.5, align="center")
BANNER = TextRole(font="hei", size=9.5, leading=14, align="left")
LABEL = TextRole(font="hei", size=10.5, leading=15, align="center")
VALUE = TextRole(font="fang", size=10.5, leading=16, align="left")
LOOKS: Mapping[Look, TextRole] = {
    "count": TextRole(font="hei", size=10.5, leading=18, align="left", after=3),
    "lead": TextRole(font="hei", size=11, leading=20, align="left", before=4, after=2),
    "head": TextRole(font="hei", size=14, leading=26, align="left", indent=2, before=4, after=2),
    "text": TextRole(font="fang", size=14, leading=26, align="justify", indent=2),
    "note": TextRole(font="song", size=8.5, leading=13, align="left", before=3),
    "letter": TextRole(font="fang", size=15, leading=28, align="justify", indent=2),
    "addressee": TextRole(font="fang", size=15, leading=28, align="left"),
    "signature": TextRole(font="fang", size=15, leading=28, align="right"),
    "gap": TextRole(font="fang", size=14, leading=14, align="left"),
}
WHOLE = 0.45  # of a page: a row up to this high is not broken


def size_of(paper: OfficePaper) -> tuple[float, float]:
    return A4[::-1] if paper.wide else A4


def side_of(paper: OfficePaper) -> float:
    return SIDE_WIDE if paper.wide else SIDE


def width_of(paper: OfficePaper) -> float:
    """Of what is set, in millimetres."""
    return size_of(paper)[0] - 2 * side_of(paper)


def edges_of(shares: Sequence[float], width: float) -> list[float]:
    """From 0 to `width`."""
    whole = sum(shares)
    return [0.0, *(width * reached / whole for reached in accumulate(shares))]


def bundles(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that stay together: a banner with the next, a line with those joined to it."""
    held: list[Line] = []
    for line in lines:
        if held and not line.joined and not held[-1].banner:
            yield held
            held = []
        held.append(line)
    if held:
        yield held


def shared_in(bundle: Sequence[Line], shared: Sequence[int]) -> tuple[int, ...]:
    """The columns in which joined lines have one cell: those where all say the same."""
    own = [line for line in bundle if not line.banner]
    if not any(line.joined for line in own):
        return ()
    return tuple(place for place in shared if len({line.cells[place] for line in own}) == 1)
