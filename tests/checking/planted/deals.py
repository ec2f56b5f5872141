"""Faults of conditions and data in the pumps process."""

from tests.checking.planted.fault import DEEP, FIELD, GONE, Fault, added

FAULTS = (
    # ---- guards
    Fault(
        "uncovered-guard",
        (("when: discount > 10%}", "when: discount > 16%}"),),
        "price_check:",
        "",
        (("when: discount > 16%}", "when: discount > 10%}"),),
    ),
    Fault(
        "boundary-gap",
        (
            ("when: discount <= 10%}", "when: discount < 15%}"),
            ("when: discount > 10%}", "when: discount > 15%}"),
        ),
        "price_check:",
        "",
        (("when: discount < 15%}", "when: discount <= 15%}"),),
    ),
    Fault(
        "overlapping-guards",
        (("when: discount > 10%}", "when: discount >= 8%}"),),
        "fine:",
        "",
        (("when: discount >= 8%}", "when: discount >= 8% and discount > 10%}"),),
    ),
    Fault(
        "impossible-guard",
        (added(DEEP, "      odd: {to: approve, when: discount > 20% and discount < 5%}\n"),),
        "odd:",
        "",
        (("      odd: {to: approve, when: discount > 20% and discount < 5%}\n", ""),),
    ),
    Fault(
        "shadowed-result",
        (added(DEEP, "      huge: {to: approve, when: discount >= 20%}\n"),),
        "huge:",
        "",
        (
            (
                "too_deep: {to: approve, when: discount > 10%}",
                "too_deep: {to: approve, when: discount > 10% and discount < 20%}",
            ),
        ),
    ),
    Fault(
        "constant-guard",
        (("when: amount >= 50000\n", "when: amount >= 50000 or amount < 60000\n"),),
        "acceptance:",
        "",
        (("        when: amount >= 50000 or amount < 60000\n", ""),),
    ),
    Fault(
        "type-mismatch",
        (("when: amount >= 50000\n", "when: amount >= 50%\n"),),
        "when: amount >= 50%",
        "",
        (("when: amount >= 50%\n", "when: amount >= 50000\n"),),
    ),
    Fault(
        "unfilled-field",
        ((", contact: filled, amount: {median: 120000, p90: 400000}}", ", contact: filled}"),),
        "acceptance:",
        "or the source give it",
        ((", contact: filled}", ", contact: filled, amount: filled}"),),
    ),
    # ---- data
    Fault(
        "missing-data",
        (
            (
                "    requires: [handover_protocol]\n",
                "    requires: [handover_protocol, test_protocol]\n",
            ),
        ),
        "training:",
        "",
        (
            (
                "    captures: [handover_protocol]\n",
                "    captures: [handover_protocol, test_protocol]\n",
            ),
            ("            captures: [test_protocol]\n", ""),
        ),
    ),
    Fault(
        "never-captured",
        (("    captures: [order_number]\n", ""),),
        "won:",
        "Let an earlier step capture it",
        (
            added(
                "    by: pricing\n    requires: [contract, quote]\n",
                "    captures: [order_number]\n",
            ),
        ),
    ),
    Fault(
        "unused-data",
        (
            ("captures: [need, champion]", "captures: [need, champion, rival]"),
            added(FIELD, "  rival: {type: text}\n"),
        ),
        "needs:",
        "or stop asking for it",
        (("captures: [need, champion, rival]", "captures: [need, champion]"),),
    ),
    Fault(
        "parallel-write",
        (("captures: [test_protocol]", "captures: [test_protocol, vendor_number]"),),
        "register:",
        "Let one of the two write it",
        (("captures: [test_protocol, vendor_number]", "captures: [test_protocol]"),),
    ),
    Fault(
        "captured-twice",
        (("captures: [trial_report]", "captures: [trial_report, champion]"),),
        "trial:\n",
        "",
        (("captures: [trial_report, champion]", "captures: [trial_report]"),),
    ),
    Fault(
        "captured-late",
        (
            (", amount: {median: 80000, p90: 300000}}", "}"),
            (", amount: {median: 90000, p90: 350000}}", "}"),
            (", amount: {median: 120000, p90: 400000}}", "}"),
            (
                "8%: 35%, 20%: rest}}}",
                "8%: 35%, 20%: rest}}, amount: {median: 90000, p90: 300000}}",
            ),
        ),
        "first_call:",
        "Capture it before (`captures: [amount]`)",
        (
            (
                "    captures: [contact]\n",
                "    captures: {contact: filled, amount: {median: 90000, p90: 300000}}\n",
            ),
            (
                "8%: 35%, 20%: rest}}, amount: {median: 90000, p90: 300000}}",
                "8%: 35%, 20%: rest}}}",
            ),
            (", contact: filled}", ", contact: filled, amount: filled}"),
        ),
    ),
    Fault(
        "outcome-data-missing",
        ((GONE, "      gone: {to: lost, share: rest}\n"),),
        "lost:",
        "for example at chase (gone)",
        (("      gone: {to: lost, share: rest}\n", GONE),),
    ),
)
