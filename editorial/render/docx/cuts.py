"""A change that cuts an open point takes the whole: each text shows or hides its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from editorial.model.document import Run, RunKind
from editorial.model.redline import Stretch, Stretches
from editorial.render.docx.sides import NEW, OLD, as_kind, changes_in, has

OPENING = "【"


def uncut(stretches: Stretches, pattern: re.Pattern[str] | None) -> Stretches:
    """The same two texts; where an open point of either lies across changes, it is taken out
    and put in as one."""
    if pattern is None or not _may_cut(stretches):
        return stretches
    atoms = [atom for each in stretches for atom in _atoms(each)]
    while cut := next(_cut(atoms, pattern), None):
        start, stop = cut
        atoms[start:stop] = _exchanged(atoms[start:stop])
    return tuple(_joined(atoms))


def _may_cut(stretches: Stretches) -> bool:
    changed = any(each.change for each in stretches)
    return changed and any(OPENING in each.run.text for each in stretches)


def _atoms(stretch: Stretch) -> list[Stretch]:
    """One character each; a note mark is whole as it is."""
    run = stretch.run
    if run.kind == "note":
        return [stretch]
    return [
        Stretch(run=Run(kind=run.kind, text=sign, target=run.target), change=stretch.change)
        for sign in run.text
    ]


def _cut(atoms: list[Stretch], pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Ranges of atoms with an open point of the old or the new text in more than one change."""
    for side in (OLD, NEW):
        shown = [place for place, atom in enumerate(atoms) if has(atom.change, side)]
        for _, group in groupby(shown, key=lambda place: _look(atoms[place])):
            places = list(group)
            text = "".join(atoms[place].run.text for place in places)
            for found in pattern.finditer(text):
                start, stop = places[found.start()], places[found.end() - 1] + 1
                if any(atom.change != atoms[start].change for atom in atoms[start:stop]):
                    yield start, stop


def _look(stretch: Stretch) -> tuple[RunKind, str]:
    return stretch.run.kind, stretch.run.target


def _exchanged(atoms: list[Stretch]) -> list[Stretch]:
    """All the old text taken out, then all the new put in."""
    return [
        Stretch(run=atom.run, change=as_kind(side, changes_in(atoms)))
        for side in (OLD, NEW)
        for atom in atoms
        if has(atom.change, side)
    ]


def _joined(atoms: list[Stretch]) -> Iterator[Stretch]:
    for (change, (kind, target)), group in groupby(
        atoms, key=lambda atom: (atom.change, _look(atom))
    ):
        if kind == "note":
            yield from group
        else:
            text = "".join(atom.run.text for atom in group)
            yield Stretch(run=Run(kind=kind, text=text, target=target), change=change)
