"""Words beside a marked proof: none over another, no lead across another, whatever the page."""

from __future__ import annotations

import random
from itertools import combinations, pairwise, product

import pytest

from editorial.model.proof_drawing import DrawnMark, MarkedSheet, MarkStrip
from editorial.model.proof_signs import Sign
from editorial.render.fonts import FontTable
from editorial.render.pdf.proof_lanes import TOUCH, Side, sides_of, stem, tall
from editorial.render.pdf.typeset import TypeCase

Line = tuple[tuple[float, float], tuple[float, float]]
LEFT, RIGHT, WIDTH, HEIGHT = 60.0, 535.0, 595.0, 842.0
INK = "D0021B"


def sheet(seed: int, count: int) -> MarkedSheet:
    """`count` words here and there on lines 16 points apart, several on one line."""
    luck = random.Random(seed)
    places = luck.sample([(row, cell) for row in range(40) for cell in range(22)], count)
    marks = []
    for number, (row, cell) in enumerate(sorted(places), 1):
        left, top = LEFT + cell * 21, 80 + row * 16
        strip = MarkStrip(left, top, left + 20, top + 10.5, 5.5)
        words = "示例" * luck.randint(1, 9)
        marks.append(
            DrawnMark(
                number=number,
                sign=Sign.CORRECT,
                strips=(strip,),
                text=words,
                leftward=left < WIDTH / 2,
                y=top,
            )
        )
    return MarkedSheet(
        sheet=1, width=WIDTH, height=HEIGHT, left=LEFT, right=RIGHT, marks=tuple(marks)
    )


def sides(table: FontTable, seed: int, count: int) -> tuple[Side, ...]:
    return sides_of(TypeCase(table), sheet(seed, count), INK)


def lead(side: Side, number: int) -> list[Line]:
    """The stem, the run between the lines, and the way over to the words."""
    label = side.labels[number]
    x, strip = stem(label.mark), label.mark.strips[0]
    near = side.edge - TOUCH if side.leftward else side.edge + TOUCH
    far = side.start - TOUCH if not side.leftward else side.edge - 16 + TOUCH
    points = [(x, strip.top), (x, label.lead), (near, label.lead), (far, label.middle)]
    return list(pairwise(points))


def crossing(one: Line, other: Line) -> bool:
    def side_of(line: Line, point: tuple[float, float]) -> float:
        (ax, ay), (bx, by) = line
        return (bx - ax) * (point[1] - ay) - (by - ay) * (point[0] - ax)

    return (
        side_of(one, other[0]) * side_of(one, other[1]) < -1e-9
        and side_of(other, one[0]) * side_of(other, one[1]) < -1e-9
    )


@pytest.mark.parametrize(("seed", "count"), [*product(range(3), (20, 45)), (6, 170)])
def test_leads_of_one_side_never_cross(table: FontTable, seed: int, count: int) -> None:
    crossed = [
        (one, other)
        for side in sides(table, seed, count)
        for one, other in combinations(range(len(side.labels)), 2)
        if any(crossing(a, b) for a in lead(side, one) for b in lead(side, other))
    ]
    assert crossed == []


@pytest.mark.parametrize(("seed", "count"), [*product(range(3), (20, 45)), (6, 170)])
def test_words_stand_one_under_another_on_the_paper(
    table: FontTable, seed: int, count: int
) -> None:
    for side in sides(table, seed, count):
        bottoms = [label.top + tall(label) for label in side.labels]
        tops = [label.top for label in side.labels]
        assert all(low <= top for low, top in zip(bottoms, tops[1:], strict=False))
        assert tops[0] >= 0
        assert bottoms[-1] <= HEIGHT


def test_a_few_words_stand_level_with_their_leads(table: FontTable) -> None:
    (side,) = sides(table, 1, 1)
    assert side.labels[0].middle == pytest.approx(side.labels[0].lead)


def test_a_narrow_margin_is_widened_and_a_wide_one_is_not(table: FontTable) -> None:
    (narrow,) = sides(table, 1, 1)
    wide = MarkedSheet(
        sheet=1, width=WIDTH, height=HEIGHT, left=200, right=350, marks=sheet(1, 1).marks
    )
    assert narrow.beyond > 0
    assert sides_of(TypeCase(table), wide, INK)[0].beyond == 0
