"""Shapes of single values: ids, times, shares, rates, dates, and distributions of them."""

from functools import cache

from salesflow.schema.shapes import (
    RESERVED,
    Either,
    Id,
    ListOf,
    Number,
    Option,
    Text,
    Whole,
    Word,
    YesNo,
)

# Words that say how a distribution is given: a choice may not be called so.
SPREAD_WORDS = ("any_of", "median", "p90", "mean", "sd", "min", "usual", "max")
_CHOICE_BARRED = "|".join((*RESERVED, *SPREAD_WORDS))


@cache
def text() -> Text:
    """Free text."""
    return Text(expected="text", examples=("Technical validation",))


@cache
def new_id() -> Id:
    """An id that is given here."""
    return Id(
        name="id",
        expected="an id: small letters, digits and `_`, starting with a letter",
        examples=("discovery",),
    )


@cache
def known_id() -> Id:
    """An id that is given elsewhere; fields include `source`, which every deal has."""
    return Id(
        name="known_id",
        expected="one id",
        also=("source",),
        examples=("account_executive",),
    )


@cache
def result_id() -> Id:
    """The id of a result: `done` is one."""
    return Id(
        name="result_id",
        expected="the id of a result: small letters, digits and `_`",
        also=("done",),
        examples=("accepted",),
    )


@cache
def target_id() -> Id:
    """Where a result leads."""
    return Id(
        name="target_id",
        expected="a step, an outcome, `done` or `leave`",
        also=("done", "leave"),
        examples=("propose",),
    )


@cache
def path_id() -> Id:
    """One or more ids joined by dots."""
    return Id(
        name="path",
        expected="ids joined by dots, such as `paper_process.legal`",
        dotted=True,
        examples=("paper_process.legal",),
    )


@cache
def ids() -> ListOf:
    """A set of ids."""
    return ListOf(
        name="ids",
        expected="a list such as `[contract, quote]`",
        item=known_id(),
        examples=(["contract", "quote"],),
    )


@cache
def paths() -> ListOf:
    """A set of paths."""
    return ListOf(
        name="paths",
        expected="a list of paths such as `[steps.nurture]`",
        item=path_id(),
        examples=(["steps.nurture"],),
    )


def word(*words: str) -> Word:
    """One of a few words."""
    shown = [f"`{each}`" for each in words]
    return Word(
        expected=f"{', '.join(shown[:-1])} or {shown[-1]}",
        words=words,
        examples=(words[0],),
    )


@cache
def yes_no() -> YesNo:
    """True or false."""
    return YesNo(expected="`true` or `false`", examples=(True,))


def count(least: int = 0) -> Whole:
    """A whole number from ``least`` on."""
    return Whole(expected=f"a whole number of {least} or more", least=least, examples=(2,))


@cache
def cost() -> Number:
    """Money, nothing or more."""
    return Number(expected="a number of 0 or more", least=0, examples=(85,))


@cache
def duration() -> Text:
    """Elapsed or business time."""
    from salesflow.quantities import ANY_DURATION_PATTERN

    return Text(
        name="duration",
        expected="a time such as `45min`, `3h`, `2d`, `1w` or, in office hours, `4bh`, `2bd`",
        description="Elapsed time (s min h d w) or time in office hours (bh bd).",
        pattern=ANY_DURATION_PATTERN,
        unit="duration",
        rule="bad-unit",
        examples=("2d", "1bd"),
    )


@cache
def elapsed() -> Text:
    """Elapsed time only: no calendar is at hand."""
    from salesflow.quantities import DURATION_PATTERN

    return Text(
        name="elapsed",
        expected="an elapsed time such as `45min`, `3h`, `2d` or `1w`",
        description="Elapsed time: s min h d w.",
        pattern=DURATION_PATTERN,
        unit="elapsed",
        rule="bad-unit",
        examples=("30d",),
    )


@cache
def share() -> Text:
    """A share from 0% to 100%."""
    from salesflow.quantities import SHARE_PATTERN

    return Text(
        name="share",
        expected="a share such as `30%`",
        description="A share from 0% to 100%.",
        pattern=SHARE_PATTERN,
        unit="share",
        rule="bad-unit",
        examples=("30%",),
    )


@cache
def share_or_rest() -> Text:
    """A share, or what the others leave."""
    return share().replace(
        name="share_or_rest",
        expected="a share such as `30%`, or `rest`",
        description="A share from 0% to 100%, or `rest`: what the others leave of 100%.",
        pattern=f"rest|{share().pattern}",
        unit="share_or_rest",
        examples=("30%", "rest"),
    )


@cache
def date() -> Text:
    """A day that exists."""
    from salesflow.quantities import DATE_PATTERN

    return Text(
        name="date",
        expected="a day such as `2026-12-25`",
        pattern=DATE_PATTERN,
        unit="date",
        examples=("2026-12-25",),
    )


@cache
def choice_value() -> Text:
    """A value of a choice field."""
    return Text(
        name="choice_value",
        expected="a word of letters, digits and `_` that is no word of the language",
        pattern=f"(?!(?:{_CHOICE_BARRED})$)[A-Za-z][A-Za-z0-9_]*",
        examples=("DACH",),
    )


@cache
def expression() -> Either:
    """A condition."""
    written = Text(expected="a condition", examples=("amount >= 100000",))
    return Either(
        name="condition",
        expected="a condition such as `amount >= 100000`",
        description="A condition over the deal's data: and or not == != < <= > >= + - * /, "
        "filled(field), visited(step), times(step.result).",
        options=(
            Option(kind="text", shape=written),
            Option(kind="yes_no", shape=yes_no()),
        ),
        examples=("amount >= 100000 and region == DACH",),
    )


@cache
def deal_value() -> Either:
    """A value of a field, or an expression that gives one."""
    return Either(
        name="field_value",
        expected="a value, `filled`, or a calculation such as `amount * 1.2`",
        description="A value of the field, `filled`, or a calculation such as `amount * 1.2`.",
        options=(
            Option(kind="text", shape=text()),
            Option(kind="number", shape=Number(expected="a number")),
            Option(kind="yes_no", shape=yes_no()),
        ),
        examples=("no_budget", 40000, "25%"),
    )
