"""How well something is known, and on how many cases, as a part of a line."""


def known_on(known: str, basis: str) -> tuple[str, str]:
    """Return how well something is known and on how many cases: a first word, the rest.

    What is only asserted has tests, too, that do not show all of it.

    >>> known_on("Asserted: nobody has shown it", "30 or more cases")
    ('Asserted:', 'not all of it is shown. Tests: 30 or more cases')
    >>> known_on("Measured", "56 of 60 cases"), known_on("Asserted: nobody", "")
    (('Measured,', '56 of 60 cases'), ('Asserted:', 'nobody'))
    """
    how, colon, _ = known.partition(": ")
    said = ", ".join(filter(None, (known, basis)))
    if basis and colon:
        said = f"{how}: not all of it is shown. Tests: {basis}"
    first, _, rest = said.partition(" ")
    return first, rest
