"""Invented letters for paper: an Arabic one of several pages with notes and forty names in three
scripts, and shorter ones in the other five languages. No real person or organization is in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from letters.enums import Kind
from letters.models import Signatory
from letters.text import LetterText, fingerprint
from letters.text.arranging import arrange
from letters.text.printed import PrintedGroup, PrintedLetter, PrintedName

FIXED = datetime(2026, 11, 3, 9, 12, tzinfo=UTC)
CLOSED = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)

ARABIC_BODY = """نحن منظمات وخبراء من تسعة عشر بلدا نعمل حيث تسافر فرقكم، ونكتب إليكم لأن السلام لا يقوم من دون الناس.[^1] إن الذين يعيشون نتائج التدابير هم الأولى بأن يسألوا عنها، وقد جاء ذلك في وسائل الإعلام مرارا، ولا سيما خلال الاستعراض الثامن للاستراتيجية العالمية لمكافحة الإرهاب.

لقد أكدت الجمعية العامة أن احترام حقوق الإنسان وسيادة القانون هما الركيزة الأساسية لمكافحة الإرهاب، وأن التنمية والأمن وحقوق الإنسان يعزز بعضها بعضا.[^2] غير أن المنظمات الأهلية الصغيرة لا تزال تجد الأبواب موصدة في وجهها، إذ لا تُبلَّغ بالزيارات إلا بعد انتهائها، ولا تُسأل عن آرائها إلا على الملأ.

## ما رأيناه خلال الأعوام الأخيرة

وحين يسأل الناس مبكرا وعلى انفراد تتغير البرامج ما دام التغيير ممكنا، وحين يسألون متأخرين وعلى الملأ يتعلمون الصمت. وقد سجلت جمعياتنا ثلاثا وأربعين حالة أُغلقت فيها حسابات مصرفية لمنظمات إغاثة من غير إخطار ولا تعليل، فتوقفت المدارس والعيادات المتنقلة عن عملها أسابيع.[^3]

ويخبرنا زملاؤنا أن الخوف من الأعمال الانتقامية يحول دون الإدلاء بالشهادات، ولذلك ينبغي أن يكون الاتصال بالمكتب آمنا وسريا، وأن تُحفظ الأسماء بعيدا عن السجلات العلنية. ولا يجوز أن يُطلب من الشهود ما لا يُطلب من الحكومات، بل ينبغي الإصغاء إلى الأطفال واللاجئين والمهجرين والأرامل والأسر التي فقدت أبناءها.

والآن، ونحن على أبواب الاستعراض التاسع، نرى أن الأوان قد آن لكي يُفتح باب الحوار الدائم بين المكتب وبين الهيئات المستقلة، لا لأجل المجاملة وإنما لأجل النتائج. فالإصلاح الذي لا يشارك فيه أهله لا يلبث أن يتلاشى، والالتزامات التي لا يتابعها أحد تظل حبرا على ورق.

## ما نطلبه

نطلب من المكتب ما يأتي:

a) أن يلتقي بالمنظمات المستقلة في كل زيارة قطرية، على انفراد وفي مكان تختاره هي لا السلطات المحلية؛
b) أن يخبرها بعد ذلك بما آل إليه كلامها، وأن يبين الأسباب إذا لم يؤخذ به؛[^4]
c) أن يسمي شخصا واحدا يتلقى بلاغات الأعمال الانتقامية ويجيب خلال يومين اثنين؛
d) أن ينشر خلاصة كل زيارة باللغات الرسمية الست للأمم المتحدة خلال ثلاثين يوما؛
e) أن يراجع، مع المصارف والهيئات الرقابية، آثار التدابير المالية على العمل الإنساني.

## ما نعرضه

1. خبراء مستعدون للإحاطة قبل الزيارات وبعدها من غير مقابل؛
2. مترجمون ومترجمات إلى العربية والكردية والأمازيغية والسواحلية؛
3. شبكة من المحاميات والمحامين لمرافقة من يدلي بشهادته.

