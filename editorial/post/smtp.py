"""Messages handed to a mail server over SMTP (RFC 5321), each with its own receipt.

What the protocol tells is kept apart: a reply of 4xx or 5xx, or a connection lost before the
last dot, means surely not taken (RFC 5321, 4.1.1.4 and 4.2.1); lost after it, in doubt.
"""

from __future__ import annotations

import select
import smtplib
import socket
import ssl
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import field

from editorial.errors import EditorialError
from editorial.model.labels import DeliveryState
from editorial.model.mailbox import SmtpServer
from editorial.post.parcel import Event, Handing, Parcel, Receipt
from editorial.post.smtp_connection import Lost, connected, in_words, trouble
from editorial.post.tls import tls_context
from editorial.values import dataclass

MIB = 1 << 20
MINUTE = 60.0
GO_AHEAD, TOO_LARGE = 354, 552
# Little waits unsent in our own machine when the server has gone, and we look before the dot.
UNSENT, LOOK = 1 << 16, 0.01


@dataclass(slots=True)
class _Run:
    """Where one sending stands: what is left, when mails went off, why some were not taken."""

    server: SmtpServer
    password: str
    context: ssl.SSLContext
    left: list[Parcel]
    times: list[float] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)
    trouble: str = ""


def send(
    server: SmtpServer, parcels: Sequence[Parcel], *, password: str = "", ca: bytes = b""
) -> Iterator[Event]:
    """Hand over the parcels one by one: for each a Handing before its last dot, then a Receipt.

    Whoever reads the events must have written a Handing down before asking for the next.
    What was not taken for now is tried again after a pause. EditorialError stops everything:
    a wrong password (tried once), a certificate that proves nothing, a server out of reach;
    parcels without a Handing were then surely not taken.
    """
    run = _Run(server, password, tls_context(ca), list(parcels))
    fruitless = 0
    while run.left:
        before = len(run.left)
        yield from _pass(run)
        fruitless = fruitless + 1 if len(run.left) == before else 0
        if fruitless >= server.tries:
            break
        if run.left:
            time.sleep(server.pause * 2 ** max(fruitless - 1, 0))
    yield from _given_up(run)


def _given_up(run: _Run) -> Iterator[Receipt]:
    for parcel in run.left:
        if parcel.key in run.reasons:
            yield _postponed(parcel, run.reasons[parcel.key])
    if run.left and run.trouble:
        raise EditorialError(
            f"邮件服务器 {run.server.host} 连不上，或中断了（{run.trouble}）",
            hint="没有发出的都还在，过一会儿再执行同一条命令，接着发",
        )


def _pass(run: _Run) -> Iterator[Event]:
    """Once over all that is left; it ends early when the connection is lost."""
    queue, run.left, run.trouble = run.left, [], ""
    try:
        while queue:
            count = run.server.per_connection or len(queue)
            with connected(run.server, run.password, run.context) as smtp:
                yield from _batch(run, smtp, queue, count)
    except Lost as lost:
        run.trouble = str(lost)
    finally:
        run.left += queue


def _batch(run: _Run, smtp: smtplib.SMTP, queue: list[Parcel], count: int) -> Iterator[Event]:
    """Up to `count` of the queue over one connection; each leaves it once it is known of."""
    assert smtp.sock is not None
    smtp.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, UNSENT)
    smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # the dot does not wait
    for parcel in queue[:count]:
        time.sleep(wait_before(run.times, time.monotonic(), run.server.per_minute))
        receipt = yield from _one(run.server, smtp, parcel)
        queue.pop(0)
        run.times.append(time.monotonic())
        if receipt.state is DeliveryState.POSTPONED:
            run.reasons[parcel.key] = receipt.words
            run.left.append(parcel)
        else:
            yield receipt
        if receipt.state is DeliveryState.UNSURE:
            raise Lost(receipt.words)


def wait_before(times: Sequence[float], now: float, per_minute: int) -> float:
    """Seconds until one more mail is within the limit of any minute."""
    if not per_minute or len(times) < per_minute:
        return 0.0
    return max(0.0, times[-per_minute] + MINUTE - now)


