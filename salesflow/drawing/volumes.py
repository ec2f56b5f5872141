"""How many deals a week move, as the shares say: for views that show no result of a simulation."""

from collections.abc import Callable, Hashable, Mapping
from typing import NamedTuple, TypeVar

from salesflow.analysis.chain import Chain, chain_of
from salesflow.analysis.odds.deals import Deals
from salesflow.drawing.diagram import Figure
from salesflow.process.model import Process

K = TypeVar("K", bound=Hashable)

MEASURE = "deals a week, as the shares say"
_FEW = 0.01


class Volumes(NamedTuple):
    """What shares and arrivals say: ``deals`` None where they do not, and ``why`` in words."""

    deals: Deals | None
    weekly: float = 0.0
    why: str = ""


def volumes_of(process: Process, chain: Chain | None = None) -> Volumes:
    """What is known of the deals of a process; never raises. ``chain``: if it is known already."""
    chain = chain or chain_of(process)
    rates = {source.id: source.per_week for source in process.sources.values()}
    quiet = [f"`arrivals` of `{name}`" for name in sorted(rates) if rates[name] is None]
    missing = [*chain.missing, *(words for words in quiet if words not in chain.missing)]
    if len(quiet) == len(rates):  # nobody has asked for numbers yet
        return Volumes(chain.all)
    if chain.all is None or quiet:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        return Volumes(chain.all, why=_plain(f"Not known how many deals move: {missing[0]}{more}."))
    weekly = sum(rate or 0.0 for rate in rates.values())
    about = [f"Volumes are estimates: {words}." for words in chain.approximate[:1]]
    return Volumes(chain.all, weekly, _plain("".join(about)))


def _plain(words: str) -> str:
    """For a picture, where ids are words like others."""
    return words.replace("`", "")


def figures(volumes: Volumes, moves: Callable[[Deals], Mapping[K, float]]) -> Mapping[K, Figure]:
    """Deals a week along each way; nothing where they are not told."""
    if volumes.deals is None or not volumes.weekly:
        return {}
    found = moves(volumes.deals)
    most = max(found.values(), default=0.0)
    return {
        way: Figure(text=f"{amount(number * volumes.weekly)} a week", level=number / most)
        for way, number in found.items()
        if number > 0
    }


def amount(deals: float) -> str:
    """A number of deals in two digits: ``20``, ``5.4``, ``0.07``, ``<0.01``."""
    if 0 < deals < _FEW:
        return f"<{_FEW}"
    return f"{deals:.2g}" if deals < 10 else f"{deals:,.0f}"
