"""The web process."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.base")

application = get_wsgi_application()

# What is loaded now stays. Without this, every full look of the collector goes through all of it
# again (0.1 s in which no request is answered), and forked workers copy the pages it touches.
gc.collect()
gc.freeze()
