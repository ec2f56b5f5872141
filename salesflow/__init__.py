"""Sales processes and department touchpoints in YAML: checked, simulated, diffed and drawn.

::

    import salesflow as sf

    process = sf.load("enterprise.salesflow.yaml")
    for finding in sf.check(process):
        print(finding.file, finding.line, finding.message)

What is public is loaded on first use, so that ``salesflow --version`` costs nothing.
Type checkers read ``__init__.pyi``; tests/test_house.py holds the two together.

PYTEST_DONT_REWRITE: pytest would rewrite the asserts of whatever has a plugin, and warn where that
was imported before; there are none here to rewrite.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "Deal": "salesflow.deals.deal",
    "Diff": "salesflow.changes.difference",
    "Finding": "salesflow.findings",
    "LoadError": "salesflow.errors",
    "Process": "salesflow.process.model",
    "Refused": "salesflow.deals.refused",
    "SalesflowError": "salesflow.errors",
    "SimulationResult": "salesflow.simulation.result",
    "Span": "salesflow.spans",
    "UsageError": "salesflow.errors",
    "check": "salesflow.api",
    "diff": "salesflow.api",
    "draw": "salesflow.api",
    "dumps": "salesflow.api",
    "import_bpmn": "salesflow.importing.files",
    "improve": "salesflow.simulation.improving.question",
    "load": "salesflow.api",
    "loads": "salesflow.api",
    "rows": "salesflow.simulation.rows",
    "run_tests": "salesflow.api",
    "simulate": "salesflow.api",
    "site": "salesflow.reporting.site.build",
    "variants": "salesflow.changes.variants",
}

__all__ = ["__version__", *_HOMES]  # noqa: PLE0604 - the names are strings


def __getattr__(name: str) -> Any:
    """Load a public name from its home, once."""
    if name not in _HOMES:
        raise AttributeError(f"module 'salesflow' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names, sorted, loaded or not."""
    return sorted(__all__)
