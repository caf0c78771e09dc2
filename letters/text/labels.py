"""The words that a letter's paper says for itself, in the language of the letter.

They stand here, beside the text, and not in the portal's catalogues: a letter in Arabic is read by
people who never chose a language of the portal. No word depends on a number, since each of the six
languages counts differently: "Organizations: 8".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class PaperWords:
    """The words of one language. `%(n)s` is a number, `%(at)s` a moment."""

    organizations: str
    individuals: str
    signatories: str
    annex: str
    in_annex: str
    others: str  # said from five on
    note: str
    back: str
    notes: str
    about: str
    sealed: str
    no_signature: str
    qr: str
    reference: str
    imported: str
    text_fixed: str
    revision: str
    language: str
    text_hash: str
    names: str
    listed: str
    list_hash: str
    public_list_hash: str
    attached: str
    check: str
    without_us: str
    pair: str  # how two facts stand beside each other: "Organizations: 8; individuals: 4"
    comma: str
    stop: str
    months: tuple[str, ...]
    moment: str  # %(day)s, %(month)s, %(number)s of the month, %(year)s, %(clock)s


PAPER_WORDS = {
    "en": PaperWords(
        organizations="Organizations",
        individuals="Individuals",
        signatories="Signatories",
        annex="Annex: signatories",
        in_annex="The names stand in the annex.",
        others="and %(n)s others who are not named here",
        note="Note",
        back="Back to the text",
        notes="Notes",
        about="About this letter",
        sealed=(
            "The portal hands this letter out with an electronic seal. If one letter of a sealed "
            "file is changed, any PDF reader that checks seals says so, and so does the page below."
        ),
        no_signature=(
            "The seal shows that the file is unchanged and comes from the portal. It is not the "
            "signature of each organization."
        ),
        qr="QR code: the address of the page that checks this letter",
        reference="Reference",
        imported="imported",
        text_fixed="Text fixed",
        revision="revision %(n)s",
        language="English",
        text_hash="Fingerprint of the text",
        names="Names",
        listed="list of %(at)s",
        list_hash="Fingerprint of the list",
        public_list_hash="Fingerprint of the public list",
        attached=(
            "Inside this file: text.json and signatories.json, whose SHA-256 are the fingerprints "
            "of the text and of the public list, and that list as signatories.csv"
        ),
        check="To check it",
        without_us="or, without us, with any tool that checks seals in PDF files",
        pair="%(a)s: %(m)s; %(b)s: %(n)s",
        comma=", ",
        stop=".",
        months=(
            "January", "February", "March", "April", "May", "June", "July", "August",
            "September", "October", "November", "December",
        ),
        moment="%(day)s %(month)s %(year)s, %(clock)s UTC",
    ),
    "fr": PaperWords(
        organizations="Organisations",
        individuals="Personnes",
        signatories="Signataires",
        annex="Annexe : signataires",
        in_annex="Les noms figurent en annexe.",
        others="et %(n)s autres, qui ne sont pas nommés ici",
        note="Note",
        back="Retour au texte",
        notes="Notes",
        about="À propos de cette lettre",
        sealed=(
            "Le portail délivre cette lettre avec un cachet électronique. Si une seule lettre d’un "
            "fichier cacheté est modifiée, tout lecteur de PDF qui vérifie les cachets le signale, "
            "de même que la page ci-dessous."
        ),
        no_signature=(
            "Le cachet atteste que le fichier est intact et provient du portail. Il ne vaut pas "
            "signature de chacune des organisations."
        ),
        qr="Code QR : adresse de la page qui vérifie cette lettre",
        reference="Référence",
        imported="importée",
        text_fixed="Texte arrêté",
        revision="révision %(n)s",
        language="français",
        text_hash="Empreinte du texte",
        names="Noms",
        listed="liste du %(at)s",
        list_hash="Empreinte de la liste",
        public_list_hash="Empreinte de la liste publique",
        attached=(
            "Dans ce fichier : text.json et signatories.json, dont les SHA-256 sont les empreintes "
            "du texte et de la liste publique, et cette liste en signatories.csv"
        ),
        check="Pour vérifier",
        without_us="ou, sans nous, avec tout outil qui vérifie les cachets des fichiers PDF",
        pair="%(a)s\u00a0: %(m)s\u00a0; %(b)s\u00a0: %(n)s",
        comma=", ",
        stop=".",
        months=(
            "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
            "septembre", "octobre", "novembre", "décembre",
        ),
        moment="%(day)s %(month)s %(year)s, %(clock)s UTC",
    ),
    "es": PaperWords(
        organizations="Organizaciones",
        individuals="Personas",
        signatories="Firmantes",
        annex="Anexo: firmantes",
        in_annex="Los nombres figuran en el anexo.",
        others="y %(n)s más, cuyos nombres no figuran aquí",
        note="Nota",
        back="Volver al texto",
        notes="Notas",
        about="Sobre esta carta",
        sealed=(
            "El portal entrega esta carta con un sello electrónico. Si se cambia una sola letra de "
            "un archivo sellado, lo indica cualquier lector de PDF que compruebe sellos, y también "
            "la página que figura abajo."
        ),
        no_signature=(
            "El sello muestra que el archivo no ha cambiado y que procede del portal. No es la "
            "firma de cada una de las organizaciones."
        ),
        qr="Código QR: dirección de la página que comprueba esta carta",
        reference="Referencia",
        imported="importada",
        text_fixed="Texto fijado",
        revision="revisión %(n)s",
        language="español",
        text_hash="Huella del texto",
        names="Nombres",
        listed="lista del %(at)s",
        list_hash="Huella de la lista",
        public_list_hash="Huella de la lista pública",
        attached=(
            "Dentro de este archivo: text.json y signatories.json, cuyos SHA-256 son las huellas "
            "del texto y de la lista pública, y esa lista en signatories.csv"
        ),
        check="Para comprobarla",
        without_us="o, sin nosotros, con cualquier herramienta que compruebe sellos de archivos PDF",
        pair="%(a)s: %(m)s; %(b)s: %(n)s",
        comma=", ",
        stop=".",
        months=(
            "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto",
            "septiembre", "octubre", "noviembre", "diciembre",
        ),
        moment="%(day)s de %(month)s de %(year)s, %(clock)s UTC",
    ),
    "ru": PaperWords(
        organizations="Организации",
        individuals="Частные лица",
        signatories="Подписавшие",
        annex="Приложение: подписавшие",
        in_annex="Имена приведены в приложении.",
        others="и ещё %(n)s, чьи имена здесь не названы",
        note="Примечание",
        back="Вернуться к тексту",
        notes="Примечания",
        about="Об этом письме",
        sealed=(
            "Портал выдаёт это письмо с электронной печатью. Если в файле с печатью изменить хотя "
            "бы одну букву, об этом сообщит любая программа, проверяющая печати в файлах PDF, а "
            "также страница, указанная ниже."
        ),
        no_signature=(
            "Печать показывает, что файл не изменён и получен от портала. Она не заменяет подписи "
            "каждой из организаций."
        ),
        qr="QR-код: адрес страницы, на которой проверяется это письмо",
        reference="Номер",
        imported="импортировано",
        text_fixed="Текст закреплён",
        revision="редакция %(n)s",
        language="русский",
        text_hash="Отпечаток текста",
        names="Имена",
        listed="список от %(at)s",
        list_hash="Отпечаток списка",
        public_list_hash="Отпечаток открытого списка",
        attached=(
            "Внутри этого файла: text.json и signatories.json, чьи SHA-256 – отпечатки текста и "
            "открытого списка, и тот же список в signatories.csv"
        ),
        check="Как проверить",
        without_us="или, без нас, в любой программе, проверяющей печати в файлах PDF",
        pair="%(a)s: %(m)s; %(b)s: %(n)s",
        comma=", ",
        stop=".",
        months=(
            "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа",
            "сентября", "октября", "ноября", "декабря",
        ),
        moment="%(day)s %(month)s %(year)s года, %(clock)s UTC",
    ),
    "ar": PaperWords(
        organizations="المنظمات",
        individuals="الأفراد",
        signatories="الموقّعون",
        annex="المرفق: الموقّعون",
        in_annex="ترد الأسماء في المرفق.",
        others="وآخرون عددهم %(n)s لا تُذكر أسماؤهم هنا",
        note="الحاشية",
        back="العودة إلى النص",
        notes="الحواشي",
        about="عن هذه الرسالة",
        sealed=(
            "تصدر البوابة هذه الرسالة بختم إلكتروني. فإذا تغير حرف واحد في ملف مختوم، نبّه إلى ذلك "
            "كل برنامج يقرأ ملفات PDF ويتحقق من أختامها، ونبّهت إليه الصفحة المذكورة أدناه."
        ),
        no_signature=(
            "يدل الختم على أن الملف لم يتغير وأنه صادر عن البوابة. وهو ليس توقيعا لكل منظمة من "
            "المنظمات."
        ),
        qr="رمز الاستجابة السريعة: عنوان الصفحة التي تتحقق من هذه الرسالة",
        reference="الرقم المرجعي",
        imported="مستوردة",
        text_fixed="تاريخ تثبيت النص",
        revision="التنقيح %(n)s",
        language="العربية",
        text_hash="بصمة النص",
        names="الأسماء",
        listed="القائمة بتاريخ %(at)s",
        list_hash="بصمة القائمة",
        public_list_hash="بصمة القائمة العلنية",
        attached=(
            "داخل هذا الملف: text.json وsignatories.json، وقيمتا SHA-256 لهما هما بصمتا النص "
            "والقائمة العلنية، والقائمة نفسها في signatories.csv"
        ),
        check="للتحقق منها",
        without_us="أو، من دوننا، بأي أداة تتحقق من الأختام في ملفات PDF",
        pair="%(a)s: %(m)s؛ %(b)s: %(n)s",
        comma="، ",
        stop=".",
        months=(
            "كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس", "نيسان/أبريل", "أيار/مايو",
            "حزيران/يونيه", "تموز/يوليه", "آب/أغسطس", "أيلول/سبتمبر", "تشرين الأول/أكتوبر",
            "تشرين الثاني/نوفمبر", "كانون الأول/ديسمبر",
        ),
        moment="%(day)s %(month)s %(year)s، الساعة %(clock)s UTC",
    ),
    "zh-hans": PaperWords(
        organizations="组织",
        individuals="个人",
        signatories="签署者",
        annex="附件：签署者名单",
        in_annex="名单见附件。",
        others="另有%(n)s个签署者未在此列名",
        note="注",
        back="返回正文",
        notes="注释",
        about="关于本函",
        sealed=(
            "本门户发出的本函文件带有电子印章。已盖章的文件只要改动一个字，任何能够核验印章的PDF"
            "阅读器都会提示，下列网页也会提示。"
        ),
        no_signature="印章表明文件未经改动且出自本门户，并不代表各组织的签名。",
        qr="二维码：核验本函的网页地址",
        reference="编号",
        imported="导入",
        text_fixed="文本确定时间",
        revision="第%(n)s版",
        language="中文",
        text_hash="文本指纹",
        names="名单",
        listed="名单截至%(at)s",
        list_hash="名单指纹",
        public_list_hash="公开名单指纹",
        attached=(
            "本文件内附：text.json和signatories.json，其SHA-256即文本和公开名单的指纹；"
            "另附该名单的signatories.csv"
        ),
        check="核验方法",
        without_us="也可不经本门户，使用任何能够核验PDF印章的工具",
        pair="%(a)s：%(m)s；%(b)s：%(n)s",
        comma="，",
        stop="。",
        months=("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"),
        moment="%(year)s年%(month)s月%(day)s日%(clock)s UTC",
    ),
}  # fmt: skip


def paper_words(language: str) -> PaperWords:
    """Return the words of `language`; English for a language that no letter is written in."""
    return PAPER_WORDS.get(language, PAPER_WORDS["en"])


def moment_words(moment: datetime, language: str) -> str:
    """Return a moment as the paper says it, by the clock of UTC: "3 November 2026, 09:12 UTC"."""
    at, words = moment.astimezone(UTC), paper_words(language)
    return words.moment % {
        "day": at.day,
        "month": words.months[at.month - 1],
        "year": at.year,
        "clock": f"{at:%H:%M}",
    }
