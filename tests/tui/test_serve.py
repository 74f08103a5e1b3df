"""The dashboard in a browser: who gets in, what a visitor can do, and what is left behind."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientSession, WSServerHandshakeError
from yarl import URL

from editorial.tui.web import driver, server
from tests.conftest import Said
from tests.tui.chromium import browser
from tests.tui.served import LIMIT, Screen, Served, gone, serving, shown, visitor

FOREIGN = {"Origin": "http://evil.example"}
TURNED = {"Host": "evil.example"}
PAGES = ("/", "/papers", "/static/textual.js", "/static/page.css", "/nothing")
F2 = '["stdin", "\\u001bOQ"]'


@pytest.fixture(scope="module")
def served(sample: Path) -> Iterator[Served]:
    with serving(sample) as server:
        yield server


@pytest.fixture
def office(workspace: Path) -> Iterator[Served]:
    with serving(workspace, "--for", "林清") as server:
        yield server


async def entered(session: ClientSession, address: str) -> str:
    """A visitor who has opened the address; the place without the token."""
    async with session.get(address) as answer:
        assert answer.status == 200
    return address.split("/?")[0]


@pytest.mark.parametrize("page", PAGES)
async def test_without_the_token_nothing_is_shown(served: Served, page: str) -> None:
    async with visitor() as session, session.get(served.place + page) as answer:
        assert answer.status == 403


@pytest.mark.parametrize("token", ["", "x", "x" * 32])
async def test_a_wrong_token_is_refused(served: Served, token: str) -> None:
    async with visitor() as session, session.get(f"{served.place}/?token={token}") as answer:
        assert (answer.status, "Set-Cookie" in answer.headers) == (403, False)


async def test_the_address_gives_a_cookie_no_script_and_no_other_page_can_use(
    served: Served,
) -> None:
    async with visitor() as session, session.get(served.addresses["办事"]) as answer:
        assert set(answer.headers["Set-Cookie"].split("; ")[1:]) == {
            "HttpOnly",
            "Path=/",
            "SameSite=Strict",
        }


async def test_with_the_cookie_the_board_opens_without_the_token(served: Served) -> None:
    async with visitor() as session:
        place = await entered(session, served.addresses["办事"])
        async with session.get(place) as answer:
            page = await answer.text()
    token = served.addresses["办事"].split("=")[1]
    assert (answer.status, "粤港澳大湾区" in page, token in page) == (200, True, False)


@pytest.mark.parametrize("page", PAGES[:4])
@pytest.mark.parametrize("headers", [FOREIGN, TURNED, {"Origin": "null"}])
async def test_a_foreign_page_is_refused_even_with_the_cookie(
    served: Served, page: str, headers: dict[str, str]
) -> None:
    async with visitor() as session:
        place = await entered(session, served.addresses["办事"])
        async with session.get(place + page, headers=headers) as answer:
            assert answer.status == 403


async def test_a_foreign_page_gets_no_cookie_with_the_right_token(served: Served) -> None:
    async with (
        visitor() as session,
        session.get(served.addresses["办事"], headers=FOREIGN) as answer,
    ):
        assert (answer.status, "Set-Cookie" in answer.headers) == (403, False)


@pytest.mark.parametrize(
    "headers", [FOREIGN, TURNED | {"Origin": "http://evil.example"}, {"Origin": "null"}, {}]
)
async def test_a_foreign_socket_is_refused_even_with_the_cookie(
    served: Served, headers: dict[str, str]
) -> None:
    async with visitor() as session:
        place = await entered(session, served.addresses["办事"])
        with pytest.raises(WSServerHandshakeError) as refused:
            await session.ws_connect(f"{place}/ws", headers=headers)
    assert refused.value.status == 403


async def test_a_socket_of_ours_without_the_cookie_is_refused(served: Served) -> None:
    async with visitor() as session:
        with pytest.raises(WSServerHandshakeError) as refused:
            await session.ws_connect(f"{served.place}/ws", origin=served.place)
    assert refused.value.status == 403


async def test_a_page_that_is_not_there_says_so(served: Served) -> None:
    async with visitor() as session:
        place = await entered(session, served.addresses["办事"])
        async with session.get(f"{place}/static/..%2f..%2fserver.py") as answer:
            assert (answer.status, "没有这一页" in await answer.text()) == (404, True)


@pytest.mark.parametrize("page", ["/", "/static/page.css", "/static/page.js", "/static/xterm.css"])
async def test_a_page_names_no_other_host(served: Served, page: str) -> None:
    async with visitor() as session:
        place = await entered(session, served.addresses["办事"])
        async with session.get(place + page) as answer:
            text = re.sub(r"/\*.*?\*/", "", await answer.text(), flags=re.S)
    hosts = {urlsplit(found).netloc for found in re.findall(r"(?:https?|wss?)://[^\s\"')]+", text)}
    assert hosts - {urlsplit(place).netloc} == set()


async def test_the_browser_is_told_to_ask_nobody_else(served: Served) -> None:
    async with visitor() as session:
        place = await entered(session, served.addresses["办事"])
        async with session.get(place) as answer:
            told = answer.headers
    sources = set(re.findall(r"[ ](\S+)", told["Content-Security-Policy"].replace(";", " ")))
    foreign = {each for each in sources if "." in each or "*" in each or each.endswith(":")}
    assert (foreign - {f"ws://{urlsplit(place).netloc}", "data:"}, told["Referrer-Policy"]) == (
        set(),
        "no-referrer",
    )


async def test_what_was_printed_can_be_fetched(office: Served, workspace: Path) -> None:
    made = workspace / "volumes/xiao-2019/out/评议稿 第1稿（全书）.pdf"
    made.parent.mkdir()
    made.write_bytes(b"%PDF-1.7 \xe7\xa4\xba\xe4\xbe\x8b")
    async with visitor() as session:
        place = await entered(session, office.addresses["只看"])
        async with session.get(f"{place}/papers") as answer:
            links = re.findall(r'href="(/papers/[^"]+)"', await answer.text())
        async with session.get(URL(place + links[0], encoded=True)) as answer:
            given = await answer.read()
    assert (len(links), given) == (1, made.read_bytes())


@pytest.mark.parametrize(
    "path", ["volumes/xiao-2019/staff.yaml", "..%2f..%2fetc/passwd", "/etc/passwd", ".git/config"]
)
async def test_nothing_else_of_the_machine_can_be_fetched(served: Served, path: str) -> None:
    async with visitor() as session:
        place = await entered(session, served.addresses["办事"])
        async with session.get(URL(f"{place}/papers/{path}", encoded=True)) as answer:
            assert answer.status == 404


async def test_a_visitor_sees_the_board_and_leaves_nothing_running(served: Served) -> None:
    screen = Screen()
    async with visitor() as session:
        place = await entered(session, served.addresses["办事"])
        async with session.ws_connect(f"{place}/ws?width=100&height=30", origin=place) as socket_:
            seen = await shown(socket_, screen, "大事记")
            started = served.children()
    assert (seen, len(started), [gone(pid) for pid in started]) == (True, 1, [True])


@pytest.mark.parametrize("noise", ["", "[]", "{", '["resize", 3]', '["stdin"]', '["resize", {}]'])
async def test_noise_on_the_socket_does_no_harm(served: Served, noise: str) -> None:
    screen = Screen()
    async with visitor() as session:
        place = await entered(session, served.addresses["只看"])
        async with session.ws_connect(f"{place}/ws?width=100&height=x", origin=place) as socket_:
            await socket_.send_str(noise)
            assert await shown(socket_, screen, "特载")


async def test_who_only_looks_is_refused_at_the_key(served: Served, sample: Path) -> None:
    screen = Screen()
    async with visitor() as session:
        place = await entered(session, served.addresses["只看"])
        async with session.ws_connect(f"{place}/ws?width=100&height=30", origin=place) as socket_:
            await shown(socket_, screen, "大事记")
            await socket_.send_str(F2)
            assert await shown(socket_, screen, "现在是只看，不能办事")


async def test_ctrl_c_sends_everybody_home(office: Served) -> None:
    async with visitor() as session:
        place = await entered(session, office.addresses["林清"])
        async with session.ws_connect(f"{place}/ws", origin=place) as socket_:
            await shown(socket_, Screen(80, 24), "基础设施")
            started = office.children()
            code, _ = await asyncio.gather(
                asyncio.to_thread(office.stop), shown(socket_, Screen(), "没有这样的字")
            )
    told = office.process.stdout.read() if office.process.stdout else ""
    assert (code, socket_.close_code, len(started), [gone(pid) for pid in started], told) == (
        0,
        1001,
        1,
        [True],
        "已停止\n",
    )


async def test_a_board_that_hears_nothing_is_ended_all_the_same(office: Served) -> None:
    async with visitor() as session:
        place = await entered(session, office.addresses["林清"])
        async with session.ws_connect(f"{place}/ws", origin=place) as socket_:
            await shown(socket_, Screen(80, 24), "基础设施")
            started = office.children()
            for pid in started:
                os.kill(int(pid), signal.SIGSTOP)
            await asyncio.gather(
                asyncio.to_thread(office.stop), shown(socket_, Screen(), "没有这样的字")
            )
    assert [gone(pid) for pid in started] == [True]


def test_a_board_leaves_when_its_server_is_gone(workspace: Path) -> None:
    program = [sys.executable, "-m", "editorial", "-C", str(workspace)]
    environment = {**os.environ, "TEXTUAL_DRIVER": driver.NAME}
    nobody = {"input": b"", "stdout": subprocess.DEVNULL, "timeout": LIMIT}
    assert subprocess.run(program, env=environment, **nobody).returncode == 0


async def test_a_board_that_does_not_open_closes_the_socket(
    office: Served, workspace: Path
) -> None:
    workspace.rename(workspace.with_name("moved"))
    async with visitor() as session:
        place = await entered(session, office.addresses["林清"])
        async with session.ws_connect(f"{place}/ws", origin=place) as socket_:
            await shown(socket_, Screen(), "没有这样的字")
    assert socket_.close_code == 4000


async def test_a_board_that_is_killed_is_not_called_one_that_did_not_open(office: Served) -> None:
    async with visitor() as session:
        place = await entered(session, office.addresses["林清"])
        async with session.ws_connect(f"{place}/ws", origin=place) as socket_:
            await shown(socket_, Screen(80, 24), "基础设施")
            for pid in office.children():
                os.kill(int(pid), signal.SIGKILL)
            await shown(socket_, Screen(), "没有这样的字")
    assert socket_.close_code == 4002


def test_a_kept_secret_keeps_the_addresses(sample: Path, tmp_path: Path) -> None:
    kept = ("--token-file", str(tmp_path / "口令"))
    tokens = []
    for _ in range(2):
        with serving(sample, *kept) as server:
            tokens.append([each.split("=")[1] for each in server.addresses.values()])
    assert tokens[0] == tokens[1]


def test_a_fresh_start_makes_other_addresses(sample: Path, served: Served) -> None:
    with serving(sample, "--read-only") as other:
        (token,) = (each.split("=")[1] for each in other.addresses.values())
    assert token not in "".join(served.addresses.values())


async def test_opened_to_the_network_it_warns_and_still_asks_for_the_token(sample: Path) -> None:
    with serving(sample, "--host", "0.0.0.0") as server:
        port = urlsplit(server.place).port
        async with visitor() as session, session.get(f"http://127.0.0.1:{port}/") as answer:
            status = answer.status
    assert ("谁拿到地址谁就能进" in server.told, status) == (True, 403)


Run = Callable[..., Said]


def test_a_port_that_is_taken_is_told(editorial: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = editorial("serve", "--port", str(taken.getsockname()[1]))
    assert (said.code, "已被占用" in said.err, "--port" in said.err) == (2, True, True)


@pytest.mark.parametrize(("port", "other"), [(80, "--port 8000"), (8000, "--port 8001")])
def test_a_port_the_system_keeps_is_told(port: int, other: str) -> None:
    """Windows keeps whole ranges for itself, and has a number of its own for saying so."""
    told = server._unbound(OSError(server.NOT_ALLOWED, ""), "127.0.0.1", port)
    assert (f"没有权限用端口 {port}" in told.message, other in told.hint) == (True, True)


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--host", "192.0.2.1"), "本机没有“192.0.2.1”这个地址"),
        (("--port", "99999"), "端口最大是 65535"),
        (("--for", "没有这个人"), "staff.yaml 里没有“没有这个人”"),
        (("--token-file", "没有这个目录/口令"), "没有这个文件"),
    ],
)
def test_what_cannot_be_served_is_told(editorial: Run, options: tuple[str, str], word: str) -> None:
    said = editorial("serve", *options)
    assert (said.code, word in said.err) == (2, True)


def test_a_secret_in_the_workspace_is_refused(editorial: Run, workspace: Path) -> None:
    said = editorial("serve", "--token-file", str(workspace / "口令"))
    assert (said.code, (workspace / "口令").exists()) == (2, False)


def test_a_secret_that_can_be_guessed_is_refused(editorial: Run, tmp_path: Path) -> None:
    (tmp_path / "口令").write_text("123456\n", "utf-8")
    assert "口令太短" in editorial("serve", "--token-file", str(tmp_path / "口令")).err


@pytest.mark.external("chromium")
async def test_in_a_browser_a_section_is_moved_by_clicking(
    office: Served, git: Callable[..., str], tmp_path: Path
) -> None:
    address = office.addresses["林清"]
    async with browser(tmp_path / "profile") as tab:
        await tab.open(address)
        await tab.click_on("基础设施", twice=True)
        await tab.click_on("机场")
        await tab.shown("机场　责编")  # the line below tells that the row is taken
        await tab.click_on("推进")
        await tab.shown("强行推进")
        await tab.click_on("初审", last=True)
        await tab.shown("转入“初审”")
        await tab.click_on("初审", last=True)
        await tab.shown("机场至初审")
        place = await tab.value("window.location.href")
    own = urlsplit(address).netloc
    assert (
        git("log", "-1", "--format=%s|%(trailers:key=Editorial-By,valueonly,separator=)"),
        {urlsplit(each).netloc for each in tab.asked if not each.startswith("data:")},
        place,
        tab.errors,
    ) == ("推进：机场至初审|linqing", {own}, f"http://{own}/", [])


@pytest.mark.external("chromium")
async def test_a_page_opened_again_and_left_complains_of_nothing(
    office: Served, tmp_path: Path
) -> None:
    async with browser(tmp_path / "profile") as tab:
        await tab.open(office.addresses["林清"])
        await tab.shown("基础设施")
        await tab.open("about:blank")
        await tab.open(f"{office.place}/")
        await tab.until("document.getElementById('cover')?.hidden")
        await tab.shown("基础设施")
        await tab.press("Escape", 27)  # the tour
        await tab.click_on("退出")
        said = await tab.until("document.getElementById('message').textContent.includes('已退出')")
    assert (said, tab.errors) == (True, [])
