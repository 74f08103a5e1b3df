"""Which font file serves which role: found by name, never opened until a page is set.

A role takes the first face of `styles/fonts.yaml` that is on this machine; the further
ones lend the characters it lacks. A role with none borrows from a kindred role, and is
then reported as substituted.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import TypeVar

import uharfbuzz as hb

from editorial.errors import EditorialError
from editorial.model.style import FontConfig, FontFile
from editorial.values import dataclass

T = TypeVar("T")

FONT_PACKAGES = ("pylopdf_fonts_zh_cn", "justmytype_intl_cjk")
SUFFIXES = (".otf", ".ttf", ".ttc", ".otc")
SFNT = (b"\x00\x01\x00\x00", b"OTTO", b"true")
# Tables no face does without, with the bytes each has at least; the mark inside of head.
NEEDED = {b"cmap": 4, b"head": 54, b"hhea": 36, b"hmtx": 4, b"maxp": 6}
MAGIC = b"\x5f\x0f\x3c\xf5"

# What a chapter on a dialect cannot do without (International Phonetic Alphabet, 2020).
SOUNDS = frozenset(map(ord, "ŋɔɐɛɪɵʊəɕʰʔ˥˦˧˨˩"))

# Nearest in colour first: a bold heading stays dark, a written hand stays written.
KINDRED = {
    "song": ("hei",),
    "song_bold": ("hei", "song"),
    "hei": ("song_bold", "song"),
    "kai": ("fang", "song", "hei"),
    "fang": ("kai", "song", "hei"),
    "xbs": ("song_bold", "hei", "song"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LocatedFace:
    """A font file on this machine. `weight` 0 = as it is; `wanted` = listed for the role itself."""

    path: Path
    index: int = 0
    weight: int = 0
    wanted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FontTable:
    """Every role with the faces found for it, its own before the borrowed ones."""

    config: FontConfig
    located: dict[str, tuple[LocatedFace, ...]]

    def faces(self, role: str) -> tuple[LocatedFace, ...]:
        """Preferred face first, then those lending missing characters; never empty."""
        if role not in self.located:
            raise EditorialError(
                f"字体设置里没有“{role}”这种字体",
                hint="可用的有：" + "、".join(self.located),
                where="styles/fonts.yaml",
            )
        if not self.located[role]:
            raise EditorialError(
                f"没有找到可用的{self.label(role)}字体文件",
                hint=f"安装字体包：pip install {' '.join(FONT_PACKAGES).replace('_', '-')}；"
                "或把字体文件放进一个文件夹，用环境变量 EDITORIAL_FONT_DIR 指出",
            )
        return self.located[role]

    def label(self, role: str) -> str:
        return self.config.roles[role].label

    @property
    def substituted(self) -> tuple[str, ...]:
        """Roles set in a borrowed face."""
        return tuple(role for role, faces in self.located.items() if faces and not faces[0].wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class FontReport:
    """What serves a role, and how many Han of the two character sets it lacks."""

    role: str
    label: str
    file: str
    index: int
    wanted: bool
    missing_gb2312: int
    missing_gbk: int


def locate(config: FontConfig, folders: tuple[Path, ...] = ()) -> FontTable:
    """Find the files of every role. `folders` are searched before those of the config.

    Only directory listings are read; a role may stay empty until it is asked for.
    """
    wished = {face.file for role in config.roles.values() for face in role.faces}
    found = _find(wished, [*folders, *search_folders(config)])
    own = {
        role: tuple(_located(face, found[face.file]) for face in spec.faces if face.file in found)
        for role, spec in config.roles.items()
    }
    located = {role: (*faces, *_borrowed(role, own)) for role, faces in own.items()}
    return FontTable(config=config, located=located)


def _located(face: FontFile, path: Path) -> LocatedFace:
    return LocatedFace(path=path, index=face.index, weight=face.weight)


def _borrowed(role: str, own: dict[str, tuple[LocatedFace, ...]]) -> tuple[LocatedFace, ...]:
    seen = {(face.path, face.index, face.weight) for face in own[role]}
    borrowed: list[LocatedFace] = []
    for lender in KINDRED.get(role, ("song", "hei")):
        for face in own.get(lender, ()):
            key = (face.path, face.index, face.weight)
            if key not in seen:
                seen.add(key)
                borrowed.append(
                    LocatedFace(path=face.path, index=face.index, weight=face.weight, wanted=False)
                )
    return tuple(borrowed)


def search_folders(config: FontConfig) -> tuple[Path, ...]:
    """The config's folders, $EDITORIAL_FONT_DIR, the font packages, the system, in this order."""
    configured = [_at_home(folder) for folder in config.folders]
    given = [Path(part) for part in _environment("EDITORIAL_FONT_DIR").split(os.pathsep) if part]
    return (*configured, *given, *_packages(), *_system(sys.platform))


