"""Words that someone might type, and documents that say them."""

from auditapp.documents.form_parts import Boxes, Tick, Ticks
from auditapp.documents.tree import (
    KPI,
    Bullets,
    Column,
    Document,
    Heading,
    KeyValues,
    KPIs,
    Paragraph,
    Row,
    RowHead,
    Table,
)
from auditapp.documents.words import Link, Strong

LONG = "Cover is in place for term time; nothing shows how holidays are covered. "

HOSTILE = {
    "file image": '<img src="file:///etc/passwd">',
    "web image": '<img src="http://127.0.0.1:9/x.png">',
    "expression": "<font color=\"[__import__('os').system('id')]\">red</font>",
    "script": '<a href="javascript:alert(1)">go</a>',
    "unclosed": "<b><i>not closed & </para>",
    "entity": "&#0; &amp; &lt;b&gt;",
    "nested": "<b>" * 10_000,
    "right to left": "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd",
    "arabic": "\u0645\u0631\u062d\u0628\u0627",
    "emoji": "\U0001f600 \u2713 \U0001f469\u200d\U0001f467",
    "unknown to all faces": "\u4e2d\u6587",
    "accents": "\u0141\u00f3d\u017a \u0175y e\u0301",
    "long word": "a" * 10_000,
    "formula": "=1+1",
}


def document(*parts, **features):
    return Document(title="Title", author="Exampleshire", parts=parts, **features)


def everywhere(words):
    """A document that says `words` in every place that takes any."""
    link = (Link(words, "https://example.org/"), Strong(words))
    return Document(
        title=words,
        subtitle=words,
        author=words,
        as_at=words,
        captions=(words,),
        parts=(
            Paragraph(words),
            Heading(words),
            Bullets((words, link)),
            KeyValues(((words[:60], words),)),
            KPIs((KPI(words[:60], words[:60], words[:60]),)),
            Ticks((Tick(words), Tick(words[:60], line=True))),
            Ticks((Tick(words[:60]), Tick(words[:60])), in_a_row=True),
            Boxes(((words[:60], 2), (words[:60], 1))),
            Table(
                (Column("A"), Column(words[:60])),
                (Row((RowHead(words), words)), Row((RowHead("b"), link))),
                name=words,
                title=words,
                caption=words,
                source=words,
            ),
        ),
    )
