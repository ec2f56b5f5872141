"""Faults in small files: what the pumps process is too large, or too good, to show."""

from tests.checking.planted.fault import Fault, added

RENEWAL = """salesflow: 1
process: renewal
sources: {contract_ends: {start: sent}}
steps:
  sent: {by: sales, next: answer}
  answer: {by: customer, next: {signed: won, rejected: lost}}
outcomes:
  won: {kind: won}
  lost: {kind: lost}
"""

REMINDERS = """salesflow: 1
process: renewal
departments: {sales: {}, marketing: {}}
sources: {contract_ends: {start: ask}}
steps:
  ask:
    parallel:
      answer: {steps: {talk: {by: sales, next: {signed: done, rejected: leave}}}}
      reminders: {steps: {wait: {by: marketing, next: {reminded: wait, stops: leave}}}}
    join: any
    next: {done: won, rejected: lost, stops: lost}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""

PRICING = """salesflow: 1
process: renewal
data: {discount: {type: percent}}
sources: {contract_ends: {start: quote}}
steps:
  quote: {by: sales, next: recalculate}
  recalculate: {by: finance, captures: {discount: {any_of: {0%: 50%, 10%: rest}}}, next: decide}
  decide: {by: director, next: {fine: {to: won, when: discount <= 5%}, dear: {to: lost, otherwise: true}}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""

HANDOVER = """salesflow: 1
process: handover
departments: {sales: {}, success: {}}
data: {contract: {type: document}}
sources: {inbound: {start: sign}}
steps:
  sign: {by: sales, captures: [contract], next: {small: start, large: start, refused: lost}}
  start: {by: success, next: {live: won, unclear: {to: sign, at_most: 1}}}
outcomes:
  won: {kind: won}
  lost: {kind: lost}
touchpoints:
  to_success: {from: sales, to: success, requires: [contract], accept_within: 2d}
  handed_back: {from: success, to: sales, requires: [contract], accept_within: 3d}
"""
BACK = "  handed_back: {from: success, to: sales, requires: [contract], accept_within: 3d}\n"

TALKS = """salesflow: 1
process: talks
sources: {inbound: {start: talk}}
steps:
  talk:
    by: sales
    next:
      price: {to: price, at_most: 3}
      terms: {to: terms, at_most: 3}
      dates: {to: dates, at_most: 3}
      board: {to: board, at_most: 1}
      agreed: won
      given_up: lost
  price: {by: finance, next: talk}
  terms: {by: legal, next: talk}
  dates: {by: delivery, next: talk}
  board: {by: board, next: talk}
outcomes: {won: {kind: won}, lost: {kind: lost}}
policies:
  the_board_is_asked_once: {at_most_once: board}
"""

FAULTS = (
    Fault(
        "no-loss-path",
        (
            ("rejected: lost}", "rejected: {to: sent, at_most: 1}}"),
            ("  lost: {kind: lost}\n", "  longer: {kind: won}\n"),
            ("{signed: won,", "{signed: won, for_longer: longer,"),
        ),
        "longer:",
        "Add an outcome, e.g. `lost: {kind: lost}`",
        (
            added("  longer: {kind: won}\n", "  lost: {kind: lost}\n"),
            ("{to: sent, at_most: 1}}", "lost}"),
        ),
        text=RENEWAL,
    ),
    Fault(
        "only-one-outcome",
        (("rejected: lost}", "rejected: {to: sent, at_most: 1}}"), ("  lost: {kind: lost}\n", "")),
        "won:",
        "Add an outcome, e.g. `lost: {kind: lost}`",
        (
            added("  won: {kind: won}\n", "  lost: {kind: lost}\n"),
            ("{to: sent, at_most: 1}}", "lost}"),
        ),
        text=RENEWAL,
    ),
    Fault(
        "never-leaves",
        (
            ("next: {reminded: wait, stops: leave}", "next: {reminded: wait}"),
            (", stops: lost}", "}"),
        ),
        "reminders:",
        "one that leads to `done` or `leave`",
        (
            ("next: {reminded: wait}", "next: {reminded: wait, stops: leave}"),
            ("{done: won, rejected: lost}", "{done: won, rejected: lost, stops: lost}"),
        ),
        text=REMINDERS,
    ),
    Fault(
        "lost-update",
        (added("  quote: {by: sales,", " captures: {discount: {any_of: {0%: 50%, 5%: rest}}},"),),
        "quote:",
        "Take one of the two away",
        ((" captures: {discount: {any_of: {0%: 50%, 5%: rest}}},", ""),),
        text=PRICING,
    ),
    Fault(
        "no-way-back",
        ((", unclear: {to: sign, at_most: 1}}", "}"), (BACK, "")),
        "to_success:",
        "that leads to a step of `sales`",
        (
            ("next: {live: won}", "next: {live: won, incomplete: {to: sign, at_most: 2}}"),
            added("accept_within: 2d}\n", BACK),
        ),
        text=HANDOVER,
    ),
    Fault(
        "won-without-handover",
        (
            ("small: start,", "small: won,"),
            (", unclear: {to: sign, at_most: 1}}", ", given_up: lost}"),
            (BACK, ""),
        ),
        "won:",
        "Lead this way through `start` as well",
        (("small: won,", "small: start,"),),
        text=HANDOVER,
    ),
    Fault(
        "undecided",
        (
            ("price: {to: price, at_most: 3}", "price: {to: price, at_most: 99}"),
            ("terms: {to: terms, at_most: 3}", "terms: {to: terms, at_most: 99}"),
            ("dates: {to: dates, at_most: 3}", "dates: {to: dates, at_most: 99}"),
        ),
        "the_board_is_asked_once:",
        "Lower the limits of",
        (
            ("price: {to: price, at_most: 99}", "price: {to: price, at_most: 4}"),
            ("terms: {to: terms, at_most: 99}", "terms: {to: terms, at_most: 4}"),
            ("dates: {to: dates, at_most: 99}", "dates: {to: dates, at_most: 4}"),
        ),
        text=TALKS,
    ),
)
