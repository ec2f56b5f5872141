"""Maps and lists in braces that both sides changed: what is left of them, to the letter."""

import pytest

from salesflow.changes.merging.merge import merge
from tests.changes.merging.test_merge import BASE, changed, text_of

DATA = (
    "process: smb",
    "process: smb\ndata: {a: {type: text}, b: {type: text}, c: {type: text}, d: {type: text}}",
)
LISTED = changed(DATA, ("requires: []", "requires: %s"))


def woven(base: str, ours: str, theirs: str) -> str:
    """What stands in the place that is written so in three versions; both ways the same data."""
    texts = [LISTED.replace("%s", each) for each in (base, ours, theirs)]
    before, after = LISTED.split("%s")
    made = merge(*(text.encode() for text in texts), path="smb.salesflow.yaml")  # type: ignore[call-arg, misc]
    text = text_of(made)
    assert text.startswith(before)
    assert text.endswith(after)
    return text[len(before) : len(text) - len(after)]


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        # emptied by both together: the comment and the spaces within stay as ours has them
        ("[a, b]", "[a]", "[b]", "[]"),
        ("[a, b]   # asked", "[a]   # asked", "[b]   # asked", "[]   # asked"),
        ("[ a, b ]", "[ a ]", "[ b ]", "[]"),
        ("[a, b]", "[]", "[b]", "[]"),
        ("[a, b]", "[ ]", "[a]", "[ ]"),
        ("[a, b]", "[b]", "[ ]", "[]"),
        # one is left
        ("[a, b, c]", "[a, b]", "[b, c]", "[b]"),
        ("[ a, b, c ]", "[ a, b ]", "[ b, c ]", "[ b ]"),
        # what is new stands behind what it stands behind there
        ("[a, b]", "[c, a, b]", "[a, d, b]", "[c, a, d, b]"),
        ("[a, b]", "[a, b, c]", "[a, b, d]", "[a, b, d, c]"),
        ("[a]", "[b]", "[a, c]", "[c, b]"),
        ("[]", "[a]", "[b]", "[b, a]"),
        # parted as ours parts its own
        ("[a,b]", "[a,b,c]", "[a,b,d]", "[a,b,d,c]"),
        ("[a]", "[a,b]", "[a, c]", "[a,c,b]"),
        ("[a]", "[a ,  b]", "[a, c]", "[a ,  c ,  b]"),
        ("[a]", "[a, b]", "[a,c,d]", "[a, c, d, b]"),
        ("[a]", "[a,\n      b]", "[a, c]", "[a,\n      c,\n      b]"),
        ("[a]", "[a,   # x\n      b]", "[a, c]", "[a,   # x\n      c, b]"),
        ("[a,\n      b]", "[a,\n      b,\n      c]", "[a,\n      b,\n      d]", "[a,\n      b,\n      d,\n      c]"),
        ("[a,   # x\n      b]", "[a,   # x\n      b, c]", "[a,   # x\n      b, d]", "[a,   # x\n      b, d, c]"),
    ],
)  # fmt: skip
def test_a_list_in_brackets(base: str, ours: str, theirs: str, merged: str) -> None:
    assert woven(base, ours, theirs) == merged


STAGES = changed(("outcomes:", "stages: %s\noutcomes:"))


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        ("{a: {}, b: {}}   # old", "{a: {}}   # old", "{b: {}}   # old", "{}   # old"),
        ("{ a: {}, b: {} }", "{ a: {} }", "{ b: {} }", "{}"),
        ("{a: {}, b: {}}", "{ }", "{a: {}}", "{ }"),
        ("{a: {name: A, owner: x}}", "{a: {name: A}}", "{a: {owner: x}}", "{a: {}}"),
        ("{a: {name: A, owner: x}, b: {}}", "{a: {name: A}, b: {}}", "{a: {owner: x}, b: {}}", "{a: {}, b: {}}"),
        ("{a: {name: A}}", "{a: {name: A}, b: {}}", "{a: {name: A, owner: x}}", "{a: {name: A, owner: x}, b: {}}"),
        ("{a: {}}", "{a: {},b: {}}", "{a: {}, c: {}}", "{a: {},c: {},b: {}}"),
        ("{a: {}}", "{a: {}}", "{a: {}, c: {}}", "{a: {}, c: {}}"),
        ("{a: {name: A}}", "{a: {name: B}}", "{a: {name: A, owner: x}}", "{a: {name: B, owner: x}}"),
    ],
)  # fmt: skip
def test_a_map_in_braces(base: str, ours: str, theirs: str, merged: str) -> None:
    texts = [STAGES.replace("%s", each).encode() for each in (base, ours, theirs)]
    text = text_of(merge(*texts, path="smb.salesflow.yaml"))  # type: ignore[call-arg, misc]
    assert text == STAGES.replace("%s", merged)


def test_a_map_on_lines_that_is_emptied_leaves_no_lines_behind() -> None:
    base = changed(("outcomes:", "stages:\n  # of a\n  a: {}\n\n  b: {}\n\noutcomes:"))
    ours = changed(("  b: {}\n", ""), text=base)
    theirs = changed(("  # of a\n  a: {}\n", ""), text=base)
    text = text_of(merge(*(t.encode() for t in (base, ours, theirs)), path="a.salesflow.yaml"))  # type: ignore[call-arg, misc]
    assert "\nstages: {}\n" in text
    assert "of a" not in text
    assert [row for row in text.splitlines() if row and row != "stages: {}"] == [
        row for row in BASE.splitlines() if row
    ]
