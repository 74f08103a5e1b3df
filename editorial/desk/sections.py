"""One section with everything that hangs on it: text, findings, letters, opinions, proofs."""

from __future__ import annotations

from dataclasses import dataclass

from editorial.desk.office import Desk, loaded_beside
from editorial.errors import EditorialError
from editorial.model.finding import Finding
from editorial.model.letters import Letter, sections_of
from editorial.model.nodes import find_node
from editorial.model.people import Editor, Unit
from editorial.model.proofs import ProofJob
from editorial.model.reviews import Opinion
from editorial.model.volume import Section
from editorial.read.markup import read_markup
from editorial.store.load import load_text
from editorial.store.registers import load_letters, load_proofs, load_rounds


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    section: Section
    chapter_title: str
    text: str
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
    chapter = next(c for c in volume.chapters if section in c.sections)
    return SectionView(
        section=section,
        chapter_title=chapter.title,
        text=text,
        findings=read_markup(text, section.id)[1],
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


def people(desk: Desk) -> tuple[tuple[Unit, ...], tuple[Editor, ...]]:
    volume = loaded_beside(desk, ()).volume
    return volume.units, volume.staff
