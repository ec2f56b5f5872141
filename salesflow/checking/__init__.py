"""Rules, and everything around them: choosing, ignoring, known findings, configuration.

Whoever writes rules of their own takes their names from here, and only from here::

    from salesflow.checking import Facts, Finding, Rule

docs/own-rules.md shows how. The names are loaded on first use: a check of a small file is mostly
start-up. Type checkers read ``__init__.pyi``; tests/checking/test_plugins.py holds both together.
"""

from importlib import import_module
from typing import Any

_HOMES = {
    "Block": "salesflow.process.steps",
    "Branch": "salesflow.process.steps",
    "Edit": "salesflow.findings",
    "Facts": "salesflow.checking.facts",
    "Finding": "salesflow.findings",
    "Fix": "salesflow.findings",
    "Process": "salesflow.process.model",
    "Related": "salesflow.findings",
    "Result": "salesflow.process.steps",
    "Rule": "salesflow.checking.rule",
    "Run": "salesflow.process.steps",
    "Span": "salesflow.spans",
    "Step": "salesflow.process.steps",
    "Work": "salesflow.process.steps",
    "comes_by": "salesflow.checking.words",
    "named": "salesflow.checking.words",
}

__all__ = [*_HOMES]  # noqa: PLE0604 - the names are strings


def __getattr__(name: str) -> Any:
    """Load a public name from its home, once."""
    if name not in _HOMES:
        raise AttributeError(f"module 'salesflow.checking' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names, sorted, loaded or not."""
    return sorted(__all__)
