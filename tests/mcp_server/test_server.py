"""A real client of the SDK, over standard input and output, talks to ``python -m salesflow mcp``."""

import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp.client.session import ClientSession
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.shared.exceptions import MCPError

from salesflow.mcp_server import prompts, resources
from salesflow.mcp_server.catalogue import TOOLS

HELLO = "hello/hello.salesflow.yaml"


@asynccontextmanager
async def client(folder: Path, *options: str) -> AsyncIterator[ClientSession]:
    words = ["-m", "salesflow", "mcp", *options]
    parameters = StdioServerParameters(command=sys.executable, args=words, cwd=folder)
    async with stdio_client(parameters) as (read, write), ClientSession(read, write) as session:
        await session.initialize()
        yield session


def with_client(
    folder: Path, body: Callable[[ClientSession], Awaitable[None]], *options: str
) -> None:
    async def run() -> None:
        with anyio.fail_after(300):
            async with client(folder, *options) as session:
                await body(session)

    anyio.run(run)


def text_of(result: Any) -> str:
    return str(result.content[0].text)


def test_everything_is_listed_and_each_tool_answers(folder: Path) -> None:
    asked: dict[str, dict[str, Any]] = {
        "check": {"path": "enterprise-broken"},
        "show": {"path": "hello"},
        "simulate": {"path": "smb", "duration": "4w", "warmup": "0d", "replications": 2},
        "diff": {"old": HELLO, "new": "smb/smb.salesflow.yaml"},
        "test": {"path": "enterprise"},
        "draw": {"path": "hello"},
        "rule": {"name": "dead-end"},
        "language": {},
    }

    async def body(session: ClientSession) -> None:
        tools = (await session.list_tools()).tools
        assert [tool.name for tool in tools] == [tool.name for tool in TOOLS] == list(asked)
        assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools)
        for tool in tools:
            result = await session.call_tool(tool.name, asked[tool.name])
            assert not result.is_error, text_of(result)
            assert text_of(result)
            assert (result.structured_content is None) == (tool.output_schema is None)
        listed = (await session.list_resources()).resources
        assert [str(one.uri) for one in listed] == [one.uri for one in resources.RESOURCES]
        for one in listed:
            assert (await session.read_resource(one.uri)).contents
        templates = (await session.list_resource_templates()).resource_templates
        assert templates[0].uri_template == "salesflow://rules/{name}"
        names = [prompt.name for prompt in (await session.list_prompts()).prompts]
        assert names == [prompt.name for prompt in prompts.PROMPTS]
        got = await session.get_prompt("review_process", {"path": "smb"})
        assert "`smb`" in got.messages[0].content.text  # type: ignore[union-attr]

    with_client(folder, body)


def test_mistakes_are_errors_of_the_tool_in_our_words(folder: Path) -> None:
    async def body(session: ClientSession) -> None:
        for name, arguments, said in (
            ("check", {"pth": "."}, "`check` takes no `pth`. Did you mean `path`?"),
            ("check", {"path": "/etc/passwd"}, "lies outside of what may be read"),
            ("check", {"path": "../x"}, "no `..`"),
            ("show", {"text": "salesflow: 1\nprocess: x\n"}, "It does not load."),
            ("rule", {"name": "dead_end"}, "Did you mean `dead-end`?"),
        ):
            result = await session.call_tool(name, arguments)
            assert result.is_error
            assert said in text_of(result)
        with pytest.raises(MCPError, match=r"There is no tool `chek`. Did you mean `check`"):
            await session.call_tool("chek", {})
        with pytest.raises(MCPError, match="There is no resource"):
            await session.read_resource("salesflow://guid")
        with pytest.raises(MCPError, match="needs `description`"):
            await session.get_prompt("draft_process", {})

    with_client(folder, body)


def test_other_roots_are_read_and_the_working_folder_is_not(folder: Path) -> None:
    async def body(session: ClientSession) -> None:
        assert not (await session.call_tool("check", {"path": "."})).is_error
        outside = await session.call_tool("check", {"path": str(folder / "hello")})
        assert "which is `smb`" in text_of(outside)

    with_client(folder, body, "--root", "smb")


def test_work_is_told_of_and_can_be_cancelled(folder: Path) -> None:
    heard: list[float] = []

    async def body(session: ClientSession) -> None:
        begun = anyio.Event()

        async def hear(done: float, total: float | None, message: str | None) -> None:
            heard.append(done)
            begun.set()

        long = partial(
            session.call_tool,
            "simulate",
            {"path": "smb", "replications": 1000, "duration": "40w", "warmup": "0d"},
            progress_callback=hear,
        )
        with anyio.fail_after(120):
            async with anyio.create_task_group() as group:
                group.start_soon(long)
                await begun.wait()
                group.cancel_scope.cancel()
        assert heard
        assert heard == sorted(heard)
        again = await session.call_tool("rule", {"name": "dead-end"})
        assert not again.is_error

    with_client(folder, body)
