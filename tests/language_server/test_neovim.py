"""A real editor, Neovim without a screen: it starts the server, shows findings, renames, completes."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.language_server.desks import laid

TEXT = """\
salesflow: 1
process: smb
sources: {web: {start: call}}
steps:
  call: {by: sales, next: {fits: demo, no_fit: losst}}
  demo: {by: sales, next: won}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
SCRIPT = """
local python, file, result = os.getenv('PYTHON'), os.getenv('FILE'), os.getenv('RESULT')
local found = {}
vim.cmd('edit ' .. vim.fn.fnameescape(file))
local client = vim.lsp.start_client({
  name = 'salesflow',
  cmd = {python, '-m', 'salesflow', 'server'},
  root_dir = vim.fn.fnamemodify(file, ':h'),
})
vim.lsp.buf_attach_client(0, client)
vim.wait(60000, function() return #vim.diagnostic.get(0) > 0 end, 50)
for _, one in ipairs(vim.diagnostic.get(0)) do
  table.insert(found, {line = one.lnum, column = one.col, message = one.message})
end
local function ask(method, line, column, more)
  local params = {
    textDocument = vim.lsp.util.make_text_document_params(),
    position = {line = line, character = column},
  }
  for key, value in pairs(more or {}) do params[key] = value end
  local answers = vim.lsp.buf_request_sync(0, method, params, 60000)
  return answers[client].result
end
local offers = {}
for _, one in ipairs(ask('textDocument/completion', 4, 16).items) do table.insert(offers, one.label) end
local hover = ask('textDocument/hover', 5, 3).contents.value
local edit = ask('textDocument/rename', 5, 3, {newName = 'show'})
vim.lsp.util.apply_workspace_edit(edit, 'utf-16')
local lines = vim.api.nvim_buf_get_lines(0, 0, -1, false)
local out = io.open(result, 'w')
out:write(vim.json.encode({found = found, offers = offers, hover = hover, lines = lines}))
out:close()
vim.lsp.stop_client(client)
vim.wait(3000, function() return vim.lsp.client_is_stopped(client) end, 50)
vim.cmd('qall!')
"""


def neovim() -> str:
    found = shutil.which("nvim")
    if found is None:
        why = "nvim is missing: apt-get install neovim"
        if os.environ.get("CI"):
            pytest.fail(why)
        pytest.skip(why)
    return found


def test_neovim_shows_findings_completes_and_renames(tmp_path: Path) -> None:
    folder = laid(tmp_path / "Vertrieb Süd", {"smb.salesflow.yaml": TEXT})
    script, result = tmp_path / "try.lua", tmp_path / "result.json"
    script.write_text(SCRIPT)
    run = subprocess.run(
        [neovim(), "--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", f"luafile {script}"],
        env={
            **os.environ,
            "PYTHON": sys.executable,
            "FILE": str(folder / "smb.salesflow.yaml"),
            "RESULT": str(result),
            "XDG_STATE_HOME": str(tmp_path / "state"),
            "XDG_CACHE_HOME": str(tmp_path / "cache"),
        },
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert result.exists(), run.stderr
    told = json.loads(result.read_text())
    assert told["found"] == [
        {
            "line": 4,
            "column": 47,
            "message": "There is no step or outcome called `losst`.\nDid you mean `lost`?",
        }
    ]
    assert told["offers"] == ["sales"]
    assert told["hover"] == (
        "`demo` · step\n\n```yaml\ndemo: {by: sales, next: won}\n```"  # it does not load yet
    )
    assert told["lines"] == TEXT.replace("demo", "show").splitlines()
