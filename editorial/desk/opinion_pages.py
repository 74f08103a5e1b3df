"""Printed pages of the draft readers had before them: which words stand on page 21, line 15."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import median

from editorial.desk.draft_again import book_again, registered_file
from editorial.desk.fonts import font_table
from editorial.desk.office import Desk
from editorial.errors import EditorialError
from editorial.model.drafts import Draft
from editorial.read.proof_pdf import ProofPage, TextLine, read_proof
from editorial.store.laid import Shelf, kept_file
from editorial.store.looks import load_fonts
from editorial.store.own import own_folder
from editorial.store.save import refuse_inside
from editorial.values import dataclass

_FOLIO = re.compile(  # in a draft made for a round, its title and the edition stand before it
    r"(?:.*第\d+稿\s*)?(?:第(\d{1,4})页(?:\s*共\d+页)?|[-—·\s]*(\d{1,4})[-—·\s]*)"
)
FOOT = 0.9  # folios stand below this share of the page
HEAD = 0.08  # running heads above this one
GUTTER = 9.0  # points by which line numbers stand outside the text
STEP = 5  # every fifth line is numbered


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """The lines of one printed page from top to bottom, with their numbers; 0 for a line that
    stands between two."""

    lines: tuple[tuple[int, str], ...]


def draft_pages(desk: Desk, draft: Draft) -> Mapping[int, PageText]:
    """Page number as printed → its text. The registered file when it still lies there, else it
    is set again from its commit. EditorialError when that text is kept no more, or never
    was."""
    return _paged(read_proof(registered_file(desk, draft, ".pdf") or _set_again(desk, draft)))


def _set_again(desk: Desk, draft: Draft) -> Path:
    """The PDF of the draft's commit, kept beside the other things that can be made anew."""
    name = f"{desk.volume_id}-{draft.commit[:20]}-{draft.style}-{draft.edition}-{draft.id}.pdf"
    path = own_folder(desk.workspace) / "pages" / name
    if not path.is_file():
        refuse_inside(path, desk.workspace)
    return kept_file(path, lambda: _printed_again(desk, draft))


def _printed_again(desk: Desk, draft: Draft) -> bytes:
    from editorial.render.pdf.book import book_pdf

    book, style = book_again(desk, draft)
    table = font_table(desk, load_fonts(desk.workspace.files))
    return book_pdf(book, style, table, shelf=Shelf(own_folder(desk.workspace) / "laid")).data


def pages_at(desk: Desk, commit: str, day: date) -> Mapping[int, PageText]:
    """The same for a round without a registered draft: its text in the book's usual style."""
    if not commit:
        raise EditorialError("这一轮没有记下文本的提交，推算不了页码", hint="请写条目或原文")
    return draft_pages(
        desk, Draft(id="0", style="", edition=1, date=day, by="", commit=commit, nodes=())
    )


def _paged(pages: tuple[ProofPage, ...]) -> dict[int, PageText]:
    found: dict[int, PageText] = {}
    for page in pages:
        number = _folio(page)
        if number and number not in found:
            found[number] = PageText(lines=tuple(_lines(page)))
    return found


def _folio(page: ProofPage) -> int:
    """The number at the foot, or at the head of a page that has none there."""
    edges = [x for x in page.lines if x.y > FOOT * page.height]
    edges += [x for x in page.lines if x.y < HEAD * page.height]
    for line in edges:
        match = _FOLIO.fullmatch(line.text.strip())
        if match:
            return int(match[1] or match[2])
    return 0


def _lines(page: ProofPage) -> Iterator[tuple[int, str]]:
    inside = [x for x in page.lines if HEAD * page.height < x.y <= FOOT * page.height]
    words = [x for x in inside if not x.text.strip().isdecimal()]
    left = min((x.x for x in words), default=0.0)
    right = max((x.right for x in words), default=0.0)
    marks = {x for x in inside if _is_mark(x, left, right)}
    body = sorted((x for x in inside if x not in marks), key=lambda x: (round(x.y), x.x))
    known = sorted((int(x.text), x.y) for x in marks)
    pitch = _pitch(known, body)
    for at, line in enumerate(_ranked(body)):
        number = round(known[0][0] + (body[at].y - known[0][1]) / pitch) if known else line
        yield max(0, number), body[at].text


def _is_mark(line: TextLine, left: float, right: float) -> bool:
    """A line number in the gutter."""
    text = line.text.strip()
    outside = line.right < left or line.x > right - GUTTER
    return text.isdecimal() and int(text) % STEP == 0 and outside


def _pitch(known: Sequence[tuple[int, float]], body: Sequence[TextLine]) -> float:
    """Points from line to line."""
    if len(known) > 1 and known[-1][0] > known[0][0]:
        return (known[-1][1] - known[0][1]) / (known[-1][0] - known[0][0])
    gaps = [b.y - a.y for a, b in pairwise(body) if b.y - a.y > 1]
    return median(gaps) if gaps else 20.0


def _ranked(body: Sequence[TextLine]) -> Iterator[int]:
    """Lines counted from the top, those of one height together."""
    number, last = 0, -100.0
    for line in body:
        if line.y - last > 2:
            number, last = number + 1, line.y
        yield number
