"""What real programs say of a BPMN document: bpmn-js, the standard's schema, a linter."""

import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.drawing.browser.conftest import missing

ORACLE = Path(__file__).parent.parent / "oracle"
MODULES = ORACLE / "node_modules"
INSTALL = "bpmn-js is not installed: run `npm ci --prefix tests/drawing/oracle`"

# What bpmnlint recommends, but for: `label-required` (gateways behind steps have no name),
# `fake-join` and `no-gateway-join-fork` (visits of a step are not joined), `superfluous-label` (a
# timer's result has a name), `conditional-flows` and gateways that it finds too hard to read.
RULES = (
    "ad-hoc-sub-process",
    "end-event-required",
    "event-based-gateway",
    "event-sub-process-typed-start-event",
    "global",
    "link-event",
    "no-bpmndi",
    "no-disconnected",
    "no-duplicate-sequence-flows",
    "no-implicit-end",
    "no-implicit-split",
    "no-implicit-start",
    "no-overlapping-elements",
    "single-blank-start-event",
    "single-event-definition",
    "start-event-required",
    "sub-process-blank-start-event",
    "superfluous-termination",
)


class Modeller:
    """bpmn-js in a browser: opens documents one after the other."""

    def __init__(self, browser: Any) -> None:
        if not (MODULES / "bpmn-js").is_dir():
            missing(INSTALL)
        self.page = browser.new_page()
        self.page.set_content(
            '<div id="picture" style="position:absolute;width:1600px;height:900px"></div>'
        )
        for sheet in ("diagram-js.css", "bpmn-js.css"):
            self.page.add_style_tag(path=MODULES / "bpmn-js" / "dist" / "assets" / sheet)
        self.page.add_script_tag(
            path=MODULES / "bpmn-js" / "dist" / "bpmn-viewer.production.min.js"
        )
        self.script = (Path(__file__).parent / "open.js").read_text(encoding="utf-8")
        self.script = self.script[self.script.index("async") :].rstrip().rstrip(";")

    def open(self, text: str) -> dict[str, Any]:
        """Every element by XML id; fails where bpmn-js cannot read it, or warns."""
        answer: dict[str, Any] = self.page.evaluate(self.script, text)
        assert "error" not in answer, answer["error"]
        assert answer["warnings"] == []
        return {element["id"]: element for element in answer["elements"]}


def judged(texts: Iterable[str], rules: Iterable[str] = RULES) -> list[dict[str, list[str]]]:
    """What schema, bpmn-moddle and bpmnlint have against each document."""
    if not (MODULES / "xmllint-wasm").is_dir() or shutil.which("node") is None:
        missing(INSTALL)
    done = subprocess.run(
        ["node", "judge.mjs"],
        cwd=ORACLE,
        input=json.dumps({"rules": dict.fromkeys(rules, "error"), "texts": [*texts]}),
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    answers: list[dict[str, list[str]]] = json.loads(done.stdout)
    return answers
