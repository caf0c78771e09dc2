"""Letters, drafts and names as the components of pages want them."""

from letters.views.showing.drafts import (
    approvals_shown,
    commented,
    language_name,
    languages_of,
    named_parts,
    text_parts,
    translations_shown,
)
from letters.views.showing.letters import (
    answered,
    desk_rows,
    marked,
    next_number,
    numbered,
    summary,
)
from letters.views.showing.names import as_seen, came_in, invited_numbers, invited_rows

__all__ = [
    "answered",
    "approvals_shown",
    "as_seen",
    "came_in",
    "commented",
    "desk_rows",
    "invited_numbers",
    "invited_rows",
    "language_name",
    "languages_of",
    "marked",
    "named_parts",
    "next_number",
    "numbered",
    "summary",
    "text_parts",
    "translations_shown",
]
