"""The seal itself, beside what the other tests say about sealed files."""

import asyncio
import http.server
import io
import threading
from collections.abc import Iterator

import pikepdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from foundation.documents.sealing import seal


@pytest.fixture
def pdf(sealed: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        yield pdf


def test_seal_certifies_and_allows_no_change(pdf):
    value = pdf.Root.AcroForm.Fields[0].V
    assert value.SubFilter == "/ETSI.CAdES.detached"
    parameters = value.Reference[0].TransformParams
    assert parameters.P == 1
    assert pdf.Root.Perms.DocMDP.objgen == value.objgen


def test_seal_shows_no_picture_and_has_a_name_that_is_read_aloud(pdf):
    field = pdf.Root.AcroForm.Fields[0]
    assert field.TU == "Electronic seal of this document"
    assert [float(side) for side in field.Rect] == [0, 0, 0, 0]


def test_seal_tells_its_reason(pdf):
    assert pdf.Root.AcroForm.Fields[0].V.Reason == "Sealed copy of LTR-2026-7K3QXP"


def test_seal_can_be_set_where_an_event_loop_runs(unsealed, identity):
    async def inside() -> bytes:
        return seal(unsealed, identity, "Sealed")

    assert asyncio.run(inside()).startswith(unsealed)


@pytest.mark.parametrize("answer", [500, 200])
def test_dead_timestamp_service_costs_the_timestamp_never_the_seal(unsealed, identity, answer):
    class Service(http.server.BaseHTTPRequestHandler):
        asked = 0

        def do_POST(self) -> None:
            type(self).asked += 1
            self.send_response(answer)
            self.end_headers()
            self.wfile.write(b"no timestamp")

        def log_message(self, *args: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Service) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{server.server_address[1]}/"
        sealed = seal(unsealed, identity, "Sealed", timestamp_url=url)
        server.shutdown()
        thread.join()
    assert Service.asked == 1
    (embedded,) = PdfFileReader(io.BytesIO(sealed)).embedded_signatures
    embedded.compute_integrity_info()
    assert embedded.coverage.name == "ENTIRE_FILE"
