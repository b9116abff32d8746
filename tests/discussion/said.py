"""A request and a comment, as people of ours send them."""

from audits.models import AnswerRequest, Comment, Role
from audits.services.discussion.answer_requests import ask_colleague
from audits.services.discussion.comments import add_comment
from tests.casting import Cast


def asked(cast: Cast) -> AnswerRequest:
    return ask_colleague(
        audit=cast.ours.draft,
        by=cast.ours.contributor,
        of=cast.ours.people[Role.ADMIN],
        section="cost",
        question="latency",
    )


def comment(cast: Cast, by: Role, text: str = "Who counted them?") -> Comment:
    return add_comment(
        audit=cast.ours.draft, by=cast.ours.people[by], question="goal", text=text
    )
