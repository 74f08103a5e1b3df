"""核红 by machine on bare files: the old proof, the new one, the list of corrections."""

from __future__ import annotations

import filecmp
from collections.abc import Iterator, Sequence
from pathlib import Path

from editorial.model.proof_text import proof_text
from editorial.model.red_check import check_red
from editorial.model.red_marks import RedMark
from editorial.model.red_verdict import RedChecked
from editorial.read.proof_type import read_type
from editorial.read.red_list import read_red_list

MANY, LEFT = 3, 0.8  # marks, and the share of them, that a typesetter hardly leaves undone


def red_check(old: Path, new: Path, corrections: Path) -> RedChecked:
    """Each correction of the list done, undone or wrong in `new`, and what else was changed.

    EditorialError: a file that is missing, damaged, locked, empty or without text; a list
    without its columns.
    """
    return red_check_marks(old, new, read_red_list(corrections))


def red_check_marks(old: Path, new: Path, marks: Sequence[RedMark]) -> RedChecked:
    """The same with marks at hand, those of a 校样 in the workspace for one."""
    return check_red(marks, proof_text(read_type(old)), proof_text(read_type(new)))


def doubts(checked: RedChecked, old: Path, new: Path) -> Iterator[str]:
    """What looks wrong with the files given: proofs taken for each other, numbers told twice."""
    if filecmp.cmp(old, new, shallow=False):
        yield f"旧样、新样是同一份文件（{new.name}），请看是不是拿错了"
    if 2 * checked.early > len(checked.verdicts):
        told = f"改动单{len(checked.verdicts)}处里有{checked.early}处，旧样上已经是改后的字"
        yield f"{told}；两份校样是不是写反了？--old 写上一次的，--new 写改回来的"
    yield from older(checked)
    lines: dict[str, list[str]] = {}
    for mark in (each.mark for each in checked.verdicts):
        lines.setdefault(mark.id, []).append(str(mark.line))
    for number, twice in lines.items():
        if len(twice) > 1:
            yield f"改动单第{'、'.join(twice)}行的编号都是“{number}”，各处照核，请改编号以便分清"


def older(checked: RedChecked) -> Iterator[str]:
    """What to ask when hardly a mark was carried out and much else is otherwise: a proof that
    was there before the one the marks were made on."""
    undone = sum(each.state == "undone" for each in checked.verdicts)
    others = len(checked.unasked)
    if undone >= max(MANY, LEFT * len(checked.verdicts)) and 2 * others > undone:
        told = f"改动{len(checked.verdicts)}处里有{undone}处没有改，另有{others}处不一样"
        yield f"{told}；新样是不是拿成了更早的一份？"
