"""Comparisons for the tests of the reports: one of every kind of news, and one that is hostile.

They are written by hand: what the comparison finds is proved elsewhere, here is how it is told.
"""

from pathlib import Path

from salesflow import api
from salesflow.changes.behaviour.nouns import Behaviour
from salesflow.changes.difference import Diff
from salesflow.changes.edit import Edit
from salesflow.changes.impact import Goal, Impact, Work
from salesflow.changes.matching.nouns import Match, Matching
from salesflow.changes.running.nouns import Group, RunningDeals
from salesflow.changes.sheet import sheet_of
from salesflow.findings import Finding, Related
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process
from salesflow.simulation.result import Comparison, Estimate, ObjectiveResult
from salesflow.spans import NOWHERE, Span

EVIL = (
    "::error::x\n##[y] | `a` <script>alert(1)</script> </style> --> \x1b[31m \u202e & \" ' ](1) "
    "_z_ @all #1 https://e.example ```"
)
BASE = (Path(__file__).parent / "old.yaml").read_text(encoding="utf-8")
OLD = "old/new_business.salesflow.yaml"
NEW = "new/new_business.salesflow.yaml"
CHANGES = (
    ("version: 1.0.0", "version: 1.1.0"),
    ("{to: offer, share: 40%}", "{to: offer, share: 35%}"),
    ("    requires: [quote]\n    returns", "    requires: [quote, amount]\n    returns"),
    ("check: {by: security, effort: 4h", "inspect: {by: security, effort: 5h"),
    ("small: {to: papers, when", "small: {to: demo, when"),
    (
        "  sign: {by: buying_team",
        "  demo: {by: rep, next: {good: papers, bad: lost}}\n  sign: {by: counsel",
    ),
    ("      silent: {to: lost, set: {reason: timing}}\n", "      silent: {to: gone}\n"),
    ("  lost: {kind: lost", "  gone: {kind: disqualified}\n  lost: {kind: lost"),
    ("      later: {to: call, share: 10%, at_most: 2}\n", ""),
)
CHECK = "steps.papers.parallel.audit.steps.check"
INSPECT = "steps.papers.parallel.audit.steps.inspect"


def versions() -> tuple[Process, Process]:
    text = BASE
    for before, after in CHANGES:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return api.loads(BASE, file=OLD), api.loads(text, file=NEW)


def matching(old: Process, new: Process) -> Matching:
    before, after = sheet_of(old), sheet_of(new)
    pairs = {path: Match(path, path) for path in after if path in before}
    for tail in ("", ".next.passed") if INSPECT in after else ():
        pairs[INSPECT + tail] = Match(CHECK + tail, INSPECT + tail, 0.92)
    return Matching(matches=FrozenMap(pairs))


def at(file: str, line: int, column: int = 3) -> Span:
    return Span(file, line, column, line, column + 5)


