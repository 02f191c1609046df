"""The form of a set-up: what can be chosen, and what was."""

from dataclasses import dataclass

from pydantic import ValidationError
from starlette.datastructures import FormData

from app.console.access import Signed, text_field
from app.console.trials.models import ModelChoice, model_choices
from app.console.trials.prompts import LONGEST, published_prompts
from app.errors import InvalidInputError
from app.index.manifest import GenerationState, Manifest
from app.trials.setup import SetUp


@dataclass(frozen=True, slots=True)
class Choices:
    """What a set-up can be made of."""

    generations: tuple[Manifest, ...]
    """Newest first."""
    active: str | None
    running_model: str
    models: tuple[ModelChoice, ...]
    prompts: dict[str, str]
    """Published prompt files."""


def choices(signed: Signed) -> Choices:
    """What there is now for the page's town."""
    from ingest.rollback import generations

    settings, service, town = signed.running.settings, signed.running.service, signed.town.id
    found = (each for each in generations(settings.data_dir, town) if each.state is not GenerationState.CHECKING)
    return Choices(
        generations=tuple(sorted(found, key=lambda manifest: manifest.id, reverse=True)),
        active=service.generations.active_id(town),
        running_model=service.pipeline.model_name,
        models=model_choices(settings),
        prompts=published_prompts(settings.prompts_dir),
    )


def drafts_of(signed: Signed) -> tuple[Manifest, ...]:
    """Draft generations of the page's town, newest first."""
    from ingest.rollback import generations

    found = generations(signed.running.settings.data_dir, signed.town.id)
    return tuple(manifest for manifest in reversed(found) if manifest.state is GenerationState.DRAFT)


def setup_from(form: FormData, side: str, offered: Choices) -> SetUp:
    """The set-up of one side (`left` or `right`) as posted. Raises InvalidInputError."""
    threshold = text_field(form, f"{side}-threshold", longest=8).replace(",", ".")
    edited = {
        name: text + "\n"
        for name, published in offered.prompts.items()
        if (text := text_field(form, f"{side}-prompt-{name}", longest=LONGEST)) and text != published.strip()
    }
    try:
        return SetUp.model_validate(
            {
                "generation": text_field(form, f"{side}-generation", longest=40) or None,
                "model": text_field(form, f"{side}-model", longest=100, required=True),
                "caution": text_field(form, f"{side}-caution", longest=20, required=True),
                "threshold": float(threshold) if threshold else None,
                "prompts": edited,
            }
        )
    except (ValidationError, ValueError) as error:
        where = "Links" if side == "left" else "Rechts"
        raise InvalidInputError(
            f"{where}: So geht es nicht. Die Schwelle ist eine Zahl von 0 bis 1, alles andere steht zur Auswahl."
        ) from error
