"""Faults of times, shares, policies and outcomes, in variants and in comments."""

from tests.checking.planted.fault import ANSWERED, BOOK, GONE, UNCLEAR, Fault, added

FAULTS = (
    # ---- time
    Fault(
        "sla-unattainable",
        (("sla: {within: 5bd, target: 70%}", "sla: {within: 1bd, target: 95%}"),),
        "first_call:",
        "",
        (("sla: {within: 1bd, target: 95%}", "sla: {within: 30bd, target: 60%}"),),
    ),
    Fault(
        "timeout-always",
        (
            (
                ANSWERED,
                "    wait: {min: 10d, usual: 15d, max: 40d}\n    timeout: {after: 7d, result: silent}\n",
            ),
        ),
        "it_review:",
        "Give it more time",
        (("timeout: {after: 7d,", "timeout: {after: 20d,"),),
    ),
    Fault(
        "timeout-never",
        (
            (
                ANSWERED,
                "    wait: {min: 10d, usual: 15d, max: 40d}\n    timeout: {after: 60d, result: silent}\n",
            ),
        ),
        "it_review:",
        "Set a limit below 40d",
        (
            (
                "timeout: {after: 60d, result: silent}\n    next:\n      cleared",
                "timeout: {after: 30d, result: silent}\n    next:\n      cleared",
            ),
        ),
    ),
    Fault(
        "dead-escalation",
        (("escalate: {after: 5bd,", "escalate: {after: 100d,"),),
        "demo:",
        "Let it escalate sooner",
        (("escalate: {after: 100d,", "escalate: {after: 10d,"),),
    ),
    Fault(
        "sla-chain",
        (added("    captures: [need, champion]\n", "    sla: {within: 200bd, target: 80%}\n"),),
        "nine_months:",
        "or the whole more",
        (("statistic: p90, at_most: 300d", "statistic: p90, at_most: 400d"),),
    ),
    Fault(
        "no-time-limit",
        (
            (ANSWERED, "    wait: {median: 12d, p90: 35d}\n"),
            ("      silent: {to: lost, set: {loss_reason: network}}\n", ""),
        ),
        "it_review:",
        "`timeout: {after: 30d, result: silent}`",
        (
            added(
                "    wait: {median: 12d, p90: 35d}\n", "    timeout: {after: 30d, result: silent}\n"
            ),
            added(
                "      question: {to: it_questions, share: 12%, at_most: 1}\n",
                "      silent: {to: lost, set: {loss_reason: network}}\n",
            ),
        ),
    ),
    # ---- shares
    Fault(
        "shares-not-whole",
        (
            (
                "no_hospital: {to: disqualified, share: rest}",
                "no_hospital: {to: disqualified, share: 30%}",
            ),
        ),
        "first_call:",
        "Write `share: rest` at one of them",
        (
            (
                "no_hospital: {to: disqualified, share: 30%}",
                "no_hospital: {to: disqualified, share: rest}",
            ),
        ),
    ),
    Fault(
        "share-missing",
        ((GONE, "      gone: {to: lost, set: {loss_reason: no_decision}}\n"),),
        "gone:",
        "Give it a share",
        (("      gone: {to: lost, set: {loss_reason: no_decision}}\n", GONE),),
    ),
    Fault(
        "zero-share",
        (("later: {to: keep_warm, share: 20%}", "later: {to: keep_warm, share: 65%}"),),
        "no_hospital:",
        "Lower the other shares",
        (("later: {to: keep_warm, share: 65%}", "later: {to: keep_warm, share: 20%}"),),
    ),
    Fault(
        "win-chance-fiction",
        (("contract: {win_chance: 90%", "contract: {win_chance: 30%"),),
        "contract: {win_chance",
        "Write `win_chance:",
        (("contract: {win_chance: 30%", "contract: {win_chance: 84%"),),
    ),
    # ---- policies
    Fault(
        "policy-violated",
        (("papers], when: discount > 15%", "papers], when: discount > 5%"),),
        "deep_discounts_are_approved:",
        "",
        (("papers], when: discount > 5%", "papers], when: discount > 15%"),),
    ),
    Fault(
        "policy-vacuous",
        (("papers], when: discount > 15%", "papers], when: discount > 50%"),),
        "deep_discounts_are_approved:",
        "Correct the condition",
        (("papers], when: discount > 50%", "papers], when: discount > 15%"),),
    ),
    # ---- outcomes
    Fault(
        "loss-without-reason",
        (
            ("lost: {kind: lost, requires: [loss_reason]}", "lost: {kind: lost}"),
            (GONE, "      gone: {to: lost, share: rest}\n"),
        ),
        "lost:",
        "Write `requires: [loss_reason]` here, and set it on each way",
        (
            ("lost: {kind: lost}", "lost: {kind: lost, requires: [loss_reason]}"),
            ("      gone: {to: lost, share: rest}\n", GONE),
        ),
    ),
    Fault(
        "step-serves-no-outcome",
        (
            (GONE, "      gone: {to: farewell, share: rest, set: {loss_reason: no_decision}}\n"),
            (BOOK, "  farewell: {by: area_manager, effort: 1h, next: lost}\n" + BOOK),
        ),
        "farewell:",
        "Remove it",
        (
            ("      gone: {to: farewell, share: rest, set: {loss_reason: no_decision}}\n", GONE),
            ("  farewell: {by: area_manager, effort: 1h, next: lost}\n", ""),
        ),
    ),
    Fault(
        "objective-unreachable",
        (
            added(
                "objectives:\n",
                "  selling: {measure: selling_time, of: area_manager, at_least: 60%}\n",
            ),
        ),
        "selling:",
        "Set `at_least` to 50% or less",
        (("area_manager, at_least: 60%", "area_manager, at_least: 20%"),),
    ),
    # ---- variants
    Fault(
        "locked-change",
        (added("change:\n", "  steps.papers.parallel.contract.steps.draft.effort: 3h\n"),),
        "steps.papers.parallel.contract.steps.draft.effort",
        "",
        (("  steps.papers.parallel.contract.steps.draft.effort: 3h\n", ""),),
    ),
    Fault(
        "change-hits-nothing",
        (("steps.first_call.sla", "steps.frist_call.sla"),),
        "steps.frist_call.sla",
        "first_call",
        (("steps.frist_call.sla", "steps.first_call.sla"),),
    ),
    Fault(
        "variant-breaks-base",
        (added("remove:\n", "  - steps.papers.next.failed\n"),),
        "- steps.papers.next.failed",
        "",
        (("  - steps.papers.next.failed\n", ""),),
    ),
    Fault(
        "currency-left-behind",
        (added("change:\n", "  currency: SEK\n"),),
        "currency: SEK",
        "Write them in SEK.",
        (("  currency: SEK\n", ""),),
    ),
    # ---- hygiene
    Fault(
        "ignore-without-reason",
        (
            (
                UNCLEAR,
                "      unclear: {to: ask_ward, share: rest}  # salesflow: ignore[ping-pong]\n",
            ),
        ),
        "unclear:",
        "",
        (("ignore[ping-pong]\n", "ignore[ping-pong] the planners ask until it is clear\n"),),
    ),
    Fault(
        "unused-ignore",
        ((UNCLEAR, UNCLEAR.replace("\n", "  # salesflow: ignore[ping-pong] never seen\n")),),
        "unclear:",
        "",
        (("  # salesflow: ignore[ping-pong] never seen\n", "\n"),),
    ),
)
