"""Every check of the quality gate, by what its findings depend on.

Links to other servers are no part of it: they are asked only on request (`check_external_links`).
"""

from collections.abc import Iterator

from ingest.checks.check import Check, CheckInput
from ingest.checks.contradictions import check_contradictions
from ingest.checks.dates import check_reviews, check_validity
from ingest.checks.easy_language import check_easy_language
from ingest.checks.identity import check_ids, check_offices, check_originals, check_responsibility
from ingest.checks.instructions import check_instructions, check_markup
from ingest.checks.invisible import check_invisible
from ingest.checks.links import check_links
from ingest.checks.modules import check_modules
from ingest.checks.near_duplicates import check_near_duplicates
from ingest.checks.office_facts import check_office_facts
from ingest.checks.personal_data import check_personal_data
from ingest.checks.readability import check_reading_ease, check_sentence_length
from ingest.checks.tables import check_tables
from ingest.checks.translated_facts import check_translated_facts
from ingest.checks.translations import check_translations
from ingest.findings import Finding
from ingest.rules import check_rules


def _check_decision_rules(given: CheckInput) -> Iterator[Finding]:
    """The decision rules fit the texts that they quote."""
    return check_rules(given.folder, given.tenant, [text.document for text in given.texts], given.today)


FAST_CHECKS: tuple[Check, ...] = (
    check_ids,
    check_offices,
    check_originals,
    check_responsibility,
    check_validity,
    check_reviews,
    check_translations,
    check_modules,
    check_links,
    check_markup,
    check_tables,
)
"""They cost next to nothing: milliseconds for all texts of a town."""

QUICK_CHECKS: tuple[Check, ...] = (*FAST_CHECKS, _check_decision_rules)
"""They cost little, or look at the date or at other files, so they always run."""

TEXT_CHECKS: tuple[Check, ...] = (
    check_sentence_length,
    check_reading_ease,
    check_easy_language,
    check_personal_data,
    check_invisible,
    check_instructions,
    check_office_facts,
)
"""What they find in a text depends on this text, the tenant and the config alone: it may be kept."""

SET_CHECKS: tuple[Check, ...] = (
    check_translated_facts,
    check_contradictions,
    check_near_duplicates,
)
"""What they find depends on all texts, the decision rules, the tenant and the config: kept while all stay the same."""
