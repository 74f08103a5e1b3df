"""Which part of the old book answers to which of the new, and the order both have in one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from editorial.model.book import Part
from editorial.model.compare import alike
from editorial.model.document import Block
from editorial.model.headings import headed_above
from editorial.model.likeness import words_of
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Facing:
    """A part of the merged book: `old` and `new` are the same section where both are there.

    `id` is what it is called in the merged book. `moved`: one end of a section that was moved;
    `other` is the part at the further end.
    """

    id: str
    old: Part | None = None
    new: Part | None = None
    moved: bool = False
    other: Part | None = None


def partnered(old: Sequence[Part], new: Sequence[Part]) -> tuple[Facing, ...]:
    """The parts of both books in one order, every one once, a moved one at either place."""
    pairs = _pairs(old, new)
    kept = _in_order(old, pairs)
    away = {i: j for i, j in pairs.items() if i not in kept}
    back = {j: i for i, j in away.items()}
    taken = {part.id for part in new}
    found: list[Facing] = []
    for i, j in _order(kept, old, new):
        if j is not None:
            was = None if i is None else old[i]
            other = old[back[j]] if j in back else None
            found.append(Facing(id=new[j].id, old=was, new=new[j], moved=j in back, other=other))
        elif i is not None:
            name = _free(old[i].id, taken)
            other = new[away[i]] if i in away else None
            found.append(Facing(id=name, old=old[i], moved=i in away, other=other))
    return tuple(found)


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "'"
    taken.add(name)
    return name


def _pairs(old: Sequence[Part], new: Sequence[Part]) -> dict[int, int]:
    """Sections by id, 章 by title within their 篇目; then the same text, then nearly the same."""
    pairs: dict[int, int] = {}
    ids = {key: j for j, key in enumerate(_keys(new))}
    for i, key in enumerate(_keys(old)):
        if key in ids:
            pairs[i] = ids.pop(key)
    free = {j for j in range(len(new)) if j not in set(pairs.values())}
    for i, part in enumerate(old):
        if i not in pairs and free:
            ranked = [(_near(part, new[j]), -j) for j in sorted(free)]
            if max(ranked)[0]:
                pairs[i] = -max(ranked)[1]
                free.discard(pairs[i])
    return pairs | dict(_openings(old, new, pairs, free))


def _openings(
    old: Sequence[Part], new: Sequence[Part], pairs: Mapping[int, int], free: Collection[int]
) -> Iterator[tuple[int, int]]:
    """What is printed under the heading of another part answers to what is so in the new book,
    though nothing else is alike."""
    there = {head: at for at, head in headed_above(new).items()}
    for i, head in headed_above(old).items():
        j = there.get(pairs.get(head, -1))
        if j is not None and j in free and i not in pairs:
            yield i, j


def _keys(parts: Sequence[Part]) -> Iterator[tuple[str, ...]]:
    """A 章 is numbered by its place, so only its title says which it is."""
    for at, part in enumerate(parts):
        deeper = at + 1 < len(parts) and parts[at + 1].level > part.level
        group = part.level == 2 and deeper and not part.blocks
        yield (part.id.split("/")[0], part.title) if group else (part.id,)


def _near(old: Part, new: Part) -> float:
    """Parts of other ids: a heading by its title, a section by its text."""
    if old.level == 1 or new.level == 1 or not (old.blocks and new.blocks):
        same = old.level == new.level and not (old.blocks or new.blocks)
        return float(same and (old.id == new.id or old.title == new.title))
    if old.digest and old.digest == new.digest:
        return 2.0
    least = 0.5 if old.title == new.title else 0.7
    return alike(_text(old.blocks), _text(new.blocks), least)


def _text(blocks: Iterable[Block]) -> str:
    return "\n".join(map(words_of, blocks))


def _in_order(old: Sequence[Part], pairs: dict[int, int]) -> dict[int, int]:
    """Those that stay where they are: as much text as possible in an order both books have."""
    order = sorted(pairs)
    if all(pairs[i] < pairs[k] for i, k in pairwise(order)):
        return {i: pairs[i] for i in order}
    best: list[tuple[int, int | None]] = []
    for at, i in enumerate(order):
        before = [(best[k][0], -k) for k in range(at) if pairs[order[k]] < pairs[i]]
        most, place = max(before, default=(0, 0))
        weight = 1 + len(_text(old[i].blocks))
        best.append((most + weight, -place if before else None))
    kept: dict[int, int] = {}
    step: int | None = max(range(len(best)), key=lambda k: best[k][0])
    while step is not None:
        kept[order[step]] = pairs[order[step]]
        step = best[step][1]
    return dict(sorted(kept.items()))


def _order(
    kept: dict[int, int], old: Sequence[Part], new: Sequence[Part]
) -> Iterator[tuple[int | None, int | None]]:
    """What went before what came; but what still belongs to a 篇目 both have before new ones."""
    i = j = 0
    for a, b in (*kept.items(), (len(old), len(new))):
        out, put = list(range(i, a)), list(range(j, b))
        cut = next((n for n, at in enumerate(out) if old[at].level == 1), len(out))
        cut2 = next((n for n, at in enumerate(put) if new[at].level == 1), len(put))
        yield from ((at, None) for at in out[:cut])
        yield from ((None, at) for at in put[:cut2])
        yield from ((at, None) for at in out[cut:])
        yield from ((None, at) for at in put[cut2:])
        if a < len(old) and b < len(new):
            yield a, b
        i, j = a + 1, b + 1
