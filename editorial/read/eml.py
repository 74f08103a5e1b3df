"""A mail as it came in → who, when, about what, its words, its files, and what kind it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import getaddresses, parsedate_to_datetime

from editorial.model.incoming import Enclosed, Incoming
from editorial.model.names import fit_file
from editorial.model.returns import Kind
from editorial.read.html_text import charset_of, html_text
from editorial.read.mail_kind import Bounce, is_invitation, kind_of, read_bounce
from editorial.read.mime import Part, parameters, read_part
from editorial.read.words import decoded, header_text

MOST_INNER = 20  # mails forwarded within one
_ENCODED = re.compile(rb"=\?[^?\s]*\?[bqBQ]\?[^?]*\?=")
_MASKED = re.compile(r"=x([0-9a-f]+)=")
_ID = re.compile(r"<[^<>\s]+>")
_SEALED = "加密或签名封装的邮件，程序打不开，请在邮件程序里打开，把附件另存后收入"
SET_ASIDE = {
    "application/pkcs7-mime": _SEALED,
    "application/x-pkcs7-mime": _SEALED,
    "application/pgp-encrypted": _SEALED,
}
SIGNATURES = {
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/pgp-signature",
}
ENDINGS = {
    "text/plain": ".txt",
    "text/html": ".html",
    "text/calendar": ".ics",
    "message/rfc822": ".eml",
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
}


def read_mail(data: bytes) -> Incoming:
    """Whatever the bytes are, something is made of them: a broken mail is read as far as it
    goes. Lines of headers cannot break out of their field."""
    return _incoming(read_part(data), depth=0)


def _incoming(whole: Part, depth: int) -> Incoming:
    leaves = tuple(_leaves(whole))
    name, sender = _sender(whole)
    bounce = read_bounce(whole, leaves) or Bounce()
    inner = tuple(_inner(whole))[:MOST_INNER] if depth < 2 and not bounce.about_known else ()
    text = _text(whole)
    files = tuple(_enclosed(leaves))
    kind, reason = kind_of(
        whole, leaves, bounce, text, files=not all(is_invitation(each.data) for each in files)
    )
    return Incoming(
        sender=sender,
        name=name,
        subject=whole.text("subject"),
        at=_moment(whole),
        message_id=_first_id(whole.text("message-id")),
        replies_to=_replies_to(whole),
        text=text,
        enclosed=files,
        kind=kind,
        reason=reason,
        bounced=bounce.bounced if kind is Kind.BOUNCE else (),
        about=_first_id(bounce.about),
        about_subject=bounce.about_subject,
        inner=tuple(_incoming(each, depth + 1) for each in inner),
    )


def _leaves(part: Part) -> Iterator[Part]:
    """Parts that hold something themselves, those of mails forwarded within included."""
    if part.parts:
        for each in part.parts:
            yield from _leaves(each)
    else:
        yield part


def _inner(part: Part) -> Iterator[Part]:
    """Mails within the mail, not those within these."""
    for each in part.parts:
        if part.type == "message/rfc822":
            yield each
        else:
            yield from _inner(each)


def _sender(whole: Part) -> tuple[str, str]:
    """Name and address; of several authors the first. An address hidden in an encoded name is
    none: the field is cut apart before its words are decoded."""
    for field in ("from", "reply-to", "sender", "return-path"):
        masked = header_text(_ENCODED.sub(_masked, whole.field(field)))
        for name, address in getaddresses([masked, whole.text(field)]):
            if "@" in address:
                plain = _MASKED.sub(lambda found: bytes.fromhex(found[1]).decode("latin-1"), name)
                return header_text(plain.encode()), address.strip().casefold()
    return whole.text("from"), ""


def _masked(word: re.Match[bytes]) -> bytes:
    return b"=x" + word[0].hex().encode() + b"="


def _moment(whole: Part) -> datetime | None:
    try:
        at = parsedate_to_datetime(whole.text("date"))
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _first_id(text: str) -> str:
    found = _ID.search(text)
    return found[0] if found else ""


def _replies_to(whole: Part) -> tuple[str, ...]:
    nearest = _ID.findall(whole.text("in-reply-to"))
    earlier = _ID.findall(whole.text("references"))
    return tuple(dict.fromkeys([*nearest, *reversed(earlier)]))


def _text(whole: Part) -> str:
    """Plain words where there are any, else those of the HTML."""
    plain, page = [], []
    for part in _own(whole):
        if part.type == "text/plain" and not _file_name(part):
            charset = parameters(part.field("content-type")).get("charset", "")
            plain.append(decoded(part.content(), charset))
        elif part.type == "text/html" and not _file_name(part):
            raw = part.content()
            charset = parameters(part.field("content-type")).get("charset", "")
            page.append(html_text(decoded(raw, charset or charset_of(raw))))
    said = "\n".join(text.strip() for text in plain if text.strip())
    return (said or "\n".join(page)).replace("\r\n", "\n").replace("\r", "\n").strip()


def _own(part: Part) -> Iterator[Part]:
    """Leaves that belong to this mail, not to one forwarded within it."""
    if part.type == "message/rfc822":
        return
    if not part.parts and not part.type.startswith("multipart/"):
        yield part
    for each in part.parts:
        yield from _own(each)


def _file_name(part: Part) -> str:
    """What to call it, "" for a part that is the mail's own words."""
    attached = part.text("content-disposition").casefold().startswith("attachment")
    return part.file_name or ("附件" if attached else "")


def _enclosed(leaves: tuple[Part, ...]) -> Iterator[Enclosed]:
    for part in leaves:
        name, kind = _file_name(part), part.type
        words = kind in ("text/plain", "text/html", "text/calendar") or kind.startswith("message/")
        if kind in SIGNATURES or (words and not name):
            continue
        if kind.startswith("multipart/"):
            continue
        if not name and part.text("content-id") and kind.startswith("image/"):
            name = "插图"
        yield Enclosed(
            name=fit_file(_with_ending(name or "附件", kind)),
            data=part.content(),
            reason=_aside(name, kind),
        )


def _with_ending(name: str, kind: str) -> str:
    return name if "." in name else name + ENDINGS.get(kind, "")


def _aside(name: str, kind: str) -> str:
    if name.casefold().endswith(".p7m"):
        return _SEALED
    return SET_ASIDE.get(kind, "")