def edits() -> tuple[Edit, ...]:
    return (
        Edit(
            kind="changed",
            what="process",
            path="process",
            old_path="process",
            field="version",
            old="1.0.0",
            new="1.1.0",
            level="cosmetic",
            rule="process-version",
            message="The version is `1.1.0` instead of `1.0.0`.",
            old_span=at(OLD, 3),
            new_span=at(NEW, 3),
        ),
        Edit(
            kind="removed",
            what="result",
            path="steps.call.next.later",
            old_path="steps.call.next.later",
            old={"to": "call", "share": "10%"},
            level="breaking",
            audience=("sales", "running deals", "reporting"),
            rule="result-removed",
            message="`call` can no longer end with `later`.",
            old_span=at(OLD, 52, 7),
        ),
        Edit(
            kind="changed",
            what="result",
            path="steps.call.next.interested",
            old_path="steps.call.next.interested",
            field="share",
            old="40%",
            new="35%",
            level="check",
            audience=("sales",),
            rule="result-share",
            message="35% of `call` now end with `interested` instead of 40%.",
            old_span=at(OLD, 51, 7),
            new_span=at(NEW, 51, 7),
        ),
        Edit(
            kind="added",
            what="step",
            path="steps.demo",
            new={"by": "rep"},
            level="safe",
            audience=("sales", "customers"),
            rule="step-added",
            message="`demo` is new: `rep` does it.",
            new_span=at(NEW, 83),
        ),
        Edit(
            kind="renamed",
            what="step",
            path=INSPECT,
            old_path=CHECK,
            old="check",
            new="inspect",
            confidence=0.926,
            level="breaking",
            audience=("reporting",),
            rule="step-renamed-silently",
            message="`papers.audit.check` is now `papers.audit.inspect`, and does not say so.",
            old_span=at(OLD, 79),
            new_span=at(NEW, 79),
        ),
        Edit(
            kind="changed",
            what="step",
            path=INSPECT,
            old_path=CHECK,
            field="effort",
            old="4h",
            new="5h",
            confidence=0.926,
            level="check",
            audience=("security",),
            rule="step-effort-more",
            message="`papers.audit.inspect` now takes 5h of effort instead of 4h.",
            old_span=at(OLD, 79),
            new_span=at(NEW, 79),
        ),
        Edit(
            kind="changed",
            what="touchpoint",
            path="touchpoints.to_legal",
            old_path="touchpoints.to_legal",
            field="requires",
            new="amount",
            level="breaking",
            audience=("legal", "sales"),
            rule="touchpoint-requires-more",
            message="legal now gets `amount` from sales at every handoff (`to_legal`).",
            old_span=at(OLD, 90),
            new_span=at(NEW, 91),
        ),
        Edit(
            kind="moved",
            what="step",
            path="steps.sign",
            old_path="steps.sign",
            field="by",
            old="buying_team",
            new="counsel",
            level="check",
            audience=("buyer", "legal"),
            rule="step-changes-hands",
            message="`sign` is done by `counsel` of legal instead of `buying_team` of buyer.",
            waived="agreed with legal on 3 March",
            old_span=at(OLD, 83),
            new_span=at(NEW, 84),
        ),
    )


DEPARTMENTS = {
    "buyer": (
        "1 change: they hand over `sign` to legal.",
        "`sign` is done by `counsel` of legal instead of `buying_team` of buyer. "
        "(Agreed: agreed with legal on 3 March)",
    ),
    "legal": (
        "1 change, breaking: you get `amount` from sales.",
        "You now get `amount` from sales at every handoff (`to_legal`).",
    ),
    "sales": (
        "4 changes, 2 breaking: you owe `amount` to legal, end `call` otherwise and do `demo`.",
        "You now have to give legal `amount` at every handoff (`to_legal`).",
        "`call` can no longer end with `later`.",
        "35% of `call` now end with `interested` instead of 40%.",
        "`demo` is new: `rep` does it.",
    ),
    "security": (
        "1 change, to check: you work 5h instead of 4h on `papers.audit.inspect`.",
        "`papers.audit.inspect` now takes 5h of effort instead of 4h.",
    ),
}


def estimate(mean: float, half: float = 0.0) -> Estimate:
    return Estimate(mean, mean - half, mean + half)


def comparison(old: float, new: float, half: float, *, sure: bool) -> Comparison:
    return Comparison(
        estimate(old, half * 2), estimate(new, half * 2), estimate(new - old, half), sure
    )


def impact() -> Impact:
    rate = ObjectiveResult(
        name="win_rate",
        title="win rate",
        measure="win_rate",
        bound="at_least 30%",
        value=estimate(0.31, 0.005),
        unit="share",
        verdict="met",
    )
    return Impact(
        kpis=FrozenMap(
            {
                "win_rate": comparison(0.31, 0.28, 0.004, sure=True),
                "cycle_time_won": comparison(500, 520, 60, sure=False),
                "win_value": comparison(90000, 80000, 3000, sure=True),
                "throughput": comparison(9.5, 9.5, 0.0, sure=False),
                "rework": comparison(0.2, 0.0, 0.01, sure=True),
            }
        ),
        roles=FrozenMap(
            {
                "rep": Work(
                    "rep",
                    comparison(0.71, 0.76, 0.01, sure=True),
                    comparison(57, 61, 0.8, sure=True),
                )
            }
        ),
        departments=FrozenMap(
            {
                "sales": Work(
                    "Sales",
                    comparison(0.6, 0.64, 0.01, sure=True),
                    comparison(60, 64, 0.9, sure=True),
                ),
                "security": Work(
                    "security",
                    comparison(0.2, 0.2, 0.02, sure=False),
                    comparison(8, 9.1, 1.4, sure=False),
                ),
            }
        ),
        objectives=FrozenMap(
            {
                "win_rate": Goal(
                    "win rate", rate, rate.replace(value=estimate(0.28), verdict="missed")
                )
            }
        ),
        seed=1,
        replications=30,
        duration="26w",
        warmup="8w",
        currency="EUR",
        warnings=("`security` counts no people: it is never short of them.",),
    )


