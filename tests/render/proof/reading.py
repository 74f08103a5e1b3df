"""What a finished PDF has on its pages: glyphs with their boxes, strokes, links."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from tests.render.proof.fonts import Font, read_font
from tests.render.proof.tags import ARTIFACT, Block, Marks

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
UNIT: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(slots=True, kw_only=True)
class Run:
    """Upright glyphs shown by one operator: points from the lower left corner of the page.

    A glyph's box reaches from `lefts` to `rights`, its advance without any added space;
    `texts` has one string for each glyph, `y` is the baseline without the rise.
    """

    texts: list[str]
    codes: list[int]
    lefts: list[float]
    rights: list[float]
    y: float
    rise: float
    size: float
    font: Font
    block: Block | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A box of a page that leads to a page (from 1) of the same file, and how high there."""

    box: Box
    page: int
    y: float | None


@dataclass(slots=True, kw_only=True)
class Leaf:
    """One page. `strokes` are straight level or upright lines as boxes; `turned` is text set
    a quarter to the left, measured as if the page lay on its right side."""

    number: int
    label: str
    width: float
    height: float
    runs: list[Run] = field(default_factory=list)
    turned: list[Run] = field(default_factory=list)
    strokes: list[Box] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


@dataclass(slots=True)
class _Pen:
    """The graphics state while a content stream is read."""

    leaf: Leaf
    fonts: dict[tuple[int, int] | int, Font]
    marks: Marks
    resources: pikepdf.Object
    ctm: Matrix = UNIT
    text: Matrix = UNIT
    line: Matrix = UNIT
    font: Font | None = None
    size: float = 0
    apart: float = 0
    word: float = 0
    scale: float = 1
    leading: float = 0
    rise: float = 0
    kept: list[tuple[Any, ...]] = field(default_factory=list)
    blocks: list[Block | None] = field(default_factory=lambda: [None])
    path: list[Box] = field(default_factory=list)
    at: tuple[float, float] = (0, 0)


def read_leaves(pdf: pikepdf.Pdf, marks: Marks) -> Iterator[Leaf]:
    """The pages of a file in order."""
    fonts: dict[tuple[int, int] | int, Font] = {}
    numbers = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
    names = named(pdf)
    for number, page in enumerate(pdf.pages, 1):
        left, lower, right, upper = map(float, page.mediabox)
        leaf = Leaf(number=number, label=page.label, width=right - left, height=upper - lower)
        leaf.links = list(_links(page, names, numbers))
        pen = _Pen(leaf, fonts, marks, page.obj.get("/Resources", pikepdf.Dictionary()))
        pen.ctm = (1, 0, 0, 1, -left, -lower)
        _run(pen, page)
        yield leaf


def _run(pen: _Pen, stream: pikepdf.Page | pikepdf.Object) -> None:
    for instruction in pikepdf.parse_content_stream(stream):
        act = ACTS.get(str(instruction.operator))
        if act:
            act(pen, instruction.operands)


# Graphics state


def times(m: Matrix, n: Matrix) -> Matrix:
    """First m, then n."""
    a, b, c, d, e, f = m
    p, q, r, s, t, u = n
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s,
            e * p + f * r + t, e * q + f * s + u)  # fmt: skip


KEPT = ("ctm", "font", "size", "apart", "word", "scale", "leading", "rise")


def _save(pen: _Pen, _: Any) -> None:
    pen.kept.append(tuple(getattr(pen, name) for name in KEPT))


def _restore(pen: _Pen, _: Any) -> None:
    if pen.kept:
        for name, value in zip(KEPT, pen.kept.pop(), strict=True):
            setattr(pen, name, value)


def _concat(pen: _Pen, operands: Any) -> None:
    pen.ctm = times(_matrix(operands), pen.ctm)


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = map(float, operands)
    return a, b, c, d, e, f


def _do(pen: _Pen, operands: Any) -> None:
    """A form is drawn where it is called, with fonts of its own."""
    found = pen.resources.get("/XObject", {}).get(str(operands[0]))
    if found is None or found.get("/Subtype") != "/Form":
        return
    resources = pen.resources
    _save(pen, None)
    pen.ctm = times(_matrix(found.get("/Matrix", UNIT)), pen.ctm)
    pen.resources = found.get("/Resources", resources)
    _run(pen, found)
    pen.resources = resources
    _restore(pen, None)


