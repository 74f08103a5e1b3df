"""Paper, type area and columns of a draft, in points."""

from __future__ import annotations

from math import floor

from editorial.errors import EditorialError
from editorial.model.style import DraftStyle
from editorial.render.pdf.canvas import MM
from editorial.values import dataclass

HAIR = 0.01
LEAST = 10
ASIDE_GAP, ASIDE_EDGE = 5 * MM, 7 * MM


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Columns of text side by side: their left edges, and the width of each."""

    lefts: tuple[float, ...]
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Paper and type area in points; `depth` is a whole number of body lines, `columns`
    those of running text."""

    width: float
    height: float
    measure: float
    depth: float
    top: float
    inner: float
    line: float
    columns: Columns

    @property
    def whole(self) -> Columns:
        """The type area as one column."""
        return Columns(lefts=(0.0,), width=self.measure)


def frame_of(style: DraftStyle) -> Frame:
    """Columns of whole ems, type area of whole lines; what is left over goes to the inner
    margin."""
    body, margins = style.roles["body"], style.margins
    width, height = (length * MM for length in style.paper[:2])
    gap = style.column_gap * MM
    across = width - (margins.inner + margins.outer) * MM - (style.columns - 1) * gap
    fall = height - (margins.top + margins.bottom) * MM
    ems = floor(across / style.columns / body.size + HAIR)
    lines = floor(fall / body.leading + HAIR)
    if min(ems, lines) < LEAST:
        raise EditorialError(
            "稿样样式的页边距过大，版心放不下文字",
            hint=f"请检查样式 {style.id or style.title} 的 paper 与 margins",
        )
    column = ems * body.size
    measure = style.columns * (column + gap) - gap
    return Frame(
        width=width,
        height=height,
        measure=measure,
        depth=lines * body.leading,
        top=margins.top * MM,
        inner=width - margins.outer * MM - measure,
        line=body.leading,
        columns=columns_of(measure, style.columns, gap),
    )


def columns_of(measure: float, count: int, gap: float) -> Columns:
    """`count` equal columns in `measure` points."""
    width = (measure + gap) / count - gap
    return Columns(lefts=tuple(number * (width + gap) for number in range(count)), width=width)


def left_edge(frame: Frame, number: int) -> float:
    """x of the type area on page `number`: the binding side is left on odd pages."""
    return frame.inner if number % 2 else frame.width - frame.inner - frame.measure


def margin_width(frame: Frame) -> float:
    """Points of the outer margin that notes beside the text may use."""
    return frame.width - frame.inner - frame.measure - ASIDE_GAP - ASIDE_EDGE
