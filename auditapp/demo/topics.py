"""What a standard is about, found by words in its title, so that invented text can fit it."""

import re
from functools import cache
from random import Random
from typing import NamedTuple


class Topic(NamedTuple):
    """`noun` fits after "on" or "about"; `practice` is a thing one can have, and starts with "a"."""

    clues: tuple[str, ...]
    noun: str
    practice: str


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text that are not blank, without their indents."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _topics(text: str) -> tuple[Topic, ...]:
    """Topics from lines of `clue, clue | noun | practice`."""
    rows = ([part.strip() for part in line.split("|")] for line in lines(text))
    return tuple(Topic(tuple(clues.split(", ")), noun, practice) for clues, noun, practice in rows)


# A clue is the start of a word or words. The first topic with a clue in the title wins.
TOPICS = _topics("""
    supervis | supervision | a supervision form that begins with the child
    artificial | artificial intelligence | a list of the tools that staff and children may use
    cameras | cameras and phones | a locked box for phones at the door
    placement, placed children | alternative provision | a register call from the placement each session
    boarding, boarder | boarding | a weekly talk between boarding staff and day staff
    looked-after, looked after, virtual | looked-after children | a termly note of how money was spent
    designated teacher, education plan | looked-after children | a termly talk with social workers
    child in care, left care, leaving care | looked-after children | a named adult for each child
    pupil premium | looked-after children | a termly note of how the money was spent
    protection files | the transfer of files | a same-week check that each file was received
    letting | lettings and shared premises | a safeguarding clause in each letting
    the site, visitor | site safety and visitors | a badge that shows who has been checked
    who they are | equality | a yearly look at our figures by group
    restrain, reasonable force | the use of force | a form that records the child's own account
    eat safely, eating | safer eating | a list of allergies seen before each meal
    intimate | intimate care | a care plan agreed with parents and the child
    under-18 | mixed groups of adults and under-18s | a risk assessment for each mixed group
    whom to tell | trusted adults | a page where each child names the adults they would tell
    difference | the difference we make | a short review of each case that we close
    concerns are noticed, passed on | passing on concerns | a same-day rule for writing a concern down
    not working | plans that are not working | a date by which change must be seen
    special roles | training for special roles | a table of roles and the course that each needs
    honour | so-called honour-based abuse | a one-page guide to the warning signs
    paediatric, first aid | paediatric first aid | a rota that shows who is trained at each hour
    our roll, off roll | children who leave the roll | a check of where each leaver went
    home education | home education | a meeting with parents before any withdrawal
    shortened | part-time timetables | a review date on each part-time timetable
    over 16, drift | students over 16 | a call home on the first day of absence
    children in distress, mental health | children's mental health | a same-week talk with a trained adult
    hidden burdens, young carer | young carers | a question about caring at home
    eighteenth | help after eighteen | a named contact in services for adults
    parents are partners | work with parents | a termly open morning for parents
    encompass, before the child arrives | Operation Encompass | a daily check of the notices inbox
    for adults | the children of adults we work with | a box on adults' files for each child's name and age
    co-prod, design our, design safeg | work with families on our services | a monthly group of parents
    hear, heard, voice, listen, view, children tell, children shape | children's views | a "you said, we did" board
    trips, places, activit | safe places and activities | a walk round each site with a child's eye
    partnership | our part in the partnership | a short note to teams after each partnership meeting
    private foster | private fostering | a question on our first form about who the child lives with
    sexual | harmful sexual behaviour | a safety plan template for each child involved
    nude | sharing of nude images | a one-page guide on what not to look at, copy or send
    neglect | neglect | a chronology opened at the second worry, however small
    exploit | exploitation | a monthly look at children, places and people together
    radical, prevent, terror, extrem | the Prevent duty | a risk assessment that uses the local picture
    domestic abuse | domestic abuse | a prompt to ask what each child saw and heard
    online, filter, digital, phones, apps | online safety | a termly test of what can be reached online
    child-on-child, bully | bullying and child-on-child abuse | a log that shows patterns by place and time
    front door, referral, threshold | referrals to the front door | a monthly read of three referrals
    early help, help early | early help | a named early help contact in each team
    screening, tools | screening tools | a list of the tools, with when to use each
    escalat, disagree | escalation | a log with the step reached and the outcome
    challenge, question a decision | professional challenge | a standing item where anyone can ask why
    meetings | multi-agency meetings | a calendar of conferences with who will go or report
    low-level, small worries | low-level concerns | a log of small worries read by one person
    allegation | allegations about adults | a flow chart with the designated officer's number
    whistle, speak up | speaking up | a poster with one route inside and one outside
    complain | complaints from children | a short guide to complaining, written with children
    volunteer | volunteers | a role sheet for each kind of volunteer
    contract workers, contractor, visitor | agency and contract workers | a sign-in check of identity
    barring, not safe | referral to the barring service | a decision sheet for everyone who leaves
    single central, checks before, checks are | checks before people start | a central record seen monthly
    recruit, unsafe people | safer recruitment | a trained person on each interview panel
    induct, new people, new adults | induction | a checklist for the first week, signed on both sides
    training, trained | training | a follow-up question in supervision six weeks after each course
    distress, wellbeing | support for staff | a call from a manager within two days of a hard event
    own practice | practice review | a timetable of observed practice
    record | record keeping | a quarterly check of records by someone from another team
    share, sharing, confidential | information sharing | a decision card on sharing without consent
    moves, transfer, transition | children who move | a handover form with receipt confirmed
    contract, provider, buy, commission | services that we buy | a safeguarding schedule in contracts
    job, own part | each person's part in safeguarding | a paragraph in each job description
    accountab, who does what | the line of accountability | a chart from the front line to the top
    governor, proprietor, trustee | what governors must do | a list of questions for each visit
    board, leaders, resources, money | leadership of safeguarding | a quarterly paper with questions minuted
    policy, policies | our policy | a two-page summary with the numbers to ring
    designated, safeguarding lead, dsl, the lead | the safeguarding lead's role | a rota so that someone can be reached
    father, carer | fathers and other carers | a space on the form for each adult near the child
    advoca, on their side | advocacy | a card for children about having someone on their side
    attend, absen, missing | absence and missing education | a first-day call list with an escalation step
    send, disab, bias, equal, culture | equality and disability | a yearly look at our figures by group
    review, lesson | lessons from reviews | a one-page briefing discussed in each team
    action | finishing our actions | a single action plan read by leaders every quarter
    audit, check, measure, figure, outside | our own checks | a yearly plan of checks chosen by risk
""")

OTHER_PRACTICES = lines("""
a written procedure that staff helped to draft
a short checklist that managers use each month
a named lead with time set aside
a standing item at team meetings
""")


def topic_of(question_title: str, dice: Random) -> Topic:
    """The topic of a standard; for a title with no clue in it, words that fit any standard."""
    return _hinted_at(question_title.lower()) or Topic(
        (), "this standard", dice.choice(OTHER_PRACTICES)
    )


@cache
def _hinted_at(title: str) -> Topic | None:
    for topic in TOPICS:
        if any(re.search(rf"\b{re.escape(clue)}", title) for clue in topic.clues):
            return topic
    return None