# Marked content


def _marked(pen: _Pen, operands: Any) -> None:
    if str(operands[0]) == "/Artifact":
        pen.blocks.append(ARTIFACT)
        return
    known = operands[1] if len(operands) > 1 else None
    if isinstance(known, pikepdf.Name):
        known = pen.resources.get("/Properties", {}).get(str(known))
    block = pen.blocks[-1]
    if known is not None and "/MCID" in known:
        block = pen.marks.get((pen.leaf.number, int(known.MCID)), block)
    pen.blocks.append(block)


def _unmarked(pen: _Pen, _: Any) -> None:
    if len(pen.blocks) > 1:
        pen.blocks.pop()


# Text


def _begin(pen: _Pen, _: Any) -> None:
    pen.text = pen.line = UNIT


def _font(pen: _Pen, operands: Any) -> None:
    raw = pen.resources.Font[str(operands[0])]
    key = raw.objgen if raw.is_indirect else id(raw)
    if key not in pen.fonts:
        pen.fonts[key] = read_font(raw)
    pen.font, pen.size = pen.fonts[key], float(operands[1])


def _move(pen: _Pen, operands: Any) -> None:
    a, b, c, d, e, f = pen.line
    x, y = float(operands[0]), float(operands[1])
    pen.text = pen.line = (a, b, c, d, x * a + y * c + e, x * b + y * d + f)


def _move_leading(pen: _Pen, operands: Any) -> None:
    pen.leading = -float(operands[1])
    _move(pen, operands)


def _next_line(pen: _Pen, _: Any) -> None:
    _move(pen, (0, -pen.leading))


def _place(pen: _Pen, operands: Any) -> None:
    pen.text = pen.line = _matrix(operands)


def _number(name: str) -> Callable[[_Pen, Any], None]:
    def act(pen: _Pen, operands: Any) -> None:
        setattr(pen, name, float(operands[0]))

    return act


def _stretch(pen: _Pen, operands: Any) -> None:
    pen.scale = float(operands[0]) / 100


def _show(pen: _Pen, operands: Any) -> None:
    _shown(pen, [operands[0]])


def _show_all(pen: _Pen, operands: Any) -> None:
    _shown(pen, operands[0])


def _show_next(pen: _Pen, operands: Any) -> None:
    _next_line(pen, None)
    _shown(pen, [operands[-1]])


def _shown(pen: _Pen, parts: Any) -> None:
    """Glyph boxes of one TJ; text at an angle (a watermark) is passed over."""
    font, page = pen.font, pen.leaf
    a, b, c, d, x, y = times(pen.text, pen.ctm)
    if font is None:
        return
    if abs(b) < 1e-6 and a > 0 and d > 0:
        runs = page.runs
    elif abs(a) < 1e-6 and b > 0 and c < 0:
        runs, x, y, a, d = page.turned, y, page.width - x, b, -c
    else:
        runs = []
    run = Run(texts=[], codes=[], lefts=[], rights=[], y=y, rise=pen.rise * d,
              size=round(pen.size * d, 3), font=font, block=pen.blocks[-1])  # fmt: skip
    moved = _fill_run(pen, run, parts, x, a * pen.scale) * pen.scale
    m, n, o, p, e, f = pen.text
    pen.text = (m, n, o, p, e + moved * m, f + moved * n)
    if run.texts:
        runs.append(run)


def _fill_run(pen: _Pen, run: Run, parts: Any, x0: float, across: float) -> float:
    """The distance gone, in units of text space before scaling."""
    size, apart, wide = pen.size, pen.apart, run.font.bytes_each == 2
    glyphs, x = run.font.glyphs, 0.0
    for part in parts:
        if not isinstance(part, pikepdf.String):
            x -= float(part) / 1000 * size
            continue
        shown = bytes(part)
        codes = [p << 8 | q for p, q in zip(shown[::2], shown[1::2], strict=False)]
        for code in codes if wide else shown:
            text, width = glyphs[code]
            run.texts.append(text)
            run.codes.append(code)
            run.lefts.append(x0 + x * across)
            x += width * size
            run.rights.append(x0 + x * across)
            x += apart if wide or code != 32 else apart + pen.word
    return x


# Paths: only straight lines along the edges of the page are wanted


def _point(pen: _Pen, x: Any, y: Any) -> tuple[float, float]:
    a, b, c, d, e, f = pen.ctm
    x, y = float(x), float(y)
    return a * x + c * y + e, b * x + d * y + f


