"""The words of an HTML mail, a line for every block."""

from __future__ import annotations

import re
from html.parser import HTMLParser

BREAKING = frozenset(
    {"p", "div", "br", "tr", "li", "table", "ul", "ol", "blockquote", "pre", "hr", "section"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "article"}
)
HIDDEN = frozenset({"style", "script", "head", "title", "noscript", "template"})
_META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.I)


def charset_of(data: bytes) -> str:
    """What the page itself declares, "" when nothing."""
    found = _META.search(data[:4096])
    return found[1].decode("ascii") if found else ""


def html_text(source: str) -> str:
    reader = _Words()
    reader.feed(source)
    reader.close()
    lines = (re.sub(r"[ \t\r\f\v\xa0]+", " ", line).strip() for line in reader.lines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in HIDDEN:
            self.hidden += 1
        elif tag in BREAKING:
            self.words.append("\n")
        elif tag == "body":
            self.hidden = 0  # a head that was never closed hides nothing
        elif tag in ("td", "th"):
            self.words.append("\t")

    def handle_endtag(self, tag: str) -> None:
        if tag in HIDDEN:
            self.hidden = max(0, self.hidden - 1)
        elif tag in BREAKING and tag != "br":
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(re.sub(r"\s+", " ", data))

    def lines(self) -> list[str]:
        return "".join(self.words).split("\n")
