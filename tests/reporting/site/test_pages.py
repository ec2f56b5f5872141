import re
import subprocess
import sys
from itertools import pairwise

import pytest

import salesflow as sf
from tests.reporting.site import sites
from tests.reporting.site.reader import Read, broken_links

SITES = {"whole": sites.whole, "plain": sites.plain, "broken": sites.broken}


def pages_of(site: dict[str, str]) -> dict[str, Read]:
    return {
        name: Read(text)
        for name, text in site.items()
        if name.endswith(".html") and not name.startswith("explore/")
    }


@pytest.mark.parametrize("name", SITES)
def test_every_link_leads_to_a_place_in_the_site(name: str) -> None:
    assert broken_links(SITES[name]()) == []


def test_a_broken_link_is_noticed() -> None:
    page = '<a href="b.html#x">x</a><a href="https://a.b">y</a><a href="c.html">z</a>'
    found = broken_links({"a.html": page, "b.html": '<p id="y"></p>'})
    assert len(found) == 3


@pytest.mark.parametrize("name", SITES)
def test_ids_are_unique_and_headings_in_order(name: str) -> None:
    for place, page in pages_of(SITES[name]()).items():
        assert len(page.ids) == len(set(page.ids)), place
        levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1, place
        assert levels.count(1) == 1, place
        steps = [after - before for before, after in pairwise(levels)]
        assert max(steps, default=0) <= 1, place


@pytest.mark.parametrize("name", SITES)
def test_pages_have_landmarks_names_and_scopes(name: str) -> None:
    for place, page in pages_of(SITES[name]()).items():
        for tag in ("main", "header", "footer"):
            assert len(page.all(tag)) == 1, (place, tag)
        names = [nav["aria-label"] for nav in page.all("nav")]
        assert len(names) == len(set(names)), place
        assert all(head["scope"] in ("col", "row") for head in page.all("th")), place
        assert not re.search("<th[^>]*></th>", SITES[name]()[place]), place
        for found in page.all("div"):
            if found.get("role") == "region":
                assert found["aria-label"], place
        labelled = {found.get("for") for found in page.all("label")}
        assert {found["id"] for found in page.all("input")} <= labelled
        for picture in page.all("svg"):
            assert picture.get("aria-hidden") or picture["aria-label"], place
        for tag, found in page.tags:
            for key in ("aria-labelledby",):
                assert key not in found or found[key] in page.ids, (place, tag)


@pytest.mark.parametrize("name", SITES)
def test_nothing_is_fetched_and_nothing_runs_but_our_script(name: str) -> None:
    for place, page in pages_of(SITES[name]()).items():
        (policy,) = [meta["content"] for meta in page.all("meta") if "http-equiv" in meta]
        assert policy.startswith("default-src 'none';"), place
        assert "unsafe" not in policy
        assert {script["src"].rpartition("/")[2] for script in page.all("script")} == {
            "site.js",
            "search.js",
        }
        for _, found in page.tags:
            assert not [key for key in found if key.startswith("on") or key == "style"], place


def test_everything_has_its_place() -> None:
    site = sites.whole()
    pages = pages_of(site)
    data = set(pages["data.html"].ids)
    for process in sites.processes():
        assert f"processes/{process.id}.html" in site
        assert f"explore/{process.id}.html" in site
        steps = set(pages[f"steps/{process.id}.html"].ids)
        assert {step.path for step in process.nodes.values()} <= steps
        results = [r.path for step in process.nodes.values() for r in step.next.values()]
        assert set(results) <= steps
        for name in process.departments:
            assert f"departments/{name}.html" in site
        for name in process.touchpoints:
            assert f"touchpoints/{process.id}.{name}.html" in site
        assert {f"data.{name}" for name in process.data} <= data
    assert "processes/supplier_approval.html" in site  # what it runs


def test_a_department_learns_when_it_enters_and_leaves_and_how_promises_are_kept() -> None:
    page = pages_of(sites.whole())["departments/legal.html"]
    kept = sites.result().touchpoints["contract_request"].attainment
    assert kept is not None
    for words in (
        "Verbal agreement (done)",
        "Executive call (settled)",
        "2 business days for 90%",
        f"{kept.mean:.0%}",
        "min 1h, usual 2h, max 6h",
        "Papers from legal",
        "is broken off after 120d now instead of 90d",  # in the variant
    ):
        assert words in page.text, words
    assert page.all("svg")[1]["role"] == "img"  # its part of the flow
    assert "counsel" in page.text.lower()


