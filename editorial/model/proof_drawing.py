"""What is drawn on a marked proof: signs on the words, and what stands beside the text."""

from __future__ import annotations

from typing import NamedTuple

from editorial.model.proof_signs import Sign
from editorial.values import dataclass


class MarkStrip(NamedTuple):
    """Words on one line: points from the left and top of the trimmed page. `gap` is the room
    above the line; of no width, it is the place between two characters."""

    left: float
    top: float
    right: float
    bottom: float
    gap: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnMark:
    """`number` is that of the list; `text` stands in the margin, `leftward` the left one. Without
    strips it has no place of its own, and `y` is about where. `split` parts the words of 对调."""

    number: int
    sign: Sign
    strips: tuple[MarkStrip, ...]
    text: str
    leftward: bool
    y: float
    split: float = 0.0
    old: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedSheet:
    """`left` and `right` are what the page inks; `sheet` counts from 1, and was turned back by
    `turn` quarters to have its lines level."""

    sheet: int
    width: float
    height: float
    left: float
    right: float
    marks: tuple[DrawnMark, ...]
    turn: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A mark as PDF programs list it. `kind` is the subtype of its annotation; `edges` left, top,
    right and bottom, and `words` the same of each line of the words, in points from the left and
    top of the trimmed page; `color` red, green, blue up to 1."""

    kind: str
    edges: tuple[float, float, float, float]
    words: tuple[tuple[float, float, float, float], ...]
    text: str
    by: str
    name: str
    color: tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """What is laid over one sheet: the page becomes wider by `left` and `right` points, and the
    drawing, a page of its own in `drawings`, is as large as that. All places are those of the
    sheet turned back by `turn` quarters."""

    sheet: int
    left: float
    right: float
    remarks: tuple[Remark, ...]
    turn: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedProof:
    """`drawings` is a PDF with one page for each overlay; empty when there is none."""

    overlays: tuple[Overlay, ...]
    drawings: bytes
    lacking: tuple[str, ...] = ()
