import yargs, { type Options } from 'yargs';
import { hideBin } from 'yargs/helpers';
import { audienceRefusals } from '../src/emulator/audiences/audience-refusal.ts';
import { invalidSamplesShapes } from '../src/emulator/audiences/invalid-samples.ts';
import { faultKinds } from '../src/emulator/faults/fault-catalog.ts';
import { faultLists } from '../src/emulator/faults/fault-injector.ts';
import { reportFailures } from '../src/emulator/insights/report-failures.ts';
import { defaultOptions, type EmulatorOptions } from '../src/emulator/options.ts';
import { pageStyles } from '../src/emulator/paging/page.ts';
import { usageLies } from '../src/emulator/quota/usage-lies.ts';
import { startEmulator } from '../src/emulator/server.ts';

type Name = keyof EmulatorOptions;

const descriptions: Readonly<Record<Name, string>> = {
  seed: 'equal seeds give equal worlds',
  accounts: 'number of ad accounts, or their ids separated by commas',
  campaignsPerAccount: 'campaigns in each account',
  adSetsPerCampaign: 'ad sets in each campaign',
  adsPerAdSet: 'ads in each ad set',
  creativesPerAd: 'creatives for each ad; below 1, some ads share one',
  imagesPerAccount: 'images in each account',
  videosPerAccount: 'videos in each account',
  activitiesPerAccount: 'activities in each account',
  audiencesPerAccount: 'custom audiences in each account',
  conversionsPerAccount: 'custom conversions in each account',
  historyDays: 'days over which creations and updates are spread',
  timeZones: 'IANA zones, given to the accounts in turn (list)',
  currencies: 'currencies, given to the accounts in turn (list)',
  disabledAccounts: 'ids of accounts with account_status 2 (list)',
  giantEvery: 'every nth object is a giant; 0 for none',
  giantBytes: 'size of a giant',
  liveVersions: 'versions that answer (list)',
  deadVersionPolicy: 'what retired versions do',
  unversionedPolicy: 'what paths without a version do',
  appId: 'id of the app',
  appSecret: 'secret of the app, for appsecret_proof and debug_token',
  requireAppsecretProof: 'refuse calls without appsecret_proof',
  tokens: 'JSON: token -> {state, type, accounts, scopes, diesAfterCalls, …}',
  authErrorStatus: 'HTTP status of errors 190',
  deniedAccounts: 'JSON: account id -> "200", "33" or "190"',
  ownerDeniedAccounts: 'ids of accounts whose field owner fails (list)',
  fundingSourceDeniedAccounts: 'ids of accounts whose field funding_source_details fails (list)',
  pageStyle: 'how pages end and how full they are',
  defaultLimit: 'rows of a page without limit',
  maximumLimit: 'larger limits are taken down to this',
  rejectDeletedStatus: 'answer 1815001 to effective_status=["DELETED"]',
  removedFields: 'fields the API no longer knows: ad.bid_type, or bid_type for all (list)',
  failingFields: 'fields that answer HTTP 500 (list)',
  poisonedObjects: 'ids of objects that fail their page with 100/2446289 (list)',
  poisonEvery: 'every nth creative is poisoned; 0 for none',
  poisonedFields: 'poison acts only where one of these is asked for (list)',
  maxPageBytes: 'larger answers become "Please reduce the amount of data"; 0 for no bound',
  maxRowsPerCall: 'longer pages become 100/1487534; 0 for no bound',
  tier: 'access tier of the app, which sets the quotas',
  callsPerHour: 'calls an hour for each account and use case; 0 for the formula of the tier',
  callsPerHourOfAccounts: 'JSON: account id -> calls an hour, in place of callsPerHour',
  appCallsPerHour: 'calls an hour for the app; 0 for no bound',
  blockMinutes: 'minutes an exceeded quota blocks; 0 until enough calls are an hour old',
  quotaError: 'what an exceeded quota answers',
  burstScoreLimit: 'score of reads (1) and writes (3) within 300 s; 0 for no bound',
  burstBlockSeconds: 'seconds a full score blocks',
  usageThresholdPct: 'usage headers are sent from this percentage on',
  usageHeaders: 'whether usage headers tell the truth, or how they lie',
  keepCalls: 'keep a list of all operations, for programs in the same process',
  batchNullEvery: 'every nth batch part is null; 0 for none',
  batchAbortEvery: 'every nth batch part is aborted with 960; 0 for none',
  batchHeaderlessEvery: 'every nth batch part has no headers; 0 for none',
  reportDelayMs: 'time from creation to completion of a report',
  reportDelayOfAccounts: 'JSON: account id -> the same for this account',
  reportDelaySpread: 'reports take up to so many times as long, each request always the same; 1 for all alike',
  reportRowDelayMs: 'time added for each row of the report',
  reportStallAtZeroEvery: 'every nth report stays at 0 %; 0 for none',
  reportStallAt37Every: 'every nth report stays at 37 %; 0 for none',
  reportLingerMs: 'how long a finished report still says Job Running at 100 %',
  reportUnreadableReads: 'how many reads of a completed report fail before they succeed',
  reportUnreadableError: 'how they fail: 2601/1815107, 100/33, or "Cannot include ... in summary param"',
  reportStatusMissingEvery: 'every nth poll lacks async_status; 0 for none',
  reportFailFirstEvery: 'every nth different report fails once, then passes; 0 for none',
  reportFailFirstFailure: 'how it fails: code/subcode',
  reportSkippedEvery: 'every nth report ends as Job Skipped; 0 for none',
  maxReportRows: 'reports of more rows fail; 0 for no bound',
  maxReportRowsFields: 'reports of more rows times fields fail; 0 for no bound',
  maxReportRowsFailure: 'how too large reports fail; 100/1487534 refuses to create them',
  poisonCells: 'JSON: [{adId, day, field, breakdown, window, level}]; reports that contain one fail',
  poisonCellEvery: 'about every nth day of an ad fails in one field; 0 for none',
  poisonCellFailure: 'how poisoned reports fail',
  maxRunningReports: 'reports of an account under way, above which 4/1504022; 0 for no bound',
  maxRunningReportsOfApp: 'the same for all accounts together',
  reportExpiryMs: 'age at which a report becomes Job Skipped',
  reportBreakEvery: 'the rows of every nth report break off with 100/33; 0 for none',
  reportBreakPage: 'the first page such a report does not give',
  bareReportRunIds: 'report_run_id as a bare JSON number',
  breakdownPolicy: 'which combinations of breakdowns are accepted',
  missingBreakdownEvery: 'about every nth group of rows has one without the key of its last breakdown; 0 for none',
  attributionDays: 'days for which the numbers of a day change',
  maxSyncInsightsRows: 'synchronous insights of more rows answer 100/1504018; 0 for no bound',
  audienceRefusals: `JSON: account id -> why it refuses writes to audiences: ${audienceRefusals.join(', ')}`,
  audienceStates:
    'JSON: audience id -> {operationStatus, flagged, deleted, sharedAway, hasLookalikes, subtype, valueBased, otherMembers}',
  maximumAudiences: 'custom audiences of an account',
  newAudienceLagMs: 'for so long after its creation the edges of an audience answer 803',
  newAudienceLagCalls: 'so many of their first calls answer 803',
  deletedAudienceAnswer: 'what a deleted audience answers',
  hideAudienceCounts: 'the bounds of the size of audiences are -1',
  sessionIds: 'whether session_id may be a text of digits',
  maximumUploadRows: 'rows of one upload to an audience',
  maximumUploadBytes: 'bytes of one upload; 0 for no bound',
  oversizeUploadAnswer: 'what an upload beyond these bounds answers',
  maximumWriteUrlBytes: 'a write with a longer address answers HTTP 414; 0 for no bound',
  invalidRowsPercent: 'share of the uploaded rows that are invalid, by chance',
  invalidIdentifiers: 'cells that make an uploaded row invalid (list)',
  maximumInvalidSamples: 'samples of invalid rows in one answer',
  invalidSamplesShape: 'how invalid rows are shown',
  receivedShortEvery: 'the last tenth of every nth upload is lost; 0 for none',
  minimumAudienceSize: 'removals that would leave fewer people answer 200/1870047; 0 for no bound',
  replaceProcessingMs: 'time from the end of a replacement until it takes effect',
  replaceFailEvery: 'every nth replacement fails; 0 for none',
  replaceFailure: 'how: the audience ends in status 415, or the last batch answers 2650/1870148',
  faults: `JSON: {rate, seed, kinds, script}; or --faults.rate 0.05 --faults.kinds transient. Kinds: ${faultKinds.join(', ')}; or a list of them: ${Object.keys(faultLists).join(', ')}`,
  latencyMs: 'time each call takes',
  slowBodyMs: 'how long the second half of a slow body waits',
};

