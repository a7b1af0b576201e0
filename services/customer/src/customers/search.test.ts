import fc from "fast-check";
import { expect, test } from "vitest";
import { aFirm, aPerson, email, phone } from "../../test/builders.ts";
import { type Needle, searchOf } from "./search.ts";
import { type Findable, type Token, tokensOf } from "./tokens.ts";

const fits = (needle: Needle, token: Token) =>
  token.kind === needle.kind && token.token.startsWith(needle.token);

/** As the query of the table does it. */
function finds(query: string, customer: Findable): boolean {
  const tokens = tokensOf(customer);
  const { needles, terms } = searchOf(query);
  const found = new Set(
    needles.filter((needle) => tokens.some((token) => fits(needle, token))).map(({ term }) => term),
  );
  return found.has(0) || found.size === terms;
}

const zhang = aPerson({
  displayName: "张三",
  contactPoints: [phone("13800010001"), phone("010-62250001"), email("San.Zhang@Example.com")],
  externalIds: [{ system: "erp", id: "K-77" }],
});
const firm = aFirm({ displayName: "北京华新科技有限公司", legalName: "Huaxin Technology (Beijing) Ltd." });

test.for(["张三", "张", "三", "zhangsan", "zhang", "zs", "san", "ZhangSan", "zhang san", "ＺＳ"])(
  "%s finds 张三",
  (query) => {
    expect(finds(query, zhang)).toBe(true);
  },
);
test.for(["0001", "10001", "13800010001", "+86 138 0001 0001", "010-6225 0001", "01062250001", "62250001"])(
  "%s finds a phone number by its end",
  (query) => {
    expect(finds(query, zhang)).toBe(true);
  },
);
test.for(["san.zhang@example.com", "SAN.ZHANG@", "example.com", "k-77", "张三 0001", "0001 zs"])(
  "%s finds it too",
  (query) => {
    expect(finds(query, zhang)).toBe(true);
  },
);
test.for(["李四", "zhangsi", "0002", "001", "ang", "张三 0002", "k-78", "xample.com"])(
  "%s does not find 张三",
  (query) => {
    expect(finds(query, zhang)).toBe(false);
  },
);
test.for(["华新", "华新科技", "bjhx", "huaxin", "technology", "keji", "beijing huaxin", "北京 科技", "hxkj"])(
  "%s finds 北京华新科技有限公司",
  (query) => {
    expect(finds(query, firm)).toBe(true);
  },
);

test("a customer is found by its name, by any word and any piece of Chinese in it, and by its sound", () => {
  const han = fc.string({
    unit: fc.constantFrom(..."张三李四王五赵六北京上海华新科技重庆长城"),
    minLength: 1,
    maxLength: 12,
  });
  const latin = fc.string({
    unit: fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz"),
    minLength: 1,
    maxLength: 12,
  });
  const name = fc.array(fc.oneof(han, latin), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(name, fc.nat(), fc.nat(), (words, from, length) => {
      const customer = aFirm({ displayName: words.join(" ") });
      const word = words[from % words.length]!;
      const start = /^[a-z]/.test(word) ? 0 : from % word.length;
      const piece = word.slice(start, start + 1 + (length % word.length));
      for (const query of [words.join(" "), words.join(""), word, piece, words.toReversed().join(" ")]) {
        expect(finds(query, customer), query).toBe(true);
      }
      expect(finds(tokensOf(customer).find(({ kind }) => kind === "pinyin")?.token ?? word, customer)).toBe(
        true,
      );
    }),
  );
});

test("every piece of text makes a search and tokens that an index takes", () => {
  const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(text, text, (query, displayName) => {
      const tokens = [...tokensOf(aFirm({ displayName })), ...searchOf(query).needles];
      for (const { token } of tokens) expect(Buffer.byteLength(token)).toBeLessThan(2600);
      expect(tokensOf(aFirm({ displayName })).every(({ token }) => token !== "")).toBe(true);
    }),
  );
});

test.for([
  aFirm({ displayName: "a".repeat(200) }),
  aFirm({ displayName: "华".repeat(200) }),
  aFirm({ displayName: "ﷺ".repeat(40) }),
])("a name longer than what is kept of it is found by all of itself", (long) => {
  expect(finds(long.displayName, long)).toBe(true);
});
