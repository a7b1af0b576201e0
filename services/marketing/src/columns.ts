// Fields of conditions that stand in a column of their own name.
import type { Field } from "@guanxi/kit/filter/catalogue";

export const column = <S>(
  name: string,
  type: Field["type"],
  read: (state: S) => unknown,
  more: Partial<Pick<Field, "values" | "personal">> = {},
): Field<S> => ({ name, type, stored: { column: name }, read, ...more });
