"""A paper of an overridden verdict says by name who signed and agreed to which one."""

import json
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.models import Audit, Role
from audits.reports.context import build_paper
from audits.reports.office.telling import told_in
from audits.reports.pdf_client import manuscript_of
from audits.results.at_a_glance import AtAGlance
from audits.scoring.days import in_words
from audits.services.answers.answers import fresh_audit
from audits.services.papers.covers import save_cover
from audits.services.papers.page_one_words import words_of_page_one
from tests.board.boards import sign
from tests.casting import Cast
from tests.pages import html_of
from tests.reports.papers import words_of
from tests.reviews.test_overrides import overridden, reader


def test_who_signed_or_agreed_before_is_not_lent_to_an_override(cast: Cast) -> None:
    ours, admin = cast.ours, cast.ours.people[Role.ADMIN]
    reviewer, today = ours.people[Role.REVIEWER], timezone.localdate()
    agreed = {"sponsor": "Anna Berg", "sponsor_agreed_on": today - timedelta(2)}
    with scope(organization=ours.organization):
        audit = sign(ours)
        Audit.objects.filter(pk=audit.pk).update(
            submitted_at=timezone.now() - timedelta(5)
        )
        save_cover(audit=audit, by=ours.contributor, fields=agreed)
        audit = overridden(fresh_audit(audit), admin)
        paper = build_paper(audit)
        printed = words_of_page_one(audit, paper.assessment)
        state = AtAGlance.of(audit, paper.assessment).state
        slides = json.dumps(told_in(manuscript_of(paper), [paper]), ensure_ascii=False)
    computed, own = paper.assessment.named.name, paper.one.override
    assert own

    said = (
        f"{reviewer} signed off “{computed}”; {admin} alone overrode it with "
        f"“Few-shot” on {in_words(today)}."
    )
    before = f", before the override, to “{computed}”"
    sponsor = f"Anna Berg (agreed on {in_words(today - timedelta(2))}{before})"
    first, rest = words_of(paper)
    assert said in first
    assert f"Sponsor* {sponsor}" in first
    assert f"{ours.team} · Overridden" in first
    assert f"Signed off by {reviewer}" not in first
    assert f"Agreed{before}" in rest
    for name in ("result", "board"):
        page = html_of(reader(admin).get(reverse(name, args=[audit.pk])))
        assert said in " ".join(page.split()), name
    assert state == paper.state == "Overridden"
    assert said.replace("\xa0", " ") in slides.replace("\xa0", " ")
    # The fold of the result is what is printed.
    fields = {field.label: field.lines for field in printed.fields}
    assert fields["Sponsor"] == (sponsor,)
    assert fields["Decision needed"] == (paper.one.decision_asked,)
    assert fields["If we do nothing"] == (paper.one.if_nothing,)
    assert fields["Risks"] == paper.one.known_risks
    assert printed.sums[0] == ("Asked for", own.amount)
    assert paper.one.if_nothing == own.nothing
