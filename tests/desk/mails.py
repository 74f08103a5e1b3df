"""Mails as offices send them, and documents as they come back."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

import docx

SENT = datetime(2020, 3, 12, 1, 30, tzinfo=UTC)
CHEN = "陈甲 <chenjia@example.invalid>"


def mail(
    subject: str = "回复",
    text: str = "材料已修改，请查收。",
    *files: tuple[str, bytes],
    sender: str = CHEN,
    number: int = 1,
    at: datetime = SENT,
    **headers: str,
) -> bytes:
    """`headers` with _ for -."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = "nianjian@example.org"
    message["Subject"] = subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{number}@mail.example.invalid>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    for name, data in files:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def saved(data: bytes, at: datetime, words: str = "") -> bytes:
    """A .docx saved again at that time, with one more paragraph."""
    out = io.BytesIO()
    stamp = f">{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</dcterms:modified>"
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode("utf-8", "surrogateescape")
            if name == "docProps/core.xml":
                part = re.sub(r">[^<]*</dcterms:modified>", stamp, part)
            if name == "word/document.xml" and words:
                more = f"<w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p>"
                part = part.replace("<w:body>", more, 1)
            info = zipfile.ZipInfo(name)  # without the time of day: the same bytes each time
            new.writestr(info, part.encode("utf-8", "surrogateescape"))
    return out.getvalue()


def filled(data: bytes, **answers: str) -> bytes:
    """Our 公函.docx with controls filled in as Word does it; `on_time=""` ticks a box."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode("utf-8", "surrogateescape")
            if name == "word/document.xml":
                for tag, text in answers.items():
                    head, mark, rest = part.partition(f'<w:tag w:val="{tag.replace("__", ":")}"/>')
                    blank, sign = ("　　", text) if text else ("☐", "☑")
                    rest = rest.replace("<w:showingPlcHdr/>", "", 1) if text else rest
                    part = head + mark + rest.replace(blank, sign, 1)
            new.writestr(zipfile.ZipInfo(name), part.encode("utf-8", "surrogateescape"))
    return out.getvalue()


def table_of(*lists: tuple[str, ...], said: str = "") -> bytes:
    """A typed reply with one table for each list of answers, an empty answer left out."""
    document = docx.Document()
    document.add_paragraph(said)
    for answers in lists:
        table = document.add_table(rows=1, cols=2)
        rows = [("序号", "单位意见"), *((f"{at}", text) for at, text in enumerate(answers, 1))]
        for at, row in enumerate(rows):
            cells = table.rows[0].cells if at == 0 else table.add_row().cells
            for cell, text in zip(cells, row, strict=True):
                cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def zipped(*files: tuple[str, bytes], encoding: str = "gbk") -> bytes:
    """A zip as Chinese Windows makes it: names in GBK, and nothing that says so."""
    names = [name.encode(encoding) for name, _ in files]
    places = [f"{number:04}".ljust(len(name), "n") for number, name in enumerate(names)]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, (_, data) in zip(places, files, strict=True):
            archive.writestr(place, data)
    raw = out.getvalue()
    for place, name in zip(places, names, strict=True):
        raw = raw.replace(place.encode(), name)
    return raw


def bounce(about: str, recipient: str, *, number: int = 90) -> bytes:
    """A report as Postfix sends it (RFC 3464)."""
    return (
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example.org (Mail Delivery System)\r\n"
        "To: nianjian@example.org\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        f"Message-ID: <{number}@mx.example.org>\r\nAuto-Submitted: auto-replied\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status;\r\n"
        ' boundary="B"\r\n\r\n--B\r\nContent-Type: text/plain\r\n\r\nI am sorry.\r\n'
        "--B\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example.org\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 user unknown\r\n\r\n"
        "--B\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"Message-ID: {about}\r\nSubject: x\r\n\r\n--B--\r\n"
    ).encode()
