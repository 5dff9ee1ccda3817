import type { Clock } from '../runtime.ts';
import { answerOperation, dropOperation } from './api.ts';
import { Audiences } from './audiences/audiences.ts';
import { answerBatch } from './batch/answer-batch.ts';
import type { LoggedCall } from './call-log.ts';
import { type CallTarget, findCallPlace } from './call-place.ts';
import { answerControl, CONTROL_PREFIX, type Controls } from './control.ts';
import { Counters } from './counters.ts';
import { MatchCache } from './edges/match-cache.ts';
import { createEmulatorFetch } from './emulator-fetch.ts';
import type { EmulatorRequest, EmulatorResponse } from './emulator-request.ts';
import { isErrorFault } from './faults/fault-catalog.ts';
import { createFaultError } from './faults/fault-error.ts';
import { FaultInjector } from './faults/fault-injector.ts';
import { spoilAnswer } from './faults/transport-fault.ts';
import { isAnswerless } from './faults/transport-kinds.ts';
import { createHtmlResponse } from './html-page.ts';
import { InsightsTruth } from './insights/insights-truth.ts';
import { ReportRuns } from './insights/report-runs.ts';
import { type AddOptions, Mutations, type TouchOptions } from './mutations.ts';
import type { Answer } from './operation.ts';
import { defaultOptions, type EmulatorOptions } from './options.ts';
import { parseOperation, type UnresolvedOperation } from './parse-operation.ts';
import { Quota } from './quota/quota.ts';
import type { Site } from './site.ts';
import { systemClock } from './system-clock.ts';
import { TokenTable } from './token-table.ts';
import { Truth } from './truth.ts';
import type { Kind } from './world/kind.ts';
import { World } from './world/world.ts';
import { defaultWorldOptions } from './world/world-options.ts';

/** A Graph API in this process: the same options, calls and clock always give the same answers. */
export interface Emulator extends Controls {
  readonly options: EmulatorOptions;
  /** With the option `keepCalls`. */
  readonly calls: readonly LoggedCall[];
  /** The report runs there were so far, in the order they were made. */
  readonly reports: Pick<ReportRuns, 'list'>;
  /** Answers any host; needs no socket. */
  readonly fetch: typeof globalThis.fetch;
  /** Changes options from the next call on. Options of the world make a new one, without the mutations. */
  configure(patch: Partial<EmulatorOptions>): void;
  handle(request: EmulatorRequest, signal?: AbortSignal): Promise<EmulatorResponse>;
}

export function createEmulator(options: Partial<EmulatorOptions> = {}, clock: Clock = systemClock): Emulator {
  return new GraphEmulator({ ...defaultOptions, ...options }, clock);
}

class GraphEmulator implements Emulator, Site {
  readonly clock: Clock;
  readonly counters = new Counters();
  readonly truth: Truth;
  readonly tokens = new TokenTable(() => this.options);
  matches = new MatchCache();
  readonly reports = new ReportRuns();
  readonly calls: LoggedCall[] = [];
  readonly audiences: Audiences;
  readonly quota: Quota;
  readonly fetch: typeof globalThis.fetch;
  options: EmulatorOptions;
  world: World;
  faults: FaultInjector;
  readonly #mutations: Mutations;

  constructor(options: EmulatorOptions, clock: Clock) {
    this.options = options;
    this.clock = clock;
    this.audiences = new Audiences({
      world: () => this.world,
      options: () => this.options,
      now: () => clock.now(),
      counters: this.counters,
    });
    this.world = this.#createWorld(clock.now());
    this.truth = new Truth(
      () => this.world,
      new InsightsTruth({ world: () => this.world, options: () => this.options, now: () => clock.now() }),
    );
    this.#applyStates();
    this.faults = new FaultInjector(options.faults);
    this.quota = new Quota(
      () => this.options,
      (account, useCase) =>
        this.truth.ids(useCase === 'custom_audience' ? 'customaudiences' : 'ads', account, { statuses: ['ACTIVE'] }).length,
    );
    this.#mutations = new Mutations(() => this.world, clock);
    this.fetch = createEmulatorFetch({
      handle: (request, signal) => this.handle(request, signal),
      clock,
      slowBodyMs: () => this.options.slowBodyMs,
    });
  }

