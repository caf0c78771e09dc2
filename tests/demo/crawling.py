"""Follows every link that a person of the demo is offered."""

from __future__ import annotations

import html
import re
from collections import deque

from django.test import Client
from django.urls import reverse

HREF = re.compile(r'href="(/[^"#]*)')
ELSEWHERE = (
    "/static/",
    "/admin/",
    "/components/",
)  # the admin is Django's, the gallery links to nothing
MOST_PAGES = 150


def crawl(box: str = "") -> tuple[dict[str, int], dict[str, str]]:
    """Return the status of every path that can be reached from home by links, and the pages' text.

    `box` is whose button is pressed first; "" is a stranger. At most MOST_PAGES paths.
    """
    client = Client(raise_request_exception=False)
    if box:
        client.post(reverse("demo:sign_in", args=[box]))
    statuses: dict[str, int] = {}
    texts: dict[str, str] = {}
    waiting = deque(["/"])
    while waiting and len(statuses) < MOST_PAGES:
        path = waiting.popleft()
        if path in statuses or path.startswith(ELSEWHERE):
            continue
        answer = client.get(path)
        statuses[path] = answer.status_code
        if answer.status_code == 302 and answer["Location"].startswith("/"):
            waiting.append(answer["Location"])
        if answer.status_code == 200 and "html" in answer["Content-Type"]:
            texts[path] = answer.content.decode()
            waiting.extend(html.unescape(link) for link in HREF.findall(texts[path]))
    return statuses, texts
