import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { fragmentsOf, replyOf } from "./reply-text.ts";

const DATA = path.join(import.meta.dirname, "../../../../../../shared/data");
const here = existsSync(path.join(DATA, "mail-reply-github"));
const reply = (set: string, name: string) =>
  readFileSync(path.join(DATA, `mail-reply-${set}/emails/${name}.txt`), "utf8");

const flags = (text: string, which: "quoted" | "signature" | "hidden") =>
  fragmentsOf(text)
    .map((fragment) => Number(fragment[which]))
    .join("");

interface Upstream {
  readonly set: "github" | "zapier";
  readonly mail: string;
  readonly fragments?: number;
  readonly quoted?: string;
  readonly signature?: string;
  readonly hidden?: string;
  /** What has to be seen, whole. */
  readonly visible?: string;
  readonly begins?: readonly (string | undefined)[];
}

/** What the tests of both upstream projects expect. Spaces at the ends of fragments are not compared. */
const UPSTREAM: readonly Upstream[] = [
  {
    ...{ set: "github", mail: "email_1_1", fragments: 3, quoted: "000", signature: "011", hidden: "011" },
    visible:
      "Hi folks\n\nWhat is the best way to clear a Riak bucket of all key, values after \nrunning a test?\nI am currently using the Java HTTP API.",
    begins: ["Hi folks", "-Abhishek Kona"],
  },
  {
    ...{
      set: "github",
      mail: "email_1_3",
      fragments: 5,
      quoted: "00100",
      signature: "01001",
      hidden: "01111",
    },
    begins: ["Oh thanks.\n\nHaving", "-A", "On ", undefined, "_"],
  },
  {
    ...{ set: "github", mail: "email_1_2", fragments: 6, quoted: "010100", signature: "000001" },
    ...{ hidden: "000111", begins: ["Hi,", "On ", "You can list", "> ", undefined, "_"] },
  },
  {
    ...{ set: "github", mail: "email_1_8", fragments: 7, quoted: "1010100", signature: "0000001" },
    ...{ hidden: "0000111", begins: ["On ", "I will reply", undefined, "and under this."] },
  },
  { set: "github", mail: "email_1_4", begins: ["Awesome", "On"] },
  { set: "github", mail: "email_1_5", fragments: 1 },
  {
    ...{ set: "github", mail: "correct_sig", fragments: 2, quoted: "00", signature: "01", hidden: "01" },
    begins: [undefined, "-- \nrick"],
  },
  { set: "github", mail: "email_1_6", begins: ["I get", "On"] },
  { set: "github", mail: "email_1_7", begins: [":+1:", "On"] },
  { set: "github", mail: "email_2_1", visible: "Outlook with a reply" },
  { set: "github", mail: "email_2_2", visible: "Outlook with a reply directly above line" },
  { set: "github", mail: "email_2_3", visible: "Outlook with a reply directly above line" },
  { set: "github", mail: "email_iPhone", visible: "Here is another email" },
  { set: "github", mail: "email_BlackBerry", visible: "Here is another email" },
  {
    ...{ set: "github", mail: "email_multi_word_sent_from_my_mobile_device" },
    visible: "Here is another email",
  },
  {
    ...{ set: "github", mail: "email_sent_from_my_not_signature" },
    visible: "Here is another email\n\nSent from my desk, is much easier then my mobile phone.",
  },
  {
    ...{ set: "github", mail: "email_bullets" },
    visible:
      "test 2 this should list second\n\nand have spaces\n\nand retain this formatting\n\n\n   - how about bullets\n   - and another",
  },
  { set: "github", mail: "email_one_is_not_on", begins: [undefined, "On Oct 1, 2012"] },
  {
    ...{ set: "github", mail: "greedy_on", quoted: "010", signature: "000", hidden: "011" },
    begins: ["On your remote host", "On 9 Jan 2014"],
  },
  { set: "github", mail: "email_sig_delimiter_in_middle_of_line", fragments: 1 },
  { set: "github", mail: "email_long_quote", fragments: 5 },
  { set: "zapier", mail: "email_1_1", fragments: 3, signature: "011", hidden: "011" },
  {
    ...{ set: "zapier", mail: "email_1_2", fragments: 6, quoted: "010100", signature: "000001" },
    hidden: "000111",
  },
  {
    ...{ set: "zapier", mail: "email_1_8", fragments: 7, quoted: "1010100", signature: "0000001" },
    hidden: "0000111",
  },
  { set: "zapier", mail: "email_1_3", fragments: 5 },
  { set: "zapier", mail: "email_1_6", begins: ["I get", "On"] },
  { set: "zapier", mail: "email_1_4", begins: ["Awesome", "On"] },
  { set: "zapier", mail: "email_1_5", fragments: 1 },
  { set: "zapier", mail: "correct_sig", fragments: 2, quoted: "00", signature: "01", hidden: "01" },
  { set: "zapier", mail: "email_1_7", begins: [":+1:", "On"] },
  {
    ...{ set: "zapier", mail: "email_gmail" },
    visible: "This is a test for inbox replying to a github message.",
  },
  { set: "zapier", mail: "email_2_1", visible: "Outlook with a reply" },
  { set: "zapier", mail: "email_2_2", visible: "Outlook with a reply directly above line" },
  { set: "zapier", mail: "email_2_3", visible: "Outlook with a reply above headers using unusual format" },
  { set: "zapier", mail: "email_iPhone", visible: "Here is another email" },
  { set: "zapier", mail: "email_headers_no_delimiter", visible: "And another reply!" },
  {
    ...{ set: "zapier", mail: "greedy_on", quoted: "010", signature: "000", hidden: "011" },
    begins: ["On your remote host", "On 9 Jan 2014"],
  },
  { set: "zapier", mail: "email_sig_delimiter_in_middle_of_line", fragments: 1 },
];

