"""The parts of a Word file as trees, and what is asked of their nodes."""

from __future__ import annotations

import zipfile

from lxml import etree

MOST = 256 * 2**20  # bytes of one part unpacked: no proof is larger, a zip bomb is


def tree_of(archive: zipfile.ZipFile, name: str) -> etree._Element:
    """A part of the file. ValueError for one that unpacks to more than anybody writes."""
    if archive.getinfo(name).file_size > MOST:
        raise ValueError(name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(archive.read(name), parser)


def local(node: etree._Element) -> str:
    """The name of a node without its namespace, "" for a comment."""
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(node: etree._Element, name: str) -> str:
    """An attribute in any namespace, "" when it is not there."""
    return next((str(v) for k, v in node.attrib.items() if str(k).endswith("}" + name)), "")
