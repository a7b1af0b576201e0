// What the list has found: rows, nobody, or why there is nothing to see.
import { Flex, Typography } from "antd";
import { useQuery } from "@tanstack/react-query";
import type { RefObject } from "react";
import { useMay } from "../../api/session.ts";
import { useFormat } from "../../text/format.ts";
import { useNarrow } from "../../ui/media.ts";
import { Problem } from "../../ui/problem.tsx";
import type { CustomersSearch } from "../search.ts";
import type { Choice } from "./choice.ts";
import type { Column } from "./columns.tsx";
import { Lines } from "./lines.tsx";
import type { Listed } from "./listed.ts";
import { NobodyHere } from "./nobody.tsx";
import { useRestHeight } from "./rest-height.ts";
import { countQuery, DEFAULT_ORDER } from "./rows.ts";
import { Grid } from "./table.tsx";
import type { LayoutChoice } from "./use-layout.ts";
import { useListWords } from "./words.ts";

interface Props {
  search: CustomersSearch;
  onSearch: (change: Partial<CustomersSearch>) => void;
  columns: readonly Column[];
  listed: Listed;
  layout: LayoutChoice;
  choice: Choice;
  scroller: RefObject<HTMLDivElement | null>;
}

const LEAST_HEIGHT = 360;

export function Found(props: Props) {
  const { search, onSearch, listed } = props;
  const { rows, error, fault, isPending, isOld, isPartial, again } = listed;
  const [place, height] = useRestHeight(LEAST_HEIGHT);
  // What is wrong with the filter is said where it is written.
  if (fault) return null;
  if (error && !isPartial) return <Problem error={error} again={again} />;
  if (!isPending && rows.length === 0)
    return (
      <NobodyHere
        search={search}
        onClear={() => onSearch({ filter: "", q: "" })}
        onCreate={() => onSearch({ create: "organisation" })}
      />
    );
  return (
    <Flex vertical gap={12}>
      <div ref={place} aria-busy={isOld} style={{ opacity: isOld ? 0.6 : 1 }}>
        <Rows {...props} height={height} />
      </div>
      {isPartial && <Problem error={error} again={again} />}
    </Flex>
  );
}

const FIRST_GHOSTS = 12;

function Rows({
  search,
  onSearch,
  columns,
  listed,
  layout,
  choice,
  scroller,
  height,
}: Props & { height: number }) {
  const narrow = useNarrow();
  const { rows, onAhead, isPending, isAll } = listed;
  const seen = { columns, rows, choice, height, onAhead, scroller };
  if (narrow) return <Lines {...seen} />;
  return (
    <Grid
      {...seen}
      layout={layout.layout}
      widths={layout.widths}
      setWidths={layout.setWidths}
      order={search.order ?? DEFAULT_ORDER}
      head={{ onOrder: (order) => onSearch({ order: order ?? "" }), onLayout: layout.setLayout }}
      pending={isPending ? FIRST_GHOSTS : isAll ? 0 : 1}
    />
  );
}

/** Of the whole book, as the figures count it. */
export function Total() {
  const say = useListWords();
  const format = useFormat();
  const may = useMay();
  const { data } = useQuery({ ...countQuery, enabled: may("customer_count", "read") });
  if (!data) return <span> </span>;
  return (
    <span title={say("totalHint", { time: format.time(data.asOfTime) })}>
      {say("total", { count: data.total })}
    </span>
  );
}

export function Loaded({ listed: { rows, isAll, isPartial } }: { listed: Listed }) {
  const say = useListWords();
  const count = rows.length;
  if (count === 0) return null;
  const text = isAll ? say("loadedAll", { count }) : say("loadedMore", { count });
  return (
    <Typography.Text type="secondary">
      {isPartial ? `${say("loaded", { count })} · ${say("partlyLoaded")}` : text}
    </Typography.Text>
  );
}
