"""The server as an editor meets it: a process of its own, spoken to over pipes."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import converters, types

import salesflow as sf
from salesflow.checking.paths import check_paths
from tests.language_server.desks import EXAMPLES, laid
from tests.language_server.editor import Editor, Refused, edited, offset, position, uri_of

BASE = """\
salesflow: 1
process: smb
use: [people.salesflow.yaml]
sources: {web: {start: call}}
steps:
  call: {name: Ünïcödé 🙂 call, by: rep, next: {fits: demo, no_fit: lost}}
  demo: {by: rep, next: {buys: won, passes: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
PEOPLE = """\
salesflow: 1
organization: acme
departments: {sales: {roles: {rep: {people: 2}}}}
"""
VARIANT = """\
salesflow: 1
variant: smb_north
of: smb.salesflow.yaml
change:
  steps.demo.next.later: {to: demo, at_most: 2}
"""
FILES = {
    "smb.salesflow.yaml": BASE,
    "people.salesflow.yaml": PEOPLE,
    "north.salesflow.yaml": VARIANT,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return laid(tmp_path / "Vertrieb für Übersee", FILES)


@pytest.fixture
def editor(folder: Path) -> Iterator[Editor]:
    with Editor(folder) as one:
        yield one
    assert "Traceback" not in one.log
    assert one.process.returncode == 0


def codes(told: list[dict[str, Any]]) -> list[str]:
    return sorted(one["code"] for one in told)


def found(folder: Path, name: str) -> list[tuple[str, int, int]]:
    """What ``salesflow check`` of the folder finds in a file."""
    report = check_paths([str(folder)])
    return sorted((f.rule, f.line, f.column) for f in report.findings if Path(f.file).name == name)


def test_findings_come_as_one_types_and_go_when_mended(editor: Editor, folder: Path) -> None:
    uri = editor.open(folder / "smb.salesflow.yaml", BASE)
    assert editor.diagnostics(uri) == []
    editor.type(uri, BASE.replace("buys: won", "buys: wonn"))
    (told,) = editor.diagnostics(uri)
    assert told["message"] == "There is no step or outcome called `wonn`.\nDid you mean `won`?"
    assert editor.said(uri, told["range"]) == "wonn"
    assert (told["code"], told["severity"], told["source"]) == ("unknown-name", 1, "salesflow")
    assert told["codeDescription"]["href"].endswith("/docs/reference/rules/unknown-name.md")
    editor.type(uri, BASE)
    assert editor.diagnostics(uri) == []


def test_a_finding_brings_the_way_a_deal_gets_there(editor: Editor, folder: Path) -> None:
    text = BASE.replace("{by: rep, next: {buys: won, passes: lost}}", "{by: rep}")
    uri = editor.open(folder / "smb.salesflow.yaml", text)
    told = next(one for one in editor.diagnostics(uri) if one["code"] == "dead-end")
    related = told["relatedInformation"]
    assert [editor.said(uri, one["location"]["range"]) for one in related] == [
        "web",
        "fits",
        "demo",
    ]
    assert "A deal gets there by web → call (fits)." in told["message"]
    assert str(folder) not in json.dumps(told["message"])


def test_what_is_not_saved_counts_in_other_files_too(editor: Editor, folder: Path) -> None:
    base = editor.open(folder / "smb.salesflow.yaml", BASE)
    assert editor.diagnostics(base) == []
    people = editor.open(folder / "people.salesflow.yaml", PEOPLE)
    editor.type(people, PEOPLE.replace("rep:", "agent:"))
    told = editor.until(base, bool)
    assert codes(told) == ["unknown-name", "unknown-name"]
    editor.close(people)  # and what the disk holds counts again
    assert editor.until(base, lambda told: not told) == []


def test_an_edit_is_judged_in_files_that_are_not_open(editor: Editor, folder: Path) -> None:
    uri = editor.open(folder / "smb.salesflow.yaml", BASE)
    assert editor.diagnostics(uri) == []
    editor.type(uri, BASE.replace("demo", "show"))
    north = uri_of(folder / "north.salesflow.yaml")
    assert codes(editor.until(north, bool)) == ["change-hits-nothing"]
    editor.type(uri, BASE)
    assert editor.until(north, lambda told: not told) == []


def test_text_that_is_no_yaml_keeps_what_is_known(editor: Editor, folder: Path) -> None:
    uri = editor.open(folder / "smb.salesflow.yaml", BASE)
    assert editor.diagnostics(uri) == []
    half = BASE.replace("next: {buys: won, passes: lost}}", "next: {buys: ")
    editor.type(uri, half)
    assert "syntax" in codes(editor.diagnostics(uri))
    assert (
        "Done by `rep` (`sales`)."
        in editor.at("hover", uri, half.index("demo:"))["contents"]["value"]
    )
    offers = editor.at("completion", uri, half.index("buys: ") + 6)["items"]
    assert [one["label"] for one in offers] == ["call", "demo", "won", "lost"]
    text = edited(half, [offers[2]["textEdit"]])
    assert "buys: won" in text


def test_hover_tells_who_does_what_and_where_it_leads(editor: Editor, folder: Path) -> None:
    uri = editor.open(folder / "smb.salesflow.yaml", BASE)
    editor.diagnostics(uri)
    told = editor.at("hover", uri, BASE.index("fits: demo") + 6)
    assert editor.said(uri, told["range"]) == "demo"
    assert told["contents"]["value"].splitlines()[0] == "`demo` · step"
    name = editor.at("hover", uri, BASE.index("name:"))["contents"]["value"]
    assert name.startswith("**Name** · `name`")


def test_definition_references_and_highlights(editor: Editor, folder: Path) -> None:
    uri = editor.open(folder / "smb.salesflow.yaml", BASE)
    editor.diagnostics(uri)
    at = BASE.index("by: rep") + 4
    (place,) = editor.at("definition", uri, at)
    assert place["uri"] == uri_of(folder / "people.salesflow.yaml")
    start = offset(PEOPLE, place["range"]["start"])
    assert PEOPLE[start:].startswith("rep:")
    every = editor.at("references", uri, at, context={"includeDeclaration": True})
    assert len(every) == 3
    assert len(editor.at("references", uri, at, context={"includeDeclaration": False})) == 2
    assert [editor.said(uri, one["range"]) for one in editor.at("documentHighlight", uri, at)] == [
        "rep"
    ] * 2
    (file,) = editor.at("definition", uri, BASE.index("people.salesflow"))
    assert file["uri"] == uri_of(folder / "people.salesflow.yaml")


def test_a_rename_over_several_files_is_checked_clean(editor: Editor, folder: Path) -> None:
    uri = editor.open(folder / "smb.salesflow.yaml", BASE)
    editor.diagnostics(uri)
    at = BASE.index("demo:")
    may = editor.at("prepareRename", uri, at)
    assert may["placeholder"] == "demo"
    changes = editor.at("rename", uri, at, newName="show")["changes"]
    assert {Path(one).name for one in changes} == {"smb.salesflow.yaml", "north.salesflow.yaml"}
    for name, text in FILES.items():
        own = changes.get(uri_of(folder / name), [])
        (folder / name).write_text(edited(text, own))
    assert not check_paths([str(folder)]).findings
    assert set(sf.load(folder / "north.salesflow.yaml").steps) == {"call", "show"}


@pytest.mark.parametrize(
    ("word", "new", "why"),
    [
        (
            "demo:",
            "won",
            "`won` is taken: an outcome of this name stands in smb.salesflow.yaml, line 8.",
        ),
        ("demo:", "done", "`done` is a word of the language: it cannot be an id."),
        (
            "demo:",
            "Show it",
            "`Show it` cannot be its name: it must be an id: small letters, digits and `_`, starting with a letter.",
        ),
        ("salesflow: 1", "x", "There is no id here that could be renamed."),
        (
            "rep,",
            "sales",
            "`sales` is taken: a department of this name stands in people.salesflow.yaml, line 3.",
        ),
    ],
)
def test_a_rename_is_refused_with_its_reason(
    editor: Editor, folder: Path, word: str, new: str, why: str
) -> None:
    uri = editor.open(folder / "smb.salesflow.yaml", BASE)
    with pytest.raises(Refused) as refused:
        editor.at("rename", uri, BASE.index(word), newName=new)
    assert str(refused.value) == why
    assert "data" not in refused.value.error or refused.value.error["data"] is None


def test_after_a_rename_the_former_id_can_be_written_down(editor: Editor, folder: Path) -> None:
    uri = editor.open(folder / "smb.salesflow.yaml", BASE)
    changes = editor.at("rename", uri, BASE.index("demo:"), newName="show")["changes"]
    text = edited(BASE, changes[uri])
    editor.type(uri, text)
    place = position(text, text.index("show:"))
    asked = {
        "textDocument": {"uri": uri},
        "range": {"start": place, "end": place},
        "context": {"diagnostics": [], "only": ["refactor"]},
    }
    (action,) = editor.ask("textDocument/codeAction", asked)
    assert action["title"] == "Write `was: demo`, so that comparisons know the former id"
    assert "show: {was: demo, by: rep" in edited(text, action["edit"]["changes"][uri])


def actions(editor: Editor, uri: str, word: str, **context: Any) -> list[dict[str, Any]]:
    text = editor.texts[uri]
    start, end = text.index(word), text.index(word) + len(word)
    asked = {
        "textDocument": {"uri": uri},
        "range": {"start": position(text, start), "end": position(text, end)},
        "context": {"diagnostics": [], **context},
    }
    found: list[dict[str, Any]] = editor.ask("textDocument/codeAction", asked)
    return found


def test_what_is_wrong_is_mended_or_ignored_with_a_reason(editor: Editor, folder: Path) -> None:
    text = BASE.replace("fits: demo", "fits: demoo").replace(
        "lost: {kind: lost}", "lost: {kind: lost}, gone: {kind: lost}"
    )
    uri = editor.open(folder / "smb.salesflow.yaml", text)
    editor.diagnostics(uri)
    mend = actions(editor, uri, "demoo")[0]
    assert (mend["title"], mend["isPreferred"]) == ("Write `demo` instead of `demoo`", True)
    text = edited(text, mend["edit"]["changes"][uri])
    assert "fits: demo," in text
    editor.type(uri, text)
    assert "unused-definition" in codes(editor.diagnostics(uri))
    titles = {one["title"]: one for one in actions(editor, uri, "gone", only=["quickfix"])}
    assert list(titles) == [
        "Remove `gone: {kind: lost}`",
        "Ignore `unused-definition` here, and say why",
    ]
    ignored = titles["Ignore `unused-definition` here, and say why"]
    editor.type(uri, edited(text, ignored["edit"]["changes"][uri]))
    assert codes(editor.diagnostics(uri)) == ["ignore-without-reason"]
    editor.type(uri, editor.texts[uri].replace("definition] ", "definition] next quarter"))
    assert editor.diagnostics(uri) == []


def test_all_that_is_safe_is_mended_at_once(editor: Editor, folder: Path) -> None:
    text = BASE.replace("fits: demo", "fits: demoo").replace("by: rep", "by: repp")
    uri = editor.open(folder / "smb.salesflow.yaml", text)
    assert len(editor.diagnostics(uri)) == 3
    (action,) = actions(editor, uri, "salesflow", only=["source.fixAll"])
    done = editor.ask("codeAction/resolve", action)
    assert edited(text, done["edit"]["changes"][uri]) == BASE


def test_outline_links_and_symbols_of_the_workspace(editor: Editor, folder: Path) -> None:
    uri = editor.open(folder / "smb.salesflow.yaml", BASE)
    outline = editor.ask("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
    assert [one["name"] for one in outline] == ["sources", "steps", "outcomes"]
    steps = outline[1]["children"]
    assert [(one["name"], one["detail"]) for one in steps] == [
        ("call", "Ünïcödé 🙂 call"),
        ("demo", "step"),
    ]
    assert [one["name"] for one in steps[0]["children"]] == ["fits", "no_fit"]
    (link,) = editor.ask("textDocument/documentLink", {"textDocument": {"uri": uri}})
    assert link["target"] == uri_of(folder / "people.salesflow.yaml")
    names = [one["name"] for one in editor.ask("workspace/symbol", {"query": "unicode"})]
    assert names == []
    assert [one["name"] for one in editor.ask("workspace/symbol", {"query": "nicd"})] == []
    assert [one["name"] for one in editor.ask("workspace/symbol", {"query": "dmo"})] == ["demo"]
    assert "rep" in [one["name"] for one in editor.ask("workspace/symbol", {"query": "re"})]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_columns_are_counted_as_the_editor_counts_them(folder: Path, encoding: str) -> None:
    text = BASE.replace("no_fit: lost", "no_fit: losst")
    with Editor(folder, encodings=(encoding,)) as editor:
        assert editor.ready["capabilities"]["positionEncoding"] == encoding
        uri = editor.open(folder / "smb.salesflow.yaml", text)
        (told,) = editor.diagnostics(uri)
    row = text.splitlines()[5]
    before = row[: row.index("losst")]
    width = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[encoding]
    mark = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}[encoding]
    assert told["range"]["start"] == {"line": 5, "character": len(before.encode(mark)) // width}


def test_line_ends_of_windows(editor: Editor, folder: Path) -> None:
    text = BASE.replace("no_fit: lost", "no_fit: losst").replace("\n", "\r\n")
    uri = editor.open(folder / "smb.salesflow.yaml", text)
    (told,) = editor.diagnostics(uri)
    assert editor.said(uri, told["range"]) == "losst"
    text = edited(text, actions(editor, uri, "losst")[0]["edit"]["changes"][uri])
    assert text == BASE.replace("\n", "\r\n")


def test_the_configuration_counts_and_says_what_is_wrong_with_it(folder: Path) -> None:
    text = BASE.replace("next: {buys: won, passes: lost}", "effort: 1h, next: won")
    (folder / "salesflow.toml").write_text(
        'ignore = ["only-one-outcome"]\nselect = ["structure"]\n'
    )
    with Editor(folder) as editor:
        uri = editor.open(folder / "smb.salesflow.yaml", text)
        assert codes(editor.diagnostics(uri)) == codes(
            [{"code": rule} for rule, _, _ in _with(folder, text)]
        )
        (folder / "salesflow.toml").write_text('select = ["structur"]\n')
        toml = uri_of(folder / "salesflow.toml")
        change = {"changes": [{"uri": toml, "type": 2}]}
        editor.tell("workspace/didChangeWatchedFiles", change)
        (told,) = editor.until(toml, bool)
        assert "there is no rule or family `structur`. Did you mean `structure`?" in told["message"]
        assert told["range"]["start"] == {"line": 0, "character": 0}
        assert str(folder) not in told["message"]
        broken = "# wir 🎯\npreset = 'all' 🎯 ?\n"
        (folder / "salesflow.toml").write_text(broken, encoding="utf-8")
        editor.tell("workspace/didChangeWatchedFiles", change)
        (told,) = editor.until(toml, lambda told: bool(told) and "TOML" in told[0]["message"])
        assert told["message"] == (
            "This is no TOML: Expected newline or end of document after a statement."
        )
        assert told["range"] == {
            "start": {"line": 1, "character": 15},
            "end": {"line": 1, "character": 19},  # as an editor counts: two for the sign
        }
        (folder / "salesflow.toml").write_text("")
        editor.tell("workspace/didChangeWatchedFiles", change)
        assert editor.until(toml, lambda told: not told) == []


def _with(folder: Path, text: str) -> list[tuple[str, int, int]]:
    from salesflow.checking.config import read_settings

    (folder / "smb.salesflow.yaml").write_text(text)
    report = check_paths([str(folder)], settings=read_settings(str(folder)))
    return [
        (f.rule, f.line, f.column) for f in report.findings if f.file.endswith("smb.salesflow.yaml")
    ]


def test_several_folders_and_texts_that_were_never_saved(folder: Path, tmp_path: Path) -> None:
    other = laid(tmp_path / "other", {"a.salesflow.yaml": BASE.replace("people.", "none.")})
    with Editor(folder, folders=(other,)) as editor:
        told = editor.until(uri_of(other / "a.salesflow.yaml"), bool)
        assert "unknown-name" in codes(told)
        uri = editor.open("untitled:Untitled-1", BASE.replace("demo:", "demoo:"), "yaml")
        assert "unknown-name" in codes(editor.diagnostics(uri))
        editor.type(uri, BASE)
        assert editor.diagnostics(uri) == []
        note = editor.open("untitled:Untitled-2", "key: value\n", "yaml")
        assert editor.at("hover", note, 1) is None
        assert note not in editor.told
        gone = {"removed": [{"uri": uri_of(other), "name": "o"}], "added": []}
        editor.tell("workspace/didChangeWorkspaceFolders", {"event": gone})
        assert editor.until(uri_of(other / "a.salesflow.yaml"), lambda told: not told) == []


def test_without_a_folder_a_single_file_is_served(folder: Path) -> None:
    with Editor(None) as editor:
        uri = editor.open(
            folder / "smb.salesflow.yaml", BASE.replace("passes: lost", "passes: losst")
        )
        assert codes(editor.diagnostics(uri)) == ["unknown-name"]
        assert editor.at("hover", uri, BASE.index("demo:"))["contents"]["value"]


def test_a_text_is_laid_out_as_the_command_does(editor: Editor, folder: Path) -> None:
    text = BASE.replace("steps:\n  call: {", "steps:\n      call:   {").replace(
        "\n  demo:", "\n      demo:"
    )
    uri = editor.open(folder / "smb.salesflow.yaml", text)
    asked = {"textDocument": {"uri": uri}, "options": {"tabSize": 2, "insertSpaces": True}}
    once = edited(text, editor.ask("textDocument/formatting", asked))
    (folder / "smb.salesflow.yaml").write_text(text)
    command = [sys.executable, "-m", "salesflow", "fmt", str(folder / "smb.salesflow.yaml")]
    subprocess.run(command, check=True, capture_output=True)
    assert once == (folder / "smb.salesflow.yaml").read_text() != text
    editor.type(uri, once)
    assert editor.ask("textDocument/formatting", asked) == []
    editor.type(uri, "a: [")
    assert editor.ask("textDocument/formatting", asked) == []


def test_figures_behind_steps_for_editors_that_ask(tmp_path: Path) -> None:
    folder = tmp_path / "smb"
    shutil.copytree(EXAMPLES / "smb", folder)
    text = (folder / "smb.salesflow.yaml").read_text()
    whole = {"start": position(text, 0), "end": position(text, len(text))}
    with Editor(folder, options={"inlayHints": True, "check": "open"}) as editor:
        uri = editor.open(folder / "smb.salesflow.yaml", text)
        editor.diagnostics(uri)
        hints = editor.ask("textDocument/inlayHint", {"textDocument": {"uri": uri}, "range": whole})
        assert hints
        assert all(one["label"].endswith("in 100 deals") for one in hints)


def test_a_request_may_be_cancelled(editor: Editor, folder: Path) -> None:
    uri = editor.open(folder / "smb.salesflow.yaml", BASE)
    place = {"textDocument": {"uri": uri}, "position": position(BASE, BASE.index("demo:"))}
    number = editor.begin("textDocument/hover", place)
    editor.tell("$/cancelRequest", {"id": number})
    with suppress(Refused):  # unless the answer was sooner
        editor.answer(number)
    assert editor.at("hover", uri, BASE.index("demo:"))


def test_answers_have_the_shapes_of_the_protocol(editor: Editor, folder: Path) -> None:
    uri = editor.open(folder / "smb.salesflow.yaml", BASE)
    editor.diagnostics(uri)
    at = BASE.index("demo:")
    shape = converters.get_converter()
    document = {"textDocument": {"uri": uri}}
    symbols = editor.ask("textDocument/documentSymbol", document)
    shape.structure(editor.at("hover", uri, at), types.Hover)
    shape.structure(editor.at("completion", uri, at), types.CompletionList)
    shape.structure(editor.at("rename", uri, at, newName="show"), types.WorkspaceEdit)
    assert all(shape.structure(one, types.DocumentSymbol) for one in symbols)
    assert shape.structure(editor.ready, types.InitializeResult).server_info


def test_nonsense_neither_ends_nor_hurts_the_server(folder: Path) -> None:
    with Editor(folder) as editor:
        uri = editor.open(folder / "smb.salesflow.yaml", BASE)
        with pytest.raises(Refused):
            editor.ask("textDocument/noSuchThing", {})
        assert (
            editor.ask(
                "textDocument/hover",
                {"textDocument": {"uri": "file:///none"}, "position": {"line": 9, "character": 9}},
            )
            is None
        )
        far = {"textDocument": {"uri": uri}, "position": {"line": 10**6, "character": 10**6}}
        editor.ask("textDocument/completion", far)
        for text in (
            "",
            "\x00\x01",
            "[" * 3000,
            "a: " * 9000,
            "salesflow: 1\nprocess: {}",
            "\ufeff" + BASE,
        ):
            editor.type(uri, text)
            editor.diagnostics(uri)
        assert editor.diagnostics(uri) == []
    assert "Traceback" not in editor.log


def test_without_its_library_the_verb_says_what_to_install() -> None:
    hide = (
        "import sys, importlib.util as u; found = u.find_spec\n"
        "u.find_spec = lambda name, *a: None if name == 'pygls' else found(name, *a)\n"
        "sys.argv = ['salesflow', 'server']\n"
        "from salesflow.__main__ import main; main()\n"
    )
    env = {**os.environ, "PYTHONWARNINGS": "error"}
    command = [sys.executable, "-c", hide]
    run = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    assert run.returncode == 2
    assert run.stderr == (
        "salesflow: The language server needs a library that is not installed.\n"
        "Install it: pip install 'salesflow[lsp]'\n"
    )


def test_a_request_that_is_wrong_in_form_is_answered(editor: Editor) -> None:
    text = {"uri": "file:///x.salesflow.yaml"}
    before = {"line": -1, "character": 0}
    for params in (None, {}, {"textDocument": text}, {"textDocument": text, "position": before}):
        for method in ("textDocument/hover", "textDocument/completion"):
            with pytest.raises(Refused, match=f"`{method}`: wrong parameters") as caught:
                editor.ask(method, params)
            assert caught.value.error["code"] in (-32602, -32603)
    assert editor.ask("workspace/symbol", {"query": "call"})


def test_a_request_after_leave_was_taken_is_refused(folder: Path) -> None:
    with Editor(folder) as editor:
        editor.ask("shutdown", None)
        with pytest.raises(Refused, match="shut down") as caught:
            editor.ask("workspace/symbol", {"query": "call"})
        assert caught.value.error["code"] == -32600
        editor.tell("exit", None)
        assert editor.process.wait(60) == 0
