// What the ratios are measured against: Express and pg with nothing else. No sign-in, no tenant's walls, no rules, no
// history, no search words, no search for duplicates, no event: one prepared statement of the same columns and indexes.
import { randomUUID } from "node:crypto";
import type { AddressInfo } from "node:net";
import express from "express";
import { Pool } from "pg";
import type { SentCustomer } from "./customers.ts";
import { present, type Row } from "./present.ts";

const [url, tenantId] = process.argv.slice(2);
const pool = new Pool({ connectionString: url!, max: 10 });

const SELECT = "select * from bench.customers where tenant_id = $1 and customer_id = $2";

function rowOf(sent: SentCustomer): Row {
  const now = new Date();
  return {
    tenant_id: tenantId,
    customer_id: randomUUID(),
    kind: sent.kind,
    display_name: sent.displayName,
    contact_points: JSON.stringify(sent.contactPoints),
    addresses: "[]",
    party_roles: "[]",
    core: false,
    external_ids: "[]",
    source_channel: sent.source.channel,
    source_detail: sent.source.detail,
    first_touch_time: now,
    consents: "[]",
    tags: "[]",
    custom: "{}",
    custom_facts: "{}",
    completeness: 45,
    lifecycle_stage: "PROSPECT",
    lifecycle_stage_since_time: now,
    customer_class: "POTENTIAL",
    customer_class_since_time: now,
    state: "ACTIVE",
    create_time: now,
    create_date: now.toISOString().slice(0, 10),
    update_time: now,
    version: 1,
  };
}

const names = Object.keys(
  rowOf({ kind: "", displayName: "", contactPoints: [], source: { channel: "", detail: "" } }),
);
const places = names.map((_, index) => `$${index + 1}`);
const INSERT = `insert into bench.customers (${names.join(", ")}) values (${places.join(", ")}) returning *`;

const app = express();
app.use(express.json());
app.get("/v1/customers/:id", async (req, res) => {
  const { rows } = await pool.query({ name: "get", text: SELECT, values: [tenantId, req.params.id] });
  if (rows.length === 0) return void res.status(404).json({ reason: "NOT_FOUND" });
  res.json(present(rows[0] as Row));
});
app.post("/v1/customers", async (req, res) => {
  const values = Object.values(rowOf(req.body as SentCustomer));
  const { rows } = await pool.query({ name: "insert", text: INSERT, values });
  res.json(present(rows[0] as Row));
});
const server = app.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit());
