"""Members of an organization, invitations, and the word that one organization gives for another."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.web.forms import TokenForm
from foundation.web.pages import form_page, get_or_post
from foundation.web.policies import policy, signed_in
from foundation.web.shortcuts import get_visible_or_404, page, posted
from organizations import actions
from organizations.actions.members import find_invitation
from organizations.forms import InviteForm, MandateForm, RoleForm, VouchCodeForm, VouchForm
from organizations.models import Invitation, Membership, Organization, Vouch
from organizations.rules import is_owner, vetted_representative
from organizations.views.parts import act, own_organization


@policy(signed_in)
@get_or_post
def members(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """List the members and open invitations; invite somebody."""
    organization = own_organization(request, pk)
    form = InviteForm(posted(request))

    def do() -> str:
        actions.invite(
            organization=organization,
            email=form.cleaned_data["email"],
            role=form.cleaned_data["role"],
            by=request.user,
        )
        messages.success(request, _("The invitation leaves now. It can be accepted for 14 days."))
        return reverse("organizations:members", args=[pk])

    people = Membership.objects.visible_to(request.user).present()
    invited = Invitation.objects.visible_to(request.user).open()
    context = {
        "entry": organization,
        "members": people.filter(organization=organization).select_related("user"),
        "invitations": invited.filter(organization=organization),
        "may_manage": is_owner(request.user, organization),
    }
    return form_page(request, form, do, "organizations/members.html", context)


@policy(signed_in)
@get_or_post
def member(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One member: another role."""
    membership = _membership(request, pk)
    form = RoleForm(posted(request), initial={"role": membership.role})

    def do() -> str:
        actions.change_member(
            membership=membership, role=form.cleaned_data["role"], by=request.user
        )
        return _members_page(membership)

    context = {
        "title": _("Role of a member"),
        "about": membership.user.display_name(),
        "button": _("Save"),
        "back": _members_page(membership),
    }
    return form_page(request, form, do, "organizations/form.html", context)


@policy(signed_in)
@get_or_post
def mandate(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Say who gave a representative the mandate, and when."""
    membership = _membership(request, pk)
    initial = {"given_by": membership.mandate_by, "given_on": membership.mandate_on}
    form = MandateForm(posted(request), initial=initial)

    def do() -> str:
        actions.state_mandate(
            membership=membership,
            given_by=form.cleaned_data["given_by"],
            given_on=form.cleaned_data["given_on"],
            by=request.user,
        )
        return _members_page(membership)

    context = {
        "title": _("Mandate of a representative"),
        "about": membership.user.display_name(),
        "lead": _("Only who has a mandate can sign."),
        "button": _("Save"),
        "back": _members_page(membership),
    }
    return form_page(request, form, do, "organizations/form.html", context)


@policy(signed_in)
@get_or_post
def end_member(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask twice, then remove a member or leave."""
    membership = _membership(request, pk)
    form = TokenForm(posted(request))
    leaving = membership.user_id == request.user.pk

    def do() -> str:
        actions.end_membership(membership=membership, by=request.user)
        return reverse("organizations:list") if leaving else _members_page(membership)

    context = {"membership": membership, "entry": membership.organization, "leaving": leaving}
    return form_page(request, form, do, "organizations/end_member.html", context)


def _membership(request: HttpRequest, pk: uuid.UUID) -> Membership:
    """Return a present membership of an organization of the reader's own; else Http404."""
    seen = Membership.objects.visible_to(request.user).present()
    membership = get_visible_or_404(seen.select_related("user", "organization"), pk=pk)
    own_organization(request, membership.organization_id)
    return membership


def _members_page(membership: Membership) -> str:
    return reverse("organizations:members", args=[membership.organization_id])


@policy(signed_in)
@require_POST
def revoke_invitation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take an invitation back."""
    seen = Invitation.objects.visible_to(request.user).select_related("organization")
    invitation = get_visible_or_404(seen, pk=pk)
    target = reverse("organizations:members", args=[invitation.organization_id])

    def do() -> str:
        actions.revoke_invitation(invitation=invitation, by=request.user)
        return target

    return act(request, do, fallback=target, done=_("The invitation was taken back."))


@policy(signed_in)
@get_or_post
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show an invitation to the person it was sent to, and accept it; the same words for others."""
    found = find_invitation(token=token, by=request.user)
    form = TokenForm(posted(request))

    def do() -> str:
        membership = actions.accept_invitation(token=token, by=request.user)
        return reverse("organizations:detail", args=[membership.organization_id])

    if found is None and request.method == "POST":
        return HttpResponseRedirect(request.path)
    context = {"invitation": found}
    return form_page(request, form, do, "organizations/invitation.html", context)


@policy(vetted_representative)
@get_or_post
def vouch_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code that another organization gave."""
    form = VouchCodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"].upper().replace(" ", "").replace("/", "")
        return HttpResponseRedirect(reverse("organizations:vouch", args=[code or "-"]))
    return page(request, "organizations/vouch_code.html", {"form": form})


@policy(vetted_representative)
@get_or_post
def vouch(request: HttpRequest, code: str) -> HttpResponse:
    """Give one's word for the organization whose code this is."""
    waiting = Organization.objects.unguarded("its code is its own to give").filter(
        state__in=actions.VOUCHABLE_STATES, without_papers=True
    )
    organization = get_visible_or_404(waiting, vouch_code=code)
    own = Organization.objects.signable_by(request.user)
    form = VouchForm(posted(request), organizations=own)

    def do() -> str:
        actions.vouch(
            organization=organization,
            by_organization=form.cleaned_data["by_organization"],
            text=form.cleaned_data["text"],
            by=request.user,
        )
        messages.success(request, _("Thank you. The Office and the organization read your word."))
        return reverse("organizations:list")

    return form_page(request, form, do, "organizations/vouch.html", {"entry": organization})


@policy(signed_in)
@require_POST
def withdraw_vouch(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take one's organization's word back."""
    seen = Vouch.objects.visible_to(request.user).select_related("by_organization")
    given = get_visible_or_404(seen, pk=pk)

    def do() -> str:
        actions.withdraw_vouch(given=given, by=request.user)
        return given.by_organization.get_absolute_url()

    return act(
        request, do, fallback=reverse("organizations:list"), done=_("Your word is taken back.")
    )
