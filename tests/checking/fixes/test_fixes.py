"""Every fix holds: the finding goes, no error comes, comments stay."""

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesflow import api
from salesflow.checking.fixes.mend import mend, offered
from salesflow.checking.fixes.scene import Scene
from salesflow.checking.fixes.texts import applied
from salesflow.checking.select import Selection, choose
from salesflow.errors import LoadError
from salesflow.findings import Edit, Finding
from salesflow.source.write import emit
from salesflow.spans import Span
from salesflow.testing import processes

NAME = "<stdin>"
FLOW = """\
salesflow: 1   # the language
process: smb
data: {amount: {type: money}}
sources: {inbound: {start: call, gives: {amount: {min: 1000, max: 90000}}}}
steps:
  # first
  call: {by: sales, next: {interested: demo, not_a_fit: lost}}   # by phone
  # second
  demo:
    by: sales
    next:
      large: {to: won, when: amount >= 50000}   # signed
      small: {to: lost, when: amount < 50000}
  # the end
outcomes: {won: {kind: won}, lost: {kind: lost}}
# last
"""


def scene(text: str, preset: str = "all") -> Scene:
    return Scene([NAME], choose(Selection(preset=preset)), text=(NAME, text))


def quickly(text: str) -> Scene:
    """Judged by rules that need not play every run: processes made up at random have many."""
    rules = ("structure", "shares", "bridges", "hygiene", "unhandled-result", "unused-result")
    return Scene([NAME], choose(Selection(select=rules, preset="all")), text=(NAME, text))


def mended(text: str, *, unsafe: bool = False) -> str:
    return mend(scene(text), unsafe=unsafe).after[NAME]


def found(text: str) -> list[str]:
    return [finding.rule for finding in scene(text).findings]


def changed(text: str, after: str) -> list[str]:
    """The lines that are new."""
    before = text.splitlines()
    return [row for row in after.splitlines() if row not in before]


@pytest.mark.parametrize(
    ("old", "new", "rule", "mended_row", "safe"),
    [
        ("interested: demo", "interested: demmo", "unknown-name", None, True),
        ("interested: demo", 'interested: "demmo"', "unknown-name", 'interested: "demo"', True),
        ("when: amount < 50000", "when: ammount < 50000", "unknown-name", None, True),
        ("    by: sales\n", "    by: sales\n    discription: x\n", "unknown-key", "    description: x", True),
        ("kind: won", "kind: wonn", "schema", None, True),
        ("    by: sales\n", "    by: sales\n    wait: 3 days\n", "bad-unit", "    wait: 3d", True),
        ("    by: sales\n", "    by: sales\n    owner: NO\n", "ambiguous-scalar", '    owner: "NO"', True),
        ("    by: sales\n", "    by: sales\n    requires: amount\n", "schema", "    requires: [amount]", True),
        ("{to: lost, when: amount < 50000}", "{to: lost, otherwise: yes}", "schema", "otherwise: true", True),
        (
            "interested: demo, not_a_fit: lost",
            "interested: {to: demo, share: 30%}, not_a_fit: lost",
            "share-missing",
            "not_a_fit: {to: lost, share: rest}",
            True,
        ),
        (
            "interested: demo, not_a_fit: lost",
            "interested: {to: demo, share: 30%}, not_a_fit: {to: lost, share: 60%}",
            "shares-not-whole",
            "not_a_fit: {to: lost, share: rest}",
            False,
        ),
        ("      small: {to: lost, when: amount < 50000}\n", "", "uncovered-guard", "      other: {to: lost, otherwise: true}", False),
        ("outcomes: {", "outcomes: {later: {kind: disqualified}, ", "unused-definition", "outcomes: {won: ", False),
        ("lost: {kind: lost}}", "lost: {kind: lost}, later: {kind: disqualified}}", "unused-definition", "lost: {kind: lost}}", False),
        ("  # second\n", "  # second\n  # salesflow: ignore[dead-end] no\n", "unused-ignore", None, True),
        ("   # by phone", "   # salesflow: ignore[dead-end] no", "unused-ignore", "not_a_fit: lost}}\n", True),
    ],
)  # fmt: skip
def test_a_common_mistake_is_mended(
    old: str, new: str, rule: str, mended_row: str | None, *, safe: bool
) -> None:
    wrong = FLOW.replace(old, new, 1)
    assert rule in found(wrong)
    if not safe:
        assert rule in found(mended(wrong)), "an unsafe fix was made unasked"
    for text in (wrong, wrong.replace("\n", "\r\n")):
        after = mended(text, unsafe=not safe)
        assert rule not in found(after)
        assert ("\r\n" in text) == ("\r\n" in after)
        assert after.count("\n") == after.count("\r\n") or "\r" not in after
        shown = after.replace("\r\n", "\n")
        assert mended_row in shown if mended_row else shown == FLOW
        for comment in re.findall(r"# (?!salesflow)[^\r\n]*", text):
            assert comment in after


