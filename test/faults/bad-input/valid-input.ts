import { createEmulator, type Emulator } from '../../../src/emulator/emulator.ts';
import { SECRETS } from '../../support/canaries.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import type { Program } from '../../support/run-raw.ts';
import { complete, record } from '../../support/write-records.ts';

/** A world of which all streams are read in no time. */
export function openSmallWorld(): { readonly emulator: Emulator; readonly clock: FakeClock } {
  const clock = new FakeClock({ auto: true });
  const world = {
    accounts: 1,
    campaignsPerAccount: 1,
    adSetsPerCampaign: 1,
    adsPerAdSet: 2,
    historyDays: 4,
    activitiesPerAccount: 5,
  };
  const emulator = createEmulator(
    { ...world, imagesPerAccount: 3, tokens: { [SECRETS.accessToken]: {} }, appSecret: SECRETS.appSecret },
    clock,
  );
  return { emulator, clock };
}

/** Valid input of every shape that the connectors take. */
export function validInput(program: Program, emulator: Emulator) {
  const [account = ''] = emulator.truth.accounts();
  return program === 'source' ? sourceInput(account) : destinationInput(account);
}

const CREDENTIALS = {
  app_secret: SECRETS.appSecret,
  credentials: {
    auth_type: 'Client',
    client_id: '119211728144504',
    client_secret: SECRETS.appSecret,
    access_token: SECRETS.accessToken,
  },
};

function sourceInput(account: string) {
  const config = {
    ...CREDENTIALS,
    account_ids: [account],
    start_date: '2026-11-17T00:00:00Z',
    end_date: '2026-11-20T00:00:00Z',
    campaign_statuses: ['ACTIVE', 'ARCHIVED'],
    adset_statuses: ['ACTIVE'],
    ad_statuses: ['PAUSED'],
    page_size: 50,
    insights_lookback_window: 2,
    insights_job_timeout: 10,
    insights_order: 'oldest_first',
    concurrency: 4,
    custom_insights: [
      {
        name: 'mine',
        level: 'campaign',
        fields: ['spend', 'clicks'],
        breakdowns: ['country'],
        action_breakdowns: [],
        time_increment: 1,
        start_date: '2026-11-18T00:00:00Z',
        action_attribution_windows: ['1d_click'],
        filtering: [{ field: 'campaign.name', operator: 'CONTAIN', value: 'a' }],
      },
    ],
  };
  const names = { campaigns: 'updated_time', images: 'updated_time', activities: 'event_time', ads_insights: 'date_start' };
  const catalog = {
    streams: Object.entries(names).map(([name, cursor]) => ({
      stream: {
        name,
        json_schema: { type: 'object', properties: { id: { type: 'string' }, name: {}, [cursor]: {} } },
        supported_sync_modes: ['full_refresh', 'incremental'],
        source_defined_cursor: true,
        default_cursor_field: [cursor],
        source_defined_primary_key: [['id']],
      },
      sync_mode: 'incremental',
      cursor_field: [cursor],
      destination_sync_mode: 'append_dedup',
      primary_key: [['id']],
      generation_id: 1,
      minimum_generation_id: 0,
      sync_id: 7,
    })),
  };
  const times: Readonly<Record<string, string>> = { date_start: '2026-11-18' };
  const state = Object.entries(names).map(([name, cursor]) => ({
    type: 'STREAM',
    stream: {
      stream_descriptor: { name },
      stream_state: {
        [account]: { [cursor]: times[cursor] ?? '2026-11-18T00:00:00+0000', filter_statuses: ['ACTIVE'], slices: ['2026-11-18'] },
        time_increment: 1,
        include_deleted: false,
      },
    },
    sourceStats: { recordCount: 3 },
  }));
  return { config, catalog, state, input: [] };
}

function destinationInput(account: string) {
  const config = {
    ...CREDENTIALS,
    account_id: account,
    audiences: [
      {
        stream_name: 'people',
        stream_namespace: 'crm',
        audience_name: 'All people',
        description: 'those of the CRM',
        customer_file_source: 'USER_PROVIDED_ONLY',
        retention_days: 30,
        columns: [{ column: 'mail', match_key: 'EMAIL', hashing: 'raw' }],
        operation_field: 'op',
      },
    ],
    default_phone_region: 'DE',
    assume_international_phones: true,
    hashing: 'auto',
    limited_data_use: { mode: 'column', column: 'ldu' },
    flatten_lists: true,
    replace: { on_empty: 'fail', max_shrink_percent: 50, on_shrink: 'skip', mixed_extern_ids: 'drop_key' },
    rejects_redaction: 'hash',
    max_reject_ratio: 0.5,
    batch_rows: 100,
    batch_bytes: 100_000,
    flush_seconds: 10,
    object_storage_config: { storage_type: 'None' },
  };
  const catalog = {
    streams: [
      {
        stream: {
          name: 'people',
          namespace: 'crm',
          json_schema: { properties: { mail: { type: 'string' }, phone: {}, op: {}, ldu: {} } },
        },
        sync_mode: 'incremental',
        destination_sync_mode: 'append_dedup',
        primary_key: [['mail']],
        cursor_field: [],
        generation_id: 1,
        minimum_generation_id: 0,
        sync_id: 3,
      },
    ],
  };
  const rows = Array.from({ length: 6 }, (_, n) =>
    record({ mail: `person${n}@example.com`, phone: '+49 30 901820', op: 'insert', ldu: false }, 'people', 'crm'),
  );
  const stateAt = (at: number) => {
    const stream = { stream_descriptor: { name: 'people', namespace: 'crm' }, stream_state: { at } };
    return JSON.stringify({ type: 'STATE', state: { type: 'STREAM', stream, sourceStats: { recordCount: 3 } } });
  };
  const input = [...rows.slice(0, 3), stateAt(1), ...rows.slice(3), stateAt(2), complete('people', 'crm')];
  return { config, catalog, state: undefined, input };
}
