"""A mail built once reads back as it was meant, and opens as a draft."""

from __future__ import annotations

import email
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest

from editorial.errors import EditorialError
from editorial.post.outbox import build_message

LETTER = ("示志函〔2020〕12号　关于商请修改补充有关内容的函.pdf", b"%PDF-1.7\n" * 300)
LIST = ("修改补充事项清单.docx", b"PK\x03\x04" * 9)


def built(**changes: Any) -> bytes:
    wish: dict[str, Any] = {
        "sender": "示例市地方志办公室 <fangzhi@example.org>",
        "to": "示例市科学技术局 <kjj@example.org>",
        "subject": "关于商请修改补充《示例年鉴2019》有关内容的函",
        "body": "示例市科学技术局：\n\n现将函件送上，请查收。\n",
        "attachments": (LETTER, LIST),
        "date": datetime(2020, 3, 5, 1, 0, tzinfo=UTC),
        "message_id": "gba-2019-0001@example.org",
        "headers": {"X-Editorial-Letter": "gba-2019/0001"},
    }
    return build_message(**wish | changes)


def read(**changes: Any) -> EmailMessage:
    message = email.message_from_bytes(built(**changes), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_opens_as_a_draft() -> None:
    assert read()["X-Unsent"] == "1"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("From", "示例市地方志办公室 <fangzhi@example.org>"),
        ("To", "示例市科学技术局 <kjj@example.org>"),
        ("Subject", "关于商请修改补充《示例年鉴2019》有关内容的函"),
        ("Date", "Thu, 05 Mar 2020 01:00:00 +0000"),
        ("Message-ID", "<gba-2019-0001@example.org>"),
        ("X-Editorial-Letter", "gba-2019/0001"),
    ],
)
def test_headers_read_back_as_given(name: str, value: str) -> None:
    assert read()[name] == value


def test_body_reads_back_as_written() -> None:
    body = read().get_body()
    assert body is not None
    assert body.get_content().splitlines() == ["示例市科学技术局：", "", "现将函件送上，请查收。"]


def test_attachments_keep_names_and_bytes() -> None:
    found = [(part.get_filename(), part.get_content()) for part in read().iter_attachments()]
    assert found == [LETTER, LIST]


def test_names_are_written_by_rfc_2231() -> None:
    assert b"filename*0*=utf-8''%E7%A4%BA" in built()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("函.pdf", "application/pdf"),
        ("函.PDF", "application/pdf"),
        ("函.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("无后缀", "application/octet-stream"),
    ],
)
def test_each_file_has_its_type(name: str, kind: str) -> None:
    (part,) = read(attachments=((name, b"x"),)).iter_attachments()
    assert part.get_content_type() == kind


def test_same_arguments_give_same_bytes() -> None:
    assert built() == built()


def test_other_content_gives_another_boundary() -> None:
    other = read(attachments=((LETTER[0], b"other"), LIST))
    assert read().get_boundary() != other.get_boundary()


def test_every_line_ends_as_mail_wants() -> None:
    assert built().count(b"\n") == built().count(b"\r\n")


def test_lines_of_full_stops_and_from_survive() -> None:
    body = read(body="上文\n.\nFrom 某处\n").get_body()
    assert body is not None
    assert body.get_content().splitlines() == ["上文", ".", "From 某处"]


def test_without_attachments_is_one_plain_text() -> None:
    assert read(attachments=()).get_content_type() == "text/plain"


def test_without_recipient_is_left_for_the_editor() -> None:
    assert read(to="")["To"] is None


def test_several_recipients_stay_apart() -> None:
    header = read(to="甲 <a@example.org>, b@example.org,")["To"]
    assert [address.addr_spec for address in header.addresses] == ["a@example.org", "b@example.org"]


def test_headers_given_replace_those_of_the_same_name() -> None:
    assert read(headers={"subject": "另题"}).get_all("Subject") == ["另题"]


def test_subject_cannot_break_out_of_its_line() -> None:
    assert read(subject="甲\r\nBcc: x@example.org")["Bcc"] is None


@pytest.mark.parametrize(
    "wrong", ["李示例", "李@示例.cn", "a@", "李示例 <>", "a@example.org\r\nBcc: x@example.org"]
)
def test_wrong_addresses_are_refused(wrong: str) -> None:
    with pytest.raises(EditorialError, match="邮件"):
        built(to=wrong)


def test_wrong_header_names_are_refused() -> None:
    with pytest.raises(EditorialError, match="邮件头"):
        built(headers={"函 号": "1"})
