"""Which proofs and which corrections are wanted, by terms one can type (`selection`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from editorial.model.labels import ProofState, RedState
from editorial.model.proofs import Correction, ProofJob, described, proof_state
from editorial.model.selection import Language
from editorial.values import dataclass

Names = Mapping[str, str]


def _yes(up: object, word: str) -> tuple[str, ...]:
    return (word,) if up else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofStanding:
    """A proof with what is counted of it. `carried` corrections are seen done on the next proof
    or, being of the text, in the text; `late` days it is overdue, `out` pages still being read."""

    job: ProofJob
    done: int
    total: int
    late: int
    out: int


def standing_of(job: ProofJob, today: date) -> ProofStanding:
    over = proof_state(job) in (ProofState.CHECKED, ProofState.RETURNED)
    out = [p for p in job.portions if p.returned is None]
    return ProofStanding(
        job=job,
        done=sum(map(is_done, job.corrections)),
        total=len(job.corrections),
        late=max(0, (today - job.due).days) if job.due and not over else 0,
        out=sum(p.last - p.first + 1 for p in out),
    )


def is_done(correction: Correction) -> bool:
    """Seen carried out at 核红."""
    return bool(correction.done) and correction.state in (None, RedState.DONE)


def red_words(correction: Correction) -> str:
    """未核, or what 核红 found."""
    if correction.state is not None:
        return correction.state.label
    return RedState.DONE.label if correction.done else "未核"


PROOF_KEYS: dict[str, Callable[[ProofStanding, Names], tuple[str, ...]]] = {
    "校次": lambda s, _: (s.job.id, s.job.label),
    "状态": lambda s, _: (proof_state(s.job).label, proof_state(s.job).value),
    "排版": lambda s, _: (s.job.typesetter,),
    "校对": lambda s, names: tuple(
        names.get(who, who) for who in (s.job.reader, *(p.by for p in s.job.portions)) if who
    ),
    "逾期": lambda s, _: _yes(s.late, "逾期"),
    "未改": lambda s, _: _yes(s.done < s.total, "未改"),
    "在校": lambda s, _: _yes(s.out, "在校"),
}


def _any_proof(standing: ProofStanding, names: Names) -> tuple[str, ...]:
    known = (word for shown in PROOF_KEYS.values() for word in shown(standing, names))
    return (*known, standing.job.file)


PROOFS = Language(keys=PROOF_KEYS, anything=_any_proof, flags=frozenset({"逾期", "未改", "在校"}))

CORRECTION_KEYS: dict[str, Callable[[Correction, Names], tuple[str, ...]]] = {
    "页": lambda c, _: (f"{c.page}" if c.page > 0 else "PDF",),
    "符号": lambda c, _: (c.mark,),
    "起因": lambda c, _: (c.cause.label, c.cause.value),
    "类别": lambda c, _: (c.fault,) if c.fault else (),
    "校对": lambda c, names: (names.get(c.by, c.by),),
    "结果": lambda c, _: (red_words(c),),
    "未定类": lambda c, _: _yes(not c.fault, "未定类"),
}


def _any_correction(correction: Correction, names: Names) -> tuple[str, ...]:
    known = (word for shown in CORRECTION_KEYS.values() for word in shown(correction, names))
    own = (correction.before, correction.after, correction.note, correction.section)
    return (*known, described(correction), *own)


CORRECTIONS = Language(keys=CORRECTION_KEYS, anything=_any_correction, flags=frozenset({"未定类"}))
