"""Where reports go: standard output or files, whole or not at all."""

import os
import sys
from collections.abc import Collection, Iterable
from typing import TextIO

from salesflow.errors import UsageError
from salesflow.source.files import whole

Pairs = tuple[tuple[str, str | None], ...]  # (format, file); None is standard output

_SOURCES = (".yaml", ".yml")
_ENDINGS = {"": "txt", "text": "txt", "full": "txt", "concise": "txt", "markdown": "md"}
_ENDINGS |= {"github": "txt", "junit": "xml", "mermaid": "mmd"}


def wants_colour(stream: TextIO) -> bool:
    """Colour only on a terminal, never under NO_COLOR or a dumb terminal."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty() or bool(os.environ.get("FORCE_COLOR"))


def write_out(text: str, stream: TextIO | None = None) -> None:
    """Write to standard output; what its encoding lacks is escaped, never an error."""
    stream = stream or sys.stdout
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding))


def annotates() -> bool:
    """Whether this is a job of GitHub, which shows what is wrong beside the lines."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def annotated(pairs: Pairs, prose: Collection[str]) -> Pairs:
    """The formats, GitHub's annotations added where it listens; no two mix on standard output.

    ``prose`` are the formats for people: more lines among them do no harm.
    """
    if not all(name in prose for name, file in pairs if file is None):
        hold_apart(pairs)
        return pairs
    listens = annotates() and all(name != "github" for name, _ in pairs)
    return (*pairs, ("github", None)) if listens else pairs


def hold_apart(pairs: Iterable[tuple[str, str | None]]) -> None:
    """Hold that no two formats mix on standard output."""
    if sum(file is None for _, file in pairs) > 1:
        raise UsageError("Two formats on standard output would mix: give one of them `-o FILE`.")


def spare(
    pairs: Iterable[tuple[str, str | None]],
    read: Iterable[str | None] = (),
    *,
    source: bool = False,
) -> None:
    """Hold that no result, a (format, file) pair, goes over what was ``read``, or over any YAML
    unless it is a ``source`` itself. UsageError that says where it can go instead.
    """
    sources = [file for file in read if file is not None and os.path.isfile(file)]
    for name, target in pairs:
        if target is None:
            continue
        if target == "-":
            raise UsageError("`-o -`: what is written without `-o` goes to standard output.")
        other = f"{_stem(target)}.{_ENDINGS.get(name, name)}"
        if any(os.path.isfile(target) and os.path.samefile(target, file) for file in sources):
            such = "" if other == target else f", such as `{other}`"
            raise UsageError(f"`{target}` is what is read here: name another{such}.")
        if not source and os.path.realpath(target).lower().endswith(_SOURCES):
            raise UsageError(
                f"`{target}` is a name for process files, and a result written there would take "
                f"the place of one: name another, such as `{other}`."
            )


def _stem(target: str) -> str:
    """A path without its ending; a result that is named so never meets a source."""
    stem = os.path.splitext(target)[0]
    return stem.removesuffix(".salesflow") or stem


def write_file(path: str, content: str | bytes, *, source: bool = False) -> None:
    """Write a file whole or not at all; UsageError when it cannot be written.

    A link stays a link. What is no file (``/dev/stdout``, a pipe) is written to as it is. Only what
    is a ``source`` is written to YAML.
    """
    if not source:
        spare([("", path)])
    raw = content.encode() if isinstance(content, str) else content
    regular = os.path.isfile(path) or not os.path.exists(path)
    try:
        with whole(path) if regular else open(path, "wb") as stream:
            stream.write(raw)
    except FileNotFoundError:
        folder = os.path.dirname(path) or path
        raise UsageError(f"`{path}` cannot be written: there is no folder `{folder}`.") from None
    except OSError as problem:
        raise UsageError(f"`{path}` cannot be written: {problem.strerror}.") from None
