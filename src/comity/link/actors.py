"""Mentions → actors. A name that is not known is minted as a candidate, never forced."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from comity.identifiers import candidate_id, local_actor_id
from comity.lexicon import Lexicon, stem
from comity.link.offices import holder, person_of_title
from comity.model import Actor, ActorKind, Document, Label, Mention

_SELF = frozenset({"we", "us", "our", "i"})
_OF_STATE = frozenset(
    """government governments side authorities officials leader leaders delegation administration
    people representatives negotiators leadership""".split()
)
_KIND_OF_WORD: Mapping[str, ActorKind] = {
    "ministry": "GovernmentBody",
    "minister": "Person",
    "department": "GovernmentBody",
    "government": "GovernmentBody",
    "court": "Court",
    "tribunal": "Court",
    "office": "IPOffice",
    "organization": "InternationalOrganization",
    "organisation": "InternationalOrganization",
    "company": "Enterprise",
    "corporation": "Enterprise",
    "owners": "StakeholderGroup",
    "holders": "StakeholderGroup",
    "enterprises": "StakeholderGroup",
    "businesses": "StakeholderGroup",
    "inventors": "StakeholderGroup",
    "president": "Person",
    "director": "Person",
}
_ORGAN = (
    r"(?:(?:general|executive|governing|standing|international|ministerial)\s+)?"
    r"(?:assembly|assemblies|council|board|bureau|secretariat|committee|conference)"
)
_TITLES = re.compile(
    r"^(?:(?:then|former|acting|deputy|vice|assistant)[- ])*"
    r"(?:(?:prime|foreign|trade|commerce)\s+)?"
    r"(?:president|premier|minister|secretary|commissioner|director[- ]general|director|chairman|"
    r"chairperson|chancellor|ambassador|king|mr|mrs|ms|dr)\.?\s+(?=[A-Z])",
    re.IGNORECASE,
)


_INTRODUCED = re.compile(
    r"(?P<full>[A-Z][\w'’&-]*(?: (?:(?:of|for|and|on|the) ){0,2}[A-Z][\w'’&-]*){1,9}) "
    r"\((?:the )?[\"“]?(?P<short>[A-Z][A-Za-z.&-]{1,11})[\"”]?\)"
)


_OWNED = re.compile(r"[A-Z][\w .-]*['’]s? (?P<name>[A-Z].+)")


def _is_made_of(short: str, initials: str) -> bool:
    """Whether the capitals of a short name come among the initials, in their order."""
    rest = iter(initials)
    return all(letter in rest for letter in short if letter.isupper())


def _name_before(full: str, short: str) -> str | None:
    """The name that a short name stands for, without a title before it; None if it is another.

    "Director of the Velmark Patent Office", "VPO" → "Velmark Patent Office".
    """
    starts = [m.start() for m in re.finditer(r"(?<!\S)[A-Z]", full)]
    fitting = [i for i in starts if _is_made_of(short, "".join(re.findall(r"\b[A-Z]", full[i:])))]
    exact = [i for i in fitting if full[i] == short[0]]
    return full[max(exact) if exact else min(fitting) :] if fitting else None


class ActorLinker:
    """Links the mentions of one document and remembers the candidates it minted."""

    def __init__(self, lexicon: Lexicon, document: Document) -> None:
        self._lexicon = lexicon
        self._document = document
        self._publisher = lexicon.actors.identify(document.publisher or "")
        self.candidates: dict[str, Actor] = {}

    def link(self, mention: Mention) -> Mention:
        """The mention with the id of its actor; an id that it already has is kept."""
        if mention.id and mention.id.startswith("actor-"):
            made = replace(self._candidate(mention.text), id=mention.id)
            self.candidates.setdefault(made.id, made)
        identifier = mention.id or self._known(mention.text) or self._mint(mention.text)
        return Mention(mention.text, identifier, mention.start, mention.end, mention.on_behalf_of)

    def link_speaker(self, mention: Mention) -> Mention:
        """As `link`, with the state or body that an officeholder speaks for."""
        known = mention.id or person_of_title(mention, self._document, self._lexicon)
        linked = self.link(replace(mention, id=known))
        actor = self._lexicon.vocabulary.actors.get(linked.id or "")
        behalf = linked.on_behalf_of
        if behalf is None and actor is not None and actor.kind == "Person" and actor.acts_for:
            behalf = actor.acts_for[0]
        elif behalf is None and actor is None and mention.text.lower() not in _SELF:
            behalf = holder(mention, self._document, self._lexicon)
        return Mention(linked.text, linked.id, linked.start, linked.end, behalf)

    def _known(self, text: str) -> str | None:
        names = self._lexicon.actors
        if text.lower() in _SELF and text != "US":
            return self._publisher
        if _bare(text) in self._aliases:
            return self._known(self._aliases[_bare(text)])
        bare = re.sub(r"^(?:both|the|all|its|our)\s+", "", text, flags=re.IGNORECASE)
        found = (
            names.identify(text) or names.identify(bare) or names.identify(_TITLES.sub("", bare))
        )
        if found:
            return found
        return (
            self._organ(bare)
            or self._body_of_state(bare)
            or self._state_by_adjective(bare)
            or self._capital(bare)
            or self._inside(bare)
            or self._in_company(bare)
        )

    def _in_company(self, text: str) -> str | None:
        """A name that several bear, or an organ's: that of the state or body the text names."""
        bearers = self._lexicon.actors.all_named(text)
        actors = self._lexicon.vocabulary.actors
        if len(bearers) > 1 and text[:1].isupper():
            near = [b for b in sorted(bearers) if set(actors[b].acts_for) & self._named]
            return near[0] if len(near) == 1 else None
        short = [c for c in sorted(self._named) if self._is_short_for(text, c)]
        if len(short) == 1:
            return short[0]
        if text == "Union" and "EU" in self._named and "AU" not in self._named:
            return "EU"
        if re.fullmatch(rf"{_ORGAN}(?: for \w+)?", text, re.IGNORECASE) and text[:1].isupper():
            kinds = {"InternationalOrganization", "RegionalOrganization"}
            bodies = [c for c in sorted(self._named) if actors[c].kind in kinds]
            return bodies[0] if len(bodies) == 1 else None
        return None

    def _is_short_for(self, text: str, code: str) -> bool:
        """ "the Administration": whether the full name of a body ends or begins with the word."""
        actor = self._lexicon.vocabulary.actors[code]
        if actor.kind in {"State", "Person"} or not text[:1].isupper() or " " in text:
            return False
        names = (x.text.split(" of ")[0] for x in actor.labels if x.language == "en")
        return any(" " in name and name.split()[-1] == text for name in names)

    @cached_property
    def _aliases(self) -> Mapping[str, str]:
        """Short names that the text brings in: "the Velmark Patent Office (VPO)"."""
        found: dict[str, str] = {}
        for match in _INTRODUCED.finditer(self._document.text):
            name = _name_before(match["full"], match["short"])
            if name is not None:
                found.setdefault(match["short"], name)
        return found

    @cached_property
    def _named(self) -> frozenset[str]:
        """Every actor that the text names, by name or by the adjective of a state."""
        names, text = self._lexicon.actors, self._document.text
        found = {m.code for m in names.find(text)}
        words = set(re.findall(r"\b[A-Z][a-z]+\b", text))
        return frozenset(found | {c for w in words if (c := names.state_of_adjective(w))})

    def _organ(self, text: str) -> str | None:
        """ "the General Assembly of X", "the X secretariat": an organ without an id of its own."""
        of = re.match(rf"^{_ORGAN}\s+of\s+(?:the\s+)?(.+)$", text, re.IGNORECASE)
        own = re.match(rf"^(.+?)(?:['’]s?)?\s+{_ORGAN}$", text, re.IGNORECASE)
        name = of.group(1) if of else own.group(1) if own else None
        found = self._lexicon.actors.identify(name) if name else None
        actor = self._lexicon.vocabulary.actors.get(found or "")
        if actor is not None and actor.kind in {
            "InternationalOrganization",
            "RegionalOrganization",
        }:
            return found
        return None

    def _body_of_state(self, text: str) -> str | None:
        """ "Brazil's Ministry of Health", "the Brazilian Ministry of Health": that of the state."""
        match = re.match(r"^([A-Z][\w .-]*?)(?:['’]s?)\s+(.+)$", text) or re.match(
            r"^(\w+)\s+(.+)$", text
        )
        turned = re.match(r"^(.+)\s+of\s+(?:the\s+)?([A-Z][\w .-]*)$", text)
        if match:
            owner, name = match.group(1), match.group(2)
        elif turned:
            name, owner = turned.group(1), turned.group(2)
        else:
            return None
        for state, body in (
            (owner, name),
            *([(turned.group(2), turned.group(1))] if turned else []),
        ):
            code = self._state(state) or self._lexicon.actors.state_of_adjective(state)
            if code is not None:
                actors = self._lexicon.vocabulary.actors
                found = [
                    a for a in self._lexicon.actors.all_named(body) if code in actors[a].acts_for
                ]
                if len(found) == 1:
                    return found[0]
                for name in (f"{body} of {state}", f"{body} {state}", f"{state} {body}"):
                    known = self._lexicon.actors.identify(name)
                    if known is not None:
                        return known
        return None

    def _state_by_adjective(self, text: str) -> str | None:
        """ "the Chinese government", "the US side": the state itself."""
        words = text.split()
        if len(words) != 2 or words[1].lower() not in _OF_STATE:
            return None
        return self._lexicon.actors.state_of_adjective(words[0]) or self._state(words[0])

    def _state(self, word: str) -> str | None:
        found = self._lexicon.actors.identify(word)
        actor = self._lexicon.vocabulary.actors.get(found or "")
        return found if actor is not None and actor.kind == "State" else None

    def _capital(self, text: str) -> str | None:
        return self._lexicon.actors.state_of_capital(text)

    def _inside(self, text: str) -> str | None:
        """ "Xi Jinping, …", "WIPO Director General Daren Tang": the name that ends the phrase."""
        found = self._lexicon.actors.find(text)
        ends = [m for m in found if m.end == len(text) and m.words >= 2]
        if len(ends) == 1 and not re.search(r"\b(?:of|for|in|and)\b", text):
            return ends[0].code
        opening = [m for m in found if m.start == 0 and text[m.end :].strip() in {"(" + text[:0]}]
        bracket = re.match(r"^(.*\S)\s*\(([^()]+)\)$", text)
        if bracket:
            return self._known(bracket.group(1)) or self._known(bracket.group(2))
        return opening[0].code if opening else None

    def _mint(self, text: str) -> str:
        made = self._candidate(text)
        self.candidates.setdefault(made.id, made)
        return made.id

    def _candidate(self, text: str) -> Actor:
        text = self._aliases.get(_bare(text), text)
        owned = _OWNED.match(text)
        if owned and owned["name"] in self._aliases.values():
            text = owned["name"]
        named = is_name(text)
        identifier = (
            candidate_id(_bare(text))
            if named
            else local_actor_id(self._document.id, _one_number(_bare(text)))
        )
        label = Label(_bare(text), self._document.language or "en")
        return Actor(identifier, _kind(text, named), "", (label,), candidate=True)