def _one(server: SmtpServer, smtp: smtplib.SMTP, parcel: Parcel) -> Generator[Event, None, Receipt]:
    """One message as far as its receipt. Lost, or SMTPServerDisconnected: surely not taken."""
    refusal = _too_large(server, smtp, parcel) or _enveloped(server, smtp, parcel)
    if isinstance(refusal, Receipt):
        with suppress(smtplib.SMTPServerDisconnected):
            smtp.docmd("RSET")
        return refusal
    code, said = smtp.docmd("DATA")
    if code != GO_AHEAD:
        return _receipt(parcel, code, said)
    smtp.send(_stuffed(parcel.data))
    _look(smtp)
    yield Handing(key=parcel.key)
    return _dot(smtp, parcel, left_out=refusal)


def _too_large(server: SmtpServer, smtp: smtplib.SMTP, parcel: Parcel) -> Receipt | None:
    """The server's SIZE (RFC 1870) and the limit set, looked at before anything is sent."""
    offered = smtp.esmtp_features.get("size", "")
    limit = server.size * MIB
    if offered.isdecimal() and int(offered):
        limit = min(limit, int(offered))
    if len(parcel.data) <= limit:
        return None
    words = (
        f"邮件连附件{len(parcel.data) / MIB:.1f}兆，超过邮件服务器的限度{limit / MIB:.1f}兆，"
        "没有发；请减小附件，或改用纸质、U盘"
    )
    return Receipt(key=parcel.key, state=DeliveryState.REFUSED, words=words)


def _enveloped(server: SmtpServer, smtp: smtplib.SMTP, parcel: Parcel) -> Receipt | str:
    """Sender and recipients told; who of several was refused for good, or a receipt."""
    size = (f"SIZE={len(parcel.data)}",) if smtp.has_extn("size") else ()
    code, said = smtp.mail(parcel.sender, size)
    if code != 250:
        return _sender_refused(server, parcel, code, said)
    answers = [(address, *smtp.rcpt(address)) for address in parcel.to]
    refused = [(address, code, said) for address, code, said in answers if not 200 <= code < 300]
    waiting = [each for each in refused if not 500 <= each[1] < 600]
    words = "；".join(f"{address}：{in_words(code, said)}" for address, code, said in refused)
    if waiting:
        return _postponed(parcel, words)
    if len(refused) == len(answers):
        return Receipt(key=parcel.key, state=DeliveryState.REFUSED, words=words)
    return words


def _sender_refused(server: SmtpServer, parcel: Parcel, code: int, said: bytes) -> Receipt:
    if 500 <= code < 600 and code != TOO_LARGE:
        raise EditorialError(
            f"{server.host} 不让 {parcel.sender} 发信（{in_words(code, said)}）",
            hint="发件人通常须与登录的账号一致：核对 mail.yaml 的 sender 和 smtp.user",
        )
    return _receipt(parcel, code, said)


def _look(smtp: smtplib.SMTP) -> None:
    """A server that says something, or leaves, before the dot will not take the message."""
    assert smtp.sock is not None
    buffered = smtp.sock.pending() if isinstance(smtp.sock, ssl.SSLSocket) else 0
    if buffered or select.select([smtp.sock], [], [], LOOK)[0]:
        smtp.close()
        raise Lost("服务器在收信中途断开")


def _dot(smtp: smtplib.SMTP, parcel: Parcel, *, left_out: str) -> Receipt:
    try:
        smtp.send(b".\r\n")
        code, said = smtp.getreply()
    except (smtplib.SMTPException, OSError) as error:
        words = f"信已交完，没有等到回执（{trouble(error)}）"
        return Receipt(key=parcel.key, state=DeliveryState.UNSURE, words=words)
    if 200 <= code < 300:
        return Receipt(key=parcel.key, state=DeliveryState.SENT, words=left_out)
    return _receipt(parcel, code, said)


def _receipt(parcel: Parcel, code: int, said: bytes) -> Receipt:
    """What a reply other than yes means. Nonsense is no receipt."""
    words = in_words(code, said)
    if 400 <= code < 500:
        return _postponed(parcel, words)
    state = DeliveryState.REFUSED if 500 <= code < 600 else DeliveryState.UNSURE
    return Receipt(key=parcel.key, state=state, words=words)


def _postponed(parcel: Parcel, words: str) -> Receipt:
    return Receipt(key=parcel.key, state=DeliveryState.POSTPONED, words=words)


def _stuffed(data: bytes) -> bytes:
    """Lines that begin with a dot get another (RFC 5321, 4.5.2); the last line is ended."""
    whole = data if data.endswith(b"\r\n") else data + b"\r\n"
    return (b"\r\n" + whole).replace(b"\r\n.", b"\r\n..")[2:]
