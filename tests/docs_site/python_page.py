"""docs/reference/python.md, written off signatures and docstrings: ``python -m tests.docs_site.python_page``."""

import inspect
import re
import textwrap
import types
import typing
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import salesflow as sf
from salesflow import testing
from salesflow.nouns import Noun

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "python.md"

VERBS = (
    *("load", "loads", "dumps", "check", "run_tests", "simulate", "improve", "rows"),
    *("diff", "draw", "site", "import_bpmn"),
)
VALUES = ("Process", "Finding", "Span", "SimulationResult", "Diff", "Deal")
ERRORS = ("SalesflowError", "LoadError", "UsageError", "Refused")

# Fields that carry a value from one verb to the next and say nothing to who reads it.
_INNER = {"texts", "ignored", "matching", "unequal", "base", "people", "folder", "replace", "notes"}
_INHERITED = {"count", "index", "with_traceback", "add_note", "args"}
_WIDEST = 88

_HEAD = """\
# Python

```py
import salesflow as sf
```

Everything public is typed, takes keywords after its first arguments, and never changes what it is given. Values are
frozen and compare by what they say; `to_dict()` is their JSON ([the shapes](command-line.md#json-of-check)). What is
wrong in a file is a `Finding`; exceptions are for a caller's mistake. In a notebook, processes, results and comparisons
show themselves.

Written off the package itself: `python -m tests.docs_site.python_page`.
"""


def page() -> str:
    """The whole page."""
    more = [name for name in dir(sf) if name not in {*VERBS, *VALUES, *ERRORS, "__version__"}]
    parts = [_HEAD, "## Verbs\n"]
    parts += [_function(f"sf.{name}", getattr(sf, name)) for name in (*VERBS, *_only(more, False))]
    parts += ["## Values\n"]
    parts += [_class(f"sf.{name}", getattr(sf, name)) for name in (*VALUES, *_only(more, True))]
    parts += ["## Values inside of these\n", "What their attributes hold.\n"]
    parts += [_class(kind.__name__, kind) for kind in _inside()]
    parts += ["## Errors\n", *(_class(f"sf.{name}", getattr(sf, name)) for name in ERRORS)]
    parts += ["## salesflow.testing\n", _prose(inspect.getdoc(testing) or "")]
    parts += [
        _function(f"testing.{name}", getattr(testing, name)) for name in sorted(testing.__all__)
    ]
    return "\n".join(part.rstrip() + "\n" for part in parts)


def _only(names: list[str], classes: bool) -> list[str]:
    return [name for name in names if isinstance(getattr(sf, name), type) is classes]


def _inside() -> list[type]:
    """The classes that attributes of public values hold, and what those hold, by name."""
    public = {getattr(sf, name) for name in (*VALUES, *ERRORS)}
    found: dict[str, type] = {}
    waiting = [getattr(sf, name) for name in VALUES]
    for _ in range(2):
        waiting = [
            kind
            for each in waiting
            for _, hint, _ in _attributes(each)
            for kind in _classes(hint)
            if kind not in public and kind.__name__ not in found
        ]
        found |= {kind.__name__: kind for kind in waiting}
    return [found[name] for name in sorted(found)]


def _classes(hint: Any) -> Iterator[type]:
    for part in typing.get_args(hint):
        yield from _classes(part)
    ours = isinstance(hint, type) and hint.__module__.startswith("salesflow.")
    if ours and issubclass(hint, Noun | tuple):
        yield hint


def _function(name: str, function: Callable[..., Any]) -> str:
    return f"### {name}\n\n```py\n{_signature(name, function)}\n```\n\n{_prose(_doc(function))}"


def _signature(name: str, function: Callable[..., Any]) -> str:
    """As it is written, on one line where it fits."""
    signature = inspect.signature(function)
    parts = [_parameter(each) for each in signature.parameters.values() if each.name != "self"]
    kinds = [each.kind for each in signature.parameters.values() if each.name != "self"]
    if inspect.Parameter.KEYWORD_ONLY in kinds:
        parts.insert(kinds.index(inspect.Parameter.KEYWORD_ONLY), "*")
    back = signature.return_annotation
    tail = "" if back is inspect.Signature.empty else f" -> {_kind(back)}"
    line = f"{name}({', '.join(parts)}){tail}"
    if len(line) <= _WIDEST:
        return line
    return "\n".join([f"{name}(", *(f"    {part}," for part in parts), f"){tail}"])


