"""Who names whom, in every way the language has."""

import pytest

import salesflow as sf
from salesflow.changes.matching.links import Names, mentions
from salesflow.changes.sheet import sheet_of
from tests.process.written import process_of

SHEET = sheet_of(
    sf.load(
        {
            "salesflow": 1,
            "process": "links",
            "value": "amount",
            "calendars": {"eu": {"timezone": "Europe/Berlin", "hours": {"mon": "09:00-10:00"}}},
            "departments": {
                "sales": {"calendar": "eu", "roles": {"ae": {}}},
                "law": {"people": 1},
            },
            "data": {"amount": {"type": "money"}},
            "stages": {"late": {}},
            "sources": {
                "web": {"department": "sales", "start": "call", "gives": {"amount": "filled"}}
            },
            "steps": {
                "call": {"by": "ae", "stage": "late", "next": {"go": {"to": ["papers", "ask"]}}},
                "ask": {"by": "law", "with": ["ae"], "requires": ["amount"], "next": "sign"},
                "papers": {
                    "parallel": {
                        "legal": {
                            "start": "draft",
                            "steps": {
                                "draft": {"captures": ["amount"], "next": "check"},
                                "check": {"next": {"fine": "done", "again": "draft"}},
                            },
                        }
                    },
                    "next": {"done": "sign"},
                },
                "sign": {"wait_for": ["papers", "ask"], "next": {"signed": "won"}},
            },
            "outcomes": {"won": {"kind": "won", "requires": ["amount"]}},
            "touchpoints": {"law": {"from": "sales", "to": "law", "at": "ask"}},
            "policies": {
                "order": {"precedence": ["papers.legal", "sign.signed"]},
                "once": {"at_most_once": "papers.legal.draft"},
            },
            "objectives": {
                "quick": {
                    "measure": "time",
                    "from": "call",
                    "to": "won",
                    "at_most": "9d",
                },
                "load": {"measure": "utilization", "of": "ae", "at_most": "80%"},
                "accept": {"measure": "attainment", "of": "law", "at_least": "80%"},
            },
        }
    )
)
LEGAL = "steps.papers.parallel.legal"


@pytest.mark.parametrize(
    ("path", "tellers"),
    [
        ("calendars.eu", {("department.calendar", "departments.sales")}),
        (
            "departments.sales.roles.ae",
            {
                ("step.by", "steps.call"),
                ("step.with", "steps.ask"),
                ("objective.of", "objectives.load"),
            },
        ),
        (
            "departments.sales",
            {("source.department", "sources.web"), ("touchpoint.from", "touchpoints.law")},
        ),
        ("stages.late", {("step.stage", "steps.call")}),
        ("steps.ask", {("result.to", "steps.call"), ("touchpoint.at", "touchpoints.law")}),
        (LEGAL, {("policy.precedence", "policies.order")}),
        (
            f"{LEGAL}.steps.draft",
            {
                ("branch.start", LEGAL),
                ("result.to", f"{LEGAL}.steps.check"),
                ("policy.at_most_once", "policies.once"),
            },
        ),
        ("steps.call", {("source.start", "sources.web"), ("objective.from", "objectives.quick")}),
        ("outcomes.won", {("result.to", "steps.sign"), ("objective.to", "objectives.quick")}),
        (
            "data.amount",
            {
                ("process.value", "process"),
                ("source.gives", "sources.web"),
                ("step.requires", "steps.ask"),
                ("step.captures", f"{LEGAL}.steps.draft"),
                ("outcome.requires", "outcomes.won"),
            },
        ),
    ],
)
def test_who_names_an_element(path: str, tellers: set[tuple[str, str]]) -> None:
    found = mentions(Names(SHEET), {path})
    assert set(found.of[path]) == tellers
    links = Names(SHEET).links
    for key, teller in tellers:
        what, _, name = key.partition(".")
        rows = [(place, row) for place, row in SHEET.items() if teller in (place, row.parent)]
        assert any((name, path) in links(place, row) for place, row in rows if row.what == what)


def test_a_result_is_named_by_a_policy() -> None:
    (link,) = [
        link.path
        for link in Names(SHEET).links("policies.order", SHEET["policies.order"])
        if link.path != LEGAL
    ]
    assert link == "steps.sign.next.signed"


