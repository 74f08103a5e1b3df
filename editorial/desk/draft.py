"""出稿: the 评议稿 in PDF and DOCX, registered with its edition, commit and hashes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from editorial.beside import beside
from editorial.desk.copies import marks_of, merged, write_copies
from editorial.desk.draft_book import draft_book, look_of
from editorial.desk.extract import resolved, selective, units_of, wanted_sections, words_of
from editorial.desk.fonts import font_labels
from editorial.desk.ledger import next_id, save_record, taking_a_number
from editorial.desk.office import Act, Desk, actor, loaded, name_of
from editorial.desk.office_papers import check_formats
from editorial.desk.papers import paper_of
from editorial.desk.past import Then, find_then
from editorial.desk.placing import missing_glyphs, placed
from editorial.errors import EditorialError
from editorial.memory import uncollected
from editorial.model.book import Book, CopyMark, MissingGlyph, Printed
from editorial.model.document import Span
from editorial.model.drafts import Copy, Draft, Reader, numbered_readers
from editorial.model.finding import Finding
from editorial.model.letters import Paper
from editorial.model.names import fit_both
from editorial.model.nodes import find_node
from editorial.model.selection import Selection
from editorial.model.style import DraftStyle
from editorial.model.volume import Volume, book_title
from editorial.store.history import changes_digest, last_change, uncommitted
from editorial.store.laid import Shelf
from editorial.store.looks import draft_labels, load_draft_style, load_fonts
from editorial.store.outputs import outputs
from editorial.store.own import own_folder
from editorial.store.readers import load_readers
from editorial.store.registers import load_drafts
from editorial.store.save import Message
from editorial.store.workspace import identity, refuse_read_only
from editorial.values import dataclass

FORMATS = ("pdf", "docx")
WAYS = frozenset({"B02", "B03"})  # of setting a table wider than the page
WHOLE = Selection()
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftMade:
    """`act` is None when this very draft had been registered before, and so had its copies.
    `again` says whether it had been, in brackets, else nothing."""

    draft: Draft
    files: tuple[Path, ...]
    copies: tuple[tuple[Copy, Path], ...]
    pages: int
    missing: tuple[MissingGlyph, ...]
    substituted: tuple[str, ...]
    findings: tuple[Finding, ...]
    act: Act | None
    again: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """A draft to be made in the `look` of its round; `then` is the text a 花脸稿 is against."""

    desk: Desk
    volume: Volume
    look: DraftStyle
    draft: Draft
    then: Then | None


@taking_a_number
def make_draft(
    desk: Desk,
    nodes: tuple[str, ...] = (),
    *,
    at: datetime,
    style: str = "",
    formats: tuple[str, ...] | None = None,
    selection: Selection = WHOLE,
    out: Path | None = None,
    readers: str = "",
    since: str = "",
    review: str = "",
    progress: Progress | None = None,
) -> DraftMade:
    """Set the nodes (default: the whole book), write the files, register the edition.

    `selection` makes it an extract: only the sections chosen, and of a unit only its entries.
    What is asked and last year's text stand in the DOCX alone, so then it is the one made.
    `since` (第N稿, a round, a commit, a day) makes it a 花脸稿 against the text of then; Unchanged
    when nothing differs.
    `readers` is the list of those who get numbered copies, as a path. The same text, style,
    selection and readers give the same edition, the same numbers and the same bytes.
    `review` is the title of the round it is made for: cover and foot of every page name it.
    """
    formats = _usual(selection) if formats is None else tuple(dict.fromkeys(formats))
    _check(formats, selection, redline=bool(since), copies=bool(readers))
    refuse_read_only(desk.workspace)
    identity(desk.workspace)
    say = progress or (lambda _: None)
    job = _job(desk, nodes, selection, at, style=style, since=since, review=review)
    given = load_readers(readers, job.draft.copies) if readers else ()
    numbered = numbered_readers(given, job.draft.copies)
    say("读取正文")
    with uncollected():
        book, findings = _book(job, at)
    printed = _print(job, book, formats, marks_of(numbered), say)
    folder, stem = out or desk.root / "volumes" / desk.volume_id / "out", _stem(job)
    paths = {kind: folder / f"{stem}.{kind}" for kind in formats}
    draft, copies, act = _put_out(job, paths, printed, numbered, say)
    main = printed.get("pdf") or printed["docx"]
    return DraftMade(
        draft=draft,
        files=tuple(paths.values()),
        copies=copies,
        pages=main.pages,
        missing=main.missing,
        substituted=font_labels(desk, main.substituted),
        findings=(
            *placed(desk, (*findings, *said_once(printed))),
            *missing_glyphs(desk, book, main.missing, given),
        ),
        act=act,
        again=_again(job.draft, draft),
    )


def _job(
    desk: Desk,
    names: tuple[str, ...],
    selection: Selection,
    at: datetime,
    *,
    style: str,
    since: str,
    review: str,
) -> _Job:
    volume = loaded(desk).volume
    look = load_draft_style(desk.workspace.files, style or volume.info.draft_style)
    chosen = resolved(desk, volume, selection)
    draft = _draft(desk, volume, look, names, chosen, at, review)
    then = find_then(desk, since, draft) if since else None
    return _Job(desk=desk, volume=volume, look=look_of(look, draft), draft=draft, then=then)


def _put_out(
    job: _Job,
    paths: dict[str, Path],
    printed: dict[str, Printed],
    numbered: tuple[tuple[int, Reader], ...],
    say: Progress,
) -> tuple[Draft, tuple[tuple[Copy, Path], ...], Act | None]:
    """Files, by format, and numbered copies written and registered together, or none."""
    made = {kind: printed[kind] for kind in paths}
    papers = beside(lambda: tuple(paper_of(paths[kind].name, made[kind].data) for kind in made))
    first, wanted = next(iter(paths.values())), job.draft
    with outputs(job.desk.workspace) as put:
        for kind, each in made.items():
            put(paths[kind], each.data)
        copies = write_copies(first.parent, first.stem, wanted.edition, made, numbered, put, say)
        draft = replace(
            wanted,
            papers=_merged(wanted.papers, papers()),
            copies=merged(wanted.copies, tuple(copy for copy, _ in copies)),
        )
        new = len({copy.number for copy in set(draft.copies) - set(wanted.copies)})
        act = None if draft == wanted else _register(job, draft, new)
    return draft, copies, act


def said_once(printed: dict[str, Printed]) -> Iterator[Finding]:
    """What was odd in any of the files; of one place the same but once, as the PDF has it, which
    leaves out more. Of a table that the two set in different ways each is told by its name."""
    said: set[tuple[str, str, Span]] = set()
    kinds = [kind for kind in FORMATS if kind in printed]
    ways = [_ways(printed[kind]) for kind in kinds]
    for kind in kinds:
        new = [it for it in printed[kind].findings if (it.code, it.where, it.span) not in said]
        for it in new:
            if it.code in WAYS and any(way.get((it.where, it.span)) != it.code for way in ways):
                yield replace(it, message=f"{it.message}（{kind.upper()}）")
            else:
                said.add((it.code, it.where, it.span))
                yield it


def _ways(printed: Printed) -> dict[tuple[str, Span], str]:
    """How the tables too wide for the page were set, by their places."""
    return {(it.where, it.span): it.code for it in printed.findings if it.code in WAYS}


def _book(job: _Job, at: datetime) -> tuple[Book, tuple[Finding, ...]]:
    """The text of the draft with all its selection asks for, and what was odd in it; against that
    of then, if it is a 花脸稿."""
    desk, volume, draft, look = job.desk, job.volume, job.draft, job.look
    book, findings = draft_book(desk, volume, look, draft)
    if draft.selection.questions:
        from editorial.desk.questions import questions  # few drafts ask any

        asked = questions(
            desk,
            volume,
            look,
            book,
            findings,
            units=units_of(volume, draft.selection),
            round_id=draft.selection.round,
            day=draft.date,
        )
        book = replace(book, queries=asked)
    if job.then:
        from editorial.desk.redline import marked_since  # only a 花脸稿 compares

        book = marked_since(desk, look, book, draft, job.then, at)
    return book, findings


def _merged(old: tuple[Paper, ...], new: tuple[Paper, ...]) -> tuple[Paper, ...]:
    """The papers of an edition; one printed before with other faces may be in people's hands."""
    return tuple(dict.fromkeys((*old, *new)))


