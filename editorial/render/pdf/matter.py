"""Texts made ready to be broken into lines: widths and rules looked up.

A batch of texts stands in one row of characters, a newline after each, and all arrays
run over that row. Lengths are thousandths of an em of the text's own size. What is done to
every character is done by numpy; Python sees only texts and odd characters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from editorial.render.pdf.classes import (
    EM,
    HALF,
    HAN_LATIN,
    MARKS,
    NOWHERE,
    NUMBER_OF,
    Bytes,
    Counts,
    Flags,
    Floats,
    Places,
    Points,
    Ruling,
)
from editorial.render.pdf.face import MINUS, Face
from editorial.render.pdf.measures import measures
from editorial.render.pdf.rolls import set_cells
from editorial.render.pdf.typed import RANGE_SIGN, SHIFT_SCALE, Typed
from editorial.render.pdf.wholes import (
    HYPHEN_PENALTY,
    keep_codes,
    keep_dates,
    keep_issues,
    keep_listed,
    keep_sizes,
    keep_syllables,
    keep_units,
    penalties_of,
)
from editorial.values import dataclass

# As wide as signs are made between figures; × has no ink at its sides.
TIMES, SIGNS = 700, 900
FIGURES, FULL_STOP = "0123456789", ord(".")

APOSTROPHE = re.compile("(?<=[A-Za-z])’(?=[A-Za-z])")
STRAIGHT = re.compile(r"""(?<![A-Za-z0-9])(["'])[^"'\n]*(\1)(?![A-Za-z0-9])""")
DOCUMENT_TYPE = re.compile(r"\[(?=[A-Z]{1,2}(?:/[A-Z]{2})?\])")  # GB/T 7714: 产业史[M], [EB/OL]
WORD_KINDS = "anuxqblytgj"

_D, _K, _N, _V, _R, _J, _A, _X, _T = (NUMBER_OF[kind] for kind in "dknvrjaxt")
_M, _O, _C, _W, _I, _Q, _B, _H, _L = (NUMBER_OF[kind] for kind in "mOCwiqbhl")
_CAPITAL = np.zeros(0x10000, bool)
_CAPITAL[ord("A") : ord("Z") + 1] = True
_TAKEN, _CLOSED = np.zeros(256, bool), np.zeros(256, bool)
_TAKEN[[NUMBER_OF[kind] for kind in "hob"]] = True
_CLOSED[[NUMBER_OF[kind] for kind in "cC"]] = True
_PADDED = np.zeros(256, bool)
_PADDED[[_M, _D, _V, _O, _C, _J]] = True


@dataclass(frozen=True, slots=True)
class Breaks:
    """Where lines may end: `open` lists the places, `rank[i]` is how many of them are ≤ i. A break
    before character i costs `penalties[i]`, and the line that ends there may be `short`. `bearable`
    are sets of other places, for a measure too narrow to keep all whole: within dates and long
    codes; besides, within 〔2018〕12号 and after 8万 as in 8万平方公里; besides, before units; and
    within units, for want of all of these."""

    open: Places
    rank: Counts
    penalties: NDArray[np.float32]
    short: Flags
    bearable: tuple[Places, ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """At index i stands what is between characters i-1 and i: `rules`, numbers into `ruling`;
    `gaps`. `reach[i]` is the length of the i first characters with the gaps before them, `edge[i]`
    as far as where a line begins there, `inked[i]` where one ends; `give` and `opening` add up
    shrink and openable boundaries up to and with i. `spaces` are set within lines alone. `left`:
    what a line beginning there gives up at its edge (GB/T 15834-2011, 5.1.10); one that ends there
    does so too. `cells` are the names of lists with room before or within them; `waves` the ～
    typed as ~, which `told` has as they were. Lengths are thousandths of an em.
    """

    text: str
    starts: Places
    places: Places
    kinds: Bytes
    widths: Floats
    scales: Floats | None
    cells: Places
    waves: Places
    told: str
    ruling: Ruling
    rules: Bytes
    gaps: Floats
    breaks: Breaks
    reach: Floats
    edge: Floats
    inked: Floats
    give: Counts
    opening: Counts
    spaces: Flags
    left: Floats


def prepare(texts: Sequence[Typed], ruling: Ruling) -> Matter:
    """Everything line breaking asks for, of all `texts` at once."""
    row = "\n".join(each.text for each in texts) + "\n"
    starts = np.array(list(accumulate((len(t.text) + 1 for t in texts), initial=0)), np.int64)
    points: Points = np.frombuffer(row.encode("utf-32-le", "surrogatepass"), "<u4")
    places = _places(texts, points)
    tables = measures()
    kinds, widths = tables.kinds[places], tables.widths[places].astype(np.float64)
    scales = _shifted(texts, starts, kinds, widths)
    _exceptional(row, points, kinds)
    rules, gaps = _gaps(texts, starts, points, kinds, widths, ruling)
    breaks = _breaks(texts, starts, row, points, kinds, scales, ruling.barred[rules])
    cells = set_cells(texts, starts, kinds, widths, gaps)
    spaces = (kinds == _W) | (kinds == _I)
    give, opening = _reserves(rules, spaces, ruling)
    waves = _waves(texts, starts) if RANGE_SIGN in row else NOWHERE
    left = np.where(kinds == NUMBER_OF["o"], float(HALF), 0.0) * ruling.trimmed[NUMBER_OF["c"]]
    reach = np.concatenate([[0.0], np.cumsum(widths + gaps)])
    return Matter(
        text=row,
        starts=starts,
        places=places,
        kinds=kinds,
        widths=widths,
        scales=scales,
        cells=cells,
        waves=waves,
        told="\n".join(each.told for each in texts) if len(waves) else row,
        ruling=ruling,
        rules=rules,
        gaps=gaps,
        breaks=breaks,
        reach=reach,
        edge=reach[:-1] + gaps + left,
        inked=reach - _right(kinds, widths, gaps, spaces, ruling),
        give=give,
        opening=opening,
        spaces=spaces,
        left=left,
    )


def _gaps(
    texts: Sequence[Typed],
    starts: Places,
    points: Points,
    kinds: Bytes,
    widths: Floats,
    ruling: Ruling,
) -> tuple[Bytes, Floats]:
    """The rule that holds between each character and the one before, and the gap there."""
    numbered = _list_numbers(starts, points, kinds)
    rules = np.zeros(len(kinds), np.uint8)
    rules[1:] = ruling.pairs[kinds[:-1].astype(np.int32) * len(NUMBER_OF) + kinds[1:]]
    marks = np.flatnonzero((points >= MARKS[0]) & (points <= MARKS[1]))
    rules[marks] = ruling.pairs[_A * len(NUMBER_OF) + _A]  # whatever they stand over
    gaps = ruling.gaps[rules]
    _pad(points, kinds, widths, gaps)
    gaps[numbered] += HAN_LATIN
    _even_figures(texts, starts, kinds, widths, gaps)
    return rules, gaps


def _breaks(
    texts: Sequence[Typed],
    starts: Places,
    row: str,
    points: Points,
    kinds: Bytes,
    scales: Floats | None,
    barred: Bytes,
) -> Breaks:
    """`barred` are those places where the rules alone let no line end."""
    penalties, short = penalties_of(row, kinds, barred, None if scales is None else scales < 1)
    keep_listed(points, kinds, barred)
    keep_codes(points, kinds, barred)
    keep_syllables(row, barred)
    bearable = _bearable(points, kinds, penalties, barred)
    _keep_pieces(texts, starts, barred)
    may = barred == 0
    return Breaks(np.flatnonzero(may), np.cumsum(may, dtype=np.int32), penalties, short, bearable)


def _bearable(
    points: Points, kinds: Bytes, penalties: NDArray[np.float32], barred: Bytes
) -> tuple[Places, ...]:
    """`Breaks.bearable`; the places are barred, but for those within long codes."""
    units, inside, joints = keep_units(points, kinds, barred)
    issues, dates = keep_issues(points, kinds, barred), keep_dates(points, kinds, barred)
    units = np.concatenate([units, keep_sizes(points, kinds, barred)])
    within = np.concatenate([dates, np.flatnonzero(penalties >= HYPHEN_PENALTY)])
    return tuple(
        np.sort(np.concatenate([within, *more]))
        for more in ((), (issues, joints), (issues, joints, units), (inside,))
    )


def _reserves(rules: Bytes, spaces: Flags, ruling: Ruling) -> tuple[Counts, Counts]:
    """`Matter.give` and `opening`. A line that ends with spaces has no more of them than it had
    before those."""
    give = np.cumsum(ruling.shrinks[rules], dtype=np.int32)
    opening = np.cumsum(ruling.fixed[rules] == 0, dtype=np.int32)
    at = np.flatnonzero(spaces)
    if len(at):
        first = np.concatenate([[True], np.diff(at) > 1])
        before = np.maximum.accumulate(np.where(first, at, 0)) - 1
        give[at] = give[before]
        opening[at] = opening[before]
    return give, opening


def _keep_pieces(texts: Sequence[Typed], starts: Places, barred: Bytes) -> None:
    for at, text in zip(starts.tolist(), texts, strict=False):
        if not text.whole:
            continue
        before = None
        for strip in text.strips:
            if strip.piece.whole:
                barred[at + strip.start + (strip.piece is not before) : at + strip.stop] = 1
            before = strip.piece


def _waves(texts: Sequence[Typed], starts: Places) -> Places:
    waved = zip(starts.tolist(), texts, strict=False)
    return np.array([at + wave for at, text in waved for wave in text.waves], np.int64)


def _places(texts: Sequence[Typed], points: Points) -> Places:
    tables = measures()
    faces: list[int] = []
    lengths: list[int] = []
    for text in texts:
        for strip in text.strips:
            faces.append(tables.row(strip.face))
            lengths.append(strip.stop - strip.start)
        if text.strips:
            lengths[-1] += 1
        else:
            faces.append(0)
            lengths.append(1)
    return tables.places(np.repeat(np.array(faces, np.int32), lengths), points)


def _shifted(texts: Sequence[Typed], starts: Places, kinds: Bytes, widths: Floats) -> Floats | None:
    """Small type: narrower, and a word with the word before it (km², CO₂) or a mark."""
    scales: Floats | None = None
    for at, text in zip(starts.tolist(), texts, strict=False):
        for strip in text.strips:
            if not strip.piece.shift:
                continue
            if scales is None:
                scales = np.ones(len(widths))
            small = slice(at + strip.start, at + strip.stop)
            before = kinds[small.start - 1] if strip.start else 255
            word = strip.piece.shift == "sub" or (
                not strip.piece.note and before in _WESTERN_NUMBERS
            )
            kinds[small] = _A if word else _R
            widths[small] = _summable(widths[small] * SHIFT_SCALE)
            scales[small] = SHIFT_SCALE
    return scales


def _summable(lengths: Floats) -> Floats:
    """As short as the widths of the faces are kept: then sums are exact, and where a text
    stands in the row cannot show in the last digit of a gap. Books set in other parts, or on
    other machines, would differ."""
    return lengths.astype(np.float32).astype(np.float64)


_WESTERN_NUMBERS = frozenset(NUMBER_OF[kind] for kind in WORD_KINDS)


def _exceptional(row: str, points: Points, kinds: Bytes) -> None:
    """–– and ～～ are dashes; an apostrophe within a word is none of the quotation marks, and
    straight ones go in pairs; a minus sign before a word or a bracket takes from what precedes it.
    The space in GB/T 15834 is part of the code."""
    minus = np.flatnonzero(kinds == _X)
    taken = (points[minus] == ord(MINUS)) & (_TAKEN[kinds[minus + 1]] | _CLOSED[kinds[minus - 1]])
    kinds[minus[taken]] = _T
    blank = np.flatnonzero(kinds == _W)
    blank = blank[(kinds[blank + 1] == _N) & _CAPITAL[points[blank - 1] & 0xFFFF]]
    kinds[blank] = _A
    waves = np.flatnonzero((kinds[1:] == _K) & (kinds[:-1] == _K))
    kinds[waves] = kinds[waves + 1] = _D
    if "’" in row:
        for found in APOSTROPHE.finditer(row):
            kinds[found.start()] = _J
    if '"' in row or "'" in row:
        for found in STRAIGHT.finditer(row):
            kinds[found.start(1)], kinds[found.start(2)] = _B, _Q
    if "[" in row:  # it belongs to the title before it
        for found in DOCUMENT_TYPE.finditer(row):
            kinds[found.start()] = _T


def _list_numbers(starts: Places, points: Points, kinds: Bytes) -> Places:
    """The places behind 1. and 12. that open a text of Han: what parts them from it stays alike
    down a list, so the stop takes no part in what lines give and take."""
    at: Places = starts[:-1] + 1
    last = len(kinds) - 1
    at = at[kinds[at - 1] == _N]
    at = at + ((kinds[at] == _N) & (points[np.minimum(at + 1, last)] == FULL_STOP))
    at = at[(points[at] == FULL_STOP) & (kinds[np.minimum(at + 1, last)] == _H)]
    kinds[at] = _L
    behind: Places = at + 1
    return behind


def _pad(points: Points, kinds: Bytes, widths: Floats, gaps: Floats) -> None:
    """Bring · to half an em, ⸺ to two, narrow quotes to half, ∶ close to its figures."""
    at = np.flatnonzero(_PADDED[kinds])
    if not len(at):
        return
    kind, width = kinds[at], widths[at]
    before, after = np.zeros(len(at)), np.zeros(len(at))
    both = np.zeros(len(at))
    both[kind == _M] = (HALF - width[kind == _M]) / 2
    dash = (kind == _D) & (width > EM)
    both[dash] = np.maximum(width[dash], 2.0 * EM) / 2 - width[dash] / 2
    times = (kind == _V) & _between_figures(kinds, at)
    sign = points[at]
    most = np.select([sign == ord("∶"), sign == ord("×")], [HALF, TIMES], SIGNS)
    both[times] = (np.minimum(width, most)[times] - width[times]) / 2
    before += both
    after += both
    before[kind == _O] = np.maximum(0.0, HALF - width[kind == _O])
    after[kind == _C] = np.maximum(0.0, HALF - width[kind == _C])
    after[kind == _J] = np.minimum(0.0, HALF / 2 - width[kind == _J])
    gaps[at] += before
    gaps[at + 1] += after


def _even_figures(
    texts: Sequence[Typed], starts: Places, kinds: Bytes, widths: Floats, gaps: Floats
) -> None:
    """Figures of tables as wide as the widest of their face, so that places stand in line.
    What a narrow one lacks goes before it: the decimal point is where it was measured."""
    tables = [number for number, text in enumerate(texts) if text.tabular and text.text]
    if not tables:
        return
    of = np.array(tables, np.int64)
    lengths = starts[of + 1] - starts[of]
    ends = np.cumsum(lengths)
    at = np.repeat(starts[of] - ends + lengths, lengths) + np.arange(ends[-1])
    of = np.repeat(of, lengths)[kinds[at] == _N]
    at = at[kinds[at] == _N]
    wanted, widest = np.zeros(len(texts)), dict[Face, float]()
    for number in tables:
        face = texts[number].strips[0].face
        if face not in widest:
            widest[face] = max(face.widths[figure] for figure in FIGURES)
        wanted[number] = widest[face]
    gaps[at] += _summable(wanted)[of] - widths[at]


def _between_figures(kinds: Bytes, at: Places) -> Flags:
    figures = np.zeros(256, bool)
    figures[[_N, _V]] = True
    return figures[kinds[np.maximum(at - 1, 0)]] & figures[kinds[at + 1]]


def _right(kinds: Bytes, widths: Floats, gaps: Floats, spaces: Flags, ruling: Ruling) -> Floats:
    """What a line ending before index i gives up: half a mark, or a space."""
    last = ruling.trimmed[kinds] * float(HALF)
    at = np.flatnonzero(spaces)
    last[at] = widths[at] + gaps[at] + np.where(at, last[at - 1], 0.0)
    return np.concatenate([[0.0], last])
