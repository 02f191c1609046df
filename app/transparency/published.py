"""What the register says about the published state of the texts, from its manifest."""

from collections import Counter
from datetime import date

from app.index.manifest import EvaluationEntry as MeasuredGold
from app.index.manifest import Manifest
from app.tenants.tenant import Tenant
from app.transparency.register import EvaluationEntry, EvaluationFigures, KnowledgeEntry, OwnerEntry, TextLanguage
from app.transparency.shown import day
from app.wording.catalog import Catalog

_QUOTES_ONLY = "none"


def knowledge_entry(manifest: Manifest, tenant: Tenant, wording: Catalog) -> KnowledgeEntry:
    """Which texts answers come from, and whose they are."""
    say, documents = wording.text, manifest.documents
    reviews = sorted(date.fromisoformat(document.reviewed_on) for document in documents)
    languages, owners = Counter(each.language for each in documents), Counter(each.owner for each in documents)
    return KnowledgeEntry(
        generation=manifest.id,
        published_at=manifest.approval.at if manifest.approval else manifest.created_at,
        published_by=_published_by(manifest, tenant, wording),
        text=say("knowledge.text"),
        texts=len(documents),
        services=len({document.service for document in documents}),
        passages=manifest.chunk_count,
        languages=tuple(TextLanguage(language=code, texts=count) for code, count in _most_first(languages)),
        owners=tuple(OwnerEntry(name=name, texts=count) for name, count in _most_first(owners)),
        first_review=reviews[0],
        last_review=reviews[-1],
    )


def evaluation_entry(manifest: Manifest, tenant: Tenant, wording: Catalog) -> EvaluationEntry:
    """What the gold questions said about exactly this state; an earlier state's figures say nothing about it."""
    say, measured = wording.text, manifest.evaluation
    if measured is None:
        return EvaluationEntry(measured=False, text=say("evaluation.not_measured"), figures=None)
    measured_on = manifest.created_at.astimezone(tenant.zone).date()
    key = "evaluation.measured_quotes" if measured.model == _QUOTES_ONLY else "evaluation.measured"
    text = say(key, questions=measured.questions, day=day(measured_on, wording), model=measured.model)
    return EvaluationEntry(
        measured=True,
        text=f"{text} {say('evaluation.caution')}",
        figures=_figures(measured, measured_on, tenant),
    )


def _figures(measured: MeasuredGold, measured_on: date, tenant: Tenant) -> EvaluationFigures:
    goals = tenant.publishing
    return EvaluationFigures(
        measured_on=measured_on,
        questions=measured.questions,
        model=measured.model,
        right=measured.right,
        right_refusals=measured.right_refusals,
        invented_figures=measured.invented,
        goal_right=goals.right,
        goal_right_refusals=goals.right_refusals,
        goal_invented_figures=goals.invented,
        answers_sha256=measured.sha256,
    )


def _published_by(manifest: Manifest, tenant: Tenant, wording: Catalog) -> str:
    """The role of whoever published, unless the town has said that names may be shown."""
    say, second = wording.text, manifest.approval
    if tenant.transparency.names_publisher:
        name = manifest.imported_from.by if manifest.imported_from else manifest.created_by
        by = say("knowledge.by_two_names", name=name, second=second.by) if second else name
    else:
        by = say("knowledge.by_two_roles" if second else "knowledge.by_role")
    return say("knowledge.imported", by=by) if manifest.imported_from else by


def _most_first(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))
