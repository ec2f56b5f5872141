"""Whatever goes wrong behind a question, the editor gets an answer and no traceback."""

import asyncio
from pathlib import Path

import pytest
from pygls.exceptions import JsonRpcException

from salesflow.language_server.rename import Refusal
from salesflow.language_server.sheets import Sheet
from salesflow.language_server.wire_server import Server
from tests.language_server.editor import uri_of


def failing(_sheet: Sheet) -> None:
    raise ZeroDivisionError("a fault")


def refusing(_sheet: Sheet) -> None:
    raise Refusal("It is taken.")


def test_a_fault_is_no_answer_and_goes_to_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server = Server()
    uri = uri_of(tmp_path / "a.salesflow.yaml")
    server.put(uri, 1, "salesflow: 1\nprocess: a\n")
    assert asyncio.run(server.ask(uri, failing)) is None
    assert "a fault" in caplog.text
    assert asyncio.run(server.ask(uri_of(tmp_path / "other.yaml"), failing)) is None


def test_a_refusal_is_an_error_with_nothing_but_its_reason(tmp_path: Path) -> None:
    server = Server()
    uri = uri_of(tmp_path / "a.salesflow.yaml")
    server.put(uri, 1, "salesflow: 1\nprocess: a\n")
    with pytest.raises(JsonRpcException) as refused:
        asyncio.run(server.ask(uri, refusing))
    error = refused.value.to_response_error()
    assert (error.code, error.message, error.data) == (-32803, "It is taken.", None)


def test_texts_of_other_languages_are_none_of_ours(tmp_path: Path) -> None:
    server = Server()
    server.put(uri_of(tmp_path / "a.yaml"), 1, "key: value\n", "yaml")
    assert server.sheet(uri_of(tmp_path / "a.yaml")) is None
    server.put(uri_of(tmp_path / "a.yaml"), 2, "salesflow: 1\n", "yaml")
    assert server.sheet(uri_of(tmp_path / "a.yaml")) is not None
    server.take(uri_of(tmp_path / "a.yaml"))
    assert server.sheet(uri_of(tmp_path / "a.yaml")) is None
