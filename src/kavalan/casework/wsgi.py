"""What gunicorn serves."""

from __future__ import annotations

from django.core.wsgi import get_wsgi_application

from kavalan.casework import keys

application = get_wsgi_application()
keys.take_over()
