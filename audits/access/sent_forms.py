"""What a form sent, where it was sent from, and how people read it."""

from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

# Whose page it was, as every form of a member's page says.
PAGE_OF = "page-of"
# Which form of the session it was, that was held while nobody was signed in.
HELD_FORM = "held_form"
# What proves who somebody is, beside a password.
_PROOFS = ("code", "credential")
_TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
# How the numbers in it were written when its page was drawn.
WRITTEN_AS = "written-as"
# What a page says of itself; nobody entered it.
_OWN = {
    *(
        _TOKEN,
        PAGE_OF,
        HELD_FORM,
        WRITTEN_AS,
        "tab",
        "seq",
        "missed",
        "shown",
        "v",
        "initial",
    ),
    *("seen", "comments-shown", "submission", "later", "stay", "next", "add-comment"),
    *("registered", "read", "drawn", "back", "asked", "sure"),
}


def what_was_sent(request: HttpRequest) -> QueryDict:
    """Return the fields of a form without its token and without any secret."""
    sent = request.POST.copy()
    for name in request.POST:
        if name in (_TOKEN, HELD_FORM, *_PROOFS) or "password" in name:
            del sent[name]
    return sent


def entered(sent: QueryDict) -> list[tuple[str, str]]:
    """Return what a person entered into a form: each field and what it says."""
    names = entered_names(sent)
    return [
        (name.replace("-", " ").replace("_", " ").capitalize(), ", ".join(values))
        for name, values in sent.lists()
        if name in names
    ]


def entered_names(sent: QueryDict) -> set[str]:
    """Return the names of the fields into which a person entered something."""
    return {
        name
        for name, values in sent.lists()
        if not {name, name.partition("-")[0]} & _OWN and any(values)
    }


def back_to(request: HttpRequest, otherwise: str = "/") -> str:
    """Return the page of ours that a form was sent from."""
    back = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(
        back, {request.get_host()}, require_https=request.is_secure()
    )
    return back if ours else otherwise
