"""Invented briefs: usual ones in English and Arabic, a small one, and hostile ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from meetings.briefs import (
    BriefContent,
    Commitment,
    Participant,
    Past,
    Position,
    Talk,
    When,
    Words,
)
from meetings.briefs.content import Words as W

DRAWN_UP = datetime(2026, 11, 25, 10, 40, tzinfo=UTC)
HIDDEN = ("Salimata Koro-Belem", "Ms. Wanjiru Achterberg", "Dr. Yusuf Tanagra")

_NAMED = (
    ("Dr. Lena Hartwig", "Director, Aldern Law Clinic, Germany"),
    ("Noor Siddiqa-Vale", "Independent expert on the law of assembly"),
    ("Tomás Ó Briain-Keogh", "Programme officer, Aldern Law Clinic, Germany"),
    ("Professor Adaeze Umeh-Lindqvist", "Chair, Council of Riverine Communities, Nigeria"),
    ("Jean-Baptiste Mvondo Essola", "Secretary-General, Open Courts Observatory, Cameroon"),
    ("Marisol Quispe Andrade", "Coordinator for Latin America, Witness Without Walls, Peru"),
    ("Grace", "Youth delegate"),
)
_ASKS = (
    ("Meet independent organizations, in private, on every country visit", "Partially accepted", "Under way"),
    ("Fund small community groups directly, without matching funds", "Pending", "Not started"),
    ("Review the effect of listing rules on humanitarian work, and publish what is found", "Referred to another addressee", "Cannot tell"),
    ("Name one person in the Office to whom reprisals are reported, in six languages", "Accepted", "Done"),
    ("Let civil society comment on draft programmes for capacity-building before the host does", "Noted", "Not started"),
    ("Publish the calendar of country visits six months ahead", "Already being done", "Under way"),
)  # fmt: skip
_PURPOSE = (
    "They ask to be met on every visit, before the programme is fixed, and want to hear what became"
    " of the six points of their letter of March."
)
_ABOUT = (
    "Network of forty-one organizations in nineteen countries of the Sahel and the Great Lakes,"
    " founded in 2009. Works with families of detained people and trains lawyers. In consultative"
    " status since 2019; vetted until May 2028."
)


def usual(participants: int = 10, recommendations: int = 12) -> BriefContent:
    """Return an English brief of realistic length; the last three people are not to be named."""
    return BriefContent(
        language="en",
        classification="CONFIDENTIAL",
        reference="MTG-2026-4FHW7N",
        drawn_up=DRAWN_UP,
        subject=W("Country visits: meeting organizations in private, on every visit", "en"),
        to=W("Under-Secretary-General"),
        through=W("Chief, Engagement Section"),
        sender=W("N. Farouk, Engagement Section"),
        requester=W("Network for Open Valleys (NOV)"),
        when=When(
            datetime(2026, 12, 8, 7, tzinfo=UTC), datetime(2026, 12, 8, 8, tzinfo=UTC),
            "Africa/Nairobi",
        ),
        place=W("United Nations Office at Nairobi, block X, room 9"),
        form="In person, some of us online",
        languages=("English", "French"),
        participants=people(participants),
        theirs=W(_PURPOSE, "en"),
        ours=W("Hear their reading of the draft programme before it goes to the host.", "en"),
        about=W(_ABOUT, "en"),
        past=(
            Past(date(2026, 3, 12), "LTR-2026-7K3QXP", W("Country visits and the ninth review")),
            Past(date(2026, 6, 4), "MTG-2026-9QTR2C", W("Draft programme for the Sahel")),
            Past(date(2025, 11, 20), "MTG-2025-3MD8WA", W("Reprisals after a visit")),
        ),
        commitments=(
            Commitment(W("Calendar of visits six months ahead"), date(2026, 10, 1), overdue=True),
            Commitment(W("Answer on matching funds for small groups"), date(2026, 12, 31)),
        ),
        recommendations=asks(recommendations),
        key_messages=(
            W("We have met organizations in private on four of six visits this year; we want it to"
              " be six of six.", "en"),
            W("You will hear from us within thirty days what became of each point.", "en"),
            W("Ms. Farouk is the person to call when anyone is in danger because of this meeting.",
              "en"),
        ),
        if_raised=(
            Talk(W("Listing of an organization"), W("Not ours to comment on; the Ombudsperson's.")),
            Talk(W("Funds without matching"), W("Under study; an answer by the end of the year.")),
        ),
        sensitivities=(
            W("Three participants are not to be named in any paper that the host sees."),
            W("No photographs. They leave before the next meeting begins."),
        ),
        annexes=(W("Letter LTR-2026-7K3QXP"), W("Note to the file of 4 June 2026")),
    )  # fmt: skip


def people(number: int) -> tuple[Participant, ...]:
    """Return so many participants, three of them (from four on) not to be named."""
    hidden = [
        Participant(W(name), W("Field coordinator, a community of the river")) for name in HIDDEN
    ][: 3 if number > 3 else 0]
    named = [
        Participant(W(_NAMED[n % 7][0]), W(_NAMED[n % 7][1]), may_be_named=True)
        for n in range(number - len(hidden))
    ]
    return (*named, *hidden)


def references(number: int) -> list[str]:
    """Return so many references of recommendations."""
    letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
    return [f"REC-2026-{letters[n % 31]}{letters[n // 31]}3QXP" for n in range(number)]


def asks(number: int) -> tuple[Position, ...]:
    """Return so many recommendations with their positions."""
    owners = ("N. Farouk", "Shinobu Ito-Brandt", "")
    return tuple(
        Position(reference, W(ask, "en"), position, progress, owners[n % 3])
        for n, reference in enumerate(references(number))
        for ask, position, progress in [_ASKS[n % 6]]
    )


def small() -> BriefContent:
    """Return a brief that nobody has written anything for: one person, no recommendation."""
    return BriefContent(
        language="en",
        classification="CONFIDENTIAL",
        reference="MTG-2026-4FHW7N",
        drawn_up=DRAWN_UP,
        subject=W("Introduce ourselves", "en"),
        sender=W("N. Farouk, Engagement Section"),
        requester=W("Circle of the Quiet Ford"),
        form="Online",
        participants=people(1),
        theirs=W("Introduce ourselves", "en"),
        about=W("We listen to people of the valleys.", "en"),
    )


def arabic() -> BriefContent:
    """Return a brief in Arabic with ten participants and twelve recommendations."""
    ask = "لقاء منظمات مستقلة على انفراد في كل زيارة قطرية، قبل أن يوضع البرنامج"
    names = ("ليلى حدّاد المرزوقي", "الدكتور سامي بن عمّار", "Dr. Lena Hartwig")
    return replace(
        usual(),
        language="ar",
        classification="سرّي",
        subject=W("الزيارات القطرية: لقاء المنظمات على انفراد في كل زيارة", "ar"),
        to=W("وكيل الأمين العام"),
        through=W("رئيس قسم المشاركة"),
        sender=W("ن. فاروق، قسم المشاركة"),
        requester=W("شبكة الوديان المفتوحة (NOV)"),
        place=W("مكتب الأمم المتحدة في نيروبي، القاعة 9"),
        form="حضوري",
        languages=("العربية", "الفرنسية"),
        participants=tuple(
            Participant(W(names[n % 3]), W("منسّقة ميدانية، جمعية النهر"), may_be_named=n < 8)
            for n in range(10)
        ),
        theirs=W("يطلبون أن يلتقوا بنا في كل زيارة قبل أن يوضع البرنامج، وأن يعرفوا مآل نقاطهم.", "ar"),
        ours=W("نريد قراءتهم لمشروع البرنامج قبل أن يُرسل إلى البلد المضيف.", "ar"),
        about=W("شبكة من إحدى وأربعين منظمة في تسعة عشر بلداً، تأسست عام 2009.", "ar"),
        recommendations=tuple(
            replace(one, ask=W(ask, "ar"), position="مقبولة جزئياً", progress="قيد التنفيذ")
            for one in asks(12)
        ),
        key_messages=(
            W("التقينا المنظمات على انفراد في أربع زيارات من ست هذا العام، ونريدها ستاً من ست.", "ar"),
            W("ستسمعون منا خلال ثلاثين يوماً ما آلت إليه كل نقطة.", "ar"),
        ),
        if_raised=(Talk(W("إدراج منظمة"), W("ليس لنا أن نعلّق؛ الأمر لأمين المظالم.")),),
        sensitivities=(W("لا صور. يغادرون قبل بدء الاجتماع التالي."),),
        commitments=(Commitment(W("جدول الزيارات قبل ستة أشهر"), date(2026, 10, 1), overdue=True),),
        annexes=(W("الرسالة LTR-2026-7K3QXP"),),
    )  # fmt: skip


def hostile(letter: str, *, spaced: bool, number: int = 40) -> BriefContent:
    """Return a brief in which everything is as long as the forms let it be, and lists longer."""
    word = letter * 9 + " " if spaced else letter

    def long(length: int) -> Words:
        return W((word * length)[:length].strip())

    return BriefContent(
        language="en",
        classification="STRICTLY CONFIDENTIAL",
        reference="MTG-2026-4FHW7N",
        drawn_up=DRAWN_UP,
        subject=long(200),
        to=long(200),
        through=long(200),
        sender=long(200),
        requester=long(290),
        when=When(DRAWN_UP, DRAWN_UP + timedelta(days=1), "America/Argentina/ComodRivadavia"),
        place=long(500),
        form="In person, some of us online",
        languages=("Arabic", "Chinese", "English", "French", "Russian", "Spanish"),
        participants=tuple(Participant(long(200), long(200), True) for _n in range(number)),
        theirs=long(10_000),
        ours=long(4000),
        about=long(4000),
        past=tuple(Past(date(2026, 3, 12), "LTR-2026-7K3QXP", long(300)) for _n in range(number)),
        commitments=tuple(Commitment(long(1000), date(2026, 3, 12), True) for _n in range(number)),
        recommendations=tuple(
            Position(reference, long(200), "Referred to another addressee", "Not started",
                     long(200).text)
            for reference in references(number)
        ),
        key_messages=tuple(long(1000) for _n in range(number)),
        if_raised=tuple(Talk(long(200), long(1000)) for _n in range(number)),
        sensitivities=tuple(long(1000) for _n in range(number)),
        annexes=tuple(long(1000) for _n in range(number)),
    )  # fmt: skip
