"""Both versions of each process: of paths, revisions, folders, and of a branch and its base."""

import shutil
import subprocess
from pathlib import Path

import pytest

from salesflow.changes.named import Opened, Place, split
from salesflow.changes.versions import Versions, since, versions
from salesflow.errors import LoadError, UsageError
from salesflow.schema.assembly import Assembly
from salesflow.source.limits import DEFAULT_LIMITS
from tests.source.git_made import Made, made

ORGANIZATION = (
    "salesflow: 1\norganization: acme\ndepartments: {sales: {roles: {rep: {people: 2}}}}\n"
)


def process(name: str, *, people: int = 2, use: str = "", step: str = "call") -> str:
    roles = "" if use else f"departments: {{sales: {{roles: {{rep: {{people: {people}}}}}}}}}\n"
    return (
        f"salesflow: 1\nprocess: {name}\n{use}\n{roles}sources: {{web: {{start: {step}}}}}\n"
        f"steps:\n  {step}: {{by: rep, next: won}}\noutcomes: {{won: {{kind: won}}}}\n"
    )


def variant(name: str, of: str, *, people: int = 3) -> str:
    return (
        f"salesflow: 1\nvariant: {name}\nof: {of}.salesflow.yaml\n"
        f"change: {{departments.sales.roles.rep.people: {people}}}\n"
    )


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    return made(tmp_path / "repo", monkeypatch)


def told(found: tuple[Versions, ...]) -> list[str]:
    """`old -> new` of each pair, files without their ending; `=` where the texts are the same."""
    return [
        each.name.removesuffix(".salesflow.yaml") + " ="
        if each.same
        else " -> ".join(
            side.file.removesuffix(".salesflow.yaml") if side else "nothing"
            for side in (each.old, each.new)
        )
        for each in found
    ]


def refused(old: str, new: str, at: str | None = None) -> str:
    with pytest.raises(UsageError) as problem:
        versions(old, new, at=at)
    return str(problem.value)


def since_refused(base: str, *paths: str) -> str:
    with pytest.raises(UsageError) as problem:
        since(base, paths or ["."])
    return str(problem.value)


# ------------------------------------------------------------------------------ two names


def test_two_files(repo: Made) -> None:
    repo.write("a.yaml", process("smb"))
    repo.write("b.yaml", process("smb", people=3))
    [found] = versions("a.yaml", "b.yaml")
    assert (found.name, found.same) == ("b.yaml", False)
    assert found.old is not None
    assert found.new is not None
    people = [side.roles["rep"].people for side in (found.old, found.new)]
    assert people == [2, 3]
    [found] = versions("a.yaml", "a.yaml")
    assert found.old == found.new


