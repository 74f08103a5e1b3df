"""核红 of running heads: each text of them once, wherever pages break now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rapidfuzz.distance import Indel

from editorial.model.folding import fold
from editorial.model.page_margins import Running
from editorial.model.proof_page import Box
from editorial.model.proof_text import DESCENT, ProofText
from editorial.model.red_verdict import State, Unasked, Verdict

ALIKE = 0.6
FEW = 3  # texts: heads that do not go with the page


def heads_checked(
    verdicts: Sequence[Verdict], old: ProofText, new: ProofText
) -> tuple[list[Verdict], list[Unasked]]:
    """Marks that stand in no text looked for in running heads; and heads changed unasked."""
    before, after = _texts(old.running), _texts(new.running)
    asked: dict[str, str] = {}
    out = []
    for verdict in verdicts:
        place = None if verdict.located else _place(verdict, before)
        if place is None:
            out.append(verdict)
            continue
        text, at = place
        mark = verdict.mark
        wanted = text[:at] + fold(mark.new) + text[at + len(fold(mark.old)) :]
        asked[text] = wanted
        out.append(_judged(verdict, before[text], wanted, after))
    return out, list(_changed(before, after, asked, new.text))


def _texts(running: Iterable[Running]) -> dict[str, Running]:
    found: dict[str, Running] = {}
    for each in running:
        found.setdefault(each.text, each)
    return found


def _place(verdict: Verdict, before: dict[str, Running]) -> tuple[str, int] | None:
    mark = verdict.mark
    words = fold(mark.before) + fold(mark.old) + fold(mark.after)
    for text in before:
        at = text.find(words) if words else -1
        if at >= 0:
            return text, at + len(fold(mark.before))
    return None


def _judged(verdict: Verdict, head: Running, wanted: str, after: dict[str, Running]) -> Verdict:
    near = max(after, key=lambda text: Indel.normalized_similarity(text, wanted), default="")
    state: State = "undone" if head.text in after else "done" if wanted in after else "wrong"
    now = after.get(head.text) or after.get(wanted) or after.get(near)
    start, stop, _, found = _difference(wanted, near)
    mark = verdict.mark
    if state == "undone":
        found = mark.old
    elif state == "done":
        found = mark.new
    elif stop - start > len(wanted) / 2:
        found = near
    return replace(
        verdict,
        state=state,
        found=found,
        located=True,
        sheet=head.sheet,
        new_sheet=now.sheet if now else 0,
        old_boxes=(_box(head),),
        new_boxes=(_box(now),) if now else (),
    )


def _changed(
    before: dict[str, Running], after: dict[str, Running], asked: dict[str, str], body: str
) -> Iterable[Unasked]:
    wanted = {asked.get(text, text): head for text, head in before.items()}
    lost = [text for text in wanted if text not in after]
    for text, head in after.items():
        if text in wanted or text in before or text in body:
            continue
        near = max(lost, key=lambda each: Indel.normalized_similarity(each, text), default="")
        if not near or (Indel.normalized_similarity(near, text) < ALIKE and len(before) > FEW):
            continue
        lost.remove(near)
        start, stop, stop2, _ = _difference(near, text)
        if text in asked.values() or near in asked.values():
            continue
        yield Unasked(
            sheet=head.sheet,
            old_sheet=wanted[near].sheet,
            old=near[start:stop],
            new=text[start:stop2],
            before=text[max(0, start - 12) : start],
            after=text[stop2 : stop2 + 12],
            old_boxes=(_box(wanted[near]),),
            new_boxes=(_box(head),),
        )


def _difference(old: str, new: str) -> tuple[int, int, int, str]:
    """(start, stop in old, stop in new, the new words) of what differs between two texts."""
    start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), None)
    if start is None:
        start = min(len(old), len(new))
    tail = 0
    while tail < min(len(old), len(new)) - start and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return start, len(old) - tail, len(new) - tail, new[start : len(new) - tail]


def _box(head: Running) -> Box:
    run = head.run
    return Box(head.sheet, run.x, run.y - (1 - DESCENT) * run.size, run.right - run.x, run.size)
