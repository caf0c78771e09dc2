"""Pages of the demo: sign in as anybody, read the mails that left, look at the components."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import TemplateDoesNotExist, loader
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.roles import ROLES
from demo.cast import BUTTONS, PASSWORD, WORDS
from demo.guard import only_here
from demo.models import DemoFile, DemoMail
from foundation.web.pagination import paginate
from foundation.web.policies import public
from foundation.web.shortcuts import page

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WHY = "the demo runs on one's own machine; demo.guard answers nobody else"


@public(WHY)
@only_here
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show one sign-in button per role."""
    roles = {role.word: role for role in ROLES}
    rows = [{"person": one, "role": roles[WORDS.get(one.box, one.box)]} for one in BUTTONS]
    return page(request, "demo/home.html", {"rows": rows, "password": PASSWORD})


@public(WHY)
@only_here
@require_POST
def sign_in(request: HttpRequest, box: str) -> HttpResponse:
    """Sign in as the person of this button."""
    person = next((one for one in BUTTONS if one.box == box), None)
    if person is None:
        raise Http404
    user = User.objects.filter(email=person.email, is_active=True).first()
    if user is None:
        messages.error(request, "The demo data are not loaded: run `manage.py demo`.")
        return redirect("demo:home")
    login(request, user, backend=BACKEND)
    return redirect("home")


@public(WHY)
@only_here
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """Show the mails that left, newest first; `?to=` keeps those to one address."""
    mails = DemoMail.objects.prefetch_related(
        Prefetch("files", queryset=DemoFile.objects.defer("data"))
    )
    to = request.GET.get("to", "").strip()
    if to:
        mails = mails.filter(to__iexact=to)
    return page(request, "demo/mailbox.html", {"mails": paginate(request, mails, 20), "to": to})


@public(WHY)
@only_here
@require_safe
def mail_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out a file that left with a mail."""
    file = DemoFile.objects.filter(pk=pk).first()
    if file is None:
        raise Http404
    headers = {"Content-Disposition": content_disposition_header(True, file.name) or "attachment"}
    return HttpResponse(bytes(file.data), content_type=file.content_type, headers=headers)


@public(WHY)
@only_here
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Show every component with invented contents."""
    try:
        loader.get_template("components/gallery.html")
    except TemplateDoesNotExist as error:
        raise Http404 from error
    return page(request, "components/gallery.html", {})
