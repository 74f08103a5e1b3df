"""Labels of footnotes when notes were put in or taken out between: one note, one label."""

from __future__ import annotations

from collections.abc import Iterable

from editorial.model.compare import alike
from editorial.model.document import Block, Note
from editorial.model.likeness import words_of
from editorial.model.settling import runs_in

AGAIN = "'"


def note_labels(old: Iterable[Block], new: Iterable[Block]) -> dict[str, str]:
    """Labels of the old text → those of the same notes in the new one; only where they differ.

    A note that is gone gets a label nobody has. No two old labels become one.
    """
    mine, theirs = _notes(old), _notes(new)
    if not mine:
        return {}
    pairs = _paired(mine, theirs)
    taken = {*theirs, *pairs.values(), *_labels(new)}
    used = set(pairs.values())
    for label in sorted({*mine, *_labels(old)} - set(pairs)):
        bare = label not in mine or label not in theirs
        name = label if label not in used and bare else label + AGAIN
        while name in used or (name != label and name in taken | set(mine)):
            name += AGAIN
        pairs[label] = name
        used.add(name)
    return {label: name for label, name in pairs.items() if label != name}


def _paired(mine: dict[str, str], theirs: dict[str, str]) -> dict[str, str]:
    """The same words first, then nearly the same, then the same label."""
    pairs = {label: label for label, words in mine.items() if theirs.get(label) == words}
    for least in (1.0, 0.6):
        free = {label: words for label, words in theirs.items() if label not in pairs.values()}
        for label in (label for label in mine if label not in pairs):
            ranked = [(alike(mine[label], words, least), name) for name, words in free.items()]
            if ranked and (best := max(ranked, key=lambda each: each[0]))[0]:
                pairs[label] = best[1]
                del free[best[1]]
    for label in mine:
        if label not in pairs and label in theirs and label not in pairs.values():
            pairs[label] = label
    return pairs


def _notes(blocks: Iterable[Block]) -> dict[str, str]:
    notes: dict[str, str] = {}
    for block in blocks:
        if isinstance(block, Note):
            notes.setdefault(block.label, words_of(block))
    return notes


def _labels(blocks: Iterable[Block]) -> set[str]:
    return {
        run.target
        for block in blocks
        for runs in runs_in(block)
        for run in runs
        if run.kind == "note"
    }
