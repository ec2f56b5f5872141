"""Scenarios: what if something were different. Each is the processes, changed and compiled again.

A scenario comes from a file or is set on the command line. Processes that are simulated together
share their organization, so what a scenario changes in it changes for all of them.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from salesflow.errors import LoadError, UsageError
from salesflow.findings import Finding, syntax_finding
from salesflow.nouns import FrozenMap, Noun
from salesflow.process.compile import compile_document
from salesflow.process.model import Process
from salesflow.schema.assemble import assemble_file, assemble_text
from salesflow.schema.assembly import Assembly
from salesflow.schema.gathering import Gathering
from salesflow.schema.kinds import PROCESS, kind_at, merges, parts
from salesflow.schema.validate import validate
from salesflow.simulation.ground import Ground, ground_of, reassembled
from salesflow.simulation.settings import FILE, Written, read_settings
from salesflow.source.located import Map, Seq, put
from salesflow.source.read import Reading, read
from salesflow.source.write import emit, one_line
from salesflow.spans import NOWHERE

SET = "set"  # what the scenario of the command line is called

SHARED = ("calendars", "currency", "data", "departments")  # what an organization says

Given: TypeAlias = str | os.PathLike[str] | Mapping[str, Any] | Process


class Scenario(Noun):
    """The simulated processes as they are in one scenario, in the order they were given.

    ``changes`` are the changes in the user's words, ``departments.legal.people: 3``. What the
    scenario expects is among the objectives of the processes. ``drawn_as`` is as for a program:
    what lies elsewhere than in the processes as they are, and is to have the same luck.
    """

    name: str
    title: str
    changes: tuple[str, ...]
    file: str
    processes: tuple[Process, ...]
    drawn_as: FrozenMap[str, str] = FrozenMap()


def read_scenarios(
    processes: Sequence[Process],
    given: Given | Iterable[Given] | None = None,
    settings: Iterable[str] = (),
) -> tuple[Scenario, ...]:
    """The scenarios of files, mappings and loaded scenario files, and the one of ``settings``.

    ``settings`` are ``PATH=VALUE``; all of them make one scenario, called ``set``. UsageError for a
    scenario of another process, LoadError for changes that hit nothing or break the process.
    """
    alone = isinstance(given, str | os.PathLike | Mapping | Process)
    each: list[Any] = [given] if alone else [*(given or ())]  # type: ignore[misc]
    texts = [*settings]
    if not each and not texts:
        return ()
    grounds = tuple(map(ground_of, processes))
    scenarios = [_of_file(one, grounds) for one in each]
    if texts:
        scenarios.append(_of_settings(read_settings(texts), grounds))
    files: dict[str, str] = {}
    for scenario in scenarios:
        if scenario.name in files:
            both = " and ".join(f"`{file}`" for file in (files[scenario.name], scenario.file))
            raise UsageError(f"Two scenarios are called `{scenario.name}`: {both}. Rename one.")
        files[scenario.name] = scenario.file
    return tuple(scenarios)


class _Leaf(NamedTuple):
    """One change: its whole path, and the map and key that it is written at."""

    path: tuple[str, ...]
    holder: Map
    key: str

    @property
    def words(self) -> str:
        return f"{'.'.join(self.path)}: {one_line(self.holder[self.key])}"


def _leaves(change: Map, ground: Ground, above: tuple[str, ...] = ()) -> Iterator[_Leaf]:
    """The single changes of a ``change``; as deep as it is nested, which the reader limits."""
    for key, value in change.items():
        path = (*above, *parts(key))
        if isinstance(value, Map) and merges(kind_at(PROCESS, path)) and ground.has(path):
            yield from _leaves(value, ground, path)
        else:
            yield _Leaf(path, change, key)


# scenarios of files


def _of_file(given: Given, grounds: Sequence[Ground]) -> Scenario:
    assembly = _assembly(given, grounds)
    if assembly.kind != "scenario" and not _broken(assembly.findings):
        raise UsageError(
            f"`{assembly.file}` holds `{assembly.kind}: {assembly.id}`, not a scenario "
            "(`scenario:` with `of:` the process)."
        )
    home = _home(assembly, grounds)
    document = validate(assembly.readings[assembly.file].data or Map())[0]
    changed = document.get("change")
    leaves = [*_leaves(changed, home)] if isinstance(changed, Map) else []
    removed = [str(path) for path in document.get("remove") or ()]
    shared = [leaf for leaf in leaves if leaf.path[0] in SHARED]
    without = [path for path in removed if path.split(".")[0] in SHARED]
    processes = []
    for ground in grounds:
        laid = assembly if ground is home else _shared(assembly, shared, without, ground)
        processes.append(_process(laid, ground))
    return Scenario(
        name=assembly.id,
        title=str(document.get("name", assembly.id)),
        changes=(*(leaf.words for leaf in leaves), *(f"{path}: removed" for path in removed)),
        file=assembly.file,
        processes=tuple(processes),
    )


def _assembly(given: Given, grounds: Sequence[Ground]) -> Assembly:
    """The document of a scenario, over the process as it was read."""
    if isinstance(given, Process):
        return reassembled(given)
    readings = [reading for ground in grounds for reading in ground.assembly.readings.values()]
    opened = {os.path.realpath(reading.file): reading for reading in readings}
    if isinstance(given, Mapping):
        if "scenario" not in given:
            raise UsageError(
                'A scenario as a mapping says what a file says: `{"salesflow": 1, "scenario": …, '
                '"of": …, "change": {…}}`. For a single change write `settings=["PATH=VALUE"]`.'
            )
        return assemble_text(emit(given), file="<mapping>", opened=opened)
    return assemble_file(os.fspath(given), opened=opened)


def _home(assembly: Assembly, grounds: Sequence[Ground]) -> Ground:
    """The simulated process that a scenario is of."""
    if assembly.base is None:
        raise LoadError(_broken(assembly.findings), _texts(assembly))
    of = assembly.base.file
    for ground in grounds:
        if os.path.realpath(ground.assembly.file) == os.path.realpath(of):
            return ground
    simulated = " and ".join(f"`{ground.assembly.file}`" for ground in grounds)
    raise UsageError(
        f"`{assembly.file}` is a scenario of `{of}`, and what is simulated is {simulated}."
    )


def _shared(
    assembly: Assembly, leaves: Iterable[_Leaf], removed: Iterable[str], ground: Ground
) -> Assembly:
    """What a scenario of one process changes in the organization, in another one that has it."""
    change = Map()
    for leaf in leaves:
        if ground.stands(leaf.path):
            put(
                change,
                ".".join(leaf.path),
                leaf.holder[leaf.key],
                like=leaf.holder,
                like_key=leaf.key,
            )
    remove = [path for path in removed if ground.has(tuple(path.split(".")))]
    return _laid(ground, assembly.id, change, assembly.readings[assembly.file], remove)


# the scenario of the command line


def _of_settings(written: Written, grounds: Sequence[Ground]) -> Scenario:
    changes = [Map() for _ in grounds]
    for path, value in written.change.items():
        for at in _hit(path, grounds):
            put(changes[at], path, value, like=written.change, like_key=path)
    reading = Reading(None, (), (), written.text, FILE)
    words = tuple(f"{path}: {one_line(value)}" for path, value in written.change.items())
    return Scenario(
        name=SET,
        title=", ".join(words),
        changes=words,
        file=FILE,
        processes=tuple(
            _process(_laid(ground, SET, change, reading), ground, written)
            for ground, change in zip(grounds, changes, strict=True)
        ),
    )


def _hit(path: str, grounds: Sequence[Ground]) -> list[int]:
    """The processes that a setting changes; where it hits none, the first one says why."""
    way = tuple(path.split("."))
    hit = [at for at, ground in enumerate(grounds) if ground.stands(way)]
    if len(hit) > 1 and way[0] not in SHARED:
        names = " and ".join(f"`{grounds[at].process.id}`" for at in hit)
        raise UsageError(
            f"`{FILE} {path}=…` could be meant for {names}. Write a scenario file that is `of:` "
            "one of them."
        )
    return hit or [0]


# both


def _laid(
    ground: Ground, name: str, change: Map, reading: Reading, remove: Iterable[str] = ()
) -> Assembly:
    """A process with changes laid over it; ``reading`` is where they were written."""
    document = Map({"salesflow": 1, "scenario": name, "of": ground.assembly.file, "change": change})
    paths = Seq(remove)
    if paths:
        document["remove"] = paths

    def follow(reference: str, relative_to: str) -> Assembly | Finding:
        if relative_to == reading.file and reference == ground.assembly.file:
            return ground.assembly
        hint = "Write it into the process."
        return syntax_finding("unknown-name", NOWHERE, "No file can be used here.", hint=hint)

    return Gathering(reading._replace(data=document, findings=()), follow).assembly()


def _process(assembly: Assembly, ground: Ground, written: Written | None = None) -> Process:
    """The changed process, under the id of the one it was; LoadError where it does not work."""
    compiled = compile_document(assembly)
    known = set(ground.process.notes)
    broken = _broken(f for f in compiled.findings if f not in known)
    if compiled.process is None or broken:
        shown = written.shown(broken) if written else broken
        raise LoadError(shown, _texts(assembly))
    was = ground.process
    return compiled.process.replace(id=was.id, name=was.name, description=was.description)


def _broken(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those after which nothing can be simulated: it does not load, or a change hits nothing."""
    return tuple(f for f in findings if f.family == "syntax" or f.rule == "change-hits-nothing")


def _texts(assembly: Assembly) -> dict[str, str]:
    return {reading.file: reading.text for reading in assembly.readings.values()}


# scenarios that are made


def changed(
    grounds: Sequence[Ground],
    own: int,
    *,
    name: str,
    change: Mapping[str, Any],
    remove: Sequence[str] = (),
) -> Scenario:
    """The processes with changes of the ``own``-th of them, by dotted path, in plain data.

    What belongs to the organization changes for all of them. LoadError as for a file.
    """
    reading = read(emit(change) if change else "{}", f"<{name}>")
    written = reading.data or Map()
    processes = []
    for at, ground in enumerate(grounds):
        here = Map()
        for path in written:
            way = tuple(path.split("."))
            if at == own or (way[0] in SHARED and ground.stands(way)):
                put(here, path, written[path], like=written, like_key=path)
        gone = remove if at == own else ()
        laid = _laid(ground, "made", here, reading, gone)
        processes.append(_process(laid, ground) if here or gone else ground.process)
    return Scenario(
        name=name,
        title=name,
        changes=(
            *(f"{path}: {one_line(value)}" for path, value in change.items()),
            *(f"{path}: removed" for path in remove),
        ),
        file=reading.file,
        processes=tuple(processes),
    )