def test_revisions_from_the_top_and_from_here(repo: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit(flows__a=process("smb"))
    repo.commit(flows__a=process("smb", people=3))
    monkeypatch.chdir("flows")
    for old in ("HEAD~1:flows/a.salesflow.yaml", "HEAD~1:./a.salesflow.yaml"):
        [found] = versions(old, "a.salesflow.yaml")
        assert found.old is not None
        assert found.old.file == "HEAD~1:flows/a.salesflow.yaml"
        assert found.old.roles["rep"].people == 2
        assert found.new is not None
        assert found.new.roles["rep"].people == 3
    assert told(versions("HEAD~1:", "HEAD:")) == ["HEAD~1:flows/a -> HEAD:flows/a"]
    assert told(versions("HEAD~1:flows", ".")) == ["HEAD~1:flows/a -> a"]
    assert told(versions("HEAD:flows", ".")) == ["a ="]
    assert refused("HEAD:a.salesflow.yaml", "a.salesflow.yaml") == (
        "There is no `a.salesflow.yaml` at the top of `HEAD`. From here, write "
        "`HEAD:./a.salesflow.yaml`."
    )


def test_standard_input_may_be_either(repo: Made) -> None:
    repo.write("a.yaml", process("smb"))
    text = process("smb", people=3).encode()
    [found] = versions("a.yaml", "-", stdin=text)
    assert told((found,)) == ["a.yaml -> <stdin>"]
    assert told(versions("-", "a.yaml", stdin=text)) == ["<stdin> -> a.yaml"]
    assert refused("-", "-") == "Only one version can come from standard input."


def test_what_is_not_there_is_a_change(repo: Made) -> None:
    repo.write("a.yaml", process("smb"))
    assert told(versions("/dev/null", "a.yaml")) == ["nothing -> a.yaml"]
    assert told(versions("a.yaml", "/dev/null")) == ["a.yaml -> nothing"]
    assert "Neither version is there" in refused("/dev/null", "/dev/null")


@pytest.mark.parametrize(
    ("old", "message"),
    [
        ("main", "There is no file or folder `main` here. Of a revision, name a file or folder: `main:PATH`."),
        ("nope:a.salesflow.yaml", "There is no revision `nope` here. `git log --oneline` lists commits."),
        ("HEAD:b.salesflow.yaml", "`HEAD:b.salesflow.yaml` cannot be read: there is no such file. Did you mean `a.salesflow.yaml`?"),
        ("HEAD:../a.salesflow.yaml", "`HEAD:../a.salesflow.yaml` leads out of the repository."),
        ("HEAD:/etc/passwd", "`HEAD:/etc/passwd` leads out of the repository."),
        (":a.salesflow.yaml", "`` is no revision: name a branch, a tag or a commit."),
        ("--exec=x:a", "`--exec=x` is no revision: name a branch, a tag or a commit."),
        ("HEAD:", "`HEAD:` and `a.salesflow.yaml`: name two files or two folders."),
        ("C:\\flows\\a.yaml", "`C:\\flows\\a.yaml` cannot be read: there is no such file."),
        ("b.salesflow.yaml", "`b.salesflow.yaml` cannot be read: there is no such file. Did you mean `a.salesflow.yaml`?"),
        ("C:/flows/a.yaml", "`C:/flows/a.yaml` cannot be read: there is no such file."),
    ],
)  # fmt: skip
def test_what_cannot_be_read(repo: Made, old: str, message: str) -> None:
    repo.commit(a=process("smb"))
    assert refused(old, "a.salesflow.yaml") == message


def test_a_file_goes_before_a_revision(repo: Made) -> None:
    repo.commit(a=process("smb"))
    repo.write("HEAD:a.salesflow.yaml", process("smb", people=3))
    [found] = versions("HEAD:a.salesflow.yaml", "a.salesflow.yaml")
    assert found.old is not None
    assert found.old.roles["rep"].people == 3


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("HEAD:a", ("HEAD", ":", "a")),
        ("HEAD@{10:00}:a:b", ("HEAD@{10:00}", ":", "a:b")),
        ("HEAD^{/fix: it}:a", ("HEAD^{/fix: it}", ":", "a")),
        ("HEAD:", ("HEAD", ":", "")),
        ("flows/a.yaml", ("", "", "flows/a.yaml")),
        ("C:\\a", ("", "", "C:\\a")),
        ("c:/a", ("", "", "c:/a")),
        ("x:a", ("x", ":", "a")),
    ],
)
def test_names_of_revisions(name: str, parts: tuple[str, str, str]) -> None:
    assert split(name) == parts


def test_outside_of_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(process("smb"))
    assert "lies in no git repository" in refused("HEAD:a.yaml", "a.yaml")
    assert "lies in no git repository" in since_refused("HEAD", "a.yaml")


def test_copies_are_read_as_if_they_stood_there(repo: Made, tmp_path: Path) -> None:
    """As git hands them to a difftool: one or both in a folder for what is passing."""
    repo.commit(org=ORGANIZATION, flows__a=process("smb", use="use: [../org.salesflow.yaml]"))
    copy = tmp_path / "copy.yaml"
    shutil.copy("flows/a.salesflow.yaml", copy)
    at = "flows/a.salesflow.yaml"
    assert told(versions(str(copy), at, at=at)) == ["old:flows/a -> flows/a"]
    assert told(versions(str(copy), str(copy), at=at)) == ["old:flows/a -> new:flows/a"]
    assert told(versions("/dev/null", at, at=at)) == ["nothing -> flows/a"]
    with pytest.raises(LoadError):
        versions(str(copy), at)
    copy.write_text("salesflow: 1\nprocess: [\n")
    with pytest.raises(LoadError) as problem:
        versions(str(copy), at, at=at)
    assert {finding.file for finding in problem.value.findings} == {f"old:{at}"}


