"""Who names whom, in every way the language has."""

import pytest

import salesflow as sf
from salesflow.changes.matching.links import Names, mentions
from salesflow.changes.sheet import sheet_of

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
