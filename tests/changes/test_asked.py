"""Comparisons as they are asked for: whose configuration, whose deals, and what only one has."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from salesflow.changes.asked import Asked, asked_at, compared, latest, pairs_asked
from salesflow.changes.versions import Versions, versions
from salesflow.errors import UsageError
from salesflow.process.model import Process
from salesflow.simulation.plan import Plan, plan_of
from tests.changes.test_versions import process

DEALS = "deal,at\nacme,call\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write("deals.csv", DEALS)
    return tmp_path


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


RENEWAL = """salesflow: 1
process: renewal
departments: {care: {roles: {manager: {people: 1}}}}
sources: {contract: {start: talk}}
steps:
  talk: {by: manager, next: {stays: offer, goes: left}}
  offer: {by: manager, next: kept}
outcomes: {kept: {kind: won}, left: {kind: lost}}
"""


def write_changed() -> None:
    write("old/smb.salesflow.yaml", process("smb"))
    write("new/smb.salesflow.yaml", process("smb", people=3))


def write_one_each() -> None:
    """Two processes, nothing of the one in the other: none has both versions."""
    write("old/smb.salesflow.yaml", process("smb"))
    write("new/renewal.salesflow.yaml", RENEWAL)


def folders(every: bool) -> tuple[Versions, ...]:
    return versions("old", "new", every=every)


def with_deals() -> Asked:
    return asked_at(".", deals="deals.csv")


def refused(asked: Asked) -> str:
    with pytest.raises(UsageError) as problem:
        pairs_asked(folders, asked)
    return str(problem.value)


def test_the_configuration_of_the_newest_that_is_there_counts() -> None:
    assert latest(["old", "new"]) == latest([]) == "."
    write("old/salesflow.toml", 'ignore = ["no-owner"]\n')
    assert latest(["old", "HEAD:new"]) == "old"
    write("new/salesflow.toml", 'limits = {nodes = 20}\n[diff]\nfail-on = "check"\n')
    assert latest(["old", "new"]) == "new"
    asked = asked_at("new")
    assert (asked.settings.limits.nodes, asked.levels.fail_on) == (20, "check")
    assert (asked.deals, asked.deals_file, asked.plan) == (None, "", None)


def test_deals_are_of_what_changed() -> None:
    write_changed()
    for side in ("old", "new"):
        write(f"{side}/big.salesflow.yaml", process("big"))
    [changed] = [pair for pair in pairs_asked(folders, with_deals()) if not pair.same]
    diff = compared(changed, with_deals())
    assert diff.deals is not None
    assert (diff.id, diff.deals.checked) == ("smb", 1)
    assert compared(changed, Asked()).deals is None


def test_deals_of_what_is_the_same_are_looked_at() -> None:
    for side in ("old", "new"):
        write(f"{side}/smb.salesflow.yaml", process("smb"))
    assert [pair.same for pair in pairs_asked(folders, Asked())] == [True]
    [pair] = pairs_asked(folders, with_deals())
    deals = compared(pair, with_deals()).deals
    assert deals is not None
    assert deals.checked == 1


def test_it_has_to_be_clear_whose_deals_they_are() -> None:
    write_one_each()
    assert refused(with_deals()) == (
        "`deals.csv` has deals of one process, and here are 2: name its file "
        "(`new/renewal.salesflow.yaml`, `old/smb.salesflow.yaml`)."
    )
    Path("new/renewal.salesflow.yaml").unlink()
    assert refused(with_deals()) == (
        "`deals.csv` needs both versions, and `old/smb.salesflow.yaml` has no new one."
    )
    write("old/smb.salesflow.yaml", "salesflow: 1\norganization: acme\n")
    assert refused(with_deals()) == (
        "`deals.csv` has deals of a process, and here is none: name its file."
    )


def test_what_only_one_version_has_is_told_as_such_and_not_played() -> None:
    write_one_each()

    def plan(_processes: Sequence[Process]) -> Plan:
        raise AssertionError

    pairs = pairs_asked(folders, Asked(plan=plan))
    diffs = [compared(pair, Asked(plan=plan)) for pair in pairs]
    assert [(diff.old is None, diff.new is None) for diff in diffs] == [
        (True, False),
        (False, True),
    ]
    for diff in diffs:
        assert [edit.what for edit in diff.edits] == ["process"]
        assert "Its figures are not compared: only one version has this process." in diff.notes
    assert not any(compared(pair, Asked()).notes for pair in pairs)


def test_both_versions_are_played_as_planned_and_the_work_is_told() -> None:
    text = process("smb").replace("{start: call}", "{start: call, arrivals: 5 per week}")
    text = text.replace("{by: rep, next", "{by: rep, effort: 1h, next")
    write("old/smb.salesflow.yaml", text)
    write("new/smb.salesflow.yaml", text.replace("effort: 1h", "effort: 2h"))
    seen: list[str] = []
    told: list[float] = []

    def plan(processes: Sequence[Process]) -> Plan:
        seen.extend(one.file for one in processes)
        return plan_of(duration="4w", warmup="0d", replications=2)

    asked = Asked(plan=plan)
    [pair] = pairs_asked(folders, asked)
    diff = compared(pair, asked, progress=lambda done, _total: told.append(done))
    assert diff.impact is not None
    assert seen == ["old/smb.salesflow.yaml", "new/smb.salesflow.yaml"]
    assert told


def test_notes_on_the_pair_come_first() -> None:
    write_changed()
    [pair] = pairs_asked(folders, Asked())
    assert compared(pair._replace(notes=("A word.",)), Asked()).notes == ("A word.",)
