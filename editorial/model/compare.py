"""Two texts compared as an editor would mark them; two rows of paragraphs put side by side.

Words are compared token by token: a Han character or a mark is one, so are a Latin word, a
number with its decimals and percent sign, a year, month or day, and a 文号. The longest common
sequence is then cleaned up: what is equal by accident between two changes goes with them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple, TypeAlias

from rapidfuzz.distance import Indel

_TOKEN = re.compile(
    r"[〔\[（(]\d{4}[〕\]）)]第?\d+号"  # 〔2018〕12号
    r"|\d+(?:[,，\u2009\u202f ]\d{3})*(?:\.\d+)?(?:[%‰％]|年|月|日|(?=[^0-9A-Za-z])|$)"
    r"|[0-9A-Za-z\u00c0-\u024f]+(?:[-'’.&/][0-9A-Za-z\u00c0-\u024f]+)*[%‰％]?"
    r"|—{2,}|…{2,}|[ \t]+"
    r"|.[\u0300-\u036f\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]*",
    re.S,
)
_MARKS = frozenset("，。；：、！？…—（）《》“”‘’【】〔〕,.;:!?()\"' 　\n")
_ENDS = frozenset("。！？；\n")
_CLAUSES = frozenset("，：、,;:")
ISLAND = 2  # the longest stretch that may be equal by accident
MOST = 1 << 28  # bits of the table the comparison fills; beyond, sentences are compared first
ALIKE = 0.5
ALONE = 0.3
BAND = 60_000


class Step(NamedTuple):
    """Tokens [i, i2) of the old text and [j, j2) of the new: the same, or one for the other."""

    same: bool
    i: int
    i2: int
    j: int
    j2: int


class Piece(NamedTuple):
    """A stretch of text both have, or only the new (insert) or the old one (delete)."""

    kind: Literal["equal", "insert", "delete"]
    text: str


Pair: TypeAlias = tuple[int, int]
Score: TypeAlias = Callable[[int, int, float], float]


def tokens(text: str) -> list[str]:
    """The text cut into what is changed as a whole; joined again it is the same text."""
    return _TOKEN.findall(text)


def compared(old: str, new: str) -> tuple[Piece, ...]:
    """Differences of two texts in reading order, a deletion before what replaces it.

    Without the inserts the pieces are the old text, without the deletes the new one, exactly.
    """
    before, after = tokens(old), tokens(new)
    found: list[Piece] = []
    for step in steps(before, after):
        gone, come = "".join(before[step.i : step.i2]), "".join(after[step.j : step.j2])
        if step.same:
            found.append(Piece("equal", come))
        else:
            found += [Piece("delete", gone)] if gone else []
            found += [Piece("insert", come)] if come else []
    return tuple(found)


def steps(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Step]:
    """What is equal and what differs, by turns, covering both wholly. Tokens may be of any kind."""
    return _slid(_cleaned(matches(old, new), old), old, new)


def matches(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Step]:
    """The longest common sequence as it is, before any cleaning up."""
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    stop, stop2 = len(old) - tail, len(new) - tail
    inner = _inner(old[head:stop], new[head:stop2]) if head < stop and head < stop2 else []
    equal = [
        (0, 0, head),
        *((i + head, j + head, length) for i, j, length in inner),
        (stop, stop2, tail),
    ]
    return _steps(equal, len(old), len(new))


def _common(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    shortest = min(len(old), len(new))
    return next((at for at in range(shortest) if old[at] != new[at]), shortest)


def _inner(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int, int]]:
    """(place, place, length) of equal stretches. Tokens become characters: no hash can lie."""
    if len(old) * len(new) > MOST:
        return _coarse(old, new)
    names: dict[Hashable, int] = {}
    before, after = (
        "".join([chr(names.setdefault(each, len(names))) for each in text]) for text in (old, new)
    )
    return [
        (op.src_start, op.dest_start, op.src_end - op.src_start)
        for op in Indel.opcodes(before, after)
        if op.tag == "equal"
    ]


def _coarse(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int, int]]:
    """Very long texts: whole sentences first, then what lies between them where that is short."""
    (before, at), (after, at2) = _sentences(old), _sentences(new)
    if len(before) == len(old) or len(before) * len(after) > MOST:
        return []
    found = []
    for step in matches(before, after):
        i, i2, j, j2 = at[step.i], at[step.i2], at2[step.j], at2[step.j2]
        if step.same:
            found.append((i, j, i2 - i))
        elif 0 < (i2 - i) * (j2 - j) <= MOST:
            found += [(i + a, j + b, n) for a, b, n in _inner(old[i:i2], new[j:j2])]
    return found


def _sentences(text: Sequence[Hashable]) -> tuple[list[tuple[Hashable, ...]], list[int]]:
    cuts = [0, *(at + 1 for at, each in enumerate(text) if each in _ENDS), len(text)]
    cuts = sorted(set(cuts))
    return [tuple(text[a:b]) for a, b in pairwise(cuts)], cuts


def _steps(equal: Iterable[tuple[int, int, int]], end: int, end2: int) -> list[Step]:
    found: list[Step] = []
    i = j = 0
    for at, at2, length in (*equal, (end, end2, 0)):
        if at > i or at2 > j:
            found.append(Step(False, i, at, j, at2))
        i, j = at + length, at2 + length
        if length and found and found[-1].same:
            found[-1] = found[-1]._replace(i2=i, j2=j)
        elif length:
            found.append(Step(True, at, i, at2, j))
    return found


def _cleaned(found: list[Step], old: Sequence[Hashable]) -> list[Step]:
    """No confetti: equal stretches too small to mean anything are struck with their neighbours."""
    while True:
        kept = [not step.same or not _swallowed(found, at, old) for at, step in enumerate(found)]
        dense = _confetti(found)
        if all(kept) and not dense:
            return found
        equal = [
            (step.i, step.j, step.i2 - step.i)
            for at, step in enumerate(found)
            if step.same and kept[at] and at not in dense
        ]
        found = _steps(equal, found[-1].i2, found[-1].j2)


def _size(step: Step) -> int:
    return max(step.i2 - step.i, step.j2 - step.j)


def _swallowed(found: list[Step], at: int, old: Sequence[Hashable]) -> bool:
    """Twice as much changed on either side; a mark parts two changes three times as well."""
    if not 0 < at < len(found) - 1:
        return False
    step = found[at]
    if 2 * _size(step) > (room := min(_size(found[at - 1]), _size(found[at + 1]))):
        return False
    return room >= 2 * sum(3 if each in _MARKS else 1 for each in old[step.i : step.i2])


def _confetti(found: list[Step]) -> set[int]:
    """Places of islands in a stretch so much rewritten that they only disturb."""
    dense: set[int] = set()
    run: list[int] = []
    for at, step in enumerate((*found, Step(True, 0, ISLAND + 1, 0, ISLAND + 1))):
        if step.same and (_size(step) > ISLAND or not run):
            islands = [each for each in run if found[each].same]
            islands = islands[:-1] if run and found[run[-1]].same else islands
            equal = sum(_size(found[each]) for each in islands)
            changed = sum(_size(found[each]) for each in run if not found[each].same)
            if len(islands) > 2 and changed >= 2 * equal:
                dense.update(islands)
            run = []
        else:
            run.append(at)
    return dense


def _slid(found: list[Step], old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Step]:
    """A stretch put in or taken out that could as well lie a little further left or right is
    laid where a sentence or a clause begins."""
    for at in range(1, len(found) - 1):
        step, left, right = found[at], found[at - 1], found[at + 1]
        if step.same or (step.i < step.i2 and step.j < step.j2):
            continue
        text, a, b = (new, step.j, step.j2) if step.i == step.i2 else (old, step.i, step.i2)
        low, high = _room(text, a, b, left.i2 - left.i - 1, right.i2 - right.i - 1)
        best = max(range(low, high + 1), key=lambda by: (_good(text, a + by, b + by), -abs(by)))
        if best:
            i, i2, j, j2 = (each + best for each in step[1:])
            found[at - 1] = left._replace(i2=i, j2=j)
            found[at] = Step(False, i, i2, j, j2)
            found[at + 1] = right._replace(i=i2, j=j2)
    return found


def _room(text: Sequence[Hashable], a: int, b: int, left: int, right: int) -> Pair:
    """How far [a, b) may slide without a change of what is said; neither neighbour vanishes."""
    low = high = 0
    while low > -left and text[a + low - 1] == text[b + low - 1]:
        low -= 1
    while high < right and text[a + high] == text[b + high]:
        high += 1
    return low, high


def _good(text: Sequence[Hashable], a: int, b: int) -> int:
    first, last = text[a], text[b - 1]
    if text[a - 1] in _ENDS and last in _ENDS:
        return 4
    if first in _CLAUSES and last not in _CLAUSES:
        return 3
    return 2 if last in _CLAUSES and text[a - 1] in _MARKS else int(text[a - 1] in _MARKS)


def alike(old: str, new: str, least: float = ALIKE) -> float:
    """How much of two texts is the same, 0 to 1; 0 when it is below `least`."""
    if min(len(old), len(new)) * 2 < least * (len(old) + len(new)):
        return 0.0
    return Indel.normalized_similarity(old, new, score_cutoff=least)


def aligned(old: Sequence[Hashable], new: Sequence[Hashable], score: Score) -> list[Pair]:
    """Which paragraph answers to which, both in their order: equal ones, then similar ones.

    `score(i, j, least)` tells how alike two are, 0 for not at all.
    """
    pairs: list[Pair] = []
    for step in matches(old, new):
        if step.same:
            pairs += zip(range(step.i, step.i2), range(step.j, step.j2), strict=True)
        elif step.i < step.i2 and step.j < step.j2:
            pairs += _likeliest(step, score)
    return pairs


def _likeliest(gap: Step, score: Score) -> list[Pair]:
    """The pairs of a gap with the greatest likeness in all."""
    rows, columns = gap.i2 - gap.i, gap.j2 - gap.j
    if rows == columns == 1:
        return [(gap.i, gap.j)] if score(gap.i, gap.j, ALONE) else []
    reach = max(8, BAND // max(rows, columns)) if rows * columns > BAND else max(rows, columns)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    scores: dict[Pair, float] = {}
    for a in range(rows - 1, -1, -1):
        middle = a * columns // rows
        for b in range(columns - 1, -1, -1):
            most = max(best[a + 1][b], best[a][b + 1])
            if abs(b - middle) <= reach and (found := score(gap.i + a, gap.j + b, ALIKE)):
                scores[a, b] = found
                most = max(most, found + best[a + 1][b + 1])
            best[a][b] = most
    return [(gap.i + a, gap.j + b) for a, b in _walked(best, scores, rows, columns)]


def _walked(
    best: list[list[float]], scores: dict[Pair, float], rows: int, columns: int
) -> list[Pair]:
    pairs, a, b = [], 0, 0
    while a < rows and b < columns:
        if (a, b) in scores and best[a][b] == scores[a, b] + best[a + 1][b + 1]:
            pairs.append((a, b))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return pairs


GRAM = 6


def moved(
    old: Sequence[str], new: Sequence[str], *, shortest: int = 12, least: float = 0.8
) -> list[Pair]:
    """Texts of the one that stand, the same or nearly so, somewhere in the other."""
    free: dict[str, list[int]] = {}
    for j, text in enumerate(new):
        if len(text) >= shortest:
            free.setdefault(text, []).append(j)
    pairs = [(i, free[text].pop(0)) for i, text in enumerate(old) if free.get(text)]
    left = {j for places in free.values() for j in places}
    done = {i for i, _ in pairs}
    rest = [i for i, text in enumerate(old) if i not in done and len(text) >= shortest]
    return sorted([*pairs, *_nearly(old, new, rest, left, least)]) if rest and left else pairs


def _nearly(
    old: Sequence[str], new: Sequence[str], rest: Sequence[int], left: set[int], least: float
) -> list[Pair]:
    """Candidates share runs of characters; the likeliest of them is taken, if alike enough."""
    holders: dict[str, list[int]] = {}
    for j in sorted(left):
        for gram in {new[j][at : at + GRAM] for at in range(len(new[j]) - GRAM + 1)}:
            holders.setdefault(gram, []).append(j)
    pairs = []
    for i in rest:
        votes: dict[int, int] = {}
        for at in range(0, len(old[i]) - GRAM + 1):
            for j in holders.get(old[i][at : at + GRAM], ())[:8]:
                votes[j] = votes.get(j, 0) + 1
        near = sorted((j for j in votes if j in left), key=lambda j: (-votes[j], j))[:4]
        ranked = [(alike(old[i], new[j], least), -j) for j in near]
        if ranked and max(ranked)[0]:
            pairs.append((i, -max(ranked)[1]))
            left.discard(-max(ranked)[1])
    return pairs
