"""A `Book` as the typst source a careful author would write for the same style.

Same paper, margins, sizes and leading; cover, contents, running heads, folios, run-in
titles, tables with spans and repeated heads, figures, footnotes, links. Two inputs change
it: `simple` asks for first-fit lines, `lines` for every fifth line numbered in the margin.
Opinion form, index and coloured marks are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from PIL import Image

from editorial.model.book import Book, Imprint, Part, edition_name
from editorial.model.document import (
    Block,
    Break,
    Comment,
    Entry,
    Figure,
    Heading,
    Note,
    Paragraph,
    Run,
    Runs,
    Signature,
    Table,
)
from editorial.model.style import DraftStyle, TextRole

SONG, HEI = "Bench Song", "Bench Hei"
BLACK = ("hei", "xbs", "song_bold")
TALLEST = 0.55
# Only what markup would take for its own: every escape costs typst a node.
MARKUP = re.compile(
    r"""[\\#$*_`<>@\[\]~'"]|^[=+\-/]|^\d+\.|//|/\*|--|-(?=[?\d])|\.\.\.""", re.MULTILINE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What the runs of a part refer to: notes by label, labels of tables and figures by id."""

    notes: Mapping[str, Runs]
    labels: Mapping[str, str]


def escaped(text: str) -> str:
    return MARKUP.sub(lambda found: re.sub(r"[^\d]", r"\\\g<0>", found[0]), text)


def typst_source(book: Book, style: DraftStyle) -> str:
    return "\n\n".join((_preamble(book, style), *_front(book, style), *_parts(book, style)))


def _preamble(book: Book, style: DraftStyle) -> str:
    (width, height), margins = style.paper, style.margins
    body, cell, note = (style.roles[name] for name in ("body", "table_cell", "note"))
    gap = body.leading - body.size
    return f"""\
#set document(title: "{book.imprint.title}", author: "{book.imprint.office}")
#set text(font: ("{SONG}", "{HEI}"), size: {body.size}pt, lang: "zh", region: "cn",
  top-edge: 0.8em, bottom-edge: -0.2em)
#set par(justify: true, first-line-indent: (amount: {body.indent}em, all: true),
  leading: {gap}pt, spacing: {gap}pt,
  linebreaks: if "simple" in sys.inputs {{ "simple" }} else {{ auto }})
#set par.line(numbering-scope: "page", number-margin: start, numbering:
  if "lines" in sys.inputs {{ n => if calc.rem(n, 5) == 0 [#n] }} else {{ none }})
#set page(width: {width}mm, height: {height}mm,
  margin: (inside: {margins.inner}mm, outside: {margins.outer}mm,
    top: {margins.top}mm, bottom: {margins.bottom}mm),
  header: context {{
    set text(size: {style.roles["running_head"].size}pt)
    if calc.even(here().page()) [{escaped(_running(book.imprint))}] else {{
      let heads = query(selector(heading.where(level: 1)).before(here()))
      if heads.len() > 0 {{ align(right, heads.last().body) }}
    }}
  }},
  footer: context {{
    set text(size: {style.roles["folio"].size}pt)
    let side = if calc.even(here().page()) {{ left }} else {{ right }}
    align(side, counter(page).display("第1页　共1页", both: true))
  }})
{_heading(1, style.roles["chapter"], "pagebreak(weak: true); ")}
{_heading(2, style.roles["section"])}
{_heading(3, style.roles["section"])}
{_heading(4, style.roles["heading"])}
#let entry(title) = text(font: "{HEI}")[【#title】]
#let unit(it) = align(right, text(size: {cell.size}pt, it))
#set figure(numbering: none, supplement: none, outlined: false)
#show figure: set block(breakable: true)
#show figure.where(kind: table): set figure.caption(position: top)
#show figure.caption: set text(font: "{HEI}", size: {style.roles["table_title"].size}pt)
#set table(stroke: 0.5pt, align: center + horizon, inset: 3pt)
#show table: set text(size: {cell.size}pt)
#show table: set par(first-line-indent: 0pt, leading: {cell.leading - cell.size}pt, justify: false)
#show footnote.entry: set text(size: {note.size}pt)
#show footnote.entry: set par(leading: {note.leading - note.size}pt)"""


def _heading(level: int, role: TextRole, first: str = "") -> str:
    face = HEI if role.font in BLACK else SONG
    text = f'text(font: "{face}", size: {role.size}pt, weight: "regular", it.body)'
    shown = f"align({role.align}, {text})"
    block = f"block(above: {role.before}pt, below: {role.after}pt, width: 100%, {shown})"
    return f"#show heading.where(level: {level}): it => {{ {first}{block} }}"


def _running(imprint: Imprint) -> str:
    return "　".join((imprint.title, imprint.label, edition_name(imprint)))


def _front(book: Book, style: DraftStyle) -> Iterator[str]:
    imprint, cover = book.imprint, style.roles["cover_title"]
    lines = (imprint.notice, imprint.label, edition_name(imprint), imprint.office)
    yield f'#align(center + horizon, text(font: "{HEI}", size: {cover.size}pt)[{imprint.title}])'
    yield from (f"#align(center)[{escaped(line)}]" for line in lines if line)
    if book.editorial_notes:
        yield f"#heading(level: 1, outlined: false)[{book.notes_title}]"
        yield from map(escaped, book.editorial_notes)
    depth = max((part.level for part in book.parts), default=1)
    yield f"#pagebreak()\n#outline(title: [目　录], depth: {depth})"


def _parts(book: Book, style: DraftStyle) -> Iterator[str]:
    everywhere: dict[str, str] = {}
    for index, part in enumerate(book.parts):
        everywhere = {**_labels(part, index), **everywhere}
    for index, part in enumerate(book.parts):
        notes = {block.label: block.runs for block in part.blocks if isinstance(block, Note)}
        labels = {**everywhere, **_labels(part, index)} if part.blocks else everywhere
        yield f"{'=' * part.level} {escaped(part.title)}"
        for at, block in enumerate(part.blocks):
            number = book.numbers.get((part.id, at), "")
            place = Place(notes=notes, labels=labels)
            if text := _block(block, place, number, f"<b{index}-{at}>", part, style):
                yield text


def _labels(part: Part, index: int) -> dict[str, str]:
    return {
        block.id: f"<b{index}-{at}>"
        for at, block in enumerate(part.blocks)
        if isinstance(block, Table | Figure) and block.id
    }


def _block(
    block: Block, place: Place, number: str, label: str, part: Part, style: DraftStyle
) -> str:
    match block:
        case Heading(runs=runs):
            return f"==== {_inline(runs, place)}"
        case Entry(title=title, runs=runs):
            return f"#entry[{escaped(title)}];　{_inline(runs, place)}"
        case Paragraph(runs=runs):
            return _inline(runs, place)
        case Table():
            return _table(block, place, number, label)
        case Figure():
            return _figure(block, number, label, part, style)
        case Signature(text=text):
            return f"#align(right)[（{escaped(text)}）]"
        case Break():
            return "#v(1em)"
        case Note() | Comment():
            return ""


def _inline(runs: Runs, place: Place) -> str:
    return "".join(_run(run, place) for run in runs)


def _run(run: Run, place: Place) -> str:
    text = escaped(run.text)
    match run.kind:
        case "text":
            return text
        case "emphasis":
            return f'#text(font: "{HEI}")[{text}];'
        case "superscript":
            return f"#super[{text}];"
        case "subscript":
            return f"#sub[{text}];"
        case "note":
            return f"#footnote[{_inline(place.notes.get(run.target, ()), place)}];"
        case "link":
            return _link(run.target, text, place)


def _link(target: str, text: str, place: Place) -> str:
    if target.startswith("#"):
        label = place.labels.get(target[1:])
        return f"#link({label})[{text}];" if label else text
    return f'#link("{target}")[{text}];'


def _table(table: Table, place: Place, number: str, label: str) -> str:
    columns = max((len(row) for row in table.rows), default=1)
    head = _cells(table.rows[: table.header_rows], place)
    rows = _cells(table.rows[table.header_rows :], place)
    title = "　".join(part for part in (number, table.title) if part)
    unit = f"#unit[单位：{escaped(table.unit)}]\n" if table.unit else ""
    grid = f"#table(columns: (1fr,) * {columns}, table.header({head}),\n{rows})"
    return f"#figure(kind: table, caption: [{escaped(title)}])[{unit}{grid}] {label}"


def _cells(rows: tuple[tuple[object, ...], ...], place: Place) -> str:
    return ", ".join(_cell(cell, place) for row in rows for cell in row if cell)


def _cell(cell: object, place: Place) -> str:
    text = _inline(cell.runs, place)
    if (cell.across, cell.down) == (1, 1):
        return f"[{text}]"
    return f"table.cell(colspan: {cell.across}, rowspan: {cell.down})[{text}]"


def _figure(figure: Figure, number: str, label: str, part: Part, style: DraftStyle) -> str:
    caption = "　".join(text for text in (number, figure.title) if text)
    path = part.images.get(figure.src)
    if path is None:
        return f"#align(center)[【缺图】{escaped(caption)}]"
    margins = style.margins
    measure = style.paper[0] - margins.inner - margins.outer
    tallest = TALLEST * (style.paper[1] - margins.top - margins.bottom)
    with Image.open(path) as image:
        width = min(measure, tallest * image.width / image.height)
    credit = f"（{figure.credit}）" if figure.credit else ""
    picture = f'image("{path}", width: {width:.2f}mm, alt: "{figure.title}")'
    return f"#figure({picture}, caption: [{escaped(caption + credit)}]) {label}"
