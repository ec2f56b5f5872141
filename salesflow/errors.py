"""What salesflow raises: only for a caller's mistake. What is wrong in a file is a finding.

::

    SalesflowError            everything below
    ├── LoadError             a text that does not load; carries the findings
    │   └── SimulationError   a process that does not say enough to be simulated
    ├── Refused               a deal may not do that (``salesflow.deals``); carries the reasons
    └── UsageError            a path, option or configuration that cannot be used (exit 2)
"""

from collections.abc import Mapping

from salesflow.findings import Finding


class SalesflowError(Exception):
    """Every error that salesflow raises on purpose."""


class UsageError(SalesflowError):
    """What was asked cannot be done: no such file, a wrong option, bad configuration.

    ``UsageError(line, line)`` has several lines; whoever shows it shows each on its own.
    """

    def __str__(self) -> str:
        """The lines, one below the other."""
        return "\n".join(map(str, self.args))


class LoadError(SalesflowError):
    """A text that does not load; ``findings`` say where and why, ``texts`` maps file to text."""

    def __init__(
        self, findings: tuple[Finding, ...], texts: Mapping[str, str] | None = None
    ) -> None:
        """Keep the findings; the message shows the first ones."""
        self.findings = findings
        self.texts = dict(texts or {})
        shown = [f"{f.file}:{f.line}:{f.column}: {f.message} [{f.rule}]" for f in findings[:5]]
        if len(findings) > len(shown):
            shown.append(f"and {len(findings) - len(shown)} more")
        super().__init__("\n".join(shown))


class SimulationError(LoadError):
    """A process that cannot be simulated: ``findings`` say what its file would have to say."""
