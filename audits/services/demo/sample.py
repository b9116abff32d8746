"""Loads the sample company, whose invented figures fill every page that shows money."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from audits.frameworks.loading import loader
from audits.models import (
    Audit,
    Evidence,
    Membership,
    Organization,
    ResultsFile,
    Role,
    Stage,
    Team,
    UseCase,
    User,
)
from audits.models.audits import NEED_PROOF
from audits.scoring.assess_on import assess_on
from audits.scoring.exchange import document
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.entry_checks import Key
from audits.services.answers.evidence import add_link
from audits.services.answers.merging import Sender, Sent
from audits.services.conditions.conditions import Term
from audits.services.demo.decided import decide_sample
from audits.services.demo.demo import DemoPerson, join
from audits.services.demo.outcomes import add_sample_usage, follow_paper
from audits.services.demo.tested import add_sample_results
from audits.services.papers.covers import save_cover
from audits.services.people.back_office import record_team
from audits.services.portfolio.earlier_months import work_out_months_of
from audits.services.portfolio.rows import update_portfolio_row
from audits.services.reviews.audits import submit_audit
from audits.services.reviews.reviews import review_audit, submission_of
from audits.services.use_cases.use_cases import register_use_case
from audits.services.verdicts.assessments import (
    SCORE_FIELDS,
    framework_of,
    store_score,
)

SLUG = "sample"
_FRIDAY = 4
HEAD = DemoPerson(
    "head@sample.example",
    "Ingrid Vik",
    "Head of AI, sample company",
    "See every use case and its costs",
    Role.ADMIN,
)
SAMPLE_PEOPLE = {
    "lead": DemoPerson(
        "lead@sample.example",
        "Omar Haddad",
        "Team lead, sample company",
        "Answer questions, see what each technique costs",
        Role.CONTRIBUTOR,
    ),
    "reviewer": DemoPerson(
        "reviewer@sample.example",
        "Grace Mensah",
        "Reviewer, sample company",
        "Sign off verdicts that others submitted",
        Role.REVIEWER,
    ),
    "head": HEAD,
}
_WIKI = "https://wiki.example.com/tests"  # shows what is said to be documented
_KINDS = {"answers": "answer", "levels": "level", "numbers": "number"}


def is_invented(organization: Organization) -> bool:
    """Return whether it is the sample company of a demo, whose figures are invented."""
    return settings.DEMO and organization.slug == SLUG


def load_sample() -> bool:
    """Load the sample company; False if it already exists.

    All or nothing: an interrupted load leaves nothing behind.
    """
    with scopes_disabled():
        if Organization.objects.filter(slug=SLUG).exists():
            return False
    company = sample_company()
    with transaction.atomic():
        organization = Organization.objects.create(name=company["name"], slug=SLUG)
        with scope(organization=organization):
            people = {
                key: join(organization=organization, person=person)
                for key, person in SAMPLE_PEOPLE.items()
            }
            for given in company["use_cases"]:
                audit = _load(organization, people, given)
                if signed := given.get("signed_off"):
                    _sign(audit, people[signed["by"]], signed)
                if decided := given.get("decided"):
                    decide_sample(fresh_audit(audit), people[decided["by"]], decided)
                if before := given.get("paper_before"):
                    owner, signed_off = people[given["owner"]], fresh_audit(audit)
                    add_sample_usage(audit=signed_off, by=owner, given=before["usage"])
            work_out_months_of(organization, timezone.localdate())
    return True


def _sign(audit: Audit, reviewer: User, signed: Mapping[str, Any]) -> None:
    """Sign an audit off; the owner of its use case meets the conditions."""
    today = timezone.localdate()
    terms = [
        Term(
            words=each["words"],
            owner=audit.use_case.owner,
            due_on=today + timedelta(days=each["in_days"]),
        )
        for each in signed.get("conditions", ())
    ]
    review_audit(
        audit=audit,
        by=reviewer,
        submission=submission_of(audit),
        conditions=terms,
        opened=True,
        **signed["review"],
    )


def sample_company() -> dict[str, Any]:
    """Return the company that ships with the current framework."""
    framework = loader.current()
    file = loader.PACKS / framework.name / f"sample.v{framework.version}.yaml"
    company: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return company


def _load(
    organization: Organization, people: Mapping[str, User], given: Mapping[str, Any]
) -> Audit:
    owner = people[given["owner"]]
    team, _ = Team.objects.get_or_create(organization=organization, name=given["team"])
    audit = register_use_case(
        organization=organization,
        by=owner,
        owner=owner,
        team=team,
        name=given["name"],
        summary=given["summary"],
        stage=Stage(given["stage"]),
    )
    if before := given.get("paper_before"):
        numbers = {**given["numbers"], **before["numbers"]}
        then = {**given, "numbers": numbers, "waits": before["waits"], "cover": {}}
        audit = _submitted(_entered(audit, owner, then), owner, then)
        reviewer = people[before["signed_by"]]
        audit = follow_paper(audit=audit, by=owner, reviewer=reviewer)
    audit = _entered(audit, owner, given)
    if tests := given.get("tests"):
        audit = add_sample_results(
            audit=audit, by=owner, given=tests, before=given["waits"]
        )
    if "waits" in given:
        audit = _submitted(audit, owner, given)
    if days := given.get("registered"):
        at = timezone.now() - timedelta(days=days)
        Audit.objects.filter(pk=audit.pk).update(created_at=at)
        UseCase.objects.filter(pk=audit.use_case_id).update(created_at=at)
    return audit


def answered_draft(*, member: Membership, given: Mapping[str, Any]) -> Audit:
    """Register a use case of the sample for a member, in a team marked as sample.

    Args:
        member: Its owner, who answers.
        given: The use case as the file has it.
    """
    organization, owner = member.organization, member.user
    name = f"{given['team']} (sample)"
    team, is_new = Team.objects.get_or_create(organization=organization, name=name)
    if is_new:
        record_team(team=team, by=owner, verb="team.founded")
    audit = register_use_case(
        organization=organization,
        by=owner,
        owner=owner,
        team=team,
        name=given["name"],
        summary=given["summary"],
        stage=Stage(given["stage"]),
    )
    return _entered(audit, owner, given)


def _entered(audit: Audit, owner: User, given: Mapping[str, Any]) -> Audit:
    """Save the answers, levels and numbers of a use case."""
    sent: dict[Key, Sent] = {
        (kind, item): Sent(value=value)
        for entries, kind in _KINDS.items()
        for item, value in given.get(entries, {}).items()
    }
    for question, level in given.get("levels", {}).items():
        if level in NEED_PROOF:
            add_link(audit=audit, by=owner, question=question, link=_WIKI, name="Wiki")
    audit = fresh_audit(audit)
    return save_entries(audit=audit, by=owner, sent=sent, sender=Sender()).audit


def _submitted(audit: Audit, owner: User, given: Mapping[str, Any]) -> Audit:
    """Answer and submit it as if some days ago, with the market of that day."""
    moment = timezone.now() - timedelta(days=given["waits"])
    _answer_before(audit, moment)
    audit = submit_audit(audit=audit, by=owner)
    on = timezone.localdate(moment)
    assessment = assess_on(framework_of(audit), audit.inputs, on)
    store_score(audit, assessment)
    audit.assessment = document.dump(assessment)
    audit.submitted_at = audit.scored_at = moment
    audit.landscape_date = on
    audit.save(update_fields=[*SCORE_FIELDS, "assessment", "submitted_at"])
    verdict, first = audit.verdict, audit.comes_first
    audit.submissions.update(at=moment, verdict=verdict, comes_first=first)
    update_portfolio_row(audit, assessment)
    words = dict(given.get("cover", {}))
    if "decide_in" in given:
        day = timezone.localdate() + timedelta(days=given["decide_in"])
        words["decide_by"] = _working_day(day)
    if "agreed" in given:
        day = timezone.localdate() - timedelta(days=given["agreed"])
        words["sponsor_agreed_on"] = day
    if words:
        save_cover(audit=audit, by=owner, fields=words)
    return audit


def _working_day(day: date) -> date:
    """Return the day, or the last working day before it: no board meets on others.

    >>> _working_day(date(2026, 12, 13)), _working_day(date(2026, 12, 14))
    (datetime.date(2026, 12, 11), datetime.date(2026, 12, 14))
    """
    return day - timedelta(days=max(0, day.weekday() - _FRIDAY))


def _answer_before(audit: Audit, moment: datetime) -> None:
    """Date an audit and its entries an hour before a moment."""
    at = moment - timedelta(hours=1)
    documents = ("answers", "levels", "notes", "numbers", "candidates")
    for name in documents:
        for entry in getattr(audit, name).values():
            entry["at"] = at.isoformat()
    audit.created_at = at
    audit.save(update_fields=[*documents, "created_at"])
    audit.versions.update(at=at)
    ResultsFile.objects.filter(use_case=audit.use_case_id).update(added_at=at)
    Evidence.objects.filter(audit=audit).update(added_at=at)
    # What was registered for an earlier paper stays as old as that.
    later = UseCase.objects.filter(pk=audit.use_case_id, created_at__gt=at)
    later.update(created_at=at)
