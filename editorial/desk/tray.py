"""What waits for somebody among what came in, without reading more than the records."""

from __future__ import annotations

from collections.abc import Iterable

from editorial.desk.number_twice import numbered_twice
from editorial.desk.office import Desk
from editorial.model.labels import DeliveryState, LetterState
from editorial.model.letters import Letter, letter_state, to_post
from editorial.model.returns import Return, ReturnState, return_state
from editorial.store.registers import load_letters, load_returns


def unclaimed(papers: Iterable[Return]) -> tuple[Return, ...]:
    """The tray: returns nobody has claimed."""
    return tuple(each for each in papers if return_state(each) is ReturnState.UNMATCHED)


def came_back(letters: Iterable[Letter]) -> tuple[Letter, ...]:
    """Letters that went out and were not delivered."""
    return tuple(
        each
        for each in letters
        if letter_state(each) is LetterState.SENT
        and each.deliveries
        and each.deliveries[-1].state is DeliveryState.REFUSED
    )


def waiting(desk: Desk) -> tuple[str, ...]:
    """Lines to be told: one 发文字号 on two letters, letters still to be sent by hand, returns
    nobody has claimed, letters that came back."""
    files = desk.workspace.files
    tray = [each.id for each in unclaimed(load_returns(files, desk.volume_id))]
    letters = load_letters(files, desk.volume_id)
    back = [each.number or each.id for each in came_back(letters)]
    laid = [each.number for each in letters if to_post(each)]
    told = [f"{each.words}：{each.hint}" for each in numbered_twice(desk)]
    if laid:
        told.append(
            f"发件箱里还没有寄出的函{len(laid)}封：{_some(laid)}"
            "（在邮件程序里寄出，再 editorial letter send --all --sent）"
        )
    if tray:
        told.append(
            f"待认领的来件{len(tray)}件：{_some(tray)}（editorial returns list --unmatched）"
        )
    if back:
        told.append(f"没有送到的函{len(back)}封：{_some(back)}（editorial letter show 看原因）")
    return tuple(told)


def _some(ids: list[str]) -> str:
    return "、".join(ids[:8]) + ("……" if len(ids) > 8 else "")
