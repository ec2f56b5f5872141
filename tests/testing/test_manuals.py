"""A rule's manual as its test: every rule of ours passes, and a rule that is off is told so."""

import sys
from collections.abc import Iterator
from types import ModuleType

import pytest

from salesflow.checking import Facts, Finding, Rule
from salesflow.checking.catalogue import FAMILIES, FOUND_ELSEWHERE, finders
from salesflow.testing import assert_rule

OURS = [name for family in ("structure", "bridges", "outcomes") for name in FAMILIES[family]]
GOOD = """salesflow: 1
process: smb
sources: {inbound: {start: call}}
steps:
  call: {next: won}
outcomes: {won: {kind: won}}
"""
BAD = GOOD.replace("call: {next: won}", "cold_call: {next: won}  # error: [acme-cold]").replace(
    "start: call", "start: cold_call"
)


def indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in ["```yaml", *text.splitlines(), "```"])


MANUAL = f"""Somebody is called who does not expect it.

Why it costs deals
    They put down the phone.

Wrong:
{indented(BAD)}
Right:
{indented(GOOD)}"""


def find(facts: Facts) -> Iterator[Finding]:
    for step in facts.process.nodes.values():
        if "cold" in step.id:
            yield RULE.at(step, "A cold call.")


RULE = Rule(name="acme-cold", family="acme", severity="info", find=find, module="acme_cold")


@pytest.fixture(autouse=True)
def module(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    module = ModuleType("acme_cold", MANUAL)
    monkeypatch.setitem(sys.modules, "acme_cold", module)
    return module


@pytest.mark.parametrize("name", [name for name in OURS if name not in FOUND_ELSEWHERE])
def test_our_rules_pass(name: str) -> None:
    (rule,) = finders([name])
    assert_rule(rule)


def test_a_good_rule_passes_with_further_examples() -> None:
    assert_rule(RULE)
    assert_rule(RULE, wrong=BAD, right=[GOOD, GOOD.replace("call", "talk")])


def test_a_name_may_have_digits(module: ModuleType) -> None:
    module.__doc__ = MANUAL.replace("acme-cold", "s2-cold")

    def found(facts: Facts) -> Iterator[Finding]:
        for finding in find(facts):
            yield finding._replace(rule="s2-cold")

    assert_rule(RULE.replace(name="s2-cold", find=found))


def test_a_rule_that_finds_too_much_or_too_little_is_told(module: ModuleType) -> None:
    nothing = RULE.replace(find=lambda facts: ())
    with pytest.raises(AssertionError, match="line 5: it should find something there"):
        assert_rule(nothing)
    with pytest.raises(AssertionError, match="line 5: it should not find something there"):
        assert_rule(RULE, right=BAD.replace("  # error: [acme-cold]", ""))
    moved = BAD.replace("  # error: [acme-cold]", "").replace(
        "steps:", "steps:  # error: [acme-cold]"
    )
    with pytest.raises(AssertionError, match=r"line 4: it should f(.|\n)*line 5: it should not"):
        assert_rule(RULE, wrong=moved)


@pytest.mark.parametrize(
    ("manual", "said"),
    [
        ("", "no docstring, which is the manual"),
        ("A sentence.", "no paragraph `Why it costs deals`"),
        (MANUAL.replace("Wrong:", "Bad:"), "no example `Wrong:`"),
        (MANUAL.replace("Right:", "Good:"), "no example `Right:`"),
        (MANUAL.replace("  # error: [acme-cold]", ""), "No line ends with `# error: .acme-cold.`"),
        (MANUAL.replace("[acme-cold]", "[acme-warm]"), "`acme-warm` is marked"),
        (MANUAL.replace("start: cold_call", "start: call"), "An example does not load"),
    ],
)
def test_a_manual_that_is_not_whole_is_told(module: ModuleType, manual: str, said: str) -> None:
    module.__doc__ = manual
    with pytest.raises(AssertionError, match=said):
        assert_rule(RULE)


def test_what_is_no_rule_of_ours_is_told() -> None:
    with pytest.raises(AssertionError, match="severity must be error"):
        assert_rule(RULE.replace(severity="fatal"))
    with pytest.raises(AssertionError, match=r"finding of `acme-cold` \(acme\)"):
        assert_rule(RULE.replace(family="other"))
    with pytest.raises(ZeroDivisionError):
        assert_rule(RULE.replace(find=lambda facts: 1 / 0))
