import { MessageTemplate } from "@guanxi/contract/guanxi/marketing/v1/message_template";
import fc from "fast-check";
import { expect, test } from "vitest";
import { PREVIEW_LINKS, trackedLinks } from "../tracking/links.ts";
import { readLink } from "../tracking/token.ts";
import { type Addressed, isRendered, render, variantFor } from "./render.ts";
import { renderSource } from "./liquid.ts";
import { rewriteHtml, rewriteText } from "./rewrite.ts";
import { variantsOf } from "./template.ts";

const BYE = "{{ unsubscribe_url }}";
const variant = (more: object = {}) => ({
  channel: "EMAIL",
  language: "",
  subject: "Hello",
  text: BYE,
  html: "",
  ...more,
});
const template = (...variants: object[]) => MessageTemplate.fromPartial({ name: "Spring", variants });

const to = (more: object = {}): Addressed => ({
  customer: {
    displayName: "<b>晨光</b>",
    language: "zh-CN",
    kind: "ORGANISATION",
    profile: {
      legalName: "",
      industry: "",
      regionCode: "CN",
      city: "上海",
      grade: null,
      lifecycleStage: "GROWTH",
      tags: ["tea"],
      topics: [],
      custom: { size: "L" },
    },
  },
  campaign: { name: "春茶" },
  ownerName: "林晓",
  segmentOffer: "",
  channel: "EMAIL",
  links: PREVIEW_LINKS,
  ...more,
});

function reasonsOf(...variants: object[]): string[] {
  try {
    variantsOf(template(...variants));
    return [];
  } catch (error) {
    const { violations } = error as {
      violations: readonly { reason: string; field: string; description: string }[];
    };
    return violations.map(({ reason }) => reason);
  }
}

test("R125 what a template names is known when it is saved, and a mail says how to unsubscribe", () => {
  expect(reasonsOf(variant({ text: `Dear {{ customer.display_name }}, ${BYE}` }))).toEqual([]);
  expect(
    reasonsOf(variant({ text: `{{ customer.custom.size }} {{ campaign.name | upcase }} ${BYE}` })),
  ).toEqual([]);
  expect(reasonsOf(variant({ text: `{{ customer.salary }} ${BYE}` }))).toEqual(["UNKNOWN_NAME"]);
  expect(reasonsOf(variant({ text: `{{ customer[campaign.name] }} ${BYE}` }))).toEqual(["UNKNOWN_NAME"]);
  expect(reasonsOf(variant({ text: `{{ constructor }} ${BYE}` }))).toEqual(["UNKNOWN_NAME"]);
  expect(reasonsOf(variant({ text: `{% if %} ${BYE}` }))).toEqual(["BROKEN_TEMPLATE"]);
  expect(reasonsOf(variant({ text: `{{ campaign.name | eval }} ${BYE}` }))).toEqual(["BROKEN_TEMPLATE"]);
  expect(reasonsOf(variant({ text: `{% include "/etc/passwd" %} ${BYE}` }))).toEqual(["BROKEN_TEMPLATE"]);
  expect(reasonsOf(variant({ text: "Buy!" }))).toEqual(["TEMPLATE_LACKS_UNSUBSCRIBE"]);
  expect(reasonsOf(variant({ html: "<p>Buy!</p>" }))).toEqual(["TEMPLATE_LACKS_UNSUBSCRIBE"]);
  expect(reasonsOf(variant({ subject: "" }))).toEqual(["TEMPLATE_LACKS_SUBJECT"]);
  expect(reasonsOf(variant(), variant())).toEqual(["VARIANT_TWICE"]);
  expect(reasonsOf({ channel: "SMS", text: "Buy!" })).toEqual([]);
});

test("an unknown name is said with its place", () => {
  expect(() => variantsOf(template(variant({ text: `${BYE}\n  {{ custmer.city }}` })))).toThrow(
    expect.objectContaining({
      violations: [
        expect.objectContaining({ description: expect.stringContaining("custmer.city at line 2, column") }),
      ],
    }),
  );
});

