"""The ASGI application, for those who serve the site so."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pactsite.settings")

application = get_asgi_application()
