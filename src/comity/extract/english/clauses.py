"""From the verbs of a sentence to courses of action: who is bound, by what force, to do what.

`ClauseReader.read` walks down from the root. At each verb it asks what the verb does:
report speech, ask something of someone, express will or duty, merely introduce another
verb ("make efforts to"), or name a course of action itself; the first four change the
`Context` for what is inside them, the last becomes a `Finding`.
"""

from __future__ import annotations

from dataclasses import replace

from comity.extract.english import embedding
from comity.extract.english.findings import Context, Finding, Party
from comity.extract.english.grammar import (
    AIM_NOUN,
    CHANGE,
    EFFORT,
    IDIOM_KEEPS_NOUN,
    INSTITUTION,
    NOMINALIZATION,
    NOUN_MODALITY,
    POSITION,
    SPEECH,
)
from comity.extract.english.parties import PartyFinder
from comity.extract.english.phrases import adjuncts, object_head, object_words, phrase_words
from comity.extract.english.relevance import is_statement
from comity.extract.english.steps import Step, added_gerunds, listed_gerunds
from comity.extract.english.tree import Sentence, Word
from comity.extract.english.verbs import VerbGroup, clause_words, group, idiom
from comity.lexicon import Lexicon, stem

_RENEWING = frozenset("reaffirm reiterate renew repeat restate affirm express".split())
_MODAL_TAGS = frozenset({"MD", "VBD", "VBZ", "VBP"})


_SUBORDINATING = frozenset(
    """if unless whether because since as after once when until before where although though so
    whereas how what""".split()
)
"""Words that make a clause a circumstance, not a statement."""


