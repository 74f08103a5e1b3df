"""A greeted, guarded, logged-in connection to a mail server, or a clear reason why not."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from editorial.errors import EditorialError
from editorial.model.mailbox import Security, SmtpServer, smtp_port
from editorial.post.tls import off_line, untrusted

# A computer's own name may be in Chinese, which no server takes.
OWN_NAME = "[127.0.0.1]"
# One is chosen and tried once: several wrong tries lock accounts.
METHODS = ("PLAIN", "LOGIN", "CRAM-MD5")
LONGEST = 200


class Lost(Exception):
    """The connection is of no further use; what was on its way was surely not taken."""


@contextmanager
def connected(server: SmtpServer, password: str, context: ssl.SSLContext) -> Iterator[smtplib.SMTP]:
    """Lost: for now there is none. EditorialError: there will be none until something changes.

    It says goodbye only after all went well: within a message that would be text of it.
    """
    smtp = _ready(server, password, context)
    try:
        yield smtp
        with suppress(smtplib.SMTPException, OSError):
            smtp.docmd("QUIT")
    except (smtplib.SMTPException, OSError) as error:
        raise Lost(trouble(error)) from error
    finally:
        smtp.close()


def _ready(server: SmtpServer, password: str, context: ssl.SSLContext) -> smtplib.SMTP:
    try:
        smtp = _open(server, context)
        try:
            _guard(smtp, server, context)
            _log_in(smtp, server, password)
        except BaseException:
            smtp.close()
            raise
    except ssl.SSLCertVerificationError as error:
        raise untrusted(server.host, error) from error
    except smtplib.SMTPResponseException as error:
        raise _unwelcome(server, error) from error
    except (smtplib.SMTPException, OSError) as error:
        raise Lost(trouble(error)) from error
    return smtp


def _open(server: SmtpServer, context: ssl.SSLContext) -> smtplib.SMTP:
    host, port, patience = server.host, smtp_port(server), server.timeout
    if server.security is Security.TLS:
        return smtplib.SMTP_SSL(
            host, port, local_hostname=OWN_NAME, timeout=patience, context=context
        )
    return smtplib.SMTP(host, port, local_hostname=OWN_NAME, timeout=patience)


def _guard(smtp: smtplib.SMTP, server: SmtpServer, context: ssl.SSLContext) -> None:
    smtp.ehlo_or_helo_if_needed()
    if server.security is not Security.STARTTLS:
        return
    if not smtp.has_extn("starttls"):
        raise EditorialError(
            f"{server.host} 不提供 STARTTLS，没有登录，也没有发信",
            hint="在 mail.yaml 里改用 security: tls（多为 465 端口）",
        )
    smtp.starttls(context=context)
    smtp.ehlo()


def _log_in(smtp: smtplib.SMTP, server: SmtpServer, password: str) -> None:
    if not server.user:
        return
    if not (server.user.isascii() and password.isascii()):
        hint = "请检查有没有误用全角字符"
        raise EditorialError("邮箱的用户名和密码只能是英文字母、数字和半角符号", hint=hint)
    offered = smtp.esmtp_features.get("auth", "").upper().split()
    method = next((each for each in METHODS if each in offered), None)
    if method is None:
        hint = "请核对 mail.yaml 的 security 和 port；不必登录的服务器，删去 user 一行"
        raise EditorialError(f"{server.host} 没有可用的登录方式", hint=hint)
    smtp.user, smtp.password = server.user, password
    smtp.auth(method, getattr(smtp, f"auth_{method.lower().replace('-', '_')}"))


def _unwelcome(server: SmtpServer, error: smtplib.SMTPResponseException) -> Exception:
    said = in_words(error.smtp_code, error.smtp_error)
    if not 500 <= error.smtp_code < 600:
        return Lost(said)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return EditorialError(
            f"{server.host} 不接受 {server.user} 的密码（{said}）",
            hint="只试了一次，免得账号被锁。改好 EDITORIAL_SMTP_PASSWORD 或钥匙串里的密码再发；"
            "许多邮箱要用“授权码”，不是登录网页的密码",
        )
    hint = "请照它说的办，或问邮箱的管理员；没有发出的都还在"
    return EditorialError(f"{server.host} 不接受连接（{said}）", hint=hint)


def trouble(error: Exception) -> str:
    """Why a connection is no more, or never was."""
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "连接断了"
    return off_line(error) or str(error)


def in_words(code: int, said: bytes | str) -> str:
    """A server's reply on one line, in whatever encoding it was."""
    text = said if isinstance(said, str) else _decoded(said)
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return f"{code} {line}"[:LONGEST].strip()


def _decoded(said: bytes) -> str:
    try:
        return said.decode("utf-8")
    except UnicodeDecodeError:
        return said.decode("gb18030", "replace")
