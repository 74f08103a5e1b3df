"""Who one is, told once: git keeps it and signs the next act with it."""

import os
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from editorial.desk.introduce import introduce
from editorial.desk.move import move
from editorial.desk.office import Desk
from editorial.errors import EditorialError, Nameless

AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
PINGTAI = "01-keji/02-pingtai"


@pytest.fixture
def stranger(desk: Desk, git: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk on a machine whose git knows nobody."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    for name in ("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME", "EMAIL"):
        monkeypatch.delenv(name, raising=False)
    return desk


def test_an_act_of_nobody_is_refused_as_such(stranger: Desk) -> None:
    with pytest.raises(Nameless):
        move(stranger, (PINGTAI,), "撰稿", at=AT, note="请补充")


def test_the_next_act_bears_the_name(stranger: Desk, git: Callable[..., str]) -> None:
    introduce(stranger, " 林清 ", "linqing@example.org")
    move(stranger, (PINGTAI,), "撰稿", at=AT, note="请补充")
    assert git("log", "-1", "--format=%an %ae") == "林清 linqing@example.org"


@pytest.mark.parametrize(("name", "mail"), [("  ", ""), ("林清", "不是邮箱")])
def test_neither_no_name_nor_a_wrong_mail_is_kept(
    stranger: Desk, git: Callable[..., str], name: str, mail: str
) -> None:
    before = git("config", "--list", "--local")
    with pytest.raises(EditorialError):
        introduce(stranger, name, mail)
    assert git("config", "--list", "--local") == before
