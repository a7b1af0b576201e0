// The customers: found, looked through, and changed many at once.
import { getRouteApi } from "@tanstack/react-router";
import { Flex } from "antd";
import { useMemo, useRef, useState } from "react";
import { queries } from "../api/api.ts";
import { useNarrow } from "../ui/media.ts";
import { Page } from "../ui/page.tsx";
import { BulkBar } from "./bulk/bar.tsx";
import { CreateButton, CreateDrawer } from "./create/create.tsx";
import { Conditions } from "./filter/conditions.tsx";
import { conditionsOf } from "./filter/model.ts";
import { FilterPanel } from "./filter/panel.tsx";
import { read } from "./filter/read.ts";
import { useChoice } from "./list/choice.ts";
import { Found, Loaded, Total } from "./list/found.tsx";
import { useListed } from "./list/listed.ts";
import { useBook, useChoices } from "./list/lookups.ts";
import { LIST } from "./list/rows.ts";
import { Toolbar } from "./list/toolbar.tsx";
import { useLayout } from "./list/use-layout.ts";
import { useListWords } from "./list/words.ts";
import type { CustomersSearch } from "./search.ts";

const route = getRouteApi("/shell/customers");

export function Customers() {
  const say = useListWords();
  const search = route.useSearch();
  const go = route.useNavigate();
  const narrow = useNarrow();
  const book = useBook();
  const listed = useListed(search);
  const { rows, fault } = listed;
  const choices = useChoices(book, rows);
  const choice = useChoice(rows);
  const scroller = useRef<HTMLDivElement>(null);
  const onSearch = (change: Partial<CustomersSearch>) => {
    scroller.current?.scrollTo({ top: 0 });
    void go({ search: (before) => cleaned({ ...before, ...change }), replace: true });
  };
  const layout = useLayout(book, search, (columns) => onSearch({ columns }));
  const [isAsked, setAsked] = useState(false);
  const isOpen = isAsked || fault !== undefined;
  const group = useMemo(() => read(search.filter ?? "", book.fields), [search.filter, book.fields]);
  const onFilter = (filter: string) => onSearch({ filter });
  return (
    <Page
      title={say("title")}
      note={<Total />}
      actions={<CreateButton onKind={(create) => onSearch({ create })} />}
    >
      <Flex vertical gap={12}>
        <Toolbar
          search={search}
          onSearch={onSearch}
          columns={book.columns}
          layout={layout.layout}
          onLayout={layout.setLayout}
          personal={book.personal}
          narrow={narrow}
          conditions={group ? conditionsOf(group).length : 1}
          isOpen={isOpen}
          onOpen={() => setAsked(!isAsked)}
          onReload={() => void queries.resetQueries({ queryKey: LIST })}
          isReloading={listed.isReloading}
        />
        {isOpen ? (
          <FilterPanel
            filter={search.filter ?? ""}
            fields={book.fields}
            naming={book.naming}
            choices={choices}
            fault={fault}
            onApply={onFilter}
          />
        ) : (
          <Conditions group={group} filter={search.filter ?? ""} book={book} onFilter={onFilter} />
        )}
        <BulkBar
          choice={choice}
          search={search}
          users={book.users}
          tags={choices.tags}
          loaded={<Loaded listed={listed} />}
        />
        <Found
          search={search}
          onSearch={onSearch}
          columns={book.columns}
          listed={listed}
          layout={layout}
          choice={choice}
          scroller={scroller}
        />
      </Flex>
      <CreateDrawer
        kind={search.create}
        tags={choices.tags}
        book={book}
        onClose={() => onSearch({ create: undefined })}
      />
    </Page>
  );
}

/** What says nothing does not stand in the address. */
const cleaned = (search: CustomersSearch): CustomersSearch =>
  Object.fromEntries(
    Object.entries(search).filter(([, value]) => value !== undefined && value !== "" && value !== false),
  );
