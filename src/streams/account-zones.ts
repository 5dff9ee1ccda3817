import type { GraphClient } from '../graph/client.ts';
import type { CallContext } from '../graph/send.ts';
import { chooseZone } from '../insights/day-zone.ts';

/** The ad accounts' time zones, each asked for once a sync: days of reports are the account's days. */
export class AccountZones {
  readonly #graph: GraphClient;
  readonly #zones = new Map<string, Promise<string>>();

  constructor(graph: GraphClient) {
    this.#graph = graph;
  }

  /** Rejects with the `GraphError` that the account answers with. */
  find(accountId: string, context: CallContext): Promise<string> {
    const known = this.#zones.get(accountId);
    if (known !== undefined) return known;
    const zone = this.#ask(accountId, context);
    this.#zones.set(accountId, zone);
    // A failure is not kept: another stream may have more luck.
    zone.catch(() => this.#zones.delete(accountId));
    return zone;
  }

  async #ask(accountId: string, context: CallContext): Promise<string> {
    const { body } = await this.#graph.send<{ readonly timezone_name?: unknown; readonly timezone_offset_hours_utc?: unknown }>({
      path: `act_${accountId}`,
      params: { fields: 'timezone_name,timezone_offset_hours_utc' },
      account: accountId,
      context,
    });
    return chooseZone(body.timezone_name, body.timezone_offset_hours_utc);
  }
}
