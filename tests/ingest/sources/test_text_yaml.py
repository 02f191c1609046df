"""The quick loader reads what the careful one reads, and leaves everything unusual to it."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ingest.sources import text_yaml
from ingest.sources.text_yaml import Fault, Fields, parse_fields
from tests.ingest.samples import FRONT_MATTER

_LINE = st.text(st.sampled_from("abcäÜ09 :-#'\"[],?!%&*|>~\\{}\n.€„“"), max_size=60)


def careful(text: str) -> Fields | Fault:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_yaml, "_is_simple", lambda _text: False)
        return parse_fields(text, 2, "the front matter")


@given(st.lists(_LINE, max_size=6))
def test_both_loaders_read_the_same(lines: list[str]) -> None:
    text = FRONT_MATTER + "\n".join(f"extra{number}: {line}" for number, line in enumerate(lines))
    assert parse_fields(text, 2, "the front matter") == careful(text)


def test_ordinary_front_matter_is_read_by_the_quick_loader(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_loader: yaml.Loader) -> None:
        raise AssertionError("the careful loader was asked")

    monkeypatch.setattr(text_yaml._FieldsLoader, "get_single_node", refuse)
    fields = parse_fields(FRONT_MATTER + 'example_questions: ["Was kostet das?"]\n', 2, "the front matter")
    assert isinstance(fields, Fields)
    assert fields.values["example_questions"] == ["Was kostet das?"]
    assert fields.lines["title"] == 3


def test_deep_nesting_is_left_to_the_careful_loader() -> None:
    assert isinstance(parse_fields("a: " + "[" * 20_000, 2, "the front matter"), Fault)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('a: "\\UFFFFFFFF"', "too large"),
        ('a: "\\U00110000"', "too large"),
        (f"%YAML 1.{'9' * 5000}\n--- {{a: b}}", "too large"),
        ('"\\ud800": b', "U+D800"),
        ('a: "\\e[31m"', "U+001B"),
        ("a: &a [x]\nb: *a", "references"),
        ("a: " + "[" * 60, "nested too deeply"),
        ("a: b\n" * 20_000, "longer than 50,000"),
    ],
)
def test_what_would_hang_raise_or_not_be_printed_is_a_fault(text: str, says: str) -> None:
    fault = parse_fields(text, 2, "the front matter")
    assert isinstance(fault, Fault)
    assert says in fault.message
