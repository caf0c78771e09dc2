"""What WeasyPrint leaves out of the structure that PDF/UA-1 asks for, added before the file is written.

Works on WeasyPrint's own objects (pydyf), through its `finisher`: no second parse, hardly any time.
"""

from typing import Any

import pydyf
from weasyprint import Document

Element = dict[str, Any]


def complete(document: Document, pdf: pydyf.PDF) -> None:
    """Name links, mark notes, give header cells a scope, index the ids, list attachments once."""
    _name_links(document)
    _mark_notes(pdf)
    _scope_header_cells(pdf)
    _index_ids(pdf)
    _list_attachments_once(pdf)


def _name_links(document: Document) -> None:
    """A link is announced by its `title` ("Note 3"), where WeasyPrint puts the bare anchor."""
    for page in document.pages:
        for _, _, _, box in page.links:
            title = box.element.get("title") if box.element is not None else None
            if title and getattr(box, "link_annotation", None):
                box.link_annotation["Contents"] = pydyf.String(title)


def _mark_notes(pdf: pydyf.PDF) -> None:
    """A footnote becomes a Note with an id (ISO 14289-1, 7.9).

    A footnote is the span around a link back to its call, and our calls are named ref-<n>.
    """
    parents = _parent_tree(pdf)
    for item in pdf.objects:
        if not isinstance(item, dict) or not _leads_back_to_a_call(item):
            continue
        link = _resolve(pdf, parents[item["StructParent"]])
        note = _resolve(pdf, link["P"])
        if note["S"] == "/Span":
            note["S"] = "/Note"
            note["ID"] = pydyf.String(f"note-{note.number}")


def _leads_back_to_a_call(item: Element) -> bool:
    target = item.get("Dest")
    return isinstance(target, pydyf.String) and str(target.string).startswith("ref-")


def _scope_header_cells(pdf: pydyf.PDF) -> None:
    """A header cell beside data heads its row, one among header cells its column."""
    for row in pdf.objects:
        if not isinstance(row, dict) or row.get("S") != "/TR":
            continue
        cells = [_resolve(pdf, kid) for kid in row["K"]]
        beside_data = any(cell["S"] == "/TD" for cell in cells)
        for cell in cells:
            if cell["S"] == "/TH":
                cell["A"]["Scope"] = "/Row" if beside_data else "/Column"


def _index_ids(pdf: pydyf.PDF) -> None:
    """Elements with ids need an index of them (ISO 32000-1, table 322)."""
    found: dict[bytes, pydyf.Dictionary] = {
        item["ID"].data: item
        for item in pdf.objects
        if isinstance(item, dict) and item.get("Type") == "/StructElem" and "ID" in item
    }
    if not found:
        return
    names = pydyf.Array()
    for key in sorted(found):
        names.extend((found[key]["ID"], found[key].reference))
    limits = pydyf.Array((found[min(found)]["ID"], found[max(found)]["ID"]))
    leaf = pydyf.Dictionary({"Limits": limits, "Names": names})
    pdf.add_object(leaf)
    tree = pydyf.Dictionary({"Kids": pydyf.Array((leaf.reference,))})
    pdf.add_object(tree)
    _resolve(pdf, pdf.catalog["StructTreeRoot"])["IDTree"] = tree.reference


def _list_attachments_once(pdf: pydyf.PDF) -> None:
    """WeasyPrint 70 names each attachment twice in the list of associated files."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _parent_tree(pdf: pydyf.PDF) -> dict[int, Any]:
    root = _resolve(pdf, pdf.catalog["StructTreeRoot"])
    numbers = _resolve(pdf, root["ParentTree"])["Nums"]
    return dict(zip(numbers[::2], numbers[1::2], strict=True))


def _resolve(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
