"""Sound processes with one fault planted: told once, on the planted line, with help that mends it.

The pumps process is what a stranger writes: three files and a variant that check clean.
"""

from pathlib import Path

import pytest

from salesflow import api
from salesflow.checking.catalogue import FAMILIES
from salesflow.checking.run import run_checks
from salesflow.errors import LoadError
from salesflow.findings import Finding
from tests.checking.planted import apart, deals, flow, people, promises
from tests.checking.planted.fault import Change, Fault

HERE = Path(__file__).parent / "planted"
PUMPS = {file.name: file.read_text(encoding="utf-8") for file in sorted(HERE.glob("*.yaml"))}
MAIN = "pumps.salesflow.yaml"
VARIANT = "pumps_sweden.salesflow.yaml"

FAULTS = (
    *flow.FAULTS,
    *deals.FAULTS,
    *people.FAULTS,
    *promises.FAULTS,
    *apart.FAULTS,
)

Files = dict[str, str]


def changed(files: Files, changes: tuple[Change, ...]) -> tuple[Files, str]:
    """The files with each text replaced that stands once in all of them; the last file changed."""
    changed_files, name = {**files}, ""
    for old, new in changes:
        (name,) = [name for name, text in changed_files.items() if old in text]
        assert changed_files[name].count(old) == 1, old
        changed_files[name] = changed_files[name].replace(old, new)
    return changed_files, name


def findings(files: Files, name: str, folder: Path) -> tuple[Finding, ...]:
    """What a check with all rules finds."""
    for file, text in files.items():
        (folder / file).write_text(text, encoding="utf-8")
    try:
        return run_checks(api.load(folder / name), preset="all")
    except LoadError as problem:
        return problem.findings


def line_of(fault: Fault, text: str) -> int:
    """The number of the one line that begins as the fault says."""
    rows = text.splitlines()
    (line,) = [
        number for number, row in enumerate(rows, 1) if f"{row.lstrip()}\n".startswith(fault.at)
    ]
    return line


@pytest.mark.parametrize("name", [MAIN, VARIANT])
def test_the_sound_process_is_clean(name: str, tmp_path: Path) -> None:
    assert findings(PUMPS, name, tmp_path) == ()


@pytest.mark.parametrize("text", sorted({fault.text for fault in FAULTS if fault.text}))
def test_the_small_processes_are_clean(text: str, tmp_path: Path) -> None:
    assert findings({MAIN: text}, MAIN, tmp_path) == ()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.rule)
def test_a_planted_fault_is_told_where_it_is_and_mended_as_told(
    fault: Fault, tmp_path: Path
) -> None:
    files, last = changed({MAIN: fault.text} if fault.text else PUMPS, fault.plant)
    name = VARIANT if last == VARIANT else MAIN

    told = findings(files, name, tmp_path)

    assert [finding.rule for finding in told] == [fault.rule], "one fault, one finding"
    (finding,) = told
    at = Path(finding.file).name
    assert finding.line == line_of(fault, files[at])
    assert fault.told in finding.help
    mended, _ = changed(files, fault.repair)
    assert findings(mended, name, tmp_path) == ()


def test_every_rule_is_planted() -> None:
    rules = [name for family in FAMILIES if family != "syntax" for name in FAMILIES[family]]
    assert sorted(fault.rule for fault in FAULTS) == sorted(rules)


CARELESS = {
    "a file that is not there": (
        "use: [norvik.salesflow.yaml, v",
        "use: [norvic.salesflow.yaml, v",
        "unknown-name",
        7,
    ),
    "a colon left out": ("  quotation:\n", "  quotation\n", "syntax", 105),
    "a file that does not load": ("  clinical:\n", "  clinical\n", "syntax", 20),
    "a step that nothing leads to any more": (
        "signed: {to: [book_order, roll_out]}",
        "signed: roll_out",
        "unreachable-step",
        246,
    ),
}


@pytest.mark.parametrize("mistake", CARELESS)
def test_a_careless_mistake_is_told_first_and_alone(mistake: str, tmp_path: Path) -> None:
    old, new, rule, line = CARELESS[mistake]
    files, _ = changed(PUMPS, ((old, new),))
    told = findings(files, MAIN, tmp_path)
    errors = [(f.rule, f.line) for f in told if f.severity == "error"]
    assert (rule, line) in errors
    if told[0].family == "syntax":
        assert len(told) == 1, "what the unread file would have named is not asked for"


def test_a_line_taken_for_more_of_the_one_above_is_said_so(tmp_path: Path) -> None:
    files, _ = changed(PUMPS, (("  quotation:\n", "  quotation\n"),))
    (finding,) = findings(files, MAIN, tmp_path)
    assert finding.message == (
        "This line is read as more of the line above, and no second colon can stand there."
    )
    assert finding.help == (
        "Put the missing colon at the end of that line, or begin both in the same column."
    )
