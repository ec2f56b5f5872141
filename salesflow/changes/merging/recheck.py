"""What is wrong in a merged file and was in neither of the two it was made of."""

import os

from salesflow.checking.config import Settings, read_settings
from salesflow.checking.run import checked
from salesflow.checking.select import choose
from salesflow.findings import Finding
from salesflow.process.compile import compile_document
from salesflow.schema.assemble import assemble_text


def new_errors(merged: bytes, sides: tuple[bytes, bytes], *, path: str) -> tuple[Finding, ...]:
    """The errors in ``merged`` that, by rule and path, neither side has; all as if at ``path``.

    Files that it refers to are those that lie there now. UsageError where the configuration of the
    project cannot be used.
    """
    settings = read_settings(path)
    found = _errors(merged, path, settings)
    if not found:  # nearly always: then nobody has to look at the sides
        return ()
    known = {_key(finding) for side in sides for finding in _errors(side, path, settings)}
    return tuple(finding for finding in found if _key(finding) not in known)


def _errors(text: bytes, path: str, settings: Settings) -> list[Finding]:
    folder = os.path.dirname(path) or "."
    assembly = assemble_text(text, file=path, folder=folder, limits=settings.limits)
    compiled = compile_document(assembly)
    found = compiled.findings
    if compiled.process is not None and compiled.kind != "tests":
        found = checked(compiled.process, choose(settings.selection))
    return [finding for finding in found if finding.severity == "error"]


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.file, finding.path