test.skipIf(!here).for(UPSTREAM)("upstream's $set/$mail is split as upstream expects", (wanted) => {
  const text = reply(wanted.set, wanted.mail);
  const found = fragmentsOf(text);
  expect(found.map((fragment) => fragment.text).join("\n")).not.toBe("");
  if (wanted.fragments !== undefined) expect(found).toHaveLength(wanted.fragments);
  for (const which of ["quoted", "signature", "hidden"] as const)
    if (wanted[which] !== undefined) expect(flags(text, which), which).toBe(wanted[which]);
  if (wanted.visible !== undefined) expect(replyOf(text).visible).toBe(wanted.visible);
  for (const [index, begin] of (wanted.begins ?? []).entries())
    if (begin !== undefined) expect(found[index]!.text.trimStart().startsWith(begin), begin).toBe(true);
});

test.skipIf(!here)("upstream's partial header above a quote takes nothing of the answer", () => {
  const { visible } = replyOf(reply("zapier", "email_partial_quote_header"));
  for (const words of [
    "On your remote host you can run:",
    "telnet 127.0.0.1 52698",
    "This should connect to TextMate",
  ])
    expect(visible).toContain(words);
});

const CHINESE: readonly (readonly [what: string, below: string])[] = [
  ["QQ mail", '------------------ 原始邮件 ------------------\n发件人: "张三"\n正文'],
  [
    "Outlook",
    "发件人: 张三 <z@example.com>\n发送时间: 2024年3月5日 15:04\n收件人: 李四\n主题: 打印机\n\n正文",
  ],
  ["Apple Mail", "在 2024年3月5日，下午3:04，张三 <z@example.com> 写道：\n\n> 正文"],
  ["163", '在 2024-03-05 15:04:05，"张三" <z@example.com> 写道：\n\n> 正文'],
  [
    "German Outlook",
    "Von: Max <m@example.com>\nGesendet: Dienstag, 5. März 2024\nAn: Eva\nBetreff: Drucker\n\nText",
  ],
  ["German Thunderbird", "Am 05.03.24 um 15:04 schrieb Max Muster:\n> Text"],
  [
    "German over two lines",
    "Am Di., 5. März 2024 um 15:04 Uhr schrieb Max Muster <\nm@example.com>:\n\n> Text",
  ],
  ["German web", "-----Ursprüngliche Nachricht-----\nText"],
  ["French", "Le mar. 5 mars 2024 à 15:04, Max <m@example.com> a écrit :\n\n> Texte"],
];

test.for(CHINESE)("an answer above what %s quotes is taken out alone", ([, below]) => {
  const { visible, quoted } = replyOf(`还是不行，请尽快。\n\n${below}`);
  expect(visible).toBe("还是不行，请尽快。");
  expect(quoted).not.toBe("");
});

test.for(["发自我的iPhone", "从我的 iPad 发送", "Von meinem iPhone gesendet", "-- \n李四\n采购部"])(
  "%s is a signature",
  (signature) => {
    expect(replyOf(`好的。\n\n${signature}`)).toEqual({ visible: "好的。", quoted: "", signature });
  },
);

test.for([
  "— my account number is 1234, please refund me",
  "-- please call me back today",
  "__init__ fails with an error",
  `--\n${"and one more thing\n".repeat(20)}end`,
])("%j is said, and no signature", (said) => {
  expect(replyOf(`Hello,\n\n${said}`)).toEqual({ visible: `Hello,\n\n${said}`, quoted: "", signature: "" });
});

test("a list with dashes is no signature, and an answer between quotes keeps them", () => {
  const list = "Please mend:\n\n-Printer\n-Phone";
  expect(replyOf(list).visible).toBe(list);
  const between = "> When?\n\nTomorrow.\n\n> Where?\n\nHere.";
  expect(replyOf(between).visible).toBe(between);
});

test("a hostile text takes no more than its length", () => {
  const hostile = [
    "On ".repeat(200_000),
    "> ".repeat(300_000),
    "在 1".repeat(150_000),
    "\n".repeat(500_000),
    `On ${"a ".repeat(200)}\n`.repeat(2_000),
    "From: x\n".repeat(60_000),
  ];
  for (const text of hostile) {
    const began = process.cpuUsage();
    replyOf(text);
    const { user } = process.cpuUsage(began);
    expect(user / 1e6, text.slice(0, 10)).toBeLessThan(2); // 253 s by the library that others take
  }
});
