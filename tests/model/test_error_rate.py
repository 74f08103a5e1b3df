"""差错率: every row of the table of errors, its rules on repeats at their edges, by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from editorial.model.error_rate import ErrorFound, error_rate
from editorial.model.error_scheme import ErrorScheme
from editorial.store.files import DiskFiles
from editorial.store.parsed import Parsed
from editorial.store.proofing import load_error_scheme

ROOT = Path(__file__).resolve().parents[2]
GAPP = load_error_scheme(DiskFiles(ROOT, Parsed()), "gapp2005")
CYT = load_error_scheme(DiskFiles(ROOT, Parsed()), "cyt266_2023")


def found(kind: str, *places: tuple[int, str] | int, **more: int) -> tuple[ErrorFound, ...]:
    """Errors on pages, the same error where the words are the same; a bare page: no words."""
    return tuple(
        ErrorFound(kind=kind, page=p, **more)
        if isinstance(p, int)
        else ErrorFound(kind=kind, page=p[0], text=p[1], **more)
        for p in places
    )


def pages(text: str, *numbers: int) -> tuple[tuple[int, str], ...]:
    return tuple((number, text) for number in numbers)


ROWS = [
    # wrong, extra, missing, reversed character: 1
    ("one wrong character", found("char", (1, "已>己")), "1"),
    ("two different ones on a page", found("char", (1, "已>己"), (1, "末>未")), "2"),
    ("two wrong characters at one place", found("char", (1, "戊戍>戌戌"), count=2), "1"),
    ("without words nothing is the same", found("char", 1, 1), "2"),
    ("the same on one page once", found("char", *pages("已>己", 1, 1, 1)), "1"),
    ("the same on four pages", found("char", *pages("已>己", 1, 2, 3, 4)), "4"),
    ("the same on five pages, at most 4", found("char", *pages("已>己", 1, 2, 3, 4, 5)), "4"),
    (
        "at most 4 of each, not of all",
        found("char", *pages("已>己", 1, 2, 3, 4, 5), *pages("末>未", 1, 2)),
        "6",
    ),
    # several characters extra or missing at one place: 2 to 5: 2, more: 4
    ("one character of a run", found("run", 1, chars=1), "1"),
    ("two characters missing", found("run", 1, chars=2), "2"),
    ("five characters missing", found("run", 1, chars=5), "2"),
    ("six characters missing", found("run", 1, chars=6), "4"),
    ("two places", found("run", 1, chars=5) + found("run", 1, chars=60), "6"),
    # Arabic and Roman numbers: 1, whatever the digits
    ("a number of seven digits", found("number", (1, "1234567>7654321")), "1"),
    ("the same number twice on a page", found("number", *pages("5>6", 1, 1)), "2"),
    # running heads: 1, the same kind again doubles one page
    ("one running head", found("running_head", (3, "特裁>特载")), "1"),
    ("the same on two pages", found("running_head", *pages("特裁>特载", 3, 5)), "2"),
    ("the same on ninety pages", found("running_head", *pages("特裁>特载", *range(90))), "2"),
    ("two heads", found("running_head", *pages("特裁>特载", 3, 5), (7, "科枝>科技")), "3"),
    # cover and title page 2; data that do not agree 1 an item
    ("two on the cover", found("cover", 0, 0), "4"),
    ("three items that disagree", found("cover_data", 0, 0, 0), "3"),
    # knowledge, logic, grammar: 2
    ("a fact and a sentence", found("knowledge", 1, 9), "4"),
    # foreign words by the word, pinyin: 1
    ("two words", found("foreign", (1, "Gaungzhou>Guangzhou"), (1, "teh>the")), "2"),
    ("pinyin", found("pinyin", 1), "1"),
    # case, italics, wrong alphabet: 0.5, more than 3 in the book 1.5
    ("one letter", found("letter_form", (1, "KM>km")), "0.5"),
    ("three times", found("letter_form", *pages("KM>km", 1, 1, 2)), "1.5"),
    ("four times", found("letter_form", *pages("KM>km", 1, 1, 2, 3)), "1.5"),
    ("nine times and another", found("letter_form", *pages("KM>km", *range(9)), (1, "A>a")), "2"),
    # simplified and traditional mixed: likewise
    ("a traditional one", found("script", (1, "國>国")), "0.5"),
    ("two of it", found("script", *pages("國>国", 1, 2)), "1"),
    ("eight of it", found("script", *pages("國>国", *range(8))), "1.5"),
    # units and terms: 1, once a page, at most 3 in the book
    ("a term", found("unit_term", (1, "公分>厘米")), "1"),
    ("twice on a page", found("unit_term", *pages("公分>厘米", 1, 1)), "1"),
    ("on three pages", found("unit_term", *pages("公分>厘米", 1, 2, 3)), "3"),
    ("on four pages", found("unit_term", *pages("公分>厘米", 1, 2, 3, 4)), "3"),
    # Arabic against Chinese numerals: 0.1, at most 1 in the book
    ("a numeral", found("numeral", 1), "0.1"),
    ("ten numerals", found("numeral", *range(10)), "1.0"),
    ("eleven numerals", found("numeral", *range(11)), "1"),
    # punctuation: 0.1 each
    ("a comma", found("punct", 1), "0.1"),
    ("thirty commas", found("punct", *pages("，>、", *range(30))), "3.0"),
    # symbols of units and sciences: 0.5, once a page, at most 1.5
    ("a symbol", found("unit_symbol", (1, "㎡>m²")), "0.5"),
    ("twice on a page, once on another", found("unit_symbol", *pages("㎡>m²", 1, 1, 2)), "1.0"),
    ("on three pages", found("unit_symbol", *pages("㎡>m²", 1, 2, 3)), "1.5"),
    ("on four pages", found("unit_symbol", *pages("㎡>m²", 1, 2, 3, 4)), "1.5"),
    # numbers of figures and tables: 0.1, more than 3 in the book 1
    ("three figure numbers", found("figure_number", 1, 2, 3), "0.3"),
    ("four figure numbers", found("figure_number", 1, 2, 3, 4), "1"),
    ("forty figure numbers", found("figure_number", *range(40)), "1"),
    # layout: 0.1
    ("twelve blank lines", found("layout", *range(12)), "1.2"),
    # font and size: 0.1, once a page, at most 1
    ("three fonts on a page", found("font", (1, "a>b"), (1, "c>d"), 1), "0.1"),
    ("ten pages", found("font", *range(10)), "1.0"),
    ("eleven pages", found("font", *range(11)), "1"),
    # figures and tables: misplaced 1, against the text 2
    ("misplaced", found("figure_place", 1, 2), "2"),
    ("against the text", found("figure_content", 1), "2"),
    # note marks 0.1; heads on the wrong side 0.1, at most 1
    ("note marks", found("note_mark", *range(12)), "1.2"),
    ("ten heads", found("head_side", *range(10)), "1.0"),
    ("eleven heads", found("head_side", *range(11)), "1"),
    # political errors: 3, and nothing goes out
    ("political", found("political", 1), "3"),
]


@pytest.mark.parametrize(("errors", "points"), [row[1:] for row in ROWS], ids=[r[0] for r in ROWS])
def test_errors_weigh_what_the_rule_says(errors: tuple[ErrorFound, ...], points: str) -> None:
    assert error_rate(errors, 100_000, GAPP).points == Decimal(points)


def test_every_class_is_in_the_table() -> None:
    assert {each.id for each in GAPP.classes} == {e.kind for _, errors, _ in ROWS for e in errors}


@pytest.mark.parametrize(
    ("points", "chars", "rate", "band"),
    [
        (2, 100_000, "0.2", "pass"),  # a sample: 2 in 100 000
        (110, 1_100_000, "1", "pass"),  # the whole budget of 1 100 000
        (111, 1_100_000, "1.00909", "reprint"),
        (5, 10_000, "5", "reprint"),
        (6, 10_000, "6", "recall"),
        (0, 10_000, "0", "pass"),
    ],
)
def test_rates_and_what_they_mean(points: int, chars: int, rate: str, band: str) -> None:
    found_ = error_rate(found("number", *range(points)), chars, GAPP)
    assert found_.rate is not None
    assert (round(found_.rate, 5), found_.band) == (Decimal(rate), band)


def test_the_budget_of_a_book() -> None:
    rate = error_rate((), 1_100_000, GAPP)
    assert (rate.budget, GAPP.reviewing * 110) == (110, 330)


def test_without_characters_there_is_no_rate() -> None:
    rate = error_rate(found("char", 1), 0, GAPP)
    assert (rate.rate, rate.band) == (None, "unknown")


def test_a_political_error_blocks_whatever_the_rate() -> None:
    rate = error_rate(found("political", 1), 1_000_000, GAPP)
    assert (rate.band, [each.id for each in rate.blocked]) == ("pass", ["political"])


def test_an_unread_standard_says_so_of_every_class() -> None:
    assert not CYT.verified
    assert {each.certainty for each in CYT.classes} == {"unsure"}
    assert any("没有读到" in each for each in CYT.notes)


def test_both_schemes_know_the_same_classes() -> None:
    def ids(scheme: ErrorScheme) -> list[str]:
        return [each.id for each in scheme.classes]

    assert ids(CYT) == ids(GAPP)
