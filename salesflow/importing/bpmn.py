"""From a BPMN 2.0 file to process files: each process of the file becomes one."""

from typing import Any, NamedTuple

from salesflow.importing.document import Draft, Runnable
from salesflow.importing.index import Index, definitions, local
from salesflow.importing.loading import mended
from salesflow.importing.naming import Names, speaks
from salesflow.importing.ours import data_of
from salesflow.importing.remarks import Remark, Thing
from salesflow.importing.vocabulary import BPMN, NODES
from salesflow.source.xml import Tag, read_xml

ENDING = ".salesflow.yaml"


class Document(NamedTuple):
    """One process file: its id, the name of the file that others know it by, and what it says."""

    id: str
    file: str
    data: dict[str, Any]


class Imported(NamedTuple):
    """What a BPMN file holds: the main process first; and everything to know about it."""

    file: str
    documents: tuple[Document, ...]
    remarks: tuple[Remark, ...]


def import_bpmn(raw: bytes, file: str) -> Imported:
    """The process files that a BPMN file makes; all of them load.

    ``file`` is what messages call it. LoadError where it is no BPMN, or nothing happens in it.
    """
    root = read_xml(raw, file)
    imported = _imported(definitions(root, raw, file), file)
    documents, told = mended({each.file: each.data for each in imported.documents})
    if documents is not None:
        kept = tuple(each._replace(data=documents[each.file]) for each in imported.documents)
        return imported._replace(documents=kept, remarks=_with(imported.remarks, told))
    # What salesflow wrote beside the flow does not fit it any more: the flow alone is sure to.
    index = definitions(_without_data(root), raw, file)
    index.remarks.lost(
        Thing("", "", root.line, "what salesflow had written beside the flow"), told[0]
    )
    plain = _imported(index, file)
    documents, told = mended({each.file: each.data for each in plain.documents})
    if documents is None:
        raise RuntimeError(f"what `{file}` makes does not load: {told[0]}")  # a fault of ours
    kept = tuple(each._replace(data=documents[each.file]) for each in plain.documents)
    return plain._replace(documents=kept, remarks=_with(plain.remarks, told))


def _with(remarks: tuple[Remark, ...], told: list[str]) -> tuple[Remark, ...]:
    return (*remarks, *(Remark("not imported", 1, "", "", "a part", what) for what in told))


def _imported(index: Index, file: str) -> Imported:
    tags = [tag for tag in index.processes if any(inner.name in NODES for inner in tag.inside)]
    names = Names()
    ids: dict[int, str] = {}
    for tag in tags:
        wanted = str((data_of(tag) or {}).get("id", ""))
        if wanted and names.keep(wanted):
            ids[id(tag)] = wanted
    for tag in tags:
        if id(tag) not in ids:
            key = tag.attributes.get("id", "")
            title = tag.attributes.get("name", "") or _pool_name(index, key)
            ids[id(tag)] = names.give(title, key if speaks(key) else "", otherwise="process")
    calls = {tag.attributes.get("id", ""): _called(tag) for tag in tags}
    by_key = {tag.attributes.get("id", ""): tag for tag in reversed(tags)}
    order = _inner_first(calls)
    called = {key for keys in calls.values() for key in keys if key in by_key}
    runs: dict[str, Runnable] = {}
    made: dict[str, Document] = {}
    for key in order:
        tag = by_key[key]
        draft = Draft(index, tag, ids[id(tag)], dict(runs), part=key in called)
        data = draft.document()
        made[key] = Document(ids[id(tag)], f"{ids[id(tag)]}{ENDING}", data)
        if draft.sources == 1:
            runs[key] = Runnable(ids[id(tag)], tuple(data["outcomes"]))
    index.tell_messages()
    mains = [key for key in by_key if key not in called] or [order[-1]]
    rest = [key for key in made if key not in mains]
    first = [key for key in calls if key in mains]
    return Imported(file, tuple(made[key] for key in (*first, *rest)), index.remarks.all())


def _pool_name(index: Index, key: str) -> str:
    for pool in index.pools:
        if local(pool.attributes.get("processRef", "")) == key:
            return pool.attributes.get("name", "")
    return ""


def _called(tag: Tag) -> list[str]:
    """The processes that call activities anywhere in a process name."""
    found, waiting = [], [tag]
    while waiting:
        for inner in waiting.pop().inside:
            if inner.name == "callActivity":
                found.append(local(inner.attributes.get("calledElement", "")))
            waiting.append(inner)
    return found


def _inner_first(calls: dict[str, list[str]]) -> list[str]:
    """Processes so that what is called comes before what calls it; circles are cut somewhere."""
    order: dict[str, None] = {}
    for first in calls:
        waiting, open_ = [first], set[str]()
        while waiting:
            key = waiting[-1]
            if key in order:
                waiting.pop()
                continue
            inner = [each for each in calls[key] if each in calls and each not in order]
            inner = [each for each in inner if each not in open_ and each != key]
            open_.add(key)
            if inner:
                waiting.extend(inner)
            else:
                order[key] = None
                waiting.pop()
    return [*order]


def _without_data(root: Tag) -> Tag:
    """The same file without what salesflow says in it."""
    waiting = [root]
    while waiting:
        tag = waiting.pop()
        if tag.name == "extensionElements" and tag.namespace in BPMN:
            tag.inside[:] = [inner for inner in tag.inside if inner.name != "data"]
        waiting.extend(tag.inside)
    return root
