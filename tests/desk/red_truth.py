"""How much of what is true the checker told, and how much of what it told is true."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from tests.desk.red_book import Asked, Case

WIDE = 12
CLASSES = ("done", "undone", "wrong", "unasked")


def bare(text: str) -> str:
    return "".join(text.split())


def sheets_of(case: Case, pdf: Path) -> dict[str, int]:
    """The sheet of each correction in the old proof, read in the plainest way."""
    with pdfium.PdfDocument(pdf) as document:
        pages = [bare(page.get_textpage().get_text_range()) for page in document]
    found, at = {}, 0
    for each in case.asked:
        before, after = case.around(each)
        words = bare(before + each.old + after)
        ways = [words, bare(before + each.old), bare(each.old + after)]
        near = range(at, min(at + 3, len(pages)))  # the list goes with the pages
        at = next((n for way in ways if way for n in near if way in pages[n]), at)
        found[each.id] = at + 1
    return found


def write_list(case: Case, pdf: Path, out: Path, encoding: str = "utf-8-sig") -> Path:
    sheets = sheets_of(case, pdf)
    with out.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "page", "before", "old", "new", "after"))
        for each in case.asked:
            before, after = case.around(each)
            writer.writerow((each.id, sheets[each.id], before, each.old, each.new, after))
    return out


def scored(case: Case, told: dict[str, Any]) -> tuple[dict[str, tuple[int, int, int]], list[str]]:
    """Per class (told, true, both); and every fault in words."""
    states = {each["id"]: each for each in told["corrections"]}
    both: Counter[str] = Counter()
    said: Counter[str] = Counter(each["state"] for each in told["corrections"])
    true: Counter[str] = Counter(each.state for each in case.asked)
    faults = []
    for each in case.asked:
        state = states[each.id]["state"]
        if state == each.state and bare(states[each.id]["found"]) == bare(each.came):
            both[state] += 1
        else:
            faults.append(f"{each} told {states[each.id]} around {case.around(each)}")
    left = list(told["unasked"])
    for each in case.unasked:
        hit = next((u for u in left if _same(case, each, u)), None)
        if hit:
            left.remove(hit)
            both["unasked"] += 1
        else:
            faults.append(f"missed {each} around {case.around(each)}")
    faults += [f"false alarm {each}" for each in left]
    said["unasked"], true["unasked"] = len(told["unasked"]), len(case.unasked)
    return {name: (said[name], true[name], both[name]) for name in CLASSES}, faults


def _same(case: Case, each: Asked, told: dict[str, Any]) -> bool:
    """The same change: put back into its surroundings it makes the same of the same."""
    text = case.parts[each.part].text
    stop = each.start + len(each.old)
    before, after = bare(text[: each.start]), bare(text[stop:])
    old, new = bare(told["old"]), bare(told["new"])
    wide_old = before[-WIDE:] + bare(each.old) + after[:WIDE]  # numbers are told whole
    wide_new = before[-WIDE:] + bare(each.came) + after[:WIDE]
    here = bare(told["before"])[-4:], bare(told["after"])[:4]
    return any(
        wide_old[:at] + new + wide_old[at + len(old) :] == wide_new
        and (not here[0] or not wide_old[:at] or here[0][-1] == wide_old[at - 1])
        for at in range(len(wide_old) - len(old) + 1)
        if wide_old[at : at + len(old)] == old
    )
