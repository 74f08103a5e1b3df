"""主题索引: the titles of a book in pinyin order, each with the places it stands at.

As yearbooks print it: 篇目, 分目, 次分目, 条目, tables and figures in one row of letters,
figures and Latin words before them (GB/T 22466 索引编制规则, GB/T 13418 for the order). A title
that says nothing by itself (概况) is led by the heading it stands under; equal titles are one
entry with several places; ordinals (一、) are left out; the dates a 大事记 goes by are no subjects.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Literal, NamedTuple, TypeAlias

from editorial.model.book import Book, Part
from editorial.model.document import INVISIBLE, Entry, Figure, Heading, Table, plain
from editorial.model.moments import TIME, TO
from editorial.model.volume import Matter
from editorial.render.pinyin import HAN, UNREAD, lexicon, sort_key
from editorial.values import dataclass

Anchor: TypeAlias = tuple[str, int]
Kind: TypeAlias = Literal["chapter", "section", "heading", "entry", "table", "figure"]
PART = -1
FIGURES_AND_LETTERS, OTHERS = "数字、字母", "其他"
KINDS: tuple[Kind, ...] = ("chapter", "section", "heading", "entry", "table", "figure")

# Titles that say nothing by themselves; the first kind reads on from the heading over it.
SURVEY = re.compile(
    "概况|概述|概览|概貌|综述|总述|简介|简况|简述|基本情况|总体情况|发展概况|工作概况"
)
BARE = re.compile(
    f"{SURVEY.pattern}|综合|综合记事|综合情况|情况|说明|机构|机构设置|组织机构|领导名录|"
    "其他|其它|附录|附表|附图|附记"
)
PEOPLE = re.compile("人物|名录|名人|英模|劳模|模范|先进个人|传略|逝世")
ORDINAL = re.compile(
    r"^\s*(?:第[〇零一二三四五六七八九十百\d]+[篇编卷章节](?:[\s　]+|$)"
    r"|[一二三四五六七八九十百]+、|（[一二三四五六七八九十百\d]+）|\(\d+\)|\d+[.．、](?!\d))\s*"
)
DATE = re.compile(TIME)
_YEARS = rf"\d{{4}}(?:{TO}\d{{4}})*年"
_MONTHS = (
    rf"(?:\d{{1,2}}(?:{TO}\d{{1,2}})*月份?(?:\d{{1,2}}(?:{TO}\d{{1,2}})*日)?|[上下]半年"
    rf"|第?[一二三四1-4](?:{TO}[一二三四1-4])*季度)"
)
_POINT = "(?:末(?![端代])|底(?![层盘价座])|初(?![中级步等婚审评诊选任创])|度(?![假汛量]))?"
_WHEN = f"(?:{_YEARS}{_MONTHS}?|{_MONTHS}){_POINT}"
YEAR = re.compile(
    f"((?>{_YEARS}{_MONTHS}?{_POINT}(?:{TO}{_WHEN})*(?:以[来前后])?))[，、]?(.+)", re.DOTALL
)
# A rest that begins so belongs to the date still, unless it is a word (和平县, 与会代表).
HANGING = re.compile(
    "[及至、—～~-]|和(?![县平田美谐解睦顺])|与(?!会)|以[来前后]|之[前后]|期间|前后"
    "|代(?![表理码办建])|间(?![接隔])|版(?![图画权面税])"
)
# The caption of a picture tells a moment; that of a chart or map names its subject.
PHOTOGRAPH = re.compile("[，。；]|年\\d{1,2}月")
TAIL = re.compile("（[^（）]*）$")
# What every law and every book has says nothing; nor does the label of a 链接.
NO_SUBJECT = re.compile("总则|附则|目[录次]|contents", re.IGNORECASE)
LINK = re.compile(r"(?:相关|知识)?链接[：:]\s*(?=\S)")
# The place a book is of, by its title: 示例市年鉴, 示例县志. It begins the titles of most tables;
# but 示例市直机关 is a word.
PLACE = re.compile(r"(.{1,12}[省市县区州盟旗镇乡])(?:综合|统计)?(?:年鉴|志)(?=$|[\d（(〔【·—])")
HELD_ON = re.compile("[场民级长委政直区属辖]")


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEntry:
    """`anchors` in reading order: (part id, index of block), index -1 for the part's own
    heading. `kind` is the highest of those merged here."""

    title: str
    kind: Kind
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexGroup:
    """`letter` is A to Z, or what stands for titles that begin with none."""

    letter: str
    entries: tuple[IndexEntry, ...]


class _Subject(NamedTuple):
    """`above`: the headings over the title, the nearest first."""

    title: str
    kind: Kind
    anchor: Anchor
    above: tuple[str, ...]


def subject_index(book: Book, readings: Mapping[str, str]) -> tuple[IndexGroup, ...]:
    """Groups in printed order. `readings`: word → pinyin, the office's own (`Terms.readings`)."""
    of = PLACE.match(re.sub(r"\s", "", book.imprint.title))
    found = _subjects(book.parts, of[1] if of else "")
    subjects = [subject for subject in found if _tells(subject.title)]
    words = lexicon(readings)
    keyed = sorted(
        (sort_key(title, words, name=_of_people(found)), title, _entry(title, found))
        for title, found in _merged(subjects).items()
    )
    groups = groupby(keyed, key=lambda each: _letter(each[0]))
    return tuple(
        IndexGroup(letter=letter, entries=tuple(entry for _, _, entry in group))
        for letter, group in groups
    )


