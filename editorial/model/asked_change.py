"""What an opinion asks to be changed, where it says so in so many words: “甲”应为“乙”, 删去“甲”."""

from __future__ import annotations

import re

from editorial.values import dataclass

_OPEN, _SHUT = '[“"「『]', '[”"」』]'
_IN = r"([^”\"」』\n]{1,120})"
_TO = r"(?:应|宜|可|建议|拟|请)?(?:该|当)?(?:改|更正|修改|订正|调整|替换|写)?(?:作|为|成)"
_PATTERNS = (
    re.compile(rf"{_OPEN}{_IN}{_SHUT}[^“”\n，。；]{{0,6}}?{_TO}[：:]?\s*{_OPEN}{_IN}{_SHUT}"),
    re.compile(rf"(?:将|把)\s*{_OPEN}{_IN}{_SHUT}\s*[^“”\n]{{0,6}}?{_TO}\s*{_OPEN}{_IN}{_SHUT}"),
)
_DELETED = re.compile(
    rf"(?:删除|删去|删掉|去掉)\s*{_OPEN}{_IN}{_SHUT}|{_OPEN}{_IN}{_SHUT}\s*(?:\S{{1,2}})?(?:应|宜|可|建议)?(?:删除|删去|删掉|去掉|删)"
)
_ADDED = re.compile(
    rf"{_OPEN}{_IN}{_SHUT}\s*之?(前|后)(?:面)?\s*(?:应|宜|可|建议)?(?:增加|加上|补充|补|加|增)\s*{_OPEN}{_IN}{_SHUT}"
)
_WHOLE = re.compile(
    rf"^(?:建议|应|宜|请|可)?(?:该|当)?(?:改|更正|修改|订正|调整)(?:作|为|成)[：:]?\s*(?:{_OPEN}{_IN}{_SHUT}|([^\n，。；“”]{{1,80}}))[。.]?$"
)
_WHY = re.compile(r"(?:[（(][^（）()]*[）)][。.]?)+$")  # a reason in brackets at the end


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedChange:
    """`old` is empty when the whole of what was quoted is meant."""

    old: str
    new: str


def asked_change(text: str) -> AskedChange | None:
    """The change, None when it is not told or more than one is."""
    found = {
        *(AskedChange(old=m[1], new=m[2]) for each in _PATTERNS for m in each.finditer(text)),
        *(AskedChange(old=m[1] or m[2], new="") for m in _DELETED.finditer(text)),
        *(_added(m) for m in _ADDED.finditer(text)),
    }
    whole = _WHOLE.match(_WHY.sub("", text.strip()))
    if whole and not found:
        return AskedChange(old="", new=whole[1] or whole[2])
    return found.pop() if len(found) == 1 else None


def _added(match: re.Match[str]) -> AskedChange:
    new = match[1] + match[3] if match[2] == "后" else match[3] + match[1]
    return AskedChange(old=match[1], new=new)


def changed_words(quote: str, text: str) -> str | None:
    """The quoted words as the opinion wants them, None when that is not exactly told."""
    asked = asked_change(text)
    if asked is None:
        return None
    if not asked.old or asked.old == quote:
        return asked.new
    if quote.count(asked.old) == 1:
        return quote.replace(asked.old, asked.new)
    return None
