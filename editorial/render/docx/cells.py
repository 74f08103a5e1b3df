"""The cells of a table in Word: how each is aligned, ruled, merged and told apart in a 花脸稿."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import groupby, pairwise
from typing import Literal, NamedTuple

from editorial.model.document import Runs, Table, plain
from editorial.render.cell_looks import JUSTIFIED_EMS, cell_role, is_centred, left_columns
from editorial.render.docx.galley import Scope
from editorial.render.docx.inline import set_runs, set_stretches
from editorial.render.docx.sides import cell_stretches, row_change
from editorial.render.docx.tracked import mark, sign
from editorial.render.docx.wordml import ON, TWIPS, paragraph, val
from editorial.render.grid import (
    Box,
    Cells,
    Place,
    filled,
    inset,
    kind_of,
    raised,
    signed,
)
from editorial.render.widths import Fit, Measured
from editorial.values import dataclass

FIGURE_EM, LATIN_EM, GAP_EM = 0.56, 0.56, 0.25  # some faces have figures wider than half an em
NOTE_EM, SLACK = 0.6, 0.08  # a cell just wide enough is too narrow for some programs
DIGIT_EM, POINT = 0.5, 0.5  # of the usual faces; the point in figures
MIXED = re.compile(r"[ -~](?=[^ -~])|[^ -~](?=[!-~])")
WIDE_SIGN = frozenset("%％＊※△▲＃①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
TAIL = re.compile(r"(?:[.．]\d*)?[^\d]*$")  # of a figure: its point and what follows

HEAVY, THIN = 8, 4  # eighths of a point
NO_RULE = "".join(f'<w:{side} w:val="nil"/>' for side in ("top", "left"))
UNDER_HEAD = (
    f'<w:tcBorders><w:bottom w:val="single" w:sz="{THIN}" w:space="0" w:color="auto"/>'
    "</w:tcBorders>"
)
MERGE = {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}


class Text(NamedTuple):
    """The text of a cell and its ems on one line, as near as can be told without a face."""

    text: str
    ems: float

    def length(self, size: float, upto: int | None = None) -> float:
        if upto is None:
            return self.ems * size
        return _ems(self.text[:upto]) * size


class Set(NamedTuple):
    """A cell as Word sees it: one that reaches down goes on in every row it covers."""

    box: Box[Text]
    upright: Literal["", "restart", "continue"] = ""


def texts_of(table: Table, *, remarks: bool) -> Cells[Text]:
    """Every cell with its text; `remarks`: the notes typed as last rows are taken out."""
    return filled(table, _box, remarks=remarks)


def _box(place: Place) -> Box[Text]:
    row, column, across, down, runs = place
    text = runs[0].text if len(runs) == 1 and runs[0].kind == "text" else plain(runs)
    text = text.strip()
    kind = kind_of(runs, text)
    marks = sum(run.kind == "note" for run in runs) if len(runs) > 1 else 0
    ems = FIGURE_EM * _signs(text) if kind == "number" else _ems(text)
    copy = Text(text, ems + marks * NOTE_EM + SLACK) if text else None
    return Box(row, column, across, down, signed(runs, kind), kind if copy else "", copy)


def _signs(figure: str) -> int:
    """How many figures as wide as all of it."""
    return sum(2 if sign in WIDE_SIGN else 1 for sign in figure)


def _ems(text: str) -> float:
    """Of Latin letters half an em and a little more, and a gap beside Chinese."""
    if text.isascii():
        return LATIN_EM * len(text)
    wide = (len(text.encode("utf-8", "surrogatepass")) - len(text)) / 2
    if wide >= len(text):
        return float(len(text))
    latin = len(text) - wide
    return wide + LATIN_EM * latin + GAP_EM * len(MIXED.findall(text))


def row_cells(table: Measured[Text]) -> Iterator[list[Set]]:
    """What stands in each row."""
    cells = table.cells
    if not cells.owners:
        for _, boxes in groupby(cells.boxes, key=lambda box: box.row):
            yield [Set(box) for box in boxes]
        return
    for row, owners in enumerate(cells.owners):
        found = (cells.boxes[owner] for owner, _ in groupby(owners))
        yield [Set(box, _upright(box, row)) for box in found]


def _upright(box: Box[Text], row: int) -> Literal["", "restart", "continue"]:
    if box.row != row:
        return "continue"
    return "restart" if box.down > 1 else ""


# Looks


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """Of one table: edges in twips, styles of its type size, and how each column is aligned.
    `figures`: of columns of them, by the signs after the point; `kept`: the row stays with the
    next."""

    edges: Sequence[int]
    size: float
    header: int
    head: str
    text: str
    columns: Sequence[dict[str, str]]
    figures: dict[int, dict[int, dict[str, str]]] = field(default_factory=dict)
    kept: bool = True
    plain: bool = False

    def cell(self, scope: Scope, each: Set, row: int) -> str:
        box = each.box
        look = self._frame(each, head=row < self.header)
        if each.upright == "continue":
            content = paragraph("", self.text, **self._end(scope, row))
        elif row < self.header:
            words = _words(scope, row, box)
            content = paragraph(words, self.head, **self._end(scope, row))
        else:
            words = _words(scope, row, box)
            aligned = self._aligned(box)
            content = paragraph(words, self.text, **aligned, **self._end(scope, row))
        return f"<w:tc>{look}{content}</w:tc>"

    def _frame(self, each: Set, *, head: bool) -> str:
        first, across = each.box.column, each.box.across
        span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
        upright = "" if self.plain else '<w:vAlign w:val="center"/>'
        return (
            f'<w:tcPr><w:tcW w:w="{self.edges[first + across] - self.edges[first]}" w:type="dxa"/>'
            f"{span}{MERGE[each.upright]}{UNDER_HEAD if head and not self.plain else ''}"
            f"{upright}</w:tcPr>"
        )

    def _aligned(self, box: Box[Text]) -> dict[str, str]:
        if box.across > 1 or is_centred(box):
            return {}
        if box.kind == "number" and box.copy and box.column in self.figures:
            return self.figures[box.column][_parted(box.runs, box.copy.text)[1]]
        if box.indent:
            return self.columns[box.column] | {"ind": hung(box.indent, box.indent, self.size)}
        return self.columns[box.column]

    def _end(self, scope: Scope, row: int) -> dict[str, str]:
        kept = {"keepNext": ON} if self.kept else {}
        if scope.change is None:
            return kept
        return kept | mark(scope.galley.revisions, row_change(scope.change, row))


def hung(ems: float, label: float, size: float) -> str:
    """Lines below the first begin so many ems from the edge, the first as many less as the
    blanks or the `label` before its first word take."""
    left, out = (f"{round(each * 100)}" for each in (ems, label))
    edge, hanging = (round(each * size * TWIPS) for each in (ems, label))
    return f'w:leftChars="{left}" w:left="{edge}" w:hangingChars="{out}" w:hanging="{hanging}"'


def _words(scope: Scope, row: int, box: Box[Text]) -> str:
    """The blanks typed before them, as many as set them in; in a 花脸稿 all."""
    if scope.change is None:
        return set_runs(scope, inset(box))
    return set_stretches(scope, cell_stretches(scope.change, row, box.column, box.runs))


def row_sign(scope: Scope, row: int) -> str:
    """What says that a row was put in or taken out, for its properties."""
    revisions = scope.galley.revisions
    change = row_change(scope.change, row) if scope.change else None
    return sign(revisions, change) if revisions and change else ""


def looks_of(scope: Scope, table: Measured[Text], found: Fit, edges: Sequence[int]) -> Looks:
    plain = table.cells.plain
    wished = cell_role(scope.galley.style, plain=plain).size
    head, text = cell_styles(found.size, wished, plain=plain)
    lefts = left_columns(table.cells, table.lengths, table.numbers)
    rooms = [(stop - start) / TWIPS - 2 * found.pad for start, stop in pairwise(edges)]
    return Looks(
        edges=edges,
        size=found.size,
        header=table.cells.header,
        head=head,
        text=text,
        plain=plain,
        columns=[
            _left(room / found.size) if column in lefts else {} for column, room in enumerate(rooms)
        ],
        figures=_figures(table, found.size, rooms),
    )


def cell_styles(size: float, wished: float, *, plain: bool = False) -> tuple[str, str]:
    """Ids of the styles of head and text at a type size."""
    tail = "" if size == wished else f"{round(size * 10)}"
    if plain:
        return f"TablePlain{tail}", f"TablePlain{tail}"
    return f"TableHead{tail}", f"TableText{tail}"


def _left(ems: float) -> dict[str, str]:
    return {"jc": val("both" if ems >= JUSTIFIED_EMS else "left")}


def _figures(
    table: Measured[Text], size: float, rooms: Sequence[float]
) -> dict[int, dict[int, dict[str, str]]]:
    """Point under point, in the middle of the column: set at right with room beside each. A
    tab at the point would do it too, but LibreOffice has none in a table."""
    parts: dict[int, set[tuple[int, int]]] = {}
    for box in table.cells.boxes:
        alone = box.across == 1 and box.row >= table.cells.header
        if box.kind == "number" and box.copy and alone and box.column in table.numbers:
            parts.setdefault(box.column, set()).add(_parted(box.runs, box.copy.text))
    return {column: _beside(found, size, rooms[column]) for column, found in parts.items()}


def _parted(runs: Runs, text: str) -> tuple[int, int]:
    """Signs before the point, and from it on with the marks of notes."""
    bare = text[: len(text) - raised(runs)]
    tail = TAIL.search(bare)
    whole = tail.start() if tail else len(bare)
    notes = sum(run.kind == "note" for run in runs)
    return whole, _signs(bare[whole:]) + len(text) - len(bare) + notes


def _beside(parts: set[tuple[int, int]], size: float, room: float) -> dict[int, dict[str, str]]:
    """By the signs after the point: a point is half as wide as a figure."""
    widths = {after: (after - POINT * (after > 0)) * DIGIT_EM * size for _, after in parts}
    before = max(whole for whole, _ in parts) * DIGIT_EM * size
    most = max(widths.values())
    spare = max(0.0, (room - before - most) / 2)
    looks: dict[int, dict[str, str]] = {}
    for after, width in widths.items():
        whole = max(each for each, tail in parts if tail == after) * DIGIT_EM * size
        right = max(0.0, min(spare + most - width, room - whole - width))
        looks[after] = {"jc": val("right"), "ind": f'w:right="{round(right * TWIPS)}"'}
    return looks


def band(content: str, edges: Sequence[int]) -> str:
    """A cell over all columns without rules at its sides, heavily ruled below."""
    span = f'<w:gridSpan w:val="{len(edges) - 1}"/>' if len(edges) > 2 else ""
    borders = (
        f'<w:tcBorders>{NO_RULE}<w:bottom w:val="single" w:sz="{HEAVY}" w:space="0"'
        ' w:color="auto"/><w:right w:val="nil"/></w:tcBorders>'
    )
    sides = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("left", "right"))
    look = (
        f'<w:tcPr><w:tcW w:w="{edges[-1]}" w:type="dxa"/>{span}{borders}'
        f"<w:tcMar>{sides}</w:tcMar></w:tcPr>"
    )
    return f"<w:tc>{look}{content}</w:tc>"