  configure(patch: Partial<EmulatorOptions>): void {
    for (const name of Object.keys(patch)) if (!(name in defaultOptions)) throw new RangeError(`there is no option ${name}`);
    if (patch.faults !== undefined) this.faults = new FaultInjector(patch.faults);
    this.options = { ...this.options, ...patch };
    if (Object.keys(patch).some((name) => name in defaultWorldOptions)) {
      this.world = this.#createWorld(this.world.timeline.startMs);
      this.reports.clear();
      this.audiences.clear();
    }
    this.#applyStates();
  }

  async handle(request: EmulatorRequest, signal?: AbortSignal): Promise<EmulatorResponse> {
    if (request.url.startsWith(CONTROL_PREFIX)) return answerControl(this, request);
    this.counters.calls += 1;
    if (this.options.latencyMs > 0) await this.clock.sleep(this.options.latencyMs, signal);
    const response = this.#isAddressTooLong(request)
      ? createHtmlResponse(414, '414 Request-URI Too Large')
      : this.#answer(createOperation(request));
    this.counters.bytes += response.body.length;
    return response;
  }

  logCall({ edge, account, useCase }: CallTarget, isRefused: boolean): void {
    if (!this.options.keepCalls) return;
    const blocked = isRefused && account !== undefined ? { blockedUntilMs: this.quota.blockedUntilMs(account, useCase) } : {};
    this.calls.push({ atMs: this.clock.now(), edge, account, useCase, ...blocked });
  }

  touch(kind: Kind, id: string, options?: TouchOptions): void {
    this.#mutations.touch(kind, id, options);
  }

  remove(kind: Kind, id: string): void {
    this.#mutations.remove(kind, id);
  }

  add(kind: Kind, options: AddOptions): string {
    return this.#mutations.add(kind, options);
  }

  #createWorld(startMs: number): World {
    return new World(this.options, startMs, (item) => this.audiences.describe(item));
  }

  /** Audiences that are to be deleted leave the world. Fields of others may change without a mutation, so what was filtered by them is forgotten. */
  #applyStates(): void {
    for (const [id, { deleted }] of Object.entries(this.options.audienceStates)) {
      if (deleted === true && this.world.find(id)?.kind === 'audience') this.world.overlay.remove(id);
    }
    this.matches = new MatchCache();
  }

  /** A front end refuses those before the API sees them. */
  #isAddressTooLong({ method, url }: EmulatorRequest): boolean {
    const { maximumWriteUrlBytes } = this.options;
    return method !== 'GET' && maximumWriteUrlBytes > 0 && url.length > maximumWriteUrlBytes;
  }

  #answer(operation: UnresolvedOperation): EmulatorResponse {
    const isBatch = operation.method === 'POST' && operation.path.length === 0 && operation.params.has('batch');
    const called = findCallPlace(this, operation);
    const place = isBatch ? { ...called, edge: 'batch', isWrite: false } : called;
    const { kind, form } = this.faults.draw({ ...place, inBatch: false }) ?? {};
    if (kind !== undefined) this.counters.countFault(kind);
    if (kind !== undefined && place.isWrite && isAnswerless(kind)) {
      return spoilAnswer(kind, deliver(dropOperation(this, operation)));
    }
    const error = kind !== undefined && isErrorFault(kind) ? createFaultError(kind, form) : undefined;
    const response = deliver(isBatch ? answerBatch(this, operation, error) : answerOperation(this, operation, error));
    return kind === undefined || kind === 'null_item' || isErrorFault(kind) ? response : spoilAnswer(kind, response);
  }
}

function deliver(answer: Answer): EmulatorResponse {
  return { ...answer, delivery: 'whole' };
}

function createOperation({ method, url, headers, body }: EmulatorRequest): UnresolvedOperation {
  const [, bearer] = /^(?:Bearer|OAuth) (.+)$/i.exec(headers['authorization'] ?? '') ?? [];
  return parseOperation({
    method,
    url,
    body,
    contentType: headers['content-type'],
    fallbackToken: bearer,
    origin: headers['x-emulator-origin'] ?? `http://${headers['host'] ?? '127.0.0.1'}`,
  });
}
