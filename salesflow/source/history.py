"""Earlier versions of files: a git repository, found from a path, and its revisions."""

import os
from types import TracebackType
from typing import NamedTuple, Self

from salesflow.errors import UsageError
from salesflow.source.git import ask
from salesflow.source.objects import Objects
from salesflow.source.refusals import first_line, no_merge_base, no_repository, unknown_revision
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

    def revision(self, name: str, *, called: str = "") -> Revision:
        """The files of a revision: a branch, a tag, a commit, ``HEAD~2``.

        ``called`` is how people are told it, else by its name. UsageError where there is none, or
        where it is not in this clone.
        """
        allowed = name.isprintable() and not name.startswith("-")
        if not name or not allowed:
            raise UsageError(f"`{name}` is no revision: name a branch, a tag or a commit.")
        tree = self._objects.get(f"{name}^{{tree}}")
        if tree is None or tree.kind != "tree":
            raise UsageError(unknown_revision(self.repository.top, name))
        return Revision(called or name, self.repository.top, tree.id, self._objects)

    def base(self, name: str) -> Revision:
        """The files as they were where this branch left another one: ``git merge-base``.

        What the other branch did since is no change of this one. It is called by its name where it
        has not moved on, else by the commit's id.
        """
        theirs = self._commit(name)
        ours = self._commit("HEAD")
        answer = ask(self.repository.top, "merge-base", "--all", theirs, ours)
        found = sorted(answer.lines)
        if answer.code not in (0, 1):
            raise UsageError(f"git finds no base of `{name}`: {first_line(answer)}")
        if not found:
            raise UsageError(no_merge_base(self.repository.top, name))
        called = name if found[0] == theirs else found[0][:_SHORT]
        return self.revision(found[0], called=called)

    def _commit(self, name: str) -> str:
        self.revision(name)  # refuses what is none
        commit = self._objects.get(f"{name}^{{commit}}")
        if commit is None:
            raise UsageError(f"`{name}` is no commit, so no branch has left it.")
        return commit.id

    def tracked(self, folder: str) -> dict[str, Tracked]:
        """The files below a folder of the work tree that git does not ignore, by their paths.

        New files count, what lies in submodules does not. UsageError where git cannot say.
        """
        answer = ask(folder, "ls-files", "-z", "-t", "--stage", "--", ".")
        others = ask(folder, "ls-files", "-z", "--others", "--exclude-standard", "--", ".")
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
