"""What may be written at a place: keys with their meaning, ids, words, files, whole elements."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from salesflow.language_server.completion_ids import ids
from salesflow.language_server.completion_keys import keys
from salesflow.language_server.completion_values import files, values
from salesflow.language_server.meanings import Meanings
from salesflow.language_server.offer import Offer
from salesflow.language_server.probe import Probed, probed
from salesflow.language_server.sheets import Sheet


class Offers(NamedTuple):
    """Offers, the best first, and the stretch of the text that one of them replaces."""

    offers: tuple[Offer, ...]
    start: int
    end: int


def complete(meanings: Meanings, sheet: Sheet, offset: int) -> Offers | None:
    """What may be written at a place, whatever state the text is in; None where nothing may."""
    found: list[Offer] = []
    places = probed(sheet, offset)
    for place in places:
        there = Meanings({**meanings.sheets, sheet.real: place.sheet})
        found += _offers(there, place)
    if not places:
        return None
    return Offers(_each_once(found), places[0].start, places[0].end)


def _offers(meanings: Meanings, place: Probed) -> Iterator[Offer]:
    if place.as_key:
        yield from ids(meanings, place)
        yield from keys(place)
        return
    yield from files(meanings, place)
    yield from ids(meanings, place)
    yield from values(place)


def _each_once(offers: Iterable[Offer]) -> tuple[Offer, ...]:
    found: dict[str, Offer] = {}
    for offer in offers:
        found.setdefault(offer.label, offer)
    return tuple(found.values())
