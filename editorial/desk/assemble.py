"""Sections of a volume → a `Book` ready for any renderer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cache
from pathlib import Path
from unicodedata import normalize

from editorial.desk.office import Desk
from editorial.model.book import Book, Imprint, Part, chapter_numbers, numbered, out_of_order
from editorial.model.document import Document, Figure
from editorial.model.finding import Finding
from editorial.model.letters import Letter, is_open, letter_state, sections_of
from editorial.model.links import (
    anchors_in,
    dangling_links,
    links_in,
    names_given_twice,
    numbers_by_name,
    wrong_numbers,
)
from editorial.model.nodes import sections_under
from editorial.model.open_points import as_printed
from editorial.model.style import DraftStyle
from editorial.model.volume import Chapter, Section, Source, Volume
from editorial.read.markup import read_markup
from editorial.store.files import Files
from editorial.store.load import load_text
from editorial.store.registers import load_letters
from editorial.store.terms import load_terms
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What the sections of one book are read with; `findings` gathers what was odd, `real` finds
    each folder once."""

    desk: Desk
    files: Files
    pending: Mapping[str, list[str]]
    findings: list[Finding]
    real: Callable[[Path], Path] = field(default_factory=lambda: cache(Path.resolve))


def assemble(
    desk: Desk,
    volume: Volume,
    style: DraftStyle,
    imprint: Imprint,
    nodes: tuple[str, ...],
    *,
    files: Files | None = None,
) -> tuple[Book, tuple[Finding, ...]]:
    """The book of `nodes` (none: all of it), and what was odd in its text.

    Tables and figures keep the numbers they have in the whole book. The text is that of `files`
    (none: the work tree); pictures are always those of the work tree.
    """
    letters = load_letters(desk.workspace.files, desk.volume_id) if style.show_marks else ()
    findings: list[Finding] = []
    reading = _Reading(
        desk=desk,
        files=files or desk.workspace.files,
        pending=_pending(letters),
        findings=findings,
    )
    parts, kept = _parts(reading, volume, nodes)
    book = Book(
        imprint=imprint,
        notes_title="凡例" if "gazetteer" in volume.info.kind.value else "编辑说明",
        editorial_notes=volume.info.editorial_notes,
        parts=tuple(replace(part, title=as_printed(style, part.title)) for part in kept),
        numbers=numbered(tuple(parts)),
        chapters=chapter_numbers(parts),
        readings=load_terms(desk.workspace.files, desk.volume_id).readings if style.index else {},
    )
    findings += _links(reading, volume, parts)
    findings += _order(parts)
    ids = {part.id for part in kept}
    odd = tuple(finding for finding in findings if finding.where in ids)
    return book, odd if kept else (_nothing(volume),)


def _order(parts: Sequence[Part]) -> Iterator[Finding]:
    if astray := out_of_order(parts):
        yield Finding(
            code="L14",
            message="标题上的编号不比前一篇大，全书的表、图改按篇目的次序编号",
            where=astray,
            hint="核对各篇标题的“第几编”，依次写好再印",
        )


def _parts(
    reading: _Reading, volume: Volume, nodes: tuple[str, ...]
) -> tuple[list[Part], list[Part]]:
    """All parts of the chapters that `nodes` stand in, and those to be printed."""
    wanted = frozenset(section.id for section in sections_under(volume, nodes))
    parts: list[Part] = []
    kept: list[Part] = []
    for chapter in volume.chapters:
        head = Part(id=chapter.id, level=1, title=chapter.title, matter=chapter.matter)
        whole = not nodes or chapter.id in nodes
        inside = _chapter(reading, chapter) if whole or _has(chapter, wanted) else []
        parts += [head, *inside]
        if inside or whole:  # what has no 分目 yet shows in the whole book, or when asked for
            kept += [head, *(inside if whole else _kept(inside, wanted))]
    return parts, kept


def _links(reading: _Reading, volume: Volume, parts: list[Part]) -> list[Finding]:
    """What is odd about links and names in the parts. Texts that were not read are looked into
    only where a link seems to lead nowhere."""
    texts = [(part.id, part.blocks) for part in parts]
    twice, known = list(names_given_twice(texts)), anchors_in(texts)
    links = links_in(texts)
    dangling = list(dangling_links(links, known))
    whole = parts
    if dangling:
        whole = list(_whole(reading, volume, parts))
        known |= anchors_in([(part.id, part.blocks) for part in whole])
        dangling = list(dangling_links(links, known))
    wrong = wrong_numbers(links, numbers_by_name(whole)) if links else ()
    return [*twice, *dangling, *wrong]


