"""Key figures of variants side by side, and what is worth a second look."""

from collections.abc import Iterator, Mapping

from salesflow.changes.variants import Member, Variants
from salesflow.reporting.words import sentence

_MOST = 6  # hints


def figures_of(found: Variants) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Label, the base's figure and those of the variants: what shares say, without simulation."""
    told = (
        ("win rate", _win_rate),
        ("worth of a won deal", lambda member: _money(member.value_per_won, member)),
        ("worth of a deal", lambda member: _money(member.value, member)),
        ("steps", lambda member: str(member.steps)),
    )
    for label, figure in told:
        base = figure(found.base)
        cells = {member.id: figure(member) for member in found.variants}
        if base or any(cells.values()):
            yield label, base, cells


def _win_rate(member: Member) -> str:
    return "" if member.win_rate is None else f"{100 * member.win_rate:.3g}%"


def _money(amount: float | None, member: Member) -> str:
    """Three digits, as amounts that shares lead to are no more exact."""
    if amount is None:
        return ""
    from salesflow.quantities import decimal_text  # only here

    rounded = float(f"{amount:.3g}")
    whole = f"{rounded:,.0f}" if rounded >= 100 else decimal_text(rounded)
    return f"{whole} {member.currency}".rstrip()


def hints_of(found: Variants) -> Iterator[str]:
    """What all variants have alike and the base has not, how to read the table, where more is."""
    if not found.rows:
        yield "The variants have nothing otherwise."
        return
    for row in found.shared[:_MOST]:
        text = next(iter(row.cells.values())).text
        here = f"`{row.label}` is `{text}` in all {len(found.variants)} variants"
        yield f"{here}, and `{row.base}` in the base: should the base have it?"
    if len(found.shared) > _MOST:
        yield f"And {len(found.shared) - _MOST} more are the same in all variants."
    idle = [
        member.id for member in found.variants if not any(member.id in r.cells for r in found.rows)
    ]
    if idle:
        verb = "has" if len(idle) == 1 else "have"
        yield f"{sentence([f'`{name}`' for name in idle])} {verb} nothing otherwise."
    yield f"An empty cell is as in `{found.base.id}`."
    yield f"More: `salesflow diff {found.base.file} VARIANT`."
