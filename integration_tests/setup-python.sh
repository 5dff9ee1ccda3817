#!/usr/bin/env bash
# Makes the Python environment of the integration tests: Airbyte's own connector, PyAirbyte and the protocol's models, in pinned versions.
# It stands outside the repository, in the folder that INTEGRATION_VENV names, and is left alone while the list of versions stays the same.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
venv="${INTEGRATION_VENV:-$HOME/.cache/facebook-marketing-connectors/venv}"
versions="$here/requirements.txt"

mkdir -p "$(dirname "$venv")"
exec 9> "$venv.lock"
flock 9
if ! cmp -s "$versions" "$venv/complete.txt"; then
  rm -rf "$venv"
  "${PYTHON:-python3.11}" -m venv "$venv"
  # The list names every package, so nothing is left for pip to find out.
  "$venv/bin/pip" install --quiet --no-input --disable-pip-version-check --no-deps --no-compile --requirement "$versions"
  "$venv/bin/pip" check --disable-pip-version-check
  cp "$versions" "$venv/complete.txt"
fi
echo "$venv"
