"""Taking an act back: also where taking it back is cut short or not let."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from editorial.errors import EditorialError
from editorial.store import journal
from editorial.store.files import put
from editorial.store.lock import let_go, lock
from editorial.store.save import Message, Writes, save
from editorial.store.workspace import Workspace, open_workspace

CHAPTER = "volumes/xiao-2019/chapters/01-keji"
A, B = f"{CHAPTER}/01-gaikuang.yaml", f"{CHAPTER}/01-gaikuang.md"
LETTER = "volumes/xiao-2019/letters/0009/letter.yaml"
MESSAGE = Message(subject="推进：概况", act="move", by="linqing")


@pytest.fixture
def ws(workspace: Path) -> Workspace:
    return open_workspace(workspace)


def cut_short(ws: Workspace, *, done: dict[str, bytes | None]) -> None:
    """What a kill leaves after these files were written."""
    let_go(journal.begin(ws, done, tuple({LETTER} & set(done)), str(MESSAGE)).handle)
    for path, data in done.items():
        put(ws.root / path, data)


def repaired(ws: Workspace) -> str:
    with lock(ws):
        return journal.repair(ws)


def refuse(path: Path) -> None:
    raise PermissionError(errno.EACCES, "", str(path))


def test_a_repair_cut_short_is_taken_up_again(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it had put back is not what somebody changed since."""
    before = [(ws.root / path).read_bytes() for path in (A, B)]
    cut_short(ws, done={A: b"title: X\n", B: b"X\n"})
    come, tried = journal.come_into_place, []

    def once(beside: Path, path: Path) -> None:
        tried.append(path)
        come(beside, path) if len(tried) == 1 else refuse(path)

    with monkeypatch.context() as patch:
        patch.setattr(journal, "come_into_place", once)
        with pytest.raises(EditorialError):
            repaired(ws)
    told = repaired(ws)
    assert (told.startswith("上次操作中断，已退回"), "保持原样" in told) == (True, False)
    assert [(ws.root / path).read_bytes() for path in (A, B)] == before


def test_a_new_record_that_cannot_be_removed_yet_is_removed_later(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Left there without its journal it would be a letter nobody has written."""
    cut_short(ws, done={LETTER: b"title: X\n"})
    with monkeypatch.context() as patch:
        patch.setattr(journal, "remove", refuse)
        with pytest.raises(EditorialError, match="没有写入权限"):
            repaired(ws)
    repaired(ws)
    assert not (ws.root / LETTER).parent.exists()


def test_a_folder_in_the_place_of_a_new_record_stops_no_repair(ws: Workspace) -> None:
    cut_short(ws, done={LETTER: b"title: X\n"})
    (ws.root / LETTER).unlink()
    (ws.root / LETTER).mkdir()
    assert repaired(ws).startswith("上次操作中断")
    assert repaired(ws) == ""


def test_a_deleted_file_comes_back_though_its_copy_cannot_be_read(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A virus scanner may be at it."""
    before, read = (ws.root / A).read_bytes(), Path.read_bytes
    cut_short(ws, done={A: None})

    def scanned(path: Path) -> bytes:
        if path.suffix == ".old":
            refuse(path)
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", scanned)
    repaired(ws)
    assert (ws.root / A).read_bytes() == before


def test_what_a_scanner_looks_into_is_what_it_was(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be read for a moment has not been changed by somebody."""
    before, read = (ws.root / A).read_bytes(), Path.read_bytes
    cut_short(ws, done={A: b"title: X\n"})
    tried: list[Path] = []

    def scanned(path: Path) -> bytes:
        tried.append(path)
        if len(tried) == 1:
            refuse(path)
        return read(path)

    monkeypatch.setattr("editorial.store.in_use.PATIENCE", 5.0)
    monkeypatch.setattr(Path, "read_bytes", scanned)
    assert "保持原样" not in repaired(ws)
    assert (ws.root / A).read_bytes() == before


def test_an_act_after_all_that_is_done(ws: Workspace) -> None:
    cut_short(ws, done={A: b"title: X\n", LETTER: b"title: X\n"})
    save(ws, Writes(files={B: b"X\n"}, expected={}), MESSAGE)
    assert (journal.pending(ws), (ws.root / LETTER).exists()) == (None, False)
