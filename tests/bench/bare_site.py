"""The site with the bare page, for gunicorn."""

import os

from django.conf import settings

from config.wsgi import application

__all__ = ["application"]

settings.ROOT_URLCONF = "tests.bench.bare_page"
settings.STATIC_ROOT = os.environ["BENCH_STATIC"]
