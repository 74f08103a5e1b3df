"""A rule of the acceptance table that a finished page breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

RULES = {
    "L1": "行首禁则",
    "L2": "行尾禁则",
    "L3": "破折号、省略号不拆，各占两字",
    "L4": "数字、西文词、单位不拆行",
    "P1": "相邻标点挤压",
    "P2": "行尾标点半角",
    "P3": "行首前引标点去空",
    "M1": "汉字与西文、数字之间的间隙",
    "R1": "两端对齐",
    "R2": "字不相叠，疏密均匀",
    "R3": "段首缩进两字",
    "R4": "段末独字",
    "N1": "脚注与注码同页",
    "T1": "续表重印表头",
    "C1": "目录页码、链接、书签属实",
    "F1": "字体嵌入、子集、可查字",
    "F2": "原文逐字可检索",
    "F3": "缺字有报告",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Where a rule is broken: page from 1, baseline in points, the text around, what is wrong."""

    rule: str
    page: int
    y: float
    text: str
    what: str

    def __str__(self) -> str:
        return f"{self.rule} p.{self.page} y={self.y:.0f} “{self.text}” {self.what}"


def tally(faults: Iterable[Fault]) -> dict[str, int]:
    """Number of faults by rule, rules without any left out."""
    count = Counter(fault.rule for fault in faults)
    return {rule: count[rule] for rule in RULES if count[rule]}
