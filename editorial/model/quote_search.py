"""Words a reader quotes, looked for in the text: spaces, widths, quotation marks and what the
markup adds do not count, and a slip of the reader's pen does not hide the place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from unicodedata import normalize

from rapidfuzz import fuzz

from editorial.model.anchor import Spot
from editorial.model.marks import QUOTED
from editorial.values import dataclass

SHORTEST = 2  # fewer characters quoted are everywhere
LEAST = 82.0  # how alike a passage must be that is quoted with slips, of 100
SEED = 5
APART = 400  # characters an ellipsis may stand for
MOST = 12
_MARKUP = re.compile(
    r"\]\(#?[^)\n]*\)|\[\^[^\]\n]*\]|:::[a-z]*|\{#[^ }\n]*|(?:title|unit|src)=|" + QUOTED.pattern,
    re.MULTILINE,
)
_ELLIPSIS = re.compile(r"…+|\.{3,}|。{3,}|⋯+|～{2,}|-{4,}")
_DROPPED = frozenset("*^~\\[]{}\"“”„‟'‘’「」『』`　")
_ALIKE = str.maketrans({"—": "-", "–": "-", "―": "-", "－": "-", "〔": "(", "〕": ")", "·": "・"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """`exact`: the words stand there as quoted, but for widths and marks."""

    spot: Spot
    exact: bool


class Folded:
    """The text of many sections as it compares, with the way back to each raw character."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        self.names = tuple(texts)
        pieces = [_folded(text) for text in texts.values()]
        self.starts = tuple(accumulate((len(words) + 1 for words, _ in pieces), initial=0))
        self.text = "\n".join(words for words, _ in pieces)
        self.maps = [places for _, places in pieces]

    def extent(self, section: str) -> tuple[int, int]:
        """[start, stop) of a section in `text`."""
        at = self.names.index(section)
        return self.starts[at], self.starts[at + 1] - 1

    def spot(self, start: int, stop: int) -> Spot:
        """What [start, stop) is in the raw text of its section."""
        at = min(bisect_right(self.starts, start) - 1, len(self.names) - 1)
        places = self.maps[at]
        first = places[min(start - self.starts[at], len(places) - 1)]
        last = places[min(stop - 1 - self.starts[at], len(places) - 1)]
        return Spot(self.names[at], first, last + 1)

    def place(self, section: str, raw: int) -> int:
        """Where a raw character of a section stands in `text`."""
        at = self.names.index(section)
        return self.starts[at] + _before(self.maps[at], raw)


def _before(places: Sequence[int], raw: int) -> int:
    low, high = 0, len(places)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if places[middle] < raw else (low, middle)
    return low


def _folded(text: str) -> tuple[str, list[int]]:
    """The characters that count, each with its place in `text`."""
    words: list[str] = []
    places: list[int] = []
    start = 0
    for first, stop in (*(found.span() for found in _MARKUP.finditer(text)), (len(text), 0)):
        plain = [*map(_plain, text[start:first])]
        words += plain
        places += [at for at, each in enumerate(plain, start) for _ in each]
        start = stop
    return "".join(words), places


@lru_cache(maxsize=1 << 14)
def _plain(char: str) -> str:
    if char in _DROPPED or char.isspace():
        return ""
    return normalize("NFKC", char).casefold().translate(_ALIKE).replace(" ", "")


def folded(words: str) -> str:
    """Quoted words as they compare."""
    return "".join(map(_plain, words))


def quoted(words: str) -> str:
    """What was quoted without the marks round it."""
    return words.strip().strip('“”"「」『』…⋯.。，,；;：: 　')


def passages(
    text: Folded, quote: str, within: Sequence[tuple[int, int]] = ()
) -> tuple[Passage, ...]:
    """Where the quoted words stand, in `within` only where that is given (extents of
    `text.text`): every exact place, or, when there is none, the likeliest one."""
    words = quoted(quote)
    parts = [folded(each) for each in _ELLIPSIS.split(words)]
    parts = [each for each in parts if each]
    if sum(map(len, parts)) < SHORTEST:
        return ()
    extents = within or ((0, len(text.text)),)
    found = [p for extent in extents for p in _exactly(text, parts, *extent)][: MOST + 1]
    if found:
        return tuple(Passage(spot=text.spot(*place), exact=True) for place in dict.fromkeys(found))
    near = _nearly(text, "".join(parts), extents)
    return (Passage(spot=text.spot(*near), exact=False),) if near else ()


def _exactly(
    text: Folded, parts: Sequence[str], start: int, stop: int
) -> Iterator[tuple[int, int]]:
    """Places where the first part stands and the others follow it not far off."""
    at = text.text.find(parts[0], start, stop)
    while at >= 0:
        end = at + len(parts[0])
        for part in parts[1:]:
            further = text.text.find(part, end, min(stop, end + APART))
            end = further + len(part) if further >= 0 else -1
            if end < 0:
                break
        if end >= 0:
            yield at, end
        at = text.text.find(parts[0], at + 1, stop)


def _nearly(text: Folded, words: str, extents: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """The passage most like the words, when it is clearly the one that is meant."""
    if len(words) < 2 * SEED:
        return None
    best: tuple[float, int, int] = (LEAST, 0, 0)
    for low, high in _windows(text, words, extents):
        found = fuzz.partial_ratio_alignment(words, text.text[low:high], score_cutoff=best[0])
        if found and found.score > best[0]:
            best = (found.score, low + found.dest_start, low + found.dest_end)
    return best[1:] if best[2] else None


def _windows(
    text: Folded, words: str, extents: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Round the places where some of the words stand as they are."""
    seen: set[int] = set()
    for at in range(0, len(words) - SEED + 1, SEED):
        for start, stop in extents:
            place = text.text.find(words[at : at + SEED], start, stop)
            tries = 0
            while place >= 0 and tries < MOST:
                low = max(start, place - at - SEED)
                if low // len(words) not in seen:
                    seen.add(low // len(words))
                    yield low, min(stop, low + len(words) + 3 * SEED)
                place, tries = text.text.find(words[at : at + SEED], place + 1, stop), tries + 1
