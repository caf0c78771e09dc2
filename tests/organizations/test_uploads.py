"""Files are what their bytes say, and say nothing of who made them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pikepdf
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from organizations.enums import FileKind
from organizations.uploads import NotTaken, clean, kind_of

SECRET = "Zenobia Hartwell"
CORE = (
    '<?xml version="1.0"?><cp:coreProperties xmlns:cp="c" xmlns:dc="d">'
    f"<dc:creator>{SECRET}</dc:creator></cp:coreProperties>"
)
DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="w"><w:body><w:p>'
    f'<w:ins w:id="1" w:author="{SECRET}" w:date="2026-01-01T00:00:00Z">'
    '<w:r w:rsidR="00A77427"><w:t>Our statute</w:t></w:r></w:ins></w:p></w:body></w:document>'
)


def picture(fmt: str = "JPEG", size: tuple[int, int] = (40, 20)) -> bytes:
    """Return a picture that names its author in every place that the format has."""
    image = Image.new("RGB", size, "teal")
    out = io.BytesIO()
    if fmt == "PNG":
        words = PngInfo()
        words.add_text("Author", SECRET)
        image.save(out, "PNG", pnginfo=words)
        return out.getvalue()
    exif = image.getexif()
    exif[0x013B], exif[0x0112] = SECRET, 6  # Artist; Orientation: a quarter turn
    image.save(out, "JPEG", exif=exif, comment=SECRET.encode())
    return out.getvalue()


def pdf(change: Callable[[pikepdf.Pdf], None] = lambda made: None) -> bytes:
    """Return a one-page PDF that names its author, changed by `change`."""
    made = pikepdf.new()
    made.add_blank_page()
    made.docinfo["/Author"] = SECRET
    with made.open_metadata() as meta:
        meta["dc:creator"] = [SECRET]
    change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def archive(parts: dict[str, bytes | str]) -> bytes:
    """Return a ZIP of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def docx(**more: bytes | str) -> bytes:
    """Return a Word document that names its author in its properties and in a tracked change."""
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": DOCUMENT,
        "docProps/core.xml": CORE,
        "docProps/app.xml": f"<Properties><Company>{SECRET}</Company></Properties>",
        "word/media/image1.jpeg": picture(),
        "docProps/thumbnail.jpeg": picture(),
    }
    return archive(parts | {name.replace("__", "/"): value for name, value in more.items()})


def odt(**more: bytes | str) -> bytes:
    """Return an OpenDocument text that names its author."""
    parts: dict[str, bytes | str] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<c><dc:creator>{SECRET}</dc:creator><p>Our statute</p></c>",
        "meta.xml": f"<meta:initial-creator>{SECRET}</meta:initial-creator>",
        "Thumbnails/thumbnail.png": picture("PNG"),
        "META-INF/manifest.xml": "<m/>",
    }
    return archive(parts | more)


def everything_in(data: bytes) -> bytes:
    """Return all bytes that a reader of the file could see, packed or not."""
    found = [data]
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            found += [opened.read(name) for name in opened.namelist()]
            found += [name.encode() for name in opened.namelist()]
    if data.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(data)) as opened_pdf:
            for item in opened_pdf.objects:
                found.append(repr(item).encode())
                if isinstance(item, pikepdf.Stream):
                    found.append(item.read_raw_bytes())
                    try:
                        found.append(item.read_bytes())
                    except pikepdf.PdfError:
                        continue
            found.append(repr(opened_pdf.trailer).encode())
    return b"\n".join(found)


SAMPLES = {
    "pdf": (pdf, FileKind.PDF),
    "docx": (docx, FileKind.DOCX),
    "odt": (odt, FileKind.ODT),
    "jpg": (picture, FileKind.JPEG),
    "png": (lambda: picture("PNG"), FileKind.PNG),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_author_is_gone_and_kind_is_told_by_content(name: str) -> None:
    make, kind = SAMPLES[name]
    data = make()
    assert SECRET.encode() in everything_in(data), "positive control: the author was there"
    cleaned = clean(data)
    assert cleaned.kind == kind == kind_of(cleaned.data)
    seen = everything_in(cleaned.data)
    assert SECRET.encode() not in seen and b"Hartwell" not in seen
    assert clean(cleaned.data).data.startswith(data[:4])


def test_what_stands_on_the_pages_stays() -> None:
    with zipfile.ZipFile(io.BytesIO(clean(docx()).data)) as opened:
        assert b"Our statute" in opened.read("word/document.xml")
        assert b"w:date" not in opened.read("word/document.xml")
    with zipfile.ZipFile(io.BytesIO(clean(odt()).data)) as opened:
        assert b"Our statute" in opened.read("content.xml")
        assert opened.infolist()[0].filename == "mimetype"
        assert opened.infolist()[0].compress_type == zipfile.ZIP_STORED


def test_picture_is_upright_and_its_tail_is_gone() -> None:
    cleaned = clean(picture() + b"<script>alert(1)</script>")
    with Image.open(io.BytesIO(cleaned.data)) as shown:
        assert shown.size == (20, 40) and not shown.getexif()
    assert b"<script>" not in cleaned.data


def _attach(made: pikepdf.Pdf) -> None:
    made.attachments["list.txt"] = SECRET.encode()


def _script(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('PWNED')")
    made.Root.Names = pikepdf.Dictionary(
        JavaScript=pikepdf.Dictionary(
            Names=["x", pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="PWNED")]
        )
    )


def _remark(made: pikepdf.Pdf) -> None:
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="PWNED.exe")
    made.pages[0].Annots = made.make_indirect(
        pikepdf.Array(
            [
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, T=SECRET, Contents="Remark"
                ),
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.FileAttachment,
                    FS=made.make_indirect(pikepdf.Dictionary(F="PWNED")),
                ),
                pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=launch),
            ]
        )
    )


