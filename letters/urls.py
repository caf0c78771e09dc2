"""The addresses of this room."""

from __future__ import annotations

from django.urls import include, path

from letters.views import (
    answers,
    asks,
    collecting,
    delivering,
    desk,
    exporting,
    public,
    reading,
    signing,
    verify,
    withdrawing,
    writing,
)

app_name = "letters"

pages = [
    path("", reading.list_letters, name="list"),
    path("new/", writing.begin, name="begin"),
    path("bring-in/", writing.bring_in, name="bring_in"),
    path("desk/waiting/", desk.desk_link, name="desk_link"),
    path("desk/<uuid:pk>/", desk.item, name="item"),
    path("desk/<uuid:pk>/open/", delivering.receive, name="receive"),
    path("desk/<uuid:pk>/acknowledge/", delivering.acknowledge, name="acknowledge"),
    path("desk/<uuid:pk>/review/", delivering.review, name="review_letter"),
    path("desk/<uuid:pk>/close/", delivering.close_unanswered, name="close_unanswered"),
    path("desk/<uuid:pk>/assign/", desk.assign, name="assign"),
    path("desk/<uuid:pk>/mark/", asks.mark, name="mark"),
    path("asks/<uuid:pk>/take-back/", asks.undo, name="undo_ask"),
    path("asks/<uuid:pk>/acknowledge/", asks.acknowledge_offer, name="acknowledge_offer"),
    path("asks/of/<uuid:pk>/", answers.of_recommendation, name="of_recommendation"),
    path("batches/<uuid:pk>/", collecting.review, name="review"),
    path("batches/<uuid:pk>/add/", collecting.commit, name="commit"),
    path("batches/<uuid:pk>/take-back/", collecting.undo, name="undo"),
    path("lines/<uuid:pk>/", collecting.line, name="line"),
    path("lines/<uuid:pk>/keep/", collecting.keep, name="keep"),
    path("signatures/<uuid:pk>/who-sees-it/", signing.change_mode, name="change_mode"),
    path("signatures/<uuid:pk>/withdraw/", signing.withdraw, name="withdraw"),
    path(
        "signatures/<uuid:pk>/withdraw-after-delivery/",
        withdrawing.withdraw_late,
        name="withdraw_late",
    ),
    path("signatures/<uuid:pk>/remove/", collecting.remove, name="remove"),
    path("<uuid:pk>/", reading.detail, name="detail"),
    path("<uuid:pk>/names/", reading.names, name="names"),
    path("<uuid:pk>/answers/", answers.answers, name="answers"),
    path("<uuid:pk>/write/", writing.write, name="write"),
    path("<uuid:pk>/paste/", collecting.paste, name="paste"),
    path("<uuid:pk>/sign/", signing.sign, name="sign"),
    path("<uuid:pk>/export/<slug:copy>/", exporting.export, name="export"),
    path("<uuid:pk>/<slug:name>/", writing.step, name="step"),
    path("<slug:reference>/public/", public.public_page, name="public"),
    path("<slug:reference>/count.json", public.count, name="count"),
]

urlpatterns = [
    path("letters/", include(pages)),
    path("verify/without-us/", verify.without_us, name="without_us"),
    path("verify/<str:secret>/", verify.check, name="verify"),
    path("verify/<str:secret>/text-<int:number>.json", verify.text, name="verify_text"),
    path("verify/<str:secret>/list.json", verify.public_list, name="verify_list"),
]
