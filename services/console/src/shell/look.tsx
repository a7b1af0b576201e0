// Colours and the language of the components. Light and dark follow the system until somebody chooses.
import { LoadingOutlined } from "@ant-design/icons";
import { App, ConfigProvider, theme } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { type PropsWithChildren, useEffect } from "react";
import { useLanguage } from "../text/texts.ts";
import { useCalm } from "../ui/media.ts";
import { useMode } from "./mode.ts";
import { NONCE } from "./nonce.ts";
import { THEMES } from "./themes.ts";

const ALGORITHMS = { light: theme.defaultAlgorithm, dark: theme.darkAlgorithm };

// Without an icon of its own a button's fades in and out, and stays for good where the one comes too close on the other.
const BUTTON = { autoInsertSpace: false, loadingIcon: <LoadingOutlined /> };

/**
 * What does not move is put together at once, and a field with autoFocus gets the cursor only if it is in the page by then: antd's
 * own container would come to it afterwards.
 */
const inPage = () => document.body;

export function Look({ children }: PropsWithChildren) {
  const mode = useMode();
  const language = useLanguage();
  const motion = !useCalm();
  const { token, components } = THEMES[mode];
  useEffect(() => {
    document.documentElement.dataset.mode = mode;
    document.documentElement.style.colorScheme = mode;
  }, [mode]);
  return (
    <ConfigProvider
      csp={{ nonce: NONCE }}
      locale={language === "zh" ? zhCN : enUS}
      theme={{
        token: { ...token, motion },
        components,
        algorithm: ALGORITHMS[mode],
        cssVar: { key: "guanxi" },
      }}
      button={BUTTON}
      getPopupContainer={inPage}
    >
      <App>{children}</App>
    </ConfigProvider>
  );
}
