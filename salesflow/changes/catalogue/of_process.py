"""What happens to a process as a whole, and to one that another runs."""

from salesflow.changes.catalogue.concerned import concerns, everyone, nobody
from salesflow.changes.catalogue.example import BASE
from salesflow.changes.catalogue.identity import renamed
from salesflow.changes.catalogue.row import ChangeRule
from salesflow.changes.catalogue.told_steps import told_whole
from salesflow.changes.catalogue.wording import says
from salesflow.changes.edit import REPORTING, RUNNING

_HEAD = "process: new_business\n"
_SIGN = "  sign: {by: buying_team, wait: 3d, next: {signed: won}}\n"
_RUN = """\
  sign: {run: credit, next: {rated: won, refused: {to: lost, set: {reason: price}}}}
use: [credit.salesflow.yaml]
"""

ROWS: tuple[ChangeRule, ...] = (
    ChangeRule(
        name="process-added",
        what="process",
        level="safe",
        mirror="process-removed",
        message=says("{it} is a new process."),
        told=told_whole,
        why=(
            "No deal goes through it yet, and nobody counts it. See that everybody who has a "
            "part in it knows, and that they have the time."
        ),
        example=("", BASE),
        audience=concerns(everyone),
        kind="added",
    ),
    ChangeRule(
        name="process-removed",
        what="process",
        level="breaking",
        mirror="process-added",
        message=says("The process {it} is gone."),
        told=told_whole,
        why=(
            "Its deals under way have nowhere to go on, and reports that count them find "
            "nothing. Decide which process they go on in. If it only got another id, write "
            "`was:`."
        ),
        example=(BASE, ""),
        audience=concerns(everyone, RUNNING, REPORTING),
        kind="removed",
    ),
    *renamed(
        "process",
        nobody,
        announced_example=(_HEAD, "process: direct_sales\nwas: new_business\n"),
        example=(_HEAD, "process: direct_sales\n"),
    ),
    ChangeRule(
        name="run-added",
        what="run",
        level="check",
        mirror="run-removed",
        message=says("The process {it} is run by a step now; so far it was not."),
        why=(
            "Deals go through all of it on their way, and those who work there get them. See "
            "that they know, and that they have the time."
        ),
        example=(_SIGN, _RUN),
        audience=concerns(everyone),
        kind="added",
    ),
    ChangeRule(
        name="run-removed",
        what="run",
        level="breaking",
        mirror="run-added",
        message=says("The process {it} is no longer run; so far a step ran it."),
        why=(
            "Deals that are in the middle of it have no place in the new version, and those who "
            "work there get none any more. Decide where those deals go (`--deals FILE` lists "
            "them)."
        ),
        example=(_RUN, _SIGN),
        audience=concerns(everyone, RUNNING, REPORTING),
        kind="removed",
    ),
    *renamed(
        "run",
        nobody,
        noun="process",
        announced_example=(_HEAD, "process: direct_sales\nwas: new_business\n"),
        example=(_HEAD, "process: direct_sales\n"),
    ),
)
