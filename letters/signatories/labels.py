"""Lines that label their fields: "Name: …; Title: …; Organization: …; Country: …"."""

import re

from letters.signatories.text import fold

LABELS: dict[str, str] = {
    label: field
    for field, labels in {
        "person": "name|full name|nom|nom et prenom|nombre|nombre y apellido|фио|имя|الاسم|姓名|person|signatory|nombre completo|nom complet|contact person|representative",
        "role": "title|position|role|function|job title|titre|fonction|poste|cargo|puesto|должность|المنصب|الصفة|职务|职位|头衔",
        "organization": "organization|organisation|institution|affiliation|name of organization|name of organisation|organizacion|institucion|организация|المنظمة|المؤسسة|الجهة|组织|机构|单位|ngo|cso|entity|organization name|organisation name|org",
        "country": "country|countries|location|place|pays|pais|lugar|страна|البلد|الدولة|国家|country of operation|based in|city",
        "acronym": "acronym|abbreviation|sigle|siglas|acronyme|сокращение|аббревиатура|الاختصار|缩写|简称",
        "honorific": "honorific|salutation|civilite|tratamiento",
    }.items()
    for label in map(fold, labels.split("|"))
}


def field_of(label: str) -> str:
    """Return which field a heading names ("Organisation" → "organization"), or ""."""
    return LABELS.get(" ".join(fold(label).replace("_", " ").strip(" :*").split()), "")


def read_labels(text: str) -> dict[str, str]:
    """Return field → words of a labelled line; empty when fewer than two labels stand in it."""
    found: dict[str, str] = {}
    pieces = re.split(r"\s*[;|\t]\s*|\s*,\s*(?=[^,:]{2,24}:)", text)
    for piece in pieces:
        label, mark, value = piece.partition(":")
        field = field_of(label) if mark else ""
        if not field:
            return {}
        found.setdefault(field, value.strip())
    return found if len(found) >= 2 else {}
