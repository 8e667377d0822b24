"""Settings of gunicorn: two processes of four threads, loaded once and forked; no personal data logged."""

from __future__ import annotations

import gc
import signal
from typing import Any

from guong.site import orphans

wsgi_app = "guong.site.wsgi"
workers = 2
worker_class = "gthread"
threads = 4
preload_app = True
control_socket_disable = True
timeout = 60
graceful_timeout = 6
keepalive = 15
max_requests = 20_000
max_requests_jitter = 2_000
limit_request_line = 8190
forwarded_allow_ips = "127.0.0.1,::1"
accesslog = None  # addresses carry names that were searched for
errorlog = "-"
loglevel = "warning"


def when_ready(_server: Any) -> None:
    """What is loaded stays shared between the processes: the collector must not touch it."""
    gc.collect()
    gc.freeze()


def post_fork(server: Any, _worker: Any) -> None:
    """A worker ends with its master, however the master ends."""
    orphans.die_with_parent(signal.SIGKILL, server.pid)
