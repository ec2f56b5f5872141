"""``salesflow diff``: what may be asked, reports and their files, exit codes, git at work."""

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from salesflow.changes import comparing, levels
from salesflow.cli import diff as verb
from salesflow.cli.command import run
from tests.source.git_made import Made, made

TEXT = """\
salesflow: 1
process: smb
calendars: {office: {timezone: UTC, hours: {mon-fri: "09:00-17:00"}}}
departments:
  sales: {calendar: office, roles: {rep: {people: 2, cost_per_hour: 50}}}
  legal: {calendar: office, roles: {counsel: {people: 1, cost_per_hour: 90}}}
data: {need: {type: text}, budget: {type: money}}
sources:
  inbound: {start: call, arrivals: {rate: 20 per week, calendar: office}}
steps:
  call: {by: rep, effort: 1h, captures: [need, budget], next: {likes_it: {to: review, share: 40%}, declines: {to: lost, share: rest}}}
  review: {by: counsel, effort: 2h, next: {agrees: {to: won, share: 50%}, declines: {to: lost, share: rest}}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
touchpoints:
  to_legal: {from: sales, to: legal, requires: [need], accept_within: 2bd}
"""
FILE = "smb.salesflow.yaml"
BREAKING = TEXT.replace("requires: [need]", "requires: [need, budget]")
CHECK = TEXT.replace("effort: 1h", "effort: 90min")
COSMETIC = TEXT.replace("process: smb", "process: smb\ndescription: For small companies")


@pytest.fixture(autouse=True)
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    repository = made(tmp_path / "repo", monkeypatch)
    repository.write(FILE, TEXT)
    repository.commit()
    return repository


def now(text: str) -> None:
    Path(FILE).write_text(text)


