"""The action, run step by step in a job as GitHub makes it: a merge checked out, an event, an API.

Only what is GitHub's own is made here: the runner (composite.py) and the API (github_api.py). Git, bash, the
scripts and salesflow are real.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.ci.composite import Done, Runner
from tests.ci.github_api import GitHub, served
from tests.ci.places import FILE, ROOT, SMB, TESTS, copied, need_pypi
from tests.source.git_made import Made, made

OWN_PACKAGE = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "our-rules"
version = "1"
[tool.hatch.build.targets.wheel]
only-include = ["our_rules.py"]
"""
RENAMED = SMB.replace("likes_it", "wants_it")  # breaking
MARKER = "<!-- salesflow diff -->"


class Job(NamedTuple):
    """A job of a pull request; ``run`` runs the action with inputs, without tests unless asked."""

    runner: Runner
    api: GitHub
    folder: Path

    def run(self, **inputs: str) -> dict[str, Done]:
        named = {name.replace("_", "-"): value for name, value in inputs.items()}
        usual = {"paths": "processes", "token": "secret", "test": "false"}
        return self.runner.run({**usual, **named})

    @property
    def summary(self) -> str:
        return self.runner.summary.read_text(encoding="utf-8")


def pull_request(origin: Made, text: str, *, tests: str = TESTS) -> str:
    """Push a branch and merge it as GitHub tries to; the merge's id."""
    origin.write(FILE, SMB)
    origin.write("processes/smb_tests.salesflow.yaml", TESTS)
    origin.commit()
    origin.git("switch", "--quiet", "--create", "topic")
    origin.write(FILE, text)
    origin.write("processes/smb_tests.salesflow.yaml", tests)
    origin.commit()
    origin.git("switch", "--quiet", "main")
    origin.write("other.txt", "somebody else's\n")
    origin.commit()
    origin.git("switch", "--quiet", "--detach")
    origin.git("merge", "--quiet", "--no-ff", "-m", "Merge", "topic")
    origin.git("update-ref", "refs/pull/7/merge", "HEAD")
    return origin.git("rev-parse", "HEAD")


def checked_out(origin: Made, folder: Path, depth: int) -> None:
    """What actions/checkout does on a pull request: with depth 0 also all branches."""
    folder.mkdir()
    there = Made(folder)
    there.git("init", "--quiet")
    there.git("remote", "add", "origin", f"file://{origin.folder}")
    merge = "+refs/pull/7/merge:refs/remotes/pull/7/merge"
    branches = ["+refs/heads/*:refs/remotes/origin/*"] if not depth else [f"--depth={depth}"]
    there.git("fetch", "--quiet", "origin", *branches, merge)
    there.git("checkout", "--quiet", "--detach", "refs/remotes/pull/7/merge")


def installed(temporary: Path, action: Path) -> None:
    """As if install.sh had been here: salesflow is the one under test."""
    home = temporary / "salesflow"
    home.mkdir(parents=True)
    python = home / "python"
    python.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    (home / "from").write_text(str(action))


@pytest.fixture
def api() -> Iterator[GitHub]:
    with served(GitHub()) as there:
        yield there


def job(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, api: GitHub, text: str, depth: int = 0,
    tests: str = TESTS,
) -> Job:  # fmt: skip
    origin = made(tmp_path / "origin", monkeypatch)
    sha = pull_request(origin, text, tests=tests)
    folder = tmp_path / "workspace"
    checked_out(origin, folder, depth)
    installed(tmp_path / "temp", ROOT)
    runner = Runner(ROOT, folder, tmp_path / "temp", event_name="pull_request", token="none")
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"number": 7, "pull_request": {"number": 7}}))
    runner.environment |= {
        "GITHUB_API_URL": api.url,
        "GITHUB_BASE_REF": "main",
        "GITHUB_EVENT_NAME": "pull_request",
        "GITHUB_EVENT_PATH": str(event),
        "GITHUB_REPOSITORY": "acme/sales",
        "GITHUB_SHA": sha,
        "SALESFLOW_PATIENCE": "0",
    }
    return Job(runner, api, folder)


@pytest.fixture
def breaking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, api: GitHub) -> Job:
    return job(tmp_path, monkeypatch, api, RENAMED)


