"""改动单 as typesetters and editors save it."""

from __future__ import annotations

from pathlib import Path

import pytest

from editorial.errors import BadData
from editorial.model.red_marks import RedMark
from editorial.read.red_list import read_red_list

HEAD = "id,page,before,old,new,after\n"
MARK = RedMark(id="1", page="8", before="甲", old="乙", new="", after="丁")


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_list_may_be_saved_by_any_program(tmp_path: Path, code: str) -> None:
    path = tmp_path / "改动.csv"
    path.write_bytes(f"{HEAD}1,８,甲,乙,,丁\n\n".encode(code))
    assert read_red_list(path) == (MARK,)


def test_columns_may_stand_in_any_order_and_have_chinese_names(tmp_path: Path) -> None:
    path = tmp_path / "改动.csv"
    path.write_text("编号,原文,改为,前文,后文,页码,备注\n1,乙,,甲,丁,8,无\n", "utf-8")
    assert read_red_list(path) == (MARK,)


def test_every_line_that_tells_nothing_is_named(tmp_path: Path) -> None:
    path = tmp_path / "改动.csv"
    path.write_text(f"{HEAD}1,8,甲,,,丁\n,8,甲,乙,丙,丁\n", "utf-8")
    with pytest.raises(BadData) as told:
        read_red_list(path)
    assert [problem.line for problem in told.value.problems] == [2, 3]
