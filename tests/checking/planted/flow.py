"""Faults of structure and behaviour in the pumps process."""

from tests.checking.planted.fault import (
    ASK,
    BOOK,
    DEEP,
    DRAFTED,
    GONE,
    PLANNED,
    TRAINED,
    UNCLEAR,
    Fault,
    added,
)

FAULTS = (
    # ---- structure
    Fault(
        "unreachable-step",
        ((PLANNED + UNCLEAR, "      planned: installation\n"),),
        "ask_ward:",
        "or remove it",
        (("  ask_ward:\n    by: area_manager\n    facing: customer\n" + ASK, ""),),
    ),
    Fault(
        "dead-end",
        ((ASK, "    effort: 1h\n"),),
        "ask_ward:",
        "Add a result that leads on",
        (
            (
                "    effort: 1h\n  installation:",
                "    effort: 1h\n    next: roll_out\n  installation:",
            ),
        ),
    ),
    Fault(
        "endless-loop",
        (
            (GONE, "      gone: {to: remind, share: rest}\n"),
            (BOOK, "  remind: {by: area_manager, effort: 5min, next: {again: remind}}\n" + BOOK),
        ),
        "remind:",
        "a result that leads out",
        (
            (
                "{again: remind}",
                "{again: {to: remind, share: 50%}, silent: {to: lost, share: rest,"
                " set: {loss_reason: no_decision}}}",
            ),
        ),
    ),
    Fault(
        "unused-definition",
        (added("  disqualified: {kind: disqualified}\n", "  parked: {kind: disqualified}\n"),),
        "parked:",
        "or remove the outcome",
        (("  parked: {kind: disqualified}\n", ""),),
    ),
    Fault(
        "duplicate-transition",
        (added(DEEP, "      very_deep: {to: approve, when: discount > 10%}\n"),),
        "very_deep:",
        "keep only one",
        (("      very_deep: {to: approve, when: discount > 10%}\n", ""),),
    ),
    Fault(
        "superfluous-step",
        (("    next: sign\n", "    next: ready\n  ready: {next: sign}\n"),),
        "ready:",
        "Let what leads to `ready` lead to `sign`",
        (("    next: ready\n  ready: {next: sign}\n", "    next: sign\n"),),
    ),
    # ---- behaviour
    Fault(
        "deadlock",
        (
            (
                "promised: {to: sign, share: 75%, at_most: 2}\n",
                "promised: {to: sign, share: 70%, at_most: 2}\n"
                "      sent_order: {to: book_order, share: 5%}\n",
            ),
        ),
        "live:",
        "Lead `chase.sent_order` to",
        (("to: book_order, share: 5%", "to: [book_order, roll_out], share: 5%"),),
    ),
    Fault(
        "twice-at-once",
        (("promised: {to: sign,", "promised: {to: [sign, book_order],"),),
        "book_order:",
        "",
        (("promised: {to: [sign, book_order],", "promised: {to: sign,"),),
    ),
    Fault(
        "piled-up-arrivals",
        (
            (
                "    captures: [order_number]\n    next: live\n",
                "    captures: [order_number]\n    next: {booked: {to: [live, invoice]}}\n"
                "  invoice:\n    by: pricing\n    effort: 10min\n"
                "    next: {paid: live, corrected: {to: book_order, at_most: 1}}\n",
            ),
            ("wait_for: [book_order, training]", "wait_for: [book_order, invoice, training]"),
        ),
        "live:",
        "let a step behind the loop arrive instead of `book_order`",
        (
            ("{booked: {to: [live, invoice]}}", "invoice"),
            ("wait_for: [book_order, invoice, training]", "wait_for: [invoice, training]"),
        ),
    ),
    Fault(
        "unfinished-work",
        (
            (
                DRAFTED,
                "            captures: [contract]\n"
                "            next: {drafted: {to: [their_lawyer, file_it]}}\n"
                "          file_it: {by: legal, effort: 5min, next: done}\n",
            ),
        ),
        "file_it:",
        "wait_for",
        (
            ("effort: 5min, next: done}", "effort: 5min, next: both}"),
            ("accepted: {to: done,", "accepted: {to: both,"),
            (
                "          negotiate:\n",
                "          both: {wait_for: [file_it, their_lawyer], next: done}\n"
                "          negotiate:\n",
            ),
        ),
    ),
    Fault(
        "dead-step",
        (
            (
                DEEP,
                "      too_deep: {to: approve, when: discount > 10% and discount <= 30%}\n"
                "      absurd: {to: board, when: discount > 30%}\n",
            ),
            (
                "  revise:\n",
                "  board: {by: sales_director, effort: 1h, next: price_settled}\n  revise:\n",
            ),
        ),
        "board:",
        "remove it with what only it leads to",
        (
            ("      absurd: {to: board, when: discount > 30%}\n", ""),
            ("  board: {by: sales_director, effort: 1h, next: price_settled}\n", ""),
        ),
    ),
    Fault(
        "dead-result",
        (added(GONE, "      other: {to: lost, otherwise: true, set: {loss_reason: terms}}\n"),),
        "other:",
        "",
        (("      other: {to: lost, otherwise: true, set: {loss_reason: terms}}\n", ""),),
    ),
    Fault(
        "trapped",
        (
            (
                TRAINED,
                "    effort: {min: 3h, usual: 6h, max: 16h}\n    next:\n"
                "      trained: {to: live, when: amount >= 20000}\n"
                "      again: {to: training, when: amount < 20000}\n",
            ),
        ),
        "training:",
        "",
        (
            ("trained: {to: live, when: amount >= 20000}", "trained: {to: live, share: 90%}"),
            ("again: {to: training, when: amount < 20000}", "again: {to: training, share: rest}"),
        ),
    ),
    Fault(
        "unhandled-result",
        (("      failed: {to: lost, set: {loss_reason: trial}}\n", ""),),
        "papers:",
        "Add `failed: …` to its `next`",
        (
            added(
                "      done: final_papers\n",
                "      failed: {to: lost, set: {loss_reason: trial}}\n",
            ),
        ),
    ),
    Fault(
        "unused-result",
        (added("      stalled: director_call\n", "      objected: director_call\n"),),
        "objected:",
        "remove it",
        (("      objected: director_call\n", ""),),
    ),
    Fault(
        "limits-exhausted",
        ((ASK, "    effort: 1h\n    next: {done: {to: roll_out, at_most: 1}}\n"),),
        "ask_ward:",
        "otherwise: true",
        (
            (
                "{done: {to: roll_out, at_most: 1}}",
                "{done: {to: roll_out, at_most: 1}, given_up: {to: lost, otherwise: true,"
                " set: {loss_reason: terms}}}",
            ),
        ),
    ),
    Fault(
        "limit-spent-in-loop",
        (
            (
                "promised: {to: sign, share: 75%, at_most: 2}\n" + GONE,
                "promised: {to: sign, at_most: 2}\n"
                "      silent: {to: ask_director, otherwise: true}\n"
                "  ask_director:\n"
                "    by: sales_director\n"
                "    next:\n"
                "      try_again: {to: chase, share: 50%}\n"
                "      given_up: {to: lost, share: rest, set: {loss_reason: terms}}\n",
            ),
        ),
        "promised:",
        "to where the deal can still succeed",
        (
            ("try_again: {to: chase,", "try_again: {to: book_and_plan,"),
            ("      signed: {to: [book_order, roll_out]}", "      signed: book_and_plan"),
            (
                "  chase:\n",
                "  book_and_plan: {next: {done: {to: [book_order, roll_out]}}}\n  chase:\n",
            ),
        ),
    ),
    Fault(
        "may-wait-for-timeout",
        (
            (
                "signed: {to: [book_order, roll_out]}",
                "signed: {to: [book_order, roll_out], when: amount >= 20000}",
            ),
        ),
        "sign:",
        "Widen a condition",
        (("roll_out], when: amount >= 20000}", "roll_out], when: amount >= 0}"),),
    ),
)
