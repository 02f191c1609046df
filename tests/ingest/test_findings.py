"""Findings quote hostile texts, and there may be thousands of them."""

from ingest.findings import Finding, Severity, gathered


def finding(message: str, code: str = "code", file: str = "a.md", line: int = 0) -> Finding:
    return Finding(code, Severity.WARNING, file, line, message, "fix")


def test_what_a_finding_says_can_be_printed_on_one_line() -> None:
    said = finding("eins\nzwei \x1b[31mrot \u202elinks \ud800 halb").message
    assert said == "eins zwei \ufffd[31mrot \ufffdlinks \ufffd halb"
    assert said.encode("utf-8")


def test_marks_that_arabic_words_need_stay() -> None:
    assert finding("می\u200cخواهم \u200f(1)").message == "می\u200cخواهم \u200f(1)"
    assert finding("i\ufeffd \u00a0 x").message == "i\ufffdd   x"


def test_what_a_finding_says_has_an_end() -> None:
    assert len(finding("x" * 1_000_000).message) < 1100
    assert finding("kurz").message == "kurz"


def test_thousands_of_the_same_in_one_file_are_gathered() -> None:
    many = [finding("x", line=line) for line in range(1, 1001)]
    others = [finding("y", code="other"), finding("z", file="b.md")]
    kept = gathered([*many, *others])
    assert kept[:-1] == [*many[:50], *others]
    assert (kept[-1].file, kept[-1].line, kept[-1].message) == ("a.md", 0, "950 more like the 50 that are listed")


def test_a_few_stay_as_they_are() -> None:
    few = [finding("x", line=line) for line in range(50)]
    assert gathered(few) == few
