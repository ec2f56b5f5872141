"""Known findings: written, read again, counted, and what is wrong with such a file."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesflow.checking.baseline import Baseline, baseline_of, read_baseline
from salesflow.errors import UsageError
from salesflow.findings import Finding
from salesflow.spans import Span


def finding(
    rule: str = "dead-end", path: str = "steps.a", line: int = 3, file: str = "a.yaml"
) -> Finding:
    family = "syntax" if rule == "schema" else "structure"
    return Finding(rule, family, "error", path, Span(file, line, 1, line, 2), "message")


findings = st.lists(
    st.builds(
        finding,
        rule=st.sampled_from(["dead-end", "no-owner"]),
        path=st.sampled_from(["", "steps.a", "steps.b"]),
        line=st.integers(1, 9),
        file=st.sampled_from(["a.yaml", "folder/b.yaml"]),
    )
)


@given(findings)
def test_what_is_written_down_is_known(found: list[Finding]) -> None:
    assert baseline_of(found, file="known.json").left(found) == ((), ())


@given(findings, st.integers(1, 50))
def test_moving_lines_wakes_nothing(found: list[Finding], by: int) -> None:
    moved = [finding(f.rule, f.path, f.line + by, f.file) for f in found]
    assert baseline_of(found, file="known.json").left(moved) == ((), ())


@given(findings, findings)
def test_what_is_left_is_the_difference(old: list[Finding], new: list[Finding]) -> None:
    fresh, gone = baseline_of(old, file="known.json").left([*old, *new])
    assert len(fresh) == len(new)
    assert gone == ()


def test_one_more_of_the_same_is_new_and_the_last_one_is_told() -> None:
    known = baseline_of([finding(line=3)], file="known.json")
    fresh, _ = known.left([finding(line=9), finding(line=4)])
    assert [f.line for f in fresh] == [9]


def test_entries_that_no_longer_occur_are_told() -> None:
    known = baseline_of([finding(), finding(path="steps.b")], file="known.json")
    assert known.left([finding()])[1] == (("a.yaml", "steps.b", "dead-end"),)


def test_what_does_not_load_is_never_known() -> None:
    broken = finding("schema")
    assert baseline_of([broken], file="known.json").counts == {}
    fresh, _ = Baseline(counts=baseline_of([finding()], file="").counts).left([broken])
    assert fresh == (broken,)


def test_a_file_reads_back_and_names_files_from_its_own_folder(tmp_path: Path) -> None:
    place = tmp_path / "ci" / "known.json"
    place.parent.mkdir()
    found = [finding(file=str(tmp_path / "deals" / "a.yaml"))] * 2
    written = baseline_of(found, file=str(place))
    place.write_text(written.text(), encoding="utf-8")
    assert json.loads(written.text())["findings"] == [
        {"file": "../deals/a.yaml", "path": "steps.a", "rule": "dead-end", "count": 2}
    ]
    assert read_baseline(str(place)) == written
    assert read_baseline(str(place)).left(found) == ((), ())


def test_nothing_known_is_a_file_too(tmp_path: Path) -> None:
    place = tmp_path / "known.json"
    place.write_text(baseline_of([], file=str(place)).text(), encoding="utf-8")
    assert read_baseline(str(place)).counts == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "no list `findings`"),
        ('{"findings": 3}', "no list `findings`"),
        ('{"version": 9, "findings": []}', "another version than 1"),
        ('{"version": 1, "findings": [3]}', "an entry that is none: 3"),
        (
            '{"version": 1, "findings": [{"file": "a", "path": "b", "rule": "c"}]}',
            "an entry that is none",
        ),
        (
            '{"version": 1, "findings": [{"file": "a", "path": "b", "rule": "c", "count": true}]}',
            "none",
        ),
        ('{"version": 1, "findings": [{"file": "a", "path": 2, "rule": "c", "count": 1}]}', "none"),
        (
            '{"version": 1, "findings": [{"file": "a", "path": "b", "rule": "c", "count": 0}]}',
            "none",
        ),
        ("\udcff", "is not JSON"),
    ],
)
def test_a_file_that_is_no_baseline_is_refused(tmp_path: Path, text: str, said: str) -> None:
    place = tmp_path / "known.json"
    place.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(UsageError, match=said):
        read_baseline(str(place))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        UsageError, match=r"^The baseline `.*known.json` cannot be read: no such file"
    ):
        read_baseline(str(tmp_path / "known.json"))


def test_files_on_another_drive_keep_their_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: str) -> str:
        raise ValueError("path is on mount 'D:'")

    monkeypatch.setattr("os.path.relpath", refuse)
    assert [*baseline_of([finding()], file="known.json").counts] == [
        ("a.yaml", "steps.a", "dead-end")
    ]
