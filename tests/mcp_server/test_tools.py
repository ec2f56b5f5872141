"""What the tools answer, without the protocol: the data of the command line, and our messages."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from salesflow.cli.command import group
from salesflow.errors import LoadError, UsageError
from salesflow.mcp_server.answer import MOST_CHARACTERS, Answer, safe
from salesflow.mcp_server.catalogue import TOOLS, call, tool_of
from salesflow.mcp_server.ground import Ground
from salesflow.mcp_server.tools.simulate import MOST_DEALS

HELLO = "hello/hello.salesflow.yaml"
SHORT = {"duration": "4w", "warmup": "0d", "replications": 2}
SHORT_CLI = ["--for", "4w", "--warmup", "0d", "--replications", "2"]
PAIR = ("enterprise/enterprise.salesflow.yaml", "enterprise-next/enterprise.salesflow.yaml")
BROKEN = """salesflow: 1
process: broken
sources: {web: {start: call}}
steps:
  call: {by: sales, next: {fits: offer, no_need: lost}}
  offer: {by: sales}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""


def quiet(done: float, total: float) -> None:
    pass


def ask(ground: Ground, name: str, /, **arguments: Any) -> Answer:
    return call(name, arguments, ground, quiet)


def printed(*words: str) -> str:
    return CliRunner().invoke(group, list(words), standalone_mode=False).stdout


def as_json(*words: str) -> Any:
    text = printed(*words)
    return json.JSONDecoder().raw_decode(text[text.index("{") :])[0]


def test_check_has_the_data_of_the_command(ground: Ground) -> None:
    answer = ask(ground, "check", path="enterprise-broken", fixes=True, limit=500)
    assert answer.data == as_json("check", "enterprise-broken", "--format", "json")
    assert "dead end" in answer.text


def test_check_leaves_out_and_says_so(ground: Ground) -> None:
    whole = ask(ground, "check", path="enterprise-broken", limit=500).data
    part = ask(ground, "check", path="enterprise-broken", limit=3)
    assert whole is not None
    assert part.data is not None
    assert part.data["findings"] == whole["findings"][:3]
    assert part.data["summary"] == whole["summary"]
    assert part.data["left_out"] == len(whole["findings"]) - 3
    assert f"{part.data['left_out']} more findings" in part.text


def test_a_text_is_checked_as_a_file_would_be(folder: Path, ground: Ground) -> None:
    (folder / "broken.salesflow.yaml").write_text(BROKEN, encoding="utf-8")
    file = ask(ground, "check", path="broken.salesflow.yaml", fixes=True)
    (folder / "broken.salesflow.yaml").unlink()
    text = ask(ground, "check", text=BROKEN, path="broken.salesflow.yaml", fixes=True)
    assert text == file
    nameless = ask(ground, "check", text=BROKEN)
    assert nameless.data is not None
    assert [f["rule"] for f in nameless.data["findings"]] == ["dead-end"]
    assert nameless.data["findings"][0]["file"] == "text.salesflow.yaml"


def test_a_text_stands_for_the_file_it_is_an_edit_of(ground: Ground) -> None:
    file = PAIR[0]
    text = Path(file).read_text(encoding="utf-8")
    assert ask(ground, "check", path=file, text=text) == ask(ground, "check", path=file)


def test_fixes_of_a_text_are_tried_where_it_would_stand(folder: Path, ground: Ground) -> None:
    """With what it uses, from there: else nothing holds, and nothing would be offered."""
    (folder / "own").mkdir()
    (folder / "own/people.salesflow.yaml").write_text(
        "salesflow: 1\norganization: acme\ndepartments: {sales: {roles: {rep: {people: 2}}}}\n",
        encoding="utf-8",
    )
    text = BROKEN.replace("by: sales", "by: rpe") + "use: [people.salesflow.yaml]\n"
    file = folder / "own/broken.salesflow.yaml"
    file.write_text(text, encoding="utf-8")
    by_text = ask(ground, "check", text=text, path="own/broken.salesflow.yaml", fixes=True).data
    assert by_text == as_json("check", "own/broken.salesflow.yaml", "--format", "json")
    assert any(finding.get("fix") for finding in by_text["findings"])
    by_folder = ask(ground, "check", path="own", fixes=True).data
    assert by_folder == as_json("check", "own", "--format", "json")


def test_check_says_in_which_variants_too(ground: Ground) -> None:
    data = ask(ground, "check", path="countries", limit=500).data
    told = as_json("check", "countries", "--format", "json")
    assert data == {
        **told,
        "findings": [{**found, "fix": None} for found in told["findings"]],
    }


