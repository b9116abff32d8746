"""Keeps the files of minutes and of proofs that conditions are met."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.files import File

from audits.checked_files import digest_of
from audits.models import Audit, Organization, ProofFile, User
from audits.models.sign_offs.proof_files import stored_proof_name
from audits.services.answers.evidence import (
    NotStored,
    QuotaFull,
    require_room,
    stored_upload,
)
from audits.uploads.attachments import names
from audits.uploads.attachments.contents import RefusedUploadError
from audits.uploads.attachments.reading import kind_of
from audits.uploads.reading.refusals import BusyError

type Upload = File[bytes] | None
# Why a file is not kept; each says it in words for people.
REFUSED = (RefusedUploadError, BusyError, QuotaFull, NotStored)


@contextmanager
def proof_of(audit: Audit, by: User, upload: Upload) -> Iterator[ProofFile | None]:
    """Store a file before the transaction that names it; None without one.

    It is discarded unless `keep_proof` keeps it, so that no row is locked while it is
    written.

    Args:
        audit: The audit that it is about.
        by: Who uploads it.
        upload: The file, with the name that the person gave it.

    Raises:
        RefusedUploadError: The file is not accepted.
        BusyError: Other files are being read.
        QuotaFull: The organization has no room for it.
        NotStored: It could not be written.
    """
    if upload is None:
        yield None
        return
    name = names.cleaned_file_name(upload.name or "")
    kind = kind_of(upload, name, settings.EVIDENCE_MAX_BYTES)
    proof = ProofFile(
        organization_id=audit.organization_id,
        audit_id=audit.pk,
        name=name,
        media_type=kind.media_type,
        size=upload.size,
        digest=digest_of(upload),
        added_by=by,
    )
    require_room(proof.organization_id, proof.size)
    with stored_upload(proof, stored_proof_name(proof, ""), upload) as discard:
        yield proof
        if not ProofFile.objects.filter(pk=proof.pk).exists():
            discard()


def keep_proof(proof: ProofFile | None) -> ProofFile | None:
    """Keep a file that was stored, in the transaction of what names it.

    Raises:
        QuotaFull: The organization has no room for it any more.
    """
    if proof is not None:
        # Two uploads at once take turns, so that together they keep the quota.
        Organization.objects.select_for_update(no_key=True).get(
            pk=proof.organization_id
        )
        require_room(proof.organization_id, proof.size)
        proof.save(force_insert=True)
    return proof


def proof_told(link: str, proof: ProofFile | None) -> dict[str, str]:
    """Return what the record says of a link and a file; nothing without any."""
    told = {"link": link, "sha256": proof.digest if proof else ""}
    return {key: value for key, value in told.items() if value}
