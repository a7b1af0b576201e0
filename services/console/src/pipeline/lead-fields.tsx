import { assignLead, type Lead, type LeadPatch, type Qualification } from "@guanxi/client/gen/guanxi";
import { Input } from "antd";
import { ifMatch, once, problemOf } from "../api/api.ts";
import { useMay, useMe } from "../api/session.ts";
import { useFormat } from "../text/format.ts";
import { useLabel } from "../text/texts.ts";
import { Age } from "../ui/age.tsx";
import { useComplain } from "../ui/problem.tsx";
import { useUserName } from "./data.ts";
import { dayOf, dayText } from "./days.ts";
import { Part } from "./deal-drawer.tsx";
import { AmountInput, DayInput } from "./editors.tsx";
import { Field, Fields } from "./field.tsx";
import { leadAgain, leadChanged } from "./lead-data.ts";
import { waysOf } from "./lead-moves.ts";
import { useLeadWords } from "./lead-words.ts";
import { moneyOf, typedOf } from "../text/money.ts";
import { UserPicker } from "./pickers.tsx";
import type { Change } from "./saving.ts";

interface Props {
  lead: Lead;
  /** Undefined where nothing can be changed. */
  save: ((change: Change<LeadPatch>) => Promise<boolean>) | undefined;
}

const TEXTS = ["organisationName", "personName", "jobTitle", "phone", "email", "city", "interest"] as const;

const NAMES = {
  organisationName: "organisation",
  personName: "name",
  jobTitle: "jobTitle",
  phone: "phone",
  email: "email",
  city: "city",
  interest: "interest",
  budget: "budget",
  authority: "authority",
  need: "need",
  timing: "timing",
} as const;

/** How a particular reads, in its place and in a conflict. */
export function useLeadShown() {
  const say = useLeadWords();
  const format = useFormat();
  const shown = (field: string, value: unknown): string => {
    if (value === undefined || value === null) return "";
    if (field === "budget") return format.money(value);
    return field === "timing" ? format.date(dayText(value)) : String(value);
  };
  const labelOf = (field: string): string =>
    field in NAMES ? say(NAMES[field as keyof typeof NAMES]) : field;
  return { shown, labelOf };
}

export function LeadFields({ lead, save }: Props) {
  const say = useLeadWords();
  const label = useLabel();
  const source = [label("SourceChannel", lead.source?.channel), lead.source?.detail]
    .filter(Boolean)
    .join(" · ");
  return (
    <>
      <Part title={say("facts")}>
        <Fields>
          {TEXTS.map((field) => (
            <Field
              key={field}
              label={say(NAMES[field])}
              shown={lead[field]}
              value={lead[field]}
              editor={(draft, change) => (
                <Input
                  aria-label={say(NAMES[field])}
                  autoFocus
                  value={draft}
                  onChange={({ target }) => change(target.value)}
                />
              )}
              save={save && ((typed) => save({ [field]: typed.trim() }))}
            />
          ))}
          <OwnerField lead={lead} />
          {source && <Field label={say("source")} shown={source} />}
          {lead.status === "STATUS_DISQUALIFIED" && (
            <Field
              label={say("disqualify")}
              shown={[label("LeadDisqualifyReason", lead.disqualifyReason), lead.disqualifyNote]
                .filter(Boolean)
                .join(" · ")}
            />
          )}
          <Field label={say("age")} shown={<Age time={lead.createTime} />} />
        </Fields>
      </Part>
      <Part title={say("qualification")}>
        <Answers lead={lead} save={save} />
      </Part>
    </>
  );
}

function Answers({ lead, save }: Props) {
  const say = useLeadWords();
  const format = useFormat();
  const { tenant } = useMe();
  const { budget, timing, need = "", authority = "" } = lead.qualification ?? {};
  const texts = { need, authority };
  const currencyCode = budget?.currencyCode || tenant.currencyCode;
  const answer =
    save &&
    ((answer: { [K in keyof Qualification]?: Qualification[K] | null }) =>
      save({ qualification: answer as LeadPatch["qualification"] & object }));
  const text = (field: "need" | "authority") => (
    <Field
      label={say(field)}
      shown={texts[field]}
      value={texts[field]}
      editor={(draft, change) => (
        <Input
          aria-label={say(field)}
          autoFocus
          value={draft}
          onChange={({ target }) => change(target.value)}
        />
      )}
      save={answer && ((typed) => answer({ [field]: typed.trim() }))}
    />
  );
  return (
    <Fields>
      {text("need")}
      <Field
        label={say("budget")}
        shown={format.money(budget)}
        value={typedOf(budget)}
        editor={(draft, change) => (
          <AmountInput
            label={say("budget")}
            currencyCode={currencyCode}
            value={draft}
            onChange={change}
            autoFocus
          />
        )}
        save={answer && ((typed) => answer({ budget: moneyOf(typed, currencyCode) ?? null }))}
      />
      {text("authority")}
      <Field
        label={say("timing")}
        shown={format.date(dayText(timing))}
        value={dayText(timing)}
        editor={(draft, change) => (
          <DayInput label={say("timing")} value={draft} onChange={change} autoFocus />
        )}
        save={answer && ((day) => answer({ timing: dayOf(day) ?? null }))}
      />
    </Fields>
  );
}

function OwnerField({ lead }: { lead: Lead }) {
  const say = useLeadWords();
  const may = useMay();
  const complain = useComplain();
  const userName = useUserName();
  const give = async (ownerId: string) => {
    try {
      await leadChanged(await assignLead(lead.leadId, { ownerId }, { ...ifMatch(lead.etag), ...once() }));
      return true;
    } catch (error) {
      complain(error);
      if (problemOf(error).status !== 412) return false;
      // Closed, so that whose it is now is seen before the next try.
      await leadAgain(lead.leadId).catch(complain);
      return true;
    }
  };
  return (
    <Field
      label={say("owner")}
      shown={lead.ownerId ? userName(lead.ownerId) || say("unknown") : say("nobody")}
      value={lead.ownerId}
      editor={(draft, change) => (
        <UserPicker label={say("assignTitle")} value={draft || undefined} onChange={change} autoFocus />
      )}
      save={waysOf(lead).assign && may("lead", "assign") ? give : undefined}
    />
  );
}
