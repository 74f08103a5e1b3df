"""Replies fetched from a real mailbox and a drop folder: each once, whatever breaks."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from editorial.desk.correspondence import find_return, returns
from editorial.desk.office import Desk, open_desk
from editorial.desk.returns import fetch_mail
from editorial.errors import EditorialError
from editorial.model.labels import Channel
from editorial.model.returns import Kind, ReturnState, return_state
from editorial.post import imap
from tests.desk.mails import bounce, mail
from tests.post.imap_server import PASSWORD, USER, ImapServer, Relay

NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def running() -> Iterator[ImapServer]:
    with ImapServer() as server:
        yield server


@pytest.fixture
def server(running: ImapServer, monkeypatch: pytest.MonkeyPatch) -> ImapServer:
    running.fresh()
    monkeypatch.setenv("EDITORIAL_IMAP_PASSWORD", PASSWORD)
    return running


def told(root: Path, server: ImapServer, port: int = 0, more: str = "") -> Desk:
    """The workspace with its mailbox set up."""
    text = (
        f"imap:\n  host: 127.0.0.1\n  port: {port or server.port}\n  security: none\n"
        f"  user: {USER}\n  folder: {server.folder}\n  since: 2020-01-01\n{more}"
    )
    (root / "styles/mail.yaml").write_text(text, "utf-8")
    return open_desk(root)


def kept(desk: Desk) -> list[str]:
    return [each.subject for each in returns(desk)]


def test_new_mails_become_returns(workspace: Path, server: ImapServer) -> None:
    desk = told(workspace, server)
    server.put(mail("一", number=1), mail("二", number=2))
    taken = list(fetch_mail(desk, at=NOW))
    assert [each.paper.id for each in taken if each.paper] == ["0001", "0002"]
    assert (kept(desk), find_return(desk, "1").channel) == (["一", "二"], Channel.MAIL)


def test_fetching_again_brings_only_what_is_new(workspace: Path, server: ImapServer) -> None:
    desk = told(workspace, server)
    server.put(mail("一", number=1))
    list(fetch_mail(desk, at=NOW))
    server.put(mail("二", number=2))
    list(fetch_mail(desk, at=NOW))
    assert (kept(desk), list(fetch_mail(desk, at=NOW))) == (["一", "二"], [])


def test_another_computer_receives_nothing_twice(
    workspace: Path, server: ImapServer, tmp_path: Path
) -> None:
    desk = told(workspace, server)
    server.put(mail("一", number=1), mail("二", "", number=2), b"Subject: no id\r\n\r\nx\r\n")
    list(fetch_mail(desk, at=NOW))
    subprocess.run(["git", "clone", "-q", str(workspace), str(tmp_path / "b")], check=True)
    other = told(tmp_path / "b", server)
    assert [each.act for each in fetch_mail(other, at=NOW) if each.act] == []
    assert len(returns(other)) == 3


def test_a_line_cut_in_the_middle_loses_and_doubles_nothing(
    workspace: Path, server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "TRIES", 1)
    mails = [mail(str(n), "x" * 40_000, number=n) for n in range(1, 5)]
    server.put(*mails)
    with Relay(server.port, cuts=(90_000,)) as relay:
        desk = told(workspace, server, relay.own)
        with pytest.raises(EditorialError, match="中断"):
            list(fetch_mail(desk, at=NOW))
        assert kept(desk) == ["1", "2"][: len(kept(desk))]
        list(fetch_mail(desk, at=NOW))
    assert kept(desk) == ["1", "2", "3", "4"]


def test_of_a_mail_too_large_the_headers_are_kept(workspace: Path, server: ImapServer) -> None:
    desk = told(workspace, server, more="  size: 1\n")
    server.put(mail("大", "", ("a.doc", bytes(1_200_000)), number=1))
    list(fetch_mail(desk, at=NOW))
    paper = find_return(desk, "1")
    assert (paper.subject, return_state(paper)) == ("大", ReturnState.UNMATCHED)
    assert "太大" in paper.told[0]
    assert list(fetch_mail(desk, at=NOW)) == []


def test_twenty_five_megabytes_are_kept_whole(workspace: Path, server: ImapServer) -> None:
    desk = told(workspace, server)
    data = bytes(range(256)) * 102_400
    server.put(mail("大", "见附件", ("照片.bin", data), number=1))
    list(fetch_mail(desk, at=NOW))
    assert (workspace / "volumes/xiao-2019/returns/0001/照片.bin").read_bytes() == data


def test_a_drop_folder_is_received_like_a_mailbox(workspace: Path, tmp_path: Path) -> None:
    drop = tmp_path / "收件夹"
    (drop / "里层").mkdir(parents=True)
    (drop / "里层" / "a.doc").write_bytes(b"x")
    (drop / "~$a.doc").write_bytes(b"lock")
    (drop / "b.doc.crdownload").write_bytes(b"half")
    (workspace / "styles/mail.yaml").write_text(f"drop: {drop}\n", "utf-8")
    desk = open_desk(workspace)
    assert len(list(fetch_mail(desk, at=NOW))) == 1
    assert [each.act for each in fetch_mail(desk, at=NOW)] == [None]


def test_without_a_mailbox_it_says_how_to_set_one_up(workspace: Path) -> None:
    with pytest.raises(EditorialError, match="没有设收件的信箱") as stopped:
        list(fetch_mail(open_desk(workspace), at=NOW))
    assert "imap" in stopped.value.hint


def test_machines_that_answer_wait_in_nobodys_way(workspace: Path, server: ImapServer) -> None:
    desk = told(workspace, server)
    invitation = mail("会议", "").replace(b"text/plain", b"text/calendar; method=REQUEST")
    server.put(
        bounce("<x@y>", "a@b.c"), mail("自动回复", number=2), invitation, at=NOW.replace(day=2)
    )
    list(fetch_mail(desk, at=NOW))
    assert [each.kind for each in returns(desk)] == [Kind.BOUNCE, Kind.AUTO_REPLY, Kind.INVITATION]
    assert {return_state(each) for each in returns(desk)} == {ReturnState.ASIDE}
