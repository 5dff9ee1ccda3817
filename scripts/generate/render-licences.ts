import { type LockedPackage, type LockFile, listProduction } from './lock-file.ts';

/** `docs/licences.md`: every package that the built programs may have parts of, with its licence, as the lock file has them. */
export function renderLicences(lock: LockFile): string {
  const packages = listProduction(lock);
  const rows = packages.map(({ name, version, license }) => `| ${name} | ${version} | ${license ?? 'not told'} |`);
  return `# Licences of the packages

Written by \`npm run generate\` from \`package-lock.json\`: what the connectors depend on when they run, directly or not. What only builds or tests them is not listed.

${summarise(packages)}

| package | version | licence |
|---|---|---|
${rows.join('\n')}
`;
}

function summarise(packages: readonly LockedPackage[]): string {
  const counts = new Map<string, number>();
  for (const { license = 'not told' } of packages) counts.set(license, (counts.get(license) ?? 0) + 1);
  const parts = [...counts].sort(([, one], [, other]) => other - one).map(([license, count]) => `${count} ${license}`);
  return `${packages.length} packages: ${parts.join(', ')}.`;
}
