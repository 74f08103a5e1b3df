"""校样: one pass over a set of sections, with its corrections; repeatable."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from editorial.model.labels import ProofState
from editorial.model.volume import Source, Step, from_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """改动: a mark of GB/T 14706 on a page and line. `done` is set at 核红."""

    page: int
    line: int = 0
    mark: str = "改正"
    old: str = ""
    new: str = ""
    section: str = ""
    by: str = ""
    done: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofJob:
    """`label` is the 校次 (一校 二校 三校 通读 …); `commit` the text it was set from."""

    id: str = field(default="", metadata={"stored": False})
    label: str
    sections: tuple[str, ...] = ()
    typesetter: str = ""
    reader: str = ""
    due: date | None = None
    commit: str = ""
    corrections: tuple[Correction, ...] = field(default=(), metadata={"flow": True})
    history: tuple[Step, ...] = field(default=(), metadata={"flow": True})
    source: Source | None = from_file()


def proof_state(job: ProofJob) -> ProofState:
    return ProofState(job.history[-1].to) if job.history else ProofState.ISSUED


def described(correction: Correction) -> str:
    """“甲”改“乙”, 删“甲” or 增“乙”."""
    if correction.old and correction.new:
        return f"“{correction.old}”改“{correction.new}”"
    return f"删“{correction.old}”" if correction.old else f"增“{correction.new}”"
