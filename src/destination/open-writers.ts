import type { Audience } from '../audiences/audience.ts';
import { AudienceDirectory, findValueFault } from '../audiences/audience-directory.ts';
import { AudienceSession } from '../audiences/audience-session.ts';
import { ChangeWriter } from '../audiences/change-writer.ts';
import { describeAudienceFailure } from '../audiences/describe-upload-failure.ts';
import type { RecordWriter } from '../audiences/record-writer.ts';
import { openRejectSink } from '../audiences/rejects/open-reject-sink.ts';
import type { RejectSink } from '../audiences/rejects/reject-sink.ts';
import { ReplaceWriter } from '../audiences/replace/replace-writer.ts';
import { StreamIntake } from '../audiences/stream-intake.ts';
import { StreamReport } from '../audiences/stream-report.ts';
import { describeFailure } from '../connection/describe-failure.ts';
import { createGraceRuntime } from '../connection/grace-runtime.ts';
import type { OpenRequest } from '../connector.ts';
import { DESTINATION_CONFIG_DEFAULTS, REPLACE_DEFAULTS } from '../generated/destination-config.ts';
import type { GraphClient } from '../graph/client.ts';
import { ConnectorError } from '../protocol/connector-error.ts';
import type { WrittenStream } from '../protocol/parse-catalog.ts';
import { formatStream } from '../protocol/stream-key.ts';
import type { Runtime } from '../runtime.ts';
import { checkColumns, listIdleSettings } from './check-columns.ts';
import { chooseAudience, findAudienceConfig, listUnusedAudiences, openAudience } from './choose-audience.ts';
import { closeAfter } from './closing-writers.ts';
import { planStream } from './plan-stream.ts';
import { resolveMode, type WriteMode } from './resolve-mode.ts';
import type { DestinationSettings } from './settings.ts';

/** How long a request under way may still take when the process is asked to stop. */
const GRACE_MS = 1_500;

export interface WriterOptions {
  readonly createGraph: (runtime: Runtime) => Promise<GraphClient>;
  /** Where the rows of replacements are kept until they are complete. */
  readonly spoolFolder: string;
  /** The platform's job, where the catalog does not tell it. */
  readonly jobId?: string;
  /** Which attempt of the job this is. */
  readonly jobAttempt?: string;
}

type OpenWritersRequest = OpenRequest<DestinationSettings>;

interface OpenedStream {
  readonly index: number;
  readonly stream: WrittenStream;
  readonly mode: WriteMode;
  readonly audience: Audience;
}

/** Finds or makes each stream's audience and readies what writes to it. */
export async function openWriters(
  request: OpenWritersRequest,
  options: WriterOptions,
): Promise<readonly (RecordWriter | ConnectorError)[]> {
  const { streams, config: settings, runtime, onRateLimited } = request;
  const modes = streams.map(resolveMode);
  const isChosenByObjects = streams.some(({ objectName }) => objectName !== undefined);
  const choices = streams.map((stream) => chooseAudience(stream, settings.config, isChosenByObjects));
  const unused = listUnusedAudiences(settings.config, streams);
  if (unused.length > 0)
    runtime.log.warn(`The catalog has no stream that these settings could be meant for: ${unused.join(', ')}`);
  const graph = await options.createGraph(createGraceRuntime(runtime, GRACE_MS));
  const directory = new AudienceDirectory(graph, settings.accountId, {
    meter: { calls: 0, parts: 0, bytes: 0, retries: 0 },
    onRateLimited: (resumeAtMs) => {
      for (const index of streams.keys()) onRateLimited(index, resumeAtMs);
    },
  });
  const opened: (OpenedStream | ConnectorError)[] = [];
  for (const [index, stream] of streams.entries()) {
    // One after another: two streams may name an audience that is yet to be made.
    opened.push(await open(index, stream));
  }
  return createWriters(refuseSharedReplacements(opened), { request, options, graph });

  async function open(index: number, stream: WrittenStream): Promise<OpenedStream | ConnectorError> {
    const mode = modes[index] as WriteMode;
    const { config, accountId } = settings;
    try {
      // Before an audience is made that nothing could be written to.
      checkColumns(stream, config, findAudienceConfig(config, stream.descriptor));
      if (mode !== 'remove') warnOfIdleSettings(stream);
      const choice = choices[index] as ReturnType<typeof chooseAudience>;
      const audience = await openAudience(choice, { directory, config, accountId, stream: stream.descriptor, mode });
      return { index, stream, mode, audience };
    } catch (error) {
      runtime.signal.throwIfAborted();
      return describeAudienceFailure(error, `Stream ${formatStream(stream.descriptor)}`, accountId);
    }
  }

  function warnOfIdleSettings(stream: WrittenStream): void {
    const { config } = settings;
    const idle = listIdleSettings(stream, config, findAudienceConfig(config, stream.descriptor));
    if (idle.length === 0) return;
    runtime.log.warn(`Stream ${formatStream(stream.descriptor)} has no column that these settings name: ${idle.join(', ')}`);
  }
}

