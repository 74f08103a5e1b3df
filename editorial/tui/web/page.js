"use strict";
// textual.js opens the terminal on load. Here: the faces first, and what to say when it ends.
(() => {
  const ENDS = {
    1000: ["已退出看板", "办过的事都已存好。"],
    1001: ["看板的服务已停", "请同开服务的人联系，重开之后再连。"],
    4000: ["看板没有打开", "原因写在开服务的那个终端里。"],
    4002: ["看板中途停了", "办过的事都已存好；原因写在开服务的那个终端里。"],
    4001: ["同时打开的人太多", "请等有人关掉网页后再连。"],
  };
  const BROKEN = ["同看板的连接断了", "办过的事都已存好。"];
  const WAIT = 8000; // a slow network must not keep the board away

  const at = (id) => document.getElementById(id);

  function say([message, remedy]) {
    at("message").textContent = message;
    at("remedy").textContent = remedy;
    at("again").hidden = false;
    at("cover").hidden = false;
    at("again").focus();
  }

  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...words) {
      super(...words);
      this.addEventListener("close", (event) => say(ENDS[event.code] ?? BROKEN));
      this.addEventListener("message", (event) => {
        if (typeof event.data !== "string") at("cover").hidden = true;
      });
    }

    // textual.js would also tell of the focus before the socket is open and after it has closed
    send(data) {
      if (this.readyState === Plain.OPEN) super.send(data);
    }
  };

  const faces = () =>
    Promise.race([
      Promise.allSettled(
        ["", "bold "].map((weight) => document.fonts.load(`${weight}16px "Roboto Mono"`, "编A①")),
      ),
      new Promise((done) => setTimeout(done, WAIT)),
    ]);

  const open = window.onload;
  window.onload = async (event) => {
    at("again").addEventListener("click", () => window.location.reload());
    if (!document.createElement("canvas").getContext("webgl2")) {
      say(["这个浏览器显示不了看板", "需要 WebGL 2：请换新版的浏览器，或在设置里打开硬件加速。"]);
      return;
    }
    await faces();
    open.call(window, event);
    document.querySelector(".xterm-helper-textarea").focus();
  };
})();
