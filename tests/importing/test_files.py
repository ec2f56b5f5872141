"""`sf.import_bpmn`: the texts of all files that a diagram makes."""

from pathlib import Path

import pytest

import salesflow as sf

DIAGRAMS = Path(__file__).parent / "diagrams"


def test_all_processes_of_a_diagram_the_main_one_first(tmp_path: Path) -> None:
    files = sf.import_bpmn(DIAGRAMS / "eclipse_sales.bpmn")
    assert [*files][1:] == ["credit_check_process.salesflow.yaml"]
    for name, text in files.items():
        assert text.startswith("# Imported from eclipse_sales.bpmn (BPMN 2.0).\n")
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert [*sf.load(tmp_path / next(iter(files))).runs] == ["credit_check_process"]


def test_what_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(sf.UsageError, match="is a folder, not a file"):
        sf.import_bpmn(tmp_path)
    with pytest.raises(sf.UsageError, match="cannot be read: no such file"):
        sf.import_bpmn(str(tmp_path / "x.bpmn"))
    with pytest.raises(sf.UsageError, match="reads the file of a path, not a bytes"):
        sf.import_bpmn(b"<definitions/>")  # type: ignore[arg-type]
    (tmp_path / "x.bpmn").write_text("<html/>", encoding="utf-8")
    with pytest.raises(sf.LoadError, match="no BPMN"):
        sf.import_bpmn(tmp_path / "x.bpmn")
