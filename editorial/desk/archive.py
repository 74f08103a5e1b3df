"""归档: the list of everything a book leaves behind, and its check against what is there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from editorial.desk.office import Desk, loaded
from editorial.desk.office_papers import check_formats
from editorial.errors import EditorialError, unreadable
from editorial.model.archive import (
    ArchiveCheck,
    ArchiveFile,
    ArchiveList,
    ArchiveThing,
    checked,
    file_table,
    in_order,
    list_text,
    parse_list,
    thing_table,
)
from editorial.model.drafts import Draft
from editorial.model.gates import result_of
from editorial.model.labels import Disposition
from editorial.model.names import fit_name
from editorial.model.reviews import Round, disposition
from editorial.model.volume import Volume, book_title
from editorial.store import git
from editorial.store.history import uncommitted
from editorial.store.load import load_gate
from editorial.store.looks import draft_labels, load_fonts
from editorial.store.registers import (
    load_drafts,
    load_letters,
    load_proofs,
    load_returns,
    load_rounds,
)
from editorial.store.save import put_output
from editorial.values import dataclass

FORMATS = ("xlsx", "docx", "txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    found: ArchiveList
    files: tuple[Path, ...]


def archive_list(desk: Desk, today: date) -> ArchiveList:
    """All that is kept of the book, and its drafts as far as they still lie in out/.

    EditorialError while something of it is not kept: a list must not age before it is printed.
    """
    volume = loaded(desk).volume
    base = f"volumes/{desk.volume_id}"
    loose = [path for path in uncommitted(desk.workspace, (base,)) if "/out/" not in path]
    if loose:
        told = f"有{len(loose)}个文件改过而未留存，归档目录定不下来"
        hint = "先执行 editorial keep -m “改了什么”"
        raise EditorialError(told, where=loose[0], hint=hint)
    drafts = load_drafts(desk.workspace.files, desk.volume_id)
    kept = sorted(git.tracked(desk.root, (base,)))
    papers, absent = _drafts_in_out(desk, drafts)
    return ArchiveList(
        title=book_title(volume),
        office=volume.info.office.name,
        commit=git.head(desk.root),
        day=today,
        things=tuple(_things(desk, volume, drafts)),
        files=in_order((*(_file(desk, path.removeprefix(base + "/")) for path in kept), *papers)),
        absent=absent,
    )


def _file(desk: Desk, path: str) -> ArchiveFile:
    return _hashed(desk.root / "volumes" / desk.volume_id, path)


def _hashed(folder: Path, path: str) -> ArchiveFile:
    try:
        data = (folder / path).read_bytes()
    except OSError as error:
        raise unreadable(error, path) from error
    return ArchiveFile(path=path, sha256=hashlib.sha256(data).hexdigest(), size=len(data))


def _drafts_in_out(
    desk: Desk, drafts: Sequence[Draft]
) -> tuple[tuple[ArchiveFile, ...], tuple[str, ...]]:
    """What was printed lies in out/, which git does not keep: as registered, or absent."""
    here: dict[str, ArchiveFile] = {}
    absent: dict[tuple[str, str, str], None] = {}
    folder = desk.root / "volumes" / desk.volume_id / "out"
    for draft in drafts:
        printed = (
            *((p.name, p.sha256) for p in draft.papers),
            *((c.file, c.sha256) for c in draft.copies),
        )
        for name, sha256 in printed:
            found = _file(desk, f"out/{name}") if (folder / name).is_file() else None
            if found and found.sha256 == sha256:
                here[name] = found
            else:
                absent[draft.id, name, sha256] = None
    return tuple(here.values()), tuple(
        f"{name}（稿样{draft}，SHA-256 {sha256}{'，同名的是后来重印的' if name in here else ''}）"
        for draft, name, sha256 in absent
    )


def _things(desk: Desk, volume: Volume, drafts: Sequence[Draft]) -> Iterator[ArchiveThing]:
    names = {editor.id: editor.name for editor in volume.staff}
    names |= {unit.id: unit.short or unit.name for unit in volume.units}
    yield from _gates(desk, volume)
    for chapter in volume.chapters:
        told = f"{len(chapter.sections)}个分目"
        yield _thing("正文", chapter.id, chapter.title, f"chapters/{chapter.id}", remark=told)
    yield from _drafts(desk, drafts, names)
    yield from (_round(each, names) for each in load_rounds(desk.workspace.files, desk.volume_id))
    yield from _mail(desk, names)
    for job in load_proofs(desk.workspace.files, desk.volume_id):
        day = job.history[0].at.date() if job.history else None
        told, place = f"改动{len(job.corrections)}处", f"proofs/{job.id}"
        by = names.get(job.reader, job.reader)
        yield _thing("校样", job.id, f"{job.label}样", place, by=by, day=day, remark=told)


def _drafts(
    desk: Desk, drafts: Sequence[Draft], names: Mapping[str, str]
) -> Iterator[ArchiveThing]:
    labels = dict(draft_labels(desk.workspace.files))
    for draft in drafts:
        title = f"{labels.get(draft.style, draft.style)}第{draft.edition}稿"
        title += f"（{draft.review}）" if draft.review else ""
        copies = len({copy.number for copy in draft.copies})
        yield _thing(
            "稿样",
            draft.id,
            title,
            f"drafts/{draft.id}",
            by=names.get(draft.by, draft.by),
            day=draft.date,
            remark=f"编号本{copies}份" if copies else "",
            papers=_papers(draft),
        )


def _mail(desk: Desk, names: Mapping[str, str]) -> Iterator[ArchiveThing]:
    for letter in load_letters(desk.workspace.files, desk.volume_id):
        title = f"{letter.number}　{letter.title}" if letter.number else letter.title
        place, by = f"letters/{letter.id}", names.get(letter.unit, letter.unit)
        yield _thing("函件", letter.id, title, place, by=by, day=letter.signed)
    for paper in load_returns(desk.workspace.files, desk.volume_id):
        title = paper.subject or (paper.papers[0].name if paper.papers else paper.kind.label)
        place = f"returns/{paper.id}"
        yield _thing("来件", paper.id, title, place, by=paper.sender, day=paper.at.date())


def _papers(draft: Draft) -> tuple[str, ...]:
    names = (*(each.name for each in draft.papers), *(each.file for each in draft.copies))
    return tuple(f"out/{name}" for name in dict.fromkeys(names))


def _thing(
    kind: str,
    id: str,
    title: str,
    folder: str,
    *,
    by: str = "",
    day: date | None = None,
    remark: str = "",
    papers: tuple[str, ...] = (),
) -> ArchiveThing:
    return ArchiveThing(
        kind=kind,
        id=id,
        title=title,
        folder=folder,
        by=by,
        day=day,
        remark=remark,
        papers=papers,
    )


def _gates(desk: Desk, volume: Volume) -> Iterator[ArchiveThing]:
    for gate in volume.gates:
        for answer in load_gate(desk.workspace.files, desk.volume_id, gate.id).answers:
            title, told = f"{gate.label}　{answer.doc_no}", result_of(answer).label
            place = f"gates/{gate.id}"
            yield _thing(
                "批文", gate.id, title, place, by=answer.body, day=answer.date, remark=told
            )


def _round(round_: Round, names: Mapping[str, str]) -> ArchiveThing:
    states = [disposition(opinion) for opinion in round_.opinions]
    told = "，".join(
        f"{state.label}{count}" for state in Disposition if (count := states.count(state))
    )
    first = round_.history[0] if round_.history else None
    return _thing(
        "评议",
        round_.id,
        f"{round_.kind.label}：{round_.title}",
        f"rounds/{round_.id}",
        by=names.get(first.by, first.by) if first else "",
        day=first.at.date() if first else None,
        remark=f"意见{len(states)}条" + (f"：{told}" if told else ""),
    )


def make_archive_list(
    desk: Desk, *, today: date, formats: Sequence[str] = FORMATS, out: Path | None = None
) -> Made:
    """The list as workbook, as a Word table and as text that `archive verify` reads."""
    check_formats(formats, FORMATS)
    found = archive_list(desk, today)
    folder = out or desk.root / "volumes" / desk.volume_id / "out"
    stem = fit_name(f"{found.title}归档目录")
    paths = tuple(folder / f"{stem}.{kind}" for kind in dict.fromkeys(formats))
    for path in paths:
        put_output(path, _data(desk, found, path.suffix[1:]), desk.workspace)
    return Made(found=found, files=paths)


def _data(desk: Desk, found: ArchiveList, kind: str) -> bytes:
    from editorial.render.docx.register import register_docx
    from editorial.render.xlsx import workbook

    if kind == "txt":
        return list_text(found).encode()
    tables = (thing_table(found), file_table(found))
    if kind == "xlsx":
        return workbook(tables, found.day, found.office)
    return register_docx(tables, load_fonts(desk.workspace.files), found.day, found.office)


def archive_verify(desk: Desk, listed: Path, folder: Path | None = None) -> ArchiveCheck:
    """Whether what the list names is there, unchanged, and nothing else is. `folder` is a copy
    of the volume's folder elsewhere, on a disk at the archive say; without it the volume itself."""
    try:
        text = listed.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise unreadable(error, listed) from error
    except UnicodeDecodeError:
        hint = "请给 editorial archive list 写出的 .txt"
        raise EditorialError("这不是归档目录", where=str(listed), hint=hint) from None
    files = parse_list(text, listed.name)
    place = folder or desk.root / "volumes" / desk.volume_id
    if not place.is_dir():
        raise EditorialError("没有这个目录", where=str(place), hint="--dir 写存放归档文件的目录")
    present = [path for path in _present(desk, folder, place) if path != listed.name]
    asked = [path for path in files if (place / path).is_file()]
    names = dict.fromkeys((*present, *asked))
    return checked(files, [_hashed(place, path) for path in names])


def _present(desk: Desk, folder: Path | None, place: Path) -> Iterator[str]:
    """In the workspace what git keeps or would; elsewhere every file there is."""
    if folder:
        inside = (each for each in sorted(place.rglob("*")) if each.is_file())
        yield from (each.relative_to(place).as_posix() for each in inside)
        return
    base = f"volumes/{desk.volume_id}"
    known = {*git.tracked(desk.root, (base,)), *uncommitted(desk.workspace, (base,))}
    for path in sorted(known):
        if (desk.root / path).is_file():
            yield path.removeprefix(base + "/")
