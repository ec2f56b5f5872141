# Completion of `salesflow` in bash. Put this line into ~/.bashrc:
#
#   eval "$(salesflow completion bash)"

_salesflow() {
    local kind value help typed="" skip=0 last="" ending=""
    COMPREPLY=()
    while IFS=$'\t' read -r kind value help; do
        case $kind in
            typed)
                # Bash takes `=` and `:` for the ends of words: what stands before them is there.
                typed=$value
                [[ $typed == *"$2" ]] && skip=$((${#typed} - ${#2}))
                continue ;;
            default) ending=default ;;
            file | folder) ending=filenames; COMPREPLY+=("${value:skip}") ;;
            word | part) COMPREPLY+=("${value:skip}") ;;
        esac
        last=$kind
    done < <(_SALESFLOW_TAB=bash _SALESFLOW_LINE="${COMP_LINE:0:COMP_POINT}" \
        "${1/#\~/$HOME}" 2> /dev/null)
    type compopt > /dev/null 2>&1 || return 0 # bash 3, as macOS has it
    [[ -n $ending ]] && compopt -o "$ending"
    [[ ${#COMPREPLY[@]} -eq 1 && $last == part ]] && compopt -o nospace
    return 0
}

complete -o nosort -F _salesflow salesflow 2> /dev/null || complete -F _salesflow salesflow
