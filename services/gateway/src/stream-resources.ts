// Which right an event needs to be read, as the methods say by which one reads the same thing.
import type { DescMessage, DescMethod } from "@bufbuild/protobuf";
import { type Access, accessOf, type Contract, optionOf } from "@guanxi/kit/contract";

/** By the full name of the aggregate. What no method shows goes by its own name, so that only `*` reads it, or who was granted that. */
export function resourcesOf(contract: Contract): Map<string, string> {
  const methods = forPeople(contract);
  const aggregates = new Set(eventsOf(contract).map(stateOf));
  return new Map([...aggregates].map((message) => [message.typeName, resourceOf(message, methods)]));
}

const stateOf = (event: DescMessage) => event.fields.find(({ number }) => number === 2)!.message!;

interface Shows {
  method: DescMethod;
  access: Access;
}

function forPeople(contract: Contract): Shows[] {
  const methods = [...contract].flatMap((type) => (type.kind === "service" ? type.methods : []));
  return methods
    .filter((method) => optionOf(contract, method, "guanxi.options.v1.access"))
    .map((method) => ({ method, access: accessOf(contract, method) }))
    .filter(({ access }) => access.caller === "person");
}

/** A method that answers the thing itself knows best; then one that lists it; then one that has it somewhere in its answer. */
function resourceOf(message: DescMessage, methods: Shows[]): string {
  const within = methods.filter(({ method }) =>
    method.output.fields.some((field) => field.message === message),
  );
  const first =
    methods.find(({ method }) => method.output === message) ??
    within.find(({ method }) => method.name.startsWith("List")) ??
    within[0];
  return first?.access.resource ?? snake(message.name);
}

const snake = (name: string) => name.replace(/\B[A-Z]/g, (letter) => `_${letter}`).toLowerCase();

/** Every message that is an event: its first field is what all events have in common. */
export const eventsOf = (contract: Contract): DescMessage[] =>
  [...contract].filter(
    (type): type is DescMessage =>
      type.kind === "message" &&
      type.typeName !== "guanxi.event.v1.Envelope" &&
      type.fields[0]?.message?.typeName === "guanxi.event.v1.Meta",
  );
