"""Opinions told in running words: minutes, mails, notes of a call."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from editorial.model.reply_form import is_signature
from editorial.values import dataclass

_POINT = re.compile(
    r"(?:^|\n|(?<=[。；;！!？?]))[ \t　]*"
    r"(?:第?[（(【]?(?P<bracketed>\d{1,2}|[一二三四五六七八九十]{1,3})[)）】]"
    r"|(?P<dotted>\d{1,2})\s*[.．、]\s*(?!\d)|(?P<han>[一二三四五六七八九十]{1,3})[、.．]"
    r"|[第其](?P<said>[一二三四五六七八九十])(?:[，,、]|条|是))\s*"
    r"|(?P<circled>[①-⑳])\s*"
)
_SPEAKER = re.compile(
    r"^[ \t　]*(?P<who>[^：:，。；！？“”\d\s][^：:，。；！？“”\n]{0,24})\s*[：:](?P<words>.*)$"
)
_SEPARATE = re.compile(r"^[ \t　]*(?:[-•●·*＊▪■◆]|——)\s*(?=\S)")
_LABELS = """
时间 地点 会议时间 会议地点 会议名称 主持 主持人 参加 参加人员 出席 出席人员 出席专家 列席 列席人员
缺席 记录 记录人 整理 整理人 议题 会议议题 内容 主要内容 纪要文号 稿名 稿次 结论 评价结论 表决
表决结果 会议纪要 附件 抄送 主送 发件人 收件人 主题 日期 电话 联系电话 来电时间 来电人 来电单位 来电
单位 职务 发言要点 讨论情况 有关要求 后续要求 议定事项 会议认为 通话时间 致 抄 签名
"""
LABELS = frozenset(_LABELS.split())
FIELDS = {
    "原文": "original",
    "位置": "place",
    "页行": "place",
    "页码": "place",
    "出处": "place",
    "意见": "text",
    "建议": "text",
    "修改意见": "text",
    "修改建议": "text",
    "问题": "text",
    "理由": "reason",
    "依据": "reason",
    "改为": "result",
    "建议改为": "result",
    "修改为": "result",
    "类别": "category",
}
TELLERS = frozenset({"来电人", "来电单位", "发言人", "提出人", "意见人", "单位"})
_EMPTY_WORDS = re.compile(
    r"(?:(?:我的|我们的|现将|具体|修改)?意见(?:表)?[^，。]{0,4}[见详在如]附件|尊敬的|各位|你好|您好|此致|敬礼|顺颂|祝|谢谢|特此|以上(?:意见)?|意见如下|如下|附[：:]|见附件|谨复|妥否)"
)
_LEAD = re.compile(r"^[^“”]{0,40}如下[：:。.]?$")
_BEHIND = re.compile(r"\s|[（(][^（）()]*[）)]$")
_LEAST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing said by somebody; `line` counts from 1 where it begins. `fields` are what was
    told apart as 原文：, 理由： and the like."""

    line: int
    by: str
    text: str
    fields: tuple[tuple[str, str], ...] = ()


def numbered_points(text: str) -> tuple[str, ...]:
    """The points of a text that numbers them 1. 2. 3., else the text as one point. What stands
    before the first number belongs to each of them only when it names a place."""
    found = list(_POINT.finditer(text))
    numbers = [_number(match) for match in found]
    if len(found) < 2 or numbers[0] != 1 or numbers != list(range(1, len(numbers) + 1)):
        if len(found) == 1 and numbers == [1] and found[0].start() == 0:
            text = text[found[0].end() :]
        return (text.strip(),) if text.strip() else ()
    head = text[: found[0].start()].strip()
    ends = [match.start() for match in found[1:]] + [len(text)]
    points = [text[match.end() : end].strip() for match, end in zip(found, ends, strict=True)]
    if head and len(head) > 24:
        return (head, *(each for each in points if each))
    lead = f"{head.rstrip('：:，, ')}：" if head else ""
    return tuple(lead + each for each in points if each)


def _number(match: re.Match[str]) -> int:
    told = next((each for each in match.groups() if each), "")
    if "①" <= told <= "⑳":
        return ord(told) - ord("①") + 1
    if told.isdecimal():
        return int(told)
    tens, ten, ones = told.partition("十")
    digits = "零一二三四五六七八九"
    if ten:
        return (digits.find(tens) if tens else 1) * 10 + (digits.find(ones) if ones else 0)
    return digits.find(told)


