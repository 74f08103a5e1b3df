"""页行: what readers write to say where: 第21页第15行, 21-15, P21, 条目“…”, 表3-1, 第三篇."""

from __future__ import annotations

import re
from unicodedata import normalize

from editorial.model.numerals import number_of
from editorial.values import dataclass

_HAN = "零〇一二两三四五六七八九十百"
_NUMBER = rf"(?:\d{{1,4}}|[{_HAN}]{{1,5}})"
_TO = r"\s*(?:[-—–~～至到、,和及]\s*)"
_PAGE = re.compile(
    rf"第?\s*(?P<page>{_NUMBER})\s*(?:{_TO}第?{_NUMBER}\s*)?[页頁]"
    rf"|(?<![A-Za-z])[Pp]{{1,2}}(?:age)?\s*[.．:：]?\s*(?P<p>\d{{1,4}})"
    rf"|[页頁][码码]?\s*[:：]?\s*(?P<q>\d{{1,4}})"
)
_LINE = re.compile(
    rf"(?P<up>倒数|倒)?\s*第?\s*(?P<up2>倒数)?\s*(?P<line>{_NUMBER})\s*(?:{_TO}第?{_NUMBER}\s*)?行"
    rf"|(?<![A-Za-z])[Ll](?:ine)?\s*[.．:：]?\s*(?P<l>\d{{1,3}})|行号?\s*[:：]?\s*(?P<k>\d{{1,3}})"
)
_PAIR = re.compile(r"^\D{0,2}(\d{1,4})\s*[-—–/:：.,，、 ]\s*(\d{1,3})(?:\s*[-—–~～]\s*\d{1,3})?$")
_PLATE = re.compile(r"(?P<kind>[表图])\s*(?P<chapter>\d{1,3})\s*[-—–.·]\s*(?P<number>\d{1,3})")
_ENTRY = re.compile(
    r"条目\s*[“\"「『《【]?([^”\"」』》】\n，。；]{2,40})|【([^】\n]{2,40})】"
    r"|[“\"「『]([^”\"」』\n]{2,40})[”\"」』]\s*(?:条目|一条|条\b)"
)
_CHAPTER = re.compile(rf"第\s*({_NUMBER})\s*(?:篇目|类目|篇|编|章|部分|部类)")
_CAPTION = re.compile(r"[《“]([^》”\n]{4,60}[表图](?:（[^）]*）)?)[》”]")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceWords:
    """What was said of the place; 0 or empty what was not. `line` below 0 counts from the foot.
    `plate` is 表3-1 or 图3-1, `caption` its title; `chapter` the number of a 篇目."""

    page: int = 0
    line: int = 0
    entry: str = ""
    plate: str = ""
    caption: str = ""
    chapter: int = 0


def read_place(text: str, page: str = "", line: str = "") -> PlaceWords:
    """`page` and `line` are what stood in columns of their own."""
    words = _levelled(text)
    pair = _PAIR.match(words.strip())
    if pair and not _PLATE.search(words):
        return PlaceWords(page=int(pair[1]), line=int(pair[2]))
    plate = _PLATE.search(words)
    entry = _ENTRY.search(words)
    caption = _CAPTION.search(words)
    chapter = _CHAPTER.search(words)
    bare = _PLATE.sub("", words)
    return PlaceWords(
        page=page_of(page) or _page(bare),
        line=line_of(line) or _line(bare) or _line(_levelled(page)),
        entry=next((each.strip() for each in entry.groups() if each), "") if entry else "",
        plate=f"{plate['kind']}{int(plate['chapter'])}-{int(plate['number'])}" if plate else "",
        caption=caption[1] if caption else "",
        chapter=number_of(chapter[1]) if chapter else 0,
    )


def is_place(text: str) -> bool:
    """Whether a text can be nothing but a place: 第5页第3行, P21, 表3-1. Two numbers may as well
    be an id."""
    return bool(_SURELY.match(_levelled(text).strip()))


_SURELY = re.compile(
    rf"第?\s*{_NUMBER}\s*[页頁]|[页頁]码?\s*\d|P{{1,2}}\s*\.?\d{{1,4}}(?:[\s,第]|$)"
    rf"|{_PLATE.pattern}|【"
)


def page_of(text: str) -> int:
    """The page of a cell that holds nothing else: 21, 第21页, P21, 21—22."""
    words = _levelled(text).strip()
    first = re.match(r"\d{1,4}(?!\d)", words)
    return int(first[0]) if first else _page(words)


def line_of(text: str) -> int:
    words = _levelled(text).strip()
    first = re.match(r"(倒数?)?\s*第?\s*(\d{1,3})(?!\d)", words)
    if first:
        return -int(first[2]) if first[1] else int(first[2])
    return _line(words)


def _levelled(text: str) -> str:
    return "".join(normalize("NFKC", char) if char not in "“”‘’" else char for char in text)


def _page(words: str) -> int:
    found = _PAGE.search(words)
    return number_of(found["page"] or found["p"] or found["q"]) if found else 0


def _line(words: str) -> int:
    found = _LINE.search(words)
    if not found:
        return 0
    number = number_of(found["line"] or found["l"] or found["k"])
    return -number if found["up"] or found["up2"] else number
