"""The words of the Office's receipt for a letter, in the language of the letter.

They stand here and not in the portal's catalogues, as the words of the letter's paper: who wrote in
Arabic gets a receipt in Arabic, whatever language the officer reads the portal in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.formats import date_format


@dataclass(frozen=True)
class ReceiptWords:
    """The words of one language. `%(office)s` is the name of the Office."""

    title: str
    received: str
    no_answer_yet: str
    particulars: str
    reference: str
    network: str
    subject: str
    delivered: str
    acknowledged: str
    by_officer: str
    text_hash: str
    file_hash: str
    check: str
    without_us: str
    sealed: str
    qr: str
    day: str  # how a day is written (date_format of Django)


RECEIPT_WORDS = {
    "en": ReceiptWords(
        title="Receipt of a joint letter",
        received="The %(office)s has received the joint letter that is named below.",
        no_answer_yet="This receipt says that the letter has arrived, and in which form. It is not "
        "an answer to what the letter asks.",
        particulars="Particulars",
        reference="Reference",
        network="From",
        subject="Subject",
        delivered="Delivered",
        acknowledged="Acknowledged",
        by_officer="by an engagement officer, on behalf of the Office",
        text_hash="Fingerprint of the text (SHA-256)",
        file_hash="Fingerprint of the file that was delivered (SHA-256)",
        check="To check it",
        without_us="or, without us, with any tool that checks seals in PDF files",
        sealed="This file carries an electronic seal of the portal. If one letter of it is changed, "
        "any PDF reader that checks seals says so.",
        qr="QR code: the address of the page that checks this receipt",
        day="j E Y",
    ),
    "fr": ReceiptWords(
        title="Accusé de réception d’une lettre collective",
        received="Le bureau ci-après a reçu la lettre collective désignée plus bas : %(office)s.",
        no_answer_yet="Le présent accusé atteste que la lettre est parvenue, et sous quelle forme. "
        "Il ne constitue pas une réponse aux demandes qu’elle contient.",
        particulars="Précisions",
        reference="Référence",
        network="De la part de",
        subject="Objet",
        delivered="Remise le",
        acknowledged="Réception confirmée le",
        by_officer="par un fonctionnaire chargé du dialogue, au nom du Bureau",
        text_hash="Empreinte du texte (SHA-256)",
        file_hash="Empreinte du fichier remis (SHA-256)",
        check="Pour vérifier",
        without_us="ou, sans nous, avec tout outil qui contrôle les cachets des fichiers PDF",
        sealed="Ce fichier porte un cachet électronique du portail. Si un seul caractère en est "
        "modifié, tout lecteur PDF qui contrôle les cachets le signale.",
        qr="Code QR : l’adresse de la page qui vérifie cet accusé de réception",
        day="j E Y",
    ),
    "es": ReceiptWords(
        title="Acuse de recibo de una carta conjunta",
        received="La siguiente oficina ha recibido la carta conjunta que se indica más abajo: "
        "%(office)s.",
        no_answer_yet="El presente acuse de recibo hace constar que la carta ha llegado y en qué "
        "forma. No constituye una respuesta a lo que en ella se pide.",
        particulars="Datos",
        reference="Referencia",
        network="De",
        subject="Asunto",
        delivered="Entregada el",
        acknowledged="Recepción confirmada el",
        by_officer="por un oficial encargado de las relaciones, en nombre de la Oficina",
        text_hash="Huella del texto (SHA-256)",
        file_hash="Huella del archivo entregado (SHA-256)",
        check="Para comprobarlo",
        without_us="o, sin nosotros, con cualquier herramienta que compruebe sellos en archivos PDF",
        sealed="Este archivo lleva un sello electrónico del portal. Si se modifica un solo carácter, "
        "cualquier lector de PDF que compruebe sellos lo indica.",
        qr="Código QR: la dirección de la página que comprueba este acuse de recibo",
        day=r"j \d\e E \d\e Y",
    ),
    "ru": ReceiptWords(
        title="Подтверждение получения коллективного письма",
        received="Коллективное письмо, указанное ниже, получено. Получатель: %(office)s.",
        no_answer_yet="Настоящее подтверждение удостоверяет, что письмо поступило и в каком виде. "
        "Оно не является ответом на содержащиеся в нём просьбы.",
        particulars="Сведения",
        reference="Номер",
        network="От",
        subject="Тема",
        delivered="Вручено",
        acknowledged="Получение подтверждено",
        by_officer="сотрудником по взаимодействию от имени Управления",
        text_hash="Отпечаток текста (SHA-256)",
        file_hash="Отпечаток вручённого файла (SHA-256)",
        check="Как проверить",
        without_us="или, без нас, любым средством, которое проверяет печати в файлах PDF",
        sealed="Этот файл скреплён электронной печатью портала. Если в нём изменён хотя бы один "
        "знак, любая программа, которая проверяет печати в PDF, сообщит об этом.",
        qr="QR-код: адрес страницы, которая проверяет это подтверждение",
        day="j E Y г.",
    ),
    "ar": ReceiptWords(
        title="إشعار باستلام رسالة مشتركة",
        received="تسلّم المكتب التالي الرسالة المشتركة المبيّنة أدناه: %(office)s.",
        no_answer_yet="يفيد هذا الإشعار بأن الرسالة قد وصلت وبالشكل الذي وصلت به. وهو ليس جوابا على "
        "ما تطلبه الرسالة.",
        particulars="البيانات",
        reference="الرقم المرجعي",
        network="من",
        subject="الموضوع",
        delivered="تاريخ التسليم",
        acknowledged="تاريخ الإشعار",
        by_officer="من موظف معني بالتواصل، باسم المكتب",
        text_hash="بصمة النص (SHA-256)",
        file_hash="بصمة الملف المسلَّم (SHA-256)",
        check="للتحقق",
        without_us="أو من دوننا، بأي أداة تتحقق من الأختام في ملفات PDF",
        sealed="يحمل هذا الملف ختما إلكترونيا للبوابة. وإذا تغيّر فيه حرف واحد فإن أي برنامج لقراءة "
        "ملفات PDF يتحقق من الأختام يشير إلى ذلك.",
        qr="رمز الاستجابة السريعة: عنوان الصفحة التي تتحقق من هذا الإشعار",
        day="j E Y",
    ),
    "zh": ReceiptWords(
        title="联名信收讫回执",
        received="下列办公室已收到下述联名信：%(office)s。",
        no_answer_yet="本回执说明信件已经送达及其送达时的形式，并非对信中所提要求的答复。",
        particulars="详情",
        reference="编号",
        network="来自",
        subject="事由",
        delivered="递交日期",
        acknowledged="确认日期",
        by_officer="由联络干事代表本办公室确认",
        text_hash="文本指纹（SHA-256）",
        file_hash="所递交文件的指纹（SHA-256）",
        check="核对方法",
        without_us="也可不经我们，使用任何能够检查PDF文件印章的工具",
        sealed="本文件带有本门户的电子印章。文件中只要有一个字被改动，任何能检查印章的PDF阅读器都会提示。",
        qr="二维码：核对本回执的网页地址",
        day="Y年n月j日",
    ),
}


def receipt_words(language: str) -> ReceiptWords:
    """Return the words of `language` (BCP 47), English where it is not one of the six."""
    return RECEIPT_WORDS.get(language[:2], RECEIPT_WORDS["en"])


def day_of(day: date, language: str) -> str:
    """Return a day as it is written in `language`: "24 January 2018", "2018年1月24日"."""
    with translation.override(language[:2]):
        return date_format(day, receipt_words(language).day)
