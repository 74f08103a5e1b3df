"""The contents a PDF shows: their lines, column by column and page by page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from math import inf
from typing import NamedTuple

from editorial.desk.toc_apart import FEW, LIST_SHARE, joined, levels_of
from editorial.desk.toc_folios import label_of, value_of
from editorial.read.proof_pdf import ProofPage, TextLine
from editorial.values import dataclass

WIDE = 0.6  # of the way to the page number: a title that goes on below
NARROW = 3.0  # sizes: less is no line filled
OWN_SHARE = 0.25  # of the lines of a page that goes on: those with a number of their own
UPWARDS = 0.7  # of its numbers: those no smaller than the one before
TITLE_ROWS = 4
TURNED, MOST = 4.5, 16  # how far up, in sizes, a turned title goes on, and its most pieces
SAME_EDGE, TIGHT = 15.0, 1.0

_CONTENTS = re.compile(
    "(?:总|简|要|细|分|表|附表|表格|图|插图|图片|图表|彩图)?目[录次](?:contents)?|总目|简目|要目|细目|contents",
    re.I,
)
_INDEX = re.compile(".{0,6}索引")
_LEADER = r"[\s.·•⋯・‧∙_—–─-]"
_LEADERS = re.compile(rf"(?:{_LEADER}|[…．﹒‥])+$")
_NUMBERED = re.compile(
    rf"(?P<title>.*?)(?P<gap>{_LEADER}*)(?P<mark>[(]?)(?P<number>\d{{1,4}}|[ivx]+|[IVX]+)[)]?"
)
_DRESSED = (  # 第12页, /12, P.12, —12—, ·12·: told as (12)
    re.compile(r"第\s*(\d{1,4}|[ivxIVX]+)\s*页$"),
    re.compile(r"/\s*(\d{1,4})$"),
    re.compile(r"(?<![A-Za-z])[Pp]\.?\s*(\d{1,4})$"),
    re.compile(r"[—–-]\s*(\d{1,4})\s*[—–-]$"),
    re.compile(r"[·•・‧∙]\s*(\d{1,4})\s*[·•・‧∙]$"),
)
_CAPTION_NUMBER = re.compile(r"[表图]\d+(?:[-—–.]\d+)+")  # 图1-3 is on no page 3
_STRAY = re.compile(
    r"(?:(?<=[)）])\s*|(?<=\d)\s+)[·.…]$"
)  # the last dot of the leader, out of turn
_OPEN = re.compile(r"第\s*$|[【（(《“][^】）)》”]*$")  # 第 16 of a title goes on: 第 16 届
_HAN_END = re.compile("[㐀-鿿\U00020000-\U0003ffff]$")
_DASHES = ("—", "——", "–", "-")
_NOTE_MARKS = re.compile("[①-⓿㉑-㉟㊱-㊿*＊※†]+$")


def key_of(text: str) -> str:
    """What two spellings of one title have in common: no spaces, brackets or note marks."""
    bare = _NOTE_MARKS.sub("", re.sub(r"[\s【】]", "", text))
    return unicodedata.normalize("NFKC", bare)


class Row(NamedTuple):
    """One line of the contents. `title` may go on from a line before, `own` does not.

    `reach` is how far it begins before the edge the numbers stand at: less when indented;
    `begins` the same of `title`. `line` stands level with the number, `more` below it, before
    the next row: the rest of a title whose number stands beside its first line. `face`, like
    `size`, is that of its last line.
    """

    sheet: int
    title: str
    own: str
    number: str
    reach: float
    size: float
    begins: float = 0.0
    line: str = ""
    more: str = ""
    face: str = ""

    @property
    def readings(self) -> tuple[str, ...]:
        """What the title may be, the likelier first."""
        below = f"{self.own} {self.more}", f"{self.line} {self.more}"
        return tuple(dict.fromkeys((self.title, below[0], self.own, below[1], self.line)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """One list: 目录, 表目录 … with the sheets it stands on."""

    name: str
    sheets: tuple[int, ...]
    rows: tuple[Row, ...]


def read_contents(pages: tuple[ProofPage, ...], numbers: tuple[str, ...]) -> tuple[Contents, ...]:
    """Every list of contents, from a page with such a title on to the last page of such lines."""
    highest = max((int(n) for n in numbers if n.isdecimal()), default=len(pages))
    found: list[Contents] = []
    held: list[_Piece] = []
    for page in pages:
        title = _title(page)
        name = key_of(joined(title))
        goes_on = bool(found) and found[-1].sheets[-1] == page.sheet - 1
        if not name and (not goes_on or _is_index(page)):
            continue
        lines = [line for line in page.lines if line not in title]
        before = [] if name or not goes_on else held
        rows, share, held = _rows(page.sheet, lines, max(highest, len(pages)) + FEW, before)
        if share < LIST_SHARE or not (name or _lists(rows, len(levels_of(lines)))):
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


def _is_index(page: ProofPage) -> bool:
    """Whether it begins with 索引, and no number beside it as in a row of the contents."""
    top = levels_of(page.lines)[:TITLE_ROWS]
    return any(_INDEX.fullmatch(key_of(joined(level))) for level in top)


def _title(page: ProofPage) -> tuple[TextLine, ...]:
    """The line 目录, whole or letter by letter, when it is the title of the page."""
    top = levels_of(page.lines)[:TITLE_ROWS]
    for level in top:
        for line in level:
            if _CONTENTS.fullmatch(key_of(line.text)):
                return (line,)
        if _CONTENTS.fullmatch(key_of(joined(level))):
            return tuple(level)
    return ()


def _rows(
    sheet: int, lines: list[TextLine], highest: int, held: list[_Piece]
) -> tuple[tuple[Row, ...], float, list[_Piece]]:
    """The lines that name a page, column by column, after what is `held` from the page before;
    their share of all lines; and what goes on overleaf."""
    edges = _edges(lines, highest)
    rows: list[Row] = []
    told = 0
    count = len(
        levels_of([line for line in lines if line.right - line.size > max(edges, default=0.0)])
    )
    for index, edge in enumerate(edges):
        left = edges[index - 1] if index else -inf
        column = [line for line in lines if left < line.right - line.size <= edge]
        levels = levels_of(column)
        count += len(levels)
        found, held = _column_rows(sheet, edge, levels, highest, held)
        for row, deep in found:
            rows.append(row)
            told += deep
    return tuple(rows), told / count if count else 0.0, held


def _edges(lines: list[TextLine], highest: int) -> list[float]:
    """Right edges at which page numbers stand, one for each column.

    A few lines that end elsewhere are of the column they begin in, where numbers follow titles
    at once; or of a last column that is hardly filled.
    """
    # With a dot told out of turn a line ends at that dot, not where it is seen to.
    ended = [line for line in lines if _ending(line.text, highest)]
    numbered = [line for line in ended if not _STRAY.search(line.text)]
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


def _column_rows(
    sheet: int, edge: float, levels: list[list[TextLine]], highest: int, held: list[_Piece]
) -> tuple[list[tuple[Row, int]], list[_Piece]]:
    """Rows with the number of levels they take: a title may begin on the level above, or with
    `held` at the end of the column before; and what is left."""
    rows: list[tuple[Row, int]] = []
    for level in levels:
        own: list[_Piece] = []
        first = level[0]
        turned = bool(held) and first.y - held[-1].y < TURNED * first.size
        held = held[-MOST:] if turned else []
        endings = [_ending(x.text, highest, tight=abs(edge - x.right) < TIGHT) for x in level]
        for line, ending, after in zip(level, endings, (*endings[1:], None), strict=True):
            if after and not after[0]:
                ending = None  # 概况（2） 584: the number is the last one
            title = _bare(
                ending[0] if ending else line.text, turned=line is level[-1] and not ending
            )
            if title:
                most = max(WIDE * (edge - first.x), NARROW * first.size)
                wide = line.right - first.x > most
                own.append(_Piece(title, first.y, edge - first.x, wide))
            if ending and (own or held):
                whole = (*held, *own)
                start = len(held) if own else 0
                while start and held[start - 1].wide:
                    start -= 1
                reach = whole[start].reach if start < len(held) else edge - first.x
                title, words = _words(whole), _words(whole[start:])
                sizes = reach, first.size, whole[0].reach
                _go_on(rows, held)
                last = _words(own) or words
                row = Row(sheet, title, words, ending[1], *sizes, last, face=first.face)
                rows.append((row, 1 + len({x.y for x in held})))
                held, own = [], []
        held += own
    _go_on(rows, held)
    return rows, held if held and held[-1].wide else []


def _bare(title: str, *, turned: bool) -> str:
    """Without its leader; a title `turned` over the line may itself end in a dash: 2021—."""
    bare = _LEADERS.sub("", title)
    return title if turned and title[len(bare) :].strip() in _DASHES else bare


def _words(pieces: Iterable[_Piece]) -> str:
    return " ".join(piece.words for piece in pieces)


def _go_on(rows: list[tuple[Row, int]], held: Sequence[_Piece]) -> None:
    """`held` may be the rest of the last row as well as the beginning of the next."""
    if rows and held:
        row, deep = rows[-1]
        rows[-1] = row._replace(more=_words(held)), deep


class _Piece(NamedTuple):
    """Part of a title. `wide`: it fills its line, so that the next one is the rest of it."""

    words: str
    y: float
    reach: float
    wide: bool


def _ending(text: str, highest: int, *, tight: bool = False) -> tuple[str, str] | None:
    """(title, number) of text that ends in a page number set apart from it; `tight`: it ends
    where numbers do, and a full title leaves them no space."""
    text = text.strip()
    plain = _STRAY.sub("", unicodedata.normalize("NFKC", text))
    for dressed in _DRESSED:
        plain = dressed.sub(r"(\1)", plain)
    match = _NUMBERED.fullmatch(plain)
    if match is None or _CAPTION_NUMBER.fullmatch(plain):
        return None
    title, gap, number = match["title"], match["gap"], match["number"]
    likely = number.isdecimal() and 0 < int(number) <= highest
    spaced = match["mark"] or gap.strip() or not _OPEN.search(title)
    near = (gap or match["mark"] or (tight and _HAN_END.search(title))) and spaced
    apart = len(gap.strip()) > 1 or (likely and near)
    return (_as_set(text, len(title)), label_of(*value_of(number))) if not title or apart else None


def _as_set(text: str, length: int) -> str:
    """The beginning of `text` that is so long when its wide and its joint signs are undone."""
    ends = accumulate((len(unicodedata.normalize("NFKC", char)) for char in text), initial=0)
    return text[: next(index for index, end in enumerate(ends) if end >= length)].rstrip()
