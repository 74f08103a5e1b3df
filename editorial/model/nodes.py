"""Names of nodes: a path of ids or the beginnings of them, or a title only one node bears."""

from __future__ import annotations

from difflib import get_close_matches

from editorial.errors import EditorialError
from editorial.model.names import begins
from editorial.model.volume import Chapter, Section, Volume, book_title
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A node of a volume with the sections under it."""

    id: str
    title: str
    kind: str
    sections: tuple[Section, ...]


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
    if len(found) == 1:
        return found[0]
    if found:
        names = "、".join(node.id for node in found[:8])
        raise EditorialError(f"有{len(found)}处都叫“{name}”：{names}", hint="请写编号")
    raise EditorialError(f"没有叫“{name}”的篇目或分目", hint=_near(wanted, nodes))


def _near(wanted: str, nodes: tuple[Node, ...]) -> str:
    names = {key: node.id for node in nodes for key in (node.id, node.title)}
    close = get_close_matches(wanted, names, n=3, cutoff=0.5)
    ids = dict.fromkeys(names[key] for key in close)
    return f"是否指：{'、'.join(ids)}" if ids else "用 editorial status 查看全部编号"


def all_nodes(volume: Volume) -> tuple[Node, ...]:
    """The volume itself, its chapters, and their sections."""
    whole = Node(
        id=volume.id, title=book_title(volume), kind="volume", sections=tuple(volume.sections)
    )
    return (whole, *(node for chapter in volume.chapters for node in _of(chapter)))


def _of(chapter: Chapter) -> tuple[Node, ...]:
    whole = Node(id=chapter.id, title=chapter.title, kind="chapter", sections=chapter.sections)
    leaves = (
        Node(id=section.id, title=section.title, kind="section", sections=(section,))
        for section in chapter.sections
    )
    return (whole, *leaves)


def sections_under(volume: Volume, names: tuple[str, ...]) -> tuple[Section, ...]:
    """Sections of all named nodes in reading order, each once; all of them for no names."""
    wanted = {s.id for name in names for s in find_node(volume, name).sections}
    return tuple(s for s in volume.sections if not names or s.id in wanted)
