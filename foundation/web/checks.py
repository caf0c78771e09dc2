"""A system check over the URL tree: every view has a policy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.checks import Error, register
from django.urls import URLPattern, URLResolver, get_resolver


def all_patterns(resolver: Any = None, prefix: str = "/") -> Iterator[tuple[str, URLPattern]]:
    """Yield (route, pattern) for every view of the URL tree."""
    resolver = resolver or get_resolver()
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from all_patterns(entry, route)
        else:
            yield route, entry


@register()
def every_url_has_a_policy(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Return an error for each view without `@policy` or `@public`."""
    return [
        Error(f"{route} has no policy", hint="@policy(...) or @public(why)", id="web.E001")
        for route, pattern in all_patterns()
        if getattr(pattern.callback, "policy", None) is None
    ]
