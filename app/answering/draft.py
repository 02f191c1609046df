"""Drafting: the language model writes from the evidence only, and cites by number."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from threading import Event

from app.answering.prompts import PromptTemplate
from app.answering.values import EvidenceSentence
from app.models.ports import LanguageModel, Prompt, Sampling


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
    start = 0
    while (opening := buffer.find("[", start)) != -1:
        closing = buffer.find("]", opening)
        if closing == -1:
            return None
        following = buffer[closing + 1 :].lstrip()
        if not following:
            return None
        if following[0] == "[":
            start = closing + 1
            continue
        before = buffer[:opening].rstrip()
        if before.endswith((".", "!", "?")):
            return closing + 1
        if following[0] in ".!?":
            return closing + 1 + buffer[closing + 1 :].index(following[0]) + 1
        start = closing + 1
    return None
