"""Whether a text that claims to be in Leichte Sprache keeps the rules that a program can test."""

from collections.abc import Iterator

from app.text.units import quotable_units
from ingest.checks.check import CheckedText, CheckInput
from ingest.checks.easy_rules import EasyRule, breaches
from ingest.checks.long_texts import cut_paragraphs
from ingest.checks.place import line_of
from ingest.document import Module
from ingest.findings import Finding, Severity

_ADVICE = {
    EasyRule.GENITIVE: ("genitive", "say 'von dem …', 'von der …'"),
    EasyRule.SUBJUNCTIVE: ("subjunctive", "say what is, or use 'vielleicht'"),
    EasyRule.PASSIVE: ("passive", "say who does it"),
    EasyRule.ABBREVIATION: ("abbreviation", "write the words out"),
    EasyRule.CLAUSES: ("more than one statement", "make two sentences of it"),
    EasyRule.COMPOUND: ("long word", "part it with a hyphen or Mediopunkt, or use a shorter one"),
    EasyRule.NUMBER: ("number in words or Roman digits", "write digits"),
    EasyRule.SYMBOL: ("special character", "write it in words, or leave it out"),
}


def check_easy_language(given: CheckInput) -> Iterator[Finding]:
    """German texts with `variant: leicht`; each rule is reported once a sentence."""
    for text in given.texts:
        if text.document.variant != "leicht" or text.document.language != "de":
            continue
        for sentence in text.running:
            for breach in breaches(sentence.text):
                name, fix = _ADVICE[breach.rule]
                yield Finding(
                    breach.rule.value, Severity.WARNING, text.name,
                    line_of(given.folder, text.name, sentence.module, sentence.text),
                    f"{name}: '{breach.words}' in '{sentence.text}'", fix,
                    quote=sentence.text, german=f"Es geht um „{breach.words}“.",
                )  # fmt: skip
        for module in text.document.modules:
            yield from _crowded_lines(given, text, module)


def _crowded_lines(given: CheckInput, text: CheckedText, module: Module) -> Iterator[Finding]:
    for line in module.text.splitlines():
        sentences = quotable_units(cut_paragraphs(line))
        if len(sentences) > 1:
            yield Finding(
                "easy-line", Severity.WARNING, text.name, line_of(given.folder, text.name, module, sentences[0]),
                f"{len(sentences)} sentences stand on one line: '{sentences[0]}' and what follows",
                "begin each sentence on a line of its own",
                quote=" ".join(sentences), german=f"Auf einer Zeile stehen {len(sentences)} Sätze.",
            )  # fmt: skip
