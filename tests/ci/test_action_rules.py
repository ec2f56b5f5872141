"""The action, our workflow and those that pages show: nothing of a pull request becomes a script."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.ci.places import ROOT
from tests.ci.workflows import (
    injections,
    shell_less,
    steps_of,
    unknown_inputs,
    unknown_steps,
    unpinned,
)
from tests.test_docs import blocks

ACTION = (ROOT / "action.yml").read_text(encoding="utf-8")
WORKFLOW = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
SCRIPTS = sorted((ROOT / "ci" / "github").iterdir())
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
WRITTEN = ROOT / "salesflow" / "templates" / "ci" / "github.yaml"  # by `salesflow init`

WRONG = """\
inputs: {title: {description: ""}, other: {description: It.}}
outputs: {a: {value: "${{ steps.gone.outputs.a }}"}}
runs:
  steps:
    - name: Say
      run: echo "${{ inputs.title }}" "${{ inputs.more }}"
    - name: Read
      env: {A: "${{ steps.late.outputs.a }}"}
      run: echo "$A"
      shell: bash
    - id: late
      uses: actions/checkout@v4
    - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1
"""


def test_the_rules_find_what_is_wrong() -> None:
    assert len([*injections(WRONG)]) == 1
    assert [*unpinned(WRONG)] == [
        "actions/checkout@v4",
        "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1",  # of which version?
    ]
    assert [*shell_less(WRONG)] == ["Say"]
    found = ["more is not declared", "other is not read", "title is not explained"]
    assert [*unknown_inputs(WRONG)] == found
    assert [*unknown_steps(WRONG)] == ["Read reads late", "gone"]


def test_the_action_breaks_none() -> None:
    for rule in (injections, unpinned, shell_less, unknown_inputs, unknown_steps):
        assert [*rule(ACTION)] == [], rule.__name__


def test_our_workflow_breaks_none() -> None:
    assert [*injections(WORKFLOW)] == []
    assert [*unpinned(WORKFLOW)] == []
    document = yaml.safe_load(WORKFLOW)
    assert document["permissions"] == {}
    for job in document["jobs"].values():
        assert "permissions" in job
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


def shown() -> list[str]:
    """The workflows that the page shows, and the one that `init` writes."""
    pieces = [block.text for block in blocks(PAGE) if block.language == "yaml"]
    return [text for text in pieces if "uses: " in text] + [WRITTEN.read_text(encoding="utf-8")]


def test_workflows_that_people_copy_use_the_action_as_it_is() -> None:
    inputs = yaml.safe_load(ACTION)["inputs"]
    used = 0
    for text in shown():
        assert [*injections(text)] == []
        for step in steps_of(yaml.safe_load(text)):
            if step.get("uses", "").startswith("salesflow/salesflow@"):
                used += 1
                assert set(step.get("with", {})) <= set(inputs)
    assert used >= 3


def test_the_page_explains_every_input() -> None:
    rows = re.findall(r"^\| `([\w-]+)` \|", PAGE.partition("### Inputs")[2], re.MULTILINE)
    assert set(yaml.safe_load(ACTION)["inputs"]) <= set(rows)


def test_scripts_read_what_the_action_gives_them_and_nothing_else() -> None:
    texts = "\n".join(script.read_text(encoding="utf-8") for script in SCRIPTS)
    given = set(re.findall(r"^\s+(SALESFLOW_\w+):", ACTION, re.MULTILINE))
    read = set(re.findall(r"SALESFLOW_\w+", texts)) - {"SALESFLOW_"}
    read |= {f"SALESFLOW_{name}" for name in re.findall(r"\bgiven\(\"(\w+)\"\)", texts)}
    read |= {
        f"SALESFLOW_{name}" for name in re.findall(r"option\(\"--[\w-]+\", \"(\w+)\"\)", texts)
    }
    assert read - {"SALESFLOW_PATIENCE"} == given
    called = set(re.findall(r"ci/github/(\S+?)\"", ACTION))
    assert called == {script.name for script in SCRIPTS if script.is_file()}


def program(name: str) -> str:
    """A program that `.[test]` brings, wherever this Python is."""
    found = shutil.which(
        name, path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    )
    if found is None:
        why = f"{name} is missing: pip install '.[test]'"
        pytest.fail(why) if os.environ.get("CI") else pytest.skip(why)
    return found


def test_zizmor_has_nothing_to_say(tmp_path: Path) -> None:
    """It knows what attackers do to workflows."""
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    (tmp_path / "action.yml").write_text(ACTION)
    (folder / "ci.yml").write_text(WORKFLOW)
    wrong = "on: issues\njobs: {a: {runs-on: x, steps: [{run: 'echo ${{ github.event.issue.title }}'}]}}\n"
    for text, code in ((WORKFLOW, 0), (wrong, None)):
        (folder / "ci.yml").write_text(text)
        done = subprocess.run(
            [program("zizmor"), "--offline", "--no-progress", "--color", "never", str(tmp_path)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode == 0) == (code == 0), done.stdout + done.stderr


def test_shellcheck_has_nothing_to_say() -> None:
    scripts = [str(script) for script in SCRIPTS if script.suffix == ".sh"]
    assert scripts
    done = subprocess.run(
        [program("shellcheck"), *scripts], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
