"""评议意见表 in Word: the leaf of the PDF as tables whose rows grow, every blank a control."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, count, pairwise

from editorial.model.book import Book
from editorial.model.style import DraftStyle, role_of
from editorial.render.docx.controls import control
from editorial.render.docx.sections import Page, label_of, whole
from editorial.render.docx.tables import row_xml, table_xml
from editorial.render.docx.wordml import TWIPS, paragraph, run, twips
from editorial.render.opinion import (
    ASPECTS,
    COLUMNS,
    FIELD_SHARES,
    FIELDS,
    LABEL,
    SIGNED,
    VERDICTS,
    name_of,
    notes_of,
    title_of,
)

SIDE, TOP, BOTTOM = 20, 20, 18  # mm
WIDEST_SIDE = 0.1
ROWS = 25  # what both sides of a leaf hold
FIELD_ROW, HEAD_ROW, OVERALL_ROW, OPINION_ROW = 9, 8, 28, 13  # mm at least
NOTE_EMS = 5  # 填表说明：
ASKED = (("person", "unit", "post"), ("phone", "read", "date"))
TOLD = ("page", "line", "category", "original", "text", "reason")

Blank = Callable[[str, str], str]


def form_page(page: Page) -> Page:
    """The paper with sides of one width, as wide as a form wants it."""
    side = min(twips(SIDE), round(WIDEST_SIDE * page.width))
    margins = {"top": twips(TOP), "bottom": twips(BOTTOM), "inner": side, "outer": side}
    return replace(whole(page), measure=page.width - 2 * side, **margins)


def opinion_form(book: Book, style: DraftStyle, page: Page) -> list[str]:
    """Title, who fills it in, what he thinks on the whole, how to fill it in, his opinions one
    a row. Blanks are tagged `opinion:ROW:FIELD`; row 0 is what stands above the numbered ones,
    where `overall` and `verdict` are."""
    label = label_of(book.imprint, style)
    measure, numbers = form_page(page).measure, count(1)

    def blank(place: str, alias: str) -> str:
        return control(next(numbers), f"opinion:{place}", alias)

    return [
        paragraph(run(title_of(label)), "FormTitle"),
        paragraph(run(name_of(book.imprint, label)), "FormCell"),
        table_xml(_edges(measure, _field_widths()), _head(measure, blank), "FormTable"),
        paragraph("", "TableEnd"),
        *_notes(style, book.imprint.office),
        paragraph("", "TableEnd"),
        table_xml(_edges(measure, _shares()), _opinions(measure, blank), "FormTable"),
        paragraph(run(SIGNED), "FormSign"),
    ]


def _notes(style: DraftStyle, office: str) -> Iterator[str]:
    """Numbered one under the other, beside 填表说明."""
    left = f'w:left="{round(NOTE_EMS * role_of(style, "note").size * TWIPS)}"'
    hanging = f"{left} {left.replace('left', 'hanging')}"
    for place, words in enumerate(notes_of(style, office)):
        yield paragraph(run(words), "FormNote", ind=left if place else hanging)


def _shares() -> list[float]:
    return [share for _, share in COLUMNS]


def _field_widths() -> list[float]:
    return [width for share in FIELD_SHARES for width in (LABEL, share - LABEL)]


def _edges(measure: int, shares: Sequence[float]) -> list[int]:
    whole_ = sum(shares)
    return [round(measure * each / whole_) for each in accumulate(shares, initial=0.0)]


def _head(measure: int, blank: Blank) -> str:
    edges = _edges(measure, _field_widths())
    rows = [_fields(edges, *row, blank) for row in zip(FIELDS, ASKED, strict=True)]
    overall = [
        paragraph(run(ASPECTS), "FormNote"),
        paragraph(blank("0:overall", "总体评价"), "FormText"),
    ]
    verdict = paragraph(control(0, "opinion:0:verdict", "结论", run(VERDICTS)), "FormText")
    rows.append(_labelled(edges, "总体评价", "".join(overall), OVERALL_ROW))
    rows.append(_labelled(edges, "结　　论", verdict, FIELD_ROW))
    return "".join(rows)


def _fields(edges: Sequence[int], labels: Sequence[str], names: Sequence[str], blank: Blank) -> str:
    """A row of labels, each with a blank to its right."""
    contents: list[str] = []
    for label, name in zip(labels, names, strict=True):
        words = paragraph(run(label), "FormLabel")
        contents += [words, paragraph(blank(f"0:{name}", label.replace("　", "")), "FormText")]
    cells = (_cell(stop - start, each) for each, (start, stop) in _placed(contents, edges))
    return _row("".join(cells), FIELD_ROW)


def _placed(contents: Sequence[str], edges: Sequence[int]) -> Iterator[tuple[str, tuple[int, int]]]:
    return zip(contents, pairwise(edges), strict=True)


def _labelled(edges: Sequence[int], label: str, content: str, height: int) -> str:
    """A label, and what it is of across the other columns."""
    first = _cell(edges[1], paragraph(run(label), "FormLabel"))
    rest = _cell(edges[-1] - edges[1], content, across=len(edges) - 2, middle=height == FIELD_ROW)
    return _row(first + rest, height)


def _opinions(measure: int, blank: Blank) -> str:
    edges = _edges(measure, _shares())
    heads = [paragraph(run(name), "FormLabel") for name, _ in COLUMNS]
    cells = "".join(_cell(stop - start, each) for each, (start, stop) in _placed(heads, edges))
    rows = [_row(cells, HEAD_ROW, head=True)]
    rows += [_opinion(edges, number, blank) for number in range(1, ROWS + 1)]
    return "".join(rows)


def _opinion(edges: Sequence[int], number: int, blank: Blank) -> str:
    names = [name.replace("　", "") for name, _ in COLUMNS[1:]]
    contents = [paragraph(run(str(number)), "FormCell")]
    for field, name in zip(TOLD, names, strict=True):
        contents.append(paragraph(blank(f"{number}:{field}", f"第{number}条{name}"), "FormText"))
    cells = (_cell(stop - start, each) for each, (start, stop) in _placed(contents, edges))
    return _row("".join(cells), OPINION_ROW)


def _row(cells: str, height: int, *, head: bool = False) -> str:
    return row_xml(cells, head=head, height=twips(height))


def _cell(width: int, content: str, *, across: int = 1, middle: bool = True) -> str:
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    aligned = '<w:vAlign w:val="center"/>' if middle else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{aligned}</w:tcPr>{content}</w:tc>'
    )
