import type { CustomerValue } from "@guanxi/client/gen/guanxi";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Flex, Table, Typography } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { amountOf } from "../../text/format.ts";
import { useLabel } from "../../text/texts.ts";
import { useUi } from "../../ui/words.ts";
import { FigureCard } from "../card.tsx";
import { Choose } from "../choose.tsx";
import { dayText } from "../day.ts";
import { useRows } from "../rows/context.ts";
import { CustomerLink } from "../rows/customer-link.tsx";
import type { Sheet } from "../sheet.ts";
import { useShow } from "../sheet.ts";
import { useFigures } from "../words.ts";
import { dueQuestion } from "./questions.ts";

const WHEN = ["soon", "past", "all"] as const;
type When = (typeof WHEN)[number];
const ORDER = "next_purchase_date";
const WORDS = { soon: "dueSoon", past: "duePast", all: "dueAll" } as const;

function conditionOf(when: When): string {
  const today = dayjs().format("YYYY-MM-DD");
  const later = dayjs().add(30, "day").format("YYYY-MM-DD");
  if (when === "past") return `next_purchase_date < "${today}"`;
  return when === "soon" ? `next_purchase_date >= "${today}" && next_purchase_date < "${later}"` : "";
}

/** Who is to buy next, the earliest first. */
export function Due() {
  const say = useFigures();
  const ui = useUi();
  const [when, setWhen] = useState<When>("soon");
  const open = useRows();
  const filter = conditionOf(when);
  const answer = useInfiniteQuery(dueQuestion(filter));
  const pages = answer.data?.pages ?? [];
  const rows = pages.flatMap(({ facts, names }) =>
    facts.map((value) => ({ value, name: names.get(value.customerId) })),
  );
  return (
    <FigureCard
      figure="next_purchases"
      wide
      origin={{ source: "GET /v1/customerValues" }}
      error={answer.error}
      again={() => void answer.refetch()}
      note={answer.data && say("rowsShown", { shown: rows.length })}
      choice={
        <Choose
          label={say("dueFrom")}
          value={when}
          onChange={setWhen}
          options={WHEN.map((value) => ({ value, label: say(WORDS[value]) }))}
        />
      }
      sheet={answer.data && sheetOf(rows, say)}
      body={answer.data && <DueTable rows={rows} />}
    >
      <Flex gap={8} wrap>
        {answer.hasNextPage && (
          <Button loading={answer.isFetchingNextPage} onClick={() => void answer.fetchNextPage()}>
            {ui("more")}
          </Button>
        )}
        <Button onClick={() => open({ facts: "values", filter, orderBy: ORDER, title: say(WORDS[when]) })}>
          {ui("rows")}
        </Button>
      </Flex>
    </FigureCard>
  );
}

interface DueRow {
  value: CustomerValue;
  name: string | undefined;
}

function DueTable({ rows }: { rows: DueRow[] }) {
  const say = useFigures();
  const show = useShow();
  const label = useLabel();
  const today = dayjs().startOf("day");
  return (
    <Table
      size="small"
      pagination={false}
      rowKey={({ value }) => value.customerId}
      dataSource={rows}
      scroll={{ x: "max-content" }}
      locale={{ emptyText: say("noRows") }}
      columns={[
        {
          key: "customer",
          title: say("col.customer"),
          render: (_, { value, name }) => <CustomerLink customerId={value.customerId} name={name} />,
        },
        {
          key: "next",
          title: say("nextPurchase"),
          render: (_, { value }) => <NextDay value={value} today={today.format("YYYY-MM-DD")} />,
        },
        {
          key: "interval",
          title: say("interval"),
          render: (_, { value: { purchaseCycle: cycle } }) =>
            `${show(dayText(cycle?.earliestDate), "date")} – ${show(dayText(cycle?.latestDate), "date")}`,
        },
        {
          key: "cycle",
          title: say("cycleDays"),
          align: "right",
          render: (_, { value }) => show(value.purchaseCycle?.medianDays, "days"),
        },
        {
          key: "basis",
          title: say("cycleBasis"),
          render: (_, { value }) => label("PurchaseCycleBasis", value.purchaseCycle?.basis),
        },
        {
          key: "alive",
          title: say("alive"),
          align: "right",
          render: (_, { value }) => show(value.probabilityAlive, "share"),
        },
        {
          key: "clv",
          title: say("clv"),
          align: "right",
          render: (_, { value: { clv } }) => show(clv && amountOf(clv), "money", clv?.currencyCode),
        },
      ]}
    />
  );
}

function NextDay({ value, today }: { value: CustomerValue; today: string }) {
  const say = useFigures();
  const show = useShow();
  const day = dayText(value.purchaseCycle?.nextPurchaseDate);
  const late = day && day < today ? dayjs(today).diff(dayjs(day), "day") : 0;
  return (
    <>
      {show(day, "date")}{" "}
      {late > 0 && <Typography.Text type="secondary">{say("overdue", { days: late })}</Typography.Text>}
    </>
  );
}

function sheetOf(rows: readonly DueRow[], say: ReturnType<typeof useFigures>): Sheet {
  return {
    currency: rows[0]?.value.currencyCode,
    columns: [
      { key: "customer", title: say("col.customer"), kind: "text" },
      { key: "next", title: say("nextPurchase"), kind: "date" },
      { key: "earliest", title: `${say("interval")} 1`, kind: "date" },
      { key: "latest", title: `${say("interval")} 2`, kind: "date" },
      { key: "cycle", title: say("cycleDays"), kind: "days" },
      { key: "alive", title: say("alive"), kind: "share" },
      { key: "clv", title: say("clv"), kind: "money" },
    ],
    rows: rows.map(({ value: { customerId, purchaseCycle: cycle, probabilityAlive, clv }, name }) => [
      name ?? customerId,
      dayText(cycle?.nextPurchaseDate),
      dayText(cycle?.earliestDate),
      dayText(cycle?.latestDate),
      cycle?.medianDays,
      probabilityAlive,
      clv && amountOf(clv),
    ]),
  };
}