test("what is known of a customer is escaped in HTML and plain in text", () => {
  const said = render(
    {
      variants: [
        variant({
          text: `{{ customer.display_name }} ${BYE}`,
          html: `<p>{{ customer.display_name }}</p> ${BYE}`,
        }),
      ],
    },
    to(),
  );
  expect(said).toMatchObject({
    text: "<b>晨光</b> https://example.com/unsubscribe",
    html: "<p>&lt;b&gt;晨光&lt;/b&gt;</p> https://example.com/unsubscribe",
  });
});

test("a message that would come out wrong is not made: a missing value, a loop without end, too much, no way to unsubscribe", () => {
  const reason = (text: string) => {
    const said = render({ variants: [variant({ text })] }, to());
    return isRendered(said) ? "" : said.reason;
  };
  expect(reason(`{{ customer.custom.colour }} ${BYE}`)).toBe("NOT_RENDERED");
  expect(reason(`{{ customer.custom.colour | default: "red" }} ${BYE}`)).toBe("");
  expect(reason(`{% for i in (1..900000000) %}x{% endfor %} ${BYE}`)).toBe("NOT_RENDERED");
  const deep =
    "{% for a in (1..1000) %}{% for b in (1..1000) %}{% for c in (1..1000) %}x{% endfor %}{% endfor %}{% endfor %}";
  expect(reason(`${deep} ${BYE}`)).toBe("NOT_RENDERED");
  const long = `{% assign a = "${"x".repeat(1000)}" %}{% for i in (1..300) %}{{ a }}{% endfor %}`;
  expect(reason(`${long} ${BYE}`)).toBe("NOT_RENDERED");
  expect(reason(`{% if customer.city == "北京" %}${BYE}{% endif %}`)).toBe("NO_UNSUBSCRIBE");
});

test("what is one step however long it takes is no part of the language: expressions over lists, lists of lists, long tags and many", () => {
  const source = (text: string) => reasonsOf(variant({ text: `${text} ${BYE}` }));
  const long = `i > 0${" and i < 99999999".repeat(30)}`;
  for (const filter of ["where_exp", "reject_exp", "group_by_exp", "find_exp", "find_index_exp", "has_exp"])
    expect(source(`{% assign a = (1..9000) %}{{ a | ${filter}: "i", "${long}" | size }}`)).toEqual([
      "BROKEN_TEMPLATE",
    ]);
  for (const filter of ["push: a", "unshift: a", 'group_by: "x"', "json", "strip_html", "raw"])
    expect(source(`{% assign a = (1..2) %}{% assign b = a | ${filter} %}`)).toEqual(["BROKEN_TEMPLATE"]);
  for (const tag of ["capture x", "tablerow i in (1..2)", "raw", 'layout "x"', "liquid"])
    expect(source(`{% ${tag} %}{% end${tag.split(" ")[0]!} %}`)).toEqual(["BROKEN_TEMPLATE"]);
  expect(source(`{{ campaign.name${" | upcase".repeat(50)} }}`)).toEqual([]);
  expect(source(`{{ campaign.name${" | upcase".repeat(60)} }}`)).toEqual(["BROKEN_TEMPLATE"]);
  expect(source("{{ campaign.name }}".repeat(1000))).toEqual(["BROKEN_TEMPLATE"]);
  expect(source(`{% if campaign.name == "a"${" or 1 > 2".repeat(60)} %}{% endif %}`)).toEqual([
    "BROKEN_TEMPLATE",
  ]);
});

test("R067 the variant in the customer's language is taken, else one of the same tongue, else one for any", () => {
  const variants = ["en", "zh", "zh-TW", ""].map((language) => variant({ language, text: language }));
  const language = (wanted: string) => variantFor(variants, "EMAIL", wanted)?.language;
  expect(["zh-TW", "zh-CN", "EN-us", "fr", ""].map(language)).toEqual(["zh-TW", "zh", "en", "", ""]);
  expect(variantFor(variants, "SMS", "zh")).toBeUndefined();
});

const tracking = { publicUrl: "https://crm.example.com/", keys: ["k".repeat(32)] };
const ids = {
  tenantId: "0198c0de-0000-7000-8000-000000000001",
  messageId: "0198c0de-0000-8000-8000-000000000002",
};
const links = trackedLinks(tracking, ids);
const targetOf = (address: string) =>
  readLink(address.slice(address.lastIndexOf("/") + 1), "follow", tracking.keys)?.target;

