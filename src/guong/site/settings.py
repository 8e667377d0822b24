"""The one settings file; everything that differs between machines comes from `env`."""

from __future__ import annotations

from datetime import timedelta

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from guong.site import database, env, logs, secrets

VAR = env.var()
SECRET_KEY = env.SECRET_KEY.get() or secrets.text(VAR, "secret-key")
DEBUG = env.DEBUG.on()
HTTPS = env.HTTPS.on()
PROXIES = env.PROXIES.number()
ALLOWED_HOSTS = env.HOSTS.words()
PUBLIC_URL = env.PUBLIC_URL.get() or f"http://localhost:{env.PORT.get()}"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "axes",
    "csp",
    "procrastinate.contrib.django",
    "guong.base",
    "guong.regulations",
    "guong.plans",
    "guong.movements",
    "guong.records",
    "guong.awards",
    "guong.portal",
    "guong.reports",
    "guong.site",
]

PUBLIC_PATHS = ("/so-vang/", "/cong-khai/")  # besides "/": pages kept for everyone
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "guong.site.middleware.Headers",
    "guong.site.middleware.Limits",
    "guong.portal.cache.PublicPages",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "guong.site.middleware.Sessions",
    "guong.site.language.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "guong.site.login.FirstPassword",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "guong.site.urls"
WSGI_APPLICATION = "guong.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "guong.site.menu.shell",
            ],
        },
    }
]

DATABASES = {"default": database.settings()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "base.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
PASSWORD_RESET_TIMEOUT = 3600
LOGIN_URL = "site:login"
LOGIN_REDIRECT_URL = "site:home"
LOGOUT_REDIRECT_URL = "portal:home"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = VAR / "files"  # never mapped to an address: records serve their own files
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
SIGNING_KEYS = VAR / "secrets"  # private halves of the keys that sign certificates
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20
BODY_LIMIT = env.UPLOAD_MB.number() * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

_HOST_ONLY = "__Host-" if HTTPS else ""  # browsers accept the prefix over TLS only
SESSION_COOKIE_NAME = f"{_HOST_ONLY}guong-session"
SESSION_COOKIE_AGE = 30 * 60  # idle; the middleware moves it while somebody works
SESSION_LONGEST = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"{_HOST_ONLY}guong-csrf"
LANGUAGE_COOKIE_NAME = f"{_HOST_ONLY}guong-language"
DEVICE_COOKIE_NAME = f"{_HOST_ONLY}guong-device"
CSRF_FAILURE_VIEW = "guong.site.failures.csrf"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(hours=1)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # else guessing on would keep the owner out for ever
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_WHITELIST_CALLABLE = "guong.site.middleware.is_known_device"
AXES_CLIENT_IP_CALLABLE = "guong.site.middleware.client_ip"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
LOGGING = logs.config()
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # subdomains and preload lists are the host's to decide
    "security.W021",
    "axes.W006",  # a hospital shares one address: the lock is on the account, from wherever
]