def test_a_department_of_two_companies_is_told_of_in_both() -> None:
    page = pages_of(sites.whole())["departments/marketing.html"]
    assert "In Enterprise" in page.text
    assert "In Smb" in page.text


def test_a_handoff_without_a_contract_is_pointed_out() -> None:
    pages = pages_of(sites.broken())
    said = "no touchpoint says what must be handed over"
    uncovered = {handoff.receiver for handoff in _handoffs() if not handoff.covered_by}
    assert uncovered
    for name in uncovered:
        assert said in pages[f"departments/{name}.html"].text, name
    assert said not in pages_of(sites.plain())["departments/legal.html"].text


def _handoffs() -> tuple:  # type: ignore[type-arg]
    from salesflow.analysis.handoffs import handoffs

    return handoffs(sites.broken_process())


def test_a_touchpoint_tells_who_gives_what_and_where_it_is_filled() -> None:
    page = pages_of(sites.whole())["touchpoints/enterprise.contract_request.html"]
    crossings = sites.result().touchpoints["contract_request"].crossings.mean / 26
    for words in (
        "Sales → Legal",
        "quote document Quotation , Make a smaller offer",
        "Begun within 2 business days",
        f"{crossings:.2g} a week",
    ):
        assert words in page.text, words


def test_the_dictionary_says_who_fills_and_who_needs_a_field() -> None:
    page = pages_of(sites.plain())["data.html"]
    told = page.text[page.text.index("Each field Company") :]
    quote = told[told.index(" Quote quote ") : told.index(" Discount discount ")]
    filled, needed = quote.split(" Needed ")
    assert "Quotation · account executive, Sales" in filled
    assert "Check the price · deal desk, Finance" in needed
    assert "handed over at Price check · Finance" in needed  # who gets it needs it


def test_findings_have_their_way_and_help_on_each_page_they_are_about() -> None:
    pages = pages_of(sites.broken())
    dead = next(f for f in sf.check(sites.broken_process()) if f.rule == "dead-end")
    for place in ("findings.html", "processes/new_business.html", "departments/sales.html"):
        text = pages[place].text
        if place == "departments/sales.html" and dead.help not in text:
            continue  # another department does it
        assert "Website → Qualify (meeting)" in text, place
    assert dead.help.replace("`", " ").split()[0] in pages["findings.html"].text
    assert "7 errors" in pages["index.html"].text


def test_objectives_have_their_verdict_and_interval() -> None:
    page = pages_of(sites.whole())["processes/enterprise.html"]
    for objective in sites.result().objectives:
        assert objective.verdict in page.text
    assert "win rate from Discovery: at least 14%" in page.text
    without = pages_of(sites.plain())["processes/enterprise.html"]
    assert "none was given for this page" in without.text


def test_a_variant_stands_below_its_base_and_says_what_it_changes() -> None:
    pages = pages_of(sites.whole())
    assert "Enterprise dach variant" in pages["index.html"].text
    base, variant = pages["processes/enterprise.html"], pages["processes/enterprise_dach.html"]
    for page in (base, variant):
        assert "Besides" in page.text or "instead of" in page.text
        assert "120d" in page.text
    assert "Variant of Enterprise" in variant.text


def test_a_box_in_a_picture_leads_to_its_step() -> None:
    text = sites.whole()["processes/enterprise.html"]
    assert '<a href="../steps/enterprise.html#steps.qualify" tabindex="-1"><g class="node' in text
    assert '<a href="../departments/legal.html"' in text


def test_a_result_of_another_version_is_told_wherever_its_figures_are() -> None:
    old = sites.processes()[0]
    new = sf.load(sites.EXAMPLES / "enterprise-next" / "enterprise.salesflow.yaml")
    assert old.id == new.id
    pages = pages_of(sf.site(new, results=sites.result()))
    for place in (
        "index.html",
        "processes/enterprise.html",
        "steps/enterprise.html",
        "departments/legal.html",
        "touchpoints/enterprise.contract_request.html",
    ):
        assert "has changed since it was simulated" in pages[place].text, place
    assert "has changed since" not in pages_of(sites.whole())["index.html"].text


