import { Mailbox } from "@guanxi/contract/guanxi/interaction/v1/mailbox";
import type { At } from "@guanxi/kit/at";
import { etagOf } from "@guanxi/kit/etag";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { refuse } from "@guanxi/kit/refuse";
import { find, named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import type { MailboxState } from "./mailbox.ts";

const mailboxTable = new EntitySchema<MailboxState>({
  name: "mailbox",
  tableName: "mailboxes",
  columns: {
    mailboxId: { name: "mailbox_id", type: "uuid", primary: true },
    address: { type: "text" },
    displayName: { name: "display_name", type: "text" },
    opensCases: { name: "opens_cases", type: "bool" },
    queueId: { name: "queue_id", type: "uuid", nullable: true },
    signature: { type: "text" },
    acknowledgement: { type: "text" },
    active: { type: "bool" },
    isDefault: { name: "is_default", type: "bool" },
    createTime: { name: "create_time", type: "timestamptz" },
    updateTime: { name: "update_time", type: "timestamptz" },
    version: { type: "int" },
  },
});

/** The whole public state, as events carry it. */
export const present = ({ queueId, isDefault, version, ...mailbox }: MailboxState): Mailbox => ({
  ...mailbox,
  queueId: queueId ?? "",
  default: isDefault,
  etag: etagOf({ version }),
});

export const mailboxes = table({
  entity: mailboxTable,
  message: Mailbox,
  present,
  violations: {
    mailboxes_by_address: () =>
      refuse("exists", "MAILBOX_EXISTS", "Another mailbox has this address already."),
  },
});

export const mailboxFields = catalogue<MailboxState>({ id: "mailbox_id", side: "" }, [
  { name: "address", type: "text", stored: { column: "address" }, read: ({ address }) => address },
  { name: "active", type: "bool", stored: { column: "active" }, read: ({ active }) => active },
  {
    name: "create_time",
    type: "time",
    stored: { column: "create_time" },
    read: ({ createTime }) => createTime,
  },
]);

/** Which one is the default changes one at a time. */
export async function holdDefault(at: At): Promise<void> {
  at.claim("mailboxes default");
  await named(at, {
    name: "mailboxes hold",
    text: "select pg_advisory_xact_lock(hashtextextended('mailboxes ' || tenant()::text, 0))",
    values: [],
  });
}

export async function findDefault(at: At): Promise<MailboxState | undefined> {
  const text = `${mailboxes.select} where is_default`;
  const [found] = await named<MailboxState>(at, { name: "mailboxes default", text, values: [] });
  if (found) at.known.set(`${mailboxes.name} ${found.mailboxId}`, found);
  return found;
}

/** The one that was named, where it is active; else the default one, where that is. */
export async function sendingMailbox(at: At, mailboxId: string): Promise<MailboxState | undefined> {
  const [wished] = mailboxId ? await find(at, mailboxes, [mailboxId]) : [];
  if (wished?.active) return wished;
  const fallback = await findDefault(at);
  return fallback?.active ? fallback : undefined;
}

/** The addresses of our own: what comes from them is no customer's word. */
export async function isOurs(at: At, address: string): Promise<boolean> {
  const text = "select 1 from mailboxes where address = $1";
  return (await named(at, { name: "mailboxes ours", text, values: [address.toLowerCase()] })).length > 0;
}
