// A marketing plan with its first target, as small as a plan can be.
import { createMarketingPlan } from "@guanxi/client/gen/guanxi";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Form, Input, Select } from "antd";
import { queries, useOnce } from "../api/api.ts";
import { FormModal } from "../ui/form-modal.tsx";
import { segmentsQuery } from "./data.ts";
import { useCampaigns } from "./words.ts";

interface Values {
  name: string;
  positioning: string;
  segmentId: string;
  reason: string;
}

/** Ends with the target as plan/target, or without one. */
export function PlanForm({ onEnd }: { onEnd: (target?: string) => void }) {
  const say = useCampaigns();
  const onceFor = useOnce();
  const { data: segments = [] } = useQuery(segmentsQuery);
  const { mutate, error, isPending } = useMutation({
    mutationFn: ({ name, positioning, segmentId, reason }: Values) => {
      const plan = { name, positioning, segmentIds: [segmentId], targets: [{ segmentId, reason }] };
      return createMarketingPlan(plan, onceFor(plan));
    },
    onSuccess: async ({ planId, targets }) => {
      await queries.invalidateQueries({ queryKey: ["plans"] });
      onEnd(`${planId}/${targets[0]?.targetId}`);
    },
  });
  return (
    <FormModal<Values>
      title={say("newTargetHint")}
      busy={isPending}
      error={error}
      onSubmit={(values) => mutate(values)}
      onClose={() => onEnd()}
    >
      <Form.Item name="name" label={say("planName")} rules={[{ required: true }]}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="segmentId" label={say("segment")} rules={[{ required: true }]}>
        <Select
          showSearch={{ optionFilterProp: "label" }}
          options={segments.map(({ segmentId, name }) => ({ value: segmentId, label: name }))}
        />
      </Form.Item>
      <Form.Item
        name="positioning"
        label={say("positioning")}
        extra={say("positioningHint")}
        rules={[{ required: true }]}
      >
        <Input maxLength={1000} />
      </Form.Item>
      <Form.Item name="reason" label={say("reason")} rules={[{ required: true }]}>
        <Input maxLength={1000} />
      </Form.Item>
    </FormModal>
  );
}
