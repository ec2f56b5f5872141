"""Earlier versions of files: a git repository, found from a path, and its revisions."""

import os
from types import TracebackType
from typing import NamedTuple, Self

from salesflow.errors import UsageError
from salesflow.source.git import ask
from salesflow.source.objects import Objects
from salesflow.source.refusals import (
    first_line,
    missing_object,
    no_merge_base,
    no_repository,
    unknown_revision,
)
from salesflow.source.revision import Revision

_SHORT = 12  # digits of an id that stands for it


class Repository(NamedTuple):
    """A git repository: ``top`` is its work tree's folder, of a bare one its own."""

    top: str
    bare: bool


class Tracked(NamedTuple):
    """A file that git looks after, or would: ``absent`` where a sparse checkout leaves it out."""

    object: str
    absent: bool


def repository_of(path: str) -> Repository:
    """The repository that a path lies in, which need not be there. UsageError where there is none.

    A submodule is a repository of its own.
    """
    folder = os.path.realpath(path)
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    answer = ask(folder, "rev-parse", "--is-bare-repository", "--show-toplevel")
    bare, _, top = os.fsdecode(answer.out).partition("\n")
    if answer.code == 0:
        return Repository(os.path.realpath(top.removesuffix("\n")), bare=False)
    if bare == "true":
        return Repository(folder, bare=True)
    if bare == "false":
        raise UsageError(f"`{path}` lies in a `.git` folder: name a path of the work tree.")
    raise UsageError(no_repository(path, answer))


class History:
    """The revisions of a repository, read through one process of git; to be closed."""

    def __init__(self, repository: Repository) -> None:
        """Take the repository; git is started when something is read."""
        self.repository = repository
        self._objects = Objects(repository.top)

    def revision(self, name: str) -> Revision:
        """The files of a revision: a branch, a tag, a commit, ``HEAD~2``.

        UsageError where there is none, or where it is not in this clone.
        """
        return self._files(self._resolved(name, "tree"), name)

    def base(self, name: str) -> Revision:
        """The files as they were where this branch left another one: ``git merge-base``.

        What the other branch did since is no change of this one. It is called by its name where it
        has not moved on, else by the commit's id.
        """
        theirs = self._resolved(name, "commit")
        ours = self._resolved("HEAD", "commit")
        answer = ask(self.repository.top, "merge-base", "--all", theirs, ours)
        found = sorted(answer.lines)
        if answer.code not in (0, 1) or "error: " in answer.err:  # a commit between is lost
            raise UsageError(f"git finds no base of `{name}`: {first_line(answer)}")
        if not found:
            raise UsageError(no_merge_base(self.repository.top, name))
        return self._files(found[0], name if found[0] == theirs else found[0][:_SHORT])

    def _files(self, found: str, called: str) -> Revision:
        """The files of a commit or a tree."""
        top = self.repository.top
        tree = self._objects.get(f"{found}^{{tree}}")
        if tree is None:
            raise UsageError(missing_object(top, called, found))
        return Revision(called, top, tree.id, self._objects)

    def _resolved(self, name: str, kind: str) -> str:
        """The id of the tree or commit that a name stands for.

        git takes a time too long ago (``main@{1.year.ago}``) for the oldest it remembers, and only
        warns: in a fresh clone that is today, and nothing would have changed.
        """
        if not name or not name.isprintable() or name.startswith(("-", "^")):
            raise UsageError(f"`{name}` is no revision: name a branch, a tag or a commit.")
        top = self.repository.top
        answer = ask(top, "rev-parse", "--verify", f"{name}^{{{kind}}}")
        if "only goes back to" in answer.err:
            raise UsageError(
                f"`{name}` is longer ago than this clone remembers: name a commit or a tag."
            )
        if answer.code == 0 and answer.lines:
            return answer.lines[0]
        raise UsageError(unknown_revision(top, name, kind, answer))

    def tracked(self, folder: str) -> dict[str, Tracked]:
        """The files below a folder of the work tree that git does not ignore, by their paths.

        New files count, what lies in submodules does not. UsageError where git cannot say.
        """
        answer = ask(folder, "ls-files", "-z", "-t", "--stage")
        others = ask(folder, "ls-files", "-z", "--others", "--exclude-standard")
        for each in (answer, others):
            if each.code != 0:
                raise UsageError(f"git cannot list `{folder}`: {first_line(each)}")
        found = {name: Tracked("", absent=False) for name in _names(others.out)}
        for record in _names(answer.out):
            about, _, name = record.partition("\t")
            tag, _, identity, *_ = about.split(" ")
            found[name] = Tracked(identity, absent=tag == "S")
        return {os.path.join(folder, *name.split("/")): kept for name, kept in found.items()}

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Let git go."""
        self.close()

    def close(self) -> None:
        """Let git go."""
        self._objects.close()


def _names(out: bytes) -> list[str]:
    return [os.fsdecode(name) for name in out.split(b"\0") if name]
