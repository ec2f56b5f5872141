"""Processes to start from: what is written checks clean, and what is there stays as it is."""

import os
import re
import shlex
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import salesflow as sf
from salesflow.analysis.maturity import maturity
from salesflow.cli import ci_files, fresh
from salesflow.cli.command import run
from salesflow.cli.templates import NAMES, SIMULATED, TEMPLATES, Template
from salesflow.errors import UsageError

ROOT = Path(__file__).parents[2]
GROWN = [template for template in TEMPLATES if template.level >= SIMULATED]

# What such a business reports: win rate of won and lost, days to win a deal (median).
BELIEVABLE = {
    "smb": ((0.15, 0.35), (10, 45)),
    "enterprise": ((0.08, 0.25), (80, 200)),
    "plg": ((0.08, 0.25), (7, 45)),
    "partner": ((0.15, 0.40), (30, 120)),
    "renewal": ((0.80, 0.95), (20, 90)),
}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


def written(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    assert run(["init", *arguments]) == 0
    return capsys.readouterr().out


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    assert run(["init", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    return captured.err


def everything() -> dict[str, str]:
    return {
        file.as_posix(): file.read_text()
        for file in sorted(Path().rglob("*"))
        if file.is_file() and ".git/" not in file.as_posix()
    }


# ---- What is written ---------------------------------------------------------------------------


@pytest.mark.parametrize("template", TEMPLATES, ids=NAMES)
def test_a_template_has_no_finding_of_any_severity(
    template: Template, capsys: pytest.CaptureFixture[str]
) -> None:
    written(capsys, template.name)
    assert sorted(everything()) == sorted(template.files)
    assert run(["check", "--preset", "all", "--fail-on", "info"]) == 0
    assert capsys.readouterr().out.startswith("All clear: no findings in ")
    assert maturity(sf.load(template.process)).level == template.level


@pytest.mark.parametrize("template", TEMPLATES, ids=NAMES)
def test_a_template_teaches(template: Template, capsys: pytest.CaptureFixture[str]) -> None:
    written(capsys, template.name)
    for name, text in everything().items():
        rows = text.splitlines()
        assert text.startswith("# "), f"{name} does not say what it is"
        assert max(map(len, rows)) <= 150, f"{name} is too wide to read"
        assert text.endswith("\n")
        assert not any(row != row.rstrip() for row in rows)


def test_templates_are_laid_out_as_fmt_does() -> None:
    assert run(["fmt", "--check", str(ROOT / "salesflow/templates")]) == 0


@pytest.mark.parametrize("template", GROWN, ids=lambda each: each.name)
def test_a_template_does_what_such_a_business_does(
    template: Template, capsys: pytest.CaptureFixture[str]
) -> None:
    written(capsys, template.name)
    result = sf.simulate(sf.load(template.process), replications=20)
    assert result.objectives
    assert {each.name: each.verdict for each in result.objectives} == {
        each.name: "met" for each in result.objectives
    }
    (least, most), (shortest, longest) = BELIEVABLE[template.name]
    assert least < result.kpis["win_rate"].mean < most
    assert shortest < result.cycle_time_won.median.mean / 24 < longest
    for name, role in result.roles.items():
        assert role.utilization.mean < 0.8, name
    assert result.kpis["stuck"].mean == 0


def test_hello_says_what_it_lacks(capsys: pytest.CaptureFixture[str]) -> None:
    written(capsys)
    text = Path("hello.salesflow.yaml").read_text()
    assert run(["simulate", "hello.salesflow.yaml"]) == 1
    said = capsys.readouterr().err
    for key in ("arrivals", "share"):
        assert f"`{key}`" in text
        assert key in said
    assert "salesflow init smb" in text


def test_hello_is_the_example() -> None:
    template = sf.load(ROOT / "salesflow/templates/hello/hello.salesflow.yaml")
    assert template == sf.load(ROOT / "examples/hello/hello.salesflow.yaml")


@pytest.mark.parametrize("template", [each for each in TEMPLATES if each.tested])
def test_its_tests_pass(template: Template, capsys: pytest.CaptureFixture[str]) -> None:
    written(capsys, template.name)
    assert sf.run_tests(".").passed
    assert any("tests" in file for file in template.files)


# ---- What is said ------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", [".", "sales processes/new"])
@pytest.mark.parametrize("template", TEMPLATES, ids=NAMES)
def test_the_commands_to_run_next_work_when_pasted(
    template: Template, folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = written(capsys, template.name, "-o", folder)
    commands = re.findall(r"^  salesflow (.*)$", told, re.MULTILINE)
    assert 2 <= len(commands) <= 4
    for command in commands:
        words = shlex.split(command)
        fewer = ["--replications", "2", "--for", "4w"] if words[0] == "simulate" else []
        assert run([*words, *fewer]) == 0, command
    assert Path(folder, f"{template.name}.svg").exists()


def test_the_list_names_each_with_its_level(capsys: pytest.CaptureFixture[str]) -> None:
    told = written(capsys, "--list")
    for template in TEMPLATES:
        assert re.search(rf"^  {template.name} +level {template.level}  \S", told, re.MULTILINE)
    assert everything() == {}
    assert max(map(len, told.splitlines())) <= 110


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["smbs"], "There is no template `smbs`. Did you mean `smb`?"),
        (["Partner"], "Did you mean `partner`?"),
        (["my_company"], "into a folder of that name: `salesflow init hello -o my_company`."),
        (["smb", "-o", "mine.yaml"], "`-o` names a folder"),
        (["smb", "-o", "-"], "files are written, not printed"),
        (["-o", "notes.txt"], "`notes.txt` is a file"),
        (["-o", "notes.txt/new"], "`notes.txt` is a file that is there already"),
        (["-o", "notes.txt/new/er"], "`notes.txt` is a file that is there already"),
    ],
)
def test_what_cannot_be_done_is_told(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("notes.txt").write_text("mine")
    assert said in refused(capsys, *arguments)
    assert everything() == {"notes.txt": "mine"}


# ---- What is there stays as it is --------------------------------------------------------------


def test_no_file_is_overwritten_and_none_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    Path("security_review.salesflow.yaml").write_text("mine")
    Path("enterprise").mkdir()
    said = refused(capsys, "enterprise")
    assert "`security_review.salesflow.yaml` is there already and stays as it is" in said
    assert everything() == {"security_review.salesflow.yaml": "mine"}
    again = re.search(r"`salesflow init (.*)`", said)
    assert again is not None
    written(capsys, *shlex.split(again[1]))
    assert Path("enterprise_2/organization.salesflow.yaml").exists()


def test_several_files_in_the_way_are_all_named(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("salesflow.toml", "organization.salesflow.yaml"):
        Path(name).write_text("mine")
    said = refused(capsys, "enterprise")
    assert "`organization.salesflow.yaml`, `salesflow.toml` are there already and stay" in said


def test_a_link_to_nowhere_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    Path("hello.salesflow.yaml").symlink_to("elsewhere.yaml")
    assert "is there already" in refused(capsys)
    assert not Path("elsewhere.yaml").exists()


def test_twice_is_as_once(capsys: pytest.CaptureFixture[str]) -> None:
    written(capsys, "smb")
    before = everything()
    assert "smb.salesflow.yaml is there already, with just this." in written(capsys, "smb")
    assert everything() == before


def test_a_file_that_comes_meanwhile_is_not_overwritten() -> None:
    Path("b").write_text("mine")
    with pytest.raises(UsageError, match="`b` is a file that is there already"):
        fresh.write_fresh({"a": "1", "new/c": "2", "b": "3"})
    assert everything() == {"b": "mine"}
    assert not Path("new").exists()


def test_what_cannot_be_read_is_in_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a").write_text("1")
    assert fresh.taken({"a": "1"}) == []
    assert fresh.taken({"a": "2"}) == ["a"]
    # As root, permissions mean nothing: the operating system's answer is given by hand.
    monkeypatch.setattr("builtins.open", lambda *_, **__: (_ for _ in ()).throw(PermissionError()))
    assert fresh.taken({"a": "1"}) == ["a"]


def test_a_disk_that_refuses_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "mkdir", refuse)
    with pytest.raises(UsageError, match="`new` cannot be written: permission denied"):
        fresh.write_fresh({"a": "1", "new/b": "2"})
    assert everything() == {}


# ---- CI ----------------------------------------------------------------------------------------


def repository() -> None:
    subprocess.run(["git", "init", "-q", "."], check=True)


def test_ci_files_go_to_the_root_of_the_repository(capsys: pytest.CaptureFixture[str]) -> None:
    repository()
    told = written(
        capsys, "smb", "-o", "sales/new", "--ci", "github", "--ci", "gitlab", "--ci", "pre-commit"
    )
    assert "git repository" not in told
    files = everything()
    assert sorted(files) == [
        ".github/workflows/salesflow.yml",
        ".gitlab-ci.yml",
        ".pre-commit-config.yaml",
        "sales/new/smb.salesflow.yaml",
    ]
    assert "paths: sales/new\n" in files[".github/workflows/salesflow.yml"]
    assert "SALESFLOW_PATHS: sales/new\n" in files[".gitlab-ci.yml"]
    for text in files.values():
        assert "VERSION" not in text
        assert "PROCESSES" not in text


def test_ci_files_are_what_the_services_read(capsys: pytest.CaptureFixture[str]) -> None:
    """The hooks and inputs they name are those that there are, of this version."""
    import yaml

    repository()
    written(capsys, "-o", "a b", "--ci", "github", "--ci", "gitlab", "--ci", "pre-commit")
    texts = everything()
    hooks = yaml.safe_load(texts[".pre-commit-config.yaml"])["repos"][0]
    known = {each["id"] for each in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    assert {each["id"] for each in hooks["hooks"]} <= known
    job = yaml.safe_load(texts[".github/workflows/salesflow.yml"])["jobs"]["salesflow"]
    action = job["steps"][-1]
    assert action["uses"].endswith(f"@v{sf.__version__}")
    assert hooks["rev"] == f"v{sf.__version__}"
    assert action["with"] == {"paths": "a b"}
    assert set(action["with"]) <= set(yaml.safe_load((ROOT / "action.yml").read_text())["inputs"])
    assert yaml.safe_load(texts[".gitlab-ci.yml"])["variables"] == {"SALESFLOW_PATHS": "a b"}


def test_ci_alone_leaves_processes_alone(capsys: pytest.CaptureFixture[str]) -> None:
    repository()
    Path("mine.salesflow.yaml").write_text("mine")
    told = written(capsys, "--ci", "pre-commit")
    assert sorted(everything()) == [".pre-commit-config.yaml", "mine.salesflow.yaml"]
    assert "pre-commit install" in told
    assert "salesflow check ." in told


def test_ci_alone_in_an_empty_folder_starts_a_process(capsys: pytest.CaptureFixture[str]) -> None:
    told = written(capsys, "--ci", "gitlab")
    assert sorted(everything()) == [".gitlab-ci.yml", "hello.salesflow.yaml"]
    assert "Here is no git repository" in told


def test_a_changed_template_does_not_stop_ci_files(capsys: pytest.CaptureFixture[str]) -> None:
    written(capsys, "smb")
    Path("smb.salesflow.yaml").write_text("mine")
    said = refused(capsys, "smb", "--ci", "github")
    assert "For what --ci writes alone, leave out `smb`." in said
    written(capsys, "--ci", "github")
    assert Path("smb.salesflow.yaml").read_text() == "mine"


def test_lines_for_a_ci_file_that_is_there_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    repository()
    Path(".pre-commit-config.yaml").write_text("repos: []\n")
    told = written(capsys, "hello", "--ci", "pre-commit")
    assert Path(".pre-commit-config.yaml").read_text() == "repos: []\n"
    assert ".pre-commit-config.yaml is there already and stays as it is." in told
    assert "      - id: salesflow-check\n" in told
    assert "    repos:" not in told
    assert Path("hello.salesflow.yaml").exists()


def test_ci_files_are_found_from_a_folder_below(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    repository()
    Path("deep/er").mkdir(parents=True)
    monkeypatch.chdir("deep/er")
    told = written(capsys, "--ci", "gitlab")
    assert f"Wrote {os.path.join('..', '..', '.gitlab-ci.yml')}.\n" in told
    assert "SALESFLOW_PATHS: deep/er\n" in Path("../../.gitlab-ci.yml").read_text()
    assert ci_files.root_of(".") == str(Path("../..").resolve())


# ---- As it is installed ------------------------------------------------------------------------


def test_a_built_wheel_has_the_templates(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(tmp_path), str(ROOT)],
        check=True,
        timeout=300,
    )
    (wheel,) = tmp_path.glob("salesflow-*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    assert {each.name for each in (tmp_path / "installed/salesflow/cli/shells").iterdir()} == {
        f"salesflow.{shell}" for shell in ("bash", "zsh", "fish")
    }
    for name in NAMES:
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "salesflow",
                "init",
                name,
                "-o",
                f"new/{name}",
                "--ci",
                "gitlab",
            ],
            env={**os.environ, "PYTHONPATH": str(tmp_path / "installed"), "PYTHONSAFEPATH": "1"},
            cwd=tmp_path,
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        text = (ROOT / f"salesflow/templates/{name}/{name}.salesflow.yaml").read_text()
        assert (tmp_path / f"new/{name}/{name}.salesflow.yaml").read_text() == text
