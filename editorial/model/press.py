"""发稿: once the text is with the press it changes only by corrections (DOMAIN 3.7, rule 5)."""

from __future__ import annotations

from itertools import pairwise

from editorial.model.names import fit_tag
from editorial.model.volume import Step
from editorial.model.workflow import Workflow, rank, stages

PRESS = "to_press"


def at_press(workflow: Workflow, history: tuple[Step, ...]) -> bool:
    """Whether the book was handed over and has not been called back."""
    return bool(history) and _handed_over(workflow, history[-1].to)


def _handed_over(workflow: Workflow, stage: str) -> bool:
    floor = rank(workflow, PRESS)
    return 0 <= floor <= rank(workflow, stage)


def times_handed_over(workflow: Workflow, history: tuple[Step, ...]) -> int:
    """第几次发稿; taking an act back is none."""
    stages = ("", *(step.to for step in history))
    undone = (bool(step.undo) for step in history)
    return sum(
        _handed_over(workflow, now) and not _handed_over(workflow, before) and not undo
        for (before, now), undo in zip(pairwise(stages), undone, strict=True)
    )


def stage_before(workflow: Workflow) -> str:
    """The label of the volume's stage before 发稿: where the book goes back to when called back."""
    whole = stages(workflow, "volume")
    place = next((i for i, stage in enumerate(whole) if stage.id == PRESS), 0)
    return whole[place - 1].label if place else ""


def press_tag(volume_id: str, times: int) -> str:
    """The git tag on the text as it was handed over."""
    return f"press/{fit_tag(volume_id)}/{times:02}"


def is_printed_matter(path: str) -> bool:
    """Whether a file of a workspace holds what the press sets: text, pictures, order."""
    parts = path.split("/")
    if len(parts) < 5 or (parts[0], parts[2]) != ("volumes", "chapters"):
        return False
    return parts[-1].endswith(".md") or parts[4] == "figures" or parts[-1] == "chapter.yaml"
