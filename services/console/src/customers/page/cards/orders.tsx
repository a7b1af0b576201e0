import { Flex, Typography } from "antd";
import { useFormat } from "../../../text/format.ts";
import { useLabel } from "../../../text/texts.ts";
import { useCards } from "../card-words.ts";
import { textOf } from "../dates.ts";
import { Pairs, Part, Small } from "../part.tsx";
import { useSeen } from "../seen.ts";

export function Orders() {
  const say = useCards();
  const format = useFormat();
  const label = useLabel();
  const orders = useSeen().portrait.orders;
  if (!orders) return null;
  const none = orders.orderCount === 0 && orders.last.length === 0;
  return (
    <Part title={say("orders")} state={orders.state}>
      {none && <Small>{say("noOrders")}</Small>}
      {orders.orderCount > 0 && (
        <Pairs
          of={[
            [say("orderCount"), format.number(orders.orderCount)],
            [say("revenue"), format.money(orders.revenue)],
            [say("revenue365"), format.money(orders.revenue365Days)],
            [say("margin"), format.money(orders.margin)],
            [say("period"), `${textOf(orders.firstOrderDate)} / ${textOf(orders.lastOrderDate)}`],
            [say("openOrders"), orders.openOrderCount > 0 && format.number(orders.openOrderCount)],
          ]}
        />
      )}
      {orders.last.length > 0 && (
        <ul className="customer-rows" style={{ marginTop: 12 }}>
          {orders.last.slice(0, 5).map((order) => (
            <li key={order.orderId}>
              <Flex vertical className="customer-grow">
                <Typography.Text>{order.orderNumber}</Typography.Text>
                <Small>
                  {textOf(order.orderDate)} ·{" "}
                  {order.creditNote ? say("creditNote") : label("OrderStatus", `STATUS_${order.status}`)}
                </Small>
              </Flex>
              <Typography.Text>{format.money(order.netAmount)}</Typography.Text>
            </li>
          ))}
        </ul>
      )}
    </Part>
  );
}