def _again(old: Draft, new: Draft) -> str:
    if old == new:
        return "（此前已出，内容相同）"
    before, now = _printed(old), _printed(new)
    names = {name for name, _ in before}
    if all(each in before or each[0] not in names for each in now):
        return ""
    return "（此前已出，文字相同；字体或程序变了，文件有别，历次的校验码都登记着）"


def _printed(draft: Draft) -> set[tuple[str, str]]:
    """Name and checksum of every file."""
    papers = {(paper.name, paper.sha256) for paper in draft.papers}
    return papers | {(copy.file, copy.sha256) for copy in draft.copies}


def _usual(selection: Selection) -> tuple[str, ...]:
    return ("docx",) if selection.questions or selection.beside else FORMATS


def _check(formats: tuple[str, ...], selection: Selection, *, redline: bool, copies: bool) -> None:
    check_formats(formats, FORMATS)
    if "pdf" in formats and _usual(selection) != FORMATS:
        raise EditorialError("疑问和上年文字只印在 DOCX 里", hint="--format 写 docx，或不写")
    if redline and copies:
        raise EditorialError("花脸稿不出编号本", hint="编号本请另出，不写 --since")
    if redline and selection.beside:
        raise EditorialError("花脸稿不能同时附上年的文字", hint="--since 和 --beside 只写一个")


