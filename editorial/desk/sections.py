"""One section with everything that hangs on it: text, findings, letters, opinions, proofs."""

from __future__ import annotations

import re
from contextlib import suppress

from editorial.desk.office import Desk, loaded_beside
from editorial.errors import EditorialError
from editorial.model.document import Document
from editorial.model.finding import Finding
from editorial.model.letters import Letter, sections_of
from editorial.model.nodes import find_node
from editorial.model.open_points import open_points
from editorial.model.proofs import ProofJob
from editorial.model.reviews import Opinion
from editorial.model.volume import Section, Volume
from editorial.read.markup import read_markup
from editorial.store.load import load_text
from editorial.store.looks import load_draft_style
from editorial.store.registers import load_letters, load_proofs, load_rounds
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """`document` is the text as read, `open_points` what finds 【待补】 and the like in it."""

    section: Section
    chapter_title: str
    text: str
    document: Document
    open_points: re.Pattern[str] | None
    findings: tuple[Finding, ...]
    letters: tuple[Letter, ...]
    opinions: tuple[Opinion, ...]
    proofs: tuple[ProofJob, ...]


def look(desk: Desk, node: str) -> SectionView:
    """A section as it stands now. EditorialError when `node` is no section."""
    volume = loaded_beside(desk, [node]).volume
    found = find_node(volume, node)
    if found.kind != "section":
        raise EditorialError(f"“{node}”不是分目", hint="请写 篇目编号/分目编号")
    section = found.sections[0]
    files = desk.workspace.files
    text, _ = load_text(files, desk.volume_id, section.id)
    rounds = load_rounds(files, desk.volume_id)
    document, findings = read_markup(text, section.id)
    chapter = next(c for c in volume.chapters if section in c.sections)
    return SectionView(
        section=section,
        chapter_title=chapter.title,
        text=text,
        document=document,
        open_points=_open_points(desk, volume),
        findings=findings,
        letters=tuple(
            x for x in load_letters(files, desk.volume_id) if section.id in sections_of(x)
        ),
        opinions=tuple(o for r in rounds for o in r.opinions if o.section == section.id),
        proofs=tuple(
            job
            for job in load_proofs(files, desk.volume_id)
            if not job.sections or {section.id, chapter.id} & set(job.sections)
        ),
    )


def _open_points(desk: Desk, volume: Volume) -> re.Pattern[str] | None:
    """A style that cannot be read is told of where it is needed, which is not here."""
    with suppress(EditorialError):
        style = load_draft_style(desk.workspace.files, volume.info.draft_style)
        return open_points(style.mark_words)
    return None
