"""Diagrams in the manner of several tools: the exact files they make, and all that is told.

To see a change as a whole: ``SALESFLOW_GOLDEN=1 pytest tests/importing`` writes the outputs anew.
"""

import os
from pathlib import Path

import pytest

import salesflow as sf
from salesflow.importing.bpmn import import_bpmn
from salesflow.importing.text import text_of
from tests.importing.imported import loaded

DIAGRAMS = sorted((Path(__file__).parent / "diagrams").glob("*.bpmn"))


@pytest.mark.parametrize("diagram", DIAGRAMS, ids=lambda path: path.stem)
def test_golden(diagram: Path, tmp_path: Path) -> None:
    imported = import_bpmn(diagram.read_bytes(), diagram.name)
    parts = [
        f"==> {document.file}\n{text_of(document.data, diagram.name, imported.remarks)}"
        for document in imported.documents
    ]
    made = "".join(parts)
    golden = diagram.with_suffix(".out")
    if os.environ.get("SALESFLOW_GOLDEN"):
        golden.write_text(made, encoding="utf-8")
    assert made == golden.read_text(encoding="utf-8")
    process = loaded(imported, tmp_path)
    assert process.id == imported.documents[0].id
    sf.check(process)


@pytest.mark.parametrize("diagram", DIAGRAMS, ids=lambda path: path.stem)
def test_every_element_is_there_or_told(diagram: Path) -> None:
    """What has a name in the diagram is found again: in a file, or in what is told."""
    from salesflow.importing.naming import plain_id
    from salesflow.source.xml import read_xml

    imported = import_bpmn(diagram.read_bytes(), diagram.name)
    text = "\n".join(text_of(d.data, "", imported.remarks) for d in imported.documents)
    waiting = [read_xml(diagram.read_bytes(), diagram.name)]
    named = 0
    while waiting:
        tag = waiting.pop()
        waiting.extend(tag.inside)
        name = tag.attributes.get("name", "")
        if name and tag.name not in ("participant", "dataObject", "process", "error"):
            named += 1
            known = name.partition("[")[0].strip()
            assert known in text or plain_id(known) in text, (tag.name, name)
    assert named
