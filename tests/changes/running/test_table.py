"""Files of deals as CRMs and Excel write them, and as they should not be."""

import pytest

from salesflow.changes.running.table import read_table
from salesflow.errors import UsageError


@pytest.mark.parametrize(
    "content",
    [
        "deal,at,amount\nD-1,call,5\nD-2,call|pilot,\n",
        "deal;at;amount\nD-1;call;5\nD-2;call|pilot;\n",
        "deal\tat\tamount\nD-1\tcall\t5\nD-2\tcall|pilot\t\n",
        '"deal";"at";"amount"\r\n"D-1";"call";"5"\r\n"D-2";"call|pilot";""\r\n',
        "\ufeffDeal,AT,amount\nD-1,call,5\nD-2,call|pilot,\n".encode(),
        "\n\n deal , at ,amount\n\nD-1 ,call,5\n,,\nD-2,call|pilot,\n,\n\n",
        "amount,at,deal\r5,call,D-1\r,call|pilot,D-2",
    ],
)
def test_all_ways_to_write_a_file_are_read_alike(content: bytes | str) -> None:
    table = read_table(content, "deals.csv")
    assert table.deals == ["D-1", "D-2"]
    assert table.places == ["call", "call|pilot"]
    assert table.columns == {"amount": ["5", ""]}


def test_a_row_has_the_line_in_which_it_begins() -> None:
    table = read_table('deal,at,note\nD-1,call,"two\nlines"\n\nD-2,call,\n', "deals.csv")
    assert table.lines == [2, 5]
    assert table.columns["note"] == ["two\nlines", ""]


def test_a_file_may_have_no_deals() -> None:
    assert read_table("deal,at\n", "deals.csv").deals == []


QUOTES = 'The quotes do not match. Write a quote within a cell twice: "a ""b"" c".'
LONG = "A cell has more than 131072 characters: is a quote missing?"
HEAD = "The first line must name the columns: `deal,at` and fields of the deal."


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "d.csv:1: The file is empty. It needs a head: `deal,at`."),
        (b" \n\n", "d.csv:1: The file is empty. It needs a head: `deal,at`."),
        (
            "Id,Deal Stage\n",
            "d.csv:1: There is no column `deal` and no column `at`, there is `Id`, `Deal Stage`. "
            "Rename `Id` to `deal` and `Deal Stage` to `at`.",
        ),
        (
            "deel,at\n",
            "d.csv:1: There is no column `deal`, there is `deel`, `at`. Rename `deel` to `deal`.",
        ),
        ("\ndeal\n", f"d.csv:2: There is no column `at`, there is `deal`. {HEAD}"),
        ("deal,at,x,x\n", "d.csv:1: The column `x` is there twice."),
        ('deal,at\nD-1,call\n"D-2,call\nD-3,call\n', f"d.csv:3: {QUOTES}"),
        ('deal,at\nD-1,"call"s\n', f"d.csv:2: {QUOTES}"),
        ("deal,at\nD-1," + "x" * 131_073, f"d.csv:2: {LONG}"),
        ("deal,at\nD-1,call\0\n", "d.csv:2: There is a NUL character: this is no CSV file."),
        (
            b"deal,at\nD-1,call\nD-\xe4,call\n",
            "d.csv:3: The file is not UTF-8. Save it as `CSV UTF-8`.",
        ),
        ("deal,at\n".encode("utf-16"), "d.csv:1: The file is UTF-16. Save it as `CSV UTF-8`."),
        ("deal,at\nD-1\n", "d.csv:2: There is 1 cell, the head has 2."),
        (
            "deal,at\nD-1,call,pilot\n",
            "d.csv:2: There are 3 cells, the head has 2. "
            "Put a text with a delimiter in quotes; part places with `|`.",
        ),
        ("deal,at\n ,call\n", "d.csv:2: The deal has no id: fill in `deal`."),
        ("deal,at\nD-1, | \n", "d.csv:2: `D-1` is nowhere: fill in `at` with a step or stage."),
        (
            "deal,at\nD-1,call\nD-2,call\nD-1 ,pilot\n",
            "d.csv:4: `D-1` stands in line 2 already. "
            "Write all places of a deal in one line, with `|` between them.",
        ),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(content: bytes | str, told: str) -> None:
    with pytest.raises(UsageError) as error:
        read_table(content, "d.csv")
    assert str(error.value) == told


def test_the_first_five_mistakes_are_told_in_the_order_of_lines() -> None:
    rows = ["D-1,call", "D-1,call", ",call", "D-3", "D-4,", "D-5,a,b", "D-6,", "D-7"]
    with pytest.raises(UsageError) as error:
        read_table("\n".join(["deal,at", *rows]), "d.csv")
    *shown, rest = str(error.value).splitlines()
    assert [line.partition(": ")[0] for line in shown] == [f"d.csv:{n}" for n in (3, 4, 5, 6, 7)]
    assert rest == "and 2 more"