def _photo(made: pikepdf.Pdf) -> None:
    made.pages[0].Photo = made.make_indirect(
        pikepdf.Stream(
            made,
            picture(),
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Filter=pikepdf.Name.DCTDecode,
            Width=40,
            Height=20,
        )
    )


@pytest.mark.parametrize("change", [_attach, _script, _remark, _photo])
def test_pdf_loses_attachments_scripts_names_of_remarks_and_exif(
    change: Callable[[pikepdf.Pdf], None],
) -> None:
    data = pdf(change)
    before = everything_in(data)
    assert SECRET.encode() in before or b"PWNED" in before
    seen = everything_in(clean(data).data)
    assert SECRET.encode() not in seen and b"PWNED" not in seen and b"Launch" not in seen


def test_photo_inside_a_pdf_can_still_be_decoded() -> None:
    with pikepdf.open(io.BytesIO(clean(pdf(_photo)).data)) as opened:
        image = Image.open(io.BytesIO(opened.pages[0].Photo.read_raw_bytes()))
        assert image.size == (40, 20)
        image.load()


HOSTILE = {
    "empty": b"",
    "html": b"<html><script>alert(1)</script>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "exe": b"MZ\x90\x00" + b"\x00" * 200,
    "html before pdf": b"<script>1</script>" + pdf(),
    "jpeg start only": b"\xff\xd8\xff\xe0" + b"A" * 300,
    "png start only": b"\x89PNG\r\n\x1a\n" + b"A" * 300,
    "pdf start only": b"%PDF-1.7\n" + b"A" * 300,
    "pdf start with html": b"%PDF-1.7\n<script>alert(1)</script>",
    "zip": archive({"a.txt": "x"}),
    "zip cut short": docx()[:200],
    "eicar": b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
    "spreadsheet": archive({"[Content_Types].xml": "<T/>", "xl/workbook.xml": "<w/>"}),
    "ods": archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
    "macro": docx(word__vbaProject_bin=b"x").replace(b"vbaProject_bin", b"vbaProject.bin"),
    "embedded": docx(**{"word__embeddings__oleObject1.bin": b"x"}),
    "entities": docx(
        **{"word__document.xml": '<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document>&a;</w:document>'}
    ),
    "remote template": docx(
        **{
            "word___rels__settings.xml.rels": '<Relationships><Relationship Id="r" Type="http://x/'
            'attachedTemplate" Target="https://evil.example/t" TargetMode="External"/>'
            "</Relationships>"
        }
    ),
    "remote picture": odt(
        **{"content.xml": '<draw:image xlink:href="https://evil.example/pixel.png"/>'}
    ),
    "traversal": docx(**{"..__..__etc__cron.d__x.xml": "<x/>"}),
    "broken picture inside": docx(**{"word__media__image2.png": b"\x89PNG broken"}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(NotTaken) as refused:
        clean(HOSTILE[name])
    assert str(refused.value).endswith(".")


def test_locked_pdf_is_refused() -> None:
    made = pikepdf.new()
    made.add_blank_page()
    out = io.BytesIO()
    made.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(NotTaken, match="password"):
        clean(out.getvalue())


def test_bomb_is_refused_before_it_unpacks() -> None:
    with pytest.raises(NotTaken, match="too large"):
        clean(docx(**{"word__big.xml": b" " * (61 * 1024 * 1024)}))


def test_document_of_many_parts_is_refused() -> None:
    with pytest.raises(NotTaken, match="too many"):
        clean(docx(**{f"word__{number}.xml": "<x/>" for number in range(2_001)}))


def test_large_picture_is_refused_by_its_header() -> None:
    data = bytearray(picture("PNG"))
    data[16:24] = (50_000).to_bytes(4, "big") * 2
    with pytest.raises(NotTaken):
        clean(bytes(data))


def test_pdf_start_inside_a_picture_is_only_a_picture() -> None:
    cleaned = clean(picture("PNG") + pdf())
    assert cleaned.kind == FileKind.PNG and b"%PDF" not in cleaned.data


def test_archive_tells_no_time() -> None:
    with zipfile.ZipFile(io.BytesIO(clean(docx()).data)) as opened:
        assert {entry.date_time for entry in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert not re.search(rb"rsid", clean(docx()).data)
