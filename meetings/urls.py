"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from meetings.views import brief, desk, filing, following, people, reading, writing

app_name = "meetings"

urlpatterns = [
    path("", reading.list_meetings, name="list"),
    path("new/", writing.begin, name="begin"),
    path("desk/<uuid:pk>/", desk.item, name="item"),
    path("desk/<uuid:pk>/assign/", desk.assign, name="assign"),
    path("desk/<uuid:pk>/propose/", desk.propose, name="propose"),
    path("desk/<uuid:pk>/decline/", desk.decline, name="decline"),
    path("desk/<uuid:pk>/officers/", desk.officers, name="officers"),
    path("desk/<uuid:pk>/move/", following.move, name="move"),
    path("desk/<uuid:pk>/hold/", filing.hold, name="hold"),
    path("desk/<uuid:pk>/note/", filing.note, name="note"),
    path("desk/<uuid:pk>/brief/", brief.brief, name="brief"),
    path("desk/<uuid:pk>/brief/paper/", brief.brief_paper, name="brief_paper"),
    path("desk/<uuid:pk>/commit/", filing.commit, name="commit"),
    path("commitments/<uuid:pk>/", filing.finish, name="finish"),
    path("participants/<uuid:pk>/remove/", people.remove, name="remove"),
    path("participants/<uuid:pk>/named/", people.named, name="named"),
    path("invitations/<uuid:pk>/", reading.invitation, name="invitation"),
    path("<uuid:pk>/", reading.detail, name="detail"),
    path("<uuid:pk>/write/", writing.write, name="write"),
    path("<uuid:pk>/keep/", writing.keep, name="keep"),
    path("<uuid:pk>/visibility/", writing.visibility, name="visibility"),
    path("<uuid:pk>/windows/", writing.windows, name="windows"),
    path("<uuid:pk>/participants/", people.participants, name="participants"),
    path("<uuid:pk>/style/", people.style, name="style"),
    path("<uuid:pk>/choose/", following.choose, name="choose"),
    path("<uuid:pk>/other-times/", following.other_times, name="other_times"),
    path("<uuid:pk>/word/", following.word, name="word"),
    path("<uuid:pk>/cancel/", following.cancel, name="cancel"),
    path("<uuid:pk>/<slug:name>/", following.step, name="step"),
]
