"""Pinyin as people write it: `pan1 yu2`, `pan yu` or `pān yú`."""

from __future__ import annotations

import re
import unicodedata

MARKS = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
_SYLLABLE = re.compile(
    "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:a|ai|an|ang|ao|e|ei|en|eng|er|i|ia|ian|iang|iao|ie|in|ing|iong|iu|o|ong|ou|"
    "u|ua|uai|uan|uang|ue|ui|un|uo|v|ve)[1-5]?"
)


def syllables(text: str) -> tuple[str, ...] | None:
    """Lower-case syllables with ü as v and the tone, where there is one, as a last digit 1-5.

    None when one of them is no syllable of 汉语拼音方案.
    """
    found = tuple(_normal(word) for word in text.replace("'", " ").replace("’", " ").split())
    return found if found and all(map(_SYLLABLE.fullmatch, found)) else None


def _normal(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.lower().replace("u:", "v"))
    tone = "".join(MARKS.get(sign, "") for sign in letters)
    plain = "".join(sign for sign in letters if sign not in MARKS).replace("u\u0308", "v")
    return plain + tone