def finding(rule: str = "dead-end", message: str = "A deal in `demo` cannot go on.") -> Finding:
    return Finding(
        rule,
        "structure",
        "error",
        "steps.demo",
        at(NEW, 83),
        message,
        "Give it a result.",
        ("web", "call.interested", "demo"),
        (Related("steps.call", at(NEW, 40), "from here"),),
    )


def deals() -> RunningDeals:
    groups = (
        Group(
            ("call",),
            850,
            "stranded",
            "`call` ended with `later` and waits for a second call, which is gone.",
            "Move them to `offer`, or close them.",
            ("D-17", "D-18", "D-40"),
        ),
        Group(("papers.contract.draft", "papers.audit"), 30, "waiting", "The audit never comes."),
        Group(("hello",), 2, "unknown", "No version has `hello`.", "", ("D-1", "D-2")),
        Group(("offer",), 2118, "fine"),
    )
    return RunningDeals(file="deals.csv", groups=groups)


def rich() -> Diff:
    """One of every kind of news."""
    old, new = versions()
    behaviour = Behaviour(
        verdict="different",
        only_old=(("web", "call.later", "call.interested", "offer.small", "won"),),
        only_new=(("web", "call.interested", "offer.small", "demo.bad", "lost"),),
        statements=(
            "A small deal now goes through `demo` before `papers`.",
            "`call` is no longer repeatable.",
        ),
    )
    return Diff(
        old=old,
        new=new,
        matching=matching(old, new),
        edits=edits(),
        departments=FrozenMap(DEPARTMENTS),
        behaviour=behaviour,
        introduced=(finding(),),
        repaired=(finding("endless-loop", "`call` can repeat for ever."),),
        deals=deals(),
        impact=impact(),
        notes=("The waiver of `step-removed` at `steps.x` waives nothing.",),
    )


def nothing() -> Diff:
    old, _ = versions()
    return Diff(old=old, new=old, matching=matching(old, old))


def lone(*, added: bool) -> Diff:
    process, _ = versions()
    edit = Edit(
        kind="added" if added else "removed",
        what="process",
        path="process",
        old_path="" if added else "process",
        level="safe" if added else "breaking",
        rule="process-added" if added else "process-removed",
        message=f"The process `new_business` is {'new' if added else 'gone'}.",
        old_span=NOWHERE if added else at(OLD, 2),
        new_span=at(OLD, 2) if added else NOWHERE,
    )
    return Diff(old=None if added else process, new=process if added else None, edits=(edit,))


def evil() -> Diff:
    """Every text that a user's file can bring means harm."""
    diff = rich()
    assert diff.old is not None
    assert diff.new is not None
    span = at(EVIL, 3)
    behaviour = Behaviour(
        verdict="different", only_old=((EVIL, f"{EVIL}.{EVIL}"),), statements=(EVIL,)
    )
    bad = finding(EVIL, EVIL)._replace(span=span, help=EVIL, witness=(EVIL,), path=EVIL)
    people = diff.new.people
    legal = people.departments["legal"].replace(name=EVIL)
    named = FrozenMap({**people.departments, "legal": legal})
    return diff.replace(
        old=diff.old.replace(name=EVIL, version=EVIL),
        new=diff.new.replace(
            id=EVIL, name=EVIL, version=f"{EVIL}2", people=people.replace(departments=named)
        ),
        edits=tuple(
            edit.replace(
                message=f"{EVIL} {number}",
                rule=EVIL,
                waived=edit.waived and EVIL,
                old_span=span,
                new_span=span,
            )
            for number, edit in enumerate(diff.edits)
        ),
        departments=FrozenMap({"legal": (EVIL, EVIL), EVIL: (EVIL,)}),
        behaviour=behaviour,
        introduced=(bad,),
        repaired=(bad,),
        deals=RunningDeals(file=EVIL, groups=(Group((EVIL,), 2, "stranded", EVIL, EVIL, (EVIL,)),)),
        impact=impact().replace(
            currency=EVIL,
            warnings=(EVIL,),
            departments=FrozenMap({EVIL: impact().departments["sales"]._replace(title=EVIL)}),
        ),
        notes=(EVIL,),
    )
