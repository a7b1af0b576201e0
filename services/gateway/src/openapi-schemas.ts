import type { DescEnum, DescField, DescMessage, DescMethod } from "@bufbuild/protobuf";
import { ScalarType } from "@bufbuild/protobuf";
import type { Contract } from "@guanxi/kit/contract";
import { commentOf } from "./comments.ts";
import { isReadOnly } from "./request-json.ts";
import { rulesOf } from "./openapi-rules.ts";

export type Schema = Record<string, unknown>;
/** One message has three shapes: as answered (all of it), as sent to create, as sent to change. */
type Shape = "" | "Input" | "Patch";
export interface Schemas {
  ref(message: DescMessage, shape: Shape): Schema;
  body(method: DescMethod, keep: (field: DescField) => boolean): Schema;
  plain(field: DescField): Schema;
  all(): Record<string, Schema>;
}

const WELL_KNOWN: Record<string, Schema> = {
  "google.protobuf.Timestamp": { type: "string", format: "date-time" },
  "google.protobuf.Duration": { type: "string", pattern: "^-?[0-9]+(\\.[0-9]{1,9})?s$" },
  "google.protobuf.FieldMask": { type: "string" },
  "google.protobuf.Struct": { type: "object", additionalProperties: true },
  "google.protobuf.Value": {},
  "google.protobuf.Empty": { type: "object" },
};

const SCALARS: Partial<Record<ScalarType, Schema>> = {
  [ScalarType.BOOL]: { type: "boolean" },
  [ScalarType.STRING]: { type: "string" },
  [ScalarType.BYTES]: { type: "string", contentEncoding: "base64" },
  [ScalarType.DOUBLE]: { type: "number", format: "double" },
  [ScalarType.FLOAT]: { type: "number", format: "float" },
  [ScalarType.INT32]: { type: "integer", format: "int32" },
  [ScalarType.UINT32]: { type: "integer", format: "int64", minimum: 0 },
  // As text, since JavaScript's numbers end at 2^53.
  [ScalarType.INT64]: { type: "string", format: "int64" },
  [ScalarType.UINT64]: { type: "string", format: "uint64" },
};

export function schemas(contract: Contract): Schemas {
  const components: Record<string, Schema> = {};
  const owners = new Map<string, string>();
  const shared = namesOfSeveral(contract);
  const shortName = (type: DescMessage | DescEnum) =>
    shared.has(ownName(type)) ? areaOf(type) + ownName(type) : ownName(type);

  function component(name: string, owner: string, build: () => Schema): Schema {
    const other = owners.get(name);
    if (other && other !== owner) throw new Error(`${other} and ${owner} would both be ${name} in OpenAPI`);
    if (!other) {
      owners.set(name, owner);
      components[name] = {}; // first, for a message that contains itself
      components[name] = build();
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  function ref(message: DescMessage, shape: Shape): Schema {
    const known = WELL_KNOWN[message.typeName];
    if (known) return known;
    return component(shortName(message) + shape, message.typeName, () => object(message, shape, () => true));
  }

  function object(message: DescMessage, shape: Shape, keep: (field: DescField) => boolean): Schema {
    const fields = message.fields.filter(
      (field) => keep(field) && (shape === "" || !isReadOnly(contract, field)),
    );
    const required = fields.filter((field) => isRequired(field, shape)).map((field) => field.jsonName);
    const description = commentOf(message);
    return {
      type: "object",
      ...(description && { description }),
      ...(required.length > 0 && { required }),
      properties: Object.fromEntries(fields.map((field) => [field.jsonName, property(field, shape)])),
    };
  }

  /** Answers carry every field that has no presence; requests what the rules ask for; a change nothing. */
  function isRequired(field: DescField, shape: Shape): boolean {
    if (shape === "") return field.fieldKind === "list" || field.fieldKind === "map" || !hasPresence(field);
    return shape === "Input" && rulesOf(contract, field).required;
  }

  function property(field: DescField, shape: Shape): Schema {
    const description = commentOf(field);
    return { ...valueOf(field, shape), ...rules(field, shape), ...(description && { description }) };
  }

  /** A rule is a promise about what is accepted; old rows may break a new one, so answers do not repeat it. */
  const rules = (field: DescField, shape: Shape) => (shape === "" ? {} : rulesOf(contract, field).schema);

  function valueOf(field: DescField, shape: Shape): Schema {
    const items = shape === "" ? {} : rulesOf(contract, field).items;
    if (field.fieldKind === "list") return { type: "array", items: { ...single(field, shape), ...items } };
    if (field.fieldKind === "map") return { type: "object", additionalProperties: single(field, shape) };
    return single(field, shape);
  }

  function single(field: DescField, shape: Shape): Schema {
    if (field.message) return ref(field.message, shape);
    if (field.enum) return enumRef(field.enum);
    return SCALARS[(field as { scalar: ScalarType }).scalar] ?? { type: "string" };
  }

  const enumRef = (type: DescEnum) =>
    component(shortName(type), type.typeName, () => {
      const description = commentOf(type);
      return {
        type: "string",
        ...(description && { description }),
        enum: type.values.map(({ name }) => name),
      };
    });

  return {
    ref,
    body: (method, keep) =>
      component(`${method.name}Body`, method.input.typeName, () => object(method.input, "Input", keep)),
    plain: (field) => ({ ...valueOf(field, "Input"), ...rules(field, "Input") }),
    all: () => Object.fromEntries(Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

const hasPresence = (field: DescField) => field.presence !== 2; // IMPLICIT

/** guanxi.customer.v1.Customer.State -> CustomerState */
const ownName = ({ typeName, file }: DescMessage | DescEnum) =>
  typeName.slice(file.proto.package.length + 1).replaceAll(".", "");

/** guanxi.service_desk.v1 -> ServiceDesk */
const areaOf = ({ file }: DescMessage | DescEnum) =>
  file.proto.package
    .split(".")
    .at(-2)!
    .replaceAll(/(?:^|_)(.)/g, (_, letter: string) => letter.toUpperCase());

/** What two areas call alike is told apart by the area: customer's Channel and interaction's. */
function namesOfSeveral(contract: Contract): Set<string> {
  const types = [...contract].filter(({ kind }) => kind === "message" || kind === "enum");
  const names = (types as (DescMessage | DescEnum)[]).map(ownName);
  return new Set(names.filter((name, index) => names.indexOf(name) !== index));
}
