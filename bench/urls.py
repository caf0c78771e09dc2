"""The portal's addresses, and the floors: views that do as little as a page can do."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import include, path

from bench.bare import BareList, OwnColumns
from bench.models import FloorRow
from foundation.web.policies import policy, public, signed_in


class FloorForm(forms.Form):
    """Three fields, one of each sort that the sign-on form has."""

    level = forms.TypedChoiceField(choices=[(10, "Everyone"), (30, "The Office")], coerce=int)
    text = forms.CharField(max_length=100)
    declared = forms.BooleanField()


def insert(request: HttpRequest) -> HttpResponse:
    """Validate the form, insert one row (one commit), redirect."""
    form = FloorForm(request.POST)
    if not form.is_valid():
        return HttpResponse(str(form.errors), status=422)
    FloorRow.objects.create(level=form.cleaned_data["level"], text=form.cleaned_data["text"])
    answer = HttpResponseRedirect("/bench/done/")
    answer["Content-Length"] = "0"  # elsewhere a middleware says so; our clients need it
    return answer


def still(request: HttpRequest) -> HttpResponse:
    """Answer without a database, a template or a thought."""
    answer = HttpResponse("<!doctype html><title>Still</title><p>Nothing moves here.</p>")
    answer["Content-Length"] = str(len(answer.content))  # elsewhere a middleware says so
    return answer


handler400 = "portal.views.bad_request"
handler403 = "portal.views.forbidden"
handler404 = "portal.views.not_found"
handler500 = "portal.views.server_error"
urlpatterns = [
    path("bench/floor/", policy(signed_in)(insert)),
    path("bench/bare/", public("the floor without middleware knows no users")(insert)),
    path("bench/still/", public("the floor of the public page shows nothing")(still)),
    path("bench/list/", policy(signed_in)(BareList.as_view())),
    path("bench/own/", policy(signed_in)(OwnColumns.as_view())),
    path("", include("portal.urls")),
]
