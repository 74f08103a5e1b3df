"""Names that can be one step of a path, on whichever system the book is opened next."""

from __future__ import annotations

import pytest

from editorial.errors import EditorialError
from editorial.model.names import check_name, fit_both, fit_file, fit_name, safe_name


@pytest.mark.parametrize("name", ["gba-2019", "年鉴 2019", "con-2019", "comic", "nul0", "a.b"])
def test_a_plain_name_is_one(name: str) -> None:
    assert safe_name(name)
    assert fit_name(name) == name


@pytest.mark.parametrize(
    "name", ["CON", "nul", "aux.md", "com1", "年鉴.", "年鉴 ", 'a"b', "a:b", ".a"]
)
def test_what_windows_has_no_file_for_is_none(name: str) -> None:
    """A device, or an end that is dropped there: a colleague could not even fetch the book."""
    with pytest.raises(EditorialError, match="不能用作名称"):
        check_name(name, "目录")


def test_a_title_that_is_a_device_still_names_a_file() -> None:
    assert (fit_name("CON"), fit_name("aux.表"), fit_file("nul.docx")) == (
        "_CON",
        "_aux.表",
        "_nul.docx",
    )
    assert fit_both("年鉴", "con") == "年鉴con"