def _draft(
    desk: Desk,
    volume: Volume,
    style: DraftStyle,
    names: tuple[str, ...],
    selection: Selection,
    at: datetime,
    review: str,
) -> Draft:
    """The registered draft of this very text for this very round, or the next edition.

    Of a selection the sections chosen are recorded: what is overdue is so only for a day. All
    extracts of one selection count their editions together.
    """
    nodes = _folded(volume, names)
    if selective(selection):
        nodes = wanted_sections(desk, volume, selection, nodes, at.date())
    commit, dirty, changes = _state(desk, _scope(desk, volume, style, nodes, selection))
    registered = load_drafts(desk.workspace.files, desk.volume_id)
    drafts = [
        each
        for each in registered
        if (each.style, each.selection) == (style.id, selection)
        and (each.nodes == nodes or selective(selection))
    ]
    for draft in drafts:
        same = (draft.commit, draft.nodes, draft.review) == (commit, nodes, review)
        unchanged = changes == draft.changes if changes else not (dirty or draft.dirty)
        if same and unchanged:
            return draft
    return Draft(
        id=next_id(tuple(each.id for each in registered)),
        style=style.id,
        edition=max((d.edition for d in drafts), default=0) + 1,
        date=at.date(),
        by=name_of(actor(desk, volume)),
        commit=commit,
        dirty=dirty,
        changes=changes,
        nodes=nodes,
        selection=selection,
        review=review,
    )


def _state(desk: Desk, scope: tuple[str, ...]) -> tuple[str, bool, str]:
    """The last commit that touched these paths, whether they were changed since, and a digest of
    the changes, empty where there is none."""
    last = beside(lambda: last_change(desk.workspace, scope))
    changed = uncommitted(desk.workspace, scope)
    changes = changes_digest(desk.workspace, changed)
    return last(), bool(changed), changes


