"""Numerals editors write before chapters, items and pages: 二十一, 廿一; and iv, on pages."""

from __future__ import annotations

_DIGITS = {char: at for at, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"廿": 20, "卅": 30}

_ROMAN = dict(
    zip(
        ("c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        (100, 90, 50, 40, 10, 9, 5, 4, 1),
        strict=True,
    )
)


def number_of(text: str) -> int:
    """21, 二十一, 廿一, 二一, 一百零三 as a number; 0 for anything else."""
    if text.isdecimal():
        return int(text)
    if text and all(char in _DIGITS for char in text):  # figure by figure: 二〇
        return int("".join(str(_DIGITS[char]) for char in text))
    total = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        elif char in _TENS:
            total += _TENS[char]
        else:
            return 0
    return total + digit


def roman(number: int) -> str:
    """4 as iv; "" for nought."""
    out = ""
    for sign, value in _ROMAN.items():
        out += sign * (number // value)
        number %= value
    return out


def folio(page: int, front: int) -> str:
    """The number page `page` of a book shows, counted from its cover, when the `front` ones
    before the text are numbered by themselves."""
    return str(page - front) if page > front else roman(page)
