"""Files of a project: where its root is, what a reference in a file means, what a folder holds."""

import os
import stat
from collections.abc import Iterator
from typing import NamedTuple

from salesflow.errors import UsageError
from salesflow.findings import Finding, syntax_finding
from salesflow.source.files import DISK, Files
from salesflow.source.limits import DEFAULT_LIMITS, Limits
from salesflow.source.located import Text
from salesflow.source.read import Reading, read
from salesflow.spans import NOWHERE, Span

ROOT_MARKS = ("salesflow.toml", "pyproject.toml", ".git")
ENDING = ".salesflow.yaml"
ENVIRONMENT = "pyvenv.cfg"  # in a folder that is a virtual environment
_COMPARED, _LONGEST = 500, 255  # file names looked at for a suggestion, characters of one
_BINARY = {  # how files begin that people have of their process
    b"PK": ", but a document of Word, Excel or PowerPoint, or a ZIP archive",
    b"\xd0\xcf\x11\xe0": ", but an old document of Word, Excel, PowerPoint or Visio",
    b"%PDF": ", but a PDF",
}
_SKIPPED = {"node_modules", "venv", "__pycache__", "site-packages"}


class Place(NamedTuple):
    """A file as it is named to people, and where it really lies."""

    name: str
    real: str


def project_root(file: str, *, files: Files = DISK) -> str:
    """The nearest folder upwards with a mark of a project; without one, the file's folder."""
    start = os.path.dirname(files.real(file))
    folder = start
    while True:
        if any(files.exists(os.path.join(folder, mark)) for mark in ROOT_MARKS):
            return folder
        above = os.path.dirname(folder)
        if above == folder:
            return start
        folder = above


def resolve(reference: str, relative_to: str, *, files: Files = DISK) -> Place | Finding:
    """The file that ``reference`` means in the file ``relative_to``, or why it means none.

    References are relative and stay inside the project, after symbolic links are followed too.
    """
    foreign = "\\" in reference or not reference.isprintable()  # NUL and the like name no file
    if os.path.isabs(reference) or reference.startswith("~") or foreign:
        hint = "Write it relative to this file, with `/`: `folder/name.salesflow.yaml`."
        return _refused(f"`{_clipped(reference)}` is no relative path.", hint)
    name = os.path.normpath(os.path.join(os.path.dirname(relative_to), reference))
    real = files.real(name)
    root = project_root(relative_to, files=files)
    if os.path.commonpath([root, real]) != root:
        hint = f"Only files below `{os.path.basename(root)}` can be used: copy it there."
        return _refused(f"`{_clipped(reference)}` lies outside the project.", hint)
    if files.is_folder(real):
        return _refused(f"`{_clipped(reference)}` is a folder.", "Name a file in it.")
    if not files.exists(real):
        hint = _nearby(name, files) or _nowhere(name, files)
        return _refused(f"There is no file `{_clipped(reference)}` here.", hint)
    return Place(name, real)


def follow(
    reference: str, relative_to: str, *, limits: Limits = DEFAULT_LIMITS
) -> Reading | Finding:
    """Read the file that a reference means, or say why it cannot be read."""
    place = resolve(reference, relative_to)
    if isinstance(place, Finding):
        return place
    try:
        return read_file(place.name, limits=limits)
    except UsageError as problem:
        return _refused(str(problem), "Check the file and its permissions.")


def read_file(path: str, *, limits: Limits = DEFAULT_LIMITS, called: str | None = None) -> Reading:
    """Read a file, which people know as ``called``; UsageError when there is none or it cannot be
    read.
    """
    called = called or path
    try:
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            raise UsageError(f"`{path}` is a folder, not a file.")
        if not stat.S_ISREG(status.st_mode):
            raise UsageError(f"`{path}` is no regular file.")
        if status.st_size > limits.characters:
            return _too_large(called, limits)
        with open(path, "rb") as stream:
            raw = stream.read(limits.characters + 1)
    except ValueError:
        raise UsageError(f"`{path!a}` is no file name.") from None
    except OSError as problem:
        raise UsageError(f"`{path}` cannot be read: {_why(problem, path)}") from None
    return read_bytes(raw, called, limits=limits)


