"""Links to what shows an answer, sent together with that answer."""

from collections.abc import Iterable

from django.contrib import messages

from audits.access.members import MemberRequest
from audits.limits import EVIDENCE
from audits.models import Audit
from audits.services.answers.answers import AuditLocked
from audits.services.answers.evidence import AlreadyThere, QuotaFull, add_link
from audits.uploads.attachments.links import RefusedLinkError


def add_written_links(
    request: MemberRequest, audit: Audit, questions: Iterable[str]
) -> None:
    """Add the links that were entered beside levels; say which was not, and why."""
    for question in questions:
        link = request.POST.get(f"link-level-{question}", "").strip()
        if link and (why_not := _why_not(request, audit, question, link)):
            said = f"The answer is saved, but not its link. {why_not}"
            messages.warning(request, f"{said} You entered: {link}")


def _why_not(request: MemberRequest, audit: Audit, question: str, link: str) -> str:
    """Add a link; return why it was not added, or nothing."""
    if refusal := EVIDENCE.refusal(request.user.pk):
        return refusal.sentence
    try:
        add_link(audit=audit, by=request.user, question=question, link=link, name="")
    except (RefusedLinkError, QuotaFull) as error:
        return f"{error}."
    except AuditLocked:
        return "The audit was submitted before it arrived."
    except AlreadyThere:
        return ""
    return ""
