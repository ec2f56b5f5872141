"""Whatever the process: every page is well-formed, and every link leads somewhere."""

from hypothesis import HealthCheck, given, settings

import salesflow as sf
from salesflow.testing import processes
from tests.reporting.site.reader import Read, broken_links


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=processes())
def test_any_process_becomes_a_site(data: dict) -> None:  # type: ignore[type-arg]
    process = sf.load(data)
    site = sf.site(process, findings=sf.check(process))
    assert broken_links(site) == []
    for name, text in site.items():
        if name.endswith(".html"):
            page = Read(text)
            assert name.startswith("explore/") or len(page.ids) == len(set(page.ids)), name
