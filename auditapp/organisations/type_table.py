"""The types of organisation, one a line: every type of the register of schools, then agencies.

code | key | label | kind | group | duty | whose duty | phase, where the type decides it | scope
"""

# Source: docs/policy/duties.md (Education Act 2002, sections 157 and 175; Education and Training
# (Welfare of Children) Act 2021; Childcare Act 2006, section 40). "in" is the scope not written.
REGISTER = """
01 | community-school | Community school | school | maintained | s175 | governing body
02 | voluntary-aided-school | Voluntary aided school | school | maintained | s175 | governing body
03 | voluntary-controlled-school | Voluntary controlled school | school | maintained | s175 | governing body
05 | foundation-school | Foundation school | school | maintained | s175 | governing body
06 | city-technology-college | City technology college | school | academy | s157 | academy trust
07 | community-special-school | Community special school | school | special | s175 | governing body | special
08 | non-maintained-special-school | Non-maintained special school | school | special | nmss | governing body | special
10 | other-independent-special-school | Other independent special school | school | independent | s157 | proprietor | special
11 | other-independent-school | Other independent school | school | independent | s157 | proprietor | independent
12 | foundation-special-school | Foundation special school | school | special | s175 | governing body | special
14 | pupil-referral-unit | Pupil referral unit | school | alternative-provision | s175 | management committee | alternative-provision
15 | nursery-school | Local authority nursery school | school | nursery | s175 | governing body | nursery
18 | further-education | Further education college | college | college | s175 | corporation | sixteen-plus
18 | sixth-form-college | Sixth form college | college | college | s175 | corporation | sixteen-plus
24 | secure-unit | Secure unit | school | justice | s11 | organisation | none | review
25 | offshore-school | Offshore school | school | other | | organisation | none | out
26 | service-childrens-education | Service children’s education | school | other | | organisation | none | out
27 | miscellaneous | Miscellaneous | school | other | | organisation | none | out
28 | academy-sponsor-led | Academy sponsor led | school | academy | s157 | academy trust
29 | higher-education-institution | Higher education institution | college | other | | organisation | none | out
30 | welsh-establishment | Welsh establishment | school | other | | organisation | none | out
31 | sixth-form-centre | Sixth form centre | college | college | s175 | governing body | sixteen-plus | review
32 | special-post-16-institution | Special post-16 institution | college | college | s175-post16 | governing body | sixteen-plus
33 | academy-special-sponsor-led | Academy special sponsor led | school | academy | s157 | academy trust | special
34 | academy-converter | Academy converter | school | academy | s157 | academy trust
35 | free-school | Free school | school | academy | s157 | academy trust
36 | free-school-special | Free school special | school | academy | s157 | academy trust | special
37 | british-school-overseas | British school overseas | school | other | | organisation | none | out
38 | free-school-alternative-provision | Free school alternative provision | school | academy | s157 | academy trust | alternative-provision
39 | free-school-16-to-19 | Free school 16 to 19 | college | academy | s175-post16 | academy trust | sixteen-plus
40 | university-technical-college | University technical college | school | academy | s157 | academy trust
41 | studio-school | Studio school | school | academy | s157 | academy trust
42 | academy-alternative-provision-converter | Academy alternative provision converter | school | academy | s157 | academy trust | alternative-provision
43 | academy-alternative-provision-sponsor-led | Academy alternative provision sponsor led | school | academy | s157 | academy trust | alternative-provision
44 | academy-special-converter | Academy special converter | school | academy | s157 | academy trust | special
45 | academy-16-to-19-converter | Academy 16 to 19 converter | college | academy | s175-post16 | academy trust | sixteen-plus
46 | academy-16-to-19-sponsor-led | Academy 16 to 19 sponsor led | college | academy | s175-post16 | academy trust | sixteen-plus
47 | childrens-centre | Children’s centre | early-years | nursery | s40 | early years provider | none
48 | childrens-centre-linked-site | Children’s centre linked site | early-years | nursery | s40 | early years provider | none | out
49 | online-provider | Online provider | school | other | | organisation | none | out
57 | academy-secure-16-to-19 | Academy secure 16 to 19 | college | academy | s175-post16 | academy trust | sixteen-plus | review
"""

# Source: docs/policy/duties.md (Children Act 2004, section 11(1); Childcare Act 2006, section 40;
# those without a duty of their own take part as relevant agencies or by agreement).
AGENCIES = """
| local-authority | Local authority | agency | local-authority | s11 | council
| district-council | District council | agency | local-authority | s11 | council
| police | Police | agency | justice | s11 | force
| icb | NHS integrated care board | agency | health | s11 | board
| nhs-trust | NHS trust | agency | health | s11 | trust
| ambulance-trust | Ambulance trust | agency | health | s11 | trust
| probation | Probation | agency | justice | s11 | organisation
| youth-justice | Youth justice service | agency | justice | s11 | service
| prison | Prison or secure setting | agency | justice | s11 | organisation
| general-practice | General practice | agency | health | relevant-agency | practice
| health-provider | Other health provider | agency | health | relevant-agency | organisation
| fire-and-rescue | Fire and rescue service | agency | other | relevant-agency | service
| housing-provider | Housing provider | agency | housing | relevant-agency | organisation
| voluntary-group | Voluntary or community group | agency | voluntary | relevant-agency | organisation
| faith-group | Faith group | agency | voluntary | relevant-agency | organisation
| supplementary-school | Supplementary school | agency | voluntary | relevant-agency | organisation
| sports-club | Sports or leisure provider | agency | voluntary | relevant-agency | organisation
| cafcass | Cafcass | agency | justice | relevant-agency | organisation
| contractor | Contractor | agency | other | relevant-agency | organisation
| other-agency | Other agency | agency | other | relevant-agency | organisation
| early-years-provider | Early years provider | early-years | nursery | s40 | early years provider
| childminder | Childminder | early-years | nursery | s40 | early years provider
"""
