"""The form that asks what became of the questions whose keys only one of two versions has."""

from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than stubs

from auditapp.questionnaires.comparing import Pair
from auditapp.questionnaires.likeness import Likeness
from auditapp.questionnaires.schema import Asked

GONE, NOT_A_PART = "Nothing: it is no longer asked", "No, or it is chosen above"
LIKEST = 3  # stand first, with how alike they are
MOST_OPTIONS = 20_000  # of a page: where all is new, each question is offered only those likest


def mapping_form(likeness: Likeness) -> FlaskForm:
    """A choice for each question that is gone, `became-KEY`, and for each that is new, `part-KEY`.
    What is suggested is chosen beforehand; nothing counts until a person sends it."""

    class MappingForm(FlaskForm):
        pass

    then, now = Asked(likeness.before, None), Asked(likeness.after, None)
    became, part = _chosen(likeness)
    most = MOST_OPTIONS // max(len(likeness.gone) + len(likeness.fresh), 1)
    for key in likeness.gone:
        alike = [(likeness.of(key, other), other) for other in now.keys]
        options = _options(GONE, alike, now, most)
        field = SelectField(
            f"{then.label_of(key)}, gone", choices=options, default=became.get(key, "")
        )
        setattr(MappingForm, f"became-{key}", field)
    for key in likeness.fresh:
        alike = [(likeness.of(other, key), other) for other in then.keys]
        options = _options(NOT_A_PART, alike, then, most)
        field = SelectField(f"{now.label_of(key)}, new", choices=options, default=part.get(key, ""))
        setattr(MappingForm, f"part-{key}", field)
    return MappingForm()


def pairs_of(form: FlaskForm, likeness: Likeness) -> frozenset[Pair]:
    """Key before and after, as chosen."""
    became = {(key, form[f"became-{key}"].data) for key in likeness.gone}
    part = {(form[f"part-{key}"].data, key) for key in likeness.fresh}
    return frozenset((old, new) for old, new in became | part if old and new)


def _chosen(likeness: Likeness) -> tuple[dict[str, str], dict[str, str]]:
    """The suggestions, each in one of the two lists: the likest of what is gone in the first."""
    became: dict[str, str] = {}
    part: dict[str, str] = {}
    for it in sorted(likeness.suggestions, key=lambda it: -it.likeness):
        if it.before in likeness.gone and it.before not in became:
            became[it.before] = it.after
        else:
            part[it.after] = it.before
    return became, part


def _options(
    none: str, alike: Iterable[tuple[float, str]], asked: Asked, most: int
) -> list[SelectChoice]:
    """The likest first, then all others in their order."""
    ranked = sorted(alike, key=lambda it: -it[0])[:most]
    first = [it for it in ranked[:LIKEST] if it[0] > 0]
    wanted = {key for _, key in ranked} - {key for _, key in first}
    return [
        SelectChoice("", none),
        *(SelectChoice(key, f"{asked.label_of(key)} ({of:.0%} alike)") for of, key in first),
        *(SelectChoice(key, asked.label_of(key)) for key in asked.keys if key in wanted),
    ]