def test_limits_and_known_findings_of_the_configuration_hold(folder: Path, ground: Ground) -> None:
    (folder / "hello/salesflow.toml").write_text("limits = {nodes = 5}\n", encoding="utf-8")
    data = ask(ground, "check", path="hello").data
    assert data is not None
    assert [finding["rule"] for finding in data["findings"]] == ["limit-exceeded"]
    broken = folder / "enterprise-broken"
    printed("check", str(broken), "--write-baseline", str(broken / "known.json"))
    (broken / "salesflow.toml").write_text('baseline = "known.json"\n', encoding="utf-8")
    assert "The baseline hides" in ask(ground, "check", path="enterprise-broken").text


@pytest.mark.parametrize("department", [None, "legal"])
def test_show_is_that_of_the_command(ground: Ground, department: str | None) -> None:
    words = ["--department", department] if department else []
    answer = ask(ground, "show", path="enterprise", department=department)
    assert answer.text == printed("show", "enterprise", *words)


def test_show_gives_the_resolved_document(ground: Ground) -> None:
    told = ask(ground, "show", path="enterprise", **{"as": "json"}).text
    assert json.loads(told) == as_json("show", "enterprise", "--as", "json")
    assert ask(ground, "show", path="smb", **{"as": "yaml"}).text == printed(
        "show", "smb", "--as", "yaml"
    )


@pytest.mark.parametrize("department", [None, "legal"])
def test_show_puts_variants_side_by_side(ground: Ground, department: str | None) -> None:
    words = ["--variants", *(["--department", department] if department else [])]
    answer = ask(ground, "show", path="countries", variants=True, department=department)
    assert answer.text == printed("show", "countries", *words)
    told = ask(ground, "show", path="countries", variants=True, **{"as": "json"}).text
    assert json.loads(told) == as_json("show", "countries", "--variants", "--as", "json")
    with pytest.raises(UsageError, match="leave out `text`"):
        ask(ground, "show", text=BROKEN, variants=True)


def test_one_of_several_processes_has_to_be_named(folder: Path, ground: Ground) -> None:
    both = folder / "both"
    both.mkdir()
    for name in ("hello", "smb"):
        (folder / name / f"{name}.salesflow.yaml").rename(both / f"{name}.salesflow.yaml")
    with pytest.raises(UsageError, match=r"name one: `both/hello.salesflow.yaml`, `both/smb"):
        ask(ground, "show", path="both")
    assert ask(ground, "check", path="both").data is not None


def test_simulate_has_the_data_of_the_command(ground: Ground) -> None:
    change = "departments.sales.roles.seller.people=3"
    answer = ask(ground, "simulate", path="smb", set=[change], **SHORT)
    words = ["simulate", "smb", "--set", change, *SHORT_CLI, "--format", "json"]
    assert answer.data == as_json(*words)


def test_simulate_says_how_far_it_is_and_stops_when_told(ground: Ground) -> None:
    heard: list[tuple[float, float]] = []
    call("simulate", {"path": "smb", **SHORT}, ground, lambda *of: heard.append(of))
    assert heard[-1] == (2, 2)

    def stop(done: float, total: float) -> None:
        if done >= 3:
            raise KeyboardInterrupt

    stopped = call("simulate", {"path": "smb", **SHORT, "replications": 900}, ground, stop)
    assert stopped.data is not None
    assert stopped.data["interrupted"] is True
    assert 2 <= stopped.data["replications"] < 900


def test_simulate_refuses_a_flood(folder: Path, ground: Ground) -> None:
    text = (folder / "smb/smb.salesflow.yaml").read_text(encoding="utf-8")
    flood = text.replace("arrivals: 12 per week", "arrivals: 9000 per hour")
    flood = flood if flood != text else text.replace(" per week", "000000 per week")
    with pytest.raises(UsageError, match=f"{MOST_DEALS:,} is the most here"):
        ask(ground, "simulate", text=flood)


def test_diff_has_the_data_of_the_command(ground: Ground) -> None:
    old, new = PAIR
    data = as_json("diff", old, new, "--format", "json")
    assert ask(ground, "diff", old=old, new=new).data == data
    one = ask(ground, "diff", old=old, new=new, department="legal")
    assert one.data == as_json("diff", old, new, "--department", "legal", "--format", "json")


def test_diff_compares_texts_with_files(ground: Ground) -> None:
    old, new = PAIR
    text = Path(new).read_text(encoding="utf-8")
    whole = ask(ground, "diff", old=old, new=new).data
    edit = ask(ground, "diff", old=old, new=new, new_text=text).data
    assert whole is not None
    assert edit is not None
    assert edit["edits"] == whole["edits"]
    assert edit["level"] == whole["level"]


