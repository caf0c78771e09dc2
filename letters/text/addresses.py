"""Mail addresses in one spelling each, so that one mailbox signs once. No database.

Only what a provider is known to ignore is taken out: elsewhere two spellings may be two people.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Spelling:
    """What a provider ignores before the @: dots, or all from a plus sign on."""

    dots: bool = False
    plus: bool = False


# The domain under which a mailbox is known that has several.
SAME = {
    "googlemail.com": "gmail.com",
    "protonmail.com": "proton.me",
    "protonmail.ch": "proton.me",
    "pm.me": "proton.me",
    "me.com": "icloud.com",
    "mac.com": "icloud.com",
    "ya.ru": "yandex.ru",
    "yandex.com": "yandex.ru",
    "yandex.by": "yandex.ru",
    "yandex.kz": "yandex.ru",
    "tuta.com": "tutanota.com",
}
IGNORED = {
    "gmail.com": Spelling(dots=True, plus=True),
    "proton.me": Spelling(dots=True, plus=True),
    "icloud.com": Spelling(plus=True),
    "outlook.com": Spelling(plus=True),
    "hotmail.com": Spelling(plus=True),
    "live.com": Spelling(plus=True),
    "fastmail.com": Spelling(plus=True),
    "yandex.ru": Spelling(plus=True),
    "mailbox.org": Spelling(plus=True),
    "posteo.de": Spelling(plus=True),
}
PLAIN = Spelling()


def canonical_address(address: str) -> str:
    """Return the one spelling of a mail address, e.g. "ada.noor+x@GoogleMail.com" →
    "adanoor@gmail.com". The mail itself goes to the address as it was typed."""
    local, _at, domain = address.strip().rpartition("@")
    local, domain = local.casefold(), _ascii(domain)
    domain = SAME.get(domain, domain)
    ignored = IGNORED.get(domain, PLAIN)
    if ignored.plus:
        local = local.partition("+")[0] or local
    if ignored.dots:
        local = local.replace(".", "") or local
    return f"{local}@{domain}"


def _ascii(domain: str) -> str:
    plain = domain.strip().rstrip(".").lower()
    try:
        return plain.encode("idna").decode("ascii")
    except UnicodeError:
        return plain
