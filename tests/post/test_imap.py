"""Mails fetched from a real IMAP server: each once, in order, nothing changed there."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import trustme

from editorial.errors import EditorialError
from editorial.model.mailbox import ImapServer as Account
from editorial.model.mailbox import Security
from editorial.post.imap import Envelope, Fetched, Mark, fetch, folder_name
from tests.post.imap_server import ARRIVED, PASSWORD, USER, ImapServer, Relay

START = Mark()


def mail(number: int, size: int = 0) -> bytes:
    body = (b"x" * 74 + b"\r\n") * (size // 76) or b"hello\r\n"
    return b"From: a@example.org\r\nMessage-ID: <%d@example.org>\r\n\r\n%b" % (number, body)


@pytest.fixture(scope="module")
def running() -> Iterator[ImapServer]:
    with ImapServer() as server:
        yield server


@pytest.fixture
def server(running: ImapServer) -> ImapServer:
    running.fresh()
    return running


def account(server: ImapServer, port: int = 0, **more: Any) -> Account:
    wish = {"host": "127.0.0.1", "security": Security.NONE, "user": USER, "timeout": 10.0}
    wish |= {"port": port or server.port, "folder": server.folder}
    return Account(**wish | more)


def nothing(_: Envelope) -> bool:
    return False


def fetched(server: ImapServer, mark: Mark = START, **more: Any) -> list[Fetched]:
    return list(fetch(account(server, **more), mark, nothing, password=PASSWORD, pause=0))


def test_all_mails_come_as_they_are(server: ImapServer) -> None:
    server.put(mail(1), mail(2))
    assert [each.data for each in fetched(server)] == [mail(1), mail(2)]


def test_what_is_told_before_fetching(server: ImapServer) -> None:
    server.put(mail(1))
    (only,) = fetched(server)
    told = (only.envelope.size, only.envelope.at, only.envelope.message_id)
    assert told == (len(mail(1)), ARRIVED, "<1@example.org>")


def test_nothing_is_marked_as_read(server: ImapServer) -> None:
    server.put(mail(1))
    before = server.flags()
    fetched(server)
    assert server.flags() == before
    assert b"Seen" not in before


def test_the_mark_tells_where_to_go_on(server: ImapServer) -> None:
    server.put(mail(1))
    mark = fetched(server)[-1].mark
    server.put(mail(2))
    assert [each.data for each in fetched(server, mark)] == [mail(2)]
    assert fetched(server, fetched(server, mark)[-1].mark) == []


def test_a_mailbox_made_anew_is_read_from_its_beginning(server: ImapServer) -> None:
    server.put(mail(1), mail(2))
    mark = fetched(server)[-1].mark
    server.fresh(server.folder)
    server.put(mail(3))
    assert [each.data for each in fetched(server, mark)] == [mail(3)]


def test_what_is_known_is_not_fetched(server: ImapServer) -> None:
    server.put(mail(1), mail(2))
    known = fetch(
        account(server),
        Mark(),
        lambda envelope: envelope.message_id == "<1@example.org>",
        password=PASSWORD,
    )
    assert [each.data for each in known] == [None, mail(2)]


def test_a_first_reading_begins_with_its_day(server: ImapServer) -> None:
    server.put(mail(1))
    server.put(mail(2), at=ARRIVED.replace(month=4))
    new = fetch(account(server), START, nothing, password=PASSWORD, since=date(2020, 4, 1))
    assert [each.data for each in new] == [mail(2)]


def test_of_a_mail_too_large_the_headers_come(server: ImapServer) -> None:
    server.put(mail(1, size=1_200_000))
    (only,) = fetched(server, size=1)
    assert only.cut
    assert only.data == b"From: a@example.org\r\nMessage-ID: <1@example.org>\r\n\r\n"


def test_a_folder_with_a_chinese_name(server: ImapServer) -> None:
    server.fresh(folder_name("供稿"))
    server.put(mail(1))
    assert [each.data for each in fetched(server, folder="供稿")] == [mail(1)]


@pytest.mark.parametrize(
    ("name", "wire"), [("供稿", "&T5t6Pw-"), ("A&B", "A&-B"), ("来件/2020", "&Z2VO9g-/2020")]
)
def test_folder_names_are_written_in_seven_bits(name: str, wire: str) -> None:
    assert folder_name(name) == wire


@pytest.mark.parametrize("cut", [300, 900, 100_000])
def test_a_line_cut_anywhere_is_taken_up_again(server: ImapServer, cut: int) -> None:
    server.put(mail(1), mail(2, size=200_000), mail(3))
    with Relay(server.port, cuts=(cut,)) as relay:
        new = fetched(server, port=relay.own)
        assert relay.connections == 2
    assert [each.data for each in new] == [mail(1), mail(2, size=200_000), mail(3)]


def test_a_line_that_is_always_cut_is_given_up_and_resumed_later(server: ImapServer) -> None:
    server.put(mail(1), mail(2, size=200_000))
    with Relay(server.port, cuts=(100_000,) * 9) as relay:
        new = fetch(account(server, relay.own), START, nothing, password=PASSWORD, pause=0)
        first = next(new)
        with pytest.raises(EditorialError, match="中断"):
            next(new)
    assert first.data == mail(1)
    assert [each.data for each in fetched(server, first.mark)] == [mail(2, size=200_000)]


def test_a_wrong_password_is_tried_once(server: ImapServer) -> None:
    with (
        Relay(server.port) as relay,
        pytest.raises(EditorialError, match=r"不接受 .* 的密码"),
    ):
        list(fetch(account(server, relay.own), START, nothing, password="wrong"))
    assert relay.connections == 1


def test_a_folder_that_is_not_there_is_named(server: ImapServer) -> None:
    with pytest.raises(EditorialError, match="打不开“征稿”"):
        fetched(server, folder="征稿")


def test_a_server_without_starttls_gets_no_password(server: ImapServer) -> None:
    with pytest.raises(EditorialError, match="不提供 STARTTLS"):
        fetched(server, security=Security.STARTTLS)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def test_over_tls(server: ImapServer, authority: trustme.CA) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    server.put(mail(1))
    with Relay(server.port, tls=context) as relay:
        wish = account(server, relay.own, host="localhost", security=Security.TLS)
        ca = authority.cert_pem.bytes()
        new = list(fetch(wish, START, nothing, password=PASSWORD, ca=ca))
        assert [each.data for each in new] == [mail(1)]
        with pytest.raises(EditorialError, match="证书没有通过检查"):
            list(fetch(wish, START, nothing, password=PASSWORD))


def test_over_starttls(tmp_path: Path, authority: trustme.CA) -> None:
    cert = authority.issue_cert("localhost")
    cert.private_key_pem.write_to_path(tmp_path / "key.pem")
    for blob in cert.cert_chain_pems:
        blob.write_to_path(tmp_path / "cert.pem", append=True)
    options = ("--cert", str(tmp_path / "cert.pem"), "--key", str(tmp_path / "key.pem"))
    with ImapServer(options) as server:
        wish = account(server, host="localhost", security=Security.STARTTLS)
        ca = authority.cert_pem.bytes()
        assert list(fetch(wish, START, nothing, password=PASSWORD, ca=ca)) == []
