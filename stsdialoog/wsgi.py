"""The WSGI application, which gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from stsdialoog.bodies import Request
from stsdialoog.database import log_whether_it_answers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stsdialoog.settings")

application = get_wsgi_application()
application.request_class = Request
log_whether_it_answers()
