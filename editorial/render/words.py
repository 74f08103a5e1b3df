"""Where titles, captions and heads are broken by sense: what a break at each place costs.

Words come from two lists: common ones (words_common.txt), and those that titles of yearbooks
and gazetteers are made of (title_words.txt). The rest goes by single characters: 县 belongs to
what is before it, 第 to what is after it, and two that no word explains are likely a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from editorial.render.pinyin import TABLES

# What a break costs: 1 inside a word, 0 where a phrase begins.
INSIDE, NEVER, NAME, APART, STRAY, PLAIN, LOOSE, WELL = 1.0, 0.9, 0.7, 0.6, 0.3, 0.2, 0.1, 0.0
ONE_THING = 1.25
# Such a break is barred wherever text is not justified, the dearer ones only weighed in titles.
BARRED = NAME
# What a line of a title costs that runs over a blank of its author's.
OVERRUN = 0.8
NAMED, ASIDE, BEFORE_AND = 0.8, 0.5, 0.5
# A character that is no word, rather than a word; one that belongs to its neighbour.
ODD, ATTACHED = 1.7, 1.3

BEHIND = frozenset(
    "市县区镇乡村省州旗盟局部委办会厅处院校所站队团社司厂店馆园场港江河湖山海岛路街桥族"
    "者家员性化率量额型类级度期卷篇章节条款届次名个项们里中内外间后前表图稿版"
)
AHEAD = frozenset("第各本全每该总副正非")
AND, OF, ON = (
    frozenset("和与及或暨"),
    frozenset("的之等了"),
    frozenset("在对于从由向把被将为以按据"),
)
LONE = AND | OF | ON
LEADING = frozenset(
    re.findall(
        "..",
        "推动实施推进加强深化坚持贯彻落实印发开展举行召开助力奋力全面加快促进构建打造做好表彰学习支持努力"
        "扎实切实深入积极不断着力大力",
    )
)
ABOUT = "关于"
TIED = BEHIND | AHEAD
OPENS, SHUTS = "《（“〔", "》）”〕、，。：；！？"
HAN = re.compile("[\u3400-\u9fff]")
COUNTED = re.compile(
    "第[〇零一二三四五六七八九十]+个五年(?:规划|计划)?|第?[〇零一二三四五六七八九十百千万亿两]+[个多余]?(?:[年月日届次期批条章节号回轮项名家户人]度?)"
    "|第[〇零一二三四五六七八九十百千万亿两]+"
)
MARKS, BRACKETS = re.compile("《[^》]*》|“[^”]*”"), re.compile("（[^）]*）")
# Words in quotation marks so short that they are one.
SHORT_QUOTE = re.compile("[“‘][^”’]{1,4}[”’]")
# 表3-1, 第五章: what stands before a blank and is no part of the title.
NUMBER = re.compile(
    r"[表图附照片]*[\d\-—.A-Za-z]+|第[〇零一二三四五六七八九十百千\d]+[篇编卷章节目]"
)
LEAST_PHRASE = 4
# 2014—2018; a name: 赵　示; a unit with its author: 市农业局　赵示例.
ONE = re.compile(r"\d+[～〜–—]\d+|(?<![^　]{3})[^　](?:　[^　])+|[^　](?:　[^　])+(?![^　]{3})")

# What a break within these costs at least.
KEPT = (
    (BRACKETS, ASIDE),
    (MARKS, NAMED),
    (COUNTED, INSIDE),
    (SHORT_QUOTE, INSIDE),
    (ONE, ONE_THING),
)


@lru_cache(maxsize=1024)
def penalties(text: str) -> tuple[float, ...]:
    """What a break before each character of `text` costs: 0 to 1, within a range of years 1.25."""
    words = [*words_of(text)]
    found = [INSIDE] * len(text)
    before, at = "", 0
    for word in words:
        found[at] = _between(before, word) if at else INSIDE
        before, at = word, at + len(word)
    for spans, least in KEPT:
        for span in spans.finditer(text):
            for at in range(span.start() + 1, span.end()):
                found[at] = max(found[at], least)
    label = NUMBER.match(text)
    if label and text[label.end() : label.end() + 1] == "　" and label.end() + 1 < len(text):
        found[label.end() + 1] = NEVER
    return tuple(found)


def blanks_in(text: str) -> Iterator[int]:
    """The places behind blanks its author left between phrases, where a title is to be broken:
    开拓创新　奋力谱写新篇章. Not those between who wrote 关于…的意见: there it is before 关于."""
    phrases, at, about = text.split("　"), 0, text.find(ABOUT)
    for before, after in pairwise(phrases):
        at += len(before) + 1
        long = min(len(before), len(after)) >= LEAST_PHRASE
        if long and at > about and not NUMBER.fullmatch(before):
            yield at


def _between(before: str, word: str) -> float:
    """Of a break between two words."""
    last, first = before[-1], word[0]
    if before == ABOUT:
        return NAME
    if word == ABOUT or word in LEADING or first in OPENS or last == "　":
        return WELL
    if last in SHUTS:
        return LOOSE
    if last.isdigit() and HAN.match(first):
        return NEVER
    return _between_words(before, word)


def _between_words(before: str, word: str) -> float:
    if len(word) == 1 and word in OF:
        return INSIDE
    if len(word) == 1 and word in AND:
        return BEFORE_AND
    if len(before) == 1 and before in AND | OF:
        return LOOSE
    if before in LEADING or (len(before) == 1 and before in ON):
        return APART
    if len(word) == 1 and word in ON:
        return LOOSE
    if (len(word) == 1 and word in BEHIND) or (len(before) == 1 and before in AHEAD):
        return NEVER
    odd = _is_odd(before), _is_odd(word)
    return NAME if all(odd) else STRAY if any(odd) else PLAIN


def _is_odd(word: str) -> bool:
    return len(word) == 1 and word not in TIED and bool(HAN.match(word))


# Words


def words_of(text: str) -> Iterator[str]:
    """`text` in as few words as may be, what no word explains by single characters."""
    count, at = len(text), 0
    costs, stops = [0.0] * (count + 1), [0] * count
    for start in range(count - 1, -1, -1):
        first = text[start]
        cost, stop = costs[start + 1] + _lone(first), start + 1
        for end in _ends(text, start, count):
            if costs[end] + 1.0 < cost:
                cost, stop = costs[end] + 1.0, end
        costs[start], stops[start] = cost, stop
    while at < count:
        yield text[at : stops[at]]
        at = stops[at]


def _lone(sign: str) -> float:
    if sign in LONE or not HAN.match(sign):
        return 1.0
    return ATTACHED if sign in TIED else ODD


def longest(text: str, at: int, most: int) -> int:
    """Where the longest word of up to `most` characters ends that begins at `at`; the next place
    if none does."""
    return next(_ends(text, at, min(len(text), at + most)), at + 1)


def is_known(word: str) -> bool:
    return bool(word) and longest(word, 0, len(word)) == len(word) > 1


def _ends(text: str, at: int, last: int) -> Iterator[int]:
    """The ends of all words that begin at `at`, up to `last`, the longest first."""
    known = _tails(text[at])
    for length, tails in known:
        end = at + length
        if end <= last and text[at + 1 : end] in tails:
            yield end


@cache
def _tails(first: str) -> tuple[tuple[int, frozenset[str]], ...]:
    """What words that begin with a character go on with, by their length, the longest first."""
    tails = [*_common().get(first, "").split(), *_titled().get(first, ())]
    lengths = sorted({len(tail) for tail in tails}, reverse=True)
    return tuple((n + 1, frozenset(tail for tail in tails if len(tail) == n)) for n in lengths)


@cache
def _common() -> dict[str, str]:
    lines = (TABLES / "words_common.txt").read_text("utf-8").splitlines()
    return {line[0]: line[2:] for line in lines}


@cache
def _titled() -> dict[str, list[str]]:
    """The words made for titles: the tails of each first character."""
    found: dict[str, list[str]] = {}
    for line in (TABLES / "title_words.txt").read_text("utf-8").splitlines():
        for word in line.split() if line[:1] != "#" else ():
            found.setdefault(word[0], []).append(word[1:])
    return found
