"""Django's settings, made from the options of the environment. Read through `django.conf.settings` only."""

import os

from ipregister.portal import languages
from ipregister.web.databases import databases
from ipregister.web.options import Options, read

OPTIONS: Options = read(os.environ)
"""The options that this process runs with."""

SECRET_KEY = OPTIONS.secret_key()
DEBUG = OPTIONS.debug
ALLOWED_HOSTS = list(OPTIONS.allowed_hosts)
ROOT_URLCONF = "ipregister.web.urls"
WSGI_APPLICATION = "ipregister.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DATABASES = databases(OPTIONS)
DATABASE_ROUTERS = ["ipregister.web.routing.TwoDatabases"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "ipregister.store",
    "ipregister.portal",
    "ipregister.watch",
]
MIDDLEWARE = [
    "ipregister.portal.guard.SecurityHeaders",
    "ipregister.portal.guard.ErrorsAsJson",
    "ipregister.portal.guard.BodyLimit",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "ipregister.portal.guard.AtOnce",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["django.templatetags.i18n", "ipregister.portal.templatetags.portal"],
        },
    }
]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "public"]}}

LANGUAGE_CODE = OPTIONS.language
LANGUAGES = list(languages.LANGUAGES)
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 31_536_000
"""A year: every address of a static file carries the hash of the file."""

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "staff-sign-in"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = OPTIONS.https
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "ipregister.portal.errors.forged"
CSRF_TRUSTED_ORIGINS = [OPTIONS.public_address] if OPTIONS.public_address.startswith("http") else []
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if OPTIONS.https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if OPTIONS.behind_proxy else None
X_FRAME_OPTIONS = "DENY"

DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_TEMP_DIR = str(OPTIONS.path("uploads")) if OPTIONS.path("uploads").exists() else None

EMAIL_HOST = OPTIONS.smtp_host
EMAIL_PORT = OPTIONS.smtp_port
EMAIL_HOST_USER = OPTIONS.smtp_user
EMAIL_HOST_PASSWORD = OPTIONS.smtp_password
EMAIL_USE_TLS = bool(OPTIONS.smtp_host)
EMAIL_TIMEOUT = 10
"""Seconds that a mail server may take for each step."""
DEFAULT_FROM_EMAIL = OPTIONS.mail_from or "ipregister@localhost"
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if OPTIONS.smtp_host else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = str(OPTIONS.path("mail"))
"""Without a mail server mails are put here, one file each."""

SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
        "discreet": {
            "()": "ipregister.web.discreet.DiscreetFormatter",
            "fmt": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        },
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
        "requests": {"class": "logging.StreamHandler", "formatter": "discreet"},
    },
    "loggers": {
        "django": {"handlers": ["requests"], "level": "WARNING", "propagate": False},
        "ipregister": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
