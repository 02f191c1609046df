"""Reading what OpenAI's clients send."""

from typing import Any

import pytest
from pydantic import ValidationError

from app.answering.claimed_turns import ClaimedExchange
from app.api.openai_errors import ParameterError
from app.api.openai_schemas import ChatCompletionRequest, Usage


def _request(*messages: dict[str, Any], **fields: Any) -> ChatCompletionRequest:
    return ChatCompletionRequest.model_validate({"model": "m", "messages": list(messages), **fields})


def _said(role: str, content: Any) -> dict[str, Any]:
    return {"role": role, "content": content}


def test_the_last_message_is_the_question_whatever_came_before() -> None:
    parts = [{"type": "text", "text": "Was"}, {"type": "text", "text": "kostet das?"}]
    assert _request(_said("system", "x"), _said("user", parts)).question == "Was\nkostet das?"


def test_exchanges_are_questions_with_the_answer_right_behind_them() -> None:
    request = _request(
        _said("system", "x"),
        _said("user", "1"),
        _said("assistant", "a"),
        _said("user", "2"),
        _said("user", "3"),
        _said("tool", "x"),
        _said("assistant", None),
        _said("user", "4"),
    )
    assert request.exchanges == (ClaimedExchange("1", "a"), ClaimedExchange("3", ""))


@pytest.mark.parametrize(
    "harmless",
    [
        {"n": 1},
        {"tools": []},
        {"tools": None, "tool_choice": "none"},
        {"response_format": {"type": "text"}},
        {"logprobs": False, "top_logprobs": 0},
        {"temperature": 2, "logit_bias": {"50256": -100}, "user": "x", "made_up": [1]},
    ],
)
def test_parameters_that_change_nothing_are_accepted(harmless: dict[str, Any]) -> None:
    _request(_said("user", "x"), **harmless).refuse_unsupported()


@pytest.mark.parametrize(
    "harmful",
    [
        {"n": 0},
        {"tool_choice": "auto"},
        {"functions": [{"name": "x"}]},
        {"response_format": {"type": "json_schema"}},
        {"audio": {"voice": "alloy"}},
        {"web_search_options": {}},
    ],
)
def test_parameters_that_would_change_the_answer_are_refused(harmful: dict[str, Any]) -> None:
    with pytest.raises(ParameterError) as refused:
        _request(_said("user", "x"), **harmful).refuse_unsupported()
    assert refused.value.param in harmful


@pytest.mark.parametrize(
    "wrong", [{"stream": "yes"}, {"stream": 1}, {"model": 5}, {"messages": "x"}, {"stream_options": []}]
)
def test_fields_of_the_wrong_type_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ChatCompletionRequest.model_validate({"model": "m", "messages": [_said("user", "x")], **wrong})


def test_usage_counts_words_and_marks() -> None:
    assert Usage.of("Was kostet das?", "37,00 Euro.") == Usage(prompt_tokens=4, completion_tokens=5, total_tokens=9)
