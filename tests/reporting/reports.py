"""Reports for the tests of formats: real ones, and one whose every word is hostile."""

import os
from pathlib import Path

from salesflow import api
from salesflow.checking.report import CheckReport
from salesflow.findings import Edit, Finding, Fix, Related
from salesflow.spans import Span

ROOT = Path(__file__).parents[2]
EVIL = "::error::x\n##[y] | `a` <script> \x1b[31m \u202e & \" ' ](1) _z_ @all #1 https://e.example"


def broken(*, fixes: bool = True) -> CheckReport:
    """What is found in the broken example, under the names it has from the project's root."""
    here = os.getcwd()
    os.chdir(ROOT)
    try:
        return api.check_paths(["examples/enterprise-broken"], ways=True, fixes=fixes)
    finally:
        os.chdir(here)


def evil() -> CheckReport:
    """A report in which every text comes from somebody who means harm."""
    span = Span(EVIL, 3, 5, 4, 1)
    finding = Finding(
        rule="dead-end",
        family="structure",
        severity="error",
        path=EVIL,
        span=span,
        message=EVIL,
        help=EVIL,
        witness=(EVIL, f"{EVIL}.{EVIL}"),
        related=(Related(EVIL, span, EVIL),),
        fix=Fix((Edit(span, EVIL),), safe=False, verified=True),
    )
    more = finding._replace(severity="warning", rule="no-owner")
    note = finding._replace(severity="info", rule="superfluous-step", path="")
    findings = (finding, more, note, note)
    return CheckReport(files=(EVIL, "clean.yaml"), findings=findings, ways={finding: (span, None)})


def commands(text: str) -> list[str]:
    """Lines that a CI service would obey, and characters that a terminal would."""
    hidden = "\x1b\u202e"
    lines = [row for row in text.split("\n") if row.lstrip().startswith(("::", "##["))]
    return lines + [c for c in hidden if c in text]
