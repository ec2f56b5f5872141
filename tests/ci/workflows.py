"""What can be wrong with workflows and actions of GitHub, found in their text; small, and our own.

zizmor judges the same files in test_action_rules.py; this knows what only we know of them.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

PINNED = re.compile(r"uses: (\S+?)@(\S+)(?: # (v[\d.]+))?")
HASH = re.compile(r"[0-9a-f]{40}")


def steps_of(document: Any) -> Iterator[dict[str, Any]]:
    """The steps of an action, of all jobs of a workflow, or those that a page shows alone."""
    if isinstance(document, list):
        yield from document
        return
    yield from document.get("runs", {}).get("steps", ())
    for job in document.get("jobs", {}).values():
        yield from job.get("steps", ())


def injections(text: str) -> Iterator[str]:
    """Scripts with an expression in them: whoever can set its value writes the script."""
    for step in steps_of(yaml.safe_load(text)):
        if "${{" in step.get("run", ""):
            yield f"{step.get('name', step['run'])}: `${{{{ … }}}}` belongs into env"


def unpinned(text: str) -> Iterator[str]:
    """Actions of others that are not named by a commit, with its version beside it."""
    for name, at, version in PINNED.findall(text):
        if not HASH.fullmatch(at) or not version:
            yield f"{name}@{at}"


def shell_less(text: str) -> Iterator[str]:
    """Scripts of an action that do not say what runs them, which GitHub refuses."""
    for step in steps_of(yaml.safe_load(text)):
        if "run" in step and "shell" not in step:
            yield step["name"]


def unknown_inputs(text: str) -> Iterator[str]:
    """Inputs that an action reads and does not have, or has and does not read or explain."""
    inputs = yaml.safe_load(text)["inputs"]
    read = set(re.findall(r"\binputs\.([\w-]+)", text))
    yield from (f"{name} is not declared" for name in sorted(read - set(inputs)))
    yield from (f"{name} is not read" for name in sorted(set(inputs) - read))
    yield from (f"{name} is not explained" for name, a in inputs.items() if not a["description"])


def unknown_steps(text: str) -> Iterator[str]:
    """Steps whose outputs are read before, or without, being there."""
    seen: set[str] = set()
    document = yaml.safe_load(text)
    for step in steps_of(document):
        for name in re.findall(r"\bsteps\.([\w-]+)", str(step)):
            if name not in seen:
                yield f"{step['name']} reads {name}"
        seen.add(step.get("id", ""))
    for output in document.get("outputs", {}).values():
        yield from (n for n in re.findall(r"steps\.([\w-]+)", output["value"]) if n not in seen)
