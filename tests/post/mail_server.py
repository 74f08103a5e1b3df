"""A real SMTP server on loopback that fails where it is told to.

aiosmtpd speaks the protocol; this adds faults by the number of the DATA command they meet.
"""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "nianjian@example.org", "correct horse"
# The connection ends within the message; after its last dot with the message kept, or not.
DROP, DROP_TAKEN, DROP_LOST = "drop", "drop, taken", "drop, lost"
# The same, and the whole server is gone until it is started again.
CRASH, CRASH_TAKEN, CRASH_LOST = "crash", "crash, taken", "crash, lost"


@dataclass
class MailServer:
    """`taken` holds (recipients, bytes) of every message answered with 250, or kept unsaid.

    `faults` maps the number of a DATA command (from 1) to a fault or a reply such as "451 …";
    `on_data` is called at one, before (no fault) or after the message (any fault) has come;
    `refused` maps an address to the reply its RCPT gets, each time.
    """

    password: str = PASSWORD
    faults: dict[int, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    on_data: dict[int, Callable[[], object]] = field(default_factory=dict)
    size: int = 33_554_432
    tls: ssl.SSLContext | None = None
    starttls: bool = False
    port: int = 0
    taken: list[tuple[list[str], bytes]] = field(default_factory=list)
    logins: list[bool] = field(default_factory=list)
    connections: int = 0
    data: int = 0

    def __enter__(self) -> MailServer:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.open: set[_Session] = set()
        self.listening: asyncio.Server | None = None
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._call(self._stop())
        self._call(self._settled())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    def start(self) -> None:
        """Listen, on the same port as before a crash."""
        self._call(self._start())

    def stop(self) -> None:
        self._call(self._stop())

    def _call(self, task: Any) -> None:
        asyncio.run_coroutine_threadsafe(task, self.loop).result(10)

    async def _start(self) -> None:
        wrapped = None if self.starttls else self.tls
        self.listening = await self.loop.create_server(
            lambda: _Session(self), "127.0.0.1", self.port, ssl=wrapped
        )
        self.port = self.listening.sockets[0].getsockname()[1]

    async def _stop(self) -> None:
        if self.listening is not None:
            self.listening.close()
            self.listening = None
        for session in tuple(self.open):
            if session.transport is not None:
                session.transport.abort()

    async def _settled(self) -> None:
        rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)


class _Session(SMTP):
    """One connection."""

    def __init__(self, server: MailServer) -> None:
        self.mail_server = server
        self.fault = ""
        super().__init__(
            _Handler(server),
            hostname="localhost",
            data_size_limit=server.size,
            tls_context=server.tls if server.starttls else None,
            require_starttls=server.starttls,
            authenticator=_authenticator(server),
            auth_require_tls=server.starttls,
            loop=server.loop,
        )

    def connection_made(self, transport: Any) -> None:
        self.mail_server.connections += 1
        self.mail_server.open.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self.mail_server.open.discard(self)
        super().connection_lost(error)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802  aiosmtpd's name
        server = self.mail_server
        server.data += 1
        self.fault = server.faults.get(server.data, "")
        if not self.fault:
            self.called()
        if self.fault in (DROP, CRASH):
            await self.push("354 go ahead")
            await self._reader.read(50)
            await self.end()
            return
        await super().smtp_DATA(arg)

    def called(self) -> None:
        self.mail_server.on_data.pop(self.mail_server.data, lambda: None)()

    async def end(self) -> None:
        if self.fault.startswith("crash"):
            await self.mail_server._stop()
        self.transport.abort()


def _authenticator(server: MailServer) -> Any:
    def check(_: Any, __: Session, ___: Envelope, mechanism: str, given: Any) -> AuthResult:
        assert isinstance(given, LoginPassword)
        right = (given.login, given.password) == (USER.encode(), server.password.encode())
        server.logins.append(right)
        return AuthResult(success=right, handled=False)

    return check


class _Handler:
    """What the server does with recipients and with whole messages."""

    def __init__(self, server: MailServer) -> None:
        self.server = server

    async def handle_MAIL(  # noqa: N802  aiosmtpd's name
        self, _: _Session, session: Session, envelope: Envelope, address: str, __: list[str]
    ) -> str:
        if not session.authenticated:
            return "530 authentication required"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, session: _Session, _: Session, envelope: Envelope, address: str, __: list[str]
    ) -> str:
        reply = self.server.refused.get(address)
        if reply is None:
            envelope.rcpt_tos.append(address)
        return reply or "250 OK"

    async def handle_DATA(  # noqa: N802  aiosmtpd's name
        self, session: _Session, _: Session, envelope: Envelope
    ) -> str:
        fault = session.fault
        session.called()
        if fault[:3].isdecimal():
            return fault
        if not fault.endswith("lost"):
            content = envelope.original_content
            assert content is not None
            self.server.taken.append((list(envelope.rcpt_tos), content))
        if fault:
            await session.end()
        return "250 OK"
