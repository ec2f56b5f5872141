"""``salesflow mcp``: what it says where it cannot start. What it does is in tests/mcp_server."""

import importlib.util

import pytest

from salesflow.cli.command import run


@pytest.mark.parametrize("missing", ["mcp", "mcp_types"])
def test_without_the_extra_it_says_what_to_install(
    missing: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    there = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == missing else there(name)
    )
    assert run(["mcp"]) == 2
    told = capsys.readouterr().err
    assert told == (
        "salesflow: `salesflow mcp` needs the package mcp, 2.0 or newer: "
        "`pip install 'salesflow[mcp]'`.\n"
    )


def test_a_root_that_is_no_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["mcp", "--root", "nowhere"]) == 2
    assert "`--root nowhere`: there is no such folder." in capsys.readouterr().err
