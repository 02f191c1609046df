"""What OpenAI's clients send and get. Names are theirs; what is ours stands in the field `amtslotse`."""

import re
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StringConstraints

from app.answering.claimed_turns import ClaimedExchange
from app.api.openai_errors import ParameterError
from app.api.schemas import AnswerOut

_Text = Annotated[str, StringConstraints(strict=True)]
_MOST_MESSAGES = 1000
_COUNTED = re.compile(r"\w+|[^\w\s]")
_MUST_BE = {
    "n": 1,
    "tools": [],
    "tool_choice": "none",
    "functions": [],
    "function_call": "none",
    "logprobs": False,
    "top_logprobs": 0,
    "response_format": {"type": "text"},
    "modalities": ["text"],
    "audio": None,
    "prediction": None,
    "web_search_options": None,
}
"""Parameters that would make another answer than this service gives, with the one value that does not."""


class ContentPart(BaseModel):
    """A part of a message; only parts of type `text` are read."""

    model_config = ConfigDict(extra="allow")

    type: _Text
    text: _Text | None = None


class ChatMessage(BaseModel):
    """A message of the conversation."""

    model_config = ConfigDict(extra="allow")

    role: Literal["system", "developer", "user", "assistant", "tool", "function"] = Field(
        description="Messages of `system` and `developer` are ignored: nobody outside changes how the town answers."
    )
    content: _Text | list[ContentPart] | None = None

    @property
    def text(self) -> str:
        """All words of the message. Raises ParameterError for pictures, sound and files."""
        if self.content is None or isinstance(self.content, str):
            return self.content or ""
        if any(part.type != "text" for part in self.content):
            raise ParameterError("messages", "Nur Text wird gelesen: Senden Sie Nachrichten ohne Bilder und Dateien.")
        return "\n".join(part.text or "" for part in self.content)


class StreamOptions(BaseModel):
    model_config = ConfigDict(extra="allow")

    include_usage: StrictBool = Field(False, description="Whether a last chunk carries `usage`.")


class ChatCompletionRequest(BaseModel):
    """A conversation whose last message is a citizen's question.

    Sampling parameters (`temperature`, `top_p`, `seed`, `max_tokens`, `stop` and the like) and unknown ones are
    accepted and ignored: the same question gets the same answer. `tools`, `functions`, `n` above 1, `logprobs`, other
    `modalities` than text and other forms of `response_format` are refused.
    """

    model_config = ConfigDict(extra="allow")

    model: _Text = Field(description="`amtslotse-` and the id of a town; see `GET /v1/models`.")
    messages: list[ChatMessage] = Field(
        min_length=1,
        max_length=_MOST_MESSAGES,
        description="The last one is the question. Earlier questions and answers make follow-ups understood, as far as "
        "the answers still carry the reference that they ended with.",
    )
    stream: StrictBool | None = Field(None, description="Whether the answer comes as server-sent events.")
    stream_options: StreamOptions | None = None

    @property
    def question(self) -> str:
        """The words of the last message. Raises ParameterError when it is nobody's question."""
        last = self.messages[-1]
        if last.role != "user":
            raise ParameterError("messages", "Die letzte Nachricht muss die Frage sein (role: user).")
        return last.text

    @property
    def exchanges(self) -> tuple[ClaimedExchange, ...]:
        """Earlier questions with the answers that the client shows to them, oldest first."""
        spoken = [message for message in self.messages[:-1] if message.role in ("user", "assistant")]
        return tuple(
            ClaimedExchange(question.text, answer.text)
            for question, answer in pairwise(spoken)
            if (question.role, answer.role) == ("user", "assistant")
        )

    def refuse_unsupported(self) -> None:
        """Raises ParameterError for a parameter that the answer could not keep to."""
        for name, value in (self.model_extra or {}).items():
            if name in _MUST_BE and value is not None and value != _MUST_BE[name]:
                raise ParameterError(
                    name,
                    f"Den Parameter „{name}“ unterstützt dieser Dienst nicht: Er gibt eine Antwort aus den Texten der "
                    "Stadt, als Text und ohne Werkzeuge. Lassen Sie ihn weg.",
                )


class CompletionMessage(BaseModel):
    role: Literal["assistant"] = "assistant"
    content: str = Field(description="Disclosure, statements with the numbers of their sources, sources, reference.")
    refusal: None = None


class Choice(BaseModel):
    index: int = 0
    message: CompletionMessage
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class Usage(BaseModel):
    """Words and punctuation marks of question and answer: the language model's own tokens are nobody's measure here,
    because most answers need none."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int

    @classmethod
    def of(cls, question: str, text: str) -> "Usage":
        asked, told = len(_COUNTED.findall(question)), len(_COUNTED.findall(text))
        return cls(prompt_tokens=asked, completion_tokens=told, total_tokens=asked + told)


class ChatCompletion(BaseModel):
    """A whole answer."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int = Field(description="When it was asked, in seconds since 1970.")
    model: str
    choices: list[Choice]
    usage: Usage
    system_fingerprint: str = Field(description="Language model and state of the knowledge.")
    amtslotse: AnswerOut = Field(
        description="The same answer with everything told apart, as `POST /api/v1/{tenant}/chat` gives it; "
        "`conversation_id` is null."
    )


class Delta(BaseModel):
    role: Literal["assistant"] | None = None
    content: str | None = None


class ChunkChoice(BaseModel):
    index: int = 0
    delta: Delta
    logprobs: None = None
    finish_reason: Literal["stop"] | None = None


class ChatCompletionChunk(BaseModel):
    """A piece of an answer that comes as server-sent events; after the last one comes `[DONE]`."""

    id: str
    object: Literal["chat.completion.chunk"] = "chat.completion.chunk"
    created: int
    model: str
    choices: list[ChunkChoice]
    system_fingerprint: str
    usage: Usage | None = None
    amtslotse: AnswerOut | None = Field(None, description="In the chunk with `finish_reason`.")

    def event(self) -> dict[str, Any]:
        """As it is sent: without fields that say nothing, except those whose null means something to clients."""
        sent = self.model_dump(mode="json", exclude_none=True, exclude={"amtslotse"})
        for choice in sent["choices"]:
            choice.setdefault("finish_reason", None)
        return sent if self.amtslotse is None else {**sent, "amtslotse": self.amtslotse.model_dump(mode="json")}
