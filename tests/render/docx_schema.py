"""Whether each part of a package keeps to the grammar of WordprocessingML (docx_grammar.txt).

Word drops, or offers to repair, what is out of order, and says nothing of where.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree

PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r:",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp:",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a:",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14:",
    "http://schemas.microsoft.com/office/word/2012/wordml": "w15:",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps:",
    "urn:schemas-microsoft-com:vml": "v:",
    "urn:schemas-microsoft-com:office:office": "o:",
    "urn:schemas-microsoft-com:office:word": "w10:",
}
# Shapes may hold whatever VML allows; their text boxes hold paragraphs again.
FREE = ("pict", "object", "wps:wsp")
# Seen through: what they hold must fit the place where they stand.
OPEN = ("sdt", "sdtContent", "ins", "del", "moveFrom", "moveTo", "smartTag")
GROUPS = {
    "switches": "val?=ON",
    "numbers": "val=INT",
    "strings": "val=TEXT",
    "empty": "",
    "borders": "val=LINE sz?=NAT space?=NAT color?=HEX shadow?=ON frame?=ON",
    "margins": "w?=NAT type?=nil|dxa",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What one element may say and hold; `text` when characters may stand in it."""

    needed: frozenset[str]
    attributes: dict[str, re.Pattern[str]]
    content: re.Pattern[str]
    text: bool


def schema_faults(root: etree._Element) -> Iterator[str]:
    """Every fault in a part: where, and what."""
    for element in root.iter(etree.Element):
        if not _inside_free(element):
            yield from _faults(element)


def name_of(tag: str | etree._Element) -> str:
    """Local name; with a prefix when it is not of WordprocessingML."""
    qname = etree.QName(tag)
    prefix = PREFIXES.get(qname.namespace or "")
    return qname.localname if not qname.namespace or prefix is None else prefix + qname.localname


def _inside_free(element: etree._Element) -> bool:
    return any(name_of(each) in FREE for each in element.iterancestors())


def _faults(element: etree._Element) -> Iterator[str]:
    name, parent = name_of(element), element.getparent()
    rules = grammar()
    above = "" if parent is None else name_of(parent)
    rule = rules.get(f"{above}/{name}") or rules.get(name)
    where = f"{above}/{name}"
    if name in FREE or (etree.QName(element).namespace or "") not in PREFIXES:
        return
    if rule is None:
        yield f"{where}: not in the grammar"
        return
    yield from _attribute_faults(element, rule, where)
    names = [name_of(child) for child in element.iterchildren(etree.Element)]
    views = [names] if name in OPEN else [names, list(_seen_through(element))]
    for held in views:
        if not rule.content.fullmatch("".join(f"{each} " for each in held)):
            yield f"{where}: holds {' '.join(held[:40])}"
            break
    if not rule.text and "".join(element.xpath("text()")).strip():
        yield f"{where}: has text of its own"


def _attribute_faults(element: etree._Element, rule: Rule, where: str) -> Iterator[str]:
    found = {name_of(key): str(value) for key, value in element.attrib.items()}
    for missing in sorted(rule.needed - found.keys()):
        yield f"{where}: lacks {missing}"
    for key, value in found.items():
        pattern = rule.attributes.get(key)
        if pattern is None:
            yield f"{where}: knows no {key}"
        elif not pattern.fullmatch(value):
            yield f"{where}: {key} cannot be “{value[:40]}”"


def _seen_through(element: etree._Element) -> Iterator[str]:
    for child in element.iterchildren(etree.Element):
        name = name_of(child)
        if name in OPEN:
            yield from _seen_through(child)
        elif name not in ("sdtPr", "sdtEndPr"):
            yield name


@cache
def grammar() -> dict[str, Rule]:
    """Rules by name of element; where a name means two things, by parent/name."""
    text = Path(__file__).with_name("docx_grammar.txt").read_text("utf-8")
    unfolded = re.sub(r"\n +(\|?)", lambda fold: fold[1] or " ", text)
    sections = dict(re.findall(r"^\[(\w+)\]\n(.*?)(?=^\[|\Z)", unfolded, re.M | re.S))
    values, macros = (
        dict(re.findall(r"^(\w+) = (.*)$", sections[name], re.M)) for name in ("values", "macros")
    )
    rules = {
        name: _rule(attributes, "", values, macros)
        for group, attributes in GROUPS.items()
        for name in sections[group].split()
    }
    for name, rest in re.findall(r"^([\w:/]+):(?= |$)(.*)$", sections["elements"], re.M):
        attributes, _, content = rest.partition(" > ")
        rules[name] = _rule(attributes, content, values, macros)
    return rules


def _rule(attributes: str, content: str, values: dict[str, str], macros: dict[str, str]) -> Rule:
    listed = [each.partition("=") for each in attributes.split()]
    return Rule(
        needed=frozenset(name for name, _, _ in listed if not name.endswith("?")),
        attributes={n.rstrip("?"): re.compile(values.get(v, v)) for n, _, v in listed},
        content=re.compile(_content(content.replace("TEXT", ""), macros)),
        text="TEXT" in content,
    )


def _content(model: str, macros: dict[str, str]) -> str:
    """As a regular expression over names, each with a blank after it."""
    while named := [word for word in re.findall(r"\b[A-Z]+\b", model) if word in macros]:
        for word in named:
            model = re.sub(rf"\b{word}\b", lambda _, word=word: macros[word], model)
    return re.sub(r"\s+", "", re.sub(r"[A-Za-z][\w:]*", r"(?:\g<0>_)", model)).replace("_", " ")
