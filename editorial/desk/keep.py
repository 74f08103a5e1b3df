"""留存: commit what people edited by hand in this volume and its styles."""

from __future__ import annotations

from editorial.desk.freeze import refuse_hand_edits
from editorial.desk.office import Act, Desk, actor, loaded, name_of, unchosen
from editorial.desk.references import astray
from editorial.errors import EditorialError
from editorial.model.volume import Volume
from editorial.store.history import uncommitted
from editorial.store.journal import repair
from editorial.store.lock import lock
from editorial.store.mailbox import MAILBOX, load_mailbox
from editorial.store.reader import Reader
from editorial.store.save import Message, keep_locked
from editorial.store.workspace import identity, volume_ids
from editorial.store.yamlio import parse, unmerged

PLACES = ("volumes", "styles")


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
        changed = tuple(p for p in uncommitted(desk.workspace, PLACES) if "/out/" not in p)
        own = (f"volumes/{desk.volume_id}/", "styles/")
        paths = tuple(path for path in changed if path.startswith(own))
        others = _others(desk, changed)
        if not paths:
            here = f"{desk.volume_id} 和 styles 里" if others else ""
            raise EditorialError(f"{here}没有未留存的改动", hint=others or "正文和设置都已留存")
        _refuse_unreadable(desk, paths)
        refuse_hand_edits(desk, book, paths)
        subject = Message(subject=message.strip(), act="keep", by=by)
        commit = keep_locked(desk.workspace, paths, subject)
    return Act(
        message=f"已留存{_counted(desk, paths)}：{message.strip()}",
        commit=commit,
        paths=paths,
        remarks=(*((others,) if others else ()), *_cut_off(desk, book.volume)),
        book=unchosen(desk),
    )


def _cut_off(desk: Desk, volume: Volume) -> tuple[str, ...]:
    """Said at once to whoever renamed a section: its letters and opinions still name the old."""
    lost = len(astray(desk, volume))
    return (f"函件、意见里有{lost}处与分目、单位对不上，请看 editorial verify",) if lost else ()


def _others(desk: Desk, changed: tuple[str, ...]) -> str:
    """The other books with hand edits, and how to keep them."""
    touched = {path.split("/")[1] for path in changed if path.startswith("volumes/")}
    here = volume_ids(desk.workspace.files)
    books = sorted(touched & {*here} - {desk.volume_id})
    gone = sorted(touched - {*here})
    told = [
        f"volumes/{each} 里没有 volume.yaml，留存不了，请执行 editorial verify" for each in gone
    ]
    if books:
        ways = "、".join(f"--volume {each}" for each in books)
        told.insert(0, f"{'、'.join(books)} 还有改动没有留存，要留存加 {ways}")
    return "；".join(told)


def _counted(desk: Desk, paths: tuple[str, ...]) -> str:
    gone = sum(not (desk.root / path).exists() for path in paths)
    return f"{len(paths)}个文件" + (f"，其中删去{gone}个" if gone else "")


def _refuse_unreadable(desk: Desk, paths: tuple[str, ...]) -> None:
    reader = Reader(desk.workspace.files)
    for path in paths:
        if path.endswith((".md", ".yaml")) and (desk.root / path).exists():
            read = reader.text(path)
            if read and path.endswith(".yaml"):
                reader.problems += parse(read[0], path)[1]
            elif read:
                reader.problems += unmerged(read[0], path)
    reader.finish()
    if MAILBOX in paths:
        load_mailbox(desk.workspace.files)  # no password may get into a commit
