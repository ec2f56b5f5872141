"""sf.diff as people use it."""

import json
from pathlib import Path

import pytest

import salesflow as sf
from salesflow.changes.catalogue.example import BASE
from salesflow.changes.comparing import lone

NEW = (
    BASE.replace("requires: [quote]\n    returns", "requires: [quote, company]\n    returns")
    .replace(
        "  sign: {by: buying_team, wait: 3d, next: {signed: won}}",
        "  autograph: {was: sign, by: buying_team, wait: 3d, next: {signed: won}}",
    )
    .replace("done: sign", "done: autograph")
)


def changes() -> sf.Diff:
    return sf.diff(sf.loads(BASE), sf.loads(NEW))


def test_a_diff_says_what_how_bad_and_for_whom() -> None:
    found = changes()
    assert found.level == "breaking"
    assert {edit.rule for edit in found.edits} == {
        "touchpoint-requires-more",
        "step-renamed",
        "step-was",
    }
    worst = found.edits[0]
    assert (worst.path, worst.field, worst.old, worst.new) == (
        "touchpoints.to_legal",
        "requires",
        None,
        "company",
    )
    assert {"legal", "sales"} <= set(worst.audience)
    assert set(found.departments) >= {"legal", "sales"}
    assert found.behaviour is not None
    assert found.behaviour.verdict == "same"
    assert found.apply(sf.loads(BASE)) == sf.loads(NEW)


def test_edits_know_their_place_in_both_versions() -> None:
    old, new = BASE.splitlines(), NEW.splitlines()
    for edit in changes().edits:
        name, before = edit.path.split(".")[-1], edit.old_path.split(".")[-1]
        assert new[edit.new_span.line - 1].strip().startswith(f"{name}:")
        assert old[edit.old_span.line - 1].strip().startswith(f"{before}:")


@pytest.mark.parametrize(
    ("before", "after", "name"),
    [
        ("phone: {type: text, sensitive: true}", "phone: {type: text}", "phone"),
        ("talking: {win_chance: 20%", "talking: {win_chance: 25%", "talking"),
        ("arrivals: 10 per week", "arrivals: 9 per week", "web"),
        ("counsel: {people: 2", "counsel: {people: 3", "counsel"),
        ("check: {by: security, effort: 4h", "check: {by: security, effort: 5h", "check"),
        ("agreed: {to: done, share: 80%", "agreed: {to: done, share: 70%", "agreed"),
        ("when: amount >= 20000\n        steps", "when: amount >= 9000\n        steps", "audit"),
        ("lost: {kind: lost, requires: [reason]}", "lost: {kind: lost}", "lost"),
        ("accept_within: 2bd", "accept_within: 3bd", "to_legal"),
        ("won], when: amount >= 20000", "won], when: amount >= 9000", "audit_before_large_wins"),
        ("of: counsel, at_most: 80%", "of: counsel, at_most: 70%", "counsel_load"),
    ],
)
def test_each_kind_of_element_is_found_in_both_texts(before: str, after: str, name: str) -> None:
    """Moved down by a line in the new text, so that no place of the other one would do."""
    assert BASE.count(before) == 1
    texts = BASE, "# moved\n" + BASE.replace(before, after)
    (edit,) = sf.diff(*map(sf.loads, texts)).edits
    for text, span in zip(texts, (edit.old_span, edit.new_span), strict=True):
        assert text.splitlines()[span.line - 1][span.column - 1 :].startswith(f"{name}:"), edit


@pytest.mark.parametrize(
    ("old", "new", "other"),
    [
        ("    with: [manager]\n", "", ""),
        ("    wait: 1d\n", "", ""),
        ("    wait: 1d\n", "", "    wait: 2d\n"),
        ("gives: {company: filled, ", "gives: {", "gives: {"),
        ("requires: [quote]\n    returns", "returns", "requires: [company]\n    returns"),
    ],
)
def test_what_was_taken_away_has_to_be_there(old: str, new: str, other: str) -> None:
    """Edits are no instructions for any process: on another one nothing is half done."""
    assert BASE.count(old) == 1
    found = sf.diff(sf.loads(BASE), sf.loads(BASE.replace(old, new)))
    assert found.apply(sf.loads(BASE)) == sf.loads(BASE.replace(old, new))
    with pytest.raises(sf.UsageError, match="to take away"):
        found.apply(sf.loads(BASE.replace(old, other)))


