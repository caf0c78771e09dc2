"""Invented letters in six languages, for the tests of the renderer."""

from dataclasses import dataclass
from datetime import UTC, datetime

import segno

from foundation.documents.sheets import Sheet

CREATED = datetime(2026, 11, 3, 9, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Words:
    """The parts of a letter in one language."""

    direction: str
    sender: str
    addressee: tuple[str, ...]
    date: str
    subject: str
    salutation: str
    paragraphs: tuple[str, ...]
    ask: str
    asks: tuple[str, ...]
    closing: str
    organizations: str
    individuals: str
    about: str


LETTERS = {
    "en": Words(
        "ltr",
        "Joint letter of civil society organizations and experts",
        (
            "Ms. Amara Okonjo",
            "Under-Secretary-General",
            "Office of Counter-Terrorism",
            "United Nations, New York",
        ),
        "3 November 2026",
        "Re: Country visits and the ninth review of the Global Strategy",
        "Your Excellency,",
        (
            "We are organizations and experts from nineteen countries that work where your teams"
            " travel. We write because the people best placed to say what a measure does are"
            " seldom in the room when it is discussed.",
            "People who live with the consequences of a measure know first whether it protects"
            " them. When they are asked early and in private, programmes change while they still"
            " can; when they are asked late and in public, they learn to be silent.",
        ),
        "What we ask",
        (
            "that the Office meets independent organizations on every visit, in private and in a"
            " place that they choose;",
            "that it tells them afterwards what became of what they said;",
            "that it names one person for reprisals, who answers within two days.",
        ),
        "Yours sincerely,",
        "Organizations",
        "Individuals",
        "About this letter",
    ),
    "ar": Words(
        "rtl",
        "رسالة مشتركة من منظمات المجتمع المدني والخبراء",
        ("السيدة أمارا أوكونجو", "وكيلة الأمين العام", "مكتب مكافحة الإرهاب", "نيويورك"),
        "3 تشرين الثاني/نوفمبر 2026",
        "الموضوع: الزيارات القطرية والاستعراض التاسع للاستراتيجية العالمية",
        "صاحبة السعادة،",
        (
            "نحن منظمات وخبراء من تسعة عشر بلدا نعمل حيث تسافر فرقكم، ونكتب إليكم لأن السلام لا"
            " يقوم من دون الناس. إن الذين يعيشون نتائج التدابير هم الأولى بأن يسألوا عنها، وقد جاء"
            " ذلك في الإعلام مرارا.",
            "وحين يسأل الناس مبكرا وعلى انفراد تتغير البرامج ما دام التغيير ممكنا، وحين يسألون"
            " متأخرين وعلى الملأ يتعلمون الصمت.",
        ),
        "ما نطلبه",
        (
            "أن يلتقي المكتب بالمنظمات المستقلة في كل زيارة وفي مكان تختاره؛",
            "أن يخبرها بعد ذلك بما آل إليه كلامها؛",
            "أن يسمي شخصا واحدا يتلقى بلاغات الأعمال الانتقامية ويجيب خلال يومين.",
        ),
        "وتفضلوا بقبول فائق الاحترام،",
        "المنظمات",
        "الأفراد",
        "عن هذه الرسالة",
    ),
    "zh": Words(
        "ltr",
        "民间社会组织和专家联名信",
        ("阿玛拉·奥孔乔女士", "副秘书长", "反恐怖主义办公室", "纽约"),
        "2026年11月3日",
        "事由：国家访问与全球战略第九次审查",
        "尊敬的副秘书长：",
        (
            "我们是来自十九个国家的组织和专家，在贵办团队到访的地方开展工作。最清楚一项措施后果的人，往往不在讨论它的会场里。",
            "承受措施后果的人最先知道它是否保护了他们。早问、私下问，方案还来得及改变；晚问、当众问，他们只会学会沉默。",
        ),
        "我们的请求",
        (
            "每次访问都在对方选择的地点单独会见独立组织；",
            "事后告知其意见的处理结果；",
            "指定一名报复事件联络人，两日内答复。",
        ),
        "此致敬礼",
        "组织",
        "个人",
        "关于本函",
    ),
    "fr": Words(
        "ltr",
        "Lettre commune d’organisations et d’experts de la société civile",
        (
            "Mme Amara Okonjo",
            "Secrétaire générale adjointe",
            "Bureau de lutte contre le terrorisme",
        ),
        "3 novembre 2026",
        "Objet : visites de pays et neuvième examen de la Stratégie mondiale",
        "Madame la Secrétaire générale adjointe,",
        (
            "Nous sommes des organisations et des experts de dix-neuf pays. Nous écrivons parce que"
            " celles et ceux qui connaissent l’effet d’une mesure sont rarement présents quand on en"
            " débat : à l’œuvre où vos équipes se rendent.",
            "Interrogés tôt et en privé, les gens changent les programmes ; interrogés tard et en"
            " public, ils apprennent à se taire.",
        ),
        "Ce que nous demandons",
        (
            "rencontrer des organisations indépendantes à chaque visite ;",
            "leur dire ensuite ce qu’il en est advenu ;",
            "nommer une personne chargée des représailles.",
        ),
        "Veuillez agréer l’expression de notre haute considération.",
        "Organisations",
        "Personnes",
        "À propos de cette lettre",
    ),
    "ru": Words(
        "ltr",
        "Совместное письмо организаций гражданского общества и экспертов",
        (
            "Г-же Амаре Оконджо",
            "Заместителю Генерального секретаря",
            "Контртеррористическое управление",
        ),
        "3 ноября 2026 года",
        "О поездках в страны и девятом обзоре Глобальной стратегии",
        "Ваше Превосходительство,",
        (
            "Мы – организации и эксперты из девятнадцати стран. Мы пишем потому, что люди, которые"
            " лучше всех знают, к чему приводит та или иная мера, редко присутствуют при её"
            " обсуждении.",
            "Когда их спрашивают рано и наедине, программы ещё можно изменить; когда поздно и"
            " прилюдно, они учатся молчать.",
        ),
        "О чём мы просим",
        (
            "встречаться с независимыми организациями в каждой поездке;",
            "сообщать им, что стало с их словами;",
            "назначить ответственного за случаи репрессий.",
        ),
        "С уважением,",
        "Организации",
        "Частные лица",
        "Об этом письме",
    ),
    "es": Words(
        "ltr",
        "Carta conjunta de organizaciones y expertos de la sociedad civil",
        (
            "Sra. Amara Okonjo",
            "Secretaria General Adjunta",
            "Oficina de Lucha contra el Terrorismo",
        ),
        "3 de noviembre de 2026",
        "Asunto: visitas a los países y noveno examen de la Estrategia Global",
        "Excelencia:",
        (
            "Somos organizaciones y expertos de diecinueve países. Escribimos porque quienes mejor"
            " pueden decir qué hace una medida rara vez están en la sala cuando se discute. ¿Cómo"
            " cambiarlo?",
            "Cuando se pregunta pronto y en privado, los programas aún pueden cambiar; cuando se"
            " pregunta tarde y en público, la gente aprende a callar.",
        ),
        "Lo que pedimos",
        (
            "que la Oficina se reúna con organizaciones independientes en cada visita;",
            "que les diga después qué fue de lo que dijeron;",
            "que nombre a una persona para las represalias.",
        ),
        "Atentamente,",
        "Organizaciones",
        "Personas",
        "Sobre esta carta",
    ),
}

ORGANIZATIONS = (
    "<bdi><b>Aldern Law Clinic</b></bdi>, Germany",
    "<bdi><b>Association Femmes et Paix</b></bdi>, Mali",
    "<bdi><b>Centre for Open Justice</b></bdi> (COJ), Kenya",
    "<bdi><b>Coalición por la Memoria</b></bdi>, Colombia",
    "<bdi><b>Диалог и право</b></bdi>, Kyrgyzstan",
    '<bdi lang="ar"><b>جمعية بيت السلام</b></bdi>, Tunisia',
    '<bdi lang="zh"><b>明日法律援助中心</b></bdi>, China',
    "<bdi><b>The Maldives Youth Forum</b></bdi>, Maldives",
)
PEOPLE = (
    "Professor <bdi><b>Amadou Diarra-Keïta</b></bdi>, Chair of Public Law, University of Sikasso, Mali",
    "Dr. <bdi><b>Lena Hartwig</b></bdi>, Senior Lecturer, University of Aldern, Germany",
    "<bdi><b>Tomás Ó Briain</b></bdi>, former Member, Panel on Listing and Delisting, Ireland",
    "<bdi><b>Noor Siddiqui</b></bdi>, independent expert",
)


def note(number: int, text: str) -> str:
    """A call and its note, linked both ways."""
    return (
        f'<a class="call" id="ref-{number}" href="#note-{number}" title="Note {number}">{number}</a>'
        f'<span class="note" id="note-{number}"><a href="#ref-{number}"'
        f' title="Back to the text, note {number}">{number}.</a> {text}</span>'
    )


def _items(lines: tuple[str, ...], turned: bool = False) -> str:
    """List items; `turned` when left-to-right lines stand in a right-to-left letter."""
    around = '<bdi dir="ltr">{}</bdi>' if turned else "{}"
    return "".join(f"<li>{around.format(line)}</li>" for line in lines)


def letter_html(language: str = "en", signatories: int = 8, paragraphs: int = 1) -> str:
    """A whole letter; `paragraphs` repeats its text, `signatories` fills the list of organizations."""
    words = LETTERS[language]
    turned = words.direction == "rtl"
    first, second = words.paragraphs
    more = "".join(f"<p>{second}</p>" for _ in range(paragraphs))
    names = tuple(ORGANIZATIONS[i % len(ORGANIZATIONS)] for i in range(signatories))
    code = segno.make("https://portal.example/verify/", error="m").svg_data_uri(border=0)
    asks = list(words.asks)
    asks[1] += note(3, "A/HRC/40/52.")
    return f"""<!doctype html><html lang="{language}" dir="{words.direction}">
<head><title>{words.subject}</title></head><body>
<p class="headline"><span class="reference">LTR-2026-7K3QXP</span>
<span class="sender">{words.sender}</span></p>
<p class="addressee">{"<br>".join(words.addressee)}</p><p class="date">{words.date}</p>
<h1 class="subject">{words.subject}</h1><p class="salutation">{words.salutation}</p>
<p>{first}{note(1, "A/RES/77/298, 9.")}</p>
<p>{second}{note(2, "LTR-2026-3MD8WA, 14.4.2026.")}</p>
<h2>{words.ask}</h2><ol class="letters">{_items(tuple(asks))}</ol>{more}
<p class="closing">{words.closing}</p>
<section class="signatories"><h2>{words.organizations} ({signatories})</h2><ul>{_items(names, turned)}</ul>
<h2>{words.individuals} ({len(PEOPLE)})</h2><ul>{_items(PEOPLE, turned)}</ul></section>
<section class="seal"><h2>{words.about}</h2><img src="{code}" alt="QR code: portal.example/verify/">
<p>This file carries an electronic seal. If one letter of it is changed, any PDF reader that checks
 seals will say so, and so will the page below.</p>
<dl><dt>Reference</dt><dd>LTR-2026-7K3QXP</dd><dt>Text fixed</dt>
<dd>3 November 2026, 09:12 UTC, revision 4</dd><dt>Fingerprint of the text</dt>
<dd class="hash">9f31a0c2 77de41b8 5a0c6e19 03bd72f4 8c11e9aa 6d20f5b7 14e8c3d9 b2706f5e</dd>
<dt>Signed by</dt><dd>8 organizations and 4 individuals</dd>
<dt>To check it</dt><dd>portal.example/verify/<br>or, without us, with any tool that checks seals</dd>
</dl></section></body></html>"""


def letter(language: str = "en", signatories: int = 8, paragraphs: int = 1) -> Sheet:
    """The same as a sheet."""
    return Sheet(
        html=letter_html(language, signatories, paragraphs),
        language=language,
        title=LETTERS[language].subject,
        created=CREATED,
    )