BLOCK = """\
salesflow: 1
process: smb
departments: {sales: {}, legal: {}, security: {}}
sources: {inbound: {start: papers}}
steps:
  papers:
    parallel:
      legal: {steps: {contract: {by: legal, next: {agreed: done, refused: leave}}}}
      security: {steps: {review: {by: security, next: done}}}
    next: {done: close}
  close: {by: sales, next: {signed: won, silent: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
touchpoints:
  first: {from: legal, to: sales}   # theirs
"""


@pytest.mark.parametrize(
    ("old", "new", "row"),
    [
        ("", "", "    next: {done: close, refused: lost}"),
        ("    next: {done: close}", "    next: close", "    next: {done: close, refused: lost}"),
        ("    next: {done: close}", "    next:\n      done: close  # yes", "      refused: lost"),
    ],
)
def test_a_result_that_nobody_names_is_named(old: str, new: str, row: str) -> None:
    wrong = BLOCK.replace(old, new) if old else BLOCK
    after = mended(wrong, unsafe=True)
    assert "unhandled-result" not in found(after)
    assert changed(wrong, after)[0] == row


def test_a_touchpoint_is_declared_with_the_indentation_of_the_file() -> None:
    after = mended(BLOCK)
    assert changed(BLOCK, after) == ["  security_to_sales: {from: security, to: sales}"]
    flow = BLOCK.replace("touchpoints:\n  first: {", "touchpoints: {first: {").replace(
        "sales}   # theirs", "sales}}   # theirs"
    )
    assert mended(flow).splitlines()[-1] == (
        "touchpoints: {first: {from: legal, to: sales}, "
        "security_to_sales: {from: security, to: sales}}   # theirs"
    )


def test_a_definition_goes_with_its_comment_and_an_emptied_map_with_it() -> None:
    unused = "stages:\n  # old\n  lead: {win_chance: 5%}   # very\n"
    assert mended(FLOW.replace("steps:\n", unused + "steps:\n", 1), unsafe=True) == FLOW
    data = "{amount: {type: money}, budget: {type: money}}"
    assert mended(FLOW.replace("{amount: {type: money}}", data), unsafe=True) == FLOW


def test_many_mistakes_are_mended_together_and_those_that_cannot_are_left() -> None:
    wrong = FLOW.replace("interested: demo", "interested: demmo").replace("kind: won", "kind: wonn")
    wrong = wrong.replace("    by: sales\n", "    by: sales\n    wait: soon\n    efort: 1h\n")
    outcome = mend(scene(wrong))
    assert sorted(f.rule for f in outcome.fixed) == ["schema", "unknown-key", "unknown-name"]
    assert {f.rule for f in scene(outcome.after[NAME]).findings} == {"bad-unit"}


