"""版面字数: characters a line × lines × pages, blank or not, by 图书质量管理规定, annex."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from editorial.model.labels import Labelled
from editorial.model.style import StyleFault
from editorial.model.volume import SCHEMA, Source, from_file
from editorial.values import dataclass


class PageKind(Labelled):
    """What a page is counted as."""

    TEXT = "text", "正文"
    CONTENTS = "contents", "目录"
    BACK = "back", "后记、附录等"
    COVER = "cover", "封面、封二、封三、封底、扉页"
    COPYRIGHT = "copyright", "版权页"
    SPINE = "spine", "书脊"
    FLAP = "flap", "有字的勒口"
    FIGURE = "figure", "整面的图"
    CAPTIONED = "captioned", "画册页，有文字说明"
    PICTURE = "picture", "画册页，没有文字"
    NOTED = "noted", "有小字脚注的正文"
    FOREIGN = "foreign", "拼音、外文、少数民族文字"
    INDEX = "index", "索引"


# Of a full page of text.
SHARES: dict[PageKind, Decimal] = {
    PageKind.COVER: Decimal("0.5"),
    PageKind.FIGURE: Decimal("0.2"),
    PageKind.CAPTIONED: Decimal("0.5"),
    PageKind.PICTURE: Decimal("0.2"),
    PageKind.FOREIGN: Decimal("1.3"),
}
NOTED_SHARE, FEW_NOTES, MANY_NOTES = Decimal("1.15"), 6, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutPart:
    """Pages of one kind: `pages` of them, or those numbered `first` to `last`.

    `grid` (columns, characters a line of a column, lines) and `gutter` where they are not those
    of the text. Of pages with notes: `notes` lines of them on a page; beyond ten these count as
    what they are, `notes` lines of `note_chars`, beside `lines` lines of text.
    """

    kind: PageKind
    label: str = ""
    pages: int = 0
    first: int = 0
    last: int = 0
    grid: tuple[int, ...] = field(default=(), metadata={"flow": True})
    gutter: int | None = None
    notes: int = 0
    note_chars: int = 0
    lines: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """layout.yaml: `grid` of a page of text, the `gutter` between columns in characters,
    `head_lines` that the running head and the folio take, pages that are not plain text."""

    schema: int = SCHEMA
    grid: tuple[int, ...] = field(metadata={"flow": True})
    gutter: int = 0
    head_lines: int = 0
    parts: tuple[LayoutPart, ...] = field(default=(), metadata={"flow": True})
    source: Source | None = from_file()


@dataclass(frozen=True, slots=True, kw_only=True)
class PartCount:
    part: LayoutPart
    pages: int
    chars: Decimal

    @property
    def label(self) -> str:
        return self.part.label or self.part.kind.label


def layout_faults(layout: Layout) -> Iterator[StyleFault]:
    """(key path, what is wrong in Chinese)."""
    if len(layout.grid) != 3 or min(layout.grid) < 1:
        yield ("grid",), "应为 [栏数, 每栏每行字数, 每页行数]"
    if layout.gutter < 0 or layout.head_lines < 0:
        yield ("gutter",), "gutter、head_lines 不能是负数"
    for index, part in enumerate(layout.parts):
        for key, message in _part_faults(part):
            yield ("parts", index, key), message
    for index, other in _overlaps(layout.parts):
        yield ("parts", index, "first"), f"与第{other + 1}项的页重了"


def _part_faults(part: LayoutPart) -> Iterator[tuple[str, str]]:
    if bool(part.pages) == bool(part.first or part.last):
        yield "pages", "写页数 pages，或写首末页 first、last，只写一种"
    elif part.pages < 0 or (not part.pages and not 1 <= part.first <= part.last):
        yield "first", "首页应自1起，末页不小于首页"
    if part.grid and (len(part.grid) != 3 or min(part.grid) < 1):
        yield "grid", "应为 [栏数, 每栏每行字数, 每页行数]"
    if part.kind is PageKind.NOTED and part.notes < 1:
        yield "notes", "没有写脚注每页几行"
    unmeasured = part.note_chars < 1 or part.lines < 0
    if part.kind is PageKind.NOTED and part.notes > MANY_NOTES and unmeasured:
        yield "note_chars", "脚注超过10行的按实计算，要写脚注每行几字、正文几行（lines）"
    if part.kind is PageKind.INDEX and not part.grid:
        yield "grid", "索引按自己的版式计算，要写 grid"


def _overlaps(parts: Sequence[LayoutPart]) -> Iterator[tuple[int, int]]:
    ranged = [(each.first, each.last, index) for index, each in enumerate(parts) if each.first]
    ranged.sort()
    for (_, last, one), (first, _, other) in pairwise(ranged):
        if first <= last:
            yield other, one


def page_chars(layout: Layout) -> int:
    """Of a full page of text, its gutter and its running lines too."""
    return _grid_chars(layout, layout.grid, layout.gutter)


def _grid_chars(layout: Layout, grid: Sequence[int], gutter: int) -> int:
    columns, chars, lines = grid
    return _line_chars(grid, gutter) * (lines + layout.head_lines) if columns and chars else 0


def _line_chars(grid: Sequence[int], gutter: int) -> int:
    return grid[0] * grid[1] + (grid[0] - 1) * gutter


def part_page_chars(layout: Layout, part: LayoutPart) -> Decimal:
    """Of one page of a part."""
    grid = part.grid or layout.grid
    gutter = layout.gutter if part.gutter is None else part.gutter
    whole = Decimal(_grid_chars(layout, grid, gutter))
    if part.kind is not PageKind.NOTED or part.notes < FEW_NOTES:
        return whole * SHARES.get(part.kind, Decimal(1))
    if part.notes <= MANY_NOTES:
        return whole * NOTED_SHARE
    text = _line_chars(grid, gutter) * (part.lines + layout.head_lines)
    return Decimal(text + part.notes * part.note_chars)


def pages_of(part: LayoutPart) -> int:
    return part.pages or part.last - part.first + 1


def part_counts(layout: Layout, numbered: int = 0) -> tuple[PartCount, ...]:
    """Every part with its characters; first the plain pages among `numbered` numbered ones that
    no part names."""
    named = sum(min(each.last, numbered) - each.first + 1 for each in layout.parts if each.first)
    plain = LayoutPart(kind=PageKind.TEXT, pages=max(0, numbered - named))
    counts = [
        PartCount(
            part=part,
            pages=pages_of(part),
            chars=part_page_chars(layout, part) * pages_of(part),
        )
        for part in ((plain,) if plain.pages else ()) + layout.parts
    ]
    return tuple(counts)


def book_chars(layout: Layout, numbered: int = 0) -> int:
    """版面字数 of the whole book."""
    return _whole(sum((each.chars for each in part_counts(layout, numbered)), Decimal(0)))


def span_chars(layout: Layout, first: int, last: int) -> int:
    """Of the pages numbered `first` to `last`; those no part names are plain text."""
    total = Decimal(page_chars(layout)) * max(0, last - first + 1)
    for part in layout.parts:
        shared = min(last, part.last) - max(first, part.first) + 1
        if part.first and shared > 0:
            total += (part_page_chars(layout, part) - page_chars(layout)) * shared
    return _whole(total)


def _whole(number: Decimal) -> int:
    return int(number.quantize(Decimal(1), ROUND_HALF_UP))
