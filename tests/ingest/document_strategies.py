"""Service texts for property tests, with everything that YAML and Markdown take for more than a character."""

from datetime import date

from hypothesis import strategies as st

from app.index.modules import HEADINGS, ModuleKind
from ingest.document import Module, ServiceDocument

_MARKS = "-#:[]{}'\"&*!|>%@`\\,?~=<§ \t\n\u00a0\u2028\u0085\u00ad\u200d\u202e\ufeffäß€😀éaZ09"
_WORDS = ("---", "null", "no", "2026-01-01", "0x1f", "1_000", "## Kosten", "##", "### x", "- a", "{a: b}", "\n---\n")
_pieces = st.one_of(
    st.sampled_from(_WORDS), st.text(_MARKS, max_size=8), st.text(st.characters(codec="utf-8"), max_size=8)
)
_field_pieces = st.one_of(
    st.sampled_from(_WORDS),
    st.text([char for char in _MARKS if char != "\u0085"], max_size=6),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=6),
)


def _texts(pieces: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    joined = st.lists(pieces, min_size=1, max_size=5).map("".join)
    return joined.map(str.strip).filter(bool)


fields = _texts(_field_pieces)
"""What a field may say. Control characters are refused in front matter."""
slugs = st.from_regex(r"[a-z0-9][a-z0-9-]{1,20}", fullmatch=True)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@st.composite
def modules(draw: st.DrawFn) -> tuple[Module, ...]:
    """One module a kind; headings are those of FIM in any language, or anything else."""
    kinds = draw(st.lists(st.sampled_from(ModuleKind), min_size=1, max_size=4, unique=True))
    known = [heading for table in HEADINGS.values() for names in table.values() for heading in names]
    headings = st.one_of(st.sampled_from(known), fields)
    texts = _texts(_pieces).map(lambda text: f"{text}\nText")
    return tuple(Module(kind=kind, heading=draw(headings), text=draw(texts), line=3) for kind in kinds)


documents = st.builds(
    ServiceDocument,
    id=slugs,
    title=fields,
    leika_key=st.none() | st.from_regex(r"[0-9]{14}", fullmatch=True),
    synonyms=st.lists(fields, max_size=3).map(tuple),
    example_questions=st.lists(fields, max_size=3).map(tuple),
    language=st.sampled_from(["de", "en", "uk", "ar", "fr"]),
    variant=st.sampled_from(["standard", "einfach", "leicht"]),
    translation_of=st.none() | slugs,
    office=fields,
    source_url=st.none() | st.just("https://www.musterdorf.example/a?b=#c"),
    license=fields,
    owner=fields,
    reviewed_by=fields,
    reviewed_on=days,
    valid_from=st.none() | days.map(lambda day: day.replace(year=2000)),
    modules=modules(),
)
