"""评议: a round on text that is fixed, opinions each of which gets an answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from editorial.desk.keep import keep
from editorial.desk.move import move
from editorial.desk.office import Desk
from editorial.desk.opinions import add_opinion
from editorial.desk.round_list import find_round, rounds
from editorial.desk.rounds import close_round, open_round
from editorial.errors import EditorialError, Refused
from editorial.model.labels import Disposition, RoundState
from editorial.model.reviews import disposition, round_state
from tests.desk.deciding import decide_opinion

Git = Callable[..., str]
AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
JICHANG = "02-jichu/02-jichang"


def hear(desk: Desk, text: str = "数字有误", node: str = JICHANG) -> str:
    return add_opinion(desk, "01", node, text, at=AT, by="专家甲（示例）")[0].id


def test_a_round_is_opened_on_the_last_commit_of_the_text(desk: Desk, git: Git) -> None:
    move(desk, (JICHANG,), "初审", at=AT)
    commit = git("rev-parse", "HEAD")
    git("commit", "-q", "--allow-empty", "-m", "别的")
    round_, act = open_round(
        desk,
        "评议会",
        at=AT,
        nodes=("02-jichu",),
        readers=("专家甲（示例）",),
        due=date(2020, 4, 1),
    )
    assert (round_.id, round_.commit, round_.sections) == (
        "01",
        commit,
        ("02-jichu/01-gaikuang", JICHANG),
    )
    assert act.message.startswith("评议：开始评议会")
    assert find_round(desk, "评议会") == round_


def test_a_round_is_not_opened_on_text_that_is_not_kept(desk: Desk) -> None:
    path = desk.root / f"volumes/xiao-2019/chapters/{JICHANG}.md"
    path.write_text("改", encoding="utf-8")
    with pytest.raises(EditorialError, match="有1个文件改过而未留存") as refused:
        open_round(desk, "评议会", at=AT)
    assert "editorial keep" in refused.value.hint
    keep(desk, "改")
    assert open_round(desk, "评议会", at=AT)


def test_rounds_and_opinions_are_numbered(desk: Desk) -> None:
    open_round(desk, "甲", at=AT)
    assert open_round(desk, "乙", at=AT)[0].id == "02"
    assert [hear(desk), hear(desk)] == ["01/001", "01/002"]


def test_an_opinion_is_a_file_of_its_own_and_pending(desk: Desk, git: Git) -> None:
    open_round(desk, "评议会", at=AT)
    hear(desk, "“吞吐量”请核: 1:30?")
    path = "volumes/xiao-2019/rounds/01/opinions/001.yaml"
    assert git("show", "--format=", "--name-only") == path
    (opinion,) = rounds(desk)[0].opinions
    assert (opinion.text, disposition(opinion)) == ("“吞吐量”请核: 1:30?", Disposition.PENDING)


@pytest.mark.parametrize("text", ["多行\n意见", "a: b", "# 号", "- 列", "'引'\"号", "*强*", "012"])
def test_an_opinion_is_read_back_as_it_was_said(desk: Desk, text: str) -> None:
    open_round(desk, "评议会", at=AT)
    hear(desk, text)
    assert rounds(desk)[0].opinions[0].text == text


@pytest.mark.parametrize(
    ("to", "reason", "state"),
    [
        ("采纳", "", Disposition.ADOPTED),
        ("partly", "表已改", Disposition.PARTLY),
        ("不采纳", "口径不同", Disposition.REJECTED),
        ("转核实", "", Disposition.FORWARDED),
    ],
)
def test_an_opinion_is_decided(desk: Desk, to: str, reason: str, state: Disposition) -> None:
    open_round(desk, "评议会", at=AT)
    decide_opinion(desk, hear(desk), to, at=AT, reason=reason)
    (opinion,) = rounds(desk)[0].opinions
    assert (disposition(opinion), opinion.reason, len(opinion.history)) == (state, reason, 2)


@pytest.mark.parametrize("to", ["部分采纳", "不采纳"])
def test_what_is_not_wholly_adopted_needs_a_reason(desk: Desk, to: str) -> None:
    open_round(desk, "评议会", at=AT)
    with pytest.raises(EditorialError, match="须写理由"):
        decide_opinion(desk, hear(desk), to, at=AT)


def test_a_round_is_closed_when_every_opinion_has_its_answer(desk: Desk) -> None:
    open_round(desk, "评议会", at=AT)
    hear(desk)
    decide_opinion(desk, hear(desk), "转核实", at=AT)
    with pytest.raises(Refused) as refused:
        close_round(desk, "01", at=AT)
    assert [b.node for b in refused.value.blockers] == [JICHANG, JICHANG]
    for opinion in ("01/001", "01/002"):
        decide_opinion(desk, opinion, "采纳", at=AT)
    close_round(desk, "评议会", at=AT)
    assert round_state(rounds(desk)[0]) is RoundState.CLOSED


def test_a_closed_round_takes_no_opinion_and_is_not_closed_again(desk: Desk) -> None:
    open_round(desk, "评议会", at=AT)
    close_round(desk, "01", at=AT)
    with pytest.raises(EditorialError, match="已经结束，不能再加意见"):
        hear(desk)
    with pytest.raises(EditorialError, match="已经结束"):
        close_round(desk, "01", at=AT)


@pytest.mark.parametrize("round_id", ["02", "../01", "", "没有"])
def test_a_round_that_is_none_is_refused(desk: Desk, round_id: str) -> None:
    open_round(desk, "评议会", at=AT)
    with pytest.raises(EditorialError, match="没有评议轮次"):
        find_round(desk, round_id)


@pytest.mark.parametrize("opinion", ["001", "01/002", "01/../02/001", ""])
def test_an_opinion_that_is_none_is_refused(desk: Desk, opinion: str) -> None:
    open_round(desk, "评议会", at=AT)
    hear(desk)
    with pytest.raises(EditorialError, match="没有意见"):
        decide_opinion(desk, opinion, "采纳", at=AT)


def test_an_opinion_is_on_a_section(desk: Desk) -> None:
    open_round(desk, "评议会", at=AT)
    with pytest.raises(EditorialError, match="意见要落在分目上"):
        hear(desk, node="02-jichu")


def test_a_disposition_that_is_none_is_refused(desk: Desk) -> None:
    open_round(desk, "评议会", at=AT)
    with pytest.raises(EditorialError, match="没有“同意”这种处理"):
        decide_opinion(desk, hear(desk), "同意", at=AT)
