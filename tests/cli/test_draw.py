"""``salesflow draw --against``: two versions as one picture."""

import subprocess
from pathlib import Path

import pytest

from salesflow.cli.command import run
from tests.drawing.reader import picture

OLD = """\
salesflow: 1
process: deal
version: 1.0.0
sources: {inbound: {start: offer}}
steps:
  offer: {by: ae, next: {sent: sign, dropped: lost}}
  sign: {by: ae, next: won}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
NEW = OLD.replace("1.0.0", "1.1.0").replace(
    "next: {sent: sign", "effort: 1h, next: {sent: review"
).replace("  sign:", "  review: {by: legal, next: sign}\n  sign:")  # fmt: skip


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "old.yaml").write_text(OLD)
    (tmp_path / "new.salesflow.yaml").write_text(NEW)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def drawn(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert run(["draw", *arguments]) == 0
    return capsys.readouterr().out


def test_both_versions_are_one_picture(capsys: pytest.CaptureFixture[str]) -> None:
    text = drawn(["new.salesflow.yaml", "--against", "old.yaml"], capsys)
    shown = picture(text)
    assert 'title: "Deal 1.0.0 to 1.1.0"' in text
    assert sorted(rows[-1] for rows in shown.nodes.values()) == [
        *("+ added", "Inbound", "Lost", "Won", "ae", "~ effort"),
    ]
    assert [rows for _, _, rows, _ in shown.edges if rows[-1:] == ["− removed"]] == [
        ["sent", "− removed"]
    ]


def test_a_folder_stands_for_its_process_on_both_sides(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in (("before", OLD), ("now", NEW)):
        (folder / name).mkdir()
        (folder / name / "deal.salesflow.yaml").write_text(text)
    assert drawn(["now", "--against", "before"], capsys) == drawn(
        ["new.salesflow.yaml", "--against", "old.yaml"], capsys
    )


def test_an_old_version_may_come_from_git(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git = ["git", "-c", "user.email=a@b.c", "-c", "user.name=a", "-c", "commit.gpgsign=false"]
    file = folder / "new.salesflow.yaml"
    file.write_text(OLD)
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"]):
        subprocess.run([*git, *words], check=True, cwd=folder)
    file.write_text(NEW)
    assert drawn([file.name, "--against", f"HEAD:{file.name}"], capsys) == drawn(
        [file.name, "--against", "old.yaml"], capsys
    )


def test_departments_findings_and_a_file_go_with_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    view = drawn(["new.salesflow.yaml", "--against", "old.yaml", "--view", "departments"], capsys)
    assert "+ added" in view.replace("#43;", "+")
    idle = NEW.replace("lost: {kind: lost}", "lost: {kind: lost}, gone: {kind: lost}")
    (folder / "new.salesflow.yaml").write_text(idle)
    marked = drawn(["new.salesflow.yaml", "--against", "old.yaml", "--findings"], capsys)
    assert "+ added" in marked.replace("#43;", "+")
    assert "⚠ unused-definition" in marked
    assert drawn(["new.salesflow.yaml", "--against", "old.yaml", "-o", "x.mmd"], capsys) == ""
    assert ":::added" in (folder / "x.mmd").read_text(encoding="utf-8")


def test_without_a_former_version_it_is_drawn_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    alone = drawn(["new.salesflow.yaml"], capsys)
    assert drawn(["new.salesflow.yaml", "--against", "/dev/null"], capsys) == alone


@pytest.mark.parametrize(
    ("old", "code", "said"),
    [
        ("nowhere.yaml", 2, "nowhere.yaml"),
        ("broken.yaml", 1, "broken.yaml:1"),
        ("HEAD:old.yaml", 2, "no git repository"),
        (".", 0, ""),
    ],
)
def test_an_old_version_that_cannot_be_read_is_no_picture(
    old: str, code: int, said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "broken.yaml").write_text("salesflow: 1\nproces: p\n")
    assert run(["draw", "new.salesflow.yaml", "--against", old, "-o", "x.mmd"]) == code
    assert said in capsys.readouterr().err
    assert (folder / "x.mmd").exists() is (code == 0)


@pytest.mark.parametrize("output", [[], ["-o", "large.mmd"]])
def test_a_flow_too_large_for_mermaid_is_told_where_it_is_drawn(
    output: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    steps = "".join(
        f"  s{n}: {{by: sales, next: {{ok: s{n + 1}, bad: lost}}}}\n" for n in range(260)
    )
    (folder / "large.salesflow.yaml").write_text(
        "salesflow: 1\nprocess: large\nsources: {web: {start: s0}}\nsteps:\n"
        f"{steps}  s260: {{by: legal, next: {{ok: won}}}}\n"
        "outcomes: {won: {kind: won}, lost: {kind: lost}}\n"
    )
    assert run(["draw", "large.salesflow.yaml", *output]) == 0
    assert capsys.readouterr().err.splitlines()[-1] == (
        "522 transitions are more than Mermaid draws: departments are shown. `-o FILE.svg` draws "
        "all of it."
    )
    assert run(["draw", "large.salesflow.yaml", "--view", "departments"]) == 0
    assert capsys.readouterr().err == ""