def test_a_touchpoint_and_a_department_of_one_id() -> None:
    (link,) = Names(SHEET).links("objectives.accept", SHEET["objectives.accept"])
    assert link.path == "departments.law"


def test_an_unknown_name_links_nothing() -> None:
    assert Names(SHEET).find("", "node", "nowhere") is None
    assert Names(SHEET).find("", "node", "sign.nothing") is None
    assert Names(SHEET).find("", "any", "sign") == "steps.sign"


WHOLE = """\
salesflow: 1
process: deals
use: [credit.yaml]
calendars: {eu: {timezone: Europe/Berlin, hours: {mon: "09:00-10:00"}}}
departments: {sales: {roles: {rep: {calendar: eu}}}, legal: {people: 1}}
data: {amount: {type: money}, paper: {type: document}, reason: {type: choice, values: [late, dear]}}
sources: {web: {start: call}}
steps:
  call: {by: rep, next: {fine: {to: check, captures: [paper]}, no_fit: {to: lost, set: {reason: late}}}}
  check: {run: credit, next: {good: sign, bad: lost}}
  sign: {by: legal, next: {signed: won}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
touchpoints: {ask: {from: sales, to: legal, requires: [amount], returns: [paper]}}
policies:
  answer: {response: [call.fine, sign]}
  apart: {not_both: [call.no_fit, won]}
  nobody: {never: sign.signed}
  others: {different_person: [call, sign]}
objectives: {quick: {measure: time, from: call, to: sign, at_most: 9d}, calls: {measure: attainment, of: ask, at_least: 80%}}
locked: [steps.call]
"""
CREDIT = """\
salesflow: 1
process: credit
value: amount
data: {amount: {type: money}}
sources: {in: {start: rate}}
steps: {rate: {by: rep, captures: [amount], next: {fine: good, no_fit: bad}}}
outcomes: {good: {kind: done}, bad: {kind: failed}}
"""


TELLERS = {
    "calendars.eu": "role.calendar departments.sales.roles.rep",
    "departments.sales": "touchpoint.from touchpoints.ask",
    "departments.sales.roles.rep": "step.by runs.credit.steps.rate; step.by steps.call",
    "departments.legal": "step.by steps.sign; touchpoint.to touchpoints.ask",
    "data.amount": "touchpoint.requires touchpoints.ask",
    "data.paper": "result.captures steps.call; touchpoint.returns touchpoints.ask",
    "data.reason": "result.set steps.call",
    "steps.call": "objective.from objectives.quick; policy.different_person policies.others; "
    "source.start sources.web",
    "steps.call.next.fine": "policy.response policies.answer",
    "steps.call.next.no_fit": "policy.not_both policies.apart",
    "steps.check": "result.to steps.call",
    "steps.sign": "objective.to objectives.quick; policy.different_person policies.others; "
    "policy.response policies.answer; result.to steps.check",
    "steps.sign.next.signed": "policy.never policies.nobody",
    "outcomes.won": "policy.not_both policies.apart; result.to steps.sign",
    "outcomes.lost": "result.to steps.call; result.to steps.check",
    "touchpoints.ask": "objective.of objectives.calls",
    "runs.credit": "step.run steps.check",
    "runs.credit.data.amount": "run.value runs.credit; step.captures runs.credit.steps.rate",
    "runs.credit.steps.rate": "source.start runs.credit.sources.in",
    "runs.credit.outcomes.good": "result.to runs.credit.steps.rate",
    "runs.credit.outcomes.bad": "result.to runs.credit.steps.rate",
}


def test_who_names_what_in_a_process_and_in_what_it_runs() -> None:
    """Each asked for alone, and all at once."""
    sheet = sheet_of(process_of(WHOLE, credit=CREDIT))
    names = Names(sheet)
    alone = {path: mentions(names, {path}).of.get(path, []) for path in sheet}
    told = {path: "; ".join(sorted(" ".join(link) for link in alone[path])) for path in sheet}
    assert {path: row for path, row in told.items() if row} == TELLERS
    assert mentions(names, set(sheet)).of == {path: links for path, links in alone.items() if links}
