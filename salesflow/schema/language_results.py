"""What `next` says: the results of a step and where each one leads."""

from collections.abc import Mapping
from functools import cache

from salesflow.schema.language_head import common, key
from salesflow.schema.language_spreads import field_spread
from salesflow.schema.language_values import (
    count,
    deal_value,
    expression,
    ids,
    known_id,
    result_id,
    share_or_rest,
    target_id,
)
from salesflow.schema.rules import Excludes
from salesflow.schema.shapes import (
    Either,
    Id,
    Key,
    ListOf,
    MapOf,
    Option,
    Record,
    YesNo,
)

_ELSEWHERE = {
    "requires": "`requires` belongs to the step that the result leads to.",
    "by": "Who does the work is said in a step.",
    **dict.fromkeys(("if", "condition"), "Write it as `when: …`."),
    **dict.fromkeys(("probability", "chance", "percent", "percentage"), "Write `share: 30%`."),
    **dict.fromkeys(("next", "target", "goto", "then"), "Write where it leads as `to: …`."),
    **dict.fromkeys(("else", "default"), "Write `otherwise: true`."),
    **dict.fromkeys(
        (
            "sla",
            "timeout",
            "escalate",
            "effort",
            "wait",
            "stage",
            "wait_for",
            "facing",
            "with",
        ),
        "It belongs to the step itself, beside `next`.",
    ),
}


@cache
def results() -> Either:
    """The results of work: each is chosen, or comes from the step's timeout."""
    return _results("results", result())


@cache
def inner_results() -> Either:
    """The results of a block or a run: they happen and are not chosen."""
    return _results("inner_results", inner_result())


def _results(name: str, full: Record) -> Either:
    one = Either(
        name=name.removesuffix("s"),
        expected="where the result leads: a step, an outcome, or `{to: …, share: …}`",
        description="Where this result leads: a step or an outcome, or a map with `to`.",
        options=(
            Option(kind="text", shape=target_id()),
            Option(kind="list", shape=targets()),
            Option(kind="map", shape=full),
        ),
        examples=("propose", {"to": "propose", "share": "60%"}),
    )
    every = MapOf(
        expected="a map of results",
        key=result_id(),
        value=one,
        least=1,
        keep=True,
        examples=({"fit": "validate", "no_fit": "lost"},),
    )
    return Either(
        name=name,
        expected="where the deal goes: a step, or results such as `{fit: validate, no_fit: lost}`",
        description="How the step can end, and where each result leads.",
        options=(
            Option(kind="text", shape=target_id()),
            Option(kind="map", shape=every),
        ),
        examples=("propose", {"fit": "validate", "no_fit": "lost"}),
    )


@cache
def targets() -> ListOf:
    """Several steps at once."""
    step = Id(expected="a step", examples=("negotiate",))
    return ListOf(
        name="targets",
        expected="two or more different steps",
        item=step,
        least=2,
        examples=(["negotiate", "security_review"],),
    )


@cache
def captures() -> Either:
    """Fields that are filled."""
    drawn = MapOf(
        expected="a map of fields",
        key=known_id(),
        value=field_spread(),
        examples=({"quote": "filled", "discount": {"any_of": {"0%": "60%", "25%": "rest"}}},),
    )
    return Either(
        name="captures",
        expected="a list of fields, or a map such as `{discount: {any_of: {0%: 60%, 25%: rest}}}`",
        description="Fields that are filled: a list of them, or a map that says with what.",
        options=(Option(kind="list", shape=ids()), Option(kind="map", shape=drawn)),
        examples=(["quote"], {"quote": "filled"}),
    )


@cache
def _happens() -> Mapping[str, Key]:
    """What every result may carry."""
    to = Either(
        expected="a step, an outcome, `done`, `leave`, or a list of steps",
        options=(
            Option(kind="text", shape=target_id()),
            Option(kind="list", shape=targets()),
        ),
        examples=("propose", ["negotiate", "security_review"]),
    )
    assigned = MapOf(
        expected="a map of fields with their new values",
        key=known_id(),
        value=deal_value(),
        examples=({"loss_reason": "no_budget"},),
    )
    return {
        **common(),
        "to": key(
            to,
            "Leads to",
            says="Where the deal goes: a step or an outcome; in a branch also `done` or `leave`. "
            "A list of steps starts them all side by side.",
            like="propose",
            required=True,
        ),
        "set": key(
            assigned,
            "Sets",
            says="Fields that change when this result is taken: a value, `filled`, or a "
            "calculation.",
            like={"loss_reason": "no_budget", "amount": "amount * 1.2"},
        ),
        "captures": key(
            captures(),
            "Captures",
            says="Fields that are filled when this result is taken.",
            like=["contract"],
        ),
    }


@cache
def result() -> Record:
    """A result that is chosen."""
    fallback = YesNo(expected="`true`", only=True, examples=(True,))
    return Record(
        name="result_full",
        expected="a result",
        description="A result of a step: where it leads, when it is allowed and how often.",
        keys={
            **_happens(),
            "when": key(
                expression(),
                "Only when",
                says="The result is possible only for deals of which this is true.",
                like="discount <= 20%",
            ),
            "share": key(
                share_or_rest(),
                "Share",
                says="How often it is taken, among the results that are possible. `rest` is what "
                "the others leave.",
                like="60%",
            ),
            "at_most": key(
                count(1),
                "At most",
                says="How many times one deal may take this result.",
                like=2,
            ),
            "otherwise": key(
                fallback,
                "Otherwise",
                says="True for the one result that is taken when no other is possible.",
                like=True,
            ),
        },
        rules=(
            Excludes(
                key="otherwise",
                others=("when", "share", "at_most"),
                why="`otherwise` is taken exactly when no other result is possible: it has no "
                "condition, share or limit.",
            ),
        ),
        elsewhere=_ELSEWHERE,
    )


@cache
def inner_result() -> Record:
    """A result that happens."""
    why = (
        "The results of a block or a run happen, they are not chosen: lead it to a decision step "
        "(a step without `by`) and write it there."
    )
    return Record(
        name="inner_result_full",
        expected="a result of a block or a run",
        description="A result that comes from inside: where it leads and what it fills.",
        keys=_happens(),
        elsewhere={
            **_ELSEWHERE,
            **dict.fromkeys(("when", "share", "at_most", "otherwise"), why),
        },
    )
