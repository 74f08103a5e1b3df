"""News of a contact: only what says outright that something changes."""

from __future__ import annotations

import pytest

from editorial.model.contact_news import told_contact


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("联系人换成王示例，电话020-0000-0999。", ("王示例", "020-0000-0999", "")),
        (
            "我局联络员由张三变更为李四，手机13800000000，邮箱li@x.example",
            ("李四", "13800000000", "li@x.example"),
        ),
        ("原联络员张三已调离，现由李四同志接任", ("李四", "", "")),
        ("新任联络员：欧阳示例（综合科），座机020-0000-0003", ("欧阳示例", "020-0000-0003", "")),
        ("我办联系电话改为020-0000-0002。", ("", "020-0000-0002", "")),
    ],
)
def test_who_and_how_is_read(words: str, told: tuple[str, str, str]) -> None:
    found = told_contact(words)
    assert found is not None
    assert (found.name, found.phone, found.mail) == told


@pytest.mark.parametrize(
    "words",
    [
        "联系人：王五，电话：020-0000-0001",
        "文中“联系人”改为“联络员”。",
        "请将第三段中联络员改为工作人员，谢谢",
        "数据已更换为2018年末数。联系人：李四",
        "联络员有调整，另行函告",
    ],
)
def test_what_tells_of_no_change_is_none(words: str) -> None:
    assert told_contact(words) is None