# -------------------------------------------------------------------------------- folders


def test_folders_are_paired_by_file_then_process_then_likeness(repo: Made) -> None:
    texts = {
        "old/same": process("same"),
        "new/same": process("same"),
        "old/edited": process("edited"),
        "new/edited": process("edited", people=3),
        "old/moved": process("moved"),
        "new/deeper/moved": process("moved", people=5),
        "old/both": process("both"),
        "new/otherwise": process("otherwise"),
        "old/gone": "salesflow: 1\nprocess: gone\nsources: {x: {start: h}}\nsteps: {h: {next: z}}\noutcomes: {z: {kind: lost}}\n",
    }
    for name, text in texts.items():
        repo.write(f"{name}.salesflow.yaml", text)
    repo.write(
        "new/added.salesflow.yaml", texts["old/gone"].replace("gone", "added").replace("h", "w")
    )
    found = versions("old", "new")
    assert told(found) == [
        "nothing -> new/added",
        "old/moved -> new/deeper/moved",
        "old/edited -> new/edited",
        "old/gone -> nothing",
        "old/both -> new/otherwise",
        "new/same =",
    ]
    assert [each.notes for each in found if each.notes] == [
        ("`old/moved.salesflow.yaml` is now `new/deeper/moved.salesflow.yaml`.",),
        ("`old/both.salesflow.yaml` is taken for `new/otherwise.salesflow.yaml`: they say much the same.",),
    ]  # fmt: skip


def test_a_process_called_alike_twice_is_paired_by_nothing_but_its_file(repo: Made) -> None:
    for name in ("old/a", "old/b", "new/c"):
        repo.write(f"{name}.salesflow.yaml", process("twin", step=f"step_{name[-1]}"))
    assert told(versions("old", "new")) == ["old/b -> nothing", "old/a -> new/c"]


def test_variants_are_compared_as_variants(repo: Made) -> None:
    for side, people in (("old", 3), ("new", 4)):
        repo.write(f"{side}/a.salesflow.yaml", process("smb"))
        repo.write(f"{side}/v.salesflow.yaml", variant("v", "a", people=people))
    found = versions("old", "new")
    assert told(found) == ["new/a =", "old/v -> new/v"]
    assert [side.roles["rep"].people for side in (found[1].old, found[1].new) if side] == [3, 4]
    [crossed] = versions("new/a.salesflow.yaml", "new/v.salesflow.yaml")
    assert [side.roles["rep"].people for side in (crossed.old, crossed.new) if side] == [2, 4]


def test_a_change_of_what_is_used_is_a_change_of_its_users(repo: Made) -> None:
    repo.commit(org=ORGANIZATION, a=process("a", use="use: [org.salesflow.yaml]"), b=process("b"))
    repo.write("org.salesflow.yaml", ORGANIZATION.replace("2", "7"))
    assert told(since("HEAD")) == ["HEAD:a -> a", "b ="]


def test_processes_that_are_only_run_are_compared_in_their_users(repo: Made) -> None:
    part = process("part").replace("kind: won", "kind: done")
    user = process("user", use="use: [part.salesflow.yaml]").replace(
        "call: {by: rep, next: won}", "call: {run: part, next: {won: won}}"
    )
    repo.commit(part=part, user=user)
    repo.write("part.salesflow.yaml", part.replace("people: 2", "people: 3"))
    assert told(since("HEAD")) == ["HEAD:user -> user"]
    assert told(since("HEAD", ["part.salesflow.yaml"])) == ["HEAD:part -> part"]
    assert told(since("HEAD", [".", "part.salesflow.yaml"])) == [
        "HEAD:part -> part",
        "HEAD:user -> user",
    ]
    repo.write("user.salesflow.yaml", process("user"))
    assert told(since("HEAD")) == ["HEAD:part -> part", "HEAD:user -> user"]  # now by itself


