"""What is offered at a place, in block and flow style, in whole texts and in half-written ones."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesflow.language_server.completion import complete
from salesflow.language_server.meanings import Meanings
from salesflow.language_server.offer import Offer
from tests.language_server.desks import EXAMPLES, marked, shelf_of

ENTERPRISE = EXAMPLES / "enterprise"
HEAD = "salesflow: 1\nprocess: p\nuse: [organization.salesflow.yaml]\n"
STEPS = "  demo: {by: sdr, next: won}\noutcomes: {won: {kind: won}, lost: {kind: lost}}\n"
VARIANT = "salesflow: 1\nvariant: v\nof: enterprise.salesflow.yaml\n"
TESTS = "salesflow: 1\ntests: t\nof: enterprise.salesflow.yaml\ncases:\n  a:\n"


def offered(text: str, name: str = "p.salesflow.yaml", folder: Path = ENTERPRISE) -> list[Offer]:
    """What is offered at the mark ``|`` of a text that lies, unsaved, beside the examples."""
    shelf = shelf_of(folder)
    whole, at = marked(text)
    sheet = shelf.put(str(folder / name), whole)
    found = complete(Meanings(shelf.sheets()), sheet, at)
    return [*found.offers] if found is not None else []


def labels(text: str) -> list[str]:
    return [offer.label for offer in offered(text)]


@pytest.mark.parametrize(
    ("text", "some", "none"),
    [
        # ids, by the kind that the place asks for
        (HEAD + "sources: {web: {start: |}}\nsteps:\n" + STEPS, ["demo"], ["won", "web"]),
        (HEAD + "steps:\n  call: {by: |}\n" + STEPS, ["sdr", "security"], ["sales", "legal"]),
        (HEAD + "steps:\n  call: {by: |\n" + STEPS, ["sdr"], ["demo"]),
        (HEAD + "steps:\n  call:\n    with: [sdr, |]\n" + STEPS, ["counsel"], ["sdr"]),
        (HEAD + "steps:\n  call:\n    next: |\n" + STEPS, ["demo", "won", "call"], ["sdr"]),
        (HEAD + "steps:\n  call:\n    next:\n      fit: |\n" + STEPS, ["demo", "lost"], ["done"]),
        (HEAD + "steps:\n  call:\n    next: {fit: {to: |\n" + STEPS, ["demo", "won"], []),
        (HEAD + "steps:\n  call:\n    requires: [amount, |]\n", ["quote"], ["amount", "sdr"]),
        (HEAD + "steps:\n  call:\n    captures:\n      - |\n", ["quote"], ["sdr"]),
        (HEAD + "steps:\n  call:\n    stage: |\nstages: {lead: {}}\n", ["lead"], ["demo"]),
        (
            HEAD + "steps:\n  call:\n    timeout: {after: 2d, result: |}\n    next: {late: lost}\n",
            ["late"],
            ["lost"],
        ),
        (HEAD + "touchpoints:\n  a: {from: |}\n", ["sales", "security"], ["sdr"]),
        # expressions
        (
            HEAD + "steps:\n  call:\n    next: {fit: {to: demo, when: am|\n" + STEPS,
            ["amount", "filled", "visited", "not"],
            ["demo"],
        ),
        (
            HEAD + "steps:\n  a: {next: {fit: {to: b, when: deployment == |}}}\n",
            ["cloud", "on_premises"],
            ["pilot"],
        ),
        (HEAD + "steps:\n  a: {next: {x: {to: b, when: visited(|)}}}\n", ["a"], ["amount", "x"]),
        (HEAD + "steps:\n  a: {next: {x: {to: b, when: times(a.|)}}}\n", ["x"], ["a", "amount"]),
        (HEAD + "steps:\n  a: {next: {x: {to: b, set: {|}}}}\n", ["loss_reason"], ["x"]),
        (HEAD + "steps:\n  a: {next: {x: {to: b, set: {loss_reason: |}}}}\n", ["price"], ["cloud"]),
        # keys
        (HEAD + "steps:\n  call:\n    by: sdr\n    |\n" + STEPS, ["next", "sla"], ["by", "run"]),
        (HEAD + "steps:\n  call: {by: sdr, |}\n" + STEPS, ["next", "effort"], ["by", "parallel"]),
        (HEAD + "steps:\n  call: {by: sdr, ef|\n" + STEPS, ["effort"], ["by"]),
        (HEAD + "steps:\n  call: {|}\n", ["by", "parallel", "run"], ["join"]),
        (HEAD + "steps:\n  call:\n    run: x\n    |\n", ["next", "timeout"], ["by", "effort"]),
        (HEAD + "steps:\n  call:\n    sla: {|}\n", ["within", "target"], ["by"]),
        (HEAD + "|\n", ["steps", "touchpoints"], ["process", "use"]),
        (HEAD + "steps:\n  |\n", ["new step"], ["by"]),
        ("|", ["salesflow", "process", "variant", "tests"], []),
        ("salesflow: 1\n|", ["process", "organization", "scenario"], ["salesflow", "steps"]),
        # values
        (HEAD + "outcomes: {won: {kind: |}}\n", ["won", "disqualified"], []),
        (HEAD + "departments: {a: {external: |}}\n", ["true", "false"], []),
        (HEAD + "steps:\n  call:\n    sla: {within: |}\n", ["2bd", "1d"], []),
        (HEAD + "objectives: {a: {measure: |}}\n", ["win_rate", "utilization"], []),
        # files
        (
            "salesflow: 1\nprocess: p\nuse: [|]\n",
            ["organization.salesflow.yaml", "supplier_approval.salesflow.yaml"],
            ["second_lawyer.salesflow.yaml", "p.salesflow.yaml"],
        ),
        (
            "salesflow: 1\nvariant: v\nof: |\n",
            ["enterprise.salesflow.yaml"],
            ["organization.salesflow.yaml"],
        ),
        # variants
        (VARIANT + "change:\n  steps.|\n", ["qualify", "contracting"], ["won"]),
        (VARIANT + "change:\n  steps.contracting.parallel.|\n", ["legal", "security"], ["qualify"]),
        (VARIANT + "change:\n  steps.qualify.|\n", ["sla", "by"], ["qualify"]),
        (VARIANT + "change:\n  steps.qualify.sla: {|}\n", ["within", "target"], []),
        (VARIANT + "change:\n  departments.legal.roles.counsel.|\n", ["people", "available"], []),
        (VARIANT + "remove: [steps.qualify.next.|]\n", ["meeting_booked"], ["sla"]),
        (VARIANT + "remove: [steps.qualify.|]\n", ["sla", "next"], ["meeting_booked"]),
        (VARIANT + "remove: [|]\n", ["steps", "touchpoints"], ["qualify"]),
        # tests
        (TESTS + "    takes: {|}\n", ["qualify", "contracting"], ["won", "meeting_booked"]),
        (TESTS + "    takes: {qualify: |}\n", ["meeting_booked"], ["qualify"]),
        (TESTS + "    takes: {contracting.legal.|: accepted}\n", ["draft"], ["qualify"]),
        (TESTS + "    ends: |\n", ["won", "lost"], ["qualify"]),
        (TESTS + "    source: |\n", ["website"], ["qualify"]),
        (TESTS + "    never: [contracting.|]\n", ["legal", "refused"], ["draft"]),
        (TESTS + "    deal: {|}\n", ["amount", "deployment"], ["sdr"]),
        (TESTS + "    deal: {deployment: |}\n", ["cloud"], ["amount"]),
        (TESTS + "    |\n", ["takes", "ends"], ["deal_desk"]),
    ],
)
def test_what_fits_is_offered_and_nothing_else(text: str, some: list[str], none: list[str]) -> None:
    found = labels(text)
    assert set(some) <= set(found)
    assert not set(none) & set(found)


def test_inside_a_branch_targets_are_its_steps_and_the_two_words() -> None:
    text = (ENTERPRISE / "enterprise.salesflow.yaml").read_text()
    found = labels(
        text.replace("accepted: {to: done, share: 45%}", "accepted: {to: |, share: 45%}")
    )
    assert found == ["draft", "customer_review", "redline", "done", "leave"]


def test_results_that_come_from_inside_are_offered() -> None:
    text = (ENTERPRISE / "enterprise.salesflow.yaml").read_text()
    block = text.replace("      done:     final_papers\n", "      |\n").replace(
        "      blocked:  {to: lost, set: {loss_reason: security}}\n", ""
    )
    assert {"done", "blocked"} <= set(labels(block))
    assert not {"deadlock", "stalled"} & set(labels(block))  # named already
    run = text.replace(
        "{run: supplier_approval, next: {approved: done, refused: leave}}",
        "{run: supplier_approval, next: {|}}",
    )
    assert {"approved", "refused"} <= set(labels(run))
    timed = text.replace("      silent: chase\n", "      |\n")
    assert "silent" in labels(timed)


def test_needed_keys_come_first_and_each_key_says_what_it_means() -> None:
    found = offered(HEAD + "touchpoints:\n  a:\n    |\n")
    assert [offer.label for offer in found][:2] == ["from", "to"]
    assert found[0].needed
    assert found[0].about == "From (needed)"
    assert "The department that gives." in found[0].told
    assert [offer.label for offer in found][-4:] == ["name", "description", "owner", "was"]


def test_a_key_that_opens_a_map_brings_the_line_below_in_block_style_only() -> None:
    block = {
        offer.label: offer.text for offer in offered(HEAD + "steps:\n  a:\n    by: sdr\n    |\n")
    }
    flow = {offer.label: offer.text for offer in offered(HEAD + "steps:\n  a: {by: sdr, |}\n")}
    assert block["sla"] == "sla:\n      "
    assert block["effort"] == "effort: "
    assert flow["sla"] == "sla: "


def test_an_id_says_what_people_call_it() -> None:
    found = {offer.label: offer.about for offer in offered(HEAD + "steps:\n  call: {by: |}\n")}
    assert found["sdr"] == "Sales development (role)"


def test_nothing_is_offered_in_a_comment() -> None:
    assert labels(HEAD + "# by: |\n") == []
    assert labels(HEAD + "steps: {}  # by: |\n") == []


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_an_offer_can_be_had_anywhere_in_any_half_of_a_text(data: st.DataObject) -> None:
    text = (ENTERPRISE / "enterprise_dach.salesflow.yaml").read_text()
    cut = data.draw(st.integers(0, len(text)))
    at = data.draw(st.integers(0, cut))
    offered(f"{text[:at]}|{text[at:cut]}")
