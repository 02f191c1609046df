"""Saying evidence: the model drafts, each sentence is verified before it is shown, what it leaves out is quoted."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from threading import Event
from typing import TYPE_CHECKING

from app.answering import compose
from app.answering.draft import draft_sentences, render_prompt
from app.answering.plain import short_enough
from app.answering.prompts import PromptTemplate, load_prompt
from app.answering.trace import Trace
from app.answering.values import EvidenceSentence, Progressed, Question, Screened, Stated, Statement
from app.answering.verify import quote, uncovered, verify_statement
from app.errors import InvalidInputError
from app.index.chunk import Chunk
from app.index.generation import Generation
from app.models.ports import LanguageModel, Sampling
from app.wording.catalog import EINFACH, LEICHT, STANDARD, Catalog

if TYPE_CHECKING:
    from app.answering.pipeline import Pipeline

LONGEST_DRAFT_EVIDENCE = 5
"""With more evidence sentences than this the answer is a list, and a list is quoted: complete, at once, for free."""

_LEADS = {EINFACH: "plain_lead", LEICHT: "easy_lead"}
"""Key of the wording before quotes, by the variant of their text."""


@dataclass(frozen=True, slots=True)
class Phrasing:
    """How one message is answered in words."""

    pipeline: "Pipeline"
    question: Question
    screened: Screened
    wording: Catalog
    generation: Generation
    trace: Trace

    def say(
        self, question: str, evidence: tuple[EvidenceSentence, ...], cancel: Event | None
    ) -> Iterator[Progressed | Stated]:
        """Statements that tell all of the evidence, of which there is at least one sentence."""
        statements: list[Statement] = []
        topic = evidence[0].chunk
        told: set[tuple[int, int]] = set()
        for event in self._verified_draft(question, evidence, statements, told, cancel):
            if isinstance(event, Stated):
                statements.append(event.statement)
            yield event
        missing = uncovered(evidence, statements, told)
        quotes = [quote(sentence) for sentence in (missing if self._speaks_as_asked(topic) else short_enough(missing))]
        if quotes and not statements:
            quotes.insert(0, self._lead(topic))
        yield from map(Stated, quotes)

    def _verified_draft(
        self,
        question: str,
        evidence: tuple[EvidenceSentence, ...],
        said: list[Statement],
        told: set[tuple[int, int]],
        cancel: Event | None,
    ) -> Iterator[Progressed | Stated]:
        """The draft's sentences that pass verification; none when drafting isn't worth it or possible here.

        `said` holds what was accepted before; what evidence the sentences tell is added to `told`.
        """
        model = self.pipeline.language_model
        language = self.screened.language
        template = self._template(model, evidence)
        if model is None or template is None:
            return
        yield Progressed(stage="writing", text=self.wording.text("progress.writing"))
        prompt = render_prompt(template, question, evidence)
        self.trace.prompt = "\n\n".join(filter(None, (self.trace.prompt, prompt.text)))
        self.trace.prompt_reference = template.reference
        sampling = Sampling(max_tokens=self.pipeline.max_tokens, seed=self.pipeline.seed, stop=template.stop)
        vocabulary = self.generation.lexical.vocabulary
        try:
            for sentence in draft_sentences(model, prompt, sampling, cancel):
                self.trace.draft.append(sentence)
                verdict = verify_statement(sentence, question, evidence, said, vocabulary)
                if verdict.statement is not None:
                    told |= verdict.told
                    yield Stated(replace(verdict.statement, language=language))
                elif verdict.rejection is not None:
                    self.trace.rejections.append(verdict.rejection)
                    if model.info.adapter is None:
                        break  # a base model that has left the evidence once seldom finds back: quote the rest
        except InvalidInputError as error:  # sources and question don't fit the model's context: quoting still works
            self.trace.draft_error = error.message
        self.trace.stage_done("draft")

    def _template(self, model: LanguageModel | None, evidence: tuple[EvidenceSentence, ...]) -> PromptTemplate | None:
        """The prompt to draft with; None where quoting is better or all that can be done.

        Only what readers have checked is Leichte Sprache, so such a text is always quoted.
        """
        language = self.screened.language
        if (
            model is None
            or len(evidence) > LONGEST_DRAFT_EVIDENCE
            or language not in model.info.draft_languages
            or any(sentence.chunk.language != language or sentence.chunk.variant == LEICHT for sentence in evidence)
        ):
            return None
        name = model.info.prompt if self.question.style == STANDARD else f"{model.info.prompt}-{EINFACH}"
        return load_prompt(self.pipeline.prompts_dir, name, language)

    def _lead(self, topic: Chunk) -> Statement:
        """What comes before quotes: whose words they are, and why in German."""
        if topic.language != self.screened.language:
            return compose.in_german(self.generation.tenant.office(topic.office), self.wording)
        key = _LEADS.get(topic.variant, "quote_lead")
        return compose.frame(self.wording.text(key), self.wording.language)

    def _speaks_as_asked(self, topic: Chunk) -> bool:
        return self.question.style == STANDARD or topic.variant != STANDARD
