import { describe, expect, it } from 'vitest';
import { GraphError } from '../../src/graph/graph-error.ts';
import { ALLOWED_GRAPH_VERSIONS, checkGraphVersion, DEFAULT_GRAPH_VERSION, GRAPH_VERSIONS } from '../../src/graph/version.ts';

describe('the Graph API version', () => {
  it('is allowed by default, and every allowed one is known and alive', () => {
    expect(ALLOWED_GRAPH_VERSIONS).toContain(DEFAULT_GRAPH_VERSION);
    for (const name of ALLOWED_GRAPH_VERSIONS) {
      expect(checkGraphVersion(name)).toBe(name);
      expect(GRAPH_VERSIONS.find((version) => version.name === name)).not.toHaveProperty('marketingEndsOn');
    }
  });

  it.each([
    ['v24.0', 'since 2026-10-06'],
    ['v23.0', 'since 2026-06-09'],
    ['25', 'not supported'],
    ['', 'not supported'],
  ])('refuses %j and says why', (version, reason) => {
    expect(() => checkGraphVersion(version)).toThrow(GraphError);
    expect(() => checkGraphVersion(version)).toThrow(reason);
  });
});
