"""抽查重读: pages drawn by a seed, read again, and what that tells of the errors still there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from datetime import date
from math import floor

from editorial.model.chance import chapman, exact_interval
from editorial.model.proofs import Correction, ProofJob
from editorial.model.volume import SCHEMA, Source, from_file
from editorial.values import dataclass

NOMINAL = 1000  # characters a page where nobody has told: the number of errors hardly depends on it


@dataclass(frozen=True, slots=True, kw_only=True)
class SampledPage:
    """By the number printed on it; `section` is the stratum it was drawn from."""

    page: int
    section: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofSample:
    """sample.yaml. `share` as asked for; `read` is the day the second reading was finished,
    `found` everything seen in it, seen by the first reader or not."""

    schema: int = SCHEMA
    seed: int
    share: str
    drawn: date
    by: str
    reader: str = ""
    pages: tuple[SampledPage, ...] = field(default=(), metadata={"flow": True})
    found: tuple[Correction, ...] = field(default=(), metadata={"flow": True})
    read: date | None = None
    source: Source | None = from_file()


def strata(job: ProofJob) -> tuple[SampledPage, ...]:
    """Every page of a proof with the section it is counted to, section by section; a page two
    share belongs to the one that begins on it last."""
    owner = dict.fromkeys(range(1 + job.offset, job.pages + job.offset + 1), "")
    for spread in job.spreads:
        owner |= {
            page: spread.section
            for page in range(spread.first, spread.last + 1)
            if page in owner and (page == spread.first or not owner[page])
        }
    order = {"": -1} | {spread.section: n for n, spread in enumerate(job.spreads)}
    found = [SampledPage(page=page, section=section) for page, section in owner.items()]
    return tuple(sorted(found, key=lambda each: (order[each.section], each.page)))


def draw(pages: Sequence[SampledPage], count: int, seed: int, salt: str) -> tuple[SampledPage, ...]:
    """`count` of `pages`, each as likely as any, spread evenly over the sections.

    A systematic draw from sections in order, shuffled within. The order comes from a hash of
    `seed`, `salt` and the page, so that any version of Python draws the same.
    """
    place = {name: n for n, name in enumerate(dict.fromkeys(each.section for each in pages))}
    mixed = sorted(pages, key=lambda p: (place[p.section], _number(seed, salt, str(p.page))))
    step = len(mixed) / count
    start = _number(seed, salt, "") * step
    picked = (mixed[min(floor(start + n * step), len(mixed) - 1)] for n in range(count))
    return tuple(sorted(picked, key=lambda each: each.page))


def _number(*words: object) -> float:
    """From 0 to below 1, the same for the same words."""
    digest = hashlib.sha256("/".join(map(str, words)).encode()).digest()
    return int.from_bytes(digest[:6], "big") / (1 << 48)


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """Two readings of the sampled pages: errors the first reader found there and in `whole`,
    those the second found, and those both did. `chars` layout characters there, `all_chars` of
    the proof; 0 when not known, then `pages` of `all_pages` are told."""

    whole: int
    first: int
    second: int
    both: int
    pages: int
    all_pages: int
    chars: int = 0
    all_chars: int = 0

    @property
    def fresh(self) -> int:
        return self.second - self.both


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """Errors still in the proof, with the 95 % interval; `high` None: no bound can be given."""

    number: float
    low: float
    high: float | None


def sampled_rate(readings: Readings) -> tuple[float, float, float]:
    """Errors the first reader missed to 10 000 characters on the sampled pages, low, high."""
    chars = readings.chars or readings.pages * NOMINAL
    low, high = exact_interval(readings.fresh, chars)
    return readings.fresh * 10_000 / chars, low * 10_000, high * 10_000


def missed_by_sample(readings: Readings) -> Missed:
    """Left on the pages not read twice, if these are like those that were."""
    chars, whole = readings.chars, readings.all_chars
    if not (chars and whole):
        chars, whole = readings.pages * NOMINAL, readings.all_pages * NOMINAL
    rest = max(0, whole - chars) / 10_000
    rate, low, high = sampled_rate(readings)
    return Missed(number=rate * rest, low=low * rest, high=high * rest)


def missed_by_two(readings: Readings) -> Missed | None:
    """Left in the proof after both readings, those that both readers missed with them.

    Of what the second reader found, the first had found a share: that is how well the first
    reads (Chapman, and the exact interval of the share). None when there is nothing to go by.
    """
    if not (readings.second and readings.whole):
        return None
    there = max(chapman(readings.first, readings.second, readings.both), readings.first, 1)
    skill = (readings.first or readings.both or 1) / there
    low, high = exact_interval(readings.both, readings.second)
    return Missed(
        number=_unseen(readings, skill),
        low=_unseen(readings, high),
        high=_unseen(readings, low) if low else None,
    )


def _unseen(readings: Readings, skill: float) -> float:
    return max(0.0, readings.whole * (1 / skill - 1) - readings.fresh)


def readings_of(
    job: ProofJob, sample: ProofSample, wrong: Iterable[int], chars: int, all_chars: int
) -> Readings:
    """`wrong` are the indices of the corrections that are errors, not new wishes."""
    drawn = {each.page for each in sample.pages}
    errors = [job.corrections[index] for index in wrong]
    first = [each for each in errors if each.page in drawn]
    return Readings(
        whole=len(errors),
        first=len(first),
        second=len(sample.found),
        both=sum(1 for _ in _pairs(first, sample.found)),
        pages=len(sample.pages),
        all_pages=job.pages,
        chars=chars,
        all_chars=all_chars,
    )


def _pairs(
    first: Sequence[Correction], second: Sequence[Correction]
) -> Iterator[tuple[Correction, Correction]]:
    """What both saw, each correction once."""
    left = list(first)
    for each in second:
        twin = next((other for other in left if same_place(other, each)), None)
        if twin is not None:
            left.remove(twin)
            yield twin, each


def same_place(one: Correction, other: Correction) -> bool:
    """About the same words, whatever they are to become."""
    if one.page != other.page or (one.line and other.line and one.line != other.line):
        return False
    if not (one.old and other.old):
        return (one.before, one.old, one.new) == (other.before, other.old, other.new)
    here, there = one.before + one.old + one.after, other.before + other.old + other.after
    near = one.old in other.old or other.old in one.old
    return near and (
        here in there or there in here or one.before == other.before or _shared(one, other)
    )


def _shared(one: Correction, other: Correction) -> bool:
    """One has its words a little further on in the same surroundings."""
    ground = one.before + one.old + one.after
    return other.old in ground and bool(other.before) and other.before[-3:] in ground