/** A replacement takes away what another stream adds to the same audience. */
function refuseSharedReplacements(
  opened: readonly (OpenedStream | ConnectorError)[],
): readonly (OpenedStream | ConnectorError)[] {
  const streams = opened.filter((entry): entry is OpenedStream => !(entry instanceof ConnectorError));
  return opened.map((entry) => {
    if (entry instanceof ConnectorError) return entry;
    const sharing = streams.filter(({ audience }) => audience.id === entry.audience.id);
    if (sharing.length < 2 || !sharing.some(({ mode }) => mode === 'replace')) return entry;
    const names = sharing.map(({ stream }) => formatStream(stream.descriptor)).join(', ');
    return new ConnectorError(
      `The streams ${names} write to the same audience (${entry.audience.id}), and one of them overwrites it: give each its own audience, or let none overwrite.`,
      { failureType: 'config_error' },
    );
  });
}

interface WriterContext {
  readonly request: OpenWritersRequest;
  readonly options: WriterOptions;
  readonly graph: GraphClient;
}

async function createWriters(
  opened: readonly (OpenedStream | ConnectorError)[],
  context: WriterContext,
): Promise<readonly (RecordWriter | ConnectorError)[]> {
  const { runtime, config: settings, streams } = context.request;
  const syncId = streams.find((stream) => stream.syncId !== undefined)?.syncId;
  const sink = await openRejectSink({ ...settings.rejects, ...(syncId === undefined ? {} : { syncId }) }, runtime);
  const sessions = new Map<string, AudienceSession>();
  const writers = opened.map((entry) => {
    if (entry instanceof ConnectorError) return entry;
    try {
      return createWriter(entry, { ...context, sink, sessions, opened });
    } catch (error) {
      return describeFailure(error, `Stream ${formatStream(entry.stream.descriptor)}`);
    }
  });
  return closeAfter(writers, sink);
}

interface SessionContext extends WriterContext {
  readonly sink: RejectSink;
  readonly sessions: Map<string, AudienceSession>;
  readonly opened: readonly (OpenedStream | ConnectorError)[];
}

function createWriter(entry: OpenedStream, context: SessionContext): RecordWriter {
  const { stream, mode, audience } = entry;
  const { request, options } = context;
  const { runtime, config: settings } = request;
  const { config } = settings;
  const audienceConfig = findAudienceConfig(config, stream.descriptor);
  const planned = planStream({ stream, mode, audience, config, audienceConfig, nowMs: runtime.clock.now() });
  const hasValue = planned.roles.has('LOOKALIKE_VALUE');
  const valueFault = mode === 'remove' || planned.isLearning ? undefined : findValueFault(audience, hasValue);
  if (valueFault !== undefined) throw new ConnectorError(valueFault, { failureType: 'config_error' });
  const report = new StreamReport(stream.descriptor, config.max_reject_ratio ?? DESTINATION_CONFIG_DEFAULTS.max_reject_ratio);
  const intake = new StreamIntake({
    plan: planned.plan,
    mapColumns: planned.mapColumns,
    columns: stream.properties,
    report,
    audienceId: audience.id,
    now: () => runtime.clock.now(),
    log: runtime.log,
  });
  const session = openSession(entry, context);
  if (mode !== 'replace') return new ChangeWriter({ intake, session, log: runtime.log, stop: runtime.signal });
  const { replace } = config;
  return new ReplaceWriter({
    intake,
    session,
    guards: {
      onEmpty: replace?.on_empty ?? REPLACE_DEFAULTS.on_empty,
      maxShrinkPercent: replace?.max_shrink_percent ?? REPLACE_DEFAULTS.max_shrink_percent,
      onShrink: replace?.on_shrink ?? REPLACE_DEFAULTS.on_shrink,
      mixedExternIds: replace?.mixed_extern_ids ?? REPLACE_DEFAULTS.mixed_extern_ids,
    },
    limits: planned.limits,
    spoolFolder: options.spoolFolder,
    runId: `${nameRun(stream, context)}|${stream.generationId ?? ''}`,
    stop: runtime.signal,
  });
}

function openSession(entry: OpenedStream, context: SessionContext): AudienceSession {
  const { audience } = entry;
  const { sessions, opened, graph, sink, request } = context;
  const known = sessions.get(audience.id);
  if (known !== undefined) return known;
  const { config } = request.config;
  const sharing = opened.flatMap((other) =>
    !(other instanceof ConnectorError) && other.audience.id === audience.id ? [other.index] : [],
  );
  const session = new AudienceSession({
    graph,
    audience,
    sink,
    // Another attempt of the job makes sessions of its own: under an old one, Meta would count what that had sent.
    runId: `${nameRun(entry.stream, context)}|${context.options.jobAttempt ?? request.runtime.clock.now()}`,
    limits: {
      rows: config.batch_rows ?? DESTINATION_CONFIG_DEFAULTS.batch_rows,
      bytes: config.batch_bytes ?? DESTINATION_CONFIG_DEFAULTS.batch_bytes,
    },
    flushAfterMs: (config.flush_seconds ?? DESTINATION_CONFIG_DEFAULTS.flush_seconds) * 1_000,
    stop: request.runtime.signal,
    onRateLimited: (resumeAtMs) => {
      for (const index of sharing) request.onRateLimited(index, resumeAtMs);
    },
  });
  sessions.set(audience.id, session);
  return session;
}

/** What sets the sessions of this run apart from those of every other. */
function nameRun(stream: WrittenStream, { options, request }: WriterContext): string {
  return String(stream.syncId ?? options.jobId ?? request.runtime.clock.now());
}
