import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import type { ConnectorSpecification, JsonObject } from '../../../src/protocol/messages.ts';
import { listNodes } from '../../../test/contract/schema-nodes.ts';
import type { SpecTest } from '../acceptance-config.ts';
import { type Connector, readJson } from '../connector.ts';

/** TestSpec. The rules about the form's parts (types, secrets, orders, dates) are in test/contract/spec.test.ts. */
export function testSpec(connector: Connector, { spec_path, config_path }: SpecTest): void {
  const readSpec = async (): Promise<ConnectorSpecification> => {
    const { messages, exitCode } = await connector.run({ command: 'spec' });
    expect([exitCode, messages.map(({ type }) => type)]).toEqual([0, ['SPEC']]);
    const [message] = messages;
    if (message?.type !== 'SPEC') throw new Error('there is no spec');
    return message.spec;
  };

  it('prints the spec of the repository', async () => {
    expect(await readSpec()).toEqual(readJson(spec_path));
  });

  it('has no $ref and forbids no additional property', async () => {
    const nodes = listNodes((await readSpec()).connectionSpecification);
    expect(nodes.filter(({ schema }) => '$ref' in schema || schema['additionalProperties'] === false)).toEqual([]);
  });

  if (config_path !== undefined) {
    it('lets the config through', async () => {
      const fits = new Ajv({ strict: false, validateFormats: false }).compile((await readSpec()).connectionSpecification);
      expect(fits(readJson(config_path))).toBe(true);
    });
  }

  it('names places of the config that there are where it speaks of OAuth', async () => {
    const { advanced_auth: auth, connectionSpecification: schema } = await readSpec();
    if (auth === undefined) return;
    const { oauth_config_specification: oauth, predicate_key } = auth as JsonObject & { predicate_key: string[] };
    const outputs = ['complete_oauth_output_specification', 'complete_oauth_server_output_specification'];
    const paths = outputs.flatMap((name) =>
      Object.values(
        (oauth as Record<string, { properties: Record<string, { path_in_connector_config: string[] }> }>)[name]?.properties ?? {},
      ).map((property) => property.path_in_connector_config),
    );
    const known = listNodes(schema).map(({ path }) => path.replaceAll(/<\d+>/g, '').slice(1));
    expect(paths.length).toBeGreaterThan(0);
    for (const path of [predicate_key, ...paths]) expect(known).toContain(path.join('.'));
  });
}
