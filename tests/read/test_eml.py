"""Mails as they really come: wrong charsets, odd names, machines that answer, broken parts."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest

from editorial.model.incoming import Incoming
from editorial.model.returns import Kind
from editorial.read.eml import read_mail


def raw(head: bytes, body: bytes = b"hello") -> Incoming:
    return read_mail(head.replace(b"\n", b"\r\n") + b"\r\n\r\n" + body)


def attached(disposition: bytes, data: bytes = b"x", kind: bytes = b"application/msword") -> str:
    mail = (
        b"From: a@b.c\nContent-Type: multipart/mixed; boundary=B\n\n"
        b"--B\nContent-Type: text/plain\n\nhi\n--B\nContent-Type: " + kind + b"\n"
        b"Content-Disposition: attachment; " + disposition + b"\n\n" + data + b"\n--B--\n"
    )
    return read_mail(mail.replace(b"\n", b"\r\n")).enclosed[0].name


# Words


@pytest.mark.parametrize("charset", ["gbk", "gb2312", "utf-8", "us-ascii", "iso-8859-1", "x-y", ""])
@pytest.mark.parametrize("sent", ["gb18030", "utf-8"])
def test_words_are_read_whatever_charset_is_declared(charset: str, sent: str) -> None:
    declared = f"Content-Type: text/plain; charset={charset}".encode() if charset else b"X: y"
    assert raw(declared, "重点实验室镕15个".encode(sent)).text == "重点实验室镕15个"


@pytest.mark.parametrize("sent", ["gb18030", "utf-8"])
def test_raw_eight_bit_headers_are_read(sent: str) -> None:
    head = "From: 陈甲 <a@b.c>\nSubject: 关于修改的回复".encode(sent)
    mail = raw(head)
    assert (mail.name, mail.sender, mail.subject) == ("陈甲", "a@b.c", "关于修改的回复")


def test_a_character_cut_in_two_between_encoded_words_is_whole() -> None:
    data = "实验室".encode("gbk")
    words = b" ".join(
        b"=?gb2312?B?" + base64.b64encode(part) + b"?=" for part in (data[:3], data[3:])
    )
    assert raw(b"Subject: " + words).subject == "实验室"


def test_an_encoded_subject_cannot_add_a_header() -> None:
    word = base64.b64encode("函\r\nBcc: x@y.z".encode())
    mail = raw(b"Subject: =?utf-8?B?" + word + b"?=")
    assert mail.subject == "函  Bcc: x@y.z".replace("  ", " ")


def test_html_alone_becomes_words() -> None:
    page = "<html><head><style>p{}</style></head><body><p>一&nbsp;二</p><p>三<br>四</p>"
    mail = raw(b"Content-Type: text/html; charset=gb2312", page.encode("gbk"))
    assert mail.text == "一 二\n\n三\n四"


def test_a_page_tells_its_own_charset() -> None:
    page = "<meta charset=big5><p>實驗室</p>".encode("big5")
    assert raw(b"Content-Type: text/html", page).text == "實驗室"


def test_plain_words_go_before_html() -> None:
    body = (
        b"--B\r\nContent-Type: text/html\r\n\r\n<p>page</p>\r\n"
        b"--B\r\nContent-Type: text/plain\r\n\r\nplain\r\n--B--\r\n"
    )
    assert raw(b"Content-Type: multipart/alternative; boundary=B", body).text == "plain"


def test_quoted_printable_and_base64_are_undone() -> None:
    for code, body in ((b"quoted-printable", b"=E5=87=BD=\r\n"), (b"base64", b"5Ye9")):
        assert raw(b"Content-Transfer-Encoding: " + code, body).text == "函"


def test_when_and_what_it_answers() -> None:
    mail = raw(
        b"Date: Thu, 12 Mar 2020 09:30:00 +0800\nMessage-ID: <1@x>\nIn-Reply-To: <c@x>\n"
        b"References: <a@x>\n <b@x>"
    )
    assert mail.at == datetime(2020, 3, 12, 1, 30, tzinfo=UTC)
    assert (mail.message_id, mail.replies_to) == ("<1@x>", ("<c@x>", "<b@x>", "<a@x>"))


# Names


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('filename="修改稿.doc"'.encode("gbk"), "修改稿.doc"),
        ('filename="修改稿.doc"'.encode(), "修改稿.doc"),
        (b"filename*=gb18030''%D0%DE%B8%C4%B8%E5.doc", "修改稿.doc"),
        (b"filename*0*=utf-8''%E4%BF%AE; filename*1*=%E6%94%B9; filename*2=.doc", "修改.doc"),
        (b'filename="=?gb2312?B?0N64xLjlLmRvYw==?="', "修改稿.doc"),
        (b"filename=../../etc/passwd", "passwd"),
        (b'filename="C:\\\\Users\\\\a\\\\CON.txt"', "_CON.txt"),
        (b'filename="a\\b.doc"', "b.doc"),
        (b"filename*=utf-8''%E2%80%AEcod.exe", "cod.exe"),
        (b"filename=...", "附件"),
        (b"filename*=utf-8''a%00b%0D%0Ac.doc", "a-b--c.doc"),
    ],
)
def test_a_name_is_read_and_made_safe(disposition: bytes, name: str) -> None:
    assert attached(disposition) == name


def test_a_long_name_keeps_its_ending() -> None:
    name = attached(b"filename*=utf-8''" + b"%E9%95%BF" * 300 + b".docx")
    assert name.endswith("长.docx")
    assert len(name.encode()) <= 200


def test_an_address_within_an_encoded_name_is_not_the_sender() -> None:
    mail = raw(b"From: =?utf-8?Q?a,_x@y.z?= <a@b.c>")
    assert (mail.sender, mail.name) == ("a@b.c", "a, x@y.z")
    assert raw("From: 陈甲 <a@b.c>".encode("gbk")).name == "陈甲"


def test_a_mail_enclosed_under_a_plain_type_is_looked_into() -> None:
    inner = b"Subject: [a/0001]\r\n" + b"Content-Disposition: attachment; filename=a.doc\r\n\r\nx"
    body = (
        b"--B\r\n\r\nsee\r\n--B\r\nContent-Type: application/octet-stream\r\n"
        b"Content-Disposition: attachment; filename=a.eml\r\n\r\n" + inner + b"\r\n--B--\r\n"
    )
    mail = raw(b"Content-Type: multipart/mixed; boundary=B", body)
    assert [each.subject for each in mail.inner] == ["[a/0001]"]
    assert [each.name for each in mail.enclosed] == ["a.doc"]


# Kinds


@pytest.mark.parametrize(
    "head",
    [
        b"Auto-Submitted: auto-replied",
        b"Auto-Submitted: auto-generated\nX-Auto-Response-Suppress: All",
        b"Precedence: auto_reply",
        b"X-Autoreply: yes",
        "Subject: 自动回复：关于修改的函".encode(),
        b"Subject: Automatic reply: x",
        b"Subject: Out of Office: x",
    ],
)
def test_machines_that_answer_are_known(head: bytes) -> None:
    assert raw(head).kind is Kind.AUTO_REPLY


def test_a_machine_that_answers_under_our_own_subject_is_known() -> None:
    head = "Subject: Re: 关于商请修改补充的函".encode()
    assert raw(head, "这是一封自动回复邮件。我正在出差。".encode()).kind is Kind.AUTO_REPLY
    assert raw(head, "自动回复功能一节已改，见附件。".encode()).kind is Kind.REPLY


def test_a_server_that_marks_all_its_mail_does_not_hide_a_manuscript() -> None:
    body = b"--B\r\nContent-Disposition: attachment; filename=a.doc\r\n\r\nx\r\n--B--\r\n"
    head = b"X-Auto-Response-Suppress: All\nContent-Type: multipart/mixed; boundary=B"
    assert raw(head, body).kind is Kind.REPLY


def report(action: bytes) -> Incoming:
    return raw(
        b"From: MAILER-DAEMON@x.org\n"
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=B",
        b"--B\r\n\r\nsorry\r\n--B\r\nContent-Type: message/delivery-status\r\n\r\n"
        b"Reporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; A@b.c\r\nAction: "
        + action
        + b"\r\nStatus: 5.2.2\r\nDiagnostic-Code: smtp; 552 full\r\n\r\n"
        b"--B\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <1@x>\r\nSubject: letter\r\n\r\nx"
        b"\r\n--B--\r\n",
    )


def test_a_bounce_names_whom_and_what() -> None:
    mail = report(b"failed")
    (whom,) = mail.bounced
    assert (whom.recipient, whom.status, whom.words) == ("a@b.c", "5.2.2", "552 full")
    assert (mail.kind, mail.about, mail.about_subject) == (Kind.BOUNCE, "<1@x>", "letter")


@pytest.mark.parametrize("action", [b"delayed", b"delivered", b"relayed"])
def test_a_report_that_is_no_failure_is_none(action: bytes) -> None:
    mail = report(action)
    assert (mail.kind, mail.bounced) == (Kind.OTHER, ())


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("From: PostMaster@qq.com\nSubject: 系统退信".encode(), "收件人 a@b.c 不存在".encode()),
        ("From: postmaster@163.com\nSubject: 退信".encode("gbk"), "无法送达 a@b.c".encode("gbk")),
        (b"From: <MAILER-DAEMON@x>\nSubject: failure notice", b"<a@b.c>:\nno such user"),
        (b"From: x@y.z\nX-Failed-Recipients: a@b.c\nSubject: Mail delivery failed", b"gone"),
        (
            "From: 邮箱管理员 <10000@qq.com>\nSubject: 退信通知".encode(),
            "a@b.c\n退信原因：无此人".encode(),
        ),
    ],
)
def test_bounces_in_plain_words_are_known(head: bytes, body: bytes) -> None:
    mail = raw(head, body + b"\n\n----- original -----\nMessage-ID: <1@x>\n")
    assert (mail.kind, mail.bounced[0].recipient, mail.about) == (Kind.BOUNCE, "a@b.c", "<1@x>")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("收件人 a@b.c\n退信原因：收件人邮箱不存在，无法送达。", "收件人邮箱不存在，无法送达"),
        ("<a@b.c>:\nhost x said: 550 Mailbox not found", "550 Mailbox not found"),
        ("送不到 a@b.c", ""),
        ("<a@b.c>:\n192.5.1.7 said: 550 5.1.1 unknown\n", "550 5.1.1 unknown"),
    ],
)
def test_a_bounce_in_plain_words_tells_why(body: str, why: str) -> None:
    mail = raw("From: PostMaster@qq.com\nSubject: 退信".encode(), body.encode())
    assert mail.bounced[0].words == why


def test_a_status_is_no_part_of_an_address() -> None:
    body = b"<a@b.c>:\n10.5.1.7 does not like recipient.\nRemote host said: 550 5.1.1 unknown"
    assert raw(b"From: MAILER-DAEMON@x\nSubject: failure notice", body).bounced[0].status == "5.1.1"


def test_a_manuscript_returned_by_its_unit_is_no_bounce() -> None:
    assert raw("From: a@b.c\nSubject: 退回修改稿".encode(), "请查收".encode()).kind is Kind.REPLY


def test_a_read_receipt_is_no_reply() -> None:
    head = b"Content-Type: multipart/report; report-type=disposition-notification; boundary=B"
    assert raw(head, b"--B\r\n\r\nread\r\n--B--").kind is Kind.OTHER


@pytest.mark.parametrize("subject", ["已读: 函", "撤回：函", "Read: letter"])
def test_a_notice_of_the_mail_program_is_no_reply(subject: str) -> None:
    assert raw(f"From: a@b.c\nSubject: {subject}".encode(), b"x").kind is Kind.OTHER


def test_a_calendar_invitation_is_known() -> None:
    body = b"--B\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\n--B--"
    mail = raw(b"Content-Type: multipart/alternative; boundary=B", body)
    assert (mail.kind, mail.reason) == (Kind.INVITATION, "日程邀请")


def test_an_invitation_enclosed_as_a_file_too_is_known() -> None:
    """As Outlook, Gmail and QQ send it: the calendar file lies beside the words once more."""
    body = b"--B\r\n\r\nwords\r\n--B\r\nContent-Type: application/octet-stream\r\n"
    body += b"Content-Disposition: attachment; filename=invite.ics\r\n\r\nBEGIN:VCALENDAR\r\n--B--"
    mail = raw(b"Content-Type: multipart/mixed; boundary=B", body)
    assert (mail.kind, len(mail.enclosed)) == (Kind.INVITATION, 1)


# Files that cannot be opened


@pytest.mark.parametrize(
    ("kind", "name", "word"),
    [
        (b"application/pkcs7-mime", b"smime.p7m", "加密或签名"),
        (b"application/octet-stream", b"smime.p7m", "加密或签名"),
    ],
)
def test_what_cannot_be_opened_is_kept_with_the_reason(kind: bytes, name: bytes, word: str) -> None:
    head = b"Content-Type: " + kind + b"\nContent-Disposition: attachment; filename=" + name
    (file,) = raw(head, b"\x78\x9f\x3e\x22").enclosed
    assert file.data == b"\x78\x9f\x3e\x22"
    assert word in file.reason


def test_a_signature_is_no_attachment() -> None:
    body = (
        b"--B\r\n\r\nhi\r\n--B\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--B--\r\n"
    )
    mail = raw(b"Content-Type: multipart/signed; boundary=B", body)
    assert (mail.text, mail.enclosed) == ("hi", ())


def test_a_forwarded_mail_gives_its_words_and_files() -> None:
    inner = (
        "From: 陈甲 <c@d.e>\r\nSubject: 稿\r\nMessage-ID: <in@x>\r\n"
        "Content-Type: multipart/mixed; boundary=I\r\n\r\n--I\r\n\r\n已改\r\n"
        "--I\r\nContent-Disposition: attachment; filename=a.doc\r\n\r\nx\r\n--I--\r\n"
    ).encode()
    body = b"--B\r\n\r\nfyi\r\n--B\r\nContent-Type: message/rfc822\r\n\r\n" + inner + b"\r\n--B--"
    mail = raw(b"From: a@b.c\nContent-Type: multipart/mixed; boundary=B", body)
    (forwarded,) = mail.inner
    assert (forwarded.sender, forwarded.text, forwarded.message_id) == ("c@d.e", "已改", "<in@x>")
    assert (mail.text, [each.name for each in mail.enclosed]) == ("fyi", ["a.doc"])


# Broken


@pytest.mark.parametrize(
    "mail",
    [
        b"",
        b"\r\n\r\n",
        b"no header at all",
        b"Content-Type: multipart/mixed\r\n\r\nno boundary",
        b"Content-Type: multipart/mixed; boundary=B\r\n\r\nno part",
        b"Content-Type: text/plain; charset=\xff\xfe\r\n\r\n\xff",
        b"From: \xff\xfe\r\nDate: yesterday\r\nSubject: =?utf-8?B?====?=\r\n\r\n",
        b"Content-Type: message/rfc822\r\n\r\n" * 40,
        b"Content-Type: message/delivery-status\r\n\r\n\xff",
    ],
)
def test_a_broken_mail_is_read_as_far_as_it_goes(mail: bytes) -> None:
    assert read_mail(mail).bounced == ()


def test_a_mail_cut_off_gives_what_is_there() -> None:
    data = base64.encodebytes(bytes(range(256)) * 8)
    body = (
        b"--B\r\n\r\nhi\r\n--B\r\nContent-Disposition: attachment; filename=a.doc\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + data[:1001]
    )
    mail = raw(b"Content-Type: multipart/mixed; boundary=B", body)
    assert mail.text == "hi"
    assert (bytes(range(256)) * 8).startswith(mail.enclosed[0].data[:700])


def test_twenty_five_megabytes_come_through_whole() -> None:
    data = bytes(range(256)) * 102_400
    body = (
        b"--B\r\n\r\nhi\r\n--B\r\nContent-Disposition: attachment; filename=a.doc\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(data) + b"--B--\r\n"
    )
    mail = raw(b"Content-Type: multipart/mixed; boundary=B", body)
    assert mail.enclosed[0].data == data