class ClauseReader:
    """Reads one sentence; `findings` holds what it found, in the order of reading.

    `led` tells that a lead-in gives the sentence its actor.
    """

    def __init__(
        self,
        sentence: Sentence,
        text: str,
        lexicon: Lexicon,
        finder: PartyFinder,
        *,
        led: bool = False,
    ) -> None:
        self.sentence = sentence
        self.text = text
        self.lexicon = lexicon
        self.finder = finder
        self.findings: list[Finding] = []
        self.speaker: Party | None = None
        self._led = led
        self._seen: set[int] = set()

    def read(self, context: Context) -> list[Finding]:
        """The findings of the whole sentence, in text order."""
        context = self._sourced(context)
        self._visit(self.sentence.root, context)
        for word in self.sentence.words:
            if word.is_verb and word.i not in self._seen and self._starts_clause(word):
                self._visit(word, replace(context, parties=()))
        return sorted(self.findings, key=lambda f: f.verb.i)

    def _sourced(self, context: Context) -> Context:
        """A source put beside the sentence: "…, Xi added", "according to the office"."""
        for word in self.sentence.words:
            if word.low == "according":
                pobj = next(
                    (
                        k
                        for p in self.sentence.kids(word, "prep")
                        for k in self.sentence.kids(p, "pobj")
                    ),
                    None,
                )
                found = self.finder.actors(self.sentence, pobj) if pobj is not None else ()
            elif self._is_interposed(word):
                subject = self.sentence.kid(word, "nsubj")
                found = self.finder.actors(self.sentence, subject) if subject else ()
                self._seen.add(word.i)
            else:
                continue
            if found:
                self.speaker = found[0]
                return replace(context, speaker=found[0])
        return context

    def _is_interposed(self, word: Word) -> bool:
        if word.lemma not in SPEECH | {"continue", "go"} or word.dep not in {
            "parataxis",
            "ccomp",
            "advcl",
            "conj",
        }:
            return False
        return (
            word.i != self.sentence.root.i
            and self.sentence.kid(word, "nsubj") is not None
            and self.sentence.kid(word, "ccomp", "dobj", "mark") is None
        )

    def read_noun(self, noun: Word, context: Context) -> None:
        """Read a noun of action on its own: an item of a list."""
        self._visit_action_noun(noun, context, loose=True)

    def _starts_clause(self, word: Word) -> bool:
        subject = self.sentence.kid(word, "nsubj", "nsubjpass") is not None
        if any(k.low in _SUBORDINATING for k in self.sentence.kids(word, "mark", "advmod")):
            return False
        if word.dep in {"relcl", "acl", "csubj", "advcl", "pcomp"}:
            return False
        return subject and word.pos != "AUX"

    # -- one verb -----------------------------------------------------------------------

    def _visit(self, word: Word, outer: Context) -> None:
        if word.i in self._seen:
            return
        self._seen.add(word.i)
        if not word.is_verb:
            self._visit_noun(word, outer)
            return
        verbs = group(self.sentence, word)
        if any(k.low in {"could", "might"} for k in self.sentence.kids(word, "aux")):
            return  # a mere chance
        context = self._with_subject(word, verbs, outer)
        inner = self._with_modal(word, verbs, context)
        if word.lemma in SPEECH and not verbs.passive and verbs.modal is None:
            self._note_speaker(context)
        by_text = bool(context.parties) and all(
            p.kind in {"instrument", "other"} or p.mention.text.lower() in {"it", "this"}
            for p in context.parties
        )
        step = embedding.step(self.sentence, word, verbs, self.lexicon, by_text=by_text)
        beside = inner
        if step is not None and by_text and word.lemma in {"help", "assist"}:
            return  # an effect: "the initiative has helped improve lives"
        if step is not None:
            self._descend(word, verbs, step, inner, context)
            if step.kind in {"will", "light"}:
                beside = inner.stronger(step.modality)
        elif word.lemma != "be" or verbs.passive:
            self._emit(word, verbs, inner)
            self._inside_action(word, inner)
        for gerund in added_gerunds(self.sentence, word):
            self._visit(gerund, beside)
        self._around(word, context, inner)

    def _with_subject(self, word: Word, verbs: VerbGroup, outer: Context) -> Context:
        subject = self.sentence.kid(word, "nsubj")
        if verbs.passive:
            agent = self.sentence.kid(word, "agent")
            pobj = self.sentence.kid(agent, "pobj") if agent is not None else None
            parties = self.finder.actors(self.sentence, pobj) if pobj is not None else ()
            return replace(outer, parties=parties)
        if subject is None:
            return outer
        if subject.low in {"it", "there"} and word.lemma == "be":
            return replace(outer, parties=())
        return replace(outer, parties=self.finder.parties(self.sentence, subject))

    def _with_modal(self, word: Word, verbs: VerbGroup, context: Context) -> Context:
        context = replace(context, negated=context.negated != verbs.negated)
        if verbs.would and context.speaker is not None and verbs.lemma not in {"like"}:
            return context.stronger("commitment")
        if any(k.low == "need" for k in self.sentence.kids(word, "aux")) and verbs.negated:
            return context.stronger("permission").via("order:need")
        if verbs.modal is not None:
            return context.stronger(verbs.modal)
        pledged = self.sentence.kid(word, "dobj") if word.lemma in _RENEWING else None
        renewed = pledged is not None and NOUN_MODALITY.get(pledged.lemma) == "commitment"
        if word.tag in {"VBP", "VBZ"} and (word.lemma in POSITION or renewed):
            return context.stronger("commitment")
        return context

    def _note_speaker(self, context: Context) -> None:
        """Whoever announces or explains something is the source of what follows."""
        able = [p for p in context.parties if p.kind in {"named", "described", "pronoun"}]
        if len(able) == 1 and self.speaker is None and able[0].person:
            self.speaker = able[0]

    # -- verbs that embed others ----------------------------------------------------------

    def _descend(
        self, word: Word, verbs: VerbGroup, step: Step, inner: Context, context: Context
    ) -> None:
        inside = self._context_inside(word, verbs, step, inner)
        for target in step.targets:
            if target.is_verb:
                self._visit(target, inside)
            else:
                self._visit_action_noun(target, inside)
        if step.also_action and self.lexicon.is_action(verbs.lemma):
            self._emit(word, verbs, inner)

    def _context_inside(
        self, word: Word, verbs: VerbGroup, step: Step, context: Context
    ) -> Context:
        own = context.parties
        inside = context.via(f"{step.kind}:{verbs.lemma}")
        if step.kind == "speech":
            speaker = (
                None
                if verbs.passive
                else next((p for p in own if p.kind not in {"other", "instrument"}), None)
            )
            joint = len([p for p in own if p.kind == "named"]) > 1
            speaker = None if joint else self._as_person(speaker)
            self.speaker = speaker or self.speaker
            kept = replace(context, modality=None, locked=False) if not context.locked else context
            inside = replace(kept, speaker=speaker or context.speaker, parties=(), negated=False)
            return inside.stronger(step.modality)
        if step.addressee is not None:
            inside = replace(inside, parties=self.finder.actors(self.sentence, step.addressee))
        elif step.other_actor:
            inside = replace(inside, parties=())
        ours = next((p for p in own if p.kind == "self"), None)
        if step.kind == "order" and ours is not None and not verbs.passive:
            inside = replace(inside, speaker=context.speaker or ours)
        if step.kind in {"appeal", "wish"} and (step.addressee is not None or step.other_actor):
            speaker = next((p for p in own if p.kind not in {"other", "instrument"}), None)
            inside = replace(inside, speaker=speaker or context.speaker)
        if step.kind == "appeal" or (step.kind == "wish" and step.modality is not None):
            return inside.ruled(step.modality or "recommendation")
        if step.kind == "refrain":
            return replace(inside, forbids=not context.negated, negated=False)
        if step.kind == "ensure":
            own_force = any(group(self.sentence, t).modal for t in step.targets)
            return replace(inside, modality=None, locked=False) if own_force else inside
        if step.kind == "allow" and context.negated:
            return replace(inside, negated=False).ruled("prohibition")
        if step.kind == "bar":
            return replace(inside, negated=False).ruled(step.modality or "prohibition")
        if step.refuses:
            return replace(inside, negated=not inside.negated)
        if step.kind in {"order", "allow"}:
            return inside.ruled(step.modality or "obligation")
        return inside.stronger(step.modality)

    def _as_person(self, speaker: Party | None) -> Party | None:
        """Who says something is a person, unless the name is that of a body."""
        if speaker is None or speaker.person or speaker.kind != "named":
            return speaker
        name = speaker.mention.text
        known = self.lexicon.actors.identify(name) is not None
        body = any(stem(word.lower()) in INSTITUTION for word in name.split())
        return speaker if known or body or name.isupper() else replace(speaker, person=True)

    # -- nouns that stand for an action ----------------------------------------------------

    def _visit_noun(self, word: Word, outer: Context) -> None:
        """A sentence without a verb at its root: headlines, captions, noun phrases."""
        if word.lemma in EFFORT | AIM_NOUN:
            for verb in self.sentence.kids(word, "acl"):
                self._visit(verb, outer)
        for kid in self.sentence.kids(word, "appos", "acl", "conj", "parataxis", "relcl", "ccomp"):
            if kid.is_verb and kid.dep != "relcl" and kid.i not in self._seen:
                if kid.dep == "acl" and kid.tag in {"VBN", "VBG"}:
                    continue
                self._visit(kid, outer)
            elif not kid.is_verb:
                self._visit_noun(kid, outer)

    def _visit_action_noun(self, noun: Word, context: Context, *, loose: bool = False) -> None:
        """ "the accession of Peru to X", "the establishment of Y by Z"."""
        action = NOMINALIZATION.get(noun.lemma)
        if action is None or noun.i in self._seen:
            return
        self._seen.add(noun.i)
        wanted = {"of", "in", "on", "between"} if loose else {"of"}
        of = next((k for k in self.sentence.kids(noun, "prep") if k.low in wanted), None)
        pobj = self.sentence.kid(of, "pobj") if of is not None else None
        to = next((k for k in self.sentence.kids(noun, "prep") if k.low == "to"), None)
        if to is None and pobj is not None and noun.lemma == "accession":
            above = self.sentence.head(noun)
            holders = (pobj, *((above,) if above is not None else ()))
            tos = [k for h in holders for k in self.sentence.kids(h, "prep") if k.low == "to"]
            to = next((k for k in tos if k.i > pobj.i), None)
        target = self.sentence.kid(to, "pobj") if to is not None else None
        parties = context.parties
        head = pobj
        owner = self.sentence.kid(noun, "poss")
        if owner is not None and owner.low not in {"its", "their", "our", "his", "her"}:
            parties = self.finder.actors(self.sentence, owner) or parties
            head = pobj or target
        if target is not None and pobj is not None:
            named = self.finder.actors(self.sentence, pobj)
            parties, head = (named, target) if named else (parties, pobj)
        if head is None:
            return
        finding = Finding(
            self.sentence,
            noun,
            action,
            [noun],
            phrase_words(self.sentence, head, noun),
            self.sentence.subtree(noun, without=("punct", "appos", "relcl")),
            replace(context, parties=parties),
            context.modality or "report",
            negated=context.negated,
        )
        self._keep(finding)
        for other in self.sentence.kids(noun, "conj"):
            if not other.is_verb:
                self._visit_action_noun(other, context, loose=loose)

    # -- courses of action -----------------------------------------------------------------

    def _emit(self, word: Word, verbs: VerbGroup, context: Context) -> None:
        words = object_words(self.sentence, word, passive=verbs.passive)
        fixed = idiom(self.sentence, word)
        action, action_words = verbs.lemma, list(verbs.words)
        if fixed is not None:
            action = fixed[0]
            between = self.sentence.words[word.i : fixed[1].i + 1]
            action_words = between if fixed[0] not in IDIOM_KEEPS_NOUN else action_words
        finding = Finding(
            self.sentence,
            word,
            action,
            action_words,
            words,
            clause_words(self.sentence, word, subject=verbs.passive),
            context,
            context.modality or "report",
            passive=verbs.passive,
            negated=context.negated,
        )
        head = object_head(self.sentence, word, passive=verbs.passive)
        if head is not None and self._efforts(head, context):
            return
        if head is not None and head.dep == "ccomp":
            self._seen.update(w.i for w in self.sentence.subtree(head))
        if word.lemma in CHANGE | {"enter", "come", "take"} and not verbs.passive:
            self._change(finding, word)
        self._keep(finding)

    def _efforts(self, head: Word, context: Context) -> bool:
        """ "Efforts to enhance X will be intensified": the action is the infinitive's."""
        if head.lemma not in EFFORT:
            return False
        inner = [k for k in self.sentence.kids(head, "acl") if k.is_verb and k.tag in {"VB", "VBP"}]
        for verb in inner:
            self._visit(verb, context)
        return bool(inner)

    def _change(self, finding: Finding, word: Word) -> None:
        """ "Cooperation has deepened": what changes is the object."""
        subject = self.sentence.kid(word, "nsubj")
        in_force = finding.action.endswith(("force", "effect"))
        able = any(p.kind not in {"other", "instrument"} for p in finding.context.parties)
        if subject is None or (able and not (in_force and subject.tag.startswith("NNP"))):
            return
        if in_force or not finding.object_words:
            finding.object_words = phrase_words(self.sentence, subject, word)
            finding.context = replace(finding.context, parties=())
            finding.clause = clause_words(self.sentence, word, subject=True)

    def _keep(self, finding: Finding) -> None:
        if finding.context.speaker is None:
            own = next((p for p in finding.context.parties if p.kind == "self"), None)
            finding.context = replace(finding.context, speaker=own)
        if is_statement(finding, self.lexicon, led=self._led):
            adjuncts(finding, self.finder, self.text)
            self.findings.append(finding)

    # -- what stands around and inside a verb ----------------------------------------------

    def _inside_action(self, word: Word, context: Context) -> None:
        """Umbrellas: "take measures …, including expanding A, increasing B"."""
        for gerund in listed_gerunds(self.sentence, word):
            self._visit(gerund, context)

    def _around(self, word: Word, context: Context, inner: Context) -> None:
        for kid in self.sentence.kids(word, "conj"):
            if kid.is_verb:
                self._visit(kid, self._for_conjunct(word, kid, context, inner))
        for kid in self.sentence.kids(word, "ccomp", "parataxis", "advcl"):
            if kid.is_verb and kid.i not in self._seen and self._starts_finite(kid):
                self._visit(kid, replace(context, parties=(), modality=None, negated=False))
        for kid in self.sentence.subtree(word, without=("conj", "ccomp")):
            if kid.dep == "relcl" and kid.is_verb and kid.i not in self._seen:
                self._relative(kid, context)

    def _for_conjunct(self, word: Word, kid: Word, context: Context, inner: Context) -> Context:
        """A second verb shares the modal of the first unless it brings its own or its tense."""
        own_aux = any(k.tag in _MODAL_TAGS for k in self.sentence.kids(kid, "aux", "auxpass"))
        if own_aux or kid.tag in {"VBD", "VBZ"} or (kid.tag == "VBP" and word.tag == "VBP"):
            base = context if self._subject_kept(word) else replace(context, parties=())
            return replace(base, negated=False)
        return replace(inner, negated=False) if kid.tag != "VB" else inner

    def _subject_kept(self, word: Word) -> bool:
        return self.sentence.kid(word, "nsubjpass") is None

    def _starts_finite(self, kid: Word) -> bool:
        verbs = group(self.sentence, kid)
        subject = self.sentence.kid(kid, "nsubj", "nsubjpass") is not None
        opening = self.sentence.kids(kid, "mark", "advmod")
        if kid.dep == "advcl" and any(k.low in _SUBORDINATING for k in opening):
            return False
        return verbs.finite and subject

    def _relative(self, kid: Word, context: Context) -> None:
        """Relative clauses count where they bind: "a treaty that requires parties to …"."""
        verbs = group(self.sentence, kid)
        binding = verbs.modal in {"commitment", "obligation"}
        step = embedding.step(self.sentence, kid, verbs, self.lexicon, by_text=True)
        if binding or (step is not None and step.kind == "order"):
            self._visit(kid, replace(context, parties=(), modality=None, negated=False))
