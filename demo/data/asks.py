"""The invented recommendations, in six languages, and how far each has come."""

from __future__ import annotations

from dataclasses import dataclass

from foundation.confidentiality import Level


@dataclass(frozen=True)
class Ask:
    """A recommendation: who asks, what, of whom, who may see it, and where its way has come to."""

    box: str  # who submits it; "" for what came by mail or on paper
    state: str
    level: Level
    language: str
    title: str
    text: str
    addressee: str
    action: str
    pillars: tuple[str, ...]
    topics: tuple[str, ...]
    countries: tuple[str, ...] = ()
    background: str = ""
    position: str = "accepted"
    answer: str = ""
    evidence: str = ""
    reason: str = ""
    referred_to: str = ""
    question: str = ""
    reports: tuple[tuple[str, str, str], ...] = ()  # (box, progress, text)
    source: str = ""
    sender: str = ""
    joined_to: str = ""  # title of the ask that says the same
    sent_for: str = ""  # box of a representative whose organization sent it by mail


ASKS = (
    Ask(
        "representative",
        "answered",
        Level.PUBLIC,
        "en",
        "Meet independent organizations, in private, on every country visit",
        "Meet independent organizations on every visit, in private and in a place that they "
        "choose; tell them afterwards what became of what they said.",
        "office",
        "engage",
        ("iv",),
        ("country-visits", "reprisals"),
        ("KE",),
        background="Those who speak to a visitor in the presence of their government say less.",
        answer="From the next visit on, each programme holds a private meeting that the "
        "organizations themselves place and time.",
        reports=(
            ("officer", "under_way", "The first private meeting was held."),
            ("representative", "not_started", "Nobody has come to the valleys yet."),
        ),
    ),
    Ask(
        "layla",
        "answered",
        Level.UNNAMED,
        "ar",
        "ألا تُستعمل تدابير مكافحة الإرهاب ضد من يقدّمون المساعدة",
        "نطلب أن تذكّر الأمم المتحدة الدول الأعضاء بأن مساعدة الناس في مناطق النزاع ليست دعماً للإرهاب.",
        "member-states",
        "speak-out",
        ("ii", "iv"),
        ("humanitarian", "legislation"),
        position="already",
        answer="The Office says so in its dialogues with Member States and will go on doing so.",
        evidence="Resolution 2664 (2022) of the Security Council, and the yearly report on it.",
        reports=(("officer", "cannot_tell", "It is said; whether it is heard differs."),),
    ),
    Ask(
        "moussa",
        "answered",
        Level.PUBLIC,
        "fr",
        "Financer les médiatrices et médiateurs locaux sur plusieurs années",
        "Prévoir des financements pluriannuels, à des conditions que de petites associations "
        "peuvent remplir.",
        "centre",
        "fund",
        ("i", "iii"),
        ("funding", "women"),
        ("ML", "NE"),
        position="partial",
        reason="means",
        answer="Des financements de deux ans seront ouverts aux petites associations. Les moyens "
        "ne permettent pas davantage pour l’instant.",
    ),
    Ask(
        "expert",
        "answered",
        Level.PUBLIC,
        "en",
        "Publish how the definition of terrorism is used against peaceful assembly",
        "Ask Member States for the number of prosecutions of peaceful assemblies under laws on "
        "terrorism, and publish the answers.",
        "office",
        "review",
        ("iv",),
        ("legislation", "civic-space"),
        position="not_accepted",
        reason="states-decide",
        answer="The Office has no mandate to ask for such figures. The special procedures of the "
        "Human Rights Council can.",
    ),
    Ask(
        "xiaohe",
        "answered",
        Level.UNNAMED,
        "zh",
        "为社区工作者提供其语言的培训材料",
        "我们请求以社区使用的语言提供培训材料，并与社区一起编写。",
        "unesco",
        "disseminate",
        ("i",),
        ("education", "communications"),
        position="referred",
        referred_to="unesco",
        answer="UNESCO prepares such materials; the request was passed on with your words.",
    ),
    Ask(
        "expert",
        "noted",
        Level.PUBLIC,
        "en",
        "Give the ninth review a page on which every submission can be read",
        "Publish all submissions to the ninth review, with their answers, on one page.",
        "co-facilitators",
        "institutionalise",
        ("iii",),
        ("evaluation", "coordination"),
        position="noted",
        answer="Noted. Who leads the review decides how it is published; we ask again in spring.",
    ),
    Ask(
        "representative",
        "cleared",
        Level.OFFICE,
        "en",
        "Tell us before a visit begins whom to call when something goes wrong",
        "Name one person, with a number that is answered at night, before each visit.",
        "office",
        "assist",
        ("iv",),
        ("country-visits", "reprisals"),
        ("KE",),
        answer="A contact for reprisals is named in each invitation from now on.",
    ),
    Ask(
        "layla",
        "to_clear",
        Level.NAMED_OFFICERS,
        "ar",
        "أن يُسأل عن زملائنا المحتجزين",
        "نطلب أن يُسأل عن زملائنا المحتجزين في كل لقاء رسمي.",
        "office",
        "speak-out",
        ("iv",),
        ("reprisals", "prisons"),
        answer="We will raise it at the next meeting, without names.",
    ),
    Ask(
        "moussa",
        "clarification",
        Level.OFFICE,
        "fr",
        "Associer les associations au plan d’action national",
        "Nous demandons que le plan soit relu avec les associations avant son adoption.",
        "member-states",
        "include",
        ("i", "ii"),
        ("action-plans", "whole-of-society"),
        ("ML",),
        question="Quel ministère prépare ce plan, à votre connaissance ?",
    ),
    Ask(
        "xiaohe",
        "assigned",
        Level.OFFICE,
        "zh",
        "定期与青年组织对话",
        "请每年至少举行两次与青年组织的对话，并公布讨论结果。",
        "office",
        "convene",
        ("i",),
        ("youth",),
    ),
    Ask(
        "representative",
        "submitted",
        Level.PUBLIC,
        "en",
        "Let small organizations receive funds without an account abroad",
        "Ask banks and Member States to keep accounts of small organizations open.",
        "member-states",
        "advocate",
        ("ii",),
        ("financing",),
    ),
    Ask(
        "",
        "submitted",
        Level.OFFICE,
        "es",
        "Que las maestras cuenten en la prevención",
        "Pedimos que las maestras de las comunidades rurales participen en los programas de "
        "educación y que se les pague por ello.",
        "unesco",
        "include",
        ("i",),
        ("education", "women"),
        ("BO",),
        source="mail",
        sender="Círculo de Maestras de la Quebrada",
    ),
    Ask(
        "",
        "assigned",
        Level.UNNAMED,
        "ru",
        "Возвращение детей из лагерей",
        "Просим ускорить возвращение детей и вести их дела отдельно от дел взрослых.",
        "member-states",
        "assist",
        ("iii", "iv"),
        ("rehabilitation", "victims"),
        ("KZ",),
        source="paper",
        sender="Кружок «Тихий берег»",
    ),
    Ask(
        "expert",
        "withdrawn",
        Level.PUBLIC,
        "en",
        "Hold the yearly meeting of experts in more than one place",
        "Hold it in turn in each region.",
        "office",
        "convene",
        ("iii",),
        ("evaluation",),
    ),
    Ask(
        "contributor",
        "draft",
        Level.OFFICE,
        "en",
        "Pay the travel of those who cannot pay it",
        "We ask that",
        "office",
        "fund",
        ("iii",),
        ("funding",),
    ),
    Ask(
        "expert",
        "joined",
        Level.OFFICE,
        "en",
        "Keep the bank accounts of small groups open",
        "Ask banks and Member States not to close the accounts of small groups without a reason.",
        "member-states",
        "advocate",
        ("ii",),
        ("financing",),
        joined_to="Let small organizations receive funds without an account abroad",
    ),
    Ask(
        "",
        "submitted",
        Level.OFFICE,
        "en",
        "Say in which language a reply will come",
        "We write in three languages. Say at once in which of them you will reply, and keep to it.",
        "office",
        "engage",
        ("iv",),
        ("whole-of-society",),
        ("KE",),
        source="mail",
        sender="Office of the Open Valleys, by e-mail",
        sent_for="representative",
    ),
)
