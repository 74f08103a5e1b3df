"""开明, 全角, strict line beginnings, and in what order marks give way: read back from pages."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from editorial.render.fonts import FontTable
from editorial.render.pdf.paragraph import Lines, Piece, compose
from editorial.render.pdf.typeset import TypeCase
from tests.render.test_paragraph import (
    BODY,
    FLUSH,
    LEFT,
    MEASURE,
    NOT_AT_END,
    NOT_AT_START,
    SIZE,
    boxes,
    chars_by_line,
    draw,
    varied_text,
)
from tests.render.test_paragraph import table as table  # the fixture

RIGHT = LEFT + MEASURE
CLOSING, OPENING = set("、，；：。！？”’）》"), set("“‘（《")
STOPS = set("。！？")


def ems(case: TypeCase, text: str) -> float:
    """From the first box of a line to its last, in ems; both ends are Han."""
    line = boxes(case, text)
    return round((line[-1]["x1"] - line[0]["x0"]) / SIZE, 2)


@pytest.mark.parametrize(
    ("text", "gb", "kaiming", "full"),
    [
        ("国、国", 3, 2.5, 3),
        ("国：国", 3, 2.5, 3),
        ("国（国）国", 5, 4, 5),
        ("国《国》国", 5, 4, 5),
        ("国。国", 3, 3, 3),
        ("国？国！国", 5, 5, 5),
        ("国》，国", 3.5, 3, 3.5),
        ("国）（国", 3.5, 3, 3.5),
        ("国，“国", 3.5, 3, 3.5),
        ("国：“国”国", 5.5, 4.5, 5.5),
        ("国（《国》）国", 6, 5, 6),
        ("国。“国", 3.5, 3.5, 3.5),
        ("国”。国", 3.5, 3.5, 3.5),
        ("国。”国", 3.5, 3, 3.5),
    ],
)
def test_marks_take_their_room(
    table: FontTable, text: str, gb: float, kaiming: float, full: float
) -> None:
    widths = [ems(TypeCase(table, style), text) for style in ("gb", "kaiming", "full")]
    assert widths == [gb, kaiming, full]


def test_half_a_mark_is_given_up_beside_foreign_words_too(table: FontTable) -> None:
    gb, kaiming = (ems(TypeCase(table, style), "国（A）、B国") for style in ("gb", "kaiming"))
    assert gb - kaiming == pytest.approx(1, abs=0.011)


@pytest.mark.parametrize("pair", ["）7", "”1", "，A", "3（", "B《"])
def test_a_squeezed_mark_does_not_touch_a_figure(table: FontTable, pair: str) -> None:
    """Han fill no more than nine tenths of their box, figures all of theirs."""
    case = TypeCase(table)
    texts = [f"国{pair}家国家国家", f"国{pair}家国家国家国"]
    drawn = [
        compose(case, [Piece(text * 2)], FLUSH, ems / 20 * SIZE)
        for text in texts
        for ems in range(90, 200)
    ]
    lines = chars_by_line(draw(case, drawn))
    steps = [
        (after["x0"] - before["x0"]) / SIZE
        for line in lines
        for before, after in pairwise(line)
        if before["text"] + after["text"] == pair
    ]
    usual = (boxes(case, f"国{pair}家")[2]["x0"] - boxes(case, f"国{pair}家")[1]["x0"]) / SIZE
    assert -0.376 <= min(steps) - usual < -0.3


# Whole paragraphs


def composed(table: FontTable, punctuation: str, *, strict: bool = False) -> list[Lines]:
    rng, case = random.Random(20200306), TypeCase(table, punctuation, strict=strict)
    return [compose(case, [Piece(varied_text(rng))], BODY, MEASURE) for _ in range(40)]


def printed(table: FontTable, punctuation: str, lines: list[Lines]) -> list[list[dict]]:
    """The boxes of every line but the last ones of their paragraphs."""
    drawn = chars_by_line(draw(TypeCase(table, punctuation), lines))
    lasts = [at == each.count - 1 for each in lines for at in range(each.count)]
    return [line for line, last in zip(drawn, lasts, strict=True) if not last]


@pytest.fixture(scope="module", params=["gb", "kaiming", "full"])
def setting(request: pytest.FixtureRequest, table: FontTable) -> tuple[str, list[Lines]]:
    return request.param, composed(table, request.param)


def test_no_setting_lets_a_mark_stand_at_the_wrong_edge(setting: tuple[str, list[Lines]]) -> None:
    texts = [[lines.text_of(at) for at in range(lines.count)] for lines in setting[1]]
    assert not [line for lines in texts for line in lines[1:] if line[0] in NOT_AT_START]
    assert not [line for lines in texts for line in lines if line[-1] in NOT_AT_END]


def test_marks_at_a_line_end_are_half_but_in_full(
    table: FontTable, setting: tuple[str, list[Lines]]
) -> None:
    style, lines = setting
    over = [
        (line[-1]["x1"] - RIGHT) / SIZE
        for line in printed(table, style, lines)
        if line[-1]["text"] in CLOSING
    ]
    assert len(over) > 20
    assert over == pytest.approx([0.0 if style == "full" else 0.5] * len(over), abs=0.006)


def test_lines_without_a_mark_at_the_end_are_flush(
    table: FontTable, setting: tuple[str, list[Lines]]
) -> None:
    style, lines = setting
    ends = [line[-1] for line in printed(table, style, lines)]
    edges = [end["x1"] for end in ends if "一" <= end["text"] <= "鿿"]
    assert max(abs(edge - RIGHT) for edge in edges) < 0.1


def test_marks_at_a_line_start_are_half_but_in_full(
    table: FontTable, setting: tuple[str, list[Lines]]
) -> None:
    style, lines = setting
    starts = [line[0] for line in printed(table, style, lines) if line[0]["text"] in OPENING]
    edges = [(start["x0"] - LEFT) / SIZE for start in starts]
    assert len(edges) > 5
    assert edges == pytest.approx([0.0 if style == "full" else -0.5] * len(edges), abs=0.006)


@pytest.mark.parametrize(("style", "start"), [("gb", 1.5), ("kaiming", 1.5), ("full", 2)])
def test_an_indented_mark_is_half_but_in_full(table: FontTable, style: str, start: float) -> None:
    first = boxes(TypeCase(table, style), "“国家”", BODY)[0]
    assert (first["x0"] - LEFT) / SIZE == pytest.approx(start, abs=0.001)


def after_marks(line: list[dict], marks: set[str]) -> list[float]:
    """Advances, in ems, of marks that have a Han after them."""
    return [
        (b["x0"] - a["x0"]) / SIZE
        for a, b in pairwise(line)
        if a["text"] in marks and "一" <= b["text"] <= "鿿"
    ]


def opening(line: list[dict]) -> float:
    """How far a line is opened between two Han, in ems."""
    return max(
        (
            (b["x0"] - a["x1"]) / SIZE
            for a, b in pairwise(line)
            if all("一" <= each["text"] <= "鿿" for each in (a, b))
        ),
        default=0.0,
    )


@pytest.mark.parametrize(("style", "natural"), [("gb", 1.0), ("kaiming", 0.5), ("full", 1.0)])
def test_pauses_are_never_opened_more_than_the_line(
    table: FontTable, style: str, natural: float
) -> None:
    drawn = printed(table, style, composed(table, style))
    more = [
        advance - natural - opening(line)
        for line in drawn
        for advance in after_marks(line, CLOSING - STOPS)
    ]
    assert len(more) > 100
    assert max(more) < 0.006
    assert style == "gb" or min(more) > -0.006  # nor do they give way


def test_stops_alone_give_way_in_kaiming(table: FontTable) -> None:
    drawn = printed(table, "kaiming", composed(table, "kaiming"))
    advances = [advance for line in drawn for advance in after_marks(line, STOPS)]
    assert 0.494 < min(advances) < 0.95 < max(advances)


# 严格: —— and …… begin no line


def begun(lines: list[Lines]) -> set[str]:
    """What lines begin with, but the first of each paragraph."""
    return {each.text_of(at)[0] for each in lines for at in range(1, each.count)}


def test_only_strict_lines_never_begin_with_a_dash_or_an_ellipsis(table: FontTable) -> None:
    case = TypeCase(table)
    rng = random.Random(5)
    texts = ["".join("国" * rng.randint(3, 9) + mark for mark in "—…—…—…—…") for _ in range(20)]
    texts = [text.replace("—", "——").replace("…", "……") + "国家" for text in texts]
    loose = [compose(case, [Piece(text)], FLUSH, 12 * SIZE) for text in texts]
    strict_case = TypeCase(table, strict=True)
    strict = [compose(strict_case, [Piece(text)], FLUSH, 12 * SIZE) for text in texts]
    assert begun(loose) & set("⸺…")
    assert not begun(strict) & set("⸺—…")


# Brackets, pauses, gaps beside figures and stops: in this order

# Its end cannot be parted without leaving a single character or a line wide open.
ORDER = "甲乙（丙丁）戊己。庚辛、壬癸2018年子"


def shrunk(table: FontTable, need: float) -> dict[str, float]:
    """What each kind of gap gives up, in ems, when the line lacks `need` of them."""
    case = TypeCase(table)
    natural = boxes(case, ORDER)
    width = natural[-1]["x1"] - natural[0]["x0"] - need * SIZE
    (line,) = chars_by_line(draw(case, [compose(case, [Piece(ORDER)], FLUSH, width)]))
    gaps = [
        round((b["x0"] - a["x1"] - d["x0"] + c["x1"]) / SIZE, 3)
        for (a, b), (c, d) in zip(pairwise(natural), pairwise(line), strict=True)
    ]
    at = {before + after: gap for before, after, gap in zip(ORDER, ORDER[1:], gaps, strict=False)}
    named = {"brackets": "乙（ ）戊", "pauses": "、壬", "latin": "癸2 8年", "stops": "。庚"}
    return {name: sum(at.pop(pair) for pair in pairs.split()) for name, pairs in named.items()} | {
        "others": max(map(abs, at.values()))
    }


@pytest.mark.parametrize(
    ("need", "brackets", "pauses", "latin", "stops"),
    [
        (0.6, 0.6, 0, 0, 0),
        (1.0, 1.0, 0, 0, 0),
        (1.3, 1.0, 0.3, 0, 0),
        (1.6, 1.0, 0.5, 0.1, 0),
        (1.9, 1.0, 0.5, 0.25, 0.15),
        (2.2, 1.0, 0.5, 0.25, 0.45),
    ],
)
def test_marks_give_way_in_their_order(
    table: FontTable, need: float, brackets: float, pauses: float, latin: float, stops: float
) -> None:
    wanted = {"brackets": brackets, "pauses": pauses, "latin": latin, "stops": stops, "others": 0}
    assert shrunk(table, need) == pytest.approx(wanted, abs=0.01)


def test_a_line_that_lacks_more_is_broken(table: FontTable) -> None:
    case = TypeCase(table)
    width = compose(case, [Piece(ORDER)], FLUSH, MEASURE).width_of(0) - 2.4 * SIZE
    assert compose(case, [Piece(ORDER)], FLUSH, width).count == 2


# 【条目】 before a long number: the line ends after the heading rather than be opened

HEADINGS = ("概况", "新型研发机构引进", "科技创新券跨境使用", "粤港澳联合实验室建设启动")
WHOLES = (
    "2019年末，",
    "GB/T 22239—2019",
    "〔2018〕12号",
    "12 345.67亿元，",
    "AI+BIM技术，",
    "国家重点，",
)
AFTER = "示例市科技投入持续增长，全市研究与试验发展经费投入占地区生产总值的比重为百分之三。"


@pytest.mark.parametrize("ems", range(15, 22))
def test_a_run_in_heading_is_not_opened_before_what_stays_whole(table: FontTable, ems: int) -> None:
    case = TypeCase(table)
    entries = [
        compose(
            case, [Piece(f"【{head}】", role="hei"), Piece(f"　{whole}{AFTER}")], BODY, ems * SIZE
        )
        for head in HEADINGS
        for whole in WHOLES
    ]
    assert max(map(opening, printed(table, "gb", entries))) < 0.25
    plain = entries[len(WHOLES) - 1 :: len(WHOLES)]
    ends = [lines.text_of(0).rstrip("　")[-1] for lines in plain]
    assert ends.count("】") <= 1  # words follow at once where they can
