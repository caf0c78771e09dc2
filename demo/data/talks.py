"""The invented meetings, in five languages, and how far each has come."""

from __future__ import annotations

from dataclasses import dataclass

from foundation.confidentiality import Level


@dataclass(frozen=True)
class Guest:
    """Somebody at the table: the box of an account, or a name without one; how they are told."""

    name: str = ""
    function: str = ""
    box: str = ""
    named: bool = False
    style: str = ""


@dataclass(frozen=True)
class Talk:
    """A meeting: who asks, about what, how, where, and where its way has come to.

    `days`: in how many days it takes place; for what was held, how many days ago.
    """

    box: str
    state: str
    level: Level
    language: str
    purpose: str
    text: str
    zone: str
    guests: tuple[Guest, ...]
    days: int = 14
    format: str = "in_person"
    place_wished: str = ""
    place: str = ""
    languages: tuple[str, ...] = ()
    access_needs: str = ""
    about: tuple[str, ...] = ()  # titles of recommendations
    reason: str = ""
    counted: bool = False
    word: str = ""
    points: str = ""
    replies: str = ""
    commitments: tuple[tuple[str, int, str], ...] = ()  # (what, due in days, what was done or "")
    brief: tuple[tuple[str, str], ...] = ()  # the officers' lines, by field


TALKS = (
    Talk(
        "representative",
        "confirmed",
        Level.OFFICE,
        "en",
        "Schools in the valleys after the closures",
        "Forty schools closed along the border. We want to say what that did, and what would bring "
        "the children back, before the next country visit is planned.",
        "America/New_York",
        (
            Guest(function="Director", box="representative", named=True, style="neutral"),
            Guest(function="Field coordinator", box="contributor"),
            Guest("Mereso Lekutan", "Head teacher, Upper Ford"),
        ),
        days=9,
        format="hybrid",
        place_wished="New York, near the Secretariat",
        place="Room 7, Hill House; the link to join stands here on the day",
        languages=("en",),
        access_needs="Step-free entrance. Captions for those online.",
        about=("Meet independent organizations, in private, on every country visit",),
        counted=True,
        word="The building asks for an identity card at the door. Tell us if that is a problem.",
        brief=(
            ("addressed_to", "Under-Secretary-General"),
            ("through", "Chief, Engagement Section"),
            ("purpose", "Hear what the closures did, before the programme goes to the host."),
            (
                "key_messages",
                "We will ask to see schools on both sides of the border.\n"
                "You will hear from us within thirty days what became of each point.\n"
                "The reprisals contact is there for anyone in danger because of this meeting.",
            ),
            (
                "if_raised",
                "Funds for schools: not ours; the help page names the funds that do.\n"
                "The two cases: both are followed; nothing is said about persons.",
            ),
            (
                "sensitivities",
                "Two participants are not to be named in any paper that the host sees.\n"
                "No photographs.",
            ),
            ("annexes", "Note to the file on private meetings"),
        ),
    ),
    Talk(
        "coordinator",
        "proposed",
        Level.OFFICE,
        "es",
        "Cómo se consulta a las redes antes de la revisión de la Estrategia",
        "Queremos acordar un calendario de consultas que llegue también a quienes no viajan.",
        "America/New_York",
        (
            Guest(function="Coordinadora", box="coordinator", named=True),
            Guest("Tupac Arancibia Ríos", "Mesa de Diálogo del Altiplano"),
        ),
        days=12,
        format="online",
        languages=("es", "en", "fr"),
        access_needs="Interpretación de lengua de señas.",
        counted=True,
    ),
    Talk(
        "moussa",
        "requested",
        Level.OFFICE,
        "fr",
        "Les médiatrices de village et la suite de leur travail",
        "Trois d'entre elles sont menacées. Nous cherchons comment les protéger sans les exposer.",
        "Africa/Bamako",
        (Guest(function="Secrétaire général", box="moussa"), Guest("Une médiatrice", "Ségou")),
        days=20,
        place_wished="Bamako, dans un lieu que nous proposons",
        languages=("fr",),
    ),
    Talk(
        "layla",
        "assigned",
        Level.NAMED_OFFICERS,
        "ar",
        "إغلاق الحسابات المصرفية لمنظمات الإغاثة",
        "أُغلقت حسابات ثلاث منظمات خلال شهر. نريد أن نشرح ما جرى دون أن تُذكر أسماؤنا في أي ورقة.",
        "Asia/Amman",
        (Guest(function="مديرة البرامج", box="layla"), Guest("محاسب", "منظمة إغاثة")),
        days=18,
        format="online",
        languages=("ar", "en"),
    ),
    Talk(
        "expert",
        "held",
        Level.OFFICE,
        "en",
        "What courts do with evidence from abroad",
        "Findings from twelve trials, and a proposal for a note to prosecutors.",
        "Asia/Jakarta",
        (Guest(function="Senior Lecturer", box="expert", named=True, style="no_mail"),),
        days=6,
        format="online",
        place="Online, by the link of the Office",
        languages=("en",),
        points="A participant said that in twelve trials the defence saw the evidence late or never.",
        commitments=(("Send the findings to the team that trains prosecutors.", 21, ""),),
    ),
    Talk(
        "representative",
        "filed",
        Level.OFFICE,
        "en",
        "Who comes to the private meetings of a visit",
        "How people are chosen, who pays the journey, and what happens to those who speak.",
        "Africa/Nairobi",
        (
            Guest(function="Director", box="representative", named=True, style="no_mail"),
            Guest("Naserian Ole Moi", "Herders' Assembly of the Quiet Ford", named=True),
        ),
        days=40,
        place="A guest house that the organizations chose",
        languages=("en",),
        access_needs="A room on the ground floor.",
        about=("Meet independent organizations, in private, on every country visit",),
        counted=True,
        points="A participant said that two people were questioned after the last visit.",
        replies="The reprisals contact follows both cases. From now on the place is chosen by the "
        "organizations.",
        commitments=(
            (
                "Let organizations choose the place of private meetings.",
                10,
                "It stands in the plan.",
            ),
            ("Tell in writing what became of the two cases.", 30, ""),
        ),
    ),
    Talk(
        "xiaohe",
        "cancelled",
        Level.OFFICE,
        "zh",
        "社区图书馆与青年对话的经验",
        "我们想介绍三个社区图书馆的做法，并听取办公室的意见。",
        "Asia/Kuala_Lumpur",
        (Guest(function="项目负责人", box="xiaohe", named=True, style="no_file"),),
        days=11,
        format="online",
        languages=("zh", "en"),
        reason="同事生病，我们会另选时间再申请。",
    ),
    Talk(
        "moussa",
        "declined",
        Level.OFFICE,
        "fr",
        "Financement d'un forage au village",
        "Nous demandons une rencontre pour présenter le projet de forage et son budget.",
        "Africa/Bamako",
        (Guest(function="Secrétaire général", box="moussa"),),
        days=25,
        languages=("fr",),
        reason="L'Office ne finance pas de projets. La page d'aide nomme les fonds qui le font.",
    ),
    Talk(
        "expert",
        "withdrawn",
        Level.OFFICE,
        "en",
        "A reading list for new officers",
        "Taken back: the list went by letter.",
        "UTC",
        (Guest(function="Senior Lecturer", box="expert"),),
        days=30,
        format="online",
    ),
    Talk(
        "contributor",
        "draft",
        Level.OFFICE,
        "en",
        "Radio in four languages",
        "",
        "Africa/Nairobi",
        (),
    ),
)
