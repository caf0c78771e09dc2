"""The production settings with the floors' addresses beside the portal's, without HTTPS."""

from __future__ import annotations

import os

from portal.settings.base import *  # noqa: F403
from portal.settings.base import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "bench"]
ROOT_URLCONF = "bench.urls"
# The second floor: the same view with nothing in front of it (allauth insists on one).
if os.environ.get("BENCH_BARE") == "1":
    MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]