def _folded(volume: Volume, names: tuple[str, ...]) -> tuple[str, ...]:
    """Ids of the nodes named, each once and none inside another; () for the whole book."""
    nodes = [find_node(volume, name) for name in names]
    if any(node.kind == "volume" for node in nodes):
        return ()
    ids = dict.fromkeys(node.id for node in nodes)
    return tuple(each for each in ids if "/" not in each or each.partition("/")[0] not in ids)


def _scope(
    desk: Desk, volume: Volume, style: DraftStyle, nodes: tuple[str, ...], selection: Selection
) -> tuple[str, ...]:
    """What a draft is made from: text, title page, looks, letters out when they show,
    terms when there is an index, and what its selection looks at."""
    base = f"volumes/{desk.volume_id}"
    chapters = dict.fromkeys(f"{base}/chapters/{node.split('/')[0]}" for node in nodes)
    text = tuple(chapters) or (f"{base}/chapters",)
    letters = (f"{base}/letters",) if style.show_marks or selection.questions else ()
    units = (f"{base}/units.yaml",) if selective(selection) else ()
    rounds = (f"{base}/rounds",) if selection.questions or selection.round else ()
    last = (f"volumes/{volume.info.previous}",) if selection.beside else ()
    terms = (f"{base}/terms.yaml",) if style.index else ()
    return (f"{base}/volume.yaml", "styles", *text, *letters, *terms, *units, *rounds, *last)


def _print(
    job: _Job,
    book: Book,
    formats: tuple[str, ...],
    marks: tuple[CopyMark, ...],
    say: Progress,
) -> dict[str, Printed]:
    workspace, printed = job.desk.workspace, dict[str, Printed]()
    fonts = load_fonts(workspace.files)
    if "docx" in formats:  # first, while memory is still free of laid pages
        from editorial.render.docx.book import book_docx

        say("正在编排 DOCX")
        printed["docx"] = book_docx(book, job.look, fonts, marks=marks)
    if "pdf" in formats:
        from editorial.desk.fonts import font_table
        from editorial.render.pdf.book import book_pdf

        shelf = Shelf(own_folder(workspace) / "laid")
        table = font_table(job.desk, fonts)
        printed["pdf"] = book_pdf(book, job.look, table, say, marks=marks, shelf=shelf)
        shelf.tidy()
    return printed


def _stem(job: _Job) -> str:
    """What its files are called; styles of one label are told apart by their ids."""
    style = job.look
    labels = draft_labels(job.desk.workspace.files)
    alone = sum(label == style.label for _, label in labels) < 2
    label = style.label if alone else f"{style.label}（{style.id}）"
    what = _what(job)
    part = f"（{what}）" if what else ""
    against = f"花脸稿（对{job.then.label}）" if job.then else ""
    return fit_both(book_title(job.volume), f"{label}第{job.draft.edition}稿{part}{against}")


def _what(job: _Job) -> str:
    """What part of the book a draft is, empty for all of it."""
    selection = job.draft.selection
    more = (selection.questions and "附疑问", selection.beside and "附上年")
    words = words_of(job.desk, job.volume, selection)
    nodes = (words,) if words else job.draft.nodes
    return "、".join((*nodes, *(each for each in more if each)))


def _register(job: _Job, draft: Draft, copies: int) -> Act:
    """`draft` is that of the job with its papers and copies."""
    desk, label = job.desk, job.look.label
    again = "补登" if draft.source else "出稿"
    subject = f"{again}：{label}第{draft.edition}稿（{_what(job) or '全书'}）"
    subject += f"，编号本{copies}份" if copies else ""
    message = Message(subject=subject, act="draft", by=draft.by)
    own = f"volumes/{desk.volume_id}/drafts/{draft.id}/draft.yaml"
    path = draft.source.path if draft.source else own
    return save_record(desk, draft, path, message, nodes=draft.nodes)
