"""读校目录: each line of the contents against the heading it stands for, and back."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import accumulate
from typing import NamedTuple

from editorial.desk.toc_heads import Columns, Head, columns_of
from editorial.desk.toc_pages import Contents, Row, key_of
from editorial.model.finding import Finding
from editorial.read.proof_pdf import ProofPage

CODE = "E15"  # contents against headings and pages
JOINED = 16  # lines a heading may run over
CAPTION = 12  # lines the caption of a table or figure may
TURNS = 4  # lines a heading no larger than the text may
START = 3  # characters by which such a line is known to begin a title of the contents
NEXT_LINE = 3.0  # leadings in sizes: lines further apart are two headings
SHORT_LINE = 60
ALIKE_HERE, ALIKE = 0.6, 0.8
MANY_LOST = 50
FRAMES = ("【缺图：", "【图片无法读取：")  # where a picture should be

_SPACES = re.compile(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")
_LABEL = re.compile(r"[表图]\d+(?:[-—–.]\d+)*(?=\D)")


class Spot(NamedTuple):
    """A place a title stands at; `parts` are the lines of it, so that none serves twice."""

    sheet: int
    order: tuple[float, ...]
    text: str
    parts: tuple[tuple[str, int], ...]


@dataclass(slots=True)
class Ground:
    """Everything a line of the contents may point to. `used` are parts already spoken for,
    `starts` how the titles begin, `plain` the lines of text that begin so."""

    heads: tuple[Head, ...]
    pages: tuple[ProofPage, ...]
    numbers: tuple[str, ...]
    by_key: dict[str, list[Spot]]
    by_sheet: dict[int, list[Spot]]
    sheets: dict[str, list[int]]
    columns: dict[int, Columns]
    starts: frozenset[str] = frozenset()
    plain: dict[str, list[Spot]] = field(default_factory=dict)
    used: set[tuple[str, int]] = field(default_factory=set)


def ground_of(
    pages: tuple[ProofPage, ...],
    numbers: tuple[str, ...],
    heads: tuple[Head, ...],
    lists: frozenset[int],
    size: float,
) -> Ground:
    """`lists` are the sheets the contents stand on: nothing is looked for there."""
    outside = tuple(page for page in pages if page.sheet not in lists)
    heads = tuple(head for head in heads if head.sheet not in lists)
    by_key: dict[str, list[Spot]] = defaultdict(list)
    by_sheet: dict[int, list[Spot]] = defaultdict(list)
    columns = {page.sheet: columns_of(page, size) for page in outside}
    for spot in (*_head_spots(heads), *_entry_spots(outside, columns)):
        by_key[key_of(spot.text)].append(spot)
        by_sheet[spot.sheet].append(spot)
    sheets: dict[str, list[int]] = defaultdict(list)
    for page in outside:
        sheets[numbers[page.sheet - 1]].append(page.sheet)
    return Ground(
        heads=heads,
        pages=outside,
        numbers=numbers,
        by_key=by_key,
        by_sheet=by_sheet,
        sheets=sheets,
        columns=columns,
    )


def worked_out(lists: tuple[Contents, ...], heads: tuple[Head, ...], count: int) -> tuple[str, ...]:
    """Page numbers of a PDF that shows none: those that make most of the contents true."""
    sheets = {key_of(head.text): head.sheet for head in heads}
    offsets = Counter(
        int(row.number) - sheets[key_of(row.own)]
        for each in lists
        for row in each.rows
        if row.number.isdecimal() and key_of(row.own) in sheets
    )
    offset = max(offsets, key=lambda each: offsets[each], default=0)
    return tuple(str(sheet + offset) if sheet + offset > 0 else "" for sheet in range(1, count + 1))


def _head_spots(heads: tuple[Head, ...]) -> Iterator[Spot]:
    """Headings of one line, of two, of three …"""
    for first, head in enumerate(heads):
        words = ""
        for last in range(first, min(first + JOINED, len(heads))):
            if last > first and not _follows(heads[last - 1], heads[last]):
                break
            words += heads[last].text
            parts = tuple(("head", index) for index in range(first, last + 1))
            yield Spot(head.sheet, head.order, words, parts)


def _follows(above: Head, below: Head) -> bool:
    same_column = _column(above) == _column(below)
    return same_column and below.y - above.y <= NEXT_LINE * max(above.size, below.size)


def continued(above: Head, below: Head) -> bool:
    return above.full and above.size == below.size and _follows(above, below)


def _column(head: Head) -> tuple[float, ...]:
    """Its sheet and column, and whether it stands across both."""
    sheet, band, column, _ = head.order
    return sheet, band % 2, column


def _entry_spots(pages: Iterable[ProofPage], columns: Mapping[int, Columns]) -> Iterator[Spot]:
    """【条目】 at the beginning of a line, run on into the next when it does not close."""
    number = 0
    for page in pages:
        for index, line in enumerate(page.lines):
            if line.text.startswith("【"):
                after = page.lines[index + 1].text if index + 1 < len(page.lines) else ""
                title, closed, _ = (line.text + after).partition("】")
                if closed and not title.startswith(FRAMES):
                    number += 1
                    order = (page.sheet, *columns[page.sheet].place(line.x, line.y))
                    yield Spot(page.sheet, order, title + closed, (("entry", number),))


def _line_spots(ground: Ground) -> dict[str, list[Spot]]:
    """Every short line that may begin a title of the contents, and with what follows: headings
    and captions no larger than the text."""
    spots: dict[str, list[Spot]] = defaultdict(list)
    heads = {(head.sheet, head.y, head.text) for head in ground.heads}
    number = 0
    for page in ground.pages:
        for index, line in enumerate(page.lines):
            number += 1
            marked = line.text[0] == "【" or (page.sheet, line.y, line.text) in heads
            if len(line.text) <= SHORT_LINE and not marked:
                order = (page.sheet, *ground.columns[page.sheet].place(line.x, line.y))
                label = _label_of(line.text)
                listed = key_of(line.text)[:START] in ground.starts
                count = CAPTION if label else TURNS if listed else 0
                after = (each.text for each in page.lines[index : index + count])
                for words in accumulate(after):
                    spot = Spot(page.sheet, order, words, (("line", number),))
                    spots[key_of(words)].append(spot)
                    if label:
                        spots[label].append(spot)
    return spots


def _label_of(text: str) -> str:
    """表1-2 of a caption, by which it is found though the list gives its title shorter."""
    label = _LABEL.match(key_of(text))
    return label[0] if label else ""


class Match(NamedTuple):
    """A line of the contents with the place of its heading, None when there is none."""

    row: Row
    spot: Spot | None
    alike: bool = False  # the wording differs


def matched(ground: Ground, contents: Contents) -> tuple[Match, ...]:
    """Right ones first, so that none of them is taken away by a wrong one."""
    ground.used.clear()
    ground.plain = {}
    keys = (key_of(words) for row in contents.rows for words in (row.title, row.own))
    ground.starts = frozenset(key[:START] for key in keys)
    spots: dict[int, Spot] = {}
    for find in (_on_its_page, _somewhere):
        for index, row in enumerate(contents.rows):
            if index not in spots and (spot := find(ground, row)):
                spots[index] = spot
                ground.used.update(spot.parts)
    for index, spot in spots.items():
        _name_prefix(ground, contents.rows[index], spot)
    lost = [index for index in range(len(contents.rows)) if index not in spots]
    alike = {}
    for index in lost:
        spot = _alike(ground, contents.rows[index], everywhere=len(lost) <= MANY_LOST)
        if spot:
            alike[index] = spot
            ground.used.update(spot.parts)
    return tuple(
        Match(row, spots.get(index) or alike.get(index), index in alike)
        for index, row in enumerate(contents.rows)
    )


def _name_prefix(ground: Ground, row: Row, spot: Spot) -> None:
    """A 篇目 listed without a number of its own, above the line that has one."""
    if row.title != row.own and key_of(spot.text) == key_of(row.own):
        prefix = key_of(row.title.removesuffix(row.own))
        above = [each for each in ground.by_key.get(prefix, ()) if each.order < spot.order]
        if above:
            ground.used.update(max(above, key=lambda each: each.order).parts)


def _free(ground: Ground, row: Row) -> Iterator[Spot]:
    """Places of this wording no other line has, headings before entries before plain lines."""
    title = key_of(row.title)
    for key in dict.fromkeys((title, key_of(row.own))):
        for spot in ground.by_key.get(key, ()):
            if ground.used.isdisjoint(spot.parts) and (key == title or not _rest(ground, spot)):
                yield spot
    if not ground.plain:
        ground.plain = _line_spots(ground)
    for key in dict.fromkeys((key_of(row.title), key_of(row.own))):
        for spot in (*ground.plain.get(key, ()), *ground.plain.get(_label_of(row.title), ())):
            if ground.used.isdisjoint(spot.parts) and key_of(spot.text).startswith(key):
                yield spot


def _rest(ground: Ground, spot: Spot) -> bool:
    """Whether it is the end of a heading of several lines."""
    kind, first = spot.parts[0]
    return kind == "head" and first > 0 and continued(*ground.heads[first - 1 : first + 1])


def _on_its_page(ground: Ground, row: Row) -> Spot | None:
    sheets = ground.sheets.get(row.number, ())
    return next((spot for spot in _free(ground, row) if spot.sheet in sheets), None)


def _somewhere(ground: Ground, row: Row) -> Spot | None:
    """The nearest place; one line that happens to read so is no heading when there is a better."""
    spots = list(_free(ground, row))
    marked = [spot for spot in spots if spot.parts[0][0] != "line"]
    target = _target(ground, row)
    return min(marked or spots, key=lambda spot: abs(spot.sheet - target), default=None)


def _target(ground: Ground, row: Row) -> int:
    sheets = ground.sheets.get(row.number)
    return sheets[0] if sheets else row.sheet


def _alike(ground: Ground, row: Row, *, everywhere: bool) -> Spot | None:
    """A heading worded somewhat differently, on the page named or, failing that, elsewhere."""
    named = ground.sheets.get(row.number, ())
    here = [spot for sheet in named for spot in ground.by_sheet.get(sheet, ())]
    found = _most_alike(ground, row, here, ALIKE_HERE)
    if found or not everywhere:
        return found
    spots = [spot for spots in ground.by_sheet.values() for spot in spots]
    return _most_alike(ground, row, spots, ALIKE)


def _most_alike(ground: Ground, row: Row, spots: Sequence[Spot], least: float) -> Spot | None:
    best, found = least, None
    free = [spot for spot in spots if ground.used.isdisjoint(spot.parts)]
    whole = key_of(row.title)
    for key in dict.fromkeys((whole, key_of(row.own))):
        matcher = SequenceMatcher(None, "", key, autojunk=False)
        for spot in free:
            if key != whole and _rest(ground, spot):
                continue
            matcher.set_seq1(key_of(spot.text))
            if matcher.real_quick_ratio() >= best and matcher.quick_ratio() >= best:
                ratio = matcher.ratio()
                if ratio > best or (ratio == best and found is None):
                    best, found = ratio, spot
    return found


def faults_of(ground: Ground, contents: Contents, matches: tuple[Match, ...]) -> Iterator[Finding]:
    """Every line whose heading is missing, elsewhere or worded differently; then the order."""
    name = contents.name
    seen: dict[tuple[str, str], Row] = {}
    for match in matches:
        row = match.row
        again = seen.setdefault((key_of(row.title), row.number), row) is not row
        for message in _row_faults(ground, match, again=again):
            told = f"{name}“{_listed(match)}”{message}"
            yield Finding(code=CODE, line=row.sheet, message=told)
    yield from _order_faults(name, matches)


def whole_title(match: Match) -> bool:
    """Whether the heading is the title with what it goes on from, not the last line alone."""
    row, spot = match.row, match.spot
    if spot is None or row.title == row.own:
        return False
    key = key_of(spot.text)
    if not match.alike:
        return key_of(row.title) == key
    title, own = (SequenceMatcher(None, key, key_of(each)).ratio() for each in row[1:3])
    return title > own


def _listed(match: Match) -> str:
    return tidy(match.row.title if whole_title(match) else match.row.own)


def tidy(title: str) -> str:
    """A title as it is told: no spaces between Chinese characters, one between words."""
    return _SPACES.sub("", " ".join(title.split()))


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
        yield f"（第{row.number}页），书中标题作“{' '.join(spot.text.split())}”"
    if spot.sheet not in ground.sheets.get(row.number, ()):
        yield f"作第{row.number}页，标题在{page_name(ground.numbers, spot.sheet)}"


def page_name(numbers: tuple[str, ...], sheet: int) -> str:
    number = numbers[sheet - 1]
    return f"第{number}页" if number else f"没有页码的一页（PDF 第{sheet}面）"


def _order_faults(name: str, matches: tuple[Match, ...]) -> Iterator[Finding]:
    """The fewest lines that must move for the contents to follow the book."""
    placed = [match for match in matches if match.spot]
    orders = [match.spot.order for match in placed if match.spot]
    kept = _rising(orders)
    before = ""
    for index, match in enumerate(placed):
        if index in kept:
            before = _listed(match)
        else:
            after = f"列在“{before}”之后" if before else "列在最前"
            message = f"{name}“{_listed(match)}”{after}，与书中次序不同"
            yield Finding(code=CODE, line=match.row.sheet, message=message)


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
