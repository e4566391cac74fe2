"""The words of an object → the target areas they support, the most specific ones.

Areas are sought in the object's own phrase, first in front of any relative clause.
"""

from __future__ import annotations

import re

from comity.lexicon import Lexicon, Match, Phrases

_CUT = re.compile(
    r"(?<!goods )(?<!products )(?<!content )(?<!sites )(?<!works )(?<!acts )\b(?:that|which)\b|"
    r"\b(?:who|whose|where|when|how|so that|in order to|with a view to|including|such as|"
    r"among them|as well as by|made up of|composed of|consisting of|as to|than)\b"
)
_INFINITIVE = re.compile(
    r"(?<!programmes )(?<!programs )(?<!campaigns )(?<!measures )(?<!efforts )(?<!activities )"
    r"(?<!action )\bto ([a-z]+)\b"
)
_AT_LARGE = ("ip-rights", "ip-protection", "ip-system", "ip-cooperation")
"""Areas that say no more than "intellectual property": any narrower one makes them superfluous."""
_OF_A_RIGHT = ("ip-enforcement", "ip-legislation", "ip-protection", "ip-treaties")
"""Areas that give way to the right they are said of: "patent law" is patents alone."""
_BESIDE_A_RIGHT = frozenset(
    """examination ip-training ip-awareness ip-adjudication ip-finance
    ip-commercialization classification dispute-resolution""".split()
)
"""Areas that stand beside the right their words name: "patent examination" is both."""
_LISTED = re.compile(
    r"^\s*(?:,|\b(?:and|or|as well as|but also|and other|including)\b)[\s,]*"
    r"(?:(?:and|or|as well as|but also|other)\b[\s,]*)*(?:of\s+)?(?:the\s+|their\s+)?$"
)
_ATTACHED = re.compile(
    r"^\s*(?:(?:and|or)\s+\w+\s+)?(?:of|on|for|against|concerning|regarding|relating to|about|in|"
    r"governing|under|related to)?\s*(?:[\w'’-]+\s+){0,3}$"
)
_TRAINED = frozenset({"examination", "ip-adjudication", "criminal-enforcement"})
_OF_OFFICE = re.compile(r"(?:fees?|services)$", re.IGNORECASE)
_CONDITION = re.compile(
    r"\b(?:condition\w*|price|dependent|subject to|require\w*|approval)\b[^.;]{0,60}"
    r"\b(?:transfer|handing over|hand over|disclosure) (?:of )?(?:\w+ )?technolog|"
    r"\b(?:transfer|handing over|disclosure) of (?:\w+ )?technolog\w*[^.;]{0,40}"
    r"\b(?:condition|price|requirement)",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r"\b(?:cooperat\w*|co-operat\w*|collaborat\w*|relations|partnership)\b.*\b(?:in|on|concerning)\b"
)
_PARTNERS = re.compile(
    r"^(.*?\b(?:cooperation|exchanges|dialogue|ties|relations|collaboration|coordination))\s+"
    r"(?:among|between|with)\s+(.*?)(\s+(?:in|on|for|about|concerning|regarding)\s.*)?$"
)
_OFFICES = re.compile(r"\b(?:offices|authorities|administrations|agencies)\b")
_OF_FIRMS = re.compile(
    r"(?:property|\bIPR?)(?: rights?)? of (?:\w+ ){0,2}(?:companies|enterprises|firms|business)"
)
_GIVING_LEAVE = frozenset(
    """empower enable authorize authorise allow permit order instruct let help require oblige
    encourage ask urge direct""".split()
)
_INTELLECTUAL = re.compile(r"intellectual|industrial prop|\bIP", re.IGNORECASE)
_TERM_AT_END = re.compile(
    r"\b(?:(?:intellectual|industrial) property|IPRs?|IP)(?: rights?)?$", re.IGNORECASE
)
_COMPULSION = frozenset(
    "require force pressure compel coerce oblige make demand impose mandate ask request".split()
)
_HANDING_OVER = re.compile(
    r"\b(?:transfer(?:ring)?|hand(?:ing)? over|surrender|shar(?:e|ing)|disclos(?:e|ure of)|"
    r"giv(?:e|ing) up)\b[^,;]{0,40}\b(?:technolog|know-?how|source code)",
    re.IGNORECASE,
)
_WRONGS = frozenset({"counterfeiting-and-piracy", "bad-faith-trademarks"})
_NAMES = ("geographical-indications",)
"""What is at stake in "a trademark that contains a protected name of origin"."""
_PEOPLE = frozenset("train teach educate upskill retrain".split())
_STAFF = re.compile(
    r"^(?:\w+ ){0,2}(?:examiners|officials|experts|staff|personnel|judges|trainees)\b"
)
_FOREIGN = re.compile(r"\b(?:[Ff]oreign\w*|nationals)\b")
_PLATFORM = re.compile(r"(?i)\b(?:platforms?|marketplaces?|websites?|online|internet|listings)\b")
_TRADE = frozenset("import export buy purchase".split())


