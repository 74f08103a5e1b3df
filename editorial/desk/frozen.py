"""已发稿的正文不能改: what refuses, for every act that writes; it knows nothing of desks."""

from __future__ import annotations

from editorial.errors import Blocker, Refused
from editorial.model.press import at_press, is_printed_matter, stage_before
from editorial.store.load import Loaded, survey_volume
from editorial.store.workspace import Workspace

REMEDY = (
    "已发稿的正文只能凭校样改动：在校样上记改动，再用 editorial proof apply 改入正文；"
    "确需大改，先撤回发稿：editorial move {volume} --to {before} --note 理由"
)


def refuse_frozen(workspace: Workspace, paths: tuple[str, ...]) -> None:
    """Refused when any of the files holds text of a book that is with the press."""
    texts = [path for path in paths if is_printed_matter(path)]
    for volume_id in dict.fromkeys(path.split("/")[1] for path in texts):
        book = survey_volume(workspace.files, volume_id).sound
        if at_press(book.workflow, book.volume.history):
            raise refusal(book, [p for p in texts if p.split("/")[1] == volume_id])


def refusal(book: Loaded, paths: list[str]) -> Refused:
    """What is said of files that may not change any more."""
    blockers = tuple(
        Blocker(node=_node(path), guard="frozen", message=f"{path} 有改动") for path in paths
    )
    told = f"本书已经发稿，正文不能再改，有{len(paths)}个文件"
    return Refused(told, blockers, hint=_remedy(book, paths[0]))


def _remedy(book: Loaded, path: str) -> str:
    before = stage_before(book.workflow)
    back = REMEDY.format(volume=book.volume.id, before=before or "前面的阶段")
    return f"{back}；误改的，用 git checkout -- {path} 恢复原样"


def _node(path: str) -> str:
    """volumes/x/chapters/01/02.md → 01/02."""
    return "/".join(path.split("/")[3:5]).partition(".")[0] or path
