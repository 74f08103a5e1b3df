"""意见 decided: those that say the same or contradict, the text changed, checked, by table."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from editorial.desk.office import Desk, open_desk
from editorial.desk.opinion_decide import (
    Decision,
    decide_opinions,
    decisions_in,
    undecided,
)
from editorial.desk.opinion_groups import groups_of
from editorial.desk.opinion_list import register_bytes
from editorial.desk.opinions import (
    check_opinions,
    find_opinion,
    same_opinions,
)
from editorial.desk.rounds import open_round
from editorial.errors import EditorialError
from editorial.model.labels import Disposition
from editorial.model.reviews import disposition
from tests.desk.deciding import decide_opinion
from tests.desk.opinion_papers import (
    AT,
    JICHANG,
    READERS,
    Git,
    opinions,
    prose,
    table,
    take,
    two,
)


@pytest.fixture
def round_(desk: Desk) -> Desk:
    open_round(desk, "评议会", at=AT, readers=READERS)
    return desk


def test_the_same_in_a_column_and_in_a_sentence_is_the_same(round_: Desk, tmp_path: Path) -> None:
    take(
        round_,
        table(tmp_path / "表.csv", ("1", "", "研发机构120个", "请写明统计截止时间", "专家甲")),
        table(
            tmp_path / "另.csv", ("1", "", "", "“研发机构120个”，请写明统计截止时间。", "专家乙")
        ),
    )
    assert [len(g) for g in groups_of(round_, "01", same=True).groups] == [2]
    assert groups_of(round_, "01", same=False).groups == ()


def test_conflicts_stand_side_by_side_and_are_decided_together(
    round_: Desk, tmp_path: Path
) -> None:
    two(round_, tmp_path)
    (same,) = groups_of(round_, "01", same=True).groups
    assert [o.id for o in same] == ["01/001", "01/003"]
    same_opinions(round_, ("01/001", "01/003"), at=AT)
    (conflict,) = groups_of(round_, "01", same=False).groups
    assert [o.id for o in conflict] == ["01/001", "01/002"]
    act = decide_opinion(round_, "01/001", "采纳", at=AT)
    assert any("01/002" in remark for remark in act.remarks)
    decide_opinions(
        round_,
        (
            Decision(id="01/001", to="采纳", result="1210万人次"),
            Decision(id="01/002", to="不采纳", reason="公报为1210万"),
        ),
        at=AT,
    )
    first, second, third = opinions(round_)
    assert (first.together, second.together) == (("01/002",), ("01/001",))
    assert [disposition(o) for o in (first, second, third)] == [
        Disposition.ADOPTED,
        Disposition.REJECTED,
        Disposition.ADOPTED,
    ]


def test_an_exact_change_is_made_in_the_same_commit(round_: Desk, tmp_path: Path, git: Git) -> None:
    two(round_, tmp_path)
    decide_opinions(round_, (Decision(id="01/001", to="采纳"),), at=AT, apply=True)
    assert "旅客吞吐量1210万人次" in prose(round_, JICHANG).read_text("utf-8")
    assert find_opinion(round_, "01/001").result == "1210万人次"
    changed = git("show", "--name-only", "--format=", "HEAD").split()
    assert any(name.endswith(f"{JICHANG}.md") for name in changed)


@pytest.mark.parametrize("result", ["1210万人次", "吞吐量1210万人次", "旅客吞吐量1210万人次。"])
def test_a_result_that_repeats_the_words_around_puts_none_in_twice(
    round_: Desk, tmp_path: Path, result: str
) -> None:
    take(round_, table(tmp_path / "意见.csv", ("1", "", "1200万人次", "请核实", "专家甲")))
    decision = Decision(id="01/001", to="采纳", result=result)
    decide_opinions(round_, (decision,), at=AT, apply=True)
    assert "示例机场旅客吞吐量1210万人次。\n" in prose(round_, JICHANG).read_text("utf-8")


def test_a_change_that_is_not_exact_is_left_to_the_editor(round_: Desk, tmp_path: Path) -> None:
    take(round_, table(tmp_path / "意见.csv", ("1", "", "1200万人次", "请核实", "专家甲")))
    act = decide_opinions(round_, (Decision(id="01/001", to="采纳"),), at=AT, apply=True)
    assert "没有写明改成什么" in act.remarks[0]
    assert "1200万人次" in prose(round_, JICHANG).read_text("utf-8")


def test_who_decided_does_not_check(round_: Desk, tmp_path: Path) -> None:
    two(round_, tmp_path)
    with pytest.raises(EditorialError, match="还没有结论"):
        check_opinions(round_, ("01/001",), at=AT)
    decide_opinion(round_, "01/001", "采纳", at=AT)
    with pytest.raises(EditorialError, match="不能自己复核"):
        check_opinions(round_, ("01/001",), at=AT)
    check_opinions(open_desk(round_.root, by="sujing"), ("01/001",), at=AT)
    assert find_opinion(round_, "01/001").checked == "sujing"


def test_the_sheet_given_out_is_read_back(round_: Desk, tmp_path: Path) -> None:
    two(round_, tmp_path)
    name, data = register_bytes(round_, opinions(round_), "01", date(2020, 3, 6))
    assert name == "评议会意见.xlsx"
    path = tmp_path / name
    path.write_bytes(data)
    assert decisions_in(path) == ()
    back = table(
        tmp_path / "填好.csv",
        ("01/001", "采纳", "", "1210万人次"),
        ("01/002", "未采纳", "公报为1210万", ""),
        ("01/003", "", "", ""),
        head=("编号", "处理", "理由", "改后文字"),
    )
    decide_opinions(round_, decisions_in(back), at=AT)
    assert [disposition(o).label for o in opinions(round_)] == ["采纳", "不采纳", "待定"]
    assert undecided(round_, decisions_in(back)) == ()


def test_a_table_with_a_bad_row_names_it(round_: Desk, tmp_path: Path) -> None:
    bad = table(tmp_path / "填.csv", ("01/001", "好的"), head=("编号", "处理"))
    with pytest.raises(EditorialError, match="没有“好的”这种处理") as refused:
        decisions_in(bad)
    assert "第2行" in refused.value.where
