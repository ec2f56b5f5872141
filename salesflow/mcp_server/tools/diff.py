"""The tool ``diff``: what changed between two versions, for whom, and to what effect."""

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from salesflow.changes.asked import asked_at, compared, latest, pairs_asked
from salesflow.changes.difference import Diff
from salesflow.changes.versions import Versions, since, versions
from salesflow.errors import UsageError
from salesflow.mcp_server.answer import Answer
from salesflow.mcp_server.ground import Ground, placed, repository_inside
from salesflow.mcp_server.shapes import CHANGED
from salesflow.mcp_server.sources import hold_files, process
from salesflow.mcp_server.tool import Parameter, Tell, Tool
from salesflow.mcp_server.tools.simulate import FOR, REPLICATIONS, SEED, WARMUP, hold_deals, planned
from salesflow.process.model import Process
from salesflow.simulation.plan import Plan
from salesflow.source.history import repository_of
from salesflow.source.limits import Limits


def _run(asked: Mapping[str, Any], ground: Ground, tell: Tell) -> Answer:
    from salesflow.reporting.changed.document import document
    from salesflow.reporting.changed.text import text
    from salesflow.reporting.changed.verdict import same_told

    deals = None if asked["deals"] is None else placed(ground, asked["deals"])
    paths = [placed(ground, path) for path in (asked["old"], asked["new"]) if _is_there(path)]
    meant = asked_at(latest(paths), deals=deals, plan=_plan(asked))
    limits = meant.settings.limits
    found = pairs_asked(lambda every: _pairs(asked, ground, every, limits), meant)
    changed = [pair for pair in found if not pair.same]
    diffs: Sequence[Diff] = [compared(pair, meant, progress=tell) for pair in changed]
    if asked["department"] is not None:
        from salesflow.reporting.changed.one_department import for_department

        diffs = for_department(diffs, asked["department"])
    same = same_told(len(found) - len(changed))
    return Answer(text(diffs) + (f"\n{same}\n" if same else ""), document(diffs))


def _is_there(path: str | None) -> bool:
    return path is not None and os.path.lexists(path)


def _plan(asked: Mapping[str, Any]) -> Callable[[Sequence[Process]], Plan] | None:
    """How two versions are to be simulated, if they are."""
    if not asked["simulate"]:
        return None

    def plan(processes: Sequence[Process]) -> Plan:
        made = planned(asked)
        hold_deals(processes, made, 1)
        return made

    return plan


def _pairs(
    asked: Mapping[str, Any], ground: Ground, every: bool, limits: Limits
) -> tuple[Versions, ...]:
    """The versions that are meant: of two texts or files, or of files now and in git."""
    texts = asked["old_text"] is not None or asked["new_text"] is not None
    if asked["base"] is not None:
        if texts or asked["old"] is not None:
            raise UsageError("`base` compares with git: leave out `old`, `old_text`, `new_text`.")
        path = placed(ground, asked["new"] or ".")
        _hold_repository(path, ground)
        return since(asked["base"], (path,), every=every, limits=limits)
    if texts:
        old, new = (_process(asked, side, ground, limits) for side in ("old", "new"))
        return (Versions(new.file, old, new),)
    if asked["old"] is None or asked["new"] is None:
        raise UsageError(
            "Name two versions: `old` and `new` (or `old_text`, `new_text`), or `base` to compare "
            "with a git revision."
        )
    old_path, new_path = _version(asked["old"], ground), _version(asked["new"], ground)
    return versions(old_path, new_path, every=every, limits=limits)


def _version(path: str, ground: Ground) -> str:
    """A file or folder, or ``REV:path``."""
    if ":" in path and not os.path.lexists(path):
        _hold_repository(".", ground)
        return path
    return hold_files((path,), ground)[0]


def _hold_repository(path: str, ground: Ground) -> None:
    top = repository_of(path).top
    if not repository_inside(ground, top):
        raise UsageError(
            f"The git repository `{os.path.basename(top)}` is larger than what may be read, which "
            f"is {ground.words}. Whoever runs the server can name it with `--root DIR`."
        )


def _process(asked: Mapping[str, Any], side: str, ground: Ground, limits: Limits) -> Process:
    """One side of which the other is a text: a text itself, or a file."""
    path, text = asked[side], asked[f"{side}_text"]
    if not path and text is None:
        raise UsageError(f"The {side} version is missing: give `{side}` or `{side}_text`.")
    return process(path or asked["new"] or asked["old"], text, ground, limits=limits)


TOOL = Tool(
    name="diff",
    title="Compare two versions",
    meaning="What changed between two versions of a process, for which department, what deals can "
    "do now that they could not, and which running deals are stuck. Compares two files (or texts), "
    "or what is there now with a git revision (`base`).",
    parameters=(
        Parameter("old", "The old version: a file, a folder, or `REV:PATH` of git."),
        Parameter("new", "The new version; with `base`, the file or folder to compare."),
        Parameter("old_text", "YAML of the old version instead of a file."),
        Parameter("new_text", "YAML of the new version instead of a file (an unsaved edit)."),
        Parameter("base", "Compare with where this branch left a revision: `origin/main`."),
        Parameter("department", "Only what changes for one department."),
        Parameter("deals", "CSV file of running deals (deal, at): which would be stuck?"),
        Parameter("simulate", "Also what it does to the figures.", "boolean", default=False),
        FOR,
        WARMUP,
        REPLICATIONS,
        SEED,
    ),
    run=_run,
    shape=CHANGED,
)
