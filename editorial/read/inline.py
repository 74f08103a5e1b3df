"""One line of section text → inline runs."""

from __future__ import annotations

import re

from editorial.model.document import Run, Runs, joined
from editorial.model.marks import INLINE, MAYBE_INLINE, unescaped


def read_runs(text: str) -> Runs:
    """Inline marks of one line; what is not a closed mark stays text."""
    if not MAYBE_INLINE.search(text):
        return (Run(text=text),) if text else ()
    runs: list[Run] = []
    at = 0
    for match in INLINE.finditer(text):
        runs.append(Run(text=text[at : match.start()]))
        runs.append(_run(match))
        at = match.end()
    runs.append(Run(text=text[at:]))
    return joined(tuple(runs))


def _run(match: re.Match[str]) -> Run:
    kind, content = match.lastgroup, match[match.lastgroup or 0]
    match kind:
        case "literal":
            return Run(text=content)
        case "emphasis" | "EMPHASIS":
            return Run(kind="emphasis", text=unescaped(content))
        case "superscript" | "SUPERSCRIPT":
            return Run(kind="superscript", text=unescaped(content))
        case "subscript" | "words" | "SUBSCRIPT":
            return Run(kind="subscript", text=unescaped(content))
        case "note":
            return Run(kind="note", target=unescaped(content))
        case _:
            return Run(
                kind="link", text=unescaped(match["link"]), target=unescaped(match["target"])
            )
