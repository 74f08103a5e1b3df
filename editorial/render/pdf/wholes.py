"""What stays whole at a line's end, and what a break within it costs."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from editorial.render.pdf.classes import NUMBER_OF, Bytes
from editorial.render.pdf.measures import Points

# An address broken after a full stop looks like the end of a sentence; torn inside a word it
# reads worse than a broken date.
DOT_TOLL, LETTER_TOLL = 200.0, 1000.0
# 5～10 stays together, and a line starts with a character rather than ——, where that is cheap.
RANGE_TOLL, DASH_TOLL = 60.0, 30.0
RUN = re.compile(r"[!-~]{13,}")
ADDRESS = re.compile(r"://|www\.|[A-Za-z0-9]\.[A-Za-z]{2}|[0-9A-Za-z][@_=][0-9A-Za-z]|/[^/]+/")
# A word of a foreign language; one still longer is none, or fits no line.
WORD, LONGEST_WORD = re.compile(r"[A-Za-z'.,;:()\[\]\"!?&-]+"), 30
MAIL = re.compile(r"[\w.+-]{1,32}@[\w.-]{1,32}", re.ASCII)
PHONE = re.compile(r"\d{3,4}(?:-\d{3,8}){1,2}", re.ASCII)
# No line ends with a solidus; a hyphen at the end of a line is lost when text is copied.
ADDRESS_BREAK = re.compile(r"(?<=[?&=_])(?=[A-Za-z0-9])|(?<=[^/:-])(?=[/-][^/-])")
DOT_BREAK = re.compile(r"(?<=\.)(?=[A-Za-z0-9])")
LETTER_BREAK = re.compile(r"(?<=[A-Za-z0-9])(?=[A-Za-z0-9])")
QUANTITY = re.compile(r"(?<=[0-9]) (?=[A-Za-zμΩ°]{1,4}[0-9²³]?(?![A-Za-z]))")

_H, _D, _E, _K, _N = (NUMBER_OF[kind] for kind in "hdekn")


def _among(characters: str) -> NDArray[np.bool_]:
    """By code point, whether it is one of `characters`."""
    found = np.zeros(0x10000, bool)
    found[[ord(character) for character in characters]] = True
    return found


SCALES = "十百千万亿多余"
UNITS = (
    "年月日时分秒元万亿千百个项家人次件户吨公米平立顷亩岁周天届期倍场处座套台辆艘条名位所种类级美港"
)
TWO_CHARACTER_UNITS = (
    "公里 公顷 公斤 公分 人次 小时 分钟 平方 立方 美元 港元 千米 千克 毫米 厘米 车次 标箱"
)
_SCALES, _UNITS, _DATED, _LISTED = (_among(each) for each in (SCALES, UNITS, "年月", "表图"))
_PAIRED = np.array(
    sorted((ord(unit[0]) << 32) + ord(unit[1]) for unit in TWO_CHARACTER_UNITS.split()), np.int64
)


def keep_units(points: Points, kinds: Bytes, barred: Bytes) -> None:
    """Numbers with their units, numbers of documents, of tables and figures: 12.5亿元,
    8平方公里, 〔2018〕12号, 表3-1."""
    figure = (points >= ord("0")) & (points <= ord("9"))
    after = np.flatnonzero((kinds[1:] == _H) & figure[:-1]) + 1
    barred[after] = 1
    last = len(points) - 1
    second, third = np.minimum(after + 1, last), np.minimum(after + 2, last)
    scaled = _SCALES[points[after] & 0xFFFF] & _UNITS[points[second] & 0xFFFF]
    pairs = (points[after].astype(np.int64) << 32) + points[second]
    at = np.minimum(np.searchsorted(_PAIRED, pairs), len(_PAIRED) - 1)
    barred[second[scaled | (_PAIRED[at] == pairs)]] = 1
    barred[third[scaled & _SCALES[points[second] & 0xFFFF] & _UNITS[points[third] & 0xFFFF]]] = 1
    on = np.flatnonzero((kinds[1:] == _N) & (points[:-1] == ord("〕"))) + 1
    barred[on[points[np.maximum(on - 6, 0)] == ord("〔")]] = 1
    barred[np.flatnonzero((kinds[1:] == _N) & _LISTED[points[:-1] & 0xFFFF]) + 1] = 1


def keep_dates(points: Points, kinds: Bytes, barred: Bytes) -> None:
    """Dates: 2018年6月1日."""
    last = len(points) - 1
    on = np.flatnonzero((kinds[1:] == _N) & _DATED[points[:-1] & 0xFFFF]) + 1
    next_unit = np.where(points[on - 1] == ord("年"), ord("月"), ord("日"))
    dated = np.zeros(len(on), bool)
    for digits in (1, 2):
        dated |= points[np.minimum(on + digits, last)] == next_unit
    dated &= kinds[np.maximum(on - 2, 0)] == _N
    barred[on[dated]] = 1


def tolls_of(row: str, kinds: Bytes, barred: Bytes) -> NDArray[np.float32]:
    """Open long addresses to breaks and close `10 km`; what the less welcome breaks cost."""
    tolls = np.zeros(len(row), np.float32)
    dashes = ((kinds == _D) | (kinds == _E))[1:] & ~((kinds == _D) | (kinds == _E))[:-1]
    tolls[1:][dashes] = DASH_TOLL
    ranges = (kinds[2:] == _N) & (kinds[1:-1] == _K) & (kinds[:-2] == _N)
    tolls[2:][ranges] = RANGE_TOLL
    for low, high, torn in _runs(row):
        marks = list(ADDRESS_BREAK.finditer(row, low, high)) if torn else []
        for point in marks or LETTER_BREAK.finditer(row, low, high):
            tolls[point.start()] = LETTER_TOLL
        for breaks, toll in () if torn else ((DOT_BREAK, DOT_TOLL), (ADDRESS_BREAK, 0.0)):
            for point in breaks.finditer(row, low, high):
                barred[point.start()] = 0
                tolls[point.start()] = toll
    if " " in row:
        for space in QUANTITY.finditer(row):
            barred[space.end()] = 1
    return tolls


def _runs(row: str) -> Iterator[tuple[int, int, bool]]:
    """Long addresses and codes: between where they may be broken, and whether only torn."""
    for run in RUN.finditer(row):
        bare = run[0].rstrip(",.;:)")
        if MAIL.fullmatch(bare) or PHONE.fullmatch(bare) or _is_word(bare):
            continue  # goes whole to the next line, however open that leaves the one before
        yield run.start() + 3, run.end() - 2, ADDRESS.search(bare) is None


def _is_word(run: str) -> bool:
    return len(run) <= LONGEST_WORD and WORD.fullmatch(run) is not None
