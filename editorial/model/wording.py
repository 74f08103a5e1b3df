"""公函文字: what a template may leave open, and what it must not lack."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editorial.model.style import LetterStyle

LIST = "清单"
SLOTS = (
    "书名",
    "稿名",
    "缘由",
    "前函",
    "单位",
    "尊称",
    "催办单位",
    "再联系",
    "期限",
    "事项数",
    "年度",
    "联系人",
    "电话",
    "邮箱",
    "附件名",
    "结语",
)
SLOT = re.compile(r"\{([^{}\n]+)\}")
Fault = tuple[str, str, str]
INNER = str.maketrans("《》", "〈〉")


def titled(title: str) -> str:
    """A title as it is cited: 《…〈…〉…》 (GB/T 15834-2011, 4.15.3.5)."""
    return f"《{title.translate(INNER)}》"


def wording_faults(style: LetterStyle) -> Iterator[Fault]:
    """(file ending, what is wrong, how to mend it) of a template no letter can be made with."""
    known = "、".join(f"{{{name}}}" for name in (*SLOTS, LIST))
    texts = (("md", style.wording), ("short.md", style.brief))
    for ending, text in (*texts, ("yaml", f"{style.title}{style.remark}")):
        for name in SLOT.findall(text):
            if name not in SLOTS and (ending == "yaml" or name != LIST):
                yield ending, f"公函文字里有不认识的空位“{{{name}}}”", f"可用：{known}"
    yield from _lacking(style, "md", style.wording)
    if style.brief:
        yield from _lacking(style, "short.md", style.brief)


def _lacking(style: LetterStyle, ending: str, wording: str) -> Iterator[Fault]:
    if "{期限}" not in wording:
        yield ending, "公函文字里没有期限", "在正文里写上“请于{期限}前函复。”一类的话"
    if not re.search(r"\{(电话|邮箱)\}", wording + style.remark):
        yield "yaml", "公函文字里没有联系方式", "写上 remark: 联系人：{联系人}，电话：{电话}"
    elif "{联系人}" not in wording + style.remark:
        yield "yaml", "公函文字里没有联系人", "写上 remark: 联系人：{联系人}，电话：{电话}"
    lines = [line.strip() for line in wording.splitlines()]
    if f"{{{LIST}}}" not in lines and "items" in style.required:
        yield ending, "公函文字里没有事项清单", "另起一行，只写{清单}"
