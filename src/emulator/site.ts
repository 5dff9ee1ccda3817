import type { Clock } from '../runtime.ts';
import type { Audiences } from './audiences/audiences.ts';
import type { CallTarget } from './call-place.ts';
import type { Counters } from './counters.ts';
import type { MatchCache } from './edges/match-cache.ts';
import type { FaultInjector } from './faults/fault-injector.ts';
import type { ReportRuns } from './insights/report-runs.ts';
import type { EmulatorOptions } from './options.ts';
import type { Quota } from './quota/quota.ts';
import type { TokenTable } from './token-table.ts';
import type { World } from './world/world.ts';

/** Everything an answer is made from. The members change when the emulator is configured, so read them anew for each call. */
export interface Site {
  readonly options: EmulatorOptions;
  readonly world: World;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly faults: FaultInjector;
  readonly quota: Quota;
  readonly tokens: TokenTable;
  readonly matches: MatchCache;
  readonly reports: ReportRuns;
  readonly audiences: Audiences;
  logCall(target: CallTarget, isRefused: boolean): void;
}
