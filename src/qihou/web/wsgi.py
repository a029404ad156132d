import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qihou.web.settings")
application = get_wsgi_application()

from qihou.record.api import warming  # noqa: E402 - rows can be imported once the application is set up

warming.start()