ونؤكد أننا لا نتكلم باسم الضحايا جميعهم، وإنما ننقل ما سمعناه منهم ومنهن في الأحياء والقرى والمخيمات. وقد اتفقنا على هذه الرسالة بعد مشاورات استغرقت ثلاثة أشهر، شاركت فيها لجان نسائية وشبابية ومجالس محلية، وأُعدّت مسودتها بالعربية ثم تُرجمت إلى الإنكليزية والفرنسية والروسية.

ونأمل أن يتسع وقتكم للقاء وفد صغير منا خلال أسبوع مكافحة الإرهاب في حزيران/يونيه المقبل، وأن يصلنا ردكم على رسالتنا المؤرخة 14 نيسان/أبريل 2026، التي لم نتلقَّ عنها جوابا حتى اليوم.[^5]"""
ARABIC_NOTES = """1. القرار 77/298، الفقرة 9؛ وانظر أيضا تقرير الأمين العام A/77/718.
2. القرار 60/288، المرفق، الركن الرابع.
3. التقرير السنوي لشبكة «جسور السلام»، الصفحة 17، متاح لدى المنسقين.
4. كما أوصت المقررة الخاصة في الوثيقة A/HRC/40/52، الفقرات من 61 إلى 75.
5. الرسالة LTR-2026-3MD8WA، سُلّمت في 14 نيسان/أبريل 2026."""

ARABIC = LetterText(
    language="ar",
    addressee="السيدة أمارا أوكونجو\nوكيلة الأمين العام\nمكتب مكافحة الإرهاب\nالأمم المتحدة، نيويورك",
    place="تونس",
    date="3 تشرين الثاني/نوفمبر 2026",
    subject="الزيارات القطرية والاستعراض التاسع للاستراتيجية العالمية لمكافحة الإرهاب",
    salutation="صاحبة السعادة،",
    body=ARABIC_BODY,
    closing="وتفضلوا بقبول فائق الاحترام والتقدير،",
    notes=ARABIC_NOTES,
)

OTHERS = {
    "en": LetterText(
        language="en",
        addressee="Ms. Amara Okonjo\nUnder-Secretary-General\nOffice of Counter-Terrorism\nNew York",
        place="Nairobi",
        date="3 November 2026",
        subject="Country visits and the ninth review of the Global Strategy",
        salutation="Your Excellency,",
        body=(
            "We are organizations and experts from nineteen countries that work where your teams "
            "travel. We write because the people best placed to say what a measure does are seldom "
            "in the room when it is discussed.[^1]\n\n## What we ask\n\n"
            "a) meet independent organizations on every visit, in private and in a place that they "
            "choose;\nb) tell them afterwards what became of what they said.[^2]\n\n"
            "## What we offer\n\n- briefings before each visit, free of charge;\n- interpreters for "
            "Dari, Hausa and Kiswahili.\n\nThe offices affected by five of the files first flagged "
            "in the field are difficult to find; a waffle of official affairs suffices for none."
        ),
        closing="Yours sincerely,",
        notes="1. Resolution 77/298, paragraph 9.\n2. A/HRC/40/52, paragraphs 61–75.",
    ),
    "fr": LetterText(
        language="fr",
        addressee="Mme Amara Okonjo\nSecrétaire générale adjointe\nBureau de lutte contre le terrorisme",
        place="Dakar",
        date="3 novembre 2026",
        subject="visites de pays et neuvième examen de la Stratégie mondiale",
        salutation="Madame la Secrétaire générale adjointe,",
        body=(
            "Nous sommes des organisations et des experts de dix-neuf pays. Nous écrivons parce que "
            "celles et ceux qui connaissent l’effet d’une mesure sont rarement présents quand on en "
            "débat : à l’œuvre où vos équipes se rendent, « le cœur » de l’affaire leur échappe.[^1]"
            "\n\n## Ce que nous demandons\n\na) rencontrer des organisations indépendantes à chaque "
            "visite ;\nb) leur dire ensuite ce qu’il en est advenu.[^2]\n\nDès l’aîné jusqu’à la "
            "benjamine, chacun s’efforce d’offrir un témoignage efficace ; où règne la peur, "
            "l’exiguïté du débat suffit à le tuer."
        ),
        closing="Veuillez agréer l’expression de notre haute considération.",
        notes="1. Résolution 77/298, paragraphe 9.\n2. A/HRC/40/52, paragraphes 61 à 75.",
    ),
    "es": LetterText(
        language="es",
        addressee="Sra. Amara Okonjo\nSecretaria General Adjunta\nOficina de Lucha contra el Terrorismo",
        place="Bogotá",
        date="3 de noviembre de 2026",
        subject="visitas a los países y noveno examen de la Estrategia Global",
        salutation="Excelencia:",
        body=(
            "Somos organizaciones y expertos de diecinueve países. Escribimos porque quienes mejor "
            "pueden decir qué hace una medida rara vez están en la sala cuando se discute. ¿Cómo "
            "cambiarlo? ¡Preguntando a tiempo![^1]\n\n## Lo que pedimos\n\na) que la Oficina se "
            "reúna con organizaciones independientes en cada visita;\nb) que les diga después qué "
            "fue de lo que dijeron.[^2]\n\nLa niñez, la vergüenza y el desagüe de los barrios "
            "pequeños rara vez figuran en los informes oficiales; aun así, son eficaces testigos."
        ),
        closing="Atentamente,",
        notes="1. Resolución 77/298, párrafo 9.\n2. A/HRC/40/52, párrafos 61 a 75.",
    ),
    "ru": LetterText(
        language="ru",
        addressee="Г-же Амаре Оконджо\nЗаместителю Генерального секретаря\nКонтртеррористическое управление",
        place="Бишкек",
        date="3 ноября 2026 года",
        subject="поездки в страны и девятый обзор Глобальной стратегии",
        salutation="Ваше Превосходительство,",
        body=(
            "Мы – организации и эксперты из девятнадцати стран. Мы пишем потому, что люди, которые "
            "лучше всех знают, к чему приводит та или иная мера, редко присутствуют при её "
            "обсуждении.[^1]\n\n## О чём мы просим\n\na) встречаться с независимыми организациями в "
            "каждой поездке;\nb) сообщать им, что стало с их словами.[^2]\n\nСъёмочные группы "
            "объезжают ущелья, а подъезды к школам по-прежнему закрыты; ёмкий ответ важнее "
            "щегольского отчёта."
        ),
        closing="С уважением,",
        notes="1. Резолюция 77/298, пункт 9.\n2. A/HRC/40/52, пункты 61–75.",
    ),
    "zh-hans": LetterText(
        language="zh-hans",
        addressee="阿玛拉·奥孔乔女士\n副秘书长\n反恐怖主义办公室\n纽约",
        place="",
        date="2026年11月3日",
        subject="国家访问与全球战略第九次审查",
        salutation="尊敬的副秘书长：",
        body=(
            "我们是来自十九个国家的组织和专家，在贵办团队到访的地方开展工作。最清楚一项措施后果的人，"
            "往往不在讨论它的会场里。[^1]\n\n## 我们的请求\n\na) 每次访问都在对方选择的地点单独会见独立"
            "组织；\nb) 事后告知其意见的处理结果。[^2]\n\n承受措施后果的人最先知道它是否保护了他们。早问、"
            "私下问，方案还来得及改变；晚问、当众问，他们只会学会沉默。"
        ),
        closing="此致敬礼",
        notes="1. 第77/298号决议，第9段。\n2. A/HRC/40/52，第61至75段。",
    ),
}
TEXTS = {"ar": ARABIC, **OTHERS}


@dataclass
class Line:
    """A name before it is a row."""

    parts: dict[str, Any] = field(default_factory=dict)

    def signatory(self) -> Signatory:
        """Return a row that was never saved."""
        return Signatory(**self.parts)


def organization(name: str, *countries: str, acronym: str = "") -> Line:
    """Return a line of an organization."""
    return Line({"kind": Kind.ORGANIZATION, "organization_name": name, "acronym": acronym,
                 "countries": list(countries)})  # fmt: skip


def person(name: str, role: str, raw: str = "", **parts: Any) -> Line:
    """Return a line of a person; `raw` as it was pasted."""
    return Line({"kind": Kind.INDIVIDUAL, "person": name, "role": role, "raw": raw, **parts})


FORTY = (
    organization("جمعية بيت السلام", "TN"),
    organization("رابطة الأمهات لأجل العدالة", "IQ"),
    organization("مركز الأفق للدراسات القانونية", "LB", acronym="HLS"),
    organization("المنتدى الأهلي للحوار", "MA"),
    organization("لجنة الأحياء المستقلة", "LY"),
    organization("شبكة جسور السلام", "YE"),
    organization("مؤسسة الإعلام الحر", "EG"),
    organization("الاتحاد النسائي للإغاثة", "SD"),
    organization("مبادرة أولادنا", "JO"),
    organization("هيئة الدفاع عن اللاجئين", "SY"),
    organization("دار الخبرة المحلية", "DZ"),
    organization("مجلس شباب الأهوار", "IQ"),
    organization("ملتقى الألف كتاب", "OM"),
    organization("Aldern Law Clinic", "DE", acronym="ALC"),
    organization("Association Femmes et Paix du Sahel", "ML"),
    organization("Centre for Open Justice", "KE", acronym="COJ"),
    organization("Coalición por la Memoria", "CO"),
    organization("Réseau des quartiers", "SN", "FR"),
    organization("The Maldives Youth Forum", "MV"),
    organization("Brookfield Mediation Circle", "PH"),
    organization("Ñandutí Observatorio Cívico", "PY"),
    organization("Диалог и право", "KG"),
    organization("Центр «Открытая дверь»", "KZ"),
    organization("Ассоциация матерей Приозёрья", "UA"),
    organization("Правовая клиника «Щит»", "AM"),
    person("أ. د. سلمى الأندلسي", "أستاذة القانون العام، جامعة الواحات", countries=["TN"]),
    person("عبد الإله بن لؤي", "محامٍ مستقل", countries=["MA"]),
    person("ليلى الأخضر", "صحفية", raw="ليلى الأخضر، صحفية، تونس"),
    person("خليل أبو الخير", "باحث، مركز الملاحظة", countries=["LB"]),
    person("آلاء ملا علي", "طبيبة", raw="د. آلاء ملا علي، طبيبة، بغداد"),
    person("Amadou Diarra-Keïta", "Chair of Public Law, University of Sikasso", countries=["ML"],
           honorific="Professor"),
    person("Lena Hartwig", "Senior Lecturer, University of Aldern", countries=["DE"],
           honorific="Dr."),
    person("Tomás Ó Briain", "former Member, Panel on Listing and Delisting", countries=["IE"]),
    person("Noor Siddiqui", "independent expert"),
    person("Marisol Quispe Ñaupari", "abogada", countries=["PE"]),
    person("Françoise N’Diaye-Lefèvre", "ancienne magistrate", countries=["SN"]),
    person("Жанна Ёлкина", "независимый эксперт", countries=["KZ"]),
    person("Тимур Щеглов", "адвокат", countries=["AM"]),
    person("Айгуль Сыдыкова", "преподаватель права", countries=["KG"]),
    person("Oyelaran Adéṣọlá", "lecturer in law", countries=["NG"]),
)  # fmt: skip


def printed(language: str = "ar", lines: tuple[Line, ...] = FORTY, **values: Any) -> PrintedLetter:
    """Return a letter as it is printed, without a database."""
    text = values.pop("text", TEXTS[language])
    names = [line.signatory() for line in lines]
    groups = tuple(
        PrintedGroup(group.kind, tuple(PrintedName.of(name, language) for name in group.names))
        for group in arrange(names, values.pop("arrangement", "name"))
    )
    return PrintedLetter(
        **{
            "reference": "LTR-2026-7K3QXP",
            "text": text,
            "groups": groups,
            "organizations": sum(name.kind == Kind.ORGANIZATION for name in names),
            "individuals": sum(name.kind == Kind.INDIVIDUAL for name in names),
            "withheld": 0,
            "text_hash": fingerprint(text.canonical()),
            "list_hash": fingerprint("list"),
            "public_list_hash": fingerprint("list"),
            "frozen_at": FIXED,
            "revision": 2,
            "verify_url": "https://portal.example/verify/9f2m41b8c07d7k3qxp9f2m41b8/",
            "closed_at": CLOSED,
            "letterhead": "",
            **values,
        }
    )
