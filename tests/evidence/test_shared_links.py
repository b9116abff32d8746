"""A link that is behind two answers is found with the audit that a page reads."""

import pytest
from django_scopes import scope

from audits.models import Audit, Evidence
from audits.models.shared_links import (
    shared_links,
    shared_links_text,
    with_a_shared_link,
)
from audits.services.answers.evidence import add_link
from tests.casting import Cast

HERE = "https://wiki.example/shown"


@pytest.mark.parametrize(
    ("question", "link", "is_shared"),
    [
        ("eval", HERE, True),
        ("eval", f"{HERE}/", True),
        ("eval", f"{HERE}//", True),
        ("eval", f"{HERE}/2", False),
        ("goal", f"{HERE}/", False),
    ],
    ids=["same", "slash", "slashes", "other", "one answer"],
)
def test_link_behind_two_answers_is_shared(
    cast: Cast, question: str, link: str, *, is_shared: bool
) -> None:
    audit, by = cast.ours.draft, cast.ours.contributor
    with scope(organization=audit.organization):
        for asked, where in (("goal", HERE), (question, link)):
            add_link(audit=audit, by=by, question=asked, link=where, name="")

        mine = Evidence.objects.filter(audit=audit)
        assert with_a_shared_link(mine).exists() is is_shared
        read = Audit.objects.annotate(text=shared_links_text(mine))
        text = read.values_list("text", flat=True).get(pk=audit.pk)
        told = [*shared_links(text)]
        assert told == ([("goal", HERE), (question, link)] if is_shared else [])
