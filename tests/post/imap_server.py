"""A real IMAP server on loopback: pymap, a program of its own, keeping mails byte for byte.

Between it and the client there may stand a relay that cuts the line after so many bytes.
"""

from __future__ import annotations

import imaplib
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime

USER, PASSWORD = "nianjian@example.org", "correct horse"
ARRIVED = datetime(2020, 3, 10, 9, 30, tzinfo=UTC)
# Its passwords are hashed once: a login is not what is tried here, and would take half a second.
RUN = (
    "from functools import partial; from pymap import config, main; "
    "config.BuiltinHash = partial(config.BuiltinHash, rounds=1); main.main()"
)


@dataclass
class ImapServer:
    """`port` answers as long as the object is open; mails are put in as any client would.
    `folder` is the one in use: `fresh` begins another."""

    options: tuple[str, ...] = ("--no-tls",)
    port: int = 0
    folder: str = "INBOX"
    count: int = 0

    def __enter__(self) -> ImapServer:
        self.port = free_port()
        place = ("--host", "127.0.0.1", "--port", str(self.port))
        who = ("dict", "--demo-user", USER, "--demo-password", PASSWORD)
        command = [sys.executable, "-c", RUN, *place, *self.options, *who]
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        for _ in range(1000):
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return self
            time.sleep(0.02)
        raise TimeoutError("pymap")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(10)

    @contextmanager
    def client(self) -> Iterator[imaplib.IMAP4]:
        with imaplib.IMAP4("127.0.0.1", self.port, timeout=20) as box:
            secret = f"\0{USER}\0{PASSWORD}".encode()
            box.authenticate("PLAIN", lambda _: secret)
            yield box

    def fresh(self, name: str = "") -> None:
        """An empty folder of its own; one of that name made anew is another to IMAP."""
        self.count += 1
        self.folder = name or f"box{self.count}"
        with self.client() as box:
            box.delete(f'"{self.folder}"')
            box.create(f'"{self.folder}"')

    def put(self, *mails: bytes, at: datetime = ARRIVED) -> None:
        day = imaplib.Time2Internaldate(at)
        with self.client() as box:
            for mail in mails:
                answer, said = box.append(f'"{self.folder}"', "", day, mail)
                assert answer == "OK", said

    def flags(self) -> bytes:
        with self.client() as box:
            box.select(self.folder, readonly=True)
            return b"".join(each for each in box.fetch("1:*", "(FLAGS)")[1] if each)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Relay:
    """Passes a connection on to `port`, and cuts it once `cuts[n]` bytes came back over
    connection n; those beyond the list live. With `tls` the near side is encrypted."""

    port: int
    cuts: tuple[int, ...] = ()
    tls: ssl.SSLContext | None = None
    connections: int = 0

    def __enter__(self) -> Relay:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.own: int = self.listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.listener.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self.listener.accept()
                cut = self.cuts[self.connections] if self.connections < len(self.cuts) else -1
                self.connections += 1
                threading.Thread(target=self._pass_on, args=(near, cut), daemon=True).start()

    def _pass_on(self, near: socket.socket, cut: int) -> None:
        with suppress(OSError), near:
            near = self.tls.wrap_socket(near, server_side=True) if self.tls else near
            with near, socket.create_connection(("127.0.0.1", self.port)) as far:
                back = threading.Thread(target=_copy, args=(near, far), daemon=True)
                back.start()
                _copy(far, near, cut)
                with suppress(OSError):
                    near.shutdown(socket.SHUT_RDWR)


def _copy(source: socket.socket, target: socket.socket, most: int = -1) -> None:
    with suppress(OSError):
        while most and (data := source.recv(65536 if most < 0 else min(most, 65536))):
            target.sendall(data)
            most -= len(data) if most > 0 else 0
