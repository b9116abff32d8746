"""What Django stores. No scoring here."""

from audits.models.audits import Audit, AuditQuerySet
from audits.models.events import Event
from audits.models.organizations import Membership, Organization, Role, Team
from audits.models.people import User
from audits.models.reports import Report
from audits.models.use_cases import Stage, UseCase

__all__ = [
    "Audit",
    "AuditQuerySet",
    "Event",
    "Membership",
    "Organization",
    "Report",
    "Role",
    "Stage",
    "Team",
    "UseCase",
    "User",
]