def lines_of(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> list[str]:
    """What goes to standard output."""
    capsys.readouterr()
    assert run(["diff", *arguments]) == code, capsys.readouterr().err
    return capsys.readouterr().out.splitlines()


def told(capsys: pytest.CaptureFixture[str], *arguments: str, code: int) -> str:
    """What goes to standard error, and nothing goes to standard output."""
    capsys.readouterr()
    assert run(["diff", *arguments]) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Traceback" not in captured.err
    return captured.err


# ------------------------------------------------------------------------------ exit codes


@pytest.mark.parametrize(
    ("text", "level", "failing"),
    [
        (BREAKING, "breaking", ["breaking", "check", "any"]),
        (CHECK, "check", ["check", "any"]),
        (COSMETIC, "cosmetic", ["any"]),
        (TEXT.replace("call:", "call: ").replace("budget]", "budget ]") + "# a word\n", "none", []),
    ],
)
def test_a_level_fails_from_where_it_is_asked_to(
    text: str, level: str, failing: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    now(text)
    for fail_on in verb.FAIL_ON:
        code = int(fail_on in failing)
        out = lines_of(
            capsys, "--base", "HEAD", "--fail-on", fail_on, "--format", "json", code=code
        )
        assert json.loads("\n".join(out))["level"] == level
    assert run(["diff", f"HEAD:{FILE}", FILE]) == int(level == "breaking")


def test_the_configuration_may_say_from_where_it_fails() -> None:
    now(CHECK)
    assert run(["diff", "--base", "HEAD"]) == 0
    Path("salesflow.toml").write_text('[diff]\nfail-on = "check"\n')
    assert run(["diff", "--base", "HEAD"]) == 1
    assert run(["diff", "--base", "HEAD", "--fail-on", "breaking"]) == 0
    assert verb.FAIL_ON == levels.FAIL_ON


def test_a_new_error_fails_and_an_old_one_does_not() -> None:
    lone = "  lone: {by: rep, effort: 1h, next: lone}\noutcomes"
    now(TEXT.replace("outcomes", lone))
    asked = ["--format", "json", "-o", "out.json", "--fail-on"]
    assert run(["diff", "--base", "HEAD", *asked, "breaking"]) == 1
    report = json.loads(Path("out.json").read_text())
    assert report["level"] != "breaking"
    assert "error" in {finding["severity"] for finding in report["introduced"]}
    assert run(["diff", "--base", "HEAD", *asked, "never"]) == 0
    assert run(["diff", FILE, FILE, *asked, "any"]) == 0  # nothing new
    assert run(["diff", FILE, f"HEAD:{FILE}", *asked, "breaking"]) in (0, 1)
    assert json.loads(Path("out.json").read_text())["introduced"] == []


def test_stranded_deals_fail(capsys: pytest.CaptureFixture[str]) -> None:
    Path("deals.csv").write_text("deal,at\nacme,review\n")
    row = next(line for line in TEXT.splitlines() if line.startswith("  review"))
    now(TEXT.replace("to: review", "to: won").replace(f"{row}\n", ""))
    asked = [f"HEAD:{FILE}", FILE, "--deals", "deals.csv", "--format", "json"]
    out = lines_of(capsys, *asked, code=1)
    report = json.loads("\n".join(out))
    assert report["deals"]["stranded"] == 1
    Path("salesflow.toml").write_text(
        "[diff]\nlevels = {"
        + ", ".join(f'{edit["rule"]} = "safe"' for edit in report["edits"])
        + "}\n"
    )
    out = lines_of(capsys, *asked, code=1)  # for no other reason
    assert json.loads("\n".join(out))["level"] == "safe"
    assert run(["diff", *asked, "--fail-on", "never"]) == 0


def test_a_text_that_does_not_load_on_either_side_is_exit_1(
    capsys: pytest.CaptureFixture[str], repo: Made
) -> None:
    now(TEXT.replace("outcomes", "outcoms"))
    assert f"{FILE}:13:1" in told(capsys, "--base", "HEAD", "--fail-on", "never", code=1)
    repo.commit()
    now(TEXT)
    assert f"HEAD:{FILE}:13:1" in told(capsys, "--base", "HEAD", "--fail-on", "never", code=1)


# ---------------------------------------------------------------------------- what is asked


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Name two versions: `salesflow diff OLD NEW`, or compare with a branch: `salesflow diff --base origin/main [PATH]`."),
        ([FILE], "Name two versions"),
        ([FILE, FILE, FILE], "Name two versions"),
        ([FILE, FILE, "--seed", "2"], "`--seed` goes with `--simulate`."),
        ([FILE, FILE, "--for", "8w"], "`--for` goes with `--simulate`."),
        ([FILE, FILE, "--simulate", "--for", "soon"], "`--for soon` is no elapsed time."),
        ([FILE, FILE, "--simulate", "--replications", "1"], "gives no interval"),
        (["--base", "HEAD", "--as", FILE], "`--as` goes with OLD NEW"),
        ([FILE, FILE, "--format", "json", "--format", "markdown"], "Two formats on standard output would mix"),
        ([FILE, FILE, "-o", "nowhere/x.md"], "its folder is not there"),
        ([FILE, FILE, "--deals", "nowhere.csv"], "`nowhere.csv` cannot be read: no such file or directory."),
        ([FILE, FILE, "--deals", "."], "`.` cannot be read: is a directory."),
        (["--base", "nope"], "There is no revision `nope` here."),
        (["--base", "-x"], "`-x` is no revision"),
        (["--base", "HEAD", "nowhere"], "`nowhere` is there neither now nor in `HEAD`"),
        (["nope:x", FILE], "There is no revision `nope` here."),
        ([FILE, "/dev/zero"], "is no regular file"),
        (["--textconv", "nowhere.yaml"], "cannot be read"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_exit_2(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert message in told(capsys, *arguments, code=2)


def test_a_shallow_clone_is_exit_2(
    repo: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.commit()
    clone = repo.clone(tmp_path / "clone", "--depth", "1")
    monkeypatch.chdir(clone.folder)
    assert "fetch-depth: 0" in told(capsys, "--base", "HEAD~1", code=2)
    assert "fetch-depth: 0" in told(capsys, f"HEAD~1:{FILE}", FILE, code=2)


def test_a_missing_object_is_exit_2(repo: Made, capsys: pytest.CaptureFixture[str]) -> None:
    repo.object_file(f"HEAD:{FILE}").unlink()
    assert "git fsck" in told(capsys, "--base", "HEAD", "--fail-on", "never", code=2)


def test_names_of_files_command_nothing(repo: Made, capsys: pytest.CaptureFixture[str]) -> None:
    odd = "a\n::error::x\x1b[31m"
    repo.write(f"{odd}/{FILE}", BREAKING)
    for arguments in (["--base", "HEAD"], ["--base", "HEAD", odd], [f"HEAD:{odd}", odd]):
        run(["diff", *arguments, "--fail-on", "never"])
        captured = capsys.readouterr()
        for line in (captured.out + captured.err).splitlines():
            assert not line.startswith("::")
            assert "\x1b" not in line


# -------------------------------------------------------------------------------- reports


def test_each_format_goes_to_its_file(capsys: pytest.CaptureFixture[str]) -> None:
    now(BREAKING)
    files = {"a.json": "{", "a.md": "<!--", "a.html": "<!", "a.txt": "smb", "a.out": "::error"}
    outputs = [part for file in files if file != "a.out" for part in ("-o", file)]
    code = run(["diff", f"HEAD:{FILE}", FILE, *outputs, "--format", "github", "-o", "a.out"])
    assert code == 1
    assert capsys.readouterr().out == ""
    for file, start in files.items():
        assert Path(file).read_text().lower().startswith(start), file


def test_github_is_told_where_it_listens(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now(BREAKING)
    assert not [line for line in lines_of(capsys, "--base", "HEAD", code=1) if line[:2] == "::"]
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    for more in ([], ["--format", "text"], ["--format", "markdown", "-o", "x.md"]):
        out = lines_of(capsys, "--base", "HEAD", *more, code=1)
        [annotation] = [line for line in out if line[:2] == "::"]
        assert f"file={FILE},line=15" in annotation
    out = lines_of(capsys, "--base", "HEAD", "--format", "json", code=1)
    assert out[0] == "{"
    assert "::" not in "".join(line[:2] for line in out)


def test_only_what_changed_is_told(repo: Made, capsys: pytest.CaptureFixture[str]) -> None:
    repo.write("b.salesflow.yaml", TEXT.replace("process: smb", "process: big"))
    repo.commit()
    assert run(["diff", "--base", "HEAD"]) == 0
    captured = capsys.readouterr()
    assert "No process changed" in captured.out
    assert captured.err == "The same in both versions: 2 process files.\n"
    now(BREAKING)
    out = lines_of(capsys, "--base", "HEAD", "--format", "json", code=1)
    report = json.loads("\n".join(out))
    assert report["process"] == "smb"


def test_added_and_removed_processes_are_changes(capsys: pytest.CaptureFixture[str]) -> None:
    os.rename(FILE, "elsewhere.yaml")  # no file of the language any more
    out = lines_of(capsys, "--base", "HEAD", "--format", "json", code=1)
    [edit] = json.loads("\n".join(out))["edits"]
    assert (edit["kind"], edit["what"]) == ("removed", "process")
    out = lines_of(capsys, "/dev/null", "elsewhere.yaml", "--format", "json")
    [edit] = json.loads("\n".join(out))["edits"]
    assert (edit["kind"], edit["what"]) == ("added", "process")


def test_notes_say_what_became_of_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    os.rename(FILE, "small.salesflow.yaml")
    out = lines_of(capsys, "--base", "HEAD", "--format", "json")
    report = json.loads("\n".join(out))
    assert report["level"] == "none"
    assert report["notes"] == [f"`HEAD:{FILE}` is now `small.salesflow.yaml`."]


def test_standard_input_may_be_a_version(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(BREAKING.encode())

    monkeypatch.setattr(sys, "stdin", Stdin)
    assert run(["diff", FILE, "-"]) == 1


# ------------------------------------------------------------------------- deals, figures


def test_deals_belong_to_one_process(repo: Made, capsys: pytest.CaptureFixture[str]) -> None:
    repo.write("b.salesflow.yaml", TEXT.replace("process: smb", "process: big"))
    repo.commit()
    Path("deals.csv").write_text("deal,at\nacme,review\n")
    now(CHECK)
    assert run(["diff", "--base", "HEAD", "--deals", "deals.csv"]) == 0  # one changed
    repo.write("b.salesflow.yaml", CHECK.replace("process: smb", "process: big"))
    message = told(capsys, "--base", "HEAD", "--deals", "deals.csv", code=2)
    assert "here are 2: name its file (`b.salesflow.yaml`, `smb.salesflow.yaml`)" in message
    message = told(capsys, "/dev/null", FILE, "--deals", "deals.csv", code=2)
    assert f"needs both versions, and `{FILE}` has no old one" in message


def test_deals_of_a_process_that_is_the_same_are_looked_at(
    repo: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("deals.csv").write_text("deal,at\nacme,nowhere\nbeta,review\n")
    for arguments in (["--base", "HEAD"], [f"HEAD:{FILE}", FILE], ["HEAD:", "."]):
        out = lines_of(capsys, *arguments, "--deals", "deals.csv", "--format", "json")
        deals = json.loads("\n".join(out))["deals"]
        assert (deals["checked"], deals["unknown"]) == (2, 1)
    repo.write("b.salesflow.yaml", TEXT.replace("process: smb", "process: big"))
    repo.commit()
    assert "here are 2" in told(capsys, "--base", "HEAD", "--deals", "deals.csv", code=2)


def test_malformed_deals_are_exit_2(capsys: pytest.CaptureFixture[str]) -> None:
    Path("deals.csv").write_text("deal;stage of it\nacme;review;x\n")
    assert "deals.csv" in told(capsys, FILE, FILE, "--deals", "deals.csv", code=2)


def test_figures_are_played_on_demand(capsys: pytest.CaptureFixture[str]) -> None:
    now(CHECK)
    asked = ["--simulate", "--for", "4w", "--warmup", "1w", "--replications", "2", "--seed", "7"]
    reports = []
    for more in (["--workers", "1"], ["--workers", "2"], ["--engine", "python"]):
        out = lines_of(capsys, f"HEAD:{FILE}", FILE, *asked, *more, "--format", "json")
        reports.append(json.loads("\n".join(out)))
    assert reports[0]["impact"]
    assert reports[0] == reports[1] == reports[2]
    out = lines_of(capsys, f"HEAD:{FILE}", FILE, "--format", "json")
    assert "impact" not in json.loads("\n".join(out))


def test_an_interruption_is_exit_130(monkeypatch: pytest.MonkeyPatch) -> None:
    now(CHECK)

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(comparing, "diff", interrupted)
    assert run(["diff", "--base", "HEAD"]) == 128 + signal.SIGINT


# -------------------------------------------------------------------------------- textconv


def test_lines_for_git_say_each_value_with_its_path(capsys: pytest.CaptureFixture[str]) -> None:
    out = lines_of(capsys, "--textconv", FILE)
    assert out == sorted(out, key=lambda line: line.split(": ", maxsplit=1)[0].split("."))
    assert "steps.call.next.likes_it.share: 40%" in out
    assert "touchpoints.to_legal.requires: [need]" in out
    now(
        TEXT.replace("declines: {to: lost, share: rest}}}", "declines:   {share: rest, to: lost}}}")
        + "# x\n"
    )
    assert lines_of(capsys, "--textconv", FILE) == out
    now("salesflow: 1\nprocess: [\n")
    assert lines_of(capsys, "--textconv", FILE) == ["salesflow: 1", "process: ["]


def test_other_verbs_need_no_git(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither git nor subprocess is loaded by a check."""
    script = (
        "import sys\nfrom salesflow.cli.verdict import check_plainly\n"
        f"check_plainly(['{FILE}'])\n"
        "assert not {'subprocess', 'salesflow.source.git'} & {*sys.modules}\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_each_mistake_in_the_deals_has_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    name = "evil\n::error::.csv"
    Path(name).write_text("deal,at\n,review\n,review\n")
    told_ = told(capsys, FILE, FILE, "--deals", name, code=2)
    assert [row.partition(": ")[0] for row in told_.splitlines()] == [
        "salesflow",
        "evil\\x0a::error::.csv:3",
    ]
