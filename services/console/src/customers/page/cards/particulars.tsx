import { EditOutlined } from "@ant-design/icons";
import type { Customer } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { Button, Progress, Tooltip } from "antd";
import { lazy, Suspense } from "react";
import { useFormat } from "../../../text/format.ts";
import { useLabel, useLanguage } from "../../../text/texts.ts";
import { Loading } from "../../../ui/loading.tsx";
import { useCards } from "../card-words.ts";
import { customText, labelOf } from "../custom.ts";
import { fieldsQuery } from "../data.ts";
import { textOf } from "../dates.ts";
import { useDo, useDoing } from "../doing.ts";
import { Pairs, Part } from "../part.tsx";
import { useSeen } from "../seen.ts";
import { addressOf } from "./address.ts";

const Editor = lazy(() => import("../edit/editor.tsx").then(({ Editor: made }) => ({ default: made })));

export function Particulars() {
  const say = useCards();
  const act = useDo();
  const editing = useDoing()?.what === "edit";
  const { customer, mayChange } = useSeen();
  const edit = mayChange && !editing && (
    <Button size="small" icon={<EditOutlined />} onClick={() => act({ what: "edit" })}>
      {say("edit")}
    </Button>
  );
  return (
    <Part title={say("particulars")} extra={edit}>
      {editing ? (
        <Suspense fallback={<Loading rows={8} />}>
          <Editor customer={customer} onClose={() => act(undefined)} />
        </Suspense>
      ) : (
        <Read customer={customer} />
      )}
    </Part>
  );
}

function Read({ customer }: { customer: Customer }) {
  const say = useCards();
  const label = useLabel();
  const format = useFormat();
  const custom = useCustom(customer);
  const { source, preferences } = customer;
  return (
    <Pairs
      of={[
        [say("legalName"), customer.legalName],
        [say("creditCode"), customer.creditCode],
        [say("industry"), customer.industry],
        [say("partyRoles"), customer.partyRoles.map((role) => label("PartyRole", role)).join(say("comma"))],
        [say("birthDate"), textOf(customer.birthDate)],
        [say("address"), customer.addresses.map(addressOf).filter(Boolean).join("\n")],
        [say("preferredChannel"), label("CustomerChannel", preferences?.preferredChannel)],
        [say("language"), preferences?.language],
        [
          say("source"),
          [label("SourceChannel", source?.channel), source?.detail, source?.campaign]
            .filter(Boolean)
            .join(" · "),
        ],
        ...custom,
        [say("externalIds"), customer.externalIds.map(({ system, id }) => `${system} ${id}`).join("\n")],
        [say("created"), format.date(customer.createTime)],
        [say("completeness"), <Completeness key="completeness" of={customer.completeness} />],
      ]}
    />
  );
}

function Completeness({ of }: { of: number }) {
  const say = useCards();
  return (
    <Tooltip title={say("completenessWhy")}>
      <Progress percent={of} size="small" aria-label={say("completeness")} status="normal" />
    </Tooltip>
  );
}

/** The tenant's own fields, under the names that the tenant gave them. */
function useCustom({ custom }: Customer): [string, string][] {
  const say = useCards();
  const language = useLanguage();
  const { may } = useSeen();
  const values = custom ?? {};
  const { data = [] } = useQuery({
    ...fieldsQuery,
    enabled: Object.keys(values).length > 0 && may("field_definition", "read"),
  });
  return data
    .filter(({ key }) => values[key] !== undefined && values[key] !== null)
    .map((field) => [
      labelOf(field, language),
      customText(field, values[field.key], language, [say("yes"), say("no")]),
    ]);
}
