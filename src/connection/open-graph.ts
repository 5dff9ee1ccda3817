import { createGraphClient, type GraphClient, type GraphClientOptions } from '../graph/client.ts';
import type { Runtime } from '../runtime.ts';
import { describeFailure } from './describe-failure.ts';

/** A Graph client; throws a `ConnectorError` (config_error) for options that no call can be made with. */
export function openGraph(runtime: Runtime, options: GraphClientOptions): GraphClient {
  try {
    return createGraphClient(runtime, options);
  } catch (error) {
    throw describeFailure(error, 'Graph API');
  }
}
