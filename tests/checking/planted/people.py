"""Faults of bridges and people in the pumps process."""

from tests.checking.planted.fault import ASK, FIELD, UNCLEAR, Fault, added

FAULTS = (
    # ---- bridges
    Fault(
        "no-owner",
        (("    by: area_manager\n    facing: customer\n" + ASK, "    facing: customer\n" + ASK),),
        "ask_ward:",
        "Add `by:` with a role",
        (added("  ask_ward:\n", "    by: area_manager\n"),),
    ),
    Fault(
        "undeclared-touchpoint",
        (
            (
                "  from_legal: {from: legal, to: field_sales, requires: [contract], accept_within: 3bd}\n",
                "",
            ),
        ),
        "final_papers:",
        "Add one: `legal_to_field_sales: {from: legal, to: field_sales, requires: […]}`",
        (
            added(
                "touchpoints:\n",
                "  legal_to_field_sales: {from: legal, to: field_sales, requires: [contract],"
                " accept_within: 3bd}\n",
            ),
        ),
    ),
    Fault(
        "unused-touchpoint",
        (
            added(
                "touchpoints:\n",
                "  credit: {from: legal, to: pricing, requires: [contract], accept_within: 2bd}\n",
            ),
        ),
        "credit:",
        "Remove it",
        (("  credit: {from: legal, to: pricing, requires: [contract], accept_within: 2bd}\n", ""),),
    ),
    Fault(
        "handoff-data-missing",
        (
            (
                "requires: [hospital_name, contact], accept_within: 3bd",
                "requires: [hospital_name, contact, need], accept_within: 3bd",
            ),
        ),
        "leads:",
        "Let `inside_sales` capture it before",
        (
            ("    captures: [contact]\n", "    captures: [contact, need]\n"),
            ("captures: [need, champion]", "captures: [champion]"),
            (
                "hospital_name: filled, contact: filled, amount",
                "hospital_name: filled, contact: filled, need: filled, amount",
            ),
        ),
    ),
    Fault(
        "no-accept-time",
        (
            (
                "to: field_sales, requires: [quote], accept_within: 2bd}",
                "to: field_sales, requires: [quote]}",
            ),
        ),
        "price_answer:",
        "accept_within",
        (
            (
                "to: field_sales, requires: [quote]}",
                "to: field_sales, requires: [quote], accept_within: 5bd}",
            ),
        ),
    ),
    Fault(
        "ping-pong",
        ((UNCLEAR, "      unclear: {to: ask_ward, share: rest}\n"),),
        "unclear:",
        "a limit (`at_most: 2`)",
        (("      unclear: {to: ask_ward, share: rest}\n", UNCLEAR),),
    ),
    Fault(
        "escalates-to-itself",
        (
            (
                "escalate: {after: 5bd, by: sales_director}",
                "escalate: {after: 5bd, by: area_manager}",
            ),
        ),
        "demo:",
        "Name a role that is not part of the step",
        (
            (
                "escalate: {after: 5bd, by: area_manager}",
                "escalate: {after: 5bd, by: sales_director}",
            ),
        ),
    ),
    Fault(
        "promise-not-kept",
        (
            ("returns: [contract]", "returns: [contract, terms]"),
            added(FIELD, "  terms: {type: document}\n"),
            (
                "            by: legal\n            effort: {min: 1h, usual: 2h, max: 6h}\n",
                "            by: legal\n            captures: [terms]\n            effort: {min: 1h, usual: 2h, max: 6h}\n",
            ),
        ),
        "to_legal:",
        "Let `legal` capture it on this way",
        (("            captures: [contract]\n", "            captures: [contract, terms]\n"),),
    ),
    # ---- resources
    Fault(
        "overloaded-role",
        (("cost_per_hour: 50, available: 40%", "cost_per_hour: 50, available: 3%"),),
        "planner:",
        "available",
        (("cost_per_hour: 50, available: 3%", "cost_per_hour: 50, available: 10%"),),
    ),
    Fault(
        "tight-role",
        (("cost_per_hour: 50, available: 40%", "cost_per_hour: 50, available: 4.5%"),),
        "planner:",
        "available",
        (("cost_per_hour: 50, available: 4.5%", "cost_per_hour: 50, available: 10%"),),
    ),
    Fault(
        "empty-role",
        (("planner: {people: 2,", "planner: {people: 0,"),),
        "planner:",
        "Say how many there are",
        (("planner: {people: 0,", "planner: {people: 2,"),),
    ),
    Fault(
        "never-open-together",
        (
            (
                "cost_per_hour: 130, available: 20%",
                "cost_per_hour: 130, available: 20%, calendar: evenings",
            ),
            added(
                "calendars:\n",
                '  evenings: {timezone: Europe/Oslo, hours: {mon-fri: "17:00-20:00"}}\n',
            ),
        ),
        "director_call:",
        "Let the calendars meet",
        (('"17:00-20:00"', '"13:00-20:00"'),),
    ),
    Fault(
        "single-person-path",
        (("planner: {people: 2,", "planner: {people: 1,"),),
        "planner:",
        "`people: 2`",
        (("planner: {people: 1,", "planner: {people: 2,"),),
    ),
    Fault(
        "divergent-rework",
        (
            ("accepted: {to: registered, share: 80%}", "accepted: {to: registered, share: 4%}"),
            ("question: {to: forms, share: 15%, at_most: 2}", "question: {to: forms, share: 95%}"),
        ),
        "their_answer:",
        "at_most: 3",
        (("question: {to: forms, share: 95%}", "question: {to: forms, share: 95%, at_most: 3}"),),
    ),
)
