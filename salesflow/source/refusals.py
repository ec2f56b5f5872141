"""Why git gave nothing, and what to do about it: said to somebody who is no expert of git."""

import re
from difflib import get_close_matches

from salesflow.source.git import Answer, ask

_FULL_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_MORE = (
    "in GitHub Actions set `fetch-depth: 0` for actions/checkout, in GitLab CI the variable "
    '`GIT_DEPTH: "0"`'
)
_FILTERED = (
    "it was made with `--filter`, and salesflow fetches nothing. Fetch all with `git fetch "
    "--refetch --no-filter`, or clone without a filter."
)
_SHORT = 12  # digits of an id


def no_repository(path: str, answer: Answer) -> str:
    """Why no repository is found at a path."""
    said = answer.err.strip()
    if "dubious ownership" in said or "unsafe repository" in said:
        folder = re.search(r"(?:repository at|repository \() ?'([^'\n]+)'", said)
        where = folder[1] if folder else path
        return (
            f"git does not open `{where}`, as it belongs to another user. If you trust it: "
            f"`git config --global --add safe.directory '{where}'`."
        )
    if "not a git repository" in said.lower():
        return (
            f"`{path}` lies in no git repository, so it has no earlier versions. Give the old one "
            "as a file of its own."
        )
    return f"git cannot read the repository of `{path}`: {first_line(answer)}"


def unknown_revision(folder: str, name: str, wanted: str, answer: Answer) -> str:
    """Why there is no ``wanted`` (tree, commit) of a name; ``answer`` is what git said."""
    found = ask(folder, "rev-parse", "--verify", "--quiet", name)
    if found.code == 0 and found.lines:
        return _known_only(folder, name, wanted, found.lines[0])
    if "@{" in name:
        return f"There is no revision `{name}` here: {first_line(answer)}."
    remote, slash, branch = name.partition("/")
    fetched = slash and remote in ask(folder, "remote").lines
    if is_shallow(folder):
        refs = f" {remote} +refs/heads/{branch}:refs/remotes/{name}" if fetched else ""
        return (
            f"`{name}` is unknown in this clone, which is shallow: it has only the latest commits. "
            f"Fetch the others with `git fetch --unshallow{refs}`; {_MORE}."
        )
    if fetched:
        return (
            f"The branch `{name}` is unknown here. If `{remote}` has it: "
            f"`git fetch {remote} +refs/heads/{branch}:refs/remotes/{name}`."
        )
    names = ask(folder, "for-each-ref", "--format=%(refname:short)", "--count=2000").lines
    near = get_close_matches(name, names, 1)
    hint = f" Did you mean `{near[0]}`?" if near else " `git log --oneline` lists commits."
    return f"There is no revision `{name}` here.{hint}"


def _known_only(folder: str, name: str, wanted: str, found: str) -> str:
    """Of a name that stands for something of which there is no commit here."""
    kind = ask(folder, "cat-file", "-t", found).lines
    if kind == ["blob"]:
        return f"`{name}` is a file, not a revision: write `REV:path`."
    if kind == ["tree"] and wanted == "commit":
        return f"`{name}` is no commit, so no branch has left it."
    if kind == ["tree"]:  # git looks for a path `folder^{tree}`
        return f"`{name}` is a folder, not a revision: write `REV:path`."
    if kind:
        return missing_object(folder, name, found)
    if is_shallow(folder):
        return (
            f"`{name}` is not in this clone, which is shallow: it has only the latest commits. "
            f"Fetch the others with `git fetch --unshallow`; {_MORE}."
        )
    if _FULL_ID.fullmatch(name):
        return f"There is no commit `{name[:_SHORT]}` here. If another clone has it: `git fetch`."
    return missing_object(folder, name, found)


def missing_object(folder: str, name: str, wanted: str) -> str:
    """Why an object of a revision is not there; of a commit that is there its tree is not."""
    commit = ask(folder, "cat-file", "commit", wanted)
    if commit.code == 0:
        wanted = commit.lines[0].removeprefix("tree ")
    lacking = f"Not all of `{name}` is in this clone (object {wanted[:_SHORT]} is missing): "
    if is_partial(folder):
        return lacking + _FILTERED
    return f"{lacking}the repository is damaged. `git fsck` says more; a fresh clone helps."


def stopped(folder: str) -> str:
    """Why git gave up while it was read from: an old one does where it may not fetch."""
    if is_partial(folder):
        return f"Not all that is wanted is in this clone: {_FILTERED}"
    return f"git stopped while reading `{folder}`: `git fsck` there says what is damaged."


def no_merge_base(folder: str, name: str) -> str:
    """Why no commit is known where a branch left another one."""
    if is_shallow(folder):
        return (
            f"This clone is shallow and does not reach back to where this branch left `{name}`. "
            f"Fetch more with `git fetch --unshallow`; {_MORE}."
        )
    return (
        f"`{name}` and this branch have no commit in common. To compare all the same, name the "
        f"files: `salesflow diff {name}:FILE FILE`."
    )


def is_shallow(folder: str) -> bool:
    """Whether the repository has only the latest commits."""
    return ask(folder, "rev-parse", "--is-shallow-repository").lines == ["true"]


def is_partial(folder: str) -> bool:
    """Whether the repository leaves objects to another one until they are wanted."""
    keys = r"^(remote\..*\.(promisor|partialclonefilter)|extensions\.partialclone)$"
    return ask(folder, "config", "--get-regexp", keys).code == 0


def first_line(answer: Answer) -> str:
    """What git says first, without its own marks."""
    line = (answer.err.strip() or "it does not say why").splitlines()[0]
    return re.sub(r"^(fatal|error): ", "", line)
