"""A framework file that somebody uploads, read in a separate process."""

import hashlib
from typing import IO, Any

from audits.frameworks.loading import loader
from audits.frameworks.schema import Framework
from audits.strict_yaml.node_values import node_of, values_of
from audits.strict_yaml.nodes import MAX_BYTES, compose
from audits.strict_yaml.problems import Problem, RefusedFileError
from audits.uploads.reading.limits import MEGABYTE, Content, Limits, Reader
from audits.uploads.reading.refusals import UnreadableUploadError

_PROBLEMS_TOLD = 5
_MOST_TOLD = 500  # characters of each


class RefusedProposalError(Exception):
    """A file is not a framework; `problems` are the first, `more` counts the rest."""

    def __init__(self, problems: list[Problem], more: int) -> None:
        super().__init__(problems, more)
        self.problems = problems
        self.more = more


def proposed(file: Content, name: str) -> Framework:
    """Return the framework of a file.

    The other process parses the file and finds every problem. Only the nodes of a valid
    one come back; reading them takes no more work than it did there.

    Args:
        file: A YAML file of at most 256 kB.
        name: The name to use in messages.

    Raises:
        RefusedProposalError: The file is refused; has the problems with their lines.
        UnreadableUploadError: It is too complex.
        BusyError: Other files are being read.
    """
    from audits.uploads.reading import process  # noqa: PLC0415 - only to start another

    return process.read(_READER, file, name=name)


def read(file: IO[bytes], name: str) -> dict[str, Any]:
    """Return a framework's nodes, or its problems; the other process calls it."""
    raw = file.read(MAX_BYTES + 1)
    try:
        loader.read(raw, name)
        nodes = values_of(compose(raw, name))
    except RefusedFileError as error:
        told = error.problems[:_PROBLEMS_TOLD]
        return {
            "problems": [
                [p.line, p.key[:_MOST_TOLD], p.message[:_MOST_TOLD]] for p in told
            ],
            "more": len(error.problems) - len(told),
        }
    return {"nodes": nodes, "hash": hashlib.sha256(raw).hexdigest()}


def _made(values: dict[str, Any]) -> Framework:
    if "problems" in values:
        problems = [Problem(int(p[0]), *map(str, p[1:])) for p in values["problems"]]
        raise RefusedProposalError(problems, int(values["more"]))
    return loader.of_node(node_of(values["nodes"]), "", str(values["hash"]))


_READER = Reader(
    function="audits.frameworks.loading.proposals:read",
    made=_made,
    refusal=UnreadableUploadError,
    too_much=(
        "The file is too complex to read. Select a framework file like the ones in "
        "this release."
    ),
    limits=Limits(result=4 * MEGABYTE),
)
