"""What may be held as evidence: kinds, contents, sizes, links."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile, ZipInfo

import pytest

from auditapp.core.errors import RuleBroken
from auditapp.demo.words import title_in
from auditapp.evidence import rules
from auditapp.evidence.checking import media_type_of
from auditapp.evidence.service import safe_name

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
JPG = b"\xff\xd8\xff\xe0" + b"\0" * 40
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def office(*parts):
    made = BytesIO()
    with ZipFile(made, "w") as file:
        for part in parts:
            file.writestr(ZipInfo(part), "<x/>")  # dated 1980: every worker names its tests alike
    return made.getvalue()


DOCX = office("[Content_Types].xml", "word/document.xml")
XLSX = office("[Content_Types].xml", "xl/workbook.xml")


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("policy.pdf", PDF, "application/pdf"),
        ("POLICY.PDF", PDF, "application/pdf"),
        ("photo.png", PNG, "image/png"),
        ("photo.jpg", JPG, "image/jpeg"),
        ("photo.jpeg", JPG, "image/jpeg"),
        ("notes.docx", DOCX, rules.MEDIA_TYPES["docx"]),
        ("sheet.xlsx", XLSX, rules.MEDIA_TYPES["xlsx"]),
        ("survey.csv", "näme,1\n".encode(), "text/csv"),
        ("notes.txt", b"<script>", "text/plain"),
    ],
)
def test_a_file_is_kept_under_our_own_media_type(name, content, media_type):
    assert media_type_of(name, BytesIO(content)) == media_type


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<html>"),
        ("drawing.svg", b"<svg/>"),
        ("all.zip", office("a")),
        ("tool.exe", b"MZ"),
        ("macro.docm", DOCX),
        ("pdf", PDF),
        ("policy.pdf", b"<html>not a pdf</html>"),
        ("policy.pdf", PNG),
        ("photo.png", JPG),
        ("notes.docx", office("a.txt")),
        ("notes.docx", XLSX),
        ("notes.docx", office("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
        ("notes.docx", office("[Content_Types].xml", "word/document.xml", "tool.EXE")),
        ("notes.docx", DOCX[:40]),
        ("notes.docx", b"PK\x03\x04broken"),
        ("survey.csv", b"a\0b"),
        ("survey.csv", b"\xff\xfe\xfa"),
        ("empty.pdf", b""),
    ],
)
def test_anything_else_is_refused_beside_the_file(name, content):
    with pytest.raises(RuleBroken) as refused:
        media_type_of(name, BytesIO(content))
    assert refused.value.field == "file"


def test_a_file_over_25_mb_is_refused_with_its_size():
    rules.check_size(25 * rules.MEGABYTE)
    with pytest.raises(RuleBroken, match="This file is 31 MB. The limit is 25 MB."):
        rules.check_size(30 * rules.MEGABYTE + 1)


@pytest.mark.parametrize(
    "url", ["https://example.org/policy", "http://example.org", "https://example.org/a?b=c#d"]
)
def test_a_link_leads_to_a_page_of_the_web(url):
    rules.check_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org",
        "https://",
        "example.org",
        "//example.org",
        "https://example.org/a b",
        "https://example.org/\nX: y",
        "https://[broken",
        "https://example.org/" + "x" * 2_000,
        "",
    ],
)
def test_no_other_link_is_kept(url):
    with pytest.raises(RuleBroken) as refused:
        rules.check_url(url)
    assert refused.value.field == "url"


def test_both_ways_a_link_may_begin_are_said():
    rules.check_url("http://example.org/policy")
    with pytest.raises(RuleBroken, match="begins with http:// or https://"):
        rules.check_url("example.org/policy")


@pytest.mark.parametrize(
    ("title", "in_2022"),
    [
        ("Safeguarding policy, 2026", "Safeguarding policy, 2022"),
        ("Review of complaints, 2025 to 2026", "Review of complaints, 2021 to 2022"),
        ("Supervision policy", "Supervision policy, 2022"),
    ],
)
def test_a_demonstration_document_has_the_year_it_is_of(title, in_2022):
    assert title_in(title, 2022) == in_2022


def test_an_answer_cites_twenty_items_and_an_audit_500_mb():
    rules.check_room(19, 0, 0)
    rules.check_room(0, 499 * rules.MEGABYTE, rules.MEGABYTE)
    with pytest.raises(RuleBroken):
        rules.check_room(20, 0, 0)
    with pytest.raises(RuleBroken):
        rules.check_room(0, 499 * rules.MEGABYTE, rules.MEGABYTE + 1)


def test_a_review_date_that_passed_is_a_warning():
    today = date(2026, 11, 24)

    assert rules.review_warning(date(2025, 9, 1), today) == "Review date passed: 1 September 2025"
    assert rules.review_warning(today, today) is None
    assert rules.review_warning(None, today) is None


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("policy.pdf", "policy.pdf"),
        ("../../etc/policy.pdf", "policy.pdf"),
        ("C:\\Users\\me\\policy.pdf", "policy.pdf"),
        ('po"li\r\ncy;.pdf', "policy.pdf"),
        (".pdf", "evidence.pdf"),
        ("x" * 300 + ".pdf", "x" * 150 + ".pdf"),
    ],
)
def test_a_file_name_is_made_safe_for_headers_and_folders(name, kept):
    assert safe_name(name) == kept
