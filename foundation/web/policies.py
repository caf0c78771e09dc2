"""Every view says who may call it: `@policy(predicate)` or `@public("why")`.

A predicate is about the person only ("signed in", "an engagement officer"); which objects that
person may see is the business of `visible_to`. A check over the whole URL tree (checks.py) fails
when a view says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Predicate:
    """A named question about a user; combine with & and |."""

    name: str
    test: Callable[[Any], bool]

    def __call__(self, user: Any) -> bool:
        return self.test(user)

    def __and__(self, other: Predicate) -> Predicate:
        return Predicate(f"{self.name} and {other.name}", lambda user: self(user) and other(user))

    def __or__(self, other: Predicate) -> Predicate:
        return Predicate(f"({self.name} or {other.name})", lambda user: self(user) or other(user))


@dataclass(frozen=True)
class Policy:
    """What a view declared: the predicate, or the reason why everyone may call it."""

    predicate: Predicate | None
    why: str

    def __str__(self) -> str:
        return f"public: {self.why}" if self.predicate is None else self.predicate.name


signed_in = Predicate("signed in", lambda user: bool(user.is_authenticated and user.is_active))


def staff(*roles: str) -> Predicate:
    """Return the predicate "has one of these staff roles"; without roles, any staff role."""
    name = " or ".join(str(role) for role in roles) or "any staff role"

    def test(user: Any) -> bool:
        return bool(signed_in(user) and user.has_role(*roles))

    return Predicate(f"staff ({name})", test)


def policy(predicate: Predicate) -> Callable[[View], View]:
    """Guard a view: strangers are sent to the sign-in page, others get 404 (not 403: the page
    itself is nobody's business)."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if predicate(request.user):
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            raise Http404

        guarded.policy = Policy(predicate, "")  # type: ignore[attr-defined]
        return guarded

    return decorate


def public(why: str) -> Callable[[View], View]:
    """Declare that everyone may call this view, and why."""
    if not why:
        raise ValueError("Say why this page is public.")

    def decorate(view: View) -> View:
        @wraps(view)
        def open_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return view(request, *args, **kwargs)

        open_view.policy = Policy(None, why)  # type: ignore[attr-defined]
        return open_view

    return decorate


def declared_include(declare: Callable[[View], View], urlconf: str | Any) -> Any:
    """Include somebody else's URLs, each view under the policy `declare` (ours or `public`).

    `urlconf` is the path of a module, or what `admin.site.urls` gives (views, app, namespace).
    """
    is_triple = isinstance(urlconf, tuple) and len(urlconf) == 3
    included: Any = urlconf if is_triple else include(urlconf)
    module, app_name, namespace = included
    patterns = getattr(module, "urlpatterns", module)
    return (list(_declared(declare, patterns)), app_name, namespace)


def _declared(declare: Callable[[View], View], patterns: Iterable[Any]) -> Iterable[Any]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inner = list(_declared(declare, entry.url_patterns))
            yield URLResolver(
                entry.pattern, inner, entry.default_kwargs, entry.app_name, entry.namespace
            )
        elif getattr(entry.callback, "policy", None):
            yield entry
        else:
            yield URLPattern(entry.pattern, declare(entry.callback), entry.default_args, entry.name)
