"""读校目录: a PDF, ours or the typesetter's, against its own contents and against the volume."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from editorial.desk.office import Desk, loaded
from editorial.desk.toc_apart import body_size, set_apart
from editorial.desk.toc_faults import faults_of
from editorial.desk.toc_folios import printed_numbers
from editorial.desk.toc_foreign import foreign, foreign_faults
from editorial.desk.toc_heads import read_heads
from editorial.desk.toc_levels import level_faults, put_right, read_levels
from editorial.desk.toc_match import Ground, Match, ground_of, matched, worked_out
from editorial.desk.toc_pages import Contents, read_contents
from editorial.desk.toc_running import running_faults
from editorial.desk.toc_unlisted import unlisted
from editorial.desk.toc_volume import Title, titles_of, volume_faults
from editorial.errors import EditorialError
from editorial.model.finding import Finding
from editorial.read.proof_pdf import TextLine, read_proof
from editorial.store.registers import load_drafts
from editorial.values import dataclass

BEHIND = 0.2  # of the titles: 卷首 may stand before the contents, and be many in an extract


class Listed(NamedTuple):
    """One list of contents, where its titles stand, and the headings these are."""

    contents: Contents
    matches: tuple[Match, ...]
    used: frozenset[tuple[str, int]]

    @property
    def weight(self) -> tuple[bool, int]:
        """The contents proper are the longest list, but not one of tables or figures."""
        return not {*"表图"} & {*self.contents.name}, len(self.contents.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class TocChecked:
    """`findings` name the file and the sheet, or a node. `numbered`: the pages show their
    numbers; otherwise these were worked out from where most headings stand."""

    pages: int
    contents: tuple[Contents, ...]
    headings: int
    numbered: bool
    findings: tuple[Finding, ...]


def toc_check(path: Path, desk: Desk | None = None, nodes: tuple[str, ...] = ()) -> TocChecked:
    """Compare contents, headings, page numbers and running heads of the PDF at `path`;
    with a desk also the titles of its volume (or of `nodes`) with the contents.

    Raises EditorialError when `path` is no PDF with text, or shows no contents.
    """
    titles = titles_of(loaded(desk).volume, nodes or _drafted(desk, path)) if desk else ()
    pages, running = set_apart(read_proof(path))
    numbers = printed_numbers(running)
    lists = read_contents(pages, numbers)
    if not lists:
        hint = "目录页上方要有“目录”二字，每行以页码收尾；目录页是图片或转了曲线的，认不出"
        raise EditorialError("没有找到目录", where=str(path), hint=hint)
    taken = frozenset(sheet for each in lists for sheet in each.sheets)
    size = body_size(page for page in pages if page.sheet not in taken)
    if not size:
        hint = "请把目录和正文合成一份 PDF 再核"
        raise EditorialError("这份 PDF 只有目录，没有正文", where=str(path), hint=hint)
    heads = read_heads(pages, size)
    numbered = any(numbers)
    if not numbered:
        numbers = worked_out(lists, heads, len(pages))
    ground = ground_of(pages, numbers, heads, taken, size)
    found = tuple(Listed(each, matched(ground, each), frozenset(ground.used)) for each in lists)
    main = max(found, key=lambda each: each.weight)
    before = _before(main)
    findings = tuple(_findings(ground, found, main, before, running, titles))
    return TocChecked(
        pages=len(pages),
        contents=lists,
        headings=sum(head.sheet > before for head in ground.heads),
        numbered=numbered,
        findings=tuple(each if each.where else replace(each, where=path.name) for each in findings),
    )


def _drafted(desk: Desk, path: Path) -> tuple[str, ...]:
    """The nodes of the draft this very file was registered as."""
    drafts = load_drafts(desk.workspace.files, desk.volume_id)
    sums = {paper.sha256: draft.nodes for draft in drafts for paper in draft.papers}
    sums |= {copy.sha256: draft.nodes for draft in drafts for copy in draft.copies}
    try:
        return sums.get(hashlib.sha256(path.read_bytes()).hexdigest(), ())
    except OSError:
        return ()  # reading the PDF will say why


def _findings(
    ground: Ground,
    found: tuple[Listed, ...],
    main: Listed,
    before: int,
    running: tuple[tuple[TextLine, ...], ...],
    titles: tuple[Title, ...],
) -> Iterator[Finding]:
    """List by list, then headings in none of them, running heads, titles of the volume."""
    used: set[tuple[str, int]] = set()
    placed = main.matches
    for each in found:
        if foreign(each.contents, each.matches):
            yield from foreign_faults(each.contents, main.matches, ground.numbers)
        else:
            used |= each.used
            yield from faults_of(ground, each.contents, each.matches)
            levels = read_levels(each.matches)
            yield from level_faults(each.contents, levels)
            if each is main:
                placed = put_right(each.matches, levels)
    yield from unlisted(ground, frozenset(used), before)
    yield from running_faults(running, ground.numbers, placed)
    yield from volume_faults(titles, main.contents.rows)


def _before(main: Listed) -> int:
    """The last sheet of what no contents list: the contents themselves, or, where these stand
    at the end, what comes before the first title."""
    last = max(main.contents.sheets)
    sheets = [match.spot.sheet for match in main.matches if match.spot]
    behind = sum(sheet > last for sheet in sheets)
    return last if behind >= BEHIND * len(sheets) else min(sheets) - 1
