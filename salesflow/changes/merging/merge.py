"""Two versions of a file and what both come from: one text, or the conflict and why.

First git merges line by line. Where that is clean and says what merging the data says, it stays:
every comment and every space is as its author left it. Else theirs is woven into ours by element.
Whatever comes of it is read again, compared, and checked like any file; any doubt is a conflict.
"""

from typing import Any, TypeAlias

from salesflow.changes.merging.notes import lost
from salesflow.changes.merging.places import same
from salesflow.changes.merging.recheck import new_errors
from salesflow.changes.merging.three_way import Clash, Merged, Taken, three_way
from salesflow.changes.merging.twice import put_elsewhere_twice
from salesflow.changes.merging.version import Layout, Version, laid_out, version_of
from salesflow.changes.merging.weave import Sides, woven
from salesflow.changes.merging.written import Doubt
from salesflow.findings import Finding
from salesflow.nouns import Noun
from salesflow.source.text_merge import TextMerge, text_merge

_Layouts: TypeAlias = tuple[Layout, Layout, Layout]


class Merge(Noun):
    """What came of a merge; ``text`` is the whole file, with git's marks unless ``clean``.

    ``taken`` is what came from theirs, ``by_element`` whether git alone had found a conflict. A
    conflict has its reason in ``clashes`` (places both changed), ``errors`` (of the check) or
    ``why`` (a sentence). ``text`` None: the file is no text, and nothing can be marked in it.
    """

    text: bytes | None
    clean: bool
    by_element: bool = False
    taken: tuple[Taken, ...] = ()
    clashes: tuple[Clash, ...] = ()
    errors: tuple[Finding, ...] = ()
    why: str = ""


def merge(base: bytes, ours: bytes, theirs: bytes, *, path: str, marker_size: int = 7) -> Merge:
    """Merge two versions of the file that stands, or will stand, at ``path``.

    UsageError where the configuration of its project cannot be used.
    """
    if theirs in (base, ours):
        return Merge(text=ours, clean=True)
    if ours == base:
        return Merge(text=theirs, clean=True)
    by_line = text_merge(base, ours, theirs, marker_size=marker_size)
    made = _made(base, ours, theirs, by_line)
    if made.text is not None:
        errors = new_errors(made.text, (ours, theirs), path=path)
        made = made.replace(clean=False, errors=errors) if errors else made
    if made.clean:
        return made
    return made.replace(text=conflict(base, ours, theirs, marker_size=marker_size))


def conflict(base: bytes, ours: bytes, theirs: bytes, *, marker_size: int = 7) -> bytes | None:
    """The text with marks that leave the choice to people; None for what is no text.

    Where git sees no conflict, every line in which the two sides differ is marked.
    """
    if any(b"\0" in side for side in (base, ours, theirs)):
        return None
    for old in (base, b""):
        marked = text_merge(old, ours, theirs, marker_size=marker_size)
        if marked is not None and not marked.clean:
            return marked.text
    rows = (b"<" * marker_size + b" ours", ours, b"=" * marker_size, theirs)
    whole = b"".join(row if row.endswith(b"\n") or not row else row + b"\n" for row in rows)
    return whole + b">" * marker_size + b" theirs\n"


def _made(base: bytes, ours: bytes, theirs: bytes, by_line: TextMerge | None) -> Merge:
    """The merge as far as it can be told without a check; in a conflict its text is missing."""
    versions = [version_of(raw) for raw in (base, ours, theirs)]
    old, mine, other = versions
    if old is None or mine is None or other is None:
        return _only_lines(by_line, "it cannot be read as YAML of the language")
    root = mine.root
    if not root or mine.name != other.name or not (old.empty or old.name == mine.name):
        return _only_lines(by_line, "the versions are not the same kind of document")
    was, here, there = (version.plain(root) for version in (old, mine, other))
    merged = three_way(was, here, there, root)
    clashes = (*merged.clashes, *put_elsewhere_twice(was, here, there, root))
    if clashes:
        return Merge(text=None, clean=False, clashes=clashes)
    if by_line is not None and by_line.clean and _says(by_line.text, merged.data, root):
        return Merge(text=by_line.text, clean=True, taken=merged.taken)
    return _by_element(old, mine, other, merged)


def _only_lines(by_line: TextMerge | None, why: str) -> Merge:
    if by_line is None or not by_line.clean:
        return Merge(text=None, clean=False, why=f"{why}, and both sides changed the same lines")
    return Merge(text=by_line.text, clean=True)


def _by_element(old: Version, mine: Version, other: Version, merged: Merged) -> Merge:
    """Theirs woven into ours or, where that loses something, ours into theirs."""
    layouts = (other.layout if old.empty else old.layout, mine.layout, other.layout)
    if not all(layout.line_break for layout in layouts):
        return Merge(text=None, clean=False, why="its lines end in different ways")
    whys = []
    for one, two in ((mine, other), (other, mine)):
        for keep in (False, True):
            try:
                raw = _woven(old, one, two, merged.data, layouts, keep=keep)
            except Doubt as doubt:
                whys.append(f"`{doubt.path}`: {doubt.why}" if doubt.path else doubt.why)
            else:
                return Merge(text=raw, clean=True, by_element=True, taken=merged.taken)
    return Merge(text=None, clean=False, why=whys[0])


def _woven(
    old: Version, one: Version, two: Version, data: Any, layouts: _Layouts, *, keep: bool
) -> bytes:
    """Two's changes in the text of one; Doubt where it says something else or loses a comment.

    ``keep``: comments around what two took out stay, unless two took them out as well.
    """
    sides = Sides(None if old.empty else old.outline, one.outline, two.outline)
    text = woven(sides, one.root, dropped=old.notes - two.notes if keep else None)
    raw = laid_out(text, *layouts)
    made = version_of(raw)
    if made is None or not same(made.plain(one.root), data):
        raise Doubt("", "the two texts do not fit into each other")
    for comment in lost(old.notes, one.notes, two.notes, made.notes):
        raise Doubt("", f"the comment `{comment[:60]}` would be lost")
    return raw


def _says(raw: bytes, data: Any, root: str) -> bool:
    """Whether a text says just these data."""
    version = version_of(raw)
    return version is not None and same(version.plain(root), data)
