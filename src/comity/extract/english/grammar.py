"""Closed word classes of English that the rules rest on.

These are words of grammar, not of policy: what a verb means for measure, direction and
modality comes from the vocabulary. Lemmas in lower case.
"""

from __future__ import annotations

SPEECH = frozenset(
    """acknowledge add admit affirm announce argue assert claim comment conclude confirm declare
    elaborate emphasise emphasize explain highlight indicate insist maintain mention note observe
    point_out reaffirm recall reiterate remark repeat report reply respond reveal say signal state
    stress suggest tell notify inform assure testify underline underscore warn write""".split()
)
"""Verbs whose complement clause is what somebody says."""

DIRECTIVE = frozenset(
    """advise appeal ask beg demand call call_for call_on call_upon challenge counsel encourage
    exhort invite press propose recommend remind request suggest urge""".split()
)
"""Verbs that ask something of someone: their object is the one who is to act."""

ORDERING = frozenset("direct instruct mandate oblige order require task compel".split())
"""Verbs that put an obligation on their object."""

FORCING = frozenset("force pressure coerce press".split())
"""Verbs of pressure on their object."""

BARRING = frozenset({"prevent", "prohibit", "bar", "ban", "forbid", "preclude", "stop"})
"""Verbs that keep somebody "from doing" something."""

ALLOWING = frozenset("allow authorise authorize empower enable entitle let permit".split())
"""Verbs that give leave to their object."""

WISHING = frozenset("anticipate await expect hope wish look_forward".split())
"""Verbs of hope; with a clause of another subject, that subject is who should act."""

LIGHT = frozenset(
    """aid assist attempt begin commence continue endeavor endeavour get_down go_on help keep
    manage mobilise mobilize move proceed seek set_out start step strive struggle try work
    work_together join_hand team_up""".split()
)
"""Verbs that add no course of action of their own to the infinitive or gerund after them."""

GRAMMAR_VERBS = SPEECH | DIRECTIVE | ORDERING | ALLOWING | WISHING | LIGHT
"""Verbs of these classes, which introduce a course of action rather than name one."""

EFFORT = frozenset(
    """action approach basis campaign drive effort endeavor endeavour initiative measure mission
    move opportunity policy round series set step way work mechanism""".split()
)
"""Nouns whose infinitive names the course of action: "efforts to", "measures to"."""

LIGHT_WITH_EFFORT = frozenset(
    """adopt accelerate boost carry_out continue coordinate devote double redouble exert expand
    focus implement increase intensify join launch make pursue renew spare step_up strengthen
    take undertake unite deploy direct concentrate dedicate""".split()
)
"""Verbs that, with an effort noun as object, only introduce its infinitive."""

NEED = frozenset("importance necessity need urgency imperative significance value benefit".split())
"""Nouns that make what follows a recommendation: "the need to improve"."""

NOUN_MODALITY = {
    "commitment": "commitment",
    "pledge": "commitment",
    "promise": "commitment",
    "vow": "commitment",
    "undertaking": "commitment",
    "determination": "commitment",
    "resolve": "commitment",
    "decision": "commitment",
    "agreement": "commitment",
    "consensus": "commitment",
    "obligation": "obligation",
    "duty": "obligation",
    "requirement": "obligation",
    "willingness": "intention",
    "readiness": "intention",
    "intention": "intention",
    "intent": "intention",
    "plan": "intention",
    "aim": "intention",
    "goal": "intention",
    "objective": "intention",
    "purpose": "intention",
    "vision": "intention",
    "target": "intention",
    "mission": "intention",
    "ambition": "intention",
    "priority": "intention",
    "task": "intention",
    "focus": "intention",
    "desire": "intention",
    "interest": "intention",
    "proposal": "recommendation",
    "call": "recommendation",
    "recommendation": "recommendation",
    "hope": "aspiration",
    "wish": "aspiration",
    "expectation": "aspiration",
    "right": "permission",
    "freedom": "permission",
}
"""Nouns of will and duty, and the modality they give to the infinitive after them."""

AIM_NOUN = frozenset(
    "aim ambition focus goal intention mission objective plan priority purpose target task vision "
    "commitment".split()
)
"""Subjects of "our aim is to …"."""

