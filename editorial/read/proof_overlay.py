"""Drawings laid over the pages of a proof, which for that are opened here and nowhere else."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

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


def _lay(pdf: pikepdf.Pdf, overlay: Overlay, drawn: pikepdf.Page) -> None:
    """Widen the page, put the drawing after all it shows, and a remark for each mark."""
    page = pdf.pages[overlay.sheet - 1]
    left, bottom, right, top = (float(edge) for edge in page.trimbox)
    box = [left - overlay.left, bottom, right + overlay.right, top]
    for name in ("/MediaBox", "/CropBox"):
        page.obj[name] = Array([round(edge, 2) for edge in box])
    for name in ("/TrimBox", "/BleedBox", "/ArtBox"):
        if name in page.obj:
            del page.obj[name]
    form = pdf.copy_foreign(drawn.as_form_xobject())
    shown = Name(f"/EditorialMarks{overlay.sheet}")  # pages may share one dictionary of resources
    page.add_resource(form, Name.XObject, shown)
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(f"\nQ q 1 0 0 1 {box[0]:.2f} {box[1]:.2f} cm {shown} Do Q".encode("ascii"))
    own = [pdf.make_indirect(_annotation(pdf, each, left, top)) for each in overlay.remarks]
    held = page.obj.get(Name.Annots)
    page.obj[Name.Annots] = Array([*(held if isinstance(held, Array) else ()), *own])


def _annotation(pdf: pikepdf.Pdf, remark: Remark, left: float, top: float) -> Dictionary:
    """Listed, and shown when pointed at, but drawn already: its appearance is empty."""
    x0, y0, x1, y1 = remark.edges
    rect = (left + x0, top - y1, left + x1, top - y0)
    made = Dictionary(
        Type=Name.Annot,
        Subtype=Name(f"/{remark.kind}"),
        Rect=Array([round(edge, 2) for edge in rect]),
        Contents=String(remark.text),
        T=String(remark.by),
        NM=String(remark.name),
        C=Array([round(part, 3) for part in remark.color]),
        F=0,
        AP=Dictionary(N=_nothing(pdf)),
    )
    if remark.words:
        corners = (
            (left + x, top - y)
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
