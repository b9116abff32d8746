"""CSV files of results, for the tests of the pages."""

from collections.abc import Mapping

from django.core.files.uploadedfile import SimpleUploadedFile


def csv_of(passed: Mapping[str, int], cases: int = 100, apart: int = 0) -> bytes:
    """Return a file in which the first of the cases pass, by candidate.

    With `apart`, the cases of each candidate begin so many after those of the one
    before it: runs that pass and fail the same cases count as one test.
    """
    lines = ["case,candidate,passed"]
    for place, (name, count) in enumerate(passed.items()):
        begins = place * apart
        lines += [
            f"case {n},{name},{'true' if (n - begins) % cases < count else 'false'}"
            for n in range(cases)
        ]
    return "\n".join(lines).encode()


def upload(
    passed: Mapping[str, int], cases: int = 100, apart: int = 0
) -> SimpleUploadedFile:
    return SimpleUploadedFile("results.csv", csv_of(passed, cases, apart))
