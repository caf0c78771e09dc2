"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from recommendations.views import answering, desk, following, joining, linking, reading, writing

app_name = "recommendations"

urlpatterns = [
    path("", reading.list_recommendations, name="list"),
    path("published/", reading.published, name="published"),
    path("new/", writing.begin, name="begin"),
    path("enter/", writing.enter, name="enter"),
    path("desk/<uuid:pk>/", desk.item, name="item"),
    path("desk/<uuid:pk>/assign/", desk.assign, name="assign"),
    path("desk/<uuid:pk>/ask/", desk.ask, name="ask"),
    path("desk/<uuid:pk>/officers/", desk.officers, name="officers"),
    path("desk/<uuid:pk>/answer/", answering.answer, name="answer"),
    path("desk/<uuid:pk>/give-back/", answering.give_back, name="give_back"),
    path("desk/<uuid:pk>/join/", joining.join, name="join"),
    path("desk/<uuid:pk>/link/", linking.link, name="link"),
    path("links/<uuid:pk>/", linking.offer, name="offer"),
    path("links/<uuid:pk>/<slug:name>/", linking.link_step, name="link_step"),
    path("<uuid:pk>/", reading.detail, name="detail"),
    path("<uuid:pk>/write/", writing.write, name="write"),
    path("<uuid:pk>/keep/", writing.keep, name="keep"),
    path("<uuid:pk>/visibility/", writing.visibility, name="visibility"),
    path("<uuid:pk>/clarify/", following.clarify, name="clarify"),
    path("<uuid:pk>/progress/", following.progress, name="progress"),
    path("<uuid:pk>/<slug:name>/", following.step, name="step"),
]
