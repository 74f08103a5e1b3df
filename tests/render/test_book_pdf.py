"""评议稿: what a reader must find on the finished pages, and what never may happen there."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from editorial.errors import EditorialError
from editorial.model.book import Book, Imprint, Part, Printed
from editorial.model.document import (
    Block,
    Break,
    Cell,
    Comment,
    Document,
    Entry,
    Figure,
    Heading,
    Note,
    Paragraph,
    Run,
    Signature,
    Table,
    printed_text,
)
from editorial.model.style import DraftStyle, FontConfig, Margins
from editorial.render.fonts import FontTable, locate
from editorial.render.pdf.book import book_pdf, lay_out
from editorial.render.pdf.case import TypeCase
from editorial.render.pdf.contents import listed
from editorial.render.pdf.items import Aside, Text
from editorial.render.pdf.pages import Flow, Page, foot_height, frame_of
from editorial.render.pdf.paragraph import Lines
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
SENTENCE = "2018年，示例市实施“科技强市”工程（示例），完成投资12.5亿元，比上年增长8.3%；"


@pytest.fixture(scope="module")
def style() -> DraftStyle:
    raw, _ = parse((STYLES / "drafts/review.yaml").read_text("utf-8"), "review.yaml")
    decoded = decode(DraftStyle, raw, [])
    assert decoded
    return replace(decoded, id="review")


@pytest.fixture(scope="module")
def table() -> FontTable:
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


def section(*blocks: Block, **known: object) -> Book:
    """A book of one 篇目 and one 分目."""
    return book(
        Part(id="c", level=1, title="科技创新"),
        Part(id="c/s", level=2, title="创新平台", blocks=blocks, **known),  # type: ignore[arg-type]
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


def laid(book: Book, style: DraftStyle, table: FontTable) -> Flow:
    flow = Flow(case=TypeCase(table), style=style, frame=frame_of(style))
    lay_out(flow, book, listed(book, style), lambda _: None)
    return flow


def texts(page: Page) -> Iterator[tuple[Lines, int, int, float]]:
    """Lines, first, last and depth of every text in place on a page."""
    for item in page.items:
        if isinstance(item, Text):
            stop = item.lines.count if item.stop is None else item.stop
            yield item.lines, item.start, stop, item.top
        elif isinstance(item, Aside):
            yield item.lines, 0, item.lines.count, item.top
    for lines, start, stop in page.foot:
        yield lines, start, stop, 0.0


def letters(text: str) -> Counter[str]:
    return Counter(re.sub(r"\s", "", text.replace("⸺", "——")))


def source(book: Book) -> str:
    blocks = [printed_text(Document(blocks=part.blocks)) for part in book.parts]
    return "".join((*book.editorial_notes, *(part.title for part in book.parts), *blocks))


def set_letters(flow: Flow) -> Counter[str]:
    return letters(
        "".join(
            lines.text_of(line)
            for page in flow.pages
            for lines, start, stop, _ in texts(page)
            for line in range(start, stop)
        )
    )


# The whole


VARIED = book(
    Part(id="a", level=1, title="科技创新"),
    Part(
        id="a/1",
        level=2,
        title="创新平台",
        pending=("示志函〔2019〕12号",),
        blocks=(
            Entry(title="示例园区建设", runs=(*runs(prose(6)), mark("一"), *runs("又记。"))),
            Note(label="一", runs=runs("数据来源于《示例统计公报》。")),
            Paragraph(runs=(Run(kind="emphasis", text="以公报为准"), *runs("。【待补】"))),
            Signature(text="示例局　某某"),
            Comment(text="编者不印"),
            long_table(70),
            Break(),
            Heading(runs=runs("重大专项")),
            Entry(title="专项概况", runs=runs(prose(9))),
        ),
    ),
    Part(id="b", level=1, title="开放合作"),
    *(
        Part(
            id=f"b/{n}",
            level=2,
            title=f"合作专题{'甲乙丙丁戊己'[n]}",
            blocks=tuple(Entry(title=f"事项{n}", runs=runs(prose(7))) for _ in range(4)),
        )
        for n in range(6)
    ),
)


@pytest.fixture(scope="module")
def varied(style: DraftStyle, table: FontTable) -> Printed:
    return book_pdf(VARIED, style, table)


@pytest.fixture(scope="module")
def said(varied: Printed) -> list[str]:
    return pages(varied)


@pytest.mark.external("pdftotext")
def test_every_character_can_be_extracted(varied: Printed, tmp_path: Path) -> None:
    file = tmp_path / "book.pdf"
    file.write_bytes(varied.data)
    got = subprocess.run(["pdftotext", file, "-"], capture_output=True, check=True).stdout
    assert letters(source(VARIED)) - letters(got.decode("utf-8")) == Counter()


def test_paragraphs_can_be_searched(said: list[str]) -> None:
    assert on(said, "完成投资12.5亿元，比上年增长8.3%；")


def test_contents_name_the_pages_where_headings_stand(said: list[str]) -> None:
    listed = {n: int(page) for n, page in re.findall(r"合作专题(.)(\d+)", said[2])}
    stand = {
        n: number
        for number, text in enumerate(said[3:], 4)
        for n in re.findall(r"合作专题(.)【", text)
    }
    assert len(listed) == 6
    assert listed == stand


def test_contents_lead_to_the_pages_they_name(varied: Printed) -> None:
    with pikepdf.open(BytesIO(varied.data)) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        links = [link.Dest for link in pdf.pages[2].Annots]
        names = pdf.Root.Dests if "/Dests" in pdf.Root else {}
        led = [numbers[_target(names, dest)[0].objgen] for dest in links]
    assert led == [page for _, page in varied.starts]


def _target(names: pikepdf.Object, dest: pikepdf.Object) -> pikepdf.Object:
    return dest if isinstance(dest, pikepdf.Array) else names[dest]


def test_outline_follows_the_parts(varied: Printed) -> None:
    with pikepdf.open(BytesIO(varied.data)) as pdf, pdf.open_outline() as outline:
        tree = {item.title: [child.title for child in item.children] for item in outline.root}
    assert tree["科技创新"] == ["创新平台"]
    assert list(tree) == ["编辑说明", "目录", "科技创新", "开放合作"]


def test_document_says_what_it_is(varied: Printed) -> None:
    with pikepdf.open(BytesIO(varied.data)) as pdf:
        info = (str(pdf.docinfo.Title), str(pdf.docinfo.Author), str(pdf.Root.Lang))
    assert info == ("示例年鉴2019（评议稿）第2稿", "示例市地方志办公室", "zh-CN")


def test_every_page_but_the_cover_has_its_folio(varied: Printed, said: list[str]) -> None:
    folios = [re.findall(r"第(\d+)页共(\d+)页", text) for text in said]
    assert folios == [[], *([(str(n), str(varied.pages))] for n in range(2, varied.pages + 1))]


def test_heads_run_by_left_and_right(said: list[str]) -> None:
    heads = {number % 2: text[:8] for number, text in enumerate(said[5:-1], 6)}
    assert heads[0].startswith("示例年鉴2019")
    assert heads[1].startswith("开放合作")


def test_margins_are_mirrored(varied: Printed) -> None:
    with pdfplumber.open(BytesIO(varied.data)) as pdf:
        left = [min(char["x0"] for char in page.chars) for page in pdf.pages[5:7]]
    assert left[0] - left[1] > 60


def test_comments_never_print(said: list[str]) -> None:
    assert on(said, "编者不印") == []


def test_letters_out_stand_beside_the_section(said: list[str]) -> None:
    assert on(said, "示志函〔2019〕12号") == on(said, "【示例园区建设】")


def test_marks_stay_in_the_dark_for_other_readers(style: DraftStyle, table: FontTable) -> None:
    plain = replace(style, show_marks=False)
    text = "".join(pages(book_pdf(VARIED, plain, table)))
    assert "【待补】" in text
    assert "示志函〔2019〕12号" not in text


def test_open_points_are_coloured(varied: Printed) -> None:
    with pdfplumber.open(BytesIO(varied.data)) as pdf:
        coloured = "".join(
            char["text"]
            for page in pdf.pages[3:]
            for char in page.chars
            if len(char["non_stroking_color"]) == 3 and char["non_stroking_color"][0] > 0.5
        )
    assert "【待补】" in coloured


def test_two_builds_give_the_same_bytes(
    varied: Printed, style: DraftStyle, table: FontTable
) -> None:
    assert book_pdf(VARIED, style, table).data == varied.data


def test_colophon_tells_of_changes_not_committed(style: DraftStyle, table: FontTable) -> None:
    dirty = replace(VARIED, imprint=replace(IMPRINT, dirty=True))
    assert "3f2a9c1d77（含未提交的修改）" in pages(book_pdf(dirty, style, table))[-1]


def test_entries_are_listed_when_wished(style: DraftStyle, table: FontTable) -> None:
    deep = replace(style, toc_levels=3)
    assert "专项概况" in pages(book_pdf(VARIED, deep, table))[2]


def test_empty_book_is_cover_and_colophon(style: DraftStyle, table: FontTable) -> None:
    assert book_pdf(book(notes=()), style, table).pages == 2


def test_book_of_one_paragraph(style: DraftStyle, table: FontTable) -> None:
    only = book(Part(id="x", level=2, title="", blocks=(Paragraph(runs=runs("一句话。")),)))
    assert pages_with(book_pdf(only, style, table), "一句话。") == [4]


def test_margins_without_room_for_text_are_refused(style: DraftStyle, table: FontTable) -> None:
    narrow = replace(style, margins=Margins(top=20, bottom=20, inner=100, outer=100))
    with pytest.raises(EditorialError, match="页边距"):
        book_pdf(VARIED, narrow, table)


# Text


def test_two_lines_at_least_stand_on_either_side_of_a_turn(
    style: DraftStyle, table: FontTable
) -> None:
    entries = (Entry(title=f"条目{n}", runs=runs(prose(1 + n % 7))) for n in range(60))
    flow = laid(section(*entries), style, table)
    parts = [(stop - start, lines.count) for p in flow.pages for lines, start, stop, _ in texts(p)]
    assert [part for part in parts if part[0] == 1 < part[1]] == []


def test_headings_stay_with_two_lines_of_text(style: DraftStyle, table: FontTable) -> None:
    blocks = [
        block
        for n in range(60)
        for block in (Heading(runs=runs(f"标题{n}")), Paragraph(runs=runs(prose(1 + n % 5))))
    ]
    flow = laid(section(*blocks), style, table)
    last = [list(texts(page))[-1] for page in flow.pages[3:-1]]
    assert [lines.text_of(0) for lines, *_ in last if lines.text_of(0).startswith("标题")] == []


def test_signature_stands_on_the_last_line_if_it_fits(style: DraftStyle, table: FontTable) -> None:
    signed = section(Paragraph(runs=runs("短文。")), Signature(text="示例局"))
    with pdfplumber.open(BytesIO(book_pdf(signed, style, table).data)) as pdf:
        tops = {c["text"]: round(c["top"]) for c in pdf.pages[3].chars if c["text"] in "短局"}
    assert tops["短"] == tops["局"]


def test_signature_never_stands_alone_on_a_page(style: DraftStyle, table: FontTable) -> None:
    entries = [
        block
        for n in range(40)
        for block in (Paragraph(runs=runs("国" * (33 + 36 * (n % 4)))), Signature(text="示例局"))
    ]
    flow = laid(section(*entries), style, table)
    first = [next(texts(page))[0].text_of(0) for page in flow.pages[4:-1]]
    assert "（示例局）" not in first


# Notes


def noted(count: int, length: int = 1) -> Book:
    """Paragraphs with a note each; text and notes name their number."""
    blocks = [
        block
        for n in range(count)
        for block in (
            Paragraph(runs=(*runs(f"甲{n:03d}乙"), mark(f"注{n}"), *runs(prose(2)))),
            Note(label=f"注{n}", runs=runs(f"丙{n:03d}丁" + prose(length))),
        )
    ]
    return section(*blocks)


def test_notes_stand_on_the_page_of_their_mark(style: DraftStyle, table: FontTable) -> None:
    printed = book_pdf(noted(40), style, table)
    text = pages(printed)
    marks = {k: n for n, page in enumerate(text) for k in re.findall(r"甲(\d{3})乙", page)}
    notes = {k: n for n, page in enumerate(text) for k in re.findall(r"丙(\d{3})丁", page)}
    assert len(marks) == 40
    assert notes == marks


def test_numbers_of_notes_begin_anew_on_each_page(style: DraftStyle, table: FontTable) -> None:
    flow = laid(noted(40), style, table)
    firsts = [
        [lines.text_of(0)[0] for lines, start, _ in page.foot if not start]
        for page in flow.pages
        if page.foot
    ]
    assert firsts == [[chr(0x2460 + n) for n in range(len(page))] for page in firsts]


def test_marks_say_the_number_of_their_note(style: DraftStyle, table: FontTable) -> None:
    for page in laid(noted(40), style, table).pages:
        texts_here = [item for item in page.items if isinstance(item, Text)]
        marks = [
            char
            for item in texts_here
            for line in range(item.start, item.stop or 0)
            for char in item.lines.text_of(line)
            if "①" <= char <= "⑳"
        ]
        assert marks == [lines.text_of(0)[0] for lines, start, _ in page.foot if not start]


def test_notes_longer_than_a_page_go_on_over_the_next(style: DraftStyle, table: FontTable) -> None:
    long = noted(3, length=80)
    assert letters(source(long)) - set_letters(laid(long, style, table)) == Counter()


def test_mark_without_note_prints_its_label(style: DraftStyle, table: FontTable) -> None:
    printed = book_pdf(section(Paragraph(runs=(*runs("文"), mark("缺注")))), style, table)
    assert pages_with(printed, "文缺注") == [4]


def test_note_nobody_refers_to_ends_its_part(style: DraftStyle, table: FontTable) -> None:
    lone = section(Note(label="甲", runs=runs("无人引用。")), Paragraph(runs=runs("正文。")))
    assert pages_with(book_pdf(lone, style, table), "正文。〔甲〕无人引用。") == [4]


# Tables


def test_header_is_repeated_with_continued_number(style: DraftStyle, table: FontTable) -> None:
    said = pages(book_pdf(section(long_table(120)), style, table))
    rows = on(said, "示例0") + on(said, "示例1")
    assert len(set(rows)) > 3
    assert set(on(said, "项目内容投资")) == set(rows)
    assert on(said, "续表1-1") == sorted(set(rows))[1:]


def test_numbers_stand_under_their_decimal_point(style: DraftStyle, table: FontTable) -> None:
    numbers = ("1283.5", "7.25", "-36", "412.125")
    body = tuple((cell("甲"), cell(number)) for number in numbers)
    grid = Table(rows=((cell("项"), cell("数")), *body))
    with pdfplumber.open(BytesIO(book_pdf(section(grid), style, table).data)) as pdf:
        points = {round(c["x0"], 1) for c in pdf.pages[3].chars if c["text"] == "."}
    table_points = [x for x in points if x > 200]
    assert len(table_points) == 1


def test_cell_taller_than_a_page_comes_out_whole(style: DraftStyle, table: FontTable) -> None:
    giant = section(Table(rows=((cell("日期"), cell("内容")), (cell("1月"), cell(prose(200))))))
    flow = laid(giant, style, table)
    assert letters(source(giant)) - set_letters(flow) == Counter()


def test_span_over_many_pages_is_named_on_each(style: DraftStyle, table: FontTable) -> None:
    deep = section(long_table(120, first=cell("示例区域", down=120)))
    printed = book_pdf(deep, style, table)
    assert pages_with(printed, "示例区域") == pages_with(printed, "内容投资")


def test_span_taller_than_its_rows_comes_out_whole(style: DraftStyle, table: FontTable) -> None:
    deep = section(long_table(4, first=cell(prose(90), down=4)))
    assert letters(source(deep)) - set_letters(laid(deep, style, table)) == Counter()


def test_header_with_an_endless_note_comes_to_an_end(style: DraftStyle, table: FontTable) -> None:
    rows = tuple((cell(f"第{n}行"),) for n in range(90))
    noted_head = Table(rows=((Cell(runs=(*runs("项目"), mark("长"))),), *rows))
    endless = section(noted_head, Note(label="长", runs=runs(prose(120))))
    assert letters(source(endless)) - set_letters(laid(endless, style, table)) == Counter()


def test_table_without_rows_keeps_its_title(style: DraftStyle, table: FontTable) -> None:
    assert pages_with(book_pdf(section(Table(title="空表")), style, table), "表1-1空表") == [4]


# Figures


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "a.png"
    Image.linear_gradient("L").resize((640, 400)).save(path)
    return path


def images_in(printed: Printed) -> int:
    with pikepdf.open(BytesIO(printed.data)) as pdf:
        objects = [
            thing
            for page in pdf.pages
            for thing in page.Resources.get("/XObject", pikepdf.Dictionary()).values()
        ]
        return len({thing.objgen for thing in objects if thing.Subtype == "/Image"})


def test_figure_has_number_title_and_credit(
    picture: Path, style: DraftStyle, table: FontTable
) -> None:
    figure = Figure(src="a.png", title="示例大桥", credit="某某　摄")
    printed = book_pdf(section(figure, images={"a.png": picture}), style, table)
    assert pages_with(printed, "图1-1示例大桥（某某摄）") == [4]
    assert images_in(printed) == 1


def test_picture_used_twice_is_in_the_file_once(
    picture: Path, style: DraftStyle, table: FontTable
) -> None:
    copy = picture.with_name("b.png")
    copy.write_bytes(picture.read_bytes())
    figures = tuple(Figure(src=name) for name in ("a.png", "b.png", "a.png"))
    printed = book_pdf(section(*figures, images={"a.png": picture, "b.png": copy}), style, table)
    assert images_in(printed) == 1


def test_missing_picture_is_named_in_a_frame(style: DraftStyle, table: FontTable) -> None:
    printed = book_pdf(section(Figure(src="figures/缺.png", title="某图")), style, table)
    assert pages_with(printed, "【缺图：缺.png】图1-1某图") == [4]


def test_broken_picture_is_named_in_a_frame(
    tmp_path: Path, style: DraftStyle, table: FontTable
) -> None:
    broken = tmp_path / "b.jpg"
    Image.effect_noise((800, 600), 60).save(broken, quality=90)
    broken.write_bytes(broken.read_bytes()[:5000])
    printed = book_pdf(section(Figure(src="b.jpg"), images={"b.jpg": broken}), style, table)
    assert pages_with(printed, "【图片无法读取：b.jpg】") == [4]


# Anything


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
    st.builds(Heading, level=st.integers(1, 4), runs=RUNS),
    st.builds(Note, label=LABELS, runs=RUNS),
    st.builds(Signature, text=WORDS),
    st.builds(Figure, src=WORDS, title=WORDS, credit=WORDS),
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
BOOKS = st.lists(PARTS, max_size=3).map(lambda parts: book(*parts))


@settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(any_book=BOOKS)
def test_nothing_is_lost_and_nothing_overflows(
    any_book: Book, style: DraftStyle, table: FontTable
) -> None:
    flow = laid(any_book, style, table)
    assert letters(source(any_book)) - set_letters(flow) == Counter()
    for page in flow.pages[1:]:
        floor = flow.frame.depth - foot_height(page)
        for lines, start, stop, top in texts(page):
            assert not top or top + (stop - start) * lines.leading <= floor + 1.5
