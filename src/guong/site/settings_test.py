"""Settings of the tests: the product's own, on a throw-away database, with quick password hashes."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from guong.site import database, env, pg
from guong.site.settings import *  # noqa: F403
from guong.site.settings import STORAGES

DATABASES = {"default": database.from_url(env.TEST_DATABASE_URL.get() or pg.test_url(env.var()))}
DATABASES["default"]["OPTIONS"].pop("pool")  # the tests open and drop whole databases
DATABASES["default"]["TEST"] = {"NAME": f"test_guong_{os.getpid()}"}  # several runs side by side
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
SIGNING_KEYS = Path(tempfile.gettempdir()) / f"guong-keys-{os.getpid()}"
AXES_ENABLED = False  # tests of the throttle switch it on
WHITENOISE_AUTOREFRESH = True  # nothing is collected for tests
COMPONENT_SHEET = True
