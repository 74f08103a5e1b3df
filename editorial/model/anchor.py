"""落点: words a reader spoke of, found again in a text that has changed since.

The text the reader had is known (its commit), so nothing is merely searched for: what stood
round the words is laid against the text of now, and whatever else of the old text has as good
a claim to the place found is heard too. Where two places have it, or two claims are equal, it
says so; where none has, the words are lost.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from statistics import median_low
from typing import NamedTuple, TypeAlias

from rapidfuzz.distance import Indel

from editorial.model.document import Span
from editorial.model.labels import Labelled
from editorial.model.reviews import Anchor
from editorial.values import dataclass

GRAM = 5  # characters that together are rare enough to vote for a place
COMMON = 60  # a gram met more often says nothing
MANY = 40  # words met more often are told apart by what stands round them alone
ROUND = 40  # characters looked at on either side
SLACK = 60  # by how much that may have grown
TOLD = 24  # characters of context an anchor keeps
SETTLED = 8  # a shorter line is no evidence of itself
KEPT = 0.5  # share of the words that must be left
FIT, AWAY = 0.42, 0.7  # the least that counts, and in a section where the words were not
CLAIM = 0.09  # claims nearer than this are equal
RIVAL = 0.3  # a second place nearer than this is told
WIDE = 200  # characters on either side that tell the neighbourhood
HOME = 0.4  # what the neighbourhood weighs beside the words
FIGURE, SIGN = 0.6, 0.2
SURE = 0.8  # share of the words a second place must have when the first has all
FEW = 8  # places looked into


class Standing(Labelled):
    """What became of the words an opinion speaks of."""

    FOUND = "found", "原处"
    MOVED = "moved", "已移到别处"
    CHANGED = "changed", "文字已改"
    SEVERAL = "several", "不止一处"
    LOST = "lost", "找不到"


class Spot(NamedTuple):
    """Half-open range of code points in the text of a section."""

    section: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """`spots` are likeliest first; none when the words are lost, one unless `several`."""

    standing: Standing
    spots: tuple[Spot, ...] = ()


class _Fit(NamedTuple):
    """How well a place answers: `kept` of the words, `base` with what stands round them, `score`
    with the wider neighbourhood."""

    score: float
    base: float
    kept: float
    start: int
    end: int
    whole: bool


Texts: TypeAlias = Mapping[str, str]
LOST = Located(standing=Standing.LOST)


def make_anchor(
    text: str, blocks: Sequence[Span], start: int, end: int, commit: str = ""
) -> Anchor:
    """The anchor of text[start:end]; `blocks` are the spans of the section's blocks."""
    before = text[max(0, start - TOLD) : start]
    return Anchor(
        commit=commit,
        block=block_at(blocks, start),
        quote=text[start:end],
        before=before.rpartition("\n")[2],
        after=text[end : end + TOLD].partition("\n")[0],
    )


def block_at(blocks: Sequence[Span], place: int) -> int:
    """The number, from 1, of the block that holds a place or is the last before it."""
    return max(1, sum(span.start <= place for span in blocks))


def place_then(anchor: Anchor, text: str, blocks: Sequence[Span]) -> tuple[int, int] | None:
    """Where the words stood in the text of the anchor's commit, None when they are not there."""
    whole = anchor.before + anchor.quote + anchor.after
    shift = len(anchor.before)
    places = list(_occurrences(text, whole)) if anchor.quote else []
    if not places:
        places, shift = (list(_occurrences(text, anchor.quote)) if anchor.quote else []), 0
    if not places:
        return None
    near = [place for place in places if block_at(blocks, place + shift) == anchor.block]
    start = (near or places)[0] + shift
    return start, start + len(anchor.quote)


def _occurrences(text: str, words: str, most: int = 1 << 30) -> Iterator[int]:
    at = text.find(words)
    while at >= 0 and most:
        yield at
        most -= 1
        at = text.find(words, at + 1)


