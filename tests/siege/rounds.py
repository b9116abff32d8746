"""The rounds by their names."""

from collections.abc import Callable, Mapping

from tests.siege.clock_skew import clock_skew
from tests.siege.figures import Figures
from tests.siege.foreign_ids import foreign_ids
from tests.siege.full_disk import full_disk
from tests.siege.greedy_packs import greedy_packs
from tests.siege.hostile_files import hostile_files
from tests.siege.instance import Instance
from tests.siege.kills import kills
from tests.siege.outages import outages
from tests.siege.slow_clients import slow_clients
from tests.siege.walk import walk

ROUNDS: Mapping[str, Callable[[Instance], Figures]] = {
    round_.__name__: round_
    for round_ in (
        *(walk, foreign_ids, hostile_files, kills, full_disk, slow_clients),
        *(greedy_packs, clock_skew, outages),
    )
}
