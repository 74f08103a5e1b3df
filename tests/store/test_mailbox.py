"""styles/mail.yaml: optional, without passwords, every fault named."""

from __future__ import annotations

from pathlib import Path

import pytest

from editorial.desk.keep import keep
from editorial.desk.office import Desk
from editorial.desk.verify import verify
from editorial.errors import BadData, EditorialError
from editorial.model.mailbox import Mailbox, Security, SmtpServer, imap_port, smtp_port
from editorial.store.mailbox import load_mailbox

WHOLE = """\
sender: {mail: nianjian@example.org, name: 示例市地方志办公室}
smtp:
  host: mail.example.org
  security: starttls
  user: nianjian@example.org
  per_minute: 10
imap: {host: mail.example.org, user: nianjian@example.org, sent: 已发送}
"""


@pytest.fixture
def written(workspace: Path) -> Path:
    return workspace / "styles/mail.yaml"


def test_without_the_file_there_is_no_server(desk: Desk) -> None:
    assert load_mailbox(desk.workspace.files) == Mailbox()


def test_ports_follow_the_security(desk: Desk, written: Path) -> None:
    written.write_text(WHOLE, encoding="utf-8")
    mailbox = load_mailbox(desk.workspace.files)
    assert mailbox.smtp is not None
    assert mailbox.imap is not None
    assert (smtp_port(mailbox.smtp), imap_port(mailbox.imap)) == (587, 993)


@pytest.mark.parametrize(
    "key", ["password", "Passwd", "smtp_pass", "pwd", "secret", "access_token", "密码", "授权码"]
)
@pytest.mark.parametrize("place", ["{key}: x\n", "smtp:\n  host: a.example.org\n  {key}: x\n"])
def test_what_looks_like_a_password_is_refused(
    desk: Desk, written: Path, key: str, place: str
) -> None:
    written.write_text(place.format(key=key), encoding="utf-8")
    with pytest.raises(EditorialError, match=f"“{key}”像是密码") as refused:
        load_mailbox(desk.workspace.files)
    assert "EDITORIAL_SMTP_PASSWORD" in refused.value.hint


def test_a_password_is_not_copied_anywhere(desk: Desk, written: Path) -> None:
    written.write_text("smtp: {host: a.example.org, password: verysecret}\n", encoding="utf-8")
    with pytest.raises(EditorialError) as refused:
        load_mailbox(desk.workspace.files)
    kept = b"".join(p.read_bytes() for p in (desk.root / ".git").rglob("*") if p.is_file())
    assert "verysecret" not in f"{refused.value} {refused.value.hint}"
    assert b"verysecret" not in kept


def test_a_password_does_not_get_into_a_commit(desk: Desk, written: Path) -> None:
    written.write_text("smtp: {host: a.example.org, password: x}\n", encoding="utf-8")
    with pytest.raises(EditorialError, match="像是密码"):
        keep(desk, "邮箱")
    assert [problem.file for problem in verify(desk).problems] == ["styles/mail.yaml"]


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("host", "smtp://u:p@mail.example.org", "主机名"),
        ("port", "70000", "65535"),
        ("security", "none", "不加密"),
        ("security", "ssl", "不在可选值之内"),
        ("size", "0", "至少为 1"),
        ("tries", "0", "至少为 1"),
        ("pause", "-1", "不能小于 0"),
        ("per_minut", "3", "是否应为“per_minute”"),
    ],
)
def test_each_fault_is_named_at_its_line(
    desk: Desk, written: Path, key: str, value: str, said: str
) -> None:
    host = "" if key == "host" else "  host: mail.example.org\n"
    written.write_text(f"smtp:\n{host}  {key}: {value}\n", encoding="utf-8")
    with pytest.raises(BadData) as refused:
        load_mailbox(desk.workspace.files)
    (problem,) = refused.value.problems
    assert said in problem.message
    assert problem.line == (2 if key == "host" else 3)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_an_open_way_may_lead_to_this_machine(desk: Desk, written: Path, host: str) -> None:
    written.write_text(f'smtp: {{host: "{host}", security: none}}\n', encoding="utf-8")
    server = SmtpServer(host=host, security=Security.NONE)
    assert load_mailbox(desk.workspace.files).smtp == server


def test_an_open_way_beyond_this_machine_is_asked_for_by_name(desk: Desk, written: Path) -> None:
    text = "smtp: {host: mail.example.org, security: none, open: true}\n"
    written.write_text(text, encoding="utf-8")
    server = SmtpServer(host="mail.example.org", security=Security.NONE, open=True)
    assert load_mailbox(desk.workspace.files).smtp == server
