"""The plainest Textual program with a table: what any dashboard costs at least."""

from textual.app import App, ComposeResult
from textual.widgets import DataTable


class Bare(App[None]):
    def compose(self) -> ComposeResult:
        yield DataTable()

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("标题", "阶段", "字数")
        table.add_rows((f"分目{row}", "初审", str(row)) for row in range(250))


if __name__ == "__main__":
    Bare().run()
