"""Who is let in, header by header."""

from __future__ import annotations

import pytest

from editorial.tui.web.gate import (
    by_cookie,
    by_token,
    headers,
    is_own_host,
    is_own_origin,
    passes,
)

SECRET = "示例口令示例口令示例口令"


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "localhost:8000", "LOCALHOST:8000", "localhost.:8000", "127.0.0.1"]
)
def test_this_machine_is_known_by_its_own_names(host: str) -> None:
    assert is_own_host(host, "127.0.0.1", "127.0.0.1")


@pytest.mark.parametrize(
    "host",
    [
        "evil.example:8000",
        "127.0.0.1.evil.example:8000",
        "localhost.evil.example",
        "127.0.0.1@evil.example",
        "192.168.1.5:8000",
        "0.0.0.0:8000",
        "[::1",
        "",
    ],
)
def test_a_name_turned_to_this_machine_is_refused(host: str) -> None:
    assert not is_own_host(host, "127.0.0.1", "0.0.0.0")


def test_in_the_office_network_the_address_reached_is_known() -> None:
    assert is_own_host("192.168.1.5:8000", "192.168.1.5", "0.0.0.0")


def test_from_outside_nobody_calls_us_localhost() -> None:
    assert not is_own_host("localhost:8000", "192.168.1.5", "0.0.0.0")


def test_the_name_it_listens_under_is_known() -> None:
    assert is_own_host("nianjian.example:8000", "192.168.1.5", "nianjian.example")


@pytest.mark.parametrize(
    ("written", "reached"), [("[::1]:8000", "::1"), ("127.0.0.1:8000", "::ffff:127.0.0.1")]
)
def test_addresses_of_either_kind_are_compared(written: str, reached: str) -> None:
    assert is_own_host(written, reached, "::")


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "http://127.0.0.1:9000",
        "https://127.0.0.1:8000",
        "http://localhost:8000",
        "null",
        "",
    ],
)
def test_another_place_is_another_origin(origin: str) -> None:
    assert not is_own_origin(origin, "127.0.0.1:8000", required=False)


def test_a_page_opened_by_hand_has_no_origin_and_a_socket_must() -> None:
    assert [is_own_origin(None, "127.0.0.1:8000", required=each) for each in (False, True)] == [
        True,
        False,
    ]


def test_each_person_has_an_address_and_all_may_look() -> None:
    made = passes(SECRET, ("林清", "苏静"), read_only=False)
    assert [(each.by, each.read_only) for each in made] == [
        ("林清", False),
        ("苏静", False),
        ("", True),
    ]


def test_where_one_only_looks_no_address_acts() -> None:
    assert [each.read_only for each in passes(SECRET, ("林清",), read_only=True)] == [True]


def test_what_is_sent_as_a_host_cannot_loosen_the_policy() -> None:
    assert "script-src *" not in headers("x; script-src *")["Content-Security-Policy"]


def test_no_two_tokens_or_cookies_are_the_same() -> None:
    made = passes(SECRET, ("林清", "苏静"), read_only=False)
    assert len({word for each in made for word in (each.token, each.cookie)}) == 2 * len(made)


def test_a_cookie_is_no_token() -> None:
    (only,) = passes(SECRET, (), read_only=True)
    assert (by_token((only,), only.cookie), by_cookie((only,), only.token)) == (None, None)


@pytest.mark.parametrize("token", ["", "没有", "\udcff", "x" * 100_000])
def test_whatever_is_written_as_a_token_is_answered(token: str) -> None:
    assert by_token(passes(SECRET, (), read_only=False), token) is None
