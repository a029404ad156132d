"""Django's settings, from the environment and one data folder.

``QIHOU_DATA``         the data folder (database, files, secret key); default ``var`` beside the checkout
``QIHOU_DATABASE_URL`` ``postgresql://user:password@host:port/name``; unset means SQLite in the data folder
``QIHOU_HOSTS``        host names the portal answers to, comma separated; default loopback only
``QIHOU_HTTPS``        ``1`` when served over TLS: secure cookies, HSTS, forms accepted from ``https://`` of the host names
``QIHOU_PROXIES``      how many trusted proxies stand before the portal; default 0. Their ``X-Forwarded-For`` is believed, and
                       with ``QIHOU_HTTPS`` their ``X-Forwarded-Proto``: the proxy must set both itself, at every request
``QIHOU_SECOND_FACTOR_ROLES``  roles that must use a second factor, comma separated, e.g. ``administrator,lead_bureau``
``QIHOU_OIDC_*``       single sign-on, see ``docs/operate.md``
"""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

PACKAGE = Path(__file__).resolve().parents[1]
CHECKOUT = PACKAGE.parents[1]
DATA = Path(os.environ.get("QIHOU_DATA", CHECKOUT / "var")).resolve()
DISTRICTS = Path(os.environ.get("QIHOU_DISTRICTS", CHECKOUT / "districts")).resolve()


def _secret_key() -> str:
    """The key of this installation: made once, readable by its owner only."""
    if key := os.environ.get("QIHOU_SECRET_KEY"):
        return key
    DATA.mkdir(parents=True, exist_ok=True)
    path = DATA / "secret.key"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as f:
            f.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text()


def _database() -> dict[str, Any]:
    url = os.environ.get("QIHOU_DATABASE_URL", "")
    if not url:
        DATA.mkdir(parents=True, exist_ok=True)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "qihou.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
    }


SECRET_KEY = _secret_key()
DEBUG = os.environ.get("QIHOU_DEBUG") == "1"
HTTPS = os.environ.get("QIHOU_HTTPS") == "1"
PROXIES = int(os.environ.get("QIHOU_PROXIES", "0"))
ALLOWED_HOSTS = [h.strip() for h in os.environ.get("QIHOU_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if h.strip()]
# Browsers say "https" in every form they send; the portal itself hears only the proxy, in plain HTTP.
CSRF_TRUSTED_ORIGINS = (
    [f"https://{'*' if h.startswith('.') else ''}{h}" for h in ALLOWED_HOSTS if h != "*"] if HTTPS else []
)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS and PROXIES else None

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "django_htmx",
    "qihou.record",
    "qihou.face",
    "qihou.domains.plan",
    "qihou.domains.inventory",
    "qihou.web",
]

MIDDLEWARE = [
    "qihou.web.middleware.request_number",
    "qihou.web.middleware.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "qihou.web.middleware.client_address",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "qihou.web.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "qihou.web.middleware.body_limit",
    "django_otp.middleware.OTPMiddleware",
    "qihou.web.middleware.actor",
    "qihou.web.middleware.unfinished_sign_in",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "qihou.web.urls"
WSGI_APPLICATION = "qihou.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "qihou.face.frame.frame",
            ]
        },
    }
]

DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "record.Person"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "signin"

# Single sign-on: on when all of these are set.
_OIDC = {
    key: os.environ.get(f"QIHOU_OIDC_{key}", "")
    for key in ("CLIENT_ID", "CLIENT_SECRET", "AUTHORIZATION_URL", "TOKEN_URL", "USERINFO_URL", "JWKS_URL")
}
SSO_NAME = os.environ.get("QIHOU_OIDC_NAME", "统一身份认证") if all(_OIDC.values()) else ""
if SSO_NAME:
    AUTHENTICATION_BACKENDS.append("qihou.web.single_sign_on.LinkedPersons")
OIDC_RP_CLIENT_ID, OIDC_RP_CLIENT_SECRET = _OIDC["CLIENT_ID"], _OIDC["CLIENT_SECRET"]
OIDC_OP_AUTHORIZATION_ENDPOINT, OIDC_OP_TOKEN_ENDPOINT = _OIDC["AUTHORIZATION_URL"], _OIDC["TOKEN_URL"]
OIDC_OP_USER_ENDPOINT, OIDC_OP_JWKS_ENDPOINT = _OIDC["USERINFO_URL"], _OIDC["JWKS_URL"]
OIDC_RP_SIGN_ALGO = os.environ.get("QIHOU_OIDC_ALGORITHM", "RS256")
OIDC_RP_SCOPES = "openid profile"
OIDC_AUTHENTICATION_CALLBACK_URL = "sso-callback"
OIDC_CREATE_USER = False
OIDC_USE_PKCE = True
OIDC_REDIRECT_FIELD_NAME = "next"
LOGIN_REDIRECT_URL = LOGIN_REDIRECT_URL_FAILURE = "/signin"

# Ten wrong passwords for one name from one address pause that name from that address; nobody else is kept out.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_LOCKOUT_CALLABLE = "qihou.web.signin.locked_out"
AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
AXES_VERBOSE = False
AXES_USERNAME_CALLABLE = "qihou.web.signin.counted_name"
AXES_SENSITIVE_PARAMETERS = ["username", "next"]
SECOND_FACTOR_ROLES = [r for r in os.environ.get("QIHOU_SECOND_FACTOR_ROLES", "").split(",") if r]
OTP_TOTP_ISSUER = "气候 Qihou"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
# Until `qihou serve` has collected them, static files come straight from the source.
_collected = (STATIC_ROOT / "staticfiles.json").exists() and not DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "qihou.web.staticfiles.HashedFiles"
        if _collected
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not _collected
FILES_ROOT = DATA / "files"
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
MAX_UPLOAD_BYTES = 50_000_000
MAX_BODY_BYTES = 320_000_000  # ten files of evidence at their largest (30 MB each), and the form around them

THEME_COOKIE_NAME = "qihou_theme"
LANGUAGE_COOKIE_NAME = "qihou_language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 3600
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "qihou.web.errors.forged"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
