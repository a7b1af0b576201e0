import { changeOpportunityOwner, type Opportunity, type Pipeline } from "@guanxi/client/gen/guanxi";
import { Link } from "@tanstack/react-router";
import { Input } from "antd";
import { ifMatch, once, problemOf } from "../api/api.ts";
import { useCustomerNames } from "../api/customers.ts";
import { useMay } from "../api/session.ts";
import { useFormat } from "../text/format.ts";
import { useLabel } from "../text/texts.ts";
import { Age } from "../ui/age.tsx";
import { useComplain } from "../ui/problem.tsx";
import { ExpectedDay } from "./card.tsx";
import { dayOf, dayText } from "./days.ts";
import { type DealFieldsProps, MoneyFields, MoreFields } from "./deal-worth.tsx";
import { DayInput } from "./editors.tsx";
import { Field, Fields } from "./field.tsx";
import { changed, readAgain } from "./heard.ts";
import { CustomerPicker } from "../ui/customer-picker.tsx";
import { UserPicker } from "./pickers.tsx";
import { useShown } from "./shown.ts";
import { useWords } from "./words.ts";

export function DealFields(props: DealFieldsProps) {
  return (
    <Fields>
      <WhoFields {...props} />
      <MoneyFields {...props} />
      <DayFields {...props} />
      <MoreFields {...props} />
      <OriginFields {...props} />
    </Fields>
  );
}

function WhoFields({ deal, save }: DealFieldsProps) {
  const say = useWords();
  const names = useCustomerNames([deal.customerId]);
  return (
    <>
      <Field
        label={say("name")}
        shown={deal.displayName}
        value={deal.displayName}
        editor={(draft, change) => (
          <Input
            aria-label={say("name")}
            autoFocus
            maxLength={300}
            value={draft}
            onChange={({ target }) => change(target.value)}
          />
        )}
        save={save && ((displayName) => save({ displayName }))}
      />
      <Field<string | undefined>
        label={say("customer")}
        shown={
          deal.customerId && (
            <Link to="/customers/$customerId" params={{ customerId: deal.customerId }}>
              {names.get(deal.customerId) ?? say("unknown")}
            </Link>
          )
        }
        value={deal.customerId || undefined}
        editor={(draft, change) => (
          <CustomerPicker label={say("customer")} value={draft} onChange={change} autoFocus />
        )}
        save={save && ((customerId) => save({ customerId: customerId ?? "" }))}
      />
      <OwnerField deal={deal} />
    </>
  );
}

function OwnerField({ deal }: { deal: Opportunity }) {
  const say = useWords();
  const may = useMay();
  const complain = useComplain();
  const { shown } = useShown(NO_PIPELINE);
  const give = async (ownerId: string) => {
    try {
      await changed(
        await changeOpportunityOwner(deal.opportunityId, { ownerId }, { ...ifMatch(deal.etag), ...once() }),
      );
      return true;
    } catch (error) {
      complain(error);
      if (problemOf(error).status !== 412) return false;
      // Closed, so that whose it is now is seen before the next try.
      await readAgain(deal.opportunityId).catch(complain);
      return true;
    }
  };
  return (
    <Field
      label={say("owner")}
      shown={shown("ownerId", deal.ownerId)}
      value={deal.ownerId}
      editor={(draft, change) => (
        <UserPicker label={say("changeOwner")} value={draft} onChange={change} autoFocus />
      )}
      save={may("opportunity", "assign") ? give : undefined}
    />
  );
}

const NO_PIPELINE: Pipeline = { pipelineId: "", displayName: "", stages: [], default: false, etag: "" };

function DayFields({ deal, save }: DealFieldsProps) {
  const say = useWords();
  const format = useFormat();
  return (
    <>
      <Field
        label={say("expectedClose")}
        shown={
          deal.expectedCloseDate && (
            <>
              <ExpectedDay deal={deal} />
              {deal.pushCount > 0 && (
                <span className="deal-faint"> · {say("pushed", { count: deal.pushCount })}</span>
              )}
            </>
          )
        }
        value={dayText(deal.expectedCloseDate)}
        editor={(draft, change) => (
          <DayInput label={say("expectedClose")} value={draft} onChange={change} autoFocus />
        )}
        save={save && ((day) => save({ expectedCloseDate: dayOf(day) ?? null }))}
      />
      <Field
        label={say("nextStep")}
        shown={deal.nextStep}
        value={deal.nextStep}
        editor={(draft, change) => (
          <Input
            aria-label={say("nextStep")}
            autoFocus
            maxLength={500}
            value={draft}
            onChange={({ target }) => change(target.value)}
          />
        )}
        save={save && ((nextStep) => save({ nextStep }))}
      />
      <Field
        label={say("nextStepDate")}
        shown={format.date(dayText(deal.nextStepDate))}
        value={dayText(deal.nextStepDate)}
        editor={(draft, change) => (
          <DayInput label={say("nextStepDate")} value={draft} onChange={change} autoFocus />
        )}
        save={save && ((day) => save({ nextStepDate: dayOf(day) ?? null }))}
      />
      <Field
        label={say("openDate")}
        shown={format.date(dayText(deal.openDate))}
        value={dayText(deal.openDate)}
        editor={(draft, change) => (
          <DayInput label={say("openDate")} value={draft} onChange={change} autoFocus />
        )}
        save={save && ((day) => save({ openDate: dayOf(day) ?? null }))}
      />
    </>
  );
}

/** Where it comes from and how it ended: what nobody edits. */
function OriginFields({ deal }: DealFieldsProps) {
  const say = useWords();
  const label = useLabel();
  const format = useFormat();
  const source = [label("SourceChannel", deal.source?.channel), deal.source?.detail]
    .filter(Boolean)
    .join(" · ");
  return (
    <>
      {deal.closeDate && <Field label={say("closeDate")} shown={format.date(dayText(deal.closeDate))} />}
      {deal.stageType === "TYPE_LOST" && (
        <Field
          label={say("lostReason")}
          shown={[label("OpportunityLostReason", deal.lostReason), deal.lostNote].filter(Boolean).join(" · ")}
        />
      )}
      {source && <Field label={say("source")} shown={source} />}
      {deal.leadId && (
        <Field
          label={say("lead")}
          shown={
            <Link to="/leads" search={{ lead: deal.leadId }}>
              {say("seeLead")}
            </Link>
          }
        />
      )}
      <Field label={say("created")} shown={<Age time={deal.createTime} />} />
      <Field label={say("updated")} shown={<Age time={deal.updateTime} />} />
    </>
  );
}
