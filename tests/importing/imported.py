"""What an import made, as a test reads it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import salesflow as sf
from salesflow.importing.bpmn import Imported, import_bpmn
from salesflow.importing.text import text_of


def read(raw: bytes, file: str = "x.bpmn") -> Imported:
    return import_bpmn(raw, file)


def steps(raw: bytes) -> Mapping[str, Any]:
    steps: Mapping[str, Any] = read(raw).documents[0].data["steps"]
    return steps


def told(raw: bytes) -> list[str]:
    return [remark.told() for remark in read(raw).remarks]


def loaded(imported: Imported, folder: Path) -> sf.Process:
    """The main process, from files as the command line writes them."""
    for document in imported.documents:
        text = text_of(document.data, imported.file, imported.remarks)
        (folder / document.file).write_text(text, encoding="utf-8")
    return sf.load(folder / imported.documents[0].file)
