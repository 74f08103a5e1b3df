"""评议会: recorded piece by piece, voted, scored from a table, written up."""

from __future__ import annotations

import errno
from collections.abc import Callable
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from pathlib import Path
from typing import Self

import docx
import pypdfium2
import pytest

from editorial.desk import meetings
from editorial.desk.meetings import (
    find_meeting,
    make_minutes,
    make_score_form,
    set_meeting,
    take_scores,
    take_vote,
)
from editorial.desk.office import Desk
from editorial.desk.rounds import open_round
from editorial.errors import BadData, EditorialError
from editorial.model.meeting import (
    Conclusion,
    Expert,
    FollowUp,
    Meeting,
    Statement,
)
from editorial.store.meetings import load_meeting, load_score_rules

AT = datetime(2020, 3, 18, 9, 0, tzinfo=UTC)
DAY = date(2020, 3, 20)
NINE = tuple(
    Expert(name=f"专家{n}", unit="示例大学", title="教授", lead=n == "甲")
    for n in "甲乙丙丁戊己庚辛壬"
)
SCORES = "姓名,政治（20分）,体例,资料,记述,文字,版式\n" + "".join(
    f"专家{n},{19 - place % 3},18,17,16,9,{9 - place % 2}.5\n"
    for place, n in enumerate("甲乙丙丁戊己庚辛壬")
)


@pytest.fixture
def met(desk: Desk) -> Desk:
    open_round(desk, "评议会", at=AT)
    told = Meeting(
        at=AT,
        place="示例会议室",
        chair="周文",
        experts=(*NINE, Expert(name="专家癸", present=False, written="建议补充资料")),
        attendants=("林清",),
        statements=(
            Statement(by="专家甲", points=("资料扎实",)),
            Statement(by="专家甲", points=("口径宜注明",)),
        ),
        evaluation="观点正确",
        summary="按期改定",
        follow_ups=(FollowUp(task="逐条改稿", by="林清", due=date(2020, 4, 10)),),
        number="示志纪〔2020〕3号",
    )
    set_meeting(desk, "01", told)
    return desk


def test_a_record_is_written_and_read_back(met: Desk) -> None:
    meeting = load_meeting(met.workspace.files, met.volume_id, "01")
    assert meeting is not None
    assert (meeting.title, meeting.draft, len(meeting.experts)) == (
        "评议会",
        "《小年鉴2019》",
        10,
    )
    assert meeting.statements == (Statement(by="专家甲", points=("资料扎实", "口径宜注明")),)


def test_what_is_said_later_is_added_and_the_rest_stays(met: Desk) -> None:
    set_meeting(met, "01", Meeting(place="另一处", attendants=("陈渔",)))
    _, meeting = find_meeting(met, "1")
    assert (meeting.place, meeting.chair, meeting.attendants) == (
        "另一处",
        "周文",
        ("林清", "陈渔"),
    )


def test_a_round_without_a_meeting_says_how_to_record_one(desk: Desk) -> None:
    open_round(desk, "评议会", at=AT)
    with pytest.raises(EditorialError, match="还没有登记会议") as refused:
        find_meeting(desk, "01")
    assert "round meeting set 01" in refused.value.hint


def test_a_vote_is_by_numbers_or_by_name(met: Desk) -> None:
    act = take_vote(met, "01", numbers=(7, 1, 1), conclusion="原则通过")
    assert act.remarks == ()
    assert find_meeting(met, "01")[1].conclusion is Conclusion.PASSED_IN_PRINCIPLE
    take_vote(met, "01", named=[("专家甲", "同意"), ("专家癸", "弃权")])
    vote = find_meeting(met, "01")[1].vote
    assert vote is not None
    assert not vote.secret


@pytest.mark.parametrize(
    ("numbers", "named", "message"),
    [
        (None, (), "写一种"),
        ((1, 0, 0), (("专家甲", "同意"),), "写一种"),
        ((0, 0, 0), (), "等于没有表决"),
        (None, (("专家甲", "赞"),), "看不懂"),
        (None, (("专家甲", "同意"), ("专家甲", "弃权")), "投了两票"),
    ],
)
def test_a_vote_that_cannot_be_is_refused(
    met: Desk,
    numbers: tuple[int, int, int] | None,
    named: tuple[tuple[str, str], ...],
    message: str,
) -> None:
    with pytest.raises(EditorialError, match=message):
        take_vote(met, "01", numbers=numbers, named=named)


@pytest.mark.parametrize("code", ["utf-8-sig", "gb18030"])
def test_scores_are_read_from_a_table(met: Desk, code: str) -> None:
    result, act = take_scores(met, "01", SCORES.encode(code), "评分.csv")
    assert (len(result.totals), act.remarks) == (9, ())
    assert result.average == Decimal("87.06")


def test_the_blank_score_sheet_can_be_read_back(met: Desk) -> None:
    (path,) = make_score_form(met, "01", today=DAY).files
    with pytest.raises(EditorialError, match="“政治”栏应写分数，现为“”") as refused:
        take_scores(met, "01", path.read_bytes(), path.name)
    assert refused.value.where == "01评议会评分表.xlsx第4行"