const choices: Readonly<Partial<Record<Name, readonly (string | number)[]>>> = {
  deadVersionPolicy: ['error', 'upgrade'],
  unversionedPolicy: ['error', 'latest'],
  authErrorStatus: [400, 401],
  pageStyle: pageStyles,
  tier: ['development_access', 'standard_access'],
  quotaError: ['business_use_case', '17', '4', '613'],
  usageHeaders: [...Object.keys(usageLies), 'missing'],
  reportUnreadableError: ['2601', '33', 'summary'],
  reportFailFirstFailure: reportFailures,
  maxReportRowsFailure: reportFailures,
  poisonCellFailure: reportFailures,
  breakdownPolicy: ['documented', 'any'],
  deletedAudienceAnswer: ['100/33', '1487366'],
  sessionIds: ['numbers', 'numbers_and_texts'],
  oversizeUploadAnswer: ['1/99', '105', '413', 'html'],
  invalidSamplesShape: invalidSamplesShapes,
  replaceFailure: ['415', '1870148'],
};

function describeFlag(name: Name): Options {
  const value: unknown = defaultOptions[name];
  const description = { describe: descriptions[name], ...(choices[name] === undefined ? {} : { choices: choices[name] }) };
  if (name === 'accounts') return { ...description, type: 'string', default: String(value), coerce: parseAccounts };
  if (name === 'poisonCells') return { ...description, default: value, defaultDescription: '[]', coerce: parseObject };
  if (Array.isArray(value)) return { ...description, type: 'string', default: value.join(','), coerce: splitList };
  if (name === 'faults') return { ...description, default: value, defaultDescription: '{}', coerce: parseFaults };
  if (typeof value === 'object')
    return { ...description, default: value, defaultDescription: JSON.stringify(value), coerce: parseObject };
  return {
    ...description,
    type: typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'string',
    default: value,
  };
}

