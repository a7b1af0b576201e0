import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import pg from "pg";

interface Database {
  /** The role that serves requests: no owner, so row-level security holds for it. */
  app: pg.Client;
  close: () => Promise<void>;
}

/** A database of its own on the server of this run, with the example's tables. */
export async function openDatabase(adminUrl: string): Promise<Database> {
  const name = `filter_${randomBytes(6).toString("hex")}`;
  const admin = await connect(new URL(adminUrl));
  await admin.query(`create database ${name}`);
  await admin.query(`create role ${name} login password '${name}'`);
  const at = new URL(adminUrl);
  at.pathname = name;
  const owner = await connect(at);
  await owner.query(readFileSync(new URL("schema.sql", import.meta.url), "utf8"));
  await owner.query(`grant select, insert on customers, customer_values to ${name}`);
  await owner.end();
  at.username = at.password = name;
  const app = await connect(at);
  const close = async () => {
    await app.end();
    await admin.query(`drop database ${name}`);
    await admin.query(`drop role ${name}`);
    await admin.end();
  };
  return { app, close };
}

async function connect(url: URL): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url.href, pipeline: true }); // queued queries are sent at once
  await client.connect();
  return client;
}
