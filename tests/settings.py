"""The site's settings as the tests run it."""

import os

os.environ.setdefault("PACTSITE_DEV", "1")

from pactsite.settings import *  # noqa: F403

# Of the live server: a browser that stays keeps its connection to the database, which knows its tables by then.
DATABASES["default"]["CONN_MAX_AGE"] = None  # noqa: F405

# The real one is slow on purpose.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
REFUSE_COOKIES_ON_PAGES = True
