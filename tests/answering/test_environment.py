"""What may explain that an answer differs is in every record, and a difference is told in words."""

from app.answering.environment import changes, environment_of
from app.answering.pipeline import Pipeline
from app.answering.processor import arithmetic_features

X86 = "processor\t: 0\nmodel name\t: Example 9000\nflags\t\t: fpu sse4_2 avx avx2 avx512f hypervisor fma\n"
ARM = "processor\t: 0\nBogoMIPS\t: 50.00\nFeatures\t: fp asimd crc32 asimddp sve\n"


def test_model_prompts_code_libraries_and_processor_are_named(pipeline: Pipeline) -> None:
    environment = environment_of(pipeline)
    assert environment.keys() >= {
        "code", "weights", "evidence_model", "screen_model", "model", "model_file", "model_sha256", "model_adapter",
        "model_adapter_sha256", "model_runtime", "model_context_tokens", "prompts", "sampling", "embedder",
        "embedder_revision", "python", "c_library", "processor", "processor_features", "arithmetic", "packages",
    }  # fmt: skip
    prompts = environment["prompts"]
    assert isinstance(prompts, dict)
    assert {"draft.de", "draft-adapted.de"} <= prompts.keys()
    assert all(":" in str(reference) for reference in prompts.values())
    packages = environment["packages"]
    assert isinstance(packages, dict)
    assert "not installed" not in packages.values()
    arithmetic = environment["arithmetic"]
    assert isinstance(arithmetic, dict)
    assert {"torch", "torch_threads"} <= arithmetic.keys()


def test_only_features_that_decide_about_arithmetic_are_kept() -> None:
    assert arithmetic_features(X86) == ("avx", "avx2", "avx512f", "fma", "sse4_2")
    assert arithmetic_features(ARM) == ("asimd", "asimddp", "sve")
    assert arithmetic_features("") == ()


def test_the_same_environment_has_no_changes(pipeline: Pipeline) -> None:
    environment = environment_of(pipeline)
    assert changes(environment, environment) == ()


def test_each_change_is_one_line_with_its_place() -> None:
    then = {"code": "1", "packages": {"torch": "2.12", "numpy": "2"}, "processor_features": ["avx", "avx512f"]}
    now = {"code": "2", "packages": {"torch": "2.13", "numpy": "2"}, "processor_features": ["avx", "amx_int8"]}
    assert changes(then, now) == (  # type: ignore[arg-type]
        "code: '1' -> '2'",
        "packages.torch: '2.12' -> '2.13'",
        "processor_features: without avx512f, with amx_int8",
    )


def test_what_the_code_of_then_did_not_note_is_no_change_but_a_new_prompt_is() -> None:
    assert changes({"code": "1"}, {"code": "2", "processor": "x"}) == ("code: '1' -> '2'",)
    assert changes({"code": "1", "prompts": {}}, {"code": "1", "prompts": {"draft.fr": "1:ab"}}) == (
        "prompts.draft.fr: None -> '1:ab'",
    )
