"""Who is let in: by a token in the first address, afterwards by a cookie.

The cookie alone would let other pages in: those of other programs of this machine share its
name and get its cookies. So Host and Origin are looked at every time (RFC 6455, 10.2).
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from editorial.values import dataclass

LEAST = 16  # characters of a secret that somebody writes
_HOST = re.compile(r"[\w.\-\[\]:]+", re.A)
BYTES = 24  # of a token: 32 characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """One address given out: `by` as with --as, and whether its holder may only look."""

    name: str
    token: str
    cookie: str
    by: str = ""
    read_only: bool = False


def fresh_secret() -> str:
    return secrets.token_urlsafe(32)


def passes(secret: str, people: Iterable[str], *, read_only: bool) -> tuple[Pass, ...]:
    """One for each of the people (none: whoever git says is here), and one only to look with."""
    acting = () if read_only else tuple(people) or ("",)
    doing = [_pass(secret, by or "办事", by, read_only=False) for by in acting]
    return (*doing, _pass(secret, "只看", "", read_only=True))


def _pass(secret: str, name: str, by: str, *, read_only: bool) -> Pass:
    whose = f"{'look' if read_only else 'act'}\0{by}"
    return Pass(
        name=name,
        token=_derived(secret, f"token\0{whose}"),
        cookie=_derived(secret, f"cookie\0{whose}"),
        by=by,
        read_only=read_only,
    )


def _derived(secret: str, what: str) -> str:
    """Of one secret as many as are wanted; none of them tells the others."""
    made = hmac.digest(secret.encode(), what.encode(), hashlib.sha256)
    return urlsafe_b64encode(made[:BYTES]).decode()


def by_token(known: Iterable[Pass], token: str) -> Pass | None:
    """In the same time whatever the token."""
    found = [each for each in known if _same(each.token, token)]
    return found[0] if found else None


def by_cookie(known: Iterable[Pass], cookie: str) -> Pass | None:
    found = [each for each in known if _same(each.cookie, cookie)]
    return found[0] if found else None


def _same(ours: str, theirs: str) -> bool:
    return hmac.compare_digest(ours.encode(), theirs.encode("utf-8", "replace"))


def is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def is_own_host(host: str, reached: str, name: str) -> bool:
    """Whether a Host header names this machine: by the address it was reached at, or by the
    `name` it listens under. Any other name may be one that a foreign page had turned to us
    (DNS rebinding)."""
    said = (_split(f"//{host}") or "").rstrip(".")
    return _is_address(said, reached) or (said == name.lower() and not _is_number(name))


def is_own_origin(origin: str | None, host: str, *, required: bool) -> bool:
    """An Origin header must be this very place: scheme, name and port."""
    return not required if origin is None else origin.lower() == f"http://{host}".lower()


def _split(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def _is_address(said: str, reached: str) -> bool:
    if said == "localhost":
        return is_loopback(str(_plain(reached)))
    try:
        return _plain(said) == _plain(reached)
    except ValueError:
        return False


def _is_number(host: str) -> bool:
    """An address and no name: 0.0.0.0 is listened on, but nobody's."""
    try:
        return bool(ip_address(host))
    except ValueError:
        return False


def _plain(text: str) -> object:
    """::ffff:127.0.0.1 is 127.0.0.1; a zone (%eth0) is ours to know only."""
    address = ip_address(text.partition("%")[0])
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def headers(host: str) -> dict[str, str]:
    """Nothing from elsewhere, nothing told elsewhere, in no frame. Styles in the page are
    xterm.js's own doing."""
    socket = f"ws://{host}" if _HOST.fullmatch(host) else ""  # Safari's 'self' has no sockets
    policy = (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self'",
        f"connect-src 'self' {socket}".rstrip(),
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
    return {
        "Content-Security-Policy": "; ".join(policy),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Server": "editorial",
    }
