"""差错类别 of a correction: as told, or judged by its words and its sign."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import replace

from editorial.model.error_rate import ErrorFound
from editorial.model.error_scheme import ErrorScheme, class_named
from editorial.model.labels import Cause
from editorial.model.proof_signs import Sign, find_sign
from editorial.model.proofs import Correction

FEW = 2  # wrong characters side by side; more are a matter of wording
_HAN_NUMBER = re.compile("[〇零一二三四五六七八九十百千万亿两]+")
_NUMBER = re.compile(r"[\d,.]+%?|[IVX]+|[Ⅰ-Ⅻ]+")
_LETTERS = re.compile(r"[A-Za-z\u00C0-\u024F' -]+")
_BY_SIGN = {
    Sign.UPRIGHT: "char",
    Sign.PICTURE: "figure_place",
    Sign.SCRIPT: "unit_symbol",
    Sign.EXPLAIN: "",
    Sign.KEEP: "",
}


def error_of(correction: Correction, scheme: ErrorScheme) -> tuple[ErrorFound | None, bool]:
    """The error a correction mends, and whether its class was judged, not told. None: it is no
    error, a new wish for one, or the scheme has no such class."""
    told = class_named(scheme, correction.fault) if correction.fault else None
    if told is None and correction.cause is Cause.ALTERATION:
        return None, False
    kind, count, chars = judged(correction)
    if told is not None:
        own = _told(correction, told.id)
        return ErrorFound(kind=told.id, page=correction.page, text=_words(correction), **own), False
    if not any(each.id == kind for each in scheme.classes):
        return None, True
    found = ErrorFound(kind=kind, page=correction.page, text=_words(correction))
    return replace(found, count=count, chars=chars), True


def _told(correction: Correction, kind: str) -> dict[str, int]:
    """Only wrong characters are counted one by one; all else is one error a place."""
    old, new = core(correction.old, correction.new)
    wrong = len(old) if kind == "char" and len(old) == len(new) else 1
    return {"count": max(1, wrong), "chars": max(1, abs(len(new) - len(old)))}


def _words(correction: Correction) -> str:
    old, new = core(correction.old, correction.new)
    return f"{old}>{new}" if old or new else ""


def core(old: str, new: str) -> tuple[str, str]:
    """Without what both begin and end with."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    old, new = old[start:], new[start:]
    stop = 0
    while stop < min(len(old), len(new)) and old[-1 - stop] == new[-1 - stop]:
        stop += 1
    return old[: len(old) - stop], new[: len(new) - stop]


def judged(correction: Correction) -> tuple[str, int, int]:
    """(class, errors at this place, characters too many or missing) by the words alone."""
    if correction.old == correction.new:
        sign = find_sign(correction.mark)
        return (_BY_SIGN.get(sign, "layout") if sign else ""), 1, 1
    old, new = core(correction.old, correction.new)
    plain = "".join((old + new).split())
    if not plain:
        return "layout", 1, 1
    if all(unicodedata.category(char)[0] in "PS" for char in plain):
        return "punct", 1, 1
    if _numbers(old, new):
        return _number_class(old, new), 1, 1
    if _LETTERS.fullmatch(old + new):
        return ("letter_form" if old.casefold() == new.casefold() else "foreign"), 1, 1
    return _characters(old, new)


def _numbers(old: str, new: str) -> bool:
    """Both numbers, one at least not in Han characters."""
    sides = [side for side in (old, new) if side]
    plain = [bool(_NUMBER.fullmatch(side)) for side in sides]
    return any(plain) and all(
        own or _HAN_NUMBER.fullmatch(side) for own, side in zip(plain, sides, strict=True)
    )


def _number_class(old: str, new: str) -> str:
    """2018 for 二〇一八 is how it is written, not what is said."""
    mixed = bool(_HAN_NUMBER.fullmatch(old)) != bool(_HAN_NUMBER.fullmatch(new))
    return "numeral" if old and new and mixed else "number"


def _characters(old: str, new: str) -> tuple[str, int, int]:
    if not old or not new:
        many = len(old or new)
        return ("char" if many == 1 else "run"), 1, many
    if Counter(old) == Counter(new):
        return "char", 1, 1
    if len(old) == len(new) <= FEW:
        return "char", sum(a != b for a, b in zip(old, new, strict=True)), 1
    if max(len(old), len(new)) <= FEW:
        return "char", 1, 1
    return "knowledge", 1, 1
