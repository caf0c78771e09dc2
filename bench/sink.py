"""A mail server that throws everything away, in a process of its own.

`python -m bench.sink PORT COUNT` prints "ready", then the monotonic times of the first and the last of every COUNT mails.
"""

from __future__ import annotations

import asyncio
import sys
import time
from typing import Any

from aiosmtpd.smtp import SMTP


class Sink:
    """Accepts every mail; says when the first and the last of another `count` have come."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.taken = 0

    async def handle_EHLO(
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        """Say what nearly every mail server says (RFC 2920); aiosmtpd reads line by line, so it can."""
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", responses[-1]]

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Count the mail; its acceptance is the moment that is told."""
        self.taken += 1
        if self.taken % self.count in (0, 1):
            print(time.monotonic(), flush=True)
        return "250 OK"


async def serve(port: int, count: int) -> None:
    """Listen on 127.0.0.1 until killed."""
    sink = Sink(count)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(sink, loop=loop), "127.0.0.1", port)
    print("ready", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2])))
