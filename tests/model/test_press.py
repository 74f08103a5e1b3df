"""发稿: when a book is with the press, for which time, and what of its files the press sets."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from editorial.model.press import (
    at_press,
    is_printed_matter,
    press_tag,
    stage_before,
    times_handed_over,
)
from editorial.model.volume import Step
from editorial.model.workflow import Stage, Workflow

AT = datetime(2020, 3, 5, tzinfo=UTC)


def whole(name: str) -> Stage:
    return Stage(id=name, label=name, scope="volume")


WORKFLOW = Workflow(
    title="",
    stages=(whole("accepted"), Stage(id="x", label="分目"), whole("to_press"), whole("published")),
)


def steps(*stages: str) -> tuple[Step, ...]:
    """`-stage` is an act taken back to that stage."""
    return tuple(
        Step(at=AT, by="", to=stage.lstrip("-"), undo="abc" if stage[0] == "-" else "")
        for stage in stages
    )


@pytest.mark.parametrize(
    ("history", "there", "times"),
    [
        ((), False, 0),
        (("accepted",), False, 0),
        (("accepted", "to_press"), True, 1),
        (("accepted", "published"), True, 1),
        (("accepted", "to_press", "published"), True, 1),
        (("to_press", "accepted"), False, 1),
        (("to_press", "accepted", "to_press"), True, 2),
        (("to_press", "accepted", "-to_press"), True, 1),
        (("accepted", "to_press", "-accepted", "to_press"), True, 2),
        (("unknown",), False, 0),
    ],
)
def test_a_book_is_handed_over_each_time_it_enters(
    history: tuple[str, ...], there: bool, times: int
) -> None:
    taken = steps(*history)
    assert (at_press(WORKFLOW, taken), times_handed_over(WORKFLOW, taken)) == (there, times)


def test_a_workflow_without_the_stage_never_freezes() -> None:
    plain = Workflow(title="", stages=(whole("accepted"), whole("published")))
    assert not at_press(plain, steps("published"))


def test_the_book_is_called_back_to_the_stage_before() -> None:
    assert stage_before(WORKFLOW) == "accepted"
    assert press_tag("v", 2) == "press/v/02"


@pytest.mark.parametrize(
    ("path", "printed"),
    [
        ("volumes/v/chapters/01/02.md", True),
        ("volumes/v/chapters/01/figures/a.png", True),
        ("volumes/v/chapters/01/chapter.yaml", True),
        ("volumes/v/chapters/01/02.yaml", False),
        ("volumes/v/volume.yaml", False),
        ("volumes/v/letters/0001/附件.md", False),
        ("styles/letters/revise.md", False),
    ],
)
def test_text_pictures_and_order_are_what_the_press_sets(path: str, printed: bool) -> None:
    assert is_printed_matter(path) is printed
