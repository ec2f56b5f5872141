"""Fields of deals in a file: what is a value and what is not, and whether it matters."""

import pytest

from salesflow.changes.running.cells import Cells
from salesflow.errors import UsageError
from salesflow.expressions.exact import exact
from salesflow.process.crm_values import WrongValueError, value_of
from salesflow.process.net import Net
from salesflow.process.people import Field
from tests.changes.running.pairs import judged, process, told

CHOICES = ("mid_size", "large")


def read(kind: str, text: str, *, comma: bool = False) -> object:
    field = Field(id="x", path="", node="", type=kind, values=CHOICES)
    return value_of(text, field, CHOICES, comma=comma)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("money", "12000", 12000),
        ("money", "-12000.50", -12000.5),
        ("number", "1,234,567.89", 1234567.89),
        ("percent", "12.5%", 0.125),
        ("yes_no", "TRUE", True),
        ("yes_no", "n", False),
        ("choice", "Mid size", "mid_size"),
        ("choice", "large", "large"),
        ("document", "offer.pdf", "filled"),
    ],
)
def test_values_are_read_as_crms_write_them(kind: str, text: str, value: object) -> None:
    assert read(kind, text) == value


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [("money", "12000,50", 12000.5), ("number", "12.5", 12.5), ("percent", "12,5 %", 0.125)],
)
def test_beside_semicolons_numbers_may_have_a_decimal_comma(
    kind: str, text: str, value: object
) -> None:
    assert read(kind, text, comma=True) == value


@pytest.mark.parametrize(
    ("kind", "text", "comma", "message"),
    [
        (
            "money",
            "1e5",
            False,
            "`x` is of type money, and `1e5` is not. Write it like `12000.50`.",
        ),
        (
            "money",
            "nan",
            False,
            "`x` is of type money, and `nan` is not. Write it like `12000.50`.",
        ),
        (
            "money",
            "12000,5",
            False,
            "`x` is of type money, and `12000,5` is not. Write it like `12000.50`.",
        ),
        (
            "number",
            "12.000",
            True,
            "`x` is of type number, and `12.000` is not. Write it like `12000,50`.",
        ),
        ("percent", "10", False, "`x` is of type percent, and `10` is not. Write it like `10%`."),
        (
            "yes_no",
            "maybe",
            False,
            "`x` is of type yes_no, and `maybe` is not. Write it like `true` or `false`.",
        ),
        ("choice", "larg", False, "`larg` is no value of `x`. Did you mean `large`?"),
        ("choice", "tiny", False, "`tiny` is no value of `x`. It has `mid_size`, `large`."),
    ],
)
def test_what_is_no_value_says_what_would_be(
    kind: str, text: str, comma: bool, message: str
) -> None:
    with pytest.raises(WrongValueError) as error:
        read(kind, text, comma=comma)
    assert str(error.value) == message


DATA = (
    "{amount: {type: money}, rate: {type: percent, name: Our discount}, vip: {type: yes_no}, "
    "region: {type: choice, values: [dach, amer]}, paper: {type: document}, idle: {type: money}}"
)


def asking(when: str) -> str:
    return f"{{call: {{captures: [amount, rate, vip, region, paper], next: ask}}, ask: {{next: {{go: {{to: won, when: '{when}'}}}}}}}}"


@pytest.mark.parametrize(
    ("when", "column", "good", "bad"),
    [
        ("amount >= 100", "amount", ["100", "100.0", "100.01", "9,000"], ["99.99", "0", "-1"]),
        ("amount == 100", "amount", ["100"], ["99.999", "100.001"]),
        ("rate <= 10%", "Our discount", ["10%", "0%"], ["10.000001%"]),
        ("rate <= 10%", "rate", ["10%"], ["11%"]),
        ("vip", "VIP", ["yes"], ["no"]),
        ("region != dach", "region", ["AMER"], ["dach"]),
        ("source == inbound", "source", ["inbound"], []),
    ],
)
def test_a_field_that_the_file_tells_decides(
    when: str, column: str, good: list[str], bad: list[str]
) -> None:
    version = process(asking(when), data=DATA)
    for cells, verdict in ((good, "fine"), (bad, "stranded")):
        for cell in cells:
            text = f'deal,at,{column}\nD-1,ask,"{cell}"\n'
            (group,) = judged(version, version, text).groups
            assert group.verdict == verdict, cell


