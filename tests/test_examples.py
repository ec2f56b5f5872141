"""The examples are in order, and the broken one is broken exactly where it should be."""

import re
from collections import Counter
from pathlib import Path

import pytest

import salesflow as sf
from salesflow.analysis.explore import explore
from salesflow.analysis.forget import Forgetting
from salesflow.cli.command import run
from salesflow.process.net import Net

EXAMPLES = Path(__file__).parent.parent / "examples"
BROKEN = EXAMPLES / "enterprise-broken"
DRAFT = EXAMPLES / "enterprise-draft"
GOOD = sorted(
    file
    for file in EXAMPLES.rglob("*.salesflow.yaml")
    if file.parent not in {BROKEN, DRAFT}
    and re.search(r"^(process|variant|scenario):", file.read_text(), re.MULTILINE)
)

# Written by hand from reading the files: the rule, and the line where the mistake stands.
MISTAKES = {
    "credit_check": [
        ("shares-not-whole", "  bureau:"),
        ("unreachable-step", "  ask_the_bank:"),
    ],
    "new_business": [
        ("unused-definition", "  negotiation: {win_chance: 60%}"),
        ("shares-not-whole", "  qualify:"),
        ("never-captured", "  discovery:"),
        ("zero-share", "      call_back: {to: discovery, share: 0%}"),
        ("share-missing", "      wants_visit:  {to: lost, set: {loss_reason: no_decision}}"),
        ("dead-end", "  trial:"),
        ("no-owner", "  carrier_decides:"),
        ("unreachable-step", "  reference_visit:"),
        ("endless-loop", "  ask_for_discount:"),
        ("unhandled-result", "  papers:"),  # deadlock
        ("unhandled-result", "  papers:"),  # rejected
        ("undeclared-touchpoint", "          report: {by: security,"),
        ("unused-result", "      refused:  {to: lost,"),
        ("unused-ignore", "  # salesflow: ignore[no-owner]"),
        ("undeclared-touchpoint", "  handover: {by: success_manager,"),  # from finance
        ("undeclared-touchpoint", "  handover: {by: success_manager,"),  # from legal
        ("undeclared-touchpoint", "  handover: {by: success_manager,"),  # from security
        ("unused-touchpoint", "  case_study: "),
    ],
    "organization": [],
    "partner_deals": [
        ("schema", "version: 1.0"),
        ("ambiguous-scalar", "  country: "),
        ("unknown-name", "  partner: {start: discvery"),
        ("bad-unit", "  partner: {start: discvery"),
        ("unknown-name", "    by: acount_executive"),
        ("unknown-key", "    efort: 2h"),
        ("bad-unit", "    wait: 3 days"),
        ("unknown-name", "      small: {to: sign, when: amont < 100000}"),
        ("schema", "      large: {to: approve, otherwise: yes}"),
        ("unknown-name", "    next: {approved: sign, refused:"),
        ("schema", "    wait: {median: 5d, p90: 2d}"),
        ("duplicate-key", "    by: lawyer"),
        ("schema", "outcomes: {won: {kind: won, requires: [contract]}, lost: {kind: lst}}"),
    ],
}


@pytest.mark.parametrize("file", GOOD, ids=lambda file: file.name)
def test_nothing_is_wrong_in_the_examples(file: Path) -> None:
    assert sf.check(sf.load(file)) == ()


def test_there_are_examples_of_every_kind() -> None:
    kinds = {
        match[1]
        for file in (EXAMPLES / "enterprise").glob("*.salesflow.yaml")
        for match in re.finditer(r"^(\w+): \w+$", file.read_text(), re.MULTILINE)
    }
    assert kinds >= {"process", "organization", "variant", "scenario", "tests"}
    assert len(GOOD) >= 6


@pytest.mark.parametrize("folder", ["hello", "smb", "enterprise"])
def test_a_check_of_the_folder_is_clean(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["check", str(EXAMPLES / folder), "--fail-on", "warning"])
    assert (code, capsys.readouterr().err) == (0, "")


@pytest.mark.parametrize("file", GOOD, ids=lambda file: file.name)
def test_examples_are_shown_and_drawn(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    process = sf.load(file)
    assert "\nflowchart " in sf.draw(process, "mermaid")
    for department in process.departments.values():
        assert run(["show", str(file), "--department", department.id]) == 0
        assert capsys.readouterr().out
    for form in ("tree", "yaml", "json"):
        assert run(["show", str(file), "--as", form]) == 0
        assert process.id in capsys.readouterr().out


@pytest.mark.parametrize("file", GOOD, ids=lambda file: file.name)
def test_the_resolved_text_of_an_example_is_the_same_process(file: Path) -> None:
    process = sf.load(file)
    assert sf.loads(sf.dumps(process), folder=file.parent) == process


@pytest.mark.parametrize("name", ["hello", "smb", "enterprise/supplier_approval", "enterprise"])
def test_no_deal_can_get_stuck_in_the_examples(name: str) -> None:
    file = EXAMPLES / f"{name}.salesflow.yaml"
    file = file if file.exists() else EXAMPLES / name / f"{name}.salesflow.yaml"
    net = Net(sf.load(file))
    found = explore(net, budget=1_000_000, forget=Forgetting(net))
    assert found.conclusive
    assert found.faults == {}
    assert (found.idle, found.timed, found.trapped) == ([], [], [])
    assert (found.never_taken, found.never_entered) == ([], [])


@pytest.mark.parametrize("name", MISTAKES)
def test_every_mistake_of_the_broken_example_is_found_on_its_line(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(BROKEN)
    file = f"{name}.salesflow.yaml"
    lines = Path(file).read_text(encoding="utf-8").splitlines()
    code = run(["check", file, "--format", "concise", "--preset", "recommended"])
    printed = capsys.readouterr().out.splitlines()
    rows = [re.match(r"([^:]+):(\d+):\d+: (\w+) (\S+) ", row) for row in printed]
    found = Counter((row[4], int(row[2])) for row in rows if row and row[1] == file)
    expected = Counter(
        (rule, number)
        for rule, start in MISTAKES[name]
        for number, line in enumerate(lines, 1)
        if line.startswith(start)
    )
    assert found == expected
    assert code == (1 if MISTAKES[name] else 0)


@pytest.mark.parametrize("folder", [BROKEN, DRAFT], ids=lambda folder: folder.name)
def test_a_faulty_example_prints_what_is_expected(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    code = run(["check", ".", "--format", "concise"])
    assert capsys.readouterr().out == Path("expected.txt").read_text(encoding="utf-8")
    assert code == 1


def test_the_broken_example_has_enough_to_learn_from() -> None:
    rules = {rule for found in MISTAKES.values() for rule, _ in found}
    assert len(rules) >= 15


def test_the_draft_shows_what_no_reader_sees() -> None:
    expected = (DRAFT / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert Counter(row.split()[1] for row in expected) == {"error": 8, "warning": 2}
    assert len({row.split()[2] for row in expected}) == 9
