from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from editorial.tui.cells import breaks, fit, wrap

LETTERS = st.text(alphabet="粤港澳大湾区“”‘’—…·，。、（）《》【】 　aZ09.%&-/（", max_size=60)


@given(LETTERS, st.integers(1, 40))
def test_a_fitted_text_is_exactly_as_wide_as_asked(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width


def test_what_is_cut_is_marked() -> None:
    assert fit("宜居宜业宜游优质生活圈", 12) == "宜居宜业宜.."


def test_no_character_of_doubtful_width_stays_in_a_column() -> None:
    assert fit("“一带一路”——合作", 22) == '"一带一路"--合作      '


@given(LETTERS, st.integers(8, 40))
def test_wrapping_loses_nothing_but_blanks(text: str, width: int) -> None:
    assert "".join("".join(wrap(text, width)).split()) == "".join(text.split())


@given(LETTERS, st.integers(8, 40))
def test_no_wrapped_line_is_too_wide(text: str, width: int) -> None:
    assert all(cell_len(line) <= width for line in wrap(text, width))


def test_closing_punctuation_never_begins_a_line() -> None:
    assert wrap("粤港澳大湾区，广东省", 12) == ["粤港澳大湾", "区，广东省"]


def test_opening_punctuation_never_ends_a_line() -> None:
    assert wrap("规划纲要出台（示例）", 14) == ["规划纲要出台", "（示例）"]


def test_a_label_and_its_figure_stay_together() -> None:
    assert wrap("函件 1/6  意见 20/28", 16) == ["函件 1/6", "意见 20/28"]
    assert wrap("责编 唐宁　截稿 2020-03-20", 20) == ["责编 唐宁", "截稿 2020-03-20"]


def test_what_fits_no_line_of_its_own_is_broken_where_it_comes() -> None:
    long = "【概况】　大湾区经费投入持续增长成果不断转化"
    assert wrap(long, 20) == ["【概况】　大湾区经费", "投入持续增长成果不断", "转化"]


def test_figures_and_latin_words_stay_whole() -> None:
    assert wrap("大湾区经费R&D共2900.0亿元", 16) == ["大湾区经费R&D共", "2900.0亿元"]


@given(LETTERS, st.integers(1, 40))
def test_broken_lines_fit_and_keep_every_character(text: str, width: int) -> None:
    at = breaks(text, width)
    lines = [text[a:b] for a, b in zip([0, *at], [*at, len(text)], strict=True)]
    assert "".join(lines) == text
    assert all(cell_len(line) <= width or len(line) == 1 for line in lines)
