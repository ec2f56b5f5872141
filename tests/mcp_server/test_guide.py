"""What an assistant reads before it writes is true."""

from pathlib import Path

import pytest
import yaml

import salesflow as sf
from salesflow.checking.manual import Example
from salesflow.errors import UsageError
from salesflow.mcp_server import prompts, resources
from salesflow.mcp_server.tools.reading_matter import TOPICS, told
from tests.test_docs import Block, blocks


@pytest.mark.parametrize("block", blocks(told("guide")), ids=lambda block: f"line {block.line}")
def test_what_the_guide_shows_is_right(block: Block, tmp_path: Path) -> None:
    if block.about == "a piece":
        assert isinstance(yaml.safe_load(block.text), dict)
        return
    files = Example(block.text).files
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert sf.check(sf.load(tmp_path / [*files][-1])) == ()


def test_the_pieces_of_the_guide_are_right_where_they_belong() -> None:
    """Policies and objectives of level 4 are put on what the guide has shown before."""
    two, three = (b.text for b in blocks(told("guide"))[1:3])
    pieces = [b.text for b in blocks(told("guide")) if b.about == "a piece"]
    for text, piece in zip((two, three), pieces, strict=True):
        assert sf.check(sf.loads(f"{text}{piece}")) == ()


def test_the_example_is_of_the_highest_level(tmp_path: Path) -> None:
    process = sf.loads(told("example"))
    assert sf.check(process) == ()
    assert sf.simulate(process, duration="2w", warmup="0d", replications=2).replications == 2


def test_a_guide_is_short_enough_to_be_read() -> None:
    assert len(told("guide")) < 9_000


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_is_a_resource(topic: str) -> None:
    assert resources.read(f"salesflow://{topic}")[1] == told(topic)


def test_a_rule_is_a_resource() -> None:
    assert resources.read("salesflow://rules/dead-end")[1].startswith("dead-end")
    for uri in ("salesflow://rules/deadend", "salesflow://gide", "file:///etc/passwd"):
        with pytest.raises(UsageError, match="There is no"):
            resources.read(uri)


@pytest.mark.parametrize("prompt", prompts.PROMPTS, ids=lambda prompt: prompt.name)
def test_a_prompt_is_filled(prompt: prompts.Prompt) -> None:
    given = {blank.name: f"<{blank.name} {{path}}>" for blank in prompt.blanks}
    _, text = prompts.filled(prompt.name, given)
    for blank in prompt.blanks:
        assert f"<{blank.name} {{path}}>" in text  # a blank is never filled twice
    tools = [word for word in ("check", "show", "diff", "language") if f"`{word}`" in text]
    assert tools


def test_mistakes_in_prompts_are_told() -> None:
    for name, blanks, said in (
        ("reviw_process", {}, "Did you mean `review_process`"),
        ("draft_process", {}, "needs `description`"),
        ("draft_process", {"descripton": "x"}, "Did you mean `description`"),
    ):
        with pytest.raises(UsageError, match=said):
            prompts.filled(name, blanks)