def areas_of(
    words: str, lexicon: Lexicon, *, about_ip: bool = True, action: str = ""
) -> tuple[str, ...]:
    """Codes of the areas that the words of an object support, sorted; none when none.

    Args:
        words: The object phrase.
        lexicon: The vocabulary's words.
        about_ip: Whether the text is about intellectual property, so that "enforcement" or
            "examination" need not say of what.
        action: Lemma of the verb; some verbs say what their object leaves out, as "train".
    """
    phrases = lexicon.areas_in_context if about_ip else lexicon.areas
    if action in _COMPULSION and _HANDING_OVER.search(words):
        return ("forced-technology-transfer",)
    words = _without_partners(words)
    if _CONDITION.search(words):
        return ("forced-technology-transfer",)
    own = words if action in _GIVING_LEAVE else _own_part(words, lexicon)
    found = select(own, phrases, lexicon)
    if not found or (found == ("trademarks",) and len(own) < len(words)):
        whole = select(words, phrases, lexicon)
        found = (found and (_NAMES if "geographical-indications" in whole else found)) or whole
    if about_ip and action in _PEOPLE and not (found and re.search(r"\b(?:in|on)\b", own)):
        found = tuple(sorted({*found, "ip-training"}))
    if about_ip and action == "exchange" and _STAFF.match(words):
        found = tuple(sorted({*found, "ip-training"}))
    if not found and action in {"treat", "accord"} and _FOREIGN.search(words):
        found = ("foreign-rights-holders",)
    if not found and action in {"open", "open up"} and re.search(r"\bmarkets?$", words):
        found = ("market-access",)
    if not found and action in _TRADE and re.search(r"\b(?:goods|products)\b", words):
        found = ("trade-in-goods",)
    return found


def _without_partners(words: str) -> str:
    """The words without the partners of a cooperation: they are no field of it."""
    match = _PARTNERS.match(words)
    if match is None or (match.group(3) is None and _OFFICES.search(match.group(2))):
        return "IP cooperation" if match else words
    return match.group(1) + (match.group(3) or "")


def select(words: str, phrases: Phrases, lexicon: Lexicon) -> tuple[str, ...]:
    """The areas that some words name, without those that a narrower one makes superfluous."""
    found = [m for m in _matches(words, phrases) if not _is_ruled_out(m, words)]
    found = _with_rights_inside(found, words, lexicon)
    kept = [m for m in found if not _is_covered(m, found, words, lexicon)]
    kept = [m for m in kept if not _is_said_of_a_right(m, kept, words, lexicon)]
    bare = [m for m in kept if not _is_bare(m, kept, words)]
    codes = list(dict.fromkeys(m.code for m in bare or kept))
    if len(codes) > 1:
        codes = [c for c in codes if c != "ip-rights" or not set(_AT_LARGE[1:]) & set(codes)]
        specific = [c for c in codes if c not in _AT_LARGE]
        if any(_is_intellectual(c, lexicon) for c in specific):
            codes = [c for c in specific if not _is_frame(c, specific, lexicon)]
        elif specific and "ip-cooperation" in codes:
            codes = [c for c in codes if c != "ip-cooperation"]
    if codes == ["ip-rights"] and _TOGETHER.search(words):
        return ("ip-cooperation",)
    if codes == ["ip-rights"] and _OF_FIRMS.search(words):
        return ("rights-holders",)
    return tuple(sorted(_online(codes, words)))


def _matches(words: str, phrases: Phrases) -> list[Match]:
    """The phrases in some words; "cooperation in IP" does not hide the "IP protection" after it."""
    found = []
    for match in phrases.find(words):
        term = _TERM_AT_END.search(words[match.start : match.end])
        inner: list[Match] = []
        if term and term.start() and match.code not in _BESIDE_A_RIGHT:
            start = match.start + term.start()
            inner = [
                Match(m.code, m.start + start, m.end + start, m.words)
                for m in phrases.find(words[start:])
                if m.start == 0 and m.words > 1
            ]
        found += inner or [match]
    return found


def _with_rights_inside(found: list[Match], words: str, lexicon: Lexicon) -> list[Match]:
    """The matches, and the rights named inside those that stand beside a right."""
    more = []
    for match in found:
        text = words[match.start : match.end]
        office = match.code == "ip-administration" and _OF_OFFICE.search(text)
        if match.words < 2 or not (match.code in _BESIDE_A_RIGHT or office):
            continue
        ends = [m.end() for m in re.finditer(r"[\w'’]+", words[match.start : match.end])]
        starts = [m.start() for m in re.finditer(r"[\w'’]+", words[match.start : match.end])]
        whole = (0, len(words[match.start : match.end]))
        for first in starts:
            for last in ends:
                part = words[match.start + first : match.start + last]
                if last <= first or (first, last) == whole:
                    continue
                for code in lexicon.areas_in_context.codes(part):
                    trained = match.code == "ip-training" and code in _TRAINED
                    if _is_right(code, lexicon) or trained:
                        start = match.start + first
                        more.append(Match(code, start, start + len(part), 1))
    return sorted([*found, *more], key=lambda m: (m.start, m.end, m.code))


