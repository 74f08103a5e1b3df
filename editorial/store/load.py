"""A volume with its people and workflow → values; every fault is found before any is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path

from editorial.errors import Problem
from editorial.model.document import UNPRINTABLE
from editorial.model.gates import GateRecord, GateResult, as_answered
from editorial.model.labels import TaskState
from editorial.model.names import safe_name
from editorial.model.people import Editor
from editorial.model.volume import (
    Chapter,
    ChapterFile,
    Gate,
    Section,
    Source,
    Step,
    Volume,
    VolumeFile,
    from_file,
)
from editorial.model.workflow import Workflow, stages, unknown_guards
from editorial.store.files import DiskFiles, Files, blob_id
from editorial.store.reader import Reader, check_states
from editorial.store.units import read_units
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffFile:
    staff: tuple[Editor, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """progress.yaml: the steps of the volume-level stages."""

    history: tuple[Step, ...] = field(default=(), metadata={"flow": True})
    source: Source | None = from_file()


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    volume: Volume
    workflow: Workflow


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """A volume of which some sections cannot be read. `whole` names those too, in their places,
    to be listed and nothing else; `faults` says by node what is wrong; `sound` is without them."""

    whole: Volume
    sound: Loaded
    faults: Mapping[str, tuple[Problem, ...]]


def load_volume(files: Files, volume_id: str) -> Loaded:
    """A volume with its workflow. BadData lists every problem of every file."""
    reader = Reader(files)
    found = _read_volume(reader, volume_id)
    reader.finish()
    return found


def survey_volume(files: Files, volume_id: str) -> Survey:
    """As `load_volume`, but a fault in one chapter or section hides no other. BadData when it
    lies in what all of them share."""
    reader = Reader(files)
    found = _read_volume(reader, volume_id)
    folder = f"volumes/{volume_id}/chapters/"
    if any(not problem.file.startswith(folder) for problem in reader.problems):
        reader.finish()
    reader.files.parsed.flush()
    faults: dict[str, tuple[Problem, ...]] = {}
    for problem in reader.told():
        node = problem.file.removeprefix(folder).removesuffix(".yaml").removesuffix("/chapter")
        faults[node] = (*faults.get(node, ()), problem)
    sound = replace(found.volume, chapters=_sound(found.volume.chapters, faults))
    return Survey(whole=found.volume, sound=replace(found, volume=sound), faults=faults)


def _sound(
    chapters: tuple[Chapter, ...], faults: Mapping[str, tuple[Problem, ...]]
) -> tuple[Chapter, ...]:
    return tuple(
        replace(
            chapter,
            groups=tuple(
                (title, tuple(each for each in sections if each.id not in faults))
                for title, sections in chapter.groups
            ),
        )
        for chapter in chapters
        if chapter.groups or chapter.id not in faults
    )


def _read_volume(reader: Reader, volume_id: str) -> Loaded:
    """What can be read of it; BadData only when nothing is to be made of it."""
    base = f"volumes/{volume_id}"
    info = reader.record(VolumeFile, f"{base}/volume.yaml")
    units = read_units(reader, volume_id)
    staff = reader.record(StaffFile, f"{base}/staff.yaml")
    if info is None or units is None or staff is None:
        _load_chapters(reader, base, info)
        reader.finish()
    assert info is not None
    assert units is not None
    assert staff is not None
    _check_info(reader, base, info)
    chapters = _load_chapters(reader, base, info)
    progress, source = _progress(reader, base)
    gates = _gates(reader, base, info)
    workflow = _workflow(reader, base, info)
    volume = Volume(
        id=volume_id,
        info=info,
        units=units.units,
        limits=units.limits,
        staff=staff.staff,
        chapters=chapters,
        gates=gates,
        history=progress.history,
        source=source,
    )
    _check_ids(reader, base, volume)
    if workflow is not None:
        _check_workflow(reader, workflow, info.workflow)
        _check_references(reader, volume, workflow)
        _check_stages(reader, source.path, volume.history, workflow, "volume")
    else:
        reader.finish()
    assert workflow is not None
    return Loaded(volume=volume, workflow=replace(workflow, id=info.workflow))


def _workflow(reader: Reader, base: str, info: VolumeFile) -> Workflow | None:
    if safe_name(info.workflow):
        return reader.record(Workflow, f"styles/workflows/{info.workflow}.yaml")
    message = f"“{info.workflow}”不能用作流程名（不得含“/”“..”等）"
    reader.blame(f"{base}/volume.yaml", ("workflow",), message)
    return None


def _progress(reader: Reader, base: str) -> tuple[Progress, Source]:
    path = f"{base}/progress.yaml"
    absent = Source(path=path, blob="")
    if reader.files.read(path) is None:
        return Progress(), absent
    progress = reader.record(Progress, path) or Progress()
    return progress, progress.source or absent


def _gates(reader: Reader, base: str, info: VolumeFile) -> tuple[Gate, ...]:
    """The gates of volume.yaml with what was registered for them under gates/."""
    present = frozenset(reader.files.names(f"{base}/gates"))
    return tuple(
        as_answered(gate, _gate_record(reader, base, gate.id) if gate.id in present else None)
        for gate in info.gates
    )


def _gate_record(reader: Reader, base: str, gate_id: str) -> GateRecord | None:
    path = f"{base}/gates/{gate_id}/gate.yaml"
    record = reader.record(GateRecord, path)
    if record is not None:
        for index, answer in enumerate(record.answers):
            check_states(reader, path, ("answers", index), answer.history, GateResult)
    return record


def load_gate(files: Files, volume_id: str, gate_id: str) -> GateRecord:
    """What was registered for one gate; an empty record when nothing was."""
    base = f"volumes/{volume_id}"
    if files.read(f"{base}/gates/{gate_id}/gate.yaml") is None:
        return GateRecord(id=gate_id)
    reader = Reader(files)
    record = _gate_record(reader, base, gate_id)
    reader.finish()
    assert record is not None
    return replace(record, id=gate_id)


def _check_info(reader: Reader, base: str, info: VolumeFile) -> None:
    path = f"{base}/volume.yaml"
    _check_title(reader, path, ("title",), info.title)
    _check_words(reader, path, ("label",), info.label)
    _check_words(reader, path, ("office", "name"), info.office.name)
    for index, words in enumerate(info.editorial_notes):
        _check_words(reader, path, ("editorial_notes", index), words)


def _check_title(reader: Reader, path: str, keys: tuple[str | int, ...], title: str) -> None:
    if not title.strip():
        reader.blame(path, keys, "标题空着，请补上")
    _check_words(reader, path, keys, title)


def _check_words(reader: Reader, path: str, keys: tuple[str | int, ...], words: str) -> None:
    if UNPRINTABLE.search(words):
        reader.blame(path, keys, "里面有控制字符，印不出来，请删去")


def _load_chapters(reader: Reader, base: str, info: VolumeFile | None) -> tuple[Chapter, ...]:
    chapters = []
    for name in reader.files.names(f"{base}/chapters"):
        folder = f"{base}/chapters/{name}"
        if not reader.files.names(folder):
            continue  # a stray file of some system's file manager
        if not safe_name(name):
            message = "目录名不能用作篇目编号（不得含 \\ : * ? 等符号）"
            reader.problems.append(Problem(file=folder, message=message))
        else:
            chapters.append(_load_chapter(reader, base, name))
    return tuple(chapters)


def _load_chapter(reader: Reader, base: str, name: str) -> Chapter:
    """What cannot be read is there all the same, as far as its title can be told."""
    folder = f"{base}/chapters/{name}"
    file = reader.record(ChapterFile, f"{folder}/chapter.yaml")
    if file is None:
        return Chapter(id=name, title=_title_in(reader, f"{folder}/chapter.yaml"), groups=())
    _check_title(reader, f"{folder}/chapter.yaml", ("title",), file.title)
    present = frozenset(reader.files.names(folder))
    seen: set[str] = set()
    groups = []
    plain = (("", ("sections",), file.sections),) if file.sections else ()
    titled = tuple(
        (group.title, ("groups", i, "sections"), group.sections)
        for i, group in enumerate(file.groups)
    )
    for i, group in enumerate(file.groups):
        _check_words(reader, f"{folder}/chapter.yaml", ("groups", i, "title"), group.title)
    for title, keys, ids in (*plain, *titled):
        sections = []
        for index, section_id in enumerate(ids):
            place = (*keys, index)
            if _listed_well(reader, folder, place, section_id, seen, present):
                path = f"{folder}/{section_id}.yaml"
                section = reader.record(Section, path) or _unread(reader, path)
                _check_title(reader, path, ("title",), section.title)
                if section.untitled and index:
                    what = "无题小序（untitled）只能是篇目或章的第一个分目，请移到最前"
                    reader.blame(path, ("untitled",), what)
                sections.append(replace(section, id=f"{name}/{section_id}"))
        groups.append((title, tuple(sections)))
    return Chapter(id=name, title=file.title, groups=tuple(groups), matter=file.matter)


_TITLE = re.compile(r"^title:[ \t]*(\S.*?)\s*$", re.MULTILINE)


def _title_in(reader: Reader, path: str) -> str:
    """The title as it stands in a file that cannot be read, else the name of the file."""
    told = _TITLE.search((reader.files.read(path) or b"").decode("utf-8", "replace"))
    folder, name = path.split("/")[-2:]
    return told[1].strip("\"'") if told else folder if name == "chapter.yaml" else name[:-5]


def _unread(reader: Reader, path: str) -> Section:
    return Section(title=_title_in(reader, path), source=Source(path=path, blob=""))


def _listed_well(
    reader: Reader,
    folder: str,
    place: tuple[str | int, ...],
    section_id: str,
    seen: set[str],
    present: frozenset[str],
) -> bool:
    chapter = f"{folder}/chapter.yaml"
    if not safe_name(section_id):
        reader.blame(chapter, place, f"“{section_id}”不能用作分目编号（不得含“/”“..”等）")
        return False
    if f"{section_id}.yaml" not in present and _run_together(section_id):
        reader.blame(chapter, place, f"没有分目“{section_id}”{_run_together(section_id)}")
        return False
    if section_id in seen:
        reader.blame(chapter, place, f"分目“{section_id}”列了两次")
        return False
    seen.add(section_id)
    missing = [name for name in (f"{section_id}.yaml", f"{section_id}.md") if name not in present]
    for name in missing:
        reader.blame(chapter, place, f"列有“{section_id}”，但没有文件 {folder}/{name}")
    return f"{section_id}.yaml" not in missing


def _check_ids(reader: Reader, base: str, volume: Volume) -> None:
    seen: set[str] = set()
    for index, editor in enumerate(volume.staff):
        if editor.id in seen:
            place = ("staff", index, "id")
            reader.blame(f"{base}/staff.yaml", place, f"人员编号“{editor.id}”重复")
        seen.add(editor.id)


def load_workflow(files: Files, name: str) -> Workflow:
    reader = Reader(files)
    workflow = reader.record(Workflow, f"styles/workflows/{name}.yaml")
    if workflow is not None:
        _check_workflow(reader, workflow, name)
    reader.finish()
    assert workflow is not None
    return replace(workflow, id=name)


def _check_workflow(reader: Reader, workflow: Workflow, name: str) -> None:
    path = f"styles/workflows/{name}.yaml"
    if not stages(workflow):
        reader.blame(path, ("stages",), "没有一个逐分目推进的阶段（scope: section）")
    for index, guard in unknown_guards(workflow):
        reader.blame(path, ("stages", index, "guards"), f"没有叫“{guard}”的条件")
    seen: set[str] = set()
    for index, stage in enumerate(workflow.stages):
        if stage.id in seen:
            reader.blame(path, ("stages", index, "id"), f"阶段编号“{stage.id}”重复")
        seen.add(stage.id)


def _check_references(reader: Reader, volume: Volume, workflow: Workflow) -> None:
    units = frozenset(unit.id for unit in volume.units)
    staff = frozenset(editor.id for editor in volume.staff)
    for section in volume.sections:
        assert section.source is not None
        path = section.source.path
        for index, unit in enumerate(section.units):
            if unit not in units:
                reader.blame(path, ("units", index), _no_unit(unit))
        if section.editor and section.editor not in staff:
            reader.blame(path, ("editor",), f"staff.yaml 里没有人员“{section.editor}”")
        _check_stages(reader, path, section.history, workflow, "section")
        for index, task in enumerate(section.tasks):
            if task.unit not in units:
                reader.blame(path, ("tasks", index, "unit"), _no_unit(task.unit))
            check_states(reader, path, ("tasks", index), task.history, TaskState)


def _no_unit(name: str) -> str:
    return f"units.yaml 里没有单位“{name}”{_run_together(name)}"


def _run_together(name: str) -> str:
    """Two ids made one by a sign that parts nothing in YAML."""
    sign = next((each for each in "，、；;" if each in name.strip(each)), "")
    return f"；几个分开写的，“{sign}”请改为半角的“, ”" if sign else ""


def _check_stages(
    reader: Reader, path: str, history: tuple[Step, ...], workflow: Workflow, scope: str
) -> None:
    known = frozenset(stage.id for stage in stages(workflow, scope))
    whose = "全书" if scope == "volume" else "分目"
    for index, step in enumerate(history):
        if step.to not in known:
            reader.blame(path, ("history", index, "to"), f"流程里没有{whose}阶段“{step.to}”")


def load_text(files: Files, volume_id: str, section_id: str) -> tuple[str, Source]:
    """The text of a section and where it lies."""
    path = text_path(volume_id, section_id)
    reader = Reader(files)
    if isinstance(files, DiskFiles) and _leads_out(files.root, path):
        message = "这是指到工作区以外的链接，不能当作正文"
        reader.problems.append(Problem(file=path, message=message))
        reader.finish()
    read = reader.text(path)
    reader.finish()
    assert read is not None
    return read[0], Source(path=path, blob=blob_id(read[1]))


def _leads_out(root: Path, path: str) -> bool:
    file = root / path
    linked = file.is_symlink() or file.parent.is_symlink()
    return linked and not file.resolve().is_relative_to(root.resolve())


def text_path(volume_id: str, section_id: str) -> str:
    return f"volumes/{volume_id}/chapters/{section_id}.md"
