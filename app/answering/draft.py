"""Drafting: the language model writes from the evidence only, and cites by number."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from threading import Event

from app.answering.prompts import PromptTemplate
from app.answering.values import EvidenceSentence
from app.models.ports import LanguageModel, Prompt, Sampling

_CITATIONS = re.compile(r"\[[^\[\]]*\](?:\s*\[[^\[\]]*\])*")
"""One citation or several in a row."""


def render_prompt(template: PromptTemplate, question: str, evidence: Sequence[EvidenceSentence]) -> Prompt:
    """The prompt for a question: the template's fixed prefix, then sources and question."""
    lines = []
    for number, group in groupby(evidence, key=lambda sentence: sentence.number):
        sentences = list(group)
        first = sentences[0].chunk
        text = " ".join(_closed(sentence.text) for sentence in sentences)
        lines.append(f"[{number}] {first.title} ({first.heading}): {text.rstrip(';')}")
    # Braces in a question or a text must not be read as template fields, so each value goes in as it is.
    body = template.body.format(sources="\n".join(lines), question=question)
    return Prompt(prefix=template.prefix, body=body)


def _closed(text: str) -> str:
    """A list item ends in a semicolon, so that items stay apart in one line."""
    return text if text.endswith((".", "!", "?", ":")) else f"{text};"


def draft_sentences(model: LanguageModel, prompt: Prompt, sampling: Sampling, cancel: Event | None) -> Iterator[str]:
    """The draft in sentences with their citations, each as soon as it is complete."""
    buffer = ""
    for piece in model.generate(prompt, sampling, cancel):
        buffer += piece
        while (end := _sentence_end(buffer)) is not None:
            sentence, buffer = buffer[:end].strip(), buffer[end:]
            if sentence:
                yield sentence
    if buffer.strip():
        yield buffer.strip()


def _sentence_end(buffer: str) -> int | None:
    """Where the first sentence ends: behind the last of its citations, once more text follows."""
    for citations in _CITATIONS.finditer(buffer):
        following = buffer[citations.end() :].lstrip()
        if not following or following[0] == "[":
            return None
        if buffer[: citations.start()].rstrip().endswith((".", "!", "?")):
            return citations.end()
        if following[0] in ".!?":
            return citations.end() + buffer[citations.end() :].index(following[0]) + 1
    return None
