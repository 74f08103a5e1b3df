"""What the desk says of commands, told to somebody who has screens and forms before them.

A hint such as `加上 --note 理由` names the option of a command; here the same is a field of the
form at hand, and a command is a screen to go to. The one place where this is turned round.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

# Where a command is done here, by its first word; and what it is called when nothing follows.
PLACES = {
    **dict.fromkeys(("keep", "verify", "status", "move"), "总览"),
    **dict.fromkeys(("archive", "gate", "handover"), "关口"),
    **dict.fromkeys(("mail", "receive", "returns"), "收件"),
    **{"chase": "今日", "letter": "函件", "opinion": "意见", "proof": "校对"},
    **{"round": "评议", "unit": "单位"},
}
WORDS = {"keep": "留存", "move": "推进", "issue": "出样", "check": "核红", "sample": "抽查"}
# Options by what their field is called here.
FIELDS = {
    **{"abstain": "弃权", "advice": "处理建议", "by": "方式", "chair": "主持人", "channel": "方式"},
    **{"chat": "微信", "contact": "联络员", "date": "日期", "day": "日期", "doc-no": "文号"},
    **{"done": "抽到的页都读完了", "due": "期限", "editor": "责编", "exempt": "豁免"},
    **{"file": "校样", "force": "强行推进", "item": "事项", "kind": "种类", "mail": "邮箱"},
    **{"name": "姓名", "new": "改为", "no": "不同意", "note": "理由", "old": "原文", "on": "日期"},
    **{"original": "原文", "overall": "总体评价", "phone": "电话", "place": "地点", "post": "职务"},
    **{"problems": "主要问题", "purpose": "目的", "reader": "审读人", "reason": "理由"},
    **{"remove": "删去", "resend": "再发一次", "result": "改后文字", "sent": "已核实收到"},
    **{"share": "抽页", "short": "简称", "supply": "供稿状态", "title": "标题", "to": "交给"},
    **{"unit": "供稿单位", "until": "停到", "yes": "同意"},
}
# Nothing here does these: they are told as they are, to be typed in a terminal.
TYPED = (
    "git config",
    "git cherry-pick",
    "git fetch",
    "editorial verify --repair",
    "editorial init",
)

VERBS = (
    "accept|add|answered|apply|aside|check|checkin|claim|close|confirm|contact|correct|decide|drop"
    "|export|import|issue|list|log|meeting|pass|pause|place|proposals|remind|reopen|reply|return"
    "|same|sample|send|show|type|void|withdraw|open"
)

_LEFT = re.compile(r"(?<![\w-])--[a-z]|\beditorial [a-z]")
_COMMAND = re.compile(
    r"(?P<how>(?<!不)用 ?|执行 ?|写作? ?|见 ?|如 ?)?(?:"
    r"editorial (?P<one>keep|verify|status|move|handover|receive|undo(?: --list)?)|"
    r"(?:editorial )?\b(?P<group>archive|chase|gate|letter|mail|opinion|proof|returns|round|unit)"
    rf" (?P<verb>{VERBS})\b(?: (?:set|vote|score)\b)?)"
    r"(?P<given>(?: +(?:-m [“\"].*?[”\"]|--?[a-z-]+(?: [^ -][^ ；，。、（）]*)?"
    r"|[^\s；，。、：（）]*[0-9a-z][^\s；，。、：（）]*"
    r"|编号|序号|分目|校次|本表|单位|目录|意见(?= --)))*)"
    r" *(?P<next>[^；，。、）]?)"
)
_BRACKETS = re.compile(
    r"（[^（）]*(?:--[a-z]|editorial [a-z]|\bgit [a-z]|\b[a-z]+ [a-z]+)[^（）]*）"
)
_TOLD = re.compile(r"(?:用 |写 |以 )?--[a-z-]+ (?=写明|抄)|(?:用 |写 )?--[a-z-]+ (?:后面)?写")
_VALUE = re.compile(
    r"(?P<how>^|写上 ?|写 ?|加上? )--(?P<name>[a-z-]+) (?P<value>[\u4e00-\u9fff]+)"
    r"(?=$|[；，。、 （])"
)
# What stands for a value, which a form has a field for.
_BLANK = re.compile(
    r"(--[a-z-]+) (?:编号|理由|原因|日期|姓名|单位|原文|改为|校样\.pdf|\"[^\"]*\")"
    r"(?=$|[；，。、 （）])"
)
_EXAMPLE = re.compile(r"(?:^|，)如 --[a-z][^；，。（）]*")
_OPTION = re.compile(r" ?--(?P<name>[a-z][a-z-]*) ?")


# What may be the id of a node, a unit or a person, and is no part of a path or an address.
_ID = re.compile(r"(?<![A-Za-z0-9_/.@-])[A-Za-z0-9_-]*[A-Za-z][A-Za-z0-9_/-]*(?![A-Za-z0-9_/.@-])")


def named(text: str, names: Mapping[str, str]) -> str:
    """The same with what is called by its id called by its name."""
    if any(each in text for each in TYPED):
        return text
    return _ID.sub(lambda found: names.get(found[0], found[0]), text)


def spoken(text: str) -> str:
    """The same without commands and options: screens and fields, or nothing of it."""
    if any(each in text for each in TYPED) or not re.search("[a-z]", text):
        return text
    said = _COMMAND.sub(_place, _EXAMPLE.sub("", _BRACKETS.sub(_bracket, text)))
    said = re.sub(r"(?<=[\u4e00-\u9fff]) (?=到“)", "", said)
    if not _LEFT.search(said):
        return said
    said = _TOLD.sub(lambda found: "填" if found[0].endswith("写") else "", said)
    said = _OPTION.sub(_field, _BLANK.sub(r"\1", _VALUE.sub(_value, said)))
    return _without(said) if _LEFT.search(said) else said.strip()


def _bracket(found: re.Match[str]) -> str:
    """A remark in brackets goes when it is about a command."""
    return (
        "" if _LEFT.search(found[0]) or _COMMAND.search(found[0]) or "git" in found[0] else found[0]
    )


def _place(found: re.Match[str]) -> str:
    one, behind = found["one"], found["next"]
    if one and one.startswith("undo"):
        return f"按 F8 {behind}"
    place = PLACES[one or found["group"]]
    if (found["how"] or "").startswith("见"):
        return f"见“{place}”{behind}"
    return f"到“{place}”里{behind or WORDS.get(one or found['verb'], '办')}"


def _value(found: re.Match[str]) -> str:
    return f"填“{found['value']}”" if found["name"] in FIELDS else found[0]


def _field(found: re.Match[str]) -> str:
    name = FIELDS.get(found["name"])
    return f"“{name}”" if name else found[0]


def _without(text: str) -> str:
    """What is left when the clauses that still name options are taken out."""
    clauses = re.findall(r"[^；，。]+[；，。]?", text)
    kept = "".join(each for each in clauses if not _LEFT.search(each))
    return kept.strip().rstrip("；，。")
