"""A rename changes every place that names a thing and nothing else, in any process whatever."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import salesflow as sf
from salesflow.changes.edit import Edit
from salesflow.checking.paths import check_paths
from salesflow.language_server.former import former_id
from salesflow.language_server.meanings import Meanings, Where
from salesflow.language_server.mention import CHOICES, PROCESSES
from salesflow.language_server.rename import rename, replaced
from salesflow.source.write import emit
from salesflow.testing import families, sound_families
from tests.language_server.desks import EXAMPLES, laid, meanings_of

ONE, TWO = "unheard_of", "never_heard_of"


def elements(meanings: Meanings) -> list[Where]:
    """Every element that is said somewhere, once."""
    found = [
        Where(sheet, mention)
        for _, sheet in sorted(meanings.sheets.items())
        for mention in sheet.mentions.all
        if mention.defines and not meanings.inherited(sheet, mention)
    ]
    return [one for one in found if one.mention.name.id != "done"]


def renamed(folder: Path, where: Where, new: str) -> dict[str, str]:
    """The texts of all files once an element is renamed, by name."""
    meanings = meanings_of(folder)
    sheet = meanings.sheets[where.sheet.real]
    edits = rename(meanings, sheet, where.mention.start, new)
    texts = {Path(one.file).name: one.text for one in meanings.sheets.values()}
    texts.update({Path(one.file).name: replaced(one.text, own) for one, own in edits.items()})
    return texts


def rules(folder: Path) -> Counter[tuple[str, str]]:
    """The findings of a folder, without the ids in them."""
    found = check_paths([str(folder)]).findings
    return Counter((finding.rule, finding.severity) for finding in found)


def judge(folder: Path, where: Where) -> None:
    before = {path.name: path.read_text() for path in folder.glob("*.yaml")}
    there = where.mention.name.id
    first = renamed(folder, where, ONE)
    one = laid(folder.parent / f"{folder.name}_one", first)
    sheet = meanings_of(one).sheets[str(one / Path(where.sheet.file).name)]
    again = Where(sheet, next(m for m in sheet.mentions.all if m.defines and m.name.id == ONE))
    # The new id is nowhere else: to rename it is to replace a word.
    assert renamed(one, again, TWO) == {n: t.replace(ONE, TWO) for n, t in first.items()}
    assert renamed(one, again, there) == before
    assert rules(one) == rules(folder)
    _judge_diff(folder, one, where, again)


def _judge_diff(old: Path, new: Path, where: Where, again: Where) -> None:
    """A comparison finds one element that is called otherwise, and no other change."""
    meanings = meanings_of(new)
    sheet = meanings.sheets[again.sheet.real]
    mention = sheet.mentions.at(again.mention.start)
    assert mention is not None
    was = former_id(sheet, mention.start, {(sheet.real, mention.name): where.mention.name.id})
    if mention.name.space in (CHOICES, PROCESSES) or was is None:
        return
    name = Path(sheet.file).name
    (new / name).write_text(replaced(sheet.text, (was[1],)))
    main = Path(sheet.file).name
    try:
        diff = sf.diff(sf.load(old / main), sf.load(new / main))
    except sf.LoadError:
        return  # nothing to compare, before and after
    id_ = where.mention.name.id
    others = [
        edit
        for edit in diff.edits
        if edit.field != "was" and not only_in_another_order(edit, id_)  # that it says so is one
    ]
    told = [(edit.kind, edit.old_path.rpartition(".")[2]) for edit in others]
    assert set(told) == {("renamed", id_)}
    # An outcome of a process that is run is a result of the step that runs it, and may leave a block.
    assert len(told) <= len(meanings.points(sheet, mention.name))


def only_in_another_order(edit: Edit, old: str) -> bool:
    """Whether a set of ids is the same one, sorted anew."""
    if not isinstance(edit.old, list | tuple) or not isinstance(edit.new, list | tuple):
        return False
    return sorted(ONE if one == old else one for one in edit.old) == sorted(edit.new)


@settings(
    max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
)
@given(st.data(), st.one_of(families(), sound_families()))
def test_any_element_of_any_family_is_renamed_everywhere(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, family: dict[str, Any]
) -> None:
    texts = {name: emit(written) for name, written in family.items()}
    folder = laid(tmp_path_factory.mktemp("family") / "old", texts)
    judge(folder, data.draw(st.sampled_from(elements(meanings_of(folder)))))


ENTERPRISE = EXAMPLES / "enterprise"


@pytest.mark.parametrize(
    ("file", "what", "path"),
    [
        ("organization.salesflow.yaml", "role", "counsel"),
        ("organization.salesflow.yaml", "department", "security"),
        ("organization.salesflow.yaml", "department", "legal"),
        ("organization.salesflow.yaml", "field", "amount"),
        ("organization.salesflow.yaml", "field", "deployment"),
        ("organization.salesflow.yaml", "calendar", "europe"),
        ("enterprise.salesflow.yaml", "step", "discovery"),
        ("enterprise.salesflow.yaml", "step", "contracting"),
        ("enterprise.salesflow.yaml", "step", "contracting.legal.draft"),
        ("enterprise.salesflow.yaml", "branch", "contracting.purchasing"),
        ("enterprise.salesflow.yaml", "result", "contracting.stalled"),
        ("enterprise.salesflow.yaml", "result", "nurture.woke_up"),
        ("enterprise.salesflow.yaml", "result", "contracting.legal.redline.deadlock"),
        ("enterprise.salesflow.yaml", "outcome", "lost"),
        ("enterprise.salesflow.yaml", "source", "partner"),
        ("enterprise.salesflow.yaml", "stage", "contracting"),
        ("enterprise.salesflow.yaml", "touchpoint", "leads"),
        ("enterprise.salesflow.yaml", "policy", "four_eyes_on_discounts"),
        ("enterprise.salesflow.yaml", "objective", "six_months"),
        ("supplier_approval.salesflow.yaml", "outcome", "refused"),
        ("supplier_approval.salesflow.yaml", "process", "supplier_approval"),
        ("enterprise_dach.salesflow.yaml", "branch", "contracting.works_council"),
        ("enterprise_dach.salesflow.yaml", "result", "contracting.objected"),
        ("enterprise_tests.salesflow.yaml", "case", "refused_supplier_is_lost"),
    ],
)
def test_elements_of_a_real_project_are_renamed_in_all_its_files(
    tmp_path: Path, file: str, what: str, path: str
) -> None:
    texts = {one.name: one.read_text() for one in ENTERPRISE.glob("*.yaml")}
    folder = laid(tmp_path / "old", texts)
    meanings = meanings_of(folder)
    (where,) = [
        one
        for one in elements(meanings)
        if Path(one.sheet.file).name == file
        and one.mention.what == what
        and ".".join(one.mention.name.path) == path
    ]
    before = check_paths([str(folder)]).findings
    assert not before
    new = laid(tmp_path / "new", renamed(folder, where, ONE))
    assert not check_paths([str(new)]).findings
    after = renamed(folder, where, ONE)
    assert {n: t.replace(ONE, path.rpartition(".")[2]) for n, t in after.items()} == texts
