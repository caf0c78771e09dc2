"""The public register of letters, its list as a file, and each side's consent to stand in it."""

from __future__ import annotations

import csv
import uuid
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.confidentiality import Audience, Level
from foundation.web.forms import TokenForm
from foundation.web.pages import form_page, get_or_post
from foundation.web.pagination import paginate
from foundation.web.policies import policy, public, signed_in
from foundation.web.shortcuts import page, posted
from letters import actions
from letters.enums import Side
from letters.forms import RegisterFilter
from letters.models import Letter
from letters.rules import OFFICE
from letters.views.parts import desk_letter, own_letter

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run a cell that begins so
EVERYONE = Audience(Level.PUBLIC)
COLUMNS = ("reference", "title", "language", "network", "delivered", "state", "address")


@public("letters that both sides put on the register are for everyone")
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The register: what is listed, narrowed and sorted as asked, counted as far as it is listed."""
    found, form = _found(request)
    shown = paginate(request, found.select_related("network"))
    context = {
        "form": form,
        "page": shown,
        "count": shown.paginator.count,
        "narrowed": any(
            value for name, value in request.GET.items() if name not in ("page", "sort")
        ),
        "query": _query(request),
    }
    return page(request, "letters/register.html", context)


@public("as the register")
@require_safe
def register_csv(request: HttpRequest) -> HttpResponse:
    """The same as a CSV file (UTF-8 with a mark, so that spreadsheets read every script)."""
    found, _form = _found(request)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="register.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    for letter in found.select_related("network"):
        writer.writerow(_safe(_row(request, letter)))
    return response


def _found(request: HttpRequest) -> tuple[Any, RegisterFilter]:
    """Return the listed letters that are asked for. Everybody sees the same ones here, signed in
    or not: the page says what is public."""
    listed = Letter.objects.visible_to(EVERYONE).listed()
    names = {
        str(letter.network_id): letter.network.printed_name()
        for letter in listed.select_related("network").order_by("network_id").distinct("network_id")
    }
    years = [day.year for day in listed.order_by().datetimes("delivered_at", "year", order="DESC")]
    networks = sorted(names.items(), key=lambda pair: pair[1].casefold())
    form = RegisterFilter(request.GET, networks=networks, years=years)
    return form.narrow(listed), form


def _row(request: HttpRequest, letter: Letter) -> list[str]:
    return [
        letter.reference,
        letter.subject,
        letter.language,
        letter.network.printed_name(),
        letter.delivered_at.date().isoformat() if letter.delivered_at else "",
        letter.state,
        request.build_absolute_uri(letter.get_absolute_url()),
    ]


def _safe(cells: Iterable[str]) -> list[str]:
    return [f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells]


def _query(request: HttpRequest) -> str:
    asked = request.GET.copy()
    asked.pop("page", None)
    return asked.urlencode()


@policy(signed_in)
@get_or_post
def for_the_network(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A coordinator agrees that the letter is listed, or takes that back."""
    letter = own_letter(request, pk)
    return _consent(request, letter, Side.NETWORK, letter.get_absolute_url())


@policy(OFFICE)
@get_or_post
def for_the_office(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """An officer agrees that the letter is listed, or takes that back."""
    letter = desk_letter(request, pk)
    return _consent(request, letter, Side.OFFICE, reverse("letters:item", args=[pk]))


def _consent(request: HttpRequest, letter: Letter, side: Side, back: str) -> HttpResponse:
    agreed = getattr(letter, f"{side.value}_lists_at") is not None
    form = TokenForm(posted(request))

    def do() -> str:
        act = actions.revoke_listing if agreed else actions.agree_to_listing
        act(letter=letter, side=side, by=request.user)
        return back

    context: dict[str, Any] = {"letter": letter, "back": back}
    if agreed:
        context["title"] = _("Take it out of the register")
        context["lead"] = _(
            "It leaves the public register at once. The letter itself stays public."
        )
    else:
        context["title"] = _("Put it on the public register")
        context["lead"] = _(
            "It stands there once the network and the Office have both agreed: title, network, "
            "day, state. Either side can take that back."
        )
    return form_page(
        request, form, do, "letters/form.html", {**context, "button": context["title"]}
    )
