"""A process beside its variants: every difference stands in the table, once, and nothing else."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import salesflow as sf
from salesflow.changes.comparing import changed
from salesflow.changes.variants import Variants, beside, for_department, variants
from salesflow.nouns import FrozenMap
from salesflow.process.family import Family, families_at
from tests.reporting.simulated_results import part, result

COUNTRIES = Path(__file__).parents[2] / "examples" / "countries"
WORDS = {"name", "description", "was", "goal"}

BASE = """salesflow: 1
process: base
currency: EUR
calendars: {office: {timezone: Europe/Paris, hours: {mon-fri: "09:00-17:00"}}}
departments: {sales: {calendar: office, roles: {rep: {people: 2}}}, legal: {roles: {counsel: {people: 1}}}}
data: {amount: {type: money}}
sources: {inbound: {start: call, arrivals: {rate: 3 per week, calendar: office}}}
steps:
  call: {by: rep, next: {fits: sign, unfit: lost}}
  sign: {by: counsel, timeout: {after: 9d, result: late}, next: {signed: won, late: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
OF = "of: base.salesflow.yaml\n"
SMALL = """salesflow: 1
process: base
name: Everywhere
value: amount
currency: EUR
departments: {sales: {people: 2}, legal: {people: 1}}
data: {amount: {type: money}}
sources: {inbound: {start: call, gives: {amount: 1000}}}
steps:
  call: {by: sales, next: {fits: {to: won, share: 30%}, unfit: {to: lost, share: rest}}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
locked: [outcomes.won]
"""


def write(folder: Path, **files: str) -> Path:
    (folder / "base.salesflow.yaml").write_text(BASE, encoding="utf-8")
    for name, text in files.items():
        whole = f"salesflow: 1\nvariant: {name}\n{text}"
        (folder / f"{name}.salesflow.yaml").write_text(whole, encoding="utf-8")
    return folder


def cells(found: Variants) -> dict[str, tuple[str, dict[str, str]]]:
    return {
        row.label: (row.base, {name: cell.text for name, cell in row.cells.items()})
        for row in found.rows
    }


def test_what_is_otherwise_stands_beside_what_the_base_has(tmp_path: Path) -> None:
    write(
        tmp_path,
        uk=f"{OF}change: {{currency: GBP, calendars.office.timezone: Europe/London}}\n",
        japan=(
            f"{OF}locked: [steps.sign]\nchange:\n  currency: JPY\n"
            "  calendars.office.holidays: [2026-01-01, 2026-01-02]\n"
            "  sources.inbound.arrivals.rate: 1 per week\n"
            "  departments.partner: {name: Partner, external: true}\n"
            "  steps.sign.timeout: {after: 30d, result: late}\n"
        ),
        osaka="of: japan.salesflow.yaml\nchange: {steps.call.by: counsel}\nremove: [steps.sign.timeout, steps.sign.next.late]\n",
    )
    (found,) = variants(str(tmp_path))
    assert [(each.id, each.of) for each in found.variants] == [
        ("japan", "base"),
        ("osaka", "japan"),
        ("uk", "base"),
    ]
    assert cells(found) == {
        "currency": ("EUR", {"japan": "JPY", "osaka": "JPY", "uk": "GBP"}),
        "office: holidays": ("0 days", {"japan": "2 days (+2 -0)", "osaka": "2 days (+2 -0)"}),
        "office: time zone": ("Europe/Paris", {"uk": "Europe/London"}),
        "partner": ("–", {"japan": "Partner", "osaka": "Partner"}),
        "inbound: arrivals": ("3 per week", {"japan": "1 per week", "osaka": "1 per week"}),
        "call: by": ("rep", {"osaka": "counsel"}),
        "sign (late)": ("to lost", {"osaka": "–"}),
        "sign: timeout": (
            "after 9d, result late",
            {"japan": "after 30d, result late", "osaka": "–"},
        ),
        "steps.sign": ("–", {"japan": "yes", "osaka": "yes"}),
    }
    assert found.shared == ()


def test_each_difference_stands_in_the_part_of_the_table_where_it_is_looked_for(
    tmp_path: Path,
) -> None:
    times = {
        "effort": "2h",
        "wait": "3d",
        "sla": "{within: 2d}",
        "escalate": "{after: 1d, by: rep}",
        "timeout": "{after: 8d, result: unfit}",
    }
    write(
        tmp_path,
        uk=f"{OF}change:\n"
        + "".join(f"  steps.call.{name}: {value}\n" for name, value in times.items())
        + "  calendars.london: {timezone: Europe/London, hours: {mon-fri: '08:00-16:00'}}\n"
        "  departments.legal.roles.counsel.people: 4\n"
        "  sources.partners: {start: call}\n"
        "  stages: {lead: {}}\n"
        "  steps.call.by: counsel\n"
        "  data.region: {type: text}\n"
        "  outcomes.later: {kind: disqualified}\n"
        "  steps.call.next.later: later\n"
        "  objectives: {wins: {measure: win_rate, at_least: 20%}}\n"
        "locked: [steps.sign]\n",
    )
    (found,) = variants(str(tmp_path))
    parts: dict[str, set[str]] = {}
    for row in found.rows:
        parts.setdefault(row.group, set()).add(row.label)
    assert parts.pop("Times") == {f"call: {name}" for name in times}
    assert parts == {
        "Calendars": {"london"},
        "People": {"legal.counsel: people"},
        "Where deals come from": {"partners"},
        "Stages": {"lead"},
        "Steps and their results": {"call: by", "call (later)"},
        "Outcomes": {"later"},
        "Objectives": {"wins"},
        "Data of a deal": {"region"},
        "Locked": {"steps.sign"},
    }
    added = {label: cell["uk"] for label, (base, cell) in cells(found).items() if base == "–"}
    assert added["london"] == "timezone Europe/London"
    assert added["partners"] == "yes"
    assert added["wins"] == "measure win_rate"
    assert added["region"] == "type text"
    assert added["later"] == "disqualified"
    assert added["call: sla"] == "within 2d"


def test_what_all_variants_have_alike_may_belong_into_the_base(tmp_path: Path) -> None:
    same = f"{OF}change: {{steps.sign.timeout.after: 20d, currency: CHF}}\n"
    write(tmp_path, a=same, b=same.replace("CHF", "GBP"))
    (found,) = variants(str(tmp_path))
    assert [row.label for row in found.shared] == ["sign: timeout"]
    (tmp_path / "b.salesflow.yaml").unlink()
    (found,) = variants(str(tmp_path))
    assert found.shared == (), "one variant alone is not all of them"


def small(folder: Path) -> Variants:
    """Two variants that do the same to the people, one of which wins more and is worth more."""
    people = "departments.sales.people: 3"
    more = "steps.call.next.fits.share: 60%, sources.inbound.gives.amount: 2000, currency: GBP"
    write(folder, eu=f"{OF}change: {{{people}}}\n", uk=f"{OF}change: {{{people}, {more}}}\n")
    (folder / "base.salesflow.yaml").write_text(SMALL, encoding="utf-8")
    (found,) = variants(str(folder))
    return found


def test_each_member_has_the_odds_and_the_worth_that_its_shares_say(tmp_path: Path) -> None:
    found = small(tmp_path)
    told = {
        each.id: (each.win_rate, each.value, each.value_per_won, each.currency, each.steps, each.of)
        for each in (found.base, *found.variants)
    }
    assert told["base"] == (
        pytest.approx(0.3),
        pytest.approx(300),
        pytest.approx(1000),
        "EUR",
        1,
        "",
    )
    assert told["eu"] == (
        pytest.approx(0.3),
        pytest.approx(300),
        pytest.approx(1000),
        "EUR",
        1,
        "base",
    )
    assert told["uk"] == (
        pytest.approx(0.6),
        pytest.approx(1200),
        pytest.approx(2000),
        "GBP",
        1,
        "base",
    )
    assert found.departments == ("legal", "sales")


def test_the_document_of_a_family_has_its_members_rows_and_figures(tmp_path: Path) -> None:
    data = json.loads(json.dumps(small(tmp_path).to_dict()))
    assert set(data) == {"base", "variants", "rows", "same_in_all"}
    assert data["base"] == {
        "id": "base",
        "name": "Everywhere",
        "of": "",
        "currency": "EUR",
        "steps": 1,
        "win_rate": pytest.approx(0.3),
        "value": pytest.approx(300),
        "value_per_won": pytest.approx(1000),
        "locked": ["outcomes.won"],
        "file": str(tmp_path / "base.salesflow.yaml"),
    }
    assert [member["id"] for member in data["variants"]] == ["eu", "uk"]
    (shared,) = data["same_in_all"]
    assert shared in data["rows"]
    assert shared["variants"]["uk"]["edits"] == [
        {
            "kind": "changed",
            "level": "safe",
            "audience": ["sales"],
            "old": 2,
            "new": 3,
            "message": "`sales` now has 3 people instead of 2.",
        }
    ]
    assert {key: shared[key] for key in ("group", "label", "path", "field", "base")} == {
        "group": "People",
        "label": "sales: people",
        "path": "departments.sales",
        "field": "people",
        "base": "2",
    }
    assert shared["variants"]["eu"]["text"] == shared["variants"]["uk"]["text"] == "3"


def test_results_of_simulations_stand_with_those_members_that_have_some(tmp_path: Path) -> None:
    made = result(processes=FrozenMap({"uk": part()}))
    found = small(tmp_path).replace(results=FrozenMap({"uk": made}))
    figures = found.to_dict()["simulated"]
    assert list(figures) == ["uk"]
    assert list(figures["uk"]) == list(part().kpis)
    for name, estimate in part().kpis.items():
        told = figures["uk"][name]
        assert told == (None if estimate is None else estimate._asdict())


def test_a_file_stands_for_the_whole_project(tmp_path: Path) -> None:
    write(tmp_path, uk=OF, japan=OF)
    other = tmp_path / "other.salesflow.yaml"
    other.write_text(BASE.replace("process: base", "process: other"), encoding="utf-8")
    (tmp_path / "far.salesflow.yaml").write_text(
        "salesflow: 1\nvariant: far\nof: other.salesflow.yaml\n", encoding="utf-8"
    )
    ids = {
        name: [v.id for v in variants(str(tmp_path / f"{name}.salesflow.yaml"))[0].variants]
        for name in ("base", "uk", "other", "far")
    }
    assert ids == {"base": ["japan", "uk"], "uk": ["japan", "uk"], "other": ["far"], "far": ["far"]}
    assert [each.base.id for each in variants(str(tmp_path))] == ["other", "base"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("lone", "There is no variant of `lone.salesflow.yaml` in the project"),
        ("acme", "holds `organization: acme`"),
        (".", "There is no variant in "),
    ],
)
def test_where_there_are_none_it_is_said(name: str, said: str, tmp_path: Path) -> None:
    text = BASE.replace("process: base", "process: lone")
    (tmp_path / "lone.salesflow.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "acme.salesflow.yaml").write_text(
        "salesflow: 1\norganization: acme\n", encoding="utf-8"
    )
    path = tmp_path if name == "." else tmp_path / f"{name}.salesflow.yaml"
    with pytest.raises(sf.UsageError, match=said):
        variants(str(path))


def test_two_variants_of_one_id_are_refused(tmp_path: Path) -> None:
    write(tmp_path, uk=OF)
    text = (tmp_path / "uk.salesflow.yaml").read_text(encoding="utf-8")
    (tmp_path / "ireland.salesflow.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(sf.UsageError, match="are both called `uk`"):
        variants(str(tmp_path))


def test_all_that_does_not_load_is_told_together(tmp_path: Path) -> None:
    write(tmp_path, uk=f"{OF}change: {{steps.cal.by: rep}}\n", japan=f"{OF}change: 3\n", fine=OF)
    write(tmp_path, brazil=f"{OF}chnge: {{}}\n")
    with pytest.raises(sf.LoadError) as caught:
        variants(str(tmp_path))
    assert {Path(f.file).name for f in caught.value.findings} == {
        "japan.salesflow.yaml",
        "brazil.salesflow.yaml",
    }


def test_one_department_sees_what_concerns_it() -> None:
    (found,) = for_department(variants(str(COUNTRIES)), "success")
    assert {row.label for row in found.rows} >= {"success.onboarding_lead: people"}
    assert all(
        any("success" in edit.audience for cell in row.cells.values() for edit in cell.edits)
        for row in found.rows
    )
    with pytest.raises(sf.UsageError, match="Did you mean `success`"):
        for_department([found], "sucess")


CHANGES = [
    "currency: JPY",
    'calendars.office.hours: {mon-sat: "09:00-13:00"}',
    "calendars.office.holidays: [2026-05-01]",
    "departments.sales.roles.rep.people: 5",
    "departments.sales.roles.scout: {people: 1}",
    "sources.inbound.arrivals.rate: 9 per week",
    "steps.call.requires: [amount]",
    "steps.call.name: Ring",
    "steps.sign.timeout.after: 3d",
    "steps.sign.next.signed.set: {amount: 12}",
    "steps.call.next.later: call",
    "touchpoints.hand: {from: sales, to: legal, accept_within: 2d}",
    "objectives.speed: {measure: time, at_most: 9d}",
]


@settings(max_examples=40, deadline=None)
@given(
    chosen=st.lists(
        st.lists(st.sampled_from(CHANGES), unique=True, max_size=6), min_size=1, max_size=3
    )
)
def test_each_difference_stands_in_one_cell(
    chosen: list[list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("family")
    texts = {
        f"country_{number}": OF + ("change:\n" + "".join(f"  {c}\n" for c in each) if each else "")
        for number, each in enumerate(chosen)
    }
    write(folder, **texts)
    (family,) = families_at(str(folder))
    found = beside(family)
    for variant in family.variants:
        told = [
            e for row in found.rows if variant.id in row.cells for e in row.cells[variant.id].edits
        ]
        edits = [
            edit
            for edit in changed(family.base, variant).edits
            if edit.field not in WORDS and (edit.what, edit.kind) != ("process", "renamed")
        ]
        assert sorted(told, key=repr) == sorted(edits, key=repr)
        for row in found.rows:
            assert variant.id not in row.cells or row.cells[variant.id].text != row.base
    assert beside(Family(family.base, ())).rows == ()


def test_one_more_person_of_a_shared_organization_is_no_change_of_the_sub_process() -> None:
    base = sf.load("examples/enterprise/enterprise.salesflow.yaml")
    diff = sf.diff(base, sf.load("examples/enterprise/second_lawyer.salesflow.yaml"))
    inside = [edit for edit in diff.edits if edit.path.startswith("runs.")]
    assert [(edit.field, edit.level) for edit in inside] == [("organization", "cosmetic")]
    assert diff.level == "check"
    assert diff.apply(base).roles["counsel"].people == 3


def test_variants_of_one_process_share_what_they_are_of(tmp_path: Path) -> None:
    write(tmp_path, uk=f"{OF}owner: sales\n", japan=f"{OF}owner: legal\n")
    (family,) = families_at(str(tmp_path))
    one, other = (variant.base for variant in family.variants)
    assert one is not None
    assert other is not None
    assert one.process is other.process


def test_a_variant_is_no_rename_of_what_it_is_of_but_its_parts_may_be_renamed(
    tmp_path: Path,
) -> None:
    write(
        tmp_path,
        uk=f"{OF}remove: [data.amount]\nchange: {{data.worth: {{was: amount, type: money}}}}\n",
    )
    (family,) = families_at(str(tmp_path))
    told = {
        edit.what: edit.message
        for edit in changed(family.base, family.variants[0]).edits
        if edit.kind == "renamed"
    }
    assert told == {
        "process": "`base` and `uk` are compared: one is a variant of the other.",
        "field": "The field `amount` is now `worth`; `was:` says that the two are one.",
    }
