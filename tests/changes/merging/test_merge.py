"""Texts merged: what stands where afterwards, what is left alone, and when people must decide."""

import os
from pathlib import Path

import pytest

from salesflow.changes.merging.merge import Merge, conflict, merge
from salesflow.errors import UsageError

BASE = """\
# Small deals.
salesflow: 1
process: smb
sources: {inbound: {start: call}}
steps:
  # first contact
  call: {by: sales, next: {interested: demo, not_a_fit: lost}}   # by phone

  demo:
    by: sales
    requires: []
    next: {buys: won, passes: lost}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def changed(*changes: tuple[str, str], text: str = BASE) -> str:
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def merged(ours: str, theirs: str, base: str = BASE) -> Merge:
    return merge(base.encode(), ours.encode(), theirs.encode(), path="smb.salesflow.yaml")


def text_of(made: Merge) -> str:
    assert made.clean, (made.why, made.clashes, made.errors)
    assert made.text is not None
    return made.text.decode()


def refused(ours: str, theirs: str, base: str = BASE) -> str:
    """Why two versions are not merged; both stand in what is left."""
    for one, two in ((ours, theirs), (theirs, ours)):
        made = merged(one, two, base)
        assert not made.clean
        assert made.text is not None
        assert made.text.startswith(b"<<<<<<< ours") or b"\n<<<<<<< ours\n" in made.text
        assert b">>>>>>> theirs\n" in made.text
    return made.why


EFFORT = ("{by: sales, next: {interested", "{by: sales, effort: 1h, next: {interested")


def test_two_changes_on_one_line() -> None:
    theirs = changed(("not_a_fit: lost}", "not_a_fit: lost, later: call}"))
    made = merged(changed(EFFORT), theirs)
    assert text_of(made) == changed(EFFORT, ("not_a_fit: lost}", "not_a_fit: lost, later: call}"))
    assert made.by_element


def test_git_alone_where_it_says_the_same() -> None:
    ours = changed(
        ("# Small deals.", "# Small deals, for now."),
        ("process: smb\n", "process: smb\n\n# flow\n"),
    )
    theirs = changed(("    requires: []\n", "    requires: []   # nothing yet\n"))
    made = merged(ours, theirs)
    assert not made.by_element
    assert text_of(made) == changed(
        ("    requires: []\n", "    requires: []   # nothing yet\n"), text=ours
    )


def test_git_is_not_believed_where_it_says_something_else() -> None:
    """Both add a step of the same name, far from each other: to git that is no conflict."""
    new = "  pilot: {by: %s, next: won}\n"
    ours = changed(("  # first contact\n", new % "sales" + "  # first contact\n"))
    theirs = changed(("outcomes:", new % "legal" + "outcomes:"))
    made = merged(ours, theirs)
    assert [clash.path for clash in made.clashes] == ["steps.pilot"]
    assert refused(ours, theirs) == ""
    text = text_of(merged(ours, changed(("outcomes:", new % "sales" + "outcomes:"))))
    assert text == ours


def test_new_elements_stand_behind_what_they_stood_behind_with_their_comments() -> None:
    ours = changed(
        ("outcomes:", "  ours: {by: sales, next: won}\noutcomes:"), ("buys: won", "buys: ours")
    )
    theirs = changed(
        (
            "outcomes:",
            "\n  # theirs,\n  # in two lines\n  theirs:   # new\n    by: sales\n    next: won\noutcomes:",
        ),
        ("passes: lost", "passes: theirs"),
    )
    assert text_of(merged(ours, theirs)) == changed(
        ("buys: won, passes: lost", "buys: ours, passes: theirs"),
        (
            "outcomes:",
            "\n  # theirs,\n  # in two lines\n  theirs:   # new\n    by: sales\n    next: won\n"
            "  ours: {by: sales, next: won}\noutcomes:",
        ),
    )
    first = changed(
        ("  # first contact", "  first: {next: call}\n  # first contact"),
        ("start: call", "start: first"),
    )
    assert text_of(merged(changed(("# first contact", "# first")), first)) == changed(
        ("# first contact", "# first"), text=first
    )


def test_what_theirs_took_out_goes_with_its_comments() -> None:
    base = changed(
        ("outcomes:", "  # of old\n  old: {next: won}   # beside old\n\n  # kept\noutcomes:")
    )
    ours = changed(("kind: won}", "kind: won, requires: []}"), EFFORT, text=base)
    theirs = changed(
        ("\n  # of old\n  old: {next: won}   # beside old\n", "\n"),
        ("# by phone", "# by mail"),
        text=base,
    )
    text = text_of(merged(ours, theirs, base))
    assert "old" not in text
    assert "  # kept\n" in text
    assert "requires: []}" in text
    # a comment that theirs kept stays, wherever it stood
    theirs = changed(
        ("\n  old: {next: won}   # beside old\n", "\n"), ("# by phone", "# by mail"), text=base
    )
    assert text_of(merged(ours, theirs, base)).count("# of old\n") == 1
    # a comment that ours wrote in what theirs took out has no place any more
    ours = changed(("# beside old", "# do not touch"), EFFORT, text=base)
    theirs = changed(("\n  # of old\n  old: {next: won}   # beside old\n", "\n"), text=base)
    assert "# do not touch" in refused(ours, theirs, base)


def test_chapters_stay_when_an_element_between_them_goes() -> None:
    base = changed(
        ("\n  demo:", "\n  # ---- one ----\n\n  old: {next: won}\n\n  # ---- two ----\n\n  demo:")
    )
    ours = changed(EFFORT, text=base)
    theirs = changed(("  old: {next: won}\n\n", ""), ("# by phone", "# by mail"), text=base)
    want = changed(EFFORT, ("# by phone", "# by mail"), ("  old: {next: won}\n\n", ""), text=base)
    assert text_of(merged(ours, theirs, base)).replace("\n\n", "\n") == want.replace("\n\n", "\n")


def test_a_chapter_that_theirs_kept_where_ours_began_another() -> None:
    base = changed(
        ("\n  demo:", "\n  # of old\n  old: {next: won}\n\n  # ---- two ----\n\n  demo:")
    )
    ours = changed(EFFORT, ("\n  # of old", "\n  # ---- one ----\n\n  # of old"), text=base)
    theirs = changed(
        ("\n  # of old\n  old: {next: won}\n\n", "\n"), ("# by phone", "# by mail"), text=base
    )
    text = text_of(merged(ours, theirs, base))
    assert text == changed(
        EFFORT,
        ("# by phone", "# by mail"),
        ("# of old\n  old: {next: won}\n\n", "# ---- one ----\n\n"),
        text=base,
    ).replace("# ---- two ----\n\n", "# ---- two ----\n")


def test_what_one_side_only_wrote_otherwise() -> None:
    """Quotes change nothing: the value of the other side counts, in braces and on lines."""
    base = changed(
        ("{buys: won, passes: lost}", "{buys: won, passes: lost}   # x"),
        ("    by: sales", "    name: Demo\n    by: sales"),
    )
    ours = changed(("buys: won", 'buys: "won"'), ("name: Demo", 'name: "Demo"'), text=base)
    theirs = changed(("buys: won", "buys: call"), ("name: Demo", "name: The demo"), text=base)
    want = changed(("buys: won", "buys: call"), ("name: Demo", "name: The demo"), text=base)
    assert text_of(merged(ours, theirs, base)) == want
    assert "buys: call" in text_of(merged(theirs, ours, base))
    lines = changed(
        ("{buys: won, passes: lost}   # x", "  # x\n      buys: 'won'\n      passes: lost"),
        text=base,
    )
    assert "      buys: call\n" in text_of(merged(lines, theirs, base))
    ours = changed(("buys: won", 'buys: "won"'), text=base)
    quoted = changed(("buys: won", "buys: 'call'"), text=base)
    assert text_of(merged(ours, quoted, base)) == quoted  # as theirs wrote it
    lines = lines.replace("'won'", "call").replace("passes: lost", "passes: {to: lost}")
    assert "next: {buys: call, passes: {to: lost}}   # x\n" in text_of(merged(ours, lines, base))
    names = changed(
        ("interested: demo", "interested: trial"),
        ("  demo:\n", "  trial:   # demo\n    was: demo\n"),
        text=base,
    )
    assert '  trial:   # demo\n    was: demo\n    name: "Demo"\n' in text_of(
        merged(
            changed(("  demo:\n    name: Demo", '  demo:\n    name: "Demo"'), text=base),
            names,
            base,
        )
    )


def test_a_comment_between_braces_is_written_once() -> None:
    base = changed(
        ("requires: []", "requires: [a,   # first\n      b]"),
        (
            "process: smb",
            "process: smb\ndata: {a: {type: text}, b: {type: text}, c: {type: text}, d: {type: text}}",
        ),
    )
    ours = changed(("      b]", "      b, c]"), text=base)
    theirs = changed(("      b]", "      b, d]"), text=base)
    assert "requires: [a,   # first\n      b, d, c]\n" in text_of(merged(ours, theirs, base))
    gone = changed(("requires: [a,   # first\n      b]", "requires: [b]"), text=base)
    assert "# the first" in refused(
        changed(("# first\n      b", "# the first\n      b"), text=ours), gone, base
    )


@pytest.mark.parametrize("wrong", ["a: [", BASE, ""])
def test_a_wrong_merge_is_noticed(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("salesflow.changes.merging.merge.woven", lambda *_, **__: wrong)
    assert "do not fit" in refused(changed(EFFORT), changed(("not_a_fit: lost", "not_a_fit: demo")))


def test_a_comment_of_what_is_empty_now_keeps_its_place_in_theirs() -> None:
    base = changed(("outcomes:", "stages:   # all\n  # of one\n  one: {}\noutcomes:"))
    ours = changed(("stages:   # all", "stages:   # all of them"), text=base)
    theirs = changed(
        ("stages:   # all\n  # of one\n  one: {}\n", "# of one\nstages: {}   # all\n"), text=base
    )
    assert "# of one\nstages: {}   # all of them\n" in text_of(merged(ours, theirs, base))


def test_who_changed_nothing_gets_the_other_side() -> None:
    assert text_of(merged(BASE, changed(EFFORT))) == changed(EFFORT)
    assert text_of(merged(changed(EFFORT), BASE)) == changed(EFFORT)
    assert text_of(merged("a\n", "a\n", base="")) == "a\n"


def test_values_from_lines_into_braces() -> None:
    """Theirs writes lines where ours has braces, and each changed another value."""
    base = changed(("next: {buys: won, passes: lost}", "next: {buys: {to: won}, passes: lost}"))
    theirs = changed(
        (
            "next: {buys: {to: won}, passes: lost}",
            "next:\n      buys:\n        to: lost\n      passes: lost",
        ),
        text=base,
    )
    ours = changed(("{to: won}, passes: lost", "{to: won, share: 30%}, passes: call"), text=base)
    assert "next: {buys: {to: lost, share: 30%}, passes: call}\n" in text_of(
        merged(ours, theirs, base)
    )
    both = changed(
        ("buys: {to: won}, passes: lost", "buys: {to: call}, passes: {to: lost, share: 10%}"),
        text=base,
    )
    lines = "next:\n      buys: {to: won}\n      passes:\n        to: call\n"
    theirs = changed(("next: {buys: {to: won}, passes: lost}\n", lines), text=base)
    assert "passes: {to: call, share: 10%}}\n" in text_of(merged(both, theirs, base))


def test_comments_are_merged_like_values() -> None:
    ours = changed(("# by phone", "# by phone or mail"))
    theirs = changed(("# first contact", "# the first contact"), EFFORT)
    text = text_of(merged(ours, theirs))
    assert text == changed(
        ("# by phone", "# by phone or mail"), ("# first contact", "# the first contact"), EFFORT
    )
    assert "its comment" in refused(ours, changed(("# by phone", "# by fax")))
    both = "# by phone", "# by mail"
    text = text_of(
        merged(changed(both, EFFORT), changed(both, ("not_a_fit: lost", "not_a_fit: demo")))
    )
    assert text == changed(both, EFFORT, ("not_a_fit: lost", "not_a_fit: demo"))


def test_a_comment_follows_its_value() -> None:
    base = changed(("    by: sales\n", "    by: sales   # who\n    effort: 1h   # a guess\n"))
    ours = changed(
        (
            "by: sales   # who\n    effort: 1h   # a guess",
            "by: sales   # who\n    effort: 1h   # a good guess",
        ),
        text=base,
    )
    theirs = changed(
        ("by: sales   # who\n    effort: 1h", "by: sales   # them\n    effort:\n      mean: 2h"),
        text=base,
    )
    theirs = theirs.replace("      mean: 2h   # a guess", "      mean: 2h")
    assert "its comment" in refused(ours, theirs, base)
    theirs = changed(
        ("# who\n    effort: 1h   # a guess", "# them\n    effort:   # a guess\n      mean: 2h"),
        text=base,
    )
    assert "    by: sales   # them\n    effort:   # a good guess\n      mean: 2h\n" in text_of(
        merged(ours, theirs, base)
    )


# ----------------------------------------------------------------------------------- layout


def test_braces_and_lines_of_one_map() -> None:
    lines = "next:\n      buys: won   # often\n      passes: lost\n"
    theirs = changed(("next: {buys: won, passes: lost}\n", lines.replace("lost\n", "call\n")))
    ours = changed(("{buys: won, passes", "{buys: won, never: lost, passes"))
    text = text_of(merged(ours, theirs))
    assert "    next:\n      buys: won   # often\n      never: lost\n      passes: call\n" in text
    plain = theirs.replace("   # often", "")
    assert "{buys: won, never: lost, passes: call}" in text_of(merged(ours, plain))
    more = plain.replace("      passes", "      later: call\n      passes")
    assert "{buys: won, later: call, never: lost, passes: call}" in text_of(merged(ours, more))
    assert "      buys: won\n      never: lost\n      later: call\n" in text_of(merged(more, ours))


def test_lists_of_ids() -> None:
    base = changed(
        ("requires: []", "requires: [a, b]"),
        ("process: smb", "process: smb\ndata: {a: {type: text}, b: {type: text}, c: {type: text}}"),
    )
    ours = changed(
        ("[a, b]", "[b]"),
        ("start: call}", "start: call, gives: {b: filled, c: filled}}"),
        text=base,
    )
    theirs = changed(
        ("requires: [a, b]", "requires:\n    # asked for\n    - a\n    - b   # often\n    - c"),
        text=base,
    )
    text = text_of(merged(ours, theirs, base))
    assert "    requires:\n    # asked for\n    - b   # often\n    - c\n" in text
    theirs = changed(("[a, b]", "[a]"), text=base)
    assert "requires: []" in text_of(merged(ours, theirs, base))
    lines = changed(("requires: [a, b]", "requires:\n      - a\n      - b"), text=base)
    ours = changed(("      - b\n", ""), text=lines)
    theirs = changed(("      - a\n", ""), text=lines)
    assert "requires: []\n" in text_of(merged(ours, theirs, lines))
    both = changed(("[a, b]", "[a, b, c]"), text=base)
    assert "      - b\n      - c\n" in text_of(
        merged(changed(("      - a\n", ""), text=lines), both, lines)
    )


def test_a_map_of_which_each_side_took_a_part_is_empty() -> None:
    base = changed(("outcomes:", "stages:   # of old\n  one: {}\n  two: {}\noutcomes:"))
    ours, theirs = (changed((part, ""), text=base) for part in ("  one: {}\n", "  two: {}\n"))
    assert "stages: {}   # of old\noutcomes" in text_of(merged(ours, theirs, base))
    flow = changed(("outcomes:", "stages: { one: {}, two: {} }\noutcomes:"))
    ours, theirs = (changed((part, ""), text=flow) for part in (" one: {},", ", two: {}"))
    assert "stages: {}\n" in text_of(merged(ours, theirs, flow))
    empty = changed(("outcomes:", "stages: {}\noutcomes:"))
    full = changed(("stages: {}", "stages: {a: {}}   # x"), text=empty)
    other = changed(("stages: {}", "stages: {b: {}}"), text=empty)
    assert "stages: {b: {}, a: {}}   # x\n" in text_of(merged(full, other, empty))
    flow = changed(("requires: []", "requires: [ ]"))
    data = ("process: smb", "process: smb\ndata: {a: {type: text}, b: {type: text}}")
    full = changed(("requires: [ ]", "requires: [a]   # x"), data, text=flow)
    other = changed(("requires: [ ]", "requires: [b]"), data, text=flow)
    assert "requires: [b, a]   # x\n" in text_of(merged(full, other, flow))
    one, two = (
        changed(("stages: {}", "stages: {}   # y"), text=empty),
        changed(("stages: {}", "stages: {b: {}}"), text=empty),
    )
    assert "stages: {b: {}}   # y\n" in text_of(merged(one, two, empty))
    gone = changed(("requires: [ ]", "requires: [ ]   # y"), text=flow)
    assert "requires: [b]   # y\n" in text_of(
        merged(gone, changed(("requires: [ ]", "requires: [b]"), text=flow), flow)
    )


def test_short_forms_that_grow_on_both_sides() -> None:
    ours = changed(("buys: won", "buys: call"))
    theirs = changed(
        ("buys: won", "buys: {to: won, share: 30%}"),
        ("passes: lost", "passes: {to: lost, share: rest}"),
    )
    assert "next: {buys: {to: call, share: 30%}, passes: {to: lost, share: rest}}" in text_of(
        merged(ours, theirs)
    )
    base = changed(("next: {buys: won, passes: lost}", "next: won   # at once"))
    ours = changed(
        ("next: won ", "next: {done: {to: won, set: {a: 1}}}"),
        ("process: smb", "process: smb\ndata: {a: {type: number}}"),
        text=base,
    )
    theirs = changed(("next: won ", "next: call"), text=base)
    assert "    next: {done: {to: call, set: {a: 1}}}  # at once\n" in text_of(
        merged(ours, theirs, base)
    )
    long = ", ".join(f"field_{number}: 1" for number in range(9))
    data = ", ".join(f"field_{number}: {{type: number}}" for number in range(9))
    ours = changed(
        ("next: won ", f"next: {{done: {{to: won, set: {{{long}}}}}}}"),
        ("process: smb", f"process: smb\ndata: {{{data}}}"),
        text=base,
    )
    text = text_of(merged(ours, theirs, base))
    assert (
        "    next:  # at once\n      done:\n        to: call\n        set:\n          field_0: 1\n"
        in text
    )


def test_a_new_name_with_everything_that_was_changed() -> None:
    ours = changed(
        ("  demo:\n    by: sales", "  trial:\n    was: demo\n    by: sales"),
        ("interested: demo", "interested: trial"),
    )
    theirs = changed(
        ("    by: sales\n    requires: []\n", "    by: sales\n    effort: 2h\n    requires: []\n")
    )
    want = changed(
        ("    by: sales\n    requires: []\n", "    by: sales\n    effort: 2h\n    requires: []\n"),
        text=ours,
    )
    assert text_of(merged(ours, theirs)) == want
    assert text_of(merged(theirs, ours)) == want


@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
@pytest.mark.parametrize("end", ["\n", ""])
def test_line_breaks_marks_and_ends_stay(bom: str, line_break: str, end: str) -> None:
    def laid(text: str) -> str:
        return bom + (text.removesuffix("\n") + end).replace("\n", line_break)

    theirs = changed(
        ("not_a_fit: lost}", "not_a_fit: lost, later: call}"), ("kind: lost", "kind: failed")
    )
    ours = changed(EFFORT, ("kind: won", "kind: done"))
    want = changed(EFFORT, ("kind: won", "kind: done"), text=theirs)
    made = merge(*(laid(text).encode() for text in (BASE, ours, theirs)), path="a")  # type: ignore[call-arg]
    assert text_of(made) == laid(want)
    # what one side changed about them counts
    made = merge(BASE.encode(), ours.encode(), laid(theirs).encode(), path="a")
    assert text_of(made) == laid(want)
    made = merge(BASE.encode(), laid(ours).encode(), theirs.encode(), path="a")
    assert text_of(made) == laid(want)


def test_lines_that_end_in_several_ways_are_left_to_people() -> None:
    ours = changed(EFFORT).replace("smb\n", "smb\r\n")
    assert "different ways" in refused(
        ours, changed(("not_a_fit: lost}", "not_a_fit: lost, later: call}"))
    )


def test_both_sides_added_the_file() -> None:
    ours = changed(
        ("outcomes:", "  ours: {by: sales, next: won}\noutcomes:"), ("buys: won", "buys: ours")
    )
    assert text_of(merged(ours, ours, base="")) == ours
    theirs = changed(("smb\n", "smb\nversion: 1.0.0\n"))
    assert [clash.path for clash in merged(ours, theirs, base="").clashes] == ["steps.demo"]
    ours = changed(("smb\n", "smb\nowner: ops\n"), ("  demo:\n", "  # the offer\n  demo:\n"))
    want = changed(
        ("smb\n", "smb\nversion: 1.0.0\nowner: ops\n"), text=ours.replace("owner: ops\n", "")
    )
    assert text_of(merged(ours, theirs, base="")) == want
    crlf = [text.replace("\n", "\r\n").encode() for text in (ours, theirs)]
    assert text_of(merge(b"", *crlf, path="a")) == want.replace("\n", "\r\n")  # type: ignore[call-arg, misc]


def test_the_whole_file_in_braces() -> None:
    base = "{salesflow: 1, organization: a, data: {x: {type: text}}}   # all\n"
    ours = base.replace("}}}", "}, w: {type: text}}}")
    theirs = base.replace("organization: a", "organization: a, currency: EUR").replace(
        "}}}", "}, z: {type: text}}}"
    )
    assert text_of(merged(ours, theirs, base)) == (
        "{salesflow: 1, organization: a, currency: EUR, data: {x: {type: text}, z: {type: text}, w: {type: text}}}   # all\n"
    )


def test_other_documents() -> None:
    base = "salesflow: 1\ntests: t\nof: smb.salesflow.yaml\ncases: {one: {takes: {call: interested}, ends: won}}\n"
    ours = base.replace("interested}", "interested, demo: buys}")
    theirs = base.replace("ends: won", "ends: won, never: [call.not_a_fit]")
    Path("smb.salesflow.yaml").write_text(BASE)
    assert text_of(merged(ours, theirs, base)) == ours.replace(
        "ends: won", "ends: won, never: [call.not_a_fit]"
    )
    base = "salesflow: 1\nvariant: v\nof: smb.salesflow.yaml\nchange:\n  steps.call.effort: 1h\n"
    ours, theirs = base + "  steps.demo.effort: 1h\n", base + "  steps.demo.wait: 1d\n"
    assert (
        text_of(merged(ours, theirs, base))
        == base + "  steps.demo.wait: 1d\n  steps.demo.effort: 1h\n"
    )


def test_written_so_that_it_cannot_be_taken_apart() -> None:
    base = "? salesflow\n: 1\n? organization\n: a\n? currency\n: EUR\n? name\n: A\n? owner\n: ops\n"
    ours, theirs = base.replace("EUR", "USD"), base.replace("? name\n", "? description\n")
    assert "taken apart" in refused(ours, theirs, base)
    base = changed(
        ("{buys: won, passes: lost}", "\n      ? buys\n      : won\n      ? passes\n      : lost")
    )
    ours, theirs = (
        changed(change, text=base) for change in ((": won\n", ": call\n"), ("? passes", "? quits"))
    )
    assert "    next: {buys: call, quits: lost}\n" in text_of(merged(ours, theirs, base))


def test_where_no_comment_can_stand() -> None:
    """Theirs has comments where ours has braces; the other way round it goes."""
    theirs = changed(
        (
            "next: {buys: won, passes: lost}",
            "next:\n      # usual\n      buys: {to: won}   # often\n      passes: lost",
        )
    )
    ours = changed(
        ("buys: won, passes: lost", "buys: {to: won, share: 30%}, passes: {to: lost, share: rest}")
    )
    text = text_of(merged(ours, theirs))
    assert (
        "      # usual\n      buys: {to: won, share: 30%}   # often\n      passes: {to: lost, share: rest}\n"
        in text
    )
    assert text == text_of(merged(theirs, ours))
    base = changed(("    by: sales\n", "    by: sales\n    name: The demo   # for all\n"))
    ours = changed(("The demo   # for all", "The demo   # for most"), text=base)
    theirs = changed(("The demo   # for all", "|\n      The demo and more"), text=base)
    assert "its comment" in refused(ours, theirs, base)
    base = changed(("    by: sales\n", "    by: sales\n    name: The demo\n"))
    ours = changed(("The demo", "The demo   # for most"), text=base)
    theirs = changed(("The demo", "|\n      The demo and more"), text=base)
    assert "    name: |\n      The demo and more\n" in text_of(
        merged(changed(("    requires", "    effort: 1h\n    requires"), text=base), theirs, base)
    )
    assert "no room" in refused(ours, theirs, base)


# ------------------------------------------------------------------------------- no language


def test_what_cannot_be_read_is_merged_line_by_line() -> None:
    base = BASE + "owner: yes\n"
    ours, theirs = (
        changed(("kind: lost", "kind: failed"), text=base),
        changed(("# Small", "# All"), text=base),
    )
    assert text_of(merged(ours, theirs, base)) == changed(("# Small", "# All"), text=ours)
    assert "cannot be read" in refused(ours, changed(("kind: won", "kind: done"), text=base), base)
    for strange in (
        "a\nb\nc\nd\ne\n",
        "- 1\n- 2\n- 3\n- 4\n- 5\n",
        "a: 1\nb: 1\nc: 1\nd: 1\ne: 1\n",
        "process: a\ntests: b\nc: 1\nd: 1\ne: 1\nf: 1\n",
    ):
        rows = strange.splitlines()
        one, two = "\n".join(["# x", *rows]) + "\n", "\n".join([*rows, "# y"]) + "\n"
        assert text_of(merged(one, two, strange)) == "\n".join(["# x", *rows, "# y"]) + "\n"
    one, two = (
        BASE.replace("process: smb", "process: a"),
        BASE.replace("process: smb", "process: b"),
    )
    assert "not the same kind" in refused(one, two)


def test_lines_that_fit_but_say_nothing_together_are_a_conflict() -> None:
    """Each side quotes half of what does not load: the result would have a key twice."""
    base = BASE + "owner: yes\n" + "# ----\n" * 9
    ours = base.replace("sources:", "goal: x\nsources:")
    theirs = base + "goal: y\n"
    made = merged(ours, theirs, base)
    assert [finding.rule for finding in made.errors] == ["duplicate-key"]
    assert refused(ours, theirs, base) == ""


def test_bytes_that_are_no_text() -> None:
    made = merge(b"a\0b", b"a\0c", b"a\0d", path="a")
    assert (made.clean, made.text) == (False, None)
    latin = [text.encode("latin-1") for text in ("a: \xe4\n", "a: \xf6\n", "a: \xfc\n")]
    made = merge(*latin, path="a")  # type: ignore[call-arg]
    assert made.text == b"<<<<<<< ours\na: \xf6\n=======\na: \xfc\n>>>>>>> theirs\n"


def test_without_git_elements_are_merged_and_conflicts_are_whole_files(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    theirs = changed(("not_a_fit: lost}", "not_a_fit: lost, later: call}"))
    assert "later: call" in text_of(merged(changed(EFFORT), theirs))
    made = merged(
        changed(EFFORT), changed((EFFORT[0], EFFORT[1].replace("1h", "2h"))).removesuffix("\n")
    )
    assert made.text is not None
    rows = made.text.decode().split("\n")
    assert [rows[0], rows[-2]] == ["<<<<<<< ours", ">>>>>>> theirs"]
    assert rows.count("=======") == 1
    assert (
        conflict(b"", b"a", b"", marker_size=9)
        == b"<<<<<<<<< ours\na\n=========\n>>>>>>>>> theirs\n"
    )
    assert "same lines" in merge(b"- a\n", b"- b\n", b"- c\n", path="a").why


# ------------------------------------------------------------------------------- fine alone


def test_sides_that_are_fine_alone_and_wrong_together() -> None:
    ours = changed(("passes: lost", "passes: call"))
    theirs = changed(
        ("not_a_fit: lost", "not_a_fit: demo"),
        ("buys: won, passes: lost", "passes: lost, buys: won"),
    )
    assert merged(ours, theirs).clean
    theirs = changed(("interested: demo, not_a_fit: lost", "interested: demo"), ("buys: won, ", ""))
    made = merged(ours, theirs)
    assert [(f.rule, f.file) for f in made.errors] == [("endless-loop", "smb.salesflow.yaml")]
    assert refused(ours, theirs) == ""


def test_a_step_that_one_side_removed_and_the_other_leads_to() -> None:
    base = changed(("outcomes:", "  old: {next: won}\noutcomes:"), ("buys: won", "buys: old"))
    ours = changed(("  old: {next: won}\n", ""), ("buys: old", "buys: won"), text=base)
    theirs = changed(("interested: demo,", "interested: demo, known: old,"), text=base)
    made = merged(ours, theirs, base)
    assert [(f.rule, f.path) for f in made.errors] == [("unknown-name", "steps.call.next.known")]


def test_errors_that_a_side_has_already_are_no_doubt() -> None:
    ours = changed(("passes: lost", "passes: nowhere"))
    assert "nowhere" in text_of(merged(ours, changed(EFFORT)))


def test_files_that_are_used_are_found_from_where_the_file_stands() -> None:
    Path("salesflow.toml").write_text("")
    Path("deep").mkdir()
    Path("deep/acme.salesflow.yaml").write_text(
        "salesflow: 1\norganization: acme\ndepartments: {sales: {people: 1}}\n"
    )
    base = changed(("smb\n", "smb\nuse: [acme.salesflow.yaml]\n"))
    ours = changed(("by: sales\n", "by: legal\n"), text=base)
    sides = [text.encode() for text in (base, ours, changed(EFFORT, text=base))]
    assert merge(*sides, path="deep/smb.salesflow.yaml").clean  # type: ignore[call-arg]
    theirs = changed(
        ("smb\nuse: [acme.salesflow.yaml]\n", "smb\nuse: [acme.salesflow.yaml, b.yaml]\n"),
        text=base,
    )
    assert merge(
        base.encode(), changed(EFFORT, text=base).encode(), theirs.encode(), path="deep/a.yaml"
    ).clean


@pytest.mark.parametrize("path", ["smb.salesflow.yaml", "deep/smb.salesflow.yaml"])
def test_what_is_wrong_together_is_found_with_what_is_used(path: str) -> None:
    """A used file that is not found hides it: there is no process then, on no side."""
    Path("salesflow.toml").write_text("")
    Path("deep").mkdir()
    file = Path(path).with_name("acme.salesflow.yaml")
    file.write_text("salesflow: 1\norganization: acme\ndepartments: {sales: {people: 1}}\n")
    base = changed(("smb\n", "smb\nuse: [acme.salesflow.yaml]\n"))
    ours = changed(("passes: lost", "passes: call"), text=base)
    theirs = changed(
        ("interested: demo, not_a_fit: lost", "interested: demo"), ("buys: won, ", ""), text=base
    )
    sides = [text.encode() for text in (base, ours, theirs)]
    made = merge(*sides, path=path)  # type: ignore[call-arg]
    assert [(f.rule, f.file) for f in made.errors] == [("endless-loop", path)]
    file.unlink()
    assert merge(*sides, path=path).clean  # type: ignore[call-arg]


def test_the_same_mistake_in_another_place_is_a_new_one() -> None:
    """That a side has one of the kind already is no reason to let a second one pass."""
    base = changed(
        ("outcomes:", "  old: {next: won}\noutcomes:"),
        ("buys: won", "buys: old"),
        ("passes: lost", "passes: nowhere"),
    )
    ours = changed(("  old: {next: won}\n", ""), ("buys: old", "buys: won"), text=base)
    theirs = changed(("interested: demo,", "interested: demo, known: old,"), text=base)
    made = merged(ours, theirs, base)
    assert [(f.rule, f.path) for f in made.errors] == [("unknown-name", "steps.call.next.known")]


def test_a_configuration_that_cannot_be_used_is_told() -> None:
    Path("salesflow.toml").write_text("preset = 7\n")
    with pytest.raises(UsageError, match=r"salesflow\.toml"):
        merged(changed(EFFORT), changed(("buys: won", "buys: call")))


def test_a_map_in_braces_of_which_each_side_takes_one_entry_is_left_empty() -> None:
    text = "salesflow: 1\nprocess: p\ndata: {a: {type: text}, b: {type: text}}\nsteps:\n  s: {next: won}\n"
    ours, theirs = (text.replace(gone, "") for gone in ("a: {type: text}, ", ", b: {type: text}"))
    made = merge(*(each.encode() for each in (text, ours, theirs)), path="a.salesflow.yaml")
    assert made.clean
    assert made.text == text.replace("{a: {type: text}, b: {type: text}}", "{}").encode()
