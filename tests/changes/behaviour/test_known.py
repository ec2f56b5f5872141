"""Verdicts known beforehand: what was changed, and which runs only one version has."""

import pytest

import salesflow as sf
from salesflow.changes.behaviour.judge import behaviour
from salesflow.changes.behaviour.nouns import Behaviour
from salesflow.changes.catalogue.example import BASE
from salesflow.changes.matching.match import match
from salesflow.changes.sheet import sheet_of

CALL = "call.interested"
BOTH = ("papers.contract.draft.sent", "papers.contract.review.agreed")


def judged(before: str, after: str) -> Behaviour:
    old, new = sf.loads(before), sf.loads(after)
    return behaviour(old, new, match(sheet_of(old), sheet_of(new)))


def of(*changes: tuple[str, str]) -> Behaviour:
    text = BASE
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    there, back = judged(BASE, text), judged(text, BASE)
    assert (back.only_old, back.only_new) == (there.only_new, there.only_old)
    return there


@pytest.mark.parametrize(
    "changes",
    [
        [("effort: 3h", "effort: 5h")],
        [("by: rep\n    stage: talking", "by: manager\n    stage: talking")],
        [("share: 40%", "share: 30%"), ("later: {to: call, share: 10%", "later: {to: call, share: 20%")],
        [("          draft: {by: counsel", "          sketch: {was: draft, by: counsel"), ("start: draft", "start: sketch")],
        [("accept_within: 2bd", "accept_within: 9bd")],
    ],
)  # fmt: skip
def test_who_does_it_and_how_long_changes_no_run(changes: list[tuple[str, str]]) -> None:
    assert of(*changes) == Behaviour(verdict="same")


def test_a_higher_limit_is_more() -> None:
    known = of(("at_most: 2", "at_most: 3"))
    assert known.verdict == "more"
    assert known.only_new == (("web", *["call.later"] * 3),)


def test_a_result_taken_away_is_less() -> None:
    known = of(
        ("      later: {to: call, share: 10%, at_most: 2}\n", ""),
        ("share: 40%", "share: 50%"),
    )
    assert known.verdict == "less"
    assert known.only_old == (("web", "call.later"),)


def test_another_end_is_seen_though_the_results_are_called_the_same() -> None:
    known = of(("not_a_fit: {to: lost", "not_a_fit: {to: won"))
    assert known.verdict == "different"
    assert known.only_old == (("web", "call.not_a_fit", "lost"),)
    assert known.only_new == (("web", "call.not_a_fit", "won"),)


def test_a_branch_for_all_deals_is_seen() -> None:
    known = of(("        when: amount >= 20000\n", ""))
    assert known.verdict == "different"
    assert known.only_new[0] == ("web", CALL, "offer.small", "papers.audit.check.passed")
    assert known.only_old[0] == ("web", CALL, "offer.small", *BOTH, "papers.done")


def test_a_renamed_step_tells_each_version_in_its_own_words() -> None:
    known = of(
        ("          draft: {by: counsel", "          sketch: {was: draft, by: counsel"),
        ("start: draft", "start: sketch"),
        ("passed: done", "passed: done, failed: leave"),
        ("refused: {to: lost, set: {reason: price}}", "refused: {to: lost, set: {reason: price}}, failed: lost"),
    )  # fmt: skip
    assert known.verdict == "more"
    assert known.only_new[0] == ("web", CALL, "offer.large", "papers.audit.check.failed")


def test_all_and_any_differ() -> None:
    known = of(("join: all", "join: any"))
    assert known.verdict == "different"
    large = ("web", CALL, "offer.large", "papers.audit.check.passed")
    assert known.only_new[0] == (*large, "papers.done")


def test_a_step_in_between_is_different_and_both_runs_are_told() -> None:
    known = of(
        ("done: sign", "done: approve"),
        ("  sign: {by", "  approve: {by: manager, next: {yes_go: sign}}\n  sign: {by"),
    )
    small = ("web", CALL, "offer.small", *BOTH, "papers.done")
    assert known.verdict == "different"
    assert known.only_old == ((*small, "sign.signed"),)
    assert known.only_new == ((*small, "approve.yes_go"),)