@pytest.mark.parametrize(
    ("table", "message", "where"),
    [
        ("姓名,政治\n甲,1\n", "缺这几列：体例、资料、记述、文字、版式", ""),
        ("a,b\n1,2\n", "没有评分表的表头", ""),
        (SCORES.replace("专家甲,19", "专家甲,21"), "“政治”写了21分，满分是20分", "第2行"),
        (SCORES.replace("专家乙,18", "专家乙,良"), "“政治”栏应写分数，现为“良”", "第3行"),
        (SCORES.replace("专家乙", "专家甲"), "专家甲有两行分数", "第3行"),
        (SCORES.partition("\n")[0] + "\n", "没有一行分数", ""),
    ],
)
def test_a_bad_table_is_refused_with_its_row(
    met: Desk, table: str, message: str, where: str
) -> None:
    with pytest.raises(EditorialError, match=message) as refused:
        take_scores(met, "01", table.encode(), "评分.csv")
    assert where in refused.value.where
    assert find_meeting(met, "01")[1].scores == ()


def test_who_is_scored_again_replaces_the_former_sheet(met: Desk) -> None:
    take_scores(met, "01", SCORES.encode(), "评分.csv")
    again = SCORES.split("\n")[0] + "\n专家甲,20,20,20,20,10,10\n"
    result, _ = take_scores(met, "01", again.encode(), "补.csv")
    assert dict(result.totals)["专家甲"] == 100
    assert len(result.totals) == 9


def pdf_pages(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as book:
        return ["".join(page.get_textpage().get_text_range().split()) for page in book]


def test_the_minutes_hold_the_meeting_the_vote_and_the_scores(met: Desk) -> None:
    take_vote(met, "01", named=[(e.name, "同意") for e in NINE], conclusion="通过")
    take_scores(met, "01", SCORES.encode(), "评分.csv")
    set_meeting(met, "01", Meeting(drop_extremes=True))
    made = make_minutes(met, "01", today=DAY)
    pdf, word = made.files
    minutes, people, vote, scores = pdf_pages(pdf)
    for words in (
        "评议会纪要",
        "示志纪〔2020〕3号",
        "9人：专家甲、",
        "专家甲：（1）资料扎实；（2）口径宜注明。",
        "专家癸（书面）：建议补充资料。",
        "经记名投票表决，同意9票，不同意0票，弃权0票。",
        "9位专家评分，去掉一个最高分和一个最低分，平均87.07分。",
        "评议结论：通过。",
        "2020年4月10日",
    ):
        assert words in minutes
    assert people.count("到会") == 10  # the head and nine experts
    assert (vote.count("√"), "收回表决票9张" in vote) == (9, True)
    assert "最高分，不计" in scores
    tables = docx.Document(str(word)).tables
    assert [row.cells[-2].text for row in tables[-2].rows][-1] == "87.07"


def test_a_secret_vote_names_nobody(met: Desk) -> None:
    take_vote(met, "01", numbers=(8, 1, 0))
    made = make_minutes(met, "01", today=DAY, formats=("pdf",))
    page = pdf_pages(made.files[0])[2]
    assert "无记名表决" in page
    assert not any(expert.name in page for expert in NINE)


def test_the_rules_shipped_are_the_defaults(desk: Desk) -> None:
    shipped = load_score_rules(desk.workspace.files)
    (desk.root / "styles/reviews/scores.yaml").unlink()
    assert load_score_rules(desk.workspace.files) == shipped


def test_bad_rules_are_blamed_at_their_line(desk: Desk) -> None:
    path = desk.root / "styles/reviews/scores.yaml"
    path.write_text("aspects:\n- {id: a, label: 甲, weight: 0}\n", "utf-8")
    with pytest.raises(BadData) as refused:
        load_score_rules(desk.workspace.files)
    assert [(p.line, p.message) for p in refused.value.problems] == [(2, "满分应大于0")]


def test_a_meeting_is_recorded_voted_and_written_by_command(
    desk: Desk, editorial: Callable[..., object]
) -> None:
    open_round(desk, "评议会", at=AT)
    words = ("--on", "2020-03-18", "--time", "14:30", "--place", "会议室", "--chair", "周文")
    experts = ("--expert", "专家甲/示例大学/教授", "--expert", "专家癸", "--written", "专家癸=同意")
    assert "会议记录" in str(editorial("round", "meeting", "set", "01", *words, *experts))
    assert "同意1票" in str(editorial("round", "meeting", "vote", "01", "--named", "专家甲＝同意"))
    assert "纪要.pdf" in str(editorial("round", "meeting", "minutes", "01"))
    _, meeting = find_meeting(desk, "01")
    assert meeting.at is not None
    assert (meeting.at.hour, meeting.experts[1].present) == (14, False)


def test_a_day_before_windows_has_time_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(datetime):
        def astimezone(self, tz: tzinfo | None = None) -> Self:
            raise OSError(errno.EINVAL, "")

    monkeypatch.setattr(meetings, "datetime", Clock)
    with pytest.raises(EditorialError, match="没有 1960-01-01 那时的会"):
        meetings.moment(date(1960, 1, 1), "9:00")
