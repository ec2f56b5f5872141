#!/usr/bin/env bash
# Which Python is to run salesflow: `path` of one that is there, or the version `wanted`, for setup-python.
set -euo pipefail

if [ -n "$SALESFLOW_PYTHON" ]; then
    echo "wanted=${SALESFLOW_PYTHON//[^0-9A-Za-z.<>=~^ -]/}" >> "$GITHUB_OUTPUT"
    exit
fi
for name in python3 python; do
    path=$(command -v "$name" || true)
    if [ -n "$path" ] && "$path" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; then
        echo "path=$path" >> "$GITHUB_OUTPUT"
        exit
    fi
done
echo "wanted=3.13" >> "$GITHUB_OUTPUT"
