"""Intervals and estimates, against published values and against draws from known books."""

from __future__ import annotations

import random

import pytest

from editorial.model.chance import chapman, exact_interval
from editorial.model.proof_sample import (
    Readings,
    SampledPage,
    draw,
    missed_by_sample,
    missed_by_two,
)


@pytest.mark.parametrize(
    ("hits", "trials", "low", "high"),
    [
        (0, 10, 0.0, 0.3085),  # 1 - 0.025^(1/10)
        (10, 10, 0.6915, 1.0),
        (1, 10, 0.002529, 0.4450),
        (5, 10, 0.1871, 0.8129),
        (3, 24_288, 0.00002548, 0.00036092),
        (50, 1000, 0.0373, 0.0654),
    ],
)
def test_exact_intervals(hits: int, trials: int, low: float, high: float) -> None:
    assert exact_interval(hits, trials) == pytest.approx((low, high), rel=5e-3, abs=5e-5 / trials)


def test_no_interval_of_nothing() -> None:
    with pytest.raises(ValueError, match="1 of 0"):
        exact_interval(1, 0)


def test_chapman() -> None:
    assert chapman(30, 25, 20) == pytest.approx(31 * 26 / 21 - 1)


def read_twice(
    dice: random.Random, errors: int, first: float, second: float
) -> tuple[Readings, int, int]:
    """A book of 200 pages and so many errors, read by one and 40 pages of it by another; and how
    many are left on the other pages, and in all after both."""
    seen = [
        (dice.randrange(200), dice.random() < first, dice.random() < second) for _ in range(errors)
    ]
    here = [each for each in seen if each[0] < 40]
    both = sum(a and b for _, a, b in here)
    readings = Readings(
        whole=sum(a for _, a, _ in seen),
        first=sum(a for _, a, _ in here),
        second=sum(b for _, _, b in here),
        both=both,
        pages=40,
        all_pages=200,
        chars=40 * 2024,
        all_chars=200 * 2024,
    )
    elsewhere = sum(not a for page, a, _ in seen if page >= 40)
    left = sum(not a and not (page < 40 and b) for page, a, b in seen)
    return readings, elsewhere, left


def test_the_interval_of_two_readers_holds_what_is_left_and_the_estimate_is_near() -> None:
    dice = random.Random(7)
    held, off = 0, []
    for _ in range(400):
        readings, _, left = read_twice(dice, 500, 0.8, 0.7)
        missed = missed_by_two(readings)
        assert missed is not None
        held += missed.low <= left <= (missed.high or left)
        off.append(missed.number - left)
    assert held / 400 >= 0.93
    assert abs(sum(off) / 400) < 5  # of some 86 left


def test_the_interval_of_a_sample_holds_what_a_perfect_second_reader_leaves() -> None:
    dice = random.Random(8)
    held, off = 0, []
    for _ in range(400):
        readings, elsewhere, _ = read_twice(dice, 400, 0.8, 1.0)
        missed = missed_by_sample(readings)
        held += missed.low <= elsewhere <= missed.high if missed.high else 0
        off.append(missed.number - elsewhere)
    assert held / 400 >= 0.90  # it is exact for the rate; what is left varies about that
    assert abs(sum(off) / 400) < 3  # of some 64


def test_readers_with_nothing_in_common_have_no_upper_bound() -> None:
    missed = missed_by_two(Readings(whole=9, first=4, second=3, both=0, pages=4, all_pages=40))
    assert missed is not None
    assert missed.high is None


def test_nothing_found_tells_nothing_of_two_readers() -> None:
    assert (
        missed_by_two(Readings(whole=9, first=4, second=0, both=0, pages=4, all_pages=40)) is None
    )


PAGES = tuple(
    SampledPage(page=10 * section + page, section=f"s{section}")
    for section in range(9)
    for page in range(1, 11)
)


def test_a_draw_takes_a_tenth_of_every_section() -> None:
    drawn = draw(PAGES, 9, 1, "book/05")
    assert {each.section for each in drawn} == {f"s{n}" for n in range(9)}


def test_the_same_seed_draws_the_same_pages_and_another_others() -> None:
    drawn = [each.page for each in draw(PAGES, 9, 20, "book/05")]
    assert drawn == [each.page for each in draw(PAGES, 9, 20, "book/05")]
    assert drawn != [each.page for each in draw(PAGES, 9, 21, "book/05")]
    assert drawn == [2, 16, 28, 38, 50, 56, 67, 77, 81]


def test_every_page_is_as_likely_as_any_other() -> None:
    short = (*PAGES[:10], *(SampledPage(page=p, section=str(p)) for p in range(200, 230)))
    counts = dict.fromkeys((each.page for each in short), 0)
    for seed in range(2000):
        for each in draw(short, 4, seed, ""):
            counts[each.page] += 1
    assert max(abs(count - 200) for count in counts.values()) < 5 * 200**0.5
