"""``salesflow site`` as people call it."""

import shutil
from pathlib import Path

import pytest

from salesflow.cli.command import run

EXAMPLES = Path(__file__).parents[2] / "examples"
SMALL = """\
salesflow: 1
process: deal
departments: {ae: {people: 2}, legal: {people: 1}}
sources: {inbound: {start: call, arrivals: 3 per week}}
steps:
  call: {by: ae, effort: 1h, next: {good: {to: sign, share: 40%}, bad: {to: lost, share: rest}}}
  sign: {by: legal, effort: 1h, next: won}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
VARIANT = """\
salesflow: 1
variant: deal_fr
of: deal.salesflow.yaml
change: {steps.sign.effort: 2h}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "deal.salesflow.yaml").write_text(SMALL)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = run(["site", *arguments])
    captured = capsys.readouterr()
    assert captured.out == ""
    return code, captured.err


def test_the_current_folder_becomes_pages(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = said(["-o", "site"], capsys)
    assert (code, told) == (0, "Wrote 12 files. Start with site/index.html.\n")
    assert (folder / "site" / "departments" / "legal.html").is_file()
    code, told = said([".", "-o", "site"], capsys)
    assert told == "Nothing has changed in 12 files. Start with site/index.html.\n"


def test_a_folder_brings_its_variants_and_what_its_processes_run(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "fr.salesflow.yaml").write_text(VARIANT)
    said([".", "-o", "site"], capsys)
    assert (folder / "site" / "processes" / "deal_fr.html").is_file()
    text = (folder / "site" / "processes" / "deal.html").read_text()
    assert "2h" in text
    said(["deal.salesflow.yaml", "-o", "alone"], capsys)
    assert not (folder / "alone" / "processes" / "deal_fr.html").exists()
    said([str(EXAMPLES / "enterprise"), "-o", "large"], capsys)
    assert (folder / "large" / "processes" / "supplier_approval.html").is_file()


def test_a_result_is_shown_and_one_of_another_version_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["--for", "4w", "--warmup", "1w", "--replications", "2", "--format", "json"]
    run(["simulate", "deal.salesflow.yaml", *asked, "-o", "result.json"])
    capsys.readouterr()
    code, told = said(["deal.salesflow.yaml", "--result", "result.json", "-o", "site"], capsys)
    assert code == 0
    assert "changed" not in told
    assert "Simulated: 4 weeks" in (folder / "site" / "processes" / "deal.html").read_text()
    (folder / "deal.salesflow.yaml").write_text(SMALL.replace("40%", "50%"))
    code, told = said(["deal.salesflow.yaml", "--result", "result.json", "-o", "site"], capsys)
    assert code == 0
    assert told.startswith("deal: the process has changed since it was simulated")
    assert "has changed since" in (folder / "site" / "departments" / "legal.html").read_text()


def test_the_site_is_called_as_asked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said([".", "-o", "site", "--title", "How <we> sell"], capsys)
    text = (folder / "site" / "index.html").read_text()
    assert "<title>How &lt;we&gt; sell</title>" in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["."], "Say which folder the pages go to: `-o DIR`"),
        (["-", "-o", "site"], "A site is made of files"),
        (["nowhere", "-o", "site"], "`nowhere` cannot be read: there is no such file."),
        ([".", "-o", "deal.salesflow.yaml"], "is a file: name a folder for the pages"),
        ([".", "-o", "site", "--result", "no.json"], "`no.json` cannot be read"),
        ([".", "-o", "site", "--result", "deal.salesflow.yaml"], "this is no JSON"),
    ],
)
def test_what_cannot_be_done_is_said(
    folder: Path, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = said(arguments, capsys)
    assert code == 2
    assert words in told
    assert not (folder / "site").exists()


def test_a_text_that_does_not_load_changes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said([".", "-o", "site"], capsys)
    before = (folder / "site" / "index.html").read_bytes()
    (folder / "deal.salesflow.yaml").write_text(SMALL.replace("to: sign", "to: sing"))
    code, told = said([".", "-o", "site"], capsys)
    assert code == 1
    assert "Did you mean `sign`?" in told
    assert (folder / "site" / "index.html").read_bytes() == before


def test_a_foreign_first_page_stays(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_text("mine")
    code, told = said([".", "-o", "site"], capsys)
    assert code == 2
    assert "salesflow did not write it: name another folder" in told
    assert [file.name for file in (folder / "site").iterdir()] == ["index.html"]


def test_findings_follow_the_configuration(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lonely = SMALL.replace("outcomes:", "  lonely: {by: ae, next: won}\noutcomes:")
    (folder / "deal.salesflow.yaml").write_text(lonely)
    said([".", "-o", "site"], capsys)
    assert "unreachable-step" in (folder / "site" / "findings.html").read_text()
    (folder / "salesflow.toml").write_text('ignore = ["unreachable-step"]\n')
    said([".", "-o", "site"], capsys)
    assert "unreachable-step" not in (folder / "site" / "findings.html").read_text()


@pytest.mark.parametrize(
    "name", sorted({file.parent.name for file in EXAMPLES.glob("*/*.salesflow.yaml")})
)
def test_every_example_becomes_a_site(
    folder: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if name == "enterprise-broken":  # one of its files does not load
        (file,) = (EXAMPLES / name).glob("new_business*")
    else:
        file = EXAMPLES / name
    shutil.rmtree(folder / "site", ignore_errors=True)
    code, _ = said([str(file), "-o", "site"], capsys)
    assert code == 0
