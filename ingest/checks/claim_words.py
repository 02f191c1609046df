"""Words that say nothing about what a statement is about, and words that make it no plain statement."""

from functools import cache

from app.answering.verification.lexicon import Lexicon, flat, lexicon

_NEUTRAL = {
    "de": """amt antragstellend behörde berechnen bürger bürgerin derzeit durchschnittlich durchschnitt entgelt fällig
        gebührenpflichtig grundsätzlich hinweis jetzt kunde kundin leistung leute meist meistens mensch
        menschen momentan nötig nehmen normal normalerweise rathaus rechnen rechne regulär schnitt stadtverwaltung
        derzeitig übrigens ungefähr verlangen verwaltung verwaltungsgebühr voraussichtlich wichtig zurzeit aktuell
        einzeln bereits bitte üblicherweise regel neu neue neuer neues neuen beachten achtung möchten wollen können
        müssen sollen dürfen euro cent betrag summe kosten kostet beantragen ausstellen unser pauschal hinzu lang
        lange dauer zeitraum spätestens frühestens zeit frist vorher später danach""",
    "en": """about amount applicant apply application authority charge charges citizen cost costs fee fees
        generally normally now office pay paid people person please price resident service total town usually
        city municipality costs new euro euros cent cents must can may should will issue issued receive get obtain
        day's date""",
}
"""Beside the words that verification knows as empty: they are in the way when two sentences are compared."""
_KEPT = {
    "de": """außer außerhalb ohne nur jeweils zusätzlich zuzüglich je pro weiter weitere weiteren weiteres weiterer
        automatisch direkt sofort kein keine keinen nicht nie online selbst""",
    "en": "additional additionally each except further no not only outside per without other online",
}
"""Function words for verification that make another thing of the subject."""
_PROCESSING = {
    "de": """dauern dauert dauer bearbeitung bearbeiten bearbeitungszeit bearbeitungsdauer fertig fertigstellung
        herstellung herstellen warten wartezeit lieferung liefern lieferzeit kommen kommt eintreffen entscheidung
        prüfung prüfen antwort antworten erledigen""",
    "en": "take takes taken wait waiting processing process production ready delivery decision arrive arrives last",
}
"""How long the town takes."""
_VALIDITY = {
    "de": "gilt gelten gültig gültige gültigkeit gültigkeitsdauer geltungsdauer",
    "en": "valid validity",
}
HEADS = frozenset(
    """anderung abmeldung anmeldung antrag antrags ausweis bescheid bescheinigung erlaubnis frist gebuhr genehmigung
    karte kosten marke nummer schein steuer stelle ummeldung urkunde verlangerung zeit""".split()
)
"""Last parts of compounds that are known in every town."""
_FORMS = {"angezeigt": "anzeigen", "anzuzeigen": "anzeigen"}
_UNSURE = {
    "de": """früher bisher bislang ehemals damals kostete betrug galt galten dauerte betrugen geplant künftig zukünftig
        beispiel beispielsweise beispielrechnung rechenbeispiel vielleicht könnte könnten würde würden wäre""",
    "en": "formerly previously used was were planned example instance might could would",
}
"""A sentence with one of them states nothing that holds here and now."""


class ClaimWords:
    """The tables of one language; words are flat (see `app.answering.verification.lexicon.flat`)."""

    def __init__(self, words: Lexicon) -> None:
        language = words.language
        self.lexicon = words
        self._kept = frozenset(flat(_KEPT[language]).split())
        neutral = flat(_NEUTRAL[language]).split()
        self._neutral = frozenset(neutral) | {words.concept(word) for word in neutral}
        self._processing = frozenset(flat(_PROCESSING[language]).split())
        self._processing_concepts = frozenset(map(words.concept, self._processing))
        self._validity = frozenset(flat(_VALIDITY[language]).split())
        self._unsure = frozenset(flat(_UNSURE[language]).split())

    def concept(self, word: str) -> str:
        """One name for all forms of a flat word; empty for a word that says nothing about the subject."""
        if word in self._kept or word in self.lexicon.negations:
            return word
        if word in self.lexicon.function or word in self._neutral:
            return ""
        found = self.lexicon.concept(_FORMS.get(word, word))
        return "" if found in self.lexicon.empty or found in self._neutral else found

    def of_processing(self, word: str) -> bool:
        """Whether a word says that something is about how long the town takes."""
        return word in self._processing or self.lexicon.concept(word) in self._processing_concepts

    def of_validity(self, word: str) -> bool:
        """Whether a word says that something is about how long a thing is valid."""
        return word in self._validity

    def of_years(self, word: str) -> bool:
        """Whether a word says no more of a day than that it comes every year."""
        return word.startswith(("jahr", "year"))

    def unsure(self, word: str) -> bool:
        """Whether a word makes an example, a plan or a memory of a sentence."""
        return word in self._unsure


@cache
def claim_words(language: str) -> ClaimWords:
    """The words of English, or of German for every other language."""
    return ClaimWords(lexicon(language))
