import io
import re
import time

import pikepdf
import pytest

from auditapp.documents.pdf import draw_pdf
from auditapp.documents.tokens import LEFT, PAGE_HEIGHT, WIDTH
from tests.documents.pdf_reading import faults, poppler
from tests.documents.typed import HOSTILE, everywhere


@pytest.mark.parametrize("name", HOSTILE)
def test_typed_words_are_drawn_as_they_are_and_never_read(name):
    words = HOSTILE[name]
    started = time.perf_counter()

    made = draw_pdf(everywhere(words))

    assert time.perf_counter() - started < 10
    assert faults(made) == []
    squeezed = "".join(poppler("pdftotext", made).split())
    if name == "right to left" or name == "arabic":
        squeezed = re.sub("[\u200e\u200f\u202a-\u202e]", "", squeezed)
    if name not in ("nested", "long word"):
        assert squeezed.count("".join(words.split())) >= 9
    else:
        assert squeezed.count(words[:60]) >= 9


def test_a_pdf_holds_no_script_file_or_picture():
    made = draw_pdf(everywhere(HOSTILE["file image"] + HOSTILE["script"]))

    with pikepdf.open(io.BytesIO(made)) as pdf:
        kept = {str(item.get("/Subtype", "")) for item in pdf.objects if hasattr(item, "keys")}
        uris = [str(each.A.URI) for page in pdf.pages for each in page.get("/Annots", [])]

    assert "/Image" not in kept
    assert set(uris) == {"https://example.org/"}
    assert b"/JavaScript" not in made
    assert b"/EmbeddedFile" not in made


@pytest.mark.parametrize("name", [*HOSTILE, "empty"])
def test_no_word_leaves_the_page(name):
    made = draw_pdf(everywhere(HOSTILE.get(name, "")[:3_000]))

    boxes = re.findall(
        r'xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)"', poppler("pdftotext", made, "-bbox")
    )

    assert boxes
    for left, top, right, bottom in ([float(edge) for edge in box] for box in boxes):
        assert left >= LEFT - 1
        assert right <= LEFT + WIDTH + 1
        assert 0 <= top < bottom <= PAGE_HEIGHT