def test_a_pull_request_gets_annotations_a_summary_and_one_comment(breaking: Job) -> None:
    done = breaking.run(test="true")
    assert {name: each.outcome for name, each in done.items()} == {
        "Look for Python": "success",
        "Set up Python": "skipped",
        "Install salesflow": "success",
        "Check": "success",
        "Test": "success",
        "Compare": "failure",  # the change is breaking
        "Comment": "success",
        "Simulate": "skipped",
        "Draw": "skipped",
        "Keep the pictures": "skipped",
    }
    assert breaking.runner.failed
    assert f"::error file={FILE},line=6" in done["Compare"].log
    assert "All clear: no findings" in done["Check"].log
    assert "1 passed" in done["Test"].log
    [comment] = breaking.api.comments
    assert comment["body"].startswith(f"{MARKER}\n## ")
    assert "breaking" in comment["body"]
    for part in ("## salesflow: no findings", "## salesflow test: 1 test: 1 passed", MARKER):
        assert part in breaking.summary
    outputs = breaking.runner.outputs()
    assert outputs["level"] == "breaking"
    assert Path(outputs["comment"]).read_text(encoding="utf-8") == comment["body"]


def test_the_comment_is_replaced_at_the_next_push(breaking: Job) -> None:
    breaking.run()
    (breaking.folder / FILE).write_text(SMB.replace("people: 3", "people: 2"))
    done = breaking.run()
    assert done["Compare"].outcome == "success"
    [comment] = breaking.api.comments
    assert "people" in comment["body"]
    assert "wants_it" not in comment["body"]
    assert breaking.api.calls[-1] == f"PATCH /repos/acme/sales/issues/comments/{comment['id']}"


def test_a_change_taken_back_is_told_in_the_comment(breaking: Job) -> None:
    breaking.run()
    (breaking.folder / FILE).write_text(SMB)
    assert breaking.run()["Compare"].outcome == "success"
    [comment] = breaking.api.comments
    assert "No process changed." in comment["body"]


def test_a_pull_request_about_something_else_gets_no_comment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, api: GitHub
) -> None:
    here = job(tmp_path, monkeypatch, api, SMB, tests=TESTS + "# a comment\n")
    done = here.run()
    assert not here.runner.failed
    assert api.comments == []
    assert done["Comment"].outcome == "success"
    assert here.runner.outputs()["level"] == "none"


def test_the_comment_is_found_on_the_third_page(breaking: Job) -> None:
    for n in range(230):
        breaking.api.add(f"Talk {n}")
    ours = breaking.api.add(f"{MARKER}\r\nold", kind="Bot")
    breaking.api.add("More talk")
    breaking.run()
    assert len(breaking.api.comments) == 232
    assert ours["body"].startswith(f"{MARKER}\n## ")
    assert sum(call.startswith("GET") for call in breaking.api.calls) == 3


def test_exactly_a_full_page_is_no_endless_search(breaking: Job) -> None:
    for n in range(100):
        breaking.api.add(f"Talk {n}")
    breaking.run()
    assert len(breaking.api.comments) == 101


def test_a_stranger_cannot_put_our_mark_above_words_of_their_own(breaking: Job) -> None:
    theirs = breaking.api.add(f"{MARKER}\nAll is well, merge it.")
    quoted = breaking.api.add(f"> {MARKER}\n> Why?", association="MEMBER")
    breaking.run()
    assert theirs["body"].endswith("merge it.")
    assert quoted["body"].endswith("Why?")
    assert len(breaking.api.comments) == 3


@pytest.mark.parametrize("code", [403, 404])
def test_without_the_right_to_comment_the_summary_has_the_report(code: int, breaking: Job) -> None:
    breaking.api.refuses = code  # a fork's token, or `permissions` without pull-requests
    done = breaking.run(diff_fail_on="never")
    assert not breaking.runner.failed
    assert "::warning title=salesflow::This job may not comment" in done["Comment"].log
    assert "pull-requests: write" in done["Comment"].log
    assert MARKER in breaking.summary
    assert breaking.api.comments == []


def test_a_token_that_is_none_is_told_in_the_same_way(breaking: Job) -> None:
    done = breaking.run(token="wrong", diff_fail_on="never")
    assert "may not comment" in done["Comment"].log
    assert not breaking.runner.failed