def _whole(reading: _Reading, volume: Volume, parts: list[Part]) -> Iterator[Part]:
    """The whole book, of which `parts` were read before."""
    known = {part.id: part for part in parts}
    for chapter in volume.chapters:
        yield known[chapter.id]
        for section in chapter.sections:
            if section.id in known:
                yield known[section.id]
            else:
                blocks = _read(reading, section.id)[0].blocks
                yield Part(
                    id=section.id,
                    level=2,
                    title=section.title,
                    blocks=blocks,
                    matter=chapter.matter,
                )


def _nothing(volume: Volume) -> Finding:
    return Finding(
        code="L10",
        message="本书还没有篇目，只印了封面、末页这些",
        where=volume.id,
        hint=f"在 volumes/{volume.id}/chapters 下建篇目，写好 chapter.yaml 再印",
    )


def _has(chapter: Chapter, wanted: frozenset[str]) -> bool:
    return any(section.id in wanted for section in chapter.sections)


def _kept(parts: list[Part], wanted: frozenset[str]) -> list[Part]:
    """Wanted sections, and the 章 above them; the others were read only to be counted."""
    kept: list[Part] = []
    for part in reversed(parts):
        group = part.id not in wanted and not part.blocks and part.level == 2
        if part.id in wanted or (group and kept and kept[-1].level == 3):
            kept.append(part)
    return kept[::-1]


def _pending(letters: tuple[Letter, ...]) -> dict[str, list[str]]:
    """What is printed of the letters still out, by section."""
    pending: dict[str, list[str]] = {}
    for letter in letters:
        if is_open(letter):
            name = letter.number or f"{letter_state(letter).label}中的函{letter.id}"
            for section in sections_of(letter):
                pending.setdefault(section, []).append(name)
    return pending


def _chapter(reading: _Reading, chapter: Chapter) -> list[Part]:
    parts = []
    for number, (title, sections) in enumerate(chapter.groups, 1):
        if title:
            parts.append(Part(id=f"{chapter.id}/g{number}", level=2, title=title))
        level = 3 if title else 2
        parts += [_part(reading, section, level) for section in sections]
    return [replace(part, matter=chapter.matter) for part in parts]


def _part(reading: _Reading, section: Section, level: int) -> Part:
    document, odd, source = _read(reading, section.id)
    images, missing = _images(reading, section, document)
    reading.findings.extend((*odd, *missing))
    return Part(
        id=section.id,
        level=level,
        title=section.title,
        blocks=document.blocks,
        images=images,
        digest=source.blob,
        untitled=section.untitled,
        pending=tuple(reading.pending.get(section.id, ())),
    )


def _read(reading: _Reading, section_id: str) -> tuple[Document, tuple[Finding, ...], Source]:
    text, source = load_text(reading.files, reading.desk.volume_id, section_id)
    return *read_markup(text, section_id), source


def _images(
    reading: _Reading, section: Section, document: Document
) -> tuple[dict[str, Path], list[Finding]]:
    """Figures' files; a path that leaves the volume or is not there becomes a finding."""
    if not any(isinstance(block, Figure) for block in document.blocks):
        return {}, []
    volume_folder = reading.real(reading.desk.root / "volumes" / reading.desk.volume_id)
    folder = volume_folder / "chapters" / section.id.split("/")[0]
    images: dict[str, Path] = {}
    missing: list[Finding] = []
    for block in document.blocks:
        if isinstance(block, Figure):
            path = _file(reading, volume_folder, folder / block.src)
            if path is not None:
                images[block.src] = path
            else:
                message = f"没有图片文件：{block.src}"
                hint = _meant(folder, block.src) or "把图片放进该篇目的 figures 目录"
                missing.append(
                    Finding(
                        code="M09", message=message, where=section.id, span=block.span, hint=hint
                    )
                )
    return images, missing


def _meant(folder: Path, src: str) -> str:
    """The picture there is whose name is written otherwise only in case or slashes."""
    if "://" in src:
        return "网上的图片先存到该篇目的 figures 目录，再写文件名"
    last = _last_step(src)
    wanted = (last, last.removeprefix("figures"))  # markup takes a backslash for a sign of its own
    try:
        names = sorted(each.name for each in (folder / "figures").iterdir() if each.is_file())
    except OSError:
        return ""
    found = next((name for name in names if _last_step(name) in wanted), "")
    return f"有一张 figures/{found}，大小写或斜杠与这里写的不同，是否就是它" if found else ""


def _last_step(path: str) -> str:
    return normalize("NFC", path.replace("\\", "/").rpartition("/")[2]).casefold()


def _file(reading: _Reading, volume_folder: Path, path: Path) -> Path | None:
    try:
        found = reading.real(path.parent) / path.name
        if found.is_symlink():
            found = found.resolve()
        return found if found.is_relative_to(volume_folder) and found.is_file() else None
    except (OSError, ValueError, RuntimeError):  # no name any file could have
        return None
