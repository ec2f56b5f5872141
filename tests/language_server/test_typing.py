"""Somebody types at random into an editor: the server stays, and tells what a check of it tells."""

from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from salesflow.checking.catalogue import rule_names
from salesflow.checking.paths import check_paths
from salesflow.language_server.ruler import Ruler
from salesflow.language_server.wire_shapes import _UNNECESSARY
from tests.language_server.desks import laid
from tests.language_server.editor import Editor
from tests.language_server.test_verdicts import FILES, TYPED

EDITS = st.lists(
    st.tuples(st.integers(0, 500), st.integers(0, 6), st.sampled_from(TYPED)),
    min_size=4,
    max_size=8,
)
ASKED = ("hover", "completion", "definition", "documentHighlight")


def test_after_each_edit_the_editor_shows_what_a_check_finds(tmp_path: Path) -> None:
    folder = laid(tmp_path / "typed", FILES)
    name = "a.salesflow.yaml"
    with Editor(folder) as editor:
        uri = editor.open(folder / name, FILES[name])
        editor.diagnostics(uri)

        @settings(
            max_examples=6,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate],
        )
        @given(EDITS)
        def typed(edits: list[tuple[int, int, str]]) -> None:
            text = FILES[name]
            for at, gone, new in edits:
                start = at % (len(text) + 1)
                text = f"{text[:start]}{new}{text[start + gone :]}"
                editor.type(uri, text)
                for method in ASKED:
                    editor.at(method, uri, start)
            told = [
                (one["code"], one["severity"], one["range"]["start"], one["message"].split("\n")[0])
                for one in editor.diagnostics(uri)
            ]
            assert told == found(folder, name, text)

        typed()
    assert "Traceback" not in editor.log
    assert editor.process.returncode == 0


def found(folder: Path, name: str, text: str) -> list[tuple[str, int, dict[str, int], str]]:
    """What ``salesflow check`` of the folder finds in a text, as the protocol counts."""
    (folder / name).write_bytes(text.encode())
    report = check_paths([str(folder)])
    (folder / name).write_bytes(FILES[name].encode())
    ruler = Ruler(text)
    weight = {"error": 1, "warning": 2, "info": 3}
    return [
        (
            finding.rule,
            weight[finding.severity],
            dict(ruler.spot(ruler.place(finding.line, finding.column))._asdict()),
            finding.message.replace(f"`{folder}/", "`").split("\n")[0],
        )
        for finding in report.findings
        if Path(finding.file).name == name
    ]


def test_what_is_shown_as_needless_are_rules_that_there_are() -> None:
    assert set(rule_names()) >= _UNNECESSARY
