"""One leak of a hidden name for each place where a name might come to stand."""

from __future__ import annotations

import base64
import io
import json
import logging
from typing import Any

from django.core import mail
from openpyxl import Workbook, load_workbook
from pypdf import PdfWriter

from foundation.audit.recording import record
from foundation.confidentiality import Pseudonym
from foundation.notifications.models import Notice
from foundation.web.models import FormReceipt
from letters.models import Signatory
from tests.trust.house import House


def name_of(house: House) -> str:
    return next(case for case in house.hidden.cases if case.who == "external").names["person"]


def leak_log_line(house: House) -> None:
    logging.getLogger("letters").info("signed: %s", name_of(house))


def leak_log_field(house: House) -> None:
    logging.getLogger("letters").info("signed", extra={"who": name_of(house).encode().hex()})


def leak_mail_header(house: House) -> None:
    message = mail.EmailMessage("s", "b", to=["x@y.example"], headers={"X-Who": "x"})
    message.extra_headers["X-Who"] = f"=?utf-8?b?{base64_of(name_of(house))}?="
    mail.outbox.append(message)


def leak_mail_body(house: House) -> None:
    case = next(case for case in house.hidden.cases if case.who == "external")
    mail.outbox.append(mail.EmailMessage("s", f"Signed: {case.names['body']}", to=["x@y.example"]))


def leak_mail_attachment(house: House) -> None:
    message = mail.EmailMessage("s", "b", to=["x@y.example"])
    message.attach("list.xlsx", workbook(name_of(house)))
    mail.outbox.append(message)


def leak_queue_value(house: House) -> None:
    house.server.lpush("planted", json.dumps({"body": base64_of(f'["{name_of(house)}"]')}))


def leak_queue_key(house: House) -> None:
    house.server.set(f"seen:{name_of(house)}", 1)


def leak_audit_fact(house: House) -> None:
    case = next(case for case in house.hidden.cases if case.who == "external")
    record("letters.signed", house.letter, by=Pseudonym(house.letter.pk), box=case.names["box"])


def leak_form_receipt(house: House) -> None:
    FormReceipt.objects.create(token=house.letter.pk, answer=f"/letters/?who={name_of(house)}")


def leak_session(house: House) -> None:
    client = house.world.client("person")
    session = client.session
    session["last"] = name_of(house)
    session.save()


def leak_notice(house: House) -> None:
    about = name_of(house)
    Notice.objects.create(
        dedupe_key="planted", kind="letters.closed", recipient_id=house.letter.pk, about_id=about
    )


def leak_bytes(house: House) -> None:
    row = Signatory.objects.unguarded("test").filter(letter=house.letter)
    row.update(sealed=b"\x01" + name_of(house).encode("utf-16-le"))


def leak_file_name(house: House) -> None:
    (house.media / f"{name_of(house)}.pdf").write_bytes(b"%PDF-")


def leak_office_copy_in_clear(house: House) -> None:
    (house.media / "copy.pdf").write_bytes(house.files["office"])


def leak_pdf_attachment(house: House) -> None:
    writer = PdfWriter(io.BytesIO(house.files["public"]))
    writer.add_attachment("signatories.csv", f"x,{name_of(house)}".encode())
    house.files["public"] = written(writer)


def leak_pdf_metadata(house: House) -> None:
    writer = PdfWriter(io.BytesIO(house.files["receipt"]))
    writer.add_metadata({"/Keywords": name_of(house)})
    house.files["receipt"] = written(writer)


def leak_pdf_text(house: House) -> None:
    house.files["public pdf"] = house.files["office"]


def leak_xlsx_cell(house: House) -> None:
    book = load_workbook(io.BytesIO(house.files["public xlsx"]))
    book.active.append(["x", name_of(house)])
    house.files["public xlsx"] = saved(book)


def leak_xlsx_property(house: House) -> None:
    book = load_workbook(io.BytesIO(house.files["public xlsx"]))
    book.properties.lastModifiedBy = name_of(house)
    house.files["public xlsx"] = saved(book)


def leak_csv(house: House) -> None:
    house.files["public csv"] += name_of(house).upper().encode()


def leak_html(house: House) -> None:
    coded = "".join(f"&#{ord(char)};" for char in name_of(house))
    house.files["public html"] += f"<p hidden>{coded}</p>".encode()


def leak_text(house: House) -> None:
    house.files["public txt"] += name_of(house).encode()


def base64_of(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def workbook(text: str) -> bytes:
    book = Workbook()
    book.active.append([text])
    return saved(book)


def saved(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def written(writer: PdfWriter) -> bytes:
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


LEAKS = {
    "log": (leak_log_line, leak_log_field),
    "mails": (leak_mail_header, leak_mail_body, leak_mail_attachment),
    "queue": (leak_queue_value, leak_queue_key),
    "audit": (leak_audit_fact,),
    "database": (leak_form_receipt, leak_session, leak_notice, leak_bytes, leak_audit_fact),
    "folder": (leak_file_name, leak_office_copy_in_clear),
    "public": (leak_pdf_attachment,),
    "receipt": (leak_pdf_metadata,),
    "public pdf": (leak_pdf_text,),
    "public xlsx": (leak_xlsx_cell, leak_xlsx_property),
    "public csv": (leak_csv,),
    "public html": (leak_html,),
    "public txt": (leak_text,),
}
