"""Titles → keys that sort as 音序 does: by syllable, tone, strokes, character after character.

GB/T 13418-1992 (文字条目通用排序规则): marks do not count; figures stand before letters,
letters before characters. Readings of words win over those of single characters, the longest
first. The tables in `han` are explained in its README; nothing is loaded until a key is wanted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from editorial.model.pinyin import syllables
from editorial.values import dataclass

TABLES = Path(__file__).with_name("han")
FIGURE, LETTER, HAN, UNREAD = "0123"
MANY_STROKES = 99
_NAME = re.compile(r"\s*\w{2,4}\s*|\s*\w\s+\w\s*")
_CHARACTERS = "〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """How characters and words are read. An empty reading of a word means: each character
    as it stands alone (the word only keeps its neighbours from taking part of it).

    `lengths`: the first two characters of words → how long these are, the longest first.
    """

    characters: Mapping[str, str]
    words: Mapping[str, str]
    lengths: Mapping[str, tuple[int, ...]]
    surnames: Mapping[str, str]


def lexicon(readings: Mapping[str, str]) -> Lexicon:
    """The built-in tables with the office's own readings over them."""
    tables = _tables()
    own = {word: _toned(word, text) for word, text in readings.items()}
    return _over(tables, own) if own else tables


def _over(tables: Lexicon, own: Mapping[str, str]) -> Lexicon:
    words = {word: read for word, read in own.items() if len(word) > 1}
    surnames = {word: read for word, read in own.items() if word in tables.surnames}
    return Lexicon(
        characters={**tables.characters, **{w: r for w, r in own.items() if len(w) == 1}},
        words={**tables.words, **words},
        lengths={**tables.lengths, **_lengths(words, tables.lengths)},
        surnames={**tables.surnames, **surnames},
    )


def sort_key(title: str, words: Lexicon, *, name: bool = False) -> str:
    """Begins with the class of the first sign (FIGURE to UNREAD), then its letters.

    `name`: the title may be a person's, whose surname has a reading of its own.
    """
    text = unicodedata.normalize("NFKC", title)
    if name and _NAME.fullmatch(text):
        text = "".join(text.split())
    else:
        name = False
    weights: list[str] = []
    for figures, han, letters in _tokens().findall(text):
        if figures:
            value = figures.lstrip("0")
            weights.append(f"{FIGURE}{len(value):08}{value}")
        elif han:
            weights += map(_weight, han, _read(han, words, name=name))
        else:
            weights.append(f"{LETTER}{letters.casefold()} ")
    return "".join(weights) or UNREAD


@cache
def _tokens() -> re.Pattern[str]:
    """Figures, Han, other letters; compiled late, for so many characters take long."""
    return re.compile(rf"([0-9]+)|([{_CHARACTERS}]+)|([^\W\d_{_CHARACTERS}]+)")


@cache
def _weight(char: str, syllable: str) -> str:
    """ü sorts just after u: lu, lü, luan (现代汉语词典)."""
    strokes = _strokes().get(char, MANY_STROKES)
    if not syllable:
        return f"{UNREAD}{strokes:02}{char}"
    letters, tone = syllable[:-1], syllable[-1]
    return f"{HAN}{letters.replace('v', 'u'):6}{'v' in letters:d}{tone}{strokes:02}{char}"


def _read(run: str, words: Lexicon, *, name: bool) -> list[str]:
    """A syllable for each character; a surname first, if it may be a person's name."""
    surname = next((run[:n] for n in (2, 1) if run[:n] in words.surnames), "") if name else ""
    if run in words.words or len(surname) == len(run):
        surname = ""
    first = words.surnames[surname].split() if surname else []
    return first + _read_words(run[len(surname) :], words)


def _read_words(run: str, words: Lexicon) -> list[str]:
    """The longest word first, from left to right."""
    table, lengths, characters = words.words, words.lengths, words.characters
    read: list[str] = []
    at, end = 0, len(run)
    while at < end:
        for length in lengths.get(run[at : at + 2], ()):
            word = run[at : at + length]
            if word in table:
                read += table[word].split() or [characters[char] for char in word]
                at += length
                break
        else:
            read.append(characters.get(run[at], ""))
            at += 1
    return read


def _toned(word: str, text: str) -> str:
    """The reading with every tone: one left out is that of the character so read."""
    read = syllables(text) or ()
    return " ".join(
        syllable if syllable[-1].isdigit() else _with_tone(char, syllable)
        for char, syllable in zip(word, read, strict=True)
    )


def _with_tone(char: str, syllable: str) -> str:
    usual = _tables().characters.get(char, "")
    if usual[:-1] == syllable:
        return usual
    for line in _lines("readings.txt"):
        sound, *chars = line.split(" ")
        if sound[:-1] == syllable and char in chars[-1]:
            return sound
    return f"{syllable}0"


@cache
def _tables() -> Lexicon:
    characters: dict[str, str] = {}
    for line in _lines("readings.txt"):
        sound, usual, _ = line.split(" ")
        characters |= dict.fromkeys(usual, sound)
    own = _pairs("words.txt")
    characters |= {word: read for word, read in own.items() if len(word) == 1}
    words = dict.fromkeys(_lines("words_plain.txt"), "")
    words |= _pairs("words_read.txt") | {w: read for w, read in own.items() if len(w) > 1}
    return Lexicon(
        characters=characters,
        words=words,
        lengths=_lengths(words, {}),
        surnames=_pairs("surnames.txt"),
    )


def _lengths(
    words: Iterable[str], known: Mapping[str, tuple[int, ...]]
) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for word in words:
        head, length = word[:2], len(word)
        lengths = found.get(head) or known.get(head, ())
        if length not in lengths:
            found[head] = tuple(sorted((*lengths, length), reverse=True))
    return found


@cache
def _strokes() -> dict[str, int]:
    strokes: dict[str, int] = {}
    for line in _lines("strokes.txt"):
        count, chars = line.split(" ")
        strokes |= dict.fromkeys(chars, int(count))
    return strokes


def _pairs(name: str) -> dict[str, str]:
    return dict(line.split(" ", 1) for line in _lines(name))


def _lines(name: str) -> list[str]:
    text = (TABLES / name).read_text("utf-8")
    return [line for line in text.splitlines() if line and line[0] != "#"]
