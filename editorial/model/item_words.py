"""What a mail says of single items of the letter: 第2项非我局职责，其余各项无意见."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace

from editorial.model.clauses import in_doubt
from editorial.model.labels import Answer
from editorial.model.numerals import number_of
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
_LIST = rf"(?:(?:{_ITEM})(?:(?:{_AND}|{_TO})(?:{_ITEM}))*|{_SEVERAL})"
_ITEMS = rf"(?P<items>{_LIST})"
# 1、2项无意见，4项非我局职责: of an item where others are named so, else how many there are.
_BARE = r"(?<![^，,；;。：:\s])(?P<bare>\d{1,2})\s*项(?!目(?!前))"
_MARK = rf"[（(]?(?P<listed>{_ONE})\s*[.．、)）](?!\d)"
_LISTED = rf"^\s*{_MARK}"
_REST = (
    r"(?P<rest>其余|(?:其他|其它|剩余|余下)的?(?:各|几|\d|[两二三四五六七八九])*(?:项|条|事项|意见|内容)|余(?=各|均|无)"
    r"|(?:其[他它]的?|别的)(?=\s*[，,]?\s*(?:[均都皆全概非]|不属|不是|不在)))"
    r"(?:各|几|\d|[两二三四五六七八九]|的)*(?:项|条|事项|意见|内容)*"
)
_THOSE = (
    r"(?:(?P<those>上述|以上|前述|这些)|(?P<that>该|此|这))"
    rf"(?:各|几|\d|[两二三四五六七八九])*(?:{_POINT}|条|意见)"
)
_SUBJECT = re.compile(f"{_ITEMS}|{_LISTED}|{_REST}|{_THOSE}|{_BARE}")
_NOT_OURS = re.compile(WORDS[Answer.NOT_OURS])
# 除第2项已核外，其余……; 第2项以外的各项…….
_OUTSIDE = r"(?<![此另对涉境海])[以之]?外(?=\s*[，,、的均都皆全概其各余别无非不我本已])"
_EXCEPT = r"(?<![删扣免解消排清拆废])除(?![夕非])[去了]?"
_BUT = re.compile(
    rf"{_EXCEPT}(?P<alone>{_LIST})(?=\s*[，,]\s*(?:其[余他它]|别的|各项|[均都皆全概]|{_NOT_OURS.pattern}))"
    rf"|{_EXCEPT}(?P<but>[^。；;]{{0,120}}?){_OUTSIDE}|(?P<these>{_LIST}){_OUTSIDE}"
)
_LEFT_OUT = re.compile(r"除外(?=\s*(?:[）)，,。；;的均都皆]|$))")
# 除第2项 at the end of a line goes on in the next, unless a list begins there.
_BROKEN = re.compile(
    rf"((?:{_EXCEPT}(?:(?!外)[^。；;！!？?\n]){{0,120}}(?:外\s*[，,]?)?|[以之]外[，,]?))[^\S\n]*"
    rf"\n(?!\s*{_MARK}|\s*\n)"
)
_OTHERS = re.compile(
    rf"\s*[，,、]?\s*的?(?:{_REST}|(?:所有|全部|各|几|\d)+(?:项|事项|条|内容)"
    rf"|(?:[我本]\w{{1,3}}?)?(?=[均都皆全概]|{_NOT_OURS.pattern}))"
)
# 不属我局职责的有第2、3项: what it is said of stands behind.
_BEHIND = re.compile(
    rf"(?P<refusal>{_NOT_OURS.pattern})(?:范围)?的?(?:事项|内容|部分)?\s*(?:是|有|为|包括|[:：])"
    rf"\s*{_ITEMS}"
)
_PART = re.compile(
    rf"部分|其中|有的|个别|第\s*{_ONE}\s*[页章节段行]|[表图]\s*\d|除[^，,。；;]*外|[以之]外"
    rf"|{_BARE}(?![均都皆])"
)
_DOING = "[核查收汇统研整补修办协征商确定审]"
_LATER = re.compile(
    rf"待{_DOING}|正在{_DOING}|另行|尽快|稍后|随后|后[再报]|{SAID[Answer.ON_TIME]}"
    f"|{SAID[Answer.EXTENSION]}"
)
_SETTLED = re.compile(
    r"(?:无|没有?|未提出?)(?:不同|其他|其它|修改|补充|任何|的)*(?:意见|异议)|无误|属实|准确|一致|同意"
    r"|(?:不|无[需须])(?:作|再|必)*(?:修改|更改|改动|调整|补充)|见附件|已(?:核|改|修|补|更正|按|在)"
)
_TOLD = re.compile(rf"{_SETTLED.pattern}|应[为是]|[改修更调]\w{{0,2}}[为成]")
# What may be left between two subjects; 是, 无 and a figure are answers.
_NOTHING = re.compile(
    r"[^是否有无对可准\d]?|[以之除]外|关于|对于|所述|内容|事项|[已均都]*(?:收悉|知悉|收到)"
    r"|[仅只]?[属由归是为]于?我\w{1,3}(?:负责|职责|职能)(?:范围)?内?"
)
_STOP = r"[。；;！!？?]"
_AT_MOST = re.compile(r".{1,600}(?:[，,]|$)|.{1,600}", re.DOTALL)
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
    """Words about some items: about `numbers`, about the `rest` (all others than `but`, where
    that is said), or about nothing named; `head` when no more than 一、 stands before them."""

    numbers: tuple[int, ...] = ()
    rest: bool = False
    but: tuple[int, ...] = ()
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
    spoken = {number for each in named for number in each.numbers}
    if beyond := _beyond(refused, spoken, listed):
        return ItemsSaid(left=_left(said), doubt=beyond)
    placed = tuple(_placed(named, spoken, listed))
    numbers = {number for each in placed if each.refused for number in each.numbers}
    if listed and len(numbers) == listed and not any(map(_tells, placed)):
        return ItemsSaid(left=text)
    sure = [each for each in placed if each.refused and each.numbers]
    loose = LOOSE.format(_list_of(spoken)) if len(sure) < len(refused) and spoken else ""
    return ItemsSaid(items=tuple(_items(placed)), left=_left(said), doubt=loose)


def _beyond(refused: Sequence[_Said], spoken: Iterable[int], listed: int) -> str:
    """Why what is refused cannot be of this letter, or all but what is not in it."""
    numbers = [number for each in refused for number in each.numbers if number > listed > 0]
    if numbers:
        return BEYOND.format(_list_of(set(numbers)), listed)
    far = any(each.rest for each in refused) and max(spoken, default=0) > listed > 0
    return LOOSE.format(_list_of(spoken)) if far else ""


def _placed(named: Sequence[_Said], spoken: set[int], listed: int) -> Iterator[_Said]:
    """With the numbers the rest stands for: in 除第2项外 also of items that were only named."""
    firm = {number for each in named if each.refused or _tells(each) for number in each.numbers}
    for each in named:
        apart = {*each.but, *firm} if each.but else spoken
        rest = set(range(1, listed + 1)) - apart if each.rest else ()
        yield replace(each, numbers=(*each.numbers, *sorted(rest)))


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


def _items(placed: Sequence[_Said]) -> Iterator[ItemReply]:
    """The answers by number, what is refused apart from what is answered all the same; what is
    only promised answers nothing yet."""
    found: dict[int, list[_Said]] = {}
    for each in placed:
        for number in each.numbers:
            found.setdefault(number, []).append(each)
    for number, said in sorted(found.items()):
        refused = [each for each in said if each.refused]
        told = [each for each in said if (_tells(each) if refused else _answers(each))]
        for same in (refused, told):
            if words := "；".join(dict.fromkeys(each.words.strip(_BLANKS) for each in same)):
                yield ItemReply(number=number, text=words)


def _tells(said: _Said) -> bool:
    """Whether it answers something even of an item that is refused."""
    return not said.refused and _answers(said) and bool(_TOLD.search(said.words))


def _answers(said: _Said) -> bool:
    """Of the rest only what settles it; 其余各项另报 leaves it open."""
    if said.refused or _NOTHING.fullmatch(said.words.strip(f"{_BLANKS}（）()“”")):
        return False
    settled = bool(_SETTLED.search(said.words)) or not said.rest
    return settled and not _LATER.search(said.words)


def _all_said(text: str) -> Iterator[_Said]:
    """All of a text, cut where it begins to speak of other items. A line that ends in no stop
    goes on in the next."""
    named: list[_Said] = []
    last, above = _Said(words=""), ""
    for line in _BROKEN.sub(r"\1", text).splitlines():
        goes_on = bool(above.strip()) and not re.search(rf"(?:{_STOP}|[:：])\s*$", above)
        for sentence in _sentences(line):
            for each in _in_sentence(sentence, named):
                carried = goes_on and last.named and each.refused and not each.named
                goes_on = goes_on and not each.named
                told = replace(last, head=False, words=each.words, refused=True)
                last = told if carried else each
                named += [last] if last.named else []
                yield last
            goes_on = False
        above = line


def _sentences(line: str) -> Iterator[str]:
    """What goes on for more than any sentence does is cut at a comma."""
    for sentence in re.split(f"(?<={_STOP})", line):
        yield from re.findall(_AT_MOST, sentence)


def _in_sentence(sentence: str, before: Sequence[_Said]) -> Iterator[_Said]:
    """Its parts, each from what it names to what is named next; `before` is what was named."""
    if behind := _refused_behind(sentence):
        yield from _in_sentence(sentence[: behind.start()], before)
        yield _Said(numbers=_numbers(behind["items"]), words=behind["refusal"], refused=True)
        yield from _in_sentence(sentence[behind.end() :], before)
        return
    for but in _BUT.finditer(sentence):
        kept = tuple(_in_sentence(but["alone"] or but["but"] or but["these"] or "", before))
        if any(each.numbers for each in kept):
            yield from _in_sentence(sentence[: but.start()], before)
            yield from kept
            yield from _of_others(sentence, but.end(), kept, before)
            return
    subjects = list(_subjects(sentence, before))
    if _LEFT_OUT.search(sentence) and refuses(sentence):  # of which, nobody knows
        yield from (_named(each, before) for each in subjects)
        yield _Said(words=sentence, refused=True)
        return
    starts = [0, *(each.start() for each in subjects), len(sentence)]
    if words := sentence[: starts[1]]:
        yield _Said(words=words, refused=refuses(words))
    for each, end in zip(subjects, starts[2:], strict=True):
        words = re.sub(rf"{_STOP}\s*$", "", sentence[each.end() : end])
        yield replace(_named(each, before), words=words, refused=refuses(words))


def _of_others(
    sentence: str, at: int, kept: Sequence[_Said], before: Sequence[_Said]
) -> Iterator[_Said]:
    """What stands behind 除第2项外: of all the others, where no more is named, else of nobody
    knows what."""
    others = _OTHERS.match(sentence, at)
    start = others.end() if others else at
    numbers = tuple(number for each in kept for number in each.numbers)
    following = next(_subjects(sentence[start:], (*before, *kept)), None)
    end = start + following.start() if following else len(sentence)
    words = re.sub(rf"{_STOP}\s*$", "", sentence[start:end])
    but = numbers if others else ()
    yield _Said(rest=bool(others), but=but, words=words, refused=refuses(words))
    yield from _in_sentence(sentence[end:], before)


def _subjects(sentence: str, before: Sequence[_Said]) -> Iterator[re.Match[str]]:
    numbered = any(each.numbers for each in before)
    for each in _SUBJECT.finditer(sentence):
        if numbered or not each["bare"]:
            yield each
        numbered = numbered or bool(each["items"])


def _named(subject: re.Match[str], before: Sequence[_Said]) -> _Said:
    """What it is about; of 该项 what was named last, of 上述事项 all that was."""
    plain = [each for each in before if not each.head]
    those = plain if subject["those"] else plain[-1:] if subject["that"] else ()
    numbers = _numbers(subject["items"] or subject["listed"] or subject["bare"])
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
        found += range(first, number + 1) or (number,)
    return tuple(dict.fromkeys(found))
