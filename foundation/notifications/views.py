"""The reader's notices, and the staff's page of work that waits for a decision."""

from __future__ import annotations

import uuid
from itertools import chain
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.leases import work
from foundation.leases.lanes import Lane, lane, lanes
from foundation.notifications import actions
from foundation.notifications.forms import DismissForm
from foundation.notifications.models import Notice
from foundation.notifications.presenting import ShownNotice, ShownWork
from foundation.notifications.querysets import notices_of, unread_of
from foundation.web.pagination import paginate
from foundation.web.policies import policy, signed_in, staff
from foundation.web.shortcuts import get_visible_or_404, page

MOST_PARKED = 500
# Roles by their words: the foundation knows no room. An auditor looks elsewhere and changes nothing.
KEEPERS = staff("administrator", "engagement_officer")


@require_safe
@policy(signed_in)
def list_notices(request: HttpRequest) -> HttpResponse:
    """Show the reader's notices, the newest first."""
    notices = paginate(request, notices_of(request.user))
    notices.object_list = [ShownNotice.of(notice) for notice in notices.object_list]
    context = {"notices": notices, "unread": unread_of(request.user).count()}
    return page(request, "notifications/list.html", context)


@require_POST
@policy(signed_in)
def open_notice(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Mark one notice as read and go where it leads."""
    notice: Notice = get_visible_or_404(notices_of(request.user), pk=pk)
    actions.read_notice(notice)
    return HttpResponseRedirect(ShownNotice.of(notice).path)


@require_POST
@policy(signed_in)
def mark_all_read(request: HttpRequest) -> HttpResponse:
    """Mark all of the reader's notices as read."""
    actions.read_all_notices(by=request.user)
    return redirect("notifications:list")


@require_safe
@policy(KEEPERS)
def list_parked(request: HttpRequest) -> HttpResponse:
    """Show what waits in each lane, and the rows that wait for a decision."""
    rows = chain.from_iterable(
        (ShownWork(lane, row) for row in work.parked(lane.model)[:MOST_PARKED]) for lane in lanes()
    )
    context = {
        "depths": [(lane.label or lane.name, work.depth(lane.model)) for lane in lanes()],
        "parked": paginate(request, list(rows)),
        "form": DismissForm(auto_id=False),
    }
    return page(request, "notifications/parked.html", context)


@require_POST
@policy(KEEPERS)
def retry(request: HttpRequest, lane: str, pk: uuid.UUID) -> HttpResponse:
    """Put one parked row back into the work."""
    changed = actions.retry_parked(_lane(lane), pk, by=request.user)
    return _back(request, changed, _("It will be tried again now."))


@require_POST
@policy(KEEPERS)
def dismiss(request: HttpRequest, lane: str, pk: uuid.UUID) -> HttpResponse:
    """Give one parked row up, with a reason."""
    form = DismissForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a reason; nothing has been changed."))
        return redirect("notifications:parked")
    reason: Any = form.cleaned_data["reason"]
    changed = actions.dismiss_parked(_lane(lane), pk, reason=reason, by=request.user)
    return _back(request, changed, _("It has been dismissed."))


def _back(request: HttpRequest, changed: bool, success: str) -> HttpResponse:
    if changed:
        messages.success(request, success)
    else:
        messages.info(request, _("Somebody else has decided this meanwhile."))
    return redirect("notifications:parked")


def _lane(name: str) -> Lane:
    try:
        return lane(name)
    except KeyError as error:
        raise Http404 from error
