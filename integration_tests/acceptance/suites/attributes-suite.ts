import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import type { AirbyteCatalog, JsonObject } from '../../../src/protocol/messages.ts';
import { runPython } from '../../support/python.ts';
import type { AttributesTest } from '../acceptance-config.ts';
import type { Connector } from '../connector.ts';

interface Metadata {
  readonly data: JsonObject & {
    readonly dockerRepository: string;
    readonly dockerImageTag: string;
    readonly allowedHosts?: { readonly hosts?: readonly string[] };
    readonly suggestedStreams?: { readonly streams?: readonly string[] };
  };
}

export interface AttributesContext {
  readonly connector: Connector;
  readonly metadataPath: string;
  /** The streams of a source; a destination has none. */
  readonly discover: (() => Promise<AirbyteCatalog>) | undefined;
}

/** TestConnectorAttributes, and that the metadata is what Airbyte's schema asks for. */
export function testAttributes({ connector, metadataPath, discover }: AttributesContext, test: AttributesTest): void {
  let metadata: Metadata;
  beforeAll(async () => {
    metadata = JSON.parse((await runPython('yaml_to_json.py', [metadataPath])).stdout);
  });

  it("has metadata that fit Airbyte's schema", async () => {
    const text = readFileSync(metadataPath, 'utf8');
    const findFaults = async (input: string) => JSON.parse((await runPython('validate_metadata.py', [], { input })).stdout);
    expect(await findFaults(text)).toEqual([]);
    expect(await findFaults(`${text}\n  own: 1\n`)).toHaveLength(1);
  });

  it('names the version of the package, and the image that the Dockerfile labels', () => {
    expect(metadata.data.dockerImageTag).toBe(manifest.version);
    expect(readFileSync('Dockerfile', 'utf8')).toContain(`LABEL io.airbyte.name=${metadata.data.dockerRepository}\n`);
    expect(metadata.data['connectorType']).toBe(connector.kind);
  });

  it('says which hosts it talks to', () => {
    expect(metadata.data.allowedHosts?.hosts).toContain('graph.facebook.com');
  });

  if (discover === undefined) return;

  it('has a key for every stream, but for those that are named', async () => {
    const { streams } = await discover();
    const keyless = streams.filter(({ source_defined_primary_key: key = [] }) => key.length === 0).map(({ name }) => name);
    expect(keyless).toEqual((test.streams_without_primary_key ?? []).map(({ name }) => name));
  });

  it('suggests streams that there are', async () => {
    const names = (await discover()).streams.map(({ name }) => name);
    const suggested = metadata.data.suggestedStreams?.streams ?? [];
    expect(suggested.length).toBeGreaterThan(0);
    expect(suggested.filter((name) => !names.includes(name))).toEqual([]);
  });
}
