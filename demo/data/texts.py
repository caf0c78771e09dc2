"""The invented letters, in six languages, and the lines of those who stand under them."""

from __future__ import annotations

from dataclasses import dataclass

from foundation.confidentiality import Level
from letters.enums import Mode

VALLEYS = "Open Valleys and Harbours Network"
PASSERELLES = "Réseau des Passerelles"


@dataclass(frozen=True)
class Words:
    """A letter: its network, its text, how far it has come, and who signs it here."""

    network: str
    state: str
    language: str
    subject: str
    addressee: str
    salutation: str
    body: str
    closing: str
    place: str = ""
    date: str = ""
    notes: str = ""
    level: Level = Level.OFFICE
    lines: str = ""  # of those whom the coordinator enters
    review: bool = False  # the lines wait for review
    signers: tuple[tuple[str, Mode], ...] = ()
    days: int = 0  # until the deadline
    zone: str = "UTC"


LINES = """Aldern Law Clinic (ALC), Kenya
Harbour Women’s Cooperative, Ghana
Institut des Savoirs Nomades, Niger
Red Mujeres del Estuario (RME), Uruguay
Tala Foundation for Young Journalists, Philippines
Prof. Mirela Stanković-Abara, Chair of Peace Studies, University of the Three Rivers, Serbia
Dr. Yusra Benhalima, Lecturer, Morocco
Asociación Faro Civil (AFC), Ecuador
Otieno Falkenrath, independent researcher, Kenya
"""
LIGNES = """Maison des Médiatrices du Sud, Mali
Collectif Racines et Rivages (CRR), Sénégal
Mme Odile Tarragon-Sy, juriste, Bénin
"""
LETTERS = (
    Words(
        network=VALLEYS,
        state="draft",
        language="en",
        subject="Quiet rooms for meetings during country visits",
        addressee="The Under-Secretary-General\nUnited Nations Office of Counter-Terrorism",
        salutation="Excellency,",
        body="We write because meetings with our members during visits are often held in halls "
        "that anyone may watch.\n\nWe ask that each visit\n\na) sets aside one quiet room, chosen "
        "by those invited;\nb) tells them two weeks ahead who will be in it;\nc) says afterwards "
        "what was heard, naming nobody.",
        closing="Respectfully,",
        place="Nairobi",
        lines=LINES,
        review=True,
    ),
    Words(
        network=VALLEYS,
        state="open",
        language="en",
        subject="Answers within thirty days to what civil society sends in",
        addressee="The Under-Secretary-General\nUnited Nations Office of Counter-Terrorism",
        salutation="Excellency,",
        body="Our members sent forty-one papers to consultations in three years.[^1] To nine of "
        "them came an answer.\n\n## What we ask\n\n1. A receipt at once, and an answer within "
        "thirty days.\n2. A reason where the answer is no.\n3. A page on which anyone can see how "
        "many answers are due.\n\nWe offer to bring together, twice a year, those who wrote and "
        "those who answer.",
        closing="With respect,",
        place="Accra and La Paz",
        date="2 November 2026",
        notes="1. Counted by the Network from its own files, 2023 to 2025.",
        level=Level.PUBLIC,
        lines=LINES,
        signers=(("xiaohe", Mode.PUBLIC), ("layla", Mode.OFFICE)),
        days=17,
        zone="Africa/Nairobi",
    ),
    Words(
        network=PASSERELLES,
        state="open",
        language="es",
        subject="Maestras y mediadoras en los planes nacionales de acción",
        addressee="Oficina de las Naciones Unidas de Lucha contra el Terrorismo",
        salutation="De nuestra consideración:",
        body="Los planes nacionales se escriben a menudo sin quienes trabajan en la escuela y en "
        "el barrio.\n\nPedimos que toda asistencia técnica para un plan nacional incluya, desde el "
        "primer borrador, a maestras y mediadoras, y que se diga por escrito qué propusieron.",
        closing="Atentamente,",
        place="Bamako",
        signers=(("moussa", Mode.PUBLIC),),
        days=1,
        zone="Africa/Bamako",
    ),
    Words(
        network=PASSERELLES,
        state="closed",
        language="fr",
        subject="Des comptes bancaires pour celles qui aident",
        addressee="Monsieur le Secrétaire général adjoint\n"
        "Bureau de lutte contre le terrorisme de l’ONU",
        salutation="Excellence,",
        body="Depuis deux ans, onze associations de notre réseau ont perdu leur compte bancaire "
        "sans motif écrit.\n\nNous demandons que le Bureau rappelle aux États Membres que les "
        "mesures contre le financement du terrorisme visent des risques établis, et non un "
        "secteur entier.",
        closing="Veuillez agréer, Excellence, l’expression de notre haute considération.",
        place="Bamako",
        lines=LIGNES,
        signers=(("moussa", Mode.PUBLIC),),
    ),
    Words(
        network=VALLEYS,
        state="under_review",
        language="en",
        subject="A standing table with networks of civil society",
        addressee="The Under-Secretary-General\nUnited Nations Office of Counter-Terrorism",
        salutation="Excellency,",
        body="Dialogue that depends on invitations reaches those who are already known.\n\n"
        "We ask the Office to meet networks of civil society at a standing table, four times a "
        "year, with an agenda that both sides write.[^1]\n\nWe are ready to prepare the first "
        "meeting, and to bring to it those who have never been invited.",
        closing="Yours respectfully,",
        place="Nairobi",
        date="14 September 2026",
        notes="1. Two months before each meeting, and open to additions until two weeks before.",
        level=Level.PUBLIC,
        lines=LINES,
        signers=(
            ("representative", Mode.PUBLIC),
            ("xiaohe", Mode.PUBLIC),
            ("layla", Mode.OFFICE),
            ("expert", Mode.PUBLIC),
        ),
    ),
    Words(
        network=VALLEYS,
        state="answered",
        language="en",
        subject="Somebody to write to in every region",
        addressee="The Under-Secretary-General\nUnited Nations Office of Counter-Terrorism",
        salutation="Excellency,",
        body="Our members write to an address in one city and wait.\n\nWe ask the Office to name "
        "one person in every region to whom organizations can write.",
        closing="Yours respectfully,",
        date="2 June 2026",
        level=Level.PUBLIC,
        lines=LINES,
        signers=(("representative", Mode.PUBLIC),),
    ),
    Words(
        network=VALLEYS,
        state="delivered",
        language="es",
        subject="Horas y lugares seguros para las reuniones",
        addressee="Oficina de las Naciones Unidas de Lucha contra el Terrorismo",
        salutation="Excelencia:",
        body="Quienes hablan de abusos no pueden viajar de noche.\n\nPedimos que las reuniones con "
        "la sociedad civil se celebren de día y en un lugar elegido con quienes asisten.",
        closing="Atentamente,",
        date="20 de noviembre de 2026",
        lines=LINES,
        signers=(("representative", Mode.OFFICE),),
    ),
    Words(
        network=PASSERELLES,
        state="acknowledged",
        language="fr",
        subject="Des réponses dans la langue de la question",
        addressee="Bureau de lutte contre le terrorisme de l’ONU",
        salutation="Excellence,",
        body="Nos membres écrivent en français et reçoivent des réponses dans une autre langue.\n\n"
        "Nous demandons que chaque réponse soit donnée dans la langue de la question.",
        closing="Veuillez agréer, Excellence, l’expression de notre haute considération.",
        lines=LIGNES,
        signers=(("moussa", Mode.PUBLIC),),
    ),
    Words(
        network=VALLEYS,
        state="set_aside",
        language="ru",
        subject="О школах для детей вернувшихся семей",
        addressee="Контртеррористическое управление ООН",
        salutation="Ваше Превосходительство,",
        body="Дети вернувшихся семей ждут места в школе в среднем семь месяцев. Мы просим…",
        closing="С уважением,",
    ),
    Words(
        network=VALLEYS,
        state="draft",
        language="ar",
        subject="أماكن آمنة للقاء المدافعات عن الحقوق",
        addressee="مكتب الأمم المتحدة لمكافحة الإرهاب",
        salutation="تحية طيبة وبعد،",
        body="نكتب إليكم لأن كثيراً من المدافعات لا يستطعن الحضور إلى لقاءات تُعلن أماكنها.\n\n"
        "نطلب أن يُحدَّد مكان اللقاء بالاتفاق معهنّ، وألا تُذكر أسماؤهنّ في أي وثيقة.",
        closing="وتفضلوا بقبول فائق الاحترام،",
    ),
    Words(
        network=VALLEYS,
        state="draft",
        language="zh-hans",
        subject="请在社区项目中听取青年意见",
        addressee="联合国反恐怖主义办公室",
        salutation="尊敬的阁下：",
        body="六个城镇的青年课堂写下了他们的建议。\n\n我们请贵办公室在每个社区项目开始之前听取青年的意见，并公布答复。",
        closing="此致敬礼",
    ),
)

SENT_BEFORE = """To the Under-Secretary-General
United Nations Office of Counter-Terrorism

Geneva, 9 March 2021

Re: Travel of invited speakers

Excellency,

In the past year six of our members were invited to speak at meetings of the United Nations and
could not travel, because their names stood on lists that nobody would show them.

We ask the Office to raise this with the Member States concerned, and to let invited speakers take
part from afar where they cannot travel.

We thank you for your attention.

Respectfully,

Aldern Law Clinic (ALC), Kenya
Harbour Women’s Cooperative, Ghana
Institut des Savoirs Nomades, Niger
Prof. Mirela Stanković-Abara, Chair of Peace Studies, University of the Three Rivers, Serbia
Otieno Falkenrath, independent researcher, Kenya
"""
SENT_SUBJECT = "Travel of invited speakers"
