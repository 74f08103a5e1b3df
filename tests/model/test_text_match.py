"""Two texts matched: every pair is equal, and what changed places is found."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editorial.model.text_match import Change, changes, match
from editorial.model.text_moves import Ends

WORDS = st.text(alphabet="甲乙丙丁", max_size=60)
SEED = random.Random(3)
LONG = "".join(chr(SEED.randrange(0x4E00, 0x9000)) for _ in range(3_000))


@given(WORDS, WORDS)
def test_what_is_paired_is_equal_and_paired_once(a: str, b: str) -> None:
    matched = match(a, b)
    pairs = [(i, j) for i, j in enumerate(matched.there) if j >= 0]
    assert all(a[i] == b[j] and matched.back[j] == i for i, j in pairs)
    assert len({j for _, j in pairs}) == len(pairs) == sum(i >= 0 for i in matched.back)


@given(WORDS, WORDS)
def test_every_character_without_a_match_is_in_one_change(a: str, b: str) -> None:
    matched = match(a, b)
    found = changes(matched)
    gone = sorted(i for each in found for i in range(each.i, each.i2))
    come = sorted(j for each in found for j in range(each.j, each.j2))
    assert gone == [i for i, j in enumerate(matched.there) if j < 0]
    assert come == [j for j, i in enumerate(matched.back) if i < 0]


EDITS = {
    "replaced": (LONG[:900] + "甲甲" + LONG[902:], Change(900, 902, 900, 902)),
    "gone": (LONG[:900] + LONG[905:], Change(900, 905, 900, 900)),
    "come": (LONG[:900] + "甲甲" + LONG[900:], Change(900, 900, 900, 902)),
}


@pytest.mark.parametrize(("new", "change"), EDITS.values(), ids=list(EDITS))
def test_one_edit_is_one_change(new: str, change: Change) -> None:
    assert changes(match(LONG, new)) == [change]


def test_a_stretch_that_changed_places_is_no_change() -> None:
    new = LONG[:500] + LONG[800:2_000] + LONG[500:800] + LONG[2_000:]
    assert changes(match(LONG, new)) == []


def test_stretches_that_begin_alike_are_told_apart() -> None:
    note, rest = "示例" + LONG[600:700], "示例" + LONG[700:900]
    old = LONG[:300] + note + rest + LONG[1_000:1_300]
    new = LONG[:300] + rest + LONG[1_000:1_300] + note
    assert changes(match(old, new)) == []


def test_only_what_stands_in_lines_of_its_own_may_change_places() -> None:
    new = LONG[:500] + LONG[520:900] + LONG[500:520] + LONG[900:]
    ends = Ends(set(range(0, 3_001, 33)), set(range(0, 3_001, 31)))
    assert changes(match(LONG, new)) == []
    assert len(changes(match(LONG, new, ends))) == 2
