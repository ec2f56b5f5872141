"""Whatever a file says: files that load, or a LoadError that says where; never anything else."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesflow.errors import LoadError
from salesflow.importing.bpmn import import_bpmn
from salesflow.importing.index import MOST_NODES
from salesflow.importing.text import text_of
from salesflow.source.limits import DEFAULT_LIMITS
from tests.importing.drawn import SPACE, diagrams
from tests.importing.imported import loaded, read

DIAGRAMS = sorted((Path(__file__).parent / "diagrams").glob("*.bpmn"))
fuzz = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@fuzz
@given(raw=diagrams())
def test_any_diagram_makes_files_that_load(raw: bytes, tmp_path: Path) -> None:
    imported = read(raw)
    assert loaded(imported, tmp_path).id == imported.documents[0].id


@fuzz
@given(raw=diagrams())
def test_the_same_file_makes_the_same_files(raw: bytes) -> None:
    first, second = read(raw), read(raw)
    assert [text_of(d.data, "x", first.remarks) for d in first.documents] == [
        text_of(d.data, "x", second.remarks) for d in second.documents
    ]


@fuzz
@given(data=st.data())
def test_damaged_files(data: st.DataObject) -> None:
    raw = data.draw(st.sampled_from(DIAGRAMS)).read_bytes()
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raw = raw.decode("utf-16").encode()
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(raw) - 1))
        length = data.draw(st.integers(0, 40))
        piece = data.draw(
            st.sampled_from(
                [
                    b"",
                    b"<",
                    b">",
                    b'"',
                    b"&amp;",
                    b"&x;",
                    b"\x00",
                    b"\xff",
                    b"<a/>",
                    b"Ref",
                    b"f1",
                    b"p",
                ]
            )
        )
        raw = raw[:place] + piece + raw[place + length :]
    import_or_refuse(raw)


@fuzz
@given(data=st.data())
def test_files_with_other_words_in_them(data: st.DataObject) -> None:
    """Names of elements and attributes, and what they refer to, exchanged for others of the file."""
    text = (
        data.draw(st.sampled_from(DIAGRAMS[:1] + DIAGRAMS[2:]))
        .read_bytes()
        .decode("utf-8-sig", "ignore")
    )
    words = [
        "exclusiveGateway", "parallelGateway", "task", "endEvent", "startEvent", "subProcess", "boundaryEvent",
        "inclusiveGateway", "eventBasedGateway", "callActivity", "intermediateCatchEvent", "sequenceFlow",
        "sourceRef", "targetRef", "name", "id", "timeDuration", "errorEventDefinition", "flowNodeRef", "lane",
    ]  # fmt: skip
    for _ in range(data.draw(st.integers(1, 5))):
        one, other = data.draw(st.sampled_from(words)), data.draw(st.sampled_from(words))
        text = text.replace(one, other)
    import_or_refuse(text.encode())


def import_or_refuse(raw: bytes) -> None:
    refused = None
    try:
        assert import_bpmn(raw, "x.bpmn").documents
    except LoadError as problem:
        refused = problem
    if refused is not None:
        assert refused.findings
        assert all(finding.line >= 1 and finding.column >= 1 for finding in refused.findings)
        assert refused.texts


def chain(count: int, kind: str = "task") -> bytes:
    nodes = "".join(f'<{kind} id="n{n}"/>' for n in range(count))
    flows = "".join(
        f'<sequenceFlow id="f{n}" sourceRef="n{n}" targetRef="n{n + 1}"/>' for n in range(count - 1)
    )
    return f'<definitions xmlns="{SPACE}"><process id="p">{nodes}{flows}</process></definitions>'.encode()


def test_a_long_chain_needs_no_depth() -> None:
    assert len(read(chain(3000)).documents[0].data["steps"]) == 3000
    assert read(chain(3000, "parallelGateway")).documents
    assert read(chain(3000, "exclusiveGateway")).documents


@pytest.mark.parametrize("depth", [1, 8, 9, 60])
def test_sub_processes_in_each_other(depth: int, tmp_path: Path) -> None:
    inside = '<task id="t" name="innermost"/>'
    for n in range(depth):
        inside = f'<subProcess id="n{n}" name="level {n}">{inside}</subProcess>'
    imported = read(
        f'<definitions xmlns="{SPACE}"><process id="p">{inside}</process></definitions>'.encode()
    )
    assert loaded(imported, tmp_path).nodes
    cut = any("lie in each other" in remark.message for remark in imported.remarks)
    assert cut == (depth > 8)


def test_splits_in_each_other_to_any_depth(tmp_path: Path) -> None:
    count = 40
    nodes = "".join(
        f'<parallelGateway id="a{n}"/><parallelGateway id="b{n}"/><task id="t{n}" name="t{n}"/>'
        for n in range(count)
    )
    pairs = [("s", "a0"), ("b0", "e"), (f"a{count - 1}", "m"), ("m", f"b{count - 1}")]
    pairs += [pair for n in range(count) for pair in ((f"a{n}", f"t{n}"), (f"t{n}", f"b{n}"))]
    pairs += [
        pair for n in range(count - 1) for pair in ((f"a{n}", f"a{n + 1}"), (f"b{n + 1}", f"b{n}"))
    ]
    flows = "".join(
        f'<sequenceFlow id="f{n}" sourceRef="{a}" targetRef="{b}"/>'
        for n, (a, b) in enumerate(pairs)
    )
    more = '<startEvent id="s"/><endEvent id="e"/><task id="m"/>'
    raw = f'<definitions xmlns="{SPACE}"><process id="p">{more}{nodes}{flows}</process></definitions>'.encode()
    process = loaded(read(raw), tmp_path)
    assert sum(1 for step in process.nodes.values() if step.id[:1] == "t") >= count


def test_a_file_that_is_too_large_is_not_read() -> None:
    with pytest.raises(LoadError, match="more than 16 MB"):
        import_bpmn(b" " * (DEFAULT_LIMITS.characters + 1), "x.bpmn")


@pytest.mark.parametrize("node", ["task", "parallelGateway", "subProcess"])
def test_a_diagram_of_too_many_elements_is_refused(node: str) -> None:
    def raw(count: int) -> bytes:
        inner = "".join(f'<{node} id="t{i}"/>' for i in range(count))
        deep = f'<subProcess id="all">{inner}</subProcess>'  # also inside of something
        return (
            f'<definitions xmlns="{SPACE}"><process id="p">{deep}</process></definitions>'.encode()
        )

    with pytest.raises(LoadError, match=r"more than 3,000 steps.*limit-exceeded"):
        import_bpmn(raw(MOST_NODES), "x.bpmn")
    assert import_bpmn(raw(100), "x.bpmn").documents
