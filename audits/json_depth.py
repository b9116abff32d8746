"""How deep a JSON text is nested, before anything is built from it."""

import re

# All but brackets: strings, which can hide brackets, and the rest. An unfinished string
# is one part too, so that none of it is tried twice.
_NO_BRACKETS = re.compile(r'(?:"(?:[^"\\]++|\\.)*+"?|[^"\[{\]}]++)++', re.DOTALL)


def is_deeper(text: str, most: int) -> bool:
    """Return whether lists and objects are nested more than `most` deep.

    >>> is_deeper('{"a": [1]}', 2), is_deeper('{"a": [1]}', 1), is_deeper('"[["', 1)
    (False, True, False)
    """
    depth = 0
    for bracket in _NO_BRACKETS.sub("", text):
        depth += 1 if bracket in "[{" else -1
        if depth > most:
            return True
    return False
