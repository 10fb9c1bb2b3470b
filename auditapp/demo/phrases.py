"""The sentences that `words` fills in: patterns for commentary, actions, evidence and feedback.

Slots: {topic} and {practice} come from the standard's title, {section} from the section's;
{few} is less than half of {many}, {most} nearly all of it.
"""

from auditapp.demo.topics import lines

# Commentary by level: what is done, how it is known, what is left. {few} is less than {many}.
OPENERS = {
    "none": lines("""
        We do not yet have {practice}.
        Our work on {topic} has not begun; it was left out of last year's plan.
        We talked about {topic} in {month} but nothing has been put in writing.
        What we had on {topic} lapsed when a post fell vacant, and nobody picked it up.
        Staff manage as best they can on {topic}; there is no agreed way of doing it.
        We had to grade ourselves low on {topic} because we found nothing we could show.
    """),
    "begun": lines("""
        We now have {practice}, but it has reached only {few} of our {many} teams.
        Work on {topic} began in {month} and has reached about half of our staff.
        The larger teams are secure on {topic}; part-time and evening staff are not there yet.
        We wrote guidance on {topic} last year, and are now finding out who uses it.
        We introduced {practice} in {month}; it is used well on one site and patchily on the other.
        The safeguarding lead and deputy are confident about {topic}, but other staff rely on them.
    """),
    "placed": lines("""
        We have {practice}, and it is used across the organisation.
        Our arrangements for {topic} were reviewed in {month} and reach every team.
        All staff have been briefed on {topic}, and new starters meet it in their first week.
        We rely on {practice}, and the lead reviews how it is working every {weeks} weeks.
        For two years now we have had {practice}, and cover is in place when the lead is away.
        Team managers report on {topic} to the safeguarding lead every {weeks} weeks.
    """),
    "shown": lines("""
        We have {practice}, and can show what it has changed.
        Our approach to {topic} is settled, known by staff, and tested every {weeks} weeks.
        Two neighbouring organisations have borrowed our approach to {topic} since {month}.
        Children and parents helped us to rewrite what we do about {topic}, and it shows.
        We check {topic} ourselves and invite an outsider once a year; both came to the same view.
        Leaders ask about {topic} at every meeting, and the minutes show what followed.
    """),
}
MIDDLES = {
    "none": lines("""
        In {month} we asked {many} staff about it and only {few} could tell us what they would do.
        The last record we could find is more than two years old.
        Leaders heard this in {month} and have asked for a plan.
        Nobody has had time set aside for it, which is being put right.
        We looked at {many} files and could not find it mentioned in any of them.
    """),
    "begun": lines("""
        Of {many} files that we read in {month}, {few} showed what we were hoping for.
        Training places were cut in the spring, so {few} people are still waiting.
        Our newest team has its own form, which misses two of the questions.
        When asked, most staff knew whom to tell but fewer knew what happens next.
        Supervision notes mention it in some teams and hardly at all in others.
        Leaders have seen the figures once and want to see them again in {weeks} weeks.
    """),
    "placed": lines("""
        In {month} we asked a sample of {many} staff, and {most} answered correctly.
        A dip sample of {many} records found the right steps taken in {most}.
        The board lead reads a summary twice a year and has asked good questions of it.
        Cover is arranged for holidays, and we tried it out in {month}.
        Staff say that it is clear and that they use it.
        Minutes show the discussion and the two small changes that came from it.
    """),
    "shown": lines("""
        Help was offered within two working days in {most} of the last {many} cases.
        When we repeated our check after {weeks} weeks, {most} of {many} records met the standard.
        Children told us in {month} that they notice the difference, and what they would do next.
        The number of repeat concerns has fallen for three quarters running.
        Visitors from another agency spoke with staff in {month} and confirmed what we say here.
        Every example we read gave a clear reason for what was decided.
    """),
}
CLOSERS = {
    "none": lines("""
        The action below says who will start this and by when.
        We would value an example from another organisation.
        We expect to be at the next grade by the summer.
        Until then the safeguarding lead sees each case in person.
    """),
    "begun": lines("""
        The teams that remain are named in our action, each with a date.
        We will ask the same questions again after {weeks} weeks to see whether it has held.
        What is missing is proof that it makes a difference to children.
        The deputy now has an afternoon a week to finish it.
    """),
    "placed": lines("""
        Next we want to show more clearly what children gain.
        The one gap we found, in holiday cover, was closed in {month}.
        We are not claiming more than this until the second check is done.
        The evidence listed is from the last twelve months.
    """),
    "shown": lines("""
        Our next step is to keep it going while two experienced colleagues leave.
        We would be glad to show the panel how it works.
        We keep testing it, since it depends on people remembering.
        The attached summary has the figures and how we got them.
    """),
}

