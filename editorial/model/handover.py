"""齐、清、定: what a manuscript handed to the press must be (DOMAIN 3.3, stage 16).

齐 complete: every part is there. 清 clear: everything can be read and printed. 定 final: nothing
is left to decide.
"""

from __future__ import annotations

from collections.abc import Iterator

from editorial.errors import Blocker
from editorial.model.counting import leftovers, printed_chars
from editorial.model.document import Block, Figure, Table, plain
from editorial.model.labels import Labelled, ProofState
from editorial.model.people import Unit
from editorial.model.proofs import ProofJob, proof_state
from editorial.model.volume import Chapter, Section, Volume, task_state
from editorial.model.workflow import ARRIVED
from editorial.values import dataclass

NOTES = {True: "凡例", False: "编辑说明"}


class Virtue(Labelled):
    COMPLETE = "complete", "齐"
    CLEAR = "clear", "清"
    FINAL = "final", "定"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """One thing that is not as it must be. `node` and `line` say where."""

    virtue: Virtue
    node: str
    message: str
    line: int = 0
    hint: str = ""

    @property
    def place(self) -> str:
        return f"{self.node}:{self.line}" if self.line else self.node


def blocker_of(lack: Lack) -> Blocker:
    words = f"{lack.virtue.label}：{lack.message}"
    line = f"（第{lack.line}行）" if lack.line else ""
    return Blocker(node=lack.node, guard=f"handover {lack.virtue.value}", message=words + line)


def missing_parts(volume: Volume) -> Iterator[Lack]:
    """Front matter, placeholders, chapters without a section, what units still owe."""
    if not volume.info.editorial_notes:
        name = NOTES["gazetteer" in volume.info.kind.value]
        hint = "写进 volume.yaml 的 editorial_notes"
        yield _lack(volume.id, f"没有{name}", hint=hint)
    for name in volume.info.placeholders:
        hint = "确认后从 volume.yaml 的 placeholders 里删去"
        yield _lack(name, "还是占位，没有确认", hint=hint)
    units = {unit.id: unit for unit in volume.units}
    for chapter in volume.chapters:
        yield from _missing_in(chapter, units)


def _missing_in(chapter: Chapter, units: dict[str, Unit]) -> Iterator[Lack]:
    if not chapter.sections:
        yield _lack(chapter.id, f"篇目“{chapter.title}”下没有分目")
    for section in chapter.sections:
        for task in section.tasks:
            if task_state(task) not in ARRIVED:
                unit = units.get(task.unit)
                name = (unit.short or unit.name) if unit else task.unit
                yield _lack(section.id, f"{name}的供稿未到（{task_state(task).label}）")


def missing_in_text(section: Section, text: str, blocks: tuple[Block, ...]) -> Iterator[Lack]:
    """A section without text, tables without rows, what has no title."""
    if not printed_chars(text):
        yield _lack(section.id, f"“{section.title}”没有正文")
    for block in blocks:
        if isinstance(block, Table | Figure):
            yield from _missing_of(section.id, text, block)


def _missing_of(node: str, text: str, block: Table | Figure) -> Iterator[Lack]:
    line = text.count("\n", 0, block.span.start) + 1
    what = "表" if isinstance(block, Table) else "图"
    if not block.title.strip():
        yield _lack(node, f"{what}没有标题", line=line)
    if isinstance(block, Table):
        body = block.rows[block.header_rows :]
        if not any(plain(cell.runs).strip() for row in body for cell in row if cell):
            yield _lack(node, f"表“{block.title}”没有内容", line=line)


def unsettled_in_text(section: Section, text: str) -> Iterator[Lack]:
    for found in leftovers(text):
        mark, _, line = found.removesuffix("行）").rpartition("（第")
        told = f"正文尚有“{mark}”"
        yield Lack(virtue=Virtue.FINAL, node=section.id, message=told, line=int(line))


def open_proofs(jobs: tuple[ProofJob, ...]) -> Iterator[Lack]:
    """Red marks nobody has seen carried out."""
    for job in jobs:
        left = sum(not each.done for each in job.corrections)
        if left and proof_state(job) is not ProofState.CHECKED:
            told = f"{job.label}样{job.id}有{left}处改动没有核红（{proof_state(job).label}）"
            yield Lack(virtue=Virtue.FINAL, node=f"proofs/{job.id}", message=told)


def _lack(node: str, message: str, *, line: int = 0, hint: str = "") -> Lack:
    return Lack(virtue=Virtue.COMPLETE, node=node, message=message, line=line, hint=hint)
