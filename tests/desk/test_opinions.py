"""意见: placed, chosen, the words followed."""

from __future__ import annotations

from pathlib import Path

import pytest

from editorial.desk.keep import keep
from editorial.desk.office import Desk
from editorial.desk.opinion_list import Chosen, chosen_opinions, standings
from editorial.desk.opinion_pages import PageText
from editorial.desk.opinion_trace import located, trace_of
from editorial.desk.opinions import (
    add_opinion,
    find_opinion,
    place_opinion,
)
from editorial.desk.overview import overview
from editorial.desk.review_papers import make_table
from editorial.desk.rounds import open_round
from editorial.errors import EditorialError
from editorial.model.anchor import Standing
from editorial.model.labels import Disposition, SourceKind
from tests.desk.deciding import decide_opinion
from tests.desk.opinion_papers import (
    AT,
    GAIKUANG,
    JICHANG,
    READERS,
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


def test_what_cannot_be_placed_is_kept_for_the_editor(round_: Desk, tmp_path: Path) -> None:
    take(round_, table(tmp_path / "意见.csv", ("1", "", "本书没有的话", "宜删去", "专家甲")))
    (lost,) = chosen_opinions(round_, Chosen(where="未落位"))
    assert (lost.section, lost.original) == ("", "本书没有的话")
    place_opinion(round_, lost.id, JICHANG, at=AT, original="1200万人次")
    placed = find_opinion(round_, lost.id)
    assert placed.section == JICHANG
    assert placed.anchor is not None
    assert placed.anchor.quote == "1200万人次"
    with pytest.raises(EditorialError, match="这个分目里没有，没有改"):
        place_opinion(round_, lost.id, GAIKUANG, at=AT, original="1200万人次")


def test_an_opinion_follows_its_words_into_another_section(round_: Desk, tmp_path: Path) -> None:
    take(round_, table(tmp_path / "意见.csv", ("1", "", "旅客吞吐量1200万人次", "核", "专家甲")))
    text = prose(round_, JICHANG).read_text("utf-8")
    prose(round_, JICHANG).write_text("【概貌】　新写的文字。\n", "utf-8")
    prose(round_, GAIKUANG).write_text(prose(round_, GAIKUANG).read_text("utf-8") + text, "utf-8")
    keep(round_, "机场并入概况")
    place = located(trace_of(round_), find_opinion(round_, "01/001"))
    assert place is not None
    assert (place.standing, place.spots[0].section) == (Standing.MOVED, GAIKUANG)
    prose(round_, GAIKUANG).write_text("【概况】　都删了。\n", "utf-8")
    assert standings(round_, opinions(round_)) == {"01/001": Standing.LOST.label}


def test_opinions_are_chosen_in_the_words_of_the_filter(round_: Desk, tmp_path: Path) -> None:
    two(round_, tmp_path)
    decide_opinion(round_, "01/002", "不采纳", at=AT, reason="已核")

    def ids(where: str) -> list[str]:
        return [o.id for o in chosen_opinions(round_, Chosen(round="01", where=where))]

    assert ids("提出:专家甲、专家丙") == ["01/001", "01/003"]
    assert ids("未答 -提出:专家甲") == ["01/003"]
    assert ids("篇目:机场 处理:不采纳") == ["01/002"]
    with pytest.raises(EditorialError, match="没有“颜色”这一项"):
        ids("颜色:红")


def test_who_speaks_is_told_by_the_name(round_: Desk) -> None:
    for by in ("专家甲（示例）", "深圳科创局", "示例省史志办"):
        add_opinion(round_, "01", JICHANG, "核", at=AT, by=by)
    kinds = [o.source_kind for o in opinions(round_)]
    assert kinds == [SourceKind.EXPERT, SourceKind.UNIT, SourceKind.HIGHER]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"weight": "必需改"}, "没有“必需改”这种性质"),
        ({"channel": "托梦"}, "没有“托梦”这种提出方式"),
    ],
)
def test_a_word_that_is_none_is_refused_when_typed(
    round_: Desk, told: dict[str, str], words: str
) -> None:
    with pytest.raises(EditorialError, match=words) as refused:
        add_opinion(round_, "01", JICHANG, "核", at=AT, by="专家甲", **told)
    assert "可用：" in refused.value.hint
    assert opinions(round_) == ()


@pytest.mark.parametrize(
    ("typed", "weight"), [("", "should"), ("必须", "must"), ("供参考", "consider")]
)
def test_a_weight_is_typed_as_people_say_it(round_: Desk, typed: str, weight: str) -> None:
    opinion, act = add_opinion(round_, "01", JICHANG, "核", at=AT, by="专家甲", weight=typed)
    assert (opinion.weight.value, act.remarks) == (weight, ())