def test_results_of_several_processes_are_judged_together() -> None:
    cast = sites.processes()[0], sites.processes()[2]
    both = sf.simulate(cast, duration="4w", warmup="1w", replications=2, engine="python")
    fresh = pages_of(sf.site(cast, results=both))
    assert "has changed since" not in fresh["index.html"].text
    alone = pages_of(sf.site(cast[0], results=both))
    assert "together with" in alone["processes/enterprise.html"].text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"processes": ()}, "A site shows processes"),
        ({"processes": ["a.yaml"]}, "A site shows processes"),
        ({"results": 3}, "`results` are those of"),
        ({"findings": ["x"]}, "`findings` are those of a check"),
        ({"title": 3}, "`title` is a text"),
    ],
)
def test_what_is_no_site_is_said(given: dict[str, object], said: str) -> None:
    asked = {"processes": sites.processes()[0], **given}
    processes = asked.pop("processes")
    with pytest.raises(sf.UsageError, match=re.escape(said)):
        sf.site(processes, **asked)  # type: ignore[arg-type]


def test_two_processes_of_one_id_and_two_results_of_one_process_are_refused() -> None:
    new = sf.load(sites.EXAMPLES / "enterprise-next" / "enterprise.salesflow.yaml")
    with pytest.raises(sf.UsageError, match="both called `enterprise`"):
        sf.site([sites.processes()[0], new])
    with pytest.raises(sf.UsageError, match="second result of `enterprise`"):
        sf.site(sites.processes()[0], results=[sites.result(), sites.result()])
    with pytest.raises(sf.UsageError, match="is of `enterprise`, and this site shows `smb`"):
        sf.site(sites.processes()[2], results=sites.result())


def test_the_same_arguments_give_the_same_bytes_whatever_the_hash_seed() -> None:
    code = (
        "import hashlib, salesflow as sf\n"
        f"p = sf.load({str(sites.EXAMPLES / sites.FILES[0])!r})\n"
        "s = sf.site(p, findings=sf.check(p))\n"
        "print(hashlib.sha256(repr(sorted(s.items())).encode()).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1


def test_what_people_cost_is_on_no_page() -> None:
    folder = sites.EXAMPLES / "countries"
    files = (folder / "new_hospital.salesflow.yaml", folder / "brazil" / "brazil.salesflow.yaml")
    base, variant = map(sf.load, files)
    costs = [role.cost_per_hour for role in variant.roles.values() if role.cost_per_hour]
    assert 724 in costs  # of the counsel
    pages = pages_of(sf.site([base, variant]))
    assert "Money in brazil is in BRL now" in pages["departments/legal.html"].text
    for place, page in pages.items():
        assert "724" not in page.text, place
        assert "An hour of" not in page.text, place


def test_a_department_reads_each_change_of_a_variant_once() -> None:
    folder = sites.EXAMPLES / "countries"
    files = [folder / name / f"{name}.salesflow.yaml" for name in ("japan", "uk", "brazil")]
    charts = [sf.load(folder / "new_hospital.salesflow.yaml"), *map(sf.load, files)]
    page = pages_of(sf.site(charts))["departments/sales.html"]
    told = page.text.partition("In Japan")[2]
    for said in (
        "Japan is a variant of New hospital. What is different here (36 changes, 1 breaking):",
        "is in JPY now instead of EUR.",
        "are now those of Asia/Tokyo instead of Europe/Amsterdam",
        "United Kingdom is a variant of New hospital. What is different here (16 changes, "
        "1 breaking):",
        "are now those of Europe/London instead of Europe/Amsterdam",
    ):
        assert told.count(said) == 1, said
    for summary in ("Besides, you", "work other hours", "and 31 more"):
        assert summary not in told, summary


def test_one_change_of_a_variant_is_told_as_it_is() -> None:
    folder = sites.EXAMPLES / "countries"
    files = (folder / "new_hospital.salesflow.yaml", folder / "uk" / "uk.salesflow.yaml")
    page = pages_of(sf.site(map(sf.load, files)))["departments/legal.html"]
    assert "What is different here: 1 change, breaking. Money in uk is in GBP now" in page.text


def test_a_long_list_of_changes_is_folded() -> None:
    folder = sites.EXAMPLES / "countries"
    files = (folder / "new_hospital.salesflow.yaml", folder / "brazil" / "brazil.salesflow.yaml")
    pages = pages_of(sf.site(map(sf.load, files)))
    page = pages["processes/brazil.html"]
    assert page.all("details")
    assert "What Brazil changes in the flow" in {box.get("aria-label") for box in page.all("div")}
    assert not pages["processes/new_hospital.html"].text.count("What this variant changes")
