"""What docs/testing.md shows of pytest is what pytest prints."""

import re
import shlex
from pathlib import Path

import pytest

from tests.test_docs import fits

pytest_plugins = ["pytester"]

GUIDE = (Path(__file__).parents[2] / "docs" / "testing.md").read_text(encoding="utf-8")


def test_the_guide_shows_what_pytest_prints(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = pytester.mkdir("processes")
    files = re.findall(
        r"^<!-- file: (\S+) -->\n```yaml\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL
    )
    for name, text in files:
        (folder / name).write_text(text, encoding="utf-8")
    ((command, expected),) = re.findall(
        r"^```text\n\$ pytest ([^\n]+)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL
    )
    monkeypatch.setenv("COLUMNS", "80")
    for job in ("CI", "BUILD_NUMBER"):  # in one pytest cuts no line short
        monkeypatch.delenv(job, raising=False)
    result = pytester.runpytest_inprocess(*shlex.split(command))
    assert fits(result.stdout.str().rstrip(), expected.rstrip())


def test_the_settings_of_the_guide_are_settings(pytester: pytest.Pytester) -> None:
    (text,) = re.findall(r"^```toml\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    (pytester.path / "pyproject.toml").write_text(text, encoding="utf-8")
    result = pytester.runpytest_inprocess("--strict-config", "--collect-only")
    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED
    assert "Unknown config option" not in result.stdout.str() + result.stderr.str()
