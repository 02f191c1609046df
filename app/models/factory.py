"""Opens the models that the settings name."""

from app.models.embedder import SentenceTransformerEmbedder
from app.models.llama import LlamaLanguageModel
from app.models.openai_compatible import OpenAICompatibleLanguageModel
from app.models.ports import Embedder, LanguageModel
from app.settings import Settings


def open_language_model(settings: Settings) -> LanguageModel | None:
    """The language model of `settings.llm_backend`, ready to use; None for `none`. The caller closes it.

    Raises:
        ModelError: the embedded model is missing or damaged.
        ConfigurationError: the remote server's base URL is missing.
    """
    match settings.llm_backend:
        case "embedded":
            return LlamaLanguageModel.load(settings)
        case "openai":
            return OpenAICompatibleLanguageModel(settings)
        case "none":
            return None


def open_embedder(settings: Settings) -> Embedder:
    """The embedder of `settings.embedding_model`. Takes seconds: it imports torch.

    Raises:
        ModelError: the model is missing or damaged.
    """
    return SentenceTransformerEmbedder.load(settings)
