"""Configuration: which file counts, what it may say, and what the command line puts over it."""

from pathlib import Path

import pytest

from salesflow.checking.config import Settings, WrongConfiguration, read_settings
from salesflow.errors import UsageError
from salesflow.source.limits import DEFAULT_LIMITS


def settings(folder: Path, text: str, name: str = "salesflow.toml") -> Settings:
    (folder / name).write_text(text, encoding="utf-8")
    return read_settings(str(folder / "deal.salesflow.yaml"))


WHOLE = """
select = ["structure"]
ignore = ["superfluous-step"]
severity = {no-owner = "error"}
preset = "all"
baseline = "ci/known.json"
fail-on = "warning"
plugins = false
limits = {nodes = 5, depth = 9}
"""


def test_everything_it_may_say(tmp_path: Path) -> None:
    read = settings(tmp_path, WHOLE)
    assert read.selection.select == ("structure",)
    assert read.selection.ignore == ("superfluous-step",)
    assert read.selection.severity == {"no-owner": "error"}
    assert read.selection.preset == "all"
    assert read.fail_on == "warning"
    assert read.baseline == str(tmp_path / "ci" / "known.json")
    assert read.limits == DEFAULT_LIMITS._replace(nodes=5, depth=9)
    assert read.file == str(tmp_path / "salesflow.toml")


def test_pyproject_has_a_table_for_it(tmp_path: Path) -> None:
    table = "[tool.salesflow]\n" + WHOLE
    read = settings(tmp_path, table, "pyproject.toml")
    assert read.selection.preset == "all"
    assert settings(tmp_path, "", "salesflow.toml").selection.preset == "recommended"


@pytest.mark.parametrize(
    "text",
    ["", "[project]\nname = 'x'\n", "tool = 3 # salesflow\n", "[tool.other]\na = 'salesflow'\n"],
)
def test_a_pyproject_that_says_nothing_of_us_is_no_configuration(tmp_path: Path, text: str) -> None:
    assert settings(tmp_path, text, "pyproject.toml") == Settings()


def test_without_a_file_everything_is_as_documented(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert read_settings(str(tmp_path)) == Settings()
    assert Settings().fail_on == "error"


def test_the_nearest_root_upwards_counts(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "salesflow.toml").write_text('preset = "all"\n', encoding="utf-8")
    assert read_settings(str(tmp_path / "a" / "b")).selection.preset == "all"
    (tmp_path / "a" / "salesflow.toml").write_text("# root\n", encoding="utf-8")
    assert read_settings(str(tmp_path / "a" / "b")).selection.preset == "recommended"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("select = 3", "select: a list of rules"),
        ("select = [3]", "select: a list of rules"),
        ('ignore = ["dead-edn"]', "ignore: .* Did you mean `dead-end`?"),
        ('severity = "error"', "severity: a table is expected"),
        ('severity = {dead-end = "bad"}', "severity: `dead-end` cannot be `bad`"),
        ("severity = {dead-end = 3}", "severity: `dead-end` cannot be `3`"),
        ('preset = "alll"', "preset: there is no `alll`"),
        ("preset = 3", "preset: a text is expected, not 3"),
        ('baseline = ""', "baseline: a text is expected"),
        ('baseline = "../known.json"', "the baseline `../known.json` lies outside the project"),
        ('baseline = "/dev/zero"', "the baseline `/dev/zero` lies outside the project"),
        (f"patience = {'9' * 5000}", "is no TOML: Exceeds the limit"),
        ('fail-on = "sometimes"', "fail-on: there is no `sometimes`: error, warning, info, never"),
        ('plugins = "yes"', "plugins: true, false or a list of packages is expected, not 'yes'"),
        ("plugins = [1]", "plugins: true, false or a list"),
        ('plugins = ["acme-rules"]', "no such package with rules is installed here"),
        ("limits = 3", "limits: a table"),
        ("limits = {node = 3}", "limits: there is no `node`. Did you mean `nodes`?"),
        ("limits = {nodes = 0}", "limits: `nodes` is a whole number above 0, not 0"),
        ("limits = {nodes = true}", "limits: `nodes` is a whole number above 0, not True"),
        ('selct = ["x"]', "there is no setting `selct`. Did you mean `select`?"),
        ("select = [", "is no TOML"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name_and_key(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said) as problem:
        settings(tmp_path, text)
    assert str(problem.value).startswith(str(tmp_path / "salesflow.toml"))


@pytest.mark.parametrize(
    ("text", "place", "marked"),
    [
        ("# ours\nselect = ['dead-end']\npreset = \n", "3:10", "\n"),
        ("preset = alll  \n", "1:10", "alll"),
        ("preset = 'all'\r\npreset = 'all'\r\n", "2:15", "\r"),
        ("# é 🎯\r\nselect 3\r\n", "2:8", "3"),
        ("select = [\n\n", "1:10", "["),
        ("baseline = 'x", "1:13", "x"),
    ],
)
def test_what_is_no_toml_is_told_at_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, place: str, marked: str
) -> None:
    (tmp_path / "salesflow.toml").write_bytes(text.encode())
    monkeypatch.chdir(tmp_path)
    with pytest.raises(WrongConfiguration, match=r"This is no TOML: .*[^)]\.$") as problem:
        read_settings(".")
    wrong = problem.value
    assert str(wrong).startswith(f"salesflow.toml:{place}: This is no TOML: ")
    assert str(wrong).endswith(wrong.why)
    assert wrong.place is not None
    assert wrong.text[slice(*wrong.place)] == marked


def test_the_file_is_named_as_the_path_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "flows/deep").mkdir(parents=True)
    file = tmp_path / "salesflow.toml"
    file.write_text("preset = 3\n", encoding="utf-8")
    paths = {
        tmp_path: [(".", "salesflow.toml"), ("flows", "salesflow.toml"), ("a", "salesflow.toml")],
        tmp_path / "flows": [("deep", "../salesflow.toml"), (str(tmp_path / "a"), str(file))],
    }
    for folder, asked in paths.items():
        monkeypatch.chdir(folder)
        for path, named in asked:
            with pytest.raises(WrongConfiguration) as problem:
                read_settings(path)
            assert str(problem.value) == f"{named}: preset: a text is expected, not 3."
            assert (problem.value.file, problem.value.place) == (named, None)
    file.write_text('baseline = "known.json"\n', encoding="utf-8")
    assert read_settings("deep").baseline == "../known.json"
    monkeypatch.chdir(tmp_path)
    assert read_settings("flows").baseline == "known.json"


