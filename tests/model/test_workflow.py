"""Stages and what keeps a section or a volume from entering one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from editorial.model.labels import Role
from editorial.model.people import Editor
from editorial.model.volume import (
    Chapter,
    Coverage,
    Gate,
    Office,
    Section,
    Step,
    Task,
    Volume,
    VolumeFile,
    VolumeKind,
    stage_of,
)
from editorial.model.workflow import (
    Facts,
    Stage,
    Workflow,
    blockers,
    entered,
    find_stage,
    is_backward,
    moved,
    unknown_guards,
    volume_blockers,
)

AT = datetime(2020, 1, 1, tzinfo=UTC)
STAGES = (
    Stage(id="drafting", label="撰稿"),
    Stage(id="received", label="收稿", guards=("has_unit", "text_present")),
    Stage(id="review1", label="初审", guards=("has_editor", "tasks_in")),
    Stage(id="book", label="成书", scope="volume", guards=("sections_at review1", "gate approval")),
    Stage(id="review2", label="复审", guards=("other_person",), roles=(Role.DEPUTY_EDITOR,)),
    Stage(
        id="settled",
        label="定稿",
        guards=("no_leftover", "letters_closed", "opinions_disposed"),
    ),
)
FLOW = Workflow(title="流程", stages=STAGES)
DEPUTY = Editor(id="sujing", name="苏静", roles=(Role.DEPUTY_EDITOR,))
CLERK = Editor(id="fangmin", name="方敏", roles=(Role.CLERK,))


def section(*stages: str, by: str = "linqing", **fields: Any) -> Section:
    steps = tuple(Step(at=AT, by=by, to=stage) for stage in stages)
    return Section(id="01/02", title="平台", history=steps, **fields)


def stage(name: str) -> Stage:
    found = find_stage(FLOW, name)
    assert found is not None
    return found


def guards(
    held: Section, to: str, facts: Facts | None = None, who: Editor | str = "某"
) -> list[str]:
    return [b.guard for b in blockers(held, stage(to), FLOW, facts or Facts(), who)]


def test_a_stage_is_found_by_id_or_label() -> None:
    assert (stage("review1"), find_stage(FLOW, "三审")) == (stage("初审"), None)


def test_a_move_enters_every_stage_of_its_scope_on_the_way() -> None:
    assert [s.id for s in entered(FLOW, "drafting", stage("settled"))] == [
        "received",
        "review1",
        "review2",
        "settled",
    ]


def test_going_back_enters_nothing_and_asks_no_guard() -> None:
    assert is_backward(FLOW, "settled", stage("received"))
    assert guards(section("settled"), "received") == []


def test_all_guards_on_the_way_are_asked_each_once() -> None:
    facts = Facts(leftovers=("待补（第1行）",), open_letters=("1号",), open_opinions=("01/001",))
    late = section(tasks=(Task(unit="sz"),))
    assert guards(late, "settled", facts) == [
        "has_unit",
        "text_present",
        "has_editor",
        "tasks_in",
        "other_person",
        "no_leftover",
        "letters_closed",
        "opinions_disposed",
    ]


def test_a_section_that_has_everything_may_move() -> None:
    ready = section("drafting", units=("sz",), editor="linqing")
    assert guards(ready, "review1", Facts(chars=100)) == []


@pytest.mark.parametrize("state", ["submitted", "resubmitted", "accepted", "waived"])
def test_a_task_that_has_come_in_blocks_nothing(state: str) -> None:
    task = Task(unit="sz", history=(Step(at=AT, by="x", to=state),))
    assert guards(section("received", editor="e", tasks=(task,)), "review1") == []


def test_a_returned_task_blocks() -> None:
    task = Task(unit="sz", history=(Step(at=AT, by="x", to="returned"),))
    (blocker,) = blockers(
        section("received", editor="e", tasks=(task,)),
        stage("review1"),
        FLOW,
        Facts(unit_names={"sz": "深圳科创局"}),
        "某",
    )
    assert str(blocker) == "01/02　深圳科创局的供稿未到（退改）"


def test_known_staff_are_held_to_their_roles() -> None:
    assert guards(section("review1"), "review2", who=CLERK) == ["role"]
    assert guards(section("review1"), "review2", who=DEPUTY) == []


def test_strangers_are_not_held_to_roles() -> None:
    assert guards(section("review1"), "review2", who="路人") == []


def test_two_adjacent_reviews_are_not_done_by_one_person() -> None:
    assert guards(section("review1", by="sujing"), "review2", who=DEPUTY) == ["other_person"]
    assert guards(section("review1", by="路人"), "review2", who="路人") == ["other_person"]


def test_an_undone_review_is_still_followed_by_another_person() -> None:
    """Who took the second review back is not the one who did the first."""
    steps = (
        Step(at=AT, by="linqing", to="review1"),
        Step(at=AT, by="sujing", to="review2"),
        Step(at=AT, by="sujing", to="review1", undo="abc"),
    )
    held = Section(id="01/02", title="平台", history=steps)
    assert guards(held, "review2", who=DEPUTY) == []
    assert guards(held, "review2", who=replace(DEPUTY, id="linqing")) == ["other_person"]


def test_a_review_and_the_next_differ_even_with_work_between_them() -> None:
    held = section("review1", by="sujing")
    held = moved(held, Step(at=AT, by="linqing", to="received"))
    assert "other_person" in guards(held, "review2", who=DEPUTY)


def test_one_person_does_not_pass_over_two_reviews_at_once() -> None:
    held = section("received", editor="e")
    assert guards(held, "review2", who=DEPUTY) == ["other_person"]


def test_a_step_makes_the_history_longer_and_changes_nothing_else() -> None:
    before = section("drafting", editor="e")
    after = moved(before, Step(at=AT, by="x", to="received"))
    assert (after.history[:1], stage_of(after)) == (before.history, "received")
    assert replace(after, history=before.history) == before


def book(*sections: Section, gates: tuple[Gate, ...] = ()) -> Volume:
    info = VolumeFile(
        title="书",
        kind=VolumeKind.GAZETTEER,
        coverage=Coverage(start=date(2018, 1, 1), end=date(2018, 12, 31)),
        workflow="w",
        office=Office(name="办"),
        gates=gates,
    )
    chapter = Chapter(id="01", title="章", groups=(("", sections),))
    return Volume(id="v", info=info, units=(), staff=(), chapters=(chapter,))


def volume_guards(volume: Volume) -> list[tuple[str, str]]:
    return [(b.node, b.guard) for b in volume_blockers(volume, stage("book"), FLOW, Facts(), "某")]


def test_a_volume_waits_for_each_section_and_for_its_gate() -> None:
    gate = Gate(id="approval", label="批准")
    late = replace(section("received"), id="01/03")
    idle = replace(section(), id="01/04")
    (told, *_) = volume_blockers(book(idle, gates=(gate,)), stage("book"), FLOW, Facts(), "某")
    assert told.message.startswith("还未开始，未到“")
    assert volume_guards(book(section("review1"), late, gates=(gate,))) == [
        ("01/03", "sections_at review1"),
        ("v", "gate approval"),
    ]


@pytest.mark.parametrize(
    "gate",
    [
        Gate(id="approval", label="批准", doc_no="〔2020〕1号", date=date(2020, 1, 1)),
        Gate(id="approval", label="批准", required=False),
    ],
)
def test_a_gate_with_its_paper_or_not_required_is_passed(gate: Gate) -> None:
    assert volume_guards(book(section("settled"), gates=(gate,))) == []


def test_a_gate_the_volume_does_not_name_is_not_passed() -> None:
    assert volume_guards(book(section("settled"))) == [("v", "gate approval")]


@pytest.mark.parametrize(
    ("scope", "guard"),
    [
        ("section", "has_edtor"),
        ("section", "sections_at review1"),
        ("section", ""),
        ("volume", "has_editor"),
        ("volume", "sections_at"),
        ("volume", "sections_at nowhere"),
    ],
)
def test_a_guard_no_rule_answers_to_is_found(scope: Any, guard: str) -> None:
    odd = Stage(id="odd", label="怪", scope=scope, guards=(guard,))
    assert unknown_guards(replace(FLOW, stages=(*STAGES, odd))) == ((len(STAGES), guard),)


def test_the_known_guards_are_all_known() -> None:
    assert unknown_guards(FLOW) == ()
