"""The program's own folder under .git: what may be missing there, and what must be said."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest

from editorial.errors import EditorialError
from editorial.store.laid import kept_file
from editorial.store.lock import lock
from editorial.store.own import make_room, own_folder
from editorial.store.save import Message, Writes, save
from editorial.store.seen import load_mark, save_mark
from editorial.store.sendlog import known, note, sending
from editorial.store.workspace import Workspace, open_workspace

MESSAGE = Message(subject="推进：概况", act="move", by="周文")


@pytest.fixture
def bare(workspace: Path) -> Path:
    """A workspace where the program has kept nothing yet."""
    shutil.rmtree(workspace / ".git/editorial", ignore_errors=True)
    return workspace


@pytest.fixture
def ws(bare: Path) -> Workspace:
    return open_workspace(bare)


def in_the_way(path: Path) -> Path:
    """A file where the program wants a folder."""
    path.parent.mkdir(exist_ok=True)
    path.write_text("甲", "utf-8")
    return path


def test_a_file_in_its_place_is_set_aside_whole_and_told_of_once(ws: Workspace) -> None:
    in_the_way(own_folder(ws))
    assert ".git/editorial-1.old" in make_room(ws)
    assert (ws.git_dir / "editorial-1.old").read_text("utf-8") == "甲"
    assert make_room(ws) == ""
    with lock(ws):
        assert (own_folder(ws) / "lock").is_file()


def test_what_was_set_aside_before_stays(ws: Workspace) -> None:
    for _ in range(2):
        in_the_way(own_folder(ws))
        make_room(ws)
        own_folder(ws).rmdir()
    assert sorted(path.name for path in ws.git_dir.glob("editorial-*")) == [
        "editorial-1.old",
        "editorial-2.old",
    ]


def test_a_link_to_nowhere_is_set_aside(ws: Workspace) -> None:
    own_folder(ws).symlink_to(ws.root / "没有")
    assert "editorial-1.old" in make_room(ws)
    assert own_folder(ws).is_dir()


def test_nothing_is_moved_by_who_only_looks(bare: Path) -> None:
    ws = open_workspace(bare, read_only=True)
    in_the_way(own_folder(ws))
    with pytest.raises(EditorialError):
        make_room(ws)
    assert own_folder(ws).is_file()


@pytest.mark.parametrize("name", ["laid", "parsed", "pages", "pictures", "seen.json", "holder"])
def test_a_cache_that_cannot_be_kept_stops_nothing(ws: Workspace, name: str) -> None:
    path = own_folder(ws) / name
    path.parent.mkdir(exist_ok=True)
    if name in ("seen.json", "holder"):
        path.mkdir()
    else:
        in_the_way(path)
    save_mark(ws, "INBOX", 1, 2)
    assert load_mark(ws, "INBOX") == ((0, 0) if name == "seen.json" else (1, 2))
    save(ws, Writes(files={"volumes/xiao-2019/a.yaml": b"a: 1\n"}, expected={}), MESSAGE)


def test_a_file_that_cannot_be_kept_is_made_all_the_same(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    kept = in_the_way(own_folder(ws) / "pages") / "a.pdf"
    made = kept_file(kept, lambda: b"%PDF")
    assert (made.name, made.read_bytes()) == ("a.pdf", b"%PDF")
    assert ws.root not in made.parents


def test_a_file_kept_is_not_made_again(ws: Workspace) -> None:
    path = own_folder(ws) / "pages" / "a.pdf"
    assert kept_file(path, lambda: b"1") == path
    assert kept_file(path, lambda: b"2").read_bytes() == b"1"


def test_a_file_in_the_place_of_the_journal_is_named(ws: Workspace) -> None:
    taken = in_the_way(own_folder(ws) / "journal")
    with pytest.raises(EditorialError) as refused:
        save(ws, Writes(files={"volumes/xiao-2019/a.yaml": b"a: 1\n"}, expected={}), MESSAGE)
    assert refused.value.where == str(taken)
    assert "改名或移走" in refused.value.hint
    assert not (ws.root / "volumes/xiao-2019/a.yaml").exists()


def test_a_folder_in_the_place_of_a_lock_or_log_is_named(ws: Workspace) -> None:
    folder = own_folder(ws)
    (folder / "sending-a.jsonl").mkdir(parents=True)
    with sending(ws, "a") as log:
        for act in (lambda: known(log), lambda: note(log, ())):
            with pytest.raises(EditorialError) as refused:
                act()
            assert refused.value.where == str(log.path)
    (folder / "sending.lock").unlink()
    (folder / "sending.lock").mkdir()
    with pytest.raises(EditorialError) as refused, sending(ws, "a"):
        pass
    assert refused.value.where == str(folder / "sending.lock")
