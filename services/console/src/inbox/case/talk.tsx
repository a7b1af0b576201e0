// What was said about the case, newest first, below where one answers.
import type { Case, Interaction } from "@guanxi/client/gen/guanxi";
import { useInfiniteQuery, type UseQueryResult } from "@tanstack/react-query";
import { Flex, Segmented, Typography } from "antd";
import { useState } from "react";
import { Age } from "../../ui/age.tsx";
import { Nothing } from "../../ui/empty.tsx";
import { Loading } from "../../ui/loading.tsx";
import { Problem } from "../../ui/problem.tsx";
import { useCustomerName } from "../customer/customer-name.tsx";
import { contactsQuery } from "../data.ts";
import { useWords } from "../words.ts";
import { More } from "../list/more.tsx";
import { Composer } from "./composer.tsx";
import { Said } from "./said.tsx";

type Scope = "case" | "customer";

export function Talk({ it }: { it: Case }) {
  const [scope, setScope] = useState<Scope>("case");
  const query = useInfiniteQuery(contactsQuery(filterOf(it, scope)));
  const contacts = query.data?.pages.flatMap(({ interactions }) => interactions) ?? [];
  return (
    <Flex vertical gap={12}>
      <Composer it={it} />
      {it.customerId && <ScopeChoice scope={scope} onChange={setScope} />}
      <Asked query={query} />
      {query.isSuccess && (
        <Contacts contacts={contacts} it={it} began={scope === "case" && !query.hasNextPage} />
      )}
      {query.hasNextPage && (
        <More busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()} />
      )}
    </Flex>
  );
}

/** With what the case began stands last. */
function Contacts({ contacts, it, began }: { contacts: Interaction[]; it: Case; began: boolean }) {
  const say = useWords();
  const opening = began && it.description !== "";
  if (contacts.length === 0 && !opening) return <Nothing title={say("noTalk")} hint={say("noTalkHint")} />;
  return (
    <ol className="said">
      {contacts.map((contact) => (
        <Said key={contact.interactionId} contact={contact} it={it} />
      ))}
      {opening && <Opening it={it} />}
    </ol>
  );
}

function Asked({ query }: { query: Pick<UseQueryResult, "isPending" | "error" | "refetch"> }) {
  if (query.error) return <Problem error={query.error} again={() => void query.refetch()} />;
  return query.isPending ? <Loading rows={4} /> : null;
}

function ScopeChoice({ scope, onChange }: { scope: Scope; onChange: (scope: Scope) => void }) {
  const say = useWords();
  return (
    <Segmented<Scope>
      size="small"
      aria-label={say("talkScope")}
      value={scope}
      onChange={onChange}
      options={[
        { value: "case", label: say("ofCase") },
        { value: "customer", label: say("ofCustomer") },
      ]}
      style={{ alignSelf: "flex-start" }}
    />
  );
}

function filterOf({ caseId, customerId, conversationId }: Case, scope: Scope): string {
  if (scope === "customer") return `customer_id == ${JSON.stringify(customerId)}`;
  const ofCase = `case_id == ${JSON.stringify(caseId)}`;
  return conversationId ? `${ofCase} || conversation_id == ${JSON.stringify(conversationId)}` : ofCase;
}

function Opening({ it }: { it: Case }) {
  const say = useWords();
  const customer = useCustomerName(it.customerId);
  return (
    <li>
      <Flex justify="space-between" gap={8}>
        <Typography.Text>
          <Typography.Text strong>{customer || say("unknownCustomer")}</Typography.Text>{" "}
          <Typography.Text type="secondary">{say("opened")}</Typography.Text>
        </Typography.Text>
        <Typography.Text type="secondary" style={{ fontSize: 13, flex: "none" }}>
          <Age time={it.openTime} />
        </Typography.Text>
      </Flex>
      <p className="said-text">{it.description}</p>
    </li>
  );
}
