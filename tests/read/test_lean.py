"""A large file kept beside its mail does not lie in the mail as well."""

from __future__ import annotations

import random
from base64 import encodebytes
from hashlib import sha256

import pytest

from editorial.read.eml import read_mail
from editorial.read.lean import LARGE, lean_mail

BIG = random.Random(7).randbytes(2 * LARGE)


def mail(*files: bytes, encoding: str = "base64") -> bytes:
    head = b"From: a@b.c\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n"
    text = b"--B\r\nContent-Type: text/plain\r\n\r\nwords\r\n"
    parts = (
        b"--B\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: "
        + encoding.encode()
        + b"\r\n\r\n"
        + (encodebytes(data) if encoding == "base64" else data + b"\r\n")
        for data in files
    )
    return head + text + b"".join(parts) + b"--B--\r\n"


def lean(whole: bytes, *kept: bytes) -> bytes:
    return lean_mail(whole, {sha256(data).hexdigest(): "另存为“另存.pdf”" for data in kept})


@pytest.mark.parametrize("data", [BIG, b"small"])
def test_what_is_not_kept_elsewhere_or_is_small_stays(data: bytes) -> None:
    whole = mail(data)
    assert lean(whole, *([data] if data == b"small" else [])) == whole


@pytest.mark.parametrize("encoding", ["base64", "binary"])
def test_the_place_of_a_large_file_says_where_it_lies(encoding: str) -> None:
    data = BIG if encoding == "base64" else b"x" * len(BIG)
    (left,) = read_mail(lean(mail(data, encoding=encoding), data)).enclosed
    assert left.data.decode().splitlines()[0] == "另存为“另存.pdf”"


def test_everything_but_the_file_stays_byte_for_byte() -> None:
    whole = mail(BIG, b"small")
    head, foot = whole.split(encodebytes(BIG).rstrip(b"\n"))
    short = lean(whole, BIG)
    assert (short.startswith(head), short.endswith(foot)) == (True, True)
    assert len(short) < len(head) + len(foot) + 300


def test_the_same_large_file_twice_is_taken_out_twice() -> None:
    assert len(lean(mail(BIG, BIG), BIG)) < 2_000
