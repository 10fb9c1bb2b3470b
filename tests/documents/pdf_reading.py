"""What a reader of a tagged PDF finds, and what is wrong with its tags."""

import io
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf

from tests.skips import need

SHOWN = {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Do", "sh"}
EMBEDDED = ("/FontFile", "/FontFile2", "/FontFile3")


@dataclass
class Element:
    """A structure element and the marked contents (page, number) right below it."""

    role: str
    obj: pikepdf.Object
    contents: list[tuple[int, int]] = field(default_factory=list)
    links: list[pikepdf.Object] = field(default_factory=list)
    kids: list["Element"] = field(default_factory=list)

    def all(self) -> Iterator["Element"]:
        yield self
        for kid in self.kids:
            yield from kid.all()


def structure(pdf: pikepdf.Pdf) -> Element:
    pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
    return _element(pdf.Root.StructTreeRoot.K, pages)


def _element(obj: pikepdf.Object, pages: dict[tuple[int, int], int]) -> Element:
    element = Element(str(obj.S)[1:], obj)
    for kid in obj.get("/K", []):
        if isinstance(kid, int):
            element.contents.append((pages[obj.Pg.objgen], kid))
        elif kid.get("/Type") == "/MCR":
            element.contents.append((pages[kid.Pg.objgen], int(kid.MCID)))
        elif kid.get("/Type") == "/OBJR":
            element.links.append(kid.Obj)
        else:
            element.kids.append(_element(kid, pages))
    return element


def faults(made: bytes) -> list[str]:
    """What a checker would say of the tags, fonts and language; nothing if all is well."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        return [
            *_faults_of_catalogue(pdf),
            *_faults_of_content(pdf),
            *_faults_of_elements(pdf),
            *_faults_of_links(pdf),
            *_faults_of_fonts(pdf),
        ]


def _faults_of_catalogue(pdf: pikepdf.Pdf) -> Iterator[str]:
    if str(pdf.Root.get("/Lang", "")) != "en-GB":
        yield "no language"
    if not pdf.Root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "the title is not shown"
    if not pdf.Root.get("/MarkInfo", {}).get("/Marked"):
        yield "not marked"
    with pdf.open_metadata() as about:
        if not about.get("dc:title"):
            yield "no title"


def _faults_of_content(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Every mark is an artifact or a content that the ParentTree and its element both know."""
    owners = dict(_pairs(pdf.Root.StructTreeRoot.ParentTree.Nums))
    known = {
        (content, element.obj.objgen)
        for element in structure(pdf).all()
        for content in element.contents
    }
    for index, page in enumerate(pdf.pages):
        parents = owners.get(page.obj.get("/StructParents"), [])
        marked, unmarked = _marks(page)
        yield from (f"page {index + 1}: {operator} is not marked" for operator in unmarked)
        for mcid in marked:
            if mcid >= len(parents) or parents[mcid] is None:
                yield f"page {index + 1}: content {mcid} is not in the ParentTree"
            elif ((index, mcid), parents[mcid].objgen) not in known:
                yield f"page {index + 1}: content {mcid} is not its element's"
        if len(parents) != len(marked):
            yield f"page {index + 1}: {len(parents)} parents for {len(marked)} contents"


def _pairs(numbers: pikepdf.Object) -> Iterator[tuple[int, pikepdf.Object]]:
    items = list(numbers)
    yield from zip((int(key) for key in items[::2]), items[1::2], strict=True)


def _marks(page: pikepdf.Page) -> tuple[list[int], list[str]]:
    """The numbers of marked contents, and the operators that show something outside of any."""
    stack: list[int | None] = []
    marked, unmarked = [], []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            properties = operands[1] if len(operands) > 1 else {}
            mcid = properties.get("/MCID")
            stack.append(mcid)
            if mcid is not None:
                marked.append(int(mcid))
        elif name == "EMC":
            stack.pop()
        elif name in SHOWN and not stack:
            unmarked.append(name)
    if stack:
        unmarked.append("EMC missing")
    return marked, unmarked


def _faults_of_elements(pdf: pikepdf.Pdf) -> Iterator[str]:
    for element in structure(pdf).all():
        if not element.kids and not element.contents:
            yield f"{element.role} is empty"
        if any(kid.obj.P.objgen != element.obj.objgen for kid in element.kids):
            yield f"{element.role} is not its child's parent"
        attributes = element.obj.get("/A", {})
        if element.role == "TH" and attributes.get("/Scope") not in ("/Column", "/Row"):
            yield "TH without scope"
        if element.role == "Figure" and not str(element.obj.get("/Alt", "")):
            yield "Figure without words"
        if element.role == "Table":
            widths = {len(row.kids) for row in element.all() if row.role == "TR"}
            if len(widths) > 1:
                yield f"Table with rows of {sorted(widths)} cells"


def _faults_of_links(pdf: pikepdf.Pdf) -> Iterator[str]:
    owners = dict(_pairs(pdf.Root.StructTreeRoot.ParentTree.Nums))
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", []):
            owner = owners.get(annotation.get("/StructParent"))
            if owner is None or owner.S != "/Link":
                yield "a link is not in the ParentTree"
            if not str(annotation.get("/Contents", "")):
                yield "a link without words"
    for element in structure(pdf).all():
        if element.role == "Link" and not element.links:
            yield "Link leads nowhere"


def _faults_of_fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    for page in pdf.pages:
        for font in page.obj.Resources.get("/Font", {}).values():
            descriptor = font.get("/FontDescriptor", {})
            if not any(key in descriptor for key in EMBEDDED):
                yield f"{font.BaseFont} is not embedded"
            if b"> <0000>" in font.ToUnicode.read_bytes():
                yield f"{font.BaseFont} maps to U+0000"


def poppler(tool: str, made: bytes, *options: str) -> str:
    """What one of poppler's programs prints of a PDF. Skips the test where it is missing."""
    if not shutil.which(tool):
        need("poppler")
    told = [] if tool == "pdfinfo" else ["-"]
    command = [tool, "-enc", "UTF-8", *options, "-", *told]
    done = subprocess.run(command, input=made, capture_output=True, check=True, timeout=60)
    assert not done.stderr, done.stderr[:300]
    return done.stdout.decode(errors="replace")  # it splits emoji in two


def words_of(made: bytes) -> str:
    """The text of a PDF in reading order, white space run together."""
    return " ".join(poppler("pdftotext", made).split())


def pages_of(made: bytes) -> int:
    with pikepdf.open(io.BytesIO(made)) as pdf:
        return len(pdf.pages)
