// A page shows some colours only in some states of what it tells. Here are all, against what stands under them.
import { FastColor } from "@ant-design/fast-color";
import theme from "antd/lib/theme/index.js";
import { test } from "vitest";
import { THEMES } from "./themes.ts";

const ENOUGH = 4.5;
const KINDS = ["Success", "Warning", "Error", "Info"] as const;
const TEXTS = ["", "Secondary", "Tertiary", "Placeholder", "Description"] as const;

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(text: string, ground: string): number {
  const [dark, light] = [new FastColor(text).onBackground(ground), new FastColor(ground)]
    .map((colour) => colour.getLuminance())
    .toSorted((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

test.for([
  ["light", theme.defaultAlgorithm],
  ["dark", theme.darkAlgorithm],
] as const)("what stands in %s can be read", ([mode, algorithm], { expect }) => {
  const { colorTextLightSolid: solid, ...token } = theme.getDesignToken({ ...THEMES[mode], algorithm });
  const { Button: button, Badge: badge } = THEMES[mode].components ?? {};
  const grounds = (["Container", "Layout", "Elevated"] as const).map((ground) => token[`colorBg${ground}`]);
  const texts = [
    token.colorLink,
    ...KINDS.flatMap((kind) => [token[`color${kind}`], token[`color${kind}Text`]]),
    ...TEXTS.map((text) => token[`colorText${text}`]),
  ];
  const pairs = [
    ...texts.flatMap((text) => grounds.map((ground) => [text, ground] as const)),
    // A tag, and an alert.
    ...KINDS.flatMap((kind) =>
      [token[`color${kind}`], token.colorText].map((text) => [text, token[`color${kind}Bg`]] as const),
    ),
    [button?.primaryColor ?? solid, token.colorPrimary] as const,
    [badge?.colorTextLightSolid ?? solid, token.colorPrimary] as const,
    [button?.dangerColor ?? solid, token.colorError] as const,
  ];
  const faint = pairs.filter(([text, ground]) => contrast(text, ground) < ENOUGH);
  expect(faint.map(([text, ground]) => `${text} on ${ground}: ${contrast(text, ground).toFixed(2)}`)).toEqual(
    [],
  );
});
