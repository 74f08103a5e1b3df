"""改动: many at once are placed on the proof and recorded, all of them or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from editorial.desk.error_rate import class_names, classed
from editorial.desk.ledger import save_record
from editorial.desk.office import Act, Desk, actor, loaded, name_of
from editorial.desk.proof_file import folder_of, kept_path
from editorial.desk.proof_intake import Taken, taken_from
from editorial.desk.proof_page import PageText, plain
from editorial.desk.proof_place import Ground, Spot, by_page, page_of, placed, read_ground, spot_of
from editorial.desk.proof_work import AT_WORK, reader_id
from editorial.desk.proofs import find_proof
from editorial.errors import BadData, Blocker, EditorialError, Problem, Refused
from editorial.model.error_scheme import class_named
from editorial.model.labels import ProofState
from editorial.model.nodes import find_node
from editorial.model.proof_signs import OF_WORDS, Sign, sign_named
from editorial.model.proof_typing import Entry, typed_entries
from editorial.model.proofs import (
    Correction,
    ProofJob,
    asked_page,
    described,
    page_called,
    proof_state,
)
from editorial.model.volume import Step, Volume
from editorial.store.proofing import load_error_scheme, scheme_names
from editorial.store.save import Message
from editorial.values import dataclass

TOLD = 8  # remarks of one kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Two corrections, counted from 1, that alter the same words differently."""

    first: int
    second: int


def correct(
    desk: Desk, proof_id: str, correction: Correction, *, at: datetime, sheet: int = 0
) -> Act:
    """校对: record one correction, on its page or on a `sheet` of the file; the first one turns
    the job to 校对."""
    same = correction.old == correction.new
    empty = same and not (correction.note and not correction.old)
    if sign_named(correction.mark) in OF_WORDS and empty:
        hint = "写 --old 原文 和 --new 改为（增补只写 --new）"
        raise EditorialError("没有写改什么", hint=hint)
    entry = Entry(correction=correction, where=asked_page(correction.page, sheet), sheet=sheet)
    return _record(desk, proof_id, Taken(entries=(entry,)), "改动", at, "proof correct")


def type_in(desk: Desk, proof_id: str, text: str, *, at: datetime, name: str = "录入") -> Act:
    """Lines as a proofreader types them (`model.proof_typing`)."""
    entries = typed_entries(text, name)
    return _record(desk, proof_id, Taken(entries=entries), name, at, "proof type")


def take_in(desk: Desk, proof_id: str, path: Path, *, at: datetime) -> Act:
    """A table, a marked PDF, a Word file or a list of typed lines."""

    if path.suffix.lower() == ".pdf":
        return _record(desk, proof_id, None, path.name, at, "proof import", marked=path)
    return _record(desk, proof_id, taken_from(path, ()), path.name, at, "proof import")


def _record(
    desk: Desk,
    proof_id: str,
    taken: Taken | None,
    name: str,
    at: datetime,
    act: str,
    marked: Path | None = None,
) -> Act:
    job = find_proof(desk, proof_id)
    if proof_state(job) not in AT_WORK:
        raise EditorialError(
            f"{job.label}样{job.id}已{proof_state(job).label}，不能再记改动",
            hint="请出下一校次的样",
        )
    volume = loaded(desk).volume
    ground = _ground(desk, job, taken, marked)
    if taken is None:
        assert marked is not None
        taken = taken_from(marked, (ground or read_ground(marked)).pages)
    _refuse_unknown_faults(desk, taken.entries, name)
    by = name_of(actor(desk, volume))
    fresh = tuple(
        replace(each, by=reader_id(volume, each.by) or by, section=_section(volume, each))
        for each in _placed(ground, job, taken.entries, name, volume)
    )
    fresh = classed(desk.workspace.files, fresh, name)
    kept, again = _without_known(job, fresh)
    changed = _with(job, kept, at, by)
    told = (*taken.told, *again, *_told(ground, changed, len(job.corrections)))
    if not kept:
        message = "这些改动都录过了" if fresh else "没有一处能录"
        raise EditorialError(message, hint="；".join(told[:TOLD]))
    subject = _subject(job, kept)
    message_ = Message(subject=f"校对：{job.label}样{job.id} {subject}", act=act, by=by)
    saved = save_record(desk, changed, f"{folder_of(desk, job.id)}/proof.yaml", message_)
    return replace(saved, remarks=(*saved.remarks, *told))


