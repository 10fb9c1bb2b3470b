"""The schema that editors are given agrees with what the product reads."""

import json
from datetime import date

import jsonschema
import pytest
import yaml

from auditapp.questionnaires.publishing import SHIPPED
from auditapp.questionnaires.schema import file_schema
from tests.questionnaires.kinds import every_kind

FILES = sorted(SHIPPED.glob("*.yaml"))


@pytest.fixture(scope="module")
def schema():
    return json.loads(json.dumps(file_schema()))


def as_editors_see(text):
    return json.loads(json.dumps(yaml.safe_load(text), default=date.isoformat))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_file_is_what_the_schema_says(schema, path):
    jsonschema.validate(as_editors_see(path.read_text(encoding="utf-8")), schema)


@pytest.mark.parametrize(
    ("there", "instead"),
    [
        ("kind: number\n", "kind: numbr\n"),
        ("kind: number\n", "kind: number\n      lest: 1\n"),
        ("title: Every kind\n", ""),
        ("label: NHS", "lable: NHS"),
    ],
)
def test_it_marks_what_the_product_refuses(schema, there, instead):
    good = every_kind()
    jsonschema.validate(as_editors_see(good), schema)

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(as_editors_see(good.replace(there, instead, 1)), schema)


def test_the_command_prints_it(app, schema):
    printed = app.test_cli_runner().invoke(args=["questionnaires", "schema"])

    assert json.loads(printed.output) == schema