def test_a_fault_of_github_is_asked_again_and_then_told(breaking: Job) -> None:
    breaking.api.faults = 2
    assert breaking.run()["Comment"].outcome == "success"
    assert len(breaking.api.comments) == 1
    breaking.api.faults = 9
    done = breaking.run()
    assert done["Comment"].outcome == "failure"
    assert (
        "::error title=salesflow::The comment on the pull request could not be written: HTTP 502"
        in (done["Comment"].log)
    )


def test_github_out_of_reach_is_no_traceback(breaking: Job) -> None:
    breaking.runner.environment["GITHUB_API_URL"] = "http://127.0.0.1:9"
    done = breaking.run()
    assert done["Comment"].outcome == "failure"
    assert "is out of reach" in done["Comment"].log
    assert "Traceback" not in done["Comment"].log


def test_two_runs_with_names_keep_two_comments(breaking: Job) -> None:
    breaking.run(comment_name="EMEA --> <b>")
    breaking.run(comment_name="APAC")
    breaking.run(comment_name="EMEA --> <b>")
    firsts = [comment["body"].splitlines()[0] for comment in breaking.api.comments]
    assert firsts == ["<!-- salesflow diff: EMEA -- b -->", "<!-- salesflow diff: APAC -->"]


def test_a_shallow_clone_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, api: GitHub
) -> None:
    here = job(tmp_path, monkeypatch, api, RENAMED, depth=1)
    done = here.run(test="true")
    assert done["Check"].outcome == done["Test"].outcome == "success"
    assert done["Compare"].outcome == "failure"
    [told] = [line for line in done["Compare"].log.splitlines() if line.startswith("::error")]
    assert "shallow" in told
    assert "`fetch-depth: 0`" in told
    assert done["Comment"].outcome == "skipped"
    assert here.runner.outputs() == {"level": "", "comment": ""}


def test_two_commits_are_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, api: GitHub
) -> None:
    here = job(tmp_path, monkeypatch, api, RENAMED, depth=2)
    here.run()
    assert here.runner.outputs()["level"] == "breaking"
    assert len(api.comments) == 1


def test_gates(breaking: Job) -> None:
    assert breaking.run(diff_fail_on="never")["Compare"].outcome == "success"
    assert breaking.run(diff_fail_on="nevr")["Compare"].outcome == "failure"
    (breaking.folder / FILE).write_text(RENAMED.replace("3}", "3, calendar: offic}"))
    done = breaking.run(fail_on="never", diff="false")
    assert done["Check"].outcome == "success"
    assert done["Compare"].outcome == done["Test"].outcome == "skipped"
    assert breaking.run(diff="false")["Check"].outcome == "failure"


def test_what_does_not_load_is_told_once_by_check_and_hides_no_other_step(breaking: Job) -> None:
    (breaking.folder / FILE).write_text(RENAMED.replace("start: call", "start: cal"))
    done = breaking.run()
    assert done["Check"].outcome == "failure"
    assert f"::error file={FILE},line=4" in done["Check"].log
    assert "Did you mean <code>call</code>?" in breaking.summary
    assert done["Compare"].outcome == "failure"
    assert done["Comment"].outcome == "skipped"  # there is nothing to say


def test_sarif_deals_and_pictures(breaking: Job) -> None:
    (breaking.folder / "deals.csv").write_text("deal,at\nD-1,call\n")
    done = breaking.run(sarif="out.sarif", deals="deals.csv", artifact="processes")
    assert json.loads((breaking.folder / "out.sarif").read_text())["version"] == "2.1.0"
    assert "Running deals" in breaking.api.comments[0]["body"]
    kept = done["Keep the pictures"].given
    assert kept["name"] == "processes"
    names = sorted(os.listdir(kept["path"]))
    assert names == ["smb.html", "smb.svg"]
    assert (Path(kept["path"]) / "smb.svg").read_text().startswith("<svg")


def test_odd_paths_are_paths_and_nothing_else(breaking: Job) -> None:
    odd = breaking.folder / "our processes; $(touch pwned) `touch pwned`"
    odd.mkdir()
    (odd / "a b.salesflow.yaml").write_text(SMB.replace("smb", "other"))
    done = breaking.run(paths=f"processes\n\n  {odd.name}  \n", diff="false")
    assert "no findings in 3 files" in done["Check"].log
    done = breaking.run(paths="--help", diff="false")
    assert "`--help` cannot be read: there is no such file." in done["Check"].log
    done = breaking.run(fail_on="error --fix", diff="false")
    assert done["Check"].outcome == "failure"
    assert not (breaking.folder / "pwned").exists()


