"""The site's settings as the bench serves it: those of production, with its static files in a folder of the bench."""

from pactsite.settings import *  # noqa: F403
from pactsite.settings import BASE_DIR

STATIC_ROOT = BASE_DIR / ".bench" / "static"
