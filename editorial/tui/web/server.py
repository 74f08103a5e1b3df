"""The server: one page, one socket for each visitor, nothing without a token.

The routes are our own: textual-serve's own server has no login, takes any Origin, and its page
asks another host for a font.
"""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from urllib.parse import quote

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from editorial.desk.office import Desk
from editorial.desk.products import products
from editorial.errors import EditorialError
from editorial.memory import for_a_sitting
from editorial.tui.web import gate, pages
from editorial.tui.web.gate import Pass
from editorial.tui.web.sitting import FULL, Sitting, cells, command, converse
from editorial.values import dataclass

MOST = 40  # sittings at once: each is a process
STOPPING = 0.7  # seconds left to them when the server is stopped
HEARTBEAT = 15.0  # seconds
MONTH = 30 * 24 * 3600
NOT_ALLOWED = 10013  # Windows for a port the system keeps for itself (WSAEACCES)

Ready = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What is served, to whom. `port` also names the cookie, since ports share cookies."""

    desk: Desk
    title: str
    passes: tuple[Pass, ...]
    host: str
    port: int

    @property
    def cookie(self) -> str:
        return f"editorial-{self.port}"


def serve(house: House, ready: Ready) -> None:
    """Serve until Ctrl-C; `ready` is told the port. EditorialError when it cannot be had."""
    for_a_sitting()
    with suppress(KeyboardInterrupt):
        asyncio.run(_served(house, ready))


async def _served(house: House, ready: Ready) -> None:
    listening = _listening(house.host, house.port)
    with listening:
        port = listening.getsockname()[1]
        sittings: set[Sitting] = set()
        made = application(replace(house, port=port), sittings)
        runner = web.AppRunner(made, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        try:
            await web.SockSite(runner, listening).start()
            over = _stopped()
            ready(port)
            await over.wait()
        finally:
            await asyncio.gather(*(each.dismiss(STOPPING) for each in tuple(sittings)))
            await runner.cleanup()


def _stopped() -> asyncio.Event:
    over = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows: KeyboardInterrupt ends us there
            asyncio.get_running_loop().add_signal_handler(each, over.set)
    return over


def _listening(host: str, port: int) -> socket.socket:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
        made = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _unbound(error, host, port) from error
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows would share a port with another
            made.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(128)
    except OSError as error:
        made.close()
        raise _unbound(error, host, port) from error
    return made


def _unbound(error: OSError, host: str, port: int) -> EditorialError:
    other = port + 1 if port < 65535 else 8000
    if error.errno == errno.EADDRINUSE:
        hint = f"也许已经开过一个；否则换一个端口，如 --port {other}"
        return EditorialError(f"端口 {port} 已被占用", hint=hint)
    if isinstance(error, PermissionError) or error.errno == NOT_ALLOWED:
        free = "请用 1024 以上的端口，如 --port 8000" if port < 1024 else ""
        hint = free or f"系统把它留作别用，请换一个，如 --port {other}"
        return EditorialError(f"没有权限用端口 {port}", hint=hint)
    hint = "--host 写本机的一个地址；不写就只有本机能打开"
    return EditorialError(f"本机没有“{host}”这个地址", hint=hint)


def application(house: House, sittings: set[Sitting]) -> web.Application:
    """Every answer passes `_guard`; there is no other way in. `sittings` holds those going on."""
    app = web.Application(middlewares=[_guard(house)], client_max_size=1)
    app.on_response_prepare.append(_with_headers)
    app.router.add_get("/", lambda request: _board(house, request))
    app.router.add_get("/ws", lambda request: _sit(house, sittings, request))
    app.router.add_get("/static/{name}", _asset)
    app.router.add_get("/papers", lambda request: _papers(house))
    app.router.add_get("/papers/{key:.+}", lambda request: _paper(house, request))
    return app


async def _with_headers(request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(gate.headers(request.host))
    response.headers.setdefault("Cache-Control", "no-store")


def _guard(house: House) -> Middleware:
    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not _from_here(house, request):
            return _refused("这个请求不是从看板自己的网页来的", "请直接打开开服务时给出的地址。")
        if "token" in request.query and request.path == "/":
            return _entered(house, request)
        who = gate.by_cookie(house.passes, request.cookies.get(house.cookie, ""))
        if who is None:
            return _refused("要用开服务时给出的完整地址", "地址里 token= 后面的一串不能少。")
        request["who"] = who
        try:
            return await handler(request)
        except web.HTTPException:
            return _refused("没有这一页", "请从看板的首页打开。", status=404)

    return guard


def _from_here(house: House, request: web.Request) -> bool:
    reached = request.transport.get_extra_info("sockname") if request.transport else None
    own = reached is not None and gate.is_own_host(request.host, reached[0], house.host)
    socket_wanted = request.path == "/ws"
    origin = request.headers.get("Origin")
    return own and gate.is_own_origin(origin, request.host, required=socket_wanted)


def _refused(message: str, remedy: str, status: int = 403) -> web.Response:
    return web.Response(
        status=status, text=pages.refused(message, remedy), content_type="text/html"
    )


def _entered(house: House, request: web.Request) -> web.Response:
    who = gate.by_token(house.passes, request.query["token"])
    if who is None:
        return _refused("这个地址已经不能用了", "服务重开过的，请用这一次给出的地址。")
    answer = web.Response(text=pages.entered(), content_type="text/html")
    answer.set_cookie(house.cookie, who.cookie, httponly=True, samesite="Strict", path="/")
    return answer


async def _board(house: House, request: web.Request) -> web.Response:
    who: Pass = request["who"]
    size = pages.size_of(request.query.get("size", ""))
    page = pages.board(house.title, who.name, request.host, size)
    return web.Response(text=page, content_type="text/html")


async def _papers(house: House) -> web.Response:
    found = await asyncio.to_thread(products, house.desk)
    return web.Response(text=pages.papers(found), content_type="text/html")


async def _paper(house: House, request: web.Request) -> web.StreamResponse:
    """One of those listed and nothing else, whatever the path says."""
    found = await asyncio.to_thread(products, house.desk)
    wanted = next((each for each in found if each.key == request.match_info["key"]), None)
    if wanted is None:
        raise web.HTTPNotFound
    name = f"attachment; filename*=UTF-8''{quote(wanted.name)}"
    return web.FileResponse(wanted.path, headers={"Content-Disposition": name})


async def _asset(request: web.Request) -> web.StreamResponse:
    path = pages.assets().get(request.match_info["name"])
    if path is None:
        raise web.HTTPNotFound
    kind = pages.KINDS[path.suffix]
    kept = {"Content-Type": kind, "Cache-Control": f"private, max-age={MONTH}"}
    if kind.startswith("text/"):  # small, and new with every version
        kept = {"Content-Type": f"{kind}; charset=utf-8"}
    return web.FileResponse(path, headers=kept)


async def _sit(house: House, sittings: set[Sitting], request: web.Request) -> web.WebSocketResponse:
    """One visitor's sitting, from the page's opening to its close."""
    websocket = web.WebSocketResponse(heartbeat=HEARTBEAT)
    await websocket.prepare(request)
    if len(sittings) >= MOST:
        await websocket.close(code=FULL)
        return websocket
    sitting = Sitting(command(house.desk, request["who"]), websocket)
    sittings.add(sitting)
    try:
        asked = request.query
        await sitting.start(cells(asked.get("width"), 80), cells(asked.get("height"), 24))
        await converse(websocket, sitting)
    finally:
        await asyncio.shield(sitting.leave())
        sittings.discard(sitting)
    return websocket


def addresses(house: House, port: int) -> Sequence[tuple[str, str]]:
    """(who, address) of every pass; behind 0.0.0.0 the address others reach this machine at."""
    host = _outward() if house.host in ("0.0.0.0", "::") else house.host
    place = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    return [(each.name, f"{place}/?token={each.token}") for each in house.passes]


def _outward() -> str:
    """The address this machine would send from; nothing is sent."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("192.0.2.1", 9))  # RFC 5737: nobody's
            return str(probe.getsockname()[0])
    except OSError:
        return "127.0.0.1"