class _Side:
    """All changed sections of one time as one text; grams only of lines that are not settled."""

    def __init__(self, texts: Texts, names: Sequence[str]) -> None:
        self.names = names
        self.starts = list(accumulate((len(texts[name]) + 1 for name in names), initial=0))
        self.base = dict(zip(names, self.starts, strict=False))
        self.text = "\n".join(texts[name] for name in names)
        self.lines = self.text.split("\n")
        self.offsets = list(accumulate((len(line) + 1 for line in self.lines), initial=0))
        self.counts = Counter(self.lines)
        self.line_at = {line: at for at, line in enumerate(self.lines)}
        self.settled: frozenset[str] = frozenset()
        self.grams: dict[str, list[int]] = defaultdict(list)

    def index(self, settled: frozenset[str]) -> None:
        self.settled = settled
        grams = self.grams
        for start, line in zip(self.offsets, self.lines, strict=False):
            if line not in settled:
                for at in range(len(line) - GRAM + 1):
                    grams[line[at : at + GRAM]].append(start + at)

    def line_of(self, place: int) -> int:
        return _last(self.offsets, place)

    def spot(self, start: int, end: int) -> Spot:
        at = min(_last(self.starts, start), len(self.names) - 1)
        base = self.starts[at]
        return Spot(self.names[at], start - base, end - base)

    def beside(self, at: int) -> tuple[str, str]:
        """The lines with text before and after a line."""
        before = next((x for x in reversed(self.lines[max(0, at - 4) : at]) if x.strip()), "")
        after = next((x for x in self.lines[at + 1 : at + 5] if x.strip()), "")
        return before, after


def _last(cuts: Sequence[int], place: int) -> int:
    low, high = 0, len(cuts)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if cuts[middle] <= place else (low, middle)
    return low


class Tracing:
    """The text of then laid against that of now: made once, asked for many anchors."""

    def __init__(self, old: Texts, new: Texts) -> None:
        self.same = frozenset(name for name, text in old.items() if new.get(name) == text)
        self.old = _Side(old, [name for name in old if name not in self.same])
        self.new = _Side(new, [name for name in new if name not in self.same])
        ours, theirs = self.old.counts, self.new.counts
        settled = frozenset(
            line
            for line, times in ours.items()
            if times == 1 and theirs.get(line) == 1 and len(line) >= SETTLED
        )
        self.old.index(settled)
        self.new.index(settled)


def locate(tracing: Tracing, section: str, start: int, end: int) -> Located:
    """Where old[section][start:end] is now."""
    if section in tracing.same:
        return Located(standing=Standing.FOUND, spots=(Spot(section, start, end),))
    if section not in tracing.old.base or end <= start:
        return LOST
    base = tracing.old.base[section]
    a, b = base + start, base + end
    settled = _settled(tracing, a, b)
    if settled and settled[1]:
        return _told(tracing, section, [settled[0]])
    fits = _claimed(tracing, a, b, settled[0] if settled else None)
    return _told(tracing, section, fits)


def _settled(tracing: Tracing, a: int, b: int) -> tuple[_Fit, bool] | None:
    """The place in a line both texts have once; whether its neighbours are the same too."""
    old, new = tracing.old, tracing.new
    at = old.line_of(a)
    line = old.lines[at]
    if line not in old.settled or b > old.offsets[at] + len(line):
        return None
    other = new.line_at[line]
    place = new.offsets[other] + a - old.offsets[at]
    fit = _Fit(1.0 + HOME, 1.0, 1.0, place, place + b - a, True)
    return fit, old.beside(at) == new.beside(other)


