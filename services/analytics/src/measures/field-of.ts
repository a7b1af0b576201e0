import type { Field, FieldType } from "@guanxi/kit/filter/catalogue";

/** Fields whose column has their name. */
export function fieldOf<S>() {
  const field = (type: FieldType, name: string, key: keyof S, more: Partial<Field<S>> = {}): Field<S> => ({
    name,
    type,
    stored: { column: name },
    read: (fact) => fact[key],
    ...more,
  });
  const plain = (type: FieldType) => (name: string, key: keyof S, more?: Partial<Field<S>>) =>
    field(type, name, key, more);
  return {
    id: plain("id"),
    text: plain("text"),
    int: plain("int"),
    bool: plain("bool"),
    time: plain("time"),
    date: plain("date"),
    oneOf: (name: string, key: keyof S, values: readonly string[]) => field("enum", name, key, { values }),
  };
}
