"""The structure of a tagged PDF: what each piece of a page is, in reading order.

ReportLab draws and has no tags; pikepdf writes them into what it drew.
Source: ISO 32000-1, 14.7 (logical structure) and 14.8 (tagged PDF).
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pikepdf import Object, Pdf


class Leaf(NamedTuple):
    """Marked content: the page, from 0, and its number on that page."""

    page: int
    mcid: int


class Area(NamedTuple):
    """Where a link can be clicked: the page, and left, bottom, right and top in points."""

    page: int
    box: tuple[float, float, float, float]


@dataclass(eq=False)
class Node:
    """A structure element; `role` is one of the standard types."""

    role: str
    alt: str = ""
    scope: str = ""  # of a TH: Column or Row
    summary: str = ""  # of a Table: what it is
    numbering: str = ""  # of an L: Disc or Decimal
    address: str = ""  # of a Link
    box: tuple[float, float, float, float] | None = None  # of a Figure
    kids: list["Node | Leaf | Area"] = field(default_factory=list)

    def add(self, role: str, **features: Any) -> "Node":
        """A new last child."""
        child = Node(role, **features)
        self.kids.append(child)
        return child


class Marker:
    """Brackets what is drawn, so that all of it is either an element's content or an artifact.

    The bracket stays open while the next piece belongs to the same element.
    """

    def __init__(self) -> None:
        self.pages: list[list[Node]] = [[]]  # per page, the element of each marked content
        self._open: Node | str | None = None

    def content(self, node: Node) -> str:
        """The operators to write before content of `node`."""
        if self._open is node:
            return ""
        leaves = self.pages[-1]
        before = self.close()
        node.kids.append(Leaf(len(self.pages) - 1, len(leaves)))
        before += f"/{node.role} <</MCID {len(leaves)}>> BDC\n"
        leaves.append(node)
        self._open = node
        return before

    def artifact(self, properties: str = "") -> str:
        """The operators to write before what is only for the eye."""
        opening = f"/Artifact <<{properties}>> BDC\n" if properties else "/Artifact BMC\n"
        if self._open == opening:
            return ""
        before = self.close()
        self._open = opening
        return before + opening

    def close(self) -> str:
        ending = "EMC\n" if self._open is not None else ""
        self._open = None
        return ending

    def next_page(self) -> None:
        self.pages.append([])


def write_tags(pdf: "Pdf", root: Node, pages: list[list[Node]]) -> None:
    """Give `pdf` the structure tree of `root`; `pages` are the marker's."""
    _Writer(pdf).write(root, pages)


class _Writer:
    def __init__(self, pdf: "Pdf") -> None:
        self._pdf = pdf
        self._pages = [page.obj for page in pdf.pages]
        self._elements: dict[int, Object] = {}
        self._annotations: list[tuple[Object, Object]] = []  # each with its Link element

    def write(self, root: Node, pages: list[list[Node]]) -> None:
        from pikepdf import Array, Dictionary, Name

        tree = self._pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        tree.K = self._element(root, tree)
        numbers = Array()
        for index, nodes in enumerate(pages):
            self._pages[index].StructParents = index
            self._pages[index].Tabs = Name.S
            numbers.append(index)
            owners = Array([self._elements[id(node)] for node in nodes])
            numbers.append(self._pdf.make_indirect(owners))
        for index, (annotation, element) in enumerate(self._annotations, start=len(pages)):
            annotation.StructParent = index
            numbers.append(index)
            numbers.append(element)
        tree.ParentTree = self._pdf.make_indirect(Dictionary(Nums=numbers))
        tree.ParentTreeNextKey = len(pages) + len(self._annotations)
        self._pdf.Root.StructTreeRoot = tree
        self._pdf.Root.MarkInfo = Dictionary(Marked=True)

    def _element(self, node: Node, parent: "Object") -> "Object":
        from pikepdf import Array, Dictionary, Name

        made = Dictionary(Type=Name.StructElem, S=Name("/" + node.role), P=parent)
        element = self._pdf.make_indirect(made)
        self._elements[id(node)] = element
        if node.alt:
            element.Alt = node.alt
        if attributes := _attributes(node):
            element.A = attributes
        page = next((kid.page for kid in node.kids if isinstance(kid, Leaf)), None)
        if page is not None:
            element.Pg = self._pages[page]
        element.K = Array([self._kid(kid, node, element, page) for kid in node.kids])
        return element

    def _kid(self, kid: Node | Leaf | Area, node: Node, element: "Object", page: int | None) -> Any:
        from pikepdf import Dictionary, Name

        if isinstance(kid, Node):
            return self._element(kid, element)
        if isinstance(kid, Area):
            annotation = self._annotation(kid, node)
            self._annotations.append((annotation, element))
            return Dictionary(Type=Name.OBJR, Obj=annotation, Pg=self._pages[kid.page])
        if kid.page == page:
            return kid.mcid
        return Dictionary(Type=Name.MCR, Pg=self._pages[kid.page], MCID=kid.mcid)

    def _annotation(self, area: Area, node: Node) -> "Object":
        from pikepdf import Array, Dictionary, Name, String

        page = self._pages[area.page]
        action = Dictionary(S=Name.URI, URI=String(node.address))
        annotation = self._pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=Array([round(edge, 2) for edge in area.box]),
                Border=Array([0, 0, 0]),
                F=4,  # printed
                A=action,
                Contents=node.address,
                P=page,
            )
        )
        if "/Annots" not in page:
            page.Annots = Array()
        page.Annots.append(annotation)
        return annotation


def _attributes(node: Node) -> "Object | None":
    from pikepdf import Array, Dictionary, Name

    if node.scope:
        return Dictionary(O=Name.Table, Scope=Name("/" + node.scope))
    if node.summary:
        return Dictionary(O=Name.Table, Summary=node.summary)
    if node.numbering:
        return Dictionary(O=Name.List, ListNumbering=Name("/" + node.numbering))
    if node.box:
        box = Array([round(edge, 2) for edge in node.box])
        return Dictionary(O=Name.Layout, BBox=box, Placement=Name.Block)
    return None
