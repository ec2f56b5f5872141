"""What a file may hold, at each limit and one beyond it."""

import pytest

from salesflow.source.ignores import MOST
from salesflow.source.limits import DEFAULT_LIMITS
from salesflow.source.read import Reading, read

MEGABYTES = 16 * 1024 * 1024


def rules(reading: Reading) -> list[str]:
    return [finding.rule for finding in reading.findings]


@pytest.mark.parametrize(
    ("within", "beyond", "message"),
    [
        (
            f"a: {'[' * 63}{']' * 63}",
            f"a: {'[' * 64}{']' * 64}",
            "The text is nested deeper than 64 levels.",
        ),
        (
            f"a: [{'1,' * 249_997}]",  # and the map, its key, the list
            f"a: [{'1,' * 249_998}]",
            "The file has more than 250,000 keys and values.",
        ),
        (
            f"? {'k' * 1024}\n: 1",
            f"? {'k' * 1025}\n: 1",
            "A key has at most 1,024 characters.",
        ),
        (
            f"? '{'k' * 1024}'\n: 1",
            f"? '{'k' * 1025}'\n: 1",
            "A key has at most 1,024 characters.",
        ),
        (
            "a: 1\n" + "# salesflow: ignore[x]\n" * MOST,
            "a: 1\n" + "# salesflow: ignore[x]\n" * (MOST + 1),
            "More than 10,000 comments in this file speak to salesflow.",
        ),
    ],
    ids=["depth", "values", "key", "quoted key", "comments"],
)
def test_at_a_limit_and_beyond_it(within: str, beyond: str, message: str) -> None:
    fine, refused = read(within, "f"), read(beyond, "f")
    assert fine.findings == ()
    assert fine.data is not None
    assert [(each.rule, each.message) for each in refused.findings] == [("limit-exceeded", message)]
    assert refused.findings[0].help


def test_a_file_has_16_megabytes() -> None:
    stops = "a: 1\n---\n---\n".ljust(MEGABYTES - 1, "#")  # nobody reads on behind a second document
    assert rules(read(stops, "f")) == ["refused-yaml"]
    large = read(stops + "#", "f")
    assert [(f.rule, f.message, f.line, f.column) for f in large.findings] == [
        ("limit-exceeded", "The file has more than 16 MB.", 1, 1)
    ]
    assert large.data is None
    assert DEFAULT_LIMITS.characters == MEGABYTES - 1  # an offset has 24 bits


def test_the_message_names_the_limit_that_was_chosen() -> None:
    small = DEFAULT_LIMITS._replace(characters=3 * 1024 * 1024 - 1, key=3, findings=2)
    [finding] = read("#" * 3 * 1024 * 1024, "f", limits=small).findings
    assert (finding.message, finding.help) == ("The file has more than 3 MB.", "Split it.")
    two = read("abcd: NO\nefgh: 1", "f", limits=small).findings
    assert [each.message for each in two][:1] == ["A key has at most 3 characters."]
    assert [each.message for each in two][2:] == ["And 1 more mistakes of this kind in this file."]


def test_megabytes_are_rounded_down() -> None:
    for characters, most in ((3 * 1024 * 1024 - 2, 2), (3 * 1024 * 1024 - 1, 3), (1024, 0)):
        limits = DEFAULT_LIMITS._replace(characters=characters)
        [finding] = read("#" * (characters + 1), "f", limits=limits).findings
        assert finding.message == f"The file has more than {most} MB."


def test_as_many_findings_are_shown_as_asked_for() -> None:
    text = "".join(f"k{number}: NO\n" for number in range(100))
    assert len(read(text, "f").findings) == 100
    assert rules(read(text + "x: NO\n", "f")) == ["ambiguous-scalar"] * 101
    assert (
        len(read(text + "x: NO\n", "f", limits=DEFAULT_LIMITS._replace(findings=101)).findings)
        == 101
    )


@pytest.mark.parametrize("inside", ["1,", "[],", "{},", "b: 1, "])
def test_whatever_is_in_a_file_counts(inside: str) -> None:
    begins, ends = ("a: {", "}") if ":" in inside else ("a: [", "]")
    items = [inside.replace("b", f"b{number}") for number in range(10)]
    text = f"{begins}{''.join(items)}{ends}"
    nodes = 3 + 10 * (1 + (":" in inside))
    assert read(text, "f", limits=DEFAULT_LIMITS._replace(nodes=nodes)).findings == ()
    [finding] = read(text, "f", limits=DEFAULT_LIMITS._replace(nodes=nodes - 1)).findings
    last = text.rindex(inside[0] if begins[-1] == "[" else "1") + 1
    assert (finding.rule, finding.column, finding.end_column) == ("limit-exceeded", last, last + 1)
    assert finding.help == "Split it."
