"""Reading pages as an attacker would: all that can be asked for, without what always differs."""

from __future__ import annotations

import re

# One-time tokens of forms and of CSRF; the rest of a page must be the same in two equal worlds.
TOKENS = re.compile(r'(name="(?:csrfmiddlewaretoken|token)" value="|"X-CSRFToken": ")[^"]*"')


def normal(page: str) -> str:
    """Return the page without its one-time tokens."""
    return TOKENS.sub(r'\1"', page)
