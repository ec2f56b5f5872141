"""The plugin beside others, in a process of its own: workers, and projects that know nothing of us."""

import os
import sys

import pytest

from tests.pytest_plugin.test_collecting import DEAD_END, GOOD, TESTS, write

pytest_plugins = ["pytester"]


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the run that we are in reaches the one that we start."""
    for name in [name for name in os.environ if name.startswith("PYTEST_")]:
        monkeypatch.delenv(name)


def test_workers_share_the_items(pytester: pytest.Pytester) -> None:
    write(pytester, smb=GOOD, smb_tests=TESTS, broken=DEAD_END)
    result = pytester.runpytest_subprocess("-n", "2", "-W", "error")
    result.assert_outcomes(passed=2, failed=2)
    result.stdout.fnmatch_lines_random(
        [
            "FAILED broken.salesflow.yaml::check - *error[[]dead-end[]]*",
            "It must end `won`, and it can end `lost`.",
            "  smb.salesflow.yaml:5  → call (not_a_fit)",
        ]
    )


def test_a_project_without_process_files_pays_nothing(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import sys

        def test_light():
            ours = sorted(name for name in sys.modules if name.startswith("salesflow"))
            assert ours == ["salesflow", "salesflow.pytest_plugin"]
            assert "hypothesis" not in sys.modules
        """
    )
    options = ("-W", "error", "-p", "no:hypothesispytest")
    pytester.runpytest_subprocess(*options).assert_outcomes(passed=1)
    # Nor does one that has some and names a test: pytest asks about all files of its folder.
    write(pytester, smb=GOOD)
    named = "test_a_project_without_process_files_pays_nothing.py"
    pytester.runpytest_subprocess(*options, named).assert_outcomes(passed=1)


def test_it_does_not_matter_who_imported_salesflow_first(pytester: pytest.Pytester) -> None:
    """pytest warns where a plugin comes before it; the marker in our docstring answers that."""
    write(pytester, smb=GOOD)
    code = "import sys, salesflow.api, pytest; sys.exit(pytest.main(['-W', 'error']))"
    result = pytester.run(sys.executable, "-c", code)
    assert result.ret == 0
    result.assert_outcomes(passed=1)
    import salesflow

    assert "PYTEST_DONT_REWRITE" in (salesflow.__doc__ or "")


def test_it_is_found_by_its_entry_point_and_can_be_named(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(pytester, smb=GOOD)
    result = pytester.runpytest_subprocess("--trace-config")
    result.stdout.fnmatch_lines(["*salesflow-*"])
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    assert pytester.runpytest_subprocess().ret == pytest.ExitCode.NO_TESTS_COLLECTED
    pytester.runpytest_subprocess("-p", "salesflow.pytest_plugin").assert_outcomes(passed=1)
