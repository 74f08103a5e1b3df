"""Which screen shows a node."""

from __future__ import annotations

from editorial.tui.page import AnyPage

PAPERS = {"tasks_in": 2, "letters_closed": 3, "opinions_disposed": 4}


def screen_for(node: str, guard: str = "") -> AnyPage:
    """`letters/0003`, `chapter/section` or `chapter`."""
    first, _, rest = node.partition("/")
    if first == "letters":
        from editorial.tui.letters import LettersScreen

        return LettersScreen(rest)
    if rest:
        from editorial.tui.section import SectionScreen

        return SectionScreen(node, PAPERS.get(guard.split(" ")[0], 1))
    from editorial.tui.chapter import ChapterScreen

    return ChapterScreen(node)