def _claimed(tracing: Tracing, a: int, b: int, sure: _Fit | None) -> list[_Fit]:
    """Places of now the words have a claim to, best first; those that answer better to another
    place of then are not among them."""
    fits = _fits(tracing.old, tracing.new, a, b)[:FEW]
    fits = [fit for fit in fits if not sure or fit.end <= sure.start or fit.start >= sure.end]
    kept = [sure] if sure else []
    for fit in fits:
        others = _fits(tracing.new, tracing.old, fit.start, fit.end)
        own = max((o.score for o in others if o.start < b and a < o.end), default=0.0)
        rival = max((o.score for o in others if not (o.start < b and a < o.end)), default=0.0)
        own = max(own, fit.score)
        if rival <= own + CLAIM:
            doubt = rival >= own - CLAIM
            kept.append(fit._replace(whole=False, kept=-fit.kept) if doubt else fit)
    return kept


def _told(tracing: Tracing, section: str, fits: Sequence[_Fit]) -> Located:
    fits = [
        fit for fit in fits if fit.base >= AWAY or tracing.new.spot(*fit[3:5]).section == section
    ]
    if not fits:
        return LOST
    best = fits[0]
    least = SURE if best.whole else 0.0
    rivals = [f for f in fits[1:] if f.base >= best.base - RIVAL and abs(f.kept) >= least]
    spots = tuple(tracing.new.spot(fit.start, fit.end) for fit in (best, *rivals))
    if rivals or best.kept < 0 or (best.whole and best.base < AWAY):
        return Located(standing=Standing.SEVERAL, spots=spots)
    if not best.whole:
        return Located(standing=Standing.CHANGED, spots=spots)
    moved = spots[0].section != section
    return Located(standing=Standing.MOVED if moved else Standing.FOUND, spots=spots)


def _fits(here: _Side, there: _Side, a: int, b: int) -> list[_Fit]:
    """Places there that the words [a, b) of here fit, best first, none over another."""
    words = here.text[a:b]
    places = list(_occurrences(there.text, words, MANY + 1))
    places = places if len(places) <= MANY else _at_this_section(here, there, a, words)
    found = [_exact(here, there, a, b, at) for at in places]
    found += [_loose(here, there, a, b, at) for at in _voted(here, there, a, b)]
    fits: list[_Fit] = []
    for fit in sorted(found, key=lambda each: (-each.score, -each.whole, each.start)):
        free = all(fit.end <= each.start or fit.start >= each.end for each in fits)
        if fit.kept >= KEPT and fit.score >= FIT and free and _open(there, fit, here, a):
            fits.append(fit)
    return _at_home(here, there, a, b, fits)


def _at_home(here: _Side, there: _Side, a: int, b: int, fits: list[_Fit]) -> list[_Fit]:
    """With what the wider neighbourhoods have in common added to the scores, best first."""
    own = _grams(here.text, a, b)
    homes = (len(own & _grams(there.text, fit.start, fit.end)) / max(1, len(own)) for fit in fits)
    told = [
        fit._replace(score=fit.score + HOME * home) for fit, home in zip(fits, homes, strict=True)
    ]
    return sorted(told, key=lambda each: (-each.score, -each.whole, each.start))


def _grams(text: str, a: int, b: int) -> set[str]:
    part = text[max(0, a - WIDE) : b + WIDE]
    return {part[at : at + 4] for at in range(len(part) - 3)}


def _open(there: _Side, fit: _Fit, here: _Side, a: int) -> bool:
    """A settled line belongs to its twin alone."""
    line = there.lines[there.line_of(fit.start)]
    return line not in there.settled or here.lines[here.line_of(a)] == line


def _at_this_section(here: _Side, there: _Side, a: int, words: str) -> list[int]:
    """Of words met too often, the places in the section that is still called the same."""
    name = here.names[min(_last(here.starts, a), len(here.names) - 1)]
    if name not in there.base:
        return []
    start = there.base[name]
    stop = there.starts[there.names.index(name) + 1]
    return [start + at for at in _occurrences(there.text[start:stop], words, MANY)]


