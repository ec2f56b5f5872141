"""Scenarios told in the user's words."""

import pytest

from salesflow.nouns import FrozenMap
from salesflow.reporting.simulated import comparison
from salesflow.reporting.simulated.words import bound, called, change, lasting, weeks
from tests.reporting.simulated_results import DAY, difference, result, scenarios


def test_a_scenario_is_one_sentence() -> None:
    told = comparison.sentences(result(scenarios=scenarios()))
    assert [line.lead + line.text for line in told] == [
        "a third counsel (counsel people: 3): time to win −6.1 days (−7.0 to −5.2), "
        "cost of a won deal −212 EUR (−273 to −151), win rate unchanged, no sure change in worth "
        "won a week or deals ended a week; counsel busy 61% instead of 91%.",
        "solution effort: 20h: win rate −2.1 points (−2.7 to −1.5), time to win +31 days "
        "(+27 to +35), worth won a week −21,400 EUR (−27,700 to −15,100), cost of a won deal "
        "+1,910 EUR (+1,550 to +2,270), deals ended a week −1.3 (−1.5 to −1.1).",
    ]


def test_better_is_good_and_worse_is_bad() -> None:
    table = comparison.table(result(scenarios=scenarios()), "enterprise")
    third, slower = table.rows[1], table.rows[2]
    assert [cell.tone for cell in third] == ["", "", "good", "", "good", ""]
    assert [cell.tone for cell in slower] == ["", "bad", "bad", "bad", "bad", ""]
    assert third[1].text == "same"


def test_several_processes_are_told_apart() -> None:
    one = scenarios()["set_1"]
    kpis = FrozenMap({"smb": FrozenMap(), "enterprise": one.kpis["enterprise"]})
    both = one.replace(
        kpis=kpis, roles=FrozenMap({"counsel": difference(0.2, 0.01, 0.9, sure=False)})
    )
    (line,) = comparison.sentences(result(scenarios=FrozenMap({"x": both})))
    assert line.text.startswith(": enterprise: win rate −2.1 points (")


def test_a_role_that_was_not_there_before() -> None:
    one = scenarios()["third_counsel"]
    new = one.replace(roles=FrozenMap({"robot": difference(0.5, 0.01, 0.5)}))
    (line,) = comparison.sentences(result(scenarios=FrozenMap({"x": new})))
    assert "busy" not in line.text
    unknown = result().roles["counsel"].replace(utilization=None)
    roles = FrozenMap({"counsel": unknown})
    (line,) = comparison.sentences(result(roles=roles, scenarios=FrozenMap({"x": one})))
    assert line.text.endswith("; counsel busy 61%.")


def test_a_scenario_that_changes_nothing_surely() -> None:
    one = scenarios()["set_1"]
    kpis = one.kpis["enterprise"]
    unsure = FrozenMap({name: each._replace(significant=False) for name, each in kpis.items()})
    vague = one.replace(kpis=FrozenMap({"enterprise": unsure}))
    (line,) = comparison.sentences(result(scenarios=FrozenMap({"x": vague})))
    assert line.text == ": no sure change in any headline figure."


def test_a_scenario_that_changes_nothing_seen() -> None:
    none = scenarios()["set_1"].replace(kpis=FrozenMap({"enterprise": FrozenMap()}))
    (line,) = comparison.sentences(result(scenarios=FrozenMap({"x": none})))
    assert line.text == ": nothing to compare."


@pytest.mark.parametrize(
    ("title", "changes", "name"),
    [
        ("second_lawyer", ("departments.legal.roles.counsel.people: 3",), "second lawyer (counsel people: 3)"),
        ("", (), "x y"),
        ("steps.a.wait: 2d", ("steps.a.wait: 2d",), "a wait: 2d"),
        ("Skip it", ("steps.demo.next.gap: removed",), "Skip it (without demo gap)"),
        ("Much", ("a.b: 1", "a.c: 2", "a.d: 3"), "Much (a b: 1 and 2 more changes)"),
        ("{odd} <b>", ("{odd} <b>",), "{odd} <b>"),
    ],
)  # fmt: skip
def test_what_a_scenario_is_called(title: str, changes: tuple[str, ...], name: str) -> None:
    scenario = scenarios()["set_1"].replace(title=title, changes=changes)
    assert comparison.named("x_y", scenario) == name


def test_words() -> None:
    assert called("counsel", "counsel") == "counsel"
    assert called("sdr", "Sales development") == "Sales development (sdr)"
    assert called("deal_desk", "deal desk") == "deal desk"
    assert called("legal.draft", "draft") == "draft (legal.draft)"
    assert [lasting(text) for text in ("26w", "1d", "1.5h", "3bd", "odd")] == [
        "26 weeks", "1 day", "1.5 hours", "3bd", "odd",
    ]  # fmt: skip
    assert [weeks("26w"), weeks("84h"), weeks("2bd"), weeks("")] == [26, 0.5, 0, 0]
    assert bound("at_least 20%") == "at least 20%"
    assert change("departments.legal.roles.counsel.people: 3") == "counsel people: 3"
    assert change("no path at all") == "no path at all"
    assert DAY == 24
