"""The examples of the guide to the file are what the product takes."""

import re
from pathlib import Path

import pytest
import yaml

from auditapp.questionnaires.scales import Scale

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "questionnaire-file.md"
EXAMPLES = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


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
