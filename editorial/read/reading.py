"""The lines of a section's text going by, and what is odd about them."""

from __future__ import annotations

from collections.abc import Iterator

from editorial.model.document import Span
from editorial.model.finding import Finding
from editorial.model.marks import trimmed
from editorial.values import dataclass

BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Line:
    """A source line without its outer blanks; `number` counts from 1."""

    text: str
    span: Span
    number: int


class Reading:
    """Lines going by, blocks and findings coming out. `level` is that of the heading above,
    `misplaced` are labels of notes called where none can be."""

    def __init__(self, text: str, where: str) -> None:
        self.lines = tuple(_lines(text))
        self.at = 0
        self.where = where
        self.level = 0
        self.misplaced: set[str] = set()
        self.findings: list[Finding] = []

    def next(self) -> Line:
        self.at += 1
        return self.lines[self.at - 1]

    @property
    def more(self) -> bool:
        return self.at < len(self.lines)

    def complain(self, code: str, message: str, line: Line, hint: str = "") -> None:
        self.findings.append(
            Finding(
                code=code,
                message=message,
                where=self.where,
                span=line.span,
                line=line.number,
                hint=hint,
            )
        )


def _lines(text: str) -> Iterator[Line]:
    start = 0
    for number, raw in enumerate(text.split("\n"), 1):
        line = trimmed(raw.removeprefix(BOM) if number == 1 else raw)
        begin = start + raw.find(line) if line else start
        yield Line(line, Span(begin, begin + len(line)), number)
        start += len(raw) + 1