def test_what_is_no_field_is_passed_over_with_a_word() -> None:
    version = process(asking("vip"), data=DATA)
    deals = judged(version, version, "deal,at,vip,owner,,note,idle\nD-1,ask,yes,me,x,y,7\n")
    assert [group.verdict for group in deals.groups] == ["fine"]
    assert deals.notes == ("deals.csv: `owner`, `note` are no fields of a deal: ignored.",)
    deals = judged(version, version, "deal,at,owner\nD-1,call,me\n")
    assert deals.notes == ("deals.csv: `owner` is no field of a deal: ignored.",)


def test_wrong_values_are_told_with_their_lines_also_of_fields_that_decide_nothing() -> None:
    version = process(asking("vip"), data=DATA)
    with pytest.raises(UsageError) as error:
        judged(version, version, "deal,at,vip,idle\nD-1,ask,yes,1\nD-2,ask,x,\nD-3,ask,,much\n")
    assert str(error.value).splitlines() == [
        "deals.csv:3: `vip` is of type yes_no, and `x` is not. Write it like `true` or `false`.",
        "deals.csv:4: `idle` is of type money, and `much` is not. Write it like `12000.50`.",
    ]


def test_a_field_may_have_its_old_or_its_new_name() -> None:
    old = process(asking("vip"), data=DATA)
    new = process(
        asking("vip").replace("vip", "key_account"), data=DATA.replace("vip", "key_account")
    )
    renamed = {"data.vip": "data.key_account"}
    for column in ("vip", "key_account"):
        for cell, verdict in (("yes", "fine"), ("no", "stranded")):
            text = f"deal,at,{column}\nD-1,ask,{cell}\n"
            (group,) = judged(old, new, text, renamed=renamed).groups
            assert group.verdict == verdict
    (group,) = judged(old, new, "deal,at\nD-1,ask\n", renamed=renamed).groups
    assert told(group).startswith("ambiguous / It hangs on `vip`, which the file does not tell.")


def test_a_value_that_is_no_more_is_like_none() -> None:
    old = process(asking("region == amer"), data=DATA)
    new = process(asking("region == dach"), data=DATA.replace("[dach, amer]", "[dach, apac]"))
    text = "deal,at,region\nD-1,ask,amer\nD-2,ask,apac\nD-3,ask,dach\n"
    deals = judged(old, new, text)
    assert {deal: g.verdict for g in deals.groups for deal in g.deals} == {
        "D-1": "stranded",
        "D-2": "stranded",
        "D-3": "fine",
    }


def test_what_the_file_says_counts_even_if_the_old_version_cannot_be_so() -> None:
    old = process("{call: {next: ask}, ask: {next: won}}", data=DATA)
    new = process("{call: {next: ask}, ask: {next: {go: {to: won, when: vip}}}}", data=DATA)
    deals = judged(old, new, "deal,at,vip\nD-1,ask,yes\nD-2,ask,no\nD-3,ask,\n")
    assert {deal: g.verdict for g in deals.groups for deal in g.deals} == {
        "D-1": "fine",
        "D-2": "stranded",
        "D-3": "stranded",
    }


def test_cells_found_by_halving_are_those_of_the_net() -> None:
    version = process(asking("amount >= 100 or amount < 0.1 or amount == 7"), data=DATA)
    memory = Net(version).memory
    cells, at = Cells(memory, "amount"), memory.field_at["amount"]
    for value in (-5, 0, 0.05, 0.1, 0.1000001, 6.999, 7, 7.0, 8, 99.99, 100, 10**17):
        assert cells.number(value) == memory.number(at, value)
        assert memory.cells[at][memory.number(at, value) - 1].holds(exact(value))
    assert Cells(memory, "idle").number(5) is None
