"""Which rows of an inbox are emailed at once, as the settings say it."""

from collections.abc import Mapping

from audits.models import NoticeKind

# All other kinds wait in the inbox. A digest has every kind.
AT_ONCE: Mapping[NoticeKind, str] = {
    NoticeKind.ASKED: "asks you to answer",
    NoticeKind.ANSWERED: "answers or closes what you asked",
    NoticeKind.SENT_BACK: "sends your audit back",
    NoticeKind.SIGNED: "signs your audit off",
    NoticeKind.CONDITION: "asks you to meet a condition",
    NoticeKind.DISCARDED: "discards a draft you worked on",
    NoticeKind.DUE: "your verdict is due for review",
}


def at_once() -> str:
    """Return when an email comes at once, in words."""
    by_people = [said for kind, said in AT_ONCE.items() if kind != NoticeKind.DUE]
    *first, last = by_people
    due = AT_ONCE[NoticeKind.DUE]
    return f"When a colleague {', '.join(first)} or {last}, and when {due}"
