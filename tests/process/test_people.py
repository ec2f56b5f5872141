"""Organizations: departments and roles, the calendars they keep, and names that clash."""

import pytest

from salesflow import api
from salesflow.process.model import Process
from tests.process.written import mistakes, process_of

ORGANIZATION = "salesflow: 1\norganization: acme\n"
TEXT = """\
salesflow: 1
process: p
currency: EUR
calendars:
  emea: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}
  late: {timezone: Europe/Berlin, hours: {mon-fri: "12:00-20:00"}}
departments:
  sales:
    name: Sales
    calendar: emea
    roles:
      ae: {people: 10, cost_per_hour: 85, available: 34%, keeps_deal: true, max_open_deals: 25}
      night: {people: 2, calendar: late, takes_first: largest, was: owls}
  legal: {people: 2, calendar: emea}
  buyer: {external: true, roles: {team: {}}}
data:
  company: {type: text, master: crm, sensitive: true}
  region: {type: choice, values: [DACH, AMER]}
sources: {web: {start: call}}
steps: {call: {by: ae, with: [night], next: won}}
outcomes: {won: {kind: won}}
"""


@pytest.fixture(scope="module")
def process() -> Process:
    return process_of(TEXT)


def test_roles_take_what_their_department_says(process: Process) -> None:
    ae, night = process.roles["ae"], process.roles["night"]
    assert (ae.department, ae.calendar, ae.external) == ("sales", "emea", False)
    assert (ae.people, ae.cost_per_hour, ae.available) == (10, 85, 0.34)
    assert (ae.keeps_deal, ae.max_open_deals, ae.takes_first) == (True, 25, "oldest")
    assert (night.calendar, night.takes_first, night.was) == ("late", "largest", "owls")
    assert (night.available, night.keeps_deal, night.people) == (1.0, False, 2)
    assert process.roles["team"].external
    assert process.departments["sales"].title == "Sales"
    assert process.roles["ae"].path == "departments.sales.roles.ae"


def test_a_department_without_roles_is_itself_a_role(process: Process) -> None:
    assert process.departments["legal"].roles == ("legal",)
    legal = process.roles["legal"]
    assert (legal.department, legal.people, legal.calendar) == ("legal", 2, "emea")
    assert legal.path == "departments.legal"


def test_fields_and_currency(process: Process) -> None:
    company = process.data["company"]
    assert (company.type, company.master, company.sensitive) == ("text", "crm", True)
    assert process.data["region"].values == ("DACH", "AMER")
    assert process.people.currency == "EUR"
    assert process.people.declared


def test_whoever_is_named_is_a_department_while_none_is_declared() -> None:
    process = api.loads(
        "salesflow: 1\nprocess: p\n"
        "sources: {web: {department: marketing, start: call}}\n"
        "steps:\n"
        "  call: {by: sales, with: [engineer], escalate: {after: 7d, by: boss}, next: papers}\n"
        "  papers: {parallel: {law: {steps: {draft: {by: legal, next: done}}}}, next: won}\n"
        "outcomes: {won: {kind: won}}\n"
        "touchpoints: {over: {from: sales, to: success}}\n"
    )
    named = {"sales", "engineer", "boss", "legal", "marketing", "success"}
    assert process.departments.keys() == process.roles.keys() == named
    assert not process.people.declared
    assert process.departments["legal"].span[1:3] == (6, 49)


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        (
            "departments: {sales: {calendar: emea}}\n"
            'calendars: {emae: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}}\n',
            ["3:33 unknown-name There is no calendar called `emea`. | Did you mean `emae`?"],
        ),
        (
            "departments: {sales: {roles: {ae: {calendar: emea}}}}\n",
            [
                "3:46 unknown-name There is no calendar called `emea`. | "
                "Declare it under `calendars:`."
            ],
        ),
        (
            "departments: {sales: {roles: {ae: {}, sales: {}}}}\n",
            [
                "3:39 schema `sales` is the name of two things: departments and roles share their "
                "names. | Rename one of them."
            ],
        ),
        (
            "departments: {sales: {roles: {ae: {}}}, legal: {roles: {ae: {}}}, "
            "security: {roles: {legal: {}}}}\n",
            [
                "3:57 schema `ae` is the name of two things: departments and roles share their "
                "names. | Rename one of them.",
                "3:86 schema `legal` is the name of two things: departments and roles share their "
                "names. | Rename one of them.",
            ],
        ),
        (
            'calendars: {emea: {timezone: Europe/Berln, hours: {mon-fri: "09:00-17:00"}}}\n'
            "departments: {sales: {calendar: emea}}\n",
            [
                "3:30 schema `Europe/Berln` is no time zone. | "
                "Did you mean `Europe/Berlin` or `Europe/Dublin` or `Europe/Belfast`?"
            ],
        ),
        (
            'calendars:\n  emea: {timezone: Europe/Berlin, hours: {mon-fri: "17:00-09:00"}}\n',
            [
                "4:52 schema `17:00-09:00` closes before it opens. | A window lies within one day. "
                'Over midnight: "17:00-24:00", and "00:00-09:00" on the next day.'
            ],
        ),
        (
            "calendars:\n  emea: {timezone: Europe/Berlin, "
            'hours: {mon-fri: "09:00-17:00", tue: "10:00-12:00"}}\n',
            [
                "4:72 schema The hours of tue are given twice. | `mon-fri` says it already. "
                "Write each day once."
            ],
        ),
        (
            "calendars:\n  emea: {timezone: Europe/Berlin}\ndepartments: {sales: {calendar: emea}}\n",
            ["4:3 schema"],
        ),
        (
            "data: {source: {type: text}}\n",
            [
                "3:8 schema `source` is a word of the language and cannot be an id. | "
                "Choose another, for example `my_source`."
            ],
        ),
    ],
)
def test_each_mistake_of_an_organization_is_one_finding(text: str, findings: list[str]) -> None:
    found = mistakes(ORGANIZATION + text)
    assert len(found) == len(findings)
    for one, expected in zip(found, findings, strict=True):
        assert one.startswith(expected)


def test_a_clash_shows_the_other_one() -> None:
    text = f"{ORGANIZATION}departments: {{a: {{}}, b: {{roles: {{a: {{}}}}}}}}\n"
    report = api.check_paths(["-"], stdin=text.encode())
    (finding,) = report.findings
    (other,) = finding.related
    assert (finding.path, other.path) == ("departments.b.roles.a", "departments.a")
    assert other.span[1:3] == (3, 15)
