"""The addresses of this room. An id may be that of an organization or of an expert: views find out."""

from __future__ import annotations

from django.urls import path, re_path

from organizations.views import desk, members, networks, papers, reading, writing

app_name = "organizations"
urlpatterns = [
    path("", reading.list_organizations, name="list"),
    path("criteria/", writing.criteria, name="criteria"),
    path("start/", writing.start, name="start"),
    re_path("^new/(?P<kind>organization|expert)/$", writing.begin, name="begin"),
    path("<uuid:pk>/", reading.detail, name="detail"),
    path("<uuid:pk>/visibility/", writing.visibility, name="visibility"),
    path("<uuid:pk>/names/", writing.names, name="names"),
    path("<uuid:pk>/work/", writing.work, name="work"),
    path("<uuid:pk>/papers/", papers.papers, name="papers"),
    path("<uuid:pk>/review/", writing.review, name="review"),
    path("<uuid:pk>/submit/", writing.submit, name="submit"),
    path("<uuid:pk>/appeal/", reading.appeal, name="appeal"),
    path("<uuid:pk>/revise/", reading.revise, name="revise"),
    path("<uuid:pk>/close/", reading.close, name="close"),
    path("<uuid:pk>/members/", members.members, name="members"),
    path("papers/<uuid:pk>/", papers.download, name="paper"),
    path("papers/<uuid:pk>/remove/", papers.remove, name="remove_paper"),
    path("members/<uuid:pk>/", members.member, name="member"),
    path("members/<uuid:pk>/mandate/", members.mandate, name="mandate"),
    path("members/<uuid:pk>/end/", members.end_member, name="end_member"),
    path("invitations/<uuid:pk>/revoke/", members.revoke_invitation, name="revoke_invitation"),
    path("invitation/<str:token>/", members.invitation, name="invitation"),
    path("vouch/", members.vouch_code, name="vouch_code"),
    path("vouch/<str:code>/", members.vouch, name="vouch"),
    path("vouches/<uuid:pk>/withdraw/", members.withdraw_vouch, name="withdraw_vouch"),
    path("networks/", networks.networks, name="networks"),
    path("networks/new/", networks.make, name="make_network"),
    path("networks/<uuid:pk>/", networks.network, name="network"),
    path("networks/<uuid:pk>/edit/", networks.edit, name="edit_network"),
    path("networks/<uuid:pk>/coordinators/", networks.add_coordinator, name="add_coordinator"),
    path("networks/<uuid:pk>/propose/", networks.propose, name="propose"),
    path("coordinators/<uuid:pk>/end/", networks.end_coordinator, name="end_coordinator"),
    re_path(
        "^memberships/(?P<pk>[0-9a-f-]{36})/(?P<word>yes|no)/$", networks.answer, name="answer"
    ),
    path("desk/<uuid:pk>/", desk.item, name="item"),
    path("desk/<uuid:pk>/officers/", desk.officers, name="officers"),
]
