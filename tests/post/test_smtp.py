"""Messages handed to a real server: each once, each with its receipt, whatever goes wrong."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
import trustme

from editorial.errors import EditorialError
from editorial.model.labels import DeliveryState
from editorial.model.mailbox import Security, SmtpServer
from editorial.post.outbox import build_message
from editorial.post.parcel import Handing, Parcel, Receipt, parcel_of
from editorial.post.smtp import send, wait_before
from tests.post.mail_server import (
    CRASH,
    DROP,
    DROP_LOST,
    DROP_TAKEN,
    PASSWORD,
    USER,
    MailServer,
)

SENT, UNSURE = DeliveryState.SENT, DeliveryState.UNSURE
REFUSED, POSTPONED = DeliveryState.REFUSED, DeliveryState.POSTPONED
LARGE = b"%PDF-" + bytes(range(256)) * 2000


def message(to: str = "陈甲 <a@example.org>", *, paper: bytes = b"%PDF-1.7", **more: str) -> bytes:
    wish = {"sender": f"示例市地方志办公室 <{USER}>", "subject": "关于商请修改补充的函"} | more
    return build_message(
        to=to,
        body="示例市科技局：\n.\n请查收。",
        attachments=(("公函.pdf", paper),),
        date=datetime(2020, 3, 5, tzinfo=UTC),
        message_id="1@example.org",
        headers={},
        **wish,
    )


def parcels(count: int = 3, paper: bytes = b"%PDF-1.7") -> list[Parcel]:
    return [parcel_of(str(n), message(f"u{n}@example.org", paper=paper)) for n in range(count)]


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as running:
        yield running


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def certificate(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    return context


def account(server: MailServer, **more: Any) -> SmtpServer:
    wish: dict[str, Any] = {
        "security": Security.NONE,
        "host": "127.0.0.1",
        "user": USER,
        "pause": 0.0,
        "tries": 2,
    }
    return SmtpServer(port=server.port, timeout=5.0, **wish | more)


def receipts(
    server: MailServer, sending: list[Parcel], *, password: str = PASSWORD, **more: Any
) -> list[tuple[str, DeliveryState]]:
    events = send(account(server, **more), sending, password=password)
    return [(each.key, each.state) for each in events if isinstance(each, Receipt)]


def addresses(server: MailServer) -> list[str]:
    return [address for recipients, _ in server.taken for address in recipients]


Receipts = list[tuple[str, DeliveryState]]
ALL_SENT: Receipts = [("0", SENT), ("1", SENT), ("2", SENT)]
EACH_ONCE = ["u0@example.org", "u1@example.org", "u2@example.org"]


def test_each_message_arrives_once_with_its_receipt(server: MailServer) -> None:
    assert receipts(server, parcels()) == ALL_SENT
    assert addresses(server) == EACH_ONCE


def test_a_message_arrives_byte_for_byte_without_its_mark_as_a_draft(server: MailServer) -> None:
    kept = message(paper=LARGE)
    receipts(server, [parcel_of("0", kept)])
    assert server.taken[0][1] == kept.replace(b"X-Unsent: 1\r\n", b"")


def test_lines_that_begin_with_a_dot_arrive_as_they_are(server: MailServer) -> None:
    data = b"From: a@example.org\r\n\r\n.\r\n..\r\n.x\r\nend"
    receipts(server, [Parcel(key="0", sender=USER, to=("b@example.org",), data=data)])
    assert server.taken[0][1] == data + b"\r\n"


def test_a_handing_is_told_before_the_server_has_the_message(server: MailServer) -> None:
    events = send(account(server), parcels(1), password=PASSWORD)
    assert (next(events), server.taken) == (Handing(key="0"), [])
    assert (next(events), len(server.taken)) == (Receipt(key="0", state=SENT), 1)


def test_who_stops_at_a_handing_has_sent_nothing(server: MailServer) -> None:
    events = send(account(server), parcels(1), password=PASSWORD)
    next(events)
    events.close()
    receipts(server, parcels(1))
    assert addresses(server) == ["u0@example.org"]


def test_one_connection_carries_only_so_many(server: MailServer) -> None:
    assert receipts(server, parcels(5), per_connection=2)[-1] == ("4", SENT)
    assert (server.connections, server.logins) == (3, [True] * 3)


@pytest.mark.parametrize(
    ("times", "now", "seconds"),
    [((), 0.0, 0.0), ((0.0, 10.0), 20.0, 40.0), ((0.0, 10.0), 61.0, 0.0), ((0.0,), 5.0, 0.0)],
)
def test_no_minute_has_more_than_its_limit(
    times: tuple[float, ...], now: float, seconds: float
) -> None:
    assert wait_before(times, now, 2) == seconds


def test_without_a_limit_nothing_waits() -> None:
    assert wait_before((0.0,) * 99, 0.0, 0) == 0.0


# What the server does not take


@pytest.mark.parametrize("reply", ["451 greylisted", "452 full", "421 closing"])
def test_what_is_not_taken_for_now_is_sent_later(server: MailServer, reply: str) -> None:
    server.faults = {2: reply}
    assert sorted(receipts(server, parcels())) == ALL_SENT
    assert sorted(addresses(server)) == EACH_ONCE


def test_what_is_never_taken_for_now_is_given_up(server: MailServer) -> None:
    server.refused = {"u1@example.org": "450 busy"}
    assert receipts(server, parcels()) == [("0", SENT), ("2", SENT), ("1", POSTPONED)]


@pytest.mark.parametrize("reply", ["550 no such user", "554 spam"])
def test_what_is_refused_for_good_is_not_tried_again(server: MailServer, reply: str) -> None:
    server.refused = {"u1@example.org": reply}
    assert receipts(server, parcels()) == [("0", SENT), ("1", REFUSED), ("2", SENT)]
    assert server.data == 2


def test_of_two_recipients_the_one_that_exists_gets_it(server: MailServer) -> None:
    server.refused = {"b@example.org": "550 no such user"}
    sending = [parcel_of("0", message("a@example.org, b@example.org"))]
    (receipt,) = (
        each
        for each in send(account(server), sending, password=PASSWORD)
        if isinstance(each, Receipt)
    )
    assert (receipt.state, receipt.words) == (SENT, "b@example.org：550 no such user")
    assert addresses(server) == ["a@example.org"]


def test_of_two_recipients_none_gets_it_twice(server: MailServer) -> None:
    server.refused = {"b@example.org": "450 later"}
    assert receipts(server, [parcel_of("0", message("a@example.org, b@example.org"))]) == [
        ("0", POSTPONED)
    ]
    assert server.taken == []


# Connections that break


def test_a_connection_lost_within_a_message_is_taken_up_again(server: MailServer) -> None:
    server.faults = {2: DROP}
    assert receipts(server, parcels(paper=LARGE)) == ALL_SENT
    assert addresses(server) == EACH_ONCE


@pytest.mark.parametrize("fault", [DROP_TAKEN, DROP_LOST])
def test_a_connection_lost_after_the_last_dot_is_not_tried_again(
    server: MailServer, fault: str
) -> None:
    server.faults = {2: fault}
    assert receipts(server, parcels()) == [("0", SENT), ("1", UNSURE), ("2", SENT)]
    assert server.data == 3


def test_a_server_that_is_gone_stops_the_sending_in_words(server: MailServer) -> None:
    server.faults = {2: CRASH}
    events = send(account(server), parcels(paper=LARGE), password=PASSWORD)
    assert [next(events), next(events)][1] == Receipt(key="0", state=SENT)
    with pytest.raises(EditorialError, match="连不上") as stopped:
        next(events)
    assert "接着发" in stopped.value.hint


# Who may send


def test_a_wrong_password_is_tried_once(server: MailServer) -> None:
    with pytest.raises(EditorialError, match="的密码（535") as stopped:
        receipts(server, parcels(), password="wrong")
    assert "授权码" in stopped.value.hint
    assert (server.logins, server.taken) == ([False], [])


def test_a_password_in_full_width_letters_is_named(server: MailServer) -> None:
    with pytest.raises(EditorialError, match="半角"):
        receipts(server, parcels(), password="ｐａｓｓ")


def test_without_a_login_where_one_is_wanted_it_stops(server: MailServer) -> None:
    with pytest.raises(EditorialError, match="530"):
        receipts(server, parcels(), user="")


@pytest.mark.parametrize(
    ("security", "starttls"), [(Security.TLS, False), (Security.STARTTLS, True)]
)
@pytest.mark.parametrize("trusted", [True, False])
def test_a_server_must_prove_who_it_is(
    certificate: ssl.SSLContext,
    authority: trustme.CA,
    security: Security,
    starttls: bool,
    trusted: bool,
) -> None:
    ca = authority.cert_pem.bytes() if trusted else b""
    with MailServer(tls=certificate, starttls=starttls) as server:
        wish = account(server, host="localhost", security=security)
        sending = send(wish, parcels(), password=PASSWORD, ca=ca)
        if trusted:
            list(sending)
            assert addresses(server) == EACH_ONCE
        else:
            with pytest.raises(EditorialError, match="证书没有通过检查"):
                list(sending)
            assert (server.logins, server.taken) == ([], [])


def test_a_certificate_of_another_host_is_refused(
    certificate: ssl.SSLContext, authority: trustme.CA
) -> None:
    with MailServer(tls=certificate) as server:
        wish = account(server, security=Security.TLS)
        with pytest.raises(EditorialError, match="证书"):
            list(send(wish, parcels(), password=PASSWORD, ca=authority.cert_pem.bytes()))


def test_a_server_without_starttls_gets_no_password(server: MailServer) -> None:
    with pytest.raises(EditorialError, match="不提供 STARTTLS"):
        receipts(server, parcels(), security=Security.STARTTLS)
    assert server.logins == []


def test_a_file_that_is_no_certificate_is_named(server: MailServer) -> None:
    with pytest.raises(EditorialError, match="不是证书"):
        list(send(account(server), parcels(), ca="证书".encode()))


# Messages no server should see


@pytest.fixture(scope="module")
def heavy() -> Parcel:
    """A letter with 25 MiB attached, which no limit of 25 MiB lets through."""
    return parcel_of("0", message(paper=bytes(25 << 20)))


@pytest.mark.parametrize("limit", [1 << 20, 40 << 20])
def test_what_is_too_large_is_told_before_it_is_sent(
    server: MailServer, heavy: Parcel, limit: int
) -> None:
    server.size = limit
    found = list(send(account(server), [heavy], password=PASSWORD))
    (receipt,) = found
    assert isinstance(receipt, Receipt)
    assert (receipt.state, server.data) == (REFUSED, 0)
    assert f"限度{min(limit >> 20, 25)}.0兆" in receipt.words


def test_25_mib_arrive_whole_where_the_limits_allow_it(server: MailServer, heavy: Parcel) -> None:
    server.size = 40 << 20
    assert receipts(server, [heavy], size=40) == [("0", SENT)]
    assert server.taken[0][1] == heavy.data


@pytest.mark.parametrize("field", ["sender", "to", "subject"])
def test_nothing_breaks_out_of_a_header(server: MailServer, field: str) -> None:
    text = "x@example.org\r\nBcc: spy@example.org\r\nRCPT TO:<spy@example.org>"
    with suppress(EditorialError):  # an address that cannot be one is refused
        receipts(server, [parcel_of("0", message(**{field: text}))])
    assert all(b"\r\nBcc:" not in data for _, data in server.taken)
    assert "spy@example.org" not in addresses(server)


def test_names_in_chinese_reach_the_server_as_plain_ascii(server: MailServer) -> None:
    receipts(server, [parcel_of("0", message("示例市科技局（综合处），陈甲 <a@example.org>"))])
    assert addresses(server) == ["a@example.org"]
    assert server.taken[0][1].isascii()


@pytest.mark.parametrize(("to", "sender"), [("", USER), ("a@example.org", "")])
def test_a_message_needs_both_its_ends(to: str, sender: str) -> None:
    with pytest.raises(EditorialError, match=r"没有.件人的邮箱"):
        parcel_of("0", message(to, sender=sender))
