"""How the person who sends a request writes numbers."""

from django.conf.locale import LANG_INFO
from django.http import HttpRequest
from django.utils.formats import get_format
from django.utils.translation.trans_real import parse_accept_lang_header

from audits.scoring.numbers.written_numbers import Notation

_SWISS = "de-ch"


def notation_of(request: HttpRequest) -> Notation:
    """Return how numbers are written in the first language that a browser asks for.

    A language that Django does not know is taken as that of the pages.
    """
    asked = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    language = _known(asked[0][0]) if asked else None
    return Notation(
        decimal=get_format("DECIMAL_SEPARATOR", language),
        thousands=get_format("THOUSAND_SEPARATOR", language),
    )


def _known(language: str) -> str | None:
    """Return the nearest language with formats: Django keeps what it is asked for."""
    main, _, region = language.partition("-")
    if region == "ch":
        return _SWISS  # whose cantons write numbers alike, whatever they speak
    return next((each for each in (language, main) if each in LANG_INFO), None)
