import { describeFailure } from '../connection/describe-failure.ts';
import { GraphError } from '../graph/graph-error.ts';
import { ConnectorError } from '../protocol/connector-error.ts';
import { type Audience, nameAudience } from './audience.ts';

/** Where a person accepts Meta's terms for custom audiences of an account. */
export function formatTermsLink(accountId: string): string {
  return `https://business.facebook.com/ads/manage/customaudiences/tos/?act=${accountId}`;
}

/** A failure of an audience as the user is told it: `where` names it, or the stream that it is for. */
export function describeAudienceFailure(error: unknown, where: string, accountId: string): ConnectorError {
  if (!(error instanceof GraphError) || error.details.remedy !== 'accept_terms') return describeFailure(error, where);
  return new ConnectorError(
    `${where}: Meta's terms for custom audiences are not accepted. Accept them at ${formatTermsLink(accountId)} and run the sync again.`,
    { failureType: 'config_error', internalMessage: `${error.label} ${error.message}`, cause: error },
  );
}

export function describeUploadFailure(error: GraphError, audience: Audience): ConnectorError {
  return describeAudienceFailure(error, nameAudience(audience), audience.accountId);
}