def _tells(title: str) -> bool:
    """Whether it names more than a time or what every book has, in signs that print."""
    bare = re.sub(r"\s", "", title)
    if DATE.fullmatch(bare) or NO_SUBJECT.fullmatch(bare):
        return False
    return INVISIBLE.sub("", title).strip() != ""


def _letter(key: str) -> str:
    if key[0] == UNREAD:
        return OTHERS
    return key[1].upper() if key[0] == HAN else FIGURES_AND_LETTERS


def _merged(subjects: list[_Subject]) -> dict[str, list[_Subject]]:
    merged: dict[str, list[_Subject]] = {}
    for title, subject in zip(_full_titles(subjects), subjects, strict=True):
        merged.setdefault(title, []).append(subject)
    return merged


def _entry(title: str, found: list[_Subject]) -> IndexEntry:
    kind = min((subject.kind for subject in found), key=KINDS.index)
    anchors = tuple(subject.anchor for subject in found)
    return IndexEntry(title=title, kind=kind, anchors=anchors)


def _of_people(found: list[_Subject]) -> bool:
    return any(PEOPLE.search(above) for subject in found for above in subject.above)


def _full_titles(subjects: list[_Subject]) -> Iterator[str]:
    """概况 under 教育 → 教育概况; where several 教育 have one, 甲市教育概况."""
    places = {(_led(subject, 1), subject.above) for subject in subjects if _bare(subject.title)}
    times = Counter(title for title, _ in places)
    for subject in subjects:
        if _bare(subject.title):
            title = _led(subject, 1)
            yield title if times[title] == 1 else _led(subject, 2)
        else:
            yield subject.title


def _bare(title: str) -> bool:
    return BARE.fullmatch(title) is not None


def _led(subject: _Subject, telling: int) -> str:
    """The title after the headings over it, up to as many `telling` ones as wanted: 教育概况,
    教育·综合, 教育·综合概况."""
    title = first = subject.title
    for above in subject.above:
        if telling == 0:
            break
        link = "·" if _bare(first) and not SURVEY.fullmatch(first) else ""
        title, first = above if above.endswith(title) else f"{above}{link}{title}", above
        telling -= not _bare(above)
    return title


def _subjects(parts: Iterable[Part], place: str) -> Iterator[_Subject]:
    """`place`: the one the book is of, which titles of tables begin with; empty if none."""
    path: tuple[tuple[int, str], ...] = ()
    for part in parts:
        path = tuple(step for step in path if step[0] < part.level)
        above = tuple(title for _, title in reversed(path))
        title = _told(part.title)
        anchor = part.id, PART
        if title:  # of a 花脸稿 one may be taken out from above its text
            path = (*path, (part.level, title))
        if part.matter is Matter.TEXT:
            if title:
                yield _Subject(title, "chapter" if part.level == 1 else "section", anchor, above)
            yield from _inside(part, (title, *above) if title else above, place)


def _inside(part: Part, above: tuple[str, ...], place: str) -> Iterator[_Subject]:
    over: tuple[tuple[int, str], ...] = ()
    names = above
    for index, block in enumerate(part.blocks):
        anchor = part.id, index
        match block:
            case Heading(level=level, runs=runs):
                over = tuple(step for step in over if step[0] < level)
                names = (*(each for _, each in reversed(over)), *above)
                title = _told(plain(runs))
                yield _Subject(title, "heading", anchor, names)
                over, names = (*over, (level, title)), (title, *names)
            case Entry(title=title):
                yield _Subject(LINK.sub("", title.strip()), "entry", anchor, names)
            case Table(title=title, plain=False):
                yield _Subject(_shown(title, "表", place), "table", anchor, names)
            case Figure(title=title, unnumbered=False) if not PHOTOGRAPH.search(title):
                yield _Subject(_shown(title, "图", place), "figure", anchor, names)


def _told(title: str) -> str:
    """The title without its ordinal."""
    return ORDINAL.sub("", title).strip() or title.strip()


def _shown(title: str, sign: str, place: str) -> str:
    """A table is looked up by what it is of: 2018年末示例市人口 → 人口（2018年末，表）."""
    text = title.strip()
    dated = YEAR.fullmatch(text)
    when, what = dated.groups() if dated and not HANGING.match(dated[2]) else ("", text)
    rest = what.removeprefix(place)
    what = what if len(rest) < 2 or HELD_ON.match(rest) else rest
    named = TAIL.sub("", what).endswith(sign)
    notes = [note for note in (when, "" if named or not what else sign) if note]
    return what + (f"（{'，'.join(notes)}）" if notes else "")
