"""The hooks, with the real pre-commit: in a repository made here, installed from a commit of this project.

The hooks are fetched and installed once (pip, PyPI) for all tests of a run, in whatever process they are.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from salesflow.cli.command import _VERBS
from tests.ci.places import ROOT, copied, need_pypi
from tests.source.git_made import Made, made
from tests.test_docs import blocks, fits

HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
STEPS = """\
sources: {web: {start: call}}
steps:
  call: {by: seller, next: {fit: won, unfit: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
ORG = "salesflow: 1\norganization: acme\ndepartments: {sales: {roles: {seller: {people: 2}}}}\n"
SMB = f"salesflow: 1\nprocess: smb\nuse: [org.salesflow.yaml]\n{STEPS}"
VARIANT = (
    "salesflow: 1\nvariant: smb_dach\nof: ../smb.salesflow.yaml\nchange: {steps.call.effort: 1h}\n"
)
TESTS = """\
salesflow: 1
tests: smb_tests
of: smb.salesflow.yaml
cases: {unfit: {takes: {call: unfit}, ends: lost}}
"""
BROKEN = STEPS.replace("fit: won,", "fit: demo,") + "# demo is missing\n"


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**kept, "PRE_COMMIT_HOME": str(home), "PRE_COMMIT_COLOR": "never"}


@pytest.fixture
def repository(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Made:
    """A repository whose commits are held by our hooks; it has an organization and who draws on it."""
    need_pypi()
    there = made(tmp_path / "work", monkeypatch)
    mine = tmp_path_factory.getbasetemp()  # of this run; where there are workers, of one of them
    shared = (mine.parent if os.environ.get("PYTEST_XDIST_WORKER") else mine) / "hooks"
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        url, revision = fetched(shared)
        hooks = [{"id": "salesflow-check"}, {"id": "salesflow-test"}]
        repos = [{"repo": url, "rev": revision, "hooks": hooks}]
        there.write(".pre-commit-config.yaml", yaml.safe_dump({"repos": repos}))
        there.write("org.salesflow.yaml", ORG)
        there.write("smb.salesflow.yaml", SMB)
        there.write("emea/smb_dach.salesflow.yaml", VARIANT)
        there.write("smb_tests.salesflow.yaml", TESTS)
        there.commit()
        monkeypatch.setenv("PRE_COMMIT_HOME", str(shared / "home"))
        done = pre_commit(there, "install", "--install-hooks")
    assert done.returncode == 0, done.stdout + done.stderr
    return there


def fetched(shared: Path) -> tuple[str, str]:
    """A repository with a commit of this project, and the commit."""
    folder = shared / "salesflow"
    here = Made(folder)
    if not folder.exists():
        copied(shared / "part")
        Made(shared / "part").git("init", "--quiet", "--initial-branch=main")
        Made(shared / "part").commit()
        shutil.move(shared / "part", folder)
    return f"file://{folder}", here.git("rev-parse", "HEAD")


def verb_of(hook: dict[str, str]) -> str:
    return hook["entry"].split()[1]


def pre_commit(there: Made, *arguments: str) -> subprocess.CompletedProcess[str]:
    home = Path(os.environ["PRE_COMMIT_HOME"])
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", *arguments],
        cwd=there.folder,
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
    )


def commit(there: Made, **files: str) -> tuple[int, str]:
    """Change files and commit them as people do; the exit code and what git and the hooks said."""
    for name, text in files.items():
        file = there.write(f"{name.replace('__', '/')}.salesflow.yaml", text)
        there.git("add", str(file))
    who = ["-c", "user.name=Ann", "-c", "user.email=ann@example.com"]
    done = subprocess.run(
        ["git", *who, "commit", "-m", "x"],
        cwd=there.folder,
        env=environment(Path(os.environ["PRE_COMMIT_HOME"])),
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_every_hook_calls_a_verb_and_takes_the_same_files() -> None:
    verbs = ["salesflow-check", "salesflow-check-all", "salesflow-test", "salesflow-fmt"]
    assert [hook["id"] for hook in HOOKS] == verbs
    for hook in HOOKS:
        assert verb_of(hook) in _VERBS
        assert hook["files"] == r"\.salesflow\.yaml$"
        assert hook["language"] == "python"


def test_the_manifest_is_one_that_pre_commit_accepts() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_sound_change_is_committed_and_a_flaw_is_not(repository: Made) -> None:
    code, said = commit(repository, smb=SMB + "# a word\n")
    assert code == 0, said
    assert "salesflow check" in said
    assert "Passed" in said
    code, said = commit(repository, smb=SMB.replace(STEPS, BROKEN))
    assert code == 1
    assert "smb.salesflow.yaml:6:34" in said
    assert "There is no step or outcome called `demo`." in said


def test_what_the_page_shows_is_what_people_see(repository: Made) -> None:
    page = blocks((ROOT / "docs" / "ci.md").read_text(encoding="utf-8"))
    flawed = next(block.text for block in page if block.about == "file: smb.salesflow.yaml")
    expected = next(block.text for block in page if block.text.startswith("salesflow check..."))
    (repository.folder / "smb_tests.salesflow.yaml").unlink()
    (repository.folder / "emea/smb_dach.salesflow.yaml").unlink()
    repository.git("add", "--all")
    code, said = commit(repository, smb=flawed)
    assert code == 1
    assert fits(said.partition("\nFound ")[0].rstrip(), expected.rstrip()), said


def test_a_change_of_the_organization_is_told_where_it_hurts(repository: Made) -> None:
    code, said = commit(repository, org=ORG.replace("seller", "advisor"))
    assert code == 1
    assert "smb.salesflow.yaml:6:14" in said
    assert "There is no role called `seller`." in said


def test_a_variant_is_looked_at_again_when_its_base_changes(repository: Made) -> None:
    code, said = commit(
        repository, smb=SMB.replace("call", "phone"), smb_tests=TESTS.replace("call", "phone")
    )
    assert code == 1
    assert "emea/smb_dach.salesflow.yaml" in said


def test_tests_run_when_what_they_are_about_changes(repository: Made) -> None:
    code, said = commit(repository, smb=SMB.replace("unfit: lost", "unfit: won"), org=ORG + "# x\n")
    assert code == 1
    assert "FAILED     unfit" in said


def test_other_files_drafts_and_what_is_excluded_hold_nobody_up(repository: Made) -> None:
    repository.write("draft.salesflow.yaml", SMB.replace(STEPS, BROKEN))  # not added
    repository.git("add", str(repository.write("notes.txt", "x\n")))
    code, said = commit(repository)
    assert code == 0
    assert "no files to check" in said
    code, said = commit(repository, org=ORG + "# a word\n")  # the draft draws on it
    assert code == 0, said
    config = repository.folder / ".pre-commit-config.yaml"
    config.write_text(f"exclude: ^old/\n{config.read_text()}")
    repository.git("add", str(config))
    code, said = commit(repository, old__smb=SMB.replace("org.", "../org.").replace(STEPS, BROKEN))
    assert code == 0, said


def test_all_files_as_a_job_runs_them(repository: Made) -> None:
    done = pre_commit(repository, "run", "--all-files")
    assert done.returncode == 0, done.stdout
    (repository.folder / "org.salesflow.yaml").write_text(ORG.replace("seller", "advisor"))
    assert pre_commit(repository, "run", "--all-files").returncode == 1


def use_hooks(there: Made, *hooks: dict[str, object]) -> None:
    """Other hooks of the same commit of this project."""
    config = there.folder / ".pre-commit-config.yaml"
    document = yaml.safe_load(config.read_text())
    document["repos"][0]["hooks"] = [*hooks]
    config.write_text(yaml.safe_dump(document))
    there.git("add", str(config))


def test_options_of_a_verb_are_arguments_of_its_hook(repository: Made) -> None:
    use_hooks(repository, {"id": "salesflow-check", "args": ["--fail-on", "never"]})
    code, said = commit(repository, smb=SMB.replace(STEPS, BROKEN))
    assert code == 0, said


def gone(there: Made, name: str) -> tuple[int, str]:
    """Commit nothing but that a file is deleted."""
    there.git("rm", "--quiet", f"{name}.salesflow.yaml")
    return commit(there)


def test_what_only_a_deletion_breaks_is_found_where_all_is_looked_at(repository: Made) -> None:
    code, said = gone(repository, "smb_tests")
    assert code == 0, said
    use_hooks(repository, {"id": "salesflow-check"}, {"id": "salesflow-check-all"})
    repository.write("draft.salesflow.yaml", SMB.replace(STEPS, BROKEN))  # not added
    code, said = commit(repository)
    assert code == 0, said
    code, said = gone(repository, "smb")
    assert code == 1
    only, all_ = said.partition("salesflow check of all")[::2]
    assert "(no files to check)Skipped" in only
    assert "emea/smb_dach.salesflow.yaml:3:5" in all_
    assert "There is no file `../smb.salesflow.yaml`" in all_


def test_a_folder_is_named_and_the_last_file_may_go(repository: Made) -> None:
    use_hooks(repository, {"id": "salesflow-check-all", "args": ["emea"]})
    repository.git("add", str(repository.write("emea/README.md", "What is ours.\n")))
    code, said = commit(repository)
    assert code == 0, said
    code, said = gone(repository, "smb_tests")  # nothing there is broken
    assert code == 0, said
    code, said = gone(repository, "emea/smb_dach")
    assert code == 0, said
    assert "salesflow check of all" in said
    assert "Passed" in said


def test_a_file_is_laid_out_and_left_to_be_added(repository: Made) -> None:
    use_hooks(repository, {"id": "salesflow-fmt"})
    code, said = commit(repository, smb=SMB.replace("  call: {by", "  call:   {by"))
    assert code == 1
    assert "files were modified by this hook" in said
    laid_out = (repository.folder / "smb.salesflow.yaml").read_text(encoding="utf-8")
    assert laid_out == SMB
    code, said = commit(repository, smb=laid_out)
    assert code == 0, said


def test_a_file_that_is_not_laid_out_is_laid_out_and_the_commit_waits(repository: Made) -> None:
    use_hooks(repository, {"id": "salesflow-fmt"})
    code, told = commit(repository, smb=SMB.replace("{start: call}", "{ start:   call }"))
    assert code == 1
    assert "files were modified by this hook" in told
    assert "laid out smb.salesflow.yaml" in told
    assert (repository.folder / "smb.salesflow.yaml").read_text() == SMB
