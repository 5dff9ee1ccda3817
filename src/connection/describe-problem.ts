import { ConnectorError } from '../protocol/connector-error.ts';

/** One broken rule, as the generated validators tell it. */
export interface ConfigProblem {
  /** A JSON pointer to the value, '' for the config itself. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

const MAX_PROBLEMS = 5;

/** What the user is told of a config that breaks its specification. */
export function refuseConfig(problems: readonly ConfigProblem[] | null | undefined): ConnectorError {
  const sentences = [...new Set((problems ?? []).map(describeProblem))];
  const shown = sentences.slice(0, MAX_PROBLEMS).join('; ');
  return new ConnectorError(`The config breaks its specification: ${shown}.`, { failureType: 'config_error' });
}

/** One broken rule of the config as a sentence: the property and the rule, never the value. */
function describeProblem(problem: ConfigProblem): string {
  const property = nameProperty(problem.instancePath);
  const { params } = problem;
  switch (problem.keyword) {
    case 'required':
      return `${joinNames(property, String(params['missingProperty']))} is missing`;
    case 'type':
      return `${property} must be of type ${String(params['type'])}`;
    case 'pattern':
      return `${property} must match ${String(params['pattern'])}`;
    case 'enum':
      return `${property} must be one of ${listAllowed(params['allowedValues'])}`;
    case 'const':
      return `${property} must be ${JSON.stringify(params['allowedValue'])}`;
    case 'minimum':
    case 'exclusiveMinimum':
    case 'maximum':
    case 'exclusiveMaximum':
      return `${property} must be ${String(params['comparison'])} ${String(params['limit'])}`;
    case 'minItems':
      return `${property} must have at least ${String(params['limit'])} item(s)`;
    case 'uniqueItems':
      return `${property} must not hold the same item twice`;
    case 'discriminator':
      return `${joinNames(property, String(params['tag']))} must name one of the kinds of ${property}`;
    default:
      return `${property} breaks the rule "${problem.keyword}"`;
  }
}

/** `/custom_insights/0/name` -> `custom_insights[0].name`. */
function nameProperty(pointer: string): string {
  if (pointer === '') return 'the config';
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : joinNames(path, part)), '');
}

function joinNames(path: string, name: string): string {
  return path === '' || path === 'the config' ? name : `${path}.${name}`;
}

function listAllowed(values: unknown): string {
  const all = Array.isArray(values) ? values.map(String) : [];
  return all.length > 20 ? `the ${all.length} values that the documentation lists` : all.join(', ');
}
