"""出稿: the 评议稿 in PDF and DOCX, registered with its edition, commit and hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from editorial.desk.assemble import assemble
from editorial.desk.copies import marks_of, merged, write_copies
from editorial.desk.fonts import font_labels
from editorial.desk.ledger import next_id, save_record
from editorial.desk.office import Act, Desk, actor, loaded, name_of
from editorial.desk.placing import missing_glyphs, placed
from editorial.errors import EditorialError
from editorial.model.book import Book, CopyMark, Imprint, MissingGlyph, Printed
from editorial.model.drafts import Copy, Draft, numbered_readers
from editorial.model.finding import Finding
from editorial.model.letters import Paper
from editorial.model.names import fit_name
from editorial.model.nodes import find_node
from editorial.model.style import DraftStyle
from editorial.model.volume import Volume, book_title
from editorial.render.memory import uncollected
from editorial.store.history import last_change, uncommitted
from editorial.store.laid import Shelf
from editorial.store.looks import draft_labels, load_draft_style, load_fonts
from editorial.store.readers import load_readers
from editorial.store.registers import load_drafts
from editorial.store.save import Message, put_output
from editorial.store.workspace import identity

FORMATS = ("pdf", "docx")
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftMade:
    """`act` is None when this very draft had been registered before, and so had its copies."""

    draft: Draft
    files: tuple[Path, ...]
    copies: tuple[tuple[Copy, Path], ...]
    pages: int
    missing: tuple[MissingGlyph, ...]
    substituted: tuple[str, ...]
    findings: tuple[Finding, ...]
    act: Act | None


def make_draft(
    desk: Desk,
    nodes: tuple[str, ...] = (),
    *,
    at: datetime,
    style: str = "",
    formats: tuple[str, ...] = FORMATS,
    out: Path | None = None,
    readers: str = "",
    progress: Progress | None = None,
) -> DraftMade:
    """Set the nodes (default: the whole book), write the files, register the edition.

    `readers` is the list of those who get numbered copies of the PDF, as a path. The same
    commit, style and readers give the same edition, the same numbers and the same bytes.
    """
    _check_formats(formats, copies=bool(readers))
    identity(desk.workspace)
    say = progress or (lambda _: None)
    volume = loaded(desk).volume
    look = load_draft_style(desk.workspace.files, style or volume.info.draft_style)
    wanted = _draft(desk, volume, look, nodes, at)
    given = load_readers(readers, wanted.copies) if readers else ()
    numbered = numbered_readers(given, wanted.copies)
    say("读取正文")
    with uncollected():
        book, findings = assemble(desk, volume, look, _imprint(volume, look, wanted), wanted.nodes)
    printed = _print(desk, book, look, formats, marks_of(numbered), say)
    folder = out or desk.root / "volumes" / desk.volume_id / "out"
    stem = _stem(desk, volume, look, wanted)
    files = tuple(_write(folder, stem, kind, printed[kind].data) for kind in formats)
    copies = write_copies(folder, stem, printed["pdf"], numbered, say)
    papers = tuple(
        _paper(path.name, printed[kind].data) for kind, path in zip(formats, files, strict=True)
    )
    draft = replace(
        wanted,
        papers=_merged(wanted.papers, papers),
        copies=merged(wanted.copies, tuple(copy for copy, _ in copies)),
    )
    new = len(set(draft.copies) - set(wanted.copies))
    main = printed["pdf"]
    return DraftMade(
        draft=draft,
        files=files,
        copies=copies,
        pages=main.pages,
        missing=main.missing,
        substituted=font_labels(desk, main.substituted),
        findings=(
            *placed(desk, (*findings, *main.findings)),
            *missing_glyphs(desk, book, main.missing),
        ),
        act=None if draft == wanted else _register(desk, look, draft, new),
    )


def _merged(old: tuple[Paper, ...], new: tuple[Paper, ...]) -> tuple[Paper, ...]:
    """The papers of an edition as they now lie there: a new one takes its namesake's place."""
    latest = {paper.name: paper for paper in (*old, *new)}
    return tuple(latest.values())


def _check_formats(formats: tuple[str, ...], *, copies: bool) -> None:
    odd = [each for each in formats if each not in FORMATS]
    if odd or not formats:
        raise EditorialError(f"不能出“{'、'.join(odd)}”格式", hint=f"可用：{'、'.join(FORMATS)}")
    if copies and "pdf" not in formats:
        raise EditorialError("编号本只有 PDF", hint="--format 写 pdf，或 pdf,docx")


