"""Markdown of what users wrote: nothing in it is taken for markup."""

from collections.abc import Iterable

from salesflow.process.people import Element
from salesflow.reporting.markdown import escaped
from salesflow.reporting.words import sentence
from salesflow.visible import visible


def code(text: str) -> str:
    """An id or a value as code."""
    shown = visible(text)
    mark = "`" * (max((len(run) for run in _runs(shown)), default=0) + 1)
    pad = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{mark}{pad}{shown}{pad}{mark}"


def codes(texts: Iterable[str]) -> str:
    """Ids in a sentence: `a`, `b` and `c`."""
    return sentence([code(text) for text in texts])


def some(texts: Iterable[str], most: int) -> str:
    """The first ids, each once, and how many more there are."""
    names = list(dict.fromkeys(texts))
    rest = len(names) - most
    return codes(names[:most]) + (f" and {rest} more" if rest > 0 else "")


def heading(element: Element, kind: str) -> str:
    """What it is: name, id, kind; below it what its description says."""
    name = f"**{escaped(element.heading)}** · " if element.name else ""
    said = f"\n\n{escaped(element.description)}" if element.description else ""
    owner = f"\n\nOwner: {escaped(element.owner)}." if element.owner else ""
    return f"{name}{code(element.id)} · {kind}{said}{owner}"


def _runs(text: str) -> Iterable[str]:
    return (run for run in "".join(c if c == "`" else " " for c in text).split())
