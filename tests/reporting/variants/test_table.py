"""Variants beside their base: readable on any terminal, whole in Markdown and JSON."""

import json
import re
from pathlib import Path

import pytest

from salesflow.changes.variants import Variants, variants
from salesflow.cli.command import run
from salesflow.reporting.variants.document import document
from salesflow.reporting.variants.markdown import markdown
from salesflow.reporting.variants.text import text
from salesflow.reporting.widths import width

COUNTRIES = Path(__file__).parents[3] / "examples" / "countries"


@pytest.fixture(scope="module")
def found() -> tuple[Variants, ...]:
    return variants(str(COUNTRIES))


@pytest.mark.parametrize("columns", [60, 72, 80, 100, 120, 160, 240])
def test_no_line_is_wider_than_the_terminal(found: tuple[Variants, ...], columns: int) -> None:
    lines = text(found, columns=columns).splitlines()
    told = [line for line in lines if str(COUNTRIES) not in line]  # a path is not broken
    assert max(map(width, told)) <= columns
    assert all(line == line.rstrip() for line in lines)


@pytest.mark.parametrize("columns", [60, 100, 240])
def test_every_variant_is_shown_once_with_all_it_has(
    found: tuple[Variants, ...], columns: int
) -> None:
    (one,) = found
    told = text(found, columns=columns)
    heads = [
        line for line in told.splitlines() if "new_hospital " in f"{line} " and line[:1] == " "
    ]
    shown = [name for line in heads for name in line.split()[1:]]
    assert shown == [member.id for member in one.variants]
    assert "of dach" in told


def test_wide_enough_all_stand_side_by_side(found: tuple[Variants, ...]) -> None:
    told = text(found, columns=400)
    assert (
        sum("new_hospital" in line for line in told.splitlines()) == 4
    )  # title, head, two last lines
    starts = [line.strip() for line in told.splitlines()]
    for row in found[0].rows:
        assert any(each.startswith(row.label[:12]) for each in starts)


def test_text_of_users_cannot_act_on_the_terminal(tmp_path: Path) -> None:
    base = (COUNTRIES.parent / "smb" / "smb.salesflow.yaml").read_text(encoding="utf-8")
    (tmp_path / "smb.salesflow.yaml").write_text(base, encoding="utf-8")
    (tmp_path / "evil.salesflow.yaml").write_text(
        'salesflow: 1\nvariant: evil\nof: smb.salesflow.yaml\nowner: "a\\e[31mb | <i>&@x"\n',
        encoding="utf-8",
    )
    found = variants(str(tmp_path))
    assert "\x1b" not in text(found)
    told = markdown(found)
    assert "\x1b" not in told
    assert "<i>" not in told
    rows = [line for line in told.splitlines() if line.startswith("|")]
    assert len({line.count("|") for line in rows}) == 1, "no text opens a column"


def test_markdown_has_every_cell(found: tuple[Variants, ...]) -> None:
    told = markdown(found)
    number = len([line for line in told.splitlines() if line.startswith("|")])
    groups = len({row.group for row in found[0].rows})
    assert number == len(found[0].rows) + groups + 4 + 3  # figures; head, rule, their heading


def test_json_has_every_edit_and_is_plain_data(found: tuple[Variants, ...]) -> None:
    data = json.loads(json.dumps(document(found)))
    assert data["version"] == 1
    (base,) = data["bases"]
    assert list(base) == ["base", "variants", "rows", "same_in_all"]
    assert list(base["base"]) == [
        "id",
        "name",
        "file",
        "of",
        "currency",
        "steps",
        "win_rate",
        "value",
        "value_per_won",
        "locked",
    ]
    (row,) = [each for each in base["rows"] if each["label"] == "currency"]
    assert row["base"] == "EUR"
    assert {name: cell["text"] for name, cell in row["variants"].items()} == {
        "brazil": "BRL",
        "switzerland": "CHF",
        "japan": "JPY",
        "uk": "GBP",
    }
    (edit,) = row["variants"]["uk"]["edits"]
    assert (edit["kind"], edit["old"], edit["new"]) == ("changed", "EUR", "GBP")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--as", "table"], "--as table goes with --variants"),
        (["--variants", "--as", "tree"], "--as tree is not for --variants"),
        (["--variants", "--department", "leagl"], "Did you mean `legal`?"),
    ],
)
def test_what_does_not_go_together_is_said(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["show", str(COUNTRIES), *arguments]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["table", "markdown", "json"])
def test_the_command_shows_each_kind(
    kind: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(COUNTRIES)
    assert run(["show", "dach/switzerland.salesflow.yaml", "--variants", "--as", kind]) == 0
    told = capsys.readouterr().out
    for name in ("brazil", "dach", "switzerland", "japan", "uk"):
        assert re.search(rf"\b{name}\b", told)
    assert str(COUNTRIES) not in told
