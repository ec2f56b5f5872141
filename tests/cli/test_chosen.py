"""Which process `show` and `draw` take out of a folder, and what they say of the others there."""

import shlex
from pathlib import Path

import pytest

from salesflow.cli.command import run

BASE = """\
salesflow: 1
process: NAME
departments: {sales: {roles: {rep: {people: 3}}}}
sources: {inbound: {start: call}}
steps:
  call: {by: rep, next: {interested: won, not_a_fit: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
VARIANT = "salesflow: 1\nvariant: NAME\nof: home.salesflow.yaml\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of one's own, with a process in `our sales`."""
    monkeypatch.chdir(tmp_path)
    Path("our sales").mkdir()
    add("home")


def add(name: str, text: str = BASE, folder: str = "our sales") -> None:
    """Write a file of the language."""
    Path(folder, f"{name}.salesflow.yaml").write_text(text.replace("NAME", name))


def told(typed: str, capsys: pytest.CaptureFixture[str], code: int = 0) -> str:
    """What a command says on standard error."""
    assert run(shlex.split(typed)) == code
    return capsys.readouterr().err


SHOW, DRAW = "show 'our sales'", "draw 'our sales'"


@pytest.mark.parametrize("typed", [SHOW, DRAW, f"{SHOW} --department sales", f"{SHOW} --as json"])
def test_nothing_is_said_where_nothing_was_passed_over(
    typed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    add("next_year", "salesflow: 1\nscenario: NAME\nof: home.salesflow.yaml\n")
    assert told(typed, capsys) == ""
    add("uk", VARIANT)
    assert told(typed.replace("our sales", "our sales/home.salesflow.yaml"), capsys) == ""
    assert told(typed.replace("our sales", "our sales/uk.salesflow.yaml"), capsys) == ""


def test_variants_that_were_passed_over_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    add("uk", VARIANT)
    home, uk = "`our sales/home.salesflow.yaml`", "`our sales/uk.salesflow.yaml`"
    assert told(f"{DRAW} -o x.svg", capsys) == (
        f"Wrote x.svg.\n{home} was drawn. A variant is drawn when it is named: {uk}.\n"
    )
    assert told(DRAW, capsys) == (f"{home} was drawn. A variant is drawn when it is named: {uk}.\n")
    for name in ("at", "br", "ch", "de"):
        add(name, VARIANT)
    four = ", ".join(f"`our sales/{name}.salesflow.yaml`" for name in ("at", "br", "ch", "de"))
    for typed in (SHOW, f"{SHOW} --as yaml", f"{SHOW} --department sales"):
        assert told(typed, capsys) == (
            f"{home} was shown. Variants are shown when they are named: {four} and 1 more.\n"
        )


def commands(said: str) -> list[str]:
    """The commands to copy out of a message."""
    return [row.strip() for row in said.splitlines() if row.startswith("  salesflow ")]


@pytest.mark.parametrize(
    "typed",
    [
        SHOW,
        f"{SHOW} --department sales",
        f"show --department sales {SHOW[5:]}",
        f"{DRAW} -o x.mmd",
        f"{DRAW} --only call --format dot",
        f"--traceback {DRAW}",
        "draw 'our sales/home.salesflow.yaml' --against 'our sales'",
    ],
)
def test_of_several_each_has_its_command_to_copy(
    typed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    add("other")
    add("uk", VARIANT)
    said = told(typed, capsys, code=2)
    assert said.splitlines()[0] == "salesflow: `our sales` holds several processes, name one:"
    assert commands(said) == [
        "salesflow " + typed.replace("our sales'", f"our sales/{name}.salesflow.yaml'")
        for name in ("home", "other")
    ]
    for command in commands(said):
        _, *words = shlex.split(command)
        assert run(words) == 0


def test_many_are_not_all_listed(capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(13):
        add(f"p{number:02}")
    said = told(SHOW, capsys, code=2)
    assert len(commands(said)) == 12
    assert said.splitlines()[-1] == "  and 2 more"


def test_a_folder_of_variants_names_them(capsys: pytest.CaptureFixture[str]) -> None:
    Path("abroad").mkdir()
    variant = VARIANT.replace("of: ", "of: ../our sales/")
    add("uk", variant, "abroad")
    assert told("draw abroad", capsys, code=2) == (
        "salesflow: `abroad` holds a variant and no process, name it:\n"
        "  salesflow draw abroad/uk.salesflow.yaml\n"
    )
    add("japan", variant, "abroad")
    assert told("show abroad", capsys, code=2) == (
        "salesflow: `abroad` holds variants and no process, name one:\n"
        "  salesflow show abroad/japan.salesflow.yaml\n"
        "  salesflow show abroad/uk.salesflow.yaml\n"
    )
    assert told("simulate abroad", capsys, code=2) == (
        "salesflow: `abroad` holds variants and no process, name one: "
        "`abroad/japan.salesflow.yaml`, `abroad/uk.salesflow.yaml`.\n"
    )
