"""What the overview may be asked for."""

from collections.abc import Iterable, Sequence

from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than stubs

from auditapp.organisations.types import PHASE_LABELS, type_label
from auditapp.reports.aggregate.grades import Basis
from auditapp.reports.aggregate.ranking import RankBy
from auditapp.reports.aggregate.slices import PlaceRow, Slice
from auditapp.reports.overview import BASIS_WORDS
from auditapp.reports.papers import Choice

RANK_WORDS = {RankBy.STRENGTH: "Most strengths", RankBy.GAP: "Fewest gaps"}


class OverviewForm(FlaskForm):
    """Sent in the address, so that what is seen can be linked to."""

    class Meta:
        csrf = False

    phase = SelectField("Phase", default="")
    type = SelectField("Type", default="")
    trust = SelectField("Trust", default="")
    basis = SelectField(
        "Grades",
        choices=[SelectChoice(basis.value, words) for basis, words in BASIS_WORDS.items()],
        default=Basis.SELF.value,
    )
    rank_by = SelectField(
        "Rank by",
        choices=[SelectChoice(by.value, words) for by, words in RANK_WORDS.items()],
        default=RankBy.STRENGTH.value,
    )

    def offer(self, places: Sequence[PlaceRow], *, trusts: bool) -> None:
        """Offer the kinds of place that have submitted. Trusts can stand for organisations, so
        they are offered to those who may see names."""
        phases = {row.phase for row in places}
        types = {row.type for row in places}
        bodies = sorted({row.trust for row in places if row.trust}) if trusts else []
        in_order = [key for key in PHASE_LABELS if key in phases]
        self.phase.choices = _choices("All phases", ((key, PHASE_LABELS[key]) for key in in_order))
        self.type.choices = _choices("All types", sorted((key, type_label(key)) for key in types))
        self.trust.choices = _choices("All trusts", ((name, name) for name in bodies))

    @property
    def choice(self) -> Choice:
        """What is asked for; the usual basis and ranking where there is none of that name."""
        basis = {it.value: it for it in Basis}.get(self.basis.data, Basis.SELF)
        rank_by = {it.value: it for it in RankBy}.get(self.rank_by.data, RankBy.STRENGTH)
        within = Slice(self.phase.data, self.type.data, self.trust.data)
        return Choice(basis=basis, rank_by=rank_by, within=within)


def _choices(every: str, rest: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice("", every), *(SelectChoice(key, words) for key, words in rest)]
