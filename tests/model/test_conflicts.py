"""Whether two opinions on the same words ask for the same thing."""

from __future__ import annotations

import pytest

from editorial.model.asked_change import changed_words
from editorial.model.conflicts import says_same
from editorial.model.reviews import Opinion


def opinion(text: str) -> Opinion:
    return Opinion(section="01-keji/01-gaikuang", by="专家甲", original="参训318人", text=text)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("应改为“参训318人次”", "应改为“参训318人次”（理由：统计公报）", True),
        ("应改为“参训约318人”", "应改为“参训近318人”（理由：统计公报）", False),
        ("应为参训320人", "应为参训330人", False),
        ("请核实这个数字", "请核实此数字", True),
    ],
)
def test_what_says_the_same(one: str, other: str, same: bool) -> None:
    assert says_same(opinion(one), opinion(other)) is same


def test_a_reason_at_the_end_does_not_hide_the_change() -> None:
    assert changed_words("甲", "应改为“乙”（理由：据公报）。（建议）") == "乙"
