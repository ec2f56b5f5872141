"""Assertions for users: silent where all is well, and else a report that says where it is not."""

import ast
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import salesflow as sf
import salesflow.testing
from salesflow.testing import assert_clean, assert_ends

TEXT = """salesflow: 1
process: smb
data: {discount: {type: percent}, reason: {type: choice, values: [price, timing]}}
sources: {inbound: {start: call, gives: {discount: filled}}}
steps:
  call: {next: {interested: decide, not_a_fit: {to: lost, set: {reason: timing}}}}
  decide: {next: {high: {to: lost, when: discount > 20%, set: {reason: price}}, fine: {to: won, otherwise: true}}}
outcomes: {won: {kind: won}, lost: {kind: lost, requires: [reason]}}
"""
DEAD_END = TEXT.replace("interested: decide", "interested: demo").replace(
    "outcomes", "  demo: {by: sales}\noutcomes"
)


def test_what_is_clean_is_clean(tmp_path: Path) -> None:
    file = tmp_path / "smb.salesflow.yaml"
    file.write_text(TEXT)
    for source in (file, str(file), sf.load(file), sf.loads(TEXT)):
        assert_clean(source)


def test_a_fault_is_shown_as_check_shows_it(tmp_path: Path) -> None:
    file = tmp_path / "smb.salesflow.yaml"
    file.write_text(DEAD_END)
    for source in (file, sf.load(file)):
        with pytest.raises(AssertionError) as caught:
            assert_clean(source)
        assert str(caught.value).startswith("error[unreachable-step]: `decide`")
        assert "\nerror[dead-end]: `demo` is a dead end" in str(caught.value)
        assert "smb.salesflow.yaml:8:3\n8 |   demo: {by: sales}\n  |   ^^^^" in str(caught.value)
        assert_clean(source, ignore=["structure"])
        assert_clean(source, select=["guards"])
        assert_clean(source, fail_on="never")


def test_a_mapping_that_does_not_load_is_a_failure_too() -> None:
    with pytest.raises(AssertionError, match="This process has no `outcomes`"):
        assert_clean({"salesflow": 1, "process": "smb"})


def test_a_file_is_judged_by_its_configuration(tmp_path: Path) -> None:
    file = tmp_path / "smb.salesflow.yaml"
    file.write_text(TEXT.replace("outcomes", "departments: {legal: {}}\noutcomes"))
    assert_clean(file)
    with pytest.raises(AssertionError, match="legal"):
        assert_clean(file, fail_on="warning")
    (tmp_path / "salesflow.toml").write_text('fail-on = "warning"\n')
    with pytest.raises(AssertionError, match="legal"):
        assert_clean(file)


def test_names_and_files_that_do_not_exist_are_no_failure_of_the_process(tmp_path: Path) -> None:
    with pytest.raises(sf.UsageError, match="Did you mean `dead-end`"):
        assert_clean(sf.loads(TEXT), ignore=["dead-ends"])
    with pytest.raises(sf.UsageError, match="there is no such file"):
        assert_clean(tmp_path / "none.salesflow.yaml")


@pytest.mark.parametrize(
    ("outcome", "how"),
    [
        ("won", {"deal": {"discount": "5%"}, "takes": {"call": "interested"}}),
        (
            "lost",
            {
                "deal": {"discount": "25%"},
                "with_": {"reason": "price"},
                "takes": {"call": "interested"},
            },
        ),
        ("lost", {"takes": {"call": "not_a_fit"}, "never": ["decide"], "source": "inbound"}),
        (None, {"never": ["decide.high"], "deal": {"discount": "20%"}}),
    ],
)
def test_deals_go_where_they_must(outcome: str | None, how: dict[str, Any]) -> None:
    assert_ends(sf.loads(TEXT), outcome, **how)


@pytest.mark.parametrize(
    ("outcome", "how", "said"),
    [
        ("won", {}, "It must end `won`, and it can end `lost`."),
        ("won", {"deal": {"discount": "21%"}, "takes": {"call": "interested"}}, "can end `lost`"),
        (None, {"never": ["decide"]}, "It must never come to `decide`, and it can."),
        ("lost", {"with_": {"reason": "price"}, "takes": {"call": "not_a_fit"}}, "can be timing"),
    ],
)
def test_else_the_way_is_told(outcome: str | None, how: dict[str, Any], said: str) -> None:
    with pytest.raises(AssertionError) as caught:
        assert_ends(sf.loads(TEXT), outcome, **how)
    assert said in str(caught.value)
    assert "<text>:4    inbound\n" in str(caught.value)


@pytest.mark.parametrize(
    ("outcome", "how", "said"),
    [
        ("wonn", {}, "There is no outcome called `wonn`. Did you mean `won`?"),
        ("won", {"source": "inbund"}, "There is no source called `inbund`"),
        ("won", {"takes": {"call": "fits"}}, "There is no result of `call` called `fits`"),
        ("won", {"deal": {"discount": 5}}, "`discount` is of type percent, and `5` is not."),
        ("won", {"deal": {"discount": object()}}, "A deal takes texts, numbers, True and False"),
        ("won", {"takes": {"call": 3}}, "call"),
    ],
)
def test_what_the_process_does_not_have_is_told(
    outcome: str, how: dict[str, Any], said: str
) -> None:
    with pytest.raises(sf.UsageError) as caught:
        assert_ends(sf.loads(TEXT), outcome, **how)
    assert said in str(caught.value)


def test_the_stub_has_the_public_names() -> None:
    file = Path(salesflow.testing.__file__).with_suffix(".pyi")
    seen = {
        (node.module, part.asname)
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ImportFrom)
        for part in node.names
    }
    assert seen == {(home, name) for name, home in salesflow.testing._HOMES.items()}
    assert all(getattr(salesflow.testing, name) for name in dir(salesflow.testing))
    with pytest.raises(AttributeError, match="no attribute 'deal'"):
        _ = salesflow.testing.deal  # type: ignore[attr-defined]


def test_assertions_need_neither_hypothesis_nor_pytest() -> None:
    code = (
        "import sys; sys.modules['hypothesis'] = sys.modules['pytest'] = None\n"
        "from salesflow.testing import assert_clean, assert_ends, assert_rule\n"
        "assert_clean('examples/smb/smb.salesflow.yaml')"
    )
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", code], check=True, cwd=root)
