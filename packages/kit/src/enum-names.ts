// Enums are kept by name, as conditions write them: a column of numbers would tell nobody what it means.
type Numbers = Readonly<Record<string, number>>;

export type NameOf<E extends Numbers> = Exclude<keyof E & string, "UNSPECIFIED" | "UNRECOGNIZED">;

export const namesOf = <E extends Numbers>(numbers: E) =>
  Object.keys(numbers).filter((name) => numbers[name]! > 0) as NameOf<E>[];

/** Null for the unspecified one, and for one that this contract does not know. */
export const nameOf = <E extends Numbers>(numbers: E, value: number): NameOf<E> | null =>
  namesOf(numbers).find((name) => numbers[name] === value) ?? null;

export const numberOf = <E extends Numbers>(numbers: E, name: NameOf<E> | null) =>
  (name === null ? 0 : numbers[name]) as E[NameOf<E>] | E["UNSPECIFIED"];