def _refuse_unknown_faults(desk: Desk, entries: Sequence[Entry], name: str) -> None:
    """A class of fault is one that some scheme of styles/errors/ has."""
    asked = [entry for entry in entries if entry.correction.fault]
    if not asked:
        return
    files = desk.workspace.files
    schemes = [load_error_scheme(files, each) for each in scheme_names(files)]
    problems = tuple(
        Problem(file=name, key=entry.where, message=f"没有“{entry.correction.fault}”这类差错")
        for entry in asked
        if schemes and not any(class_named(each, entry.correction.fault) for each in schemes)
    )
    if problems:
        raise BadData(problems, hint=f"可用：{class_names(schemes[0])}")


def _subject(job: ProofJob, kept: Sequence[Correction]) -> str:
    if len(kept) > 1:
        return f"录{len(kept)}处改动"
    return f"{page_called(kept[0].page, job.offset)}{described(kept[0])}"


def _ground(desk: Desk, job: ProofJob, taken: Taken | None, marked: Path | None) -> Ground | None:
    """The proof's own text, of the pages concerned; that of the marked file where no proof was
    kept."""
    if job.file and not job.scanned:
        known = taken is not None and all(e.correction.page or e.sheet for e in taken.entries)
        some = {page_of(job, each) for each in taken.entries} if taken and known else None
        ground = read_ground(kept_path(desk, job), job.offset, some)
        if marked:
            _refuse_other(job, ground, read_ground(marked), marked)
        return ground
    return read_ground(marked) if marked and not job.file else None


def _refuse_other(job: ProofJob, own: Ground, theirs: Ground, path: Path) -> None:
    """Remarks are placed by where they stand, so it must be the same proof."""
    if len(own.pages) != len(theirs.pages):
        pages = f"（{len(theirs.pages)}页，校样{len(own.pages)}页）"
        raise EditorialError(f"这不是{job.label}样{job.id}{pages}", where=str(path))
    odd = [a.sheet for a, b in zip(own.pages, theirs.pages, strict=True) if a.text != b.text]
    if odd:
        hint = f"第{odd[0]}面的文字就不同；请用出样的那份 PDF 批注"
        raise EditorialError(f"文字与{job.label}样{job.id}不同", where=str(path), hint=hint)


def _placed(
    ground: Ground | None, job: ProofJob, entries: Sequence[Entry], name: str, volume: Volume
) -> tuple[Correction, ...]:
    if ground is not None:
        return placed(ground, entries, name, lambda spot: section_at(ground, job, spot, volume))
    return by_page(job, entries, name)


def section_at(ground: Ground, job: ProofJob, spot: Spot, volume: Volume) -> str:
    """The section a place belongs to: of several on one page, the last whose title is above."""
    page = spot.page.sheet + ground.offset
    here = [each for each in job.spreads if each.first <= page <= each.last]
    titles = {section.id: plain(section.title) for section in volume.sections}
    found = here[0].section if here else ""
    at = 0
    for each in here:
        if each.first == page:
            place = _title_at(spot.page, titles.get(each.section, ""), at)
            if place < 0 or place > spot.start:
                break
            at = place + 1
        found = each.section
    return found


def _title_at(page: PageText, title: str, at: int) -> int:
    """Where a title begins: on lines of its own, for other text may speak of it; where it has
    none, wherever it stands."""
    text = plain(page.text)
    for row in page.rows:
        line = text[row.start : row.stop]
        if row.start >= at and title.startswith(line) and text.startswith(title, row.start):
            return row.start
    return text.find(title, at)


def _section(volume: Volume, correction: Correction) -> str:
    return find_node(volume, correction.section).id if correction.section else ""


def _with(job: ProofJob, kept: Sequence[Correction], at: datetime, by: str) -> ProofJob:
    first = proof_state(job) is ProofState.ISSUED and bool(kept)
    step = (Step(at=at, by=by, to=ProofState.PROOFREADING.value),) if first else ()
    return replace(job, corrections=(*job.corrections, *kept), history=(*job.history, *step))


def _same(one: Correction, other: Correction) -> bool:
    """Two readers asking for one thing; without a place known they must agree in every word."""
    keys = ["page", "line", "before", "old", "new", "after"]
    if not (one.before or one.after):
        keys += ["mark", "note", "section"]
    return all(getattr(one, key) == getattr(other, key) for key in keys)


