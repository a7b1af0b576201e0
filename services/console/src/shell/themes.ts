// Colours and sizes in light and in the dark.
import type { ThemeConfig } from "antd";

const JADE = "#1f6f5c";

const SHARED: ThemeConfig["token"] = {
  borderRadius: 8,
  fontFamily:
    'Inter, -apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif',
  wireframe: false,
};

// Contrast of text on its ground is at least 4.5 : 1 in both.
export const THEMES: Record<"light" | "dark", ThemeConfig> = {
  light: {
    token: {
      ...SHARED,
      colorPrimary: JADE,
      colorPrimaryBg: "#e4f1ec",
      colorPrimaryBgHover: "#d5e9e2",
      colorInfo: JADE,
      colorSuccess: "#21733a",
      // Made from a green as dark as this, the ground would be grey, and the text on it hard to read.
      colorSuccessBg: "#e6f4ea",
      colorSuccessBgHover: "#d3ebda",
      colorSuccessBorder: "#a9d5b6",
      colorWarning: "#a35f00",
      colorWarningBg: "#fdf2dd",
      colorWarningBorder: "#ecd2a4",
      colorError: "#c7202b",
      colorInfoBg: "#e9f3ef",
      colorInfoBorder: "#c3ded4",
      colorLink: "#17614f",
      colorBgLayout: "#f5f6f4",
      colorTextSecondary: "rgba(0,0,0,0.62)",
      colorTextTertiary: "rgba(0,0,0,0.58)",
      colorTextPlaceholder: "rgba(0,0,0,0.55)",
      colorTextDescription: "rgba(0,0,0,0.6)",
    },
  },
  dark: {
    // These colours are light here: what stands on them is dark.
    components: {
      Menu: { itemSelectedColor: "#6cc9b1" },
      Button: { primaryColor: "#081512", dangerColor: "#1d0808" },
      Badge: { colorTextLightSolid: "#081512" },
    },
    token: {
      ...SHARED,
      colorPrimary: "#3aa389",
      colorInfo: "#47bb9f",
      colorSuccess: "#5fbf77",
      colorWarning: "#e0a43c",
      colorError: "#f98583",
      colorLink: "#6cc9b1",
      colorBgLayout: "#101413",
      colorBgContainer: "#191e1d",
      colorBgElevated: "#222827",
      colorTextSecondary: "rgba(255,255,255,0.72)",
      colorTextTertiary: "rgba(255,255,255,0.62)",
      colorTextPlaceholder: "rgba(255,255,255,0.58)",
      colorTextDescription: "rgba(255,255,255,0.65)",
    },
  },
};
