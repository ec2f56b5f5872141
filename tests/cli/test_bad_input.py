"""Files made to do harm, and files damaged by accident, through the real command line.

Whatever stands in a file: no traceback, no hang, no flood of memory, nothing that a terminal or a
CI system would take for a command, and a message with file, line and column that says what to do.
"""

import gzip
import os
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from salesflow.cli.command import run

SECONDS = 20
MEMORY = 500 * 1024 * 1024  # bytes of address space

SMB = """\
salesflow: 1
process: smb
sources: {inbound: {start: call}}
steps:
  call: {by: sales, next: {interested: demo, not_a_fit: lost}}
  demo: {by: sales, next: {buys: won, passes: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
HEAD = """\
salesflow: 1
process: big
sources: {inbound: {start: first}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
steps:
"""
FIELD = "data: {x: {type: number}}\n"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "project").mkdir()
    monkeypatch.chdir(tmp_path / "project")
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    Path("salesflow.toml").write_text("")


def confined() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def call(*arguments: str, stdin: bytes = b"", **environment: str) -> tuple[int, str]:
    """Exit code and output of a confined process; a hang fails the test."""
    done = subprocess.run(
        [sys.executable, "-m", "salesflow", *arguments],
        input=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=SECONDS,
        preexec_fn=confined,
        env={**os.environ, **environment},
        check=False,
    )
    return done.returncode, harmless(done.stdout.decode("utf-8"))


def harmless(output: str) -> str:
    """The output, once it is sure that it commands nothing."""
    assert "Traceback" not in output
    assert "a fault of salesflow" not in output
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]", output
    )
    return output


def commands(output: str) -> list[str]:
    """The lines that a CI system would obey."""
    return [row for row in output.splitlines() if row.lstrip().startswith(("::", "##["))]


def checked(text: str | bytes, name: str = "a.yaml") -> tuple[int, str]:
    Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
    code, output = call("check", name)
    assert commands(output) == []
    return code, output


def refused(text: str | bytes, rule: str, place: str, message: str) -> None:
    """The file is refused with this rule, place and message, and a hint."""
    code, output = checked(text)
    assert code == 1
    assert f"error[{rule}]: {message}" in output
    assert f"--> a.yaml:{place}\n" in output
    assert "= help: " in output


def steps(count: int, row: str) -> str:
    return HEAD + "".join(row.format(i=i, j=i + 1) for i in range(count))


def expression(text: str) -> str:
    return (
        f"{HEAD}  first: {{next: {{one: {{to: won, when: {text}}}, "
        f"two: {{to: lost, otherwise: true}}}}}}\n{FIELD}"
    )


DEEP = "The text is nested deeper than 64 levels."

HARMFUL = {
    "lists in lists": ("- " * 50_000, "limit-exceeded", "1:129", DEEP),
    "open brackets": ("[" * 50_000, "limit-exceeded", "1:1001", DEEP),
    "open braces": ("{" * 50_000, "limit-exceeded", "1:1001", DEEP),
    "maps in maps": ("{a: " * 50_000, "limit-exceeded", "1:257", DEEP),
    "keys of keys": ("? " * 50_000, "limit-exceeded", "1:129", DEEP),
    "alias bomb": (
        SMB + "x-a: &a [x, x]\nx-b: &b [*a, *a]\nx-c: [*b, *b]\n",
        "refused-yaml",
        "8:6",
        "Anchors (`&name`) are not part of the language.",
    ),
    "merge bomb": (
        SMB + "x-a: &a {x: 1}\nx-b: {<<: [" + "*a, " * 50_000 + "*a]}\n",
        "refused-yaml",
        "9:7",
        "Merge keys (`<<`) are not part of the language.",
    ),
    "a number of a million digits": (
        SMB.replace("call}", "call, cost: " + "9" * 10**6 + "}"),
        "limit-exceeded",
        "3:40",
        "A number has at most 18 digits.",
    ),
    "20,000 times one key": (
        SMB + "x-a: 1\n" * 20_000,
        "duplicate-key",
        "9:1",
        "`x-a` stands twice in the same place; only one can count.",
    ),
    "tab": (
        SMB.replace("  demo", "\tdemo"),
        "syntax",
        "6:1",
        "A tab cannot indent YAML.",
    ),
    "UTF-16": (
        SMB.encode("utf-16"),
        "syntax",
        "1:1",
        "This file is saved as UTF-16, and salesflow reads UTF-8.",
    ),
    "NUL": (
        SMB.replace("demo, ", "demo\0, "),
        "syntax",
        "5:44",
        "This character (U+0000) cannot stand in a text file.",
    ),
    "nothing but NUL": (
        b"\0" * 2_000_000,
        "syntax",
        "1:1",
        "This character (U+0000) cannot stand in a text file.",
    ),
    "picture": (
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        "syntax",
        "1:1",
        "This is no text file.",
    ),
    "gzip": (
        gzip.compress(SMB.encode(), mtime=0),
        "syntax",
        "1:2",
        "This is no text file.",
    ),
    "too large": (
        b"#" * (17 * 1024 * 1024),
        "limit-exceeded",
        "1:1",
        "The file has more than 16 MB.",
    ),
    "id of 300 characters": (
        SMB.replace("demo", "d" * 300),
        "limit-exceeded",
        "6:3",
        f"The id `{'d' * 39}…` is longer than 64 characters.",
    ),
    "look-alike letter": (
        SMB.replace("demo: {", "d\u0435mo: {"),
        "schema",
        "6:3",
        "The id `d\u0435mo` contains `\u0435` (U+0435, cyrillic small letter ie); "
        "ids are of a to z, 0 to 9 and `_`.",
    ),
    "zero width space": (
        SMB.replace("demo: {", "de\u200bmo: {"),
        "schema",
        "6:3",
        "The id `de\\u200bmo` contains U+200B, zero width space; ids are of a to z, 0 to 9 and `_`.",
    ),
    "expression of 5,000 operands": (
        expression(" and ".join(["x > 1"] * 5000)),
        "limit-exceeded",
        "6:39",
        "An expression has at most 4096 characters, this has 49995.",
    ),
    "1,000 parentheses": (
        expression("(" * 1000 + "x > 1" + ")" * 1000),
        "limit-exceeded",
        "6:71",
        "Parentheses, `not` and signs nest at most 32 deep.",
    ),
    "number of 300 digits in an expression": (
        expression("x > " + "9" * 300),
        "limit-exceeded",
        "6:43",
        "A number has at most 18 digits.",
    ),
    "day that is none": (
        SMB + "start_date: 2024-02-30\n",
        "bad-unit",
        "8:13",
        "`start_date` must be a day such as `2026-12-25`, not `2024-02-30`.",
    ),
    "itself": (
        SMB + "use: [a.yaml]\n",
        "schema",
        "8:7",
        "`a.yaml` refers to itself.",
    ),
    "based on itself": (
        "salesflow: 1\nvariant: v\nof: a.yaml\n",
        "schema",
        "3:5",
        "`a.yaml` refers to itself.",
    ),
    "a file outside": (
        SMB + "use: [../../../../../../../../../etc/passwd]\n",
        "unknown-name",
        "8:7",
        "`../../../../../../../../../etc/passwd` lies outside the project.",
    ),
    "an absolute file": (
        SMB + "use: [/etc/passwd]\n",
        "unknown-name",
        "8:7",
        "`/etc/passwd` is no relative path.",
    ),
    "a file that is missing": (
        SMB + "use: [acme.yaml]\n",
        "unknown-name",
        "8:7",
        "There is no file `acme.yaml` here.",
    ),
    "2,000 files that are missing": (
        SMB + "use:\n" + "".join(f"  - n{i}.yaml\n" for i in range(2000)),
        "unknown-name",
        "9:5",
        "There is no file `n0.yaml` here.",
    ),
    "20,000 steps with four mistakes each": (
        steps(20_000, "  s{i}: {{by: 3, nxt: won, effort: 2 hours, next: [a]}}\n"),
        "schema",
        "6:12",
        "`by` must be one id, not `3`.",
    ),
    "20,000 steps that lead nowhere": (
        steps(20_000, "  s{i}: {{by: sales, next: nowhere{i}}}\n"),
        "unknown-name",
        "6:25",
        "There is no step or outcome called `nowhere0`.",
    ),
    "20,000 wrong ids": (
        steps(20_000, "  S-{i}: {{by: sales, next: won}}\n"),
        "schema",
        "6:3",
        "`S-0` is no id: small letters, digits and `_`, a letter first.",
    ),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_harm_is_refused_at_its_place(name: str) -> None:
    refused(*HARMFUL[name])


LARGE = {
    "a block of 10,000 branches": (
        HEAD
        + "  first:\n    parallel:\n"
        + "".join(
            f"      b{i}: {{steps: {{x: {{by: sales, next: done}}}}}}\n" for i in range(10_000)
        )
        + "    next: won\n"
    ),
    "20,000 steps in a row": (
        steps(1, "  first: {{next: s0}}\n")
        + "".join(f"  s{i}: {{by: sales, next: s{i + 1}}}\n" for i in range(20_000))
        + "  s20000: {by: sales, next: {sold: won, not_sold: lost}}\n"
    ),
    "20,000 results": (
        f"{HEAD}  first: {{next: {{{', '.join(f'r{i}: won' for i in range(20_000))}}}}}\n"
    ),
    "4 kB of conditions": expression(" or ".join(f"x > {i}" for i in range(380))),
    "a text of 15 MB": SMB + "description: " + "x" * (15 * 1024 * 1024) + "\n",
    "a byte order mark": "\ufeff" + SMB,
}


@pytest.mark.parametrize("name", LARGE)
def test_what_is_only_large_is_checked(name: str) -> None:
    code, output = checked(LARGE[name])
    assert code in (0, 1)
    assert "[syntax]" not in output
    assert "[schema]" not in output
    assert "[limit-exceeded]" not in output


def blocks(depth: int) -> str:
    """Blocks in blocks: four levels of text each."""
    inner = "{by: sales, next: done}"
    for _ in range(depth - 1):
        inner = f"{{parallel: {{b: {{steps: {{x: {inner}}}}}}}, next: done}}"
    return f"{HEAD}  first: {{parallel: {{b: {{steps: {{x: {inner}}}}}}}, next: won}}\n"


def test_deep_blocks_work_in_every_verb() -> None:
    Path("deep.yaml").write_text(blocks(14))
    assert call("check", "deep.yaml")[0] == 0
    code, shown = call("show", "deep.yaml", "--as", "yaml")
    assert code == 0
    Path("again.yaml").write_text(shown)
    assert call("check", "again.yaml")[0] == 0
    for verb in (["show"], ["show", "--as", "json"], ["show", "--department", "sales"], ["draw"]):
        assert call(*verb, "deep.yaml")[0] == 0


def test_blocks_deeper_than_allowed_are_refused() -> None:
    code, output = checked(blocks(16))
    assert code == 1
    assert DEEP in output


def test_a_file_cut_anywhere_is_checked_or_refused(capsys: pytest.CaptureFixture[str]) -> None:
    text = (
        Path(__file__).parents[2] / "examples/enterprise/enterprise.salesflow.yaml"
    ).read_bytes()
    for end in range(0, len(text), 50):
        Path("a.yaml").write_bytes(text[:end])
        assert run(["check", "a.yaml", "--format", "concise"]) == 1
        output = harmless(capsys.readouterr().out)
        assert re.match(r"a\.yaml:\d+:\d+: (error|warning|info) ", output), end


ESCAPES = "\\e[31mred\\r\\n::error file=x::gone\\n##[error]gone\\u202e\\u200b\\x9b2J"


@pytest.mark.parametrize(
    "text",
    [
        SMB.replace(
            "demo: {by: sales", f'demo: {{name: "{ESCAPES}", owner: "{ESCAPES}", by: sales'
        ),
        SMB.replace("next: {buys: won", f'next: {{"{ESCAPES}": won'),
        SMB.replace("buys: won", f'buys: "{ESCAPES}"'),
        SMB.replace("demo: {by", f'"{ESCAPES}": {{by'),
        SMB + f'"{ESCAPES}": 1\n',
        SMB + f'use: ["{ESCAPES}"]\n',
        SMB + f'data: {{x: {{type: "{ESCAPES}"}}}}\n',
        SMB + f'description: "{ESCAPES}"\ndescription: 1\n',
        SMB.replace("buys: won", f'buys: {{to: won, when: "{ESCAPES}"}}'),
        SMB + "::error file=x::gone\n##[error]gone\n",
    ],
)
def test_nothing_commands_a_terminal_or_a_ci_system(text: str) -> None:
    Path("a.yaml").write_text(text)
    for form in ("full", "concise", "json"):
        _, output = call("check", "a.yaml", "--format", form)
        assert commands(output) == []
    for verb in (["show"], ["show", "--as", "yaml"], ["show", "--as", "json"], ["draw"]):
        assert commands(call(*verb, "a.yaml")[1]) == []
    _, output = call("check", "a.yaml", GITHUB_ACTIONS="true")
    ours = r"::((error|warning|notice) file=a\.yaml,|notice title=salesflow::GitHub shows 10 )"
    assert all(re.match(ours, row) for row in commands(output))
    assert not any("gone" in row and row.startswith("::error file=x") for row in commands(output))


def test_names_of_files_command_nothing() -> None:
    name = "\x1b[31m\n::error::x\u202e.salesflow.yaml"
    Path(name).write_text(SMB.replace("interested: demo", "interested: demmo"))
    for arguments in (["."], [name], ["missing" + name], ["--format", "concise", "."]):
        code, output = call("check", *arguments)
        assert code in (1, 2)
        assert commands(output) == []


# What is no file to read: exit 2, and a sentence that names it.


def unread(*arguments: str, stdin: bytes = b"") -> str:
    code, output = call("check", *arguments, stdin=stdin)
    assert code == 2
    assert output.startswith("salesflow: ")
    assert output.count("\n") == 1
    return output


def test_special_files_are_not_opened() -> None:
    os.mkfifo("pipe.salesflow.yaml")
    assert "`pipe.salesflow.yaml` is no regular file" in unread("pipe.salesflow.yaml")
    assert "`pipe.salesflow.yaml` is no regular file" in unread(".")
    assert "`/dev/zero` is no regular file" in unread("/dev/zero")
    os.mkdir("folder.salesflow.yaml")
    assert "There are no *.salesflow.yaml files" in unread("folder.salesflow.yaml")
    assert "there is no such file" in unread("missing.yaml")


def test_used_special_files_are_not_opened() -> None:
    os.mkfifo("pipe.yaml")
    refused(SMB + "use: [pipe.yaml]\n", "unknown-name", "8:7", "`pipe.yaml` is no regular file.")
    refused(SMB + "use: [.., 'x']\n", "unknown-name", "8:7", "`..` lies outside the project.")


def test_links_do_not_lead_out(tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("salesflow: 1\norganization: secret\n")
    Path("link.yaml").symlink_to(secret)
    refused(
        SMB + "use: [link.yaml]\n", "unknown-name", "8:7", "`link.yaml` lies outside the project."
    )
    Path("round.yaml").symlink_to("round.yaml")
    code, output = checked(SMB + "use: [round.yaml]\n")
    assert code == 1
    assert "a.yaml:8:7" in output
    assert "round.yaml` cannot be read" in unread("round.yaml")


def test_folders_that_contain_themselves_are_searched_once() -> None:
    Path("a.salesflow.yaml").write_text(SMB)
    Path("again").symlink_to(".", target_is_directory=True)
    code, output = call("check", ".")
    assert (code, output.splitlines()[0]) == (0, "All clear: no findings in 1 file.")


def test_a_file_without_permission(monkeypatch: pytest.MonkeyPatch) -> None:
    # As root, permissions mean nothing: the operating system's answer is given by hand.
    Path("a.yaml").write_text(SMB)

    def closed(*_args: object, **_more: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", closed)
    assert run(["check", "a.yaml"]) == 2


def test_circles_of_files_are_told_as_circles() -> None:
    Path("b.yaml").write_text(SMB.replace("smb", "other") + "use: [a.yaml]\n")
    code, output = checked(SMB + "use: [b.yaml]\n")
    assert code == 1
    assert "These files refer to each other in a circle: `a.yaml` → `b.yaml` → `a.yaml`." in output
    for name, base in (("v.yaml", "w.yaml"), ("w.yaml", "v.yaml")):
        Path(name).write_text(f"salesflow: 1\nvariant: {name[0]}ar\nof: {base}\n")
    code, output = call("check", "v.yaml")
    assert code == 1
    assert "`v.yaml` → `w.yaml` → `v.yaml`" in output


def test_standard_input_may_be_anything() -> None:
    assert call("check", "-", stdin=SMB.encode())[0] == 0
    code, output = call("check", "-", stdin=bytes(range(256)) * 100)
    assert code == 1
    assert "This is no text file." in output
    assert "--> <stdin>:3:115\n" in output
    code, output = call("check", "-", stdin=b"")
    assert code == 1
    assert "The file is empty." in output


def test_standard_input_may_be_endless() -> None:
    with open("/dev/zero", "rb") as zero:
        done = subprocess.run(
            [sys.executable, "-m", "salesflow", "check", "-"],
            stdin=zero,
            capture_output=True,
            timeout=SECONDS,
            preexec_fn=confined,
            check=False,
        )
    assert done.returncode == 1
    assert b"more than 16 MB" in done.stdout


@pytest.mark.parametrize(
    "text",
    [
        "ignore = 3\n",
        "fail-on = [1]\n",
        "select = {a = 1}\n",
        "= = =\n",
        "preset = 1\n",
        "= " * 10**5,
    ],
)
def test_wrong_settings_are_exit_2(text: str) -> None:
    Path("a.yaml").write_text(SMB)
    Path("salesflow.toml").write_text(text)
    assert "salesflow.toml" in unread("a.yaml")


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"version": 9}', b"\xff\xfe", b"[" * 100_000, b'{"known": 3}']
)
def test_wrong_baselines_are_exit_2(content: bytes) -> None:
    Path("a.yaml").write_text(SMB)
    Path("known.json").write_bytes(content)
    assert "known.json" in unread("a.yaml", "--baseline", "known.json")
