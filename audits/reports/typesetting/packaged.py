"""The files that a paper is drawn with: our fonts, our icons and the logo."""

from pathlib import Path
from typing import Any

from audits.reports.typesetting.branding import LOGO

STATIC = Path(__file__).resolve().parents[3] / "static"
_PACKAGED = {"fonts": "font/ttf", "icons": "image/svg+xml"}
_SCHEME = "app://"


def known_files(logo: bytes, logo_type: str) -> Any:
    """Return a fetcher for our fonts, our icons and the logo; it refuses all else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class KnownFiles(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            if url == LOGO and logo:
                return URLFetcherResponse(
                    url, body=logo, headers={"Content-Type": logo_type}
                )
            file = packaged_file(url)
            if file is None:
                message = f"refused: {url}"
                raise ValueError(message)
            kind = _PACKAGED[file.parent.name]
            return URLFetcherResponse(
                url, body=file.read_bytes(), headers={"Content-Type": kind}
            )

    return KnownFiles()


def packaged_file(url: str) -> Path | None:
    """Return the packaged file a URL names, or None if it names anything else."""
    for folder in _PACKAGED:
        prefix = f"{_SCHEME}{folder}/"
        if url.startswith(prefix):
            file = STATIC / folder / url.removeprefix(prefix)
            inside = file.resolve().parent == STATIC / folder
            return file if inside and file.is_file() else None
    return None
