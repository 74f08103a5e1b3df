"""YAML text ⇄ plain data: the dialect, the line numbers, and edits by position.

Read with the base loader (nothing is resolved, duplicate keys are faults); written in
the given key order, Chinese unescaped, never folded, so that one change is one diff line.
`patch` changes only the lines that must change and leaves comments and layout alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from editorial.errors import Problem
from editorial.store.halfwidth import halved
from editorial.store.schema import FlowList, FlowMap, KeyPath
from editorial.store.yaml_words import TOO_DEEP, odd_character, stop_of, words_of


def _plain(node: Node, above: tuple[Node, ...] = ()) -> Any:
    """Text, lists and dicts. yaml's own way there takes twice as long as its reading."""
    if isinstance(node, ScalarNode):
        return node.value
    if node in above:
        raise yaml.MarkedYAMLError(problem="自己套着自己", problem_mark=node.start_mark)
    inside = (*above, node)
    if isinstance(node, SequenceNode):
        return [_plain(each, inside) for each in node.value]
    mapping = {_key(key): _plain(value, inside) for key, value in node.value}
    if len(mapping) != len(node.value):
        _report_duplicate(node)
    return mapping


def _key(node: Node) -> str:
    if not isinstance(node, ScalarNode):
        raise yaml.MarkedYAMLError(problem="键应是文字", problem_mark=node.start_mark)
    return str(node.value)


def _report_duplicate(node: Any) -> None:
    seen: set[str] = set()
    for key, _ in node.value:
        if key.value in seen:
            raise yaml.MarkedYAMLError(
                problem=f"键“{key.value}”出现两次", problem_mark=key.start_mark
            )
        seen.add(key.value)


DEEPEST = 50


class _Loader(yaml.CBaseLoader):
    """Nothing is resolved, so nobody need be asked how: that took a third of the reading.
    Only how deep it goes is minded: libyaml before 0.2.6 has no end but that of its stack."""

    depth = 0

    def resolve(self, kind: type[Node], value: Any, implicit: Any) -> str:
        return ""

    def descend_resolver(self, node: Node | None, index: Any) -> None:
        self.depth += 1
        if self.depth > DEEPEST and node:
            raise yaml.MarkedYAMLError(problem=TOO_DEEP, problem_mark=node.start_mark)

    def ascend_resolver(self) -> None:
        self.depth -= 1


