"""What the invented organizations and experts say of themselves, in six languages."""

from __future__ import annotations

from dataclasses import dataclass, field

from foundation.confidentiality import Level


@dataclass(frozen=True)
class Entry:
    """An organization: who registers it, what it says, and where its way has come to."""

    box: str  # the representative
    state: str
    level: Level
    name: str
    language: str
    about: str
    kinds: tuple[str, ...]
    pillars: tuple[str, ...]
    languages: tuple[str, ...]
    scope: str
    registered: str = ""
    works: tuple[str, ...] = ()
    acronym: str = ""
    place: str = ""
    ecosoc: str = "none"
    mandate: str = "the general assembly"
    others: tuple[tuple[str, str], ...] = ()  # (name, language)
    networks: tuple[str, ...] = ()
    reason: str = ""
    without_papers: bool = False


@dataclass(frozen=True)
class Own:
    """An independent expert's own entry."""

    box: str
    state: str
    level: Level
    title: str
    about: str
    language: str
    residence: str = ""
    languages: tuple[str, ...] = field(default=("en",))


ENTRIES = (
    Entry(
        box="representative",
        state="vetted",
        level=Level.PUBLIC,
        name="Centre for Open Valleys",
        acronym="COV",
        language="en",
        about="We bring herders, traders and local officers to one table in four border valleys, "
        "and write down what each promised.",
        kinds=("national-ngo", "community"),
        pillars=("i", "iv"),
        languages=("en", "fr"),
        scope="subregional",
        registered="KE",
        works=("KE", "ET", "UG"),
        ecosoc="special",
        mandate="the board of the Centre",
        networks=("Open Valleys and Harbours Network",),
        reason="Papers complete; known to two officers from earlier dialogues.",
    ),
    Entry(
        box="layla",
        state="vetted",
        level=Level.OFFICE,
        name="جمعية نهر الياسمين للحقوق",
        language="ar",
        others=(("Jasmine River Association for Rights", "en"),),
        about="نرافق أسر الموقوفين ونوثّق المحاكمات، ونقدّم المشورة القانونية مجاناً.",
        kinds=("national-ngo", "defenders"),
        pillars=("iv",),
        languages=("ar", "en"),
        scope="national",
        registered="JO",
        works=("JO",),
        mandate="مجلس الإدارة",
        networks=("Open Valleys and Harbours Network",),
        reason="Statutes and annual report read; two meetings held.",
    ),
    Entry(
        box="moussa",
        state="vetted",
        level=Level.PUBLIC,
        name="Association des Passerelles du Fleuve",
        acronym="APF",
        language="fr",
        about="Nous formons des médiatrices et des médiateurs dans trente communes riveraines.",
        kinds=("community", "women-led"),
        pillars=("i",),
        languages=("fr",),
        scope="local",
        registered="ML",
        works=("ML",),
        mandate="l’assemblée générale",
        networks=("Réseau des Passerelles",),
        reason="Récépissé et rapport d’activité lus.",
    ),
    Entry(
        box="carmen",
        state="submitted",
        level=Level.OFFICE,
        name="Fundación Puentes del Altiplano",
        acronym="FPA",
        language="es",
        about="Acompañamos a maestras y radios comunitarias que hablan de convivencia.",
        kinds=("foundation", "media"),
        pillars=("i", "iv"),
        languages=("es",),
        scope="national",
        registered="BO",
        works=("BO", "PE"),
        mandate="el directorio",
    ),
    Entry(
        box="aigerim",
        state="more_information",
        level=Level.OFFICE,
        name="Фонд «Северный маяк»",
        language="ru",
        about="Помогаем семьям вернувшихся из зон конфликта найти школу, врача и работу.",
        kinds=("foundation", "humanitarian"),
        pillars=("i", "iv"),
        languages=("ru", "en"),
        scope="national",
        registered="KZ",
        works=("KZ",),
        mandate="попечительский совет",
        reason="Please tell us who sits on the board and send the last annual report.",
    ),
    Entry(
        box="xiaohe",
        state="vetted",
        level=Level.PUBLIC,
        name="晨曦社区互助中心",
        language="zh",
        others=(("First Light Community Centre", "en"),),
        about="我们在六个城镇开设青年课堂，陪伴受暴力影响的家庭。",
        kinds=("community", "youth-led"),
        pillars=("i",),
        languages=("zh", "en"),
        scope="local",
        registered="MY",
        works=("MY",),
        mandate="理事会",
        networks=("Open Valleys and Harbours Network",),
        reason="Certificate and programme seen.",
    ),
    Entry(
        box="benigno",
        state="refused",
        level=Level.OFFICE,
        name="Lantern Legal Line",
        language="en",
        about="A consultancy that answers legal questions of businesses.",
        kinds=("national-ngo",),
        pillars=("ii",),
        languages=("en",),
        scope="national",
        registered="PH",
        works=("PH",),
        reason="From its papers this is a business that works for pay, not a civil society "
        "organization.",
    ),
    Entry(
        box="efua",
        state="appealed",
        level=Level.OFFICE,
        name="Harbour Youth Forum",
        acronym="HYF",
        language="en",
        about="Young people of three port towns who run debates, a radio hour and a sports league.",
        kinds=("youth-led", "community"),
        pillars=("i",),
        languages=("en",),
        scope="local",
        registered="GH",
        works=("GH",),
        reason="We could not find signs of work in the last two years.",
    ),
    Entry(
        box="marta",
        state="expired",
        level=Level.PUBLIC,
        name="Red de Maestras del Istmo",
        language="es",
        about="Maestras de cuatro países que comparten materiales contra el odio en la escuela.",
        kinds=("network", "women-led"),
        pillars=("i",),
        languages=("es",),
        scope="subregional",
        registered="PA",
        works=("PA", "CR", "HN"),
        mandate="la asamblea de la Red",
        reason="Documentos completos.",
    ),
    Entry(
        box="pemba",
        state="archived",
        level=Level.OFFICE,
        name="Mountain Voices Collective",
        language="en",
        about="Collected oral histories of families affected by violence, until 2025.",
        kinds=("victims",),
        pillars=("iv",),
        languages=("en",),
        scope="national",
        registered="NP",
        works=("NP",),
        reason="Papers complete.",
    ),
    Entry(
        box="awa",
        state="draft",
        level=Level.PUBLIC,
        name="Atelier des Savoirs Partagés",
        language="fr",
        about="",
        kinds=("academic",),
        pillars=(),
        languages=("fr",),
        scope="",
        registered="SN",
    ),
    Entry(
        box="sahar",
        state="submitted",
        level=Level.NAMED_OFFICERS,
        name="أصوات الكثبان",
        language="ar",
        others=(("Voices of the Dunes", "en"),),
        about="مجموعة من المدافعات عن الحقوق تعمل من خارج بلدها.",
        kinds=("defenders", "women-led"),
        pillars=("iv",),
        languages=("ar", "fr"),
        scope="regional",
        place="In exile",
        without_papers=True,
        mandate="المؤسِّسات",
    ),
)

EXPERTS = (
    Own(
        box="expert",
        state="vetted",
        level=Level.PUBLIC,
        title="Lecturer in the law of assemblies",
        about="I study how laws on assemblies and on funding change what associations can do.",
        language="en",
        residence="ID",
        languages=("en", "fr"),
    ),
    Own(
        box="timur",
        state="submitted",
        level=Level.OFFICE,
        title="социолог",
        about="Изучаю возвращение и примирение в сельских общинах.",
        language="ru",
        residence="KG",
        languages=("ru",),
    ),
)
