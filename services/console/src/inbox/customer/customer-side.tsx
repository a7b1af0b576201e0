// Whoever the case is about, in short: what one should know before one answers.
import { type Case, linkCase, type Portrait } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Flex, Typography } from "antd";
import { useState } from "react";
import { useMay } from "../../api/session.ts";
import { useLabel } from "../../text/texts.ts";
import { Nothing } from "../../ui/empty.tsx";
import { Loading } from "../../ui/loading.tsx";
import { Problem } from "../../ui/problem.tsx";
import { useFormCommand } from "../case/command.tsx";
import { FormDialog } from "../case/form-dialog.tsx";
import { portraitQuery } from "../data.ts";
import { useWords } from "../words.ts";
import { ComplaintHistory } from "./complaint-history.tsx";
import { CustomerField } from "./customer-field.tsx";
import { CasesPart, ConsentsPart, ContactsPart, NextStepsPart, PeoplePart, ValuePart } from "./parts.tsx";

export function CustomerSide({ it }: { it: Case }) {
  if (!it.customerId) return <Unknown it={it} />;
  return <Known customerId={it.customerId} caseId={it.caseId} />;
}

function Known({ customerId, caseId }: { customerId: string; caseId: string }) {
  const { data, error, refetch } = useQuery(portraitQuery(customerId));
  if (error) return <Problem error={error} again={() => void refetch()} />;
  if (!data?.customer) return <Loading rows={8} />;
  return (
    <>
      <Head portrait={data} />
      <NextStepsPart portrait={data} />
      <CasesPart portrait={data} caseId={caseId} />
      <ComplaintHistory customerId={customerId} />
      <ContactsPart portrait={data} />
      <ValuePart portrait={data} />
      <PeoplePart portrait={data} />
      <ConsentsPart portrait={data} />
    </>
  );
}

function Head({ portrait }: { portrait: Portrait }) {
  const say = useWords();
  const label = useLabel();
  const { customerId, displayName, grade, city, industry, lifecycleStage, contactPoints } =
    portrait.customer!;
  const facts = [label("Grade", grade), label("LifecycleStage", lifecycleStage), city, industry];
  return (
    <Flex vertical gap={4} style={{ paddingBottom: 12 }}>
      <h2 style={{ margin: 0, fontSize: 16, lineHeight: "24px", overflowWrap: "anywhere" }}>
        <Link to="/customers/$customerId" params={{ customerId }} title={say("seeCustomer")}>
          {displayName}
        </Link>
      </h2>
      <Typography.Text type="secondary" style={{ fontSize: 13 }}>
        {facts.filter(Boolean).join(" · ")}
      </Typography.Text>
      <Typography.Text style={{ fontSize: 13 }}>
        {say("owner")} {portrait.ownerName || say("inPool")}
      </Typography.Text>
      {contactPoints.slice(0, 3).map(({ kind, value }) => (
        <Typography.Text
          key={`${kind} ${value}`}
          copyable={value !== "***"}
          ellipsis
          style={{ fontSize: 13 }}
        >
          {value}
        </Typography.Text>
      ))}
    </Flex>
  );
}

function Unknown({ it }: { it: Case }) {
  const say = useWords();
  const may = useMay();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Nothing
        title={say("unknownCustomer")}
        action={
          may("case", "update") && <Button onClick={() => setAsking(true)}>{say("linkCustomer")}</Button>
        }
      />
      {asking && <LinkDialog it={it} onEnd={() => setAsking(false)} />}
    </>
  );
}

function LinkDialog({ it, onEnd }: { it: Case; onEnd: () => void }) {
  const say = useWords();
  const { run, busy } = useFormCommand(it);
  return (
    <FormDialog<{ customerId: string }>
      title={say("linkCustomerTitle")}
      hint={say("linkCustomerHint")}
      ok={say("linkCustomer")}
      busy={busy}
      onEnd={onEnd}
      submit={(body) => run((headers) => linkCase(it.caseId, body, headers))}
    >
      <CustomerField required />
    </FormDialog>
  );
}
