// What ids in rows stand for: one question each, whatever the number of rows.
import { type Category, listCategories } from "@guanxi/client/gen/guanxi";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { allOf } from "../../api/pages.ts";
import { useMay, useMe } from "../../api/session.ts";
import { useFormat } from "../../text/format.ts";
import { useLabel, useLanguage } from "../../text/texts.ts";
import { fieldsFor } from "../filter/fields.ts";
import { useNaming } from "../filter/naming.ts";
import type { Choices } from "../filter/value-editor.tsx";
import { fieldsQuery, useUsers } from "../page/data.ts";
import { columnsOf } from "./columns.tsx";
import type { Row } from "./rows.ts";
import { useListWords } from "./words.ts";
import "../vocabulary.ts";

const categoriesQuery = queryOptions({
  queryKey: ["categories"],
  queryFn: ({ signal }) =>
    allOf(
      (asked) => listCategories(asked, { signal }),
      ({ categories }) => categories,
    ),
  staleTime: 300_000,
});

/** All that the columns and the filter need to know. */
export function useBook() {
  const say = useListWords();
  const format = useFormat();
  const label = useLabel();
  const language = useLanguage();
  const may = useMay();
  const personal = may("customer", "read_personal");
  const { data: users } = useUsers();
  const { data: categories } = useQuery({ ...categoriesQuery, enabled: may("category", "read") });
  const { data: definitions } = useQuery({ ...fieldsQuery, enabled: may("field_definition", "read") });
  const names = useMemo(
    () =>
      new Map([
        ...(users ?? []).map((each) => [each.userId, each.displayName] as const),
        ...(categories ?? []).map((each) => [each.categoryId, each.displayName] as const),
      ]),
    [users, categories],
  );
  const naming = useNaming({ nameOf: (id) => names.get(id) ?? id });
  const columns = useMemo(
    () =>
      columnsOf({
        say,
        format,
        label,
        language,
        personal,
        nameOf: (id) => names.get(id) ?? (users ? say("unknownUser") : ""),
        categories: new Map((categories ?? []).map((each): [string, Category] => [each.categoryId, each])),
        definitions: definitions ?? [],
      }),
    // The words and formats follow the language.
    [language, personal, names, users, categories, definitions],
  );
  const fields = useMemo(() => fieldsFor(definitions ?? [], personal), [definitions, personal]);
  return { columns, fields, naming, users: users ?? [], categories: categories ?? [], personal };
}

export type Book = ReturnType<typeof useBook>;

/** What the filter offers to choose from. */
export function useChoices({ users, categories, naming }: Book, rows: readonly Row[]): Choices {
  const { user } = useMe();
  return useMemo(() => {
    const teams = new Set(user?.teamIds);
    return {
      users: users.map(({ userId, displayName }) => ({ value: userId, label: displayName })),
      categories: categories.map(({ categoryId, displayName }) => ({
        value: categoryId,
        label: displayName,
      })),
      tags: [...new Set(rows.flatMap(({ tags }) => tags))].toSorted(),
      me: user?.userId ?? "",
      team: users.filter(({ teamIds }) => teamIds.some((id) => teams.has(id))).map(({ userId }) => userId),
      valueOf: naming.value,
    };
  }, [users, categories, rows, user, naming]);
}
