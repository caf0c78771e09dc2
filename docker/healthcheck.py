"""Asks the web process in this container whether it can serve; exit status 1 when it cannot."""

from __future__ import annotations

import os
import sys
import urllib.error
import urllib.request


def ready(port: str = "8000") -> bool:
    """Tell whether /health/ready answers 200, asked under a host name that the portal accepts."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".") or "localhost"
    request = urllib.request.Request(f"http://127.0.0.1:{port}/health/ready")
    request.add_header("Host", host)
    try:
        with urllib.request.urlopen(request, timeout=4) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


if __name__ == "__main__":
    sys.exit(0 if ready(*sys.argv[1:2]) else 1)
