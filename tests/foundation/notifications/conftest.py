"""People, a message, and a mail server that does as it is told."""

import socket
import uuid
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.contrib.auth import get_user_model

from foundation.notifications import registry
from foundation.notifications.registry import Notification


class Mailbox:
    """A handler of aiosmtpd: keeps what it took; answers as `answers` says for a recipient."""

    def __init__(self) -> None:
        self.taken: list[tuple[list[str], EmailMessage]] = []
        self.at_rcpt: dict[str, str] = {}
        self.at_data: dict[str, str] = {}
        self.connections = 0

    async def handle_EHLO(
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if answer := self.at_rcpt.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if answer := self.at_data.get(envelope.rcpt_tos[0]):
            return answer
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.taken.append((list(envelope.rcpt_tos), message))
        return "250 OK"

    @property
    def recipients(self) -> list[str]:
        return [address for addresses, _ in self.taken for address in addresses]


@pytest.fixture
def mailbox_class() -> type[Mailbox]:
    """The handler that `mailbox` uses; a test module may put another in its place."""
    return Mailbox


@pytest.fixture
def mailbox(settings: Any, mailbox_class: type[Mailbox]) -> Iterator[Mailbox]:
    """A mail server on a free port, and settings that name it."""
    box = mailbox_class()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    settings.EMAIL_TIMEOUT = 5
    yield box
    controller.stop()


@pytest.fixture
def person(db: None) -> Callable[..., Any]:
    """Make a user."""

    def make(address: str = "", **fields: Any) -> Any:
        address = address or f"{uuid.uuid4().hex[:8]}@mail.example"
        return get_user_model().objects.create_user(address, **fields)

    return make


class PipeliningMailbox(Mailbox):
    """A server that lets commands travel together, as nearly all servers do."""

    async def handle_EHLO(
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        answer = await super().handle_EHLO(server, session, envelope, hostname, responses)
        return ["250-PIPELINING", *answer]


class Told(Notification):
    """A message for these tests."""

    kind = "tests.told"

    def path(self, about_id: str) -> str:
        return f"/things/{about_id}/"


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """Register the message for the length of a test."""
    message = Told()
    monkeypatch.setattr(registry, "_kinds", {**registry._kinds, Told.kind: message})
    return message
