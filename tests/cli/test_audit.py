"""What a check of a stranger's files does to the machine: Python's own audit hooks watch it.

It opens files of the project and of the installation, and nothing else; it connects to nothing, starts
nothing, and compiles no code but that of modules it imports.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

WATCHED = (
    "open",
    "socket.connect",
    "socket.getaddrinfo",
    "subprocess.Popen",
    "os.system",
    "exec",
    "pty.spawn",
)
WATCH = f"""
import json, os, sys
seen = []
def hook(event, arguments):
    if event in {WATCHED!r}:
        seen.append([event, repr(arguments[0]) if event == "exec" else str(arguments[0])])
sys.addaudithook(hook)
from salesflow.cli.command import run
code = run(sys.argv[2:])
target, kept = sys.argv[1], list(seen)
with open(target, "w") as stream:
    json.dump([code, kept], stream)
"""

HOSTILE = """\
salesflow: 1
process: hostile
name: !!python/object/apply:os.system ["touch owned"]
use: [../secret.yaml, /etc/passwd, link.yaml, "~/secret.yaml", http://example.org/a.yaml]
data: {x: {type: number}}
sources: {inbound: {start: call}}
steps:
  call:
    run: ../secret.yaml
    next: {a: {to: won, when: "__import__('os').system('touch owned')"}, b: {to: lost, otherwise: true}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
SOUND = HOSTILE.replace("use:", "x-use:").replace("run:", "x-run:").replace("name: !!", "x-n: ")
SOUND = SOUND.replace("__import__('os').system('touch owned')", "x > 1").replace("python/", "")


@pytest.fixture(name="project")
def _project(tmp_path: Path) -> Path:
    project = tmp_path / "project"
    project.mkdir()
    (project / "salesflow.toml").touch()
    (tmp_path / "secret.yaml").write_text("salesflow: 1\norganization: secret\n")
    (project / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    (project / "hostile.salesflow.yaml").write_text(HOSTILE)
    (project / "sound.salesflow.yaml").write_text(
        SOUND.replace('x-n: object/apply:os.system ["touch owned"]\n', "")
    )
    return project


def watched(project: Path, *arguments: str) -> tuple[int, list[tuple[str, str]]]:
    target = project.parent / "seen.json"
    done = subprocess.run(
        [sys.executable, "-c", WATCH, str(target), *arguments],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert "secret.yaml" not in done.stdout.replace("../secret.yaml", "").replace(
        "~/secret.yaml", ""
    )
    code, seen = json.loads(target.read_text())
    return code, [tuple(each) for each in seen]


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "."),
        ("check", "--format", "sarif", "."),
        ("show", "sound.salesflow.yaml"),
        ("draw", "sound.salesflow.yaml"),
        ("diff", "sound.salesflow.yaml", "hostile.salesflow.yaml"),
    ],
)
def test_a_strangers_files_reach_nothing(project: Path, arguments: tuple[str, ...]) -> None:
    _, seen = watched(project, *arguments)
    assert not (project / "owned").exists()
    others = {event for event, _ in seen} - {"open", "exec"}
    assert others == set()
    secret = os.path.realpath(project.parent / "secret.yaml")
    installed = tuple(os.path.realpath(each) for each in (sys.prefix, sys.base_prefix, "salesflow"))
    for event, what in seen:
        if event == "exec":  # modules and the like, each with a file of the installation
            assert "<code object" in what
            assert "hostile" not in what
            assert 'file "<string>"' not in what or "salesflow" not in what
            continue
        real = os.path.realpath(os.path.join(project, what))
        assert real != secret
        home = str(project)
        elsewhere = not real.startswith((*installed, home, os.path.realpath(".")))
        assert not elsewhere or real.startswith(
            ("/usr", "/lib", "/dev/null", "/etc/localtime", "/proc")
        )


def test_the_watch_sees_what_it_should(project: Path) -> None:
    code, seen = watched(project, "check", "sound.salesflow.yaml")
    assert code == 1  # nothing ever fills x
    assert ("open", "sound.salesflow.yaml") in seen
