"""意见汇总及采纳情况表: every opinion is counted once, repeated ones stand together."""

from __future__ import annotations

from datetime import UTC, datetime

from editorial.model.labels import Disposition
from editorial.model.opinion_table import (
    ON_TABLE,
    gathered,
    ids_of,
    points_of,
    tally,
    told,
    words_of,
)
from editorial.model.reviews import Opinion
from editorial.model.volume import Step

AT = datetime(2020, 3, 5, tzinfo=UTC)


def opinion(
    number: int,
    to: Disposition = Disposition.ADOPTED,
    *,
    by: str = "专家甲",
    section: str = "01/01",
    original: str = "",
    same_as: str = "",
    together: tuple[str, ...] = (),
) -> Opinion:
    return Opinion(
        id=f"02/{number:03}",
        section=section,
        by=by,
        text=f"意见{number}",
        original=original,
        same_as=same_as,
        together=together,
        history=(Step(at=AT, by="linqing", to=to.value),),
    )


def test_repeated_opinions_are_counted_and_stand_as_one_point() -> None:
    said = (
        opinion(1),
        opinion(2, by="专家乙", same_as="02/001"),
        opinion(3, by="专家丙", same_as="02/002"),
    )
    (point,) = points_of(said)
    assert ids_of(point) == "02/001、02/002、02/003"
    assert words_of(point) == "意见1（专家甲）；意见2（专家乙）；意见3（专家丙）"
    assert told(tally(said), 1) == (
        "共收到意见3条，采纳3条，部分采纳0条，未采纳0条；相同意见合并后列为1项。"
    )


def test_what_was_decided_otherwise_is_not_merged_but_stands_beside() -> None:
    said = (opinion(1), opinion(2, Disposition.REJECTED, same_as="02/001"))
    points = points_of(said)
    assert [ids_of(point) for point in points] == ["02/001", "02/002"]
    assert [len(group) for group in gathered(points)] == [2]


def test_opinions_on_the_same_words_stand_together() -> None:
    said = (
        opinion(1, original="增长 12%"),
        opinion(2, original="别处"),
        opinion(3, original="增长12%"),
        opinion(4, together=("02/002",)),
        opinion(5, section="01/02", original="增长12%"),
    )
    groups = [[each.opinion.id for each in group] for group in gathered(points_of(said))]
    assert groups == [["02/001", "02/003"], ["02/002", "02/004"], ["02/005"]]


def test_a_later_opinion_may_join_two_groups() -> None:
    said = (opinion(1), opinion(2), opinion(3, together=("02/001", "02/002")))
    assert [len(group) for group in gathered(points_of(said))] == [3]


def test_a_ring_of_repetitions_loses_nothing() -> None:
    said = (opinion(1, same_as="02/002"), opinion(2, same_as="02/001"))
    points = points_of(said)
    assert sum(len(point.opinions) for point in points) == 2


def test_every_disposition_has_its_word_and_the_parts_make_the_whole() -> None:
    said = [opinion(n, to) for n, to in enumerate(Disposition)]
    counted = tally(said)
    assert counted.total == sum(counted.counts.values()) == len(Disposition)
    assert set(ON_TABLE) == set(Disposition)
    assert told(counted) == "共收到意见5条，采纳1条，部分采纳1条，未采纳1条，转核实1条，待定1条。"
