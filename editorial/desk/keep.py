"""留存: commit what people edited by hand in this volume and its styles."""

from __future__ import annotations

from editorial.desk.freeze import refuse_hand_edits
from editorial.desk.office import Act, Desk, actor, loaded, name_of
from editorial.errors import EditorialError
from editorial.store.history import uncommitted
from editorial.store.journal import repair
from editorial.store.lock import lock
from editorial.store.mailbox import MAILBOX, load_mailbox
from editorial.store.reader import Reader
from editorial.store.save import Message, keep_locked
from editorial.store.workspace import identity
from editorial.store.yamlio import parse


def keep(desk: Desk, message: str) -> Act:
    """One commit of all hand edits under the volume and styles/; BadData if they do not read,
    Refused when they change the text of a book that is with the press."""
    if not message.strip():
        raise EditorialError("没有写明改了什么", hint='写作 editorial keep -m "改了什么"')
    book = loaded(desk)
    by = name_of(actor(desk, book.volume))
    identity(desk.workspace)
    with lock(desk.workspace):
        repair(desk.workspace)
        scope = (f"volumes/{desk.volume_id}", "styles")
        paths = tuple(p for p in uncommitted(desk.workspace, scope) if "/out/" not in p)
        if not paths:
            raise EditorialError("没有未留存的改动", hint="正文和设置都已留存")
        _refuse_unreadable(desk, paths)
        refuse_hand_edits(desk, book, paths)
        subject = Message(subject=message.strip(), act="keep", by=by)
        commit = keep_locked(desk.workspace, paths, subject)
    return Act(message=f"已留存{len(paths)}个文件：{message.strip()}", commit=commit, paths=paths)


def _refuse_unreadable(desk: Desk, paths: tuple[str, ...]) -> None:
    reader = Reader(desk.workspace.files)
    for path in paths:
        if path.endswith((".md", ".yaml")) and (desk.root / path).exists():
            read = reader.text(path)
            if read and path.endswith(".yaml"):
                reader.problems += parse(read[0], path)[1]
    reader.finish()
    if MAILBOX in paths:
        load_mailbox(desk.workspace.files)  # no password may get into a commit
