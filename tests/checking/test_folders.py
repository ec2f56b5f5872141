"""A folder with a base and its variants: each is judged by itself, and each fault is told once."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesflow import api
from salesflow.checking.paths import check_paths
from salesflow.checking.report import CheckReport, Shared
from salesflow.checking.run import run_checks
from salesflow.findings import Finding
from salesflow.reporting.elsewhere import elsewhere
from salesflow.reporting.full import full
from salesflow.reporting.plain import concise

BASE = """salesflow: 1
process: base
currency: EUR
departments: {sales: {roles: {rep: {cost_per_hour: 50}}}, legal: {roles: {counsel: {}}}}
data: {need: {type: text}, amount: {type: money}, contract: {type: document}}
sources: {inbound: {start: call, gives: {amount: {median: 100, p90: 900}}}}
steps:
  call: {by: rep, captures: [need], next: {fits: {to: offer, share: 50%}, unfit: {to: lost, share: rest}}}
  offer:
    by: rep
    requires: [need]
    next: {small: {to: sign, when: amount < 500}, large: {to: draft, otherwise: true}}
  draft: {by: counsel, captures: [contract], next: seal}
  seal: {by: counsel, requires: [contract], next: sign}
  sign: {by: rep, next: {signed: {to: won, share: 40%}, gone: {to: lost, share: rest}}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
locked: [steps.draft]
"""


def write(folder: Path, **files: str) -> None:
    (folder / "base.salesflow.yaml").write_text(BASE, encoding="utf-8")
    (folder / "salesflow.toml").write_text("", encoding="utf-8")
    for name, text in files.items():
        head = "" if text.startswith("salesflow") else f"salesflow: 1\nvariant: {name}\n"
        (folder / f"{name}.salesflow.yaml").write_text(head + text, encoding="utf-8")


def found(folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[CheckReport, list[str]]:
    """The report on a folder, and a line for each finding."""
    monkeypatch.chdir(folder)
    report = check_paths(["."])
    lines = [
        f"{f.file.partition('.')[0]}:{f.line} {f.rule} {elsewhere(report, f)}".rstrip()
        for f in report.findings
    ]
    return report, lines


OF = "of: base.salesflow.yaml\n"


def test_a_fault_of_the_base_is_told_once_and_says_who_has_it_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(
        tmp_path,
        uk=f"{OF}change: {{steps.call.name: Ring}}\n",
        japan=f"{OF}change: {{steps.call.name: Visit}}\n",
        brazil=f"{OF}change: {{steps.sign.next.gone.share: 60%}}\n",
    )
    broken = BASE.replace(
        "share: 40%}, gone: {to: lost, share: rest}", "share: 40%}, gone: {to: lost, share: 30%}"
    )
    (tmp_path / "base.salesflow.yaml").write_text(broken, encoding="utf-8")
    report, lines = found(tmp_path, monkeypatch)
    assert lines == ["base:15 shares-not-whole Also in `japan` and `uk`."]
    assert report.shared[report.findings[0]] == Shared(True, ("japan", "uk"))
    assert "= also in `japan` and `uk`." in full(report)
    assert concise(report).endswith(" Also in `japan` and `uk`.\n")
    assert report.to_dict()["findings"][0]["also_in"] == ["japan", "uk"]


@pytest.mark.parametrize(
    "kind", ["concise", "full", "github", "gitlab", "junit", "markdown", "sarif"]
)
def test_every_format_says_who_has_it_too(kind: str, tmp_path: Path) -> None:
    write(tmp_path, uk=f"{OF}change: {{steps.call.name: Ring}}\n")
    broken = BASE.replace("next: sign}", "next: lost}").replace("{to: sign", "{to: lost")
    (tmp_path / "base.salesflow.yaml").write_text(broken, encoding="utf-8")
    report = check_paths([str(tmp_path)])
    module = "plain" if kind in ("concise", "github") else kind
    told = getattr(import_module(f"salesflow.reporting.{module}"), kind)(report)
    assert re.search(r"[Aa]lso in .?.?(code>)?`?uk", told.replace("&#96;", "`"))


def test_nothing_is_said_of_a_base_that_nobody_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("uk", "wales", "japan")
    write(tmp_path, **dict.fromkeys(names, f"{OF}change: {{steps.call.name: Ring}}\n"))
    broken = BASE.replace("next: sign}", "next: lost}").replace("{to: sign", "{to: lost")
    (tmp_path / "base.salesflow.yaml").write_text(broken, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (alone,) = (check_paths(["uk.salesflow.yaml"]),)
    assert alone.findings
    assert [elsewhere(alone, finding) for finding in alone.findings] == [""]
    two = check_paths(["uk.salesflow.yaml", "wales.salesflow.yaml"])
    assert [elsewhere(two, finding) for finding in two.findings] == ["In `uk` and `wales`."]
    assert two.to_dict()["findings"][0]["found_in"] == ["uk", "wales"]
    whole = check_paths(["base.salesflow.yaml", "uk.salesflow.yaml"])
    assert [elsewhere(whole, finding) for finding in whole.findings] == ["Also in `uk`."]


def test_all_variants_are_not_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"country_{number}" for number in range(12)]
    write(tmp_path, **dict.fromkeys(names, f"{OF}change: {{steps.call.name: Ring}}\n"))
    broken = BASE.replace("next: sign}", "next: lost}").replace("{to: sign", "{to: lost")
    (tmp_path / "base.salesflow.yaml").write_text(broken, encoding="utf-8")
    _, lines = found(tmp_path, monkeypatch)
    assert lines[-1] == "base:15 unreachable-step Also in all 12 variants."


def test_a_warning_at_a_line_of_the_base_says_which_variant_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stages = BASE.replace("sources:", "stages: {offered: {win_chance: 40%}}\nsources:")
    stages = stages.replace("    by: rep\n", "    by: rep\n    stage: offered\n")
    write(tmp_path, uk=f"{OF}change: {{steps.sign.next.signed.share: 4%}}\n", japan=OF)
    (tmp_path / "base.salesflow.yaml").write_text(stages, encoding="utf-8")
    _, lines = found(tmp_path, monkeypatch)
    assert lines == ["base:6 win-chance-fiction Only in `uk`."]


def test_what_a_variant_of_a_variant_inherits_is_told_where_it_was_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(
        tmp_path,
        dach=f"{OF}change: {{steps.offer.name: Angebot}}\nremove: [steps.call.captures]\n",
        swiss="of: dach.salesflow.yaml\nchange: {steps.sign.name: Signature}\n",
        zurich="of: swiss.salesflow.yaml\nchange: {steps.sign.name: Signing}\n",
    )
    report, lines = found(tmp_path, monkeypatch)
    assert lines == ["dach:5 variant-breaks-base Also in `swiss` and `zurich`."]
    assert report.findings[0].message.startswith("This change breaks `base` (`never-captured`)")
    assert report.findings[0].path == "steps.call.captures"


def test_what_a_scenario_breaks_is_told_at_the_scenario(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = f"salesflow: 1\nscenario: hurry\n{OF}change:\n  steps.sign.name: Fast\n"
    write(tmp_path, hurry=f"{scenario}remove: [steps.call.captures]\n")
    _, lines = found(tmp_path, monkeypatch)
    assert lines == ["hurry:6 variant-breaks-base"]


def test_a_name_that_a_removal_leaves_behind_is_told_at_the_removal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, uk=f"{OF}change: {{steps.call.name: Ring}}\nremove: [steps.offer]\n")
    write(tmp_path, wales="of: uk.salesflow.yaml\nchange: {steps.call.name: Ffonio}\n")
    report, lines = found(tmp_path, monkeypatch)
    assert lines == ["uk:5 unknown-name"]
    assert report.findings[0].related[-1].message == "shows here, where the base is right"
    assert report.findings[0].related[-1].span.line == 8


def test_locks_hold_in_every_generation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(
        tmp_path,
        dach=f"{OF}locked: [steps.call]\nchange: {{steps.offer.name: Angebot}}\n",
        swiss="of: dach.salesflow.yaml\nchange:\n  steps.call.name: Anruf\n  steps.draft.name: Entwurf\n",
        uk=f"{OF}change: {{steps.call.name: Ring}}\n",
    )
    report, lines = found(tmp_path, monkeypatch)
    assert lines == ["swiss:5 locked-change", "swiss:6 locked-change"]
    assert "`steps.draft` is locked" not in report.findings[0].message
    assert [f.related[0].span.file for f in report.findings] == [
        "dach.salesflow.yaml",
        "base.salesflow.yaml",
    ]


def test_a_copy_that_kept_its_id_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, uk=f"{OF}change: {{steps.call.name: Ring}}\n")
    text = (tmp_path / "uk.salesflow.yaml").read_text(encoding="utf-8")
    write(tmp_path, ireland=text)
    report, lines = found(tmp_path, monkeypatch)
    assert lines == ["uk:2 schema"]
    assert "are both called `uk`, and both vary `base`" in report.findings[0].message
    monkeypatch.chdir(tmp_path.parent)
    twice = [
        str(tmp_path / "uk.salesflow.yaml"),
        f"{tmp_path}/../{tmp_path.name}/uk.salesflow.yaml",
    ]
    assert check_paths(twice).findings == ()


def test_a_variant_is_not_called_as_what_it_is_of(tmp_path: Path) -> None:
    write(tmp_path, twin=f"salesflow: 1\nvariant: base\n{OF}")
    report = check_paths([str(tmp_path / "twin.salesflow.yaml")])
    assert [(f.rule, f.line, f.column) for f in report.findings] == [("schema", 2, 10)]
    assert "is the id of what this variant is of" in report.findings[0].message


def test_amounts_left_in_the_currency_of_the_base(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(
        tmp_path,
        japan=f"{OF}change:\n  currency: JPY\n  departments.sales.roles.rep.cost_per_hour: 8000\n",
        uk=f"{OF}change: {{currency: EUR}}\n",
        brazil=(
            f"{OF}change: {{currency: BRL, departments.sales.roles.rep.cost_per_hour: 300, "
            "sources.inbound.gives.amount: {median: 600, p90: 5400}, "
            "steps.offer.next.small.when: amount < 3000}\n"
        ),
    )
    report, lines = found(tmp_path, monkeypatch)
    assert lines == ["japan:5 currency-left-behind"]
    assert report.findings[0].message == (
        "Amounts are in JPY here and in EUR in `base`, and 2 are still the same number: "
        "`inbound.gives.amount` and `offer.small.when`."
    )


# What only a variant has: the resolved text knows no base any more.
LOST = {"change-hits-nothing", "locked-change", "currency-left-behind"}

# ---- laws -------------------------------------------------------------------------------------

CHANGES = [
    "currency: CHF",
    "steps.call.name: Ring",
    "steps.call.captures: [contract]",
    "steps.call.next.fits.share: 60%",
    "steps.call.next.extra: nowhere_yet",
    "steps.offer.next.large: {to: won, when: amount > 900}",
    "steps.offer.requires: [need, contract]",
    "steps.draft.by: rep",
    "steps.nowhere_yet: {by: rep, next: won}",
    "steps.sign.next.gone: call",
    "steps.sing.name: Sign",
    "departments.legal.roles.counsel.people: 2",
]
REMOVALS = [
    "steps.call.captures",
    "steps.call.next.unfit",
    "steps.draft",
    "steps.sign.next.gone",
    "data.need",
]


def variants() -> st.SearchStrategy[str]:
    return st.builds(
        lambda changes, removals: (
            OF
            + ("change:\n" + "".join(f"  {change}\n" for change in changes) if changes else "")
            + (f"remove: [{', '.join(removals)}]\n" if removals else "")
        ),
        st.lists(st.sampled_from(CHANGES), max_size=4, unique=True),
        st.lists(st.sampled_from(REMOVALS), max_size=2, unique=True),
    )


def meant(finding: Finding) -> tuple[str, str]:
    """Rule and path, of what a variant breaks those of the error in the base."""
    if finding.rule != "variant-breaks-base":
        return finding.rule, finding.path
    cause = re.search(r"\(`([a-z-]+)`\)", finding.message)
    assert cause is not None
    return cause[1], finding.related[0].path


@settings(max_examples=25, deadline=None)
@given(texts=st.lists(variants(), min_size=1, max_size=3))
def test_each_variant_is_judged_as_if_it_were_alone(
    texts: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The folder, each file by itself, and each process dumped to one text agree."""
    folder = tmp_path_factory.mktemp("folder")
    names = [f"country_{number}" for number in range(len(texts))]
    write(folder, **dict(zip(names, texts, strict=True)))
    report = check_paths([str(folder)])
    told = {(f.rule, f.path, f.span) for f in report.findings}
    for name in names:
        file = folder / f"{name}.salesflow.yaml"
        alone = check_paths([str(file)])
        assert {(f.rule, f.path, f.span) for f in alone.findings} <= told
        if any(f.family == "syntax" for f in alone.findings):
            continue
        process = api.load(file)
        resolved = run_checks(api.loads(api.dumps(process)))
        of_variant = {f for f in run_checks(process) if f.rule not in LOST}
        assert {meant(f) for f in of_variant} == {(f.rule, f.path) for f in resolved}
    assert len(told) == len(report.findings)
