"""Whole files and all that is found in them: places, ways, what else to look at, help.

``ok`` holds files that look suspicious and are right; ``err`` has beside each ``x.yaml`` its
``x.out``. After a wanted change: ``python tests/test_cases.py`` writes the outputs anew; read
the difference before you commit it.
"""

import re
from pathlib import Path

import pytest

from salesflow import api
from salesflow.checking.config import Settings
from salesflow.findings import Finding

HERE = Path(__file__).parent / "cases"
OK = sorted((HERE / "ok").glob("*.yaml"))
ERR = sorted((HERE / "err").glob("*.yaml"))


def findings(file: Path) -> tuple[Finding, ...]:
    everything = Settings().overridden(preset="all")
    return api.check_paths([str(file)], settings=everything).findings


def shown(finding: Finding) -> str:
    name = Path(finding.file).name
    place = f"{name}:{finding.line}:{finding.column}-{finding.end_line}:{finding.end_column}"
    rows = [f"{place}: {finding.severity} {finding.rule} [{finding.path}] {finding.message}"]
    rows += [f"    way: {' -> '.join(finding.witness)}"] * bool(finding.witness)
    rows += [
        f"    see: {Path(o.span.file).name}:{o.span.line}:{o.span.column} [{o.path}] {o.message}"
        for o in finding.related
    ]
    rows += [f"    help: {finding.help}"] * bool(finding.help)
    return "\n".join(rows) + "\n"


def output(file: Path) -> str:
    return "".join(map(shown, findings(file)))


@pytest.mark.parametrize("file", OK, ids=lambda file: file.stem)
def test_nothing_is_found_where_all_is_right(file: Path) -> None:
    assert output(file) == ""


@pytest.mark.parametrize("file", ERR, ids=lambda file: file.stem)
def test_exactly_this_is_found(file: Path) -> None:
    assert output(file) == file.with_suffix(".out").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", ERR, ids=lambda file: file.stem)
def test_each_finding_stands_at_what_it_speaks_of(file: Path) -> None:
    rows = file.read_text(encoding="utf-8").splitlines()
    for finding in findings(file):
        marked = rows[finding.line - 1][finding.column - 1 : finding.end_column - 1]
        if finding.path:
            assert marked == finding.path.rpartition(".")[2]
        else:
            assert marked.startswith("# salesflow:")


def test_the_two_folders_are_full() -> None:
    assert len(OK) >= 5
    assert len(ERR) >= 5
    rules = {
        name
        for file in ERR
        for name in re.findall(
            r"(?:error|warning|info) (\S+) \[", file.with_suffix(".out").read_text(encoding="utf-8")
        )
    }
    assert len(rules) >= 15


if __name__ == "__main__":
    for case in ERR:
        case.with_suffix(".out").write_text(output(case), encoding="utf-8")
