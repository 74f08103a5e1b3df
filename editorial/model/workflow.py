"""Stages, and what it takes to enter one. The stages are data; the rules are here.

`advance` is the whole of it: a section, a target and the facts in; the moved section,
or everything that stands in its way, out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from datetime import datetime
from typing import Literal

from editorial.errors import Blocker
from editorial.model.labels import Labelled, Role, TaskState
from editorial.model.people import Editor
from editorial.model.volume import Section, Step, Volume, stage_of, task_state
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """`guards` must hold to enter; `guard argument` for those that take one.

    `roles` may bring something into the stage (empty: anyone).
    """

    id: str
    label: str
    scope: Literal["section", "volume"] = "section"
    roles: tuple[Role, ...] = field(default=(), metadata={"flow": True})
    guards: tuple[str, ...] = field(default=(), metadata={"flow": True})
    note: str = ""


class Strictness(Labelled):
    """What a rule on people does to whoever breaks it."""

    OFF = "off", "不管"
    WARN = "warn", "提示"
    REFUSE = "refuse", "不准"


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleRules:
    """Who may review. `adjacent`: two steps of the office's review on end are not one person's;
    `drafter`: nor does anybody review what they wrote or edited; `press`: `adjacent` for the
    publisher's three reviews (图书质量保障体系 art. 8)."""

    adjacent: Strictness = Strictness.WARN
    drafter: Strictness = Strictness.WARN
    press: Strictness = Strictness.REFUSE


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow:
    """styles/workflows/*.yaml: stages in order, the 校次 in use, and rules on reviewers."""

    id: str = field(default="", metadata={"stored": False})
    schema: int = 1
    title: str
    stages: tuple[Stage, ...]
    passes: tuple[str, ...] = field(
        default=("一校", "二校", "三校", "通读"), metadata={"flow": True}
    )
    people: PeopleRules = field(default=PeopleRules(), metadata={"flow": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the guards must know about a section beyond its record."""

    chars: int = 0
    leftovers: tuple[str, ...] = ()
    open_letters: tuple[str, ...] = ()
    open_opinions: tuple[str, ...] = ()
    handover: tuple[Blocker, ...] = ()
    unit_names: Mapping[str, str] = field(default_factory=dict)


def stages(workflow: Workflow, scope: str = "section") -> tuple[Stage, ...]:
    return tuple(stage for stage in workflow.stages if stage.scope == scope)


def rank(workflow: Workflow, stage_id: str) -> int:
    """Place of a stage in the order of its workflow, -1 when it has none."""
    return next((i for i, s in enumerate(workflow.stages) if s.id == stage_id), -1)


def find_stage(workflow: Workflow, name: str) -> Stage | None:
    """By id or by Chinese label."""
    return next((stage for stage in workflow.stages if name in (stage.id, stage.label)), None)


def stage_label(workflow: Workflow, stage_id: str) -> str:
    return next((stage.label for stage in workflow.stages if stage.id == stage_id), stage_id)


def entered(workflow: Workflow, now: str, to: Stage) -> tuple[Stage, ...]:
    """The stages of the same scope that a move passes into, the target last.

    A backward move enters only its target, and no guard is asked.
    """
    start, end = rank(workflow, now), rank(workflow, to.id)
    between = workflow.stages[start + 1 : end + 1]
    return tuple(stage for stage in between if stage.scope == to.scope)


def is_backward(workflow: Workflow, now: str, to: Stage) -> bool:
    return rank(workflow, to.id) < rank(workflow, now)


def blockers(
    section: Section, to: Stage, workflow: Workflow, facts: Facts, actor: Editor | str
) -> tuple[Blocker, ...]:
    """Everything that keeps the section from entering `to`, each said once.

    Whoever passes over a stage has done it: its guards are asked, and it counts as theirs.
    """
    found: dict[str, Blocker] = {}
    who, held = actor if isinstance(actor, str) else actor.id, section
    for stage in entered(workflow, stage_of(section), to):
        for guard in stage.guards:
            for message in SECTION_GUARDS[guard.split(" ")[0]](held, facts, actor):
                blocker = Blocker(node=section.id, guard=guard, message=message)
                found.setdefault(message, blocker)
        held = moved(held, Step(at=datetime.min, by=who, to=stage.id))
    role = _role_blocker(section.id, to, actor)
    return (*found.values(), *role)


def _role_blocker(node: str, to: Stage, actor: Editor | str) -> tuple[Blocker, ...]:
    """People listed in staff.yaml are held to their roles; strangers are not known well enough."""
    if isinstance(actor, str) or not to.roles or set(actor.roles) & set(to.roles):
        return ()
    able = "、".join(role.label for role in to.roles)
    message = f"{actor.name}的职责不能转入“{to.label}”，应由{able}办理"
    return (Blocker(node=node, guard="role", message=message),)


def moved(section: Section, step: Step) -> Section:
    """The section one step further. History only ever grows."""
    return replace(section, history=(*section.history, step))


def _has_unit(section: Section, facts: Facts, actor: Editor | str) -> list[str]:
    return [] if section.units else ["没有供稿单位"]


def _has_editor(section: Section, facts: Facts, actor: Editor | str) -> list[str]:
    return [] if section.editor else ["没有责任编辑"]


def _text_present(section: Section, facts: Facts, actor: Editor | str) -> list[str]:
    return [] if facts.chars else ["还没有正文"]


ARRIVED = frozenset(
    {TaskState.SUBMITTED, TaskState.RESUBMITTED, TaskState.ACCEPTED, TaskState.WAIVED}
)


def _tasks_in(section: Section, facts: Facts, actor: Editor | str) -> list[str]:
    return [
        f"{facts.unit_names.get(task.unit, task.unit)}的供稿未到（{task_state(task).label}）"
        for task in section.tasks
        if task_state(task) not in ARRIVED
    ]


def _no_leftover(section: Section, facts: Facts, actor: Editor | str) -> list[str]:
    return [f"正文尚有{mark}" for mark in facts.leftovers]


def _letters_closed(section: Section, facts: Facts, actor: Editor | str) -> list[str]:
    return [f"函件未办结：{letter}" for letter in facts.open_letters]


def _opinions_disposed(section: Section, facts: Facts, actor: Editor | str) -> list[str]:
    return [f"意见未处理：{opinion}" for opinion in facts.open_opinions]


def _other_person(section: Section, facts: Facts, actor: Editor | str) -> list[str]:
    """Two adjacent reviews are not done by one person (DOMAIN 3.1, after R7)."""
    who = actor if isinstance(actor, str) else actor.id
    reviews = [step for step in standing(section.history) if step.to.startswith("review")]
    return ["上一审也是本人办理，须换人"] if reviews and reviews[-1].by == who else []


def standing(history: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps that were not taken back."""
    kept: list[Step] = []
    for step in history:
        if not step.undo:
            kept.append(step)
        elif kept:
            kept.pop()
    return tuple(kept)


Guard = Callable[[Section, Facts, "Editor | str"], list[str]]

SECTION_GUARDS: dict[str, Guard] = {
    "has_unit": _has_unit,
    "has_editor": _has_editor,
    "text_present": _text_present,
    "tasks_in": _tasks_in,
    "no_leftover": _no_leftover,
    "letters_closed": _letters_closed,
    "opinions_disposed": _opinions_disposed,
    "other_person": _other_person,
}


def volume_blockers(
    volume: Volume, to: Stage, workflow: Workflow, facts: Facts, actor: Editor | str
) -> tuple[Blocker, ...]:
    """What keeps the whole book from entering a volume-level stage; `facts` are those of all of it.

    Of several stages a section has not reached, the furthest is told.
    """
    now = volume.history[-1].to if volume.history else ""
    found: dict[tuple[str, str, str], Blocker] = {}
    for stage in entered(workflow, now, to):
        for guard in stage.guards:
            name, _, argument = guard.partition(" ")
            for blocker in VOLUME_GUARDS[name](volume, workflow, argument, facts):
                told = "" if name == "sections_at" else blocker.message
                found[blocker.node, name, told] = blocker
    return (*found.values(), *_role_blocker(volume.id, to, actor))


def _sections_at(volume: Volume, workflow: Workflow, wanted: str, facts: Facts) -> list[Blocker]:
    floor = rank(workflow, wanted)
    return [
        Blocker(
            node=section.id,
            guard=f"sections_at {wanted}",
            message=f"{_at(section, workflow)}，未到“{stage_label(workflow, wanted)}”",
        )
        for section in volume.sections
        if rank(workflow, stage_of(section)) < floor
    ]


def _at(section: Section, workflow: Workflow) -> str:
    stage = stage_of(section)
    return f"尚在“{stage_label(workflow, stage)}”" if stage else "还未开始"


def _gate(volume: Volume, workflow: Workflow, wanted: str, facts: Facts) -> list[Blocker]:
    named = [gate for gate in volume.gates or volume.info.gates if gate.id == wanted]
    if not named:
        message = f"volume.yaml 的 gates 里没有流程所要的“{wanted}”"
        return [Blocker(node=volume.id, guard=f"gate {wanted}", message=message)]
    gates = [gate for gate in named if gate.required]
    return [
        Blocker(
            node=volume.id,
            guard=f"gate {wanted}",
            message=f"“{gate.label}”未过：还没有批文（editorial gate pass {gate.id}）",
        )
        for gate in gates
        if not (gate.doc_no and gate.date)
    ]


def _all_letters(volume: Volume, workflow: Workflow, _: str, facts: Facts) -> list[Blocker]:
    return [_told(volume, "letters_closed", f"函件未办结：{each}") for each in facts.open_letters]


def _all_opinions(volume: Volume, workflow: Workflow, _: str, facts: Facts) -> list[Blocker]:
    things = facts.open_opinions
    return [_told(volume, "opinions_disposed", f"意见未处理：{each}") for each in things]


def _handed_over(volume: Volume, workflow: Workflow, _: str, facts: Facts) -> list[Blocker]:
    return list(facts.handover)


def _told(volume: Volume, guard: str, message: str) -> Blocker:
    return Blocker(node=volume.id, guard=guard, message=message)


VOLUME_GUARDS: dict[str, Callable[[Volume, Workflow, str, Facts], list[Blocker]]] = {
    "sections_at": _sections_at,
    "gate": _gate,
    "letters_closed": _all_letters,
    "opinions_disposed": _all_opinions,
    "handover": _handed_over,
}


def unknown_guards(workflow: Workflow) -> tuple[tuple[int, str], ...]:
    """(index of stage, guard) for guards that no rule answers to, or that ask for no stage."""
    return tuple(
        (index, guard)
        for index, stage in enumerate(workflow.stages)
        for guard in stage.guards
        if not _is_known(guard, stage, workflow)
    )


def _is_known(guard: str, stage: Stage, workflow: Workflow) -> bool:
    name, _, argument = guard.partition(" ")
    if stage.scope == "section":
        return name in SECTION_GUARDS
    if name == "sections_at":
        return rank(workflow, argument) >= 0
    return name in VOLUME_GUARDS
