"""A file as it was at a revision, made whole with what it used then."""

from salesflow.errors import UsageError
from salesflow.findings import Finding, syntax_finding
from salesflow.schema.assemble import assemble
from salesflow.schema.assembly import Assembly
from salesflow.source.limits import DEFAULT_LIMITS, Limits
from salesflow.source.project import resolve
from salesflow.source.read import Reading
from salesflow.source.revision import Revision
from salesflow.spans import NOWHERE


def assemble_at(
    revision: Revision,
    path: str,
    *,
    limits: Limits = DEFAULT_LIMITS,
    opened: dict[str, Reading] | None = None,
) -> Assembly:
    """The document of a file of a revision, with the files that it refers to there.

    ``path`` is where the file would lie in the work tree. References follow the rules of today's
    files: inside the project, whose root is the nearest folder with a mark of one in that revision.
    ``opened`` keeps readings for further calls, by where a file really lies.

    Raises UsageError when there is no such file or git cannot give it; whatever is wrong inside, or
    with a file that it refers to, is a finding.
    """
    opened = {} if opened is None else opened
    real = revision.real(path)
    if real not in opened:
        opened[real] = revision.read(path, limits=limits)

    def read(reference: str, relative_to: str) -> Reading | Finding:
        origin = revision.path(relative_to)
        found = resolve(reference, origin, files=revision)
        if isinstance(found, Finding):
            return found
        if found.real not in opened:
            try:
                opened[found.real] = revision.read(found.name, limits=limits)
            except UsageError as problem:
                return syntax_finding("unknown-name", NOWHERE, str(problem))
        return opened[found.real]

    return assemble(opened[real], read=read)