ADJECTIVE_MODALITY = {
    "committed": "commitment",
    "determined": "commitment",
    "resolved": "commitment",
    "dedicated": "commitment",
    "devoted": "commitment",
    "bound": "obligation",
    "obliged": "obligation",
    "obligated": "obligation",
    "required": "obligation",
    "free": "permission",
    "entitled": "permission",
    "allowed": "permission",
    "permitted": "permission",
    "able": "permission",
    "ready": "intention",
    "prepared": "intention",
    "willing": "intention",
    "keen": "intention",
    "eager": "intention",
    "set": "intention",
    "poised": "intention",
    "due": "intention",
    "scheduled": "intention",
    "slated": "intention",
    "intended": "intention",
    "aimed": "intention",
    "interested": "intention",
    "hopeful": "aspiration",
    "expected": "aspiration",
    "important": "recommendation",
    "necessary": "recommendation",
    "essential": "recommendation",
    "imperative": "recommendation",
    "crucial": "recommendation",
    "vital": "recommendation",
}
"""Predicate adjectives and participles, and the modality of the infinitive after them."""

MODAL = {
    "will": "commitment",
    "'ll": "commitment",
    "wo": "commitment",
    "shall": "obligation",
    "must": "obligation",
    "should": "recommendation",
    "ought": "recommendation",
    "may": "permission",
    "can": "permission",
    "could": "intention",
    "might": "permission",
    "would": "intention",
}
"""Modal auxiliaries and what they say of their clause."""

STRENGTH = (
    "report",
    "aspiration",
    "permission",
    "intention",
    "recommendation",
    "commitment",
    "obligation",
    "prohibition",
)
"""Order in which one reading of the words is stronger than another, weakest first."""

PARTICLE_VERBS = frozenset(
    """step crack scale speed set carry roll draw build phase work clamp stamp wipe follow bring
    put team look open root cut ramp beef firm weed opt lay sum sign hand push move press take
    drive pass send back give""".split()
)
"""Verbs that a particle makes another verb: "step up", "crack down"."""

JOINED = frozenset({("pass", "on"), ("look", "into"), ("go", "after"), ("put", "online")})
"""Verbs with a word that is read as a preposition or adverb, yet makes them another verb."""

DEEDS = frozenset(
    """abide accede accord accredit acquire add adhere adjust advertise advise allocate amend
    apply appoint approve arrange arrest assign audit authorise authorize avert award ban block
    bolster broaden build build_up buy cancel certify charge check clarify close co-finance
    co-host cofinance collect combat compensate compile complete conduct confiscate consolidate
    consult convene convert coordinate counter cover curb cut dedicate defend delay delete deny
    deploy deposit designate destroy detain detect deter digitise digitize disband discontinue
    dismantle dispatch distribute double draft draw_up earmark educate eliminate employ enable
    endorse enlarge enrol equip eradicate examine exclude exempt expedite explore extend feed
    file finalise finalize finance fine fix forbid formulate found fulfil fulfill fund furnish
    gather go_after grant guarantee halve hand_over harmonise harmonize hire host identify impose
    include incorporate inspect install integrate interconnect invest investigate invite issue
    join keep_open lay_down lease levy license lift limit link list look_into lower maintain
    make_available map merge modernise modernize negotiate notify open operate organise
    organize overhaul pass pass_on penalise penalize phase_out pilot pool post postpone prepare
    present
    press process procure prosecute publicise publicize publish punish purchase push_forward
    put_in_place put_into_effect put_off put_online quadruple raise recruit redesign refer refine
    reform
    refund refuse register relax relocate remove renew reopen repeal rescind research resolve
    respect restore restrict resume retain return revise revoke roll_out scrap scrutinise
    scrutinize second secure seize select send set_aside settle shorten shut_down sign_up
    simplify speed_up sponsor staff stage standardise standardize streamline study submit
    subsidise subsidize supervise supply surrender suspend table tackle target teach terminate
    test tighten track train transfer translate transmit treat treble triple uncover unify
    update upgrade uphold use verify vet waive widen withdraw""".split()
)
"""Verbs that name a deed; what they mean for the measure is told by their object."""

NEGATION = frozenset("not n't never no neither nor without".split())
FORBIDDING = frozenset("allow permit tolerate condone let accept".split())
"""Verbs that, negated, forbid: "will never allow X" is a prohibition of X."""

