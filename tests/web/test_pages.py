"""The component page and the error pages: well-formed, named, quiet, and found sound by axe."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

from auditapp.web.assets import versions_in
from tests.browsers import DESKTOP, PHONE
from tests.web.samples import FOUR, SCALES, sample_app, served_sample

CODES = (400, 403, 404, 405, 409, 413, 422, 429, 500)
STATIC = Path(__file__).parents[2] / "auditapp" / "static"
CONTROLS = ("input", "textarea", "select")


@pytest.fixture(scope="module")
def app():
    return sample_app()


def parsed(text: str) -> Element:
    """The page without its `template`s. Raises on the first fault in the HTML."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    for parent in list(tree.iter()):
        for template in parent.findall("template"):
            parent.remove(template)
    return tree


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def drawn(app, path="/", sent=False) -> Element:
    client = app.test_client()
    if not sent:
        return parsed(client.get(path).text)
    app.config["WTF_CSRF_ENABLED"] = False
    try:
        return parsed(client.post(path, data={"kind": "Policy"}).text)
    finally:
        app.config["WTF_CSRF_ENABLED"] = True


@pytest.fixture(scope="module", params=["/", "with errors", *(f"/errors/{code}" for code in CODES)])
def tree(request, app):
    return drawn(app, sent=True) if request.param == "with errors" else drawn(app, request.param)


def test_a_page_has_one_title_one_heading_and_skips_no_level(tree):
    levels = [int(e.tag[1]) for e in tree.iter() if re.fullmatch("h[1-6]", str(e.tag))]
    own = levels[levels.index(1) :]

    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(own))
    assert words(tree.find(".//title")).endswith(
        " – Exampleshire Safeguarding Children Partnership"
    )


def test_no_id_is_used_twice_and_every_reference_finds_its_element(tree):
    ids = Counter(e.get("id") for e in tree.iter() if e.get("id"))
    asked = [
        id_
        for e in tree.iter()
        for name in ("for", "aria-labelledby", "aria-describedby", "form", "data-count-of")
        for id_ in (e.get(name) or "").split()
    ]

    assert [id_ for id_, times in ids.items() if times > 1] == []
    assert [id_ for id_ in asked if id_ not in ids] == []


def test_every_field_has_a_label_and_every_fieldset_a_legend_with_text(tree):
    labelled = {e.get("for") for e in tree.iter("label") if words(e)}
    fields = [e for e in tree.iter() if e.tag in CONTROLS and e.get("type") != "hidden"]

    assert [e.get("name") for e in fields if e.get("id") not in labelled] == []
    assert all(words(fieldset.find("legend")) for fieldset in tree.iter("fieldset"))


def test_repeated_links_and_buttons_have_different_names(tree):
    links = {(words(e), e.get("href")) for e in tree.iter("a")}
    named = Counter(name for name, _ in links)

    assert [name for name, times in named.items() if times > 1] == []


def test_every_error_is_told_above_and_beside_its_field(app):
    tree = drawn(app, sent=True)
    [summary] = [e for e in tree.iter("div") if e.get("data-error-summary") is not None]
    links = {link.get("href")[1:]: words(link) for link in summary.iter("a")}
    controls = {e.get("id"): e for e in tree.iter() if e.tag in CONTROLS}
    beside = [words(e) for e in tree.iter("p") if e.get("class") == "govuk-error-message"]

    assert set(links) == {"title", "by_when", "choice", "several", "agreed", "file"}
    assert set(links) <= set(controls)
    assert all(f"Error: {message}" in beside for message in links.values())


def test_signing_out_is_a_post_with_a_token(app):
    [form] = [e for e in drawn(app).iter("form") if e.get("action") == "/accounts.sign_out"]

    assert form.get("method") == "post"
    assert form.find("input").get("name") == "csrf_token"
    assert words(form) == "Sign out"


def test_what_was_done_is_told_once_at_the_top_of_the_next_page(app):
    client = app.test_client()
    client.get("/flash")

    assert 'role="status" aria-labelledby="notice-1"' in client.get("/").text
    assert "Sent at 14:12." not in client.get("/").text


