import type { JsonSchema } from '../../protocol/messages.ts';
import { CLOSE_BRACKET, OPEN_BRACE, OPEN_BRACKET, QUOTE } from '../../text/ascii.ts';
import { passAny, type Scan } from '../../text/json-scanner.ts';
import { ObjectShape } from '../../text/object-shape.ts';
import { propertiesOf, typeOf } from '../cast-row.ts';

/**
 * Compiles a schema into a function that passes over a value and makes of it, in place, what `compileCast` would make. It knows what Meta usually sends: a
 * number in quotes, a string, a list. False for all else, and the value has to be parsed and cast.
 */
export function compileScan(schema: JsonSchema): Scan {
  switch (typeOf(schema)) {
    case 'string':
      return passText;
    case 'number':
      return passNumber;
    case 'integer':
      return passInteger;
    case 'boolean':
      return passBoolean;
    case 'array':
      return compileArray(schema);
    case 'object':
      return compileObject(schema);
    default:
      return passAny;
  }
}

// One function a type, so that engines see few of them where a member's is called.
const passText: Scan = (scanner) => (startsWith(scanner, QUOTE) ? scanner.passString() : scanner.passNull());
const passNumber: Scan = (scanner) =>
  startsWith(scanner, QUOTE) ? scanner.unquoteNumber(false) : scanner.passNumber() || scanner.passNull();
const passInteger: Scan = (scanner) =>
  startsWith(scanner, QUOTE) ? scanner.unquoteNumber(true) : scanner.passInteger() || scanner.passNull();
const passBoolean: Scan = (scanner) => scanner.passBoolean() || scanner.passNull();

function compileArray(schema: JsonSchema): Scan {
  const passItem = compileScan((schema['items'] ?? {}) as JsonSchema);
  return (scanner) =>
    startsWith(scanner, OPEN_BRACKET) ? scanner.passItems(OPEN_BRACKET, CLOSE_BRACKET, passItem) : scanner.passNull();
}

function compileObject(schema: JsonSchema): Scan {
  // Made when the first object comes: a stream's schema has dozens of lists, and most streams rows of few of them.
  let shape: ObjectShape | undefined;
  const makeShape = () =>
    new ObjectShape(Object.entries(propertiesOf(schema)).map(([name, member]) => [name, compileScan(member)]));
  return (scanner) => {
    if (!startsWith(scanner, OPEN_BRACE)) return scanner.passNull();
    shape ??= makeShape();
    return shape.pass(scanner);
  };
}

function startsWith({ input, at }: { readonly input: Uint8Array; readonly at: number }, byte: number): boolean {
  return input[at] === byte;
}
