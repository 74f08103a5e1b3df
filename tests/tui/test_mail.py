"""Letters sent through a real server and replies fetched from one, each by a child of the board."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from threading import Event

import pytest

from editorial.desk.correspondence import returns
from editorial.desk.drafting import new_letter
from editorial.desk.letters import letters
from editorial.desk.office import Desk
from editorial.desk.signing import approve_letters
from editorial.model.labels import DeliveryState, LetterKind, LetterState
from editorial.model.letters import LetterItem, letter_state
from editorial.tui.acts import now
from editorial.tui.app import EditorialApp
from tests.desk.mails import mail
from tests.post import imap_server
from tests.post.imap_server import ImapServer
from tests.post.mail_server import PASSWORD, USER, MailServer
from tests.tui.seen import Play

Git = Callable[..., str]
PINGTAI = "01-keji/02-pingtai"
SEND_ALL = ("f4", "shift+f4", "enter")


def box(desk: Desk, text: str) -> None:
    (desk.root / "styles/mail.yaml").write_text(text, encoding="utf-8")
    subprocess.run(["git", "add", "-A"], cwd=desk.root, check=True)
    subprocess.run(["git", "commit", "-qm", "邮箱"], cwd=desk.root, check=True)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    monkeypatch.setenv("EDITORIAL_SMTP_PASSWORD", PASSWORD)
    with MailServer() as running:
        yield running


@pytest.fixture
def signed(desk: Desk, server: MailServer) -> Desk:
    """Two signed letters to 深圳科创局, mailed through the server."""
    box(
        desk,
        f"sender: {{mail: {USER}, name: 示例市地方志办公室}}\n"
        f"smtp:\n  host: 127.0.0.1\n  port: {server.port}\n  security: none\n  user: {USER}\n"
        "  per_minute: 0\n  pause: 0\n  tries: 1\n  timeout: 10\n",
    )
    item = LetterItem(section=PINGTAI, request="请补充2018年数据")
    due = date.today() + timedelta(days=14)
    for _ in range(2):
        new_letter(desk, kind=LetterKind.REVISE, unit="sz-kcj", items=(item,), due=due, at=now())
    approve_letters(desk, ("1", "2"), at=now())
    return desk


def states(desk: Desk) -> list[LetterState]:
    return [letter_state(each) for each in letters(desk)]


def test_letters_are_mailed_each_once(
    play: Play, signed: Desk, server: MailServer, git: Git
) -> None:
    seen = play(*SEND_ALL)
    assert [to for to, _ in server.taken] == [["chenjia@example.invalid"]] * 2
    assert (states(signed), seen.news[-1].split("\n")[0]) == (
        [LetterState.SENT] * 2,
        "发出：共2封，都已办妥",
    )
    assert git("status", "--porcelain") == ""


def test_one_the_server_puts_off_is_listed_in_words_of_the_board(
    play: Play, signed: Desk, server: MailServer
) -> None:
    server.refused["chenjia@example.invalid"] = "550 no such user"
    seen = play(*SEND_ALL)
    assert (seen.screen, "还有2封没有发出" in seen.text, "--" in seen.text) == (
        "SentDialog",
        True,
        False,
    )
    assert states(signed) == [LetterState.APPROVED] * 2


def test_a_wrong_password_is_told_and_nothing_goes(
    play: Play, signed: Desk, server: MailServer
) -> None:
    server.password = "changed"
    play(*SEND_ALL)
    assert (server.taken, states(signed)) == ([], [LetterState.APPROVED] * 2)


def test_sending_can_be_cancelled_and_goes_on_where_it_stopped(
    play: Play, signed: Desk, server: MailServer
) -> None:
    """The first has gone when the second is cut off; neither goes twice."""
    reached, ended = Event(), Event()

    def hold() -> None:
        reached.set()
        ended.wait(20)

    server.on_data[2] = hold
    asyncio.run(cancelled(EditorialApp(signed), reached, ended))
    assert len(server.taken) == 1
    play(*SEND_ALL)
    sent = [each.deliveries[-1].state for each in letters(signed)]
    assert (len(server.taken), sent) == (2, [DeliveryState.SENT] * 2)


async def cancelled(app: EditorialApp, reached: Event, ended: Event) -> None:
    """Ctrl+X while the server is at the second letter."""
    async with app.run_test(size=(80, 24), notifications=True) as pilot:

        async def until(so: Callable[[], bool]) -> None:
            async with asyncio.timeout(20):
                while not so():
                    await pilot.pause(0.02)

        await until(lambda: app._board is not None and not app.busy)
        await pilot.press("f4")
        await until(lambda: type(app.screen).__name__ == "LettersScreen" and not app.busy)
        await pilot.press("shift+f4")
        await until(lambda: type(app.screen).__name__ == "SendDialog")
        await pilot.press("enter")
        await until(reached.is_set)
        assert "Ctrl+X" in app.running
        await pilot.press("ctrl+x")
        await until(lambda: app.drafting is None)
        ended.set()
        await until(lambda: not app.busy)


def test_replies_are_fetched_from_a_mailbox(
    play: Play, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITORIAL_IMAP_PASSWORD", imap_server.PASSWORD)
    with ImapServer() as running:
        running.put(mail("一", number=1), mail("二", number=2))
        box(
            desk,
            f"imap:\n  host: 127.0.0.1\n  port: {running.port}\n  security: none\n"
            f"  user: {USER}\n  folder: INBOX\n  since: 2020-01-01\n",
        )
        seen = play("ctrl+g", "8", "f4", "f4")
    assert ([each.subject for each in returns(desk)], seen.news[0]) == (
        ["一", "二"],
        "收下2件，其中待认领2件",
    )
