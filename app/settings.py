"""All settings of an installation: environment variables AMTSLOTSE_*, each with a safe default."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from app.errors import ConfigurationError
from app.secret_file import read_secret

PROJECT_ROOT = Path(__file__).resolve().parent.parent


def _split(value: Any) -> Any:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
"""In the environment: separated by commas."""


class Settings(BaseSettings):
    """One object that wires the service; read once per process with `get_settings()`."""

    model_config = SettingsConfigDict(env_prefix="AMTSLOTSE_", extra="ignore")

    data_dir: Path = Field(
        PROJECT_ROOT / "data", description="Published generations, the answer log, locks. Back this folder up."
    )
    knowledge_dir: Path = Field(PROJECT_ROOT / "knowledge", description="Source texts, one folder a tenant.")
    models_dir: Path = Field(
        PROJECT_ROOT / "models", description="Prepared model files. Can be rebuilt with `amtslotse models prepare`."
    )
    prompts_dir: Path = Field(PROJECT_ROOT / "prompts", description="Versioned prompt templates.")

    host: str = Field("127.0.0.1", description="Address to listen on. Put a TLS proxy in front before opening it.")
    port: int = Field(8000, ge=1, le=65535, description="TCP port to listen on.")
    trusted_hosts: Names = Field(
        (),
        description="Names in the Host header that are answered, for example `chat.musterstadt.de` or "
        "`*.musterstadt.de`, separated by commas; loopback always is. Empty answers all.",
    )
    trusted_proxies: Names = Field(
        (),
        description="Addresses or networks of the proxies in front, separated by commas: their X-Forwarded-For and "
        "X-Forwarded-Proto are believed. Without it all citizens behind a proxy share one rate limit.",
    )
    rate_questions_per_address: int = Field(
        30, ge=0, description="Questions a minute from one network address (IPv6: one /64); 0 for no limit."
    )
    rate_questions_per_conversation: int = Field(
        10, ge=0, description="Questions a minute in one conversation; 0 for no limit."
    )
    rate_questions_per_tenant: int = Field(
        0, ge=0, description="Questions a minute to one town, from everybody together; 0 for no limit."
    )
    rate_calls_per_address: int = Field(
        600, ge=0, description="API calls of any kind a minute from one network address; 0 for no limit."
    )
    api_keys_file: Path | None = Field(
        None,
        description="File with keys for other software, one a line, readable by the service's user (and its group) "
        "only: then `/v1` and `/mcp` need one of them. Without it both are as open as the rest of the API.",
    )
    max_connections: int = Field(
        512, ge=1, description="Connections open at once; further ones are refused with 503. Keep below `ulimit -n`."
    )
    log_format: Literal["text", "json"] = Field(
        "text", description="How the service logs on standard error: `text` for people, `json` for programs."
    )
    default_tenant: str = Field("musterstadt", description="Tenant of `GET /` and of CLI calls without --tenant.")

    llm_backend: Literal["embedded", "openai", "none"] = Field(
        "embedded",
        description="`embedded` runs a GGUF in this process, `openai` calls an OpenAI-compatible server, "
        "`none` only quotes.",
    )
    llm_model: str = Field(
        "gemma-3-270m", description="Model id from the catalog, path of a GGUF, or the remote server's model name."
    )
    llm_adapter: str = Field(
        "builtin",
        description="LoRA adapter of the embedded model: `builtin` takes the one that comes with Amtslotse where it "
        "fits the model, `none` takes none, anything else is the path of a GGUF adapter.",
    )
    llm_base_url: str | None = Field(
        None, description="Base URL of the OpenAI-compatible server, for example http://127.0.0.1:8080/v1."
    )
    llm_api_key: SecretStr | None = Field(None, description="API key for that server, if it wants one.")
    llm_api_key_file: Path | None = Field(
        None, description="File with that key instead, readable by the service's user (and its group) only."
    )
    llm_timeout_s: float = Field(60.0, gt=0, description="Seconds after which a remote generation is given up.")
    llm_context_tokens: int = Field(2048, ge=512, description="Context window of the embedded model, in tokens.")
    llm_max_tokens: int = Field(96, ge=8, description="Longest draft, in tokens.")
    llm_threads: int = Field(0, ge=0, description="Threads for the embedded model; 0 takes the physical cores.")
    llm_seed: int = Field(1, ge=1, description="Sampling seed (0 would mean random in llama.cpp, so it is refused).")
    queue_size: int = Field(
        8, ge=1, description="Questions that may wait or run at once; further ones get `busy` with Retry-After."
    )

    embedding_model: str = Field(
        "multilingual-e5-small", description="Model id from the catalog, or a path or name for sentence-transformers."
    )

    max_question_chars: int = Field(1000, ge=50, description="Longest accepted question, in characters.")
    power_watts: float = Field(
        30.0, gt=0, description="Watts that the machine draws while it answers; for the energy estimate in each record."
    )
    record_retention_days: int = Field(90, ge=1, description="Days after which a running server erases answer records.")
    audit_retention_days: int = Field(
        365, ge=1, description="Days after which a running server erases what the staff did from the audit log."
    )

    oidc_issuer: str | None = Field(
        None,
        description="Sign-in provider (OpenID Connect) of the staff, exactly as it names itself, for example "
        "https://sso.musterstadt.de/realms/stadt. Without it there are local accounts only.",
    )
    oidc_client_id: str = Field("amtslotse", description="What the provider calls this service.")
    oidc_client_secret: SecretStr | None = Field(None, description="The secret that the provider gave it, if any.")
    oidc_client_secret_file: Path | None = Field(
        None, description="File with that secret instead, readable by the service's user (and its group) only."
    )
    oidc_roles_claim: str = Field(
        "groups",
        description="Claim of the ID token with the roles, such as `amtslotse:musterstadt:desk`; dots lead into "
        "claims inside claims, such as `realm_access.roles`.",
    )
    oidc_label: str = Field("Dienstkonto", description="What the staff call their account there, on the sign-in page.")
    handover_retention_days: int = Field(
        30, ge=1, description="Days after which a running server erases questions that were passed on to people."
    )
    handover_urls: Names = Field(
        (),
        description="Addresses that replies to citizens may be sent to, separated by commas; the webhook or Zammad in "
        "a town's `tenant.yaml` must be one of them or lie below one. Empty allows none.",
    )
    handover_webhook_secret_file: Path | None = Field(
        None,
        description="File with the secret that replies to a webhook are signed with, readable by the service's user "
        "(and its group) only.",
    )
    zammad_token_file: Path | None = Field(
        None, description="File with the token for Zammad, readable by the service's user (and its group) only."
    )
    smtp_host: str | None = Field(None, description="Mail server that hands out replies to citizens.")
    smtp_port: int = Field(587, ge=1, le=65535, description="Its port: 587 for `starttls`, 465 for `tls`.")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        "starttls",
        description="How the connection to it is protected; `none` is for a relay on the same machine, without "
        "password.",
    )
    smtp_user: str | None = Field(None, description="Name to sign in with at the mail server, if it wants one.")
    smtp_password: SecretStr | None = Field(None, description="Password for it.")
    smtp_password_file: Path | None = Field(
        None, description="File with that password instead, readable by the service's user (and its group) only."
    )

    def language_model_key(self) -> str | None:
        """The key for the OpenAI-compatible server, from the environment or from its file.

        Raises:
            ConfigurationError: both are set, or the file is missing, empty, or open to others.
        """
        return _secret("AMTSLOTSE_LLM_API_KEY", self.llm_api_key, self.llm_api_key_file)

    def oidc_secret(self) -> str | None:
        """The secret for the sign-in provider; errors as with `language_model_key`."""
        return _secret("AMTSLOTSE_OIDC_CLIENT_SECRET", self.oidc_client_secret, self.oidc_client_secret_file)

    def mail_password(self) -> str | None:
        """The password for the mail server; errors as with `language_model_key`."""
        return _secret("AMTSLOTSE_SMTP_PASSWORD", self.smtp_password, self.smtp_password_file)

    def webhook_secret(self) -> str | None:
        """What replies to a webhook are signed with; errors as with `api_keys`."""
        return _secret("AMTSLOTSE_HANDOVER_WEBHOOK_SECRET", None, self.handover_webhook_secret_file)

    def zammad_token(self) -> str | None:
        """The token for Zammad; errors as with `api_keys`."""
        return _secret("AMTSLOTSE_ZAMMAD_TOKEN", None, self.zammad_token_file)

    def api_keys(self) -> tuple[str, ...]:
        """The keys for other software; none when no file is named.

        Raises:
            ConfigurationError: the file is missing, empty, or open to others.
        """
        return () if self.api_keys_file is None else tuple(read_secret(self.api_keys_file, group_may_read=True).split())


def _secret(name: str, value: SecretStr | None, file: Path | None) -> str | None:
    """A secret from its variable or from the file that the variable with _FILE behind names."""
    if file is None:
        return value.get_secret_value() if value else None
    if value is not None:
        raise ConfigurationError(f"Set {name} or {name}_FILE, not both.")
    return read_secret(file, group_may_read=True)


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """The settings of this process, read from the environment once."""
    return Settings()
