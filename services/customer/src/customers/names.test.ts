import fc from "fast-check";
import { expect, test } from "vitest";
import { nameKey, soundsOf } from "./names.ts";

const sound = (name: string, isPerson = true) => soundsOf(name, isPerson).syllables.join("");

test("R009 spaces, case, width and legal forms do not count in a name", () => {
  for (const name of ["Acme", "ACME Ltd", "Acme Co., Ltd.", "ａｃｍｅ", " A.c.m.e  GmbH"])
    expect(nameKey(name)).toBe("acme");
  for (const name of ["北京华新", "北京华新有限公司", "北京 华新 股份有限公司", "北京（华新）有限责任公司"]) {
    expect(nameKey(name)).toBe("北京华新");
  }
});

test("R009 a name of nothing but a legal form or signs is still a name", () => {
  expect(nameKey("有限公司")).toBe("有限公司");
  expect(nameKey("Ltd")).toBe("ltd");
  expect(nameKey("☆★")).toBe("☆★");
});

test("R009 case and width never change the key of a name", () => {
  const sign = fc.constantFrom(..."abcXYZ 09-.&张三北京公司");
  const wide = (text: string) =>
    text.replace(/[!-~]/g, (each) => String.fromCodePoint(each.codePointAt(0)! + 0xfee0));
  fc.assert(
    fc.property(fc.string({ unit: sign, minLength: 1 }), (name) => {
      expect(nameKey(name.toUpperCase())).toBe(nameKey(name));
      expect(nameKey(wide(name))).toBe(nameKey(name));
    }),
  );
});

test("names sound as people say them", () => {
  expect(sound("张三")).toBe("zhangsan");
  expect(sound("单雄信")).toBe("shanxiongxin");
  expect(sound("单位科技", false)).toBe("danweikeji");
  expect(sound("重庆长城")).toBe("chongqingchangcheng");
  expect(sound("吕布")).toBe("lvbu");
  expect(sound("Zhang San")).toBe("zhangsan");
  expect(soundsOf("北京 IBM 中心", false).initials).toEqual(["b", "j", "i", "z", "x"]);
});
