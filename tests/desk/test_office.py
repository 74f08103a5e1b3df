"""Which book a desk is opened on."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from editorial.desk.drafting import new_letter
from editorial.desk.office import loaded, open_desk
from editorial.desk.signing import approve_letter
from editorial.desk.verify import verify
from editorial.errors import EditorialError
from editorial.model.labels import LetterKind
from editorial.model.letters import LetterItem
from tests.conftest import Said

Editorial = Callable[..., Said]
AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
DUE = date(2020, 3, 20)


@pytest.fixture
def two(workspace: Path) -> Path:
    """The workspace with a second book, which comes after the first by its name."""
    shutil.copytree(workspace / "volumes/xiao-2019", workspace / "volumes/zhi-2019")
    return workspace


@pytest.mark.parametrize("inside", ["", "chapters/01-keji", "out"])
def test_the_book_is_that_of_the_folder_one_stands_in(two: Path, inside: str) -> None:
    folder = two / "volumes/zhi-2019" / inside
    folder.mkdir(exist_ok=True)
    desk = open_desk(folder)
    assert (desk.volume_id, desk.others) == ("zhi-2019", ())
    assert open_desk(folder, volume="xiao-2019").volume_id == "xiao-2019"


@pytest.mark.parametrize("outside", [".", "volumes", "styles/drafts"])
def test_elsewhere_it_is_the_first(two: Path, outside: str) -> None:
    desk = open_desk(two / outside)
    assert (desk.volume_id, desk.others) == ("xiao-2019", ("zhi-2019",))


def test_names_windows_has_no_file_for_are_read_where_they_are(two: Path) -> None:
    """A book begun with them must not be lost: only nothing new is called so."""
    books, old, new = two / "volumes", "02-jichang", "con.."
    for ending in (".yaml", ".md"):
        place = books / "xiao-2019/chapters/02-jichu"
        (place / f"{old}{ending}").rename(place / f"{new}{ending}")
    chapter = place / "chapter.yaml"
    chapter.write_text(chapter.read_text("utf-8").replace(old, f'"{new}"'), "utf-8")
    place.rename(place.with_name("aux"))
    (books / "xiao-2019").rename(books / "xiao 2019.")
    desk = open_desk(two, volume="xiao 2019.")
    assert f"aux/{new}" in [each.id for each in loaded(desk).volume.sections]


def test_an_act_in_a_book_nobody_chose_says_which(two: Path, editorial: Editorial) -> None:
    words = ("assign", "02-jichu/02-jichang", "--due")
    assert "办在 xiao-2019；" in editorial(*words, "2020-03-01").err
    assert "办在" not in editorial(*words, "2020-03-02", "--volume", "xiao-2019").err
    assert "办在" not in editorial(*words, "2020-03-03", folder=two / "volumes/xiao-2019").err


def test_a_book_without_its_volume_yaml_is_told_and_no_other_taken(two: Path) -> None:
    (two / "volumes/xiao-2019/volume.yaml").unlink()
    for folder in (two, two / "volumes/xiao-2019"):
        with pytest.raises(EditorialError, match="不见了，没有它就认不出这部书") as refused:
            open_desk(folder)
        assert refused.value.where == "volumes/xiao-2019/volume.yaml"
        assert "git checkout HEAD -- volumes/xiao-2019/volume.yaml" in refused.value.hint
    chosen = open_desk(two, volume="zhi-2019")
    assert [p.file for p in verify(chosen).problems] == ["volumes/xiao-2019/volume.yaml"]


def test_a_book_being_begun_stops_nobody(two: Path) -> None:
    (two / "volumes/xin-2020/chapters/01-x").mkdir(parents=True)
    desk = open_desk(two)
    assert verify(desk).problems[-1].file == "volumes/xin-2020/volume.yaml"


def test_no_number_is_taken_while_a_book_is_lost(two: Path) -> None:
    desk = open_desk(two, volume="zhi-2019")
    item = LetterItem(section="01-keji/02-pingtai", request="请补充2018年数据")
    new_letter(desk, kind=LetterKind.REVISE, unit="深圳科创局", items=(item,), due=DUE, at=AT)
    (two / "volumes/xiao-2019/volume.yaml").unlink()
    with pytest.raises(EditorialError, match="不见了，没有它就认不出这部书"):
        approve_letter(desk, "1", at=AT)
