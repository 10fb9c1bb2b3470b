"""The examples of the guide to the file are what the product takes."""

import re
from pathlib import Path

import pytest
import yaml

from auditapp.questionnaires.entries import TAGGED
from auditapp.questionnaires.examples import BY_KEY
from auditapp.questionnaires.kinds import ENTRIES
from auditapp.questionnaires.questions import Question
from auditapp.questionnaires.reading import read
from auditapp.questionnaires.scales import Scale
from auditapp.questionnaires.schema import Asked
from auditapp.questionnaires.shipped_sources import named_sources, read_source, register
from auditapp.questionnaires.sources import Source

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "questionnaire-file.md"
GUIDES_YAML = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
EXAMPLES = [it for it in GUIDES_YAML if re.search("^(grades|steps):", it, re.MULTILINE)]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_scale_of_the_guide_is_one(example):
    scale = Scale.model_validate(yaml.safe_load(example))

    assert scale.gaps and scale.strengths
    assert scale.bands[0].keys <= scale.strengths


def test_the_guide_has_an_example_of_each_kind():
    assert [("best:" in it, "steps:" in it) for it in EXAMPLES] == [
        (True, False),
        (False, False),
        (False, True),
    ]


def test_the_sources_of_the_guide_are_what_a_file_may_say():
    [example] = [it for it in GUIDES_YAML if it.startswith("sources:")]
    document = yaml.safe_load(example)

    assert register().fill_in(named_sources(document)) == []
    assert [Source.model_validate(it).name for it in document["sources"]] == [
        "KCSIE 2025",
        "Our own policy, 2026",
    ]


def test_the_variant_of_the_guide_reads_in_words_of_its_own():
    [example] = [it for it in GUIDES_YAML if it.startswith("variants:")]
    named = {"key": "mine", "version": 1, "title": "Mine"}
    questionnaire = read(yaml.safe_dump(named | yaml.safe_load(example)))

    club, school = (Asked(questionnaire, BY_KEY[it].facts) for it in ("voluntary", "primary"))

    assert club.label_of("policy-known") == "1 We all know the rules"
    assert school.label_of("policy-known") == "1.1 Everybody knows the policy"


def test_the_source_file_of_the_guide_is_one():
    [example] = [it for it in GUIDES_YAML if "\neditions:" in it]

    assert read_source(example, "kcsie.yaml").editions[0].parts


def test_the_questions_of_the_guide_are_what_a_file_may_ask():
    [example] = [it for it in GUIDES_YAML if it.startswith("- key: lead")]
    asked = [Question.model_validate(it) for it in yaml.safe_load(example)]
    kinds = {tag.removeprefix(TAGGED) for tag in ENTRIES}

    assert {getattr(it.answer, "kind", None) for it in asked} | {"text"} == kinds
