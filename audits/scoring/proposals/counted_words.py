"""Parts of a list and numbers of months in words."""

from decimal import Decimal


def listed(parts: list[str]) -> str:
    """Join parts with commas, the last with “and”."""
    return " and ".join((", ".join(parts[:-1]), parts[-1])) if parts[1:] else parts[0]


def months_in_words(number: Decimal) -> str:
    """Write months, with a decimal where there is one."""
    said = f"{number:.1f}".removesuffix(".0")
    return f"{said} month{'' if said == '1' else 's'}"
