"""Run by a Python that has pm4py: what it finds in a CSV and in an XES log, as JSON.

python read_with_pm4py.py log.csv log.xes
"""

import json
import sys
import warnings
from collections import Counter
from typing import Any

warnings.simplefilter("ignore")

import pandas as pd  # noqa: E402
import pm4py  # noqa: E402
from pm4py.objects.log.util.interval_lifecycle import to_interval  # noqa: E402


def main(csv: str, xes: str) -> None:
    rows = pd.read_csv(csv)
    for column in ("ready", "start", "worked", "complete"):
        rows[column] = pd.to_datetime(rows[column], utc=True)
    table = pm4py.format_dataframe(
        rows,
        case_id="case",
        activity_key="activity",
        timestamp_key="complete",
        start_timestamp_key="start",
    )
    log = pm4py.convert_to_dataframe(pm4py.read_xes(xes))
    done = log[log["lifecycle:transition"] == "complete"]
    told = {"csv": found(table), "xes": found(done), "intervals": intervals(log)}
    print(json.dumps(told))  # noqa: T201 - whoever runs it reads this


def found(log: Any) -> dict[str, Any]:
    """What a process miner asks first."""
    directly, starts, ends = pm4py.discover_dfg(log)
    times = log.groupby("case:concept:name")["time:timestamp"]
    return {
        "cases": int(log["case:concept:name"].nunique()),
        "events": len(log),
        "starts": starts,
        "ends": ends,
        "follows": sorted([one, other, count] for (one, other), count in directly.items()),
        "variants": len(pm4py.get_variants(log)),
        "seconds": round((times.max() - times.min()).dt.total_seconds().sum()),
        "activities": {k: int(v) for k, v in log["concept:name"].value_counts().items()},
    }


def intervals(log: Any) -> dict[str, Any]:
    """What pm4py makes of starts and completes of the XES log: pairs, their time, who did them."""
    pairs = to_interval(pm4py.convert_to_event_log(log))
    work = [event for trace in pairs for event in trace if event["kind"] == "step"]
    lasted = [event["time:timestamp"] - event["start_timestamp"] for event in work]
    named = [event["org:resource"] for event in work if isinstance(event["org:resource"], str)]
    return {
        "number": len(work),
        "seconds": round(sum(time.total_seconds() for time in lasted)),
        "resources": Counter(named),
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