def _voted(here: _Side, there: _Side, a: int, b: int) -> Iterator[int]:
    """Where the words would begin by what stands round them: the places most grams vote for."""
    low, high = max(0, a - ROUND), min(len(here.text), b + ROUND)
    votes: list[tuple[int, int]] = []
    for at in range(low, high - GRAM + 1):
        places = there.grams.get(here.text[at : at + GRAM], ())
        if len(places) <= COMMON:
            votes += [(place, place - at + a) for place in places]
    votes.sort()
    groups: list[list[int]] = []
    last = -1000
    for place, start in votes:
        if place - last > SLACK:
            groups.append([])
        groups[-1].append(start)
        last = place
    groups.sort(key=len, reverse=True)
    return (median_low(group) for group in groups[:6])


def _exact(here: _Side, there: _Side, a: int, b: int, at: int) -> _Fit:
    """The very words at a place: only what stands round them is weighed."""
    end = at + b - a
    score, weight = _around(here.text, there.text, (a, b), (at, end))
    about = score / weight if weight else 1.0
    size = min(1.0, (b - a) / 16)  # long words are evidence themselves
    base = 0.5 + 0.5 * max(about, 0.6 * size)
    return _Fit(base, base, 1.0, at, end, True)


def _around(
    mine: str, theirs: str, here: tuple[int, int], there: tuple[int, int]
) -> tuple[float, float]:
    """Weight of the characters round [a, b) that are there too, and of all of them: nearer ones
    weigh more. Those in the same line count wholly, those beyond it as a tie-breaker."""
    total = whole = 0.0
    left = mine[max(0, here[0] - ROUND) : here[0]][::-1]
    left2 = theirs[max(0, there[0] - ROUND - SLACK // 2) : there[0]][::-1]
    right = mine[here[1] : here[1] + ROUND]
    right2 = theirs[there[1] : there[1] + ROUND + SLACK // 2]
    for own, other in ((left, left2), (right, right2)):
        weights = list(_weights(own))
        whole += sum(weights)
        for op in Indel.opcodes(own, other):
            if op.tag == "equal":
                total += sum(weights[op.src_start : op.src_end])
    return total, whole


def _weights(text: str) -> Iterator[float]:
    beyond = 1.0
    for at, char in enumerate(text):
        if char == "\n":
            beyond = 0.15
        yield beyond * _telling(char) * 12 / (12 + at)


def _telling(char: str) -> float:
    """How much a character says: frames of tables and figures stand everywhere alike."""
    return FIGURE if char.isdecimal() else 1.0 if char.isalpha() else SIGN


def _loose(here: _Side, there: _Side, a: int, b: int, at: int) -> _Fit:
    """The words as far as they are left, found by laying their surroundings on each other."""
    low, high = max(0, a - ROUND), min(len(here.text), b + ROUND)
    start = max(0, at - (a - low) - SLACK)
    stop = min(len(there.text), at + (high - a) + SLACK)
    own = here.text[low:high]
    pairs: list[tuple[int, int]] = []
    total = 0.0
    weights = list(_weights(own[: a - low][::-1]))[::-1]
    weights += [0.0] * (b - a)
    weights += _weights(own[b - low :])
    least = min(2, b - a)
    for op in Indel.opcodes(own, there.text[start:stop]):
        if op.tag == "equal":
            total += sum(weights[op.src_start : op.src_end])
            size = op.src_end - op.src_start
            pairs += [
                (op.src_start + k, op.dest_start + k)
                for k in range(size)
                if a - low <= op.src_start + k < b - low and size >= least
            ]
    if not pairs:
        return _Fit(0.0, 0.0, 0.0, at, at, False)
    whole = sum(weights)
    kept = sum(_telling(own[i]) for i, _ in pairs) / sum(map(_telling, here.text[a:b]))
    first, last = start + pairs[0][1], start + pairs[-1][1] + 1
    if last - first > 2 * (b - a) + SLACK:
        return _Fit(0.0, 0.0, 0.0, first, last, False)
    about = total / whole if whole else kept
    exact = len(pairs) == b - a and last - first == b - a
    base = 0.5 * kept + 0.5 * about
    return _Fit(base, base, kept, first, last, exact)
