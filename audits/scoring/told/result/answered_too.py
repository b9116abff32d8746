"""Which steps the results of others answer as well."""

from collections.abc import Iterable

from audits.scoring.cards.card import Card


def answered_too(first: Iterable[Card], others: Iterable[Card]) -> frozenset[str]:
    """Return which of the other steps the tests of the first ones answer as well.

    Args:
        first: The steps to take, of which some may test candidates.
        others: Those that no result makes worth it.
    """
    if not any(card.kinds for card in first):
        return frozenset()
    return frozenset(card.id for card in others if card.kinds and not card.by_hand)