def is_name(text: str) -> bool:
    """Whether the words are a proper name rather than a description.

    >>> [is_name(t) for t in ("Ministry of Trade", "other countries", "Each Party")]
    [True, False, False]
    """
    words = [w for w in re.findall(r"[\w'’.-]+", _bare(text)) if w.lower() not in _LINK_WORDS]
    if not words or words[0].lower() in _DETERMINERS:
        return False
    capital = [w for w in words if w[:1].isupper()]
    generic = all(w.lower().rstrip("s") in _GENERIC_NAMES for w in words)
    return len(capital) == len(words) and not generic


_LINK_WORDS = frozenset({"of", "the", "and", "for", "in", "on", "&", "de", "du", "des", "la", "to"})
_DETERMINERS = frozenset(
    """each every all both any no other some many most several either neither two three four
    five""".split()
)
_GENERIC_NAMES = frozenset(
    """party member state contracting country office government leader minister head signatory
    commission we they it he she""".split()
)


def _one_number(text: str) -> str:
    """A description without its number: "each Member" and "the Members" are the same.

    >>> _one_number("Member"), _one_number("least-developed countries")
    ('member', 'least-developed country')
    """
    words = [w for w in text.split() if w.lower() not in _DETERMINERS]
    return " ".join(stem(word) for word in words or text.split())


def _bare(text: str) -> str:
    return re.sub(r"^(?:the|a|an)\s+", "", text.strip(), flags=re.IGNORECASE)


def _kind(text: str, named: bool) -> ActorKind:
    for word in re.findall(r"\w+", text.lower()):
        if word in _KIND_OF_WORD:
            return _KIND_OF_WORD[word]
    return "Actor"
