"""styles/errors/*.yaml, volumes/ID/layout.yaml and proofs/NN/sample.yaml."""

from __future__ import annotations

from dataclasses import replace

from editorial.errors import EditorialError
from editorial.model.error_scheme import ErrorScheme, scheme_faults
from editorial.model.layout_count import Layout, layout_faults
from editorial.model.proof_sample import ProofSample
from editorial.store.files import Files
from editorial.store.reader import read_own

SCHEMES = "styles/errors"


def scheme_names(files: Files) -> tuple[str, ...]:
    names = files.names(SCHEMES)
    return tuple(each.removesuffix(".yaml") for each in names if each.endswith(".yaml"))


def load_error_scheme(files: Files, name: str) -> ErrorScheme:
    """The scheme `name`. BadData tells every fault; EditorialError: there is no such scheme."""
    names = scheme_names(files)
    if name not in names:
        told = f"可用：{'、'.join(names)}" if names else "从程序自带的 styles 复制 errors 文件夹"
        raise EditorialError(f"没有“{name}”这套差错计算办法（{SCHEMES}）", hint=told)
    scheme = read_own(files, ErrorScheme, f"{SCHEMES}/{name}.yaml", scheme_faults)
    assert scheme is not None
    return replace(scheme, id=name)


def load_layout(files: Files, volume_id: str) -> Layout | None:
    """How the pages of the book are counted; None when nobody has told."""
    path = f"volumes/{volume_id}/layout.yaml"
    return read_own(files, Layout, path, layout_faults)


def sample_path(volume_id: str, proof_id: str) -> str:
    return f"volumes/{volume_id}/proofs/{proof_id}/sample.yaml"


def load_sample(files: Files, volume_id: str, proof_id: str) -> ProofSample | None:
    """The pages of a proof drawn to be read again; None when none were."""
    return read_own(files, ProofSample, sample_path(volume_id, proof_id))
