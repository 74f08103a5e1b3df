"""Text made ready to be broken into lines: faces chosen, widths and rules looked up.

Everything is in thousandths of an em of the paragraph's own size. The passes over all
characters run in C (`translate`, `map`, `accumulate`); Python sees only the odd ones.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import add
from typing import Literal

from editorial.render.pdf.case import TypeCase
from editorial.render.pdf.classes import (
    EM,
    GAPS,
    HALF,
    IS_BARRED,
    IS_FIXED,
    RULE_OF,
    SHRINKS,
    WESTERN,
    kinds_in,
)
from editorial.render.pdf.face import TWO_EM_DASH, Face

SHIFT_SCALE = 0.6
RISES = {"": 0.0, "sup": 0.36, "sub": -0.12}
TIMES = 700
# Breaking an address elsewhere than at its marks is the last but one resort.
LETTER_TOLL = 120.0
# 5～10 stays together, and a line starts with a character rather than ——, where that is cheap.
RANGE_TOLL, DASH_TOLL = 60.0, 30.0

INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
SPACES = re.compile(r"[ \t\r\n]+")
HAN = "\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff，。、；：？！）》”’（《“‘％"
# The gap between Han and Latin is ours to make, a typed one is not added to it.
TYPED_GAP = re.compile(f"(?<=[{HAN}]) (?=[!-~])|(?<=[!-~]) (?=[{HAN}])")
ADDRESS = re.compile(r"[!-~]{13,}")
ADDRESS_BREAK = re.compile(r"(?<=[?&=_.\-])(?=[A-Za-z0-9])")
LETTER_BREAK = re.compile(r"(?<=[A-Za-z0-9])(?=[A-Za-z0-9])")
QUANTITY = re.compile(r"(?<=[0-9]) (?=[A-Za-zμΩ°]{1,4}[0-9²³]?(?![A-Za-z]))")
APOSTROPHE = re.compile("(?<=[A-Za-z])’(?=[A-Za-z])")
PADDED = re.compile("[mdvOCj]")
RANGE = re.compile("(?<=nk)(?=n)")
DASH = re.compile("(?<=[^de])(?=[de])")


@dataclass(frozen=True, slots=True)
class Piece:
    """Inline text of one look. `role` "" = the paragraph's face; `link` "https://…" or
    "#anchor"; `color` "rrggbb", "" = the paragraph's."""

    text: str
    role: str = ""
    shift: Literal["", "sup", "sub"] = ""
    link: str = ""
    color: str = ""


@dataclass(frozen=True, slots=True)
class Strip:
    """Characters [start, stop) from one face in one look. `typed`: what a geta stands for."""

    start: int
    stop: int
    face: Face
    piece: Piece
    number: int
    typed: str = ""

    @property
    def scale(self) -> float:
        return SHIFT_SCALE if self.piece.shift else 1.0


@dataclass(frozen=True, slots=True)
class Matter:
    """A paragraph before breaking. At index i stands what is between characters i-1 and i:
    `rules` (numbers into RULES), `gaps`; `barred` forbids a break there, `tolls` tax it.
    `reach[i]` is the length of the i first characters with the gaps before them;
    `give` and `fixed` add up shrink and unopenable boundaries up to and with i."""

    text: str
    kinds: str
    strips: tuple[Strip, ...]
    widths: list[float]
    rules: bytes
    gaps: list[float]
    barred: bytearray
    tolls: dict[int, float]
    reach: array[float]
    give: array[int]
    fixed: array[int]


def prepare(case: TypeCase, pieces: Sequence[Piece], role: str, *, flush: bool) -> Matter:
    """`flush` drops spaces typed to indent the first line."""
    strips = tuple(_strips(case, _tidy(pieces, flush), role))
    text = "".join(strip_text for _, strip_text in strips)
    laid = tuple(strip for strip, _ in strips)
    kinds = _kinds(laid, text)
    widths = _widths(laid, text)
    rules = bytes([0, *map(RULE_OF.__getitem__, map(add, kinds, kinds[1:]))][: len(text)])
    gaps: list[float] = list(map(GAPS.__getitem__, rules))
    _pad(text, kinds, widths, gaps)
    barred = bytearray(rules.translate(IS_BARRED))
    return Matter(
        text=text,
        kinds=kinds,
        strips=laid,
        widths=widths,
        rules=rules,
        gaps=gaps,
        barred=barred,
        tolls=_exceptions(text, kinds, barred),
        reach=array("d", accumulate(map(add, widths, gaps), initial=0.0)),
        give=array("i", accumulate(map(SHRINKS.__getitem__, rules))),
        fixed=array("i", accumulate(rules.translate(IS_FIXED))),
    )


