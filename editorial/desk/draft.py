"""出稿: the 评议稿 in PDF and DOCX, registered with its edition, commit and hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from editorial.desk.assemble import assemble
from editorial.desk.fonts import font_labels
from editorial.desk.ledger import next_id, save_record
from editorial.desk.office import Act, Desk, actor, loaded, name_of
from editorial.errors import EditorialError
from editorial.model.book import Book, Imprint, MissingGlyph, Printed
from editorial.model.drafts import Draft
from editorial.model.finding import Finding
from editorial.model.letters import Paper
from editorial.model.names import fit_name
from editorial.model.nodes import find_node
from editorial.model.style import DraftStyle
from editorial.model.volume import Volume, book_title
from editorial.store.history import last_change, uncommitted
from editorial.store.looks import load_draft_style, load_fonts
from editorial.store.registers import load_drafts
from editorial.store.save import Message, put_output
from editorial.store.workspace import identity

FORMATS = ("pdf", "docx")
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftMade:
    """`act` is None when this very draft had been registered before."""

    draft: Draft
    files: tuple[Path, ...]
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
    progress: Progress | None = None,
) -> DraftMade:
    """Set the nodes (default: the whole book), write the files, register the edition.

    The same commit and style give the same edition and the same bytes.
    """
    _check_formats(formats)
    identity(desk.workspace)
    say = progress or (lambda _: None)
    volume = loaded(desk).volume
    look = load_draft_style(desk.workspace.files, style or volume.info.draft_style)
    wanted = _draft(desk, volume, look, nodes, at)
    say("读取正文")
    book, findings = assemble(desk, volume, look, _imprint(volume, look, wanted), wanted.nodes)
    printed = _print(desk, book, look, formats, say)
    folder = out or desk.root / "volumes" / desk.volume_id / "out"
    files = tuple(
        _write(folder, volume, look, wanted, kind, printed[kind].data) for kind in formats
    )
    papers = tuple(
        _paper(path.name, printed[kind].data) for kind, path in zip(formats, files, strict=True)
    )
    draft = replace(wanted, papers=_merged(wanted.papers, papers))
    main = printed["pdf"]
    return DraftMade(
        draft=draft,
        files=files,
        pages=main.pages,
        missing=main.missing,
        substituted=font_labels(desk, main.substituted),
        findings=findings,
        act=None if draft.papers == wanted.papers else _register(desk, look, draft),
    )


def _merged(old: tuple[Paper, ...], new: tuple[Paper, ...]) -> tuple[Paper, ...]:
    """The papers of an edition as they now lie there: a new one takes its namesake's place."""
    latest = {paper.name: paper for paper in (*old, *new)}
    return tuple(latest.values())


def _check_formats(formats: tuple[str, ...]) -> None:
    odd = [each for each in formats if each not in FORMATS]
    if odd or not formats:
        raise EditorialError(f"不能出“{'、'.join(odd)}”格式", hint=f"可用：{'、'.join(FORMATS)}")


def _draft(
    desk: Desk, volume: Volume, style: DraftStyle, names: tuple[str, ...], at: datetime
) -> Draft:
    """The registered draft of this very text, or the next edition."""
    nodes = tuple(node.id for name in names if (node := find_node(volume, name)).kind != "volume")
    scope = _scope(desk, nodes, marks=style.show_marks)
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


def _scope(desk: Desk, nodes: tuple[str, ...], *, marks: bool) -> tuple[str, ...]:
    """What a draft is made from: text, title page, looks, and letters out when they show."""
    base = f"volumes/{desk.volume_id}"
    chapters = dict.fromkeys(f"{base}/chapters/{node.split('/')[0]}" for node in nodes)
    letters = (f"{base}/letters",) if marks else ()
    return (f"{base}/volume.yaml", "styles", *(chapters or (f"{base}/chapters",)), *letters)


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
    )


def _print(
    desk: Desk, book: Book, style: DraftStyle, formats: tuple[str, ...], say: Progress
) -> dict[str, Printed]:
    """The PDF is laid out even when only DOCX is wanted: the contents need its pages."""
    from editorial.desk.fonts import font_table
    from editorial.render.pdf.book import book_pdf

    fonts = load_fonts(desk.workspace.files)
    printed = {"pdf": book_pdf(book, style, font_table(desk, fonts), say)}
    if "docx" in formats:
        from editorial.render.docx.book import book_docx

        say("正在编排 DOCX")
        printed["docx"] = book_docx(book, style, fonts, dict(printed["pdf"].starts))
    return printed


def _write(
    folder: Path, volume: Volume, style: DraftStyle, draft: Draft, kind: str, data: bytes
) -> Path:
    edition = f"第{draft.edition}稿"
    part = f"（{'、'.join(draft.nodes)}）" if draft.nodes else ""
    path = folder / f"{fit_name(book_title(volume) + style.label + edition + part)}.{kind}"
    put_output(path, data)
    return path


def _paper(name: str, data: bytes) -> Paper:
    return Paper(name=name, sha256=hashlib.sha256(data).hexdigest(), size=len(data))


def _register(desk: Desk, style: DraftStyle, draft: Draft) -> Act:
    what = "、".join(draft.nodes) if draft.nodes else "全书"
    again = "补登" if draft.source else "出稿"
    message = Message(
        subject=f"{again}：{style.label}第{draft.edition}稿（{what}）", act="draft", by=draft.by
    )
    if draft.source:
        path = draft.source.path
    else:
        taken = tuple(d.id for d in load_drafts(desk.workspace.files, desk.volume_id))
        path = f"volumes/{desk.volume_id}/drafts/{next_id(taken)}/draft.yaml"
    return save_record(desk, draft, path, message, nodes=draft.nodes)
