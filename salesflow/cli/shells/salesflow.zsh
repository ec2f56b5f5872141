#compdef salesflow
# Completion of `salesflow` in zsh. Put this line into ~/.zshrc, below `compinit`:
#
#   eval "$(salesflow completion zsh)"

_salesflow() {
    local row
    local -a before cells said parts files folders
    before=("${(@Q)words[1,CURRENT-1]}")
    for row in "${(@f)$(_SALESFLOW_TAB=zsh _SALESFLOW_WORDS="${(pj:\n:)before}" \
        _SALESFLOW_TYPED="${(Q)PREFIX}" ${~words[1]} 2> /dev/null)}"; do
        cells=("${(@ps:\t:)row}")
        case $cells[1] in
            word) said+=("${cells[2]//:/\\:}${cells[3]:+:$cells[3]}") ;;
            part) parts+=("${cells[2]//:/\\:}${cells[3]:+:$cells[3]}") ;;
            file) files+=("$cells[2]") ;;
            folder) folders+=("$cells[2]") ;;
            default) _files ;;
        esac
    done
    (( $#said )) && _describe -V salesflow said
    (( $#parts )) && _describe -V salesflow parts -S ''
    (( $#folders )) && compadd -f -q -S / -a folders
    (( $#files )) && compadd -f -a files
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _salesflow "$@"
else
    compdef _salesflow salesflow
fi