def test_the_words_that_were_sent_come_back_escaped(app):
    assert "&lt;b&gt;My words&lt;/b&gt;" in app.test_client().get("/errors/409").text


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: str(len(scale.keys)))
def test_a_grade_is_its_letter_and_its_word(app, scale):
    source = "{% from 'macros/grades.html' import grade %}{{ grade(scale, key) }}"
    for step in scale.worst_first:
        with app.test_request_context():
            text = app.jinja_env.from_string(source).render(scale=scale, key=step.key)
        assert f'aria-hidden="true">{step.letter}</span>' in text
        assert f"<span>{step.label}</span>" in text


@pytest.mark.parametrize(
    "arguments, said",
    [
        ("'met', 'met'", "Self-grade and panel: M Met agreed"),
        ("'partly-met', 'met'", "Self-grade: P Partly met panel: M Met raised"),
        ("'exceeded', 'met'", "Self-grade: E Exceeded panel: M Met lowered"),
        ("'met'", "Self-grade: M Met not moderated"),
        ("'met', inconclusive=true", "Self-grade: M Met inconclusive"),
        ("none, 'met', self_na=true", "Self-grade: n/a Not applicable panel: M Met changed"),
        (
            "none, none, self_na=true, panel_na=true",
            "Self-grade and panel: n/a Not applicable agreed",
        ),
        ("'met', 'not-met', released=false", "M Met"),
    ],
)
def test_a_pair_says_which_way_the_panel_went_and_nothing_before_release(app, arguments, said):
    source = "{% from 'macros/grades.html' import pair %}{{ pair(scale, " + arguments + ") }}"
    with app.test_request_context():
        text = app.jinja_env.from_string(source).render(scale=FOUR)

    assert " ".join(re.sub("<[^>]+>", " ", text).split()) == said


@pytest.mark.parametrize(
    "done, half, total, squares",
    [
        (3, 2, 8, "fffhheee"),
        (12, 0, 12, "f" * 12),
        (41, 19, 75, "fffffhhhee"),
        (0, 0, 13, "e" * 10),
    ],
)
def test_a_unit_bar_has_a_square_per_standard_and_above_twelve_ten_tenths(
    app, done, half, total, squares
):
    source = "{% from 'macros/units.html' import units %}{{ units(done, half, total) }}"
    with app.test_request_context():
        text = app.jinja_env.from_string(source).render(done=done, half=half, total=total)
    kinds = {"u u-done": "f", "u u-half": "h", "u": "e"}

    assert "".join(kinds[k] for k in re.findall(r'class="(u(?: u-[a-z]+)?)"', text)) == squares
    assert f"{done} of {total} complete" in text


def test_nothing_here_belongs_to_another_government_site(app):
    pages = [app.test_client().get("/").text, *(p.read_text() for p in STATIC.glob("*.css"))]

    assert [t for t in pages if re.search(r"crest|gds-transport|GDS Transport|govuk-logo", t)] == []


def test_a_static_address_changes_with_the_content_and_a_misspelt_name_is_an_error(app, tmp_path):
    (tmp_path / "a.css").write_text("a {}")
    before = versions_in(tmp_path)
    (tmp_path / "a.css").write_text("b {}")

    assert versions_in(tmp_path)["a.css"] != before["a.css"]
    with app.test_request_context(), pytest.raises(KeyError):
        app.jinja_env.globals["static_url"]("appp.css")


# What the layout loads everywhere, and what the two kinds of page that load most add to it.
EVERYWHERE = {"error-summary.js", "count.js"}
HEAVIEST = (
    EVERYWHERE | {"autosave.js", "kept-words.js", "save-status.js"},
    EVERYWHERE | {"panel-keys.js", "evidence.js", "two-versions.js"},
)


def test_the_scripts_of_any_page_stay_small():
    sizes = {path.name: path.stat().st_size for path in STATIC.glob("js/*.js")}

    assert set(sizes) == set().union(*HEAVIEST)
    assert all(sum(sizes[name] for name in page) < 14_336 for page in HEAVIEST)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["1280", "320"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(page, size):
    from axe_playwright_python.sync_playwright import Axe

    page.set_viewport_size(size)
    with served_sample() as address:
        for path in ("/", "/errors/404"):
            page.goto(address + path)
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
            assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
        page.goto(address)
        page.click(".savebar button[type=submit]")
        page.wait_for_selector("[data-error-summary]:focus")
