"""Loads the frameworks and the market once, for every copy that notes what it reaches.

Nearly every test reads one of them, which takes ten times as long as the test itself.
A test that asks for one is noted as if it had read it.
"""

import gc
from collections.abc import Callable, Iterable
from functools import _lru_cache_wrapper, wraps
from importlib import import_module
from pathlib import Path

from tests.mutation.reach import Trace, Tracer


def load_once(tracer: Tracer) -> Trace:
    """Load them from here on without reading; return what importing them has run."""
    tracer.anew()
    frameworks = import_module("audits.frameworks.loading.loader")
    market = import_module("audits.landscape.loader")
    imported = tracer.trace
    packs = sorted(frameworks.PACKS.glob("*/v*.yaml"))
    for module, paths in ((frameworks, packs), (market, [market.DATA])):
        vars(module)["load"] = noted(module.load, paths, tracer)
    _forget_results()
    return imported


def noted[Loaded](
    load: Callable[[Path], Loaded], paths: Iterable[Path], tracer: Tracer
) -> Callable[[Path], Loaded]:
    """Return a function that returns the same and notes what `load` would reach."""
    known = {}
    for path in paths:
        _forget_results()  # what is not worked out again would not be noted
        tracer.anew()
        known[path] = load(path), tracer.trace

    @wraps(load)
    def kept(path: Path) -> Loaded:
        if path not in known:
            return load(path)
        loaded, trace = known[path]
        tracer.add(trace)
        return loaded

    return kept


def _forget_results() -> None:
    for each in gc.get_objects():
        if isinstance(each, _lru_cache_wrapper) and each.__module__.startswith(
            "audits."
        ):
            each.cache_clear()
