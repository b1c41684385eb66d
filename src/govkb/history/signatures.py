"""Signatures of checkpoints, made and checked by ssh-keygen (OpenSSH 8.1 and later)."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from govkb.errors import CannotVerifyError, FindingsError
from govkb.history.programs import Finished, run_program

# Signatures made for anything else don't count here.
_NAMESPACE = "govkb-checkpoint"


def sign(text: bytes, key: Path) -> bytes:
    """The signature of a text by a private key, or by the agent's that a public one belongs to.

    Raises CannotVerifyError where it can't be made.
    """
    if not key.is_file():
        raise CannotVerifyError(f"{key}: there is no such key", "name a file made by ssh-keygen")
    command = ["ssh-keygen", "-Y", "sign", "-n", _NAMESPACE, "-f", str(key)]
    done = _run(command, text)
    if done.returncode != 0:
        raise CannotVerifyError(f"the checkpoint can't be signed: {_reason(done)}")
    return done.stdout


def signer_of(text: bytes, signature: bytes, allowed: Path) -> str:
    """Who of the allowed signers signed a text.

    `allowed` is a file as ssh-keygen(1) describes under ALLOWED SIGNERS. Raises FindingsError where
    it was none of them.
    """
    if not allowed.is_file():
        raise CannotVerifyError(f"{allowed}: there is no such file of allowed signers")
    with tempfile.TemporaryDirectory(prefix="govkb-") as folder:
        file = Path(folder) / "signature"
        file.write_bytes(signature)
        common = ["-s", str(file), "-f", str(allowed)]
        who = _run(["ssh-keygen", "-Y", "find-principals", *common], text)
        names = who.stdout.decode(errors="replace").split("\n")
        if who.returncode != 0 or not names[0]:
            raise FindingsError("the checkpoint isn't signed by any of the allowed signers")
        verify = ["ssh-keygen", "-Y", "verify", "-n", _NAMESPACE, "-I", names[0], *common]
        done = _run(verify, text)
    if done.returncode != 0:
        raise FindingsError(f"the signature doesn't fit the checkpoint: {_reason(done)}")
    return names[0]


def _run(command: list[str], text: bytes) -> Finished:
    # Without a display nobody is asked for a passphrase, which nobody could answer in CI.
    environment = {**os.environ, "LC_ALL": "C", "SSH_ASKPASS_REQUIRE": "never"}
    done = run_program(command, text, environment)
    if done is None:
        raise CannotVerifyError("ssh-keygen is not installed", "install OpenSSH")
    return done


def _reason(done: Finished) -> str:
    lines = (done.stderr or done.stdout).decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else f"ssh-keygen ended with {done.returncode}"