def test_other_kinds_are_no_processes(repo: Made) -> None:
    for side in ("old", "new"):
        repo.write(f"{side}/a.salesflow.yaml", process("smb"))
        repo.write(f"{side}/o.salesflow.yaml", ORGANIZATION)
        repo.write(f"{side}/s.salesflow.yaml", "salesflow: 1\nscenario: s\nof: a.salesflow.yaml\n")
        repo.write(f"{side}/t.salesflow.yaml", "salesflow: 1\ntests: t\nof: a.salesflow.yaml\n")
    assert told(versions("old", "new")) == ["new/a ="]
    with pytest.raises(LoadError, match="organization: acme"):
        versions("old/o.salesflow.yaml", "new/o.salesflow.yaml")


def test_a_named_file_that_is_no_process_is_never_no_change(repo: Made) -> None:
    repo.commit(org=ORGANIZATION, a=process("a", use="use: [org.salesflow.yaml]"))
    repo.write("org.salesflow.yaml", ORGANIZATION.replace("2", "7"))
    message = since_refused("HEAD", "org.salesflow.yaml")
    assert "holds `organization: acme`, not a process. Name the folder" in message


def test_folders_without_processes(repo: Made) -> None:
    Path("old").mkdir()
    Path("new").mkdir()
    assert refused("old", "new") == (
        "There are no process files (*.salesflow.yaml) in `old` and `new`."
    )


# ------------------------------------------------------------------------------- a branch


def test_files_now_and_where_the_branch_began(repo: Made) -> None:
    repo.commit(flows__a=process("a"), flows__b=process("b"), other__c=process("c"))
    repo.git("switch", "--quiet", "--create", "topic")
    repo.commit(flows__a=process("a", people=3))
    repo.git("switch", "--quiet", "main")
    repo.commit(flows__b=process("b", people=9))  # no change of the branch
    repo.git("switch", "--quiet", "topic")
    repo.write("other/c.salesflow.yaml", process("c", people=4))  # not even committed
    began = repo.git("rev-parse", "--short=12", "main~1")
    assert told(since("main")) == [
        f"{began}:flows/a -> flows/a",
        "flows/b =",
        f"{began}:other/c -> other/c",
    ]
    assert told(since("main", ["flows"])) == [f"{began}:flows/a -> flows/a", "flows/b ="]
    assert told(since("main", ["flows/b.salesflow.yaml"])) == ["flows/b ="]
    assert told(since("HEAD", ["flows", "flows/a.salesflow.yaml"])) == ["flows/a =", "flows/b ="]


def test_added_deleted_and_renamed_files(repo: Made) -> None:
    odd = process("odd").replace("web", "fair").replace("rep", "agent").replace("call", "ring")
    repo.commit(a=process("a"), b=odd, c=process("c"))
    Path("a.salesflow.yaml").rename("sub.salesflow.yaml")
    Path("b.salesflow.yaml").unlink()
    repo.write(
        "new.salesflow.yaml",
        "salesflow: 1\nprocess: new\nsources: {s: {start: t}}\nsteps: {t: {next: u}}\noutcomes: {u: {kind: lost}}\n",
    )
    everything = ["HEAD:b -> nothing", "c =", "nothing -> new", "HEAD:a -> sub"]
    assert told(since("HEAD")) == everything
    for name, expected in [
        ("sub", "HEAD:a -> sub"),
        ("a", "HEAD:a -> sub"),
        ("b", "HEAD:b -> nothing"),
        ("new", "nothing -> new"),
        ("c", "c ="),
    ]:
        assert told(since("HEAD", [f"{name}.salesflow.yaml"])) == [expected]
    files = [f"{name}.salesflow.yaml" for name in ("a", "b", "c", "new", "sub")]
    assert told(since("HEAD", files)) == everything
    assert since_refused("HEAD", "never.salesflow.yaml") == (
        "`never.salesflow.yaml` is there neither now nor in `HEAD`: nothing can be compared."
    )


def test_folders_that_come_and_go(repo: Made) -> None:
    repo.commit(old__a=process("a"))
    shutil.rmtree("old")
    repo.write("new/b.salesflow.yaml", process("b", step="ring"))
    assert told(since("HEAD", ["old"])) == ["HEAD:old/a -> nothing"]
    assert told(since("HEAD", ["new"])) == ["nothing -> new/b"]
    Path("empty").mkdir()
    assert "in `empty`, neither now nor in `HEAD`" in since_refused("HEAD", "empty")


