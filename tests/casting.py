"""The cast of the tests: two twin organizations that must never meet.

Ours is Northgate. The other one's every word has the canary in it, so that one
search shows whether anything of it came through.
"""

from dataclasses import dataclass
from datetime import date

from django.core.files.base import ContentFile
from django.utils import timezone
from django_scopes import scope
from django_tasks_db.models import DBTaskResult

from audits.evaluations.reading import values_of
from audits.evaluations.runs import Run
from audits.models import (
    AnswerRequest,
    Audit,
    BoardPack,
    BulkChange,
    Comment,
    Evidence,
    Feed,
    Import,
    Invitation,
    Membership,
    Organization,
    Report,
    Rescore,
    ResultsFile,
    Role,
    SavedView,
    Share,
    Team,
    UsageUpload,
    User,
    Version,
)
from audits.models.joining.invitations import LASTS
from audits.services.answers.answers import save_answers
from audits.services.answers.evidence import add_file
from audits.services.discussion.answer_requests import ask_colleague
from audits.services.discussion.comments import add_comment
from audits.services.jobs import jobs
from audits.services.papers import reports
from audits.services.papers.packs import board_packs
from audits.services.portfolio.rescoring import Question, request_rescore
from audits.services.portfolio.saved_views import make_feed, save_view
from audits.services.reviews.audits import submit_audit
from audits.services.use_cases.bulk.changes import start_change
from audits.services.use_cases.inventories import start_import
from audits.services.use_cases.use_cases import register_use_case
from audits.usage.reading import values_of as usage_values_of
from audits.usage.rows import Usage, UsageFile
from tests.scoring.worked_cases import FIRM_RETRIEVAL_CASE
from tests.told import told_by

CANARY = "Zanzibar"
PASSWORD = "correct horse battery staple"  # noqa: S105 - of people who are not


@dataclass(frozen=True, slots=True)
class Tenant:
    """One organization and what is in it."""

    organization: Organization
    team: Team
    people: dict[Role, User]
    draft: Audit
    submitted: Audit
    report: Report
    pack: BoardPack
    set_aside: Version
    evidence: Evidence
    comment: Comment
    ask: AnswerRequest
    view: SavedView
    feed: Feed
    rescore: Rescore
    inventory: Import
    results: ResultsFile
    usage: UsageUpload
    change: BulkChange
    invitation: Invitation
    share: Share

    @property
    def contributor(self) -> User:
        return self.people[Role.CONTRIBUTOR]


@dataclass(frozen=True, slots=True)
class Cast:
    """Ours, theirs, and somebody who belongs to neither."""

    ours: Tenant
    theirs: Tenant
    unassigned: User


def build_cast() -> Cast:
    cast = Cast(
        ours=build_tenant("northgate", "Northgate"),
        theirs=build_tenant("zanzibar", CANARY),
        unassigned=User.objects.create_user("nobody@example.org", PASSWORD, name="Nix"),
    )
    # The mails about its requests were sent long ago.
    DBTaskResult.objects.all().delete()
    return cast


