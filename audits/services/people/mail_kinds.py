"""Which rows of an inbox are emailed at once, as the settings say it."""

from collections.abc import Mapping

from audits.models import NoticeKind

# All other kinds wait in the inbox. A digest has every kind.
AT_ONCE: Mapping[NoticeKind, str] = {
    NoticeKind.ASKED: "asks you to answer",
    NoticeKind.ANSWERED: "answers your question, or closes it",
    NoticeKind.SENT_BACK: "sends your audit back",
    NoticeKind.SIGNED: "signs your audit off",
    NoticeKind.OVERRIDDEN: "overrides your verdict, or takes that back",
    NoticeKind.CONDITION: "asks you to meet a condition",
    NoticeKind.DISCARDED: "discards a draft you worked on",
    NoticeKind.DUE: "your verdict is due for review",
}


def at_once() -> tuple[str, ...]:
    """Return what an email comes at once for, each in words."""
    return tuple(
        said if kind == NoticeKind.DUE else f"a colleague {said}"
        for kind, said in AT_ONCE.items()
    )
