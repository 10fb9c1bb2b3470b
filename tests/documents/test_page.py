import html5lib
import pytest

from tests.documents.sample_letter import letter
from tests.documents.samples import overview
from tests.documents.test_same_figures import drawn_page, pages
from tests.documents.typed import HOSTILE, everywhere

SVG = "{http://www.w3.org/2000/svg}svg"
FRAME = '<!DOCTYPE html><html lang="en"><head><title>Title</title></head><body>{}</body></html>'


def parsed(body):
    """The page's tree; raises if it is not well-formed HTML."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(FRAME.format(body))


@pytest.mark.parametrize("sample", [overview, letter])
def test_a_page_is_well_formed_with_one_first_heading(sample):
    page = parsed(drawn_page(sample()))

    assert len(page.findall(".//h1")) == 1


@pytest.mark.parametrize("sample", [overview, letter])
def test_every_head_has_its_scope_and_every_table_its_name_and_roles(sample):
    page = parsed(drawn_page(sample()))

    heads = page.findall(".//th")
    assert heads
    assert {head.get("scope") for head in heads} == {"col", "row"}
    assert all((each.findtext("caption") or "").strip() for each in page.findall(".//table"))
    roles = {"table": "table", "tr": "row", "td": "cell"}
    for tag, role in roles.items():
        assert {each.get("role") for each in page.findall(f".//{tag}")} == {role}


@pytest.mark.parametrize("sample", [overview, letter])
def test_a_strict_policy_has_nothing_to_forbid(sample):
    page = parsed(drawn_page(sample()))

    for element in page.iter():
        assert element.tag not in ("script", "style")
        assert not [name for name in element.attrib if name == "style" or name.startswith("on")]


def test_drawings_are_hidden_and_their_numbers_stand_beside():
    page = parsed(drawn_page(overview()))
    drawings = page.findall(f".//td/{SVG}")

    assert len(drawings) == 12 + 7
    assert all(each.get("aria-hidden") == "true" for each in page.findall(f".//{SVG}"))


@pytest.mark.parametrize("name", HOSTILE)
def test_typed_words_are_text_on_a_page(name):
    page = drawn_page(everywhere(HOSTILE[name]))
    tree = parsed(page)

    assert not tree.findall(".//img")
    assert not tree.findall(".//font")
    assert {link.get("href") for link in tree.findall(".//a")} == {"https://example.org/"}
    assert HOSTILE[name] in tree.findtext(".//h1")


def test_a_block_stands_beside_the_title():
    source = (
        '{% from "documents/document.html" import draw %}'
        '{% call draw(document) %}<a href="#pdf">PDF</a>{% endcall %}'
    )
    page = parsed(pages().from_string(source).render(document=overview()))

    assert page.find(".//div[@class='pagehead']/a").get("href") == "#pdf"
