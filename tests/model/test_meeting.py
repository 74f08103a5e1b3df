"""评议会: nine assessors, six aspects, a vote; what does not go together is said."""

from __future__ import annotations

from decimal import Decimal

import pytest

from editorial.model.meeting import (
    DEFAULT_RULES,
    Aspect,
    Ballot,
    Conclusion,
    Expert,
    FollowUp,
    Meeting,
    NamedVote,
    Score,
    ScoreRules,
    Statement,
    Vote,
    counted,
    meeting_faults,
    reckoned,
    rule_faults,
)
from editorial.model.minutes import number, score_words, vote_words

PAIR = ScoreRules(
    aspects=(Aspect(id="a", label="甲", weight=60), Aspect(id="b", label="乙", weight=40)),
    assessors=3,
)


def scored(*sheets: tuple[float, float], drop: bool | None = None) -> Meeting:
    scores = tuple(
        Score(by=f"专家{n}", points={"a": first, "b": second})
        for n, (first, second) in enumerate(sheets, 1)
    )
    return Meeting(scores=scores, drop_extremes=drop)


def test_the_six_aspects_make_a_hundred() -> None:
    assert sum(aspect.weight for aspect in DEFAULT_RULES.aspects) == 100
    assert len(DEFAULT_RULES.aspects) == 6


def test_the_average_is_of_all_sheets() -> None:
    result = reckoned(scored((50, 30), (40, 31), (45, 32)), PAIR)
    assert result is not None
    assert (result.average, result.aspects) == (
        Decimal("76.00"),
        (Decimal("45.00"), Decimal("31.00")),
    )


def test_the_highest_and_the_lowest_total_are_left_out() -> None:
    result = reckoned(scored((50, 30), (10, 10), (45, 32), (60, 40), drop=True), PAIR)
    assert result is not None
    assert (result.highest, result.lowest, result.kept) == ("专家4", "专家2", ("专家1", "专家3"))
    assert result.average == Decimal("78.50")
    assert sum(result.aspects) == result.average


def test_of_equal_sheets_two_are_left_out() -> None:
    result = reckoned(scored((50, 30), (50, 30), (50, 30), drop=True), PAIR)
    assert result is not None
    assert (result.kept, result.average) == (("专家3",), Decimal("80.00"))


def test_two_sheets_are_both_kept() -> None:
    result = reckoned(scored((50, 30), (40, 30), drop=True), PAIR)
    assert result is not None
    assert (result.highest, len(result.kept)) == ("", 2)


def test_half_a_cent_is_rounded_up_and_tenths_stay_exact() -> None:
    result = reckoned(scored((0.1, 0.2), (0.1, 0.22), (0.1, 0.24)), PAIR)
    assert result is not None
    assert (result.totals[0][1], result.average) == (Decimal("0.3"), Decimal("0.32"))


def test_without_scores_there_is_nothing_to_reckon() -> None:
    assert reckoned(Meeting(), PAIR) is None


def test_a_named_vote_is_counted() -> None:
    ballots = (Ballot.YES, Ballot.YES, Ballot.NO, Ballot.ABSTAIN)
    vote = Vote(named=tuple(NamedVote(by=f"专家{n}", ballot=b) for n, b in enumerate(ballots)))
    assert (counted(vote).yes, counted(vote).no, counted(vote).abstain) == (2, 1, 1)
    assert vote_words(vote) == "经记名投票表决，同意2票，不同意1票，弃权1票"
    assert vote_words(Vote(secret=True, yes=7, no=1)) == (
        "经无记名投票表决，同意7票，不同意1票，弃权0票"
    )


NINE = tuple(Expert(name=f"专家{n}") for n in range(1, 10))


@pytest.mark.parametrize(
    ("meeting", "fault"),
    [
        (Meeting(experts=NINE, vote=Vote(secret=True, yes=10)), "表决票10张，多于到会专家9位"),
        (
            Meeting(
                experts=(*NINE, Expert(name="缺席者", present=False)),
                vote=Vote(named=(NamedVote(by="缺席者", ballot=Ballot.NO),)),
            ),
            "没有到会的人投了票：缺席者",
        ),
        (
            Meeting(
                experts=NINE,
                vote=Vote(secret=True, yes=4, no=3, abstain=2),
                conclusion=Conclusion.PASSED_IN_PRINCIPLE,
            ),
            "结论是原则通过，而同意只有4票",
        ),
        (scored((50, 30)), "评分人1位，少于规定的3位"),
        (Meeting(statements=(Statement(by="路人", points=("好",)),)), "发言人不在专家名单里：路人"),
        (Meeting(follow_ups=(FollowUp(task="改稿"),)), "后续要求没有期限：改稿"),
    ],
)
def test_what_does_not_go_together_is_said(meeting: Meeting, fault: str) -> None:
    assert tuple(meeting_faults(meeting, PAIR)) == (fault,)


def test_a_sound_meeting_has_no_faults() -> None:
    meeting = Meeting(
        experts=NINE, vote=Vote(secret=True, yes=5, no=4), conclusion=Conclusion.PASSED
    )
    assert tuple(meeting_faults(meeting, PAIR)) == ()


def test_faults_of_the_rules_are_placed() -> None:
    double = ScoreRules(
        aspects=(Aspect(id="a", label="甲", weight=0), Aspect(id="a", label="乙", weight=5))
    )
    assert [keys for keys, _ in rule_faults(double)] == [
        ("aspects", 0, "weight"),
        ("aspects", 1, "id"),
    ]
    assert [keys for keys, _ in rule_faults(ScoreRules(majority=2))] == [
        ("aspects",),
        ("majority",),
    ]
    assert list(rule_faults(DEFAULT_RULES)) == []


@pytest.mark.parametrize(("value", "shown"), [("88.50", "88.5"), ("90.00", "90"), ("100", "100")])
def test_numbers_are_shown_without_idle_noughts(value: str, shown: str) -> None:
    assert number(Decimal(value)) == shown


def test_the_words_of_a_score_say_what_was_left_out() -> None:
    result = reckoned(scored((50, 30), (40, 31), (45, 32), drop=True), PAIR)
    assert result is not None
    assert score_words(result) == "3位专家评分，去掉一个最高分和一个最低分，平均77分"
