"""What stays whole at a line's end, and what a break within it costs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from editorial.render.pdf.classes import (
    NO_LINE_END,
    NOWHERE,
    NUMBER_OF,
    PHONETIC,
    Bytes,
    Counts,
    Flags,
    Places,
    Points,
)

# An address broken after a full stop looks like the end of a sentence; torn inside a word it
# reads worse than a broken date, or a code broken at a hyphen.
DOT_PENALTY, HYPHEN_PENALTY, LETTER_PENALTY = 200.0, 600.0, 5000.0
# A telephone number is parted rather than a line left nearly empty before it, not sooner.
NUMBER_PENALTY = 2500.0
# 5～10 stays together, and a line starts with a character rather than ——, where that is cheap.
RANGE_PENALTY, DASH_PENALTY = 60.0, 30.0
RUN = re.compile(r"[!-~]{13,}")
ADDRESS = re.compile(r"://|www\.|[A-Za-z0-9]\.[A-Za-z]{2}|[0-9A-Za-z][@_=][0-9A-Za-z]|/[^/]+/")
# A word of a foreign language; one still longer is none, or fits no line.
WORD, LONGEST_WORD = re.compile(r"[A-Za-z'.,;:()\[\]\"!?&-]+"), 30
LONG_WORD = 7
MAIL = re.compile(r"[\w.+-]{1,32}@[\w.-]{1,32}", re.ASCII)
PHONE = re.compile(r"\d{3,4}(?:-\d{3,8}){1,2}", re.ASCII)
# No line ends with a solidus; a hyphen at the end of a line is lost when text is copied.
ADDRESS_BREAK = re.compile(r"(?<=[?&=_@])(?=[A-Za-z0-9])|(?<=[^/:-])(?=[/-][^/-])")
DOT_BREAK = re.compile(r"(?<=\.)(?=[A-Za-z0-9])")
LETTER_BREAK = re.compile(r"(?<=[A-Za-z0-9])(?=[A-Za-z0-9])")
# A code goes on after its hyphen, not with it: 978-7-000-/00000-2; an equation after its sign.
CODE_BREAK = re.compile(r"(?<=[0-9A-Za-z]-)(?=[0-9A-Za-z])|(?<=[^/:-])(?=/[^/-])")
EQUATION_BREAK = re.compile(r"(?<=[+=])(?=[A-Z0-9(\[])")
# A syllable with its tone, [ŋɔ ˨˩˧]: kept whole if not longer.
SYLLABLE = re.compile(r"[\[［/][^\[\]［］/\u2e80-\u9fff\n]{1,24}[\]］/]")
# 113°20′12″, N22°41′
POSITION = re.compile(r"[NSEW]?[0-9]{1,3}°[0-9]{1,2}′")
QUANTITY = re.compile(r"(?<=[0-9]) (?=[A-Za-zμΩ°]{1,4}[0-9²³]?(?![A-Za-z]))")

_H, _D, _E, _K, _N, _A, _M, _Y, _L, _I, _C = (NUMBER_OF[kind] for kind in "hdeknamylic")
_JOINED = np.zeros(256, bool)
_JOINED[[NUMBER_OF[kind] for kind in "anqbu"]] = True
# Digits beside a hyphen where a number may be parted, and those of a standard's number at most.
LEAST_DIGITS, LONGEST_CODE = 3, 7
# What stands before and after the end of a subscript, and where a part of a formula begins.
FORMULA_BEGIN = re.compile(r"[A-Za-z0-9.()\[\]·]+$")
FORMULA_END = re.compile(r"[A-Za-z0-9()\[\]·]*")
ELEMENT = re.compile(r"(?<=[A-Za-z0-9)\]])(?=[A-Z(\[])")
ADDRESSED = ((DOT_BREAK, DOT_PENALTY), (ADDRESS_BREAK, 0.0))
EQUATION = ((EQUATION_BREAK, DOT_PENALTY),)

Small: TypeAlias = Flags | None
_BEFORE = frozenset(NUMBER_OF[kind] for kind in NO_LINE_END)
_BETWEEN_WORDS = frozenset(NUMBER_OF[kind] for kind in "wqpcsy")


def _among(characters: str) -> Flags:
    """By code point, whether it is one of `characters`."""
    found = np.zeros(0x10000, bool)
    found[[ord(character) for character in characters]] = True
    return found


SCALES = "十百千万亿多余"
UNITS = "年月日时分秒元万亿千百个项家人次件户吨公米顷亩岁周天届期倍场处座套台辆艘条名位所种类级美港"
LONGER_UNITS = (
    "公里 公顷 公斤 公分 公升 公吨 海里 千米 分米 厘米 毫米 微米 纳米 千克 毫克 微克 毫升 平方 立方"
    " 小时 分钟 周年 周岁 个月 千瓦 兆瓦 吉瓦 太瓦 千伏 千帕 兆帕 千焦 兆焦 千赫 兆赫 吉赫 分贝"
    " 美元 港元 欧元 日元 英镑 人次 车次 架次 班次 航次 场次 标箱 英里 英尺 英寸 平方米 立方米"
    " 千伏安 兆伏安 千瓦时 兆瓦时 吉瓦时 太瓦时 标准箱 摄氏度 平方千米 平方公里 平方分米 平方厘米"
    " 平方毫米 立方千米 立方公里 立方分米 立方厘米 立方毫米 个百分点"
)
_SCALES, _COUNTED = _among(SCALES), _among(SCALES + UNITS)
_DATED, _LISTED = _among("年月"), _among("表图")
# How many of 十百千万亿多余 are looked for after a number.
MOST_SCALES = 5
# By length, their characters packed into one number.
_LONGER = {
    length: np.array(
        sorted(
            sum(ord(char) << 16 * place for place, char in enumerate(unit))
            for unit in LONGER_UNITS.split()
            if len(unit) == length
        ),
        np.uint64,
    )
    for length in (2, 3, 4)
}


_BEGINS = _among("".join(unit[0] for unit in LONGER_UNITS.split()))


def is_unit(text: str) -> bool:
    """A unit of several characters, with or without 万 or the like."""
    return text.lstrip(SCALES) in LONGER_UNITS.split()


def keep_units(points: Points, kinds: Bytes, barred: Bytes) -> tuple[Places, Places, Places]:
    """Numbers with their units: 12.5亿元, 8公里, 100千米/小时. Returned are the places so barred
    between them; those within units of several characters; and those before a longer unit, as
    in 8万平方公里, where a line is broken rather than spaced out."""
    figure = (points >= ord("0")) & (points <= ord("9"))
    at = np.flatnonzero((kinds[1:] == _H) & figure[:-1]) + 1
    over = np.flatnonzero((kinds[1:] == _H) & (kinds[:-1] == _L)) + 1
    joints, inside = [NOWHERE], _inside(over, _unit_lengths(points, over))
    units, lengths = [at], _unit_lengths(points, at)
    for _ in range(MOST_SCALES):
        inside += _inside(at, lengths)
        after = at[_SCALES[points[at] & 0xFFFF]] + 1
        after = after[after < len(points)]
        lengths = _unit_lengths(points, after)
        counted = _COUNTED[points[after] & 0xFFFF]
        units.append(after[counted & (lengths == 0)])
        joints.append(after[lengths > 0])
        going_on = counted | (lengths > 0)
        at, lengths = after[going_on], lengths[going_on]
    return _barred(barred, *units), _barred(barred, *inside), _barred(barred, *joints)


def _inside(at: Places, lengths: Counts) -> list[Places]:
    """The places within the units that begin at `at`."""
    return [at[lengths > further] + further for further in range(1, max(_LONGER))]


def _barred(barred: Bytes, *places: Places) -> Places:
    all_places = np.concatenate(places)
    barred[all_places] = 1
    return all_places


def _unit_lengths(points: Points, at: Places) -> Counts:
    """How many characters the unit has that begins at each place; 0 where none of several does."""
    lengths = np.zeros(len(at), np.int32)
    some = np.flatnonzero(_BEGINS[points[at] & 0xFFFF])
    last, key = len(points) - 1, np.zeros(len(some), np.uint64)
    for place in range(max(_LONGER)):
        point = points[np.minimum(at[some] + place, last)].astype(np.uint64)
        key |= (point & np.uint64(0xFFFF)) << np.uint64(16 * place)
        if (units := _LONGER.get(place + 1)) is not None:
            near = np.minimum(np.searchsorted(units, key), len(units) - 1)
            lengths[some[units[near] == key]] = place + 1
    return lengths


def keep_listed(points: Points, kinds: Bytes, barred: Bytes) -> None:
    """Numbers of tables and figures: 表3-1."""
    barred[np.flatnonzero((kinds[1:] == _N) & _LISTED[points[:-1] & 0xFFFF]) + 1] = 1


def keep_codes(points: Points, kinds: Bytes, barred: Bytes) -> None:
    """The years of standards, GB/T 15834—2011, and what is joined by a dot: kW·h, CaSO₄·2H₂O."""
    dash = np.flatnonzero(kinds == _K)
    at = dash = dash[(kinds[dash - 1] == _N) & (kinds[dash + 1] == _N)]
    for _ in range(LONGEST_CODE):
        at = at - ((kinds[at - 1] == _N) | (points[at - 1] == ord(".")))
    named = (kinds[at - 1] == _A) & (points[at - 1] != ord("\u00a0"))
    barred[dash[named] + 1] = 1
    dot = np.flatnonzero(kinds == _M)
    barred[dot[_JOINED[kinds[dot - 1]] & _JOINED[kinds[dot + 1]]] + 1] = 1


def keep_syllables(row: str, barred: Bytes) -> None:
    """Sounds in brackets: [ŋɔ ˨˩˧]."""
    if not PHONETIC.search(row):
        return
    for found in SYLLABLE.finditer(row):
        if PHONETIC.search(found[0]):
            barred[found.start() + 1 : found.end()] = 1


def keep_sizes(points: Points, kinds: Bytes, barred: Bytes) -> Places:
    """Lengths with their units multiplied: 180米×37.95米; the places after the sign, where they
    are parted at need (GB 3101-93)."""
    at = np.flatnonzero(points == ord("×"))
    at = at[(kinds[at - 1] == _H) & (kinds[at + 1] == _N)]
    before = np.maximum(at - 2, 0)
    before = np.where(kinds[before] == _H, np.maximum(before - 1, 0), before)
    return _barred(barred, at[kinds[before] == _N]) + 1


def keep_issues(points: Points, kinds: Bytes, barred: Bytes) -> Places:
    """Numbers of documents: 〔2018〕12号; the places barred."""
    on = np.flatnonzero((kinds[1:] == _N) & (points[:-1] == ord("〕"))) + 1
    return _barred(barred, on[points[np.maximum(on - 6, 0)] == ord("〔")])


def keep_dates(points: Points, kinds: Bytes, barred: Bytes) -> Places:
    """Dates: 2018年6月1日; the places barred."""
    last = len(points) - 1
    on = np.flatnonzero((kinds[1:] == _N) & _DATED[points[:-1] & 0xFFFF]) + 1
    next_unit = np.where(points[on - 1] == ord("年"), ord("月"), ord("日"))
    dated = np.zeros(len(on), bool)
    for digits in (1, 2):
        dated |= points[np.minimum(on + digits, last)] == next_unit
    dated &= kinds[np.maximum(on - 2, 0)] == _N
    return _barred(barred, on[dated])


def penalties_of(
    row: str, kinds: Bytes, barred: Bytes, small: Small
) -> tuple[NDArray[np.float32], Flags]:
    """Open long addresses to breaks and close `10 km`; what the less welcome breaks cost, and
    where lines may end short: after a run-in heading, before a long address, a long word after
    another, or degrees and minutes, and within an address. `small` tells the sub- and
    superscripts."""
    penalties, short = np.zeros(len(row), np.float32), np.zeros(len(row), bool)
    dashes = ((kinds == _D) | (kinds == _E))[1:] & ~((kinds == _D) | (kinds == _E))[:-1]
    penalties[1:][dashes] = DASH_PENALTY
    ranges = (kinds[2:] == _N) & (kinds[1:-1] == _K) & (kinds[:-2] == _N)
    penalties[2:][ranges] = RANGE_PENALTY
    for at, low, high, torn in _runs(row):
        short[_opening(kinds, at)] = True
        short[low : high + 1] = True
        formula = small is not None and small[low:high].any()
        marks = list(CODE_BREAK.finditer(row, low, high)) if torn and not formula else []
        for point in () if formula else marks or LETTER_BREAK.finditer(row, low, high):
            penalties[point.start()] = HYPHEN_PENALTY if marks else LETTER_PENALTY
        for breaks, penalty in EQUATION if formula else () if torn else ADDRESSED:
            for point in breaks.finditer(row, low, high):
                barred[point.start()] = 0
                penalties[point.start()] = penalty
    if small is not None:
        penalties[_elements(row, small, barred)] = LETTER_PENALTY
    numbered = _numbered(kinds)
    penalties[numbered] = np.maximum(penalties[numbered], NUMBER_PENALTY)
    short[2 : len(kinds)] |= (kinds[1:-1] == _I) & (kinds[:-2] == _C)
    for at in _long_words(kinds):
        opening = _opening(kinds, at)
        short[opening] |= _follows_word(kinds, opening)
    if "′" in row:
        for position in POSITION.finditer(row):
            short[_opening(kinds, position.start())] = True
    if " " in row:
        for space in QUANTITY.finditer(row):
            barred[space.end()] = 1
    return penalties, short


def _elements(row: str, small: Flags, barred: Bytes) -> list[int]:
    """Where the elements of a formula begin: Li/Ni₀.₈/Co₀.₁/O₂, K/Al/(SO₄)₂."""
    found: list[int] = []
    for end in (np.flatnonzero(small[:-1] & ~small[1:]) + 1).tolist():
        begin = FORMULA_BEGIN.search(row[max(0, end - LONGEST_WORD) : end])
        rest = FORMULA_END.match(row, end)
        if begin and rest:
            first = end - len(begin[0])
            found += [first + at.start() for at in ELEMENT.finditer(begin[0] + rest[0])]
    return [at for at in found if barred[at] and not small[at]]


def _numbered(kinds: Bytes) -> Places:
    """After the hyphens of telephone numbers and the like: 020-0000-/0001."""
    at = np.flatnonzero(kinds == _Y)
    at = at[(at >= LEAST_DIGITS) & (at < len(kinds) - LEAST_DIGITS)]
    for step in range(1, LEAST_DIGITS + 1):
        at = at[(kinds[at - step] == _N) & (kinds[at + step] == _N)]
    return at + 1


def _long_words(kinds: Bytes) -> list[int]:
    """Where long words of a foreign language begin."""
    edges = np.flatnonzero(np.diff(kinds == _A, prepend=False, append=False))
    begins, ends = edges[::2], edges[1::2]
    found: list[int] = begins[ends - begins >= LONG_WORD].tolist()
    return found


def _opening(kinds: Bytes, at: int) -> int:
    """Where a line ends that leaves the word at `at`, in brackets or not, to the next."""
    while at and kinds[at - 1] in _BEFORE:
        at -= 1
    return at


def _follows_word(kinds: Bytes, at: int) -> bool:
    """Whether a foreign word stands before, and there is little in the line to be opened."""
    while at and kinds[at - 1] in _BETWEEN_WORDS:
        at -= 1
    return bool(at) and kinds[at - 1] == _A


def _runs(row: str) -> Iterator[tuple[int, int, int, bool]]:
    """Long addresses and codes: where they begin, between where they may be broken, and whether
    only torn."""
    for run in RUN.finditer(row):
        bare = run[0].rstrip(",.;:)")
        if _is_word(bare):
            continue  # goes to the next line, however open that leaves the one before
        mail = len(bare) <= LONGEST_WORD and MAIL.fullmatch(bare)
        whole = mail or PHONE.fullmatch(bare)
        low, high = (run.start(), run.start()) if whole else (run.start() + 3, run.end() - 2)
        yield run.start(), low, high, ADDRESS.search(bare) is None


def _is_word(run: str) -> bool:
    return len(run) <= LONGEST_WORD and WORD.fullmatch(run) is not None
