"""撤销 and 重做: the inverse of an act, and the inverse of that; each is a commit of its own.

Histories grow by a line saying so. What somebody else changed since is never thrown away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from editorial.desk.history import ActLine
from editorial.desk.office import CORRECTING, Act, Desk, actor, loaded_beside, name_of, record
from editorial.errors import Conflict, EditorialError
from editorial.store.files import blob_id
from editorial.store.history import Past, changed_paths, content, past, past_since
from editorial.store.inverse import (
    again_step,
    back_step,
    inverse,
    last_step,
    same_state,
    step_back,
    still_stands,
)
from editorial.store.save import Message
from editorial.store.workspace import identity
from editorial.values import dataclass

FINAL = {
    "letter approve": "函件已经签发编号，不能撤销；如不再发出，请用 letter void 作废并写明原因",
    "letter send": "函件已经发出，不能收回；请另发一函说明",
    "keep": "留存的是手工写的内容，撤销会把它从书里抹去；要改回去，请直接改文件，再留存",
    "receive": "收到的来件不能退回；认错了用 returns claim 改认，无用的用 returns aside 搁置",
    "draft": "稿次已经登记，可能已印发，不能撤销；改后再出即为下一稿",
    "init": "这是工作区的第一次提交，前面没有内容",
}
HORIZON = 300
BACK, AGAIN = "撤销：", "重做："


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoable:
    """An act of mine that stands; `why` it cannot be taken back, empty when it can."""

    line: ActLine
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would become of each file: `changes` are (path, as it lies there, as it would be)."""

    line: ActLine
    changes: tuple[tuple[str, bytes | None, bytes | None], ...]


def undoable(desk: Desk) -> ActLine | None:
    """The act that `undo` would take back now."""
    found = next(_standing(_mine(desk)), None)
    return _line(found) if found else None


def undo_list(desk: Desk, limit: int = 20) -> tuple[Undoable, ...]:
    """My acts on this volume that stand, newest first."""
    found = [Undoable(line=_line(x), why=FINAL.get(x.act, "")) for x in _standing(_mine(desk))]
    return tuple(found[:limit])


def redo_list(desk: Desk) -> tuple[ActLine, ...]:
    """What I took back and can do again, the first to do in front; `at` is when it was."""
    return tuple(_again_line(each) for each in _undone(_mine(desk)))


def preview(desk: Desk, commit: str = "", *, at: datetime) -> Preview:
    """What `undo` would write; raises what it would raise."""
    mine = _mine(desk)
    found = _wanted(mine, commit)
    return _seen(desk, mine, found, _line(found), at)


def redo_preview(desk: Desk, *, at: datetime) -> Preview:
    """What `redo` would write; raises what it would raise."""
    mine = _mine(desk)
    found = _to_redo(mine)
    return _seen(desk, mine, found, _again_line(found), at)


def undo(desk: Desk, *, at: datetime, commit: str = "") -> Act:
    """Take back my last act, or the one of that commit. Conflict when what it changed has been
    changed since."""
    mine = _mine(desk)
    found = _wanted(mine, commit)
    subject = f"{BACK}{found.subject.removeprefix(AGAIN)}"
    trailers = (("Editorial-Undoes", found.commit),)
    return _record(
        desk, mine, found, Message(subject=subject, act="undo", by="", trailers=trailers), at
    )


def redo(desk: Desk, *, at: datetime) -> Act:
    """Do again what I took back last. Conflict when it has been changed since; a move is
    Refused when it could not be made now."""
    mine = _mine(desk)
    found = _to_redo(mine)
    _refuse_blocked(desk, mine, found)
    subject = f"{AGAIN}{found.subject.removeprefix(BACK)}"
    trailers = (("Editorial-Redoes", found.commit),)
    return _record(
        desk, mine, found, Message(subject=subject, act="redo", by="", trailers=trailers), at
    )


# Which act


def _mine(desk: Desk) -> tuple[Past, ...]:
    """My acts on this volume, newest first: those done in my name, whoever sat there. Of two
    whom the staff list does not know, the mail tells which is which."""
    mail = identity(desk.workspace)[1]
    me = actor(desk, loaded_beside(desk, ()).volume)
    commits = past(desk.workspace, (f"volumes/{desk.volume_id}",), HORIZON)
    if isinstance(me, str):
        own = (each for each in commits if each.by == me and each.mail == mail)
    else:  # before there was a trailer, the name in git
        own = (each for each in commits if each.by in (me.id, me.name))
    return tuple(each for each in own if each.act)


def _standing(mine: tuple[Past, ...]) -> Iterator[Past]:
    """Those that are neither an undo nor taken back already; what was done again stands."""
    undone = {each.undoes for each in mine if each.undoes}
    return (each for each in mine if each.act != "undo" and each.commit not in undone)


def _undone(mine: tuple[Past, ...]) -> Iterator[Past]:
    """The undos that can be taken back: none is after something new was done."""
    again = {each.redoes for each in mine if each.redoes}
    for each in mine:
        if each.act not in ("undo", "redo"):
            return
        if each.act == "undo" and each.commit not in again:
            yield each


def _wanted(mine: tuple[Past, ...], commit: str) -> Past:
    standing = _standing(mine)
    if commit:
        standing = (each for each in standing if each.commit.startswith(commit))
    found = next(standing, None)
    if found is None and commit:
        hint = "editorial undo --list 列出自己做过、还可以撤销的操作"
        raise EditorialError(f"没有提交号是“{commit}”、可以撤销的操作", hint=hint)
    if found is None:
        raise EditorialError("没有可以撤销的操作", hint="只能撤销自己在本工作区做过的操作")
    if found.act in FINAL:
        raise EditorialError(f"不能撤销“{found.subject}”", hint=FINAL[found.act])
    return found


