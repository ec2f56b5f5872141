"""All rules beside bpmnlint and pm4py's woflan on the same models, as a table for the docs.

Each in a process of its own, at most 60 s. Neither is needed by salesflow; say where they are:
``python benchmarks/compare_check.py --bpmnlint DIR --pm4py PYTHON`` with DIR a folder where
``npm install bpmnlint`` was run, PYTHON the interpreter of an environment with pm4py. What is told
is CPU time, so that it does not hang on what else the machine does: after loading for salesflow and
woflan, of the whole command for bpmnlint, which looks at how a model is drawn, not how it behaves.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from exported import bpmn, pnml
from shaped import Data, branches, nested, sequence, threads

MOST = 60  # seconds
MODELS: dict[str, Data] = {
    "10 tasks in nested blocks": nested(10),
    "25 tasks in nested blocks": nested(25),
    "50 tasks in nested blocks": nested(50),
    "100 tasks in nested blocks": nested(100),
    "1,000 tasks in nested blocks": nested(1_000),
    "4 branches with a choice each": branches(4, choice=True),
    "8 branches with a choice each": branches(8, choice=True),
    "64 branches with a choice each": branches(64, choice=True),
    "64 threads with a choice each": threads(64, choice=True),
    "10 parallel branches": branches(10),
    "250 parallel branches": branches(250),
    "500 parallel branches": branches(500),
    "1,000 parallel branches": branches(1_000),
    "2,000 parallel branches": branches(2_000),
    "1,000 threads that meet": threads(1_000),
    "100 steps in sequence": sequence(100),
    "1,000 steps in sequence": sequence(1_000),
    "10,000 steps in sequence": sequence(10_000),
}
OURS = """
import json, sys, time
from salesflow import api
from salesflow.checking.run import run_checks
process = api.load(json.load(open(sys.argv[1])))
times = []
for _ in range(4):
    begin = time.process_time()
    found = run_checks(process, preset="all")
    times.append(time.process_time() - begin)
assert not [f for f in found if f.severity == "error"], found
print(min(times[1:]))
"""
WOFLAN = """
import sys, time
import pm4py
from pm4py.algo.analysis.woflan import algorithm as woflan
net, initial, final = pm4py.read_pnml(sys.argv[1])
begin = time.process_time()
sound = woflan.apply(net, initial, final, parameters={
    woflan.Parameters.RETURN_ASAP_WHEN_NOT_SOUND: True,
    woflan.Parameters.PRINT_DIAGNOSTICS: False,
    woflan.Parameters.RETURN_DIAGNOSTICS: False,
})
print(time.process_time() - begin if sound else "unsound")
"""
LINTRC = '{"extends": "bpmnlint:recommended", "rules": {"no-bpmndi": "off"}}'


def last_line(command: list[str], folder: Path) -> str:
    """What a program says last; how it ended where it did not."""
    try:
        ran = subprocess.run(
            command, capture_output=True, text=True, timeout=MOST, cwd=folder, check=False
        )
    except subprocess.TimeoutExpired:
        return f"> {MOST} s"
    lines = ran.stdout.strip().splitlines()
    return lines[-1] if ran.returncode == 0 and lines else "failed"


def shown(seconds: str) -> str:
    try:
        value = float(seconds)
    except ValueError:
        return seconds
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.1f} ms"


def linted(folder: Path, home: Path, model: str) -> str:
    """How long bpmnlint takes, starting included."""
    (folder / "model.bpmn").write_text(model, "utf-8")
    command = [str(home / "node_modules" / ".bin" / "bpmnlint"), "model.bpmn"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        subprocess.run(command, capture_output=True, timeout=MOST, cwd=folder, check=False)
    except subprocess.TimeoutExpired:
        return f"> {MOST} s"
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return str(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bpmnlint", type=Path)
    parser.add_argument("--pm4py", type=Path)
    chosen = parser.parse_args()
    print("| model | salesflow, all rules | bpmnlint | pm4py woflan |\n|---|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / ".bpmnlintrc").write_text(LINTRC, "utf-8")
        if chosen.bpmnlint:
            (folder / "node_modules").symlink_to(chosen.bpmnlint / "node_modules")
        for model, data in MODELS.items():
            (folder / "model.json").write_text(json.dumps(data), "utf-8")
            (folder / "model.pnml").write_text(pnml(data), "utf-8")
            ours = last_line([sys.executable, "-c", OURS, "model.json"], folder)
            lint = linted(folder, chosen.bpmnlint, bpmn(data)) if chosen.bpmnlint else "-"
            sound = "-"
            if chosen.pm4py:
                sound = last_line([str(chosen.pm4py), "-c", WOFLAN, "model.pnml"], folder)
            print(f"| {model} | {shown(ours)} | {shown(lint)} | {shown(sound)} |", flush=True)


if __name__ == "__main__":
    main()
