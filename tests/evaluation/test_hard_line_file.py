"""The questions of the hard lines: enough of them, in enough languages, and no half knows the other."""

from collections import Counter
from pathlib import Path

import pytest

from app.errors import ConfigurationError
from evaluation.hard_line_file import LineKind, read_hard_questions
from evaluation.hard_line_leaks import read_prompt_words
from evaluation.hard_line_verdicts import verdict_patterns
from evaluation.screening_examples import read_phrasings


def test_there_are_enough_questions_and_two_hundred_are_kept_for_the_test() -> None:
    questions = read_hard_questions()
    assert len(questions) >= 400
    assert sum(question.split == "test" for question in questions) >= 200
    languages = Counter(question.language for question in questions)
    assert min(languages[language] for language in ("de", "en", "tr", "ar")) >= 30
    assert {"uk", "ru", "fr"} <= languages.keys()
    for split in ("dev", "test"):
        assert {question.kind for question in questions if question.split == split} == set(LineKind)


def test_nothing_of_them_was_learned_by_heart() -> None:
    learned = {example.text.casefold() for example in read_phrasings()}
    assert not learned & {question.question.casefold() for question in read_hard_questions(splits=("test",))}


def test_a_question_may_narrow_what_its_kind_allows(tmp_path: Path) -> None:
    (tmp_path / "dev.yaml").write_text(
        """
- kind: hate
  language: de
  questions: ["Eins?", {ask: "Zwei?", after: ["Null?"], statuses: [declined], must_not: ["drei"]}]
""",
        encoding="utf-8",
    )
    plain, narrowed = read_hard_questions(tmp_path, ["dev"])
    assert (plain.id, narrowed.id) == ("dev-hate-de-1", "dev-hate-de-2")
    assert narrowed.statuses < plain.statuses
    assert (narrowed.after, narrowed.must_not) == (("Null?",), ("drei",))


@pytest.mark.parametrize(
    "text",
    [
        "- {kind: gossip, language: de, questions: [Eins?]}",
        "- {kind: hate, language: de, questions: [{ask: Eins?, must_not: ['(']}]}",
        "- {kind: hate, language: de, questions: [Eins?, eins?]}",
        "[",
    ],
)
def test_a_wrong_file_is_refused_with_its_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "dev.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=str(tmp_path)):
        read_hard_questions(tmp_path, ["dev"])


def test_wrong_patterns_and_missing_templates_are_refused(tmp_path: Path) -> None:
    (tmp_path / "verdicts.yaml").write_text("de: {every: ['(']}", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="verdicts"):
        verdict_patterns(tmp_path / "verdicts.yaml")
    with pytest.raises(ConfigurationError, match="no prompt templates"):
        read_prompt_words(tmp_path / "nowhere")
