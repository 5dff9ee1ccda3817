#!/usr/bin/env bash
# Runs the suites with programs that others wrote, after installing those. Words are handed to vitest: integration_tests/run.sh records
set -euo pipefail
cd "$(dirname "$0")/.."
INTEGRATION_VENV="$(integration_tests/setup-python.sh | tail -n 1)"
export INTEGRATION_VENV
node=node_modules/.bin/node
"$node" scripts/build.ts
"$node" node_modules/.bin/vitest run --config vitest.integration.config.ts "$@"
