"""The promise of SECURITY.md, at its edge: 16 MB made to cost most, within 500 MB and in time.

Work is what is bounded, by the limits of nodes, elements and digits: the time allowed here is generous,
for busy machines. Memory is that of the whole process.
"""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

MEMORY = 500 * 1024 * 1024
SECONDS = 240
MOST = 16 * 1024 * 1024 - 2
HEAD = "salesflow: 1\nprocess: a\nsources: {i: {start: s}}\noutcomes: {won: {kind: won}}\n"
XML = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">'
ENDS = "</process></definitions>"


def filled(head: str, piece: str, end: str = "", *, most: int = MOST) -> str:
    """As many numbered pieces as fit."""
    size = len(piece.format(i=10**6))
    room = (most - len(head) - len(end)) // size
    return head + "".join(piece.format(i=i) for i in range(room)) + end


YAML = {
    "empty lists": filled(f"{HEAD}steps: {{s: {{next: won}}}}\nx-a: [", "[],", "]"),
    "small maps": filled(f"{HEAD}steps: {{s: {{next: won}}}}\nx-a: [", "{{a: 1}},", "]"),
    "steps": filled(f"{HEAD}steps:\n  s: {{next: won}}\n", "  s{i}: {{next: won}}\n"),
    "mistakes": filled(f"{HEAD}steps:\n", "  s{i}: {{nxt: won, by: 3}}\n"),
    "keys of one map": filled(HEAD, "x-{i}: 1\n"),
    "comments that are orders": filled(HEAD, "# salesflow: ignore[x{i}] y\n"),
    "lines": filled(HEAD, "\n"),
    "strange characters": filled(HEAD, "# \x01{i}\n"),
    "one word": f"{HEAD}description: {'x' * (MOST - 200)}\n",
    "one number": f"{HEAD}x-a: {'9' * (MOST - 200)}\n",
    "steps that are just allowed": filled(
        f"{HEAD}steps:\n  s: {{next: s0}}\n", "  s{i}: {{next: s{i}1}}\n", most=1_400_000
    ),
}
DIAGRAMS = {
    "empty elements": filled(XML, "<a/>", ENDS),
    "tasks": filled(XML, '<task id="t{i}" name="n"/>', ENDS),
    "attributes": filled(f"{XML}<task", ' a{i}="1"', f"/>{ENDS}"),
    "text": filled(XML, "x&amp;", ENDS),
}
TABLES = {
    "deals": filled("deal,at\n", "D{i},greet\n"),
    "columns": filled("deal,at", ",c{i}", "\nD1,greet\n"),
    "quotes": filled("deal,at\n", '"'),
    "one line": f"deal,at\nD1,{'x' * (MOST - 100)}\n",
}


def confined() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def call(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "salesflow", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=SECONDS,
        preexec_fn=confined,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        check=False,
    )
    output = done.stdout.decode()
    assert done.returncode in (0, 1, 2), output[-2000:]
    assert "Traceback" not in output
    assert len(output) < 1_000_000
    return output


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    (tmp_path / "salesflow.toml").touch()
    return tmp_path


@pytest.mark.parametrize("name", YAML)
def test_a_check(name: str, folder: Path) -> None:
    (folder / "a.yaml").write_text(YAML[name])
    assert "a.yaml" in call(folder, "check", "a.yaml") or name == "one word"


@pytest.mark.parametrize("name", DIAGRAMS)
def test_an_import(name: str, folder: Path) -> None:
    (folder / "a.bpmn").write_text(DIAGRAMS[name])
    assert "a.bpmn" in call(folder, "import", "a.bpmn")


@pytest.mark.parametrize("name", TABLES)
def test_deals(name: str, folder: Path) -> None:
    (folder / "deals.csv").write_text(TABLES[name])
    text = HEAD.replace("start: s", "start: greet") + "steps: {greet: {next: won}}\n"
    (folder / "old.yaml").write_text(text)
    (folder / "new.yaml").write_text(text.replace("{next: won}", "{next: {sold: won}}"))
    call(folder, "diff", "old.yaml", "new.yaml", "--deals", "deals.csv", "--fail-on", "never")
