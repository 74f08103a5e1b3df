"""What binds the pages of a book: contents, outline, notes, tables that go on overleaf."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pikepdf

from tests.render.proof.fault import Fault
from tests.render.proof.lines import Line
from tests.render.proof.paragraphs import LEAST_EMS, Ground
from tests.render.proof.reading import Box, Leaf, Link, named, target
from tests.render.proof.tags import HEADS

CIRCLED = re.compile("[①-⑳㉑-㉟㊱-㊿]")
NUMBER = re.compile(r"\d+")
NUMBERED = re.compile("[表图]")
CONTINUED = re.compile("^续(表|[0-9])")
HEAD_LINES = 6


def bare(text: str) -> str:
    """Without white space, dashes as typed."""
    return re.sub(r"[\s\u200b]", "", text).replace("⸺", "——")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page read: its lines in reading order and the boxes of its tables."""

    leaf: Leaf
    lines: tuple[Line, ...]
    tables: tuple[Box, ...]

    @property
    def number(self) -> int:
        return self.leaf.number


def furniture(line: Line, ground: Ground) -> bool:
    """Running heads and folios: what stands over and under the running text."""
    return not ground.lower <= line.y <= ground.upper


# N1


def note_faults(page: Page, ground: Ground) -> Iterator[Fault]:
    """Every mark has its note on the page, every note its mark."""
    lines = [line for line in page.lines if not furniture(line, ground)]
    called = {char: line for line in lines for char in marks(line)}
    notes = {line.text[0]: line for line in lines if is_note(line, ground)}
    for char in sorted(called.keys() ^ notes.keys()):
        line = called.get(char) or notes[char]
        what = f"注码{char}无注文" if char in called else f"注文{char}无注码"
        yield Fault(rule="N1", page=page.number, y=line.y, text=line.text[:14], what=what)


def marks(line: Line) -> list[str]:
    return [
        char
        for char, raised in zip(line.text, line.raised, strict=True)
        if raised and CIRCLED.match(char)
    ]


def is_note(line: Line, ground: Ground) -> bool:
    small = line.size < 0.95 * ground.size
    return small and bool(CIRCLED.match(line.text)) and not line.raised[0]


# T1


def table_faults(pages: Sequence[Page], ground: Ground) -> Iterator[Fault]:
    """A table that goes on says so, and its first row is that of the part before."""
    pieces = [(page, box) for page in pages for box in _in_order(page, ground)]
    for (before, first), (page, box) in pairwise(pieces):
        above = _above(page, box, ground)
        if above and CONTINUED.match(bare(above.text)):
            heads = [_head(*piece) for piece in ((before, first), (page, box))]
            if heads[0] != heads[1]:
                yield Fault(
                    rule="T1", page=page.number, y=box[3], text="｜".join(heads[1])[:30],
                    what=f"续表的表头与上页“{'｜'.join(heads[0])[:30]}”不同",
                )  # fmt: skip
        elif not above and _goes_on(before, first, page, box, ground):
            text = "｜".join(_head(page, box))[:30]
            yield Fault(rule="T1", page=page.number, y=box[3], text=text, what="转页未标续表")


def _in_order(page: Page, ground: Ground) -> list[Box]:
    """Boxes column by column; those across all columns count to the first."""
    lefts = sorted(each.left for each in ground.columns if each.odd == page.number % 2)

    def column(box: Box) -> float:
        return max((left for left in lefts if left < box[0] + 5), default=0.0)

    return sorted(page.tables, key=lambda box: (column(box), -box[3]))


def _above(page: Page, box: Box, ground: Ground) -> Line | None:
    """What stands directly over a table, beside the unit; None at the head of a column."""
    over = [
        line
        for line in page.lines
        if line.y >= box[3] and line.left < box[2] and line.right > box[0]
        and not furniture(line, ground) and not line.text.startswith("单位")
    ]  # fmt: skip
    return min(over, key=lambda line: line.y, default=None)


