"""The marks of section text, shared by its reader and its writer.

One paragraph a line. A backslash takes the next mark literally; before anything that
is no mark it is itself.
"""

from __future__ import annotations

import re

BLANKS = " \t\u3000"
INDENT = "\u3000"  # before the words of a cell
LITERAL = r"""[!-/:-@\[-`{-~ \t\u3000【】（）：，。；、]"""
ESCAPED = re.compile(r"\\(" + LITERAL + ")")
_HELD = r"\\."
_HAN = r"[^\W\d_A-Za-zΑ-Ωα-ω]"  # a range of all of them takes a millisecond to compile
_STRESSED = rf"(?:{_HELD}|[^*\\ \t\u3000])(?:(?:{_HELD}|[^*\\])*?(?:{_HELD}|[^*\\ \t\u3000]))?"
_RAISED = rf"(?:{_HELD}|[^\\^ \t\u3000，。；：、])+"
_LOWERED = rf"(?:{_HELD}|[^\\~ \t\u3000，。；：、])+"
# What multiplies (1200*600*300, 长3米*宽2米*高1米, a*b*c) or joins a range (宽3~5米，高6~8米) is no
# mark, nor are the powers of 10^8千瓦时和10^6吨. A mark typed twice is one everywhere.
_FACTOR = (
    r"(?:(?<=[0-9A-Za-z)）])|(?<=[0-9][米丈尺寸分厘毫])|(?<=[0-9][毫厘分]米))"
    r"(?=\*(?:[^*]*[0-9]|[!-)+-~]+\*))"
)
_POWER = rf"(?:{_HELD}|(?!{_HAN})[^\\^~ \t\u3000，。；：、=×])+"
_INDEX = rf"(?:{_HELD}|(?!{_HAN})[^\\^~ \t\u3000，。；：、/×])+"
INLINE = re.compile(
    rf"\\(?P<literal>{LITERAL})"
    rf"|\*\*(?P<EMPHASIS>{_STRESSED})\*\*"
    rf"|\^\^(?P<SUPERSCRIPT>{_RAISED})\^\^"
    rf"|~~(?P<SUBSCRIPT>{_LOWERED})~~"
    rf"|(?!{_FACTOR})\*(?P<emphasis>{_STRESSED})\*(?!(?<=[0-9]\*)[0-9])"
    rf"|\^(?P<superscript>{_POWER}|{_HAN}{{1,4}})\^"
    rf"|(?<![0-9%‰℃°′″+−±-])~(?P<subscript>{_INDEX})~"
    rf"|(?<=[0-9A-Za-z)）])~(?P<words>{_HAN}{{1,4}})~"
    r"|\[\^(?P<note>(?:\\.|[^\\\] \t\u3000])+)\]"
    r"|\[(?P<link>(?:\\.|[^\\\]\[])+)\]"
    r"\((?P<target>(?:#|https?://|mailto:)(?:\\.|[^\\) \t\u3000])+)\)"
)
MAYBE_INLINE = re.compile(r"[\\*^~\[]")

COMMENT = "%%"
FENCE = ":::"
BREAK = re.compile(r"-{3,}")
BAR = re.compile(r"(?<!\\)((?:\\\\)*)\|")  # between two cells
RULE = re.compile(r"\|?(?:\s*:?-{3,}:?\s*\|?)+")  # under the head of a table
# Where git begins one of two versions that did not go together, and ends the other; a line of
# ======= by itself may be a rule somebody typed.
PARTED = re.compile(r"(?:<{7}|>{7})(?: |$)")
HEADING = re.compile(r"(#{1,6})[ \t\u3000]+(?=[^ \t\u3000])")
# A line of a quotation; >500米 is text.
QUOTE, QUOTED = ">", re.compile(r"^>(?=[ \t\u3000]|$)", re.MULTILINE)
NOTE = re.compile(r"\[\^((?:\\.|[^\\\] \t\u3000])+)\][:：]")
EMPTY_HEADING = re.compile(r"#{1,6}")
ENTRY = re.compile(r"【(?!(?:\\?[ \t\u3000])*】)((?:\\.|[^\\】])+)】")
EMPTY_ENTRY = re.compile(r"【(?:\\?[ \t\u3000])*】")
TITLE_NOTE = re.compile(r"\\.|\[\^((?:\\.|[^\\\] \t\u3000])+)\]")
# The notes on a table, in its last rows: 注：…, *为初步数; and a point of one in a row of its own,
# 2.2025年为初步数, but no 2.5. In a table of several columns * and ① begin one by themselves.
REMARK = re.compile(
    r"([注说资数来备][^：:]{0,6}[：:]|[*＊※△▲#＃]{1,3}(?=\s*号?(?:为|表示|指|系|是)|.*。$)).+",
    re.DOTALL,
)
REMARK_SIGN = re.compile(r"[*＊]{1,3}|[①-⑳]")
POINT = re.compile(
    r"\d{1,2}[.．、](?:(?!\d)|(?=\d{4}(?:[—–～至、-]+\d{4})*年))|[①-⑳]|[（(]\d{1,2}[）)]"
)
LEFTOVER = re.compile(r"(?:待补|待核|存疑)")
# （此件公开发布）, （以上排名不分先后） and the like are text.
_SAID = (
    "此件|本件|以[上下]|上述|[本下]表|表[中内]|注[：:]|说明|排名|详见|参见|见[表图附第]|未完|全文"
)
SIGNATURE = re.compile(rf"（((?!{_SAID})(?:[^（）。]|（[^（）。]*）)+)）")
DIRECTIVE = re.compile(r":::(\w+)\{(.*)\}")
PLACED = re.compile(r":::[ \t]*(?P<form>right|center)")  # the lines below stand so
ATTRIBUTE = re.compile(r'\s*(?:#([^\s"}]+)|(\w+)="((?:\\.|[^"\\])*)")')


def unescaped(text: str) -> str:
    return ESCAPED.sub(r"\1", text) if "\\" in text else text


def trimmed(raw: str) -> str:
    """`raw` without its outer blanks, but with a closing blank that a backslash holds."""
    text = raw.strip("\r" + BLANKS)
    if not text.endswith("\\"):
        return text
    slashes = len(text) - len(text.rstrip("\\"))
    after = raw.find(text) + len(text)
    held = raw[after : after + 1].rstrip("\r")
    return text + held if slashes % 2 and text else text
