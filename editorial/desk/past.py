"""对照哪一稿: 第N稿, a round, a commit or a day → the commit that holds the text of then."""

from __future__ import annotations

import re
from datetime import datetime

from editorial.desk.extract import selective
from editorial.desk.office import Desk
from editorial.errors import BadData, EditorialError
from editorial.model.dates import chinese_day
from editorial.model.drafts import Draft
from editorial.model.names import same_id
from editorial.store.files import CommitFiles
from editorial.store.load import Loaded, load_volume
from editorial.store.registers import load_drafts, load_rounds
from editorial.store.workspace import commit_at, files_at
from editorial.values import dataclass

_EDITION = re.compile(r"第?\s*(\d+)\s*稿")
_HASH = re.compile(r"[0-9a-f]{7,64}")
ABBREVIATED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Then:
    """A text of the past: what people call it, its commit, and its files."""

    label: str
    commit: str
    files: CommitFiles


class Unchanged(EditorialError):
    """Nothing differs: there is no 花脸稿 to make, and nothing is wrong."""

    exit_code = 0


def find_then(desk: Desk, name: str, draft: Draft) -> Then:
    """What `--since NAME` means; an edition is one of the same style and extent as `draft`.

    EditorialError when there is no such time, or its text is not kept.
    """
    name = name.strip()
    if match := _EDITION.fullmatch(name):
        edition = _edition(desk, int(match[1]), draft)
        return _then(desk, f"第{edition.edition}稿", edition.commit)
    for round_ in load_rounds(desk.workspace.files, desk.volume_id):
        if same_id(name, round_.id) or name == round_.title:
            return _then(desk, round_.title, round_.commit)
    commit = _commit(desk, name)
    return Then(label=_label(name), commit=commit, files=files_at(desk.workspace, commit))


def _edition(desk: Desk, number: int, draft: Draft) -> Draft:
    known = [
        each
        for each in load_drafts(desk.workspace.files, desk.volume_id)
        if (each.style, each.selection) == (draft.style, draft.selection)
        and (each.nodes == draft.nodes or selective(draft.selection))
    ]
    found = next((each for each in known if each.edition == number), None)
    if found is None:
        names = "、".join(f"第{each.edition}稿" for each in known) or "还没有"
        hint = f"同一样式、同一范围的稿次：{names}；也可以写评议轮次、日期或提交号"
        raise EditorialError(f"没有登记过第{number}稿", hint=hint)
    if found.dirty:
        raise EditorialError(
            f"第{number}稿印的是没有留存的文字，现在无从对照",
            hint=f"可对照它之前留存的文字：--since {found.commit[:ABBREVIATED]}",
        )
    return found


def _then(desk: Desk, label: str, commit: str) -> Then:
    try:
        whole = commit_at(desk.workspace, commit)
    except EditorialError:
        raise EditorialError(
            f"“{label}”的文字不在仓库里（提交 {commit[:ABBREVIATED] or '没有记下'}）",
            hint="仓库可能只取了一部分历史，执行 git fetch --unshallow 再试；或换一个时点",
        ) from None
    return Then(label=label, commit=whole, files=files_at(desk.workspace, whole))


def _commit(desk: Desk, name: str) -> str:
    try:
        return commit_at(desk.workspace, name)
    except EditorialError as error:
        rounds = load_rounds(desk.workspace.files, desk.volume_id)
        known = "、".join(f"{each.id}（{each.title}）" for each in rounds) or "还没有"
        hint = f"请写第N稿、评议轮次、日期（2020-03-05）或提交号；评议轮次：{known}"
        raise EditorialError(error.message, hint=hint) from None


def _label(name: str) -> str:
    if _HASH.fullmatch(name):
        return name[:ABBREVIATED]
    try:
        return chinese_day(datetime.fromisoformat(name).date())
    except ValueError:
        return name


def load_then(desk: Desk, then: Then) -> Loaded:
    """The volume as it was. EditorialError when it was not there yet, or cannot be read."""
    if not then.files.blob(f"volumes/{desk.volume_id}/volume.yaml"):
        raise EditorialError(f"{then.label}时还没有这部书", hint="请换一个较晚的时点")
    try:
        return load_volume(then.files, desk.volume_id)
    except BadData as error:
        raise unreadable(then, error) from None


def unreadable(then: Then, error: BadData) -> EditorialError:
    """The faults of an old state, which nobody can mend any more."""
    first = error.problems[0]
    more = f"等{len(error.problems)}处" if len(error.problems) > 1 else ""
    return EditorialError(
        f"{then.label}时的书稿读不出来：{first}{more}",
        hint="那时的文件已不能改，请换一个时点对照",
    )