INSTITUTION = frozenset(
    """administration administrator agency alliance applicant artist assembly association
    attorney-general author authority bank bloc board body branch bureau business cabinet center
    centre chair chairman chairperson chamber citizen commission commissioner committee community
    company congress consortium consumer contractor corporation council counterpart country court
    creator customs delegate delegation department designer developer director director-general
    directorate division donor economy enterprise envoy examiner exporter farmer federation firm
    foundation government governor group head holder importer industry innovator institute
    institution inventor investor judge judiciary leader leadership legislator legislature manager
    manufacturer member minister ministry nation negotiator network office officer official
    ombudsman operator organ organisation organization owner parliament participant partner party
    people performer platform police practitioner premier president presidency prime producer
    professional prosecutor provider publisher region regulator representative researcher
    right-holder rightholder rightsholder sector secretariat secretary section senate side
    signatory sme speaker spokesman spokesperson spokeswoman staff stakeholder startup state
    supplier taskforce team territory trader tribunal undertaking union university user
    university vice-president visitor worker""".split()
)
"""Head nouns of descriptions of those who can act: "the two offices", "member states"."""

INSTRUMENT = frozenset(
    """accord act action agenda agreement amendment annex arrangement article bill chapter code
    communique communiqué compact convention decision declaration decree directive framework
    guideline initiative instrument judgment law legislation measure memorandum mou pact plan
    policy program programme project protocol provision reform regulation resolution roadmap rule
    scheme statement statute strategy text treaty""".split()
)
"""Documents and programmes: what they lay down is a statement, but they are no actors."""

PLURAL_SELF = frozenset("we us our ourselves".split())
THIRD = frozenset("it they he she them him her its their".split())

POSITION = frozenset("support uphold favour favor endorse advocate oppose".split())
"""Verbs that, said in the present, commit: "we support", "China opposes"."""

CHANGE = frozenset(
    """open begin start accelerate continue deepen expand grow increase intensify strengthen
    improve progress advance broaden widen""".split()
)
"""Verbs of change that also stand without an object: "cooperation has deepened"."""

NOMINALIZATION = {
    "overhaul": "overhaul",
    "evaluation": "evaluate",
    "assessment": "assess",
    "digitisation": "digitise",
    "digitization": "digitize",
    "negotiation": "negotiate",
    "construction": "build",
    "amendment": "amend",
    "deployment": "deploy",
    "upgrade": "upgrade",
    "upgrading": "upgrade",
    "translation": "translate",
    "delivery": "deliver",
    "acceleration": "accelerate",
    "commercialisation": "commercialise",
    "commercialization": "commercialize",
    "deepening": "deepen",
    "intensification": "intensify",
    "liberalisation": "liberalise",
    "liberalization": "liberalize",
    "alignment": "align",
    "assistance": "assist",
    "avoidance": "avoid",
    "collaboration": "collaborate",
    "consultation": "consult",
    "coordination": "coordinate",
    "co-operation": "cooperate",
    "cooperation": "cooperate",
    "dissemination": "disseminate",
    "enforcement": "enforce",
    "facilitation": "facilitate",
    "modernisation": "modernise",
    "modernization": "modernize",
    "monitoring": "monitor",
    "mobilization": "mobilize",
    "organisation": "organise",
    "organization": "organize",
    "participation": "participate",
    "provision": "provide",
    "reinforcement": "reinforce",
    "review": "review",
    "simplification": "simplify",
    "study": "study",
    "support": "support",
    "transfer": "transfer",
    "accession": "accede",
    "adoption": "adopt",
    "abolition": "abolish",
    "acceptance": "accept",
    "completion": "complete",
    "conclusion": "conclude",
    "creation": "create",
    "development": "develop",
    "elimination": "eliminate",
    "enactment": "enact",
    "enhancement": "enhance",
    "enlargement": "enlarge",
    "establishment": "establish",
    "exchange": "exchange",
    "expansion": "expand",
    "extension": "extend",
    "harmonisation": "harmonise",
    "harmonization": "harmonize",
    "implementation": "implement",
    "improvement": "improve",
    "inauguration": "inaugurate",
    "introduction": "introduce",
    "launch": "launch",
    "opening": "open",
    "promotion": "promote",
    "protection": "protect",
    "publication": "publish",
    "ratification": "ratify",
    "recognition": "recognize",
    "reduction": "reduce",
    "removal": "remove",
    "renewal": "renew",
    "revision": "revise",
    "sharing": "share",
    "signature": "sign",
    "signing": "sign",
    "strengthening": "strengthen",
    "suspension": "suspend",
    "termination": "terminate",
    "training": "train",
    "withdrawal": "withdraw",
}
"""Nouns of action and their base verbs, for "the accession of Peru to …"."""

