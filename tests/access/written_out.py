"""`docs/permissions.md`: what each actor gets from each address, written out.

`python -m tests.access.written_out` writes its tables from the rows, which tests ask
for.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

FILE = Path(__file__).parents[2] / "docs" / "permissions.md"
_HEADS = (
    *("visitor", "program", "no organization", "left", "operator", "stranger"),
    *("board reader", "viewer", "contributor", "reviewer", "administrator"),
)
_ADDRESSES = "\n## Addresses\n"


def text() -> str:
    """Return the whole page; what is said before the addresses is as it is there."""
    from tests.access.commands import COMMANDS  # noqa: PLC0415 - see main
    from tests.access.rows.rows import GROUPS  # noqa: PLC0415

    paths = dict(_paths(get_resolver()))
    parts = [FILE.read_text().partition(_ADDRESSES)[0], _ADDRESSES]
    heads = " | ".join(_HEADS)
    for name, rows in GROUPS.items():
        parts.append(f"\n### {name.capitalize()}\n\n| address | {heads} |\n")
        parts.append("|---" * (len(_HEADS) + 1) + "|\n")
        for row in rows:
            got = " | ".join(map(_said, row.outcomes))
            parts.append(f"| {row.method} {paths[row.url[0]]} | {got} |\n")
    parts.append("\n## Commands\n\n| command | reads |\n|---|---|\n")
    parts += [f"| {name} | {reads} |\n" for name, reads in COMMANDS.items()]
    return "".join(parts)


def _said(outcome: int | str) -> str:
    if isinstance(outcome, str) and outcome.startswith("/sign-in/confirm/"):
        return "confirm"
    return "302" if outcome == "/sign-in/" else str(outcome)


def _paths(resolver: URLResolver, before: str = "/") -> Iterator[tuple[str, str]]:
    """Yield the name of each address, and the address with its ids by their names."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _paths(entry, f"{before}{entry.pattern}")
        elif isinstance(entry, URLPattern) and entry.name:
            yield entry.name, _plain(f"{before}{entry.pattern}")


def _plain(path: str) -> str:
    """Return an address whose ids are named without what they look like."""
    path = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", path).strip("$").replace("^", "")
    return f"`{re.sub('<[a-z]+:', '<', path)}`"


def main() -> None:
    from tests.environment import set_environment  # noqa: PLC0415 - before settings

    set_environment()
    import django  # noqa: PLC0415 - the same

    django.setup()
    FILE.write_text(text())


if __name__ == "__main__":
    main()
