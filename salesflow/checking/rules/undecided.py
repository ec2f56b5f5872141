"""It could not be decided whether something can go wrong: there are too many ways to look through.

Why it costs deals
    What is not known must not look as if it were sound. Each limit, each field that conditions
    read and each step that may run beside others multiplies the states a deal can be in; where they
    are too many, the search stops and says so. What it found until then is told and real.

    People do not see through such a process either. Blocks (`parallel`) are looked through one by
    one, so they cost little; and a small limit costs less than a large one. `patience` in
    salesflow.toml lets the search go on for longer.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: talk}}
    steps:
      talk:
        by: sales
        next:
          price: {to: price, at_most: 99}
          terms: {to: terms, at_most: 99}
          dates: {to: dates, at_most: 99}
          board: {to: board, at_most: 1}
          agreed: won
          given_up: lost
      price: {by: finance, next: talk}
      terms: {by: legal, next: talk}
      dates: {by: delivery, next: talk}
      board: {by: board, next: talk}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    policies:
      the_board_is_asked_once: {at_most_once: board}  # error: [undecided]
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
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
    ```
"""

from collections.abc import Iterator

from salesflow.analysis.undecided import Undecided
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.words import named
from salesflow.findings import Finding
from salesflow.process.model import Process
from salesflow.spans import Span

MANY = 10  # times that a result may be taken


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each question that was given up."""
    for question in facts.undecided:
        yield _finding(facts, question)


def _finding(facts: Facts, question: Undecided) -> Finding:
    process = facts.process
    message = f"It is not decided {question.whether}: {question.tried}."
    hint = f"{_simpler(process)}Or let it search longer: `patience = {10 * facts.patience}` in "
    hint += "salesflow.toml."
    if question.element is not None:
        return RULE.at(question.element, message, hint=hint)
    return RULE.found("", process.span or Span(process.file), message, hint=hint)


def _simpler(process: Process) -> str:
    """What makes the search long in this process."""
    parts = []
    steps = [*process.nodes.values()]
    limits = sorted(r.node for step in steps for r in step.next.values() if (r.at_most or 0) > MANY)
    if limits:
        parts.append(f"Lower the limits of {named(limits)}, if so many rounds never happen. ")
    split = sorted(step.node for step in steps if step.splits)
    if split:
        parts.append(f"Put what runs side by side behind {named(split)} into blocks (`parallel`). ")
    read = {name for step in steps for r in step.next.values() if r.when for name in r.when.reads}
    if len(read) > MANY:
        parts.append(f"Conditions read {len(read)} fields: decide on fewer, on a score maybe. ")
    return "".join(parts)


RULE = Rule(
    name="undecided",
    family="behaviour",
    severity="error",
    preset="correctness",
    find=find,
    module=__name__,
)
