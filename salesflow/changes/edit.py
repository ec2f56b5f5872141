"""One difference between two versions of a process."""

from typing import Any, Literal

from salesflow.nouns import Noun
from salesflow.spans import NOWHERE, Span

Level = Literal["breaking", "check", "safe", "cosmetic", "none"]
Kind = Literal["added", "removed", "changed", "renamed", "moved"]

LEVELS: tuple[Level, ...] = ("breaking", "check", "safe", "cosmetic", "none")  # the worst first

# Whom a change concerns besides departments, which are named by their ids.
RUNNING = "running deals"
REPORTING = "reporting"
CUSTOMERS = "customers"


class Edit(Noun):
    """One difference, with what the catalogue of changes says of it.

    ``what`` is the kind of element: ``process stage source step result branch outcome touchpoint
    policy objective department role field calendar run``. ``path`` is the element's path in the
    new version, of one that was removed in the old; ``old_path`` that in the old version, "" of one
    that was added. What lies in a process that is run has ``runs.ID.`` in front, the process itself
    is ``process``.

    ``field`` is the key that changed, with an id for what is kept by id (``captures.discount``).
    ``old`` and ``new`` are data of the language, nodes by their short path whatever the scope; None
    where nothing was written. Lists of ids that are sets (``requires``) have an edit for each id:
    ``old`` None and ``new`` ``"champion"``. Of an element that was added or removed ``new`` or
    ``old`` is the whole of it, of one renamed its ids, of one moved to another block its paths.
    A step that changes its stage or its department has kind ``moved`` and the field.

    ``confidence`` is 1 unless that the two elements are one was inferred; ``announced`` where one
    says so itself (``was:``). ``level``, ``audience``, ``rule`` and ``message`` are empty until
    the catalogue has judged the edit; ``waived`` is the reason why it does not count.
    """

    unequal = frozenset({"old_span", "new_span"})

    kind: Kind
    what: str
    path: str
    old_path: str = ""
    field: str = ""
    old: Any = None
    new: Any = None
    confidence: float = 1.0
    announced: bool = False
    level: Level = "none"
    audience: tuple[str, ...] = ()
    rule: str = ""
    message: str = ""
    waived: str = ""
    old_span: Span = NOWHERE  # the element's key in each version
    new_span: Span = NOWHERE

    def __hash__(self) -> int:
        """By what it is about: values are data, which has no hash."""
        return hash((self.kind, self.path, self.old_path, self.field))

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape, and where it stands in both versions."""
        return {
            "kind": self.kind,
            "what": self.what,
            "path": self.path,
            "old_path": self.old_path,
            "field": self.field,
            "old": self.old,
            "new": self.new,
            "confidence": self.confidence,
            "level": self.level,
            "audience": list(self.audience),
            "rule": self.rule,
            "message": self.message,
            "waived": self.waived,
            "old_place": _place(self.old_span),
            "new_place": _place(self.new_span),
        }


def worst(levels: "list[Level] | tuple[Level, ...]") -> Level:
    """The worst of some levels; ``none`` of none."""
    return min(levels, key=LEVELS.index, default="none")


def _place(span: Span) -> dict[str, Any] | None:
    if span == NOWHERE:
        return None
    return {"file": span.file, "line": span.line, "column": span.column}
