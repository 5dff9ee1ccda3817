/** What is used here of npm's lock file, version 3. */
export interface LockFile {
  readonly packages: Readonly<Record<string, LockEntry>>;
}

export interface LockEntry {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
  readonly dev?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

export interface LockedPackage extends LockEntry {
  readonly name: string;
  readonly version: string;
}

const FOLDER = 'node_modules/';

/** All packages in the order of their names; the one that the file is of is none. */
export function listPackages({ packages }: LockFile): LockedPackage[] {
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .map(([path, entry]) => ({
      ...entry,
      name: path.slice(path.lastIndexOf(FOLDER) + FOLDER.length),
      version: entry.version ?? '',
    }))
    .sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0));
}

/** Those that are there when the programs run. */
export function listProduction(lock: LockFile): LockedPackage[] {
  return listPackages(lock).filter(({ dev = false }) => !dev);
}
