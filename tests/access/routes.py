"""Every address that the program answers, by its name."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver

UNNAMED = "(a route without a name)"


def routes(
    resolver: URLResolver, namespace: str = ""
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield every route's name with arguments that fit its pattern."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{entry.namespace}:" if entry.namespace else namespace
            yield from routes(entry, inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name or UNNAMED}", _arguments(entry)


def _arguments(entry: URLPattern) -> dict[str, str]:
    names = entry.pattern.regex.groupindex
    if "app_label" in names:
        return {"app_label": "audits"}
    return dict.fromkeys(names, "1")