def test_diff_compares_with_git(folder: Path, ground: Ground) -> None:
    for words in (["init", "-qb", "main"], ["add", "."], ["commit", "-qm", "first"]):
        name = ["-c", "user.name=A", "-c", "user.email=a@b.c"]
        subprocess.run(["git", *name, *words], cwd=folder, check=True)
    file = folder / HELLO
    text = file.read_text(encoding="utf-8").replace("by: sales", "by: partner")
    file.write_text(text, encoding="utf-8")
    by_base = ask(ground, "diff", base="main", new="hello").data
    by_name = ask(ground, "diff", old=f"main:{HELLO}", new=HELLO).data
    assert by_base is not None
    assert by_name is not None
    assert by_base["edits"] == by_name["edits"] != []
    ask(ground, "diff", base="main", new="smb")  # nothing changed: no error


def test_deals_are_looked_at_or_it_is_told_why_not(folder: Path, ground: Ground) -> None:
    (folder / "deals.csv").write_text("deal,at\nacme,review\n", encoding="utf-8")
    for side in ("old", "new"):
        (folder / side).mkdir()
        shutil.copy("smb/smb.salesflow.yaml", side)
        shutil.copy(HELLO, side)
    asked = {"old": "old", "new": "new", "deals": "deals.csv"}
    with pytest.raises(UsageError, match="here are 2: name its file"):
        ask(ground, "diff", **asked)
    (folder / "old/hello.salesflow.yaml").unlink()
    (folder / "new/hello.salesflow.yaml").unlink()
    data = ask(ground, "diff", **asked).data  # nothing changed, and they are looked at
    assert data == as_json("diff", "old", "new", "--deals", "deals.csv", "--format", "json")
    assert data["deals"]["checked"] == 1
    shutil.move("old/smb.salesflow.yaml", "old/smb.yaml")
    shutil.copy(HELLO, "old")
    shutil.copy(HELLO, "new")
    with pytest.raises(UsageError, match=r"needs both versions, and `new/smb.* has no old one"):
        ask(ground, "diff", **asked)
    answer = ask(ground, "diff", old="old", new="new", simulate=True)
    assert "Its figures are not compared: only one version has" in answer.text
    assert answer.text.endswith("\nThe same in both versions: 1 process file.\n")


def test_limits_of_the_configuration_hold_for_comparisons(folder: Path, ground: Ground) -> None:
    (folder / "hello/salesflow.toml").write_text("limits = {nodes = 5}\n", encoding="utf-8")
    text = (folder / HELLO).read_text(encoding="utf-8")
    for asked in ({"old": HELLO, "new": HELLO}, {"old": HELLO, "new_text": text}):
        with pytest.raises(LoadError) as problem:
            ask(ground, "diff", **asked)
        assert {finding.rule for finding in problem.value.findings} == {"limit-exceeded"}


