"""Changes of the fields that a deal carries."""

from salesflow.changes.catalogue.concerned import concerns
from salesflow.changes.catalogue.direction import comes
from salesflow.changes.catalogue.identity import renamed
from salesflow.changes.catalogue.of_words import word_rows
from salesflow.changes.catalogue.parties import using_field
from salesflow.changes.catalogue.row import Case, ChangeRule
from salesflow.changes.catalogue.wording import it, quoted, says
from salesflow.changes.edit import REPORTING, RUNNING

_KINDS = {
    "yes_no": "yes or no",
    "money": "an amount of money",
    "choice": "one of several values",
    "percent": "a percentage",
}


def _kind(kind: str) -> str:
    return _KINDS.get(kind, f"a {kind}")


def _added(case: Case) -> str:
    data = case.edit.new
    values = f" of `{'`, `'.join(data['values'])}`" if data.get("values") else ""
    sensitive = ", and is sensitive" if data.get("sensitive") else ""
    return f"Deals may now carry {it(case)}: it is {_kind(data['type'])}{values}{sensitive}."


def _removed(case: Case) -> str:
    return f"Deals no longer carry {it(case)}; so far it held {_kind(case.edit.old['type'])}."


def _type(case: Case) -> str:
    old, new = _kind(case.edit.old), _kind(case.edit.new)
    return f"{it(case)} is now {new} instead of {old}."


def _value(case: Case) -> str:
    edit = case.edit
    if edit.old is None:
        return f"{it(case)} may now be `{edit.new}` too; so far it could not."
    return f"{it(case)} can no longer be `{edit.old}`; so far it could."


def _master(case: Case) -> str:
    edit = case.edit
    if edit.old is None:
        return f"The true value of {it(case)} now stands in {quoted(edit.new)}; none was named."
    if edit.new is None:
        return f"No system holds the true value of {it(case)} any more; it was {quoted(edit.old)}."
    return (
        f"The true value of {it(case)} now stands in {quoted(edit.new)} instead of "
        f"{quoted(edit.old)}."
    )


def _is_sensitive(case: Case) -> bool:
    return bool(case.edit.new)


ROWS: tuple[ChangeRule, ...] = (
    ChangeRule(
        name="field-added",
        what="field",
        kind="added",
        level="safe",
        mirror="field-removed",
        audience=concerns(using_field, REPORTING),
        message=_added,
        why="A field that may be filled binds nobody. Who has to fill it, or is asked for it at a "
        "handoff, is a change of its own. Add the column where deals are kept.",
        example=("  phone: {", "  budget: {type: money}\n  phone: {"),
    ),
    ChangeRule(
        name="field-removed",
        what="field",
        kind="removed",
        level="breaking",
        mirror="field-added",
        audience=concerns(using_field, RUNNING, REPORTING),
        message=_removed,
        why="Reports and systems that read the field find nothing any more, and what deals under "
        "way already carry in it is lost to the process. Tell those who read it. If it is only "
        "called otherwise, write `was:` into the new field.",
        example=("  phone: {type: text, sensitive: true}\n", ""),
    ),
    *renamed(
        "field",
        using_field,
        announced_example=("  phone: {", "  telephone: {was: phone, "),
        example=("  phone: {", "  telephone: {"),
    ),
    ChangeRule(
        name="field-type",
        what="field",
        kind="changed",
        field="type",
        level="breaking",
        mirror="field-type",
        audience=concerns(using_field, RUNNING, REPORTING),
        message=_type,
        why="What deals under way already carry in it does not fit any more, nor do the columns of "
        "reports. Convert the values before this goes live, or declare a second field.",
        example=("  phone: {type: text,", "  phone: {type: number,"),
    ),
    ChangeRule(
        name="field-value-added",
        what="field",
        kind="changed",
        field="values",
        level="safe",
        mirror="field-value-removed",
        holds=comes,
        audience=concerns(using_field, REPORTING),
        message=_value,
        why="Nothing that is filled becomes wrong. See that conditions and reports that go through "
        "all values know the new one; `salesflow check` finds results that no deal can take.",
        example=("values: [emea, amer]", "values: [emea, amer, apac]"),
    ),
    ChangeRule(
        name="field-value-removed",
        what="field",
        kind="changed",
        field="values",
        level="breaking",
        mirror="field-value-added",
        audience=concerns(using_field, RUNNING, REPORTING),
        message=_value,
        why="Deals under way may carry the value, and no condition knows it any more. Say what "
        "becomes of them and change them before this goes live; reports by this value end.",
        example=(
            "  interest: {type: choice, values: [high, low]}\n",
            "  interest: {type: choice, values: [high]}\n",
        ),
    ),
    ChangeRule(
        name="field-master",
        what="field",
        kind="changed",
        field="master",
        level="check",
        mirror="field-master",
        audience=concerns(using_field, REPORTING),
        message=_master,
        why="Whoever changes or reads the value has to do it in another system, and somebody has "
        "to carry over what is there. The process itself does the same.",
        example=("{type: text, master: crm}", "{type: text, master: erp}"),
    ),
    ChangeRule(
        name="field-sensitive",
        what="field",
        kind="changed",
        field="sensitive",
        level="check",
        mirror="field-not-sensitive",
        holds=_is_sensitive,
        audience=concerns(using_field, REPORTING),
        message=says("{it} is sensitive now: it has to be kept from those who do not need it."),
        why="Who may see the field, how long it is kept and where it is shown may have to change. "
        "Ask whoever answers for data protection before this goes live.",
        example=("  amount: {type: money}\n", "  amount: {type: money, sensitive: true}\n"),
    ),
    ChangeRule(
        name="field-not-sensitive",
        what="field",
        kind="changed",
        field="sensitive",
        level="check",
        mirror="field-sensitive",
        audience=concerns(using_field, REPORTING),
        message=says("{it} no longer counts as sensitive; so far it had to be kept confidential."),
        why="What was hidden may now be shown. Ask whoever answers for data protection whether "
        "that is meant.",
        example=("{type: text, sensitive: true}", "{type: text}"),
    ),
    *word_rows(
        "field",
        {
            "name": ("  phone: {", "  phone: {name: Mobile, "),
            "description": ("  phone: {", "  phone: {description: With country code, "),
            "owner": ("  phone: {", "  phone: {owner: revops, "),
            "was": ("  phone: {", "  phone: {was: tel, "),
        },
        audience=using_field,
    ),
)
