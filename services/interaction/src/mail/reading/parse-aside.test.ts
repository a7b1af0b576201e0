import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { mailReader } from "./parse-aside.ts";
import type { ParsedMail } from "./parsed-mail.ts";

const DATA = path.join(import.meta.dirname, "../../../../../../shared/data");
const here = existsSync(path.join(DATA, "mail-mikel"));
const reader = mailReader();
afterAll(() => reader.close());

async function read(...lines: string[]): Promise<ParsedMail> {
  const reading = await reader.read(Buffer.from(lines.join("\r\n")));
  if ("refused" in reading) throw new Error(reading.refused);
  return reading.mail;
}

test.skipIf(!here)("every mail of the three suites is read, each in bounded time", async () => {
  const names = ["mail-mikel/**/*.eml", "mail-mikel/sample_output_multipart", "mail-mailparser/fixtures/*"];
  const files = globSync([...names, "mail-reply-*/emails/*"], { cwd: DATA }).sort();
  const kinds: Record<string, number> = {};
  let slowest = 0;
  for (const file of files) {
    const began = performance.now();
    const reading = await reader.read(readFileSync(path.join(DATA, file)));
    slowest = Math.max(slowest, performance.now() - began);
    const kind = "mail" in reading ? reading.mail.kind : reading.refused;
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  expect(kinds).toEqual({ MESSAGE: 153, BOUNCE: 5, AUTO_REPLY: 2 });
  expect(files).toHaveLength(160);
  expect(slowest).toBeLessThan(10_000);
});

test("a mail that costs too much is given up, and the next one is read", async () => {
  const small = mailReader({ timeMs: 20_000, memoryMb: 32 });
  const bomb = Buffer.from(`Content-Type: text/plain\r\n\r\n${"长\r\n".repeat(3_000_000)}`);
  expect(await small.read(bomb)).toEqual({ refused: "MAIL_TOO_COSTLY" });
  expect(await small.read(Buffer.from("Subject: next\r\n\r\nx"))).toMatchObject({
    mail: { subject: "next" },
  });
  await small.close();
  const short = mailReader({ timeMs: 1, memoryMb: 256 });
  expect(await short.read(Buffer.from("Subject: a\r\n\r\nx"))).toEqual({ refused: "MAIL_TOO_COSTLY" });
  await short.close();
});

test("hostile HTML and deep nesting are no more than a mail", async () => {
  const deep = "<div>".repeat(20_000);
  expect((await read("Content-Type: text/html", "", `${deep}hello`)).kind).toBe("MESSAGE");
  const nested = Array.from(
    { length: 500 },
    (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}`,
  );
  expect((await read(...nested, "", "hello")).kind).toBe("MESSAGE");
});

test.for([
  ["groups within groups", `Cc: ${"a:".repeat(20_000)}x@y;`],
  ["a list without end", `Cc: ${"abc@example.org, ".repeat(46_000)}`],
  ["lists without end", "Cc: a@example.org\r\n".repeat(50_000).trim()],
  ["a group in each list", `Cc: ${"a:".repeat(8)}x@y;\r\n`.repeat(20_000).trim()],
])("a head with %s costs no more than another, and the mail is read", async ([, head]) => {
  const quick = mailReader({ timeMs: 8_000, memoryMb: 384 }); // 40 kB of groups took 19 s, the list 11 s
  const reading = await quick.read(Buffer.from([head, "From: a@example.com", "", "hello"].join("\r\n")));
  expect(reading).toMatchObject({ mail: { body: "hello" } });
  await quick.close();
});

test.for([
  ["div", "<div>".repeat(190_000)],
  ["lists", "<ul><li>".repeat(100_000)],
])("of HTML that is too much the words are read: %s", async ([, html]) => {
  const quick = mailReader({ timeMs: 8_000, memoryMb: 384 }); // took 13 and 16 s
  const alone = ["Content-Type: text/html", "", `${html}<style>p{}</style>It &amp; jams`];
  expect(await quick.read(Buffer.from(alone.join("\r\n")))).toMatchObject({
    mail: { body: "It & jams", safeHtml: "", htmlLeftOut: true },
  });
  await quick.close();
});

test("a page without any text beside it is read, and shown", async () => {
  const parts = ["Content-Type: multipart/related; boundary=b", "", "--b", "Content-Type: text/html", ""];
  const mail = await read(...parts, "<title>no</title><p>It<br>jams &#8211; <b>badly</b></p>1 < 2", "--b--");
  expect(mail.body).toBe("It\njams – badly\n1 < 2");
  expect(mail.safeHtml).toContain("<b>badly</b>");
  expect(mail.htmlLeftOut).toBe(false);
});

test("headers that are missing, broken or doubled are no obstacle", async () => {
  const empty = await read("", "hello");
  expect(empty).toMatchObject({
    from: { address: "" },
    messageId: "",
    subject: "",
    date: undefined,
    body: "hello",
  });
  expect(empty.quiet).toBe(true); // nobody to answer
  const odd = await read(
    "From: =?utf-8?B?5byg5LiJ?= <Z@Example.COM>",
    "Subject: a\tb\0c",
    "Date: the day after",
    "Message-ID: <one@example.com>",
    `References: ${Array.from({ length: 300 }, (_, index) => `<r${index}@x>`).join(" ")}`,
    "",
    "",
  );
  expect(odd).toMatchObject({
    from: { address: "z@example.com", name: "张三" },
    messageId: "one@example.com",
  });
  expect(odd.subject).toBe("a b c");
  expect(odd.date).toBeUndefined();
  expect(odd.references).toHaveLength(100);
  expect(odd.references.at(-1)).toBe("r299@x");
});

test("a text in a charset of China and one without any are read", async () => {
  const gbk = Buffer.concat([
    Buffer.from("From: a@b.cn\r\nContent-Type: text/plain; charset=gb2312\r\n\r\n"),
    Buffer.from([0xc4, 0xe3, 0xba, 0xc3]),
  ]);
  expect(await reader.read(gbk)).toMatchObject({ mail: { body: "你好" } });
  expect((await read("Content-Type: text/plain; charset=no-such", "", "hello")).body).toBe("hello");
});

test.for([
  ["Auto-Submitted: auto-replied", "AUTO_REPLY"],
  ["Auto-Submitted: no", "MESSAGE"],
  ["Precedence: auto_reply", "AUTO_REPLY"],
  ["X-Autoreply: yes", "AUTO_REPLY"],
  ["Return-Path: <>", "BOUNCE", "MAILER-DAEMON@x.org"],
  ["Subject: Undelivered", "AUTO_REPLY", "MAILER-DAEMON@x.org"],
  ["Subject: 自动回复: Re: 打印机", "AUTO_REPLY"],
  ["Subject: Automatic reply: Printer", "AUTO_REPLY"],
  ["Subject: Abwesenheitsnotiz: Drucker", "AUTO_REPLY"],
  ["Subject: Out of Office: Printer", "AUTO_REPLY"],
  ["Subject: Re: Automatic reply: Printer", "MESSAGE"],
  ["Subject: Out of office chairs", "MESSAGE"],
  ["Subject: 自动回复不能用了", "MESSAGE"],
  ['Content-Type: multipart/report; report-type="feedback-report"; boundary=x', "COMPLAINT"],
  ["Content-Type: multipart/report; report-type=disposition-notification; boundary=x", "AUTO_REPLY"],
] as const)("%s makes a mail %s", async ([header, kind, from = "a@example.com"]) => {
  const mail = await read(header, `From: ${from}`, "", "x");
  expect(mail.kind).toBe(kind);
  expect(mail.quiet).toBe(kind !== "MESSAGE");
});

test.for([
  "Auto-Submitted: auto-generated",
  "List-Id: <all.example.com>",
  "List-Unsubscribe: <mailto:x@example.com>",
  "Precedence: bulk",
  "X-Auto-Response-Suppress: OOF",
  "Return-Path: <>",
])("a letter with %s is never answered by a machine", async (header) => {
  expect(await read(header, "From: a@example.com", "", "x")).toMatchObject({ kind: "MESSAGE", quiet: true });
});

test.for(["Fwd: Invoice", "WG: Rechnung", "转发：发票"])(
  "of %s the forwarded text stays",
  async (subject) => {
    const text = ["See below.", "", "-----Original Message-----", "From: Shop", "Your invoice 4711"];
    const mail = await read(`Subject: ${subject}`, "From: a@example.com", "", ...text);
    expect(mail.body).toContain("invoice 4711");
    expect((await read(`Subject: Re: ${subject}`, "From: a@example.com", "", ...text)).body).toBe(
      "See below.",
    );
  },
);

test("the text is cut where an event could not carry it, and no character is torn", async () => {
  const { body } = await read("Content-Type: text/plain; charset=utf-8", "", "长".repeat(200_000));
  expect(Buffer.byteLength(body)).toBeLessThanOrEqual(60_000);
  expect(body).toMatch(/^长+$/);
});
