"""The browser of the tests and of the bench."""

import shutil

# The first has no windows of its own: a page of a reader's own costs it a quarter of what it costs the others, and none
# of its own pages compete with those that are measured.
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, PROGRAMS)), None)
NO_CHROMIUM = "no Chromium on this machine (Debian: apt-get install chromium-headless-shell)"
