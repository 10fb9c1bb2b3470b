"""Saving one answer over and over, as the page's script does."""

from collections.abc import Callable
from functools import partial
from itertools import count
from uuid import uuid4

from tests.benchmarks.area import Area
from tests.benchmarks.filling import COMMENTARY
from tests.benchmarks.pages import DRAFT
from tests.benchmarks.visitor import Reply, Visitor

_numbers = count(1)


def save_section(visitor: Visitor, area: Area, key: str) -> Callable[[], Reply]:
    """To be called once: the section's page with other words at `key`, sent as without a script."""
    path = f"/assessments/{DRAFT['ref']}/sections/{area.section.key}"
    form = visitor.page(path).form(f"{key}-commentary")
    form[f"{key}-commentary"] = f"{COMMENTARY} Written {next(_numbers)} times."
    return partial(visitor.post, path, form)


class Answering:
    """The safeguarding lead of organisation 1 at one standard of this year's assessment.

    `revision` is the one saved last: 1 for what the area came with, 0 for what nobody answered.
    """

    def __init__(self, visitor: Visitor, area: Area, key: str, revision: int) -> None:
        section = f"/assessments/{DRAFT['ref']}/sections/{area.section.key}"
        self._visitor, self._key, self._revision = visitor, key, revision
        self._token = visitor.page(section).token

    def save(self, grade: str = "met", **more: str) -> None:
        """Save other words than last time, and be told that they are kept."""
        reply = self._post({"grade": grade, **more})
        assert reply.status == 200, f"a save answers {reply.status}: {reply.text[:300]}"
        self._revision += 1
        assert f'"revision":{self._revision}' in reply.text.replace(" ", ""), reply.text

    def _post(self, fields: dict[str, str]) -> Reply:
        answer = {
            "commentary": f"{COMMENTARY} Written {next(_numbers)} times.",
            "impact": "",
            "based_on": str(self._revision),
            "save_id": str(uuid4()),
            **fields,
        }
        form = {f"{self._key}-{name}": value for name, value in answer.items()}
        path = f"/assessments/{DRAFT['ref']}/answers/{self._key}"
        return self._visitor.post(path, form | {"csrf_token": self._token})
