"""Finding font files, and reading them whole or saying what is wrong with them."""

from __future__ import annotations

import struct
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import yaml
from fontTools.ttLib import TTCollection, TTFont

from editorial.errors import EditorialError
from editorial.model.style import FontConfig, FontFile, FontRole
from editorial.render.fonts import FontTable, LocatedFace, locate, read_table, survey
from editorial.render.pdf.charset import _charset, glyph_cids
from editorial.render.pdf.embedding import subset
from editorial.render.pdf.face import load_face
from editorial.render.pdf.typeset import TypeCase

ROOT = Path(__file__).parents[2]
SERIF = FontFile(file="NotoSerifSC-Regular.otf")
SANS = FontFile(file="NotoSansSC[wght].ttf", weight=700)


def config(**roles: tuple[FontFile, ...]) -> FontConfig:
    labels = {"song": "宋体", "hei": "黑体", "fang": "仿宋", "xbs": "小标宋"}
    return FontConfig(
        roles={
            name: FontRole(label=labels[name], word=labels[name], faces=faces)
            for name, faces in roles.items()
        }
    )


@pytest.fixture
def serif() -> LocatedFace:
    return locate(config(song=(SERIF,))).faces("song")[0]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A TrueType file of three characters, cut from the variable sans."""
    face = load_face(locate(config(hei=(SANS,))).faces("hei")[0])
    path = tmp_path / "small.ttf"
    path.write_bytes(subset(face, "国家史"))
    return path


def test_fonts_yaml_lists_every_role() -> None:
    roles = yaml.safe_load((ROOT / "styles/fonts.yaml").read_text("utf-8"))["roles"]
    assert list(roles) == ["song", "song_bold", "hei", "kai", "fang", "xbs"]


def test_fonts_yaml_serves_every_role_from_the_packages() -> None:
    raw = yaml.safe_load((ROOT / "styles/fonts.yaml").read_text("utf-8"))
    roles = {
        name: FontRole(
            label=role["label"],
            word=role["word"],
            faces=tuple(FontFile(**face) for face in role["faces"]),
        )
        for name, role in raw["roles"].items()
    }
    table = locate(FontConfig(roles=roles))
    assert all(table.faces(role) for role in roles)


def test_first_listed_file_that_is_there_wins(tmp_path: Path) -> None:
    (tmp_path / "simsun.ttc").touch()
    wished = (FontFile(file="FZSSK.TTF"), FontFile(file="simsun.ttc"), SERIF)
    faces = locate(config(song=wished), (tmp_path,)).faces("song")
    assert [face.path.name for face in faces] == ["simsun.ttc", "NotoSerifSC-Regular.otf"]


def test_names_are_compared_without_case(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/SimFang.TTF").touch()
    table = locate(config(fang=(FontFile(file="simfang.ttf"),)), (tmp_path,))
    assert table.faces("fang")[0].path.name == "SimFang.TTF"


def test_given_folder_comes_before_the_environments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("given", "environment"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "simsun.ttc").touch()
    monkeypatch.setenv("EDITORIAL_FONT_DIR", str(tmp_path / "environment"))
    wished = config(song=(FontFile(file="simsun.ttc"),))
    folders = [
        locate(wished, given).faces("song")[0].path.parent.name
        for given in ((tmp_path / "given",), ())
    ]
    assert folders == ["given", "environment"]


def test_a_role_without_a_file_borrows_and_says_so() -> None:
    table = locate(config(song=(SERIF,), hei=(SANS,), xbs=(FontFile(file="没有.ttf"),)))
    assert (table.faces("xbs")[0].path.name, table.substituted) == (SANS.file, ("xbs",))


def test_no_font_at_all_is_an_error_with_a_remedy() -> None:
    table = locate(config(song=(FontFile(file="没有.ttf"),)))
    with pytest.raises(EditorialError, match="宋体") as raised:
        table.faces("song")
    assert "EDITORIAL_FONT_DIR" in raised.value.hint


def test_an_unknown_role_is_named() -> None:
    with pytest.raises(EditorialError, match="隶书"):
        locate(config(song=(SERIF,))).faces("隶书")


def test_survey_counts_what_is_missing() -> None:
    (report,) = survey(locate(config(song=(SERIF,))))
    assert (report.label, report.missing_gb2312, report.missing_gbk) == ("宋体", 0, 0)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda data: data[: len(data) // 2], "不完整"),
        (lambda data: b"<html>404</html>" + data[16:], "不是字体文件"),
        (lambda data: data[:6], "损坏"),
        (lambda data: b"", "损坏"),
    ],
)
def test_a_damaged_file_is_named(
    tmp_path: Path, serif: LocatedFace, damage: Callable[[bytes], bytes], message: str
) -> None:
    path = tmp_path / "坏字体.otf"
    path.write_bytes(damage(serif.path.read_bytes()))
    with pytest.raises(EditorialError, match=f"坏字体.otf.*{message}") as raised:
        load_face(LocatedFace(path=path))
    assert "styles/fonts.yaml" in raised.value.hint


def test_survey_names_a_damaged_file(tmp_path: Path) -> None:
    (tmp_path / "坏字体.ttf").write_bytes(b"no font")
    with pytest.raises(EditorialError, match=r"坏字体\.ttf"):
        survey(locate(config(song=(FontFile(file="坏字体.ttf"),)), (tmp_path,)))


def test_every_face_of_a_collection_can_be_used(tmp_path: Path, small: Path) -> None:
    collection = TTCollection()
    first, second = TTFont(small), TTFont(small)
    second["head"].unitsPerEm = 2 * first["head"].unitsPerEm
    collection.fonts = [first, second]
    path = tmp_path / "two.ttc"
    collection.save(path)
    widths = [load_face(LocatedFace(path=path, index=index)).widths["国"] for index in (0, 1)]
    assert widths == [1000, 500]


def test_an_index_beyond_the_collection_is_an_error(tmp_path: Path, small: Path) -> None:
    collection = TTCollection()
    collection.fonts = [TTFont(small)]
    path = tmp_path / "one.ttc"
    collection.save(path)
    with pytest.raises(EditorialError, match="没有第3个"):
        load_face(LocatedFace(path=path, index=2))


def test_a_variable_face_is_pinned_to_its_weight() -> None:
    faces = [FontFile(file=SANS.file, weight=weight) for weight in (100, 900)]
    light, heavy = map(load_face, locate(config(hei=tuple(faces))).faces("hei"))
    assert (light.name, heavy.name) == ("NotoSansSC-W100", "NotoSansSC-W900")
    assert heavy.widths["m"] > light.widths["m"]
    pinned = TTFont(BytesIO(subset(heavy, "m")))
    assert "fvar" not in pinned
    assert pinned["hmtx"][pinned.getBestCmap()[ord("m")]][0] == round(heavy.widths["m"])


def test_cids_agree_with_the_charset_fonttools_reads(serif: LocatedFace) -> None:
    with TTFont(serif.path, lazy=True) as font:
        names = font.getGlyphOrder()
        data = font.reader["CFF "]
    cids = glyph_cids(memoryview(data))
    assert cids is not None
    assert list(cids[1:]) == [int(name.removeprefix("cid")) for name in names[1:]]


def test_a_face_that_may_not_be_embedded_is_passed_over(tmp_path: Path, small: Path) -> None:
    font = TTFont(small)
    font["OS/2"].fsType = 0x0002
    font.save(tmp_path / "restricted.ttf")
    table: FontTable = locate(config(song=(FontFile(file="restricted.ttf"), SERIF)), (tmp_path,))
    assert TypeCase(table).face("song").name == "NotoSerifSC-Regular"


@pytest.mark.parametrize(
    "table", [b"\x02\x00\x01\x00\x00", b"\x02", b"\x01\x00\x01\x02", b"\x00\x00\x01"]
)
def test_a_charset_cut_short_is_no_charset(table: bytes) -> None:
    with pytest.raises((ValueError, IndexError)):
        _charset(memoryview(table), 0, 9)


def test_a_font_that_cannot_be_made_out_is_named(serif: LocatedFace) -> None:
    def read(table: memoryview) -> None:
        held = np.frombuffer(table, "u1")
        raise ValueError(held)

    with pytest.raises(EditorialError, match=r"NotoSerifSC-Regular\.otf已损坏"):
        read_table(serif, b"CFF ", read)


def _damaged(font: bytes, tag: bytes, damage: str) -> bytes:
    data = bytearray(font)
    record = data.index(tag, 12)
    offset, length = struct.unpack_from(">LL", data, record + 8)
    if damage == "gone":
        data[record : record + 4] = b"none"
    elif damage == "cut":
        struct.pack_into(">L", data, record + 12, 2)
    else:
        data[offset : offset + length] = bytes.fromhex(damage) * length
    return bytes(data)


@pytest.mark.parametrize("damage", ["00", "ff", "cut", "gone"])
@pytest.mark.parametrize("tag", [b"head", b"hhea", b"maxp", b"OS/2", b"name", b"post"])
def test_a_font_with_a_damaged_table_does_all_the_same_or_is_told(
    tmp_path: Path, serif: LocatedFace, small: Path, tag: bytes, damage: str
) -> None:
    for sound in (serif.path, small):
        path = tmp_path / "simsun.ttc"
        path.write_bytes(_damaged(sound.read_bytes(), tag, damage))
        load_face.cache_clear()
        with suppress(EditorialError):
            assert subset(load_face(LocatedFace(path=path)), "国家")


def test_a_font_whose_post_table_is_emptied_is_named(tmp_path: Path, serif: LocatedFace) -> None:
    path = tmp_path / "simsun.ttc"
    path.write_bytes(_damaged(serif.path.read_bytes(), b"post", "00"))
    with pytest.raises(EditorialError, match=r"字体文件simsun\.ttc已损坏"):
        subset(load_face(LocatedFace(path=path)), "国家")


def test_files_of_a_user_nobody_knows_are_not_there(serif: LocatedFace) -> None:
    unknown = FontFile(file="~nobody-here/x.otf")
    found = locate(replace(config(song=(unknown, SERIF)), folders=("~nobody-here/fonts",)))
    assert found.faces("song") == (serif,)


def test_a_file_name_no_disk_can_hold_is_not_there(serif: LocatedFace) -> None:
    found = locate(config(song=(FontFile(file="x" * 5000), FontFile(file="x\0"), SERIF)))
    assert found.faces("song") == (serif,)
