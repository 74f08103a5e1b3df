"""Several threads or processes at one file, one folder, one repository."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from editorial.model.volume import Section
from editorial.store.files import DiskFiles, put
from editorial.store.parsed import FORMAT, Parsed
from editorial.store.reader import Reader
from editorial.store.save import Message, Writes, save
from editorial.store.workspace import open_workspace

Git = Callable[..., str]
TIMES = 60
CHAPTERS = "volumes/xiao-2019/chapters"


@pytest.fixture(autouse=True)
def often() -> Iterator[None]:
    """Threads take turns as often as can be."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


def at_once(*works: Callable[[], object]) -> None:
    """All of them in threads of their own; the first fault is raised."""
    with ThreadPoolExecutor(len(works)) as pool:
        for each in [pool.submit(work) for work in works]:
            each.result()


def test_of_two_who_write_one_file_one_wins_whole(tmp_path: Path) -> None:
    """Two people at one out/ folder; what one has put may be open in the other's Word."""
    path, texts = tmp_path / "稿.pdf", (b"a" * 90_000, b"b" * 50_000)

    def writes(text: bytes) -> None:
        for _ in range(TIMES):
            put(path, text)
            assert path.read_bytes() in texts

    at_once(*(lambda text=text: writes(text) for text in texts))
    assert [each.name for each in tmp_path.iterdir()] == ["稿.pdf"]


def test_two_desks_keep_what_they_parsed_in_one_place(tmp_path: Path) -> None:
    def keeps(mark: str) -> None:
        for number in range(TIMES):
            parsed = Parsed(tmp_path)
            parsed.put("gba-2019", f"{mark}{number}", {"title": mark * 5000})
            parsed.flush()
            kept = (tmp_path / "gba-2019.json").read_bytes()
            assert json.loads(kept.partition(b"\n")[2])["format"] == FORMAT

    at_once(lambda: keeps("a"), lambda: keeps("b"))
    assert [each.name for each in tmp_path.iterdir()] == ["gba-2019.json"]


def test_one_cache_is_filled_and_kept_by_many(tmp_path: Path) -> None:
    parsed = Parsed(tmp_path)

    def fills(mark: int) -> None:
        for number in range(TIMES):
            parsed.put(f"{mark}-{number}", "blob", {"title": "甲"})
            parsed.flush()

    at_once(*(lambda mark=mark: fills(mark) for mark in range(4)))
    assert len([*tmp_path.glob("*.json")]) == 4 * TIMES


def test_what_is_kept_is_what_was_read(workspace: Path, tmp_path: Path) -> None:
    """A file is saved anew just after it was read: nothing of that is taken for the old one."""
    path, parsed = f"{CHAPTERS}/01-keji/03-rencai.yaml", Parsed(tmp_path)
    old, new = "title: 人才\n", "title: 教育\n"

    class Overtaken(DiskFiles):
        def read(self, path: str) -> bytes | None:
            data = super().read(path)
            (self.root / path).write_text(new, "utf-8")
            return data

    (workspace / path).write_text(old, "utf-8")
    first = Reader(Overtaken(workspace, parsed)).record(Section, path)
    (workspace / path).write_text(old, "utf-8")
    again = Reader(DiskFiles(workspace, parsed)).record(Section, path)
    assert [each.title for each in (first, again) if each] == ["人才", "人才"]


def test_a_folder_that_goes_while_one_looks_is_empty(workspace: Path) -> None:
    """Another branch is checked out: folders come and go."""
    files, passing = open_workspace(workspace).files, workspace / CHAPTERS / "09-linshi"
    there = []

    def looks() -> None:
        while len(there) < 40 * TIMES:
            assert files.names(f"{CHAPTERS}/09-linshi") == ()

    def comes_and_goes() -> None:
        for _ in range(40 * TIMES):
            passing.mkdir()
            passing.rmdir()
            there.append(1)

    at_once(looks, comes_and_goes)


def test_acts_of_several_threads_are_one_commit_each(workspace: Path, git: Git) -> None:
    ws = open_workspace(workspace)

    def acts(node: str) -> list[str]:
        path = f"{CHAPTERS}/{node}.md"
        return [
            save(
                ws,
                Writes(files={path: f"【{node}】　第{number}稿。\n".encode()}, expected={}),
                Message(subject=f"改正文：{node}", act="edit", by="linqing"),
            )
            for number in range(4)
        ]

    nodes = ("01-keji/01-gaikuang", "01-keji/02-pingtai", "02-jichu/02-jichang")
    with ThreadPoolExecutor(len(nodes)) as pool:
        made = [commit for told in pool.map(acts, nodes) for commit in told]
    git("fsck", "--strict")
    assert sorted(git("log", "--format=%H", "-n", "12").split()) == sorted(made)
    assert git("status", "--porcelain") == ""
