"""Rules of other packages: from the entry point to the report, and whatever can go wrong there."""

import ast
import importlib.metadata
import json
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import Distribution, EntryPoint, EntryPoints
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import salesflow.checking
from salesflow import api
from salesflow.checking import Edit, Facts, Finding, Fix, Related, Rule
from salesflow.checking.baseline import baseline_of
from salesflow.checking.config import Settings
from salesflow.checking.manual import listing, manual, markdown
from salesflow.checking.paths import check_paths
from salesflow.checking.plugins import ill_made, plugged_in
from salesflow.checking.run import checked, run_checks
from salesflow.checking.select import Selection, choose
from salesflow.cli.command import run
from salesflow.errors import UsageError
from salesflow.nouns import FrozenMap
from salesflow.reporting.sarif import sarif
from salesflow.testing import assert_clean

TEXT = """salesflow: 1
process: deal
sources: {inbound: {start: a}}
steps:
  a: {next: {good: b, bad: lost}}
  b: {next: won}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
MANUAL = """A step with a name that nobody can say aloud.

Why it costs deals
    People avoid what they cannot say.

Wrong:
    ```yaml
    b: {}  # error: [acme-names]
    ```
"""


def find_short(facts: Facts) -> Iterator[Finding]:
    for step in facts.process.nodes.values():
        if step.node == "b":
            yield ACME.at(step, "`b` is too short a name.", hint="Call it what it is.")


@pytest.fixture(autouse=True)
def _module(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("acme_rules", MANUAL)
    module.ACME = ACME  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "acme_rules", module)


ACME = Rule(
    name="acme-names", family="acme", severity="warning", find=find_short, module="acme_rules"
)


def plug(monkeypatch: pytest.MonkeyPatch, **rules: Any) -> None:
    """Let packages be installed that bring these rules; a text is an entry point as written."""
    written = {n: v if isinstance(v, str) else f"acme_rules:{n}" for n, v in rules.items()}
    for name, rule in rules.items():
        monkeypatch.setattr(f"acme_rules.{name}", rule, raising=False)
    entries = EntryPoints(EntryPoint(n, v, "salesflow.rules") for n, v in written.items())
    monkeypatch.setattr(
        "importlib.metadata.entry_points", lambda group: entries.select(group=group)
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "deal.salesflow.yaml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "salesflow.toml").write_text("plugins = true\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def configured(folder: Path, text: str) -> None:
    (folder / "salesflow.toml").write_text(f"plugins = true\n{text}\n", encoding="utf-8")


# ------------------------------------------------------------------------------- they are asked


def test_they_run_only_where_configuration_asks_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    plug(monkeypatch, acme=ACME)
    process = api.loads(TEXT)
    with_them = checked(process, choose(Selection(plugins=True)))
    assert [(f.rule, f.family, f.severity) for f in with_them] == [
        ("acme-names", "acme", "warning")
    ]
    assert run_checks(process) == ()
    with pytest.raises(UsageError, match="no rule or family `acme`"):
        run_checks(process, select=["acme"])


def test_python_asks_for_them_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    plug(monkeypatch, acme=ACME)
    process = api.loads(TEXT)
    assert api.check(process) == ()
    assert [found.rule for found in api.check(process, plugins=True)] == ["acme-names"]
    assert api.check(process, plugins=True, ignore=["acme"]) == ()
    with pytest.raises(AssertionError, match="acme-names"):
        assert_clean(process, plugins=True, fail_on="warning")
    assert_clean(process, fail_on="warning")
    with pytest.raises(UsageError, match="`nowhere`"):
        api.check(process, plugins=["nowhere"])
    with pytest.raises(UsageError, match="stands in its configuration"):
        assert_clean("deal.salesflow.yaml", plugins=True)


def test_no_plugin_is_no_trouble() -> None:
    assert plugged_in() == []


def test_one_that_only_explains_finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    plug(monkeypatch, acme=ACME.replace(find=None))
    chosen = choose(Selection(plugins=True, select=("acme-names",)))
    assert [rule.name for rule in chosen.rules] == ["acme-names"]
    assert checked(api.loads(TEXT), chosen) == ()


def test_the_command_line_explains_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plug(monkeypatch, acme=ACME)
    assert run(["rule"]) == 0
    assert "acme: Rules of plugins.\n  acme-names              warning  A step" in (
        capsys.readouterr().out
    )
    assert run(["rule", "acme-names"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("acme-names  (acme, warning, preset recommended)\n\nA step with a name")
    assert shown.endswith("To ignore it on a line: # salesflow: ignore[acme-names] the reason\n")
    assert run(["rule", "acme-nams"]) == 2
    assert "Did you mean `acme-names`?" in capsys.readouterr().err
    assert "Rules of plugins" not in listing()
    plug(monkeypatch, acme=ACME.replace(name="step-added"))  # a kind of change is called so too
    assert run(["rule", "step-added"]) == 0
    assert capsys.readouterr().out.startswith("step-added  (acme, warning")
    with pytest.raises(UsageError, match="no rule `acme-names`"):
        manual("acme-names")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", [("acme-names", "warning")]),
        ('ignore = ["acme"]', []),
        ('ignore = ["acme-names"]', []),
        ('select = ["structure"]', []),
        ('select = ["acme"]', [("acme-names", "warning")]),
        ('severity = {acme-names = "error"}', [("acme-names", "error")]),
        ('severity = {acme = "info"}', [("acme-names", "info")]),
        ('preset = "correctness"', []),
        ('preset = "all"', [("acme-names", "warning")]),
    ],
)
def test_configuration_weighs_them(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: str,
    found: list[tuple[str, str]],
) -> None:
    plug(monkeypatch, acme=ACME)
    configured(folder, words)
    code = run(["check", "deal.salesflow.yaml", "--format", "json"])
    shown = json.loads(capsys.readouterr().out)["findings"]
    assert [(f["rule"], f["severity"]) for f in shown if f["family"] == "acme"] == found
    assert code == int(("acme-names", "error") in found)


def test_a_preset_is_that_of_the_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    plug(monkeypatch, acme=ACME.replace(preset="all"))
    process = api.loads(TEXT)
    asked = [Selection(plugins=True, preset=preset) for preset in ("recommended", "all")]
    assert [len(checked(process, choose(one))) for one in asked] == [0, 1]


def test_a_comment_ignores_one_and_an_idle_comment_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plug(monkeypatch, acme=ACME)
    settings = Settings(selection=Selection(plugins=True))
    comment = "  # salesflow: ignore[acme-names] agreed with sales"
    rows = TEXT.splitlines()
    for number, expected in ((5, []), (4, ["unused-ignore", "acme-names"])):
        text = "\n".join(r + comment if n == number else r for n, r in enumerate(rows)) + "\n"
        (folder / "deal.salesflow.yaml").write_text(text, encoding="utf-8")
        report = check_paths(["deal.salesflow.yaml"], settings=settings)
        assert [f.rule for f in report.findings] == expected


def test_a_baseline_knows_them(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plug(monkeypatch, acme=ACME)
    settings = Settings(selection=Selection(plugins=True))
    found = check_paths(["."], settings=settings).findings
    (folder / "known.json").write_text(baseline_of(found, file="known.json").text())
    again = check_paths(["."], settings=settings.replace(baseline="known.json"))
    assert (again.findings, again.known) == ((), 1)


def test_sarif_has_their_manual_and_no_page_of_ours(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plug(monkeypatch, acme=ACME)
    report = check_paths(["."], settings=Settings(selection=Selection(plugins=True)), ways=True)
    (rule,) = json.loads(sarif(report))["runs"][0]["tool"]["driver"]["rules"]
    assert rule["id"] == "acme-names"
    assert rule["shortDescription"]["text"] == "A step with a name that nobody can say aloud."
    assert rule["help"]["markdown"] == markdown("acme-names", plugins=True)
    assert "helpUri" not in rule


def test_they_are_looked_for_once_in_a_check(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plug(monkeypatch, acme=ACME)
    find = importlib.metadata.entry_points
    looked: list[str] = []

    def counted(group: str) -> EntryPoints:
        looked.append(group)
        return find(group=group)

    monkeypatch.setattr("importlib.metadata.entry_points", counted)
    for more in ([], ["--preset", "all"], ["--ignore", "dead-end", "--format", "json"], ["--diff"]):
        looked.clear()
        run(["check", *more, "."])
        assert looked == ["salesflow.rules"]
    assert "acme-names" in capsys.readouterr().out


# ----------------------------------------------------------------------- what is refused at once


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "Acme Names"}, "name must be small letters and hyphens, not 'Acme Names'"),
        ({"family": 3}, "family must be small letters and hyphens, not 3"),
        ({"family": "syntax"}, "no rule can be added there"),
        ({"severity": "fatal"}, "severity must be error, warning, info, not 'fatal'"),
        ({"preset": "mine"}, "preset must be correctness, recommended, all, not 'mine'"),
        ({"find": "find"}, "`find` must be a function, not 'find'"),
        ({"module": "no.such.module"}, "module must be `__name__`, not 'no.such.module'"),
        ({"module": 5}, "module must be `__name__`, not 5"),
    ],
)
def test_a_rule_that_is_ill_made_is_refused(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], said: str
) -> None:
    plug(monkeypatch, acme=ACME.replace(**changes))
    with pytest.raises(UsageError) as caught:
        plugged_in()
    assert str(caught.value).startswith("The rule plugin `acme`: ")
    assert said in str(caught.value)


def test_a_rule_that_is_well_made_is_not() -> None:
    assert ill_made(ACME) == ""


def test_what_does_not_load_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    plug(monkeypatch, acme="no.such.module:x")
    with pytest.raises(UsageError, match="`acme` does not load: ModuleNotFoundError: No module"):
        plugged_in()
    plug(monkeypatch, acme=7)
    with pytest.raises(UsageError, match="gives no Rule, but 7: name the rule in the module"):
        plugged_in()


@pytest.mark.parametrize("name", ["dead-end", "structure", "possible-deadlock"])
def test_a_name_that_is_ours_is_refused(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    plug(monkeypatch, acme=ACME.replace(name=name))
    with pytest.raises(UsageError, match=f"`{name}` exists already"):
        plugged_in()


def test_two_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    plug(monkeypatch, acme=ACME, other=ACME.replace(severity="error"))
    said = "The rule plugin `acme` and the rule plugin `other` both have `acme-names`"
    with pytest.raises(UsageError, match=said):
        plugged_in()


# ------------------------------------------------------------------- packages that are asked for


class Package(Distribution):
    """An installed package, as far as rules are concerned."""

    def __init__(self, name: str) -> None:
        self.told = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2\n"

    def read_text(self, filename: str) -> str | None:
        return self.told if filename == "METADATA" else None

    def locate_file(self, path: Any) -> Any:
        return path


def packaged(monkeypatch: pytest.MonkeyPatch, **rules: Rule) -> None:
    """Let each rule come from a package that is called like its entry point."""
    plug(monkeypatch, **rules)
    monkeypatch.setattr(EntryPoint, "dist", property(lambda entry: Package(f"{entry.name}-Rules")))


def test_only_rules_of_the_packages_that_are_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = ACME.replace(name="other-names", severity="fatal")
    packaged(monkeypatch, acme=ACME, other=broken)
    assert [rule.name for rule in plugged_in(("acme_rules",))] == ["acme-names"]
    (folder / "salesflow.toml").write_text('plugins = ["acme-rules"]\n', encoding="utf-8")
    assert run(["check", ".", "--fail-on", "warning"]) == 1
    assert "warning[acme-names]: `b` is too short a name." in capsys.readouterr().out
    assert run(["check", ".", "--format", "sarif"]) == 0
    assert '"id": "acme-names"' in capsys.readouterr().out
    assert run(["rule", "acme-names"]) == 0
    said = r"The rule plugin `other` \(of other-Rules 1.2\): its severity must be"
    with pytest.raises(UsageError, match=said):
        plugged_in()


def test_a_package_that_is_asked_for_has_to_be_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    packaged(monkeypatch, acme=ACME)
    (folder / "salesflow.toml").write_text('plugins = ["acme-rulez"]\n', encoding="utf-8")
    assert run(["check", "."]) == 2
    said = (
        "`plugins` asks for the rules of `acme-rulez`, and no such package with rules is installed"
    )
    assert said in (told := capsys.readouterr().err)
    assert told.endswith("here. Installed are: `acme-rules`.\n")
    plug(monkeypatch)
    run(["check", "."])
    assert capsys.readouterr().err.endswith("here. Install it first.\n")


# ------------------------------------------------------------------------ what they do when asked


def raising(problem: BaseException) -> Callable[[Facts], Iterator[Finding]]:
    def find(facts: Facts) -> Iterator[Finding]:
        if facts.process.id:
            raise problem
        yield from ()

    return find


def yielding(*values: Any) -> Callable[[Facts], Iterator[Any]]:
    return lambda facts: iter(values)


def good(**changes: Any) -> Finding:
    process = api.loads(TEXT)
    return ACME.at(process.nodes["b"], "Too short.")._replace(**changes)


@pytest.mark.parametrize(
    ("find", "said"),
    [
        (raising(KeyError("x")), r"KeyError: 'x' \(tests.checking.test_plugins, line \d+\)"),
        (raising(SystemExit(0)), "SystemExit: 0"),
        (raising(RecursionError()), "RecursionError"),
        (lambda facts: None, "TypeError: 'NoneType'"),
        (lambda facts: 5, "TypeError: 'int'"),
        (yielding("a"), "it yields 'a', which is no Finding"),
        (yielding(good(rule="dead-end")), "it yields a finding of `dead-end` \\(acme\\)"),
        (yielding(good(severity="fatal")), "of severity 'fatal'"),
        (yielding(good(message="")), "without a message"),
        (yielding(good(message=7)), "have to be texts"),
        (yielding(good(help=None)), "have to be texts"),
        (yielding(good(witness=("a", 1))), "have to be texts"),
        (yielding(good(witness="a")), "wrong type"),
        (yielding(good(span=None)), "wrong type"),
        (yielding(good(related=("a",))), "wrong type"),
        (yielding(good(related=(Related("a", None, "b"),))), "wrong type"),  # type: ignore[arg-type]
        (yielding(good(fix="a")), "wrong type"),
        (yielding(good(fix=Fix(edits=("a",)))), "wrong type"),  # type: ignore[arg-type]
    ],
)
def test_one_that_fails_is_named_and_nothing_passes(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    find: Any,
    said: str,
) -> None:
    plug(monkeypatch, acme=ACME.replace(find=find))
    assert run(["check", "deal.salesflow.yaml"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Traceback" not in shown.err
    start = "salesflow: The rule `acme-names` of a plugin failed on `deal.salesflow.yaml`: "
    assert shown.err.startswith(start)
    assert 'Until it is mended, `ignore = ["acme-names"]` leaves it out.' in shown.err
    with pytest.raises(UsageError, match=said):
        check_paths(["."], settings=Settings(selection=Selection(plugins=True)))
    assert run(["check", "deal.salesflow.yaml", "--ignore", "acme-names"]) == 0


def test_a_finding_with_everything_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    span = api.loads(TEXT).nodes["b"].span
    whole = good(
        severity="error",
        witness=("inbound", "a.good", "b"),
        related=(Related("steps.a", span, "from here"),),
        fix=Fix((Edit(span, "better"),), safe=False),
    )
    plug(monkeypatch, acme=ACME.replace(find=yielding(whole)))
    assert checked(api.loads(TEXT), choose(Selection(plugins=True))) == (whole,)


def test_an_endless_one_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    def find(facts: Facts) -> Iterator[Finding]:
        number = 0
        while True:
            number += 1
            yield ACME.at(facts.process.nodes["b"], f"Too short, {number}.")

    plug(monkeypatch, acme=ACME.replace(find=find))
    found = checked(api.loads(TEXT), choose(Selection(plugins=True)))
    assert len(found) == 1001
    assert "There are more than 1,000 findings of `acme-names` here." in {f.message for f in found}


def test_what_they_print_is_kept_out_of_reports(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def find(facts: Facts) -> Iterator[Finding]:
        print("looking at", facts.process.id)  # noqa: T201 - as people do
        yield ACME.at(facts.process.nodes["b"], "Too short.")

    plug(monkeypatch, acme=ACME.replace(find=find))
    run(["check", ".", "--format", "json"])
    shown = capsys.readouterr()
    assert [f["rule"] for f in json.loads(shown.out)["findings"]] == ["acme-names"]
    assert shown.err == "looking at deal\n"


def test_the_rest_of_a_check_is_the_same_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    process = api.loads(TEXT.replace("b: {next: won}", "b: {}"))
    plug(monkeypatch, acme=ACME)
    with_them = checked(process, choose(Selection(plugins=True)))
    assert [f for f in with_them if f.family != "acme"] == [*run_checks(process)]


# ----------------------------------------------------------------------------- the public names


def test_the_stub_has_the_public_names() -> None:
    file = Path(salesflow.checking.__file__).with_suffix(".pyi")
    seen = {
        (node.module, part.asname)
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ImportFrom)
        for part in node.names
    }
    assert seen == {(home, name) for name, home in salesflow.checking._HOMES.items()}
    assert all(getattr(salesflow.checking, name) for name in dir(salesflow.checking))
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = salesflow.checking.Nothing  # type: ignore[attr-defined]


def test_weights_of_plugins_have_to_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    plug(monkeypatch, acme=ACME)
    weights: FrozenMap[str, Any] = FrozenMap({"acme-nams": "error"})
    with pytest.raises(UsageError, match="Did you mean `acme-names`"):
        choose(Selection(plugins=True, severity=weights))
