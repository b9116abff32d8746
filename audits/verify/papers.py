"""A board paper in, what came of recomputing it out. Nothing is kept."""

import subprocess
import sys
from pathlib import Path

from audits.frameworks import loader
from audits.scoring.verification import Verification, verify
from audits.verify import extract

MEGABYTE = 1024 * 1024
MAX_BYTES = 10 * MEGABYTE
TOO_LARGE = f"The file is larger than {MAX_BYTES // MEGABYTE} MB, as no paper is."
_PATIENCE = 20
_NO_PDF = "The file is not a PDF. Choose the board paper as it was downloaded."
_TOO_MUCH = "The PDF is broken, or takes too much work to read. Download it again."


class RefusedPaperError(ValueError):
    """There is nothing in a file to recompute; says why and what to do."""


def verify_paper(pdf: bytes) -> Verification:
    """Recompute the verdict of a board paper from what is attached to it.

    Args:
        pdf: The bytes of a PDF, whoever made it.

    Raises:
        RefusedPaperError: It is not a paper with an assessment attached.
    """
    return verify(attached(pdf), loader.shipped())


def attached(pdf: bytes) -> bytes:
    """Return the assessment attached to a paper, read by a process of its own.

    Raises:
        RefusedPaperError: It is not a paper with an assessment attached.
    """
    if len(pdf) > MAX_BYTES:
        raise RefusedPaperError(TOO_LARGE)
    if b"%PDF-" not in pdf[:1024]:
        raise RefusedPaperError(_NO_PDF)
    try:
        done = subprocess.run(  # noqa: S603 - our own program, without a shell
            [sys.executable, "-I", str(Path(extract.__file__))],
            input=pdf,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            timeout=_PATIENCE,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        raise RefusedPaperError(_TOO_MUCH) from error
    if done.returncode == extract.REFUSED:
        raise RefusedPaperError(done.stdout.decode())
    if done.returncode:
        raise RefusedPaperError(_TOO_MUCH)
    return done.stdout
