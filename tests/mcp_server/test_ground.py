"""Nothing outside of the roots is read, whatever name or link leads there."""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesflow.errors import SalesflowError, UsageError
from salesflow.mcp_server.catalogue import call
from salesflow.mcp_server.ground import Ground, ground_of, placed

SECRET = "the-password-is-swordfish"


def quiet(done: float, total: float) -> None:
    pass


def outside(folder: Path) -> Path:
    """A file beside the root, in a project that both lie in."""
    (folder.parent / "salesflow.toml").write_text("", encoding="utf-8")
    file = folder.parent / "secret.salesflow.yaml"
    file.write_text(f"salesflow: 1\n{SECRET}: {SECRET}\n", encoding="utf-8")
    return file


def told(name: str, arguments: dict[str, Any], ground: Ground) -> str:
    try:
        answer = call(name, arguments, ground, quiet)
    except SalesflowError as problem:
        return str(problem)
    return f"{answer.text}{answer.data}"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("../secret.salesflow.yaml", "no `..`"),
        ("hello/../../secret.salesflow.yaml", "no `..`"),
        ("hello\\..\\..\\secret.salesflow.yaml", "no `..`"),
        ("/etc/passwd", "outside"),
        ("-", "no standard input"),
        ("", "no path"),
        ("a\x00b", "no path"),
        ("a\x1b[2Jb", "no path"),
        ("a\nb", "no path"),
    ],
)
@pytest.mark.parametrize("tool", ["check", "show", "simulate", "test", "draw"])
def test_a_path_that_leads_out_is_refused(
    tool: str, path: str, said: str, folder: Path, ground: Ground
) -> None:
    outside(folder)
    if path == "" and tool != "test":  # nothing said: the root itself
        return
    words = told(tool, {"path": path}, ground)
    assert said in words
    assert SECRET not in words
    assert "\x1b" not in words


def test_of_what_lies_outside_not_even_that_it_is_there_is_told(
    folder: Path, ground: Ground
) -> None:
    there, gone = outside(folder), folder.parent / "gone.salesflow.yaml"
    for path in (there, gone):
        with pytest.raises(UsageError, match="lies outside of what may be read"):
            placed(ground, str(path))


def test_a_path_inside_is_named_as_it_was_given(folder: Path, ground: Ground) -> None:
    assert placed(ground, "hello") == "hello"
    assert placed(ground, "./hello") == "./hello"
    assert placed(ground, str(folder / "hello" / "hello.salesflow.yaml")) == os.path.join(
        "hello", "hello.salesflow.yaml"
    )


def test_a_folder_whose_name_only_begins_like_a_root_is_outside(folder: Path) -> None:
    twin = folder.parent / "processes-of-others"
    twin.mkdir()
    with pytest.raises(UsageError, match="outside"):
        placed(ground_of([str(folder)]), str(twin))
    assert placed(ground_of([str(folder), str(twin)]), str(twin)) == str(twin)


@pytest.mark.parametrize("tool", ["check", "show", "simulate", "test", "draw"])
def test_a_link_that_leads_out_is_not_followed(tool: str, folder: Path, ground: Ground) -> None:
    file = outside(folder)
    own = folder / "own"
    own.mkdir()
    (own / "link.salesflow.yaml").symlink_to(file)
    for path in ("own", "own/link.salesflow.yaml"):
        words = told(tool, {"path": path}, ground)
        assert SECRET not in words
        assert "outside" in words or "no process in" in words, words


def test_what_may_not_be_read_in_a_folder_is_left_out_of_a_check(
    folder: Path, ground: Ground
) -> None:
    file = outside(folder)
    own = folder / "own"
    own.mkdir()
    names = ["fine", "broken", "link", "nowhere", "pipe", "user", "variant"]
    made = {name: own / f"{name}.salesflow.yaml" for name in names}
    hello = (folder / "hello/hello.salesflow.yaml").read_text(encoding="utf-8")
    made["fine"].write_text(hello, encoding="utf-8")
    made["broken"].write_text("salesflow: 1\nproces: x\n", encoding="utf-8")
    made["link"].symlink_to(file)
    made["nowhere"].symlink_to(own / "gone.salesflow.yaml")
    os.mkfifo(made["pipe"])
    made["user"].write_text(f"{hello}use: [../../{file.name}]\n", encoding="utf-8")
    variant = "salesflow: 1\nvariant: other\nof: fine.salesflow.yaml\nchange: {}\n"
    made["variant"].write_text(variant, encoding="utf-8")
    answer = call("check", {"path": "own"}, ground, quiet)
    assert answer.data is not None
    read = ["broken", "fine", "variant"]
    assert answer.data["files"] == [f"own/{name}.salesflow.yaml" for name in read]
    assert "own/broken.salesflow.yaml" in {found["file"] for found in answer.data["findings"]}
    left = {each["file"]: each["why"] for each in answer.data["unread"]}
    said = {
        "link": "`own/link.salesflow.yaml` really lies outside of what may be read",
        "nowhere": "`own/nowhere.salesflow.yaml` cannot be read: there is no such file.",
        "pipe": "`own/pipe.salesflow.yaml` is no regular file.",
        "user": "`own/user.salesflow.yaml` draws on another file: `../secret.salesflow.yaml` "
        "really lies outside",
    }
    assert [*left] == [f"own/{name}.salesflow.yaml" for name in said]
    for name, why in said.items():
        assert left[f"own/{name}.salesflow.yaml"].startswith(why)
        assert f"Not checked: {why}" in answer.text
    assert SECRET not in f"{answer.text}{answer.data}"
    for name in ("fine", "broken", "variant"):
        made[name].unlink()
    with pytest.raises(UsageError) as problem:
        call("check", {"path": "own"}, ground, quiet)
    assert len(str(problem.value).splitlines()) == len(said)
    assert "is no regular file" in str(problem.value)


