// What one must know before the first word: value, stage, whose customer it is, how to reach them.
import { MailOutlined, PhoneOutlined } from "@ant-design/icons";
import type { ContactPoint } from "@guanxi/client/gen/guanxi";
import { Card, Flex, Tag, Tooltip, Typography } from "antd";
import type { ReactNode } from "react";
import { useFormat } from "../../text/format.ts";
import { useLabel } from "../../text/texts.ts";
import { isMasked, useSeen } from "./seen.ts";
import { Tags } from "./tags.tsx";
import { usePage } from "./words.ts";

export function Facts() {
  const say = usePage();
  const label = useLabel();
  const format = useFormat();
  const { customer, portrait } = useSeen();
  const points = [...customer.contactPoints].sort((a, b) => Number(b.primary) - Number(a.primary));
  const since = (time: string | undefined) => format.date(time);
  return (
    <Card size="small" variant="outlined">
      <Flex vertical gap={12}>
        <div className="customer-facts">
          <Fact term={say("kind")}>{label("CustomerKind", customer.kind)}</Fact>
          <Fact
            term={say("grade")}
            hint={`${label("GradeSource", customer.gradeSource)} ${since(customer.gradeSinceTime)}`}
          >
            {label("Grade", customer.grade) || say("noGrade")}
          </Fact>
          <Fact term={say("stage")} hint={since(customer.lifecycleStageSinceTime)}>
            {label("LifecycleStage", customer.lifecycleStage)}
            {customer.churnReason !== "CHURN_REASON_UNSPECIFIED" &&
              ` · ${label("ChurnReason", customer.churnReason)}`}
          </Fact>
          <Fact term={say("class")} hint={since(customer.customerClassSinceTime)}>
            {label("CustomerClass", customer.customerClass)}
          </Fact>
          <Fact term={say("level")} hint={since(customer.relationshipLevelSinceTime)}>
            {label("RelationshipLevel", customer.relationshipLevel) || say("noLevel")}
          </Fact>
          <Fact term={say("owner")} hint={since(customer.ownerSinceTime)}>
            {portrait.ownerName || say("pool")}
          </Fact>
        </div>
        <Flex gap="8px 16px" wrap align="center">
          {points.slice(0, 4).map((point) => (
            <Point key={`${point.kind} ${point.value}`} point={point} />
          ))}
          <Tags />
        </Flex>
      </Flex>
    </Card>
  );
}

function Fact({ term, hint, children }: { term: string; hint?: string; children: ReactNode }) {
  return (
    <div>
      <Typography.Text type="secondary" style={{ fontSize: 12, display: "block" }}>
        {term}
      </Typography.Text>
      <Tooltip title={hint?.trim()}>
        <Typography.Text strong>{children}</Typography.Text>
      </Tooltip>
    </div>
  );
}

/** A number that can be called, an address that can be written to. */
export function Point({ point: { kind, value, normalised, label } }: { point: ContactPoint }) {
  const say = usePage();
  const name = useLabel();
  if (isMasked(value))
    return <Typography.Text type="secondary">{`${name("ContactPointKind", kind)} ***`}</Typography.Text>;
  const more = label && <Tag style={{ marginInline: "6px 0" }}>{label}</Tag>;
  if (kind === "KIND_PHONE")
    return (
      <span>
        <a href={`tel:${normalised || value}`} aria-label={say("call", { number: value })}>
          <PhoneOutlined /> {value}
        </a>
        {more}
      </span>
    );
  if (kind === "KIND_EMAIL")
    return (
      <span>
        <a
          href={`mailto:${value}`}
          aria-label={say("mail", { address: value })}
          style={{ overflowWrap: "anywhere" }}
        >
          <MailOutlined /> {value}
        </a>
        {more}
      </span>
    );
  return (
    <span>
      <Typography.Text type="secondary">{name("ContactPointKind", kind)}</Typography.Text> {value}
      {more}
    </span>
  );
}