def _start(pen: _Pen, operands: Any) -> None:
    pen.at = _point(pen, *operands)


def _line_to(pen: _Pen, operands: Any) -> None:
    x0, y0 = pen.at
    pen.at = x1, y1 = _point(pen, *operands)
    if abs(x1 - x0) < 0.5 or abs(y1 - y0) < 0.5:
        pen.path.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))


def _rectangle(pen: _Pen, operands: Any) -> None:
    x, y, width, height = map(float, operands)
    x0, y0 = _point(pen, x, y)
    x1, y1 = _point(pen, x + width, y + height)
    x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    if x1 - x0 < 1.5 or y1 - y0 < 1.5:
        pen.path.append((x0, y0, x1, y1))
    else:
        pen.path += [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]


def _stroke(pen: _Pen, _: Any) -> None:
    pen.leaf.strokes += pen.path
    pen.path = []


def _fill(pen: _Pen, _: Any) -> None:
    """A filled sliver is a line; a filled area has none."""
    pen.leaf.strokes += [b for b in pen.path if b[2] - b[0] < 1.5 or b[3] - b[1] < 1.5]
    pen.path = []


def _drop(pen: _Pen, _: Any) -> None:
    pen.path = []


ACTS: dict[str, Callable[[_Pen, Any], None]] = {
    "q": _save, "Q": _restore, "cm": _concat, "Do": _do,
    "BDC": _marked, "BMC": _marked, "EMC": _unmarked,
    "BT": _begin, "Tf": _font, "Td": _move, "TD": _move_leading, "T*": _next_line, "Tm": _place,
    "Tc": _number("apart"), "Tw": _number("word"), "Tz": _stretch, "TL": _number("leading"),
    "Ts": _number("rise"), "Tj": _show, "TJ": _show_all, "'": _show_next, '"': _show_next,
    "m": _start, "l": _line_to, "re": _rectangle, "n": _drop,
    **dict.fromkeys(("S", "s", "B", "B*", "b", "b*"), _stroke),
    **dict.fromkeys(("f", "F", "f*"), _fill),
}  # fmt: skip


def turned(leaf: Leaf) -> Leaf:
    """The page lying on its right side, with the text that is then upright."""
    strokes = [(y0, leaf.width - x1, y1, leaf.width - x0) for x0, y0, x1, y1 in leaf.strokes]
    return Leaf(number=leaf.number, label=leaf.label, width=leaf.height, height=leaf.width,
                runs=leaf.turned, strokes=strokes)  # fmt: skip


# Links


def named(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    """Destinations by name, old style and new."""
    found = {str(name)[1:]: dest for name, dest in pdf.Root.get("/Dests", {}).items()}
    tree = pdf.Root.get("/Names", {}).get("/Dests")
    if tree is not None:
        found |= dict(pikepdf.NameTree(tree).items())
    return found


def target(
    dest: Any, names: dict[str, pikepdf.Object], numbers: dict[tuple[int, int], int]
) -> tuple[int, float | None] | None:
    """Page and height a destination shows; None if it is not of this file."""
    if isinstance(dest, pikepdf.Name | pikepdf.String):
        dest = names.get(str(dest).removeprefix("/"))
    if isinstance(dest, pikepdf.Dictionary):
        dest = dest.get("/D")
    if not isinstance(dest, pikepdf.Array) or dest[0].objgen not in numbers:
        return None
    how = str(dest[1]) if len(dest) > 1 else ""
    spot = {"/XYZ": 3, "/FitH": 2, "/FitBH": 2}.get(how, 99)
    y = dest[spot] if len(dest) > spot else None
    return numbers[dest[0].objgen], None if y is None else float(y)


def _links(
    page: pikepdf.Page,
    names: dict[str, pikepdf.Object],
    numbers: dict[tuple[int, int], int],
) -> Iterator[Link]:
    for note in page.obj.get("/Annots", []):
        if note.get("/Subtype") != "/Link":
            continue
        action = note.get("/A", {})
        dest = note.get("/Dest", action.get("/D") if action.get("/S") == "/GoTo" else None)
        led = target(dest, names, numbers)
        if led:
            x0, y0, x1, y1 = map(float, note.Rect)
            yield Link(box=(x0, y0, x1, y1), page=led[0], y=led[1])
