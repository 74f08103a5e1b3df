"""Textual's driver for a browser, which leaves when the server is gone."""

from __future__ import annotations

from textual.drivers.web_driver import WebDriver
from textual.messages import ExitApp

NAME = f"{__name__}:Driver"


class Driver(WebDriver):
    """The server's end closes our input, however it ended; Textual's own would stay on."""

    def run_input_thread(self) -> None:
        super().run_input_thread()
        self._app.post_message(ExitApp())
