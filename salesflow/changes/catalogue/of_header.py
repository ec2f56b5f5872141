"""What changes about a process itself, or one that is run: version, goal, locks and the like."""

from salesflow.changes.catalogue.concerned import concerns, departments_at, everyone, nobody, within
from salesflow.changes.catalogue.direction import comes
from salesflow.changes.catalogue.of_words import word_rows
from salesflow.changes.catalogue.parties import counting_money
from salesflow.changes.catalogue.row import Case, ChangeRule
from salesflow.changes.catalogue.wording import it, quoted, says
from salesflow.changes.edit import REPORTING, RUNNING

_HEAD = "process: new_business\n"
_LOCKED = "locked: [steps.papers]\n"
_UNDECLARED = """\
salesflow: 1
process: smb
sources: {inbound: {start: call}}
steps:
  call: {by: sales, next: {interested: demo, not_a_fit: lost}}
  demo: {by: sales, next: {buys: won, passes: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
_EXAMPLES = {
    "name": (_HEAD, _HEAD + "name: New business\n"),
    "description": (_HEAD, _HEAD + "description: From the first call to the contract\n"),
    "owner": ("owner: sales_ops\n", "owner: revenue_ops\n"),
    "was": (_HEAD, _HEAD + "was: new_deals\n"),
}
_DECLARED = says(
    "{it} declares its departments now; so far each role was a department of its own.",
    removed="{it} no longer declares departments: each role is a department of its own now.",
)


def _locked_to(case: Case) -> set[str]:
    """The departments that have a part in what is locked."""
    edit = case.edit
    process, path = (case.new, edit.path) if edit.new else (case.old, edit.old_path or edit.path)
    inner, _ = within(process, path)
    return departments_at(inner, str(edit.new or edit.old))


def _goal(case: Case) -> str:
    old, new = case.edit.old, case.edit.new
    if old is None:
        return f"{it(case)} has the goal {quoted(new)} now; so far none was written."
    if new is None:
        return f"{it(case)} has no goal any more; so far it was {quoted(old)}."
    return f"The goal of {it(case)} is {quoted(new)} now instead of {quoted(old)}."


def _money(case: Case) -> str:
    edit = case.edit
    old, new = edit.old, edit.new
    shared = edit.what == "run"  # a process that is run has its own only where it differs
    if old is None:
        before = "in the same currency as what runs it" if shared else "in no currency"
        return f"Money in {it(case)} is in {new} now; so far it was {before}."
    if new is None:
        after = "in the same currency as what runs it" if shared else "in no currency"
        return f"Money in {it(case)} is {after} now; so far it was in {old}."
    return f"Money in {it(case)} is in {new} now instead of {old}."


def _of_a_run(rule: ChangeRule) -> ChangeRule:
    """The same rule for a process that is run."""
    name, mirror = (each.replace("process-", "run-", 1) for each in (rule.name, rule.mirror))
    return rule.replace(name=name, mirror=mirror, what="run")


HEADER: tuple[ChangeRule, ...] = (
    *word_rows("process", _EXAMPLES),
    ChangeRule(
        name="process-version-changed",
        what="process",
        kind="changed",
        level="cosmetic",
        mirror="process-version-changed",
        audience=nobody,
        message=says(
            "{it} is version {new} now instead of {old}.",
            added="{it} is version {new} now; so far it had no number.",
            removed="{it} has no version any more; so far it was {old}.",
        ),
        why=(
            "Only the number changes by this. See that it says as much as the other "
            "changes: a breaking one deserves a new first number."
        ),
        example=("version: 1.0.0\n", "version: 1.1.0\n"),
        field="version",
    ),
    ChangeRule(
        name="process-goal-changed",
        what="process",
        kind="changed",
        level="cosmetic",
        mirror="process-goal-changed",
        audience=nobody,
        message=_goal,
        why=(
            "The process does the same. Where the goal is something that can be "
            "measured, an objective says whether it is reached."
        ),
        example=("goal: Win accounts that stay\n", "goal: Win accounts that grow\n"),
        field="goal",
    ),
    ChangeRule(
        name="process-departments-declared",
        what="process",
        kind="changed",
        level="check",
        mirror="process-departments-declared",
        message=_DECLARED,
        why=(
            "Handoffs are where a deal passes from one department to another, so there "
            "are others now. Look at them with `salesflow draw --view departments`, and "
            "see that touchpoints and reports name what there is."
        ),
        example=(
            _UNDECLARED,
            _UNDECLARED + "departments: {sales: {people: 3}}\n",
        ),
        field="declared",
        audience=concerns(everyone),
    ),
    ChangeRule(
        name="process-worth-changed",
        what="process",
        kind="changed",
        level="check",
        mirror="process-worth-changed",
        message=says(
            "What a deal of {it} is worth is read from {new_ids} now instead of {old_ids}.",
            added="What a deal of {it} is worth is read from {new_ids} now; "
            "so far deals were only counted.",
            removed="Deals of {it} are only counted now; "
            "so far their worth was read from {old_ids}.",
        ),
        why=(
            "Everything that is counted in money means something else from now on: "
            "value won, the forecast, who takes the largest deal first. Say so in the "
            "reports."
        ),
        example=("value: amount\n", ""),
        field="value",
        audience=concerns(REPORTING),
    ),
    ChangeRule(
        name="process-currency-changed",
        what="process",
        kind="changed",
        level="breaking",
        mirror="process-currency-changed",
        message=_money,
        why=(
            "No amount, limit or cost is converted: the same numbers mean other sums. "
            "Convert them all, in conditions too, and say so in the reports."
        ),
        example=("currency: EUR\n", "currency: USD\n"),
        field="currency",
        audience=concerns(counting_money, RUNNING, REPORTING),
    ),
    ChangeRule(
        name="process-start-date-changed",
        what="process",
        kind="changed",
        level="cosmetic",
        mirror="process-start-date-changed",
        audience=nobody,
        message=says("Simulated time of {it} begins on {new} now instead of {old}."),
        why=(
            "Deals go the same ways. Simulations meet other holidays and weekdays, so "
            "compare them only with others that begin on the same day."
        ),
        example=("start_date: 2026-01-05\n", "start_date: 2026-07-06\n"),
        field="start_date",
    ),
    ChangeRule(
        name="process-lock-added",
        what="process",
        kind="changed",
        level="check",
        mirror="process-lock-removed",
        message=says("Variants may no longer change {id}; so far they could."),
        why=(
            "A variant that changes it does not load any more: `salesflow check` of the "
            "variants says which. Tell those who keep them."
        ),
        example=(_LOCKED, "locked: [steps.call, steps.papers]\n"),
        field="locked",
        audience=concerns(_locked_to),
        holds=comes,
    ),
    ChangeRule(
        name="process-lock-removed",
        what="process",
        kind="changed",
        level="check",
        mirror="process-lock-added",
        message=says("Variants may change {id} now; so far it was locked."),
        why=(
            "Whoever relied on it being the same everywhere can no longer. Ask the "
            "departments that have a part in it, before a variant makes use of it."
        ),
        example=(_LOCKED, ""),
        field="locked",
        audience=concerns(_locked_to),
    ),
)

ROWS: tuple[ChangeRule, ...] = (
    *HEADER,
    *map(_of_a_run, HEADER),
    ChangeRule(
        name="run-organization-of-its-own",
        what="run",
        kind="changed",
        level="cosmetic",
        mirror="run-organization-of-its-own",
        audience=nobody,
        message=says(
            "{it} has an organization of its own.",
            added="{it} has departments or data of its own now; so far the same as what runs it.",
            removed="{it} has the same departments and data as what runs it now; "
            "so far it had its own.",
        ),
        why=(
            "By this alone nothing changes; what is different in the two is told one by one. "
            "Write the organization in a file that both `use`, if it is meant to be the same."
        ),
        example=("currency: EUR\n", "currency: USD\n"),
        field="organization",
    ),
)