def test_words_that_are_not_in_the_text_are_told(round_: Desk) -> None:
    opinion, act = add_opinion(
        round_, "01", JICHANG, "核", at=AT, by="专家甲", original="没有这句话"
    )
    assert (opinion.anchor, opinion.original) == (None, "没有这句话")
    assert act.remarks == ("“没有这句话”在这个分目里没有，意见落在整个分目",)


def test_page_and_line_lead_to_the_words_printed_there(round_: Desk, tmp_path: Path) -> None:
    rows = (
        ("1", "第5页第14行", "", "请再核", "专家甲"),
        ("2", "第5页", "", "版式太疏", "专家甲"),
        ("3", "第90页", "", "请再核", "专家甲"),
    )
    (one,) = take(round_, table(tmp_path / "意见.csv", *rows))
    line, page, beyond = one.taken
    assert line.opinion.section == JICHANG
    assert line.opinion.anchor is not None
    assert "1200万人次" in line.opinion.anchor.quote
    assert page.note == "第5页上不止一个分目，请指明"
    assert beyond.note == "本稿没有第90页"


def test_an_opinion_on_the_whole_book_is_placed_though_in_no_section(
    round_: Desk, tmp_path: Path
) -> None:
    rows = (("1", "全书", "", "数字用法应统一", "专家甲"), ("2", "", "", "体例不一", "专家乙"))
    head = ("序号", "位置", "原文", "修改意见", "提出人")
    take(round_, table(tmp_path / "意见.csv", *rows, head=head))
    assert [o.id for o in chosen_opinions(round_, Chosen(where="未落位"))] == ["01/002"]
    place_opinion(round_, "01/002", "全书", at=AT)
    add_opinion(round_, "01", "全书", "附录太长", at=AT, by="专家丙")
    assert chosen_opinions(round_, Chosen(where="未落位")) == ()
    assert [o.id for o in chosen_opinions(round_, Chosen(where="篇目:全书"))] == [
        "01/001",
        "01/002",
        "01/003",
    ]


def test_opinions_in_no_section_are_counted_with_the_volume(round_: Desk, tmp_path: Path) -> None:
    take(
        round_,
        table(
            tmp_path / "意见.csv",
            ("1", "", "旅客吞吐量1200万人次", "核", "专家甲"),
            ("2", "", "本书没有的话", "宜删去", "专家甲"),
        ),
    )
    add_opinion(round_, "01", "全书", "附录太长", at=AT, by="专家丙")
    decide_opinion(round_, "01/003", "采纳", at=AT)
    board = overview(round_, AT.date()).volume
    assert (board.opinions.done, board.opinions.total) == (1, 3)
    assert sum(row.opinions.total for row in board.rows) == 1
    counted = make_table(round_, "01", today=AT.date(), formats=("xlsx",), out=tmp_path).tally
    assert (counted.total, counted.counts[Disposition.ADOPTED]) == (3, 1)


BY = {"at": AT, "by": "专家甲（示例）"}


@pytest.mark.parametrize("node", ["", "第5页第3行"])
def test_an_opinion_known_by_page_and_line_alone_is_placed_as_on_a_paper(
    round_: Desk, node: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = {5: PageText(lines=((1, "机场"), (3, "旅客吞吐量1200万人次")))}
    monkeypatch.setattr("editorial.desk.opinion_place.pages_at", lambda *_: pages)
    place = "" if node else "第5页第3行"
    opinion, act = add_opinion(round_, "01", node, "请核实", place=place, **BY)
    assert (opinion.section, opinion.place) == (JICHANG, "第5页第3行")
    assert opinion.anchor is not None
    assert opinion.anchor.quote.startswith("旅客吞吐量1200万人次")
    assert act.remarks == ("落到机场：没有抄原文，按页行落到这一行",)


def test_a_place_that_is_not_there_leaves_the_opinion_unplaced(round_: Desk) -> None:
    opinion, act = add_opinion(round_, "01", "", "请核实", place="第99页第3行", **BY)
    assert (opinion.section, opinion.place) == ("", "第99页第3行")
    assert [o.id for o in chosen_opinions(round_, Chosen(where="未落位"))] == [opinion.id]
    assert act.remarks == ("未落位：本稿没有第99页",)
    assert "（未落位）" in act.message


def test_words_quoted_alone_place_an_opinion(round_: Desk) -> None:
    opinion, _ = add_opinion(round_, "01", "", "请核实", original="旅客吞吐量1200万人次", **BY)
    assert opinion.section == JICHANG
    whole, _ = add_opinion(round_, "01", "", "宜统一体例", place="全书", **BY)
    assert (whole.section, whole.place) == ("", "全书")


@pytest.mark.parametrize("node", ["", "03-05", "没有的分目"])
def test_an_opinion_that_says_no_place_at_all_is_refused(round_: Desk, node: str) -> None:
    with pytest.raises(EditorialError, match=r"没有说清意见落在哪里|没有叫“"):
        add_opinion(round_, "01", node, "请核实", **BY)
