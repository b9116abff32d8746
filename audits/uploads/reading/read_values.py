"""Values as another process says them, which are refused if they have another type."""


def text_of(value: object) -> str | None:
    """Return a text, or None where there is none.

    Raises:
        TypeError: It is not a text.
    """
    if value is not None and not isinstance(value, str):
        message = "no text"
        raise TypeError(message)
    return value


def count_of(value: object) -> int | None:
    """Return a count, or None where there is none.

    Raises:
        TypeError: It is not a count.
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        message = "no count"
        raise TypeError(message)
    return value