def test_a_table_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"tool\.salesflow: a table"):
        settings(tmp_path, "[tool]\nsalesflow = 3\n", "pyproject.toml")


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "salesflow.toml").write_bytes(b"\xff\xfe=")
    with pytest.raises(UsageError) as problem:
        read_settings(str(tmp_path))
    file = tmp_path / "salesflow.toml"
    assert str(problem.value) == f"{file}:1:1: This cannot be read: the byte 0xff is not UTF-8."
    file.write_bytes(b"# \xc3\xbc\nselect = [] # \xfc")
    with pytest.raises(UsageError, match=r":2:15: This cannot be read: the byte 0xfc is not UTF-8"):
        read_settings(str(tmp_path))
    file.write_bytes(b"#" * (1 << 20) + b"#")
    with pytest.raises(UsageError, match=r"salesflow.toml: This has more than 1 MB\.$"):
        read_settings(str(tmp_path))


def test_the_command_line_goes_before_the_file() -> None:
    selection = Settings().selection.replace(select=("shares",), ignore=("dead-end", "no-owner"))
    file = Settings(selection=selection, baseline="a.json", fail_on="warning")
    assert file.overridden() == file
    over = file.overridden(
        select=["dead-end"], ignore=["zero-share"], preset="all", fail_on="never", baseline="b.json"
    )
    assert over.selection.select == ("dead-end",)
    assert over.selection.ignore == ("no-owner", "zero-share")
    assert (over.selection.preset, over.fail_on, over.baseline) == ("all", "never", "b.json")
    with pytest.raises(UsageError, match="select: there is no rule"):
        file.overridden(select=["x"])
    with pytest.raises(UsageError, match="fail-on: there is no `x`"):
        file.overridden(fail_on="x")


def test_a_baseline_behind_a_link_that_leads_out_is_refused(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (tmp_path / "secret.json").write_text("{}")
    (project / "known.json").symlink_to(tmp_path / "secret.json")
    (project / "salesflow.toml").write_text('baseline = "known.json"\n')
    with pytest.raises(UsageError, match="lies outside the project"):
        read_settings(str(project))


def test_a_configuration_without_end_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "salesflow.toml").write_text("# long\n" * 200_000)
    with pytest.raises(UsageError, match="has more than 1 MB"):
        read_settings(str(tmp_path))
