"""Files that a killed process left behind."""

import os
import time
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from audits.services.files.stored_files import remove_orphans
from tests.casting import Cast

LEFT = (
    "reports/of-a-dead-worker.pdf",
    "packs/of-a-dead-worker.zip",
    "reports/x.pdf.1a2b.part",
)


def test_old_files_that_nothing_names_are_removed(cast: Cast) -> None:
    tenant = cast.ours
    kept = [str(x.file) for x in (tenant.report, tenant.pack, tenant.evidence)]
    left = [*LEFT, f"evidence/{tenant.organization.pk}/of-a-dead-process"]
    for name in left:
        default_storage.save(name, ContentFile(b"%P"))
    assert remove_orphans() == 0
    two_hours_ago = time.time() - 7200
    for name in (*left, *kept):
        os.utime(Path(default_storage.path(name)), (two_hours_ago, two_hours_ago))

    assert remove_orphans() == len(left)

    assert [name for name in left if default_storage.exists(name)] == []
    assert all(default_storage.exists(name) for name in kept)
