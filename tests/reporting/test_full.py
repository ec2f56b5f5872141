"""The report for people, to the letter."""

from salesflow.checking.report import CheckReport, ProcessSummary
from salesflow.findings import Finding, Related
from salesflow.nouns import FrozenMap
from salesflow.reporting.full import full
from salesflow.spans import Span

TEXT = """salesflow: 1
process: smb
sources: {inbound: {start: call}}
steps:
  call: {by: sales, next: {interested: demo, not_a_fit: lost}}
  demo: {by: sales}
outcomes: {lost: {kind: lost}}
"""

FINDING = Finding(
    rule="dead-end",
    family="structure",
    severity="error",
    path="steps.demo",
    span=Span("smb.yaml", 6, 3, 6, 7),
    message="`demo` is a dead end: no outcome can be reached from it.",
    help="Add a result that leads on, e.g. `passes: lost`.",
    witness=("inbound", "call.interested", "demo"),
    related=(Related("steps.call", Span("smb.yaml", 5, 3, 5, 7), "deals come from `call`"),),
)


def report(*findings: Finding, text: str = TEXT) -> CheckReport:
    return CheckReport(
        files=("smb.yaml",),
        findings=findings,
        processes=FrozenMap(
            {"smb": ProcessSummary(file="smb.yaml", maturity=1, missing=("departments", "data"))}
        ),
        texts={"smb.yaml": text},
    )


def test_a_finding_shows_excerpt_caret_related_place_way_and_help() -> None:
    assert (
        full(report(FINDING))
        == """\
error[dead-end]: `demo` is a dead end: no outcome can be reached from it.
 --> smb.yaml:6:3
6 |   demo: {by: sales}
  |   ^^^^
  = see: deals come from `call`
 --> smb.yaml:5:3
5 |   call: {by: sales, next: {interested: demo, not_a_fit: lost}}
  |   ^^^^
  = way: inbound → call (interested) → demo
  = help: Add a result that leads on, e.g. `passes: lost`.

Found 1 error in 1 file.
smb: level 1, flow: checked and drawn.
  Next: departments; data,
  so that every handoff is checked: who takes over, what is missing then, what each side owes, and `salesflow show --department` tells each department its part.
"""
    )


def test_a_related_place_on_the_same_line_is_a_column() -> None:
    near = FINDING._replace(related=(Related("", Span("smb.yaml", 6, 9, 6, 11), "by sales"),))
    assert full(report(near)).count("6 |") == 1
    assert "  = see: by sales (column 9)\n" in full(report(near))


def test_a_clean_report_says_so() -> None:
    assert full(report()).startswith("All clear: no findings in 1 file.\n")


def test_colours_only_on_request() -> None:
    assert "\x1b[" not in full(report(FINDING))
    assert "\x1b[1;31merror[dead-end]\x1b[0m" in full(report(FINDING), colour=True)


def test_a_very_long_line_is_cut_around_the_place() -> None:
    row = "x" * 5000 + "HERE" + "y" * 5000
    span = Span("smb.yaml", 1, 5001, 1, 5005)
    finding = Finding("syntax", "syntax", "error", "", span, "wrong")
    shown = full(report(finding, text=row)).splitlines()
    assert len(shown[2]) < 200
    column = shown[3].index("^^^^")
    assert shown[2][column : column + 4] == "HERE"


def test_the_caret_stands_under_wide_and_escaped_characters() -> None:
    row = "\t你好\u202e: HERE"
    start = row.index("HERE") + 1
    finding = Finding("x", "y", "error", "", Span("smb.yaml", 1, start, 1, start + 4), "m")
    excerpt, caret = full(report(finding, text=row)).splitlines()[2:4]
    shown = excerpt[: excerpt.index("HERE")]
    assert caret.index("^^^^") == len(shown) + 2  # two characters are two columns wide


def test_a_place_beyond_the_text_shows_no_excerpt() -> None:
    finding = Finding("x", "y", "warning", "", Span("smb.yaml", 99, 1, 99, 1), "m")
    assert full(report(finding)).splitlines()[:2] == ["warning[x]: m", "  --> smb.yaml:99:1"]
