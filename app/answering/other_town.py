"""Questions about another town: this town's tables and opening hours don't answer them."""

import re
from functools import lru_cache

from app.answering.folding import fold
from app.answering.rule_words import rule_words
from app.tenants.tenant import Tenant


def means_other_town(folded: str, tenant: Tenant) -> bool:
    """Whether a folded question asks what holds "in Köln", or names Köln and asks what holds "there".

    Somebody who comes from there, or who also names this town, asks about this one.
    """
    if re.search(rf"\b{re.escape(fold(tenant.name))}\b", folded):
        return False
    pattern = _pattern(fold(tenant.name))
    named = list(pattern.finditer(folded))
    there = rule_words().other_towns.there.search(folded) is not None
    return any(match.group("inside") or there for match in named)


@lru_cache(maxsize=64)
def _pattern(own: str) -> re.Pattern[str]:
    words = rule_words().other_towns
    names = "|".join(re.escape(name) for name in words.names.split() if name != own)
    return re.compile(rf"\b(?P<inside>(?:{words.inside}) )?(?:{names})\b")
