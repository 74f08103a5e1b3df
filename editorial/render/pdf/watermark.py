"""What sets a numbered copy apart: whose it is behind the text of every page and, with its
number, on the cover.

Both are forms, the second with fonts of its own, empty in the file without a number: a
reader's name changes nothing in the file of another. The name is drawn, not written: it would
lie between the lines of what is copied from the page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import cos, hypot, radians, sin

from editorial.model.book import CopyMark, MissingGlyph
from editorial.model.style import TextRole
from editorial.render.pdf.colors import fill
from editorial.render.pdf.cover import (
    COPY_NAME,
    COPY_SIZE,
    NOTICE_SHARE,
    SIDE,
    copy_blank,
    corner_rows,
    shrunk,
)
from editorial.render.pdf.embedding import OBJECTS, font_bodies
from editorial.render.pdf.face import Face
from editorial.render.pdf.file import Body, Bulk, Stream, deflated
from editorial.render.pdf.frame import Frame
from editorial.render.pdf.outline import outlined
from editorial.render.pdf.paragraph import Lines, compose_text
from editorial.render.pdf.typeset import TypeCase
from editorial.values import dataclass

# Light enough to read through, dark enough to survive a photocopy; a colour, for there is
# no transparency in the file.
GREY = "E9E9E9"
FONT, LARGEST = "hei", 58.0
ANGLE, SHARE = 52.0, 0.7
# Faces one number may need: its own and those lending rare characters.
FACES = 4
EVERYWHERE, ON_COVER = "Mk", "Mc"


@dataclass(frozen=True, slots=True)
class CopyDrawing:
    """Operators in points from the lower left corner of the paper, the characters drawn by the
    name of their face, and those not drawn from the first one."""

    mark: CopyMark
    everywhere: str
    on_cover: str
    used: Mapping[str, str]
    missing: tuple[MissingGlyph, ...]


def copy_drawing(
    case: TypeCase, frame: Frame, mark: CopyMark, *, blank: bool, sample: bool
) -> CopyDrawing:
    """The drawing of one copy. Its number goes into the `blank` of the cover if that has one,
    else as 第01号 into the corner; the reader stands below what is there, 示例 too."""
    text = f"{mark.number}　{mark.reader}"
    room = SHARE * hypot(frame.width, frame.height)
    paths = outlined(case, FONT, text, room, LARGEST)
    turn, lean = cos(radians(ANGLE)), sin(radians(ANGLE))
    matrix = (turn, lean, -lean, turn, frame.width / 2, frame.height / 2)
    moved = " ".join(f"{value:.4f}" for value in matrix)
    look = TextRole(font=FONT, size=COPY_SIZE, leading=COPY_NAME / 2, align="right")
    width = (1 - NOTICE_SHARE) * (frame.width - 2 * SIDE)
    depth = corner_rows(blank=blank, sample=sample)
    left = frame.width - SIDE - width
    rows = _rows(case, mark, look, width, numbered=not blank)
    drawn = [(lines, left, depth + look.leading * row) for row, lines in enumerate(rows)]
    if blank:
        left, right, _ = copy_blank(frame)
        number = compose_text(
            case, mark.number, replace(look, leading=20, align="center"), right - left
        )
        drawn.append((number, left, SIDE))
    shown = [lines for lines, _, _ in drawn]
    everywhere = compose_text(case, text, look, 1e5)
    return CopyDrawing(
        mark=mark,
        everywhere=f"q {moved} cm {fill(GREY)}\n{paths} Q",
        on_cover="\n".join(lines.operators(x, frame.height - top) for lines, x, top in drawn),
        used=_used(case, shown),
        missing=tuple(it for lines in (everywhere, *shown) for it in lines.lent()),
    )


def _rows(
    case: TypeCase, mark: CopyMark, look: TextRole, width: float, *, numbered: bool
) -> list[Lines]:
    """The reader with the unit in one row, or in one each, as small as makes them fit."""
    number = f"第{mark.number}号　" if numbered else ""

    def made(text: str) -> Lines:
        row = shrunk(look, look.leading, lambda look: (compose_text(case, text, look, width),))
        return row[0]

    whole = compose_text(case, number + mark.named, look, width)
    if whole.height <= look.leading or not mark.unit:
        return [made(number + mark.named)]
    return [made(number + mark.reader), made(f"（{mark.unit}）")]


def _used(case: TypeCase, shown: Sequence[Lines]) -> dict[str, str]:
    used: dict[str, set[str]] = {}
    for face, characters in (each for lines in shown for each in lines.characters()):
        used.setdefault(case.resource(face), set()).update(characters)
    return {name: "".join(sorted(characters)) for name, characters in sorted(used.items())}


@dataclass(frozen=True, slots=True)
class Stamp:
    """The objects of a file that are filled in its copies: the two forms, then fonts."""

    first: int
    frame: Frame

    @property
    def forms(self) -> dict[str, int]:
        """Names and numbers of the forms."""
        return {EVERYWHERE: self.first, ON_COVER: self.first + 1}

    @property
    def numbers(self) -> range:
        return range(self.first, self.first + 2 + FACES * OBJECTS)

    def bodies(self, case: TypeCase, drawing: CopyDrawing | None) -> dict[int, Body]:
        """What the objects hold for one copy, or for the file without a number."""
        filled: dict[int, Body] = dict.fromkeys(self.numbers, b"null")
        fonts = ""
        at = self.first + 2
        for name, characters in list(drawing.used.items())[:FACES] if drawing else ():
            face: Face = case.face_of(name)
            numbers = range(at, at + OBJECTS)
            filled |= zip(numbers, font_bodies(face, characters, numbers), strict=True)
            fonts += f"{name} {at} 0 R"
            at += OBJECTS
        shown = (drawing.everywhere, drawing.on_cover) if drawing else ("", "")
        for number, operators in zip(self.forms.values(), shown, strict=True):
            filled[number] = self._form(operators, fonts)
        return filled

    def _form(self, operators: str, fonts: str) -> Stream:
        box = f"[0 0 {self.frame.width:.2f} {self.frame.height:.2f}]"
        entries = f"/Type/XObject/Subtype/Form/BBox{box}/Resources<</Font<<{fonts}>>>>"
        return deflated(operators.encode("ascii"), entries)


def stamp_of(raw: Bulk, frame: Frame, case: TypeCase) -> Stamp:
    """A stamp in a file being made, empty as yet."""
    stamp = Stamp(raw.reserve(2 + FACES * OBJECTS), frame)
    for number, body in stamp.bodies(case, None).items():
        raw.put(number, body)
    return stamp


def drawn_by(name: str) -> bytes:
    """The page's operators that show a form."""
    kind = "Watermark" if name == EVERYWHERE else "Header"
    return f"/Artifact<</Type/Pagination/Subtype/{kind}>>BDC\n/{name} Do\nEMC".encode("ascii")
