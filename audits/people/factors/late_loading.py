"""Loads a module where something of it is first used.

The sign-in of allauth imports the module that checks passkeys, and with it `fido2` and
`cryptography`: 10 MiB in each process, in most of which nobody ever uses a passkey.
"""

import sys
from importlib import import_module
from importlib.util import LazyLoader, find_spec, module_from_spec


def put_off(name: str) -> None:
    """Let a module load when an attribute of it is first read, unless it is loaded.

    Its importers have to import it whole: `from package import module`.
    """
    if name in sys.modules:
        return
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(name)
    spec.loader = LazyLoader(spec.loader)
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    # Without it, the next import would look into the module, and so load it.
    package, _, last = name.rpartition(".")
    setattr(import_module(package), last, module)
