"""The rules find what their manuals say, and nothing else."""

import pytest
from acme_sales_rules import demo_criteria, unseen_discount

from salesflow.checking import Rule
from salesflow.testing import assert_rule


@pytest.mark.parametrize("rule", [demo_criteria.RULE, unseen_discount.RULE])
def test_the_manual_is_true(rule: Rule) -> None:
    assert_rule(rule)


def test_a_demo_that_nobody_comes_to_is_of_no_matter() -> None:
    assert_rule(
        demo_criteria.RULE,
        right="""salesflow: 1
process: smb
sources: {inbound: {start: call}}
steps:
  call: {next: {fits: won, too_small: lost}}
  old_demo: {next: won}
outcomes: {won: {kind: won}, lost: {kind: lost}}
""",
    )
