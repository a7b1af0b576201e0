import {
  type Case,
  type CaseInput,
  CaseKind,
  CaseOrigin,
  CasePhase,
  CasePriority,
  createCase,
  listOrders,
  listProducts,
} from "@guanxi/client/gen/guanxi";
import { useInfiniteQuery } from "@tanstack/react-query";
import { App, Button, Drawer, Flex, Form, Select, Typography } from "antd";
import { useState } from "react";
import { once } from "../../api/api.ts";
import { useMay } from "../../api/session.ts";
import { useFormat } from "../../text/format.ts";
import { useComplain } from "../../ui/problem.tsx";
import { useUi } from "../../ui/words.ts";
import { CustomerField } from "../customer/customer-field.tsx";
import { keep } from "../data.ts";
import { More } from "../list/more.tsx";
import { useWords } from "../words.ts";
import { AssigneeField, EnumField, QueueField, TextField } from "./fields.tsx";

const INITIAL: Partial<CaseInput> = {
  kind: "KIND_QUESTION",
  phase: "PHASE_AFTER_SALE",
  origin: "ORIGIN_PHONE",
  priority: "PRIORITY_NORMAL",
};

export function NewCase({ onEnd }: { onEnd: (made?: Case) => void }) {
  const say = useWords();
  const ui = useUi();
  const complain = useComplain();
  const { message } = App.useApp();
  const [form] = Form.useForm<CaseInput>();
  const [busy, setBusy] = useState(false);
  // The same for a second try: an answer that was lost must not become a second case.
  const [key] = useState(once);
  const finish = async (values: CaseInput) => {
    setBusy(true);
    try {
      const made = await createCase(values, key);
      keep(made);
      message.success(say("created", { number: made.number }));
      onEnd(made);
    } catch (error) {
      complain(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Drawer
      open
      mask={{ closable: false }}
      title={say("newCase")}
      size={520}
      onClose={() => onEnd()}
      footer={
        <Flex gap={8} justify="flex-end">
          <Button onClick={() => onEnd()}>{ui("cancel")}</Button>
          <Button type="primary" loading={busy} onClick={() => form.submit()}>
            {say("create")}
          </Button>
        </Flex>
      }
    >
      <Form<CaseInput>
        name="new-case"
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={INITIAL}
        onFinish={(values) => void finish(values)}
      >
        <CustomerField />
        <TextField name="subject" label="subject" required max={500} />
        <TextField name="description" label="description" rows={4} max={20_000} />
        <Flex gap={16} wrap>
          <EnumField name="kind" label="kind" of="CaseKind" values={CaseKind} required />
          <EnumField name="phase" label="phase" of="CasePhase" values={CasePhase} />
        </Flex>
        <Flex gap={16} wrap>
          <EnumField name="priority" label="priority" of="CasePriority" values={CasePriority} required />
          <EnumField name="origin" label="origin" of="CaseOrigin" values={CaseOrigin} />
        </Flex>
        <Flex gap={16} wrap>
          <QueueField hint={say("routeByRule")} />
          <Form.Item noStyle dependencies={["queueId"]}>
            {({ getFieldValue }) => (
              <AssigneeField queueId={getFieldValue("queueId") as string | undefined} />
            )}
          </Form.Item>
        </Flex>
        <About />
        <TextField name="topic" label="topic" hint={say("topicHint")} max={200} />
      </Form>
    </Drawer>
  );
}

/** The product, and the order once one knows whose. */
function About() {
  const say = useWords();
  const may = useMay();
  const products = useInfiniteQuery({
    queryKey: ["products", "active", "pages"],
    queryFn: ({ pageParam, signal }) =>
      listProducts(
        {
          filter: 'state == "ACTIVE"',
          orderBy: "display_name",
          pageSize: 200,
          ...(pageParam && { pageToken: pageParam }),
        },
        { signal },
      ),
    initialPageParam: "",
    getNextPageParam: ({ nextPageToken }) => nextPageToken || undefined,
    enabled: may("product", "read"),
    staleTime: 5 * 60_000,
  });
  const listed = products.data?.pages.flatMap((page) => page.products) ?? [];
  return (
    <>
      {may("product", "read") && (
        <Form.Item
          name="productId"
          label={say("product")}
          extra={<Rest query={products} count={listed.length} />}
        >
          <Select
            allowClear
            loading={products.isPending}
            showSearch={{ optionFilterProp: "label" }}
            options={listed.map(({ productId, displayName, productCode }) => ({
              value: productId,
              label: `${displayName} · ${productCode}`,
            }))}
          />
        </Form.Item>
      )}
      {may("order", "read") && (
        <Form.Item noStyle dependencies={["customerId"]}>
          {({ getFieldValue }) => {
            const customerId = getFieldValue("customerId") as string | undefined;
            return customerId && <OrderField key={customerId} customerId={customerId} />;
          }}
        </Form.Item>
      )}
    </>
  );
}

interface Paged {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage(): unknown;
}

function Rest({ query, count }: { query: Paged; count: number }) {
  const say = useWords();
  if (!query.hasNextPage) return null;
  return (
    <Flex align="center" justify="space-between" gap={8} wrap>
      <Typography.Text type="secondary">{say("firstOnly", { count })}</Typography.Text>
      <div>
        <More busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()} />
      </div>
    </Flex>
  );
}

function OrderField({ customerId }: { customerId: string }) {
  const say = useWords();
  const format = useFormat();
  const orders = useInfiniteQuery({
    queryKey: ["orders", "of", customerId, "pages"],
    queryFn: ({ pageParam, signal }) =>
      listOrders(
        {
          filter: `customer_id == ${JSON.stringify(customerId)}`,
          orderBy: "order_date desc",
          pageSize: 50,
          ...(pageParam && { pageToken: pageParam }),
        },
        { signal },
      ),
    initialPageParam: "",
    getNextPageParam: ({ nextPageToken }) => nextPageToken || undefined,
  });
  const listed = orders.data?.pages.flatMap((page) => page.orders) ?? [];
  return (
    <Form.Item name="orderId" label={say("order")} extra={<Rest query={orders} count={listed.length} />}>
      <Select
        allowClear
        loading={orders.isPending}
        options={listed.map(({ orderId, orderNumber, netAmount }) => ({
          value: orderId,
          label: `${orderNumber} · ${format.money(netAmount)}`,
        }))}
      />
    </Form.Item>
  );
}
