"""The site's settings as the tests run it."""

import os

os.environ.setdefault("PACTSITE_DEV", "1")

from pactsite.settings import *  # noqa: F403

# The real one is slow on purpose.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
REFUSE_COOKIES_ON_PAGES = True
