"""Titles as they are printed. One rule for PDF and DOCX, so that the twins agree.

That of an official letter has its lines broken by meaning into a trapezium or a diamond
(GB/T 9704-2012, 7.3.1: 排列应当使用梯形或菱形): no word is split and no line hangs by a
character. That of a 篇目 has an em after its number, whatever was typed there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import combinations, pairwise
from math import comb, inf

from editorial.model.book import Book, Imprint, Part, edition_name
from editorial.model.document import Heading
from editorial.model.style import DraftStyle
from editorial.render.chapters import folded
from editorial.render.words import BARRED, OVERRUN, blanks_in, penalties

NEVER_FIRST = frozenset("》）”〕、，。：；！？")
NEVER_LAST = frozenset("《（“〔")
MEETING = re.compile(r"(?<=[0-9A-Za-z])(?=[^ -~])|(?<=[^ -~])(?=[0-9A-Za-z])")
# Ems of unevenness for a line that ends inside a word, or runs over a blank of the author's.
INSIDE_WORD = 6.0
LINE_PRICE = 2.5
MOST_LINES, MOST_TRIALS = 4, 40_000
# Lines this much of an em apart read as a shape, not as a block with a ragged edge.
STEP, LEAST_LINE = 1.0, 4.0

DEEPEST = 9  # levels of contents Word knows

NUMBERED = re.compile(
    r"^\s*(第[〇零一二三四五六七八九十百千\d]+[篇编卷章节目]|[一二三四五六七八九十百]+、)[^\S\n]+(?=\S)"
)

# The blanks before what a photographer or a lender of pictures did.
CREDITED = re.compile(r"[^\S\n]+(?=(?:拍?摄影?|供[图稿]|提供|翻拍|绘制?|制图)(?:$|[\s，、；]))")


def running_title(imprint: Imprint, style: DraftStyle) -> str:
    """What runs above pages for the book: its title, and which draft this is unless it goes to
    the press."""
    if goes_to_press(style):
        return imprint.title
    label = (imprint.label or style.label).strip("（）()")
    return "　".join((imprint.title, label, edition_name(imprint)))


def goes_to_press(style: DraftStyle) -> bool:
    """Nothing in it is there for readers who are to answer."""
    asks = style.show_marks or style.opinion_form or style.line_numbers
    return not (asks or style.notice or style.copy_number)


# Titles of parts


def with_titles(book: Book) -> Book:
    """The book with the titles of its parts as they are printed, each once."""
    scope = tuple(map(printed_title, book.imprint.scope))
    return folded(spaced(replace(book, imprint=replace(book.imprint, scope=scope))))


def spaced(book: Book) -> Book:
    """The book with every title of its parts as it is printed: two are compared so."""
    return replace(book, parts=tuple(map(_titled, book.parts)))


def printed_title(title: str) -> str:
    """第五章 住房 → 第五章　住房: an em between number and words."""
    return NUMBERED.sub(r"\1　", title)


def _titled(part: Part) -> Part:
    title = printed_title(part.title)
    return part if title == part.title else replace(part, title=title)


def listed_level(part: Part, index: int) -> int:
    """The level at which the contents list a 次分目 or 条目 of `part`, a 篇目 being at 1: a 条目
    stands one below the 次分目 it comes under."""
    upwards = (part.blocks[place] for place in range(index, -1, -1))
    heading = next((each.level for each in upwards if isinstance(each, Heading)), 0)
    below = not isinstance(part.blocks[index], Heading)
    return min(part.level + heading + below, DEEPEST)


def printed_credit(credit: str) -> str:
    """某某 摄 → 某某　摄: an em between who and what for."""
    return CREDITED.sub("　", credit.strip())


# The title of a letter


def width_of(text: str) -> float:
    """Ems, Latin letters and figures at half."""
    return sum(0.5 if sign.isascii() else 1.0 for sign in text)


def spaced_width(text: str) -> float:
    """Ems as a word processor sets it: a quarter opens where Han and Latin meet."""
    return width_of(text) + len(MEETING.findall(text)) / 4


@lru_cache(maxsize=64)  # letters of a batch bear the same titles
def title_lines(title: str, most: float) -> tuple[str, ...]:
    """The lines of the best arrangement, none wider than `most` ems.

    A title too long to weigh comes back in one piece, for the setter to break.
    """
    text = title.strip()
    if not text:
        return ()
    end, prices, blanks = len(text), penalties(text), tuple(blanks_in(text))
    open_stops = [at for at in range(2, end - 1) if not _barred(text[at - 1], text[at])]
    found: list[tuple[float, tuple[int, ...]]] = []
    for count in range(1, MOST_LINES + 1):
        if comb(len(open_stops), count - 1) > MOST_TRIALS or (found and found[0][0] == 0):
            break
        for inner in combinations(open_stops, count - 1):
            stops = (*inner, end)
            found.append((_cost(text, stops, most) + _unread(stops, prices, blanks), stops))
    cost, best = min(found)
    return (text,) if cost == inf else tuple(text[a:b].strip("　") for a, b in pairwise((0, *best)))


def tears(lines: Sequence[str]) -> bool:
    """Whether one of the lines of a title ends inside a word."""
    return any(penalties(a + b)[len(a)] >= BARRED for a, b in pairwise(lines))


def _barred(last: str, first: str) -> bool:
    return first in NEVER_FIRST or last in NEVER_LAST or (last.isascii() and first.isascii())


def _unread(stops: tuple[int, ...], prices: Sequence[float], blanks: tuple[int, ...]) -> float:
    """What lines that do not end by sense cost."""
    words = sum(prices[stop] for stop in stops[:-1])
    return INSIDE_WORD * (words + OVERRUN * sum(at not in stops for at in blanks))


def _cost(text: str, stops: tuple[int, ...], most: float) -> float:
    lengths = [width_of(text[a:b]) for a, b in pairwise((0, *stops))]
    if max(lengths) > most or (len(stops) > 1 and min(lengths) < LEAST_LINE):
        return inf
    mean = sum(lengths) / len(lengths)
    uneven = sum((length - mean) ** 2 for length in lengths) / len(lengths)
    return uneven / 10 + _misshape(lengths) + LINE_PRICE * (len(stops) - 1)


def _misshape(lengths: Sequence[float]) -> float:
    """0 for a trapezium or a diamond; a waist or a block costs."""
    steps = [after - before for before, after in pairwise(lengths)]
    if any(a < -STEP / 2 and b > STEP / 2 for a, b in pairwise(steps)):
        return 8.0
    return 2.0 if steps and max(abs(step) for step in steps) < STEP else 0.0
