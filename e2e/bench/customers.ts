// Customers as people write them down: a name that others may have too, a phone, an e-mail, where they came from.

const SURNAMES = [
  ..."王李张刘陈杨黄赵周吴徐孙马胡朱郭何罗高林郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任",
];
const GIVEN = [
  ..."伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅鹏建国志文海波雪云飞宇晨欣佳怡浩然子轩梓涵",
];
const FIRST =
  "Anna Ben Clara David Emma Frank Grace Henry Iris Jonas Karen Leo Maria Noah Olga Paul Rosa Sven Tara Uwe Vera Will Yara Zoe".split(
    " ",
  );
const ROOTS =
  "Wald Berg Stein Fisch Acker Linden Rosen Gold Silber Hammer Brand Kirch Sand Moor Hoch Neu Alt Schwarz".split(
    " ",
  );
const ENDINGS = "mann er feld hof bach heim ler berger dorf meister huber inger".split(" ");
const CHANNELS = [
  "CHANNEL_WEB_FORM",
  "CHANNEL_CALL",
  "CHANNEL_TRADE_SHOW",
  "CHANNEL_REFERRAL",
  "CHANNEL_WALK_IN",
];

/** Two in three with a Chinese name. */
export function aCustomer() {
  const displayName =
    Math.random() < 2 / 3
      ? one(SURNAMES) + one(GIVEN) + one(GIVEN)
      : `${one(FIRST)} ${one(ROOTS)}${one(ENDINGS)}`;
  return {
    kind: "KIND_PERSON",
    displayName,
    contactPoints: [
      { kind: "KIND_PHONE", value: `13${digits(9)}` },
      { kind: "KIND_EMAIL", value: `c${digits(12)}@example.com` },
    ],
    source: { channel: one(CHANNELS), detail: "spring fair" },
  };
}

export type SentCustomer = ReturnType<typeof aCustomer>;

const one = <T>(values: readonly T[]): T => values[Math.floor(Math.random() * values.length)]!;
const digits = (count: number) => String(Math.floor(Math.random() * 10 ** count)).padStart(count, "0");
