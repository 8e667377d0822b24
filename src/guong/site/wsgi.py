"""The WSGI application."""

from __future__ import annotations

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from guong.site import env

env.use_settings()
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018  # every view now: shared by forked processes, faults show at once
