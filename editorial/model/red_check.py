"""核红: the text asked for against the text that came: each mark done, undone or wrong, and every
change nobody asked for.

The old proof with all marks carried out is compared with the new proof. Where both are the same
everything asked was done; a difference at a mark is the fault of that mark, any other is a
change nobody asked for.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import pairwise

from editorial.errors import EditorialError
from editorial.model.folding import fold, loosened
from editorial.model.proof_text import ProofText, boxes, flowing, line_starts, sheet_at, told
from editorial.model.red_asked import AskedText, asked_text
from editorial.model.red_echo import unechoed
from editorial.model.red_elsewhere import elsewhere
from editorial.model.red_heads import heads_checked
from editorial.model.red_judge import Fate, judged
from editorial.model.red_marks import RedMark, Spot, located
from editorial.model.red_unasked import (
    hung,
    joined,
    kept,
    lost,
    lost_at_line_end,
    settled,
)
from editorial.model.red_verdict import RedChecked, State, Unasked, Verdict
from editorial.model.red_whole import whole
from editorial.model.text_match import Change, changes, match
from editorial.model.text_moves import Ends, Matched

CONTEXT = 12
NEAR = 30  # characters to look through about a place
SAME = 0.25  # of the characters: fewer that are the same, and it is another book
MANY, FOUND = 5, 0.2  # marks of which fewer have a place: the list of another proof
CODES = "从 PDF 里复制几个字出来若是乱码，请向排版公司要字有编码的 PDF"
HIDDEN = "\uffff"  # no character of any text
LEAST = 6  # characters around a mark that make its place sure in the new proof alone


def check_red(marks: Sequence[RedMark], old: ProofText, new: ProofText) -> RedChecked:
    """Compare two proofs and a list of marks. EditorialError when they are of different books,
    or their fonts tell other characters than are seen."""
    spots = located(marks, old, _Stands(old, new))
    asked = asked_text(marks, spots, old)
    numbers = {i for i, at in enumerate(asked.origin) if at in old.numbers}
    matched = match(
        _hidden(asked.text, numbers), _hidden(new.text, new.numbers), _ends(asked, old, new)
    )
    _refuse_strangers(spots, asked, matched)
    found = changes(matched)
    gone = lost(found, asked, old, new)
    rest = [each for each in found if each not in gone]
    fates, loose = judged(marks, asked, new.text, matched, rest, hung(new))
    gone += [each for each in loose if lost_at_line_end(each, asked, old, new)]
    loose = [each for each in loose if each not in gone]
    fates, loose = elsewhere(marks, asked, new.text, fates, loose)
    fates |= _clashes(marks, spots, asked, matched, old, new, fates)
    verdicts = [
        _verdict(mark, spot, fates.get(number), old, new)
        for number, (mark, spot) in enumerate(zip(marks, spots, strict=True))
    ]
    verdicts, heads = heads_checked(verdicts, old, new)
    pieces = [(piece.start, piece.stop) for piece in asked.pieces]
    changed = [*unechoed(kept(loose, asked, old, new), marks, spots, fates, asked, old, new)]
    changed = [*unechoed(joined(changed, pieces), marks, spots, fates, asked, old, new)]
    changed = whole([settled(each, asked.text, new.text) for each in changed], asked, old, new)
    others = [_unasked(each, asked, old, new) for each in changed]
    return RedChecked(
        verdicts=tuple(_sought(each, new) for each in verdicts),
        unasked=tuple(sorted([*others, *heads], key=lambda each: each.sheet)),
        lost=tuple(_unasked(each, asked, old, new) for each in gone),
        unread=old.empty,
        unread_new=new.empty,
        early=sum(_early(mark, old.text) for mark in marks),
    )


def _hidden(text: str, numbers: Set[int]) -> str:
    """With one sign for all figures of page numbers: where headings are alike, those of their
    neighbours would pair them."""
    return "".join([HIDDEN if at in numbers else char for at, char in enumerate(text)])


def _early(mark: RedMark, text: str) -> bool:
    """Whether what a mark asks for stands in the old proof already, and what it is to replace
    does not."""
    before, after = fold(mark.before), fold(mark.after)
    if len(before + after) < LEAST or fold(mark.old) == fold(mark.new):
        return False
    return before + fold(mark.new) + after in text and before + fold(mark.old) + after not in text


def _refuse_strangers(spots: Sequence[Spot | None], asked: AskedText, matched: Matched) -> None:
    same = sum(at >= 0 for at in matched.there)
    if same < SAME * len(asked.text):
        raise EditorialError(
            "两份校样的字大多对不上，没有核", hint=f"请看是不是同一本书的；{CODES}"
        )
    if len(spots) >= MANY and sum(spot is not None for spot in spots) < FOUND * len(spots):
        hint = f"请看改动单是不是这一份的，两份校样是不是写反了；{CODES}"
        raise EditorialError("改动单上的字在旧样里大多找不到，没有核", hint=hint)


class _Stands:
    """How the new proof speaks for a place of the old one; they are compared when first asked."""

    def __init__(self, old: ProofText, new: ProofText) -> None:
        self.old, self.new = old, new
        self.there: list[int] = []

    def __call__(self, mark: RedMark, spot: Spot) -> int:
        """0: there stands what the mark asks for, 1: something else is new, 2: all is as it was."""
        if not self.there:
            old, new = (_hidden(proof.text, proof.numbers) for proof in (self.old, self.new))
            self.there = match(old, new).there
        if self._carried_out(mark, spot):
            return 0
        places = self.there[max(0, spot.start - 1) : spot.stop + 1]
        if all(at >= 0 for at in places) and all(b == a + 1 for a, b in pairwise(places)):
            return 2
        if places[0] < 0 or places[-1] < 0 or spot.start == 0:
            return 1
        stands = self.new.text[places[0] + 1 : places[-1]]
        bare = loosened(mark.new)  # of a mark of punctuation beside it a proof may tell nothing
        return int(stands != fold(mark.new) and not (bare and loosened(stands) == bare))

    def _carried_out(self, mark: RedMark, spot: Spot) -> bool:
        """Whether what is asked for stands between the words it stood between, or before those
        that follow, if those before are others now."""
        old, new, text = fold(mark.old), fold(mark.new), self.old.text
        left = next(
            (at for at in self.there[max(0, spot.start - LEAST) : spot.start] if at >= 0), -1
        )
        if left >= 0:
            before, after = text[: spot.start][-LEAST:], text[spot.stop : spot.stop + LEAST]
            near = self.new.text[max(0, left - NEAR) : left + len(new) + NEAR]
            if before + new + after in near and before + old + after not in near:
                return True
        right = self.there[spot.stop] if spot.stop < len(self.there) else -1
        if right < 0 or (spot.start and self.there[spot.start - 1] >= 0):
            return False
        last = next((at for at in reversed(self.there[: spot.start]) if at >= 0), -1)
        if right - last - 1 <= len(new):  # all is gone, not what was asked for alone
            return False
        came = self.new.text[:right][-len(old + new) - 1 :]
        ends = (old[-size:] for size in range(1, len(old)) if not new)
        left_over = next((end for end in ends if not text[: spot.start].endswith(end)), old)
        return came.endswith(new) and not (old and came.endswith(left_over))


def _ends(asked: AskedText, old: ProofText, new: ProofText) -> Ends:
    starts, below = line_starts(old), flowing(old)
    here = {i for i, at in enumerate(asked.origin) if at in starts}
    flow = {i for i, at in enumerate(asked.origin) if at in below}
    return Ends(here | {len(asked.text)}, line_starts(new) | {len(new.text)}, flow, flowing(new))


def _verdict(
    mark: RedMark, spot: Spot | None, fate: Fate | None, old: ProofText, new: ProofText
) -> Verdict:
    if spot is None or fate is None:
        return Verdict(mark=mark, state="undone", found="", located=False)
    found, state = told(new, fate.j, fate.j2), fate.state
    if fold(mark.old) == fold(mark.new) and mark.old != mark.new:
        found, state = _spaced(mark, fate, new)
    return Verdict(
        mark=mark,
        state=state,
        found=found,
        sheet=sheet_at(old, spot.start),
        new_sheet=sheet_at(new, fate.j),
        old_boxes=boxes(old, spot.start, spot.stop),
        new_boxes=boxes(new, fate.j, fate.j2),
    )


def _spaced(mark: RedMark, fate: Fate, new: ProofText) -> tuple[str, State]:
    """Of a mark that only spaces words: whether there is a space now, between letters at least."""
    around = told(new, max(0, fate.j - 1), min(len(new.text), fate.j2 + 1))
    if not around.isascii() or around[1:-1] == mark.new:
        return around[1:-1], fate.state
    return around[1:-1], "undone" if around[1:-1] == mark.old else fate.state


def _sought(verdict: Verdict, new: ProofText) -> Verdict:
    """A mark whose words are not in the old proof: what does the new one have?"""
    if verdict.located:
        return verdict
    mark = verdict.mark
    before, after = fold(mark.before), fold(mark.after)
    if len(before + after) < LEAST:
        return verdict
    states = (("undone", mark.old), ("done", mark.new))
    for state, words in states:
        at = new.text.find(before + fold(words) + after)
        if at >= 0:
            start = at + len(before)
            stop = start + len(fold(words))
            return Verdict(
                mark=mark,
                state="done" if state == "done" else "undone",
                found=told(new, start, stop),
                located=False,
                new_sheet=sheet_at(new, start),
                new_boxes=boxes(new, start, stop),
            )
    return verdict


def _clashes(
    marks: Sequence[RedMark],
    spots: Sequence[Spot | None],
    asked: AskedText,
    matched: Matched,
    old: ProofText,
    new: ProofText,
    fates: dict[int, Fate],
) -> dict[int, Fate]:
    """Marks on words another mark is about: what stands between the words beside them?"""
    if not asked.clashing:
        return {}
    place = {at: i for i, at in enumerate(asked.origin) if at >= 0 and matched.there[i] >= 0}
    found = {}
    for number in asked.clashing:
        spot, mark = spots[number], marks[number]
        if spot is None:
            continue
        twin = next(
            (
                n
                for n, other in enumerate(spots)
                if other == spot and n in fates and fold(marks[n].new) == fold(mark.new)
            ),
            None,
        )
        if twin is not None:
            found[number] = fates[twin]
            continue
        left = next((at for at in range(spot.start - 1, -1, -1) if at in place), None)
        right = next((at for at in range(spot.stop, len(old.text)) if at in place), None)
        j = matched.there[place[left]] + 1 if left is not None else 0
        j2 = matched.there[place[right]] if right is not None else len(new.text)
        before = old.text[(left + 1 if left is not None else 0) : spot.start]
        after = old.text[spot.stop : right]
        found[number] = _clash(mark, before, after, new.text, j, max(j, j2))
    return found


def _clash(mark: RedMark, before: str, after: str, text: str, j: int, j2: int) -> Fate:
    stands = text[j:j2]
    for state, words in (("done", fold(mark.new)), ("undone", fold(mark.old))):
        if stands == before + words + after:
            return Fate("done" if state == "done" else "undone", j + len(before), j2 - len(after))
    return Fate("wrong", j, j2)


def _unasked(change: Change, asked: AskedText, old: ProofText, new: ProofText) -> Unasked:
    start, stop = _in_old(change, asked)
    plain = stop - start == change.i2 - change.i and all(
        asked.origin[change.i + n] == start + n for n in range(stop - start)
    )
    return Unasked(
        sheet=sheet_at(new, change.j),
        old_sheet=sheet_at(old, start),
        old=told(old, start, stop) if plain else asked.text[change.i : change.i2],
        new=told(new, change.j, change.j2),
        before=told(new, max(0, change.j - CONTEXT), change.j),
        after=told(new, change.j2, min(len(new.text), change.j2 + CONTEXT)),
        old_boxes=boxes(old, start, stop),
        new_boxes=boxes(new, change.j, change.j2),
    )


def _in_old(change: Change, asked: AskedText) -> tuple[int, int]:
    """The characters of the old proof a change is about."""
    own = [at for at in asked.origin[change.i : change.i2] if at >= 0]
    if own:
        return min(own), max(own) + 1
    after = next((at for at in asked.origin[change.i :] if at >= 0), None)
    if after is None:
        after = max(asked.origin, default=-1) + 1
    return after, after
