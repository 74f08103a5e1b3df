"""Blanks to be filled in: content controls that tell on their way home whose answer they hold.

Word keeps the tag of a control. LibreOffice 7 keeps the control and forgets its tag, and writes
what stands in one round whole paragraphs three times; so every control stands inside its
paragraph, within a hidden bookmark named like the tag, which both keep.
"""

from __future__ import annotations

import re

from editorial.render.docx.wordml import escape, val

ROOM = '<w:r><w:t xml:space="preserve">　　</w:t></w:r>'
FIRST = 1_000_000  # bookmarks and controls count on from here: the text's own are numbered below
NAME_LENGTH = 40
UNNAMEABLE = re.compile(r"[^0-9A-Za-z]+")


def control(number: int, tag: str, alias: str, content: str = "", room: str = ROOM) -> str:
    """Inline content for a paragraph; `number` is the only one of its kind in the file, `alias`
    what Word shows when it is clicked. Empty, it holds `room`, two blanks that go when one types.

    The control itself cannot be deleted by mistake (ECMA-376-1 17.5.2.21).
    """
    waiting = "" if content else "<w:showingPlcHdr/>"
    look = (
        f"<w:sdtPr><w:alias {val(escape(alias))}/><w:tag {val(escape(tag))}/>"
        f'<w:id {val(FIRST + number)}/><w:lock w:val="sdtLocked"/>{waiting}</w:sdtPr>'
    )
    inside = f"<w:sdt>{look}<w:sdtContent>{content or room}</w:sdtContent></w:sdt>"
    mark = f'w:id="{FIRST + number}"'
    start = f'<w:bookmarkStart {mark} w:name="{bookmark_of(tag)}"/>'
    return f"{start}{inside}<w:bookmarkEnd {mark}/>"


def bookmark_of(tag: str) -> str:
    """`reply:3` → `_reply_3`: names that begin with _ are hidden in Word."""
    return f"_{UNNAMEABLE.sub('_', tag)}"[:NAME_LENGTH]