def _packages() -> Iterator[Path]:
    for name in FONT_PACKAGES:
        spec = find_spec(name)
        for folder in (spec and spec.submodule_search_locations) or ():
            yield Path(folder)


def _system(platform: str) -> tuple[Path, ...]:
    home = Path.home()
    if platform == "win32":
        windows = Path(_environment("WINDIR") or "C:/Windows") / "Fonts"
        local = Path(_environment("LOCALAPPDATA") or home / "AppData/Local")
        return (windows, local / "Microsoft/Windows/Fonts")
    if platform == "darwin":
        return (
            home / "Library/Fonts",
            Path("/Library/Fonts"),
            Path("/System/Library/Fonts"),
            Path("/System/Library/AssetsV2"),
        )
    data = Path(_environment("XDG_DATA_HOME") or home / ".local/share")
    tex = (Path("/usr/share/texmf/fonts"), Path("/usr/share/texlive/texmf-dist/fonts"))
    return (
        data / "fonts",
        home / ".fonts",
        Path("/usr/local/share/fonts"),
        Path("/usr/share/fonts"),
        *(folder / "opentype/public/fandol" for folder in tex),
    )


def _environment(name: str) -> str:
    return os.environ.get(name, "").strip()


def _find(wished: set[str], folders: Iterable[Path]) -> dict[str, Path]:
    """Wished file name → path; the first folder having it wins. Names compare without case."""
    found = {name: path for name in wished if (path := _whole_path(name))}
    open_names = {name.casefold(): name for name in wished - found.keys()}
    for folder in folders:
        for path in _font_files(folder):
            name = open_names.pop(path.name.casefold(), None)
            if name is not None:
                found[name] = path
        if not open_names:
            break
    return found


def _whole_path(name: str) -> Path | None:
    """The file, where its whole path is given."""
    path = _at_home(name)
    try:
        return path if path.is_file() else None
    except OSError:  # too long a name for any disk
        return None


def _at_home(name: str) -> Path:
    try:
        return Path(name).expanduser()
    except RuntimeError:  # the home of a user whom nobody knows
        return Path(name)


def _font_files(folder: Path) -> Iterator[Path]:
    """Font files below `folder` in a fixed order; what cannot be read is passed over."""
    for top, folders, files in os.walk(folder):
        folders.sort()
        for file in sorted(files):
            if file.casefold().endswith(SUFFIXES):
                yield Path(top, file)


def survey(table: FontTable) -> tuple[FontReport, ...]:
    """Open the first face of every role and count what it lacks of GB 2312 and GBK."""
    sets = {name: _han(name) for name in ("gb2312", "gbk")}
    return tuple(_surveyed(table, role, sets) for role, faces in table.located.items() if faces)


def _surveyed(table: FontTable, role: str, sets: dict[str, set[int]]) -> FontReport:
    face = table.located[role][0]
    covered = set(open_font(face).unicodes)
    return FontReport(
        role=role,
        label=table.label(role),
        file=str(face.path),
        index=face.index,
        wanted=face.wanted,
        missing_gb2312=len(sets["gb2312"] - covered),
        missing_gbk=len(sets["gbk"] - covered),
    )


