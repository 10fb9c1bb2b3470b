"""The pages: one's own organisations, a dry run before every import, settings that show."""

import io
import re

import pytest
from sqlalchemy import event, func, select

from auditapp.organisations.models import Organisation, Partnership, Registration
from auditapp.policy.roles import Role
from tests.organisations.lists import content, picture

PNG = picture("PNG")


@pytest.fixture
def administrator(client_for, make, area):
    return client_for(make.membership(Role.ADMINISTRATOR, partnership_id=area.id))


@pytest.fixture
def statements(app):
    """Counts the statements of a request."""
    sent = []
    event.listen(app.extensions["engine"], "before_cursor_execute", lambda *_: sent.append(1))

    def statements(client, path):
        sent.clear()
        assert client.get(path).status_code == 200
        return len(sent)

    return statements


def file(name):
    return (io.BytesIO(content(name)), name)


def upload(client, name, links=""):
    files = {"file": file(name)} | ({"links": file(links)} if links else {})
    return client.post("/organisations/import/schools", data=files)


def imported(client, name, links=""):
    """Upload, look, apply."""
    preview = upload(client, name, links).location
    return client.post(preview, follow_redirects=True)


def how_many(session):
    session.rollback()
    return session.scalar(select(func.count(Organisation.id)))


def ref_of(session, code):
    session.rollback()
    row = session.scalars(select(Registration).where(Registration.code == code)).one()
    return row.organisation.ref


def test_an_empty_area_is_told_what_to_do_first(administrator):
    assert "Import your schools and agencies" in administrator.get("/organisations").text


def test_a_file_is_shown_before_it_is_applied(administrator, session):
    before = how_many(session)

    shown = administrator.get(upload(administrator, "july-135.csv").location)

    assert "Add 10, change 1" in shown.text
    assert "Type: Higher education institutions" in shown.text
    assert "St Anne’s Café School" in shown.text
    assert how_many(session) == before


def test_applying_it_writes_and_a_second_look_says_nothing_changes(administrator, session):
    done = imported(administrator, "july-135.csv")

    assert "Imported: 10 new, 1 changed" in done.text
    again = administrator.get(upload(administrator, "july-135.csv").location)
    assert "Everything in this file is here already" in again.text


def test_a_conversion_is_shown_with_both_duties_and_then_made(administrator, session):
    imported(administrator, "january-139.csv", "links.csv")

    preview = upload(administrator, "july-135.csv", "links.csv").location
    shown = administrator.get(preview).text
    assert "990014 → 990114" in shown
    assert "Community school, section 175 → Academy converter, section 157" in shown
    assert "Alderquay Primary School (990001) is to become 990201" in shown
    administrator.post(preview)

    page = administrator.get(f"/organisations/{ref_of(session, '990114')}").text
    assert "What it was before" in page and "990014" in page and "31 Mar 2025" in page
    assert "Your academy trust’s duty under section 157" in page


def test_what_changed_in_between_is_planned_again_when_it_is_applied(administrator, session):
    preview = upload(administrator, "july-135.csv").location
    imported(administrator, "january-139.csv")
    administrator.post(upload(administrator, "july-135.csv").location)

    done = administrator.post(preview, follow_redirects=True)

    assert "no longer kept" in done.text or "0 new" in done.text


def test_a_refused_file_is_named_beside_its_field(administrator):
    refused = upload(administrator, "edubaseallstatefunded.csv")

    assert refused.status_code == 422
    assert re.search(r'<a href="#file">This is the short file, edubaseallstatefunded', refused.text)
    links = upload(administrator, "july-135.csv", "july-135.csv")
    assert re.search(r'<a href="#links">This is not the links file', links.text)


def test_a_file_of_the_register_in_another_place_is_told_where_it_belongs(administrator):
    links = upload(administrator, "links.csv")
    sent = {"agencies-file": file("july-135.csv")}
    schools = administrator.post("/organisations/import/agencies", data=sent)

    assert "This is the links file. Choose it in the second place." in links.text
    assert "This is the register of schools. Choose it in the first place." in schools.text
    assert (links.status_code, schools.status_code) == (422, 422)


