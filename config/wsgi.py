"""The entry point of the web server."""

import gc
import logging
import os

# What most pages read is loaded before the site: what is left over from reading its
# files is then free for the site's own code, and stays with no process for good.
import audits.frameworks.loading.loader
import audits.landscape.loader

audits.frameworks.loading.loader.shipped()
audits.landscape.loader.built_in()

from django.core.wsgi import get_wsgi_application  # noqa: E402 - as said above
from django.urls import get_resolver  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

_site = get_wsgi_application()

from config.frozen_classes import share_methods  # noqa: E402 - after the set-up above
from config.read_by_tools import drop_what_tools_read  # noqa: E402


def _keep_less() -> None:
    loaded = gc.get_objects()
    share_methods(loaded)
    drop_what_tools_read(loaded)


# Now, so that the pages take the place of what goes, and once more after them.
_keep_less()

from audits.checks import check_database  # noqa: E402
from config.content_types import utf8_only  # noqa: E402
from config.demo import refuse_public_sockets  # noqa: E402

application = utf8_only(_site)
refuse_public_sockets()
# A web server runs no system checks.
for warning in check_database():
    logging.getLogger("attune").warning("%s %s", warning.msg, warning.hint)
# All pages are loaded now: not while the first request waits, and not by several
# threads at once, which takes more memory for good.
_ = get_resolver().reverse_dict
_keep_less()
# What is loaded stays, so it is not looked through for what nothing uses any more: that
# is found sooner then, and its memory serves the next request. Python waits until there
# is a quarter of what it looked through last; hence the second look, at nearly nothing.
gc.collect()
gc.freeze()
gc.collect()
# Each request leaves a few hundred objects that hold each other, with all they read.
# Python would look through old ones only after a thousand requests (decisions 0124,
# 0154).
gc.set_threshold(500, 2, 1)
