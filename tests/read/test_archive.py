"""Archives taken apart: Chinese names, bombs, locks, archives in archives."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest

from editorial.model.incoming import Enclosed
from editorial.read import archive
from editorial.read.archive import taken_apart
from tests.desk.mails import zipped


def plain_zip(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def opened(data: bytes) -> list[tuple[str, bytes]]:
    return [(each.name, each.data) for each in taken_apart(Enclosed(name="a.zip", data=data))]


def reason(data: bytes) -> str:
    (only,) = taken_apart(Enclosed(name="a.zip", data=data))
    assert only.data == data
    return only.reason


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_no_flag_speaks_of_are_read(encoding: str) -> None:
    assert opened(zipped(("修改.txt", b"x"), encoding=encoding)) == [("修改.txt", b"x")]


def test_folders_and_the_systems_own_files_are_left_out() -> None:
    data = plain_zip(a__b=b"1", __MACOSX____b=b"2", a__Thumbs_db=b"3")
    assert ("b", b"1") in opened(data)


def test_paths_lead_nowhere() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("../../evil.txt", b"x")
        packed.writestr("/etc/passwd", b"y")
    assert [name for name, _ in opened(out.getvalue())] == ["evil.txt", "passwd"]


def test_an_archive_in_an_archive_is_opened_once() -> None:
    inner = plain_zip(deep=plain_zip(deepest=b"x"))
    found = taken_apart(Enclosed(name="a.zip", data=plain_zip(one=b"1", two=inner)))
    assert [each.name for each in found] == ["one", "deep"]
    assert found[1].reason == "压缩包套得太深，没有解开"


def test_documents_that_are_archives_stay_whole() -> None:
    data = plain_zip(**{"[Content_Types].xml": b"<x/>"})
    assert opened(data) == [("a.zip", data)]


def test_a_bomb_is_left_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive.Room, "__init__", lambda room: _small(room))
    assert "过大" in reason(plain_zip(a=bytes(2_000_000)))
    assert "过大" in reason(plain_zip(a=b"1", b=b"2", c=b"3", d=b"4"))


def test_a_file_shrunk_beyond_belief_is_left_whole() -> None:
    assert "过大" in reason(plain_zip(a=bytes(30 * 2**20)))


def test_a_bomb_does_not_go_off() -> None:
    data = plain_zip(a=bytes(120 * 2**20))
    tracemalloc.start()
    try:
        assert "过大" in reason(data)
        assert tracemalloc.get_traced_memory()[1] < 60 * 2**20
    finally:
        tracemalloc.stop()


def _small(room: archive.Room) -> None:
    room.files, room.size = 3, 1_000_000


def test_a_locked_archive_says_so() -> None:
    data = bytearray(plain_zip(a=b"x"))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "密码" in reason(bytes(data))


@pytest.mark.parametrize("spoil", [lambda d: d[:60], lambda d: d[:40] + b"\xff" * 9 + d[49:]])
def test_a_broken_archive_says_so(spoil: Callable[[bytes], bytes]) -> None:
    data = plain_zip(a=bytes(range(256)) * 9, b=b"y" * 99)
    assert "损坏" in reason(spoil(data))


def test_an_unknown_method_is_not_called_damage() -> None:
    data = bytearray(plain_zip(a=b"x"))
    data[8] = data[data.index(b"PK\x01\x02") + 10] = 97  # WavPack
    assert "不认识的压缩方法" in reason(bytes(data))


@pytest.mark.parametrize("magic", [b"Rar!\x1a\x07\x01\x00", b"7z\xbc\xaf\x27\x1c"])
def test_other_archives_are_kept_with_words(magic: bytes) -> None:
    assert "解开后再收入" in reason(magic + b"...")
