"""What all tests share: hypothesis that draws the same examples on every machine, and no surroundings.

A test that passes here and fails there is a defect, so examples are derived from the test itself
and nothing of the user's shell (colour, GitHub's annotations, terminal width) reaches a test.
"""

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "salesflow",
    derandomize=True,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("salesflow")


@pytest.fixture(autouse=True)
def _no_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_ACTIONS", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