IDIOM = {
    ("enter", "force"): "enter into force",
    ("come", "force"): "come into force",
    ("bring", "force"): "bring into force",
    ("take", "effect"): "take effect",
    ("give", "effect"): "give effect",
    ("put", "place"): "put in place",
    ("put", "effect"): "put into effect",
    ("put", "practice"): "put into practice",
    ("put", "operation"): "put into operation",
    ("enter", "consultation"): "enter into",
    ("enter", "discussion"): "enter into",
    ("enter", "partnership"): "enter into",
    ("enter", "dialogue"): "enter into",
    ("set", "motion"): "set in motion",
    ("take", "stock"): "take stock",
    ("make", "use"): "make use",
    ("put", "end"): "put an end",
    ("bring", "end"): "bring to an end",
    ("pay", "attention"): "pay attention",
    ("give", "attention"): "give attention",
    ("give", "priority"): "give priority",
    ("give", "consideration"): "give consideration",
    ("attach", "importance"): "attach importance",
    ("take", "account"): "take into account",
    ("take", "part"): "take part",
    ("play", "role"): "play a role",
    ("join", "hand"): "join hands",
    ("join", "force"): "join forces",
    ("hold", "talk"): "hold talks",
    ("enter", "agreement"): "enter into",
    ("enter", "memorandum"): "enter into",
    ("enter", "mou"): "enter into",
    ("enter", "arrangement"): "enter into",
    ("enter", "negotiation"): "enter into",
    ("become", "member"): "become a member",
    ("become", "party"): "become a party",
    ("lay", "foundation"): "lay the foundation",
    ("take", "advantage"): "take advantage",
    ("make", "contribution"): "make a contribution",
}
"""Verb and noun that together name one action, and how the action is called."""

IDIOM_KEEPS_NOUN = frozenset({"enter into"})
"""Idioms whose noun is the object itself ("enter into an agreement")."""

EVENT_VERBS = frozenset(
    """announce applaud celebrate commend complete confirm hail herald mark note praise see
    support welcome witness endorse proclaim""".split()
)
"""Verbs that report an action named by a noun: "announced the signing of"."""

APPRAISAL = frozenset(
    """appreciate attach attend be become believe celebrate consist consider contain cover deem
    deliver depend emerge face feel gather happen hear hold involve know last lie live look love
    mark matter meet occur owe praise range reach reflect remain represent seem show sit
    speak stand stem take_place thank think total travel understand visit want wonder applaud
    commend congratulate express have account say tell talk title entitle see read go come
    get do become subject devote serve_as form run turn constitute enjoy suffer exist belong
    remain rank quote cite name call describe mean own possess weigh witness welcome hail""".split()
)
"""Verbs that name no course of action unless something else in the clause does."""

PRINCIPLE_HEADS = (
    "in accordance with",
    "in line with",
    "in keeping with",
    "in conformity with",
    "consistent with",
    "in compliance with",
    "according to law",
    "on the basis of",
    "based on",
    "on a basis of",
    "guided by",
    "in the spirit of",
    "with respect for",
    "with due regard",
    "under the principle",
    "on the principle",
    "on an equal footing",
    "without prejudice to",
    "on mutually agreed terms",
)
"""Openings of phrases that say by which principle something is done."""

CONDITION_HEADS = (
    "if",
    "unless",
    "provided that",
    "subject to",
    "on condition",
    "in the event",
    "on request",
    "upon request",
    "on the request of",
    "at the request of",
    "where appropriate",
    "where possible",
    "where necessary",
    "where resources",
    "where feasible",
    "where applicable",
    "where public",
    "where the",
    "where this",
    "where a",
    "as long as",
    "so long as",
    "as soon as",
    "once",
    "only if",
    "only when",
    "only where",
    "only in",
    "to the extent",
    "in so far as",
    "insofar as",
    "as appropriate",
    "when necessary",
    "when requested",
    "in certain cases",
    "in special cases",
    "in exceptional",
)
EXCEPTION_HEADS = ("except", "unless", "save", "excluding", "other than")
