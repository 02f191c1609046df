from evaluation.gold_file import GoldKind, GoldQuestion
from evaluation.replay import PassReport, ReplayReport, chosen, first_difference


def _gold(text: str, after: tuple[str, ...] = ()) -> GoldQuestion:
    return GoldQuestion(id=text, split="dev", question=text, language="de", kind=GoldKind.ANSWERABLE, after=after)


def test_every_question_is_chosen_once_before_any_comes_again() -> None:
    questions = [_gold(name) for name in "abcde"]
    picked = chosen(questions, 12)
    assert sorted(q.question for q in picked[:5]) == sorted("abcde")
    assert picked[5:10] == picked[:5]
    assert len(picked) == 12


def test_the_choice_is_the_same_each_time() -> None:
    questions = [_gold(name) for name in "abcdefgh"]
    assert chosen(questions, 8) == chosen(questions, 8) != questions


def test_the_same_words_after_another_question_are_another_question() -> None:
    assert len({q.after for q in chosen([_gold("a"), _gold("a"), _gold("a", after=("b",))], 2)}) == 2


def test_equal_texts_have_no_difference() -> None:
    assert first_difference("Frage", "{}", "{}") is None


def test_the_first_differing_character_is_shown_with_its_surroundings() -> None:
    found = first_difference("Frage", '{"text":"37 Euro"}', '{"text":"38 Euro"}')
    assert found is not None
    assert found.startswith("Frage: at character 10\n")
    assert "37 Euro" in found and "38 Euro" in found


def test_a_text_that_goes_on_differs_where_the_other_ends() -> None:
    assert "at character 2" in (first_difference("Frage", "ab", "abc") or "")


def test_one_difference_in_one_pass_makes_the_report_differ() -> None:
    same = PassReport("one", 2, ())
    assert ReplayReport(2, (same,)).identical
    other = PassReport("two", 1, ("x: first difference",))
    assert not ReplayReport(2, (same, other)).identical
    assert other.different == 1