def _is_covered(match: Match, found: list[Match], words: str, lexicon: Lexicon) -> bool:
    """Whether a narrower area stands in the words, and not merely beside this one in a list."""
    for other in found:
        if match.code in lexicon.vocabulary.ancestors("area", other.code):
            first, second = sorted((match, other), key=lambda m: m.start)
            apart = second.start < first.end or _LISTED.match(words[first.end : second.start])
            if match.code in _AT_LARGE or not apart:
                return True
    return False


def _is_said_of_a_right(match: Match, found: list[Match], words: str, lexicon: Lexicon) -> bool:
    """ "enforcement of trademarks", "patent law", "legislation on designs": the right alone."""
    if match.code not in _OF_A_RIGHT:
        return False
    infringed = "infring" in words[match.start : match.end].lower()
    for other in found:
        if not _is_right(other.code, lexicon) or (infringed and other.code not in _WRONGS):
            continue
        if other.end <= match.start and re.match(
            r"^[\s-]*(?:\w+[\s-]+)?$", words[other.end : match.start]
        ):
            return True
        if match.end <= other.start and _ATTACHED.match(words[match.end : other.start]):
            return True
    return False


def _is_right(code: str, lexicon: Lexicon) -> bool:
    """Whether an area is a particular right, or infringement of a particular kind."""
    return "ip-rights" in lexicon.vocabulary.ancestors("area", code) or code in _WRONGS


def _is_bare(match: Match, found: list[Match], words: str) -> bool:
    """Whether "protection" does not say of what, or "applications" only what data are about."""
    text = words[match.start : match.end]
    if match.code == "examination" and re.match(r"(?i)applications?$", text):
        return any(m.code == "ip-information" for m in found)
    if match.code == "public-health" and text.lower() == "medicines":
        return len({m.code for m in found}) > 1
    return match.code == "ip-protection" and not _INTELLECTUAL.search(text)


def _is_frame(code: str, codes: list[str], lexicon: Lexicon) -> bool:
    """A treaty, or trade at large, beside the field of intellectual property it deals with."""
    others = [c for c in codes if c != code]
    if code == "ip-treaties":
        return any(_is_right(c, lexicon) for c in others)
    if code == "trade-in-goods":
        return bool({"ip-enforcement", "counterfeiting-and-piracy"} & set(others))
    return code == "economic-opening" and any(_is_intellectual(c, lexicon) for c in others)


def _online(codes: list[str], words: str) -> list[str]:
    """Infringement on platforms is enforcement online; piracy stays piracy there."""
    if "online-enforcement" in codes and re.search(r"(?i)\bpira|counterfeit", words):
        codes = list(dict.fromkeys([*codes, "counterfeiting-and-piracy"]))
    infringement = {"ip-enforcement", "counterfeiting-and-piracy"} & set(codes)
    if infringement and _PLATFORM.search(words):
        codes = [*codes, *({"online-enforcement"} - set(codes))]
    if "digital-economy" in codes and infringement:
        rest = [c for c in codes if c not in {"digital-economy", "ip-enforcement"}]
        return list(dict.fromkeys([*rest, "online-enforcement"]))
    if "online-enforcement" in codes:
        return [c for c in codes if c not in {"ip-enforcement", "digital-economy"}]
    return codes


_NOT_THIS = {
    "ip-legislation": re.compile(r"(?:\brule of|\bin accordance with(?: the)?|\bby) law\b"),
    "examination": re.compile(r"\b[Aa]pplication (?:of|to)\b"),
    "border-measures": re.compile(r"\b(?:cross|trans|without|beyond)[- ]border"),
    "competition": re.compile(r"\b[Cc]ompetition for\b"),
}
"""Words in which the name of an area means something else."""


def _is_ruled_out(match: Match, words: str) -> bool:
    pattern = _NOT_THIS.get(match.code)
    if pattern is None or match.words > 1:
        return False
    return bool(pattern.search(words[max(0, match.start - 24) : match.end + 4]))


def _is_intellectual(code: str, lexicon: Lexicon) -> bool:
    return bool({"ip-rights", "ip-system"} & lexicon.vocabulary.ancestors("area", code))


def _own_part(words: str, lexicon: Lexicon) -> str:
    """The words before a relative clause or an infinitive that says what for."""
    ends = [m.start() for m in (_CUT.search(words),) if m]
    ends += [m.start() for m in _INFINITIVE.finditer(words) if lexicon.is_action(m.group(1))]
    end = min((e for e in ends if e > 8), default=len(words))
    return words[:end]
