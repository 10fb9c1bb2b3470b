"""What the figures come to, in sentences: leads, and the titles of figures."""

from collections.abc import Sequence

from auditapp.documents.words import Prose, Strong
from auditapp.questionnaires.scales import Band, Scale
from auditapp.reports.aggregate.completion import Standing
from auditapp.reports.aggregate.grades import Basis
from auditapp.reports.aggregate.overview import OnScale
from auditapp.reports.aggregate.panel import PanelFigures, good_keys
from auditapp.reports.aggregate.ranking import RankBy, Ranked, Ranking
from auditapp.web.filters import plural

NAMED = 2  # sections named in one breath; more are counted


def either(bands: Sequence[Band]) -> str:
    """ "met or exceeded"."""
    return _joined([band.label.lower() for band in bands], "or")


def good_words(scale: Scale) -> str:
    """The grades that are no gap, worst first: "met or exceeded"."""
    good = good_keys(scale)
    return either([band for band in scale.bands[::-1] if band.keys & good])


def basis_words(scale: Scale, by: RankBy) -> str:
    """The grades whose share ranks: "exceeded", "partially met or not met"."""
    keys = scale.strengths if by is RankBy.STRENGTH else scale.gaps
    return either([band for band in scale.bands if band.keys & keys])


def lead(one: OnScale, basis: Basis) -> Prose:
    """What the overview comes to. Only of self-grades can it say what organisations are sure of."""
    if not one.whole.graded:
        return _nothing(one.sections, "There are no grades to count yet") + "."
    share = one.whole.share(good_keys(one.scale)).text
    opening = f"{share} of grades are {good_words(one.scale)}."
    sections, panel = one.sections, panel_finding(one)
    after = f" {panel}." if panel else ""
    if sections.is_level:
        return f"{opening} No section stands out.{after}"
    first, last = Strong(_named(sections.first)), Strong(_named(sections.last))
    if basis is Basis.SELF:
        said: tuple[str | Strong, ...] = ("Organisations are surest of ", first)
        said += (" and least sure of ", last)
    else:
        whose = "the panel\u2019s" if basis is Basis.MODERATED else "effective"
        said = (f"By {whose} grades ", first, f" {_lead_verb(sections)} and ", last)
        said += (" trails" if len(sections.last) == 1 else " trail",)
    return (f"{opening} ", *said, f".{after}")


def sections_finding(ranking: Ranking) -> str:
    placed = ranking.placed
    if not placed:
        return _nothing(ranking, "No section has grades yet")
    if ranking.is_level:
        return f"{_all('sections', ranking)} alike" if len(placed) > 1 else placed[0].line.label
    trailing = ranking.last
    if len(trailing) == 1 and len(placed) > 2 * NAMED:
        trailing = (*trailing, *_tied(ranking, placed[-2]))
    trail = "trails" if len(trailing) == 1 else "trail"
    return f"{_named(ranking.first)} {_lead_verb(ranking)}; {_named(trailing)} {trail}"


def standards_finding(ranking: Ranking) -> str:
    if not ranking.placed:
        return _nothing(ranking, "No standard has grades yet")
    if ranking.is_level:
        return f"{_all('standards', ranking)} alike"
    weakest = ranking.first
    if len(weakest) > NAMED:
        return f"{len(weakest)} standards are the weakest alike"
    verb = "is the weakest standard" if len(weakest) == 1 else "are the weakest standards"
    return f"{_named(weakest)} {verb}"


def panel_finding(one: OnScale) -> str:
    """ "The panel lowered Escalation and raised Voice of the child"; "" where it read nothing."""
    panel, good = one.panel, good_keys(one.scale)
    if not panel.whole.rows:
        return ""
    if panel.whole.agreed == panel.whole.rows:
        return "The panel agreed with every grade that it moderated"
    lowered = [it.label for it in panel.sections if it.change(good) < 0][:NAMED]
    raised = [it.label for it in reversed(panel.sections) if it.change(good) > 0][:NAMED]
    said = [f"lowered {_joined(lowered)}"] if lowered else []
    said += [f"raised {_joined(raised)}"] if raised else []
    return f"The panel {' and '.join(said)}" if said else _agreement(panel)


def _agreement(panel: PanelFigures) -> str:
    whole = panel.whole
    return f"The panel agreed with {whole.agreed:,} of {whole.rows:,} grades"


def completion_lead(standing: Standing, rest: Sequence[tuple[str, Standing]]) -> str:
    """How far a round is, beside the rounds before: whole per cents, as rounds are compared."""
    if not standing.invited:
        return "Nobody has been invited yet."
    if not standing.base:
        out = plural(standing.left_out, "invited organisation")
        return (
            f"Nobody is left to submit: of {out}, {standing.excused:,} "
            f"{'is' if standing.excused == 1 else 'are'} excused and {standing.closed:,} closed."
        )
    done = standing.share(standing.submitted, 0).text
    partly = standing.share(standing.partial, 0).text
    words = f"{done} of {standing.base:,} have submitted"
    before = [f"{it.share(it.submitted, 0).text} in {period}" for period, it in rest if it.base]
    if before:
        words += f", against {_joined(before)}"
    return f"{words}; {partly} have started and not submitted."


def groups_finding(groups: Sequence[tuple[str, Standing]], what: str) -> str:
    """ "Secondary is furthest behind, at 15.4%". `groups`: label and standing, furthest first."""
    asked = [(label, standing) for label, standing in groups if standing.base]
    if not asked:
        return f"Nobody is left to submit, in any {what}"
    label, furthest = asked[0]
    if furthest.submitted == furthest.base:
        return f"Every {what} has submitted in full"
    if len(asked) == 1:
        return f"{label}: {furthest.rate.text} have submitted"
    level = [name for name, it in asked if it.rate.fraction == furthest.rate.fraction]
    if len(level) == len(asked):
        return f"No {what} is ahead: {furthest.rate.text} each"
    verb = "is" if len(level) == 1 else "are"
    named = f"{len(level)} {what}s" if len(level) > NAMED else _joined(level)
    return f"{named} {verb} furthest behind, at {furthest.rate.text}"


def _lead_verb(ranking: Ranking) -> str:
    return "leads" if len(ranking.first) == 1 else "lead"


def _nothing(ranking: Ranking, words: str) -> str:
    """`words` where nothing has grades; else, that they are hidden."""
    return "There is too little to show" if _hides(ranking) else words


def _all(what: str, ranking: Ranking) -> str:
    return f"The {what} that are shown stand" if _hides(ranking) else f"All {what} stand"


def _hides(ranking: Ranking) -> bool:
    return any(it.line.is_hidden for it in ranking.lines)


def _tied(ranking: Ranking, with_: Ranked) -> tuple[Ranked, ...]:
    return tuple(it for it in ranking.placed if it.place == with_.place)


def _named(lines: Sequence[Ranked]) -> str:
    if len(lines) > NAMED:
        return f"{len(lines)} sections"
    return _joined([it.line.label for it in lines])


def _joined(words: Sequence[str], last: str = "and") -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
