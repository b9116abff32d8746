"""Stores people's preferences."""

from audits.models import User


def choose_layout(*, user: User, one_question_a_page: bool) -> User:
    """Store whether a person answers a section or one question a page."""
    user.one_question_a_page = one_question_a_page
    user.save(update_fields=["one_question_a_page"])
    return user
