"""Books for tests of the page layer: how they are made, set and read back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, get_args

import pdfplumber
from hypothesis import strategies as st

from editorial.model.book import Book, Imprint, Part, Printed
from editorial.model.document import (
    Block,
    Break,
    Cell,
    Document,
    Entry,
    Figure,
    Form,
    Heading,
    Note,
    Paragraph,
    Run,
    Signature,
    Table,
    printed_text,
)
from editorial.model.finding import Finding
from editorial.model.style import DraftStyle, FontConfig
from editorial.render.chapters import by_chapter
from editorial.render.fonts import FontTable, locate
from editorial.render.pdf.book import back_matter, begin, index_of
from editorial.render.pdf.chapters import set_chapter
from editorial.render.pdf.flow import Flow, Page
from editorial.render.pdf.frame import Frame
from editorial.render.pdf.front import front_matter
from editorial.render.pdf.items import Aside, Item, Text, Turned
from editorial.render.pdf.paint import waiting_places
from editorial.render.pdf.paragraph import Lines
from editorial.render.pdf.planning import plan_chapter
from editorial.store.schema import decode
from editorial.store.yamlio import parse

STYLES = Path(__file__).resolve().parents[2] / "styles"
IMPRINT = Imprint(
    title="示例年鉴2019",
    label="评议稿",
    edition=2,
    date=date(2020, 3, 3),
    office="示例市地方志办公室",
    commit="3f2a9c1d77e0b4aa",
    sample=True,
)
HAIR = 1.5
SENTENCE = "2018年，示例市实施“科技强市”工程（示例），完成投资12.5亿元，比上年增长8.3%；"


@cache
def style_of(name: str) -> DraftStyle:
    raw, _ = parse((STYLES / f"drafts/{name}.yaml").read_text("utf-8"), f"{name}.yaml")
    decoded = decode(DraftStyle, raw, [])
    assert decoded
    return replace(decoded, id=name)


@cache
def faces() -> FontTable:
    raw, _ = parse((STYLES / "fonts.yaml").read_text("utf-8"), "fonts.yaml")
    config = decode(FontConfig, raw, [])
    assert config
    return locate(config)


def runs(text: str) -> tuple[Run, ...]:
    return (Run(text=text),)


def mark(label: str) -> Run:
    return Run(kind="note", target=label)


def cell(text: str, across: int = 1, down: int = 1) -> Cell:
    return Cell(runs=runs(text), across=across, down=down)


def prose(sentences: int) -> str:
    return SENTENCE * sentences + "示例完。"


def book(*parts: Part, notes: tuple[str, ...] = ("本稿为示例。",)) -> Book:
    return Book(imprint=IMPRINT, editorial_notes=notes, parts=parts)


def section(*blocks: Block, **known: Any) -> Book:
    """A book of one 篇目 and one 分目."""
    return book(
        Part(id="c", level=1, title="科技创新"),
        Part(id="c/s", level=2, title="创新平台", blocks=blocks, **known),
    )


def long_table(rows: int, *, first: Cell | None = None) -> Table:
    head = (cell("项目"), cell("内容"), cell("投资"))
    body = [(cell(f"示例{n:03d}号"), cell(f"第{n}项"), cell(f"{n}.5")) for n in range(rows)]
    if first:
        body = [(first if not n else None, *row[1:]) for n, row in enumerate(body)]
    return Table(title="项目一览表", unit="亿元", rows=(head, *body))


def pages(printed: Printed) -> list[str]:
    """The text of every page without white space."""
    with pdfplumber.open(BytesIO(printed.data)) as pdf:
        return ["".join(page.extract_text().split()) for page in pdf.pages]


def on(texts: list[str], text: str) -> list[int]:
    return [number for number, page in enumerate(texts, 1) if text in page]


def pages_with(printed: Printed, text: str) -> list[int]:
    return on(pages(printed), text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """Text in place on a page: lines [start, stop), where, and what it is an element of."""

    lines: Lines
    start: int
    stop: int
    x: float
    top: float
    tag: int
    role: str
    turned: bool = False

    @property
    def bottom(self) -> float:
        return self.top + (self.stop - self.start) * self.lines.leading

    @property
    def text(self) -> str:
        return "".join(map(self.lines.text_of, range(self.start, self.stop)))

    def ink_of(self, start: int, stop: int) -> tuple[float, float]:
        """Left and right end of the longest of some lines, which may hang out of its measure."""
        widest = max(map(self.lines.width_of, range(start, stop)), default=0.0)
        spare = max(self.lines.width - widest, 0.0)
        share = {"right": 1.0, "center": 0.5}.get(self.lines.look.align, 0.0)
        return self.x + share * spare, self.x + share * spare + widest

    @property
    def ink(self) -> tuple[float, float]:
        return self.ink_of(self.start, self.stop)

    @property
    def boxes(self) -> list[tuple[float, float, float, float, str]]:
        """Top, bottom, left, right: the last line by itself, for a signature may stand there."""
        last = self.bottom - self.lines.leading
        parts = (
            (self.top, last, self.start, self.stop - 1),
            (last, self.bottom, self.stop - 1, self.stop),
        )
        return [
            (top, bottom, *self.ink_of(start, stop), self.text)
            for top, bottom, start, stop in parts
            if start < stop
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOut:
    """A book before it is painted: every page with the texts on it; `body` are those of the
    篇目."""

    frame: Frame
    pages: list[tuple[Page, list[Set]]]
    body: list[tuple[Page, list[Set]]]
    findings: list[Finding]

    def codes(self) -> list[tuple[str, str]]:
        return [(finding.code, finding.where) for finding in self.findings]


def laid(book: Book, style: DraftStyle, table: FontTable) -> LaidOut:
    """Front matter, every 篇目 in a flow of its own, back matter."""
    work = begin(book, style, table)
    flows = front_matter(work)
    where = waiting_places(flows[0], 1)
    for parts in by_chapter(work.book.parts):
        planned = plan_chapter(work.setting, work.frame, parts)
        where |= waiting_places(flow := set_chapter(work.flow, planned), 1 + _count(flows))
        flows.append(flow)
    flows.append(back_matter(work, index_of(work), where))
    pages = [[(page, list(texts(page.items, flow))) for page in flow.pages] for flow in flows]
    return LaidOut(
        frame=work.frame,
        pages=[page for each in pages for page in each],
        body=[page for each in pages[1:-1] for page in each],
        findings=[finding for flow in flows for finding in flow.findings],
    )


def _count(flows: Iterable[Flow]) -> int:
    return sum(len(flow.pages) for flow in flows)


def texts(items: Iterable[Item], flow: Flow, *, turned: bool = False) -> Iterator[Set]:
    for item in items:
        match item:
            case Turned(items=inner):
                yield from texts(inner, flow, turned=True)
            case Text(lines=lines, x=x, top=top, start=start, stop=stop, tag=tag):
                yield Set(
                    lines=lines,
                    start=start,
                    stop=lines.count if stop is None else stop,
                    x=x,
                    top=top,
                    tag=tag,
                    role=flow.tags.elements[tag].role if tag >= 0 else "",
                    turned=turned,
                )
            case Aside(lines=lines, top=top):
                yield Set(
                    lines=lines,
                    start=0,
                    stop=lines.count,
                    x=flow.frame.measure,
                    top=top,
                    tag=-1,
                    role="Aside",
                )


def letters(text: str) -> Counter[str]:
    return Counter(re.sub(r"\s", "", text.replace("⸺", "——")))


def source(book: Book) -> str:
    blocks = [printed_text(Document(blocks=part.blocks)) for part in book.parts]
    return "".join((*book.editorial_notes, *(part.title for part in book.parts), *blocks))


def set_letters(laid_out: LaidOut) -> Counter[str]:
    return letters("".join(text.text for _, page in laid_out.pages for text in page))


def collisions(sets: list[Set]) -> list[tuple[str, str]]:
    """Texts one of which stands on another; what hangs out of its measure is let be."""
    upright = [each for each in sets if not each.turned and each.role != "Aside"]
    boxes = [
        (*box, number)
        for number, each in enumerate(upright)
        for box in each.boxes
        if box[3] - box[2] <= each.lines.width + HAIR
    ]
    return [
        (one[4], other[4])
        for index, one in enumerate(boxes)
        for other in boxes[index + 1 :]
        if one[5] != other[5]
        and min(one[1], other[1]) - max(one[0], other[0]) > HAIR
        and min(one[3], other[3]) - max(one[2], other[2]) > HAIR
    ]


def entries(count: int, sentences: int = 3, first: int = 0) -> list[Block]:
    """Entries whose titles count up, of one to three times `sentences`."""
    return [
        Entry(title=f"条目{n:03d}", runs=runs(prose(sentences * (1 + n % 3))))
        for n in range(first, first + count)
    ]


def small_table(rows: int = 6, title: str = "小表") -> Table:
    body = tuple((cell(f"第{n}行"), cell(f"{n}.5")) for n in range(rows))
    return Table(title=title, rows=((cell("项目"), cell("数")), *body))


def wide_table(rows: int = 6, title: str = "宽表") -> Table:
    """More columns than one column of text holds."""
    heads = tuple(cell(f"统计指标{n}") for n in range(9))
    body = tuple(tuple(cell(f"{n}{k}345.6") for k in range(9)) for n in range(rows))
    return Table(title=title, rows=(heads, *body))


def said(sets: Iterable[Set]) -> str:
    return "\n".join(each.text for each in sets)


def page_of(book_set: LaidOut, text: str) -> int:
    """Which page of the 篇目 a text stands on, from 0."""
    return next(n for n, (_, sets) in enumerate(book_set.body) if text in said(sets))


def find(book_set: LaidOut, text: str) -> Set:
    return next(each for _, sets in book_set.body for each in sets if text in each.text)


def feet(frame: Frame, sets: Iterable[Set]) -> list[float]:
    """How deep the text of each column comes, notes apart."""
    deep = [0.0] * len(frame.columns.lefts)
    for each in sets:
        if each.role != "Note" and each.lines.width <= frame.columns.width + 1:
            column = sum(each.x >= left - 1 for left in frame.columns.lefts) - 1
            deep[column] = max(deep[column], each.bottom)
    return deep


# Anything a book may hold


CHARS = st.sampled_from("国科技创新，。、；：《》（）“”—…12.6% abXYZ/①·？！")
WORDS = st.text(CHARS, max_size=24)
TEXTS = st.one_of(WORDS, st.builds(lambda word, n: word * n, WORDS, st.integers(1, 150)))
LABELS = st.sampled_from(["甲", "乙", "丙"])
RUNS = st.lists(
    st.one_of(
        st.builds(Run, text=TEXTS),
        st.builds(Run, kind=st.sampled_from(["emphasis", "superscript", "subscript"]), text=WORDS),
        st.builds(Run, kind=st.just("link"), text=WORDS, target=st.sampled_from(["#t", "#无"])),
        st.builds(Run, kind=st.just("note"), target=LABELS),
    ),
    max_size=4,
).map(tuple)
CELLS = st.one_of(
    st.none(),
    st.builds(Cell, runs=RUNS, across=st.integers(1, 4), down=st.integers(1, 9)),
    st.builds(Cell, runs=WORDS.map(runs)),
)
TABLES = st.builds(
    Table,
    id=st.sampled_from(["", "t"]),
    title=WORDS,
    unit=WORDS,
    rows=st.lists(st.lists(CELLS, max_size=6).map(tuple), max_size=12).map(tuple),
    header_rows=st.integers(0, 3),
)
BLOCKS = st.one_of(
    st.builds(Entry, title=WORDS, runs=RUNS),
    st.builds(Paragraph, runs=RUNS),
    st.builds(Paragraph, runs=RUNS, form=st.sampled_from(get_args(Form))),
    st.just(Break(quoted=True)),
    st.builds(Heading, level=st.integers(1, 4), runs=RUNS),
    st.builds(Note, label=LABELS, runs=RUNS),
    st.builds(Signature, text=WORDS),
    st.builds(
        Figure,
        src=WORDS,
        title=WORDS,
        credit=WORDS,
        width=st.sampled_from([0, 0, 15, 25, 120]),
        beside=st.booleans(),
        aside=st.booleans(),
        unnumbered=st.booleans(),
    ),
    st.just(Break()),
    TABLES,
)
PARTS = st.builds(
    Part,
    id=WORDS,
    level=st.integers(1, 3),
    title=WORDS,
    blocks=st.lists(BLOCKS, max_size=7).map(tuple),
)
BOOKS = st.lists(PARTS, max_size=3).map(
    lambda parts: book(*(replace(part, id=f"p{n}") for n, part in enumerate(parts)))
)