IMPACTS = lines("""
    A worry that would once have waited for Monday was shared on Friday, and help came that weekend.
    A parent told us that it was the first time they had understood what we were asking, and why.
    A new member of staff spotted a pattern in three small notes, and early help began.
    A child's own words were read out at the meeting, and the plan was changed because of them.
    A plan that was not working was stepped up, and home life is steadier.
    A receptionist noticed a change and told the lead. Support was in place within the week.
    The first question at handover is now about sleep and food. One family had help with both.
    An interpreter replaced a relative, and we learned something that we had not been told before.
    A child now keeps the same worker throughout, because children told us how many they had met.
    Two colleagues who had each held half of a worry put them together, and a child was safer.
    A child who used to come late and hungry now has breakfast with an adult they chose.
    Someone asked "what is this like for the child?" and the answer changed what we did next.
    A family who had refused help three times accepted it from a person they already trusted.
    Waiting for a reply fell from weeks to days, and one child was seen before things got worse.
""")
# For a standard on one of these topics: `noun of the topic | example`.
TOPIC_IMPACTS = lines("""
    private fostering | A carer proved to be unrelated. The council was told, and help followed.
    Operation Encompass | A notice came before nine o'clock, and the day began gently.
    children who move | We followed a family to the new area. They were seen there within days.
    escalation | A refusal was challenged within two days, and the family got its assessment.
    professional challenge | A junior colleague's question led to a second visit, and to help.
    complaints from children | A child had an answer within a week, and told us that it was fair.
    low-level concerns | Lifts home with one adult stopped after a small worry was written down.
    online safety | After training a colleague asked about life online; a threat was stopped early.
    fathers and other carers | A father nobody had contacted was found and is now part of the plan.
    children's views | Young people said who they met in the waiting area. We moved it.
    neglect | A chronology joined up eleven small worries, and the plan at last named neglect.
    supervision | A supervisor asked when the child was last seen alone. A visit was made that day.
    absence and missing education | A call on day one found a family in difficulty before day three.
    safer recruitment | A gap in one candidate's history was explored, and the offer was withdrawn.
    exploitation | Notes about a place, not a person, led to patrols. Children say it feels safer.
""")

# Each kind of document has its own way of pointing into it.
EVIDENCE = (
    (
        lines("""
            Safeguarding children policy, 2026
            Code of conduct for staff and volunteers
            Yearly safeguarding report to leaders
            Recruitment and selection procedure
            Review of complaints, 2025 to 2026
            Supervision policy
            Report of the peer visit, spring 2026
            Lone working and home visits guidance
            Information sharing agreement
            Children's survey report, summer 2026
            Whistleblowing policy
            Early help procedure
        """),
        lines("""
            page 4, paragraph 2
            page 7, section 3.1
            page 2, the table
            page 11, last paragraph
            section 5
            appendix B
            pages 3 to 5
            page 9, the flow chart
        """),
    ),
    (
        lines("""
            Minutes of the leadership meeting, March 2026
            Minutes of the safeguarding committee, June 2026
            Minutes of the board, July 2026
            Notes of the staff briefing, September 2026
            Notes of the young people's group, May 2026
        """),
        lines("""
            item 6
            item 4, second decision
            minute 7.3
            action 2 and its update
            item 9, the discussion
        """),
    ),
    (
        lines("""
            Training record by team, October 2026
            Log of escalations, names removed
            Audit of 20 case files, summer 2026
            Dip sample of recruitment files
            Safeguarding figures by quarter
            Contracts register, safeguarding column
            Log of low-level concerns, names removed
        """),
        lines("""
            summary sheet
            rows 12 to 18
            second sheet, column F
            the totals at the foot
            quarter 2
        """),
    ),
    (
        lines("""
            Induction slides, version 6
            Briefing on private fostering
            Staff quiz and results, autumn 2026
            "You said, we did" display
        """),
        lines("""
            slide 9
            slides 14 to 17
            question 5 and its answers
            first panel
        """),
    ),
)