def _parameter(one: inspect.Parameter) -> str:
    kind = "" if one.annotation is one.empty else f": {_kind(one.annotation)}"
    default = "" if one.default is one.empty else f" = {one.default!r}"
    star = "*" if one.kind is one.VAR_POSITIONAL else ""
    return f"{star}{one.name}{kind}{default if kind else default.replace(' ', '')}"


def _class(name: str, kind: type) -> str:
    parts = [f"### {name}\n", _prose(_doc(kind)), ""]
    rows = list(_attributes(kind))
    if rows:
        parts += ["```py", *(line for row in rows for line in _attribute(*row)), "```", ""]
    for method, function in _methods(kind):
        parts += [f"**`{_signature(method, function)}`**".replace("\n    ", " ").replace("\n", " ")]
        parts += ["", _prose(_doc(function)), ""]
    return "\n".join(parts)


def _attributes(kind: type) -> Iterator[tuple[str, Any, str]]:
    """Name, type and meaning of fields and properties."""
    hints = _hints(kind)
    fields = getattr(kind, "_fields", ())
    for name in fields:
        if name not in _INNER and not name.startswith("_"):
            yield name, hints.get(name, Any), ""
    for name, value in _members(kind):
        if isinstance(value, property | cached_property) and name not in fields:
            function = value.fget if isinstance(value, property) else value.func
            back = _hints(function).get("return", Any)
            yield name, back, _inline(_doc(value).partition("\n\n")[0])


def _attribute(name: str, hint: Any, said: str) -> Iterator[str]:
    """A line of code, with what is said about it behind it or, where that is long, above."""
    line, said = f"{name}: {_kind(hint)}", said.replace("`", "")
    if not said:
        yield line
    elif len(line) + len(said) + 4 <= _WIDEST:
        yield f"{line}  # {said}"
    else:
        yield from textwrap.wrap(said, _WIDEST, initial_indent="# ", subsequent_indent="# ")
        yield line


def _methods(kind: type) -> Iterator[tuple[str, Callable[..., Any]]]:
    for name, value in _members(kind):
        if isinstance(value, types.FunctionType):
            yield name, value
        elif isinstance(value, classmethod):
            yield name, value.__func__


def _members(kind: type) -> Iterator[tuple[str, Any]]:
    seen = set(_INNER | _INHERITED)
    for base in kind.__mro__:
        if not base.__module__.startswith("salesflow.") or base is Noun:
            continue
        for name, value in vars(base).items():
            if not name.startswith("_") and name not in seen:
                seen.add(name)
                yield name, value


def _hints(thing: Any) -> dict[str, Any]:
    try:
        return typing.get_type_hints(thing)
    except (NameError, TypeError):  # a type that is imported only when it is needed
        return dict(getattr(thing, "__annotations__", {}))


def _kind(hint: Any) -> str:
    """A type as people write it, without the modules it comes from."""
    text = hint if isinstance(hint, str) else inspect.formatannotation(hint)
    text = re.sub(r"\bForwardRef\('([^']*)'[^)]*\)", r"\1", text)
    return re.sub(r"\b(?:[a-z_]+\.)+(?=[A-Za-z_])", "", text).replace("NoneType", "None")


def _doc(thing: Any) -> str:
    return inspect.getdoc(thing) or ""


def _prose(text: str) -> str:
    """A docstring as Markdown: literals, and blocks of code after ``::``."""
    parts = []
    for block in re.split(r"\n\n(?=\S)", text):
        head, colons, code = block.partition("::\n")
        if colons and code.strip():
            said = _inline(head.rstrip()).rstrip(":")
            body = textwrap.dedent(code.strip("\n")).rstrip()
            parts.append(f"{said}:\n\n```py\n{body}\n```" if said else f"```py\n{body}\n```")
        elif block.startswith("    ") and parts and parts[-1].endswith("```"):
            body = textwrap.dedent(block).rstrip()
            parts[-1] = f"{parts[-1].removesuffix('```')}\n{body}\n```"
        else:
            parts.append(_inline(block))
    return "\n\n".join(parts)


def _inline(text: str) -> str:
    return " ".join(text.replace("``", "`").split())


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