def read_bytes(raw: bytes, file: str, *, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """Read what a file holds; text that is not UTF-8 is a finding that says where."""
    try:
        return read(raw.decode("utf-8"), file, limits=limits)
    except UnicodeDecodeError as problem:
        start = problem.start
    shown = raw.decode("utf-8", "replace")
    span = Text(file, shown).span(*(len(raw[:start].decode("utf-8")) + n for n in (0, 1)))
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        message = "This file is saved as UTF-16, and salesflow reads UTF-8."
    elif b"\x00" in raw[:4096] or raw.startswith((*_BINARY,)):
        return _binary(raw, span, file)
    else:
        message = f"The byte 0x{raw[start]:02x} here is not UTF-8."
    hint = "Save the file as UTF-8 (in most editors: Save with encoding)."
    finding = syntax_finding("syntax", span, message, hint=hint)
    return Reading(None, (finding,), (), shown, file)


def _binary(raw: bytes, span: Span, file: str) -> Reading:
    kind = next((kind for start, kind in _BINARY.items() if raw.startswith(start)), "")
    finding = syntax_finding(
        "syntax",
        span,
        f"This is no text file{kind}.",
        hint="Process files are plain text: `salesflow init` writes one to start from.",
    )
    return Reading(None, (finding,), (), "", file)  # nobody wants to read an excerpt of that


def find_files(folder: str) -> Iterator[str]:
    """The ``*.salesflow.yaml`` files of a folder and the folders below, sorted by name.

    Hidden folders, virtual environments and links to folders are passed over.
    """
    for path, folders, names in os.walk(folder):
        folders[:] = sorted(
            name
            for name in folders
            if is_searched(name) and not os.path.exists(os.path.join(path, name, ENVIRONMENT))
        )
        for name in sorted(names):
            if is_wanted(name):
                yield os.path.normpath(os.path.join(path, name))


def instead(folder: str) -> str:
    """What to do about a folder without process files, as a sentence."""
    try:
        others = sorted(name for name in os.listdir(folder) if _is_yaml(name))
    except OSError:
        others = []
    if not others:
        return "`salesflow init` writes a process to start from."
    wanted = f"{os.path.splitext(others[0])[0]}{ENDING}"
    return f"There is `{others[0]}`: name it, or call it `{wanted}`, so that it is found."


def _is_yaml(name: str) -> bool:
    return name.endswith((".yaml", ".yml")) and name[:1] != "."


def is_searched(folder: str) -> bool:
    """Whether a folder of this name may hold process files."""
    return not folder.startswith(".") and folder not in _SKIPPED


def is_wanted(name: str) -> bool:
    """Whether a file of this name is one of the language."""
    return name.endswith(ENDING) and not name.startswith(".")


def _clipped(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"


def _refused(message: str, hint: str) -> Finding:
    return syntax_finding("unknown-name", NOWHERE, message, hint=hint)


def absent(name: str, files: Files = DISK) -> str:
    """That a file is not there, and which one was probably meant."""
    return " ".join(filter(None, ("there is no such file.", _nearby(name, files))))


def _nowhere(name: str, files: Files) -> str:
    """What to look at where no file comes near."""
    folder = os.path.dirname(name)
    if not files.is_folder(files.real(folder)):
        return f"There is no folder `{_clipped(files.shown(folder))}` either."
    return "Check the name; it is relative to this file."


def _nearby(name: str, files: Files) -> str:
    """The file of the same folder that was probably meant, as a sentence; "" where none is near."""
    from difflib import get_close_matches  # only when something is wrong

    folder, wanted = os.path.split(name)
    try:
        # Few, as a text may refer to a thousand files, each of them compared with all of these.
        names = sorted(other for other in files.names(folder) if other[:1] != ".")[:_COMPARED]
    except OSError:
        return ""
    if wanted in names:
        return "It is a link that leads nowhere."
    stem = wanted.removesuffix(".yml").removesuffix(".yaml").removesuffix(".salesflow")
    if stem + ENDING in names:
        return f"Did you mean `{stem}{ENDING}`?"
    parted = next((other for other in names if other.startswith(f"{wanted} ")), "")
    if parted:
        return f"`{parted}` is one name with a space in it: put it in quotes."
    # Endings are alike in most names: they must not make two names look alike.
    called: dict[str, list[str]] = {}
    for other in names:
        called.setdefault(other.partition(".")[0].lower(), []).append(other)
    short = wanted.partition(".")[0].lower()
    near = get_close_matches(short, called, 1, 0.6) if len(wanted) <= _LONGEST else ()
    if near:
        (likest,) = get_close_matches(wanted, called[near[0]], 1, 0)
        return f"Did you mean `{likest}`?"
    own = [other for other in names if other.endswith(ENDING)]
    if wanted.endswith(ENDING) and len(own) == 1:  # the only one there is
        return f"Did you mean `{own[0]}`?"
    return ""


def _too_large(path: str, limits: Limits) -> Reading:
    most = (limits.characters + 1) // 1024 // 1024
    message = f"The file has more than {most} MB."
    finding = syntax_finding("limit-exceeded", Span(path), message, hint="Split it.")
    return Reading(None, (finding,), (), "", path)


def _why(problem: OSError, path: str) -> str:
    if isinstance(problem, FileNotFoundError):
        return absent(path)
    if isinstance(problem, PermissionError):
        return "you have no permission."
    return f"{(problem.strerror or str(problem)).lower()}."
