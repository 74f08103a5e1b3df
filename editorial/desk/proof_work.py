"""分校: pages given to proofreaders and taken back; who should not read what; load and speed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from editorial.desk.ledger import save_record
from editorial.desk.office import Act, Desk, actor, loaded, name_of
from editorial.desk.proof_file import folder_of
from editorial.errors import EditorialError
from editorial.model.labels import ProofState
from editorial.model.people import find_editor
from editorial.model.proofs import (
    Portion,
    ProofJob,
    chars_a_page,
    pages_called,
    portion_pages,
    proof_state,
)
from editorial.model.volume import Volume
from editorial.store.registers import load_proofs
from editorial.store.save import Message
from editorial.values import dataclass

_RANGE = re.compile(
    r"(?P<sheet>PDF)?\s*第?(?P<first>[0-9]+)(?:\s*[-—–~～至到]\s*(?:PDF)?(?P<last>[0-9]+))?[页面]?",
    re.IGNORECASE,
)
AT_WORK = (ProofState.ISSUED, ProofState.PROOFREADING)


def reader_id(volume: Volume, name: str) -> str:
    """The id of someone of staff.yaml; a proofreader from outside keeps their name."""
    known = next((e.id for e in volume.staff if name in (e.id, e.name)), "")
    return known or name.strip()


def reader_remarks(
    job: ProofJob,
    reader: str,
    earlier: Sequence[ProofJob],
    volume: Volume,
    passes: Sequence[str],
) -> Iterator[str]:
    """Two passes are not read by one person, and beyond the first not by the text's editor; a
    name read for the first time may be misspelt."""
    if not reader:
        return
    heard = any(reader in readers_of(each) for each in earlier) or any(
        portion.by == reader for portion in job.portions
    )
    if reader not in _staff(volume) and not heard:
        yield f"staff.yaml 里没有“{reader}”，记作外请的校对人；本部的请核对姓名"
    wanted = set(job.sections) or {section.id for section in volume.sections}
    for each in earlier:
        own = set(each.sections) or {section.id for section in volume.sections}
        if each.label != job.label and reader in readers_of(each) and wanted & own:
            yield f"{called(volume, reader)}已看过这些分目的{each.label}，{job.label}宜换人"
            break
    mine = [s for s in volume.sections if s.id in wanted and s.editor == reader]
    if mine and passes and job.label != passes[0]:
        yield f"{called(volume, reader)}是其中{len(mine)}个分目的责任编辑，{job.label}宜由别人看"


def readers_of(job: ProofJob) -> set[str]:
    return {job.reader, *(portion.by for portion in job.portions)} - {""}


def called(volume: Volume, reader: str) -> str:
    return next((editor.name for editor in volume.staff if editor.id == reader), reader)


def page_range(text: str, offset: int) -> tuple[int, int]:
    """21-40 or 21, or PDF1-8 of the file; EditorialError for anything else."""
    found = _RANGE.fullmatch(text.strip())
    first = int(found["first"]) if found else 0
    last = int(found["last"] or first) if found else 0
    if not found or first > last:
        hint = "写作 21-40，或一页 21；没有页码的写 PDF 的第几面：PDF1-8"
        raise EditorialError(f"看不懂页码“{text}”", hint=hint)
    return (first + offset, last + offset) if found["sheet"] else (first, last)


def assign_pages(
    desk: Desk,
    job: ProofJob,
    reader: str,
    pages: str,
    *,
    at: datetime,
    due: date | None = None,
) -> Act:
    """分给一人; pages read twice and pages nobody has are told."""
    book = loaded(desk)
    first, last = page_range(pages, job.offset)
    _refuse_outside(job, first, last)
    if proof_state(job) not in AT_WORK:
        raise EditorialError(f"{job.label}样{job.id}已{proof_state(job).label}，不能再分")
    who = find_editor(book.volume.staff, reader).id if reader in _staff(book.volume) else reader
    new = Portion(by=who, first=first, last=last, since=at.date(), due=due or job.due)
    same = [p for p in job.portions if (p.by, p.first, p.last) == (who, first, last)]
    if same and same[0].returned is None:
        raise EditorialError(f"{called(book.volume, who)}已分到{portion_pages(job, new)}")
    changed = replace(job, portions=(*job.portions, new))
    told = (
        *_overlaps(job, new, book.volume),
        *unassigned(changed),
        *reader_remarks(job, who, _others(desk, job), book.volume, book.workflow.passes),
    )
    words = f"{portion_pages(job, new)}分给{called(book.volume, who)}"
    return _saved(desk, changed, words, "proof assign", book.volume, told)


def _staff(volume: Volume) -> set[str]:
    return {name for editor in volume.staff for name in (editor.id, editor.name)}


def _others(desk: Desk, job: ProofJob) -> tuple[ProofJob, ...]:
    found = load_proofs(desk.workspace.files, desk.volume_id)
    return tuple(each for each in found if each.id != job.id)


def _refuse_outside(job: ProofJob, first: int, last: int) -> None:
    low, high = 1 + job.offset, job.pages + job.offset
    if job.pages and not low <= first <= last <= high:
        asked, there = (
            pages_called(range(a, b + 1), job.offset) for a, b in ((first, last), (low, high))
        )
        raise EditorialError(f"没有{asked}", hint=f"这份校样是{there}")


def _overlaps(job: ProofJob, new: Portion, volume: Volume) -> Iterator[str]:
    for each in job.portions:
        first, last = max(each.first, new.first), min(each.last, new.last)
        if first <= last:
            both = pages_called(range(first, last + 1), job.offset)
            yield f"{both}也分给了{called(volume, each.by)}"


def unassigned(job: ProofJob) -> tuple[str, ...]:
    """Pages nobody has, in one sentence."""
    taken = {page for p in job.portions for page in range(p.first, p.last + 1)}
    left = [p for p in range(1 + job.offset, job.pages + job.offset + 1) if p not in taken]
    if not left:
        return ()
    return (f"还没有分出去的：{pages_called(left, job.offset)}",)


def return_pages(desk: Desk, job: ProofJob, reader: str, *, on: date, pages: str = "") -> Act:
    """交回: every open portion of a reader, or the one of these pages."""
    volume = loaded(desk).volume
    who = reader_id(volume, reader)
    wanted = page_range(pages, job.offset) if pages else None
    mine = [
        p
        for p in job.portions
        if p.by == who and p.returned is None and wanted in (None, (p.first, p.last))
    ]
    if not mine:
        known = "、".join(
            f"{called(volume, p.by)} {portion_pages(job, p)}"
            for p in job.portions
            if not p.returned
        )
        message = f"{called(volume, who)}手里没有{job.label}样{job.id}的页"
        raise EditorialError(message, hint=f"在校的：{known or '没有'}")
    late = [p for p in mine if p.since and on < p.since]
    if late:
        raise EditorialError(f"交回的日子早于分出的日子（{late[0].since}）", hint="--on 写实际日期")
    done = tuple(replace(p, returned=on) if p in mine else p for p in job.portions)
    told = "、".join(portion_pages(job, p) for p in mine)
    words = f"{called(volume, who)}交回{told}"
    return _saved(desk, replace(job, portions=done), words, "proof done", volume, ())


def _saved(
    desk: Desk, job: ProofJob, words: str, act: str, volume: Volume, told: tuple[str, ...]
) -> Act:
    by = name_of(actor(desk, volume))
    message = Message(subject=f"校对：{job.label}样{job.id}{words}", act=act, by=by)
    saved = save_record(desk, job, f"{folder_of(desk, job.id)}/proof.yaml", message)
    return replace(saved, remarks=(*saved.remarks, *told))


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """One proofreader: what they have read and have in hand. `days` are those between taking
    and giving back, both counted, of what came back; `chars` 版面字数 of that. `timed` and
    `counted` are the days and corrections of proofs whose 版面字数 is known: rates are of these.
    """

    reader: str
    pages: int
    chars: int
    days: int
    corrections: int
    in_hand: int
    overdue: int
    timed: int
    counted: int

    @property
    def speed(self) -> int:
        """版面字数 a day."""
        return round(self.chars / self.timed) if self.timed else 0

    @property
    def rate(self) -> float:
        """Corrections to 10 000 characters."""
        return self.counted * 10_000 / self.chars if self.chars else 0.0


def loads(desk: Desk, today: date, label: str = "") -> tuple[Load, ...]:
    """Every proofreader of the volume, those with most in hand first; of one 校次 if named."""
    volume = loaded(desk).volume
    jobs = [j for j in load_proofs(desk.workspace.files, desk.volume_id) if label in ("", j.label)]
    names = sorted({reader for job in jobs for reader in readers_of(job)})
    found = [_load(name, jobs, volume, today) for name in names]
    return tuple(sorted(found, key=lambda load: (-load.overdue, -load.in_hand, load.reader)))


def _load(reader: str, jobs: Sequence[ProofJob], volume: Volume, today: date) -> Load:
    pairs = [(job, p) for job in jobs for p in portions_of(job) if p.by == reader]
    back = [(job, p) for job, p in pairs if p.returned]
    open_ = [p for _, p in pairs if not p.returned]
    return Load(
        reader=called(volume, reader),
        pages=sum(p.last - p.first + 1 for _, p in back),
        chars=round(sum((p.last - p.first + 1) * chars_a_page(job) for job, p in back)),
        days=len({day for _, p in back for day in _days(p)}),
        corrections=sum(c.by == reader for job in jobs for c in job.corrections),
        in_hand=sum(p.last - p.first + 1 for p in open_),
        overdue=sum(p.due is not None and p.due < today for p in open_),
        timed=len({day for job, p in back if chars_a_page(job) for day in _days(p)}),
        counted=sum(
            c.by == reader and c.page in pages
            for job, pages in _read(back)
            for c in job.corrections
        ),
    )


def _read(back: Sequence[tuple[ProofJob, Portion]]) -> Iterator[tuple[ProofJob, set[int]]]:
    """Each proof of known length with the pages that came back."""
    for job in {job.id: job for job, _ in back if chars_a_page(job)}.values():
        own = [p for each, p in back if each.id == job.id]
        yield job, {page for p in own for page in range(p.first, p.last + 1)}


def portions_of(job: ProofJob) -> tuple[Portion, ...]:
    """What was given out; without any, the whole proof is its reader's."""
    if job.portions or not job.reader or not job.history:
        return job.portions
    back = next((s.at.date() for s in job.history if s.to == ProofState.RETURNED.value), None)
    whole = Portion(
        by=job.reader,
        first=1 + job.offset,
        last=job.pages + job.offset,
        since=job.history[0].at.date(),
        due=job.due,
        returned=back,
    )
    return (whole,)


def _days(portion: Portion) -> range:
    """Ordinals, so that a day with two portions counts once."""
    assert portion.returned is not None
    since = portion.since or portion.returned
    return range(since.toordinal(), portion.returned.toordinal() + 1)
