"""差错率 of the proofs on record: by pass, section or person; the class of every correction."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from editorial.desk.ledger import save_record
from editorial.desk.office import Act, Desk, actor, loaded, name_of
from editorial.desk.office_papers import PapersMade, sample_mark, write_papers
from editorial.desk.proof_file import folder_of
from editorial.desk.proof_work import called, portions_of
from editorial.desk.proofs import find_proof, proofs
from editorial.errors import BadData, EditorialError, Problem
from editorial.model.dates import chinese_day
from editorial.model.error_class import error_of
from editorial.model.error_rate import ErrorFound, error_rate
from editorial.model.error_scheme import ErrorScheme, class_named
from editorial.model.layout_count import Layout, book_chars, part_counts, span_chars
from editorial.model.proofs import Correction, ProofJob, described
from editorial.model.rate_paper import RateReport, RateRow, rate_paper
from editorial.model.volume import Volume, book_title
from editorial.store.files import Files
from editorial.store.proofing import load_error_scheme, load_layout, scheme_names
from editorial.store.save import Message
from editorial.values import dataclass

SCHEME = "gapp2005"
BY = {"pass": "校次", "section": "分目", "person": "校对人"}
NOWHERE = "未归分目"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """One error with where it was found; `correction` is that it was found by."""

    job: ProofJob
    correction: Correction
    error: ErrorFound


def error_rates(
    desk: Desk, ids: Sequence[str] = (), *, by: str = "pass", scheme: str = SCHEME
) -> RateReport:
    """The errors found on the proofs `ids` (none: all) against the characters read.

    EditorialError: no such proof, scheme or `by`; BadData for a damaged scheme or layout.
    """
    if by not in BY:
        raise EditorialError(f"不能按“{by}”统计", hint=f"可用：{'、'.join(BY)}")
    rules = load_error_scheme(desk.workspace.files, scheme)
    layout = load_layout(desk.workspace.files, desk.volume_id)
    jobs = tuple(find_proof(desk, each) for each in dict.fromkeys(ids)) if ids else proofs(desk)
    if not jobs:
        raise EditorialError(
            "还没有校样", hint="先出样：editorial proof issue 校次 --file 校样.pdf"
        )
    unmeasured = tuple(job for job in jobs if not job_chars(job, layout))
    if len(unmeasured) < len(jobs):  # errors without characters would only raise the rate
        jobs = tuple(job for job in jobs if job not in unmeasured)
    told, guessed, loose = _errors(jobs, rules)
    volume = loaded(desk).volume
    rows = {"pass": _by_pass, "section": _by_section, "person": _by_person}[by]
    return RateReport(
        scheme=rules,
        by=BY[by],
        rows=tuple(rows(jobs, told, rules, layout, volume)),
        total=_row("合计", told, _text_chars(jobs, layout), rules),
        scope=_names(jobs),
        guessed=guessed,
        loose=loose,
        left_out=_names(job for job in unmeasured if job not in jobs),
        parts=part_counts(layout, max(j.pages + j.offset for j in jobs)) if layout else (),
    )


def _names(jobs: Iterable[ProofJob]) -> str:
    return "、".join(f"{job.label}样{job.id}" for job in jobs)


def _errors(jobs: Sequence[ProofJob], scheme: ErrorScheme) -> tuple[list[_Told], int, int]:
    """The errors, how many of them were classed by their words, and what is no error."""
    told: list[_Told] = []
    guessed = loose = 0
    for job in jobs:
        for correction in job.corrections:
            error, by_words = error_of(correction, scheme)
            if error is None:
                loose += 1
            else:
                guessed += by_words
                told.append(_Told(job=job, correction=correction, error=error))
    return told, guessed, loose


def _row(
    label: str, told: Iterable[_Told], chars: int, scheme: ErrorScheme, *, judged: bool = True
) -> RateRow:
    rate = error_rate((each.error for each in told), chars, scheme)
    return RateRow(label=label, rate=rate, judged=judged)


Rows = Callable[
    [Sequence[ProofJob], Sequence[_Told], ErrorScheme, Layout | None, Volume], Iterator[RateRow]
]


def _by_pass(
    jobs: Sequence[ProofJob],
    told: Sequence[_Told],
    scheme: ErrorScheme,
    layout: Layout | None,
    volume: Volume,
) -> Iterator[RateRow]:
    for label in dict.fromkeys(job.label for job in jobs):
        own = [each for each in told if each.job.label == label]
        chars = _text_chars([job for job in jobs if job.label == label], layout)
        yield _row(label, own, chars, scheme)


def _by_section(
    jobs: Sequence[ProofJob],
    told: Sequence[_Told],
    scheme: ErrorScheme,
    layout: Layout | None,
    volume: Volume,
) -> Iterator[RateRow]:
    """Every section with errors or pages; its characters are those of its last proof."""
    chars: dict[str, int] = {}
    for job in jobs:
        chars |= {section: round(n) for section, n in section_chars(job, layout).items()}
    by_section: dict[str, list[_Told]] = defaultdict(list)
    for each in told:
        by_section[each.correction.section].append(each)
    for section in volume.sections:
        if section.id in chars or section.id in by_section:
            yield _row(
                section.title, by_section.pop(section.id, []), chars.get(section.id, 0), scheme
            )
    left = [each for own in by_section.values() for each in own]
    if left:
        yield _row(NOWHERE, left, 0, scheme)


def _by_person(
    jobs: Sequence[ProofJob],
    told: Sequence[_Told],
    scheme: ErrorScheme,
    layout: Layout | None,
    volume: Volume,
) -> Iterator[RateRow]:
    """What each proofreader found to 10 000 characters they were given."""
    chars: Counter[str] = Counter()
    for job in jobs:
        for portion in portions_of(job):
            chars[portion.by] += pages_chars(job, layout, portion.first, portion.last)
    finders = dict.fromkeys((*chars, *(each.correction.by for each in told)))
    for person in sorted(finders):
        own = [each for each in told if each.correction.by == person]
        yield _row(called(volume, person), own, chars[person], scheme, judged=False)


def job_chars(job: ProofJob, layout: Layout | None) -> int:
    """版面字数 of a proof; of the whole book with its cover and all, when its layout is told."""
    if layout is None or not job.pages:
        return job.layout_chars
    if not job.sections:
        return book_chars(layout, job.pages + job.offset)
    return span_chars(layout, 1 + job.offset, job.pages + job.offset)


def pages_chars(job: ProofJob, layout: Layout | None, first: int, last: int) -> int:
    if layout is not None:
        return span_chars(layout, first, last)
    return round(job.layout_chars / job.pages * (last - first + 1)) if job.pages else 0


def section_chars(job: ProofJob, layout: Layout | None) -> dict[str, float]:
    """Of every section on a proof; a page several share is divided evenly among them."""
    on_page = Counter(p for each in job.spreads for p in range(each.first, each.last + 1))
    return {
        each.section: sum(
            pages_chars(job, layout, page, page) / on_page[page]
            for page in range(each.first, each.last + 1)
        )
        for each in job.spreads
    }


def _text_chars(jobs: Sequence[ProofJob], layout: Layout | None) -> int:
    """版面字数 of the text of several proofs, every section once, though many proofs hold it.

    A proof that holds some sections counted already adds the share of the others.
    """
    if any(not _held(job) for job in jobs):  # the whole book, nobody knows on which pages
        return max(job_chars(job, layout) for job in jobs)
    counted: set[str] = set()
    total = 0
    for job in sorted(jobs, key=lambda job: job_chars(job, layout), reverse=True):
        shares = section_chars(job, layout) or dict.fromkeys(job.sections, 1)
        fresh = sum(share for section, share in shares.items() if section not in counted)
        whole = sum(shares.values())
        total += round(job_chars(job, layout) * fresh / whole) if whole else 0
        counted |= _held(job)
    return total


def _held(job: ProofJob) -> frozenset[str]:
    return frozenset(job.sections or (each.section for each in job.spreads))


def rate_papers(
    desk: Desk,
    report: RateReport,
    *,
    today: date,
    formats: Sequence[str],
    out: Path | None = None,
) -> PapersMade:
    """差错率统计表."""
    volume = loaded(desk).volume
    office = volume.info.office.name
    title = book_title(volume)
    paper = rate_paper(report, title, office, chinese_day(today), sample_mark(volume))
    stem = f"{title}差错率统计表"
    return write_papers(
        desk, (paper,), stem=stem, formats=formats, day=today, office=office, out=out
    )


def classed(files: Files, corrections: Sequence[Correction], name: str) -> tuple[Correction, ...]:
    """`corrections` with the id of the class each names. BadData: no scheme has such a class.

    A workspace without schemes keeps the words.
    """
    names = scheme_names(files)
    if not any(each.fault for each in corrections) or not names:
        return tuple(corrections)
    schemes = [load_error_scheme(files, each) for each in sorted(names, key=SCHEME.__ne__)]
    found, problems = [], []
    for each in corrections:
        kinds = (class_named(scheme, each.fault) for scheme in schemes if each.fault)
        kind = next((kind for kind in kinds if kind), None)
        if each.fault and kind is None:
            message = f"{described(each)}：没有“{each.fault}”这类差错"
            problems.append(Problem(file=name, message=message))
        found.append(replace(each, fault=kind.id if kind else ""))
    if problems:
        raise BadData(tuple(problems), hint=f"可用：{class_names(schemes[0])}")
    return tuple(found)


def class_names(scheme: ErrorScheme) -> str:
    return "、".join(each.also[0] if each.also else each.label for each in scheme.classes)


def set_class(desk: Desk, proof_id: str, numbers: Sequence[int], fault: str) -> Act:
    """定类: corrections (from 1) are given a class; "" takes it away again."""
    job = find_proof(desk, proof_id)
    odd = [number for number in numbers if not 1 <= number <= len(job.corrections)]
    if odd:
        raise EditorialError(f"没有第{odd[0]}处改动", hint=f"共{len(job.corrections)}处")
    own = [replace(job.corrections[number - 1], fault=fault) for number in numbers]
    named = dict(zip(numbers, classed(desk.workspace.files, own, f"校样{job.id}"), strict=True))
    changed = tuple(named.get(n, each) for n, each in enumerate(job.corrections, 1))
    where = "、".join(map(str, numbers))
    words = f"第{where}处定为{fault}" if fault else f"第{where}处去掉差错类别"
    by = name_of(actor(desk, loaded(desk).volume))
    subject = f"校对：{job.label}样{job.id}{words}"
    message = Message(subject=subject, act="proof class", by=by)
    path = f"{folder_of(desk, job.id)}/proof.yaml"
    return save_record(desk, replace(job, corrections=changed), path, message)
