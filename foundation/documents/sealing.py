"""Sets the electronic seal: PAdES, certifying, no later change allowed, known to the structure tree.

The seal shows that the portal made this file and that nothing in it changed. It is not a signature of
each organization in the letter. It has no picture: the last page says in words what it is. Its form
field stands in the structure tree, which PDF/UA-1 asks for and PDF/A-3 allows (a printable widget).
"""

import asyncio
import io
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import serialization
from django.utils.translation import gettext as _
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers, timestamps
from pyhanko.sign.fields import (
    MDPPerm,
    SigFieldSpec,
    SigSeedSubFilter,
    append_signature_field,
    enumerate_sig_fields,
)
from pyhanko_certvalidator.registry import SimpleCertificateStore

from foundation.documents.keys import SealIdentity

FIELD = "Seal"
logger = logging.getLogger(__name__)


def seal(
    pdf: bytes, identity: SealIdentity, reason: str, *, timestamp_url: str = "", name: str = ""
) -> bytes:
    """`pdf` (as render_pdf makes it) with the seal of `identity` appended.

    `reason` is shown by readers beside the seal and must not name a person; `name` is the sealing
    body (default: the certificate's). With `timestamp_url` (RFC 3161) a timestamp is asked for; when
    that service fails, the seal is set without one and a warning is logged. Every byte of `pdf`
    stays: the result begins with it.
    """
    if timestamp_url:
        try:
            return _sealed(pdf, identity, reason, name, timestamps.HTTPTimeStamper(timestamp_url))
        except Exception as error:  # whatever fails there costs a level, never the seal
            logger.warning("documents: sealed without timestamp (%s)", type(error).__name__)
    return _sealed(pdf, identity, reason, name, None)


def _sealed(
    pdf: bytes,
    identity: SealIdentity,
    reason: str,
    name: str,
    timestamper: timestamps.TimeStamper | None,
) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    title = _("Electronic seal of this document")
    append_signature_field(writer, SigFieldSpec(FIELD, on_page=-1, readable_field_name=title))
    _enter_in_structure(writer, title)
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
        reason=reason,
        name=name or None,
    )
    signer = signers.PdfSigner(metadata, _signer(identity), timestamper=timestamper)
    output: io.BytesIO = _outside_any_loop(partial(signer.sign_pdf, writer))
    return output.getvalue()


def _outside_any_loop(job: Callable[[], Any]) -> Any:
    """pyHanko starts an event loop of its own, which is refused where one runs already (ASGI)."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return job()
    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(job).result()


def _signer(identity: SealIdentity) -> signers.SimpleSigner:
    registry = SimpleCertificateStore()
    registry.register(_asn1(identity.root))
    key = identity.key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return signers.SimpleSigner(
        signing_cert=_asn1(identity.certificate),
        signing_key=asn1_keys.PrivateKeyInfo.load(key),
        cert_registry=registry,
    )


def _asn1(certificate: Any) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def _enter_in_structure(writer: IncrementalPdfFileWriter, title: str) -> None:
    """Put the field's widget into the structure tree as a Form element under the document."""
    ((_name, _value, field_reference),) = enumerate_sig_fields(writer, with_name=FIELD)
    field = field_reference.get_object()
    page = field.raw_get("/P")
    tree = writer.root["/StructTreeRoot"]
    document_reference = tree["/K"].raw_get(0)
    kids = document_reference.get_object()["/K"]
    numbers = tree["/ParentTree"]["/Nums"]
    key = generic.NumberObject(max(int(numbers[i]) for i in range(0, len(numbers), 2)) + 1)

    object_reference = _dictionary(writer, Type="/OBJR", Obj=field_reference, Pg=page)
    element = _dictionary(
        writer,
        Type="/StructElem",
        S="/Form",
        P=document_reference,
        Pg=page,
        K=generic.ArrayObject([object_reference]),
        Alt=generic.TextStringObject(title),
    )
    kids.append(element)
    numbers.extend((key, element))
    field[pdf_name("/StructParent")] = key
    writer.update_container(kids)
    writer.update_container(numbers)
    writer.mark_update(field_reference)


def _dictionary(writer: IncrementalPdfFileWriter, **entries: Any) -> Any:
    content = {
        pdf_name(f"/{key}"): pdf_name(value)
        if isinstance(value, str) and value[0] == "/"
        else value
        for key, value in entries.items()
    }
    return writer.add_object(generic.DictionaryObject(content))
