"""The results files of a use case that were read, and of which nothing was saved."""

from uuid import UUID

from django.db.models import QuerySet

from audits.models import Audit, ResultsFile, Version
from audits.models.audits import values


def unused_files(use_case: UUID) -> QuerySet[ResultsFile]:
    """Return the files of a use case that nobody ever made a candidate of."""
    documents = Audit.objects.filter(use_case=use_case)
    earlier = Version.objects.filter(
        audit__use_case=use_case, kind=Version.Kind.CANDIDATE
    )
    entries = [
        *earlier.values_list("value", flat=True),
        *(
            entry
            for document in documents.values_list("candidates", flat=True)
            for entry in values(document).values()
        ),
    ]
    used = {entry.get("sha256") for entry in entries if entry}
    own = ResultsFile.objects.filter(use_case=use_case)
    return own.exclude(digest__in={digest for digest in used if digest})
