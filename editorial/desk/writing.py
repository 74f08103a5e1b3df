"""改正文: a section's text as somebody edited it, written and committed; what somebody else wrote
meanwhile is never overwritten, and neither is what was just written lost."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from difflib import ndiff
from pathlib import Path

from editorial.desk.office import Act, Desk, actor, loaded, name_of, record
from editorial.errors import Conflict, EditorialError, Refused
from editorial.model.nodes import find_node
from editorial.model.volume import Section
from editorial.read.markup import read_markup
from editorial.store.files import blob_id, disk_refusal
from editorial.store.history import past, uncommitted
from editorial.store.load import load_text
from editorial.store.save import Message
from editorial.store.yamlio import unmerged
from editorial.values import dataclass

BOM = b"\xef\xbb\xbf"
SHOWN = 3
MOST = 12  # lines that differ, shown of two texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """The text of a section as it was taken up for editing; `blob` says which text that was."""

    node: str
    title: str
    path: str
    text: str
    blob: str


def take_up(desk: Desk, node: str) -> Writing:
    """The text to edit, with plain line ends. Refused when the book is with the press."""
    from editorial.desk.frozen import refuse_frozen

    section = _section(desk, node)
    text, source = load_text(desk.workspace.files, desk.volume_id, section.id)
    refuse_frozen(desk.workspace, (source.path,))
    plain = text.replace("\r\n", "\n")
    return Writing(
        node=section.id, title=section.title, path=source.path, text=plain, blob=source.blob
    )


def set_out(desk: Desk, taken: Writing, data: bytes, *, at: datetime) -> str:
    """A copy under out/edits to be written in, by any program: whatever becomes of that program
    or of this one, what was written lies there. `hand_in` takes it away again."""
    folder = f"volumes/{desk.volume_id}/out/edits"
    stem = f"{taken.node.replace('/', '_')}-{at:%Y%m%d-%H%M%S}"
    try:
        (desk.root / folder).mkdir(parents=True, exist_ok=True)
        return f"{folder}/{_put_new(desk.root / folder, stem, data)}"
    except OSError as error:
        raise disk_refusal(error, Path(folder)) from error


def _put_new(folder: Path, stem: str, data: bytes, times: int = 1) -> str:
    """The name of a file that was not there before: two may be at the same section at once."""
    name = f"{stem}.md" if times == 1 else f"{stem}-{times}.md"
    try:
        with (folder / name).open("xb") as out:
            out.write(data)
    except FileExistsError:
        return _put_new(folder, stem, data, times + 1)
    except OSError:  # half of a text is worse than none
        (folder / name).unlink(missing_ok=True)
        raise
    return name


def is_untouched(desk: Desk, taken: Writing, copy: str) -> bool:
    """Whether nobody wrote anything in a copy, or took it away."""
    try:
        return (desk.root / copy).read_bytes() == taken.text.encode()
    except OSError as error:
        return isinstance(error, FileNotFoundError)


def put_away(desk: Desk, copy: str) -> None:
    """A copy nobody needs any more."""
    with suppress(OSError):
        (desk.root / copy).unlink(missing_ok=True)


def say_where(error: EditorialError, copy: str) -> None:
    """The same refusal, which says where the text lies."""
    if copy not in error.message:
        error.message = f"{error.message}；写好的一稿另存在 {copy}"
        error.args = (error.message,)


def hand_in(
    desk: Desk, taken: Writing, text: str, *, at: datetime, note: str = "", copy: str = ""
) -> Act:
    """Write the edited text as one commit, with the line ends the file had.

    When the file changed since it was taken up, or may not be changed any more, the text is put
    aside under out/ and the Conflict or Refused says where; nothing is overwritten. `copy` is
    where it lies already: any refusal names it, and it goes when the text is written.
    """
    try:
        act = _handed_in(desk, taken, text, at, note)
    except EditorialError as error:
        if copy or isinstance(error, Conflict | Refused):
            say_where(error, copy or set_out(desk, taken, _bytes(text, b""), at=at))
        raise
    if copy:
        put_away(desk, copy)
    return act


def _handed_in(desk: Desk, taken: Writing, text: str, at: datetime, note: str) -> Act:
    _refuse_unmerged(text, taken)
    old = desk.workspace.files.read(taken.path) or b""
    if blob_id(old) != taken.blob:
        raise _changed(desk, taken)
    loose = taken.path in uncommitted(desk.workspace, (taken.path,))
    by = name_of(actor(desk, loaded(desk).volume))
    message = Message(subject=f"改正文：{taken.title}", act="edit", by=by, body=note)
    files: dict[str, bytes | None] = {taken.path: _bytes(text, old)}
    try:
        act = record(
            desk, files, expected={taken.path: taken.blob}, message=message, nodes=(taken.node,)
        )
    except Conflict:
        raise _changed(desk, taken) from None
    kept = ("连同先前没有留存的手工改动一并存入",) if loose else ()
    return replace(act, remarks=(*kept, *_remarks(text, taken.node)))


def _refuse_unmerged(text: str, taken: Writing) -> None:
    """Both versions would be printed, and the marks between them."""
    if found := unmerged(text, taken.path):
        raise EditorialError(
            f"“{taken.title}”的这一稿第{found[0].line}行起，{found[0].message}；没有存入",
            hint="改好以后再存入一次",
        )


def differences(theirs: str, ours: str) -> tuple[str, ...]:
    """Lines that only one of two texts has: －, ＋."""
    signs = {"- ": "－", "+ ": "＋"}
    found = [
        signs[line[:2]] + line[2:]
        for line in ndiff(theirs.splitlines(), ours.splitlines())
        if line[:2] in signs
    ]
    more = (f"……共{len(found)}行不同",) if len(found) > MOST else ()
    return (*found[:MOST], *more)


def _section(desk: Desk, node: str) -> Section:
    found = find_node(loaded(desk).volume, node)
    if found.kind != "section":
        raise EditorialError(f"“{node}”不是分目", hint="请写 篇目编号/分目编号")
    return found.sections[0]


def _bytes(text: str, old: bytes) -> bytes:
    """UTF-8 that ends in one line break; line ends and BOM as the file had them."""
    plain = text.replace("\r\n", "\n").rstrip("\n")
    data = f"{plain}\n".encode() if plain else b""
    if b"\r\n" in old:
        data = data.replace(b"\n", b"\r\n")
    return BOM + data if old.startswith(BOM) else data


def _changed(desk: Desk, taken: Writing) -> Conflict:
    """Both stay: theirs where it is, ours beside the outputs; says who."""
    last = past(desk.workspace, (taken.path,), 1)
    loose = taken.path in uncommitted(desk.workspace, (taken.path,))
    who = f"{last[0].by}，{last[0].at:%m-%d %H:%M}，{last[0].subject}" if last else ""
    told = "有人直接改了文件，还没有留存" if loose else who
    return Conflict(
        f"“{taken.title}”的正文在您编辑时被改过（{told}），两稿都在，没有覆盖",
        where=taken.path,
        hint="请对照后再改",
    )


def _remarks(text: str, node: str) -> tuple[str, ...]:
    """The first faults of the markup, for whoever just wrote them."""
    found = [each for each in read_markup(text, node)[1] if each.severity != "info"]
    told = [f"第{each.line}行：{each.message}" for each in found[:SHOWN]]
    more = [f"……正文里共{len(found)}处"] if len(found) > SHOWN else []
    return (*told, *more)
