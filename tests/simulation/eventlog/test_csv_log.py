"""The log as CSV: every cell of a small one, and every visit of a large one."""

import csv
from collections import Counter
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import salesflow as sf
from salesflow.simulation.compile import program_of
from salesflow.simulation.engine_python.loop import play
from salesflow.simulation.eventlog.cases import Cases
from salesflow.simulation.eventlog.csv_log import CsvLog
from salesflow.simulation.eventlog.naming import Naming
from salesflow.simulation.eventlog.write import write_log
from salesflow.simulation.events import ARRIVED, ENTERED, REACHED, Event
from salesflow.simulation.program import Program
from tests.simulation.account import Account, Visit
from tests.simulation.eventlog.logged import program

DAY = 86_400_000
ENTERPRISE = "examples/enterprise/enterprise.salesflow.yaml"
Row = dict[str, str]


def rows_of(path: Path) -> list[Row]:
    with open(path, encoding="utf-8", newline="") as stream:
        return [*csv.DictReader(stream)]


def logged(tmp_path: Path, played: Program) -> list[Row]:
    write_log(str(tmp_path / "log.csv"), played, 1)
    return rows_of(tmp_path / "log.csv")


def told(played: Program, *events: Event) -> list[Row]:
    """The log of events written by hand."""
    stream = StringIO()
    log = CsvLog(stream, Naming(played))
    cases = Cases(played, log.write)
    for event in events:
        cases(event)
    cases.finish()
    return [*csv.DictReader(StringIO(stream.getvalue()))]