def _head(page: Page, box: Box) -> list[str]:
    """The cells between the first two rules that go all the way across."""
    width = box[2] - box[0]
    level = sorted({round(b[1]) for b in page.leaf.strokes if b[2] - b[0] > 20 and b[3] - b[1] < 2})
    lower = max(
        (y for y in level if y < box[3] - 4 and _across(page, y, box) > 0.95 * width),
        default=box[1],
    )
    cells = [
        line for line in page.lines
        if lower < line.y < box[3] and box[0] - 1 < line.left and line.right < box[2] + 1
    ]  # fmt: skip
    return [bare(line.text) for line in sorted(cells, key=lambda line: (line.left, -line.y))]


def _across(page: Page, y: float, box: Box) -> float:
    return sum(
        b[2] - b[0]
        for b in page.leaf.strokes
        if abs(b[1] - y) <= 1 and b[3] - b[1] < 2 and box[0] - 2 < b[0] and b[2] < box[2] + 2
    )


def _goes_on(before: Page, first: Box, page: Page, box: Box, ground: Ground) -> bool:
    """Two tables with nothing but a page turn between them, and with the same columns."""
    if page.number != before.number + 1:
        return False
    under = [
        line for line in before.lines
        if line.y < first[1] and not furniture(line, ground) and line.left < first[2]
        and not is_note(line, ground)
    ]  # fmt: skip
    return not under and _bars(before, first) == _bars(page, box) != set()


def _bars(page: Page, box: Box) -> set[int]:
    """Where the upright strokes of a table stand, from its left edge."""
    return {
        round(b[0] - box[0])
        for b in page.leaf.strokes
        if b[3] - b[1] > 3 and b[2] - b[0] < 2 and b[3] < box[3] + 2 and b[1] > box[1] - 2
    }


