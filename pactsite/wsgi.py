"""The WSGI application that a production server serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pactsite.settings")

application = get_wsgi_application()
