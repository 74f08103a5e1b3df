"""读校目录: each line of the contents against the heading it stands for, and back."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from difflib import SequenceMatcher
from itertools import accumulate, zip_longest
from typing import NamedTuple

from editorial.desk.toc_heads import Columns, Head, columns_of, usual_column
from editorial.desk.toc_pages import Contents, Row, key_of
from editorial.read.proof_pdf import ProofPage, TextLine
from editorial.values import dataclass

CODE = "E15"  # contents against headings and pages
JOINED = 16  # lines a heading may run over
CAPTION = 12  # lines the caption of a table or figure may
ENTRY = 6  # lines 【条目】 may
TURNS = 4  # lines a heading no larger than the text may
START = 3  # characters by which such a line is known to begin a title of the contents
NEXT_LINE = 3.0  # leadings in sizes: lines further apart are two headings
CLOSE = 1.75  # likewise: nearer ones of one size are one
SHORT_LINE = 60
LINES = 1000  # more than a page has
ALIKE_HERE, ALIKE_LINE, ALIKE = 0.6, 0.75, 0.8
STOPS = "，。；：、"  # no heading ends in these
MANY_LOST = 50
FRAMES = ("【缺图：", "【图片无法读取：")  # where a picture should be

_SPACES = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")
_LABEL = re.compile(r"[表图]\d+(?:[-—–.]\d+)*(?=\D)")
_BESIDE = re.compile(r"\s+(?=[表图]\d+(?:[-—–.]\d+)+\s)")  # between captions on one line


class Spot(NamedTuple):
    """A place a title stands at; `parts` are the lines of it, so that none serves twice.

    `size` is that of a heading larger than the text; `among` are the lines in which the rest of
    a caption stands that has others beside it.
    """

    sheet: int
    order: tuple[float, ...]
    text: str
    parts: tuple[tuple[str, int], ...]
    size: float = 0.0
    among: str = ""


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
    large: frozenset[tuple[int, float, str]] = frozenset()

    def marked(self, page: ProofPage, line: TextLine) -> bool:
        """Whether the line is a heading by its size, or an entry by its brackets."""
        return line.text[0] == "【" or (page.sheet, line.y, line.text) in self.large


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
    usual = usual_column(outside, size)
    columns = {page.sheet: columns_of(page, size, usual) for page in outside}
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
        large=frozenset((head.sheet, head.y, head.text) for head in heads),
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
            yield Spot(head.sheet, head.order, words, parts, head.size)


def _follows(above: Head, below: Head) -> bool:
    same_column = _column(above) == _column(below)
    return same_column and below.y - above.y <= NEXT_LINE * max(above.size, below.size)


def continued(above: Head, below: Head) -> bool:
    """Whether `below` is the rest of `above`, which fills its line or was broken on purpose."""
    turned = above.full or _stacked(above, below)
    return turned and above.size == below.size and _follows(above, below)


def _stacked(above: Head, below: Head) -> bool:
    """Whether they stand as the lines of one heading do, from one edge or on one axis."""
    near = below.y - above.y <= CLOSE * above.size
    left, right = above.x - below.x, above.right - below.right
    return near and min(abs(left), abs(left + right)) < above.size


def _column(head: Head) -> tuple[float, ...]:
    """Its sheet and column, and whether it stands across both."""
    sheet, band, column, _ = head.order
    return sheet, band % 2, column


def _entry_spots(pages: Sequence[ProofPage], columns: Mapping[int, Columns]) -> Iterator[Spot]:
    """【条目】 at the beginning of a line, run on into the next ones when it does not close."""
    number = 0
    for page, after in zip_longest(pages, pages[1:]):
        lines = (*page.lines, *(after.lines[:ENTRY] if after else ()))
        for index, line in enumerate(page.lines):
            if line.text.startswith("【"):
                words = "".join(each.text for each in lines[index : index + ENTRY])
                title, closed, _ = words.partition("】")
                if closed and not title.startswith(FRAMES):
                    number += 1
                    order = (page.sheet, *columns[page.sheet].place(line.x, line.y))
                    yield Spot(page.sheet, order, title + closed, (("entry", number),))


def _line_spots(ground: Ground) -> dict[str, list[Spot]]:
    """Every short line that may begin a title of the contents, and with what follows: headings
    and captions no larger than the text."""
    spots: dict[str, list[Spot]] = defaultdict(list)
    for page in ground.pages:
        for index, line in enumerate(page.lines):
            if len(line.text) <= SHORT_LINE and not ground.marked(page, line):
                order = (page.sheet, *ground.columns[page.sheet].place(line.x, line.y))
                label = _label_of(line.text)
                listed = key_of(line.text)[:START] in ground.starts
                count = CAPTION if label else TURNS if listed else 0
                after = (each.text for each in page.lines[index : index + count])
                for words in accumulate(after):
                    spot = Spot(page.sheet, order, words, (_line_part(page, index),))
                    spots[key_of(words)].append(spot)
                    if label:
                        spots[label].append(spot)
            for spot in _row_of_captions(ground, page, index):
                spots[_label_of(spot.text)].append(spot)
    return spots


def _row_of_captions(ground: Ground, page: ProofPage, index: int) -> Iterator[Spot]:
    """Captions of pictures so near one another that they were read as one line."""
    line = page.lines[index]
    captions = [each for each in _BESIDE.split(line.text) if _label_of(each)]
    if len(_BESIDE.split(line.text)) < 2 or ground.marked(page, line):
        return
    order = (page.sheet, *ground.columns[page.sheet].place(line.x, line.y))
    below = "".join(each.text for each in page.lines[index + 1 : index + TURNS])
    for number, caption in enumerate(captions, 1):
        part = "line", page.sheet * LINES + index + number * LINES**3
        yield Spot(page.sheet, order, caption, (part,), among=key_of(below))


def _line_part(page: ProofPage, index: int) -> tuple[str, int]:
    return "line", page.sheet * LINES + index


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
    keys = (key for row in contents.rows for key in _readings(row))
    ground.starts = frozenset(key[:START] for key in keys)
    spots: dict[int, Spot] = {}
    large: set[tuple[str, str]] = set()  # the rows whose headings are no mere lines
    for find in (_on_its_page, _somewhere):
        for index, row in enumerate(contents.rows):
            spot = None if index in spots else find(ground, row)
            listed = key_of(row.title), row.number
            if spot and not (spot.parts[0][0] == "line" and listed in large):
                spots[index] = spot
                if spot.parts[0][0] != "line":
                    large.add(listed)
                ground.used.update(spot.parts)
    for index, spot in spots.items():
        _name_prefix(ground, contents.rows[index], spot)
    lost = [index for index in range(len(contents.rows)) if index not in spots]
    placed = {key_of(contents.rows[index].own) for index in spots}
    alike = {}
    for index in lost:
        row = contents.rows[index]
        spot = _alike(ground, row, everywhere=len(lost) <= MANY_LOST)
        if spot is None and key_of(row.own) not in placed:  # not one listed twice
            lines = tuple(_lines_on(ground, row))
            spot = _most_alike(ground, row, lines, ALIKE_LINE, _line_readings(row))
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
    begun = []
    for key in _readings(row):
        for spot in ground.by_key.get(key, ()):
            if ground.used.isdisjoint(spot.parts) and (key == title or not _rest(ground, spot)):
                if row.more and _goes_on(ground, spot):
                    begun.append(spot)
                else:
                    yield spot
    yield from begun
    if not ground.plain:
        ground.plain = _line_spots(ground)
    for key in _line_readings(row):
        for spot in (*ground.plain.get(key, ()), *ground.plain.get(_label_of(key), ())):
            if ground.used.isdisjoint(spot.parts) and _says(spot, key):
                yield spot


def _says(spot: Spot, key: str) -> bool:
    """Whether it is the place of that title: its beginning, or the whole of it in the first line
    of a caption and, in their order, the characters of the next ones, where others stand too."""
    told = key_of(spot.text)
    if told.startswith(key):
        return True
    if not spot.among or not key.startswith(told):
        return False
    below = iter(spot.among)
    return all(char in below for char in key[len(told) :])


def _readings(row: Row) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(key_of, row.readings)))


def _line_readings(row: Row) -> tuple[str, ...]:
    """Of a title turned over the line the last part alone tells nothing: text has no headings
    to be the beginning of."""
    last = key_of(row.line) if row.line not in (row.own, row.title) else ""
    return tuple(key for key in _readings(row) if key != last)


def _rest(ground: Ground, spot: Spot) -> bool:
    """Whether it is the end of a heading of several lines."""
    kind, first = spot.parts[0]
    return kind == "head" and first > 0 and continued(*ground.heads[first - 1 : first + 1])


def _goes_on(ground: Ground, spot: Spot) -> bool:
    """Whether it is the beginning of a heading of several lines."""
    kind, last = spot.parts[-1]
    follows = last + 1 < len(ground.heads)
    return kind == "head" and follows and continued(*ground.heads[last : last + 2])


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


def _lines_on(ground: Ground, row: Row) -> Iterator[Spot]:
    """Lines of the page named, and what follows them: headings no larger than the text."""
    sheets = ground.sheets.get(row.number, ())
    for page in ground.pages if sheets else ():
        for index, line in enumerate(page.lines if page.sheet in sheets else ()):
            order = (page.sheet, *ground.columns[page.sheet].place(line.x, line.y))
            after = () if ground.marked(page, line) else page.lines[index : index + TURNS]
            for words in accumulate(each.text for each in after):
                if len(words) <= SHORT_LINE and words[-1] not in STOPS and "。" not in words:
                    yield Spot(page.sheet, order, words, (_line_part(page, index),))


def _most_alike(
    ground: Ground, row: Row, spots: Sequence[Spot], least: float, keys: tuple[str, ...] = ()
) -> Spot | None:
    best, found = least, None
    free = [spot for spot in spots if ground.used.isdisjoint(spot.parts)]
    whole = key_of(row.title)
    for key in keys or _readings(row):
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


def reading_of(match: Match) -> str:
    """What the title turned out to be."""
    row = match.row
    if match.spot is None:
        return row.own
    key = key_of(match.spot.text)
    if len(row.readings) == 1 or key == key_of(row.title):
        return row.title
    return max(row.readings, key=lambda each: SequenceMatcher(None, key, key_of(each)).ratio())


def reach_of(match: Match) -> float:
    """Of a title turned over the line, its first line tells the level."""
    row = match.row
    return row.begins if reading_of(match) == row.title != row.own else row.reach


def listed_as(match: Match) -> str:
    return tidy(reading_of(match))


def tidy(title: str) -> str:
    """A title as it is told: no spaces beside Chinese characters, one between words."""
    return _SPACES.sub("", " ".join(title.split()))


def page_name(numbers: tuple[str, ...], sheet: int) -> str:
    number = numbers[sheet - 1]
    return f"第{number}页" if number else f"没有页码的一页（PDF 第{sheet}面）"
