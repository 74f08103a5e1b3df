"""What an undo or a redo would change, in the words of the office, file by file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from editorial.desk.office import Desk, loaded
from editorial.desk.undo import Preview
from editorial.model.labels import Disposition, LetterState, TaskState
from editorial.store.inverse import data_of
from editorial.store.load import Loaded
from editorial.values import dataclass

FIELDS = {
    "title": "标题",
    "units": "供稿单位",
    "editor": "责任编辑",
    "due": "期限",
    "target": "约稿字数",
    "tasks": "供稿任务",
    "items": "事项",
    "unit": "单位",
    "reason": "理由",
    "result": "处理",
    "note": "说明",
    "contact": "联系人",
    "contacts": "联络员",
    "number": "编号",
    "section": "分目",
    "text": "内容",
    "corrections": "改动",
}
RECORDS = {
    "letters": "函件",
    "rounds": "评议",
    "proofs": "校样",
    "returns": "来件",
    "drafts": "稿次",
    "chase": "催报记录",
    "gates": "关口",
}
FILES = {
    "progress.yaml": "全书",
    "units.yaml": "单位登记",
    "staff.yaml": "编辑部人员",
    "volume.yaml": "全书设置",
    "chapter.yaml": "篇目",
}
STATES = {"letters": LetterState, "rounds": Disposition}
LONG = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """Titles of nodes, labels of stages, and people and units, each by id."""

    titles: Mapping[str, str]
    stages: Mapping[str, str]
    people: Mapping[str, str]


def told(desk: Desk, seen: Preview) -> tuple[str, ...]:
    """One line a field: `科技创新 / 概况　阶段：初审 → 编辑加工`."""
    names = _names(loaded(desk))
    return tuple(
        f"{_place(path, desk.volume_id, names)}　{words}"
        for path, now, then in seen.changes
        for words in _changes(path, now, then, names)
    )


def _names(book: Loaded) -> _Names:
    volume = book.volume
    titles = {c.id: c.title for c in volume.chapters}
    titles |= {s.id: f"{c.title} / {s.title}" for c in volume.chapters for s in c.sections}
    people = {unit.id: unit.short or unit.name for unit in volume.units}
    people |= {editor.id: editor.name for editor in volume.staff}
    stages = {stage.id: stage.label for stage in book.workflow.stages}
    return _Names(titles=titles, stages=stages, people=people)


def _place(path: str, volume_id: str, names: _Names) -> str:
    """volumes/x/chapters/01/02.yaml → its titles; letters/0003/letter.yaml → 函件0003."""
    rest = path.removeprefix(f"volumes/{volume_id}/")
    first, _, inner = rest.partition("/")
    if first == "chapters":
        node = inner.rpartition(".")[0].removesuffix("/chapter")
        return names.titles.get(node, node)
    if first in RECORDS:
        return f"{RECORDS[first]}{inner.partition('/')[0].partition('.')[0]}"
    return FILES.get(rest, rest)


def _changes(path: str, now: bytes | None, then: bytes | None, names: _Names) -> Iterator[str]:
    if now == then:
        return
    if then is None:
        yield f"{_file(path)}删去"
        return
    if now is None:
        yield f"{_file(path)}恢复"
        return
    is_, was = data_of(path, now), data_of(path, then)
    if is_ is None or was is None:
        yield f"{_file(path)}恢复为原来的内容"
        return
    for key in {**is_, **was}:
        if is_.get(key) != was.get(key):
            yield _field(path, key, is_.get(key), was.get(key), names)


def _file(path: str) -> str:
    """What the file itself is called: the record, or a paper by its name."""
    name = path.rpartition("/")[2]
    return "正文" if name.endswith(".md") else "" if name.endswith(".yaml") else f"文件 {name} "


def _field(path: str, key: str, now: Any, then: Any, names: _Names) -> str:
    if key == "history":
        return f"阶段：{_stage(path, now, names)} → {_stage(path, then, names)}"
    if key == "tasks":
        return f"供稿任务：{_tasks(now, names)} → {_tasks(then, names)}"
    label = FIELDS.get(key, "其他内容")
    if label == "其他内容" or isinstance(now, dict) or isinstance(then, dict):
        return f"{label}恢复为原来的"
    return f"{label}：{_value(now, names)} → {_value(then, names)}"


def _stage(path: str, steps: Any, names: _Names) -> str:
    if not isinstance(steps, list) or not steps:
        return "（无）"
    id_ = str(steps[-1].get("to", ""))
    kind = next((STATES[each] for each in STATES if f"/{each}/" in path), None)
    labels = {state.value: state.label for state in kind} if kind else names.stages
    return labels.get(id_, id_)


def _tasks(tasks: Any, names: _Names) -> str:
    """`深圳科创局 已报送、广州科技局 已下达`."""
    labels = {state.value: state.label for state in TaskState}
    told = []
    for task in tasks or ():
        steps = task.get("history")
        state = labels.get(str(steps[-1].get("to", "")) if steps else "", "未下达")
        told.append(f"{names.people.get(task.get('unit', ''), task.get('unit', ''))} {state}")
    return "、".join(told) or "（无）"


def _value(value: Any, names: _Names) -> str:
    if isinstance(value, list):
        if any(isinstance(each, dict) for each in value):
            return f"{len(value)}项"
        return "、".join(_value(each, names) for each in value) or "（无）"
    text = names.people.get(str(value), str(value)) if value not in (None, "") else "（无）"
    return text if len(text) <= LONG else f"{text[: LONG - 1]}…"
