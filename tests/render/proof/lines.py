"""Lines of text as an eye sees them: glyphs side by side on one baseline.

A line ends where a wide gap, an upright stroke or another element of the structure
begins; so table cells, columns and running text are lines of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeVar

from tests.render.proof.reading import Box, Leaf, Run
from tests.render.proof.tags import Block

OPENING = "“‘（《〈「『【〔［｛〖"
CLOSING = "”’）》〉」』】〕］｝〗、，；：。．！？"
SPACES = " \u00a0\u3000\u200b"
WIDE_GAP = 0.75
# Their right half has no ink: a stroke may run through it.
HALF_EMPTY = ("）", "〕", "》", "”", "，", "、", "；", "：", "。")
NARROW = 0.7
SAME_LINE = 0.3

T = TypeVar("T")


@dataclass(slots=True, kw_only=True, eq=False)
class Line:
    """Glyphs in a row without the spaces at both ends, one character of `text` for each.

    `kinds` has a letter for each glyph: h Han, o c opening and closing marks an em wide
    (O C narrow ones), a letters, n digits, w spaces, d dash, e ellipsis, x the rest.
    `size` is that of most glyphs; `raised` those off the baseline or much smaller.
    """

    page: int
    y: float
    size: float
    text: str
    kinds: str
    lefts: list[float] = field(repr=False)
    rights: list[float] = field(repr=False)
    sizes: list[float] = field(repr=False)
    families: list[str] = field(repr=False)
    raised: list[bool] = field(repr=False)
    block: Block | None

    @property
    def left(self) -> float:
        """Where the line begins; the empty half of an opening mark does not count."""
        return self.lefts[0] + (self.sizes[0] / 2 if self.kinds[0] == "o" else 0)

    @property
    def right(self) -> float:
        """Where the line ends; the empty half of a closing mark does not count."""
        return self.rights[-1] - (self.sizes[-1] / 2 if self.kinds[-1] == "c" else 0)


class _Kinds(dict[int, str]):
    """Code point → kind, for str.translate."""

    def __missing__(self, point: int) -> str:
        self[point] = kind = _kind(chr(point))
        return kind


def _kind(char: str) -> str:
    for kind, chars in (("o", OPENING), ("c", CLOSING), ("w", SPACES), ("d", "—⸺"), ("e", "…⋯")):
        if char in chars:
            return kind
    if is_han(char):
        return "h"
    if char < "\u2000" and char.isdigit():
        return "n"
    return "a" if char < "\u2000" and char.isalpha() else "x"


def is_han(char: str) -> bool:
    return "㐀" <= char <= "鿿" or "豈" <= char <= "﫿" or char >= "\U00020000" or char in "〇々"


KINDS = _Kinds()


def lines_of(leaf: Leaf) -> list[Line]:
    """The lines of a page, from the top down and from left to right."""
    bars = [box for box in leaf.strokes if box[3] - box[1] > 3 and box[2] - box[0] < 1.5]
    return [
        line
        for runs in _baselines(_set_down(leaf.runs))
        for beside in _beside(runs, bars)
        if (line := _line(leaf.number, beside))
    ]


def _set_down(runs: list[Run]) -> list[Run]:
    """Notes marks and exponents moved off the baseline by hand are put back on their host's."""
    usual = max((run.size for run in runs), default=0)
    for run in runs:
        if run.size < 0.85 * usual and len(run.texts) <= 4:
            host = next((each for each in runs if _hosts(each, run)), None)
            if host:
                run.rise += run.y - host.y
                run.y = host.y
    return runs


def _hosts(host: Run, small: Run) -> bool:
    near = 0.4 * host.size
    return (
        host.size * 0.85 > small.size
        and SAME_LINE < abs(host.y - small.y) < 0.6 * host.size
        and (
            abs(small.lefts[0] - host.rights[-1]) < near
            or abs(host.lefts[0] - small.rights[-1]) < near
        )
    )


