"""Configuration of comparisons: what it may say, and what is said of a wrong one."""

from pathlib import Path

import pytest

from salesflow.changes.levels import Levels, Waiver, read_levels
from salesflow.checking.config import read_settings
from salesflow.errors import UsageError


def levels(folder: Path, text: str, name: str = "salesflow.toml") -> Levels:
    (folder / name).write_text(text, encoding="utf-8")
    return read_levels(str(folder / "deal.salesflow.yaml"))


WHOLE = """
fail-on = "check"
levels = {touchpoint-added = "safe", step-name = "none"}

[[{table}.waivers]]
rule = "touchpoint-requires-more"
path = "touchpoints.to_legal"
reason = "Agreed with legal."

[[{table}.waivers]]
rule = "step-removed"
path = "runs.credit.steps.papers.*"
process = "new_business"
reason = "The block is rebuilt."
"""


@pytest.mark.parametrize(
    ("table", "name"), [("diff", "salesflow.toml"), ("tool.salesflow.diff", "pyproject.toml")]
)
def test_everything_it_may_say(tmp_path: Path, table: str, name: str) -> None:
    read = levels(tmp_path, f"[{table}]" + WHOLE.replace("{table}", table), name)
    assert read == Levels(
        fail_on="check",
        levels={"touchpoint-added": "safe", "step-name": "none"},  # type: ignore[arg-type]
        waivers=(
            Waiver("touchpoint-requires-more", "touchpoints.to_legal", "Agreed with legal."),
            Waiver(
                "step-removed",
                "runs.credit.steps.papers.*",
                "The block is rebuilt.",
                "new_business",
            ),
        ),
        file=str(tmp_path / name),
    )


def test_a_check_does_not_judge_it(tmp_path: Path) -> None:
    (tmp_path / "salesflow.toml").write_text('preset = "all"\n[diff]\nfail-on = "x"\n')
    assert read_settings(str(tmp_path)).selection.preset == "all"


def test_without_it_everything_is_as_documented(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert read_levels(str(tmp_path)) == Levels()
    assert Levels().fail_on == "breaking"
    file = str(tmp_path / "salesflow.toml")
    assert levels(tmp_path, 'preset = "all"\n') == Levels(file=file)


_WAIVER = '[[diff.waivers]]\nrule = "step-removed"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("diff = 3", 'diff: a table is expected, e.g. {fail-on = "check"}.'),
        (
            "[diff]\nfailon = 'check'",
            "diff: there is no setting `failon`. Did you mean `fail-on`?",
        ),
        (
            "[diff]\nfail-on = 'braking'",
            "diff.fail-on: there is no `braking`: breaking, check, any, never.",
        ),
        (
            "[diff]\nlevels = 3",
            'diff.levels: a table is expected, e.g. {touchpoint-added = "safe"}.',
        ),
        (
            "[diff.levels]\ntouchpoint-require-more = 'safe'",
            "diff.levels: there is no rule `touchpoint-require-more`. "
            "Did you mean `touchpoint-requires-more`?",
        ),
        (
            "[diff.levels]\ntouchpoint-added = 'fine'",
            "diff.levels: `touchpoint-added` cannot be `fine`: "
            "breaking, check, safe, cosmetic, none.",
        ),
        (
            "[diff.levels]\ntouchpoint-added = ['safe']",
            "diff.levels: `touchpoint-added` cannot be `['safe']`: "
            "breaking, check, safe, cosmetic, none.",
        ),
        (
            "[diff]\nwaivers = 'all'",
            'diff.waivers: a list is expected, e.g. [{rule = "step-removed", path = "steps.demo", '
            'reason = "Agreed with sales."}].',
        ),
        (
            "[diff]\nwaivers = ['all']",
            "diff.waivers[1]: a table with `rule`, `path` and `reason` is expected.",
        ),
        (
            _WAIVER + "path = 'steps.demo'\n",
            "diff.waivers[1]: `reason` is missing: say why the change does not count.",
        ),
        (
            _WAIVER + "path = 'steps.demo'\nreason = ' '\n",
            "diff.waivers[1]: `reason` is a text, not ' '.",
        ),
        (
            _WAIVER + "path = 3\n",
            "diff.waivers[1]: `path` is a text, not 3.",
        ),
        (
            _WAIVER + "why = 'so'\n",
            "diff.waivers[1]: there is no `why`.",
        ),
        (_WAIVER + "reason = 'so'\n", "diff.waivers[1]: `path` is missing."),
        ("[[diff.waivers]]\npath = 'steps.demo'\n", "diff.waivers[1]: `rule` is missing."),
        (
            "[[diff.waivers]]\nrule = 'step-remove'\npath = 'steps.demo'\nreason = 'so'\n",
            "diff.waivers[1]: there is no rule `step-remove`. Did you mean `step-removed`?",
        ),
        (
            _WAIVER + "path = 'step.demo'\nreason = 'so'\n",
            "diff.waivers[1]: `step.demo` is no element path. Did you mean `steps.demo`?",
        ),
        (
            _WAIVER + "path = '*'\nreason = 'so'\n",
            "diff.waivers[1]: `*` is no element path. Write for example `steps.papers`.",
        ),
        (
            _WAIVER + "path = 'steps'\nreason = 'so'\n",
            "diff.waivers[1]: `steps` is no element path. Write for example `steps.papers`.",
        ),
    ],
)
def test_a_wrong_one_is_refused_with_file_and_key(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UsageError) as problem:
        levels(tmp_path, text)
    assert str(problem.value) == f"{tmp_path / 'salesflow.toml'}: {said}"


@pytest.mark.parametrize(
    ("path", "means", "not_means"),
    [
        ("steps.papers", ["steps.papers"], ["steps.papers_too", "steps.papers.next.done", ""]),
        (
            "steps.papers.*",
            ["steps.papers.next.done", "steps.papers.parallel.a.steps.b"],
            ["steps.papers", "steps.papers_too.next.done", ""],
        ),
        ("steps.*", ["steps.papers", "steps.papers.next.done"], ["data.papers", ""]),
        ("process", ["process"], ["steps.papers", ""]),
    ],
)
def test_what_a_path_means(path: str, means: list[str], not_means: list[str]) -> None:
    waiver = Waiver("step-removed", path, "so")
    assert [each for each in (*means, *not_means) if waiver.means(each)] == means
