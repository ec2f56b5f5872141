"""A small runner of composite actions: enough of what GitHub does to run ours step by step, for real.

Scripts run in bash as GitHub calls it, with the files that they write outputs, paths and the summary to.
Actions of others (``uses``) are noted and not run. Expressions are those that action.yml needs: names,
texts in quotes, ``==``, ``!=``, ``&&``, ``||``, ``!``, ``always()``, ``cancelled()``, ``success()`` and
``failure()``; any other is an error, so that nothing is taken for true that was not understood.
"""

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

TOKEN = re.compile(r"\s*(?:(==|!=|&&|\|\||[!()])|'((?:[^']|'')*)'|([A-Za-z_][\w.-]*))")


class Expression:
    """An expression of GitHub, read from left to right; ``||`` binds least, then ``&&``."""

    def __init__(self, text: str, names: Mapping[str, str], status: Mapping[str, bool]) -> None:
        self.tokens: list[tuple[str, str, str]] = []
        at = 0
        while at < len(text.rstrip()):
            match = TOKEN.match(text, at)
            assert match, f"not understood: {text[at:]!r}"
            self.tokens.append((match[1] or "", match[2] or "", match[3] or ""))
            at = match.end()
            self.literal = match[2] is not None
        self.text, self.names, self.status, self.at = text, names, status, 0

    def value(self) -> Any:
        found = self.any()
        assert self.at == len(self.tokens), f"not understood: {self.text}"
        return found

    def sign(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def take(self, sign: str) -> bool:
        found = self.sign() == sign
        self.at += found
        return found

    def any(self) -> Any:
        found = self.all()
        while self.take("||"):
            other = self.all()
            found = found or other
        return found

    def all(self) -> Any:
        found = self.equal()
        while self.take("&&"):
            other = self.equal()
            found = found and other
        return found

    def equal(self) -> Any:
        found = self.one()
        if self.take("=="):
            return found == self.one()
        if self.take("!="):
            return found != self.one()
        return found

    def one(self) -> Any:
        if self.take("!"):
            return not self.one()
        if self.take("("):
            found = self.any()
            assert self.take(")"), self.text
            return found
        sign, literal, name = self.tokens[self.at]
        assert not sign, f"not understood: {self.text}"
        self.at += 1
        if not name:
            return literal
        if self.take("("):
            assert self.take(")"), self.text
            return self.status[name]
        known = ("inputs.", "steps.", "github.")
        assert name.startswith(known), f"what is {name}?"
        assert not name.startswith("inputs.") or name in self.names, f"no such input: {name}"
        return self.names.get(name, "")


class Done(NamedTuple):
    """A step: ``outcome`` is success, failure or skipped; ``given`` what another's action got."""

    name: str
    outcome: str
    log: str = ""
    given: Mapping[str, str] = {}


class Runner:
    """A job in ``workspace`` on which an action runs."""

    def __init__(self, action: Path, workspace: Path, temporary: Path, **github: str) -> None:
        self.action, self.workspace, self.temporary = action, workspace, temporary
        self.document = yaml.safe_load((action / "action.yml").read_text(encoding="utf-8"))
        self.github = github
        self.summary = temporary / "summary.md"
        self.environment = {
            **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
            **{name: value for name, value in os.environ.items() if name.startswith("GIT_")},
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(action),
            "GITHUB_WORKSPACE": str(workspace),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "RUNNER_TEMP": str(temporary),
        }

    def run(self, inputs: Mapping[str, str] = {}, **environment: str) -> dict[str, Done]:
        """Run the action; its steps by name."""
        known = self.document["inputs"]
        assert set(inputs) <= set(known)
        self.names = {f"github.{name}": value for name, value in self.github.items()}
        for name, about in known.items():
            value = inputs.get(name, self.filled(about.get("default", "")))
            self.names[f"inputs.{name}"] = value
        self.environment |= environment
        self.done: dict[str, Done] = {}
        for step in self.document["runs"]["steps"]:
            self.done[step["name"]] = done = self.step(step)
            if "id" in step:
                self.names[f"steps.{step['id']}.outcome"] = done.outcome
        return self.done

    @property
    def failed(self) -> bool:
        return any(done.outcome == "failure" for done in self.done.values())

    def outputs(self) -> dict[str, str]:
        """The outputs of the action."""
        return {k: self.filled(v["value"]) for k, v in self.document["outputs"].items()}

    def step(self, step: Mapping[str, Any]) -> Done:
        condition = str(step.get("if", "success()")).strip()
        condition = condition.removeprefix("${{").removesuffix("}}")
        if not re.search(r"\b(always|cancelled|success|failure)\(\)", condition):
            condition = f"success() && ({condition})"
        if not self.evaluated(condition):
            return Done(step["name"], "skipped")
        if "uses" in step:
            given = {name: self.filled(str(value)) for name, value in step["with"].items()}
            return Done(step["name"], "success", given=given)
        return self.script(step)

    def script(self, step: Mapping[str, Any]) -> Done:
        assert step["shell"] == "bash"
        assert "${{" not in step["run"]
        target, path = self.temporary / "output", self.temporary / "path"
        target.write_text("")
        path.write_text("")
        given = {name: self.filled(value) for name, value in step.get("env", {}).items()}
        files = {"GITHUB_OUTPUT": str(target), "GITHUB_PATH": str(path)}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.workspace,
            env=self.environment | files | given,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        for line in target.read_text().splitlines():
            name, _, value = line.partition("=")
            self.names[f"steps.{step['id']}.outputs.{name}"] = value
        for line in path.read_text().splitlines():
            self.environment["PATH"] = f"{line}{os.pathsep}{self.environment['PATH']}"
        outcome = "failure" if done.returncode else "success"
        return Done(step["name"], outcome, done.stdout)

    def filled(self, text: str) -> str:
        return re.sub(r"\$\{\{(.*?)\}\}", lambda found: str(self.evaluated(found[1])), str(text))

    def evaluated(self, text: str) -> Any:
        failed = (
            any(done.outcome == "failure" for done in self.done.values())
            if hasattr(self, "done")
            else False
        )
        status = {"always": True, "cancelled": False, "success": not failed, "failure": failed}
        return Expression(text.strip(), self.names, status).value()
