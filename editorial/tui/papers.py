"""The papers of one section as paragraphs: its state, its text, and what hangs on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from editorial.model.labels import TaskState
from editorial.model.letters import letter_state
from editorial.model.open_points import LACKING
from editorial.model.proofs import page_called, proof_state
from editorial.model.reviews import disposition
from editorial.model.volume import task_due, task_state
from editorial.tui.prose import Para
from editorial.tui.reading import readable
from editorial.values import dataclass

if TYPE_CHECKING:
    from editorial.desk.sections import SectionView
    from editorial.model.board import Row
    from editorial.model.finding import Finding
    from editorial.model.proofs import Correction, ProofJob
    from editorial.model.reviews import Opinion
    from editorial.model.volume import Step, Task
    from editorial.tui.grid import Grid

NAMES = ("正文", "经过", "函件", "意见", "校对", "提示")
SEVERITIES = {"error": "错误", "warning": "提醒", "info": "参考"}
WIDE = 110


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What people call units and persons, and stages, by id."""

    people: dict[str, str]
    stages: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing of a paper: what is told of it, and the `node` or the `line` of the text that
    Enter leads to."""

    told: tuple[Para, ...]
    node: str = ""
    line: int = 0


def counted(view: SectionView) -> list[tuple[str, int]]:
    """The papers with how many things are on each."""
    corrections = sum(len(_here(view, job)) for job in view.proofs)
    counts = (
        0,
        len(view.section.history),
        len(view.letters),
        len(view.opinions),
        corrections,
        len(view.findings),
    )
    return list(zip(NAMES, counts, strict=True))


def state(view: SectionView, row: Row, names: Names) -> list[Para]:
    """Two lines under the title: where it stands and whose it is; what each unit owes."""
    parts = [
        f"编审 {row.editing.label}",
        f"责编 {row.editor or '未定'}",
        f"截稿 {row.due.isoformat() if row.due else '未定'}",
        f"{row.chars:,}字" + (f"（约稿{view.section.target:,}字）" if view.section.target else ""),
    ]
    if row.overdue:
        parts.append(f"逾期{row.overdue}项")
    if view.open_points:
        marks = view.open_points.findall(view.text)
        kinds = Counter(LACKING if LACKING in mark else "存疑" for mark in marks)
        parts += [f"{kind}{many}" for kind, many in kinds.items()]
    supply = "；".join(_owed(task, names) for task in view.section.tasks) or "没有供稿任务"
    return [Para(text="　".join(parts)), Para(text=supply, lead="供稿 ")]


def _owed(task: Task, names: Names) -> str:
    due = task_due(task)
    until = f"，限{due.isoformat()}" if due else ""
    return f"{names.people.get(task.unit, task.unit)} {task_state(task).label}{until}"


def text(view: SectionView) -> list[Para | Grid]:
    """The text as one reads it, with the line numbers that findings refer to."""
    if not view.text.strip():
        return [Para(text="还没有正文。按 e 在这里写，或把来稿写进 .md 文件。", style="dim")]
    return readable(view.text, view.document, view.open_points)


def history(view: SectionView, names: Names) -> list[Item]:
    """Steps of the section, then of each unit's task, newest first."""
    found = [
        _step(step, names, names.stages.get(step.to, step.to)) for step in view.section.history
    ]
    paragraphs = [Para(text="编审", strong=2), *reversed(found)]
    for task in view.section.tasks:
        name = f"供稿：{names.people.get(task.unit, task.unit)}"
        steps = [_step(step, names, TaskState(step.to).label) for step in task.history]
        paragraphs += [Para(), Para(text=name, strong=len(name)), *reversed(steps)]
    return [Item(told=(each,)) for each in paragraphs]


def _step(step: Step, names: Names, label: str) -> Para:
    marks = "（强行）" if step.forced else ""
    marks += "（撤销）" if step.undo else ""
    note = f"　{step.note}" if step.note else ""
    who = names.people.get(step.by, step.by)
    return Para(text=f"{label}{marks}　{who}{note}", lead=f"{step.at:%Y-%m-%d %H:%M}  ")


def letters(view: SectionView, names: Names) -> list[Item]:
    return _spaced("没有函件", (_letter(view, at, names) for at in range(len(view.letters))))


def _letter(view: SectionView, at: int, names: Names) -> Item:
    letter = view.letters[at]
    unit = names.people.get(letter.unit, letter.unit)
    label = letter_state(letter).label
    head = f"{letter.number or letter.id}　{label}　{letter.kind.label}"
    asked = [item for item in letter.items if item.section == view.section.id]
    told = (
        Para(text=head, strong=len(head)),
        Para(text=f"致 {unit}，期限 {letter.due.isoformat()}", lead="  "),
        *(Para(text=f"{item.place}　{item.request}".strip(), lead="  - ") for item in asked),
    )
    return Item(told=told, node=f"letters/{letter.id}")


def opinions(view: SectionView, names: Names) -> list[Item]:
    return _spaced("没有意见", (_opinion(opinion) for opinion in view.opinions))


def _opinion(opinion: Opinion) -> Item:
    head = f"{opinion.id}　{disposition(opinion).label}　{opinion.by}（{opinion.channel}）"
    rows = (
        ("位置", opinion.place),
        ("原文", opinion.original),
        ("意见", opinion.text),
        ("处理", opinion.result),
        ("理由", opinion.reason),
    )
    told = (Para(text=value, lead=f"  {name} ") for name, value in rows if value)
    return Item(told=(Para(text=head, strong=len(head)), *told), node=f"opinions/{opinion.id}")


def proofs(view: SectionView, names: Names) -> list[Item]:
    return _spaced("还没有出校样", (_proof(view, job, names) for job in view.proofs))


def _proof(view: SectionView, job: ProofJob, names: Names) -> Item:
    head = f"{job.label}　{proof_state(job).label}"
    marks = [_correction(job, each, names) for each in _here(view, job)]
    told = marks or [Para(text="没有改动", lead="  ")]
    return Item(told=(Para(text=head, strong=len(head)), *told), node=f"proofs/{job.id}")


def _here(view: SectionView, job: ProofJob) -> tuple[Correction, ...]:
    return tuple(each for each in job.corrections if each.section == view.section.id)


def _correction(job: ProofJob, each: Correction, names: Names) -> Para:
    place = page_called(each.page, job.offset) + (f"第{each.line}行" if each.line else "")
    change = f"{each.mark}：“{each.old}”改“{each.new}”"
    who = names.people.get(each.by, each.by)
    done = f"　核红：{each.done}" if each.done else ""
    return Para(text=f"{place}　{change}　{who}{done}", lead="  - ")


def findings(view: SectionView, names: Names) -> list[Item]:
    return _spaced("没有提示", (_finding(finding) for finding in view.findings))


def _finding(finding: Finding) -> Item:
    head = f"第{finding.line}行　{SEVERITIES[finding.severity]} {finding.code}"
    told = [Para(text=finding.message, lead="  ")]
    if finding.hint:
        told.append(Para(text=finding.hint, lead="  办法 "))
    return Item(told=(Para(text=head, strong=len(head)), *told), line=finding.line)


def _spaced(none: str, items: Iterator[Item]) -> list[Item]:
    """Items with a blank line after each, or the words for none."""
    found = [replace(item, told=(*item.told, Para())) for item in items]
    return found or [Item(told=(Para(text=none, style="dim"),))]


PAPERS: Sequence[Callable[[SectionView, Names], list[Item]]] = (
    history,
    letters,
    opinions,
    proofs,
    findings,
)
