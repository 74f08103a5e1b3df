"""A letter as a mail nobody has sent yet: an .eml file that a mail program opens as a draft."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from email.errors import HeaderParseError, MessageError
from email.headerregistry import AddressHeader, BaseHeader
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from pathlib import PurePosixPath

from editorial.errors import EditorialError

Attachments = tuple[tuple[str, bytes], ...]

OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = {
    ".pdf": "application/pdf",
    ".docx": f"{OFFICE}.wordprocessingml.document",
    ".xlsx": f"{OFFICE}.spreadsheetml.sheet",
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".zip": "application/zip",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
}
UNKNOWN_TYPE = "application/octet-stream"
FIELD_NAME = re.compile("[A-Za-z0-9-]+")
BREAKS = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
# Every line of a mail ends so, whichever machine writes it.
POLICY = SMTP.clone(max_line_length=78)


def build_message(
    *,
    sender: str,
    to: str,
    subject: str,
    body: str,
    attachments: Attachments,
    date: datetime,
    message_id: str,
    headers: Mapping[str, str],
) -> bytes:
    """An .eml with CRLF lines; the same arguments give the same bytes.

    `sender` and `to` are addresses, with a name before `<…>` or not, several separated by
    commas; `to` may be empty for the editor to fill in. `X-Unsent: 1` makes Outlook and
    Foxmail open the file for sending. Names of attachments follow RFC 2231. `headers` are
    added last and replace those of the same name. Raises EditorialError when an address or
    a header cannot stand in a mail.
    """
    message = EmailMessage(policy=POLICY)
    given = {
        "From": _one_line(sender),
        "To": _one_line(to).strip(", "),
        "Subject": _one_line(subject),
        "Date": format_datetime(date),
        "Message-ID": _identifier(message_id),
        "X-Unsent": "1",
    }
    for name, value in {**given, **headers}.items():
        _set(message, name, _one_line(value))
    message.set_content(_lines(body), charset="utf-8", cte="base64")
    for name, data in attachments:
        _attach(message, name, data)
    if attachments:
        message.set_boundary(_boundary(message_id, attachments))
    return message.as_bytes()


def _set(message: EmailMessage, name: str, value: str) -> None:
    """One header; an empty one is left out, for a mail program would call it wrong."""
    if not value:
        return
    if not FIELD_NAME.fullmatch(name):
        raise EditorialError(f"“{name}”不能作邮件头的名称", hint="只用英文字母、数字和连字符")
    try:
        del message[name]
        message[name] = value
        written = message[name]
    except (ValueError, MessageError, HeaderParseError, IndexError) as fault:
        raise EditorialError(f"邮件的“{name}”写法不对：{value}") from fault
    if isinstance(written, AddressHeader):
        _check_addresses(name, value, written)


def _check_addresses(name: str, value: str, header: AddressHeader) -> None:
    """Each has a local part and a host, in the letters plain SMTP can carry."""
    defects = header.defects if isinstance(header, BaseHeader) else ()
    whole = bool(header.addresses) and not defects
    whole = whole and all(
        address.username and address.domain and address.addr_spec.isascii()
        for address in header.addresses
    )
    if not whole:
        raise EditorialError(
            f"邮件地址不完整或含有邮件不能用的字：{value}",
            hint="写成 name@example.org 或 姓名 <name@example.org>，多个地址用英文逗号分开",
            where=name,
        )


def _attach(message: EmailMessage, name: str, data: bytes) -> None:
    kind = TYPES.get(PurePosixPath(name).suffix.lower(), UNKNOWN_TYPE)
    main, _, sub = kind.partition("/")
    message.add_attachment(data, maintype=main, subtype=sub, filename=_one_line(name))


def _boundary(message_id: str, attachments: Attachments) -> str:
    """Drawn from the content, not from chance; base64 lines can never begin with it."""
    digest = sha256(message_id.encode())
    for name, data in attachments:
        digest.update(name.encode())
        digest.update(data)
    return f"=_{digest.hexdigest()[:40]}"


def _identifier(message_id: str) -> str:
    return f"<{_one_line(message_id).strip('<> ')}>"


def _one_line(text: str) -> str:
    """A header must not break out of its line."""
    return BREAKS.sub(" ", text).strip()


def _lines(body: str) -> str:
    """Line ends as Python wants them; the policy turns them into CRLF."""
    return "\n".join(body.splitlines()) + "\n"
