"""HTTP clients that cost next to nothing: prepared bytes over kept connections, one thread each."""

from __future__ import annotations

import socket
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Barrier, Thread

PATIENCE = 60  # seconds for one answer


@dataclass(frozen=True)
class Request:
    """A form as a browser posts it."""

    path: str
    body: str
    cookies: str

    def as_bytes(self) -> bytes:
        """The request on the wire."""
        body = self.body.encode()
        lines = [
            f"POST {self.path} HTTP/1.1",
            "Host: 127.0.0.1",
            "User-Agent: Mozilla/5.0",
            "Accept: text/html",
            "Accept-Encoding: gzip, br",
            "Accept-Language: en",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
            f"Cookie: {self.cookies}",
            "",
            "",
        ]
        return "\r\n".join(lines).encode() + body


@dataclass(frozen=True)
class Get:
    """A page as a browser asks for it, without cookies."""

    path: str

    def as_bytes(self) -> bytes:
        """The request on the wire."""
        lines = [
            f"GET {self.path} HTTP/1.1",
            "Host: 127.0.0.1",
            "User-Agent: Mozilla/5.0",
            "Accept: text/html",
            "Accept-Encoding: gzip, br",
            "Accept-Language: en",
            "",
            "",
        ]
        return "\r\n".join(lines).encode()


def fire(port: int, requests: Sequence[Sequence[Request | Get]]) -> tuple[float, Counter[int]]:
    """Send each list over a connection of its own, all at the same time, one after another.

    Returns the seconds from the first request to the last answer, and how often each status
    came; 0 counts requests that got no answer.
    """
    seconds, statuses, _waits = timed(port, requests)
    return seconds, statuses


def timed(
    port: int, requests: Sequence[Sequence[Request | Get]]
) -> tuple[float, Counter[int], list[float]]:
    """As `fire`; also the seconds that each answer took, in no order."""
    prepared = [[request.as_bytes() for request in one] for one in requests]
    statuses: Counter[int] = Counter()
    barrier = Barrier(len(prepared) + 1)
    found: list[list[tuple[int, float]]] = [[] for _ in prepared]

    def run(number: int) -> None:
        barrier.wait()
        found[number] = _converse(port, prepared[number])

    threads = [Thread(target=run, args=(number,), daemon=True) for number in range(len(prepared))]
    for thread in threads:
        thread.start()
    barrier.wait()
    begin = time.monotonic()
    for thread in threads:
        thread.join()
    seconds = time.monotonic() - begin
    for one, mine in zip(prepared, found, strict=True):
        statuses.update(status for status, _wait in mine)
        statuses.update([0] * (len(one) - len(mine)))
    return seconds, +statuses, [wait for mine in found for _status, wait in mine]


def _converse(port: int, requests: list[bytes]) -> list[tuple[int, float]]:
    answers: list[tuple[int, float]] = []
    line = _connect(port)
    try:
        for request in requests:
            begin = time.perf_counter()
            line.sendall(request)
            status, closed = _answer(line)
            answers.append((status, time.perf_counter() - begin))
            if closed:
                line.close()
                line = _connect(port)
    except OSError:
        pass
    finally:
        line.close()
    return answers


def _connect(port: int) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return line


def _answer(line: socket.socket) -> tuple[int, bool]:
    """The status of one answer and whether the server closes the connection after it."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += _more(line)
    head, _, body = data.partition(b"\r\n\r\n")
    fields = dict(
        field.lower().split(b": ", 1) for field in head.split(b"\r\n")[1:] if b": " in field
    )
    missing = int(fields.get(b"content-length", b"0")) - len(body)
    while missing > 0:
        missing -= len(_more(line))
    return int(head[9:12]), fields.get(b"connection") == b"close"


def _more(line: socket.socket) -> bytes:
    data = line.recv(65536)
    if not data:
        raise ConnectionError("the server hung up")
    return data
