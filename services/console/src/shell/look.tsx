// Colours and the language of the components. Light and dark follow the system until somebody chooses.
import { App, ConfigProvider, theme } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { type PropsWithChildren, useEffect } from "react";
import { useLanguage } from "../text/texts.ts";
import { useMode } from "./mode.ts";
import { NONCE } from "./nonce.ts";
import { THEMES } from "./themes.ts";

const ALGORITHMS = { light: theme.defaultAlgorithm, dark: theme.darkAlgorithm };

export function Look({ children }: PropsWithChildren) {
  const mode = useMode();
  const language = useLanguage();
  useEffect(() => {
    document.documentElement.dataset.mode = mode;
    document.documentElement.style.colorScheme = mode;
  }, [mode]);
  return (
    <ConfigProvider
      csp={{ nonce: NONCE }}
      locale={language === "zh" ? zhCN : enUS}
      theme={{ ...THEMES[mode], algorithm: ALGORITHMS[mode], cssVar: { key: "guanxi" } }}
      button={{ autoInsertSpace: false }}
    >
      <App>{children}</App>
    </ConfigProvider>
  );
}