def test_no_file_at_all_is_an_error_of_the_field(administrator):
    for kind in ("schools", "agencies"):
        sent = administrator.post(f"/organisations/import/{kind}", data={})
        assert sent.status_code == 422 and "Choose a file." in sent.text


def test_errors_of_rows_are_listed_and_the_rest_can_be_applied(administrator):
    shown = administrator.get(upload(administrator, "damaged-by-a-spreadsheet.csv").location).text

    assert "5 rows could not be read" in shown
    assert "Row 8, URN: “9.90007E+05”" in shown
    assert "Apply these changes" in shown


def test_agencies_are_imported_with_their_contacts(administrator, session):
    imported(administrator, "january-139.csv")
    sent = {"agencies-file": file("agencies.csv")}
    preview = administrator.post("/organisations/import/agencies", data=sent).location

    assert "Row 7, commissions: write yes or no" in administrator.get(preview).text
    administrator.post(preview)

    page = administrator.get(f"/organisations/{ref_of(session, '990001')}").text
    assert "mailto:head@alderquay.example.org" in page


def test_a_file_of_one_partnership_is_nothing_to_another(administrator, client_for, make):
    preview = upload(administrator, "july-135.csv").location
    other = make.membership(Role.ADMINISTRATOR, partnership_id=make.partnership().id)

    answer = client_for(other).get(preview, follow_redirects=True)

    assert "no longer kept" in answer.text and "Alderquay" not in answer.text


@pytest.mark.parametrize("name", ["0" * 64, "../../auditapp.sqlite", "x"])
def test_a_file_that_is_not_kept_is_asked_for_again(administrator, name):
    answer = administrator.get(f"/organisations/import/agencies/{name}", follow_redirects=True)

    assert "no longer kept" in answer.text or answer.status_code == 404


def test_the_empty_list_is_a_workbook(administrator):
    answer = administrator.get("/organisations/import/agencies.xlsx")

    assert answer.data.startswith(b"PK") and "attachment" in answer.headers["Content-Disposition"]


def test_the_list_is_narrowed_by_type_phase_trust_words_and_state(administrator, make, area):
    imported(administrator, "july-135.csv")
    make.organisation(partnership=area, name="The Closed School", status="closed")
    show = {
        "type=pupil-referral-unit": "The Copperbeck Centre",
        "phase=nursery": "Merrowdale Nursery School",
        "words=wrenmo": "Wrenmoor High School",
        "words=990015": "Silverbeck Primary School",
        "status=closed": "The Closed School",
    }
    for query, name in show.items():
        page = administrator.get(f"/organisations?{query}").text
        assert name in page and "1 organisation</b>" in page

    page = administrator.get("/organisations").text
    [body] = re.findall(r'<option value="(\w{10})">The Merrow Federation', page)
    assert "1 organisation</b>" in administrator.get(f"/organisations?body={body}").text
    assert "No organisation fits" in administrator.get("/organisations?words=%25").text


def test_the_list_has_fifty_to_a_page(administrator, make, area):
    for number in range(51):
        make.organisation(partnership=area, name=f"School {number:02}")

    first, second = (administrator.get(f"/organisations?page={n}").text for n in (1, 2))

    assert "School 49" in first and "School 50" not in first and "Page 1 of 2" in first
    assert "School 50" in second and "School 49" not in second
    assert "School 50" in administrator.get("/organisations?page=99").text


def test_the_number_of_statements_does_not_grow_with_the_list(
    administrator, make, area, statements
):
    body = make.responsible_body()
    make.organisation(partnership=area)
    few = statements(administrator, "/organisations")

    for _ in range(10):
        make.organisation(partnership=area, responsible_body=body)

    assert statements(administrator, "/organisations") <= few + 1


