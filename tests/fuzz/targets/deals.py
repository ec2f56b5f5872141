"""A CSV of deals under way: each is judged, or the file is refused with its lines."""

from collections.abc import Iterator
from functools import cache

import salesflow as sf
from salesflow.changes.comparing import changed
from salesflow.changes.running.judge import running_deals
from salesflow.errors import UsageError
from tests.fuzz.choices import Choices, spread
from tests.fuzz.documents import ROOT
from tests.fuzz.harmless import harmless

CELLS = (
    "deal", "at", "D1", "discovery", "trial", "enterprise.discovery", "paper_process", "", " ", "won",
    "amount", "100000", "1.000,50", "20%", "yes", "nein", "=1+1", '"', '""', "a\nb", "\x1b[31m", "Ä",
    "legal + security", "discovery|legal", "region", "DACH", "2026-02-30", "9" * 400, "::error::x",
)  # fmt: skip

SMALL = """salesflow: 1
process: small
data: {amount: {type: money}, region: {type: choice, values: [dach, amer]}}
sources: {inbound: {start: call}}
steps:
  call: {captures: [amount], next: {more: papers, none: {to: lost}}}
  papers:
    parallel:
      security: {steps: {ask: {next: {done: {to: done}}}}}
      law: {steps: {draft: {next: {fine: {to: done}, again: draft}}}}
    next: sign
  sign: {next: {big: {to: won, when: amount > 100}, small: {to: lost, otherwise: true}}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


def seeds() -> Iterator[bytes]:
    yield b"\0" + (ROOT / "examples/enterprise-next/deals.csv").read_bytes()
    yield from (b"\0" + text for text in (b"deal,at\nD1,trial\n", b"deal;at;amount\n1;won;1,5\n"))
    yield from (b"\1" + spread(each, 90) for each in range(1, 30))


def run(data: bytes) -> None:
    content, choices = data[1:], Choices(data[1:])
    if data[:1] != b"\0":
        rows = ["deal,at,amount,region", *(_row(choices, at) for at in range(choices.below(20)))]
        content = choices.one_of(("\n", "\n", "\r\n")).join(rows).encode()
    old, new = _versions(large=data[:1] == b"\0")
    matching = changed(old, new).matching
    try:
        found = running_deals(content, old, new, matching, file="deals.csv", budget=300)
    except UsageError as problem:
        assert str(problem).startswith("deals.csv"), problem
        return
    for group in found.groups:
        assert group.deals
        harmless(f"{group.why!r} {group.suggestion!r}")


def _row(choices: Choices, at: int) -> str:
    """A deal at one place or several, with values that may be none."""
    steps = ("call", "legal", "papers.security.ask", "papers.law.draft", "sign", "gone", "won")
    places = "|".join(choices.one_of(steps) for _ in range(1 + choices.below(3)))
    cells = [f"D{at}", places, *(choices.one_of(CELLS) for _ in range(2))]
    if choices.below(4) == 0:
        cells[choices.below(4)] = choices.one_of(CELLS)
    return choices.one_of((",", ",", ",", ";")).join(cells)


@cache
def _versions(*, large: bool) -> tuple[sf.Process, sf.Process]:
    if large:
        folders = (ROOT / "examples" / name for name in ("enterprise", "enterprise-next"))
        old, new = (sf.load(each / "enterprise.salesflow.yaml") for each in folders)
        return old, new
    changed = SMALL.replace("next: {more: papers", "next: {again: call, more: papers")
    return sf.loads(SMALL), sf.loads(changed.replace("ask: {", "ask: {requires: [region], "))
