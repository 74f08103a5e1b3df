"""terms.yaml: the office's own words for one volume."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from editorial.model.pinyin import syllables
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """`names`: full name → settled short form; `readings`: word → pinyin, a syllable a
    character, for sorting; `exempt`: findings not to be told again."""

    names: dict[str, str] = field(default_factory=dict)
    readings: dict[str, str] = field(default_factory=dict)
    exempt: tuple[dict[str, str], ...] = ()


def misread(readings: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The words whose reading cannot be used, each with the reason."""
    for word, text in readings.items():
        read = syllables(text)
        if not word or not all(_is_han(char) for char in word):
            yield word, f"“{word}”里只能有汉字"
        elif read is None:
            yield word, f"“{text}”不是汉语拼音，应像 pan1 yu2 或 pan yu，音节之间空一格"
        elif len(read) != len(word):
            yield word, f"“{word}”{len(word)}个字，拼音有{len(read)}个音节，应一字一个音节"


def _is_han(char: str) -> bool:
    return char == "〇" or "\u3400" <= char <= "\u9fff" or char >= "\U00020000"
