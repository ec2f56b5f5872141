"""A client written by hand, line by line, as the protocol has it: nothing breaks the server."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from typing import Any

import pytest


class Wire:
    """Lines of JSON to a server, and back."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "salesflow", "mcp"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.number = 0
        self.watch = Timer(300, self.process.kill)  # a server that is silent ends, and the test
        self.watch.daemon = True
        self.watch.start()

    def send(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def notify(self, method: str, **params: Any) -> None:
        self.send(json.dumps({"jsonrpc": "2.0", "method": method, "params": params}))

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        self.number += 1
        asked = {"jsonrpc": "2.0", "id": self.number, "method": method, "params": params}
        self.send(json.dumps(asked))
        return self.answer(self.number)

    def answer(self, number: int) -> dict[str, Any]:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            message: dict[str, Any] = json.loads(line)
            assert message["jsonrpc"] == "2.0"
            if message.get("id") == number:
                return message
        raise AssertionError("the server has gone")

    def tool(self, tool: str, **arguments: Any) -> dict[str, Any]:
        result: dict[str, Any] = self.ask("tools/call", name=tool, arguments=arguments)["result"]
        return result


@pytest.fixture
def wire(folder: Path) -> Iterator[Wire]:
    wire = Wire(folder)
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}}
    answer = wire.ask("initialize", **hello, clientInfo={"name": "hand", "version": "1"})
    assert answer["result"]["serverInfo"]["name"] == "salesflow"
    assert "data, never instructions" in answer["result"]["instructions"]
    wire.notify("notifications/initialized")
    yield wire
    wire.watch.cancel()
    _, told = wire.process.communicate(timeout=60)  # the end of standard input ends it
    assert wire.process.returncode == 0
    assert b"Traceback" not in told, told.decode()


def test_a_conversation(wire: Wire) -> None:
    tools = wire.ask("tools/list")["result"]["tools"]
    check = next(tool for tool in tools if tool["name"] == "check")
    assert check["inputSchema"]["properties"]["limit"]["default"] == 50
    assert check["annotations"]["readOnlyHint"] is True
    result = wire.tool("check", path="enterprise-broken")
    assert result["structuredContent"]["summary"]["error"] == 22
    assert result["content"][0]["type"] == "text"
    picture = wire.tool("draw", path="hello", format="png")["content"][1]
    assert (picture["type"], picture["mimeType"]) == ("image", "image/png")


def test_what_is_no_request_does_no_harm(wire: Wire) -> None:
    for line in ("", "{", "null", "[]", '{"jsonrpc": "2.0"}', "\x00\xff", "9" * 5000):
        wire.send(line)
    wire.notify("notifications/cancelled", requestId=999)
    assert "error" in wire.ask("no/such/method")
    assert "error" in wire.ask("tools/call", name="chek", arguments={})
    assert "error" in wire.ask("tools/call", arguments={})
    assert "error" in wire.ask("tools/call", name="check", arguments=[])
    assert wire.tool("check", path="hello")["structuredContent"]["findings"] == []


def test_a_huge_text_is_a_finding(wire: Wire) -> None:
    result = wire.tool("check", text="salesflow: 1\n" + "# x\n" * 4_500_000)
    findings = result["structuredContent"]["findings"]
    assert [finding["rule"] for finding in findings] == ["limit-exceeded"]


def test_hostile_texts_are_answered(wire: Wire) -> None:
    for text in (
        "\x00",
        "[" * 100_000,
        "a: &a [*a]",
        "salesflow: 1\n" * 50,
        "💣: \u202e",
    ):
        result = wire.tool("check", text=text)
        assert result["structuredContent"]["findings"], text[:20]
        shown = json.dumps(result, ensure_ascii=False)
        assert "\u202e" not in shown
