"""`Finding`: the only way anything complains about text. `Edit`: the only way prose changes."""

from __future__ import annotations

from enum import StrEnum

from editorial.model.document import Span
from editorial.values import dataclass


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Put `replacement` in place of the source text under `span`."""

    span: Span
    replacement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`where` is a node id or a file; `span` points into that text."""

    code: str
    message: str
    where: str = ""
    span: Span = Span(0, 0)
    line: int = 0
    severity: Severity = Severity.WARNING
    hint: str = ""
    edit: Edit | None = None


def apply_edits(text: str, edits: tuple[Edit, ...]) -> str:
    """Apply edits from the back, so that no edit moves another. Overlaps raise ValueError."""
    limit = len(text)
    for edit in sorted(edits, key=lambda edit: edit.span.start, reverse=True):
        if edit.span.end > limit:
            raise ValueError("edits overlap")
        text = text[: edit.span.start] + edit.replacement + text[edit.span.end :]
        limit = edit.span.start
    return text
