import type { DescField, DescMessage, DescMethod } from "@bufbuild/protobuf";
import { type Access, accessOf, has, loadContract, nameOf } from "@guanxi/kit/contract";
import { expect, test } from "vitest";

const contract = loadContract();
const files = [...contract.files].filter(({ proto }) => proto.package.startsWith("guanxi."));
const methods = files.flatMap(({ services }) => services).flatMap((service) => service.methods);
const events = files.filter(({ name }) => name.endsWith("_events")).flatMap(({ messages }) => messages);

test("there is something to look at", () => {
  expect(methods.length).toBeGreaterThan(10);
  expect(events.length).toBeGreaterThan(10);
});

test("every method says what a caller needs", () => {
  expect(methods.filter((method) => accessFault(method)).map(nameOf)).toEqual([]);
});

test("every update and delete takes the etag that was read", () => {
  const changing = methods.filter(({ name }) => /^(Update|Delete)[A-Z]/.test(name));
  expect(changing.length).toBeGreaterThan(0);
  expect(changing.filter(({ input }) => !has(input, "etag")).map(nameOf)).toEqual([]);
});

test("every command takes a request id, so that a caller may repeat it", () => {
  // A second upload takes the place of the first, so it may be repeated as it is.
  const unary = methods.filter(({ methodKind }) => methodKind === "unary");
  const commands = unary.filter((method) => isCommand(accessOf(contract, method)));
  expect(commands.length).toBeGreaterThan(0);
  expect(commands.filter(({ input }) => !has(input, "request_id")).map(nameOf)).toEqual([]);
});

test("every event numbers its fields as event.proto says", () => {
  const faults = events.flatMap((event) => faultsOf(event).map((fault) => `${event.typeName}: ${fault}`));
  expect(faults).toEqual([]);
});

test("the numbering is checked at all: Envelope itself is no event of an aggregate", () => {
  const envelope = contract.getMessage("guanxi.event.v1.Envelope")!;
  expect(faultsOf(envelope)).toEqual(["2 is not the state of an aggregate", "4 is not the type of 2"]);
});

function accessFault(method: DescMethod): boolean {
  try {
    accessOf(contract, method);
    return false;
  } catch {
    return true;
  }
}

/** What a person may repeat: services and strangers have no store of answers. */
function isCommand({ action, caller }: Access): boolean {
  return caller === "person" && !/^read(_|$)/.test(action);
}

function faultsOf(event: DescMessage): string[] {
  const field = (number: number) => event.fields.find((each) => each.number === number);
  const state = typeOf(field(2));
  const checks: [fault: string, holds: boolean][] = [
    ["1 is not meta", isNamed(field(1), "meta", "guanxi.event.v1.Meta")],
    ["2 is not the state of an aggregate", state.startsWith(`${event.file.proto.package}.`)],
    ["3 is not changed_fields", isNamed(field(3), "changed_fields", "google.protobuf.FieldMask")],
    ["4 is not the type of 2", state !== "" && isNamed(field(4), "previous", state)],
    ["a fact has a number below 10", event.fields.every(({ number }) => number <= 4 || number >= 10)],
  ];
  return checks.flatMap(([fault, holds]) => (holds ? [] : [fault]));
}

const typeOf = (field: DescField | undefined): string =>
  field?.fieldKind === "message" ? field.message.typeName : "";

const isNamed = (field: DescField | undefined, name: string, type: string): boolean =>
  field?.name === name && typeOf(field) === type;
