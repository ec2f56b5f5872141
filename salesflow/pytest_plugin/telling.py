"""What pytest shows of process files: our reports, the first line of each a summary."""

from typing import NamedTuple

from salesflow.checking.config import Settings
from salesflow.checking.paths import check_paths
from salesflow.checking.report import CheckReport, report_of
from salesflow.errors import LoadError
from salesflow.findings import SEVERITIES
from salesflow.reporting.full import full
from salesflow.reporting.simulated.figures import figure
from salesflow.reporting.simulated.tables import why
from salesflow.reporting.simulated.words import bound, narrowed
from salesflow.reporting.visible import line
from salesflow.simulation.result import ObjectiveResult


class Checked(NamedTuple):
    """Whether a check fails, and its report; "" where there is nothing to tell."""

    fails: bool
    report: str


def checked(file: str, settings: Settings) -> Checked:
    """What ``salesflow check FILE`` says. UsageError where it cannot be asked."""
    report = check_paths([file], settings=settings)
    if not report.findings:
        return Checked(fails=False, report="")
    return Checked(report.fails(settings.fail_on), _with_head(report))


def unloaded(problem: LoadError) -> str:
    """The findings of what does not load, or cannot be simulated."""
    return _with_head(report_of(problem.findings, problem.texts))


def _with_head(report: CheckReport) -> str:
    """The report, the worst finding in its first line: pytest's summary has only that one."""
    worst = min(report.findings, key=lambda finding: SEVERITIES.index(finding.severity))
    if report.findings[0] == worst:
        return full(report)
    return f"{line(f'{worst.severity}[{worst.rule}]: {worst.message}')}\n\n{full(report)}"


def measured(one: ObjectiveResult, currency: str) -> str:
    """What was asked for and what was measured, in a sentence."""
    said = narrowed(f"`{one.name}`", one.counted)
    said += f" is {one.verdict}: {bound(one.bound)} is asked for"
    if one.value is not None:
        shown = figure(one.value, one.unit, currency)
        said += f", {shown.alone}{f' ({shown.interval})' if shown.interval else ''} is measured"
    reason = why(one)
    return line(f"{said}{f'; {reason}' if reason else ''}.")
