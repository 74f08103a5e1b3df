"""Papers of an office as a Word file, every one a section with its own paper and page numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from editorial.model.office_paper import Block, Box, Form, Grid, Line, Look, OfficePaper, Words
from editorial.model.style import FontConfig, TextRole
from editorial.render.docx.looks import BASIC, LANGUAGE, WordStyle, run_look
from editorial.render.docx.package import FilePart, Properties, Relations, word_part
from editorial.render.docx.plain import exact_look, plain_docx, ruled
from editorial.render.docx.tables import row_xml, table_xml
from editorial.render.docx.wordml import (
    NAMESPACES,
    ON,
    TWIPS,
    field,
    paragraph,
    ppr,
    properties,
    run,
    tab,
    twips,
    val,
)
from editorial.render.office_paper import (
    BANNER,
    BOTTOM,
    CELL,
    FOLIO,
    FOOT,
    HEAD,
    LABEL,
    LOOKS,
    PAD,
    TINT,
    TITLE,
    TOP,
    UNDER,
    VALUE,
    WHOLE,
    bundles,
    edges_of,
    shared_in,
    side_of,
    size_of,
    width_of,
)
from editorial.render.titles import spaced_width

ROLES: tuple[tuple[str, str, TextRole], ...] = (
    ("Normal", "Normal", CELL),
    ("Title", "标题", TITLE),
    ("Under", "题下", UNDER),
    ("Foot", "页脚", FOOT),
    ("CellHead", "表头", HEAD),
    ("Banner", "栏目", BANNER),
    ("Label", "项目", LABEL),
    ("Value", "填写", VALUE),
)
NAMES: dict[Look, tuple[str, str]] = {
    "count": ("Count", "总计"),
    "lead": ("Lead", "小标题"),
    "head": ("Part", "一级标题"),
    "text": ("Text", "正文文字"),
    "note": ("Note", "注"),
    "letter": ("Letter", "信函正文"),
    "addressee": ("Addressee", "称呼"),
    "signature": ("Signature", "落款"),
    "gap": ("Gap", "空行"),
}
KEPT = ("Title", "Under", "Lead", "Part", "Count")
TINTED = f'w:val="clear" w:color="auto" w:fill="{TINT}"'
THIN = 'w:before="0" w:after="0" w:line="20" w:lineRule="exact"'


def office_docx(papers: Sequence[OfficePaper], fonts: FontConfig, day: date, author: str) -> bytes:
    """A .docx of all papers, one after the other; the same papers, the same bytes."""
    relations = Relations()
    feet: dict[tuple[str, bool], FilePart] = {}
    heads: dict[str, FilePart] = {}
    blocks: list[str] = []
    for place, paper in enumerate(papers):
        section = _section(paper, _references(paper, len(papers) > 1, relations, feet, heads))
        blocks += _paper(paper)
        last = place == len(papers) - 1
        blocks.append(section if last else f"<w:p>{ppr(spacing=THIN, sectPr=section)}</w:p>")
    title = "、".join(dict.fromkeys(paper.title for paper in papers))
    return plain_docx(
        "".join(blocks),
        _styles(fonts),
        run_look(fonts, CELL, lang=LANGUAGE),
        fonts,
        Properties(title=title, author=author, day=day),
        relations=relations,
        outside=(*feet.values(), *heads.values()),
    )


# The sheet


def _references(
    paper: OfficePaper,
    several: bool,
    relations: Relations,
    feet: dict[tuple[str, bool], FilePart],
    heads: dict[str, FilePart],
) -> str:
    """Header and footer of a section; papers with the same words share them."""
    key = (paper.foot, paper.wide)
    if key not in feet:
        name = f"footer{len(feet) + 1}"
        feet[key] = word_part(name, "footer", _foot(paper, several=several))
    if paper.mark not in heads:
        words = paragraph(run(paper.mark), "Foot", jc=val("right"))
        name = f"header{len(heads) + 1}"
        heads[paper.mark] = word_part(name, "header", f"<w:hdr {NAMESPACES}>{words}</w:hdr>")
    return "".join(
        f'<w:{kind}Reference w:type="{use}" r:id="{relations.add(kind, _target(part))}"/>'
        for kind, part in (("header", heads[paper.mark]), ("footer", feet[key]))
        for use in ("default", "even")
    )


def _target(part: FilePart) -> str:
    return part.name.removeprefix("word/")


def _foot(paper: OfficePaper, *, several: bool) -> str:
    """How many pages a section has not every program can tell; how many the file has, each can."""
    whole = "" if several else run("　共") + field("NUMPAGES", "1") + run("页")
    words = run(paper.foot) + tab() + run("第") + field("PAGE", "1") + run("页") + whole
    end = f'<w:tabs><w:tab w:val="right" w:pos="{twips(width_of(paper))}"/></w:tabs>'
    return f"<w:ftr {NAMESPACES}>{paragraph(words, 'Foot', tabs=end)}</w:ftr>"


def _section(paper: OfficePaper, references: str) -> str:
    (width, height), side = map(twips, size_of(paper)), twips(side_of(paper))
    turned = ' w:orient="landscape"' if paper.wide else ""
    margins = f'w:top="{twips(TOP)}" w:right="{side}" w:bottom="{twips(BOTTOM)}" w:left="{side}"'
    apart = f'w:header="{twips(TOP - 8)}" w:footer="{twips(FOLIO)}" w:gutter="0"'
    return properties(
        "sectPr",
        ("headerReference", references),
        ("type", val("nextPage")),
        ("pgSz", f'w:w="{width}" w:h="{height}"{turned}'),
        ("pgMar", f"{margins} {apart}"),
        ("pgNumType", 'w:start="1"'),
        ("cols", 'w:space="425"'),
    )


# What stands on it


def _paper(paper: OfficePaper) -> Iterator[str]:
    yield paragraph(run(paper.title), "Title")
    if any(paper.under):
        left, right = paper.under
        end = f'<w:tabs><w:tab w:val="right" w:pos="{twips(width_of(paper))}"/></w:tabs>'
        yield paragraph(run(left) + tab() + run(right), "Under", tabs=end)
    before: Block | None = None
    for block in paper.blocks:
        if before is not None and not isinstance(before, Words) and not isinstance(block, Words):
            yield paragraph("", spacing=THIN)  # or Word makes one table of both
        yield from _block(block, twips(width_of(paper)), twips(size_of(paper)[1] - TOP - BOTTOM))
        before = block
    if before is not None and not isinstance(before, Words):
        yield paragraph("", spacing=THIN)


def _block(block: Block, width: int, page: int) -> Iterator[str]:
    match block:
        case Words():
            yield paragraph(run(block.text), NAMES[block.look][0])
        case Form():
            yield _form(block, width)
        case Grid():
            yield _grid(block, width, page)


def _form(form: Form, width: int) -> str:
    """Rows of different boxes stand on one grid, their cells reaching over its columns."""
    own = [[round(edge) for edge in edges_of([b.share for b in r.boxes], width)] for r in form.rows]
    edges = sorted({edge for each in own for edge in each})
    last = len(own) - 1
    rows = "".join(
        row_xml(
            "".join(_boxes(row.boxes, mine, edges, kept=place < last)),
            head=False,
            height=twips(row.height),
        )
        for place, (row, mine) in enumerate(zip(form.rows, own, strict=True))
    )
    return table_xml(edges, rows, "Lined", twips(PAD))


def _boxes(
    boxes: Sequence[Box], own: Sequence[int], edges: Sequence[int], *, kept: bool
) -> Iterator[str]:
    for box, (start, stop) in zip(boxes, pairwise(own), strict=True):
        across = edges.index(stop) - edges.index(start)
        style = "Label" if box.label else "Value"
        yield _cell(box.text, stop - start, style, across=across, tint=box.label, kept=kept)


def _grid(grid: Grid, width: int, page: int) -> str:
    edges = [round(edge) for edge in edges_of([column.share for column in grid.columns], width)]
    titles = [column.title for column in grid.columns]
    head = "".join(
        _cell(title, stop - start, "CellHead", tint=True)
        for title, (start, stop) in zip(titles, pairwise(edges), strict=True)
    )
    rows = [row_xml(head, head=True)]
    for bundle in bundles(grid.lines):
        rows += _bundle(grid, bundle, edges, page)
    return table_xml(edges, "".join(rows), "Lined", twips(PAD))


def _bundle(grid: Grid, bundle: Sequence[Line], edges: Sequence[int], page: int) -> Iterator[str]:
    high = [0.0 if line.banner else _tall(line, edges) for line in bundle]
    tall = [each > WHOLE * page for each in high]
    fits = sum(high) <= page  # what goes on over pages says on each of them what it is about
    shared = shared_in(bundle, grid.shared) if fits else ()
    first = True
    for place, line in enumerate(bundle):
        # kept with the next row, unless one of the two is broken: nothing would fit the page
        last = place == len(bundle) - 1
        kept = not (last or tall[place] or tall[place + 1]) and (fits or line.banner)
        if line.banner:
            cell = _cell(
                line.cells[0], edges[-1], "Banner", across=len(edges) - 1, tint=True, kept=kept
            )
            yield row_xml(cell, head=False)
            continue
        merge = dict.fromkeys(shared, "restart" if first else "continue")
        cells = _cells(grid, line, edges, merge, kept=kept)
        least = twips(line.height)
        yield row_xml("".join(cells), head=False, breaks=tall[place], height=least)
        first = False


def _cells(
    grid: Grid, line: Line, edges: Sequence[int], merge: Mapping[int, str], *, kept: bool
) -> Iterator[str]:
    for place, (text, (start, stop)) in enumerate(zip(line.cells, pairwise(edges), strict=True)):
        shared = merge.get(place, "")
        words = "" if shared == "continue" else text
        side = grid.columns[place].side
        yield _cell(words, stop - start, "", side=side, merge=shared, kept=kept)


def _tall(line: Line, edges: Sequence[int]) -> float:
    """Twips the row will take, near enough to know whether it may be broken."""
    em = CELL.size * TWIPS
    lines = (
        spaced_width(text) * em / max(stop - start - 2 * twips(PAD), em) + 1
        for text, (start, stop) in zip(line.cells, pairwise(edges), strict=True)
    )
    return max(lines) * CELL.leading * TWIPS


def _cell(
    text: str,
    length: int,
    style: str,
    *,
    across: int = 1,
    side: str = "",
    merge: str = "",
    tint: bool = False,
    kept: bool = False,
) -> str:
    look = properties(
        "tcPr",
        ("tcW", f'w:w="{length}" w:type="dxa"'),
        *([("gridSpan", val(across))] if across > 1 else []),
        *([("vMerge", val(merge))] if merge else []),
        *([("shd", TINTED)] if tint else []),
        ("vAlign", val("center")),
    )
    more = {"jc": val(side)} if side else {}
    more |= {"keepNext": ON} if kept else {}
    return f"<w:tc>{look}{paragraph(run(text), style, **more)}</w:tc>"


# Styles


def _styles(fonts: FontConfig) -> tuple[WordStyle, ...]:
    named = (*ROLES, *((id_, name, LOOKS[look]) for look, (id_, name) in NAMES.items()))
    roles = (
        WordStyle(id=style_id, name=name, look=_look(style_id, role, fonts))
        for style_id, name, role in named
    )
    return (*BASIC, *roles, ruled("Lined", "表格线", [twips(PAD)] * 4))


def _look(style_id: str, role: TextRole, fonts: FontConfig) -> str:
    more = {"keepNext": ON} if style_id in KEPT else {}
    more |= {"outlineLvl": val(0)} if style_id == "Title" else {}
    return exact_look(role, fonts, before=role.before, after=role.after, **more)
