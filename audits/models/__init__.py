"""What Django stores. No scoring here."""

from audits.models.audits import Audit, AuditQuerySet
from audits.models.counts import RecentCount
from audits.models.covers import Cover, CoverVersion
from audits.models.discussion import AnswerRequest, Comment, CommentQuerySet
from audits.models.events import Event
from audits.models.evidence import Evidence, RemovedEvidence
from audits.models.file_problems import FileProblem
from audits.models.inbox.marks import NoticeKind, ReadMark
from audits.models.jobs.board_packs import BoardPack, PackDecision
from audits.models.jobs.bulk_changes import BulkChange
from audits.models.jobs.imports import Import, ImportedRow
from audits.models.jobs.jobs import Job
from audits.models.jobs.reports import Report
from audits.models.jobs.rescores import Rescore
from audits.models.joining.invitations import Invitation
from audits.models.landscape_files import LandscapeFile
from audits.models.organizations import (
    CONTRIBUTORS,
    SEE_ALL,
    Membership,
    Organization,
    Role,
    Team,
    TeamRole,
    in_role,
)
from audits.models.people import Mails, User
from audits.models.portfolio.rows import PortfolioRow, PortfolioRowQuerySet
from audits.models.queries import any_of  # noqa: F401 - adds a lookup on import
from audits.models.read_files.dropped_results import DroppedResults
from audits.models.read_files.outcomes import Outcome
from audits.models.read_files.results_checks import ResultsCheck
from audits.models.read_files.results_files import ResultsFile
from audits.models.read_files.usage_uploads import RemovedUsage, UsageUpload
from audits.models.record_keeping.late_lines import LateLine
from audits.models.record_keeping.record_checks import RecordCheck
from audits.models.saved_views import Feed, SavedView
from audits.models.sessions import Session
from audits.models.sharing.shares import Share
from audits.models.sign_offs.board_decisions import BoardDecision, DecisionStep
from audits.models.sign_offs.conditions import ConditionStep, SignOffCondition
from audits.models.sign_offs.overrides import Override
from audits.models.sign_offs.proof_files import ProofFile
from audits.models.sign_offs.reviews import Review
from audits.models.sign_offs.second_opinions import SecondOpinion
from audits.models.sign_offs.submissions import Submission
from audits.models.single_sign_on.directory import (
    DirectoryGroup,
    ProvisioningToken,
)
from audits.models.single_sign_on.providers import (
    MailDomain,
    ProviderAccount,
    SignOnProvider,
)
from audits.models.snapshots import Snapshot
from audits.models.use_cases import Stage, UseCase
from audits.models.versions import Version

__all__ = [
    "CONTRIBUTORS",
    "SEE_ALL",
    "AnswerRequest",
    "Audit",
    "AuditQuerySet",
    "BoardDecision",
    "BoardPack",
    "BulkChange",
    "Comment",
    "CommentQuerySet",
    "ConditionStep",
    "Cover",
    "CoverVersion",
    "DecisionStep",
    "DirectoryGroup",
    "DroppedResults",
    "Event",
    "Evidence",
    "Feed",
    "FileProblem",
    "Import",
    "ImportedRow",
    "Invitation",
    "Job",
    "LandscapeFile",
    "LateLine",
    "MailDomain",
    "Mails",
    "Membership",
    "NoticeKind",
    "Organization",
    "Outcome",
    "Override",
    "PackDecision",
    "PortfolioRow",
    "PortfolioRowQuerySet",
    "ProofFile",
    "ProviderAccount",
    "ProvisioningToken",
    "ReadMark",
    "RecentCount",
    "RecordCheck",
    "RemovedEvidence",
    "RemovedUsage",
    "Report",
    "Rescore",
    "ResultsCheck",
    "ResultsFile",
    "Review",
    "Role",
    "SavedView",
    "SecondOpinion",
    "Session",
    "Share",
    "SignOffCondition",
    "SignOnProvider",
    "Snapshot",
    "Stage",
    "Submission",
    "Team",
    "TeamRole",
    "UsageUpload",
    "UseCase",
    "User",
    "Version",
    "in_role",
]
