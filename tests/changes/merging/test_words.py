"""What a merge says: what came from theirs, or why people must decide and what they do then."""

from typing import Any

import pytest

from salesflow.changes.merging.merge import Merge
from salesflow.changes.merging.places import GONE
from salesflow.changes.merging.three_way import Clash, Taken
from salesflow.changes.merging.words import clash, told
from salesflow.findings import Finding
from salesflow.spans import Span


def sentences(made: Merge) -> list[str]:
    return [*told(made, path="a.yaml")]


def test_what_came_from_theirs() -> None:
    taken = (
        Taken("steps.legal", GONE, {"by": "counsel"}),
        Taken("steps.call.effort", "1h", "2h"),
        Taken("steps.demo", "demo", "trial"),
        Taken("steps.trial.was", GONE, "demo"),
        Taken("steps.old", {}, GONE),
    )
    assert sentences(Merge(text=b"", clean=True, taken=taken)) == [
        "Merged `a.yaml`: 4 changes from theirs: `steps.legal` is new, `steps.call.effort`, "
        "`steps.demo` is now `trial`, `steps.old` is gone."
    ]
    assert sentences(Merge(text=b"", clean=True, taken=taken[3:4])) == [
        "Merged `a.yaml`: 1 change from theirs: `steps.trial.was` is new."
    ]
    six = ", ".join(["`steps.call.effort`"] * 6)
    for number, end in ((6, "."), (7, " and 1 more.")):
        said = f"Merged `a.yaml`: {number} changes from theirs: {six}{end}"
        assert sentences(Merge(text=b"", clean=True, taken=taken[1:2] * number)) == [said]
    assert sentences(Merge(text=b"", clean=True, taken=taken[1:2] * 1234)) == [
        f"Merged `a.yaml`: 1,234 changes from theirs: {six} and 1,228 more."
    ]
    assert sentences(Merge(text=b"", clean=True)) == []


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "said"),
    [
        ("1h", "2h", "3h", "`a.b`: ours says `2h`, theirs `3h`; it was `1h`."),
        (GONE, {"to": "won"}, ["x"], "`a.b`: both sides added it: ours says `{to: won}`, theirs `[x]`."),
        ({"by": "x"}, GONE, {"by": "y"}, "`a.b`: ours removed it, theirs changed its `by`."),
        ({"by": "x"}, {"wait": 1, "with": 2, "to": 3}, GONE, "`a.b`: theirs removed it, ours changed its `by`, `wait`, `with` and more."),
        ("1h", GONE, "2h", "`a.b`: ours removed it, theirs changed it to `2h`."),
        ({"by": "x"}, GONE, "won", "`a.b`: ours removed it, theirs changed it to `won`."),
        ("won", {"to": "won"}, GONE, "`a.b`: theirs removed it, ours changed it to `{to: won}`."),
        ({"by": "x"}, GONE, {"by": "x", "wait": 1, "with": 2}, "`a.b`: ours removed it, theirs changed its `wait`, `with`."),
        ({"by": "x", "wait": 1}, GONE, {"with": 2}, "`a.b`: ours removed it, theirs changed its `by`, `wait`, `with`."),
        ("", "x" * 60, "x" * 61, f"`a.b`: ours says `{'x' * 60}`, theirs `{'x' * 59}…`; it was `\"\"`."),
        ("", "x" * 70, "z", f"`a.b`: ours says `{'x' * 59}…`, theirs `z`; it was `\"\"`."),
    ],
)  # fmt: skip
def test_what_clashes(base: Any, ours: Any, theirs: Any, said: str) -> None:
    assert clash(Clash("a.b", base, ours, theirs)) == said


def test_what_was_renamed_twice() -> None:
    each = Clash("steps.demo", {}, "trial", "pilot", "both sides renamed it")
    assert clash(Clash("steps.demo", {}, GONE, GONE, "too much")) == "`steps.demo`: too much."
    assert clash(each) == "`steps.demo`: both sides renamed it: ours is `trial`, theirs `pilot`."


def test_why_people_must_decide() -> None:
    finding = Finding(
        "dead-end", "structure", "error", "steps.demo", Span("a.yaml"), "`demo` is a dead end."
    )
    made = Merge(text=b"<<<<<<<", clean=False, errors=(finding,), why="there is a reason")
    assert sentences(made) == [
        "`a.yaml` was not merged:",
        "  There is a reason.",
        "  Both sides are fine alone, but together: `demo` is a dead end. [dead-end]",
        "Both versions are marked in the file: choose, run `salesflow check a.yaml`, `git add` it.",
    ]
    many = tuple(Clash(f"a.{number}", 1, 2, 3) for number in range(15))[::-1]
    lines = sentences(Merge(text=None, clean=False, clashes=many))
    assert lines[1] == "  `a.0`: ours says `2`, theirs `3`; it was `1`."
    assert lines[-2:] == [
        "  and 5 more.",
        "Git has both versions: `git checkout --ours a.yaml` or `--theirs`, then `git add`.",
    ]
    lines = sentences(Merge(text=None, clean=False, clashes=many[:10]))
    assert len(lines) == 12
    assert not any("more" in line for line in lines)


@pytest.mark.parametrize(
    ("path", "before", "after", "said"),
    [
        ("steps.demo", "demo", "trial", "`steps.demo` is now `trial`"),
        ("steps.demo.by", "demo", "trial", "`steps.demo.by`"),
        ("steps.call.next.demo", "demo", {"to": "won"}, "`steps.call.next.demo`"),
        ("steps.call.next.demo", {"to": "won"}, "demo", "`steps.call.next.demo`"),
        ("steps.2", 2, 3, "`steps.2`"),
    ],
)
def test_only_what_was_called_so_is_now_called_otherwise(
    path: str, before: Any, after: Any, said: str
) -> None:
    (sentence,) = sentences(Merge(text=b"", clean=True, taken=(Taken(path, before, after),)))
    assert sentence == f"Merged `a.yaml`: 1 change from theirs: {said}."
