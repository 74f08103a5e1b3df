"""收件 by its keys; what is compared lies on disk and in git."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len, set_cell_size

from editorial.desk.correspondence import find_return, returns
from editorial.desk.drafting import new_letter
from editorial.desk.letters import find_letter
from editorial.desk.office import Desk
from editorial.desk.returns import receive_paths
from editorial.desk.sending import send_letter
from editorial.desk.signing import approve_letter
from editorial.model.labels import Channel, LetterKind, LetterState
from editorial.model.letters import LetterItem, letter_state
from editorial.model.returns import ReturnState, return_state
from editorial.tui.acts import now
from tests.desk.mails import mail
from tests.tui.seen import Play

Git = Callable[..., str]
TRAY = ("f10", "shift+f6")


@pytest.fixture
def tray(desk: Desk, tmp_path: Path) -> Desk:
    """A letter is out to 深圳科创局; two papers have come in that say nothing of it."""
    item = LetterItem(section="01-keji/02-pingtai", request="请补充2018年数据")
    due = date.today() + timedelta(days=14)
    new_letter(desk, kind=LetterKind.REVISE, unit="sz-kcj", items=(item,), due=due, at=now())
    approve_letter(desk, "1", at=now())
    send_letter(desk, "1", at=now())
    for name in ("扫描件.pdf", "广告.pdf"):
        (tmp_path / name).write_bytes(name.encode())
    paths = (tmp_path / "扫描件.pdf", tmp_path / "广告.pdf")
    list(receive_paths(desk, paths, at=now()))
    return desk


def state(desk: Desk, number: str) -> ReturnState:
    return return_state(find_return(desk, number))


def subject(git: Git) -> str:
    return git("log", "-1", "--format=%s")


def test_what_came_in_is_listed_the_newest_first(play: Play, tray: Desk) -> None:
    rows = play(*TRAY).lines[3:5]
    assert [row.split()[:2] for row in rows] == [["0002", "待认领"], ["0001", "待认领"]]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_columns_stand_straight(play: Play, tray: Desk, size: tuple[int, int]) -> None:
    lines = play(*TRAY, size=size).lines
    starts = [cell_len(lines[2].split(word)[0]) for word in ("类别", "方式", "凭据", "主题")]
    assert {cell_len(line) for line in lines} == {size[0]}
    for start in starts:
        assert {set_cell_size(line, start)[-1] for line in lines[3:5]} == {" "}


def test_a_claim_registers_the_reply(play: Play, tray: Desk, git: Git) -> None:
    play(*TRAY, "f2", "enter")
    assert (state(tray, "2"), letter_state(find_letter(tray, "1"))) == (
        ReturnState.MATCHED,
        LetterState.REPLIED,
    )
    assert subject(git) == "来件：0002 认给 示志函〔2026〕1号".replace(
        "2026", str(date.today().year)
    )


def test_a_claim_can_say_on_what_ground(play: Play, tray: Desk) -> None:
    play(*TRAY, "f2", "tab", "=电话问过", "enter")
    reply = find_letter(tray, "1").reply
    assert reply is not None
    assert reply.note == "电话问过"


def test_setting_aside_needs_a_reason(play: Play, tray: Desk, git: Git) -> None:
    seen = play(*TRAY, "f3", "enter")
    assert ("还没有写搁置原因" in seen.text, state(tray, "2")) == (True, ReturnState.UNMATCHED)
    play(*TRAY, "f3", "=广告", "enter")
    assert (state(tray, "2"), subject(git)) == (ReturnState.ASIDE, "来件：0002 搁置")


def test_a_claim_is_taken_back(play: Play, tray: Desk) -> None:
    play(*TRAY, "f2", "enter", "f8", "enter")
    assert (state(tray, "2"), find_letter(tray, "1").reply) == (ReturnState.UNMATCHED, None)


def test_only_the_tray_is_shown_on_demand(play: Play, tray: Desk) -> None:
    seen = play(*TRAY, "f3", "=广告", "enter", "f7")
    assert [line.split()[:1] for line in seen.lines[3:5]] == [["0001"], []]


def test_a_paper_is_shown_in_full(play: Play, tray: Desk) -> None:
    seen = play(*TRAY, "enter")
    assert (seen.screen, "附：广告.pdf（10 字节）" in seen.text) == ("ToldDialog", True)


def test_what_its_mail_says_is_shown(play: Play, tray: Desk, tmp_path: Path) -> None:
    path = tmp_path / "来信.eml"
    path.write_bytes(mail("材料", "我局无法按期报送，请予谅解。", sender="x@qq.com"))
    list(receive_paths(tray, (path,), at=now()))
    assert "来信：我局无法按期报送，请予谅解。" in play(*TRAY, "enter").text


def test_a_file_is_taken_in_for_a_letter(play: Play, tray: Desk, tmp_path: Path) -> None:
    paper = tmp_path / "科创局 回函.pdf"
    paper.write_bytes(b"answer")
    seen = play(*TRAY, "f6", f"='{paper}'", "tab", "tab", "=1", "enter")
    kept = returns(tray)[-1]
    assert (seen.news, kept.letter, kept.channel) == (("收下1件",), "0001", Channel.USB)


def test_a_file_that_is_not_there_is_told_and_the_form_stays(play: Play, tray: Desk) -> None:
    seen = play(*TRAY, "f6", "=/nowhere/回函.pdf", "enter", "escape")
    assert (seen.screen, len(returns(tray))) == ("TakeInDialog", 2)


def test_the_drop_folder_is_fetched(play: Play, tray: Desk, workspace: Path) -> None:
    (workspace / "styles/mail.yaml").write_text("drop: 收件夹\n", "utf-8")
    (workspace / "收件夹").mkdir()
    (workspace / "收件夹/微信传来.jpg").write_bytes(b"picture")
    seen = play(*TRAY, "f4")
    assert (seen.news, returns(tray)[-1].papers[0].name) == (
        ("收下1件，其中待认领1件",),
        "微信传来.jpg",
    )


def test_without_a_mailbox_it_says_what_to_set(play: Play, tray: Desk) -> None:
    seen = play(*TRAY, "f4")
    assert (seen.screen, "没有设收件的信箱" in seen.text) == ("ErrorDialog", True)


def test_the_letter_of_a_paper_is_one_key_away(play: Play, tray: Desk) -> None:
    seen = play(*TRAY, "f2", "enter", "f9")
    assert (seen.screen, "1号" in seen.lines[3]) == ("LettersScreen", True)
