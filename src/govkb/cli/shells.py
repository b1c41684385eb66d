"""How each shell asks what may come next, and how it wants to be answered.

click finds out what is asked. Its scripts are not used: that of bash would expand the names of
files in an answer, that of fish cuts a title at its first comma, and all of them let an error
appear on the prompt.
"""

from __future__ import annotations

from typing import Any

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
)

from govkb.errors import GovkbError

# What no name can be: the shell is to offer files or folders by itself.
_BY_SHELL = {"file": "<file>", "dir": "<dir>"}

# An old bash, as macOS has it, knows neither `nosort` nor `compopt`.
_BASH = """\
_govkb_completion() {
    local IFS=$'\\n'
    COMPREPLY=($(COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD \\
        _GOVKB_COMPLETE=bash_complete "$1" 2>/dev/null))
    case "${COMPREPLY[0]}" in
        '<file>') COMPREPLY=($(compgen -f -- "$2")); compopt -o filenames 2>/dev/null ;;
        '<dir>') COMPREPLY=($(compgen -d -- "$2")); compopt -o filenames 2>/dev/null ;;
    esac
}
complete -o nosort -F _govkb_completion govkb 2>/dev/null || complete -F _govkb_completion govkb
"""
_ZSH = """\
#compdef govkb
_govkb_completion() {
    local -a found
    found=("${(@f)$(COMP_WORDS="${words[*]}" COMP_CWORD=$((CURRENT-1)) \\
        _GOVKB_COMPLETE=zsh_complete ${words[1]} 2>/dev/null)}")
    case "${found[1]}" in
        '') return 1 ;;
        '<file>') _files ;;
        '<dir>') _files -/ ;;
        *) _describe -V govkb found -U ;;
    esac
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _govkb_completion "$@"
else
    compdef _govkb_completion govkb
fi
"""
_FISH = """\
function _govkb_completion
    set -l found (COMP_WORDS=(commandline -cp | string collect) COMP_CWORD=(commandline -ct) \\
        _GOVKB_COMPLETE=fish_complete govkb 2>/dev/null)
    switch "$found[1]"
        case ''
            return
        case '<file>'
            __fish_complete_path (commandline -ct)
        case '<dir>'
            __fish_complete_directories (commandline -ct)
        case '*'
            printf '%s\\n' $found
    end
end
complete --no-files --command govkb --arguments '(_govkb_completion)'
"""


class _Shell(ShellComplete):
    """What all shells have in common."""

    @classmethod
    def source_of(cls, command: click.Command) -> str:
        """The script for this shell."""
        return cls(command, {}, "govkb", "_GOVKB_COMPLETE").source()

    def source(self) -> str:
        return self.source_template

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[str]]:
        option, sign, _ = incomplete.partition("=")
        words = [word for word in args if word != "="]  # bash takes --by=X for three words
        try:
            found = super().get_completions(words, incomplete)
        except GovkbError:
            return []  # what is wrong there is told by the command itself
        if not (sign and option.startswith("--")):
            return found
        return [CompletionItem(f"{option}={item.value}", item.type, item.help) for item in found]

    def complete(self) -> str:
        found = self.get_completions(*self.get_completion_args())
        by_shell = next((_BY_SHELL[item.type] for item in found if item.type in _BY_SHELL), None)
        return by_shell or "\n".join(map(self.format_completion, found))


class _Bash(_Shell, BashComplete):
    source_template = _BASH

    def format_completion(self, item: CompletionItem[Any]) -> str:
        return str(item.value)


class _Zsh(_Shell, ZshComplete):
    source_template = _ZSH

    def format_completion(self, item: CompletionItem[Any]) -> str:
        value = str(item.value).replace(":", "\\:")
        return f"{value}:{item.help}" if item.help else value


class _Fish(_Shell, FishComplete):
    source_template = _FISH

    def format_completion(self, item: CompletionItem[Any]) -> str:
        return f"{item.value}\t{item.help}" if item.help else str(item.value)


SHELLS: dict[str, type[_Shell]] = {"bash": _Bash, "zsh": _Zsh, "fish": _Fish}


def offer() -> None:
    """Lets click answer in these ways."""
    for name, shell in SHELLS.items():
        add_completion_class(shell, name)
