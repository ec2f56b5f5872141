"""What the editor is told is what ``salesflow check`` of the folder says of the same texts."""

import os
from collections.abc import Iterator
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from salesflow.checking.config import read_settings
from salesflow.checking.facts import Facts
from salesflow.checking.paths import check_paths
from salesflow.checking.rule import Rule
from salesflow.findings import Finding
from salesflow.language_server.shelf import Shelf
from salesflow.language_server.verdicts import Verdicts
from tests.language_server.desks import EXAMPLES, laid, shelf_of

BASE = """\
salesflow: 1
process: smb
use: [people.salesflow.yaml]
sources: {web: {start: call}}
steps:
  call: {by: rep, requires: [amount], next: {fits: demo, no_fit: {to: lost, when: amount < 5}}}
  demo:
    by: rep
    captures: [amount]
    next: {buys: won, passes: lost, later: {to: call, at_most: 2}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
FILES = {
    "a.salesflow.yaml": BASE,
    "people.salesflow.yaml": "salesflow: 1\norganization: acme\n"
    "departments: {sales: {roles: {rep: {people: 2}}}}\ndata: {amount: {type: money}}\n",
    "north.salesflow.yaml": "salesflow: 1\nvariant: north\nof: a.salesflow.yaml\n"
    "change:\n  steps.demo.next.never: lost\nremove: [steps.call.next.no_fit]\n",
    "tests.salesflow.yaml": "salesflow: 1\ntests: smb_tests\nof: a.salesflow.yaml\n"
    "cases: {one: {takes: {call: fits}, ends: won}}\n",
}
TYPED = (
    "",
    " ",
    "\n",
    "  ",
    "{",
    "}",
    "[",
    "]",
    ":",
    ": ",
    ", ",
    "#",
    "'",
    "x",
    "0",
    "won",
    "demo",
    "🙂",
    "\t",
    "by: ",
)


def told(shelf: Shelf, verdicts: Verdicts) -> list[Finding]:
    shown = shelf.shown()
    assert verdicts.check(shown, shown.roots, lambda: False)
    shelf.keep(verdicts.fresh.items())
    return sorted(
        (f for found in verdicts.findings(shown).values() for f in found), key=lambda f: f.place
    )


def checked(folder: Path, texts: dict[str, str]) -> list[Finding]:
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode())
    return [*check_paths([str(folder)], settings=read_settings(str(folder))).findings]


@pytest.mark.parametrize("example", ["enterprise-broken", "smb", "hello"])
def test_examples_are_judged_as_the_command_line_does(example: str) -> None:
    folder = EXAMPLES / example
    found = check_paths([str(folder)], settings=read_settings(str(folder))).findings
    assert told(shelf_of(folder), Verdicts()) == [*found]


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted(FILES)),
            st.integers(0, 500),
            st.integers(0, 5),
            st.sampled_from(TYPED),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_after_any_edits_findings_are_those_of_a_check_of_the_same_texts(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, int, int, str]]
) -> None:
    folder = laid(tmp_path_factory.mktemp("typed"), FILES)
    saved = laid(tmp_path_factory.mktemp("saved"), FILES)
    shelf, verdicts, texts = shelf_of(folder), Verdicts(), dict(FILES)
    told(shelf, verdicts)
    for name, at, gone, new in edits:
        text = texts[name]
        start = at % (len(text) + 1)
        texts[name] = f"{text[:start]}{new}{text[start + gone :]}"
        shelf.put(str(folder / name), texts[name])
        here = [str(one).replace(str(folder), "") for one in told(shelf, verdicts)]
        there = [str(one).replace(str(saved), "") for one in checked(saved, texts)]
        assert here == there


def test_only_what_an_edit_reaches_is_checked_again(tmp_path: Path) -> None:
    folder = laid(tmp_path, {**FILES, "other.salesflow.yaml": BASE.replace("smb", "other")})
    shelf, verdicts = shelf_of(folder), Verdicts()
    told(shelf, verdicts)
    before = dict(verdicts.looks)
    shelf.put(str(folder / "a.salesflow.yaml"), BASE.replace("lost}", "lost }"))
    told(shelf, verdicts)
    same = {Path(real).name for real, look in verdicts.looks.items() if look is before[real]}
    assert same == {"other.salesflow.yaml", "people.salesflow.yaml"}
    shelf.take(str(folder / "a.salesflow.yaml"))
    told(shelf, verdicts)
    assert {
        Path(real).name for real, look in verdicts.looks.items() if look is before[real]
    } == same


def test_what_comes_and_goes_on_the_disk_is_noticed(tmp_path: Path) -> None:
    folder = laid(tmp_path, FILES)
    shelf, verdicts = shelf_of(folder), Verdicts()
    first = told(shelf, verdicts)
    before = dict(verdicts.looks)
    (folder / "people.salesflow.yaml").rename(folder / "away.txt")
    shelf.forget()
    verdicts.forget()
    assert {one.rule for one in told(shelf, verdicts)} == {"unknown-name"}
    (folder / "away.txt").rename(folder / "people.salesflow.yaml")
    shelf.forget()
    assert told(shelf, verdicts) == first
    (folder / "salesflow.toml").write_text('preset = "all"\n')
    verdicts.forget()
    assert told(shelf, verdicts) == checked(folder, FILES)
    assert all(look is not before[real] for real, look in verdicts.looks.items())


def test_a_check_is_given_up_between_files_and_taken_up_again(tmp_path: Path) -> None:
    folder = laid(tmp_path, FILES)
    shelf, verdicts = shelf_of(folder), Verdicts()
    shown = shelf.shown()
    asked = iter([False, True, True])
    assert not verdicts.check(shown, shown.roots, lambda: next(asked))
    assert len(verdicts.looks) == 1
    assert told(shelf, verdicts) == [*check_paths([str(folder)]).findings]


def test_where_a_base_is_no_yaml_its_variants_say_nothing_of_their_own(tmp_path: Path) -> None:
    folder = laid(tmp_path, {**FILES, "a.salesflow.yaml": BASE.replace("steps:", "steps")})
    found = told(shelf_of(folder), Verdicts())
    assert {Path(finding.file).name for finding in found} == {"a.salesflow.yaml"}


def test_a_baseline_counts(tmp_path: Path) -> None:
    from salesflow.checking.baseline import baseline_of

    folder = laid(
        tmp_path, {**FILES, "a.salesflow.yaml": BASE.replace("captures: [amount]", "wait: 1d")}
    )
    found = told(shelf_of(folder), Verdicts())
    assert found
    (folder / "known.json").write_text(baseline_of(found, file=str(folder / "known.json")).text())
    (folder / "salesflow.toml").write_text('baseline = "known.json"\n')
    assert told(shelf_of(folder), Verdicts()) == []


def test_a_fault_of_a_rule_hurts_no_other_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    folder = laid(tmp_path, {**FILES, "other.salesflow.yaml": BASE.replace("demo", "demoo", 1)})
    from salesflow.language_server import verdicts as module

    whole = module.checked

    def failing(process: object, *rest: object, **more: object) -> object:
        if getattr(process, "id", "") == "north":
            raise ZeroDivisionError
        return whole(process, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "checked", failing)
    assert {Path(one.file).name for one in told(shelf_of(folder), Verdicts())} >= {
        "other.salesflow.yaml"
    }
    assert "could not be checked" in caplog.text


def failing(facts: Facts) -> Iterator[Finding]:
    if "telephone" in facts.process.nodes:
        raise KeyError("demo")
    for step in facts.process.nodes.values():
        yield ACME.at(step, f"`{step.node}` is a step.")


ACME = Rule(name="acme-1st-rule", family="acme", severity="warning", find=failing, module=__name__)


def test_a_rule_of_a_plugin_that_fails_takes_nothing_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = EntryPoints([EntryPoint("acme", f"{__name__}:ACME", "salesflow.rules")])
    monkeypatch.setattr(
        "importlib.metadata.entry_points", lambda group: entries.select(group=group)
    )
    folder = laid(tmp_path, {**FILES, "a.salesflow.yaml": BASE})
    (folder / "salesflow.toml").write_text('plugins = true\nseverity = {acme = "error"}\n')
    shelf, verdicts = shelf_of(folder), Verdicts()
    before = told(shelf, verdicts)
    ours = [found.rule for found in before if found.family != "acme"]
    assert {found.rule for found in before} > {"acme-1st-rule"}
    assert verdicts.mistakes == {}
    path = str(folder / "a.salesflow.yaml")
    shelf.put(path, BASE.replace("call", "telephone"))
    assert {*ours} <= {found.rule for found in told(shelf, verdicts)}
    (said,) = verdicts.mistakes.values()
    assert "The rule `acme-1st-rule` of a plugin failed" in said.message
    assert list(verdicts.mistakes) == [os.path.realpath(folder / "salesflow.toml")]
    shelf.put(path, BASE)
    assert told(shelf, verdicts) == before
    assert verdicts.mistakes == {}
