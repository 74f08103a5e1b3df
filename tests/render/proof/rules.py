"""Rules of line composition, CLREQ and GB/T 15834-2011, 5.1, as glyph boxes show them.

Lengths are ems of the type at hand, unless points are said. The tolerances are those of
the acceptance table; nothing here is taken from the program that set the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from tests.render.proof.fault import Fault
from tests.render.proof.lines import Line
from tests.render.proof.paragraphs import CLOSE, INDENT, RUNNING, Column, Paragraph

NOT_FIRST = set("、，；：。．！？”’）》〉」』】〕］｝〗·・～–％%‰°℃℉′″／,.;:!?)]}")
NOT_LAST = set("“‘（《〈「『【〔［｛〖￥$￡€/／([{")
ALONE = set("·～–—％%‰°℃℉′″/／,.;:!?)]}$￥([{")
LEADERS = ".·…‥ "
MARKED = re.compile("[①-⑳㉑-㉟㊱-㊿†‡※*]")

SQUEEZED = -0.38
HAIR = 0.02
MOST_OPEN = 0.34
GAP_LEAST, GAP_MOST, GAP_HAIR = 1 / 8, 1 / 3, 0.012
DASH_HAIR = 0.05
# What ⸺ may lack of an em on either side.
PADDED = 0.16
OVERLAP = 0.6

WESTERN = r"[0-9A-Za-z\u00c0-\u024f\u0370-\u03ff]"
BROKEN = re.compile(
    rf"{WESTERN}{WESTERN}|{WESTERN}/|[0-9][.,:][0-9]|[0-9][%‰°℃℉′″％]|[$￥€£№§][0-9]"
)
URL_LEAST = 12
URL_POINTS = set("/?&=_.-:#%")
URL = re.compile(r"[!-~]+")
PLAIN_WORD = re.compile(r"[A-Za-z'-]+")
UNITS = "年月日时分秒元万亿千百个项家人次件户吨公米平立顷亩岁周天届期倍场处座套台辆艘条名位所种类级"
DOCUMENT = re.compile(r"〔[12]\d{3}〕\d+号")


def fault(rule: str, line: Line, what: str, at: int = 0, end: int | None = None) -> Fault:
    """A fault of a line, with the characters around `at`, or its last ones."""
    text = line.text[-12:] if end is not None else line.text[max(0, at - 6) : at + 8]
    return Fault(rule=rule, page=line.page, y=line.y, text=text, what=what)


# Every line of text, wherever it stands


def line_faults(line: Line) -> Iterator[Fault]:
    yield from edge_faults(line)
    yield from mark_faults(line)
    yield from gap_faults(line)
    yield from dash_faults(line)


def edge_faults(line: Line) -> Iterator[Fault]:
    """L1 and L2; a sign alone in a cell is no line of text. An address may go on with /."""
    first, last = line.text[0], line.text[-1]
    if (len(line.text) == 1 and first in ALONE) or not line.text.strip(LEADERS):
        return
    if first in NOT_FIRST or (line.raised[0] and MARKED.match(first)):
        yield fault("L1", line, f"“{first}”在行首")
    if last in NOT_LAST:
        yield fault("L2", line, f"“{last}”在行尾", end=-1)


def mark_faults(line: Line) -> Iterator[Fault]:
    """P1, and marks set into each other."""
    kinds, em = line.kinds, line.size
    for found in re.finditer("(?=[co][co])", kinds):
        at = found.start()
        if kinds[at : at + 2] == "oc" or line.sizes[at] != line.sizes[at + 1]:
            continue
        gap = (line.lefts[at + 1] - line.rights[at]) / em
        if gap > SQUEEZED:
            yield fault("P1", line, f"相邻标点未挤压（{gap:+.2f}字）", at)
        least = -1 if kinds[at : at + 2] == "co" else -0.5
        if gap < least - HAIR:
            yield fault("R2", line, f"标点相叠（{gap:+.2f}字）", at)


def gap_faults(line: Line) -> Iterator[Fault]:
    """M1 and R2: what is between two glyphs side by side."""
    pairs = list(_pairs(line))
    plain = [gap for at, _, gap, pair in pairs if pair == "hh"]
    even = max(0.0, median(plain)) if plain else MOST_OPEN
    if plain and max(plain) - min(plain) > 2 * HAIR:
        yield fault("R2", line, f"疏密不匀（{min(plain):.3f}～{max(plain):.3f}字）")
    if plain and even > MOST_OPEN:
        yield fault("R2", line, f"字距过大（{even:.3f}字）")
    for at, after, gap, pair in pairs:
        if pair in ("ha", "hn", "ah", "nh"):
            if not GAP_LEAST - GAP_HAIR <= gap <= GAP_MOST + even + GAP_HAIR:
                yield fault("M1", line, f"汉字与西文间隙{gap:.3f}字", at)
        elif pair in TOUCHING:
            if gap > even + HAIR or gap < TOUCHING[pair] - HAIR:
                yield fault("M1", line, f"标点与西文间隙{gap:.3f}字", at)
        elif pair in BOUNDS and after == at + 1:
            least = BOUNDS[pair]
            if gap < least - HAIR:
                yield fault("R2", line, f"字相叠（{gap:+.3f}字）", at)
            elif gap > min(MOST_OPEN, even + 2 * HAIR):
                yield fault("R2", line, f"字距过大（{gap:+.3f}字）", at)


# The least gap: a mark an em wide may give up its empty half.
TOUCHING = {
    "ac": 0.0, "nc": 0.0, "ca": -0.5, "cn": -0.5, "ao": -0.5, "no": -0.5, "oa": 0.0, "on": 0.0,
}  # fmt: skip
BOUNDS = {"hh": 0.0, "hc": 0.0, "ch": -0.5, "ho": -0.5, "oh": 0.0}


def _pairs(line: Line) -> Iterator[tuple[int, int, float, str]]:
    """Neighbours of one size on the baseline, over typed spaces between Han and Latin only."""
    kinds, lefts, rights = line.kinds, line.lefts, line.rights
    sizes, raised, text = line.sizes, line.raised, line.text
    last = -1
    for at, kind in enumerate(kinds):
        if kind == "w":
            continue
        if last >= 0 and sizes[at] == sizes[last] and raised[at] == raised[last]:
            pair = kinds[last] + kind
            typed = text[last + 1 : at]
            if not typed or (pair in ("ha", "hn", "ah", "nh") and "\u3000" not in typed):
                yield last, at, (lefts[at] - rights[last]) / sizes[at], pair
        last = at


def dash_faults(line: Line) -> Iterator[Fault]:
    """L3, the length: —— and …… are two ems without a gap in the middle."""
    for found in re.finditer("⸺|——|……|⋯⋯", line.text):
        start, stop = found.span()
        em, padded = line.sizes[start], found[0] == "⸺"
        end = line.rights[stop - 1] if stop == len(line.text) else line.lefts[stop]
        # ⸺ is shorter than its two ems and stands in the middle of them; at an edge of the line
        # half of what it lacks is not seen.
        begin = line.rights[start - 1] if padded and start else line.lefts[start]
        length = (end - begin) / em
        edges = (not start) + (stop == len(line.text)) if padded else 0
        # What stands beside it may be as far off as anything else in the line.
        if not 2 - DASH_HAIR - edges * PADDED <= length <= 2 + (1 + padded) * MOST_OPEN:
            yield fault("L3", line, f"“{found[0]}”长{length:.2f}字", start)
        elif stop - start == 2:
            pitch = (line.lefts[start + 1] - line.lefts[start]) / em
            if abs(pitch - 1) > DASH_HAIR:
                yield fault("L3", line, f"“{found[0]}”中间断开", start)


def overlap_faults(lines: Sequence[Line]) -> Iterator[Fault]:
    """R2: lines of one page set over each other."""
    near: list[Line] = []
    for line in sorted(lines, key=lambda line: -line.y):
        near = [above for above in near if above.y - line.y < OVERLAP * min(above.size, line.size)]
        for above in near:
            shared = min(above.right, line.right) - max(above.left, line.left)
            if shared > OVERLAP * line.size and not (line.raised[0] or above.raised[0]):
                yield fault("R2", line, f"与“{above.text[:8]}”相叠")
                break
        near.append(line)


# Paragraphs


def paragraph_faults(paragraph: Paragraph) -> Iterator[Fault]:
    yield from break_faults(paragraph.lines)
    if _justified(paragraph):
        yield from edge_of_column_faults(paragraph)
    yield from lone_faults(paragraph)


def _justified(paragraph: Paragraph) -> bool:
    """Set to both edges of its column; a short line standing by itself (a cover's, a form's)
    is no paragraph."""
    if paragraph.begun != "askew":
        return paragraph.begun in RUNNING
    line, column = paragraph.lines[0], paragraph.columns[0]
    return line.right - line.left > (column.right - column.left) / 2


def break_faults(lines: Iterable[Line]) -> Iterator[Fault]:
    """L3 and L4: what two lines share."""
    for above, below in pairwise(lines):
        seam = above.text[-2:] + below.text[:2]
        middle = min(2, len(above.text))
        if seam[middle - 1 : middle + 1] in ("——", "……", "⋯⋯"):
            yield fault("L3", above, f"“{seam}”拆在两行", end=-1)
        elif any(f.start() < middle < f.end() for f in BROKEN.finditer(seam)):
            if not _may_break(above, below):
                yield fault("L4", above, f"“{above.text[-8:]}｜{below.text[:8]}”拆行", end=-1)
        elif _unit_broken(above.text, below.text):
            yield fault("L4", above, f"“{above.text[-8:]}｜{below.text[:8]}”拆行（单位）", end=-1)


def _may_break(above: Line, below: Line) -> bool:
    """A long address at one of its marks, and what is longer than a line anywhere."""
    joined = above.text + below.text
    cut = len(above.text)
    word = next((w for w in URL.finditer(joined) if w.start() < cut < w.end()), None)
    if word is None:
        return False
    if word.start() == 0 or word.end() == len(joined):
        return True
    long = len(word[0]) > URL_LEAST and not PLAIN_WORD.fullmatch(word[0])
    return long and (joined[cut - 1] in URL_POINTS or joined[cut] in "-/")


def _unit_broken(above: str, below: str) -> bool:
    """A number from the unit behind it, or the number of a document."""
    if above[-1].isascii() and above[-1].isdigit() and below[0] in UNITS:
        return True
    joined, cut = above[-12:] + below[:12], min(12, len(above))
    return any(f.start() < cut < f.end() for f in DOCUMENT.finditer(joined))


def edge_of_column_faults(paragraph: Paragraph) -> Iterator[Fault]:
    """P2, P3, R1, R3: both edges of every line but the last, and the indent."""
    lines, columns = paragraph.lines, paragraph.columns
    for number, (line, column) in enumerate(zip(lines, columns, strict=True)):
        first = number == 0 and paragraph.begun != "flush"
        yield from _left_faults(line, column, first=first)
        yield from _right_faults(line, column, last=number == len(lines) - 1)


def _left_faults(line: Line, column: Column, *, first: bool) -> Iterator[Fault]:
    wanted = column.left + (INDENT * line.size if first else 0)
    off = line.left - wanted
    if abs(off) <= CLOSE:
        return
    if line.kinds[0] == "o" and abs(off - line.size / 2) <= CLOSE:
        yield fault("P3", line, f"行首“{line.text[0]}”未去空")
    elif first:
        yield fault("R3", line, f"段首缩进{INDENT + off / line.size:.2f}字")
    else:
        yield fault("R1", line, f"左边差{off:+.2f}磅")


def _right_faults(line: Line, column: Column, *, last: bool) -> Iterator[Fault]:
    off = line.right - column.right
    if last and off < -CLOSE:
        plain = [gap for _, _, gap, pair in _pairs(line) if pair == "hh"]
        if plain and median(plain) > HAIR:
            yield fault("R2", line, f"末行疏排（{median(plain):.3f}字）")
        return
    if abs(off) <= CLOSE:
        return
    if line.kinds[-1] == "c" and abs(line.rights[-1] - column.right) <= CLOSE:
        yield fault("P2", line, f"行尾“{line.text[-1]}”占满一字", end=-1)
    else:
        yield fault("R1", line, f"右边差{off:+.2f}磅", end=-1)


def lone_faults(paragraph: Paragraph) -> Iterator[Fault]:
    """R4: fewer than two characters besides marks on the last of several lines."""
    line = paragraph.lines[-1]
    if len(paragraph.lines) > 1 and sum(kind in "hanx" for kind in line.kinds) < 2:
        yield fault("R4", line, "段末只余一字")
