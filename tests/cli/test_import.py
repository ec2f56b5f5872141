import shutil
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

import salesflow as sf
from salesflow.cli.command import run
from tests.importing.drawn import diagram

DIAGRAMS = Path(__file__).parent.parent / "importing/diagrams"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copy(DIAGRAMS / "camunda_offer.bpmn", "offer.bpmn")
    shutil.copy(DIAGRAMS / "eclipse_sales.bpmn", "sales.bpmn")
    return tmp_path


def test_to_standard_output_with_what_is_told_beside_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", "offer.bpmn"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith(
        "# Imported from offer.bpmn (BPMN 2.0).\n#\n# Not imported:\n#   line 21: 1 extension"
    )
    assert sf.loads(said.out).id == "acme"
    told = said.err.splitlines()
    assert all(line.startswith("offer.bpmn: line ") for line in told)
    assert (
        "offer.bpmn: line 30: guessed: end event `e1` ‘Deal won’: it is the outcome `deal_won` of the kind won."
        in told
    )


def test_to_a_file_that_is_not_overwritten(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", "offer.bpmn", "-o", "offer.salesflow.yaml"]) == 0
    assert "Wrote offer.salesflow.yaml.\n" in capsys.readouterr().err
    first = (folder / "offer.salesflow.yaml").read_text(encoding="utf-8")
    (folder / "offer.salesflow.yaml").write_text("mine", encoding="utf-8")
    assert run(["import", "offer.bpmn", "-o", "offer.salesflow.yaml"]) == 2
    said = capsys.readouterr().err
    assert (
        said
        == "salesflow: `offer.salesflow.yaml` is there already. To overwrite it, say --force.\n"
    )
    assert (folder / "offer.salesflow.yaml").read_text(encoding="utf-8") == "mine"
    assert run(["import", "offer.bpmn", "-o", "offer.salesflow.yaml", "--force"]) == 0
    assert (folder / "offer.salesflow.yaml").read_text(encoding="utf-8") == first
    assert run(["check", "offer.salesflow.yaml"]) in (0, 1)


def test_several_processes_become_several_files(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", "sales.bpmn"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "holds 2 processes, each of which becomes a file" in said.err
    (folder / "there").mkdir()
    assert run(["import", "sales.bpmn", "-o", "there/main.salesflow.yaml"]) == 0
    process = sf.load(folder / "there/main.salesflow.yaml")
    assert [*process.runs] == ["credit_check_process"]
    assert run(["import", "sales.bpmn", "-o", "there/other.salesflow.yaml"]) == 2
    assert not (folder / "there/other.salesflow.yaml").exists()
    assert run(["import", "sales.bpmn", "-o", "credit_check_process.salesflow.yaml"]) == 2
    assert "is what another process of `sales.bpmn` is called" in capsys.readouterr().err


def test_a_name_that_tools_do_not_look_for_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", "offer.bpmn", "-o", "offer.yaml"]) == 0
    assert (
        "Wrote offer.yaml; tools look for names that end with .salesflow.yaml.\n"
        in capsys.readouterr().err
    )


@pytest.mark.parametrize(
    ("raw", "code", "said"),
    [
        (None, 2, "`x.bpmn` cannot be read: no such file or directory."),
        (b"hello", 1, "This is no XML: syntax error."),
        (b"<html/>", 1, "This is XML, but no BPMN 2.0: its first element is `html`."),
        (b"<Package xmlns='http://www.wfmc.org/2009/XPDL2.2'/>", 1, "This is XPDL, not BPMN 2.0."),
        (diagram(), 1, "There is no process in this file that anything happens in."),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", 1, "A document type"),
        (b"<a>" * 50_000, 1, "More than 256 elements stand in each other here."),
    ],
)
def test_files_that_cannot_be_imported(
    raw: bytes | None, code: int, said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if raw is not None:
        (folder / "x.bpmn").write_bytes(raw)
    assert run(["import", "x.bpmn", "-o", "out.salesflow.yaml"]) == code
    err = capsys.readouterr().err
    assert said in err
    assert "Traceback" not in err
    assert not (folder / "out.salesflow.yaml").exists()


def test_a_folder_is_no_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "."]) == 2
    assert "`.` is a folder, not a file." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("there", "`there` is a folder: name a file in it."),
        (
            "nodir/x.salesflow.yaml",
            "`nodir/x.salesflow.yaml` cannot be written: its folder is not there.",
        ),
    ],
)
def test_where_nothing_can_be_written(
    target: str, said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "there").mkdir()
    for more in ([], ["--force"]):
        assert run(["import", "offer.bpmn", "-o", target, *more]) == 2
        assert capsys.readouterr().err == f"salesflow: {said}\n"


def test_from_standard_input(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = (folder / "offer.bpmn").read_bytes()
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(raw)))
    assert run(["import", "-"]) == 0
    said = capsys.readouterr()
    assert sf.loads(said.out).id == "acme"
    assert said.err.startswith("<stdin>: line ")


def test_what_hides_in_a_name_is_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "::error::&#x202e;evil&#10;# salesflow: ignore[all]"
    raw = diagram('<startEvent id="s"/>', f'<endEvent id="e" name="{name}"/>', flows=["s>e"])
    (folder / "x.bpmn").write_bytes(raw)
    assert run(["import", "x.bpmn"]) == 0
    said = capsys.readouterr()
    assert "\u202e" not in said.out + said.err
    assert not any(line.startswith("::") for line in (said.out + said.err).splitlines())
    assert sf.loads(said.out).ignored == ()
