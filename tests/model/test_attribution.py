"""改动的原因: what asked for a change is found by its place and its words, or nothing did."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from editorial.model.attribution import Answer, Attributed, Grounds, Made, Reason, attributed
from editorial.model.changes import Difference, Hand
from editorial.model.labels import Disposition, LetterKind, LetterState
from editorial.model.letters import Letter, LetterItem
from editorial.model.proofs import Correction, ProofJob
from editorial.model.reviews import Anchor, Opinion
from editorial.model.volume import Step

AT = datetime(2020, 3, 5, tzinfo=UTC)
BEFORE = "2018年末有平台7757个，比上年末增长12.7%，其中九市7565个。"


def change(old: str, new: str, section: str = "01/01") -> Difference:
    start = BEFORE.index(old)
    after = BEFORE.replace(old, new, 1)
    return Difference(
        section=section,
        entry="平台",
        kind="改",
        what="",
        old=old,
        new=new,
        text_before=BEFORE,
        text_after=after,
        span=(start, start + len(old)),
        span2=(start, start + len(new)),
        hands=(Hand(author="林清", at=AT),),
    )


def opinion(
    to: Disposition, original: str = "", result: str = "", anchor: Anchor | None = None
) -> Opinion:
    return Opinion(
        id="02/001",
        section="01/01",
        by="专家甲",
        original=original,
        result=result,
        anchor=anchor,
        text="增长率有误",
        history=(Step(at=AT, by="linqing", to=to.value),),
    )


def told(found: Difference, grounds: Grounds, *made: Made) -> tuple[Reason, tuple[str, ...], str]:
    each: Attributed = attributed(found, grounds, made)
    return each.reason, each.refs, each.remark


RATE = change("12.7%", "12.9%")
NOTHING = Grounds(opinions=())
SECTIONS = ("01/01", "02/03")
MINE = Made(commit="c", by="林清", day="2020-03-05", subject="顺文字", own=True)
THEIRS = Made(commit="d", by="外人", day="2020-03-05", subject="x")


@pytest.mark.parametrize(
    ("said", "remark"),
    [
        (opinion(Disposition.ADOPTED, "比上年末增长12.7%", "比上年末增长12.9%"), ""),
        (opinion(Disposition.PARTLY, "比上年 末增长12.7%"), ""),
        (opinion(Disposition.ADOPTED, "", "比上年末增长12.9%"), ""),
        (opinion(Disposition.ADOPTED, "", "改为“增长12.9%”"), ""),
        (
            opinion(Disposition.ADOPTED, "增长12.7%", "比上年末增长13.1%"),
            "处理结果里没有这几个字，请核对",
        ),
        (
            opinion(
                Disposition.ADOPTED,
                anchor=Anchor(commit="c", block=1, quote="7%", before="末增长12.", after="，其中"),
            ),
            "",
        ),
    ],
)
def test_an_opinion_on_the_words_asked_for_the_change(said: Opinion, remark: str) -> None:
    assert told(RATE, Grounds(opinions=(said,)), THEIRS) == (
        Reason.OPINION,
        ("意见02/001",),
        remark,
    )


@pytest.mark.parametrize(
    "said",
    [
        opinion(Disposition.ADOPTED, "其中九市7565个"),
        opinion(Disposition.ADOPTED, "%"),
        opinion(Disposition.ADOPTED),
        opinion(
            Disposition.ADOPTED,
            anchor=Anchor(commit="c", block=1, quote="7%", before="完全不同", after="的地方"),
        ),
    ],
)
def test_an_opinion_elsewhere_did_not(said: Opinion) -> None:
    assert told(RATE, Grounds(opinions=(said,)), THEIRS) == (Reason.UNASKED, (), "")


def test_an_opinion_not_taken_up_is_only_mentioned() -> None:
    grounds = Grounds(opinions=(opinion(Disposition.REJECTED, "比上年末增长12.7%"),))
    assert told(RATE, grounds, THEIRS) == (Reason.UNASKED, (), "意见02/001（未采纳）")


def test_an_opinion_of_another_section_did_not_ask() -> None:
    grounds = Grounds(opinions=(opinion(Disposition.ADOPTED, "比上年末增长12.7%"),))
    found = change("12.7%", "12.9%", "01/02")
    assert told(found, grounds, THEIRS)[0] is Reason.UNASKED


def test_a_commit_that_names_an_opinion_speaks_for_its_changes() -> None:
    grounds = Grounds(opinions=(opinion(Disposition.ADOPTED),))
    named = Made(commit="c", by="林清", day="2020-03-05", subject="意见：02/001 落实")
    remark = "依据只见于留存的说明，不在所引原文处"
    assert told(RATE, grounds, named) == (Reason.OPINION, ("意见02/001",), remark)


@pytest.mark.parametrize(
    ("to", "reason"),
    [(Disposition.ADOPTED, Reason.OPINION), (Disposition.PENDING, Reason.UNASKED)],
)
def test_an_adopted_opinion_on_the_whole_book_may_be_named_for_many_changes(
    to: Disposition, reason: Reason
) -> None:
    grounds = Grounds(opinions=(replace(opinion(to), section="", place="全书"),))
    named = Made(commit="c", by="林清", day="2020-03-05", subject="按意见02/001统一数字用法")
    assert [told(change("12.7%", "12.9%", each), grounds, named)[0] for each in SECTIONS] == [
        reason,
        reason,
    ]
    assert told(RATE, grounds, THEIRS)[0] is Reason.UNASKED


def test_the_body_of_a_commit_counts_as_well() -> None:
    grounds = Grounds(opinions=(opinion(Disposition.ADOPTED),))
    many = Made(commit="c", by="林清", day="2020-03-05", subject="意见：2条", note="02/001 采纳\n")
    assert told(RATE, grounds, many)[:2] == (Reason.OPINION, ("意见02/001",))


def test_corrections_carried_into_the_text_say_of_which_proof() -> None:
    words = "校对：一校样03的2处改动带进正文"
    made = Made(commit="c", by="林清", day="2020-03-05", subject=words)
    assert told(RATE, NOTHING, made)[:2] == (Reason.CORRECTION, ("校样03",))


def letter(state: LetterState, original: str = "") -> Letter:
    return Letter(
        id="0008",
        kind=LetterKind.REVISE,
        unit="sz-kcj",
        title="函",
        due=date(2020, 3, 9),
        contact="linqing",
        number="示志函〔2020〕8号",
        items=(LetterItem(section="01/01", request="请核实", original=original),),
        history=(Step(at=AT, by="linqing", to=state.value),),
    )


@pytest.mark.parametrize(
    ("original", "reply", "subject"),
    [("比上年末增长12.7%", "", ""), ("", "应为12.9%。", ""), ("", "", "按函0008的答复改")],
)
def test_a_letter_asked_by_its_item_its_reply_or_the_commit(
    original: str, reply: str, subject: str
) -> None:
    out = letter(LetterState.REPLIED, original)
    grounds = Grounds(opinions=(), answers=(Answer(letter=out, item=out.items[0], reply=reply),))
    made = Made(commit="c", by="林清", day="2020-03-05", subject=subject)
    assert told(RATE, grounds, made) == (Reason.LETTER, ("示志函〔2020〕8号",), "")


def test_a_letter_never_sent_asked_for_nothing() -> None:
    out = letter(LetterState.DRAFT, "比上年末增长12.7%")
    grounds = Grounds(opinions=(), answers=(Answer(letter=out, item=out.items[0]),))
    assert told(RATE, grounds, THEIRS)[0] is Reason.UNASKED


@pytest.mark.parametrize(
    ("mark", "reason"),
    [
        (
            Correction(page=3, old="7", new="9", before="上年末增长12.", after="%，其中九市"),
            Reason.CORRECTION,
        ),
        (Correction(page=3, old="12.7%", new="12.9%", section="01/01"), Reason.CORRECTION),
        (Correction(page=3, old="12.7%", new="12.9%"), Reason.UNASKED),
        (Correction(page=3, old="7", new="8", before="上年末增长12.", after="%"), Reason.UNASKED),
        (Correction(page=3, old="12.7%", new="12.9%", section="01/02"), Reason.UNASKED),
    ],
)
def test_a_red_mark_asked_where_its_words_and_surroundings_agree(
    mark: Correction, reason: Reason
) -> None:
    found = told(
        RATE, Grounds(opinions=(), corrections=((ProofJob(id="01", label="一校"), mark),)), THEIRS
    )
    assert found[0] is reason
    assert found[1] == (("校样01第3页",) if reason is Reason.CORRECTION else ())


def test_what_the_sections_own_editor_did_with_a_word_of_why_is_theirs() -> None:
    assert told(RATE, NOTHING, MINE)[0] is Reason.OWN
    assert told(RATE, NOTHING, MINE, THEIRS)[0] is Reason.UNASKED
    assert told(RATE, NOTHING)[0] is Reason.UNASKED
