"""抽查重读: pages of a proof drawn by a seed, what their second reading finds and tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from math import ceil

from editorial.desk.error_rate import SCHEME, classed, pages_chars
from editorial.desk.ledger import save_record
from editorial.desk.office import Act, Desk, actor, loaded, name_of
from editorial.desk.proof_corrections import section_at
from editorial.desk.proof_file import kept_path
from editorial.desk.proof_place import by_page, placed, read_ground
from editorial.desk.proof_work import called, reader_id, readers_of
from editorial.desk.proofs import find_proof
from editorial.errors import BadData, EditorialError, Problem
from editorial.model.error_class import error_of
from editorial.model.proof_sample import (
    Missed,
    ProofSample,
    Readings,
    draw,
    missed_by_sample,
    missed_by_two,
    readings_of,
    same_place,
    sampled_rate,
    strata,
)
from editorial.model.proof_typing import typed_entries
from editorial.model.proofs import Correction, ProofJob, described, page_called, pages_called
from editorial.model.volume import Volume
from editorial.store.proofing import load_error_scheme, load_layout, load_sample, sample_path
from editorial.store.save import Message
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleStanding:
    """A sample with what it tells so far. `by_two` None: nothing to go by."""

    sample: ProofSample
    readings: Readings
    by_sample: Missed
    by_two: Missed | None


def draw_sample(
    desk: Desk, proof_id: str, *, share: str, seed: int, today: date, reader: str = ""
) -> tuple[ProofSample, Act]:
    """抽页, section by section. EditorialError: the second reading has begun, or no pages."""
    job, volume = find_proof(desk, proof_id), loaded(desk).volume
    if not job.pages:
        raise EditorialError(
            f"{job.label}样{job.id}没有存 PDF，不知道有哪些页", hint="出样时写 --file"
        )
    known = load_sample(desk.workspace.files, desk.volume_id, job.id)
    if known and (known.found or known.read):
        hint = f"看结果：editorial proof sample {job.id}"
        raise EditorialError(f"{job.label}样{job.id}已抽过页，并且已经重读", hint=hint)
    pages = strata(job)
    count = max(1, ceil(len(pages) * share_of(share)))
    by = name_of(actor(desk, volume))
    sample = ProofSample(
        seed=seed,
        share=share.strip(),
        drawn=today,
        by=by,
        reader=reader_id(volume, reader),
        pages=draw(pages, count, seed, f"{desk.volume_id}/{job.id}"),
        source=known.source if known else None,
    )
    act = _save(desk, job, sample, f"抽{count}页重读（种子{seed}）", by)
    return sample, replace(act, remarks=(*act.remarks, *_same_reader(job, sample, volume)))


def _same_reader(job: ProofJob, sample: ProofSample, volume: Volume) -> tuple[str, ...]:
    if sample.reader and sample.reader in readers_of(job):
        return (f"{called(volume, sample.reader)}校过这份样，重读宜换人，否则估不准",)
    return ()


def share_of(text: str) -> Decimal:
    """10% or 0.1, above 0 and at most 1."""
    plain = text.strip().replace("％", "%")
    try:
        number = Decimal(plain.removesuffix("%")) / (100 if plain.endswith("%") else 1)
    except InvalidOperation:
        number = Decimal(0)
    if not (number.is_finite() and 0 < number <= 1):
        raise EditorialError(f"看不懂抽查比例“{text}”", hint="写作 10% 或 0.1")
    return number


def add_found(
    desk: Desk, proof_id: str, text: str, *, at: datetime, done: bool, name: str = "录入"
) -> Act:
    """What the second reader saw, in lines as typed on a proof, everything seen whether it was
    marked before or not; `done`: the pages are all read. BadData: places that are not there, or
    not on the pages drawn."""
    job, sample = _drawn(desk, proof_id)
    if sample.read:
        raise EditorialError(f"{job.label}样{job.id}的抽查已于{sample.read}读完")
    volume = loaded(desk).volume
    by = sample.reader or name_of(actor(desk, volume))
    fresh = classed(desk.workspace.files, _typed(desk, job, text, name, volume), name)
    _refuse_elsewhere(job, sample, fresh, name)
    kept: list[Correction] = list(sample.found)
    for each in fresh:
        if not any(same_place(known, each) for known in kept):
            kept.append(replace(each, by=by))
    if len(kept) == len(sample.found) and not done:
        raise EditorialError("没有新录的差错", hint="读完而没有发现的，写 --done")
    changed = replace(sample, found=tuple(kept), read=at.date() if done else None)
    words = f"重读记{len(kept) - len(sample.found)}处" + ("，读完" if done else "")
    return _save(desk, job, changed, words, name_of(actor(desk, volume)))


def _typed(
    desk: Desk, job: ProofJob, text: str, name: str, volume: Volume
) -> tuple[Correction, ...]:
    entries = typed_entries(text, name) if text.strip() else ()
    if not entries:
        return ()
    if job.scanned:
        return by_page(job, entries, name)
    ground = read_ground(kept_path(desk, job), job.offset)
    return placed(ground, entries, name, lambda spot: section_at(ground, job, spot, volume))


def _refuse_elsewhere(
    job: ProofJob, sample: ProofSample, fresh: Sequence[Correction], name: str
) -> None:
    drawn = {each.page for each in sample.pages}
    odd = [each for each in fresh if each.page not in drawn]
    if odd:
        problems = tuple(
            Problem(
                file=name,
                message=f"{page_called(each.page, job.offset)}没有抽到：{described(each)}",
            )
            for each in odd
        )
        hint = f"抽到的是{pages_called(sorted(drawn), job.offset)}；别的页上发现的，录在校样上"
        raise BadData(problems, hint=hint)


def _drawn(desk: Desk, proof_id: str) -> tuple[ProofJob, ProofSample]:
    job = find_proof(desk, proof_id)
    sample = load_sample(desk.workspace.files, desk.volume_id, job.id)
    if sample is None:
        hint = f"先抽：editorial proof sample {job.id} --share 10% --seed 1"
        raise EditorialError(f"{job.label}样{job.id}还没有抽页", hint=hint)
    return job, sample


def sample_standing(desk: Desk, proof_id: str) -> SampleStanding:
    """The sample of a proof and what its second reading tells."""
    job, sample = _drawn(desk, proof_id)
    layout = load_layout(desk.workspace.files, desk.volume_id)
    scheme = load_error_scheme(desk.workspace.files, SCHEME)
    wrong = [n for n, each in enumerate(job.corrections) if error_of(each, scheme)[0]]
    real = tuple(each for each in sample.found if error_of(each, scheme)[0])
    first, last = 1 + job.offset, job.pages + job.offset
    readings = readings_of(
        job,
        replace(sample, found=real),
        wrong,
        sum(pages_chars(job, layout, each.page, each.page) for each in sample.pages),
        pages_chars(job, layout, first, last),
    )
    return SampleStanding(
        sample=sample,
        readings=readings,
        by_sample=missed_by_sample(readings),
        by_two=missed_by_two(readings),
    )


def standing_words(standing: SampleStanding) -> tuple[str, ...]:
    """What the second reading tells, in plain words."""
    own = standing.readings
    seen = f"重读{own.pages}页（全样{own.all_pages}页），发现{own.second}处"
    split = f"其中{own.both}处原已校出，{own.fresh}处是新发现的"
    told = [f"{seen}：{split}；原校在这几页上校出{own.first}处"]
    if own.chars and own.all_chars:
        rate, low, high = sampled_rate(own)
        told.append(
            f"抽查的页版面字数{own.chars}，校后还有的差错{rate:.2f}/10000（95%区间{low:.2f}至{high:.2f}）"
        )
    told.append(f"按抽查的页推算，{_missed_words(standing.by_sample)}（不算抽到的页）")
    if standing.by_two:
        told.append(f"按两人互校推算（连两人都没有看出的），{_missed_words(standing.by_two)}")
    else:
        told.append("两人互校推算：校出的太少，估不出")
    return tuple(told)


def _missed_words(missed: Missed) -> str:
    told = f"估计全书还漏{missed.number:.0f}处，95%区间"
    if missed.high is None:
        return f"{told}不少于{missed.low:.0f}处，上限估不出（两人没有一处相同）"
    return f"{told}{missed.low:.0f}至{ceil(missed.high)}处"


def _save(desk: Desk, job: ProofJob, sample: ProofSample, words: str, by: str) -> Act:
    subject = f"校对：{job.label}样{job.id}{words}"
    message = Message(subject=subject, act="proof sample", by=by)
    return save_record(desk, sample, sample_path(desk.volume_id, job.id), message)