def test_a_repository_larger_than_the_root_is_not_read(
    folder: Path, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    subprocess.run(["git", "init", "-q"], cwd=folder.parent, check=True)
    for asked in ({"base": "main"}, {"old": f"main:{HELLO}", "new": HELLO}):
        with pytest.raises(UsageError, match="is larger than what may be read"):
            ask(ground, "diff", **asked)


def test_test_has_the_data_of_the_command(ground: Ground) -> None:
    data = as_json("test", "enterprise", "--format", "json")
    assert ask(ground, "test", path="enterprise").data == data


@pytest.mark.parametrize("format_", ["mermaid", "svg", "dot", "bpmn"])
def test_draw_is_that_of_the_command(ground: Ground, format_: str) -> None:
    answer = ask(ground, "draw", path="hello", format=format_)
    assert answer.text == printed("draw", "hello", "--format", format_)
    assert answer.picture == b""


def test_draw_gives_a_picture(ground: Ground) -> None:
    assert ask(ground, "draw", path="hello", format="png").picture.startswith(b"\x89PNG")


def test_rule_is_that_of_the_command(ground: Ground) -> None:
    assert ask(ground, "rule").text == printed("rule")
    for name in ("dead-end", "changes", "touchpoint-added"):
        assert ask(ground, "rule", name=name).text == printed("rule", name)


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_schemas_are_schemas(tool: Any) -> None:
    jsonschema.Draft202012Validator.check_schema(tool.schema())
    if tool.shape is not None:
        jsonschema.Draft202012Validator.check_schema(dict(tool.shape))
    assert len(tool.meaning) < 400  # it is read before every conversation
    assert all(parameter.meaning for parameter in tool.parameters)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("check", {"path": "enterprise-broken"}),
        ("check", {"text": "]"}),
        ("simulate", {"path": "smb", **SHORT}),
        ("simulate", {"path": "enterprise", "scenarios": ["enterprise/second_lawyer.salesflow.yaml"], **SHORT}),
        ("diff", {"old": PAIR[0], "new": PAIR[1]}),
        ("diff", {"old": HELLO, "new": HELLO}),
        ("diff", {"old": "enterprise", "new": "enterprise-next"}),
        ("test", {"path": "enterprise"}),
    ],
)  # fmt: skip
def test_data_has_the_promised_shape(ground: Ground, name: str, arguments: dict[str, Any]) -> None:
    shape = tool_of(name).shape
    assert shape is not None
    jsonschema.validate(call(name, arguments, ground, quiet).data, dict(shape))


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("chek", {}, "There is no tool `chek`. Did you mean `check`?"),
        ("check", {"pth": "."}, "`check` takes no `pth`. Did you mean `path`?"),
        ("check", {"path": 3}, "`path` is a text, and `3` is not."),
        ("check", {"select": [3]}, "`select` is a list of texts, and `[3]` is not."),
        ("check", {"select": "structur"}, "Did you mean `structure`?"),
        ("check", {"limit": 0}, "`limit` is from 1 to 500, and `0` is not."),
        ("check", {"limit": True}, "`limit` is a whole number, and `true` is not."),
        ("check", {"limit": "9"}, '`limit` is a whole number, and `"9"` is not.'),
        ("check", {"path": "helo"}, "there is no such file. Did you mean `hello`?"),
        ("show", {"path": "enterprise", "department": "legl"}, "Did you mean `legal`?"),
        ("show", {"path": "enterprise", "department": "legal", "as": "json"}, "leave out `as`"),
        ("draw", {"path": "hello", "format": "svgg"}, "`format` is no `svgg`. Did you mean `svg`?"),
        ("simulate", {"path": "hello", "duration": "26"}, "26w"),
        ("simulate", {"path": "smb", "set": ["steps.ofer.effort=1h"]}, "has no `ofer`"),
        ("diff", {"old": HELLO}, "Name two versions"),
        ("diff", {"base": "main", "old": HELLO}, "leave out `old`"),
        ("diff", {"old_text": BROKEN}, "The new version is missing"),
        ("rule", {"name": "deadend"}, "Did you mean `dead-end`?"),
        ("language", {"topic": "gide"}, "Did you mean `guide`?"),
    ],
)
def test_mistakes_are_told_in_our_words(
    ground: Ground, name: str, arguments: dict[str, Any], said: str
) -> None:
    with pytest.raises((UsageError, LoadError)) as problem:
        call(name, arguments, ground, quiet)
    assert said in str(problem.value)


def test_a_broken_configuration_is_named_from_here_with_its_place(
    folder: Path, ground: Ground
) -> None:
    (folder / "hello/salesflow.toml").write_text("# ours\npreset = \n", encoding="utf-8")
    for name, arguments in (
        ("check", {"path": "hello"}),
        ("check", {"path": str(folder / HELLO)}),
        ("diff", {"old": HELLO, "new": HELLO}),
        ("test", {"path": "hello"}),
    ):
        with pytest.raises(UsageError) as problem:
            ask(ground, name, **arguments)
        assert str(problem.value) == "hello/salesflow.toml:2:10: This is no TOML: Invalid value."


def test_nothing_hides_in_an_answer(ground: Ground) -> None:
    text = BROKEN.replace("process: broken", 'process: broken\ndescription: "a\\e[2J\\u202eb"')
    for name in ("check", "show", "draw"):
        answer = ask(ground, name, text=text)
        shown = f"{answer.text}{json.dumps(answer.data, ensure_ascii=False)}"
        assert "\x1b" not in shown
        assert "\u202e" not in shown


def test_an_answer_that_nobody_can_read_is_refused() -> None:
    with pytest.raises(UsageError, match=r"more than 200,000 help nobody. Ask for less."):
        safe(Answer("x" * (MOST_CHARACTERS + 1)), less="Ask for less.")
    with pytest.raises(UsageError, match="bytes"):
        safe(Answer("", picture=b"x" * 1_000_001), less="Ask for less.")
    long = safe(Answer("x\n" * 40_000, {"version": 1}), less="")
    assert long.text.endswith("the rest is in the data.\n")
