"""核红: marks carried out in another place than their own."""

from __future__ import annotations

from collections.abc import Sequence

from editorial.model.folding import fold
from editorial.model.red_asked import AskedText
from editorial.model.red_judge import Fate
from editorial.model.red_marks import RedMark
from editorial.model.text_match import Change

CLOSE, AWAY = 60, 300  # characters from a mark, where it may have been carried out instead
TELLING = 3  # characters of a mark that are not changed alike by chance


def elsewhere(
    marks: Sequence[RedMark],
    asked: AskedText,
    text: str,
    fates: dict[int, Fate],
    loose: Sequence[Change],
) -> tuple[dict[int, Fate], list[Change]]:
    """A mark undone, while the very change it asks for was made close by, was carried out in
    the wrong place."""
    made: dict[tuple[str, str], list[Change]] = {}
    for change in loose:
        words = asked.text[change.i : change.i2], text[change.j : change.j2]
        made.setdefault(words, []).append(change)
    found, gone = dict(fates), set()
    for piece in asked.pieces:
        mark, fate = marks[piece.mark], fates.get(piece.mark)
        words = fold(mark.old), fold(mark.new)
        if fate is None or fate.state != "undone":
            continue
        far = AWAY if len("".join(words)) >= TELLING else CLOSE
        near = [c for c in made.get(words, ()) if abs(c.i - piece.start) <= far and c not in gone]
        if near:
            gone.add(min(near, key=lambda change: abs(change.i - piece.start)))
            found[piece.mark] = fate._replace(state="wrong")
    return found, [change for change in loose if change not in gone]