def build_tenant(slug: str, word: str) -> Tenant:
    organization = Organization.objects.create(name=f"{word} Mutual", slug=slug)
    with scope(organization=organization):
        people = {role: _person(organization, role, word) for role in Role}
        team = Team.objects.create(organization=organization, name=f"{word} claims")
        lead = people[Role.CONTRIBUTOR]
        draft = register(organization, lead, team, f"{word} triage")
        submitted = register(organization, lead, team, f"{word} handbook")
        save_answers(audit=submitted, by=lead, answers=FIRM_RETRIEVAL_CASE)
        submitted = submit_audit(audit=submitted, by=lead)
        report, _ = reports.request_report(audit=submitted, by=lead)
        pdf = ContentFile(f"%PDF {word}".encode(), "paper.pdf")
        jobs.complete_job(job=report, content=pdf, told=told_by(word))
        pack, _ = board_packs.request_pack(
            organization=organization, by=lead, audits=Audit.objects.all()
        )
        pdf = ContentFile(f"%PDF pack of {word}".encode(), "pack.pdf")
        jobs.complete_job(job=pack, content=pdf, told=told_by(word))
        set_aside = Version.objects.create(
            organization=organization,
            audit=submitted,
            kind=Version.Kind.ANSWER,
            # It does not apply, so nobody has to choose before the audit is submitted.
            item="incumbent",
            number=0,
            value="meets",
            by=lead,
            at=submitted.created_at,
            set_aside=True,
        )
        run = ContentFile(f"{word} got 12 of 40 right".encode(), f"{word} test run.txt")
        evidence = add_file(audit=draft, by=lead, question="quality_gap", upload=run)
        comment = add_comment(
            audit=draft, by=lead, question="goal", text=f"{word} counted none"
        )
        ask = ask_colleague(
            audit=draft,
            by=lead,
            of=people[Role.REVIEWER],
            section="purpose",
            message=f"{word} waits for it",
        )
        member = lead.memberships.get()
        view = save_view(member=member, name=f"{word} view", query=f"q={word}")
        feed, _ = make_feed(member=member, view=view)
        rescore, _ = request_rescore(
            organization=organization, by=lead, question=Question(filters={})
        )
        inventory = start_import(
            organization=organization,
            by=lead,
            name=f"{word}.csv",
            file=ContentFile(
                f"Reference,Name,Team,What it does\nA-1,{word} x,{team},X\n".encode()
            ),
        )
        return Tenant(
            organization,
            team,
            people,
            draft,
            submitted,
            report,
            pack,
            set_aside,
            evidence,
            comment,
            ask,
            view,
            feed,
            rescore,
            inventory,
            _results_file(draft, lead, word),
            _usage_upload(draft, lead, word),
            start_change(
                organization=organization,
                by=lead,
                cases=[draft.use_case_id.hex],
                wanted={"add": f"{word} tag"},
            ),
            Invitation.objects.create(
                organization=organization,
                by=people[Role.ADMIN],
                email=f"guest@{slug}.example.org",
                role=Role.VIEWER,
                expires_at=timezone.now() + LASTS,
            ),
            Share.objects.create(
                organization=organization,
                report=report,
                reader=people[Role.BOARD],
                by=people[Role.REVIEWER],
            ),
        )


def _results_file(audit: Audit, lead: User, word: str) -> ResultsFile:
    run = Run(tool="CSV", candidate=f"{word} prompt", n=40, passed=30)
    return ResultsFile.objects.create(
        organization=audit.organization,
        use_case=audit.use_case,
        name=f"{word}.csv",
        digest="0f" * 32,
        format="CSV",
        runs=[values_of(run)],
        size=0,
        added_by=lead,
    )


def _usage_upload(audit: Audit, lead: User, word: str) -> UsageUpload:
    day = date(2026, 9, 1)
    row = Usage(day=day, model=f"{word} model", requests=5)
    found = UsageFile(format="CSV", first=day, last=day, rows=(row,))
    return UsageUpload.objects.create(
        organization=audit.organization,
        use_case=audit.use_case,
        name=f"{word} usage.csv",
        digest="1f" * 32,
        format=found.format,
        first=found.first,
        last=found.last,
        content=usage_values_of(found),
        size=0,
        added_by=lead,
    )


def register(organization: Organization, lead: User, team: Team, name: str) -> Audit:
    return register_use_case(
        organization=organization,
        by=lead,
        owner=lead,
        team=team,
        name=name,
        summary=f"What {name} does",
        what_was_done=f"What {name} did",
        what_happened=f"What came of {name}",
        source=f"https://example.org/{organization.slug}",
    )


def _person(organization: Organization, role: Role, word: str) -> User:
    user = User.objects.create_user(
        f"{role}@{organization.slug}.example", PASSWORD, name=f"{word} {role}"
    )
    Membership.objects.create(user=user, organization=organization, role=role)
    return user