def test_an_organisation_is_changed_on_its_page(administrator, session):
    imported(administrator, "july-135.csv")
    ref = ref_of(session, "990001")

    done = administrator.post(
        f"/organisations/{ref}/edit",
        data={"name": "Alderquay Primary", "locality": "The Quays", "commissions": "y"},
        follow_redirects=True,
    )

    assert "Changed Alderquay Primary." in done.text and "The Quays" in done.text
    empty = administrator.post(f"/organisations/{ref}/edit", data={"name": " "})
    assert empty.status_code == 422 and "Enter a name." in empty.text


def test_contacts_are_added_and_removed_on_its_page(administrator, session):
    imported(administrator, "july-135.csv")
    page = f"/organisations/{ref_of(session, '990001')}"
    person = {"name": "DSL", "email": "dsl@example.org", "role": "LEAD"}
    fields = {f"contact-{name}": value for name, value in person.items()}

    wrong = administrator.post(f"{page}/contacts", data=fields | {"contact-email": "nobody"})
    assert wrong.status_code == 422
    assert '<a href="#contact-email">Enter an e-mail address like' in wrong.text

    administrator.post(f"{page}/contacts", data=fields)
    assert "mailto:dsl@example.org" in administrator.get(page).text
    administrator.post(f"{page}/contacts/remove", data=person)
    assert "mailto:dsl@example.org" not in administrator.get(page).text


def test_settings_are_saved_and_the_pages_wear_them(administrator, session, area):
    wanted = {"name": "Exampleshire SCP", "email": "unit@example.org", "hue": "#5b2a86"}
    done = administrator.post(
        "/settings", data=wanted | {"logo": (io.BytesIO(PNG), "x.txt")}, follow_redirects=True
    )

    assert "Settings are saved." in done.text and "hue=5b2a86" in done.text
    theme = administrator.get(f"/theme/{area.ref}.css?hue=5b2a86")
    assert theme.text == ":root{--brand:#5b2a86}\n" and theme.mimetype == "text/css"
    assert "immutable" in theme.headers["Cache-Control"]
    logo = administrator.get(f"/logo/{area.ref}")
    assert (logo.data, logo.mimetype) == (PNG, "image/png")
    assert "sandbox" in logo.headers["Content-Security-Policy"]


def test_a_theme_of_an_older_colour_is_not_kept_by_browsers(administrator, area):
    theme = administrator.get(f"/theme/{area.ref}.css?hue=000000")

    assert theme.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("fields", "why"),
    [({"hue": "#ffaa00"}, "contrast of 1.9:1"), ({"name": ""}, "Enter a name.")]
    + [({"email": "unit"}, "e-mail address"), ({"logo": b"<svg/>"}, "PNG or JPEG")]
    + [({"logo": PNG[:200]}, "cannot be read"), ({"name": "New name" * 16}, "Use 120 characters")],
)
def test_settings_that_cannot_be_are_refused_beside_their_field(
    administrator, session, area, fields, why
):
    sent = {"name": "New name", "hue": "#1d4b63"} | fields
    if "logo" in sent:
        sent["logo"] = (io.BytesIO(sent["logo"]), "logo.png")

    answer = administrator.post("/settings", data=sent)

    assert answer.status_code == 422 and why in answer.text
    session.rollback()
    assert session.get_one(Partnership, area.id).name != "New name"


@pytest.mark.parametrize("path", ["/theme/aaaaaaaaaa.css", "/logo/aaaaaaaaaa"])
def test_a_partnership_that_is_not_there_has_neither_theme_nor_logo(administrator, path):
    assert administrator.get(path).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"), [(Role.SCRUTINEER, 403), (Role.PARTNERSHIP_VIEWER, 403), (Role.LEAD, 404)]
)
def test_only_its_administrator_manages_a_partnerships_organisations(
    client_for, make, role, status
):
    client = client_for(make.membership(role))

    for path in ("/organisations", "/organisations/import", "/settings"):
        assert client.get(path).status_code == status
    assert client.post("/organisations/import/schools").status_code == status


def test_an_organisation_of_another_area_is_not_found(administrator, make):
    foreign = make.organisation(partnership=make.partnership())

    for path in ("", "/edit", "/contacts"):
        verb = administrator.post if path == "/contacts" else administrator.get
        assert verb(f"/organisations/{foreign.ref}{path}").status_code == 404
