"""A pytest plugin (`-p tests.servers`): servers are up before Django reads its settings.

The controller starts one throw-away PostgreSQL and one Valkey and names them in the environment;
the workers of pytest-xdist inherit it. Servers that the environment names already are used.
"""

import atexit
import os

import pytest

from launcher.servers import Servers, start_throwaway

_servers: Servers | None = None

if "DATABASE_URL" not in os.environ or "REDIS_URL" not in os.environ:
    _servers = start_throwaway()
    os.environ.setdefault("DATABASE_URL", _servers.database_url)
    os.environ.setdefault("REDIS_URL", _servers.redis_url)
    atexit.register(lambda: pytest_unconfigure())  # a usage error ends pytest without the hook


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Stop the servers that this process started, after everything else has ended."""
    global _servers
    if _servers is not None:
        _servers.stop()
        _servers = None
