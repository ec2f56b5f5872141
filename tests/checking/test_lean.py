"""A check pays only for what it needs: which modules it loads."""

import subprocess
import sys

SLOW = ("networkx", "numpy", "pydantic", "difflib", "tomllib", "json", "importlib.metadata", "rich")

SCRIPT = """
import sys
from salesflow import api
from salesflow.checking.config import Settings, read_settings
from salesflow.checking.run import run_checks
process = api.loads(sys.argv[1])
assert run_checks(process, select=sys.argv[2].split(",")) == ()
print(" ".join(sorted(sys.modules)))
"""

TEXT = """salesflow: 1
process: smb
sources: {inbound: {start: call}}
steps:
  call: {by: sales, next: {interested: demo, not_a_fit: lost}}
  demo: {by: sales, next: {buys: won, passes: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


def loaded(select: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, TEXT, select], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_a_clean_check_loads_nothing_slow() -> None:
    assert not loaded("structure,behaviour,bridges,shares,data,hygiene") & set(SLOW)


def test_only_rules_that_are_asked_for_are_loaded() -> None:
    names = loaded("dead-end")
    rules = {name for name in names if name.startswith("salesflow.checking.rules.")}
    assert rules == {"salesflow.checking.rules.dead_end"}
