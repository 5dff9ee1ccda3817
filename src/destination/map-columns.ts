import { guessRole } from '../audiences/keys/guess-key.ts';
import type { ColumnRole } from '../audiences/keys/match-key.ts';
import type { ColumnPlan } from '../audiences/normalise/normalised-person.ts';
import type { AudienceConfig, DestinationConfig } from '../generated/destination-config.ts';

/** Keys that are sent where the config says so, and never because of a column's name. */
const EXPLICIT_ROLES: ReadonlySet<ColumnRole> = new Set(['PAGEUID', 'APPUID']);

export interface ColumnMapping {
  readonly config: DestinationConfig;
  readonly audience: AudienceConfig | undefined;
  readonly isValueBased: boolean;
}

/** Which of the columns says what about a person: first those that the config maps, then those whose names tell. */
export function mapColumns(names: readonly string[], { config, audience, isValueBased }: ColumnMapping): readonly ColumnPlan[] {
  const hashing = config.hashing ?? 'auto';
  const mapped = (audience?.columns ?? []).filter(({ column }) => names.includes(column));
  const isScoped = mapped.some(({ match_key: key }) => key === 'PAGEUID' || key === 'APPUID');
  const explicit = mapped.flatMap(({ column, match_key: key, hashing: own }): ColumnPlan[] =>
    key === 'IGNORE' ? [] : [{ column, role: key, hashing: own ?? hashing }],
  );
  // Meta takes page-scoped and app-scoped ids alone.
  if (isScoped) return explicit;
  const known = new Set(mapped.map(({ column }) => column));
  const guessed = names.flatMap((column): ColumnPlan[] => {
    const role = known.has(column) ? undefined : guessRole(column);
    if (role === undefined || EXPLICIT_ROLES.has(role) || (role === 'LOOKALIKE_VALUE' && !isValueBased)) return [];
    return [{ column, role, hashing }];
  });
  return [...explicit, ...guessed];
}