def _baselines(runs: list[Run]) -> Iterator[list[Run]]:
    row: list[Run] = []
    for run in sorted(runs, key=lambda run: (-run.y, run.lefts[0])):
        if row and row[0].y - run.y > SAME_LINE:
            yield sorted(row, key=lambda run: run.lefts[0])
            row = []
        row.append(run)
    if row:
        yield sorted(row, key=lambda run: run.lefts[0])


def _beside(runs: list[Run], bars: list[Box]) -> Iterator[list[Run]]:
    """Runs that touch, cut also within a run where there is a wide gap."""
    line: list[Run] = []
    for run in (piece for whole in runs for piece in _pieces(whole)):
        if line and _apart(line[-1], run, bars):
            yield line
            line = []
        line.append(run)
    if line:
        yield line


def _pieces(run: Run) -> Iterator[Run]:
    wide = WIDE_GAP * run.size
    cuts = [at for at, (a, b) in enumerate(zip(run.rights, run.lefts[1:], strict=False), 1)
            if b - a > wide]  # fmt: skip
    if not cuts:
        yield run
        return
    for start, stop in pairwise((0, *cuts, len(run.texts))):
        yield Run(
            texts=run.texts[start:stop], codes=run.codes[start:stop],
            lefts=run.lefts[start:stop], rights=run.rights[start:stop],
            y=run.y, rise=run.rise, size=run.size, font=run.font, block=run.block,
        )  # fmt: skip


def _apart(a: Run, b: Run, bars: list[Box]) -> bool:
    if a.block is not b.block and a.block != b.block:
        return True
    end, begin = a.rights[-1], b.lefts[0]
    if begin - end > WIDE_GAP * max(a.size, b.size):
        return True
    middle = a.y + a.size / 3
    if a.texts[-1].endswith(HALF_EMPTY):
        end -= a.size / 2
    return any(end - 1 < bar[0] < begin + 1 and bar[1] < middle < bar[3] for bar in bars)


def _line(page: int, runs: list[Run]) -> Line | None:
    texts = [text for run in runs for text in run.texts]
    start, stop = 0, len(texts)
    while start < stop and not texts[start].strip(SPACES):
        start += 1
    while start < stop and not texts[stop - 1].strip(SPACES):
        stop -= 1
    if start == stop:
        return None
    weights: Counter[float] = Counter()
    for run in runs:
        weights[run.size] += len(run.texts)
    size = max(weights, key=lambda size: (weights[size], size))
    lefts = [x for run in runs for x in run.lefts][start:stop]
    rights = [x for run in runs for x in run.rights][start:stop]
    sizes = _spread(((run.size, run) for run in runs), start, stop)
    text = "".join(map(one_character, texts[start:stop]))
    return Line(
        page=page, y=runs[0].y, size=size, text=text, lefts=lefts, rights=rights, sizes=sizes,
        kinds=_kinds(text, lefts, rights, sizes),
        families=_spread(((run.font.family, run) for run in runs), start, stop),
        raised=_spread(((_raised(run, size), run) for run in runs), start, stop),
        block=runs[0].block,
    )  # fmt: skip


def _spread(known: Iterable[tuple[T, Run]], start: int, stop: int) -> list[T]:
    return [value for value, run in known for _ in run.texts][start:stop]


def _raised(run: Run, size: float) -> bool:
    return abs(run.rise) > 0.5 or run.size < 0.85 * size


def one_character(text: str) -> str:
    """A glyph that reads as several characters, by the first; a joined dash is one of its own."""
    if len(text) == 1:
        return text
    return "⸺" if text == "——" else text[:1] or "\u200b"


def _kinds(text: str, lefts: list[float], rights: list[float], sizes: list[float]) -> str:
    kinds = text.translate(KINDS)
    if "o" not in kinds and "c" not in kinds:
        return kinds
    return "".join(
        kind.upper() if kind in "oc" and rights[at] - lefts[at] < NARROW * sizes[at] else kind
        for at, kind in enumerate(kinds)
    )
