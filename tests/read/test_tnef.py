"""winmail.dat: the files Outlook packs are taken out, whatever the names are written in."""

from __future__ import annotations

import io
import struct
import zipfile

from editorial.model.incoming import Enclosed
from editorial.read.archive import taken_apart
from editorial.read.tnef import SIGNATURE, tnef_files

BEGINS = (2, 0x69002, bytes(14))


def attribute(level: int, ident: int, value: bytes) -> bytes:
    check = struct.pack("<H", sum(value) & 0xFFFF)
    return struct.pack("<BII", level, ident, len(value)) + value + check


def packed(*attributes: tuple[int, int, bytes]) -> bytes:
    first = (1, 0x89006, struct.pack("<I", 0x10000))
    return SIGNATURE + b"\1\0" + b"".join(attribute(*each) for each in (first, *attributes))


def title(name: str) -> tuple[int, int, bytes]:
    return 2, 0x18010, name.encode("gbk") + b"\0"


def contents(data: bytes) -> tuple[int, int, bytes]:
    return 2, 0x6800F, data


def long_name(name: str) -> tuple[int, int, bytes]:
    """After a number, a named property and a list of texts, which have to be stepped over."""
    text = name.encode("utf-16-le") + b"\0\0"
    value = struct.pack("<I", 4)
    value += struct.pack("<HHI", 3, 0x3705, 1)
    value += struct.pack("<HH", 11, 0x8001) + bytes(16) + struct.pack("<II", 1, 6) + b"a\0b\0\0\0"
    value += bytes(2) + struct.pack("<I", 1)
    value += struct.pack("<HHI", 0x101E, 0x3A58, 2) + 2 * (struct.pack("<I", 3) + b"ab\0\0")
    value += struct.pack("<HHII", 31, 0x3707, 1, len(text)) + text + bytes(-len(text) % 4)
    return 2, 0x69005, value


def test_names_in_gbk_and_long_names_are_read() -> None:
    data = packed(
        (1, 0x2800C, b"see attachment\0"),
        BEGINS,
        title("修改稿.doc"),
        contents(b"one"),
        BEGINS,
        contents(b"two"),
        title("FUJIAN~1.XLS"),
        long_name("附件一览表（终）.xls"),
    )
    assert tnef_files(data) == (("修改稿.doc", b"one"), ("附件一览表（终）.xls", b"two"))


def test_what_comes_before_the_damage_is_had() -> None:
    data = packed(BEGINS, title("a.doc"), contents(b"one"), BEGINS, contents(b"two" * 40))
    assert tnef_files(data[:-50]) == (("a.doc", b"one"),)


def test_a_zip_within_is_opened_and_paths_lead_nowhere() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("稿.txt", "稿")
    data = packed(BEGINS, title("a.zip"), contents(out.getvalue()), BEGINS, title("..\\..\\b.txt"))
    data += attribute(*contents(b"x"))
    found = taken_apart(Enclosed(name="winmail.dat", data=data))
    assert [(each.name, each.reason) for each in found] == [("稿.txt", ""), ("b.txt", "")]


def test_one_that_holds_nothing_says_so() -> None:
    (only,) = taken_apart(Enclosed(name="winmail.dat", data=packed()))
    assert (only.data, "Outlook" in only.reason) == (packed(), True)