def test_a_push_is_checked_and_simulated_but_not_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, api: GitHub
) -> None:
    text = SMB.replace("people: 3}", "people: 3, calendar: office}").replace(
        "start: call}", "start: call, arrivals: {rate: 5 per week}}"
    )
    text = text.replace("{by: seller,", "{by: seller, effort: 30min,").replace(
        "likes_it: won, declines: lost",
        "likes_it: {to: won, share: 20%}, declines: {to: lost, share: rest}",
    )
    office = 'calendars: {office: {timezone: UTC, hours: {mon-fri: "09:00-17:00"}}}\n'
    text += office + "objectives: {wins: {measure: win_rate, at_least: 60%}}\n"
    here = job(tmp_path, monkeypatch, api, text)
    here.runner.github["event_name"] = "push"
    options = "--for 4w --warmup 0d --replications 4 --engine python"
    done = here.run(simulate="true", simulate_options=options)
    assert done["Compare"].outcome == "skipped"
    assert done["Simulate"].outcome == "failure"
    assert f"::error file={FILE},line=9,title=salesflow objective wins::" in done["Simulate"].log
    assert "## Simulated: smb" in here.summary
    here.runner.github["event_name"] = "pull_request"
    done = here.run(simulate="true", simulate_options=options)
    assert done["Simulate"].outcome == "skipped"
    assert "They are compared without." in done["Compare"].log  # the old version has no figures
    assert len(api.comments) == 1


def test_processes_without_tests_are_no_fault(breaking: Job) -> None:
    (breaking.folder / "processes/smb_tests.salesflow.yaml").unlink()
    done = breaking.run(diff="false", test="true")
    assert done["Test"].outcome == "success"
    assert "No tests draw on these files." in done["Test"].log


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("3.12", "wanted=3.12"),
        (">=3.11 <3.14", "wanted=>=3.11 <3.14"),
        ("3.12\nx=y", "wanted=3.12x=y"),
    ],
)
def test_a_version_of_python_is_set_up_where_one_is_asked_for(
    wanted: str, found: str, breaking: Job
) -> None:
    done = breaking.run(python_version=wanted, diff="false")
    assert done["Set up Python"].outcome == "success"
    assert done["Set up Python"].given["python-version"] == found.removeprefix("wanted=")


def test_an_old_python_is_not_taken(breaking: Job, tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    for name in ("python3", "python"):
        (old / name).write_text("#!/bin/sh\nexit 1\n")
        (old / name).chmod(0o755)
    breaking.runner.environment["PATH"] = f"{old}{os.pathsep}/usr/bin{os.pathsep}/bin"
    done = breaking.run(diff="false")
    assert done["Set up Python"].given["python-version"] == "3.13"


def test_the_action_installs_itself_and_leaves_the_jobs_python_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, api: GitHub
) -> None:
    need_pypi()
    here = job(tmp_path, monkeypatch, api, RENAMED)
    action = copied(tmp_path / "action")
    runner = Runner(action, here.folder, tmp_path / "temp2", event_name="push", token="")
    (tmp_path / "temp2").mkdir()
    own = here.folder / "own rules"
    own.mkdir()
    (own / "our_rules.py").write_text("")
    (own / "pyproject.toml").write_text(OWN_PACKAGE)
    inputs = {"paths": "processes", "packages": "\n./own rules\n"}
    done = runner.run(inputs)
    assert done["Install salesflow"].outcome == "success", done["Install salesflow"].log
    assert done["Install salesflow"].log.splitlines()[-1].startswith("salesflow ")
    assert done["Check"].outcome == "success", done["Check"].log
    first = runner.environment["PATH"].split(os.pathsep)[0]
    assert os.listdir(first) == ["salesflow"]
    told = subprocess.run(
        ["salesflow", "check", "processes"],
        cwd=here.folder,
        env=runner.environment | {"PYTHONPATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "All clear" in told.stdout
    there = [tmp_path / "temp2/salesflow/python", "-c", "import our_rules"]
    assert subprocess.run(there, check=False).returncode == 0
    again = runner.run(inputs)
    assert again["Install salesflow"].log == ""  # it is there already
