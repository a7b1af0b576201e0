import type { Case } from "@guanxi/client/gen/guanxi";
import { Link } from "@tanstack/react-router";
import { Descriptions } from "antd";
import type { ReactNode } from "react";
import { useFormat } from "../../text/format.ts";
import { useLabel } from "../../text/texts.ts";
import { useWords } from "../words.ts";
import { OrderNumber, ProductName } from "./about.tsx";

type Row = [name: string, value: ReactNode];

/** All else that is known of the case; what is not known is left out. */
export function Facts({ it }: { it: Case }) {
  const rows = [...useAbout(it), ...useCourse(it), ...useService(it)];
  const items = rows
    .filter(([, value]) => Boolean(value))
    .map(([name, value]) => ({ key: name, label: name, children: value }));
  return <Descriptions size="small" column={1} items={items} styles={{ label: { width: 112 } }} />;
}

function useAbout(it: Case): Row[] {
  const say = useWords();
  return [
    [say("description"), it.description && <span style={{ whiteSpace: "pre-wrap" }}>{it.description}</span>],
    [say("topic"), it.topic],
    [say("product"), it.productId && <ProductName id={it.productId} />],
    [say("serialNumber"), it.serialNumber],
    [say("order"), it.orderId && <OrderNumber id={it.orderId} />],
    [say("tags"), it.tags.join(", ")],
  ];
}

function useCourse(it: Case): Row[] {
  const say = useWords();
  const format = useFormat();
  const label = useLabel();
  return [
    [say("openTime"), format.time(it.openTime)],
    [say("resolveTime"), format.time(it.resolveTime)],
    [say("closeTime"), format.time(it.closeTime)],
    [say("resolution"), label("CaseResolution", it.resolution)],
    [say("note"), it.resolutionNote],
    [say("rootCause"), label("CaseRootCause", it.rootCause)],
    [say("rootCauseNote"), it.rootCauseNote],
    [say("mergedInto"), it.mergedIntoCaseId && <OtherCase id={it.mergedIntoCaseId} />],
    [say("splitFrom"), it.splitFromCaseId && <OtherCase id={it.splitFromCaseId} />],
  ];
}

function useService(it: Case): Row[] {
  const say = useWords();
  const format = useFormat();
  return [
    [say("policy"), it.sla?.slaPolicyName],
    [say("entitlement"), it.sla?.entitlement],
    [say("routing"), [it.routing?.ruleName, it.routing?.reason].filter(Boolean).join(" · ")],
    [say("contacts"), it.customerContactCount > 0 && format.number(it.customerContactCount)],
    [say("reopened"), it.reopenCount > 0 && format.number(it.reopenCount)],
  ];
}

function OtherCase({ id }: { id: string }) {
  const say = useWords();
  return (
    <Link from="/inbox" to="/inbox" search={(before) => ({ ...before, case: id })}>
      {say("openIt")}
    </Link>
  );
}