def test_its_json_is_what_the_reference_says() -> None:
    data = json.loads(json.dumps(changes().to_dict()))
    assert data["version"] == 1
    assert data["level"] == "breaking"
    assert set(data) == {
        "version", "level", "process", "edits", "departments", "introduced", "repaired",
        "behaviour", "notes",
    }  # fmt: skip
    assert set(data["behaviour"]) == {
        "verdict",
        "only_old",
        "only_new",
        "statements",
        "same_deals",
    }
    for edit in data["edits"]:
        assert {
            "kind",
            "path",
            "field",
            "old",
            "new",
            "level",
            "audience",
            "rule",
            "message",
        } <= set(edit)


def test_deals_are_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "deals.csv"
    file.write_text("deal,at\nd1,call\nd2,sign\nd3,nowhere\n", encoding="utf-8")
    deals = sf.diff(sf.loads(BASE), sf.loads(NEW), deals=file).deals
    assert deals is not None
    assert (deals.checked, deals.count("fine"), deals.count("unknown")) == (3, 2, 1)
    with pytest.raises(sf.UsageError, match="cannot be read"):
        sf.diff(sf.loads(BASE), sf.loads(NEW), deals=tmp_path / "none.csv")


def test_figures_are_compared_when_asked() -> None:
    text = BASE.replace("department: sales\n", "department: sales\n")
    impact = sf.diff(
        sf.loads(text), sf.loads(text.replace("share: 40%", "share: 60%")),
        simulate=True, duration="4w", warmup="1w", replications=3,
    ).impact  # fmt: skip
    assert impact is not None
    assert impact.to_dict()["win_rate"]["difference"]["mean"] > 0


def test_a_notebook_shows_it() -> None:
    shown = changes()._repr_html_()
    assert "touchpoint-requires-more" in shown
    assert "<script" not in shown


def test_what_is_no_process_is_refused() -> None:
    with pytest.raises(sf.UsageError, match="load"):
        sf.diff("old.yaml", sf.loads(NEW))  # type: ignore[arg-type]


def test_a_whole_process_that_comes_or_goes() -> None:
    process = sf.loads(BASE)
    came, went = lone(process, added=True), lone(process, added=False)
    assert (came.level, went.level) == ("safe", "breaking")
    assert came.old is None
    assert went.new is None


def test_what_a_variant_changes_is_placed_in_the_variant(tmp_path: Path) -> None:
    (tmp_path / "salesflow.toml").touch()
    (tmp_path / "base.salesflow.yaml").write_text(BASE, encoding="utf-8")
    head = "salesflow: 1\nvariant: north\nof: base.salesflow.yaml\nchange:\n"
    old, new = tmp_path / "old.salesflow.yaml", tmp_path / "new.salesflow.yaml"
    old.write_text(f"{head}  steps.call.effort: 40min\n", encoding="utf-8")
    new.write_text(f"{head}  # longer\n  steps.call.effort: 50min\n", encoding="utf-8")
    (edit,) = sf.diff(sf.load(old), sf.load(new)).edits
    assert (edit.path, edit.old, edit.new) == ("steps.call", "40min", "50min")
    assert (edit.old_span.file, edit.old_span.line) == (str(old), 5)
    assert (edit.new_span.file, edit.new_span.line) == (str(new), 6)


def test_it_says_whether_the_same_deals_take_the_ways() -> None:
    def same(before: str, after: str) -> bool:
        assert BASE.count(before) == 1
        known = sf.diff(sf.loads(BASE), sf.loads(BASE.replace(before, after))).behaviour
        assert known is not None
        return known.same_deals

    assert not same("amount < 20000", "amount < 30000")
    assert not same("amount: {median: 50000, p90: 150000}", "amount: {median: 60000, p90: 150000}")
    assert same("region: {emea: 60%, amer: rest}", "region: {emea: 50%, amer: rest}")
    assert same(
        "not_a_fit: {to: lost, share: rest, set: {reason: timing}}",
        "not_a_fit: {to: lost, share: rest, set: {reason: price}}",
    )
    assert same("effort: 30min", "effort: 40min")


def test_a_base_and_its_variant_are_compared_as_such(tmp_path: Path) -> None:
    (tmp_path / "salesflow.toml").touch()
    base, variant = tmp_path / "base.salesflow.yaml", tmp_path / "north.salesflow.yaml"
    base.write_text(BASE, encoding="utf-8")
    variant.write_text(
        "salesflow: 1\nvariant: north\nof: base.salesflow.yaml\n"
        "change: {steps.call.effort: 50min}\n",
        encoding="utf-8",
    )
    for old, new in ((base, variant), (variant, base)):
        found = sf.diff(sf.load(old), sf.load(new))
        (edit,) = [edit for edit in found.edits if edit.kind == "renamed"]
        assert edit.level == "cosmetic"
        assert "one is a variant of the other" in edit.message
        assert "breaking" not in found.level
