"""Charts and scenes are small palette pictures, the same every time, and refuse bad data."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from editorial.desk.specimen.picture import picture_of, picture_png, scene_jpeg
from editorial.desk.specimen.scenery import motif_of
from editorial.errors import EditorialError
from editorial.model.style import FontConfig, FontFile, FontRole
from editorial.render.fonts import LocatedFace, locate

LABELS = ["广州", "深圳", "香港", "澳门"]
SERIES = {"2017年": [1, -2, 3.5, 4], "2018年": [2, 3, 4, 5.25]}


@pytest.fixture(scope="module")
def hei() -> LocatedFace:
    faces = (FontFile(file="NotoSansSC-Regular.otf"), FontFile(file="wqy-zenhei.ttc"))
    role = FontRole(label="黑体", word="黑体", faces=faces)
    return locate(FontConfig(roles={"hei": role})).faces("hei")[0]


def drawn(raw: dict[str, object], face: LocatedFace) -> bytes:
    return picture_png(picture_of(raw), face.path, face.index, face.weight)


@pytest.mark.parametrize(
    "raw",
    [
        {"kind": "bar", "labels": LABELS, "values": [1, 2, 3, 4], "unit": "亿元"},
        {"kind": "bar", "labels": LABELS, "series": SERIES},
        {"kind": "line", "labels": LABELS, "series": SERIES},
        {"kind": "line", "labels": ["一月"], "values": [3]},
        {"kind": "pie", "labels": LABELS, "values": ["40", "30", "20", "10"], "unit": "%"},
        {"kind": "map", "labels": LABELS, "values": [9, 8, 7, 0], "lines": [["广州", "澳门"]]},
        {"kind": "map", "labels": ["某地", "广州"], "values": [1, 2]},
        {"kind": "map"},
        {"kind": "scene", "title": "跨海大桥"},
    ],
    ids=lambda raw: "-".join((str(raw["kind"]), *list(raw)[1:])),
)
def test_every_kind_is_a_small_palette_picture(raw: dict[str, object], hei: LocatedFace) -> None:
    image = Image.open(io.BytesIO(drawn(raw, hei)))
    assert (image.mode, image.width, len(drawn(raw, hei)) < 60_000) == ("P", 1200, True)
    left, top, right, bottom = ImageChops.invert(image.convert("RGB")).getbbox() or (0, 0, 0, 0)
    assert image.height <= 760
    assert max(top, image.height - bottom) <= 20
    assert abs(left - (1200 - right)) <= 4


def test_the_same_data_gives_the_same_bytes(hei: LocatedFace) -> None:
    raw: dict[str, object] = {"kind": "bar", "labels": LABELS, "series": SERIES}
    assert drawn(raw, hei) == drawn(raw, hei)


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        ({"kind": "torte"}, "不认识的图种类“torte”"),
        ({"kind": "bar", "labels": LABELS, "values": [1]}, "“数值”有1个数，图上有4项"),
        ({"kind": "pie", "labels": ["甲"], "values": ["许多"]}, "图的数据里有不是数的值"),
        ({"kind": "line", "labels": LABELS}, "图没有数据"),
        ({"kind": "line", "labels": ["甲"], "values": ["nan"]}, "图的数据里有画不出的数"),
        ({"kind": "pie", "labels": ["甲"], "values": [-1]}, "图的数据里有画不出的数"),
    ],
)
def test_bad_data_is_refused_in_words(raw: dict[str, object], fault: str) -> None:
    with pytest.raises(EditorialError) as refusal:
        picture_of(raw, where="data.yaml")
    assert (refusal.value.message, refusal.value.where) == (fault, "data.yaml")


def test_a_scene_is_a_small_photograph_of_its_own() -> None:
    one, other = scene_jpeg(1), scene_jpeg(2)
    assert (one == scene_jpeg(1), one == other, len(one) < 75_000) == (True, False, True)


@pytest.mark.parametrize(
    ("title", "motif"),
    [("港珠澳大桥", "bridge"), ("码头岸桥", "port"), ("红树林候鸟", "wetland"), ("无题", "")],
)
def test_a_caption_picks_its_motif(title: str, motif: str) -> None:
    assert motif_of(title) == motif


def test_every_sample_picture_is_drawn() -> None:
    volumes = Path(__file__).parents[2] / "volumes"
    named = {
        data.parent / line.split(":")[0]
        for data in volumes.glob("*/chapters/*/figures/data.yaml")
        for line in data.read_text("utf-8").splitlines()
        if line.endswith(".png:")
    }
    assert [path for path in sorted(named) if not path.exists()] == []
