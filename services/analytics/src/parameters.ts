import type { At } from "@guanxi/kit/at";
import type { Catalogue } from "@guanxi/kit/filter/catalogue";
import { compileFilter } from "@guanxi/kit/filter/compile";
import { toSql } from "@guanxi/kit/filter/sql";

/** The values of a statement that is put together, each with its place in the text. */
export function parameters() {
  const values: unknown[] = [];
  return {
    values,
    add: (value: unknown, type: string) => `$${values.push(value)}::${type}`,
    /** The condition that somebody wrote, over the rows of `alias`. */
    addFilter<S>(text: string, catalogue: Catalogue<S>, alias: string, at: At): string | undefined {
      if (!text) return undefined;
      const { predicate } = compileFilter(text, catalogue);
      const filter = toSql(predicate, catalogue, { from: values.length + 1, alias });
      values.push(...filter.values(at));
      return filter.text;
    },
  };
}
