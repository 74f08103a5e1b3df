"""撤销 in a round: closed, forwarded, placed, taken in; and what may be done after."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from editorial.desk.letters import find_letter
from editorial.desk.office import Desk
from editorial.desk.opinion_forward import forward_opinions
from editorial.desk.opinion_import import Wanted, import_opinions
from editorial.desk.opinions import add_opinion, find_opinion, place_opinion
from editorial.desk.round_list import find_round
from editorial.desk.rounds import close_round, open_round
from editorial.desk.undo import undo
from editorial.errors import EditorialError
from editorial.model.labels import Disposition, RoundState
from editorial.model.reviews import disposition, round_state
from tests.desk.deciding import decide_opinion

AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
GAIKUANG, JICHANG = "01-keji/01-gaikuang", "02-jichu/02-jichang"
WORDS = "旅客吞吐量1200万人次"


@pytest.fixture
def spoken(desk: Desk) -> Desk:
    open_round(desk, "评议会", at=AT, readers=("专家甲",))
    add_opinion(desk, "01", JICHANG, "请核实", at=AT, by="专家甲", original=WORDS)
    return desk


def test_a_round_closed_by_mistake_is_open_again(spoken: Desk) -> None:
    decide_opinion(spoken, "01/001", "采纳", at=AT)
    close_round(spoken, "01", at=AT)
    undo(spoken, at=AT)
    assert round_state(find_round(spoken, "01")) is RoundState.OPEN
    add_opinion(spoken, "01", GAIKUANG, "又一条", at=AT, by="专家甲")


def test_an_opinion_put_in_the_wrong_place_goes_back(spoken: Desk) -> None:
    before = find_opinion(spoken, "01/001")
    place_opinion(spoken, "01/001", GAIKUANG, at=AT)
    undo(spoken, at=AT)
    after = find_opinion(spoken, "01/001")
    assert (after.section, after.anchor) == (JICHANG, before.anchor)


def test_an_opinion_forwarded_by_mistake_waits_again_and_the_letter_is_gone(spoken: Desk) -> None:
    (letter,), _ = forward_opinions(spoken, ("01/001",), at=AT, due=date(2020, 3, 20))
    undo(spoken, at=AT)
    opinion = find_opinion(spoken, "01/001")
    assert (disposition(opinion), opinion.letter) == (Disposition.PENDING, "")
    with pytest.raises(EditorialError):
        find_letter(spoken, letter.id)


def test_an_opinion_added_to_a_letter_is_taken_out_again(spoken: Desk) -> None:
    add_opinion(spoken, "01", JICHANG, "又一条", at=AT, by="专家甲")
    (letter,), _ = forward_opinions(spoken, ("01/001",), at=AT, due=date(2020, 3, 20))
    forward_opinions(spoken, ("01/002",), at=AT, due=date(2020, 3, 20))
    undo(spoken, at=AT)
    assert [item.opinion for item in find_letter(spoken, letter.id).items] == ["01/001"]


def test_a_paper_taken_in_by_mistake_may_be_taken_in_again(spoken: Desk, tmp_path: Path) -> None:
    path = tmp_path / "意见.csv"
    path.write_text("原文,修改意见\n研发机构120个,应写明口径\n", "utf-8")
    for _ in range(2):
        (one,) = import_opinions(spoken, "01", (path,), Wanted(by="专家甲"), at=AT)
        assert [each.opinion.id for each in one.taken] == ["01/002"]
        undo(spoken, at=AT)
    assert len(find_round(spoken, "01").opinions) == 1
    assert find_round(spoken, "01").papers == ()
