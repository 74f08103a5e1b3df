"""What a mail says of single items of the letter: 第2项非我局职责，其余各项无意见."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace

from editorial.model.clauses import in_doubt
from editorial.model.labels import Answer
from editorial.model.place_words import number_of
from editorial.model.reply_form import SAID, WORDS
from editorial.model.returns import ItemReply
from editorial.values import dataclass

LOOSE = "来信逐项说了第{}项，又说非我单位职责，看不出指的是哪几项"
BEYOND = "来信说第{}项非我单位职责，函上只有{}项"
IN_PART = "来信像是说其中一部分非我单位职责，看不出是哪几项"

_ONE = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_AND = r"\s*(?:[、,，和及与跟]|以及)\s*"
_TO = r"\s*(?:至|到|[-—–－~～]{1,2})\s*"
# 第2项目前未定 is of item 2; 该项目 and 第二条高速公路 are of none.
_POINT = r"(?:事项|项(?!目(?!前)))"
_END = rf"\s*(?:个?{_POINT}|条(?=[\s，,、：:。；（(非不均都已无属应意和及与至]|$))"
_ITEM = (
    rf"第\s*{_ONE}(?:(?:{_AND}|{_TO})第?\s*{_ONE})*{_END}"
    r"|(?:序号|事项)\s*\d{1,2}(?![\d年月日天个])"
)
_SEVERAL = rf"(?<![\d第.])\d{{1,2}}(?:{_AND}\d{{1,2}})+\s*{_POINT}"
_ITEMS = rf"(?P<items>(?:{_ITEM})(?:{_AND}(?:{_ITEM}))*|{_SEVERAL})"
_LISTED = rf"^\s*[（(]?(?P<listed>{_ONE})\s*[.．、)）](?!\d)"
_REST = (
    r"(?P<rest>其余|(?:其他|其它|剩余|余下)的?(?:各|几|\d|[两二三四五六七八九])*(?:项|条|事项|意见|内容)|余(?=各|均|无))"
    r"(?:各|几|\d|[两二三四五六七八九]|的)*(?:项|条|事项|意见|内容)*"
)
_THOSE = (
    r"(?:(?P<those>上述|以上|前述|这些)|(?P<that>该|此|这))"
    rf"(?:各|几|\d|[两二三四五六七八九])*(?:{_POINT}|条|意见)"
)
_SUBJECT = re.compile(f"{_ITEMS}|{_LISTED}|{_REST}|{_THOSE}")
_NOT_OURS = re.compile(WORDS[Answer.NOT_OURS])
# 不属我局职责的有第2、3项: what it is said of stands behind.
_BEHIND = re.compile(
    rf"(?P<refusal>{_NOT_OURS.pattern})(?:范围)?的?(?:事项|内容|部分)?\s*(?:是|有|为|包括|[:：])"
    rf"\s*{_ITEMS}"
)
_PART = re.compile(rf"部分|其中|有的|个别|第\s*{_ONE}\s*[页章节段行]|[表图]\s*\d")
_DOING = "[核查收汇统研整补修办协征商确定审]"
_LATER = re.compile(
    rf"待{_DOING}|正在{_DOING}|另行|尽快|稍后|随后|后[再报]|{SAID[Answer.ON_TIME]}"
    f"|{SAID[Answer.EXTENSION]}"
)
_SETTLED = re.compile(
    r"(?:无|没有?|未提出?)(?:不同|其他|其它|修改|补充|任何|的)*(?:意见|异议)|无误|属实|准确|一致|同意"
    r"|(?:不|无[需须])(?:作|再|必)*(?:修改|更改|改动|调整|补充)|见附件|已(?:核|改|修|补|更正|按|在)"
)
_STOP = r"[。；;！!？?]"
_BLANKS = " \t　，,、：:—-。；;"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemsSaid:
    """`items` are the answers to single items, `left` the words that speak of the whole letter;
    `doubt` says why it is not sure of what something was said."""

    items: tuple[ItemReply, ...] = field(default=())
    left: str
    doubt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """Words about some items: about `numbers`, about the `rest`, or about nothing named;
    `head` when no more than 一、 stands before them."""

    numbers: tuple[int, ...] = ()
    rest: bool = False
    head: bool = False
    words: str
    refused: bool = False

    @property
    def named(self) -> bool:
        return self.rest or bool(self.numbers)


def items_said(text: str, listed: int = 0) -> ItemsSaid:
    """What is said of single items, where one is said not to be the unit's duty; of any other
    mail nothing. `listed` is how many items the letter has, 0 unknown."""
    said = tuple(_all_said(text))
    named = [each for each in said if each.named]
    refused = [each for each in said if each.refused]
    if not refused:
        return ItemsSaid(left=text)
    if not any(each.named for each in refused):
        return ItemsSaid(left=text, doubt=_doubt(named, refused, listed))
    numbers = {number for each in refused for number in each.numbers}
    if listed and max(numbers, default=0) > listed:
        beyond = _list_of(n for n in numbers if n > listed)
        return ItemsSaid(left=_left(said), doubt=BEYOND.format(beyond, listed))
    spoken = {number for each in named for number in each.numbers}
    rest = frozenset(range(1, listed + 1)) - spoken
    refused_rest = rest if any(each.rest for each in refused) else frozenset()
    if listed and len(numbers | refused_rest) == listed:
        return ItemsSaid(left=text)
    loose = LOOSE.format(_list_of(spoken)) if len(refused) > sum(x.named for x in refused) else ""
    return ItemsSaid(items=tuple(_items(named, rest)), left=_left(said), doubt=loose)


def _doubt(named: Sequence[_Said], refused: Sequence[_Said], listed: int) -> str:
    """Why a refusal that names no item may not be meant for all of them."""
    spoken = {number for each in named for number in each.numbers}
    if spoken and listed != 1:
        return LOOSE.format(_list_of(spoken))
    return IN_PART if any(_PART.search(each.words) for each in refused) else ""


def _left(said: Sequence[_Said]) -> str:
    return "\n".join(each.words for each in said if not each.refused)


def _list_of(numbers: Iterable[int]) -> str:
    return "、".join(map(str, sorted(numbers)))


def _items(named: Sequence[_Said], rest: frozenset[int]) -> Iterator[ItemReply]:
    """The answers by number; what is only promised answers nothing yet."""
    found: dict[int, list[_Said]] = {}
    for each in named:
        for number in rest if each.rest else each.numbers:
            found.setdefault(number, []).append(each)
    for number, said in sorted(found.items()):
        refused = [each for each in said if each.refused]
        told = refused or [each for each in said if _answers(each)]
        if words := "；".join(dict.fromkeys(each.words.strip(_BLANKS) for each in told)):
            yield ItemReply(number=number, text=words)


def _answers(said: _Said) -> bool:
    """Of the rest only what settles it; 其余各项另报 leaves it open."""
    settled = bool(_SETTLED.search(said.words)) or not said.rest
    return settled and not _LATER.search(said.words)


def _all_said(text: str) -> Iterator[_Said]:
    """All of a text, cut where it begins to speak of other items. A line that ends in no stop
    goes on in the next."""
    named: list[_Said] = []
    last, above = _Said(words=""), ""
    for line in text.splitlines():
        goes_on = bool(above.strip()) and not re.search(rf"(?:{_STOP}|[:：])\s*$", above)
        for sentence in re.split(f"(?<={_STOP})", line):
            for each in _in_sentence(sentence, named):
                carried = goes_on and last.named and each.refused and not each.named
                last = replace(each, numbers=last.numbers, rest=last.rest) if carried else each
                named += [last] if last.named else []
                yield last
            goes_on = False
        above = line


def _in_sentence(sentence: str, before: Sequence[_Said]) -> Iterator[_Said]:
    """Its parts, each from what it names to what is named next; `before` is what was named."""
    if behind := _refused_behind(sentence):
        yield from _in_sentence(sentence[: behind.start()], before)
        yield _Said(numbers=_numbers(behind["items"]), words=behind["refusal"], refused=True)
        yield from _in_sentence(sentence[behind.end() :], before)
        return
    subjects = list(_SUBJECT.finditer(sentence))
    starts = [0, *(each.start() for each in subjects), len(sentence)]
    if words := sentence[: starts[1]]:
        yield _Said(words=words, refused=refuses(words))
    for each, end in zip(subjects, starts[2:], strict=True):
        words = re.sub(rf"{_STOP}\s*$", "", sentence[each.end() : end])
        yield replace(_named(each, before), words=words, refused=refuses(words))


def _named(subject: re.Match[str], before: Sequence[_Said]) -> _Said:
    """What it is about; of 该项 what was named last, of 上述事项 all that was."""
    plain = [each for each in before if not each.head]
    those = plain if subject["those"] else plain[-1:] if subject["that"] else ()
    numbers = _numbers(subject["items"] or subject["listed"])
    known = (number for each in those for number in each.numbers)
    rest = bool(subject["rest"]) or any(each.rest for each in those)
    head = bool(subject["listed"])
    return _Said(numbers=(*numbers, *dict.fromkeys(known)), rest=rest, head=head, words="")


def _refused_behind(sentence: str) -> re.Match[str] | None:
    """The refusal with the items that stand behind it."""
    found = _BEHIND.search(sentence)
    refusal = _NOT_OURS.search(sentence, found.start()) if found else None
    return found if refusal and not in_doubt(sentence, refusal) else None


def refuses(words: str) -> bool:
    """Whether they say, surely, that something is not the unit's duty."""
    return any(not in_doubt(words, found) for found in _NOT_OURS.finditer(words))


def _numbers(words: str | None) -> tuple[int, ...]:
    """第1至3项、第五项 → 1 2 3 5."""
    found: list[int] = []
    for each in re.finditer(rf"(?P<to>{_TO}第?\s*)?(?P<one>{_ONE})", words or ""):
        number = number_of(each["one"])
        first = found[-1] + 1 if each["to"] and found else number
        found += range(first, number + 1)
    return tuple(dict.fromkeys(found))
