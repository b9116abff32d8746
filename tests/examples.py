"""How many examples a property test tries: few in every run, all in a thorough one.

`./run test --thorough` loads Hypothesis's profile "thorough" with the option
`--hypothesis-profile`. tests/conftest.py registers both profiles.
"""

from hypothesis import settings

EVERYDAY, THOROUGH = "everyday", "thorough"
AT_MOST = 150


def up_to(full: int) -> int:
    """Return how many examples this run tries of the `full` count of a test.

    Without tests/conftest.py, as in the mutation check, no profile is registered and a
    test tries them all.
    """
    return min(full, AT_MOST) if is_everyday() else full


def is_everyday() -> bool:
    """Return whether this run tries a part of what a thorough run tries."""
    return settings.get_current_profile_name() == EVERYDAY