def test_a_fix_that_brings_an_error_is_not_offered() -> None:
    wrong = FLOW.replace("    by: sales\n", "    by: sales\n    bye: sales\n")
    findings, _ = offered(scene(wrong), scene(wrong).findings)
    assert [(f.rule, f.fix) for f in findings] == [("unknown-key", None)]
    assert mended(wrong) == wrong


def test_edits_are_made_from_the_bottom_up() -> None:
    def edit(line: int, start: int, end: int, text: str) -> Edit:
        return Edit(Span("a", line, start, line, end), text)

    edits = [edit(1, 1, 2, "X"), edit(2, 2, 2, "1"), edit(2, 2, 2, "2"), edit(2, 3, 4, "")]
    assert applied("abc\r\ndef\r\n", edits) == "Xbc\r\nd12e\r\n"


@pytest.mark.parametrize("seed", range(8))
def test_whatever_the_text_mending_ends_and_leaves_nothing_to_mend(seed: int) -> None:
    chance = random.Random(seed)
    pieces = [
        "x",
        "{",
        "}",
        ":",
        " ",
        "\n",
        "#",
        '"',
        "'",
        "[",
        "]",
        ",",
        "é",
        "NO",
        "&",
        "- ",
        "|\n",
    ]
    for _ in range(5):
        text = chance.choice([FLOW, BLOCK]).replace("\n", chance.choice(["\n", "\r\n", "\r"]))
        for _ in range(3):
            at = chance.randrange(len(text))
            text = text[:at] + chance.choice(pieces) + text[at + chance.randrange(3) :]
        for unsafe in (False, True):
            after = mend(scene(text, "recommended"), unsafe=unsafe).after[NAME]
            again = mend(scene(after, "recommended"), unsafe=unsafe)
            assert again.after[NAME] == after
            assert not again.untried


WORDS = re.compile(r"\b[a-z]\w{2,}\b")


@settings(max_examples=60, deadline=None)
@given(processes(), st.data())
def test_every_fix_that_is_offered_holds(data: dict[str, object], draw: st.DataObject) -> None:
    """A process with a word mistyped and comments on its lines."""
    text = emit(data)
    text = "".join(f"{row}  # {n}\n" for n, row in enumerate(text.splitlines()))
    words = [match for match in WORDS.finditer(text) if "#" not in match[0]]
    word = draw.draw(st.sampled_from(words))
    cut = draw.draw(st.integers(word.start(), word.end() - 1))
    text = text[:cut] + draw.draw(st.sampled_from(["", "x"])) + text[cut + 1 :]
    before = quickly(text)
    findings, untried = offered(before, before.findings)
    assert not untried
    for finding in findings:
        if finding.fix is not None:
            assert finding.fix.verified
            _holds(text, finding, before)
    unsafe = draw.draw(st.booleans())
    after = mend(quickly(text), unsafe=unsafe).after[NAME]
    assert mend(quickly(after), unsafe=unsafe).after[NAME] == after
    if not unsafe:
        assert re.findall(r"# \d+$", after, re.MULTILINE) == re.findall(
            r"# \d+$", text, re.MULTILINE
        )


def _holds(text: str, finding: Finding, before: Scene) -> None:
    assert finding.fix is not None
    after = quickly(applied(text, finding.fix.edits))
    plain = finding._replace(fix=None)
    where = [(f.rule, f.path, f.message) for f in after.findings]
    count = sum(
        (f.rule, f.path, f.message) == (plain.rule, plain.path, plain.message)
        for f in before.findings
    )
    assert where.count((plain.rule, plain.path, plain.message)) < count
    if all(f.family != "syntax" for f in before.findings):
        errors = sum(f.severity == "error" for f in before.findings)
        assert sum(f.severity == "error" for f in after.findings) <= errors
        try:
            api.loads(applied(text, finding.fix.edits))
        except LoadError as problem:  # pragma: no cover - that is the failure
            raise AssertionError(text) from problem
