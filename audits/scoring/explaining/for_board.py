"""The words of a framework for readers who did not answer it, such as a board.

A framework speaks to the team that answers. Page 1 speaks of that team.
"""

import re

_TEAM = (
    (r"\bYou have\b", "The team has"),
    (r"\byou have\b", "the team has"),
    (r"\byou (tested|may)\b", r"the team \1"),
)


def for_board(words: str) -> str:
    """Return words that say “the team” in place of “you”.

    >>> for_board("Agree to use what you tested, since it meets the target.")
    'Agree to use what the team tested, since it meets the target.'
    >>> for_board("You have a model that can be tuned where it must run")
    'The team has a model that can be tuned where it must run'
    """
    if "you" not in words.lower():
        return words
    for pattern, then in _TEAM:
        words = re.sub(pattern, then, words)
    return words