def phonetic_face(table: FontTable) -> LocatedFace | None:
    """The first face that has the sounds and tones of Chinese dialects."""
    faces = dict.fromkeys(face for role in table.located.values() for face in role)
    return next((face for face in faces if set(open_font(face).unicodes) >= SOUNDS), None)


def open_font(located: LocatedFace) -> hb.Face:
    """Read the file; raises EditorialError, naming it, when it cannot be a whole font."""
    try:
        with _mapped(located) as data:
            fault = _fault(data, located.index)
    except OSError as error:
        raise unusable(located, f"读不了（{error.strerror}）") from error
    except ValueError:  # an empty file cannot be mapped
        fault = "已损坏"
    if fault:
        raise unusable(located, fault)
    # Mapped too: a face is ten megabytes, of which a book shows a few hundred characters.
    return hb.Face(hb.Blob.from_file_path(located.path), located.index)


def read_table(located: LocatedFace, tag: bytes, read: Callable[[memoryview], T]) -> T:
    """What `read` makes of a table of a font that could be opened; it is not copied. Raises
    EditorialError, naming the file, where `read` can make nothing of it."""
    try:
        with _mapped(located) as data:
            start, end = dict(_tables(data, _directory(data, located.index)))[tag]
            with memoryview(data) as whole, whole[start:end] as table:
                return read(table)
    # What was raised may still hold a part of the table: then closing it raises over that.
    except (struct.error, ValueError, IndexError, KeyError, BufferError) as error:
        raise unusable(located) from error


@contextmanager
def _mapped(located: LocatedFace) -> Iterator[mmap]:
    with located.path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        yield data


def unusable(located: LocatedFace, fault: str = "已损坏") -> EditorialError:
    return EditorialError(
        f"字体文件{located.path.name}{fault}",
        hint="重新安装这个字体，或删去该文件、在 styles/fonts.yaml 中换用别的字体",
        where=str(located.path),
    )


def _fault(data: mmap, index: int) -> str:
    """What is wrong with the table directory. HarfBuzz itself would show silent boxes."""
    try:
        if data[:4] == b"ttcf" and index >= (count := int.from_bytes(data[8:12])):
            return f"里只有{count}个字体，没有第{index + 1}个"
        start = _directory(data, index)
        tables = dict(_tables(data, start))
    except struct.error:
        return "已损坏"
    if data[start : start + 4] not in SFNT or not tables:
        return "不是字体文件，或已损坏"
    if any(end > len(data) for _, end in tables.values()):
        return "不完整，可能没有下载完"
    if any(_length(tables, tag) < least for tag, least in NEEDED.items()):
        return "缺少必要的内容，已损坏"
    magic = tables[b"head"][0] + 12
    if data[magic : magic + 4] != MAGIC:
        return "已损坏"
    if not {b"glyf", b"CFF ", b"CFF2"} & tables.keys():
        return "没有可以放大的字形，不能用来排版"
    return ""


def _length(tables: Mapping[bytes, tuple[int, int]], tag: bytes) -> int:
    start, end = tables.get(tag, (0, 0))
    return end - start


def _directory(data: mmap, index: int) -> int:
    """Where the table directory of a face begins: a collection has several."""
    if data[:4] != b"ttcf":
        return 0
    return int.from_bytes(data[12 + 4 * index : 16 + 4 * index])


def _tables(data: mmap, start: int) -> Iterator[tuple[bytes, tuple[int, int]]]:
    """Tag and bounds of every table in the directory at `start` (OpenType 1.9, otff)."""
    (count,) = struct.unpack_from(">H", data, start + 4)
    for record in range(count):
        tag, _, offset, length = struct.unpack_from(">4sLLL", data, start + 12 + 16 * record)
        yield tag, (offset, offset + length)


def _han(codec: str) -> set[int]:
    """The unified ideographs of a double-byte code: 6,763 in GB 2312, 20,902 in GBK."""
    return {code for code in range(0x4E00, 0x9FA6) if _encodes(chr(code), codec)}


def _encodes(char: str, codec: str) -> bool:
    try:
        char.encode(codec)
    except UnicodeEncodeError:
        return False
    return True
