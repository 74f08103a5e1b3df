"""The pages reckoned for the 目录 of a Word file, where they can be counted by hand."""

from __future__ import annotations

from editorial.render.docx.reckoning import Measure, reckoned
from editorial.render.docx.wordml import paragraph, run

LINE, COLUMN = 20.0, 200.0
MEASURES = {
    "Normal": Measure(line=LINE, size=10),
    "Head": Measure(line=LINE, size=10, together=True, on_grid=False),
    "FootnoteText": Measure(line=10, size=8, on_grid=False),
}
ONE = paragraph(run("字" * 10))
FULL = paragraph(run("字" * 20))
TWO = paragraph(run("字" * 30))


def section(begins: str = "nextPage", columns: int = 1, lines: int = 10) -> str:
    across = COLUMN * columns + 20 * (columns - 1)
    return (
        '<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/>'
        f'<w:sectPr><w:type w:val="{begins}"/>'
        f'<w:pgSz w:w="{round(across * 20)}" w:h="{round((lines * LINE + 2) * 20)}"/>'
        '<w:pgMar w:top="0" w:right="0" w:bottom="0" w:left="0"/>'
        f'<w:cols w:num="{columns}" w:space="400"/><w:docGrid w:linePitch="400"/>'
        "</w:sectPr></w:pPr></w:p>"
    )


def named(name: str, text: str = "字", style: str = "") -> str:
    mark = f'<w:bookmarkStart w:id="1" w:name="_ed_{name}"/>'
    return paragraph(mark + run(text), style)


def pages(*pieces: str, notes: tuple[str, ...] = ()) -> dict[str, int]:
    found, _ = reckoned(pieces, notes, MEASURES)
    return {name.removeprefix("_ed_"): int(page) for name, page in found.items()}


def test_ten_lines_fill_a_page_of_ten() -> None:
    assert pages(*[ONE] * 9, named("last"), named("next"), section()) == {"last": 1, "next": 2}


def test_a_line_holds_as_many_characters_as_it_is_ems_wide() -> None:
    assert pages(*[FULL] * 10, named("next"), section()) == {"next": 2}


def test_figures_take_half_the_room() -> None:
    assert pages(*[paragraph(run("1" * 40))] * 9, named("last"), section()) == {"last": 1}


def test_a_paragraph_of_two_lines_is_not_parted() -> None:
    assert pages(*[ONE] * 9, named("long", "字" * 30), section()) == {"long": 2}


def test_a_heading_goes_with_its_text() -> None:
    assert pages(*[ONE] * 9, named("head", style="Head"), TWO, section()) == {"head": 2}


def test_a_section_may_begin_on_an_odd_page() -> None:
    assert pages(ONE, section(), named("odd"), section("oddPage")) == {"odd": 3}


def test_a_section_may_go_on_where_the_one_before_ends() -> None:
    assert pages(ONE, section(), named("on"), section("continuous")) == {"on": 1}


def test_two_columns_hold_twice_as_much() -> None:
    both = [ONE] * 19
    assert pages(*both, named("last"), named("next"), section(columns=2)) == {"last": 1, "next": 2}


def test_columns_are_made_even_before_what_goes_on() -> None:
    pieces = [*[ONE] * 10, section(columns=2), *[ONE] * 4, named("fits"), section("continuous")]
    assert pages(*pieces) == {"fits": 1}


def test_a_note_takes_its_room_from_the_text() -> None:
    called = paragraph(run("字") + '<w:r><w:footnoteReference w:id="1"/></w:r>')
    note = paragraph(run("注"), "FootnoteText")
    pieces = [called, *[ONE] * 8, named("last"), section()]
    assert pages(*pieces, notes=(note,)) == {"last": 2}


def test_a_picture_is_as_high_as_it_says() -> None:
    high = paragraph(f'<wp:extent cx="1" cy="{int(9.5 * LINE * 12700)}"/>')
    assert pages(high, named("next"), section()) == {"next": 2}


def test_rows_take_as_many_lines_as_their_fullest_cell() -> None:
    cell = f'<w:tc><w:tcPr><w:tcW w:w="{(100 + 8) * 20}"/></w:tcPr>{{}}</w:tc>'
    row = f"<w:tr>{cell.format(paragraph(run('字' * 25)))}{cell.format(ONE)}</w:tr>"
    table = f"<w:tbl>{row * 3}</w:tbl>"
    assert pages(table, named("next"), named("over"), section()) == {"next": 2, "over": 2}


def test_what_was_taken_out_takes_no_room() -> None:
    gone = "<w:p><w:del><w:r><w:delText>" + "字" * 100 + "</w:delText></w:r></w:del></w:p>"
    assert pages(gone, *[ONE] * 8, named("last"), section()) == {"last": 1}