# C1


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the contents."""

    title: str
    printed: str
    page: int
    link: Link
    y: float


def contents_faults(pages: Sequence[Page], ground: Ground) -> Iterator[Fault]:
    """Printed number, link, and heading agree on every line of the contents."""
    labels = {page.number: page.leaf.label for page in pages}
    for page in pages:
        yield from _unlinked(page, ground)
        for entry in listed(page):
            led = entry.link.page
            wrong = []
            if entry.printed != labels[led]:
                wrong.append(f"印作{entry.printed}，链接到{labels[led]}")
            if not stands(pages[led - 1], entry.title, entry.link.y, ground):
                wrong.append(f"第{labels[led]}页没有这个标题")
            for what in wrong:
                yield Fault(rule="C1", page=page.number, y=entry.y, text=entry.title, what=what)


def listed(page: Page) -> Iterator[Listed]:
    """Lines of the contents: a link over a title and a page number at its right end."""
    for link in page.leaf.links:
        x0, y0, x1, y1 = link.box
        within = [
            line for line in page.lines
            if y0 <= line.y <= y1 and x0 - 1 < line.left and line.right < x1 + 1
        ]  # fmt: skip
        words = [line for line in within if bare(line.text).strip(".·…‥")]
        if len(words) < 2 or not NUMBER.fullmatch(words[-1].text):
            continue
        title = "".join(bare(line.text) for line in words[:-1]).rstrip(".·…‥")
        yield Listed(title, words[-1].text, page.number, link, words[-1].y)


def _unlinked(page: Page, ground: Ground) -> Iterator[Fault]:
    """Numbers at the right end of a page of contents that no link covers."""
    entries = list(listed(page))
    edge = max((entry.link.box[2] for entry in entries), default=0.0)
    linked = {round(entry.y) for entry in entries}
    for line in page.lines if entries else ():
        stray = NUMBER.fullmatch(line.text) and abs(line.right - edge) < 2
        if stray and round(line.y) not in linked and not furniture(line, ground):
            text = "".join(each.text for each in page.lines if abs(each.y - line.y) < 1)
            yield Fault(rule="C1", page=page.number, y=line.y, text=text[:20], what="没有链接")


def stands(page: Page, title: str, top: float | None, ground: Ground) -> Line | None:
    """The line in which a heading, entry or caption of that title begins under `top`."""
    lines = [
        line for line in page.lines
        if not furniture(line, ground) and (top is None or line.y < top + 2)
    ]  # fmt: skip
    return next(
        (line for at, line in enumerate(lines) if _reads(lines[at : at + HEAD_LINES], title)), None
    )


def _reads(lines: Sequence[Line], title: str) -> bool:
    text = ""
    for line in lines:
        text += bare(line.text)
        if text == title or text.startswith(f"【{title}】"):
            return True
        if NUMBERED.match(text) and (text.startswith(title) or text.endswith(title)):
            return True
        if len(text) > len(title) + 20:
            return False
    return False


def folio_faults(page: Page, ground: Ground) -> Iterator[Fault]:
    """The number printed at the foot is that of the page."""
    for line in page.lines:
        if line.y < ground.lower:
            found = re.match(r"第?(\d+)(页|$)", bare(line.text))
            if found and found[1] != page.leaf.label:
                what = f"页码印作{found[1]}，应为{page.leaf.label}"
                yield Fault(rule="C1", page=page.number, y=line.y, text=line.text, what=what)


@dataclass(frozen=True, slots=True)
class Marked:
    """An entry of the outline."""

    depth: int
    title: str
    page: int
    y: float | None


def outline_of(pdf: pikepdf.Pdf) -> list[Marked]:
    numbers = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
    names = named(pdf)
    with pdf.open_outline() as outline:
        return list(_marked(outline.root, 0, names, numbers))


def _marked(
    items: Iterable[pikepdf.OutlineItem],
    depth: int,
    names: dict[str, pikepdf.Object],
    numbers: dict[tuple[int, int], int],
) -> Iterator[Marked]:
    for item in items:
        dest = item.destination
        if dest is None and item.action is not None:
            dest = item.action.get("/D")
        led = target(pikepdf.String(dest) if isinstance(dest, str) else dest, names, numbers)
        page, y = led or (0, None)
        yield Marked(depth, bare(item.title), page, y)
        yield from _marked(item.children, depth + 1, names, numbers)


def outline_faults(
    outline: Sequence[Marked], pages: Sequence[Page], ground: Ground
) -> Iterator[Fault]:
    """Bookmarks lead to their headings, go forward, and leave out no line of the contents."""
    last = (0, 0, 0.0)
    for mark in outline:
        line = mark.page and stands(pages[mark.page - 1], mark.title, mark.y, ground)
        if not line:
            yield _outline_fault(mark, "书签所到处没有这个标题")
            continue
        here = (mark.page, _column_at(line, ground), -line.y)
        if here < last:
            yield _outline_fault(mark, "书签次序不对")
        last = here
    waiting = iter(mark.title for mark in outline)
    for page in pages:
        for entry in listed(page):
            line = stands(pages[entry.link.page - 1], entry.title, entry.link.y, ground)
            if line and _is_heading(line) and entry.title not in waiting:
                what = "书签缺此条"
                yield Fault(rule="C1", page=entry.page, y=entry.y, text=entry.title, what=what)
                waiting = iter(mark.title for mark in outline)
    yield from _untitled(outline, pages)


def _is_heading(line: Line) -> bool:
    """Entries and captions may be listed without a bookmark of their own."""
    if line.block:
        return line.block.role in HEADS
    return not line.text.startswith("【") and not NUMBERED.match(line.text)


def _column_at(line: Line, ground: Ground) -> int:
    """How many columns of the page begin left of the middle of a line, one at least."""
    middle = (line.left + line.right) / 2
    lefts = {c.left for c in ground.columns if c.odd == line.page % 2 and c.left < middle}
    return max(1, len(lefts))


def _outline_fault(mark: Marked, what: str) -> Fault:
    return Fault(rule="C1", page=mark.page, y=mark.y or 0, text=mark.title, what=what)


def _untitled(outline: Sequence[Marked], pages: Sequence[Page]) -> Iterator[Fault]:
    """In a tagged file: headings that the outline leaves out."""
    known = {mark.title for mark in outline}
    heads: dict[int, list[Line]] = {}
    for page in pages:
        for line in page.lines:
            if line.block and line.block.role in HEADS:
                heads.setdefault(line.block.number, []).append(line)
    for lines in heads.values() if outline else ():
        title = bare("".join(line.text for line in lines))
        if title not in known:
            first = lines[0]
            yield Fault(rule="C1", page=first.page, y=first.y, text=title[:20], what="书签缺此标题")


__all__ = [
    "LEAST_EMS", "Page", "contents_faults", "folio_faults", "note_faults", "outline_faults",
    "outline_of", "table_faults",
]  # fmt: skip
