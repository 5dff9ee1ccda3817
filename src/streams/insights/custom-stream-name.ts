/**
 * The name of a custom report's stream: `Custom` and the report's name, from camel case to snake case by the rule of Airbyte's own connector, so that
 * connections keep their streams. Only capitals make words: `MyReport` becomes `custom_my_report`, `my_report` becomes `custommy_report`.
 */
export function nameCustomStream(name: string): string {
  return `Custom${name}`
    .replaceAll(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
