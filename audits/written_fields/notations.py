"""How the numbers of a form are written.

A form carries how the numbers in it were written when its page was drawn, so a page
that is open while somebody chooses another way is still read as it was meant (decision
0157).
"""

from django.conf.locale import LANG_INFO
from django.http import HttpRequest, QueryDict
from django.utils.formats import get_format
from django.utils.translation.trans_real import parse_accept_lang_header

from audits.access.sent_forms import WRITTEN_AS
from audits.scoring.numbers.written_numbers import Notation, notation_of_sample

_SWISS = "de-ch"


def notation_of(request: HttpRequest, sent: QueryDict | None = None) -> Notation:
    """Return how the numbers of a form are written, sent or not yet.

    As its page wrote them; else as the person chose, or their organization; else as the
    first language that the browser asks for does.

    Args:
        request: The request.
        sent: What its form sent; None for what the request has.
    """
    if sent is None:
        sent = request.POST if request.method == "POST" else request.GET
    member = getattr(request, "membership", None)
    return (
        notation_of_sample(sent.get(WRITTEN_AS, ""))
        or notation_of_sample(member.number_style if member else "")
        or notation_of_browser(request)
    )


def notation_of_browser(request: HttpRequest) -> Notation:
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
