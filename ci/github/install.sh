#!/usr/bin/env bash
# Installs this very version of salesflow into a folder of its own, and puts the command on the PATH of the job.
set -euo pipefail

home="$RUNNER_TEMP/salesflow"
wanted="$GITHUB_ACTION_PATH$SALESFLOW_PACKAGES"
if [ -f "$home/from" ] && printf '%s' "$wanted" | cmp -s - "$home/from"; then
    exit # an earlier step of the job has done it
fi
set -- "$GITHUB_ACTION_PATH"
while read -r package; do
    if [ -n "$package" ]; then
        set -- "$@" "$package"
    fi
done <<< "$SALESFLOW_PACKAGES"
rm -rf "$home"
mkdir -p "$home/bin"
"$SALESFLOW_PYTHON" -m venv "$home/venv"
programs="$home/venv/bin"
[ -d "$programs" ] || programs="$home/venv/Scripts" # on Windows
if ! "$programs/python" -m pip install --quiet --disable-pip-version-check -- "$@"; then
    echo "::error title=salesflow::salesflow could not be installed: the lines of pip above say why."
    exit 1
fi
# Only the command itself: the job's own Python stays in front.
cp "$programs"/salesflow* "$home/bin/"
printf '#!/bin/sh\nexec "%s/python" "$@"\n' "$programs" > "$home/python"
chmod +x "$home/python"
echo "$home/bin" >> "$GITHUB_PATH"
printf '%s' "$wanted" > "$home/from"
"$home/python" -m salesflow --version
