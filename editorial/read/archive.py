"""Zip files and what Outlook packs, taken apart: Chinese names read right, bombs left whole."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from editorial.model.incoming import Enclosed
from editorial.model.names import fit_file
from editorial.read.tnef import SIGNATURE, tnef_files
from editorial.read.words import decoded
from editorial.values import dataclass

MOST_FILES = 300
MOST_BYTES = 300 * 2**20  # unpacked, all files of one archive together
BIG, MOST_FOLD = 20 * 2**20, 200  # a file this big that shrank more than so many times is a bomb
PIECE = 2**20
DEEPEST = 2  # an archive in an archive is opened, one deeper is kept as it is
ENCRYPTED, UTF8 = 0x1, 0x800
UNICODE_PATH = 0x7075  # Info-ZIP's extra field: the name again, in UTF-8
NOISE = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
PACKED = {
    b"Rar!\x1a\x07": "RAR 压缩包，程序不能解开，请解开后再收入",
    b"7z\xbc\xaf\x27\x1c": "7z 压缩包，程序不能解开，请解开后再收入",
}
LOCKED = "压缩包有密码，请向对方要密码，解开后再收入"
OUTLOOK = (
    "Outlook 的专有格式（winmail.dat），程序打不开，请对方改用普通附件重发，"
    "或在 Outlook 里另存后收入"
)
BROKEN = "压缩包损坏，请对方重发"
UNKNOWN = "压缩包用了程序不认识的压缩方法，请解开后再收入"
# What zipfile and zlib say of damaged bytes; RuntimeError takes in its NotImplementedError.
DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError)
TOO_MUCH = f"压缩包解开后过大（上限 {MOST_BYTES >> 20} MB、{MOST_FILES} 个文件），没有解开"


@dataclass(slots=True)
class Room:
    """What may still come out of one archive, those within it included."""

    files: int = MOST_FILES
    size: int = MOST_BYTES


class _SetAside(Exception):
    """In words: why an archive stays whole."""


def taken_apart(file: Enclosed) -> tuple[Enclosed, ...]:
    """The files within an archive, or the file itself when it is none, or (with the reason)
    when it cannot be opened."""
    return _opened(file, Room(), 0)


def _opened(file: Enclosed, room: Room, depth: int) -> tuple[Enclosed, ...]:
    if file.data.startswith(SIGNATURE):
        return tuple(_packed_by_outlook(file, room, depth))
    if not is_archive(file.data):
        return (Enclosed(name=file.name, data=file.data, reason=file.reason or _packed(file.data)),)
    if depth >= DEEPEST:
        return (Enclosed(name=file.name, data=file.data, reason="压缩包套得太深，没有解开"),)
    try:
        return tuple(_members(file.data, room, depth))
    except _SetAside as why:
        return (Enclosed(name=file.name, data=file.data, reason=str(why)),)
    except NotImplementedError:
        return (Enclosed(name=file.name, data=file.data, reason=UNKNOWN),)
    except DAMAGE:
        return (Enclosed(name=file.name, data=file.data, reason=BROKEN),)


def _packed_by_outlook(file: Enclosed, room: Room, depth: int) -> Iterator[Enclosed]:
    """The files of a winmail.dat; itself when there are none to be had."""
    files = tnef_files(file.data) if depth < DEEPEST else ()
    for name, data in files:
        yield from _opened(Enclosed(name=fit_file(name or "附件"), data=data), room, depth + 1)
    if not files:
        yield Enclosed(name=file.name, data=file.data, reason=file.reason or OUTLOOK)


def is_archive(data: bytes) -> bool:
    """A zip that is no document itself: .docx, .xlsx, .odt, .ofd are zips too."""
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.NameToInfo
            return not names.keys() & {"[Content_Types].xml", "mimetype", "OFD.xml"}
    except DAMAGE:
        return b"[Content_Types].xml" not in data[:4096]


def _packed(data: bytes) -> str:
    return next((why for magic, why in PACKED.items() if data.startswith(magic)), "")


def _members(data: bytes, room: Room, depth: int) -> Iterator[Enclosed]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            name = member_name(info)
            if info.is_dir() or name.startswith(NOISE[:1]) or name.endswith(NOISE[1:]):
                continue
            if info.flag_bits & ENCRYPTED:
                raise _SetAside(LOCKED)
            inner = Enclosed(name=fit_file(name), data=_unpacked(archive, info, room))
            yield from _opened(inner, room, depth + 1)


def listing(data: bytes) -> tuple[str, ...]:
    """The files of an archive with the folders they lie in there; empty when it is none."""
    if data.startswith(SIGNATURE):
        return tuple(name for name, _ in tnef_files(data))
    if not is_archive(data):
        return ()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return tuple(member_name(each) for each in archive.infolist() if not each.is_dir())


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, room: Room) -> bytes:
    """Read piece by piece and no farther than there is room, or than is to be believed: what
    the directory says of sizes may be a lie, and a bomb need not go off to be known."""
    pieces: list[bytes] = []
    size = 0
    room.files -= 1
    most = min(room.size, max(BIG, MOST_FOLD * info.compress_size))
    with archive.open(info) as member:
        while room.files >= 0 and size <= most and (piece := member.read(PIECE)):
            pieces.append(piece)
            size += len(piece)
    room.size -= size
    if room.files < 0 or size > most:
        raise _SetAside(TOO_MUCH)
    return b"".join(pieces)


def member_name(info: zipfile.ZipInfo) -> str:
    """Chinese Windows writes GBK and says nothing; Python takes that for code page 437."""
    if info.flag_bits & UTF8:
        return info.filename
    told = _unicode_path(info.extra)
    if told:
        return told
    try:
        return decoded(info.orig_filename.encode("cp437")).replace("\\", "/")
    except UnicodeEncodeError:
        return info.filename


def _unicode_path(extra: bytes) -> str:
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        if kind == UNICODE_PATH and size > 5:
            return extra[9 : 4 + size].decode("utf-8", "replace")
        extra = extra[4 + size :]
    return ""