def spoken_points(
    text: str, readers: Sequence[str] = (), by: str = ""
) -> tuple[tuple[Point, ...], tuple[str, ...]]:
    """The points of minutes, a mail or a note, and the lines that are none. `by` is who speaks
    until somebody else is named: the writer, whose first line may greet the office. `readers`
    are names that surely are speakers."""
    points: list[Point] = []
    aside: list[str] = []
    speaker = by
    for nth, (at, lines) in enumerate(_paragraphs(text)):
        match = _SPEAKER.match(lines)
        if is_signature(lines) or _is_name(lines, (*readers, by)):
            speaker = speaker if is_signature(lines) else lines.strip()
            aside.append(lines.strip())
            continue
        if match and by and not nth and _greets(match["who"], readers):
            aside.append(lines[: match.start("words")].strip())
            points += _points(match["words"], at, speaker, aside)
            continue
        who = match["who"].strip(" 　·-—、") if match else ""
        label = re.sub(r"[（(].*", "", who)
        if match and label in TELLERS and match["words"].strip():
            speaker = match["words"].strip()
            aside.append(lines.strip())
        elif match and label in LABELS:
            aside.append(lines.strip())
        elif match and label in FIELDS and points:
            points[-1] = _with(points[-1], FIELDS[label], match["words"].strip())
        elif match and label in FIELDS:
            points.append(_with(Point(line=at, by=speaker, text=""), FIELDS[label], match["words"]))
        elif match and _is_speaker(who, readers):
            speaker = who
            points += _points(match["words"], at, speaker, aside)
        else:
            points += _points(lines, at, speaker, aside)
    whole = [each for each in points if each.text or each.fields]
    if any(each.by for each in whole):  # before anybody speaks stands the title
        aside = [*(each.text for each in whole if not each.by), *aside]
        whole = [each for each in whole if each.by]
    return tuple(whole), tuple(each for each in aside if each)


def _with(point: Point, field: str, words: str) -> Point:
    known = dict(point.fields)
    if field == "text" and not point.text:
        return Point(line=point.line, by=point.by, text=words.strip(), fields=point.fields)
    if field in known:  # the next point begins
        return Point(line=point.line, by=point.by, text=point.text, fields=point.fields)
    fields = (*point.fields, (field, words.strip()))
    return Point(line=point.line, by=point.by, text=point.text, fields=fields)


def _greets(who: str, readers: Sequence[str]) -> bool:
    """编辑部：, 林老师： at the head of what somebody wrote: whom it is for, not who speaks."""
    label = re.sub(r"[（(].*", "", who.strip())
    return label not in LABELS | FIELDS.keys() | TELLERS and not _is_reader(who, readers)


def _is_reader(who: str, readers: Sequence[str]) -> bool:
    plain = re.sub(r"[\s（(].*", "", who.strip())
    return any(plain and plain in each.replace(" ", "") for each in readers)


def _is_name(line: str, names: Sequence[str]) -> bool:
    """Who signs, or speaks next, alone on a line."""
    plain = _BEHIND.sub("", line.strip())
    return bool(plain) and any(plain == _BEHIND.sub("", each) for each in names)


def _is_speaker(who: str, readers: Sequence[str]) -> bool:
    plain = re.sub(r"[\s（(].*", "", who)
    return _is_reader(who, readers) or (
        1 < len(plain) <= 12 and not re.search(r"[第页行表图条目“”《》的是]", plain)
    )


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Lines with their numbers; those of one numbered list stay together."""
    for at, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if line.strip():
            yield at, line


def _points(words: str, at: int, speaker: str, aside: list[str]) -> Iterator[Point]:
    plain = _SEPARATE.sub("", words).strip()
    if len(plain) < _LEAST or (len(plain) < 30 and _EMPTY_WORDS.match(plain)) or _LEAD.match(plain):
        aside.append(plain)
        return
    for each in numbered_points(plain):
        lone = _POINT.match(each)
        told = each[lone.end() :] if lone and lone.start() == 0 else each
        yield Point(line=at, by=speaker, text=told.strip())
