"""撤销: the inverse of the last act, itself a commit. Histories grow by a line saying so."""

from __future__ import annotations

from datetime import datetime

from editorial.desk.history import ActLine
from editorial.desk.office import Act, Desk, actor, loaded, name_of, record
from editorial.errors import Conflict, EditorialError
from editorial.store.files import blob_id
from editorial.store.history import Past, changed_paths, content, past
from editorial.store.inverse import inverse, same_state, step_back
from editorial.store.save import Message
from editorial.store.workspace import identity

FINAL = {
    "letter approve": "函件已经签发编号，不能撤销；如不再发出，请用 letter void 作废并写明原因",
    "letter send": "函件已经发出，不能收回；请另发一函说明",
    "keep": "留存的是手工写的内容，撤销会把它从书里抹去；要改回去，请直接改文件，再留存",
    "receive": "收到的来件不能退回；认错了用 returns claim 改认，无用的用 returns aside 搁置",
    "draft": "稿次已经登记，可能已印发，不能撤销；改后再出即为下一稿",
    "init": "这是工作区的第一次提交，前面没有内容",
}
HORIZON = 300


def undoable(desk: Desk) -> ActLine | None:
    """The act that `undo` would take back now."""
    found = _last(desk)
    if found is None:
        return None
    return ActLine(
        at=found.at, by=found.by, subject=found.subject, commit=found.commit, kind=found.act
    )


def _last(desk: Desk) -> Past | None:
    """My newest act on this volume that is neither an undo nor undone already."""
    mail = identity(desk.workspace)[1]
    commits = past(desk.workspace, (f"volumes/{desk.volume_id}",), HORIZON)
    undone = {each.undoes for each in commits if each.undoes}
    for each in commits:
        mine = each.mail == mail and each.act and each.act != "undo"
        if mine and each.commit not in undone:
            return each
    return None


def undo(desk: Desk, *, at: datetime) -> Act:
    """Take back my last act. Conflict when its files changed since."""
    found = _last(desk)
    if found is None:
        raise EditorialError("没有可以撤销的操作", hint="只能撤销自己在本工作区做过的操作")
    if found.act in FINAL:
        raise EditorialError(f"不能撤销“{found.subject}”", hint=FINAL[found.act])
    by = name_of(actor(desk, loaded(desk).volume))
    files: dict[str, bytes | None] = {}
    expected: dict[str, str] = {}
    for path in changed_paths(desk.workspace, found.commit):
        now = desk.workspace.files.read(path)
        after = content(desk.workspace, found.commit, path)
        if not same_state(path, after, now):
            raise Conflict(
                f"“{found.subject}”之后又有改动，不能撤销",
                where=path,
                hint="请直接修改该文件，或先撤销后来的改动",
            )
        files[path] = _taken_back(desk, found, path, after, now, at=at, by=by)
        expected[path] = blob_id(now) if now is not None else ""
    message = Message(
        subject=f"撤销：{found.subject}",
        act="undo",
        by=by,
        trailers=(("Editorial-Undoes", found.commit),),
    )
    return record(desk, files, expected=expected, message=message)


def _taken_back(
    desk: Desk,
    found: Past,
    path: str,
    after: bytes | None,
    now: bytes | None,
    *,
    at: datetime,
    by: str,
) -> bytes | None:
    if found.act == "move":
        return step_back(path, after, now, at=at, by=by, commit=found.commit)
    before = content(desk.workspace, f"{found.commit}^", path)
    if before is None and found.act == "assign":
        raise Conflict(
            "这个文件在操作之前没有留存过，撤销会把它删去", where=path, hint="请直接修改该文件"
        )
    return inverse(path, before, now, at=at, by=by, commit=found.commit)