def test_a_deal_from_arrival_to_end(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    write_log(str(path), program(16), 1)
    lines = path.read_text("utf-8").splitlines()
    day = "2026-03-27T"
    assert lines[:8] == [
        "case,activity,kind,ready,start,worked,complete,resource,with,role,department,result,how,stage,process,source,outcome,deal.amount,deal.contract,deal.discount,deal.region,deal.vip",
        f"web 1,web,source,{day}00:00:00.000Z,{day}00:00:00.000Z,,{day}00:00:00.000Z,,,,,,completed,,smb,web,lost,1500,,,dach,",
        f"web 1,call,step,{day}00:00:00.000Z,{day}08:00:00.000Z,{day}09:00:00.000Z,{day}09:30:00.000Z,rep 1,lead 1,rep,sales,fit,completed,talking,smb,web,lost,1500,,,dach,true",
        f"web 1,deal,block,{day}09:30:00.000Z,{day}09:30:00.000Z,,{day}11:30:00.000Z,,,,,done,completed,papers,smb,web,lost,1500,filled,0.125,dach,true",
        f"web 1,deal.buyer.think,step,{day}09:30:00.000Z,{day}09:30:00.000Z,,{day}11:30:00.000Z,,,,,,withdrawn,papers,smb,web,lost,1500,filled,,dach,true",
        f"web 1,deal.legal.draft,step,{day}09:30:00.000Z,{day}09:30:00.000Z,{day}11:30:00.000Z,{day}11:30:00.000Z,counsel 1,,counsel,legal,done,completed,papers,smb,web,lost,1500,filled,,dach,true",
        f"web 1,sign,step,{day}11:30:00.000Z,{day}11:30:00.000Z,{day}15:30:00.000Z,{day}15:30:00.000Z,rep 1,,rep,sales,late,timed_out,papers,smb,web,lost,1500,filled,0.125,dach,true",
        f"web 1,lost,outcome,{day}15:30:00.000Z,{day}15:30:00.000Z,,{day}15:30:00.000Z,,,,,lost,completed,papers,smb,web,lost,1500,filled,0.125,dach,true",
    ]


def test_what_was_broken_off_before_it_began(tmp_path: Path) -> None:
    (row,) = [
        row
        for row in logged(tmp_path, program(20))
        if (row["case"], row["activity"]) == ("web 3", "sign")
    ]
    assert row["start"] == row["complete"] == "2026-03-27T19:30:00.000Z"  # no time of work
    assert (row["ready"], row["worked"]) == ("2026-03-27T15:30:00.000Z", "")
    assert (row["resource"], row["role"], row["how"]) == ("", "rep", "timed_out")


def test_what_is_open_at_the_end_comes_last(tmp_path: Path) -> None:
    rows = logged(tmp_path, program(20))
    assert [row["case"] for row in rows if row["kind"] == "source"] == [
        f"web {n}" for n in range(1, 5)
    ]
    last = rows[-1]
    assert (last["case"], last["activity"], last["how"], last["outcome"]) == (
        "web 4",
        "call",
        "open",
        "",
    )
    assert (last["start"], last["worked"], last["complete"]) == ("2026-03-27T15:30:00.000Z", "", "")
    given = next(row for row in rows if (row["case"], row["kind"]) == ("web 4", "source"))
    assert last["deal.amount"] == given["deal.amount"] != ""


def test_summer_time_and_dates_far_on(tmp_path: Path) -> None:
    text = """
salesflow: 1
process: daily
start_date: 2026-03-27
calendars: {office: {timezone: Europe/Berlin, hours: {mon-fri: "09:00-17:00"}}}
departments: {sales: {calendar: office, people: 9}}
sources: {web: {start: call, arrivals: {every: 1d}}}
steps: {call: {by: sales, effort: 1h, next: won}}
outcomes: {won: {kind: won}}
"""
    rows = logged(tmp_path, program(24 * 400, text))
    starts = [row["start"][:16] for row in rows if row["activity"] == "call"]
    assert starts[:4] == ["2026-03-27T08:00", *["2026-03-30T07:00"] * 3]  # 9:00 in Berlin, both
    assert starts[-1] == "2027-04-30T07:00"


def test_whoever_it_escalates_to_is_in_charge(tmp_path: Path) -> None:
    text = """
salesflow: 1
process: escalating
departments: {sales: {roles: {rep: {people: 1}, boss: {people: 1}}}}
sources: {web: {start: call, arrivals: {every: 9h, batch: 2}}}
steps: {call: {by: rep, effort: 5h, escalate: {after: 2h, by: boss}, next: won}}
outcomes: {won: {kind: won}}
"""
    rows = [r for r in logged(tmp_path, program(9, text)) if r["activity"] == "call"]
    told = [(r["start"][11:16], r["resource"], r["role"], r["department"]) for r in rows]
    assert told == [("00:00", "rep 1", "rep", "sales"), ("02:00", "boss 1", "boss", "sales")]


def test_several_processes_are_told_apart(tmp_path: Path) -> None:
    texts = [
        f"""
salesflow: 1
process: {name}
sources: {{web: {{start: call, arrivals: {{every: 1h}}}}}}
data: {{{field}: {{type: number}}}}
steps: {{call: {{wait: 10min, captures: {{{field}: 3}}, next: won}}}}
outcomes: {{won: {{kind: won}}}}
"""
        for name, field in (("one", "size"), ("two", "weight"))
    ]
    played = program_of([sf.loads(text) for text in texts], duration=3_600_000, warmup=0)
    rows = logged(tmp_path, played)
    told = [
        (r["case"], r["activity"], r["process"], r["deal.size"], r["deal.weight"]) for r in rows
    ]
    assert told == [
        ("one.web 1", "web", "one", "", ""),
        ("one.web 1", "call", "one", "3", ""),
        ("one.web 1", "won", "one", "3", ""),
        ("two.web 1", "web", "two", "", ""),
        ("two.web 1", "call", "two", "", "3"),
        ("two.web 1", "won", "two", "", "3"),
    ]


def test_a_step_without_a_possible_result_is_stuck(tmp_path: Path) -> None:
    text = """
salesflow: 1
process: standing
data: {size: {type: number}}
sources: {web: {start: call, arrivals: {every: 1h}, gives: {size: -3.5}}}
steps: {call: {wait: 10min, next: {big: {to: won, when: size > 5}}}}
outcomes: {won: {kind: won}}
"""
    row = logged(tmp_path, program(0.9, text))[-1]
    assert (row["activity"], row["how"], row["complete"]) == ("call", "stuck", "")
    assert row["deal.size"] == "-3.5"  # a number, and no formula


def test_no_cell_is_taken_for_a_formula() -> None:
    played = program(1)
    hostile = (
        "=1+1",
        "+cmd|x",
        "-2",
        "@SUM(A1)",
        "\tx",
        'say "hi", then\ngo',
        "plain",
        "2 = 2",
        "日本 \u202e",
    )
    fields = tuple(
        field._replace(values=hostile) if field.type == "choice" else field
        for field in played.fields
    )
    played = played.replace(fields=fields)
    at = [field.type for field in fields].index("choice")
    for number, word in enumerate(hostile):
        values = [0.0] * len(fields)
        values[at] = float(number)
        (row,) = told(played, Event(ARRIVED, 0, 0, 0, values=tuple(values)))
        unsafe = word.startswith(("=", "+", "-", "@", "\t"))
        assert row[f"deal.{fields[at].path.partition(':')[2]}"] == ("'" + word if unsafe else word)


def test_deals_are_kept_in_memory_only_while_they_are_open() -> None:
    played = program(1)
    stream = StringIO()
    cases = Cases(played, CsvLog(stream, Naming(played)).write)
    blank = (float("nan"),) * len(played.fields)
    for number in range(5):
        cases(Event(ARRIVED, number, number, 0, values=blank))
        cases(Event(ENTERED, number, number, 0))
        assert len(cases.followed) == 1
        before = stream.tell()
        cases(Event(REACHED, number, number, 0, values=blank))
        assert stream.tell() > before  # written at once
        assert not cases.followed


def test_every_visit_of_the_enterprise_example(tmp_path: Path) -> None:
    played = program_of([sf.load(ENTERPRISE)], duration=90 * DAY, warmup=30 * DAY)
    rows = logged(tmp_path, played)
    account = Account(played)
    play(played, 1, 0, watch=account)
    start = datetime(2026, 1, 5, tzinfo=UTC)

    def now(text: str) -> int | None:
        return (datetime.fromisoformat(text) - start) // timedelta(milliseconds=1) if text else None

    seen = Counter(
        (r["activity"], now(r["ready"]), now(r["start"]), now(r["worked"]), now(r["complete"]))
        for r in rows
        if r["kind"] in ("step", "block", "run")
    )
    expected = Counter(
        (
            played.nodes[v.node].path.partition(":")[2],
            v.entered,
            _start(account, v),
            v.worked,
            v.over,
        )
        for v in account.visits
    )
    assert seen == expected
    people = {row["resource"] for row in rows} | {row["with"] for row in rows}
    assert {"counsel 1", "counsel 2", "account_executive 9", "sdr 3"} <= people
    outcomes = Counter(row["activity"] for row in rows if row["kind"] == "outcome")
    ended = [d for d in account.deals.values() if d.ended is not None]
    assert outcomes == Counter(played.outcomes[d.outcome].path.partition(":")[2] for d in ended)
    assert sum(row["kind"] == "source" for row in rows) == len(account.deals)


def _start(account: Account, visit: Visit) -> int | None:
    if not account.queued(visit):
        return visit.entered
    return visit.over if visit.started is None else visit.started
