"""Compares stored files with the SHA-256 they had when they were stored."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

from django.db import transaction
from django.utils import timezone

from audits.checked_files import FileMissing, StorageSilent, read_whole
from audits.models import (
    BoardPack,
    Evidence,
    FileProblem,
    Job,
    Organization,
    ProofFile,
    Report,
)
from audits.services.record import events
from audits.temporary_room import TemporaryCopy

logger = logging.getLogger(__name__)
type Owner = BoardPack | Evidence | Organization | ProofFile | Report


class FileLost(Exception):  # noqa: N818 - the state it is in, not a fault
    """The file is missing, or its bytes have changed since it was stored."""

    def __init__(self, state: FileProblem.State) -> None:
        super().__init__(state.label)
        self.state = state


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How a model names its file, and the words for operators."""

    model: type[Any]
    kind: FileProblem.Kind
    what: Callable[[Any], str]
    file: str = "file"
    digest: str = "digest"
    checked_at: str = "checked_at"

    @property
    def stored(self) -> Any:
        """The rows that name a file."""
        rows = self.model.objects.exclude(**{self.file: ""})
        if issubclass(self.model, Job):
            rows = rows.filter(state=Job.State.READY)
        return rows.light() if self.model is BoardPack else rows


KINDS = (
    Kind(
        model=Report,
        kind=FileProblem.Kind.PAPER,
        what=lambda report: report.audit.use_case.reference,
    ),
    Kind(
        model=BoardPack,
        kind=FileProblem.Kind.PACK,
        what=lambda pack: f"{pack.frozen_at:%Y-%m-%d %H:%M}",
    ),
    Kind(
        model=Evidence,
        kind=FileProblem.Kind.EVIDENCE,
        what=lambda item: f"{item.audit.use_case.reference}, {item.question}",
    ),
    Kind(
        model=ProofFile,
        kind=FileProblem.Kind.PROOF,
        what=lambda item: item.audit.use_case.reference,
    ),
    Kind(
        model=Organization,
        kind=FileProblem.Kind.LOGO,
        what=lambda organization: organization.slug,
        file="logo",
        digest="logo_digest",
        checked_at="logo_checked_at",
    ),
)
_BY_MODEL = {kind.model: kind for kind in KINDS}


def open_checked(owner: Owner) -> IO[bytes]:
    """Return a complete and unchanged copy of a stored file.

    Nothing of a file leaves before all of it was compared; the copy is exactly what was
    compared, whatever happens to the stored file meanwhile.

    Raises:
        FileLost: It is missing or altered; that is recorded.
        StorageSilent: The storage does not answer.
        TooManyCopiesError: It is large, and too many large files are copied now.
    """
    copy = TemporaryCopy(_size_of(owner))
    try:
        state, _ = _compare(owner, copy)
    except StorageSilent:
        copy.close()
        logger.exception("%s cannot be read", _words(owner))
        raise
    if state is not None:
        copy.close()
        raise FileLost(state)
    copy.seek(0)
    return copy


def check(owner: Owner) -> tuple[FileProblem.State | None, int]:
    """Compare a stored file, and store the time; return its state and its size.

    A file without a stored SHA-256 is accepted as it is, and gets one now. An
    unreadable file is recorded for operators, and is neither missing nor altered.
    """
    kind = _BY_MODEL[type(owner)]
    state: FileProblem.State | None
    try:
        state, size = _compare(owner, None)
    except StorageSilent:
        state, size = FileProblem.State.UNREADABLE, 0
        logger.exception("%s cannot be read", _words(owner))
        _note(owner, state)
    _same(owner).update(**{kind.checked_at: timezone.now()})
    return state, size


def note_right(owner: Owner) -> None:
    """Close the problems of a file that is right again."""
    kind = _BY_MODEL[type(owner)]
    own = FileProblem.objects.open().filter(kind=kind.kind, subject=owner.pk)
    if not own.exists():
        return
    with transaction.atomic():
        organization = _locked_organization(owner)
        problem = own.first()
        if problem is None:
            return
        own.update(closed_at=timezone.now())
        if problem.state in FileProblem.LOST:
            _record(organization, problem, "file.right_again")


def problem_of(owner: Owner) -> FileProblem | None:
    """Return the known problem of a file: it is missing or altered."""
    kind = _BY_MODEL[type(owner)]
    own = FileProblem.objects.lost().filter(kind=kind.kind, subject=owner.pk)
    found: FileProblem | None = own.first()
    return found


def owner_of(problem: FileProblem) -> Owner | None:
    """Return the row that names a file with a problem; None if no row does."""
    kind = next(kind for kind in KINDS if kind.kind == problem.kind)
    rows = kind.model.objects.exclude(**{kind.file: ""})
    found: Owner | None = rows.filter(pk=problem.subject).first()
    return found


def _compare(
    owner: Owner, copy: IO[bytes] | None
) -> tuple[FileProblem.State | None, int]:
    """Read a file, and record the result; return its problem and its size."""
    kind = _BY_MODEL[type(owner)]
    file, expected = getattr(owner, kind.file), getattr(owner, kind.digest)
    try:
        found, size = read_whole(file.storage, file.name, copy)
    except FileMissing:
        _note(owner, FileProblem.State.MISSING)
        return FileProblem.State.MISSING, 0
    if expected and found != expected:
        _note(owner, FileProblem.State.ALTERED, found=found)
        return FileProblem.State.ALTERED, size
    if not expected and copy is None:
        _same(owner).update(**{kind.digest: found})
        setattr(owner, kind.digest, found)
    note_right(owner)
    return None, size


def _size_of(owner: Owner) -> int:
    try:
        return int(getattr(owner, _BY_MODEL[type(owner)].file).size)
    except Exception:
        return 0


def _note(owner: Owner, state: FileProblem.State, **details: str) -> None:
    """Record a problem once, unless the row names another file now."""
    kind = _BY_MODEL[type(owner)]
    with transaction.atomic():
        organization = _locked_organization(owner)
        if not _same(owner).exists():
            return
        own = FileProblem.objects.open().filter(kind=kind.kind, subject=owner.pk)
        problem = own.first()
        if problem and (state == problem.state or state not in FileProblem.LOST):
            own.update(seen_at=timezone.now())
            return
        own.update(closed_at=timezone.now())
        problem = FileProblem.objects.create(
            organization=organization,
            kind=kind.kind,
            subject=owner.pk,
            what=kind.what(owner)[:120],
            file=getattr(owner, kind.file).name,
            state=state,
        )
        if state in FileProblem.LOST:
            _record(organization, problem, f"file.{state}", **details)
            logger.error("%s is %s", _words(owner), state)


def _record(
    organization: Organization, problem: FileProblem, verb: str, **more: str
) -> None:
    events.record(
        organization=organization,
        actor=None,
        verb=verb,
        subject=str(problem.subject),
        kind=problem.kind,
        file=problem.file,
        **more,
    )


def _same(owner: Owner) -> Any:
    """Return the row of a file, if it still names the file that was read."""
    kind = _BY_MODEL[type(owner)]
    names = {name: getattr(owner, name) for name in (kind.file, kind.digest)}
    return kind.model.objects.filter(pk=owner.pk, **names)


def _locked_organization(owner: Owner) -> Organization:
    """Lock the organization, so that a problem is recorded and closed only once."""
    pk = owner.pk if isinstance(owner, Organization) else owner.organization_id
    return Organization.objects.select_for_update(no_key=True).get(pk=pk)


def _words(owner: Owner) -> str:
    kind = _BY_MODEL[type(owner)]
    return f"{kind.kind} {owner.pk}, stored as {getattr(owner, kind.file).name},"
