"""Names of nodes: a path of ids or the beginnings of them, a title only one node bears, or a
title with that of its chapter, 科技创新·概况 or 科技创新/概况."""

from __future__ import annotations

import re
from difflib import get_close_matches

from editorial.errors import EditorialError
from editorial.model.names import begins
from editorial.model.volume import Chapter, Section, Volume, book_title
from editorial.values import dataclass

MOST = 4  # of several nodes of one name that are told


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A node of a volume with the sections under it."""

    id: str
    title: str
    kind: str
    sections: tuple[Section, ...]
    chapter: str = ""

    @property
    def full_title(self) -> str:
        """科技创新·概况; of what is no section its own title."""
        return f"{self.chapter}·{self.title}" if self.chapter else self.title

    @property
    def told(self) -> str:
        return f"{self.id}（{self.full_title}）"


def find_node(volume: Volume, name: str) -> Node:
    """The node called `name`; EditorialError with near names when there is none or several."""
    wanted = name.strip().strip("/")
    if ".." in wanted.split("/") or wanted.count("/") > 1:
        raise EditorialError(
            f"“{name}”不是篇目或分目的名称", hint="写作 篇目编号 或 篇目编号/分目编号"
        )
    nodes = all_nodes(volume)
    found = [node for node in nodes if node.id == wanted]
    found = found or [node for node in nodes if node.title == wanted]
    found = found or [node for node in nodes if wanted and begins(node.id, wanted)]
    found = found or _within(wanted, nodes)
    if len(found) == 1:
        return found[0]
    if found:
        names = "、".join(node.told for node in found[:MOST]) + "等" * (len(found) > MOST)
        hint = "请写编号，或连同篇目写，如 篇目·分目"
        raise EditorialError(f"有{len(found)}处都叫“{name}”：{names}", hint=hint)
    raise EditorialError(f"没有叫“{name}”的篇目或分目", hint=_near(wanted, nodes))


_BETWEEN = re.compile(r"\s*[·・•/／]\s*|\s+")


def _within(wanted: str, nodes: tuple[Node, ...]) -> list[Node]:
    """The sections named by chapter and section, each by its title or its id; the signs between
    the two may stand in a title too."""
    parted = [(wanted[: at.start()], wanted[at.end() :]) for at in _BETWEEN.finditer(wanted)]
    return [
        node
        for node in nodes
        if node.chapter and any(_is_in(node, *parts) for parts in parted if all(parts))
    ]


def _is_in(node: Node, chapter: str, section: str) -> bool:
    outer, _, inner = node.id.partition("/")
    return (chapter == node.chapter or outer.startswith(chapter)) and (
        section == node.title or inner.startswith(section)
    )


def _near(wanted: str, nodes: tuple[Node, ...]) -> str:
    names = {key: node for node in nodes for key in (node.id, node.title, node.full_title)}
    close = get_close_matches(wanted, names, n=3, cutoff=0.5)
    told = dict.fromkeys(names[key].told for key in close)
    return f"是否指：{'、'.join(told)}" if told else "用 editorial status 查看全部编号"


def all_nodes(volume: Volume) -> tuple[Node, ...]:
    """The volume itself, its chapters, and their sections."""
    whole = Node(
        id=volume.id, title=book_title(volume), kind="volume", sections=tuple(volume.sections)
    )
    return (whole, *(node for chapter in volume.chapters for node in _of(chapter)))


def _of(chapter: Chapter) -> tuple[Node, ...]:
    whole = Node(id=chapter.id, title=chapter.title, kind="chapter", sections=chapter.sections)
    leaves = (
        Node(
            id=section.id,
            title=section.title,
            kind="section",
            sections=(section,),
            chapter=chapter.title,
        )
        for section in chapter.sections
    )
    return (whole, *leaves)


def sections_under(volume: Volume, names: tuple[str, ...]) -> tuple[Section, ...]:
    """Sections of all named nodes in reading order, each once; all of them for no names."""
    wanted = {s.id for name in names for s in find_node(volume, name).sections}
    return tuple(s for s in volume.sections if not names or s.id in wanted)
