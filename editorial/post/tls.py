"""The way to a server: its certificate, by the machine's authorities or the office's own, and what
it means when there is no way."""

from __future__ import annotations

import socket
import ssl

from editorial.errors import EditorialError


def tls_context(ca: bytes = b"") -> ssl.SSLContext:
    """Checks certificate and host name. `ca` is PEM that vouches beside the machine's own."""
    context = ssl.create_default_context()
    if ca:
        try:
            context.load_verify_locations(cadata=ca.decode("ascii"))
        except (ssl.SSLError, UnicodeDecodeError, ValueError) as error:
            hint = "应为 PEM 格式，以 -----BEGIN CERTIFICATE----- 起头"
            raise EditorialError("mail.yaml 的 ca 所指的文件不是证书", hint=hint) from error
    return context


def untrusted(host: str, error: ssl.SSLCertVerificationError) -> EditorialError:
    """A certificate that does not prove the host, in words."""
    return EditorialError(
        f"{host} 的证书没有通过检查，没有登录，也没有发信（{error.verify_message}）",
        hint="先核对 mail.yaml 里的主机名；单位自建的服务器，把它的根证书存进工作区，"
        "在 mail.yaml 里写 ca: 路径",
    )


def off_line(error: Exception) -> str:
    """Why a connection is no more, or never was; "" when it does not say."""
    told = (
        (socket.gaierror, "找不到这个主机名"),
        (TimeoutError, "等了很久没有回答"),
        (ConnectionRefusedError, "那里没有邮件服务，或端口不对"),
        (ssl.SSLError, "两边的加密方式对不上，请核对 security 和 port"),
        (ConnectionError, "连接断了"),
    )
    return next((words for kind, words in told if isinstance(error, kind)), "")