class _Writer(yaml.CSafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        """Every step stands on its own line in full, though two share a moment."""
        return True


_Writer.add_representer(
    FlowList, lambda d, v: d.represent_sequence("tag:yaml.org,2002:seq", v, flow_style=True)
)
_Writer.add_representer(
    FlowMap, lambda d, v: d.represent_mapping("tag:yaml.org,2002:map", v, flow_style=True)
)
_Writer.add_representer(
    date, lambda d, v: d.represent_scalar("tag:yaml.org,2002:timestamp", v.isoformat())
)
_Writer.add_representer(
    datetime,
    lambda d, v: d.represent_scalar("tag:yaml.org,2002:timestamp", v.isoformat(timespec="seconds")),
)


def parse(text: str, file: str) -> tuple[Any, tuple[Problem, ...]]:
    """Plain data (text, lists, dicts), or problems with the line where reading stopped."""
    try:
        root = yaml.compose(text, _Loader)
        if isinstance(root, ScalarNode) and (found := _full_width(text, file)):
            return None, found
        return (None if root is None else _plain(root)), ()
    except yaml.MarkedYAMLError as error:
        line = stop_of(error)
        if found := unmerged(text, file) or _full_width(text, file):
            return None, found
        return None, (Problem(file=file, line=line, message=f"YAML 写法有误：{words_of(error)}"),)
    except yaml.YAMLError:
        line, char = odd_character(text)
        message = f"YAML 写法有误：有控制字符（U+{ord(char):04X}），请删去"
        return None, (Problem(file=file, line=line, message=message),)


_PARTED = re.compile(r"^(?:<{7}|>{7})(?: |\r?$)", re.MULTILINE)
UNMERGED = (
    "有未解决的合并冲突：“<<<<<<<”和“=======”之间是一稿，到“>>>>>>>”为止是另一稿，"
    "留下要的，删去这三种记号所在的行"
)


COLLIDED = "两稿若是撞了号的两件事，哪一件也不要删，先执行 editorial verify"
_NUMBERED = re.compile(r"/(?:letters|returns|rounds|drafts|proofs|proposals)/")


def unmerged(text: str, file: str) -> tuple[Problem, ...]:
    """The first mark that git put where two versions did not go together."""
    found = _PARTED.search(text)  # a line of ======= by itself may be a rule somebody typed
    if found is None:
        return ()
    line = text.count("\n", 0, found.start()) + 1
    message = f"{UNMERGED}；{COLLIDED}" if _NUMBERED.search(file) else UNMERGED
    return (Problem(file=file, line=line, message=message),)


MOST_HALVED = 100  # lines: each is a reading


def _full_width(text: str, file: str) -> tuple[Problem, ...]:
    """The lines whose full-width signs keep the text from being read: with half-width ones it
    reads on. Looked for upwards from where reading stopped."""
    lines = text.split("\n")
    stop = _stops(text)
    found: list[Problem] = []
    for at in reversed(range(min(stop + 1, len(lines)))):
        lines[at], told = halved(lines[at])
        if not told:
            continue
        found.insert(0, Problem(file=file, line=at + 1, message=f"YAML 写法有误：{told}"))
        if stop < len(lines) and _stops("\n".join(lines)) > stop:
            return tuple(found)
        if len(found) == MOST_HALVED:
            break
    return tuple(found) if stop == len(lines) else ()


def _stops(text: str) -> int:
    """The line (from 0) where reading stops; one beyond the last where it does not."""
    try:
        yaml.compose(text, _Loader)
    except yaml.MarkedYAMLError as error:
        return error.problem_mark.line if error.problem_mark else 0
    except yaml.YAMLError:
        return 0
    return text.count("\n") + 1


_TAGGED = re.compile(r"! '(\d{4}-\d\d-\d\dT[^'\s]+)'")


def dump(data: Any) -> str:
    """YAML text of plain data. A moment stays plain inside { } too, where libyaml would tag it."""
    text = str(
        yaml.dump(
            data,
            Dumper=_Writer,
            allow_unicode=True,
            sort_keys=False,
            width=1 << 30,
            default_flow_style=False,
        )
    )
    return _TAGGED.sub(r"\1", text)


def line_of(text: str, path: KeyPath, *, value: bool = False) -> int:
    """Line (from 1) of the key at `path` or, when asked, of its `value`, or of its nearest
    existing parent; 0 where the text does not read, for somebody may be writing it just now."""
    try:
        node = yaml.compose(text, _Loader)
    except yaml.YAMLError:
        return 0
    line = 1
    for step in path:
        found = _child(node, step)
        if found is None:
            return line
        line, node = found
    return node.start_mark.line + 1 if value and node else line


def _child(node: Any, step: str | int) -> tuple[int, Node] | None:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key.start_mark.line + 1, value
    elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark.line + 1, node.value[step]
    return None


def patch(text: str, data: dict[str, Any]) -> str:
    """`text` edited so that it reads as `data`; untouched lines keep their bytes.

    Falls back to writing the file anew when the layout does not allow it.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    anew = dump(data).replace("\n", newline)
    wanted, _ = parse(anew, "")
    old, problems = parse(text, "")
    if old == wanted:
        return text
    if old is None and not problems:  # nothing but comments
        return text + _on_new_line(text, len(text), anew)
    root: Any = None if problems else yaml.compose(text, _Loader)
    if not isinstance(root, MappingNode) or root.flow_style:
        return anew
    edits: list[tuple[int, int, str]] = []
    _edit_mapping(text, root, data, wanted, edits)
    patched = text
    for _, (start, end, new) in sorted(enumerate(edits), key=_from_the_back, reverse=True):
        patched = patched[:start] + new.replace("\n", newline) + patched[end:]
    again, problems = parse(patched, "")
    return patched if not problems and again == wanted else anew


def with_scalars(text: str, change: Callable[[str, str], str]) -> str:
    """`text` with each value, or each of a list of values, as `change` makes of its key and
    itself; all else stays as it is. What does not read is left alone."""
    try:
        root = yaml.compose(text, _Loader)
    except yaml.YAMLError:
        return text
    for start, end, new in sorted(_changed(root, "", change), reverse=True):
        quote = text[start] if text[start] in "'\"" else ""
        text = f"{text[:start]}{quote}{new}{quote}{text[end:]}"
    return text


def _changed(
    node: Node | None, key: str, change: Callable[[str, str], str]
) -> Iterator[tuple[int, int, str]]:
    if isinstance(node, MappingNode):
        for name, value in node.value:
            yield from _changed(value, str(name.value), change)
    elif isinstance(node, SequenceNode):
        for value in node.value:
            yield from _changed(value, key, change)
    elif isinstance(node, ScalarNode) and (new := change(key, node.value)) != node.value:
        yield node.start_mark.index, node.end_mark.index, new


def _from_the_back(edit: tuple[int, tuple[int, int, str]]) -> tuple[int, int, int]:
    """Edits at one place are made last to first, so that they stand first to last."""
    number, (start, end, _) = edit
    return start, end, number


def _edit_mapping(text: str, node: Any, data: Any, wanted: Any, edits: list[Any]) -> None:
    column = node.start_mark.column
    present = {key.value: (key, value) for key, value in node.value}
    where = _line_start(text, node.start_mark.index)
    for name, (key, value) in present.items():
        if name not in wanted:
            start = _line_start(text, key.start_mark.index)
            edits.append((start, _line_end(text, _end(text, value)), ""))
    for name in wanted:
        if name in present:
            key, value = present[name]
            where = _line_end(text, _end(text, value))
            _edit_value(text, key, value, (name, data[name], wanted[name]), edits)
        else:
            new = _on_new_line(text, where, _indented(data, name, column))
            edits.append((where, where, new))


def _edit_value(
    text: str, key: Any, value: Any, item: tuple[str, Any, Any], edits: list[Any]
) -> None:
    name, data, wanted = item
    old = _data_of(value)
    if old == wanted:
        return
    if _is_block_list(value) and isinstance(wanted, list):
        common = min(len(old), len(wanted))
        if common and _same_shape(old[:common], wanted[:common]):
            _edit_list(text, value, data, wanted, edits)
            return
    start, end = key.start_mark.index, _end(text, value)
    first, _, rest = _indented({name: data}, name, key.start_mark.column).strip().partition("\n")
    below = _line_end(text, end)
    if not text[end:below].strip():
        edits.append((start, end, f"{first}\n{rest}".rstrip("\n")))
        return
    edits.append((start, end, first))  # the comment stays on its line
    if rest:
        edits.append((below, below, _on_new_line(text, below, rest + "\n")))


def _is_block_list(node: Any) -> bool:
    return isinstance(node, SequenceNode) and not node.flow_style


def _edit_list(text: str, node: Any, data: Any, wanted: Any, edits: list[Any]) -> None:
    """Items changed in place, those too many cut off the end, new ones put there."""
    for each, new, want in zip(node.value, data, wanted, strict=False):
        if _data_of(each) == want:
            continue
        if each.flow_style:
            edits.append((each.start_mark.index, _end(text, each), dump(FlowMap(new)).strip()))
        else:
            _edit_mapping(text, each, new, want, edits)
    for each in node.value[len(wanted) :]:
        start = _line_start(text, each.start_mark.index)
        edits.append((start, _line_end(text, _end(text, each)), ""))
    if len(wanted) > len(node.value):
        end = _line_end(text, _end(text, node))
        more = _shifted(dump(list(data[len(node.value) :])), node.start_mark.column)
        edits.append((end, end, _on_new_line(text, end, more)))


def _same_shape(old: list[Any], new: list[Any]) -> bool:
    """Items are equal, or are block mappings that can be edited inside."""
    pairs = zip(old, new, strict=True)
    return all(a == b or (isinstance(a, dict) and isinstance(b, dict)) for a, b in pairs)


def _data_of(node: Any) -> Any:
    if isinstance(node, MappingNode):
        return {key.value: _data_of(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [_data_of(item) for item in node.value]
    return node.value


def _end(text: str, node: Any) -> int:
    """Index after the last character of the value; a block node's own end mark runs on."""
    if isinstance(node, MappingNode | SequenceNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(text, last[1] if isinstance(last, tuple) else last)
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    return start + len(text[start:end].rstrip()) if end > start else end


def _line_start(text: str, index: int) -> int:
    return text.rfind("\n", 0, index) + 1


def _line_end(text: str, index: int) -> int:
    """Index after the line break that closes the line of `index`."""
    found = text.find("\n", max(index - 1, 0) if text[index - 1 : index] == "\n" else index)
    return len(text) if found < 0 else found + 1


def _on_new_line(text: str, place: int, new: str) -> str:
    return new if place == 0 or text[place - 1] == "\n" else "\n" + new


def _indented(data: Any, name: str, column: int) -> str:
    return _shifted(dump({name: data[name]}), column)


def _shifted(text: str, column: int) -> str:
    return "".join(" " * column + line for line in text.splitlines(keepends=True))
