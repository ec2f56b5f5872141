"""The text of an imported process: the document, and above it what somebody has to know."""

import re
from typing import Any

from salesflow.importing.remarks import GUESSED, LOST, Remark
from salesflow.source.write import emit


def text_of(data: dict[str, Any], file: str, remarks: tuple[Remark, ...]) -> str:
    """The file to write: where it comes from, what is missing in it and what was guessed."""
    lines = [f"Imported from {file} (BPMN 2.0)."]
    for kind, head in ((LOST, "Not imported:"), (GUESSED, "Guessed, please check:")):
        told = [remark.told() for remark in remarks if remark.kind == kind]
        if told:
            lines += ["", head, *(f"  {_without_kind(line, kind)}" for line in told)]
    return "".join(f"# {_harmless(line)}".rstrip() + "\n" for line in lines) + "\n" + emit(data)


def _without_kind(line: str, kind: str) -> str:
    return line.replace(f": {kind}: ", ": ", 1)


def _harmless(line: str) -> str:
    """Nothing hides in a comment, and none is an order to us."""
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in line)
    return re.sub(r"(?i)(salesflow)(?=\s*:)", r"\1_", shown)
