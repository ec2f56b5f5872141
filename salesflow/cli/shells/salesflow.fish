# Completion of `salesflow` in fish. Write it to where fish looks:
#
#   salesflow completion fish > ~/.config/fish/completions/salesflow.fish

function __salesflow_complete
    set -l before (commandline -opc)
    set -l typed (commandline -ct)
    set -lx _SALESFLOW_TAB fish
    set -lx _SALESFLOW_WORDS (string join \n -- $before | string collect)
    set -lx _SALESFLOW_TYPED (string unescape -- "$typed"; or echo "$typed")
    for row in ($before[1] 2>/dev/null)
        set -l cells (string split \t -- $row)
        switch $cells[1]
            case word part file
                printf '%s\t%s\n' $cells[2] "$cells[3]"
            case folder
                printf '%s/\t%s\n' $cells[2] "$cells[3]"
            case default
                __fish_complete_path "$typed"
        end
    end
end

complete --command salesflow --no-files --keep-order --arguments '(__salesflow_complete)'
