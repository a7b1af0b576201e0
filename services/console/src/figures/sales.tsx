// What was sold: the numbers of the period, month by month, and what they are made of.
import { useQuery } from "@tanstack/react-query";
import { Flex } from "antd";
import { Nothing } from "../ui/empty.tsx";
import { Problem } from "../ui/problem.tsx";
import { mainCurrency } from "./measures.ts";
import { salesQuestion } from "./questions.ts";
import { SalesBy } from "./sales-by.tsx";
import { SalesByMonth } from "./sales-by-month.tsx";
import { SalesTiles } from "./sales-tiles.tsx";
import { useSpans } from "./use-span.ts";
import { useFigures } from "./words.ts";

export function Sales() {
  const { span } = useSpans();
  const say = useFigures();
  const total = useQuery(salesQuestion(span));
  const currency = mainCurrency(total.data?.rows ?? []);
  if (total.error) return <Problem error={total.error} again={() => void total.refetch()} />;
  if (total.data?.rows.length === 0) return <Nothing title={say("noOrders")} hint={say("noOrdersHint")} />;
  return (
    <Flex vertical gap={16}>
      <SalesTiles currency={currency} />
      <div className="figure-cards">
        <SalesByMonth currency={currency} />
        <SalesBy currency={currency} />
      </div>
    </Flex>
  );
}
