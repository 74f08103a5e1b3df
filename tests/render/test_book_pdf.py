"""评议稿: what a reader must find on the finished pages, and what never may happen there."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from PIL import Image

from editorial.errors import EditorialError
from editorial.model.book import Book, Part, Printed
from editorial.model.document import (
    Break,
    Cell,
    Comment,
    Entry,
    Figure,
    Heading,
    Note,
    Paragraph,
    Run,
    Signature,
    Table,
)
from editorial.model.style import Align, DraftStyle, Heads, Margins
from editorial.render.fonts import FontTable
from editorial.render.pdf.book import book_pdf
from editorial.render.pdf.frame import Frame, frame_of, left_edge
from editorial.render.pdf.paragraph import Lines
from tests.render.books import (
    BOOKS,
    IMPRINT,
    book,
    cell,
    collisions,
    faces,
    feet,
    laid,
    letters,
    long_table,
    mark,
    on,
    pages,
    pages_with,
    prose,
    runs,
    section,
    set_letters,
    source,
    style_of,
)
from tests.render.pdf_quality import assert_document_quality
from tests.render.tablepress import years


@pytest.fixture(scope="module")
def style() -> DraftStyle:
    plain = replace(style_of("review"), line_numbers=0, opinion_form=False)
    return replace(plain, heads=Heads())


@pytest.fixture(scope="module")
def table() -> FontTable:
    return faces()


@pytest.mark.parametrize("sentences", [1, 12])
def test_lines_are_numbered_as_far_as_there_is_text(table: FontTable, sentences: int) -> None:
    numbered = replace(style_of("review"), opinion_form=False)
    text = (*runs(prose(sentences)), mark("1"))
    blocks = (Entry(title="示例", runs=text), Note(label="1", runs=runs("注")))
    book_set = laid(section(*blocks), numbered, table)
    deepest = max(feet(book_set.frame, book_set.body[-1][1]))
    printed = book_pdf(section(*blocks), numbered, table)
    number = pages_with(printed, "示例完")[0]
    numbers = beside(printed, book_set.frame, number)
    assert len(numbers) > 1
    assert numbers == list(range(5, round(deepest / book_set.frame.line) + 1, 5))


def beside(printed: Printed, frame: Frame, number: int) -> list[int]:
    """The numbers left and right of the text of a page."""
    left = left_edge(frame, number)
    with pdfplumber.open(BytesIO(printed.data)) as pdf:
        words = pdf.pages[number - 1].extract_words()
    return [int(w["text"]) for w in words if w["x1"] < left or w["x0"] > left + frame.measure]


def test_no_line_is_numbered_on_a_page_that_lies(table: FontTable) -> None:
    numbered = replace(style_of("review"), opinion_form=False)
    made = section(Entry(title="示例", runs=runs(prose(3))), years(16, rows=30))
    book_set = laid(made, numbered, table)
    lying = [n for n, (_, sets) in enumerate(book_set.pages, 1) if any(s.turned for s in sets)]
    printed = book_pdf(made, numbered, table)
    assert lying
    assert [beside(printed, book_set.frame, number) for number in lying] == [[]] * len(lying)


@pytest.mark.parametrize("name", ["review", "final"])
def test_no_head_runs_above_the_title_a_page_begins_with(table: FontTable, name: str) -> None:
    style = replace(style_of(name), opinion_form=False, lists=False)
    printed = book_pdf(VARIED, style, table)
    frame = frame_of(style)
    with pdfplumber.open(BytesIO(printed.data)) as pdf:
        heads = [
            page.crop((0, 0, page.width, frame.top - 2)).extract_text() for page in pdf.pages[1:-1]
        ]
    opened = {*(page for part, page in printed.starts if part in {"a", "b"}), 2, 3}
    headless = {number for number, head in enumerate(heads, 2) if not head}
    assert opened <= headless
    assert len(headless) < len(heads)
    said = pages(printed)
    with pikepdf.open(BytesIO(printed.data)) as file:
        shown = [page.label for page in file.pages]
    assert all(re.search(rf"{shown[page - 1]}(页|$)", said[page - 1]) for page in opened)


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
        info = [str(pdf.docinfo[key]) for key in ("/Title", "/Author", "/Subject")]
        assert pdf.Root.Lang == "zh-CN"
    assert info == ["示例年鉴2019（评议稿）第2稿", "示例市地方志办公室", style_of("review").title]


def test_the_title_tells_a_part_of_the_book_from_the_whole(table: FontTable) -> None:
    part = section(Entry(title="平台", runs=runs("示例。")))
    imprint = replace(part.imprint, scope=("科技创新", "开放合作"))
    made = book_pdf(replace(part, imprint=imprint), style_of("review"), table)
    with pikepdf.open(BytesIO(made.data)) as pdf:
        assert str(pdf.docinfo.Title) == "示例年鉴2019　科技创新　开放合作（评议稿）第2稿"


def test_every_page_between_cover_and_colophon_has_its_folio(
    varied: Printed, said: list[str]
) -> None:
    folios = [re.findall(r"第(\d+)页共(\d+)页", text) for text in said]
    assert folios == [[], *([(str(n), str(varied.pages))] for n in range(2, varied.pages)), []]


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
    assert "以公报为准" in text
    assert "待补" not in text
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
    assert pages_with(book_pdf(only, style, table), "一句话。") == [3]


def test_margins_without_room_for_text_are_refused(style: DraftStyle, table: FontTable) -> None:
    narrow = replace(style, margins=Margins(top=20, bottom=20, inner=100, outer=100))
    with pytest.raises(EditorialError, match="页边距"):
        book_pdf(VARIED, narrow, table)


# Text


def test_two_lines_at_least_stand_on_either_side_of_a_turn(
    style: DraftStyle, table: FontTable
) -> None:
    entries = (Entry(title=f"条目{n}", runs=runs(prose(1 + n % 7))) for n in range(60))
    sheets = laid(section(*entries), style, table).pages
    parts = [(text.stop - text.start, text.lines.count) for _, page in sheets for text in page]
    assert [part for part in parts if part[0] == 1 < part[1]] == []


def test_headings_stay_with_two_lines_of_text(style: DraftStyle, table: FontTable) -> None:
    blocks = [
        block
        for n in range(60)
        for block in (Heading(runs=runs(f"标题{n}")), Paragraph(runs=runs(prose(1 + n % 5))))
    ]
    last = [page[-1] for _, page in laid(section(*blocks), style, table).pages[3:-1]]
    assert len(last) > 5
    assert [text.role for text in last if text.role != "P" or text.stop - text.start < 2] == []


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
    sheets = laid(section(*entries), style, table).pages
    assert "（示例局）" not in [page[0].text for _, page in sheets[4:-1]]


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
    said = pages(book_pdf(noted(40), style, table))[3:-1]
    numbers = [re.findall(r"([①-⑳])丙\d{3}丁", text) for text in said]
    assert numbers == [[chr(0x2460 + n) for n in range(len(page))] for page in numbers]
    assert len(max(numbers)) > 3


def test_marks_say_the_number_of_their_note(style: DraftStyle, table: FontTable) -> None:
    said = pages(book_pdf(noted(40), style, table))
    marks = [dict(re.findall(r"甲(\d{3})乙([①-⑳])", text)) for text in said]
    assert marks == [
        {name: number for number, name in re.findall(r"([①-⑳])丙(\d{3})丁", text)} for text in said
    ]


def test_the_mark_of_a_note_on_a_title_stands_by_it(style: DraftStyle, table: FontTable) -> None:
    entry = Entry(title="绿道", runs=(mark("一"), *runs("文。")))
    texts = section(entry, Note(label="一", runs=runs("示例注。")))
    words = [each.text for _, here in laid(texts, style, table).body for each in here]
    assert "【绿道】①　文。" in words
    assert [text for text in words if text.startswith("①　示例")] == ["①　示例注。"]


def test_notes_longer_than_a_page_go_on_over_the_next(style: DraftStyle, table: FontTable) -> None:
    long = noted(3, length=80)
    assert letters(source(long)) - set_letters(laid(long, style, table)) == Counter()


def test_characters_no_face_has_are_told_of_heads_and_folios(
    style: DraftStyle, table: FontTable
) -> None:
    strange = replace(style, folio="𱁬{page}")
    made = book_pdf(section(Paragraph(runs=runs("正文。"))), strange, table)
    assert [glyph.char for glyph in made.missing] == ["𱁬"]
    again = book_pdf(section(Paragraph(runs=runs("正文。"))), strange, table)
    assert again.missing == made.missing


def test_mark_without_note_prints_its_label(style: DraftStyle, table: FontTable) -> None:
    printed = book_pdf(section(Paragraph(runs=(*runs("文"), mark("缺注")))), style, table)
    assert pages_with(printed, "文缺注") == [4]


def test_note_nobody_refers_to_ends_its_part(style: DraftStyle, table: FontTable) -> None:
    lone = section(Note(label="甲", runs=runs("无人引用。")), Paragraph(runs=runs("正文。")))
    assert pages_with(book_pdf(lone, style, table), "正文。〔甲〕无人引用。") == [4]


# Signatures


@pytest.mark.parametrize("extra", range(0, 14))
def test_no_line_of_a_signature_ends_inside_a_name(
    style: DraftStyle, table: FontTable, extra: int
) -> None:
    units = ("佛山市工信局〔示例〕　何样稿", "中山市示例局　Chan Tai-man", "示例委、示例办　张某某")
    text = "；".join((f"{'示例' * extra}局　李某某", *units * 2))
    signed = section(Entry(title="甲", runs=runs("文。")), Signature(text=text))
    lines = next(
        s.lines
        for _, here in laid(signed, style, table).body
        for s in here
        if s.lines.look.align == "right"
    )
    ends = [lines.text_of(line)[-1] for line in range(lines.count)]
    assert len(ends) > 1
    assert set(ends[:-1]) <= set("；、　")
    assert ends.count("　") < 2


@pytest.mark.parametrize("name", ["review", "final"])
def test_a_given_name_of_one_character_is_not_parted_from_its_surname(
    table: FontTable, name: str
) -> None:
    for extra in range(14):
        lead = f"{'示' * extra}局　欧阳示例、市发展和改革委员会　李　示、"
        text = f"{lead}市农业农村局　司马示例"
        signed = section(Entry(title="甲", runs=runs("文。")), Signature(text=text))
        lines = next(
            s.lines
            for _, here in laid(signed, style_of(name), table).body
            for s in here
            if s.lines.look.align == "right"
        )
        assert not any(lines.text_of(at).endswith("李　") for at in range(lines.count))


@pytest.mark.parametrize("align", ["left", "center"])
def test_a_signature_on_the_left_lies_on_no_text(
    style: DraftStyle, table: FontTable, align: Align
) -> None:
    moved = replace(style.roles["signature"], align=align)
    style = replace(style, roles={**style.roles, "signature": moved})
    signed = section(Paragraph(runs=runs("短文。")), Signature(text="示例局"))
    with pdfplumber.open(BytesIO(book_pdf(signed, style, table).data)) as pdf:
        tops = {c["text"]: round(c["top"]) for c in pdf.pages[3].chars if c["text"] in "短局"}
    assert tops["短"] < tops["局"]


@pytest.mark.parametrize("lead", ["", "主任委员：示例某　委员："])
def test_no_line_of_a_list_of_names_ends_inside_one(
    style: DraftStyle, table: FontTable, lead: str
) -> None:
    names = ["孙　强", "赵明", "李建国", "王伟", "欧阳示例", "周　明", "阿依古丽", "郑示"]
    for at in range(len(names)):
        listed = "　".join((names[at:] + names[:at]) * 4)
        (lines,) = (
            s.lines
            for _, here in laid(section(Paragraph(runs=runs(lead + listed))), style, table).body
            for s in here
            if "孙" in s.lines.copy.text
        )
        told = [lines.text_of(line) for line in range(lines.count)]
        assert len(told) > 3
        for line in told[:-1]:
            assert line.endswith("　")
            assert "　".join(line.strip("　").split("　")[-2:]) not in ("周", "孙")
            assert line.strip("　").split("　")[-1] in {*"强明", *names}
        assert lines.look.align == ("justify" if lead else "left")


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
    assert letters(source(giant)) - set_letters(laid(giant, style, table)) == Counter()


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


# Anything


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
    book_set = laid(any_book, style, table)
    assert letters(source(any_book)) - set_letters(book_set) == Counter()
    for _, sets in book_set.pages[1:]:
        assert collisions(sets) == []
        assert max((each.bottom for each in sets), default=0) <= book_set.frame.depth + 1.5


def test_tags_skip_no_level_where_headings_do(
    style: DraftStyle, table: FontTable, tmp_path: Path
) -> None:
    blocks = [
        block
        for level in (2, 3, 1, 3, 3, 2)
        for block in (Heading(level=level, runs=runs("示例标题")), Paragraph(runs=runs(prose(2))))
    ]
    path = tmp_path / "book.pdf"
    path.write_bytes(book_pdf(section(*blocks), style, table).data)
    assert_document_quality(path)


def test_what_a_picture_shows_has_its_box_on_the_page(
    style: DraftStyle, table: FontTable, tmp_path: Path
) -> None:
    picture = tmp_path / "a.png"
    Image.new("RGB", (400, 300), "grey").save(picture)
    blocks = [Figure(src=src, title="示例图") for src in ("a.png", "missing.png")]
    made = book_pdf(
        section(Paragraph(runs=runs(prose(2))), *blocks, images={"a.png": picture}),
        replace(style, columns=2),
        table,
    )
    path = tmp_path / "book.pdf"
    path.write_bytes(made.data)
    assert_document_quality(path)
    with pikepdf.open(path) as pdf:
        boxes = [
            [float(each) for each in part.A.BBox]
            for part in pdf.objects
            if isinstance(part, pikepdf.Dictionary) and part.get("/S") == pikepdf.Name.Figure
        ]
    assert len(boxes) == 2
    assert all(box[2] - box[0] > 50 and box[3] - box[1] > 8 for box in boxes)


def test_the_characters_of_a_text_over_many_pages_are_gathered_once(
    table: FontTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not once on each page: those of a long one would take the square of its memory."""
    gathered = []
    characters = Lines.characters

    def counted(lines: Lines, *numbers: Any) -> Iterator[Any]:
        gathered.append(len(lines.copy.text))
        return characters(lines, *numbers)

    monkeypatch.setattr(Lines, "characters", counted)
    long = Paragraph(runs=runs(prose(1200)))
    printed = book_pdf(section(long), replace(style_of("review"), opinion_form=False), table)
    most = max(gathered)
    assert printed.pages > 5
    assert gathered.count(most) == 1