def _without_known(
    job: ProofJob, fresh: Sequence[Correction]
) -> tuple[tuple[Correction, ...], tuple[str, ...]]:
    """Those not recorded yet, and which were."""
    kept: list[Correction] = []
    told: list[str] = []
    for each in fresh:
        every = [*job.corrections, *kept]
        twin = next((n for n, other in enumerate(every, 1) if _same(each, other)), 0)
        if twin:
            where = page_called(each.page, job.offset)
            told.append(f"{where}{described(each)}与第{twin}处相同，没有再记")
        else:
            kept.append(each)
    return tuple(kept), tuple(_shortened(told))


def _shortened(told: Sequence[str]) -> Iterator[str]:
    yield from told[:TOLD]
    if len(told) > TOLD:
        yield f"……这样的共{len(told)}处"


def _told(ground: Ground | None, job: ProofJob, before: int) -> Iterator[str]:
    """What people must settle about the corrections after the first `before`."""
    clashes = [each for each in clashes_of(ground, job.corrections) if each.second > before]
    yield from _shortened([_clash(job, each) for each in clashes])
    loose = [
        f"{page_called(each.page, job.offset)}{described(each)}没有写增补在哪两个字之间，"
        "排版公司找不到；写作 前文[+词]后文"
        for each in job.corrections[before:]
        if ground and each.mark == Sign.INSERT and not (each.before or each.after)
    ]
    yield from _shortened(loose)


def clashes_of(ground: Ground | None, corrections: Sequence[Correction]) -> tuple[Clash, ...]:
    """Pairs that cannot both be carried out. Places are only known on a proof with text."""
    if ground is None:
        return ()
    spots = [spot_of(ground, each) for each in corrections]
    by_page: dict[int, list[int]] = {}
    for index, spot in enumerate(spots):
        if spot is not None:
            by_page.setdefault(spot.page.sheet, []).append(index)
    return tuple(
        Clash(first=one + 1, second=other + 1)
        for indices in by_page.values()
        for place, other in enumerate(indices)
        for one in indices[:place]
        if _clashing(spots[one], spots[other])
    )


def _clashing(one: Spot | None, other: Spot | None) -> bool:
    if one is None or other is None:
        return False
    if one.start == one.stop and other.start == other.stop:
        return one.start == other.start
    return max(one.start, other.start) < min(one.stop, other.stop) or (
        other.start < one.start == one.stop < other.stop
        or one.start < other.start == other.stop < one.stop
    )


def _clash(job: ProofJob, clash: Clash) -> str:
    first, second = job.corrections[clash.first - 1], job.corrections[clash.second - 1]
    return (
        f"{page_called(first.page, job.offset)}第{clash.first}处{described(first)}（{first.by}）"
        f"与第{clash.second}处{described(second)}（{second.by}）改的是同一处，请定一种"
    )


def refuse_clashes(job: ProofJob, ground: Ground | None) -> None:
    """Refused while two corrections of one place stand."""
    clashes = clashes_of(ground, job.corrections)
    if clashes:
        blockers = tuple(
            Blocker(node=f"proofs/{job.id}", guard="clash", message=_clash(job, each))
            for each in clashes
        )
        hint = f"不要的一处用 editorial proof drop {job.id} 序号 --note 理由 去掉"
        raise Refused(f"{job.label}样{job.id}有{len(clashes)}处改法相冲突", blockers, hint=hint)


def drop_correction(desk: Desk, proof_id: str, number: int, *, note: str) -> Act:
    """去掉一处: settled otherwise, or typed wrongly. `note` says why and stays in the history."""
    job = find_proof(desk, proof_id)
    if proof_state(job) not in AT_WORK:
        raise EditorialError(f"{job.label}样{job.id}已{proof_state(job).label}，不能再去掉改动")
    if not 1 <= number <= len(job.corrections):
        raise EditorialError(f"没有第{number}处改动", hint=f"共{len(job.corrections)}处")
    if not note.strip():
        raise EditorialError("没有写为什么去掉", hint="--note 理由")
    gone = job.corrections[number - 1]
    left = (*job.corrections[: number - 1], *job.corrections[number:])
    by = name_of(actor(desk, loaded(desk).volume))
    where = page_called(gone.page, job.offset)
    what = f"去掉第{number}处（{where}{described(gone)}）"
    message = Message(
        subject=f"校对：{job.label}样{job.id}{what}", act="proof drop", by=by, body=note.strip()
    )
    path = f"{folder_of(desk, job.id)}/proof.yaml"
    return save_record(desk, replace(job, corrections=left), path, message)