function parseAccounts(text: string): number | readonly string[] {
  return /^\d{1,4}$/.test(text) ? Number(text) : splitList(text);
}

function splitList(text: string): readonly string[] {
  return text.split(',').filter((entry) => entry !== '');
}

function parseObject(value: unknown): unknown {
  return typeof value === 'string' ? JSON.parse(value) : value;
}

/** `--faults.kinds reset,http_502` is a list; `transient`, `transient_writes` and `all` are names of lists. */
function parseFaults(value: unknown): unknown {
  const faults = parseObject(value);
  if (typeof faults !== 'object' || faults === null || !('kinds' in faults) || typeof faults.kinds !== 'string') return faults;
  return { ...faults, kinds: Object.hasOwn(faultLists, faults.kinds) ? faults.kinds : splitList(faults.kinds) };
}

const names = Object.keys(defaultOptions) as Name[];
const toFlag = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const flags = await yargs(hideBin(process.argv))
  .scriptName('npm run emulator --')
  .usage('$0 [options]\n\nA Graph API on the loopback interface. Point FACEBOOK_GRAPH_URL at it.')
  .option('port', { describe: 'port to listen on; 0 for any free one', type: 'number', default: 8080 })
  .options(Object.fromEntries(names.map((name) => [toFlag(name), describeFlag(name)])))
  .strict()
  .wrap(120)
  .parse();

const { port } = flags;
const given = Object.fromEntries(names.map((name) => [name, flags[name]])) as Partial<EmulatorOptions>;
const { url, emulator, close } = await startEmulator({ ...given, port: Number(port) });
const [token = ''] = Object.keys(emulator.options.tokens);
process.stdout.write(`${JSON.stringify({ url, token, accounts: emulator.truth.accounts() })}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
