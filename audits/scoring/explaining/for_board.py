"""The words of a framework for readers who did not answer it, such as a board.

A framework speaks to the team that answers. Page 1 speaks of that team.
"""

import re

_TEAM = (
    (r"\bYou have\b", "The team has"),
    (r"\byou have\b", "the team has"),
    (r"\byou (tested|may)\b", r"the team \1"),
)
# What only the team can do, as a board cannot follow such an order.
_ORDERS = (
    (
        "Correct the one that is wrong.",
        "The team has not yet corrected the one that is wrong.",
    ),
    (
        "Enter test results to take it out of the price.",
        "Once the team enters test results, it is taken out.",
    ),
    (
        "If not, enter 0 days to build and test retrieval.",
        "If not, the price is lower by what building it costs.",
    ),
)


def for_board(words: str) -> str:
    """Return words that say “the team” in place of “you”, and give it no orders.

    >>> for_board("Agree to use what you tested, since it meets the target.")
    'Agree to use what the team tested, since it meets the target.'
    >>> for_board("You have a model that can be tuned where it must run")
    'The team has a model that can be tuned where it must run'
    >>> for_board("One is “Large”. Correct the one that is wrong.")
    'One is “Large”. The team has not yet corrected the one that is wrong.'
    """
    for order, then in _ORDERS:
        words = words.replace(order, then)
    if "you" not in words.lower():
        return words
    for pattern, then in _TEAM:
        words = re.sub(pattern, then, words)
    return words