def _draft(
    desk: Desk, volume: Volume, style: DraftStyle, names: tuple[str, ...], at: datetime
) -> Draft:
    """The registered draft of this very text, or the next edition."""
    nodes = _folded(volume, names)
    scope = _scope(desk, style, nodes)
    commit = last_change(desk.workspace, scope)
    dirty = bool(uncommitted(desk.workspace, scope))
    drafts = [
        each
        for each in load_drafts(desk.workspace.files, desk.volume_id)
        if (each.style, each.nodes) == (style.id, nodes)
    ]
    for draft in drafts:
        if draft.commit == commit and not (dirty or draft.dirty):
            return draft
    return Draft(
        style=style.id,
        edition=max((d.edition for d in drafts), default=0) + 1,
        date=at.date(),
        by=name_of(actor(desk, volume)),
        commit=commit,
        dirty=dirty,
        nodes=nodes,
    )


def _folded(volume: Volume, names: tuple[str, ...]) -> tuple[str, ...]:
    """Ids of the nodes named, each once and none inside another; () for the whole book."""
    nodes = [find_node(volume, name) for name in names]
    if any(node.kind == "volume" for node in nodes):
        return ()
    ids = dict.fromkeys(node.id for node in nodes)
    return tuple(each for each in ids if "/" not in each or each.partition("/")[0] not in ids)


def _scope(desk: Desk, style: DraftStyle, nodes: tuple[str, ...]) -> tuple[str, ...]:
    """What a draft is made from: text, title page, looks, letters out when they show, and
    terms when there is an index."""
    base = f"volumes/{desk.volume_id}"
    chapters = dict.fromkeys(f"{base}/chapters/{node.split('/')[0]}" for node in nodes)
    text = tuple(chapters) or (f"{base}/chapters",)
    letters = (f"{base}/letters",) if style.show_marks else ()
    terms = (f"{base}/terms.yaml",) if style.index else ()
    return (f"{base}/volume.yaml", "styles", *text, *letters, *terms)


def _imprint(volume: Volume, style: DraftStyle, draft: Draft) -> Imprint:
    return Imprint(
        title=book_title(volume),
        label=style.label,
        edition=draft.edition,
        date=draft.date,
        office=volume.info.office.name,
        commit=draft.commit,
        dirty=draft.dirty,
        notice=style.notice,
        sample=volume.info.sample,
        scope=tuple(find_node(volume, node).title for node in draft.nodes),
    )


def _print(
    desk: Desk,
    book: Book,
    style: DraftStyle,
    formats: tuple[str, ...],
    marks: tuple[CopyMark, ...],
    say: Progress,
) -> dict[str, Printed]:
    """The PDF is laid out even when only DOCX is wanted: the contents need its pages."""
    from editorial.desk.fonts import font_table
    from editorial.render.pdf.book import book_pdf

    fonts = load_fonts(desk.workspace.files)
    shelf = Shelf(desk.workspace.git_dir / "editorial" / "laid")
    table = font_table(desk, fonts)
    printed = {"pdf": book_pdf(book, style, table, say, marks=marks, shelf=shelf)}
    shelf.tidy()
    if "docx" in formats:
        from editorial.render.docx.book import book_docx

        say("正在编排 DOCX")
        printed["docx"] = book_docx(book, style, fonts, dict(printed["pdf"].starts))
    return printed


def _stem(desk: Desk, volume: Volume, style: DraftStyle, draft: Draft) -> str:
    """What its files are called; styles of one label are told apart by their ids."""
    named = [name for name, label in draft_labels(desk.workspace.files) if label == style.label]
    label = style.label if len(named) < 2 else f"{style.label}（{style.id}）"
    edition = f"第{draft.edition}稿"
    part = f"（{'、'.join(draft.nodes)}）" if draft.nodes else ""
    return fit_name(book_title(volume) + label + edition + part)


def _write(folder: Path, stem: str, kind: str, data: bytes) -> Path:
    path = folder / f"{stem}.{kind}"
    put_output(path, data)
    return path


def _paper(name: str, data: bytes) -> Paper:
    return Paper(name=name, sha256=hashlib.sha256(data).hexdigest(), size=len(data))


def _register(desk: Desk, style: DraftStyle, draft: Draft, copies: int) -> Act:
    what = "、".join(draft.nodes) if draft.nodes else "全书"
    again = "补登" if draft.source else "出稿"
    subject = f"{again}：{style.label}第{draft.edition}稿（{what}）"
    subject += f"，编号本{copies}份" if copies else ""
    message = Message(subject=subject, act="draft", by=draft.by)
    if draft.source:
        path = draft.source.path
    else:
        taken = tuple(d.id for d in load_drafts(desk.workspace.files, desk.volume_id))
        path = f"volumes/{desk.volume_id}/drafts/{next_id(taken)}/draft.yaml"
    return save_record(desk, draft, path, message, nodes=draft.nodes)
