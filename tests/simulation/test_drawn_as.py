"""Elements that have the random numbers of others, as what moved has those of where it was."""

from salesflow.nouns import FrozenMap
from salesflow.process.model import Process
from salesflow.simulation.asked import Asked
from salesflow.simulation.compile import program_of
from salesflow.simulation.plan import plan_of
from salesflow.simulation.scenario import Scenario
from tests.simulation.small import TEXT, WEEK, small


def keys(process: Process, **drawn_as: str) -> dict[str, int]:
    named = {f"small:{path}": other for path, other in drawn_as.items()}
    program = program_of([process], duration=WEEK, warmup=0, drawn_as=named)
    return {
        **{node.path: node.key for node in program.nodes},
        **{source.path: source.key for source in program.sources},
    }


def test_only_what_is_named_has_other_numbers() -> None:
    own, other = keys(small()), keys(small(), draft="somewhere.else")
    assert {path for path in own if own[path] != other[path]} == {"small:draft"}


def test_they_are_those_of_the_element_that_is_named() -> None:
    renamed = small(TEXT.replace("draft", "write"))
    assert keys(renamed, write="draft")["small:write"] == keys(small())["small:draft"]
    assert keys(renamed)["small:write"] != keys(small())["small:draft"]


def test_values_that_are_drawn_at_an_element_go_with_it() -> None:
    """The keys of captures: each is one of several draws at its element."""
    text = TEXT.replace(
        "draft: {by: counsel,", "draft: {by: counsel, captures: {amount: {mean: 5}},"
    )
    there = text.replace("draft", "write")

    def captured(process: Process, name: str, **drawn_as: str) -> list[int]:
        named = {f"small:{path}": other for path, other in drawn_as.items()}
        program = program_of([process], duration=WEEK, warmup=0, drawn_as=named)
        (node,) = (node for node in program.nodes if node.path == f"small:{name}")
        return [capture.key for capture in node.captures]

    assert captured(small(there), "write", write="draft") == captured(small(text), "draft")


def test_a_scenario_says_whose_numbers_its_elements_have() -> None:
    plain = small()
    scenario = Scenario(
        name="moved",
        title="",
        changes=(),
        file="",
        processes=(plain,),
        drawn_as=FrozenMap({"small:draft": "elsewhere"}),
    )
    asked = Asked(processes=(plain,), scenarios=(scenario,), plan=plan_of(warmup="0w"))
    base, moved = asked.programs(0)
    apart = [one.path for one, other in zip(base.nodes, moved.nodes, strict=True) if one != other]
    assert apart == ["small:draft"]