def _tidy(pieces: Sequence[Piece], flush: bool) -> list[tuple[int, Piece, str]]:
    """Number, piece and cleaned text of the pieces that have any."""
    texts = [_clean(piece.text) for piece in pieces]
    if texts:
        texts[0] = texts[0].lstrip(" \u3000" if flush else " ")
        texts[-1] = texts[-1].rstrip(" \u3000")
    numbered = enumerate(zip(pieces, texts, strict=True))
    return [(number, piece, text) for number, (piece, text) in numbered if text]


def _clean(text: str) -> str:
    if not text.isprintable() or INVISIBLE.search(text):
        text = INVISIBLE.sub("", SPACES.sub(" ", text))
    if " " in text:
        text = TYPED_GAP.sub("", SPACES.sub(" ", text))
    return text


def _strips(
    case: TypeCase, pieces: Sequence[tuple[int, Piece, str]], role: str
) -> Iterator[tuple[Strip, str]]:
    at = 0
    for number, piece, text in pieces:
        name = piece.role or role
        if "——" in text and case.face(name).has(TWO_EM_DASH):
            text = text.replace("——", TWO_EM_DASH)
        for sorts in case.sorts(name, text):
            stop = at + len(sorts.text)
            yield Strip(at, stop, sorts.face, piece, number, sorts.typed), sorts.text
            at = stop


def _kinds(strips: Sequence[Strip], text: str) -> str:
    if len(strips) == 1 and not strips[0].piece.shift:
        kinds = text.translate(kinds_in(strips[0].face))
    else:
        kinds = ""
        for strip in strips:
            kinds += _strip_kinds(strip, text, kinds[-1:])
    if "kk" in kinds:
        kinds = kinds.replace("kk", "dd")
    if "’" in text:
        for apostrophe in APOSTROPHE.finditer(text):
            at = apostrophe.start()
            kinds = f"{kinds[:at]}j{kinds[at + 1 :]}"
    return kinds


def _strip_kinds(strip: Strip, text: str, before: str) -> str:
    if strip.piece.shift == "":
        return text[strip.start : strip.stop].translate(kinds_in(strip.face))
    # km² and CO₂ are words; a raised mark after Han or a stop is a note.
    word = strip.piece.shift == "sub" or (before and before in WESTERN)
    return ("a" if word else "r") * (strip.stop - strip.start)


def _widths(strips: Sequence[Strip], text: str) -> list[float]:
    widths: list[float] = []
    for strip in strips:
        own = map(strip.face.widths.__getitem__, text[strip.start : strip.stop])
        widths += own if strip.scale == 1 else [strip.scale * width for width in own]
    return widths


def _pad(text: str, kinds: str, widths: list[float], gaps: list[float]) -> None:
    """Bring · to half an em, ⸺ to two, narrow quotes to half, ∶ close to its figures."""
    for match in PADDED.finditer(kinds):
        at, kind = match.start(), match[0]
        if kind == "v" and kinds[max(at - 1, 0) : at + 2].strip("nv"):
            continue
        before, after = _padding(kind, text[at], widths[at])
        gaps[at] += before
        if at + 1 < len(gaps):
            gaps[at + 1] += after


def _padding(kind: str, char: str, width: float) -> tuple[float, float]:
    """What to add before and after a character of a padded class."""
    match kind:
        case "O":
            return max(0.0, HALF - width), 0.0
        case "C":
            return 0.0, max(0.0, HALF - width)
        case "j":
            return 0.0, min(0.0, HALF / 2 - width)
        case "m":
            wanted = float(HALF)
        case "d":
            wanted = max(width, 2.0 * EM) if width > EM else width
        case _:
            wanted = min(width, HALF if char == "∶" else TIMES)
    return (wanted - width) / 2, (wanted - width) / 2


def _exceptions(text: str, kinds: str, barred: bytearray) -> dict[int, float]:
    """Open long addresses to breaks and close `10 km`; what the less welcome breaks cost."""
    tolls = _address_tolls(text)
    for at in tolls:
        barred[at] = 0
    if " " in text:
        for space in QUANTITY.finditer(text):
            barred[space.end()] = 1
    tolls |= {at.start(): RANGE_TOLL for at in RANGE.finditer(kinds)}
    tolls |= {at.start(): DASH_TOLL for at in DASH.finditer(kinds)}
    return tolls


def _address_tolls(text: str) -> dict[int, float]:
    tolls: dict[int, float] = {}
    for address in ADDRESS.finditer(text):
        low, high = address.start() + 3, address.end() - 2
        for point in LETTER_BREAK.finditer(text, low, high):
            tolls[point.start()] = LETTER_TOLL
        for point in ADDRESS_BREAK.finditer(text, low, high):
            tolls[point.start()] = 0.0
    return tolls
