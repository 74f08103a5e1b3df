"""What the server hands out: its pages, and the files they are made with, all of them ours."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from editorial.desk.products import Product

SIZES = {"小": 14, "中": 16, "大": 20, "特大": 26}  # CSS pixels
USUAL = 16
KINDS = {".css": "text/css", ".js": "text/javascript", ".ttf": "font/ttf", ".otf": "font/otf"}


@cache
def assets() -> dict[str, Path]:
    """Name → file. The terminal is textual-serve's xterm.js; the faces are under the OFL and
    the Apache licence."""
    ours, theirs = Path(__file__).parent, Path(str(files("textual_serve"))) / "static"
    plain = Path(str(files("pylopdf_fonts_zh_cn"))) / "NotoSansSC-Regular.otf"
    bold = Path(str(files("justmytype_intl_cjk"))) / "fonts/ofl/notosanssc/NotoSansSC[wght].ttf"
    return {
        "page.css": ours / "page.css",
        "page.js": ours / "page.js",
        "enter.js": ours / "enter.js",
        "xterm.css": theirs / "css" / "xterm.css",
        "textual.js": theirs / "js" / "textual.js",
        "mono.ttf": theirs / "fonts" / "RobotoMono-VariableFont_wght.ttf",
        "chinese.otf": plain,
        "chinese-bold.ttf": bold,
    }


def board(title: str, who: str, host: str, size: int) -> str:
    """The page that holds the terminal. `size` of the letters in CSS pixels."""
    links = " ".join(_size(label, each, size) for label, each in SIZES.items())
    return _filled(
        "page.html",
        title=escape(title),
        who=escape(who),
        host=escape(host),
        size=str(size),
        sizes=links,
    )


def _size(label: str, each: int, now: int) -> str:
    return f"<b>{label}</b>" if each == now else f'<a href="/?size={each}">{label}</a>'


def size_of(asked: str) -> int:
    return int(asked) if asked in map(str, SIZES.values()) else USUAL


def entered() -> str:
    """A page, not a redirect: from a link in a chat a browser would follow that without the
    cookie (SameSite=Strict)."""
    return _filled("enter.html")


def refused(message: str, remedy: str) -> str:
    return _filled("refused.html", message=escape(message), remedy=escape(remedy))


def papers(found: Iterable[Product]) -> str:
    """What has been printed, to be fetched; one row each."""
    rows = "\n".join(map(_row, found))
    head = "<tr><th>名称</th><th>在哪里</th><th>大小</th><th>何时</th></tr>"
    none = "<p>还没有印出过稿件、函件、表格。</p>"
    return _filled("papers.html", told=f"<table>\n{head}\n{rows}\n</table>" if rows else none)


def _row(each: Product) -> str:
    link = f'<a href="/papers/{quote(each.key)}" download>{escape(each.name)}</a>'
    cells = (
        link,
        escape(each.key.rpartition("/")[0]),
        _size_of(each.size),
        f"{each.at:%m-%d %H:%M}",
    )
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _size_of(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB" if size >= 1_000_000 else f"{-(-size // 1000):,} kB"


def _filled(name: str, **words: str) -> str:
    text = (Path(__file__).parent / name).read_text("utf-8")
    return Template(text).substitute(words)
