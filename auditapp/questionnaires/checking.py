"""What a questionnaire must satisfy beyond its shape; each fault has the path of its place."""

from collections.abc import Iterator

from auditapp.questionnaires.schema import Question, Questionnaire

Path = tuple[str | int, ...]
Fault = tuple[Path, str]


def faults_of(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Faults in the order of the document; none if it may be published."""
    scales = {scale.key for scale in questionnaire.scales}
    for at, section in enumerate(questionnaire.sections):
        for step, question in enumerate(section.questions):
            path: Path = ("sections", at, "questions", step)
            if question.scale is None and len(scales) > 1:
                yield path, f"say which scale; this questionnaire has {_listed(scales)}"
            elif question.scale is not None and question.scale not in scales:
                yield (
                    (*path, "scale"),
                    f"there is no scale {question.scale!r}; expected {_listed(scales)}",
                )
            else:
                yield from _descriptor_faults(questionnaire, question, path)
            yield from _reference_faults(questionnaire, question, path)


def _descriptor_faults(
    questionnaire: Questionnaire, question: Question, path: Path
) -> Iterator[Fault]:
    scale = questionnaire.scale_of(question.key)
    keys = scale.keys
    unknown = [key for key in question.descriptors if key not in keys]
    for key in unknown:
        yield (
            (*path, "descriptors", key),
            f"there is no grade {key!r} on its scale; expected one of {_listed(keys)}",
        )
    if unknown:  # what seems missing is probably misspelt
        return
    missing = [key for key in keys if key not in question.descriptors]
    if missing and scale.needs_descriptors:
        yield (
            (*path, "descriptors"),
            f"a descriptor is missing for {_listed(missing)}; every grade needs one",
        )


def _reference_faults(
    questionnaire: Questionnaire, question: Question, path: Path
) -> Iterator[Fault]:
    sources = {source.key for source in questionnaire.sources}
    for at, reference in enumerate(question.references):
        if reference.source not in sources:
            yield (
                (*path, "references", at, "source"),
                f"there is no source {reference.source!r}; expected {_listed(sources)}",
            )


def _listed(keys: "set[str] | tuple[str, ...] | list[str]") -> str:
    named = sorted(keys) if isinstance(keys, set) else list(keys)
    return ", ".join(named) or "none"