def _to_redo(mine: tuple[Past, ...]) -> Past:
    found = next(_undone(mine), None)
    if found is None:
        hint = "撤销以后又办了别的事，就不能再重做；请照原样再办一次"
        raise EditorialError("没有可以重做的操作", hint=hint)
    root = _root(mine, found)
    if root is None or root.tag:
        hint = "它带着标签（发稿、开评议轮次），请照原样再办一次"
        raise EditorialError(f"不能重做“{found.subject.removeprefix(BACK)}”", hint=hint)
    return found


def _root(mine: tuple[Past, ...], each: Past) -> Past | None:
    """The act itself that an undo or a redo is about."""
    known = {one.commit: one for one in mine}
    found: Past | None = each
    while found is not None and (found.undoes or found.redoes):
        found = known.get(found.undoes or found.redoes)
    return found


def _line(found: Past) -> ActLine:
    return ActLine(
        at=found.at, by=found.by, subject=found.subject, commit=found.commit, kind=found.act
    )


def _again_line(undone: Past) -> ActLine:
    return replace(_line(undone), subject=undone.subject.removeprefix(BACK))


# What becomes of its files


def _seen(desk: Desk, mine: tuple[Past, ...], found: Past, line: ActLine, at: datetime) -> Preview:
    now = desk.workspace.files
    files = _files(desk, mine, found, at=at, by="")
    return Preview(line=line, changes=tuple((p, now.read(p), new) for p, new in files.items()))


def _record(desk: Desk, mine: tuple[Past, ...], found: Past, message: Message, at: datetime) -> Act:
    by = name_of(actor(desk, loaded_beside(desk, ()).volume))
    files = _files(desk, mine, found, at=at, by=by)
    now = {path: desk.workspace.files.read(path) for path in files}
    root = _root(mine, found)
    return record(
        desk,
        files,
        expected={path: blob_id(data) if data is not None else "" for path, data in now.items()},
        message=replace(message, by=by),
        untag=(found.tag,) if found.tag else (),
        correcting=root is not None and root.act == CORRECTING,
    )


def _files(
    desk: Desk, mine: tuple[Past, ...], found: Past, *, at: datetime, by: str
) -> dict[str, bytes | None]:
    """What the files of an act become without it; Conflict when it does not stand any more."""
    _refuse_in_use(desk, found)
    root = _root(mine, found)
    kind = root.act if root else ""
    return {
        path: _taken_back(desk, found, kind, path, at=at, by=by)
        for path in changed_paths(desk.workspace, found.commit)
    }


def _taken_back(
    desk: Desk, found: Past, kind: str, path: str, *, at: datetime, by: str
) -> bytes | None:
    now = desk.workspace.files.read(path)
    before = content(desk.workspace, f"{found.commit}^", path)
    after = content(desk.workspace, found.commit, path)
    moved = kind == "move" and found.act != "undo"
    only = "history" if moved else ""
    loose = not same_state(path, content(desk.workspace, "HEAD", path), now)  # by hand, not kept
    if loose or not still_stands(path, before, after, now, only=only):
        raise _changed_since(desk, found, path)
    if moved:
        return step_back(path, after, now, back_step(at, by, found.commit))
    if before is None and kind == "assign":
        raise Conflict(
            "这个文件在操作之前没有留存过，撤销会把它删去", where=path, hint="请直接修改该文件"
        )
    step = again_step(at, by) if found.act == "undo" else back_step(at, by, found.commit)
    return inverse(path, before, after, now, step)


def _changed_since(desk: Desk, found: Past, path: str) -> Conflict:
    """Says who changed the file, when it was one of those who left a commit."""
    later = past_since(desk.workspace, found.commit, (path,))
    told = [f"{each.at:%m-%d %H:%M} {each.by} {each.subject}" for each in later[:3]]
    what = "重做" if found.act == "undo" else "撤销"
    who = f"之后：{'；'.join(told)}。" if told else "改动还没有留存。"
    return Conflict(
        f"“{found.subject}”之后又有改动，不能{what}",
        where=path,
        hint=f"{who}请直接修改该文件，或先撤销后来的改动",
    )


def _refuse_in_use(desk: Desk, found: Past) -> None:
    """A round with something in it already is not undone, or its opinions would hang in the air."""
    if found.act != "round open":
        return
    for path in changed_paths(desk.workspace, found.commit):
        folder, _, record_name = path.rpartition("/")
        others = [name for name in desk.workspace.files.names(folder) if name != record_name]
        if record_name == "round.yaml" and others:
            raise Conflict(
                f"不能撤销“{found.subject}”：这一轮已经有了意见或文件",
                where=folder,
                hint="这一轮不办了，用 editorial round close --exempt 编号 --note 理由 结束它",
            )


def _refuse_blocked(desk: Desk, mine: tuple[Past, ...], undone: Past) -> None:
    """A move done again asks what a move asks, unless it was insisted on then."""
    from editorial.desk.move import foresee, refuse_blocked

    root = _root(mine, undone)
    if root is None or root.act != "move":
        return
    paths = changed_paths(desk.workspace, root.commit)
    steps = {p: last_step(p, content(desk.workspace, root.commit, p)) for p in paths}
    asked = [_node(desk, path) for path, step in steps.items() if step and not step.get("forced")]
    if asked:
        to = next(step["to"] for step in steps.values() if step)
        refuse_blocked(foresee(desk, tuple(asked), to, at=undone.at))


def _node(desk: Desk, path: str) -> str:
    """volumes/x/chapters/01/02.yaml → 01/02; progress.yaml → the volume."""
    _, between, rest = path.partition("/chapters/")
    return rest.removesuffix(".yaml") if between else desk.volume_id
