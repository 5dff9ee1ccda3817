import { readFile } from 'node:fs/promises';
import type { LockFile } from './lock-file.ts';
import { renderConfigType } from './render-config-type.ts';
import { renderLicences } from './render-licences.ts';
import { fillEnums, renderSpec } from './render-spec.ts';
import { fileStem, renderValidator, renderValidatorTypes } from './render-validator.ts';
import { renderVocabulary } from './render-vocabulary.ts';
import type { JsonNode } from './schema-node.ts';
import { SPEC_PLANS, type SpecPlan } from './specs.ts';

/** Every file the generator writes: path from `root` to text. */
export async function renderFiles(root: URL): Promise<Map<string, string>> {
  const lock: LockFile = JSON.parse(await readFile(new URL('package-lock.json', root), 'utf8'));
  const files = new Map([
    ['src/generated/vocabulary.ts', renderVocabulary()],
    ['docs/licences.md', renderLicences(lock)],
  ]);
  for (const plan of SPEC_PLANS) {
    for (const [path, text] of await renderSpecFiles(root, plan)) files.set(path, text);
  }
  return files;
}

async function renderSpecFiles(root: URL, plan: SpecPlan): Promise<[path: string, text: string][]> {
  const written: JsonNode = JSON.parse(await readFile(new URL(plan.specFile, root), 'utf8'));
  const spec = fillEnums(written, plan);
  const stem = fileStem(plan.typeName);
  return [
    [plan.specFile, renderSpec(written, plan)],
    [`src/generated/${stem}.ts`, await renderConfigType(spec, plan)],
    [`src/generated/validate-${stem}.js`, renderValidator(spec, plan)],
    [`src/generated/validate-${stem}.d.ts`, renderValidatorTypes(plan)],
  ];
}
