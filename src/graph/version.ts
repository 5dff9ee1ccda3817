import { GraphError } from './graph-error.ts';

/** The one place that knows Graph API versions. Dates: https://developers.facebook.com/docs/marketing-api/marketing-api-changelog/versions */
export const DEFAULT_GRAPH_URL = 'https://graph.facebook.com';
export const DEFAULT_GRAPH_VERSION = 'v25.0';

export interface GraphVersion {
  readonly name: string;
  /** The day from which the Marketing API refuses the version; absent while Meta has announced none. */
  readonly marketingEndsOn?: string;
  /** The day from which the Graph API refuses it; absent while Meta has announced none. The Marketing API ends sooner. */
  readonly graphEndsOn?: string;
}

export const GRAPH_VERSIONS: readonly GraphVersion[] = [
  { name: 'v22.0', marketingEndsOn: '2026-02-19', graphEndsOn: '2027-05-20' },
  { name: 'v23.0', marketingEndsOn: '2026-06-09', graphEndsOn: '2027-10-08' },
  { name: 'v24.0', marketingEndsOn: '2026-10-06', graphEndsOn: '2028-02-18' },
  { name: 'v25.0', graphEndsOn: '2028-07-29' },
  { name: 'v26.0' },
];

/** The versions this client was made for. */
export const ALLOWED_GRAPH_VERSIONS: readonly string[] = ['v25.0', 'v26.0'];

/** Returns `version` if calls can be made with it; throws a `GraphError` (invalid) that says which to use otherwise. */
export function checkGraphVersion(version: string): string {
  if (ALLOWED_GRAPH_VERSIONS.includes(version)) return version;
  const known = GRAPH_VERSIONS.find((other) => other.name === version);
  const reason =
    known?.marketingEndsOn === undefined
      ? 'is not supported'
      : `has been refused by the Marketing API since ${known.marketingEndsOn}`;
  const advice = `The Graph API version (FACEBOOK_GRAPH_VERSION) must be ${ALLOWED_GRAPH_VERSIONS.join(' or ')}.`;
  throw new GraphError(`The Graph API version ${JSON.stringify(version)} ${reason}`, { failure: 'invalid', advice });
}
