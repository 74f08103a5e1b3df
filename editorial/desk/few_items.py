"""A letter of few short items: all of it in the text, 一、二、三、, without a 清单."""

from __future__ import annotations

from collections.abc import Mapping

from editorial.model.letters import Letter, LetterItem
from editorial.model.style import LetterStyle

MOST_WORDS = 80  # characters of one item; more are read better in the list
ORDER = "一二三四五六七八九十"


def few(letter: Letter, style: LetterStyle) -> bool:
    """Whether the text has room for all items: few, short, and nobody asked for the list."""
    most = min(style.in_body, len(ORDER))
    short = all(len("".join(_parts(item))) <= MOST_WORDS for item in letter.items)
    return bool(style.brief) and not letter.listed and 0 < len(letter.items) <= most and short


def wording_of(letter: Letter, style: LetterStyle) -> str:
    return style.brief if few(letter, style) else style.wording


def written_out(letter: Letter, places: Mapping[str, str]) -> list[tuple[int, str]]:
    """(level, text) of each item with all that the list would say of it; one alone has no
    number. `places` names the sections."""
    if len(letter.items) == 1:
        (item,) = letter.items
        return [(0, f"{places[item.section]}{_where(item)}：{_asked(item)}")]
    return [
        (1, f"{number}、{places[item.section]}{_where(item)}。{_asked(item)}")
        for number, item in zip(ORDER, letter.items, strict=False)
    ]


def _where(item: LetterItem) -> str:
    return f"（{item.place}）" if item.place else ""


def _asked(item: LetterItem) -> str:
    original = f"原文为“{item.original}”" if item.original else ""
    said = "，".join(part for part in (original, _plain(item.basis)) if part)
    limits = (
        f"{label}：{_plain(text)}"
        for label, text in (("口径", item.scope), ("形式", item.form), ("备注", item.remark))
        if text
    )
    more = "；".join(limits)
    ends = (said, _plain(item.request) + (f"（{more}）" if more else ""))
    return "".join(f"{part}。" for part in ends if part)


def _plain(text: str) -> str:
    return text.strip().rstrip("。；")


def _parts(item: LetterItem) -> tuple[str, ...]:
    return (item.place, item.original, item.basis, item.request, item.scope, item.form, item.remark)