def test_what_is_used_on_both_sides_of_the_root_hides_nothing(folder: Path, ground: Ground) -> None:
    """A file that was judged once with what lies outside is not taken for a clean one."""
    file = outside(folder)
    own = folder / "own"
    own.mkdir()
    hello = (folder / "hello/hello.salesflow.yaml").read_text(encoding="utf-8")
    for name, of in (
        ("a", "middle.salesflow.yaml"),
        ("middle", f"../../{file.name}"),
        ("z", "middle.salesflow.yaml"),
    ):
        text = f"salesflow: 1\nvariant: {name}\nof: {of}\nchange: {{}}\n"
        (own / f"{name}.salesflow.yaml").write_text(text, encoding="utf-8")
    (own / "m.salesflow.yaml").write_text(hello, encoding="utf-8")
    answer = call("check", {"path": "own"}, ground, quiet)
    assert answer.data is not None
    assert answer.data["files"] == ["own/m.salesflow.yaml"]
    assert len(answer.data["unread"]) == 3
    assert SECRET not in f"{answer.text}{answer.data}"


@pytest.mark.parametrize("tool", ["check", "show", "simulate", "draw"])
def test_what_a_text_uses_stays_inside(tool: str, folder: Path, ground: Ground) -> None:
    outside(folder)
    text = (folder / "hello" / "hello.salesflow.yaml").read_text(encoding="utf-8")
    text += "use: [../secret.salesflow.yaml]\n"
    for path in ("hello.salesflow.yaml", "hello/hello.salesflow.yaml"):
        reach = text.replace("../", "../" * (1 + path.count("/")))
        words = told(tool, {"text": reach, "path": path}, ground)
        assert SECRET not in words
        assert "outside" in words, words


def test_variants_are_not_looked_for_above_the_root(folder: Path) -> None:
    outside(folder)
    ground = ground_of(["hello"])
    words = told("show", {"path": "hello/hello.salesflow.yaml", "variants": True}, ground)
    assert "is larger than what may be read, which is `hello`" in words


def test_scenarios_deals_and_versions_stay_inside(folder: Path, ground: Ground) -> None:
    file = str(outside(folder))
    hello = "hello/hello.salesflow.yaml"
    (folder / "link.salesflow.yaml").symlink_to(file)
    for path in (file, "link.salesflow.yaml", "../secret.salesflow.yaml"):
        for name, arguments in [
            ("simulate", {"path": "smb", "scenarios": [path]}),
            ("diff", {"old": path, "new": hello}),
            ("diff", {"old": hello, "new": path}),
            ("diff", {"old_text": "salesflow: 1", "new": path}),
            ("draw", {"path": hello, "against": path}),
        ]:
            words = told(name, arguments, ground)
            assert SECRET not in words
            assert "outside" in words or "no `..`" in words, words
    for name, arguments in [
        ("draw", {"path": hello, "result": file}),
        ("diff", {"old": "smb/smb.salesflow.yaml", "new": hello, "deals": file}),
    ]:
        words = told(name, arguments, ground)
        assert SECRET not in words
        assert "outside" in words


@given(st.lists(st.sampled_from(["..", ".", "/", "a", "~", "\\", "C:", "%2e%2e", " "]), max_size=8))
def test_no_path_at_all_leads_out(parts: list[str]) -> None:
    ground = ground_of(["."])
    try:
        path = placed(ground, "/".join(parts))
    except UsageError:
        return
    assert os.path.commonpath([ground.roots[0], os.path.realpath(path)]) == ground.roots[0]


def test_a_root_that_is_no_folder_is_told(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"`--root nowhere`: there is no such folder."):
        ground_of(["nowhere"])
