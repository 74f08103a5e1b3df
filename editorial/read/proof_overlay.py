"""Drawings laid over the pages of a proof, which for that are opened here and nowhere else."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from editorial.model.proof_drawing import MarkedProof, Overlay, Remark
from editorial.read.proof_marks import opened_pdf


def laid_over(path: Path, marked: MarkedProof) -> bytes:
    """The file at `path` with the drawings on its pages, the same bytes each time. What the
    pages held already stays as it was. EditorialError for what is no sound PDF."""
    out = BytesIO()
    with opened_pdf(path) as pdf:
        if marked.overlays:
            with pikepdf.open(BytesIO(marked.drawings)) as drawings:
                for overlay, drawn in zip(marked.overlays, drawings.pages, strict=True):
                    _lay(pdf, overlay, drawn)
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


class _Turned(NamedTuple):
    """A page box (left, bottom, right, top), and points of the sheet turned back → of the page."""

    box: tuple[float, float, float, float]
    turn: int

    @property
    def level(self) -> tuple[float, float]:
        """Width and height of the sheet turned back."""
        left, bottom, right, top = self.box
        sides = right - left, top - bottom
        return sides if self.turn % 2 == 0 else (sides[1], sides[0])

    def at(self, x: float, y: float) -> tuple[float, float]:
        """`x` from the left and `y` from the top of the sheet turned back."""
        left, bottom, right, top = self.box
        match self.turn:
            case 1:
                return left + y, bottom + x
            case 2:
                return right - x, bottom + y
            case 3:
                return right - y, top - x
            case _:
                return left + x, top - y

    def edges(self, x0: float, y0: float, x1: float, y1: float) -> list[float]:
        """Left, bottom, right, top of what lies between two corners."""
        corners = self.at(x0, y0), self.at(x1, y1)
        xs, ys = sorted(x for x, _ in corners), sorted(y for _, y in corners)
        return [round(edge, 2) for edge in (xs[0], ys[0], xs[1], ys[1])]


def _lay(pdf: pikepdf.Pdf, overlay: Overlay, drawn: pikepdf.Page) -> None:
    """Widen the page, put the drawing after all it shows, and a remark for each mark. What lies
    beyond the cut, crop marks and bleed, gives way to the margins."""
    page = pdf.pages[overlay.sheet - 1]
    left, bottom, right, top = (float(edge) for edge in page.trimbox)
    turned = _Turned((left, bottom, right, top), overlay.turn)
    width, height = turned.level
    box = turned.edges(-overlay.left, 0, width + overlay.right, height)
    for name in ("/MediaBox", "/CropBox"):
        page.obj[name] = Array(box)
    for name in ("/TrimBox", "/BleedBox", "/ArtBox"):
        if name in page.obj:
            del page.obj[name]
    form = pdf.copy_foreign(drawn.as_form_xobject())
    shown = Name(f"/EditorialMarks{overlay.sheet}")  # pages may share one dictionary of resources
    page.add_resource(form, Name.XObject, shown)
    clip = f"q {left:.2f} {bottom:.2f} {right - left:.2f} {top - bottom:.2f} re W n q\n"
    page.contents_add(clip.encode("ascii"), prepend=True)
    page.contents_add(f"\nQ Q q {_matrix(turned, overlay)} cm {shown} Do Q".encode("ascii"))
    own = [pdf.make_indirect(_annotation(pdf, each, turned)) for each in overlay.remarks]
    held = page.obj.get(Name.Annots)
    page.obj[Name.Annots] = Array([*(held if isinstance(held, Array) else ()), *own])


def _matrix(turned: _Turned, overlay: Overlay) -> str:
    """From the drawing, whose origin is its lower left corner, to the page."""
    height = turned.level[1]
    x, y = turned.at(-overlay.left, height)
    (x1, y1), (x2, y2) = turned.at(1 - overlay.left, height), turned.at(-overlay.left, height - 1)
    return " ".join(f"{each:.2f}" for each in (x1 - x, y1 - y, x2 - x, y2 - y, x, y))


def _annotation(pdf: pikepdf.Pdf, remark: Remark, turned: _Turned) -> Dictionary:
    """Listed, and shown when pointed at, but drawn already: its appearance is empty."""
    made = Dictionary(
        Type=Name.Annot,
        Subtype=Name(f"/{remark.kind}"),
        Rect=Array(turned.edges(*remark.edges)),
        Contents=String(remark.text),
        T=String(remark.by),
        NM=String(remark.name),
        C=Array([round(part, 3) for part in remark.color]),
        F=0,
        AP=Dictionary(N=_nothing(pdf)),
    )
    if remark.words:
        corners = (
            turned.at(x, y)
            for x0, y0, x1, y1 in remark.words
            for x, y in ((x0, y0), (x1, y0), (x0, y1), (x1, y1))
        )
        made[Name.QuadPoints] = Array([round(edge, 2) for at in corners for edge in at])
    return made


def _nothing(pdf: pikepdf.Pdf) -> pikepdf.Stream:
    form = pdf.make_stream(b"")
    form[Name.Type], form[Name.Subtype] = Name.XObject, Name.Form
    form[Name.BBox] = Array([0, 0, 1, 1])
    return form