def test_files_are_named_as_given(repo: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit(flows__a=process("a"))
    repo.write("flows/a.salesflow.yaml", process("a", people=3))
    monkeypatch.chdir("flows")
    file = str(repo.folder / "flows" / "a.salesflow.yaml")
    for path, name in [
        (".", "a.salesflow.yaml"),
        ("../flows", "../flows/a.salesflow.yaml"),
        ("a.salesflow.yaml", "a.salesflow.yaml"),
        (file, file),
    ]:
        [found] = since("HEAD", [path])
        assert (found.name, found.old and found.old.file) == (name, "HEAD:flows/a.salesflow.yaml")


def test_through_a_link_to_the_folder(repo: Made, tmp_path: Path) -> None:
    repo.commit(flows__a=process("a"))
    repo.write("flows/a.salesflow.yaml", process("a", people=3))
    link = tmp_path / "link"
    link.symlink_to(repo.folder)
    for path in (link, link / "flows", link / "flows" / "a.salesflow.yaml"):
        [found] = since("HEAD", [str(path)])
        assert found.old is not None
        assert found.old.file == "HEAD:flows/a.salesflow.yaml"


def test_what_git_ignores_is_no_change(repo: Made) -> None:
    repo.write(".gitignore", "built/\n")
    repo.commit(a=process("a"))
    repo.write("built/a.salesflow.yaml", process("a"))
    assert told(since("HEAD")) == ["a ="]
    assert told(since("HEAD", ["built/a.salesflow.yaml"])) == ["nothing -> built/a"]  # named


def test_what_a_sparse_checkout_leaves_out_was_not_deleted(repo: Made) -> None:
    repo.commit(in__a=process("a"), out__b=process("b"))
    repo.commit(in__a=process("a", people=3))
    repo.git("sparse-checkout", "set", "in")
    assert not Path("out").exists()
    assert told(since("HEAD~1")) == ["HEAD~1:in/a -> in/a"]
    repo.git("sparse-checkout", "disable")
    repo.commit(out__b=process("b", people=3))
    repo.git("sparse-checkout", "set", "in")
    assert since_refused("HEAD~1") == (
        "`out/b.salesflow.yaml` changed since `HEAD~1`, and this sparse checkout leaves it out: "
        "`git sparse-checkout add` its folder."
    )


def test_submodules_are_left_to_themselves(
    repo: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = made(tmp_path / "other", monkeypatch)
    other.commit(x=process("x"))
    monkeypatch.chdir(repo.folder)
    repo.commit(a=process("a"))
    repo.git("submodule", "--quiet", "add", f"file://{other.folder}", "vendor")
    repo.commit()
    assert told(since("HEAD~1")) == ["a ="]
    assert told(since("HEAD", ["vendor"])) == ["vendor/x ="]  # in its own repository


def test_a_bare_repository_has_no_files_of_today(
    repo: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit(a=process("a"))
    repo.commit(a=process("a", people=3))
    bare = repo.clone(tmp_path / "bare.git", "--bare")
    monkeypatch.chdir(bare.folder)
    assert "lies in a bare repository" in since_refused("main", ".")
    assert told(versions("main~1:a.salesflow.yaml", "main:a.salesflow.yaml")) == [
        "main~1:a -> main:a"
    ]


def test_standard_input_has_no_earlier_version(repo: Made) -> None:
    assert "Standard input has no earlier version" in since_refused("HEAD", "-")


def test_odd_paths_are_never_a_removal(repo: Made) -> None:
    repo.commit(flows__a=process("a"))
    assert "A path is empty" in since_refused("HEAD", "")
    assert "cannot be read" in since_refused("HEAD", "flows/a.salesflow.yaml/")
    assert told(since("HEAD", ["flows/"])) == ["flows/a ="]
    (repo.folder / "flows/a.salesflow.yaml").unlink()
    (repo.folder / "flows/a.salesflow.yaml").symlink_to("gone.yaml")
    assert "cannot be read" in since_refused("HEAD", "flows/a.salesflow.yaml")
    assert "cannot be read" in since_refused("HEAD", "flows")


# --------------------------------------------------------------------- what does not load


def test_all_that_does_not_load_on_either_side_is_told(repo: Made) -> None:
    bad = process("bad").replace("steps:", "stps:")
    repo.commit(a=bad, b=process("b"), c="salesflow: 1\nprocess: [\n", d=bad)
    repo.write("a.salesflow.yaml", process("bad"))
    repo.write("b.salesflow.yaml", process("b").replace("outcomes", "outcoms"))
    with pytest.raises(LoadError) as problem:
        since("HEAD")
    files = {finding.file for finding in problem.value.findings}
    assert files == {"HEAD:a.salesflow.yaml", "b.salesflow.yaml"}  # c and d did not change
    assert files <= problem.value.texts.keys()
    with pytest.raises(LoadError):
        versions("HEAD:d.salesflow.yaml", "d.salesflow.yaml")  # but they were asked for


def test_a_missing_object_is_never_no_change(repo: Made) -> None:
    repo.commit(a=process("a"))
    repo.commit(a=process("a", people=3))
    repo.object_file("HEAD~1:a.salesflow.yaml").unlink()
    assert "git fsck" in since_refused("HEAD~1", ".")
    assert "git fsck" in since_refused("HEAD~1", "a.salesflow.yaml")
    assert "git fsck" in refused("HEAD~1:a.salesflow.yaml", "a.salesflow.yaml")


def test_limits_hold_on_both_sides(repo: Made) -> None:
    repo.commit(a=process("a"))
    repo.write("a.salesflow.yaml", process("a", people=3))
    with pytest.raises(LoadError, match="limit-exceeded"):
        since("HEAD", limits=DEFAULT_LIMITS._replace(nodes=5))


@pytest.mark.parametrize("use", ["use", '"use"', '"\\x75se"', "? use\n", "&a use"])
def test_what_is_used_is_seen_however_it_is_written(repo: Made, use: str) -> None:
    repo.commit(org=ORGANIZATION, a=process("a", use=f"{use}: [org.salesflow.yaml]"))
    repo.write("org.salesflow.yaml", ORGANIZATION.replace("2", "7"))
    try:
        found = since("HEAD")
    except LoadError:
        return  # not in this way: then it is told, and never the same
    assert told(found) == ["HEAD:a -> a"]


def test_files_that_did_not_change_are_not_read(
    repo: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit(a=process("a"), b=process("b"), c=process("c"))
    repo.write("b.salesflow.yaml", process("b", people=3))
    read: list[str] = []
    real = Opened.assembly

    def assembly(opened: Opened, place: Place) -> Assembly:
        read.append(place.shown)
        return real(opened, place)

    monkeypatch.setattr(Opened, "assembly", assembly)
    assert told(since("HEAD")) == ["a =", "HEAD:b -> b", "c ="]
    assert read == ["HEAD:b.salesflow.yaml", "b.salesflow.yaml"]
    assert told(since("HEAD", every=True)) == ["HEAD:a -> a", "HEAD:b -> b", "HEAD:c -> c"]


def test_line_ends_are_no_change(repo: Made) -> None:
    repo.commit(a=process("a"))
    (repo.folder / "a.salesflow.yaml").write_bytes(process("a").replace("\n", "\r\n").encode())
    assert told(since("HEAD")) == ["a ="]


def test_many_files_take_few_calls_of_git(repo: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [f"flows/f{number}.salesflow.yaml" for number in range(60)]
    for number, file in enumerate(files):
        repo.write(file, process(f"p{number}"))
    repo.commit()
    repo.write(files[0], process("p0", people=3))
    calls: list[list[str]] = []
    real = subprocess.Popen

    class Counted(real):  # type: ignore[valid-type, misc]
        def __init__(self, arguments: list[str], *rest: object, **options: object) -> None:
            calls.append(arguments)
            super().__init__(arguments, *rest, **options)

    monkeypatch.setattr(subprocess, "Popen", Counted)
    for paths in ([], files):
        calls.clear()
        found = since("HEAD", paths or ["."])
        assert [each.name for each in found if not each.same] == files[:1]
        assert len(found) == 60
        assert len(calls) <= 7