ACTIONS = lines("""
    Brief every team on {topic}, and ask a sample of staff five questions six weeks later
    Put in place {practice}, try it with one team for a month, then extend it to the rest
    Read ten recent examples with {topic} in mind, and ten more in the spring to see what changed
    Ask those affected what they think of how we handle {topic}, and tell them what we changed
    Rewrite our guidance on {topic} as one page with the local numbers, and test that staff find it
    Add {topic} to the supervision form and check the notes after one quarter
    Bring a paper on {topic} to leaders with figures, gaps and what it would cost to close them
    Arrange for another organisation to look at {topic} with us, and publish what they say
    Extend {practice} to the teams still without it, evening and part-time staff first
    Put {topic} on the programme of the next training day, and follow it up with managers by Easter
""")
OWNERS = lines("""
    Safeguarding lead
    Deputy safeguarding lead
    Head of service
    Human resources manager
    Quality and audit manager
    Training coordinator
    Participation worker
    Board lead for safeguarding
    Operations manager
    Business manager
""")

RAISED = lines("""
    The dip sample and the minutes show this in place everywhere. The organisation was too cautious.
    The evidence goes further than the commentary claims. Staff whom we asked knew the steps.
    The one gap that held the grade down was closed before submission, and the log shows it.
    The grade reflects last year. This year's figures, which we have seen, support a better one.
    What is described meets every part of the higher descriptor, and two sources confirm it.
    The organisation marked itself down for a duty that another agency holds.
    Further assurance answered our question in full. We are satisfied and have raised the grade.
""")
LOWERED = lines("""
    The policy is sound, but nothing we were shown tells us that staff follow it.
    The evidence covers one team. The grade claims all of them, so we have gone one lower.
    The latest document is from 2023. We could not tell what happens now.
    The commentary describes plans. We can grade only what was in place on the day.
    Figures show attendance at training and say nothing of what changed for children.
    We asked for further assurance on this standard and the reply did not address part-time staff.
    Two answers disagree: the log in one section shows gaps that the grade here does not mention.
""")
AGREED = lines("""
    We read the evidence and came to the same grade.
    The commentary is candid and the evidence matches it. The grade stands.
    We tested this with a question to the lead; the answer bore out the grade.
    The grade is fair, and the action dated for the spring is the right one.
""")

STRENGTHS = lines("""
    On {section}, your evidence is recent, easy to find and says what changed for children.
    Your answers on {section} were frank. Where a team lags you say so and give a date.
    We were struck, under {section}, by how often children's own words appear.
    Leaders' questions about {section} are on record, and so is what was done about them.
    In {section} you test your own claims, and report it when a test goes badly.
    Staff whom we met spoke about {section} with confidence and gave local examples.
    The examples under {section} are about children's days, and go well beyond process.
    Your work on {section} has moved on clearly since the last round, and the figures bear it out.
""")
DEVELOPMENTS = lines("""
    On {section}, show what difference the work makes to a child, with one example for each team.
    Under {section}, several documents are more than two years old. Replace them or say why not.
    On {section}, tell us about part-time, evening and temporary staff as well as the core team.
    In {section}, follow up training after three months, and tell us what people now do differently.
    Ask children and families about {section} at the start of the work, before drafts are written.
    For {section}, send the page that proves the point in place of the whole document.
    Under {section}, two actions have no owner. Name a role and a date for each.
    Have what you say about {section} tested from outside, by a peer or a young inspector.
""")

NOT_APPLICABLE = lines("""
    We do not do this work. The agency that does answers for it in its own return.
    This part of the service passed to another organisation in April, with its records.
    Our national body holds this duty for all its branches; its statement is in our evidence.
    We have no staff or sites in this area that do what the standard describes.
    We looked at a full year of our work and found nothing to which this could apply.
    The service that this is about closed in the spring and has not been replaced.
    Agreed with the business unit in the last round; nothing has changed since.
    We share this function with a neighbouring organisation, which answers for us both.
""")

MONTHS = ("January", "February", "March", "May", "June", "July", "September", "October")
