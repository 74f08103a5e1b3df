"""A browser without a window, driven through its DevTools protocol."""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

from tests.tui.served import Screen

LIMIT = 30.0
BINARY = 2
BOX = "document.querySelector('.xterm-screen').getBoundingClientRect().toJSON()"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--remote-debugging-port=0",
)


class Tab:
    """One page; `asked` are the addresses it wanted, `errors` what its console complained of."""

    def __init__(self, wire: ClientWebSocketResponse) -> None:
        self._wire, self._number = wire, 0
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._screen, self._news = Screen(), asyncio.Event()
        self.asked: list[str] = []
        self.errors: list[str] = []

    async def listen(self) -> None:
        async for message in self._wire:
            if message.type == WSMsgType.TEXT:
                self._hear(message.json())

    def _hear(self, told: dict[str, Any]) -> None:
        about = told.get("params", {})
        if (answer := self._answers.pop(told.get("id", 0), None)) is not None:
            answer.set_result(told.get("result", {}))
        elif told.get("method") == "Network.requestWillBeSent":
            self.asked.append(about["request"]["url"])
        elif told.get("method") == "Network.webSocketCreated":
            self.asked.append(about["url"])
            width, height = re.findall(r"\d+", about["url"].partition("?")[2])
            self._screen = Screen(int(width), int(height))
        elif told.get("method") == "Network.webSocketFrameReceived":
            frame = about["response"]
            if frame["opcode"] == BINARY:
                self._screen.feed(base64.b64decode(frame["payloadData"]))
                self._news.set()
        elif told.get("method") == "Log.entryAdded" and about["entry"]["level"] == "error":
            self.errors.append(about["entry"]["text"])
        elif told.get("method") == "Runtime.exceptionThrown":
            self.errors.append(str(about["exceptionDetails"]))

    async def call(self, method: str, **about: Any) -> dict[str, Any]:
        self._number += 1
        answer = self._answers[self._number] = asyncio.get_running_loop().create_future()
        await self._wire.send_json({"id": self._number, "method": method, "params": about})
        async with asyncio.timeout(LIMIT):
            return await answer

    async def open(self, address: str) -> None:
        await self.call("Page.navigate", url=address)

    async def value(self, expression: str) -> Any:
        answer = await self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        return answer.get("result", {}).get("value")

    async def until(self, expression: str) -> Any:
        """What JavaScript says once it is true, or when time is up."""
        end = asyncio.get_running_loop().time() + LIMIT
        while True:
            value = await self.value(expression)
            if value or asyncio.get_running_loop().time() > end:
                return value
            await asyncio.sleep(0.05)

    async def click(self, x: float, y: float) -> None:
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            await self.call(
                "Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1
            )

    async def shown(self, word: str, *, beside: str = "") -> bool:
        """Whether a word comes on the screen, in the line of another, before time is up."""
        with suppress(TimeoutError):
            async with asyncio.timeout(LIMIT):
                while not self._screen.has(word, beside):
                    self._news.clear()
                    await self._news.wait()
        return self._screen.has(word, beside)

    async def click_on(self, word: str, *, twice: bool = False, last: bool = False) -> None:
        """Click on a word of the screen, once it is there and painted."""
        await self.shown(word)
        await self.until("document.getElementById('cover').hidden")
        box = await self.value(BOX)
        column, row = self._screen.find(word, last=last)
        width, height = self._screen.size
        for _ in range(2 if twice else 1):
            await self.click(
                box["x"] + (column + 0.5) * box["width"] / width,
                box["y"] + (row + 0.5) * box["height"] / height,
            )

    async def press(self, key: str, code: int) -> None:
        for kind in ("keyDown", "keyUp"):
            await self.call(
                "Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code
            )

    async def picture(self) -> bytes:
        return base64.b64decode((await self.call("Page.captureScreenshot", format="png"))["data"])


@asynccontextmanager
async def browser(folder: Path, width: int = 1280, height: int = 760) -> AsyncIterator[Tab]:
    """A tab of a Chromium of its own, with its profile in `folder`."""
    size = f"--window-size={width},{height}"
    process = await asyncio.create_subprocess_exec(
        "chromium",
        *FLAGS,
        size,
        f"--user-data-dir={folder}",
        "about:blank",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        port = await _port(folder / "DevToolsActivePort")
        async with (
            ClientSession() as session,
            session.ws_connect(await _page(session, port), max_msg_size=0) as wire,
        ):
            tab = Tab(wire)
            hearing = asyncio.create_task(tab.listen())
            for area in ("Page", "Network", "Log", "Runtime"):
                await tab.call(f"{area}.enable")
            await tab.call(
                "Emulation.setDeviceMetricsOverride",
                width=width,
                height=height,
                deviceScaleFactor=1,
                mobile=False,
            )
            yield tab
            hearing.cancel()
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


async def _port(file: Path) -> int:
    async with asyncio.timeout(LIMIT):
        while not (file.exists() and "\n" in file.read_text("utf-8")):
            await asyncio.sleep(0.05)
    return int(file.read_text("utf-8").splitlines()[0])


async def _page(session: ClientSession, port: int) -> str:
    async with session.get(f"http://127.0.0.1:{port}/json/list") as answer:
        pages = await answer.json()
    return next(str(p["webSocketDebuggerUrl"]) for p in pages if p["type"] == "page")
