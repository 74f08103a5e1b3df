"""发稿之后: the text of a book that is with the press changes only by corrections."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from editorial.desk.frozen import refusal
from editorial.desk.office import CORRECTING, Desk, loaded
from editorial.errors import Problem
from editorial.model.gates import filing_told
from editorial.model.press import (
    at_press,
    is_printed_matter,
    press_tag,
    times_handed_over,
)
from editorial.store import git
from editorial.store.history import content, past_since, uncommitted
from editorial.store.load import Loaded

MANY = 5
# What of a record or of volume.yaml is printed; the rest of them goes on changing.
_PRINTED = re.compile(rb"^(?:title|label|editorial_notes):.*(?:\n[ \t-].*)*", re.M)


def refuse_hand_edits(desk: Desk, book: Loaded, paths: tuple[str, ...]) -> None:
    """Refused when what a hand changed is printed in a book that is with the press."""
    if at_press(book.workflow, book.volume.history):
        touched = _touched(desk, paths)
        if touched:
            raise refusal(book, touched)


def _touched(desk: Desk, paths: Iterable[str]) -> list[str]:
    return [path for path in paths if is_printed_matter(path) or _title_changed(desk, path)]


def _title_changed(desk: Desk, path: str) -> bool:
    """Titles of sections and of the book, and the 编辑说明, stand in files that go on changing."""
    if not path.endswith(".yaml") or not ("/chapters/" in path or path.endswith("/volume.yaml")):
        return False
    before, now = content(desk.workspace, "HEAD", path), desk.workspace.files.read(path)
    return _PRINTED.findall(before or b"") != _PRINTED.findall(now or b"")


def loose_at_press(desk: Desk, book: Loaded) -> tuple[str, ...]:
    """Files of a book with the press that a hand has changed and not kept."""
    if not at_press(book.workflow, book.volume.history):
        return ()
    scope = (f"volumes/{desk.volume_id}/chapters", f"volumes/{desk.volume_id}/volume.yaml")
    return tuple(_touched(desk, uncommitted(desk.workspace, scope)))


def after_press(desk: Desk, today: date) -> tuple[str, ...]:
    """Lines to be told of a book handed over: text changed by hand, 备案 still to do."""
    book = loaded(desk)
    if not at_press(book.workflow, book.volume.history):
        return ()
    loose = loose_at_press(desk, book)
    changed = f"本书已经发稿，正文却有手工改动：{'、'.join(loose[:MANY])}" if loose else ""
    more = "……" if loose[MANY:] else ""
    remedy = "（不能留存，见 editorial keep 的提示）" if loose else ""
    return tuple(filter(None, (changed + more + remedy, filing_told(book.volume, today))))


def press_problems(desk: Desk, book: Loaded) -> list[Problem]:
    """What changed since the book was handed over and is no correction, committed or not."""
    if not at_press(book.workflow, book.volume.history):
        return []
    found = [
        Problem(file=path, message="本书已经发稿，这里的改动不是凭校样改的")
        for path in loose_at_press(desk, book)
    ]
    tag = press_tag(desk.volume_id, times_handed_over(book.workflow, book.volume.history))
    if not git.tagged(desk.workspace.root, tag):
        message = f"发稿时的标签 {tag} 不见了，无从核对发稿后的改动；取回它：git fetch --tags"
        return [*found, Problem(file=".git", message=message)]
    scope = f":(glob)volumes/{desk.volume_id}/chapters/**/*.md"
    for each in past_since(desk.workspace, git.tag_ref(tag), (scope,)):
        if each.act not in (CORRECTING, "undo", "redo"):
            message = f"发稿后正文改过，不是凭校样改的：{each.subject}（{each.by}）"
            found.append(Problem(file=f"提交 {each.commit[:10]}", message=message))
    return found
