// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandline/completionscripts.h"

namespace slipway {

namespace {

// What `slipwayctl complete` prints: a word and behind a blank its meaning, or ":file" or ":folder".
constexpr auto kBash = R"(# SPDX-License-Identifier: GPL-3.0-or-later
# bash completion of slipwayctl
_slipwayctl() {
  local line current=${COMP_WORDS[COMP_CWORD]}
  [[ $current == = ]] && current=
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
    :file)
      compopt -o filenames 2>/dev/null
      while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$current")
      ;;
    :folder)
      compopt -o filenames 2>/dev/null
      while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -d -- "$current")
      ;;
    *) COMPREPLY+=("${line%% *}") ;;
    esac
  done < <("$1" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _slipwayctl slipwayctl
)";

constexpr auto kZsh = R"(#compdef slipwayctl
# SPDX-License-Identifier: GPL-3.0-or-later
# zsh completion of slipwayctl
_slipwayctl() {
  local line
  local -a offered shown
  for line in "${(@f)$(slipwayctl complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    case $line in
    '') ;;
    :file) _files ;;
    :folder) _files -/ ;;
    *)
      offered+=("${line%% *}")
      shown+=("${line/ /  }")
      ;;
    esac
  done
  (( $#offered )) && compadd -l -d shown -a offered
}
if [[ ${zsh_eval_context[-1]} == loadautofunc ]]; then
  _slipwayctl "$@"
else
  compdef _slipwayctl slipwayctl
fi
)";

constexpr auto kFish = R"(# SPDX-License-Identifier: GPL-3.0-or-later
# fish completion of slipwayctl
function __slipwayctl_offers
    set -l typed (commandline -opc)
    set -l current (commandline -ct | string collect --allow-empty)
    for line in (slipwayctl complete -- $typed[2..-1] "$current" 2>/dev/null)
        switch $line
            case :file
                __fish_complete_path "$current"
            case :folder
                __fish_complete_directories "$current"
            case '*'
                string replace ' ' \t -- $line
        end
    end
end
complete -c slipwayctl -f -a '(__slipwayctl_offers)'
)";

} // namespace

std::optional<QString> completionScript(const QString &shell) {
    if (shell == QLatin1String("bash"))
        return QString::fromLatin1(kBash);
    if (shell == QLatin1String("zsh"))
        return QString::fromLatin1(kZsh);
    if (shell == QLatin1String("fish"))
        return QString::fromLatin1(kFish);
    return std::nullopt;
}

} // namespace slipway