test("each web address of a letter leads by way of us to the same place, and nothing else is changed", () => {
  const html = `<a class="x" href="https://shop.example/?a=1&amp;b=2">Buy</a> <a href='mailto:a@b.example'>write</a> <a href="{{ unsubscribe_url }}">bye</a></BODY>`;
  const said = renderSource(html, "html", { unsubscribe_url: links.unsubscribe });
  const rewritten = rewriteHtml(said, links);
  const hrefs = [...rewritten.matchAll(/href=["']([^"']+)/g)].map(([, href]) => href!);
  expect(targetOf(hrefs[0]!)).toBe("https://shop.example/?a=1&b=2");
  expect(hrefs.slice(1)).toEqual(["mailto:a@b.example", links.unsubscribe]);
  expect(rewritten).toContain(`<img src="${links.pixel}" width="1" height="1" alt=""></BODY>`);
  const text = (source: string) => rewriteText(renderSource(source, "text", {}), links);
  const [address, rest] = text("见https://shop.example/茶。").slice(1).split("茶");
  expect([targetOf(address!), rest]).toEqual(["https://shop.example/", "。"]);
  expect(targetOf(text("(https://shop.example/a).").slice(1, -2))).toBe("https://shop.example/a");
  const nested = "https://shop.example/?to=https://other.example/";
  expect(targetOf(text(nested))).toBe(nested);
});

test("an address that comes from what a customer is called is never signed, nor one that it makes of the author's", () => {
  const called = (displayName: string, source: string) => {
    const { customer } = to();
    const said = render(
      { variants: [variant({ text: `${source} ${BYE}`, html: `${source} ${BYE}` })] },
      to({ customer: { ...customer, displayName }, links }),
    );
    if (!isRendered(said)) throw new Error(said.detail);
    const all = [said.text, said.html].flatMap((part) => part.match(/trackedLinks\/[\w-]+/g) ?? []);
    expect(said.text + said.html).not.toMatch(/[\uE000-\uF8FF]/);
    return all.map(targetOf);
  };
  const name = "{{ customer.display_name }}";
  const evil = "https://evil.example/login";
  expect(called(evil, `Dear ${name}`)).toEqual([]);
  expect(called(evil, `<a href="${name}">you</a>`)).toEqual([]);
  expect(called(".evil.example/", `https://shop.example${name}`)).toEqual([]);
  expect(called("@evil.example/", `<a href="https://shop.example${name}">x</a>`)).toEqual([]);
  expect(called(".evil.example/", `https://shop.example {{- customer.display_name }}`)).toEqual([]);
  const own = "https://shop.example/tea";
  expect(called(evil, `Dear ${name}: <a href="${own}">tea</a>`)).toEqual([own, own]);
  expect(called(own, `Dear ${name}: see https://shop.example/`)).toEqual(["https://shop.example/"]);
  expect(called("cha", `<a href="${own}?for=${name}">tea</a>`)).toEqual([`${own}?for=cha`, `${own}?for=cha`]);
});

test("whatever the target, it comes back from its link, and with another key or a changed letter there is none", () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.nat(), (target, at) => {
      const address = links.follow(target);
      if (Buffer.byteLength(target) > 1500) return expect(address).toBe(target);
      expect(targetOf(address)).toBe(target);
      const token = address.slice(address.lastIndexOf("/") + 1);
      const rotated = ["n".repeat(32), ...tracking.keys];
      expect(readLink(token, "follow", rotated)).toMatchObject({ ...ids, target });
      expect(readLink(token, "follow", [rotated[0]!])).toBeUndefined();
      expect(readLink(token, "unsubscribe", tracking.keys)).toBeUndefined();
      const place = at % token.length;
      const letter = token[place] === "A" ? "B" : "A";
      const forged = token.slice(0, place) + letter + token.slice(place + 1);
      expect(readLink(forged, "follow", tracking.keys)).toBeUndefined();
    }),
  );
});
